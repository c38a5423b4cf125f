package rule

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// partsOf reads what an answer gives in parts: so much of the seat's weight for
// each position. A position alone gives all that is left.
func (t *teller) partsOf(i int, a *consent.Answer) ([places]int64, error) {
	var give [places]int64
	left := t.left(i)
	if len(a.Scores) == 0 {
		p, _ := t.read(a.Position)
		if p < 0 {
			return give, errPosition(a.Position)
		}
		if left == 0 {
			return give, &Refused{"already voted", "the seat has given all of its weight"}
		}
		give[p] = left
		return give, nil
	}
	named := 0
	for p, name := range placeNames {
		n, ok := a.Scores[name]
		if !ok {
			continue
		}
		if p == unheard || !t.admits[p] || n < 0 {
			return give, errPosition(name)
		}
		named++
		if n > left {
			return give, &Refused{"exceeds remaining weight", fmt.Sprintf("%d is more than the %d that is left", n, left)}
		}
		left -= n
		give[p] = n
	}
	if named < len(a.Scores) {
		return give, errPosition("")
	}
	return give, nil
}

// left is what a seat has not given yet.
func (t *teller) left(i int) int64 {
	left := weight(&t.c.Seats[i])
	if given := t.parts[i]; given != nil {
		for _, n := range given {
			left -= n
		}
	}
	return left
}

// hearParts counts an answer that gives parts, and says whether it counts. One
// that would give more than is left counts for nothing, for nobody can say which
// of its parts was meant.
func (t *teller) hearParts(i int, a *consent.Answer) bool {
	give, err := t.partsOf(i, a)
	if err != nil {
		return false
	}
	t.putParts(i, -1)
	if t.parts[i] == nil {
		t.parts[i] = &[places]int64{}
	}
	for p := range give {
		t.parts[i][p] += give[p]
	}
	t.putParts(i, 1)
	return true
}

// putParts counts what a seat has given, and what it has left, once more or once
// less.
func (t *teller) putParts(i, by int) {
	k, left := t.classOf(i), amount{int64(by) * t.left(i), 0}
	if left.weight != 0 {
		t.unheard += by
	}
	if given := t.parts[i]; given != nil {
		for p, n := range given {
			t.now[k][p].weight += int64(by) * n
			t.settled[k][p].weight += int64(by) * n
		}
	}
	t.now[k][unheard] = t.now[k][unheard].plus(left)
	t.free[k] = t.free[k].plus(left)
}

// used tells of each seat how much of its weight it has given.
func (t *teller) used() []consent.Reason {
	var why []consent.Reason
	if t.parts == nil {
		return nil
	}
	for i := range t.c.Seats {
		s := &t.c.Seats[i]
		if n := weight(s) - t.left(i); !s.Out && n > 0 {
			why = append(why, consent.Reason{Code: "used", Holds: true, Got: fmt.Sprint(n), Need: fmt.Sprint(weight(s)), Who: []circle.PersonID{s.Person}})
		}
	}
	return why
}

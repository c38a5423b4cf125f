package rule

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// An amount is what seats weigh, and how many they are.
type amount struct{ weight, heads int64 }

func (a amount) of(heads bool) int64 {
	if heads {
		return a.heads
	}
	return a.weight
}

// A tally is a count of seats by class and by position: as it is now, and of
// that what is settled and what is free. Free is who may still do anything: who
// was not heard, and for whom somebody else speaks as long as they do not.
type tally struct {
	classes  []circle.Class
	now      [][places]amount
	settled  [][places]amount
	free     []amount
	there    []amount // who has a seat and is not out
	admits   [places]bool
	factors  []*big.Int // nil: every class counts once
	register []int64    // nil: nobody keeps one
	unheard  int        // seats that may still speak
}

var one = big.NewInt(1)

// factor is how many times the weight of a class counts.
func (t *tally) factor(class int, heads bool) *big.Int {
	if t.factors == nil || heads || t.factors[class] == nil {
		return one
	}
	return t.factors[class]
}

// registered is how many people of some classes, or of all, are on the register;
// -1: nobody keeps one.
func (t *tally) registered(only []circle.Class) int64 {
	if t.register == nil {
		return -1
	}
	var n int64
	for i, class := range t.classes {
		if only == nil || slices.Contains(only, class) {
			n += t.register[i]
		}
	}
	return n
}

// A teller counts the answers of a case one after the other, so that the count
// can be looked at after each.
type teller struct {
	tally
	c           *consent.Case
	r           *Vote
	find        func(circle.PersonID) int
	class       []int32
	said        []voice
	parts       map[int]*[places]int64 // what seats have given in parts
	unweighable bool
	lenders     map[int][]int // whom each delegate speaks for
	speakers    []int32       // who speaks for each seat; -1: nobody
}

// A voice is what a seat has said: for those who lend to it, and for itself. Each
// is one more than the place of a position, and zero where nothing was said.
type voice struct{ spoke, own int8 }

const mute = int8(0)

// newTeller begins with everybody silent. It counts nothing before recount.
func newTeller(c *consent.Case, r *Vote) *teller {
	t := &teller{c: c, r: r, find: consent.SeatFinder(c.Seats), said: make([]voice, len(c.Seats))}
	t.classify()
	for p := range places {
		t.admits[p] = p != unheard && r.admits(placeNames[p])
	}
	if r.Split {
		t.parts = map[int]*[places]int64{}
	}
	if r.Lending != nil {
		t.lend()
	}
	return t
}

// recount counts what has been said so far.
func (t *teller) recount() {
	clear(t.now)
	clear(t.settled)
	clear(t.free)
	t.unheard = 0
	for i := range t.c.Seats {
		if !t.c.Seats[i].Out {
			t.put(i, 1)
		}
	}
}

// hearAll hears the answers of a vote that needs to be looked at in the end only,
// where everybody speaks for themselves: each takes the weight of its seat from
// where it was to where it now belongs.
func (t *teller) hearAll(closes time.Time) {
	c := t.c
	for k := range t.now {
		t.now[k] = [places]amount{unheard: t.there[k]}
	}
	over := !closes.IsZero() && !c.Now.Before(closes) // then what is in time is not after now
	for i := range c.Answers {
		a := &c.Answers[i]
		if a.Version != c.Version || over && !a.At.Before(closes) || !over && a.At.After(c.Now) {
			continue
		}
		at := t.find(a.Seat)
		if at < 0 || c.Seats[at].Out {
			continue
		}
		if p := t.place(a.Position); p >= 0 {
			was, now, w := &t.said[at].spoke, &t.now[t.classOf(at)], weight(&c.Seats[at])
			from := unheard
			if *was != mute {
				from = int(*was) - 1
			}
			now[from] = now[from].plus(amount{-w, -1})
			now[p] = now[p].plus(amount{w, 1})
			*was = int8(p) + 1
		}
	}
	t.unheard = 0
	for k := range t.now {
		t.settled[k], t.free[k] = t.now[k], t.now[k][unheard]
		t.settled[k][unheard] = amount{}
		t.unheard += int(t.free[k].heads)
	}
}

func (a amount) plus(b amount) amount { return amount{a.weight + b.weight, a.heads + b.heads} }

// classify lists the classes of the seats and of the register, by name.
func (t *teller) classify() {
	at := map[circle.Class]int32{}
	see := func(c circle.Class) {
		if _, ok := at[c]; !ok {
			at[c] = 0
			t.classes = append(t.classes, c)
		}
	}
	last, sum, there := circle.Class(""), int64(0), amount{}
	for i := range t.c.Seats {
		s := &t.c.Seats[i]
		if i == 0 || s.Class != last {
			see(s.Class)
			last = s.Class
		}
		w := weight(s)
		t.unweighable = t.unweighable || w < 0 || sum > math.MaxInt64/2-w
		sum += w
		if !s.Out {
			there = there.plus(amount{w, 1})
		}
	}
	for _, e := range t.c.Register {
		see(e.Class)
	}
	slices.Sort(t.classes)
	for i, c := range t.classes {
		at[c] = int32(i)
	}
	t.now, t.settled, t.free = make([][places]amount, len(at)), make([][places]amount, len(at)), make([]amount, len(at))
	t.there = make([]amount, len(at))
	switch {
	case len(t.classes) == 1:
		t.there[0] = there
	case len(t.classes) > 1:
		t.spread(at)
	}
	if len(t.c.Register) > 0 {
		t.register = make([]int64, len(at))
		for _, e := range t.c.Register {
			t.register[at[e.Class]] += int64(e.N)
		}
	}
	t.factors = t.r.factors(t.classes)
}

// spread finds the class of each seat, and how many there are of each.
func (t *teller) spread(at map[circle.Class]int32) {
	t.class = make([]int32, len(t.c.Seats))
	for i := range t.class {
		s := &t.c.Seats[i]
		k := at[s.Class]
		if t.class[i] = k; !s.Out {
			t.there[k] = t.there[k].plus(amount{weight(s), 1})
		}
	}
}

// lend finds out who speaks for whom: one step, and only who has a seat and is
// not idle.
func (t *teller) lend() {
	t.speakers, t.lenders = make([]int32, len(t.c.Seats)), map[int][]int{}
	for i := range t.c.Seats {
		t.speakers[i] = -1
		s := &t.c.Seats[i]
		if s.Delegate == "" || s.Out {
			continue
		}
		d := t.find(s.Delegate)
		if d < 0 || t.c.Seats[d].Out || slices.Contains(t.r.Lending.Idle, t.c.Seats[d].Class) {
			continue
		}
		t.speakers[i] = int32(d)
		if d != i {
			t.lenders[d] = append(t.lenders[d], i)
		}
	}
}

// hear counts one answer, and says whether it counts.
func (t *teller) hear(a *consent.Answer) bool {
	if a.Version != t.c.Version {
		return false
	}
	i := t.find(a.Seat)
	if i < 0 || t.c.Seats[i].Out {
		return false
	}
	if t.parts != nil {
		return t.hearParts(i, a)
	}
	p, own := t.read(a.Position)
	if p < 0 {
		return false
	}
	own = own && t.c.Seats[i].Delegate != "" // who lends nothing has one voice
	t.put(i, -1)
	for _, l := range t.lenders[i] {
		t.put(l, -1)
	}
	if own {
		t.said[i].own = int8(p) + 1
	} else {
		t.said[i].spoke = int8(p) + 1
	}
	t.put(i, 1)
	for _, l := range t.lenders[i] {
		t.put(l, 1)
	}
	return true
}

// put counts what seat i stands for once more, or once less. What is lent counts
// with who speaks for it.
func (t *teller) put(i, by int) {
	if t.parts != nil {
		t.putParts(i, by)
		return
	}
	p, settled := t.stands(i)
	a := amount{int64(by) * weight(&t.c.Seats[i]), int64(by)}
	k := t.classOf(i)
	t.now[k][p] = t.now[k][p].plus(a)
	if settled {
		t.settled[k][p] = t.settled[k][p].plus(a)
	} else {
		t.free[k] = t.free[k].plus(a)
		t.unheard += by
	}
}

// stands is the position of a seat, and whether it is settled.
func (t *teller) stands(i int) (int, bool) {
	speaker := -1
	if t.speakers != nil {
		speaker = int(t.speakers[i])
	}
	v, apart := t.said[i], t.r.Lending != nil && t.r.Lending.Override
	switch {
	case v.own != mute:
		return int(v.own) - 1, true
	case v.spoke != mute && (!apart || t.c.Seats[i].Delegate == ""):
		return int(v.spoke) - 1, true
	case speaker >= 0 && t.said[speaker].spoke != mute:
		return int(t.said[speaker].spoke) - 1, false
	}
	return unheard, false
}

// read finds the place of a position, and whether it is said for the own seat
// alone; -1: there is no such position here.
func (t *teller) read(position string) (int, bool) {
	own := false
	if t.r.Lending != nil && t.r.Lending.Override {
		position, own = strings.CutPrefix(position, OwnVoice)
	}
	return t.place(position), own
}

// place finds the place of a position; -1: there is no such position here.
func (t *teller) place(position string) int {
	p := -1
	switch position {
	case Yes, consent.Consents:
		p = forIt
	case No, consent.Objects, consent.Against:
		p = againstIt
	case Abstain, string(consent.StandsAside):
		p = abstaining
	case Veto:
		p = vetoing
	}
	if p >= 0 && !t.admits[p] {
		return -1
	}
	return p
}

// classOf is the place of a seat's class.
func (t *teller) classOf(i int) int32 {
	if t.class == nil {
		return 0
	}
	return t.class[i]
}

// sight is what conditions see of the count at an instant.
func (t *teller) sight(at time.Time) *sight {
	s := &sight{tally: &t.tally, heard: t.unheard == 0, quorate: t.c.Quorate, opened: t.c.Opened, clock: t.c.Now}
	for i := range t.c.Objections {
		if o := &t.c.Objections[i]; stood(o, at) && t.find(o.Seat) >= 0 {
			s.objections++
		}
	}
	return s
}

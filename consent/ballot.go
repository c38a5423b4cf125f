package consent

import (
	"fmt"
	"math"

	"github.com/sayround/sayround/circle"
)

// A Chooser is a rule that chooses among options, and says what an answer to such
// a question looks like. Its question is put with the options of the version; the
// question of any other rule is put without, for it decides on the text.
type Chooser interface {
	Rule
	Ballot() Ballot
}

// A Ballot is what an answer to a question among options looks like: a host draws
// its form from it, and the engine takes no answer that does not fit it. Where it
// both ranks and scores, an answer does one of the two.
type Ballot struct {
	// Ranks: the options are ranked, the best first. Several may share a rank, and
	// an option that is left out stands behind all others.
	Ranks bool
	// Scores: the options are scored, from Least to Most; both zero: any whole
	// number is a score. An option that is left out is not scored.
	Scores      bool
	Least, Most int64
	// Options is how many there can be at most; zero: as many as one likes.
	Options int
}

// Open refuses to put a question among options that cannot be told apart, are too
// many or not there at all.
func (b Ballot) Open(c Case) error {
	switch n := len(c.Options); {
	case n == 0:
		return fmt.Errorf("it chooses among options, and the proposal puts none to the choice")
	case b.Options > 0 && n > b.Options:
		return fmt.Errorf("there are %d options, and of more than %d nothing is counted", n, b.Options)
	}
	seen := make(map[string]bool, len(c.Options))
	for _, o := range c.Options {
		if o.ID == "" || seen[o.ID] {
			return fmt.Errorf("each option needs a name of its own, and %q stands there twice or has none", o.ID)
		}
		seen[o.ID] = true
	}
	if err := Seatable(c.Seats); err != nil {
		return err
	}
	return b.countable(c.Seats)
}

// countable refuses weights with which the scores could not be summed exactly.
func (b Ballot) countable(seats []Seat) error {
	var sum int64
	for i := range seats {
		sum += max(seats[i].Weight, 1)
	}
	if most := max(b.Most, -b.Least); most > 0 && sum > math.MaxInt64/most {
		return fmt.Errorf("the weights of all %d seats, with scores from %d to %d, are more than can be counted exactly", len(seats), b.Least, b.Most)
	}
	return nil
}

// Admit refuses an answer that does not fit: it says nothing of the options, names
// one that is not there or one twice, or gives a score that is not on the scale.
// An answer that leaves the choice to the others is none of that: it says so by
// its position.
func (b Ballot) Admit(c Case, a Answer) error {
	ranks, scores := len(a.Ranking) > 0, len(a.Scores) > 0
	switch {
	case ranks && scores:
		return fmt.Errorf("one ranks the options or scores them, not both")
	case ranks && !b.Ranks:
		return fmt.Errorf("here options are scored, and not ranked")
	case scores && !b.Scores:
		return fmt.Errorf("here options are ranked, and not scored")
	}
	there := make(map[string]bool, len(c.Options))
	for _, o := range c.Options {
		there[o.ID] = true
	}
	seen := make(map[string]bool, len(a.Scores))
	for _, rank := range a.Ranking {
		if len(rank) == 0 {
			return fmt.Errorf("a rank stands there with nothing on it")
		}
		for _, o := range rank {
			if err := once(o, there, seen); err != nil {
				return err
			}
		}
	}
	for _, o := range c.Options { // in their order, so that the same mistake is always named first
		s, given := a.Scores[o.ID]
		if given && b.Least < b.Most && (s < b.Least || s > b.Most) {
			return fmt.Errorf("%s was given %d, and a score is from %d to %d", o.ID, s, b.Least, b.Most)
		}
		if given {
			seen[o.ID] = true
		}
	}
	if scores && len(seen) < len(a.Scores) {
		return fmt.Errorf("a score was given to something that is none of the options")
	}
	return nil
}

// once refuses an option that is not there, or was named before.
func once(o string, there, seen map[string]bool) error {
	switch {
	case !there[o]:
		return fmt.Errorf("%q is none of the options", o)
	case seen[o]:
		return fmt.Errorf("%s stands in the ranking twice", o)
	}
	seen[o] = true
	return nil
}

// Seatable refuses an electorate that cannot vote: nobody is in it, a weight is
// below zero, the weights together are more than can be counted exactly, or people
// speak for each other in a circle.
func Seatable(seats []Seat) error {
	if err := Weighable(seats); err != nil {
		return err
	}
	speaks := map[circle.PersonID]circle.PersonID{}
	there := false
	for i := range seats {
		there = there || !seats[i].Out
		if to := seats[i].Delegate; to != "" && to != seats[i].Person {
			speaks[seats[i].Person] = to
		}
	}
	if !there {
		return fmt.Errorf("nobody has a seat in it")
	}
	for i := range seats {
		who := seats[i].Person
		at := who
		for range len(speaks) { // nobody is further away than so many
			if at = speaks[at]; at == who {
				return fmt.Errorf("%s is spoken for by %s, and by others in a circle back to %s: nobody would speak for any of them", who, speaks[who], who)
			}
		}
	}
	return nil
}

// Weighable refuses seats whose weights cannot be summed exactly: below zero, or
// more together than a count can hold. Half of what a whole number can hold is
// left free, so that no sum of two counts overflows. A seat without a weight
// counts one.
func Weighable(seats []Seat) error {
	var sum int64
	for i := range seats {
		w := max(seats[i].Weight, 1)
		if seats[i].Weight < 0 {
			return fmt.Errorf("%s has a weight below zero: %d", seats[i].Person, seats[i].Weight)
		}
		if sum > math.MaxInt64/2-w {
			return fmt.Errorf("the weights of all %d seats together are more than can be counted exactly", len(seats))
		}
		sum += w
	}
	return nil
}

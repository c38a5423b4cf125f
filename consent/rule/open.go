package rule

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// opens refuses to put a question of yes and no that cannot be decided: options
// are put to the choice, nobody can vote, or a chamber that must carry it for
// itself has no seat.
func opens(c *consent.Case, conditions ...*Condition) error {
	if len(c.Options) > 0 {
		return fmt.Errorf("it is decided by yes and no, and %d options are put to the choice", len(c.Options))
	}
	if err := consent.Seatable(c.Seats); err != nil {
		return err
	}
	var there []circle.Class
	for i := range c.Seats {
		if !c.Seats[i].Out && !slices.Contains(there, c.Seats[i].Class) {
			there = append(there, c.Seats[i].Class)
		}
	}
	for _, q := range conditions {
		if err := q.seated(there); err != nil {
			return err
		}
	}
	return nil
}

// seated refuses a condition that can never hold, as nobody of its classes is
// there. What one of several ways asks for is not looked at: another may hold.
func (q *Condition) seated(there []circle.Class) error {
	empty := func(class circle.Class) bool { return !slices.Contains(there, class) }
	none := len(q.Classes) > 0 && !slices.ContainsFunc(q.Classes, func(class circle.Class) bool { return !empty(class) })
	switch {
	case (q.AtLeast != "" || q.Over != "") && none && !q.Quorum:
		return fmt.Errorf("the class %s must carry it, and nobody of it is asked", circle.Plain(q.Classes))
	case q.EachClass != nil && slices.ContainsFunc(q.Classes, empty):
		return fmt.Errorf("each of the classes %s must carry it, and of one of them nobody is asked", circle.Plain(q.Classes))
	}
	for i := range q.All {
		if err := q.All[i].seated(there); err != nil {
			return err
		}
	}
	if q.EachClass != nil {
		return q.EachClass.seated(there)
	}
	return nil
}

// Open refuses to put a question on which the vote could not decide.
func (r *Vote) Open(c consent.Case) error { return opens(&c, &r.Carry) }

// Open refuses to put a question on which the vote could not decide.
func (r *GroupPolicy) Open(c consent.Case) error { return opens(&c) }

// Open refuses to put a question on which the vote could not decide.
func (r *Consensus) Open(c consent.Case) error { return opens(&c) }

// Open refuses to put a question on which there could be no consent.
func (r *Consent) Open(c consent.Case) error { return opens(&c) }

// Open refuses to put a question on which the vote could not decide.
func (r *Lasting) Open(c consent.Case) error { return opens(&c, &r.Condition) }

// Open refuses to put a question on which the vote could not decide.
func (r *AdaptiveQuorum) Open(c consent.Case) error { return opens(&c) }

// Open refuses to put a question on which the vote could not decide.
func (r *DebianQuorum) Open(c consent.Case) error { return opens(&c) }

// Open refuses to put a question on which nothing could grow.
func (r *Conviction) Open(c consent.Case) error { return opens(&c) }

// Open refuses to put a question on which the test could not decide.
func (r *counting) Open(c consent.Case) error { return opens(&c) }

// Open asks the rule that is held back.
func (r *after) Open(c consent.Case) error {
	if o, ok := r.rule.(consent.Opener); ok {
		return o.Open(c)
	}
	return nil
}

// Admit asks the rule that is held back.
func (r *after) Admit(c consent.Case, a consent.Answer) error {
	if o, ok := r.rule.(consent.Admitter); ok {
		return o.Admit(c, a)
	}
	return nil
}

// Open refuses a choice among other projects than those that have a cost.
func (r Budget) Open(c consent.Case) error {
	if len(c.Options) != len(r.Costs) {
		return fmt.Errorf("%d projects are put to the choice, and %d have a cost", len(c.Options), len(r.Costs))
	}
	return nil
}

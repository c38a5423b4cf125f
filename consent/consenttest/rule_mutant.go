package consenttest

import (
	"math/rand/v2"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A mutant is the author's rule with one small mistake.
type mutant struct {
	name  string
	judge func(consent.Rule, consent.Case) consent.Verdict
	rule  consent.Rule
}

// Judge judges with the mistake.
func (m mutant) Judge(c consent.Case) consent.Verdict { return m.judge(m.rule, c) }

// noticed says whether one of the examples fails with the mistake.
func (m mutant) noticed(examples []Example) bool {
	return slices.ContainsFunc(examples, func(e Example) bool { return e.differs(m) != nil })
}

// mutants are the mistakes that examples must notice. A mistake that changes
// nothing in all that can be drawn is none, and is not asked for.
func (k *kit) mutants() []mutant {
	seen := func(change func(*consent.Case)) func(consent.Rule, consent.Case) consent.Verdict {
		return func(r consent.Rule, c consent.Case) consent.Verdict {
			c = copied(c)
			change(&c)
			return r.Judge(c)
		}
	}
	out := []mutant{
		{name: "never looks at the last answer", judge: seen(func(c *consent.Case) { c.Answers = c.Answers[:max(len(c.Answers)-1, 0)] })},
		{name: "counts only the first answer of each", judge: seen(firstOnly)},
		{name: "counts who is out", judge: seen(func(c *consent.Case) {
			for i := range c.Seats {
				c.Seats[i].Out = false
			}
		})},
		{name: "counts answers to older versions", judge: seen(func(c *consent.Case) {
			for i := range c.Answers {
				c.Answers[i].Version = c.Version
			}
		})},
		{name: "does not know who has a seat and is silent", judge: seen(func(c *consent.Case) {
			c.Seats = slices.DeleteFunc(c.Seats, func(s consent.Seat) bool { return !answered(c, s.Person) })
		})},
		{name: "never closes", judge: seen(func(c *consent.Case) { c.Closes = c.Now.Add(1) })},
		{name: "is final as soon as somebody has answered", judge: func(r consent.Rule, c consent.Case) consent.Verdict {
			v := r.Judge(c)
			v.Final = v.Final || len(c.Answers) > 0
			return v
		}},
		{name: "adopts what it should decline", judge: outcome(consent.Declined, consent.Carried)},
		{name: "leaves pending what it should adopt", judge: outcome(consent.Carried, consent.Pending)},
		{name: "adopts what it should leave pending", judge: outcome(consent.Pending, consent.Carried)},
	}
	out = append(out, k.blind(seen)...)
	if k.claims.Weights {
		out = append(out, mutant{name: "counts every seat as one", judge: seen(func(c *consent.Case) {
			for i := range c.Seats {
				c.Seats[i].Weight = 1
			}
		})})
	}
	for i, p := range k.claims.Positions {
		other := k.claims.Positions[(i+1)%len(k.claims.Positions)]
		out = append(out, mutant{name: "takes " + p + " for " + other, judge: seen(func(c *consent.Case) {
			for i := range c.Answers {
				if c.Answers[i].Position == p {
					c.Answers[i].Position = other
				}
			}
		})})
	}
	for i := range out {
		out[i].rule = k.rule
	}
	return slices.DeleteFunc(out, func(m mutant) bool { return !k.matters(m) })
}

// blind are the mistakes of not looking at something that there is.
func (k *kit) blind(seen func(func(*consent.Case)) func(consent.Rule, consent.Case) consent.Verdict) []mutant {
	return []mutant{
		{name: "does not see objections", judge: seen(func(c *consent.Case) { c.Objections = nil })},
		{name: "takes an objection that has ended for one that stands", judge: seen(func(c *consent.Case) {
			for i := range c.Objections {
				c.Objections[i].Stands = true
			}
		})},
		{name: "knows nobody on the register who has no seat", judge: seen(func(c *consent.Case) { c.Register = nil })},
		{name: "always asks for a quorum", judge: seen(func(c *consent.Case) { c.Quorate = false })},
		{name: "knows no classes", judge: seen(func(c *consent.Case) {
			for i := range c.Seats {
				c.Seats[i].Class = ""
			}
		})},
		{name: "lets nobody speak for others", judge: seen(func(c *consent.Case) {
			for i := range c.Seats {
				c.Seats[i].Delegate = ""
			}
		})},
	}
}

// matters says whether a mistake ever shows in a case that is drawn.
func (k *kit) matters(m mutant) bool {
	r := rand.New(rand.NewPCG(k.claims.Seed, 2))
	for range 300 {
		c := k.draw(r)
		if v, w := k.rule.Judge(copied(c)), m.Judge(copied(c)); !same(v, w) || v.Final != w.Final {
			return true
		}
	}
	return false
}

// outcome takes one outcome for another.
func outcome(from, to consent.Outcome) func(consent.Rule, consent.Case) consent.Verdict {
	return func(r consent.Rule, c consent.Case) consent.Verdict {
		v := r.Judge(c)
		if v.Outcome == from {
			v.Outcome = to
		}
		return v
	}
}

// firstOnly drops what somebody said later.
func firstOnly(c *consent.Case) {
	seen := map[circle.PersonID]bool{}
	c.Answers = slices.DeleteFunc(c.Answers, func(a consent.Answer) bool {
		if a.Version != c.Version {
			return false
		}
		was := seen[a.Seat]
		seen[a.Seat] = true
		return was
	})
}

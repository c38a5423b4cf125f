package circle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// A witness takes down what a check says where it fails.
type witness struct{ said []string }

func (w *witness) Errorf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}
func (w *witness) FailNow() { panic(w) }

// saw is what a check found, "" if all was well.
func saw(check func(t require.TestingT)) (found string) {
	w := &witness{}
	defer func() {
		if p := recover(); p != nil && p != any(w) {
			panic(p)
		}
		found = strings.Join(w.said, "; ")
	}()
	check(w)
	return ""
}

// whole holds all invariants that are about what an organisation is.
func whole(o *circle.Organisation) func(require.TestingT) {
	return func(t require.TestingT) { requireInvariants(t, o) }
}

// lies are organisations that cannot be, and answers that are not so: each breaks
// one invariant, planted behind the back of the law.
var lies = []struct {
	breaks string
	lie    func(o *circle.Organisation) func(require.TestingT)
}{
	{"I-1", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("valley").Parent = "brook"
		return whole(o)
	}},
	{"I-1", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("places").Children = append(o.Circle("places").Children, "hill")
		return whole(o)
	}},
	{"I-2", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Aim = circle.Text{}
		return whole(o)
	}},
	{"I-2", func(o *circle.Organisation) func(require.TestingT) {
		return without(o, "hill", circle.NoLeader)
	}},
	{"I-3", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Domain = append(o.Circle("hill").Domain, item("ovens", "bread"))
		return func(t require.TestingT) { requireDomains(t, o, o.Circle("places")) }
	}},
	{"I-4", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Domain = append(o.Circle("hill").Domain, item("starting", "teams"))
		return whole(o)
	}},
	{"I-5", func(o *circle.Organisation) func(require.TestingT) {
		return func(t require.TestingT) { // the outer circle decides on everything
			requireRulings(t, o, func(c *circle.Circle, i circle.ItemID) bool { return c.Parent == "" || rulesOf(o)(c, i) })
		}
	}},
	{"I-5", func(o *circle.Organisation) func(require.TestingT) {
		return func(t require.TestingT) { // nobody decides on what is lent to them
			requireRulings(t, o, func(c *circle.Circle, i circle.ItemID) bool { return c.Owns(i) && rulesOf(o)(c, i) })
		}
	}},
	{"I-6", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Closed = true
		return func(t require.TestingT) { requireDomains(t, o, o.Circle("places")) }
	}},
	{"I-7", func(o *circle.Organisation) func(require.TestingT) {
		return func(t require.TestingT) {
			requireConsents(t, o, circle.Redefine{Circle: "valley"}, circle.Facts{ConsentOf: "valley"}, []circle.Event{&circle.Redefined{Circle: "valley"}})
		}
	}},
	{"I-8", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Participants = append(o.Circle("hill").Participants, circle.Participant{Person: "ana", Level: circle.Full})
		return func(t require.TestingT) { requireSeats(t, o, o.Circle("hill"), []circle.PersonID{"ana", "dee", "ana"}) }
	}},
	{"I-9", func(o *circle.Organisation) func(require.TestingT) {
		return func(t require.TestingT) { requireSeats(t, o, o.Circle("hill"), []circle.PersonID{"ana", "dee", "cia"}) }
	}},
	{"I-10", func(o *circle.Organisation) func(require.TestingT) {
		o.Role("valley-delegate").Holders = o.Role("valley-leader").Holders
		return whole(o)
	}},
	{"I-11", func(o *circle.Organisation) func(require.TestingT) {
		return func(t require.TestingT) {
			c := o.Circle("places")
			requireSeats(t, o, c, slices.DeleteFunc(o.FullIn("places"), func(who circle.PersonID) bool { return who == "cia" }))
		}
	}},
	{"I-12", func(o *circle.Organisation) func(require.TestingT) {
		return func(t require.TestingT) {
			requireConsents(t, o, circle.LinkTo{}, circle.Facts{ConsentOf: "hill"}, []circle.Event{&circle.Linked{Circle: "hill", To: "valley", As: circle.Leader}})
		}
	}},
	{"I-13", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Kind = circle.Department
		return without(o, "hill", circle.MissingLink)
	}},
	{"I-14", func(o *circle.Organisation) func(require.TestingT) {
		o.Role("valley-leader").Holders[0].Since = circle.Holding{}.Since
		return whole(o)
	}},
	{"I-15", func(o *circle.Organisation) func(require.TestingT) {
		o.Role("valley-leader").Holders[0].Over = true
		return without(o, "valley", circle.PastTerm)
	}},
	{"I-16", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Kind = circle.Helping // without an end
		return whole(o)
	}},
	{"I-17", func(o *circle.Organisation) func(require.TestingT) {
		return func(t require.TestingT) {
			requireInDomain(t, o, &circle.PolicyMoved{Policy: "notes", To: "brook", Item: "starting"})
		}
	}},
	{"I-19", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("valley").Closed = true
		return whole(o)
	}},
	{"I-19", func(o *circle.Organisation) func(require.TestingT) {
		o.Role("valley-leader").Ended = true
		return whole(o)
	}},
	{"I-20", func(o *circle.Organisation) func(require.TestingT) {
		o.Circle("hill").Participants = o.Circle("hill").Participants[:1]
		return without(o, "hill", circle.OfOne)
	}},
	{"I-21", func(o *circle.Organisation) func(require.TestingT) {
		root := o.Circle("places")
		root.Closed, root.Roles, root.Participants, root.Linked, root.Children = true, nil, nil, nil, nil
		root.Beside = &circle.Charter{Went: "places"}
		return func(t require.TestingT) { requireMethodHeld(t, o) }
	}},
}

// without is an organisation that reports of a circle all but one thing.
func without(o *circle.Organisation, id circle.ID, hidden circle.Notice) func(require.TestingT) {
	return func(t require.TestingT) {
		requireReported(t, o, o.Circle(id), slices.DeleteFunc(o.Findings(id), func(f circle.Finding) bool { return f.What == hidden }))
	}
}

// TestInvariantsBite: the check of each invariant finds what breaks it, and says
// which it is; and it finds nothing where nothing is wrong. I-18, and I-17 of what
// circles decide, are TestInvariantsOfDecisionsBite's.
func TestInvariantsBite(t *testing.T) {
	given := func(t *testing.T) *circle.Organisation {
		return history(t, hillside(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader},
			&circle.ItemLent{Circle: "valley", To: "hill", Item: "starting", Since: now, AtWill: true}))
	}
	o := given(t)
	require.Empty(t, saw(whole(o)))
	require.Empty(t, saw(func(t require.TestingT) { requireSeats(t, o, o.Circle("places"), o.FullIn("places")) }))
	for i, l := range lies {
		t.Run(fmt.Sprintf("%s-%d", l.breaks, i), func(t *testing.T) {
			require.Contains(t, saw(l.lie(given(t))), l.breaks+":")
		})
	}
}

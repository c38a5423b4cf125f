package main

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// look reads the state and tells a line of it.
func (t *teller) look(f func(*consent.State) string) {
	var says string
	t.engine.Look(func(s *consent.State) { says = f(s) })
	if says != "" {
		t.say("     → %s", says)
	}
}

// people words a list of people by their names.
func (t *teller) people(list []circle.PersonID) string {
	out := make([]string, 0, len(list))
	for _, who := range list {
		out = append(out, t.name(who))
	}
	if len(out) > 1 {
		out = append(out[:len(out)-2], out[len(out)-2]+" and "+out[len(out)-1])
	}
	return strings.Join(out, ", ")
}

// circle is what a circle is called.
func (t *teller) circle(id circle.ID) string {
	for _, c := range t.plan.Circles {
		words, ok := c.Name.Words()
		switch {
		case c.ID != id || !ok:
		case strings.HasSuffix(words, "Circle"):
			return "the " + words
		default:
			return words
		}
	}
	return string(id)
}

// role is what a role is called.
func (t *teller) role(s *consent.State, id circle.RoleID) string {
	r := s.Org.Role(id)
	if r == nil || r.Hat == "" {
		return string(id)
	}
	return strings.ToUpper(string(r.Hat[:1])) + string(r.Hat[1:]) + " of " + t.circle(r.Circle)
}

// wears tells who wears a role, until when, and when it is looked at; or who covers.
func wears(id circle.RoleID) func(context.Context, *teller) error {
	return func(_ context.Context, t *teller) error {
		t.look(func(s *consent.State) string {
			r := s.Org.Role(id)
			if len(r.Holders) == 0 {
				who, _ := s.Org.Acting(id, "", nil)
				return fmt.Sprintf("Nobody is %s. %s covers, and sits in %s.", t.role(s, id), t.people(who), t.circle(s.Org.Circle(r.Circle).Parent))
			}
			var out []string
			for _, h := range r.Holders {
				says := fmt.Sprintf("%s is %s until %s", t.name(h.Person), t.role(s, id), h.Until.Format("2 January 2006"))
				if h.Over {
					says = fmt.Sprintf("%s is %s, although the term ended on %s", t.name(h.Person), t.role(s, id), h.Until.Format("2 January 2006"))
				}
				if next := h.NextCheckIn(); !next.IsZero() {
					says += "; we look at it together on " + next.Format("2 January 2006")
				}
				out = append(out, says)
			}
			return strings.Join(out, "; ") + "."
		})
		return nil
	}
}

// backlogOf tells for which roles a circle is to choose again.
func backlogOf(of circle.ID) func(context.Context, *teller) error {
	return func(_ context.Context, t *teller) error {
		t.look(func(s *consent.State) string {
			for _, b := range s.Backlog(of) {
				if b.Role == "" {
					continue
				}
				says := fmt.Sprintf("On the backlog of %s, by itself: choose the %s", t.circle(of), t.role(s, b.Role))
				if b.After != "" {
					says += fmt.Sprintf("; what it asks for stands in %s, version %d", b.After, b.Asks)
				}
				for i, told := range b.Told {
					says += map[bool]string{true: ". Told are ", false: " and "}[i == 0] + t.circle(told)
				}
				return says + "."
			}
			return ""
		})
		return nil
	}
}

// comes tells when something is due that everybody can see coming.
func comes(what, of string) act {
	return tells(func(_ context.Context, t *teller) error {
		for _, d := range t.engine.Due(t.now) {
			if d.What == what && d.Of == of {
				t.look(func(s *consent.State) string {
					return fmt.Sprintf("To come: the term of %s as %s ends on %s.", t.name(circle.PersonID(d.Part)), t.role(s, circle.RoleID(d.Of)), d.At.Format("2 January 2006"))
				})
				break
			}
		}
		return nil
	})
}

// nominations tells who named whom, now that all are revealed.
func nominations(id proposal.ID) func(context.Context, *teller) error {
	return func(_ context.Context, t *teller) error {
		t.look(func(s *consent.State) string {
			p := s.Process(id)
			if p == nil || p.Selection == nil {
				return ""
			}
			var out []string
			for _, n := range p.Selection.Nominations {
				out = append(out, fmt.Sprintf("%s: %s", t.name(n.By), t.name(circle.PersonID(n.First[0]))))
			}
			return "All are revealed together: " + strings.Join(out, "; ") + ". Lee is Leader, and cannot be Delegate too."
		})
		return nil
	}
}

// brought words what time has brought about.
func (t *teller) brought(events []consent.Event) string {
	var out []string
	t.engine.Look(func(s *consent.State) {
		for _, e := range events {
			out = append(out, t.happened(s, e))
		}
	})
	out = slices.DeleteFunc(out, func(says string) bool { return says == "" })
	return strings.Join(slices.Compact(out), "; ")
}

// matters are what the decisions of the stories are called.
var matters = map[proposal.ID]string{"notes": "the agreement on hand-over notes", short: "the policy on short visits"}

func called(id proposal.ID) string {
	if name := matters[id]; name != "" {
		return name
	}
	return string(id)
}

func (t *teller) happened(s *consent.State, e consent.Event) string {
	switch e := e.(type) {
	case *consent.SilenceCounted:
		return fmt.Sprintf("the silence of %s is counted, by the written policy", t.people(e.Who))
	case *consent.Judged:
		if e.Outcome == consent.ResultAdopted { // it is said by what follows
			return ""
		}
		return fmt.Sprintf("%s: %s", called(e.Proposal), e.Outcome)
	case *proposal.Adopted:
		return fmt.Sprintf("%s is adopted", called(e.Proposal))
	case *objection.Ended:
		return fmt.Sprintf("the objection %s ended", e.Objection)
	case *proposal.ReviewDue:
		return fmt.Sprintf("%s is due to be looked at again; it stays in force", called(e.Proposal))
	case *proposal.MeasureMissed:
		return fmt.Sprintf("nobody read the measure %s of %s in time", e.Measure, called(e.Proposal))
	case *circle.RoleTermEnded:
		return fmt.Sprintf("the term of %s as %s is over", t.name(e.Person), t.role(s, e.Role))
	}
	_, what, _ := strings.Cut(e.Wire(), ".")
	return strings.ReplaceAll(what, "-", " ")
}

// lies tells where the appeal stands.
func lies(_ context.Context, t *teller) error {
	t.look(func(s *consent.State) string {
		a := s.Appeal(appeal)
		switch {
		case a == nil:
			return ""
		case a.Status == consent.AppealIsOver:
			return fmt.Sprintf("The appeal is over: %s, by the decision %s.", a.Answer, a.Case)
		case a.At == consent.MembersMeeting:
			return "The appeal lies before a meeting of all members."
		}
		return fmt.Sprintf("The appeal lies before %s (step %d).", t.circle(a.Before), a.Step)
	})
	return nil
}

// stands tells whether an agreement is in force, and until when.
func stands(id proposal.ID) func(context.Context, *teller) error {
	return func(_ context.Context, t *teller) error {
		t.look(func(s *consent.State) string {
			p := s.Matters.Proposal(id)
			if p == nil || p.Status != proposal.StatusAgreement {
				return ""
			}
			return fmt.Sprintf("The policy of %s stands: %s, version %d, with its measure, until it is looked at again on %s.",
				t.circle(p.Circle), id, p.Agreement.Version, p.Agreement.Until.Format("2 January 2006"))
		})
		return nil
	}
}

// packet tells what goes with a question that is passed on.
func packet(id proposal.ID) func(context.Context, *teller) error {
	return func(_ context.Context, t *teller) error {
		t.look(func(s *consent.State) string {
			p := s.Packet(id)
			if p == nil {
				return ""
			}
			return fmt.Sprintf("With it go the need %s with %d inputs, %d versions, %d meetings and %d objections; tried were %s.",
				p.Need, p.Inputs, p.Versions, p.Meetings, len(p.Objections), circle.Plain(p.Tools))
		})
		return nil
	}
}

// answered counts what became of the inputs on a need.
func answered(id proposal.NeedID) func(context.Context, *teller) error {
	return func(_ context.Context, t *teller) error {
		t.look(func(s *consent.State) string {
			n := s.Matters.Need(id)
			counts := map[proposal.Answer]int{}
			for _, in := range n.Inputs {
				counts[in.Answer]++
			}
			return fmt.Sprintf("%d inputs, each answered: %d used, %d not used, %d open.", len(n.Inputs), counts[proposal.Used], counts[proposal.NotUsed], counts[proposal.Open])
		})
		return nil
	}
}

// result tells how a vote came out, from what the ledger holds of it: the sum in
// exact fractions, and each class for itself.
func result(id proposal.ID) func(context.Context, *teller) error {
	return func(ctx context.Context, t *teller) error {
		j, err := t.verdict(ctx, id)
		if err != nil || j == nil {
			return err
		}
		core, yes, voted := true, 0, 0
		why := slices.Clone(j.Why)
		slices.SortStableFunc(why, func(a, b consent.Reason) int { return place(a) - place(b) })
		for _, r := range why {
			switch r.Code {
			case "there":
				t.say("     %s take part; %s are needed.", r.Got, r.Need)
			case "in-favour":
				t.say("     In favour: %s. Needed: %s.", fraction(r.Got), r.Need)
			case "weight":
				t.say("     The vote of an investor weighs %s: all of them together are %s.", r.Got, r.Need)
			case "class":
				t.say("     %-10s %s in favour", r.Of[0], r.Got)
				core = core && (r.Holds || r.Of[0] == circle.Investor)
				var in, of int
				if _, err := fmt.Sscanf(r.Got, "%d of %d", &in, &of); err != nil {
					return err
				}
				yes, voted = yes+in, voted+of
			}
		}
		t.say("     → %s.", map[bool]string{true: "Carried", false: "Not carried"}[j.Outcome == consent.ResultAdopted])
		each := "       Had each vote counted as one, it would be " + fraction(big.NewRat(int64(yes), int64(voted)).String())
		if (2*yes > voted) != (j.Outcome == consent.ResultAdopted) {
			each += ": the tenth turns the result"
		}
		t.say("%s.", each)
		if core {
			t.say("       No core class was overridden: supported members, advocates and workers are each in favour for themselves.")
		}
		return nil
	}
}

// place is where a class stands in the register, and 0 for what is of no class.
func place(r consent.Reason) int {
	if r.Code != "class" {
		return 0
	}
	return 1 + slices.IndexFunc(classes, func(c struct {
		class circle.Class
		all   int
		named string
	}) bool {
		return c.class == r.Of[0]
	})
}

// verdict is the last verdict on a proposal.
func (t *teller) verdict(ctx context.Context, id proposal.ID) (*consent.Judged, error) {
	var positions []uint64
	t.engine.Look(func(s *consent.State) {
		if p := s.Process(id); p != nil {
			positions = p.Trail.Positions()
		}
	})
	var last *consent.Judged
	for _, pos := range positions {
		entry, err := t.engine.Entry(ctx, pos)
		if err != nil {
			return nil, err
		}
		for _, e := range entry.Events {
			if j, ok := e.(*consent.Judged); ok && j.Proposal == id {
				last = j
			}
		}
	}
	return last, nil
}

// fraction gives a fraction with its share of a hundred.
func fraction(words string) string {
	r, ok := new(big.Rat).SetString(words)
	if !ok {
		return words
	}
	hundred, _ := new(big.Rat).Mul(r, big.NewRat(100, 1)).Float64()
	return fmt.Sprintf("%s, or %.2f %%", words, hundred)
}

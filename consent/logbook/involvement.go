package logbook

import (
	"context"
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// Overclaimed refuses to call an involvement more than it was (CP-6).
var Overclaimed = &circle.Code{ID: "overclaimed", Kind: circle.ErrNotValid, Rule: "CP-6", Stands: circle.InEngine,
	Says: "{proposal} cannot be called {claimed} with {group}: {why}. The highest that it may be called is {highest}."}

// An Involvement is how far the people of a class took part in a decision, read
// from what was recorded and not from what anybody says of it (CP-6).
type Involvement struct {
	Class   circle.Class
	Set     proposal.Rung // what the circle had set for the need before it asked anybody; "" nothing
	Highest proposal.Rung // what it may be called
	Why     string
}

// Involved says how far the people of a class took part in the decision on a
// proposal: with a consent right when the question was put last
// (co-production), in the helping circle that drafted it (co-design), in a
// community conversation about the need (engagement), with an input
// (consultation), or not at all, so that they were told at the most.
func Involved(ctx context.Context, e *consent.Engine, id proposal.ID, class circle.Class) (Involvement, error) {
	out := Involvement{Class: class, Highest: proposal.Informing, Why: "nobody of them was asked"}
	var seats []consent.Seat
	err := onTrail(ctx, e, id, func(_ uint64, event consent.Event) error {
		if v, ok := event.(*consent.RoundOpened); ok && v.Round == consent.ConsentRound {
			seats = v.Seats
			if v.First != "" {
				e.Look(func(s *consent.State) { seats = everybody(s, id) })
			}
		}
		return nil
	})
	if err != nil {
		return Involvement{}, err
	}
	e.Look(func(s *consent.State) { out.asked(s, id) })
	if slices.ContainsFunc(seats, func(s consent.Seat) bool { return s.Class == class }) {
		out.Highest, out.Why = proposal.CoProduction, "they had a consent right when the question was put"
	}
	return out, nil
}

// everybody are the seats of a question that was put to so many that the
// ledger does not list them: the circle's full participants as they are now.
func everybody(s *consent.State, id proposal.ID) []consent.Seat {
	var out []consent.Seat
	for _, who := range s.Org.FullIn(s.Matters.Proposal(id).Circle) {
		out = append(out, consent.Seat{Person: who, Class: s.Org.Person(who).Class})
	}
	return out
}

// asked looks at what came before the question: the need that it answers.
func (i *Involvement) asked(s *consent.State, id proposal.ID) {
	need := s.Matters.Need(s.Matters.Proposal(id).Need)
	if need == nil {
		return
	}
	i.Set = need.Rung
	if slices.ContainsFunc(need.Inputs, func(in proposal.Input) bool { return in.Class == i.Class }) {
		i.Highest, i.Why = proposal.Consultation, "they gave inputs, and had no consent right"
		if slices.Contains(need.Responses, proposal.Conversation) {
			i.Highest, i.Why = proposal.Engagement, "they took part in a community conversation, and had no consent right"
		}
	}
	for _, of := range s.Org.Circles() {
		c := s.Org.Circle(of)
		if c.Kind != circle.Helping || string(c.Answers) != string(need.ID) {
			continue
		}
		if slices.ContainsFunc(c.Participants, func(p circle.Participant) bool { return s.Org.Person(p.Person).Class == i.Class }) {
			i.Highest, i.Why = proposal.CoDesign, "they worked on the draft in a helping circle, and had no consent right"
		}
	}
}

// Claim answers whether a decision may be called by a rung of the ladder, for
// each of these classes, and refuses to call it more than it was (CP-6).
func Claim(ctx context.Context, e *consent.Engine, id proposal.ID, rung proposal.Rung, classes ...circle.Class) error {
	ladder := rung.Values()
	if err := rung.Check(); err != nil || rung == "" {
		return fmt.Errorf("a decision is called by a rung of the ladder: %s", circle.Plain(ladder))
	}
	for _, class := range classes {
		i, err := Involved(ctx, e, id, class)
		if err != nil {
			return err
		}
		if slices.Index(ladder, string(rung)) > slices.Index(ladder, string(i.Highest)) {
			return Overclaimed.Refuse("proposal", id, "claimed", rung, "group", class, "why", i.Why, "highest", i.Highest)
		}
	}
	return nil
}

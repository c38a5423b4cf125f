package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// TakeOverPolicy records a policy that was in force before the organisation
// began to decide here: it stays in force until it is replaced (M-262). The
// founder records it while founding, afterwards its circle does by consent.
type TakeOverPolicy struct {
	ID     proposal.ID   `json:"id"`
	Circle circle.ID     `json:"circle"`
	Text   circle.Text   `json:"text"`
	Since  time.Time     `json:"since"`
	Term   circle.Period `json:"term,omitempty"`
}

// Wire is the command's wire name.
func (TakeOverPolicy) Wire() string { return "consent.take-over-policy" }

// How says how an agreement came into force that no round was held on.
type How string

// The ways.
const (
	Legacy How = "legacy" // it was in force before (M-262)
)

// An Origin tells of an agreement that no round was held on, how it came into
// force.
type Origin struct {
	How   How
	By    circle.PersonID // nobody: the circle recorded it by consent
	Since time.Time
}

// PolicySet: a text is in force without a round on it, and how that came.
type PolicySet struct {
	Proposal proposal.ID     `json:"proposal"`
	Circle   circle.ID       `json:"circle"`
	How      How             `json:"how"`
	By       circle.PersonID `json:"by,omitempty"`
	Since    time.Time       `json:"since"`
	At       time.Time       `json:"at"`
}

// Wire is the event's wire name.
func (PolicySet) Wire() string { return "consent.policy-set" }

// On names the proposal that the event is about.
func (e *PolicySet) On() proposal.ID { return e.Proposal }

// In names no meeting: it may happen at any time.
func (*PolicySet) In() MeetingID { return "" }

// The process lasts until the entry is told to its end; then it is one of those
// that have ended.
func (e *PolicySet) apply(s *State) {
	if s.origins == nil {
		s.origins = map[proposal.ID]Origin{}
	}
	s.origins[e.Proposal] = Origin{e.How, e.By, e.Since}
	if s.processes == nil {
		s.processes = map[proposal.ID]*Process{}
	}
	s.processes[e.Proposal] = &Process{Proposal: e.Proposal, Circle: e.Circle, Stage: StageIntake, Method: &Quick, Rules: &circle.Rules{},
		Opened: e.At}
}

// Origin tells how an agreement came into force that no round was held on; ok is
// false for all others.
func (s *State) Origin(id proposal.ID) (o Origin, ok bool) {
	o, ok = s.origins[id]
	return o, ok
}

// NotYetThen is the refusal of a policy that is said to have begun in the
// future.
var NotYetThen = &circle.Code{ID: "not-in-force-yet", Kind: circle.ErrNotValid, Rule: "M-262", Stands: circle.InEngine,
	Says: "Only what is in force already is taken over; {since} is still to come. A new policy is a proposal."}

func (c TakeOverPolicy) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if s.Org.Settled() || !s.Org.Founding(by) {
		return nil, circle.ByConsentOnly.Refuse("who", by.By, "circle", c.Circle)
	}
	return c.set(s, by.By, now)
}

func (c TakeOverPolicy) enact(s *State, of circle.ID, now time.Time) ([]Event, error) {
	if c.Circle != of {
		return nil, circle.ByConsentOnly.Refuse("who", of, "circle", c.Circle)
	}
	return c.set(s, "", now)
}

func (c TakeOverPolicy) set(s *State, by circle.PersonID, now time.Time) ([]Event, error) {
	at := s.Org.Circle(c.Circle)
	switch {
	case at == nil:
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	case at.Closed:
		return nil, circle.CircleClosed.Refuse("circle", c.Circle)
	case at.Kind == circle.Helping:
		return nil, proposal.HelpingDecides.Refuse("circle", c.Circle)
	case s.Process(c.ID) != nil || s.Matters.Proposal(c.ID) != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	case c.Since.After(now):
		return nil, NotYetThen.Refuse("since", c.Since)
	}
	adopted := &proposal.Adopted{Proposal: c.ID, Version: 1, Since: c.Since}
	if !c.Term.IsZero() { // its first review comes a term after it is known here
		adopted.Until = c.Term.After(now)
	}
	return []Event{
		&proposal.Submitted{Proposal: c.ID, Circle: c.Circle, By: by, Sort: proposal.Policy, Text: c.Text, Term: c.Term, At: now},
		&PolicySet{Proposal: c.ID, Circle: c.Circle, How: Legacy, By: by, Since: c.Since, At: now},
		adopted,
	}, nil
}

// tellOrigin words how an agreement came into force that no round was held on.
func tellOrigin(entry *Entry, event Event) (string, bool) {
	v, ok := event.(*PolicySet)
	if !ok {
		return "", false
	}
	return fmt.Sprintf("%s recorded that it was in force before, since %s; it stays so until it is replaced", byOrCircle(entry, v.By), day(v.Since)), true
}

// Legacies lists the policies of a circle, or of all, that were in force before
// and were not replaced yet, by name (M-262).
func (s *State) Legacies(of circle.ID) []proposal.ID {
	var out []proposal.ID
	for id, o := range s.origins {
		p := s.Matters.Proposal(id)
		if o.How == Legacy && p != nil && p.Status == proposal.StatusAgreement && p.Agreement.Version == 1 && (of == "" || p.Circle == of) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

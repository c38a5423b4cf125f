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
	Legacy How = "legacy"  // it was in force before (M-262)
	ByRole How = "by-role" // who acts in a role set it alone (M-241)
)

// An Origin tells of an agreement that no round was held on, how it came into
// force.
type Origin struct {
	How   How
	By    circle.PersonID // nobody: the circle recorded it by consent
	Since time.Time
	// Role and Item are in which role it was set, and on what; empty for others
	// than guidelines. Kept says that the circle has consented to keep it since.
	Role circle.RoleID
	Item circle.ItemID
	Kept bool
}

// PolicySet: a text is in force without a round on it, and how that came.
type PolicySet struct {
	Proposal proposal.ID     `json:"proposal"`
	Circle   circle.ID       `json:"circle"`
	How      How             `json:"how"`
	By       circle.PersonID `json:"by,omitempty"`
	Since    time.Time       `json:"since"`
	At       time.Time       `json:"at"`
	// Of a guideline: the role in which it was set, as what its author acted in it,
	// the item of its domain, and the version of the text that entrusts the item
	// to the role (M-61, M-241).
	Role    circle.RoleID   `json:"role,omitempty"`
	As      circle.Capacity `json:"as,omitempty"`
	Item    circle.ItemID   `json:"item,omitempty"`
	Defined int             `json:"defined,omitempty"`
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
	s.origins[e.Proposal] = Origin{How: e.How, By: e.By, Since: e.Since, Role: e.Role, Item: e.Item}
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
	if err := s.newText(c.ID, c.Circle); err != nil {
		return nil, err
	}
	if c.Since.After(now) {
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

// newText refuses an agreement without a round of a circle that decides nothing,
// or under a name that is taken.
func (s *State) newText(id proposal.ID, of circle.ID) error {
	at := s.Org.Circle(of)
	switch {
	case at == nil:
		return circle.UnknownCircle.Refuse("circle", of)
	case at.Closed:
		return circle.CircleClosed.Refuse("circle", of)
	case at.Kind == circle.Helping:
		return proposal.HelpingDecides.Refuse("circle", of)
	case s.Process(id) != nil || s.Matters.Proposal(id) != nil:
		return circle.TakenID.Refuse("id", id)
	}
	return nil
}

// tellOrigin words how an agreement came into force that no round was held on.
func tellOrigin(entry *Entry, event Event) (string, bool) {
	v, ok := event.(*PolicySet)
	if !ok {
		return "", false
	}
	if v.How == ByRole {
		return guidelineWords(entry, v), true
	}
	return fmt.Sprintf("%s recorded that it was in force before, since %s; it stays so until it is replaced", byOrCircle(entry, v.By), day(v.Since)), true
}

// Legacies lists the policies of a circle, or of all, that were in force before
// and were not replaced yet, by name (M-262).
func (s *State) Legacies(of circle.ID) []proposal.ID {
	return s.unasked(func(o Origin, p *proposal.Proposal) bool { return o.How == Legacy && (of == "" || p.Circle == of) })
}

// unasked lists the agreements that no round was held on and that were neither
// ended nor replaced yet, by name.
func (s *State) unasked(which func(Origin, *proposal.Proposal) bool) []proposal.ID {
	var out []proposal.ID
	for id, o := range s.origins {
		p := s.Matters.Proposal(id)
		if p != nil && p.Status == proposal.StatusAgreement && p.Agreement.Version == 1 && which(o, p) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

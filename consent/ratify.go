package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Ratify is carried out when the body that a circle's rules name consents to
// confirm a decision, or not, for the law outside (M-260). How the decision was
// reached, and that it is in force between those who decided it, stays as it is.
type Ratify struct {
	Proposal proposal.ID `json:"proposal"`
	Version  int         `json:"version"`
	// Refuses says that the body does not confirm it; then the circle looks at it
	// again.
	Refuses bool        `json:"refuses,omitempty"`
	Reason  circle.Text `json:"reason" words:"heard"`
}

// Wire is the command's wire name.
func (Ratify) Wire() string { return "consent.ratify" }

// Of names the proposal that the command is about.
func (c Ratify) Of() proposal.ID { return c.Proposal }

// Ratified: the confirming body confirmed a decision, or did not.
type Ratified struct {
	Proposal proposal.ID `json:"proposal"`
	Version  int         `json:"version"`
	Circle   circle.ID   `json:"circle"` // the body
	Refused  bool        `json:"refused,omitempty"`
	Reason   circle.Text `json:"reason" words:"heard"`
	At       time.Time   `json:"at"`
}

// Wire is the event's wire name.
func (Ratified) Wire() string { return "consent.ratified" }

// On names the proposal that the event is about.
func (e *Ratified) On() proposal.ID { return e.Proposal }

// In names no meeting: it is a decision of its own.
func (*Ratified) In() MeetingID { return "" }

// A Confirmation is what the confirming body said of one version.
type Confirmation struct {
	Version int
	By      circle.ID
	Refused bool
	At      time.Time
}

func (e *Ratified) apply(s *State) {
	if s.confirmed == nil {
		s.confirmed = map[proposal.ID]Confirmation{}
	}
	s.confirmed[e.Proposal] = Confirmation{e.Version, e.Circle, e.Refused, e.At}
}

// Confirmed tells what the confirming body said of the version in force; ok is
// false while it has said nothing.
func (s *State) Confirmed(id proposal.ID) (c Confirmation, ok bool) {
	if c, ok = s.confirmed[id]; !ok || c.Version != s.Matters.InForce(id) {
		return Confirmation{}, false
	}
	return c, true
}

// The refusals of confirming.
var (
	NotTheBody = &circle.Code{ID: "not-the-body", Kind: circle.ErrNotYou, Rule: "M-260", Stands: circle.InRules,
		Says: "By the rules of {circle} it is not {who} that confirms its decisions. Who does: {body}."}
	NotInForceNow = &circle.Code{ID: "not-the-version", Kind: circle.ErrNotNow, Rule: "M-260", Stands: circle.InEngine,
		Says: "Version {version} of {proposal} is not in force: what is confirmed was decided before."}
	ConfirmedBefore = &circle.Code{ID: "ratified-before", Kind: circle.ErrTaken, Rule: "M-260", Stands: circle.InEngine,
		Says: "{by} has said already whether it confirms version {version} of {proposal}."}
)

// ratifyCodes lists them.
func ratifyCodes() []*circle.Code { return []*circle.Code{NotTheBody, NotInForceNow, ConfirmedBefore} }

// A direct call is refused: the body confirms by consent.
func (c Ratify) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	at, err := s.circleOf(c.Proposal)
	if err != nil {
		return nil, err
	}
	body := s.Org.RulesOf(at).Confirm
	if body == "" {
		return nil, NotTheBody.Refuse("circle", at, "who", by.By, "body", "nobody")
	}
	return nil, proposal.ByConsent.Refuse("who", by.By, "circle", body)
}

func (c Ratify) enact(s *State, of circle.ID, now time.Time) ([]Event, error) {
	at, err := s.circleOf(c.Proposal)
	if err != nil {
		return nil, err
	}
	said, before := s.Confirmed(c.Proposal)
	switch body := s.Org.RulesOf(at).Confirm; {
	case body != of:
		return nil, NotTheBody.Refuse("circle", at, "who", of, "body", orNone(string(body)))
	case c.Version != s.Matters.InForce(c.Proposal) || c.Version == 0:
		return nil, NotInForceNow.Refuse("version", c.Version, "proposal", c.Proposal)
	case before && !said.Refused:
		return nil, ConfirmedBefore.Refuse("by", of, "version", c.Version, "proposal", c.Proposal)
	}
	events := []Event{&Ratified{Proposal: c.Proposal, Version: c.Version, Circle: of, Refused: c.Refuses, Reason: c.Reason, At: now}}
	if c.Refuses && s.Matters.Proposal(c.Proposal).Agreement.Phase == proposal.Active {
		events = append(events, &proposal.ReviewDue{Proposal: c.Proposal, Because: proposal.Asked})
	}
	return events, nil
}

// unconfirmed lists what is in force and waits for a confirming body.
func (s *State) unconfirmed() []Due {
	var out []Due
	for _, id := range s.Matters.Proposals("") {
		p := s.Matters.Proposal(id)
		if p.Status != proposal.StatusAgreement || s.Matters.InForce(id) == 0 {
			continue
		}
		rules := s.Org.RulesOf(p.Circle)
		if rules.Confirm == "" || rules.Confirm == p.Circle {
			continue
		}
		if said, ok := s.Confirmed(id); !ok || said.Refused {
			out = append(out, Due{At: p.Agreement.Since, What: "to-confirm", Of: string(id), Part: string(rules.Confirm), Past: true})
		}
	}
	slices.SortFunc(out, func(a, b Due) int { return strings.Compare(a.Of, b.Of) })
	return out
}

// tellRatified words what a confirming body said.
func tellRatified(event Event) (string, circle.Text, bool) {
	v, ok := event.(*Ratified)
	if !ok {
		return "", circle.Text{}, false
	}
	if v.Refused {
		return fmt.Sprintf("%s did not confirm version %d for the law outside, so the circle looks at it again", v.Circle, v.Version), v.Reason, true
	}
	return fmt.Sprintf("%s confirmed version %d for the law outside", v.Circle, v.Version), v.Reason, true
}

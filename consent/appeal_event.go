package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// AppealDrafted: somebody begins an appeal against a decision, under the rules
// that the circle has for it.
type AppealDrafted struct {
	Appeal   AppealID        `json:"appeal"`
	Proposal proposal.ID     `json:"proposal"`
	Circle   circle.ID       `json:"circle"`
	Version  int             `json:"version"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"heard"`
	New      circle.Text     `json:"new,omitempty" words:"heard"`
	Rules    circle.Appeals  `json:"rules"`
}

// AppealSigned: somebody joins an appeal; these of the others are related to
// them, as the host said.
type AppealSigned struct {
	Appeal   AppealID          `json:"appeal"`
	Proposal proposal.ID       `json:"proposal"`
	By       circle.PersonID   `json:"by"`
	Related  []circle.PersonID `json:"related,omitempty"`
}

// AppealLeft: somebody took their signature back.
type AppealLeft struct {
	Appeal   AppealID        `json:"appeal"`
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// AppealMoved: an appeal lies before a circle from here on: opened by whoever
// asked for it, passed on, or gone on by itself when the sessions were used up.
type AppealMoved struct {
	Appeal   AppealID        `json:"appeal"`
	Proposal proposal.ID     `json:"proposal"`
	Step     int             `json:"step"`
	Before   circle.ID       `json:"before"`
	As       Destination     `json:"as,omitempty"`
	Panel    bool            `json:"panel,omitempty"` // people are named for it, and the circle names them
	Holds    bool            `json:"holds,omitempty"` // the decision, until the appeal is over
	By       circle.PersonID `json:"by,omitempty"`
	At       time.Time       `json:"at"`
	Reason   circle.Text     `json:"reason,omitempty" words:"heard"`
}

// AppellantHeard: somebody who brings an appeal spoke to it in a meeting.
type AppellantHeard struct {
	Appeal   AppealID        `json:"appeal"`
	Proposal proposal.ID     `json:"proposal"`
	Meeting  MeetingID       `json:"meeting"`
	By       circle.PersonID `json:"by"`
	Text     circle.Text     `json:"text" words:"own"`
}

// SessionHeld: a session that counts for an appeal was held (EC-55).
type SessionHeld struct {
	Appeal   AppealID    `json:"appeal"`
	Proposal proposal.ID `json:"proposal"`
	Meeting  MeetingID   `json:"meeting"`
	No       int         `json:"no"`
}

// AppealExtended: those who hear an appeal consented to more sessions.
type AppealExtended struct {
	Appeal   AppealID    `json:"appeal"`
	Proposal proposal.ID `json:"proposal"`
	Sessions int         `json:"sessions"`
}

// AppealAnswered: those who hear an appeal answered it.
type AppealAnswered struct {
	Appeal     AppealID     `json:"appeal"`
	Proposal   proposal.ID  `json:"proposal"`
	Circle     circle.ID    `json:"circle,omitempty"`
	Ruling     AppealRuling `json:"ruling"`
	Answer     circle.Text  `json:"answer" words:"heard"`
	Mitigation circle.Text  `json:"mitigation,omitempty" words:"heard"`
	Case       proposal.ID  `json:"case,omitempty"` // in which they decided on it
}

// AppealEnded: an appeal is over: with a ruling, or because too few bring it.
type AppealEnded struct {
	Appeal   AppealID    `json:"appeal"`
	Proposal proposal.ID `json:"proposal"`
	Outcome  Name        `json:"outcome"`        // a ruling, "settled" or "withdrawn"
	Case     proposal.ID `json:"case,omitempty"` // by which it was answered
}

// Adopted is told which case carried the answer: the answer refers to it.
func (e *AppealAnswered) Adopted(by circle.Name) { e.Case = proposal.ID(by) }

// Adopted is told which case ended the appeal.
func (e *AppealEnded) Adopted(by circle.Name) { e.Case = proposal.ID(by) }

// Wire names, one for each event.
func (AppealDrafted) Wire() string  { return "consent.appeal-drafted" }
func (AppealSigned) Wire() string   { return "consent.appeal-signed" }
func (AppealLeft) Wire() string     { return "consent.appeal-left" }
func (AppealMoved) Wire() string    { return "consent.appeal-moved" }
func (AppellantHeard) Wire() string { return "consent.appellant-heard" }
func (SessionHeld) Wire() string    { return "consent.session-held" }
func (AppealExtended) Wire() string { return "consent.appeal-extended" }
func (AppealAnswered) Wire() string { return "consent.appeal-answered" }
func (AppealEnded) Wire() string    { return "consent.appeal-ended" }

// appealEvents lists one of each.
func appealEvents() []ownEvent {
	return append(panelEvents(), &AppealDrafted{}, &AppealSigned{}, &AppealLeft{}, &AppealMoved{}, &AppellantHeard{}, &SessionHeld{},
		&AppealExtended{}, &AppealAnswered{}, &AppealEnded{})
}

// On names the proposal that an event is about.
func (e *AppealDrafted) On() proposal.ID  { return e.Proposal }
func (e *AppealSigned) On() proposal.ID   { return e.Proposal }
func (e *AppealLeft) On() proposal.ID     { return e.Proposal }
func (e *AppealMoved) On() proposal.ID    { return e.Proposal }
func (e *AppellantHeard) On() proposal.ID { return e.Proposal }
func (e *SessionHeld) On() proposal.ID    { return e.Proposal }
func (e *AppealExtended) On() proposal.ID { return e.Proposal }
func (e *AppealAnswered) On() proposal.ID { return e.Proposal }
func (e *AppealEnded) On() proposal.ID    { return e.Proposal }

// In names the meeting that an event happened in.
func (*AppealDrafted) In() MeetingID    { return "" }
func (*AppealSigned) In() MeetingID     { return "" }
func (*AppealLeft) In() MeetingID       { return "" }
func (*AppealMoved) In() MeetingID      { return "" }
func (e *AppellantHeard) In() MeetingID { return e.Meeting }
func (e *SessionHeld) In() MeetingID    { return e.Meeting }
func (*AppealExtended) In() MeetingID   { return "" }
func (*AppealAnswered) In() MeetingID   { return "" }
func (*AppealEnded) In() MeetingID      { return "" }

func (e *AppealDrafted) apply(s *State) {
	if s.appeals == nil {
		s.appeals = map[AppealID]*Appeal{}
	}
	s.appeals[e.Appeal] = &Appeal{ID: e.Appeal, Proposal: e.Proposal, Circle: e.Circle, Version: e.Version, Status: AppealGathers,
		Signers: []Signer{{Person: e.By}}, Rules: e.Rules}
}

func (e *AppealSigned) apply(s *State) {
	a := s.appeals[e.Appeal]
	a.Signers = append(a.Signers, Signer{e.By, e.Related})
}

func (e *AppealLeft) apply(s *State) {
	a := s.appeals[e.Appeal]
	var stay []Signer
	for _, signer := range a.Signers {
		if signer.Person != e.By {
			stay = append(stay, signer)
		}
	}
	a.Signers = stay
}

func (e *AppealMoved) apply(s *State) {
	a := s.appeals[e.Appeal]
	a.Held = a.Held || e.Holds
	a.Status, a.Step, a.Before, a.At, a.Since = AppealIsOpen, e.Step, e.Before, e.As, e.At
	a.Sessions, a.More, a.Answer, a.Case, a.Panel, a.Petition = 0, 0, "", "", nil, nil
}

// The words of those who bring it are kept.
func (*AppellantHeard) apply(*State) {}

func (e *SessionHeld) apply(s *State)    { s.appeals[e.Appeal].Sessions = e.No }
func (e *AppealExtended) apply(s *State) { s.appeals[e.Appeal].More += e.Sessions }
func (e *AppealAnswered) apply(s *State) {
	a := s.appeals[e.Appeal]
	a.Answer, a.Case = e.Ruling, e.Case
}

// What an appeal came to stays; who brought it is told in the ledger.
func (e *AppealEnded) apply(s *State) {
	a := s.appeals[e.Appeal]
	over := &Appeal{ID: a.ID, Proposal: a.Proposal, Circle: a.Circle, Version: a.Version, Status: AppealIsOver, Answer: a.Answer, Case: a.Case, Petition: a.Petition}
	if a.Petition != nil { // it may go on
		over.Signers, over.Rules, over.Step = a.Signers, a.Rules, a.Step
	}
	s.appeals[e.Appeal] = over
}

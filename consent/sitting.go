package consent

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Sitting is who sits at a meeting beside those who take part in its circle: for
// this meeting and no longer.
type Sitting struct {
	Invited []Invitation // for one matter each (M-40)
	Called  []Called     // to facilitate, or to write (M-41)
	Visits  []Visit      // to look on (M-39)
}

// An Invitation is that somebody from outside sits in while one proposal is dealt
// with (M-40).
type Invitation struct {
	Person    circle.PersonID
	Proposal  proposal.ID
	By        circle.PersonID // who comes through a link; empty: the circle, by consent
	Here      bool
	Withdrawn bool
}

// Called is that somebody from outside wears a hat of the circle at a meeting
// (M-41).
type Called struct {
	Person circle.PersonID
	Hat    circle.Hat
	Here   bool
	Member bool // for the meeting, as the circle had agreed when they came
}

// Invite asks somebody from outside to sit in at a meeting while one proposal is
// dealt with. Whoever comes to the circle through a link invites one guest; the
// circle itself invites by consent (M-40).
type Invite struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	Item    proposal.ID     `json:"item"` // the proposal for which they sit in
}

// WithdrawInvitation ends an invitation, at any time: whoever invited does. With
// the meeting it ends by itself.
type WithdrawInvitation struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
}

// CallIn is carried out when a circle consents that somebody from outside
// facilitates a meeting of it, or is its Secretary there (M-41).
type CallIn struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	Hat     circle.Hat      `json:"hat"`
}

// Wire names, one for each command.
func (Invite) Wire() string             { return "consent.invite" }
func (WithdrawInvitation) Wire() string { return "consent.withdraw-invitation" }
func (CallIn) Wire() string             { return "consent.call-in" }

// At names the meeting that it is about.
func (c Invite) At() MeetingID             { return c.Meeting }
func (c WithdrawInvitation) At() MeetingID { return c.Meeting }
func (c CallIn) At() MeetingID             { return c.Meeting }

func sittingCommands() []ownCommand {
	return append(visitCommands(), Invite{}, WithdrawInvitation{}, CallIn{})
}

func sittingDeeds() []Command { return []Command{Invite{}, WithdrawInvitation{}, CallIn{}} }

// Invited: somebody from outside may sit in at a meeting while one proposal is
// dealt with.
type Invited struct {
	Meeting  MeetingID       `json:"meeting"`
	Person   circle.PersonID `json:"person"`
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by,omitempty"` // empty: the circle, by consent
}

// InvitationWithdrawn: they may not any more.
type InvitationWithdrawn struct {
	Meeting  MeetingID       `json:"meeting"`
	Person   circle.PersonID `json:"person"`
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by,omitempty"`
}

// CalledIn: somebody from outside is to wear a hat of the circle at a meeting.
type CalledIn struct {
	Meeting MeetingID       `json:"meeting"`
	Person  circle.PersonID `json:"person"`
	Hat     circle.Hat      `json:"hat"`
}

// CameIn: somebody from outside is at the meeting: a guest for one proposal, or
// with a hat of the circle.
type CameIn struct {
	Meeting  MeetingID       `json:"meeting"`
	Person   circle.PersonID `json:"person"`
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Hat      circle.Hat      `json:"hat,omitempty"`
	Member   bool            `json:"member,omitempty"`
}

// Wire names, one for each event.
func (*Invited) Wire() string             { return "consent.invited" }
func (*InvitationWithdrawn) Wire() string { return "consent.invitation-withdrawn" }
func (*CalledIn) Wire() string            { return "consent.called-in" }
func (*CameIn) Wire() string              { return "consent.came-in" }

// On names the proposal that an event is about; "" when it is about none.
func (e *Invited) On() proposal.ID             { return e.Proposal }
func (e *InvitationWithdrawn) On() proposal.ID { return e.Proposal }
func (*CalledIn) On() proposal.ID              { return "" }
func (e *CameIn) On() proposal.ID              { return e.Proposal }

// In names the meeting that an event belongs to.
func (e *Invited) In() MeetingID             { return e.Meeting }
func (e *InvitationWithdrawn) In() MeetingID { return e.Meeting }
func (e *CalledIn) In() MeetingID            { return e.Meeting }
func (e *CameIn) In() MeetingID              { return e.Meeting }

func sittingEvents() []ownEvent {
	return append(visitEvents(), &Invited{}, &InvitationWithdrawn{}, &CalledIn{}, &CameIn{})
}

var nobodyBeside = &Sitting{}

// beside is who sits there, to read.
func (m *Meeting) beside() *Sitting {
	if m == nil || m.Beside == nil {
		return nobodyBeside
	}
	return m.Beside
}

// seat is the same to write: a copy, as a fork of the state may hold the other.
func (m *Meeting) seat() *Sitting {
	was := m.beside()
	m.Beside = &Sitting{Invited: slices.Clone(was.Invited), Called: slices.Clone(was.Called), Visits: slices.Clone(was.Visits)}
	return m.Beside
}

// invitation finds what somebody was invited for last, nil if they never were.
func (b *Sitting) invitation(who circle.PersonID) *Invitation {
	for i := len(b.Invited) - 1; i >= 0; i-- {
		if b.Invited[i].Person == who {
			return &b.Invited[i]
		}
	}
	return nil
}

// called finds the hat with which somebody was called in, nil if they were not.
func (b *Sitting) called(who circle.PersonID) *Called {
	if i := slices.IndexFunc(b.Called, func(c Called) bool { return c.Person == who }); i >= 0 {
		return &b.Called[i]
	}
	return nil
}

// wears is who was called in to wear a hat and is there, "" if nobody.
func (b *Sitting) wears(hat circle.Hat) circle.PersonID {
	if i := slices.IndexFunc(b.Called, func(c Called) bool { return c.Hat == hat && c.Here }); i >= 0 {
		return b.Called[i].Person
	}
	return ""
}

// here lists who is there.
func (b *Sitting) here() []circle.PersonID {
	var out []circle.PersonID
	for _, c := range b.Called {
		if c.Here {
			out = append(out, c.Person)
		}
	}
	for _, i := range b.Invited {
		if i.Here && !i.Withdrawn {
			out = append(out, i.Person)
		}
	}
	return out
}

// members lists who is a member for the meeting.
func (b *Sitting) members() []circle.PersonID {
	var out []circle.PersonID
	for _, c := range b.Called {
		if c.Member { // they are there, or it would not be known
			out = append(out, c.Person)
		}
	}
	return out
}

// AtTable says whether somebody is at the meeting in any way but to look on or to
// be heard as a guest.
func (m *Meeting) AtTable(who circle.PersonID) bool {
	return m.Attends(who) || slices.Contains(m.beside().here(), who)
}

func (e *Invited) apply(s *State) {
	b := s.meetings[e.Meeting].seat()
	b.Invited = append(b.Invited, Invitation{Person: e.Person, Proposal: e.Proposal, By: e.By})
}

func (e *InvitationWithdrawn) apply(s *State) {
	s.meetings[e.Meeting].seat().invitation(e.Person).Withdrawn = true
}

func (e *CalledIn) apply(s *State) {
	b := s.meetings[e.Meeting].seat()
	b.Called = append(b.Called, Called{Person: e.Person, Hat: e.Hat})
}

func (e *CameIn) apply(s *State) {
	m := s.meetings[e.Meeting]
	b := m.seat()
	if e.Hat == "" {
		b.invitation(e.Person).Here = true
	} else if c := b.called(e.Person); c != nil {
		c.Here, c.Member = true, e.Member
	} else { // they wear the hat in the circle
		b.Called = append(b.Called, Called{Person: e.Person, Hat: e.Hat, Here: true, Member: e.Member})
	}
	for _, id := range m.Items {
		if p := s.processes[id]; p != nil && p.Meeting == e.Meeting && p.Round != nil && s.sitsFor(p, e.Person) {
			p.Round.add(e.Person)
		}
	}
	if e.Member && m.Round != nil {
		m.Round.add(e.Person)
	}
}

// tellSitting words who sat in for a proposal from outside.
func tellSitting(event Event) (string, bool) {
	switch v := event.(type) {
	case *Invited:
		by := "The circle"
		if v.By != "" {
			by = string(v.By)
		}
		return fmt.Sprintf("%s invited %s to sit in at %s for this", by, v.Person, v.Meeting), true
	case *InvitationWithdrawn:
		return fmt.Sprintf("The invitation of %s was taken back", v.Person), true
	case *CameIn:
		return fmt.Sprintf("%s sat in at %s", v.Person, v.Meeting), true
	}
	return "", false
}

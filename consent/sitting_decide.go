package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals that concern who sits at a meeting from outside.
var (
	InviteByLink = &circle.Code{ID: "invite-by-link", Kind: circle.ErrNotYou, Rule: "M-40", Stands: circle.InEngine,
		Says: "{who} cannot invite a guest to {circle} alone. Whoever comes to it through a link invites one, and the circle invites by consent (consent.ask)."}
	OneGuest = &circle.Code{ID: "one-guest", Kind: circle.ErrTaken, Rule: "M-40", Stands: circle.InEngine,
		Says: "{who} has invited {guest} to {meeting} already: whoever comes through a link invites one guest."}
	GuestBefore = &circle.Code{ID: "guest-before", Kind: circle.ErrTaken, Rule: "M-40", Stands: circle.InEngine,
		Says: "{guest} is invited to {meeting} already, for {proposal}."}
	NoGuestNeeded = &circle.Code{ID: "takes-part-here", Kind: circle.ErrNotValid, Rule: "M-40", Stands: circle.InEngine,
		Says: "{who} takes part in {circle} and comes to its meetings anyway."}
	NotInvited = &circle.Code{ID: "not-invited", Kind: circle.ErrNotNow, Rule: "M-40", Stands: circle.InEngine,
		Says: "No invitation of {guest} to {meeting} stands."}
	OtherInvited = &circle.Code{ID: "other-invited", Kind: circle.ErrNotYou, Rule: "M-40", Stands: circle.InEngine,
		Says: "{who} did not invite {guest}: {by} did, and takes the invitation back."}
	GuestOnlyThen = &circle.Code{ID: "guest-only-then", Kind: circle.ErrNotNow, Rule: "M-40", Stands: circle.InEngine,
		Says: "{who} sits in at {meeting} for {proposal}, and acts while that is dealt with there: {state}."}
	NotAnOffice = &circle.Code{ID: "not-an-office", Kind: circle.ErrNotValid, Rule: "M-41", Stands: circle.InEngine,
		Says: "Somebody from outside facilitates a meeting, or is its Secretary; nobody is called in as {hat}."}
	CalledBefore = &circle.Code{ID: "called-before", Kind: circle.ErrTaken, Rule: "M-41", Stands: circle.InEngine,
		Says: "{who} is called in to {meeting} as {hat} already."}
	NoVoiceByHat = &circle.Code{ID: "no-voice-by-hat", Kind: circle.ErrNotYou, Rule: "M-41", Stands: circle.InRules,
		Says: "{who} is at {meeting} as {hat} and takes no part in what {circle} decides: by its rules who is called in from outside serves the meeting, and no more."}
)

func sittingCodes() []*circle.Code {
	return append(visitCodes(), InviteByLink, OneGuest, GuestBefore, NoGuestNeeded, NotInvited, OtherInvited, GuestOnlyThen,
		NotAnOffice, CalledBefore, NoVoiceByHat)
}

// outsider refuses to let somebody sit in from outside whom nobody knows, or who
// takes part anyway.
func (s *State) outsider(m *Meeting, who circle.PersonID) error {
	switch {
	case m.Status == StatusOver:
		return MeetingNot.Refuse("meeting", m.ID, "status", m.Status)
	case s.Org.Person(who) == nil:
		return circle.UnknownPerson.Refuse("who", who)
	case !s.outside(m.Circle, who):
		return NoGuestNeeded.Refuse("who", who, "circle", m.Circle)
	}
	return nil
}

func (c Invite) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	if len(s.Org.FromCircles(m.Circle, by.By)) == 0 {
		return nil, InviteByLink.Refuse("who", by.By, "circle", m.Circle)
	}
	for _, i := range m.beside().Invited {
		if i.By == by.By && !i.Withdrawn {
			return nil, OneGuest.Refuse("who", by.By, "guest", i.Person, "meeting", m.ID)
		}
	}
	return c.invites(s, m, by.By)
}

func (c Invite) enact(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	m, err := s.calledBy(c.Meeting, of)
	if err != nil {
		return nil, err
	}
	return c.invites(s, m, "")
}

// calledBy returns a meeting, to a decision of its circle.
func (s *State) calledBy(id MeetingID, of circle.ID) (*Meeting, error) {
	m, err := s.meeting(id)
	if err == nil && m.Circle != of {
		err = UnknownMeeting.Refuse("meeting", id)
	}
	return m, err
}

func (c Invite) invites(s *State, m *Meeting, by circle.PersonID) ([]Event, error) {
	if err := s.outsider(m, c.Person); err != nil {
		return nil, err
	}
	if i := m.beside().invitation(c.Person); i != nil && !i.Withdrawn {
		return nil, GuestBefore.Refuse("guest", c.Person, "meeting", m.ID, "proposal", i.Proposal)
	}
	p := s.processes[c.Item]
	switch {
	case p == nil && s.Process(c.Item) != nil:
		return nil, Ended.Refuse("proposal", c.Item, "stage", s.Process(c.Item).Stage)
	case p == nil || p.Circle != m.Circle:
		return nil, proposal.UnknownProposal.Refuse("proposal", c.Item)
	}
	return []Event{&Invited{Meeting: m.ID, Person: c.Person, Proposal: c.Item, By: by}}, nil
}

func (c WithdrawInvitation) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.meeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	i, err := m.standing(c.Person)
	switch {
	case err != nil:
		return nil, err
	case i.By == "":
		return nil, OtherInvited.Refuse("who", by.By, "guest", c.Person, "by", "the circle, by consent,")
	case i.By != by.By:
		return nil, OtherInvited.Refuse("who", by.By, "guest", c.Person, "by", i.By)
	}
	return []Event{&InvitationWithdrawn{Meeting: m.ID, Person: c.Person, Proposal: i.Proposal, By: by.By}}, nil
}

func (c WithdrawInvitation) enact(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	m, err := s.calledBy(c.Meeting, of)
	if err != nil {
		return nil, err
	}
	i, err := m.standing(c.Person)
	if err != nil {
		return nil, err
	}
	return []Event{&InvitationWithdrawn{Meeting: m.ID, Person: c.Person, Proposal: i.Proposal}}, nil
}

// standing finds an invitation that stands.
func (m *Meeting) standing(who circle.PersonID) (*Invitation, error) {
	i := m.beside().invitation(who)
	switch {
	case m.Status == StatusOver:
		return nil, MeetingNot.Refuse("meeting", m.ID, "status", m.Status)
	case i == nil || i.Withdrawn:
		return nil, NotInvited.Refuse("guest", who, "meeting", m.ID)
	}
	return i, nil
}

// A direct call is refused: the circle calls somebody in, nobody does alone.
func (c CallIn) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	return nil, s.meetingByConsent(c.Meeting, by)
}

func (c CallIn) enact(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	m, err := s.calledBy(c.Meeting, of)
	if err != nil {
		return nil, err
	}
	if err := s.outsider(m, c.Person); err != nil {
		return nil, err
	}
	if c.Hat != circle.Facilitator && c.Hat != circle.Secretary {
		return nil, NotAnOffice.Refuse("hat", c.Hat)
	}
	for _, x := range m.beside().Called {
		if x.Hat == c.Hat || x.Person == c.Person {
			return nil, CalledBefore.Refuse("who", x.Person, "meeting", m.ID, "hat", x.Hat)
		}
	}
	return []Event{&CalledIn{Meeting: m.ID, Person: c.Person, Hat: c.Hat}}, nil
}

// comesIn is how somebody from outside comes to a meeting: with the hat for which
// they were called in or that they wear in the circle, or for the matter for which
// they were invited. Nil: they have no place there.
func (s *State) comesIn(m *Meeting, who circle.PersonID) *CameIn {
	if !s.outside(m.Circle, who) || m.Attends(who) { // or has a place there from before they left
		return nil
	}
	e := &CameIn{Meeting: m.ID, Person: who, Member: s.Org.SeatingOf(m.Circle).Outside == circle.MemberForMeeting}
	if c := m.beside().called(who); c != nil {
		e.Hat = c.Hat
		return e
	}
	for _, hat := range []circle.Hat{circle.Facilitator, circle.Secretary} {
		if s.Org.Wears(m.Circle, hat, who) && m.beside().wears(hat) == "" {
			e.Hat = hat
			return e
		}
	}
	if i := m.beside().invitation(who); i != nil && !i.Withdrawn {
		return &CameIn{Meeting: m.ID, Person: who, Proposal: i.Proposal}
	}
	return nil
}

// sitsFor says whether somebody from outside sits at the meeting that goes on
// while a proposal is dealt with, and may speak to it: who was invited for it, and
// who wears a hat of the circle there, where that makes them a member for the
// meeting.
func (s *State) sitsFor(p *Process, who circle.PersonID) bool {
	m := s.openMeeting(p.Circle)
	if m == nil || m.Beside == nil {
		return false
	}
	if c := m.Beside.called(who); c != nil && c.Here {
		return c.Member
	}
	i := m.Beside.invitation(who)
	return i != nil && i.Here && !i.Withdrawn && i.Proposal == p.Proposal && m.dealsWith(p.Proposal)
}

// dealsWith says whether a meeting has come to a proposal, where it goes through
// its agenda item by item.
func (m *Meeting) dealsWith(id proposal.ID) bool {
	p := m.plan()
	at := p.item(p.Running())
	return at < 0 || p.Items[at].Item == id
}

// sitters lists who sits there for a proposal and has a place in a round of it: in
// the question itself, guests where the method says so, and members for the meeting
// (M-40, M-41). A vote is the circle's own.
func (s *State) sitters(p *Process, m *Meeting, kind RoundKind) []circle.PersonID {
	if m == nil || m.Beside == nil || kind == BallotRound {
		return nil
	}
	stance := kind == ConsentRound || kind == NominateRound
	return slices.DeleteFunc(m.Beside.here(), func(who circle.PersonID) bool {
		return !s.sitsFor(p, who) || stance && !p.Method.Guests && m.Beside.called(who) == nil
	})
}

// speaksIn refuses who has no voice in a case: it takes a part in the circle, or a
// seat at the meeting in which the case is dealt with.
func (s *State) speaksIn(p *Process, who circle.PersonID) error {
	err := s.takesPart(p.Circle, who)
	if err == nil || s.sitsFor(p, who) {
		return nil
	}
	if why := s.onlyThen(p, who); why != nil {
		return why
	}
	return err
}

// onlyThen says to who sits in, or sat in, why they cannot act on a case now; nil to
// everybody else.
func (s *State) onlyThen(p *Process, who circle.PersonID) error {
	m := s.openMeeting(p.Circle)
	if m == nil {
		m = s.meetings[p.Meeting]
	}
	if m == nil || m.Beside == nil || s.sitsFor(p, who) || !s.outside(p.Circle, who) {
		return nil
	}
	if c := m.Beside.called(who); c != nil && c.Here {
		if m.Status == StatusOpen {
			return NoVoiceByHat.Refuse("who", who, "meeting", m.ID, "hat", c.Hat, "circle", m.Circle)
		}
		return MeetingNot.Refuse("meeting", m.ID, "status", m.Status)
	}
	i := m.Beside.invitation(who)
	if i == nil {
		return nil
	}
	state := "the meeting deals with something else now"
	switch {
	case m.Status != StatusOpen:
		state = "the meeting is " + m.Status.String()
	case i.Withdrawn:
		state = "the invitation was taken back"
	case !i.Here:
		state = "they are not there yet (consent.arrive)"
	}
	return GuestOnlyThen.Refuse("who", who, "meeting", m.ID, "proposal", i.Proposal, "state", state)
}

// seat gives those who sit in from outside a seat in a question. They count for no
// class: presence is of the circle's own (CP-2).
func (e *RoundOpened) seat(guests []circle.PersonID) {
	if e.Seats == nil {
		return
	}
	for _, who := range guests {
		e.Seats = append(e.Seats, Seat{Person: who})
	}
}

// outside says whether somebody takes no part in a circle, and is not away from it
// either.
func (s *State) outside(id circle.ID, who circle.PersonID) bool {
	l := s.Org.LevelIn(id, who)
	return l != circle.Full && l != circle.Learning && l != circle.OnLeave
}

// satFor says whether somebody has a seat in a case only because they sat at its
// meeting from outside.
func (s *State) satFor(p *Process, who circle.PersonID) bool {
	m := s.meetings[p.Meeting]
	if m == nil || m.Beside == nil || !s.outside(p.Circle, who) {
		return false
	}
	return m.Beside.called(who) != nil || m.Beside.invitation(who) != nil
}

package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// DeclareInterest says that one has an interest of one's own in a question. One
// says so oneself; nobody says it of another. What follows, the circle has agreed
// (EC-79). It is said before the question is put, or between one question and the
// next.
type DeclareInterest struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// TellMember records that a member whom a proposal would remove was told of it, in
// writing and with the reasons (EC-76).
type TellMember struct {
	Proposal proposal.ID `json:"proposal"`
}

// HearMember records that a member whom a proposal would remove was heard, or
// somebody for them, who need not be a member; or that they did not come although
// they had been told in time, which stops nothing (EC-76).
type HearMember struct {
	Proposal proposal.ID     `json:"proposal"`
	Spoke    circle.PersonID `json:"spoke,omitempty"` // empty: nobody came
	Said     circle.Text     `json:"said,omitempty"`
}

// Wire names, one for each command.
func (DeclareInterest) Wire() string { return "consent.declare-interest" }
func (TellMember) Wire() string      { return "consent.tell-member" }
func (HearMember) Wire() string      { return "consent.hear-member" }

// Of names the proposal that a command is about.
func (c DeclareInterest) Of() proposal.ID { return c.Proposal }
func (c TellMember) Of() proposal.ID      { return c.Proposal }
func (c HearMember) Of() proposal.ID      { return c.Proposal }

// InterestDeclared: somebody has an interest of their own in a question.
type InterestDeclared struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// MemberTold: a member knows of a proposal to remove them.
type MemberTold struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
}

// MemberHeard: a member was heard on a proposal to remove them.
type MemberHeard struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	By       circle.PersonID `json:"by"`
	Spoke    circle.PersonID `json:"spoke,omitempty"` // empty: nobody came
	Said     circle.Text     `json:"said,omitempty" words:"own"`
}

// Wire names, one for each event.
func (*InterestDeclared) Wire() string { return "consent.interest-declared" }
func (*MemberTold) Wire() string       { return "consent.member-told" }
func (*MemberHeard) Wire() string      { return "consent.member-heard" }

// On names the proposal that an event is about.
func (e *InterestDeclared) On() proposal.ID { return e.Proposal }
func (e *MemberTold) On() proposal.ID       { return e.Proposal }
func (e *MemberHeard) On() proposal.ID      { return e.Proposal }

// In names no meeting.
func (*InterestDeclared) In() MeetingID { return "" }
func (*MemberTold) In() MeetingID       { return "" }
func (*MemberHeard) In() MeetingID      { return "" }

// Concerns names the person whom the words are about.
func (e *MemberHeard) Concerns() circle.PersonID { return e.Person }

// A Fairness is what was done on a proposal so that it is decided fairly: who
// declared an interest, and whether a member who is to be removed was told and
// heard.
type Fairness struct {
	Interested []circle.PersonID
	Told       time.Time
	Heard      bool
}

// fair returns what stands on a proposal, to change it.
func (s *State) fair(id proposal.ID) *Fairness {
	if s.fairness == nil {
		s.fairness = map[proposal.ID]*Fairness{}
	}
	if s.fairness[id] == nil {
		s.fairness[id] = &Fairness{}
	}
	return s.fairness[id]
}

func (e *InterestDeclared) apply(s *State) {
	f := s.fair(e.Proposal)
	f.Interested = append(f.Interested, e.By)
}

func (e *MemberTold) apply(s *State)  { s.fair(e.Proposal).Told = e.At }
func (e *MemberHeard) apply(s *State) { s.fair(e.Proposal).Heard = true }

// The refusals that concern interests, and the removal of a member.
var (
	InterestKnown = &circle.Code{ID: "interest-known", Kind: circle.ErrTaken, Rule: "EC-79", Stands: circle.InEngine,
		Says: "{who} has declared an interest in {proposal} already."}
	InterestLate = &circle.Code{ID: "interest-late", Kind: circle.ErrNotNow, Rule: "EC-79", Stands: circle.InEngine,
		Says: "The question on {proposal} is being asked, and who answers it stands. Say it when the round is over; the question can be put again."}
	OwnInterest = &circle.Code{ID: "own-interest", Kind: circle.ErrNotYou, Rule: "EC-79", Stands: circle.InRules,
		Says: "{who} has declared an interest in {proposal}, and {circle} has agreed that who has one has no stance on it."}
	RemovalMatter = &circle.Code{ID: "removal-matter", Kind: circle.ErrNotValid, Rule: "EC-75", Stands: circle.InRules,
		Says: "Whether a member is removed is decided as the matter {matter}, and alone: put it in a proposal of its own with that matter."}
	RemovalMethod = &circle.Code{ID: "removal-method", Kind: circle.ErrNotNow, Rule: "EC-75", Stands: circle.InRules,
		Says: "{proposal} would remove a member. It is decided as the rules say, and by no other method."}
	NoRemovalHere = &circle.Code{ID: "no-removal-here", Kind: circle.ErrNotValid, Rule: "EC-76", Stands: circle.InEngine,
		Says: "{proposal} would not remove a member."}
	ToldAlready = &circle.Code{ID: "told-already", Kind: circle.ErrTaken, Rule: "EC-76", Stands: circle.InEngine,
		Says: "{who} was told of {proposal} already."}
	HeardAlready = &circle.Code{ID: "heard-already", Kind: circle.ErrTaken, Rule: "EC-76", Stands: circle.InEngine,
		Says: "{who} was heard on {proposal} already."}
	TellFirst = &circle.Code{ID: "tell-first", Kind: circle.ErrNotNow, Rule: "EC-76", Stands: circle.InRules,
		Says: "Before {proposal} is decided, {who} is told of it with the reasons, {need} clear days before, and so far it is {got}."}
	HearFirst = &circle.Code{ID: "hear-first", Kind: circle.ErrNotNow, Rule: "EC-76", Stands: circle.InRules,
		Says: "Before {proposal} is decided, {who} is heard, or somebody for them. If nobody came, record that."}
)

func interestCodes() []*circle.Code {
	return []*circle.Code{InterestKnown, InterestLate, OwnInterest, RemovalMatter, RemovalMethod, NoRemovalHere, ToldAlready, HeardAlready, TellFirst, HearFirst}
}

func (c DeclareInterest) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	p, err := s.process(c.Proposal)
	switch {
	case err != nil:
		return nil, err
	case p.Stage.Terminal():
		return nil, Ended.Refuse("proposal", c.Proposal, "stage", p.Stage)
	case s.Org.LevelIn(p.Circle, by.By) != circle.Full:
		return nil, NotFull.Refuse("who", by.By, "circle", p.Circle)
	case s.isInterested(c.Proposal, by.By):
		return nil, InterestKnown.Refuse("who", by.By, "proposal", c.Proposal)
	case p.Stage == StageDecide || p.Stage == StageBallot || p.Stage == StageLastCall:
		return nil, InterestLate.Refuse("proposal", c.Proposal)
	}
	return []Event{&InterestDeclared{Proposal: c.Proposal, By: by.By, Reason: c.Reason}}, nil
}

func (s *State) isInterested(id proposal.ID, who circle.PersonID) bool {
	f := s.fairness[id]
	return f != nil && slices.Contains(f.Interested, who)
}

// interested are those who declared an interest in a question and have no stance
// in it, where the circle has agreed so.
func (s *State) interested(p *Process) []circle.PersonID {
	if f := s.fairness[p.Proposal]; f != nil && p.Rules.Interests.Then != "" {
		return f.Interested
	}
	return nil
}

// withdrawn are those who have no place in its rounds either.
func (s *State) withdrawn(p *Process) []circle.PersonID {
	if p.Rules.Interests.Then == circle.Withdraws {
		return s.interested(p)
	}
	return nil
}

// uncounted are those who are left out when it is counted who is there.
func (s *State) uncounted(p *Process) []circle.PersonID {
	if f := s.fairness[p.Proposal]; f != nil && p.Rules.Interests.Uncounted {
		return f.Interested
	}
	return nil
}

// expels is the member whom a list of deeds would remove, "" if none.
func expels(list []circle.Deed) circle.PersonID {
	for _, d := range list {
		switch d := d.(type) {
		case circle.RemoveMember:
			return d.Person
		case *circle.RemoveMember:
			return d.Person
		}
	}
	return ""
}

// keepsVote says whether somebody whom deeds are about has a vote in it all the
// same: a member who is to be removed, where the rules do not take it from them.
func (s *State) keepsVote(who circle.PersonID, deeds []circle.Deed) bool {
	r := s.Org.Removing()
	return expels(deeds) == who && r != nil && !r.Unvoiced
}

// asRemoval refuses to decide on the removal of a member in another way than the
// rules say: as a matter of its own (EC-75).
func (s *State) asRemoval(matter circle.Name, list []circle.Deed) error {
	r := s.Org.Removing()
	if expels(list) == "" || r == nil || r.Matter == matter && len(list) == 1 {
		return nil
	}
	return RemovalMatter.Refuse("matter", r.Matter)
}

// removing returns a proposal under decision that would remove a member, whom it
// would, and asks who records.
func (s *State) removing(id proposal.ID, who circle.PersonID) (*Process, circle.PersonID, error) {
	p, err := s.process(id)
	switch {
	case err != nil:
		return nil, "", err
	case p.Stage.Terminal():
		return nil, "", Ended.Refuse("proposal", id, "stage", p.Stage)
	}
	member := expels(s.Matters.Proposal(id).Enacts)
	if member == "" {
		return nil, "", NoRemovalHere.Refuse("proposal", id)
	}
	if s.Org.Wears(p.Circle, circle.Secretary, who) {
		return p, member, nil
	}
	return p, member, s.chairs(p.Circle, who)
}

func (c TellMember) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	_, member, err := s.removing(c.Proposal, by.By)
	if err != nil {
		return nil, err
	}
	if f := s.fairness[c.Proposal]; f != nil && !f.Told.IsZero() {
		return nil, ToldAlready.Refuse("who", member, "proposal", c.Proposal)
	}
	return []Event{&MemberTold{Proposal: c.Proposal, Person: member, By: by.By, At: now}}, nil
}

func (c HearMember) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	_, member, err := s.removing(c.Proposal, by.By)
	if err != nil {
		return nil, err
	}
	if f := s.fairness[c.Proposal]; f != nil && f.Heard {
		return nil, HeardAlready.Refuse("who", member, "proposal", c.Proposal)
	}
	if c.Spoke != "" && s.Org.Person(c.Spoke) == nil {
		return nil, circle.UnknownPerson.Refuse("who", c.Spoke)
	}
	if c.Spoke == "" {
		if err := s.toldInTime(c.Proposal, member, now); err != nil {
			return nil, err
		}
	}
	return []Event{&MemberHeard{Proposal: c.Proposal, Person: member, By: by.By, Spoke: c.Spoke, Said: c.Said}}, nil
}

// toldInTime refuses to go on before a member was told in time.
func (s *State) toldInTime(id proposal.ID, member circle.PersonID, now time.Time) error {
	r, f, got := s.Org.Removing(), s.fairness[id], 0
	if f != nil && !f.Told.IsZero() {
		if got = circle.ClearDays(f.Told, now); got >= r.Told {
			return nil
		}
	}
	return TellFirst.Refuse("proposal", id, "who", member, "need", r.Told, "got", max(got, 0))
}

// fairlyPut refuses to put the question on removing a member before they were told
// and heard (EC-76).
func (s *State) fairlyPut(p *Process, now time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	member := expels(text.Enacts)
	if member == "" || s.Org.Removing() == nil {
		return nil
	}
	if err := s.toldInTime(p.Proposal, member, now); err != nil {
		return err
	}
	if !s.fairness[p.Proposal].Heard {
		return HearFirst.Refuse("proposal", p.Proposal, "who", member)
	}
	return nil
}

// nextInFairness says who tells and hears a member before the question on
// removing them is put.
func (s *State) nextInFairness(p *Process) []Awaited {
	f := s.fairness[p.Proposal]
	next := Awaited{Who: s.conductors(p), Of: string(p.Proposal)}
	switch {
	case expels(s.Matters.Proposal(p.Proposal).Enacts) == "" || s.Org.Removing() == nil:
		return nil
	case f == nil || f.Told.IsZero():
		next.What = (TellMember{}).Wire()
	case !f.Heard:
		next.What = (HearMember{}).Wire()
	default:
		return nil
	}
	return []Awaited{next}
}

// permittedFairness says who may declare an interest, where the circle has agreed
// what follows from it, and who tells and hears a member.
func (s *State) permittedFairness(p *Process, by circle.Actor, now time.Time) []Permission {
	var list []ownCommand
	if !p.Rules.Interests.IsZero() {
		list = append(list, DeclareInterest{Proposal: p.Proposal})
	}
	if expels(s.Matters.Proposal(p.Proposal).Enacts) != "" {
		list = append(list, TellMember{Proposal: p.Proposal}, HearMember{Proposal: p.Proposal})
	}
	var out []Permission
	for _, c := range list {
		_, err := c.decide(s, by, now)
		out = append(out, Permission{c.Wire(), err})
	}
	return out
}

// fairWords tells of these events in words.
func fairWords(event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *InterestDeclared:
		return string(v.By) + " declared an interest of their own in it", v.Reason, true
	case *MemberTold:
		return string(v.Person) + " was told of it", circle.Text{}, true
	case *MemberHeard:
		if v.Spoke == "" {
			return "Nobody came to be heard for " + string(v.Person), v.Said, true
		}
		return string(v.Spoke) + " was heard for " + string(v.Person), v.Said, true
	}
	return "", circle.Text{}, false
}

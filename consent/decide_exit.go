package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// openedAs opens a process with its author's draft.
func (s *State) openedAs(draft bool, e Event) Event {
	if opened, ok := e.(*Opened); ok {
		opened.Draft = draft
	}
	return e
}

// moving is a command that was admitted, on its way to what follows.
type moving struct {
	s    *State
	p    *Process
	m    *Move
	text *proposal.Proposal
}

// admitted asks the table whether a command has its place.
func (s *State) admitted(c Command, id proposal.ID, by circle.Actor, now time.Time) (moving, error) {
	p, err := s.process(id)
	if err != nil {
		return moving{}, err
	}
	m, err := s.admit(p, c.Wire(), by, now)
	if err != nil {
		return moving{}, err
	}
	return moving{s, p, m, s.Matters.Proposal(id)}, nil
}

// to gives the events that follow, if the table leads where they do.
func (g moving) to(events ...Event) ([]Event, error) { return g.s.lead(g.p, g.m, events) }

// ends gives the events that end a process, behind the end of the objections
// that stand: they are against something that is not before the circle any more.
func (g moving) ends(events ...Event) ([]Event, error) {
	return g.to(append(endings(g.s.open(g.p.Proposal)), events...)...)
}

func (c PutForward) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&Forwarded{Proposal: c.Proposal, By: by.By, At: now})
}

func (c DisputeClass) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&ClassDisputed{Proposal: c.Proposal, By: by.By, Reason: c.Reason})
}

// withExits adds what a command of a proposal means for its way: a change of
// the wording goes on from where the circle is (M-138), and where another may
// take over a proposal, taking it back takes its time (methods §8.12).
func (s *State) withExits(p *Process, by circle.Actor, now time.Time, events []Event) []Event {
	for i, e := range events {
		switch e := e.(type) {
		case *proposal.Amended:
			if e.Weight == proposal.Editorial && (p.Stage == StageClarify || p.Stage == StageReact) {
				events = append(events, &WordingChanged{Proposal: e.Proposal, Version: e.Version})
			} else if p.Method.Onwards && p.Stage == StageReact {
				events = append(events, &WordingChanged{Proposal: e.Proposal, Version: e.Version, Onwards: true})
			} else if p.unreacted(e.Weight) {
				events = append(events, &WordingChanged{Proposal: e.Proposal, Version: e.Version, Begins: true})
			}
		case *proposal.Withdrawn:
			if p.Method.Withdrawal == ByTakeover && (p.Stage == StageDecide || p.Stage == StageIntegrate || p.Stage == StageLastCall) {
				events[i] = &WithdrawalAnnounced{Proposal: e.Proposal, By: by.By, Until: p.Method.Grace.After(now), Reason: e.Reason}
			}
		}
	}
	return events
}

// unreacted says that more than the wording is changed of a text to which the circle
// has not reacted yet: the method goes on from the reactions, and from nothing
// before them.
func (p *Process) unreacted(w proposal.Weight) bool {
	return w != proposal.Editorial && p.Stage == StageRevise && p.Method.Onwards && p.aside().From == StageClarify
}

func (c Park) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if l := s.Org.LevelIn(g.p.Circle, c.Owner); l != circle.Full && l != circle.Learning {
		return nil, NoOwner.Refuse("circle", g.p.Circle, "owner", c.Owner)
	}
	if !c.Wake.After(now) {
		return nil, WakeBehind.Refuse("proposal", c.Proposal, "wake", c.Wake)
	}
	return g.to(&Parked{Proposal: c.Proposal, Owner: c.Owner, Wake: c.Wake, By: by.By, At: now, Reason: c.Reason})
}

func (c Resume) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(s.resumed(c.Proposal, by.By, now))
}

// resumed brings a parked proposal back to the objections that stand, or to
// the beginning.
func (s *State) resumed(id proposal.ID, by circle.PersonID, now time.Time) *Resumed {
	to := StageIntake
	if len(s.Objections.Standing(id)) > 0 {
		to = StageIntegrate
	}
	return &Resumed{Proposal: id, By: by, To: Name(to.String()), At: now}
}

func (c Discard) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if err := s.mayDiscard(g.p, by.By); err != nil {
		return nil, err
	}
	return g.ends(&Discarded{Proposal: c.Proposal, By: by.By, Reason: c.Reason})
}

func (c MoveToMeeting) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.ends(&MovedToMeeting{Proposal: c.Proposal, By: by.By, Reason: c.Reason})
}

func (c TakeOver) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&TakenOver{Proposal: c.Proposal, By: by.By})
}

func (c DeclareBreakdown) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	switch {
	case err != nil:
		return nil, err
	case g.p.aside().Keeper != "":
		return nil, BrokenAlready.Refuse("proposal", c.Proposal, "keeper", g.p.aside().Keeper)
	case s.Org.Person(c.Keeper) == nil:
		return nil, circle.UnknownPerson.Refuse("who", c.Keeper)
	}
	if err := s.unbiased(g.p, c.Keeper); err != nil {
		return nil, err
	}
	return g.to(&BreakdownDeclared{Proposal: c.Proposal, Keeper: c.Keeper, By: by.By, Reason: c.Reason})
}

func (c RestoreProcess) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&ProcessRestored{Proposal: c.Proposal, By: by.By})
}

// leaveInTime answers what follows when a timer of the ways aside fires.
func (s *State) leaveInTime(t Timer, due time.Time) ([]Event, error) {
	id := proposal.ID(t.Of)
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	m, err := s.admit(p, t.Kind.String(), circle.Actor{Clock: true}, due)
	if err != nil {
		return nil, err
	}
	g := moving{s, p, m, s.Matters.Proposal(id)}
	switch t.Kind {
	case WakeUp:
		return g.to(s.resumed(id, "", due))
	case GraceEnds:
		return g.ends(&proposal.Withdrawn{Proposal: id, By: g.text.Proposer()})
	default:
		return g.ends(&Expired{Proposal: id, At: due})
	}
}

// --- another circle -----------------------------------------------------------

// offerable refuses to offer a proposal to a circle that could not decide on
// it, or one that is in force where it is.
func (g moving) offerable(to circle.ID) error {
	c := g.s.Org.Circle(to)
	switch {
	case c == nil:
		return circle.UnknownCircle.Refuse("circle", to)
	case c.Closed, c.ByParent(), to == g.p.Circle, g.text.Status != proposal.StatusOpen, isDisposal(g.text):
		return NotToHand.Refuse("proposal", g.p.Proposal, "to", to)
	}
	return nil
}

func (c OfferTransfer) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if err := g.offerable(c.To); err != nil {
		return nil, err
	}
	return g.to(&TransferOffered{Proposal: c.Proposal, To: c.To, By: by.By, Reason: c.Reason})
}

func (c AcceptTransfer) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	events, err := g.handsOver(g.p.aside().Offered, by.By, now)
	if err != nil {
		return nil, err
	}
	return g.to(events...)
}

// handsOver are the events by which another circle takes a proposal: it ends
// here and begins there, with its text and its trail.
func (g moving) handsOver(to circle.ID, by circle.PersonID, now time.Time) ([]Event, error) {
	s, id := g.s, g.p.Proposal
	if err := g.offerable(to); err != nil {
		return nil, err
	}
	method, err := s.methodOf(to, g.text.Sort, "")
	if err != nil {
		return nil, err
	}
	if err := s.enactable(to, now, g.text.Enacts); err != nil {
		return nil, err
	}
	if err := protects(method, g.text.Enacts); err != nil {
		return nil, err
	}
	return append(endings(s.open(id)), &Transferred{Proposal: id, From: g.p.Circle, To: to, By: by},
		s.opened(id, to, g.text.Need, method, now)), nil
}

func (c RefuseTransfer) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	at := g.p.aside().Offered
	next := s.Org.Circle(at).Parent
	if next != "" && g.offerable(next) != nil { // as when it came from there: then it stays
		next = ""
	}
	return g.to(&TransferRefused{Proposal: c.Proposal, Circle: at, Next: next, By: by.By, Reason: c.Reason})
}

// Supersede takes two authors, or one who wrote both.
func (c Supersede) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	other, err := s.takesPlace(g.p, c.By)
	if err != nil {
		return nil, err
	}
	mine, theirs := g.text.Proposer(), s.Matters.Proposal(other.Proposal).Proposer()
	if by.By != mine && by.By != theirs {
		return nil, proposal.NotEntitled.Refuse("who", by.By, "whose", "the proposers, "+circle.Plain([]circle.PersonID{mine, theirs})+",")
	}
	a := g.p.aside()
	if a.Into != c.By {
		a = notAside
	}
	switch {
	case mine == theirs, a.Agreed != "" && a.Agreed != by.By && (a.Agreed == mine || a.Agreed == theirs):
		return g.ends(&Superseded{Proposal: c.Proposal, With: c.By, By: by.By, Reason: c.Reason})
	case a.Agreed == by.By:
		return nil, AgreedBefore.Refuse("who", by.By, "by", c.By, "proposal", c.Proposal)
	}
	return g.to(&MergeAgreed{Proposal: c.Proposal, With: c.By, By: by.By, Reason: c.Reason})
}

// takesPlace is the process of another proposal that can take the place of one.
func (s *State) takesPlace(p *Process, by proposal.ID) (*Process, error) {
	other, err := s.process(by)
	switch {
	case err != nil:
		return nil, err
	case other.Stage.Terminal():
		return nil, Ended.Refuse("proposal", by, "stage", other.Stage)
	case by == p.Proposal, other.Circle != p.Circle:
		return nil, NotInPlace.Refuse("by", by, "proposal", p.Proposal)
	}
	return other, nil
}

// An ownDeed is a command of this room that a decision may carry out, by itself.
type ownDeed interface {
	carryOut(s *State, of circle.ID, now time.Time) ([]Event, error)
}

// carried is a deed on its way: what the table has for it in the present stage.
func (s *State) carried(c Command, id proposal.ID) (moving, error) {
	p, err := s.process(id)
	if err != nil {
		return moving{}, err
	}
	m := moveIndex[p.Stage][c.Wire()]
	switch {
	case p.Stage.Terminal():
		return moving{}, Ended.Refuse("proposal", id, "stage", p.Stage)
	case m == nil:
		return moving{}, p.notHere(c.Wire())
	}
	return moving{s, p, m, s.Matters.Proposal(id)}, nil
}

func (c Supersede) carryOut(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	g, err := s.carried(c, c.Proposal)
	if err != nil {
		return nil, err
	}
	if _, err := s.takesPlace(g.p, c.By); err != nil {
		return nil, err
	}
	if g.p.Circle != of {
		return nil, proposal.ByConsent.Refuse("who", of, "circle", g.p.Circle)
	}
	return g.ends(&Superseded{Proposal: c.Proposal, With: c.By, Reason: c.Reason})
}

// over names the objections that stand, and who raised them.
func over(open []Objection) (ids []objection.ID, who []circle.PersonID) {
	for _, o := range open {
		if o.Stands {
			ids, who = append(ids, objection.ID(o.ID)), append(who, o.Seat)
		}
	}
	return ids, who
}

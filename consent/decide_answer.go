package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

func (c Respond) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, err := s.process(c.Proposal)
	if err != nil {
		return nil, err
	}
	at := p.round().spot(by.By)
	m, err := s.admitTo(p, responding[p.Stage], "consent.respond", by, now, at)
	if err != nil {
		return nil, err
	}
	if err := s.mayAnswer(p, by.By, at, c.Version); err != nil {
		return nil, err
	}
	switch c.Answer {
	case Consents:
	case Objects:
		return nil, NeedsReason.Refuse()
	default:
		return nil, StanceNotOffered.Refuse("answer", c.Answer)
	}
	e, events := newResponded()
	e.Proposal, e.By, e.Response, e.Version, e.Reason = c.Proposal, by.By, Consents, p.Round.Version, c.Reason
	accepted, err := s.accept(p, by.By)
	if err != nil {
		return nil, err
	}
	events = append(events, accepted...)
	if !p.completes(at) {
		return events, nil
	}
	would := p.Round.copied()
	would.answer(Answer{Seat: by.By, Position: Consents, Version: p.Round.Version, At: now})
	return s.settle(p, m, would, s.openBut(c.Proposal, accepted), now, events)
}

// newResponded makes an answer together with the list that holds it.
func newResponded() (*Responded, []Event) {
	made := &struct {
		event Responded
		list  [1]Event
	}{}
	made.list[0] = &made.event
	return &made.event, made.list[:]
}

// mayAnswer refuses an answer to another version, out of turn, or from
// somebody whose time it is not.
func (s *State) mayAnswer(p *Process, who circle.PersonID, at spot, version int) error {
	if r := p.Round; version != 0 && version != r.Version {
		return OldVersion.Refuse("version", version, "proposal", p.Proposal, "newest", r.Version)
	}
	if p.Stage == StageLastCall {
		if !slices.Contains(p.Waiting, who) {
			return ConsentedBefore.Refuse("who", who, "waiting", p.Waiting)
		}
		return nil
	}
	return p.Round.mayAnswer(who, at)
}

// mayAnswer asks for the turn, unless the seat answers again or was absent:
// until the round closes, an answer may be changed (M-135).
func (r *Round) mayAnswer(who circle.PersonID, at spot) error {
	if i := at.place; i >= 0 && r.Marks[i] != spoke && r.Marks[i] != skipped {
		return r.turnAt(i, who)
	}
	return nil
}

// completes says whether one more answer ends the round, or the time of the
// absent, so that the rule is to be asked.
func (p *Process) completes(at spot) bool {
	if p.Stage == StageLastCall {
		return len(p.Waiting) == 1
	}
	if p.Round.open > 1 {
		return p.early
	}
	return p.Round.open == 0 || at.place >= 0 && opens(p.Round.Marks[at.place]) == 1 || p.early
}

// early says whether the rule of a process may be certain before everybody was
// heard.
func (s *State) early(n RuleName) bool {
	r, err := s.rule(n)
	if err != nil {
		return false
	}
	e, ok := r.(Early)
	return ok && e.Early()
}

// accept lets consent to a version also accept how it meets the person's own
// objections; one that no version meets stands in the way (CP-4).
func (s *State) accept(p *Process, who circle.PersonID) ([]Event, error) {
	if !p.Objected {
		return nil, nil
	}
	own := s.Objections.StandingBy(p.Proposal, who)
	if len(own) == 0 {
		return nil, nil
	}
	var events []Event
	for _, o := range own {
		if o.Status != objection.StatusMet || o.In != p.Round.Version {
			return nil, OwnObjection.Refuse("who", who, "objections", objection.Names(own))
		}
		events = append(events, &objection.Integrated{Objection: o.ID, By: who, In: o.In})
	}
	return events, nil
}

// open lists what a rule may know of the objections against a proposal.
func (s *State) open(id proposal.ID) []Objection { return s.openBut(id, nil) }

// openBut lists them as they will be when these events have happened.
func (s *State) openBut(id proposal.ID, events []Event) []Objection {
	var out []Objection
	for _, o := range s.Objections.On(id) {
		if o.Sort != objection.Objecting {
			continue
		}
		ends := slices.ContainsFunc(events, func(e Event) bool {
			i, ok := e.(*objection.Integrated)
			return ok && i.Objection == o.ID
		})
		out = append(out, Objection{ID: string(o.ID), Seat: o.By, Version: o.Version, Stands: o.Stands() && !ends})
	}
	return out
}

func (s *State) decideObjection(by circle.Actor, now time.Time, c objection.Command) ([]Event, error) {
	switch c := c.(type) {
	case objection.Raise:
		return s.raise(by, now, c)
	case *objection.Raise:
		return s.raise(by, now, *c)
	case objection.Voice:
		return s.onProposal(by, now, c, c.Proposal)
	case *objection.Voice:
		return s.onProposal(by, now, c, c.Proposal)
	case objection.Meet, *objection.Meet, objection.End, *objection.End, objection.Inherit, *objection.Inherit:
		return nil, unknownCommand(c.Wire())
	}
	o, err := s.Objections.Get(c.(interface{ Of() objection.ID }).Of())
	if err != nil {
		return nil, err
	}
	return s.onProposal(by, now, c, o.Proposal)
}

// onProposal asks the table, then the law of objections.
func (s *State) onProposal(by circle.Actor, now time.Time, c objection.Command, id proposal.ID) ([]Event, error) {
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	m, err := s.admit(p, c.Wire(), by, now)
	if err != nil {
		return nil, err
	}
	if c.Wire() == (objection.Voice{}).Wire() && !p.Method.Concerns {
		return nil, ConcernNotOffered.Refuse()
	}
	events, err := own(s.Objections.Decide(by, now, c, s.objectionFacts(p)))
	if err != nil {
		return nil, err
	}
	return s.lead(p, m, events)
}

func (s *State) objectionFacts(p *Process) objection.Facts {
	return objection.Facts{Circle: s.Org.Circle(p.Circle), Proposal: s.Matters.Proposal(p.Proposal), Rules: *p.Rules}
}

// raise makes an objection, which is also the answer of its seat.
func (s *State) raise(by circle.Actor, now time.Time, c objection.Raise) ([]Event, error) {
	p, err := s.process(c.Proposal)
	if err != nil {
		return nil, err
	}
	at := p.round().spot(by.By)
	m, err := s.admit(p, c.Wire(), by, now)
	if err != nil {
		return nil, err
	}
	if err := s.mayAnswer(p, by.By, at, c.Version); err != nil {
		return nil, err
	}
	if own := s.unmet(p, by.By); len(own) > 0 {
		return nil, OneObjection.Refuse("who", by.By, "proposal", c.Proposal, "objections", objection.Names(own))
	}
	events, err := own(s.Objections.Decide(by, now, c, s.objectionFacts(p)))
	if err != nil {
		return nil, err
	}
	events = append(events, &Responded{Proposal: c.Proposal, By: by.By, Response: Objects, Version: p.Round.Version})
	if !p.completes(at) && p.Stage != StageLastCall {
		return events, nil
	}
	would := p.Round.copied()
	would.answer(Answer{Seat: by.By, Position: Objects, Version: p.Round.Version, At: now})
	open := append(s.open(c.Proposal), Objection{ID: string(c.ID), Seat: by.By, Version: p.Round.Version, Stands: true})
	return s.settle(p, m, would, open, now, events)
}

// unmet lists a person's objections that this version does not claim to meet.
// One that it does claim to meet may be raised again in other words.
func (s *State) unmet(p *Process, who circle.PersonID) []*objection.Objection {
	return slices.DeleteFunc(s.Objections.StandingBy(p.Proposal, who), func(o *objection.Objection) bool {
		return o.Status == objection.StatusMet
	})
}

// settle asks the rule about the round as it would be, and adds what follows
// from its verdict.
func (s *State) settle(p *Process, m *Move, would *Round, open []Objection, now time.Time, events []Event) ([]Event, error) {
	e := s.verdict(p, would, open, now)
	if e.Outcome == ResultNotAdopted {
		events = append(events, endings(open)...)
	}
	events = append(events, e)
	if e.Outcome == ResultAdopted {
		more, failed := s.adopt(p, would, open, now)
		if failed != nil {
			e.Outcome, e.Final = ResultPending, false
			e.Why = append(e.Why, Reason{Code: "cannot-enact", Got: failed.Error()})
		}
		events = append(events, more...)
	}
	return s.lead(p, m, events)
}

// endings end the objections that stand when a rule has decided without them.
// Consent never does; a vote may, and then this stands in the record for good.
func endings(open []Objection) []Event {
	var out []Event
	for _, o := range open {
		if o.Stands {
			out = append(out, &objection.Ended{Objection: objection.ID(o.ID)})
		}
	}
	return out
}

// verdict words what the rule says of the round as it would be.
func (s *State) verdict(p *Process, would *Round, open []Objection, now time.Time) *Judged {
	e := &Judged{Proposal: p.Proposal, Version: would.Version, At: now, Rule: p.Method.Rule, Outcome: ResultPending}
	r, err := s.rule(p.Method.Rule)
	if err != nil {
		e.Why = []Reason{{Code: "rule-unknown", Got: p.Method.Rule.Kind}}
		return e
	}
	absent, out := s.silent(p, would)
	v := judge(r, p.caseOf(would, s.inherited(p, would, open), out, now))
	groups := s.presence(p, would)
	e.Final, e.Why = v.Final, append(v.Why, groups...)
	unmet := present(groups)
	switch {
	case v.Outcome == Declined:
		e.Outcome = ResultNotAdopted
	case v.Outcome == Carried && unmet == nil:
		e.Outcome = ResultAdopted
	case v.Outcome == Carried, !would.Complete():
	case slices.ContainsFunc(s.inherited(p, would, open), func(o Objection) bool { return o.Stands }):
		e.Outcome = ResultIntegrate
	case len(absent) > 0 && unmet == nil:
		e.Outcome, e.Waiting = ResultWaiting, absent
	}
	e.Final = e.Final && e.Outcome != ResultPending
	return e
}

// silent lists the seats that have given no answer to the version: those whose
// answer is awaited, and those who are out. Out is who has left the circle, and,
// where the written policy lets those present decide, who is not at the
// meeting. Whoever is there is never passed over.
func (s *State) silent(p *Process, r *Round) (absent, out []circle.PersonID) {
	m := s.meetings[p.Meeting]
	bound := p.Rules.Absence.Silence == circle.Bound && m != nil && r.Complete()
	for _, seat := range r.Seats {
		if a := r.Answer(seat.Person); a != nil && a.Version == r.Version {
			continue
		}
		left := s.Org.LevelIn(p.Circle, seat.Person) != circle.Full
		if left || bound && !m.Attends(seat.Person) {
			out = append(out, seat.Person)
		} else {
			absent = append(absent, seat.Person)
		}
	}
	return absent, out
}

// inherited lists the objections as the circle sees them: one that the version
// meets, and whose raiser has left the circle and cannot say so, is the circle's own
// to settle by consenting to that version. No objection is lost by somebody
// leaving, and none can hold the circle for ever.
func (s *State) inherited(p *Process, r *Round, open []Objection) []Objection {
	list := slices.Clone(open)
	for i := range list {
		o := s.Objections.Objection(objection.ID(list[i].ID))
		if o != nil && o.Status == objection.StatusMet && o.In == r.Version && s.Org.LevelIn(p.Circle, o.By) != circle.Full {
			list[i].Stands = false
		}
	}
	return list
}

// caseOf is what a rule may know of the round.
func (p *Process) caseOf(r *Round, open []Objection, out []circle.PersonID, now time.Time) Case {
	seats := slices.Clone(r.Seats)
	for i := range seats {
		seats[i].Out = slices.Contains(out, seats[i].Person)
	}
	return Case{Now: now, Opened: r.Opened, Closes: p.Until, Version: r.Version, MayChange: !r.Complete(), Seats: seats,
		Answers: r.Answers, Objections: open}
}

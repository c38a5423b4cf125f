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
	return c.answer(s, p, p.round().spot(by.By), by, now)
}

// answer decides on the answer of somebody whose spot in the round is known.
func (c *Respond) answer(s *State, p *Process, at spot, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.admitTo(p, responding[p.Stage], "consent.respond", &by, now, at)
	if err != nil {
		return nil, err
	}
	if err := s.mayAnswer(p, by.By, at, c.Version); err != nil {
		return nil, err
	}
	if err := s.bound(p, by.By, c.instructed(p)); err != nil {
		return nil, err
	}
	if p.voting() || c.Prefers != nil {
		return c.chooses(s, p, m, at, by.By, now)
	}
	if err := c.offered(p.Method); err != nil {
		return nil, err
	}
	e, events := newResponded()
	e.Proposal, e.By, e.Response, e.Version, e.Reason = c.Proposal, by.By, Name(c.Answer), p.Round.Version, c.Reason
	e.Strength = c.Strength
	accepted, err := s.accept(p, by.By)
	if err != nil {
		return nil, err
	}
	events = append(events, accepted...)
	if !p.completes(at) {
		return events, nil
	}
	would := p.Round.copied()
	would.answer(&Answer{Seat: by.By, Position: c.Answer, Version: p.Round.Version, At: now})
	return s.settle(p, m, would, s.openBut(c.Proposal, accepted), now, events)
}

// offered refuses an answer that the method does not have (M-123). To stand
// aside takes a reason (M-125).
func (c Respond) offered(m *Method) error {
	switch {
	case c.Answer == Consents:
		return nil
	case c.Answer == "":
		return MissingField.Refuse("command", c.Wire(), "field", "answer")
	case c.Answer == Objects:
		return NeedsReason.Refuse()
	case !m.offers(Stance(c.Answer)):
		return StanceNotOffered.Refuse("answer", c.Answer, "stances", m.answers())
	case c.Answer == string(StandsAside) && c.Reason.IsZero():
		return AsideReason.Refuse()
	}
	return nil
}

// answers words what may be answered.
func (m *Method) answers() []string {
	out := []string{"consent"}
	for _, s := range m.Stances {
		out = append(out, stanceWords[s])
	}
	return append(out, "an objection with a reason")
}

var stanceWords = map[Stance]string{Abstains: "abstaining", StandsAside: "standing aside with a reason"}

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
		return p.mayAnswerLate(who, at)
	}
	if err := p.nomineeWaits(who); err != nil {
		return err
	}
	return p.Round.mayAnswer(who, at)
}

// mayAnswerLate refuses who has answered already while the absent have their
// time. Who has no seat, and may object all the same, has given no answer (M-19, M-159).
func (p *Process) mayAnswerLate(who circle.PersonID, at spot) error {
	if p.Quiet || at.seat < 0 {
		return nil
	}
	if !slices.Contains(p.Waiting, who) {
		return ConsentedBefore.Refuse("who", who, "waiting", p.Waiting)
	}
	return nil
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
		if p.Quiet { // when its time is over, any answer may be what was missing
			return p.Until.IsZero()
		}
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
		events = append(events, o.Acceptance(who, o.In))
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
		ends := slices.ContainsFunc(events, func(e Event) bool { return endsObjection(e, o.ID) })
		out = append(out, Objection{ID: string(o.ID), Seat: o.Holders()[0], Version: o.Version, Stands: o.Stands() && !ends})
	}
	return out
}

// endsObjection says whether an objection stands no more when an event has
// happened.
func endsObjection(e Event, id objection.ID) bool {
	o, _ := e.(objection.Event) // what is none ends none
	of, ends := objection.Ends(o)
	return ends && of == id
}

func (s *State) decideObjection(by circle.Actor, now time.Time, c objection.Command) ([]Event, error) {
	switch c := c.(type) {
	case objection.Raise:
		return s.raise(by, now, c)
	case objection.Voice:
		return s.onProposal(by, now, c, c.Proposal)
	case objection.TakeUp:
		return s.takeUp(by, now, c)
	case objection.Meet, objection.End, objection.Inherit, objection.Lapse, objection.Carry:
		return nil, unknownCommand(c.Wire())
	}
	o, err := s.Objections.Get(c.(interface{ Of() objection.ID }).Of())
	if err != nil {
		return nil, err
	}
	return s.onObjection(by, now, c, o)
}

// takeUp asks the law of objections alone: an objection that was put off
// outlives its case.
func (s *State) takeUp(by circle.Actor, now time.Time, c objection.TakeUp) ([]Event, error) {
	f := objection.Facts{}
	if p, ok := s.Objections.PutOff(c.Objection); ok {
		if text := s.Matters.Proposal(p.Proposal); text != nil {
			f.Full = s.Org.FullIn(text.Circle)
		}
	}
	return own(s.Objections.Decide(by, now, c, f))
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
	return s.afterObjection(p, m, now, events)
}

// afterObjection asks the rule anew where what happened to an objection may
// settle the question: where nothing but the objection held it up.
func (s *State) afterObjection(p *Process, m *Move, now time.Time, events []Event) ([]Event, error) {
	ended := slices.ContainsFunc(s.Objections.Standing(p.Proposal), func(o *objection.Objection) bool {
		return slices.ContainsFunc(events, func(e Event) bool { return endsObjection(e, o.ID) })
	})
	asked := p.Stage == StageDecide && p.asksAgain() || p.Stage == StageLastCall && p.Quiet
	if !ended || !asked {
		return s.lead(p, m, events)
	}
	open := s.openBut(p.Proposal, events)
	if p.Stage == StageLastCall && p.Method.Clock != RunsOn && slices.ContainsFunc(open, func(o Objection) bool { return o.Stands }) {
		return s.lead(p, m, events) // only a new objection does something to a last call, and one that ends is none
	}
	return s.settle(p, m, p.Round.copied(), open, now, events)
}

func (s *State) objectionFacts(p *Process) objection.Facts {
	return objection.Facts{Circle: s.Org.Circle(p.Circle), Proposal: s.Matters.Proposal(p.Proposal), Rules: *p.Rules,
		Handling: &p.Method.Objections, Concerns: p.Method.Concerns, Full: s.Org.FullIn(p.Circle), Peers: s.peers(p)}
}

// raise makes an objection, which is also the answer of its seat.
func (s *State) raise(by circle.Actor, now time.Time, c objection.Raise) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if err := s.mayAnswer(p, by.By, p.round().spot(by.By), c.Version); err != nil {
		return nil, err
	}
	if err := s.bound(p, by.By, ToObject); err != nil {
		return nil, err
	}
	if err := s.minutesOf(p.Proposal, by.By); err != nil {
		return nil, err
	}
	if own := s.unmet(p, by.By); len(own) > 0 {
		return nil, OneObjection.Refuse("who", by.By, "proposal", c.Proposal, "objections", objection.Names(own))
	}
	events, err := own(s.Objections.Decide(by, now, c, s.objectionFacts(p)))
	if err != nil {
		return nil, err
	}
	open := append(s.open(c.Proposal), Objection{ID: string(c.ID), Seat: by.By, Version: p.Round.Version, Stands: true})
	return s.objects(p, m, by.By, now, open, events)
}

// objects makes what was said the answer of its seat, and asks the rule where
// it was the last that was awaited.
func (s *State) objects(p *Process, m *Move, who circle.PersonID, now time.Time, open []Objection, events []Event) ([]Event, error) {
	at := p.round().spot(who)
	would := p.Round.copied()
	if at.seat >= 0 && !would.hasChosen(who) { // who is heard without a seat has no answer
		events = append(events, &Responded{Proposal: p.Proposal, By: who, Response: Objects, Version: p.Round.Version})
		would.answer(&Answer{Seat: who, Position: Objects, Version: p.Round.Version, At: now})
	}
	if !p.completes(at) && p.Stage != StageLastCall {
		return events, nil
	}
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
	return s.conclude(p, m, s.verdict(p, would, open, now), would, open, now, events)
}

// conclude adds what follows from a verdict.
func (s *State) conclude(p *Process, m *Move, e *Judged, would *Round, open []Objection, now time.Time, events []Event) ([]Event, error) {
	if e.Outcome == ResultNotAdopted {
		events = append(events, endings(open)...)
	}
	events = append(events, e)
	if e.Outcome == ResultAdopted {
		e.Outcome = s.instead(p, would)
	}
	if e.Outcome == ResultAgreed || e.Outcome == ResultChosen {
		e.Final = false
		events = append(events, s.goOn(p, would, open)...)
	}
	if e.Outcome == ResultAdopted {
		more, failed := s.adopt(p, would, open, now, e.Winners...)
		if failed != nil {
			e.Outcome, e.Final = ResultPending, false
			e.Why = append(e.Why, Reason{Code: "cannot-enact", Got: failed.Error()})
		}
		events = append(events, more...)
	}
	switch e.Outcome {
	case ResultAdopted, ResultNotAdopted:
		e.Turnout = s.turnout(p, would)
	case ResultTied: // people settle it; the rule has said what it has to say
	default:
		e.Case, e.Winners = "", nil // it ends nothing yet, and will be judged again
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

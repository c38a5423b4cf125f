package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// adopt lets the law of proposals adopt the current version, and carries out
// what the proposal enacts, all in the same entry, with what was chosen among its
// options. What becomes of objections
// whose raisers have no seat any more is settled first.
func (s *State) adopt(p *Process, would *Round, open []Objection, now time.Time, chosen ...proposal.OptionID) ([]Event, error) {
	text := s.Matters.Proposal(p.Proposal)
	if err := s.inDomain(p, now); err != nil {
		return nil, err
	}
	inherited := s.inherited(p, would, open)
	settled := append(s.inherit(open, inherited), endings(inherited)...)
	events, err := s.direct(circle.Actor{Clock: true}, now,
		proposal.Adopt{Proposal: p.Proposal, Version: text.Current().N, Warnings: s.warnings(p, text, now), Chosen: chosen})
	if err != nil {
		return nil, err
	}
	done, err := s.withRoom(p.Selection, p.Selection.candidate()).enact(p.Circle, now, s.enacts(p))
	if err != nil {
		return nil, err
	}
	done = withoutSeats(p.Proposal, done)
	carried(done, p.Proposal)
	settled = append(settled, s.makesRoom(p)...)
	left, err := s.bequests(p, text, done, now)
	if err != nil {
		return nil, err
	}
	return slices.Concat(settled, events, done, left), nil
}

// inherit settles, by the consent of the whole circle, the objections of people
// who have no seat any more, which the version meets.
func (s *State) inherit(open, inherited []Objection) []Event {
	var out []Event
	for i, o := range open {
		if o.Stands && !inherited[i].Stands {
			out = append(out, s.Objections.Objection(objection.ID(o.ID)).Inheritance())
		}
	}
	return out
}

// warnings stand beside a decision: a major one that nobody outside was asked
// about (EC-47), inputs without an answer (CP-26), rules of the circle that it should
// have looked at again (CP-30).
func (s *State) warnings(p *Process, text *proposal.Proposal, now time.Time) []proposal.Warning {
	out := s.rulesOverdue(p.Circle, text, now)
	if s.Org.Single(p.Circle) && !isDisposal(text) {
		out = append(out, proposal.Warning{Code: singleMember})
	}
	out = append(out, p.unheard()...)
	n := s.Matters.Need(text.Need)
	if n == nil {
		return out
	}
	if n.Major && len(n.Inputs) == 0 {
		out = append(out, proposal.Warning{Code: "major-without-input"})
	}
	if open := n.Unanswered(); open != nil {
		out = append(out, proposal.Warning{Code: "inputs-unanswered", Of: open})
	}
	return out
}

// rulesOverdue warns of the rules that a circle should have looked at again, unless
// this is the decision that does so.
func (s *State) rulesOverdue(id circle.ID, text *proposal.Proposal, now time.Time) []proposal.Warning {
	var of []string
	for _, d := range s.Org.RulesOverdue(id, now) {
		looks := func(deed circle.Deed) bool {
			c, ok := deed.(*circle.ReviewRules) // a proposal has its deeds by address, however they were given
			return ok && c.Circle == d.Circle && slices.Contains(c.Rules, d.Rule)
		}
		if !slices.ContainsFunc(text.Enacts, looks) {
			of = append(of, string(d.Rule)+" of "+string(d.Circle))
		}
	}
	if of == nil {
		return nil
	}
	return []proposal.Warning{{Code: "rules-review-overdue", Of: of}}
}

// deeds are the commands that a decision may carry out.
var deeds = func() map[string]bool {
	out := map[string]bool{}
	list := []Command{circle.Open{}, circle.Admit{}, circle.Join{}, circle.AgreeRules{}, circle.ReviewRules{}, circle.CreateRole{},
		circle.GiveRole{}, circle.LinkTo{}, circle.Close{}, proposal.AnswerLongTerm{}, proposal.Respond{}, proposal.Drop{},
		proposal.Keep{}, AdoptAgenda{}, ChooseMethod{}, Integrate{}, RuleOn{}, Supersede{}, Welcome{},
		proposal.ConfirmCondition{}, proposal.Hold{}, proposal.LiftHold{}, proposal.LetExpire{}, proposal.Replace{}, proposal.DelegateReview{}, proposal.SetReach{}, objection.Defer{}}
	for _, d := range slices.Concat(list, needDeeds(), peopleDeeds(), recordDeeds(), structureDeeds(), appealDeeds()) {
		out[d.Wire()] = true
	}
	return out
}()

// enactable refuses a question whose deeds could not be carried out today, so
// that nobody consents to what cannot be done.
func (s *State) enactable(of circle.ID, now time.Time, list []circle.Deed) error {
	for _, d := range list {
		if !deeds[d.Wire()] {
			return NotEnactable.Refuse("command", d.Wire())
		}
		if bad := canon.Check(d); bad != nil {
			return fieldRefusal(d.Wire(), bad)
		}
		if _, alone := d.(ownDeed); alone && len(list) > 1 {
			return DeedAlone.Refuse("command", d.Wire())
		}
	}
	_, err := s.enact(of, now, list)
	return err
}

// enact decides what a list of deeds does, and where agreements go with it.
func (s *State) enact(of circle.ID, now time.Time, list []circle.Deed) ([]Event, error) {
	events, err := s.each(of, now, list)
	if err != nil {
		return nil, err
	}
	return s.withPolicies(events)
}

// each decides each deed on the state as the ones before it leave it.
func (s *State) each(of circle.ID, now time.Time, list []circle.Deed) ([]Event, error) {
	would := s
	var out, before []Event
	for i, d := range list {
		if i == 1 {
			would = s.fork(list)
		}
		for _, e := range before {
			would.applyOne(0, e)
		}
		events, err := would.deed(of, now, d)
		if err != nil {
			return nil, err
		}
		out, before = append(out, events...), events
	}
	return out, nil
}

func (s *State) deed(of circle.ID, now time.Time, d circle.Deed) ([]Event, error) {
	if err := s.untouched(d); err != nil {
		return nil, err
	}
	by := circle.Actor{}
	switch d := d.(type) {
	case circle.Command:
		return s.decideCircle(by, now, d, of)
	case proposal.Command:
		return s.proposalDeed(of, now, d)
	case objection.Defer:
		return s.putOff(of, now, d)
	case *objection.Defer:
		return s.putOff(of, now, *d)
	case interface {
		enact(*State, circle.ID) ([]Event, error)
	}:
		return d.enact(s, of)
	case interface {
		enact(*State, circle.ID, time.Time) ([]Event, error)
	}:
		return d.enact(s, of, now)
	case ownDeed:
		return d.carryOut(s, of, now)
	}
	return nil, NotEnactable.Refuse("command", d.Wire())
}

func (s *State) proposalDeed(of circle.ID, now time.Time, d proposal.Command) ([]Event, error) {
	events, err := own(s.Matters.Decide(circle.Actor{}, now, d, proposal.Facts{Org: &s.Org, ConsentOf: of}))
	if err != nil {
		return nil, err
	}
	if d.Wire() != (proposal.Drop{}).Wire() {
		return events, nil
	}
	return s.withEnds(events), nil
}

// fork copies what a list of deeds may look at, so that they can be tried one
// after the other without touching the state.
func (s *State) fork(list []circle.Deed) *State {
	f := &State{kinds: s.kinds, methods: s.methods, sitting: s.sitting, meetings: map[MeetingID]*Meeting{},
		processes: map[proposal.ID]*Process{}}
	f.Org = *s.Org.Copy()
	f.Matters = *s.Matters.CopyOf(list)
	if len(s.selected) > 0 {
		f.selected = map[circle.RoleID]*Selected{}
	}
	for role, last := range s.selected {
		copied := *last
		f.selected[role] = &copied
	}
	var dropped []proposal.ID
	for _, d := range list {
		switch d := d.(type) {
		case interface{ Of() proposal.ID }:
			dropped = append(dropped, d.Of())
			f.takeAlong(s.processes[d.Of()])
			if e, over := s.ended.Get(d.Of()); over {
				f.ended.Set(d.Of(), e)
			}
		case interface{ Of() objection.ID }:
			dropped = append(dropped, s.lend(f, d.Of())...)
		case interface{ At() MeetingID }:
			if m := s.meetings[d.At()]; m != nil {
				copied := *m
				copied.Plan = m.Plan.copied()
				if m.Minutes != nil {
					account := *m.Minutes
					copied.Minutes = &account
				}
				f.meetings[m.ID] = &copied
			}
		}
	}
	for _, p := range s.lives() {
		if f.processes[p.Proposal] == nil {
			f.takeAlong(p)
		}
	}
	f.Objections = *s.Objections.CopyOf(dropped)
	return f
}

// takeAlong gives a fork its own copy of a process.
func (s *State) takeAlong(p *Process) {
	if p == nil {
		return
	}
	copied := *p
	copied.Trail.Bytes = slices.Clone(p.Trail.Bytes)
	copied.Ahead, copied.Asked, copied.Sponsors = slices.Clone(p.Ahead), slices.Clone(p.Asked), slices.Clone(p.Sponsors)
	if p.Round != nil {
		copied.Round = p.Round.copied()
	}
	if p.Aside != nil {
		aside := *p.Aside
		aside.Deadlock = slices.Clone(aside.Deadlock)
		copied.Aside = &aside
	}
	s.processes[p.Proposal] = &copied
}

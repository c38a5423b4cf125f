package consent

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A Due thing is what time brings about, or has brought about and nobody has
// dealt with yet.
type Due struct {
	At   time.Time
	What string // "last-call-ends", "reading-due", "reading-overdue", "term-ends", "review-due", "review-delegated", "agreement-expires", "takes-effect",
	// "condition-lapses", "role-term-ends", "wake-up", "age-ends", "grace-ends", "meeting", "next-step", "item-time", "two-rounds-alike", "objection-put-off", "minutes-silent", "minutes-to-adopt", "mediation-report",
	// "meeting-ends", "substitute-ends", "selection-due", "check-in", "leave-begins", "leave-ends",
	// "spending-waits", "intent-waits", "to-confirm", "plan-review",
	// "appeal", "hold-petition", "hold-vote-ends", "annual-meeting", "general-meetings", "meeting-due", "meeting-request", "stand-down", "safeguarding-waits", "safeguarding-open", "rules-review", "outcome-to-tell", "visit-asked", "erasure-unfinished"
	Of   string // the proposal, role, meeting or need
	Part string // the measure, person or objection
	Past bool   // it lies behind
}

// Due lists everything that is or will be due, earliest first.
func (e *Engine) Due(now time.Time) []Due {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.Due(now)
}

// Due lists everything that is or will be due, earliest first.
func (s *State) Due(now time.Time) []Due {
	var out []Due
	for _, q := range s.timers.all() {
		at := time.Unix(q.at, 0).UTC()
		out = append(out, Due{At: at, What: q.timer.Kind.String(), Of: q.timer.Of, Part: q.timer.Part, Past: !at.After(now)})
	}
	for _, id := range s.Matters.Proposals("") {
		out = append(out, overdue(s.Matters.Proposal(id))...)
		if d := s.Matters.Particulars(id).Delegated; d.To != "" {
			out = append(out, Due{At: d.Until, What: "review-delegated", Of: string(id), Part: string(d.To), Past: !d.Until.After(now)})
		}
	}
	for _, id := range s.Matters.Needs("") {
		if at := s.Matters.Need(id).Planned().Due; !at.IsZero() {
			out = append(out, Due{At: at, What: "next-step", Of: string(id), Past: !at.After(now)})
		}
	}
	for _, id := range s.Objections.PutOffs() {
		p, _ := s.Objections.PutOff(id)
		out = append(out, Due{At: p.Until, What: "objection-put-off", Of: string(id), Part: string(p.Owner), Past: !p.Until.After(now)})
	}
	out = append(out, s.standing()...)
	out = append(out, s.dueMinutes()...)
	out = append(out, s.mediations(now)...)
	out = append(out, s.dueInRoles(now)...)
	out = append(out, s.dueInLinks()...)
	out = append(out, s.announced(now)...)
	out = append(out, s.unconfirmed()...)
	out = append(out, s.duePlans(now)...)
	out = append(out, s.dueAppeals(now)...)
	out = append(out, s.dueHolds()...)
	out = append(out, s.dueToTell()...)
	out = append(out, s.dueVisits()...)
	out = append(out, s.dueSafeguards()...)
	out = append(out, s.dueErasures()...)
	for _, d := range s.Org.RulesDue() {
		out = append(out, Due{At: d.At, What: "rules-review", Of: string(d.Circle), Part: string(d.Rule), Past: !d.At.After(now)})
	}
	out = append(out, s.dueGeneral(now)...)
	for _, m := range s.meetings {
		if at := m.plan().Ends; m.Status == StatusOpen && !at.IsZero() {
			out = append(out, Due{At: at, What: "item-time", Of: string(m.ID), Part: string(m.Plan.Running()), Past: !at.After(now)})
		}
		if m.Status == StatusCalled {
			out = append(out, Due{At: m.At, What: "meeting", Of: string(m.ID), Past: !m.At.After(now)})
		}
	}
	slices.SortStableFunc(out, func(a, b Due) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(a.What+a.Of+a.Part, b.What+b.Of+b.Part), strings.Compare(a.What, b.What), strings.Compare(a.Of, b.Of))
	})
	return out
}

// overdue lists what an agreement waits for although its time has come.
func overdue(p *proposal.Proposal) []Due {
	if p.Status != proposal.StatusAgreement {
		return nil
	}
	var out []Due
	for _, m := range p.Agreement.Measures {
		if m.Overdue {
			out = append(out, Due{At: m.Every.Times(p.Agreement.Since, m.Count-1), What: "reading-overdue", Of: string(p.ID), Part: string(m.ID), Past: true})
		}
	}
	if a := p.Agreement; a.Phase == proposal.Due || a.Phase == proposal.OnHold && a.Because != "" {
		out = append(out, Due{At: p.Agreement.Until, What: "review-due", Of: string(p.ID), Part: string(p.Agreement.Because), Past: true})
	}
	return out
}

// An Awaited act is what somebody must do next, so that a process goes on.
type Awaited struct {
	Who  []circle.PersonID
	What string // the wire name of a command that does it
	Of   string // the proposal; of what is no proposal the meeting, the circle that confirms a link, or the signal
	By   time.Time
	// Through are those who act for the bodies among who must act (M-45).
	Through []circle.PersonID
}

// Next says who must act next on a proposal, and by when.
func (e *Engine) Next(id proposal.ID) []Awaited {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.Next(id)
}

// Next says who must act next on a proposal, and by when.
func (s *State) Next(id proposal.ID) []Awaited {
	p := s.processes[id]
	if p == nil {
		return slices.Concat(s.nextOnAppeal(id), s.nextOnLinks(id), s.nextToTell(id))
	}
	if next := s.nextOutside(p); next != nil {
		return next
	}
	return s.through(s.withTimeOut(p, s.withClaims(p, s.withInstructions(p, s.nextOf(p)))))
}

func (s *State) nextOf(p *Process) []Awaited {
	of := string(p.Proposal)
	if next := s.nextAside(p); next != nil {
		return next
	}
	if p.tied() {
		return []Awaited{{Who: s.conductors(p), What: (SettleTie{}).Wire(), Of: of}}
	}
	if p.Stage == StageTest { // a round that was begun before goes on behind the test
		return s.nextInTest(p)
	}
	if r := p.round(); len(r.Stops) > 0 {
		return []Awaited{{Who: r.Stops, What: "consent.clear-card", Of: of}}
	}
	if next := s.nextInSelection(p); next != nil {
		return next
	}
	switch {
	case p.Quiet, p.Stage == StageDecide && p.Round.Complete():
		return s.nextInTime(p)
	case p.Stage == StageLastCall:
		return s.nextInLastCall(p)
	case p.Stage != StageIntake && p.Round != nil && !p.Round.Closed && !p.Round.Complete():
		return []Awaited{s.nextInRound(p)}
	case p.Stage == StageIntegrate:
		if next := s.nextInIntegrate(p); next != nil {
			return next
		}
	case p.Stage == StageIntake && s.objectionsMet(p, time.Time{}) != nil:
		return s.nextInPart(p)
	}
	return s.nextOpening(p)
}

// nextOpening says who opens the next round. Where the proposer alone decides,
// and has left, the circle is asked what becomes of the proposal; and what is not
// the circle's to decide on any more is offered to the one that has it (M-11), or
// dropped where the question was put already.
func (s *State) nextOpening(p *Process) []Awaited {
	switch {
	case s.inDomain(p, time.Time{}) == nil:
	case moveIndex[p.Stage][(OfferTransfer{}).Wire()] != nil:
		return []Awaited{{Who: s.conductors(p), What: (OfferTransfer{}).Wire(), Of: string(p.Proposal)}}
	default:
		return []Awaited{{Who: s.Org.FullIn(p.Circle), What: (Ask{}).Wire(), Of: string(p.Proposal)}}
	}
	if next := s.nextInFairness(p); next != nil {
		return next
	}
	proposer := s.Matters.Proposal(p.Proposal).Proposer()
	if p.Method.Decider && (s.Org.LevelIn(p.Circle, proposer) != circle.Full || slices.Contains(s.interested(p), proposer)) {
		return []Awaited{{Who: s.asked(p.Circle), What: (Ask{}).Wire(), Of: string(p.Proposal)}}
	}
	return []Awaited{{Who: s.conductors(p), What: "consent.open-round", Of: string(p.Proposal)}}
}

// nextInRound says whom the round waits for. Who has left the circle speaks no
// more, and whoever facilitates passes over them; a seat still answers.
func (s *State) nextInRound(p *Process) Awaited {
	next := Awaited{What: "consent.speak", Of: string(p.Proposal), By: p.Round.Closes}
	who := p.Round.Awaited()
	if speaker := p.Round.Speaker(); speaker != "" {
		who = []circle.PersonID{speaker}
	}
	if p.Round.asks() { // who is asked has a seat, and a seat still answers; who is on leave does not
		next.What = "consent.respond"
		next.Who = slices.DeleteFunc(who, func(w circle.PersonID) bool { return s.Org.Away(p.Circle, w) })
		gone := func(w circle.PersonID) bool {
			return s.Org.Vacant(p.Circle, w) || s.satFor(p, w) && !s.sitsFor(p, w)
		}
		there := next.Who
		if slices.ContainsFunc(there, gone) {
			there = slices.DeleteFunc(slices.Clone(there), gone)
		}
		if len(there) == 0 { // nobody is there for the seats that are left
			return Awaited{Who: s.conductors(p), What: "consent.skip", Of: next.Of}
		}
		next.Who = there
		if p.Round.Veiled {
			next.What = (SealAnswer{}).Wire()
		}
		return next
	}
	for _, w := range who {
		if s.speaksIn(p, w) == nil && !s.Org.Vacant(p.Circle, w) {
			next.Who = append(next.Who, w)
		}
	}
	if next.Who == nil {
		next.Who, next.What = s.conductors(p), "consent.skip"
	}
	return next
}

// nextInTime says what a question waits for that everybody has answered, or
// whose last call runs: what holds it up, or the time itself.
func (s *State) nextInTime(p *Process) []Awaited {
	of := string(p.Proposal)
	until := p.Until
	if !p.Quiet {
		until = p.Round.Closes
	}
	if p.Round.Veiled && until.IsZero() {
		return []Awaited{{Who: s.conductors(p), What: (Reveal{}).Wire(), Of: of}}
	}
	if standing := s.Objections.Standing(p.Proposal); len(standing) > 0 {
		if next := s.nextInHandling(p, standing[0], 0); next != nil {
			return next
		}
	}
	if who := s.raisers(p.Proposal); who != nil {
		return []Awaited{{Who: who, What: "objection.withdraw", Of: of, By: until}}
	}
	switch {
	case !until.IsZero():
		return []Awaited{{What: LastCallEnds.String(), Of: of, By: until}}
	case p.Quiet: // its time is over, and the rule is not satisfied: somebody answers otherwise, and it is asked again
		return []Awaited{{Who: p.Round.Order, What: "consent.respond", Of: of}, {Who: s.conductors(p), What: "consent.close-round", Of: of}}
	}
	return s.nextOpening(p)
}

// raisers are those whose objections stand.
func (s *State) raisers(id proposal.ID) []circle.PersonID {
	var out []circle.PersonID
	for _, o := range s.Objections.Standing(id) {
		out = append(out, o.By)
	}
	return out
}

func (s *State) nextInLastCall(p *Process) []Awaited {
	of := string(p.Proposal)
	if len(p.Waiting) == 0 {
		return []Awaited{{Who: s.conductors(p), What: "consent.close-round", Of: of}}
	}
	if p.Rules.Absence.Silence == circle.Consents && p.Until.IsZero() {
		who := s.Org.Wearers(p.Circle, circle.Secretary)
		if len(who) == 0 {
			who = s.facilitators(p.Circle)
		}
		return []Awaited{{Who: who, What: "consent.send-minutes", Of: of}, {Who: p.Waiting, What: "consent.respond", Of: of}}
	}
	return []Awaited{{Who: p.Waiting, What: "consent.respond", Of: of, By: p.Until}}
}

// nextInIntegrate follows the first objection that is not met: the circle says
// it back, the objector confirms, the circle writes a version. Where the method
// tests objections, or says in another way who solves them, that comes in.
func (s *State) nextInIntegrate(p *Process) []Awaited {
	of := string(p.Proposal)
	newest := s.Matters.Proposal(p.Proposal).Current().N
	for _, o := range s.queue(p) {
		handling := s.nextInHandling(p, o, newest)
		switch {
		case handling != nil:
			return handling
		case o.Status == objection.StatusMet && o.In == newest:
		case p.Method.Confirm && o.Status == objection.StatusRaised:
			return []Awaited{{Who: s.fullFacilitators(p.Circle), What: "objection.restate", Of: of}}
		case p.Method.Confirm && o.Status == objection.StatusRestated:
			return []Awaited{{Who: o.Holders(), What: "objection.confirm", Of: of}}
		default:
			return []Awaited{s.nextAmending(p)}
		}
	}
	return nil
}

// nextAmending says who can write a version that meets an objection, by the
// method. Where only the proposer can, and has left, it is left to who raised
// the objections.
func (s *State) nextAmending(p *Process) Awaited {
	next := Awaited{Who: s.asked(p.Circle), What: "consent.integrate", Of: string(p.Proposal)}
	switch p.Method.Amenders {
	case ByCircle:
		next.What = (Ask{}).Wire()
	case ByFacilitator:
		next.Who = s.facilitators(p.Circle)
	case ByProposer:
		author := s.Matters.Proposal(p.Proposal).Proposer()
		if next.Who = []circle.PersonID{author}; s.Org.LevelIn(p.Circle, author) != circle.Full {
			next.Who, next.What = s.raisers(p.Proposal), "objection.withdraw"
		}
	}
	return next
}

// facilitators are those who may run the circle's process, the Facilitator
// first.
func (s *State) facilitators(id circle.ID) []circle.PersonID {
	if who := s.openMeeting(id).beside().wears(circle.Facilitator); who != "" {
		return []circle.PersonID{who}
	}
	if list := s.Org.Wearers(id, circle.Facilitator); len(list) > 0 {
		return list
	}
	if first := s.surrogate(id, s.openMeeting(id)); first != "" {
		return []circle.PersonID{first}
	}
	return s.asked(id)
}

// fullFacilitators are those of them who are full participants, or where none is
// every full participant.
func (s *State) fullFacilitators(id circle.ID) []circle.PersonID {
	list := slices.DeleteFunc(slices.Clone(s.facilitators(id)), func(who circle.PersonID) bool { return s.Org.LevelIn(id, who) != circle.Full })
	if len(list) > 0 {
		return list
	}
	return s.asked(id)
}

// next says who must act next on what these events are about.
func (s *State) next(events []Event) []Awaited {
	var out []Awaited
	var room [4]proposal.ID
	done := room[:0]
	for _, e := range events {
		if a, ok := e.(interface{ awaits() Awaited }); ok {
			out = append(out, a.awaits())
		}
		id := s.subject(e)
		if id == "" || slices.Contains(done, id) {
			continue
		}
		done = append(done, id)
		if next := s.Next(id); out == nil {
			out = next
		} else {
			out = append(out, next...)
		}
	}
	return out
}

// subject is the proposal that an event is about, "" if none.
func (s *State) subject(e Event) proposal.ID {
	switch e := e.(type) {
	case interface{ On() proposal.ID }:
		return e.On()
	case interface{ On() objection.ID }:
		if o := s.Objections.Objection(e.On()); o != nil {
			return o.Proposal
		}
	}
	return ""
}

package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// verdict words what the rule says of the round as it would be.
func (s *State) verdict(p *Process, would *Round, open []Objection, now time.Time) *Judged {
	e := &Judged{Proposal: p.Proposal, Version: would.Version, At: now, Rule: p.Method.Rule, Outcome: ResultPending}
	r, err := s.rule(p.Method.Rule)
	if err != nil {
		e.Why = []Reason{{Code: "rule-unknown", Got: p.Method.Rule.Kind}}
		return e
	}
	absent, out := s.silent(p, would)
	inherited := s.inherited(p, would, open)
	c := p.caseOf(would, inherited, out, now)
	v := judge(r, c)
	if v.Outcome != Pending || v.levelled() {
		e.Case = digest(c)
	}
	groups := s.presence(p, would)
	e.Final, e.Why = v.Final, named(slices.Concat(v.Why, groups, would.countedSilence()))
	if would.among() {
		e.Winners, e.Why = v.winners(), steps(e.Why)
	}
	met := present(groups) == nil
	stands := slices.ContainsFunc(inherited, func(o Objection) bool { return o.Stands })
	switch {
	case v.Outcome == Declined:
		e.Outcome = ResultNotAdopted
	case v.Outcome == Carried && met:
		p.carried(e, would, now)
	case v.Outcome == Carried:
	case v.levelled() && met && !p.stillOpen(would, absent, now):
		e.Outcome = ResultTied
	case p.Quiet && stands:
		p.heldUp(e)
	case p.Quiet, !would.Complete(), stands && (p.Method.parallel() || p.Method.Window.open(would, now)), timeRuns(would, absent, now):
	case stands:
		e.Outcome = ResultIntegrate
	case len(absent) > 0 && met:
		e.Outcome, e.Waiting = ResultWaiting, absent
	}
	e.Final = e.Final && !p.Method.Formal && e.Outcome != ResultPending && e.Outcome != ResultTied && e.Until.IsZero()
	return e
}

// carried says what follows when the rule is satisfied: nothing before the
// window closes, then the last call where the method has one, then adoption.
func (p *Process) carried(e *Judged, would *Round, now time.Time) {
	switch {
	case p.Method.Formal:
		e.Outcome, e.Why = ResultIntegrate, append(e.Why, Reason{Code: "vote-needed"})
	case p.Quiet && now.Before(p.Until), !p.Quiet && p.Method.Window.open(would, now):
	case !p.Quiet && !p.Method.LastCall.IsZero():
		e.Outcome, e.Until = ResultWaiting, p.Method.LastCall.After(now)
	default:
		e.Outcome = ResultAdopted
	}
}

// open says that everybody has more time to answer, whatever was answered so far.
func (w Window) open(r *Round, now time.Time) bool {
	return !w.Early && !r.Closes.IsZero() && now.Before(r.Closes)
}

// timeRuns says that somebody has not answered yet and has time to. That those
// at a meeting were heard, or that somebody objected there, ends nobody's time
// (M-199).
func timeRuns(would *Round, absent []circle.PersonID, now time.Time) bool {
	return len(absent) > 0 && now.Before(would.Closes)
}

// stillOpen says that somebody may still answer, so that what is level now may not
// be at the end.
func (p *Process) stillOpen(would *Round, absent []circle.PersonID, now time.Time) bool {
	if p.Quiet {
		return now.Before(p.Until)
	}
	return p.Method.Window.open(would, now) || timeRuns(would, absent, now)
}

// heldUp says what an objection does to a last call (M-201).
func (p *Process) heldUp(e *Judged) {
	switch p.Method.Clock {
	case Stops:
		e.Outcome = ResultIntegrate
	case Restarts:
		e.Reopens = true
	}
}

// parallel says that objections are dealt with while the question stays open:
// their raisers alone say when they are solved (FCP, ASF).
func (m *Method) parallel() bool { return m.Objections.Solved == objection.ByRaiser }

// asksAgain says whether the rule is asked again when an objection ends while the
// question is open: at once where its raiser ends it, else when the time that
// everybody has is over, for nothing else may be left to settle the question.
func (p *Process) asksAgain() bool {
	return p.Method.parallel() || p.Method.Objections.Solved == objection.ByAnswer && p.Round.Closes.IsZero()
}

// countedSilence marks a verdict to which silence gave answers, so that what was
// adopted in silence can be found again (methods §1.3.7).
func (r *Round) countedSilence() []Reason {
	var who []circle.PersonID
	for _, seat := range r.Seats {
		if a := r.Answer(seat.Person); a != nil && a.Silent && a.Version == r.Version {
			who = append(who, seat.Person)
		}
	}
	if who == nil {
		return nil
	}
	return []Reason{{Code: "silence-counted", Who: who}}
}

// turnout counts how the seats were heard.
func (s *State) turnout(p *Process, r *Round) Turnout {
	var t Turnout
	m := s.meetings[p.Meeting]
	for _, seat := range r.Seats {
		a := r.Answer(seat.Person)
		switch {
		case a != nil && !a.Silent:
			t.Spoke++
		case a == nil && s.hasLeft(p, seat.Person): // is waited for no more
		case slices.Contains(r.Seen, seat.Person):
			t.Acknowledged++
		case m != nil && !m.AtTable(seat.Person) && m.standsIn(seat.Person) == "" && m.sentTo(seat.Person).IsZero():
			t.Unreached++
		default:
			t.Silent++
		}
	}
	return t
}

// silent lists the seats that have given no answer to the version: those whose
// answer is awaited, and those who are out. Out is who has left the circle, and,
// where the written policy lets those present decide, who is not at the
// meeting. Whoever is there is never passed over.
func (s *State) silent(p *Process, r *Round) (absent, out []circle.PersonID) {
	m := s.meetings[p.Meeting]
	bound := p.Rules.Absence.Silence == circle.Bound && m != nil && r.Complete()
	for _, seat := range r.Seats {
		if a := r.Answer(seat.Person); seat.Out || a != nil && a.Version == r.Version {
			continue
		}
		if s.hasLeft(p, seat.Person) || bound && !m.AtTable(seat.Person) {
			out = append(out, seat.Person)
		} else {
			absent = append(absent, seat.Person)
		}
	}
	return absent, out
}

// hasLeft says whether somebody takes part in the circle no more. That they gave
// up themselves, or lost with what linked them to it. Whose consent right the
// circle took away meanwhile is still there: the seats of a round, and whose
// objection it is, are those of its beginning, or an objector could be voted out
// before they are heard.
func (s *State) hasLeft(p *Process, who circle.PersonID) bool {
	if s.Org.Vacant(p.Circle, who) { // there is nobody to say anything (M-45)
		return true
	}
	if s.satFor(p, who) { // for as long as they sit there, and no longer
		return !s.sitsFor(p, who)
	}
	switch s.Org.LevelIn(p.Circle, who) {
	case circle.OnLeave: // they said so themselves
		return true
	case "":
		return !s.Org.WasRemoved(p.Circle, who)
	}
	return false
}

// inherited lists the objections as the circle sees them: one that the version
// meets, and whose owners have left the circle and cannot say so, is the circle's own
// to settle by consenting to that version. No objection is lost by somebody
// leaving, and none can hold the circle for ever.
func (s *State) inherited(p *Process, r *Round, open []Objection) []Objection {
	list := slices.Clone(open)
	for i := range list {
		o := s.Objections.Objection(objection.ID(list[i].ID))
		if o != nil && o.Status == objection.StatusMet && o.In == r.Version && s.orphaned(p, o) {
			list[i].Stands = false
		}
	}
	return list
}

// standing are the answers of which a rule is told, in ledger order, and of each seat the
// last one stands. It is told of no more of them than there are seats: where there are
// more, of those that stand.
func (r *Round) standing() []Answer {
	if len(r.Answers) <= len(r.Seats) {
		return r.Answers
	}
	out := make([]Answer, 0, len(r.Seats))
	for i, a := range r.Answers {
		if r.last[r.spot(a.Seat).seat] == i {
			out = append(out, a)
		}
	}
	return out
}

// caseOf is what a rule may know of the round.
func (p *Process) caseOf(r *Round, open []Objection, out []circle.PersonID, now time.Time) Case {
	seats := slices.Clone(r.Seats)
	for i := range seats {
		seats[i].Out = seats[i].Out || slices.Contains(out, seats[i].Person)
	}
	return Case{Now: now, Opened: r.Opened, Closes: p.closes(r), Version: r.Version, MayChange: !r.Complete(), Seats: seats,
		Answers: r.standing(), Objections: open, Register: r.Register, Quorate: r.Quorate, Options: caseOptions(r.Options)}
}

// closes is until when an answer counts: the close of the round, or the end of
// the last call.
func (p *Process) closes(r *Round) time.Time {
	if r.Closes.IsZero() {
		return p.Until
	}
	return r.Closes
}

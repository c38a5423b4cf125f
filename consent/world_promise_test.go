package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// The promises S1 to S7 and S10, as far as they speak of one case, reckoned
// from the state before, the events and the state after, and by nothing that
// the law itself uses to decide.

// holds looks whether a transition keeps the promises.
func (x *worldRun) holds(at uint32, before *State, m *worldMove, events []Event, after *State) {
	breaks := func(promise, format string, args ...any) {
		x.breaks(at, m, promise, fmt.Sprintf(format, args...))
	}
	p := before.processes[worldCase]
	if p == nil {
		worldFinal(breaks, before, events, after)
		return
	}
	next := after.processes[worldCase]
	worldRoster(breaks, p, next, m, events)
	worldRecordStays(breaks, p, next, events, before, after)
	worldGiven(breaks, p, m, events)
	worldFrozen(breaks, x, next, after)
	worldConserved(breaks, before, m, events, after)
	worldInTime(breaks, p, m, events, after)
	worldEnding(breaks, before, p, m, events, after)
	worldLeft(breaks, before, p, m, events)
}

type worldBreaks func(promise, format string, args ...any)

// worldFinal: a case that has ended does not change any more, unless the circle
// decides by consent on what it decided (S10).
func worldFinal(breaks worldBreaks, before *State, events []Event, after *State) {
	if worldHas[*proposal.Dropped](events) && worldHas[*proposal.Adopted](events) {
		return
	}
	was, is := before.ended.Of(worldCase), after.ended.Of(worldCase)
	if is.Stage != was.Stage || after.processes[worldCase] != nil {
		breaks("S10", "the case was %s and is %s now", was.Stage, after.Process(worldCase).Stage)
	}
	for _, e := range events {
		if worldOn(e) {
			breaks("S10", "the case is %s, and yet %s happened to it", was.Stage, e.Wire())
		}
	}
	old, now := before.Matters.Proposal(worldCase), after.Matters.Proposal(worldCase)
	if (old == nil) != (now == nil) || old != nil && (old.Status != now.Status || old.Agreement.Version != now.Agreement.Version) {
		breaks("S10", "what was decided has changed")
	}
}

// worldRoster: the seats of a round are those of its beginning; only they
// answer, for themselves, and about the newest version (S2, S3).
func worldRoster(breaks worldBreaks, p, next *Process, m *worldMove, events []Event) {
	opened := slices.ContainsFunc(events, func(e Event) bool { o, ok := e.(*RoundOpened); return ok && o.Proposal == worldCase })
	same := func(a, b Seat) bool { return a.Person == b.Person && a.Class == b.Class && a.Weight == b.Weight }
	if p.Round != nil && next != nil && next.Round != nil && !opened && !slices.EqualFunc(p.Round.Seats, next.Round.Seats, same) {
		breaks("S2", "the roster changed from %v to %v while the round went on", p.Round.Seats, next.Round.Seats)
	}
	for _, e := range events {
		r, ok := e.(*Responded)
		if !ok || r.Proposal != worldCase {
			continue
		}
		switch {
		case p.Round == nil || !slices.ContainsFunc(p.Round.Seats, func(s Seat) bool { return s.Person == r.By }):
			breaks("S2", "%s answered and has no seat", r.By)
		case r.By != m.by:
			breaks("S2", "%s answered for %s", m.by, r.By)
		case r.Version != p.Round.Version:
			breaks("S3", "%s answered to version %d of a round on version %d", r.By, r.Version, p.Round.Version)
		}
	}
}

// worldFrozen: the method and the rules of the case are those of its beginning (S4).
func worldFrozen(breaks worldBreaks, x *worldRun, next *Process, after *State) {
	if next != nil && (next.Method != x.method || next.Rules != x.rules) {
		breaks("S4", "the case is decided by other rules than those it was opened under")
	}
	if next != nil && next.Method.Name != x.world.deciding() {
		breaks("S4", "the case is decided by %s", next.Method.Name)
	}
}

// worldHas says whether something of the kind happened to a proposal.
func worldHas[E Event](events []Event) bool {
	return slices.ContainsFunc(events, func(e Event) bool { _, ok := e.(E); return ok })
}

// worldInTime: silence is counted by the written policy alone, when its time is
// over, and not before (S7).
func worldInTime(breaks worldBreaks, p *Process, m *worldMove, events []Event, after *State) {
	for _, e := range events {
		var until time.Time
		var written bool
		switch e := e.(type) {
		case *SilenceCounted:
			until, written = p.Until, p.Rules.Absence.Silence == circle.Consents
		case *WindowClosed:
			until, written = p.Round.Closes, e.As == silenceAs[p.Method.Window.Silence] || len(e.Silent) == 0
		case *LastCallOver:
			until, written = p.Until, p.Quiet
		default:
			continue
		}
		switch {
		case !worldOn(e):
		case !m.clock:
			breaks("S7", "%s by %s, not by time", e.Wire(), m.by)
		case !written:
			breaks("S7", "silence was counted, and no written policy says so")
		case until.IsZero() || after.latest.Before(until):
			breaks("S7", "%s before its time was over", e.Wire())
		}
	}
	if m.clock && len(events) == 0 && after.processes[worldCase] == nil {
		breaks("S7", "time alone ended the case, and no event says so")
	}
}

// worldEnding: a case ends in a way that the promises name (S1, S3): it is
// taken back by who proposed it, dropped by the circle's consent, or adopted.
func worldEnding(breaks worldBreaks, before *State, p *Process, m *worldMove, events []Event, after *State) {
	for _, e := range events {
		switch e := e.(type) {
		case *proposal.Withdrawn:
			if m.by != before.Matters.Proposal(worldCase).Proposer() && e.Proposal == worldCase {
				breaks("S6", "%s took back what %s proposed", m.by, before.Matters.Proposal(worldCase).Proposer())
			}
		case *proposal.Dropped:
			if e.Proposal == worldCase && !worldHas[*proposal.Adopted](events) {
				breaks("S6", "the case was dropped, and the circle did not consent to that")
			}
		case *proposal.Adopted:
			if e.Proposal == worldCase {
				worldAdopted(breaks, before, p, e, events)
			}
		}
	}
	if after.processes[worldCase] == nil && !slices.ContainsFunc(events, worldOn) {
		breaks("S10", "the case is gone, and nothing happened to it")
	}
}

// worldAdopted: adopted is what every seat consented to, or whose silence the
// written policy counted, while no objection stands. Only consent promises
// that; other rules count otherwise.
func worldAdopted(breaks worldBreaks, before *State, p *Process, e *proposal.Adopted, events []Event) {
	newest := before.Matters.Proposal(worldCase).Numbered
	asked := p.Round != nil && p.Round.Version == newest && (p.Round.Kind == ConsentRound || p.Stage == StageBallot)
	declared := worldHas[*Declared](events) && p.question().Version == newest
	if e.Version != newest || !asked && !declared {
		breaks("S3", "version %d was adopted, and the newest is %d", e.Version, newest)
		return
	}
	for _, o := range before.Objections.Standing(worldCase) {
		ended := slices.ContainsFunc(events, func(e Event) bool {
			_, with := e.(*objection.Ended)
			return worldEnds(e) == o.ID && !with
		})
		if !ended && !(p.Method.Rule != consentRule && worldOver(p, events)) {
			breaks("S1", "adopted while the objection of %s stands", o.By)
		}
	}
	if p.Method.Rule != consentRule {
		return
	}
	for _, e := range events {
		if r, ok := e.(*objection.Raised); ok && r.Proposal == worldCase {
			breaks("S1", "adopted by an objection")
		}
	}
	for _, seat := range p.Round.Seats {
		if why := worldMissing(before, p, seat.Person, newest, events); why != "" {
			breaks("S1", "adopted, and %s %s", seat.Person, why)
		}
	}
}

// worldMissing says why a seat does not carry the adoption, "" if it does.
func worldMissing(before *State, p *Process, who circle.PersonID, newest int, events []Event) string {
	said := ""
	for _, a := range p.Round.Answers {
		if a.Seat == who && a.Version == newest {
			said = a.Position
		}
	}
	skipped := false
	for _, e := range events {
		switch e := e.(type) {
		case *Responded:
			if e.Proposal == worldCase && e.By == who && e.Version == newest {
				said = string(e.Response)
			}
		case *SilenceCounted:
			if e.Proposal == worldCase && slices.Contains(e.Who, who) && e.As == Consents {
				said = Consents
			}
		case *WindowClosed:
			if e.Proposal == worldCase && slices.Contains(e.Silent, who) && e.As == Consents {
				said = Consents
			}
		case *Skipped:
			skipped = skipped || e.Proposal == worldCase && e.Person == who
		}
	}
	m := before.meetings[p.Meeting]
	switch {
	case said == Consents:
		return ""
	case said != "":
		return "said " + said
	case worldGone(before, who):
		return "" // who has left is out; whose right was taken away meanwhile, or who was removed, is not
	case p.Rules.Absence.Silence == circle.Bound && m != nil && !m.Attends(who):
		return "" // the written policy lets those present decide
	case skipped:
		return "was passed over"
	}
	return "was not heard"
}

// worldAnswers is what was tried in one state, by move and person.
type worldAnswers struct {
	on map[string]*[4]worldAnswer
}

// A worldAnswer is whether a person could make a move in any way, and what
// refused them otherwise.
type worldAnswer struct {
	tried, yes bool
	no         []*circle.Code
}

func (a *worldAnswers) reset() {
	if a.on == nil {
		a.on = map[string]*[4]worldAnswer{}
	}
	for _, list := range a.on {
		for i := range list {
			list[i] = worldAnswer{no: list[i].no[:0]}
		}
	}
}

func (a *worldAnswers) at(m *worldMove) *worldAnswer {
	i := slices.Index(worldEverybody, m.by)
	if i < 0 {
		return &worldAnswer{}
	}
	list := a.on[m.on]
	if list == nil {
		list = new([4]worldAnswer)
		a.on[m.on] = list
	}
	list[i].tried = true
	return &list[i]
}

func (a *worldAnswers) yes(m *worldMove) { a.at(m).yes = true }

func (a *worldAnswers) no(m *worldMove, no *circle.Refusal) {
	if no != nil {
		at := a.at(m)
		at.no = append(at.no, no.Code)
	}
}

// can says whether a person could make a move of this name.
func (a *worldAnswers) can(who circle.PersonID, on string) bool {
	i := slices.Index(worldEverybody, who)
	for name, list := range a.on {
		if i >= 0 && list[i].yes && (name == on || strings.HasPrefix(name, on+" ")) {
			return true
		}
	}
	return false
}

// whyNot lists what refused a person the moves of a name.
func (a *worldAnswers) whyNot(who circle.PersonID, on string) []string {
	var out []string
	i := slices.Index(worldEverybody, who)
	for name, list := range a.on {
		for _, code := range list[i].no {
			if name == on || strings.HasPrefix(name, on+" ") {
				out = append(out, name+": "+code.ID)
			}
		}
	}
	slices.Sort(out)
	return out
}

// keeps looks at what a state says of itself: Permitted agrees with what was
// tried, and Next names somebody who can do what it names.
func (x *worldRun) keeps(at uint32, s *State, moves []worldMove) {
	if len(moves) == 1 && moves[0].clock {
		return // time goes first, and nothing else was tried
	}
	for i, who := range worldEverybody {
		list, err := s.Permitted(who, worldCase, s.latest)
		if err != nil {
			x.breaks(at, nil, "Permitted", err.Error())
		}
		for _, p := range list {
			if tried := x.asked.on[p.Command]; tried != nil && tried[i].tried {
				x.agrees(at, who, p, &tried[i])
			}
		}
	}
	x.armed(at, s)
	if s.processes[worldCase] != nil {
		x.nextCan(at, s)
	}
}

// armed: each timer of the case has its place in the stage in which the case
// is, so that none is armed that can never fire (L2).
func (x *worldRun) armed(at uint32, s *State) {
	stage := s.Process(worldCase).Stage
	if stage == StageAdopted {
		return // these are the timers of the agreement
	}
	for _, q := range s.timers.all() {
		if q.timer.Of == string(worldCase) && moveIndex[stage][q.timer.Kind.String()] == nil {
			x.breaks(at, nil, "L2", fmt.Sprintf("the timer %s is armed while the case is %s, where it does nothing", q.timer.Kind, stage))
		}
	}
}

func (x *worldRun) agrees(at uint32, who circle.PersonID, p Permission, tried *worldAnswer) {
	no := worldRefusal(p.Refused)
	switch {
	case p.Refused == nil && tried.yes:
	case p.Refused == nil:
		for _, code := range tried.no {
			if !slices.Contains(worldRoomsOwn[p.Command], code) {
				x.breaks(at, nil, "Permitted", fmt.Sprintf("%s may %s, and %s refuses it", who, p.Command, code.ID))
			}
		}
	case tried.yes:
		x.breaks(at, nil, "Permitted", fmt.Sprintf("%s may not %s, and can", who, p.Command))
	case no != nil:
		if !slices.Contains(tried.no, no.Code) {
			x.breaks(at, nil, "Permitted", fmt.Sprintf("%s may not %s because of %s, and the command says another reason", who, p.Command, no.Code.ID))
		}
	}
}

// namesOthers says that somebody can name or propose one of the circle whom nobody
// names in these worlds, which know two names.
func (x *worldRun) namesOthers(s *State, what string, who circle.PersonID) bool {
	p := s.processes[worldCase]
	switch what {
	case (Nominate{}).Wire():
	case (ProposeCandidate{}).Wire():
		return slices.ContainsFunc(s.leftToPropose(p), func(name Name) bool {
			return !slices.Contains(worldChosen, name) && name != Name(who) && s.mayStand(p, name) == nil
		})
	default:
		return false
	}
	return slices.ContainsFunc(s.Org.FullIn(worldDen), func(other circle.PersonID) bool {
		return !slices.Contains(worldChosen, Name(other)) && s.unnameable(p, who, Name(other)) == ""
	})
}

// nextCan: in each open state, somebody who is named as the next can do what
// they are named for.
func (x *worldRun) nextCan(at uint32, s *State) {
	list := s.Next(worldCase)
	var no []string
	for _, a := range list {
		if len(a.Who) == 0 && a.By.After(s.latest) && len(s.timers.all()) > 0 {
			return // time alone is waited for, and it comes
		}
		for _, who := range a.Who {
			if a.What == (Ask{}).Wire() && s.Org.LevelIn(worldDen, who) == circle.Full {
				return // every full participant asks
			}
			if x.asked.can(who, a.What) || a.What == "consent.respond" && x.asked.can(who, "objection.raise") {
				return
			}
			if x.namesOthers(s, a.What, who) {
				return
			}
			no = append(no, x.asked.whyNot(who, a.What)...)
		}
	}
	p := s.processes[worldCase]
	if p.Method.Meeting && s.inMeeting(p, s.latest) != nil {
		return // it takes a meeting first, which is nobody's in particular
	}
	if m := s.openMeeting(worldDen); m != nil && len(p.without(NominateRound, s.attending(s.Org.FullIn(worldDen), m))) == 0 {
		return // somebody who is asked must come to the meeting first, or it ends
	}
	x.breaks(at, nil, "Next", fmt.Sprintf("nobody of those named can: %+v, because of %s", list, strings.Join(no, ", ")))
}

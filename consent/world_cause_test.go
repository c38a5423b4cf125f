package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// worldConserved: objections that stood and that were raised stand, or ended by
// an event whose cause gives the right to (S6).
func worldConserved(breaks worldBreaks, before *State, m *worldMove, events []Event, after *State) {
	stands := map[objection.ID]*objection.Objection{}
	for _, o := range before.Objections.Standing(worldCase) {
		stands[o.ID] = o
	}
	for _, e := range events {
		if r, ok := e.(*objection.Raised); ok && r.Proposal == worldCase {
			stands[r.Objection] = &objection.Objection{ID: r.Objection, By: r.By, Status: objection.StatusRaised}
		}
		if id := worldEnds(e); stands[id] != nil {
			worldCause(worldEnd{breaks, before, after, m, events, stands[id]}, e)
			delete(stands, id)
		}
	}
	left := map[objection.ID]bool{}
	for _, o := range after.Objections.Standing(worldCase) {
		left[o.ID] = true
	}
	for id, o := range stands {
		if !left[id] {
			breaks("S6", "the objection of %s is gone, and nothing says why", o.By)
		}
	}
	for id := range left {
		if stands[id] == nil {
			breaks("S6", "an objection stands that nobody raised, or that had ended")
		}
	}
	if c, ok := m.cmd.(objection.Raise); ok && c.Proposal == worldCase && stands[c.ID] == nil {
		breaks("S6", "an objection was taken in, and there is none")
	}
}

// worldEnds names the objection that an event ends, "" if it ends none.
func worldEnds(e Event) objection.ID {
	switch e.(type) {
	case *objection.Withdrawn, *objection.Integrated, *objection.SolvedByBoth, *objection.Ended, *objection.Dismissed,
		*objection.Overruled, *objection.Abandoned, *objection.Deferred, *objection.StoodAside, *objection.Lowered, *objection.Referred:
		return e.(interface{ On() objection.ID }).On()
	}
	return ""
}

// A worldEnd is the end of one objection, and all that led to it.
type worldEnd struct {
	breaks        worldBreaks
	before, after *State
	m             *worldMove
	events        []Event
	o             *objection.Objection
}

func (w *worldEnd) method() *Method { return w.before.processes[worldCase].Method }

// breaksIf breaks S6 where something is so.
func (w *worldEnd) breaksIf(so bool, format string, args ...any) {
	if so {
		w.breaks("S6", format, args...)
	}
}

// worldCause: an objection ends by its objector, by the whole circle where its
// objector is gone, or with the case itself; and by the ways out that the method
// names, each by who may take it. Nobody alone ends another's otherwise.
func worldCause(w worldEnd, e Event) {
	h := w.method().Objections
	switch e := e.(type) {
	case *objection.Withdrawn:
		w.byObjector(e.By, "withdrew")
	case *objection.StoodAside:
		w.byObjector(e.By, "stood aside for")
		w.breaksIf(!h.StandAside, "%s stood aside, and the method has no standing aside", e.By)
	case *objection.Lowered:
		w.byObjector(e.By, "lowered")
		w.breaksIf(!w.method().Concerns, "%s lowered an objection, and the method has no concerns", e.By)
	case *objection.Integrated:
		w.integrated(e)
	case *objection.SolvedByBoth:
		w.solved(e)
	case *objection.Dismissed:
		w.byJudge(e.By, "dismissed")
		w.dismissed(e)
	case *objection.Overruled:
		w.overruled(e)
	case *objection.Abandoned:
		w.byJudge(e.By, "abandoned")
		w.breaksIf(!h.GoodFaith, "%s abandoned an objection, and the method asks no good faith", e.By)
	case *objection.Deferred:
		asked := worldHas[*proposal.Adopted](w.events)
		w.breaksIf(!h.Defer || !asked, "the objection of %s was put off, and not by consent", w.o.By)
	case *objection.Ended:
		w.breaksIf(!worldClosed(w.before, w.events), "the objection of %s ended, and the case did not", w.o.By)
	}
}

func (w *worldEnd) byObjector(by circle.PersonID, did string) {
	w.breaksIf(by != w.m.by || !w.o.Owns(by), "%s %s the objection of %s", w.m.by, did, w.o.By)
}

// byJudge: who judges says so by name, takes part in the circle, or was given its
// hat of the Facilitator from outside (M-41), or keeps the case, and judges
// nothing of their own (methods §8.4).
func (w *worldEnd) byJudge(by circle.PersonID, did string) {
	keeps := w.before.processes[worldCase].aside().Keeper == by && by != ""
	w.breaksIf(by == "" || by != w.m.by, "%s %s the objection of %s, and %q is named", w.m.by, did, w.o.By, by)
	w.breaksIf(w.o.Owns(by), "%s %s their own objection", by, did)
	w.breaksIf(!keeps && w.before.Org.LevelIn(worldDen, by) == "" && !w.before.Org.Holds(worldHat, by), "%s %s the objection of %s, and takes no part", by, did, w.o.By)
}

// integrated: who objected accepts what a version does, or by some methods an
// answer; for one who has left, the whole circle does by adopting.
func (w *worldEnd) integrated(e *objection.Integrated) {
	answered := w.method().Objections.Solved == objection.ByAnswer && w.o.Answered
	gone := worldGone(w.before, w.o.By)
	switch {
	case w.o.Status != objection.StatusMet && !answered:
		w.breaks("S6", "the objection of %s was accepted as met by no version", w.o.By)
	case e.ByCircle && (!gone || !worldHas[*proposal.Adopted](w.events)):
		w.breaks("S6", "the circle settled the objection of %s, who is there", w.o.By)
	case !e.ByCircle && (e.By != w.o.By || w.m.by != w.o.By):
		w.breaks("S6", "%s accepted how the objection of %s is met", w.m.by, w.o.By)
	}
}

// solved: the objector has said so of this version, and then the proposer does,
// or for one who has left who facilitates (M-172).
func (w *worldEnd) solved(e *objection.SolvedByBoth) {
	newest := w.before.Matters.Proposal(worldCase).Numbered
	proposer := w.before.Matters.Proposal(worldCase).Proposer()
	gone := w.before.Org.LevelIn(worldDen, proposer) == ""
	w.breaksIf(w.method().Objections.Solved != objection.ByBoth, "an objection was solved by both, and the method does not have that")
	w.breaksIf(w.o.Status != objection.StatusMet || w.o.Accepted == 0 || w.o.Accepted != w.o.In || e.In != w.o.In || e.In > newest,
		"the objection of %s was solved, and they have not said so", w.o.By)
	w.breaksIf(e.By != w.m.by || e.By != proposer && !gone, "%s said for %s that an objection is solved", w.m.by, proposer)
}

// dismissed: there was a test by the method's tester, and it came to that
// (methods §2.2).
func (w *worldEnd) dismissed(e *objection.Dismissed) {
	h, t := w.method().Objections, w.o.Trial
	if t == nil || t.State != objection.TrialOpen {
		w.breaks("S6", "the objection of %s was dismissed, and was not under test", w.o.By)
		return
	}
	w.breaksIf(e.Finding.Tester != h.Tester, "the test was by %q, and the method has it by %q", e.Finding.Tester, h.Tester)
	yes, against := slices.Clone(t.For), slices.Clone(t.Against)
	if c, ok := w.m.cmd.(objection.Weigh); ok { // the last word may be another than the one before
		mine := func(who circle.PersonID) bool { return who == w.m.by }
		yes, against = slices.DeleteFunc(yes, mine), slices.DeleteFunc(against, mine)
		if c.Qualifies {
			yes = append(yes, w.m.by)
		} else {
			against = append(against, w.m.by)
		}
	}
	switch h.Tester {
	case objection.ByForm:
		argued := !slices.ContainsFunc(h.Criteria, func(c objection.Criterion) bool {
			return c.Need == objection.Required && !slices.Contains(t.Argued, c.ID)
		})
		w.breaksIf(argued, "each criterion was argued, and the objection of %s was dismissed", w.o.By)
	case objection.ByReasoning:
		disputed := slices.ContainsFunc(t.Disputes, func(d objection.Dispute) bool { return !d.Conceded })
		w.breaksIf(!disputed, "nobody disputes the objection of %s, and it was dismissed", w.o.By)
	case objection.ByPeers, objection.BySupporters:
		w.breaksIf(len(against) == 0 || len(yes) > 0 || slices.ContainsFunc(against, w.o.Owns),
			"%v found that the objection of %s does not qualify, %v that it does, and it was dismissed", against, w.o.By, yes)
	case objection.ByChair:
	default:
		w.breaks("S6", "the objection of %s was dismissed, and by this method nobody tests it", w.o.By)
	}
}

// overruled: there was an answer in substance, and who gave it says that it
// stands, or the time to say whether it meets the objection is over (M-175).
func (w *worldEnd) overruled(e *objection.Overruled) {
	w.breaksIf(w.method().Objections.Solved != objection.ByAnswer, "an objection was overruled, and the method does not have that")
	w.breaksIf(!w.o.Answered, "the objection of %s was overruled, and nobody had answered it", w.o.By)
	if !e.Silent {
		w.byJudge(e.By, "overruled")
		return
	}
	early := w.o.Until.IsZero() || w.after.latest.Before(w.o.Until)
	w.breaksIf(!w.m.clock || e.By != "", "%s let the time of %s to reply be over", w.m.by, w.o.By)
	if early {
		w.breaks("S7", "the time of %s to reply was over before its end", w.o.By)
	}
}

// worldClosed says whether the case ended, so that the objections against it do:
// it was taken back, dropped, or declined; or adopted over them, where the method
// lets votes or a chair do that.
func worldClosed(before *State, events []Event) bool {
	p := before.processes[worldCase]
	for _, e := range events {
		switch e := e.(type) {
		case *proposal.Withdrawn, *proposal.Dropped, *Discarded, *CandidateDiscarded, *MovedToMeeting, *Expired:
			return true
		case *Judged:
			if e.Proposal == worldCase && e.Outcome == ResultNotAdopted {
				return true
			}
		case *proposal.Adopted:
			if e.Proposal == worldCase && p.Method.Rule != consentRule && worldOver(p, events) {
				return true
			}
		}
	}
	return false
}

// worldOver says whether something may be adopted although objections stand: by
// a ballot, by the chair, or by a rule that only more than one of them stops.
func worldOver(p *Process, events []Event) bool {
	ballot := p.Stage == StageBallot && p.Method.Fallback != RuleName{}
	declared := p.Method.Chair && worldHas[*Declared](events)
	return ballot || declared || p.Method.Rule == Optimistic.Rule
}

// worldLeft: a case is left only where the method has that way out, by who may
// take it.
func worldLeft(breaks worldBreaks, before *State, p *Process, m *worldMove, events []Event) {
	full := before.Org.LevelIn(worldDen, m.by) == circle.Full || p.aside().Keeper == m.by
	leads := full || before.Org.Holds(worldHat, m.by)
	own := len(before.Objections.StandingBy(worldCase, m.by)) > 0
	breaksIf := func(so bool, format string, args ...any) {
		if so {
			breaks("S6", format, args...)
		}
	}
	for _, e := range events {
		switch e := e.(type) {
		case *Discarded:
			mine := before.Matters.Proposal(worldCase).Proposer() == m.by
			breaksIf(!p.Method.Discard || !full || e.By != m.by, "%s discarded the case", m.by)
			breaksIf(mine || own, "%s discarded a case in which they have a part", m.by)
		case *MovedToMeeting:
			breaksIf(!p.Method.ToMeeting && p.Method.Stuck != GoesToMeeting || !full || e.By != m.by, "%s took the case to a meeting", m.by)
		case *Declared:
			breaksIf(!p.Method.Chair || !leads || own || e.By != m.by, "%s declared what was decided", m.by)
			for _, o := range before.Objections.Standing(worldCase) {
				breaksIf(p.Method.Objections.Solved == objection.ByAnswer && !o.Answered, "%s declared over the objection of %s, which nobody answered", m.by, o.By)
			}
		case *BallotCalled:
			breaksIf(p.Method.Stuck != GoesToBallot || !full || e.By != m.by, "%s called a ballot", m.by)
		case *Expired:
			breaksIf(!m.clock || p.Method.Age.IsZero(), "the case expired, and the method knows no age")
		case *Resumed:
			if e.By == "" && (!m.clock || e.At.Before(p.aside().Wake)) {
				breaks("S7", "a parked case woke up before its time")
			}
			owns := e.By == p.aside().Owner && before.Org.LevelIn(worldDen, e.By) != ""
			breaksIf(e.By != "" && (e.By != m.by || !leads && !owns), "%s resumed the case", m.by)
		}
	}
}

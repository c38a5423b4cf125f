package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// The model of the ways beside the straight one: a change of the wording, setting
// aside, and what is done when no consent is found (M-138, M-145, M-146, M-154,
// M-187, M-190, M-191, M-196; methods §1.3.1, §1.3.2).

// beside is what a matter holds that left the straight way, or may do so.
type beside struct {
	opened time.Time
	from   consent.RoundKind // the round in which the wording was changed
	asked  []person          // the seats when the question was put last
	put    int               // the version that was put
	// How often the question was put, since when, and the meetings since.
	puts, met int
	since     time.Time

	testing     *worry
	keeper      person // of a process that broke down
	owner       person // of a parked proposal
	wake, rests time.Time
	into        proposal.ID // which is to take its place
	agreed      person      // the author who has said so
}

// counts takes note of the question being put.
func (m *matter) counts(kind consent.RoundKind, seats []person, at time.Time) {
	if kind == consent.ConsentRound || kind == consent.BallotRound {
		m.asked, m.put = seats, m.version
	}
	if kind == consent.ConsentRound && m.stage != consent.StageDecide {
		m.puts++
		if m.since.IsZero() {
			m.since = at
		}
	}
}

// worked counts a meeting that was held on a question that was put (M-190).
func (v *view) worked(g *gathering) {
	for _, m := range v.matters {
		if slices.Contains(g.items, m.id) && !m.since.IsZero() {
			m.met++
		}
	}
}

// limited says whether the method bounds the work on objections, and spent whether
// it has come to that bound (M-187).
func (w *way) limited() bool { return w.questions > 0 || w.meetings > 0 || !w.work.IsZero() }

func (v *view) spent(m *matter) bool {
	w := m.way
	over := !w.work.IsZero() && !m.since.IsZero() && !v.at.Before(w.work.After(m.since))
	return w.questions > 0 && m.puts >= w.questions || w.meetings > 0 && m.met >= w.meetings || over
}

// goesOn says whether the circle goes on with a new version from where it is: with a
// change of the wording alone, and where the method says so with every change
// that follows the reactions.
func (m *matter) goesOn(c proposal.Amend) bool {
	wording := c.Weight == proposal.Editorial
	switch m.stage {
	case consent.StageClarify:
		return wording
	case consent.StageReact:
		return wording || m.way.onwards
	case consent.StageRevise:
		return wording || m.way.onwards && m.from == consent.ReactRound
	default:
		return false
	}
}

// revise: what was said in the round before holds for the new wording, and nobody
// speaks to the old one any more.
func (m *matter) revise() {
	if m.stage != consent.StageRevise {
		m.from, m.talk.closed = m.talk.kind, true
	}
	m.stage = consent.StageRevise
}

// responded: somebody answered the question, or voted.
func (v *view) responded(m *matter, a act, what string) {
	if m.stage != consent.StageBallot {
		v.answered(m, a, what)
		return
	}
	m.talk.said[a.by] = what
	if p := m.talk.at(a.by); p != nil {
		p.what = "spoken"
	}
	v.counted(m, a.at)
}

// counted counts a ballot that is through.
func (v *view) counted(m *matter, at time.Time) {
	if len(m.talk.awaited()) == 0 {
		v.count(m, at)
	}
}

// count counts a ballot: it is adopted or not; one in which somebody was not heard,
// or without those who must be there, decides nothing (M-191).
func (v *view) count(m *matter, at time.Time) {
	n := v.sums(m)
	there := v.present(m)
	switch {
	case there && m.way.vote(n):
		v.adopt(m, at)
	case there && n.missing == 0:
		v.endMatter(m, consent.StageNotAdopted)
	}
	if !ended(m.stage) {
		v.workOn(m)
	}
}

// resume brings a parked proposal back to the objections that stand, or to its
// beginning. The time in which it rested does not count.
func (v *view) resume(m *matter, at time.Time) {
	m.stage = consent.StageIntake
	if len(v.standing(m.id)) > 0 {
		m.stage = consent.StageIntegrate
	}
	if !m.since.IsZero() {
		m.since = m.since.Add(at.Sub(m.rests))
	}
	m.owner, m.wake, m.rests = "", time.Time{}, time.Time{}
}

// wentAside is what happens beside the straight way.
func (v *view) wentAside(a act) {
	m := v.matter(proposalOf(a.cmd))
	switch c := a.cmd.(type) {
	case consent.DisputeClass:
		m.stage = consent.StageIntake
	case consent.Park:
		m.stage, m.talk, m.quiet, m.waiting, m.until = consent.StageParked, nil, false, nil, time.Time{}
		m.owner, m.wake, m.rests = c.Owner, c.Wake, a.at
	case consent.Resume:
		v.resume(m, a.at)
	case consent.Discard:
		v.endMatter(m, consent.StageDiscarded)
	case consent.Supersede:
		if m.by == v.matter(c.By).by || m.into == c.By && m.agreed != "" && m.agreed != a.by {
			v.endMatter(m, consent.StageSuperseded)
		} else {
			m.into, m.agreed = c.By, a.by
		}
	case consent.CallBallot:
		v.openRound(m, consent.BallotRound, a.order, a.at)
	case consent.Declare:
		if c.Outcome == consent.DeclaresAdopted {
			v.adopt(m, a.at)
		} else {
			v.endMatter(m, consent.StageNotAdopted)
		}
	case consent.DeclareBreakdown:
		m.keeper = c.Keeper
	case consent.RestoreProcess:
		m.keeper = ""
	}
}

// --- whether it may happen ----------------------------------------------------

// whyConduct adds that somebody does not run the process of a case: its keeper alone
// does since it broke down, else who facilitates (M-196).
func (v *view) whyConduct(r *reasons, m *matter, by person) {
	r.when(m.keeper != "" && by != m.keeper, "not-the-keeper")
	r.when(m.keeper == "" && !v.facilitates(by), "not-facilitating")
}

// atTable are the stages in which the circle is asked.
var atTable = []consent.Stage{consent.StageIntake, consent.StageClarify, consent.StageReact, consent.StageDecide,
	consent.StageIntegrate, consent.StageLastCall, consent.StageRevise}

// stageFor lists the stages in which a command beside the straight way has its place.
func stageFor(cmd consent.Command) []consent.Stage {
	switch cmd.(type) {
	case consent.DisputeClass:
		return []consent.Stage{consent.StageRevise}
	case consent.Park, consent.Discard:
		return atTable
	case consent.Resume:
		return []consent.Stage{consent.StageParked}
	case consent.Supersede, consent.TakeOver:
		return append(slices.Clone(atTable), consent.StageParked, consent.StageBallot)
	case consent.RestoreProcess:
		return append(slices.Clone(atTable), consent.StageParked)
	}
	return []consent.Stage{consent.StageIntegrate}
}

// whyAside lists what keeps a proposal on the straight way.
func (v *view) whyAside(m *matter, by person, cmd consent.Command) reasons {
	if !slices.Contains(stageFor(cmd), m.stage) {
		return reasons{"not-now"}
	}
	var r reasons
	switch c := cmd.(type) {
	case consent.DisputeClass:
		r.when(v.level(by) != circle.Full, "not-full")
	case consent.Park:
		v.whyConduct(&r, m, by)
		l := v.level(c.Owner)
		r.when(l != circle.Full && l != circle.Learning, "no-owner")
		r.when(!c.Wake.After(v.at), "wake-behind")
	case consent.Resume:
		var conduct reasons
		v.whyConduct(&conduct, m, by)
		l := v.level(m.owner)
		owner := m.owner == by && (l == circle.Full || l == circle.Learning)
		r.when(!owner && len(conduct) > 0, "not-the-owner")
	case consent.Discard:
		v.whyConduct(&r, m, by)
		r.when(!m.way.discard, "not-this-way")
		r.when(m.by == by, "own-proposal")
		v.whyPreside(&r, m, by)
	case consent.Supersede:
		v.whySupersede(&r, m, by, c)
	case consent.TakeOver:
		r.when(v.level(by) != circle.Full, "not-full")
		r.when(true, "not-taken-back") // by none of these methods somebody may take a proposal over
	case consent.RestoreProcess:
		r.when(m.keeper == "", "not-broken")
		r.when(m.keeper != "" && m.keeper != by, "not-the-keeper")
	default:
		v.whyStuck(&r, m, by, cmd)
	}
	return r
}

// whySupersede: two authors say that one proposal takes the place of the other.
func (v *view) whySupersede(r *reasons, m *matter, by person, c consent.Supersede) {
	other := v.matter(c.By)
	if other == nil {
		r.when(true, "unknown-proposal")
		return
	}
	r.when(ended(other.stage), "ended")
	r.when(other == m, "not-in-its-place")
	r.when(by != m.by && by != other.by, "not-entitled")
	r.when(m.by != other.by && m.into == c.By && m.agreed == by, "agreed-before")
}

// whyStuck adds what keeps a question from what is done when no consent is found.
func (v *view) whyStuck(r *reasons, m *matter, by person, cmd consent.Command) {
	r.when(m.way.limited() && !v.spent(m), "limit-ahead")
	switch c := cmd.(type) {
	case consent.Escalate:
		v.whyConduct(r, m, by)
		r.when(m.way.stuck != "up", "not-this-way")
		r.when(true, "no-broader-circle") // this circle is the broadest
	case consent.CallBallot:
		v.whyConduct(r, m, by)
		r.when(m.way.stuck != "vote", "not-this-way")
		v.whyFloor(r, m)
		places, _ := v.roundOf(m, consent.BallotRound)
		r.when(len(places) == 0, "nothing-to-ask")
	case consent.Declare:
		v.whyConduct(r, m, by)
		r.when(m.way.stuck != "chair", "not-this-way")
		r.when(c.Outcome == consent.DeclaresAdopted && m.put != m.version, "version-not-put") // S3
		for _, w := range v.standing(m.id) {
			r.when(m.way.solved == "answer" && !w.answered, "not-answered")
		}
		v.whyPreside(r, m, by)
	case consent.DeclareBreakdown:
		if v.writer == "" || by != v.writer {
			v.whyConduct(r, m, by)
		}
		r.when(m.way.stuck != "outside", "not-this-way")
		r.when(m.keeper != "", "broken-already")
		r.when(!known(v.set, c.Keeper), "unknown-person")
		r.when(len(v.own(m.id, c.Keeper)) > 0, "own-part")
	}
}

// whyPreside adds what keeps somebody from an act of judgement on a whole case: their
// own part in it, and that somebody else presides. The Facilitator does, and
// never over their own proposal or objection while somebody else is there.
func (v *view) whyPreside(r *reasons, m *matter, by person) {
	r.when(len(v.own(m.id, by)) > 0, "own-part")
	if m.keeper != "" {
		v.whyConduct(r, m, by)
		return
	}
	var chair []person
	if l := v.level(v.chair); l == circle.Full || l == circle.Learning {
		chair = []person{v.chair}
	}
	party := func(who person) bool { return who == m.by || len(v.own(m.id, who)) > 0 }
	lists := [][]person{chair, v.substitutes(), v.withLevel(circle.Full)}
	preside := v.withLevel(circle.Full) // where all have a part in it
	for i := len(lists) - 1; i >= 0; i-- {
		if left := slices.DeleteFunc(slices.Clone(lists[i]), party); len(left) > 0 {
			preside = left
		}
	}
	may := slices.Contains(preside, by) || by != m.by && v.chairs(by)
	r.when(!may && by == m.by, "own-proposal")
	r.when(!may && by != m.by, "not-facilitating")
}

// whyFloor adds that there is no meeting for it, where the method wants one.
func (v *view) whyFloor(r *reasons, m *matter) {
	if !m.way.meeting {
		return
	}
	g := v.sitting()
	there := g != nil && slices.Contains(g.items, m.id)
	r.when(!there, "meeting-first")
	r.when(there && m.way.agenda && !g.agreed, "agenda-first")
}

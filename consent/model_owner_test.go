package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

// The model of whose an objection is, and of the ways in which it ends beside the
// question (M-125, M-170 to M-173, M-179, M-180, M-184; methods §2.1, §8.4, §8.7).

// holders are those whose objection it is.
func (w *worry) holders() []person {
	if w.owners == nil {
		return []person{w.by}
	}
	return w.owners
}

func (w *worry) owns(who person) bool { return slices.Contains(w.holders(), who) }

// orphaned: nobody whose objection it is takes part in the circle any more.
func (v *view) orphaned(w *worry) bool {
	return !slices.ContainsFunc(w.holders(), func(who person) bool { return v.level(who) != "" })
}

// leave: the last of its owners ends it, the others leave it to the rest (M-170).
func (w *worry) leave(who person, status string) {
	if len(w.holders()) > 1 {
		w.owners = slices.DeleteFunc(slices.Clone(w.owners), func(is person) bool { return is == who })
		return
	}
	w.status = status
}

// leaves is the same where the question may have waited for that.
func (v *view) leaves(w *worry, who person, status string, at time.Time) {
	if w.leave(who, status); !w.stands() {
		v.ends(w, status, at)
	}
}

// shared is what happens to objections beside the question.
func (v *view) shared(a act) {
	switch c := a.cmd.(type) {
	case objection.Join:
		w := v.worry(c.Objection)
		w.owners = append(slices.Clone(w.holders()), a.by)
		v.answered(v.matter(w.on), a, consent.Objects)
	case objection.Lift:
		concern := v.worry(c.Concern)
		concern.status = "lifted"
		v.worries = append(v.worries, &worry{id: c.ID, on: concern.on, by: a.by, status: "raised"})
		v.answered(v.matter(concern.on), a, consent.Objects)
	case objection.Adopt:
		v.worry(c.Objection).owners = []person{a.by}
	case objection.Lower:
		v.leaves(v.worry(c.Objection), a.by, "lowered", a.at)
	case objection.StandAside:
		v.leaves(v.worry(c.Objection), a.by, "stood-aside", a.at)
	case objection.Abandon:
		v.ends(v.worry(c.Objection), "abandoned", a.at)
	}
}

// whyBeside lists what keeps an objection from being shared, or from ending beside
// the question.
func (v *view) whyBeside(m *matter, w *worry, by person, cmd consent.Command) reasons {
	work := m.stage == consent.StageIntegrate || m.stage == consent.StageTest
	var r reasons
	switch c := cmd.(type) {
	case objection.Join, objection.Lift:
		if m.stage != consent.StageDecide {
			return reasons{"not-now"}
		}
		v.whyAnswer(&r, m, by, 0, false, false)
		if lift, ok := c.(objection.Lift); ok {
			v.whyLift(&r, m, w, by, lift)
			return r
		}
		r.whyStanding(w)
		r.when(w.owns(by), "objection-yours-already")
	case objection.Adopt:
		if !work {
			return reasons{"not-now"}
		}
		r.when(v.level(by) != circle.Full, "not-full")
		r.whyStanding(w)
		r.when(w.stands() && !v.orphaned(w), "objector-there")
	case objection.Lower, objection.StandAside:
		if !work {
			return reasons{"not-now"}
		}
		_, aside := c.(objection.StandAside)
		r.when(aside && !m.way.aside || !aside && !m.way.concerns, "not-by-this-method")
		r.whyStanding(w)
		r.when(!w.owns(by), "not-the-objector")
	case objection.Abandon:
		if m.stage != consent.StageIntegrate {
			return reasons{"not-now"}
		}
		r.when(!m.way.goodFaith, "not-by-this-method")
		v.whyJudge(&r, m, w, by)
		r.whyStanding(w)
	case objection.Defer: // nobody does it alone
		r.when(!m.way.later, "not-by-this-method")
		r.whyStanding(w)
		r.when(w.stands() && m.way.later, "defer-by-consent")
	}
	return r
}

// whyLift adds what keeps a concern from becoming an objection: it is not one's own,
// or one has an objection already.
func (v *view) whyLift(r *reasons, m *matter, w *worry, by person, c objection.Lift) {
	r.when(!m.way.concerns, "not-by-this-method")
	r.when(w.status != "" && w.status != "lowered", "not-a-concern")
	r.when(!w.owns(by), "not-the-objector")
	r.when(v.worry(c.ID) != nil, "taken")
	r.when(c.Aim != circle.WholeAim && c.Aim != "glad", "unknown-aim")
	for _, own := range v.own(m.id, by) {
		r.when(own.status != "met", "one-objection")
	}
}

// whyDissent: a minority opinion is attached to a decision, or where an objection
// was closed against the will of who raised it (M-179).
func (v *view) whyDissent(m *matter, by person) reasons {
	var r reasons
	r.when(v.level(by) != circle.Full, "not-full")
	switch m.stage {
	case consent.StageAdopted:
		r.when(!m.inForce, "ended") // nothing is kept of a question but what it brought about, nor of what the circle dropped
		return r
	case consent.StageDecide, consent.StageIntegrate, consent.StageLastCall, consent.StageTest:
	default:
		return reasons{"not-now", "ended"}
	}
	against := slices.ContainsFunc(v.worries, func(w *worry) bool {
		return v.matter(w.on) == m && slices.Contains([]string{"dismissed", "overruled", "abandoned"}, w.status)
	})
	r.when(!against, "nothing-overruled")
	return r
}

// chairs says whether somebody is the Facilitator, or takes their place because
// they have left, or are not at the meeting at which the other is.
func (v *view) chairs(who person) bool {
	there := v.level(v.chair) == circle.Full || v.level(v.chair) == circle.Learning
	g := v.sitting()
	away := g != nil && slices.Contains(g.present, who) && !slices.Contains(g.present, v.chair)
	return v.chair != "" && who == v.chair || v.level(who) == circle.Full && (!there || away)
}

// substitutes are those who stand in for the Facilitator at any time: the
// Secretary, or if there is none every full participant.
func (v *view) substitutes() []person {
	if v.level(v.writer) == circle.Full && v.writer != v.chair {
		return []person{v.writer}
	}
	return v.withLevel(circle.Full)
}

// judgesOf are those who judge an objection, in the order of methods §8.4: the
// keeper of a process that broke down, the Facilitator, who stands in for them,
// any full participant; never those whose objection it is.
func (v *view) judgesOf(m *matter, w *worry) []person {
	if m.keeper != "" && !w.owns(m.keeper) {
		return []person{m.keeper}
	}
	var chair []person
	if l := v.level(v.chair); l == circle.Full || l == circle.Learning {
		chair = []person{v.chair}
	}
	for _, list := range [][]person{chair, v.substitutes(), v.withLevel(circle.Full)} {
		if left := slices.DeleteFunc(slices.Clone(list), w.owns); len(left) > 0 {
			return left
		}
	}
	return nil
}

// judges says who judges an objection: never whose it is.
func (v *view) judges(w *worry, by person) bool {
	m := v.matter(w.on)
	return !w.owns(by) && (slices.Contains(v.judgesOf(m, w), by) || m.keeper == "" && v.chairs(by))
}

// interprets says who rules on what settles all: the Secretary, or where there is
// none, who judges (M-163).
func (v *view) interprets(w *worry, by person) bool {
	list := v.judgesOf(v.matter(w.on), w)
	if v.level(v.writer) == circle.Full && !w.owns(v.writer) {
		list = []person{v.writer}
	}
	return !w.owns(by) && slices.Contains(list, by)
}

// whyJudge adds what keeps somebody from an act of judgement.
func (v *view) whyJudge(r *reasons, m *matter, w *worry, by person) {
	v.whyOne(r, m, w, by, v.judges)
}

func (v *view) whyInterpret(r *reasons, m *matter, w *worry, by person) {
	v.whyOne(r, m, w, by, v.interprets)
}

// whyOne: who judges an objection must judge this one, and one of those that are
// before the circle: the one under test, or any that stands.
func (v *view) whyOne(r *reasons, m *matter, w *worry, by person, may func(*worry, person) bool) {
	list := v.standing(m.id)
	if m.testing != nil {
		list = []*worry{m.testing}
	}
	one := len(list) == 0 && v.facilitates(by) || slices.ContainsFunc(list, func(w *worry) bool { return may(w, by) })
	if w.stands() && !may(w, by) || !one {
		r.when(slices.ContainsFunc(append(list, w), func(w *worry) bool { return w.owns(by) }), "own-judge")
		r.when(true, "not-judging")
		r.when(len(list) == 0, "not-facilitating")
	}
}

package consent_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

// The model of how an objection is solved beside the round: by the answer of a
// chair (M-175, methods §8.15), and by objector and proposer (M-172).

// solved is what happens to objections beside the round.
func (v *view) solved(a act) {
	switch c := a.cmd.(type) {
	case objection.Answer:
		w := v.worry(c.Objection)
		w.answered = true
		if limit := v.matter(w.on).way.acknowledge; !limit.IsZero() {
			w.until = limit.After(a.at)
		}
	case objection.Overrule:
		v.ends(v.worry(c.Objection), "overruled", a.at)
	case objection.ConfirmSolved:
		v.ends(v.worry(c.Objection), "integrated", a.at)
	case objection.Accept:
		w := v.worry(c.Objection)
		if v.matter(w.on).way.solved == "both" && len(w.holders()) == 1 {
			w.agreed = w.in // the proposer has the next word
		} else {
			v.leaves(w, a.by, "integrated", a.at)
		}
	}
}

// whySolve lists what keeps a chair from answering, or closing, an objection: the
// method has no such way, it is their own, they do not facilitate.
func (v *view) whySolve(m *matter, w *worry, by person, cmd consent.Command) reasons {
	open := m.stage == consent.StageDecide || m.stage == consent.StageLastCall
	var r reasons
	r.when(m.stage != consent.StageIntegrate && !open, "not-now")
	r.when(m.way.solved != "answer", "not-by-this-method")
	v.whyJudge(&r, m, w, by)
	r.when(w.concern, "only-a-concern")
	r.when(!w.concern && !w.stands(), "objection-ended")
	if _, closes := cmd.(objection.Overrule); closes {
		r.when(!w.answered, "not-answered")
	}
	return r
}

// whyConfirm: the proposer confirms what the objector has said; for one who has
// left the circle, who facilitates speaks.
func (v *view) whyConfirm(m *matter, w *worry, by person) reasons {
	var r reasons
	r.when(m.stage != consent.StageIntegrate, "not-now")
	r.when(m.way.solved != "both", "not-by-this-method")
	l := v.level(m.by)
	gone := l != circle.Full && l != circle.Learning
	r.when(by != m.by && !(gone && v.facilitates(by)) && w.stands(), "not-the-proposer")
	r.when(w.concern, "only-a-concern")
	r.when(!w.concern && !w.stands(), "objection-ended")
	r.when(w.agreed == 0 || w.agreed != w.in, "objector-first")
	return r
}

// solve is what may be done about an objection beside the round.
func (r *run) solve(v *view, m *matter, w *worry) give {
	chair := r.chair(v)
	if chair == w.by && r.d.roll(4) > 0 {
		for _, who := range everybody {
			if v.judges(w, who) {
				chair = who
			}
		}
	}
	switch m.way.solved {
	case "answer":
		switch n := r.d.roll(8); {
		case !w.answered && n == 0:
			return give{chair, objection.Overrule{Objection: w.id, Reason: r.text()}}
		case !w.answered && n > 1:
			return give{chair, objection.Answer{Objection: w.id, Answer: r.text()}}
		case n < 3:
			return give{w.by, objection.Accept{Objection: w.id}}
		case n < 5:
			return give{chair, objection.Overrule{Objection: w.id, Reason: r.text()}}
		}
		r.time()
		return give{w.by, objection.Accept{Objection: w.id}}
	case "both":
		if r.d.roll(10) == 0 {
			return give{m.by, objection.ConfirmSolved{Objection: w.id}}
		}
		if w.agreed == 0 || w.agreed != w.in {
			return give{w.by, objection.Accept{Objection: w.id}}
		}
		return give{m.by, objection.ConfirmSolved{Objection: w.id}}
	}
	return give{w.by, objection.Withdraw{Objection: w.id}}
}

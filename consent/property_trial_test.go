package consent_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What people might do about the test of an objection, and to share or close one.

// maybeTest asks for the test of an objection, where the method has one: nearly always
// where each is tested, else when somebody doubts.
func (r *run) maybeTest(v *view, m *matter) (give, bool) {
	if !m.way.tests() || !m.way.each && r.d.roll(3) > 0 || r.d.roll(12) == 0 {
		return give{}, false
	}
	for _, w := range v.standing(m.id) {
		if w.test == nil && v.testable(m, w) || r.d.roll(24) == 0 {
			return give{r.anyFull(v), objection.Test{Objection: w.id, Reason: r.text()}}, true
		}
	}
	return give{}, false
}

// inTest is what may be done while an objection is tested.
func (r *run) inTest(v *view, m *matter) give {
	w := m.testing
	owner := pick(r.d, w.holders())
	switch n := r.d.roll(24); {
	case n == 5:
		return r.otherwise(v, m)
	case n == 0:
		return give{owner, objection.Withdraw{Objection: w.id}}
	case n == 1:
		return give{owner, objection.Refine{Objection: w.id, Argument: r.text()}}
	case n == 2:
		return r.closing(v, m, w)
	case n == 3:
		return give{r.anyFull(v), objection.Adopt{Objection: w.id}}
	case n == 4:
		return give{r.anyFull(v), consent.Dissent{Proposal: m.id, Text: r.text()}}
	}
	switch m.way.tester {
	case "reasoning":
		return r.reasoning(v, m, w)
	case "form", "chair":
		return r.finding(v, m, w)
	}
	return r.weighing(v, m, w)
}

// otherwise is an act in a test that has no place there, or not by this person.
func (r *run) otherwise(v *view, m *matter) give {
	list := v.standing(m.id)
	w, who := pick(r.d, list), r.anyFull(v)
	all := []give{
		{who, objection.EndTest{Objection: w.id}},
		{who, objection.Weigh{Objection: w.id, Qualifies: true, Reason: r.text()}},
		{w.by, objection.Weigh{Objection: w.id, Qualifies: true, Reason: r.text()}},
		{who, objection.Find{Objection: w.id, Reason: r.text()}},
		{w.by, objection.Argue{Objection: w.id, Criterion: "none", Argument: r.text()}},
	}
	for _, d := range m.testing.test.doubts {
		all = append(all, give{who, objection.Concede{Objection: m.testing.id, Dispute: d.id}})
	}
	return pick(r.d, all)
}

// closing is a way out of an objection beside the question.
func (r *run) closing(v *view, m *matter, w *worry) give {
	owner := pick(r.d, w.holders())
	switch r.d.roll(5) {
	case 0:
		return give{owner, objection.Lower{Objection: w.id, Reason: r.text()}}
	case 1:
		return give{owner, objection.StandAside{Objection: w.id, Reason: r.text()}}
	case 2:
		return give{r.judge(v, m, w), objection.Abandon{Objection: w.id, Reason: r.text()}}
	case 3:
		return give{owner, objection.Withdraw{Objection: w.id}}
	}
	return r.putOff(v, w)
}

// putOff asks the circle to put an objection off.
func (r *run) putOff(v *view, w *worry) give {
	until := r.second()
	if r.d.roll(4) > 0 {
		until = circle.MustPeriod("1m").After(until)
	}
	owner := r.anyFull(v)
	if r.d.roll(4) == 0 {
		owner = gus
	}
	put := objection.Defer{Objection: w.id, Owner: owner, Until: until, Then: r.text()}
	if r.d.roll(6) == 0 {
		return give{owner, put}
	}
	return r.consented(v, consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text(), Enacts: []circle.Deed{put}})
}

// judge is somebody who judges an objection.
func (r *run) judge(v *view, m *matter, w *worry) person {
	if list := v.judgesOf(m, w); len(list) > 0 && r.d.roll(12) > 0 {
		return pick(r.d, list)
	}
	return r.anyFull(v)
}

func (r *run) reasoning(v *view, m *matter, w *worry) give {
	switch n := r.d.roll(12); {
	case n > 9 && !w.test.holds(""):
		return give{pick(r.d, w.holders()), objection.Refine{Objection: w.id, Argument: r.text()}}
	case n < 3:
		c := objection.Disagree{ID: objection.DisputeID(r.name("d")), Objection: w.id, Argument: r.text()}
		if list := w.test.doubts; len(list) > 0 && r.d.roll(2) == 0 {
			c.On = pick(r.d, list).id
		}
		return give{r.anyFull(v), c}
	case n == 3 && len(w.test.doubts) > 0:
		d := pick(r.d, w.test.doubts)
		return give{d.by, objection.Concede{Objection: w.id, Dispute: d.id}}
	case n == 4:
		return r.argued(m, w)
	}
	return give{r.judge(v, m, w), objection.EndTest{Objection: w.id}}
}

// argued is an argument for a criterion that was not argued yet.
func (r *run) argued(m *matter, w *worry) give {
	c := objection.CriterionID("none")
	if list := m.way.criteria(); len(list) > 0 {
		c = pick(r.d, list)
	}
	return give{pick(r.d, w.holders()), objection.Argue{Objection: w.id, Criterion: c, Argument: r.text()}}
}

func (r *run) finding(v *view, m *matter, w *worry) give {
	asked := append(m.way.required[:len(m.way.required):len(m.way.required)], m.way.any...)
	if c := w.unruled(m); c != "" && r.d.roll(3) > 0 {
		who := r.judge(v, m, w)
		for _, is := range everybody {
			if v.interprets(w, is) && r.d.roll(8) > 0 {
				who = is
			}
		}
		return give{who, objection.Rule{Objection: w.id, Criterion: c, Holds: r.d.roll(2) == 0, Reason: r.text()}}
	}
	if n := r.d.roll(6); n < 3 && len(w.test.argued) < len(asked) {
		all := make([]give, 0, len(asked))
		for _, c := range asked {
			if r.d.roll(8) > 0 {
				all = append(all, give{pick(r.d, w.holders()), objection.Argue{Objection: w.id, Criterion: c, Argument: r.text()}})
			}
		}
		if len(all) > 0 {
			return r.planned(all...)
		}
	} else if n < 5 && m.way.override != "" && !w.argues(m.way.override) {
		return give{pick(r.d, w.holders()), objection.Argue{Objection: w.id, Criterion: m.way.override, Argument: r.text()}}
	} else if n == 3 {
		return r.argued(m, w)
	}
	c := objection.Find{Objection: w.id, Reason: r.text(), Qualifies: len(asked) == 0 && r.d.roll(2) == 0}
	for _, id := range asked {
		holds := false
		for _, is := range w.test.argued {
			holds = holds || is == id
		}
		switch r.d.roll(20) {
		case 0:
		case 1:
			c.Holds = append(c.Holds, id, id)
		case 2:
			c.Lacks = append(c.Lacks, "none")
		case 3:
			holds = !holds
			fallthrough
		default:
			if holds {
				c.Holds = append(c.Holds, id)
			} else {
				c.Lacks = append(c.Lacks, id)
			}
		}
	}
	return give{r.judge(v, m, w), c}
}

func (r *run) weighing(v *view, m *matter, w *worry) give {
	switch n := r.d.roll(8); {
	case n == 0:
		return give{r.judge(v, m, w), objection.EndTest{Objection: w.id}}
	case n == 1:
		return r.argued(m, w)
	case n == 2:
		return give{r.anyFull(v), objection.Weigh{Objection: w.id, Qualifies: r.d.roll(2) == 0, Reason: r.text()}}
	}
	yes := r.d.roll(2) == 0
	var all []give
	for _, who := range v.peers(m, w) {
		all = append(all, give{who, objection.Weigh{Objection: w.id, Qualifies: yes && r.d.roll(2) == 0, Reason: r.text()}})
	}
	if len(all) == 0 {
		return give{r.judge(v, m, w), objection.EndTest{Objection: w.id}}
	}
	return r.planned(all...)
}

// sharing makes another's objection one's own, or a concern an objection.
func (r *run) sharing(v *view, m *matter, who person) give {
	if list := v.standing(m.id); len(list) > 0 && r.d.roll(2) == 0 {
		return give{who, objection.Join{Objection: pick(r.d, list).id, Reason: r.text()}}
	}
	for _, w := range v.worries {
		if w.on == m.id && (w.concern || w.status == "lowered") && r.d.roll(2) == 0 {
			return give{w.by, objection.Lift{ID: objection.ID(r.name("o")), Concern: w.id, Aim: "glad", Argument: r.text()}}
		}
	}
	return r.raise(m, who)
}

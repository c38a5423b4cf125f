package consent_test

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

// The model of how it is tested whether an argument is an objection: by whom, by
// what, and what follows (M-160 to M-168; methods §2.2).

// A trial is the test of one objection.
type trial struct {
	state   string // "open", "captured", "upheld", "dismissed"
	wording int
	argued  []objection.CriterionID
	lacking []objection.CriterionID
	doubts  []*doubt
	yes, no []person // who find that it qualifies, or not
}

// A doubt is an argument against an objection, or against another doubt.
type doubt struct {
	id, on   objection.DisputeID
	by       person
	wording  int
	conceded bool
}

func (w *worry) underTest() bool { return w.test != nil && w.test.state == "open" }

// doubt finds one by its name; nil: there is none.
func (t *trial) doubt(id objection.DisputeID) *doubt {
	for _, d := range t.doubts {
		if d.id == id {
			return d
		}
	}
	return nil
}

// open: a doubt is gone when it was taken back, when the objection that it spoke of
// was put in other words, or when what it is against is gone.
func (t *trial) open(d *doubt) bool {
	switch {
	case d == nil, d.conceded:
		return false
	case d.on == "":
		return d.wording == t.wording
	}
	return t.open(t.doubt(d.on))
}

// holds says whether a claim is disputed by nothing that holds itself.
func (t *trial) holds(claim objection.DisputeID) bool {
	return !slices.ContainsFunc(t.doubts, func(d *doubt) bool { return d.on == claim && t.open(d) && t.holds(d.id) })
}

// unruled is the criterion that settles all, when it was argued and nobody has said
// yet whether it holds.
func (w *worry) unruled(m *matter) objection.CriterionID {
	c := m.way.override
	if c == "" || !slices.Contains(w.test.argued, c) || slices.Contains(w.test.lacking, c) {
		return ""
	}
	return c
}

func (w *worry) argues(id objection.CriterionID) bool { return slices.Contains(w.test.argued, id) }

// criteria are what may be argued.
func (w *way) criteria() []objection.CriterionID {
	list := slices.Concat(w.required, w.any)
	if w.override != "" {
		list = append(list, w.override)
	}
	return list
}

// peers are those who test an objection together: the full participants, and where
// those present are asked, those of them who had a seat when the question was
// put last; never those whose objection it is.
func (v *view) peers(m *matter, w *worry) []person {
	return slices.DeleteFunc(v.withLevel(circle.Full), func(who person) bool {
		return w.owns(who) || m.way.present && len(m.asked) > 0 && !slices.Contains(m.asked, who)
	})
}

// testable: somebody is there to test it (methods §8.10).
func (v *view) testable(m *matter, w *worry) bool { return len(v.peers(m, w)) > 0 }

// tested is what happens in a test.
func (v *view) tested(a act) {
	of, ok := a.cmd.(interface{ Of() objection.ID })
	if !ok {
		return
	}
	w := v.worry(of.Of())
	switch c := a.cmd.(type) {
	case objection.Test:
		m := v.matter(w.on)
		w.test = &trial{state: "open"}
		m.stage, m.testing = consent.StageTest, w
	case objection.Argue:
		if !slices.Contains(w.test.argued, c.Criterion) {
			w.test.argued = append(w.test.argued, c.Criterion)
		}
	case objection.Find:
		v.found(w, c, a)
	case objection.Rule:
		v.ruled(w, c, a)
	case objection.Disagree:
		w.test.doubts = append(w.test.doubts, &doubt{id: c.ID, on: c.On, by: a.by, wording: w.test.wording})
	case objection.Concede:
		w.test.doubt(c.Dispute).conceded = true
	case objection.Refine:
		w.test.wording++
		w.test.yes, w.test.no = nil, nil
	case objection.Weigh:
		is := func(who person) bool { return who == a.by }
		w.test.yes, w.test.no = slices.DeleteFunc(w.test.yes, is), slices.DeleteFunc(w.test.no, is)
		if c.Qualifies {
			w.test.yes = append(w.test.yes, a.by)
		} else {
			w.test.no = append(w.test.no, a.by)
		}
		v.concludes(w, v.weighed(w), a)
	case objection.EndTest:
		switch v.matter(w.on).way.tester {
		case "reasoning":
			v.concludes(w, qualified(w.test.holds("")), a)
		default:
			v.concludes(w, v.weighed(w), a)
		}
	}
}

func qualified(it bool) string {
	if it {
		return "captured"
	}
	return "dismissed"
}

// weighed is what follows from what the peers have said: of the circle without the
// objector one who finds that it is an objection is enough, and it is none when
// all find so; by a number of supporters likewise. When nobody is left to test
// it, it stands. Empty: nothing follows yet.
func (v *view) weighed(w *worry) string {
	m := v.matter(w.on)
	peers := v.peers(m, w)
	of := func(list []person) int {
		return len(slices.DeleteFunc(slices.Clone(list), func(who person) bool { return !slices.Contains(peers, who) }))
	}
	switch {
	case len(peers) == 0:
		return "captured"
	case of(w.test.yes) > 0 && m.way.tester == "supporters":
		return "upheld"
	case of(w.test.yes) > 0:
		return "captured"
	case of(w.test.no) == len(peers):
		return "dismissed"
	}
	return ""
}

// concludes ends a test; the circle works on the objection, or it is none.
func (v *view) concludes(w *worry, as string, a act) {
	if as == "" {
		return
	}
	w.test.state = as
	v.matter(w.on).testOver(w)
	if as == "dismissed" {
		v.ends(w, as, a.at)
	}
}

// testOver leads back to the work, when it was this objection that was tested.
func (m *matter) testOver(w *worry) {
	if m.testing == w {
		m.testing, m.stage = nil, consent.StageIntegrate
	}
}

// found: each criterion that is required must hold, and one of those of which any
// does; without criteria the finding itself says it.
func (v *view) found(w *worry, c objection.Find, a act) {
	way := v.matter(w.on).way
	holds := func(id objection.CriterionID) bool { return slices.Contains(c.Holds, id) }
	all := !slices.ContainsFunc(way.required, func(id objection.CriterionID) bool { return !holds(id) })
	any := len(way.any) == 0 || slices.ContainsFunc(way.any, holds)
	if len(way.criteria()) == 0 {
		v.concludes(w, qualified(c.Qualifies), a)
		return
	}
	v.concludes(w, qualified(all && any), a)
}

// ruled: what was argued to settle all settles it when it holds; when it does not,
// and nothing else was argued, it is no objection (M-163).
func (v *view) ruled(w *worry, c objection.Rule, a act) {
	if c.Holds {
		v.concludes(w, "captured", a)
		return
	}
	w.test.lacking = append(w.test.lacking, c.Criterion)
	if len(w.test.argued) == 1 {
		v.concludes(w, "dismissed", a)
	}
}

// whyTest lists what keeps an objection from being tested.
func (v *view) whyTest(m *matter, w *worry, by person) reasons {
	if m.stage != consent.StageIntegrate {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(v.level(by) != circle.Full, "not-full")
	r.when(!m.way.tests(), "not-by-this-method")
	r.whyStanding(w)
	r.when(w.test != nil, "tested-already")
	r.when(w.stands() && !v.testable(m, w), "nobody-to-test")
	r.when(m.way.oneByOne && v.testedBefore(m, w), "one-by-one") // M-169
	return r
}

// testedBefore says whether another objection comes first to be tested, where they
// are dealt with one at a time.
func (v *view) testedBefore(m *matter, w *worry) bool {
	for _, first := range v.standing(m.id) {
		if first == w {
			return false
		}
		if first.test == nil && first.status != "met" && v.testable(m, first) {
			return true
		}
	}
	return false
}

// tests says whether the method has tests of objections.
func (w *way) tests() bool { return w.tester != "" }

// whyStanding adds that something is no objection, or none any more.
func (r *reasons) whyStanding(w *worry) {
	r.when(w.concern, "only-a-concern")
	r.when(!w.concern && !w.stands(), "objection-ended")
}

// whyInTest lists what keeps somebody from an act in a test.
func (v *view) whyInTest(m *matter, w *worry, by person, cmd consent.Command) reasons {
	if m.stage != consent.StageTest {
		return reasons{"not-now"}
	}
	var r reasons
	r.whyStanding(w)
	r.when(!w.underTest(), "not-under-test")
	way, test := m.way, w.test
	if test == nil {
		test = &trial{}
	}
	switch c := cmd.(type) {
	case objection.Argue:
		r.when(len(way.criteria()) == 0, "not-by-this-method")
		r.when(!w.owns(by), "not-the-objector")
		r.when(!slices.Contains(way.criteria(), c.Criterion), "unknown-criterion")
	case objection.Refine:
		r.when(!w.owns(by), "not-the-objector")
	case objection.Disagree:
		r.when(way.tester != "reasoning", "not-by-this-method")
		r.when(v.level(by) != circle.Full, "not-full")
		r.when(test.doubt(c.ID) != nil, "taken")
		r.when(c.On != "" && !test.open(test.doubt(c.On)), "unknown-dispute")
	case objection.Concede:
		d := test.doubt(c.Dispute)
		r.when(way.tester != "reasoning", "not-by-this-method")
		r.when(!test.open(d), "unknown-dispute")
		r.when(d != nil && d.by != by, "not-your-dispute")
	case objection.Weigh:
		r.when(way.tester != "peers" && way.tester != "supporters", "not-by-this-method")
		r.when(v.level(by) != circle.Full, "not-full")
		r.when(!slices.Contains(v.peers(m, w), by), "not-a-peer")
	default:
		v.whyVerdict(&r, m, w, by, cmd)
	}
	return r
}

// whyVerdict adds what keeps somebody from ending a test.
func (v *view) whyVerdict(r *reasons, m *matter, w *worry, by person, cmd consent.Command) {
	way := m.way
	switch c := cmd.(type) {
	case objection.Find:
		r.when(way.tester != "form" && way.tester != "chair", "not-by-this-method")
		v.whyJudge(r, m, w, by)
		if w.underTest() {
			r.when(w.unruled(m) != "", "ruling-first")
			whyFinding(r, m, w, c)
		}
	case objection.Rule:
		r.when(way.override == "", "not-by-this-method")
		v.whyInterpret(r, m, w, by)
		r.when(w.underTest() && (w.unruled(m) == "" || c.Criterion != w.unruled(m)), "unknown-criterion")
	case objection.EndTest:
		r.when(way.tester != "reasoning" && way.tester != "peers" && way.tester != "supporters", "not-by-this-method")
		v.whyJudge(r, m, w, by)
		r.when(w.underTest() && way.tester != "reasoning" && v.weighed(w) == "", "not-weighed-yet")
	}
}

// whyFinding: a finding names each criterion once, and where only the form is
// looked at, holds what was argued (M-162).
func whyFinding(r *reasons, m *matter, w *worry, c objection.Find) {
	asked := slices.Concat(m.way.required, m.way.any)
	named := slices.Concat(c.Holds, c.Lacks)
	r.when(len(asked) > 0 && c.Qualifies, "each-criterion-once")
	for i, id := range named {
		r.when(!slices.Contains(asked, id), "unknown-criterion")
		r.when(slices.Contains(named[:i], id), "each-criterion-once")
	}
	r.when(len(named) != len(asked), "each-criterion-once")
	for _, id := range asked {
		other := slices.Contains(c.Holds, id) != slices.Contains(w.test.argued, id)
		r.when(m.way.tester == "form" && other, "form-only")
	}
}

// whyUntested adds that an objection was not tested, where the method tests each.
// One that nobody is there to test stands as it is.
func (v *view) whyUntested(r *reasons, m *matter) {
	for _, w := range v.standing(m.id) {
		r.when(m.way.each && (w.test == nil || w.underTest()) && v.testable(m, w), "untested")
	}
}

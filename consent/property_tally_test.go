package consent_test

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What must happen over all sequences.

// A tally counts what happened over all sequences. What never happens was
// never tested.
type tally struct {
	mu sync.Mutex
	n  map[string]int
}

func (t *tally) count(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n == nil {
		t.n = map[string]int{}
	}
	t.n[what]++
}

// watch notes rare things.
func (t *tally) watch(before, after *view, g give) {
	t.passed(before, after, g)
	t.acted(before, g)
	t.tested(before, after, g)
	t.inTime(before, g)
}

// passed notes where matters have come to; without a command time alone did it.
func (t *tally) passed(before, after *view, g give) {
	for _, m := range after.matters {
		if old := before.matter(m.id); old != nil {
			t.moved(before, old, m, g)
		}
	}
}

// tested notes how tests end.
func (t *tally) tested(before, after *view, g give) {
	of, ok := g.cmd.(interface{ Of() objection.ID })
	if !ok {
		return
	}
	was, is := before.worry(of.Of()), after.worry(of.Of())
	if was.underTest() && !is.underTest() {
		t.count("a test by " + after.matter(is.on).way.tester + ": " + is.test.state)
	}
	if was.stands() && !is.stands() {
		t.count("an objection " + is.status)
	}
	if len(is.holders()) > 1 {
		t.count("an objection of several")
	}
	if _, refines := g.cmd.(objection.Refine); refines && len(was.test.doubts) > 0 && !was.test.holds("") {
		t.count("better words left a doubt behind")
	}
}

func (t *tally) moved(before *view, old, m *matter, g give) {
	policy := string(m.rules.Absence.Silence)
	if old.stage != m.stage {
		t.count(m.stage.String() + " from " + old.stage.String())
	}
	switch {
	case old.stage == m.stage:
	case m.stage == consent.StageAdopted && old.stage == consent.StageLastCall:
		t.count("adopted after the absent answered")
	case m.stage == consent.StageAdopted && policy == string(circle.Bound) && m.talk != nil && len(m.talk.said) < len(m.talk.seats):
		t.count("those present decided for all")
	case m.stage == consent.StageNotAdopted:
		t.count("not adopted from " + old.stage.String())
	case m.stage == consent.StageDecide && old.stage == consent.StageLastCall:
		t.count("back to the question from the quiet time")
	case m.stage == consent.StageDropped:
		t.count("dropped by consent from " + old.stage.String())
	case m.stage == consent.StageIntegrate && old.stage == consent.StageLastCall:
		t.count("an objection in the last call")
	case m.stage == consent.StageLastCall:
		t.count("a last call")
	}
	for _, who := range m.gone(before) {
		if m.stage == consent.StageAdopted && old.stage != m.stage && old.talk.said[who] == "" {
			t.count("an adoption without who has left")
		}
		if old.stage == consent.StageLastCall && m.stage == consent.StageLastCall && slices.Contains(old.waiting, who) {
			if _, closed := g.cmd.(consent.CloseRound); closed {
				t.count("a last call without who has left")
			}
		}
	}
	if m.stage == consent.StageAdopted && old.stage != m.stage && len(before.standing(m.id)) > len(before.own(m.id, g.by)) {
		t.count("an objection settled by the circle when its raiser was gone")
	}
	if m.stage == consent.StageAdopted && old.stage != m.stage {
		t.carriedOut(m)
		t.count(fmt.Sprintf("adopted in version %d", min(m.version, 3)))
		if before.rules.Absence != m.rules.Absence {
			t.count("S4: adopted under rules that the circle has changed since")
		}
	}
	if old.stage == m.stage && len(before.cannot(m.deeds)) > 0 && m.talk != nil && len(m.talk.said) == len(m.talk.seats) {
		t.count("cannot be carried out any more")
	}
	if old.stage == m.stage && m.stage == consent.StageDecide && m.talk != nil && len(m.talk.awaited()) == 0 && len(old.talk.awaited()) > 0 {
		t.count("everybody heard, and still pending")
	}
}

// carriedOut notes what a question brought about in the work on objections.
func (t *tally) carriedOut(m *matter) {
	for _, d := range m.deeds {
		switch d.(type) {
		case consent.Integrate:
			t.count("a version merged by consent")
		case objection.Defer:
			t.count("an objection deferred by consent")
		}
	}
}

// gone are the seats whose people have left the circle.
func (m *matter) gone(v *view) []person {
	var out []person
	if m.talk == nil {
		return nil
	}
	for _, who := range m.talk.seats {
		if v.level(who) != circle.Full {
			out = append(out, who)
		}
	}
	return out
}

// inTime notes what is done while a time runs.
func (t *tally) inTime(before *view, g give) {
	m := before.matter(proposalOf(g.cmd))
	switch c := g.cmd.(type) {
	case consent.Respond:
		if m.quiet {
			t.count("an answer in the quiet time")
		}
		t.count("answered " + c.Answer)
	case objection.Raise:
		if m.quiet {
			t.count("an objection in the quiet time, which is to " + string(m.way.clock))
		}
		if len(before.standing(m.id)) > 0 && m.way.solved == "raiser" {
			t.count("objections beside the open question")
		}
	case objection.Withdraw:
		if m := before.matter(before.worry(c.Objection).on); m.quiet {
			t.count("withdrawn in the quiet time")
		}
	case proposal.Amend:
		if m.way.keep && m.stage == consent.StageDecide && len(m.talk.said) > 0 {
			t.count("answers stood for a new version")
		}
	case consent.Acknowledge:
		t.count("acknowledged in " + m.stage.String())
	case consent.ExtendWindow:
		t.count("a window was extended")
	case consent.MoveToMeeting:
		t.count("brought to a meeting instead")
	case objection.ConfirmSolved:
		t.count("solved by objector and proposer")
	}
}

func (t *tally) acted(before *view, g give) {
	m := before.matter(proposalOf(g.cmd))
	switch c := g.cmd.(type) {
	case consent.Respond:
		if m.talk.said[g.by] == consent.Objects {
			t.count("an answer changed to consent")
		}
		if m.talk.said[g.by] == consent.Consents {
			t.count("consented twice")
		}
		if m.talk.at(g.by) == nil {
			t.count("a seat that is absent answered")
		}
		for range before.own(m.id, g.by) {
			t.count("consent accepted how an objection was met")
		}
		if p := m.talk.at(g.by); p != nil && p.what == "skipped" {
			t.count("somebody who was skipped answered")
		}
	case objection.Raise:
		if m.by == g.by {
			t.count("the objector is the proposer")
		}
		if m.talk.said[g.by] == consent.Consents {
			t.count("an answer changed to an objection")
		}
		if len(before.own(m.id, g.by)) > 0 {
			t.count("an objection that was to be met was raised in other words")
		}
		for _, w := range before.worries {
			if w.by == g.by && w.on == m.id && w.status == "withdrawn" {
				t.count("an objection after one was withdrawn")
			}
		}
	case objection.Withdraw:
		t.count("withdrawn in " + before.matter(before.worry(c.Objection).on).stage.String())
	case objection.Accept:
		t.count("an objector accepted")
	case objection.Restate:
		t.count("restated")
	case objection.Confirm:
		t.count("confirmed")
	case objection.Voice:
		t.count("a concern in " + m.stage.String())
	case consent.Integrate:
		t.count("a version that meets objections")
		if len(c.Meets) < len(before.standing(m.id)) {
			t.count("a version that meets some objections only")
		}
	case consent.Signal:
		if c.Card == consent.StopCard {
			t.count("a stop card in " + m.stage.String())
		}
	case consent.ComeBack:
		t.count("come back in " + m.stage.String())
	case consent.Pass:
		t.count("passed")
	case consent.Skip:
		t.count("skipped in " + m.stage.String())
	case consent.CloseRound:
		t.count("a round was closed")
	case consent.Arrive:
		t.count("somebody came late")
	case circle.Leave:
		t.count("somebody left")
	case proposal.Amend:
		t.count("amended in " + m.stage.String())
	case proposal.Withdraw:
		t.count("withdrawn from " + m.stage.String())
	case consent.OpenRound:
		t.count("a round of " + string(c.Round) + " from " + m.stage.String())
	}
}

func (t *tally) everythingHappened(test *testing.T) {
	test.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	must := slices.Clone(mustHappen)
	for _, code := range refusalsSeen {
		must = append(must, "refused by "+code)
	}
	for _, what := range must {
		if t.n[what] == 0 {
			test.Errorf("in %d sequences it never happened: %s", t.n["sequences"], what)
		}
	}
	var lines []string
	for what, n := range t.n {
		lines = append(lines, fmt.Sprintf("%7d  %s", n, what))
	}
	sort.Strings(lines)
	test.Logf("over %d sequences:\n%s", t.n["sequences"], strings.Join(lines, "\n"))
}

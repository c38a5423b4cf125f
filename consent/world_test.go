package consent

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// Small worlds, explored whole: the real Decide and Apply, every move by
// everybody in every state, refused ones too.

var (
	worldsBound  = flag.Int("worlds", 0, "how many states are gone on from in all worlds together; 0: as many as each world says")
	recordWorlds = flag.Bool("record-worlds", false, "write down in testdata/worlds what the worlds came to; read the difference afterwards")
)

// worlds are the worlds that are explored.
func worlds() []*world {
	wait := circle.Rules{Absence: circle.Absence{Silence: circle.Wait}}
	bound := circle.Rules{Absence: circle.Absence{Silence: circle.Bound}}
	consents := circle.Rules{Absence: circle.Absence{Silence: circle.Consents, After: circle.MustPeriod("2d")}}
	return []*world{
		{name: "plain-whole", rules: wait, standing: 1, bound: 7000},
		{name: "plain-wait", rules: wait, standing: 1, bound: 600, moves: worldTalk | worldCards | worldMeet},
		{name: "plain-silence", rules: consents, standing: 2, bound: 600, moves: worldMeet | worldMembers},
		{name: "plain-question", rules: wait, standing: 1, bound: 600, moves: worldMeet | worldAsk | worldConcerns},
		{name: "plain-changes", rules: bound, standing: 1, bound: 600, moves: worldMeet | worldMembers | worldHats | worldRules},
		{name: "plain-rights", rules: bound, standing: 1, bound: 600, moves: worldMeet | worldMembers | worldRights},
		{name: "plain-term", rules: wait, term: circle.MustPeriod("2d"), standing: 1, bound: 600, moves: worldMeet | worldHats},
		{name: "plain-out", rules: wait, standing: 1, bound: 600, moves: worldMeet | worldOut},
		{name: "quick", method: "quick", rules: wait, standing: 2, bound: 600, moves: worldMeet | worldMembers | worldHats | worldRules},
		{name: "sofa", far: true, method: "sofa", rules: bound, standing: 1, bound: 600, moves: worldMeet | worldAgenda | worldTalk | worldMembers | worldHats},
		{name: "lazy", method: "lazy-consensus", standing: 2, bound: 600, moves: worldMeet | worldTimes | worldMembers | worldRights | worldRules},
		{name: "approval", method: "consensus-approval", standing: 1, bound: 600, moves: worldMeet | worldTimes | worldMembers | worldRights},
		{name: "final-comment", method: "final-comment", step: 5 * 24 * time.Hour, standing: 2, bound: 600, moves: worldMeet | worldTimes | worldMembers | worldRights | worldHats},
		{name: "optimistic", method: "optimistic", standing: 2, bound: 600, moves: worldMeet | worldTimes | worldMembers | worldRights},
		{name: "advice", talked: true, method: "advice", standing: 1, bound: 600, moves: worldMeet | worldTimes | worldMembers},
		{name: "rough", method: "rough-consensus", step: 7 * 24 * time.Hour, standing: 1, bound: 600, moves: worldMeet | worldTimes | worldRights | worldOut},
		{name: "holacracy-async", method: "holacracy-async", step: 7 * 24 * time.Hour, standing: 1, bound: 600, moves: worldMeet | worldTimes | worldMembers | worldOut},
		{name: "scm", talked: true, method: "scm", rules: bound, standing: 1, bound: 600, moves: worldMeet | worldAgenda | worldMembers | worldRights | worldRules},
		{name: "s3", talked: true, method: "s3", rules: bound, standing: 1, bound: 600, moves: worldMeet | worldAgenda | worldConcerns | worldMembers | worldRights},
		{name: "holacracy", talked: true, method: "holacracy", ages: true, standing: 1, bound: 600, moves: worldMeet | worldMembers | worldRights | worldRules | worldOut},
		{name: "formal", talked: true, method: "formal-consensus", standing: 1, bound: 600, moves: worldMeet | worldAgenda | worldMembers | worldRights | worldOut},
		{name: "n-street", talked: true, method: "n-street", step: 14 * 24 * time.Hour, horizon: 100 * 24 * time.Hour, standing: 1, bound: 600, moves: worldMeet | worldAgenda | worldRights | worldOut},
		{name: "formal-stuck", talked: true, stuck: true, method: "formal-consensus", standing: 1, bound: 600, moves: worldMembers | worldRights | worldOut},
		{name: "n-street-stuck", talked: true, stuck: true, method: "n-street", step: 14 * 24 * time.Hour, horizon: 100 * 24 * time.Hour, standing: 1, bound: 1000, moves: worldRights | worldOut},
		{name: "holacracy-stuck", talked: true, stuck: true, method: "holacracy", standing: 1, bound: 600, moves: worldMembers | worldRights | worldOut},
		{name: "scm-stuck", talked: true, stuck: true, method: "scm", rules: bound, standing: 1, bound: 600, moves: worldMembers | worldRights | worldHats | worldOut},
		{name: "s3-stuck", talked: true, stuck: true, method: "s3", rules: bound, standing: 1, bound: 600, moves: worldMembers | worldRights | worldOut},
		{name: "rough-stuck", stuck: true, method: "rough-consensus", step: 7 * 24 * time.Hour, standing: 1, bound: 600, moves: worldMembers | worldRights | worldHats | worldOut},
		{name: "sofa-asked", talked: true, method: "sofa", rules: bound, standing: 1, bound: 600, moves: worldMeet | worldMembers | worldRights | worldHats | worldRules},
		{name: "plain-removal", rules: wait, standing: 1, bound: 600, moves: worldMeet | worldRemoval | worldMembers},
		{name: "sofa-removal", talked: true, method: "sofa", rules: wait, standing: 1, bound: 600, moves: worldMeet | worldRemoval},
		{name: "plain-link", linked: true, rules: wait, standing: 1, bound: 600, moves: worldMeet | worldLinks},
		{name: "plain-link-term", linked: true, term: circle.MustPeriod("2d"), rules: wait, standing: 1, bound: 600, moves: worldMeet | worldLinks},
		{name: "sofa-link", talked: true, linked: true, method: "sofa", rules: bound, standing: 1, bound: 600, moves: worldMeet | worldLinks},
		{name: "select", far: true, selects: worldBaker, rules: wait, standing: 1, bound: 600, moves: worldMeet},
		{name: "select-asked", talked: true, selects: worldBaker, rules: wait, standing: 1, bound: 600, moves: worldMeet | worldMembers | worldRemoval},
		{name: "select-sofa", talked: true, selects: worldBaker, method: "sofa", rules: wait, standing: 1, bound: 600, moves: worldMeet | worldMembers},
		{name: "select-count", talked: true, selects: worldBaker, method: "holacracy", step: 7 * 24 * time.Hour, rules: wait, standing: 1, bound: 600, moves: worldMeet},
		{name: "select-sealed", far: true, talked: true, selects: worldBaker, method: "s3", rules: wait, standing: 1, bound: 600, moves: worldMeet | worldSeals},
		{name: "select-term", talked: true, selects: worldHat, term: circle.MustPeriod("2d"), rules: wait, standing: 1, bound: 600, moves: worldMeet},
		{name: "sofa-silence", talked: true, method: "sofa", rules: consents, standing: 2, bound: 600, moves: worldMeet | worldAgenda | worldCards | worldRights},
	}
}

func (w *world) begins() *world {
	if w.step == 0 {
		w.step = 24 * time.Hour
	}
	if w.horizon == 0 {
		w.horizon = 48 * time.Hour
	}
	return w
}

// TestWorlds explores each world, and holds what it came to against the record.
func TestWorlds(t *testing.T) {
	list := worlds()
	var known atomic.Int64
	t.Cleanup(func() {
		if *worldsBound > 0 {
			t.Logf("all worlds together: %d states", known.Load())
			require.GreaterOrEqual(t, int(known.Load()), *worldsBound, "fewer states than were asked for")
		}
	})
	for _, w := range list {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			bound := w.bound
			switch {
			case *worldsBound > 0:
				bound = *worldsBound/(len(list)-1) + 1 // the first is whole long before
			case worldRaced():
				bound /= 10 // it is slow there, and each world runs by itself
			}
			began := time.Now()
			x, err := newWorldRun(w.begins(), bound)
			require.NoError(t, err)
			x.explore()
			known.Add(int64(len(x.nodes)))
			var absent []worldAbsence
			if len(x.broken) == 0 {
				absent = x.deadEnds()
			}
			for _, b := range x.broken {
				t.Error(b)
			}
			if !w.far && !w.stuck && bound >= w.bound {
				require.Positive(t, x.terminals[StageAdopted], "nothing was ever adopted, so that adopting was not looked at")
			}
			for _, a := range absent {
				require.LessOrEqual(t, a.Unknown*100, a.Open, "without %q too many states lead to nothing but unknown ones", a.Who)
			}
			t.Logf("%s: %d states, %d transitions, %d refused, %d cut off in %s", w.name, len(x.nodes), len(x.edges), x.refused, x.cut, time.Since(began).Round(time.Millisecond))
			worldRecorded(t, x, absent)
		})
	}
}

// worldRaced says whether the race detector is on.
func worldRaced() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// worldRecorded compares with the record of the same world and the same bound.
func worldRecorded(t *testing.T, x *worldRun, absent []worldAbsence) {
	t.Helper()
	name := filepath.Join("testdata", "worlds", fmt.Sprintf("%s-%d.graph", x.world.name, x.bound))
	got := x.record(absent)
	if *recordWorlds {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(name)
	if os.IsNotExist(err) && x.bound != x.world.bound {
		return // only what everybody runs is on record
	}
	require.NoError(t, err)
	require.Equal(t, string(want), got, "the transitions are not those of the record; if that is meant: -record-worlds")
}

// record is what a world came to, in words that people can compare.
func (x *worldRun) record(absent []worldAbsence) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d states, %d transitions, %d refusals; %d transitions lead beyond the bound of %d states\n",
		x.world.name, len(x.nodes), len(x.edges), x.refused, x.cut, x.bound)
	for _, a := range absent {
		who := string(a.Who)
		if who == "" {
			who = "nobody"
		}
		fmt.Fprintf(&b, "without %s: %d open, %d end nearby, %d by a meeting of the others, %d unknown, %d dead ends\n",
			who, a.Open, a.Near, a.Meeting, a.Unknown, len(a.Dead))
	}
	for _, s := range Stages() {
		if n := x.terminals[s]; n > 0 {
			fmt.Fprintf(&b, "%s: %d ways\n", s, n)
		}
	}
	fmt.Fprintf(&b, "fingerprint %016x\n\n", x.print)
	var lines []string
	for s, n := range x.told {
		to := s.to.String()
		if s.refused != "" {
			to = "refused: " + s.refused
		}
		lines = append(lines, fmt.Sprintf("%s | %s | %s | %d", s.from, s.on, to, n))
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, "\n") + "\n")
	return b.String()
}

// TestWorldRecords: each record is that of a world that is explored.
func TestWorldRecords(t *testing.T) {
	var want []string
	for _, w := range worlds() {
		want = append(want, filepath.Join("testdata", "worlds", fmt.Sprintf("%s-%d.graph", w.name, w.bound)))
	}
	got, err := filepath.Glob("testdata/worlds/*")
	require.NoError(t, err)
	require.ElementsMatch(t, want, got)
}

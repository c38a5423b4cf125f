package consent

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/objection"
)

// TestWorldWalks goes on at random where the exploration ends: long ways through
// the worlds, with up to three objections at once. The promises hold on each
// step, and objections are conserved on the whole way: as many were raised as
// stand and were ended together (S6). With -rapid.checks=100000 it goes as many
// ways.
func TestWorldWalks(t *testing.T) {
	list := worlds()
	rapid.Check(t, func(r *rapid.T) {
		w := *list[rapid.IntRange(0, len(list)-1).Draw(r, "world")]
		w.standing = 3
		x, err := newWorldRun(w.begins(), 1)
		require.NoError(r, err)
		s, closed := x.begun, 0
		raised := len(s.Objections.Standing(worldCase))
		var told []string
		for range 150 {
			moves := slices.DeleteFunc(slices.Clone(x.now(s)), func(m worldMove) bool {
				return m.on == "proposal.withdraw" || m.on == "consent to proposal.drop" // ways that end at once
			})
			m := &moves[rapid.IntRange(0, len(moves)-1).Draw(r, "move")]
			after, events, _, err := x.make(s, m)
			if err != nil {
				continue
			}
			told = append(told, m.String())
			x.holds(0, s, m, events, after)
			more, fewer := worldCounted(s, events)
			raised, closed = raised+more, closed+fewer
			if stands := len(after.Objections.Standing(worldCase)); raised != stands+closed {
				r.Fatalf("S6: %d raised, %d stand, %d ended, after: %s in %s", raised, stands, closed, strings.Join(told, "; "), w.name)
			}
			if len(x.broken) > 0 {
				r.Fatalf("%s\non the way: %s in %s", x.broken[0], strings.Join(told, "; "), w.name)
			}
			if s = after; s.processes[worldCase] == nil {
				return
			}
		}
	})
}

// worldCounted counts the objections against the case that were raised and that
// ended.
func worldCounted(before *State, events []Event) (raised, closed int) {
	ours := map[objection.ID]bool{}
	for _, o := range before.Objections.Standing(worldCase) {
		ours[o.ID] = true
	}
	for _, e := range events {
		if r, ok := e.(*objection.Raised); ok && r.Proposal == worldCase {
			ours[r.Objection] = true
			raised++
		}
		if id := worldEnds(e); ours[id] {
			delete(ours, id)
			closed++
		}
	}
	return raised, closed
}

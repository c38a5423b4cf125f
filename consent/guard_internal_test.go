package consent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// TestWhatIsProtected: the method of a circle and of its matters, and who represents it, are decided by
// consent alone; its other rules are not (M-143).
func TestWhatIsProtected(t *testing.T) {
	for _, c := range []struct {
		deed circle.Deed
		want bool
	}{
		{circle.AgreeRules{Circle: "den"}, false},
		{circle.AgreeRules{Circle: "den", Rules: circle.Rules{GuestMinutes: 5}}, false},
		{circle.AgreeRules{Circle: "den", Rules: circle.Rules{Method: "quick"}}, true},
		{circle.AgreeRules{Circle: "den", Rules: circle.Rules{Matters: []circle.Matter{{}}}}, true},
		{circle.LinkTo{}, true},
		{&circle.LinkTo{}, true},
		{proposal.Drop{Proposal: "p"}, false},
	} {
		require.Equal(t, c.want, isProtected(c.deed), "%T %+v", c.deed, c.deed)
	}
}

// TestTheNextPhaseIsNamed: who opens a round that the method does not hold now is told which comes next:
// a later one than the stage that the case is in (M-105).
func TestTheNextPhaseIsNamed(t *testing.T) {
	m := &Method{Name: "full", Phases: []RoundKind{ClarifyRound, ReactRound}}
	for stage, next := range map[Stage]string{StageIntake: "A clarify round", StageClarify: "A react round", StageReact: "A consent round"} {
		err := (&Process{Stage: stage, Method: m}).notAPhase(NominateRound)
		require.ErrorContains(t, err, NotAPhase.Refuse("method", m.Name, "kind", NominateRound, "next", next).Error(), stage.String())
	}
}

// TestTurnOfTheFirst: the first in the order answers when it is their turn, as all do; who spoke or was
// skipped may answer again until the round closes (M-135).
func TestTurnOfTheFirst(t *testing.T) {
	for m, may := range map[mark]bool{awaited: false, later: false, spoke: true, skipped: true} {
		r := &Round{Order: []circle.PersonID{"a", "b"}, Marks: []mark{m, awaited}, InTurn: true, Turn: 1}
		require.Equal(t, may, r.mayAnswer("a", spot{place: 0, seat: 0}) == nil, "%v", m)
	}
}

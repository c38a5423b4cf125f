package consent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// TestSealedStaysSealed: what is sealed is read by the command with which all are in, or when the time is over, and by no command
// and no clock before (M-108).
func TestSealedStaysSealed(t *testing.T) {
	sealed := []Sealed{{Person: "ana"}}
	for _, row := range []struct {
		stage               Stage
		by                  circle.PersonID
		awaited             int
		answers, nominating bool
	}{
		{StageDecide, "ben", 1, true, false},
		{StageDecide, "ben", 2, false, false},
		{StageDecide, "cia", 1, false, false},
		{StageNominate, "ben", 1, false, true},
		{StageNominate, "ben", 2, false, false},
		{StageNominate, "cia", 1, false, false},
		{StageWeigh, "ben", 1, false, false},
	} {
		r := roundOf("ana", "ben", "cia")
		r.Veiled, r.Sealed = true, sealed
		r.take("ana", spoke)
		if row.awaited == 1 {
			r.take("cia", spoke)
		}
		s := &State{processes: map[proposal.ID]*Process{"p": {Proposal: "p", Stage: row.stage, Round: r, Method: &Method{}}}}
		by := circle.Actor{By: row.by}
		require.Equal(t, row.answers, SealAnswer{Proposal: "p"}.opens(s, by) != nil, "%+v", row)
		require.Equal(t, row.nominating, Nominate{Proposal: "p"}.opens(s, by) != nil, "%+v", row)
		require.Nil(t, SealAnswer{Proposal: "q"}.opens(s, by))
		require.Nil(t, Nominate{Proposal: "q"}.opens(s, by))
		require.Equal(t, row.stage != StageWeigh, s.opensAt(Timer{WindowEnds, "p", ""}) != nil)
		require.Nil(t, s.opensAt(Timer{AgeEnds, "p", ""}))
		require.Nil(t, s.opensAt(Timer{WindowEnds, "q", ""}))
	}
}

// TestNotWithoutWords: M-108. What is sealed is not opened by the law alone: it needs the words, and says so.
func TestNotWithoutWords(t *testing.T) {
	c := newCore(t, Method{Name: "own", Rule: consentRule, Hidden: HiddenSealed, Window: Window{For: circle.MustPeriod("3d"), Silence: SilenceConsents}})
	c.must("host", circle.Found{ID: "den", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{"ana", "ben"}, Rules: circle.Rules{Method: "own"}})
	c.must("ana", proposal.Submit{ID: "p", Circle: "den", Text: circle.Say("Open on Sundays")})
	c.must("ana", OpenRound{Proposal: "p", Round: ConsentRound})
	_, err := c.s.Fire(Timer{WindowEnds, "p", ""}, c.now.AddDate(0, 0, 3))
	require.ErrorIs(t, err, errUnopened)
}

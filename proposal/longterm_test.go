package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// TestLongTermFor: EC-59, a circle that has taken a matter over is asked for itself
// where the text is to last so long; where it began, the need has answered.
func TestLongTermFor(t *testing.T) {
	ask, up := circle.LongTerm{Months: 6, Goes: circle.Ask}, circle.LongTerm{Months: 6, Goes: circle.Up}
	for name, r := range map[string]struct {
		of     circle.ID
		rule   circle.LongTerm
		term   string
		beyond circle.ID
		want   proposal.LongTerm
	}{
		"where it began":       {of: "valley", rule: ask, term: "12m", want: proposal.NotAsked},
		"too short":            {of: "places", rule: ask, term: "5m", want: proposal.NotAsked},
		"no such rule":         {of: "places", term: "12m", want: proposal.NotAsked},
		"asked":                {of: "places", rule: ask, term: "6m", want: proposal.Unanswered},
		"answered":             {of: "places", rule: ask, term: "6m", beyond: "places", want: proposal.Answered},
		"answered by another":  {of: "places", rule: ask, term: "6m", beyond: "hill", want: proposal.Unanswered},
		"it belongs higher up": {of: "places", rule: up, term: "6m", beyond: "places", want: proposal.BelongsUp},
	} {
		n := &proposal.Need{Circle: "valley", LongTerm: proposal.NotAsked, Beyond: r.beyond}
		require.Equal(t, r.want, n.LongTermFor(r.of, r.rule, circle.MustPeriod(r.term)), name)
	}
}

package consent

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatAVoteFollows: a vote is told of with the rule under which it was called and the question that it follows; one that
// was called before that stood in the record, under the rule of the method, and follows the question before it (M-191).
func TestWhatAVoteFollows(t *testing.T) {
	settle, counted := RuleName{Kind: "settle", Version: 1}, RuleName{Kind: "counted", Version: 1}
	for name, row := range map[string]struct {
		before bool
		called *BallotCalled
		want   PutQuestion
	}{
		"nobody called it":        {true, nil, PutQuestion{Rule: settle, Follows: 1}},
		"called in the old way":   {true, &BallotCalled{}, PutQuestion{Rule: settle, Follows: 1}},
		"called":                  {true, &BallotCalled{Rule: counted, Follows: 7}, PutQuestion{Rule: counted, Follows: 7}},
		"called without question": {false, &BallotCalled{}, PutQuestion{Rule: settle}},
	} {
		f := questions{of: "p", fallback: settle, called: row.called}
		if row.before {
			f.puts(3, &RoundOpened{Proposal: "p", Round: ConsentRound, No: 1})
		}
		f.puts(4, &RoundOpened{Proposal: "p", Round: ReactRound, No: 2})
		f.puts(5, &RoundOpened{Proposal: "p", Round: BallotRound, No: 3})
		got := f.list[len(f.list)-1]
		require.Equal(t, row.want, PutQuestion{Rule: got.Rule, Follows: got.Follows}, name)
		require.Equal(t, 3, got.Round)
	}
}

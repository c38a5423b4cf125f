package consent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Answers take a short way through Decide and Apply. It must come to what the
// long one comes to, for everybody and every answer, and also for those who
// have no place in the round.
func TestTheShortWayOfAnAnswer(t *testing.T) {
	e, err := Open(t.Context(), Config{})
	require.NoError(t, err)
	do := func(by circle.PersonID, cmd Command) {
		t.Helper()
		_, err := e.Do(t.Context(), circle.Actor{By: by}, cmd)
		require.NoError(t, err)
	}
	do("ana", circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: []circle.PersonID{"ana", "bea"}})
	do("ana", circle.Admit{ID: "cem"})
	do("ana", proposal.Submit{ID: "p", Circle: "den", Text: circle.Say("Paint"), Term: circle.MustPeriod("3m")})
	do("ana", OpenRound{Proposal: "p", Round: ConsentRound})

	s, now := e.state, time.Now()
	for _, who := range []circle.PersonID{"ana", "bea", "cem", "nobody"} {
		for _, c := range []Respond{{Proposal: "p", Answer: Consents}, {Proposal: "p", Answer: Consents, Version: 7}, {Proposal: "p", Answer: Objects}, {Proposal: "q", Answer: Consents}} {
			short, shortErr := s.Decide(circle.Actor{By: who}, now, c)
			long, longErr := s.Decide(circle.Actor{By: who}, now, &c)
			require.Equal(t, longErr, shortErr, "%s: %v", who, c)
			require.Equal(t, long, short, "%s: %v", who, c)
		}
	}

	event := &Responded{}
	require.Empty(t, event.In(), "the short way of taking effect leaves the trail of meetings alone")
	require.NotImplements(t, (*exitEvent)(nil), event, "and that of exits")
}

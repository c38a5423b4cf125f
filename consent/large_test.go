package consent_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// thousand has a circle of a thousand full participants.
func thousand(t *testing.T, rules circle.Rules) (*world, []circle.PersonID) {
	t.Helper()
	w := emptyWorld(t)
	people := []circle.PersonID{host}
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: people, Rules: rules})
	for i := range 999 {
		who := circle.PersonID(fmt.Sprintf("member-with-a-long-name-%d", i))
		w.must(host, circle.Admit{ID: who})
		w.must(host, circle.Join{Circle: den, Person: who, Level: circle.Full})
		people = append(people, who)
	}
	return w, people
}

// TestThousand: a thousand people decide as three do. An entry that would have to
// name them all says that it is everybody.
func TestThousand(t *testing.T) {
	w, people := thousand(t, circle.Rules{})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
	w.must(people[1], consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", people[:999]...)
	require.Equal(t, people[999:], w.process("p").Round.Awaited())
	w.must(people[999], objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("I bake alone")})
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.replays()
}

// TestThousandSilent: so do a thousand who say nothing.
func TestThousandSilent(t *testing.T) {
	w, people := thousand(t, circle.Rules{Method: "lazy-consensus"})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
	w.must(host, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(people[7], circle.Leave{Circle: den})
	got := w.later(72 * time.Hour)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	closed := eventOf[*consent.WindowClosed](t, got[0])
	require.Equal(t, 999, closed.All)
	require.Empty(t, closed.Silent)
	judged := eventOf[*consent.Judged](t, got[0])
	require.Equal(t, consent.Turnout{Silent: 999}, judged.Turnout)
	w.replays()
}

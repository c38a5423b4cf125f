package consent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestPresentMembers: members are told by class, and several classes are held down together (EC-1).
func TestPresentMembers(t *testing.T) {
	these, others := heads{circle.Worker: 2, circle.Supported: 3, "investor": 4, "friend": 5}.of([]circle.Class{"investor", "friend"})
	require.Equal(t, 9, these)
	require.Equal(t, 5, others)
}

// TestVotesOfThoseThere: a seat that is out counts for nothing, and those behind it count.
func TestVotesOfThoseThere(t *testing.T) {
	p := polled(Case{Version: 1, Seats: []Seat{{Person: "ana", Out: true}, {Person: "ben"}, {Person: "cia"}},
		Answers: []Answer{{Seat: "ana", Position: Consents, Version: 1}, {Seat: "ben", Position: Consents, Version: 1}, {Seat: "cia", Position: Against, Version: 1}}})
	require.Equal(t, poll{register: heads{"": 2}, present: heads{"": 2}, yes: heads{"": 1}, no: heads{"": 1}}, p)
}

// TestNobodyConsents: a question that is put to nobody is not consented to, and the reason says so.
func TestNobodyConsents(t *testing.T) {
	for _, seats := range [][]Seat{nil, {{Person: "ana", Out: true}}} {
		v := ByConsent{}.Judge(Case{Version: 1, Seats: seats})
		require.Equal(t, Verdict{Outcome: Pending, Why: []Reason{{Code: "consented", Got: "0", Need: "0"}}}, v)
	}
}

// saysOutcome is a rule that says what it was told to say.
type saysOutcome Outcome

func (o saysOutcome) Judge(Case) Verdict { return Verdict{Outcome: Outcome(o), Final: true} }

// TestOutcomesThatThereAre: a rule that says what is no outcome decides nothing.
func TestOutcomesThatThereAre(t *testing.T) {
	for _, o := range []Outcome{Pending, Carried, Declined} {
		require.Equal(t, o, judge(saysOutcome(o), Case{}).Outcome)
	}
	for _, o := range []Outcome{Pending - 1, Declined + 1} {
		require.Equal(t, Verdict{Outcome: Pending, Why: []Reason{{Code: "rule-error"}}}, judge(saysOutcome(o), Case{}))
	}
}

// TestLevel: a tie that people can settle has several winners for one place, and nothing more to be said.
func TestLevel(t *testing.T) {
	tie := Verdict{Outcome: Pending, Final: true, Winners: []string{"a", "b"}}
	one, open, carried, two := tie, tie, tie, tie
	one.Winners, open.Final, carried.Outcome, two.Places = []string{"a"}, false, Carried, 2
	require.True(t, tie.levelled())
	for _, v := range []Verdict{one, open, carried, two} {
		require.False(t, v.levelled(), "%+v", v)
	}
}

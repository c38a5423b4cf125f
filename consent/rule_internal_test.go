package consent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/proposal"
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
	alone, one, open, carried, two := tie, tie, tie, tie, tie
	alone.Places = 1
	one.Winners, open.Final, carried.Outcome, two.Places = []string{"a"}, false, Carried, 2
	require.True(t, tie.levelled())
	require.True(t, alone.levelled())
	for _, v := range []Verdict{one, open, carried, two} {
		require.False(t, v.levelled(), "%+v", v)
	}
}

// TestCapWeighs: the votes of a capped class together weigh no more than its share over the rest of it of what the others bring; fewer
// count as they are, unless the share is fixed (EC-70, care-cooperative §5B).
func TestCapWeighs(t *testing.T) {
	base := heads{"investor": 4, circle.Worker: 3}
	held := Cap{Classes: []circle.Class{"investor"}, Share: circle.Share{Part: 2, Of: 5}}
	fixed := held
	fixed.Fixed = true
	for _, row := range []struct {
		cap  Cap
		base heads
		want string
	}{
		{held, base, "1/2"},
		{held, heads{"investor": 2, circle.Worker: 3}, "1/1"},
		{held, heads{"investor": 1, circle.Worker: 3}, "1/1"},
		{fixed, heads{"investor": 1, circle.Worker: 3}, "2/1"},
		{held, heads{circle.Worker: 3}, "1/1"},
		{Cap{}, base, "1/1"},
	} {
		require.Equal(t, row.want, row.cap.weight(row.base).String(), "%+v", row)
	}
	require.Equal(t, []circle.Class{"investor"}, poll{present: heads{"": 1, "investor": 1, "friend": 1}, yes: heads{"": 1}, no: heads{"investor": 1}}.classes())
}

// TestHasChosen: who has ranked or scored options of this version has chosen; who said only that they object has not (M-226).
func TestHasChosen(t *testing.T) {
	for _, row := range []struct {
		a    Answer
		want bool
	}{
		{Answer{Version: 1, Ranking: [][]string{{"a"}}}, true},
		{Answer{Version: 1, Scores: map[string]int64{"a": 0}}, true},
		{Answer{Version: 1, Position: Objects}, false},
		{Answer{Version: 2, Ranking: [][]string{{"a"}}}, false},
	} {
		r := roundOf("ana", "ben")
		r.Version, r.Options = 1, []proposal.OptionID{"a", "b"}
		row.a.Seat = "ana"
		r.answer(&row.a)
		require.Equal(t, row.want, r.hasChosen("ana"), "%+v", row.a)
		require.False(t, r.hasChosen("ben"))
	}
}

// TestFieldsInWords: a command is listed with its fields, those inside others in braces, and in brackets what may be left out.
func TestFieldsInWords(t *testing.T) {
	require.Equal(t, "a=text [b=list{c=name}]", fieldWords([]canon.Field{{Name: "a", Kind: "text", Required: true},
		{Name: "b", Kind: "list", Fields: []canon.Field{{Name: "c", Kind: "name", Required: true}}}}))
}

// TestObjectionsAreReported: every objection that stands is among the reasons, whatever the rule says of other ones, or of itself (S1).
func TestObjectionsAreReported(t *testing.T) {
	c := Case{Objections: []Objection{{ID: "o1", Seat: "ana", Stands: true}, {ID: "o2", Seat: "ben", Stands: true}}}
	v := judge(ruleFunc(func(Case) Verdict {
		return Verdict{Outcome: Pending, Why: []Reason{{Code: "objection-stands", Got: "o1"}, {Code: "moon", Got: "o2"}}}
	}), c)
	require.Len(t, v.Why, 3)
	require.Equal(t, Reason{Code: "objection-stands", Got: "o2", Who: []circle.PersonID{"ben"}}, v.Why[2])
}

type ruleFunc func(Case) Verdict

func (f ruleFunc) Judge(c Case) Verdict { return f(c) }

// TestAfterANewBase: what was asked about a text whose base has changed is worked on again; what was not asked yet begins anew (methods 8.6).
func TestAfterANewBase(t *testing.T) {
	for _, from := range Stages() {
		want := StageIntake
		if from == StageDecide || from == StageIntegrate || from == StageLastCall {
			want = StageIntegrate
		}
		require.Equal(t, want, afterRebase(from), from.String())
	}
}

// TestRuleThatFails: R2. What a rule failed with is told as its failure.
func TestRuleThatFails(t *testing.T) {
	require.EqualError(t, fault{"no such share"}, "the rule failed: no such share")
}

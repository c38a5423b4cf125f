package consent

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// saidBy collects what a part of a method says of it.
func saidBy(part func(adding)) (out []string) {
	part(func(is bool, form string, args ...any) {
		if is {
			out = append(out, fmt.Sprintf(form, args...))
		}
	})
	return out
}

// TestBeforeTheQuestionInWords: a method says what comes before the question, and nothing of what it does not ask.
func TestBeforeTheQuestionInWords(t *testing.T) {
	for _, row := range []struct {
		m    Method
		want []string
	}{
		{Method{}, nil},
		{Method{Sponsors: 1}, []string{"So many others must stand behind a proposal: 1"}},
		{Method{Meeting: true, Phases: []RoundKind{ClarifyRound, ReactRound}},
			[]string{"Before the question there are questions to understand the text, then one reaction from everybody", "The question is put in a meeting"}},
	} {
		require.Equal(t, row.want, saidBy(row.m.wordsBefore))
	}
}

// TestTiesInWords: a method says how ties are settled, where it says it.
func TestTiesInWords(t *testing.T) {
	require.Empty(t, saidBy((&Method{}).wordsTies))
	require.Equal(t, []string{"When options come out level, " + tieSettledWords[ByChair] + ", or a lot is drawn"}, saidBy((&Method{Ties: []TieBreak{ByChair, ByLot}}).wordsTies))
}

// TestObjectionsInWords: a method says once who judges an objection (M-160).
func TestObjectionsInWords(t *testing.T) {
	solved := solvedWords[""]
	require.Equal(t, []string{"Nobody judges an objection: it is valid once it is voiced with its reason", solved}, saidBy((&Method{}).wordsObjections))
	require.Equal(t, []string{"An objection is valid when it has a reason", solved}, saidBy((&Method{Objections: objection.Handling{Tester: objection.ByPresence}}).wordsObjections))
	require.Equal(t, []string{"An objection blocks when so many others find it legitimate: 2", solved},
		saidBy((&Method{Objections: objection.Handling{Tester: objection.BySupporters, Supporters: 2}}).wordsObjections))
}

// TestSelectingInWords: a method that selects by the weakest objections says that their strength does not count in the
// consent, and one that names people says how the candidate is found (M-155, M-218).
func TestSelectingInWords(t *testing.T) {
	require.Empty(t, saidBy((&Method{}).wordsSelecting))
	require.Contains(t, saidBy((&Method{Selecting: Selecting{By: ByObjections}}).wordsSelecting),
		"The circle is asked about it as about any other, and no strength counts in its consent")
	require.Contains(t, saidBy((&Method{Selecting: Selecting{By: ByReasons}}).wordsSelecting),
		"A candidate is proposed on the strength of reasons; the count is information")
}

// TestRulesInWords: a rule says when it is satisfied, each of its conditions once and none that it has not.
func TestRulesInWords(t *testing.T) {
	two := circle.Share{Part: 2, Of: 3}
	for _, row := range []struct {
		rule interface{ words() string }
		want string
	}{
		{Settle{}, "no objection stands"},
		{Settle{Vetoes: 1}, "no objection stands"},
		{Settle{Vetoes: 2}, "fewer than 2 objections stand"},
		{Settle{Heard: true, Ballot: true}, "everybody was heard"},
		{Settle{Heard: true, Ballot: true, Vetoes: 2}, "everybody was heard"},
		{Settle{Quorum: 1, Ballot: true}, "at least 1 spoke"},
		{Settle{Support: 1, Ballot: true}, "somebody is in favour"},
		{Settle{Support: 2, Ballot: true}, "at least 2 are in favour"},
		{Settle{Share: 2, Of: 3, Ballot: true}, "at least 2 of 3 of those who took a side are in favour"},
		{Settle{Asides: 1, Ballot: true}, "at most 1 stand aside"},
		{Settle{Most: true, Missing: 1, Ballot: true}, "more than half are in favour and at most 1 are missing"},
		{Resolution{Share: two}, "over 2/3 of the votes cast are in favour"},
		{Resolution{Share: two, Quorum: circle.Quorum{Least: 1}}, "over 2/3 of the votes cast are in favour and there are at least 1"},
		{Resolution{Share: two, Quorum: circle.Quorum{Least: 1, Share: two}}, "over 2/3 of the votes cast are in favour and there are at least 1, and 2 of every 3 members"},
	} {
		require.Equal(t, row.want, row.rule.words(), "%+v", row.rule)
	}
}

// TestIntakeAndTimeInWords: a method says what a proposal must hold, how often its time may be extended, and who sees the answers,
// where there is something to say.
func TestIntakeAndTimeInWords(t *testing.T) {
	require.Empty(t, saidBy((&Method{}).wordsIntake))
	require.Empty(t, saidBy((&Method{}).wordsTime))
	require.Empty(t, saidBy((&Method{}).wordsHidden))
	require.Equal(t, []string{"Before the question a proposal holds: need"}, saidBy((&Method{Requires: []Part{"need"}}).wordsIntake))
	require.Contains(t, saidBy((&Method{Window: Window{For: circle.MustPeriod("1w"), Extensions: 2, By: circle.MustPeriod("1d")}}).wordsTime),
		"The time may be extended by 1 day, at most 2 times")
	require.Equal(t, []string{"Answers are sealed, and all are revealed together"}, saidBy((&Method{Hidden: HiddenSealed}).wordsHidden))
	require.Equal(t, []string{"Who may answer sees the answers of others after giving their own"}, saidBy((&Method{Hidden: HiddenUntilOwn}).wordsHidden))
}

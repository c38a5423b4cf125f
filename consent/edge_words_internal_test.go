package consent

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestReasonsOfALargeCount: an entry names a hundred reasons of a count, the first places among them, and says
// how many it leaves out; ties and what is about no option are always named (M-218).
func TestReasonsOfALargeCount(t *testing.T) {
	place := func(n int) Reason { return Reason{Code: "place", Options: []string{fmt.Sprint(n)}} }
	var why []Reason
	for n := range mostSteps {
		why = append(why, place(n))
	}
	require.Equal(t, why, steps(why), "a hundred are not too many")

	why = append(why, place(mostSteps), Reason{Code: "tie", Options: []string{"a", "b"}}, Reason{Code: "pair", Options: []string{"a", "b"}}, Reason{Code: "ballots"})
	got := steps(why)
	require.Equal(t, why[:mostSteps], got[:mostSteps])
	require.Equal(t, []Reason{{Code: "tie", Options: []string{"a", "b"}}, {Code: "ballots"}, {Code: "steps-left-out", Got: "2"}}, got[mostSteps:])
}

// TestDomainsInWords: M-15, a circle that is opened is told with its domain, where it has one.
func TestDomainsInWords(t *testing.T) {
	require.Equal(t, "", domainWords(nil))
	require.Equal(t, "; its domain is bread and milk", domainWords([]circle.Item{{ID: "bread"}, {ID: "milk"}}))
}

// TestWayOutOfAMethodInWords: M-191, a method says under which rule is voted when no consent is found, when that
// may be, and how a proposal is taken back.
func TestWayOutOfAMethodInWords(t *testing.T) {
	for want, m := range map[string]Method{
		"When no consent is found, " + stuckWords[GoesToBallot] + ruleWords(consentRule): {Stuck: GoesToBallot, Fallback: consentRule},
		"When no consent is found, " + stuckWords[GoesUp]:                                {Stuck: GoesUp},
		"Whether or not consent is found, " + stuckWords[GoesUp]:                         {Stuck: GoesUp, Formal: true},
		"That may be when the question was put 3 times":                                  {Limit: Limit{Questions: 3}},
		"That may be after 2 meetings":                                                   {Limit: Limit{Meetings: 2}},
		"That may be after 1 week":                                                       {Limit: Limit{Time: circle.MustPeriod("1w")}},
		"The proposer may take it back at any time":                                      {Withdrawal: ByOwner},
		"The proposer may take it back, and for 1 week others may take it over":          {Withdrawal: ByTakeover, Grace: circle.MustPeriod("1w")},
		"Who facilitates may discard what is no valid proposal, and says why":            {Discard: true},
		"After 1 week it expires":                                                        {Age: circle.MustPeriod("1w")},
	} {
		var said []string
		m.wordsStuck(func(is bool, form string, args ...any) {
			if is {
				said = append(said, fmt.Sprintf(form, args...))
			}
		})
		require.Equal(t, []string{want}, said)
	}
}

// TestManyInAReason: a reason names two hundred people, and says how many more it is about.
func TestManyInAReason(t *testing.T) {
	var who []circle.PersonID
	for n := range mostNamed + 3 {
		who = append(who, circle.PersonID(fmt.Sprint(n)))
	}
	got := named([]Reason{{Who: who}, {Who: who[:mostNamed]}, {Who: who, More: 4}})
	require.Equal(t, []Reason{{Who: who[:mostNamed], More: 3}, {Who: who[:mostNamed]}, {Who: who[:mostNamed], More: 7}}, got,
		"a rule may have left some out itself")
}

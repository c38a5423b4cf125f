package rule_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/internal/canon"
)

// condition draws a condition, of which many can be and some cannot.
func (l lottery) condition(depth int) rule.Condition {
	names := []string{rule.Yes, rule.No, rule.Abstain, rule.Veto, rule.Silent, rule.Cast, rule.Answered, rule.Everyone}
	if depth == 0 || l.chance(50) {
		q := rule.Condition{Count: []string{pick(l, names...)}, Heads: l.chance(50), Quorum: l.chance(20), Name: pick(l, "", "", "quorum", "yes", "tie")}
		text := pick(l, "0", "1", "2", "7", "340282366920938463463374607431768211455")
		if l.chance(60) {
			q.Of = []string{pick(l, append(names, rule.Register)...)}
			text = pick(l, "1/2", "2/3", "60 %", "0.55", "1", "7/13", "3")
		}
		if l.chance(10) {
			q.Count, q.Of = []string{rule.Objections}, nil
		}
		if l.chance(20) {
			q.Classes = []circle.Class{pick(l, circle.Class("a"), "b", "z")}
		}
		*pick(l, &q.AtLeast, &q.Over, &q.AtMost, &q.Below) = text
		return q
	}
	parts := []rule.Condition{l.condition(depth - 1), l.condition(depth - 1)}
	switch l.IntN(5) {
	case 0:
		return rule.Condition{All: parts}
	case 1:
		return rule.Condition{Any: parts, Name: pick(l, "", "either")}
	case 2:
		return rule.Condition{Not: &parts[0]}
	case 3:
		return rule.Condition{EachClass: &parts[0]}
	}
	return rule.Condition{InClasses: &parts[0], AtLeast: pick(l, "1", "1/2", "2"), Name: pick(l, "", "states")}
}

// A condition is data with a closed vocabulary. What is refused is refused when it is
// loaded; what is not can be stored and read again, says itself in words, and never
// fails on any case, nor do the words for what it came to.
func TestWhatIsLoadedCannotFail(t *testing.T) {
	loaded, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		l := lottery{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 9)), "vote"}
		for range 20 {
			v := rule.Vote{Carry: l.condition(3)}
			if l.chance(20) {
				ends := l.condition(1)
				v.Ends = &ends
			}
			parameters, err := canon.Append(nil, v, 0)
			require.NoError(t, err)
			r, err := rule.NewVote(string(parameters))
			if err != nil {
				refused++
				require.Nil(t, r)
				require.Error(t, v.Check())
				continue
			}
			loaded++
			require.NotRegexp(t, `%!|\(\)|  `, fmt.Sprint(r))
			c := l.election()
			judged := r.Judge(c)
			for _, why := range judged.Why {
				require.NotEqual(t, "rule-error", why.Code, "%s\n%v", parameters, judged)
			}
			readable(t, r, c)
			require.Contains(t, []consent.Outcome{consent.Pending, consent.Carried, consent.Declined}, judged.Outcome)
		}
	})
	require.Greater(t, loaded, 25)
	require.Greater(t, refused, 25)
}

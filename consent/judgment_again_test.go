package consent_test

import (
	"bytes"
	"context"
	"iter"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// mondayRule chooses Monday, whatever was answered.
type mondayRule struct{ consent.ByConsent }

func (mondayRule) Ballot() consent.Ballot { return consent.Ballot{Ranks: true} }

func (mondayRule) Judge(consent.Case) consent.Verdict {
	return consent.Verdict{Outcome: consent.Carried, Winners: []string{"mon"}, Final: true}
}

// againBy opens another engine on the same ledger, with these rules at hand.
func (w *world) againBy(rules consent.Kinds) *world {
	w.t.Helper()
	return w.second(func(c *consent.Config) { c.Rules = rules })
}

// onlyJudgment is the one judgment that the ledger tells of.
func (w *world) onlyJudgment() consent.Judgment {
	w.t.Helper()
	list, err := gather(w.engine.Judgments(context.Background()))
	require.NoError(w.t, err)
	require.Len(w.t, list, 1)
	return list[0]
}

// TestJudgedOtherwiseNow: whoever judges a question again is told where the rule at hand comes
// to something else than what is recorded, and that does not change it. A rule that is not at
// hand says nothing.
func TestJudgedOtherwiseNow(t *testing.T) {
	says := consent.Pending
	w := declining(t, nil, &says)
	w.put("p")
	w.consents("p", ana, ben)
	says = consent.Carried
	w.consents("p", cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	by := func(outcome consent.Outcome) consent.Kinds {
		return consent.Kinds{ownRule: func(string) (consent.Rule, error) { return verdictRule{&outcome}, nil }}
	}
	require.Empty(t, w.onlyJudgment().Differs)
	other := w.againBy(by(consent.Declined))
	j := other.onlyJudgment()
	require.Equal(t, "the rule now says declined, and adopted is recorded", j.Differs)
	require.Equal(t, consent.Carried, j.Outcome)
	require.Equal(t, consent.StageAdopted, other.stage("p"), "what is recorded stands")
	j = w.againBy(nil).onlyJudgment()
	require.Empty(t, j.Differs)
	require.Equal(t, ownRule, j.Rule)
	require.Len(t, j.Case.Answers, 3, "the case can be looked at without the rule")
}

// TestChosenOtherwiseNow: where a rule chose among options, a difference names what was chosen
// and what would be chosen now.
func TestChosenOtherwiseNow(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: schulze})
	w.offers("mon", "sun")
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, ranks("sun"))
	}
	require.Equal(t, []proposal.OptionID{"sun"}, w.chosen("p"))
	require.Empty(t, w.onlyJudgment().Differs)
	rules := maps.Clone(rule.Stock())
	rules[schulze] = func(string) (consent.Rule, error) { return mondayRule{}, nil }
	require.Equal(t, "the rule now chooses mon, and sun is recorded", w.againBy(rules).onlyJudgment().Differs)
}

// TestJudgmentsUntilEnough: whoever has seen enough of the judgments is not given the rest.
func TestJudgmentsUntilEnough(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	for _, p := range []proposal.ID{"p", "q"} {
		w.put(p)
		w.consents(p, ana, ben, cia)
	}
	var seen []proposal.ID
	for j, err := range w.engine.Judgments(t.Context()) {
		require.NoError(t, err)
		seen = append(seen, j.Proposal)
		break
	}
	require.Equal(t, []proposal.ID{"p"}, seen)
}

// An altered store gives other entries than those that were given to it.
type altered struct {
	*ledger.Memory
	entry func([]byte) []byte
}

func (s altered) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for b, err := range s.Memory.Read(ctx, from) {
			if err == nil && s.entry != nil {
				b = s.entry(bytes.Clone(b))
			}
			if !yield(b, err) {
				return
			}
		}
	}
}

// TestJudgmentsOfARewrittenLedger: where somebody has changed in the store what a rule saw, the
// judgment says that the case is another one, and the last word is that the entries are not
// those that were taken in; where what is told there makes no sense any more, it is an error
// and not a crash (D5).
func TestJudgmentsOfARewrittenLedger(t *testing.T) {
	store := &altered{}
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		store.Memory = c.Store.(*ledger.Memory)
		c.Store = store
	})
	w.put("p")
	w.consents("p", ana, ben, cia)
	judged := w.onlyJudgment()
	require.Empty(t, judged.Differs)
	rewrite := func(from, to string) {
		store.entry = func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(from), []byte(to)) }
	}
	rewrite(`"by":"ben","proposal":"p","response":"consent"`, `"by":"ben","proposal":"p","response":"stand-aside"`)
	var list []consent.Judgment
	var last error
	for j, err := range w.engine.Judgments(t.Context()) {
		list, last = append(list, j), err
	}
	require.ErrorIs(t, last, consent.ErrDiffers)
	require.Len(t, list, 2, "and the error by itself")
	j := list[0]
	require.Equal(t, "the case that is built from the entries is not the one that was judged", j.Differs)
	rewrite(`"circle":"den","proposal":"p","sort"`, `"circle":"den","proposal":"x","sort"`)
	_, err := gather(w.engine.Judgments(t.Context()))
	require.ErrorIs(t, err, consent.ErrSenseless)
}

package logbook_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// judge is a rule that is a function.
type judge func(consent.Case) consent.Verdict

func (f judge) Judge(c consent.Case) consent.Verdict { return f(c) }

// wordy is a rule with words of its own for one of its reasons.
type wordy struct{ judge }

func (wordy) Words(why consent.Reason) (string, bool) {
	return why.Got + " did not say yes, and nobody may be missing", why.Code == "missing"
}

// hall is a ledger with a clock, of a circle that decides by some rule within three
// days.
type hall struct {
	*testing.T
	engine *consent.Engine
	now    time.Time
}

// people are those of the hall.
var people = []circle.PersonID{"ana", "bea", "cem", "dov"}

func newHall(t *testing.T, kind string, early bool) *hall {
	t.Helper()
	h := &hall{T: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	method := consent.Method{Name: "days", Rule: consent.RuleName{Kind: kind, Version: 1}, Window: consent.Window{For: circle.MustPeriod("3d"), Lapses: true, Early: early}}
	e, err := consent.Open(t.Context(), consent.Config{Rules: rule.Stock(), Methods: []consent.Method{method}, Now: func() time.Time { return h.now }})
	require.NoError(t, err)
	h.engine = e
	h.do("ana", circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: people, Rules: circle.Rules{Method: "days"}})
	return h
}

func (h *hall) do(who circle.PersonID, c consent.Command) {
	h.Helper()
	_, err := h.engine.Do(h.Context(), circle.Actor{By: who}, c)
	require.NoError(h, err)
}

// A line is what somebody says to a question, and how many hours after it was put;
// who says nothing takes their objection back.
type line struct {
	hours int
	who   circle.PersonID
	says  string
}

// decide puts a question and lets people answer it, and then a week goes by.
func (h *hall) decide(id proposal.ID, lines ...line) {
	h.Helper()
	h.do("ana", proposal.Submit{ID: id, Circle: "den", Text: circle.Say("Paint"), Term: circle.MustPeriod("3m")})
	h.do("ana", consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
	put := h.now
	for _, l := range lines {
		h.now = put.Add(time.Duration(l.hours) * time.Hour)
		if l.says == "" {
			h.do(l.who, objection.Withdraw{Objection: objection.ID("of-" + string(l.who) + "-to-" + string(id))})
			continue
		}
		if l.says == consent.Objects {
			h.do(l.who, objection.Raise{ID: objection.ID("of-" + string(l.who) + "-to-" + string(id)), Proposal: id, Aim: circle.WholeAim, Argument: circle.Say("Too dark to read")})
			continue
		}
		h.do(l.who, consent.Respond{Proposal: id, Answer: l.says})
	}
	h.now = put.AddDate(0, 0, 7)
	_, err := h.engine.Tick(h.Context())
	require.NoError(h, err)
}

// decided is a hall that has decided six questions by a majority.
func decided(t *testing.T, early bool) *hall {
	h := newHall(t, "simple-majority", early)
	yes, no := consent.Consents, consent.Objects
	h.decide("all", line{1, "ana", yes}, line{2, "bea", yes}, line{3, "cem", yes}, line{4, "dov", yes})
	h.decide("three", line{1, "ana", yes}, line{2, "bea", yes}, line{3, "cem", yes})
	h.decide("over", line{1, "ana", yes}, line{2, "bea", no}, line{3, "cem", yes}, line{4, "dov", yes})
	h.decide("tie", line{1, "ana", yes}, line{2, "bea", no}, line{3, "cem", no}, line{4, "dov", yes})
	h.decide("nobody")
	h.decide("withdrawn", line{1, "ana", yes}, line{2, "bea", no}, line{3, "cem", yes}, line{4, "bea", ""}, line{4, "bea", yes}, line{5, "dov", yes})
	return h
}

// Another rule is tried on what a ledger has decided, on just what the rule that
// decided saw. What it would have made otherwise is named, with what was missing by
// it, and who objected.
func TestTryRule(t *testing.T) {
	e := decided(t, false).engine
	broken := judge(func(consent.Case) consent.Verdict { panic("no") })
	waits := judge(func(c consent.Case) consent.Verdict {
		if !rule.Over(&c) {
			return consent.Verdict{Outcome: consent.Pending}
		}
		return consent.Verdict{Outcome: consent.Carried, Final: true}
	})
	for _, c := range []struct {
		with string
		rule consent.Rule
		says string
	}{
		{"the same", rule.SimpleMajority.Vote(), "With the same instead of simple-majority, 0 of 6 decisions differ."},
		{"three quarters", judge(rule.Majority{Share: "3/4"}.Vote().Judge), `With three quarters instead of simple-majority, 1 of 6 decisions differs.
  over (entry 20) was adopted and would not be: majority: it found 3 of 4 and needed over 3/4; the objection of bea stood.`},
		{"consent", consent.ByConsent{}, `With consent instead of simple-majority, 4 of 6 decisions differ.
  three (entry 13) was adopted and would still be open: 3 of 4 consented, not yet dov.
  over (entry 20) was adopted and would still be open: 3 of 4 consented, not yet bea; the objection of bea stood.
  tie (entry 26) was not adopted and would still be open: 2 of 4 consented, not yet bea and cem; the objections of bea and cem stood.
  nobody (entry 29) was not adopted and would still be open: 0 of 4 consented, not yet ana, bea, cem and dov.`},
		{"not less than half", judge(rule.Majority{Share: "1/2", NotLess: true}.Vote().Judge), `With not less than half instead of simple-majority, 1 of 6 decisions differs.
  tie (entry 26) was not adopted and would be: majority: it found 2 of 4 and needed at least 1/2; it goes over the objections of bea and cem.`},
		{"all of us", wordy{rule.Unanimity{}.Vote().Judge}, `With all of us instead of simple-majority, 2 of 6 decisions differ.
  three (entry 13) was adopted and would not be: 1 did not say yes, and nobody may be missing.
  over (entry 20) was adopted and would not be: 1 did not say yes, and nobody may be missing; the objection of bea stood.`},
		{"what waits for the close", waits, `With what waits for the close instead of simple-majority, 2 of 6 decisions differ.
  tie (entry 26) was not adopted and would still be open: the objections of bea and cem stood.
  nobody (entry 29) was not adopted and would be.`},
		{"what breaks off", broken, `With what breaks off instead of simple-majority, 6 of 6 decisions differ.
  all (entry 7) was adopted and would still be open: the rule failed, so it decides nothing.
  three (entry 13) was adopted and would still be open: the rule failed, so it decides nothing.
  over (entry 20) was adopted and would still be open: the rule failed, so it decides nothing; the objection of bea stood.
  tie (entry 26) was not adopted and would still be open: the rule failed, so it decides nothing; the objections of bea and cem stood.
  nobody (entry 29) was not adopted and would still be open: the rule failed, so it decides nothing.
  withdrawn (entry 38) was adopted and would still be open: the rule failed, so it decides nothing.`},
	} {
		got, err := logbook.TryRule(t.Context(), e, c.with, c.rule)
		require.NoError(t, err)
		require.Equal(t, c.says, got.String())
	}
}

// A circle that decides by consent has no close: whoever says the last word at the
// very instant of the decision has said it in time, and a rule that waits for a close
// is told that the time is over. One that names a time is still open until then. What
// is open is not among the decisions.
func TestTryRuleWithoutAClose(t *testing.T) {
	h := newOpenHall(t, "plain")
	h.decide("one", line{0, "ana", consent.Consents}, line{0, "bea", consent.Consents}, line{0, "cem", consent.Consents}, line{0, "dov", consent.Consents})
	h.decide("two", line{0, "bea", consent.Consents}, line{0, "cem", consent.Consents})
	fourAtTheClose := judge(func(c consent.Case) consent.Verdict {
		said := 0
		for _, word := range rule.Said(&c) {
			said += len(word.Position) / len(consent.Consents)
		}
		if !rule.Over(&c) || said < 4 {
			return consent.Verdict{Outcome: consent.Pending}
		}
		return consent.Verdict{Outcome: consent.Carried}
	})
	for _, c := range []struct {
		with string
		rule consent.Rule
		says string
	}{
		{"unanimity", rule.Unanimity{}.Vote(), "With unanimity instead of consent, 0 of 1 decisions differ."},
		{"four at the close", fourAtTheClose, "With four at the close instead of consent, 0 of 1 decisions differ."},
		{"a final comment", rule.FinalComment{Seconds: 60}.Lasting(), `With a final comment instead of consent, 1 of 1 decisions differs.
  one (entry 6) was adopted and would still be open.`},
	} {
		got, err := logbook.TryRule(t.Context(), h.engine, c.with, c.rule)
		require.NoError(t, err)
		require.Equal(t, c.says, got.String())
	}
}

// Where there were still people who could answer, a rule that waits for a close goes
// on waiting.
func TestTryRuleWhileSomebodyIsAwaited(t *testing.T) {
	h := newOpenHall(t, "two")
	h.decide("two", line{0, "bea", consent.Consents}, line{0, "cem", consent.Consents})
	atTheClose := rule.Count(true, func(rule.Counted) bool { return true })
	got, err := logbook.TryRule(t.Context(), h.engine, "what waits", atTheClose)
	require.NoError(t, err)
	require.Equal(t, "With what waits instead of settle, 1 of 1 decisions differs.\n  two (entry 4) was adopted and would still be open.", got.String())
}

// newOpenHall is a hall whose questions have no close, by a method: "plain", "two",
// which settles when two support it, or "vote", which votes where it finds no consent.
func newOpenHall(t *testing.T, method string) *hall {
	t.Helper()
	h := &hall{T: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	e, err := consent.Open(t.Context(), consent.Config{Now: func() time.Time { return h.now }, Methods: []consent.Method{
		{Name: "two", Rule: consent.Settle{Support: 2}.Name()},
		{Name: "vote", Rule: consent.Plain.Rule, Limit: consent.Limit{Questions: 1}, Stuck: consent.GoesToBallot, Fallback: consent.Settle{Share: 2, Of: 3, Heard: true, Ballot: true}.Name()},
	}})
	require.NoError(t, err)
	h.engine = e
	h.do("ana", circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: people, Rules: circle.Rules{Method: circle.Name(method)}})
	return h
}

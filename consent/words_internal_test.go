package consent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// noon is when things happen in these tests.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// plainly is an entry of ana, whom nobody helped.
var plainly = &Entry{Actor: circle.Actor{By: "ana"}}

// TestReasonsInWords: what a rule found is said in words of its own, whatever it
// is, and what is too long to be listed is counted.
func TestReasonsInWords(t *testing.T) {
	who := []circle.PersonID{"ana", "ben"}
	for _, row := range []struct {
		why  Reason
		want string
	}{
		{Reason{Code: "consented", Got: "1", Need: "3", Who: who, More: 2}, "1 of 3 consented, not yet ana and ben and 2 more"},
		{Reason{Code: "consented", Got: "3", Need: "3"}, "3 of 3 consented"},
		{Reason{Code: "objection-stands", Got: "o1", Who: who[:1]}, "the objection o1 of ana stands"},
		{Reason{Code: "silence-counted", Who: who}, "the silence of ana and ben was counted"},
		{Reason{Code: "silence-counted", Who: who, More: 1}, "the silence of ana and ben and 1 more was counted"},
		{Reason{Code: "objections", Got: "0", Need: "below 1"}, "no objection may stand: none does"},
		{Reason{Code: "objections", Got: "1", Need: "at most 0"}, "no objection may stand: 1 does"},
		{Reason{Code: "objections", Got: "2", Need: "below 3"}, "fewer than 3 objections may stand: 2 do"},
		{Reason{Code: "heard", Got: "1", Need: "2", Who: who[1:]}, "1 of 2 heard, not yet ben"},
		{Reason{Code: "heard", Got: "2", Need: "2"}, "2 of 2 heard"},
		{Reason{Code: "rule-error", Got: "no seats"}, "the rule cannot count this, so nothing is decided: no seats"},
		{Reason{Code: "rule-error"}, "the rule failed, so nothing is decided"},
		{Reason{Code: "rule-unknown", Got: "star"}, "the rule star is not at hand here, so nothing is decided"},
		{Reason{Code: "accepted", Who: who, More: 3}, "ana and ben and 3 more accepted"},
		{Reason{Code: "time-is-over", Got: "Monday"}, "the time was over on Monday"},
		{Reason{Code: "cannot-enact", Got: "the role is there"}, "what it decides cannot be carried out: the role is there"},
		{Reason{Code: "moon"}, "the rule looked at “moon”"},
		{Reason{Code: "moon", Options: []string{"a", "b"}}, "the rule looked at “moon” of a and b"},
		{Reason{Code: "moon", Of: []circle.Class{circle.Worker}}, "the rule looked at “moon” in class worker"},
		{Reason{Code: "moon", Got: "2"}, "the rule looked at “moon”: it found 2"},
		{Reason{Code: "moon", Need: "3"}, "the rule looked at “moon”, it needs 3"},
		{Reason{Code: "moon", Who: who, More: 1}, "the rule looked at “moon” (ana and ben and 1 more)"},
		{Reason{Code: "moon", Options: []string{"a"}, Of: []circle.Class{circle.Worker}, Got: "2", Need: "3", Who: who}, "the rule looked at “moon” of a in class worker: it found 2, it needs 3 (ana and ben)"},
	} {
		require.Equal(t, row.want, reasonWords(row.why), "%+v", row.why)
	}
}

// TestVerdictsInWords: a verdict says first what came out, and whether that can
// still change.
func TestVerdictsInWords(t *testing.T) {
	options := Case{Options: []Option{{ID: "a"}, {ID: "b"}}, Now: noon}
	for _, row := range []struct {
		c    Case
		v    Verdict
		want []string
	}{
		{Case{}, Verdict{Outcome: Carried, Final: true}, []string{"It is adopted. This is final."}},
		{Case{}, Verdict{Outcome: Carried}, []string{"It is adopted. This can still change."}},
		{Case{}, Verdict{Outcome: Declined, Final: true}, []string{"It is not adopted. This is final."}},
		{options, Verdict{Outcome: Declined, Final: true}, []string{"Nothing is chosen. This is final."}},
		{options, Verdict{Outcome: Carried, Winners: []string{"a"}, Final: true}, []string{"Chosen: a. This is final."}},
		{options, Verdict{Outcome: Pending, Winners: []string{"a", "b"}}, []string{"It is a tie, which people must settle: a and b can be chosen."}},
		{options, Verdict{Outcome: Pending}, []string{"It is not decided yet."}},
		{options, Verdict{Outcome: Pending, Wake: noon}, []string{"It is not decided yet."}},
		{options, Verdict{Outcome: Pending, Wake: noon.Add(time.Hour)}, []string{"It is not decided yet. Without a new answer it is looked at again on 2 March 2026 13:00 UTC."}},
		{Case{}, Verdict{Outcome: Carried, Final: true, Why: []Reason{{Code: "declared"}, {Code: "declared"}, {Code: "quorum", Got: "2", Need: "1"}}},
			[]string{"It is adopted. This is final.", "Declared by who presides.", "2 spoke, 1 needed."}},
		{Case{}, Verdict{Outcome: Carried, Final: true, Why: []Reason{{Code: "accepted", Who: []circle.PersonID{"ana"}}}},
			[]string{"It is adopted. This is final.", "ana accepted."}},
	} {
		require.Equal(t, row.want, Explain(nil, row.c, row.v), "%+v", row.v)
	}
}

// TestJudgedInWords: what was judged says whom it waits for, until when a last call runs and
// how many took part.
func TestJudgedInWords(t *testing.T) {
	consents := RuleName{Kind: "consent"}
	for _, row := range []struct {
		v    Judged
		want string
	}{
		{Judged{Rule: consents, Version: 2, Outcome: ResultAdopted}, "The rule consent said of version 2: adopted"},
		{Judged{Rule: consents, Version: 2, Outcome: ResultPending, Waiting: []circle.PersonID{"cia"}}, "The rule consent said of version 2: pending; waiting for cia"},
		{Judged{Rule: consents, Version: 1, Outcome: ResultPending, Until: noon}, "The rule consent said of version 1: pending; a last call runs until 2 March 2026 12:00 UTC"},
		{Judged{Rule: consents, Version: 1, Outcome: ResultAdopted, Turnout: Turnout{Spoke: 1, Acknowledged: 2, Silent: 3, Unreached: 4}},
			"The rule consent said of version 1: adopted; 1 spoke; 2 saw it and did not answer; 3 said nothing; 4 could not be reached"},
		{Judged{Rule: RuleName{Kind: "schulze"}, Version: 1, Outcome: ResultAdopted, Winners: []proposal.OptionID{"b"},
			Why: []Reason{{Code: "ballots", Got: "3"}, {Code: "place", Got: "1", Options: []string{"b"}}, {Code: "place", Got: "2", Options: []string{"a"}}, {Code: "pair", Options: []string{"a"}}, {Code: "declared"}}},
			"The rule schulze chose b among the options of version 1; 3 gave a ballot; declared by who presides; places: 1: b, 2: a"},
		{Judged{Rule: RuleName{Kind: "schulze"}, Version: 1, Outcome: ResultTied, Winners: []proposal.OptionID{"a", "b"}, Why: []Reason{{Code: "tie", Options: []string{"a", "b"}}}},
			"The rule schulze puts a and b level, of the options of version 1"},
		{Judged{Rule: RuleName{Kind: "schulze"}, Version: 1, Outcome: ResultAdopted, Winners: []proposal.OptionID{"b"}, Why: []Reason{{Code: "tie-settled", Options: []string{"b"}}}},
			"The rule schulze chose b among the options of version 1, as the tie was settled"},
	} {
		require.Equal(t, row.want, judgedWords(nil, &row.v))
	}
}

// TestActsInWords: what happened to a decision is told, with who did it, and
// without them where a circle did it by consent or nobody did.
func TestActsInWords(t *testing.T) {
	out := noon.AddDate(0, 1, 0)
	for _, row := range []struct {
		event Event
		want  string
	}{
		{&WordingChanged{Version: 2}, "Version 2 changes the wording only: what was said in the rounds holds for it"},
		{&WordingChanged{Version: 2, Begins: true}, "Version 2 changes more than the wording before the circle has reacted: it begins again with it"},
		{&WordingChanged{Version: 2, Onwards: true}, "By the method the circle goes on to the question with version 2"},
		{&Parked{By: "ana", Owner: "ben", Wake: out}, "ana set it aside; ben looks after it, and it comes back on 2 April 2026"},
		{&Parked{Owner: "ben", Wake: out}, "The circle set it aside by consent; ben looks after it, and it comes back on 2 April 2026"},
		{&Resumed{By: "ana", To: "decide"}, "ana took it up again, in the stage decide"},
		{&Resumed{To: "decide"}, "It came back by itself, to the stage decide"},
		{&TransferRefused{Circle: "dairy"}, "dairy did not take it, so it stays"},
		{&TransferRefused{Circle: "dairy", Next: "street"}, "dairy did not take it, so it was offered to street"},
		{&Transferred{From: "bakery", To: "dairy"}, "dairy took it from bakery by consent"},
		{&Transferred{From: "bakery", To: "dairy", By: "gil"}, "dairy took it from bakery: gil did so"},
		{&Ruled{Circle: "street", Ruling: "upheld"}, "street answered by consent: upheld"},
		{&Ruled{By: "gil", Ruling: "upheld"}, "gil answered as arbiter: upheld"},
		{&Ruled{By: "gil", Ruling: "sent-back", Binding: true}, "gil answered as arbiter: sent-back, and each version is held against it"},
		{&Declared{By: "ana", Outcome: "adopted"}, "ana declared it adopted"},
		{&Declared{By: "ana", Outcome: "adopted", Over: []objection.ID{"o1", "o2"}}, "ana declared it adopted over o1 and o2"},
		{&BallotCalled{By: "ana"}, "ana called a vote"},
		{&BallotCalled{By: "ana", Follows: 1, Rule: RuleName{Kind: "consent"}}, "ana called a vote under the rule consent. It follows the question of round 1"},
		{&BallotCalled{By: "ana", Rule: RuleName{Kind: "consent"}, Over: []objection.ID{"o1"}}, "ana called a vote under the rule consent, to which the objection o1 stands"},
		{&BallotCalled{By: "ana", Rule: RuleName{Kind: "consent"}, Over: []objection.ID{"o1", "o2"}}, "ana called a vote under the rule consent, to which the objections o1 and o2 stand"},
		{&MediationReported{By: "gil"}, "gil mediated and found no way"},
		{&MediationReported{By: "gil", Found: true}, "gil mediated and found a way"},
	} {
		says, _, ok := tellExit(plainly, row.event)
		require.True(t, ok)
		require.Equal(t, row.want, says)
	}
}

// TestWaysOutInWords: and so is what happened to an objection.
func TestWaysOutInWords(t *testing.T) {
	for _, row := range []struct {
		event Event
		want  string
	}{
		{&objection.Answered{By: "ana", Objection: "o"}, "ana answered o"},
		{&objection.Answered{By: "ana", Objection: "o", Until: noon}, "ana answered o, to be acknowledged by 2 March 2026"},
		{&objection.Overruled{By: "ana", Objection: "o"}, "ana closed o as answered and not accommodated"},
		{&objection.Overruled{Silent: true, Objection: "o"}, "o was answered and not accommodated: its raiser did not say in time whether the answer meets it"},
	} {
		says, _, ok := tellWayOut(plainly, row.event)
		require.True(t, ok)
		require.Equal(t, row.want, says)
	}
	says, _, ok := tellTest(plainly, &objection.Disputed{By: "ana", Objection: "o", Dispute: "d"})
	require.True(t, ok)
	require.Equal(t, "ana disputed o (d)", says)
	says, _, _ = tellTest(plainly, &objection.Disputed{By: "ana", Objection: "o", Against: "c", Dispute: "d"})
	require.Equal(t, "ana disputed the dispute c (d)", says)
	require.Equal(t, "; looked at by: ana; holds: a, b; against it: cia", findingWords(objection.Finding{Tester: "ana",
		Holds: []objection.CriterionID{"a", "b"}, Against: []circle.PersonID{"cia"}}))
	for want, v := range map[string]*objection.Raised{"": {}, ", raising o1 again": {Again: "o1"}, ", which was the concern c1": {From: "c1"}} {
		require.Equal(t, want, raisedAgain(v))
	}
}

// TestTimesInWords: until when one may answer, who said nothing, and what that counts as.
func TestTimesInWords(t *testing.T) {
	week := circle.MustPeriod("1w")
	waits := timesWords(&Method{}, circle.Absence{})
	require.Equal(t, "; absence policy: the decision waits for the absent", waits)
	require.Equal(t, "; time to answer: 1w", timesWords(&Method{Window: Window{For: week}}, circle.Absence{}))
	require.Equal(t, "; last call: 1w, and an objection in it: the circle works on it and asks again", timesWords(&Method{LastCall: week, Clock: Stops}, circle.Absence{}))
	require.Equal(t, "; time to answer: 1w; last call: 1w, and an objection in it: the time begins anew", timesWords(&Method{Window: Window{For: week}, LastCall: week, Clock: Restarts}, circle.Absence{}))

	over := "The time to answer was over on 2 March 2026 12:00 UTC"
	for _, row := range []struct {
		v    WindowClosed
		want string
	}{
		{WindowClosed{At: noon}, over},
		{WindowClosed{At: noon, Silent: []circle.PersonID{"ben"}}, over + "; ben had said nothing, which is no answer"},
		{WindowClosed{At: noon, All: 300}, over + "; 300 people had said nothing, which is no answer"},
		{WindowClosed{At: noon, Silent: []circle.PersonID{"ben"}, As: Consents}, over + "; ben had said nothing, which counts by the method as: consent"},
	} {
		require.Equal(t, row.want, windowWords(&row.v))
	}
	require.Equal(t, "", strengthWords(0))
	require.Equal(t, ", with a strength of 40 in 100", strengthWords(40))
	require.Equal(t, "", amongWords(nil))
	require.Equal(t, ", to choose among a and b", amongWords([]proposal.OptionID{"a", "b"}))
}

// TestWhoseActInWords: CP-18, whoever helped to bring something in is named beside the
// person whose act it is, and so is who acts for them (CP-19).
func TestWhoseActInWords(t *testing.T) {
	for want, by := range map[string]circle.Actor{
		"ana":                               {By: "ana"},
		"ana (with the support of sam)":     {By: "ana", With: "sam"},
		"ana (through the interpreter ida)": {By: "ana", Through: "ida"},
		"ana (rep acting for them)":         {By: "rep", For: "ana"},
		"ana (written down by sol)":         {By: "ana", RecordedBy: "sol"},
		"ana (with the support of sam) (through the interpreter ida) (written down by sol)": {By: "ana", With: "sam", Through: "ida", RecordedBy: "sol"},
	} {
		require.Equal(t, want, how(&Entry{Actor: by}, "ana"))
	}
	require.Equal(t, "ben", how(&Entry{Actor: circle.Actor{By: "ana", With: "sam", Through: "ida", RecordedBy: "sol"}}, "ben"), "it was another's act")
}

package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

// TestPresets: every documented method is a value that does not contradict
// itself (M-255), and each has a name of its own.
func TestPresets(t *testing.T) {
	names := map[string]bool{}
	for _, m := range consent.Presets() {
		require.NoError(t, m.Check(), m.Name)
		require.False(t, names[m.Name], m.Name)
		names[m.Name] = true
	}
	for _, name := range []string{"sofa", "scm", "s3", "holacracy", "holacracy-async", "final-comment", "lazy-consensus",
		"consensus-approval", "formal-consensus", "n-street", "rough-consensus", "advice", "optimistic"} {
		require.True(t, names[name], name)
	}
}

// TestMethodCheck: a method that contradicts itself is refused, and the
// refusal names the contradiction.
func TestMethodCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*consent.Method)
		says   string
	}{
		"no rule":                  {func(m *consent.Method) { m.Rule = consent.RuleName{} }, "needs a rule with a version"},
		"a rule of no kind":        {func(m *consent.Method) { m.Rule.Kind = "" }, "needs a rule with a version"},
		"a rule of no version":     {func(m *consent.Method) { m.Rule.Version = 0 }, "needs a rule with a version"},
		"labels outside a meeting": {func(m *consent.Method) { m.Labels = true }, "its agenda is made in the meeting"},
		"labels and an agenda":     {func(m *consent.Method) { m.Labels, m.Meeting, m.Agenda = true, true, true }, "its agenda is made in the meeting"},
		"naming in no known way": {func(m *consent.Method) {
			m.Selecting = consent.Selecting{By: consent.ByReasons, May: []consent.Naming{"moon"}}
		}, "it selects in a way that nobody knows"},
		"naming in no way": {func(m *consent.Method) {
			m.Selecting = consent.Selecting{By: consent.ByReasons, May: []consent.Naming{""}}
		}, "it selects in a way that nobody knows"},
		"a way that is none": {func(m *consent.Method) { m.Selecting = consent.Selecting{By: "moon"} }, "it selects in a way that nobody knows"},
		"counting, ties unknown": {func(m *consent.Method) {
			m.Selecting = consent.Selecting{By: consent.ByCount, Ties: []consent.Tie{"moon"}}
		}, "it selects in a way that nobody knows"},
		"counting, a tie unnamed": {func(m *consent.Method) { m.Selecting = consent.Selecting{By: consent.ByCount, Ties: []consent.Tie{""}} }, "it selects in a way that nobody knows"},
		"no name":                 {func(m *consent.Method) { m.Name = "" }, "needs a name"},
		"agenda without meeting":  {func(m *consent.Method) { m.Agenda = true }, "consented to in a meeting"},
		"decider and present":     {func(m *consent.Method) { m.Decider, m.Present = true, true }, "put to those present"},
		"decider without phase":   {func(m *consent.Method) { m.Decider = true }, "hears everybody first"},
		"sponsors below nought":   {func(m *consent.Method) { m.Sponsors = -1 }, "counted from 0"},
		"unknown tie":             {func(m *consent.Method) { m.Ties = []consent.TieBreak{"moon"} }, "ties in a way that nobody knows"},
		"unnamed tie":             {func(m *consent.Method) { m.Ties = []consent.TieBreak{""} }, "ties in a way that nobody knows"},
		"joining those present":   {func(m *consent.Method) { m.Live, m.Present = true, true }, "who joins is asked, too"},
		"joining one person": {func(m *consent.Method) {
			m.Live, m.Decider, m.Phases = true, true, []consent.RoundKind{consent.ReactRound}
		}, "who joins is asked, too"},
		"who objects, of all in a meeting": {func(m *consent.Method) { m.Meeting, m.WhoObjects = true, true }, "asked who objects"},
		"who objects, outside a meeting":   {func(m *consent.Method) { m.Present, m.WhoObjects = true, true }, "asked who objects"},
		"who objects, in turn": {func(m *consent.Method) {
			m.Meeting, m.Present, m.Turns, m.WhoObjects = true, true, true, true
		}, "asked who objects"},
		"a phase twice": {func(m *consent.Method) { m.Phases = []consent.RoundKind{consent.ReactRound, consent.ReactRound} }, "each once"},
		"selecting by a vote": {func(m *consent.Method) {
			m.Selecting = consent.Selecting{By: consent.ByReasons}
			m.Rule = consent.Settle{Support: 1, Ballot: true}.Name()
		}, "by nothing else"},
		"selecting alone": {func(m *consent.Method) {
			m.Selecting, m.Decider, m.Phases = consent.Selecting{By: consent.ByReasons}, true, []consent.RoundKind{consent.ReactRound}
		}, "by nothing else"},
		"selecting by a chair": {func(m *consent.Method) { m.Selecting, m.Chair = consent.Selecting{By: consent.ByReasons}, true }, "by nothing else"},
		"selecting one circle on": {func(m *consent.Method) {
			m.Selecting, m.Stuck = consent.Selecting{By: consent.ByReasons}, consent.GoesUp
		}, "by nothing else"},
		"unknown stance":          {func(m *consent.Method) { m.Stances = []consent.Stance{"maybe"} }, "stance that nobody knows"},
		"window without length":   {func(m *consent.Method) { m.Window.Early = true }, "how long it is open"},
		"window in a meeting":     {func(m *consent.Method) { m.Meeting, m.Window.For = true, week }, "turns or a meeting"},
		"extensions of no length": {func(m *consent.Method) { m.Window = consent.Window{For: week, Extensions: 2} }, "a number and a length"},
		"last call without clock": {func(m *consent.Method) { m.LastCall = week }, "what a new objection does"},
		"clock without last call": {func(m *consent.Method) { m.Clock = consent.Stops }, "what a new objection does"},
		"to a meeting from none":  {func(m *consent.Method) { m.ToMeeting = true }, "it has no window"},
		"aside without stance":    {func(m *consent.Method) { m.Objections.StandAside = true }, "no such stance"},
		"kept and asked again":    {func(m *consent.Method) { m.Keep = true }, "next round is what settles"},
		"answers of no chair":     {func(m *consent.Method) { m.Objections.Solved = objection.ByAnswer }, "answered by a chair"},
		"tests of no chair": {func(m *consent.Method) {
			m.Objections.Tester, m.Objections.Trigger = objection.ByChair, objection.Always
		}, "tested by a chair"},
		"nothing to acknowledge":           {func(m *consent.Method) { m.Objections.Acknowledge = week }, "nobody gives one"},
		"limit without next step":          {func(m *consent.Method) { m.Limit.Questions = 3 }, "no next step"},
		"ballot without rule":              {func(m *consent.Method) { m.Stuck = consent.GoesToBallot }, "a vote needs a rule"},
		"rule without ballot":              {func(m *consent.Method) { m.Fallback = m.Rule }, "a vote needs a rule"},
		"stuck at no chair":                {func(m *consent.Method) { m.Stuck = consent.GoesToChair }, "the chair decides"},
		"a vote by no rule":                {func(m *consent.Method) { m.Formal = true }, "goes to none"},
		"who objects, and nobody is there": {func(m *consent.Method) { m.WhoObjects = true }, "asked who objects"},
		"meeting after meeting":            {func(m *consent.Method) { m.Meeting, m.Stuck = true, consent.GoesToMeeting }, "it is in one"},
		"sealed and kept":                  {func(m *consent.Method) { m.Hidden, m.Keep = consent.HiddenSealed, true }, "they stand for another"},
		"sealed for one": {func(m *consent.Method) {
			m.Hidden, m.Decider, m.Phases = consent.HiddenSealed, true, []consent.RoundKind{consent.ReactRound}
		}, "nothing to reveal together"},
		"hidden somehow":             {func(m *consent.Method) { m.Hidden = "a bit" }, "in a way that nobody knows"},
		"phases in a wrong order":    {func(m *consent.Method) { m.Phases = []consent.RoundKind{consent.ReactRound, consent.ClarifyRound} }, "clarifying comes before"},
		"a question for a phase":     {func(m *consent.Method) { m.Phases = []consent.RoundKind{consent.ConsentRound} }, "no phase before the question"},
		"a tester who knows no when": {func(m *consent.Method) { m.Objections.Tester = objection.ByPeers }, "needs to know when"},
		"supporters of nothing":      {func(m *consent.Method) { m.Objections.Supporters = 2 }, "2 supporters do not fit"},
		"criteria of no tester": {func(m *consent.Method) {
			m.Objections.Criteria = []objection.Criterion{{ID: "aim", Need: objection.Any, Prompt: "?"}}
		}, "nobody tests by them"},
	} {
		t.Run(name, func(t *testing.T) {
			m := consent.Plain
			c.change(&m)
			require.ErrorContains(t, m.Check(), c.says)
		})
	}
	both := consent.Plain
	both.Agenda, both.LastCall = true, week
	require.ErrorContains(t, both.Check(), "consented to in a meeting")
	require.ErrorContains(t, both.Check(), "what a new objection does", "every contradiction is named")
}

var week = circle.MustPeriod("7d")

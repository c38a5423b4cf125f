package consent

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A tale is an event and how it is told. Where it holds words of a person, the event bears
// inWords, and the sentence is followed by them.
type tale struct {
	event Event
	says  string
	words bool
}

var (
	inWords = circle.Say("in ana's words")
	soon    = noon.AddDate(0, 1, 0)
	milk    = []circle.Item{{ID: "milk"}}
)

// tells holds that a teller tells each event as it should be told, and no event of others.
func tells(t *testing.T, tell func(*Entry, Event) (string, circle.Text, bool), tales []tale) {
	t.Helper()
	for _, row := range tales {
		says, words, ok := tell(plainly, row.event)
		require.True(t, ok, "%T", row.event)
		require.Equal(t, row.says, says)
		want := circle.Text{}
		if row.words {
			want = inWords
		}
		require.Equal(t, want, words, "%T", row.event)
	}
	says, words, ok := tell(plainly, &KeyChanged{})
	require.Equal(t, []any{"", circle.Text{}, false}, []any{says, words, ok}, "what explains nothing is not told")
}

// TestFormingInWords: what happens to a need and how a proposal is formed is told, with who
// did it, or that the circle did (CP-25).
func TestFormingInWords(t *testing.T) {
	tells(t, tellBacklog, []tale{
		{&proposal.NeedDescribed{By: "ana", Wording: 2, Situation: inWords}, "ana described the situation (wording 2)", true},
		{&proposal.RequirementSet{Wording: 2, Requirement: inWords}, "The circle said what is needed (wording 2)", true},
		{&proposal.NeedLinked{By: "ana", Need: "n", Text: "p"}, "ana linked n with p", false},
		{&proposal.NeedLinked{By: "ana", Need: "n", To: "m", As: "blocks"}, "ana linked n with the need m (blocks)", false},
		{&proposal.Ranked{By: "ana", Circle: "den", Order: []proposal.NeedID{"n", "m"}}, "ana put the needs of den in order: n, m", false},
		{&proposal.NextStepSet{By: "ana", Step: "explore"}, "ana set the next step: explore", false},
		{&proposal.NextStepSet{By: "ana", Step: "explore", Due: soon}, "ana set the next step: explore, by 2 April 2026", false},
		{&proposal.NeedClosed{Need: "n", Outcome: "met", Reason: inWords}, "The circle closed the need n by consent: met", true},
	})
	tells(t, tellForming, []tale{
		{&proposal.DimensionAdded{By: "ana", Dimension: "d", Text: inWords}, "ana added d to the picture", true},
		{&proposal.PictureClosed{}, "The circle consented that the picture is complete for now", false},
		{&proposal.PictureReopened{By: "ana", Reason: inWords}, "ana opened the picture again", true},
		{&proposal.IdeaAdded{By: "ana", Idea: "i", Text: inWords}, "ana gave the idea i", true},
		{&proposal.IdeaAdded{By: "ana", Idea: "i", Dimensions: []proposal.PieceID{"d", "e"}, Text: inWords}, "ana gave the idea i for d, e", true},
		{&proposal.QuestionAsked{By: "ana", Question: "q", Kind: "information", Text: inWords}, "ana asked the question q (information)", true},
		{&proposal.QuestionAnswered{By: "ana", Question: "q", Answer: inWords}, "ana answered the question q", true},
		{&proposal.Prioritised{By: "ana", Order: []proposal.PieceID{"q", "r"}}, "ana put the questions in order: q, r", false},
		{&proposal.TunersChosen{Tuners: []circle.PersonID{"ben", "cia"}, Until: soon, Mandate: inWords}, "The circle chose by consent who makes one text of it: ben, cia, by 2 April 2026", true},
		{&proposal.CoverageChecked{Text: "p", Version: 2, Covers: true, Reason: inWords}, "The circle consented that version 2 of p covers the picture", true},
		{&proposal.CoverageChecked{By: "ana", Text: "p", Version: 2, BackTo: "picture", Reason: inWords}, "ana found a gap in version 2 of p; the work goes back to the picture", true},
		{&proposal.IdeaLeftOut{By: "ana", Idea: "i", Reason: inWords}, "ana left the idea i out", true},
	})
}

// TestStructureInWords: what a decision changed in the structure is told, and to whom what
// a circle had went (CP-25).
func TestStructureInWords(t *testing.T) {
	tells(t, func(_ *Entry, e Event) (string, circle.Text, bool) { return tellStructure(e) }, []tale{
		{&circle.ChangeCalledOff{Circle: "den", Change: "c"}, "den called the change c off", false},
		{&circle.Redefined{Circle: "den", Aim: inWords, Domain: milk}, "den was defined anew; its domain is milk", true},
		{&circle.AimConfirmed{Circle: "den"}, "den took its aim and domain as its own", false},
		{&circle.Described{Circle: "den", Version: 2, About: circle.Description{Driver: inWords}}, "The domain of den was described (version 2)", true},
		{&circle.TakenIn{Circle: "den", Parent: "street", Domain: milk}, "den lies in street from here on; its domain is milk", false},
		{&circle.RepresentativeNamed{Body: "guild", Person: "ben", Told: inWords}, "ben answers for guild from here on", true},
		{&circle.RepresentativeNamed{Body: "guild", Before: "ben", Told: inWords}, "Nobody answers for guild from here on", true},
		{&circle.StructureAgreed{Circle: "den"}, "den agreed what holds about the circles inside it", false},
		{&circle.PolicyMoved{Policy: "p", From: "den", To: "dairy", Reason: inWords}, "The agreement p went from den to dairy", true},
		{&circle.Merged{Circle: "den", Into: "dairy", Domain: milk}, "den went into dairy; its domain is milk", false},
		{&circle.ItemLent{Circle: "den", To: "dairy", Item: "milk"}, "dairy decides on milk for den", false},
		{&circle.ItemLent{Circle: "den", To: "dairy", Item: "milk", Until: soon}, "dairy decides on milk for den, until 2 April 2026 12:00 UTC", false},
		{&circle.Returned{Circle: "den", Item: "milk"}, "den decides on milk again", false},
		{&proposal.ReachSet{Proposal: "p", Sways: "below"}, "It was said where p holds (below)", false},
	})
	tells(t, func(_ *Entry, e Event) (string, circle.Text, bool) { return fairWords(e) }, []tale{
		{&MemberHeard{Person: "ana", Said: inWords}, "Nobody came to be heard for ana", true},
		{&MemberHeard{Person: "ana", Spoke: "ben", Said: inWords}, "ben was heard for ana", true},
	})
}

// TestAgreementsInWords: what became of an agreement is told, with the dates that count
// (CP-25).
func TestAgreementsInWords(t *testing.T) {
	tells(t, tellAgreement, []tale{
		{&proposal.TookEffect{Version: 2, Since: noon}, "Version 2 took effect on 2 March 2026 12:00 UTC", false},
		{&proposal.TookEffect{Version: 2, Since: noon, Until: soon, Expires: soon}, "Version 2 took effect on 2 March 2026 12:00 UTC, to be looked at again by 2 April 2026; it ends on 2 April 2026 12:00 UTC", false},
		{&proposal.Lapsed{Version: 2}, "The condition of version 2 was not confirmed in time: it never took effect", false},
		{&proposal.HoldLifted{Reason: inWords}, "The circle lifted the hold by consent", true},
		{&proposal.Extended{Version: 2, Until: soon}, "The date came on which version 2 was to end, while its review was open: it ends with the review, and by 2 April 2026 12:00 UTC", false},
		{&proposal.Expired{Version: 2}, "Version 2 ended on its date", false},
		{&proposal.LeftToExpire{Expires: soon}, "The circle leaves it by consent to end on 2 April 2026 12:00 UTC", false},
		{&proposal.Superseded{By: []proposal.ID{"q", "r"}}, "By consent of the circle its place was taken by q, r", false},
		{&proposal.ReviewDelegated{To: "help", Until: soon}, "The helping circle help prepares its review until 2 April 2026", false},
		{&proposal.StartedAfresh{By: "ana", Need: "n"}, "ana opened the need n to understand the matter afresh; the text stays in force", false},
		{&proposal.ReviewDated{By: "ana", Until: soon}, "Its review ended without consent: ana set the next one for 2 April 2026", false},
	})
	for _, besides := range []Event{&AppealMoved{}, &AppealEnded{}, &HoldPut{}, &HoldDecided{}} {
		with := &Entry{Actor: circle.Actor{By: "ana"}, Events: []Event{&proposal.HoldLifted{}, besides}}
		says, _, _ := tellAgreement(with, &proposal.HoldLifted{})
		require.Equal(t, "So it is in force again", says, "%T: no consent of the circle lifted it", besides)
	}
	require.Equal(t, "Version 1 was adopted on 2 March 2026", adoptedWords(&proposal.Adopted{Version: 1, Since: noon}))
	require.Equal(t, "Version 1 was adopted on 2 March 2026, to be looked at again by 2 April 2026; it ends on 2 April 2026 12:00 UTC; it takes effect on 2 March 2026 12:00 UTC; it takes effect if its condition is confirmed before 2 April 2026 12:00 UTC",
		adoptedWords(&proposal.Adopted{Version: 1, Since: noon, Until: soon, Expires: soon, Effective: noon, Lapses: soon}))
	require.Equal(t, "", relatedWords(nil))
	require.Equal(t, ". A change may have an effect on q, r", relatedWords([]proposal.ID{"q", "r"}))
	tells(t, tellProposal, []tale{
		{&proposal.Submitted{By: "ana", Circle: "den", Text: inWords}, "ana put version 1 to den", true},
		{&proposal.Submitted{By: "ana", Circle: "den", Disposition: proposal.Closing, Target: "q", Text: inWords}, "ana put version 1 to den, to close q", true},
		{&proposal.Submitted{By: "ana", Circle: "den", Disposition: proposal.Postpone, Target: "q", Text: inWords}, "ana put version 1 to den, to postpone q", true},
		{&proposal.Amended{Version: 2, Term: circle.MustPeriod("3m"), Text: inWords}, "The circle wrote version 2 by consent, for a term of 3m", true},
		{&proposal.ConflictsChecked{Version: 2, Note: inWords}, "Version 2 was held against other policies: there is a conflict", true},
		{&proposal.ConflictsChecked{Version: 2, Clear: true, Note: inWords}, "Version 2 was held against other policies: no conflict", true},
		{&proposal.MeasureRead{By: "ana", Measure: "m", Value: 3}, "ana read the measure m: 3", false},
		{&proposal.MeasureRead{By: "ana", Measure: "m", Value: 3, Subject: "s"}, "ana read the measure m: 3 for s", false},
		{&proposal.Kept{Version: 2, Until: soon}, "The circle keeps version 2 by consent, to be looked at again by 2 April 2026", false},
		{&proposal.Kept{Version: 2, Until: soon, Outcomes: []circle.ItemID{"glad"}}, "The circle keeps version 2 by consent, to be looked at again by 2 April 2026; it serves glad", false},
	})
}

// TestSelectionsInWords: what only a selection has is told: what was revealed, of whom nothing
// came, who was proposed by which count, and who declined (CP-25).
func TestSelectionsInWords(t *testing.T) {
	ben := []Name{"ben"}
	tells(t, tellSelection, []tale{
		{&ShortListed{By: "ana", Names: []Name{"ben", "cia"}, Reason: inWords}, "ana narrowed it to ben and cia", true},
		{&ProposerAsked{By: "ana", Person: "ben"}, "ana asked ben to propose a candidate", false},
		{&CandidateDiscarded{By: "ana", Names: ben, Reason: inWords}, "ben is a candidate no more, by ana", true},
		{&CandidateDiscarded{By: "ana", Names: []Name{"ana"}, Declined: true, Reason: inWords}, "ana declined", true},
		{&RoleAccepted{By: "ana"}, "ana accepted", false},
		{&NominationsOpened{Nominations: []Named{{By: "ana", Names: ben}, {By: "cia", Against: []Misgiving{{Option: "a"}, {Option: "b", Strength: 40}}}}},
			"The nominations were revealed together; ana: ben; cia: nothing against a, 40 in 100 against b", false},
		{&NominationsOpened{By: "ana", Missing: []circle.PersonID{"cia"}}, "ana revealed the nominations together; nobody was named by cia", false},
		{&NominationsOpened{Missing: []circle.PersonID{"cia"}, Out: true}, "The nominations were revealed together; nobody was named by cia, who by the method have no part in the rest", false},
		{&NominationsOpened{Gone: []circle.PersonID{"cia"}, Barred: []Barred{{"dan", "clerk", "term"}}},
			"The nominations were revealed together; the words are gone of cia; as things are dan cannot take clerk (term)", false},
		{&CandidateProposed{By: "ana", Names: ben, Draw: inWords}, "ana proposed ben; the nominations were: none", true},
		{&CandidateProposed{By: "ana", Names: ben, Tally: []Count{{Name: "ben", N: 2}, {Name: "cia", N: 1}}, Tie: "draw", Draw: inWords},
			"ana proposed ben; the nominations were: ben 2, cia 1; the tie was solved by: draw", true},
		{&CandidateProposed{By: "ana", Names: []Name{"a"}, Tally: []Count{{Name: "a"}, {Name: "b", N: 2, Strengths: []Strength{40, 10}}}, Draw: inWords},
			"ana proposed a; the objections to each option, the weakest first, were: a none, b 2 (40, 10)", true},
	})
	require.Empty(t, wordsOfSelecting(Selecting{}))
	for _, row := range []struct {
		c    Selecting
		want []string
	}{
		{Selecting{By: ByObjections, Parameters: true, Pass: true, Limit: circle.MustPeriod("1w"), Ties: []Tie{"draw"}}, []string{
			"Role, term and qualifications are consented to before anybody is named",
			"Among things, everybody says of each option how strongly they object to it, from 0 (not at all) to 100; it is sealed and signed, and all is revealed together",
			"Who says nothing of the options may pass",
			"There is 1 week to say it; who does not, has no part in the rest",
			"The candidate is the option with the weakest objections: the one whose strongest objection is the weakest, then the next, and so on; ties are solved by: draw",
			"The circle is asked about it as about any other, and no strength counts in its consent"}},
		{Selecting{By: ByReasons, Change: true, Last: true, Welcome: true, Accept: true}, []string{
			"Nominations are sealed and signed, and all are revealed together",
			"Nobody passes: everybody names one for each seat",
			"When all have given their reasons, nominations may be changed; the first ones stay visible",
			"A candidate is proposed on the strength of reasons; the count is information",
			"The nominee is asked last",
			"For a role that links to another circle, that circle consents to who was chosen",
			"Who was chosen accepts at the end"}},
		{Selecting{By: ByCount, May: []Naming{"oneself", "nobody"}, Pass: true, Limit: circle.MustPeriod("3d"), Ties: []Tie{"draw"}}, []string{
			"Nominations are sealed and signed, and all are revealed together; beside others one may name: oneself and nobody",
			"Who names nobody may pass",
			"There are 3 days to name somebody; who does not, has no part in the rest",
			"The candidate is who was named most; ties are solved by: draw"}},
	} {
		require.Equal(t, row.want, wordsOfSelecting(row.c))
	}
}

// said gathers the sentences that a method adds.
func said(words func(adding)) (out []string) {
	words(func(holds bool, form string, args ...any) {
		if holds {
			out = append(out, fmt.Sprintf(form, args...))
		}
	})
	return out
}

func wordsOfSelecting(c Selecting) []string { return said((&Method{Selecting: c}).wordsSelecting) }

// TestMethodsInWords: a method says who is asked, under which rule, and what is asked of an
// objection (CP-25).
func TestMethodsInWords(t *testing.T) {
	require.Equal(t, []string{"Before the question there are questions to understand the text, then one reaction from everybody"},
		said((&Method{Phases: []RoundKind{ClarifyRound, ReactRound}}).wordsBefore))
	for want, m := range map[string]Method{
		"Who proposed decides alone, after everybody was heard": {Decider: true, Rule: consentRule},
		"Those present are asked":                               {Present: true, Rule: consentRule},
		"Every full participant is asked":                       {Rule: consentRule},
	} {
		require.Equal(t, want, said(m.wordsAnswers)[0])
	}
	for want, rule := range map[string]RuleName{
		"everybody who was asked has consented and no objection stands":                           consentRule,
		"the rule star (version 2) says so":                                                       {Kind: "star", Version: 2},
		"everybody was heard, at least 2 are in favour and fewer than 2 objections stand":         Settle{Heard: true, Support: 2, Vetoes: 2}.Name(),
		"over 1/2 of those present are in favour and there are at least 3":                        Resolution{Share: circle.Share{Part: 1, Of: 2}, Base: OfPresent, Quorum: circle.Quorum{Least: 3}}.Name(),
		"over 1/2 of those present are in favour and more than half of each of these are: worker": Resolution{Share: circle.Share{Part: 1, Of: 2}, Base: OfPresent, Carry: []circle.Class{circle.Worker}}.Name(),
	} {
		require.Equal(t, want, ruleWords(rule))
	}
	require.Equal(t, []string{
		"An objection blocks when so many others find it legitimate: 2",
		"Asked of an objection (required): “Does it harm the aim?”",
		solvedWords[""],
	}, said((&Method{Objections: objection.Handling{Tester: objection.BySupporters, Supporters: 2,
		Criteria: []objection.Criterion{{ID: "harm", Need: objection.Required, Prompt: "Does it harm the aim?"}}}}).wordsObjections))
	says, ok := resolutionWords(Reason{Code: "class-carries", Of: []circle.Class{circle.Worker}, Got: "1/3", Need: "more than 1/2"})
	require.True(t, ok)
	require.Equal(t, "of class worker 1/3 were in favour, and more than 1/2 of them is needed", says)
	require.Equal(t, "", percent("many"))
	require.Equal(t, " (33.33 %)", percent("1/3"))
	require.Equal(t, "1 stand aside, 0 may", reasonWords(Reason{Code: "stand-asides", Got: "1", Need: "0"}))
}

// TestWaysInWords: what happens beside the straight way is told (CP-25).
func TestWaysInWords(t *testing.T) {
	tells(t, tellExit, []tale{
		{&Forwarded{By: "ana"}, "ana put the draft to the circle", false},
		{&ClassDisputed{By: "ana", Reason: inWords}, "ana said that more than the wording was changed, so the circle began again", true},
		{&WithdrawalAnnounced{By: "ana", Until: soon, Reason: inWords}, "ana takes the proposal back, unless somebody takes it over by 2 April 2026", true},
		{&TakenOver{By: "ana"}, "ana took the proposal over", false},
		{&MergeAgreed{By: "ana", With: "q", Reason: inWords}, "ana agreed that q takes its place", true},
		{&Expired{At: noon}, "Its time was over, and nobody had ended it", false},
		{&DeadlockCalled{By: "ana", Reason: inWords}, "ana said that the circle is deadlocked", true},
		{&DeadlockDeclared{Got: 2, Of: 3, Share: circle.Share{Part: 1, Of: 2}}, "2 of 3 said so, and 1 of 2 is enough: the circle may vote", false},
		{&AppealLeft{By: "ana", Appeal: "a", Reason: inWords}, "ana took their signature from a back", true},
		{&PanelReported{Appeal: "a", Says: 2, Of: 3}, "The panel reported on a: 2 of 3 say so", false},
		{&PanelReported{Appeal: "a", Says: 2, Of: 3, Short: true}, "The panel reported on a: 2 of 3 say so, and nobody otherwise: it ended early", false},
		{&PanelReported{Appeal: "a", Says: 2, Of: 3, Late: true}, "The panel reported on a: 2 of 3 say so; its time was over", false},
		{&AppealMoved{Appeal: "a", Before: "street", As: "arbiter", By: "ana", Reason: inWords}, "The appeal a lies before street, as arbiter; ana brought it there", true},
		{&AppealMoved{Appeal: "a", Before: "street", Panel: true, Holds: true, Reason: inWords}, "The appeal a lies before a panel that street names, and the decision is on hold meanwhile", true},
		{&HoldDecided{Keep: 3, Lift: 2, Stays: true}, "It stays on hold: 3 to 2", false},
		{&HoldDecided{Keep: 2, Lift: 3}, "The hold is lifted: 2 to 3", false},
	})
	tells(t, tellTest, []tale{
		{&objection.Ruled{By: "ana", Objection: "o", Criterion: "harm", Holds: true, Reason: inWords}, "ana ruled for o: harm holds: yes", true},
		{&objection.Ruled{By: "ana", Objection: "o", Criterion: "harm", Reason: inWords}, "ana ruled for o: harm holds: no", true},
		{&objection.Conceded{By: "ana", Dispute: "d"}, "ana conceded the dispute d", false},
		{&objection.Refined{By: "ana", Objection: "o", Argument: inWords}, "ana put o in other words", true},
	})
	tells(t, tellWayOut, []tale{
		{&objection.Adopted{By: "ana", Objection: "o"}, "ana took on o, whose raiser has left", false},
		{&objection.StoodAside{By: "ana", Objection: "o", Reason: inWords}, "ana stands aside from o", true},
		{&objection.PremiseNamed{By: "ana", Objection: "o", Premise: "x", Text: inWords}, "ana named what o rests on (x)", true},
		{&objection.PremiseMarked{By: "ana", Objection: "o", Premise: "x", Mark: "doubted"}, "ana marked the premise x of o: doubted", false},
	})
	tells(t, tellWindow, []tale{
		{&Sponsored{By: "ana"}, "ana stands behind it", false},
		{&MethodChosen{Method: Method{Name: "sofa"}}, "The circle chose by consent to decide this by the method sofa", false},
		{&AnsweredAhead{By: "ana", Version: 2, Answer: Consents, Reason: inWords}, "ana, who will be away, answers ahead on version 2: consent", true},
		{&AheadVoid{Who: []circle.PersonID{"ana", "ben"}}, "What ana and ben answered ahead is void: the text has changed", false},
		{&FeedbackAsked{By: "ana", Person: "ben", Text: inWords}, "ana asked ben for a word", true},
	})
	for level, want := range map[circle.Level]string{
		circle.Full:     "they came to den after it opened, or were not there",
		circle.Learning: "a learning participant of den",
		circle.OnLeave:  "on leave from den",
		circle.Guest:    "a guest of den",
		"":              "not a participant of den",
	} {
		require.Equal(t, want, levelWords(level, "den"))
	}
}

// TestPacketInWords: what goes along with a question that is passed on is told; where it is too
// long for an entry, the first hundred are named, and how many more there are (CP-25).
func TestPacketInWords(t *testing.T) {
	require.Equal(t, "", (*Packet)(nil).says())
	require.Equal(t, "; with it go 1 version", (&Packet{Versions: 1}).says())
	require.Equal(t, "; with it go 2 versions, the need n with 1 input, 3 meetings, o of ana to version 1 (open), tried: amend",
		(&Packet{Need: "n", Inputs: 1, Versions: 2, Meetings: 3, Objections: []Argued{{"o", "ana", 1, "open"}}, Tools: []circle.Tool{"amend"}}).says())
	full := &Packet{Versions: 1}
	for n := range mostArgued + 3 {
		full.Objections = append(full.Objections, Argued{Objection: objection.ID(fmt.Sprint(n))})
		full.Heard = append(full.Heard, circle.PersonID(fmt.Sprint(n)))
	}
	full.Heard = full.Heard[:mostArgued+2]
	cut := full.bounded()
	require.Len(t, cut.Objections, mostArgued)
	require.Len(t, cut.Heard, mostArgued)
	require.Equal(t, 5, cut.More)
	require.Equal(t, "; with it go 1 version, 5 more than can be named", (&Packet{Versions: 1, More: 5}).says())
}

// TestWhyWordsAreGone: what was erased says why, for each ground (CP-23).
func TestWhyWordsAreGone(t *testing.T) {
	for ground, want := range map[Ground]string{
		GroundRequest:   "it was asked for",
		GroundWithdrawn: "it was no longer agreed that they are kept",
		GroundRetention: "they were not needed any more",
		GroundUnlawful:  "they should not have been kept",
		GroundCourt:     "a law or a court asked for it",
		"moon":          "for another reason",
	} {
		require.Equal(t, want, ground.says())
	}
}

// TestQuestionsInOrder: of each question there is who was asked, the last word of each, what
// stood and what came out; silence counts only where a policy says as what (CP-25, CP-21).
func TestQuestionsInOrder(t *testing.T) {
	f := questions{of: "p"}
	vote, consents := RuleName{Kind: "majority"}, consentRule
	for pos, event := range []Event{
		&Responded{Proposal: "p", By: "dan", Response: Consents}, // before there is a question
		&Opened{Proposal: "p", Method: &Method{Rule: vote}},
		&MethodChosen{Proposal: "p", Method: Method{Rule: consents, Fallback: vote}},
		&RoundOpened{Proposal: "p", Round: ReactRound, No: 1},
		&RoundOpened{Proposal: "p", Round: ConsentRound, No: 2, Version: 1, Seats: []Seat{{Person: "ana"}, {Person: "ben"}, {Person: "cia"}}},
		&Revealed{Proposal: "p", Answers: []OpenedAnswer{{By: "ana", Answer: Consents}, {By: "ben", Answer: Objects}}},
		&objection.Raised{Proposal: "p", Objection: "o"},
		&objection.Raised{Proposal: "q", Objection: "elsewhere"},
		&Responded{Proposal: "q", By: "ana", Response: Objects},
		&Responded{Proposal: "p", By: "dan", Response: Consents},
		&Contested{Proposal: "p", By: "dan", Reopens: true}, // it was not so (CP-21)
		&Contested{Proposal: "p", By: "ana"},                // what was decided on stands
		&WindowClosed{Proposal: "p", Silent: []circle.PersonID{"cia"}, As: Name(SilenceExcluded)},
		&SilenceCounted{Proposal: "p", Who: []circle.PersonID{"cia"}, As: Consents},
		&Judged{Proposal: "p", Outcome: ResultNotAdopted, Why: []Reason{{Code: "objection-stands", Got: "o"}}},
		&RoundOpened{Proposal: "p", Round: BallotRound, No: 3, Version: 1},
		&objection.Withdrawn{Objection: "o"},
		&WindowClosed{Proposal: "p", Silent: []circle.PersonID{"cia"}, As: Name(Abstains)},
		&WindowClosed{Proposal: "p", Silent: []circle.PersonID{"ana"}},
	} {
		f.take(uint64(pos), event)
	}
	require.Equal(t, []string{
		"Question 2, on version 1, under the rule of consent; ana: consent; ben: objects; cia: consent (by silence); standing: o; it came out as not-adopted.",
		"Question 3, on version 1, under the rule majority, after question 2; cia: abstain (by silence); it is open.",
	}, []string{f.list[0].String(), f.list[1].String()})
	require.Equal(t, []circle.PersonID{"ana", "ben", "cia"}, f.list[0].Seats)
	require.Empty(t, f.standing)
	require.Equal(t, []objection.ID{"o"}, stoodIn(&Judged{}, []objection.ID{"o"}), "people ended it: what stood at that instant")
}

package proposal_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
	"github.com/sayround/sayround/proposal"
)

var (
	now   = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	say   = circle.Say
	month = circle.MustPeriod("1m")
	year  = circle.MustPeriod("12m")
)

func day(n int) time.Time { return now.AddDate(0, 0, n) }

// happen seals a copy of an event, as the engine does, and applies it.
func happen(t require.TestingT, m *proposal.Matters, e proposal.Event, parts *int) {
	sealed := canon.Clone(e).(proposal.Event)
	require.NoError(t, canon.Seal(sealed, 7, func(string, string) (int, error) { *parts++; return *parts, nil }))
	m.Apply(sealed)
}

func history(t require.TestingT, given []proposal.Event) *proposal.Matters {
	m := &proposal.Matters{}
	parts := 0
	for _, e := range given {
		happen(t, m, e, &parts)
	}
	return m
}

func item(id circle.ItemID) circle.Item { return circle.Item{ID: id} }

// people are the circles of the reference organisation in small: places, with
// valley inside, which handed rota on to rotas, where wyn facilitates; helpers
// answer the need notes, as bygone did. The crew helps, and decides nothing.
func people(t require.TestingT, rules circle.Rules) *circle.Organisation {
	o := &circle.Organisation{}
	part := 0
	for _, e := range []circle.Event{
		&circle.Founded{Circle: "places", By: "ana", Aim: say("a"), Domain: []circle.Item{item("teams"), item("rota")}},
		&circle.Admitted{Person: "ana", Class: circle.Worker}, &circle.Admitted{Person: "ben", Class: circle.Supported, Formats: []circle.Format{circle.EasyRead}},
		&circle.Admitted{Person: "cia", Class: circle.Worker}, &circle.Admitted{Person: "dee", Class: circle.Advocate},
		&circle.Admitted{Person: "gus", Class: circle.Investor}, &circle.Admitted{Person: "wyn"},
		&circle.Opened{Circle: "valley", Parent: "places", Type: circle.Local, Aim: say("a"), Domain: []circle.Item{item("teams"), item("rota")}},
		&circle.Opened{Circle: "rotas", Parent: "valley", Type: circle.Local, Aim: say("a"), Domain: []circle.Item{item("rota")}},
		&circle.Joined{Circle: "valley", Person: "ana", Level: circle.Full}, &circle.Joined{Circle: "valley", Person: "ben", Level: circle.Full},
		&circle.Joined{Circle: "valley", Person: "cia", Level: circle.Full}, &circle.Joined{Circle: "valley", Person: "dee", Level: circle.Learning},
		&circle.Joined{Circle: "valley", Person: "gus", Level: circle.Guest},
		&circle.RulesAgreed{Circle: "valley", Rules: rules},
		&circle.RoleCreated{Role: "counter", Circle: "valley"}, &circle.RoleGiven{Role: "counter", Person: "cia", Since: now},
		&circle.Opened{Circle: "helpers", Parent: "valley", Type: circle.Helping, Product: say("a draft"), Meetings: 2, Answers: "notes"},
		&circle.Joined{Circle: "helpers", Person: "wyn", Level: circle.Full}, &circle.Joined{Circle: "helpers", Person: "dee", Level: circle.Learning},
		&circle.Opened{Circle: "others", Parent: "valley", Type: circle.Helping, Product: say("a draft"), Meetings: 2, Answers: "keys"},
		&circle.Joined{Circle: "others", Person: "wyn", Level: circle.Full},
		&circle.RoleCreated{Role: "secretary", Circle: "valley", Hat: circle.Secretary}, &circle.RoleGiven{Role: "secretary", Person: "ben", Since: now},
		&circle.RoleCreated{Role: "scribe", Circle: "places", Hat: circle.Secretary}, &circle.RoleGiven{Role: "scribe", Person: "wyn", Since: now},
		&circle.RoleCreated{Role: "facilitator", Circle: "valley", Hat: circle.Facilitator}, &circle.RoleGiven{Role: "facilitator", Person: "cia", Since: now},
		&circle.Joined{Circle: "places", Person: "dee", Level: circle.Full},
		&circle.Joined{Circle: "rotas", Person: "wyn", Level: circle.Full}, &circle.Joined{Circle: "rotas", Person: "ben", Level: circle.Full},
		&circle.RoleCreated{Role: "rotas-facilitator", Circle: "rotas", Hat: circle.Facilitator},
		&circle.RoleGiven{Role: "rotas-facilitator", Person: "wyn", Since: now},
		&circle.Opened{Circle: "bygone", Parent: "valley", Type: circle.Helping, Product: say("a draft"), Meetings: 2, Answers: "notes"},
		&circle.Closed{Circle: "bygone"},
		&circle.Opened{Circle: "crew", Parent: "valley", Type: circle.HelpingTeam, Aim: say("a")},
	} {
		require.NoError(t, canon.Seal(e, 3, func(string, string) (int, error) { part++; return part, nil }))
		o.Apply(e)
	}
	return o
}

var askLong = circle.Rules{LongTerm: circle.LongTerm{Months: 6, Goes: circle.Ask}}

func events(lists ...[]proposal.Event) []proposal.Event {
	var out []proposal.Event
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func and(given []proposal.Event, more ...proposal.Event) []proposal.Event { return events(given, more) }

// The histories that the rows begin with.
var (
	opened = []proposal.Event{
		&proposal.NeedOpened{Need: "notes", Circle: "valley", By: "ana", Origin: circle.Worker, At: now, Text: say("notes get lost")}}
	inDomain = and(opened, &proposal.DomainChecked{Need: "notes", Item: "teams", By: "ana"})
	checked  = and(inDomain, &proposal.MajorChecked{Need: "notes", Major: true, Effect: month, By: "ana", LongTerm: proposal.NotAsked})
	asked    = and(inDomain, &proposal.MajorChecked{Need: "notes", Major: true, Effect: year, By: "ana", LongTerm: proposal.Unanswered})
	upwards  = and(inDomain, &proposal.MajorChecked{Need: "notes", Effect: year, By: "ana", LongTerm: proposal.BelongsUp})
	input    = and(opened, &proposal.InputGiven{Need: "notes", Input: "i1", By: "gus", Class: circle.Investor, Text: say("cost?")})

	submitted = []proposal.Event{&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy,
		Text: say("v1"), Term: year, Measures: []proposal.Measure{missed}, At: now}}
	amended = and(submitted, &proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Term: month, Measures: []proposal.Measure{missed},
		Weight: proposal.Substantive, By: "cia", At: day(1)})
	adopted   = and(submitted, &proposal.Adopted{Proposal: "notes", Version: 1, Since: day(2), Until: day(367)})
	inReview  = and(adopted, revised)
	withdrawn = and(submitted, &proposal.Withdrawn{Proposal: "notes", By: "ana"})
	carried   = []proposal.Event{
		&proposal.Submitted{Proposal: "agenda", Circle: "valley", By: "ana", Sort: proposal.Process, Text: say("agenda"), At: now},
		&proposal.Adopted{Proposal: "agenda", Version: 1, Since: now}}

	missed = proposal.Measure{ID: "missed", Indicator: say("missed hand-overs"), Every: month, Reader: "counter", Stop: 3}
	late   = proposal.Measure{ID: "late", Indicator: say("late ones"), Every: month, Reader: "counter", Stop: 1}

	revised = &proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Term: year, Measures: []proposal.Measure{missed},
		Weight: proposal.Substantive, By: "cia", At: day(30)}
)

// byProcess are the commands that people do not give.
// days are options to choose from, and choosing is a proposal that puts them to the choice.
var (
	days     = []proposal.Option{{ID: "mon", Label: say("Monday")}, {ID: "sun", Label: say("Sunday")}}
	choosing = []proposal.Event{&proposal.Submitted{Proposal: "day", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("Which?"), At: now,
		Record: &proposal.Record{Options: days}}}
)

var byProcess = []proposal.Command{proposal.Adopt{}, proposal.MissReading{}, proposal.EndTerm{}, proposal.TakeEffect{}, proposal.LapseCondition{}, proposal.Expire{}}

type row struct {
	name    string
	rules   circle.Rules
	given   []proposal.Event
	by      circle.PersonID // nobody: ana
	consent circle.ID
	at      time.Time // none: now
	over    bool      // the process of its review has ended
	when    proposal.Command
	then    []proposal.Event
	refused *circle.Code
}

var needRows = []row{
	{name: "CP-5: anybody may open a need", by: "gus", when: proposal.OpenNeed{ID: "notes", Circle: "valley", Text: say("lost")},
		then: []proposal.Event{&proposal.NeedOpened{Need: "notes", Circle: "valley", By: "gus", Origin: circle.Investor, At: now, Text: say("lost")}}},
	{name: "CP-5: also who is no member", by: "wyn", when: proposal.OpenNeed{ID: "notes", Circle: "valley", Text: say("lost")},
		then: []proposal.Event{&proposal.NeedOpened{Need: "notes", Circle: "valley", By: "wyn", At: now, Text: say("lost")}}},
	{name: "a need before nobody", when: proposal.OpenNeed{ID: "notes", Circle: "nowhere", Text: say("lost")}, refused: circle.UnknownCircle},
	{name: "the name of a need is taken", given: opened, when: proposal.OpenNeed{ID: "notes", Circle: "valley", Text: say("lost")}, refused: circle.TakenID},

	{name: "EC-45: in the domain", given: opened, when: proposal.CheckDomain{Need: "notes", Item: "teams"},
		then: []proposal.Event{&proposal.DomainChecked{Need: "notes", Item: "teams", By: "ana"}}},
	{name: "EC-45: a learning participant may look", given: opened, by: "dee", when: proposal.CheckDomain{Need: "notes", Item: "teams"},
		then: []proposal.Event{&proposal.DomainChecked{Need: "notes", Item: "teams", By: "dee"}}},
	{name: "EC-45: outside the domain", given: opened, when: proposal.CheckDomain{Need: "notes", Item: "money"}, refused: proposal.OutsideDomain},
	{name: "CP-29: in the domain of an inner circle", given: opened, when: proposal.CheckDomain{Need: "notes", Item: "rota"}, refused: proposal.HandedOn},
	{name: "EC-25: a guest does not check", given: opened, by: "gus", when: proposal.CheckDomain{Need: "notes", Item: "teams"}, refused: proposal.NotParticipant},
	{name: "checking what is not there", when: proposal.CheckDomain{Need: "notes", Item: "teams"}, refused: proposal.UnknownNeed},

	{name: "EC-45: major", given: inDomain, when: proposal.CheckMajor{Need: "notes", Major: true, Effect: month, Reason: say("all Teams")},
		then: []proposal.Event{&proposal.MajorChecked{Need: "notes", Major: true, Effect: month, Reason: say("all Teams"), By: "ana", LongTerm: proposal.NotAsked}}},
	{name: "EC-59: six months and more are long", rules: askLong, given: inDomain, when: proposal.CheckMajor{Need: "notes", Effect: circle.MustPeriod("6m")},
		then: []proposal.Event{&proposal.MajorChecked{Need: "notes", Effect: circle.MustPeriod("6m"), By: "ana", LongTerm: proposal.Unanswered}}},
	{name: "EC-59: less is not", rules: askLong, given: inDomain, when: proposal.CheckMajor{Need: "notes", Effect: circle.MustPeriod("5m")},
		then: []proposal.Event{&proposal.MajorChecked{Need: "notes", Effect: circle.MustPeriod("5m"), By: "ana", LongTerm: proposal.NotAsked}}},
	{name: "EC-59: where such decisions go up", rules: circle.Rules{LongTerm: circle.LongTerm{Months: 6, Goes: circle.Up}}, given: inDomain,
		when: proposal.CheckMajor{Need: "notes", Effect: year},
		then: []proposal.Event{&proposal.MajorChecked{Need: "notes", Effect: year, By: "ana", LongTerm: proposal.BelongsUp}}},
	{name: "EC-45: the domain comes first", given: opened, when: proposal.CheckMajor{Need: "notes"}, refused: proposal.DomainFirst},
	{name: "EC-45: who takes no part", given: inDomain, by: "wyn", when: proposal.CheckMajor{Need: "notes"}, refused: proposal.NotParticipant},
	{name: "major without a need", when: proposal.CheckMajor{Need: "notes"}, refused: proposal.UnknownNeed},

	{name: "EC-59: the circle answers that it may decide", given: asked, consent: "valley", when: proposal.AnswerLongTerm{Need: "notes", Reason: say("delegated")},
		then: []proposal.Event{&proposal.LongTermAnswered{Need: "notes", Reason: say("delegated")}}},
	{name: "EC-59: nobody answers alone", given: asked, when: proposal.AnswerLongTerm{Need: "notes", Reason: say("r")}, refused: proposal.ByConsent},
	{name: "EC-59: the circle around it does not answer for it", given: asked, consent: "places", when: proposal.AnswerLongTerm{Need: "notes", Reason: say("r")}, refused: proposal.ByConsent},
	{name: "EC-59: what belongs up is not answered", given: upwards, consent: "valley", when: proposal.AnswerLongTerm{Need: "notes", Reason: say("r")}, refused: proposal.LongTermUp},
	{name: "EC-59: what nobody asked", given: checked, consent: "valley", when: proposal.AnswerLongTerm{Need: "notes", Reason: say("r")}, refused: proposal.NotAsking},
	{name: "EC-59: what is answered", given: and(asked, &proposal.LongTermAnswered{Need: "notes", Reason: say("r")}), consent: "valley",
		when: proposal.AnswerLongTerm{Need: "notes", Reason: say("r")}, refused: proposal.NotAsking},
	{name: "an answer to no need", consent: "valley", when: proposal.AnswerLongTerm{Need: "notes"}, refused: proposal.UnknownNeed},

	{name: "EC-46: the circle chooses one or more responses", given: checked, consent: "valley",
		when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.AskOpinions, proposal.HelpingCircle}, Rung: proposal.CoDesign},
		then: []proposal.Event{&proposal.Responded{Need: "notes", Responses: []proposal.Response{proposal.AskOpinions, proposal.HelpingCircle}, Rung: proposal.CoDesign}}},
	{name: "CP-6: how far people take part is said before they are asked", given: checked, consent: "valley",
		when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.Research, proposal.AskOpinions}}, refused: proposal.RungFirst},
	{name: "CP-6: before a conversation too", given: checked, consent: "valley",
		when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.Conversation}}, refused: proposal.RungFirst},
	{name: "EC-46: nobody chooses alone", given: checked, when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.Research}}, refused: proposal.ByConsent},
	{name: "EC-46: it is chosen once", given: and(checked, &proposal.Responded{Need: "notes", Responses: []proposal.Response{proposal.Research}}), consent: "valley",
		when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.Research}}, refused: proposal.AlreadyChosen},
	{name: "EC-45: both questions come first", given: inDomain, consent: "valley", when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.Research}}, refused: proposal.ChecksFirst},
	{name: "EC-59: the long-term question comes first", given: asked, consent: "valley", when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.Research}}, refused: proposal.LongTermOpen},
	{name: "EC-59: what belongs up gets no response here", given: upwards, consent: "valley", when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.Research}}, refused: proposal.LongTermUp},
	{name: "EC-59: what is answered does", given: and(asked, &proposal.LongTermAnswered{Need: "notes", Reason: say("r")}), consent: "valley",
		when: proposal.Respond{Need: "notes", Responses: []proposal.Response{proposal.DecideDirectly}},
		then: []proposal.Event{&proposal.Responded{Need: "notes", Responses: []proposal.Response{proposal.DecideDirectly}}}},
	{name: "a response to no need", consent: "valley", when: proposal.Respond{Need: "notes"}, refused: proposal.UnknownNeed},

	{name: "EC-27: anybody may give input", given: opened, by: "gus", when: proposal.GiveInput{ID: "i1", Need: "notes", Text: say("cost?"), Source: proposal.Lived},
		then: []proposal.Event{&proposal.InputGiven{Need: "notes", Input: "i1", By: "gus", Class: circle.Investor, Source: proposal.Lived, Text: say("cost?")}}},
	{name: "the name of an input is taken", given: input, when: proposal.GiveInput{ID: "i1", Need: "notes", Text: say("more")}, refused: circle.TakenID},
	{name: "input to no need", when: proposal.GiveInput{ID: "i1", Need: "notes", Text: say("more")}, refused: proposal.UnknownNeed},
	{name: "CP-26: an input is answered", given: input, when: proposal.AnswerInput{Need: "notes", Input: "i1", Answer: proposal.Used, How: say("so")},
		then: []proposal.Event{&proposal.InputAnswered{Need: "notes", Input: "i1", Answer: proposal.Used, How: say("so"), By: "ana"}}},
	{name: "CP-26: what was left open is answered later", given: and(input, &proposal.InputAnswered{Need: "notes", Input: "i1", Answer: proposal.Open, By: "ana"}),
		when: proposal.AnswerInput{Need: "notes", Input: "i1", Answer: proposal.NotUsed},
		then: []proposal.Event{&proposal.InputAnswered{Need: "notes", Input: "i1", Answer: proposal.NotUsed, By: "ana"}}},
	{name: "CP-26: it is answered once", given: and(input, &proposal.InputAnswered{Need: "notes", Input: "i1", Answer: proposal.NotUsed, By: "ana"}),
		when: proposal.AnswerInput{Need: "notes", Input: "i1", Answer: proposal.Used}, refused: proposal.InputAnsweredAlready},
	{name: "CP-26: by who takes part", given: input, by: "gus", when: proposal.AnswerInput{Need: "notes", Input: "i1", Answer: proposal.Used}, refused: proposal.NotParticipant},
	{name: "CP-26: an input that is not there", given: input, when: proposal.AnswerInput{Need: "notes", Input: "i2", Answer: proposal.Used}, refused: proposal.UnknownInput},
	{name: "CP-26: of a need that is not there", when: proposal.AnswerInput{Need: "notes", Input: "i2", Answer: proposal.Used}, refused: proposal.UnknownNeed},
}

var textRows = []row{
	{name: "a policy is put to a circle, with term and measures", given: opened,
		when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Text: say("v1"), Term: year, Measures: []proposal.Measure{missed, late}},
		then: []proposal.Event{&proposal.Submitted{Proposal: "notes", Need: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy,
			Text: say("v1"), Term: year, Measures: []proposal.Measure{missed, late}, At: now}}},
	{name: "a question that carries out a command", by: "dee",
		when: proposal.Submit{ID: "agenda", Circle: "valley", Sort: proposal.Process, Text: say("?"), Enacts: []circle.Deed{circle.Join{Circle: "valley", Person: "wyn", Level: circle.Full}}},
		then: []proposal.Event{&proposal.Submitted{Proposal: "agenda", Circle: "valley", By: "dee", Sort: proposal.Process, Text: say("?"), At: now,
			Enacts: []circle.Deed{&circle.Join{Circle: "valley", Person: "wyn", Level: circle.Full}}}}},
	{name: "EC-48: a helping circle recommends", given: opened, by: "wyn", when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Recommended: "helpers", Text: say("v1")},
		then: []proposal.Event{&proposal.Submitted{Proposal: "notes", Need: "notes", Circle: "valley", By: "wyn", Recommended: "helpers", Sort: proposal.Policy, Text: say("v1"), At: now}}},
	{name: "EC-48: of another need", given: opened, by: "wyn", when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Recommended: "others", Text: say("v1")}, refused: proposal.NotRecommending},
	{name: "EC-48: who is not full there", given: opened, by: "dee", when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Recommended: "helpers", Text: say("v1")}, refused: proposal.NotRecommending},
	{name: "EC-48: no helping circle", given: opened, when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Recommended: "valley", Text: say("v1")}, refused: proposal.NotRecommending},
	{name: "EC-48: a helping circle never decides", by: "wyn", when: proposal.Submit{ID: "notes", Circle: "helpers", Text: say("v1")}, refused: proposal.HelpingDecides},
	{name: "EC-20: who takes no part", by: "wyn", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1")}, refused: proposal.NotParticipant},
	{name: "EC-25: a guest", by: "gus", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1")}, refused: proposal.NotParticipant},
	{name: "before nobody", when: proposal.Submit{ID: "notes", Circle: "nowhere", Text: say("v1")}, refused: circle.UnknownCircle},
	{name: "the name of a proposal is taken", given: submitted, when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1")}, refused: circle.TakenID},
	{name: "for no need", when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Text: say("v1")}, refused: proposal.UnknownNeed},
	{name: "M-11: for the need of another circle", given: []proposal.Event{&proposal.NeedOpened{Need: "notes", Circle: "places", By: "ana", At: now}},
		when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Text: say("v1")}, refused: proposal.OtherCircle},
	{name: "EC-36: a measure stands once", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Measures: []proposal.Measure{missed, missed}}, refused: proposal.MeasureTwice},
	{name: "EC-36: a measure has a level at which it stops", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Measures: []proposal.Measure{unstopped()}}, refused: proposal.MeasureTwice},
	{name: "EC-36: a measure has a reader", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Measures: []proposal.Measure{unread()}}, refused: proposal.NoPerson},

	{name: "M-136: a new version keeps what is not said", given: submitted, by: "cia", when: proposal.Amend{Proposal: "notes", Text: say("v2")},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Term: year, Measures: []proposal.Measure{sealed(missed, 1)},
			Weight: proposal.Substantive, By: "cia", At: now}}},
	{name: "M-137: an editorial one, with its own term and measures", given: amended,
		when: proposal.Amend{Proposal: "notes", Text: say("v3"), Term: circle.MustPeriod("3m"), Measures: []proposal.Measure{late}, Weight: proposal.Editorial},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 3, Text: say("v3"), Term: circle.MustPeriod("3m"), Measures: []proposal.Measure{late},
			Weight: proposal.Editorial, By: "ana", At: now}}},
	{name: "EC-40: during a review", given: inReview, when: proposal.Amend{Proposal: "notes", Text: say("v3"), Term: month, Measures: []proposal.Measure{late}},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 3, Text: say("v3"), Term: month, Measures: []proposal.Measure{late},
			Weight: proposal.Substantive, By: "ana", At: now}}},
	{name: "an agreement in force is not amended, it is revised", given: adopted, when: proposal.Amend{Proposal: "notes", Text: say("v2")}, refused: proposal.NotOpen},
	{name: "what was withdrawn is not amended", given: withdrawn, when: proposal.Amend{Proposal: "notes", Text: say("v2")}, refused: proposal.NotOpen},
	{name: "EC-36: an amendment with a measure nobody reads", given: submitted, when: proposal.Amend{Proposal: "notes", Text: say("v2"), Measures: []proposal.Measure{unread()}}, refused: proposal.NoPerson},
	{name: "amending nothing", when: proposal.Amend{Proposal: "notes", Text: say("v2")}, refused: proposal.UnknownProposal},

	{name: "CP-14: a version in Easy Read, checked by who it is for", given: submitted, by: "dee",
		when: proposal.AttachRendition{Proposal: "notes", Version: 1, Format: circle.EasyRead, Text: say("easy"), Checked: "ben"},
		then: []proposal.Event{&proposal.RenditionAttached{Proposal: "notes", Version: 1, Format: circle.EasyRead, By: "dee", Checked: "ben", Text: say("easy"), At: now}}},
	{name: "CP-14: of an old version", given: amended, when: proposal.AttachRendition{Proposal: "notes", Version: 1, Format: circle.EasyRead, Text: say("e")}, refused: proposal.OldVersion},
	{name: "CP-14: of a version to come", given: amended, when: proposal.AttachRendition{Proposal: "notes", Version: 3, Format: circle.EasyRead, Text: say("e")}, refused: proposal.UnknownVersion},
	{name: "CP-14: of version 0", given: amended, when: proposal.AttachRendition{Proposal: "notes", Version: 0, Format: circle.EasyRead, Text: say("e")}, refused: proposal.UnknownVersion},
	{name: "CP-14: checked by nobody known", given: submitted, when: proposal.AttachRendition{Proposal: "notes", Version: 1, Format: circle.EasyRead, Text: say("e"), Checked: "nobody"}, refused: circle.UnknownPerson},
	{name: "CP-14: by who takes no part", given: submitted, by: "wyn", when: proposal.AttachRendition{Proposal: "notes", Version: 1, Format: circle.EasyRead, Text: say("e")}, refused: proposal.NotParticipant},
	{name: "CP-14: of nothing", when: proposal.AttachRendition{Proposal: "notes", Version: 1, Format: circle.EasyRead, Text: say("e")}, refused: proposal.UnknownProposal},

	{name: "CP-14: one waives one's own format", given: submitted, by: "ben", when: proposal.WaiveRendition{Proposal: "notes", Version: 1},
		then: []proposal.Event{&proposal.RenditionWaived{Proposal: "notes", Version: 1, Person: "ben"}}},
	{name: "CP-14: who needs none has nothing to waive", given: submitted, when: proposal.WaiveRendition{Proposal: "notes", Version: 1}, refused: proposal.NothingWaived},
	{name: "CP-14: what is there is not waived", given: and(submitted, &proposal.RenditionAttached{Proposal: "notes", Version: 1, Format: circle.EasyRead, By: "ana", At: now}),
		by: "ben", when: proposal.WaiveRendition{Proposal: "notes", Version: 1}, refused: proposal.NothingWaived},
	{name: "CP-14: an old version is not waived", given: amended, by: "ben", when: proposal.WaiveRendition{Proposal: "notes", Version: 1}, refused: proposal.OldVersion},

	{name: "EC-11: it goes together with other policies", given: submitted, when: proposal.CheckConflicts{Proposal: "notes", Version: 1, Clear: true},
		then: []proposal.Event{&proposal.ConflictsChecked{Proposal: "notes", Version: 1, Clear: true, By: "ana"}}},
	{name: "EC-11: or not", given: submitted, when: proposal.CheckConflicts{Proposal: "notes", Version: 1, Note: say("keys policy")},
		then: []proposal.Event{&proposal.ConflictsChecked{Proposal: "notes", Version: 1, Note: say("keys policy"), By: "ana"}}},
	{name: "EC-11: an old version", given: amended, when: proposal.CheckConflicts{Proposal: "notes", Version: 1, Clear: true}, refused: proposal.OldVersion},
	{name: "EC-11: by who takes no part", given: submitted, by: "wyn", when: proposal.CheckConflicts{Proposal: "notes", Version: 1}, refused: proposal.NotParticipant},

	{name: "the proposer takes it back", given: submitted, when: proposal.Withdraw{Proposal: "notes", Reason: say("not needed")},
		then: []proposal.Event{&proposal.Withdrawn{Proposal: "notes", By: "ana", Reason: say("not needed")}}},
	{name: "who revised an agreement takes the revision back", given: inReview, by: "cia", when: proposal.Withdraw{Proposal: "notes"},
		then: []proposal.Event{&proposal.Withdrawn{Proposal: "notes", By: "cia"}}},
	{name: "nobody takes back another's proposal", given: submitted, by: "ben", when: proposal.Withdraw{Proposal: "notes"}, refused: proposal.NotEntitled},
	{name: "an agreement is not taken back", given: adopted, when: proposal.Withdraw{Proposal: "notes"}, refused: proposal.NotOpen},
	{name: "what is carried out is not taken back", given: carried, when: proposal.Withdraw{Proposal: "agenda"}, refused: proposal.NotOpen},
	{name: "taking nothing back", when: proposal.Withdraw{Proposal: "notes"}, refused: proposal.UnknownProposal},

	{name: "EC-42: dropping is by consent", given: submitted, consent: "valley", when: proposal.Drop{Proposal: "notes", Reason: say("no use")},
		then: []proposal.Event{&proposal.Dropped{Proposal: "notes", Reason: say("no use")}}},
	{name: "EC-42: also of an agreement", given: adopted, consent: "valley", when: proposal.Drop{Proposal: "notes", Reason: say("no use")},
		then: []proposal.Event{&proposal.Dropped{Proposal: "notes", Reason: say("no use")}}},
	{name: "EC-42: nobody drops it alone", given: submitted, when: proposal.Drop{Proposal: "notes", Reason: say("no use")}, refused: proposal.ByConsent},
	{name: "EC-42: nor the circle around", given: submitted, consent: "places", when: proposal.Drop{Proposal: "notes", Reason: say("no use")}, refused: proposal.ByConsent},
	{name: "what has ended is not dropped", given: withdrawn, consent: "valley", when: proposal.Drop{Proposal: "notes", Reason: say("no use")}, refused: proposal.NotOpen},
	{name: "dropping nothing", consent: "valley", when: proposal.Drop{Proposal: "notes", Reason: say("no use")}, refused: proposal.UnknownProposal},
}

var agreementRows = []row{
	{name: "EC-103: adopted for a term", given: submitted, at: day(9), when: proposal.Adopt{Proposal: "notes", Version: 1, Warnings: []proposal.Warning{{Code: "major-without-input"}}},
		then: []proposal.Event{&proposal.Adopted{Proposal: "notes", Version: 1, Since: day(9), Until: year.After(day(9)), Warnings: []proposal.Warning{{Code: "major-without-input"}}}}},
	{name: "options to choose from", when: proposal.Submit{ID: "day", Circle: "valley", Text: say("Which?"), Options: days},
		then: []proposal.Event{&proposal.Submitted{Proposal: "day", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("Which?"), At: now,
			Record: &proposal.Record{Options: days}}}},
	{name: "one option is no choice", when: proposal.Submit{ID: "day", Circle: "valley", Text: say("Which?"), Options: days[:1]}, refused: proposal.OptionsUnclear},
	{name: "two options of one name", when: proposal.Submit{ID: "day", Circle: "valley", Text: say("Which?"), Options: []proposal.Option{days[0], days[0]}},
		refused: proposal.OptionsUnclear},
	{name: "what was chosen stands with the adoption", given: choosing, when: proposal.Adopt{Proposal: "day", Version: 1, Chosen: []proposal.OptionID{"sun"}},
		then: []proposal.Event{&proposal.Adopted{Proposal: "day", Version: 1, Since: now, Chosen: []proposal.OptionID{"sun"}}}},
	{name: "adopted without a term", given: carried[:1], when: proposal.Adopt{Proposal: "agenda", Version: 1},
		then: []proposal.Event{&proposal.Adopted{Proposal: "agenda", Version: 1, Since: now}}},
	{name: "EC-103: a revision with the same term ends when it would have", given: inReview, at: day(40), when: proposal.Adopt{Proposal: "notes", Version: 2},
		then: []proposal.Event{&proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40), Until: day(367)}}},
	{name: "EC-103: a revision after its end begins a new term", given: inReview, at: day(400), when: proposal.Adopt{Proposal: "notes", Version: 2},
		then: []proposal.Event{&proposal.Adopted{Proposal: "notes", Version: 2, Since: day(400), Until: year.After(day(400))}}},
	{name: "EC-103: a revision with another term begins a new one", given: and(adopted, shorter()), at: day(40), when: proposal.Adopt{Proposal: "notes", Version: 2},
		then: []proposal.Event{&proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40), Until: month.After(day(40))}}},
	{name: "M-136: an old version is not adopted", given: amended, when: proposal.Adopt{Proposal: "notes", Version: 1}, refused: proposal.OldVersion},
	{name: "what was withdrawn does not come to life again", given: withdrawn, when: proposal.Adopt{Proposal: "notes", Version: 1}, refused: proposal.NotOpen},
	{name: "what is in force is not adopted again", given: adopted, when: proposal.Adopt{Proposal: "notes", Version: 1}, refused: proposal.NotOpen},
	{name: "what was dropped is not adopted", given: and(submitted, &proposal.Dropped{Proposal: "notes"}), when: proposal.Adopt{Proposal: "notes", Version: 1}, refused: proposal.NotOpen},
	{name: "adopting nothing", when: proposal.Adopt{Proposal: "notes", Version: 1}, refused: proposal.UnknownProposal},

	{name: "EC-36: its reader reads a measure", given: adopted, by: "cia", at: day(20), when: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Subject: "team-1", Value: 2},
		then: []proposal.Event{&proposal.MeasureRead{Proposal: "notes", Measure: "missed", Subject: "team-1", Value: 2, By: "cia", At: day(20)}}},
	{name: "M-183: the stop level brings it back at once", given: adopted, by: "cia", at: day(20), when: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Value: 3},
		then: []proposal.Event{&proposal.MeasureRead{Proposal: "notes", Measure: "missed", Value: 3, By: "cia", At: day(20)},
			&proposal.ReviewDue{Proposal: "notes", Because: proposal.StopLevel, Measure: "missed"}}},
	{name: "EC-36: nobody else reads it", given: adopted, when: proposal.ReadMeasure{Proposal: "notes", Measure: "missed"}, refused: proposal.NotReader},
	{name: "EC-36: a measure that does not run", given: adopted, by: "cia", when: proposal.ReadMeasure{Proposal: "notes", Measure: "late"}, refused: proposal.UnknownMeasure},
	{name: "a reading below nothing", given: adopted, by: "cia", when: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Value: -1}, refused: proposal.NegativeReading},
	{name: "a reading before it is in force", given: submitted, by: "cia", when: proposal.ReadMeasure{Proposal: "notes", Measure: "missed"}, refused: proposal.NotInForce},
	{name: "a reading of nothing", by: "cia", when: proposal.ReadMeasure{Proposal: "notes", Measure: "missed"}, refused: proposal.UnknownProposal},
	{name: "EC-36: a reading is missed", given: adopted, when: proposal.MissReading{Proposal: "notes", Measure: "missed"},
		then: []proposal.Event{&proposal.MeasureMissed{Proposal: "notes", Measure: "missed"}}},
	{name: "EC-36: of a measure that does not run", given: adopted, when: proposal.MissReading{Proposal: "notes", Measure: "late"}, refused: proposal.UnknownMeasure},
	{name: "EC-36: of what is not in force", given: submitted, when: proposal.MissReading{Proposal: "notes", Measure: "missed"}, refused: proposal.NotInForce},

	{name: "EC-40: a review is asked for", given: adopted, by: "ben", when: proposal.AskReview{Proposal: "notes", Reason: say("news")},
		then: []proposal.Event{&proposal.ReviewDue{Proposal: "notes", Because: proposal.Asked, By: "ben", Reason: say("news")}}},
	{name: "EC-40: while one goes on", given: inReview, when: proposal.AskReview{Proposal: "notes", Reason: say("news")}, refused: proposal.InReviewAlready},
	{name: "EC-40: of what is not in force", given: carried, when: proposal.AskReview{Proposal: "agenda", Reason: say("news")}, refused: proposal.NotInForce},
	{name: "EC-103: the term ends", given: adopted, when: proposal.EndTerm{Proposal: "notes"},
		then: []proposal.Event{&proposal.ReviewDue{Proposal: "notes", Because: proposal.TermEnd}}},
	{name: "EC-103: of what is not in force", given: withdrawn, when: proposal.EndTerm{Proposal: "notes"}, refused: proposal.NotInForce},

	{name: "CP-7: taking part in its evaluation", given: adopted, by: "ben", when: proposal.Evaluate{Proposal: "notes", Text: say("good")},
		then: []proposal.Event{&proposal.Evaluated{Proposal: "notes", Person: "ben", Class: circle.Supported, Text: say("good")}}},
	{name: "CP-7: once", given: and(adopted, &proposal.Evaluated{Proposal: "notes", Person: "ben", Class: circle.Supported}), by: "ben",
		when: proposal.Evaluate{Proposal: "notes", Text: say("good")}, refused: proposal.EvaluatedAlready},
	{name: "CP-7: of what is not in force", given: submitted, when: proposal.Evaluate{Proposal: "notes", Text: say("good")}, refused: proposal.NotInForce},

	{name: "EC-40: a revision opens a review", given: adopted, by: "cia", at: day(30), when: proposal.Revise{Proposal: "notes", Text: say("v2")},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Term: year, Measures: []proposal.Measure{sealed(missed, 1)},
			Weight: proposal.Substantive, By: "cia", At: day(30)}}},
	{name: "EC-40: one at a time", given: inReview, when: proposal.Revise{Proposal: "notes", Text: say("v3")}, refused: proposal.InReviewAlready},
	{name: "EC-40: by who takes part", given: adopted, by: "gus", when: proposal.Revise{Proposal: "notes", Text: say("v2")}, refused: proposal.NotParticipant},
	{name: "EC-40: of an agreement", given: submitted, when: proposal.Revise{Proposal: "notes", Text: say("v2")}, refused: proposal.NotInForce},

	{name: "CP-7: kept, with a warning about who had no part in the evaluation", given: and(adopted, &proposal.Evaluated{Proposal: "notes", Person: "ana", Class: circle.Worker}),
		consent: "valley", at: day(90), when: proposal.Keep{Proposal: "notes", Term: year, Outcomes: []circle.ItemID{"in-control"}},
		then: []proposal.Event{&proposal.Kept{Proposal: "notes", Version: 1, Term: year, Until: year.After(day(90)), Outcomes: []circle.ItemID{"in-control"},
			Warnings: []proposal.Warning{{Code: "co-evaluation-without", Of: []string{"supported"}}}}}},
	{name: "CP-7: kept after all classes answered", consent: "valley", at: day(90), when: proposal.Keep{Proposal: "notes", Term: year},
		given: and(adopted, &proposal.Evaluated{Proposal: "notes", Person: "ana", Class: circle.Worker}, &proposal.Evaluated{Proposal: "notes", Person: "ben", Class: circle.Supported}),
		then:  []proposal.Event{&proposal.Kept{Proposal: "notes", Version: 1, Term: year, Until: year.After(day(90))}}},
	{name: "EC-103: nobody keeps it alone", given: adopted, when: proposal.Keep{Proposal: "notes", Term: year}, refused: proposal.ByConsent},
	{name: "EC-103: not while a new version is decided", given: inReview, consent: "valley", when: proposal.Keep{Proposal: "notes", Term: year}, refused: proposal.InReviewAlready},
	{name: "EC-103: what is not in force is not kept", given: submitted, consent: "valley", when: proposal.Keep{Proposal: "notes", Term: year}, refused: proposal.NotInForce},
}

func unstopped() proposal.Measure { m := missed; m.Stop = 0; return m }

func unread() proposal.Measure { m := missed; m.Reader = "nothing"; return m }

func shorter() proposal.Event { e := *revised; e.Term = month; return &e }

// sealed is a measure as it stands in a state, its words in a part.
func sealed(m proposal.Measure, part int) proposal.Measure {
	m.Indicator.Bind(7, part)
	return m
}

// TestLaw: what may happen, what follows, and what is refused; and that no
// command, no event and no refusal of this room is left out here.
func TestLaw(t *testing.T) {
	refused, accepted, seen := map[*circle.Code]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range slices.Concat(needRows, textRows, agreementRows, lifeRows, driverRows, backlogRows, routeRows, pictureRows, tunerRows, dispositionRows, reachRows, detailRows) {
		t.Run(r.name, func(t *testing.T) {
			m := history(t, r.given)
			if r.over {
				m.ReviewOver("notes")
			}
			o := people(t, r.rules)
			before, around := canon.Digest(m.Image()), canon.Digest(o.Image())
			by := circle.Actor{By: "ana"}
			if r.by != "" {
				by.By = r.by
			}
			at := now
			if !r.at.IsZero() {
				at = r.at
			}
			got, err := m.Decide(by, at, r.when, proposal.Facts{Org: o, ConsentOf: r.consent})
			require.Equal(t, before, canon.Digest(m.Image()), "deciding changes nothing")
			require.Equal(t, around, canon.Digest(o.Image()), "deciding changes nothing around")
			if r.refused != nil {
				require.Empty(t, got)
				lawtest.Refused(t, r.refused, err)
				refused[r.refused] = true
				return
			}
			require.NoError(t, err)
			require.Equal(t, r.then, got)
			accepted[r.when.Wire()] = true
			parts := 100
			for _, e := range got {
				lawtest.Stored(t, e, types)
				happen(t, m, e, &parts)
				seen[e.Wire()] = true
			}
			require.NotEqual(t, before, canon.Digest(m.Image()), "what happened is seen")
		})
	}
	seen[proposal.Inherited{}.Wire()] = true // given by the process, when a circle ends: see TestInherited
	for _, c := range proposal.Codes() {
		require.True(t, refused[c], "no row is refused with %s", c.ID)
	}
	for _, c := range append(proposal.Commands(), byProcess...) {
		require.True(t, accepted[c.Wire()], "no row accepts %s", c.Wire())
	}
	for _, e := range proposal.Events() {
		require.True(t, seen[e.Wire()], "no row gives %s", e.Wire())
	}
}

var types = func() canon.Types {
	out := canon.Types{}
	out.Add(circle.Join{})
	return out
}()

func TestCodes(t *testing.T) {
	ids := map[string]bool{}
	for _, c := range append(circle.Codes(), proposal.Codes()...) {
		require.Regexp(t, `^[a-z]+(-[a-z]+)*$`, c.ID)
		require.False(t, ids[c.ID], "%s stands twice", c.ID)
		ids[c.ID] = true
		require.Regexp(t, `\.$`, c.Says, c.ID)
		require.NotEmpty(t, c.Stands, c.ID)
	}
}

func TestWireNames(t *testing.T) {
	ids := map[string]bool{}
	check := func(wire string) {
		require.Regexp(t, `^proposal\.[a-z]+(-[a-z]+)*$`, wire)
		require.False(t, ids[wire], "%s stands twice", wire)
		ids[wire] = true
	}
	for _, c := range append(proposal.Commands(), byProcess...) {
		check(c.Wire())
	}
	for _, e := range proposal.Events() {
		check(e.Wire())
	}
}

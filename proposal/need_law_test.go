package proposal_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The histories of a need before there is a proposal for it.
var (
	described = and(opened, &proposal.NeedDescribed{Need: "notes", Wording: 1, Situation: say("lost"), Effect: say("twice"), Relevance: say("trust"), By: "ana"})
	accepted  = and(described, &proposal.NeedAccepted{Need: "notes", Wording: 1})
	required  = and(accepted, &proposal.RequirementSet{Need: "notes", Wording: 1, Requirement: say("known"), Impact: say("once"), By: "ana"})
	agreed    = and(required, &proposal.RequirementAccepted{Need: "notes", Wording: 1})

	three = and(opened,
		&proposal.NeedOpened{Need: "keys", Circle: "valley", By: "ben", At: day(1), Text: say("k")},
		&proposal.NeedOpened{Need: "beds", Circle: "valley", By: "cia", At: day(2), Text: say("b")})
	partOf  = and(three, &proposal.NeedLinked{Need: "notes", To: "keys", As: proposal.SubNeed, By: "ana"}, &proposal.NeedLinked{Need: "keys", To: "beds", As: proposal.SubNeed, By: "ana"})
	closed  = and(opened, &proposal.NeedClosed{Need: "notes", Outcome: proposal.NeedReached, Reason: say("done")})
	asking  = and(opened, &proposal.Submitted{Proposal: "notes", Need: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), At: now})
	offered = and(opened, &proposal.NeedOffered{Need: "notes", From: "valley", To: "rotas", Reason: say("yours"), By: "ana"})
	upTo    = and(opened, &proposal.NeedOffered{Need: "notes", From: "valley", To: "places", Reason: say("yours"), By: "ana"})
	placed  = []proposal.Event{&proposal.NeedOpened{Need: "notes", Circle: "places", By: "ana", At: now, Text: say("lost")}}
)

func describing(need proposal.NeedID) proposal.DescribeNeed {
	return proposal.DescribeNeed{Need: need, Situation: say("lost"), Effect: say("twice"), Relevance: say("trust")}
}

func described2(by circle.PersonID) []proposal.Event {
	return []proposal.Event{&proposal.NeedDescribed{Need: "notes", Wording: 2, Situation: say("lost"), Effect: say("twice"), Relevance: say("trust"), By: by}}
}

func requiring() proposal.SetRequirement {
	return proposal.SetRequirement{Need: "notes", Requirement: say("known"), Impact: say("once")}
}

var driverRows = []row{
	{name: "M-75: situation, effect and relevance", given: opened, by: "dee", when: describing("notes"),
		then: []proposal.Event{&proposal.NeedDescribed{Need: "notes", Wording: 1, Situation: say("lost"), Effect: say("twice"), Relevance: say("trust"), By: "dee"}}},
	{name: "M-75: who opened it describes it, also from outside", by: "gus", when: describing("notes"),
		given: []proposal.Event{&proposal.NeedOpened{Need: "notes", Circle: "valley", By: "gus", At: now, Text: say("cost")}},
		then:  []proposal.Event{&proposal.NeedDescribed{Need: "notes", Wording: 1, Situation: say("lost"), Effect: say("twice"), Relevance: say("trust"), By: "gus"}}},
	{name: "M-75: others from outside do not", given: opened, by: "gus", when: describing("notes"), refused: proposal.NotParticipant},
	{name: "M-75: a new wording", given: described, when: describing("notes"), then: described2("ana")},
	{name: "M-77: what the circle accepted nobody changes alone", given: accepted, when: describing("notes"), refused: proposal.ByConsent},
	{name: "M-77: the circle changes it", given: accepted, by: "nobody", consent: "valley", when: describing("notes"), then: described2("nobody")},
	{name: "M-77: not another circle", given: described, consent: "places", when: describing("notes"), refused: proposal.ByConsent},
	{name: "M-75: of no need", when: describing("notes"), refused: proposal.UnknownNeed},
	{name: "M-119: of a need that was closed", given: closed, when: describing("notes"), refused: proposal.NeedEnded},

	{name: "M-76: what is needed, and what that brings", given: accepted, when: requiring(),
		then: []proposal.Event{&proposal.RequirementSet{Need: "notes", Wording: 1, Requirement: say("known"), Impact: say("once"), By: "ana"}}},
	{name: "M-76: it may be said before the need is accepted", given: opened, when: requiring(),
		then: []proposal.Event{&proposal.RequirementSet{Need: "notes", Wording: 1, Requirement: say("known"), Impact: say("once"), By: "ana"}}},
	{name: "M-76: not from outside", given: opened, by: "wyn", when: requiring(), refused: proposal.NotParticipant},
	{name: "M-77: what the circle agreed nobody changes alone", given: agreed, when: requiring(), refused: proposal.ByConsent},
	{name: "M-76: for no need", when: requiring(), refused: proposal.UnknownNeed},

	{name: "M-77: the circle accepts the need", given: described, consent: "valley", when: proposal.AcceptNeed{Need: "notes", Wording: 1},
		then: []proposal.Event{&proposal.NeedAccepted{Need: "notes", Wording: 1}}},
	{name: "M-77: nobody accepts it alone", given: described, when: proposal.AcceptNeed{Need: "notes", Wording: 1}, refused: proposal.ByConsent},
	{name: "M-77: nor before it is described", given: opened, consent: "valley", when: proposal.AcceptNeed{Need: "notes", Wording: 1}, refused: proposal.NotDescribed},
	{name: "M-77: nor words that are old", given: events(described, described2("ben")), consent: "valley", when: proposal.AcceptNeed{Need: "notes", Wording: 1}, refused: proposal.OldWording},
	{name: "M-77: nor twice", given: accepted, consent: "valley", when: proposal.AcceptNeed{Need: "notes", Wording: 1}, refused: proposal.AcceptedAlready},
	{name: "M-77: the requirement is a step of its own", given: required, consent: "valley", when: proposal.AcceptRequirement{Need: "notes", Wording: 1},
		then: []proposal.Event{&proposal.RequirementAccepted{Need: "notes", Wording: 1}}},
	{name: "M-77: after the one on the need", given: and(described, required[len(required)-1]), consent: "valley", when: proposal.AcceptRequirement{Need: "notes", Wording: 1}, refused: proposal.AcceptFirst},
	{name: "M-77: and when it was said what is needed", given: accepted, consent: "valley", when: proposal.AcceptRequirement{Need: "notes", Wording: 1}, refused: proposal.RequirementFirst},
	{name: "M-77: a wording to come", given: required, consent: "valley", when: proposal.AcceptRequirement{Need: "notes", Wording: 2}, refused: proposal.OldWording},
	{name: "M-77: once", given: agreed, consent: "valley", when: proposal.AcceptRequirement{Need: "notes", Wording: 1}, refused: proposal.AcceptedAlready},
	{name: "M-77: new words for the need open what is needed again", given: events(agreed, described2("")), consent: "valley",
		when: proposal.AcceptRequirement{Need: "notes", Wording: 1}, refused: proposal.AcceptFirst},

	{name: "M-78: a need is a part of another", given: three, when: proposal.LinkNeed{Need: "notes", To: "keys", As: proposal.SubNeed},
		then: []proposal.Event{&proposal.NeedLinked{Need: "notes", To: "keys", As: proposal.SubNeed, By: "ana"}}},
	{name: "M-78: linked once, from either side", given: partOf, when: proposal.LinkNeed{Need: "keys", To: "notes", As: proposal.RelatedNeed}, refused: proposal.LinkedAlready},
	{name: "M-78: not a part of itself", given: three, when: proposal.LinkNeed{Need: "notes", To: "notes", As: proposal.RelatedNeed}, refused: proposal.PartOfItself},
	{name: "M-78: nor by way of others, upwards", given: partOf, when: proposal.LinkNeed{Need: "beds", To: "notes", As: proposal.SubNeed}, refused: proposal.PartOfItself},
	{name: "M-78: nor downwards", given: partOf, when: proposal.LinkNeed{Need: "notes", To: "beds", As: proposal.SuperNeed}, refused: proposal.PartOfItself},
	{name: "M-78: but related", given: partOf, when: proposal.LinkNeed{Need: "notes", To: "beds", As: proposal.RelatedNeed},
		then: []proposal.Event{&proposal.NeedLinked{Need: "notes", To: "beds", As: proposal.RelatedNeed, By: "ana"}}},
	{name: "M-78: an agreement has to do with it", given: events(opened, adopted), when: proposal.LinkNeed{Need: "notes", Text: "notes"},
		then: []proposal.Event{&proposal.NeedLinked{Need: "notes", Text: "notes", By: "ana"}}},
	{name: "M-78: once", given: and(events(opened, adopted), &proposal.NeedLinked{Need: "notes", Text: "notes", By: "ana"}),
		when: proposal.LinkNeed{Need: "notes", Text: "notes"}, refused: proposal.LinkedAlready},
	{name: "M-78: one of the two", given: three, when: proposal.LinkNeed{Need: "notes", To: "keys", As: proposal.SubNeed, Text: "notes"}, refused: proposal.OneLink},
	{name: "M-78: and how", given: three, when: proposal.LinkNeed{Need: "notes", To: "keys"}, refused: proposal.OneLink},
	{name: "M-78: to what there is", given: three, when: proposal.LinkNeed{Need: "notes", To: "locks", As: proposal.SubNeed}, refused: proposal.UnknownNeed},
	{name: "M-78: also of texts", given: three, when: proposal.LinkNeed{Need: "notes", Text: "locks"}, refused: proposal.UnknownProposal},
	{name: "M-78: by who takes part", given: three, by: "wyn", when: proposal.LinkNeed{Need: "notes", To: "keys", As: proposal.SubNeed}, refused: proposal.NotParticipant},
}

var backlogRows = []row{
	{name: "M-79: a strict order of all open needs", given: three, when: proposal.Rank{Circle: "valley", Order: []proposal.NeedID{"beds", "notes", "keys"}},
		then: []proposal.Event{&proposal.Ranked{Circle: "valley", Order: []proposal.NeedID{"beds", "notes", "keys"}, By: "ana"}}},
	{name: "M-79: no two share a rank", given: three, when: proposal.Rank{Circle: "valley", Order: []proposal.NeedID{"beds", "notes", "notes"}}, refused: proposal.RankAll},
	{name: "M-79: none is left out", given: three, when: proposal.Rank{Circle: "valley", Order: []proposal.NeedID{"beds", "notes"}}, refused: proposal.RankAll},
	{name: "M-79: none is another circle's", given: events(three, placedKeys), when: proposal.Rank{Circle: "valley", Order: []proposal.NeedID{"beds", "notes", "keys", "far"}}, refused: proposal.RankAll},
	{name: "M-79: by who takes part", given: three, by: "wyn", when: proposal.Rank{Circle: "valley", Order: []proposal.NeedID{"beds", "notes", "keys"}}, refused: proposal.NotParticipant},
	{name: "M-79: of a circle that there is", when: proposal.Rank{Circle: "nowhere"}, refused: circle.UnknownCircle},

	{name: "M-79: the next step, how long, and by when", given: opened,
		when: proposal.SetNextStep{Need: "notes", Step: proposal.FormProposal, Estimate: circle.MustPeriod("20min"), Due: day(7)},
		then: []proposal.Event{&proposal.NextStepSet{Need: "notes", Step: proposal.FormProposal, Estimate: circle.MustPeriod("20min"), Due: day(7), By: "ana"}}},
	{name: "M-79: without a date", given: opened, when: proposal.SetNextStep{Need: "notes", Step: proposal.SelectPerson},
		then: []proposal.Event{&proposal.NextStepSet{Need: "notes", Step: proposal.SelectPerson, By: "ana"}}},
	{name: "M-79: not by now", given: opened, when: proposal.SetNextStep{Need: "notes", Step: proposal.FormProposal, Due: now}, refused: proposal.DatePast},
	{name: "M-79: not from outside", given: opened, by: "gus", when: proposal.SetNextStep{Need: "notes", Step: proposal.FormProposal}, refused: proposal.NotParticipant},

	{name: "M-119: a need ends with an outcome", given: opened, consent: "valley", when: proposal.CloseNeed{Need: "notes", Outcome: proposal.NeedDiscarded, Reason: say("no")},
		then: []proposal.Event{&proposal.NeedClosed{Need: "notes", Outcome: proposal.NeedDiscarded, Reason: say("no")}}},
	{name: "M-119: nobody ends it alone", given: opened, when: proposal.CloseNeed{Need: "notes", Outcome: proposal.NeedReached, Reason: say("done")}, refused: proposal.ByConsent},
	{name: "M-119: nor while it is decided on", given: asking, consent: "valley", when: proposal.CloseNeed{Need: "notes", Outcome: proposal.NeedReached, Reason: say("done")}, refused: proposal.StillDecided},
	{name: "M-119: nor while another circle is to answer", given: offered, consent: "valley", when: proposal.CloseNeed{Need: "notes", Outcome: proposal.NeedReached, Reason: say("done")}, refused: proposal.OnOffer},
	{name: "M-96: one proposal for a need at a time", given: asking, when: proposal.Submit{ID: "other", Circle: "valley", Need: "notes", Text: say("v1")}, refused: proposal.OneAtATime},
	{name: "M-96: or one beside it, and it says so", given: asking, when: proposal.Submit{ID: "other", Circle: "valley", Need: "notes", Text: say("v1"), Parallel: true},
		then: []proposal.Event{&proposal.Submitted{Proposal: "other", Need: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), At: now, Parallel: true}}},
	{name: "M-96: when the first has come to its end, another", given: and(asking, &proposal.Withdrawn{Proposal: "notes", By: "ana"}),
		when: proposal.Submit{ID: "other", Circle: "valley", Need: "notes", Text: say("v1")},
		then: []proposal.Event{&proposal.Submitted{Proposal: "other", Need: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), At: now}}},
	{name: "M-119: a proposal for what was closed", given: closed, when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Text: say("v1")}, refused: proposal.NeedEnded},
	{name: "M-119: input to what was closed", given: closed, when: proposal.GiveInput{ID: "i1", Need: "notes", Text: say("?")}, refused: proposal.NeedEnded},
	{name: "CP-26: an input is answered also when the need was closed", given: and(input, closed[len(closed)-1]),
		when: proposal.AnswerInput{Need: "notes", Input: "i1", Answer: proposal.Used},
		then: []proposal.Event{&proposal.InputAnswered{Need: "notes", Input: "i1", Answer: proposal.Used, By: "ana"}}},
}

var placedKeys = []proposal.Event{&proposal.NeedOpened{Need: "far", Circle: "places", By: "ana", At: now, Text: say("far")}}

var routeRows = []row{
	{name: "M-80: a need is offered", given: opened, by: "cia", when: proposal.OfferNeed{Need: "notes", To: "rotas", Reason: say("yours")},
		then: []proposal.Event{&proposal.NeedOffered{Need: "notes", From: "valley", To: "rotas", Reason: say("yours"), By: "cia"}}},
	{name: "M-80: by who speaks for the circle", given: opened, by: "dee", when: proposal.OfferNeed{Need: "notes", To: "rotas", Reason: say("yours")}, refused: proposal.NotSpeaking},
	{name: "M-80: to a circle that there is", given: opened, when: proposal.OfferNeed{Need: "notes", To: "nowhere", Reason: say("yours")}, refused: circle.UnknownCircle},
	{name: "EC-48: not to a helping circle", given: opened, when: proposal.OfferNeed{Need: "notes", To: "helpers", Reason: say("yours")}, refused: proposal.HelpingDecides},
	{name: "M-80: not to oneself", given: opened, when: proposal.OfferNeed{Need: "notes", To: "valley", Reason: say("ours")}, refused: proposal.ThereAlready},
	{name: "M-80: not twice", given: offered, when: proposal.OfferNeed{Need: "notes", To: "rotas", Reason: say("yours")}, refused: proposal.OnOffer},
	{name: "M-80: to another instead", given: offered, by: "cia", when: proposal.OfferNeed{Need: "notes", To: "places", Reason: say("yours")},
		then: []proposal.Event{&proposal.NeedOffered{Need: "notes", From: "valley", To: "places", Reason: say("yours"), By: "cia"}}},
	{name: "M-80: not what is decided on", given: asking, by: "cia", when: proposal.OfferNeed{Need: "notes", To: "rotas", Reason: say("yours")}, refused: proposal.StillDecided},
	{name: "M-80: nor does a proposal come while another circle is to answer", given: offered,
		when: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes", Text: say("v1")}, refused: proposal.OnOffer},

	{name: "M-80: who facilitates the receiver takes it", given: offered, by: "wyn", when: proposal.TakeNeed{Need: "notes"},
		then: []proposal.Event{&proposal.NeedTaken{Need: "notes", Circle: "rotas", By: "wyn"}}},
	{name: "M-80: who speaks for the sender alone keeps it", given: offered, by: "cia", when: proposal.TakeNeed{Need: "notes"},
		then: []proposal.Event{&proposal.NeedTaken{Need: "notes", Circle: "valley", By: "cia"}}},
	{name: "M-80: who speaks for neither", given: offered, by: "dee", when: proposal.TakeNeed{Need: "notes"}, refused: proposal.NotSpeaking},
	{name: "M-80: nothing was offered", given: opened, by: "wyn", when: proposal.TakeNeed{Need: "notes"}, refused: proposal.NotOffered},
	{name: "M-80: refused, it goes to the circle around the receiver", by: "wyn", when: proposal.RefuseNeed{Need: "notes", Reason: say("no")},
		given: and(placed, &proposal.NeedOffered{Need: "notes", From: "places", To: "rotas", Reason: say("yours"), By: "dee"}),
		then:  []proposal.Event{&proposal.NeedRefused{Need: "notes", Circle: "rotas", Now: "valley", Reason: say("no"), By: "wyn"}}},
	{name: "M-80: around the root there is none, it stays", given: upTo, by: "dee", when: proposal.RefuseNeed{Need: "notes", Reason: say("no")},
		then: []proposal.Event{&proposal.NeedRefused{Need: "notes", Circle: "places", Now: "valley", Reason: say("no"), By: "dee"}}},
	{name: "M-80: refused by who speaks for the receiver", given: offered, by: "ben", when: proposal.RefuseNeed{Need: "notes", Reason: say("no")}, refused: proposal.NotSpeaking},
	{name: "M-80: nothing to refuse", given: opened, by: "wyn", when: proposal.RefuseNeed{Need: "notes", Reason: say("no")}, refused: proposal.NotOffered},
	{name: "M-80: what has ended goes nowhere", given: closed, when: proposal.OfferNeed{Need: "notes", To: "rotas", Reason: say("yours")}, refused: proposal.NeedEnded},
}

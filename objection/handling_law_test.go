package objection_test

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var (
	criteria = []objection.Criterion{{ID: "harm", Need: objection.Required}, {ID: "caused", Need: objection.Required},
		{ID: "risk", Need: objection.Any}, {ID: "gain", Need: objection.Any}, {ID: "constitution", Need: objection.Override}}
	circleOf4 = []circle.PersonID{"ada", "dee", "fay", "lee"}
)

// under is a method with one handling, in a circle of ada, dee, fay and lee.
func under(h objection.Handling) func(*objection.Facts) {
	return func(f *objection.Facts) { f.Handling, f.Full, f.Peers = &h, circleOf4, circleOf4 }
}

func tested(t objection.Tester, list ...objection.Criterion) func(*objection.Facts) {
	h := objection.Handling{Tester: t, Trigger: objection.OnDoubt, Criteria: list}
	if t == objection.BySupporters {
		h.Supporters = 2
	}
	return under(h)
}

// alone leaves nobody but some people in the circle.
func alone(h func(*objection.Facts), who ...circle.PersonID) func(*objection.Facts) {
	return func(f *objection.Facts) { h(f); f.Full, f.Peers = who, who }
}

var (
	onTrial   = and(raised, &objection.TestOpened{Objection: "phones", By: "dee"})
	argued    = and(onTrial, argues("harm"), argues("caused"), argues("risk"))
	claimed   = and(onTrial, argues("constitution"))
	disputed  = and(onTrial, disputes("d1", "", "dee"))
	countered = and(disputed, disputes("d2", "d1", "ada"))
	joined    = and(raised, &objection.Joined{Objection: "phones", By: "dee", Reason: say("We too")})
	answered  = and(raised, &objection.Answered{Objection: "phones", By: "fay", Answer: say("There are paper notes")})
	overruled = and(answered, &objection.Overruled{Objection: "phones", By: "fay", Reason: say("It was answered")})
	premised  = and(raised, &objection.PremiseNamed{Objection: "phones", Premise: "p1", By: "ada", Text: say("Two have no phone")})
)

func argues(c objection.CriterionID) objection.Event {
	return &objection.Argued{Objection: "phones", By: "ada", Criterion: c, Argument: say("a")}
}

func disputes(id, on objection.DisputeID, by circle.PersonID) objection.Event {
	return &objection.Disputed{Dispute: id, Objection: "phones", Against: on, By: by, Argument: say("a")}
}

func weighed(by circle.PersonID, qualifies bool) objection.Event {
	return &objection.Weighed{Objection: "phones", By: by, Qualifies: qualifies, Reason: say("a")}
}

func weigh(qualifies bool) objection.Command {
	return objection.Weigh{Objection: "phones", Qualifies: qualifies, Reason: say("a")}
}

func find(holds, lacks []objection.CriterionID) objection.Command {
	return objection.Find{Objection: "phones", Holds: holds, Lacks: lacks, Reason: say("a")}
}

type ids = []objection.CriterionID

func captured(by circle.PersonID, f objection.Finding, reason circle.Text) objection.Event {
	return &objection.Captured{Objection: "phones", By: by, Finding: f, Reason: reason}
}

func dismissed(by circle.PersonID, f objection.Finding, reason circle.Text) objection.Event {
	return &objection.Dismissed{Objection: "phones", By: by, Finding: f, Reason: reason}
}

var trialRows = []row{
	{name: "M-160: on doubt somebody asks for the test", given: raised, by: "dee", under: tested(objection.ByForm, criteria...),
		when: objection.Test{Objection: "phones", Reason: say("I doubt it")},
		then: []objection.Event{&objection.TestOpened{Objection: "phones", By: "dee", Reason: say("I doubt it")}}},
	{name: "M-160: a method that does not test", given: raised, by: "dee", when: objection.Test{Objection: "phones"}, refused: objection.NotByMethod},
	{name: "M-157: where the presence of an argument is enough, there is no test", given: raised, by: "dee",
		under: under(objection.Handling{Tester: objection.ByPresence}), when: objection.Test{Objection: "phones"}, refused: objection.NotByMethod},
	{name: "M-160: once", given: onTrial, by: "dee", under: tested(objection.ByForm), when: objection.Test{Objection: "phones"}, refused: objection.TestedAlready},
	{name: "methods §8.10: who is alone is not tested", given: raised, under: alone(tested(objection.ByPeers), "ada"), when: objection.Test{Objection: "phones"}, refused: objection.NobodyTests},
	{name: "M-167: two supporters cannot come out of one other", given: raised, under: alone(tested(objection.BySupporters), "ada", "dee"), when: objection.Test{Objection: "phones"}, refused: objection.NobodyTests},
	{name: "M-167: two others are enough for two supporters", given: raised, by: "dee", under: alone(tested(objection.BySupporters), "ada", "dee", "fay"), when: objection.Test{Objection: "phones"},
		then: []objection.Event{&objection.TestOpened{Objection: "phones", By: "dee"}}},
	{name: "M-160: what is not there is not tested", by: "dee", under: tested(objection.ByForm), when: objection.Test{Objection: "phones"}, refused: objection.UnknownObjection},

	{name: "M-161: the objector argues a criterion", given: onTrial, under: tested(objection.ByForm, criteria...),
		when: objection.Argue{Objection: "phones", Criterion: "harm", Argument: say("a")}, then: []objection.Event{argues("harm")}},
	{name: "M-161: nobody argues for the objector", given: onTrial, by: "dee", under: tested(objection.ByForm, criteria...),
		when: objection.Argue{Objection: "phones", Criterion: "harm", Argument: say("a")}, refused: objection.NotObjector},
	{name: "M-161: a criterion that the method does not have", given: onTrial, under: tested(objection.ByForm, criteria...),
		when: objection.Argue{Objection: "phones", Criterion: "taste", Argument: say("a")}, refused: objection.UnknownCriterion},
	{name: "M-160: arguing outside a test", given: raised, under: tested(objection.ByForm, criteria...),
		when: objection.Argue{Objection: "phones", Criterion: "harm", Argument: say("a")}, refused: objection.NotUnderTest},

	{name: "M-162: each criterion that was argued holds by its form", given: argued, by: "fay", under: tested(objection.ByForm, criteria...),
		when: find(ids{"harm", "caused", "risk"}, ids{"gain"}),
		then: []objection.Event{captured("fay", objection.Finding{Tester: objection.ByForm, Holds: ids{"harm", "caused", "risk"}, Lacks: ids{"gain"}}, say("a"))}},
	{name: "M-162: what nobody argued is lacking, and one that is required is enough", given: and(onTrial, argues("harm")), by: "fay", under: tested(objection.ByForm, criteria...),
		when: find(ids{"harm"}, ids{"caused", "risk", "gain"}),
		then: []objection.Event{dismissed("fay", objection.Finding{Tester: objection.ByForm, Holds: ids{"harm"}, Lacks: ids{"caused", "risk", "gain"}}, say("a"))}},
	{name: "M-161: without one of those of which any is enough", given: and(onTrial, argues("harm"), argues("caused")), by: "fay", under: tested(objection.ByForm, criteria...),
		when: find(ids{"harm", "caused"}, ids{"risk", "gain"}),
		then: []objection.Event{dismissed("fay", objection.Finding{Tester: objection.ByForm, Holds: ids{"harm", "caused"}, Lacks: ids{"risk", "gain"}}, say("a"))}},
	{name: "M-162: what was argued is not found lacking on its merits", given: argued, by: "fay", under: tested(objection.ByForm, criteria...),
		when: find(ids{"harm", "caused"}, ids{"risk", "gain"}), refused: objection.OnlyForm},
	{name: "M-162: what nobody argued does not hold", given: argued, by: "fay", under: tested(objection.ByForm, criteria...),
		when: find(ids{"harm", "caused", "risk", "gain"}, nil), refused: objection.OnlyForm},
	{name: "M-162: each criterion is found on", given: argued, by: "fay", under: tested(objection.ByForm, criteria...), when: find(ids{"harm"}, nil), refused: objection.EachOnce},
	{name: "M-162: and once", given: argued, by: "fay", under: tested(objection.ByForm, criteria...), when: find(ids{"harm", "caused", "risk", "gain"}, ids{"gain"}), refused: objection.EachOnce},
	{name: "M-162: and no verdict beside them", given: argued, by: "fay", under: tested(objection.ByForm, criteria...),
		when: objection.Find{Objection: "phones", Holds: ids{"harm", "caused", "risk"}, Lacks: ids{"gain"}, Qualifies: true, Reason: say("a")}, refused: objection.EachOnce},
	{name: "M-163: who facilitates does not rule on the constitution", given: argued, by: "fay", under: tested(objection.ByForm, criteria...),
		when: find(ids{"harm", "caused", "constitution"}, ids{"gain", "risk"}), refused: objection.UnknownCriterion},
	{name: "methods §8.4: nobody judges their own", given: argued, by: "ada", under: tested(objection.ByForm, criteria...), when: find(ids{"harm"}, nil), refused: objection.OwnJudge},
	{name: "M-162: a finding outside a test", given: raised, by: "fay", under: tested(objection.ByForm, criteria...), when: find(nil, nil), refused: objection.NotUnderTest},
	{name: "M-166: where peers test, nobody finds alone", given: onTrial, by: "fay", under: tested(objection.ByPeers), when: find(nil, nil), refused: objection.OtherTester},

	{name: "M-162: a chair finds on the merits", given: argued, by: "fay", under: tested(objection.ByChair, criteria...),
		when: find(ids{"harm"}, ids{"caused", "risk", "gain"}),
		then: []objection.Event{dismissed("fay", objection.Finding{Tester: objection.ByChair, Holds: ids{"harm"}, Lacks: ids{"caused", "risk", "gain"}}, say("a"))}},
	{name: "M-162: without criteria the chair says it", given: onTrial, by: "fay", under: tested(objection.ByChair),
		when: objection.Find{Objection: "phones", Qualifies: true, Reason: say("a")}, then: []objection.Event{captured("fay", objection.Finding{Tester: objection.ByChair}, say("a"))}},
	{name: "M-162: or says that it does not", given: onTrial, by: "fay", under: tested(objection.ByChair), when: find(nil, nil),
		then: []objection.Event{dismissed("fay", objection.Finding{Tester: objection.ByChair}, say("a"))}},

	{name: "M-163: the Secretary rules that it breaks the constitution", given: claimed, by: "lee", under: tested(objection.ByForm, criteria...),
		when: objection.Rule{Objection: "phones", Criterion: "constitution", Holds: true, Reason: say("a")},
		then: []objection.Event{&objection.Ruled{Objection: "phones", By: "lee", Criterion: "constitution", Holds: true, Reason: say("a")},
			captured("lee", objection.Finding{Tester: objection.ByForm, Holds: ids{"constitution"}}, circle.Text{})}},
	{name: "M-163: a no dismisses what rested on it alone", given: claimed, by: "lee", under: tested(objection.ByForm, criteria...),
		when: objection.Rule{Objection: "phones", Criterion: "constitution", Reason: say("a")},
		then: []objection.Event{&objection.Ruled{Objection: "phones", By: "lee", Criterion: "constitution", Reason: say("a")},
			dismissed("lee", objection.Finding{Tester: objection.ByForm, Lacks: ids{"constitution"}}, circle.Text{})}},
	{name: "M-163: and leaves what was argued beside it", given: and(claimed, argues("harm")), by: "lee", under: tested(objection.ByForm, criteria...),
		when: objection.Rule{Objection: "phones", Criterion: "constitution", Reason: say("a")},
		then: []objection.Event{&objection.Ruled{Objection: "phones", By: "lee", Criterion: "constitution", Reason: say("a")}}},
	{name: "M-163: before the ruling there is no finding", given: claimed, by: "fay", under: tested(objection.ByForm, criteria...), when: find(nil, ids{"harm", "caused", "risk", "gain"}), refused: objection.RulingFirst},
	{name: "M-163: nobody rules on what was not argued", given: onTrial, by: "lee", under: tested(objection.ByForm, criteria...),
		when: objection.Rule{Objection: "phones", Criterion: "constitution", Reason: say("a")}, refused: objection.UnknownCriterion},

	{name: "M-163: what is ruled on is what settles all", given: claimed, by: "lee", under: tested(objection.ByForm, criteria...),
		when: objection.Rule{Objection: "phones", Criterion: "harm", Holds: true, Reason: say("a")}, refused: objection.UnknownCriterion},

	{name: "M-163: nobody rules on what is not there", by: "lee", under: tested(objection.ByForm, criteria...),
		when: objection.Rule{Objection: "phones", Criterion: "constitution", Reason: say("a")}, refused: objection.UnknownObjection},
	{name: "M-164: nobody disagrees before the test", given: raised, by: "dee", under: tested(objection.ByReasoning), when: objection.Disagree{ID: "d1", Objection: "phones", Argument: say("a")}, refused: objection.NotUnderTest},
	{name: "M-164: nor concedes", given: raised, by: "dee", under: tested(objection.ByReasoning), when: objection.Concede{Objection: "phones", Dispute: "d1"}, refused: objection.NotUnderTest},
	{name: "M-165: a premise of what is not there", by: "dee", when: objection.MarkPremise{Objection: "phones", Premise: "p1", Mark: objection.MarkAgreed}, refused: objection.UnknownObjection},
	{name: "M-172: what is not there is not solved", by: "lee", under: under(objection.Handling{Solved: objection.ByBoth}), when: objection.ConfirmSolved{Objection: "phones"}, refused: objection.UnknownObjection},
	{name: "M-180: what is not there becomes no objection", by: "sol", when: objection.Lift{ID: "cost-2", Concern: "cost", Aim: "aim", Argument: say("a")}, refused: objection.UnknownObjection},
	{name: "M-180: nor under a name that is taken", given: voiced, by: "sol", when: objection.Lift{ID: "cost", Concern: "cost", Aim: "aim", Argument: say("a")}, refused: circle.TakenID},
	{name: "M-164: whoever disagrees argues", given: onTrial, by: "dee", under: tested(objection.ByReasoning),
		when: objection.Disagree{ID: "d1", Objection: "phones", Argument: say("a")}, then: []objection.Event{disputes("d1", "", "dee")}},
	{name: "M-164: and so on, against a dispute", given: disputed, under: tested(objection.ByReasoning),
		when: objection.Disagree{ID: "d2", Objection: "phones", On: "d1", Argument: say("a")}, then: []objection.Event{disputes("d2", "d1", "ada")}},
	{name: "M-164: a name is given once", given: disputed, by: "dee", under: tested(objection.ByReasoning), when: objection.Disagree{ID: "d1", Objection: "phones", Argument: say("a")}, refused: circle.TakenID},
	{name: "M-164: against what is not there", given: disputed, by: "dee", under: tested(objection.ByReasoning),
		when: objection.Disagree{ID: "d2", Objection: "phones", On: "d9", Argument: say("a")}, refused: objection.UnknownDispute},
	{name: "M-164: where others test, nobody disputes", given: onTrial, by: "dee", under: tested(objection.ByPeers), when: objection.Disagree{ID: "d1", Objection: "phones", Argument: say("a")}, refused: objection.OtherTester},
	{name: "M-164: who disputed concedes", given: disputed, by: "dee", under: tested(objection.ByReasoning), when: objection.Concede{Objection: "phones", Dispute: "d1"},
		then: []objection.Event{&objection.Conceded{Objection: "phones", Dispute: "d1", By: "dee"}}},
	{name: "M-164: nobody concedes for another", given: disputed, by: "fay", under: tested(objection.ByReasoning), when: objection.Concede{Objection: "phones", Dispute: "d1"}, refused: objection.NotYourDispute},
	{name: "M-164: in better words, what was said against the old ones falls", given: disputed, under: tested(objection.ByReasoning), when: objection.Refine{Objection: "phones", Argument: say("b")},
		then: []objection.Event{&objection.Refined{Objection: "phones", By: "ada", Argument: say("b")}}},
	{name: "M-164: what fell is not conceded", given: and(disputed, &objection.Refined{Objection: "phones", By: "ada", Argument: say("b")}), by: "dee", under: tested(objection.ByReasoning),
		when: objection.Concede{Objection: "phones", Dispute: "d1"}, refused: objection.UnknownDispute},
	{name: "M-164: nobody refines for the objector", given: disputed, by: "dee", under: tested(objection.ByReasoning), when: objection.Refine{Objection: "phones", Argument: say("b")}, refused: objection.NotObjector},
	{name: "M-164: what nobody disputes qualifies", given: and(onTrial, argues("risk")), by: "fay", under: tested(objection.ByReasoning, criteria[2:4]...), when: objection.EndTest{Objection: "phones"},
		then: []objection.Event{captured("fay", objection.Finding{Tester: objection.ByReasoning, Holds: ids{"risk"}}, circle.Text{})}},
	{name: "M-164: what is disputed does not", given: and(disputed, argues("risk")), by: "fay", under: tested(objection.ByReasoning, criteria[2:4]...), when: objection.EndTest{Objection: "phones"},
		then: []objection.Event{dismissed("fay", objection.Finding{Tester: objection.ByReasoning, Lacks: ids{"risk"}}, circle.Text{})}},
	{name: "M-164: a dispute that is disputed does not stand", given: countered, by: "fay", under: tested(objection.ByReasoning), when: objection.EndTest{Objection: "phones"},
		then: []objection.Event{captured("fay", objection.Finding{Tester: objection.ByReasoning}, circle.Text{})}},
	{name: "M-164: unless that one is disputed in turn", given: and(countered, disputes("d3", "d2", "dee")), by: "fay", under: tested(objection.ByReasoning), when: objection.EndTest{Objection: "phones"},
		then: []objection.Event{dismissed("fay", objection.Finding{Tester: objection.ByReasoning}, circle.Text{})}},
	{name: "M-164: a dispute that was conceded does not count", given: and(disputed, &objection.Conceded{Objection: "phones", Dispute: "d1", By: "dee"}), by: "fay", under: tested(objection.ByReasoning),
		when: objection.EndTest{Objection: "phones"}, then: []objection.Event{captured("fay", objection.Finding{Tester: objection.ByReasoning}, circle.Text{})}},
	{name: "methods §8.4: nobody ends the test of their own", given: disputed, by: "ada", under: tested(objection.ByReasoning), when: objection.EndTest{Objection: "phones"}, refused: objection.OwnJudge},
	{name: "M-162: a test of the form ends by a finding", given: argued, by: "fay", under: tested(objection.ByForm, criteria...), when: objection.EndTest{Objection: "phones"}, refused: objection.OtherTester},
	{name: "M-163: a claim that settles all is ruled on first", given: claimed, by: "fay", under: tested(objection.ByReasoning, criteria...), when: objection.EndTest{Objection: "phones"}, refused: objection.RulingFirst},

	{name: "M-166: a peer who says that it qualifies captures it", given: and(onTrial, weighed("dee", false)), by: "fay", under: tested(objection.ByPeers), when: weigh(true),
		then: []objection.Event{weighed("fay", true), captured("fay", objection.Finding{Tester: objection.ByPeers, For: []circle.PersonID{"fay"}, Against: []circle.PersonID{"dee"}}, circle.Text{})}},
	{name: "M-166: it is dismissed by all of the others together only", given: and(onTrial, weighed("dee", false)), by: "fay", under: tested(objection.ByPeers), when: weigh(false), then: []objection.Event{weighed("fay", false)}},
	{name: "M-166: by the last of them", given: and(onTrial, weighed("dee", false), weighed("fay", false)), by: "lee", under: tested(objection.ByPeers), when: weigh(false),
		then: []objection.Event{weighed("lee", false), dismissed("lee", objection.Finding{Tester: objection.ByPeers, Against: []circle.PersonID{"dee", "fay", "lee"}}, circle.Text{})}},
	{name: "M-167: who weighed may change their mind, and counts once", given: and(onTrial, weighed("dee", true)), by: "dee", under: tested(objection.BySupporters), when: weigh(false), then: []objection.Event{weighed("dee", false)}},
	{name: "M-166: the objector does not weigh", given: onTrial, by: "ada", under: tested(objection.ByPeers), when: weigh(true), refused: objection.NotAPeer},
	{name: "M-166: nor who has no consent right", given: onTrial, by: "sol", under: tested(objection.ByPeers), when: weigh(true), refused: objection.NotAPeer},
	{name: "M-164: where reasons test, nobody weighs", given: onTrial, by: "dee", under: tested(objection.ByReasoning), when: weigh(true), refused: objection.OtherTester},
	{name: "M-166: one peer who has not spoken leaves it open", given: and(onTrial, weighed("dee", false)), by: "fay", under: tested(objection.ByPeers), when: objection.EndTest{Objection: "phones"}, refused: objection.NotWeighedYet},
	{name: "methods §8.7: a peer who has left is not waited for", given: and(onTrial, weighed("dee", false), weighed("fay", false)), by: "fay", under: alone(tested(objection.ByPeers), "ada", "dee", "fay"),
		when: objection.EndTest{Objection: "phones"}, then: []objection.Event{dismissed("fay", objection.Finding{Tester: objection.ByPeers, Against: []circle.PersonID{"dee", "fay"}}, circle.Text{})}},

	{name: "M-167: one of two supporters", given: onTrial, by: "dee", under: tested(objection.BySupporters), when: weigh(true), then: []objection.Event{weighed("dee", true)}},
	{name: "M-167: two uphold it", given: and(onTrial, weighed("dee", true)), by: "fay", under: tested(objection.BySupporters), when: weigh(true),
		then: []objection.Event{weighed("fay", true), &objection.Captured{Objection: "phones", By: "fay", Upheld: true,
			Finding: objection.Finding{Tester: objection.BySupporters, For: []circle.PersonID{"dee", "fay"}}}}},
	{name: "M-167: so many said no that two cannot be reached", given: and(onTrial, weighed("dee", false)), by: "fay", under: tested(objection.BySupporters), when: weigh(false),
		then: []objection.Event{weighed("fay", false), dismissed("fay", objection.Finding{Tester: objection.BySupporters, Against: []circle.PersonID{"dee", "fay"}}, circle.Text{})}},
}

// putOff is an objection that dee looks after.
var putOff = and(raised, &objection.Deferred{Objection: "phones", Owner: "dee", Until: now.Add(time.Hour), Then: say("we look again")})

var exitRows = []row{
	{name: "M-175: answered in substance, not accommodated", given: answered, by: "fay", under: under(objection.Handling{Solved: objection.ByAnswer}),
		when: objection.Overrule{Objection: "phones", Reason: say("a")}, then: []objection.Event{&objection.Overruled{Objection: "phones", By: "fay", Reason: say("a")}}},
	{name: "M-175: not before it was answered", given: raised, by: "fay", under: under(objection.Handling{Solved: objection.ByAnswer}),
		when: objection.Overrule{Objection: "phones", Reason: say("a")}, refused: objection.NotAnswered},
	{name: "methods §8.4: not one's own", given: answered, by: "ada", under: under(objection.Handling{Solved: objection.ByAnswer}),
		when: objection.Overrule{Objection: "phones", Reason: say("a")}, refused: objection.OwnJudge},
	{name: "methods §8.15: who does not reply holds up nobody", given: answered, under: under(objection.Handling{Solved: objection.ByAnswer}),
		when: objection.Lapse{Objection: "phones"}, then: []objection.Event{&objection.Overruled{Objection: "phones", Silent: true}}},
	{name: "methods §8.15: what has ended does not lapse", given: overruled, when: objection.Lapse{Objection: "phones"}, refused: objection.AlreadyEnded},

	{name: "M-173: not worked on in good faith", given: raised, by: "fay", under: under(objection.Handling{GoodFaith: true}),
		when: objection.Abandon{Objection: "phones", Reason: say("a")}, then: []objection.Event{&objection.Abandoned{Objection: "phones", By: "fay", Reason: say("a")}}},
	{name: "M-173: where the method asks for no good faith", given: raised, by: "fay", when: objection.Abandon{Objection: "phones", Reason: say("a")}, refused: objection.NotByMethod},
	{name: "methods §8.4: nobody abandons their own", given: raised, under: under(objection.Handling{GoodFaith: true}), when: objection.Abandon{Objection: "phones", Reason: say("a")}, refused: objection.OwnJudge},

	{name: "M-184: the circle puts it off by consent", given: raised, under: byConsent,
		when: objection.Defer{Objection: "phones", Owner: "dee", Until: now.Add(time.Hour), Then: say("we look again")},
		then: []objection.Event{&objection.Deferred{Objection: "phones", Owner: "dee", Until: now.Add(time.Hour), Then: say("we look again")}}},
	{name: "M-184: nobody does it alone", given: raised, under: under(objection.Handling{Defer: true}),
		when: objection.Defer{Objection: "phones", Owner: "dee", Until: now.Add(time.Hour), Then: say("a")}, refused: objection.DeferByConsent},
	{name: "M-184: to a time to come", given: raised, under: byConsent, when: objection.Defer{Objection: "phones", Owner: "dee", Until: now, Then: say("a")}, refused: objection.NotToCome},
	{name: "M-184: with somebody of the circle who looks after it", given: raised, under: byConsent,
		when: objection.Defer{Objection: "phones", Owner: "sol", Until: now.Add(time.Hour), Then: say("a")}, refused: objection.NoSuchOwner},
	{name: "M-184: its owner takes it up again", given: putOff, by: "dee", when: objection.TakeUp{Objection: "phones", Outcome: say("we bought phones")},
		then: []objection.Event{&objection.TakenUp{Objection: "phones", By: "dee", Outcome: say("we bought phones")}}},
	{name: "M-184: nobody for its owner", given: putOff, under: byConsent, when: objection.TakeUp{Objection: "phones", Outcome: say("a")}, refused: objection.NotOwner},
	{name: "M-184: what was not put off", given: raised, when: objection.TakeUp{Objection: "phones", Outcome: say("a")}, refused: objection.NotPutOff},
	{name: "M-184: a method that does not put off", given: raised, when: objection.Defer{Objection: "phones", Owner: "dee", Until: now.Add(time.Hour), Then: say("a")}, refused: objection.NotByMethod},

	{name: "M-125: by name, with a reason", given: raised, under: under(objection.Handling{StandAside: true}), when: objection.StandAside{Objection: "phones", Reason: say("a")},
		then: []objection.Event{&objection.StoodAside{Objection: "phones", By: "ada", Reason: say("a")}}},
	{name: "M-125: where there is no such stance", given: raised, when: objection.StandAside{Objection: "phones", Reason: say("a")}, refused: objection.NotByMethod},
	{name: "M-125: nobody stands aside for another", given: raised, by: "dee", under: under(objection.Handling{StandAside: true}), when: objection.StandAside{Objection: "phones", Reason: say("a")}, refused: objection.NotObjector},
	{name: "M-170: one of two stands aside", given: joined, under: under(objection.Handling{StandAside: true}), when: objection.StandAside{Objection: "phones", Reason: say("a")},
		then: []objection.Event{&objection.Left{Objection: "phones", By: "ada", How: "stood-aside", Reason: say("a")}}},

	{name: "M-180: an objection becomes a concern", given: raised, under: withConcerns, when: objection.Lower{Objection: "phones"},
		then: []objection.Event{&objection.Lowered{Objection: "phones", By: "ada"}}},
	{name: "M-124: where there are no concerns", given: raised, when: objection.Lower{Objection: "phones"}, refused: objection.NotByMethod},
	{name: "M-180: nobody lowers another's", given: raised, by: "dee", under: withConcerns, when: objection.Lower{Objection: "phones"}, refused: objection.NotObjector},
	{name: "M-170: one of two lowers it", given: joined, by: "dee", under: withConcerns, when: objection.Lower{Objection: "phones"},
		then: []objection.Event{&objection.Left{Objection: "phones", By: "dee", How: "lowered"}}},
}

func withConcerns(f *objection.Facts) { f.Concerns = true }

func byConsent(f *objection.Facts) {
	under(objection.Handling{Defer: true})(f)
	f.ConsentOf = "valley"
}

var ownerRows = []row{
	{name: "M-170: another makes it theirs, too", given: raised, by: "dee", when: objection.Join{Objection: "phones", Reason: say("We too")},
		then: []objection.Event{&objection.Joined{Objection: "phones", By: "dee", Reason: say("We too")}}},
	{name: "M-170: once", given: joined, by: "dee", when: objection.Join{Objection: "phones", Reason: say("a")}, refused: objection.OwnerAlready},
	{name: "M-170: what has ended is not joined", given: overruled, by: "dee", when: objection.Join{Objection: "phones", Reason: say("a")}, refused: objection.AlreadyEnded},
	{name: "M-170: withdrawing by one leaves the other's", given: joined, when: objection.Withdraw{Objection: "phones"},
		then: []objection.Event{&objection.Left{Objection: "phones", By: "ada", How: "withdrawn"}}},
	{name: "M-170: who has left it does not own it", given: and(joined, &objection.Left{Objection: "phones", By: "ada", How: "withdrawn"}), when: objection.Withdraw{Objection: "phones"}, refused: objection.NotObjector},
	{name: "M-170: the last one ends it", given: and(joined, &objection.Left{Objection: "phones", By: "ada", How: "withdrawn"}), by: "dee", when: objection.Withdraw{Objection: "phones"},
		then: []objection.Event{&objection.Withdrawn{Objection: "phones", By: "dee"}}},
	{name: "M-170: accepting by one leaves the other's", given: and(joined, &objection.Met{Objection: "phones", In: 3}), by: "dee", when: objection.Accept{Objection: "phones"},
		then: []objection.Event{&objection.Left{Objection: "phones", By: "dee", How: "integrated", In: 3}}},
	{name: "M-158: who owns it with others confirms the words", given: and(joined, restated[1]), by: "dee", when: objection.Confirm{Objection: "phones"},
		then: []objection.Event{&objection.Confirmed{Objection: "phones", By: "dee"}}},

	{name: "methods §8.7: one whose owners have left is taken on", given: raised, by: "dee", under: alone(under(objection.Handling{}), "dee", "fay"), when: objection.Adopt{Objection: "phones"},
		then: []objection.Event{&objection.Adopted{Objection: "phones", By: "dee"}}},
	{name: "methods §8.7: not while one of them is there", given: joined, by: "fay", under: alone(under(objection.Handling{}), "dee", "fay"), when: objection.Adopt{Objection: "phones"}, refused: objection.NotOrphaned},
	{name: "methods §8.7: then it is theirs", given: and(raised, &objection.Adopted{Objection: "phones", By: "dee"}), by: "dee", when: objection.Withdraw{Objection: "phones"},
		then: []objection.Event{&objection.Withdrawn{Objection: "phones", By: "dee"}}},

	{name: "M-180: a concern becomes an objection", given: voiced, by: "sol", when: objection.Lift{ID: "cost-2", Concern: "cost", Aim: "aim", Argument: say("a")},
		then: []objection.Event{&objection.Raised{Objection: "cost-2", Proposal: "notes", Version: 2, By: "sol", Aim: "aim", Argument: say("a"), From: "cost"}}},
	{name: "M-180: and one that was lowered again", given: and(raised, &objection.Lowered{Objection: "phones", By: "ada"}), when: objection.Lift{ID: "phones-2", Concern: "phones", Aim: "aim", Argument: say("a")},
		then: []objection.Event{&objection.Raised{Objection: "phones-2", Proposal: "notes", Version: 2, By: "ada", Aim: "aim", Argument: say("a"), Source: proposal.Lived, From: "phones"}}},
	{name: "M-180: only one's own", given: voiced, by: "dee", when: objection.Lift{ID: "cost-2", Concern: "cost", Aim: "aim", Argument: say("a")}, refused: objection.NotObjector},
	{name: "M-180: an objection is none already", given: raised, when: objection.Lift{ID: "p2", Concern: "phones", Aim: "aim", Argument: say("a")}, refused: objection.NotAConcern},

	{name: "methods §8.5: what comes back is linked", given: and(met, ended["integrated"][len(met)]), when: objection.Raise{ID: "o2", Proposal: "notes", Aim: "aim", Argument: say("a"), Again: "phones"},
		then: []objection.Event{&objection.Raised{Objection: "o2", Proposal: "notes", Version: 2, By: "ada", Aim: "aim", Argument: say("a"), Again: "phones"}}},
	{name: "methods §8.5: what still stands does not come back", given: raised, when: objection.Raise{ID: "o2", Proposal: "notes", Aim: "aim", Argument: say("a"), Again: "phones"}, refused: objection.NoAgain},
	{name: "M-178: what was ruled on, with nothing new", given: overruled, under: under(objection.Handling{Once: true}),
		when: objection.Raise{ID: "o2", Proposal: "notes", Aim: "aim", Argument: say("a"), Again: "phones"}, refused: objection.RuledBefore},
	{name: "M-178: what a test dismissed was ruled on, too", given: and(onTrial, dismissed("fay", objection.Finding{}, say("a"))), under: under(objection.Handling{Once: true}),
		when: objection.Raise{ID: "o2", Proposal: "notes", Aim: "aim", Argument: say("a"), Again: "phones"}, refused: objection.RuledBefore},
	{name: "M-178: what its owner took back was not ruled on", given: ended["withdrawn"], under: under(objection.Handling{Once: true}),
		when: objection.Raise{ID: "o2", Proposal: "notes", Aim: "aim", Argument: say("a"), Again: "phones"},
		then: []objection.Event{&objection.Raised{Objection: "o2", Proposal: "notes", Version: 2, By: "ada", Aim: "aim", Argument: say("a"), Again: "phones"}}},
	{name: "M-178: with something new", given: overruled, under: under(objection.Handling{Once: true}),
		when: objection.Raise{ID: "o2", Proposal: "notes", Aim: "aim", Argument: say("a"), Again: "phones", New: say("A third Team has none")},
		then: []objection.Event{&objection.Raised{Objection: "o2", Proposal: "notes", Version: 2, By: "ada", Aim: "aim", Argument: say("a"), Again: "phones", New: say("A third Team has none")}}},
	{name: "M-178: where the method does not say so", given: overruled, when: objection.Raise{ID: "o2", Proposal: "notes", Aim: "aim", Argument: say("a"), Again: "phones"},
		then: []objection.Event{&objection.Raised{Objection: "o2", Proposal: "notes", Version: 2, By: "ada", Aim: "aim", Argument: say("a"), Again: "phones"}}},
	{name: "methods §1.3.7: the same words by another are another objection", given: raised, by: "dee", when: objection.Raise{ID: "phones-2", Proposal: "notes", Aim: "support-teams", Argument: say("two Teams have members without smartphones")},
		then: []objection.Event{&objection.Raised{Objection: "phones-2", Proposal: "notes", Version: 2, By: "dee", Aim: "support-teams", Argument: say("two Teams have members without smartphones")}}},
}

var solvedRows = []row{
	{name: "M-172: first the objector says that it is solved", given: met, under: under(objection.Handling{Solved: objection.ByBoth}), when: objection.Accept{Objection: "phones"},
		then: []objection.Event{&objection.Agreed{Objection: "phones", By: "ada", In: 3}}},
	{name: "M-172: once", given: and(met, &objection.Agreed{Objection: "phones", By: "ada", In: 3}), under: under(objection.Handling{Solved: objection.ByBoth}), when: objection.Accept{Objection: "phones"}, refused: objection.AgreedAlready},
	{name: "M-172: then the proposer", given: and(met, &objection.Agreed{Objection: "phones", By: "ada", In: 3}), by: "lee", under: under(objection.Handling{Solved: objection.ByBoth}),
		when: objection.ConfirmSolved{Objection: "phones"}, then: []objection.Event{&objection.SolvedByBoth{Objection: "phones", By: "lee", In: 3}}},
	{name: "M-172: not before the objector", given: met, by: "lee", under: under(objection.Handling{Solved: objection.ByBoth}), when: objection.ConfirmSolved{Objection: "phones"}, refused: objection.ObjectorFirst},
	{name: "M-172: a new version is asked about anew", given: and(met, &objection.Agreed{Objection: "phones", By: "ada", In: 3}, &objection.Met{Objection: "phones", In: 4}), by: "lee",
		under: under(objection.Handling{Solved: objection.ByBoth}), when: objection.ConfirmSolved{Objection: "phones"}, refused: objection.ObjectorFirst},
	{name: "M-172: where both are not asked", given: met, by: "lee", when: objection.ConfirmSolved{Objection: "phones"}, refused: objection.NotByMethod},

	{name: "M-175: the chair answers in substance", given: raised, by: "fay", under: under(objection.Handling{Solved: objection.ByAnswer, Acknowledge: circle.MustPeriod("14d")}),
		when: objection.Answer{Objection: "phones", Answer: say("There are paper notes")},
		then: []objection.Event{&objection.Answered{Objection: "phones", By: "fay", Answer: say("There are paper notes"), Until: now.AddDate(0, 0, 14)}}},
	{name: "M-175: without a limit for acknowledging it", given: raised, by: "fay", under: under(objection.Handling{Solved: objection.ByAnswer}),
		when: objection.Answer{Objection: "phones", Answer: say("a")}, then: []objection.Event{&objection.Answered{Objection: "phones", By: "fay", Answer: say("a")}}},
	{name: "methods §8.4: a chair does not answer their own", given: raised, under: under(objection.Handling{Solved: objection.ByAnswer}), when: objection.Answer{Objection: "phones", Answer: say("a")}, refused: objection.OwnJudge},
	{name: "M-175: the objector accepts the answer", given: answered, under: under(objection.Handling{Solved: objection.ByAnswer}), when: objection.Accept{Objection: "phones"},
		then: []objection.Event{&objection.Integrated{Objection: "phones", By: "ada", In: 2}}},
}

var premiseRows = []row{
	{name: "M-165: the objector says what it rests on", given: raised, when: objection.NamePremise{Objection: "phones", ID: "p1", Text: say("Two have no phone")},
		then: []objection.Event{&objection.PremiseNamed{Objection: "phones", Premise: "p1", By: "ada", Text: say("Two have no phone")}}},
	{name: "M-165: nobody says it for them", given: raised, by: "dee", when: objection.NamePremise{Objection: "phones", ID: "p1", Text: say("a")}, refused: objection.NotObjector},
	{name: "M-165: a name is given once", given: premised, when: objection.NamePremise{Objection: "phones", ID: "p1", Text: say("a")}, refused: circle.TakenID},
	{name: "M-165: others agree or dispute", given: premised, by: "dee", when: objection.MarkPremise{Objection: "phones", Premise: "p1", Mark: objection.MarkDisputed},
		then: []objection.Event{&objection.PremiseMarked{Objection: "phones", Premise: "p1", Mark: objection.MarkDisputed, By: "dee"}}},
	{name: "M-165: only the objector removes one", given: premised, by: "dee", when: objection.MarkPremise{Objection: "phones", Premise: "p1", Mark: objection.MarkRemoved}, refused: objection.NotObjector},
	{name: "M-165: what was removed is gone", given: and(premised, &objection.PremiseMarked{Objection: "phones", Premise: "p1", Mark: objection.MarkRemoved, By: "ada"}), by: "dee",
		when: objection.MarkPremise{Objection: "phones", Premise: "p1", Mark: objection.MarkAgreed}, refused: objection.UnknownPremise},
}

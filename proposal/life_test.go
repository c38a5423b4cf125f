package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/proposal"
)

// The histories of agreements that have more than a text and a term.
var (
	week = circle.MustPeriod("1w")

	delayed = []proposal.Event{&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy,
		Text: say("v1"), Term: year, At: now, Record: &proposal.Record{Effective: week, Expires: month}}}
	waiting     = and(delayed, &proposal.Adopted{Proposal: "notes", Version: 1, Since: day(1), Pending: true, Effective: day(8)})
	conditional = []proposal.Event{&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy,
		Text: say("v1"), Term: year, At: now, Record: &proposal.Record{Condition: say("the money comes"), Confirms: "dee", Lapses: month}}}
	ifMoney = and(conditional, &proposal.Adopted{Proposal: "notes", Version: 1, Since: day(1), Pending: true, Lapses: day(31)})
	both    = []proposal.Event{
		&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), Term: year, At: now,
			Record: &proposal.Record{Condition: say("the money comes"), Lapses: month, Effective: week}},
		&proposal.Adopted{Proposal: "notes", Version: 1, Since: day(1), Pending: true, Lapses: day(31), Effective: day(8)}}

	ending = []proposal.Event{
		&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), Term: year, At: now,
			Record: &proposal.Record{Expires: month}},
		&proposal.Adopted{Proposal: "notes", Version: 1, Since: day(2), Until: day(367), Expires: day(32)}}
	endingInReview = and(ending, revised)
	held           = and(adopted, &proposal.Held{Proposal: "notes", Reason: say("harm")})
	comingOver     = and(adopted, revised, &proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40), Pending: true, Effective: day(47)})
	prepared       = and(adopted, &proposal.ReviewDelegated{Proposal: "notes", To: "helpers", Until: day(60)})

	beds = []proposal.Event{&proposal.Submitted{Proposal: "beds", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("beds"), At: now},
		&proposal.Adopted{Proposal: "beds", Version: 1, Since: day(2)}}
	relating = events(beds, []proposal.Event{&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"),
		Term: year, At: now, Record: &proposal.Record{Related: []proposal.ID{"beds"}}}, &proposal.Adopted{Proposal: "notes", Version: 1, Since: day(2), Until: day(367)}})
	broader = []proposal.Event{&proposal.Submitted{Proposal: "house", Circle: "places", By: "ana", Sort: proposal.Policy, Text: say("house"), At: now},
		&proposal.Adopted{Proposal: "house", Version: 1, Since: day(2)}}
	contradicting = events(adopted, beds, []proposal.Event{&proposal.ConflictReported{Proposal: "notes", Version: 1, With: "beds", Theirs: 1, By: "ana"}})
	ruled         = and(adopted, &proposal.Interpreted{Ruling: "r1", Proposal: "notes", Version: 1, By: "ben", At: now, Of: "valley"})
	// rival would change the agreement notes, which another decision changed first.
	rival = and(adopted, &proposal.Submitted{Proposal: "rival", Circle: "valley", By: "cia", Sort: proposal.Policy, Text: say("r1"), At: day(3),
		Record: &proposal.Record{Changes: []proposal.Base{{Agreement: "notes", Version: 1}}}})
	outdated = and(rival, revised, &proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40), Until: day(367)})
)

func due(because proposal.Because) proposal.Event {
	return &proposal.ReviewDue{Proposal: "notes", Because: because}
}

var lifeRows = []row{
	{name: "M-229: the fields of a record are kept", given: beds,
		when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Term: year, Effective: week, Condition: say("money"), Confirms: "dee", Lapses: month,
			Expires: year, Responsible: []circle.Name{"counter", "ana"}, Criteria: []circle.Text{say("fewer lost")}, Related: []proposal.ID{"beds"},
			Changes: []proposal.Base{{Agreement: "beds", Version: 1}}},
		then: []proposal.Event{&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), Term: year, At: now,
			Record: &proposal.Record{Effective: week, Condition: say("money"), Confirms: "dee", Lapses: month, Expires: year,
				Responsible: []circle.Name{"counter", "ana"}, Criteria: []circle.Text{say("fewer lost")}, Related: []proposal.ID{"beds"},
				Changes: []proposal.Base{{Agreement: "beds", Version: 1}}}}}},
	{name: "M-229: who is responsible is a role or a person", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Responsible: []circle.Name{"nobody"}},
		refused: proposal.NobodyResponsible},
	{name: "M-236: what is related is there", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Related: []proposal.ID{"beds"}}, refused: proposal.UnknownProposal},
	{name: "M-186: who confirms is known", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Condition: say("c"), Lapses: month, Confirms: "nobody"}, refused: circle.UnknownPerson},
	{name: "M-186: a condition has its end", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Condition: say("c")}, refused: proposal.OpenCondition},
	{name: "M-186: nobody confirms what is no condition", when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Confirms: "dee"}, refused: proposal.OpenCondition},
	{name: "M-237: what is carried out does not wait", refused: proposal.NoDelay,
		when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Effective: week, Enacts: []circle.Deed{circle.Join{Circle: "valley", Person: "wyn", Level: circle.Full}}}},
	{name: "M-237: nor does a decision on the way", when: proposal.Submit{ID: "notes", Circle: "valley", Sort: proposal.Process, Text: say("v1"), Effective: week}, refused: proposal.NoDelay},
	{name: "M-140: a version says why, and keeps of the record what it does not say", given: delayed, by: "cia",
		when: proposal.Amend{Proposal: "notes", Text: say("v2"), Why: say("too soon"), Expires: year},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Term: year, Weight: proposal.Substantive, By: "cia", At: now,
			Why: say("too soon"), Record: &proposal.Record{Effective: week, Expires: year}}}},
	{name: "M-140: a version names the one it was written from, where that is not the one before it", at: day(40),
		given: and(inReview, &proposal.Withdrawn{Proposal: "notes", By: "cia"}), when: proposal.Revise{Proposal: "notes", Text: say("v3"), Measures: []proposal.Measure{late}},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 3, Text: say("v3"), Term: year, Measures: []proposal.Measure{late},
			Weight: proposal.Substantive, By: "ana", At: day(40), Base: 1}}},
	{name: "M-186: an amendment with an open condition", given: delayed, when: proposal.Amend{Proposal: "notes", Text: say("v2"), Condition: say("c")}, refused: proposal.OpenCondition},
	{name: "M-229: an amendment for which nobody is responsible", given: delayed, when: proposal.Amend{Proposal: "notes", Text: say("v2"), Responsible: []circle.Name{"nobody"}}, refused: proposal.NobodyResponsible},

	{name: "M-237: adopted, to take effect later", given: delayed, at: day(1), when: proposal.Adopt{Proposal: "notes", Version: 1},
		then: []proposal.Event{&proposal.Adopted{Proposal: "notes", Version: 1, Since: day(1), Pending: true, Effective: day(8)}}},
	{name: "M-186: adopted on a condition", given: conditional, at: day(1), when: proposal.Adopt{Proposal: "notes", Version: 1},
		then: []proposal.Event{&proposal.Adopted{Proposal: "notes", Version: 1, Since: day(1), Pending: true, Lapses: month.After(day(1))}}},
	{name: "M-230: the review and the end are two dates", given: ending[:1], at: day(1), when: proposal.Adopt{Proposal: "notes", Version: 1},
		then: []proposal.Event{&proposal.Adopted{Proposal: "notes", Version: 1, Since: day(1), Until: year.After(day(1)), Expires: month.After(day(1))}}},
	{name: "M-237: it takes effect at its date, and its term runs from there", given: waiting, at: day(8), when: proposal.TakeEffect{Proposal: "notes"},
		then: []proposal.Event{&proposal.TookEffect{Proposal: "notes", Version: 1, Since: day(8), Until: year.After(day(8)), Expires: month.After(day(8))}}},
	{name: "M-235: a new version that takes effect follows the old one", given: comingOver, at: day(47), when: proposal.TakeEffect{Proposal: "notes"},
		then: []proposal.Event{&proposal.TookEffect{Proposal: "notes", Version: 2, Since: day(47), Until: day(367)}}},
	{name: "M-237: what is in force takes no effect again", given: adopted, when: proposal.TakeEffect{Proposal: "notes"}, refused: proposal.NotPending},
	{name: "M-237: nothing takes effect", when: proposal.TakeEffect{Proposal: "notes"}, refused: proposal.UnknownProposal},
	{name: "M-237: what is pending is not in force", given: waiting, when: proposal.AskReview{Proposal: "notes", Reason: say("r")}, refused: proposal.NotInForce},
	{name: "M-235: one version waits at a time", given: comingOver, when: proposal.Revise{Proposal: "notes", Text: say("v3")}, refused: proposal.NotYetInEffect},
	{name: "M-186: who is named confirms", given: ifMoney, by: "dee", at: day(20), when: proposal.ConfirmCondition{Proposal: "notes", Note: say("it came")},
		then: []proposal.Event{&proposal.ConditionConfirmed{Proposal: "notes", Version: 1, By: "dee", Note: say("it came")},
			&proposal.TookEffect{Proposal: "notes", Version: 1, Since: day(20), Until: year.After(day(20))}}},
	{name: "M-186: or the circle by consent", given: ifMoney, consent: "valley", at: day(20), when: proposal.ConfirmCondition{Proposal: "notes"},
		then: []proposal.Event{&proposal.ConditionConfirmed{Proposal: "notes", Version: 1, By: "ana"},
			&proposal.TookEffect{Proposal: "notes", Version: 1, Since: day(20), Until: year.After(day(20))}}},
	{name: "M-186: confirmed before its date it waits for the date", given: both, consent: "valley", at: day(5), when: proposal.ConfirmCondition{Proposal: "notes"},
		then: []proposal.Event{&proposal.ConditionConfirmed{Proposal: "notes", Version: 1, By: "ana"}}},
	{name: "M-186: nobody else confirms", given: ifMoney, when: proposal.ConfirmCondition{Proposal: "notes"}, refused: proposal.ByConsent},
	{name: "M-186: it is confirmed once", given: and(both, &proposal.ConditionConfirmed{Proposal: "notes", Version: 1}), consent: "valley",
		when: proposal.ConfirmCondition{Proposal: "notes"}, refused: proposal.NotPending},
	{name: "M-186: a date is no condition", given: waiting, consent: "valley", when: proposal.ConfirmCondition{Proposal: "notes"}, refused: proposal.NotPending},
	{name: "M-186: not confirmed in time it lapses", given: ifMoney, at: day(31), when: proposal.LapseCondition{Proposal: "notes"},
		then: []proposal.Event{&proposal.Lapsed{Proposal: "notes", Version: 1}}},
	{name: "M-186: what lapsed is confirmed no more", given: and(ifMoney, &proposal.Lapsed{Proposal: "notes", Version: 1}), by: "dee",
		when: proposal.ConfirmCondition{Proposal: "notes"}, refused: proposal.NotPending},
	{name: "M-186: nothing lapses", given: adopted, when: proposal.LapseCondition{Proposal: "notes"}, refused: proposal.NotPending},

	{name: "methods §5.2: the circle puts it on hold", given: adopted, consent: "valley", when: proposal.Hold{Proposal: "notes", Reason: say("harm")},
		then: []proposal.Event{&proposal.Held{Proposal: "notes", Reason: say("harm")}}},
	{name: "methods §5.2: nobody does so alone", given: adopted, when: proposal.Hold{Proposal: "notes", Reason: say("harm")}, refused: proposal.ByConsent},
	{name: "methods §5.2: it is on hold once", given: held, consent: "valley", when: proposal.Hold{Proposal: "notes", Reason: say("harm")}, refused: proposal.OnHoldAlready},
	{name: "methods §5.2: what is not in force is not held", given: submitted, consent: "valley", when: proposal.Hold{Proposal: "notes", Reason: say("harm")}, refused: proposal.NotInForce},
	{name: "methods §5.2: the circle lifts the hold", given: held, consent: "valley", when: proposal.LiftHold{Proposal: "notes", Reason: say("mended")},
		then: []proposal.Event{&proposal.HoldLifted{Proposal: "notes", Reason: say("mended")}}},
	{name: "methods §5.2: nobody lifts it alone", given: held, when: proposal.LiftHold{Proposal: "notes"}, refused: proposal.ByConsent},
	{name: "methods §5.2: what is in force has no hold to lift", given: adopted, consent: "valley", when: proposal.LiftHold{Proposal: "notes"}, refused: proposal.NotOnHold},
	{name: "methods §5.2: what is on hold may be revised", given: held, at: day(30), by: "cia", when: proposal.Revise{Proposal: "notes", Text: say("v2"), Measures: []proposal.Measure{late}},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Term: year, Measures: []proposal.Measure{late},
			Weight: proposal.Substantive, By: "cia", At: day(30)}}},

	{name: "M-230: on its date it ends", given: ending, at: day(32), when: proposal.Expire{Proposal: "notes"},
		then: []proposal.Event{&proposal.Expired{Proposal: "notes", Version: 1}}},
	{name: "methods §8.11: not while its review is open", given: endingInReview, at: day(32), when: proposal.Expire{Proposal: "notes"},
		then: []proposal.Event{&proposal.Extended{Proposal: "notes", Version: 1, Until: day(62)}}},
	{name: "methods §8.11: for as long as the circle has agreed", rules: circle.Rules{ExpiryExtension: week}, given: endingInReview, at: day(32), when: proposal.Expire{Proposal: "notes"},
		then: []proposal.Event{&proposal.Extended{Proposal: "notes", Version: 1, Until: day(39)}}},
	{name: "methods §8.11: nor while a helping circle prepares it", at: day(32), when: proposal.Expire{Proposal: "notes"},
		given: and(ending, &proposal.ReviewDelegated{Proposal: "notes", To: "helpers", Until: day(33)}),
		then:  []proposal.Event{&proposal.Extended{Proposal: "notes", Version: 1, Until: day(62)}}},
	{name: "methods §8.11: it is put off once", given: and(endingInReview, &proposal.Extended{Proposal: "notes", Version: 1, Until: day(62)}), at: day(62), when: proposal.Expire{Proposal: "notes"},
		then: []proposal.Event{&proposal.Expired{Proposal: "notes", Version: 1}}},
	{name: "M-230: what has ended does not end", given: and(ending, &proposal.Expired{Proposal: "notes", Version: 1}), when: proposal.Expire{Proposal: "notes"}, refused: proposal.NotInForce},
	{name: "M-230: what has expired is not revised", given: and(ending, &proposal.Expired{Proposal: "notes", Version: 1}), when: proposal.Revise{Proposal: "notes", Text: say("v2")}, refused: proposal.NotInForce},

	{name: "M-233: kept, what ends by itself has its period anew", given: ending, consent: "valley", at: day(20), when: proposal.Keep{Proposal: "notes", Term: year},
		then: []proposal.Event{&proposal.Kept{Proposal: "notes", Version: 1, Term: year, Until: year.After(day(20)), Expires: month.After(day(20)),
			Warnings: []proposal.Warning{{Code: "co-evaluation-without", Of: []string{"worker", "supported"}}}}}},
	{name: "M-233: or another one", given: ending, consent: "valley", at: day(20), when: proposal.Keep{Proposal: "notes", Term: year, Expires: week},
		then: []proposal.Event{&proposal.Kept{Proposal: "notes", Version: 1, Term: year, Until: year.After(day(20)), Expires: day(27),
			Warnings: []proposal.Warning{{Code: "co-evaluation-without", Of: []string{"worker", "supported"}}}}}},
	{name: "M-233: the circle lets it expire", given: and(ending, due(proposal.Asked)), consent: "valley", at: day(20), when: proposal.LetExpire{Proposal: "notes"},
		then: []proposal.Event{&proposal.LeftToExpire{Proposal: "notes", Expires: day(32)}}},
	{name: "M-233: without a date of its own, where its review was to be", given: adopted, consent: "valley", at: day(20), when: proposal.LetExpire{Proposal: "notes"},
		then: []proposal.Event{&proposal.LeftToExpire{Proposal: "notes", Expires: day(367)}}},
	{name: "M-233: what has no date to come is dropped", given: and(adopted, due(proposal.TermEnd)), consent: "valley", at: day(367), when: proposal.LetExpire{Proposal: "notes"}, refused: proposal.NoExpiry},
	{name: "M-233: nobody lets it expire alone", given: ending, when: proposal.LetExpire{Proposal: "notes"}, refused: proposal.ByConsent},
	{name: "M-233: merged into another", given: events(beds, adopted), consent: "valley", when: proposal.Replace{Proposal: "notes", By: []proposal.ID{"beds"}},
		then: []proposal.Event{&proposal.Superseded{Proposal: "notes", By: []proposal.ID{"beds"}}}},
	{name: "M-233: nobody merges alone", given: events(beds, adopted), when: proposal.Replace{Proposal: "notes", By: []proposal.ID{"beds"}}, refused: proposal.ByConsent},
	{name: "M-233: into what is in force", given: and(adopted, beds[0]), consent: "valley", when: proposal.Replace{Proposal: "notes", By: []proposal.ID{"beds"}}, refused: proposal.NotInForce},
	{name: "M-233: not into itself", given: adopted, consent: "valley", when: proposal.Replace{Proposal: "notes", By: []proposal.ID{"notes"}}, refused: proposal.ReplacesItself},
	{name: "M-233: not while a new version is decided", given: events(beds, inReview), consent: "valley", when: proposal.Replace{Proposal: "notes", By: []proposal.ID{"beds"}}, refused: proposal.InReviewAlready},
	{name: "M-233: a helping circle prepares the review", given: adopted, consent: "valley", when: proposal.DelegateReview{Proposal: "notes", To: "helpers", Until: day(60)},
		then: []proposal.Event{&proposal.ReviewDelegated{Proposal: "notes", To: "helpers", Until: day(60)}}},
	{name: "M-233: no other circle does", given: adopted, consent: "valley", when: proposal.DelegateReview{Proposal: "notes", To: "rotas", Until: day(60)}, refused: proposal.NotPreparing},
	{name: "M-233: not until yesterday", given: adopted, consent: "valley", when: proposal.DelegateReview{Proposal: "notes", To: "helpers", Until: now}, refused: proposal.NotPreparing},
	{name: "M-233: nobody delegates alone", given: adopted, when: proposal.DelegateReview{Proposal: "notes", To: "helpers", Until: day(60)}, refused: proposal.ByConsent},
	{name: "M-233: who prepares the review writes the version", given: prepared, by: "wyn", at: day(30), when: proposal.Revise{Proposal: "notes", Text: say("v2"), Measures: []proposal.Measure{late}},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Term: year, Measures: []proposal.Measure{late},
			Weight: proposal.Substantive, By: "wyn", At: day(30)}}},
	{name: "M-233: until its time is over", given: prepared, by: "wyn", at: day(60), when: proposal.Revise{Proposal: "notes", Text: say("v2")}, refused: proposal.NotParticipant},
	{name: "M-233: starting afresh opens a need", given: adopted, when: proposal.StartAfresh{Proposal: "notes", Need: "anew", Text: say("what is it about?")},
		then: []proposal.Event{&proposal.NeedOpened{Need: "anew", Circle: "valley", By: "ana", Origin: circle.Worker, At: now, Text: say("what is it about?")},
			&proposal.StartedAfresh{Proposal: "notes", Need: "anew", By: "ana"}}},
	{name: "M-233: by who takes part", given: adopted, by: "gus", when: proposal.StartAfresh{Proposal: "notes", Need: "anew"}, refused: proposal.NotParticipant},
	{name: "M-233: from an agreement", given: submitted, when: proposal.StartAfresh{Proposal: "notes", Need: "anew"}, refused: proposal.NotInForce},
	{name: "M-233: the name of the need is free", given: events(opened, adopted), when: proposal.StartAfresh{Proposal: "notes", Need: "notes"}, refused: circle.TakenID},

	{name: "M-238: the Secretary strikes it, and everybody is told", given: adopted, by: "ben", when: proposal.Strike{Proposal: "notes", Reason: say("against the law")},
		then: []proposal.Event{&proposal.Struck{Proposal: "notes", Version: 1, By: "ben", Reason: say("against the law"), Notice: []circle.PersonID{"ana", "ben", "cia", "dee", "gus"}}}},
	{name: "M-238: also while a new version is decided", given: inReview, by: "ben", when: proposal.Strike{Proposal: "notes", Reason: say("against the law")},
		then: []proposal.Event{&proposal.Struck{Proposal: "notes", Version: 1, By: "ben", Reason: say("against the law"), Notice: []circle.PersonID{"ana", "ben", "cia", "dee", "gus"}}}},
	{name: "M-238: nobody else does", given: adopted, when: proposal.Strike{Proposal: "notes", Reason: say("r")}, refused: proposal.NotInterpreter},
	{name: "M-238: what is struck is not struck again", given: and(adopted, &proposal.Struck{Proposal: "notes", Version: 1, By: "ben"}), by: "ben",
		when: proposal.Strike{Proposal: "notes", Reason: say("r")}, refused: proposal.NotInForce},
	{name: "M-239: the Secretary says how it is to be understood", given: adopted, by: "ben", when: proposal.Interpret{ID: "r1", Proposal: "notes", Question: say("Sundays too?"), Ruling: say("Yes")},
		then: []proposal.Event{&proposal.Interpreted{Ruling: "r1", Proposal: "notes", Version: 1, By: "ben", At: now, Question: say("Sundays too?"), Says: say("Yes"), Of: "valley"}}},
	{name: "M-239: a broader circle's Secretary overrules", given: ruled, by: "wyn",
		when: proposal.Interpret{ID: "r2", Proposal: "notes", Question: say("Sundays too?"), Ruling: say("No"), Overrules: "r1"},
		then: []proposal.Event{&proposal.Interpreted{Ruling: "r2", Proposal: "notes", Version: 1, By: "wyn", At: now, Question: say("Sundays too?"), Says: say("No"), Of: "places", Overrules: "r1"}}},
	{name: "M-239: nobody overrules a broader circle", by: "ben", when: proposal.Interpret{ID: "r3", Proposal: "notes", Question: say("?"), Ruling: say("Yes"), Overrules: "r2"}, refused: proposal.NotOverruled,
		given: and(ruled, &proposal.Interpreted{Ruling: "r2", Proposal: "notes", Version: 1, By: "wyn", At: now, Of: "places", Overrules: "r1"})},
	{name: "M-239: nobody overrules what is not there", given: ruled, by: "ben", when: proposal.Interpret{ID: "r3", Proposal: "notes", Question: say("?"), Ruling: say("Yes"), Overrules: "r9"}, refused: proposal.NotOverruled},

	{name: "methods §8.9: between agreements of one circle neither prevails", given: events(adopted, beds), when: proposal.ReportConflict{Proposal: "notes", With: "beds", Note: say("both rooms")},
		then: []proposal.Event{&proposal.ConflictReported{Proposal: "notes", Version: 1, With: "beds", Theirs: 1, By: "ana", Note: say("both rooms")}}},
	{name: "methods §8.9: that of the broader circle prevails", given: events(adopted, broader), when: proposal.ReportConflict{Proposal: "notes", With: "house", Note: say("n")},
		then: []proposal.Event{&proposal.ConflictReported{Proposal: "notes", Version: 1, With: "house", Theirs: 1, Prevails: "house", By: "ana", Note: say("n")}}},
	{name: "methods §8.9: from whichever side it is seen", given: events(adopted, broader), when: proposal.ReportConflict{Proposal: "house", With: "notes", Note: say("n")},
		then: []proposal.Event{&proposal.ConflictReported{Proposal: "house", Version: 1, With: "notes", Theirs: 1, Prevails: "house", By: "ana", Note: say("n")}}},
	{name: "methods §8.9: it is reported once, also from the other side", given: contradicting, when: proposal.ReportConflict{Proposal: "beds", With: "notes", Note: say("n")}, refused: proposal.KnownConflict},
	{name: "methods §8.9: nothing contradicts itself", given: adopted, when: proposal.ReportConflict{Proposal: "notes", With: "notes", Note: say("n")}, refused: proposal.KnownConflict},
	{name: "methods §8.9: what is on hold contradicts nothing", given: events(held, beds), when: proposal.ReportConflict{Proposal: "beds", With: "notes", Note: say("n")}, refused: proposal.NotInForce},
	{name: "methods §8.9: by who takes part", given: events(adopted, beds), by: "wyn", when: proposal.ReportConflict{Proposal: "notes", With: "beds", Note: say("n")}, refused: proposal.NotParticipant},
	{name: "M-239: nobody else does", given: adopted, when: proposal.Interpret{ID: "r1", Proposal: "notes", Question: say("?"), Ruling: say("Yes")}, refused: proposal.NotInterpreter},
	{name: "M-239: each ruling has its name", given: and(adopted, &proposal.Interpreted{Ruling: "r1", Proposal: "notes", Version: 1, By: "ben", At: now}), by: "ben",
		when: proposal.Interpret{ID: "r1", Proposal: "notes", Question: say("?"), Ruling: say("Yes")}, refused: circle.TakenID},
	{name: "M-240: who takes part owns a deviation", given: adopted, by: "dee",
		when: proposal.RecordDeviation{ID: "d1", Proposal: "notes", Reason: say("no time"), Affected: say("the night shift"), FollowUp: say("tell them")},
		then: []proposal.Event{&proposal.DeviationRecorded{Deviation: "d1", Proposal: "notes", Version: 1, By: "dee", At: now, Reason: say("no time"),
			Affected: say("the night shift"), FollowUp: say("tell them")}}},
	{name: "M-240: who takes no part does not", given: adopted, by: "wyn", when: proposal.RecordDeviation{ID: "d1", Proposal: "notes"}, refused: proposal.NotParticipant},
	{name: "M-240: each deviation has its name", given: and(adopted, &proposal.DeviationRecorded{Deviation: "d1", Proposal: "notes", Version: 1, By: "ana", At: now}),
		when: proposal.RecordDeviation{ID: "d1", Proposal: "notes"}, refused: circle.TakenID},

	{name: "methods §8.11: after a review without consent a new date is set", given: and(adopted, due(proposal.TermEnd), revised, &proposal.Withdrawn{Proposal: "notes", By: "cia"}),
		by: "cia", at: day(400), when: proposal.DateReview{Proposal: "notes", Term: month}, over: true,
		then: []proposal.Event{&proposal.ReviewDated{Proposal: "notes", Term: month, Until: month.After(day(400)), By: "cia"}}},
	{name: "methods §8.11: by the Secretary or the Facilitator", given: adopted, when: proposal.DateReview{Proposal: "notes", Term: month}, refused: proposal.NotInCharge},
	{name: "methods §8.11: otherwise the circle does so by consent", given: adopted, by: "ben", when: proposal.DateReview{Proposal: "notes", Term: month}, refused: proposal.DateStands},

	{name: "M-236: a review lists what it may have an effect on", given: relating, when: proposal.AskReview{Proposal: "notes", Reason: say("news")},
		then: []proposal.Event{&proposal.ReviewDue{Proposal: "notes", Because: proposal.Asked, By: "ana", Reason: say("news"), Related: []proposal.ID{"beds"}}}},
	{name: "M-236: from both sides", given: relating, when: proposal.EndTerm{Proposal: "beds"},
		then: []proposal.Event{&proposal.ReviewDue{Proposal: "beds", Because: proposal.TermEnd, Related: []proposal.ID{"notes"}}}},

	{name: "methods §8.6: a base is the version adopted last", given: outdated, refused: proposal.OldBase,
		when: proposal.Submit{ID: "other", Circle: "valley", Text: say("o"), Changes: []proposal.Base{{Agreement: "notes", Version: 1}}}},
	{name: "methods §8.6: and an agreement", given: submitted, refused: proposal.NotInForce,
		when: proposal.Submit{ID: "other", Circle: "valley", Text: say("o"), Changes: []proposal.Base{{Agreement: "notes", Version: 1}}}},
	{name: "methods §8.6: also one that is adopted and not yet in force", given: comingOver, refused: proposal.OldBase,
		when: proposal.Submit{ID: "other", Circle: "valley", Text: say("o"), Changes: []proposal.Base{{Agreement: "notes", Version: 1}}}},
	{name: "methods §8.6: a rival is brought up to date", given: outdated, by: "cia", when: proposal.Rebase{Proposal: "rival", Agreement: "notes", Version: 2, Text: say("r2")},
		then: []proposal.Event{&proposal.Amended{Proposal: "rival", Version: 2, Text: say("r2"), Weight: proposal.Substantive, By: "cia", At: now,
			Record: &proposal.Record{Changes: []proposal.Base{{Agreement: "notes", Version: 2}}}, Rebased: true}}},
	{name: "methods §8.6: what was decided has changed what it was to change", by: "cia", at: day(50), when: proposal.Revise{Proposal: "rival", Text: say("r2")},
		given: and(rival, &proposal.Adopted{Proposal: "rival", Version: 1, Since: day(20)}, revised, &proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40)}),
		then:  []proposal.Event{&proposal.Amended{Proposal: "rival", Version: 2, Text: say("r2"), Weight: proposal.Substantive, By: "cia", At: day(50)}}},
	{name: "methods §8.6: to the version adopted last", given: outdated, by: "cia", when: proposal.Rebase{Proposal: "rival", Agreement: "notes", Version: 1}, refused: proposal.OldBase},
	{name: "methods §8.6: what is up to date has no need of it", given: rival, by: "cia", when: proposal.Rebase{Proposal: "rival", Agreement: "notes", Version: 1}, refused: proposal.NotOutdated},
	{name: "methods §8.6: what is decided is not brought up to date", given: adopted, when: proposal.Rebase{Proposal: "notes", Agreement: "beds", Version: 1}, refused: proposal.NotOpen},
	{name: "methods §8.6: nor what ended", given: and(outdated, &proposal.Dropped{Proposal: "notes"}), by: "cia", when: proposal.Rebase{Proposal: "rival", Agreement: "notes", Version: 2}, refused: proposal.NotInForce},
}

// TestWhereAnAgreementStands: what is in force in each phase of a life, and
// what is left when it has ended (methods §5.2, M-235).
func TestWhereAnAgreementStands(t *testing.T) {
	struck := &proposal.Struck{Proposal: "notes", Version: 1, By: "ben"}
	for _, c := range []struct {
		name     string
		given    []proposal.Event
		standing string
		phase    proposal.Phase
		force    int
	}{
		{"adopted", adopted, "agreement", proposal.Active, 1},
		{"waiting for its date", waiting, "pending", proposal.Pending, 0},
		{"waiting for its condition", ifMoney, "pending", proposal.Pending, 0},
		{"taken effect", and(waiting, &proposal.TookEffect{Proposal: "notes", Version: 1, Since: day(8)}), "agreement", proposal.Active, 1},
		{"lapsed", and(ifMoney, &proposal.Lapsed{Proposal: "notes", Version: 1}), "lapsed", 0, 0},
		{"M-235: the old version stays while the new one waits", comingOver, "agreement", proposal.Active, 1},
		{"M-235: then the new one is in force", and(comingOver, &proposal.TookEffect{Proposal: "notes", Version: 2, Since: day(47)}), "agreement", proposal.Active, 2},
		{"a new version that lapses leaves the old one", and(comingOver, &proposal.Lapsed{Proposal: "notes", Version: 2}), "agreement", proposal.Active, 1},
		{"an old version that ends leaves the one to come", and(comingOver, &proposal.Expired{Proposal: "notes", Version: 1}), "pending", proposal.Pending, 0},
		{"on hold", held, "on-hold", proposal.OnHold, 0},
		{"on hold and due", and(held, due(proposal.Asked)), "on-hold", proposal.OnHold, 0},
		{"on hold and in review", and(held, revised), "agreement", proposal.InReview, 0},
		{"on hold again after its review", and(held, revised, &proposal.Withdrawn{Proposal: "notes", By: "cia"}), "on-hold", proposal.OnHold, 0},
		{"a new version is in force", and(held, revised, &proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40)}), "agreement", proposal.Active, 2},
		{"the hold is lifted", and(held, due(proposal.Asked), &proposal.HoldLifted{Proposal: "notes"}), "agreement", proposal.Due, 1},
		{"kept, and still on hold", and(held, &proposal.Kept{Proposal: "notes", Version: 1, Term: year, Until: year.After(now)}), "on-hold", proposal.OnHold, 0},
		{"left to its end", and(ending, due(proposal.Asked), &proposal.LeftToExpire{Proposal: "notes", Expires: day(32)}), "agreement", proposal.Active, 1},
		{"expired", and(ending, &proposal.Expired{Proposal: "notes", Version: 1}), "expired", 0, 0},
		{"expired while in review: the new version goes on", and(endingInReview, &proposal.Expired{Proposal: "notes", Version: 1}), "open", 0, 0},
		{"struck", and(adopted, struck), "struck", 0, 0},
		{"struck while pending", and(waiting, struck), "struck", 0, 0},
		{"struck while in review: the new version goes on", and(inReview, struck), "open", 0, 0},
		{"superseded", and(adopted, &proposal.Superseded{Proposal: "notes", By: []proposal.ID{"beds"}}), "superseded", 0, 0},
		{"dated anew", and(adopted, due(proposal.TermEnd), &proposal.ReviewDated{Proposal: "notes", Term: month, Until: day(400)}), "agreement", proposal.Active, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := history(t, c.given)
			p := m.Proposal("notes")
			require.Equal(t, c.standing, p.Standing())
			require.Equal(t, c.phase, p.Agreement.Phase)
			require.Equal(t, c.force, m.InForce("notes"))
			require.NotEmpty(t, p.Versions, "M-235: the text can still be read")
			if p.Status == proposal.StatusOpen {
				require.Equal(t, circle.PersonID("cia"), p.Proposer(), "who wrote the new version puts it")
			}
		})
	}
}

// TestWhatIsKeptBesideAnAgreement: rulings bind while the text is in force,
// deviations stay with the agreement, and what nobody needs is let go.
func TestWhatIsKeptBesideAnAgreement(t *testing.T) {
	m := history(t, and(adopted, &proposal.Interpreted{Ruling: "r1", Proposal: "notes", Version: 1, By: "ben", At: now, Question: say("?"), Says: say("yes")},
		&proposal.DeviationRecorded{Deviation: "d1", Proposal: "notes", Version: 1, By: "ana", At: now, Reason: say("r"), Affected: say("a"), FollowUp: say("f")}))
	require.Len(t, m.Binding("notes"), 1)
	require.Len(t, m.Particulars("notes").Deviations, 1)
	parts := 50
	for _, e := range []proposal.Event{revised, &proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40)}} {
		happen(t, m, e, &parts)
	}
	require.Empty(t, m.Binding("notes"), "M-239: it binds until the text changes")
	require.Len(t, m.Particulars("notes").Rulings, 1, "M-239: it is kept with its version")
	require.Len(t, m.Particulars("notes").Deviations, 1, "M-240")

	m = history(t, adopted)
	m.Forget("notes")
	require.Empty(t, m.Image().Particulars, "an ordinary agreement has nothing beside it")
	m = history(t, held)
	happen(t, m, &proposal.HoldLifted{Proposal: "notes"}, &parts)
	require.Empty(t, m.Image().Particulars, "nor one that was on hold")
	m = history(t, comingOver)
	m.Forget("notes")
	require.Len(t, m.Proposal("notes").Versions, 2, "the one in force, and the one to come")
	happen(t, m, &proposal.TookEffect{Proposal: "notes", Version: 2, Since: day(47)}, &parts)
	require.Len(t, m.Proposal("notes").Versions, 1, "M-235: one version in force")
}

// TestRivals: a proposal that was written against an older version is found,
// whether that version changed or its agreement ended (methods §8.6).
func TestRivals(t *testing.T) {
	base := []proposal.Base{{Agreement: "notes", Version: 1}}
	for name, c := range map[string]struct {
		given []proposal.Event
		old   []proposal.Base
	}{
		"as it was":            {rival, nil},
		"while it is reviewed": {and(rival, revised), nil},
		"changed":              {outdated, base},
		"changed, and not yet in force": {and(rival, revised,
			&proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40), Pending: true, Effective: day(47)}), base},
		"dropped": {and(rival, &proposal.Dropped{Proposal: "notes"}), base},
		"struck":  {and(rival, &proposal.Struck{Proposal: "notes", Version: 1}), base},
		"kept":    {and(rival, &proposal.Kept{Proposal: "notes", Version: 1, Term: year, Until: day(800)}), nil},
		"brought up to date": {and(outdated, &proposal.Amended{Proposal: "rival", Version: 2, By: "cia", At: day(41), Weight: proposal.Substantive,
			Record: &proposal.Record{Changes: []proposal.Base{{Agreement: "notes", Version: 2}}}}), nil},
	} {
		m := history(t, c.given)
		require.Equal(t, c.old, m.Outdated("rival"), name)
		if c.old == nil {
			require.Empty(t, m.Rivals("notes"), name)
			continue
		}
		require.Equal(t, []proposal.ID{"rival"}, m.Rivals("notes"), name)
		require.Empty(t, m.Rivals("rival"), name)
	}
}

// TestContradictions: two agreements are marked while the versions that
// contradict each other are both in force (methods §8.9).
func TestContradictions(t *testing.T) {
	for name, c := range map[string]struct {
		given  []proposal.Event
		marked bool
	}{
		"both in force":        {contradicting, true},
		"one is reviewed":      {and(contradicting, revised), true},
		"one has changed":      {and(contradicting, revised, &proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40)}), false},
		"one is on hold":       {and(contradicting, &proposal.Held{Proposal: "notes"}), false},
		"one was struck":       {and(contradicting, &proposal.Struck{Proposal: "beds", Version: 1}), false},
		"one was kept, as is":  {and(contradicting, &proposal.Kept{Proposal: "beds", Version: 1, Term: year, Until: day(800)}), true},
		"one has been dropped": {and(contradicting, &proposal.Dropped{Proposal: "beds"}), false},
	} {
		m := history(t, c.given)
		for _, pair := range [][2]proposal.ID{{"notes", "beds"}, {"beds", "notes"}} {
			if !c.marked {
				require.Empty(t, m.Contradictions(pair[0]), name)
				continue
			}
			require.Equal(t, []proposal.Contradiction{{Version: 1, With: pair[1], Theirs: 1}}, m.Contradictions(pair[0]), name)
		}
	}
	m := history(t, and(ruled, &proposal.Interpreted{Ruling: "r2", Proposal: "notes", Version: 1, By: "wyn", At: now, Of: "places", Overrules: "r1"}))
	require.Len(t, m.Binding("notes"), 1, "M-239: what is overruled does not bind")
	require.Equal(t, proposal.RecordID("r2"), m.Binding("notes")[0].ID)
}

// TestCopiedParticulars: what happens to a copy is not seen in the original.
func TestCopiedParticulars(t *testing.T) {
	given := events(beds, both)
	for _, e := range []proposal.Event{&proposal.ConditionConfirmed{Proposal: "notes", Version: 1}, &proposal.Lapsed{Proposal: "notes", Version: 1}} {
		m := history(t, given)
		before := canon.Digest(m.Image())
		c := m.CopyOf([]circle.Deed{proposal.Replace{Proposal: "beds", By: []proposal.ID{"notes"}}})
		require.NotNil(t, c.Proposal("notes"), "what takes another's place is looked at")
		parts := 50
		happen(t, c, e, &parts)
		require.Equal(t, before, canon.Digest(m.Image()))
	}
}

package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/proposal"
)

// from is an agreement of rotas in force, beside that of inRotas.
func from(id proposal.ID, reach proposal.Extent) []proposal.Event {
	return append(inRotas(id), &proposal.ReachSet{Proposal: id, Sways: proposal.Default, Extent: reach})
}

// takenOver is a need of valley's that rotas decides on.
var takenOver = and(asked, &proposal.Submitted{Proposal: "notes", Need: "notes", Circle: "rotas", By: "wyn", Sort: proposal.Policy, Text: say("v1"), Term: year, At: now})

// detailRows are the law where one word of it decides.
var detailRows = []row{
	{name: "EC-48: only a helping circle recommends", by: "wyn", refused: proposal.NotRecommending,
		when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Recommended: "rotas"}},
	{name: "EC-48: one that is there", by: "wyn", refused: proposal.NotRecommending, when: proposal.Submit{ID: "notes", Circle: "valley", Text: say("v1"), Recommended: "nothing"}},
	{name: "EC-48: to the circle that it helps", given: placed, by: "wyn", refused: proposal.NotRecommending,
		when: proposal.Submit{ID: "notes", Circle: "places", Need: "notes", Text: say("v1"), Recommended: "helpers"}},
	{name: "M-75: a need is before a circle that is there", when: proposal.OpenNeed{ID: "keys", Circle: "nowhere", Text: say("k")}, refused: circle.UnknownCircle},
	{name: "M-18: and not before one that helps", by: "wyn", when: proposal.OpenNeed{ID: "keys", Circle: "helpers", Text: say("k")}, refused: proposal.HelpingDecides},
	{name: "M-75: nor before one that is closed", when: proposal.OpenNeed{ID: "keys", Circle: "bygone", Text: say("k")}, refused: circle.CircleClosed},
	{name: "M-19: nor before a team in whose place the circle around it decides", when: proposal.OpenNeed{ID: "keys", Circle: "crew", Text: say("k")}, refused: circle.GovernedOutside},
	{name: "M-80: nor is it offered to one that is closed", given: opened, when: proposal.OfferNeed{Need: "notes", To: "bygone", Reason: say("yours")}, refused: circle.CircleClosed},
	{name: "M-19: nor to a team in whose place the circle around it decides", given: opened, when: proposal.OfferNeed{Need: "notes", To: "crew", Reason: say("yours")}, refused: circle.GovernedOutside},
	{name: "EC-46: nor is it offered to one that is not", given: opened, when: proposal.OfferNeed{Need: "notes", To: "nowhere", Reason: say("yours")}, refused: circle.UnknownCircle},
	{name: "M-78: or the whole of which another is a part", given: three, when: proposal.LinkNeed{Need: "notes", To: "keys", As: proposal.SuperNeed},
		then: []proposal.Event{&proposal.NeedLinked{Need: "notes", To: "keys", As: proposal.SuperNeed, By: "ana"}}},
	{name: "EC-36: nothing is a reading", given: adopted, by: "cia", at: day(20), when: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Value: 0},
		then: []proposal.Event{&proposal.MeasureRead{Proposal: "notes", Measure: "missed", By: "cia", At: day(20)}}},
	{name: "M-233: a helping circle of another circle does not prepare it", given: broader, consent: "places", refused: proposal.NotPreparing,
		when: proposal.DelegateReview{Proposal: "house", To: "helpers", Until: day(60)}},
	{name: "EC-45: what is answered is not checked again", given: and(asked, &proposal.LongTermAnswered{Need: "notes", Reason: say("r")}), refused: proposal.AlreadyChosen,
		when: proposal.CheckMajor{Need: "notes", Major: true, Effect: year}},
	{name: "EC-45: nor what the circle responded to", given: and(checked, &proposal.Responded{Need: "notes", Responses: []proposal.Response{proposal.Research}}), refused: proposal.AlreadyChosen,
		when: proposal.CheckMajor{Need: "notes", Major: true, Effect: year}},
	{name: "EC-45: nor what belongs further out", given: upwards, refused: proposal.AlreadyChosen, when: proposal.CheckMajor{Need: "notes", Major: true, Effect: year}},
	{name: "EC-59: the circle that took the matter over answers for itself", given: takenOver, consent: "rotas", when: proposal.AnswerLongTerm{Need: "notes", Reason: say("ours")},
		then: []proposal.Event{&proposal.LongTermAnswered{Need: "notes", Reason: say("ours"), Circle: "rotas"}}},
	{name: "EC-59: the circle that has the need answers for the need", given: takenOver, consent: "valley", when: proposal.AnswerLongTerm{Need: "notes", Reason: say("ours")},
		then: []proposal.Event{&proposal.LongTermAnswered{Need: "notes", Reason: say("ours")}}},
	{name: "EC-59: a third circle answers nothing", given: takenOver, consent: "places", when: proposal.AnswerLongTerm{Need: "notes", Reason: say("ours")}, refused: proposal.ByConsent},
	{name: "M-78: a part of what it is only related to", by: "ben", when: proposal.LinkNeed{Need: "keys", To: "beds", As: proposal.SubNeed},
		given: and(three, &proposal.NeedLinked{Need: "beds", To: "notes", As: proposal.RelatedNeed, By: "ana"}, &proposal.NeedLinked{Need: "notes", To: "keys", As: proposal.RelatedNeed, By: "ana"}),
		then:  []proposal.Event{&proposal.NeedLinked{Need: "keys", To: "beds", As: proposal.SubNeed, By: "ben"}}},
	{name: "M-78: a part of a part of something else", by: "ben", when: proposal.LinkNeed{Need: "keys", To: "notes", As: proposal.SubNeed},
		given: and(three, &proposal.NeedLinked{Need: "notes", To: "beds", As: proposal.SubNeed, By: "ana"}),
		then:  []proposal.Event{&proposal.NeedLinked{Need: "keys", To: "notes", As: proposal.SubNeed, By: "ben"}}},
	{name: "M-83: also for the first side", given: whole, when: proposal.AddIdea{Need: "notes", ID: "voice", Text: say("voice notes"), Dimensions: []proposal.PieceID{"time"}},
		then: []proposal.Event{&proposal.IdeaAdded{Need: "notes", Idea: "voice", Text: say("voice notes"), Dimensions: []proposal.PieceID{"time"}, By: "ana"}}},
	{name: "M-99: another circle's is not closed", given: broader, when: closing(func(c *proposal.Submit) { c.Target = "house" }), refused: proposal.NotToDispose},

	{name: "M-13: nor one that is on hold", consent: "rotas", when: instead, refused: proposal.NothingAbove,
		given: and(adopted, append(inRotas("own"), reaches(proposal.Default, proposal.Below, false), &proposal.Held{Proposal: "notes", Reason: say("harm")})...)},
	{name: "M-13: nor another of its own that reaches further in", consent: "rotas", refused: proposal.NothingAbove,
		given: append(inRotas("own"), from("other", proposal.Below)...), when: proposal.SetReach{Proposal: "own", Sways: proposal.Default, Instead: "other"}},
	{name: "M-13: nor one of a circle further in", consent: "valley", refused: proposal.NothingAbove,
		given: and(adopted, from("other", proposal.Below)...), when: proposal.SetReach{Proposal: "notes", Sways: proposal.Default, Instead: "other"}},
}

// TestReviewOver: a review that ends without a decision leaves the version in force; where none is going on, nothing happens.
func TestReviewOver(t *testing.T) {
	m := history(t, inReview)
	m.ReviewOver("notes")
	require.Equal(t, proposal.Active, m.Proposal("notes").Agreement.Phase)
	require.Equal(t, 1, m.InForce("notes"))
	m = history(t, waiting)
	m.ReviewOver("notes")
	require.Equal(t, proposal.Pending, m.Proposal("notes").Agreement.Phase, "what waits for its date goes on waiting")
	m.ReviewOver("nothing")
	require.Zero(t, m.InForce("nothing"))
}

// TestLeaves: M-24, a circle leaves its agreements; what is under decision ends with it.
func TestLeaves(t *testing.T) {
	m := history(t, and(submitted, beds...))
	require.Equal(t, []proposal.ID{"beds"}, m.Leaves("valley").Proposals)
}

// TestTakenOver: who takes over what is under decision is its proposer; the version in force stays whose it was.
func TestTakenOver(t *testing.T) {
	m := history(t, inReview)
	m.TakeOver("notes", "ben")
	p := m.Proposal("notes")
	require.Equal(t, circle.PersonID("ben"), p.Version(2).By)
	require.NotEqual(t, circle.PersonID("ben"), p.Version(1).By)
	require.Equal(t, circle.PersonID("ana"), p.By)
	m = history(t, amended)
	m.TakeOver("notes", "ben")
	require.Equal(t, circle.PersonID("ben"), m.Proposal("notes").By)
	require.Equal(t, circle.PersonID("cia"), m.Proposal("notes").Version(2).By, "whoever wrote it wrote it")
}

// TestTriedBeside: a trial of a deed looks at all that the deed speaks of.
func TestTriedBeside(t *testing.T) {
	m := history(t, asking)
	c := m.CopyOf([]circle.Deed{proposal.CloseNeed{Need: "notes"}})
	require.NotNil(t, c.Need("notes"))
	require.NotNil(t, c.Proposal("notes"))
	c = m.CopyOf([]circle.Deed{proposal.CloseNeed{Need: "nothing"}})
	require.Nil(t, c.Proposal("notes"))
	require.Equal(t, []proposal.ID{"notes"}, instead.Also())
	require.Empty(t, proposal.SetReach{Proposal: "own"}.Also())
}

// TestChosenStays: what was chosen with an adoption is kept until the next one chooses anew, or nothing.
func TestChosenStays(t *testing.T) {
	first := and(choosing, &proposal.Adopted{Proposal: "day", Version: 1, Since: now, Chosen: []proposal.OptionID{"sun"}})
	require.Equal(t, []proposal.OptionID{"sun"}, history(t, first).Chosen("day"))
	again := and(first, &proposal.Amended{Proposal: "day", Version: 2, Text: say("Which?"), By: "ana", At: day(1)})
	require.Equal(t, []proposal.OptionID{"mon"}, history(t, and(again, &proposal.Adopted{Proposal: "day", Version: 2, Since: day(2), Chosen: []proposal.OptionID{"mon"}})).Chosen("day"))
	require.Empty(t, history(t, and(again, &proposal.Adopted{Proposal: "day", Version: 2, Since: day(2)})).Chosen("day"))
	require.Empty(t, history(t, adopted).Chosen("notes"))
}

// TestRecordThatCounts: M-229, the record is that of the version in force, and of the newest while none is; it stays as long as its version.
func TestRecordThatCounts(t *testing.T) {
	longer := &proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), By: "cia", At: day(30), Record: &proposal.Record{Expires: year}}
	m := history(t, and(ending, longer))
	require.Equal(t, month, m.RecordOf("notes").Expires)
	m.Apply(&proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40)})
	require.Equal(t, year, m.RecordOf("notes").Expires)
	m.Forget("notes")
	require.Equal(t, year, m.RecordOf("notes").Expires)
	require.Zero(t, m.RecordAt("notes", 1), "M-235: what is in force no more is let go")
	m = history(t, and(delayed, longer))
	require.Equal(t, year, m.RecordOf("notes").Expires)
	require.Equal(t, month, m.RecordAt("notes", 1).Expires)
	require.Zero(t, m.RecordOf("nothing"))
}

// TestAmendedOver: M-229, what an amendment does not say stays as it was, and what it says is so.
func TestAmendedOver(t *testing.T) {
	said := proposal.Record{Effective: week, Condition: say("money"), Confirms: "dee", Lapses: month, Expires: year, Responsible: []circle.Name{"counter"},
		Criteria: []circle.Text{say("fewer lost")}, Related: []proposal.ID{"beds"}, Changes: []proposal.Base{{Agreement: "beds", Version: 1}}, Options: days}
	given := events(beds, broader, []proposal.Event{&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), Term: year, At: now, Record: &said}})
	record := func(c proposal.Amend) *proposal.Record {
		c.Proposal, c.Text = "notes", say("v2")
		got, err := history(t, given).Decide(circle.Actor{By: "ana"}, day(1), c, proposal.Facts{Org: people(t, circle.Rules{})})
		require.NoError(t, err)
		return got[0].(*proposal.Amended).Record
	}
	kept := record(proposal.Amend{})
	require.Equal(t, said.Responsible, kept.Responsible)
	require.Equal(t, said.Related, kept.Related)
	require.Equal(t, said.Confirms, kept.Confirms)
	require.Len(t, kept.Criteria, 1)
	require.Len(t, kept.Options, 2)

	other := proposal.Amend{Confirms: "cia", Responsible: []circle.Name{"ana"}, Criteria: []circle.Text{say("none lost"), say("all read")}, Related: []proposal.ID{"house"}, Options: append(days, proposal.Option{ID: "tue", Label: say("Tuesday")})}
	new := record(other)
	require.Equal(t, other.Responsible, new.Responsible)
	require.Equal(t, other.Related, new.Related)
	require.Equal(t, other.Confirms, new.Confirms)
	require.Len(t, new.Criteria, 2)
	require.Equal(t, week, new.Effective)
	require.Len(t, new.Options, 3)
}

// TestRelated: M-236, agreements are related from either side, as long as they are agreements; none is related to itself.
func TestRelated(t *testing.T) {
	m := history(t, relating)
	require.Equal(t, []proposal.ID{"beds"}, m.Related("notes"))
	require.Equal(t, []proposal.ID{"notes"}, m.Related("beds"))
	m.Apply(&proposal.Dropped{Proposal: "beds"})
	require.Empty(t, m.Related("notes"))
	m = history(t, []proposal.Event{&proposal.Submitted{Proposal: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), Term: year, At: now,
		Record: &proposal.Record{Related: []proposal.ID{"notes", "beds"}}}, &proposal.Adopted{Proposal: "notes", Version: 1, Since: day(2), Until: day(367)}})
	require.Empty(t, m.Related("notes"), "beds is nowhere")
}

// TestHoldingAmongMany: M-13, what holds is found among all that does not.
func TestHoldingAmongMany(t *testing.T) {
	given := beds
	for _, id := range []proposal.ID{"a", "b", "c", "d", "e", "f", "g", "h"} {
		given = and(given, &proposal.Submitted{Proposal: id, Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), At: now})
	}
	m, o := history(t, given), people(t, circle.Rules{})
	for range 20 { // in whatever order a map is gone through
		require.Equal(t, []proposal.ID{"beds"}, m.Holding(o, "valley"))
	}
}

// TestNeedsOnACopy: deeds about a need are tried on a copy of all that has grown out of
// it, and nothing of it comes back.
func TestNeedsOnACopy(t *testing.T) {
	given := events(tuned, question[1:], []proposal.Event{
		&proposal.NextStepSet{Need: "notes", Step: proposal.FormProposal, Due: day(9)},
		&proposal.NeedOffered{Need: "notes", From: "valley", To: "rotas", Reason: say("yours"), By: "ana"}})
	m, parts := history(t, given), 99
	before := canon.Digest(m.Image())
	c := m.CopyOf([]circle.Deed{proposal.CloseNeed{Need: "notes"}})
	require.Equal(t, canon.Digest(m.Need("notes")), canon.Digest(c.Need("notes")))
	for _, e := range []proposal.Event{
		&proposal.IdeaAdded{Need: "notes", Idea: "paper", Text: say("paper notes"), By: "ben"},
		&proposal.QuestionAsked{Need: "notes", Question: "who", Kind: proposal.Information, Text: say("who reads?"), By: "ana"},
		&proposal.NeedTaken{Need: "notes", Circle: "rotas", By: "wyn"},
		&proposal.NextStepSet{Need: "notes", Step: proposal.TestProposal, Due: day(12)},
	} {
		happen(t, c, e, &parts)
	}
	require.EqualValues(t, "rotas", c.Need("notes").Circle)
	require.Equal(t, day(12), c.Need("notes").Planned().Due)
	require.EqualValues(t, "valley", m.Need("notes").Circle)
	require.Equal(t, before, canon.Digest(m.Image()), "the original changed with its copy")
}

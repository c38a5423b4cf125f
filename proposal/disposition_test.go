package proposal_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// closing is a proposal to close the text notes.
func closing(change func(*proposal.Submit)) proposal.Submit {
	c := proposal.Submit{ID: "end", Circle: "valley", Sort: proposal.Disposal, Text: say("enough"), Disposition: proposal.Closing, Target: "notes"}
	if change != nil {
		change(&c)
	}
	return c
}

func postponing(of proposal.ID, period circle.Period) proposal.Submit {
	return closing(func(c *proposal.Submit) { c.Disposition, c.Target, c.For = proposal.Postpone, of, period })
}

// dispositionRows: a proposal may be to close or to postpone another one (M-99), and
// a change of its text serves its own need (M-139).
var dispositionRows = []row{
	{name: "M-99: to close what is under decision", given: submitted, when: closing(nil),
		then: []proposal.Event{&proposal.Submitted{Proposal: "end", Circle: "valley", By: "ana", Sort: proposal.Disposal, Text: say("enough"), At: now,
			Disposition: proposal.Closing, Target: "notes"}}},
	{name: "M-99: to close an agreement", given: adopted, when: closing(nil),
		then: []proposal.Event{&proposal.Submitted{Proposal: "end", Circle: "valley", By: "ana", Sort: proposal.Disposal, Text: say("enough"), At: now,
			Disposition: proposal.Closing, Target: "notes"}}},
	{name: "M-99: to postpone, for a time", given: submitted, when: postponing("notes", month),
		then: []proposal.Event{&proposal.Submitted{Proposal: "end", Circle: "valley", By: "ana", Sort: proposal.Disposal, Text: say("enough"), At: now,
			Disposition: proposal.Postpone, Target: "notes", For: month}}},
	{name: "M-99: it leaves no agreement", given: and(submitted, &proposal.Submitted{Proposal: "end", Circle: "valley", By: "ana", Sort: proposal.Disposal,
		Text: say("enough"), At: now, Disposition: proposal.Closing, Target: "notes"}, &proposal.Adopted{Proposal: "end", Version: 1, Since: now}),
		when: proposal.AskReview{Proposal: "end", Reason: say("r")}, refused: proposal.NotInForce},
	{name: "M-99: how long is said", given: submitted, when: postponing("notes", circle.Period{}), refused: proposal.PostponedFor},
	{name: "M-99: an agreement rests until the hold is lifted", given: adopted, when: postponing("notes", month), refused: proposal.PostponedFor},
	{name: "M-99: what is closed does not come back", given: submitted, when: closing(func(c *proposal.Submit) { c.For = month }), refused: proposal.PostponedFor},
	{name: "M-99: what is adopted does not come back", when: proposal.Submit{ID: "end", Circle: "valley", Text: say("v1"), For: month}, refused: proposal.PostponedFor},
	{name: "M-99: what is closed is named", when: closing(func(c *proposal.Submit) { c.Target = "" }), refused: proposal.DisposesOf},
	{name: "M-99: who adopts names nothing", given: submitted, when: closing(func(c *proposal.Submit) { c.Disposition = proposal.Adoption }), refused: proposal.DisposesOf},
	{name: "M-99: a disposal disposes", when: proposal.Submit{ID: "end", Circle: "valley", Sort: proposal.Disposal, Text: say("v1")}, refused: proposal.DisposesOf},
	{name: "M-99: and does nothing else", given: submitted, when: closing(func(c *proposal.Submit) { c.Term = year }), refused: proposal.DisposesOnly},
	{name: "M-99: no measures", given: submitted, when: closing(func(c *proposal.Submit) { c.Measures = []proposal.Measure{missed} }), refused: proposal.DisposesOnly},
	{name: "M-99: no end", given: submitted, when: closing(func(c *proposal.Submit) { c.Expires = year }), refused: proposal.DisposesOnly},
	{name: "M-99: it is there", when: closing(nil), refused: proposal.UnknownProposal},
	{name: "M-99: and has not ended", given: and(submitted, &proposal.Withdrawn{Proposal: "notes", By: "ana"}), when: closing(nil), refused: proposal.NotToDispose},
	{name: "M-99: in the same circle", given: submitted, when: closing(func(c *proposal.Submit) { c.Circle = "places" }), by: "ana", refused: proposal.NotParticipant},

	{name: "M-139: a change says which need it serves", given: and(opened, needed), when: proposal.Amend{Proposal: "notes", Text: say("v2"), Serves: "notes"},
		then: []proposal.Event{&proposal.Amended{Proposal: "notes", Version: 2, Text: say("v2"), Weight: proposal.Substantive, By: "ana", At: now, Serves: "notes"}}},
	{name: "M-139: its own, and no other", given: and(opened, needed), when: proposal.Amend{Proposal: "notes", Text: say("v2"), Serves: "keys"}, refused: proposal.OtherTension},
	{name: "M-139: one without a need serves none", given: submitted, when: proposal.Amend{Proposal: "notes", Text: say("v2"), Serves: "notes"}, refused: proposal.OtherTension},
}

// needed answers the need notes.
var needed = &proposal.Submitted{Proposal: "notes", Need: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), At: now}

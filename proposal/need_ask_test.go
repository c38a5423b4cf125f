package proposal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/proposal"
)

func TestClosedListsOfForming(t *testing.T) {
	for name, l := range map[string]struct {
		values []string
		check  func(string) error
		empty  bool // nothing may be said
	}{
		"link":     {proposal.LinkKind("").Values(), func(s string) error { return proposal.LinkKind(s).Check() }, true},
		"step":     {proposal.Step("").Values(), func(s string) error { return proposal.Step(s).Check() }, false},
		"outcome":  {proposal.NeedOutcome("").Values(), func(s string) error { return proposal.NeedOutcome(s).Check() }, false},
		"question": {proposal.QuestionKind("").Values(), func(s string) error { return proposal.QuestionKind(s).Check() }, false},
		"back-to":  {proposal.FormingStep("").Values(), func(s string) error { return proposal.FormingStep(s).Check() }, true},
	} {
		for _, v := range l.values {
			require.NoError(t, l.check(v), name)
			require.Error(t, l.check(strings.ToUpper(v)), name)
		}
		require.ErrorContains(t, l.check("else"), l.values[0], name)
		require.Equal(t, l.empty, l.check("") == nil, name)
	}
	require.Error(t, proposal.PieceID("A piece").Check())
	require.NoError(t, proposal.PieceID("a-piece").Check())
	require.Equal(t, "piece of a need", new(proposal.PieceID).Kind())
	var answers []string
	for r := proposal.HopOpen; r <= proposal.HopEnded; r++ {
		answers = append(answers, r.String())
	}
	require.Equal(t, []string{"open", "taken", "refused", "ended"}, answers)
}

// TestBacklog: M-79, what is ranked stands in front, what came later behind; a
// need that ends leaves, and its rank is nobody else's.
func TestBacklog(t *testing.T) {
	m := history(t, three)
	names := func() (out []proposal.NeedID) {
		for _, n := range m.Backlog("valley") {
			out = append(out, n.ID)
		}
		return out
	}
	require.Equal(t, []proposal.NeedID{"notes", "keys", "beds"}, names(), "unranked, by age")
	m.Apply(&proposal.Ranked{Circle: "valley", Order: []proposal.NeedID{"beds", "notes", "keys"}, By: "ana"})
	m.Apply(&proposal.NeedOpened{Need: "car", Circle: "valley", By: "ana", At: now})
	require.Equal(t, []proposal.NeedID{"beds", "notes", "keys", "car"}, names(), "M-79: what came later stands behind")
	m.Apply(&proposal.NextStepSet{Need: "beds", Step: proposal.FormProposal, Due: day(7)})
	require.Equal(t, 1, m.Need("beds").Planned().Rank, "a next step moves nothing")
	m.Apply(&proposal.NeedClosed{Need: "beds", Outcome: proposal.NeedReached})
	require.Equal(t, []proposal.NeedID{"notes", "keys", "car"}, names(), "M-119: what ended leaves")
	require.True(t, m.Need("beds").Planned().Due.IsZero(), "nothing is due about it any more")
	require.Empty(t, m.Backlog("places"))
}

// TestLinks: M-78, a link is seen from both sides.
func TestLinks(t *testing.T) {
	m := history(t, and(partOf, &proposal.NeedLinked{Need: "notes", To: "beds", As: proposal.RelatedNeed}))
	require.Equal(t, []proposal.Link{{To: "notes", As: proposal.SuperNeed}, {To: "beds", As: proposal.SubNeed}}, m.Need("keys").Links)
	require.Equal(t, []proposal.Link{{To: "keys", As: proposal.SuperNeed}, {To: "notes", As: proposal.RelatedNeed}}, m.Need("beds").Links)
}

// TestRoute: M-80, a need that goes before another circle keeps its words, its
// inputs and its way, and begins anew there.
func TestRoute(t *testing.T) {
	given := events(checked, input[1:], agreed[1:], offered[1:],
		[]proposal.Event{&proposal.Responded{Need: "notes", Responses: []proposal.Response{proposal.SendOn}},
			&proposal.NextStepSet{Need: "notes", Step: proposal.FormProposal}})
	m := history(t, given)
	n := m.Need("notes")
	require.Equal(t, circle.ID("valley"), n.Circle, "until the receiver answers it stays")
	require.Equal(t, circle.ID("rotas"), n.Route.Offered)

	m.Apply(&proposal.NeedOffered{Need: "notes", From: "valley", To: "places"})
	m.Apply(&proposal.NeedTaken{Need: "notes", Circle: "valley"})
	require.True(t, n.Responded(), "what is kept stays as it was")
	m.Apply(&proposal.NeedOffered{Need: "notes", From: "valley", To: "rotas"})
	m.Apply(&proposal.NeedTaken{Need: "notes", Circle: "rotas"})
	require.Equal(t, circle.ID("rotas"), n.Circle)
	require.Equal(t, []proposal.Hop{{From: "valley", To: "rotas", Answer: proposal.HopEnded}, {From: "valley", To: "places", Answer: proposal.HopEnded},
		{From: "valley", To: "rotas", Answer: proposal.HopTaken}}, n.Route.Hops, "the history is kept")
	require.False(t, n.DomainChecked || n.MajorChecked || n.Major || n.Responded())
	require.Zero(t, n.Planned())
	require.Len(t, n.Inputs, 1)
	require.Equal(t, 1, n.Driver.Wording)
	require.False(t, n.Driver.Accepted || n.Driver.Agreed, "M-77: the new circle consents itself")

	m.Apply(&proposal.NeedOffered{Need: "notes", From: "rotas", To: "places"})
	m.Apply(&proposal.NeedRefused{Need: "notes", Circle: "places", Now: "rotas"})
	require.Equal(t, circle.ID("rotas"), n.Circle)
	require.Empty(t, n.Route.Offered)
	require.Equal(t, proposal.HopRefused, n.Route.Hops[3].Answer)
}

// TestWording: M-77, consent belongs to the words that had it.
func TestWording(t *testing.T) {
	m := history(t, agreed)
	d := m.Need("notes").Driver
	require.True(t, d.Accepted && d.Agreed)
	m.Apply(&proposal.RequirementSet{Need: "notes", Wording: 2, Requirement: say("r"), Impact: say("i")})
	require.True(t, d.Accepted)
	require.False(t, d.Agreed)
	m.Apply(&proposal.RequirementAccepted{Need: "notes", Wording: 2})
	m.Apply(&proposal.NeedDescribed{Need: "notes", Wording: 2, Situation: say("s"), Effect: say("e"), Relevance: say("r")})
	require.False(t, d.Accepted || d.Agreed)
	require.Equal(t, 2, d.Required, "what was said stays said")
}

// TestForming: M-82 to M-87.
func TestForming(t *testing.T) {
	m := history(t, shaped)
	f := m.Need("notes").Forming
	require.Equal(t, []proposal.PieceID{"time"}, f.Bare(), "M-83: nobody has an idea for the nights")
	m.Apply(&proposal.IdeaLeftOut{Need: "notes", Idea: "voice"})
	require.Equal(t, []proposal.PieceID{"time", "reading"}, f.Bare(), "M-87: what was left out meets nothing")

	m.Apply(&proposal.CoverageChecked{Need: "notes", Text: "draft", Version: 1, BackTo: proposal.ShapingStep})
	require.True(t, f.Complete, "M-86: back to the shaping leaves the picture as it is")
	m.Apply(&proposal.CoverageChecked{Need: "notes", Text: "draft", Version: 2, BackTo: proposal.PictureStep})
	require.False(t, f.Complete, "M-86: back to the picture opens it")
	require.Equal(t, []proposal.Coverage{{Proposal: "draft", Version: 1, BackTo: proposal.ShapingStep}, {Proposal: "draft", Version: 2, BackTo: proposal.PictureStep}}, f.Coverage)
	m.Apply(&proposal.PictureClosed{Need: "notes"})
	m.Apply(&proposal.PictureReopened{Need: "notes"})
	require.False(t, f.Complete)

	m = history(t, and(question, &proposal.QuestionAnswered{Need: "notes", Question: "cost"}, &proposal.Prioritised{Need: "notes", Order: []proposal.PieceID{"trust", "night"}}))
	f = m.Need("notes").Forming
	require.Equal(t, []proposal.PieceID{"trust", "night"}, f.Generative())
	require.True(t, f.Questions[0].Answered)
	require.Len(t, f.Questions, 3, "M-84: an order loses no question")

	f = history(t, tuned).Need("notes").Forming
	require.True(t, f.Tunes("wyn"))
	require.False(t, f.Tunes("ana"))
	require.Equal(t, day(14), f.Until)
}

// TestDeedsOnACopy: a decision closes a need in the same entry in which it drops
// the last proposal for it, and is tried on a copy that knows of that proposal.
func TestDeedsOnACopy(t *testing.T) {
	m := history(t, asking)
	before := canon.Digest(m.Image())
	f := proposal.Facts{Org: people(t, circle.Rules{}), ConsentOf: "valley"}
	drop, closing := &proposal.Drop{Proposal: "notes", Reason: say("r")}, &proposal.CloseNeed{Need: "notes", Outcome: proposal.NeedDiscarded, Reason: say("r")}
	c := m.CopyOf([]circle.Deed{drop, closing})
	_, err := c.Decide(circle.Actor{}, now, closing, f)
	require.Error(t, err, "the copy knows that it is still decided on")
	got, err := c.Decide(circle.Actor{}, now, drop, f)
	require.NoError(t, err)
	c.Apply(got[0])
	_, err = c.Decide(circle.Actor{}, now, closing, f)
	require.NoError(t, err)
	require.Equal(t, before, canon.Digest(m.Image()))

	c = m.CopyOf([]circle.Deed{&proposal.CheckCoverage{Need: "notes", Text: "notes", Covers: true}})
	_, err = c.Decide(circle.Actor{}, now, proposal.CheckCoverage{Need: "notes", Text: "notes", Covers: true}, f)
	require.NoError(t, err)
}

// TestWhatFormingIsAbout: readers of a ledger find the need of each command and
// event on the way to a proposal.
func TestWhatFormingIsAbout(t *testing.T) {
	about := func(v any) {
		t.Helper()
		if a, ok := v.(interface{ About() proposal.NeedID }); ok {
			require.Equal(t, proposal.NeedID("notes"), a.About(), "%T", v)
			return
		}
		require.Equal(t, []proposal.NeedID{"beds", "notes", "keys"}, v.(interface{ Among() []proposal.NeedID }).Among())
	}
	rows := 0
	for _, list := range [][]row{driverRows, backlogRows, routeRows, pictureRows, tunerRows} {
		for _, r := range list {
			if r.then == nil {
				continue
			}
			switch r.when.(type) {
			case proposal.Submit, proposal.AnswerInput:
				continue
			}
			about(r.when)
			for _, e := range r.then {
				about(e)
			}
			rows++
		}
	}
	require.Greater(t, rows, 25)
}

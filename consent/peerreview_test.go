package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// looking begins a review of ben's work with ana.
func looking(change func(*consent.OpenPeerReview)) consent.OpenPeerReview {
	c := consent.OpenPeerReview{ID: "r", Circle: den, Focus: ben, With: []circle.PersonID{ana}, Consents: []circle.PersonID{ana, ben}}
	if change != nil {
		change(&c)
	}
	return c
}

// TestPeerReviewOpens: M-249…M-251, who begins a review, with whom, and who is to
// consent.
func TestPeerReviewOpens(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	for name, c := range map[string]struct {
		who    circle.PersonID
		code   *circle.Code
		change func(*consent.OpenPeerReview)
	}{
		"another begins it":         {ana, consent.TheirReview, nil},
		"the person does not agree": {ben, consent.FocusConsents, func(c *consent.OpenPeerReview) { c.Consents = []circle.PersonID{ana} }},
		"nobody entrusts":           {ben, consent.FocusConsents, func(c *consent.OpenPeerReview) { c.Consents = []circle.PersonID{ben} }},
		"who learns entrusts nobody": {ben, consent.FocusConsents, func(c *consent.OpenPeerReview) {
			c.With, c.Consents = []circle.PersonID{lou}, []circle.PersonID{lou, ben}
		}},
		"who is not there consents": {ben, consent.FocusConsents, func(c *consent.OpenPeerReview) { c.Consents = []circle.PersonID{ana, ben, cia} }},
		"somebody twice consents":   {ben, consent.FocusConsents, func(c *consent.OpenPeerReview) { c.Consents = []circle.PersonID{ana, ben, ana} }},
		"somebody twice takes part": {ben, circle.TakenID, func(c *consent.OpenPeerReview) { c.With = []circle.PersonID{ana, ana} }},
		"with a stranger":           {ben, circle.UnknownPerson, func(c *consent.OpenPeerReview) { c.With = []circle.PersonID{ana, nemo} }},
		"in no circle":              {ben, circle.UnknownCircle, func(c *consent.OpenPeerReview) { c.Circle = "none" }},
	} {
		t.Run(name, func(t *testing.T) { w.no(c.code, c.who, looking(c.change)) })
	}
	w.must(host, circle.Open{ID: "nook", Parent: den, Aim: text("a"), Domain: []circle.Item{{ID: "baking"}}})
	w.asked(consent.TheirReview, looking(func(c *consent.OpenPeerReview) { c.Circle = "nook" }))
	w.must(ben, looking(nil))
	w.no(circle.TakenID, ben, looking(nil))
	w.replays()
}

// TestPeerReviewGoesOn: M-249 and M-250, one step after the other, and nothing out
// of its place.
func TestPeerReviewGoesOn(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(ben, looking(nil))
	say := consent.SayInReview{Review: "r", Text: text("It went well")}
	w.no(consent.UnknownReview, ben, consent.SayInReview{Review: "none", Text: text("x")})
	w.no(consent.NotInReview, cia, say)
	w.no(consent.OtherStep, ben, consent.AgreeToPlan{Review: "r"})
	for range 3 {
		w.no(consent.FocusFirst, ana, say)
		w.must(ben, say)
		w.no(consent.SpokenAlready, ben, say)
		w.must(ana, say)
	}
	w.no(consent.OtherStep, ben, say)
	w.no(consent.NoPlanYet, ben, consent.AgreeToPlan{Review: "r"})
	w.no(consent.NotInReview, cia, consent.PassOn{Review: "r", Need: "n", Circle: den, Text: text("x")})
	w.no(circle.UnknownCircle, ana, consent.PassOn{Review: "r", Need: "n", Circle: "none", Text: text("x")})
	w.must(ana, consent.WritePlan{Review: "r", Text: text("Later"), Again: months})
	w.must(ben, consent.AgreeToPlan{Review: "r"})
	_, late := w.give(ben, say)
	require.Equal(t, consent.OtherStep, late.Code)
	require.Equal(t, "ana", late.Fact("awaited"), "whose consent to the plan is missing")
	w.no(circle.TakenID, ben, consent.AgreeToPlan{Review: "r"})
	w.must(ana, consent.WritePlan{Review: "r", Text: text("Earlier"), Again: months})
	w.engine.Look(func(s *consent.State) { require.Empty(t, s.PeerReview("r").Agreed, "M-250: consent is to one wording") })
	w.must(ben, consent.AgreeToPlan{Review: "r"})
	w.must(ana, consent.AgreeToPlan{Review: "r"})
	require.Len(t, dueOf(w, "plan-review"), 1)
	w.no(consent.OtherStep, ana, consent.ObjectToPlan{Review: "r", Reason: text("x")})
	w.replays()
}

// TestReviewOfAStranger: M-249. Only who takes part in a circle has their work looked at there.
func TestReviewOfAStranger(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.no(proposal.NotParticipant, gus, looking(func(c *consent.OpenPeerReview) { c.Focus, c.Consents = gus, []circle.PersonID{ana, gus} }))
	w.replays()
}

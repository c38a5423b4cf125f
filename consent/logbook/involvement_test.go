package logbook_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/proposal"
)

// TestClaim: a decision is called what it was, and never more: co-production
// takes a consent right, and a survey is a consultation (CP-6).
func TestClaim(t *testing.T) {
	const s, a, w, i = circle.Supported, circle.Advocate, circle.Worker, circle.Investor
	b := &bakery{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	var err error
	b.engine, err = consent.Open(t.Context(), consent.Config{Now: func() time.Time { return b.now }})
	require.NoError(t, err)
	say := circle.Say
	b.do("ana", circle.Found{ID: "bakery", Aim: say("Bread"), Members: []circle.PersonID{"ana"}, Domain: []circle.Item{{ID: "bread", Text: say("Bread")}}})
	for who, class := range map[circle.PersonID]circle.Class{"ben": w, "ada": s, "eli": a, "gus": i} {
		b.do("ana", circle.Admit{ID: who, Name: say(string(who)), Class: class})
	}
	b.do("ana", circle.Join{Circle: "bakery", Person: "ben", Level: circle.Full})
	b.do("ana", proposal.OpenNeed{ID: "need", Circle: "bakery", Text: say("We sell out at ten")})
	b.do("ana", proposal.CheckDomain{Need: "need", Item: "bread"})
	b.do("ana", proposal.CheckMajor{Need: "need", Major: true, Effect: circle.MustPeriod("1m")})
	b.do("ana", consent.Ask{ID: "how", Circle: "bakery", Question: say("How do we respond?"), Enacts: []circle.Deed{
		proposal.Respond{Need: "need", Responses: []proposal.Response{proposal.AskOpinions, proposal.HelpingCircle}, Rung: proposal.CoDesign},
		circle.Open{ID: "helpers", Parent: "bakery", Type: circle.Helping, Leader: "ben", Members: []circle.PersonID{"eli"}, Product: say("A draft"), Meetings: 1, Answers: "need"}}})
	for _, who := range []circle.PersonID{"ana", "ben"} {
		b.do(who, consent.Respond{Proposal: "how", Answer: consent.Consents})
	}
	b.do("ada", proposal.GiveInput{ID: "i1", Need: "need", Text: say("I cannot queue")})
	b.do("ana", proposal.Submit{ID: "more", Circle: "bakery", Need: "need", Text: say("We bake more")})
	b.do("ana", consent.OpenRound{Proposal: "more", Round: consent.ConsentRound})
	for _, who := range []circle.PersonID{"ana", "ben"} {
		b.do(who, consent.Respond{Proposal: "more", Answer: consent.Consents})
	}
	for class, want := range map[circle.Class]proposal.Rung{w: proposal.CoProduction, a: proposal.CoDesign, s: proposal.Consultation, i: proposal.Informing} {
		got, err := logbook.Involved(t.Context(), b.engine, "more", class)
		require.NoError(t, err)
		require.Equal(t, want, got.Highest, class)
		require.Equal(t, proposal.CoDesign, got.Set, "what was set beforehand is shown beside it")
		require.NoError(t, logbook.Claim(t.Context(), b.engine, "more", want, class))
	}
	require.NoError(t, logbook.Claim(t.Context(), b.engine, "more", proposal.CoProduction, w))
	err = logbook.Claim(t.Context(), b.engine, "more", proposal.CoProduction, w, s)
	require.ErrorIs(t, err, circle.ErrNotValid)
	require.EqualError(t, err, "more cannot be called co-production with supported: they gave inputs, and had no consent right. The highest that it may be called is consultation.")
	require.Error(t, logbook.Claim(t.Context(), b.engine, "more", "friendship", w))
	require.ErrorIs(t, logbook.Claim(t.Context(), b.engine, "nothing", proposal.Informing, w), circle.ErrNotKnown)
}

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

// What is learned of people is what each made of each question that they were asked:
// what they said and after how long, and that they said nothing.
func TestLearnPractice(t *testing.T) {
	h := decided(t, false)
	h.decide("again", line{1, "ana", consent.Objects}, line{2, "bea", consent.Consents}, line{5, "bea", consent.Objects})
	p, err := logbook.LearnPractice(t.Context(), h.engine, "den")
	require.NoError(t, err)
	yes, no := consent.Consents, consent.Objects
	want := map[circle.PersonID][]logbook.Reply{
		"ana": {{yes, 3600}, {yes, 3600}, {yes, 3600}, {yes, 3600}, {}, {yes, 3600}, {no, 3600}},
		"bea": {{yes, 7200}, {yes, 7200}, {no, 7200}, {no, 7200}, {}, {yes, 14400}, {no, 18000}},
		"cem": {{yes, 10800}, {yes, 10800}, {yes, 10800}, {no, 10800}, {}, {yes, 10800}, {}},
		"dov": {{yes, 14400}, {}, {yes, 14400}, {yes, 14400}, {}, {yes, 18000}, {}},
	}
	for _, m := range p.Members {
		require.Equal(t, want[m.Person], m.Replies, m.Person)
	}
	require.Len(t, p.Members, 4)
	require.Len(t, p.Rosters, 7)
	require.Equal(t, "4 people were asked 7 questions and gave 21 of 28 answers, 5 of them objections. Half of the answers came within 3h, nine in ten within 4h.", p.String())

	nobody, err := logbook.LearnPractice(t.Context(), h.engine, "elsewhere")
	require.NoError(t, err)
	require.Equal(t, "0 people were asked 0 questions and gave 0 of 0 answers, 0 of them objections.", nobody.String())
}

// A sealed answer was given when it was sealed, whenever it came to light. A policy
// that counts silence makes no answer of it (methods §1.3.7).
func TestLearnPracticeSealedAndSilent(t *testing.T) {
	h := &hall{T: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	e, err := consent.Open(t.Context(), consent.Config{Now: func() time.Time { return h.now }, Methods: []consent.Method{{Name: "sealed", Hidden: consent.HiddenSealed,
		Rule: consent.RuleName{Kind: "consent", Version: 1}, Window: consent.Window{For: circle.MustPeriod("3d"), Silence: consent.SilenceConsents}}}})
	require.NoError(t, err)
	h.engine = e
	h.do("ana", circle.Found{ID: "den", Aim: circle.Say("A roof"), Members: people, Rules: circle.Rules{Method: "sealed"}})
	h.do("ana", proposal.Submit{ID: "roof", Circle: "den", Text: circle.Say("Mend it"), Term: circle.MustPeriod("3m")})
	h.do("ana", consent.OpenRound{Proposal: "roof", Round: consent.ConsentRound})
	h.now = h.now.Add(time.Hour)
	h.do("ana", consent.SealAnswer{Proposal: "roof", Answer: circle.Say(consent.Consents)})
	h.now = h.now.AddDate(0, 0, 7)
	_, err = e.Tick(t.Context())
	require.NoError(t, err)
	e.Look(func(s *consent.State) { require.Equal(t, consent.StageAdopted, s.Process("roof").Stage) })
	p, err := logbook.LearnPractice(t.Context(), e, "")
	require.NoError(t, err)
	for _, m := range p.Members {
		want := logbook.Reply{}
		if m.Person == "ana" {
			want = logbook.Reply{Position: consent.Consents, After: 3600}
		}
		require.Equal(t, []logbook.Reply{want}, m.Replies, m.Person)
	}
}

// A vote is a question too: who is against a thing there has answered, and objects to
// nothing.
func TestLearnPracticeOfAVote(t *testing.T) {
	h := newOpenHall(t, "vote")
	h.decide("roof", line{1, "ana", consent.Consents}, line{1, "bea", consent.Objects}, line{1, "cem", consent.Consents}, line{1, "dov", consent.Consents})
	h.do("ana", consent.CallBallot{Proposal: "roof", Reason: circle.Say("Bea stands by it")})
	for i, who := range people {
		h.now = h.now.Add(time.Hour)
		h.do(who, consent.Respond{Proposal: "roof", Answer: []string{consent.Against, consent.Consents}[min(i, 1)]})
	}
	p, err := logbook.LearnPractice(t.Context(), h.engine, "")
	require.NoError(t, err)
	require.Len(t, p.Rosters, 2)
	require.Equal(t, []logbook.Reply{{consent.Consents, 3600}, {consent.Against, 3600}}, p.Members[0].Replies)
	require.Equal(t, []logbook.Reply{{consent.Objects, 3600}, {consent.Consents, 7200}}, p.Members[1].Replies)
}

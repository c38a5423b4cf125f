package consent_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// membership is the one of scenario 4C: 60 supported members, 20 advocates,
// 50 workers and 70 investors, and a relative who is no member.
func membership(t *testing.T) (*world, map[circle.Class][]circle.PersonID) {
	t.Helper()
	w := emptyWorld(t)
	g := circle.SocietyMeetings
	w.must(host, circle.Found{ID: den, Aim: text("Care that its members own"), Rules: circle.Rules{Method: "members", General: &g}})
	people := map[circle.Class][]circle.PersonID{}
	for _, of := range []struct {
		class circle.Class
		n     int
	}{{circle.Supported, 60}, {circle.Advocate, 20}, {circle.Worker, 50}, {circle.Investor, 70}} {
		for i := range of.n {
			who := circle.PersonID(fmt.Sprintf("%s-%d", of.class, i))
			w.must(host, circle.Admit{ID: who, Class: of.class})
			w.must(host, circle.Join{Circle: den, Person: who, Level: circle.Full})
			people[of.class] = append(people[of.class], who)
		}
	}
	w.must(host, circle.Admit{ID: "relative"})
	w.must(host, circle.CreateRole{ID: "chair", Circle: den, Hat: circle.Facilitator})
	w.must(host, circle.GiveRole{Role: "chair", Person: people[circle.Worker][0]})
	return w, people
}

// TestMembersVote is scenario 4C from step 10 on: nineteen names are too
// few by one, a day of notice is missing, a sixth proxy is refused, the members do
// not consent, and the vote by class carries by 983 of 1550 (EC-65 to EC-71,
// EC-77).
func TestMembersVote(t *testing.T) {
	w, people := membership(t)
	supported, advocates, workers, investors := people[circle.Supported], people[circle.Advocate], people[circle.Worker], people[circle.Investor]
	chair := workers[0]
	w.must(supported[0], proposal.Submit{ID: "visits", Circle: den, Text: text("Two hours at least, for new Teams"), Term: circle.MustPeriod("6m")})

	// 10. One tenth of two hundred is twenty.
	w.must(supported[0], consent.RequestMeeting{ID: "ask", Circle: den, Purpose: text("Short visits"), Items: []proposal.ID{"visits"}})
	for _, who := range supported[1:19] {
		w.must(who, consent.SignRequest{Request: "ask"})
	}
	w.no(consent.TooFewSigned, supported[0], consent.LodgeRequest{Request: "ask"})
	require.Empty(t, dueOf(w, "meeting-request"), "too few have signed")
	w.must(supported[19], consent.SignRequest{Request: "ask"})
	w.must(supported[0], consent.LodgeRequest{Request: "ask"})
	require.Empty(t, dueOf(w, "meeting-request"), "there is time yet to answer it")

	// 11. Fourteen clear days; five proxies, and no sixth.
	call := consent.CallGeneral{ID: "gm", Circle: den, At: w.now.AddDate(0, 0, 14), Items: []proposal.ID{"visits"}, Request: "ask"}
	w.no(consent.NoticeShort, chair, call)
	call.At = w.now.AddDate(0, 0, 15)
	w.must(chair, call)
	require.Empty(t, dueOf(w, "meeting-request"), "it was answered by a meeting")
	for _, who := range workers[1:6] {
		w.must(who, consent.AppointProxy{Meeting: "gm", Holder: chair})
	}
	w.no(consent.ProxiesFull, workers[6], consent.AppointProxy{Meeting: "gm", Holder: chair})
	w.must(supported[1], consent.AppointProxy{Meeting: "gm", Holder: "relative"})

	// 12. 102 take part, of whom six are there by proxy. Who objects?
	w.at(call.At)
	here := append([]circle.PersonID{chair, supported[0]}, supported[2:24]...)
	here = append(append(append(here, advocates[:8]...), workers[6:30]...), investors[:40]...)
	w.must(chair, consent.OpenMeeting{Meeting: "gm", Present: here, Guests: []circle.PersonID{"relative"}})
	w.must(chair, consent.OpenRound{Proposal: "visits", Round: consent.ConsentRound})
	require.Len(t, w.process("visits").Round.Seats, 102)
	w.must(investors[0], objection.Raise{ID: "o1", Proposal: "visits", Aim: circle.WholeAim, Argument: text("It cannot be paid for")})
	judged := eventOf[*consent.Judged](t, w.must(chair, consent.CloseRound{Proposal: "visits"}))
	require.Equal(t, consent.ResultIntegrate, judged.Outcome, "the consent round stands in the record before the vote")

	// 13. The vote: ordinary resolution.
	w.must(chair, consent.CallBallot{Proposal: "visits", Reason: text("The objection stands")})
	stood := circle.Actor{By: chair, For: workers[1]} // a proxy votes, and does nothing else in a member's name
	_, no := w.giveAs(stood, consent.AskFeedback{Proposal: "visits", Person: chair})
	require.NotNil(t, no)
	require.Same(t, circle.NoBasis, no.Code)
	w.must(chair, circle.NameSupporter{Person: chair, Supporter: "relative"})
	stood.With = "relative" // a proxy may have a supporter at their side, as everybody may (CP-18)
	supportedVote, no := w.giveAs(stood, consent.Respond{Proposal: "visits", Answer: consent.Consents})
	require.Nil(t, no)
	entry, err := w.engine.Entry(t.Context(), supportedVote.Position)
	require.NoError(t, err)
	require.Equal(t, stood, entry.Actor)
	require.Equal(t, workers[1], eventOf[*consent.Responded](t, supportedVote).By)
	stood.With = supported[1]
	_, no = w.giveAs(stood, consent.Respond{Proposal: "visits", Answer: consent.Consents})
	require.NotNil(t, no)
	require.Same(t, circle.NotSupporter, no.Code)
	var last consent.Receipt
	votes := func(yes int, list ...circle.PersonID) {
		for i, who := range list {
			answer := consent.Consents
			if i >= yes {
				answer = consent.Against
			}
			by := circle.Actor{By: who}
			switch {
			case who == supported[1]:
				by = circle.Actor{By: "relative", For: who}
			case len(list) == 30 && i > 0 && i < 6: // the workers whom the chair stands in for
				by = circle.Actor{By: chair, For: who}
			}
			r, no := w.giveAs(by, consent.Respond{Proposal: "visits", Answer: answer})
			require.Nil(t, no, "%s", who)
			last = r
		}
	}
	votes(20, supported[:24]...)
	votes(5, advocates[:8]...)
	votes(18, workers[:30]...)
	votes(4, investors[:40]...)

	// 14. Adopted, with the sum and the classes in the record.
	judged = eventOf[*consent.Judged](t, last)
	require.Equal(t, consent.ResultAdopted, judged.Outcome)
	require.Equal(t, consent.StageAdopted, w.stage("visits"))
	for _, want := range []consent.Reason{
		{Code: "there", Holds: true, Got: "102", Need: "50"},
		{Code: "in-favour", Holds: true, Got: "983/1550", Need: "over 1/2 of those present"},
		{Code: "weight", Holds: true, Of: []circle.Class{circle.Investor}, Got: "31/180", Need: "at most 1/10 of the whole"},
		{Code: "class", Holds: true, Of: []circle.Class{circle.Supported}, Got: "20 of 24", Need: "over 1/2"},
		{Code: "class", Holds: true, Of: []circle.Class{circle.Advocate}, Got: "5 of 8", Need: "over 1/2"},
		{Code: "class", Holds: true, Of: []circle.Class{circle.Worker}, Got: "18 of 30", Need: "over 1/2"},
		{Code: "class", Of: []circle.Class{circle.Investor}, Got: "4 of 40", Need: "over 1/2"},
		{Code: "objection-stands", Got: "o1", Who: []circle.PersonID{investors[0]}},
	} {
		require.Contains(t, judged.Why, want)
	}
	w.replays()
}

package consent_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestWhatCommandsAreAbout: a command that names a proposal, an objection or a meeting says that
// it is about that one: by this somebody may act for another in one decision (CP-19), and what is
// said is kept where it belongs.
func TestWhatCommandsAreAbout(t *testing.T) {
	about := func(cmd consent.Command, field string) consent.Command {
		v := reflect.New(reflect.TypeOf(cmd)).Elem()
		if f := v.FieldByName(field); f.IsValid() && f.Kind() == reflect.String {
			f.SetString("it")
			return v.Interface().(consent.Command)
		}
		return nil
	}
	held := 0
	for _, cmd := range consent.Commands() {
		switch c := about(cmd, "Proposal").(type) {
		case interface{ Of() proposal.ID }:
			require.Equal(t, proposal.ID("it"), c.Of(), cmd.Wire())
			held++
		}
		switch c := about(cmd, "Objection").(type) {
		case interface{ Of() objection.ID }:
			require.Equal(t, objection.ID("it"), c.Of(), cmd.Wire())
			held++
		}
		switch c := about(cmd, "Meeting").(type) {
		case interface{ At() consent.MeetingID }:
			require.Equal(t, consent.MeetingID("it"), c.At(), cmd.Wire())
			held++
		}
	}
	require.Greater(t, held, 60)
}

// TestVoteThatCannotBeCarriedOut: a vote carries, and what it decides cannot be carried out any
// more, as another decision did so: nothing is adopted, it says why, and the circle works on
// (M-191).
func TestVoteThatCannotBeCarriedOut(t *testing.T) {
	w := stuckWorld(t, nil, consent.Method{Stuck: consent.GoesToBallot, Fallback: voting}, false)
	clerk := []circle.Deed{circle.CreateRole{ID: "clerk", Circle: nook, Name: text("Clerk")}}
	for _, id := range []proposal.ID{"first", "second"} {
		w.must(ana, proposal.Submit{ID: id, Circle: nook, Text: text("A clerk of the kind " + string(id)), Enacts: clerk})
	}
	w.must(ana, consent.OpenRound{Proposal: "second", Round: consent.ConsentRound})
	w.objects("second", "o", cia)
	w.consents("second", ana, ben)
	w.must(ana, consent.CallBallot{Proposal: "second", Reason: reason})
	w.must(ana, consent.OpenRound{Proposal: "first", Round: consent.ConsentRound})
	w.consents("first", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("first"))

	w.consents("second", ana, ben)
	judged := eventOf[*consent.Judged](t, w.must(cia, consent.Respond{Proposal: "second", Answer: consent.Against}))
	require.Equal(t, consent.ResultIntegrate, judged.Outcome)
	require.False(t, judged.Final)
	require.Contains(t, judged.Why, consent.Reason{Code: "cannot-enact", Got: "The name clerk is taken already."})
	require.Equal(t, consent.StageIntegrate, w.stage("second"))
	told, err := w.engine.Explain(t.Context(), "second")
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(told), "what it decides cannot be carried out: The name clerk is taken already.")
	w.replays()
}

// TestRevealedIsTold: what was sealed is told when it is revealed, with the reason that lay with
// it, who revealed it, and who had not answered; before that nothing decides on words that
// nobody has opened (M-108).
func TestRevealedIsTold(t *testing.T) {
	w := sealing(t, nil, consent.Method{})
	w.must(ana, consent.SealAnswer{Proposal: "p", Answer: text(consent.Consents), Reason: text("We need the money")})
	w.seals(consent.Consents, ben)
	w.engine.Look(func(s *consent.State) {
		_, err := s.Decide(circle.Actor{By: ana}, w.now, consent.Reveal{Proposal: "p"})
		require.Error(t, err)
		events, err := s.Decide(circle.Actor{By: cia}, w.now, consent.SealAnswer{Proposal: "p", Answer: text(consent.Consents)})
		require.NoError(t, err)
		require.Len(t, events, 1, "the last answer; without the words nothing is revealed")
		require.IsType(t, new(consent.AnswerSealed), events[0])
	})
	w.must(ana, consent.Reveal{Proposal: "p"})
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(told), "ana revealed the sealed answers on version 1 together; ana: consent (“We need the money”); ben: consent; no answer: cia.")
	w.replays()

	w = sealing(t, nil, consent.Method{})
	w.seals(consent.Consents, ana, ben)
	w.must(cia, consent.SealAnswer{Proposal: "p", Answer: text(consent.Consents), Reason: text("At last")})
	told, err = w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(told), "The sealed answers on version 1 were revealed together; ana: consent; ben: consent; cia: consent (“At last”).")
	list, err := w.engine.Questions(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, list[0].String(), "ana: consent; ben: consent; cia: consent; it came out as adopted.")
}

// TestMeetingsInOrder: the meetings of a circle are listed by their time, and those of one time
// by their names; an engine finds what the state finds (M-246).
func TestMeetingsInOrder(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	for _, m := range []struct {
		id consent.MeetingID
		in time.Duration
	}{{"later", 2 * time.Hour}, {"b", time.Hour}, {"a", time.Hour}, {"now", 0}} {
		w.must(ana, consent.CallMeeting{ID: m.id, Circle: den, At: w.now.Add(m.in)})
	}
	var got []consent.MeetingID
	w.engine.Look(func(s *consent.State) {
		for _, m := range s.MeetingsOf(den) {
			got = append(got, m.ID)
		}
		require.Empty(t, s.Gaps("nowhere"))
		require.Nil(t, s.Packet("nothing"))
		require.Nil(t, s.LastSelected("nothing"))
	})
	require.Equal(t, []consent.MeetingID{"now", "a", "b", "later"}, got)
	found := w.engine.Findings(den)
	w.engine.Look(func(s *consent.State) { require.Equal(t, s.Findings(den, w.now), found) })
}

package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestAheadOnceMore: who answers ahead again has answered anew, and nobody answers ahead to a
// version that is not the newest (M-133).
func TestAheadOnceMore(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	ahead := func(version int) consent.AnswerAhead {
		return consent.AnswerAhead{Proposal: "p", Version: version, Answer: consent.Consents}
	}
	w.must(cia, ahead(1))
	w.must(ben, ahead(1))
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Open on Mondays, too")})
	w.refuses(denial{cia, ahead(1), consent.OldVersion, "Version 1 of p is not the current one; that is version 2."})
	w.must(cia, ahead(2))
	require.Equal(t, []consent.Ahead{{Person: ben, Version: 1, Answer: consent.Name(consent.Consents)}, {Person: cia, Version: 2, Answer: consent.Name(consent.Consents)}}, w.process("p").Ahead)
	w.gather("m", []proposal.ID{"p"}, ana)
	got := w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Equal(t, cia, eventOf[*consent.Responded](t, got).By)
	require.Equal(t, []circle.PersonID{ben}, eventOf[*consent.AheadVoid](t, got).Who)
	w.replays()
}

// silentCase is a proposal on which ana has decided in a meeting, and for whose absent silence
// consents five days after the minutes have reached them.
func silentCase(t *testing.T, id proposal.ID, more ...proposal.Base) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	w.put("base")
	w.consents("base", ana, ben, cia)
	w.must(ana, proposal.Submit{ID: id, Circle: den, Text: text("Bake less"), Changes: more})
	w.gather("m", []proposal.ID{id}, ana)
	w.must(ana, consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
	w.consents(id, ana)
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	require.Equal(t, consent.StageLastCall, w.stage(id))
	return w
}

func minutesTo(to circle.PersonID) consent.SendMinutes {
	return consent.SendMinutes{Meeting: "m", To: to, Format: circle.Standard}
}

// TestSilenceNeverEndsInThePast: where the last of those who had no minutes answers, and the time
// of the others would have been over by then, it is over at that instant and no sooner (EC-39).
func TestSilenceNeverEndsInThePast(t *testing.T) {
	w := silentCase(t, "p")
	w.must(ana, minutesTo(ben))
	require.Empty(t, w.later(20*24*time.Hour), "cia has not got them")
	w.must(cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Equal(t, w.now, w.process("p").Until)
	w.at(w.now)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestOutdatedInLastCall: when what it builds on has changed, minutes that reach the absent start
// no clock (methods 8.6).
func TestOutdatedInLastCall(t *testing.T) {
	w := silentCase(t, "p", proposal.Base{Agreement: "base", Version: 1})
	w.must(ben, proposal.Revise{Proposal: "base", Text: text("Open on Mondays")})
	w.must(ana, consent.OpenRound{Proposal: "base", Round: consent.ConsentRound})
	w.consents("base", ana, ben, cia)
	w.must(ana, minutesTo(ben))
	w.must(ana, minutesTo(cia))
	require.Zero(t, w.process("p").Until)
	require.Empty(t, w.later(20*24*time.Hour))
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.replays()
}

// TestClocksOfSomethingElse: R2. A clock that nothing has, or that a case has in another stage, brings
// about nothing, whatever it is a clock of.
func TestClocksOfSomethingElse(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	w.engine.Look(func(s *consent.State) {
		for kind := range consent.SafeguardingWaits + 1 {
			for _, of := range []string{"p", "none", string(den)} {
				events, err := s.Fire(consent.Timer{Kind: kind, Of: of, Part: "none"}, w.now)
				w.refused(consent.NoSuchTimer, err)
				require.Empty(t, events)
			}
		}
		_, err := s.Fire(consent.Timer{Kind: consent.LastCallEnds, Of: "p"}, w.now)
		require.EqualError(t, err, "No time runs (last-call-ends) for p, so nothing happens by itself.")
	})
}

// TestTalesAfterTheEnd: a ledger that nobody's law wrote may tell of a case what comes after its
// end: the case stays as it ended.
func TestTalesAfterTheEnd(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	w.consents("p", ana, ben, cia)
	w.engine.Look(func(s *consent.State) {
		pos := uint64(len(w.bytes()))
		for i, e := range []consent.Event{&consent.Expired{Proposal: "p", At: w.now}, &proposal.Withdrawn{Proposal: "p", By: ana},
			&objection.Raised{Objection: "o", Proposal: "p", Version: 1, By: ben, Argument: reason}} {
			s.Apply(pos+uint64(i), w.now, []consent.Event{e})
			require.Equal(t, consent.StageAdopted, s.Process("p").Stage)
			require.Empty(t, s.OpenProcesses())
		}
	})
}

// TestATeamInTheLastCall: M-19, M-38, M-159. Who takes part in a helping team of the circle may object also in the time of the absent;
// who has answered may not, nor who is on leave.
func TestATeamInTheLastCall(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Rules: plainSilent})
	w.must(host, circle.Open{ID: "team", Parent: den, Type: circle.HelpingTeam, Aim: text("Flour"), Members: []circle.PersonID{ana, gus}})
	w.put("p")
	w.consents("p", ben, cia)
	w.must(ben, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	require.Equal(t, ana, w.process("p").Round.Seats[0].Person)
	raise := objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: reason}
	w.no(consent.ConsentedBefore, ben, raise)
	w.must(ana, circle.TakeLeave{Circle: den})
	w.no(consent.RightRests, ana, raise)
	w.must(gus, raise)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.replays()
}

package consent

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestWorldsBite breaks the law in one way after another, and each time the
// promise that is broken is named, with a way to where it breaks.
func TestWorldsBite(t *testing.T) {
	if worldRaced() {
		t.Skip("each world runs by itself: the race detector finds nothing in it")
	}
	wait := circle.Rules{Absence: circle.Absence{Silence: circle.Wait}}
	consents := circle.Rules{Absence: circle.Absence{Silence: circle.Consents, After: circle.MustPeriod("2d")}}
	for _, c := range []struct {
		name    string
		promise string
		rules   circle.Rules
		method  circle.Name // it begins with an objection of cia's, by this method
		decide  func(*State, circle.Actor, time.Time, Command) ([]Event, error)
		happen  func(before, after *State, events []Event)
		moves   worldMoves // others than most have
		selects circle.RoleID
		linked  bool
		says    string // what is said of it, where the promise is broken in several ways
	}{
		{name: "adopted while an objection stands", promise: "S1", decide: biteAdoptsAnyway},
		{name: "adopted before everybody was heard", promise: "S1", decide: biteAdoptsEarly},
		{name: "a member who joins gets a seat in the round that goes on", promise: "S2", happen: biteSeatsGus},
		{name: "who loses the consent right is out of the round that goes on", promise: "S1", happen: biteUnseatsCia, moves: worldMeet | worldRights},
		{name: "somebody without a seat answers for another", promise: "S2", decide: biteAnswersForCia},
		{name: "an answer to the version before", promise: "S3", decide: biteOldAnswer},
		{name: "new rules reach the open case", promise: "S4", happen: biteRulesReach},
		{name: "a refusal leaves a trace", promise: "S5", decide: biteRefusalTraces},
		{name: "what happens later changes what was before", promise: "S5", happen: biteTrail},
		{name: "who facilitates withdraws another's objection", promise: "S6", decide: biteBenWithdraws},
		{name: "an objection is not written down", promise: "S6", decide: biteLosesObjection},
		{name: "an objection is forgotten with a new version", promise: "S6", happen: biteForgets},
		{name: "silence is counted when the round is closed", promise: "S7", rules: consents, decide: biteSilenceAtOnce},
		{name: "silence is counted a day too early", promise: "S7", rules: consents, happen: biteEarlyTimer},
		{name: "how a case ended changes afterwards", promise: "S10", happen: biteEndChanges},
		{name: "nobody but the Facilitator calls a meeting or asks a question", promise: "L1", decide: biteNoStandIns},
		{name: "something that may be done is refused", promise: "Permitted", decide: biteRefusesSpeaking},
		{name: "the stop card cannot be taken back", promise: "Next", decide: biteNoClearing},
		{name: "an objection is dismissed without a test", promise: "S6", method: "rough-consensus", decide: biteDismissesAtOnce},
		{name: "an objection is dismissed that others found to qualify", promise: "S6", method: "scm", decide: biteDismissesAnyway},
		{name: "an objection is overruled without an answer", promise: "S6", method: "rough-consensus", decide: biteOverrules},
		{name: "an objector judges their own objection", promise: "S6", method: "n-street", decide: biteOwnJudge},
		{name: "an objector stands aside where the method does not have that", promise: "S6", method: "scm", decide: biteStandsAside},
		{name: "the proposer alone says that an objection is solved", promise: "S6", method: "holacracy", decide: biteSolvedAlone},
		{name: "the time to reply is over a day too early", promise: "S7", method: "rough-consensus", happen: biteEarlyReply},
		{name: "what was resumed is woken up once more", promise: "L2", method: "holacracy", happen: biteWakesAgain},
		{name: "who is removed is not awaited any more", promise: "I-18", happen: biteUnawaits, moves: worldMeet | worldRemoval},
		{name: "what stands goes with who is removed", promise: "I-18", happen: biteDropsWithRemoved, moves: worldRemoval, says: "what stands"},
		{name: "an answer changes when a link ends", promise: "I-18", happen: biteChangesAnswer, linked: true, moves: worldLinks, says: "what was answered"},
		{name: "a role is given to who did not say yes", promise: "S1", decide: biteGivesAnyway, selects: worldBaker, moves: worldMeet, says: "who did not say yes"},
		{name: "a role is given to another than who was asked about", promise: "S3", decide: biteGivesAnother, selects: worldBaker, moves: worldMeet, says: "was asked about"},
		{name: "nobody but the nominee is asked to propose somebody", promise: "Next", decide: biteNoProposing, selects: worldBaker, moves: worldMeet},
		{name: "nobody but time resumes what is parked", promise: "Next", method: "formal-consensus", decide: biteNoResuming},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := (&world{name: "broken", rules: c.rules, standing: 1, moves: worldMeet | worldCards | worldMembers | worldRules,
				decide: c.decide, happen: c.happen}).begins()
			if c.method != "" {
				w.method, w.stuck, w.talked, w.moves = c.method, true, c.method != "rough-consensus", worldOut
			}
			if c.moves != 0 {
				w.moves = c.moves
			}
			if w.selects, w.linked = c.selects, c.linked; c.selects != "" {
				w.talked = true
			}
			if c.rules.Absence.IsZero() {
				w.rules = wait
			}
			x, err := newWorldRun(w, 1500)
			require.NoError(t, err)
			x.enough = 3
			x.explore()
			if len(x.broken) == 0 {
				x.deadEnds()
			}
			require.NotEmpty(t, x.broken, "nothing was found")
			for _, b := range x.broken {
				if strings.HasPrefix(b, c.promise+":") && strings.Contains(b, c.says) {
					return
				}
			}
			t.Fatalf("%s was not found, but:\n%s", c.promise, strings.Join(x.broken, "\n"))
		})
	}
}

// TestWorldRecordBites: what breaks no promise and is another law all the same
// stands in the record.
func TestWorldRecordBites(t *testing.T) {
	told := func(decide func(*State, circle.Actor, time.Time, Command) ([]Event, error)) string {
		w := (&world{name: "plain", standing: 1, decide: decide}).begins()
		x, err := newWorldRun(w, 200)
		require.NoError(t, err)
		x.explore()
		require.Empty(t, x.broken)
		return x.record(nil)
	}
	law := told(nil)
	require.Equal(t, law, told(nil), "the record comes out the same each time")
	require.NotEqual(t, law, told(func(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
		events, err := s.Decide(by, now, c)
		if errors.Is(err, circle.ErrNotNow) && s.Process(worldCase).Stage == StageIntake && c.Wire() == (Speak{}).Wire() {
			return nil, NoRound.Refuse()
		}
		return events, err
	}), "another reason")
	require.NotEqual(t, law, told(func(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
		events, err := s.Decide(by, now, c)
		for _, e := range events {
			if a, ok := e.(*proposal.Amended); ok {
				a.Weight = proposal.Editorial
			}
		}
		return events, err
	}), "something else happens")
}

func biteAdoptsAnyway(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	for i, e := range events {
		if j, ok := e.(*Judged); ok && j.Proposal == worldCase && j.Outcome == ResultIntegrate {
			j.Outcome = ResultAdopted
			events[i] = j
			events = append(events, &proposal.Adopted{Proposal: worldCase, Version: j.Version, Since: now})
			break
		}
	}
	return events, err
}

func biteAdoptsEarly(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if _, ok := c.(CloseRound); ok && err == nil && s.processes[worldCase].Stage == StageDecide {
		events = append(events, &proposal.Adopted{Proposal: worldCase, Version: s.processes[worldCase].Round.Version, Since: now})
	}
	return events, err
}

func biteSeatsGus(_, after *State, events []Event) {
	p := after.processes[worldCase]
	for _, e := range events {
		if j, ok := e.(*circle.Joined); ok && p != nil && p.Round != nil {
			p.Round.Seats = append(p.Round.Seats, Seat{Person: j.Person})
			p.Round.last = append(p.Round.last, -1)
		}
	}
}

func biteUnseatsCia(_, after *State, events []Event) {
	p := after.processes[worldCase]
	for _, e := range events {
		if j, ok := e.(*circle.Joined); ok && j.Level == circle.Learning && p != nil && p.Round != nil {
			for i := range p.Round.Seats {
				p.Round.Seats[i].Out = p.Round.Seats[i].Out || p.Round.Seats[i].Person == j.Person
			}
		}
	}
}

func biteAnswersForCia(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	if _, ok := c.(Respond); ok && by.By == "gus" {
		by.By = "cia"
	}
	return s.Decide(by, now, c)
}

func biteOldAnswer(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	for _, e := range events {
		if r, ok := e.(*Responded); ok && r.Version > 1 {
			r.Version--
		}
	}
	return events, err
}

func biteRulesReach(_, after *State, events []Event) {
	for _, e := range events {
		if r, ok := e.(*circle.RulesAgreed); ok && after.processes[worldCase] != nil {
			after.processes[worldCase].Rules = &r.Rules
		}
	}
}

func biteRefusalTraces(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if p := s.processes[worldCase]; err != nil && p != nil {
		p.Objected = true
	}
	return events, err
}

func biteBenWithdraws(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	if w, ok := c.(objection.Withdraw); ok && by.By == "ben" {
		if o := s.Objections.Objection(w.Objection); o != nil {
			by.By = o.By
		}
	}
	return s.Decide(by, now, c)
}

func biteLosesObjection(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if _, ok := c.(objection.Raise); ok && err == nil {
		return events[1:], nil
	}
	return events, err
}

func biteForgets(_, after *State, events []Event) {
	if worldHas[*proposal.Amended](events) && after.processes[worldCase] != nil {
		after.Objections.Forget(worldCase)
	}
}

func biteSilenceAtOnce(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	for _, e := range events {
		if j, ok := e.(*Judged); ok && j.Proposal == worldCase && j.Outcome == ResultWaiting {
			return append(events, &SilenceCounted{Proposal: worldCase, Who: j.Waiting, As: Consents, Version: j.Version, At: now}), nil
		}
	}
	return events, err
}

func biteEarlyTimer(_, after *State, _ []Event) {
	p := after.processes[worldCase]
	if p != nil && !p.Until.IsZero() {
		after.timers.set(Timer{LastCallEnds, string(worldCase), ""}, p.Until.Add(-24*time.Hour))
	}
}

func biteEndChanges(before, after *State, _ []Event) {
	if e, ok := before.ended.Get(worldCase); ok && e.Stage == StageDropped {
		e.Stage = StageWithdrawn
		after.ended.Set(worldCase, e)
	}
}

func biteNoStandIns(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	switch c.(type) {
	case CallMeeting, Ask:
		if by.By != "ben" {
			return nil, NotFacilitating.Refuse("who", by.By, "circle", worldDen, "facilitators", "ben")
		}
	}
	return s.Decide(by, now, c)
}

func biteRefusesSpeaking(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	if _, ok := c.(Signal); ok {
		return nil, Suspended.Refuse("who", by.By)
	}
	return s.Decide(by, now, c)
}

func biteNoClearing(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	if _, ok := c.(ClearCard); ok {
		return nil, NoCard.Refuse("who", by.By)
	}
	return s.Decide(by, now, c)
}

func biteDismissesAtOnce(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if t, ok := c.(objection.Test); ok && err == nil {
		events = append(events, &objection.Dismissed{Objection: t.Objection, By: by.By, Finding: objection.Finding{Tester: objection.ByChair}})
	}
	return events, err
}

func biteDismissesAnyway(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	for i, e := range events {
		if f, ok := e.(*objection.Captured); ok {
			events[i] = &objection.Dismissed{Objection: f.Objection, By: f.By, Finding: f.Finding}
		}
	}
	return events, err
}

func biteOverrules(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if o, ok := c.(objection.Overrule); ok && biteRefused(err, objection.NotAnswered) {
		return []Event{&objection.Overruled{Objection: o.Objection, By: by.By}}, nil
	}
	return events, err
}

func biteOwnJudge(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if a, ok := c.(objection.Abandon); ok && biteRefused(err, objection.OwnJudge) {
		return []Event{&objection.Abandoned{Objection: a.Objection, By: by.By}}, nil
	}
	return events, err
}

func biteStandsAside(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if a, ok := c.(objection.StandAside); ok && biteRefused(err, objection.NotByMethod) && by.By == "cia" {
		return []Event{&objection.StoodAside{Objection: a.Objection, By: by.By}}, nil
	}
	return events, err
}

func biteSolvedAlone(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if a, ok := c.(objection.ConfirmSolved); ok && biteRefused(err, objection.ObjectorFirst) {
		return []Event{&objection.SolvedByBoth{Objection: a.Objection, By: by.By, In: 1}}, nil
	}
	return events, err
}

func biteEarlyReply(_, after *State, events []Event) {
	for _, e := range events {
		if a, ok := e.(*objection.Answered); ok {
			after.timers.set(Timer{AcknowledgementEnds, string(worldCase), string(a.Objection)}, a.Until.Add(-24*time.Hour))
		}
	}
}

func biteWakesAgain(_, after *State, events []Event) {
	for _, e := range events {
		if r, ok := e.(*Resumed); ok {
			after.timers.set(Timer{WakeUp, string(r.Proposal), ""}, r.At.Add(24*time.Hour))
		}
	}
}

func biteNoResuming(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	if _, ok := c.(Resume); ok {
		return nil, NotFacilitating.Refuse("who", by.By, "circle", worldDen, "facilitators", "nobody")
	}
	return s.Decide(by, now, c)
}

func biteTrail(before, _ *State, _ []Event) {
	if p := before.processes[worldCase]; p != nil {
		p.Trail.add(9)
	}
}

func biteRefused(err error, code *circle.Code) bool {
	var no *circle.Refusal
	return errors.As(err, &no) && no.Code == code
}

package consent_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// TestInterestsOfMany: of a thousand members, those with an interest have no seat,
// and the entry names them and nobody else (EC-79).
func TestInterestsOfMany(t *testing.T) {
	w, people := thousand(t, circle.Rules{Interests: circle.Interests{Then: circle.HasNoStance}})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("We buy the mill")})
	w.must(people[7], consent.DeclareInterest{Proposal: "p", Reason: text("It is mine")})
	opened := eventOf[*consent.RoundOpened](t, w.must(host, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}))
	require.Equal(t, people[7:8], opened.Without)
	require.Empty(t, opened.Seats)
	require.Len(t, w.process("p").Round.Seats, 999)
	require.False(t, w.process("p").Round.Seated(people[7]))
	w.no(consent.OwnInterest, people[7], consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.replays()
}

// TestInterestWhenSomebodyJoins: by a method that asks who joins meanwhile, too, an
// interest is not forgotten when somebody joins (EC-79).
func TestInterestWhenSomebodyJoins(t *testing.T) {
	live := consent.Plain
	live.Name, live.Live = "live", true
	w := emptyWorld(t)
	w = w.open(func(c *consent.Config) { c.Methods = append(c.Methods, live) })
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: []circle.PersonID{host, "ben", "cia"},
		Rules: circle.Rules{Method: "live", Interests: circle.Interests{Then: circle.HasNoStance}}})
	w.must(host, circle.Admit{ID: "dan"})
	w.must(host, circle.EndFounding{})
	w.must(host, consent.Ask{ID: "in", Circle: den, Question: text("Dan joins?"), Enacts: []circle.Deed{circle.Join{Circle: den, Person: "dan", Level: circle.Full}}})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("We buy the mill")})
	w.must("ben", consent.DeclareInterest{Proposal: "p"})
	w.must(host, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	for _, who := range []circle.PersonID{host, "ben", "cia"} {
		w.must(who, consent.Respond{Proposal: "in", Answer: consent.Consents})
	}
	require.True(t, w.process("p").Round.Seated("dan"))
	require.False(t, w.process("p").Round.Seated("ben"))
	w.replays()
}

// TestRemovedMemberMayVote: where the rules do not take the vote from the member
// who is to be removed, they have it; they are told and heard all the same
// (EC-76).
func TestRemovedMemberMayVote(t *testing.T) {
	g := circle.SocietyMeetings
	g.Quorum = circle.Quorum{}
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Care"), Members: []circle.PersonID{host, "ben", "cia"}})
	w.must(host, circle.ChangeClass{Person: "cia", Class: circle.Worker})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "members", General: &g, Matters: []circle.Matter{{Matter: "removal", Method: "members-extraordinary"}},
		Membership: &circle.Membership{Classes: []circle.ClassRule{{Class: circle.Worker}}, Removal: &circle.Removal{Matter: "removal", Told: 14}}}})
	remove := circle.RemoveMember{Person: "cia", Reason: text("Money was taken")}
	w.no(consent.RemovalMatter, host, consent.OpenSelection{ID: "s", Circle: den, Text: text("Cia or nobody"),
		Options: []consent.Choice{{ID: "out", Text: text("Out"), Enacts: []circle.Deed{remove}}, {ID: "stay", Text: text("Stay")}}})
	w.must(host, proposal.Submit{ID: "out", Circle: den, Text: text("Cia is removed"), Matter: "removal", Enacts: []circle.Deed{remove}})
	w.must(host, consent.CallGeneral{ID: "gm", Circle: den, At: w.now.AddDate(0, 0, 15), Items: []proposal.ID{"out"}})
	w.must(host, consent.TellMember{Proposal: "out"})
	w.at(w.now.AddDate(0, 0, 15))
	w.must(host, consent.OpenMeeting{Meeting: "gm", Present: []circle.PersonID{host, "ben", "cia"}})
	w.must(host, consent.HearMember{Proposal: "out"})
	w.must(host, consent.OpenRound{Proposal: "out", Round: consent.ConsentRound})
	require.True(t, w.process("out").Round.Seated("cia"))
	w.must(host, consent.CloseRound{Proposal: "out"})
	w.must(host, consent.CallBallot{Proposal: "out", Reason: text("The rules ask for it")})
	w.no(consent.InterestLate, "ben", consent.DeclareInterest{Proposal: "out", Reason: text("I keep the books")})
	w.must(host, consent.Respond{Proposal: "out", Answer: consent.Consents})
	w.must("ben", consent.Respond{Proposal: "out", Answer: consent.Consents})
	w.must("cia", consent.Respond{Proposal: "out", Answer: consent.Against})
	require.Equal(t, consent.StageNotAdopted, w.stage("out"), "two of three are not over three quarters")
	w.no(consent.Ended, host, consent.TellMember{Proposal: "out"})
	w.replays()
}

// TestClassAtTheRound: between the notice and the vote somebody gets another
// class: the class as at the opening of the round counts, and a later change does
// not touch it (EC-1, EC-70; care-cooperative §4C).
func TestClassAtTheRound(t *testing.T) {
	g := circle.SocietyMeetings
	g.Quorum, g.Notice = circle.Quorum{}, 0
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Care"), Members: []circle.PersonID{host, "ben", "cia"}})
	w.must(host, circle.ChangeClass{Person: "ben", Class: circle.Supported})
	w.must(host, circle.ChangeClass{Person: "cia", Class: circle.Worker})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "members", General: &g}})
	class := func() circle.Class {
		for _, s := range w.process("p").Round.Seats {
			if s.Person == "ben" {
				return s.Class
			}
		}
		return ""
	}
	change := func(id proposal.ID, to circle.Class) {
		w.must(host, consent.Ask{ID: id, Circle: den, Question: text("Ben"), Enacts: []circle.Deed{circle.ChangeClass{Person: "ben", Class: to}}})
		for _, who := range []circle.PersonID{host, "ben", "cia"} {
			w.must(who, consent.Respond{Proposal: id, Answer: consent.Consents})
		}
	}
	w.must(host, circle.EndFounding{})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("Visits"), Term: circle.MustPeriod("1y")})
	w.must(host, consent.CallGeneral{ID: "gm", Circle: den, At: w.now.AddDate(0, 0, 2), Items: []proposal.ID{"p"}})
	change("first", circle.Worker)
	w.at(w.now.AddDate(0, 0, 2))
	w.must(host, consent.OpenMeeting{Meeting: "gm", Present: []circle.PersonID{host, "ben", "cia"}})
	w.must(host, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Equal(t, circle.Worker, class())
	w.must("ben", circle.EndMembership{})
	require.Equal(t, circle.Worker, class(), "the round keeps the class with which it opened")
	w.replays()
}

// TestInterestIsSaidInTime: an interest is declared before the question is put, or between one question and the next. While
// the absent have their time it is being asked: who has no stance could not answer, and all would wait for them (EC-79).
func TestInterestIsSaidInTime(t *testing.T) {
	declare := consent.DeclareInterest{Proposal: "p", Reason: text("It is my van")}
	put := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
	for name, c := range map[string]struct {
		before func(*world)
		late   bool
	}{
		"before the question": {func(w *world) {}, false},
		"in the question":     {func(w *world) { w.must(ana, put) }, true},
		"in the last call": {func(w *world) {
			w.must(ana, put)
			w.consents("p", ana)
			w.must(ana, consent.CloseRound{Proposal: "p"})
			require.Equal(t, consent.StageLastCall, w.stage("p"))
		}, true},
		"while it is worked on": {func(w *world) {
			w.must(ana, put)
			w.objects("p", "o", cia)
			w.consents("p", ana, ben)
			require.Equal(t, consent.StageIntegrate, w.stage("p"))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Interests: circle.Interests{Then: circle.HasNoStance}}})
			w.submit("p")
			c.before(w)
			if c.late {
				w.no(consent.InterestLate, ben, declare)
				w.consents("p", ben)
			} else {
				w.must(ben, declare)
			}
			w.replays()
		})
	}
}

// TestInterestInTheQuorum: who has an interest is there like anybody else, unless the circle has agreed that they are not
// counted; and then everybody is who has none (EC-79).
func TestInterestInTheQuorum(t *testing.T) {
	for name, c := range map[string]struct {
		uncounted, declares, enough bool
	}{
		"counted":             {false, true, true},
		"not counted":         {true, true, false},
		"nobody has one":      {true, false, true},
		"and nobody asks for": {false, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := emptyWorld(t)
			w.must(host, circle.Found{ID: den, Aim: text("Care"), Members: []circle.PersonID{ana, ben, cia},
				Rules: circle.Rules{Method: "plain", General: &circle.Gatherings{Quorum: circle.Quorum{Least: 3}}, Interests: circle.Interests{Then: circle.HasNoStance, Uncounted: c.uncounted}}})
			w.submit("p")
			w.must(ana, consent.CallGeneral{ID: "m", Circle: den, At: w.now.AddDate(0, 0, 1), Items: []proposal.ID{"p"}})
			w.at(w.now.AddDate(0, 0, 1))
			if c.declares {
				w.must(ben, consent.DeclareInterest{Proposal: "p"})
			}
			w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben, cia}})
			put := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
			if c.enough {
				w.must(ana, put)
			} else {
				w.no(consent.NotQuorate, ana, put)
			}
			w.replays()
		})
	}
}

// TestToldThoughSomebodyHasAnInterest: that somebody has declared an interest in it does not tell a member who is to be removed; and where
// nobody is to be removed, nobody is asked to tell or hear anybody (EC-76, EC-79).
func TestToldThoughSomebodyHasAnInterest(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Care"), Members: []circle.PersonID{ana, ben, cia}})
	w.must(host, circle.ChangeClass{Person: cia, Class: circle.Worker})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "plain", Matters: []circle.Matter{{Matter: "removal", Method: "plain"}}, Interests: circle.Interests{Then: circle.HasNoStance},
		Membership: &circle.Membership{Classes: []circle.ClassRule{{Class: circle.Worker}}, Removal: &circle.Removal{Matter: "removal", Told: 14}}}})
	remove := circle.RemoveMember{Person: cia, Reason: text("Money was taken")}
	w.must(ana, proposal.Submit{ID: "out", Circle: den, Text: text("Cia is removed"), Matter: "removal", Enacts: []circle.Deed{remove}})
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
	w.must(ben, consent.DeclareInterest{Proposal: "out", Reason: text("He is my brother")})
	w.no(consent.TellFirst, ana, consent.OpenRound{Proposal: "out", Round: consent.ConsentRound})
	next := func(id proposal.ID) (out []string) {
		for _, a := range w.engine.Next(id) {
			out = append(out, a.What)
		}
		return out
	}
	require.Equal(t, []string{"consent.tell-member"}, next("out"))
	require.Equal(t, []string{"consent.open-round"}, next("p"))
	w.must(ana, consent.TellMember{Proposal: "out"})
	require.Equal(t, []string{"consent.hear-member"}, next("out"))
	for id, told := range map[proposal.ID]bool{"out": true, "p": false} {
		list, err := w.engine.Permitted(ana, id)
		require.NoError(t, err)
		require.Equal(t, told, slices.ContainsFunc(list, func(p consent.Permission) bool { return p.Command == "consent.hear-member" }), id)
	}
	w.replays()
}

// TestSecretaryTellsTheMember: EC-75. Who keeps the record tells a member that their removal is proposed, as who
// facilitates does.
func TestSecretaryTellsTheMember(t *testing.T) {
	g := circle.SocietyMeetings
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Care"), Members: []circle.PersonID{host, ben, cia}})
	w.hat(host, circle.Facilitator)
	w.hat(ben, circle.Secretary)
	w.must(host, circle.ChangeClass{Person: cia, Class: circle.Worker})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "members", General: &g, Matters: []circle.Matter{{Matter: "removal", Method: "members-extraordinary"}},
		Membership: &circle.Membership{Classes: []circle.ClassRule{{Class: circle.Worker}}, Removal: &circle.Removal{Matter: "removal", Told: 14}}}})
	w.must(host, proposal.Submit{ID: "out", Circle: den, Text: text("Cia is removed"), Matter: "removal", Enacts: []circle.Deed{circle.RemoveMember{Person: cia, Reason: reason}}})
	w.no(consent.NotFacilitating, cia, consent.TellMember{Proposal: "out"})
	w.must(ben, consent.TellMember{Proposal: "out"})
	w.replays()
}

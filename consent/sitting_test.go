package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// satWorld is a circle of ana and ben that decides in meetings by those present, to
// whose meeting it has invited gus for the proposal p.
func satWorld(t *testing.T, guests bool) *world {
	t.Helper()
	m := consent.Quick
	m.Name, m.Guests = "sitting", guests
	w := emptyWorld(t, func(c *consent.Config) { c.Methods = append(c.Methods, m) })
	w.must(host, circle.Found{ID: "bakery", Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Rules: circle.Rules{Method: "sitting"}})
	w.must(host, circle.Admit{ID: gus})
	w.must(ana, proposal.Submit{ID: "p", Circle: "bakery", Text: text("Open on Sundays")})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: "bakery", At: w.now, Items: []proposal.ID{"p"}})
	w.must(ana, consent.Ask{ID: "guest", Circle: "bakery", Question: text("Shall Gus come?"), Enacts: []circle.Deed{consent.Invite{Meeting: "m", Person: gus, Item: "p"}}})
	w.consents("guest", ana, ben)
	return w
}

// TestGuestsObjection: M-40, what a guest has objected to stays with the decision
// when they are gone, and the circle settles it by consenting to a version that
// meets it; nobody waits for the guest.
func TestGuestsObjection(t *testing.T) {
	w := satWorld(t, true)
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben, gus}})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(gus, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("I sleep above the oven")})
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.no(consent.NotFull, gus, consent.Integrate{Proposal: "p", Text: text("Not on Sundays"), Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}})
	w.must(ana, consent.Integrate{Proposal: "p", Text: text("Open on Sundays from ten"), Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.NoConsentRight, gus, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestGuestIsNotAsked: M-40, by a method that hears guests and does not ask them,
// a guest has no seat.
func TestGuestIsNotAsked(t *testing.T) {
	w := satWorld(t, false)
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.must(gus, consent.Arrive{Meeting: "m"})
	w.no(consent.AlreadyPresent, gus, consent.Arrive{Meeting: "m"})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.NoConsentRight, gus, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	minutes, err := logbook.OfMeeting(t.Context(), w.engine, "m")
	require.NoError(t, err)
	require.Contains(t, minutes.String(), "  From outside: gus for p\n")
	w.replays()
}

// TestGuestLeavesTheQuestion: M-40, with the meeting a guest is a guest no more: a
// question that was open goes on without them, and what they had said stays.
func TestGuestLeavesTheQuestion(t *testing.T) {
	w := satWorld(t, true)
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben, gus}})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.no(consent.GuestOnlyThen, gus, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestInvitationRefused: M-40, M-41, who is invited, for what, and when.
func TestInvitationRefused(t *testing.T) {
	w := satWorld(t, true)
	ask := func(code *circle.Code, d circle.Deed) {
		t.Helper()
		w.no(code, ana, consent.Ask{ID: "ask", Circle: "bakery", Question: text("Shall we?"), Enacts: []circle.Deed{d}})
	}
	ask(circle.UnknownPerson, consent.Invite{Meeting: "m", Person: "eve", Item: "p"})
	ask(consent.NoGuestNeeded, consent.CallIn{Meeting: "m", Person: ben, Hat: circle.Facilitator})
	ask(consent.UnknownMeeting, consent.Invite{Meeting: "n", Person: gus, Item: "p"})
	ask(consent.NotInvited, consent.WithdrawInvitation{Meeting: "m", Person: ben})
	w.must(ana, consent.Ask{ID: "back", Circle: "bakery", Question: text("Shall Gus stay away?"), Enacts: []circle.Deed{consent.WithdrawInvitation{Meeting: "m", Person: gus}}})
	w.consents("back", ana, ben)
	ask(proposal.UnknownProposal, consent.Invite{Meeting: "m", Person: gus, Item: "q"})
	w.no(proposal.NotParticipant, ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, gus}})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	ask(consent.MeetingNot, consent.Invite{Meeting: "m", Person: gus, Item: "p"})
	ask(consent.MeetingNot, consent.WithdrawInvitation{Meeting: "m", Person: gus})
	w.replays()
}

// TestGuestComesLate: M-40, who comes while a round on their matter goes on speaks in it; who comes while the meeting
// deals with another item, the first one, too, is no guest yet.
func TestGuestComesLate(t *testing.T) {
	for item, late := range map[circle.Name]bool{"one": true, "two": false} {
		talks := consent.Plain
		talks.Name, talks.Phases = "talks", []consent.RoundKind{consent.ClarifyRound}
		w := emptyWorld(t, func(c *consent.Config) { c.Methods = append(c.Methods, talks) })
		w.must(host, circle.Found{ID: "bakery", Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Rules: circle.Rules{Method: "talks"}})
		w.must(host, circle.Admit{ID: gus})
		w.must(ana, proposal.Submit{ID: "p", Circle: "bakery", Text: text("Open on Sundays"), Term: months})
		w.must(ana, consent.CallMeeting{ID: "m", Circle: "bakery", At: w.now, Items: []proposal.ID{"p"}, Agenda: []consent.AgendaItem{agendaItem("one", 10, ""), agendaItem("two", 10, "p")}})
		w.must(ana, consent.Ask{ID: "guest", Circle: "bakery", Question: text("Shall Gus come?"), Enacts: []circle.Deed{consent.Invite{Meeting: "m", Person: gus, Item: "p"}}})
		w.consents("guest", ana, ben)
		w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
		w.must(ana, consent.BeginItem{Meeting: "m", Item: item})
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ClarifyRound})
		require.Equal(t, []circle.PersonID{ana, ben}, w.process("p").Round.Awaited())
		w.must(gus, consent.Arrive{Meeting: "m"})
		if late {
			w.no(consent.GuestOnlyThen, gus, consent.Speak{Proposal: "p", Text: text("When?")})
			require.NotContains(t, w.process("p").Round.Awaited(), gus)
		} else {
			require.Equal(t, []circle.PersonID{ana, ben, gus}, w.process("p").Round.Awaited())
		}
		w.replays()
	}
}

// TestOneGuest: M-40, whoever comes through a link invites one guest at a time: another when they took the first invitation
// back, and whatever others have done.
func TestOneGuest(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	w.must(host, circle.LinkTo{Circle: "valley", To: "places", As: circle.Leader})
	w.must(host, circle.Admit{ID: gus})
	w.must(host, circle.Admit{ID: lou})
	w.must("pam", proposal.Submit{ID: "p", Circle: "places", Text: text("We meet weekly")})
	invite := func(who circle.PersonID) consent.Invite { return consent.Invite{Meeting: "m", Person: who, Item: "p"} }
	w.must("dee", invite(gus))
	w.no(consent.OneGuest, "dee", invite(lou))
	w.must("lee", invite("ben"))
	w.must("dee", consent.WithdrawInvitation{Meeting: "m", Person: gus})
	w.must("dee", invite(lou))
	w.replays()
}

// TestCalledInAndGone: M-41, who was called in to facilitate, and is a member for the meeting, answers in it, and no more when it is over.
func TestCalledInAndGone(t *testing.T) {
	m := consent.Quick
	m.Name = "sitting"
	w := emptyWorld(t, func(c *consent.Config) { c.Methods = append(c.Methods, m) })
	w.must(host, circle.Found{ID: "bakery", Aim: text("Bread"), Members: []circle.PersonID{ana, ben},
		Rules: circle.Rules{Method: "sitting", Seating: circle.Seating{Outside: circle.MemberForMeeting}}})
	w.must(host, circle.Admit{ID: gus})
	w.must(ana, proposal.Submit{ID: "p", Circle: "bakery", Text: text("Open on Sundays")})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: "bakery", At: w.now, Items: []proposal.ID{"p"}})
	w.asksIn("call", "bakery", []circle.PersonID{ana, ben}, consent.CallIn{Meeting: "m", Person: gus, Hat: circle.Facilitator})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben, gus}})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{gus}, What: "consent.open-round", Of: "p"}}, w.engine.Next("p"))
	w.must(gus, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Contains(t, w.process("p").Round.Order, gus)
	w.consents("p", ana, ben)
	w.must(gus, consent.CloseMeeting{Meeting: "m"})
	w.no(consent.MeetingNot, gus, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestCalledInComesLate: M-41, who is a member for the meeting, and comes while a round of it goes on, speaks in it.
func TestCalledInComesLate(t *testing.T) {
	for outside, in := range map[circle.OutsideHat][]circle.PersonID{circle.MemberForMeeting: {ana, ben, gus}, circle.ServesOnly: {ana, ben}} {
		w := emptyWorld(t)
		w.must(host, circle.Found{ID: "bakery", Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Rules: circle.Rules{Seating: circle.Seating{Outside: outside}}})
		w.must(host, circle.Admit{ID: gus})
		w.must(ana, consent.CallMeeting{ID: "m", Circle: "bakery", At: w.now})
		w.asksIn("call", "bakery", []circle.PersonID{ana, ben}, consent.CallIn{Meeting: "m", Person: gus, Hat: circle.Facilitator})
		w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
		w.must(ana, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound})
		awaited := func() (who []circle.PersonID) {
			w.engine.Look(func(s *consent.State) { who = s.Meeting("m").Round.Awaited() })
			return who
		}
		require.Equal(t, []circle.PersonID{ana, ben}, awaited())
		w.must(gus, consent.Arrive{Meeting: "m"})
		require.Equal(t, in, awaited())
		w.replays()
	}
}

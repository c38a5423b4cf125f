package consent_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A denial is a command that is refused: what somebody tried, by whom, and how that begins which
// they are told.
type denial struct {
	who  circle.PersonID
	cmd  consent.Command
	code *circle.Code
	says string
}

// refuses gives commands that are to be refused, each with the code and the sentence.
func (w *world) refuses(list ...denial) {
	w.t.Helper()
	for _, row := range list {
		before := w.digest()
		_, refused := w.give(row.who, row.cmd)
		require.NotNil(w.t, refused, "%s gave %s", row.who, say(row.cmd))
		require.Equal(w.t, row.code.ID, refused.Code.ID, "%s gave %s: %v", row.who, say(row.cmd), refused)
		require.Equal(w.t, row.says, refused.Error(), "%s gave %s", row.who, say(row.cmd))
		require.Equal(w.t, before, w.digest(), "S5: %s", say(row.cmd))
	}
}

// societyOf is a circle of all members, host, ben and cia, with a circle inside it, whose
// members' meetings have the rules of a society, changed.
func societyOf(t *testing.T, change func(*circle.Gatherings)) *world {
	t.Helper()
	g := circle.SocietyMeetings
	if change != nil {
		change(&g)
	}
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Care"), Members: []circle.PersonID{host, ben, cia}, Rules: circle.Rules{Method: "members", General: &g},
		Domain: []circle.Item{{ID: "care", Text: text("Care")}}})
	w.must(host, circle.Admit{ID: gus})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Visits"), Members: []circle.PersonID{ben}, Domain: []circle.Item{{ID: "visits", Of: "care"}}})
	w.must(host, proposal.Submit{ID: "p", Circle: den, Text: text("Short visits"), Term: months})
	w.must(host, proposal.Submit{ID: "gone", Circle: den, Text: text("Long visits"), Term: months})
	w.must(host, proposal.Withdraw{Proposal: "gone", Reason: reason})
	w.must(ben, proposal.Submit{ID: "inner", Circle: nook, Text: text("A list"), Term: months})
	return w
}

// TestGeneralRefusals: what members' meetings are not called for and by whom they are not, and
// that a name may be taken back until a request is handed in (EC-65, EC-71, EC-77, EC-108).
func TestGeneralRefusals(t *testing.T) {
	ask := func(id consent.RequestID, items ...proposal.ID) consent.RequestMeeting {
		return consent.RequestMeeting{ID: id, Circle: den, Purpose: reason, Items: items}
	}
	w := societyOf(t, nil)
	call := func(id consent.MeetingID, days int) consent.CallGeneral {
		return consent.CallGeneral{ID: id, Circle: den, At: w.now.AddDate(0, 0, days), Items: []proposal.ID{"p"}}
	}
	w.must(host, ask("r", "p"))
	w.refuses(
		denial{host, ask("r", "p"), circle.TakenID, "The name r is taken already."},
		denial{host, ask("s", "nothing"), proposal.UnknownProposal, "There is no proposal nothing."},
		denial{host, ask("s", "gone"), consent.Ended, "The decision on gone has ended: it is withdrawn. A later decision may refer to it."},
		denial{host, ask("s", "inner"), proposal.UnknownProposal, "There is no proposal inner."},
		denial{ben, consent.UnsignRequest{Request: "r"}, consent.NotSigned, "ben has not signed r."},
		denial{gus, call("m", 20), consent.NotCaller, "gus does not call meetings of den: its Facilitator and its Secretary do. When a request was not answered in time, 3 of those who signed it may."},
	)
	w.must(ben, consent.SignRequest{Request: "r"})
	w.must(ben, consent.UnsignRequest{Request: "r"})
	w.refuses(denial{ben, consent.LodgeRequest{Request: "r"}, consent.NotSigned, "ben has not signed r."})
	w.must(ben, consent.SignRequest{Request: "r"})
	w.must(host, consent.LodgeRequest{Request: "r"})
	w.later(40 * 24 * time.Hour)
	w.must(host, consent.JoinCallers{Request: "r"})
	w.refuses(denial{host, consent.JoinCallers{Request: "r"}, consent.HasSigned, "host has signed r already."})
	answer := call("m", 20)
	answer.Request = "r"
	w.must(host, answer)
	w.refuses(
		denial{ben, consent.JoinCallers{Request: "r"}, consent.Answered, "The meeting m was called for r already."},
		denial{host, call("m", 20), circle.TakenID, "The name m is taken already."},
		denial{host, consent.AppointProxy{Meeting: "m", Holder: nemo}, circle.UnknownPerson, "Nobody here is called nemo."},
		denial{gus, consent.SendApology{Meeting: "m"}, proposal.NotParticipant, "gus does not take part in den. Anybody may open a need or give input; this is for those who take part."},
	)
	w.must(cia, consent.SendApology{Meeting: "m"})
	w.refuses(denial{cia, consent.SendApology{Meeting: "m"}, consent.ExcusedAlready, "cia has said already that they do not come to m."})
	w.at(answer.At)
	w.must(host, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{host}})
	w.later(time.Hour)
	w.refuses(
		denial{gus, consent.Adjourn{Meeting: "m", ID: "n", At: w.now.AddDate(0, 0, 8)}, consent.NotFacilitating, "gus does not facilitate den; host, ben and cia may do this."},
		denial{host, consent.Adjourn{Meeting: "m", ID: "m", At: w.now.AddDate(0, 0, 8)}, circle.TakenID, "The name m is taken already."},
	)
	w.must(host, consent.CloseMeeting{Meeting: "m"})
	w.refuses(
		denial{ben, consent.AppointProxy{Meeting: "m", Holder: host}, consent.MeetingNot, "The meeting m is over."},
		denial{ben, consent.SendApology{Meeting: "m"}, consent.MeetingNot, "The meeting m is over."},
	)
	w.must(ben, consent.CallMeeting{ID: "plain", Circle: nook, At: w.now})
	w.must(ben, consent.OpenMeeting{Meeting: "plain", Present: []circle.PersonID{ben}})
	w.refuses(denial{ben, consent.Adjourn{Meeting: "plain", ID: "x", At: w.now.AddDate(0, 0, 8)}, consent.NoGeneral, "nook has no rules for members' meetings: it is not the circle of all members."})
	w.replays()

	w = societyOf(t, func(g *circle.Gatherings) { g.Request = circle.Request{} })
	w.refuses(denial{host, ask("r", "p"), consent.NoRequests, "By the rules of den no signatures make a meeting of its members: its Facilitator and its Secretary call it."})
	w = societyOf(t, func(g *circle.Gatherings) { g.Again = 30 })
	first := consent.CallGeneral{ID: "m", Circle: den, At: w.now.AddDate(0, 0, 20), Items: []proposal.ID{"p"}}
	w.must(host, first)
	w.at(first.At.Add(time.Hour))
	w.must(host, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{host}})
	w.refuses(denial{host, consent.Adjourn{Meeting: "m", ID: "n", At: w.now.AddDate(0, 0, 20)}, consent.NoticeShort, "Between the notice, which counts as served on 13 December 2026 11:00 UTC, and the meeting on 2 January 2027 11:00 UTC lie 19 clear days, and 30 are needed: the day of the notice and the day of the meeting are not counted."})
	w.must(host, consent.Adjourn{Meeting: "m", ID: "n", At: w.now.AddDate(0, 0, 31)})
	w.replays()
}

// TestMeetingRefusals: what cannot be done in a meeting, or in the meeting of another circle
// (CP-17, M-40).
func TestMeetingRefusals(t *testing.T) {
	talks := consent.Plain
	talks.Phases = []consent.RoundKind{consent.ClarifyRound}
	w := stuckWorld(t, nil, talks, false)
	w.submit("q")
	w.must(ana, consent.CallMeeting{ID: "m", Circle: nook, At: w.now, Items: []proposal.ID{"p"}})
	w.must(ana, consent.CallMeeting{ID: "other", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "other", Present: []circle.PersonID{ana, ben}})
	w.must(ana, consent.Ask{ID: "guest", Circle: nook, Question: text("Shall Gus come?"), Enacts: []circle.Deed{consent.Invite{Meeting: "m", Person: gus, Item: "p"}}})
	w.consents("guest", ana, ben, cia)
	deed := func(d circle.Deed) consent.Command {
		return consent.Ask{ID: "refused", Circle: nook, Question: text("Do we?"), Enacts: []circle.Deed{d}}
	}
	present := func(who ...circle.PersonID) consent.OpenMeeting {
		return consent.OpenMeeting{Meeting: "m", Present: who}
	}
	w.refuses(
		denial{ana, consent.CallMeeting{ID: "x", Circle: den, At: w.now, Items: []proposal.ID{"p"}}, proposal.UnknownProposal, "There is no proposal p."},
		denial{ana, present(ana, ben, ana), consent.AlreadyPresent, "ana is at the meeting already."},
		denial{ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana}, Guests: []circle.PersonID{nemo}}, circle.UnknownPerson, "Nobody here is called nemo."},
		denial{ana, deed(consent.AdoptAgenda{Meeting: "other"}), consent.UnknownMeeting, "There is no meeting other."},
		denial{ana, deed(consent.Invite{Meeting: "other", Person: gus, Item: "p"}), consent.UnknownMeeting, "There is no meeting other."},
		denial{ana, deed(consent.Invite{Meeting: "m", Person: lou, Item: "guest"}), consent.Ended, "The decision on guest has ended: it is adopted. A later decision may refer to it."},
		denial{ana, deed(consent.WithdrawInvitation{Meeting: "other", Person: gus}), consent.UnknownMeeting, "There is no meeting other."},
		denial{ana, deed(consent.WithdrawInvitation{Meeting: "m", Person: lou}), consent.NotInvited, "No invitation of lou to m stands."},
		denial{ana, deed(consent.CallIn{Meeting: "other", Person: gus, Hat: circle.Facilitator}), consent.UnknownMeeting, "There is no meeting other."},
		denial{ana, consent.WithdrawInvitation{Meeting: "m", Person: gus}, consent.OtherInvited, "ana did not invite gus: the circle, by consent, did, and takes the invitation back."},
		denial{ana, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound}, consent.MeetingNot, "The meeting m is called."},
		denial{ana, consent.Speak{Meeting: "m", Text: reason}, consent.MeetingNot, "The meeting m is called."},
	)
	w.must(ana, present(ana, ben))
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ClarifyRound})
	w.refuses(
		denial{gus, consent.Speak{Proposal: "p", Text: reason}, consent.GuestOnlyThen, "gus sits in at m for p, and acts while that is dealt with there: they are not there yet (consent.arrive)."},
		denial{gus, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound}, consent.NotFacilitating, "gus does not facilitate nook; ana, ben and cia may do this."},
		denial{ana, consent.OpenRound{Meeting: "m", Round: consent.ReactRound}, consent.BadField, "consent.open-round: kind: a meeting has an opening and a closing round, and one on its process; a react round belongs to a proposal."},
		denial{ana, consent.Speak{Meeting: "m", Text: reason}, consent.NoRound, "There is no round going on."},
	)
	w.must(ana, consent.OpenRound{Meeting: "m", Round: consent.OpeningRound})
	w.refuses(denial{gus, consent.Skip{Meeting: "m", Person: ana}, consent.NotFacilitating, "gus does not facilitate nook; ana, ben and cia may do this."})
	w.must(ben, consent.Signal{Meeting: "m", Card: consent.StopCard})
	w.refuses(denial{ana, consent.Speak{Meeting: "m", Text: reason}, consent.Suspended, "A stop card lies on the table from ben: the round goes on when they take it back."})
	w.replays()
}

// TestElsewhereRefusals: nobody hands a proposal to a circle that is not there, no circle takes
// over a policy for another one, or chooses the method of what others were asked already
// (M-80, M-142, M-262).
func TestElsewhereRefusals(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: []circle.PersonID{host, ana, ben}, Domain: []circle.Item{{ID: "baking"}}})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Domain: []circle.Item{{ID: "bread", Of: "baking"}}})
	old := func(id proposal.ID, of circle.ID) consent.TakeOverPolicy {
		return consent.TakeOverPolicy{ID: id, Circle: of, Text: text("We bake on Fridays"), Since: w.now.AddDate(-1, 0, 0)}
	}
	w.must(host, old("fridays", den))
	w.refuses(
		denial{host, old("mondays", "nowhere"), circle.UnknownCircle, "There is no circle nowhere."},
		denial{host, old("fridays", den), circle.TakenID, "The name fridays is taken already."},
	)
	w.submit("q")
	w.must(ana, proposal.Submit{ID: "p", Circle: nook, Text: text("Open on Sundays")})
	deed := func(d circle.Deed) consent.Command {
		return consent.Ask{ID: "refused", Circle: den, Question: text("Do we?"), Enacts: []circle.Deed{d}}
	}
	w.refuses(
		denial{ana, deed(old("mondays", nook)), circle.ByConsentOnly, "den cannot change this alone. It is changed by consent of nook: put it in a proposal that carries it out."},
		denial{ana, deed(consent.ChooseMethod{Proposal: "p", Method: "sofa"}), proposal.UnknownProposal, "There is no proposal p."},
		denial{ana, deed(consent.ChooseMethod{Proposal: "none", Method: "sofa"}), proposal.UnknownProposal, "There is no proposal none."},
		denial{ana, consent.OfferTransfer{Proposal: "p", To: "nowhere", Reason: reason}, circle.UnknownCircle, "There is no circle nowhere."},
	)
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.refuses(denial{ana, deed(consent.ChooseMethod{Proposal: "q", Method: "sofa"}), consent.AskedAlready, "The way to decide on q is chosen before the question is put: it is in the stage decide."})
	w.replays()
}

// TestByAddress: S5, S9. A command is the same whether it is given as a value or by its address.
func TestByAddress(t *testing.T) {
	said := func(addressed bool) [][]byte {
		m := consent.Plain
		m.Name, m.Phases = "own", []consent.RoundKind{consent.ClarifyRound}
		w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
		give := func(who circle.PersonID, value, address consent.Command) {
			if addressed {
				value = address
			}
			_, refused := w.giveAs(circle.Actor{By: who, RecordedBy: lou}, value) // for whom it is written down, hangs on what it is about
			require.Nil(t, refused, say(value))
		}
		submit := proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays"), Term: months}
		give(ana, submit, &submit)
		open := consent.OpenRound{Proposal: "p", Round: consent.ClarifyRound}
		give(ana, open, &open)
		pass := consent.Pass{Proposal: "p"}
		give(ana, pass, &pass)
		speak := consent.Speak{Proposal: "p", Text: reason}
		give(ben, speak, &speak)
		give(cia, speak, &speak)
		w.must(lou, pass)
		put := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
		give(ana, put, &put)
		voice := objection.Voice{ID: "c", Proposal: "p", Text: reason}
		give(ben, voice, &voice)
		raise := objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: reason}
		give(cia, raise, &raise)
		join := objection.Join{Objection: "o", Reason: reason}
		give(ana, join, &join)
		lift := objection.Lift{Concern: "c", ID: "o2", Aim: circle.WholeAim, Argument: reason}
		give(ben, lift, &lift)
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
		w.replays()
		return w.bytes()
	}
	require.Equal(t, said(false), said(true))
}

// TestSeatsThatCannotVote: an electorate whose votes could not be counted exactly, or who speak
// for each other in a circle, is refused and not counted wrongly.
func TestSeatsThatCannotVote(t *testing.T) {
	for want, seats := range map[string][]consent.Seat{
		"nobody has a seat in it":         {{Person: ana, Out: true}},
		"ana has a weight below zero: -1": {{Person: ana, Weight: -1}},
		"the weights of all 2 seats together are more than can be counted exactly": {{Person: ana, Weight: math.MaxInt64 / 2}, {Person: ben}},
		"ana is spoken for by ben, and by others in a circle back to ana: nobody would speak for any of them": {
			{Person: ana, Delegate: ben}, {Person: ben, Delegate: cia}, {Person: cia, Delegate: ana}},
	} {
		require.EqualError(t, consent.Seatable(seats), want)
	}
	require.NoError(t, consent.Seatable([]consent.Seat{{Person: ana, Delegate: ana}, {Person: ben, Delegate: ana}}), "who speaks for themself speaks")
}

// TestRequestWithoutRules: EC-108. A request that members signed is not handed in where the rules have no members' meetings any more.
func TestRequestWithoutRules(t *testing.T) {
	w := societyOf(t, nil)
	w.must(host, consent.RequestMeeting{ID: "r", Circle: den, Purpose: reason, Items: []proposal.ID{"p"}})
	w.asksIn("rules", den, []circle.PersonID{host, ben, cia}, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "plain"}})
	w.no(consent.NoGeneral, host, consent.LodgeRequest{Request: "r"})
	w.replays()
}

// TestForSomebodyAboutNothing: EC-71. Nobody has another's voice on what is not there.
func TestForSomebodyAboutNothing(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	_, refused := w.giveAs(circle.Actor{By: ana, For: ben}, consent.Pass{Proposal: "none"})
	require.NotNil(t, refused)
	require.Equal(t, circle.NoBasis.ID, refused.Code.ID)
}

package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// TestTermGoesAlong: who takes over a role that goes round has it until the term of who handed it on ends, and others who wear
// it keep theirs (M-60).
func TestTermGoesAlong(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(host, circle.CreateRole{ID: "key", Circle: den, Name: text("Key")})
	w.must(host, circle.Rotate{Role: "key", Order: []circle.PersonID{ana, ben, cia}, BackStop: cia})
	w.must(host, circle.GiveRole{Role: "key", Person: ana, Term: circle.MustPeriod("1y")})
	w.must(host, circle.GiveRole{Role: "key", Person: ben, Term: circle.MustPeriod("2y")})
	ends := func() map[string]int {
		out := map[string]int{}
		for _, d := range dueOf(w, "role-term-ends") {
			out[d.Part] = d.At.Year()
		}
		return out
	}
	require.Equal(t, map[string]int{"ana": 2027, "ben": 2028}, ends())
	w.must(ben, circle.HandOver{Role: "key", Evaluation: text("It went well")})
	require.Equal(t, map[string]int{"ana": 2027, "cia": 2028}, ends())
	w.replays()
}

// TestActsOfJudgement: acts of judgement are the Facilitator's, and while they are not at the meeting those of the first of
// their surrogates who is there; never of both (M-55).
func TestActsOfJudgement(t *testing.T) {
	begin := func() *world {
		w := stuckUnder(t, nil, goes, circle.Rules{Stuck: circle.Stuck{Facilitator: true}}, false)
		w.must(ana, consent.Ask{ID: "hats", Circle: nook, Question: text("Who does what?"), Enacts: []circle.Deed{
			circle.CreateRole{ID: "nook-facilitator", Circle: nook, Hat: circle.Facilitator}, circle.GiveRole{Role: "nook-facilitator", Person: ana},
			circle.OrderSurrogates{Role: "nook-facilitator", Order: []circle.PersonID{ben}}}})
		w.consents("hats", ana, ben, cia)
		w.objected()
		return w
	}
	meets := func(w *world, list ...circle.PersonID) {
		w.must(ana, consent.CallMeeting{ID: "m", Circle: nook, At: w.now})
		w.must(list[0], consent.OpenMeeting{Meeting: "m", Present: list})
	}
	w := begin()
	w.no(consent.ForFacilitator, ben, up)
	meets(w, ana, ben, cia)
	w.no(consent.ForFacilitator, ben, up)
	w.must(ana, up)
	w.replays()

	w = begin()
	meets(w, ben, cia)
	w.no(consent.NotFacilitating, cia, up)
	w.must(ben, up)
	w.replays()
}

// TestInsteadOnAnItem: on the item for which somebody was named they facilitate, or who stands in for the Facilitator; nobody
// else does, and if they are not at the meeting, the Facilitator does again (M-59).
func TestInsteadOnAnItem(t *testing.T) {
	begin := func() *world {
		w := newWorld(t, setting{Full: 4, Facilitator: ana, Secretary: dan})
		w.submit("p")
		w.must(ana, circle.NameSubstitute{Role: "den-facilitator", Person: ben, Item: "p", Reason: text("It is my house")})
		return w
	}
	put := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
	for who, code := range map[circle.PersonID]*circle.Code{ana: consent.NotFacilitating, ben: nil, cia: consent.NotFacilitating, dan: nil} {
		w := begin()
		if code != nil {
			w.no(code, who, put)
		} else {
			w.must(who, put)
		}
	}
	w := begin()
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: []proposal.ID{"p"}})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, cia, dan}})
	w.no(consent.NotFacilitating, cia, put)
	w.must(ana, put)
	w.replays()
}

// TestDeclaredInstead: where somebody facilitates one case in the Facilitator's stead, they declare what came of it, and
// whoever stands in for the Facilitator otherwise does not (M-59, M-154).
func TestDeclaredInstead(t *testing.T) {
	m := consent.Plain
	m.Name, m.Stuck, m.Chair = "own", consent.GoesToChair, true
	w := newWorld(t, setting{Full: 4, Facilitator: cia, Secretary: dan}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own", Tools: []circle.Tool{circle.Amend}}})
	w.submit("p")
	w.must(cia, circle.NameSubstitute{Role: "den-facilitator", Person: ben, Item: "p", Reason: text("It is my house")})
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben, dan)
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.OptionsRound})
	for _, who := range []circle.PersonID{cia, ana, ben, dan} {
		w.must(who, consent.Pass{Proposal: "p"})
	}
	declares := consent.Declare{Proposal: "p", Outcome: consent.DeclaresNotAdopted, Reason: reason}
	w.no(consent.NotFacilitating, dan, declares)
	w.must(ben, declares)
	w.replays()
}

// TestWhoDeclares: in a meeting without the Facilitator the first who stands in for them declares what came of it; where somebody
// facilitates the case in the Facilitator's stead they do, and not the Facilitator beside them (M-55, M-59, M-154).
func TestWhoDeclares(t *testing.T) {
	m := consent.Plain
	m.Name, m.Stuck, m.Chair = "own", consent.GoesToChair, true
	begin := func() *world {
		w := newWorld(t, setting{Full: 4, Facilitator: ben, Secretary: ben}, func(c *consent.Config) { c.Methods = []consent.Method{m} })
		w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
		w.must(host, circle.OrderSurrogates{Role: "den-facilitator", Order: []circle.PersonID{dan}})
		w.submit("p")
		w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.objects("p", "o", cia)
		w.consents("p", ana, ben, dan)
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
		return w
	}
	declares := consent.Declare{Proposal: "p", Outcome: consent.DeclaresNotAdopted, Reason: reason}
	w := begin()
	w.no(consent.NotFacilitating, dan, declares)
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: []proposal.ID{"p"}})
	w.must(dan, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, cia, dan}})
	w.must(dan, declares)
	w.replays()

	w = begin()
	w.must(ben, circle.NameSubstitute{Role: "den-facilitator", Person: dan, Item: "p", Reason: text("It is my house")})
	w.no(consent.NotFacilitating, ben, declares)
	w.must(dan, declares)
	w.replays()
}

// TestThereForABody: a body is at a meeting by who answers for it (M-45).
func TestThereForABody(t *testing.T) {
	w := newWorld(t, setting{Full: 2})
	w.must(host, circle.Admit{ID: "mill", Body: circle.OrganisationBody, Representative: ben})
	w.must(host, circle.Admit{ID: "council", Body: circle.SeatBody})
	for _, body := range []circle.PersonID{"mill", "council"} {
		w.must(host, circle.Join{Circle: den, Person: body, Level: circle.Full})
	}
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.no(consent.VacantSeat, ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, "council"}})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, "mill"}})
	w.engine.Look(func(s *consent.State) { require.True(t, s.Meeting("m").Attends("mill")) })
	w.replays()
}

// TestNextForASurrogate: M-55. Where nobody wears the Facilitator's hat, the first of those who stand in for them is awaited.
func TestNextForASurrogate(t *testing.T) {
	w := stuckUnder(t, nil, goes, circle.Rules{}, false)
	w.asksIn("hats", nook, []circle.PersonID{ana, ben, cia}, circle.CreateRole{ID: "nook-facilitator", Circle: nook, Hat: circle.Facilitator},
		circle.GiveRole{Role: "nook-facilitator", Person: ana}, circle.OrderSurrogates{Role: "nook-facilitator", Order: []circle.PersonID{ben}})
	w.must(ana, circle.LayDown{Role: "nook-facilitator"})
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ben}, What: "consent.open-round", Of: "p"}}, w.engine.Next("p"))
	w.replays()
}

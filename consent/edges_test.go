package consent_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestRuleIsGone: S9. Where a method's own rule is not at hand any more, all that was decided is as it was; no
// question is put by it, none comes to an end, and each refusal says which rule it was.
func TestRuleIsGone(t *testing.T) {
	says := consent.Pending
	w := declining(t, nil, &says)
	w.submit("before")
	w.put("p")
	w.consents("p", ana, ben)
	other := (&world{t: t, store: w.store, now: w.now, ids: 5000, salts: 5000}).open(func(c *consent.Config) { c.Methods = []consent.Method{{Name: "own", Rule: ownRule}} })
	other.no(consent.UnknownRule, ana, submission("q"))
	other.no(consent.UnknownRule, ana, consent.Ask{ID: "how", Circle: den, Question: text("By our own?"), Enacts: []circle.Deed{consent.ChooseMethod{Proposal: "before", Method: "own"}}})
	_, refused := other.give(cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, refused, "what people say is kept")
	require.Equal(t, consent.StageDecide, other.stage("p"), "and decides nothing")
	_, err := other.engine.Explain(t.Context(), "p")
	require.NoError(t, err, "what was decided is told in words all the same")
	other.replays()
}

// TestBallotWhoseRuleIsGone: S9, M-191. No ballot is called by a rule that is not at hand any more; one that runs is not counted,
// and loses no vote that was given.
func TestBallotWhoseRuleIsGone(t *testing.T) {
	m := consent.Method{Name: "own", Rule: consent.Plain.Rule, Stuck: consent.GoesToBallot, Fallback: ownRule}
	says := consent.Pending
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		c.Methods, c.Rules = []consent.Method{m}, consent.Kinds{ownRule: func(string) (consent.Rule, error) { return verdictRule{&says}, nil }}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.stuck("p", "o")
	without := func() *world {
		return (&world{t: t, store: w.store, now: w.now, ids: 5000, salts: 5000}).open(func(c *consent.Config) { c.Methods = []consent.Method{m} })
	}
	without().no(consent.UnknownRule, ana, vote)
	w.must(ana, vote)
	w.consents("p", ana, ben)
	other := without()
	other.no(consent.UnknownRule, cia, consent.Respond{Proposal: "p", Answer: consent.Against})
	require.Equal(t, consent.StageBallot, other.stage("p"))
	says = consent.Carried
	w.consents("p", cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestRequestWithoutRules: EC-108. A request that members signed is not handed in where the rules have no members' meetings any more.
func TestRequestWithoutRules(t *testing.T) {
	w := societyOf(t, nil)
	w.must(host, consent.RequestMeeting{ID: "r", Circle: den, Purpose: reason, Items: []proposal.ID{"p"}})
	w.asksIn("rules", den, []circle.PersonID{host, ben, cia}, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "plain"}})
	w.no(consent.NoGeneral, host, consent.LodgeRequest{Request: "r"})
	w.replays()
}

// TestJoinAboutMinutes: M-245. Who was not at a meeting joins no objection to its minutes either.
func TestJoinAboutMinutes(t *testing.T) {
	w := met(t, circle.Rules{})
	seal := w.seal()
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: seal})
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Are these our minutes?"), Enacts: []circle.Deed{consent.AdoptMinutes{Meeting: "m", Seal: seal}}})
	w.must(ben, objection.Raise{ID: "o", Proposal: "q", Aim: circle.WholeAim, Argument: text("It was longer")})
	w.no(consent.NotTheirAccount, cia, objection.Join{Objection: "o", Reason: reason})
	w.replays()
}

// TestForSomebodyAboutNothing: EC-71. Nobody has another's voice on what is not there.
func TestForSomebodyAboutNothing(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	_, refused := w.giveAs(circle.Actor{By: ana, For: ben}, consent.Pass{Proposal: "none"})
	require.NotNil(t, refused)
	require.Equal(t, circle.NoBasis.ID, refused.Code.ID)
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

// TestOnlyWhoFacilitatesAmends: M-137. Where the method leaves the text to who facilitates, nobody else writes a
// version.
func TestOnlyWhoFacilitatesAmends(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: ben, Secretary: cia}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Amenders: consent.ByFacilitator}}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.submit("p")
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	meets := consent.Integrate{Proposal: "p", Text: text("Open on Sundays from ten"), Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}}
	w.no(consent.NotFacilitating, ana, meets)
	w.must(ben, meets)
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

// TestReportFromAfar: M-71. Who is not at a meeting reports nothing to it.
func TestReportFromAfar(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana}})
	w.no(consent.NotThere, ben, consent.Report{Meeting: "m", Circle: nook, Text: reason})
	w.replays()
}

// TestEntryOfWhatHadNoRound: M-247. An agreement that came into force without a round has no entries that could
// be shown to fewer.
func TestEntryOfWhatHadNoRound(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: []circle.PersonID{host, ana}, Domain: []circle.Item{{ID: "baking"}}})
	w.must(host, consent.TakeOverPolicy{ID: "old", Circle: den, Text: text("We bake on Fridays"), Since: w.now.AddDate(-1, 0, 0)})
	w.no(consent.NoSuchEntry, host, consent.SetVisibility{Proposal: "old", Level: consent.ForCircle, Reason: reason, Entry: 99})
	w.replays()
}

// TestContestedAfterItEnded: CP-21. What somebody else wrote down is contested also when nothing is left of what was
// decided that could be reviewed.
func TestContestedAfterItEnded(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Secretary: ben})
	w.put("p")
	_, refused := w.giveAs(circle.Actor{By: ana, RecordedBy: ben}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, refused)
	w.consents("p", ben, cia)
	w.must(ben, proposal.Strike{Proposal: "p", Reason: reason})
	r := w.must(ana, consent.Contest{Proposal: "p", Reason: reason})
	require.Len(t, r.Events, 1)
	require.Equal(t, ben, eventOf[*consent.Contested](t, r).Recorder)
	w.replays()
}

// TestOwnHand: CP-21. Who wrote down their own words has written nothing down for anybody.
func TestOwnHand(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.put("p")
	r, refused := w.giveAs(circle.Actor{By: ana, RecordedBy: ana}, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Nil(t, refused)
	for _, e := range r.Events {
		require.NotContains(t, []string{"consent.written-down", "consent.rendered"}, e.Wire())
	}
	w.replays()
}

// TestVacantRolesInOrder: M-224. Of several roles that nobody wears, the one that waits longest is queued first.
func TestVacantRolesInOrder(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	for role, term := range map[circle.RoleID]string{"driver": "3d", "clerk": "1d"} {
		w.must(host, circle.CreateRole{ID: role, Circle: den, Name: text(string(role))})
		w.must(host, circle.GiveRole{Role: role, Person: ben, Term: circle.MustPeriod(term)})
	}
	w.later(10 * day)
	var roles []circle.RoleID
	for _, item := range w.queued() {
		roles = append(roles, item.Role)
	}
	require.Equal(t, []circle.RoleID{"clerk", "driver"}, slices.Compact(roles))
	w.replays()
}

// TestNothingIsSealed: M-213. Where people name others openly, no name is sealed, and none is revealed.
func TestNothingIsSealed(t *testing.T) {
	w := newSelecting(t)
	for _, cmd := range []consent.Command{consent.Nominate{Proposal: "p", Names: text("ana")}, consent.Reveal{Proposal: "p"}} {
		_, refused := w.give(ana, cmd)
		require.NotNil(t, refused, cmd.Wire())
	}
	w.replays()
}

// TestObjectedAfterTheOrderWasSet: M-169. Objections that are raised after the order was set are dealt with as they were raised.
func TestObjectedAfterTheOrderWasSet(t *testing.T) {
	w := twice(t, nil, objection.Handling{Queue: objection.OneAtATime})
	meets := func(list ...objection.ID) consent.Integrate {
		c := consent.Integrate{Proposal: "p", Text: text("For " + string(list[len(list)-1]))}
		for _, o := range list {
			c.Meets = append(c.Meets, consent.Meets{Objection: o, Tools: []circle.Tool{circle.Amend}})
		}
		return c
	}
	w.must(ana, queuedAs("o-2", "o"))
	w.must(ana, meets("o-2"))
	w.must(ana, meets("o-2", "o"))
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o-4", ben)
	w.objects("p", "o-3", cia)
	w.consents("p", ana)
	w.no(consent.OneByOne, ana, meets("o-3"))
	w.must(ana, meets("o-4"))
	w.must(ana, meets("o-4", "o-3"))
	w.replays()
}

// TestSealedOtherwise: M-108. A position that the method offers beside consent is sealed like an answer.
func TestSealedOtherwise(t *testing.T) {
	w := sealing(t, nil, consent.Method{Stances: []consent.Stance{consent.Abstains}})
	w.seals(string(consent.Abstains), cia)
	w.replays()
}

// TestHowItWasFormed: M-82, M-83. What a proposal came of is told with it: the sides of the need, and the ideas about them.
func TestHowItWasFormed(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	w.must(ben, proposal.AddDimension{Need: "n", ID: "nights", Text: text("The nights")})
	w.agree3("whole", proposal.ClosePicture{Need: "n"})
	w.must(cia, proposal.AddIdea{Need: "n", ID: "blankets", Text: text("A second blanket"), Dimensions: []proposal.PieceID{"nights"}})
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Need: "n", Text: text("A second blanket each"), Term: months})
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	says := fmt.Sprint(told)
	for _, part := range []string{"ben added nights to the picture", "The circle consented that the picture is complete for now", "cia gave the idea blankets", "“A second blanket”"} {
		require.Contains(t, says, part)
	}
	w.replays()
}

// TestSaidOpenly: words that are not in any vault yet are what they are.
func TestSaidOpenly(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	said, err := w.engine.Said(t.Context(), text("Good morning"))
	require.NoError(t, err)
	require.Equal(t, consent.Said{Words: "Good morning"}, said)
}

// TestWhyTheyAreGone: CP-23. Of words that were kept long enough it is told how long that was.
func TestWhyTheyAreGone(t *testing.T) {
	w, _ := forgettable(t, monthly)
	w.later(31 * day)
	var words circle.Text
	w.engine.Look(func(s *consent.State) { words = s.Matters.Proposal("p").Current().Text })
	said, err := w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.NotNil(t, said.Gone)
	require.Equal(t, "they were kept for as long as the class month is", said.Gone.Why)
}

package consent_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// TestPartsOfAProposal: M-90, what a method asks for and a proposal lacks is
// named all at once, and putting the question waits for it.
func TestPartsOfAProposal(t *testing.T) {
	w := newWorld(t, setting{Full: 2}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Requires: []consent.Part{consent.DriverPart, consent.AcceptedPart,
			consent.RequirementPart, consent.ExamplePart, consent.ReviewPart, consent.CriteriaPart}}}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.must(host, circle.CreateRole{ID: "counter", Circle: den})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("No bread on Sundays")})
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Need: "n", Text: text("Open on Sundays")})
	put := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
	lacks := func(parts string) {
		t.Helper()
		_, no := w.give(ana, put)
		require.NotNil(t, no)
		require.Equal(t, consent.PartsMissing, no.Code)
		require.True(t, strings.HasSuffix(no.Error(), " p lacks: "+parts+"."), no.Error())
	}
	lacks("driver, accepted, requirement, example, review-date and criteria")

	w.must(ana, proposal.DescribeNeed{Need: "n", Situation: text("s"), Effect: text("e"), Relevance: text("r"), Example: text("Last Sunday")})
	w.must(ana, proposal.SetRequirement{Need: "n", Requirement: text("r"), Impact: text("i")})
	lacks("accepted, requirement, review-date and criteria")
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Both?"), Enacts: []circle.Deed{proposal.AcceptNeed{Need: "n", Wording: 1},
		proposal.AcceptRequirement{Need: "n", Wording: 1}}})
	w.consents("q", ana, ben)
	lacks("review-date and criteria")
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Open on Sundays"), Term: months,
		Measures: []proposal.Measure{{ID: "sold", Indicator: text("sold"), Every: months, Reader: "counter", Stop: 1}}})
	w.must(ana, put)
	w.replays()

	bad := consent.Plain
	bad.Requires = []consent.Part{"horoscope"}
	require.ErrorContains(t, bad.Check(), "a part of a proposal that nobody knows")
	for _, p := range consent.Part("").Values() {
		bad.Requires = []consent.Part{consent.Part(p)}
		require.NoError(t, bad.Check(), p)
		require.NoError(t, consent.Part(p).Check())
	}
	require.Error(t, consent.Part("horoscope").Check())
}

// TestLastNeedsTurns: M-110, where everybody speaks when they like nobody is
// named to speak last; where one may be named, the order keeps the others.
func TestLastNeedsTurns(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	w.no(consent.LastNeedsTurns, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound, Last: ben})
	w.no(consent.NotInRound, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound, Last: lou})

	w = newWorld(t, setting{Full: 3, Rules: sofa})
	w.submit("p")
	w.gather("m", []proposal.ID{"p"}, ana, ben, cia)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ClarifyRound, Last: ana})
	require.Equal(t, []circle.PersonID{ben, cia, ana}, w.process("p").Round.Order)
	w.must(ben, consent.ComeBack{Proposal: "p"})
	w.must(cia, consent.Pass{Proposal: "p"})
	w.no(consent.NotYourTurn, ana, consent.Pass{Proposal: "p"})
	w.must(ben, consent.Pass{Proposal: "p"})
	w.must(ana, consent.ComeBack{Proposal: "p"})
	require.Equal(t, ana, w.process("p").Round.Speaker(), "to whom nobody comes after, one comes back at once")
	w.must(ana, consent.Pass{Proposal: "p"})
	require.True(t, w.process("p").Round.Complete())
	w.replays()
}

// TestAProposerAlone: M-104, who has nobody beside them reacts themselves: a
// round of nobody would never be held.
func TestAProposerAlone(t *testing.T) {
	w := newWorld(t, setting{Full: 1}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Phases: []consent.RoundKind{consent.ReactRound}, ProposerSilent: true, Rule: consent.Plain.Rule}}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.submit("p")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ReactRound})
	require.Equal(t, []circle.PersonID{lou}, w.process("p").Round.Order, "a learning participant is somebody")
	w.must(lou, circle.Leave{Circle: den})
	w.must(ana, consent.Skip{Proposal: "p", Person: lou})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ReactRound})
	require.Equal(t, []circle.PersonID{ana}, w.process("p").Round.Order)
}

// TestOutputs: M-93, a method may name all that it decides on; anything else is
// refused when it is submitted, and when the case comes under it later.
func TestOutputs(t *testing.T) {
	w := newWorld(t, setting{Full: 2}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Outputs: []string{"circle.create-role", "circle.give-role"}}}
	})
	role, join := circle.CreateRole{ID: "baker", Circle: den}, circle.Join{Circle: den, Person: gus, Level: circle.Full}
	submit := func(id proposal.ID, deed circle.Deed) proposal.Submit {
		return proposal.Submit{ID: id, Circle: den, Text: text("?"), Enacts: []circle.Deed{deed}}
	}
	w.must(ana, submit("before", join))
	w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("By our own?"), Enacts: []circle.Deed{consent.ChooseMethod{Proposal: "before", Method: "own"}}})
	w.consents("q", ana, ben)
	w.no(consent.NoOutput, ana, consent.OpenRound{Proposal: "before", Round: consent.ConsentRound})
	w.must(ana, consent.Ask{ID: "rules", Circle: den, Question: text("By our own?"), Enacts: []circle.Deed{circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}}}})
	w.consents("rules", ana, ben)
	w.no(consent.NoOutput, ana, submit("gus", join))
	w.must(ana, submit("role", role))
	w.must(ana, consent.OpenRound{Proposal: "role", Round: consent.ConsentRound})
	w.consents("role", ana, ben)
	require.Equal(t, consent.StageAdopted, w.stage("role"))
	w.replays()

	bad := consent.Plain
	bad.Outputs = []string{"proposal.submit"}
	require.ErrorContains(t, bad.Check(), "no decision can carry out")
}

// TestIntakeWords: what a method asks of a proposal is said in plain words.
func TestIntakeWords(t *testing.T) {
	m := consent.Method{Name: "own", Rule: consent.Plain.Rule, ProposerSilent: true, BothWays: true,
		Requires: []consent.Part{consent.DriverPart, consent.ExamplePart}, Outputs: []string{"circle.create-role"}}
	for _, says := range []string{"Before the question a proposal holds: driver and example.", "A decision carries out nothing but: circle.create-role.",
		"While the others react, the proposer listens.", "Every other round runs the other way."} {
		require.Contains(t, m.Words(), says)
		require.NotContains(t, consent.Plain.Words(), says)
	}
}

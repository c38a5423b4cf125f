package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// inAndAround is a circle, den, of host, ana and ben, with another inside it, nook, of ana and ben.
// p and r are cases of nook, own is one of den, and gone was one.
func inAndAround(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Members: []circle.PersonID{host, ana, ben}, Domain: []circle.Item{{ID: "baking"}}})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Domain: []circle.Item{{ID: "bread", Of: "baking"}}})
	w.must(ana, proposal.Submit{ID: "own", Circle: den, Text: text("Open on Mondays"), Term: months})
	w.must(ana, proposal.Submit{ID: "p", Circle: nook, Text: text("Open on Sundays"), Term: months})
	w.must(ben, proposal.Submit{ID: "r", Circle: nook, Text: text("Open on Thursdays"), Term: months})
	w.must(ana, proposal.Submit{ID: "gone", Circle: den, Text: text("Open on Fridays"), Term: months})
	w.must(ana, proposal.Withdraw{Proposal: "gone", Reason: reason})
	return w
}

// TestNotTheirCase: M-80. A circle cannot by its own consent do anything to a case that another
// circle decides, to the account of another's meeting, or to what is not there any more.
func TestNotTheirCase(t *testing.T) {
	w := inAndAround(t)
	w.must(ana, consent.CallMeeting{ID: "m", Circle: nook, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	seal := w.seal()
	for _, row := range []struct {
		code *circle.Code
		deed circle.Deed
	}{
		{proposal.ByConsent, consent.Supersede{Proposal: "p", By: "r", Reason: reason}},
		{proposal.UnknownProposal, consent.Supersede{Proposal: "own", By: "none", Reason: reason}},
		{consent.Ended, consent.Supersede{Proposal: "gone", By: "own", Reason: reason}},
		{proposal.ByConsent, consent.PutOff{Proposal: "p", For: week, Reason: reason}},
		{consent.Ended, consent.PutOff{Proposal: "gone", For: week, Reason: reason}},
		{proposal.UnknownProposal, consent.SetVisibility{Proposal: "p", Level: consent.ForPublic, Reason: reason}},
		{proposal.UnknownProposal, consent.Instruct{Proposal: "none", Answer: consent.ToConsent}},
		{proposal.UnknownProposal, consent.Ratify{Proposal: "none", Version: 1, Reason: reason}},
		{consent.UnknownMeeting, consent.AdoptMinutes{Meeting: "m", Seal: seal}},
	} {
		w.no(row.code, ana, consent.Ask{ID: "refused", Circle: den, Question: text("Do we?"), Enacts: []circle.Deed{row.deed}})
	}
	w.replays()
}

// TestWaysThatAreProtected: M-143. Where the circle around protects its method, no case inside goes
// another way; and what must not be moved off consent is not, by any choice of a way.
func TestWaysThatAreProtected(t *testing.T) {
	w := inAndAround(t)
	choose := func(id proposal.ID) consent.Command {
		return consent.Ask{ID: "refused", Circle: nook, Question: text("Do we?"), Enacts: []circle.Deed{consent.ChooseMethod{Proposal: id, Method: "advice"}}}
	}
	w.must(ana, proposal.Submit{ID: "law", Circle: nook, Text: text("Our rules"), Enacts: []circle.Deed{circle.AgreeRules{Circle: nook, Rules: circle.Rules{Method: "sofa"}}}})
	w.no(consent.Protected, ana, choose("law"))
	w.asksIn("rules", den, []circle.PersonID{ana, host, ben}, circle.AgreeRules{Circle: den, Rules: circle.Rules{Protected: []circle.RuleName{"method"}}})
	w.no(circle.ProtectedRule, ana, choose("p"))
	w.replays()
}

// TestTakenOverByNobody: M-80. When the circle to which a proposal is offered takes it, it is asked
// again whether what the text carries out is its own.
func TestTakenOverByNobody(t *testing.T) {
	w := stuckWorld(t, nil, consent.Method{}, false)
	w.must(ana, proposal.Submit{ID: "moves", Circle: nook, Text: text("A clerk"), Term: months,
		Enacts: []circle.Deed{circle.CreateRole{ID: "clerk", Circle: nook, Name: text("Clerk")}}})
	w.must(ana, consent.OfferTransfer{Proposal: "moves", To: pen, Reason: reason})
	w.no(circle.ByConsentOnly, gus, consent.AcceptTransfer{Proposal: "moves"})
	w.replays()
	require.Equal(t, nook, w.process("moves").Circle)
}

// TestTakenOverByAnotherMethod: M-80, M-143, S9. No circle takes a proposal that its method must not decide, or by a method whose rule
// is not at hand.
func TestTakenOverByAnotherMethod(t *testing.T) {
	w := stuckWorld(t, nil, consent.Method{Rule: ownRule}, false)
	w.must(ana, proposal.Submit{ID: "law", Circle: den, Text: text("Their rules"), Enacts: []circle.Deed{circle.AgreeRules{Circle: nook, Rules: circle.Rules{Method: "plain"}}}})
	w.must(ana, proposal.Submit{ID: "moves", Circle: den, Text: text("Rye"), Term: months})
	for _, id := range []proposal.ID{"law", "moves"} {
		w.must(ana, consent.OfferTransfer{Proposal: id, To: nook, Reason: reason})
	}
	w.no(consent.Protected, ben, consent.AcceptTransfer{Proposal: "law"})
	without := w.second(func(c *consent.Config) { c.Methods = []consent.Method{{Name: "own", Rule: ownRule}} })
	without.no(consent.UnknownRule, ben, consent.AcceptTransfer{Proposal: "moves"})
	w.must(ben, consent.AcceptTransfer{Proposal: "moves"})
	w.replays()
}

// TestWhatClosesAnotherIsNotTaken: M-99, EC-43. What only closes another proposal of the circle is not taken up by a broader one.
func TestWhatClosesAnotherIsNotTaken(t *testing.T) {
	w := stuckWorld(t, nil, goes, false)
	w.must(ana, proposal.Submit{ID: "end", Circle: nook, Text: text("Not now"), Disposition: proposal.Closing, Target: "p"})
	w.must(ana, consent.OpenRound{Proposal: "end", Round: consent.ConsentRound})
	w.objects("end", "o", cia)
	w.consents("end", ana, ben)
	w.must(ana, consent.Escalate{Proposal: "end", Reason: reason})
	w.no(consent.NotToHand, ana, consent.Ask{ID: "rule", Circle: den, Question: text("?"), Enacts: []circle.Deed{consent.RuleOn{Proposal: "end", Ruling: consent.RulesTake, Answer: reason}}})
	w.replays()
}

// TestTakenUpWithWhatItDoes: EC-43. A broader circle takes no matter whose deeds are not its own, and
// none is adopted from above that cannot be carried out any more; what is not there is not asked.
func TestTakenUpWithWhatItDoes(t *testing.T) {
	w := stuckWorld(t, nil, goes, false)
	advice := consent.ChooseMethod{Proposal: "p", Method: "advice"}
	w.must(ana, proposal.Submit{ID: "q", Circle: nook, Text: text("Ana decides"), Term: months, Enacts: []circle.Deed{advice}})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.objects("q", "o", cia)
	w.consents("q", ana, ben)
	w.no(circle.UnknownCircle, ana, consent.Escalate{Proposal: "q", To: "nowhere", Reason: reason})
	w.must(ana, consent.Escalate{Proposal: "q", Reason: reason})
	rule := func(r consent.Ruling) consent.Command {
		return consent.Ask{ID: proposal.ID("rule-" + r), Circle: den, Question: text("What do we answer?"), Enacts: []circle.Deed{consent.RuleOn{Proposal: "q", Ruling: r, Answer: reason}}}
	}
	w.no(proposal.UnknownProposal, ana, rule(consent.RulesTake))
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.AskedAlready, ana, rule(consent.RulesAdopt))
	require.Equal(t, consent.StageEscalated, w.stage("q"))
	w.replays()
}

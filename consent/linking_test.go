package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestInstructedAnew: a circle that sees it otherwise instructs anew, and then its Delegate answers so; what another
// circle said to its own stays. Who is not bound is not instructed (M-70).
func TestInstructedAnew(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	w.must(host, circle.Admit{ID: "max"})
	w.must(host, circle.Open{ID: "hill", Parent: "places", Aim: text("Support"), Members: []circle.PersonID{"max"}, Domain: []circle.Item{{ID: "shifts", Of: "teams", Text: text("Shifts")}}})
	w.must(host, circle.CreateRole{ID: "h-delegate", Circle: "hill", Hat: circle.Delegate})
	w.must(host, circle.GiveRole{Role: "h-delegate", Person: "max"})
	w.must(host, circle.LinkTo{Circle: "hill", To: "places", As: circle.Delegate})
	w.must(host, circle.SetMandate{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.Imperative})
	instruct := func(id proposal.ID, of circle.ID, answer consent.Instruction, who ...circle.PersonID) {
		w.must(who[0], consent.Ask{ID: id, Circle: of, Question: text("What do we say?"), Enacts: []circle.Deed{consent.Instruct{Proposal: "p", Answer: answer}}})
		w.consents(id, who...)
	}
	yes := consent.Respond{Proposal: "p", Answer: consent.Consents}
	w.must("pam", proposal.Submit{ID: "p", Circle: "places", Text: text("We meet weekly")})
	w.no(consent.NoImperative, "max", consent.Ask{ID: "free", Circle: "hill", Question: text("What do we say?"),
		Enacts: []circle.Deed{consent.Instruct{Proposal: "p", Answer: consent.ToConsent}}})
	w.must("max", consent.Ask{ID: "bind", Circle: "hill", Question: text("Is Max bound?"),
		Enacts: []circle.Deed{circle.SetMandate{Circle: "hill", To: "places", As: circle.Delegate, Mandate: circle.Imperative}}})
	w.consents("bind", "max")
	w.must("pam", consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	instruct("not", "valley", consent.ToObject, "lee", "dee", "ben")
	instruct("ours", "hill", consent.ToConsent, "max")
	w.no(consent.AgainstMandate, "dee", yes)
	w.no(consent.AgainstMandate, "max", objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("Weekly is too much")})
	instruct("so", "valley", consent.ToConsent, "lee", "dee", "ben")
	w.consents("p", "dee", "max", "pam")
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// TestWhoIsBoundIsNotAsked: where somebody is bound and their circle has said nothing, the others are asked, and in
// their place their circle is, and nobody else is named with them. What is no answer they do as everybody (M-70).
func TestWhoIsBoundIsNotAsked(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	w.must(host, circle.SetMandate{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.Imperative})
	w.must("pam", proposal.Submit{ID: "p", Circle: "places", Text: text("We meet weekly")})
	opens := w.engine.Next("p")
	require.Len(t, opens, 1)
	require.Equal(t, "consent.open-round", opens[0].What)
	require.ElementsMatch(t, []circle.PersonID{"dee", "pam"}, opens[0].Who)
	w.must("pam", consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	instruct := consent.Awaited{Who: w.fullIn("valley"), What: "consent.instruct", Of: "p"}
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{"pam"}, What: "consent.respond", Of: "p"}, instruct}, w.engine.Next("p"))
	w.consents("p", "pam")
	require.Equal(t, []consent.Awaited{instruct}, w.engine.Next("p"))

	// While the absent have their time the minutes are to be sent, and beside that the circle is to instruct.
	w = sentWorld(t, plainSilent)
	w.must(host, circle.SetMandate{Circle: "valley", To: "places", As: circle.Delegate, Mandate: circle.Imperative})
	w.must(host, circle.CreateRole{ID: "writes", Circle: "places", Hat: circle.Secretary})
	w.must(host, circle.GiveRole{Role: "writes", Person: "dee"})
	w.must("pam", proposal.Submit{ID: "p", Circle: "places", Text: text("We meet weekly")})
	w.must("pam", consent.CallMeeting{ID: "m2", Circle: "places", At: w.now, Items: []proposal.ID{"p"}})
	w.must("pam", consent.OpenMeeting{Meeting: "m2", Present: []circle.PersonID{"pam"}})
	w.must("pam", consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", "pam")
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{"dee"}, What: "consent.send-minutes", Of: "p"}, instruct}, w.engine.Next("p"))
}

// TestRefusedOnALink: where a circle has refused somebody whom a link would bring, their circle chooses again for the role that
// links, and for no other role of theirs; who was refused and wears it no more, and who was not, waits for nothing (M-64, M-66).
func TestRefusedOnALink(t *testing.T) {
	w := sentWorld(t, circle.Rules{Linking: circle.Linking{Confirm: true}})
	w.must(host, circle.CreateRole{ID: "v-secretary", Circle: "valley", Hat: circle.Secretary})
	w.must(host, circle.GiveRole{Role: "v-secretary", Person: "dee"})
	w.must(host, circle.CreateRole{ID: "v-second", Circle: "valley", Hat: circle.Delegate})
	w.must(host, circle.GiveRole{Role: "v-second", Person: "ben"})
	due := func() (out []string) {
		for _, d := range dueOf(w, "selection-due") {
			out = append(out, d.Of+" of "+d.Part)
		}
		return out
	}
	require.Empty(t, due())
	w.must(host, circle.RefuseLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee", Reason: reason})
	require.Equal(t, []string{"v-delegate of dee"}, due())
	w.must("dee", circle.LayDown{Role: "v-delegate"})
	require.NotContains(t, due(), "v-delegate of dee")

	// Of two roles with one hat, one links.
	w = sentWorld(t, circle.Rules{Linking: circle.Linking{Confirm: true}})
	w.must(host, circle.EndLink{Circle: "valley", To: "places", As: circle.Delegate})
	w.must(host, circle.CreateRole{ID: "v-second", Circle: "valley", Hat: circle.Delegate})
	w.must(host, circle.GiveRole{Role: "v-second", Person: "dee"})
	w.must(host, circle.LinkTo{Circle: "valley", To: "places", As: circle.Delegate, Role: "v-second"})
	w.must(host, circle.RefuseLink{Circle: "valley", To: "places", As: circle.Delegate, Role: "v-second", Person: "dee", Reason: reason})
	require.Equal(t, []string{"v-second of dee"}, due())
	w.replays()

	// One link of which nobody has said anything stands before the one that was refused.
	w = sentWorld(t, circle.Rules{Linking: circle.Linking{Confirm: true}})
	w.must(host, circle.EndLink{Circle: "valley", To: "places", As: circle.Delegate})
	w.must(host, circle.LinkTo{Circle: "valley", To: "places", As: circle.Leader})
	w.must(host, circle.LinkTo{Circle: "valley", To: "places", As: circle.Delegate})
	w.must(host, circle.RefuseLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee", Reason: reason})
	w.engine.Look(func(s *consent.State) { require.Nil(t, s.Org.Circle("places").Linked[0].Bond) })
	require.Equal(t, []string{"v-delegate of dee"}, due())
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

package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

func queuedAs(list ...objection.ID) consent.OrderObjections {
	return consent.OrderObjections{Proposal: "p", Order: list}
}

// walkQueue uses the moves that set the order of objections.
func walkQueue(t *testing.T, wk *walk) {
	w := twice(t, wk, objection.Handling{Queue: objection.OneAtATime})
	w.must(ben, consent.ClaimPriority{Proposal: "p", Objection: "o-2", Reason: text("We bake tonight")})
	w.must(ana, queuedAs("o-2", "o"))
}

// TestOneAtATime: objections are dealt with in the order that who facilitates sets,
// and priority is claimed with a reason (M-169).
func TestOneAtATime(t *testing.T) {
	w := twice(t, nil, objection.Handling{Queue: objection.OneAtATime})
	meets := func(list ...objection.ID) consent.Integrate {
		c := consent.Integrate{Proposal: "p", Text: text("Every second Sunday")}
		for _, o := range list {
			c.Meets = append(c.Meets, consent.Meets{Objection: o, Tools: []circle.Tool{circle.Amend}})
		}
		return c
	}
	w.no(consent.OneByOne, ana, meets("o-2"))
	w.no(consent.OneByOne, ana, meets("o", "o-2"))
	claim := consent.ClaimPriority{Proposal: "p", Objection: "o-2", Reason: text("We bake tonight")}
	w.no(consent.NotYoursToClaim, cia, claim)
	w.no(consent.NotYoursToClaim, ben, consent.ClaimPriority{Proposal: "p", Objection: "o", Reason: text("r")})
	for who, may := range map[circle.PersonID]bool{ana: false, ben: true, cia: true} {
		for _, p := range w.permitted(who, "p") {
			if p.Command == claim.Wire() {
				require.Equal(t, may, p.Refused == nil, who)
			}
		}
	}
	w.put("q")
	w.objects("q", "oq", ben)
	w.no(consent.NotYoursToClaim, ben, consent.ClaimPriority{Proposal: "p", Objection: "oq", Reason: text("r")})
	w.must(ben, claim)
	w.no(consent.ClaimedAlready, ben, claim)
	w.no(consent.OneByOne, ana, meets("o-2")) // a claim is heard, and who facilitates orders
	next := w.engine.Next("p")
	require.Equal(t, consent.Awaited{Who: []circle.PersonID{ana, ben, cia}, What: "consent.order-objections", Of: "p"}, next[len(next)-1])

	w.no(consent.NotFacilitating, lou, queuedAs("o-2", "o"))
	w.no(consent.EachObjectionOnce, ana, queuedAs("o-2"))
	w.no(consent.EachObjectionOnce, ana, queuedAs("o-2", "o-2"))
	w.must(ana, queuedAs("o-2", "o"))
	require.Len(t, w.engine.Next("p"), 1)
	w.no(consent.OneByOne, ana, meets("o"))
	w.must(ana, meets("o-2"))
	w.must(ana, meets("o-2", "o")) // the new version still meets the first one
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.NotNow, ana, queuedAs("o", "o-2"))
	w.replays()
}

// TestTestedInOrder: where each is tested, the first one is tested first (M-169).
func TestTestedInOrder(t *testing.T) {
	h := byReasoning
	h.Queue = objection.OneAtATime
	w := twice(t, nil, h)
	w.no(consent.OneByOne, ana, objection.Test{Objection: "o-2"})
	w.must(ana, queuedAs("o-2", "o"))
	w.must(ana, objection.Test{Objection: "o-2"})
	w.must(ana, objection.EndTest{Objection: "o-2"})
	w.must(ana, objection.Test{Objection: "o"})
	w.replays()
}

// TestBundled: by another method one version deals with all of them (M-169).
func TestBundled(t *testing.T) {
	w := twice(t, nil, objection.Handling{Queue: objection.Bundled})
	w.no(consent.AllTogether, ana, consent.Integrate{Proposal: "p", Text: text("Rye"), Meets: []consent.Meets{{Objection: "o", Tools: []circle.Tool{circle.Amend}}}})
	w.meets("p", "o", "o-2")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.replays()

	require.Error(t, objection.Queue("random").Check())
	require.NoError(t, objection.Queue("").Check())
	require.Len(t, objection.Queue("").Values(), 2)
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

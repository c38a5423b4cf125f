package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/proposal"
)

// guideline is what is set in these tests: on bread, which is the baker's.
func guideline(id proposal.ID) consent.SetGuideline {
	return consent.SetGuideline{ID: id, Item: "bread", Text: text("Bread is cut at noon"), Term: circle.MustPeriod("3m")}
}

// bakersWorld has a circle of two that entrusted the bread to a baker, ana, the
// sweets to nobody yet, and what is left to no role.
func bakersWorld(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t)
	items := []circle.Item{{ID: "bread", Text: text("Bread")}, {ID: "sweets", Text: text("Sweets")}, {ID: "doors", Text: text("Doors")}}
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Domain: items, Members: []circle.PersonID{ana, ben}})
	for i, role := range []circle.RoleID{"baker", "sweetener"} {
		w.must(host, circle.CreateRole{ID: role, Circle: den})
		w.must(host, circle.DefineRole{Role: role, Purpose: text("So that it is there"), Domain: items[i : i+1]})
	}
	w.must(host, circle.GiveRole{Role: "baker", Person: ana})
	return w
}

// registered is the register of the circle as text.
func (w *world) registered() (out string) {
	w.t.Helper()
	rows, err := logbook.Register(w.t.(*testing.T).Context(), w.engine, den)
	require.NoError(w.t, err)
	for _, r := range rows {
		out += r.String()
	}
	return out
}

// TestGuidelineIsRefused: M-241, a guideline is set within the domain of a role,
// by who acts in it; everybody else is told who may, and what to do instead.
func TestGuidelineIsRefused(t *testing.T) {
	on := func(item circle.ItemID) consent.SetGuideline {
		c := guideline("g")
		c.Item = item
		return c
	}
	endless := guideline("g")
	endless.Term = circle.Period{}
	taken := guideline("p")
	for _, c := range []struct {
		code *circle.Code
		who  circle.PersonID
		cmd  consent.SetGuideline
		says string
	}{
		{consent.NotInThatRole, ben, on("bread"), "ben cannot set a guideline on bread: den has entrusted it to the role baker, and in that role ana acts now. Put a proposal to den, or ask ana."},
		{consent.NobodyInThatRole, ana, on("sweets"), "ana cannot set a guideline on sweets: den has entrusted it to the role sweetener, and nobody acts in that role now. Put a proposal to den."},
		{consent.NoRoleForIt, ana, on("doors"), "ana cannot set a guideline on doors alone: den has entrusted it to no role, and decides on it by consent. Put a proposal to den."},
		{consent.NobodysMatter, ana, on("moon"), "ana cannot set a guideline on moon: no circle decides on it, so none has entrusted it to a role."},
		{consent.MissingField, ana, endless, "consent.set-guideline needs term."},
		{circle.TakenID, ana, taken, "The name p is taken already."},
	} {
		w := bakersWorld(t)
		w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
		before := w.digest()
		_, no := w.give(c.who, c.cmd)
		require.NotNil(t, no, "%s", c.says)
		require.Equal(t, c.code, no.Code)
		require.Equal(t, c.says, no.Error())
		require.Equal(t, before, w.digest())
		if c.code == consent.MissingField || c.code == circle.TakenID {
			continue
		}
		w.engine.Look(func(s *consent.State) {
			_, err := s.MaySetGuideline(c.who, c.cmd.Item)
			require.EqualError(t, err, c.says, "what one may is told without asking for it")
		})
	}
}

// TestGuidelineInTheRegister: M-241, M-229: a guideline stands in the register as
// made in the role, also when somebody else wears it; when the circle keeps it by
// consent that is told, and a version by consent is the circle's own.
func TestGuidelineInTheRegister(t *testing.T) {
	w := bakersWorld(t)
	w.engine.Look(func(s *consent.State) {
		a, err := s.MaySetGuideline(ana, "bread")
		require.NoError(t, err)
		require.Equal(t, circle.RoleID("baker"), a.Role)
	})
	w.must(ana, guideline("g"))
	row := `g, version 1, in force in den since 23 November 2026 (active)
  “Bread is cut at noon”
  A guideline on bread: ana set it in the role baker, and not den by consent
  Next review: 23 February 2027
`
	require.Equal(t, row, w.registered())

	w.must(ana, circle.LayDown{Role: "baker"})
	w.agree("q", circle.GiveRole{Role: "baker", Person: ben})
	w.later(24 * time.Hour)
	require.Equal(t, row, w.registered(), "it stays in force when the holder changes")
	w.no(consent.NotInThatRole, ana, guideline("more"))
	w.must(ben, guideline("more"))
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, []proposal.ID{"g", "more"}, s.Guidelines("baker"))
		require.Equal(t, []proposal.ID{"g", "more"}, s.Guidelines(""))
		require.Empty(t, s.Guidelines("sweetener"))
		require.Empty(t, s.Legacies(""))
	})
	w.agree("q-2", proposal.Drop{Proposal: "more", Reason: text("One is enough")})

	w.must(ben, proposal.AskReview{Proposal: "g", Reason: text("It is cold by then")})
	w.agree("q-3", proposal.Keep{Proposal: "g", Term: circle.MustPeriod("1m")})
	require.Equal(t, `g, version 1, in force in den since 23 November 2026 (active)
  “Bread is cut at noon”
  A guideline on bread: ana set it in the role baker, and not den by consent
  den has consented since to keep it
  Next review: 24 December 2026
`, w.registered())

	w.must(ben, proposal.Revise{Proposal: "g", Text: text("Bread is cut at ten")})
	w.must(ana, consent.OpenRound{Proposal: "g", Round: consent.ConsentRound})
	w.consents("g", ana, ben)
	require.NotContains(t, w.registered(), "guideline", "the circle has replaced it")
	w.engine.Look(func(s *consent.State) { require.Empty(t, s.Guidelines("")) })
	w.replays()
}

// TestGuidelineComesToItsReview: M-241, the end of its term brings it back to the
// circle, and it stays in force meanwhile.
func TestGuidelineComesToItsReview(t *testing.T) {
	w := bakersWorld(t)
	w.must(ana, guideline("g"))
	w.at(w.now.AddDate(0, 3, 0))
	w.engine.Look(func(s *consent.State) {
		a := s.Matters.Proposal("g").Agreement
		require.Equal(t, proposal.Due, a.Phase)
		require.Equal(t, proposal.TermEnd, a.Because)
		require.Equal(t, 1, s.Matters.InForce("g"))
	})
	w.replays()
}

// TestGuidelineInAnothersStead: M-241, M-55, M-56: who acts in the role sets it,
// also when they do not wear it, and the record says as what.
func TestGuidelineInAnothersStead(t *testing.T) {
	for _, c := range []struct {
		given []circle.Command
		as    circle.Capacity
		says  string
	}{
		{[]circle.Command{circle.GiveRole{Role: "baker", Person: ana}, circle.OrderSurrogates{Role: "sweetener", Order: []circle.PersonID{ben}}},
			circle.AsSurrogate, ", standing in for who wears it"},
		{[]circle.Command{circle.CreateRole{ID: "leader", Circle: den, Hat: circle.Leader}, circle.GiveRole{Role: "leader", Person: ben}},
			circle.AsFallback, ", which nobody wears"},
		{[]circle.Command{circle.GiveRole{Role: "sweetener", Person: ben}}, circle.AsHolder, ""},
	} {
		w := bakersWorld(t)
		for _, cmd := range c.given {
			w.must(host, cmd)
		}
		set := guideline("g")
		set.Item = "sweets"
		r := w.must(ben, set)
		require.Equal(t, c.as, r.Events[len(r.Events)-2].(*consent.PolicySet).As)
		story, err := w.engine.Explain(t.Context(), "g")
		require.NoError(t, err)
		require.Contains(t, story[1].String(), "ben set it in the role sweetener"+c.says+", and not the circle by consent: "+
			"version 1 of what the role is there for entrusts sweets to it.")
		w.replays()
	}
}

// TestGuidelineIsNoLifeOfTheCircle: M-29, what somebody decides alone in a role is
// no sign that the circle still meets or decides.
func TestGuidelineIsNoLifeOfTheCircle(t *testing.T) {
	idle := func(w *world) (out bool) {
		w.engine.Look(func(s *consent.State) {
			for _, f := range s.Findings(den, w.now) {
				out = out || f.What == consent.Idle
			}
		})
		return out
	}
	for _, alone := range []bool{true, false} {
		w := bakersWorld(t)
		w.must(host, circle.AgreeStructure{Circle: den, Structure: circle.Structuring{Idle: circle.MustPeriod("30d")}})
		w.later(29 * 24 * time.Hour)
		if alone {
			w.must(ana, guideline("g"))
		} else {
			w.agree("q")
		}
		w.later(2 * 24 * time.Hour)
		require.Equal(t, alone, idle(w))
	}
}

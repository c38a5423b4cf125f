package consent_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// baking is a circle that has selected ben as baker.
func baking(t *testing.T) *world {
	t.Helper()
	w := selecting(t, nil, byReasons)
	w.asks("ben")
	w.consents("p", ana, ben, cia)
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	return w
}

// TestCheckInIsAgreed: EC-81 and EC-86, who is selected takes the role with a date
// for looking at it together.
func TestCheckInIsAgreed(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes"), Term: months, CheckIn: circle.MustPeriod("1m")})
	w.opensRound(consent.NominateRound)
	w.names("ben", "ben", "ben")
	w.proposes(ana, "ben")
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, circle.MustPeriod("1m"), s.Org.Role(baker).Holders[0].CheckIn)
	})
	require.Len(t, dueOf(w, "check-in"), 1)
	w.no(consent.NoRoleToCheck, ana, consent.OpenSelection{ID: "q", Circle: den, Text: text("Where?"), CheckIn: months,
		Options: []consent.Choice{{ID: "barn", Text: text("The barn")}, {ID: "cafe", Text: text("The cafe")}}})
	w.replays()
}

// queued is what waits for the circle to choose again.
func (w *world) queued() (out []consent.BacklogItem) {
	w.engine.Look(func(s *consent.State) { out = s.Backlog(den) })
	return out
}

// TestSelectionIsQueued: M-51 and EC-85, when who was selected lays the role down,
// the next selection lies in the backlog, with what the last one asked for; it
// goes when somebody wears the role again.
func TestSelectionIsQueued(t *testing.T) {
	w := baking(t)
	require.Empty(t, w.queued())
	at := w.now
	e := eventOf[*consent.SelectionQueued](t, w.must(ben, circle.LayDown{Role: baker}))
	require.Equal(t, &consent.SelectionQueued{Role: baker, Circle: den, After: "p", Asks: 1, Term: months, Told: []circle.ID{den}, At: at}, e)
	require.Equal(t, []consent.BacklogItem{{Role: baker, After: "p", Asks: 1, Told: []circle.ID{den}, Due: consent.Due{At: at, What: "selection-due", Of: string(baker), Past: true}}}, w.queued())
	require.Len(t, dueOf(w, "selection-due"), 1)

	w.must(ana, consent.OpenSelection{ID: "again", Circle: den, Roles: []circle.RoleID{baker}})
	var asks circle.Text
	w.engine.Look(func(s *consent.State) {
		text := s.Matters.Proposal("again")
		asks = text.Current().Text
		require.Equal(t, months, text.Current().Term)
	})
	words, err := w.engine.Words(t.Context(), asks)
	require.NoError(t, err)
	require.Equal(t, "Bakes, and gets up early", words)
	w.replays()

	w = baking(t)
	w.must(ben, circle.LayDown{Role: baker})
	w.must(ana, consent.OpenSelection{ID: "again", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes at night")})
	words, err = w.said("again")
	require.NoError(t, err)
	require.Equal(t, "Bakes at night", words, "who says it anew is taken at their word")
	w.no(consent.SayWhatIsAsked, ana, consent.OpenSelection{ID: "where", Circle: den, Options: options("barn", "cafe")})

	w = baking(t)
	w.must(ben, circle.LayDown{Role: baker})
	w.must(ana, consent.Ask{ID: "cia", Circle: den, Question: text("Cia bakes"), Enacts: []circle.Deed{circle.GiveRole{Role: baker, Person: cia}}})
	w.consents("cia", ana, ben, cia)
	require.Empty(t, w.queued())
	require.Empty(t, dueOf(w, "selection-due"))
}

// TestSelectionIsQueuedBehindOneFromOutside: of two roles of which one is looked for outside, who was selected for the other was (M-51).
func TestSelectionIsQueuedBehindOneFromOutside(t *testing.T) {
	w := selecting(t, nil, byReasons)
	w.agree3("roles", circle.CreateRole{ID: "cook", Circle: den})
	w.drop("p", ana, ben, cia)
	w.must(ana, consent.OpenSelection{ID: "both", Circle: den, Roles: []circle.RoleID{"cook", baker}, Text: text("A cook and a baker")})
	w.must(ana, consent.OpenRound{Proposal: "both", Round: consent.NominateRound})
	for _, who := range everybody[:3] {
		w.must(who, consent.Nominate{Proposal: "both", Names: text(string(consent.NamesOutside) + ", ben")})
	}
	w.must(ana, consent.ProposeCandidate{Proposal: "both", Names: []consent.Name{consent.Name(consent.NamesOutside), "ben"}, Text: reason})
	w.must(ana, consent.OpenRound{Proposal: "both", Round: consent.ConsentRound})
	w.consents("both", ana, ben, cia)
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	require.Equal(t, proposal.ID("both"), eventOf[*consent.SelectionQueued](t, w.must(ben, circle.LayDown{Role: baker})).After)
	w.replays()
}

// TestSelectionIsNotQueued: a role that was given without a selection is given
// again as the circle likes, and one that somebody still wears is not empty.
func TestSelectionIsNotQueued(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Secretary: ben})
	w.must(ben, circle.LayDown{Role: roleOf(t, w, circle.Secretary)})
	require.Empty(t, w.queued())
	w.no(consent.SayWhatIsAsked, ana, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{roleOf(t, w, circle.Secretary)}})

	w = baking(t)
	w.must(ana, consent.Ask{ID: "two", Circle: den, Question: text("Cia bakes, too"), Enacts: []circle.Deed{circle.GiveRole{Role: baker, Person: cia}}})
	w.consents("two", ana, ben, cia)
	w.must(ben, circle.LayDown{Role: baker})
	require.Empty(t, w.queued())
	w.must(cia, circle.LayDown{Role: baker})
	require.Len(t, w.queued(), 1)
}

// TestQueuedAmongOthers: of several roles that somebody leaves behind at once, those wait that somebody was selected for; and so does
// one that the circle takes back by one deed of several (M-51).
func TestQueuedAmongOthers(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(host, circle.CreateRole{ID: "anvil", Circle: den})
	w.must(host, circle.GiveRole{Role: "anvil", Person: ben})
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes"), Term: months})
	w.opensRound(consent.NominateRound)
	w.names("ben", "ben", "ben")
	w.proposes(ana, "ben")
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	w.must(ben, circle.Leave{Circle: den})
	require.Len(t, w.queued(), 1)
	require.Equal(t, baker, w.queued()[0].Role)
	w.replays()

	w = baking(t)
	deeds := []circle.Deed{circle.CreateRole{ID: "anvil", Circle: den}, circle.RevokeRole{Role: baker, Person: ben}}
	w.must(ana, consent.Ask{ID: "rest", Circle: den, Question: text("May ben rest?"), Enacts: deeds})
	w.consents("rest", ana, ben, cia)
	require.Empty(t, w.holders())
	require.Len(t, w.queued(), 1)
	require.Equal(t, baker, w.queued()[0].Role)
	w.replays()
}

// TestVacantRolesInOrder: M-51. Of several roles that nobody wears, the one that waits longest is queued first.
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

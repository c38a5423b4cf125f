package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// tomorrow is when what was announced now may be done.
var tomorrow = now.Add(24 * time.Hour)

// funded is a valley that has something to spend, and cia is its Leader.
func funded(more ...circle.Event) []circle.Event {
	return valley(append([]circle.Event{settled,
		&circle.BudgetGranted{Circle: "places", Units: 1000, Currency: "EUR"},
		&circle.BudgetGranted{Circle: "valley", From: "places", Units: 300, Currency: "EUR"},
	}, more...)...)
}

func pots(units int, from time.Time) *circle.SpendingAnnounced {
	return &circle.SpendingAnnounced{Spending: "pots", Circle: "valley", By: "ben", Units: units, Currency: "EUR", For: circle.Say("pots"), From: from}
}

func announce(units int) circle.AnnounceSpending {
	return circle.AnnounceSpending{ID: "pots", Circle: "valley", Units: units, Currency: "EUR", For: circle.Say("pots")}
}

var why = circle.Say("why")

var moneyRows = []row{
	{name: "M-14: the broader circle grants a budget out of its own", given: funded(), consent: "places",
		when: circle.GrantBudget{Circle: "valley", Units: 700, Currency: "EUR"},
		then: []circle.Event{&circle.BudgetGranted{Circle: "valley", From: "places", Units: 700, Currency: "EUR"}}},
	{name: "M-14: the root has it by its own consent", given: valley(settled), consent: "places",
		when: circle.GrantBudget{Circle: "places", Units: 5, Currency: "EUR"}, then: []circle.Event{&circle.BudgetGranted{Circle: "places", Units: 5, Currency: "EUR"}}},
	{name: "M-14: nobody grants more than they have", given: funded(), consent: "places",
		when: circle.GrantBudget{Circle: "valley", Units: 701, Currency: "EUR"}, refused: circle.BudgetShort},
	{name: "M-14: a budget is of one currency", given: funded(), consent: "places",
		when: circle.GrantBudget{Circle: "valley", Units: 1, Currency: "CHF"}, refused: circle.BudgetShort},
	{name: "M-14: no circle grants itself a budget", given: funded(), consent: "valley",
		when: circle.GrantBudget{Circle: "valley", Units: 1, Currency: "EUR"}, refused: circle.BroaderGrants},
	{name: "M-14: nobody grants one alone", given: funded(), when: circle.GrantBudget{Circle: "valley", Units: 1, Currency: "EUR"}, refused: circle.ByConsentOnly},
	{name: "M-14: there is no budget of nothing", given: funded(), consent: "places", when: circle.GrantBudget{Circle: "valley", Currency: "EUR"}, refused: circle.NoAmount},
	{name: "a budget of nobody", given: funded(), consent: "places", when: circle.GrantBudget{Circle: "nowhere", Units: 1, Currency: "EUR"}, refused: circle.UnknownCircle},

	{name: "M-151: spending is announced, and waits", given: funded(), by: "ben", when: announce(300), then: []circle.Event{pots(300, tomorrow)}},
	{name: "M-151: as long as the circle has agreed", by: "ben", when: announce(1),
		given: funded(&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{ConsiderFor: circle.MustPeriod("2d")}}),
		then:  []circle.Event{pots(1, now.Add(48*time.Hour))}},
	{name: "M-14: a domain brings no money", given: valley(settled), by: "ben", when: announce(1), refused: circle.BudgetShort},
	{name: "M-14: what was granted on is not there any more", given: funded(&circle.BudgetGranted{Circle: "valley", From: "places", Units: 700, Currency: "EUR"}),
		when: circle.AnnounceSpending{ID: "pots", Circle: "places", Units: 1, Currency: "EUR", For: why}, refused: circle.BudgetShort},
	{name: "M-151: what is announced is set aside", given: funded(pots(200, tomorrow)), by: "ben",
		when: circle.AnnounceSpending{ID: "pans", Circle: "valley", Units: 101, Currency: "EUR", For: why}, refused: circle.BudgetShort},
	{name: "M-14: full participants spend", given: funded(), by: "dee", when: announce(1), refused: circle.NotInCircle},
	{name: "M-14: in whole units", given: funded(), by: "ben", when: announce(0), refused: circle.NoAmount},
	{name: "a spending has one name", given: funded(pots(1, tomorrow)), by: "ben", when: announce(1), refused: circle.TakenID},
	{name: "spending of nobody", given: funded(), when: circle.AnnounceSpending{ID: "pots", Circle: "nowhere", Units: 1, Currency: "EUR", For: why}, refused: circle.UnknownCircle},

	{name: "M-151: an escalation stops it", given: funded(pots(1, now)), by: "cia", when: circle.EscalateSpending{Spending: "pots", Reason: why},
		then: []circle.Event{&circle.SpendingEscalated{Spending: "pots", By: "cia", Reason: why}}},
	{name: "M-151: who learns may escalate too", by: "dee", when: circle.EscalateSpending{Spending: "pots", Reason: why},
		given: funded(pots(1, now), &circle.Joined{Circle: "valley", Person: "dee", Level: circle.Learning}),
		then:  []circle.Event{&circle.SpendingEscalated{Spending: "pots", By: "dee", Reason: why}}},
	{name: "M-151: strangers do not", given: funded(pots(1, now)), by: "dee", when: circle.EscalateSpending{Spending: "pots", Reason: why}, refused: circle.NotInCircle},
	{name: "M-151: once is enough", given: stopped("cia"), by: "ben", when: circle.EscalateSpending{Spending: "pots", Reason: why}, refused: circle.SpendingStopped},
	{name: "M-151: nor where nobody holds the budget", given: unled, when: circle.EscalateSpending{Spending: "pots", Reason: why}, refused: circle.SpendingStopped},
	{name: "M-151: of nothing", given: funded(), when: circle.EscalateSpending{Spending: "pots", Reason: why}, refused: circle.NoSpending},
	{name: "M-151: stopped is not spent", given: stopped("cia"), by: "ben", when: circle.Spend{Spending: "pots"}, refused: circle.SpendingStopped},
	{name: "M-151: who stopped it lifts that", given: stopped("ben"), by: "ben", when: circle.LiftEscalation{Spending: "pots", Reason: why},
		then: []circle.Event{&circle.EscalationLifted{Spending: "pots", By: "ben", Reason: why}}},
	{name: "M-151: or the holder", given: stopped("ben"), by: "cia", when: circle.LiftEscalation{Spending: "pots", Reason: why},
		then: []circle.Event{&circle.EscalationLifted{Spending: "pots", By: "cia", Reason: why}}},
	{name: "M-151: and nobody else", given: stopped("cia"), by: "ben", when: circle.LiftEscalation{Spending: "pots", Reason: why}, refused: circle.NotTheHolder},
	{name: "M-151: what was not stopped is not lifted", given: funded(pots(1, now)), by: "cia", when: circle.LiftEscalation{Spending: "pots", Reason: why}, refused: circle.NotStopped},

	{name: "M-151: at the instant it is spent", given: funded(pots(1, now)), by: "ben", when: circle.Spend{Spending: "pots"},
		then: []circle.Event{&circle.Spent{Spending: "pots", By: "ben", At: now}}},
	{name: "M-151: and not before", given: funded(pots(1, now.Add(time.Second))), by: "ben", when: circle.Spend{Spending: "pots"}, refused: circle.SpendingWaits},
	{name: "M-151: by who announced it", given: funded(pots(1, now)), by: "cia", when: circle.Spend{Spending: "pots"}, refused: circle.NotTheSpender},
	{name: "M-151: once", given: funded(pots(1, now), &circle.Spent{Spending: "pots", By: "ben", At: now}), by: "ben", when: circle.Spend{Spending: "pots"}, refused: circle.SpendingOver},
	{name: "M-151: or given up", given: stopped("cia"), by: "ben", when: circle.GiveUpSpending{Spending: "pots"}, then: []circle.Event{&circle.GivenUp{Spending: "pots", By: "ben"}}},
	{name: "M-151: by who announced it, too", given: funded(pots(1, now)), by: "cia", when: circle.GiveUpSpending{Spending: "pots"}, refused: circle.NotTheSpender},
	{name: "M-151: what was given up is not spent", given: funded(pots(1, now), &circle.GivenUp{Spending: "pots", By: "ben"}), by: "ben", when: circle.Spend{Spending: "pots"}, refused: circle.SpendingOver},
}

func stopped(by circle.PersonID) []circle.Event {
	return funded(pots(1, now), &circle.SpendingEscalated{Spending: "pots", By: by, Reason: why})
}

// unled is a spending of places, which has no Leader and nothing around it, that ana
// announced and stopped.
var unled = func() []circle.Event {
	s := pots(1, now)
	s.Circle, s.By = "places", "ana"
	return funded(s, &circle.SpendingEscalated{Spending: "pots", By: "ana", Reason: why})
}()

// TestMoneyIsKept: M-14, no unit is lost or made on the way from the root to what
// is spent.
func TestMoneyIsKept(t *testing.T) {
	o := history(t, funded(pots(120, now), &circle.Spent{Spending: "pots", By: "ben", At: now},
		&circle.SpendingAnnounced{Spending: "pans", Circle: "valley", By: "cia", Units: 80, Currency: "EUR", From: now},
		&circle.SpendingAnnounced{Spending: "lids", Circle: "valley", By: "cia", Units: 50, Currency: "EUR", From: now},
		&circle.GivenUp{Spending: "lids", By: "cia"}))
	require.Equal(t, circle.Budget{Currency: "EUR", Granted: 1000, Handed: 300}, o.Budget("places", "EUR"))
	require.Equal(t, circle.Budget{Currency: "EUR", Granted: 300, Spent: 120, Reserved: 80}, o.Budget("valley", "EUR"))
	require.Equal(t, 100, o.Budget("valley", "EUR").Left())
	require.Equal(t, []circle.SpendingID{"lids", "pans", "pots"}, o.Spendings())
	require.Equal(t, "120 units of EUR", o.Spending("pots").Money.String())
	require.Equal(t, []string{"spent", "announced", "given up"}, []string{o.Spending("pots").Status.String(), o.Spending("pans").Status.String(), o.Spending("lids").Status.String()})

	c := o.Copy()
	c.Apply(&circle.Spent{Spending: "pans", By: "cia", At: now})
	require.Equal(t, 80, o.Budget("valley", "EUR").Reserved, "a copy is another")
	none := &circle.Organisation{}
	require.Nil(t, none.Budgets("places"))
	require.Nil(t, none.Spending("pots"))
	require.Nil(t, none.Spendings())
	for _, bad := range []circle.Currency{"", "EU", "eur", "EURO", "E1R"} {
		require.Error(t, bad.Check(), bad)
	}
}

var touching = circle.AnnounceIntent{ID: "paint", Act: circle.Say("paint the door"), Touches: []circle.ItemID{"hand-over"}}

func paint(from time.Time) *circle.IntentAnnounced {
	return &circle.IntentAnnounced{Intent: "paint", By: "ana", Act: circle.Say("paint the door"), Touches: []circle.ItemID{"hand-over"},
		Circles: []circle.ID{"valley"}, From: from}
}

var intentRows = []row{
	{name: "M-150: who decides on what it touches is asked", given: valley(settled), when: touching, then: []circle.Event{paint(tomorrow)}},
	{name: "M-150: and as long as the slowest of them needs", when: circle.AnnounceIntent{ID: "paint", Act: why, Touches: []circle.ItemID{"hand-over", "care", "starting"}},
		given: valley(settled, &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{ConsiderFor: circle.MustPeriod("3d")}}),
		then: []circle.Event{&circle.IntentAnnounced{Intent: "paint", By: "ana", Act: why, Touches: []circle.ItemID{"hand-over", "care", "starting"},
			Circles: []circle.ID{"valley", "places"}, From: now.Add(72 * time.Hour)}}},
	{name: "M-150: of what nobody decides on, nobody is asked", given: valley(settled), refused: circle.NobodysItem,
		when: circle.AnnounceIntent{ID: "paint", Act: why, Touches: []circle.ItemID{"the-moon"}}},
	{name: "M-150: each item once", given: valley(settled), refused: circle.TwiceInDomain,
		when: circle.AnnounceIntent{ID: "paint", Act: why, Touches: []circle.ItemID{"care", "care"}}},
	{name: "an intent has one name", given: valley(paint(tomorrow)), when: touching, refused: circle.TakenID},

	{name: "M-150: who holds the domain may object in time", given: valley(paint(tomorrow)), by: "ben", when: circle.ObjectToIntent{Intent: "paint", Reason: why},
		then: []circle.Event{&circle.IntentObjected{Intent: "paint", By: "ben", Reason: why}}},
	{name: "M-150: and nobody else", given: valley(paint(tomorrow)), by: "dee", when: circle.ObjectToIntent{Intent: "paint", Reason: why}, refused: circle.NotTouched},
	{name: "M-150: and not later", given: valley(paint(now)), by: "ben", when: circle.ObjectToIntent{Intent: "paint", Reason: why}, refused: circle.IntentOpen},
	{name: "M-150: one objection is enough", given: valley(paint(tomorrow), &circle.IntentObjected{Intent: "paint", By: "cia", Reason: why}), by: "ben",
		when: circle.ObjectToIntent{Intent: "paint", Reason: why}, refused: circle.IntentStopped},
	{name: "M-150: to nothing", given: valley(), by: "ben", when: circle.ObjectToIntent{Intent: "paint", Reason: why}, refused: circle.NoIntent},

	{name: "M-150: when nobody objected it is permitted", given: valley(paint(now)), when: circle.ActOnIntent{Intent: "paint"},
		then: []circle.Event{&circle.IntentDone{Intent: "paint", By: "ana", At: now}}},
	{name: "M-150: not before", given: valley(paint(now.Add(time.Second))), when: circle.ActOnIntent{Intent: "paint"}, refused: circle.IntentWaits},
	{name: "M-150: not over an objection", given: valley(paint(now), &circle.IntentObjected{Intent: "paint", By: "cia", Reason: why}),
		when: circle.ActOnIntent{Intent: "paint"}, refused: circle.IntentStopped},
	{name: "M-150: by who announced it", given: valley(paint(now)), by: "ben", when: circle.ActOnIntent{Intent: "paint"}, refused: circle.NotTheirIntent},
	{name: "M-150: once", given: valley(paint(now), &circle.IntentDone{Intent: "paint", By: "ana", At: now}), when: circle.ActOnIntent{Intent: "paint"}, refused: circle.IntentUsed},
}

// TestIntents: M-150, a copy of an organisation has its own.
func TestIntents(t *testing.T) {
	o := history(t, valley(paint(now)))
	require.Equal(t, []circle.IntentID{"paint"}, o.Intents())
	c := o.Copy()
	c.Apply(&circle.IntentDone{Intent: "paint", By: "ana", At: now})
	require.True(t, c.Intent("paint").Done)
	require.False(t, o.Intent("paint").Done)
	require.Equal(t, circle.ID(""), o.DecidedBy("the-moon"))
	require.Equal(t, circle.ID("valley"), o.DecidedBy("hand-over"))
}

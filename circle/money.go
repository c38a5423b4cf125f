package circle

import (
	"fmt"
	"slices"
	"time"
)

// Currency is the code of a currency in three capital letters, as EUR.
type Currency string

// Check refuses what is no such code.
func (c Currency) Check() error {
	if len(c) == 3 && !slices.ContainsFunc([]byte(c), func(b byte) bool { return b < 'A' || b > 'Z' }) {
		return nil
	}
	return fmt.Errorf("%q is no code of a currency, as EUR", string(c))
}

// Kind says what it is.
func (c *Currency) Kind() string { return "currency" }

// Money is an amount in whole units of the smallest coin: 1250 EUR are 12 euros
// and 50 cents. There are no fractions of it.
type Money struct {
	Units    int      `json:"units"`
	Currency Currency `json:"currency"`
}

// String gives the units and the currency.
func (m Money) String() string { return fmt.Sprintf("%d units of %s", m.Units, m.Currency) }

// A Budget is what a circle may spend in one currency. To decide on something
// and to spend money on it are two things: a domain brings no budget, and a
// budget no domain (M-14).
type Budget struct {
	Currency Currency
	Granted  int // by the broader circle; to the root circle, by itself
	Handed   int // of it, granted on to circles inside
	Spent    int
	Reserved int // for what was announced and not spent yet
}

// Left is what can be announced or granted on.
func (b Budget) Left() int { return b.Granted - b.Handed - b.Spent - b.Reserved }

// SpendingID names what somebody announced to spend.
type SpendingID string

// Check refuses what cannot be the name of a thing.
func (id SpendingID) Check() error { return CheckID(string(id)) }

// Kind says what the id names.
func (id *SpendingID) Kind() string { return "spending" }

// A Spending is money that somebody announced to spend for their circle.
type Spending struct {
	ID        SpendingID
	Circle    ID
	By        PersonID
	Money     Money
	For       Text
	From      time.Time // from this instant on it may be spent
	Escalated PersonID  // who stopped it; empty: nobody
	Status    SpendingStatus
}

// SpendingStatus is where a spending stands.
type SpendingStatus uint8

// The states of a spending.
const (
	SpendingOpen SpendingStatus = 1 + iota
	SpendingDone
	SpendingDropped
)

var spendingNames = [...]string{"none", "announced", "spent", "given up"}

func (s SpendingStatus) String() string { return spendingNames[s] }

// money is what an organisation has and spends; nil until money is spoken of.
type money struct {
	Budgets   map[ID][]Budget
	Spendings map[SpendingID]*Spending
}

// Budgets lists what a circle may spend, a budget for each currency.
func (o *Organisation) Budgets(id ID) []Budget {
	if o.money == nil {
		return nil
	}
	return slices.Clone(o.money.Budgets[id])
}

// Budget is what a circle may spend in one currency.
func (o *Organisation) Budget(id ID, c Currency) Budget {
	for _, b := range o.Budgets(id) {
		if b.Currency == c {
			return b
		}
	}
	return Budget{Currency: c}
}

// Spending returns what somebody announced, nil if there is none of this name.
func (o *Organisation) Spending(id SpendingID) *Spending {
	if o.money == nil {
		return nil
	}
	return o.money.Spendings[id]
}

// Spendings lists what was announced, by name.
func (o *Organisation) Spendings() []SpendingID {
	if o.money == nil {
		return nil
	}
	return sortedKeys(o.money.Spendings)
}

// purse is a circle's budget in a currency, made when it is spoken of first.
func (o *Organisation) purse(id ID, c Currency) *Budget {
	if o.money == nil {
		o.money = &money{Budgets: map[ID][]Budget{}, Spendings: map[SpendingID]*Spending{}}
	}
	i := slices.IndexFunc(o.money.Budgets[id], func(b Budget) bool { return b.Currency == c })
	if i < 0 {
		i = len(o.money.Budgets[id])
		o.money.Budgets[id] = append(o.money.Budgets[id], Budget{Currency: c})
	}
	return &o.money.Budgets[id][i]
}

// copied returns money that can be changed without touching m.
func (m *money) copied() *money {
	if m == nil {
		return nil
	}
	c := &money{Budgets: map[ID][]Budget{}, Spendings: map[SpendingID]*Spending{}}
	for id, list := range m.Budgets {
		c.Budgets[id] = slices.Clone(list)
	}
	for id, s := range m.Spendings {
		copied := *s
		c.Spendings[id] = &copied
	}
	return c
}

// GrantBudget lets a circle spend so much more. The broader circle grants it out
// of its own budget, by consent; the root circle has it by its own (M-14).
type GrantBudget struct {
	Circle   ID       `json:"circle"`
	Units    int      `json:"units"`
	Currency Currency `json:"currency"`
}

// AnnounceSpending says that one will spend money for a circle. It waits, so that
// others may think about it, and is set aside in the budget (M-151).
type AnnounceSpending struct {
	ID       SpendingID `json:"id"`
	Circle   ID         `json:"circle"`
	Units    int        `json:"units"`
	Currency Currency   `json:"currency"`
	For      Text       `json:"for"`
}

// EscalateSpending stops what was announced. Anybody who takes part in the circle
// may do it (M-151).
type EscalateSpending struct {
	Spending SpendingID `json:"spending"`
	Reason   Text       `json:"reason"`
}

// LiftEscalation lets go on what was stopped. Who stopped it does it, or the
// holder: the circle's Leader (M-151).
type LiftEscalation struct {
	Spending SpendingID `json:"spending"`
	Reason   Text       `json:"reason"`
}

// Spend says that the money was spent as announced.
type Spend struct {
	Spending SpendingID `json:"spending"`
}

// GiveUpSpending says that the money is not spent, and gives it back to the
// budget.
type GiveUpSpending struct {
	Spending SpendingID `json:"spending"`
}

// Wire names, one for each command.
func (GrantBudget) Wire() string      { return "circle.grant-budget" }
func (AnnounceSpending) Wire() string { return "circle.announce-spending" }
func (EscalateSpending) Wire() string { return "circle.escalate-spending" }
func (LiftEscalation) Wire() string   { return "circle.lift-escalation" }
func (Spend) Wire() string            { return "circle.spend" }
func (GiveUpSpending) Wire() string   { return "circle.give-up-spending" }

// moneyCommands lists one of each.
func moneyCommands() []Command {
	return []Command{GrantBudget{}, AnnounceSpending{}, EscalateSpending{}, LiftEscalation{}, Spend{}, GiveUpSpending{}}
}

// BudgetGranted: a circle may spend so much more.
type BudgetGranted struct {
	Circle   ID       `json:"circle"`
	From     ID       `json:"from,omitempty"` // out of whose budget; nobody's: the root's own
	Units    int      `json:"units"`
	Currency Currency `json:"currency"`
}

// SpendingAnnounced: somebody announced to spend money from an instant on.
type SpendingAnnounced struct {
	Spending SpendingID `json:"spending"`
	Circle   ID         `json:"circle"`
	By       PersonID   `json:"by"`
	Units    int        `json:"units"`
	Currency Currency   `json:"currency"`
	For      Text       `json:"for" words:"heard"`
	From     time.Time  `json:"from"`
}

// SpendingEscalated: somebody stopped what was announced.
type SpendingEscalated struct {
	Spending SpendingID `json:"spending"`
	By       PersonID   `json:"by"`
	Reason   Text       `json:"reason" words:"own"`
}

// EscalationLifted: what was stopped goes on.
type EscalationLifted struct {
	Spending SpendingID `json:"spending"`
	By       PersonID   `json:"by"`
	Reason   Text       `json:"reason" words:"own"`
}

// Spent: the money was spent as announced.
type Spent struct {
	Spending SpendingID `json:"spending"`
	By       PersonID   `json:"by"`
	At       time.Time  `json:"at"`
}

// GivenUp: the money is not spent.
type GivenUp struct {
	Spending SpendingID `json:"spending"`
	By       PersonID   `json:"by"`
}

// Wire names, one for each event.
func (BudgetGranted) Wire() string     { return "circle.budget-granted" }
func (SpendingAnnounced) Wire() string { return "circle.spending-announced" }
func (SpendingEscalated) Wire() string { return "circle.spending-escalated" }
func (EscalationLifted) Wire() string  { return "circle.escalation-lifted" }
func (Spent) Wire() string             { return "circle.spent" }
func (GivenUp) Wire() string           { return "circle.spending-given-up" }

// moneyEvents lists one of each.
func moneyEvents() []Event {
	return []Event{BudgetGranted{}, SpendingAnnounced{}, SpendingEscalated{}, EscalationLifted{}, Spent{}, GivenUp{}}
}

func (e BudgetGranted) apply(o *Organisation) {
	o.purse(e.Circle, e.Currency).Granted += e.Units
	if e.From != "" {
		o.purse(e.From, e.Currency).Handed += e.Units
	}
}

func (e SpendingAnnounced) apply(o *Organisation) {
	o.purse(e.Circle, e.Currency).Reserved += e.Units
	o.money.Spendings[e.Spending] = &Spending{ID: e.Spending, Circle: e.Circle, By: e.By, Money: Money{e.Units, e.Currency}, For: e.For,
		From: e.From, Status: SpendingOpen}
}

func (e SpendingEscalated) apply(o *Organisation) { o.money.Spendings[e.Spending].Escalated = e.By }
func (e EscalationLifted) apply(o *Organisation)  { o.money.Spendings[e.Spending].Escalated = "" }

func (e Spent) apply(o *Organisation) {
	s := o.money.Spendings[e.Spending]
	s.Status = SpendingDone
	b := o.purse(s.Circle, s.Money.Currency)
	b.Reserved, b.Spent = b.Reserved-s.Money.Units, b.Spent+s.Money.Units
}

func (e GivenUp) apply(o *Organisation) {
	s := o.money.Spendings[e.Spending]
	s.Status, s.Escalated = SpendingDropped, ""
	o.purse(s.Circle, s.Money.Currency).Reserved -= s.Money.Units
}

package circle

import (
	"math"
	"slices"
	"time"
)

// The refusals about money.
var (
	NoAmount = &Code{ID: "no-amount", Kind: ErrNotValid, Rule: "M-14", Stands: InEngine,
		Says: "Money is counted in whole units from 1 on, not {units}."}
	BudgetShort = &Code{ID: "budget-short", Kind: ErrNotNow, Rule: "M-14", Stands: InEngine,
		Says: "{circle} has {left} units of {currency} left, and {units} are too many. To decide on something brings no money; the broader circle grants it."}
	BroaderGrants = &Code{ID: "broader-grants", Kind: ErrNotYou, Rule: "M-14", Stands: InEngine,
		Says: "{circle} grants itself no budget: {parent} does, by consent."}
	NoSpending = &Code{ID: "unknown-spending", Kind: ErrNotKnown, Stands: InEngine,
		Says: "Nobody announced a spending {spending}."}
	SpendingOver = &Code{ID: "spending-over", Kind: ErrTaken, Rule: "M-151", Stands: InEngine,
		Says: "The spending {spending} is {status} already."}
	NotTheSpender = &Code{ID: "not-the-spender", Kind: ErrNotYou, Rule: "M-151", Stands: InEngine,
		Says: "{by} announced the spending {spending}, and spends it or gives it up; not {who}."}
	SpendingStopped = &Code{ID: "spending-stopped", Kind: ErrNotNow, Rule: "M-151", Stands: InEngine,
		Says: "{by} stopped the spending {spending}. It goes on when {by} or the holder of the budget lifts that: {holders}."}
	SpendingWaits = &Code{ID: "spending-waits", Kind: ErrNotNow, Rule: "M-151", Stands: InRules,
		Says: "The spending {spending} was announced, so that others can think about it, and waits until {from}."}
	NotStopped = &Code{ID: "not-stopped", Kind: ErrNotNow, Rule: "M-151", Stands: InEngine,
		Says: "Nobody stopped the spending {spending}."}
	NotTheHolder = &Code{ID: "not-the-holder", Kind: ErrNotYou, Rule: "M-151", Stands: InEngine,
		Says: "{by} stopped the spending {spending}: they lift it, or the holder of the budget: {holders}; not {who}."}
)

// moneyCodes lists them.
func moneyCodes() []*Code {
	return []*Code{NoAmount, BudgetShort, BroaderGrants, NoSpending, SpendingOver, NotTheSpender, SpendingStopped, SpendingWaits,
		NotStopped, NotTheHolder}
}

// Consider is how long what was announced waits, so that others can think about
// it; a day where the circle has not agreed on another time.
func (r *Rules) Consider() Period {
	if r.ConsiderFor.IsZero() {
		return Period{1, Days}
	}
	return r.ConsiderFor
}

func (c GrantBudget) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	at, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if c.Units < 1 || c.Units > math.MaxInt32 {
		return nil, NoAmount.Refuse("units", c.Units)
	}
	grants := at.Parent
	if grants == "" {
		grants = at.ID
	}
	if f.ConsentOf == c.Circle && grants != c.Circle {
		return nil, BroaderGrants.Refuse("circle", c.Circle, "parent", at.Parent)
	}
	if err := o.mayStructure(by, grants, f); err != nil {
		return nil, err
	}
	if at.Parent != "" {
		if err := o.affords(at.Parent, c.Units, c.Currency); err != nil {
			return nil, err
		}
	}
	return []Event{&BudgetGranted{Circle: c.Circle, From: at.Parent, Units: c.Units, Currency: c.Currency}}, nil
}

// affords refuses more than a budget holds.
func (o *Organisation) affords(id ID, units int, currency Currency) error {
	if left := o.Budget(id, currency).Left(); units > left {
		return BudgetShort.Refuse("circle", id, "left", left, "currency", currency, "units", units)
	}
	return nil
}

func (c AnnounceSpending) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	if _, err := o.open(c.Circle); err != nil {
		return nil, err
	}
	switch {
	case o.Spending(c.ID) != nil:
		return nil, TakenID.Refuse("id", c.ID)
	case o.LevelIn(c.Circle, by.By) != Full:
		return nil, NotInCircle.Refuse("who", by.By, "circle", c.Circle)
	case c.Units < 1:
		return nil, NoAmount.Refuse("units", c.Units)
	}
	if err := o.affords(c.Circle, c.Units, c.Currency); err != nil {
		return nil, err
	}
	rules := o.RulesOf(c.Circle)
	return []Event{&SpendingAnnounced{Spending: c.ID, Circle: c.Circle, By: by.By, Units: c.Units, Currency: c.Currency, For: c.For,
		From: rules.Consider().After(now)}}, nil
}

// announced returns a spending that was announced, and neither made nor given
// up.
func (o *Organisation) announced(id SpendingID) (*Spending, error) {
	switch s := o.Spending(id); {
	case s == nil:
		return nil, NoSpending.Refuse("spending", id)
	case s.Status != SpendingOpen:
		return nil, SpendingOver.Refuse("spending", id, "status", s.Status)
	default:
		return s, nil
	}
}

func (c EscalateSpending) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	s, err := o.announced(c.Spending)
	if err != nil {
		return nil, err
	}
	switch l := o.LevelIn(s.Circle, by.By); {
	case l != Full && l != Learning:
		return nil, NotInCircle.Refuse("who", by.By, "circle", s.Circle)
	case s.Escalated != "":
		return nil, o.stopped(s)
	}
	return []Event{&SpendingEscalated{Spending: c.Spending, By: by.By, Reason: c.Reason}}, nil
}

func (o *Organisation) stopped(s *Spending) error {
	return SpendingStopped.Refuse("by", s.Escalated, "spending", s.ID, "holders", o.budgetHolders(s.Circle))
}

// budgetHolders hold a circle's budget: its Leader, or those of the circle around it
// where it has none.
func (o *Organisation) budgetHolders(id ID) []PersonID {
	for at := o.circles[id]; at != nil; at = o.circles[at.Parent] {
		if list := o.Wearers(at.ID, Leader); len(list) > 0 {
			return list
		}
	}
	return nil
}

func (c LiftEscalation) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	s, err := o.announced(c.Spending)
	if err != nil {
		return nil, err
	}
	if s.Escalated == "" {
		return nil, NotStopped.Refuse("spending", c.Spending)
	}
	holders := o.budgetHolders(s.Circle)
	if by.By != s.Escalated && !slices.Contains(holders, by.By) {
		return nil, NotTheHolder.Refuse("by", s.Escalated, "spending", c.Spending, "holders", holders, "who", by.By)
	}
	return []Event{&EscalationLifted{Spending: c.Spending, By: by.By, Reason: c.Reason}}, nil
}

func (c Spend) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	s, err := o.spender(c.Spending, by)
	switch {
	case err != nil:
		return nil, err
	case s.Escalated != "":
		return nil, o.stopped(s)
	case now.Before(s.From):
		return nil, SpendingWaits.Refuse("spending", c.Spending, "from", s.From)
	}
	return []Event{&Spent{Spending: c.Spending, By: by.By, At: now}}, nil
}

func (c GiveUpSpending) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	if _, err := o.spender(c.Spending, by); err != nil {
		return nil, err
	}
	return []Event{&GivenUp{Spending: c.Spending, By: by.By}}, nil
}

// spender returns what a person announced themselves.
func (o *Organisation) spender(id SpendingID, by Actor) (*Spending, error) {
	s, err := o.announced(id)
	if err == nil && s.By != by.By {
		err = NotTheSpender.Refuse("by", s.By, "spending", id, "who", by.By)
	}
	return s, err
}

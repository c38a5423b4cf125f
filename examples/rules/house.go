package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A member of the house answers a question after some time. Some miss every third
// question, say, or mind every fourth: then they say nothing, or object.
type member struct {
	id            circle.PersonID
	class         circle.Class
	answers       time.Duration
	misses, minds int
}

var members = []member{
	{"ana", circle.Worker, 2 * time.Hour, 0, 0},
	{"bea", circle.Supported, 26 * time.Hour, 0, 6},
	{"cem", circle.Supported, 9 * time.Hour, 0, 0},
	{"dov", circle.Worker, 47 * time.Hour, 5, 4},
	{"eli", circle.Advocate, 31 * time.Hour, 0, 8},
	{"fay", circle.Investor, 5 * time.Hour, 0, 4},
	{"gus", circle.Supported, 64 * time.Hour, 3, 12},
}

// weeks is for how long the house has asked itself a question a week.
const weeks = 24

// house writes the past of a small house that decided by a majority, each time within
// three days, to compare other rules with. It takes no time: the clock is set.
func house(ctx context.Context, store ledger.Store) (*consent.Engine, error) {
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	majority := consent.Method{Name: "majority", Rule: consent.RuleName{Kind: "simple-majority", Version: 1},
		Window: consent.Window{For: circle.MustPeriod("3d"), Lapses: true}}
	e, err := consent.Open(ctx, consent.Config{Store: store, Rules: rule.Stock(), Methods: []consent.Method{majority}, Now: func() time.Time { return now }})
	if err != nil {
		return nil, err
	}
	do := func(who circle.PersonID, c consent.Command) {
		if err == nil {
			_, err = e.Do(ctx, circle.Actor{By: who}, c)
		}
	}
	do("founder", circle.Found{ID: "house", Aim: circle.Say("A house where care is near"), Rules: circle.Rules{Method: "majority"}})
	for _, m := range members {
		do("founder", circle.Admit{ID: m.id, Class: m.class})
		do("founder", circle.Join{Circle: "house", Person: m.id, Level: circle.Full})
	}
	do("founder", circle.EndFounding{})
	for week := 1; week <= weeks; week++ {
		opened := now
		id := proposal.ID(fmt.Sprintf("week-%02d", week))
		do("ana", proposal.Submit{ID: id, Circle: "house", Text: circle.Say("How we live together"), Term: circle.MustPeriod("3m")})
		do("ana", consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
		for _, m := range inOrder() {
			now = opened.Add(m.answers + time.Duration(week%5)*90*time.Minute)
			m.answer(id, week, do)
		}
		now = opened.AddDate(0, 0, 7)
		if _, late := e.Tick(ctx); late != nil {
			return nil, late
		}
	}
	return e, err
}

// inOrder are the members in the order in which they answer.
func inOrder() []member {
	return slices.SortedFunc(slices.Values(members), func(a, b member) int { return cmp.Compare(a.answers, b.answers) })
}

// answer says what a member says to the question of a week, if anything.
func (m *member) answer(id proposal.ID, week int, do func(circle.PersonID, consent.Command)) {
	every := func(n int) bool { return n > 0 && week%n == 0 }
	switch {
	case every(m.misses):
	case every(m.minds):
		do(m.id, objection.Raise{ID: objection.ID("of-" + string(m.id) + "-to-" + string(id)), Proposal: id, Aim: circle.WholeAim,
			Argument: circle.Say("It is too much for some of us")})
	default:
		do(m.id, consent.Respond{Proposal: id, Answer: consent.Consents})
	}
}

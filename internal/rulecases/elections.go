package rulecases

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// ranking is the input of a count of rankings, scores or approvals.
type election struct {
	Candidates json.RawMessage `json:"candidates"`
	Names      []string        `json:"names"`
	Ballots    []struct {
		N      int64            `json:"n"`
		Rank   [][]string       `json:"rank"`
		Scores map[string]int64 `json:"scores"`
	} `json:"ballots"`
	Approvals [][]int  `json:"approvals"`
	Costs     []string `json:"costs"`
	Budget    string   `json:"budget"`
}

// counting is how a rule of an election is asked for.
type counting struct {
	Method       string          `json:"method"`
	Strength     string          `json:"strength"`
	Unranked     string          `json:"unranked"`
	Default      string          `json:"default"`
	Start        json.RawMessage `json:"start"`
	Seats        int             `json:"seats"`
	Withdrawn    []string        `json:"withdrawn"`
	Excluded     []string        `json:"excluded"`
	Overvote     string          `json:"overvote"`
	MaxSkipped   *int            `json:"max_skipped"`
	MaxRankings  int             `json:"max_rankings"`
	Duplicate    string          `json:"duplicate"`
	Batch        bool            `json:"batch"`
	Decimals     int             `json:"decimals"`
	Quota        string          `json:"quota"`
	Tie          string          `json:"tie"`
	MaxScore     int64           `json:"max_score"`
	MissingZero  bool            `json:"missing_is_zero"`
	Satisfaction string          `json:"satisfaction"`
}

// elections makes the rule of a counting.
var elections = map[string]func(r counting, in election) (consent.Rule, error){
	"plurality": func(counting, election) (consent.Rule, error) { return rule.Plurality{}, nil },
	"bucklin":   func(counting, election) (consent.Rule, error) { return rule.Bucklin{}, nil },
	"approval": func(counting, election) (consent.Rule, error) {
		return rule.Committee{By: rule.MostApproved, Places: 1}, nil
	},
	"score": func(counting, election) (consent.Rule, error) { return rule.Score{}, nil },
	"borda": borda,
	"schulze": func(r counting, _ election) (consent.Rule, error) {
		return rule.Schulze{Strength: strength(r), Unranked: unranked(r)}, nil
	},
	"ranked-pairs": func(r counting, _ election) (consent.Rule, error) {
		return rule.RankedPairs{Strength: strength(r), Unranked: unranked(r)}, nil
	},
	"minimax": func(r counting, _ election) (consent.Rule, error) {
		return rule.Minimax{Strength: strength(r), Unranked: unranked(r)}, nil
	},
	"copeland":  func(r counting, _ election) (consent.Rule, error) { return rule.Copeland{Unranked: unranked(r)}, nil },
	"kemeny":    func(r counting, _ election) (consent.Rule, error) { return rule.Kemeny{Unranked: unranked(r)}, nil },
	"irv":       runoff,
	"irv-rctab": runoff,
	"stv-scottish": func(r counting, _ election) (consent.Rule, error) {
		return rule.ScottishSTV{Reading: ranks(r), Places: r.Seats}, nil
	},
	"stv-rctab": gregory,
	"stv-meek": func(r counting, _ election) (consent.Rule, error) {
		return rule.MeekSTV{Places: r.Seats, Without: r.Withdrawn}, nil
	},
	"star":              func(r counting, _ election) (consent.Rule, error) { return rule.Star{Best: r.MaxScore}, nil },
	"majority-judgment": func(counting, election) (consent.Rule, error) { return rule.MajorityJudgment{}, nil },
	"reweighted-range": func(r counting, _ election) (consent.Rule, error) {
		return rule.ReweightedRange{Places: r.Seats, Best: r.MaxScore}, nil
	},
	"pb-greedy":  budget,
	"pb-welfare": budget,
	"pb-mes":     budget,
}

func init() {
	for _, by := range []rule.Approving{rule.MostApproved, rule.Satisfaction, rule.Proportional, rule.ProportionalStep, rule.Represented, rule.Loads, rule.EqualShares, rule.SharesOnly, rule.LeastFar} {
		elections[string(by)] = func(r counting, _ election) (consent.Rule, error) {
			return rule.Committee{By: by, Places: r.Seats}, nil
		}
	}
	known := map[string]family{}
	for name, make := range elections {
		known[name] = func(c *reading) (findings, error) { return elected(c, make) }
	}
	know(known)
}

func strength(r counting) rule.Strength {
	if r.Strength == "winning" {
		return rule.Winning
	}
	return rule.Strength(r.Strength)
}

func unranked(r counting) rule.Unranked { return rule.Unranked(r.Unranked) }

func borda(r counting, _ election) (consent.Rule, error) {
	switch strings.Trim(string(r.Start), `"`) {
	case "1", "":
		return rule.Borda{}, nil
	case "0":
		return rule.Borda{Points: rule.FromZero}, nil
	case "dowdall":
		return rule.Borda{Points: rule.Dowdall}, nil
	}
	return nil, fmt.Errorf("borda does not start at %s", r.Start)
}

func ranks(r counting) rule.Reading {
	out := rule.Reading{Once: r.Duplicate == "exhaust", Ranks: r.MaxRankings, Without: append(r.Excluded, r.Withdrawn...)}
	among("duplicate", r.Duplicate, "exhaust", "skip")
	among("overvote", r.Overvote, "exhaust", "skip", "exhaust-if-several-continuing")
	switch r.Overvote {
	case "exhaust":
		out.Overvote = rule.OvervoteSpends
	case "skip":
		out.Overvote = rule.OvervoteSkipped
	}
	if r.MaxSkipped != nil {
		out.Strict, out.Skips = true, *r.MaxSkipped
	}
	return out
}

func runoff(r counting, _ election) (consent.Rule, error) {
	return rule.Runoff{Reading: ranks(r), Batch: r.Batch, First: "Undeclared Write-ins"}, nil
}

func gregory(r counting, _ election) (consent.Rule, error) {
	among("tie", r.Tie, "candidate-order")
	q := rule.Quota(r.Quota)
	if r.Quota == "droop" {
		q = rule.Droop
	}
	return rule.GregorySTV{Reading: ranks(r), Places: r.Seats, Decimals: r.Decimals, Quota: q, Listed: r.Tie == "candidate-order"}, nil
}

func budget(r counting, in election) (consent.Rule, error) {
	among("satisfaction", r.Satisfaction, "cost", "count")
	return rule.Budget{By: rule.Budgeting(r.Method), Total: in.Budget, Costs: in.Costs, Counted: r.Satisfaction == "count"}, nil
}

// elected builds the case, asks the rule, and finds what can be claimed of it.
func elected(c *reading, make func(counting, election) (consent.Rule, error)) (findings, error) {
	var how counting
	var in election
	if err := strict(c.rule, &how); err != nil {
		return nil, err
	}
	if err := strict(c.input, &in); err != nil {
		return nil, err
	}
	r, err := make(how, in)
	if err != nil {
		return nil, err
	}
	options, byNumber, err := in.options()
	if err != nil {
		return nil, err
	}
	if r, err = asData(r); err != nil {
		return nil, err
	}
	v := r.Judge(in.ask(options))
	refuseErrors(v)
	f := &found{v: v, options: options, byNumber: byNumber, method: how.Method, input: in, how: how}
	out := findings{}
	for key, check := range claims {
		out[key] = comparer(func(want json.RawMessage) error { return check(f, want) })
	}
	return out, nil
}

// asData makes an election anew as the engine does, by its kind and its parameters
// as data: so what it cannot be asked for is refused.
func asData(r consent.Rule) (consent.Rule, error) {
	name, ok := rule.Name(r)
	if !ok {
		return nil, fmt.Errorf("%T is no election of the stock", r)
	}
	return rule.Elections()[consent.RuleName{Kind: name.Kind, Version: name.Version}](name.Parameters)
}

// strict reads what a case gives into a known form, and refuses a field that is
// not known.
func strict(given map[string]any, into any) error {
	b, err := json.Marshal(given)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("the case is not of a known form: %w", err)
	}
	return nil
}

// options are the names of what is chosen from; in some files they are numbers.
func (in *election) options() (names []string, byNumber bool, err error) {
	var n int
	switch {
	case in.Costs != nil:
		n = len(in.Costs)
	case json.Unmarshal(in.Candidates, &names) == nil:
		return names, false, nil
	case json.Unmarshal(in.Candidates, &n) != nil:
		return nil, false, fmt.Errorf("candidates are neither names nor a number")
	}
	for i := range n {
		names = append(names, strconv.Itoa(i))
	}
	return names, true, nil
}

var opened = time.Unix(0, 0).UTC()

// ask is the case at the close, with a seat for each ballot, or each bundle of
// like ones, which then weighs as many.
func (in *election) ask(options []string) consent.Case {
	c := consent.Case{Opened: opened, Closes: opened.Add(time.Hour), Now: opened.Add(time.Hour), Version: 1}
	for _, o := range options {
		c.Options = append(c.Options, consent.Option{ID: o})
	}
	add := func(n int64, a consent.Answer) {
		a.Seat, a.Version, a.At = circle.PersonID(fmt.Sprintf("b%d", len(c.Seats))), 1, opened
		c.Seats = append(c.Seats, consent.Seat{Person: a.Seat, Weight: n})
		c.Answers = append(c.Answers, a)
	}
	for _, b := range in.Ballots {
		for k, rank := range b.Rank {
			if slices.Equal(rank, []string{"*overvote*"}) { // several marks that the source does not name
				b.Rank[k] = []string{"*overvote*", "*overvote*"}
			}
		}
		add(b.N, consent.Answer{Ranking: b.Rank, Scores: b.Scores})
	}
	for _, list := range in.Approvals {
		var names []string
		for _, i := range list {
			names = append(names, strconv.Itoa(i))
		}
		add(1, consent.Answer{Ranking: [][]string{names}})
	}
	return c
}

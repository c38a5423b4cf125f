package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger/filestore"
)

// rules are those that decisions can be compared with, by the names that people
// give them.
var rules = []struct {
	name string
	rule consent.Rule
}{
	{"consent", consent.ByConsent{}},
	{"two-thirds", rule.SuperMajority.Vote()},
	{"majority", rule.SimpleMajority.Vote()},
	{"lazy-consensus", rule.LazyConsensus{}.Vote()},
	{"unanimity", rule.Unanimity{}.Vote()},
	{"enough-care", EnoughCare{AtLeast: 2}},
}

// named finds a rule by one of these names, or by its kind in the stock, with its
// parameters where it has any: majority{"share":"3/4"}.
func named(name string) (consent.Rule, error) {
	var known []string
	for _, r := range rules {
		if r.name == name {
			return r.rule, nil
		}
		known = append(known, r.name)
	}
	kind, parameters, has := strings.Cut(name, "{")
	if has {
		parameters = "{" + parameters
	}
	if make, ok := rule.Stock()[consent.RuleName{Kind: kind, Version: 1}]; ok {
		return make(parameters)
	}
	return nil, fmt.Errorf("there is no rule %q: say %s, or a rule of the stock such as majority{\"share\":\"3/4\"}; docs/rules.md lists them", name, strings.Join(known, ", "))
}

// days is how many seconds some days have.
func days(n int64) int64 { return n * 24 * 60 * 60 }

// alternatives are what the simulator compares.
func alternatives() []logbook.Alternative {
	return []logbook.Alternative{
		{Name: "consent", Rule: consent.ByConsent{}},
		{Name: "two thirds", Rule: rule.SuperMajority.Vote(), Seconds: days(3)},
		{Name: "majority", Rule: rule.SimpleMajority.Vote(), Seconds: days(3)},
		{Name: "majority of all, answers stand", Rule: rule.AbsoluteMajority.Vote(), Seconds: days(3), Stands: true},
		{Name: "final comment, 1 day", Rule: rule.FinalComment{Outstanding: 2, Seconds: days(1)}.Lasting()},
		{Name: "lazy consensus", Rule: rule.LazyConsensus{}.Vote(), Seconds: days(3)},
		{Name: "enough care", Rule: EnoughCare{AtLeast: 2}, Seconds: days(3)},
	}
}

// compared is how many questions the simulator draws.
const compared = 1000

// compareKept compares rules on a ledger that was kept in a folder.
func compareKept(ctx context.Context, dir, with string, seed uint64, out io.Writer) error {
	store, err := filestore.OpenReadOnly(dir)
	if err != nil {
		return err
	}
	defer store.Close()
	e, err := consent.Open(ctx, consent.Config{Store: store, Vault: store, Rules: rule.Stock()})
	if err != nil {
		return err
	}
	if with == "" {
		return compare(ctx, e, seed, out)
	}
	return try(ctx, e, with, out)
}

// try says which decisions of a ledger another rule would have made otherwise.
func try(ctx context.Context, e *consent.Engine, with string, out io.Writer) error {
	r, err := named(with)
	if err != nil {
		return err
	}
	t, err := logbook.TryRule(ctx, e, with, r)
	if err != nil {
		return err
	}
	if words, ok := r.(fmt.Stringer); ok {
		fmt.Fprintf(out, "%s: %s\n", with, words)
	}
	fmt.Fprintln(out, t)
	return nil
}

// compare says in a line each what other rules would have made of the decisions of a
// ledger, and simulates more questions to the same people.
func compare(ctx context.Context, e *consent.Engine, seed uint64, out io.Writer) error {
	for _, r := range rules {
		t, err := logbook.TryRule(ctx, e, r.name, r.rule)
		if err != nil {
			return err
		}
		line, _, _ := strings.Cut(t.String(), "\n")
		fmt.Fprintln(out, line)
	}
	fmt.Fprintln(out, "-with NAME says which, and why.")
	p, err := logbook.LearnPractice(ctx, e, "")
	if err != nil {
		return err
	}
	s, err := logbook.Simulate(p, seed, compared, alternatives()...)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%s", s)
	return nil
}

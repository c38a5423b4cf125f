// Command rules shows voting rules at work: one that somebody wrote themselves
// ([EnoughCare], in thirty lines, tested in one), what the rules of the stock make of
// the same ballots, and what other rules would have made of the decisions of a small
// house, and of more like them.
//
//	go run ./examples/rules                               all that
//	go run ./examples/rules -ledger DIR                   compare rules on a ledger, such as examples/carecoop leaves with -dir
//	go run ./examples/rules -ledger DIR -with two-thirds  which of its decisions one rule would have made otherwise, and why
//	go run ./examples/rules -cases DIR                    judge decision cases from elsewhere through the stock
//
// The ledger is read only. -seed N draws other questions for the comparison.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/internal/rulecases"
	"github.com/sayround/sayround/ledger"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("rules", flag.ContinueOnError)
	flags.SetOutput(errs)
	cases := flags.String("cases", "", "a folder with decision cases, each *.json a file of them")
	dir := flags.String("ledger", "", "a folder with a ledger: compare rules on its decisions")
	with := flags.String("with", "", "try this rule on each of its decisions: a name, or a rule of the stock with its parameters")
	seed := flags.Uint64("seed", 1, "what questions are drawn by, for the comparison")
	if flags.Parse(args) != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(errs, "rules takes no words, and was given %q\n", flags.Args())
		return 2
	}
	var err error
	switch ctx := context.Background(); {
	case *cases != "":
		return judgeAll(*cases, out, errs)
	case *dir != "":
		err = compareKept(ctx, *dir, *with, *seed, out)
	default:
		err = tell(ctx, *with, *seed, out)
	}
	if err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	return 0
}

// judgeAll judges every file of a folder.
func judgeAll(dir string, out, errs io.Writer) int {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		fmt.Fprintf(errs, "%s holds no files of cases (*.json)\n", dir)
		return 2
	}
	slices.Sort(files)
	passed, failed := 0, 0
	for _, name := range files {
		results, err := rulecases.Run(name)
		if err != nil {
			fmt.Fprintf(out, "%v\n", err)
			failed++
			continue
		}
		for _, r := range results {
			if r.Passed {
				passed++
				continue
			}
			failed++
			fmt.Fprintf(out, "%s %s: %s\n", filepath.Base(name), r.ID, r.Why)
		}
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return 1
	}
	return 0
}

// tell shows a rule of one's own, the same ballots by many rules, and rules
// compared on a small house.
func tell(ctx context.Context, with string, seed uint64, out io.Writer) error {
	e, err := house(ctx, &ledger.Memory{})
	if err != nil {
		return err
	}
	if with != "" {
		return try(ctx, e, with, out)
	}
	ownRule(out)
	sameBallots(out)
	fmt.Fprintln(out, "\nA small house of seven people has decided by a majority, each time within three days. What if it had another rule?")
	if err := try(ctx, e, "two-thirds", out); err != nil {
		return err
	}
	fmt.Fprintln(out)
	return compare(ctx, e, seed, out)
}

func ownRule(out io.Writer) {
	fmt.Fprintln(out, "A rule of one's own: more for it than against it, and two of those who give or get care.")
	c := atClose([]consent.Seat{{Person: "ana", Class: "supported"}, {Person: "bea", Class: "worker"}, {Person: "cem", Class: "investor"}, {Person: "dov", Class: "investor"}},
		map[string]string{"ana": "yes", "cem": "yes", "dov": "yes", "bea": "no"})
	r := EnoughCare{AtLeast: 2}
	v := r.Judge(c)
	fmt.Fprintf(out, "  ana yes, bea no, cem yes, dov yes: %s\n", v.Outcome)
	for _, why := range v.Why {
		says, _ := r.Words(why)
		fmt.Fprintf(out, "    %s: %s\n", met(why.Holds), says)
	}
}

func sameBallots(out io.Writer) {
	fmt.Fprintln(out, "\nWhere should the new meeting house stand? Four towns, a hundred members, the nearer the better.")
	e := towns()
	for _, of := range []struct {
		name string
		rule consent.Rule
	}{{"plurality", rule.Plurality{}}, {"instant runoff", rule.Runoff{}}, {"Borda", rule.Borda{}}, {"Bucklin", rule.Bucklin{}}, {"Copeland", rule.Copeland{}},
		{"minimax", rule.Minimax{}}, {"ranked pairs", rule.RankedPairs{}}, {"Schulze", rule.Schulze{}}, {"two places, Scottish STV", rule.ScottishSTV{Places: 2}}} {
		fmt.Fprintf(out, "  %-25s %s\n", of.name, strings.Join(of.rule.Judge(e).Winners, ", "))
	}
}

func met(holds bool) string {
	if holds {
		return "met"
	}
	return "not met"
}

// Command rules shows voting rules at work: one that somebody wrote themselves,
// and what the rules of the stock make of the same ballots. With -cases it judges
// decision cases from elsewhere through the stock, and ends with how many passed.
package main

import (
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
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("rules", flag.ContinueOnError)
	flags.SetOutput(errs)
	cases := flags.String("cases", "", "a folder with decision cases, each *.json a file of them")
	if flags.Parse(args) != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(errs, "rules takes no words, and was given %q\n", flags.Args())
		return 2
	}
	if *cases != "" {
		return judgeAll(*cases, out, errs)
	}
	tell(out)
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

// tell shows a rule of one's own, and then the same ballots by many rules.
func tell(out io.Writer) {
	fmt.Fprintln(out, "A rule of one's own: more for it than against it, and two of those who give or get care.")
	c := atClose([]consent.Seat{{Person: "ana", Class: "supported"}, {Person: "bea", Class: "worker"}, {Person: "cem", Class: "investor"}, {Person: "dov", Class: "investor"}},
		map[string]string{"ana": "yes", "cem": "yes", "dov": "yes", "bea": "no"})
	v := EnoughCare{AtLeast: 2}.Judge(c)
	fmt.Fprintf(out, "  ana yes, bea no, cem yes, dov yes: %s\n", v.Outcome)
	for _, r := range v.Why {
		fmt.Fprintf(out, "    %s: %s, needs %s: %s\n", r.Code, r.Got, r.Need, yesNo(r.Holds))
	}

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

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

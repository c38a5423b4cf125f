// Conversation runs conversations: readable scripts that drive the engine and
// say what came of each line. It prints each difference and ends with the line
// "N passed, N failed". After each file the ledger is replayed from nothing
// and verified.
//
//	go run ./examples/conversation FILE…          run them
//	go run ./examples/conversation -rewrite FILE… write down what was printed
//	go run ./examples/conversation -commands      list every command
//	go run ./examples/conversation -grammar       print the grammar
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/consenttest"
	"github.com/sayround/sayround/consent/rule"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("conversation", flag.ContinueOnError)
	flags.SetOutput(errs)
	rewrite := flags.Bool("rewrite", false, "write down what was printed, in place of what was expected; read the difference afterwards")
	commands := flags.Bool("commands", false, "list every command with its fields; those in brackets may be left out")
	grammar := flags.Bool("grammar", false, "print the grammar of conversations")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	switch {
	case *commands:
		for _, line := range consent.Catalogue() {
			fmt.Fprintln(out, line)
		}
		return 0
	case *grammar:
		fmt.Fprint(out, consenttest.Grammar())
		return 0
	case flags.NArg() == 0:
		fmt.Fprintln(errs, "name the files to run; -h tells more")
		return 2
	}
	return runFiles(flags.Args(), *rewrite, out)
}

func runFiles(files []string, rewrite bool, out io.Writer) int {
	passed, failed := 0, 0
	for _, file := range files {
		if runFile(file, rewrite, out) {
			passed++
		} else {
			failed++
		}
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return 1
	}
	return 0
}

// runFile runs one conversation and says whether it went as written.
func runFile(file string, rewrite bool, out io.Writer) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(out, err)
		return false
	}
	r, err := consenttest.Run(context.Background(), file, data, rule.Stock(), rule.Methods()...)
	if err != nil {
		fmt.Fprintln(out, err)
		return false
	}
	if rewrite && !r.Passed() {
		if err := os.WriteFile(file, r.Rewritten, 0o644); err != nil {
			fmt.Fprintln(out, err)
			return false
		}
		fmt.Fprintf(out, "%s: rewritten in %d places\n", file, len(r.Differences))
		return runFile(file, false, out)
	}
	for _, d := range r.Differences {
		fmt.Fprintln(out, d)
	}
	return r.Passed()
}

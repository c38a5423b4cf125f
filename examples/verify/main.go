// Verify says in plain words whether a ledger is whole, and helps members to keep
// what shows it.
//
//	go run ./examples/verify                            show all of it on a small ledger of its own
//	go run ./examples/verify LEDGER                     is it whole?
//	go run ./examples/verify LEDGER -against FILE       … and still what this older checkpoint says?
//	go run ./examples/verify LEDGER -export DIR         sign it, and write it as files that others can check
//	go run ./examples/verify LEDGER -export DIR -receipts    with a receipt for each entry
//	go run ./examples/verify LEDGER -import DIR -key VKEY    make the ledger from such files
//	go run ./examples/verify LEDGER -prove ENTRY        print a receipt for one entry
//	go run ./examples/verify -receipt FILE -key VKEY    check a receipt; no ledger is needed
//	go run ./examples/verify LEDGER -fsck               let a tool that we did not write check it
//	go run ./examples/verify LEDGER -ask URL -trust KEY ask a witness for its name under the ledger
//	go run ./examples/verify LEDGER -erase PERSON -ground TEXT     make unreadable what somebody said, for good
//	go run ./examples/verify -witness ADDRESS -key VKEY be a witness of the ledger with this key
//
// LEDGER is a folder that ledger/filestore keeps, such as examples/carecoop leaves
// with -dir. To erase, its words must lie encrypted in LEDGER/vault, as carecoop keeps
// them, and the keeper of the keys in LEDGER.keeper (-keeper FILE). VKEY is a verifier key, or a file with one. The program ends with 0
// only when everything that it was asked to verify holds.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// An asked is what the program was asked for.
type asked struct {
	ledger                             string
	export, imports, receipt, against  string
	prove                              int64
	receipts, fsck                     bool
	key, origin, secret                string
	witness, seen, askURL, witnessKeys string
	person, ground, by, keeper         string
}

// run does what it was asked for, and returns how the program ends: 0 when
// everything holds, 1 when something does not, 2 when it was not understood.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	a, err := parse(args, errs)
	if err != nil {
		if !errors.Is(err, errTold) {
			fmt.Fprintln(errs, err)
		}
		return 2
	}
	if err := a.do(ctx, out); err != nil {
		fmt.Fprintln(out, words(err))
		return 1
	}
	return 0
}

// errTold: the flags have said themselves what is wrong, or what there is.
var errTold = errors.New("told")

// parse reads the arguments. The ledger may stand before the flags or behind them.
func parse(args []string, errs io.Writer) (asked, error) {
	var a asked
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&a.export, "export", "", "sign the ledger, and write it to this folder as files that others can check")
	flags.BoolVar(&a.receipts, "receipts", false, "with -export: write a receipt for each entry too")
	flags.StringVar(&a.imports, "import", "", "make the ledger from the files in this folder, which are verified first")
	flags.Int64Var(&a.prove, "prove", -1, "print a receipt for the entry with this `number`; the first is 0")
	flags.StringVar(&a.receipt, "receipt", "", "check the receipt in this file")
	flags.StringVar(&a.against, "against", "", "hold the ledger to an older checkpoint in this file, or to an older export")
	flags.StringVar(&a.key, "key", "", "the verifier key of the ledger, or a file with it")
	flags.StringVar(&a.origin, "origin", "", "the name of the ledger, when its key is made; one that follows from its first entry if none is given")
	flags.StringVar(&a.secret, "secret", "", "the file of the key that signs; LEDGER/secret if none is named. It is made when it is not there")
	flags.BoolVar(&a.fsck, "fsck", false, "let fsck of Tessera check an export of the ledger")
	flags.StringVar(&a.witness, "witness", "", "be a witness at this address, as 127.0.0.1:8090")
	flags.StringVar(&a.seen, "seen", "witness", "with -witness: the folder for what was seen, and for the witness's key")
	flags.StringVar(&a.askURL, "ask", "", "ask the witness at this URL for its name under the ledger")
	flags.StringVar(&a.witnessKeys, "trust", "", "the verifier keys of witnesses who must have seen the ledger, with a comma between them, or files with them")
	flags.StringVar(&a.person, "erase", "", "make unreadable what this `person` said, by their id, or by the handle for which circle/alias gave it")
	flags.StringVar(&a.ground, "ground", string(consent.GroundRequest), "with -erase: why: request, withdrawn, retention, unlawful, court, or in words of your own, which are not kept")
	flags.StringVar(&a.by, "by", "", "with -erase: who asks for it, named in the same way; the person themselves if nobody is named")
	flags.StringVar(&a.keeper, "keeper", "", "with -erase: the file of the keeper of the keys; LEDGER.keeper if none is named")
	flags.Usage = func() {
		fmt.Fprintln(errs, "verify LEDGER says whether the ledger in this folder is whole; verify alone shows how that goes.")
		fmt.Fprintln(errs, "What else it does is told by flags, before the folder or behind it:")
		flags.PrintDefaults()
	}
	var rest []string
	for len(args) > 0 {
		if flags.Parse(args) != nil {
			return a, errTold
		}
		if args = flags.Args(); len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	switch {
	case len(rest) > 1:
		return a, fmt.Errorf("verify takes one ledger, and was given %q", rest)
	case len(rest) == 1:
		a.ledger = rest[0]
	case a.receipt != "", a.witness != "":
	case flags.NFlag() > 0:
		return a, errors.New("verify was not told which ledger")
	}
	return a, nil
}

// do does one thing.
func (a asked) do(ctx context.Context, out io.Writer) error {
	switch {
	case a.witness != "":
		return a.beWitness(ctx, out)
	case a.receipt != "":
		return a.checkReceipt(ctx, out)
	case a.ledger == "":
		return show(ctx, out)
	case a.imports != "":
		return a.importFrom(ctx, out)
	case a.export != "":
		return a.exportTo(ctx, out)
	case a.prove >= 0:
		return a.proveEntry(ctx, out)
	case a.fsck:
		return a.letFsckCheck(ctx, out)
	case a.person != "":
		return a.erase(ctx, out)
	case a.askURL != "":
		return a.askWitness(ctx, out)
	}
	return a.check(ctx, out)
}

// policy says whom one trusts: who was named on the command line. If nobody was,
// there is none, and ok is false.
func (a asked) policy() (p ledger.Policy, ok bool, err error) {
	if a.key != "" {
		k, err := readKey(a.key)
		if err != nil {
			return p, false, err
		}
		p.Ledgers = []note.Verifier{k}
	}
	if a.witnessKeys != "" {
		for _, text := range strings.Split(a.witnessKeys, ",") {
			k, err := readKey(text)
			if err != nil {
				return p, false, err
			}
			p.Quorum.Of = append(p.Quorum.Of, ledger.Quorum{Witness: k})
		}
		p.Quorum.Least = len(p.Quorum.Of)
	}
	return p, a.key != "", nil
}

// readKey reads a verifier key, or a file with one.
func readKey(text string) (note.Verifier, error) {
	k, err := ledger.NewVerifier(keyText(text))
	if err != nil {
		return nil, fmt.Errorf("this is no verifier key, nor a file with one: %w", err)
	}
	return k, nil
}

// keyText is the text of a key that is named by itself or by its file.
func keyText(text string) string {
	if b, err := os.ReadFile(text); err == nil {
		text = string(b)
	}
	return strings.TrimSpace(text)
}

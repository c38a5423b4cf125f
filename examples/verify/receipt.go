package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
)

// proveEntry prints the receipt of an entry.
func (a asked) proveEntry(ctx context.Context, out io.Writer) error {
	s, signed, err := a.sign(ctx, io.Discard)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := ledger.Issue(ctx, s, s.policy, signed, uint64(a.prove))
	if err != nil {
		return err
	}
	_, err = out.Write(r.Text())
	return err
}

// checkReceipt checks a receipt, and holds a ledger to it when one is named.
func (a asked) checkReceipt(ctx context.Context, out io.Writer) error {
	text, err := os.ReadFile(a.receipt)
	if err != nil {
		return err
	}
	r, err := ledger.ParseReceipt(text)
	if err != nil {
		return &finding{fmt.Sprintf("this receipt cannot be believed: %v.", err), err}
	}
	policy, trusted, err := a.policy()
	if err != nil {
		return err
	}
	if !trusted {
		return errors.New("a receipt is checked by the key of the ledger: name the one that you trust (-key VKEY)")
	}
	c, seen, err := r.Check(policy, nil)
	if err != nil {
		return &finding{fmt.Sprintf("this receipt cannot be believed: %v.", err), err}
	}
	fmt.Fprintf(out, "The receipt holds: entry %d is in the ledger %s, which then had %s.%s\n", r.Index, c.Origin, number(c.Size, "entry", "entries"), by(seen))
	if e, err := consent.DecodeEntry(r.Entry, r.Index); err == nil {
		who := string(e.Actor.By)
		if e.Actor.Clock {
			who = "the clock"
		}
		fmt.Fprintf(out, "  %s: %s, by %s\n", e.At.UTC().Format("2 January 2006, 15:04 UTC"), e.Do, who)
	}
	if a.ledger == "" {
		return nil
	}
	store, err := look(a.ledger)
	if err != nil {
		return err
	}
	defer store.Close()
	read, err := read(ctx, store)
	if err != nil {
		return err
	}
	if err := read.holds(ctx, store, c, nil); err != nil {
		return err
	}
	fmt.Fprintln(out, "The ledger at hand is what the receipt says.")
	return nil
}

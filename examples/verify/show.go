package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/proposal"
)

// A showing lets the program verify a small ledger, and somebody change it.
type showing struct {
	dir string
	out io.Writer
}

// show tells what the program finds, on a ledger of its own.
func show(ctx context.Context, out io.Writer) error {
	dir, err := os.MkdirTemp("", "verify")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s := showing{dir, out}
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	if err := s.live(ctx, "bread", &now); err != nil {
		return err
	}
	s.say("Three people of a bakery have decided something. Is their ledger whole?")
	s.verify(ctx, 0, "LEDGER")
	s.say("They sign it, and each of them keeps the files. No words of theirs are in there.")
	s.verify(ctx, 0, "LEDGER", "-export", "EXPORT", "-receipts", "-origin", "bakery.example/ledger")
	s.say("Cia has a receipt for her consent. She checks it, without the ledger.")
	s.verify(ctx, 0, "-receipt", "EXPORT/receipts/5.tlog-proof", "-key", "EXPORT/vkey")
	if err := s.live(ctx, "coffee", &now); err != nil {
		return err
	}
	s.say("They go on. A month later Ben holds the ledger to what he kept.")
	s.verify(ctx, 0, "LEDGER", "-against", "EXPORT", "-key", "EXPORT/vkey")
	s.say("Somebody makes the same ledger from the files: same root, same state.")
	s.verify(ctx, 0, "COPY", "-import", "EXPORT", "-key", "EXPORT/vkey")
	s.say("Now somebody rewrites the ledger, with every checksum right: it was Ben who consented, and not Cia.")
	if err := s.rewrite(ctx); err != nil {
		return err
	}
	s.verify(ctx, 1, "LEDGER", "-against", "EXPORT", "-key", "EXPORT/vkey")
	s.say("And a single byte on the disk of the copy changes.")
	if err := s.rot(); err != nil {
		return err
	}
	s.verify(ctx, 1, "COPY")
	return nil
}

func (s showing) say(text string) { fmt.Fprintf(s.out, "\n%s\n", text) }

// verify runs the program, and says when it ends otherwise than it should.
func (s showing) verify(ctx context.Context, want int, args ...string) {
	fmt.Fprintf(s.out, "  verify %s\n", strings.Join(args, " "))
	real := make([]string, len(args))
	for i, arg := range args {
		real[i] = arg
		for _, name := range []string{"LEDGER", "EXPORT", "COPY"} {
			if strings.HasPrefix(arg, name) {
				real[i] = filepath.Join(s.dir, filepath.FromSlash(arg))
			}
		}
	}
	var out bytes.Buffer
	got := run(ctx, real, &out, &out)
	text := strings.ReplaceAll(out.String(), s.dir+string(filepath.Separator), "")
	for line := range strings.Lines(text) {
		fmt.Fprint(s.out, "    ", line)
	}
	if got != want {
		fmt.Fprintf(s.out, "    it ended with %d, where it should end with %d\n", got, want)
	}
}

// live lets the bakery decide something.
func (s showing) live(ctx context.Context, id proposal.ID, now *time.Time) error {
	store, err := filestore.Open(filepath.Join(s.dir, "LEDGER"))
	if err != nil {
		return err
	}
	defer store.Close()
	engine, err := consent.Open(ctx, consent.Config{Store: store, Now: func() time.Time { return *now },
		IDs: func() string { return fmt.Sprint("c", now.Unix()) }})
	if err != nil {
		return err
	}
	commands := []struct {
		by  circle.PersonID
		cmd consent.Command
	}{
		{"ana", circle.Found{ID: "bakery", Aim: circle.Say("Bread the street is glad of"), Members: []circle.PersonID{"ana", "ben", "cia"}}},
		{"ana", proposal.Submit{ID: id, Circle: "bakery", Text: circle.Say("We sell " + string(id) + " on the first Sunday of each month"), Term: circle.MustPeriod("3m")}},
		{"ana", consent.OpenRound{Proposal: id, Round: consent.ConsentRound}},
		{"ana", consent.Respond{Proposal: id, Answer: consent.Consents}},
		{"ben", consent.Respond{Proposal: id, Answer: consent.Consents}},
		{"cia", consent.Respond{Proposal: id, Answer: consent.Consents}},
	}
	if size, _ := engine.Head(); size > 0 {
		commands = commands[1:]
	}
	for _, c := range commands {
		*now = now.Add(26 * time.Hour)
		if _, err := engine.Do(ctx, circle.Actor{By: c.by}, c.cmd); err != nil {
			return err
		}
	}
	*now = now.Add(20 * 24 * time.Hour)
	return nil
}

// rewrite writes the ledger anew, with another name in one entry.
func (s showing) rewrite(ctx context.Context) error {
	dir := filepath.Join(s.dir, "LEDGER")
	var entries [][]byte
	store, err := filestore.Open(dir)
	if err != nil {
		return err
	}
	for entry, err := range store.Read(ctx, 0) {
		if err != nil {
			return err
		}
		entries = append(entries, bytes.Clone(entry))
	}
	if err := store.Close(); err != nil {
		return err
	}
	entries[5] = bytes.ReplaceAll(entries[5], []byte(`"cia"`), []byte(`"ben"`))
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if store, err = filestore.Open(dir); err != nil {
		return err
	}
	defer store.Close()
	return store.Append(ctx, 0, entries)
}

// rot changes a byte of the copy.
func (s showing) rot() error {
	file := filepath.Join(s.dir, "COPY", "entries")
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	b[len(b)/2] ^= 1
	return os.WriteFile(file, b, 0o600)
}

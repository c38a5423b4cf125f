package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
)

// A finding is what is wrong with a ledger, in words.
type finding struct {
	says string
	err  error
}

func (f *finding) Error() string { return f.says }
func (f *finding) Unwrap() error { return f.err }

// words says what went wrong.
func words(err error) string {
	var f *finding
	if errors.As(err, &f) {
		return "NOT WHOLE: " + f.says
	}
	var n *notErased
	if errors.As(err, &n) {
		return "NOT ERASED: " + n.says
	}
	return "It could not be verified: " + err.Error()
}

// check says whether a ledger is whole: what is found first is that it is not what
// was signed or kept, for that tells when it was changed.
func (a asked) check(ctx context.Context, out io.Writer) error {
	store, err := look(a.ledger)
	if err != nil {
		return err
	}
	defer store.Close()
	r, err := readEntries(ctx, store)
	if err != nil {
		return err
	}
	kept := ""
	if a.against != "" {
		if kept, err = a.holdAgainst(ctx, store, r); err != nil {
			return err
		}
	}
	signed, err := a.checkSigned(ctx, store, r)
	if err != nil {
		return err
	}
	if err := r.decide(ctx, store); err != nil {
		return err
	}
	fmt.Fprintf(out, "The ledger is whole: %s\n%s%s", r, kept, signed)
	return nil
}

// look opens a ledger for reading.
func look(dir string) (*filestore.Store, error) {
	store, err := filestore.OpenReadOnly(dir)
	var damaged *ledger.CorruptError
	if errors.As(err, &damaged) {
		return nil, &finding{damage(damaged), err}
	}
	return store, err
}

// damage words where bytes are no longer what was written.
func damage(e *ledger.CorruptError) string {
	if e.Part != "" {
		return fmt.Sprintf("what somebody said (part %s) was changed or damaged after it was written: %s.", e.Part, e.What)
	}
	return fmt.Sprintf("entry %d was changed or damaged after it was written: %s. The entries before it are as they were.", e.Entry, e.What)
}

// A reading is what a ledger comes to when it is read from its first entry.
type reading struct {
	tree   ledger.Tree
	times  []time.Time // of each entry
	digest string      // of the state, where it is a ledger of decisions
	other  error       // why it is none
}

func (r *reading) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n", number(r.tree.Size(), "entry", "entries"))
	if n := len(r.times); n > 0 {
		fmt.Fprintf(&b, "  from      %s to %s\n", day(r.times[0]), day(r.times[n-1]))
	}
	fmt.Fprintf(&b, "  root      %v\n", r.tree.Root())
	if r.other != nil {
		fmt.Fprintf(&b, "  state     none: these are no decisions of Sayround (%v)", r.other)
	} else {
		fmt.Fprintf(&b, "  state     %s", r.digest)
	}
	return b.String()
}

// read reads every entry, and lets the engine make the state from them.
func read(ctx context.Context, store *filestore.Store) (*reading, error) {
	r, err := readEntries(ctx, store)
	if err != nil {
		return nil, err
	}
	return r, r.decide(ctx, store)
}

// readEntries reads every entry.
func readEntries(ctx context.Context, store *filestore.Store) (*reading, error) {
	r := &reading{}
	for entry, err := range store.Read(ctx, 0) {
		var damaged *ledger.CorruptError
		if errors.As(err, &damaged) {
			return nil, &finding{damage(damaged), err}
		}
		if err != nil {
			return nil, err
		}
		var at time.Time
		e, err := consent.DecodeEntry(entry, r.tree.Size())
		if err == nil {
			at = e.At
		} else if r.other == nil {
			r.other = err
		}
		r.times = append(r.times, at)
		r.tree.Append(entry)
	}
	return r, nil
}

// decide lets the engine make the state from the entries. A ledger of which some
// entries are decisions and others are not was written by two.
func (r *reading) decide(ctx context.Context, store *filestore.Store) error {
	if r.other != nil {
		if slices.ContainsFunc(r.times, func(at time.Time) bool { return !at.IsZero() }) {
			return &finding{fmt.Sprintf("one of its entries cannot be read: %v.", r.other), r.other}
		}
		return nil
	}
	engine, err := consent.Open(ctx, consent.Config{Store: store, Vault: store, Rules: rule.Stock()})
	if errors.Is(err, consent.ErrSenseless) {
		return &finding{fmt.Sprintf("it tells what cannot have happened (%v). Somebody wrote it who is not the engine.", err), err}
	}
	if err != nil {
		return err
	}
	v, err := engine.Verify(ctx)
	if err != nil {
		return err
	}
	r.digest = base64.StdEncoding.EncodeToString(v.Digest[:])
	return nil
}

// day is a date as people say it.
func day(at time.Time) string {
	if at.IsZero() {
		return "a day that it does not tell"
	}
	return at.UTC().Format("2 January 2006")
}

// of words the time of a checkpoint: that of the last entry that it stands for.
func (r *reading) of(size uint64) string {
	if size == 0 || size > uint64(len(r.times)) {
		return "the checkpoint"
	}
	return "the checkpoint of " + day(r.times[size-1])
}

// checkSigned holds a ledger to the checkpoint that is kept with it.
func (a asked) checkSigned(ctx context.Context, store *filestore.Store, r *reading) (string, error) {
	kept, err := store.LastSigned(ctx)
	if err != nil {
		return "", err
	}
	policy, trusted, err := a.policy()
	if err != nil {
		return "", err
	}
	switch {
	case kept == nil && trusted && a.against == "":
		return "", &finding{"a key was given, and nobody has signed this ledger.", nil}
	case kept == nil:
		return "Nobody has signed it here. Whoever can rewrite all of it can do so unseen by those who keep no checkpoint: sign it (-export DIR), and keep the checkpoint elsewhere.\n", nil
	}
	c, seen, err := open(policy, trusted, kept)
	if err != nil {
		return "", err
	}
	if err := r.holds(ctx, store, c, nil); err != nil {
		return "", err
	}
	says := fmt.Sprintf("It is what was signed: %s, %s of %s.%s\n", r.of(c.Size), number(c.Size, "entry", "entries"), c.Origin, by(seen))
	if !trusted {
		says += "Who signed was not checked: name the key that you trust (-key VKEY).\n"
	}
	return says, nil
}

// open reads a signed checkpoint. Where nobody is trusted its signatures are not
// checked, and only what it says of the entries is.
func open(p ledger.Policy, trusted bool, signed []byte) (ledger.Checkpoint, []ledger.Seen, error) {
	if trusted {
		c, seen, err := p.Open(signed)
		if err != nil {
			return c, nil, &finding{fmt.Sprintf("its checkpoint is not signed by those whom you trust: %v.", err), err}
		}
		return c, seen, nil
	}
	text, _, _ := strings.Cut(string(signed), "\n\n")
	c, err := ledger.ParseCheckpoint(text + "\n")
	return c, nil, err
}

// by names the witnesses.
func by(seen []ledger.Seen) string {
	if len(seen) == 0 {
		return ""
	}
	var list []string
	for _, s := range seen {
		list = append(list, fmt.Sprintf("%s on %s", s.Witness, day(s.At)))
	}
	return " Seen by " + strings.Join(list, ", ") + "."
}

// holds wants a ledger to be what a checkpoint says. Where it is not, the leaf hashes
// of that time, if they are at hand, tell which entry was changed.
func (r *reading) holds(ctx context.Context, store ledger.Store, c ledger.Checkpoint, leaves []tlog.Hash) error {
	err := ledger.Verify(ctx, store, c.Size, c.Root)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ledger.ErrShort):
		return &finding{fmt.Sprintf("a checkpoint stands for %s, and there are %s. Entries were cut off at the end, or an old copy was put back.",
			number(c.Size, "entry", "entries"), number(r.tree.Size(), "entry", "entries")), err}
	case !errors.Is(err, ledger.ErrOtherRoot):
		return err
	}
	if at, ok := firstChanged(ctx, store, leaves); ok {
		return &finding{fmt.Sprintf("entry %d was changed after %s.", at, r.of(c.Size)), err}
	}
	return &finding{fmt.Sprintf("something among entries 0 to %d was changed after %s, which stands for them.", c.Size-1, r.of(c.Size)), err}
}

// firstChanged finds the first entry that has another leaf hash.
func firstChanged(ctx context.Context, store ledger.Store, leaves []tlog.Hash) (uint64, bool) {
	at := uint64(0)
	for entry, err := range store.Read(ctx, 0) {
		if err != nil || at >= uint64(len(leaves)) {
			return 0, false
		}
		if ledger.LeafHash(entry) != leaves[at] {
			return at, true
		}
		at++
	}
	return 0, false
}

// holdAgainst holds a ledger to a checkpoint that somebody kept: a file, or a folder
// with an export, which also tells which entry was changed.
func (a asked) holdAgainst(ctx context.Context, store *filestore.Store, r *reading) (string, error) {
	file, dir := a.against, filepath.Dir(a.against)
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		file, dir = filepath.Join(file, "checkpoint"), file
	}
	signed, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	policy, trusted, err := a.policy()
	if err != nil {
		return "", err
	}
	policy.Quorum = ledger.Quorum{} // it was kept by whoever asks; the newest must have been seen
	c, _, err := open(policy, trusted, signed)
	if err != nil {
		return "", err
	}
	if err := r.holds(ctx, store, c, leavesOf(dir, c.Size)); err != nil {
		return "", err
	}
	return fmt.Sprintf("It begins with what you kept: %s, %s of %s.\n", r.of(c.Size), number(c.Size, "entry", "entries"), c.Origin), nil
}

func number(n uint64, one, many string) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if n == 1 {
		return s + " " + one
	}
	return s + " " + many
}

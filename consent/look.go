package consent

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

// Recorded is an entry with its place in the ledger.
type Recorded struct {
	Position uint64
	Entry    *Entry
}

// Look lets f look at the state. The state must not be changed or kept. What is on its
// way to the store is waited for first, here and wherever the state is asked: nobody is
// shown what may not come to be recorded.
func (e *Engine) Look(f func(*State)) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	f(e.state)
}

// Head is the size of the ledger and the root of its Merkle tree. If the store has
// failed and cannot be read, it is one that the ledger had before.
func (e *Engine) Head() (size uint64, root tlog.Hash) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	tree := &e.tree
	if e.mu.under.spoiled() {
		tree = &e.arrived
	}
	return tree.Size(), tree.Root()
}

// Prove proves that an entry stands in the ledger as it is now. The proof is checked
// against the root that the engine has: a store cannot give a wrong one.
func (e *Engine) Prove(ctx context.Context, position uint64) (ledger.Proof, error) {
	size, root := e.Head()
	p, err := ledger.Prove(ctx, e.config.Store, size, position)
	if err != nil {
		return nil, err
	}
	leaf, err := e.Leaf(ctx, position)
	if err != nil {
		return nil, err
	}
	if err := ledger.Check(p, size, position, root, leaf); err != nil {
		return nil, err
	}
	return p, nil
}

// Entry reads one entry. Where the store has hashes at hand ([ledger.Hasher]), one that is not
// what the engine took in is a [ledger.CorruptError], here and wherever what was recorded is
// told: by Explain, Questions, Words, Find, Leaf, SealMinutes and Watch.
func (e *Engine) Entry(ctx context.Context, position uint64) (*Entry, error) {
	return e.entry(ctx, position)
}

// Leaf is the leaf hash of one entry, which is read as [Engine.Entry] reads it.
func (e *Engine) Leaf(ctx context.Context, position uint64) (tlog.Hash, error) {
	return e.leafThat(ctx, position, func(b []byte) error { return e.same(ctx, position, b) })
}

// storedLeaf is Leaf for whoever has the lock of the state: of an entry as the store gives it. A
// seal that Leaf made of what was taken in does not match one over anything else.
func (e *Engine) storedLeaf(ctx context.Context, pos uint64) (tlog.Hash, error) {
	return e.leafThat(ctx, pos, func([]byte) error { return nil })
}

func (e *Engine) leafThat(ctx context.Context, pos uint64, good func([]byte) error) (leaf tlog.Hash, err error) {
	_, err = e.entryThat(ctx, pos, func(b []byte) error {
		leaf = ledger.LeafHash(b)
		return good(b)
	})
	return leaf, err
}

// entry reads one entry, and holds it against the tree.
func (e *Engine) entry(ctx context.Context, pos uint64) (*Entry, error) {
	return e.entryThat(ctx, pos, func(b []byte) error { return e.same(ctx, pos, b) })
}

// storedEntry reads one entry as the store gives it, for whoever has the lock of the state: it
// is held against the tree once that is free, for where the store has yet to make its hashes
// that may take a while.
func (e *Engine) storedEntry(ctx context.Context, pos uint64) (*Entry, error) {
	return e.entryThat(ctx, pos, func([]byte) error { return nil })
}

// entryThat reads one entry that is good. One that is underway to the store is waited for.
func (e *Engine) entryThat(ctx context.Context, pos uint64, good func([]byte) error) (*Entry, error) {
	sent := e.mu.under.sent()
	entry, err := e.readEntry(ctx, pos, good)
	if errors.Is(err, ledger.ErrNoEntry) && sent.begun != nil {
		if err := e.land(sent); err != nil {
			return nil, err
		}
		return e.readEntry(ctx, pos, good)
	}
	return entry, err
}

func (e *Engine) readEntry(ctx context.Context, pos uint64, good func([]byte) error) (*Entry, error) {
	for b, err := range e.config.Store.Read(ctx, pos) {
		if err == nil {
			err = good(b)
		}
		if err != nil {
			return nil, err
		}
		return DecodeEntry(b, pos)
	}
	return nil, fmt.Errorf("entry %d: %w", pos, ledger.ErrNoEntry)
}

// Find returns the entry of a command by the command's id; ok is false when
// the ledger has none.
func (e *Engine) Find(ctx context.Context, id string) (found Recorded, ok bool, err error) {
	pos, entry, err := e.finding(ctx, id)
	if err == nil && entry != nil {
		entry, err = e.entry(ctx, pos)
	}
	if err != nil || entry == nil {
		return Recorded{}, false, err
	}
	return Recorded{pos, entry}, true, nil
}

// finding is Find before the entry is held against the tree.
func (e *Engine) finding(ctx context.Context, id string) (uint64, *Entry, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.standing(ctx, id)
}

// Entries yields the entries from a position on, up to the end as it is now. Where it comes
// to the last that the engine has taken in, they must be what the engine took in, or it ends
// with [ErrDiffers] in place of that one: whoever stops before has entries that nobody held
// against anything but their own form. [Engine.Entry] holds each against the tree.
func (e *Engine) Entries(ctx context.Context, from uint64) iter.Seq2[Recorded, error] {
	return func(yield func(Recorded, error) bool) {
		pos := from
		all, err := e.readsFrom(ctx, from)
		if err != nil {
			yield(Recorded{Position: pos}, err)
			return
		}
		for b, err := range e.config.Store.Read(ctx, from) {
			var entry *Entry
			if err == nil {
				err = all.takes(b)
			}
			if err == nil {
				entry, err = DecodeEntry(b, pos)
			}
			if !yield(Recorded{pos, entry}, err) || err != nil {
				return
			}
			pos++
		}
		if err := all.ends(); err != nil {
			yield(Recorded{Position: pos}, err)
		}
	}
}

// Watch yields the entries from a position on, and waits for the next one,
// until the context ends. It sees what this engine has taken in.
func (e *Engine) Watch(ctx context.Context, from uint64) iter.Seq2[Recorded, error] {
	return func(yield func(Recorded, error) bool) {
		for {
			size, grown := e.growth()
			for from < size {
				entry, err := e.entry(ctx, from)
				if !yield(Recorded{from, entry}, err) || err != nil {
					return
				}
				from++
			}
			select {
			case <-ctx.Done():
				return
			case <-grown:
			}
		}
	}
}

// growth is the size of the ledger as it is now, and what tells of the next
// entry.
func (e *Engine) growth() (uint64, <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.grown == nil {
		e.grown = make(chan struct{})
	}
	return e.tree.Size(), e.grown
}

// Why words cannot be read.
var (
	// ErrLost: words that an entry binds are not in the vault, and it does not know
	// that they were erased.
	ErrLost = errors.New("the words are lost: the vault does not hold them")
	// ErrErased: the words were erased, and that is as it should be. [Engine.Said] says
	// when and on what ground.
	ErrErased = fmt.Errorf("nobody can read these words any more: %w", ledger.ErrErased)
)

// Words returns what was said, as it reads now: words that were put right are the new
// ones. [Engine.Said] tells that, too.
func (e *Engine) Words(ctx context.Context, t circle.Text) (string, error) {
	p := placeOf(&t)
	if p.Part == 0 {
		return e.wordsAt(ctx, t)
	}
	return e.wordsAt(ctx, newest(p, e.righted(p)).Text())
}

// wordsAt returns the words in the very place.
func (e *Engine) wordsAt(ctx context.Context, t circle.Text) (string, error) {
	if w, open := t.Words(); open {
		return w, nil
	}
	at := placeOf(&t)
	if at.Part == 0 {
		return "", nil
	}
	p, err := e.partAt(ctx, at)
	switch {
	case errors.Is(err, ledger.ErrNoPart):
		return "", fmt.Errorf("entry %d, part %d: %w", at.Entry, at.Part, ErrLost)
	case errors.Is(err, ledger.ErrErased):
		return "", fmt.Errorf("entry %d, part %d: %w", at.Entry, at.Part, ErrErased)
	}
	return string(p.Content), err
}

// commitment reads which commitment binds a part to its entry.
func (e *Engine) commitment(ctx context.Context, pos uint64, part int) (ledger.Commitment, error) {
	entry, err := e.entry(ctx, pos)
	if err != nil {
		return ledger.Commitment{}, err
	}
	if part < 1 || part > len(entry.Parts) {
		return ledger.Commitment{}, fmt.Errorf("entry %d has no part %d: %w", pos, part, ledger.ErrNoPart)
	}
	return ledger.ParseCommitment(entry.Parts[part-1].Commitment)
}

// Verified is what a whole ledger came to.
type Verified struct {
	Size   uint64
	Root   tlog.Hash
	Digest [32]byte
}

// ErrDiffers: what the ledger comes to is not what the engine holds.
var ErrDiffers = errors.New("the ledger read from its first entry does not come to what the engine holds")

// Verify reads the ledger from its first entry, rebuilds tree and state from
// nothing, and compares both with what the engine holds: of an engine that began with a
// snapshot, whether the snapshot told the truth.
func (e *Engine) Verify(ctx context.Context) (Verified, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.catchUp(ctx); err != nil {
		return Verified{}, err
	}
	fresh := e.anew()
	if err := fresh.catchUp(ctx); err != nil {
		return Verified{}, err
	}
	v := Verified{fresh.tree.Size(), fresh.tree.Root(), fresh.state.Digest()}
	if v.Size != e.tree.Size() || v.Root != e.tree.Root() || v.Digest != e.state.Digest() {
		return v, ErrDiffers
	}
	return v, nil
}

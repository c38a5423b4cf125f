package simulation_test

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"iter"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// A medium is what the stores of all hosts stand on. It survives them.
type medium struct {
	entries [][]byte
	sums    []uint32
	roots   []tlog.Hash // roots[n] is that of the first n entries
	tree    ledger.Tree
	synced  int       // entries that survive a power cut: all, in a store that keeps its word
	tail    [][]byte  // written and not synced: nobody reads it
	loads   []*load   // who waits for the tail
	words   []*bundle // on their way to the vault
	dead    bool      // a sync failed: nothing is trusted until it is opened again (D4)
	parts   map[ledger.Commitment]ledger.Part
	erased  map[ledger.Commitment]string // with the mark
	held    map[string]bool              // by law
	kept    []byte                       // the checkpoint that was signed last
	seen    []byte                       // the one that the witness saw last
}

func newMedium() medium {
	var empty ledger.Tree
	return medium{roots: []tlog.Hash{empty.Root()}, parts: map[ledger.Commitment]ledger.Part{}, erased: map[ledger.Commitment]string{}, held: map[string]bool{}}
}

var (
	errDown = errors.New("simulation: it did not work")
	errLost = errors.New("simulation: the connection broke before the answer came")
	errSync = errors.New("simulation: the sync failed")
)

// sync makes what was written durable, and lets everybody read it.
func (w *world) sync() {
	d := &w.disk
	for _, b := range d.tail {
		d.entries = append(d.entries, b)
		d.sums = append(d.sums, crc32.Checksum(b, castagnoli))
		d.tree.Append(b)
		d.roots = append(d.roots, d.tree.Root())
		w.recorded(uint64(len(d.entries)-1), b)
	}
	d.tail = nil
	if w.planted != losesEntries {
		d.synced = len(d.entries)
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// settle decides what became of the entries that were written and not synced: they
// are there, or they are not. What is torn is repaired by not being there (D5).
func (w *world) settle() {
	w.disk.tail = w.disk.tail[:w.written()]
	w.fail(0, errLost)
	if len(w.disk.tail) == 0 {
		return
	}
	if w.rng.Uint32N(2) == 0 {
		w.count(tailSurvived)
		w.sync()
		return
	}
	w.count(tailLost)
	w.disk.tail = w.disk.tail[:w.rng.IntN(len(w.disk.tail))]
	w.sync()
}

// written is how many entries of the tail may be on the disk: none of those whose words
// were still waited for, and none behind them.
func (w *world) written() (n int) {
	if len(w.disk.loads) == 0 {
		return len(w.disk.tail)
	}
	for _, l := range w.disk.loads {
		if l.words != nil && !l.words.done {
			break
		}
		n += l.size
	}
	return n
}

// cut cuts the power: every host dies, and what was not synced may be gone.
func (w *world) cut() {
	for _, h := range w.hosts {
		h.dead = true
	}
	w.settle()
	w.bring(w.rng.IntN(len(w.disk.words)+1), nil)
	w.disk.dead = false
	if n := w.disk.synced; n < len(w.disk.entries) {
		w.disk.entries = w.disk.entries[:n]
		w.lost(uint64(n))
	}
	if w.planted == losesWords {
		clear(w.disk.parts)
	}
	w.newWitness()
}

// A port is what one host sees of the medium: a store and a vault.
type port struct{ h *host }

func (p port) Append(_ context.Context, size uint64, entries [][]byte) error {
	h, w := p.h, p.h.w
	h.reach()
	held := uint64(len(w.disk.entries))
	switch {
	case w.disk.dead:
		return ledger.ErrDead
	case w.happens(appendFails):
		return errDown
	case size != held && w.planted != checksNothing:
		w.count(conflicted)
		return &ledger.ConflictError{Size: size, Held: held}
	}
	if err := ledger.CheckEntries(entries); err != nil {
		return err
	}
	for _, b := range entries {
		w.disk.tail = append(w.disk.tail, bytes.Clone(b))
	}
	if w.happens(syncFails) {
		w.disk.dead = true
		return errSync
	}
	if w.happens(powerCut) {
		w.cut()
		h.reach()
	}
	w.sync()
	h.appended = true
	h.reach()
	h.appended = false
	if w.happens(replyLost) {
		if w.planted == sendsTwice {
			w.disk.tail = append(w.disk.tail, bytes.Clone(entries[0]))
			w.sync()
		}
		return errLost
	}
	return nil
}

func (p port) Read(_ context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		h, w := p.h, p.h.w
		h.reach()
		if w.disk.dead {
			yield(nil, ledger.ErrDead)
			return
		}
		entries := w.disk.entries
		fails, damaged := len(entries), len(entries)
		if n := len(entries) - int(from); n > 0 {
			if w.happens(readOld) {
				h.old = true
				entries = entries[:int(from)+w.rng.IntN(n)]
			}
			if w.happens(readFails) {
				fails = int(from) + w.rng.IntN(n)
			}
			if w.happens(readDamaged) {
				damaged = int(from) + w.rng.IntN(n)
			}
		}
		for i := int(from); i < len(entries); i++ {
			b := entries[i]
			switch {
			case i == fails:
				yield(nil, errDown)
				return
			case i == damaged:
				b = w.flipped(b)
				if crc32.Checksum(b, castagnoli) == w.disk.sums[i] {
					w.breaks("D5: a flipped bit was not seen")
				}
				if w.planted == readsHoles {
					continue
				}
				w.count(damageRefused)
				yield(nil, &ledger.CorruptError{Entry: uint64(i), What: "its sum is another"})
				return
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}

// flipped is a copy with another bit somewhere.
func (w *world) flipped(b []byte) []byte {
	b = bytes.Clone(b)
	if len(b) > 0 {
		b[w.rng.IntN(len(b))] ^= 1 << w.rng.IntN(8)
	}
	return b
}

func (p port) Put(_ context.Context, parts []ledger.Part) error {
	h, w := p.h, p.h.w
	h.reach()
	if w.happens(putFails) {
		return errDown
	}
	if err := ledger.CheckParts(parts); err != nil {
		return err
	}
	for _, part := range parts {
		part.About, part.Content = slices.Clone(part.About), slices.Clone(part.Content)
		w.disk.parts[part.Commitment()] = part
	}
	h.reach()
	if w.happens(putReplyLost) {
		return errLost
	}
	return nil
}

func (p port) Get(_ context.Context, c ledger.Commitment) (ledger.Part, error) {
	h, w := p.h, p.h.w
	h.reach()
	if w.happens(getFails) {
		return ledger.Part{}, errDown
	}
	if mark, gone := w.disk.erased[c]; gone {
		return ledger.Part{}, &ledger.ErasedError{Mark: mark}
	}
	part, ok := w.disk.parts[c]
	if !ok {
		return ledger.Part{}, ledger.ErrNoPart
	}
	if w.happens(getDamaged) {
		part.Salt[w.rng.IntN(len(part.Salt))]++
		w.spoiled[c] = true
	}
	return part, part.Check(c)
}

// A place keeps one signed checkpoint: that of the signer, or that of the witness,
// which is on no host.
type place struct {
	w  *world
	h  *host
	at *[]byte
}

func (p place) reach() {
	if p.h != nil {
		p.h.reach()
	}
}

func (p place) LastSigned(context.Context) ([]byte, error) {
	p.reach()
	if p.w.happens(lastFails) {
		return nil, errDown
	}
	if *p.at != nil && p.w.happens(lastDamaged) {
		return p.w.flipped(*p.at), nil
	}
	return bytes.Clone(*p.at), nil
}

func (p place) KeepSigned(_ context.Context, old, signed []byte) error {
	p.reach()
	if p.w.happens(keepFails) {
		return errDown
	}
	if !bytes.Equal(old, *p.at) {
		return ledger.ErrConflict
	}
	p.w.signs(signed)
	if p.w.planted != showsFirst {
		*p.at = bytes.Clone(signed)
	}
	if p.h != nil {
		p.h.keeping = true
		p.reach()
		p.h.keeping = false
	}
	if p.w.happens(keepReplyLost) {
		return errLost
	}
	return nil
}

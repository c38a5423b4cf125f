package vault

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// errPower is what everything returns once the power is gone, and errFault what a call
// returns that fails alone.
var (
	errPower = errors.New("the power is gone")
	errFault = errors.New("input/output error")
)

// A machine has two disks, that of the vault and that of the keeper, and one plug. Its
// power can be cut at any step: each byte of the texts that is written is one, and so
// is each sync, truncation, creation, renaming and removal. Files that are made to take
// the place of others are looked at by nobody before, so a few steps stand for all of
// their bytes.
type machine struct {
	vault, keeper *simDisk
	steps         int // until the power is cut; negative is never
	off           bool
	calls         int
	fault         func(call int, what string) fault
}

// A fault is what goes wrong with one call.
type fault int

const (
	noFault fault = iota
	faultBefore
	faultAfter
)

func newMachine() *machine {
	m := &machine{steps: -1}
	m.vault, m.keeper = newSimDisk(m), newSimDisk(m)
	return m
}

// do does something, which has a name and takes a number of steps, or as many of them as there are.
func (m *machine) do(what string, steps int, act func(done int)) error {
	if m.off {
		return errPower
	}
	m.calls++
	fails := noFault
	if m.fault != nil {
		fails = m.fault(m.calls-1, what)
	}
	if fails == faultBefore {
		return errFault
	}
	done := steps
	if m.steps >= 0 {
		done = min(steps, m.steps)
		m.steps -= done
	}
	if m.off = done < steps; !m.off || steps > 1 {
		act(done)
	}
	switch {
	case m.off:
		return errPower
	case fails == faultAfter:
		return errFault
	}
	return nil
}

// survivors returns the machine as it is when the power is back.
func (m *machine) survivors(how loss, r *rand.Rand) *machine {
	after := newMachine()
	m.vault.leave(after.vault, how, r)
	m.keeper.leave(after.keeper, how, r)
	return after
}

// open opens keeper and vault.
func (m *machine) open() (*Vault, *Keeper, error) {
	k, err := openKeeper(m.keeper, "keeper")
	if err != nil {
		return nil, nil, err
	}
	v, err := open(ctx, m.vault, Config{Keeper: k, Origin: "test/ledger", Classes: map[string]Class{"both": {Shared: true}}})
	return v, k, err
}

// A simDisk knows what has been synced.
type simDisk struct {
	m       *machine
	names   map[string]*simFile // as the program sees them
	durable map[string]*simFile // as they were last synced
	locked  bool
}

func newSimDisk(m *machine) *simDisk {
	return &simDisk{m: m, names: map[string]*simFile{}, durable: map[string]*simFile{}}
}

// A simFile is a file on a simDisk.
type simFile struct {
	d       *simDisk
	coarse  bool   // it is made to take the place of another
	data    []byte // as the program sees it
	synced  []byte // as it was last synced
	pending []change
}

// A change is a write, or a truncation, since the last sync.
type change struct {
	offset int64
	data   []byte // nil: a truncation to offset
}

func (c change) apply(b []byte) []byte {
	if c.data == nil {
		return b[:min(c.offset, int64(len(b)))]
	}
	if grow := c.offset + int64(len(c.data)) - int64(len(b)); grow > 0 {
		b = append(b, make([]byte, grow)...)
	}
	copy(b[c.offset:], c.data)
	return b
}

func (d *simDisk) Open(name string) (osfile.File, error) {
	f, there := d.names[name]
	err := d.m.do("open "+name, 1, func(int) {})
	if err == nil && !there {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (d *simDisk) Create(name string) (osfile.File, error) {
	f := &simFile{d: d, coarse: strings.HasSuffix(name, osfile.NewSuffix)}
	return f, d.m.do("create "+name, 1, func(int) { d.names[name] = f })
}

func (d *simDisk) Rename(from, to string) error {
	return d.m.do("rename "+from, 1, func(int) {
		d.names[to] = d.names[from]
		d.names[to].coarse = false
		delete(d.names, from)
	})
}

func (d *simDisk) Remove(name string) error {
	return d.m.do("remove "+name, 1, func(int) { delete(d.names, name) })
}

func (d *simDisk) Sync() error {
	return d.m.do("sync names", 1, func(int) { d.durable = maps.Clone(d.names) })
}

func (d *simDisk) Lock(string) (io.Closer, error) {
	if d.locked {
		return nil, ledger.ErrLocked
	}
	d.locked = true
	return simLock{d}, nil
}

type simLock struct{ d *simDisk }

func (l simLock) Close() error {
	l.d.locked = false
	return nil
}

func (f *simFile) ReadAt(b []byte, offset int64) (n int, err error) {
	if err := f.d.m.do("read", 0, func(int) {}); err != nil {
		return 0, err
	}
	return bytes.NewReader(f.data).ReadAt(b, offset)
}

func (f *simFile) WriteAt(b []byte, offset int64) (int, error) {
	steps := len(b)
	if f.coarse {
		steps = min(steps, 3)
	}
	n := 0
	err := f.d.m.do("write", steps, func(done int) {
		n = int(int64(len(b)) * int64(done) / int64(max(steps, 1)))
		f.change(change{offset, bytes.Clone(b[:n])})
	})
	return n, err
}

func (f *simFile) Truncate(size int64) error {
	return f.d.m.do("truncate", 1, func(int) { f.change(change{offset: size}) })
}

func (f *simFile) Sync() error {
	return f.d.m.do("sync", 1, func(int) { f.synced, f.pending = bytes.Clone(f.data), nil })
}

func (f *simFile) Size() (int64, error) {
	return int64(len(f.data)), f.d.m.do("size", 0, func(int) {})
}

func (f *simFile) Close() error { return f.d.m.do("close", 0, func(int) {}) }

func (f *simFile) change(c change) {
	f.data = c.apply(f.data)
	f.pending = append(f.pending, c)
}

// A loss says what becomes of what was not synced when the power went.
type loss int

const (
	loseAll  loss = iota // nothing of it survives
	loseNone             // all does
	loseSome             // some sectors do, some truncations, some names
	loseEnd              // sizes survive, but zeros stand where the last bytes of a write were
	losses               // how many there are
)

// simSector is the length of a sector, in proportion to how short writes are here.
const simSector = 16

// leave puts on another disk what is left on this one.
func (d *simDisk) leave(after *simDisk, how loss, r *rand.Rand) {
	names := maps.Clone(d.durable)
	maps.Copy(names, d.names)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		f := d.durable[name]
		if seen := d.names[name]; seen != f && (how == loseNone || how > loseNone && r.IntN(2) == 0) {
			f = seen
		}
		if f != nil {
			b := f.left(how, r)
			after.names[name] = &simFile{d: after, data: b, synced: bytes.Clone(b)}
		}
	}
	after.durable = maps.Clone(after.names)
}

func (f *simFile) left(how loss, r *rand.Rand) []byte {
	if how == loseNone {
		return bytes.Clone(f.data)
	}
	b := bytes.Clone(f.synced)
	for _, c := range f.pending {
		switch {
		case how == loseAll, c.data == nil && r.IntN(2) == 0:
		case c.data == nil:
			b = c.apply(b)
		case how == loseEnd:
			kept := bytes.Clone(c.data)
			clear(kept[len(kept)*3/4:])
			b = change{c.offset, kept}.apply(b)
		default:
			for at := 0; at < len(c.data); at += simSector {
				if r.IntN(2) == 0 {
					b = change{c.offset + int64(at), c.data[at:min(at+simSector, len(c.data))]}.apply(b)
				}
			}
		}
	}
	return b
}

// contents returns what is in each file.
func (d *simDisk) contents() map[string]string {
	all := map[string]string{}
	for name, f := range d.names {
		all[name] = string(f.data)
	}
	return all
}

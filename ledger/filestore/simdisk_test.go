package filestore

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// errPower is what everything returns once the power is gone.
var errPower = errors.New("the power is gone")

// A simDisk is a disk in memory that knows what has been synced. Its power can
// be cut at any step: each byte written is one, and each sync, truncation,
// creation and renaming. Then survivors says what may be found on it.
type simDisk struct {
	names   map[string]*simFile // as the program sees them
	durable map[string]*simFile // as they were last synced
	steps   int                 // until the power is cut; negative is never
	off     bool
	cutAt   string // in what the power was cut
	locked  bool
	calls   int                               // counted for fault
	fault   func(call int, what string) fault // what goes wrong with a call; nil is nothing
	indexed int64                             // the step of the index; 0 is that of a real disk
}

// A fault is what goes wrong with one call.
type fault int

const (
	noFault     fault = iota
	faultBefore       // it fails and has done nothing
	faultHalf         // it fails half-way, if it is a write
	faultAfter        // it is done, and fails
)

// errFault is what a call with a fault returns.
var errFault = errors.New("input/output error")

// A simFile is a file on a simDisk.
type simFile struct {
	d       *simDisk
	data    []byte // as the program sees it
	synced  []byte // as it was last synced
	pending []change
}

// A change is a write, or a truncation, since the last sync.
type change struct {
	offset int64
	data   []byte // nil: a truncation to offset
}

func newSimDisk() *simDisk {
	return &simDisk{names: map[string]*simFile{}, durable: map[string]*simFile{}, steps: -1}
}

// step takes one step, and n-1 more if it can; it returns how many.
func (d *simDisk) step(n int) (int, error) {
	if d.off {
		return 0, errPower
	}
	if d.steps < 0 {
		return n, nil
	}
	if n > d.steps {
		n, d.steps, d.off = d.steps, 0, true
		return n, errPower
	}
	d.steps -= n
	return n, nil
}

// call counts a call, and returns what goes wrong with it.
func (d *simDisk) call(what string) fault {
	d.calls++
	if d.fault == nil {
		return noFault
	}
	return d.fault(d.calls-1, what)
}

// do does something in one step.
func (d *simDisk) do(what string, act func()) error {
	fails := d.call(what)
	if fails == faultBefore || fails == faultHalf {
		return errFault
	}
	if _, err := d.step(1); err != nil {
		if d.cutAt == "" {
			d.cutAt = what
		}
		return err
	}
	act()
	if fails == faultAfter {
		return errFault
	}
	return nil
}

func (d *simDisk) Open(name string) (osfile.File, error) {
	if d.call("open") != noFault {
		return nil, errFault
	}
	f, ok := d.names[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return f, nil
}

func (d *simDisk) Create(name string) (osfile.File, error) {
	f := &simFile{d: d}
	return f, d.do("create", func() { d.names[name] = f })
}

func (d *simDisk) Rename(from, to string) error {
	return d.do("rename", func() {
		d.names[to] = d.names[from]
		delete(d.names, from)
	})
}

func (d *simDisk) kind() (name string, survives Survives) { return "simulated", SurvivesPower }

func (d *simDisk) Remove(name string) error {
	return d.do("remove", func() { delete(d.names, name) })
}

func (d *simDisk) Sync() error {
	return d.do("sync names", func() { d.durable = maps.Clone(d.names) })
}

func (d *simDisk) Lock(string) (io.Closer, error) {
	if d.call("lock") != noFault {
		return nil, errFault
	}
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

func (f *simFile) ReadAt(b []byte, offset int64) (int, error) {
	if f.d.off {
		return 0, errPower
	}
	if f.d.call("read") != noFault {
		return 0, errFault
	}
	return bytes.NewReader(f.data).ReadAt(b, offset)
}

func (f *simFile) WriteAt(b []byte, offset int64) (int, error) {
	fails := f.d.call("write")
	if fails == faultBefore {
		return 0, errFault
	}
	if fails == faultHalf {
		b = b[:len(b)/2]
	}
	n, err := f.d.step(len(b))
	f.change(change{offset, bytes.Clone(b[:n])})
	if err == nil && fails != noFault {
		err = errFault
	}
	return n, err
}

func (f *simFile) Truncate(size int64) error {
	return f.d.do("truncate", func() { f.change(change{offset: size}) })
}

func (f *simFile) Sync() error {
	return f.d.do("sync", func() {
		f.synced = bytes.Clone(f.data)
		f.pending = nil
	})
}

func (f *simFile) Size() (int64, error) {
	if f.d.call("size") != noFault {
		return 0, errFault
	}
	return int64(len(f.data)), nil
}

func (f *simFile) Close() error {
	if f.d.call("close") != noFault {
		return errFault
	}
	return nil
}

// set puts other bytes in the place of the file's.
func (f *simFile) set(b []byte) {
	f.data, f.synced, f.pending = b, bytes.Clone(b), nil
}

func (f *simFile) change(c change) {
	f.data = c.apply(f.data)
	f.pending = append(f.pending, c)
}

// apply makes a change to bytes.
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

// A loss says what becomes of changes that were not synced when the power went.
type loss int

const (
	loseAll     loss = iota // none survives
	loseNone                // all survive
	loseSome                // some sectors survive, and some truncations
	loseEnd                 // all up to somewhere in the middle of one
	loseSector              // all, but one sector holds garbage
	loseContent             // sizes survive, but zeros stand where bytes were written
	losses                  // how many there are
)

// simSector is the length of a sector. A real one is larger than most writes,
// so this one is smaller, in proportion.
const simSector = 16

// survivors returns what is on the disk when the power is back.
func (d *simDisk) survivors(how loss, r *rand.Rand) *simDisk {
	after := newSimDisk()
	after.indexed = d.indexed
	for _, name := range sortedNames(d.durable, d.names) {
		f := d.durable[name]
		if seen := d.names[name]; seen != f && (how == loseNone || how > loseNone && r.IntN(2) == 0) {
			f = seen
		}
		if f != nil {
			b := f.survivors(how, r)
			after.names[name] = &simFile{d: after, data: b, synced: bytes.Clone(b)}
		}
	}
	after.durable = maps.Clone(after.names)
	return after
}

func sortedNames(a, b map[string]*simFile) []string {
	names := slices.Collect(maps.Keys(a))
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (f *simFile) survivors(how loss, r *rand.Rand) []byte {
	b := bytes.Clone(f.synced)
	if len(f.pending) == 0 || how == loseAll {
		return b
	}
	last := len(f.pending)
	if how == loseEnd {
		last = r.IntN(len(f.pending))
	}
	for _, c := range f.pending[:last] {
		switch {
		case how == loseSome && c.data == nil && r.IntN(2) == 0:
		case how == loseSome && c.data != nil:
			b = c.applySome(b, r)
		case how == loseContent && c.data != nil:
			b = change{c.offset, make([]byte, len(c.data))}.apply(b)
		default:
			b = c.apply(b)
		}
	}
	switch {
	case last < len(f.pending) && f.pending[last].data != nil:
		c := f.pending[last]
		b = change{c.offset, c.data[:r.IntN(len(c.data)+1)]}.apply(b)
	case how == loseSector:
		f.pending[r.IntN(len(f.pending))].spoil(b, r)
	}
	return b
}

// applySome makes a change in some of its sectors.
func (c change) applySome(b []byte, r *rand.Rand) []byte {
	for at := int64(0); at < int64(len(c.data)); {
		n := min(simSector-(c.offset+at)%simSector, int64(len(c.data))-at)
		if r.IntN(2) == 0 {
			b = change{c.offset + at, c.data[at : at+n]}.apply(b)
		}
		at += n
	}
	return b
}

// spoil puts garbage into one sector of what was written.
func (c change) spoil(b []byte, r *rand.Rand) {
	if len(c.data) == 0 {
		return
	}
	at := c.offset + r.Int64N(int64(len(c.data)))
	end := min(at-at%simSector+simSector, c.offset+int64(len(c.data)), int64(len(b)))
	for ; at < end; at++ {
		b[at] = byte(r.Uint32())
	}
}

// copy returns a disk with the same on it.
func (d *simDisk) copy() *simDisk {
	return d.survivors(loseNone, nil)
}

// contents returns what is in each file.
func (d *simDisk) contents() map[string]string {
	all := map[string]string{}
	for name, f := range d.names {
		all[name] = string(f.data)
	}
	return all
}

// reopen opens the ledger on the disk for writing.
func (d *simDisk) reopen() (*Store, error) {
	return openForWriting(d, simStrides, cmp.Or(d.indexed, indexStep))
}

// simStrides are such that a journal runs out of zeros now and then.
var simStrides = stride{40, 150}

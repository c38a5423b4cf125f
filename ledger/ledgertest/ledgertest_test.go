package ledgertest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

func TestMemoryPasses(t *testing.T) {
	TestStore(t, func(testing.TB) ledger.Store { return new(ledger.Memory) })
	TestVault(t, func(testing.TB) ledger.Vault { return new(ledger.Memory) })
}

// A store may yield the same slice again and again.
func TestOneBufferPasses(t *testing.T) {
	TestStore(t, func(testing.TB) ledger.Store {
		return &faulty{read: func(m *ledger.Memory, ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
			return func(yield func([]byte, error) bool) {
				var buf []byte
				for e, err := range m.Read(ctx, from) {
					if buf = append(buf[:0], e...); err != nil {
						buf = nil
					}
					if !yield(buf, err) {
						return
					}
				}
			}
		}}
	})
}

// kept holds the memories of directories that a test pretends to have.
type kept struct{ dirs sync.Map }

func (k *kept) open(_ testing.TB, dir string) ledger.Store {
	m, _ := k.dirs.LoadOrStore(dir, new(ledger.Memory))
	return m.(*ledger.Memory)
}

func TestMemoryThatIsKeptPassesReopen(t *testing.T) { TestReopen(t, new(kept).open) }

// An entryStore is a store and no vault.
type entryStore struct{ ledger.Store }

func TestStoreWithoutVaultPassesReopen(t *testing.T) {
	var k kept
	TestReopen(t, func(tb testing.TB, dir string) ledger.Store { return entryStore{k.open(tb, dir)} })
}

// A faulty store does one thing in its own way and the rest as Memory does.
type faulty struct {
	ledger.Memory
	append func(m *ledger.Memory, ctx context.Context, size uint64, list [][]byte) error
	read   func(m *ledger.Memory, ctx context.Context, from uint64) iter.Seq2[[]byte, error]
	wait   func(m *ledger.Memory, ctx context.Context, size uint64) error
	close  func() error
}

func (f *faulty) Append(ctx context.Context, size uint64, list [][]byte) error {
	if f.append == nil {
		return f.Memory.Append(ctx, size, list)
	}
	return f.append(&f.Memory, ctx, size, list)
}

func (f *faulty) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	if f.read == nil {
		return f.Memory.Read(ctx, from)
	}
	return f.read(&f.Memory, ctx, from)
}

func (f *faulty) Wait(ctx context.Context, size uint64) error {
	if f.wait == nil {
		return f.Memory.Wait(ctx, size)
	}
	return f.wait(&f.Memory, ctx, size)
}

func (f *faulty) Close() error {
	if f.close == nil {
		return nil
	}
	return f.close()
}

// length counts the entries of a store.
func length(m *ledger.Memory) uint64 {
	list, _ := read(m, 0)
	return uint64(len(list))
}

// Short names, for the tables below.
type (
	memory = *ledger.Memory
	ctx    = context.Context
	list   = [][]byte
	seq    = iter.Seq2[[]byte, error]
)

var errBroken = errors.New("broken")

// Each of these stores breaks one sentence of the contract.
var faultyStores = map[string]func() *faulty{
	"forgets conflict": func() *faulty {
		return &faulty{append: func(m memory, c ctx, _ uint64, l list) error { return m.Append(c, length(m), l) }}
	},
	"takes a larger size": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error { return m.Append(c, min(n, length(m)), l) }}
	},
	"reports a conflict and writes": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			err := m.Append(c, n, l)
			if errors.Is(err, ledger.ErrConflict) {
				return errors.Join(err, m.Append(c, length(m), l))
			}
			return err
		}}
	},
	"drops the last entry of a write": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			return m.Append(c, n, l[:min(len(l), max(1, len(l)-1))])
		}}
	},
	"drops a refused entry": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			return m.Append(c, n, slices.DeleteFunc(slices.Clone(l), func(e []byte) bool { return len(e) > ledger.MaxEntry }))
		}}
	},
	"takes an empty entry": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			l = slices.Clone(l)
			for i := range l {
				if len(l[i]) == 0 {
					l[i] = []byte(" ")
				}
			}
			return m.Append(c, n, l)
		}}
	},
	"takes no entries": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			if len(l) == 0 {
				return nil
			}
			return m.Append(c, n, l)
		}}
	},
	"refuses the largest entry": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			for _, e := range l {
				if len(e) >= ledger.MaxEntry {
					return ledger.ErrTooLarge
				}
			}
			return m.Append(c, n, l)
		}}
	},
	"writes what comes before a bad entry": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			for i, e := range l {
				if ledger.CheckEntries(list{e}) != nil && i > 0 {
					return errors.Join(m.Append(c, n, l[:i]), ledger.CheckEntries(l))
				}
			}
			return m.Append(c, n, l)
		}}
	},
	"reorders a write": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			l = slices.Clone(l)
			slices.SortFunc(l, bytes.Compare)
			return m.Append(c, n, l)
		}}
	},
	"drops an entry that is there already": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			return m.Append(c, n, slices.CompactFunc(slices.Clone(l), bytes.Equal))
		}}
	},
	"ends an entry at a zero byte": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			l = slices.Clone(l)
			for i := range l {
				if at := bytes.IndexByte(l[i], 0); at > 0 {
					l[i] = l[i][:at]
				}
			}
			return m.Append(c, n, l)
		}}
	},
	"does not look at the context": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			return m.Append(context.WithoutCancel(c), n, l)
		}}
	},
	"lets nobody win": func() *faulty {
		return &faulty{append: func(memory, ctx, uint64, list) error { return ledger.ErrConflict }}
	},
	"fails against rivals": func() *faulty {
		return &faulty{append: func(m memory, c ctx, n uint64, l list) error {
			if m.Append(c, n, l) != nil {
				return errBroken
			}
			return nil
		}}
	},
	"writes one entry at a time": func() *faulty {
		var reads atomic.Int64
		return &faulty{
			append: func(m memory, c ctx, n uint64, l list) error {
				if len(l) != 2 {
					return m.Append(c, n, l)
				}
				if err := m.Append(c, n, l[:1]); err != nil {
					return err
				}
				for before, i := reads.Load(), 0; reads.Load() == before && i < 1000; i++ {
					runtime.Gosched() // let others look
				}
				return m.Append(c, n+1, l[1:])
			},
			read: func(m memory, c ctx, from uint64) seq {
				held, err := read(m, from)
				reads.Add(1)
				return sequence(held, cmp.Or(c.Err(), err))
			},
		}
	},
	"reads from the beginning": func() *faulty {
		return &faulty{read: func(m memory, c ctx, _ uint64) seq { return m.Read(c, 0) }}
	},
	"reads from one too far": func() *faulty {
		return &faulty{read: func(m memory, c ctx, from uint64) seq { return m.Read(c, from+min(from, 1)) }}
	},
	"reads with a size of 32 bits": func() *faulty {
		return &faulty{read: func(m memory, c ctx, from uint64) seq { return m.Read(c, uint64(uint32(from))) }}
	},
	"reads nothing when the context has ended": func() *faulty {
		return &faulty{read: func(m memory, c ctx, from uint64) seq {
			if c.Err() != nil {
				return func(func([]byte, error) bool) {}
			}
			return m.Read(c, from)
		}}
	},
	"yields an entry with the error": func() *faulty {
		return &faulty{read: func(m memory, c ctx, from uint64) seq {
			return func(yield func([]byte, error) bool) {
				for e, err := range m.Read(c, from) {
					if err != nil {
						e = []byte("partial")
					}
					if !yield(e, err) {
						return
					}
				}
			}
		}}
	},
	"reads what there was when Read was called": func() *faulty {
		return &faulty{read: func(m memory, c ctx, from uint64) seq {
			held, err := read(m, from)
			return sequence(held, cmp.Or(c.Err(), err))
		}}
	},
	"fails while it is empty": func() *faulty {
		return &faulty{read: func(m memory, c ctx, from uint64) seq {
			if length(m) == 0 {
				return sequence(nil, errBroken)
			}
			return m.Read(c, from)
		}}
	},
	"fails on reading": func() *faulty {
		return &faulty{read: func(memory, ctx, uint64) seq {
			return func(yield func([]byte, error) bool) { yield(nil, errBroken) }
		}}
	},
	"wakes a waiter for nothing": func() *faulty {
		return &faulty{wait: func(memory, ctx, uint64) error { return nil }}
	},
	"wakes a waiter with an error": func() *faulty {
		return &faulty{wait: func(memory, ctx, uint64) error { return errBroken }}
	},
}

func TestStoreKitBites(t *testing.T) {
	defer func(was time.Duration) { patience = was }(patience)
	patience = 100 * time.Millisecond
	found := map[string]bool{}
	for says, open := range faultyStores {
		t.Run(says, func(t *testing.T) {
			bites(t, found, storeChecks, func(testing.TB) ledger.Store { return open() })
		})
	}
	t.Run("aliases the caller's buffers", func(t *testing.T) {
		bites(t, found, storeChecks, func(testing.TB) ledger.Store { return new(aliaser) })
	})
	everyCheck(t, storeChecks, found)
}

// sequence yields entries, or one error.
func sequence(list [][]byte, err error) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if err != nil {
			yield(nil, err)
			return
		}
		for _, e := range list {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// An aliaser keeps the slices that it is given.
type aliaser struct {
	ledger.Memory
	mu   sync.Mutex
	list [][]byte
}

func (a *aliaser) Append(ctx context.Context, size uint64, list [][]byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.Memory.Append(ctx, size, list); err != nil {
		return err
	}
	a.list = append(a.list, list...)
	return nil
}

func (a *aliaser) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	a.mu.Lock()
	list := a.list
	a.mu.Unlock()
	return sequence(list[min(from, uint64(len(list))):], ctx.Err())
}

func TestReopenKitBites(t *testing.T) {
	found := map[string]bool{}
	for says, open := range map[string]reopener{
		"forgets everything": func(testing.TB, string) ledger.Store { return new(ledger.Memory) },
		"cannot be closed": func(testing.TB, string) ledger.Store {
			return &faulty{close: func() error { return errors.New("stuck") }}
		},
	} {
		t.Run(says, func(t *testing.T) {
			bites(t, found, reopenChecks, func(testing.TB) reopener { return open })
		})
	}
	t.Run("forgets parts", func(t *testing.T) {
		bites(t, found, reopenChecks[1:], func(testing.TB) reopener {
			return func(testing.TB, string) ledger.Store { return new(ledger.Memory) }
		})
	})
	everyCheck(t, reopenChecks, found)
}

// A faultyVault does one thing in its own way and the rest as Memory does.
type faultyVault struct {
	ledger.Memory
	put func(m *ledger.Memory, ctx context.Context, list []ledger.Part) error
	get func(m *ledger.Memory, ctx context.Context, c ledger.Commitment) (ledger.Part, error)
}

func (f *faultyVault) Put(ctx context.Context, list []ledger.Part) error {
	if f.put == nil {
		return f.Memory.Put(ctx, list)
	}
	return f.put(&f.Memory, ctx, list)
}

func (f *faultyVault) Get(ctx context.Context, c ledger.Commitment) (ledger.Part, error) {
	if f.get == nil {
		return f.Memory.Get(ctx, c)
	}
	return f.get(&f.Memory, ctx, c)
}

// changed makes a vault that changes each part on the way out.
func changed(change func(*ledger.Part)) func() *faultyVault {
	return func() *faultyVault {
		return &faultyVault{get: func(m memory, c ctx, k ledger.Commitment) (ledger.Part, error) {
			p, err := m.Get(c, k)
			change(&p)
			return p, err
		}}
	}
}

// Each of these vaults breaks one sentence of the contract.
var faultyVaults = map[string]func() *faultyVault{
	"forgets people":     changed(func(p *ledger.Part) { p.About = nil }),
	"forgets the class":  changed(func(p *ledger.Part) { p.Class = "" }),
	"forgets the number": changed(func(p *ledger.Part) { p.No = 1 }),
	"cuts content off":   changed(func(p *ledger.Part) { p.Content = p.Content[:min(len(p.Content), 1<<16)] }),
	"knows every commitment": func() *faultyVault {
		return &faultyVault{get: func(m memory, c ctx, k ledger.Commitment) (ledger.Part, error) {
			p, err := m.Get(c, k)
			if errors.Is(err, ledger.ErrNoPart) {
				return ledger.Part{}, nil
			}
			return p, err
		}}
	},
	"puts one at a time": func() *faultyVault {
		return &faultyVault{put: func(m memory, c ctx, l []ledger.Part) error {
			for _, p := range l {
				if err := m.Put(c, []ledger.Part{p}); err != nil {
					return err
				}
			}
			return nil
		}}
	},
	"fails on the second time": func() *faultyVault {
		return &faultyVault{put: func(m memory, c ctx, l []ledger.Part) error {
			for _, p := range l {
				if _, err := m.Get(c, p.Commitment()); err == nil {
					return errors.New("there already")
				}
			}
			return m.Put(c, l)
		}}
	},
	"looks at commitments only": func() *faultyVault {
		return &faultyVault{put: func(m memory, c ctx, l []ledger.Part) error {
			err := m.Put(c, l)
			if errors.Is(err, ledger.ErrOtherPart) {
				return nil
			}
			return err
		}}
	},
	"does not look at the context": func() *faultyVault {
		return &faultyVault{put: func(m memory, c ctx, l []ledger.Part) error { return m.Put(context.WithoutCancel(c), l) }}
	},
	"refuses to put none": func() *faultyVault {
		return &faultyVault{put: func(m memory, c ctx, l []ledger.Part) error {
			if len(l) == 0 {
				return ledger.ErrBadPart
			}
			return m.Put(c, l)
		}}
	},
	"gives its own bytes away": func() *faultyVault {
		var given sync.Map
		return &faultyVault{get: func(m memory, c ctx, k ledger.Commitment) (ledger.Part, error) {
			p, err := m.Get(c, k)
			if err != nil {
				return p, err
			}
			held, _ := given.LoadOrStore(k, p)
			return held.(ledger.Part), nil
		}}
	},
}

func TestVaultKitBites(t *testing.T) {
	found := map[string]bool{}
	for says, open := range faultyVaults {
		t.Run(says, func(t *testing.T) {
			bites(t, found, vaultChecks, func(testing.TB) ledger.Vault { return open() })
		})
	}
	everyCheck(t, vaultChecks, found)
}

// bites wants at least one of the checks to fail, and notes which do.
func bites[S any](t *testing.T, found map[string]bool, checks []check[S], open func(testing.TB) S) {
	t.Helper()
	failed := 0
	for _, c := range checks {
		r := &recorder{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.run(r, open)
		}()
		<-done
		if len(r.said) > 0 {
			found[c.says] = true
			failed++
		}
	}
	require.NotZero(t, failed, "the kit found nothing wrong")
}

// everyCheck wants each check to have found something.
func everyCheck[S any](t *testing.T, checks []check[S], found map[string]bool) {
	t.Helper()
	for _, c := range checks {
		require.True(t, found[c.says], "no store fails the check that %s", c.says)
	}
}

// A recorder is told of failures and keeps them to itself.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

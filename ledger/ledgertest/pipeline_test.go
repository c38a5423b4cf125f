package ledgertest

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// A piped store keeps what was begun until somebody waits, in one of many ways.
type piped struct {
	ledger.Memory
	mu     sync.Mutex
	queued [][]byte
	waits  int

	anySize, anyEntries, anyContext, noClone, noFlush, backwards, noParts, otherParts, failsLate, noAppend bool
}

func (p *piped) Begin(c ctx, size uint64, parts []ledger.Part, entries [][]byte) (ledger.Begun, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := ledger.CheckEntries(entries); err != nil && !p.anyEntries {
		return nil, err
	}
	if err := ledger.CheckParts(parts); err != nil {
		return nil, err
	}
	if p.anyContext {
		c = context.Background()
	}
	if c.Err() != nil {
		return nil, c.Err()
	}
	if held := length(&p.Memory) + uint64(len(p.queued)); size != held && !p.anySize {
		if !p.noFlush {
			p.flush()
		}
		return nil, &ledger.ConflictError{Size: size, Held: held}
	}
	if !p.noParts {
		if err := p.Put(c, parts); err != nil && !p.otherParts {
			return nil, err
		}
	}
	for _, e := range entries {
		if !p.noClone {
			e = bytes.Clone(e)
		}
		p.queued = append(p.queued, e)
	}
	return pipedBegun{p}, nil
}

func (p *piped) flush() {
	if p.backwards {
		slices.Reverse(p.queued)
	}
	for _, e := range p.queued {
		_ = p.Memory.Append(context.Background(), length(&p.Memory), [][]byte{e})
	}
	p.queued = nil
}

func (p *piped) Append(c ctx, size uint64, entries [][]byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.noAppend {
		p.flush()
	}
	return p.Memory.Append(c, size, entries)
}

type pipedBegun struct{ p *piped }

func (b pipedBegun) Wait() error {
	b.p.mu.Lock()
	defer b.p.mu.Unlock()
	b.p.flush()
	if b.p.waits++; b.p.failsLate && b.p.waits > 60 {
		return errBroken
	}
	return nil
}

func TestPipedPasses(t *testing.T) {
	TestPipeliner(t, func(testing.TB) ledger.Pipeliner { return new(piped) })
	TestStore(t, func(testing.TB) ledger.Store { return new(piped) })
	TestPipeliner(t, func(testing.TB) ledger.Pipeliner { return onlyPiped{new(piped)} })
}

// An onlyPiped store is no vault.
type onlyPiped struct{ ledger.Pipeliner }

func TestPipelinerKitBites(t *testing.T) {
	found := map[string]bool{}
	for says, p := range map[string]func() *piped{
		"takes any size":                       func() *piped { return &piped{anySize: true} },
		"takes any entry":                      func() *piped { return &piped{anyEntries: true} },
		"does not look at the context":         func() *piped { return &piped{anyContext: true} },
		"keeps what is the caller's":           func() *piped { return &piped{noClone: true} },
		"leaves what was begun at a conflict":  func() *piped { return &piped{noFlush: true} },
		"turns the order round":                func() *piped { return &piped{backwards: true} },
		"loses parts":                          func() *piped { return &piped{noParts: true} },
		"takes parts that are there otherwise": func() *piped { return &piped{otherParts: true} },
		"fails with many":                      func() *piped { return &piped{failsLate: true} },
		"appends in front of what was begun":   func() *piped { return &piped{noAppend: true} },
	} {
		t.Run(says, func(t *testing.T) {
			bites(t, found, pipelineChecks, func(testing.TB) ledger.Pipeliner { return p() })
		})
	}
	everyCheck(t, pipelineChecks, found)
}

// A knowing store makes its hashes anew each time, in one of many ways.
type knowing struct {
	ledger.Memory
	change func(size uint64, stored []int64, got []tlog.Hash) []tlog.Hash

	anySize, anyContext bool
}

func (k *knowing) Hashes(c ctx, size uint64, stored []int64) ([]tlog.Hash, error) {
	if held := length(&k.Memory); size > held && !k.anySize {
		return nil, &ledger.ShortError{Size: size, Held: held}
	}
	if c.Err() != nil && !k.anyContext {
		return nil, c.Err()
	}
	var all []tlog.Hash
	list, _ := read(&k.Memory, 0)
	for i, e := range list {
		more, err := tlog.StoredHashes(int64(i), e, tlog.HashReaderFunc(func(list []int64) (out []tlog.Hash, err error) {
			for _, index := range list {
				out = append(out, all[index])
			}
			return out, nil
		}))
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	out := make([]tlog.Hash, len(stored))
	for i, index := range stored {
		if index < int64(len(all)) {
			out[i] = all[index]
		}
	}
	if k.change != nil {
		out = k.change(size, stored, out)
	}
	return out, nil
}

func TestKnowingPasses(t *testing.T) {
	TestHasher(t, func(testing.TB) ledger.Hasher { return new(knowing) })
}

func TestHasherKitBites(t *testing.T) {
	found := map[string]bool{}
	for says, k := range map[string]*knowing{
		"gives hashes beyond the end":  {anySize: true},
		"does not look at the context": {anyContext: true},
		"gives another hash": {change: func(_ uint64, stored []int64, got []tlog.Hash) []tlog.Hash {
			for i, index := range stored {
				if index == 77 {
					got[i][3]++
				}
			}
			return got
		}},
		"gives them in their own order": {change: func(_ uint64, _ []int64, got []tlog.Hash) []tlog.Hash {
			slices.SortFunc(got, func(a, b tlog.Hash) int { return bytes.Compare(a[:], b[:]) })
			return got
		}},
		"gives one of those that are asked for twice": {change: func(_ uint64, _ []int64, got []tlog.Hash) []tlog.Hash {
			return slices.Compact(got)
		}},
	} {
		t.Run(says, func(t *testing.T) {
			bites(t, found, hasherChecks, func(testing.TB) ledger.Hasher {
				return &knowing{change: k.change, anySize: k.anySize, anyContext: k.anyContext}
			})
		})
	}
	everyCheck(t, hasherChecks, found)
	require.Len(t, found, len(hasherChecks))
}

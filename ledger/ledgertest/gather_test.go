package ledgertest

import (
	"context"
	"slices"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// A gathering vault keeps what was begun until somebody waits, in one of many ways.
type gathering struct {
	ledger.Memory
	begun []ledger.Part

	anyPart, anyContext, noClone, onlyOwn, noOrder bool
}

func (g *gathering) BeginPut(c ctx, list []ledger.Part) (ledger.Begun, error) {
	if g.anyContext {
		c = context.Background()
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	if err := ledger.CheckParts(list); err != nil {
		return nil, err
	}
	if !g.anyPart {
		var trial ledger.Memory
		for _, p := range append(slices.Clone(g.begun), list...) {
			if held, err := g.Get(c, p.Commitment()); err == nil {
				_ = trial.Put(c, []ledger.Part{held})
			}
			if err := trial.Put(c, []ledger.Part{p}); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range list {
		if !g.noClone {
			p.About, p.Content = slices.Clone(p.About), slices.Clone(p.Content)
		}
		g.begun = append(g.begun, p)
	}
	return gathered{g, list}, nil
}

func (g *gathering) Put(c ctx, list []ledger.Part) error {
	if !g.noOrder {
		if err := g.arrive(g.begun); err != nil {
			return err
		}
		g.begun = nil
	}
	return g.Memory.Put(c, list)
}

func (g *gathering) arrive(list []ledger.Part) error {
	for _, p := range list {
		if err := g.Memory.Put(context.Background(), []ledger.Part{p}); err != nil {
			return err
		}
	}
	return nil
}

type gathered struct {
	g    *gathering
	list []ledger.Part
}

func (b gathered) Wait() error {
	if b.g.onlyOwn {
		return b.g.arrive(b.list)
	}
	return b.g.Put(context.Background(), nil)
}

// A following store keeps what was begun, with the words of each, in one of many ways.
type following struct {
	piped
	words []ledger.Begun

	noWords, late, early, anySize bool
}

func (f *following) BeginAfter(c ctx, size uint64, w ledger.Begun, list [][]byte) (ledger.Begun, error) {
	if f.anySize {
		size = length(&f.Memory) + uint64(len(f.queued))
	}
	b, err := f.Begin(c, size, nil, list)
	if err != nil {
		return nil, err
	}
	switch {
	case f.early:
		return b, w.Wait()
	case !f.noWords:
		f.words = append(f.words, w)
	}
	return followed{f}, nil
}

func (f *following) Begin(c ctx, size uint64, parts []ledger.Part, list [][]byte) (ledger.Begun, error) {
	if _, err := f.piped.Begin(c, size, parts, list); err != nil {
		return nil, err
	}
	return followed{f}, nil
}

type followed struct{ f *following }

func (b followed) Wait() error {
	f := b.f
	if f.late {
		_ = pipedBegun{&f.piped}.Wait()
	}
	for _, w := range f.words {
		if err := w.Wait(); err != nil {
			return err
		}
	}
	f.words = nil
	return pipedBegun{&f.piped}.Wait()
}

func TestGatheringPasses(t *testing.T) {
	for _, c := range gatherChecks {
		t.Run(c.says, func(t *testing.T) { c.run(t, func(testing.TB) ledger.Gatherer { return new(gathering) }) })
	}
	TestFollower(t, func(testing.TB) ledger.Follower { return new(following) })
}

func TestGathererKitBites(t *testing.T) {
	found := map[string]bool{}
	for says, g := range map[string]func() *gathering{
		"takes parts that are known otherwise": func() *gathering { return &gathering{anyPart: true} },
		"does not look at the context":         func() *gathering { return &gathering{anyContext: true} },
		"keeps what is the caller's":           func() *gathering { return &gathering{noClone: true} },
		"puts only what is waited for":         func() *gathering { return &gathering{onlyOwn: true} },
		"puts in front of what was begun":      func() *gathering { return &gathering{noOrder: true} },
	} {
		t.Run(says, func(t *testing.T) {
			bites(t, found, gatherChecks, func(testing.TB) ledger.Gatherer { return g() })
		})
	}
	everyCheck(t, gatherChecks, found)
}

func TestFollowerKitBites(t *testing.T) {
	found := map[string]bool{}
	for says, f := range map[string]func() *following{
		"waits for no words":             func() *following { return &following{noWords: true} },
		"writes before the words":        func() *following { return &following{late: true} },
		"waits while it takes the entry": func() *following { return &following{early: true} },
		"takes any size":                 func() *following { return &following{anySize: true} },
	} {
		t.Run(says, func(t *testing.T) {
			bites(t, found, followChecks, func(testing.TB) ledger.Follower { return f() })
		})
	}
	everyCheck(t, followChecks, found)
}

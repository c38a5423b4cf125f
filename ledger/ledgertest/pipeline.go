package ledgertest

import (
	"context"
	"math"
	"sync"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestPipeliner holds a store to the contract of [ledger.Pipeliner], beyond that of
// [ledger.Store]. The constructor is called several times; each time it returns an empty
// store, and arranges with tb.Cleanup for its end.
func TestPipeliner(t *testing.T, open func(tb testing.TB) ledger.Pipeliner) {
	t.Helper()
	run(t, pipelineChecks, open)
}

var pipelineChecks = []check[ledger.Pipeliner]{
	{"what was begun is there once it was waited for, with all before it", checkBegin},
	{"the size counts what was begun", checkBeginConflict},
	{"what CheckEntries or CheckParts refuses is refused and takes nothing", checkBeginRefusals},
	{"a context that has ended takes nothing", checkBeginCancelled},
	{"the caller may use its buffers again while entries are on their way", checkBeginBuffers},
	{"many who begin and wait at once all come in, in order", checkBeginMany},
	{"parts are there when the entries are", checkBeginParts},
}

// begins begins and wants no error.
func begins(tb testing.TB, s ledger.Pipeliner, size int, parts []ledger.Part, list ...[]byte) ledger.Begun {
	tb.Helper()
	b, err := s.Begin(context.Background(), uint64(size), parts, list)
	if err != nil {
		tb.Fatalf("Begin of %d entries at size %d failed: %v", len(list), size, err)
	}
	return b
}

// arrives wants what was begun to become durable.
func arrives(tb testing.TB, b ledger.Begun) {
	tb.Helper()
	if err := b.Wait(); err != nil {
		tb.Fatalf("Wait for what was begun failed: %v", err)
	}
}

func checkBegin(tb testing.TB, open func(testing.TB) ledger.Pipeliner) {
	s := open(tb)
	fill(tb, s, 2)
	var begun []ledger.Begun
	for at, step := 2, 1; at < 50; step = step%4 + 1 {
		to := min(at+step, 50)
		begun = append(begun, begins(tb, s, at, nil, entries(at, to)...))
		at = to
	}
	middle := len(begun) / 2
	arrives(tb, begun[middle])
	if got, err := read(s, 0); err != nil || len(got) < 2+middle {
		tb.Fatalf("Read yields %d entries and the error %v, where one more than half of what was begun has arrived", len(got), err)
	}
	arrives(tb, begun[len(begun)-1])
	holds(tb, s, 0, entries(0, 50)...)
	for _, b := range begun {
		arrives(tb, b)
		arrives(tb, b)
	}
	holds(tb, s, 0, entries(0, 50)...)
	begins(tb, s, 50, nil, entry(50))
	appendAll(tb, s, 51, entry(51))
	holds(tb, s, 0, entries(0, 52)...)
}

func checkBeginConflict(tb testing.TB, open func(testing.TB) ledger.Pipeliner) {
	ctx := context.Background()
	s := open(tb)
	_, err := s.Begin(ctx, 1, nil, entries(0, 1))
	refused(tb, "Begin at size 1 of an empty store", err, ledger.ErrConflict)
	for i, size := range []uint64{0, 1, 3, math.MaxUint64} {
		at := 2 * i
		b := begins(tb, s, at, nil, entries(at, at+2)...)
		if i > 0 { // those that are right by now are another's
			size += uint64(at)
		}
		if size == uint64(at+2) {
			size++
		}
		_, err := s.Begin(ctx, size, nil, entries(at+2, at+3))
		refused(tb, "Begin at another size than with what was begun", err, ledger.ErrConflict)
		holds(tb, s, 0, entries(0, at+2)...) // it has become durable before, so that it can be read
		arrives(tb, b)
	}
	begins(tb, s, 8, nil, entry(8))
	refused(tb, "Append at the size without what was begun", s.Append(ctx, 8, entries(8, 9)), ledger.ErrConflict)
	holds(tb, s, 0, entries(0, 9)...)
}

func checkBeginRefusals(tb testing.TB, open func(testing.TB) ledger.Pipeliner) {
	s := open(tb)
	fill(tb, s, 2)
	for _, c := range []struct {
		what  string
		parts []ledger.Part
		list  [][]byte
		want  error
	}{
		{"Begin of nothing", nil, nil, ledger.ErrNoEntries},
		{"Begin of an empty entry behind a good one", nil, [][]byte{entry(2), nil}, ledger.ErrEmptyEntry},
		{"Begin of an entry that is too large", nil, [][]byte{make([]byte, ledger.MaxEntry+1)}, ledger.ErrTooLarge},
		{"Begin of a part of no command", []ledger.Part{{No: 1}}, entries(2, 3), ledger.ErrBadPart},
		{"Begin of too many parts", parts(0, ledger.MaxParts+1), entries(2, 3), ledger.ErrTooLarge},
	} {
		_, err := s.Begin(context.Background(), 2, c.parts, c.list)
		refused(tb, c.what, err, c.want)
		holds(tb, s, 0, entries(0, 2)...)
	}
	arrives(tb, begins(tb, s, 2, nil, entry(2)))
	holds(tb, s, 0, entries(0, 3)...)
}

func checkBeginCancelled(tb testing.TB, open func(testing.TB) ledger.Pipeliner) {
	s := open(tb)
	fill(tb, s, 2)
	ctx, cancel := context.WithCancel(context.Background())
	b, err := s.Begin(ctx, 2, nil, entries(2, 3))
	if err != nil {
		tb.Fatalf("Begin failed: %v", err)
	}
	cancel()
	_, err = s.Begin(ctx, 3, nil, entries(3, 4))
	refused(tb, "Begin with a cancelled context", err, context.Canceled)
	arrives(tb, b) // what was taken stays taken
	holds(tb, s, 0, entries(0, 3)...)
}

func checkBeginBuffers(tb testing.TB, open func(testing.TB) ledger.Pipeliner) {
	s := open(tb)
	list := entries(0, 3)
	b := begins(tb, s, 0, nil, list...)
	for i := range list {
		clear(list[i])
		list[i] = []byte("another")
	}
	arrives(tb, b)
	holds(tb, s, 0, entries(0, 3)...)
}

// checkBeginMany lets many begin, each where the last has, and wait beside each other.
func checkBeginMany(tb testing.TB, open func(testing.TB) ledger.Pipeliner) {
	const callers, each = 16, 12
	s := open(tb)
	var order sync.Mutex
	var all sync.WaitGroup
	size := 0
	failures := make(chan error, callers)
	for range callers {
		all.Go(func() {
			for range each {
				order.Lock()
				at := size
				b, err := s.Begin(context.Background(), uint64(at), nil, entries(at, at+1))
				size++
				order.Unlock()
				if err == nil {
					err = b.Wait()
				}
				if err != nil {
					failures <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(failures)
	for err := range failures {
		tb.Fatalf("Begin or Wait failed while others begin: %v", err)
	}
	holds(tb, s, 0, entries(0, callers*each)...)
}

// checkBeginParts holds a store that is a vault too to what it says of parts.
func checkBeginParts(tb testing.TB, open func(testing.TB) ledger.Pipeliner) {
	s := open(tb)
	v, ok := s.(ledger.Vault)
	if !ok {
		return
	}
	given := parts(0, 3)
	b := begins(tb, s, 0, given, entry(0))
	for i := range given {
		clear(given[i].Content)
	}
	last := begins(tb, s, 1, append(parts(2, 4), part(3)), entry(1)) // one that is there, and one twice
	arrives(tb, last)
	arrives(tb, b)
	for i := range 4 {
		gets(tb, v, part(i))
	}
	other := part(1)
	other.Kind = "another"
	_, err := s.Begin(context.Background(), 2, []ledger.Part{other, part(5)}, entries(2, 3))
	refused(tb, "Begin with a part that is there with other labels", err, ledger.ErrOtherPart)
	lacks(tb, v, part(5))
	holds(tb, s, 0, entries(0, 2)...)
}

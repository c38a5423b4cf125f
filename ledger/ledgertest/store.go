package ledgertest

import (
	"bytes"
	"context"
	"errors"
	"math"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestStore holds a store to the contract of [ledger.Store], and of
// [ledger.Waiter] if it is one. The constructor is called several times; each
// time it returns an empty store, and arranges with tb.Cleanup for its end.
func TestStore(t *testing.T, open func(tb testing.TB) ledger.Store) {
	t.Helper()
	run(t, storeChecks, open)
}

var storeChecks = []check[ledger.Store]{
	{"an empty store yields nothing", checkEmpty},
	{"entries are read as and in the order in which they were appended", checkOrder},
	{"reading begins at any position", checkPositions},
	{"another size is a conflict and writes nothing", checkConflict},
	{"what CheckEntries refuses is refused and writes nothing", checkRefusals},
	{"the limits themselves are allowed", checkLimits},
	{"a context that has ended writes nothing and yields its error", checkCancelled},
	{"the caller may use its buffers again", checkBuffers},
	{"a sequence can be ranged over again and reads anew", checkAgain},
	{"the reader may stop, read and append at any step", checkNested},
	{"of several appenders exactly one wins at each size", checkRivals},
	{"a reader sees whole writes in order while others append", checkReaders},
	{"a waiter wakes when the store has grown", checkWaiter},
}

func checkEmpty(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	holds(tb, s, 0)
	holds(tb, s, 1)
}

func checkOrder(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	appendAll(tb, s, 0, []byte{0})
	appendAll(tb, s, 1, entry(1), entry(1), []byte("\r\n"), []byte{0xff})
	appendAll(tb, s, 5, entry(5))
	holds(tb, s, 0, []byte{0}, entry(1), entry(1), []byte("\r\n"), []byte{0xff}, entry(5))
}

func checkPositions(tb testing.TB, open func(testing.TB) ledger.Store) {
	const n = 200
	s := open(tb)
	fill(tb, s, n)
	for from := range n + 2 {
		holds(tb, s, from, entries(from, n)...)
	}
	for _, from := range []uint64{1 << 32, math.MaxInt64, math.MaxInt64 + 1, math.MaxUint64} {
		if got, err := read(s, from); len(got) > 0 || err != nil {
			tb.Errorf("Read from %d, far beyond the end, yields %d entries and the error %v", from, len(got), err)
		}
	}
}

func checkConflict(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	ctx := context.Background()
	refused(tb, "Append at size 1 of an empty store", s.Append(ctx, 1, entries(0, 1)), ledger.ErrConflict)
	fill(tb, s, 3)
	for _, size := range []uint64{0, 2, 4, math.MaxUint64} {
		refused(tb, "Append at another size", s.Append(ctx, size, entries(3, 5)), ledger.ErrConflict)
		holds(tb, s, 0, entries(0, 3)...)
	}
	appendAll(tb, s, 3, entry(3))
	holds(tb, s, 0, entries(0, 4)...)
}

func checkRefusals(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	fill(tb, s, 2)
	tooLarge := make([]byte, ledger.MaxEntry+1)
	tooMany := bytes.Split(make([]byte, ledger.MaxBatch+1), nil)
	for _, c := range []struct {
		what string
		list [][]byte
		want error
	}{
		{"Append of nothing", nil, ledger.ErrNoEntries},
		{"Append of an empty list", [][]byte{}, ledger.ErrNoEntries},
		{"Append of an empty entry", [][]byte{{}}, ledger.ErrEmptyEntry},
		{"Append of a nil entry behind a good one", [][]byte{entry(2), nil}, ledger.ErrEmptyEntry},
		{"Append of an entry that is too large", [][]byte{tooLarge}, ledger.ErrTooLarge},
		{"Append of two good ones and one too large", [][]byte{entry(2), entry(3), tooLarge}, ledger.ErrTooLarge},
		{"Append of too many", tooMany, ledger.ErrTooLarge},
	} {
		refused(tb, c.what, s.Append(context.Background(), 2, c.list), c.want)
		holds(tb, s, 0, entries(0, 2)...)
	}
}

func checkLimits(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	large := bytes.Repeat([]byte{0xa5}, ledger.MaxEntry)
	appendAll(tb, s, 0, large, []byte{1}, large)
	many := bytes.Split(bytes.Repeat([]byte{7}, ledger.MaxBatch), nil)
	appendAll(tb, s, 3, many...)
	holds(tb, s, 0, append([][]byte{large, {1}, large}, many...)...)
}

func checkCancelled(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	fill(tb, s, 2)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	refused(tb, "Append with a cancelled context", s.Append(ctx, 2, entries(2, 3)), context.Canceled)
	holds(tb, s, 0, entries(0, 2)...)
	steps := 0
	for e, err := range s.Read(ctx, 0) {
		steps++
		refused(tb, "Read with a cancelled context", err, context.Canceled)
		if e != nil {
			tb.Errorf("Read yields an entry together with an error")
		}
	}
	if steps != 1 {
		tb.Errorf("Read with a cancelled context takes %d steps, where it must yield the error once", steps)
	}
}

func checkBuffers(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	list := [][]byte{entry(0), entry(1), entry(2)}
	appendAll(tb, s, 0, list...)
	for i := range list {
		clear(list[i])
		list[i] = []byte("another")
	}
	holds(tb, s, 0, entries(0, 3)...)
}

func checkAgain(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	fill(tb, s, 5)
	seq := s.Read(context.Background(), 2)
	count := func() (n int) {
		for e, err := range seq {
			if err != nil {
				tb.Fatalf("Read failed: %v", err)
			}
			if !bytes.Equal(e, entry(2+n)) {
				tb.Fatalf("entry %d is %q", 2+n, e)
			}
			n++
		}
		return n
	}
	if n := count(); n != 3 {
		tb.Errorf("the sequence yields %d entries, where there are 3", n)
	}
	appendAll(tb, s, 5, entries(5, 9)...)
	if n := count(); n != 7 {
		tb.Errorf("ranged over again the sequence yields %d entries, where there are 7 now", n)
	}
}

func checkNested(tb testing.TB, open func(testing.TB) ledger.Store) {
	const n = 9
	s := open(tb)
	fill(tb, s, n)
	i := 0
	for outer, err := range s.Read(context.Background(), 0) {
		if err != nil {
			tb.Fatalf("Read failed: %v", err)
		}
		if i == n {
			break // what was appended meanwhile may be yielded or not
		}
		if !bytes.Equal(outer, entry(i)) {
			tb.Fatalf("entry %d is %q", i, outer)
		}
		appendAll(tb, s, n+i, entry(n+i))
		for inner, err := range s.Read(context.Background(), uint64(i)) {
			if err != nil || !bytes.Equal(inner, entry(i)) {
				tb.Fatalf("a second reader finds %q at position %d, and the error %v", inner, i, err)
			}
			break
		}
		i++
	}
	if i != n {
		tb.Fatalf("the reader came to %d entries, where %d were there when it began", i, n)
	}
	holds(tb, s, 0, entries(0, 2*n)...)
}

// isConflict tells a conflict from a failure.
func isConflict(err error) bool { return errors.Is(err, ledger.ErrConflict) }

package ledgertest

import (
	"context"
	"errors"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestGatherer holds a vault to the contract of [ledger.Gatherer], and to that of
// [ledger.Vault] for parts that are put that way. The constructor is called several times;
// each time it returns an empty vault, and arranges with tb.Cleanup for its end.
func TestGatherer(t *testing.T, open func(tb testing.TB) ledger.Gatherer) {
	t.Helper()
	run(t, gatherChecks, open)
	run(t, vaultChecks, func(tb testing.TB) ledger.Vault { return waiting{open(tb)} })
}

// A waiting vault puts by beginning to, and waits.
type waiting struct{ ledger.Gatherer }

func (w waiting) Put(ctx context.Context, parts []ledger.Part) error {
	b, err := w.BeginPut(ctx, parts)
	if err != nil {
		return err
	}
	return b.Wait()
}

var gatherChecks = []check[ledger.Gatherer]{
	{"what was begun is there once it was waited for, with all before it", checkBeginPut},
	{"what cannot be put is refused before anything is taken, and nothing else is lost", checkBeginPutRefusals},
	{"the caller may use its buffers again while parts are on their way", checkBeginPutBuffers},
}

// beginsPut begins and wants no error.
func beginsPut(tb testing.TB, v ledger.Gatherer, list ...ledger.Part) ledger.Begun {
	tb.Helper()
	b, err := v.BeginPut(context.Background(), list)
	if err != nil {
		tb.Fatalf("BeginPut of %d parts failed: %v", len(list), err)
	}
	return b
}

func checkBeginPut(tb testing.TB, open func(testing.TB) ledger.Gatherer) {
	v := open(tb)
	putAll(tb, v, part(0))
	var begun []ledger.Begun
	for i := 1; i < 20; i += 2 {
		begun = append(begun, beginsPut(tb, v, part(i), part(i+1)))
	}
	arrives(tb, begun[4])
	for i := range 11 {
		gets(tb, v, part(i))
	}
	beginsPut(tb, v, part(21))
	putAll(tb, v, part(22)) // comes after what was begun before it
	for i := range 23 {
		gets(tb, v, part(i))
	}
	for _, b := range begun {
		arrives(tb, b)
		arrives(tb, b)
	}
}

func checkBeginPutRefusals(tb testing.TB, open func(testing.TB) ledger.Gatherer) {
	v := open(tb)
	putAll(tb, v, part(0))
	b := beginsPut(tb, v, part(1))
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := v.BeginPut(ended, parts(2, 3))
	refused(tb, "BeginPut with a cancelled context", err, context.Canceled)
	for i := range 2 { // one that is there, and one that is on its way
		other := part(i)
		other.Kind = "another"
		_, err := v.BeginPut(context.Background(), []ledger.Part{part(2), other})
		refused(tb, "BeginPut of a part that is known with other labels", err, ledger.ErrOtherPart)
	}
	arrives(tb, beginsPut(tb, v, part(0), part(1), part(3)))
	arrives(tb, b)
	for _, i := range []int{0, 1, 3} {
		gets(tb, v, part(i))
	}
	lacks(tb, v, part(2))
}

func checkBeginPutBuffers(tb testing.TB, open func(testing.TB) ledger.Gatherer) {
	v := open(tb)
	given := parts(1, 3)
	b := beginsPut(tb, v, given...)
	for i := range given {
		spoil(given[i])
		given[i] = ledger.Part{}
	}
	arrives(tb, b)
	gets(tb, v, part(1))
	gets(tb, v, part(2))
}

// TestFollower holds a store to the contract of [ledger.Follower], beyond that of
// [ledger.Pipeliner]. The constructor is called several times; each time it returns an
// empty store, and arranges with tb.Cleanup for its end.
func TestFollower(t *testing.T, open func(tb testing.TB) ledger.Follower) {
	t.Helper()
	run(t, followChecks, open)
}

var followChecks = []check[ledger.Follower]{
	{"no entry is there before its words", checkAfter},
	{"entries whose words do not arrive fail, and so do those behind them", checkWithoutWords},
	{"what Begin would refuse is refused and takes nothing", checkAfterRefusals},
}

// Words are kept somewhere else, and arrive when somebody waits for them.
type words func() error

// Wait implements [ledger.Begun].
func (w words) Wait() error { return w() }

// follows begins behind words and wants no error.
func follows(tb testing.TB, s ledger.Follower, size int, w ledger.Begun, list ...[]byte) ledger.Begun {
	tb.Helper()
	b, err := s.BeginAfter(context.Background(), uint64(size), w, list)
	if err != nil {
		tb.Fatalf("BeginAfter of %d entries at size %d failed: %v", len(list), size, err)
	}
	return b
}

func checkAfter(tb testing.TB, open func(testing.TB) ledger.Follower) {
	s := open(tb)
	fill(tb, s, 2)
	waited := 0
	arrived := func(before int) words {
		return func() error {
			waited++
			got, err := read(s, 0)
			if err != nil || len(got) > before {
				tb.Errorf("Read yields %d entries and the error %v, while the words of entry %d are on their way", len(got), err, before)
			}
			return nil
		}
	}
	begins(tb, s, 2, nil, entry(2))
	follows(tb, s, 3, arrived(3), entry(3), entry(4))
	begins(tb, s, 5, nil, entry(5))
	last := follows(tb, s, 6, arrived(6), entry(6))
	if waited > 0 {
		tb.Errorf("BeginAfter waits for the words, where Wait is to")
	}
	arrives(tb, last)
	if waited != 2 {
		tb.Errorf("words were waited for %d times, where there were two", waited)
	}
	holds(tb, s, 0, entries(0, 7)...)
	appendAll(tb, s, 7, entry(7))
	holds(tb, s, 0, entries(0, 8)...)
}

// errWords: the words did not arrive.
var errWords = errors.New("the words are lost")

func checkWithoutWords(tb testing.TB, open func(testing.TB) ledger.Follower) {
	s := open(tb)
	fill(tb, s, 2)
	lost := follows(tb, s, 2, words(func() error { return errWords }), entry(2))
	behind := begins(tb, s, 3, nil, entry(3))
	for _, b := range []ledger.Begun{behind, lost, lost} {
		if err := b.Wait(); !errors.Is(err, errWords) {
			tb.Errorf("Wait gives %v, where the words did not arrive", err)
		}
	}
	if got, err := read(s, 0); len(got) > 2 || err == nil && len(got) < 2 {
		tb.Errorf("Read yields %d entries and the error %v, where two were appended", len(got), err)
	}
}

func checkAfterRefusals(tb testing.TB, open func(testing.TB) ledger.Follower) {
	s := open(tb)
	fill(tb, s, 2)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		what string
		ctx  context.Context
		size uint64
		list [][]byte
		want error
	}{
		{"BeginAfter of nothing", context.Background(), 2, nil, ledger.ErrNoEntries},
		{"BeginAfter of an entry that is too large", context.Background(), 2, [][]byte{make([]byte, ledger.MaxEntry+1)}, ledger.ErrTooLarge},
		{"BeginAfter at another size", context.Background(), 1, entries(2, 3), ledger.ErrConflict},
		{"BeginAfter with a cancelled context", ended, 2, entries(2, 3), context.Canceled},
	} {
		_, err := s.BeginAfter(c.ctx, c.size, words(func() error { return errWords }), c.list)
		refused(tb, c.what, err, c.want)
		holds(tb, s, 0, entries(0, 2)...)
	}
	arrives(tb, follows(tb, s, 2, words(func() error { return nil }), entry(2)))
	holds(tb, s, 0, entries(0, 3)...)
}

package filestore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// syncs counts what a disk is asked to make durable from now on.
func syncs(disk *simDisk) *int {
	n := new(int)
	disk.fault = func(_ int, what string) fault {
		if what == "sync" {
			*n++
		}
		return noFault
	}
	return n
}

// What is begun together shares one sync of the entries, and one of the parts. Until
// then nobody reads it.
func TestWhatIsBegunTogetherSharesASync(t *testing.T) {
	ctx := context.Background()
	disk := newSimDisk()
	s, err := disk.reopen()
	require.NoError(t, err)
	n := syncs(disk)
	var begun []ledger.Begun
	for i := range uint64(100) {
		content := fmt.Sprint("part ", i)
		b, err := s.Begin(ctx, 2*i, []ledger.Part{said([]byte(content))}, toBytes([]string{"an entry", "and another"}))
		require.NoError(t, err)
		begun = append(begun, b)
		require.Zero(t, s.entries.end.count)
		_, err = s.Get(ctx, said([]byte(content)).Commitment())
		require.ErrorIs(t, err, ledger.ErrNoPart)
	}
	require.Zero(t, *n)
	for _, b := range begun {
		require.NoError(t, b.Wait())
		require.NoError(t, b.Wait(), "it says the same each time")
		require.Equal(t, 2, *n)
	}
	require.EqualValues(t, 200, s.entries.end.count)
	for i := range 100 {
		_, err = s.Get(ctx, said([]byte(fmt.Sprint("part ", i))).Commitment())
		require.NoError(t, err)
	}
	require.NoError(t, wants(disk.survivors(loseAll, nil), 200, Repair{}))
}

// Callers from many goroutines, each going on from where the last began, all come in
// and in order.
func TestManyCallersAtOnce(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(dir)
	require.NoError(t, err)
	var order sync.Mutex
	var size uint64
	var all sync.WaitGroup
	for c := range 32 {
		all.Go(func() {
			for i := range 20 {
				content := fmt.Append(nil, c, " ", i)
				order.Lock()
				b, err := s.Begin(ctx, size, []ledger.Part{said(content)}, [][]byte{fmt.Append(nil, size)})
				size++
				order.Unlock()
				if err == nil {
					err = b.Wait()
				}
				if err == nil {
					_, err = s.Get(ctx, said(content).Commitment())
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	require.NoError(t, s.Close())
	s, err = Open(dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	n := 0
	for e, err := range s.Read(ctx, 0) {
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(n), string(e))
		n++
	}
	require.Equal(t, 32*20, n)
}

// Who was answered last is waited for, until all are back or the time of one sync is
// over.
func TestWhoWasAnsweredIsWaitedFor(t *testing.T) {
	s, err := newSimDisk().reopen()
	require.NoError(t, err)
	soon, past := time.Now().Add(time.Hour), time.Now().Add(-time.Second)
	for _, c := range []struct {
		answered, back int
		until          time.Time
		waits          bool
	}{
		{3, 1, soon, true}, {3, 3, soon, false}, {3, 4, soon, false}, {3, 1, past, false}, {0, 0, soon, false},
	} {
		s.queue.answered, s.queue.back, s.queue.patience = c.answered, c.back, c.until
		_, waits := (&group{s: s}).waits()
		require.Equal(t, c.waits, waits, "%d of %d are back", c.back, c.answered)
	}
	before := time.Now()
	s.queue.patience = past
	require.NoError(t, s.Append(context.Background(), 0, [][]byte{{1}}))
	require.Equal(t, 1, s.queue.answered)
	require.Zero(t, s.queue.back)
	require.Less(t, s.queue.patience.Sub(before), 2*time.Since(before), "no longer than a sync took")
}

// Before a conflict is told, what was begun is durable: reading shows it.
func TestConflictShowsWhatIsNew(t *testing.T) {
	ctx := context.Background()
	s, err := newSimDisk().reopen()
	require.NoError(t, err)
	_, err = s.Begin(ctx, 0, nil, toBytes([]string{"begun"}))
	require.NoError(t, err)
	err = s.Append(ctx, 0, toBytes([]string{"a rival"}))
	var conflict *ledger.ConflictError
	require.ErrorAs(t, err, &conflict)
	require.EqualValues(t, 1, conflict.Held)
	require.EqualValues(t, 1, s.entries.end.count)
	require.NoError(t, s.Append(ctx, 1, toBytes([]string{"a rival"})))
	_, err = s.Begin(ctx, 1, nil, toBytes([]string{"late"}))
	require.ErrorIs(t, err, ledger.ErrConflict)
}

// One write holds so many entries, and so many bytes of parts; what is more begins
// another, after the first.
func TestFullGroupIsWritten(t *testing.T) {
	ctx := context.Background()
	withPart := func(size int) func(s *Store, n uint64) error {
		return func(s *Store, n uint64) error {
			content := binary.BigEndian.AppendUint64(make([]byte, 0, size), n)
			_, err := s.Begin(ctx, n, []ledger.Part{said(content[:size])}, [][]byte{{1}})
			return err
		}
	}
	fit := func(size int) uint64 {
		return ledger.MaxParts * (frameHead + maxPartBody + ledger.MaxPart) / (frameHead + maxPartBody + uint64(size))
	}
	for what, c := range map[string]struct {
		more func(s *Store, n uint64) error
		most uint64
	}{
		"entries": {func(s *Store, n uint64) error {
			_, err := s.Begin(ctx, n, nil, [][]byte{{1}})
			return err
		}, ledger.MaxBatch},
		"bytes of parts":           {withPart(200_000), fit(200_000)},
		"bytes of large parts":     {withPart(ledger.MaxPart), ledger.MaxParts},
		"bytes of labels of parts": {withPart(8), fit(8)},
	} {
		more := c.more
		disk := newSimDisk()
		s, err := openForWriting(disk, stride{1 << 20, 1 << 20}, indexStep)
		require.NoError(t, err)
		n := uint64(0)
		for ; s.entries.end.count == 0; n++ {
			require.LessOrEqual(t, n, uint64(ledger.MaxBatch), what)
			require.NoError(t, more(s, n), what)
		}
		require.Equal(t, c.most, n-1, what)
		require.Equal(t, n-1, s.entries.end.count, what)
		disk.locked = false
		require.NoError(t, wants(disk, n-1, Repair{}), what)
		require.NoError(t, s.Close())
		require.NoError(t, wants(disk, n, Repair{}), "Close writes what was begun: %s", what)
	}
}

// A group that fails takes all with it that was begun behind it.
func TestFailedGroupFailsWhatFollows(t *testing.T) {
	ctx := context.Background()
	disk := newSimDisk()
	s, err := disk.reopen()
	require.NoError(t, err)
	first, err := s.Begin(ctx, 0, nil, [][]byte{{1}})
	require.NoError(t, err)
	broken := false
	var second ledger.Begun
	disk.fault = func(_ int, what string) fault {
		if what != "sync" || broken {
			return noFault
		}
		broken = true
		second, err = s.Begin(ctx, 1, nil, [][]byte{{2}}) // the first is on its way
		require.NoError(t, err)
		return faultBefore
	}
	require.ErrorIs(t, first.Wait(), errFault)
	require.ErrorIs(t, second.Wait(), ledger.ErrDead)
	_, err = s.Begin(ctx, 2, nil, [][]byte{{3}})
	require.ErrorIs(t, err, ledger.ErrDead)
	require.NoError(t, s.Close())
	require.NoError(t, wants(disk, 0, Repair{}))
}

// What Begin refuses it does not take, nor keeps it anything of the caller's.
func TestBeginKeepsTheContract(t *testing.T) {
	ctx := context.Background()
	ended, cancel := context.WithCancel(ctx)
	cancel()
	s, err := newSimDisk().reopen()
	require.NoError(t, err)
	_, err = s.Begin(ctx, 0, nil, nil)
	require.ErrorIs(t, err, ledger.ErrNoEntries)
	_, err = s.Begin(ctx, 0, []ledger.Part{{}}, [][]byte{{1}})
	require.ErrorIs(t, err, ledger.ErrBadPart)
	_, err = s.Begin(ended, 0, nil, [][]byte{{1}})
	require.ErrorIs(t, err, context.Canceled)

	entry, part := []byte("entry"), said([]byte("part"))
	b, err := s.Begin(ctx, 0, []ledger.Part{part}, [][]byte{entry})
	require.NoError(t, err)
	c := part.Commitment()
	clear(entry)
	clear(part.Content)
	require.NoError(t, b.Wait())
	for e, err := range s.Read(ctx, 0) {
		require.NoError(t, err)
		require.Equal(t, "entry", string(e))
	}
	got, err := s.Get(ctx, c)
	require.NoError(t, err)
	require.Equal(t, "part", string(got.Content))

	twice := said([]byte("part"))
	b, err = s.Begin(ctx, 1, []ledger.Part{twice}, [][]byte{{2}})
	require.NoError(t, err, "a part that is there is not put again")
	require.NoError(t, b.Wait())
	require.EqualValues(t, 1, s.parts.end.count)
	twice.Class = "another"
	_, err = s.Begin(ctx, 2, []ledger.Part{twice}, [][]byte{{3}})
	require.True(t, errors.Is(err, ledger.ErrOtherPart))
	require.NoError(t, s.Close())
	_, err = s.Begin(ctx, 2, nil, [][]byte{{3}})
	require.ErrorIs(t, err, ledger.ErrClosed)
}

package filestore

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// TestEveryFault makes every single call to the disk fail: before it has done
// anything, half-way, and after. Whatever happens, opening again finds what was
// acknowledged, and nothing but what was in flight.
func TestEveryFault(t *testing.T) {
	disk, _ := played(t)
	calls := disk.calls
	require.Greater(t, calls, 45)
	for call := range calls {
		for _, how := range []fault{faultBefore, faultHalf, faultAfter} {
			disk, d := newSimDisk(), new(diary)
			disk.fault = func(n int, _ string) fault {
				if n == call {
					return how
				}
				return noFault
			}
			what := fmt.Sprintf("fault %d at call %d", how, call)
			s, err := disk.reopen()
			if err != nil {
				require.ErrorIs(t, err, errFault, what)
				require.False(t, disk.locked, what)
			} else if err = d.play(s); err != nil {
				require.ErrorIs(t, err, errFault, what)
				isDeadOrClosed(t, s, err)
				before := disk.contents()
				require.NoError(t, s.Close())
				require.Equal(t, before, disk.contents(), what)
			}
			disk.fault = nil
			require.NoError(t, d.goOn(disk.copy()), what)
			require.NoError(t, d.goOn(disk.survivors(loseAll, nil)), what)
		}
	}
}

// isDeadOrClosed wants every call to fail, if the store was dead with the error
// that it failed with at first.
func isDeadOrClosed(t *testing.T, s *Store, first error) {
	t.Helper()
	want := ledger.ErrDead
	if s.failed == nil {
		want = ledger.ErrClosed
	} else {
		require.ErrorIs(t, first, ledger.ErrDead)
	}
	ctx := context.Background()
	_, got := s.Get(ctx, ledger.Commitment{})
	for _, err := range []error{
		s.Append(ctx, s.entries.end.count, [][]byte{{1}}),
		s.Append(ctx, 99, [][]byte{{1}}),
		s.Put(ctx, []ledger.Part{said([]byte("x"))}),
		s.Wait(ctx, 0),
		got,
		readError(s),
	} {
		require.ErrorIs(t, err, want)
		if s.failed != nil {
			require.Equal(t, s.failed, err, "always the first error")
		}
	}
}

// readError returns the error with which reading ends.
func readError(s *Store) (last error) {
	for _, err := range s.Read(context.Background(), 0) {
		last = err
	}
	return last
}

// A read that fails kills the store as well.
func TestReadFault(t *testing.T) {
	for _, read := range []func(*Store) error{
		readError,
		func(s *Store) error {
			_, err := s.Get(context.Background(), said([]byte("a reason")).Commitment())
			return err
		},
		func(s *Store) error {
			return s.Put(context.Background(), []ledger.Part{said([]byte("a reason"))})
		},
	} {
		for nth := range 2 { // the frame, then the content
			disk, _ := played(t)
			s, err := disk.reopen()
			require.NoError(t, err)
			disk.calls = 0
			disk.fault = func(n int, _ string) fault {
				if n == nth {
					return faultBefore
				}
				return noFault
			}
			err = read(s)
			disk.fault = nil
			if err != nil {
				require.ErrorIs(t, err, errFault)
				isDeadOrClosed(t, s, err)
			}
			require.NoError(t, s.Close())
			require.NoError(t, s.Close())
		}
	}
}

// What a failed append left behind is taken away at once, if it can be.
func TestFailedAppendLeavesNothing(t *testing.T) {
	for _, c := range []struct {
		what string
		how  fault
	}{{"write", faultHalf}, {"write", faultAfter}, {"sync", faultBefore}, {"sync", faultAfter}} {
		disk, d := played(t)
		s, err := disk.reopen()
		require.NoError(t, err)
		before := len(disk.names[entriesName].data)
		disk.fault = func(_ int, what string) fault {
			if what == c.what {
				return c.how
			}
			return noFault
		}
		err = s.Append(context.Background(), uint64(len(d.entries)), [][]byte{[]byte("never")})
		require.ErrorIs(t, err, errFault)
		require.Len(t, disk.names[entriesName].data, before)
	}
}

// TestEveryFaultInOpening makes every single call fail while a ledger is opened
// of which the last writes were cut off in the middle, so that there is all to
// do that opening ever does.
func TestEveryFaultInOpening(t *testing.T) {
	torn, d := newSimDisk(), new(diary)
	torn.fault = func(_ int, what string) fault {
		if what == "truncate" || what == "sync" && d.entriesOpen != nil && len(d.parts) > 2 {
			return faultBefore // the last append is written and not synced
		}
		return noFault
	}
	require.True(t, d.run(torn, -1))
	torn.fault = nil
	mark := torn.names[markName]
	mark.set(nil) // so that parts are looked at closely
	cut := torn.names[entriesName]
	cut.set(cut.data[:len(cut.data)-1])

	borne := 0
	for call := 0; ; call++ {
		disk := torn.copy()
		disk.fault = func(n int, _ string) fault {
			if n == call {
				return faultBefore
			}
			return noFault
		}
		_, err := disk.reopen()
		if disk.calls <= call {
			require.NoError(t, err)
			require.Greater(t, call, 15)
			require.Equal(t, 1, borne, "only the index is done without")
			break
		}
		if err == nil {
			borne++
			disk.locked = false
		} else {
			require.ErrorIs(t, err, errFault, "fault at call %d", call)
		}
		require.False(t, disk.locked)
		disk.fault = nil
		require.NoError(t, d.goOn(disk), "fault at call %d", call)
	}
}

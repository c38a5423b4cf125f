package filestore

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// Close leaves the same mark in both slots, durably.
func TestCloseSettlesTheMark(t *testing.T) {
	disk, d := played(t)
	for _, at := range []int{0, 4096} { // one of the slots is gone
		left := edit(disk.survivors(loseAll, nil), markName, func(b []byte) []byte {
			clear(b[at:min(len(b), at+4096)])
			return b
		})
		s, err := openForReading(left)
		require.NoError(t, err)
		require.EqualValues(t, len(d.entries), s.marks.last().entries.count)
		require.EqualValues(t, len(d.parts), s.marks.last().parts.count)
	}
}

// What is there already costs the disk nothing.
func TestPutAgainWritesNothing(t *testing.T) {
	disk, d := played(t)
	s, err := disk.reopen()
	require.NoError(t, err)
	before := disk.contents()
	disk.fault = func(_ int, what string) fault {
		if what == "write" || what == "sync" {
			return faultBefore
		}
		return noFault
	}
	for _, content := range d.parts {
		require.NoError(t, s.Put(context.Background(), []ledger.Part{said(content)}))
	}
	require.NoError(t, s.Put(context.Background(), nil))
	require.Equal(t, before, disk.contents())
}

// The buffer of a write is kept for the next one, unless it is large.
func TestLargeBuffersAreNotKept(t *testing.T) {
	s, err := newSimDisk().reopen()
	require.NoError(t, err)
	small := [][]byte{make([]byte, 300)}
	require.NoError(t, s.Append(context.Background(), 0, small))
	require.NotNil(t, s.queue.spare)
	large := make([][]byte, 40)
	for i := range large {
		large[i] = make([]byte, ledger.MaxEntry)
	}
	require.NoError(t, s.Append(context.Background(), 1, large))
	require.Nil(t, s.queue.spare)
}

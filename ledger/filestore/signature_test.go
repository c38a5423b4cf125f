package filestore

import (
	"bytes"
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// A countingKey counts what it signs.
type countingKey struct {
	cheapKey
	n *atomic.Int64
}

func (k countingKey) Sign(text []byte) ([]byte, error) {
	k.n.Add(1)
	return k.cheapKey.Sign(text)
}

// What is begun together shares one signature too, and no sync more. Nobody sees the
// signature before it is on the disk, and it is carried there by the next commit, which
// is what whoever opens the ledger finds after a power cut.
func TestOneSignatureACommit(t *testing.T) {
	ctx := context.Background()
	disk := newSimDisk()
	s, err := disk.reopen()
	require.NoError(t, err)
	signatures := new(atomic.Int64)
	signer, err := ledger.NewSignerOf(origin, s, nil, countingKey{n: signatures})
	require.NoError(t, err)
	require.NoError(t, s.SignCommits(ctx, signer))
	require.EqualValues(t, 1, signatures.Load(), "of what is there already")
	n := syncs(disk)
	var tree ledger.Tree
	var begun []ledger.Begun
	for i := range uint64(100) {
		entry := fmt.Append(nil, "entry ", i)
		b, err := s.Begin(ctx, i, nil, [][]byte{entry})
		require.NoError(t, err)
		begun = append(begun, b)
		tree.Append(entry)
	}
	for _, b := range begun {
		require.NoError(t, b.Wait())
	}
	require.Equal(t, 1, *n)
	require.EqualValues(t, 2, signatures.Load())
	require.Zero(t, bytes.Count(disk.names[entriesName].data, []byte(origin)))
	want := ledger.Checkpoint{Origin: origin, Size: 100, Root: tree.Root()}
	require.Zero(t, signed(t, disk.left(t)).Size, "the file signed has what was there before")

	require.NoError(t, s.Append(ctx, 100, [][]byte{{1}, {2}}))
	require.Equal(t, 2, *n)
	require.EqualValues(t, 3, signatures.Load())
	require.Equal(t, 1, bytes.Count(disk.names[entriesName].data, []byte(origin+"\n100\n")))
	require.Equal(t, want, signed(t, disk.left(t)))
	require.NoError(t, wants(disk.survivors(loseAll, nil), 102, Repair{}))
	reader, err := openForReading(disk.survivors(loseAll, nil))
	require.NoError(t, err)
	require.Zero(t, signed(t, reader).Size, "nothing on the disk says yet that more is durable")

	require.NoError(t, s.Close())
	require.EqualValues(t, 3, signatures.Load())
	reader, err = openForReading(disk.copy())
	require.NoError(t, err)
	require.EqualValues(t, 102, signed(t, reader).Size, "Close writes the last one")
}

// Whoever asks for the checkpoint of the last commit has it on the disk by then. Who goes on
// asking is served by the commits themselves, with no sync more.
func TestACheckpointIsOnTheDiskBeforeItIsShown(t *testing.T) {
	ctx := context.Background()
	disk := newSimDisk()
	s, _ := signing(t, disk)
	append1 := func(size uint64) int {
		n := syncs(disk)
		require.NoError(t, s.Append(ctx, size, [][]byte{{1}}))
		return *n
	}
	show := func(size uint64) int {
		n := syncs(disk)
		require.EqualValues(t, size, signed(t, s).Size)
		require.EqualValues(t, size, signed(t, disk.left(t)).Size)
		return *n
	}
	require.Equal(t, 1, append1(0))
	require.NotZero(t, show(1), "it was on the disk nowhere")
	require.Zero(t, show(1))
	for size := uint64(1); size < 4; size++ {
		require.Equal(t, 1, append1(size))
		require.Zero(t, show(size+1))
	}
	for size := uint64(4); size < 7; size++ {
		require.Equal(t, 1, append1(size))
	}
	carried := bytes.Clone(disk.names[entriesName].data)
	for size, times := range []int{0, 0, 1, 1, 1, 1, 1, 0} {
		require.Equal(t, times, bytes.Count(carried, fmt.Append(nil, origin, "\n", size, "\n")), size)
	}
	require.NotZero(t, show(7))
	require.NoError(t, s.Close())
}

// What cannot be put on the disk is not shown, and the store is dead.
func TestACheckpointThatCannotBeKeptIsNotShown(t *testing.T) {
	ctx := context.Background()
	for _, ask := range []func(s *Store) error{
		func(s *Store) error { _, err := s.LastSigned(ctx); return err },
		func(s *Store) error { return s.Close() },
	} {
		disk := newSimDisk()
		s, _ := signing(t, disk)
		require.NoError(t, s.Append(ctx, 0, [][]byte{{1}}))
		disk.fault = func(int, string) fault { return faultBefore }
		require.ErrorIs(t, ask(s), errFault)
		disk.fault = nil
		_ = s.Close()
		s, _ = signing(t, disk)
		require.EqualValues(t, 1, signed(t, s).Size)
	}
}

// left opens what a power cut would leave on the disk.
func (d *simDisk) left(t testing.TB) *Store {
	t.Helper()
	s, err := d.survivors(loseAll, nil).reopen()
	require.NoError(t, err)
	return s
}

// A brokenKey signs for a while.
type brokenKey struct {
	cheapKey
	left   *int
	panics bool
}

func (k brokenKey) Sign(text []byte) ([]byte, error) {
	if *k.left--; *k.left < 0 {
		if k.panics {
			panic(errFault)
		}
		return nil, errFault
	}
	return k.cheapKey.Sign(text)
}

// What cannot be signed is not acknowledged, and is taken off again: whether the signature
// is made beside the write or, for somebody who asks, before. A power cut may bring it
// back, as it may what could not be synced; then it is signed by whoever signs next.
func TestACommitThatCannotBeSigned(t *testing.T) {
	ctx := context.Background()
	for _, asked := range []bool{false, true} {
		for _, panics := range []bool{false, true} {
			disk := newSimDisk()
			s, err := disk.reopen()
			require.NoError(t, err)
			left := 4
			signer, err := ledger.NewSignerOf(origin, s, nil, brokenKey{left: &left, panics: panics})
			require.NoError(t, err)
			require.NoError(t, s.SignCommits(ctx, signer))
			require.NoError(t, s.Append(ctx, 0, toBytes([]string{"one"})))
			if asked {
				require.EqualValues(t, 1, signed(t, s).Size)
			}
			left = 0
			err = s.Append(ctx, 1, toBytes([]string{"two"}))
			require.ErrorIs(t, err, ledger.ErrDead)
			require.ErrorContains(t, err, errFault.Error())
			require.NotContains(t, string(disk.names[entriesName].data), "two")
			_, err = s.LastSigned(ctx)
			require.ErrorIs(t, err, ledger.ErrDead)
			require.ErrorIs(t, s.Append(ctx, 1, toBytes([]string{"two"})), ledger.ErrDead)
			require.NoError(t, s.Close())
			s, _ = signing(t, disk.copy())
			require.EqualValues(t, 1, signed(t, s).Size)
			s, _ = signing(t, disk.survivors(loseAll, nil))
			n := s.entries.end.count
			require.Equal(t, map[bool]uint64{false: 2, true: 1}[asked], n)
			require.Equal(t, n, signed(t, s).Size)
		}
	}
}

// A slowKey signs when it is let.
type slowKey struct {
	cheapKey
	gate *chan struct{} // to a channel that is closed then; nil is at once
}

func (k slowKey) Sign(text []byte) ([]byte, error) {
	if *k.gate != nil {
		<-*k.gate
	}
	return k.cheapKey.Sign(text)
}

// A slow signer makes a commit wait: none is told of before it is signed. What is begun
// meanwhile goes with the next.
func TestASlowSignerIsWaitedFor(t *testing.T) {
	ctx := context.Background()
	s, err := newSimDisk().reopen()
	require.NoError(t, err)
	var gate chan struct{}
	signer, err := ledger.NewSignerOf(origin, s, nil, slowKey{gate: &gate})
	require.NoError(t, err)
	require.NoError(t, s.SignCommits(ctx, signer))
	gate = make(chan struct{})
	first, err := s.Begin(ctx, 0, nil, [][]byte{{1}})
	require.NoError(t, err)
	told := make(chan error, 1)
	go func() { told <- first.Wait() }()
	select {
	case err := <-told:
		require.Fail(t, "it is told before it is signed", "%v", err)
	case <-time.After(20 * time.Millisecond):
	}
	for entry, err := range s.Read(ctx, 0) {
		require.Fail(t, "it is read before it is signed", "%q, %v", entry, err)
	}
	second, err := s.Begin(ctx, 1, nil, [][]byte{{2}})
	require.NoError(t, err)
	close(gate)
	require.NoError(t, <-told)
	require.NoError(t, second.Wait())
	require.EqualValues(t, 2, signed(t, s).Size)
	require.NoError(t, s.Close())
}

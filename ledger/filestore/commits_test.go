package filestore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/ledgertest"
)

const origin = "test.example/ledger"

// A cheapKey signs by a hash, for the thousands of power cuts. It is its own verifier.
type cheapKey struct{}

func (cheapKey) Name() string    { return origin }
func (cheapKey) KeyHash() uint32 { return 1 }

func (cheapKey) Sign(text []byte) ([]byte, error) {
	sum := sha256.Sum256(text)
	return sum[:], nil
}

func (k cheapKey) Verify(text, signature []byte) bool {
	again, _ := k.Sign(text)
	return bytes.Equal(again, signature)
}

// trusting trusts the cheap key.
var trusting = ledger.Policy{Ledgers: []note.Verifier{cheapKey{}}}

// signerOf makes a signer that keeps what it signs in the store.
func signerOf(s *Store) (*ledger.Signer, error) {
	return ledger.NewSignerOf(origin, s, nil, cheapKey{})
}

// sign lets the commits be signed, if the diary says so.
func (d *diary) sign(s *Store) error {
	if !d.signs {
		return nil
	}
	signer, err := signerOf(s)
	if err != nil {
		return err
	}
	return s.SignCommits(context.Background(), signer)
}

// look notes the checkpoint that is shown, which must be of all that was acknowledged.
func (d *diary) look(s *Store) error {
	if !d.signs || d.seldom {
		return nil
	}
	return d.see(s)
}

// see is look, for whoever looks seldom too.
func (d *diary) see(s *Store) error {
	shown, err := s.LastSigned(context.Background())
	if err != nil {
		return err
	}
	d.shown = append(d.shown, shown)
	c, _, err := trusting.Open(shown)
	if err == nil && c.Size != uint64(len(d.entries)) {
		err = fmt.Errorf("a checkpoint of %d entries is shown, where %d are acknowledged", c.Size, len(d.entries))
	}
	return err
}

// lookBeside notes what somebody saw who opened the ledger for reading, right before
// the power went.
func (d *diary) lookBeside(disk *simDisk) {
	if !d.signs {
		return
	}
	s, err := openForReading(disk.copy())
	if err != nil {
		return
	}
	if shown, err := s.LastSigned(context.Background()); err == nil && shown != nil {
		d.shown = append(d.shown, shown)
	}
}

// cosign lets somebody else sign what is kept; who looks seldom leaves out the first time,
// so that one commit carries what was signed of another.
func (d *diary) cosign(s *Store) error {
	if d.seldom && len(d.entries) == 1 {
		return nil
	}
	ctx := context.Background()
	kept, err := s.LastSigned(ctx)
	if err != nil {
		return err
	}
	d.shown = append(d.shown, kept) // to whoever cosigns it
	both := append(bytes.Clone(kept), "— witness.example AAAAAAAAAAA=\n"...)
	if err := s.KeepSigned(ctx, kept, both); err != nil {
		return err
	}
	return d.see(s)
}

// compareSigned wants every checkpoint that was shown to be of these entries, and that
// which is kept too, and to be no smaller than any of them (I2).
func (d *diary) compareSigned(s *Store, entries [][]byte) error {
	kept, err := s.LastSigned(context.Background())
	if err != nil {
		return err
	}
	var roots []ledger.Checkpoint
	var tree ledger.Tree
	for n := 0; ; n++ {
		roots = append(roots, ledger.Checkpoint{Origin: origin, Size: tree.Size(), Root: tree.Root()})
		if n == len(entries) {
			break
		}
		tree.Append(entries[n])
	}
	var most ledger.Checkpoint
	for _, signed := range append(d.shown[:len(d.shown):len(d.shown)], kept) {
		if signed == nil {
			continue // nothing was signed yet
		}
		c, _, err := trusting.Open(signed)
		if err != nil {
			return err
		}
		if !slices.Contains(roots, c) {
			return fmt.Errorf("%q was signed and is not of the %d entries", signed, len(entries))
		}
		if c.Size < most.Size && bytes.Equal(signed, kept) {
			return fmt.Errorf("what is kept is of %d entries, and one of %d was shown", c.Size, most.Size)
		}
		most.Size = max(most.Size, c.Size)
	}
	return nil
}

// showsAll wants the store to show a checkpoint of all its entries.
func (d *diary) showsAll(s *Store) error {
	if !d.signs {
		return nil
	}
	shown, err := s.LastSigned(context.Background())
	if err != nil {
		return err
	}
	c, _, err := trusting.Open(shown)
	if err == nil && c.Size != s.entries.end.count {
		err = fmt.Errorf("a checkpoint of %d entries is shown, where there are %d", c.Size, s.entries.end.count)
	}
	return err
}

// holdsSigned wants the last checkpoint to be of all entries, for who only reads too.
func (d *diary) holdsSigned(disk *simDisk, size uint64) error {
	if !d.signs {
		return nil
	}
	s, err := disk.reopen()
	if err != nil {
		return err
	}
	signed, err := s.LastSigned(context.Background())
	if err != nil {
		return err
	}
	if c, _, err := trusting.Open(signed); err != nil || c.Size != size {
		return fmt.Errorf("%d entries are signed (%w), where there are %d", c.Size, err, size)
	}
	var entries [][]byte
	for e, err := range s.Read(context.Background(), 0) {
		if err != nil {
			return err
		}
		entries = append(entries, bytes.Clone(e))
	}
	return d.compareSigned(s, entries)
}

// TestPowerCutWhileCommitsAreSigned is TestPowerCutAtEveryStep where each commit is
// signed, at some of the steps: where somebody asks for each checkpoint, and where most
// are carried by the commit behind them. What anybody may have seen, who had it from the
// store or opened it for reading at that moment, is never contradicted by what is signed
// afterwards (I2).
func TestPowerCutWhileCommitsAreSigned(t *testing.T) {
	for own, d := range map[bool]diary{true: {signs: true}, false: {signs: true, seldom: true}} {
		whole, uncut := newSimDisk(), d
		require.False(t, uncut.run(whole, -1))
		file := whole.names[entriesName].data
		require.Contains(t, string(file), origin+"\n1\n")
		require.Equal(t, own, bytes.Index(file, []byte(origin+"\n1\n")) < bytes.Index(file, []byte("second")), "a commit carries its own, or the one before")
		require.Greater(t, cutPower(t, 13, d, func() *simDisk { return newSimDisk() }), 800)
		require.Greater(t, cutPower(t, 61, d, func() *simDisk {
			disk := newSimDisk()
			disk.indexed = 50
			return disk
		}), 100)
	}
}

// signed opens the checkpoint that a store shows.
func signed(t testing.TB, s ledger.Signed) ledger.Checkpoint {
	t.Helper()
	b, err := s.LastSigned(context.Background())
	require.NoError(t, err)
	c, _, err := trusting.Open(b)
	require.NoError(t, err)
	return c
}

// signing opens a store whose commits are signed, on a disk.
func signing(t testing.TB, disk *simDisk) (*Store, *ledger.Signer) {
	t.Helper()
	s, err := disk.reopen()
	require.NoError(t, err)
	signer, err := signerOf(s)
	require.NoError(t, err)
	require.NoError(t, s.SignCommits(context.Background(), signer))
	return s, signer
}

// A store whose commits are signed keeps the contract as any.
func TestSignedStoreKeepsTheContract(t *testing.T) {
	in := func(tb testing.TB, dir string) *Store {
		s, err := Open(dir)
		require.NoError(tb, err)
		tb.Cleanup(func() { require.NoError(tb, s.Close()) })
		signer, err := signerOf(s)
		require.NoError(tb, err)
		require.NoError(tb, s.SignCommits(context.Background(), signer))
		return s
	}
	ledgertest.TestStore(t, func(tb testing.TB) ledger.Store { return in(tb, tb.TempDir()) })
	ledgertest.TestPipeliner(t, func(tb testing.TB) ledger.Pipeliner { return in(tb, tb.TempDir()) })
	ledgertest.TestHasher(t, func(tb testing.TB) ledger.Hasher { return in(tb, tb.TempDir()) })
	ledgertest.TestReopen(t, func(tb testing.TB, dir string) ledger.Store { return in(tb, dir) })
}

// A ledger that was not signed from its beginning, or for some time, is as good: where
// entries are, in proofs and by position, is the same.
func TestCommitsAreSignedForSomeTime(t *testing.T) {
	ctx := context.Background()
	for _, indexed := range []int64{0, 50} {
		disk := newSimDisk()
		disk.indexed = indexed
		var tree ledger.Tree
		for round := range 6 {
			s, err := disk.reopen()
			require.NoError(t, err)
			require.Equal(t, Repair{}, s.repaired)
			if round%3 == 1 {
				signer, err := signerOf(s)
				require.NoError(t, err)
				require.NoError(t, s.SignCommits(ctx, signer))
				require.Equal(t, tree.Root(), signed(t, s).Root)
			}
			for i := range 23 {
				entry := fmt.Append(nil, "entry ", round, " ", i)
				require.NoError(t, s.Append(ctx, tree.Size(), [][]byte{entry}))
				tree.Append(entry)
			}
			if round > 0 {
				require.EqualValues(t, []int{0, 46, 46, 46, 115, 115}[round], signed(t, s).Size)
			}
			for at := range tree.Size() {
				for entry, err := range s.Read(ctx, at) {
					require.NoError(t, err)
					require.Equal(t, fmt.Sprint("entry ", at/23, " ", at%23), string(entry))
					break
				}
				p, err := ledger.Prove(ctx, s, tree.Size(), at)
				require.NoError(t, err)
				require.NoError(t, ledger.Check(p, tree.Size(), at, tree.Root(), ledger.LeafHash(fmt.Append(nil, "entry ", at/23, " ", at%23))))
			}
			require.NoError(t, s.Close())
		}
	}
}

// While commits are signed only the same checkpoint is kept in its place, with more
// signatures; afterwards none of fewer entries. So it is always known which came last.
func TestWhatIsKeptBesideSignedCommits(t *testing.T) {
	ctx := context.Background()
	disk := newSimDisk()
	s, signer := signing(t, disk)
	require.NoError(t, s.Append(ctx, 0, toBytes([]string{"one"})))
	require.NoError(t, s.Append(ctx, 1, toBytes([]string{"two"})))
	kept, err := s.LastSigned(ctx)
	require.NoError(t, err)
	again, err := signer.SignStore(ctx, s, 2)
	require.NoError(t, err)
	require.Equal(t, kept, again, "the signer knows of it")
	_, err = signer.SignStore(ctx, s, 1)
	require.ErrorIs(t, err, ledger.ErrFork)

	other := []byte(origin + "\n3\n" + signed(t, s).Root.String() + "\n\n— x AAAA\n")
	require.ErrorIs(t, s.KeepSigned(ctx, kept, other), ledger.ErrFork)
	require.ErrorIs(t, s.KeepSigned(ctx, kept, []byte("no checkpoint")), ledger.ErrBadCheckpoint)
	both := append(bytes.Clone(kept), "— witness.example AAAAAAAAAAA=\n"...)
	require.ErrorIs(t, s.KeepSigned(ctx, nil, both), ledger.ErrConflict)
	require.NoError(t, s.KeepSigned(ctx, kept, both))
	require.NoError(t, s.Close())

	s, err = disk.reopen()
	require.NoError(t, err)
	got, err := s.LastSigned(ctx)
	require.NoError(t, err)
	require.Equal(t, both, got)
	more := append(bytes.Clone(both), "— other.example AAAAAAAAAAA=\n"...)
	require.NoError(t, s.KeepSigned(ctx, both, more), "the same checkpoint, with one signature more")
	require.NoError(t, s.KeepSigned(ctx, more, both))
	old := []byte(origin + "\n1\n" + signed(t, s).Root.String() + "\n\n— x AAAA\n")
	require.ErrorIs(t, s.KeepSigned(ctx, both, old), ledger.ErrFork)
	require.NoError(t, s.Append(ctx, 2, toBytes([]string{"three"})))
	_, err = func() ([]byte, error) {
		alone, err := signerOf(s)
		require.NoError(t, err)
		return alone.SignStore(ctx, s, 3)
	}()
	require.NoError(t, err)
	require.EqualValues(t, 3, signed(t, s).Size)
	three, err := s.LastSigned(ctx)
	require.NoError(t, err)
	seen := append(bytes.Clone(three), "— witness.example AAAAAAAAAAA=\n"...)
	require.NoError(t, s.KeepSigned(ctx, three, seen), "as many entries, and more signatures")
	require.NoError(t, s.Close())

	disk.names[signedName].set([]byte("garbage"))
	s, err = disk.reopen()
	require.NoError(t, err)
	_, err = s.LastSigned(ctx)
	require.ErrorIs(t, err, ledger.ErrCorrupt)
}

// What another key has signed, or what the entries are not of, is not gone on from.
func TestSignCommitsRefuses(t *testing.T) {
	ctx := context.Background()
	disk := newSimDisk()
	s, _ := signing(t, disk)
	require.NoError(t, s.Append(ctx, 0, toBytes([]string{"one", "two"})))
	secret, _, err := ledger.NewKey(origin, nil)
	require.NoError(t, err)
	key, err := ledger.NewSigner(secret)
	require.NoError(t, err)
	stranger, err := ledger.NewSignerOf(origin, s, nil, key)
	require.NoError(t, err)
	require.ErrorIs(t, s.SignCommits(ctx, stranger), ledger.ErrSignature)
	follower, err := ledger.NewSignerOf(origin, s, nil, cheapKey{}, key)
	require.NoError(t, err)
	require.NoError(t, s.SignCommits(ctx, follower))
	b, err := s.LastSigned(ctx)
	require.NoError(t, err)
	require.Equal(t, 2, bytes.Count(b, []byte("— ")), "both have signed what was there")
	require.NoError(t, s.Append(ctx, 2, toBytes([]string{"three"})))
	require.NoError(t, s.Close())

	forked := disk.copy() // the same checkpoint, and another ledger
	s, err = newSimDisk().reopen()
	require.NoError(t, err)
	require.NoError(t, s.Append(ctx, 0, toBytes([]string{"one", "2", "three"})))
	require.NoError(t, s.KeepSigned(ctx, nil, b))
	signer, err := ledger.NewSignerOf(origin, s, nil, cheapKey{}, key)
	require.NoError(t, err)
	require.ErrorIs(t, s.SignCommits(ctx, signer), ledger.ErrFork)

	reader, err := openForReading(forked)
	require.NoError(t, err)
	require.ErrorIs(t, reader.SignCommits(ctx, follower), ledger.ErrReadOnly)
}

// A byte that is changed in a signed checkpoint is damage, as in an entry. At the end of a
// ledger of which it is not known how far it was durable it makes a torn tail of the whole
// write. Then what was signed of it tells that there was more, and nobody signs on.
func TestDamagedSignedCommits(t *testing.T) {
	disk := newSimDisk()
	s, _ := signing(t, disk)
	require.NoError(t, s.Append(context.Background(), 0, toBytes([]string{"one"})))
	last := int(s.entries.end.offset)
	gone := func(disk *simDisk, at int) {
		s, err := disk.reopen()
		require.NoError(t, err)
		require.EqualValues(t, 1, s.entries.end.count, at)
		require.EqualValues(t, 3, signed(t, s).Size, at)
		signer, err := signerOf(s)
		require.NoError(t, err)
		require.ErrorIs(t, s.SignCommits(context.Background(), signer), ledger.ErrFork)
	}
	require.NoError(t, s.Append(context.Background(), 1, toBytes([]string{"two", "three"})))
	require.NoError(t, s.Close())
	end := len(disk.names[entriesName].data)
	for i := headerSize; i < end; i++ {
		for _, mask := range []byte{0x01, 0x80, 0xff} {
			changed := edit(disk, entriesName, flip(i, mask))
			refuses(t, changed, ledger.ErrCorrupt, i)
			delete(changed.names, markName)
			if i < last {
				refuses(t, changed, ledger.ErrCorrupt, i)
				continue
			}
			gone(changed, i)
		}
	}
	for cut := last + 1; cut < end; cut++ {
		short := edit(disk, entriesName, func(b []byte) []byte { return b[:cut] })
		refuses(t, short, ledger.ErrCorrupt, cut)
		delete(short.names, markName)
		gone(short, cut)
	}
}

// A reader beside the writer is shown the checkpoint at the end of what it knows to be durable,
// where that is the last frame of it.
func TestReaderSeesTheLastSigned(t *testing.T) {
	ctx := context.Background()
	disk := newSimDisk()
	s, _ := signing(t, disk)
	for i := range uint64(5) {
		require.NoError(t, s.Append(ctx, i, [][]byte{fmt.Append(nil, "entry ", i)}))
		require.EqualValues(t, i+1, signed(t, s).Size, "who asks each time has each in the write of its entries")
	}
	require.NoError(t, s.Close())
	delete(disk.names, signedName)
	r, err := openForReading(disk)
	require.NoError(t, err)
	require.EqualValues(t, 5, signed(t, r).Size)
}

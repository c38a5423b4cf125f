package filestore

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// grown returns a disk with a ledger of so many entries, all its hashes kept, and a
// plain store with the same.
func grown(t testing.TB, n int) (*simDisk, *ledger.Memory) {
	t.Helper()
	ctx := context.Background()
	disk, m := newSimDisk(), new(ledger.Memory)
	s, err := openForWriting(disk, stride{1 << 16, 1 << 16}, indexStep)
	require.NoError(t, err)
	for i := range uint64(n) {
		e := [][]byte{fmt.Appendf(nil, "entry %d", i)}
		require.NoError(t, s.Append(ctx, i, e))
		require.NoError(t, m.Append(ctx, i, e))
	}
	_, err = s.Hashes(ctx, uint64(n), nil)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return disk, m
}

// provesLike wants some proofs of a store to be those made from the entries.
func provesLike(t testing.TB, s ledger.Store, m *ledger.Memory, sizes ...uint64) {
	t.Helper()
	ctx := context.Background()
	for _, size := range sizes {
		for _, index := range []uint64{0, 1, size / 3, size / 2, size - 1} {
			if index >= size {
				continue
			}
			want, err := ledger.Prove(ctx, m, size, index)
			require.NoError(t, err)
			got, err := ledger.Prove(ctx, s, size, index)
			require.NoError(t, err)
			require.Equal(t, want, got, "entry %d of %d", index, size)
			wantGrowth, err := ledger.ProveGrowth(ctx, m, index+1, size)
			require.NoError(t, err)
			gotGrowth, err := ledger.ProveGrowth(ctx, s, index+1, size)
			require.NoError(t, err)
			require.Equal(t, wantGrowth, gotGrowth, "from %d to %d", index+1, size)
		}
	}
}

// handsOut wants a store to give every hash of its tree, in each as it is made from
// the entries.
func handsOut(t testing.TB, s *Store) {
	t.Helper()
	var leaves []tlog.Hash
	for e, err := range s.Read(context.Background(), 0) {
		require.NoError(t, err)
		leaves = append(leaves, ledger.LeafHash(e))
	}
	var stored []int64
	var want []tlog.Hash
	for level, row := 0, leaves; len(row) > 0; level++ {
		var next []tlog.Hash
		for n, hash := range row {
			stored, want = append(stored, tlog.StoredHashIndex(level, int64(n))), append(want, hash)
			if n%2 == 1 {
				next = append(next, tlog.NodeHash(row[n-1], hash))
			}
		}
		row = next
	}
	got, err := s.Hashes(context.Background(), uint64(len(leaves)), stored)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// The hashes that are kept are those of the tree, whatever its size, and however
// often the file was closed on the way.
func TestHashesAreThoseOfTheTree(t *testing.T) {
	ctx := context.Background()
	disk, m := newSimDisk(), new(ledger.Memory)
	s, err := disk.reopen()
	require.NoError(t, err)
	for i := range uint64(200) {
		e := [][]byte{fmt.Appendf(nil, "entry %d", i)}
		require.NoError(t, s.Append(ctx, i, e))
		require.NoError(t, m.Append(ctx, i, e))
		switch {
		case i%7 == 3:
			require.NoError(t, s.Close())
			s, err = disk.reopen()
			require.NoError(t, err)
			provesLike(t, s, m, i+1)
		case i%3 == 1:
			handsOut(t, s)
		}
	}
	provesLike(t, s, m, 1, 2, 3, 64, 127, 128, 129, 199, 200)
	require.LessOrEqual(t, len(disk.names[hashesName].data), headerSize+200*33+2*pageSize, "33 bytes an entry")
}

// Thousands of entries are hashed in several writes.
func TestHashesOfManyEntries(t *testing.T) {
	disk, m := grown(t, 5000)
	s, err := disk.reopen()
	require.NoError(t, err)
	handsOut(t, s)
	provesLike(t, s, m, 4999, 5000)
	require.LessOrEqual(t, len(disk.names[hashesName].data), headerSize+5000*33+3*pageSize, "33 bytes an entry")
}

// A reader beside the writer uses what hashes there are, and does without them where
// they do not reach: it writes nothing.
func TestHashesForReading(t *testing.T) {
	disk, m := grown(t, 100)
	before := disk.contents()
	s, err := openForReading(disk)
	require.NoError(t, err)
	_, err = s.Hashes(context.Background(), 100, []int64{0, 1, 2, 3})
	require.NoError(t, err)
	provesLike(t, s, m, 50, 100)
	without := disk.copy()
	delete(without.names, hashesName)
	s, err = openForReading(without)
	require.NoError(t, err)
	_, err = s.Hashes(context.Background(), 100, []int64{0})
	require.ErrorIs(t, err, ledger.ErrNoHashes)
	provesLike(t, s, m, 100)
	require.Equal(t, before, disk.contents())
}

// Whatever byte of the file is wrong, and wherever it was cut off, the proofs are
// right, and the file is made anew when that was found.
func TestDamagedHashesAreMadeAnew(t *testing.T) {
	disk, m := grown(t, 70)
	whole := disk.names[hashesName].data
	r := rand.New(rand.NewPCG(1, 2))
	for i := range whole {
		if i%damageStride > 0 {
			continue
		}
		if i > headerSize+67*tlog.HashSize && i < len(whole)-8 && i%9 > 0 {
			continue // of the zeros behind 67 hashes some are enough
		}
		for _, change := range []func([]byte) []byte{
			flip(i, byte(1+r.IntN(255))),
			func(b []byte) []byte { return b[:i] },
			func(b []byte) []byte { clear(b[i:]); return b },
			func(b []byte) []byte { return append(b, b[:i]...) },
		} {
			damaged := edit(disk, hashesName, change)
			s, err := damaged.reopen()
			require.NoError(t, err)
			handsOut(t, s)
			require.Equal(t, whole, damaged.names[hashesName].data, "byte %d", i)
			if i%50 == 0 {
				provesLike(t, s, m, 35, 69, 70)
			}
		}
	}
}

// A page that is damaged, or is again what it was before, while the file is in use, is found out
// when it is read: the file is made anew, or a reader does without.
func TestPageChangesUnderneath(t *testing.T) {
	ctx := context.Background()
	disk, m := grown(t, 20)
	early := bytes.Clone(disk.names[hashesName].data[headerSize:][:pageSize])
	s, err := disk.reopen()
	require.NoError(t, err)
	for i := uint64(20); i < 1000; i++ {
		e := [][]byte{fmt.Appendf(nil, "entry %d", i)}
		require.NoError(t, s.Append(ctx, i, e))
		require.NoError(t, m.Append(ctx, i, e))
	}
	_, err = s.Hashes(ctx, 1000, nil)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	whole := bytes.Clone(disk.names[hashesName].data)
	for what, change := range map[string]func(page []byte){
		"damaged":           func(page []byte) { page[7] ^= 1 },
		"as it was earlier": func(page []byte) { copy(page, early) },
		"empty":             func(page []byte) { clear(page) },
	} {
		for _, writes := range []bool{true, false} {
			beneath := disk.copy()
			s, err := openForReading(beneath)
			if writes {
				s, err = beneath.reopen()
			}
			require.NoError(t, err)
			elsewhere := tlog.StoredHashIndex(1, 300)
			_, err = s.Hashes(ctx, 1000, []int64{elsewhere})
			require.NoError(t, err)
			f := beneath.names[hashesName]
			change(f.data[headerSize:][:pageSize])
			_, err = s.Hashes(ctx, 1000, []int64{tlog.StoredHashIndex(1, 0), tlog.StoredHashIndex(1, 40)})
			if !writes {
				require.ErrorIs(t, err, ledger.ErrNoHashes, what)
				provesLike(t, s, m, 1000)
				continue
			}
			require.NoError(t, err, what)
			handsOut(t, s)
			require.Equal(t, whole, beneath.names[hashesName].data, what)
		}
	}
}

// A store is asked for hashes that it has, and says which it was that it has not.
func TestHashesBeyondTheEnd(t *testing.T) {
	disk, _ := grown(t, 100)
	s, err := disk.reopen()
	require.NoError(t, err)
	_, err = s.Hashes(context.Background(), 90, []int64{tlog.StoredHashIndex(2, 22)}) // of entries 88 to 91
	var no *ledger.RangeError
	require.ErrorAs(t, err, &no)
	require.Equal(t, ledger.RangeError{Index: 88, Size: 90}, *no)
}

// Hashes of other entries are found out: of another ledger, of one that was longer,
// and of one that went another way.
func TestHashesOfOtherEntries(t *testing.T) {
	disk, m := grown(t, 60)
	other, _ := grown(t, 60)
	longer := disk.copy()
	s, err := longer.reopen()
	require.NoError(t, err)
	for i := range uint64(20) {
		require.NoError(t, s.Append(context.Background(), 60+i, [][]byte{{byte(i)}}))
	}
	handsOut(t, s)
	shorter := disk.copy()
	s, err = shorter.reopen()
	require.NoError(t, err)
	for i := range uint64(20) {
		require.NoError(t, s.Append(context.Background(), 60+i, [][]byte{{byte(i), 'x'}}))
	}
	want := disk.names[hashesName].data
	for what, c := range map[string]struct {
		entries *simDisk
		hashes  []byte
	}{
		"of another ledger":          {disk, other.names[hashesName].data},
		"of one that was longer":     {disk, longer.names[hashesName].data},
		"of one that went elsewhere": {shorter, longer.names[hashesName].data},
	} {
		mixed := edit(c.entries.copy(), hashesName, func([]byte) []byte { return append([]byte(nil), c.hashes...) })
		s, err := mixed.reopen()
		require.NoError(t, err, what)
		provesLike(t, s, m, 60)
		handsOut(t, s)
		if c.entries == disk {
			require.Equal(t, want, mixed.names[hashesName].data, what)
		}
	}
}

// No failure of the file of hashes is one of the store: proofs are then made from the
// entries.
func TestEveryFaultOfHashes(t *testing.T) {
	for _, how := range []fault{faultBefore, faultHalf, faultAfter} {
		for call := 0; ; call++ {
			disk, m := grown(t, 40)
			delete(disk.names, hashesName)
			s, err := disk.reopen()
			require.NoError(t, err)
			target := disk.calls + call
			reached := false
			disk.fault = func(n int, what string) fault {
				if n == target {
					reached = true
					if what == "read" {
						return noFault // it may be one of the entries, which is one of the store
					}
					return how
				}
				return noFault
			}
			provesLike(t, s, m, 40)
			disk.fault = nil
			require.NoError(t, s.Append(context.Background(), 40, [][]byte{{1}}), "the store goes on")
			require.NoError(t, s.Close())
			if !reached {
				require.Greater(t, call, 5)
				break
			}
		}
	}
}

// What the power leaves of the file of hashes is used as far as it is right, and
// nothing hangs on it.
func TestPowerCutWhileHashing(t *testing.T) {
	base, m := grown(t, 60)
	delete(base.names, hashesName)
	for steps := 0; ; steps += hashStride {
		disk := base.copy()
		s, err := disk.reopen()
		require.NoError(t, err)
		disk.steps = steps
		_, err = s.Hashes(context.Background(), 60, []int64{2})
		for how := range losses {
			left := disk.survivors(how, rand.New(rand.NewPCG(uint64(steps), uint64(how))))
			s, err := left.reopen()
			require.NoError(t, err)
			provesLike(t, s, m, 60)
			handsOut(t, s)
		}
		if err == nil {
			require.Greater(t, steps, 1000)
			return
		}
	}
}

// The pages lie without a gap, in the order in which they are begun, and each hash has a
// place of its own.
func TestPagesOfHashes(t *testing.T) {
	seen := map[int64]pageID{}
	held := map[pageID]int{}
	var edge pairEdge
	for pairs := range uint64(9000) {
		for level := range edge.append(pairs, tlog.Hash{}) {
			id, at := pageOf(level, int64(pairs>>level))
			require.Equal(t, held[id], at, "level %d at pair %d", level, pairs)
			held[id]++
			if at == 0 {
				require.EqualValues(t, len(seen), id.place())
				seen[id.place()] = id
			}
			require.Equal(t, id, seen[id.place()])
		}
		require.EqualValues(t, len(seen), pagesOf(pairs+1))
	}
	for id, n := range held {
		require.Equal(t, n, id.held(9000))
		require.Zero(t, pageID{id.group, 1000}.held(9000), "beyond the end")
	}
}

// So do the pages of a tree in which there are several of the second group above the lowest.
func TestPlacesOfManyPages(t *testing.T) {
	const pairs = 3 * pageLeaves * pageLeaves * pageLeaves
	seen := map[int64]bool{}
	for group := range groups {
		for n := int64(0); (pageID{group, n}).held(pairs) > 0; n++ {
			seen[pageID{group, n}.place()] = true
		}
	}
	require.EqualValues(t, 3*pageLeaves*pageLeaves+3*pageLeaves+3+1, len(seen), "no two lie in one place")
	for at := range pagesOf(pairs) {
		require.True(t, seen[at], "nothing lies at %d", at)
	}
	require.EqualValues(t, len(seen), pagesOf(pairs))
}

// Once the upper pages are in memory a proof reads one of each low group, and one stretch
// of entries.
func TestAProofReadsLittle(t *testing.T) {
	ctx := context.Background()
	disk, _ := grown(t, 10_000)
	s, err := disk.reopen()
	require.NoError(t, err)
	_, err = s.Hashes(ctx, 10_000, nil)
	require.NoError(t, err)
	reads := 0
	disk.fault = func(_ int, what string) fault {
		if what == "read" {
			reads++
		}
		return noFault
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		before := reads
		_, err := ledger.Prove(ctx, s, 10_000, r.Uint64N(10_000))
		require.NoError(t, err)
		require.LessOrEqual(t, reads-before, 4, "three, and the entries again where the buffer was given away meanwhile")
	}
	require.Greater(t, reads, 100)
}

// manyPages is a file that has any page, as it is made when it is asked for.
type manyPages struct {
	osfile.File
	ids   map[int64]pageID // by their offset
	seed  uint32
	reads int
}

func (f *manyPages) ReadAt(b []byte, offset int64) (int, error) {
	f.reads++
	var p page
	id := f.ids[offset]
	p.put(0, tlog.Hash{byte(id.number)})
	p.seal(id, pageHashes, f.seed)
	return copy(b, p[:]), nil
}

// However large a ledger is, the pages that are kept are some 100 KiB.
func TestPagesInMemoryAreBounded(t *testing.T) {
	f := &manyPages{ids: map[int64]pageID{}}
	h := hashes{f: f}
	h.begin()
	f.seed = h.seed
	h.tails = make([]tail, 4)
	for group := range h.tails {
		h.tails[group].number = 1000
	}
	for number := range int64(200) {
		id := pageID{lowGroups, number}
		f.ids[headerSize+id.place()*pageSize] = id
	}
	for round := range 2 {
		for number := range int64(200) {
			p, err := h.page(pageID{lowGroups, number})
			require.NoError(t, err)
			require.Equal(t, tlog.Hash{byte(number)}, p.hash(0))
			before := f.reads
			_, err = h.page(pageID{lowGroups, number})
			require.NoError(t, err)
			require.Equal(t, before, f.reads, "it is kept, round %d", round)
			require.LessOrEqual(t, len(h.kept), maxPages)
		}
	}
	require.Less(t, (maxPages+lowGroups+len(h.tails))*pageSize, 105<<10)
}

// A file of the form before this one is made anew, as it would be if it were deleted.
func TestHashesOfTheFormBefore(t *testing.T) {
	disk, m := grown(t, 70)
	whole := disk.names[hashesName].data
	old := edit(disk, hashesName, func(b []byte) []byte {
		return append(headerOf("sayround/hashes\x00", b[20:28]), b[headerSize:]...)
	})
	s, err := old.reopen()
	require.NoError(t, err)
	provesLike(t, s, m, 70)
	require.Equal(t, whole, old.names[hashesName].data)
}

// FuzzHashes puts whatever bytes there are into the file of hashes.
func FuzzHashes(f *testing.F) {
	disk, m := grown(f, 70)
	f.Add(disk.names[hashesName].data)
	f.Add(disk.names[hashesName].data[:headerSize+40])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := edit(disk, hashesName, func([]byte) []byte { return append([]byte(nil), b...) }).reopen()
		require.NoError(t, err)
		provesLike(t, s, m, 35, 70)
	})
}

func TestHashesThatThereAreNot(t *testing.T) {
	ctx := context.Background()
	disk, _ := grown(t, 10)
	s, err := disk.reopen()
	require.NoError(t, err)
	_, err = s.Hashes(ctx, 11, nil)
	require.ErrorIs(t, err, ledger.ErrShort)
	for _, index := range []int64{-1, tlog.StoredHashIndex(0, 10), tlog.StoredHashIndex(1, 5), tlog.StoredHashIndex(40, 0)} {
		_, err = s.Hashes(ctx, 10, []int64{index})
		require.ErrorIs(t, err, ledger.ErrNoEntry, "index %d", index)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = s.Hashes(ended, 10, []int64{0})
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, s.Close())
	_, err = s.Hashes(ctx, 10, nil)
	require.ErrorIs(t, err, ledger.ErrClosed)
}

package filestore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// indexedDisk returns a disk with a ledger of a hundred entries and ten parts, of
// which an index was kept when it was closed.
func indexedDisk(t testing.TB) *simDisk {
	t.Helper()
	disk := newSimDisk()
	disk.indexed = 100
	s, err := disk.reopen()
	require.NoError(t, err)
	goOn(t, s, 10)
	require.NoError(t, s.Close())
	require.Contains(t, disk.names, indexName)
	return disk
}

// goOn appends so many times ten entries, and a part.
func goOn(t testing.TB, s *Store, n int) {
	t.Helper()
	for range n {
		size := s.entries.end.count
		require.NoError(t, s.Put(context.Background(), []ledger.Part{said(fmt.Appendf(nil, "part %d", size))}))
		for i := range uint64(10) {
			require.NoError(t, s.Append(context.Background(), size+i, [][]byte{fmt.Appendf(nil, "entry %d", size+i)}))
		}
	}
}

// looksLike wants a store to know what one knows that has read everything.
func looksLike(t testing.TB, s *Store, disk *simDisk, what ...any) {
	t.Helper()
	plain := disk.copy()
	delete(plain.names, indexName)
	full, err := openForReading(plain)
	require.NoError(t, err, what...)
	require.Equal(t, mark{entries: start, parts: start}, full.indexed)
	require.Equal(t, full.entries.end, s.entries.end, what...)
	require.Equal(t, full.parts.end, s.parts.end, what...)
	require.Equal(t, full.sparse, s.sparse, what...)
	require.Equal(t, full.index, s.index, what...)
	require.NoError(t, readError(s), what...)
}

// opened opens a disk that nobody else has open any more.
func opened(t testing.TB, disk *simDisk) *Store {
	t.Helper()
	disk.locked = false
	s, err := disk.reopen()
	require.NoError(t, err)
	return s
}

// Opening goes on from the index, and comes to the same as reading all; so it does
// when more was appended since, with and without a proper end.
func TestOpeningFromAnIndex(t *testing.T) {
	disk := indexedDisk(t)
	end := opened(t, disk).entries.end
	s := opened(t, disk)
	require.Equal(t, end, s.indexed.entries)
	looksLike(t, s, disk)
	goOn(t, s, 3)
	looksLike(t, opened(t, disk), disk, "not closed")
	s = opened(t, disk)
	require.Equal(t, s.entries.end, s.indexed.entries, "an index of what was read is kept")
	reader, err := openForReading(disk)
	require.NoError(t, err)
	looksLike(t, reader, disk)

	disk.indexed = 1 << 20
	s = opened(t, disk)
	before := s.indexed
	goOn(t, s, 1)
	require.NoError(t, s.Close())
	s = opened(t, disk)
	require.Equal(t, before, s.indexed, "a little more is no new index")
	looksLike(t, s, disk)
}

// An index that is not what was written, or not of these journals, is left aside.
func TestIndexThatDoesNotFit(t *testing.T) {
	disk := indexedDisk(t)
	disk.indexed = 0 // it is not kept anew
	r := rand.New(rand.NewPCG(1, 2))
	none := mark{entries: start, parts: start}
	for i := range disk.names[indexName].data {
		for _, change := range []func([]byte) []byte{
			flip(i, byte(1+r.IntN(255))),
			func(b []byte) []byte { return b[:i] },
			func(b []byte) []byte { return append(b, b[:i+1]...) },
		} {
			damaged := edit(disk, indexName, change)
			s := opened(t, damaged)
			require.Equal(t, none, s.indexed, "byte %d", i)
			looksLike(t, s, damaged)
		}
	}

	other, longer, elsewhere := indexedDisk(t), disk.copy(), disk.copy()
	longer.indexed, elsewhere.indexed = 100, 1<<20
	s := opened(t, longer)
	goOn(t, s, 3)
	require.NoError(t, s.Close())
	s = opened(t, elsewhere)
	require.NoError(t, s.Append(context.Background(), 100, [][]byte{make([]byte, 1000)}))
	require.NoError(t, s.Close())
	for what, c := range map[string]struct{ journals, index *simDisk }{
		"of another ledger":            {disk, other},
		"of one that was longer":       {disk, longer},
		"of one that went another way": {elsewhere, longer},
	} {
		mixed := edit(c.journals, indexName, func([]byte) []byte { return bytes.Clone(c.index.names[indexName].data) })
		mixed.indexed = 0
		s := opened(t, mixed)
		require.Equal(t, none, s.indexed, what)
		looksLike(t, s, mixed, what)
	}
}

// What is damaged before the index is found when it is read, and behind it when the
// ledger is opened. A ledger that is shorter than the mark says is refused as ever.
func TestDamageBesideAnIndex(t *testing.T) {
	disk := indexedDisk(t)
	disk.indexed = 1 << 20
	s := opened(t, disk)
	at := int(s.entries.end.offset)
	goOn(t, s, 2)
	require.NoError(t, s.Close())

	before := edit(disk, entriesName, flip(headerSize+frameHead, 1))
	s = opened(t, before)
	err := readError(s)
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	require.ErrorIs(t, s.Append(context.Background(), 120, [][]byte{{1}}), ledger.ErrDead)
	refuses(t, edit(disk, entriesName, flip(at+frameHead, 1)), ledger.ErrCorrupt)
	refuses(t, edit(disk, entriesName, func(b []byte) []byte { return b[:at] }), ledger.ErrCorrupt)
	refuses(t, edit(disk, entriesName, func(b []byte) []byte { return b[:at-1] }), ledger.ErrCorrupt)
}

// No failure in reading or writing the index is one of the store.
func TestEveryFaultOfTheIndex(t *testing.T) {
	disk := indexedDisk(t)
	calls := []string{}
	probe := disk.copy()
	probe.fault = func(_ int, what string) fault {
		calls = append(calls, what)
		return noFault
	}
	s := opened(t, probe)
	goOn(t, s, 2)
	closing := len(calls)
	require.NoError(t, s.Close())
	for call := closing; call < len(calls); call++ {
		broken := disk.copy()
		s := opened(t, broken)
		goOn(t, s, 2)
		from := broken.calls
		broken.fault = func(n int, _ string) fault {
			if n == from+call-closing {
				return faultHalf
			}
			return noFault
		}
		_ = s.Close() // it may be a fault of the journals
		broken.fault = nil
		looksLike(t, opened(t, broken), broken, "fault at call %d of closing, %s", call-closing, calls[call])
	}
}

// FuzzIndex puts whatever bytes there are into the index, with a right checksum and
// header where mend says so. What is opened may know wrong places then, and reading
// says that they are wrong.
func FuzzIndex(f *testing.F) {
	disk := indexedDisk(f)
	disk.indexed = 0
	whole := disk.names[indexName].data
	f.Add(whole, false)
	f.Add(whole[:len(whole)-50], true)
	f.Add([]byte{}, true)
	s, err := openForReading(disk)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, b []byte, mend bool) {
		b = bytes.Clone(b)
		if mend {
			b = append(append(headerOf(indexMagic, s.hashes.nonce), s.partsNonce...), b[min(len(b), headerSize+nonceSize):]...)
			if end := len(b) - 4; end >= headerSize+indexFixed {
				sum := checksum(seed(indexDomain, s.hashes.nonce), b[headerSize:end])
				b = append(b[:end], byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
			}
		}
		s, err := edit(disk, indexName, func([]byte) []byte { return b }).reopen()
		require.NoError(t, err)
		require.EqualValues(t, 100, s.entries.end.count)
		_ = readError(s)
		for c := range s.index {
			_, _ = s.Get(context.Background(), c)
		}
	})
}

// signedDisk returns a disk with a signed ledger of so many entries that was never closed, and
// of which an index was kept when it was opened again.
func signedDisk(t testing.TB, n uint64) *simDisk {
	t.Helper()
	disk := newSimDisk()
	disk.indexed = 10
	s, _ := signing(t, disk)
	goOn(t, s, int(n/10))
	s = opened(t, disk)
	require.Equal(t, s.entries.end, s.indexed.entries)
	return disk
}

// What was signed last is known from the index as it is from reading all, also where the
// ledger was not closed.
func TestOpeningSignedFromAnIndex(t *testing.T) {
	disk := signedDisk(t, 30)
	full := disk.copy()
	delete(full.names, indexName)
	want := signed(t, opened(t, full))
	require.Positive(t, want.Size)

	disk.indexed = 1 << 20
	s := opened(t, disk)
	require.Equal(t, s.entries.end, s.indexed.entries, "it was opened from the index")
	looksLike(t, s, disk)
	require.Equal(t, want, signed(t, s))
}

// An index with a right checksum that says what cannot be is left aside.
func TestIndexThatCannotBe(t *testing.T) {
	disk := signedDisk(t, 600)
	disk.indexed = 1 << 20
	want := signed(t, opened(t, disk.copy()))
	none := mark{entries: start, parts: start}
	whole := opened(t, disk.copy())
	var one ledger.Commitment
	for one = range whole.index {
		break
	}
	last := whole.sparse[len(whole.sparse)-1]
	for what, change := range map[string]func(x *index){
		"nothing is wrong":                    func(*index) {},
		"what is signed stands in the header": func(x *index) { x.signed = headerSize - 1 },
		"what is signed stands at the end":    func(x *index) { x.signed = x.entries.offset },
		"what is signed is an entry":          func(x *index) { x.signed = last },
		"what is signed is no frame":          func(x *index) { x.signed++ },
		"a place too few":                     func(x *index) { x.sparse = x.sparse[:len(x.sparse)-1] },
		"a place too many":                    func(x *index) { x.sparse = append(x.sparse, last) },
		"the first place is another":          func(x *index) { x.sparse[0]++ },
		"the last place is the end":           func(x *index) { x.sparse[len(x.sparse)-1] = x.entries.offset },
		"places in another order":             func(x *index) { x.sparse[0], x.sparse[1] = x.sparse[1], x.sparse[0] },
		"no places":                           func(x *index) { x.sparse = nil },
		"an entry more":                       func(x *index) { x.entries.count++ },
		"it ends where no write ends":         func(x *index) { x.entries.offset-- },
		"a part more":                         func(x *index) { x.parts.count++ },
		"no parts":                            func(x *index) { x.parts.count = 0 },
		"the last part stands elsewhere":      func(x *index) { x.lastPart++ },
		"a part behind the last":              func(x *index) { x.spots[one] = spot{x.parts.count, x.spots[one].offset} },
		"a part in the header":                func(x *index) { x.spots[one] = spot{0, headerSize - 1} },
		"a part at the end":                   func(x *index) { x.spots[one] = spot{0, x.parts.offset} },
	} {
		damaged := edit(disk, indexName, func(b []byte) []byte {
			x, ok := parseIndex(bytes.Clone(b[headerSize : len(b)-4]))
			require.True(t, ok)
			change(&x)
			return append(b[:headerSize:headerSize], x.format(whole.hashes.nonce, whole.partsNonce)...)
		})
		s := opened(t, damaged)
		if what == "nothing is wrong" {
			require.NotEqual(t, none, s.indexed)
		} else {
			require.Equal(t, none, s.indexed, what)
		}
		looksLike(t, s, damaged, what)
		require.Equal(t, want, signed(t, s), what)
	}
}

// The lengths that an index names are held to its own: whatever they are, nothing is read
// beyond its end, and no more memory is taken than it has.
func TestIndexLengths(t *testing.T) {
	const places, parts = 6, 2 // six places are as long as a part
	x := index{entries: place{places * sparseStep, 9000}, parts: place{parts, 9000}, sparse: make([]int64, places), spots: map[ledger.Commitment]spot{}}
	for i := range parts {
		x.spots[ledger.Commitment{byte(i)}] = spot{uint64(i), headerSize}
	}
	b := x.format(nil, make([]byte, nonceSize))
	b = b[:len(b)-4]
	_, ok := parseIndex(bytes.Clone(b))
	require.True(t, ok)
	for _, c := range [][2]uint64{
		{places + 1, parts}, {places - 1, parts}, {places, parts + 1}, {places, parts - 1},
		{places + 6, parts - 1}, {1 << 61, parts + 1}, {places * (parts + 1), 1 << 60}, {1 << 40, 0}, {0, 1 << 40}, {1 << 61, 0}, {0, 1 << 59}, {1 << 61, 1 << 59}, {1 << 63, 1 << 62},
	} {
		changed := bytes.Clone(b)
		binary.BigEndian.PutUint64(changed[nonceSize+5*8:], c[0])
		binary.BigEndian.PutUint64(changed[nonceSize+6*8:], c[1])
		_, ok := parseIndex(changed)
		require.Equal(t, c == [2]uint64{places + 6, parts - 1}, ok, "%v places and parts", c)
	}
	none := index{entries: start, parts: start}.format(nil, make([]byte, nonceSize))
	_, ok = parseIndex(none[:len(none)-4])
	require.True(t, ok)
	_, ok = parseIndex(append(none[:len(none)-4:len(none)-4], make([]byte, signedSize)...))
	require.False(t, ok, "what was signed stands nowhere")
}

package filestore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// played returns a disk on which the program of the tests ran to its end, and
// its diary.
func played(t testing.TB) (*simDisk, *diary) {
	t.Helper()
	disk, d := newSimDisk(), new(diary)
	require.False(t, d.run(disk, -1))
	return disk, d
}

// playedEntries is how many entries the program appends.
const playedEntries = 11

// edit returns a copy of a disk on which one file has been changed.
func edit(disk *simDisk, name string, change func([]byte) []byte) *simDisk {
	after := disk.copy()
	f := after.names[name]
	f.set(change(f.data))
	return after
}

// flip changes one byte.
func flip(at int, mask byte) func([]byte) []byte {
	return func(b []byte) []byte {
		b[at] ^= mask
		return b
	}
}

// refuses wants opening to fail in one way, for reading too, and to change
// nothing. It returns what is wrong, if want is ledger.ErrCorrupt.
func refuses(t testing.TB, disk *simDisk, want error, what ...any) ledger.CorruptError {
	t.Helper()
	before := disk.contents()
	_, err := disk.reopen()
	require.ErrorIs(t, err, want, what...)
	require.Equal(t, before, disk.contents(), what...)
	require.False(t, disk.locked)
	_, err = openForReading(disk)
	require.ErrorIs(t, err, want, what...)
	damage := new(ledger.CorruptError)
	require.Equal(t, errors.Is(want, ledger.ErrCorrupt), errors.As(err, &damage), what...)
	return *damage
}

// repairs wants opening to take an unfinished write off the end, once, and to
// leave so many entries.
func repairs(t testing.TB, disk *simDisk, size uint64, want Repair, what ...any) {
	t.Helper()
	before := disk.contents()
	s, err := openForReading(disk)
	require.NoError(t, err, what...)
	require.Equal(t, size, s.entries.end.count, what...)
	require.Zero(t, s.Repaired())
	require.Equal(t, before, disk.contents(), what...)
	require.NoError(t, wants(disk, size, want), what...)
	disk.locked = false
	require.NoError(t, wants(disk, size, Repair{}), what...)
	disk.locked = false
}

// heads returns, for each byte of the parts of a disk, whether it is in a
// header or a frame, and not in the content of a part.
func heads(t *testing.T, disk *simDisk) []bool {
	s, err := openForReading(disk)
	require.NoError(t, err)
	is := make([]bool, s.parts.end.offset)
	for i := range headerSize {
		is[i] = true
	}
	_, err = s.parts.scan(start, start, func(p place, fr frame) {
		for i := range frameHead + len(fr.body) {
			is[p.offset+int64(i)] = true
		}
	})
	require.NoError(t, err)
	return is
}

func TestEveryChangedByteIsRefused(t *testing.T) {
	disk, d := played(t)
	for name, inFrame := range map[string]func(int) bool{
		entriesName: func(int) bool { return true },
		partsName:   func(i int) bool { return heads(t, disk)[i] },
	} {
		for i := range disk.names[name].data {
			for _, mask := range []byte{0x01, 0x80, 0xff} {
				changed := edit(disk, name, flip(i, mask))
				what := fmt.Sprintf("byte %d of %s, changed by %x", i, name, mask)
				switch {
				case i < 16:
					refuses(t, changed, ledger.ErrNotLedger, what)
				case i < 20:
					refuses(t, changed, errOfVersion(changed.names[name].data), what)
				case inFrame(i):
					refuses(t, changed, ledger.ErrCorrupt, what)
				default:
					losesOnePart(t, changed, d, what)
				}
			}
		}
	}
}

// errOfVersion is how a file with this version is refused.
func errOfVersion(b []byte) error {
	if binary.BigEndian.Uint32(b[16:]) > version {
		return ledger.ErrNewerFormat
	}
	return ledger.ErrCorrupt
}

// losesOnePart wants all of a store to be there but one part, which is damaged.
func losesOnePart(t *testing.T, disk *simDisk, d *diary, what string) {
	s, err := disk.reopen()
	require.NoError(t, err, what)
	damaged := 0
	for _, content := range d.parts {
		c := said(content).Commitment()
		p, err := s.Get(context.Background(), c)
		if err != nil {
			var damage *ledger.CorruptError
			require.ErrorAs(t, err, &damage, what)
			require.Equal(t, c.String(), damage.Part)
			require.Zero(t, p)
			damaged++
		}
	}
	require.Equal(t, 1, damaged, what)
	require.NoError(t, s.Append(context.Background(), uint64(len(d.entries)), [][]byte{{1}}), what)
}

func TestDamageIsNamed(t *testing.T) {
	disk, d := played(t)
	s, err := openForReading(disk)
	require.NoError(t, err)
	var places []place
	_, err = s.entries.scan(start, start, func(p place, _ frame) { places = append(places, p) })
	require.NoError(t, err)
	require.Len(t, places, len(d.entries))
	for _, p := range places {
		damage := refuses(t, edit(disk, entriesName, flip(int(p.offset)+frameHead, 1)), ledger.ErrCorrupt)
		require.Equal(t, ledger.CorruptError{Entry: p.count, What: wrongChecksum}, damage)
	}
	damage := refuses(t, edit(disk, partsName, flip(headerSize+frameHead, 1)), ledger.ErrCorrupt)
	require.Equal(t, ledger.CorruptError{Part: "number 0 of the vault", What: wrongChecksum}, damage)
}

func TestEveryTruncationIsRefused(t *testing.T) {
	disk, _ := played(t)
	for _, name := range []string{entriesName, partsName} {
		for n := range disk.names[name].data {
			damage := refuses(t, edit(disk, name, func(b []byte) []byte { return b[:n] }), ledger.ErrCorrupt, "%s cut off after %d bytes", name, n)
			switch n {
			case headerSize - 1:
				require.Equal(t, "the header of the file "+name+" is not what was written", damage.What)
			case headerSize:
				require.Equal(t, wrongSize, damage.What)
			case headerSize + 1:
				require.Equal(t, wrongEnd, damage.What)
			}
		}
	}
}

func TestEveryHoleIsRefused(t *testing.T) {
	disk, _ := played(t)
	end := len(disk.names[entriesName].data)
	for from := headerSize; from < end; from++ {
		for _, n := range []int{1, frameHead + 5, 64} {
			to := min(from+n, end)
			refuses(t, edit(disk, entriesName, func(b []byte) []byte {
				return append(b[:from], b[to:]...)
			}), ledger.ErrCorrupt, "bytes %d to %d deleted", from, to)
			if to > from+8 { // fewer are zero here and there
				refuses(t, edit(disk, entriesName, func(b []byte) []byte {
					clear(b[from:to])
					return b
				}), ledger.ErrCorrupt, "bytes %d to %d zero", from, to)
			}
			if to < end { // else it only stands behind the end
				refuses(t, edit(disk, entriesName, func(b []byte) []byte {
					return append(b[:to:to], b[from:]...)
				}), ledger.ErrCorrupt, "bytes %d to %d doubled", from, to)
			}
		}
	}
}

func TestChangedMarkDoesNoHarm(t *testing.T) {
	disk, d := played(t)
	for i := range disk.names[markName].data {
		if i >= 64 && i < 4096 {
			continue
		}
		changed := edit(disk, markName, flip(i, 0xff))
		require.NoError(t, wants(changed, uint64(len(d.entries)), Repair{}))
		// The other slot still tells where the ledger ends.
		short := edit(edit(disk, markName, flip(i, 0xff)), entriesName, func(b []byte) []byte { return b[:len(b)-20] })
		refuses(t, short, ledger.ErrCorrupt)
	}
}

// twoWrites returns a disk with two entries in one write and two in another,
// whose mark was made before the last write, or is gone, and no zeros behind. It
// returns where the last write begins.
func twoWrites(t *testing.T, marked bool) (*simDisk, int) {
	disk := newSimDisk()
	s, err := disk.reopen()
	require.NoError(t, err)
	ctx := context.Background()
	require.NoError(t, s.Append(ctx, 0, toBytes([]string{"one", "two"})))
	oldMark := bytes.Clone(disk.names[markName].data)
	at := int(s.entries.end.offset)
	require.NoError(t, s.Append(ctx, 2, toBytes([]string{"three", "four"})))
	require.NoError(t, s.entries.close())
	disk.names[markName].set(oldMark)
	if !marked {
		delete(disk.names, markName)
	}
	return disk.copy(), at
}

func TestTornTailIsTakenOff(t *testing.T) {
	for _, marked := range []bool{true, false} {
		disk, at := twoWrites(t, marked)
		end := len(disk.names[entriesName].data)
		whole := at + frameHead + len("three")
		require.NoError(t, wants(disk.copy(), 4, Repair{}), "a whole write behind the mark is there")
		for i := at; i < end; i++ {
			torn := Repair{EntryBytes: int64(len(bytes.TrimRight(disk.names[entriesName].data[at:i], "\x00")))}
			if i >= whole {
				torn.Entries = 1
			}
			repairs(t, edit(disk, entriesName, func(b []byte) []byte { return b[:i] }), 2, torn, "cut off after %d bytes", i)
			repairs(t, edit(disk, entriesName, func(b []byte) []byte {
				return append(b[:i], make([]byte, 100)...)
			}), 2, torn, "cut off after %d bytes, with zeros behind", i)

			torn.EntryBytes = int64(end - at)
			repairs(t, edit(disk, entriesName, flip(i, 0x40)), 2, torn, "byte %d changed", i)
			repairs(t, edit(disk, entriesName, func(b []byte) []byte {
				clear(b[at:])
				return b
			}), 2, Repair{}, "sizes survive, bytes do not")
		}
	}
}

func TestWhatStandsBehindTheEndIsTakenOff(t *testing.T) {
	disk, d := played(t)
	size := uint64(len(d.entries))
	for _, tail := range []string{"!", "garbage", string(make([]byte, 100_000)) + "!"} {
		for _, behind := range []int{0, 1, 100_000} {
			add := func(b []byte) []byte { return append(append(b, tail...), make([]byte, behind)...) }
			repairs(t, edit(disk, entriesName, add), size, Repair{EntryBytes: int64(len(tail))})
			repairs(t, edit(disk, partsName, add), size, Repair{PartBytes: int64(len(tail))})
		}
	}
}

// Zeros were written ahead: they are no damage, and nothing to report. However
// many there are, they cost no memory.
func TestZerosBehindTheEnd(t *testing.T) {
	disk, d := played(t)
	for _, n := range []int{1, frameHead, maxWindow, 40 << 20} {
		add := func(b []byte) []byte { return append(b, make([]byte, n)...) }
		repairs(t, edit(edit(disk, entriesName, add), partsName, add), uint64(len(d.entries)), Repair{}, "%d zeros", n)
	}
}

// A reader beside a writer that goes on in the middle of its reading sees what was
// acknowledged when it began, and takes nothing for damage.
func TestReadingBesideAWriter(t *testing.T) {
	ctx := context.Background()
	for at := 0; ; at++ {
		disk := newSimDisk()
		s, err := disk.reopen()
		require.NoError(t, err)
		goOn := func(content string) {
			require.NoError(t, s.Append(ctx, s.entries.end.count, toBytes([]string{content, content})))
			require.NoError(t, s.Put(ctx, []ledger.Part{said([]byte(content))}))
		}
		goOn("before")
		reads := 0
		disk.fault = func(_ int, what string) fault {
			if what != "read" {
				return noFault
			}
			if reads++; reads == at+1 {
				for i := range 3 {
					goOn(fmt.Sprint("meanwhile ", i))
				}
			}
			return noFault
		}
		other, err := openForReading(disk)
		require.NoError(t, err, "appended before read %d", at)
		require.GreaterOrEqual(t, other.entries.end.count, uint64(2))
		require.NoError(t, readError(other))
		_, err = other.Get(ctx, said([]byte("before")).Commitment())
		require.NoError(t, err)
		if reads <= at {
			require.Greater(t, at, 5)
			return
		}
	}
}

// A reader beside a writer that closes, and so cuts off the zeros that it wrote ahead, in the
// middle of the reading, comes to its end, and to that of the ledger.
func TestReadingWhileTheWriterCloses(t *testing.T) {
	for at := 0; ; at++ {
		disk := newSimDisk()
		s, err := openForWriting(disk, stride{4 * maxWindow, 4 * maxWindow}, indexStep)
		require.NoError(t, err)
		require.NoError(t, s.Append(context.Background(), 0, toBytes([]string{"one", "two"})))
		reads := 0
		disk.fault = func(_ int, what string) fault {
			if what == "read" {
				if reads++; reads == at+1 {
					require.NoError(t, s.Close())
				}
			}
			return noFault
		}
		other, err := openForReading(disk)
		require.NoError(t, err, "closed before read %d", at)
		require.EqualValues(t, 2, other.entries.end.count)
		if reads <= at {
			require.Greater(t, at, 8, "the zeros are read in several pieces")
			return
		}
	}
}

// A writer is half-way through a write when a reader comes by, and has made that
// one and the next when the reader looks again: that is no damage. The same without
// a mark that says so is.
func TestReaderIsOvertaken(t *testing.T) {
	disk, at := twoWrites(t, true)
	whole := bytes.Clone(disk.names[entriesName].data)
	mark := bytes.Clone(disk.names[markName].data)
	s, err := disk.reopen()
	require.NoError(t, err)
	require.NoError(t, s.Append(context.Background(), 4, toBytes([]string{"five"})))
	later, laterMark := disk.names[entriesName].data, disk.names[markName].data
	for _, marked := range []bool{true, false} {
		half := disk.copy()
		half.names[markName].set(mark)
		half.names[entriesName].set(append(append(bytes.Clone(whole[:at+3]), make([]byte, len(whole)-at-3)...), later[len(whole):]...))
		marks := 0
		half.fault = func(_ int, what string) fault {
			if marks++; marked && marks == 8 { // the files are open, and the marks are read
				half.names[markName].set(laterMark)
			}
			return noFault
		}
		s, err := openForReading(half)
		if !marked {
			require.ErrorIs(t, err, ledger.ErrCorrupt)
			continue
		}
		require.NoError(t, err)
		require.EqualValues(t, 2, s.entries.end.count)
	}
}

// endOf is the end of one of the journals.
func endOf(s *Store, name string) place {
	if name == partsName {
		return s.parts.end
	}
	return s.entries.end
}

// So it is in both journals, and from their beginning on.
func TestReaderIsOvertakenAnywhere(t *testing.T) {
	ctx := context.Background()
	for name, write := range map[string]func(s *Store, i uint64) error{
		entriesName: func(s *Store, i uint64) error { return s.Append(ctx, i, toBytes([]string{fmt.Sprint("entry ", i)})) },
		partsName:   func(s *Store, i uint64) error { return s.Put(ctx, []ledger.Part{said(fmt.Append(nil, "part ", i))}) },
	} {
		for before := range uint64(3) {
			disk := newSimDisk()
			s, err := disk.reopen()
			require.NoError(t, err)
			var ends []int64
			var marks [][]byte
			for i := range before + 2 {
				ends, marks = append(ends, endOf(s, name).offset), append(marks, bytes.Clone(disk.names[markName].data))
				require.NoError(t, write(s, i))
			}
			require.NoError(t, s.Close())
			half := disk.copy()
			later := bytes.Clone(disk.names[markName].data)
			half.names[markName].set(marks[before])
			clear(half.names[name].data[ends[before]+3 : ends[before+1]])
			half.names[name].set(half.names[name].data)
			calls := 0
			half.fault = func(int, string) fault {
				if calls++; calls == 8 {
					half.names[markName].set(later)
				}
				return noFault
			}
			r, err := openForReading(half)
			require.NoError(t, err, "%s, overtaken behind %d", name, before)
			require.EqualValues(t, before, endOf(r, name).count, name)
		}
	}
}

// A journal grows by zeros in steps, is cut off at its end when it is closed, and
// looks the same to those who read it meanwhile.
func TestZerosAreWrittenAhead(t *testing.T) {
	disk := newSimDisk()
	s, err := openForWriting(disk, stride{1000, 4000}, indexStep)
	require.NoError(t, err)
	size := func(name string) int { return len(disk.names[name].data) }
	require.Equal(t, headerSize, size(entriesName), "none before the first write")
	steps := map[int]bool{}
	for i := range uint64(300) {
		require.NoError(t, s.Append(context.Background(), i, [][]byte{make([]byte, 30)}))
		end := int(s.entries.end.offset)
		require.LessOrEqual(t, end, size(entriesName))
		require.LessOrEqual(t, size(entriesName), 2*max(end, 1000), "no more than the file has")
		require.LessOrEqual(t, size(entriesName), end+4000)
		require.Equal(t, make([]byte, size(entriesName)-end), disk.names[entriesName].data[end:])
		steps[size(entriesName)] = true
		other, err := openForReading(disk)
		require.NoError(t, err)
		require.Equal(t, s.entries.end, other.entries.end)
	}
	require.InDelta(t, 6, len(steps), 2, "it grows seldom")
	require.Equal(t, headerSize, size(partsName), "what is not written does not grow")
	require.NoError(t, s.Close())
	require.EqualValues(t, s.entries.end.offset, size(entriesName))
}

// Without a mark, only the last write may be unfinished.
func TestDamageBeforeAWholeWriteIsRefused(t *testing.T) {
	disk, at := twoWrites(t, false)
	for i := headerSize; i < at; i++ {
		damage := refuses(t, edit(disk, entriesName, flip(i, 1)), ledger.ErrCorrupt, "byte %d changed", i)
		require.Less(t, damage.Entry, uint64(2))
	}
	// One frame of the later write suffices.
	cut := edit(disk, entriesName, func(b []byte) []byte { return b[:len(b)-1] })
	refuses(t, edit(cut, entriesName, flip(headerSize, 1)), ledger.ErrCorrupt)
	// So does its second one: it says that its write began behind the damage.
	broken := edit(disk, entriesName, flip(at+frameHead, 1))
	refuses(t, edit(broken, entriesName, flip(headerSize, 1)), ledger.ErrCorrupt)
	// If all of the later write is broken too, there is nothing to tell it by.
	broken = edit(broken, entriesName, func(b []byte) []byte { return flip(len(b)-1, 1)(b) })
	repairs(t, edit(broken, entriesName, flip(headerSize, 1)), 0,
		Repair{EntryBytes: int64(len(disk.names[entriesName].data) - headerSize)})
}

// An entry may hold what looks like a frame. It is not taken for one, because
// whoever wrote it did not know the nonce.
func TestEntryThatLooksLikeAFrame(t *testing.T) {
	disk := newSimDisk()
	s, err := disk.reopen()
	require.NoError(t, err)
	fake := entryFormat(make([]byte, nonceSize)).appendFrame(nil, frame{position: 1, body: []byte("fake")}, nil)
	require.NoError(t, s.Append(context.Background(), 0, [][]byte{append(fake, fake...)}))
	require.NoError(t, s.Close())
	disk = disk.copy()
	delete(disk.names, markName)
	repairs(t, edit(disk, entriesName, func(b []byte) []byte { return b[:len(b)-1] }), 0,
		Repair{EntryBytes: int64(frameHead + 2*len(fake) - 1)})
}

func TestMoreThanOneUnfinishedWriteIsRefused(t *testing.T) {
	require.EqualValues(t, 4096*(20+32768)+20+16384, entryFormat(nil).maxWrite)
	const most = 16 * (20 + 72 + 4096 + 262144)
	disk, _ := played(t)
	for tail := most; tail <= most+1; tail++ {
		long := edit(disk, partsName, func(b []byte) []byte { return append(append(b, make([]byte, tail-1)...), 1, 0) })
		if tail == most {
			repairs(t, long, playedEntries, Repair{PartBytes: most})
		} else {
			require.Equal(t, wrongTail, refuses(t, long, ledger.ErrCorrupt).What)
		}
	}
}

func TestFilesThatAreGone(t *testing.T) {
	disk, d := played(t)
	without := func(disk *simDisk, names ...string) *simDisk {
		after := disk.copy()
		for _, name := range names {
			delete(after.names, name)
		}
		return after
	}
	unmarked := without(disk, markName)
	require.NoError(t, wants(unmarked, uint64(len(d.entries)), Repair{}))
	require.NotEmpty(t, unmarked.names[markName].data, "it is marked again")
	refuses(t, without(disk, partsName), ledger.ErrCorrupt)

	for _, names := range [][]string{{entriesName}, {entriesName, markName}, {entriesName, partsName}} {
		left := without(disk, names...)
		_, err := left.reopen()
		require.ErrorIs(t, err, ledger.ErrCorrupt)
		require.NotContains(t, left.names, entriesName)
		_, err = openForReading(left)
		require.ErrorIs(t, err, ledger.ErrNotLedger)
	}
	// Without parts and mark there is no telling, nor with a vault that is empty.
	require.NoError(t, wants(without(disk, entriesName, markName, partsName), 0, Repair{}))
	for more := range 2 {
		vault := edit(without(disk, entriesName, markName), partsName, func(b []byte) []byte { return b[:headerSize+more] })
		_, err := vault.reopen()
		require.Equal(t, more == 1, errors.Is(err, ledger.ErrCorrupt))
	}
}

func TestOtherFilesAreNoLedger(t *testing.T) {
	for what, content := range map[string]string{
		"a text":               "Dear diary, today we adopted the budget.",
		"another of our files": string(newHeader(partsMagic)),
		"something short":      "x",
	} {
		disk, _ := played(t)
		refuses(t, edit(disk, entriesName, func([]byte) []byte { return []byte(content) }), ledger.ErrNotLedger, what)
	}
	disk, _ := played(t)
	other, _ := played(t)
	swapped := edit(disk, entriesName, func([]byte) []byte { return bytes.Clone(other.names[entriesName].data) })
	_, err := swapped.reopen() // the mark is that of another ledger, so it is not looked at
	require.NoError(t, err)
}

func TestNewerFormatIsRefused(t *testing.T) {
	disk, _ := played(t)
	for _, name := range []string{entriesName, partsName} {
		for _, rest := range []int{headerSize, 20} { // whatever the header of that version looks like
			newer := edit(disk, name, func(b []byte) []byte {
				b[19] = version + 1
				return b[:rest]
			})
			refuses(t, newer, ledger.ErrNewerFormat)
		}
	}
}

// forged returns a disk with frames put behind the end by somebody who knows
// the nonce.
func forged(t *testing.T, name string, frames func(f format, end place) []byte) *simDisk {
	disk, _ := played(t)
	s, err := openForReading(disk)
	require.NoError(t, err)
	j := &s.entries
	if name == partsName {
		j = &s.parts
	}
	return edit(disk, name, func(b []byte) []byte { return append(b, frames(j.format, j.end)...) })
}

func TestForgedFrames(t *testing.T) {
	body := []byte("body")
	for what, c := range map[string]struct {
		frame func(end uint64) frame
		want  string // what is wrong, or nothing if it is only taken off
	}{
		"position too small":  {func(n uint64) frame { return frame{position: n - 1, body: body} }, ""},
		"too many after":      {func(n uint64) frame { return frame{position: n, after: ledger.MaxBatch + 1, body: body} }, ""},
		"before that is not":  {func(n uint64) frame { return frame{position: n, before: 1, body: body} }, ""},
		"empty":               {func(n uint64) frame { return frame{position: n} }, ""},
		"too large":           {func(n uint64) frame { return frame{position: n, body: make([]byte, ledger.MaxEntry+1)} }, ""},
		"signed, of no entry": {func(n uint64) frame { return frame{position: n, signed: true, body: body} }, ""},
		"signed, and empty":   {func(n uint64) frame { return frame{position: n, signed: true} }, ""},
		"signed, too large": {func(n uint64) frame {
			return frame{position: n, signed: true, body: make([]byte, ledger.MaxNote+1)}
		}, ""},
	} {
		var tail int
		disk := forged(t, entriesName, func(f format, end place) []byte {
			b := f.appendFrame(nil, c.frame(end.count), nil)
			tail = len(bytes.TrimRight(b, "\x00"))
			return b
		})
		repairs(t, disk, playedEntries, Repair{EntryBytes: int64(tail)}, what)
	}
	// A gap, and behind it a frame of a later write.
	disk := forged(t, entriesName, func(f format, end place) []byte {
		return f.appendFrame(make([]byte, 40), frame{position: end.count + 1, body: body}, nil)
	})
	require.EqualValues(t, playedEntries, refuses(t, disk, ledger.ErrCorrupt).Entry)
}

func TestForgedParts(t *testing.T) {
	p := said([]byte("content"))
	good := partBody(p.Commitment(), p)
	with := func(change func(b []byte) []byte) []byte { return change(bytes.Clone(good)) }
	for what, body := range map[string][]byte{
		"more content than is allowed": with(func(b []byte) []byte {
			binary.BigEndian.PutUint32(b[64:], ledger.MaxPart+1)
			return b
		}),
		"more content than there is": with(func(b []byte) []byte {
			binary.BigEndian.PutUint32(b[64:], ledger.MaxPart)
			return b
		}),
		"another salt": with(flip(40, 1)),
	} {
		var tail int
		disk := forged(t, partsName, func(f format, end place) []byte {
			b := f.appendFrame(nil, frame{position: end.count, body: body}, p.Content)
			tail = len(b)
			return b
		})
		repairs(t, disk, playedEntries, Repair{PartBytes: int64(tail)}, what)
	}
	for what, body := range map[string][]byte{
		"a label longer than the rest": with(func(b []byte) []byte {
			binary.BigEndian.PutUint32(b[partFixed:], 1000)
			return b
		}),
		"labels that end in a length": with(func(b []byte) []byte { return append(b, 0, 0, 0) }),
		"too few labels": with(func(b []byte) []byte {
			binary.BigEndian.PutUint32(b[partFixed:], uint32(len(b)-partFixed-4))
			return b
		}),
	} {
		disk := forged(t, partsName, func(f format, end place) []byte {
			return f.appendFrame(nil, frame{position: end.count, body: body}, p.Content)
		})
		s, err := disk.reopen()
		require.NoError(t, err, what)
		_, err = s.Get(context.Background(), p.Commitment())
		require.ErrorIs(t, err, ledger.ErrCorrupt, what)
		require.ErrorIs(t, s.Put(context.Background(), []ledger.Part{p}), ledger.ErrCorrupt, what)
	}
}

// What is damaged while the store is open shows when it is read.
func TestDamageWhileOpen(t *testing.T) {
	ctx := context.Background()
	for what, change := range map[string]func([]byte) []byte{
		wrongChecksum: flip(headerSize+frameHead, 1),
		wrongLength:   flip(headerSize+4, 0xff),
		wrongEnd:      func(b []byte) []byte { return b[:headerSize+frameHead+1] },
	} {
		disk, _ := played(t)
		s, err := disk.copy().reopen()
		require.NoError(t, err)
		f := s.entries.f.(*simFile)
		f.data = change(f.data)
		var last error
		for _, err := range s.Read(ctx, 0) {
			last = err
		}
		var damage *ledger.CorruptError
		require.ErrorAs(t, last, &damage)
		require.Equal(t, &ledger.CorruptError{Entry: 0, What: what}, damage)
		require.ErrorIs(t, s.Append(ctx, playedEntries, [][]byte{{1}}), ledger.ErrDead, "and the store is dead")
	}
	disk, _ := played(t)
	s, err := disk.copy().reopen()
	require.NoError(t, err)
	p := said([]byte("a reason"))
	f := s.parts.f.(*simFile)
	flip(headerSize+frameHead, 1)(f.data)
	_, err = s.Get(ctx, p.Commitment())
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	require.NoError(t, s.Append(ctx, playedEntries, [][]byte{{1}}), "a part is only a part")
}

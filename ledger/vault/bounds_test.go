package vault

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// TestCutAnywhere: a small file that ends anywhere before its end is refused, and so is
// one with something behind it.
func TestCutAnywhere(t *testing.T) {
	of := keys{vault: ID{1}, of: map[uint64][32]byte{1: {2}}}.append(nil)
	table := (&table{vault: ID{1}, origin: "o", people: map[string]person{"a": {key: make([]byte, wrapSize)}}}).append(nil)
	for n := range len(of) {
		_, err := parseKeys(of[:n])
		require.Error(t, err, n)
	}
	for n := range len(table) {
		_, err := parseTable(table[:n])
		require.Error(t, err, n)
	}
	_, err := parseKeys(append(of, 0))
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	_, err = parseTable(append(table, 0))
	require.ErrorIs(t, err, ledger.ErrCorrupt)
}

// TestWrittenOtherwise: who can make every hash right, and writes the same in another
// order, or twice, or in a state that there is none of, is refused.
func TestWrittenOtherwise(t *testing.T) {
	for _, wrong := range [][]uint64{{2, 1}, {1, 1}} {
		b := append([]byte(keeperMagic), 0, 0, 0, version)
		b = append(b, make([]byte, len(ID{}))...)
		for _, epoch := range wrong {
			b = append(binary.BigEndian.AppendUint64(b, epoch), make([]byte, 32)...)
		}
		_, err := parseKeys(appendSum(keeperDomain, b))
		require.ErrorIs(t, err, ledger.ErrCorrupt, wrong)
	}
	line := func(id string, s state) string { return texts(id) + string(rune(s)) + strings.Repeat("k", wrapSize) }
	for _, c := range []struct {
		people []string
		good   bool
	}{
		{[]string{line("a", usual), line("b", held)}, true},
		{[]string{line("b", usual), line("a", usual)}, false},
		{[]string{line("a", usual), line("a", usual)}, false},
		{[]string{line("a", states)}, false},
	} {
		b := append([]byte(keysMagic), 0, 0, 0, version)
		b = append(b, make([]byte, len(ID{})+8)...)
		b = append(b, texts("o", "w")+be(len(c.people), 4)+strings.Join(c.people, "")+be(0, 4)...)
		_, err := parseTable(appendSum(keysDomain, b))
		if c.good {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, ledger.ErrCorrupt, c.people)
		}
	}
}

// TestRows: a row is read to its end and no further, and nothing is in it that was not
// written so.
func TestRows(t *testing.T) {
	usual := row{form: shared, part: ledger.Part{Of: "c", No: math.MaxInt32, Kind: "k", About: []string{"a", "b", "a"}},
		wraps: [][]byte{make([]byte, wrapSize), make([]byte, wrapSize)}}
	for _, r := range []row{usual, {form: joint, part: usual.part}, {mark: strings.Repeat("m", ledger.MaxMark)}, {}} {
		b := r.append(nil)
		got, ok := parseRow(b)
		require.True(t, ok)
		require.Equal(t, b, got.append(nil))
		for n := range len(b) {
			if _, ok := parseRow(b[:n]); ok {
				require.Equal(t, minRow, n, "an erased row may have no mark")
			}
		}
		_, ok = parseRow(append(b, 0))
		require.False(t, ok)
	}
	head := strings.Repeat("c", 32)
	for what, b := range map[string]string{
		"a form that there is none of":    "\x03" + head + be(1, 4) + texts("c", "k", "") + be(0, 4),
		"a number that is too large":      "\x01" + head + "\x80\x00\x00\x00" + texts("c", "k", "") + be(0, 4),
		"more people than labels can be":  "\x01" + head + be(1, 4) + texts("c", "k", "") + be(maxPeople+1, 4) + strings.Repeat(texts(""), maxPeople+1),
		"a mark that is empty":            "\x00" + head + texts(""),
		"a mark that is too long":         "\x00" + head + texts(strings.Repeat("m", ledger.MaxMark+1)),
		"something behind a mark":         "\x00" + head + texts("m") + "x",
		"a mark that ends before its end": "\x00" + head + texts("mark")[:6],
	} {
		_, ok := parseRow([]byte(b))
		require.False(t, ok, what)
	}
}

// TestLengths: what cannot be the head of a frame is none.
func TestLengths(t *testing.T) {
	for _, c := range []struct {
		row, sealed int
		want        bool
	}{
		{minRow, 0, true}, {minRow - 1, 0, false},
		{maxRow, 0, true}, {maxRow + 1, 0, false},
		{minRow, maxSealed, true}, {minRow, maxSealed + 1, false},
		{minRow - 1, maxSealed + 1, false},
	} {
		b := make([]byte, frameHead)
		binary.BigEndian.PutUint32(b[4:], uint32(c.row))
		binary.BigEndian.PutUint32(b[20:], uint32(c.sealed))
		n, m, ok := lengths(b)
		require.Equal(t, []int{c.row, c.sealed}, []int{n, m})
		require.Equal(t, c.want, ok, c)
		_, _, ok = lengths(b[1:])
		require.False(t, ok)
	}
}

// TestLargest: the largest parts that may be put are read again when the vault is opened,
// and so are all that are put at once.
func TestLargest(t *testing.T) {
	var parts []ledger.Part
	for i := range ledger.MaxParts {
		p := said("both: large")
		p.Salt[0], p.Content = byte(i), bytes.Repeat([]byte{byte(i)}, ledger.MaxPart)
		for n := range ledger.MaxLabels {
			p.About = append(p.About, string([]byte{byte(n), byte(n >> 8)}))
			if ledger.CheckParts([]ledger.Part{p}) != nil {
				p.About = p.About[:n]
				break
			}
		}
		parts = append(parts, p)
	}
	m := newMachine()
	v, _, err := m.open()
	require.NoError(t, err)
	require.NoError(t, v.Put(ctx, parts))
	require.NoError(t, v.Close())
	v, _, err = m.open()
	require.NoError(t, err)
	require.Zero(t, v.Repaired())
	for _, p := range parts {
		got, err := v.Get(ctx, p.Commitment())
		require.NoError(t, err)
		require.True(t, got.Equal(p))
	}
}

// TestTailThatIsTooLong: what lies behind the last whole write is no torn write if it is
// longer than one can be.
func TestTailThatIsTooLong(t *testing.T) {
	m := written(t, ofAnna)
	f := m.vault.names[textsName]
	whole := bytes.Clone(f.data)
	f.data = append(bytes.Clone(whole), make([]byte, maxWrite+1)...)
	_, _, err := m.open()
	require.ErrorIs(t, err, ledger.ErrCorrupt)
	f.data = f.data[:len(f.data)-1]
	v, _, err := m.open()
	require.NoError(t, err)
	require.Equal(t, Repair{Torn: maxWrite}, v.Repaired())
	require.Equal(t, whole, f.data)
}

// TestFrameFromElsewhere: a frame counts only where it was written: behind so many others,
// and in its place of its write.
func TestFrameFromElsewhere(t *testing.T) {
	for what, place := range map[string]struct {
		position uint64
		before   int
	}{
		"another position":            {3, 0},
		"another place in its write":  {1, 1},
		"another of both, as in turn": {2, 1},
	} {
		m := written(t, ofAnna, ofBob)
		v, _, err := m.open()
		require.NoError(t, err)
		r, err := v.shelf.read(ofBob.Commitment(), v.shelf.index[ofBob.Commitment()])
		require.NoError(t, err)
		f := m.vault.names[textsName]
		f.data = v.shelf.append(f.data[:v.shelf.index[ofBob.Commitment()].offset], v.shelf.frame(place.position, place.before, 0, r))
		require.NoError(t, v.Close())
		v, _, err = m.unsure().open()
		require.NoError(t, err, what)
		require.NotZero(t, v.Repaired().Torn, "it is taken for a write that was never finished")
		_, err = v.Get(ctx, ofBob.Commitment())
		require.ErrorIs(t, err, ledger.ErrNoPart, what)
		_, err = v.Get(ctx, ofAnna.Commitment())
		require.NoError(t, err, what)
	}
}

// TestSwappedUnderneath: two parts that change their places under a vault that is open
// are damaged; neither is taken for the other.
func TestSwappedUnderneath(t *testing.T) {
	twin := said("what Anna said is", anna)
	twin.Content = twin.Content[:len(ofAnna.Content)]
	m := written(t, ofAnna, twin)
	v, _, err := m.open()
	require.NoError(t, err)
	one, two := v.shelf.index[ofAnna.Commitment()], v.shelf.index[twin.Commitment()]
	require.Equal(t, one.size, two.size)
	f := m.vault.names[textsName]
	f.data = slices.Concat(f.data[:one.offset], f.data[two.offset:], f.data[one.offset:two.offset])
	for _, p := range []ledger.Part{ofAnna, twin} {
		_, err = v.Get(ctx, p.Commitment())
		require.ErrorIs(t, err, ledger.ErrCorrupt)
		require.ErrorContains(t, err, "another part stands in its place")
	}
}

// A wideKeeper wraps into so many bytes.
type wideKeeper struct {
	*Keeper
	size int
}

func (k wideKeeper) Wrap(ctx context.Context, epoch uint64, key []byte) ([]byte, error) {
	b, err := k.Keeper.Wrap(ctx, epoch, key)
	return append(b, make([]byte, k.size-len(b))...), err
}

func (k wideKeeper) Unwrap(ctx context.Context, epoch uint64, wrapped []byte) ([]byte, error) {
	return k.Keeper.Unwrap(ctx, epoch, wrapped[:wrapSize])
}

// TestWideKeeper: a keeper may wrap into as many bytes as MaxWrapped says, and no more.
func TestWideKeeper(t *testing.T) {
	k := wideKeeper{new(Keeper), MaxWrapped}
	dir := t.TempDir()
	v, err := Open(ctx, dir, Config{Keeper: k, Origin: "o"})
	require.NoError(t, err)
	require.NoError(t, v.Close())
	v, err = Open(ctx, dir, Config{Keeper: k, Origin: "o"})
	require.NoError(t, err)
	require.NoError(t, v.Close())
	_, err = Open(ctx, t.TempDir(), Config{Keeper: wideKeeper{new(Keeper), MaxWrapped + 1}, Origin: "o"})
	var limit *ledger.LimitError
	require.ErrorAs(t, err, &limit)
	require.Equal(t, MaxWrapped, limit.Limit)
}

// TestReadFile: a small file is read up to its limit, and no further.
func TestReadFile(t *testing.T) {
	m := newMachine()
	m.vault.names["f"] = &simFile{d: m.vault, data: []byte("1234567890")}
	b, err := readFile(m.vault, "f", 10)
	require.NoError(t, err)
	require.Equal(t, "1234567890", string(b))
	_, err = readFile(m.vault, "f", 9)
	var limit *ledger.LimitError
	require.ErrorAs(t, err, &limit)
	require.Equal(t, ledger.LimitError{What: "bytes in the file f", Size: 10, Limit: 9}, *limit)
}

// TestPending: an erasure is pending while anybody leaves or moves, or a part is doomed.
func TestPending(t *testing.T) {
	for _, c := range []struct {
		t    table
		want bool
	}{
		{table{}, false},
		{table{people: map[string]person{"a": {}, "b": {state: held}}}, false},
		{table{people: map[string]person{"a": {state: leaving}}}, true},
		{table{people: map[string]person{"a": {state: moving}}}, true},
		{table{doomed: map[ledger.Commitment]bool{{}: true}}, true},
	} {
		require.Equal(t, c.want, c.t.pending(), c.t)
	}
}

// TestOpensOnTheWay: while some leave and others move to a new key, what is shared opens
// for who stays, under the old keys and under the new.
func TestOpensOnTheWay(t *testing.T) {
	m := written(t, inCommon, ofBoth, ofBob)
	v, _, err := m.open()
	require.NoError(t, err)
	c := inCommon.Commitment()
	before, err := v.shelf.read(c, v.shelf.index[c])
	require.NoError(t, err)
	opens := func(k *keyring, r row, want ledger.Part) {
		t.Helper()
		got, err := k.open(r)
		require.NoError(t, err)
		require.True(t, got.Equal(want))
	}
	leaves := &keyring{v.keys.with(map[string]person{anna: {state: leaving}}), v.keys.epochKey}
	opens(leaves, before, inCommon)

	moved := map[string]person{}
	for _, id := range []string{anna, "bob"} {
		moved[id] = person{state: moving, key: v.keys.people[id].key, next: v.keys.wrap(id, newKey())}
	}
	moves := &keyring{v.keys.with(moved), v.keys.epochKey}
	opens(moves, before, inCommon)
	for of, p := range map[form]ledger.Part{shared: inCommon, joint: ofBoth} {
		after, ok := moves.seal(p.Commitment(), of, p)
		require.True(t, ok)
		opens(moves, after, p)
	}
	gone := v.keys.with(moved)
	delete(gone.people, anna)
	after, ok := moves.seal(c, shared, inCommon)
	require.True(t, ok)
	opens(&keyring{gone, v.keys.epochKey}, after, inCommon)
}

// TestSealedTooShort: who holds the keys and seals less than a salt is found out.
func TestSealedTooShort(t *testing.T) {
	v, _, err := written(t, ofAnna).open()
	require.NoError(t, err)
	c := ofAnna.Commitment()
	r, err := v.shelf.read(c, v.shelf.index[c])
	require.NoError(t, err)
	key, ok := v.keys.joint(r, false)
	require.True(t, ok)
	r.sealed = seal(key, make([]byte, 31), textLabel(v.keys.origin, r.form, r.part))
	_, err = v.keys.open(r)
	require.ErrorIs(t, err, ledger.ErrCorrupt)
}

// TestUnknownIsPassedOver: what the vault does not know, or has erased, hinders nothing
// that stands behind it in a list.
func TestUnknownIsPassedOver(t *testing.T) {
	v, _, err := newMachine().open()
	require.NoError(t, err)
	done, err := v.EraseParts(ctx, ofAnna.Commitment())
	require.NoError(t, err, "in a vault with nothing in it")
	require.Zero(t, done)
	require.NoError(t, v.HandOver(ctx, ofAnna.Commitment()))

	require.NoError(t, v.Put(ctx, []ledger.Part{ofAnna, ofBob, agreed}))
	done, err = v.EraseParts(ctx, ofCia.Commitment(), ofAnna.Commitment())
	require.NoError(t, err)
	require.Equal(t, Erasure{Parts: 1}, done)
	done, err = v.EraseParts(ctx, ofAnna.Commitment(), ofBob.Commitment())
	require.NoError(t, err)
	require.Equal(t, Erasure{Parts: 1}, done)
	require.NoError(t, v.HandOver(ctx, ofCia.Commitment(), ofAnna.Commitment(), agreed.Commitment()))
	got, err := v.Get(ctx, agreed.Commitment())
	require.NoError(t, err)
	require.Empty(t, got.About)
}

// TestHeldElsewhere: that somebody is held hinders nobody else's erasure, also where what
// is about them is about others too (P2).
func TestHeldElsewhere(t *testing.T) {
	v, _, err := written(t, ofBoth, ofCia).open()
	require.NoError(t, err)
	require.NoError(t, v.Hold(ctx, "bob"))
	done, err := v.Erase(ctx, "cia")
	require.NoError(t, err)
	require.Equal(t, Erasure{Parts: 1}, done)
	_, err = v.Erase(ctx, anna)
	require.ErrorIs(t, err, ErrHeld, "what both said would go")
}

// TestAboutOthers: whoever asks what is kept about them is told nothing about what is
// damaged of others; and what is erased meanwhile hides nothing behind it.
func TestAboutOthers(t *testing.T) {
	v := changed(t, written(t, ofBob, ofAnna, agreed, ofNobody), func(rows []row) { rows[0].sealed[0] ^= 1; rows[3].sealed[0] ^= 1 })
	for _, err := range v.About(ctx, "") {
		t.Fatal("nobody asks about nobody", err)
	}
	var got []string
	for p, err := range v.About(ctx, anna) {
		require.NoError(t, err)
		got = append(got, string(p.Content))
	}
	require.Equal(t, []string{string(ofAnna.Content), string(agreed.Content)}, got)

	v, _, err := written(t, ofAnna, agreed, again).open()
	require.NoError(t, err)
	got = nil
	for p, err := range v.About(ctx, anna) {
		require.NoError(t, err)
		got = append(got, string(p.Content))
		_, err = v.EraseParts(ctx, agreed.Commitment())
		require.NoError(t, err)
	}
	require.Equal(t, []string{string(ofAnna.Content), string(again.Content)}, got)
}

// TestBatchIsFull: a batch takes as many parts as a store takes entries at once, and as many
// bytes as one write may hold, and no more.
func TestBatchIsFull(t *testing.T) {
	b := &batch{}
	for n := range ledger.MaxBatch {
		require.True(t, b.add([]ledger.Part{said("x")}), n)
	}
	require.False(t, b.add([]ledger.Part{said("x")}))
	require.Len(t, b.parts, ledger.MaxBatch)

	b = &batch{}
	large := said("x")
	large.Content = make([]byte, ledger.MaxPart)
	for b.add([]ledger.Part{large}) {
		require.LessOrEqual(t, b.bytes, maxWrite)
	}
	require.Greater(t, b.bytes+room(large), maxWrite)
	require.GreaterOrEqual(t, len(b.parts), ledger.MaxParts)
}

// TestEmptyFileOfKeys: a file of keys with nothing in it is no new vault, and a file of texts
// with more than a header is none without one.
func TestEmptyFileOfKeys(t *testing.T) {
	m := written(t)
	keys := m.vault.names[keysName]
	keys.data, keys.synced = nil, nil
	before := m.vault.contents()
	_, _, err := m.open()
	require.ErrorIs(t, err, ledger.ErrNotLedger)
	require.Equal(t, before, m.vault.contents())

	delete(m.vault.names, keysName)
	texts := m.vault.names[textsName]
	texts.data = append(texts.data[:headerSize], 0)
	_, _, err = m.open()
	require.ErrorIs(t, err, ledger.ErrCorrupt)
}

package filestore

import (
	"context"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// A reader reads bytes as doc.go says them, with nothing of the package.
type reader struct {
	t testing.TB
	b []byte
}

func (r *reader) bytes(n int) []byte {
	require.GreaterOrEqual(r.t, len(r.b), n)
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) number(n int) (v uint64) {
	for _, b := range r.bytes(n) {
		v = v<<8 | uint64(b)
	}
	return v
}

// crc is the checksum of a name and of bytes.
func crc(name string, list ...[]byte) uint32 {
	all := []byte(name + "\x00")
	for _, b := range list {
		all = append(all, b...)
	}
	return crc32.Checksum(all, crc32.MakeTable(crc32.Castagnoli))
}

// header reads a header and returns the nonce.
func (r *reader) header(magic string) []byte {
	all := r.b
	require.Equal(r.t, magic, string(r.bytes(16)))
	require.EqualValues(r.t, 1, r.number(4))
	nonce := r.bytes(8)
	require.EqualValues(r.t, crc("sayround/header/v1", all[:28]), r.number(4))
	return nonce
}

// frame reads a frame and returns its body.
func (r *reader) frame(domain string, nonce []byte, position, before, after uint64) []byte {
	sum := r.number(4)
	all := r.b
	length := r.number(4)
	if domain == "sayround/signed-frame/v1" {
		length -= 1 << 31
	}
	n := int(length)
	require.Equal(r.t, position, r.number(8))
	require.Equal(r.t, before, r.number(2))
	require.Equal(r.t, after, r.number(2))
	body := r.bytes(n)
	require.EqualValues(r.t, crc(domain, nonce, all[:16+n]), sum)
	return body
}

// text reads a label.
func (r *reader) text() string { return string(r.bytes(int(r.number(4)))) }

func TestFilesAreAsDocumented(t *testing.T) {
	disk := newSimDisk()
	s, err := disk.reopen()
	require.NoError(t, err)
	ctx := context.Background()
	part := ledger.Part{
		Of: "command", No: 3, Kind: "reason", Class: "short", About: []string{"ana", ""},
		Salt: [32]byte{1, 2, 3}, Content: []byte("because"),
	}
	require.NoError(t, s.Put(ctx, []ledger.Part{part}))
	require.NoError(t, s.Append(ctx, 0, toBytes([]string{"a"})))
	require.NoError(t, s.Append(ctx, 1, toBytes([]string{"b", "cc", "ddd"})))
	require.NoError(t, s.Close())

	r := &reader{t, disk.names[entriesName].data}
	end := len(r.b)
	nonce := r.header("sayround/entries")
	require.Equal(t, "a", string(r.frame("sayround/entry-frame/v1", nonce, 0, 0, 0)))
	require.Equal(t, "b", string(r.frame("sayround/entry-frame/v1", nonce, 1, 0, 2)))
	require.Equal(t, "cc", string(r.frame("sayround/entry-frame/v1", nonce, 2, 1, 1)))
	require.Equal(t, "ddd", string(r.frame("sayround/entry-frame/v1", nonce, 3, 2, 0)))
	require.Empty(t, r.b)

	p := &reader{t, disk.names[partsName].data}
	partsEnd := len(p.b)
	own := p.header("sayround/parts\x00\x00")
	require.NotEqual(t, nonce, own)
	body := &reader{t, p.frame("sayround/part-frame/v1", own, 0, 0, 0)}
	require.Equal(t, part.Commitment(), ledger.Commitment(body.bytes(32)))
	require.Equal(t, part.Salt, [32]byte(body.bytes(32)))
	require.EqualValues(t, 7, body.number(4))
	require.EqualValues(t, 3, body.number(4))
	require.Equal(t, []string{"command", "reason", "short", "ana", ""},
		[]string{body.text(), body.text(), body.text(), body.text(), body.text()})
	require.Empty(t, body.b)
	require.Equal(t, "because", string(p.b))

	marks := disk.names[markName].data
	require.Len(t, marks, 4096+44)
	for slot, at := range []int{0, 4096} {
		m := &reader{t, marks[at : at+44]}
		require.EqualValues(t, crc("sayround/mark/v1", nonce, m.b[4:]), m.number(4))
		require.EqualValues(t, slot, m.number(8)%2)
		require.EqualValues(t, 4, m.number(8))
		require.EqualValues(t, end, m.number(8))
		require.EqualValues(t, 1, m.number(8))
		require.EqualValues(t, partsEnd, m.number(8))
	}
}

// TestSignedCommitsAreAsDocumented: behind the entries of a write stands what was signed
// last before it, or where somebody asks for each, of all up to there.
func TestSignedCommitsAreAsDocumented(t *testing.T) {
	disk := newSimDisk()
	disk.indexed = 1
	s, _ := signing(t, disk)
	ctx := context.Background()
	require.NoError(t, s.Append(ctx, 0, toBytes([]string{"a"})))
	require.NoError(t, s.Append(ctx, 1, toBytes([]string{"b", "cc"})))
	require.EqualValues(t, 3, signed(t, s).Size)
	require.NoError(t, s.Append(ctx, 3, toBytes([]string{"d"})))
	require.NoError(t, s.Append(ctx, 4, toBytes([]string{"e"})))
	require.NoError(t, s.Close())

	r := &reader{t, disk.names[entriesName].data}
	whole := len(r.b)
	nonce := r.header("sayround/entries")
	require.Equal(t, "a", string(r.frame("sayround/entry-frame/v1", nonce, 0, 0, 0)))
	require.Equal(t, "b", string(r.frame("sayround/entry-frame/v1", nonce, 1, 0, 2)))
	require.Equal(t, "cc", string(r.frame("sayround/entry-frame/v1", nonce, 2, 1, 1)))
	require.Contains(t, string(r.frame("sayround/signed-frame/v1", nonce, 3, 2, 0)), origin+"\n1\n")
	require.Equal(t, "d", string(r.frame("sayround/entry-frame/v1", nonce, 3, 0, 1)))
	last := whole - len(r.b)
	require.Contains(t, string(r.frame("sayround/signed-frame/v1", nonce, 4, 1, 0)), origin+"\n4\n")
	require.Equal(t, "e", string(r.frame("sayround/entry-frame/v1", nonce, 4, 0, 0)))
	require.Empty(t, r.b)
	require.Contains(t, string(disk.names[signedName].data), origin+"\n5\n")

	x := &reader{t, disk.names[indexName].data}
	require.Equal(t, nonce, x.header("sayround/index\x00\x00"))
	all := x.b
	x.bytes(8)
	require.EqualValues(t, 5, x.number(8))
	require.EqualValues(t, whole, x.number(8))
	x.bytes(3 * 8)
	require.EqualValues(t, 1, x.number(8))
	require.EqualValues(t, 0, x.number(8))
	require.EqualValues(t, headerSize, x.number(8))
	require.EqualValues(t, last, x.number(8))
	require.EqualValues(t, crc("sayround/index/v1", nonce, all[:len(all)-4]), x.number(4))
	require.Empty(t, x.b)
}

// TestOldLedger opens a ledger that was written once and is never changed. What
// later versions of the package must read lies beside it.
func TestOldLedger(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "ledgers", "v1"))))
	s, err := Open(dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.Zero(t, s.Repaired())

	var tree ledger.Tree
	for e, err := range s.Read(context.Background(), 0) {
		require.NoError(t, err)
		tree.Append(e)
	}
	require.EqualValues(t, 100, tree.Size())
	require.Equal(t, "WVsRCmFTDq1WRg3HRrfqpE6alzDk8/wCNO/MQMwVDKU=", tree.Root().String())
	c, err := ledger.ParseCommitment("FC7NBc5Gf_BWrU-OY9gHhCF8Lil2ohDSEGLVC4ZnOD8")
	require.NoError(t, err)
	p, err := s.Get(context.Background(), c)
	require.NoError(t, err)
	require.True(t, p.Equal(oldPart()))
	require.NoError(t, s.Append(context.Background(), 100, [][]byte{{1}}))
}

// oldPart is in the vault of the old ledger.
func oldPart() ledger.Part {
	return ledger.Part{
		Of: "c-42", No: 2, Kind: "reason", Class: "year", About: []string{"p-1", "p-2"},
		Salt: [32]byte{31: 9}, Content: []byte("Nobody is left to bake.\n"),
	}
}

// FuzzOpen opens whatever bytes there are. Opening must end, in a ledger that
// can be read and opened again, or in an error that leaves everything as it
// was. With mend, checksums are put right, so that what lies behind them is
// reached too.
func FuzzOpen(f *testing.F) {
	disk, _ := played(f)
	entries, parts, marks := disk.names[entriesName].data, disk.names[partsName].data, disk.names[markName].data
	f.Add(entries, parts, marks, false)
	f.Add(entries, parts, []byte{}, true)
	f.Add(entries[:len(entries)-3], parts[:len(parts)-3], marks[:100], true)
	f.Add(entries[:headerSize], parts[:headerSize], []byte{}, true)
	f.Add([]byte("no ledger"), []byte{}, []byte{}, false)
	signed := newSimDisk()
	s, _ := signing(f, signed)
	require.NoError(f, s.Append(context.Background(), 0, toBytes([]string{"one", "two"})))
	require.NoError(f, s.Append(context.Background(), 2, toBytes([]string{"three"})))
	require.NoError(f, s.Close())
	f.Add(signed.names[entriesName].data, parts[:headerSize], []byte{}, true)
	f.Fuzz(func(t *testing.T, entries, parts, marks []byte, mend bool) {
		disk := newSimDisk()
		for name, b := range map[string][]byte{entriesName: entries, partsName: parts, markName: marks} {
			if mend && name != markName {
				b = mended(name, b)
			}
			disk.names[name] = &simFile{d: disk}
			disk.names[name].set(append([]byte(nil), b...))
		}
		before := disk.contents()
		s, err := disk.reopen()
		if err != nil {
			require.Equal(t, before, disk.contents())
			return
		}
		require.NoError(t, readError(s))
		if signed, err := s.LastSigned(context.Background()); err != nil || len(signed) > ledger.MaxNote {
			require.Fail(t, "no checkpoint is read", "%v, %v", signed, err)
		}
		for c := range s.index {
			if p, err := s.Get(context.Background(), c); err == nil {
				require.NoError(t, p.Check(c))
			}
		}
		size := s.entries.end.count
		require.NoError(t, s.Append(context.Background(), size, [][]byte{{1}}))
		require.NoError(t, s.Close())
		require.NoError(t, wants(disk, size+1, Repair{}))
	})
}

// mended returns bytes with a right header and right checksums, as far as they
// can be taken for frames.
func mended(name string, b []byte) []byte {
	magic, domain := entriesMagic, entryDomain
	if name == partsName {
		magic, domain = partsMagic, partDomain
	}
	all := append([]byte(magic), 0, 0, 0, version, 'f', 'u', 'z', 'z', 'f', 'u', 'z', 'z')
	all = binary.BigEndian.AppendUint32(all, checksum(seed(headerDomain, nil), all))
	nonce := all[20:28]
	if len(b) > headerSize {
		all = append(all, b[headerSize:]...)
	}
	for rest := all[headerSize:]; len(rest) >= frameHead; {
		n := frameHead + int(binary.BigEndian.Uint32(rest[4:])%(1<<17))
		if n > len(rest) {
			break
		}
		of := domain
		if parseHead(rest).signed {
			of = signedDomain
		}
		binary.BigEndian.PutUint32(rest, checksum(seed(of, nonce), rest[4:n]))
		if name == partsName && n >= frameHead+minPartBody {
			n += int(partContentSize(rest[frameHead:n]) % (1 << 20))
		}
		rest = rest[min(n, len(rest)):]
	}
	return all
}

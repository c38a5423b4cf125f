package filestore

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"sort"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

var _ ledger.Hasher = (*Store)(nil)

// hashes is the file in which the hashes of the tree lie, from those of two entries
// on; those of one are made from the entry. It is made when somebody asks, from the
// entries, and goes on from where it ended. Nothing hangs on it: what is wrong with
// it is made anew, and a failure of it is no failure of the store.
type hashes struct {
	mu    sync.Mutex
	f     osfile.File // nil if it is not open
	nonce []byte      // of the entries
	pairs uint64      // of entries whose hashes the file has
	edge  pairEdge    // of the tree over them
	off   bool        // it has failed, and is left alone

	near     [pageSize]byte      // the page that was read last
	nearPage int64               // its number and one more; 0 is none
	top      map[int64]tlog.Hash // those near the root, which many proofs need
}

// A page holds so many hashes and their checksum: those of six levels over
// neighbours, mostly.
const (
	pageHashes = 63
	pageSize   = pageHashes*tlog.HashSize + 4
)

// The hashes of the topLevels levels below the root are kept in memory once read: some
// hundred KiB.
const topLevels = 10

const (
	hashesName   = "hashes"
	hashesMagic  = "sayround/hashes\x00"
	hashesDomain = "sayround/hash-page/v1\x00"
)

// errPage: a page is not what was written. The file is made anew.
var errPage = errors.New("a page of hashes is damaged")

// Hashes implements [ledger.Hasher]. What is new since the last call is read and
// hashed first.
func (s *Store) Hashes(ctx context.Context, size uint64, stored []int64) ([]tlog.Hash, error) {
	h := &s.hashes
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	if held := s.durable(); size > held {
		return nil, &ledger.ShortError{Size: size, Held: held}
	}
	for range 2 {
		out, err := s.storedHashes(ctx, size, stored)
		if !errors.Is(err, errPage) {
			return out, err
		}
		h.shut() // and then from the first entry on
		if !s.locked || s.disk.Remove(hashesName) != nil {
			break
		}
	}
	return nil, ledger.ErrNoHashes
}

// durable is how many entries there are.
func (s *Store) durable() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.entries.end.count
}

// storedHashes is Hashes without a second try. An error of the file itself switches
// the hashes off.
func (s *Store) storedHashes(ctx context.Context, size uint64, stored []int64) ([]tlog.Hash, error) {
	h := &s.hashes
	if h.off {
		return nil, ledger.ErrNoHashes
	}
	err := s.openHashes(ctx)
	if err == nil {
		err = s.growHashes(ctx, size/2)
	}
	out := make([]tlog.Hash, len(stored))
	for i := 0; i < len(stored) && err == nil; i++ {
		out[i], err = s.storedHash(ctx, size, stored[i])
	}
	if failed := new(hashesFault); errors.As(err, &failed) {
		h.shut()
		h.off = true
		return nil, ledger.ErrNoHashes
	}
	return out, err
}

// storedHash returns one hash, from the file or from an entry.
func (s *Store) storedHash(ctx context.Context, size uint64, stored int64) (tlog.Hash, error) {
	if stored < 0 {
		return tlog.Hash{}, &ledger.RangeError{Index: uint64(stored), Size: size}
	}
	level, n := tlog.SplitStoredHashIndex(stored)
	switch {
	case uint64(n+1)<<level > size:
		return tlog.Hash{}, &ledger.RangeError{Index: uint64(n) << level, Size: size}
	case level == 0:
		return s.leaf(ctx, uint64(n))
	}
	return s.hashes.read(tlog.StoredHashIndex(level-1, n))
}

// A hashesFault is a failure of the file of hashes.
type hashesFault struct{ error }

func unwell(err error) error {
	if err == nil {
		return nil
	}
	return &hashesFault{err}
}

// openHashes opens the file, or begins a new one where there is none that is this
// ledger's.
func (s *Store) openHashes(ctx context.Context) error {
	h := &s.hashes
	if h.f != nil {
		return nil
	}
	f, err := s.disk.Open(hashesName)
	if err == nil {
		h.f = f
		if err = s.resumeHashes(ctx); !errors.Is(err, errPage) {
			return err
		}
		h.shut()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return unwell(err)
	}
	if !s.locked {
		return ledger.ErrNoHashes
	}
	if h.f, err = s.disk.Create(hashesName); err != nil {
		h.f = nil
		return unwell(err)
	}
	h.pairs, h.edge = 0, pairEdge{}
	_, err = h.f.WriteAt(headerOf(hashesMagic, h.nonce), 0)
	return unwell(err)
}

// resumeHashes goes on with a file that is there: it must be this ledger's, whole at
// the end, and the last hash of two entries that it has must be theirs.
func (s *Store) resumeHashes(ctx context.Context) error {
	h := &s.hashes
	nonce, err := readHeader(h.f, hashesMagic)
	if err != nil || string(nonce) != string(h.nonce) {
		return errPage
	}
	size, err := h.f.Size()
	if err != nil {
		return unwell(err)
	}
	count := (size - headerSize) / pageSize * pageHashes
	if rest := (size - headerSize) % pageSize; rest > 4 {
		count += (rest - 4) / tlog.HashSize
	}
	h.pairs = pairsIn(count)
	if h.pairs == 0 || h.pairs > s.durable()/2 || h.offset(tlog.StoredHashCount(int64(h.pairs))) != size {
		return errPage
	}
	for level := range h.edge {
		if h.pairs>>level&1 == 1 {
			if h.edge[level], err = h.read(tlog.StoredHashIndex(level, int64(h.pairs>>level)-1)); err != nil {
				return err
			}
		}
	}
	return s.checkLastPair(ctx)
}

// checkLastPair compares the last hash of two entries with the entries: somebody may
// have put other entries in the place of those that were hashed.
func (s *Store) checkLastPair(ctx context.Context) error {
	h := &s.hashes
	last := h.pairs - 1
	left, err := s.leaf(ctx, 2*last)
	if err != nil {
		return err
	}
	right, err := s.leaf(ctx, 2*last+1)
	if err != nil {
		return err
	}
	got, err := h.read(tlog.StoredHashIndex(0, int64(last)))
	if err == nil && got != tlog.NodeHash(left, right) {
		err = errPage
	}
	return err
}

// pairsIn is how many pairs so many hashes are of.
func pairsIn(count int64) uint64 {
	return uint64(sort.Search(int(count)+1, func(n int) bool { return tlog.StoredHashCount(int64(n)+1) > count }))
}

// growHashes adds the hashes of what is new, up to so many pairs.
func (s *Store) growHashes(ctx context.Context, pairs uint64) error {
	h := &s.hashes
	if h.pairs >= pairs {
		return nil
	}
	if !s.locked {
		return ledger.ErrNoHashes
	}
	p, err := h.lastPage()
	if err != nil {
		return err
	}
	var leaves [2]tlog.Hash
	from, edge, at := 2*h.pairs, h.edge, 2*h.pairs
	for entry, err := range s.Read(ctx, from) {
		if err != nil {
			return err
		}
		leaves[at%2] = ledger.LeafHash(entry)
		if at++; at%2 == 1 {
			continue
		}
		for hash := range edge.append(at/2-1, tlog.NodeHash(leaves[0], leaves[1])) {
			p.add(hash)
		}
		if len(p.b) < maxWindow && at/2 < pairs {
			continue
		}
		if err := h.flush(p); err != nil {
			return err
		}
		if h.pairs, h.edge = at/2, edge; h.pairs == pairs {
			return nil
		}
	}
	return &ledger.ShortError{Size: 2 * pairs, Held: at}
}

// shut closes the file. What it has is looked at anew when it is opened again.
func (h *hashes) shut() {
	if h.f != nil {
		_ = h.f.Close() // nothing hangs on it
	}
	h.f, h.pairs, h.nearPage = nil, 0, 0
	clear(h.top)
}

// offset is where a file with so many hashes ends.
func (h *hashes) offset(count int64) int64 {
	end := headerSize + count/pageHashes*pageSize
	if rest := count % pageHashes; rest > 0 {
		end += rest*tlog.HashSize + 4
	}
	return end
}

// read returns the hash at a place in the file, and checks the page that it is on.
func (h *hashes) read(index int64) (tlog.Hash, error) {
	if hash, known := h.top[index]; known {
		return hash, nil
	}
	b, err := h.page(index / pageHashes)
	if err != nil {
		return tlog.Hash{}, err
	}
	at := int(index%pageHashes) * tlog.HashSize
	if at+tlog.HashSize > len(b) {
		return tlog.Hash{}, errPage
	}
	hash := tlog.Hash(b[at:])
	if level, _ := tlog.SplitStoredHashIndex(index); h.pairs>>level < 1<<topLevels {
		h.keep(index, hash)
	}
	return hash, nil
}

// keep keeps a hash in memory. It never changes.
func (h *hashes) keep(index int64, hash tlog.Hash) {
	if h.top == nil || len(h.top) >= 4<<topLevels {
		h.top = map[int64]tlog.Hash{}
	}
	h.top[index] = hash
}

// page returns the hashes on a page, which are good until the next one is read.
func (h *hashes) page(number int64) ([]byte, error) {
	count := min(pageHashes, tlog.StoredHashCount(int64(h.pairs))-number*pageHashes)
	if count <= 0 {
		return nil, nil
	}
	b := h.near[:count*tlog.HashSize+4]
	end := len(b) - 4
	if h.nearPage == number+1 {
		return b[:end], nil
	}
	h.nearPage = 0
	if n, err := h.f.ReadAt(b, headerSize+number*pageSize); n < len(b) {
		if err != nil && !isEOF(err) {
			return nil, unwell(err)
		}
		return nil, errPage
	}
	if binary.BigEndian.Uint32(b[end:]) != h.checksum(number, b[:end]) {
		return nil, errPage
	}
	h.nearPage = number + 1
	return b[:end], nil
}

// checksum is that of a page.
func (h *hashes) checksum(page int64, b []byte) uint32 {
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], uint64(page))
	return checksum(checksum(seed(hashesDomain, h.nonce), number[:]), b)
}

// Pages are hashes that are on their way to the file.
type pages struct {
	h     *hashes
	first int64  // the number of the page with which they begin
	held  int    // hashes on the last page
	b     []byte // the pages, the last one perhaps without its checksum
}

// lastPage begins with the page on which the file goes on.
func (h *hashes) lastPage() (*pages, error) {
	count := tlog.StoredHashCount(int64(h.pairs))
	p := &pages{h: h, first: count / pageHashes, held: int(count % pageHashes)}
	b, err := h.page(p.first)
	p.b = append(make([]byte, 0, maxWindow+pageSize*8), b...)
	return p, err
}

// add adds a hash.
func (p *pages) add(hash tlog.Hash) {
	p.b = append(p.b, hash[:]...)
	if p.held++; p.held == pageHashes {
		p.seal()
		p.held = 0
	}
}

// seal puts the checksum behind the last page.
func (p *pages) seal() {
	at := p.held * tlog.HashSize
	number := p.first + int64(len(p.b)/pageSize)
	p.b = binary.BigEndian.AppendUint32(p.b, p.h.checksum(number, p.b[len(p.b)-at:]))
}

// flush writes the pages. The last one is written as far as it has come, and is kept
// to go on with.
func (h *hashes) flush(p *pages) error {
	whole := len(p.b) / pageSize
	if p.held > 0 {
		p.seal()
	}
	h.nearPage = 0
	if _, err := h.f.WriteAt(p.b, headerSize+p.first*pageSize); err != nil {
		return unwell(err)
	}
	p.first += int64(whole)
	p.b = append(p.b[:0], p.b[whole*pageSize:][:p.held*tlog.HashSize]...)
	return nil
}

// A pairEdge is the right edge of the tree over pairs of entries, as that of a
// [ledger.Tree].
type pairEdge [64]tlog.Hash

// append adds the pair with this number, and yields its hash and those of the
// subtrees that it completes, as they lie in the file.
func (e *pairEdge) append(number uint64, hash tlog.Hash) func(yield func(tlog.Hash) bool) {
	return func(yield func(tlog.Hash) bool) {
		level := 0
		for ; number>>level&1 == 1; level++ {
			if !yield(hash) {
				return
			}
			hash = tlog.NodeHash(e[level], hash)
		}
		e[level] = hash
		yield(hash)
	}
}

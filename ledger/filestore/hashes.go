package filestore

import (
	"context"
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
	seed  uint32      // of the checksums of pages
	pairs uint64      // of entries whose hashes the file has
	edge  pairEdge    // of the tree over them
	off   bool        // it has failed, and is left alone

	tails []tail           // by group, as many as there are
	near  []tail           // of the low groups the pages that were read last, if they hold anything
	kept  map[pageID]*page // those of the groups above, which many proofs need
}

// The pages of the two lowest groups are read as they are needed. Of those above them so
// many are kept in memory, once read: all of them up to some ten million entries, and
// beyond it a proof may have to read a page or two more. With the pages that are being
// filled that is some 100 KiB, and nothing before somebody asked for a proof.
const (
	lowGroups = 2
	maxPages  = 20
)

const (
	hashesName   = "hashes"
	hashesMagic  = "sayround/hashes2"
	hashesDomain = "sayround/hash-page/v2\x00"
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
	return s.hashes.read(level-1, n)
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
	h.begin()
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
	h.begin()
	if err := h.count(size, s.durable()/2); err != nil {
		return err
	}
	for group := range h.tails {
		t := &h.tails[group]
		if t.held == 0 {
			continue
		}
		if err := h.load(pageID{group, t.number}, t.held, &t.page); err != nil {
			return err
		}
	}
	for level := range h.edge {
		if h.pairs>>level&1 == 1 {
			if h.edge[level], err = h.read(level, int64(h.pairs>>level)-1); err != nil {
				return err
			}
		}
	}
	return s.checkLastPair(ctx)
}

// count finds out of how many pairs a file of this size has the hashes, of which there
// are no more than most: its last page of the lowest group says how many it holds.
func (h *hashes) count(size int64, most uint64) error {
	pages := (size - headerSize) / pageSize
	if pages <= 0 || (size-headerSize)%pageSize != 0 || pages > pagesOf(most) {
		return errPage
	}
	last := int64(sort.Search(int(pages), func(n int) bool { return pageID{0, int64(n)}.place() >= pages })) - 1
	var p page
	if err := h.readPage(pageID{0, last}, &p); err != nil {
		return err
	}
	leaves := sort.Search(pageLeaves, func(n int) bool { return heldOver(int64(n)) >= p.held() })
	h.pairs = uint64(last)*pageLeaves + uint64(leaves)
	if leaves == 0 || h.pairs > most || pagesOf(h.pairs) != pages || heldOver(int64(leaves)) != p.held() {
		return errPage
	}
	for group := 0; h.pairs>>(pageLevels*group) > 0; group++ {
		number := int64(h.pairs>>(pageLevels*group)) / pageLeaves
		h.tails = append(h.tails, tail{number: number, held: pageID{group, number}.held(h.pairs)})
	}
	return nil
}

// begin forgets what the file has.
func (h *hashes) begin() {
	h.seed = seed(hashesDomain, h.nonce)
	h.pairs, h.edge, h.tails = 0, pairEdge{}, nil
	h.near = make([]tail, lowGroups)
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
	got, err := h.read(0, int64(last))
	if err == nil && got != tlog.NodeHash(left, right) {
		err = errPage
	}
	return err
}

// growHashes adds the hashes of what is new, up to so many pairs. Wherever it ends, what
// has come so far fits together.
func (s *Store) growHashes(ctx context.Context, pairs uint64) error {
	h := &s.hashes
	if h.pairs >= pairs {
		return nil
	}
	if !s.locked {
		return ledger.ErrNoHashes
	}
	err := s.hashPairs(ctx, pairs)
	return errors.Join(err, h.flush())
}

// hashPairs reads and hashes entries.
func (s *Store) hashPairs(ctx context.Context, pairs uint64) error {
	h := &s.hashes
	var leaves [2]tlog.Hash
	at := 2 * h.pairs
	for entry, err := range s.Read(ctx, at) {
		if err != nil {
			return err
		}
		leaves[at%2] = ledger.LeafHash(entry)
		if at++; at%2 == 1 {
			continue
		}
		for level, hash := range h.edge.append(h.pairs, tlog.NodeHash(leaves[0], leaves[1])) {
			if err := h.add(level, hash); err != nil {
				return err
			}
		}
		if h.pairs++; h.pairs == pairs {
			return nil
		}
	}
	return &ledger.ShortError{Size: 2 * pairs, Held: at}
}

// add adds a hash to the page that is being filled on its level. One that is full is
// written.
func (h *hashes) add(level int, hash tlog.Hash) error {
	group := level / pageLevels
	if group == len(h.tails) {
		h.tails = append(h.tails, tail{})
	}
	t := &h.tails[group]
	t.page.put(t.held, hash)
	t.changed = true
	if t.held++; t.held < pageHashes {
		return nil
	}
	if err := h.write(group); err != nil {
		return err
	}
	*t = tail{number: t.number + 1}
	return nil
}

// flush writes the pages that are being filled.
func (h *hashes) flush() error {
	for group := range h.tails {
		if h.tails[group].changed {
			if err := h.write(group); err != nil {
				return err
			}
		}
	}
	return nil
}

// write writes the page of a group that is being filled.
func (h *hashes) write(group int) error {
	t := &h.tails[group]
	id := pageID{group, t.number}
	t.page.seal(id, t.held, h.seed)
	t.changed = false
	_, err := h.f.WriteAt(t.page[:], headerSize+id.place()*pageSize)
	return unwell(err)
}

// shut closes the file. What it has is looked at anew when it is opened again.
func (h *hashes) shut() {
	if h.f != nil {
		_ = h.f.Close() // nothing hangs on it
	}
	h.f, h.pairs, h.tails, h.near = nil, 0, nil, nil
	clear(h.kept)
}

// read returns the hash of a level, and checks the page that it is on.
func (h *hashes) read(level int, n int64) (tlog.Hash, error) {
	id, at := pageOf(level, n)
	p, err := h.page(id)
	if err != nil {
		return tlog.Hash{}, err
	}
	return p.hash(at), nil
}

// page returns a page, which is good until the next one is read.
func (h *hashes) page(id pageID) (*page, error) {
	if t := &h.tails[id.group]; id.number == t.number {
		return &t.page, nil
	}
	if p, ok := h.kept[id]; ok {
		return p, nil
	}
	if id.group < lowGroups {
		t := &h.near[id.group]
		if t.held > 0 && t.number == id.number {
			return &t.page, nil
		}
		t.held = 0
		if err := h.load(id, pageHashes, &t.page); err != nil {
			return nil, err
		}
		t.number, t.held = id.number, pageHashes
		return &t.page, nil
	}
	p := new(page)
	if err := h.load(id, pageHashes, p); err != nil {
		return nil, err
	}
	if h.kept == nil {
		h.kept = map[pageID]*page{}
	}
	for other := range h.kept { // any will do
		if len(h.kept) < maxPages {
			break
		}
		delete(h.kept, other)
	}
	h.kept[id] = p
	return p, nil
}

// load reads a page that must hold so many hashes.
func (h *hashes) load(id pageID, held int, p *page) error {
	err := h.readPage(id, p)
	if err == nil && p.held() != held {
		err = errPage
	}
	return err
}

// readPage reads a page, and checks it.
func (h *hashes) readPage(id pageID, p *page) error {
	n, err := h.f.ReadAt(p[:], headerSize+id.place()*pageSize)
	switch {
	case n < pageSize && err != nil && !isEOF(err):
		return unwell(err)
	case n < pageSize, !p.sound(id, h.seed):
		return errPage
	}
	return nil
}

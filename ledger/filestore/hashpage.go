package filestore

import (
	"encoding/binary"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// The hashes lie in pages, so that a proof reads few of them. A page holds pageLevels
// levels of the tree over pageLeaves neighbours, and not the hash of them all: that one is
// a neighbour on the page above, and so whatever lies beside a path lies on the pages that
// the path goes through. The pages of the same levels are a group. A path from a pair of
// entries to the root of ten million goes through four pages, of which the upper two are
// few enough to be kept in memory.

const (
	pageLevels = 6
	pageLeaves = 1 << pageLevels
	pageHashes = 2*pageLeaves - 2
	groups     = 64/pageLevels + 1

	// pageSize is that of all hashes, of their number, and of the checksum.
	pageSize = pageHashes*tlog.HashSize + 4 + 4
)

// A pageID names a page: its group, and its number there.
type pageID struct {
	group  int
	number int64
}

// pageOf is where the hash of a level lies, and its place on that page.
func pageOf(level int, n int64) (id pageID, at int) {
	up := level % pageLevels
	bits := pageLevels - up // of n, that tell the place in the page
	id = pageID{level / pageLevels, n >> bits}
	return id, int(tlog.StoredHashIndex(up, n&(1<<bits-1)))
}

// held is how many hashes a page holds once there are so many pairs.
func (id pageID) held(pairs uint64) int {
	leaves := int64(pairs>>(pageLevels*id.group)) - id.number*pageLeaves
	return heldOver(min(max(leaves, 0), pageLeaves))
}

// heldOver is how many hashes a page holds over so many neighbours.
func heldOver(leaves int64) int { return int(min(tlog.StoredHashCount(leaves), pageHashes)) }

// place is where a page lies among all. Those of the lowest group lie in their order,
// and each of the others is begun, behind them, when it gets its first hash: when so
// many of the lowest are full that the first below it is.
func (id pageID) place() int64 {
	if id.group == 0 {
		return id.number + upperPages(id.number)
	}
	full := id.number<<(pageLevels*id.group) + 1<<(pageLevels*(id.group-1))
	return full + upperPages(full) - 1
}

// upperPages is how many pages above the lowest group were begun when so many of it
// were full.
func upperPages(full int64) (n int64) {
	for group := 1; group < groups; group++ {
		if first := int64(1) << (pageLevels * (group - 1)); full >= first {
			n += (full-first)>>(pageLevels*group) + 1
		}
	}
	return n
}

// pagesOf is how many pages so many pairs take.
func pagesOf(pairs uint64) int64 {
	full := int64(pairs / pageLeaves)
	if pairs%pageLeaves > 0 {
		return pageID{0, full}.place() + 1
	}
	return full + upperPages(full)
}

// A page is what stands in the file: hashes, and zeros where none have come; their
// number; and the checksum.
type page [pageSize]byte

// put puts a hash behind those that the page holds.
func (p *page) put(held int, h tlog.Hash) { copy(p[held*tlog.HashSize:], h[:]) }

func (p *page) hash(at int) tlog.Hash { return tlog.Hash(p[at*tlog.HashSize:]) }

// held is how many hashes the page says that it holds.
func (p *page) held() int { return int(binary.BigEndian.Uint32(p[pageSize-8:])) }

// seal makes the page what is to be written.
func (p *page) seal(id pageID, held int, seed uint32) {
	binary.BigEndian.PutUint32(p[pageSize-8:], uint32(held))
	binary.BigEndian.PutUint32(p[pageSize-4:], p.checksum(id, seed))
}

// sound tells whether the page is what was written there.
func (p *page) sound(id pageID, seed uint32) bool {
	return binary.BigEndian.Uint32(p[pageSize-4:]) == p.checksum(id, seed)
}

func (p *page) checksum(id pageID, seed uint32) uint32 {
	var place [8]byte
	binary.BigEndian.PutUint64(place[:], uint64(id.place()))
	return checksum(checksum(seed, place[:]), p[:pageSize-4])
}

// A tail is the page of a group that is being filled.
type tail struct {
	number  int64
	held    int
	changed bool // since it was written
	page    page
}

// A pairEdge is the right edge of the tree over pairs of entries, as that of a
// [ledger.Tree].
type pairEdge [64]tlog.Hash

// append adds the pair with this number, and yields its hash and those of the
// subtrees that it completes, each with its level.
func (e *pairEdge) append(number uint64, hash tlog.Hash) func(yield func(int, tlog.Hash) bool) {
	return func(yield func(int, tlog.Hash) bool) {
		top := bits.TrailingZeros64(^number)
		for level := range top {
			if !yield(level, hash) {
				return
			}
			hash = tlog.NodeHash(e[level], hash)
		}
		e[top] = hash
		yield(top, hash)
	}
}

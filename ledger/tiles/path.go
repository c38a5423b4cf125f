package tiles

import (
	"strconv"
)

// width is the number of hashes, or of entries, in a whole tile.
const width = 256

// entriesLevel stands for the tiles with entries.
const entriesLevel = -1

// checkpointName is the file of the checkpoint.
const checkpointName = "checkpoint"

// A tile is one file of a tree: at a level, the n-th, with so many hashes or entries
// in it.
type tile struct {
	level int
	n     uint64
	held  int // 1 to width
}

// path is where a tile lies: its number in groups of three digits, all but the last
// behind an x, and how much of it is there if not all is.
func (t tile) path() string {
	name := threeDigits("", t.n)
	for n := t.n / 1000; n > 0; n /= 1000 {
		name = threeDigits("x", n) + "/" + name
	}
	if t.held < width {
		name += ".p/" + strconv.Itoa(t.held)
	}
	if t.level == entriesLevel {
		return "tile/entries/" + name
	}
	return "tile/" + strconv.Itoa(t.level) + "/" + name
}

// threeDigits writes the last three digits of a number, with something before them.
func threeDigits(before string, n uint64) string {
	return before + strconv.Itoa(int(1000 + n%1000))[1:]
}

// tilesAt lists the tiles of a level of a tree with so many entries, in order.
func tilesAt(level int, size uint64) func(yield func(tile) bool) {
	count := size // how many hashes the level has
	for range level {
		count /= width
	}
	return func(yield func(tile) bool) {
		for n := uint64(0); n*width < count; n++ {
			if !yield(tile{level, n, int(min(width, count-n*width))}) {
				return
			}
		}
	}
}

// levels is how many levels of hashes a tree with so many entries has.
func levels(size uint64) int {
	n := 0
	for ; size > 0; size /= width {
		n++
	}
	return n
}

package vault

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/sayround/sayround/ledger"
)

// A form says who can open a part.
type form byte

const (
	erased form = iota // nobody any more
	joint              // the keys of all whom it is about together: it goes with any of them
	shared             // the key of any of them: it goes with the last
	forms              // how many there are
)

// A row is a part as it lies in the file of texts.
type row struct {
	c      ledger.Commitment
	form   form
	mark   string      // erased: under which mark
	part   ledger.Part // its labels
	wraps  [][]byte    // shared: its key, for each of those whom it is about
	sealed []byte      // salt and content; it stands behind the row
	sum    uint32      // the checksum of what is sealed
}

// The limits of a row.
const (
	maxSealed = 32 + ledger.MaxPart + sealing
	maxPeople = ledger.MaxLabels / 4 // whom one part can be about: each counts 4 bytes at least
	minRow    = 1 + 32
	maxRow    = minRow + 4 + 4 + ledger.MaxLabels + maxPeople*wrapSize
)

// people are those under whose keys a part lies: each whom it is about, once. What is
// about nobody belongs to all, and lies under the key of the empty id.
func people(p ledger.Part) []string {
	if len(p.About) == 0 {
		return []string{""}
	}
	list := make([]string, 0, len(p.About))
	for _, id := range p.About {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// append writes a row behind b, without what is sealed of it.
func (r row) append(b []byte) []byte {
	b = append(b, byte(r.form))
	b = append(b, r.c[:]...)
	if r.form == erased {
		if r.mark != "" {
			b = appendText(b, r.mark)
		}
		return b
	}
	b = binary.BigEndian.AppendUint32(b, uint32(r.part.No))
	b = appendText(b, r.part.Of)
	b = appendText(b, r.part.Kind)
	b = appendText(b, r.part.Class)
	b = binary.BigEndian.AppendUint32(b, uint32(len(r.part.About)))
	for _, id := range r.part.About {
		b = appendText(b, id)
	}
	for _, w := range r.wraps {
		b = append(b, w...)
	}
	return b
}

// parseRow reads what append writes, and nothing else. What it returns shares memory
// with b.
func parseRow(b []byte) (row, bool) {
	from := &reader{rest: b}
	r := row{form: form(from.byte())}
	copy(r.c[:], from.bytes(uint64(len(r.c))))
	if r.form == erased {
		if len(from.rest) > 0 {
			r.mark = string(from.text())
			return r, from.whole() && r.mark != "" && len(r.mark) <= ledger.MaxMark
		}
		return r, from.whole()
	}
	no := from.uint32()
	r.part = ledger.Part{No: int(no), Of: string(from.text()), Kind: string(from.text()), Class: string(from.text())}
	about := from.uint32()
	if r.form >= forms || no > math.MaxInt32 || about > maxPeople {
		return row{}, false
	}
	for range about {
		r.part.About = append(r.part.About, string(from.text()))
	}
	if r.form == shared {
		for range people(r.part) {
			r.wraps = append(r.wraps, from.bytes(wrapSize))
		}
	}
	return r, from.whole()
}

// without returns a shared row that some of those whom it is about can open no more.
func (r row) without(gone map[string]bool) row {
	left := r
	left.wraps = nil
	for i, id := range people(r.part) {
		if !gone[id] {
			left.wraps = append(left.wraps, r.wraps[i])
		}
	}
	left.part.About = slices.DeleteFunc(slices.Clone(r.part.About), func(id string) bool { return gone[id] })
	return left
}

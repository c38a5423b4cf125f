package consent

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// A bearing says what rests on the words that stand in a field of an event, and so
// whose they are, whether they may be put right, and whether they go with who said
// them.
type bearing uint8

// The bearings. Of two, the later one binds more.
const (
	// Own words are what somebody says for themselves. They may put them right, and the
	// words go with them when they are forgotten.
	ownWords bearing = 1 + iota
	// Heard words are what others answer, object to, rule on or consent to. They stay as
	// they were heard, and may get a note beside; they go with who said them.
	heardWords
	// Version words are what a version of a proposal says. They are heard words; once the
	// version is adopted they are the organisation's, and stay when who wrote them is
	// forgotten.
	versionWords
	// Common words say what the organisation is made of and by what it is to be
	// understood: its aims, domains and roles. They are the organisation's from the
	// beginning.
	commonWords
	// Kept words are the engine's own, and nobody's to change.
	keptWords
)

// bearings are how the fields of events say so, in the tag words: each room knows best
// what its own events say. A field inside of another that bears something else has a
// tag of its own: so the reasons for what a proposal would carry out, which may be about
// a person, are no part of what is agreed. A test holds that no field of an event is
// without; one that were would have heard words.
var bearings = map[string]bearing{
	"own": ownWords, "heard": heardWords, "version": versionWords, "common": commonWords, "kept": keptWords,
}

// bears reads a tag.
func bears(tag string) bearing {
	if b, ok := bearings[tag]; ok {
		return b
	}
	return heardWords
}

// A Place is where words stand in the ledger.
type Place struct {
	Entry uint64
	Part  int
}

func placeOf(t interface{ Place() (uint64, int) }) Place {
	pos, part := t.Place()
	return Place{pos, part}
}

// Text is the text whose words stand in a place.
func (p Place) Text() (t circle.Text) {
	t.Bind(p.Entry, p.Part)
	return t
}

// places visits where the words of an event stand, and which bearing they have there.
func places(event Event, visit func(p Place, b bearing)) {
	canon.Sayings(event, func(tag string, s canon.Said) {
		if p := placeOf(s); p.Part > 0 {
			visit(p, bears(tag))
		}
	})
}

package consent

import (
	"cmp"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Rectify asks that words which were said are put right ([Engine.Rectify]): what is
// shown from then on is the new text, with when it was put right. Who said the words may
// ask, and the Secretary of the outermost circle, for whom the words are about.
//
// What others decide on cannot be put right in place, for it would change what they
// decided (S3): a note is put beside it. What a proposal says changes by a new version.
type Rectify struct {
	// Entry and Part are where the words stand, as [circle.Text.Place] has it.
	Entry uint64      `json:"entry"`
	Part  int         `json:"part"`
	Text  circle.Text `json:"text"`
	Flaw  Flaw        `json:"flaw"`
	// Beside puts the text beside the words as a note, and leaves them as they are.
	Beside bool `json:"beside,omitempty"`
	// Erase takes the words away that stood there, for good.
	Erase bool `json:"erase,omitempty"`
}

// A Flaw is what was wrong with words. It is one of a list, since words of its own could
// say again what is to be forgotten.
type Flaw string

// The flaws.
const (
	FlawSlip       Flaw = "slip"       // they were written down wrongly
	FlawName       Flaw = "name"       // a name in them is wrong
	FlawUntrue     Flaw = "untrue"     // what they say is not so
	FlawIncomplete Flaw = "incomplete" // something is missing
	FlawOther      Flaw = "other"      // something else
)

// Values lists the flaws.
func (Flaw) Values() []string {
	return []string{string(FlawSlip), string(FlawName), string(FlawUntrue), string(FlawIncomplete), string(FlawOther)}
}

// Check refuses a flaw that is not on the list.
func (f Flaw) Check() error { return among(string(f), f.Values()) }

// WordsPutRight: the words in a place read otherwise from here on, or have a note
// beside. The old ones stay bound to their entry. Erasure is the mark that they bear in
// the vault if they are to be erased, see [Engine.Said].
type WordsPutRight struct {
	Entry   uint64          `json:"entry"`
	Part    int             `json:"part"`
	By      circle.PersonID `json:"by"`
	Of      circle.PersonID `json:"of"` // whose words they are, or whom they are about
	Flaw    Flaw            `json:"flaw"`
	Beside  bool            `json:"beside,omitempty"`
	Erasure ErasureID       `json:"erasure,omitempty"`
	At      time.Time       `json:"at"`
	Text    circle.Text     `json:"text" words:"own"`
}

// OldWordsErased: the words that were put right are erased, as was asked for.
type OldWordsErased struct {
	Entry   uint64    `json:"entry"`
	Part    int       `json:"part"`
	Erasure ErasureID `json:"erasure"`
	At      time.Time `json:"at"`
}

// Wire names, of the request and of the events.
func (Rectify) Wire() string        { return "consent.rectify" }
func (WordsPutRight) Wire() string  { return "consent.words-put-right" }
func (OldWordsErased) Wire() string { return "consent.old-words-erased" }

// On names no proposal.
func (*WordsPutRight) On() proposal.ID  { return "" }
func (*OldWordsErased) On() proposal.ID { return "" }

// In names no meeting.
func (*WordsPutRight) In() MeetingID  { return "" }
func (*OldWordsErased) In() MeetingID { return "" }

// Concerns is whose words they are: the new ones go with the old when that person is
// forgotten.
func (e *WordsPutRight) Concerns() circle.PersonID { return e.Of }

// The refusals about words that are to be put right.
var (
	UnknownWords = &circle.Code{ID: "unknown-words", Kind: circle.ErrNotKnown, Rule: "CP-23", Stands: circle.InEngine,
		Says: "In entry {entry} nobody said anything that has the number {part}."}
	NotYourWords = &circle.Code{ID: "not-your-words", Kind: circle.ErrNotYou, Rule: "CP-23", Stands: circle.InEngine,
		Says: "{who} did not say these words, so {who} cannot put them right. Who said them can. Whom they are about can ask the Secretary of {circle} to do it."}
	OthersDecideOnIt = &circle.Code{ID: "others-decide-on-it", Kind: circle.ErrNotNow, Rule: "S3", Stands: circle.InEngine,
		Says: "Others answer these words, or have decided on them, so they stay as they are. You can put a note beside them (beside=true). To change what a proposal says, write a new version of it: proposal.amend."}
	WordsAreGone = &circle.Code{ID: "words-are-gone", Kind: circle.ErrNotNow, Rule: "CP-23", Stands: circle.InEngine,
		Says: "Nobody can read these words any more, so there is nothing to put right."}
	NoteTakesNothing = &circle.Code{ID: "note-takes-nothing", Kind: circle.ErrNotValid, Rule: "CP-23", Stands: circle.InEngine,
		Says: "A note stands beside the words and takes nothing away. Leave out erase, or leave out beside."}
)

// Righted is that the words in a place were put right, or have a note beside.
type Righted struct {
	Text   Place // where the new words stand
	By     circle.PersonID
	Of     circle.PersonID
	Flaw   Flaw
	Beside bool
	At     time.Time

	Erasure ErasureID // under which the old ones are to be erased; empty: they stay
	Erased  time.Time // zero: they were not, yet
}

func (e *WordsPutRight) apply(s *State) {
	p := s.keepsPrivacy()
	at := Place{e.Entry, e.Part}
	if p.Righted == nil {
		p.Righted = map[Place][]Righted{}
	}
	p.Righted[at] = append(p.Righted[at], Righted{Text: placeOf(&e.Text), By: e.By, Of: e.Of, Flaw: e.Flaw,
		Beside: e.Beside, At: e.At, Erasure: e.Erasure})
}

func (e *OldWordsErased) apply(s *State) {
	list := s.privacy.Righted[Place{e.Entry, e.Part}]
	for i := range list {
		if list[i].Erasure == e.Erasure {
			list[i].Erased = e.At
		}
	}
}

// newest is where the words stand that are read in a place now.
func newest(p Place, list []Righted) Place {
	for _, r := range list {
		if !r.Beside {
			p = r.Text
		}
	}
	return p
}

// root is where words stood at first that now stand in a place.
func (s *State) root(p Place) Place {
	for root, list := range s.private().Righted {
		for _, r := range list {
			if r.Text == p && !r.Beside {
				return root
			}
		}
	}
	return p
}

// Old words are those that were put right and are to be erased.
type oldWords struct {
	at    Place
	as    ErasureID
	since time.Time
	old   []Place
}

// oldWordsLeft lists what was put right and is still to be erased, with all places in
// which the words stood before.
func (s *State) oldWordsLeft() []oldWords {
	var out []oldWords
	for at, list := range s.private().Righted {
		old := []Place{at}
		for _, r := range list {
			if r.Erasure != "" && r.Erased.IsZero() {
				out = append(out, oldWords{at, r.Erasure, r.At, old[:len(old):len(old)]})
			}
			if !r.Beside {
				old = append(old, r.Text)
			}
		}
	}
	slices.SortFunc(out, func(a, b oldWords) int { return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.as, b.as)) })
	return out
}

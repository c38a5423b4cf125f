package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// A finding is what the ledger and the vault tell of words that are to be put right. The
// engine looks it up, for the law reads neither.
type finding struct {
	at    Place           // where the words stood at first
	by    circle.PersonID // who said them
	of    circle.PersonID // whom they are about; as a rule the same
	bears bearing
	gone  bool            // nobody can read them
	held  bool            // what is about that person has to be kept by law
	names circle.PersonID // whose name they are; empty: no name of a person
}

// rectifying is decided for the engine only, which looks at the words first.
type rectifying struct {
	Rectify
	as    ErasureID
	found finding
}

// told is what its digest tells.
func (c rectifying) told() Command { return c.Rectify }

// freely decides for those too who have no place here any more.
func (c rectifying) freely(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return c.decide(s, by, now)
}

func (c rectifying) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	f := c.found
	switch {
	case f.bears == 0, f.bears == keptWords, f.of == "":
		return nil, UnknownWords.Refuse("entry", c.Entry, "part", c.Part)
	case !(by.For == "" && by.By == f.by) && !s.keepsRecords(by):
		return nil, NotYourWords.Refuse("who", by.By, "circle", s.Org.RootCircle())
	case f.gone:
		return nil, WordsAreGone.Refuse()
	case c.Beside && c.Erase:
		return nil, NoteTakesNothing.Refuse()
	case !c.Beside && f.bears > ownWords:
		return nil, OthersDecideOnIt.Refuse()
	case c.Erase && f.held:
		return nil, KeptByLaw.Refuse("person", f.of, "circle", s.Org.RootCircle())
	}
	e := &WordsPutRight{Entry: f.at.Entry, Part: f.at.Part, By: by.By, Of: f.of, Flaw: c.Flaw, Beside: c.Beside, At: now, Text: c.Text}
	if c.Erase {
		e.Erasure = c.as
	}
	return []Event{e}, nil
}

// takenAway says that old words are erased. Only the engine makes one.
type takenAway struct {
	unnamed
	at Place
	as ErasureID
}

// Wire is the name under which it stands in the ledger.
func (takenAway) Wire() string { return "consent.take-old-words-away" }

func (c takenAway) decide(_ *State, _ circle.Actor, now time.Time) ([]Event, error) {
	return []Event{&OldWordsErased{Entry: c.at.Entry, Part: c.at.Part, Erasure: c.as, At: now}}, nil
}

package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// What follows is decided for the engine only, which asks the vault first. None of it
// names in the ledger whom it is about, nor who asked: that would often be the same.

// unnamed is recorded as done by nobody.
type unnamed struct{}

func (unnamed) recordedAs(circle.Actor) circle.Actor { return circle.Actor{Clock: true} }

// erasing is an erasure of what the vault holds about somebody.
type erasing struct {
	unnamed
	Erasure
	ID    ErasureID
	Parts int
}

// erased says that an erasure is done.
type erased struct {
	unnamed
	ID    ErasureID
	Parts int
}

// holding places a legal hold.
type holding struct {
	unnamed
	LegalHold
	ID LegalHoldID
}

// releasing ends one.
type releasing struct {
	unnamed
	ReleaseLegalHold
}

// Wire is the name under which it stands in the ledger.
func (erased) Wire() string { return "consent.finish-erasure" }

// mayErase says who may ask that what somebody said is erased: themselves, also when
// they take part in nothing any more; or the Secretary of the outermost circle. Nobody
// does it in another's stead.
func (s *State) mayErase(by circle.Actor, person circle.PersonID) error {
	if by.For == "" && by.By == person || s.keepsRecords(by) {
		return nil
	}
	return NotYourRecords.Refuse("who", by.By, "person", person, "circle", s.Org.RootCircle())
}

// keepsRecords says whether somebody is the Secretary of the outermost circle.
func (s *State) keepsRecords(by circle.Actor) bool {
	return by.For == "" && s.Org.Wears(s.Org.RootCircle(), circle.Secretary, by.By)
}

// mayHold says who may place and release legal holds.
func (s *State) mayHold(by circle.Actor) error {
	if s.keepsRecords(by) {
		return nil
	}
	return SecretaryHolds.Refuse("who", by.By, "circle", s.Org.RootCircle())
}

// freely decides for those too who have no place here any more.
func (c erasing) freely(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return c.decide(s, by, now)
}

func (c erasing) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if err := s.mayErase(by, c.Person); err != nil {
		return nil, err
	}
	return []Event{&ErasureBegun{Erasure: c.ID, Ground: c.Ground, Parts: c.Parts, At: now, Who: circle.Say(string(c.Person))}}, nil
}

func (c erased) decide(s *State, _ circle.Actor, now time.Time) ([]Event, error) {
	e := s.private().Erasures[c.ID]
	if e == nil || !e.Done.IsZero() {
		return nil, UnknownErasure.Refuse("erasure", c.ID)
	}
	parts := max(c.Parts, e.Parts) // begun again after a crash, the vault finds fewer than there were
	return []Event{&ErasureDone{Erasure: c.ID, Parts: parts, At: now}}, nil
}

func (c holding) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if err := s.mayHold(by); err != nil {
		return nil, err
	}
	return []Event{&LegalHoldPlaced{Hold: c.ID, Ground: c.Ground, At: now, Who: circle.Say(string(c.Person))}}, nil
}

func (c releasing) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if !by.Clock {
		if err := s.mayHold(by); err != nil {
			return nil, err
		}
	}
	if s.private().Holds[c.Hold] == nil {
		return nil, UnknownLegalHold.Refuse("hold", c.Hold)
	}
	return []Event{&LegalHoldReleased{Hold: c.Hold, At: now}}, nil
}

package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// OpenRecords asks for everything that is kept about a person ([Engine.RecordsOf]). They
// see it themselves, and it is nobody's business that they did. The Secretary of the
// outermost circle sees it too, and says why; that is put on record, and the person can
// read it (CP-24).
type OpenRecords struct {
	Person circle.PersonID `json:"person"`
	Why    circle.Text     `json:"why,omitempty"`
}

// RecordsOpened: somebody opened what is kept about a person, for this reason.
type RecordsOpened struct {
	Person circle.PersonID `json:"person"`
	By     circle.PersonID `json:"by"`
	At     time.Time       `json:"at"`
	Why    circle.Text     `json:"why" words:"own"`
}

// Wire names, of the request and of the event.
func (OpenRecords) Wire() string   { return "consent.open-records" }
func (RecordsOpened) Wire() string { return "consent.records-opened" }

// On names no proposal.
func (*RecordsOpened) On() proposal.ID { return "" }

// In names no meeting.
func (*RecordsOpened) In() MeetingID { return "" }

// Concerns is whose records they are: why somebody looked is about them.
func (e *RecordsOpened) Concerns() circle.PersonID { return e.Person }

// SayWhyYouLook refuses who opens the records of another and does not say why.
var SayWhyYouLook = &circle.Code{ID: "say-why-you-look", Kind: circle.ErrNotValid, Rule: "CP-24", Stands: circle.InEngine,
	Says: "Say why you open what is kept about {person}: your reason is put on record, and {person} can read it."}

// A Look is that somebody opened what is kept about a person (CP-24).
type Look struct {
	By  circle.PersonID
	At  time.Time
	Why circle.Text
}

// Looks lists who opened what is kept about a person, when, and why, in their order
// (CP-24). Showing it to the person is the host's to do.
func (s *State) Looks(person circle.PersonID) []Look {
	list := s.private().Looks[person]
	return list[:len(list):len(list)]
}

func (e *RecordsOpened) apply(s *State) {
	p := s.keepsPrivacy()
	p.Looks[e.Person] = append(p.Looks[e.Person], Look{By: e.By, At: e.At, Why: e.Why})
}

// mayLook says who may see everything that is kept about a person.
func (s *State) mayLook(by circle.Actor, ask OpenRecords) error {
	switch {
	case by.For == "" && by.By == ask.Person:
		return nil
	case !s.keepsRecords(by):
		return NotYourRecords.Refuse("who", by.By, "person", ask.Person, "circle", s.Org.RootCircle())
	case ask.Why.IsZero():
		return SayWhyYouLook.Refuse("person", ask.Person)
	}
	return nil
}

// looking is decided for the engine only, which shows the records afterwards.
type looking struct{ OpenRecords }

func (c looking) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if err := s.mayLook(by, c.OpenRecords); err != nil {
		return nil, err
	}
	return []Event{&RecordsOpened{Person: c.Person, By: by.By, At: now, Why: c.Why}}, nil
}

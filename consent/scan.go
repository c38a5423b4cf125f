package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
)

// scanEntry reads an entry of the common shape into e, whose lists are used
// again. It says yes only to what DecodeEntry accepts, and then to the same
// entry; where it says no, DecodeEntry finds out why. A test holds the two
// together.
func scanEntry(b []byte, pos uint64, names *canon.Names, e *Entry) bool {
	*e = Entry{Events: e.Events[:0], Parts: e.Parts[:0], Format: Format, Type: actType, V: 1}
	s := canon.NewScanner(b, pos, wireTypes, names)
	return len(b) <= ledger.MaxEntry && scanHead(s, e) && scanEvents(s, e) && scanTail(s, e) && s.Done()
}

// The places of an entry at which names stand.
const (
	placeBy = iota
	placeDo
	placePart
)

// scanHead reads what stands before the events. In most entries nobody but who acted
// is named.
func scanHead(s *canon.Scanner, e *Entry) bool {
	if !s.Skip(`{"at":`) {
		if !s.Skip(`{"args":`) {
			return false
		}
		args, ok := s.Short()
		if !ok || args == "" || !s.Skip(`,"at":`) {
			return false
		}
		e.Args = args
	}
	at, ok := s.Whole()
	if !ok || !s.Skip(`,"by":{"by":`) {
		return false
	}
	e.At = time.Unix(at, 0).UTC()
	by, ok := s.Name(placeBy)
	if !ok || !s.Skip(`},"do":`) {
		return false
	}
	e.Actor.By = circle.PersonID(by)
	do, ok := s.Name(placeDo)
	e.Do = Name(do)
	return ok && s.Skip(`,"events":[`)
}

// scanEvents reads the events and what closes their list.
func scanEvents(s *canon.Scanner, e *Entry) bool {
	for {
		event, ok := s.Thing(eventTypes)
		if !ok {
			return false
		}
		e.Events = append(e.Events, event)
		if !s.Skip(`,`) {
			return s.Skip(`]`)
		}
	}
}

// scanTail reads what stands behind the events.
func scanTail(s *canon.Scanner, e *Entry) bool {
	if !s.Skip(`,"format":"` + Format + `","id":`) {
		return false
	}
	id, ok := s.Short()
	if !ok {
		return false
	}
	e.ID = id
	if s.Skip(`,"parts":`) && !scanParts(s, e) {
		return false
	}
	return s.Skip(`,"type":"` + actType + `","v":1}`)
}

// scanParts reads how the entry is bound to the words beside it.
func scanParts(s *canon.Scanner, e *Entry) bool {
	for open := `[`; s.Skip(open); open = `,` {
		if !s.Skip(`{"c":`) {
			return false
		}
		c, ok := s.Short()
		if !ok || !s.Skip(`,"k":`) {
			return false
		}
		kind, ok := s.Name(placePart)
		if !ok || !s.Skip(`}`) || len(e.Parts) == ledger.MaxParts {
			return false
		}
		if _, err := ledger.ParseCommitment(c); err != nil {
			return false
		}
		e.Parts = append(e.Parts, PartRef{Commitment: c, Kind: Name(kind)})
	}
	return len(e.Parts) > 0 && s.Skip(`]`)
}

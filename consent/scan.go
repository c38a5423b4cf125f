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
	return len(b) <= ledger.MaxEntry && scanHead(&s, e) && scanEvents(&s, e) && scanTail(&s, e) && s.Done()
}

// scanHead reads what stands before the events.
func scanHead(s *canon.Scanner, e *Entry) bool {
	if !s.Skip(`{`) {
		return false
	}
	if s.Skip(`"args":`) {
		args, ok := s.Plain()
		if !ok || len(args) == 0 || !s.Skip(`,`) {
			return false
		}
		e.Args = string(args)
	}
	if !s.Skip(`"at":`) {
		return false
	}
	at, ok := s.Whole()
	if !ok || !s.Skip(`,"by":`) {
		return false
	}
	e.At = time.Unix(at, 0).UTC()
	return scanActor(s, e) && s.Skip(`,"do":`) && scanDo(s, e) && s.Skip(`,"events":`)
}

// scanActor reads who acted: in most entries nobody but them is named.
func scanActor(s *canon.Scanner, e *Entry) bool {
	if !s.Skip(`{"by":`) {
		return false
	}
	by, ok := s.Name()
	e.Actor = circle.Actor{By: circle.PersonID(by)}
	return ok && s.Skip(`}`)
}

func scanDo(s *canon.Scanner, e *Entry) bool {
	do, ok := s.Name()
	e.Do = Name(do)
	return ok
}

func scanEvents(s *canon.Scanner, e *Entry) bool {
	if !s.Skip(`[`) {
		return false
	}
	for {
		event, ok := s.Thing()
		if !ok || !isEvent(event) {
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
	id, ok := s.Plain()
	if !ok {
		return false
	}
	e.ID = string(id)
	if s.Skip(`,"parts":`) && !scanParts(s, e) {
		return false
	}
	return s.Skip(`,"type":"` + actType + `","v":1}`)
}

func scanParts(s *canon.Scanner, e *Entry) bool {
	if !s.Value(&e.Parts) || len(e.Parts) == 0 || len(e.Parts) > ledger.MaxParts {
		return false
	}
	for i := range e.Parts {
		if _, err := ledger.ParseCommitment(e.Parts[i].Commitment); err != nil {
			return false
		}
	}
	return true
}

package consent

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Format is the format of the entries that this engine writes.
const Format = "sayround/1"

// actType is the type of an entry that tells one command. Other types may
// come; an engine that does not know one refuses the ledger.
const actType = "act"

// An Entry is one command and all that came of it: recorded together or not at
// all. It holds control data only; what people said lies in parts beside it.
type Entry struct {
	// Args is a digest of the command's control data, where who sent it chose
	// the id: under one id stands one command, and another one under the same id
	// is refused. It tells nothing that the events do not, as no words enter it.
	Args   string       `json:"args,omitempty"`
	At     time.Time    `json:"at"`
	Actor  circle.Actor `json:"by"`
	Do     Name         `json:"do"` // the wire name of the command, or of the timer
	Events []Event      `json:"events"`
	Format Name         `json:"format"`
	ID     string       `json:"id"` // of the command, chosen by who sent it or else by the engine
	Parts  []PartRef    `json:"parts,omitempty"`
	Type   Name         `json:"type"`
	V      int          `json:"v"`
}

// A Name is one of a few texts that come again and again.
type Name string

// A PartRef binds a content part to its entry: by a commitment that tells
// nothing of the content without the part's salt.
type PartRef struct {
	Commitment string `json:"c"`
	Kind       Name   `json:"k"` // the field that the words stand for
}

// Errors of entries.
var (
	// ErrNewer: the ledger was written by a newer engine. It is refused, not
	// guessed at.
	ErrNewer = errors.New("the ledger was written by a newer engine")
	// ErrNotCanonical: the bytes are not the one way to write an entry.
	ErrNotCanonical = errors.New("the entry is not written in its one form")
)

// eventTypes knows every event by wire name and version.
var eventTypes = func() canon.Types {
	t := canon.Types{}
	for _, e := range allEvents() {
		t.Add(e)
	}
	return t
}()

// wireTypes knows every event, and every command that a decision may carry out.
var wireTypes = func() canon.Types {
	t := maps.Clone(eventTypes)
	for _, c := range Commands() {
		if deeds[c.Wire()] {
			t.Add(c)
		}
	}
	return t
}()

// allEvents lists one of each event of all rooms.
func allEvents() (out []Event) {
	for _, e := range circle.Events() {
		out = append(out, e)
	}
	for _, e := range proposal.Events() {
		out = append(out, e)
	}
	for _, e := range objection.Events() {
		out = append(out, e)
	}
	for _, e := range ownEvents() {
		out = append(out, e)
	}
	return out
}

// DecodeEntry reads the entry that stands at position pos of a ledger. It
// accepts the one way to write an entry and nothing else.
func DecodeEntry(b []byte, pos uint64) (*Entry, error) { return decodeEntry(b, pos, nil) }

// decodeEntry keeps texts that come again and again once.
func decodeEntry(b []byte, pos uint64, names *canon.Names) (*Entry, error) {
	if len(b) > ledger.MaxEntry {
		return nil, fmt.Errorf("entry %d: %w", pos, ledger.ErrTooLarge)
	}
	var e Entry
	if err := canon.Decode(b, &e, pos, wireTypes, names); err != nil {
		return nil, fmt.Errorf("entry %d: %w", pos, worded(err, b))
	}
	if e.Format != Format || e.Type != actType || e.V != 1 {
		return nil, fmt.Errorf("entry %d: %w: it is of format %s, type %s, version %d", pos, ErrNewer, e.Format, e.Type, e.V)
	}
	if len(e.Parts) > ledger.MaxParts || len(e.Events) == 0 {
		return nil, fmt.Errorf("entry %d: %w: it has %d events and %d parts", pos, ErrNotCanonical, len(e.Events), len(e.Parts))
	}
	for _, event := range e.Events {
		if !isEvent(event) {
			return nil, fmt.Errorf("entry %d: %w: %s is a command, not an event", pos, ErrNotCanonical, event.Wire())
		}
	}
	for i := range e.Parts {
		if _, err := ledger.ParseCommitment(e.Parts[i].Commitment); err != nil {
			return nil, fmt.Errorf("entry %d: %w", pos, err)
		}
	}
	return &e, nil
}

// isEvent tells events from the commands that a decision may carry out, which
// have wire names too.
func isEvent(e Event) bool {
	switch e.(type) {
	case ownEvent, circle.Event, proposal.Event, objection.Event:
		return true
	}
	return false
}

// worded tells an entry of the future from a broken one.
func worded(err error, b []byte) error {
	var bad *canon.Error
	if !errors.As(err, &bad) {
		return err
	}
	future := bytes.Contains(b, []byte(`"format":"sayround/`)) && !bytes.Contains(b, []byte(`"format":"`+Format+`"`))
	if future || bad.Fault == canon.Newer || bad.Fault == canon.Unknown {
		return fmt.Errorf("%w: %w", ErrNewer, err)
	}
	return fmt.Errorf("%w: %w", ErrNotCanonical, err)
}

// seal takes the words out of the events, into parts that lie beside the
// entry, and returns the parts and their bindings.
func seal(events []Event, id string, by circle.Actor, pos uint64, config *Config) ([]ledger.Part, []PartRef, error) {
	var parts []ledger.Part
	var refs []PartRef
	for _, e := range events {
		err := canon.Seal(e, pos, func(kind, words string) (int, error) {
			about := []string{string(aboutWhom(e, by))}
			if about[0] == "" {
				about = nil
			}
			if len(parts) == ledger.MaxParts {
				return 0, TooMuchSaid.Refuse("most", ledger.MaxParts)
			}
			part := ledger.Part{Of: id, No: len(parts) + 1, Kind: kind, About: about, Class: string(config.class(kind)), Salt: config.Salt(), Content: []byte(words)}
			parts = append(parts, part)
			refs = append(refs, PartRef{Commitment: part.Commitment().String(), Kind: Name(kind)})
			return part.No, nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return parts, refs, nil
}

// aboutWhom is the person whom the words of an event are about: who said them, unless
// the event knows better. Empty is nobody.
func aboutWhom(e Event, by circle.Actor) circle.PersonID {
	if c, ok := e.(interface{ Concerns() circle.PersonID }); ok {
		return c.Concerns()
	}
	if by.For != "" {
		return by.For
	}
	return by.By
}

package consent

import (
	"encoding/base64"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// NameKey puts the verifier key of this ledger on record: the first one. Whoever has
// a copy of the ledger finds in it by which key its checkpoints are signed; whom to
// trust they know from elsewhere. Who facilitates the outermost circle names it, or
// its Secretary.
type NameKey struct {
	Key string `json:"key"` // as [ledger.NewVerifier] reads it
}

// ChangeKey puts on record that the ledger goes on with another key (I7). Whoever
// hands it in, what counts is that the old key and the new one have both signed it.
type ChangeKey struct {
	Change string `json:"change"` // what [ledger.ChangeKey] makes, in base64
}

// KeyNamed: this key signs the checkpoints of the ledger.
type KeyNamed struct {
	By  circle.PersonID `json:"by"`
	Key string          `json:"key"`
}

// KeyChanged: from here on another key signs, as the old and the new one say.
type KeyChanged struct {
	By     circle.PersonID `json:"by"`
	Change string          `json:"change"`
	Key    string          `json:"key"`
}

// Wire names, one for each command and event.
func (NameKey) Wire() string    { return "consent.name-key" }
func (ChangeKey) Wire() string  { return "consent.change-key" }
func (KeyNamed) Wire() string   { return "consent.key-named" }
func (KeyChanged) Wire() string { return "consent.key-changed" }

// On names no proposal.
func (*KeyNamed) On() proposal.ID   { return "" }
func (*KeyChanged) On() proposal.ID { return "" }

// In names no meeting.
func (*KeyNamed) In() MeetingID   { return "" }
func (*KeyChanged) In() MeetingID { return "" }

// keyCommands and keyEvents list one of each.
func keyCommands() []ownCommand { return []ownCommand{NameKey{}, ChangeKey{}} }
func keyEvents() []ownEvent     { return []ownEvent{&KeyNamed{}, &KeyChanged{}} }

// The refusals about the key of the ledger.
var (
	KeyIsNamed = &circle.Code{ID: "key-named", Kind: circle.ErrTaken, Rule: "I7", Stands: circle.InEngine,
		Says: "This ledger has named its key. Another one follows on it when both have signed that (consent.change-key)."}
	NoKeyNamed = &circle.Code{ID: "no-key-named", Kind: circle.ErrNotNow, Rule: "I7", Stands: circle.InEngine,
		Says: "This ledger has not named its key yet, so it cannot change it (consent.name-key)."}
	NoKey = &circle.Code{ID: "no-key", Kind: circle.ErrNotValid, Rule: "I7", Stands: circle.InEngine,
		Says: "This is not the verifier key of a ledger."}
	KeyNotFollowed = &circle.Code{ID: "key-not-followed", Kind: circle.ErrNotValid, Rule: "I7", Stands: circle.InEngine,
		Says: "The key is not changed: the key that this ledger has now and the new one must both have signed the change, and here they have not."}
	KeepsNoKey = &circle.Code{ID: "keeps-no-key", Kind: circle.ErrNotYou, Rule: "I7", Stands: circle.InEngine,
		Says: "Who facilitates {circle} names the key of the ledger, or its Secretary; {who} does neither."}
)

func keyCodes() []*circle.Code {
	return []*circle.Code{KeyIsNamed, NoKeyNamed, NoKey, KeyNotFollowed, KeepsNoKey}
}

func (c NameKey) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	root := s.Org.RootCircle()
	if s.facilitates(root, by.By) != nil && !s.Org.Wears(root, circle.Secretary, by.By) {
		return nil, KeepsNoKey.Refuse("circle", root, "who", by.By)
	}
	if len(s.keys) > 0 {
		return nil, KeyIsNamed.Refuse()
	}
	if _, err := ledger.NewVerifier(c.Key); err != nil {
		return nil, NoKey.Refuse()
	}
	return []Event{&KeyNamed{By: by.By, Key: c.Key}}, nil
}

func (c ChangeKey) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	if len(s.keys) == 0 {
		return nil, NoKeyNamed.Refuse()
	}
	now, err := ledger.NewVerifier(s.keys[len(s.keys)-1])
	if err != nil {
		return nil, NoKey.Refuse()
	}
	change, err := base64.StdEncoding.DecodeString(c.Change)
	if err != nil {
		return nil, KeyNotFollowed.Refuse()
	}
	key, err := ledger.FollowKey(change, now)
	if err != nil {
		return nil, KeyNotFollowed.Refuse()
	}
	return []Event{&KeyChanged{By: by.By, Change: c.Change, Key: key}}, nil
}

func (e *KeyNamed) apply(s *State)   { s.keys = append(s.keys, e.Key) }
func (e *KeyChanged) apply(s *State) { s.keys = append(s.keys, e.Key) }

// Keys lists the verifier keys that the ledger names as its own, the one that signs
// now at the end. A copy that was forged names what it likes: the first of them must
// be known from elsewhere.
func (s *State) Keys() []string { return s.keys[:len(s.keys):len(s.keys)] }

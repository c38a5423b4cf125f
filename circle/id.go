package circle

import (
	"fmt"
	"slices"
	"strings"
)

// MaxID is the longest name of a thing, in bytes.
const MaxID = 64

// ID names a circle.
type ID string

// PersonID names a person. It enters the ledger and stays there for ever, so
// it should tell nothing about them: let package circle/alias give an opaque one,
// which knows whose it is until they are erased, and let the person's name be a [Text].
type PersonID string

// RoleID names a role.
type RoleID string

// ItemID names an item of a domain, or a part of an aim.
type ItemID string

// Name names a thing that another room or the host knows: a need, a method.
type Name string

// Check refuses what cannot be the name of a thing.
func (n Name) Check() error { return CheckID(string(n)) }

// Kind says what it is.
func (n *Name) Kind() string { return "name" }

// WholeAim is the item that stands for a circle's aim as a whole.
const WholeAim ItemID = "aim"

// Check refuses what cannot be the name of a thing.
func (id ID) Check() error { return CheckID(string(id)) }

// Check refuses what cannot be the name of a person.
func (id PersonID) Check() error { return CheckID(string(id)) }

// Check refuses what cannot be the name of a role.
func (id RoleID) Check() error { return CheckID(string(id)) }

// Check refuses what cannot be the name of an item.
func (id ItemID) Check() error { return CheckID(string(id)) }

// Kind says what the id names.
func (id *ID) Kind() string { return "circle" }

// Kind says what the id names.
func (id *PersonID) Kind() string { return "person" }

// Kind says what the id names.
func (id *RoleID) Kind() string { return "role" }

// Kind says what the id names.
func (id *ItemID) Kind() string { return "item" }

// CheckID says whether s can be the name of a thing: 1 to 64 small letters,
// digits and hyphens, beginning with a letter or digit. So an id looks the
// same to everybody, and no two ids look alike but differ.
func CheckID(s string) error {
	if s == "" || len(s) > MaxID {
		return fmt.Errorf("a name of 1 to %d characters is wanted, not %d", MaxID, len(s))
	}
	sound := s[0] != '-'
	for i := range len(s) {
		sound = sound && inID[s[i]]
	}
	if !sound {
		return fmt.Errorf("%q may hold only small letters, digits and hyphens", s)
	}
	return nil
}

// inID says of each byte whether it may stand in an id. Letters and digits of random ids
// take turns by chance, and a table is not taken by surprise.
var inID = func() (out [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyz0123456789-") {
		out[c] = true
	}
	return out
}()

// Class is the stake with which a person is a member of the co-operative
// (EC-1). No class: not a member. Consent never weighs by class (CP-1, CP-3).
type Class string

// The classes of the reference organisation.
const (
	Supported Class = "supported" // gets support
	Advocate  Class = "advocate"  // stands up for somebody who gets support
	Worker    Class = "worker"    // gives labour
	Investor  Class = "investor"  // put money in
)

// Values lists the classes.
func (Class) Values() []string {
	return []string{string(Supported), string(Advocate), string(Worker), string(Investor)}
}

// Check refuses a class that nobody knows.
func (c Class) Check() error { return oneOf(string(c), c.Values()) }

// Level is how far a person takes part in a circle (EC-18).
type Level string

// The levels of taking part.
const (
	Full     Level = "full"     // with consent right
	Learning Level = "learning" // on the way there: may be heard, has no consent right
	Guest    Level = "guest"    // visiting: opening and closing rounds, and the guests' time
)

// Values lists the levels.
func (Level) Values() []string { return []string{string(Full), string(Learning), string(Guest)} }

// Check refuses a level that nobody knows.
func (l Level) Check() error { return oneOf(string(l), l.Values()) }

// Kind is what sort of circle it is.
type Kind string

// The kinds of circles that the engine tells apart.
const (
	Root    Kind = "root"    // the circle whose mandate comes from the members themselves
	Local   Kind = "local"   // a circle of people who work on one aim
	Team    Kind = "team"    // a circle around one supported person, who owns it
	Helping Kind = "helping" // temporary, with one product; it recommends and never decides
)

// Values lists the kinds.
func (Kind) Values() []string {
	return append([]string{string(Root), string(Local), string(Team), string(Helping)}, moreKinds()...)
}

// Check refuses a kind that nobody knows.
func (k Kind) Check() error { return oneOf(string(k), k.Values()) }

// Hat is a process role that every circle knows (EC-82). A role without one is
// operational.
type Hat string

// The process hats.
const (
	Leader      Hat = "leader"
	Delegate    Hat = "delegate"
	Facilitator Hat = "facilitator"
	Secretary   Hat = "secretary"
	// LogbookKeeper and PeerSupervisor are worn for the whole (EC-94, EC-95).
	LogbookKeeper  Hat = "logbook-keeper"
	PeerSupervisor Hat = "peer-supervisor"
	// Representative carries a link to a circle anywhere, for a term (M-66, M-68).
	Representative Hat = "representative"
)

// Values lists the hats.
func (Hat) Values() []string {
	return []string{string(Leader), string(Delegate), string(Facilitator), string(Secretary), string(LogbookKeeper), string(PeerSupervisor), string(Representative)}
}

// Check refuses a hat that nobody knows.
func (h Hat) Check() error { return oneOf(string(h), h.Values()) }

// Format is a form in which a person can read or take in a text (CP-14).
type Format string

// The formats that the engine knows by name.
const (
	Standard Format = "standard"
	EasyRead Format = "easy-read"
	Audio    Format = "audio"
	Large    Format = "large-print"
	Signed   Format = "signed-video"
	Braille  Format = "braille"
)

// Values lists the formats.
func (Format) Values() []string {
	return []string{string(Standard), string(EasyRead), string(Audio), string(Large), string(Signed), string(Braille)}
}

// Check refuses a format that nobody knows.
func (f Format) Check() error { return oneOf(string(f), f.Values()) }

func oneOf(s string, values []string) error {
	if slices.Contains(values, s) {
		return nil
	}
	return fmt.Errorf("%q is none of %s", s, strings.Join(values, ", "))
}

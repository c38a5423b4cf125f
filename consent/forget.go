package consent

import (
	"cmp"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// ErasureID is the reference under which an erasure is known. It is drawn by chance
// and says nothing about whom the erasure was.
type ErasureID string

// Check refuses what cannot be the reference of an erasure.
func (id ErasureID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *ErasureID) Kind() string { return "erasure" }

// LegalHoldID is the reference under which a legal hold is known. It says nothing about
// whom the hold is.
type LegalHoldID string

// Check refuses what cannot be the reference of a legal hold.
func (id LegalHoldID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *LegalHoldID) Kind() string { return "legal hold" }

// A Ground is why somebody's words are erased. It is one of a list, since words of its
// own could say who it was.
type Ground string

// The grounds.
const (
	GroundRequest   Ground = "request"   // the person asked for it
	GroundWithdrawn Ground = "withdrawn" // they no longer agree that it is kept
	GroundRetention Ground = "retention" // it is not needed any more
	GroundUnlawful  Ground = "unlawful"  // it should not have been kept
	GroundCourt     Ground = "court"     // the law or a court asks for it
	GroundOther     Ground = "other"     // another reason, of which the ledger keeps no words
)

// Values lists the grounds.
func (Ground) Values() []string {
	return []string{string(GroundRequest), string(GroundWithdrawn), string(GroundRetention), string(GroundUnlawful), string(GroundCourt), string(GroundOther)}
}

// Check refuses a ground that is not on the list.
func (g Ground) Check() error { return among(string(g), g.Values()) }

// A HoldGround is why somebody's words have to be kept for now.
type HoldGround string

// The grounds.
const (
	HoldCourt        HoldGround = "court"        // a court asks for it
	HoldLaw          HoldGround = "law"          // a law does
	HoldClaim        HoldGround = "claim"        // somebody makes a claim, or defends themselves against one
	HoldSafeguarding HoldGround = "safeguarding" // those who protect somebody need it
)

// Values lists the grounds.
func (HoldGround) Values() []string {
	return []string{string(HoldCourt), string(HoldLaw), string(HoldClaim), string(HoldSafeguarding)}
}

// Check refuses a ground that is not on the list.
func (g HoldGround) Check() error { return among(string(g), g.Values()) }

// Erasure asks that everything that a person said here is made unreadable, for good
// ([Engine.Erase]). The person asks for it, or the Secretary of the outermost circle.
type Erasure struct {
	Person circle.PersonID `json:"person"`
	Ground Ground          `json:"ground"`
}

// LegalHold asks that what a person said here is kept from being erased until it is
// released ([Engine.PlaceLegalHold]). The Secretary of the outermost circle asks for it.
type LegalHold struct {
	Person circle.PersonID `json:"person"`
	Ground HoldGround      `json:"ground"`
}

// ReleaseLegalHold asks that a legal hold ends ([Engine.ReleaseLegalHold]). The Secretary
// of the outermost circle asks for it.
type ReleaseLegalHold struct {
	Hold LegalHoldID `json:"hold"`
}

// ErasureBegun: so many parts are made unreadable, on this ground. Whom they are about
// is nowhere in the ledger: it stands beside it until the erasure is done, and is then
// erased too (P5).
type ErasureBegun struct {
	Erasure ErasureID   `json:"erasure"`
	Ground  Ground      `json:"ground"`
	Parts   int         `json:"parts"`
	At      time.Time   `json:"at"`
	Who     circle.Text `json:"who" words:"kept"`
}

// ErasureDone: what was begun is done, and nobody can read those parts any more.
type ErasureDone struct {
	Erasure ErasureID `json:"erasure"`
	Parts   int       `json:"parts"`
	At      time.Time `json:"at"`
}

// LegalHoldPlaced: somebody's words have to be kept for now. Whose, stands beside the
// ledger until the hold is released.
type LegalHoldPlaced struct {
	Hold   LegalHoldID `json:"hold"`
	Ground HoldGround  `json:"ground"`
	At     time.Time   `json:"at"`
	Who    circle.Text `json:"who" words:"kept"`
}

// LegalHoldReleased: they may be erased again.
type LegalHoldReleased struct {
	Hold LegalHoldID `json:"hold"`
	At   time.Time   `json:"at"`
}

// Wire names, one for each request and event.
func (Erasure) Wire() string           { return "consent.erase" }
func (LegalHold) Wire() string         { return "consent.place-legal-hold" }
func (ReleaseLegalHold) Wire() string  { return "consent.release-legal-hold" }
func (ErasureBegun) Wire() string      { return "consent.erasure-begun" }
func (ErasureDone) Wire() string       { return "consent.erasure-done" }
func (LegalHoldPlaced) Wire() string   { return "consent.legal-hold-placed" }
func (LegalHoldReleased) Wire() string { return "consent.legal-hold-released" }

// On names no proposal.
func (*ErasureBegun) On() proposal.ID      { return "" }
func (*ErasureDone) On() proposal.ID       { return "" }
func (*LegalHoldPlaced) On() proposal.ID   { return "" }
func (*LegalHoldReleased) On() proposal.ID { return "" }

// In names no meeting.
func (*ErasureBegun) In() MeetingID      { return "" }
func (*ErasureDone) In() MeetingID       { return "" }
func (*LegalHoldPlaced) In() MeetingID   { return "" }
func (*LegalHoldReleased) In() MeetingID { return "" }

// Concerns names nobody: who it is stands in a part that no erasure of people takes
// away, and that goes by itself.
func (*ErasureBegun) Concerns() circle.PersonID    { return "" }
func (*LegalHoldPlaced) Concerns() circle.PersonID { return "" }

// privacyEvents list one of each.
func privacyEvents() []ownEvent {
	return []ownEvent{&ErasureBegun{}, &ErasureDone{}, &LegalHoldPlaced{}, &LegalHoldReleased{}, &RecordsOpened{}, &WordsExpired{}, &WordsPutRight{}, &OldWordsErased{}}
}

// The refusals about what is known of people.
var (
	CannotForget = &circle.Code{ID: "cannot-forget", Kind: circle.ErrNotNow, Rule: "CP-23", Stands: circle.InEngine,
		Says: "What people said is kept here in a way that cannot be erased for certain, so nothing was done. Those who run this can give it a vault that forgets; ask them."}
	NotYourRecords = &circle.Code{ID: "not-your-records", Kind: circle.ErrNotYou, Rule: "CP-23", Stands: circle.InEngine,
		Says: "{who} may not do this with what {person} said. {person} may, or the Secretary of {circle}."}
	SecretaryHolds = &circle.Code{ID: "secretary-holds", Kind: circle.ErrNotYou, Rule: "CP-23", Stands: circle.InEngine,
		Says: "The Secretary of {circle} says what has to be kept by law; {who} is not."}
	KeptByLaw = &circle.Code{ID: "kept-by-law", Kind: circle.ErrNotNow, Rule: "CP-23", Stands: circle.InEngine,
		Says: "What {person} said has to be kept for now, because a law or a court asks for it. Nothing was erased. It can be erased when that has ended; the Secretary of {circle} knows more."}
	UnknownErasure = &circle.Code{ID: "unknown-erasure", Kind: circle.ErrNotKnown, Rule: "CP-23", Stands: circle.InEngine,
		Says: "There is no erasure {erasure}, or it is done."}
	UnknownLegalHold = &circle.Code{ID: "unknown-legal-hold", Kind: circle.ErrNotKnown, Rule: "CP-23", Stands: circle.InEngine,
		Says: "There is no legal hold {hold}, or it was released."}
)

func privacyCodes() []*circle.Code {
	return []*circle.Code{circle.LooksAlike, CannotForget, NotYourRecords, SecretaryHolds, KeptByLaw, UnknownErasure, UnknownLegalHold, SayWhyYouLook,
		UnknownWords, NotYourWords, OthersDecideOnIt, WordsAreGone, NoteTakesNothing}
}

// privacy is what a state knows of erasures and legal holds, which name no person, and
// of who looked at what is kept about somebody.
type privacy struct {
	Erasures map[ErasureID]*Erased
	Holds    map[LegalHoldID]*HeldByLaw
	Looks    map[circle.PersonID][]Look
	Expired  map[Name]span // by class
	Righted  map[Place][]Righted
}

// An Erased is one erasure, as it stands on record: it names nobody.
type Erased struct {
	ID     ErasureID
	Ground Ground
	Parts  int // that were made unreadable
	Begun  time.Time
	Done   time.Time // zero: it has still to be brought to its end, see [Engine.ResumeErasures]

	Who circle.Text // where it stands whom it is about, until it is done
}

// A HeldByLaw is a legal hold that has not been released: it names nobody.
type HeldByLaw struct {
	ID     LegalHoldID
	Ground HoldGround
	Since  time.Time

	Who circle.Text // where it stands whom it is about
}

// Erasures lists all erasures that are on record, in the order in which they began.
func (s *State) Erasures() []Erased {
	return listed(s.private().Erasures, func(a, b Erased) int {
		return cmp.Or(a.Begun.Compare(b.Begun), cmp.Compare(a.ID, b.ID))
	})
}

// LegalHolds lists the legal holds that stand, in the order in which they were placed.
func (s *State) LegalHolds() []HeldByLaw {
	return listed(s.private().Holds, func(a, b HeldByLaw) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID))
	})
}

// listed gives copies of what a map holds, in order.
func listed[K comparable, V any](m map[K]*V, order func(a, b V) int) []V {
	var out []V
	for _, v := range m {
		out = append(out, *v)
	}
	slices.SortFunc(out, order)
	return out
}

// private is what is known of erasures and holds, to be read.
func (s *State) private() privacy {
	if s.privacy == nil {
		return privacy{}
	}
	return *s.privacy
}

// unfinished lists the erasures that were begun and are not done.
func (s *State) unfinished() []Erased {
	return slices.DeleteFunc(s.Erasures(), func(e Erased) bool { return !e.Done.IsZero() })
}

// dueErasures lists the erasures that have still to be brought to their end.
func (s *State) dueErasures() []Due {
	var out []Due
	for _, e := range s.unfinished() {
		out = append(out, Due{At: e.Begun, What: "erasure-unfinished", Of: string(e.ID), Past: true})
	}
	for _, w := range s.oldWordsLeft() {
		out = append(out, Due{At: w.since, What: "erasure-unfinished", Of: string(w.as), Past: true})
	}
	return out
}

// keepsPrivacy returns where erasures, holds and looks are noted.
func (s *State) keepsPrivacy() *privacy {
	if s.privacy == nil {
		s.privacy = &privacy{Erasures: map[ErasureID]*Erased{}, Holds: map[LegalHoldID]*HeldByLaw{},
			Looks: map[circle.PersonID][]Look{}, Expired: map[Name]span{}}
	}
	return s.privacy
}

func (e *ErasureBegun) apply(s *State) {
	s.keepsPrivacy().Erasures[e.Erasure] = &Erased{ID: e.Erasure, Ground: e.Ground, Parts: e.Parts, Begun: e.At, Who: e.Who}
}

func (e *ErasureDone) apply(s *State) {
	done := s.privacy.Erasures[e.Erasure]
	done.Parts, done.Done, done.Who = e.Parts, e.At, circle.Text{}
}

func (e *LegalHoldPlaced) apply(s *State) {
	s.keepsPrivacy().Holds[e.Hold] = &HeldByLaw{ID: e.Hold, Ground: e.Ground, Since: e.At, Who: e.Who}
}

// What was passed over while the hold stood, and has been kept long enough, is looked
// for from the first entry on.
func (e *LegalHoldReleased) apply(s *State) {
	delete(s.keepsPrivacy().Holds, e.Hold)
	clear(s.privacy.Expired)
}

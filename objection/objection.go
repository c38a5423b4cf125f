package objection

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// ID names an objection or a concern.
type ID string

// Check refuses what cannot be the name of an objection.
func (id ID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *ID) Kind() string { return "objection" }

// Sort tells an objection from a concern.
type Sort uint8

// The two sorts.
const (
	Objecting Sort = 1 + iota // blocks until it is met
	Worrying                  // a concern: heard and kept, does not block
)

// Status is where an objection stands.
type Status uint8

// The states of an objection.
const (
	StatusRaised     Status = 1 + iota
	StatusRestated          // the circle said it in its words; the objector has not confirmed yet
	StatusConfirmed         // the objector confirmed the words
	StatusMet               // a version was written to meet it; the objector has not answered yet
	StatusIntegrated        // the objector accepts how a version meets it
	StatusWithdrawn         // the objector took it back
	StatusEnded             // the proposal itself was taken back or dropped
	StatusHeard             // a concern, on record

	StatusDismissed  // tested, and found not to qualify (methods §2.2)
	StatusDeferred   // put off by consent, with an owner and a date (M-184)
	StatusOverruled  // answered in substance, not accommodated (M-175)
	StatusAbandoned  // not worked on in good faith: counts as not raised (M-173)
	StatusStoodAside // the objector would not do it, and lets it happen (M-125)
	StatusLowered    // the objector made it a concern (M-180)
	StatusLifted     // a concern that became an objection (M-180)
	StatusReferred   // it is about the other part of what was split, and stands there (M-146)
)

func (s Status) String() string {
	return [...]string{"none", "raised", "restated", "confirmed", "met", "integrated", "withdrawn", "ended", "heard",
		"dismissed", "deferred", "overruled", "abandoned", "stood-aside", "lowered", "lifted", "referred"}[s]
}

// An Objection is one reasoned argument against one version of a proposal.
type Objection struct {
	ID       ID
	Sort     Sort
	Proposal proposal.ID
	Version  int // it speaks of
	By       circle.PersonID
	Aim      circle.ItemID // the part of the aim that it says is harmed
	Source   proposal.Source
	Argument circle.Text
	Restated circle.Text
	Status   Status
	Tools    []circle.Tool // with which it was met
	In       int           // the version that meets it

	// Owners are those whose objection it is, where that is not By alone: others
	// may make it theirs, and it ends when all have left it (M-170).
	Owners []circle.PersonID
	// Trial is the test of whether it qualifies; nil: there was none.
	Trial *Trial
	// Accepted is the version that the objector accepts, while the proposer has
	// not confirmed yet (M-172).
	Accepted int
	// Answered says that the chair has answered it in substance; Until is when
	// the time to acknowledge that is over, zero: never (M-175). Where the case has been
	// set aside since, it is over later: consent.Engine.Next tells when.
	Answered bool
	Until    time.Time
	// Again is the objection that it raises again (methods §8.5).
	Again ID
	// Premises are what it rests on (M-165).
	Premises []Premise
	// Carried is the objection to the whole that it was, before the proposal was
	// split (M-146).
	Carried ID
}

// Stands says whether the objection still blocks: it was raised and nobody
// with the right to do so has ended it. One that was not tested blocks (M-168).
func (o *Objection) Stands() bool {
	return o.Sort == Objecting && o.Status < StatusIntegrated
}

// Objections are all objections and concerns of an organisation that are
// still worked with. The zero value holds none.
type Objections struct {
	all  map[ID]*Objection
	on   map[proposal.ID][]ID // in the order in which they were raised
	past map[ID]proposal.ID   // those of proposals that are settled: their names stay taken
	// putOff are those that the circle put off; they wait longer than their case.
	putOff map[ID]PutOff
}

// Image is everything that the objections hold, for comparing two of them.
type Image struct {
	All  map[ID]*Objection
	On   map[proposal.ID][]ID
	Past map[ID]proposal.ID
	// PutOff are the objections that wait to be taken up.
	PutOff map[ID]PutOff
}

// Image returns everything that the objections hold. Nothing in it is a copy.
func (os *Objections) Image() Image { return Image{os.all, os.on, os.past, os.putOff} }

// Objection returns an objection, nil if there is none.
func (os *Objections) Objection(id ID) *Objection { return os.all[id] }

// On lists the objections and concerns against a proposal in the order in
// which they were raised.
func (os *Objections) On(p proposal.ID) []*Objection {
	out := make([]*Objection, 0, len(os.on[p]))
	for _, id := range os.on[p] {
		out = append(out, os.all[id])
	}
	return out
}

// Standing lists the objections against a proposal that still block.
func (os *Objections) Standing(p proposal.ID) []*Objection {
	return slices.DeleteFunc(os.On(p), func(o *Objection) bool { return !o.Stands() })
}

// StandingBy returns a person's own standing objections against a proposal.
func (os *Objections) StandingBy(p proposal.ID, who circle.PersonID) []*Objection {
	if len(os.on[p]) == 0 {
		return nil
	}
	return slices.DeleteFunc(os.Standing(p), func(o *Objection) bool { return !o.Owns(who) })
}

// Forget drops the objections against a proposal that is settled. They stay in
// the ledger.
func (os *Objections) Forget(p proposal.ID) {
	for _, id := range os.on[p] {
		if os.past == nil {
			os.past = map[ID]proposal.ID{}
		}
		os.past[id] = p
		delete(os.all, id)
	}
	delete(os.on, p)
}

// CopyOf returns objections that hold copies of those against some proposals,
// and nothing else, so that something can be tried without touching os.
func (os *Objections) CopyOf(proposals []proposal.ID) *Objections {
	c := &Objections{}
	for i, p := range proposals {
		if slices.Contains(proposals[:i], p) {
			continue
		}
		for _, o := range os.On(p) {
			copied := *o
			c.add(&copied)
		}
	}
	return c
}

// taken says whether a name was ever given to an objection.
func (os *Objections) taken(id ID) bool {
	_, past := os.past[id]
	return past || os.all[id] != nil
}

// Facts are what the law of this room must know from outside.
type Facts struct {
	Circle   *circle.Circle
	Proposal *proposal.Proposal
	Rules    circle.Rules
	// Handling is how the method deals with objections; nil is the zero value.
	Handling *Handling
	// Concerns says that the method has concerns beside objections (M-124).
	Concerns bool
	// Full are the full participants, and Peers those of them who test an
	// objection together: they, or who was present.
	Full, Peers []circle.PersonID
	// ConsentOf is the circle whose decision carries the command; empty when a
	// person gives it directly.
	ConsentOf circle.ID
}

var plain = &Handling{}

func (f *Facts) handling() *Handling {
	if f.Handling == nil {
		return plain
	}
	return f.Handling
}

// Names words a list of objections.
func Names(list []*Objection) string {
	var out []string
	for _, o := range list {
		out = append(out, fmt.Sprintf("%s (%s)", o.ID, circle.Plain(o.Holders())))
	}
	return strings.Join(out, ", ")
}

package objection

import (
	"fmt"
	"slices"
	"strings"

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
)

func (s Status) String() string {
	return [...]string{"none", "raised", "restated", "confirmed", "met", "integrated", "withdrawn", "ended", "heard"}[s]
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
}

// Stands says whether the objection still blocks: it was raised and nobody
// with the right to do so has ended it.
func (o *Objection) Stands() bool {
	return o.Sort == Objecting && o.Status < StatusIntegrated
}

// Objections are all objections and concerns of an organisation that are
// still worked with. The zero value holds none.
type Objections struct {
	all  map[ID]*Objection
	on   map[proposal.ID][]ID // in the order in which they were raised
	past map[ID]proposal.ID   // those of proposals that are settled: their names stay taken
}

// Image is everything that the objections hold, for comparing two of them.
type Image struct {
	All  map[ID]*Objection
	On   map[proposal.ID][]ID
	Past map[ID]proposal.ID
}

// Image returns everything that the objections hold. Nothing in it is a copy.
func (os *Objections) Image() Image { return Image{os.all, os.on, os.past} }

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
	return slices.DeleteFunc(os.Standing(p), func(o *Objection) bool { return o.By != who })
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
	for _, p := range proposals {
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
}

// Names words a list of objections.
func Names(list []*Objection) string {
	var out []string
	for _, o := range list {
		out = append(out, fmt.Sprintf("%s (%s)", o.ID, o.By))
	}
	return strings.Join(out, ", ")
}

package consent

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A Packet is what a question takes along when it is passed on: the need, the
// versions, the objections with what became of each, what was tried, and who
// was heard (EC-43). It names what stands in the ledger; the words are there.
type Packet struct {
	Need     proposal.NeedID `json:"need,omitempty"`
	Inputs   int             `json:"inputs,omitempty"` // given to the need
	Versions int             `json:"versions"`
	Meetings int             `json:"meetings,omitempty"` // that worked on it, where they are counted
	// Objections are those against any version, and the concerns, in their order.
	Objections []Argued `json:"objections,omitempty"`
	// Tools are those with which somebody tried to meet an objection.
	Tools []circle.Tool `json:"tools,omitempty"`
	// Heard are those who answered for themselves when the question was put last.
	Heard []circle.PersonID `json:"heard,omitempty"`
	// More is how many objections and people there are beside those named, where
	// they are too many for an entry.
	More int `json:"more,omitempty"`
}

// Argued is an objection in a packet: whose it is, against which version, and
// where it stands.
type Argued struct {
	Objection objection.ID    `json:"objection"`
	By        circle.PersonID `json:"by"`
	Version   int             `json:"version"`
	Status    Name            `json:"status"`
}

// Packet is what a proposal would take along if it were passed on now; nil
// when it is not under decision.
func (s *State) Packet(id proposal.ID) *Packet {
	p := s.processes[id]
	if p == nil {
		return nil
	}
	text := s.Matters.Proposal(id)
	out := &Packet{Need: text.Need, Versions: text.Current().N, Meetings: p.aside().Meetings}
	if n := s.Matters.Need(text.Need); n != nil {
		out.Inputs = len(n.Inputs)
	}
	for _, o := range s.Objections.On(id) {
		out.Objections = append(out.Objections, Argued{o.ID, o.By, o.Version, Name(o.Status.String())})
		for _, t := range o.Tools {
			if !slices.Contains(out.Tools, t) {
				out.Tools = append(out.Tools, t)
			}
		}
	}
	for _, seat := range p.round().Seats {
		if a := p.round().Answer(seat.Person); a != nil && !a.Silent {
			out.Heard = append(out.Heard, seat.Person)
		}
	}
	return out.bounded()
}

// mostArgued is how many objections are named in one entry.
const mostArgued = 100

// bounded keeps of a packet what an entry can hold.
func (k *Packet) bounded() *Packet {
	objections, heard := min(len(k.Objections), mostArgued), min(len(k.Heard), mostArgued)
	k.More = len(k.Objections) - objections + len(k.Heard) - heard
	k.Objections, k.Heard = k.Objections[:objections], k.Heard[:heard]
	return k
}

// says words a packet.
func (k *Packet) says() string {
	if k == nil {
		return ""
	}
	parts := []string{howMany(k.Versions, "version")}
	if k.Need != "" {
		parts = append(parts, fmt.Sprintf("the need %s with %s", k.Need, howMany(k.Inputs, "input")))
	}
	if k.Meetings > 0 {
		parts = append(parts, howMany(k.Meetings, "meeting"))
	}
	for _, o := range k.Objections {
		parts = append(parts, fmt.Sprintf("%s of %s to version %d (%s)", o.Objection, o.By, o.Version, o.Status))
	}
	if len(k.Tools) > 0 {
		parts = append(parts, "tried: "+circle.Plain(k.Tools))
	}
	if k.More > 0 {
		parts = append(parts, fmt.Sprintf("%d more than can be named", k.More))
	}
	return "; with it go " + strings.Join(parts, ", ")
}

// howMany words a number of things.
func howMany(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// OrderObjections sets the order in which the objections are dealt with; who
// facilitates does it (M-169).
type OrderObjections struct {
	Proposal proposal.ID    `json:"proposal"`
	Order    []objection.ID `json:"order"`
}

// ClaimPriority says why one's objection should be dealt with before the others
// (M-169). Who facilitates hears it, and orders.
type ClaimPriority struct {
	Proposal  proposal.ID  `json:"proposal"`
	Objection objection.ID `json:"objection"`
	Reason    circle.Text  `json:"reason"`
}

// ObjectionsOrdered: who facilitates set the order.
type ObjectionsOrdered struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Order    []objection.ID  `json:"order"`
}

// PriorityClaimed: somebody said why their objection should come first.
type PriorityClaimed struct {
	Proposal  proposal.ID     `json:"proposal"`
	By        circle.PersonID `json:"by"`
	Objection objection.ID    `json:"objection"`
	Reason    circle.Text     `json:"reason" words:"own"`
}

// Wire names.
func (OrderObjections) Wire() string   { return "consent.order-objections" }
func (ClaimPriority) Wire() string     { return "consent.claim-priority" }
func (ObjectionsOrdered) Wire() string { return "consent.objections-ordered" }
func (PriorityClaimed) Wire() string   { return "consent.priority-claimed" }

// Of names the proposal that a command is about.
func (c OrderObjections) Of() proposal.ID { return c.Proposal }
func (c ClaimPriority) Of() proposal.ID   { return c.Proposal }

// On names the proposal that an event is about.
func (e *ObjectionsOrdered) On() proposal.ID { return e.Proposal }
func (e *PriorityClaimed) On() proposal.ID   { return e.Proposal }

// In names no meeting: the proposal's own trail leads to it.
func (*ObjectionsOrdered) In() MeetingID { return "" }
func (*PriorityClaimed) In() MeetingID   { return "" }

// The refusals about the order of objections.
var (
	EachObjectionOnce = &circle.Code{ID: "each-objection-once", Kind: circle.ErrNotValid, Rule: "M-169", Stands: circle.InEngine,
		Says: "An order names each objection to {proposal} that stands once, and no other: {objections}."}
	NotYoursToClaim = &circle.Code{ID: "not-yours-to-claim", Kind: circle.ErrNotYou, Rule: "M-169", Stands: circle.InEngine,
		Says: "Priority is claimed for one's own objection that stands: {who} has no such objection to {proposal}."}
	ClaimedAlready = &circle.Code{ID: "priority-claimed", Kind: circle.ErrTaken, Rule: "M-169", Stands: circle.InEngine,
		Says: "Priority was claimed for {objection} already. Who facilitates sets the order: {facilitators}."}
	OneByOne = &circle.Code{ID: "one-by-one", Kind: circle.ErrNotNow, Rule: "M-169", Stands: circle.InMethod,
		Says: "By this method objections are dealt with one at a time, and {first} comes first. Who facilitates may set another order: {facilitators}."}
	AllTogether = &circle.Code{ID: "all-together", Kind: circle.ErrNotValid, Rule: "M-169", Stands: circle.InMethod,
		Says: "By this method a new version deals with all objections together. Left out: {objections}."}
)

func queueCodes() []*circle.Code {
	return []*circle.Code{EachObjectionOnce, NotYoursToClaim, ClaimedAlready, OneByOne, AllTogether}
}

// queueing are the moves by which the order of objections is set.
func queueing(s Stage) []Move {
	return []Move{
		{s, OrderObjections{}.Wire(), Facilitating, guards(someStand), to(s)},
		{s, ClaimPriority{}.Wire(), Anybody, guards(someStand), to(s)},
	}
}

// queue are the objections to a proposal that stand, in the order in which they
// are dealt with: as who facilitates set it, and then as they were raised.
func (s *State) queue(p *Process) []*objection.Objection {
	list, order := s.Objections.Standing(p.Proposal), p.aside().Order
	if order == nil {
		return list
	}
	rank := func(o *objection.Objection) int {
		if i := slices.Index(order, o.ID); i >= 0 {
			return i
		}
		return len(order)
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *objection.Objection) int { return rank(a) - rank(b) })
	return list
}

// unmetInOrder are those that no version has met yet.
func (s *State) unmetInOrder(p *Process) []objection.ID {
	var out []objection.ID
	for _, o := range s.queue(p) {
		if o.Status != objection.StatusMet {
			out = append(out, o.ID)
		}
	}
	return out
}

// inQueue refuses a version that meets objections otherwise than one at a time,
// or all together, where the method says so. One that was met before may be met
// again beside another: its owner has still to say that the new version does.
func (s *State) inQueue(p *Process, meets []Meets) error {
	how, unmet := p.Method.Objections.Queue, s.unmetInOrder(p)
	if how == "" || len(unmet) == 0 {
		return nil
	}
	named := func(id objection.ID) bool {
		return slices.ContainsFunc(meets, func(m Meets) bool { return m.Objection == id })
	}
	if how == objection.Bundled {
		if left := slices.DeleteFunc(slices.Clone(unmet), named); len(left) > 0 {
			return AllTogether.Refuse("objections", left)
		}
		return nil
	}
	if slices.ContainsFunc(unmet[1:], named) {
		return OneByOne.Refuse("first", unmet[0], "facilitators", s.conductors(p))
	}
	return nil
}

// testInQueue refuses to test an objection before those that come before it, where
// they are dealt with one at a time.
func (s *State) testInQueue(p *Process, id objection.ID) error {
	if p.Method.Objections.Queue != objection.OneAtATime {
		return nil
	}
	for _, o := range s.queue(p) {
		if o.ID == id {
			break
		}
		if o.Trial == nil && o.Status != objection.StatusMet && o.Testable(&p.Method.Objections, s.peers(p)) {
			return OneByOne.Refuse("first", o.ID, "facilitators", s.conductors(p))
		}
	}
	return nil
}

func (c OrderObjections) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	var ids []objection.ID
	for _, o := range s.queue(g.p) {
		ids = append(ids, o.ID)
	}
	sorted, want := slices.Clone(c.Order), slices.Clone(ids)
	slices.Sort(sorted)
	slices.Sort(want)
	if !slices.Equal(sorted, want) {
		return nil, EachObjectionOnce.Refuse("proposal", c.Proposal, "objections", ids)
	}
	return g.to(&ObjectionsOrdered{Proposal: c.Proposal, By: by.By, Order: slices.Clone(c.Order)})
}

func (c ClaimPriority) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	o := s.Objections.Objection(c.Objection)
	switch {
	case o == nil || o.Proposal != c.Proposal || !o.Stands() || !o.Owns(by.By):
		return nil, NotYoursToClaim.Refuse("who", by.By, "proposal", c.Proposal)
	case slices.Contains(g.p.aside().Claimed, c.Objection):
		return nil, ClaimedAlready.Refuse("objection", c.Objection, "facilitators", s.conductors(g.p))
	}
	return g.to(&PriorityClaimed{Proposal: c.Proposal, By: by.By, Objection: c.Objection, Reason: c.Reason})
}

// mayClaim refuses who has no objection that stands.
func (s *State) mayClaim(p *Process, who circle.PersonID) error {
	if len(s.Objections.StandingBy(p.Proposal, who)) == 0 {
		return NotYoursToClaim.Refuse("who", who, "proposal", p.Proposal)
	}
	return nil
}

func (e *ObjectionsOrdered) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Order, a.Claimed = e.Order, nil
}

func (e *PriorityClaimed) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Claimed = append(slices.Clone(a.Claimed), e.Objection)
}

// withClaims adds that somebody claimed priority to what a proposal waits for.
func (s *State) withClaims(p *Process, next []Awaited) []Awaited {
	if p.Stage != StageIntegrate || len(p.aside().Claimed) == 0 {
		return next
	}
	return append(next, Awaited{Who: s.conductors(p), What: OrderObjections{}.Wire(), Of: string(p.Proposal)})
}

// tellQueue words in which order objections are dealt with.
func tellQueue(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *ObjectionsOrdered:
		return fmt.Sprintf("%s set the order in which the objections are dealt with: %s", how(entry, v.By), circle.Plain(v.Order)), circle.Text{}, true
	case *PriorityClaimed:
		return fmt.Sprintf("%s asked for %s to be dealt with first", how(entry, v.By), v.Objection), v.Reason, true
	}
	if says, t, ok := tellOutside(entry, event); ok {
		return says, t, true
	}
	return tellTimeOut(entry, event)
}

var queueWords = map[objection.Queue]string{objection.OneAtATime: "Objections are dealt with one at a time, in the order that who facilitates sets",
	objection.Bundled: "A new version deals with all objections together"}

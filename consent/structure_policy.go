package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// PoliciesRest refuses to give up what agreements are about where there is no
// circle around that would take them.
var PoliciesRest = &circle.Code{ID: "policies-rest-on-it", Kind: circle.ErrNotValid, Rule: "I-17", Stands: circle.InEngine,
	Says: "{circle} cannot give up {item} while it has agreements about it: {policies}. No circle around it would take them. End them first."}

// inDomain asks whether what the proposal is about is still the circle's to
// decide on: it may have handed it down since it looked (I-5, I-17).
var inDomain = Guard{Name: "what it is about is the circle's to decide on", holds: (*State).inDomain}

func (s *State) inDomain(p *Process, _ time.Time) error {
	return s.Matters.Within(&s.Org, p.Proposal)
}

// withPolicies adds where agreements go when what they are about goes: what a
// circle gives up falls to the one around it, and what was lent to the giver, each
// with the agreements about it. So none lies outside the domain of its circle
// (I-6, I-17).
func (s *State) withPolicies(events []Event) ([]Event, error) {
	for _, e := range events {
		var moved []Event
		switch e := e.(type) {
		case *circle.Redefined:
			moved = s.givenUp(e.Circle, e.Domain)
		case *circle.TakenIn:
			moved = s.givenUp(e.Circle, e.Domain)
		case *circle.Returned:
			moved = s.returned(e, events)
		}
		for _, m := range moved {
			if left := m.(*proposal.Inherited); left.To == "" {
				return nil, PoliciesRest.Refuse("circle", left.From, "item", left.Item, "policies", left.Proposals)
			}
		}
		events = append(events, moved...)
	}
	return events, nil
}

// givenUp are the agreements about what is no more in a circle's new domain.
func (s *State) givenUp(id circle.ID, domain []circle.Item) []Event {
	if len(domain) == 0 {
		return nil
	}
	c := s.Org.Circle(id)
	var out []Event
	for _, was := range c.Domain {
		if slices.ContainsFunc(domain, func(i circle.Item) bool { return i.ID == was.ID }) {
			continue
		}
		if about := s.Matters.About(id, was.ID); about != nil {
			item := was.Of
			if item == "" {
				item = was.ID
			}
			out = append(out, &proposal.Inherited{From: id, To: c.Parent, Proposals: about, Item: item})
		}
	}
	return out
}

// returned are the agreements that a circle made about what was lent to it. They go
// to the lender or, where that ends with what is returned, to who takes what it leaves.
func (s *State) returned(e *circle.Returned, done []Event) []Event {
	h := s.Org.Circle(e.Circle).Lender(e.Item)
	if h == nil || s.Org.Circle(h.To).Owns(e.Item) {
		return nil
	}
	to, item := e.Circle, e.Item
	for heir := heirOf(to, done); heir != ""; heir = heirOf(to, done) {
		to, item = heir, s.inherits(to, heir, item)
	}
	if about := s.Matters.About(h.To, e.Item); about != nil {
		return []Event{&proposal.Inherited{From: h.To, To: to, Proposals: about, Item: item}}
	}
	return nil
}

// inherits is what an item of a circle that ends is called in the circle that takes
// it; empty where nobody has said so.
func (s *State) inherits(from, to circle.ID, item circle.ItemID) circle.ItemID {
	heir := s.Org.Circle(to)
	for _, was := range s.Org.Circle(from).Domain {
		switch {
		case was.ID != item:
		case heir.Owns(item):
			return item
		case heir.Owns(was.Of):
			return was.Of
		}
	}
	return ""
}

// heirOf is the circle that takes what one leaves that ends in what is done; empty
// where it does not end.
func heirOf(id circle.ID, done []Event) circle.ID {
	for _, e := range done {
		switch e := e.(type) {
		case *circle.Dissolved:
			if e.Circle == id {
				return e.To
			}
		case *circle.Merged:
			if e.Circle == id {
				return e.Into
			}
		}
	}
	return ""
}

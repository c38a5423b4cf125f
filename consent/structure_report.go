package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// singleMember is the warning beside a decision that one person took alone
// (M-30, I-20).
const singleMember = "single-member"

// Idle says that a circle has neither met nor decided for longer than was agreed
// (M-29).
const Idle circle.Notice = "idle"

// eyes hold what reports on circles are drawn from. All of it is derived from
// what happened.
type eyes struct {
	stirred  map[circle.ID]time.Time     // the last meeting or decision
	reported map[circle.ID][]proposal.ID // to the circle around a circle of one
}

// stir notes that a circle began, met or decided.
func (s *State) stir(id circle.ID) {
	if s.eyes.stirred == nil {
		s.eyes.stirred = map[circle.ID]time.Time{}
	}
	s.eyes.stirred[id] = s.latest
}

// seenToDecide notes a decision; one that somebody took alone is reported to the
// circle around theirs (M-30).
func (s *State) seenToDecide(e *proposal.Adopted) {
	p := s.Matters.Proposal(e.Proposal)
	if p == nil || s.guideline(e.Proposal, e.Version) { // somebody in a role decided it, and not the circle
		return
	}
	s.stir(p.Circle)
	alone := slices.ContainsFunc(e.Warnings, func(w proposal.Warning) bool { return w.Code == singleMember })
	c := s.Org.Circle(p.Circle)
	if !alone || c == nil || c.Parent == "" {
		return
	}
	if s.eyes.reported == nil {
		s.eyes.reported = map[circle.ID][]proposal.ID{}
	}
	s.eyes.reported[c.Parent] = append(s.eyes.reported[c.Parent], e.Proposal)
}

// Reported lists the decisions that were taken by one person alone in a circle
// inside this one, in the order in which they were taken (M-30).
func (s *State) Reported(to circle.ID) []proposal.ID { return slices.Clone(s.eyes.reported[to]) }

// Findings lists what is to be seen about a circle and the circles inside it:
// what the structure itself shows, and which of them have neither met nor decided
// for longer than was agreed (M-10, M-29, M-30, M-31).
func (s *State) Findings(id circle.ID, now time.Time) []circle.Finding {
	out := s.Org.Findings(id)
	for _, c := range s.Org.Circles() {
		x := s.Org.Circle(c)
		idle := s.Org.StructuringOf(c).Idle
		if x.Closed || idle.IsZero() || !s.Org.Within(c, id) {
			continue
		}
		if last := s.eyes.stirred[c]; !idle.After(last).After(now) {
			out = append(out, circle.Finding{What: Idle, Circle: c, To: x.Parent})
		}
	}
	return out
}

// Findings lists what is to be seen about a circle and the circles inside it.
func (e *Engine) Findings(id circle.ID) []circle.Finding {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.Findings(id, e.config.Now())
}

// A Gap is a matter that fell to a circle because none inside it owns it (M-10).
type Gap struct {
	Need   proposal.NeedID
	Circle circle.ID
	// Item is the item of its own domain that the circle has handed to nobody;
	// empty: the circles that were asked did not take it.
	Item  circle.ItemID
	Asked []circle.ID
}

// Gaps lists the open needs that fell to a circle because no circle inside it
// owns them: they lie under an item that it kept back, or those who were asked
// refused.
func (s *State) Gaps(id circle.ID) []Gap {
	if s.Org.Circle(id) == nil {
		return nil
	}
	kept := s.Org.KeptBack(id)
	var out []Gap
	for _, n := range s.Matters.Backlog(id) {
		g := Gap{Need: n.ID, Circle: id}
		if slices.Contains(kept, n.Item) {
			g.Item = n.Item
		}
		if n.Route != nil {
			for _, hop := range n.Route.Hops {
				if hop.Answer == proposal.HopRefused {
					g.Asked = append(g.Asked, hop.To)
				}
			}
		}
		if g.Item != "" || g.Asked != nil {
			out = append(out, g)
		}
	}
	return out
}

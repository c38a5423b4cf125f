package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// results of a verdict on a selection that has not come to its end.
const (
	ResultAgreed Result = "agreed" // role, term and qualifications stand; now people name somebody
	ResultChosen Result = "chosen" // everybody consented; who was chosen has yet to accept
)

// instead says what a verdict that adopts means for a selection: its parameters
// are agreed, or somebody has yet to say that they accept.
func (s *State) instead(p *Process, would *Round) Result {
	sel := p.Selection
	switch {
	case sel == nil:
		return ResultAdopted
	case !sel.Agreed:
		return ResultAgreed
	case len(s.toAccept(p, would)) > 0, len(s.toWelcome(p)) > 0:
		return ResultChosen
	}
	return ResultAdopted
}

// toAccept lists those of the chosen who have not said themselves that they take
// the role: their silence, and nobody else's word, gives it to them. By some
// methods all are asked once more (M-223).
func (s *State) toAccept(p *Process, would *Round) []circle.PersonID {
	return slices.DeleteFunc(p.Selection.people(), func(who circle.PersonID) bool {
		if slices.Contains(p.Selection.Accepted, who) {
			return true
		}
		a := would.Answer(who)
		return !p.Method.Selecting.Accept && a != nil && !a.Silent && a.Position == Consents && a.Version == would.Version
	})
}

// goOn is what a selection has in the place of adoption: what became of
// objections is settled, and nothing is carried out yet.
func (s *State) goOn(p *Process, would *Round, open []Objection) []Event {
	inherited := s.inherited(p, would, open)
	return append(s.inherit(open, inherited), endings(inherited)...)
}

// enacts are what the decision on a proposal carries out.
func (s *State) enacts(p *Process) []circle.Deed {
	text := s.Matters.Proposal(p.Proposal)
	if p.Selection == nil {
		return text.Enacts
	}
	return slices.Concat(text.Enacts, p.Selection.deeds(p.Selection.Candidate, text.Current().Term))
}

// makesRoom lets those go who held the roles and were not chosen again (M-227).
// A role that stays empty on purpose is left by who held it; where the circle
// looks for somebody first, they keep it until then.
func (s *State) makesRoom(p *Process) []Event {
	sel := p.Selection
	if sel == nil || sel.Beside || slices.Contains(sel.Candidate, Name(NamesOutside)) {
		return nil
	}
	var out []Event
	for i, role := range sel.Roles {
		if slices.Contains(sel.Roles[:i], role) {
			continue
		}
		for _, h := range s.Org.Role(role).Holders {
			if !sel.takes(role, h.Person) {
				out = append(out, &circle.RoleLaidDown{Role: role, Person: h.Person})
			}
		}
	}
	return out
}

// takes says whether somebody is the candidate for a role.
func (sel *Selection) takes(role circle.RoleID, who circle.PersonID) bool {
	for i, r := range sel.Roles {
		if r == role && sel.Candidate[i] == Name(who) {
			return true
		}
	}
	return false
}

func (c AcceptRole) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, m, err := s.chosen(c.Proposal, c.Wire(), by, now)
	if err != nil {
		return nil, err
	}
	events := []Event{&RoleAccepted{Proposal: c.Proposal, By: by.By}}
	if len(s.toAccept(p, p.Round)) > 1 || len(s.toWelcome(p)) > 0 {
		return s.lead(p, m, events)
	}
	return s.gives(p, m, now, events)
}

func (c ShortList) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	if distinct := slices.Compact(slices.Sorted(slices.Values(c.Names))); len(distinct) < 2 || len(distinct) != len(c.Names) {
		return nil, NamesForSeats.Refuse("need", 2, "got", len(distinct))
	}
	for _, name := range c.Names {
		if err := s.mayStand(p, name); err != nil {
			return nil, err
		}
	}
	return []Event{&ShortListed{Proposal: c.Proposal, By: by.By, Names: c.Names, Reason: c.Reason}}, nil
}

func (c DeclineRole) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, m, err := s.chosen(c.Proposal, c.Wire(), by, now)
	if err != nil {
		return nil, err
	}
	return s.lead(p, m, s.discarded(p, &CandidateDiscarded{Proposal: p.Proposal, By: by.By, Names: p.Selection.Candidate, Declined: true, Reason: c.Reason}))
}

// chosen asks whether it is time to accept or to decline, and whether this person
// is one of those who do.
func (s *State) chosen(id proposal.ID, on string, by circle.Actor, now time.Time) (*Process, *Move, error) {
	p, err := s.process(id)
	if err != nil {
		return nil, nil, err
	}
	if on == (DeclineRole{}).Wire() && p.Selection != nil && p.Stage != StageAccept {
		return nil, nil, DeclineLater.Refuse("who", by.By)
	}
	m, err := s.admit(p, on, by, now)
	if err != nil {
		return nil, nil, err
	}
	return p, m, s.mayAccept(p, by.By)
}

package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Welcome is carried out when the circle to which a role links consents to who was
// chosen for it: every circle says itself who takes part in it. Until then nothing
// is given, and who held the role keeps it (EC-88).
type Welcome struct {
	Proposal proposal.ID `json:"proposal"`
}

// Welcomed: the receiving circle consented to who was chosen.
type Welcomed struct {
	Proposal proposal.ID `json:"proposal"`
	Circle   circle.ID   `json:"circle"`
}

// Wire names.
func (Welcome) Wire() string  { return "consent.welcome" }
func (Welcomed) Wire() string { return "consent.welcomed" }

// Of names the selection whose chosen are welcomed.
func (c Welcome) Of() proposal.ID { return c.Proposal }

// On names the proposal that the event is about.
func (e *Welcomed) On() proposal.ID { return e.Proposal }

// In names the meeting that the event happened in: none.
func (*Welcomed) In() MeetingID { return "" }

func (e *Welcomed) apply(s *State) {
	sel := s.processes[e.Proposal].Selection
	sel.Welcomed = append(sel.Welcomed, e.Circle)
}

// NotReceiving refuses a welcome by a circle that receives nobody.
var NotReceiving = &circle.Code{ID: "not-receiving", Kind: circle.ErrNotYou, Rule: "EC-88", Stands: circle.InEngine,
	Says: "{circle} receives nobody by {proposal}: who welcomes those who were chosen is {receiving}."}

// decide refuses it as one person's command: it is a deed of the circle.
func (c Welcome) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, err := s.process(c.Proposal)
	if err != nil {
		return nil, err
	}
	_, err = s.admit(p, c.Wire(), by, now)
	return nil, err
}

// carryOut lets a circle welcome who was chosen. If nothing else is missing, the
// role is given.
func (c Welcome) carryOut(s *State, of circle.ID, now time.Time) ([]Event, error) {
	g, err := s.carried(c, c.Proposal)
	if err != nil {
		return nil, err
	}
	list := s.toWelcome(g.p)
	if !slices.Contains(list, of) {
		return nil, NotReceiving.Refuse("circle", of, "proposal", c.Proposal, "receiving", list)
	}
	events := []Event{&Welcomed{Proposal: c.Proposal, Circle: of}}
	if len(list) > 1 || len(s.toAccept(g.p, g.p.Round)) > 0 {
		return s.lead(g.p, g.m, events)
	}
	return s.gives(g.p, g.m, now, events)
}

// toWelcome lists the circles to which the roles link and that have not welcomed
// yet who was chosen. Who holds the role already, sits there already.
func (s *State) toWelcome(p *Process) []circle.ID {
	var out []circle.ID
	sel := p.Selection
	if !p.Method.Selecting.Welcome {
		return nil
	}
	for i, id := range sel.Roles {
		r := s.Org.Role(id)
		if i >= len(sel.Candidate) || reserved(sel.Candidate[i]) || r.Hat == "" || s.Org.Holds(id, circle.PersonID(sel.Candidate[i])) {
			continue
		}
		for _, to := range s.Org.Circles() {
			linked := slices.ContainsFunc(s.Org.Circle(to).Linked, func(l circle.Link) bool { return l.From == r.Circle && l.As == r.Hat })
			if linked && !slices.Contains(sel.Welcomed, to) && !slices.Contains(out, to) {
				out = append(out, to)
			}
		}
	}
	return out
}

// takenIn confirms those to whom a role was given at the circles that have welcomed
// them: where a circle confirms who comes through a link, it was asked already, and
// one answer serves both (M-64, EC-88).
func (s *State) takenIn(p *Process, welcomed, given []Event) []Event {
	circles := slices.Clone(p.Selection.Welcomed)
	for _, e := range welcomed {
		if w, ok := e.(*Welcomed); ok {
			circles = append(circles, w.Circle)
		}
	}
	var out []Event
	for _, e := range given {
		g, ok := e.(*circle.RoleGiven)
		if !ok {
			continue
		}
		for _, to := range circles {
			for _, taken := range s.Org.TakenIn(to, g.Role, g.Person) {
				out = append(out, taken)
			}
		}
	}
	return out
}

// gives carries out a selection to which nothing is missing any more.
func (s *State) gives(p *Process, m *Move, now time.Time, events []Event) ([]Event, error) {
	done, err := s.adopt(p, p.Round, s.open(p.Proposal), now)
	if err != nil {
		return nil, err
	}
	done = append(done, s.takenIn(p, events, done)...)
	events = append(events, &Judged{Proposal: p.Proposal, Version: p.Round.Version, At: now, Outcome: ResultAdopted, Rule: p.Method.Rule, Final: true,
		Why: []Reason{{Code: "accepted", Holds: true, Who: p.Selection.people()}}, Turnout: s.turnout(p, p.Round)})
	return s.lead(p, m, append(events, done...))
}

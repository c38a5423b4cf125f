package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// Selected is the selection by which a role was given last: what it asked for
// stands in one of its versions. When nobody wears the role any more, the next
// selection is queued with it (EC-81, EC-85, M-227).
type Selected struct {
	Proposal proposal.ID
	Version  int         // that has the role, its term and its qualifications
	Asks     circle.Text // as that version says
	Term     circle.Period
	// Vacant is since when nobody wears the role; zero while somebody does.
	Vacant time.Time
}

// SelectionQueued: nobody wears a role any more, and its circle is to choose
// again, by what the last selection asked for. Told are the circles that know it
// from now on: its own, and those to which the role links.
type SelectionQueued struct {
	Role   circle.RoleID `json:"role"`
	Circle circle.ID     `json:"circle"`
	After  proposal.ID   `json:"after"`
	Asks   int           `json:"asks"` // the version of it that says what the role asks for
	Term   circle.Period `json:"term,omitempty"`
	Told   []circle.ID   `json:"told"`
	At     time.Time     `json:"at"`
}

// Wire names the event.
func (SelectionQueued) Wire() string { return "consent.selection-queued" }

// On names no proposal: the event is about a role.
func (*SelectionQueued) On() proposal.ID { return "" }

// In names no meeting.
func (*SelectionQueued) In() MeetingID { return "" }

// LastSelected is the selection by which a role was given last, nil if it was
// given without one.
func (s *State) LastSelected(id circle.RoleID) *Selected { return s.selected[id] }

// hasSelected notes what a selection asked for that has come to its end.
func (s *State) hasSelected(p *Process) {
	sel := p.Selection
	if sel == nil {
		return
	}
	for i, role := range sel.Roles {
		if i >= len(sel.Candidate) || reserved(sel.Candidate[i]) {
			continue
		}
		if s.selected == nil {
			s.selected = map[circle.RoleID]*Selected{}
		}
		text, version := s.Matters.Proposal(p.Proposal), max(1, sel.Version)
		s.selected[role] = &Selected{Proposal: p.Proposal, Version: version, Asks: text.Version(version).Text, Term: text.Current().Term}
	}
}

func (e *SelectionQueued) apply(s *State) { s.selected[e.Role].Vacant = e.At }

// afterSelecting notes that somebody wears a role again, and that nobody ever
// will whose circle is gone.
func (s *State) afterSelecting(e circle.Event) {
	switch e := e.(type) {
	case *circle.RoleGiven:
		if last := s.selected[e.Role]; last != nil {
			last.Vacant = time.Time{}
		}
	case *circle.RoleTurned:
		if last := s.selected[e.Role]; last != nil {
			last.Vacant = time.Time{}
		}
	}
}

// withVacancies adds that a selection is queued for each role that nobody wears when
// the events have happened, and that somebody was selected for before.
func (s *State) withVacancies(events []Event, now time.Time) []Event {
	if len(s.selected) == 0 {
		return events
	}
	gone := map[circle.RoleID][]circle.PersonID{}
	var order []circle.RoleID
	for _, e := range events {
		role, who := vacated(e)
		if role == "" {
			continue
		}
		if gone[role] == nil {
			order = append(order, role)
		}
		gone[role] = append(gone[role], who)
	}
	for _, id := range order {
		r, last := s.Org.Role(id), s.selected[id]
		stays := slices.ContainsFunc(r.Holders, func(h circle.Holding) bool { return !slices.Contains(gone[id], h.Person) })
		if last == nil || stays || s.Org.Circle(r.Circle).Closed {
			continue
		}
		events = append(events, &SelectionQueued{Role: id, Circle: r.Circle, After: last.Proposal, Asks: last.Version, Term: last.Term,
			Told: s.tells(r), At: now})
	}
	return events
}

// vacated is who wears a role no more, by an event.
func vacated(e Event) (circle.RoleID, circle.PersonID) {
	switch e := e.(type) {
	case *circle.RoleLaidDown:
		return e.Role, e.Person
	case *circle.RoleRevoked:
		return e.Role, e.Person
	}
	return "", ""
}

// tells are the circles that are told that nobody wears a role: its own, and
// those to which it links.
func (s *State) tells(r *circle.Role) []circle.ID {
	out := []circle.ID{r.Circle}
	for _, tie := range s.Org.TiesOf(r.Circle).Links {
		if (tie.Role == r.ID || tie.Role == "" && tie.As == r.Hat && r.Hat != "") && !slices.Contains(out, tie.To) {
			out = append(out, tie.To)
		}
	}
	return out
}

// vacancies lists the roles of a circle for which it is to choose again: the term
// is over, or nobody wears what somebody was selected for; those that wait
// longest first.
func (s *State) vacancies(of circle.ID) []BacklogItem {
	var out []BacklogItem
	for _, id := range s.Org.Circle(of).Roles {
		last := s.selected[id]
		item := BacklogItem{Role: id, Told: s.tells(s.Org.Role(id))}
		if last != nil {
			item.After, item.Asks = last.Proposal, last.Version
		}
		if last != nil && !last.Vacant.IsZero() {
			item.Due = Due{At: last.Vacant, What: "selection-due", Of: string(id), Past: true}
			out = append(out, item)
		}
		for _, h := range s.Org.Role(id).Overdue() {
			item.Due = Due{At: h.Until, What: "selection-due", Of: string(id), Part: string(h.Person), Past: true}
			out = append(out, item)
		}
	}
	slices.SortStableFunc(out, func(a, b BacklogItem) int { return a.Due.At.Compare(b.Due.At) })
	return out
}

// SayWhatIsAsked refuses a selection that does not say what it is about, where
// there was none before that did.
var SayWhatIsAsked = &circle.Code{ID: "say-what-is-asked", Kind: circle.ErrNotValid, Rule: "M-212", Stands: circle.InEngine,
	Says: "Say what you select for, and what it asks for: there is no earlier selection of {circle} for it whose words could be taken."}

// asks is where the last selection for the role said what it asks for, where
// this one leaves that out; the zero text: nowhere.
func (c OpenSelection) asks(s *State) circle.Text {
	if len(c.Roles) == 0 || !c.Text.IsZero() || s.selected[c.Roles[0]] == nil {
		return circle.Text{}
	}
	return s.selected[c.Roles[0]].Asks
}

// asking is a command that leaves out words which were said before.
type asking interface {
	asks(*State) circle.Text
	asked(words string) Command
}

func (c OpenSelection) asked(words string) Command {
	c.Text = circle.Say(words)
	return c
}

// again fills in words that a command leaves out because they were said before.
// What the vault does not hold any more has to be said anew.
func (e *Engine) again(ctx context.Context, cmd Command) (Command, error) {
	c, ok := cmd.(asking)
	if !ok {
		return cmd, nil
	}
	said := c.asks(e.state)
	at := placeOf(&said)
	words, err := e.wordsAt(ctx, newest(at, e.state.private().Righted[at]).Text())
	var corrupt *ledger.CorruptError
	switch {
	case errors.Is(err, ErrLost), errors.Is(err, ErrErased), errors.As(err, &corrupt), err == nil && words == "":
		return cmd, nil
	case err != nil:
		return nil, err
	}
	return c.asked(words), nil
}

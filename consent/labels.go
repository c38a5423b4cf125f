package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// AddItem puts a label on the agenda of the meeting that goes on, by a method
// whose agendas are made of labels: a few words and no talk, from anybody who is
// there, and between the items more may come (M-114).
type AddItem struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
	Label   circle.Text `json:"label"`
	// About is the proposal that it is about, if it is about one.
	About proposal.ID `json:"about,omitempty"`
	// Election marks an item in which somebody is elected.
	Election bool `json:"election,omitempty"`
}

// PutFirst asks for an election to come first on the agenda of labels, and so it
// does (M-114).
type PutFirst struct {
	Meeting MeetingID   `json:"meeting"`
	Item    circle.Name `json:"item"`
}

// OrderAgenda sets the order of an agenda of labels: who facilitates does it, and
// for a special meeting who asked for it (M-114).
type OrderAgenda struct {
	Meeting MeetingID     `json:"meeting"`
	Order   []circle.Name `json:"order"`
}

// ItemAdded: somebody put a label on the agenda.
type ItemAdded struct {
	Meeting  MeetingID       `json:"meeting"`
	By       circle.PersonID `json:"by"`
	Item     circle.Name     `json:"item"`
	Label    circle.Text     `json:"label" words:"heard"`
	About    proposal.ID     `json:"about,omitempty"`
	Election bool            `json:"election,omitempty"`
}

// AgendaOrdered: the items of an agenda come in this order.
type AgendaOrdered struct {
	Meeting MeetingID       `json:"meeting"`
	By      circle.PersonID `json:"by"`
	Order   []circle.Name   `json:"order"`
	// First is the election that somebody asked to come first.
	First circle.Name `json:"first,omitempty"`
}

// Wire names.
func (AddItem) Wire() string       { return "consent.add-item" }
func (PutFirst) Wire() string      { return "consent.put-first" }
func (OrderAgenda) Wire() string   { return "consent.order-agenda" }
func (ItemAdded) Wire() string     { return "consent.item-added" }
func (AgendaOrdered) Wire() string { return "consent.agenda-ordered" }

// On names no proposal: these events are about a meeting.
func (*ItemAdded) On() proposal.ID     { return "" }
func (*AgendaOrdered) On() proposal.ID { return "" }

// In names the meeting that an event happened in.
func (e *ItemAdded) In() MeetingID     { return e.Meeting }
func (e *AgendaOrdered) In() MeetingID { return e.Meeting }

// labelMost is how long a label may be, in letters.
const labelMost = 80

// The refusals about agendas of labels.
var (
	LabelsOnly = &circle.Code{ID: "labels-only", Kind: circle.ErrNotNow, Rule: "M-114", Stands: circle.InMethod,
		Says: "By its method {circle} makes its agenda in the meeting, and not before: there everybody names what they have in a few words. Proposals may be named with the call, so that all can know of them."}
	NoLabels = &circle.Code{ID: "no-labels", Kind: circle.ErrNotNow, Rule: "M-114", Stands: circle.InMethod,
		Says: "The agenda of {meeting} is agreed by consent: consent.change-agenda is put as a question."}
	LabelTooLong = &circle.Code{ID: "label-too-long", Kind: circle.ErrNotValid, Rule: "M-114", Stands: circle.InEngine,
		Says: "A label is a few words, {most} letters at most. What there is to say is said when the meeting comes to {item}."}
	NoElection = &circle.Code{ID: "no-election", Kind: circle.ErrNotValid, Rule: "M-114", Stands: circle.InMethod,
		Says: "In {item} nobody is elected: only an election comes first because somebody asks for it."}
	BadOrder = &circle.Code{ID: "bad-order", Kind: circle.ErrNotValid, Rule: "M-114", Stands: circle.InEngine,
		Says: "An order names each item that is still to come once, and no other: {items}."}
	ElectionFirst = &circle.Code{ID: "election-first", Kind: circle.ErrNotValid, Rule: "M-114", Stands: circle.InMethod,
		Says: "Somebody asked for {items} to come first: it stays there."}
	NextOnAgenda = &circle.Code{ID: "next-on-agenda", Kind: circle.ErrNotNow, Rule: "M-114", Stands: circle.InMethod,
		Says: "Next on the agenda comes {next}, and then {item}. Who may change the order: {who}."}
	NotOrdering = &circle.Code{ID: "not-ordering", Kind: circle.ErrNotYou, Rule: "M-114", Stands: circle.InMethod,
		Says: "{caller} asked for the meeting {meeting}, and orders its agenda; {who} does not."}
)

func labelCodes() []*circle.Code {
	return []*circle.Code{LabelsOnly, NoLabels, LabelTooLong, NoElection, BadOrder, ElectionFirst, NextOnAgenda, NotOrdering}
}

// labelled says whether the method of a circle has agendas of labels.
func (s *State) labelled(of circle.ID) bool {
	m, err := s.method(string(s.Org.RulesOf(of).Method))
	return err == nil && m.Labels
}

// agendaBefore refuses an agenda that is made before the meeting, where the method
// makes it there. Who asks for a special meeting says what it is about.
func (s *State) agendaBefore(c CallMeeting) error {
	if len(c.Agenda) > 0 && c.Scope == nil && s.labelled(c.Circle) {
		return LabelsOnly.Refuse("circle", c.Circle)
	}
	return nil
}

// labels returns a meeting whose agenda is one of labels, to somebody who is there.
func (s *State) labels(id MeetingID, by circle.Actor) (*Meeting, error) {
	m, err := s.sittingMeeting(id)
	switch {
	case err != nil:
		return nil, err
	case !m.plan().Labels:
		return nil, NoLabels.Refuse("meeting", id)
	case !m.Attends(by.By):
		return nil, NotThere.Refuse("who", by.By, "meeting", id)
	}
	return m, nil
}

func (c AddItem) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.labels(c.Meeting, by)
	if err != nil {
		return nil, err
	}
	words, _ := c.Label.Words()
	switch running := m.Plan.Running(); {
	case running != "":
		return nil, ItemRunning.Refuse("item", running)
	case m.Plan.item(c.Item) >= 0:
		return nil, circle.TakenID.Refuse("id", c.Item)
	case len([]rune(words)) > labelMost:
		return nil, LabelTooLong.Refuse("most", labelMost, "item", c.Item)
	case m.Plan.Scope != nil && !slices.Contains(m.Plan.Scope, c.About):
		return nil, m.outOfScope(c.About)
	}
	if c.About != "" {
		if err := s.decidableAt(c.About, m.Circle, now); err != nil {
			return nil, err
		}
	}
	return []Event{&ItemAdded{Meeting: c.Meeting, By: by.By, Item: c.Item, Label: c.Label, About: c.About, Election: c.Election}}, nil
}

// ahead are the items of a meeting to which it has not come yet, in order.
func (p *Plan) ahead() []circle.Name {
	var out []circle.Name
	for _, a := range p.Items {
		if !slices.Contains(p.Begun, a.ID) && !slices.Contains(p.Ended, a.ID) {
			out = append(out, a.ID)
		}
	}
	return out
}

// first is how many of the items ahead are elections that somebody asked to come
// first.
func (p *Plan) first(ahead []circle.Name) int {
	n := 0
	for _, id := range ahead {
		if slices.Contains(p.First, id) {
			n++
		}
	}
	return n
}

func (c PutFirst) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.labels(c.Meeting, by)
	if err != nil {
		return nil, err
	}
	i, ahead := m.Plan.item(c.Item), m.Plan.ahead()
	switch {
	case i < 0:
		return nil, UnknownItem.Refuse("meeting", c.Meeting, "item", c.Item)
	case !m.Plan.Items[i].Election:
		return nil, NoElection.Refuse("item", c.Item)
	case !slices.Contains(ahead, c.Item):
		return nil, BegunStays.Refuse("items", c.Item)
	case slices.Contains(m.Plan.First, c.Item):
		return nil, ElectionFirst.Refuse("items", c.Item)
	}
	rest := slices.DeleteFunc(slices.Clone(ahead), func(id circle.Name) bool { return id == c.Item })
	order := slices.Insert(rest, m.Plan.first(ahead), c.Item) // behind those that were asked for before
	return []Event{&AgendaOrdered{Meeting: c.Meeting, By: by.By, Order: order, First: c.Item}}, nil
}

func (c OrderAgenda) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.labels(c.Meeting, by)
	if err != nil {
		return nil, err
	}
	if err := s.mayOrder(m, by.By); err != nil {
		return nil, err
	}
	ahead := m.Plan.ahead()
	sorted, want := slices.Clone(c.Order), slices.Clone(ahead)
	slices.Sort(sorted)
	slices.Sort(want)
	if !slices.Equal(sorted, want) {
		return nil, BadOrder.Refuse("items", ahead)
	}
	if n := m.Plan.first(ahead); !slices.Equal(c.Order[:n], ahead[:n]) {
		return nil, ElectionFirst.Refuse("items", ahead[:n])
	}
	return []Event{&AgendaOrdered{Meeting: c.Meeting, By: by.By, Order: slices.Clone(c.Order)}}, nil
}

// mayOrder refuses who does not order the agenda of a meeting.
func (s *State) mayOrder(m *Meeting, who circle.PersonID) error {
	if m.Plan.Scope == nil {
		return s.facilitates(m.Circle, who)
	}
	if m.Plan.By != who {
		return NotOrdering.Refuse("caller", m.Plan.By, "meeting", m.ID, "who", who)
	}
	return nil
}

// inOrder refuses to begin an item of an agenda of labels before its turn.
func (s *State) inOrder(id MeetingID, item circle.Name) error {
	m := s.meetings[id]
	p := m.plan()
	if ahead := p.ahead(); p.Labels && len(ahead) > 0 && ahead[0] != item && slices.Contains(ahead, item) {
		who := s.facilitators(m.Circle)
		if p.Scope != nil {
			who = []circle.PersonID{p.By}
		}
		return NextOnAgenda.Refuse("next", ahead[0], "item", item, "who", who)
	}
	return nil
}

func (e *ItemAdded) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.replan(append(slices.Clone(m.planned().Items), AgendaItem{ID: e.Item, Topic: e.Label, Item: e.About, Election: e.Election}))
}

// The items to which the meeting came already stay in front.
func (e *AgendaOrdered) apply(s *State) {
	p := s.meetings[e.Meeting].planned()
	rank := func(a AgendaItem) int { return slices.Index(e.Order, a.ID) }
	items := slices.Clone(p.Items)
	slices.SortStableFunc(items, func(a, b AgendaItem) int { return rank(a) - rank(b) })
	p.Items = items
	if e.First != "" {
		p.First = append(slices.Clone(p.First), e.First)
	}
}

// wordsLabels says how agendas are made.
func (m *Method) wordsLabels(add adding) {
	add(m.Labels, "The agenda is made in the meeting, of labels of a few words (up to %s letters); an election comes first when somebody asks for it", fmt.Sprint(labelMost))
}

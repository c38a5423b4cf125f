package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A Consultee is somebody from outside whom a case affects: they are asked in set
// phases of it, have no stance in any, and are told how it ended (M-44).
type Consultee struct {
	Person circle.PersonID
	Phases []circle.Phase // in which they are asked
	Spoke  []circle.Phase // in which they have said something
	// Answer is what the circle said to that last; empty: nothing yet.
	Answer proposal.Answer
}

// waits says that somebody has said something, and what became of it is not said, or
// is still open.
func (c *Consultee) waits() bool {
	return len(c.Spoke) > 0 && c.Answer != proposal.Used && c.Answer != proposal.NotUsed
}

// An Untold is who is still to be told how a case ended that affects them.
type Untold struct {
	Circle circle.ID
	Since  time.Time
	Who    []circle.PersonID
}

// NameConsultee names somebody from outside whom a case affects, and the phases in
// which they are asked; none named: those that the circle has agreed, or all (M-44).
type NameConsultee struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	Phases   []circle.Phase  `json:"phases,omitempty"`
}

// GiveView says what a case means for whom it affects. They say it when they are
// asked, once in each phase (M-44).
type GiveView struct {
	Proposal proposal.ID `json:"proposal"`
	Text     circle.Text `json:"text"`
}

// AnswerView answers what somebody has said whom the case affects: what became of
// it (CP-26).
type AnswerView struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	Answer   proposal.Answer `json:"answer"`
	How      circle.Text     `json:"how,omitempty"`
}

// TellOutcome says that somebody whom a decision affects was told of it, in a
// format that they can take in.
type TellOutcome struct {
	Decision proposal.ID     `json:"decision"`
	Person   circle.PersonID `json:"person"`
	Format   circle.Format   `json:"format"`
}

// Wire names, one for each command.
func (NameConsultee) Wire() string { return "consent.name-consultee" }
func (GiveView) Wire() string      { return "consent.give-view" }
func (AnswerView) Wire() string    { return "consent.answer-view" }
func (TellOutcome) Wire() string   { return "consent.tell-outcome" }

// Of names the proposal that a command is about.
func (c NameConsultee) Of() proposal.ID { return c.Proposal }
func (c GiveView) Of() proposal.ID      { return c.Proposal }
func (c AnswerView) Of() proposal.ID    { return c.Proposal }

func consultCommands() []ownCommand {
	return []ownCommand{NameConsultee{}, GiveView{}, AnswerView{}, TellOutcome{}}
}

// ConsulteeNamed: somebody from outside whom the case affects is asked in these
// phases.
type ConsulteeNamed struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	Phases   []circle.Phase  `json:"phases"`
	By       circle.PersonID `json:"by"`
}

// ViewGiven: somebody said what the case means for them.
type ViewGiven struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Phase    circle.Phase    `json:"phase"`
	Text     circle.Text     `json:"text" words:"own"`
}

// ViewAnswered: the circle said what became of it.
type ViewAnswered struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	Answer   proposal.Answer `json:"answer"`
	By       circle.PersonID `json:"by"`
	How      circle.Text     `json:"how,omitempty" words:"own"`
}

// OutcomeTold: somebody was told how a case ended that affects them.
type OutcomeTold struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	Format   circle.Format   `json:"format"`
	At       time.Time       `json:"at"`
	By       circle.PersonID `json:"by"`
}

// Wire names, one for each event.
func (*ConsulteeNamed) Wire() string { return "consent.consultee-named" }
func (*ViewGiven) Wire() string      { return "consent.view-given" }
func (*ViewAnswered) Wire() string   { return "consent.view-answered" }
func (*OutcomeTold) Wire() string    { return "consent.outcome-told" }

// On names the proposal that an event is about.
func (e *ConsulteeNamed) On() proposal.ID { return e.Proposal }
func (e *ViewGiven) On() proposal.ID      { return e.Proposal }
func (e *ViewAnswered) On() proposal.ID   { return e.Proposal }
func (e *OutcomeTold) On() proposal.ID    { return e.Proposal }

// In names no meeting: those whom a case affects are asked outside them, too.
func (*ConsulteeNamed) In() MeetingID { return "" }
func (*ViewGiven) In() MeetingID      { return "" }
func (*ViewAnswered) In() MeetingID   { return "" }
func (*OutcomeTold) In() MeetingID    { return "" }

func consultEvents() []ownEvent {
	return []ownEvent{&ConsulteeNamed{}, &ViewGiven{}, &ViewAnswered{}, &OutcomeTold{}}
}

// phaseOf is the phase in which a case is, for those whom it affects. Where the
// question itself is put, nobody from outside is asked.
var phaseOf = map[Stage]circle.Phase{StageDraft: circle.Forming, StageIntake: circle.Forming, StageRevise: circle.Forming,
	StageClarify: circle.Questions, StageReact: circle.Reactions, StageIntegrate: circle.Options}

// consulted finds somebody whom the case affects, nil if they were not named.
func (p *Process) consulted(who circle.PersonID) *Consultee {
	for i, c := range p.aside().Consulted {
		if c.Person == who {
			return &p.Aside.Consulted[i]
		}
	}
	return nil
}

// consult is the same to write: in a list of its own, as a fork of the state may
// hold the other.
func (p *Process) consult(who circle.PersonID) *Consultee {
	p.Aside.Consulted = slices.Clone(p.Aside.Consulted)
	return p.consulted(who)
}

func (e *ConsulteeNamed) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Consulted = append(slices.Clone(a.Consulted), Consultee{Person: e.Person, Phases: e.Phases})
}

func (e *ViewGiven) apply(s *State) {
	c := s.processes[e.Proposal].consult(e.By)
	c.Spoke, c.Answer = append(slices.Clone(c.Spoke), e.Phase), ""
}

func (e *ViewAnswered) apply(s *State) { s.processes[e.Proposal].consult(e.Person).Answer = e.Answer }

func (e *OutcomeTold) apply(s *State) {
	u := s.untold[e.Proposal]
	left := without(u.Who, []circle.PersonID{e.Person})
	if len(left) == 0 {
		delete(s.untold, e.Proposal)
		return
	}
	s.untold[e.Proposal] = &Untold{Circle: u.Circle, Since: u.Since, Who: left}
}

// toTell notes, when a case ends, who is to be told.
func (s *State) toTell(p *Process) {
	if len(p.aside().Consulted) == 0 {
		return
	}
	u := &Untold{Circle: p.Circle, Since: s.latest}
	for _, c := range p.Aside.Consulted {
		u.Who = append(u.Who, c.Person)
	}
	if s.untold == nil {
		s.untold = map[proposal.ID]*Untold{}
	}
	s.untold[p.Proposal] = u
}

// unheard are the warnings that stand beside a decision on those whom it affects:
// who was named and has said nothing, and who has said something that nobody has
// answered (M-44, CP-26).
func (p *Process) unheard() []proposal.Warning {
	silent, open := proposal.Warning{Code: "consultees-unheard"}, proposal.Warning{Code: "consultees-unanswered"}
	for i := range p.aside().Consulted {
		switch c := &p.Aside.Consulted[i]; {
		case len(c.Spoke) == 0:
			silent.Of = append(silent.Of, string(c.Person))
		case c.Answer == "":
			open.Of = append(open.Of, string(c.Person))
		}
	}
	return slices.DeleteFunc([]proposal.Warning{silent, open}, func(w proposal.Warning) bool { return len(w.Of) == 0 })
}

// dueToTell lists those who are still to be told.
func (s *State) dueToTell() []Due {
	var out []Due
	for id, u := range s.untold {
		for _, who := range u.Who {
			out = append(out, Due{At: u.Since, What: "outcome-to-tell", Of: string(id), Part: string(who), Past: true})
		}
	}
	return out
}

// nextToTell says who tells them.
func (s *State) nextToTell(id proposal.ID) []Awaited {
	u := s.untold[id]
	if u == nil {
		return nil
	}
	who := s.Org.Wearers(u.Circle, circle.Secretary)
	if len(who) == 0 {
		who = s.facilitators(u.Circle)
	}
	return []Awaited{{Who: who, What: TellOutcome{}.Wire(), Of: string(id)}}
}

// tellConsulted words what those said whom a case affects and what became of it, and
// who sat in.
func tellConsulted(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *ConsulteeNamed:
		return fmt.Sprintf("%s named %s, whom it affects: they are asked in %s", how(entry, v.By), v.Person, phaseWords(v.Phases)), circle.Text{}, true
	case *ViewGiven:
		return fmt.Sprintf("%s, whom it affects, said (%s)", how(entry, v.By), v.Phase), v.Text, true
	case *ViewAnswered:
		return fmt.Sprintf("What %s said was answered: %s", v.Person, v.Answer), v.How, true
	case *OutcomeTold:
		return fmt.Sprintf("%s was told of it, in %s", v.Person, v.Format), circle.Text{}, true
	}
	says, ok := tellSitting(event)
	return says, circle.Text{}, ok
}

func phaseWords(list []circle.Phase) string {
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = string(p)
	}
	return strings.Join(words, ", ")
}

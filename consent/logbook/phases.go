package logbook

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// PhaseName names one of the four phases in the life of a decision (CP-7). That it
// was adopted is not the end of it.
type PhaseName string

// The phases.
const (
	CoDesign     PhaseName = "co-design"     // the need, inputs, drafts, versions, what was said in the rounds
	CoDecision   PhaseName = "co-decision"   // answers and objections
	CoDelivery   PhaseName = "co-delivery"   // who sees to it, reads its measures, tells of deviations
	CoEvaluation PhaseName = "co-evaluation" // who asked for a review, and who said how it went
)

var phaseNames = []PhaseName{CoDesign, CoDecision, CoDelivery, CoEvaluation}

// A Phase says who took part in one phase of a decision, by class, with the entries
// that show it.
type Phase struct {
	Name    PhaseName
	People  map[circle.Class][]circle.PersonID
	Missing []circle.Class // classes of those who take part in the circle, nobody of whom took part here
	Entries []uint64
}

// String counts who took part, as "co-evaluation: worker 2, supported 0".
func (p Phase) String() string {
	var parts []string
	for _, class := range sorted(p.People, func(a, b circle.Class) int { return strings.Compare(string(a), string(b)) }) {
		parts = append(parts, fmt.Sprintf("%s %d", orNobody(class), len(p.People[class])))
	}
	for _, class := range p.Missing {
		parts = append(parts, fmt.Sprintf("%s 0", class))
	}
	if parts == nil {
		parts = []string{"nobody yet"}
	}
	return fmt.Sprintf("%s: %s", p.Name, strings.Join(parts, ", "))
}

func orNobody(class circle.Class) string {
	if class == "" {
		return "no class"
	}
	return string(class)
}

// Phases says of each phase of a decision who took part in it, by class, and which
// classes of its circle did not (CP-7).
func Phases(ctx context.Context, e *consent.Engine, id proposal.ID) ([]Phase, error) {
	l := &life{of: id, phases: map[PhaseName]*Phase{}, needs: map[proposal.NeedID][]part{}, class: census{}}
	var there bool
	e.Look(func(s *consent.State) { there = s.Process(id) != nil })
	if !there {
		return nil, proposal.UnknownProposal.Refuse("proposal", id)
	}
	for r, err := range e.Entries(ctx, 0) {
		if err != nil {
			return nil, err
		}
		for _, event := range r.Entry.Events {
			l.take(r.Position, event)
		}
	}
	e.Look(l.delivers)
	var out []Phase
	for _, name := range phaseNames {
		p := l.phase(name)
		for _, class := range l.classes {
			if len(p.People[class]) == 0 {
				p.Missing = append(p.Missing, class)
			}
		}
		out = append(out, *p)
	}
	return out, nil
}

// life is a decision, read from its first need to its last review.
type life struct {
	of      proposal.ID
	circle  circle.ID
	phases  map[PhaseName]*Phase
	needs   map[proposal.NeedID][]part // what was brought for needs, before a text was written
	class   census
	classes []circle.Class // of those who take part in the circle
}

// A part is that somebody took part, and where that is told.
type part struct {
	who   circle.PersonID
	entry uint64
}

func (l *life) phase(name PhaseName) *Phase {
	if l.phases[name] == nil {
		l.phases[name] = &Phase{Name: name, People: map[circle.Class][]circle.PersonID{}}
	}
	return l.phases[name]
}

// add notes that somebody took part.
func (l *life) add(name PhaseName, who circle.PersonID, entries ...uint64) {
	if who == "" {
		return
	}
	p, class := l.phase(name), l.class[who]
	if !slices.Contains(p.People[class], who) {
		p.People[class] = append(p.People[class], who)
	}
	for _, pos := range entries {
		if !slices.Contains(p.Entries, pos) {
			p.Entries = append(p.Entries, pos)
		}
	}
}

// take takes note of one event.
func (l *life) take(pos uint64, event consent.Event) {
	l.class.take(event)
	switch v := event.(type) {
	case *proposal.NeedOpened:
		l.needs[v.Need] = append(l.needs[v.Need], part{v.By, pos})
	case *proposal.InputGiven:
		l.needs[v.Need] = append(l.needs[v.Need], part{v.By, pos})
	case *objection.Raised:
		if v.Proposal == l.of {
			l.add(CoDecision, v.By, pos)
		}
	case interface{ On() proposal.ID }:
		if v.On() == l.of {
			l.own(pos, event)
		}
	}
}

// own takes note of an event of the decision itself.
func (l *life) own(pos uint64, event consent.Event) {
	switch v := event.(type) {
	case *proposal.Submitted:
		l.circle = v.Circle
		for _, p := range l.needs[v.Need] {
			l.add(CoDesign, p.who, p.entry)
		}
		l.add(CoDesign, v.By, pos)
	case *proposal.Amended:
		l.add(CoDesign, v.By, pos)
	case *consent.Spoken:
		l.add(CoDesign, v.By, pos)
	case *consent.Responded:
		l.add(CoDecision, v.By, pos)
	case *proposal.MeasureRead:
		l.add(CoDelivery, v.By, pos)
	case *proposal.DeviationRecorded:
		l.add(CoDelivery, v.By, pos)
	case *proposal.ReviewDue:
		l.add(CoEvaluation, v.By, pos)
	case *proposal.Evaluated:
		l.add(CoEvaluation, v.Person, pos)
	}
}

// delivers adds who worked on the draft in a helping circle, and who sees to what
// was decided: the people and the wearers of the roles that it names.
func (l *life) delivers(s *consent.State) {
	for _, who := range s.Org.FullIn(l.circle) {
		if class := l.class[who]; class != "" && !slices.Contains(l.classes, class) {
			l.classes = append(l.classes, class)
		}
	}
	slices.Sort(l.classes)
	text := s.Matters.Proposal(l.of)
	if text == nil {
		return
	}
	for _, id := range s.Org.Circles() {
		if c := s.Org.Circle(id); c.Kind == circle.Helping && c.Answers != "" && string(c.Answers) == string(text.Need) {
			for _, p := range c.Participants {
				l.add(CoDesign, p.Person)
			}
		}
	}
	names := slices.Clone(s.Matters.RecordOf(l.of).Responsible)
	for _, m := range text.Current().Measures {
		names = append(names, circle.Name(m.Reader))
	}
	for _, name := range names {
		if s.Org.Person(circle.PersonID(name)) != nil {
			l.add(CoDelivery, circle.PersonID(name))
		}
		if r := s.Org.Role(circle.RoleID(name)); r != nil {
			for _, h := range r.Holders {
				l.add(CoDelivery, h.Person)
			}
		}
	}
}

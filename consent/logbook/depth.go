package logbook

import (
	"context"
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Depth is how far co-production with a group goes in a circle (CP-8).
type Depth string

// The levels, from the least to the most.
const (
	Absent         Depth = "absent"         // none of them takes part
	Descriptive    Depth = "descriptive"    // they take part, with no power to change policy
	Intermediate   Depth = "intermediate"   // they have a recognised part: a consent right on who does what
	Transformative Depth = "transformative" // and on policy and money, and what they object to changes something
)

// A Level is the depth of co-production with a group in a circle, with its reasons:
// each says what holds, or what is missing for the next level. It is derived from what
// is recorded, and nobody declares it.
type Level struct {
	Circle  circle.ID
	Class   circle.Class
	Depth   Depth
	Reasons []string
	Entries []uint64 // of the objections of the group, and how they ended
}

// LevelOf derives how far co-production with the people of a class goes in a circle
// (CP-8). A consent right reaches as far as what the circle decides on: its roles, the
// items of its domain, and the money that was granted to it.
func LevelOf(ctx context.Context, e *consent.Engine, id circle.ID, class circle.Class) (Level, error) {
	out := Level{Circle: id, Class: class}
	var known bool
	e.Look(func(s *consent.State) {
		if c := s.Org.Circle(id); c != nil {
			known = true
			out.derive(s, c)
		}
	})
	if !known {
		return out, circle.UnknownCircle.Refuse("circle", id)
	}
	if out.Depth != Transformative {
		return out, nil
	}
	raised, integrated, err := objectionsOf(ctx, e, id, class, &out.Entries)
	switch {
	case err != nil:
		return out, err
	case raised > 0 && integrated == 0:
		out.Depth = Intermediate
		out.say("%d of their objections have ended, and none was integrated", raised)
	case raised > 0:
		out.say("%d of %d of their objections that have ended were integrated", integrated, raised)
	default:
		out.say("none of their objections has ended yet, so none was passed over")
	}
	return out, nil
}

func (l *Level) say(reason string, facts ...any) {
	l.Reasons = append(l.Reasons, fmt.Sprintf(reason, facts...))
}

// derive looks at the rights of the group, and at what the circle decides on.
func (l *Level) derive(s *consent.State, c *circle.Circle) {
	of := func(who circle.PersonID) bool {
		p := s.Org.Person(who)
		return p != nil && p.Class == l.Class
	}
	var part, full int
	for _, p := range c.Participants {
		if of(p.Person) {
			part++
		}
	}
	for _, who := range s.Org.FullIn(c.ID) {
		if of(who) {
			full++
		}
	}
	switch {
	case part == 0 && full == 0:
		l.Depth = Absent
		l.say("nobody of the group %s takes part in %s", l.Class, c.ID)
		return
	case full == 0:
		l.Depth = Descriptive
		l.say("take part in %s, none of them with a consent right: %d", c.ID, part)
		return
	}
	l.say("have a consent right in %s: %d", c.ID, full)
	roles := slices.ContainsFunc(c.Roles, func(id circle.RoleID) bool { return !s.Org.Role(id).Ended })
	policy := len(c.Domain) > 0 && !c.ByParent()
	money := slices.ContainsFunc(s.Org.Budgets(c.ID), func(b circle.Budget) bool { return b.Granted > b.Handed })
	l.Depth = Descriptive
	if roles {
		l.Depth = Intermediate
		l.say("it decides who wears its roles")
	} else {
		l.say("it has no roles to decide on")
	}
	if policy {
		l.say("it sets policy on what is in its domain")
	} else {
		l.say("it sets no policy of its own")
	}
	if money {
		l.say("it decides on money that was granted to it")
	} else {
		l.say("no money that it decides on is recorded")
	}
	if roles && policy && money {
		l.Depth = Transformative
	}
}

// objectionsOf counts the objections of a group in a circle that have ended, and those
// of them that were integrated.
func objectionsOf(ctx context.Context, e *consent.Engine, id circle.ID, class circle.Class, entries *[]uint64) (ended, integrated int, err error) {
	t := &tokens{class: census{}, at: map[proposal.ID]circle.ID{}, raised: map[objection.ID]*raising{}}
	for r, err := range e.Entries(ctx, 0) {
		if err != nil {
			return 0, 0, err
		}
		for _, event := range r.Entry.Events {
			t.class.take(event)
			switch v := event.(type) {
			case *consent.Opened:
				t.at[v.Proposal] = v.Circle
			case objection.Event:
				t.takeObjection(r.Position, r.Entry.At, v)
			}
		}
	}
	var seen []*raising
	for _, r := range t.raised {
		if r == nil || !r.ended || r.circle != id || r.class != class || slices.Contains(seen, r) {
			continue
		}
		seen = append(seen, r)
		*entries = append(*entries, r.entries...)
		if r.integrated {
			integrated++
		}
	}
	slices.Sort(*entries)
	*entries = slices.Compact(*entries)
	return len(seen), integrated, nil
}

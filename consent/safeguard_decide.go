package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// handedOver is a signal whose words the host has: what is left of it to decide.
// Only the engine makes one.
type handedOver struct {
	RaiseSafeguarding
	signal SignalID
}

// told says nothing of a signal by its digest either: what it is about could be
// found by trying.
func (handedOver) told() Command { return RaiseSafeguarding{} }

// recordedAs is who stands in the entry as the one who acted: nobody, where somebody
// raised a signal and does not want to be named.
func (c handedOver) recordedAs(by circle.Actor) circle.Actor {
	if c.Named {
		return by
	}
	return circle.Actor{Clock: true}
}

// A faceless command may stand in the ledger without who gave it.
type faceless interface {
	recordedAs(circle.Actor) circle.Actor
}

// recordedAs is who stands in the entry of a command as the one who acted.
func recordedAs(cmd Command, by circle.Actor) circle.Actor {
	if c, ok := cmd.(faceless); ok {
		return c.recordedAs(by)
	}
	return by
}

// decide refuses a signal whose words nobody has: the engine hands them over first.
func (c RaiseSafeguarding) decide(s *State, _ circle.Actor, _ time.Time) ([]Event, error) {
	return nil, s.notHandedOver("nothing here takes them")
}

// notHandedOver says that the words of a signal went to nobody, and what to do
// instead.
func (s *State) notHandedOver(why string) error {
	leads, _ := s.Org.Safeguards()
	if len(leads) == 0 {
		return NobodySafeguards.Refuse("circle", s.Org.RootCircle())
	}
	return NotHandedOver.Refuse("why", why, "leads", leads)
}

// freely decides on a signal. Who raises it needs no place here, unless they want to
// be named.
func (c handedOver) freely(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if c.Named {
		if err := s.Org.Admits(by); err != nil {
			return nil, err
		}
	}
	return c.decide(s, by, now)
}

func (c handedOver) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	leads, _ := s.Org.Safeguards()
	if len(leads) == 0 {
		return nil, NobodySafeguards.Refuse("circle", s.Org.RootCircle())
	}
	if err := c.aboutKnown(s); err != nil {
		return nil, err
	}
	e := &SafeguardingRaised{Signal: c.signal, At: now, Leads: leads}
	if within := s.Org.SafeguardsWithin(); !within.IsZero() {
		e.Until = within.After(now)
	}
	if c.Named {
		e.By = by.By
	}
	p := s.processes[c.Proposal]
	switch {
	case !c.SetAside:
		return []Event{e}, nil
	case p == nil:
		return nil, NothingToSetAside.Refuse()
	case p.aside().Outside != nil: // it is already
		return []Event{e}, nil
	}
	return []Event{e, &ItemSetAside{Proposal: c.Proposal, At: now, Leads: leads}}, nil
}

// aboutKnown refuses a signal about something that is not there: a slip of the pen
// would send whoever acts to the wrong place.
func (c RaiseSafeguarding) aboutKnown(s *State) error {
	if c.Proposal != "" && s.Process(c.Proposal) == nil {
		return proposal.UnknownProposal.Refuse("proposal", c.Proposal)
	}
	if c.Need != "" && s.Matters.Need(c.Need) == nil {
		return proposal.UnknownNeed.Refuse("need", c.Need)
	}
	if c.Meeting != "" {
		_, err := s.meeting(c.Meeting)
		return err
	}
	return nil
}

// signal returns a signal on which somebody must act.
func (s *State) signal(id SignalID, who circle.PersonID) (*Safeguarding, error) {
	g := s.signals[id]
	switch {
	case g == nil:
		return nil, UnknownSignal.Refuse("signal", id)
	case !slices.Contains(g.Leads, who):
		return nil, NotALead.Refuse("who", who, "leads", g.Leads)
	}
	return g, nil
}

func (c TakeUpSafeguarding) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.signal(c.Signal, by.By)
	switch {
	case err != nil:
		return nil, err
	case g.Taken != "":
		return nil, TakenUpAlready.Refuse("by", g.Taken, "signal", c.Signal)
	}
	return []Event{&SafeguardingTakenUp{Signal: c.Signal, By: by.By, At: now}}, nil
}

func (c EndSafeguarding) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	g, err := s.signal(c.Signal, by.By)
	switch {
	case err != nil:
		return nil, err
	case g.Taken == "":
		return nil, NotTakenUp.Refuse("signal", c.Signal)
	}
	return []Event{&SafeguardingEnded{Signal: c.Signal, By: by.By}}, nil
}

// remindSafeguarding answers what follows when nobody has taken a signal up in
// time: who is next in line is asked as well. When the line is at its end all are
// reminded once more, and the signal stays due.
func (s *State) remindSafeguarding(id SignalID, due time.Time) ([]Event, error) {
	g := s.signals[id]
	if g == nil {
		return nil, UnknownSignal.Refuse("signal", id)
	}
	e := &SafeguardingReminded{Signal: id, At: due}
	_, next := s.Org.Safeguards()
	for _, who := range next {
		if !slices.Contains(g.Leads, who) {
			e.Asked, e.Until = who, s.Org.SafeguardsWithin().After(due)
			break
		}
	}
	return []Event{e}, nil
}

// dueSafeguards lists the signals that nobody has taken up and nobody is reminded of
// any more, and those that somebody acts on.
func (s *State) dueSafeguards() []Due {
	var out []Due
	for _, id := range s.Safeguardings() {
		g := s.signals[id]
		switch {
		case g.Taken != "":
			out = append(out, Due{At: g.At, What: "safeguarding-open", Of: string(id), Part: string(g.Taken)})
		case g.Until.IsZero():
			out = append(out, Due{At: g.At, What: SafeguardingWaits.String(), Of: string(id), Past: true})
		}
	}
	return out
}

// awaits says who must act on the signal next.
func (e *SafeguardingRaised) awaits() Awaited {
	return Awaited{Who: e.Leads, What: TakeUpSafeguarding{}.Wire(), Of: string(e.Signal), By: e.Until}
}

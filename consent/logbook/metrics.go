package logbook

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Metrics are the process of one proposal in numbers (M-254). They are for a
// circle that looks at how it decides, and judge nobody.
type Metrics struct {
	Proposal   proposal.ID
	Opened     time.Time // when it was put to the circle first
	Ended      time.Time // when it ended last; zero: it goes on
	Lasted     time.Duration
	Rounds     int
	Versions   int
	Objections int
	Dismissed  int               // of them, closed against the will of who raised them
	Awaited    []circle.PersonID // for whom a verdict waited, or for whom it waits now
}

// MetricsOf counts the process of a proposal up to now.
func MetricsOf(ctx context.Context, e *consent.Engine, id proposal.ID, now time.Time) (Metrics, error) {
	c := counting{Metrics: Metrics{Proposal: id}}
	var positions []uint64
	var over bool
	e.Look(func(s *consent.State) {
		if p := s.Process(id); p != nil {
			positions, over = p.Trail.Positions(), p.Stage.Terminal()
		}
		for _, a := range s.Next(id) {
			c.await(a.Who)
		}
	})
	if positions == nil {
		return c.Metrics, proposal.UnknownProposal.Refuse("proposal", id)
	}
	for _, pos := range positions {
		entry, err := e.Entry(ctx, pos)
		if err != nil {
			return c.Metrics, err
		}
		for _, event := range entry.Events {
			c.count(entry, event)
		}
	}
	c.Objections, c.Lasted = len(c.raised), now.Sub(c.Opened)
	if c.Ended = c.last; !over {
		c.Ended = time.Time{}
	} else {
		c.Lasted = c.Ended.Sub(c.Opened)
	}
	return c.Metrics, nil
}

// counting is a count that goes on.
type counting struct {
	Metrics
	raised []objection.ID
	last   time.Time // when an event last ended the process
}

// count takes note of one event, if it is about this proposal or an objection
// to it.
func (c *counting) count(entry *consent.Entry, event consent.Event) {
	switch v := event.(type) {
	case *objection.Raised:
		if v.Proposal == c.Proposal {
			c.raised = append(c.raised, v.Objection)
		}
	case *objection.Carried:
		if v.Proposal == c.Proposal {
			c.raised = append(c.raised, v.Objection)
		}
	case *objection.Dismissed, *objection.Overruled, *objection.Abandoned:
		if id, _ := objection.Ends(v.(objection.Event)); slices.Contains(c.raised, id) {
			c.Dismissed++
		}
	case interface{ On() proposal.ID }:
		if v.On() == c.Proposal {
			c.own(entry.At, event)
		}
	}
}

// own takes note of an event of the proposal itself.
func (c *counting) own(at time.Time, event consent.Event) {
	switch v := event.(type) {
	case *consent.Opened:
		if c.Opened.IsZero() {
			c.Opened = v.At
		}
	case *consent.RoundOpened:
		c.Rounds++
	case *proposal.Submitted, *proposal.Amended:
		c.Versions++
	case *consent.Judged:
		c.await(v.Waiting)
		if v.Outcome == consent.ResultNotAdopted {
			c.last = at
		}
	case *proposal.Adopted, *proposal.Withdrawn, *proposal.Dropped, *consent.Discarded, *consent.Transferred, *consent.Superseded,
		*consent.SplitUp, *consent.Expired:
		c.last = at
	}
}

// await adds those who were waited for, each once.
func (m *Metrics) await(who []circle.PersonID) {
	for _, w := range who {
		if !slices.Contains(m.Awaited, w) {
			m.Awaited = append(m.Awaited, w)
		}
	}
}

// String gives the numbers in words.
func (m Metrics) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d rounds on %d versions", m.Proposal, m.Rounds, m.Versions)
	if m.Ended.IsZero() {
		fmt.Fprintf(&b, ", open since %s", day(m.Opened))
	} else {
		fmt.Fprintf(&b, ", from %s to %s", day(m.Opened), day(m.Ended))
	}
	fmt.Fprintf(&b, "; %d of %d objections were closed against the will of who raised them", m.Dismissed, m.Objections)
	if len(m.Awaited) > 0 {
		fmt.Fprintf(&b, "; waited for: %s", circle.Plain(m.Awaited))
	}
	return b.String()
}

// Package promises holds the entries of a ledger to what a circle is promised of
// its decisions (S1 to S4, S6, S7, S10). It is for tests: for those that give the same
// commands to a model, and for those in which everything around the engine fails.
package promises

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A Chronicle reads entries as they come and holds them to the promises. It
// knows neither the engine's state nor any model of it.
type Chronicle struct {
	// Full says who was a full participant of the circle before the entry.
	Full func(circle.PersonID) bool
	// Gone is how often what was adopted had the seat of somebody who has left.
	Gone int

	on     map[proposal.ID]*course
	where  map[objection.ID]proposal.ID
	at     time.Time // of the entry
	broken error     // what was broken first
}

// A course is what the entries say of one proposal.
type course struct {
	open     bool
	ended    bool
	version  int
	asked    int // the version of the last consent round
	seats    []circle.PersonID
	answer   map[circle.PersonID]string
	standing map[objection.ID]bool
	raised   int
	closed   int
	closes   time.Time
	extended int
	round    int
	method   consent.Method
	rules    circle.Rules
}

func (c *Chronicle) course(id proposal.ID) *course {
	if c.on == nil {
		c.on, c.where = map[proposal.ID]*course{}, map[objection.ID]proposal.ID{}
	}
	if c.on[id] == nil {
		c.on[id] = &course{answer: map[circle.PersonID]string{}, standing: map[objection.ID]bool{}}
	}
	return c.on[id]
}

// Take reads the next entry. The error says which promise is broken by it, or was
// by one before.
func (c *Chronicle) Take(at time.Time, events []consent.Event) error {
	c.at = at
	for _, e := range events {
		c.process(e)
		c.timed(e)
		c.ending(e)
		c.objection(e)
	}
	return c.broken
}

// Under lists what is under decision, in no order.
func (c *Chronicle) Under() []proposal.ID { return c.those(func(k *course) bool { return !k.ended }) }

// Told lists everything that was ever submitted or asked, in no order.
func (c *Chronicle) Told() []proposal.ID { return c.those(func(*course) bool { return true }) }

func (c *Chronicle) those(are func(*course) bool) []proposal.ID {
	var out []proposal.ID
	for id, k := range c.on {
		if are(k) {
			out = append(out, id)
		}
	}
	return out
}

// Standing is how many objections to a proposal stand.
func (c *Chronicle) Standing(id proposal.ID) int { return len(c.course(id).standing) }

// Frozen holds what runs to the method and the rules it began with (S4).
func (c *Chronicle) Frozen(s *consent.State) error {
	for id, k := range c.on {
		if k.ended {
			continue
		}
		p := s.Process(id)
		if p.Method.Name != k.method.Name || p.Method.Rule != k.method.Rule || fmt.Sprint(*p.Rules) != fmt.Sprint(k.rules) {
			c.breaks("S4: the method or the rules of %s moved", id)
		}
	}
	return c.broken
}

// Closing checks the conservation of objections (S6).
func (c *Chronicle) Closing() error {
	for id, k := range c.on {
		if k.raised != len(k.standing)+k.closed {
			c.breaks("S6: %s: raised %d, standing %d, closed %d", id, k.raised, len(k.standing), k.closed)
		}
	}
	return c.broken
}

func (c *Chronicle) breaks(format string, args ...any) {
	if c.broken == nil {
		c.broken = fmt.Errorf(format, args...)
	}
}

// living refuses events on what has ended (S10).
func (c *Chronicle) living(id proposal.ID, e consent.Event) *course {
	k := c.course(id)
	if !k.open || k.ended {
		c.breaks("S10: %s on %s, which is not under decision", e.Wire(), id)
	}
	return k
}

func (c *Chronicle) process(e consent.Event) {
	switch e := e.(type) {
	case *proposal.Submitted:
		k := c.course(e.Proposal)
		if k.open {
			c.breaks("S10: %s was submitted twice", e.Proposal)
		}
		k.open, k.version = true, 1
	case *consent.Opened:
		k := c.living(e.Proposal, e)
		k.method, k.rules = *e.Method, *e.Rules
	case *proposal.Amended:
		k := c.living(e.Proposal, e)
		if e.Version != k.version+1 {
			c.breaks("S3: version %d follows %d", e.Version, k.version)
		}
		k.version = e.Version
	case *consent.RoundOpened:
		k := c.living(e.Proposal, e)
		if e.Round == consent.ConsentRound || e.Round == consent.BallotRound {
			c.question(k, e)
		}
	case *consent.Responded:
		k := c.living(e.Proposal, e)
		if !slices.Contains(k.seats, e.By) {
			c.breaks("S2: %s answered without a seat", e.By)
		}
		if e.Version != k.asked {
			c.breaks("S3: an answer to version %d, version %d was put", e.Version, k.asked)
		}
		k.answer[e.By] = string(e.Response)
	case *consent.Revealed:
		k := c.living(e.Proposal, e)
		for _, a := range e.Answers {
			if !slices.Contains(k.seats, a.By) {
				c.breaks("S2: an answer of %s was revealed, who has no seat", a.By)
			}
			k.answer[a.By] = string(a.Answer)
		}
	case *consent.AnswersKept:
		k := c.living(e.Proposal, e)
		if !k.method.Keep || e.From != k.asked || e.To != k.version {
			c.breaks("M-136: answers to version %d of %s were kept for %d", e.From, e.Proposal, e.To)
		}
		k.asked = e.To
	}
}

// timed holds what time brings about.
func (c *Chronicle) timed(e consent.Event) {
	switch e := e.(type) {
	case *consent.SilenceCounted:
		c.silence(c.living(e.Proposal, e), e)
	case *consent.WindowClosed:
		c.windowClosed(c.living(e.Proposal, e), e)
	case *consent.WindowExtended:
		k := c.living(e.Proposal, e)
		if k.extended++; k.extended > k.method.Window.Extensions || e.No != k.extended || !e.Closes.Equal(k.method.Window.By.After(k.from(c.at))) {
			c.breaks("M-203: the time for %s was extended to %v, for the time number %d", e.Proposal, e.Closes, e.No)
		}
		k.closes = e.Closes
	case *consent.LastCallOver:
		c.living(e.Proposal, e)
		if e.At.After(c.at) {
			c.breaks("S7: the quiet time of %s was over before its time", e.Proposal)
		}
	}
}

// ending holds what ends a process.
func (c *Chronicle) ending(e consent.Event) {
	switch e := e.(type) {
	case *consent.Judged:
		if e.Outcome == consent.ResultNotAdopted {
			c.ends(c.living(e.Proposal, e), e)
		}
	case *proposal.Adopted:
		c.adopted(c.living(e.Proposal, e), e)
	case *consent.MovedToMeeting:
		c.ends(c.living(e.Proposal, e), e)
	case *consent.Discarded:
		c.ends(c.living(e.Proposal, e), e)
	case *consent.Superseded:
		c.ends(c.living(e.Proposal, e), e)
	case *proposal.Withdrawn:
		c.ends(c.living(e.Proposal, e), e)
	case *proposal.Dropped:
		if k := c.course(e.Proposal); !k.ended {
			c.ends(k, e)
		}
	}
}

// silence holds the silence of the absent to the written policy.
func (c *Chronicle) silence(k *course, e *consent.SilenceCounted) {
	if len(e.Who) == 0 {
		c.breaks("S7: on %s the silence of nobody was counted", e.Proposal)
	}
	if e.Policy.Silence != circle.Consents || k.rules.Absence.Silence != circle.Consents {
		c.breaks("S7: silence on %s was counted without a written policy", e.Proposal)
	}
	if e.At.After(c.at) {
		c.breaks("S7: silence on %s was counted before its time", e.Proposal)
	}
	for _, who := range e.Who {
		if !slices.Contains(k.seats, who) || k.answer[who] != "" {
			c.breaks("S2, S7: the silence of %s was counted, who has no seat or has an answer", who)
		}
		k.answer[who] = consent.Consents
	}
}

// windowClosed holds the end of a window to S7: at its instant, once, and silence
// means what the method says, of those who said nothing.
func (c *Chronicle) windowClosed(k *course, e *consent.WindowClosed) {
	if k.closes.IsZero() || !e.At.Equal(k.closes) || e.At.After(c.at) {
		c.breaks("S7: the window of %s closed at %v, its time is %v", e.Proposal, e.At, k.closes)
	}
	k.closes = time.Time{}
	want := map[consent.Silence]string{"": "", consent.SilenceConsents: consent.Consents, consent.SilenceAbstains: "abstain"}[k.method.Window.Silence]
	if len(e.Silent) > 0 && string(e.As) != want {
		c.breaks("M-128: silence on %s was counted as %s", e.Proposal, e.As)
	}
	for _, who := range e.Silent {
		if !slices.Contains(k.seats, who) || k.answer[who] != "" {
			c.breaks("S2: the silence of %s was counted", who)
		}
		k.answer[who] = want
	}
}

// from is when more time begins: at the end of a window, or now where it has closed.
func (k *course) from(now time.Time) time.Time {
	if k.closes.IsZero() {
		return now
	}
	return k.closes
}

func (c *Chronicle) question(k *course, e *consent.RoundOpened) {
	k.asked, k.answer, k.seats = e.Version, map[circle.PersonID]string{}, nil
	k.round++
	k.closes, k.extended = e.Closes, 0
	if e.Version != k.version {
		c.breaks("S3: version %d was put, the newest is %d", e.Version, k.version)
	}
	for _, s := range e.Seats {
		if slices.Contains(k.seats, s.Person) {
			c.breaks("S2: %s has two seats", s.Person)
		}
		k.seats = append(k.seats, s.Person)
	}
}

// adopted holds an adoption to S1, S2 and S3.
func (c *Chronicle) adopted(k *course, e *proposal.Adopted) {
	if len(k.standing) > 0 {
		c.breaks("S1: %s was adopted while %v stands", e.Proposal, k.standing)
	}
	if e.Version != k.asked || e.Version != k.version {
		c.breaks("S3: version %d of %s was adopted, version %d was put", e.Version, e.Proposal, k.asked)
	}
	for _, who := range k.seats {
		if k.method.Rule.Kind != "consent" {
			continue // its rule says whose consent it takes
		}
		missing := k.answer[who] == "" && (k.rules.Absence.Silence == circle.Bound || !c.Full(who))
		if k.answer[who] != consent.Consents && !missing {
			c.breaks("S2: %s was adopted without %s", e.Proposal, who)
		}
	}
	if slices.ContainsFunc(k.seats, func(who circle.PersonID) bool { return !c.Full(who) }) {
		c.Gone++
	}
	c.ends(k, e)
}

// ends holds the end of a process to S6: every objection has its own end.
func (c *Chronicle) ends(k *course, e consent.Event) {
	k.ended = true
	if len(k.standing) > 0 || k.raised != k.closed {
		c.breaks("S6: %s, and %d of %d objections have no end of their own", e.Wire(), k.raised-k.closed, k.raised)
	}
}

func (c *Chronicle) objection(e consent.Event) {
	end := func(id objection.ID) {
		k := c.course(c.where[id])
		if !k.standing[id] {
			c.breaks("S6: %s ends %s, which does not stand", e.Wire(), id)
		}
		delete(k.standing, id)
		k.closed++
	}
	switch e := e.(type) {
	case *objection.Raised:
		k := c.living(e.Proposal, e)
		k.standing[e.Objection] = true
		c.where[e.Objection] = e.Proposal
		k.raised++
	case objection.Event:
		if id, ended := objection.Ends(e); ended {
			end(id)
		}
	}
}

package consent_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What the entries themselves must keep.

// A chronicle reads entries as they come and holds them to the promises. It
// knows neither the engine's state nor the model.
type chronicle struct {
	on    map[proposal.ID]*course
	where map[objection.ID]proposal.ID
}

// A course is what the entries say of one proposal.
type course struct {
	open     bool
	ended    bool
	version  int
	asked    int // the version of the last consent round
	seats    []person
	answer   map[person]string
	standing map[objection.ID]bool
	raised   int
	closed   int
	closes   time.Time
	extended int
	round    int
	method   consent.Method
	rules    circle.Rules
}

func (c *chronicle) course(id proposal.ID) *course {
	if c.on == nil {
		c.on, c.where = map[proposal.ID]*course{}, map[objection.ID]proposal.ID{}
	}
	if c.on[id] == nil {
		c.on[id] = &course{answer: map[person]string{}, standing: map[objection.ID]bool{}}
	}
	return c.on[id]
}

func (c *chronicle) take(r *run, receipt consent.Receipt) {
	for _, e := range receipt.Events {
		c.process(r, e)
		c.objection(r, e)
	}
}

// frozen holds what runs to the method and the rules it began with (S4).
func (c *chronicle) frozen(r *run) {
	bad := ""
	r.w.engine.Look(func(s *consent.State) {
		for id, k := range c.on {
			p := s.Process(id)
			if k.ended {
				continue
			}
			if p.Method.Name != k.method.Name || p.Method.Rule != k.method.Rule || fmt.Sprint(*p.Rules) != fmt.Sprint(k.rules) {
				bad = fmt.Sprintf("S4: the method or the rules of %s moved", id)
			}
		}
	})
	if bad != "" {
		r.Fatalf("%s", bad)
	}
}

// living refuses events on what has ended (S10).
func (c *chronicle) living(r *run, id proposal.ID, e consent.Event) *course {
	k := c.course(id)
	if !k.open || k.ended {
		r.Fatalf("S10: %s on %s, which is not under decision", e.Wire(), id)
	}
	return k
}

func (c *chronicle) process(r *run, e consent.Event) {
	switch e := e.(type) {
	case *proposal.Submitted:
		k := c.course(e.Proposal)
		if k.open {
			r.Fatalf("S10: %s was submitted twice", e.Proposal)
		}
		k.open, k.version = true, 1
	case *consent.Opened:
		k := c.living(r, e.Proposal, e)
		k.method, k.rules = e.Method, e.Rules
	case *proposal.Amended:
		k := c.living(r, e.Proposal, e)
		if e.Version != k.version+1 {
			r.Fatalf("S3: version %d follows %d", e.Version, k.version)
		}
		k.version = e.Version
	case *consent.RoundOpened:
		k := c.living(r, e.Proposal, e)
		if e.Round == consent.ConsentRound || e.Round == consent.BallotRound {
			c.question(r, k, e)
		}
	case *consent.Responded:
		k := c.living(r, e.Proposal, e)
		if !slices.Contains(k.seats, e.By) {
			r.Fatalf("S2: %s answered without a seat", e.By)
		}
		if e.Version != k.asked {
			r.Fatalf("S3: an answer to version %d, version %d was put", e.Version, k.asked)
		}
		k.answer[e.By] = string(e.Response)
	case *consent.SilenceCounted:
		k := c.living(r, e.Proposal, e)
		if len(e.Who) == 0 {
			r.Fatalf("S7: on %s the silence of nobody was counted", e.Proposal)
		}
		if e.Policy.Silence != circle.Consents || k.rules.Absence.Silence != circle.Consents {
			r.Fatalf("S7: silence on %s was counted without a written policy", e.Proposal)
		}
		if e.At.After(r.second()) {
			r.Fatalf("S7: silence on %s was counted before its time", e.Proposal)
		}
		for _, who := range e.Who {
			if !slices.Contains(k.seats, who) || k.answer[who] != "" {
				r.Fatalf("S2, S7: the silence of %s was counted, who has no seat or has an answer", who)
			}
			k.answer[who] = consent.Consents
		}
	case *consent.Judged:
		if e.Outcome == consent.ResultNotAdopted {
			c.ends(r, c.living(r, e.Proposal, e), e)
		}
	case *consent.WindowClosed:
		c.windowClosed(r, c.living(r, e.Proposal, e), e)
	case *consent.WindowExtended:
		k := c.living(r, e.Proposal, e)
		if k.extended++; k.extended > k.method.Window.Extensions || e.No != k.extended || !e.Closes.Equal(k.method.Window.By.After(k.from(r.second()))) {
			r.Fatalf("M-203: the time for %s was extended to %v, for the time number %d", e.Proposal, e.Closes, e.No)
		}
		k.closes = e.Closes
	case *consent.AnswersKept:
		k := c.living(r, e.Proposal, e)
		if !k.method.Keep || e.From != k.asked || e.To != k.version {
			r.Fatalf("M-136: answers to version %d of %s were kept for %d", e.From, e.Proposal, e.To)
		}
		k.asked = e.To
	case *consent.LastCallOver:
		c.living(r, e.Proposal, e)
		if e.At.After(r.second()) {
			r.Fatalf("S7: the quiet time of %s was over before its time", e.Proposal)
		}
	case *proposal.Adopted:
		c.adopted(r, c.living(r, e.Proposal, e), e)
	case *consent.MovedToMeeting:
		c.ends(r, c.living(r, e.Proposal, e), e)
	case *consent.Discarded:
		c.ends(r, c.living(r, e.Proposal, e), e)
	case *consent.Superseded:
		c.ends(r, c.living(r, e.Proposal, e), e)
	case *proposal.Withdrawn:
		c.ends(r, c.living(r, e.Proposal, e), e)
	case *proposal.Dropped:
		if k := c.course(e.Proposal); !k.ended {
			c.ends(r, k, e)
		}
	}
}

// windowClosed holds the end of a window to S7: at its instant, once, and silence
// means what the method says, of those who said nothing.
func (c *chronicle) windowClosed(r *run, k *course, e *consent.WindowClosed) {
	if k.closes.IsZero() || !e.At.Equal(k.closes) || e.At.After(r.second()) {
		r.Fatalf("S7: the window of %s closed at %v, its time is %v", e.Proposal, e.At, k.closes)
	}
	k.closes = time.Time{}
	want := map[consent.Silence]string{"": "", consent.SilenceConsents: consent.Consents, consent.SilenceAbstains: "abstain"}[k.method.Window.Silence]
	if len(e.Silent) > 0 && string(e.As) != want {
		r.Fatalf("M-128: silence on %s was counted as %s", e.Proposal, e.As)
	}
	for _, who := range e.Silent {
		if !slices.Contains(k.seats, who) || k.answer[who] != "" {
			r.Fatalf("S2: the silence of %s was counted", who)
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

func (c *chronicle) question(r *run, k *course, e *consent.RoundOpened) {
	k.asked, k.answer, k.seats = e.Version, map[person]string{}, nil
	k.round++
	k.closes, k.extended = e.Closes, 0
	if e.Version != k.version {
		r.Fatalf("S3: version %d was put, the newest is %d", e.Version, k.version)
	}
	for _, s := range e.Seats {
		if slices.Contains(k.seats, s.Person) {
			r.Fatalf("S2: %s has two seats", s.Person)
		}
		k.seats = append(k.seats, s.Person)
	}
}

// adopted holds an adoption to S1, S2 and S3.
func (c *chronicle) adopted(r *run, k *course, e *proposal.Adopted) {
	if len(k.standing) > 0 {
		r.Fatalf("S1: %s was adopted while %v stands", e.Proposal, k.standing)
	}
	if e.Version != k.asked || e.Version != k.version {
		r.Fatalf("S3: version %d of %s was adopted, version %d was put", e.Version, e.Proposal, k.asked)
	}
	for _, who := range k.seats {
		if k.method.Rule.Kind != "consent" {
			continue // its rule says whose consent it takes
		}
		missing := k.answer[who] == "" && (k.rules.Absence.Silence == circle.Bound || r.prior.level(who) != circle.Full)
		if k.answer[who] != consent.Consents && !missing {
			r.Fatalf("S2: %s was adopted without %s", e.Proposal, who)
		}
	}
	for _, who := range k.seats {
		if level := r.prior.level(who); level != circle.Full {
			r.tally.count("S2: who left still counts")
		}
	}
	c.ends(r, k, e)
}

// ends holds the end of a process to S6: every objection has its own end.
func (c *chronicle) ends(r *run, k *course, e consent.Event) {
	k.ended = true
	if len(k.standing) > 0 || k.raised != k.closed {
		r.Fatalf("S6: %s, and %d of %d objections have no end of their own", e.Wire(), k.raised-k.closed, k.raised)
	}
}

func (c *chronicle) objection(r *run, e consent.Event) {
	end := func(id objection.ID) {
		k := c.course(c.where[id])
		if !k.standing[id] {
			r.Fatalf("S6: %s ends %s, which does not stand", e.Wire(), id)
		}
		delete(k.standing, id)
		k.closed++
	}
	switch e := e.(type) {
	case *objection.Raised:
		k := c.living(r, e.Proposal, e)
		k.standing[e.Objection] = true
		c.where[e.Objection] = e.Proposal
		k.raised++
	case objection.Event:
		if id, ended := objection.Ends(e); ended {
			end(id)
		}
	}
}

// closing checks the conservation of objections at the end of a sequence.
func (c *chronicle) closing(r *run) {
	for id, k := range c.on {
		if k.raised != len(k.standing)+k.closed {
			r.Fatalf("S6: %s: raised %d, standing %d, closed %d", id, k.raised, len(k.standing), k.closed)
		}
	}
}

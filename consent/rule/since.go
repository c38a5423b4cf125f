package rule

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/consent"
)

// Since says since when a condition has held in a case without a break, by
// counting the case anew at the time of each event: answers, and objections
// raised and ended. The second result says whether it holds at all.
func Since(q Condition, c consent.Case) (time.Time, bool) {
	h := newHistory(&Vote{Carry: q}, &c)
	for h.next() {
	}
	return h.from, h.holds
}

// A history goes through the events of a case in the order of their times and
// says since when its condition holds.
type history struct {
	t     *teller
	q     *Condition
	times []time.Time
	heard int // how many answers were counted
	order []*consent.Answer
	from  time.Time
	holds bool
	at    time.Time // of the last event
}

// newHistory begins at the opening, where only silence can be counted.
func newHistory(r *Vote, c *consent.Case) *history {
	h := &history{t: newTeller(c, r), q: &r.Carry}
	in := func(at time.Time) bool { return !at.After(c.Now) && (c.Closes.IsZero() || at.Before(c.Closes)) }
	h.t.recount()
	h.times = append(h.times, c.Opened)
	for i := range c.Answers {
		if a := &c.Answers[i]; in(a.At) {
			h.order, h.times = append(h.order, a), append(h.times, a.At)
		}
	}
	slices.SortStableFunc(h.order, func(a, b *consent.Answer) int { return a.At.Compare(b.At) })
	for _, o := range c.Objections {
		for _, at := range []time.Time{o.Raised, o.Ended} {
			if !at.IsZero() && in(at) {
				h.times = append(h.times, at)
			}
		}
	}
	slices.SortFunc(h.times, time.Time.Compare)
	h.times = slices.Compact(h.times)
	return h
}

// next goes on to the time of the next event, and says whether there was one.
func (h *history) next() bool {
	if len(h.times) == 0 {
		return false
	}
	at := h.times[0]
	h.at, h.times = at, h.times[1:]
	for h.heard < len(h.order) && !h.order[h.heard].At.After(at) {
		h.t.hear(h.order[h.heard])
		h.heard++
	}
	s := h.t.sight(at)
	s.quiet = true
	now := !empty(s.now) && s.find(h.q, nil).now
	if now && !h.holds {
		h.from = at
	}
	h.holds = now
	return true
}

// Lasting is a rule that adopts when a condition has held for some time without
// a break: a final comment period, or lazy consensus that begins anew with each
// objection. It never declines, for the condition may come to hold later; where
// there is a deadline, what has not lasted until then is declined.
//
// The choices that peers make differently: the time begins at the instant of the
// event that made the condition hold, and what happens at the instant at which it
// ends is too late; a position may be changed and an objection raised as long as
// the time runs, and either may begin it anew; who leaves counts nowhere; weights
// are those of the opening; after the time nothing more counts.
type Lasting struct {
	Condition Condition `json:"condition"`
	Seconds   int64     `json:"seconds"`
	// Name is how its reason is called. Empty: "lasting".
	Name string `json:"name,omitempty"`
}

// Check refuses a time that is none.
func (r *Lasting) Check() error {
	if r.Seconds <= 0 {
		return fmt.Errorf("%d seconds are no time", r.Seconds)
	}
	return r.Condition.Check()
}

// Early says that it is asked after every answer.
func (r *Lasting) Early() bool { return true }

// Judge answers the case.
func (r *Lasting) Judge(c consent.Case) consent.Verdict {
	if err := Weighable(c.Seats); err != nil {
		return failed(&c, err)
	}
	if err := r.Check(); err != nil {
		return failed(&c, err)
	}
	h := newHistory(&Vote{Carry: r.Condition, Positions: allPositions}, &c)
	done, last := false, c.Now
	if timeIsOver(&c) {
		last = c.Closes
	}
	for !done && h.next() {
		until := last
		if len(h.times) > 0 {
			until = h.times[0]
		}
		done = h.holds && !until.Before(h.ends(r))
	}
	return r.verdict(&c, h, done)
}

var allPositions = []string{Yes, No, Abstain, Veto}

// ends is when the time is over that runs now.
func (h *history) ends(r *Lasting) time.Time {
	return h.from.Add(time.Duration(r.Seconds) * time.Second)
}

// called is how its reason is called.
func (r *Lasting) called() string { return orElse(r.Name, "lasting") }

// verdict words what became of it.
func (r *Lasting) verdict(c *consent.Case, h *history, done bool) consent.Verdict {
	v := consent.Verdict{Outcome: consent.Pending, Why: h.t.counted(c)}
	s := h.t.sight(h.at)
	s.find(&r.Condition, nil)
	v.Why = append(v.Why, s.why...)
	why := consent.Reason{Code: r.called(), Holds: h.holds, Need: fmt.Sprintf("%d seconds", r.Seconds)}
	if h.holds {
		why.Got = h.from.UTC().Format(time.RFC3339)
	}
	v.Why = append(append(v.Why, why), consent.Standing(c)...)
	switch {
	case done:
		v.Outcome, v.Final = consent.Carried, true
	case timeIsOver(c):
		v.Outcome, v.Final = consent.Declined, true
	case h.holds:
		v.Wake = h.ends(r)
		if !c.Closes.IsZero() && c.Closes.Before(v.Wake) {
			v.Wake = c.Closes
		}
	default:
		v.Wake = c.Closes
	}
	return v
}

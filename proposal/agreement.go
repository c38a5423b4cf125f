package proposal

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// An Agreement is what an adopted proposal has become: which version is in
// force, since when, and when it is looked at again.
type Agreement struct {
	Version  int // in force; 0: none
	Since    time.Time
	Term     circle.Period
	Until    time.Time // the end of the term: a review, not a lapse
	Phase    Phase
	Because  Because
	Measures []Watched
	// Answered are those who took part in its evaluation, with their class.
	Answered []Evaluator
	Outcomes []circle.ItemID
}

// Phase is where an agreement stands (methods §5.2).
type Phase uint8

// The phases of an agreement.
const (
	Active   Phase = 1 + iota // in force
	Due                       // in force, and to be looked at
	InReview                  // in force, and a new version is being decided
	Pending                   // adopted, and not in force yet
	OnHold                    // suspended by the circle
)

var phaseNames = [...]string{"none", "active", "due", "in-review", "pending", "on-hold"}

func (p Phase) String() string { return phaseNames[p] }

// Because is what brought an agreement back to its circle.
type Because string

// The causes of a review.
const (
	TermEnd   Because = "term-end"
	StopLevel Because = "stop-level"
	Asked     Because = "asked"
	Appealed  Because = "appeal" // an appeal was upheld: the circle decides again
)

// A Watched measure is one that runs beside an agreement.
type Watched struct {
	Measure
	Next    time.Time // the next reading is to come before this instant
	Count   int       // which rhythm since the agreement began ends at Next
	Overdue bool
}

// An Evaluator is somebody who took part in evaluating an agreement.
type Evaluator struct {
	Person circle.PersonID
	Class  circle.Class
}

// read takes note of a reading at now: the next one is due by the end of the
// rhythm that follows the present one, however often it is read in this one.
func (w *Watched) read(since, now time.Time) {
	w.Overdue = false
	for w.Count = 1; !w.Every.Times(since, w.Count).After(now); w.Count++ {
	}
	w.Count++
	w.Next = w.Every.Times(since, w.Count)
}

// miss takes note that a rhythm ended without a reading.
func (w *Watched) miss(since time.Time) {
	w.Overdue = true
	w.Count++
	w.Next = w.Every.Times(since, w.Count)
}

// restart lets the measures of a version run from an instant on.
func restart(measures []Measure, since time.Time) []Watched {
	var out []Watched
	for _, m := range measures {
		out = append(out, Watched{Measure: m, Count: 1, Next: m.Every.After(since)})
	}
	return out
}

// EvaluatedBy counts by class who took part in the evaluation (CP-7).
func (a *Agreement) EvaluatedBy() map[circle.Class]int {
	out := map[circle.Class]int{}
	for _, e := range a.Answered {
		out[e.Class]++
	}
	return out
}

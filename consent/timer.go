package consent

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"
	"time"
)

// TimerKind is what happens when a timer fires.
type TimerKind uint8

// The timers. Each fires at its instant, not before, and once.
const (
	LastCallEnds        TimerKind = 1 + iota // the silence of the absent is counted by the written policy
	ReadingMissed                            // the time for reading a measure passed
	TermEnds                                 // the term of an agreement ended: a review
	RoleEnds                                 // the term of a role holder ended
	WindowEnds                               // the time to answer is over
	AgreementExpires                         // the date came on which an agreement ends
	TakesEffect                              // the date came on which an adopted version takes effect
	ConditionLapses                          // the time for confirming the condition of an adoption is over
	WakeUp                                   // a parked proposal comes back (M-145)
	AgeEnds                                  // a process has lasted as long as its method lets it (M-208)
	GraceEnds                                // nobody took over a proposal that is being taken back (methods §8.12)
	AcknowledgementEnds                      // the time to say whether an answer meets an objection is over (M-175)
	MinutesSilent                            // nobody objected to the account of a meeting in time (M-244)
	MeetingEnds                              // the planned end of a meeting came (M-118)
	SubstituteEnds                           // the time is over for which somebody acts in another's stead (EC-89)
	LeaveBegins                              // from here on somebody is away from a circle (M-38)
	LeaveEnds                                // and from here on they are back
	HoldVoteEnds                             // the vote on a hold is over (M-197)
	RequestWaits                             // nobody called the meeting that members asked for (EC-108)
	HandoverEnds                             // an item that was lent to another circle returns (M-28)
	SafeguardingWaits                        // nobody has taken up a safeguarding signal in time (CP-22)
)

var timerNames = [...]string{"none", "last-call-ends", "reading-due", "term-ends", "role-term-ends", "window-ends",
	"agreement-expires", "takes-effect", "condition-lapses", "wake-up", "age-ends", "grace-ends", "acknowledgement-ends",
	"minutes-silent", "meeting-ends", "substitute-ends", "leave-begins", "leave-ends",
	"hold-vote-ends", "request-waits", "handover-ends", "safeguarding-waits"}

// String gives the timer's wire name.
func (k TimerKind) String() string { return timerNames[k] }

// A Timer names one thing that time alone brings about.
type Timer struct {
	Kind TimerKind
	Of   string // the proposal, role or meeting
	Part string // the measure, person or objection
}

func (t Timer) compare(other Timer) int {
	return cmp.Or(cmp.Compare(t.Kind, other.Kind), strings.Compare(t.Of, other.Of), strings.Compare(t.Part, other.Part))
}

// timers holds what is to fire, and gives the earliest first. The queue may
// hold times that were moved; what counts is the map.
type timers struct {
	at    map[Timer]int64 // seconds since 1970
	queue timerQueue
	armed *[len(timerNames)]int // how many there are of each kind; nil while they are not counted
}

type queued struct {
	timer Timer
	at    int64
}

type timerQueue []queued

func (q timerQueue) Len() int      { return len(q) }
func (q timerQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q timerQueue) Less(i, j int) bool {
	if q[i].at != q[j].at {
		return q[i].at < q[j].at
	}
	return q[i].timer.compare(q[j].timer) < 0
}
func (q *timerQueue) Push(x any) { *q = append(*q, x.(queued)) }
func (q *timerQueue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

// set arms a timer, or moves it; the zero time takes it away.
func (t *timers) set(timer Timer, at time.Time) {
	armed := t.count()
	if at.IsZero() && armed[timer.Kind] == 0 { // most that is taken away was never there
		return
	}
	old, was := t.at[timer]
	switch {
	case at.IsZero() && was:
		delete(t.at, timer)
		armed[timer.Kind]--
		return
	case at.IsZero(), was && old == at.Unix():
		return
	case !was:
		armed[timer.Kind]++
	}
	t.at[timer] = at.Unix()
	heap.Push(&t.queue, queued{timer, at.Unix()})
}

// count counts the timers of each kind, where nobody has yet.
func (t *timers) count() *[len(timerNames)]int {
	if t.armed != nil {
		return t.armed
	}
	if t.at == nil {
		t.at = map[Timer]int64{}
	}
	t.armed = new([len(timerNames)]int)
	for timer := range t.at {
		t.armed[timer.Kind]++
	}
	return t.armed
}

// when is the instant for which a timer is armed, zero if it is not.
func (t *timers) when(timer Timer) time.Time {
	if at, armed := t.at[timer]; armed {
		return time.Unix(at, 0).UTC()
	}
	return time.Time{}
}

// next returns the earliest timer; ok is false when there is none.
func (t *timers) next() (timer Timer, at time.Time, ok bool) {
	for len(t.queue) > 0 {
		first := t.queue[0]
		if at, armed := t.at[first.timer]; armed && at == first.at {
			return first.timer, time.Unix(first.at, 0).UTC(), true
		}
		heap.Pop(&t.queue)
	}
	return Timer{}, time.Time{}, false
}

// skip leaves the earliest timer, which next has just returned, out of the
// order; it stays armed.
func (t *timers) skip() { heap.Pop(&t.queue) }

// again gives a timer that was skipped its place in the order, if it is armed.
func (t *timers) again(timer Timer) {
	if at, armed := t.at[timer]; armed {
		heap.Push(&t.queue, queued{timer, at})
	}
}

// all lists every timer, earliest first.
func (t *timers) all() []queued {
	out := make([]queued, 0, len(t.at))
	for timer, at := range t.at {
		out = append(out, queued{timer, at})
	}
	slices.SortFunc(out, func(a, b queued) int {
		return cmp.Or(cmp.Compare(a.at, b.at), a.timer.compare(b.timer))
	})
	return out
}

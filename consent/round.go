package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// RoundKind is what a round is for.
type RoundKind string

// The kinds of rounds.
const (
	OpeningRound RoundKind = "opening"
	ClarifyRound RoundKind = "clarify" // questions about the text
	ReactRound   RoundKind = "react"   // one reaction each
	OptionsRound RoundKind = "options" // how could the objections be met?
	ConsentRound RoundKind = "consent" // the question itself
	ClosingRound RoundKind = "closing"
	BallotRound  RoundKind = "ballot"  // a vote on a question on which no consent was found
	ProcessRound RoundKind = "process" // on how the meeting is facilitated

	NominateRound RoundKind = "nominate" // everybody names somebody, sealed
	ReasonsRound  RoundKind = "reasons"  // everybody says why
	ChangeRound   RoundKind = "change"   // everybody may name another, and says why
)

// Values lists the kinds.
func (RoundKind) Values() []string {
	return []string{string(OpeningRound), string(ClarifyRound), string(ReactRound), string(OptionsRound), string(ConsentRound), string(ClosingRound),
		string(BallotRound), string(ProcessRound), string(NominateRound), string(ReasonsRound), string(ChangeRound)}
}

// Check refuses a kind that nobody knows.
func (k RoundKind) Check() error {
	if slices.Contains(k.Values(), string(k)) {
		return nil
	}
	return fmt.Errorf("%q is no kind of round", string(k))
}

// asks says whether a round is one in which seats answer.
func (r *Round) asks() bool { return r.Kind == ConsentRound || r.Kind == BallotRound }

// mark is what has become of one place in a round.
type mark uint8

// The marks; the zero mark is a person who is awaited.
const (
	awaited mark = iota
	spoke
	passed
	later   // asked to come back to them at the end
	skipped // not there when their turn came
)

// A Round is one time round the circle: everybody speaks once before anybody
// speaks twice.
type Round struct {
	Kind    RoundKind
	No      int // of the rounds held on this matter
	Version int
	Opened  time.Time
	InTurn  bool
	Order   []circle.PersonID
	Marks   []mark
	Turn    int // whose turn it is, in a round in turn; len(Order) when all are through
	// Stops are those whose stop card lies on the table: until each has taken
	// it back, nobody goes on (CP-17).
	Stops []circle.PersonID
	// Seats and Answers are those of a consent round: who has a consent right,
	// frozen when the round opened, and what they said, in ledger order.
	Seats   []Seat
	Answers []Answer
	Closed  bool
	Closes  time.Time         // when the window closes; zero: it has no end
	Seen    []circle.PersonID // who acknowledged the question
	Veiled  bool              // answers are sealed until they are revealed together
	Sealed  []Sealed          // those that nobody has seen yet
	// Register and Quorate are what the rule of a vote must know of those who are
	// not here.
	Register []Enrolled
	Quorate  bool
	Options  []proposal.OptionID // to choose from, where the rule does so
	Final    circle.PersonID     // who speaks when all others have, "" nobody in particular (M-110)

	seatAt []int                    `canon:"-"` // the seat of each place, -1 none
	spots  map[circle.PersonID]spot `canon:"-"` // in large rounds
	last   []int                    `canon:"-"` // each seat's last answer, -1 none
	open   int                      `canon:"-"` // places that are awaited
	after  int                      `canon:"-"` // the place after the one that was marked last
}

// A spot is where a person stands in a round: in its order, and among its
// seats; -1 where they have none.
type spot struct{ place, seat int }

var nowhere = spot{-1, -1}

// smallRound is the size up to which people are found by looking at one after
// the other, which is faster there than any index.
const smallRound = 24

// spot finds a person in the round.
func (r *Round) spot(who circle.PersonID) spot {
	if r.spots != nil {
		if at, ok := r.spots[who]; ok {
			return at
		}
		return nowhere
	}
	n := len(r.Order)
	for i := range n {
		if i += r.after; i >= n { // as a rule it is who comes after the last one
			i -= n
		}
		if same(r.Order[i], who) {
			return spot{i, r.seatAt[i]}
		}
	}
	return spot{-1, r.seatOf(who)}
}

// same compares two names by their ends first: names that were given in a row
// begin alike.
func same(a, b circle.PersonID) bool {
	end := len(a) - 1
	return len(a) == len(b) && (end < 0 || a[end] == b[end]) && a == b
}

func (r *Round) seatOf(who circle.PersonID) int {
	for i := range r.Seats {
		if r.Seats[i].Person == who {
			return i
		}
	}
	return -1
}

// index makes the round's own look-ups.
func (r *Round) index() {
	r.open = len(r.Order)
	room := make([]int, len(r.Seats)+len(r.Order))
	r.last, r.seatAt = room[:len(r.Seats):len(r.Seats)], room[len(r.Seats):]
	for i := range r.last {
		r.last[i] = -1
	}
	if r.asks() {
		r.Answers = make([]Answer, 0, len(r.Seats)+2)
	}
	if max(len(r.Order), len(r.Seats)) > smallRound {
		r.indexLarge()
		return
	}
	for i, who := range r.Order {
		if i < len(r.Seats) && r.Seats[i].Person == who { // as a rule they stand in the same order
			r.seatAt[i] = i
		} else {
			r.seatAt[i] = r.seatOf(who)
		}
	}
}

func (r *Round) indexLarge() {
	r.spots = make(map[circle.PersonID]spot, max(len(r.Order), len(r.Seats)))
	for i, s := range r.Seats {
		r.spots[s.Person] = spot{-1, i}
	}
	for i, who := range r.Order {
		at, ok := r.spots[who]
		if !ok {
			at = nowhere
		}
		at.place, r.seatAt[i] = i, at.seat
		r.spots[who] = at
	}
}

// Seated says whether a person has a seat in a consent round.
func (r *Round) Seated(who circle.PersonID) bool { return r.spot(who).seat >= 0 }

// Answer returns the last answer of a seat, nil if it has given none.
func (r *Round) Answer(who circle.PersonID) *Answer {
	i := r.spot(who).seat
	if i < 0 || r.last[i] < 0 {
		return nil
	}
	return &r.Answers[r.last[i]]
}

// Speaker is whose turn it is; "" in a round without turns, or when all are
// through.
func (r *Round) Speaker() circle.PersonID {
	if !r.InTurn || r.Turn >= len(r.Order) {
		return ""
	}
	return r.Order[r.Turn]
}

// Awaited lists who has not spoken yet, in order.
func (r *Round) Awaited() []circle.PersonID {
	out := make([]circle.PersonID, 0, len(r.Marks))
	for i, m := range r.Marks {
		if m == awaited || m == later {
			out = append(out, r.Order[i])
		}
	}
	return out
}

// Complete says that everybody has spoken, passed or was skipped.
func (r *Round) Complete() bool {
	return r.open == 0
}

// opens counts a place that is awaited.
func opens(m mark) int {
	if m == awaited || m == later {
		return 1
	}
	return 0
}

// take marks a place and moves the turn on.
func (r *Round) take(who circle.PersonID, m mark) { r.mark(r.spot(who), m) }

func (r *Round) mark(at spot, m mark) {
	if at.place < 0 {
		return
	}
	r.open += opens(m) - opens(r.Marks[at.place])
	r.Marks[at.place] = m
	r.after = at.place + 1
	if r.InTurn {
		r.Turn = r.next()
	}
}

// next is the first place that is awaited, then the first that asked to be
// come back to, then who was named to speak last.
func (r *Round) next() int {
	for _, want := range []mark{awaited, later} {
		for i, m := range r.Marks {
			if m == want && (r.Final == "" || r.Order[i] != r.Final) {
				return i
			}
		}
	}
	if i := slices.Index(r.Order, r.Final); i >= 0 && opens(r.Marks[i]) > 0 {
		return i
	}
	return len(r.Order)
}

// answer keeps what a seat said.
func (r *Round) answer(a *Answer) {
	at := r.spot(a.Seat)
	r.last[at.seat] = len(r.Answers)
	r.Answers = append(r.Answers, *a)
	r.mark(at, spoke)
}

// exclude takes a seat out, so that nobody waits for it.
func (r *Round) exclude(who circle.PersonID) {
	at := r.spot(who)
	if at.seat >= 0 {
		r.Seats = slices.Clone(r.Seats)
		r.Seats[at.seat].Out = true
	}
	r.mark(at, skipped)
}

// add lets somebody who came late take their place at the end.
func (r *Round) add(who circle.PersonID) {
	at := r.spot(who)
	if at.place >= 0 || r.Closed || (r.asks() || r.Kind == NominateRound) && at.seat < 0 {
		return
	}
	if r.spots != nil {
		r.spots[who] = spot{len(r.Order), at.seat}
	}
	r.seatAt = append(r.seatAt, at.seat)
	r.Order = append(r.Order, who)
	m := awaited
	if r.asks() && r.Answer(who) != nil {
		m = spoke
	}
	r.Marks = append(r.Marks, m)
	r.open += opens(m)
	if r.InTurn {
		r.Turn = r.next()
	}
}

// rotate turns the order so that another person begins each time.
func rotate(list []circle.PersonID, by int) []circle.PersonID {
	if len(list) == 0 {
		return nil
	}
	by %= len(list)
	return append(slices.Clone(list[by:]), list[:by]...)
}

// copied returns a round that can be changed without touching r: the round as
// it would be.
func (r *Round) copied() *Round {
	c := *r
	c.Marks = slices.Clone(r.Marks)
	c.Answers = slices.Clone(r.Answers)
	c.last = slices.Clone(r.last)
	c.Stops = slices.Clone(r.Stops)
	c.Sealed = slices.Clone(r.Sealed)
	return &c
}

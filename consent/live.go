package consent

import (
	"fmt"
	"maps"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// SeatAdded: somebody became a full participant while the question was open, and
// by the method of the case they are asked, too (M-134).
type SeatAdded struct {
	Proposal proposal.ID `json:"proposal"`
	Seat     Seat        `json:"seat"`
}

// Wire names the event.
func (SeatAdded) Wire() string { return "consent.seat-added" }

// On names the proposal that an event is about.
func (e *SeatAdded) On() proposal.ID { return e.Proposal }

// In names no meeting: people join a circle outside them, too.
func (*SeatAdded) In() MeetingID { return "" }

// live says that whoever joins is asked as long as the question is open. By all
// other methods who has a consent right is frozen when it is put (S2).
func (p *Process) live() bool {
	return p.Method.Live && p.Stage == StageDecide && p.Round != nil && !p.Round.Closed
}

// lives lists the cases whose roster is live, by name.
func (s *State) lives() []*Process {
	var out []*Process
	for _, id := range s.OpenProcesses() {
		if p := s.processes[id]; p.live() {
			out = append(out, p)
		}
	}
	return out
}

// withJoiners adds the seats of those whom these events make full participants.
func (s *State) withJoiners(events []Event) []Event {
	open := s.lives()
	if len(open) == 0 {
		return events
	}
	would := &State{Org: *s.Org.Copy()}
	for _, e := range events {
		if c, ok := e.(circle.Event); ok {
			would.Org.Apply(c)
		}
	}
	for _, p := range open {
		for _, seat := range would.seatsOf(without(would.asked(p.Circle), s.concerned(p))) {
			if !p.Round.Seated(seat.Person) {
				events = append(events, &SeatAdded{Proposal: p.Proposal, Seat: seat})
			}
		}
	}
	return events
}

// withoutSeats leaves out the seats in a question that ends in the same entry.
func withoutSeats(id proposal.ID, events []Event) []Event {
	return slices.DeleteFunc(events, func(e Event) bool {
		added, ok := e.(*SeatAdded)
		return ok && added.Proposal == id
	})
}

func (e *SeatAdded) apply(s *State) {
	if p := s.processes[e.Proposal]; p != nil && p.Round != nil {
		p.Round.seat(e.Seat)
	}
}

// seat gives somebody who joined a seat, and a place at the end of the order.
func (r *Round) seat(seat Seat) {
	at := r.spot(seat.Person)
	if at.seat >= 0 {
		return
	}
	n := len(r.Seats)
	r.Seats, r.last = append(slices.Clone(r.Seats), seat), append(slices.Clone(r.last), -1)
	r.seatAt, r.Order, r.spots = slices.Clone(r.seatAt), slices.Clone(r.Order), maps.Clone(r.spots) // a fork has them, too
	if r.spots != nil {
		r.spots[seat.Person] = spot{at.place, n}
	}
	if at.place >= 0 {
		r.seatAt[at.place] = n
		return
	}
	r.add(seat.Person)
}

// tellSeat words that somebody who joined is asked, too.
func tellSeat(event Event) (string, bool) {
	if v, ok := event.(*SeatAdded); ok {
		return fmt.Sprintf("%s joined while the question was open, and is asked, too", v.Seat.Person), true
	}
	return "", false
}

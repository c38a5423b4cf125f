package consent

import (
	"maps"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// passedOver words that a round closes: who was awaited is passed over, or has
// consented by saying nothing where the method asks who objects.
func (s *State) passedOver(p *Process, would *Round, by circle.PersonID, now time.Time) []Event {
	var events []Event
	if p.Method.WhoObjects && p.Stage == StageDecide {
		e := &WindowClosed{Proposal: p.Proposal, Version: p.Round.Version, Silent: s.unheard(p, p.Round), As: Consents, At: now}
		would.count(e, e.Silent)
		if len(e.Silent) > mostNamed {
			e.Silent, e.All = nil, len(e.Silent)
		}
		events = append(events, e)
	}
	awaited := would.Awaited()
	for _, who := range awaited {
		would.take(who, skipped)
	}
	if len(awaited) > mostNamed {
		return append(events, &RoundEnded{Proposal: p.Proposal, By: by, Skipped: len(awaited)})
	}
	for _, who := range awaited {
		events = append(events, &Skipped{Proposal: p.Proposal, Person: who, By: by})
	}
	return events
}

// enrol adds to a vote what its rule must know of the members who are not here.
func (s *State) enrol(p *Process, e *RoundOpened, members []circle.PersonID) {
	if e.Round != BallotRound || p.Method.Fallback.Kind == settleKind {
		return
	}
	counts := map[circle.Class]int{}
	for _, who := range members {
		counts[s.Org.Person(who).Class]++
	}
	for _, class := range slices.Sorted(maps.Keys(counts)) {
		e.Register = append(e.Register, Enrolled{Class: class, N: counts[class]})
	}
	if m := s.meetings[e.Meeting]; m != nil && m.General != nil {
		e.Quorate = m.General.From != ""
	}
}

package consent

import (
	"time"

	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// afterHandling takes what an event of an objection means for its process: a
// test has a stage of its own, and an answer may have a clock.
func (s *State) afterHandling(e objection.Event) {
	o := s.Objections.Objection(e.(interface{ On() objection.ID }).On())
	if o == nil {
		return
	}
	p := s.at(o.Proposal)
	if p == nil {
		return
	}
	switch e := e.(type) {
	case *objection.Raised:
		p.Objected = true
		p.heardFrom(e.By)
	case *objection.Carried:
		p.Objected = true
	case *objection.TestOpened:
		p.Stage, p.Testing = StageTest, e.Objection
	case *objection.Answered:
		s.timers.set(acknowledging(o), e.Until)
	}
	if id, closed := objection.Closes(e); closed && id == p.Testing {
		p.Stage, p.Testing = StageIntegrate, ""
	}
	if _, ended := objection.Ends(e); ended && o.Answered {
		s.timers.set(acknowledging(o), time.Time{})
	}
}

// acknowledging is the timer of an answer to an objection.
func acknowledging(o *objection.Objection) Timer {
	return Timer{AcknowledgementEnds, string(o.Proposal), string(o.ID)}
}

// acknowledged disarms the clocks of the answers to a proposal's objections.
func (s *State) acknowledged(id proposal.ID) {
	for _, o := range s.Objections.On(id) {
		if o.Answered {
			s.timers.set(acknowledging(o), time.Time{})
		}
	}
}

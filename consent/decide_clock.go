package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// NoSuchTimer is the refusal of a timer that is not armed: what time brings about is
// what the state says that it will, and nothing else.
var NoSuchTimer = &circle.Code{ID: "no-such-timer", Kind: circle.ErrNotNow, Stands: circle.InEngine,
	Says: "No time runs ({timer}) for {of}, so nothing happens by itself."}

func clockCodes() []*circle.Code { return []*circle.Code{NoSuchTimer} }

// Fire answers what follows when a timer fires. What time brings about happens
// at the instant it was due, however late anybody looks at the clock. A timer that is
// not armed is refused.
func (s *State) Fire(t Timer, due time.Time) ([]Event, error) {
	if s.timers.when(t).IsZero() {
		return nil, NoSuchTimer.Refuse("timer", t.Kind, "of", t.Of)
	}
	return s.fire(t, due, nil)
}

// fire is Fire with the words of the sealed answers that the timer opens.
func (s *State) fire(t Timer, due time.Time, words opened) ([]Event, error) {
	by := circle.Actor{Clock: true}
	switch t.Kind {
	case WindowEnds:
		return s.closeWindow(proposal.ID(t.Of), by, due, words)
	case LastCallEnds:
		return s.silence(proposal.ID(t.Of), by, due)
	case AcknowledgementEnds:
		return s.lapse(proposal.ID(t.Of), objection.ID(t.Part), by, due)
	case ReadingMissed:
		return s.direct(by, due, proposal.MissReading{Proposal: proposal.ID(t.Of), Measure: proposal.MeasureID(t.Part)})
	case TermEnds:
		return s.direct(by, due, proposal.EndTerm{Proposal: proposal.ID(t.Of)})
	case AgreementExpires:
		return s.direct(by, due, proposal.Expire{Proposal: proposal.ID(t.Of)})
	case TakesEffect:
		return s.direct(by, due, proposal.TakeEffect{Proposal: proposal.ID(t.Of)})
	case ConditionLapses:
		return s.direct(by, due, proposal.LapseCondition{Proposal: proposal.ID(t.Of)})
	case RoleEnds:
		return own(s.Org.SeatEnds(circle.RoleID(t.Of), circle.PersonID(t.Part)), nil)
	case MeetingEnds:
		return s.endMeeting(MeetingID(t.Of), due)
	case MinutesSilent:
		return s.silentMinutes(MeetingID(t.Of), due)
	case LeaveBegins:
		return []Event{&circle.LeaveBegan{Circle: circle.ID(t.Of), Person: circle.PersonID(t.Part)}}, nil
	case LeaveEnds:
		return []Event{&circle.LeaveEnded{Circle: circle.ID(t.Of), Person: circle.PersonID(t.Part)}}, nil
	case SubstituteEnds:
		return []Event{&circle.SubstituteEnded{Role: circle.RoleID(t.Of), Holder: circle.PersonID(t.Part)}}, nil
	case HoldVoteEnds:
		return s.holdEnds(proposal.ID(t.Of), s.holds[proposal.ID(t.Of)], due), nil // the clock runs as long as the vote
	case RequestWaits:
		return s.requestPassed(RequestID(t.Of), due)
	case HandoverEnds:
		return s.withPolicies([]Event{&circle.Returned{Circle: circle.ID(t.Of), Item: circle.ItemID(t.Part)}})
	case SafeguardingWaits:
		return s.remindSafeguarding(SignalID(t.Of), due)
	default: // WakeUp, AgeEnds, GraceEnds
		return s.leaveInTime(t, due)
	}
}

// silence counts the silence of the absent as the circle's written policy
// says, and asks the rule.
func (s *State) silence(id proposal.ID, by circle.Actor, due time.Time) ([]Event, error) {
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	m, err := s.admit(p, LastCallEnds.String(), by, due)
	if err != nil {
		return nil, err
	}
	if p.Quiet {
		return s.endQuiet(p, m, due)
	}
	e := &SilenceCounted{Proposal: id, Who: p.Waiting, As: Consents, Version: p.Round.Version, Policy: p.Rules.Absence, At: due}
	would := p.Round.copied()
	for _, who := range p.Waiting {
		would.answer(&Answer{Seat: who, Position: Consents, Version: e.Version, At: due, Silent: true})
	}
	return s.settle(p, m, would, s.open(id), due, []Event{e})
}

package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// WindowClosed: the time to answer was over. What silence means by the method
// was counted for those who had said nothing; As is empty where it means
// nothing.
type WindowClosed struct {
	Proposal proposal.ID       `json:"proposal"`
	Version  int               `json:"version"`
	Silent   []circle.PersonID `json:"silent,omitempty"`
	// All says how many had said nothing, where they are too many to be listed:
	// everybody who has a seat and no answer.
	All int       `json:"all,omitempty"`
	As  Name      `json:"as,omitempty"`
	At  time.Time `json:"at"`
}

// WindowExtended: there is more time to answer. No counts the extensions, of
// which a method allows a few.
type WindowExtended struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	No       int             `json:"no"`
	Closes   time.Time       `json:"closes"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// AnswersKept: a new version was written while the question was open, and by
// the method these seats' answers stand for it.
type AnswersKept struct {
	Proposal proposal.ID       `json:"proposal"`
	From     int               `json:"from"`
	To       int               `json:"to"`
	Who      []circle.PersonID `json:"who,omitempty"`
}

// Acknowledged: a seat has seen the question, and has not answered it.
type Acknowledged struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Version  int             `json:"version"`
}

// Sponsored: somebody stands behind a proposal, so that it may be decided.
type Sponsored struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
}

// MethodChosen: the circle consented to deciding this one case by another
// method. It stays the case's own to its end.
type MethodChosen struct {
	Proposal proposal.ID `json:"proposal"`
	Method   Method      `json:"method"`
}

// LastCallOver: the quiet time before an agreement takes effect is over.
type LastCallOver struct {
	Proposal proposal.ID `json:"proposal"`
	At       time.Time   `json:"at"`
}

// Wire names, one for each event.
func (WindowClosed) Wire() string   { return "consent.window-closed" }
func (WindowExtended) Wire() string { return "consent.window-extended" }
func (AnswersKept) Wire() string    { return "consent.answers-kept" }
func (Acknowledged) Wire() string   { return "consent.acknowledged" }
func (Sponsored) Wire() string      { return "consent.sponsored" }
func (MethodChosen) Wire() string   { return "consent.method-chosen" }
func (LastCallOver) Wire() string   { return "consent.last-call-over" }

// windowEvents lists one of each.
func windowEvents() []ownEvent {
	return []ownEvent{&WindowClosed{}, &WindowExtended{}, &AnswersKept{}, &Acknowledged{}, &Sponsored{}, &MethodChosen{}, &LastCallOver{}}
}

// On names the proposal that an event is about.
func (e *WindowClosed) On() proposal.ID   { return e.Proposal }
func (e *WindowExtended) On() proposal.ID { return e.Proposal }
func (e *AnswersKept) On() proposal.ID    { return e.Proposal }
func (e *Acknowledged) On() proposal.ID   { return e.Proposal }
func (e *Sponsored) On() proposal.ID      { return e.Proposal }
func (e *MethodChosen) On() proposal.ID   { return e.Proposal }
func (e *LastCallOver) On() proposal.ID   { return e.Proposal }

// In names the meeting that an event happened in: none.
func (*WindowClosed) In() MeetingID   { return "" }
func (*WindowExtended) In() MeetingID { return "" }
func (*AnswersKept) In() MeetingID    { return "" }
func (*Acknowledged) In() MeetingID   { return "" }
func (*Sponsored) In() MeetingID      { return "" }
func (*MethodChosen) In() MeetingID   { return "" }
func (*LastCallOver) In() MeetingID   { return "" }

func (e *WindowClosed) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Round.Closes = time.Time{}
	s.timers.set(Timer{WindowEnds, string(e.Proposal), ""}, time.Time{})
	silent := e.Silent
	if e.All > 0 {
		silent = s.unheard(p, p.Round)
	}
	p.Round.count(e, silent)
}

func (e *LastCallOver) apply(s *State) {
	s.processes[e.Proposal].Until = time.Time{}
	s.timers.set(Timer{LastCallEnds, string(e.Proposal), ""}, time.Time{})
}

func (e *WindowExtended) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Round.Closes, p.Extended = e.Closes, e.No
	s.timers.set(Timer{WindowEnds, string(e.Proposal), ""}, e.Closes)
}

func (e *AnswersKept) apply(s *State) {
	r := s.processes[e.Proposal].Round
	r.Version = e.To
	for i := range r.Answers {
		if a := &r.Answers[i]; a.Version == e.From {
			a.Version = e.To
		}
	}
}

func (e *Acknowledged) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Round.Seen = append(p.Round.Seen, e.By)
	p.heardFrom(e.By)
}

func (e *Sponsored) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Sponsors = append(p.Sponsors, e.By)
}

func (e *MethodChosen) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Method, p.early = &e.Method, s.early(e.Method.Rule)
}

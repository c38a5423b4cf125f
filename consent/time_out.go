package consent

import (
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A TimeOut suspends a case in its meeting: while it runs, people speak of
// administration and of the rules, and do no work on the proposal (M-112). A stop
// card holds up a round until who laid it takes it back; parking sets the case
// aside; a time-out leaves all as it is, the round and whose turn it is too.
type TimeOut struct {
	By    circle.PersonID // who asked for it
	Since time.Time       // when it was granted; zero: it was asked for, no more
}

// AskTimeOut asks who facilitates for a time-out (M-112).
type AskTimeOut struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// GrantTimeOut grants the time-out that somebody asked for; it runs at once.
type GrantTimeOut struct {
	Proposal proposal.ID `json:"proposal"`
}

// EndTimeOut ends a time-out: the work goes on where it was.
type EndTimeOut struct {
	Proposal proposal.ID `json:"proposal"`
}

// TimeOutAsked: somebody asked for a time-out.
type TimeOutAsked struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"own"`
}

// TimeOutGranted: who facilitates granted it, and the case is suspended.
type TimeOutGranted struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
}

// TimeOutEnded: who facilitates ended it.
type TimeOutEnded struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
}

// Wire names.
func (AskTimeOut) Wire() string     { return "consent.ask-time-out" }
func (GrantTimeOut) Wire() string   { return "consent.grant-time-out" }
func (EndTimeOut) Wire() string     { return "consent.end-time-out" }
func (TimeOutAsked) Wire() string   { return "consent.time-out-asked" }
func (TimeOutGranted) Wire() string { return "consent.time-out-granted" }
func (TimeOutEnded) Wire() string   { return "consent.time-out-ended" }

// Of names the proposal that a command is about.
func (c AskTimeOut) Of() proposal.ID   { return c.Proposal }
func (c GrantTimeOut) Of() proposal.ID { return c.Proposal }
func (c EndTimeOut) Of() proposal.ID   { return c.Proposal }

// On names the proposal that an event is about.
func (e *TimeOutAsked) On() proposal.ID   { return e.Proposal }
func (e *TimeOutGranted) On() proposal.ID { return e.Proposal }
func (e *TimeOutEnded) On() proposal.ID   { return e.Proposal }

// In names no meeting: the proposal's own trail leads to it.
func (*TimeOutAsked) In() MeetingID   { return "" }
func (*TimeOutGranted) In() MeetingID { return "" }
func (*TimeOutEnded) In() MeetingID   { return "" }

// timeOutCommands and timeOutEvents list one of each.
func timeOutCommands() []ownCommand { return []ownCommand{AskTimeOut{}, GrantTimeOut{}, EndTimeOut{}} }
func timeOutEvents() []ownEvent {
	return []ownEvent{&TimeOutAsked{}, &TimeOutGranted{}, &TimeOutEnded{}}
}

// The refusals of time-outs.
var (
	TimeOutRuns = &circle.Code{ID: "time-out-runs", Kind: circle.ErrNotNow, Rule: "M-112", Stands: circle.InMethod,
		Says: "A time-out runs: people speak of administration and of the rules, and do not work on {proposal}. The work goes on when it has ended; who may end it: {facilitators}."}
	TimeOutWaits = &circle.Code{ID: "time-out-asked", Kind: circle.ErrTaken, Rule: "M-112", Stands: circle.InMethod,
		Says: "{asked} has asked for a time-out on {proposal} already. Who may grant it: {facilitators}."}
	NobodyAskedTimeOut = &circle.Code{ID: "no-time-out-asked", Kind: circle.ErrNotNow, Rule: "M-112", Stands: circle.InMethod,
		Says: "Nobody has asked for a time-out on {proposal}."}
	NoTimeOut = &circle.Code{ID: "no-time-out", Kind: circle.ErrNotNow, Rule: "M-112", Stands: circle.InMethod,
		Says: "No time-out runs on {proposal}."}
)

func timeOutCodes() []*circle.Code {
	return []*circle.Code{TimeOutRuns, TimeOutWaits, NobodyAskedTimeOut, NoTimeOut}
}

// The guards of time-outs. By methods that know none there are no such moves.
var (
	hasTimeOuts  = Guard{Name: "the method knows time-outs", of: func(m *Method) bool { return m.TimeOuts }}
	noneAsked    = Guard{Name: "nobody has asked for one yet", holds: (*State).noneAsked}
	timeOutAsked = Guard{Name: "somebody has asked for one", holds: (*State).timeOutAsked}
	timeOutRuns  = Guard{Name: "a time-out runs", holds: (*State).timeOutRuns}
)

// timeOuts are the moves of a time-out, in the stages in which the circle is at
// work on a proposal in a meeting.
func timeOuts(stages ...Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out,
			Move{s, AskTimeOut{}.Wire(), Participants, guards(hasTimeOuts, inMeeting, noneAsked), to(s)},
			Move{s, GrantTimeOut{}.Wire(), Facilitating, guards(hasTimeOuts, inMeeting, timeOutAsked), to(s)},
			Move{s, EndTimeOut{}.Wire(), Facilitating, guards(hasTimeOuts, timeOutRuns), to(s)})
	}
	return out
}

// atWork are the stages in which there are time-outs.
var atWork = []Stage{StageClarify, StageReact, StageDecide, StageIntegrate, StageRevise, StageTest}

// administrative are the moves that are made while a time-out runs: what is
// arranged around a proposal, and no work on it. Time goes on as well.
var administrative = map[string]bool{EndTimeOut{}.Wire(): true, (proposal.AttachRendition{}).Wire(): true, (proposal.WaiveRendition{}).Wire(): true,
	(Signal{}).Wire(): true, (ClearCard{}).Wire(): true, RestoreProcess{}.Wire(): true}

// worksOn refuses work on a case while a time-out runs.
func (s *State) worksOn(p *Process, m *Move) error {
	if p.Aside == nil {
		return nil
	}
	if err := s.notOutside(p); err != nil && !administrative[m.On] {
		return err
	}
	if p.Aside.TimeOut.over() || m.Who == TheClock || administrative[m.On] {
		return nil
	}
	return TimeOutRuns.Refuse("proposal", p.Proposal, "facilitators", s.conductors(p))
}

// over says that no time-out runs.
func (t *TimeOut) over() bool { return t == nil || t.Since.IsZero() }

// untouched refuses that a decision of the circle carries out something on a
// case while a time-out runs.
func (s *State) untouched(d circle.Deed) error {
	var id proposal.ID
	switch d := d.(type) {
	case interface{ Of() proposal.ID }:
		id = d.Of()
	case interface{ Of() objection.ID }:
		if o := s.Objections.Objection(d.Of()); o != nil {
			id = o.Proposal
		}
	}
	p := s.processes[id]
	if p == nil {
		return nil
	}
	if !p.aside().TimeOut.over() {
		return TimeOutRuns.Refuse("proposal", id, "facilitators", s.conductors(p))
	}
	return s.notOutside(p)
}

func (s *State) noneAsked(p *Process, _ time.Time) error {
	if t := p.aside().TimeOut; t != nil {
		return TimeOutWaits.Refuse("asked", t.By, "proposal", p.Proposal, "facilitators", s.conductors(p))
	}
	return nil
}

func (s *State) timeOutAsked(p *Process, _ time.Time) error {
	if p.aside().TimeOut == nil {
		return NobodyAskedTimeOut.Refuse("proposal", p.Proposal)
	}
	return nil
}

func (s *State) timeOutRuns(p *Process, _ time.Time) error {
	if p.aside().TimeOut.over() {
		return NoTimeOut.Refuse("proposal", p.Proposal)
	}
	return nil
}

func (c AskTimeOut) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&TimeOutAsked{Proposal: c.Proposal, By: by.By, Reason: c.Reason})
}

func (c GrantTimeOut) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&TimeOutGranted{Proposal: c.Proposal, By: by.By, At: now})
}

func (c EndTimeOut) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&TimeOutEnded{Proposal: c.Proposal, By: by.By})
}

func (e *TimeOutAsked) apply(s *State) {
	s.processes[e.Proposal].stray().TimeOut = &TimeOut{By: e.By}
}

func (e *TimeOutGranted) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.TimeOut = &TimeOut{By: a.TimeOut.By, Since: e.At}
}

func (e *TimeOutEnded) apply(s *State) { s.processes[e.Proposal].stray().TimeOut = nil }

// backFromTimeOut ends the time-outs of a meeting that is over.
func (s *State) backFromTimeOut(m *Meeting) {
	for _, list := range [][]proposal.ID{m.Items, m.Asked} {
		for _, id := range list {
			if p := s.processes[id]; p != nil && p.Aside != nil {
				p.Aside.TimeOut = nil
			}
		}
	}
}

// withTimeOut adds that somebody asked for a time-out to what a proposal waits
// for; one that runs is all that it waits for.
func (s *State) withTimeOut(p *Process, next []Awaited) []Awaited {
	t := p.aside().TimeOut
	switch {
	case t == nil || p.Stage == StageParked:
		return next
	case t.over():
		return append(next, Awaited{Who: s.conductors(p), What: GrantTimeOut{}.Wire(), Of: string(p.Proposal)})
	}
	return []Awaited{{Who: s.conductors(p), What: EndTimeOut{}.Wire(), Of: string(p.Proposal)}}
}

// tellTimeOut words what happened around a time-out.
func tellTimeOut(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *TimeOutAsked:
		return fmt.Sprintf("%s asked for a time-out", how(entry, v.By)), v.Reason, true
	case *TimeOutGranted:
		return fmt.Sprintf("%s granted it: the work on the proposal was suspended", how(entry, v.By)), circle.Text{}, true
	case *TimeOutEnded:
		return fmt.Sprintf("%s ended the time-out, and the work went on", how(entry, v.By)), circle.Text{}, true
	}
	return "", circle.Text{}, false
}

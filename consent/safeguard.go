package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// SignalID is the reference under which a safeguarding signal is known: to the host,
// who has the words, and to the ledger, which has none. It is the id of the command
// that raised it.
type SignalID string

// Check refuses what cannot be the reference of a signal.
func (id SignalID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *SignalID) Kind() string { return "signal" }

// RaiseSafeguarding says that a person may be in danger (CP-22). Anybody may at any
// moment: a guest, a supporter, somebody who takes part in nothing. It leaves the
// process: the words go to [Config].Safeguard before anything is recorded, and
// nobody waits for anybody's consent. The ledger keeps that it happened, when, and
// who must act, and neither the words, nor what they are about, nor who said them.
type RaiseSafeguarding struct {
	Words circle.Text `json:"words"`
	// What it is about, as far as it is about something here. It goes to the host with
	// the words.
	Proposal proposal.ID     `json:"proposal,omitempty"`
	Need     proposal.NeedID `json:"need,omitempty"`
	Meeting  MeetingID       `json:"meeting,omitempty"`
	// SetAside stops the work on the proposal at once, until one of those who act says
	// that it goes on. Everybody sees that, and not why.
	SetAside bool `json:"set-aside,omitempty"`
	// Named puts who raised it on record, for those who want that.
	Named bool `json:"named,omitempty"`
}

// TakeUpSafeguarding says that one of those who must act on a signal does so.
type TakeUpSafeguarding struct {
	Signal SignalID `json:"signal"`
}

// EndSafeguarding says that what a signal asked for is done, or in other hands.
type EndSafeguarding struct {
	Signal SignalID `json:"signal"`
}

// GoOn lets the work on a proposal go on that was set aside with a signal. Its
// clocks go on with the time that they had left.
type GoOn struct {
	Proposal proposal.ID `json:"proposal"`
}

// SafeguardingRaised: somebody said that a person may be in danger. Who, about what
// and in which words stands outside the ledger, under the same reference.
type SafeguardingRaised struct {
	Signal SignalID          `json:"signal"`
	At     time.Time         `json:"at"`
	Leads  []circle.PersonID `json:"leads"`
	Until  time.Time         `json:"until,omitempty"` // then they are reminded
	By     circle.PersonID   `json:"by,omitempty"`    // only of those who want to be named
}

// SafeguardingReminded: nobody has taken the signal up in time, and those who must
// act are reminded; Asked is who is asked from now on as well.
type SafeguardingReminded struct {
	Signal SignalID        `json:"signal"`
	At     time.Time       `json:"at"`
	Asked  circle.PersonID `json:"asked,omitempty"`
	Until  time.Time       `json:"until,omitempty"`
}

// SafeguardingTakenUp: one of those who must act does.
type SafeguardingTakenUp struct {
	Signal SignalID        `json:"signal"`
	By     circle.PersonID `json:"by"`
	At     time.Time       `json:"at"`
}

// SafeguardingEnded: what it asked for is done, or in other hands.
type SafeguardingEnded struct {
	Signal SignalID        `json:"signal"`
	By     circle.PersonID `json:"by"`
}

// ItemSetAside: the work on a proposal stops for a reason that lies outside this
// process; these people say when it goes on.
type ItemSetAside struct {
	Proposal proposal.ID       `json:"proposal"`
	At       time.Time         `json:"at"`
	Leads    []circle.PersonID `json:"leads"`
}

// WentOn: the work on it goes on where it was.
type WentOn struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
}

// Wire names, one for each command and event.
func (RaiseSafeguarding) Wire() string    { return "consent.raise-safeguarding" }
func (TakeUpSafeguarding) Wire() string   { return "consent.take-up-safeguarding" }
func (EndSafeguarding) Wire() string      { return "consent.end-safeguarding" }
func (GoOn) Wire() string                 { return "consent.go-on" }
func (SafeguardingRaised) Wire() string   { return "consent.safeguarding-raised" }
func (SafeguardingReminded) Wire() string { return "consent.safeguarding-reminded" }
func (SafeguardingTakenUp) Wire() string  { return "consent.safeguarding-taken-up" }
func (SafeguardingEnded) Wire() string    { return "consent.safeguarding-ended" }
func (ItemSetAside) Wire() string         { return "consent.item-set-aside" }
func (WentOn) Wire() string               { return "consent.went-on" }

// Of names the proposal that the command is about.
func (c GoOn) Of() proposal.ID { return c.Proposal }

// On names the proposal that an event is about. A signal is about none: the ledger
// does not know.
func (*SafeguardingRaised) On() proposal.ID   { return "" }
func (*SafeguardingReminded) On() proposal.ID { return "" }
func (*SafeguardingTakenUp) On() proposal.ID  { return "" }
func (*SafeguardingEnded) On() proposal.ID    { return "" }
func (e *ItemSetAside) On() proposal.ID       { return e.Proposal }
func (e *WentOn) On() proposal.ID             { return e.Proposal }

// In names no meeting.
func (*SafeguardingRaised) In() MeetingID   { return "" }
func (*SafeguardingReminded) In() MeetingID { return "" }
func (*SafeguardingTakenUp) In() MeetingID  { return "" }
func (*SafeguardingEnded) In() MeetingID    { return "" }
func (*ItemSetAside) In() MeetingID         { return "" }
func (*WentOn) In() MeetingID               { return "" }

// safeguardCommands and safeguardEvents list one of each.
func safeguardCommands() []ownCommand {
	return []ownCommand{RaiseSafeguarding{}, TakeUpSafeguarding{}, EndSafeguarding{}, GoOn{}}
}

func safeguardEvents() []ownEvent {
	return []ownEvent{&SafeguardingRaised{}, &SafeguardingReminded{}, &SafeguardingTakenUp{}, &SafeguardingEnded{}, &ItemSetAside{}, &WentOn{}}
}

// The refusals of the safeguarding path. Whoever is refused reads what to do
// instead: nothing that somebody says here may get lost in silence.
var (
	NobodySafeguards = &circle.Code{ID: "nobody-safeguards", Kind: circle.ErrNotNow, Rule: "CP-22", Stands: circle.InRules,
		Says: "Nobody is named here who acts on this, so your words went to nobody and nothing of them was kept. Tell somebody whom you trust now. If somebody is in danger, call the emergency services first. The organisation names who acts in the rules of {circle} (safeguarding)."}
	NotHandedOver = &circle.Code{ID: "not-handed-over", Kind: circle.ErrNotNow, Rule: "CP-22", Stands: circle.InEngine,
		Says: "Your words did not get through: {why}. Nothing of them was kept, so nobody knows of them yet. Tell {leads} yourself, now: face to face, by phone or by letter. If somebody is in danger, call the emergency services first."}
	NothingToSetAside = &circle.Code{ID: "nothing-to-set-aside", Kind: circle.ErrNotValid, Rule: "CP-22", Stands: circle.InEngine,
		Says: "Only a proposal or a question that is being decided can be set aside. Your words did not go out yet: say them again without that."}
	UnknownSignal = &circle.Code{ID: "unknown-signal", Kind: circle.ErrNotKnown, Rule: "CP-22", Stands: circle.InEngine,
		Says: "There is no safeguarding signal {signal}, or it has ended."}
	NotALead = &circle.Code{ID: "not-a-lead", Kind: circle.ErrNotYou, Rule: "CP-22", Stands: circle.InRules,
		Says: "{who} is not one of those who act here: {leads} do."}
	TakenUpAlready = &circle.Code{ID: "taken-up", Kind: circle.ErrTaken, Rule: "CP-22", Stands: circle.InEngine,
		Says: "{by} has taken up {signal} already."}
	NotTakenUp = &circle.Code{ID: "not-taken-up", Kind: circle.ErrNotNow, Rule: "CP-22", Stands: circle.InEngine,
		Says: "Nobody has taken up {signal} yet. Whoever ends it says first that they act on it (consent.take-up-safeguarding)."}
	IsSetAside = &circle.Code{ID: "set-aside", Kind: circle.ErrNotNow, Rule: "CP-22", Stands: circle.InEngine,
		Says: "{proposal} is set aside for a reason outside this process. It goes on where it was when one of these says so: {leads}."}
	NotSetAside = &circle.Code{ID: "not-set-aside", Kind: circle.ErrNotNow, Rule: "CP-22", Stands: circle.InEngine,
		Says: "{proposal} is not set aside."}
)

func safeguardCodes() []*circle.Code {
	return []*circle.Code{NobodySafeguards, NotHandedOver, NothingToSetAside, UnknownSignal, NotALead, TakenUpAlready, NotTakenUp, IsSetAside, NotSetAside}
}

// A Safeguarding is what is known here of a signal that has not ended: that it was
// raised, when, who must act, and whether somebody does.
type Safeguarding struct {
	At    time.Time
	Leads []circle.PersonID
	Until time.Time       // then they are reminded; zero: nobody is reminded any more
	Taken circle.PersonID // who has taken it up; empty: nobody
}

// Safeguarding returns a signal, nil if there is none or it has ended.
func (s *State) Safeguarding(id SignalID) *Safeguarding { return s.signals[id] }

// Safeguardings lists the signals that have not ended, by name.
func (s *State) Safeguardings() []SignalID {
	var out []SignalID
	for id := range s.signals {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

func (e *SafeguardingRaised) apply(s *State) {
	if s.signals == nil {
		s.signals = map[SignalID]*Safeguarding{}
	}
	s.signals[e.Signal] = &Safeguarding{At: e.At, Leads: e.Leads, Until: e.Until}
	s.timers.set(Timer{SafeguardingWaits, string(e.Signal), ""}, e.Until)
}

func (e *SafeguardingReminded) apply(s *State) {
	g := s.signals[e.Signal]
	g.Until = e.Until
	if e.Asked != "" {
		g.Leads = append(slices.Clone(g.Leads), e.Asked)
	}
	s.timers.set(Timer{SafeguardingWaits, string(e.Signal), ""}, e.Until)
}

func (e *SafeguardingTakenUp) apply(s *State) {
	g := s.signals[e.Signal]
	g.Taken, g.Until = e.By, time.Time{}
	s.timers.set(Timer{SafeguardingWaits, string(e.Signal), ""}, time.Time{})
}

func (e *SafeguardingEnded) apply(s *State) { delete(s.signals, e.Signal) }

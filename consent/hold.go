package consent

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A Hold is a petition to suspend a decision: when enough have signed it, the
// decision is on hold at once, and the circle votes on the hold itself (M-197).
type Hold struct {
	Circle circle.ID
	Rules  circle.HoldRule // as they were when the first signed
	Signed []circle.PersonID
	// Until is when the vote on the hold ends; zero while people sign.
	Until time.Time
	Keep  []circle.PersonID
	Lift  []circle.PersonID
}

// HoldAnswer is what somebody says of a hold.
type HoldAnswer string

// The answers.
const (
	KeepsHold HoldAnswer = "keep"
	LiftsHold HoldAnswer = "lift"
)

// Values lists the answers.
func (HoldAnswer) Values() []string { return []string{string(KeepsHold), string(LiftsHold)} }

// Check refuses an answer that nobody knows.
func (a HoldAnswer) Check() error { return among(string(a), a.Values()) }

// PetitionHold asks that a decision is suspended at once (M-197).
type PetitionHold struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// VoteOnHold says whether a hold stays. The last word of each counts.
type VoteOnHold struct {
	Proposal proposal.ID `json:"proposal"`
	Answer   HoldAnswer  `json:"answer"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// HoldPetitioned: somebody asks that a decision is suspended.
type HoldPetitioned struct {
	Proposal proposal.ID     `json:"proposal"`
	Circle   circle.ID       `json:"circle"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason" words:"heard"`
	Rules    circle.HoldRule `json:"rules"`
}

// HoldPut: enough have asked, and the circle votes on the hold until this
// instant.
type HoldPut struct {
	Proposal proposal.ID `json:"proposal"`
	Signed   int         `json:"signed"`
	Until    time.Time   `json:"until"`
}

// HoldVoted: somebody said whether a hold stays.
type HoldVoted struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Answer   HoldAnswer      `json:"answer"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// HoldDecided: the vote on a hold is over. What stays on hold does so until the
// circle decides on it.
type HoldDecided struct {
	Proposal proposal.ID `json:"proposal"`
	Keep     int         `json:"keep"`
	Lift     int         `json:"lift"`
	Stays    bool        `json:"stays,omitempty"`
	At       time.Time   `json:"at"`
}

// Wire names, one for each command and event.
func (PetitionHold) Wire() string   { return "consent.petition-hold" }
func (VoteOnHold) Wire() string     { return "consent.vote-on-hold" }
func (HoldPetitioned) Wire() string { return "consent.hold-petitioned" }
func (HoldPut) Wire() string        { return "consent.hold-put" }
func (HoldVoted) Wire() string      { return "consent.hold-voted" }
func (HoldDecided) Wire() string    { return "consent.hold-decided" }

// On names the decision that an event is about.
func (e *HoldPetitioned) On() proposal.ID { return e.Proposal }
func (e *HoldPut) On() proposal.ID        { return e.Proposal }
func (e *HoldVoted) On() proposal.ID      { return e.Proposal }
func (e *HoldDecided) On() proposal.ID    { return e.Proposal }

// In names no meeting: it may be done at any time.
func (*HoldPetitioned) In() MeetingID { return "" }
func (*HoldPut) In() MeetingID        { return "" }
func (*HoldVoted) In() MeetingID      { return "" }
func (*HoldDecided) In() MeetingID    { return "" }

// holdCommands and holdEvents list one of each.
func holdCommands() []ownCommand { return []ownCommand{PetitionHold{}, VoteOnHold{}} }
func holdEvents() []ownEvent {
	return []ownEvent{&HoldPetitioned{}, &HoldPut{}, &HoldVoted{}, &HoldDecided{}}
}

// The refusals of holds.
var (
	NoHoldRule = &circle.Code{ID: "no-hold-rule", Kind: circle.ErrNotNow, Rule: "M-197", Stands: circle.InRules,
		Says: "{circle} has not agreed how many can ask for a hold. The circle puts {proposal} on hold by consent (proposal.hold)."}
	HoldSigned = &circle.Code{ID: "hold-signed", Kind: circle.ErrTaken, Rule: "M-197", Stands: circle.InEngine,
		Says: "{who} has asked for a hold of {proposal} already."}
	HoldIsPut = &circle.Code{ID: "hold-put", Kind: circle.ErrTaken, Rule: "M-197", Stands: circle.InEngine,
		Says: "{proposal} is on hold, and {circle} votes on that until {until} (consent.vote-on-hold)."}
	NoHoldVote = &circle.Code{ID: "no-hold-vote", Kind: circle.ErrNotNow, Rule: "M-197", Stands: circle.InEngine,
		Says: "There is no vote on a hold of {proposal}."}
)

// holdCodes lists them.
func holdCodes() []*circle.Code {
	return []*circle.Code{NoHoldRule, HoldSigned, HoldIsPut, NoHoldVote}
}

// HoldOn returns the petition or the vote on a hold of a decision, nil if there
// is none.
func (s *State) HoldOn(id proposal.ID) *Hold { return s.holds[id] }

func (c PetitionHold) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	text, err := s.decided(c.Proposal)
	switch {
	case err != nil:
		return nil, err
	case s.Org.LevelIn(text.Circle, by.By) != circle.Full:
		return nil, NotFull.Refuse("who", by.By, "circle", text.Circle)
	}
	h := s.holds[c.Proposal]
	if h == nil {
		h = &Hold{Circle: text.Circle, Rules: s.Org.RulesOf(text.Circle).Appeal.Hold}
	}
	switch {
	case h.Rules.IsZero():
		return nil, NoHoldRule.Refuse("circle", text.Circle, "proposal", c.Proposal)
	case !h.Until.IsZero():
		return nil, HoldIsPut.Refuse("proposal", c.Proposal, "circle", h.Circle, "until", h.Until)
	case s.Matters.Particulars(c.Proposal).Held:
		return nil, proposal.OnHoldAlready.Refuse("proposal", c.Proposal)
	case slices.Contains(h.Signed, by.By):
		return nil, HoldSigned.Refuse("who", by.By, "proposal", c.Proposal)
	}
	events := []Event{&HoldPetitioned{Proposal: c.Proposal, Circle: h.Circle, By: by.By, Reason: c.Reason, Rules: h.Rules}}
	got := 1
	for _, who := range h.Signed {
		if s.Org.LevelIn(h.Circle, who) == circle.Full {
			got++
		}
	}
	if got >= h.Rules.People {
		events = append(events, &HoldPut{Proposal: c.Proposal, Signed: got, Until: h.Rules.For.After(now)}, &proposal.Held{Proposal: c.Proposal})
	}
	return events, nil
}

func (c VoteOnHold) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if _, err := s.decided(c.Proposal); err != nil {
		return nil, err
	}
	h := s.holds[c.Proposal]
	switch {
	case h == nil || h.Until.IsZero():
		return nil, NoHoldVote.Refuse("proposal", c.Proposal)
	case s.Org.LevelIn(h.Circle, by.By) != circle.Full:
		return nil, NotFull.Refuse("who", by.By, "circle", h.Circle)
	}
	e := &HoldVoted{Proposal: c.Proposal, By: by.By, Answer: c.Answer, Reason: c.Reason}
	would := *h
	would.takes(e)
	for _, who := range s.Org.FullIn(h.Circle) {
		if !slices.Contains(would.Keep, who) && !slices.Contains(would.Lift, who) {
			return []Event{e}, nil
		}
	}
	return append([]Event{e}, s.holdEnds(c.Proposal, &would, now)...), nil
}

// takes takes note of a vote; an earlier one of the same person does not count.
func (h *Hold) takes(e *HoldVoted) {
	other := func(who circle.PersonID) bool { return who == e.By }
	h.Keep, h.Lift = slices.DeleteFunc(slices.Clone(h.Keep), other), slices.DeleteFunc(slices.Clone(h.Lift), other)
	if e.Answer == KeepsHold {
		h.Keep = append(h.Keep, e.By)
	} else {
		h.Lift = append(h.Lift, e.By)
	}
}

// holdEnds counts the votes of those who are still there: a hold stays by the
// share that the circle has agreed, or else by more than half of those who voted.
// Where nobody voted it is lifted.
func (s *State) holdEnds(id proposal.ID, h *Hold, at time.Time) []Event {
	counted := func(list []circle.PersonID) (n int) {
		for _, who := range list {
			if s.Org.LevelIn(h.Circle, who) == circle.Full {
				n++
			}
		}
		return n
	}
	e := &HoldDecided{Proposal: id, Keep: counted(h.Keep), Lift: counted(h.Lift), At: at}
	e.Stays = e.Keep > e.Lift
	if share := h.Rules.Share; !share.IsZero() {
		e.Stays = e.Keep > 0 && share.Met(e.Keep, e.Keep+e.Lift)
	}
	events := []Event{e}
	if !e.Stays && s.Matters.Particulars(id).Held {
		events = append(events, &proposal.HoldLifted{Proposal: id})
	}
	return events
}

// dueHolds lists the holds for which too few have signed yet: nothing waits for
// them, and they are seen.
func (s *State) dueHolds() []Due {
	var out []Due
	for _, id := range slices.Sorted(maps.Keys(s.holds)) {
		if h := s.holds[id]; h.Until.IsZero() {
			out = append(out, Due{At: s.latest, What: "hold-petition", Of: string(id), Part: string(h.Circle)})
		}
	}
	return out
}

func (e *HoldPetitioned) apply(s *State) {
	if s.holds == nil {
		s.holds = map[proposal.ID]*Hold{}
	}
	h := s.holds[e.Proposal]
	if h == nil {
		h = &Hold{Circle: e.Circle, Rules: e.Rules}
		s.holds[e.Proposal] = h
	}
	h.Signed = append(h.Signed, e.By)
}

func (e *HoldPut) apply(s *State) {
	s.holds[e.Proposal].Until = e.Until
	s.timers.set(Timer{HoldVoteEnds, string(e.Proposal), ""}, e.Until)
}

func (e *HoldVoted) apply(s *State) { s.holds[e.Proposal].takes(e) }

func (e *HoldDecided) apply(s *State) {
	delete(s.holds, e.Proposal)
	s.timers.set(Timer{HoldVoteEnds, string(e.Proposal), ""}, time.Time{})
}

// tellHold words what happens to a hold.
func tellHold(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *HoldPetitioned:
		return fmt.Sprintf("%s asked for a hold", how(entry, v.By)), v.Reason, true
	case *HoldPut:
		return fmt.Sprintf("%d asked for it: it is on hold, and the circle votes on that until %s", v.Signed, day(v.Until)), circle.Text{}, true
	case *HoldVoted:
		return fmt.Sprintf("%s on the hold: %s", how(entry, v.By), v.Answer), v.Reason, true
	case *HoldDecided:
		if v.Stays {
			return fmt.Sprintf("It stays on hold: %d to %d", v.Keep, v.Lift), circle.Text{}, true
		}
		return fmt.Sprintf("The hold is lifted: %d to %d", v.Keep, v.Lift), circle.Text{}, true
	}
	return "", circle.Text{}, false
}

// holdWords tells a hold that the circle consented to from one that came with
// an appeal or a petition.
func holdWords(entry *Entry, byConsent, besides string) string {
	for _, e := range entry.Events {
		switch e.(type) {
		case *AppealMoved, *AppealEnded, *HoldPut, *HoldDecided:
			return besides
		}
	}
	return byConsent
}

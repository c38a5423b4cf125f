package consent

import (
	"encoding/base64"
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A Seal is a digest over the entries that minutes are drawn from, in their
// order: 256 bits in base64url. Each of these entries binds its words, so a
// later change of either shows (see [Engine.SealMinutes]).
type Seal string

// Check refuses what is no such digest.
func (s Seal) Check() error {
	if b, err := base64.RawURLEncoding.DecodeString(string(s)); err != nil || len(b) != 32 {
		return fmt.Errorf("%q is no digest of minutes", string(s))
	}
	return nil
}

// Minutes is where the account of a meeting stands (M-244).
type Minutes struct {
	// Seal binds the entries that the account is drawn from, which are the first
	// Entries of the meeting's trail. Empty: nothing is before the circle.
	Seal      Seal
	Entries   int
	Presented time.Time
	After     circle.Period // silence for so long adopts; zero: the circle is asked
	Until     time.Time     // when that time is over; zero: it does not run
	Objected  []circle.PersonID
	Adopted   time.Time
	Lazily    bool // adopted by silence
	// Counts is from which of the sendings on they are of this account.
	Counts int
}

// minutes is the meeting's account, or an empty one.
func (m *Meeting) minutes() *Minutes {
	if m.Minutes == nil {
		return &Minutes{}
	}
	return m.Minutes
}

// account is the meeting's account, made when it is spoken of first.
func (m *Meeting) account() *Minutes {
	if m.Minutes == nil {
		m.Minutes = &Minutes{}
	}
	return m.Minutes
}

// reached says when the account as it is now went out to a person.
func (m *Meeting) reached(who circle.PersonID) (at time.Time, ok bool) {
	for _, s := range m.Sent[min(m.minutes().Counts, len(m.Sent)):] {
		if s.To == who {
			return s.At, true
		}
	}
	return time.Time{}, false
}

// PresentMinutes puts the account of a meeting that is over before those who
// were there (M-244): the entries that were recorded of it so far, bound by
// their digest. Where the circle's rules say so, silence adopts it.
type PresentMinutes struct {
	Meeting MeetingID `json:"meeting"`
	Seal    Seal      `json:"seal"`
}

// AdoptMinutes is carried out when the circle consents to the account of a
// meeting, as it was presented (M-244).
type AdoptMinutes struct {
	Meeting MeetingID `json:"meeting"`
	Seal    Seal      `json:"seal"`
}

// At names the meeting whose account it is.
func (c AdoptMinutes) At() MeetingID { return c.Meeting }

// ObjectToMinutes says that the account of a meeting is wrong; silence does not
// adopt it then. It is for those who were there (M-245).
type ObjectToMinutes struct {
	Meeting MeetingID   `json:"meeting"`
	Reason  circle.Text `json:"reason"`
}

// CorrectMinutes adds to the account of a meeting what it says wrongly or not
// at all. Nothing is overwritten: the correction stands beside (M-244, M-245).
type CorrectMinutes struct {
	Meeting MeetingID   `json:"meeting"`
	Text    circle.Text `json:"text"`
}

// Wire names, one for each command.
func (PresentMinutes) Wire() string  { return "consent.present-minutes" }
func (AdoptMinutes) Wire() string    { return "consent.adopt-minutes" }
func (ObjectToMinutes) Wire() string { return "consent.object-to-minutes" }
func (CorrectMinutes) Wire() string  { return "consent.correct-minutes" }

// minutesCommands lists one of each.
func minutesCommands() []ownCommand {
	return []ownCommand{PresentMinutes{}, AdoptMinutes{}, ObjectToMinutes{}, CorrectMinutes{}}
}

// MinutesPresented: the account of a meeting was put before those who were
// there. After a time of silence it is adopted, where the circle has agreed so.
type MinutesPresented struct {
	Meeting MeetingID       `json:"meeting"`
	Seal    Seal            `json:"seal"`
	Entries int             `json:"entries"`
	By      circle.PersonID `json:"by"`
	At      time.Time       `json:"at"`
	After   circle.Period   `json:"after,omitempty"`
}

// MinutesAdopted: the account of a meeting is the circle's, by consent or by
// silence.
type MinutesAdopted struct {
	Meeting MeetingID `json:"meeting"`
	Seal    Seal      `json:"seal"`
	At      time.Time `json:"at"`
	Lazily  bool      `json:"lazily,omitempty"`
}

// MinutesObjected: somebody who was there said that the account is wrong.
type MinutesObjected struct {
	Meeting MeetingID       `json:"meeting"`
	By      circle.PersonID `json:"by"`
	Reason  circle.Text     `json:"reason" words:"heard"`
}

// MinutesCorrected: somebody who was there added to the account.
type MinutesCorrected struct {
	Meeting MeetingID       `json:"meeting"`
	By      circle.PersonID `json:"by"`
	Text    circle.Text     `json:"text" words:"heard"`
	At      time.Time       `json:"at"`
}

// Wire names, one for each event.
func (MinutesPresented) Wire() string { return "consent.minutes-presented" }
func (MinutesAdopted) Wire() string   { return "consent.minutes-adopted" }
func (MinutesObjected) Wire() string  { return "consent.minutes-objected" }
func (MinutesCorrected) Wire() string { return "consent.minutes-corrected" }

// minutesEvents lists one of each.
func minutesEvents() []ownEvent {
	return []ownEvent{&MinutesPresented{}, &MinutesAdopted{}, &MinutesObjected{}, &MinutesCorrected{}}
}

// On names no proposal: these events are about a meeting.
func (*MinutesPresented) On() proposal.ID { return "" }
func (*MinutesAdopted) On() proposal.ID   { return "" }
func (*MinutesObjected) On() proposal.ID  { return "" }
func (*MinutesCorrected) On() proposal.ID { return "" }

// In names the meeting whose account it is.
func (e *MinutesPresented) In() MeetingID { return e.Meeting }
func (e *MinutesAdopted) In() MeetingID   { return e.Meeting }
func (e *MinutesObjected) In() MeetingID  { return e.Meeting }
func (e *MinutesCorrected) In() MeetingID { return e.Meeting }

func (e *MinutesPresented) apply(s *State) {
	m := s.meetings[e.Meeting]
	a := m.account()
	a.Seal, a.Entries, a.Presented, a.After, a.Objected = e.Seal, e.Entries, e.At, e.After, nil
	s.minutesClock(m)
}

func (e *MinutesAdopted) apply(s *State) {
	m := s.meetings[e.Meeting]
	a := m.account()
	a.Adopted, a.Lazily = e.At, e.Lazily
	s.minutesClock(m)
}

func (e *MinutesObjected) apply(s *State) {
	m := s.meetings[e.Meeting]
	a := m.account()
	a.Objected = append(slices.Clone(a.Objected), e.By)
	s.minutesClock(m)
}

// A correction before the account is adopted takes it back: it is presented
// anew, with what was added. Afterwards it stands beside.
func (e *MinutesCorrected) apply(s *State) {
	m := s.meetings[e.Meeting]
	if a := m.account(); a.Adopted.IsZero() {
		*a = Minutes{Counts: len(m.Sent)}
	}
	s.minutesClock(m)
}

// minutesClock sets the clock for the silence that adopts an account. It runs
// from when the account was presented and has reached each of those who were
// there, and does not run while somebody objects (M-244, EC-39).
func (s *State) minutesClock(m *Meeting) {
	a := m.Minutes
	if a == nil {
		return
	}
	a.Until = time.Time{}
	if !a.After.IsZero() && a.Seal != "" && len(a.Objected) == 0 && a.Adopted.IsZero() {
		a.Until = a.After.After(a.Presented)
		for _, who := range m.Present {
			at, ok := m.reached(who)
			if !ok {
				a.Until = time.Time{}
				break
			}
			if until := a.After.After(at); until.After(a.Until) {
				a.Until = until
			}
		}
	}
	s.timers.set(Timer{MinutesSilent, string(m.ID), ""}, a.Until)
}

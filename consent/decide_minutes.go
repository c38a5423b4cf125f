package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals about the account of a meeting.
var (
	NotTheirAccount = &circle.Code{ID: "not-their-account", Kind: circle.ErrNotYou, Rule: "M-245", Stands: circle.InEngine,
		Says: "{who} was not at the meeting {meeting}: what its minutes tell is for those who were there. {who} may object to what was decided."}
	NotTheKeeper = &circle.Code{ID: "not-the-minute-taker", Kind: circle.ErrNotYou, Rule: "M-244", Stands: circle.InEngine,
		Says: "The minutes of {circle} are kept by its Secretary and by who facilitates; {who} does neither. Who was there may correct them."}
	MinutesThere = &circle.Code{ID: "minutes-adopted", Kind: circle.ErrTaken, Rule: "M-244", Stands: circle.InEngine,
		Says: "The minutes of {meeting} were adopted on {at}. They stay as they are; a correction stands beside them."}
	MinutesNot = &circle.Code{ID: "minutes-not-presented", Kind: circle.ErrNotNow, Rule: "M-244", Stands: circle.InEngine,
		Says: "No minutes of {meeting} with this seal are before the circle: they were not presented, or were corrected since."}
	OtherSeal = &circle.Code{ID: "other-seal", Kind: circle.ErrNotValid, Rule: "M-244", Stands: circle.InEngine,
		Says: "The seal does not fit what was recorded of {meeting}. Read the minutes again: something was added, or they are not what they seem."}
)

// minutesCodes lists them.
func minutesCodes() []*circle.Code {
	return []*circle.Code{NotTheirAccount, NotTheKeeper, MinutesThere, MinutesNot, OtherSeal}
}

// over returns a meeting that is over.
func (s *State) over(id MeetingID) (*Meeting, error) {
	m, err := s.meeting(id)
	if err == nil && m.Status != StatusOver {
		err = MeetingNot.Refuse("meeting", id, "status", m.Status)
	}
	return m, err
}

// unadopted returns a meeting that is over, and whose account is open.
func (s *State) unadopted(id MeetingID) (*Meeting, error) {
	m, err := s.over(id)
	if err == nil && !m.minutes().Adopted.IsZero() {
		err = MinutesThere.Refuse("meeting", id, "at", m.Minutes.Adopted)
	}
	return m, err
}

// wasThere refuses who was not at a meeting: others tell what they did not see
// (M-245).
func (m *Meeting) wasThere(who circle.PersonID) error {
	if m.Attends(who) {
		return nil
	}
	return NotTheirAccount.Refuse("who", who, "meeting", m.ID)
}

func (c PresentMinutes) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.unadopted(c.Meeting)
	if err != nil {
		return nil, err
	}
	if s.facilitates(m.Circle, by.By) != nil && !s.Org.Wears(m.Circle, circle.Secretary, by.By) && m.beside().wears(circle.Secretary) != by.By {
		return nil, NotTheKeeper.Refuse("who", by.By, "circle", m.Circle)
	}
	return []Event{&MinutesPresented{Meeting: c.Meeting, Seal: c.Seal, Entries: len(m.Trail.Positions()), By: by.By, At: now,
		After: s.Org.RulesOf(m.Circle).MinutesAfter}}, nil
}

// A direct call is refused: the circle adopts the account, or silence does.
func (c AdoptMinutes) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	return nil, s.meetingByConsent(c.Meeting, by)
}

func (c AdoptMinutes) enact(s *State, of circle.ID, now time.Time) ([]Event, error) {
	m, err := s.unadopted(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case m.Circle != of:
		return nil, UnknownMeeting.Refuse("meeting", c.Meeting)
	case m.minutes().Seal == "" || m.Minutes.Seal != c.Seal:
		return nil, MinutesNot.Refuse("meeting", c.Meeting)
	}
	return []Event{&MinutesAdopted{Meeting: c.Meeting, Seal: c.Seal, At: now}}, nil
}

func (c ObjectToMinutes) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.unadopted(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := m.wasThere(by.By); err != nil {
		return nil, err
	}
	switch a := m.minutes(); {
	case a.Seal == "":
		return nil, MinutesNot.Refuse("meeting", c.Meeting)
	case slices.Contains(a.Objected, by.By):
		return nil, circle.TakenID.Refuse("id", by.By)
	}
	return []Event{&MinutesObjected{Meeting: c.Meeting, By: by.By, Reason: c.Reason}}, nil
}

func (c CorrectMinutes) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.over(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := m.wasThere(by.By); err != nil {
		return nil, err
	}
	return []Event{&MinutesCorrected{Meeting: c.Meeting, By: by.By, Text: c.Text, At: now}}, nil
}

// minutesOf refuses an objection to the account of a meeting by somebody who
// was not there, where the circle is asked to adopt it (M-245).
func (s *State) minutesOf(id proposal.ID, who circle.PersonID) error {
	for _, d := range s.Matters.Proposal(id).Enacts {
		adopted, is := d.(*AdoptMinutes)
		if !is {
			continue
		}
		if m := s.meetings[adopted.Meeting]; m != nil && !m.Attends(who) {
			return m.wasThere(who)
		}
	}
	return nil
}

// silentMinutes adopts the account of a meeting to which nobody objected.
func (s *State) silentMinutes(id MeetingID, due time.Time) ([]Event, error) {
	m, err := s.unadopted(id)
	if err != nil {
		return nil, err
	}
	return []Event{&MinutesAdopted{Meeting: id, Seal: m.minutes().Seal, At: due, Lazily: true}}, nil
}

// dueMinutes lists the accounts that lie before their circle and wait for its
// consent; those that silence adopts have a timer.
func (s *State) dueMinutes() []Due {
	var out []Due
	for _, m := range s.meetings {
		if a := m.minutes(); a.Seal != "" && a.Adopted.IsZero() && a.Until.IsZero() {
			out = append(out, Due{At: a.Presented, What: "minutes-to-adopt", Of: string(m.ID), Past: true})
		}
	}
	return out
}

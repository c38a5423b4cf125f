package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// SendSubstitute names who acts in the stead of somebody who wears a role, for
// one meeting and no longer: of the circle of the role, or of a circle to which
// the role links (EC-89, M-72). The wearer does it; failing that the Facilitator,
// the Secretary, the Delegate or the Leader. Who was named before for that
// meeting is not any more; and a wearer who comes after all sits there themself.
type SendSubstitute struct {
	Meeting MeetingID       `json:"meeting"`
	Role    circle.RoleID   `json:"role"`
	Holder  circle.PersonID `json:"holder,omitempty"` // empty: who gives the command
	Person  circle.PersonID `json:"person"`
}

// SubstituteSent: somebody acts in the stead of who wears a role, while one
// meeting goes on.
type SubstituteSent struct {
	Meeting MeetingID       `json:"meeting"`
	Role    circle.RoleID   `json:"role"`
	Holder  circle.PersonID `json:"holder"`
	Person  circle.PersonID `json:"person"`
	By      circle.PersonID `json:"by"`
	Begins  bool            `json:"begins,omitempty"` // the meeting goes on already
}

// A Substitute acts in the stead of who wears a role, at one meeting.
type Substitute struct {
	Role   circle.RoleID   `json:"role"`
	Holder circle.PersonID `json:"holder"`
	Person circle.PersonID `json:"person"`
	By     circle.PersonID `json:"by"` // who named them
}

// Wire names.
func (SendSubstitute) Wire() string { return "consent.send-substitute" }
func (SubstituteSent) Wire() string { return "consent.substitute-sent" }

// On names no proposal: the event is about a meeting.
func (*SubstituteSent) On() proposal.ID { return "" }

// In names the meeting.
func (e *SubstituteSent) In() MeetingID { return e.Meeting }

// The refusals about substitutes for one meeting.
var (
	NotOfMeeting = &circle.Code{ID: "not-of-this-meeting", Kind: circle.ErrNotValid, Rule: "EC-89", Stands: circle.InEngine,
		Says: "{meeting} is a meeting of {circle}, where {holder} has no seat by the role {role}: nobody sits there in its stead."}
	StandsForOther = &circle.Code{ID: "stands-for-another", Kind: circle.ErrTaken, Rule: "EC-89", Stands: circle.InEngine,
		Says: "{who} sits in {meeting} for {holder} already, and has one voice there. Somebody else can."}
	HasSubstitute = &circle.Code{ID: "has-a-substitute", Kind: circle.ErrTaken, Rule: "EC-89", Stands: circle.InEngine,
		Says: "{person} acts in the stead of {holder} as it is, in the role {role}. circle.end-substitute ends that."}
	ConfirmFirst = &circle.Code{ID: "confirm-first", Kind: circle.ErrNotNow, Rule: "EC-88, I-12", Stands: circle.InRules,
		Says: "{circle} has agreed that it confirms whoever comes to it through a link, and has not confirmed {who} (circle.confirm-link)."}
)

func substituteCodes() []*circle.Code {
	return []*circle.Code{NotOfMeeting, StandsForOther, HasSubstitute, ConfirmFirst}
}

func (c SendSubstitute) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if c.Holder == "" {
		c.Holder = by.By
	}
	m, err := s.meeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case m.Status == StatusOver:
		return nil, MeetingNot.Refuse("meeting", c.Meeting, "status", m.Status)
	case m.Attends(c.Holder):
		return nil, HereThemself.Refuse("who", c.Holder, "meeting", m.ID)
	}
	if _, err := s.Org.Decide(by, now, circle.NameSubstitute{Role: c.Role, Holder: c.Holder, Person: c.Person}, circle.Facts{}); err != nil {
		return nil, err
	}
	if err := c.fits(s, m); err != nil {
		return nil, err
	}
	events := []Event{&SubstituteSent{Meeting: m.ID, Role: c.Role, Holder: c.Holder, Person: c.Person, By: by.By, Begins: m.Status == StatusOpen}}
	if m.Status == StatusOpen {
		events = append(events, &circle.SubstituteNamed{Role: c.Role, Holder: c.Holder, Person: c.Person, By: by.By})
	}
	return events, nil
}

// fits refuses a substitute for a seat that the role does not have, and who sits
// there for somebody else.
func (c SendSubstitute) fits(s *State, m *Meeting) error {
	r := s.Org.Role(c.Role)
	if acts := s.standsInFor(Substitute{Role: c.Role, Holder: c.Holder}); acts != "" {
		return HasSubstitute.Refuse("person", acts, "holder", c.Holder, "role", c.Role)
	}
	away := r.Circle != m.Circle
	if away && !slices.Contains(s.Org.FromCircles(m.Circle, c.Holder), r.Circle) {
		return NotOfMeeting.Refuse("meeting", m.ID, "circle", m.Circle, "holder", c.Holder, "role", c.Role)
	}
	if away && s.Org.LinkingOf(m.Circle).Confirm && s.takesPart(m.Circle, c.Person) != nil {
		return ConfirmFirst.Refuse("circle", m.Circle, "who", c.Person)
	}
	for _, sub := range m.Substitutes {
		if sub.Person == c.Person && (sub.Role != c.Role || sub.Holder != c.Holder) {
			return StandsForOther.Refuse("who", c.Person, "meeting", m.ID, "holder", sub.Holder)
		}
	}
	return nil
}

func (e *SubstituteSent) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.Substitutes = append(slices.DeleteFunc(slices.Clone(m.Substitutes), func(sub Substitute) bool {
		return sub.Role == e.Role && sub.Holder == e.Holder
	}), Substitute{Role: e.Role, Holder: e.Holder, Person: e.Person, By: e.By})
}

// substituting are those who sit in a meeting that begins now for somebody who
// is not there. Who could not wear the role any more, or has lost it, is none.
func (s *State) substituting(m *Meeting, present []circle.PersonID, now time.Time) []Substitute {
	var out []Substitute
	for _, sub := range m.Substitutes {
		_, err := s.Org.Decide(circle.Actor{By: sub.Holder}, now, circle.NameSubstitute{Role: sub.Role, Holder: sub.Holder, Person: sub.Person}, circle.Facts{})
		if err != nil || slices.Contains(present, sub.Holder) || s.standsInFor(sub) != "" {
			continue
		}
		out = append(out, sub)
	}
	return out
}

// standsInFor is who acts in the stead of a holder now.
func (s *State) standsInFor(sub Substitute) circle.PersonID {
	if r := s.Org.Role(sub.Role); r != nil {
		for _, h := range r.Holders {
			if h.Person == sub.Holder {
				return h.Substitute
			}
		}
	}
	return ""
}

// sits lets the substitutes act while their meeting goes on.
func sits(list []Substitute) []Event {
	var out []Event
	for _, sub := range list {
		out = append(out, &circle.SubstituteNamed{Role: sub.Role, Holder: sub.Holder, Person: sub.Person, By: sub.By})
	}
	return out
}

// substitutesLeave ends what substitutes do when the meeting is over for which
// they were named.
func (s *State) substitutesLeave(m *Meeting) []Event {
	var out []Event
	for _, sub := range m.Substitutes {
		if s.standsInFor(sub) == sub.Person {
			out = append(out, &circle.SubstituteEnded{Role: sub.Role, Holder: sub.Holder})
		}
	}
	return out
}

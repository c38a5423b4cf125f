package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// facilitates refuses who does not run the circle's process: the Facilitator,
// or who stands in for them. Nobody who is gone, and nobody who sits still, can
// hold a circle for ever (EC-89, L1).
func (s *State) facilitates(id circle.ID, who circle.PersonID) error {
	err := s.chairs(id, who)
	if err == nil || s.Org.LevelIn(id, who) == circle.Full && slices.Contains(s.standIns(id, s.chairsOf(id)), who) {
		return nil
	}
	return err
}

// chairs refuses who is not the Facilitator, and does not take their place
// because nobody wears the hat or none of them is at the meeting: acts of
// judgement are theirs while they are there.
func (s *State) chairs(id circle.ID, who circle.PersonID) error {
	m := s.openMeeting(id)
	if outside := m.beside().wears(circle.Facilitator); outside != "" {
		if who == outside {
			return nil
		}
		return NotFacilitating.Refuse("who", who, "circle", id, "facilitators", []circle.PersonID{outside})
	}
	if s.Org.Wears(id, circle.Facilitator, who) {
		return nil
	}
	list := s.chairsOf(id)
	if first := s.surrogate(id, m); first != "" && !s.attended(list, m) {
		if who == first {
			return nil
		}
		return NotFacilitating.Refuse("who", who, "circle", id, "facilitators", []circle.PersonID{first})
	}
	if s.Org.LevelIn(id, who) == circle.Full {
		if len(list) == 0 || m != nil && m.Attends(who) && !slices.ContainsFunc(list, m.Attends) {
			return nil
		}
	}
	if len(list) == 0 {
		list = s.asked(id)
	}
	return NotFacilitating.Refuse("who", who, "circle", id, "facilitators", list)
}

// chairsOf are those who wear the hat of the Facilitator: at a meeting to which
// somebody was called in from outside to facilitate it, they do (M-41). Who has left
// keeps nobody waiting.
func (s *State) chairsOf(id circle.ID) []circle.PersonID {
	if outside := s.openMeeting(id).beside().wears(circle.Facilitator); outside != "" {
		return []circle.PersonID{outside}
	}
	return slices.DeleteFunc(s.Org.Wearers(id, circle.Facilitator), func(holder circle.PersonID) bool {
		level := s.Org.LevelIn(id, holder)
		return level != circle.Full && level != circle.Learning
	})
}

// standIns are those who may stand in for the Facilitator at any time: the
// surrogates, where the circle has named some; else whoever wears another
// process hat, or if nobody else does, every full participant.
func (s *State) standIns(id circle.ID, facilitators []circle.PersonID) []circle.PersonID {
	m := s.openMeeting(id)
	if out := s.surrogates(id); m == nil && len(out) > 0 {
		return out
	}
	if first := s.surrogate(id, m); first != "" {
		return []circle.PersonID{first}
	}
	var out []circle.PersonID
	if m.beside().wears(circle.Facilitator) != "" { // the circle's own stands in first
		out = slices.DeleteFunc(s.Org.Wearers(id, circle.Facilitator), func(who circle.PersonID) bool { return s.Org.LevelIn(id, who) != circle.Full })
	}
	for _, hat := range []circle.Hat{circle.Secretary, circle.Leader, circle.Delegate} {
		for _, who := range s.Org.Wearers(id, hat) {
			if !slices.Contains(facilitators, who) && s.Org.LevelIn(id, who) == circle.Full {
				out = append(out, who)
			}
		}
	}
	if out == nil {
		return s.asked(id)
	}
	return out
}

package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Visibility is who may read a case, the agreement that came of it, or one
// entry about it (M-247). That something was decided is never hidden.
type Visibility string

// The levels, the narrowest first. What nobody has spoken of is open to the
// organisation.
const (
	ForCircle       Visibility = "circle"
	ForOrganisation Visibility = "organisation"
	ForPublic       Visibility = "public"
)

// Values lists the levels.
func (Visibility) Values() []string {
	return []string{string(ForCircle), string(ForOrganisation), string(ForPublic)}
}

// Check refuses a level that nobody knows.
func (v Visibility) Check() error { return among(string(v), v.Values()) }

// narrower says whether fewer people may read at v than at other.
func (v Visibility) narrower(other Visibility) bool {
	return slices.Index(v.Values(), string(v)) < slices.Index(v.Values(), string(other))
}

// SetVisibility says who may read a case, or one entry about it. Fewer people
// than before: the proposer or who keeps the record says so, with a reason. More:
// the circle consents to it (M-247).
type SetVisibility struct {
	Proposal proposal.ID `json:"proposal"`
	Level    Visibility  `json:"level"`
	Reason   circle.Text `json:"reason" words:"heard"`
	// Entry is the position of the one entry that it is about; not said: all.
	Entry int `json:"entry,omitempty"`
}

// Of names the proposal that the command is about.
func (c SetVisibility) Of() proposal.ID { return c.Proposal }

// Wire is the command's wire name.
func (SetVisibility) Wire() string { return "consent.set-visibility" }

// VisibilitySet: who may read a case, or one entry about it, and why.
type VisibilitySet struct {
	Proposal proposal.ID `json:"proposal"`
	Circle   circle.ID   `json:"circle"`
	Level    Visibility  `json:"level"`
	Reason   circle.Text `json:"reason" words:"own"`
	Entry    int         `json:"entry,omitempty"`
	// By is who narrowed it; nobody: the circle decided it.
	By circle.PersonID `json:"by,omitempty"`
}

// Wire is the event's wire name.
func (VisibilitySet) Wire() string { return "consent.visibility-set" }

// On names the proposal that the event is about.
func (e *VisibilitySet) On() proposal.ID { return e.Proposal }

// In names no meeting: it may be said at any time.
func (*VisibilitySet) In() MeetingID { return "" }

// A Shade is what was said about who may read something.
type Shade struct {
	Circle circle.ID
	Level  Visibility
	Reason circle.Text
}

// shadeKey names a case, or one entry about it.
type shadeKey struct {
	Proposal proposal.ID
	Entry    int
}

func (e *VisibilitySet) apply(s *State) {
	if s.shades == nil {
		s.shades = map[shadeKey]Shade{}
	}
	s.shades[shadeKey{e.Proposal, e.Entry}] = Shade{e.Circle, e.Level, e.Reason}
}

// The refusals about who may read what.
var (
	NoSecrecy = &circle.Code{ID: "no-secrecy", Kind: circle.ErrNotYou, Rule: "M-247", Stands: circle.InEngine,
		Says: "{who} cannot close {proposal} to others: who proposed it, the Secretary and who facilitates may, and say why."}
	NoSuchEntry = &circle.Code{ID: "no-such-entry", Kind: circle.ErrNotKnown, Rule: "M-247", Stands: circle.InEngine,
		Says: "Entry {entry} tells nothing of {proposal}."}
)

// visibilityCodes lists them.
func visibilityCodes() []*circle.Code { return []*circle.Code{NoSecrecy, NoSuchEntry} }

// Visible says who may read a case, and the reason, which everybody may read; of
// one entry about it, if one is named.
func (s *State) Visible(id proposal.ID, entry int) Shade {
	if shade, ok := s.shades[shadeKey{id, entry}]; ok {
		return shade
	}
	if entry != 0 {
		return s.Visible(id, 0)
	}
	return Shade{Level: ForOrganisation}
}

// MaySee answers whether a person may read a case, or the agreement that came
// of it; nobody's name stands for the public (M-247).
func (s *State) MaySee(who circle.PersonID, id proposal.ID) bool {
	return s.sees(who, id, s.Visible(id, 0))
}

// MaySeeEntry answers whether a person may read what one entry says of a case.
func (s *State) MaySeeEntry(who circle.PersonID, id proposal.ID, entry uint64) bool {
	return s.MaySee(who, id) && s.sees(who, id, s.Visible(id, int(entry)))
}

// sees asks for a person's place. Who supports somebody reads what they read
// (CP-18).
func (s *State) sees(who circle.PersonID, id proposal.ID, shade Shade) bool {
	switch {
	case shade.Level == ForPublic:
		return true
	case shade.Level == ForOrganisation:
		return s.Org.Person(who) != nil
	}
	at := shade.Circle
	if c, err := s.circleOf(id); err == nil {
		at = c
	}
	if s.Org.LevelIn(at, who) != "" {
		return true
	}
	return slices.ContainsFunc(s.Org.People(), func(other circle.PersonID) bool {
		return s.Org.LevelIn(at, other) != "" && s.Org.Person(other).HasSupporter(who)
	})
}

// circleOf is the circle of a case that goes on, or of an agreement.
func (s *State) circleOf(id proposal.ID) (circle.ID, error) {
	text, err := s.Matters.Get(id)
	if p := s.Process(id); err != nil && p != nil {
		err = Ended.Refuse("proposal", id, "stage", p.Stage)
	}
	if err != nil {
		return "", err
	}
	return text.Circle, nil
}

func (c SetVisibility) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	at, err := s.circleOf(c.Proposal)
	if err != nil {
		return nil, err
	}
	keeps := s.Matters.Proposal(c.Proposal).Proposer() == by.By || s.Org.Wears(at, circle.Secretary, by.By) || s.facilitates(at, by.By) == nil
	switch {
	case !c.Level.narrower(s.Visible(c.Proposal, c.Entry).Level):
		return nil, proposal.ByConsent.Refuse("who", by.By, "circle", at)
	case !keeps:
		return nil, NoSecrecy.Refuse("who", by.By, "proposal", c.Proposal)
	}
	return c.set(s, at, by.By)
}

func (c SetVisibility) enact(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	at, err := s.circleOf(c.Proposal)
	switch {
	case err != nil:
		return nil, err
	case at != of:
		return nil, proposal.UnknownProposal.Refuse("proposal", c.Proposal)
	}
	return c.set(s, at, "")
}

func (c SetVisibility) set(s *State, at circle.ID, by circle.PersonID) ([]Event, error) {
	if c.Entry != 0 && !slices.Contains(s.tellsOf(c.Proposal), uint64(c.Entry)) {
		return nil, NoSuchEntry.Refuse("entry", c.Entry, "proposal", c.Proposal)
	}
	return []Event{&VisibilitySet{Proposal: c.Proposal, Circle: at, Level: c.Level, Reason: c.Reason, Entry: c.Entry, By: by}}, nil
}

// tellsOf lists where a case is told.
func (s *State) tellsOf(id proposal.ID) []uint64 {
	p := s.Process(id)
	if p == nil {
		return nil
	}
	return p.Trail.Positions()
}

// tellRecord words what was said about who may read a case.
func tellRecord(entry *Entry, event Event) (string, circle.Text, bool) {
	if says, t, ok := tellRatified(event); ok {
		return says, t, true
	}
	if says, ok := tellOrigin(entry, event); ok {
		return says, circle.Text{}, true
	}
	v, ok := event.(*VisibilitySet)
	if !ok {
		return "", circle.Text{}, false
	}
	what := "it"
	if v.Entry != 0 {
		what = fmt.Sprintf("what entry %d says", v.Entry)
	}
	return fmt.Sprintf("%s said that %s is for the %s", byOrCircle(entry, v.By), what, v.Level), v.Reason, true
}

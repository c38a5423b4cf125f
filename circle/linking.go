package circle

import (
	"slices"
	"time"
)

// Linking is what a circle has agreed about links to it. What a circle leaves
// open is answered by the broader circle's rules.
type Linking struct {
	// Confirm says that whoever comes through a link sits here only when this
	// circle has confirmed them, and that a Leader whom a broader circle chose for
	// this one begins when this one has confirmed (M-64, M-65, I-12).
	Confirm bool `json:"confirm,omitempty"`
	// Cross admits links from circles that do not lie in this one (M-66).
	Cross bool `json:"cross,omitempty"`
	// Voices is how many of several holders of one role sit here for it; 0: all
	// (M-42).
	Voices int `json:"voices,omitempty"`
	// Wanted is how the circles inside are to be linked; what is missing is
	// reported, not refused (M-63, I-13).
	Wanted Tied `json:"wanted,omitempty"`
	// Reports says that in each meeting those who come through a link and are
	// there report from their circle (M-71).
	Reports bool `json:"reports,omitempty"`
}

// Tied is how a circle is linked with the one around it.
type Tied string

// The ways.
const (
	Untied Tied = "none"
	Single Tied = "single" // by one hat
	Double Tied = "double" // by Leader and Delegate
)

// Values lists the ways.
func (Tied) Values() []string { return []string{string(Untied), string(Single), string(Double)} }

// Check refuses a way that nobody knows.
func (t Tied) Check() error { return oneOf(string(t), t.Values()) }

func (l Linking) over(broader Linking) Linking {
	if l.Voices == 0 {
		l.Voices = broader.Voices
	}
	if l.Wanted == "" {
		l.Wanted = broader.Wanted
	}
	l.Confirm = l.Confirm || broader.Confirm
	l.Cross = l.Cross || broader.Cross
	l.Reports = l.Reports || broader.Reports
	return l
}

// LinkingOf returns what holds in a circle for links to it, with what it left
// open answered by the broader circles.
func (o *Organisation) LinkingOf(id ID) Linking {
	var l Linking
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		l = l.over(c.Rules.Linking)
	}
	return l
}

// Mandate is how far somebody who came through a link is bound by the circle
// that they come from (M-70).
type Mandate string

// The mandates.
const (
	OwnJudgement   Mandate = "own-judgement"    // they decide as they see it there; so also where nothing is said
	CircleInterest Mandate = "circle-interests" // they speak for their circle's interests, and judge for themselves
	Imperative     Mandate = "imperative"       // they answer as their circle has decided by consent
)

// Values lists the mandates.
func (Mandate) Values() []string {
	return []string{string(OwnJudgement), string(CircleInterest), string(Imperative)}
}

// Check refuses a mandate that nobody knows.
func (m Mandate) Check() error { return oneOf(string(m), m.Values()) }

// A Bond is what was agreed about one link beside that it is there.
type Bond struct {
	Role    RoleID // the one role whose wearers come through the link; empty: all who wear the hat
	Mandate Mandate
	// Duties are what the receiving circle has added to the role. They end with
	// the link (M-67).
	Duties    []Item
	Confirmed []PersonID
	Refused   []Refused
}

// A Refused is somebody whom the receiving circle has not taken, and when.
type Refused struct {
	Person PersonID
	At     time.Time
}

var noBond = &Bond{}

// bond is what was agreed about the link, to read.
func (l *Link) bond() *Bond {
	if l.Bond == nil {
		return noBond
	}
	return l.Bond
}

// Mandate is how far those who come through the link are bound.
func (l *Link) Mandate() Mandate {
	if m := l.bond().Mandate; m != "" {
		return m
	}
	return OwnJudgement
}

// is says whether the link is the one by this hat and role.
func (l *Link) is(from ID, as Hat, role RoleID) bool {
	return l.From == from && l.As == as && l.bond().Role == role
}

// linkTo finds a link, nil if there is none.
func (c *Circle) linkTo(from ID, as Hat, role RoleID) *Link {
	for i := range c.Linked {
		if c.Linked[i].is(from, as, role) {
			return &c.Linked[i]
		}
	}
	return nil
}

// wearersOf lists those who wear what the link goes by, whether they sit in the
// other circle or not. While nobody does, the first who stands in for the role
// does (M-55, EC-90).
func (o *Organisation) wearersOf(l *Link) []PersonID {
	r := o.roles[l.bond().Role]
	if r == nil {
		if out := o.Wearers(l.From, l.As); out != nil {
			return out
		}
		return o.coversFor(l.From, l.As)
	}
	out, _ := o.inRole(r, func(PersonID) bool { return true })
	if out == nil {
		return o.backStop(r)
	}
	return out
}

// coversFor is who stands in for a hat of a circle that nobody wears.
func (o *Organisation) coversFor(id ID, hat Hat) []PersonID {
	for _, r := range o.circles[id].Roles {
		if role := o.roles[r]; role.Hat == hat && len(role.Surrogates) > 0 {
			if out := o.backStop(role); out != nil {
				return out
			}
		}
	}
	return nil
}

// backStop is the first in the order of those who stand in for a role.
func (o *Organisation) backStop(r *Role) []PersonID {
	for _, who := range r.Surrogates {
		if !o.bears(r.Circle, opposites[r.Hat], who) {
			return []PersonID{who}
		}
	}
	return nil
}

// Through lists those who take full part in a circle through a link to it: who
// wears the hat, once this circle has confirmed them where it asks for that, and
// no more of them than it lets sit there for one role.
func (o *Organisation) Through(id ID, l *Link) []PersonID {
	if o.circles[l.From].Closed {
		return nil
	}
	out := o.wearersOf(l)
	if len(out) == 0 {
		return nil
	}
	rules := o.LinkingOf(id)
	if rules.Confirm {
		out = slices.DeleteFunc(out, func(who PersonID) bool { return !slices.Contains(l.bond().Confirmed, who) })
	}
	if rules.Voices > 0 && len(out) > rules.Voices {
		out = out[:rules.Voices]
	}
	return out
}

// A Tie is one link of a circle, seen from where it begins.
type Tie struct {
	To      ID
	As      Hat
	Role    RoleID
	Mandate Mandate
	Cross   bool // it does not go to the circle around
	Who     []PersonID
	Waiting []PersonID // who wears the hat and is not confirmed
}

// Ties is how a circle is linked: with the circle around it, and across.
type Ties struct {
	Circle ID
	Is     Tied // with the circle around, by hats that somebody wears
	Wanted Tied
	Short  bool // less than is wanted (I-13)
	Links  []Tie
}

// TiesOf reports how a circle is linked, and whether that falls short of what
// the circle around it wants (M-63).
func (o *Organisation) TiesOf(id ID) Ties {
	t := Ties{Circle: id, Is: Untied}
	c := o.circles[id]
	if c == nil {
		return t
	}
	var hats []Hat
	for _, to := range o.linkedTo(id) {
		for i := range o.circles[to].Linked {
			l := &o.circles[to].Linked[i]
			if l.From != id {
				continue
			}
			tie := Tie{To: to, As: l.As, Role: l.bond().Role, Mandate: l.Mandate(), Cross: to != c.Parent, Who: o.Through(to, l)}
			for _, who := range o.wearersOf(l) {
				if !slices.Contains(tie.Who, who) {
					tie.Waiting = append(tie.Waiting, who)
				}
			}
			if !tie.Cross && len(tie.Who) > 0 && !slices.Contains(hats, l.As) {
				hats = append(hats, l.As)
			}
			t.Links = append(t.Links, tie)
		}
	}
	switch {
	case slices.Contains(hats, Leader) && slices.Contains(hats, Delegate):
		t.Is = Double
	case len(hats) > 0:
		t.Is = Single
	}
	if c.Parent != "" && c.Kind != Helping {
		t.Wanted = o.LinkingOf(c.Parent).Wanted
	}
	t.Short = t.Wanted == Double && t.Is != Double || t.Wanted == Single && t.Is == Untied
	return t
}

// linkedTo lists the circles that a circle has a link to, the one around first.
func (o *Organisation) linkedTo(id ID) []ID {
	var out []ID
	for _, to := range append([]ID{o.circles[id].Parent}, o.Circles()...) {
		if c := o.circles[to]; c != nil && !slices.Contains(out, to) && slices.ContainsFunc(c.Linked, func(l Link) bool { return l.From == id }) {
			out = append(out, to)
		}
	}
	return out
}

// BoundBy is the circle whose decision binds somebody in another circle, by an
// imperative mandate; "" if they sit there in their own right too, or by a link
// that leaves them their judgement (M-70).
func (o *Organisation) BoundBy(id ID, who PersonID) ID {
	if !o.ever.bound {
		return ""
	}
	c := o.circles[id]
	var bound ID
	for i := range c.Linked {
		l := &c.Linked[i]
		if l.Bond == nil || l.Bond.Mandate != Imperative {
			continue
		}
		if slices.Contains(o.Through(id, l), who) {
			bound = l.From
		}
	}
	if bound == "" || slices.ContainsFunc(c.Participants, func(p Participant) bool { return p.Person == who && p.Level == Full }) {
		return ""
	}
	for i := range c.Linked {
		if l := &c.Linked[i]; l.Mandate() != Imperative && slices.Contains(o.Through(id, l), who) {
			return ""
		}
	}
	return bound
}

// FromCircles lists the circles for which somebody sits in another one through
// a link (M-71).
func (o *Organisation) FromCircles(id ID, who PersonID) []ID {
	c := o.circles[id]
	if c == nil {
		return nil
	}
	var out []ID
	for i := range c.Linked {
		if l := &c.Linked[i]; slices.Contains(o.Through(id, l), who) && !slices.Contains(out, l.From) {
			out = append(out, l.From)
		}
	}
	return out
}

package circle

import (
	"cmp"
	"slices"
)

// Notice says what a finding is about.
type Notice string

// The findings.
const (
	Nobody      Notice = "nobody"        // no full participant: it can decide nothing (M-29)
	OfOne       Notice = "circle-of-one" // one person decides alone (M-30, I-20)
	TooMany     Notice = "too-many"      // more full participants than agreed (M-31)
	NoLeader    Notice = "no-leader"     // nobody convenes it (I-2)
	MissingLink Notice = "link-missing"  // a double link is wanted, and one half or both are missing (I-13)
	Unconfirmed Notice = "unconfirmed"   // it has not confirmed its aim and domain (M-4)
	NotGathered Notice = "not-gathered"  // a stakeholder circle lacks a class that it is to bring together
	Undecided   Notice = "kept-back"     // an item that no circle inside holds: matters of it fall to this one (M-10)
	ServesFew   Notice = "serves-few"    // fewer than two of the circles that it is there for are left (M-22)
	PastTerm    Notice = "past-term"     // a role is worn past its term (I-15)
	BoardShort  Notice = "board-short"   // fewer wear an elected role than its rules want (EC-73)
)

// A Finding is something about a circle that others ought to see. It is reported
// and never hidden; nothing follows from it by itself.
type Finding struct {
	What   Notice
	Circle ID
	To     ID // the circle around it, to which it is reported
	Item   ItemID
	Role   RoleID
	Hats   []Hat
	Count  int
}

// Findings lists what is to be seen about the circles inside a circle and about
// itself, the outer ones first.
func (o *Organisation) Findings(id ID) []Finding {
	c := o.circles[id]
	if c == nil || c.Closed {
		return nil
	}
	out := o.findingsOf(c)
	for _, child := range c.Children {
		out = append(out, o.Findings(child)...)
	}
	return out
}

func (o *Organisation) findingsOf(c *Circle) []Finding {
	var out []Finding
	add := func(is bool, f Finding) {
		if is {
			f.Circle, f.To = c.ID, c.Parent
			out = append(out, f)
		}
	}
	full := len(o.FullIn(c.ID))
	most := o.StructuringOf(c.ID).Most
	add(full == 0, Finding{What: Nobody})
	add(full == 1, Finding{What: OfOne})
	add(most > 0 && full > most, Finding{What: TooMany, Count: full})
	add(len(o.Wearers(c.ID, Leader)) == 0, Finding{What: NoLeader})
	missing := o.MissingLinks(c.ID)
	add(missing != nil, Finding{What: MissingLink, Hats: missing})
	add(c.Charter().Unconfirmed, Finding{What: Unconfirmed})
	add(o.lacksClass(c), Finding{What: NotGathered})
	add(o.servesFew(c), Finding{What: ServesFew})
	if b := c.Rules.Board; b != nil {
		n := len(o.InOffice(b))
		add(n < b.Least, Finding{What: BoardShort, Role: b.Role, Count: n})
	}
	for _, i := range o.KeptBack(c.ID) {
		add(true, Finding{What: Undecided, Item: i})
	}
	for _, r := range c.Roles {
		for _, h := range o.roles[r].Holders {
			add(h.Over, Finding{What: PastTerm, Role: r})
		}
	}
	return out
}

// MissingLinks lists the hats of a circle by which it is to be linked to the one
// around it and is not, or that nobody wears (I-13). A circle directly inside a
// general or a mission circle, and a department, is tied by both; a circle of one
// has nobody to be the second (methods §8.10).
func (o *Organisation) MissingLinks(id ID) []Hat {
	c := o.circles[id]
	if c == nil {
		return nil
	}
	p := o.circles[c.Parent]
	if p == nil || c.ByParent() || c.Kind != Department && p.Kind != General && p.Kind != Mission && c.Kind != General {
		return nil
	}
	var out []Hat
	for _, hat := range []Hat{Leader, Delegate} {
		linked := slices.ContainsFunc(p.Linked, func(l Link) bool { return l.From == id && l.As == hat }) && len(o.Wearers(id, hat)) > 0
		if !linked && (hat == Leader || len(c.Participants) > 1) {
			out = append(out, hat)
		}
	}
	return out
}

// KeptBack lists the items of a circle's domain that it hands to no circle
// inside, while it hands others down: matters under them fall to it (M-10).
func (o *Organisation) KeptBack(id ID) []ItemID {
	c := o.circles[id]
	if c == nil {
		return nil
	}
	handed := map[ItemID]bool{}
	for _, child := range c.Children {
		if x := o.circles[child]; !x.Closed {
			for _, i := range x.Domain {
				handed[i.from()] = true
			}
		}
	}
	if len(handed) == 0 {
		return nil
	}
	var out []ItemID
	for _, i := range c.Domain {
		if !handed[i.ID] && c.Lender(i.ID) == nil {
			out = append(out, i.ID)
		}
	}
	return out
}

func (o *Organisation) lacksClass(c *Circle) bool {
	there := map[Class]bool{}
	for _, who := range o.FullIn(c.ID) {
		there[o.people[who].Class] = true
	}
	return slices.ContainsFunc(c.Charter().Gathers, func(k Class) bool { return !there[k] })
}

func (o *Organisation) servesFew(c *Circle) bool {
	n := 0
	for _, id := range c.Charter().Serves {
		if !o.circles[id].Closed {
			n++
		}
	}
	return len(c.Charter().Serves) > 0 && n < 2
}

// Single says whether one person decides alone in a circle (M-30, I-20).
func (o *Organisation) Single(id ID) bool { return len(o.FullIn(id)) == 1 }

// Accountable names who delegates a circle's domain, and who holds it: the
// people who lead the circle around, with all its full participants accountable
// as a whole (M-16).
func (o *Organisation) Accountable(id ID) (delegator ID, delegatees []PersonID) {
	c := o.circles[id]
	if c == nil {
		return "", nil
	}
	who := o.FullIn(id)
	slices.SortFunc(who, cmp.Compare)
	return c.Parent, who
}

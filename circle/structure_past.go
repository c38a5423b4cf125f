package circle

import (
	"slices"
	"time"
)

// The past holds, beside the present of each circle, since when and until when
// everything about it was so. It is derived from the events and from the instants
// at which they happened, grows by what an event changes and no more, and is not
// part of what replay compares. A copy of an organisation has no past.
type past struct {
	now     int64
	circles map[ID]*circlePast
	roles   map[RoleID]*rolePast
	order   []ID        // in which circles began
	into    map[ID][]ID // to which circles one was ever linked
}

// always is the end of what is so still.
const always = int64(1<<63 - 1)

// A span is a stretch of time in which something was so.
type span struct{ from, to int64 }

func (s span) at(t int64) bool { return s.from <= t && t < s.to }

// A facts span is what a circle was there for, for a while.
type factsSpan struct {
	span
	was Shape
}

// A Shape is what a circle was at an instant.
type Shape struct {
	Kind     Kind
	Parent   ID
	Name     Text
	Aim      Text
	AimParts []Item
	Domain   []Item
	Terms    []Terms
	Closed   bool
}

type (
	seatSpan struct {
		span
		who   PersonID
		level Level
	}
	roleSpan struct {
		span
		role RoleID
	}
	circlePast struct {
		facts []factsSpan
		seats []seatSpan
		away  []seatSpan
		roles []roleSpan
		// through are those who sat there by a link, for each circle that they came
		// from; links says where it stands.
		through []linkPast
		links   map[ID]int
	}
	linkPast struct {
		from ID
		who  []holderSpan
	}
	holderSpan struct {
		span
		who PersonID
	}
	rolePast struct {
		hat     Hat
		holders []holderSpan
		office  []holderSpan // who acts: they, or who stands in for them
	}
)

// Reach says at which instant what is applied from here on happened. Of an
// organisation to which this was not said before its founding no past is held.
func (o *Organisation) Reach(at time.Time) {
	if o.past == nil {
		if o.Founded() {
			return
		}
		o.past = &past{circles: map[ID]*circlePast{}, roles: map[RoleID]*rolePast{}, into: map[ID][]ID{}}
	}
	o.past.now = at.UnixNano()
}

// historic is an event that changes who or what was there.
type historic interface{ tell(*past, *Organisation) }

// remember notes what an event has changed, when it has been applied.
func (o *Organisation) remember(e Event) {
	if o.past == nil {
		return
	}
	if h, ok := e.(historic); ok {
		h.tell(o.past, o)
	}
	o.past.follow(o, e)
}

func (p *past) circle(id ID) *circlePast {
	c := p.circles[id]
	if c == nil {
		c = &circlePast{}
		p.circles[id] = c
		p.order = append(p.order, id)
	}
	return c
}

// shape notes what a circle is from now on.
func (p *past) shape(o *Organisation, id ID) {
	c, x := p.circle(id), o.circles[id]
	if n := len(c.facts); n > 0 {
		c.facts[n-1].to = p.now
	}
	c.facts = append(c.facts, factsSpan{span{p.now, always}, Shape{x.Kind, x.Parent, x.Name, x.Aim, x.AimParts, x.Domain, x.Charter().Terms, x.Closed}})
}

func (p *past) unseat(id ID, who PersonID) {
	c := p.circle(id)
	for i := len(c.seats) - 1; i >= 0; i-- {
		if s := &c.seats[i]; s.who == who && s.to == always {
			s.to = p.now
			return
		}
	}
}

func (p *past) unrole(id ID, r RoleID) {
	c := p.circle(id)
	for i := range c.roles {
		if s := &c.roles[i]; s.role == r && s.to == always {
			s.to = p.now
		}
	}
}

func (p *past) unhold(r RoleID, who PersonID) {
	x := p.roles[r]
	for i := range x.holders {
		if h := &x.holders[i]; h.to == always && (who == "" || h.who == who) {
			h.to = p.now
		}
	}
}

func (e Founded) tell(p *past, o *Organisation)      { p.shape(o, e.Circle) }
func (e Opened) tell(p *past, o *Organisation)       { p.shape(o, e.Circle) }
func (e StoodAlone) tell(p *past, o *Organisation)   { p.shape(o, e.Circle) }
func (e Redefined) tell(p *past, o *Organisation)    { p.shape(o, e.Circle) }
func (e TakenIn) tell(p *past, o *Organisation)      { p.shape(o, e.Circle) }
func (e Reparented) tell(p *past, o *Organisation)   { p.shape(o, e.Circle) }
func (e Closed) tell(p *past, o *Organisation)       { p.shape(o, e.Circle) }
func (e Dissolved) tell(p *past, o *Organisation)    { p.empty(e.Circle); p.shape(o, e.Circle) }
func (e Left) tell(p *past, _ *Organisation)         { p.unseat(e.Circle, e.Person) }
func (e RoleLaidDown) tell(p *past, _ *Organisation) { p.unhold(e.Role, e.Person) }

func (e Merged) tell(p *past, o *Organisation) {
	p.empty(e.Circle)
	p.shape(o, e.Circle)
	p.shape(o, e.Into)
}

// empty notes that nobody takes part in a circle any more.
func (p *past) empty(id ID) {
	c := p.circle(id)
	for i := range c.seats {
		if c.seats[i].to == always {
			c.seats[i].to = p.now
		}
	}
}

func (e Joined) tell(p *past, _ *Organisation) {
	p.unseat(e.Circle, e.Person)
	c := p.circle(e.Circle)
	c.seats = append(c.seats, seatSpan{span{p.now, always}, e.Person, e.Level})
}

func (e RoleCreated) tell(p *past, _ *Organisation) {
	p.roles[e.Role] = &rolePast{hat: e.Hat}
	c := p.circle(e.Circle)
	c.roles = append(c.roles, roleSpan{span{p.now, always}, e.Role})
}

func (e RoleDissolved) tell(p *past, _ *Organisation) {
	p.unhold(e.Role, "")
	p.unrole(e.Circle, e.Role)
}

func (e RoleMoved) tell(p *past, _ *Organisation) {
	p.unrole(e.From, e.Role)
	c := p.circle(e.To)
	c.roles = append(c.roles, roleSpan{span{p.now, always}, e.Role})
}

func (e RoleGiven) tell(p *past, _ *Organisation) {
	p.unhold(e.Role, e.Person)
	x := p.roles[e.Role]
	x.holders = append(x.holders, holderSpan{span{p.now, always}, e.Person})
}

// AsOf is the organisation as it was at an instant of the past, for reading. It
// costs nothing to make; each answer looks through the history of one circle
// (M-32).
type AsOf struct {
	past *past
	at   int64
	root ID
}

// AsOf returns the organisation as it was at an instant: what had happened by
// then, and nothing later.
func (o *Organisation) AsOf(at time.Time) AsOf { return AsOf{o.past, at.UnixNano(), o.root} }

// Circle says what a circle was; ok is false when it had not begun.
func (a AsOf) Circle(id ID) (was Shape, ok bool) {
	if a.past == nil || a.past.circles[id] == nil {
		return Shape{}, false
	}
	facts := a.past.circles[id].facts
	for i := len(facts) - 1; i >= 0; i-- {
		if facts[i].at(a.at) {
			return facts[i].was, true
		}
	}
	return Shape{}, false
}

// Circles lists the circles that had begun and not ended, in the order in which
// they began.
func (a AsOf) Circles() []ID {
	if a.past == nil {
		return nil
	}
	var out []ID
	for _, id := range a.past.order {
		if was, ok := a.Circle(id); ok && !was.Closed {
			out = append(out, id)
		}
	}
	return out
}

// Holders lists who wore a role.
func (a AsOf) Holders(id RoleID) []PersonID {
	if a.past == nil || a.past.roles[id] == nil {
		return nil
	}
	var out []PersonID
	for _, h := range a.past.roles[id].holders {
		if h.at(a.at) {
			out = append(out, h.who)
		}
	}
	return out
}

// Wearers lists who wore a hat in a circle, or stood in for who did.
func (a AsOf) Wearers(id ID, hat Hat) []PersonID {
	if a.past == nil || a.past.circles[id] == nil {
		return nil
	}
	var out []PersonID
	for _, r := range a.past.circles[id].roles {
		if !r.at(a.at) || a.past.roles[r.role].hat != hat {
			continue
		}
		for _, h := range a.past.roles[r.role].office {
			if h.at(a.at) && !slices.Contains(out, h.who) {
				out = append(out, h.who)
			}
		}
	}
	return out
}

// FullIn lists who was a full participant of a circle: those who took part by
// themselves, then those by a link.
func (a AsOf) FullIn(id ID) []PersonID {
	if a.past == nil || a.past.circles[id] == nil {
		return nil
	}
	c := a.past.circles[id]
	var out []PersonID
	for _, s := range c.seats {
		if s.level == Full && s.at(a.at) {
			out = append(out, s.who)
		}
	}
	for _, l := range c.through {
		for _, s := range l.who {
			if s.at(a.at) && !slices.Contains(out, s.who) {
				out = append(out, s.who)
			}
		}
	}
	return slices.DeleteFunc(out, func(who PersonID) bool { return c.wasAway(who, a.at) })
}

// LevelIn says how far a person took part in a circle; "" means not at all.
func (a AsOf) LevelIn(id ID, who PersonID) Level {
	if slices.Contains(a.FullIn(id), who) {
		return Full
	}
	if a.past == nil || a.past.circles[id] == nil {
		return ""
	}
	if a.past.circles[id].wasAway(who, a.at) {
		return OnLeave
	}
	for _, s := range a.past.circles[id].seats {
		if s.who == who && s.at(a.at) {
			return s.level
		}
	}
	return ""
}

func (e Removed) tell(p *past, _ *Organisation)     { p.unseat(e.Circle, e.Person) }
func (e RoleRevoked) tell(p *past, _ *Organisation) { p.unhold(e.Role, e.Person) }

// Who is away takes no full part until they are back.
func (e LeaveBegan) tell(p *past, _ *Organisation) {
	c := p.circle(e.Circle)
	c.away = append(c.away, seatSpan{span{p.now, always}, e.Person, OnLeave})
}

func (e LeaveEnded) tell(p *past, _ *Organisation) {
	c := p.circle(e.Circle)
	for i := range c.away {
		if s := &c.away[i]; s.who == e.Person && s.to == always {
			s.to = p.now
		}
	}
}

// wasAway says whether somebody was away from a circle.
func (c *circlePast) wasAway(who PersonID, at int64) bool {
	return slices.ContainsFunc(c.away, func(s seatSpan) bool { return s.who == who && s.at(at) })
}

func (e RoleTurned) tell(p *past, _ *Organisation) {
	p.unhold(e.Role, e.From)
	p.unhold(e.Role, e.To)
	x := p.roles[e.Role]
	x.holders = append(x.holders, holderSpan{span{p.now, always}, e.To})
}

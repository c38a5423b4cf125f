package circle

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Board are the rules of a role that the members elect several people for, as the
// directors of a co-operative. They stand with the circle that elects, and are not
// handed down (EC-73, EC-74, EC-110, EC-111).
type Board struct {
	// Role is what the elected wear: a role of the circle that elects them. They
	// sit in Circle through a link by that role.
	Role   RoleID `json:"role"`
	Circle ID     `json:"circle"`
	// Least is how many there are at least; that there are fewer is reported.
	Least int `json:"least,omitempty"`
	// Limits say how many there are of some classes at most. Whose class no limit
	// names is not held down.
	Limits []Limit `json:"limits,omitempty"`
	// Asks is what is attested of somebody before they are elected, as their age.
	Asks []Condition `json:"asks,omitempty"`
	// Outside are those whom the Board takes in from outside.
	Outside Outside `json:"outside,omitempty"`
	// Turn is the share that stands down at each annual meeting, to the nearest
	// number; First says that at the first one all do (EC-110).
	Turn  Share `json:"turn,omitempty"`
	First bool  `json:"first,omitempty"`
	// Quorum is how many must be there before the Board decides on more than who
	// sits in it (EC-111).
	Quorum Quorum `json:"quorum,omitempty"`
}

// A Limit is how many seats some classes have at most, all together.
type Limit struct {
	Classes []Class `json:"classes"`
	Most    int     `json:"most"`
}

// Outside is how many people a Board may co-opt who need not be members, and for
// how long at a time at most: then it looks at it again (EC-74).
type Outside struct {
	Most int    `json:"most,omitempty"`
	For  Period `json:"for,omitempty"`
}

// IsZero says that nobody from outside is taken in.
func (x Outside) IsZero() bool { return x == Outside{} }

// Check refuses what cannot be.
func (b *Board) Check() error {
	for i, l := range b.Limits {
		for _, class := range l.Classes {
			if slices.ContainsFunc(b.Limits[:i], func(m Limit) bool { return slices.Contains(m.Classes, class) }) {
				return fmt.Errorf("the class %s has two limits", class)
			}
		}
	}
	if b.Least < 0 || b.Outside.Most < 0 || (b.Outside.Most == 0) != b.Outside.For.IsZero() {
		return fmt.Errorf("numbers are counted from 0 on, and who comes from outside comes for a time")
	}
	if b.First && b.Turn.IsZero() {
		return fmt.Errorf("when all stand down at the first meeting, a share does at those that follow")
	}
	if err := b.Turn.Check(); err != nil {
		return err
	}
	return askedOnce(b.Asks)
}

// Check refuses a limit that lets nobody in.
func (l *Limit) Check() error {
	if l.Most < 1 {
		return fmt.Errorf("a limit is 1 at least")
	}
	return nil
}

// limit is what holds for a class, nil for nothing.
func (b *Board) limit(class Class) *Limit {
	for i := range b.Limits {
		if slices.Contains(b.Limits[i].Classes, class) {
			return &b.Limits[i]
		}
	}
	return nil
}

// Seat is how somebody came to wear a role that is elected.
type Seat string

// The ways. The empty one: by election.
const (
	Casual      Seat = "casual"       // a member whom the Board took in until the next annual meeting
	FromOutside Seat = "from-outside" // taken in by the Board for a fixed time; need not be a member
)

// boardBy is the Board whose role a role is, nil if it is none.
func (o *Organisation) boardBy(r *Role) *Board {
	if c := o.circles[r.Circle]; c != nil && c.Rules.Board != nil && c.Rules.Board.Role == r.ID {
		return c.Rules.Board
	}
	return nil
}

// BoardIn is the Board that sits in a circle, and the circle that elects it; nil
// if none does.
func (o *Organisation) BoardIn(id ID) (*Board, ID) {
	c := o.circles[id]
	if c == nil {
		return nil, ""
	}
	for p := o.circles[c.Parent]; p != nil; p = o.circles[p.Parent] {
		if b := p.Rules.Board; b != nil && b.Circle == id {
			return b, p.ID
		}
	}
	return nil, ""
}

// Elects says whether a role is one of a Board.
func (o *Organisation) Elects(id RoleID) bool {
	r := o.roles[id]
	return r != nil && o.boardBy(r) != nil
}

// InOffice lists those who wear the role of a Board, each once.
func (o *Organisation) InOffice(b *Board) []PersonID {
	var out []PersonID
	if r := o.roles[b.Role]; r != nil {
		for _, h := range r.Holders {
			out = append(out, h.Person)
		}
	}
	return out
}

// The refusals that concern a Board.
var (
	BoardOfMembers = &Code{ID: "board-of-members", Kind: ErrNotValid, Rule: "EC-73", Stands: InRules,
		Says: "{who} is not a member, and {role} is worn by members. Somebody from outside is taken in by consent of {circle}: circle.co-opt."}
	BoardLimit = &Code{ID: "board-limit", Kind: ErrNotValid, Rule: "EC-73", Stands: InRules,
		Says: "{who} is a member of the class {class}, and of {classes} at most {most} wear {role}: there are so many already, and {who} cannot come beside them."}
	BoardNotAttested = &Code{ID: "board-not-attested", Kind: ErrNotNow, Rule: "EC-73", Stands: InRules,
		Says: "{who} cannot wear {role} yet. The rules ask for this, and nobody has attested it: {lacks}."}
	NoBoard = &Code{ID: "no-board", Kind: ErrNotValid, Rule: "EC-74", Stands: InRules,
		Says: "{role} is no role that is elected by rules for a board, so nobody is co-opted to it."}
	OutsideFull = &Code{ID: "outside-full", Kind: ErrNotValid, Rule: "EC-74", Stands: InRules,
		Says: "At most {most} people from outside wear {role}, and there are so many."}
	OutsideTerm = &Code{ID: "outside-term", Kind: ErrNotValid, Rule: "EC-74", Stands: InRules,
		Says: "Somebody from outside is taken in for a fixed time of {most} at most; then {circle} looks at it again. Say for how long."}
	CasualTerm = &Code{ID: "casual-term", Kind: ErrNotValid, Rule: "EC-74", Stands: InRules,
		Says: "Who fills a seat that fell vacant does so until the next annual meeting, and for no other time."}
)

func boardCodes() []*Code {
	return []*Code{BoardOfMembers, BoardLimit, BoardNotAttested, NoBoard, OutsideFull, OutsideTerm, CasualTerm}
}

// mayElect refuses somebody who cannot wear the role of a Board beside those who
// wear it now. Who wears it from the founding on is asked nothing else.
func (o *Organisation) mayElect(b *Board, who PersonID, f Facts) error {
	p := o.people[who]
	if p.Class == "" {
		return BoardOfMembers.Refuse("who", who, "role", b.Role, "circle", b.Circle)
	}
	if lacks := p.lacks(b.Asks); lacks != nil && f.ConsentOf != "" {
		return BoardNotAttested.Refuse("who", who, "role", b.Role, "lacks", lacks)
	}
	if l := b.limit(p.Class); l != nil && o.seated(b, l, who) >= l.Most {
		return BoardLimit.Refuse("who", who, "class", p.Class, "classes", l.Classes, "most", l.Most, "role", b.Role)
	}
	return nil
}

// seated counts those of the classes of a limit who wear the role, without one.
func (o *Organisation) seated(b *Board, l *Limit, but PersonID) int {
	n := 0
	for _, h := range o.roles[b.Role].Holders {
		if h.Person != but && h.Seat != FromOutside && slices.Contains(l.Classes, o.people[h.Person].Class) {
			n++
		}
	}
	return n
}

// CoOpt takes somebody into a Board by its own consent: from outside for a fixed
// time, or a member in a seat that fell vacant, until the next annual meeting
// (EC-74). The Board ends it at any time by [RevokeRole].
type CoOpt struct {
	Role    RoleID   `json:"role"`
	Person  PersonID `json:"person"`
	Outside bool     `json:"outside,omitempty"`
	Term    Period   `json:"term,omitempty"`
}

// CoOpted: a Board took somebody in.
type CoOpted struct {
	Role   RoleID    `json:"role"`
	Person PersonID  `json:"person"`
	Seat   Seat      `json:"seat"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until,omitempty"`
	Case   Name      `json:"case,omitempty"`
}

// Wire names the command.
func (CoOpt) Wire() string { return "circle.co-opt" }

// Wire names the event.
func (CoOpted) Wire() string { return "circle.co-opted" }

// Values lists the ways.
func (Seat) Values() []string { return []string{string(Casual), string(FromOutside)} }

// Check refuses a way that nobody knows.
func (s Seat) Check() error { return oneOf(string(s), s.Values()) }

// Adopted is told which case carried the deed that the event came of.
func (e *CoOpted) Adopted(by Name) { e.Case = by }

func (e CoOpted) apply(o *Organisation) {
	r := o.roles[e.Role]
	r.leaves(e.Person)
	r.Holders = append(r.Holders, Holding{Person: e.Person, Since: e.Since, Until: e.Until, Case: e.Case, Seat: e.Seat})
}

func (e CoOpted) tell(p *past, _ *Organisation) {
	p.unhold(e.Role, e.Person)
	x := p.roles[e.Role]
	x.holders = append(x.holders, holderSpan{span{p.now, always}, e.Person})
}

func (c CoOpt) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	r, err := o.roleHere(c.Role)
	if err != nil {
		return nil, err
	}
	b := o.boardBy(r)
	switch {
	case b == nil:
		return nil, NoBoard.Refuse("role", c.Role)
	case f.ConsentOf != b.Circle:
		return nil, alone(by, f, b.Circle)
	case o.people[c.Person] == nil:
		return nil, UnknownPerson.Refuse("who", c.Person)
	}
	if err := o.apart(r, c.Person); err != nil {
		return nil, err
	}
	if !c.Outside {
		return c.casual(o, b, now, f)
	}
	outside := slices.ContainsFunc(r.Holders, func(h Holding) bool { return h.Person == c.Person && h.Seat == FromOutside })
	switch {
	case !outside && r.fromOutside() >= b.Outside.Most:
		return nil, OutsideFull.Refuse("most", b.Outside.Most, "role", c.Role)
	case c.Term.IsZero() || c.Term.After(now).After(b.Outside.For.After(now)):
		return nil, OutsideTerm.Refuse("most", b.Outside.For, "circle", b.Circle)
	}
	return []Event{&CoOpted{Role: c.Role, Person: c.Person, Seat: FromOutside, Since: now, Until: c.Term.After(now)}}, nil
}

func (r *Role) fromOutside() int {
	n := 0
	for _, h := range r.Holders {
		if h.Seat == FromOutside {
			n++
		}
	}
	return n
}

// casual answers what happens when a Board fills a seat that fell vacant.
func (c CoOpt) casual(o *Organisation, b *Board, now time.Time, f Facts) ([]Event, error) {
	if !c.Term.IsZero() {
		return nil, CasualTerm.Refuse()
	}
	if o.Holds(c.Role, c.Person) {
		return nil, TakenID.Refuse("id", c.Person)
	}
	if err := o.mayElect(b, c.Person, f); err != nil {
		return nil, err
	}
	return []Event{&CoOpted{Role: c.Role, Person: c.Person, Seat: Casual, Since: now}}, nil
}

// mayRevoke lets the Board itself end what it gave: of those whom it took in.
func (o *Organisation) mayRevoke(by Actor, id RoleID, who PersonID, f Facts) error {
	r, err := o.roleHere(id)
	if err != nil {
		return err
	}
	if b, h := o.boardBy(r), r.holding(who); b != nil && h != nil && h.Seat != "" && f.ConsentOf == b.Circle {
		return nil
	}
	return o.mayStructure(by, r.Circle, f)
}

// SeatEnds is what follows when the term of a holder is over: who was elected or
// chosen goes on as the circle has agreed; who came from outside for a fixed time
// does not.
func (o *Organisation) SeatEnds(id RoleID, who PersonID) []Event {
	if o.roles[id] == nil {
		return nil
	}
	out := []Event{&RoleTermEnded{Role: id, Person: who}}
	if h := o.roles[id].holding(who); h != nil && h.Seat == FromOutside {
		out = append(append(out, &RoleLaidDown{Role: id, Person: who}), o.losing(id, who)...)
	}
	return out
}

// overLimit is what follows when somebody who was elected gets another class: they
// keep their seat where that class has room, and else lose it.
func (o *Organisation) overLimit(who PersonID, to Class) []Event {
	var out []Event
	for _, id := range sortedKeys(o.roles) {
		r := o.roles[id]
		h, b := r.holding(who), o.boardBy(r)
		if h == nil || b == nil || h.Seat == FromOutside {
			continue
		}
		if l := b.limit(to); l != nil && o.seated(b, l, who) >= l.Most {
			out = append(append(out, &RoleLaidDown{Role: id, Person: who}), o.losing(id, who)...)
		}
	}
	return out
}

// StandDown is what follows when people stand down from the role of a Board.
func (o *Organisation) StandDown(id RoleID, who []PersonID) []Event {
	if o.roles[id] == nil {
		return nil
	}
	var out []Event
	for _, w := range who {
		out = append(append(out, &RoleLaidDown{Role: id, Person: w}), o.losing(id, w)...)
	}
	return out
}

// A Turn is who stands down from a Board at an annual meeting (EC-110).
type Turn struct {
	// Sure stand down: who was taken in until this meeting, and the longest in
	// office. Of Equals, who are in office equally long, so many as Lots say do:
	// the lot says who.
	Sure   []PersonID
	Equals []PersonID
	Lots   int
}

// TurnOf says who stands down at an annual meeting, the first one or a later one.
// How long somebody is in office is counted from the day of their last election.
func (o *Organisation) TurnOf(b *Board, first bool) Turn {
	var t Turn
	r := o.roles[b.Role]
	if r == nil {
		return t
	}
	var elected []Holding
	for _, h := range r.Holders {
		switch h.Seat {
		case Casual:
			t.Sure = append(t.Sure, h.Person)
		case "":
			elected = append(elected, h)
		}
	}
	slices.SortStableFunc(elected, func(a, b Holding) int {
		return cmp.Or(day(a.Since).Compare(day(b.Since)), cmp.Compare(a.Person, b.Person))
	})
	n := b.Turn.Nearest(len(elected))
	if first && b.First {
		n = len(elected)
	}
	if n == 0 {
		return t
	}
	last := day(elected[n-1].Since)
	for _, h := range elected {
		switch day(h.Since).Compare(last) {
		case -1:
			t.Sure = append(t.Sure, h.Person)
			n--
		case 0:
			t.Equals = append(t.Equals, h.Person)
		}
	}
	if t.Lots = n; n == len(t.Equals) {
		t.Sure, t.Equals, t.Lots = append(t.Sure, t.Equals...), nil, 0
	}
	return t
}

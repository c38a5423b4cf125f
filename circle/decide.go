package circle

import (
	"reflect"
	"slices"
	"time"
)

// Edition is the edition of the engine's law, recorded when a ledger begins.
const Edition = 1

// The refusals of this room.
var (
	AlreadyFounded = &Code{ID: "already-founded", Kind: ErrTaken, Rule: "M-2, I-1", Stands: InEngine,
		Says: "The organisation was founded already: it has one root circle, {circle}."}
	NotFounded = &Code{ID: "not-founded", Kind: ErrNotNow, Rule: "M-2", Stands: InEngine,
		Says: "There is no organisation yet: circle.found begins it."}
	ByConsentOnly = &Code{ID: "by-consent-only", Kind: ErrNotYou, Rule: "EC-8", Stands: InEngine,
		Says: "{who} cannot change this alone. It is changed by consent of {circle}: put it in a proposal that carries it out."}
	TakenID = &Code{ID: "taken", Kind: ErrTaken, Stands: InEngine,
		Says: "The name {id} is taken already."}
	UnknownCircle = &Code{ID: "unknown-circle", Kind: ErrNotKnown, Stands: InEngine,
		Says: "There is no circle {circle}."}
	UnknownRole = &Code{ID: "unknown-role", Kind: ErrNotKnown, Stands: InEngine,
		Says: "There is no role {role}."}
	NoAim = &Code{ID: "no-aim", Kind: ErrNotValid, Rule: "M-1, I-2", Stands: InEngine,
		Says: "{circle} needs an aim: without one nobody can tell whether it is harmed."}
	NoDomain = &Code{ID: "no-domain", Kind: ErrNotValid, Rule: "M-1, I-2", Stands: InEngine,
		Says: "{circle} needs a domain: name at least one item that it decides on."}
	NotHeld = &Code{ID: "not-held", Kind: ErrNotValid, Rule: "M-7, I-3", Stands: InEngine,
		Says: "{parent} cannot hand on {item}: it is not in its own domain, or was handed to {other} already."}
	TwiceInDomain = &Code{ID: "item-twice", Kind: ErrNotValid, Rule: "M-9", Stands: InEngine,
		Says: "{item} stands twice in the list."}
	HelpingIncomplete = &Code{ID: "helping-incomplete", Kind: ErrNotValid, Rule: "EC-49, I-16", Stands: InEngine,
		Says: "A helping circle needs {missing}: it brings one product, has a leader, ends after a number of meetings, and answers a need of the circle that set it up."}
	HelpingHasNone = &Code{ID: "helping-has-no-domain", Kind: ErrNotValid, Rule: "EC-48", Stands: InEngine,
		Says: "{circle} is a helping circle: it recommends and decides nothing, so no domain is handed to it."}
	LeaderIsDelegate = &Code{ID: "leader-is-delegate", Kind: ErrNotValid, Rule: "EC-83, I-10", Stands: InEngine,
		Says: "{who} cannot be Leader and Delegate of {circle} at once: the two bring one voice down and one up."}
	SecondRoot = &Code{ID: "second-root", Kind: ErrNotValid, Rule: "M-2, I-1", Stands: InEngine,
		Says: "There is one root circle, {circle}; {id} must lie inside another circle."}
	NotInCircle = &Code{ID: "not-in-circle", Kind: ErrNotYou, Stands: InEngine,
		Says: "{who} does not take part in {circle}."}
	NotWearing = &Code{ID: "not-wearing", Kind: ErrNotYou, Stands: InEngine,
		Says: "{who} does not wear {role}."}
	NotBroader = &Code{ID: "not-broader", Kind: ErrNotValid, Rule: "EC-13", Stands: InEngine,
		Says: "{circle} links to the circle around it, {parent}, not to {to}."}
	NotALink = &Code{ID: "not-a-link", Kind: ErrNotValid, Rule: "EC-13", Stands: InEngine,
		Says: "A circle is linked by its leader, its delegate or a representative, not by its {hat}."}
	OwnSupporter = &Code{ID: "own-supporter", Kind: ErrNotYou, Rule: "CP-18", Stands: InEngine,
		Says: "{who} cannot name supporters for {person}: everybody names their own."}
	SelfSupporter = &Code{ID: "self-supporter", Kind: ErrNotValid, Rule: "CP-18", Stands: InEngine,
		Says: "{who} needs nobody's leave to speak for themselves: a supporter is somebody else."}
	CircleClosed = &Code{ID: "circle-closed", Kind: ErrNotNow, Rule: "M-18", Stands: InEngine,
		Says: "The circle {circle} has ended."}
	NotHelping = &Code{ID: "not-helping", Kind: ErrNotValid, Rule: "M-24", Stands: InEngine,
		Says: "Only a helping circle is closed this way; {circle} is a {kind} circle."}
)

// Codes lists the refusals of this room.
func Codes() []*Code {
	return slices.Concat(kindCodes(), changeCodes(), domainCodes(), endCodes(), moveCodes(), officeCodes(), linkCodes(), steadCodes(), awayCodes(), bodyCodes(), []*Code{SafeguardingAtRoot, NoRuleReview}, []*Code{NotAgreed, UnknownPerson, NotSupporter, NoBasis, AlreadyFounded, NotFounded, ByConsentOnly, TakenID,
		UnknownCircle, UnknownRole, NoAim, NoDomain, NotHeld, TwiceInDomain, HelpingIncomplete, HelpingHasNone, LeaderIsDelegate,
		SecondRoot, NotInCircle, NotWearing, NotBroader, NotALink, OwnSupporter, SelfSupporter, CircleClosed, NotHelping},
		moneyCodes(), intentCodes(), membershipCodes(), []*Code{ProtectedRule})
}

// Decide answers whether a command may happen, and which events follow.
func (o *Organisation) Decide(by Actor, now time.Time, cmd Command, f Facts) ([]Event, error) {
	if !o.Founded() && cmd.Wire() != (Found{}).Wire() {
		return nil, NotFounded.Refuse()
	}
	return cmd.decide(o, by, now, f)
}

// mayStructure says whether the structure of a circle may change: at the hand
// of the founder while founding, afterwards by consent of that circle or one
// around it.
func (o *Organisation) mayStructure(by Actor, id ID, f Facts) error {
	if f.ConsentOf != "" && o.Within(id, f.ConsentOf) {
		return nil
	}
	if f.ConsentOf == "" && !o.settled && by.By == o.founder {
		return nil
	}
	return alone(by, f, id)
}

// alone refuses who changes alone, be it a person or a circle, what is changed by
// consent of a circle.
func alone(by Actor, f Facts, id ID) error {
	if by.By == "" && f.ConsentOf != "" {
		return ByConsentOnly.Refuse("who", f.ConsentOf, "circle", id)
	}
	return ByConsentOnly.Refuse("who", by.By, "circle", id)
}

func (o *Organisation) open(id ID) (*Circle, error) {
	switch c := o.circles[id]; {
	case c == nil:
		return nil, UnknownCircle.Refuse("circle", id)
	case c.Closed:
		return nil, CircleClosed.Refuse("circle", id)
	default:
		return c, nil
	}
}

func (c Found) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	if o.Founded() {
		return nil, AlreadyFounded.Refuse("circle", o.root)
	}
	if c.Aim.IsZero() {
		return nil, NoAim.Refuse("circle", c.ID)
	}
	if err := soundItems(c.Domain, c.AimParts); err != nil {
		return nil, err
	}
	if err := o.soundLeads(c.ID, c.Rules.Safeguarding, c.Members...); err != nil {
		return nil, err
	}
	events := []Event{&Founded{Circle: c.ID, By: by.By, Name: c.Name, Aim: c.Aim,
		AimParts: c.AimParts, Domain: c.Domain, Engine: Edition}}
	for i, m := range c.Members {
		if slices.Contains(c.Members[:i], m) {
			return nil, TakenID.Refuse("id", m)
		}
		events = append(events, &Admitted{Person: m}, &Joined{Circle: c.ID, Person: m, Level: Full})
	}
	return withRules(events, c.ID, c.Rules, now), nil
}

func withRules(events []Event, id ID, r Rules, now time.Time) []Event {
	if r.isZero() {
		return events
	}
	return append(events, agreed(id, r, now))
}

// isZero says that nothing was agreed. An empty list agrees to nothing.
func (r Rules) isZero() bool {
	return nothing(reflect.ValueOf(r))
}

// nothing says that a value is zero, an empty list, or an object of such.
func nothing(v reflect.Value) bool {
	if v.Kind() != reflect.Struct {
		return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
	}
	for i := range v.NumField() {
		if !nothing(v.Field(i)) {
			return false
		}
	}
	return true
}

// soundItems refuses an item that stands twice, and a part of an aim that bears
// the name of the whole.
func soundItems(domain, aimParts []Item) error {
	for _, part := range aimParts {
		if part.ID == WholeAim {
			return TakenID.Refuse("id", WholeAim)
		}
	}
	return distinct(domain, aimParts)
}

// distinct refuses a list in which one item stands twice.
func distinct(lists ...[]Item) error {
	for _, list := range lists {
		for i, item := range list {
			if slices.ContainsFunc(list[:i], func(other Item) bool { return other.ID == item.ID }) {
				return TwiceInDomain.Refuse("item", item.ID)
			}
		}
	}
	return nil
}

func (c Open) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	if _, err := o.open(c.Parent); err != nil {
		return nil, err
	}
	if o.circles[c.ID] != nil {
		return nil, TakenID.Refuse("id", c.ID)
	}
	if err := o.mayStructure(by, c.Parent, f); err != nil {
		return nil, err
	}
	return c.opening(o, now)
}

// opening answers what happens when a circle begins inside another.
func (c Open) opening(o *Organisation, now time.Time) ([]Event, error) {
	if c.Type == "" {
		c.Type = Local
	}
	if o.circles[c.ID] != nil {
		return nil, TakenID.Refuse("id", c.ID)
	}
	if err := c.sound(o, o.circles[c.Parent]); err != nil {
		return nil, err
	}
	if err := o.keepsProtected(c.ID, c.Parent, c.Rules); err != nil {
		return nil, err
	}
	if err := o.soundOwn(c.ID, c.Rules); err != nil {
		return nil, err
	}
	events := []Event{&Opened{Circle: c.ID, Parent: c.Parent, Type: c.Type, Name: c.Name, Aim: c.Aim,
		AimParts: c.AimParts, Domain: c.Domain, Product: c.Product, Meetings: c.Meetings, Answers: c.Answers,
		Terms: c.Terms, Serves: c.Serves, Gathers: c.Gathers, Owner: c.Owner, Governs: c.Governs, Unconfirmed: c.unconfirmed(o)}}
	for _, m := range c.members() {
		if o.people[m] == nil {
			return nil, UnknownPerson.Refuse("who", m)
		}
		events = append(events, &Joined{Circle: c.ID, Person: m, Level: Full})
	}
	if c.Leader != "" {
		role := RoleID(c.ID + "-leader")
		if o.roles[role] != nil {
			return nil, TakenID.Refuse("id", role)
		}
		events = append(events, &RoleCreated{Role: role, Circle: c.ID, Hat: Leader},
			&RoleGiven{Role: role, Person: c.Leader, Since: now})
	}
	return withRules(events, c.ID, c.Rules, now), nil
}

// unconfirmed says whether the new circle has to confirm its aim and domain.
func (c Open) unconfirmed(o *Organisation) bool {
	return c.Type != Helping && o.StructuringOf(c.Parent).Confirm
}

// members lists who takes part from the start, the leader first.
func (c Open) members() []PersonID {
	var out []PersonID
	for _, m := range append([]PersonID{c.Leader}, c.Members...) {
		if m != "" && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

func (c Open) sound(o *Organisation, parent *Circle) error {
	if err := soundItems(c.Domain, c.AimParts); err != nil {
		return err
	}
	switch {
	case parent.ByParent():
		return GovernedOutside.Refuse("circle", parent.ID, "parent", parent.Parent)
	case c.Type == Root:
		return SecondRoot.Refuse("circle", o.root, "id", c.ID)
	case c.Type == Helping:
		if err := c.saysOnly(); err != nil {
			return err
		}
		return c.soundHelping()
	case c.Aim.IsZero():
		return NoAim.Refuse("circle", c.ID)
	case len(c.Domain) == 0 && c.needsDomain():
		return NoDomain.Refuse("circle", c.ID)
	case len(c.Domain) > 0 && (c.Type == HelpingTeam || c.Type == OpenTeam && !c.Governs):
		return HelpingHasNone.Refuse("circle", c.ID)
	case c.Leader == "" && c.unconfirmed(o):
		return NoConvener.Refuse("circle", c.ID, "parent", c.Parent)
	}
	if err := c.placed(o, parent); err != nil {
		return err
	}
	if err := c.soundKind(o); err != nil {
		return err
	}
	if err := c.soundMembers(o); err != nil {
		return err
	}
	return o.handable(parent, c.ID, c.Domain, c.Terms)
}

// pieceHandedTo returns a circle inside c that holds a piece of an item.
func (o *Organisation) pieceHandedTo(c *Circle, id ItemID) ID {
	for _, child := range c.Children {
		for _, i := range o.circles[child].Domain {
			if i.from() == id && !o.circles[child].Closed {
				return child
			}
		}
	}
	return ""
}

func plainOr(id ID, other string) string {
	if id == "" {
		return other
	}
	return string(id)
}

func (c Open) soundHelping() error {
	var missing []string
	if c.Leader == "" {
		missing = append(missing, "a leader")
	}
	if c.Product.IsZero() {
		missing = append(missing, "a product")
	}
	if c.Meetings < 1 {
		missing = append(missing, "a number of meetings")
	}
	if c.Answers == "" {
		missing = append(missing, "the need that it answers")
	}
	if len(c.Domain) > 0 {
		return HelpingHasNone.Refuse("circle", c.ID)
	}
	if missing != nil {
		return HelpingIncomplete.Refuse("missing", missing)
	}
	return nil
}

func (c Admit) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if o.people[c.ID] != nil {
		return nil, TakenID.Refuse("id", c.ID)
	}
	if err := o.mayAdmit(by, f); err != nil {
		return nil, err
	}
	if c.Class != "" {
		if err := o.mayBe(&Person{ID: c.ID}, c.Class); err != nil {
			return nil, err
		}
	}
	events := []Event{&Admitted{Person: c.ID, Name: c.Name, Class: c.Class, Reading: c.Reading,
		Formats: c.Formats, Access: c.Access, Body: c.Body}}
	for i, s := range c.Supporters {
		switch {
		case s == c.ID:
			return nil, SelfSupporter.Refuse("who", s)
		case o.people[s] == nil:
			return nil, UnknownPerson.Refuse("who", s)
		case slices.Contains(c.Supporters[:i], s):
			return nil, TakenID.Refuse("id", s)
		}
		events = append(events, &SupporterNamed{Person: c.ID, Supporter: s})
	}
	for i, who := range c.Interpreters {
		switch {
		case who == c.ID:
			return nil, CapacitiesMixed.Refuse("who", who, "one", "who acts", "other", "their interpreter")
		case o.people[who] == nil:
			return nil, UnknownPerson.Refuse("who", who)
		case slices.Contains(c.Interpreters[:i], who):
			return nil, TakenID.Refuse("id", who)
		}
		events = append(events, &InterpreterNamed{Person: c.ID, Interpreter: who})
	}
	events, err := c.represented(o, events, by)
	if err != nil || c.Class == "" {
		return events, err
	}
	return o.amongAll(c.ID, events...)
}

func (c NameSupporter) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	p := o.people[c.Person]
	switch {
	case p == nil:
		return nil, UnknownPerson.Refuse("who", c.Person)
	case c.Person == c.Supporter:
		return nil, SelfSupporter.Refuse("who", c.Person)
	case o.people[c.Supporter] == nil:
		return nil, UnknownPerson.Refuse("who", c.Supporter)
	case by.By != c.Person && o.mayStructure(by, o.root, f) != nil:
		return nil, OwnSupporter.Refuse("who", by.By, "person", c.Person)
	case p.HasSupporter(c.Supporter):
		return nil, TakenID.Refuse("id", c.Supporter)
	}
	return []Event{&SupporterNamed{Person: c.Person, Supporter: c.Supporter}}, nil
}

func (c Join) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := o.open(c.Circle); err != nil {
		return nil, err
	}
	if o.people[c.Person] == nil {
		return nil, UnknownPerson.Refuse("who", c.Person)
	}
	if err := o.mayStructure(by, c.Circle, f); err != nil {
		return nil, err
	}
	if err := o.agreed(o.circles[c.Circle], c.Person, f); err != nil {
		return nil, err
	}
	if c.Level == Full {
		if err := o.MaySeat(c.Circle, c.Person); err != nil {
			return nil, err
		}
	}
	return []Event{&Joined{Circle: c.Circle, Person: c.Person, Level: c.Level}}, nil
}

func (c Leave) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	circle, err := o.open(c.Circle)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(circle.Participants, func(p Participant) bool { return p.Person == by.By }) {
		return nil, NotInCircle.Refuse("who", by.By, "circle", c.Circle)
	}
	return o.leaving(circle, by.By), nil
}

func (c AgreeRules) decide(o *Organisation, by Actor, now time.Time, f Facts) ([]Event, error) {
	if _, err := o.open(c.Circle); err != nil {
		return nil, err
	}
	if err := o.mayStructure(by, c.Circle, f); err != nil {
		return nil, err
	}
	if err := o.keepsProtected(c.Circle, o.circles[c.Circle].Parent, c.Rules); err != nil {
		return nil, err
	}
	if err := o.soundOwn(c.Circle, c.Rules); err != nil {
		return nil, err
	}
	return []Event{agreed(c.Circle, c.Rules, now)}, nil
}

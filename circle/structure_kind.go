package circle

// More kinds of circles, each with the checks that it changes (M-17).
const (
	Mission     Kind = "mission"      // the top circle inside the root; people from outside may take full part in it (M-23)
	General     Kind = "general"      // the Leaders and Delegates of the circles inside it
	Department  Kind = "department"   // inside a general circle, tied to it by a double link
	Sub         Kind = "sub"          // inside a circle that works itself
	Service     Kind = "service"      // serves the domains of two circles or more (M-22)
	Delegates   Kind = "delegate"     // the representatives of two circles or more; what it decides binds these (M-21)
	HelpingTeam Kind = "helping-team" // governed by the circle that set it up (M-19)
	OpenTeam    Kind = "open-team"    // invited contributors; it is set whether they take part in deciding (M-20)
	Stakeholder Kind = "stakeholder"  // brings classes of people together
)

// moreKinds lists them.
func moreKinds() []string {
	return []string{string(Mission), string(General), string(Department), string(Sub), string(Service), string(Delegates),
		string(HelpingTeam), string(OpenTeam), string(Stakeholder)}
}

// The refusals that a kind of circle brings.
var (
	WrongPlace = &Code{ID: "wrong-place", Kind: ErrNotValid, Rule: "M-17", Stands: InEngine,
		Says: "A {kind} circle lies in {wanted}, and {parent} is a {around} circle."}
	OneOfThem = &Code{ID: "one-of-them", Kind: ErrNotValid, Rule: "M-17", Stands: InEngine,
		Says: "{parent} has a {kind} circle already: {circle}."}
	OtherKind = &Code{ID: "other-kind", Kind: ErrNotValid, Rule: "M-17", Stands: InEngine,
		Says: "{what} is not said of a {kind} circle."}
	ServesTwo = &Code{ID: "serves-two", Kind: ErrNotValid, Rule: "M-21, M-22", Stands: InEngine,
		Says: "{circle} is a {kind} circle: say which two circles or more it is there for."}
	GathersTwo = &Code{ID: "gathers-two", Kind: ErrNotValid, Rule: "M-17", Stands: InEngine,
		Says: "{circle} is a stakeholder circle: say which two classes of people or more it brings together."}
	GovernedOutside = &Code{ID: "governed-outside", Kind: ErrNotYou, Rule: "M-19, M-20", Stands: InEngine,
		Says: "{circle} decides nothing itself: {parent} governs it. Bring the matter there."}
	ByLinkOnly = &Code{ID: "by-link-only", Kind: ErrNotValid, Rule: "M-17, M-21", Stands: InEngine,
		Says: "{circle} is made of people whom other circles send: {who} takes full part in it by a link or by a hat there."}
	NotOwner = &Code{ID: "not-supported", Kind: ErrNotValid, Rule: "EC-15", Stands: InEngine,
		Says: "A Team is owned by the person who is supported, and {who} is not a supported member."}
	NoConvener = &Code{ID: "no-convener", Kind: ErrNotValid, Rule: "M-4, I-2", Stands: InRules,
		Says: "{circle} begins with a leader: {parent} has agreed that somebody convenes a new circle."}
	AimFirst = &Code{ID: "confirm-aim-first", Kind: ErrNotNow, Rule: "M-4", Stands: InRules,
		Says: "{circle} is new: first it confirms its aim and domain by consent, with circle.confirm-aim."}
	CircleFull = &Code{ID: "circle-full", Kind: ErrNotValid, Rule: "M-31", Stands: InRules,
		Says: "{circle} has {most} full participants, and has agreed not to become larger."}
)

// kindCodes lists the refusals that a kind of circle brings.
func kindCodes() []*Code {
	return []*Code{WrongPlace, OneOfThem, OtherKind, ServesTwo, GathersTwo, GovernedOutside, ByLinkOnly, NotOwner, NoConvener, AimFirst, CircleFull}
}

// placed refuses a circle of a kind where that kind has no place.
func (c Open) placed(o *Organisation, parent *Circle) error {
	wrong := func(wanted string) error {
		return WrongPlace.Refuse("kind", c.Type, "wanted", wanted, "parent", parent.ID, "around", parent.Kind)
	}
	switch c.Type {
	case Mission:
		if parent.Kind != Root {
			return wrong("the root circle")
		}
		return o.onlyOne(parent, c.Type)
	case General:
		if parent.Kind != Root && parent.Kind != Mission {
			return wrong("the root or the mission circle")
		}
		return o.onlyOne(parent, c.Type)
	case Department:
		if parent.Kind != General && parent.Kind != Root && parent.Kind != Mission {
			return wrong("a general circle, or in the root while there is none")
		}
	case Sub:
		if parent.Kind == Root {
			return wrong("a circle that works itself")
		}
	}
	return nil
}

func (o *Organisation) onlyOne(parent *Circle, k Kind) error {
	for _, child := range parent.Children {
		if x := o.circles[child]; x.Kind == k && !x.Closed {
			return OneOfThem.Refuse("parent", parent.ID, "kind", k, "circle", child)
		}
	}
	return nil
}

// soundKind refuses what a kind of circle cannot be.
func (c Open) soundKind(o *Organisation) error {
	if err := c.saysOnly(); err != nil {
		return err
	}
	switch c.Type {
	case Service, Delegates:
		if err := o.soundServed(c.ID, c.Type, c.Serves); err != nil {
			return err
		}
	case Stakeholder:
		if countDistinct(c.Gathers) < 2 {
			return GathersTwo.Refuse("circle", c.ID)
		}
	case Team:
		if p := o.people[c.Owner]; c.Owner != "" && (p == nil || p.Class != Supported) {
			return NotOwner.Refuse("who", c.Owner)
		}
	}
	return nil
}

// saysOnly refuses what belongs to circles of another kind.
func (c Open) saysOnly() error {
	other := func(what string) error { return OtherKind.Refuse("what", what, "kind", c.Type) }
	switch {
	case len(c.Serves) > 0 && c.Type != Service && c.Type != Delegates:
		return other("whom it is there for")
	case len(c.Gathers) > 0 && c.Type != Stakeholder:
		return other("whom it brings together")
	case c.Owner != "" && c.Type != Team:
		return other("an owner")
	case c.Governs && c.Type != OpenTeam:
		return other("whether its contributors decide")
	case len(c.Terms) > 0 && c.Type == Helping:
		return other("terms of a domain")
	}
	return nil
}

func (o *Organisation) soundServed(id ID, k Kind, served []ID) error {
	for _, s := range served {
		if _, err := o.open(s); err != nil {
			return err
		}
	}
	if countDistinct(served) < 2 {
		return ServesTwo.Refuse("circle", id, "kind", k)
	}
	return nil
}

func countDistinct[T comparable](list []T) int {
	seen := map[T]bool{}
	for _, x := range list {
		seen[x] = true
	}
	return len(seen)
}

// soundMembers refuses people who cannot take full part in a circle of this kind
// from the start, and more than the circles around have agreed.
func (c Open) soundMembers(o *Organisation) error {
	members := c.members()
	for _, m := range members {
		switch {
		case c.Type == OpenTeam && !c.Governs && m != c.Leader:
			return GovernedOutside.Refuse("circle", c.ID, "parent", c.Parent)
		case (c.Type == General || c.Type == Delegates) && m != c.Leader:
			return ByLinkOnly.Refuse("circle", c.ID, "who", m)
		}
	}
	if s := o.StructuringOf(c.Parent); s.Most > 0 && s.Larger == RefuseBeyond && len(members) > s.Most {
		return CircleFull.Refuse("circle", c.ID, "most", s.Most)
	}
	return nil
}

// needsDomain says whether a circle of this kind begins with a domain. What
// another circle governs has none, and a delegate circle decides on what the
// circles lend it that it is made of.
func (c Open) needsDomain() bool {
	return c.Type != HelpingTeam && c.Type != Delegates && (c.Type != OpenTeam || c.Governs)
}

// MaySeat refuses somebody who cannot take full part in a circle by themselves:
// where it is made of people whom others send, where its contributors do not
// decide, and where it would become larger than agreed.
func (o *Organisation) MaySeat(id ID, who PersonID) error {
	c := o.circles[id]
	switch {
	case c == nil:
		return UnknownCircle.Refuse("circle", id)
	case c.Kind == OpenTeam && !c.Charter().Governs:
		return GovernedOutside.Refuse("circle", id, "parent", c.Parent)
	case (c.Kind == General || c.Kind == Delegates) && !o.hatted(c, who):
		return ByLinkOnly.Refuse("circle", id, "who", who)
	}
	return o.roomFor(id, who)
}

// hatted says whether a person wears a hat in a circle itself.
func (o *Organisation) hatted(c *Circle, who PersonID) bool {
	for _, r := range c.Roles {
		if o.roles[r].Hat != "" && o.Holds(r, who) {
			return true
		}
	}
	return false
}

// roomFor refuses one more full participant where the circle has agreed how
// large it becomes (M-31).
func (o *Organisation) roomFor(id ID, who ...PersonID) error {
	s := o.StructuringOf(id)
	if s.Most == 0 || s.Larger != RefuseBeyond {
		return nil
	}
	n := len(o.FullIn(id))
	for _, w := range who {
		if o.LevelIn(id, w) != Full {
			n++
		}
	}
	if n > s.Most {
		return CircleFull.Refuse("circle", id, "most", s.Most)
	}
	return nil
}

// roomForHat refuses somebody in a hat whose links would make the linked
// circles larger than agreed.
func (o *Organisation) roomForHat(r *Role, who PersonID) error {
	c := o.circles[r.Circle]
	if r.Hat == "" || c.Parent == "" {
		return nil
	}
	for _, to := range append([]ID{c.Parent}, o.servers(c.ID)...) {
		for _, l := range o.circles[to].Linked {
			if l.From == c.ID && l.As == r.Hat {
				if err := o.roomFor(to, who); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// servers lists the circles that are there for a circle beside the one around
// it, in the order of their names.
func (o *Organisation) servers(id ID) []ID { return o.served[id] }

// MayDecide refuses a matter in a circle that another one governs, or that has
// not confirmed its aim yet. What confirms it may be decided.
func (o *Organisation) MayDecide(id ID, deeds []Deed) error {
	c := o.circles[id]
	switch {
	case c == nil || c.Kind == Helping: // the law of proposals has its own words for it
		return nil
	case c.ByParent():
		return GovernedOutside.Refuse("circle", id, "parent", c.Parent)
	case !c.Charter().Unconfirmed:
		return nil
	}
	for _, d := range deeds {
		if d.Wire() == (ConfirmAim{}).Wire() || d.Wire() == (ConsentTo{}).Wire() || d.Wire() == (Redefine{}).Wire() {
			return nil
		}
	}
	return AimFirst.Refuse("circle", id)
}

// linksTo says whether a circle may be linked to another: to the one around it,
// and to a circle that is there for it (M-21, M-22).
func (o *Organisation) linksTo(from, to *Circle) bool {
	if from.Parent == to.ID || from.Rules.Board != nil && from.Rules.Board.Circle == to.ID {
		return true
	}
	for _, id := range to.Charter().Serves {
		if id == from.ID {
			return true
		}
	}
	return false
}

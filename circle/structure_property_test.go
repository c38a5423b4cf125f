package circle_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
)

var (
	someTrees   = []circle.ID{"places", "valley", "hill", "brook", "board", "ferry", "team", "nowhere"}
	somePieces  = []circle.ItemID{"care", "teams", "nets", "starting", "boats"}
	someAims    = []circle.ItemID{circle.WholeAim, "fish", "views", "bread"}
	someChanges = []circle.Name{"", "one", "two"}
	someKinds   = []circle.Kind{circle.Local, circle.Local, circle.Sub, circle.Department, circle.General, circle.Mission, circle.Service,
		circle.Delegates, circle.HelpingTeam, circle.OpenTeam, circle.Stakeholder, circle.Team}
)

func tree(t *rapid.T) circle.ID { return pick(t, "circle", someTrees) }

func pieces(t *rapid.T, least int) []circle.Item {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) circle.Item {
		i := item(pick(t, "item", somePieces), "")
		if rapid.Bool().Draw(t, "a piece") {
			i.Of = pick(t, "of", somePieces)
		}
		return i
	}), least, 2).Draw(t, "domain")
}

func someTerms(t *rapid.T) []circle.Terms {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) circle.Terms {
		x := circle.Terms{Item: pick(t, "item", somePieces), Mode: pick(t, "mode", []circle.Mode{"", circle.Supersede, circle.MayObject})}
		if rapid.Bool().Draw(t, "shared") {
			x.Resolver = pick(t, "resolver", []circle.ID{"places", "places", "valley"})
		}
		return x
	}), 0, 2).Draw(t, "terms")
}

func someGoing(t *rapid.T) []circle.RoleGoes {
	if rapid.Bool().Draw(t, "no roles") {
		return nil
	}
	return []circle.RoleGoes{{Role: "rota", To: pick(t, "to", []circle.ID{"", "places", "valley", "hill"})}}
}

func someTree(t *rapid.T) circle.Command {
	c := circle.Open{ID: tree(t), Parent: tree(t), Type: pick(t, "kind", someKinds), Aim: circle.Say("a"), Domain: pieces(t, 0), Terms: someTerms(t),
		Members: rapid.SliceOfN(rapid.SampledFrom(somePeople), 0, 2).Draw(t, "members"), Leader: pick(t, "leader", []circle.PersonID{"", "ana", "ben"})}
	switch c.Type {
	case circle.Service, circle.Delegates:
		c.Serves = []circle.ID{tree(t), tree(t)}
	case circle.Stakeholder:
		c.Gathers = []circle.Class{circle.Worker, circle.Supported}
	case circle.OpenTeam:
		c.Governs = rapid.Bool().Draw(t, "governs")
	}
	return c
}

// someStructure draws a structural command, sensible or not.
func someStructure(t *rapid.T) circle.Command {
	change := pick(t, "change", someChanges)
	switch rapid.IntRange(0, 18).Draw(t, "structure") {
	case 0, 1, 2:
		return someTree(t)
	case 3, 4:
		return circle.Redefine{Change: change, Circle: tree(t), Domain: pieces(t, 0), Terms: someTerms(t)}
	case 5:
		return circle.StandAlone{ID: tree(t), Aim: circle.Say("a"), Domain: pieces(t, 1)}
	case 6:
		return circle.TakeIn{Change: change, Circle: tree(t), Parent: tree(t), Domain: pieces(t, 1), Terms: someTerms(t)}
	case 7, 8:
		return circle.Dissolve{Change: change, Circle: tree(t), Raise: rapid.SliceOfN(rapid.SampledFrom(someTrees), 0, 2).Draw(t, "raise"), Roles: someGoing(t)}
	case 9, 10:
		return circle.Merge{Change: change, Circle: tree(t), Into: tree(t), Roles: someGoing(t)}
	case 11:
		return circle.TurnIntoCircle{Role: "rota", ID: tree(t), Aim: circle.Say("a"), Domain: pieces(t, 1)}
	case 12:
		return circle.TurnIntoRole{Change: change, Circle: tree(t), Role: "rota-2", Roles: someGoing(t)}
	case 13:
		return circle.MoveRole{Change: change, Role: "rota", To: tree(t), Serves: pick(t, "serves", someAims)}
	case 14:
		return circle.Lend{Change: change, Circle: tree(t), To: tree(t), Item: pick(t, "item", somePieces), AtWill: true}
	case 15:
		return circle.TakeBack{Change: change, Circle: tree(t), Item: pick(t, "item", somePieces)}
	case 16:
		return circle.AgreeStructure{Circle: tree(t), Structure: circle.Structuring{Overlap: rapid.Bool().Draw(t, "overlap"), Confirm: rapid.Bool().Draw(t, "confirm"),
			Change: pick(t, "by", []circle.ChangeBy{"", circle.ParentAlone}), Most: rapid.IntRange(0, 3).Draw(t, "most"), Larger: pick(t, "larger", []circle.TooLarge{"", circle.RefuseBeyond})}}
	case 17:
		return circle.MovePolicy{Change: change, Policy: "notes", From: tree(t), To: tree(t), Serves: pick(t, "serves", someAims), Item: pick(t, "item", somePieces)}
	}
	return pick(t, "answer", []circle.Command{circle.ConsentTo{Change: change}, circle.ConsentTo{Change: change}, circle.CallOff{Change: change}})
}

// sensible draws a structural command that has a fair chance, as the
// organisation is.
func sensible(t *rapid.T, o *circle.Organisation) circle.Command {
	var open []circle.ID
	for _, id := range o.Circles() {
		if !o.Circle(id).Closed {
			open = append(open, id)
		}
	}
	x, to, change := o.Circle(pick(t, "one", open)), o.Circle(pick(t, "other", open)), pick(t, "change", someChanges)
	its := func(c *circle.Circle) []circle.Item {
		if len(c.Domain) == 0 {
			return pieces(t, 1)
		}
		i := pick(t, "its", c.Domain).ID
		return []circle.Item{item(pick(t, "as", []circle.ItemID{i, i, "nets", "boats", "care"}), i)}
	}
	var inside []circle.ID
	for _, child := range x.Children {
		if !o.Circle(child).Closed {
			inside = append(inside, child)
		}
	}
	var roles []circle.RoleGoes
	for _, r := range x.Roles {
		if o.Role(r).Hat == "" {
			roles = append(roles, circle.RoleGoes{Role: r})
		}
	}
	parent := x
	if x.Parent != "" {
		parent = o.Circle(x.Parent)
	}
	switch rapid.IntRange(0, 8).Draw(t, "sensible") {
	case 0, 1:
		return circle.Open{ID: tree(t), Parent: x.ID, Type: pick(t, "kind", []circle.Kind{circle.Local, circle.Sub}), Aim: circle.Say("a"), Domain: its(x),
			Members: []circle.PersonID{somebody(t)}, Leader: "ben"}
	case 2:
		return circle.Dissolve{Change: change, Circle: x.ID, Raise: inside, Roles: roles}
	case 3:
		into := pick(t, "into", append([]circle.ID{parent.ID}, parent.Children...))
		return circle.Merge{Change: change, Circle: x.ID, Into: into, Roles: roles}
	case 4:
		more := its(parent)
		c := circle.Redefine{Change: change, Circle: x.ID, Domain: append(slices.Clone(x.Domain), more...)}
		if rapid.Bool().Draw(t, "shared") {
			c.Domain = pick(t, "domain", [][]circle.Item{c.Domain, nil})
			c.Terms = []circle.Terms{{Item: pick(t, "shares", append(x.Domain, more...)).ID, Resolver: parent.ID}}
		}
		return c
	case 5:
		return circle.TakeIn{Change: change, Circle: pick(t, "free", []circle.ID{"ferry", x.ID}), Parent: to.ID, Domain: its(to)}
	case 6:
		return circle.Lend{Change: change, Circle: x.ID, To: to.ID, Item: its(x)[0].ID, AtWill: true}
	case 7:
		return circle.ConsentTo{Change: change}
	}
	return circle.LinkTo{Circle: x.ID, To: parent.ID, As: circle.Leader}
}

// structured gives one random command, by the founder or carried by the consent
// of a circle, and lets come what follows, which is one entry of a ledger.
func (l *life) structured(t *rapid.T) {
	cmd := someStructure(t)
	if rapid.Bool().Draw(t, "sensible") {
		cmd = sensible(t, l.o)
	} else if rapid.IntRange(0, 3).Draw(t, "other") == 0 {
		cmd = pick(t, "plain", []circle.Command{
			circle.Join{Circle: tree(t), Person: somebody(t), Level: circle.Full}, circle.GiveRole{Role: "rota", Person: somebody(t)},
			circle.CreateRole{ID: pick(t, "role", []circle.RoleID{"brook-lead", "hill-voice"}), Circle: tree(t), Hat: pick(t, "hat", someHats)},
			circle.LinkTo{Circle: tree(t), To: tree(t), As: circle.Leader}, circle.EndFounding{}})
	}
	by, f := circle.Actor{By: "ana"}, circle.Facts{}
	if l.o.Settled() || rapid.Bool().Draw(t, "by consent") {
		f.ConsentOf = tree(t)
		if c, ok := cmd.(circle.ConsentTo); ok && l.o.Change(c.Change) != nil {
			f.ConsentOf = pick(t, "awaited", l.o.Change(c.Change).Awaits)
		}
	}
	before := canon.Digest(l.o.Image())
	events, err := l.o.Decide(by, now, cmd, f)
	require.Equal(t, before, canon.Digest(l.o.Image()), "deciding %s changed something", cmd.Wire())
	if err != nil {
		var r *circle.Refusal
		require.ErrorAs(t, err, &r)
		lawtest.Worded(t, r)
		return
	}
	requireConsents(t, l.o, cmd, f, events)
	for _, e := range events {
		if moved, ok := e.(*circle.PolicyMoved); ok {
			requireInDomain(t, l.o, moved)
		}
		happen(t, l.o, e, &l.parts)
	}
}

// requireInDomain: I-17, an agreement goes where what it is about is the
// circle's own, and with nobody else.
func requireInDomain(t require.TestingT, o *circle.Organisation, e *circle.PolicyMoved) {
	require.True(t, mayRule(o, o.Circle(e.To), e.Item), "I-17: %s went to %s, and %s is not its to decide on", e.Policy, e.To, e.Item)
}

// mayRule reckons from what the circles hold whether one may set a policy on an
// item (I-5): it is in its domain, and neither lent nor handed down whole but on
// the terms that its policy prevails; or another circle lends it.
func mayRule(o *circle.Organisation, c *circle.Circle, item circle.ItemID) bool {
	own := false
	for _, i := range c.Domain {
		own = own || i.ID == item
	}
	for _, id := range o.Circles() {
		x := o.Circle(id)
		for _, h := range x.Charter().Lent {
			if h.Item == item && !x.Closed && (id == c.ID || !own && h.To == c.ID) {
				return id != c.ID
			}
		}
		for _, i := range x.Domain {
			if x.Parent == c.ID && !x.Closed && i.ID == item && (i.Of == "" || i.Of == item) && x.TermsOf(item).Mode != circle.Supersede {
				return false
			}
		}
	}
	return own
}

// ruling is what an organisation says of who may set a policy on what.
type ruling func(c *circle.Circle, item circle.ItemID) bool

func rulesOf(o *circle.Organisation) ruling {
	return func(c *circle.Circle, item circle.ItemID) bool {
		may, _ := o.RulesOn(c, item)
		return may
	}
}

// requireRulings: I-5, inside the domain of an inner circle the outer one decides
// as the terms of the item say: on nothing, or so that its policy prevails; or its
// people may object, and it decides on nothing.
func requireRulings(t require.TestingT, o *circle.Organisation, says ruling) {
	for _, id := range o.Circles() {
		c := o.Circle(id)
		if c.Closed {
			continue
		}
		for _, item := range somePieces {
			require.Equal(t, mayRule(o, c, item), says(c, item), "I-5: whether %s decides on %s", id, item)
		}
		for _, i := range c.Domain {
			for _, who := range o.People() {
				may := c.Parent != "" && c.TermsOf(i.ID).Mode == circle.MayObject && slices.Contains(o.FullIn(c.Parent), who)
				for _, child := range c.Children {
					x := o.Circle(child)
					may = may || x.Kind == circle.HelpingTeam && !x.Closed && slices.Contains([]circle.Level{circle.Full, circle.Learning}, o.LevelIn(child, who))
				}
				require.Equal(t, may, o.ObjectsTo(id, i.ID, who), "I-5: whether %s objects to what %s decides on %s", who, id, i.ID)
			}
		}
	}
}

// requireConsents: I-7, after the founding the domain of a circle changes when
// it and the one around it have both consented, or the latter alone where that is
// agreed; I-12, a link is made by who receives it.
func requireConsents(t require.TestingT, o *circle.Organisation, cmd circle.Command, f circle.Facts, events []circle.Event) {
	if f.ConsentOf == "" {
		return
	}
	consents := []circle.ID{f.ConsentOf}
	if c, ok := cmd.(circle.ConsentTo); ok {
		consents = append(consents, o.Change(c.Change).Agreed...)
	}
	has := func(id circle.ID) bool { return id == "" || slices.Contains(consents, id) }
	for _, e := range events {
		switch e := e.(type) {
		case *circle.Redefined:
			parent := o.Circle(e.Circle).Parent
			require.True(t, has(parent), "I-7: %s was not asked about %s", parent, e.Circle)
			require.True(t, has(e.Circle) || o.StructuringOf(parent).Change == circle.ParentAlone, "I-7: %s was not asked", e.Circle)
		case *circle.TakenIn:
			require.True(t, has(e.Circle) && has(e.Parent), "M-5: %v", consents)
		case *circle.Merged:
			require.True(t, has(e.Circle) && has(e.Into), "M-27: %v", consents)
		case *circle.ItemLent:
			require.True(t, has(e.Circle) && has(e.To), "M-28: %v", consents)
		case *circle.RoleMoved:
			if _, move := cmd.(circle.MoveRole); move {
				require.True(t, has(e.From) && has(e.To), "M-26: %v", consents)
			}
		case *circle.Linked:
			require.True(t, has(e.To) || slices.ContainsFunc(consents, func(id circle.ID) bool { return o.Within(e.To, id) }), "I-12: %v", consents)
		}
	}
}

// requireInvariants holds an organisation against I-1 to I-21 as far as they are
// about people and circles; I-7 and I-12 are held by requireConsents, and where an
// agreement goes by requireInDomain. What needs agreements and answers, I-17 and
// I-18, is held by TestInvariantsOfDecisions.
func requireInvariants(t require.TestingT, o *circle.Organisation) {
	for _, id := range o.Circles() {
		c := o.Circle(id)
		requireTree(t, o, c)
		requireHats(t, o, c)
		requireSeats(t, o, c, o.FullIn(id))
		if c.Closed {
			requireNothingLeft(t, o, c)
			continue
		}
		if !c.ByParent() && c.Kind != circle.Delegates {
			require.False(t, c.Aim.IsZero(), "I-2: %s has no aim", id)
			require.NotEmpty(t, c.Domain, "I-2: %s has no domain", id)
		}
		requireDomains(t, o, c)
		requireReported(t, o, c, o.Findings(c.ID))
	}
	requireRulings(t, o, rulesOf(o))
	requireMethodHeld(t, o)
}

// requireMethodHeld: I-21.
func requireMethodHeld(t require.TestingT, o *circle.Organisation) {
	require.False(t, o.Circle(o.RootCircle()).Closed, "I-21: the root holds the method")
}

// requireTree: I-1 and I-16.
func requireTree(t require.TestingT, o *circle.Organisation, c *circle.Circle) {
	top, steps := c, 0
	for top.Parent != "" {
		top = o.Circle(top.Parent)
		steps++
		require.LessOrEqual(t, steps, len(someTrees)+2, "I-1: %s lies in itself", c.ID)
	}
	require.True(t, top.ID == o.RootCircle() || o.Free(top.ID), "I-1: %s hangs in the air", c.ID)
	for i, child := range c.Children {
		require.Equal(t, c.ID, o.Circle(child).Parent, "I-1: %s does not lie in %s", child, c.ID)
		require.NotContains(t, c.Children[:i], child, "I-1: twice")
	}
	if p := o.Circle(c.Parent); p != nil {
		require.Contains(t, p.Children, c.ID, "I-1: %s is not inside %s", c.ID, p.ID)
	}
	if c.Kind == circle.Helping {
		require.True(t, c.Parent != "" && c.Meetings > 0, "I-16: %s", c.ID)
	}
}

// requireDomains: I-3, I-4 and I-6.
func requireDomains(t require.TestingT, o *circle.Organisation, c *circle.Circle) {
	held := map[circle.ItemID][]circle.ID{}
	for _, child := range c.Children {
		x := o.Circle(child)
		if x.Closed {
			continue
		}
		for _, i := range x.Domain {
			from := i.Of
			if from == "" {
				from = i.ID
			}
			require.True(t, c.Owns(from), "I-3: %s handed %s to %s without having it", c.ID, from, child)
			require.True(t, from == i.ID || !c.Owns(i.ID), "I-4: %s is an item of %s and a piece of %s", i.ID, c.ID, from)
			require.Nil(t, c.Lender(from), "M-28: %s lent %s and handed it down", c.ID, from)
			held[i.ID] = append(held[i.ID], child)
		}
	}
	for id, by := range held {
		for _, child := range by {
			r := o.Circle(child).TermsOf(id).Resolver
			require.True(t, len(by) == 1 || r != "" && r == o.Circle(by[0]).TermsOf(id).Resolver, "I-4: %v hold %s, and nobody resolves it", by, id)
		}
	}
	for _, i := range c.Domain {
		for _, d := range o.Decides(i.ID) {
			require.False(t, o.Circle(d.Circle).Closed, "I-6: %s decides on %s, and has ended", d.Circle, i.ID)
			holder := d.Holder
			if holder == "" {
				holder = d.Circle
			}
			require.True(t, o.Circle(holder).Owns(i.ID), "I-6: %s decides on %s", d.Circle, i.ID)
			require.Empty(t, o.HandedTo(o.Circle(holder), i.ID), "I-5: it was handed down whole")
		}
		in := o.DecidesIn(c.ID, i.ID)
		require.True(t, in.Because != circle.InNoDomain && in.Circle != "", "I-6: nobody decides on %s", i.ID)
	}
}

// requireSeats: I-8, I-9 and I-11; and I-14.
func requireSeats(t require.TestingT, o *circle.Organisation, c *circle.Circle, full []circle.PersonID) {
	for i, who := range full {
		require.NotContains(t, full[:i], who, "I-8: twice in %s", c.ID)
		own := slices.Contains(c.Participants, circle.Participant{Person: who, Level: circle.Full})
		linked := slices.ContainsFunc(c.Linked, func(l circle.Link) bool { return o.Wears(l.From, l.As, who) && !o.Circle(l.From).Closed })
		require.True(t, own || linked, "I-9: %s in %s", who, c.ID)
	}
	for _, l := range c.Linked {
		for _, who := range o.Wearers(l.From, l.As) {
			require.True(t, slices.Contains(full, who) || o.Circle(l.From).Closed, "I-11: %s in %s", who, c.ID)
		}
	}
	for _, r := range c.Roles {
		require.False(t, o.Role(r).Ended, "I-19: %s has ended", r)
		for _, h := range o.Role(r).Holders {
			require.False(t, h.Since.IsZero(), "I-14: %s", r)
		}
	}
}

// requireReported: I-2, I-13, I-15 and I-20, what is not as it ought to be is
// reported.
func requireReported(t require.TestingT, o *circle.Organisation, c *circle.Circle, findings []circle.Finding) {
	seen := map[circle.Notice]bool{}
	for _, f := range findings {
		if f.Circle == c.ID {
			require.Equal(t, c.Parent, f.To)
			seen[f.What] = true
		}
	}
	require.Equal(t, len(o.Wearers(c.ID, circle.Leader)) == 0, seen[circle.NoLeader], "I-2: %s", c.ID)
	past := slices.ContainsFunc(c.Roles, func(r circle.RoleID) bool {
		return slices.ContainsFunc(o.Role(r).Holders, func(h circle.Holding) bool { return h.Over })
	})
	require.Equal(t, past, seen[circle.PastTerm], "I-15: %s", c.ID)
	require.Equal(t, o.MissingLinks(c.ID) != nil, seen[circle.MissingLink], "I-13: %s", c.ID)
	require.Equal(t, len(o.FullIn(c.ID)) == 1, seen[circle.OfOne], "I-20: %s", c.ID)
	require.Equal(t, len(o.FullIn(c.ID)) == 0, seen[circle.Nobody], "M-29: %s", c.ID)
}

// requireNothingLeft: I-19.
func requireNothingLeft(t require.TestingT, o *circle.Organisation, c *circle.Circle) {
	require.Empty(t, c.Roles, "I-19: the roles of %s", c.ID)
	require.Empty(t, o.FullIn(c.ID), "I-19: somebody decides in %s", c.ID)
	require.Empty(t, o.Binds(c.ID), "I-19: somebody lends to %s", c.ID)
	require.Empty(t, c.Charter().Lent, "I-19: %s lends", c.ID)
	require.NotEmpty(t, c.Charter().Went, "I-19: nobody took what %s left", c.ID)
	for _, id := range o.Circles() {
		x := o.Circle(id)
		require.True(t, x.Parent != c.ID || x.Closed, "I-19: %s is an orphan of %s", id, c.ID)
		require.False(t, slices.ContainsFunc(x.Linked, func(l circle.Link) bool { return l.From == c.ID }), "I-19: %s is linked to %s", c.ID, id)
	}
}

// TestInvariants: I-1 to I-21 hold on every prefix of a ledger, whatever
// structural commands were given; and the past tells the present.
func TestInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &life{o: &circle.Organisation{}}
		l.o.Reach(now)
		for _, e := range hillside(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader}) {
			happen(t, l.o, e, &l.parts)
		}
		if rapid.Bool().Draw(t, "may overlap") {
			happen(t, l.o, &circle.StructureAgreed{Circle: "places", Structure: circle.Structuring{Overlap: true}}, &l.parts)
		}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			l.structured(t)
			requireInvariants(t, l.o)
			for _, id := range l.o.Circles() {
				if !l.o.Circle(id).Closed {
					require.Equal(t, slices.Sorted(slices.Values(l.o.FullIn(id))), slices.Sorted(slices.Values(l.o.AsOf(now).FullIn(id))), "M-32: %s", id)
				}
			}
		}
		c := l.o.Copy()
		at := canon.Digest(l.o.Image())
		require.Equal(t, at, canon.Digest(c.Image()))
		for i := range 5 {
			(&life{c, l.parts}).structured(t)
			require.Equal(t, at, canon.Digest(l.o.Image()), fmt.Sprintf("the original changed with its copy, step %d", i))
		}
	})
}

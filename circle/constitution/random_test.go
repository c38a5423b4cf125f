package constitution_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/consent"
)

// ctx is the context of a test that has one.
func ctx(t any) context.Context {
	if t, ok := t.(interface{ Context() context.Context }); ok {
		return t.Context()
	}
	return context.Background()
}

// Any well-formed organisation is read back as it was written, founds on a
// ledger, and is there what the document says.
func TestRandomOrganisations(t *testing.T) {
	schema := resolved(t)
	rapid.Check(t, func(t *rapid.T) {
		c := organisation(t)
		require.NoError(t, c.Check(methods()...))

		written, err := json.Marshal(c)
		require.NoError(t, err)
		again, err := constitution.Parse(written, methods()...)
		require.NoError(t, err)
		require.Equal(t, c, again)
		require.NoError(t, valid(schema, written))

		require.Equal(t, image(c), found(t, again.Commands()).Image())
		_, err = engine(t, c.Commands()).Verify(ctx(t))
		require.NoError(t, err)
	})
}

var (
	words   = rapid.Map(rapid.StringMatching(`[!-~äßλ水][ -~äßλ水\n\t]{0,12}`), circle.Say)
	periods = rapid.Map(rapid.StringMatching(`[1-9][0-9]{0,2}(min|h|d|w|m|y)`), circle.MustPeriod)
	reading = rapid.Custom(func(t *rapid.T) circle.Reading {
		return circle.Reading{First: maybe(t, periods), Again: maybe(t, periods)}
	})
	classes = rapid.SampledFrom([]circle.Class{circle.Supported, circle.Advocate, circle.Worker, circle.Investor})
	hats    = rapid.SampledFrom([]circle.Hat{circle.Leader, circle.Delegate, circle.Facilitator, circle.Secretary})
)

// maybe draws a value, or leaves it out.
func maybe[T any](t *rapid.T, g *rapid.Generator[T]) T {
	if rapid.Bool().Draw(t, "said") {
		return g.Draw(t, "value")
	}
	var none T
	return none
}

// some draws a list without repetitions, nil when it is empty.
func some[T comparable](t *rapid.T, from []T) []T {
	if len(from) == 0 {
		return nil
	}
	list := rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, min(len(from), 4), rapid.ID[T]).Draw(t, "some")
	if len(list) == 0 {
		return nil
	}
	return list
}

// unlike makes of a text a name that looks like no other, for the id stands behind it.
func unlike[T ~string](name circle.Text, id T) circle.Text {
	words, said := name.Words()
	if !said {
		return name
	}
	return circle.Say(words + " " + string(id))
}

// organisation draws a constitution in which nothing is wrong.
func organisation(t *rapid.T) *constitution.Constitution {
	c := &constitution.Constitution{Format: constitution.Format, Name: words.Draw(t, "name")}
	var people []circle.PersonID
	for i := range rapid.IntRange(1, 6).Draw(t, "people") {
		people = append(people, circle.PersonID(fmt.Sprintf("p%d", i)))
	}
	for _, id := range people {
		c.People = append(c.People, person(t, id, people))
	}
	members := slices.Clone(people)
	for _, b := range bodies(t, people) {
		c.People, members = append(c.People, b), append(members, b.ID)
	}
	d := deeds{cut: map[string]int{}, whole: map[string]bool{}}
	for i := range rapid.IntRange(1, 6).Draw(t, "circles") {
		d.circle(t, c, i, members)
	}
	c.Circles[0].Rules.Membership = membership(t)
	if r := &c.Circles[0].Rules; r.Membership != nil && len(r.Matters) > 0 && rapid.Bool().Draw(t, "removal") {
		r.Membership.Removal = &circle.Removal{Matter: r.Matters[0].Matter, Told: rapid.IntRange(0, 366).Draw(t, "told"), Unvoiced: rapid.Bool().Draw(t, "unvoiced")}
	}
	c.Circles = rapid.Permutation(c.Circles).Draw(t, "order")
	for i := range rapid.IntRange(0, 6).Draw(t, "roles") {
		c.Roles = append(c.Roles, role(t, c, i, people))
	}
	for _, x := range c.Circles {
		for _, hat := range some(t, []circle.Hat{circle.Leader, circle.Delegate}) {
			if x.Parent != "" {
				c.Links = append(c.Links, tie(t, c, constitution.Link{Circle: x.ID, To: x.Parent, As: hat}))
			}
		}
	}
	defined(t, c, people)
	agreed(t, c, people)
	if rapid.Bool().Draw(t, "a board") {
		elect(t, c)
	}
	return c
}

func person(t *rapid.T, id circle.PersonID, people []circle.PersonID) constitution.Person {
	others := slices.DeleteFunc(slices.Clone(people), func(o circle.PersonID) bool { return o == id })
	p := constitution.Person{ID: id, Name: unlike(maybe(t, words), id), Class: maybe(t, classes), Reading: reading.Draw(t, "reading"),
		Formats: some(t, []circle.Format{circle.EasyRead, circle.Audio, circle.Braille}), Supporters: some(t, others), Interpreters: some(t, others)}
	for range rapid.IntRange(0, 3).Draw(t, "needs") {
		p.Access = append(p.Access, words.Draw(t, "need"))
	}
	return p
}

// bodies draws members that are no persons, with or without somebody who answers
// for them (M-45).
func bodies(t *rapid.T, people []circle.PersonID) []constitution.Person {
	var out []constitution.Person
	for i := range rapid.IntRange(0, 2).Draw(t, "bodies") {
		out = append(out, constitution.Person{ID: circle.PersonID(fmt.Sprintf("b%d", i)), Name: unlike(maybe(t, words), fmt.Sprint("b", i)), Class: maybe(t, classes),
			Body:           rapid.SampledFrom([]circle.BodyKind{circle.OrganisationBody, circle.SeatBody}).Draw(t, "body"),
			Representative: maybe(t, rapid.SampledFrom(people))})
	}
	return out
}

// deeds knows what of each circle's domain was handed on.
type deeds struct {
	cut   map[string]int
	whole map[string]bool
}

func (d *deeds) circle(t *rapid.T, c *constitution.Constitution, i int, people []circle.PersonID) {
	x := constitution.Circle{ID: circle.ID(fmt.Sprintf("c%d", i)), Name: unlike(maybe(t, words), fmt.Sprint("c", i)), Aim: words.Draw(t, "aim"), Rules: rules(t)}
	if i == 0 {
		x.Kind = circle.Root
		for j := range rapid.IntRange(1, 5).Draw(t, "items") {
			x.Domain = append(x.Domain, circle.Item{ID: circle.ItemID(fmt.Sprintf("i%d", j)), Text: maybe(t, words)})
		}
	} else {
		around := rapid.SampledFrom(c.Circles).Draw(t, "around")
		x.Parent, x.Kind = around.ID, maybe(t, rapid.SampledFrom([]circle.Kind{circle.Local, circle.Team}))
		if x.Domain = d.hand(t, around, x.ID); x.Domain == nil {
			return // all is handed on already
		}
	}
	for j := range rapid.IntRange(0, 3).Draw(t, "parts") {
		x.AimParts = append(x.AimParts, constitution.AimPart{ID: circle.ItemID(fmt.Sprintf("a%d", j)), Text: maybe(t, words)})
	}
	for _, who := range some(t, people) {
		level := rapid.SampledFrom([]circle.Level{circle.Full, circle.Learning, circle.Guest}).Draw(t, "level")
		x.Participants = append(x.Participants, constitution.Participant{Person: who, Level: level})
	}
	if i == 0 && !slices.ContainsFunc(x.Participants, func(p constitution.Participant) bool { return p.Level == circle.Full }) {
		x.Participants = []constitution.Participant{{Person: people[0], Level: circle.Full}}
	}
	if i == 0 && rapid.Bool().Draw(t, "safeguarding") {
		x.Rules.Safeguarding = safeguarding(t, people)
	}
	c.Circles = append(c.Circles, x)
}

// safeguarding draws who acts when a person may be in danger.
func safeguarding(t *rapid.T, people []circle.PersonID) *circle.Safeguarding {
	r := &circle.Safeguarding{Leads: []circle.PersonID{people[0]}, Within: maybe(t, periods)}
	if !r.Within.IsZero() {
		r.Next = some(t, people[1:])
	}
	return r
}

// hand draws what a circle hands on: whole what nothing was cut from, else a
// piece.
func (d *deeds) hand(t *rapid.T, around constitution.Circle, to circle.ID) []circle.Item {
	var out []circle.Item
	for _, item := range around.Domain {
		key := fmt.Sprint(around.ID, " ", item.ID)
		if d.whole[key] || !rapid.Bool().Draw(t, "hand on") {
			continue
		}
		if d.cut[key] == 0 && rapid.Bool().Draw(t, "whole") {
			d.whole[key] = true
			out = append(out, circle.Item{ID: item.ID, Of: maybe(t, rapid.Just(item.ID)), Text: maybe(t, words)})
			continue
		}
		for n := range rapid.IntRange(1, 2).Draw(t, "pieces") {
			d.cut[key]++
			id := circle.ItemID(fmt.Sprintf("%s-%s-%d", to, item.ID, n))
			out = append(out, circle.Item{ID: id[:min(len(id), circle.MaxID)], Of: item.ID, Text: maybe(t, words)})
		}
	}
	return out[:min(len(out), 8)]
}

func rules(t *rapid.T) circle.Rules {
	r := circle.Rules{Method: circle.Name(maybe(t, rapid.SampledFrom(methods()))), Reading: reading.Draw(t, "reading"),
		GuestMinutes: rapid.IntRange(0, 30).Draw(t, "guests"), Conflicts: rapid.Bool().Draw(t, "conflicts"),
		ExpiryExtension: maybe(t, periods), MinutesAfter: maybe(t, periods), ConsiderFor: maybe(t, periods), Meets: maybe(t, periods), Responses: rapid.Bool().Draw(t, "responses"), Tools: some(t, []circle.Tool{circle.Measure, circle.Shorten, circle.Amend})}
	for i := range rapid.IntRange(0, 2).Draw(t, "matters") {
		r.Matters = append(r.Matters, circle.Matter{Matter: circle.Name(fmt.Sprintf("kind-%d", i)), Method: circle.Name(rapid.SampledFrom(methods()).Draw(t, "method"))})
	}
	for range rapid.IntRange(0, 2).Draw(t, "presence") {
		r.Presence = append(r.Presence, circle.Presence{Major: rapid.Bool().Draw(t, "major"),
			Classes: []circle.Class{classes.Draw(t, "class")}, AtLeast: rapid.IntRange(1, 3).Draw(t, "at least")})
	}
	r.Seating = circle.Seating{Vacant: maybe(t, rapid.SampledFrom([]circle.Vacancy{circle.NotAsked, circle.AsAbsent})),
		Outside:  maybe(t, rapid.SampledFrom([]circle.OutsideHat{circle.ServesOnly, circle.MemberForMeeting})),
		Consult:  some(t, []circle.Phase{circle.Forming, circle.Questions, circle.Reactions, circle.Options}),
		Visitors: maybe(t, rapid.SampledFrom([]circle.Visitors{circle.VisitorsOpen, circle.VisitorsAsked, circle.VisitorsNone}))}
	if r.Absence.Silence = maybe(t, rapid.SampledFrom([]circle.Silence{circle.Wait, circle.Consents, circle.Bound})); r.Absence.Silence == circle.Consents {
		r.Absence.After = periods.Draw(t, "after")
	}
	if r.LongTerm.Months = rapid.IntRange(0, 12).Draw(t, "months"); r.LongTerm.Months > 0 {
		r.LongTerm.Goes = maybe(t, rapid.SampledFrom([]circle.Goes{circle.Ask, circle.Up}))
	}
	for _, rule := range some(t, []circle.RuleName{"presence", "absence", "reading", "method"}) {
		r.Review = append(r.Review, circle.RuleReview{Rule: rule, Every: periods.Draw(t, "every")})
	}
	r.Stuck = circle.Stuck{Meetings: rapid.IntRange(0, 3).Draw(t, "tries"), Facilitator: rapid.Bool().Draw(t, "alone"), Mediation: maybe(t, periods)}
	r.Staffing = circle.Staffing{AfterTerm: maybe(t, rapid.SampledFrom([]circle.AfterTerm{circle.Continues, circle.Rests})),
		TakenOff: maybe(t, rapid.SampledFrom([]circle.TakenOff{circle.ConsentsToo, circle.HeardOnly}))}
	r.Interests = circle.Interests{Then: maybe(t, rapid.SampledFrom([]circle.Interested{circle.HasNoStance, circle.Withdraws})), Uncounted: rapid.Bool().Draw(t, "uncounted")}
	if rapid.Bool().Draw(t, "members' meetings") {
		r.General = &circle.Gatherings{Notice: rapid.IntRange(0, 30).Draw(t, "notice"), Posted: maybe(t, periods), Quorum: circle.Quorum{Least: rapid.IntRange(0, 5).Draw(t, "quorum")}, Proxies: rapid.IntRange(0, 5).Draw(t, "proxies")}
		if rapid.Bool().Draw(t, "a year") {
			r.General.YearEnds, r.General.Annual, r.General.Yearly = rapid.IntRange(1, 12).Draw(t, "month"), periods.Draw(t, "annual"), rapid.IntRange(0, 4).Draw(t, "yearly")
			for _, what := range some(t, []string{"accounts", "auditor"}) {
				r.General.Business = append(r.General.Business, circle.Name(what))
			}
		}
		for _, matter := range some(t, []string{"purpose", "assets"}) {
			r.General.Reserved = append(r.General.Reserved, circle.Matter{Matter: circle.Name(matter), Method: circle.Name(rapid.SampledFrom(methods()).Draw(t, "reserved"))})
		}
	}
	if of := rapid.IntRange(0, 5).Draw(t, "share"); of > 0 {
		r.Stuck.Deadlock = circle.Share{Part: rapid.IntRange(1, of).Draw(t, "part"), Of: of}
		r.Stuck.Last = circle.LastWord{By: circle.ByVote, Share: r.Stuck.Deadlock}
	}
	return r
}

// elect draws a board that the root circle elects, where there is a circle in
// which it can sit.
func elect(t *rapid.T, c *constitution.Constitution) {
	root := slices.IndexFunc(c.Circles, func(x constitution.Circle) bool { return x.Kind == circle.Root })
	if len(c.Circles) == 1 {
		return
	}
	at := c.Circles[(root+1)%len(c.Circles)].ID
	b := &circle.Board{Role: "directors", Circle: at, Least: rapid.IntRange(0, 3).Draw(t, "least"), First: rapid.Bool().Draw(t, "all at first"),
		Turn: circle.Share{Part: 1, Of: rapid.IntRange(1, 4).Draw(t, "turn")}, Quorum: circle.Quorum{Least: rapid.IntRange(0, 3).Draw(t, "quorum"), Share: maybe(t, shares)}}
	for _, class := range some(t, circle.Class("").Values()) {
		b.Limits = append(b.Limits, circle.Limit{Classes: []circle.Class{circle.Class(class)}, Most: rapid.IntRange(1, 5).Draw(t, "most")})
	}
	if rapid.Bool().Draw(t, "outside") {
		b.Outside = circle.Outside{Most: 2, For: periods.Draw(t, "for")}
	}
	if rapid.Bool().Draw(t, "old enough") {
		b.Asks = []circle.Condition{{Fact: "age", Age: 18, For: maybe(t, periods), Hours: rapid.IntRange(0, 168).Draw(t, "hours")}}
	}
	c.Circles[root].Rules.Board = b
	c.Roles = append(c.Roles, constitution.Role{ID: b.Role, Circle: c.Circles[root].ID, Hat: circle.Representative})
	c.Links = append(c.Links, constitution.Link{Circle: c.Circles[root].ID, To: at, As: circle.Representative, Role: b.Role})
}

// membership draws rules for members, or none.
func membership(t *rapid.T) *circle.Membership {
	kinds := some(t, circle.Class("").Values())
	if kinds == nil {
		return nil
	}
	m := &circle.Membership{Admits: maybe(t, rapid.Just(circle.ID("c0")))}
	for _, class := range kinds {
		r := circle.ClassRule{Class: circle.Class(class)}
		for i := range rapid.IntRange(0, 2).Draw(t, "asks") {
			r.Asks = append(r.Asks, circle.Condition{Fact: circle.Name(fmt.Sprintf("fact-%d", i)), For: maybe(t, periods),
				Hours: rapid.IntRange(0, 168).Draw(t, "hours"), Age: rapid.IntRange(0, 120).Draw(t, "age")})
		}
		for _, ground := range some(t, []string{"support-ended", "moved"}) {
			r.Ends = append(r.Ends, circle.Name(ground))
		}
		m.Classes = append(m.Classes, r)
	}
	return m
}

func role(t *rapid.T, c *constitution.Constitution, i int, people []circle.PersonID) constitution.Role {
	x := rapid.SampledFrom(c.Circles).Draw(t, "circle")
	r := constitution.Role{ID: circle.RoleID(fmt.Sprintf("r%d", i)), Circle: x.ID, Hat: maybe(t, hats), Name: unlike(words.Draw(t, "name"), fmt.Sprint("r", i))}
	if r.Hat != "" && rapid.Bool().Draw(t, "nameless") {
		r.Name = circle.Text{}
	}
	for _, who := range some(t, people) {
		if r.Hat == circle.Facilitator && !slices.Contains(x.Participants, constitution.Participant{Person: who, Level: circle.Full}) {
			continue
		}
		if opposite := map[circle.Hat]circle.Hat{circle.Leader: circle.Delegate, circle.Delegate: circle.Leader}[r.Hat]; wears(c, x.ID, opposite, who) {
			continue
		}
		r.Holders = append(r.Holders, constitution.Holder{Person: who, Term: maybe(t, periods)})
	}
	return r
}

func wears(c *constitution.Constitution, id circle.ID, hat circle.Hat, who circle.PersonID) bool {
	return slices.ContainsFunc(c.Roles, func(r constitution.Role) bool {
		return hat != "" && r.Circle == id && r.Hat == hat &&
			slices.ContainsFunc(r.Holders, func(h constitution.Holder) bool { return h.Person == who })
	})
}

// The largest that a document can say of one circle and one person fits in one
// entry each.
func TestTheLargestFits(t *testing.T) {
	long := func(i int) string { return fmt.Sprintf("%02d%s", i, strings.Repeat("x", circle.MaxID-2)) }
	c := &constitution.Constitution{Format: constitution.Format, Name: circle.Say("Large")}
	for i := range 200 {
		c.People = append(c.People, constitution.Person{ID: circle.PersonID(fmt.Sprintf("%03d%s", i, strings.Repeat("x", circle.MaxID-3)))})
	}
	p := &c.People[0]
	for _, f := range circle.Format("").Values() {
		p.Formats = append(p.Formats, circle.Format(f))
	}
	for _, other := range c.People[1:] {
		p.Supporters = append(p.Supporters, other.ID)
	}
	p.Name = circle.Say("Largest")
	root := constitution.Circle{ID: circle.ID(long(0)), Kind: circle.Root, Name: circle.Say("Root"), Aim: circle.Say("Aim"),
		Participants: []constitution.Participant{{Person: p.ID, Level: circle.Full}}}
	inner := constitution.Circle{ID: circle.ID(long(1)), Parent: root.ID, Name: circle.Say("Inner"), Aim: circle.Say("Aim")}
	for i := range constitution.MaxList {
		text := circle.Say(strings.Repeat("x", circle.MaxText))
		p.Access = append(p.Access, text)
		root.Domain = append(root.Domain, circle.Item{ID: circle.ItemID(long(i)), Text: circle.Say("x")})
		inner.Domain = append(inner.Domain, circle.Item{ID: circle.ItemID(long(50 + i)), Of: circle.ItemID(long(i)), Text: text})
		presence := circle.Presence{Major: true, AtLeast: 1<<31 - 1}
		for _, class := range circle.Class("").Values() {
			presence.Classes = append(presence.Classes, circle.Class(class))
		}
		inner.Rules.Presence = append(inner.Rules.Presence, presence)
	}
	inner.Rules.Method = circle.Name(consent.SoFA.Name)
	c.Circles = []constitution.Circle{root, inner}
	require.NoError(t, c.Check())
	e := engine(t, c.Commands())
	e.Look(func(s *consent.State) { require.Len(t, s.Org.Person(p.ID).Supporters, 199) })
}

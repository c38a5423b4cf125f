package constitution_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
)

// agreed draws the settings of each circle that speak of others, when all circles,
// people and roles are there.
func agreed(t *rapid.T, c *constitution.Constitution, people []circle.PersonID) {
	var ids []circle.ID
	for _, x := range c.Circles {
		ids = append(ids, x.ID)
	}
	for i := range c.Circles {
		x := &c.Circles[i]
		x.Rules.OwnAgreement, x.Rules.Confirm = rapid.Bool().Draw(t, "own agreement"), maybe(t, rapid.SampledFrom(ids))
		x.Rules.Linking = linking(t)
		if rapid.Bool().Draw(t, "gatherings") {
			x.Rules.General = gatherings(t)
		}
		if rapid.Bool().Draw(t, "appeals") {
			x.Rules.Appeal = appeals(t, ids)
		}
		if rapid.Bool().Draw(t, "last word") {
			x.Rules.Stuck.Last = lastWord(t, ids, people)
		}
		leaf := !slices.ContainsFunc(c.Circles, func(y constitution.Circle) bool { return y.Parent == x.ID })
		if leaf { // what is protected, or asked of all who wear a role, binds the circles inside
			for _, name := range some(t, []string{"method", "stuck", "appeal", "tools"}) {
				x.Rules.Protected = append(x.Rules.Protected, circle.RuleName(name))
			}
			x.Rules.Staffing = staffing(t, c, x)
		}
		if r := x.Rules.Safeguarding; r != nil && len(c.Roles) > 0 {
			r.Role = maybe(t, rapid.Map(rapid.SampledFrom(c.Roles), func(r constitution.Role) circle.RoleID { return r.ID }))
		}
	}
}

var shares = rapid.Custom(func(t *rapid.T) circle.Share {
	of := rapid.IntRange(1, 1000).Draw(t, "of")
	return circle.Share{Part: rapid.IntRange(1, of).Draw(t, "part"), Of: of}
})

func linking(t *rapid.T) circle.Linking {
	return circle.Linking{Cross: rapid.Bool().Draw(t, "cross"), Voices: rapid.IntRange(0, 3).Draw(t, "voices"), Reports: rapid.Bool().Draw(t, "reports"),
		Confirm: rapid.Bool().Draw(t, "confirm"), Wanted: maybe(t, rapid.SampledFrom([]circle.Tied{circle.Untied, circle.Single, circle.Double}))}
}

func gatherings(t *rapid.T) *circle.Gatherings {
	days := rapid.IntRange(0, 366)
	g := &circle.Gatherings{Notice: days.Draw(t, "notice"), Posted: maybe(t, periods), Quorum: circle.Quorum{Least: days.Draw(t, "least"), Share: maybe(t, shares)},
		Wait: maybe(t, periods), Afresh: days.Draw(t, "afresh"), Again: days.Draw(t, "again"), Proxies: days.Draw(t, "proxies")}
	if rapid.Bool().Draw(t, "request") {
		g.Request = circle.Request{Share: shares.Draw(t, "share"), Most: days.Draw(t, "most"), Call: periods.Draw(t, "call"), Hold: periods.Draw(t, "hold"),
			Callers: days.Draw(t, "callers")}
	}
	if rapid.Bool().Draw(t, "annual") {
		g.YearEnds, g.Annual = rapid.IntRange(1, 12).Draw(t, "month"), periods.Draw(t, "annual")
	}
	return g
}

// appeals draws a way to appeal: some who hear it, each with an end, and then
// somebody who has none.
func appeals(t *rapid.T, ids []circle.ID) circle.Appeals {
	a := circle.Appeals{People: rapid.IntRange(0, 12).Draw(t, "appellants"), Suspends: rapid.Bool().Draw(t, "suspends")}
	if rapid.Bool().Draw(t, "hold") {
		a.Hold = circle.HoldRule{People: rapid.IntRange(1, 9).Draw(t, "holders"), For: periods.Draw(t, "for"), Share: maybe(t, shares)}
	}
	steps := rapid.IntRange(0, 3).Draw(t, "steps")
	for i := range steps {
		s := circle.AppealStep{Before: rapid.SampledFrom([]circle.Hearer{circle.BeforeCircle, circle.BeforeBody, circle.BeforeBroader, circle.BeforePanel}).Draw(t, "before"),
			Delegates: rapid.Bool().Draw(t, "delegates")}
		switch {
		case s.Before == circle.BeforePanel:
			s.Within, s.Short, s.ShortAfter = maybe(t, periods), maybe(t, shares), maybe(t, periods)
			if rapid.Bool().Draw(t, "petition") {
				s.Petition, s.Window = shares.Draw(t, "petition"), periods.Draw(t, "window")
			}
		case i+1 < steps:
			s.Sessions = rapid.IntRange(1, 5).Draw(t, "sessions")
		}
		if s.Before == circle.BeforeBody {
			s.Body = rapid.SampledFrom(ids).Draw(t, "body")
		}
		a.Steps = append(a.Steps, s)
	}
	return a
}

func lastWord(t *rapid.T, ids []circle.ID, people []circle.PersonID) circle.LastWord {
	switch rapid.IntRange(0, 2).Draw(t, "by") {
	case 0:
		return circle.LastWord{By: circle.ByVote, Share: shares.Draw(t, "share")}
	case 1:
		return circle.LastWord{By: circle.ByArbitration, Arbiter: rapid.SampledFrom(people).Draw(t, "arbiter")}
	}
	return circle.LastWord{By: circle.ByPanel, Panel: rapid.SampledFrom(ids).Draw(t, "panel")}
}

// staffing draws what a circle asks of those who wear its roles, as far as those
// who wear them have it.
func staffing(t *rapid.T, c *constitution.Constitution, x *constitution.Circle) circle.Staffing {
	s := x.Rules.Staffing
	s.Term, s.Unfilled = maybe(t, periods), maybe(t, hats)
	insiders, members := true, true
	worn := map[circle.PersonID]map[circle.Hat]bool{}
	for _, r := range c.Roles {
		if r.Circle != x.ID {
			continue
		}
		for _, h := range r.Holders {
			insiders = insiders && slices.Contains(x.Participants, constitution.Participant{Person: h.Person, Level: circle.Full})
			members = members && slices.ContainsFunc(c.People, func(p constitution.Person) bool { return p.ID == h.Person && p.Class != "" })
			if worn[h.Person] == nil {
				worn[h.Person] = map[circle.Hat]bool{}
			}
			worn[h.Person][r.Hat] = true
		}
	}
	s.Insiders, s.Members = insiders && rapid.Bool().Draw(t, "insiders"), members && rapid.Bool().Draw(t, "members")
	pair := circle.Apart{One: circle.Facilitator, Other: circle.Secretary}
	together := func(w map[circle.Hat]bool) bool { return w[pair.One] && w[pair.Other] }
	if rapid.Bool().Draw(t, "apart") && !slices.ContainsFunc(slices.Collect(maps.Values(worn)), together) {
		s.Apart = []circle.Apart{pair}
	}
	return s
}

// defined draws what a role is there for, and who stands in where nobody wears it.
// What it holds is nobody else's, so each item is drawn for one role at most.
func defined(t *rapid.T, c *constitution.Constitution, people []circle.PersonID) {
	for i := range c.Roles {
		r := &c.Roles[i]
		r.Surrogates = some(t, people)
		if !rapid.Bool().Draw(t, "defined") {
			continue
		}
		r.Purpose = words.Draw(t, "purpose")
		list := func(what string) (out []circle.Item) {
			for j := range rapid.IntRange(0, 2).Draw(t, what) {
				out = append(out, circle.Item{ID: circle.ItemID(fmt.Sprintf("%s-%d", what, j)), Text: maybe(t, words)})
			}
			return out
		}
		r.Accountabilities, r.Limits = list("duty"), list("limit")
		if item := entrusted(c, r.Circle); item != "" && rapid.Bool().Draw(t, "domain") {
			r.Domain = []circle.Item{{ID: circle.ItemID("its-own-" + string(r.ID)), Of: item, Text: maybe(t, words)}}
		}
		for j := range r.Holders {
			r.Holders[j].Focus, r.Holders[j].CheckIn = maybe(t, words), maybe(t, periods)
		}
	}
}

// entrusted is an item of a circle's domain that it has from no other and hands to
// nobody, and that no role has; "" if there is none.
func entrusted(c *constitution.Constitution, id circle.ID) circle.ItemID {
	taken := map[circle.ItemID]bool{}
	for _, r := range c.Roles {
		for _, i := range r.Domain {
			taken[i.Of] = taken[i.Of] || r.Circle == id
		}
	}
	for _, x := range c.Circles {
		for _, i := range x.Domain {
			taken[i.ID] = taken[i.ID] || x.Parent == id
			taken[i.Of] = taken[i.Of] || x.Parent == id
		}
	}
	for _, x := range c.Circles {
		for _, i := range x.Domain {
			if x.ID == id && !taken[i.ID] {
				return i.ID
			}
		}
	}
	return ""
}

// tie draws what a link says beside its circles: the one role, the mandate, duties.
func tie(t *rapid.T, c *constitution.Constitution, l constitution.Link) constitution.Link {
	l.Mandate = maybe(t, rapid.SampledFrom([]circle.Mandate{circle.OwnJudgement, circle.CircleInterest, circle.Imperative}))
	for i := range rapid.IntRange(0, 2).Draw(t, "duties") {
		l.Duties = append(l.Duties, circle.Item{ID: circle.ItemID(fmt.Sprintf("report-%d", i)), Text: maybe(t, words)})
	}
	for _, r := range c.Roles {
		if r.Circle == l.Circle && r.Hat == l.As && rapid.Bool().Draw(t, "one role") {
			l.Role = r.ID
			return l
		}
	}
	return l
}

// TestEverySettingIsDrawn: the random organisations say, one with another,
// everything that a document can say, so that no setting is left out of what is held
// of them; and a setting that is added is missed here.
func TestEverySettingIsDrawn(t *testing.T) {
	said := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		for range 4 {
			says("", reflect.ValueOf(organisation(t)), said)
		}
	})
	require.Greater(t, len(said), 150)
	for path, is := range said {
		require.True(t, is || notDrawn[path], "no random organisation says anything under %s", path)
	}
}

// notDrawn are the fields that mean nothing in a document: where an editor finds
// the schema, and what a duty, an accountability or a limit would be a piece of.
var notDrawn = map[string]bool{"$schema": true, "roles.accountabilities.of": true, "roles.limits.of": true, "links.duties.of": true}

// says notes for each field of a document whether it says something.
func says(path string, v reflect.Value, said map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			v = reflect.New(v.Type().Elem())
		}
		says(path, v.Elem(), said)
	case reflect.Slice:
		if v.Len() == 0 {
			says(path, reflect.New(v.Type().Elem()).Elem(), said)
		}
		for i := range v.Len() {
			says(path, v.Index(i), said)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			tag, ok := v.Type().Field(i).Tag.Lookup("json")
			if !ok {
				continue
			}
			name, _, _ := strings.Cut(tag, ",")
			at := strings.TrimPrefix(path+"."+name, ".")
			said[at] = said[at] || !v.Field(i).IsZero()
			says(at, v.Field(i), said)
		}
	}
}

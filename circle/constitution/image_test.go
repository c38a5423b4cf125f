package constitution_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
)

// image is what an organisation holds that was founded from a document. It is
// put together from the document alone, without a command.
func image(c *constitution.Constitution) circle.Image {
	want := circle.Image{Founder: founder.By, Settled: true, People: map[circle.PersonID]*circle.Person{},
		Circles: map[circle.ID]*circle.Circle{}, Roles: map[circle.RoleID]*circle.Role{}}
	for _, p := range c.People {
		want.People[p.ID] = &circle.Person{ID: p.ID, Name: p.Name, Class: p.Class, Reading: p.Reading, Formats: p.Formats,
			Access: p.Access, Supporters: p.Supporters, Interpreters: p.Interpreters}
		if p.Body != "" {
			want.People[p.ID].Body = &circle.Body{Kind: p.Body, Speaks: p.Representative}
		}
	}
	for _, x := range c.Circles {
		is := &circle.Circle{ID: x.ID, Kind: x.Kind, Parent: x.Parent, Name: x.Name, Aim: x.Aim, Domain: x.Domain, Rules: x.Rules}
		for _, r := range x.Rules.Review {
			is.Looked = append(is.Looked, circle.Looked{Rule: r.Rule, At: now})
		}
		for _, p := range x.AimParts {
			is.AimParts = append(is.AimParts, circle.Item{ID: p.ID, Text: p.Text})
		}
		for _, p := range x.Participants {
			is.Participants = append(is.Participants, circle.Participant{Person: p.Person, Level: p.Level})
		}
		switch x.Kind {
		case circle.Root:
			want.Root = x.ID
		case "":
			is.Kind = circle.Local
		}
		want.Circles[x.ID] = is
	}
	for _, x := range c.Circles {
		if around := want.Circles[x.Parent]; around != nil {
			around.Children = append(around.Children, x.ID)
		}
	}
	for _, r := range c.Roles {
		is := &circle.Role{ID: r.ID, Circle: r.Circle, Hat: r.Hat, Name: r.Name, Surrogates: r.Surrogates}
		if !r.Purpose.IsZero() {
			is.Definition = &circle.Definition{Version: 1, Purpose: r.Purpose, Domain: r.Domain, Accountabilities: r.Accountabilities, Limits: r.Limits}
		}
		for _, h := range r.Holders {
			holding := circle.Holding{Person: h.Person, Since: now, Focus: h.Focus, CheckIn: h.CheckIn}
			term := h.Term
			if term.IsZero() {
				term = want.Circles[r.Circle].Rules.Staffing.Term
			}
			if !term.IsZero() {
				holding.Until = term.After(now)
			}
			is.Holders = append(is.Holders, holding)
		}
		want.Roles[r.ID] = is
		want.Circles[r.Circle].Roles = append(want.Circles[r.Circle].Roles, r.ID)
	}
	for _, l := range c.Links {
		is := circle.Link{From: l.Circle, As: l.As}
		if l.Role != "" || l.Duties != nil || l.Mandate != "" {
			is.Bond = &circle.Bond{Role: l.Role, Duties: l.Duties, Mandate: l.Mandate}
		}
		want.Circles[l.To].Linked = append(want.Circles[l.To].Linked, is)
	}
	return want
}

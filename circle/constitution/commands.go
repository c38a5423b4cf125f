package constitution

import (
	"reflect"

	"github.com/sayround/sayround/circle"
)

// Commands lists the commands that found the organisation, in an order in
// which one after the other is accepted from whoever gives the first: the root
// circle, the people, their supporters, the circles from the root inwards, who
// takes part, the rules, the roles and who wears them, the links, and the end
// of the founding. Each is one entry of the ledger, and fits in one. They are
// for a document in which Check finds no problem, and share its lists.
//
// Give each an id of your own, its number in the list will do: a founding that
// broke off is then finished by giving all of them again.
func (c *Constitution) Commands() []circle.Command {
	circles := c.inwards()
	out := []circle.Command{}
	for _, x := range circles {
		if x.Kind == circle.Root {
			out = append(out, circle.Found{ID: x.ID, Name: x.Name, Aim: x.Aim, AimParts: x.aimParts(), Domain: x.Domain})
		}
	}
	out = append(out, c.admissions()...)
	for _, x := range circles {
		if x.Kind != circle.Root {
			out = append(out, circle.Open{ID: x.ID, Parent: x.Parent, Type: x.Kind, Name: x.Name, Aim: x.Aim,
				AimParts: x.aimParts(), Domain: x.Domain})
		}
	}
	for _, x := range circles {
		for _, p := range x.Participants {
			out = append(out, circle.Join{Circle: x.ID, Person: p.Person, Level: p.Level})
		}
	}
	for _, x := range circles {
		if !reflect.ValueOf(x.Rules).IsZero() {
			out = append(out, circle.AgreeRules{Circle: x.ID, Rules: x.Rules})
		}
	}
	out = append(out, c.appointments()...)
	for _, l := range c.Links {
		out = append(out, circle.LinkTo{Circle: l.Circle, To: l.To, As: l.As, Role: l.Role, Duties: l.Duties})
		if l.Mandate != "" {
			out = append(out, circle.SetMandate{Circle: l.Circle, To: l.To, As: l.As, Role: l.Role, Mandate: l.Mandate})
		}
	}
	return append(out, circle.EndFounding{})
}

// inwards lists the circles, each behind the one that it lies in.
func (c *Constitution) inwards() []*Circle {
	inside := map[circle.ID][]*Circle{}
	for i := range c.Circles {
		x := &c.Circles[i]
		inside[x.Parent] = append(inside[x.Parent], x)
	}
	var out []*Circle
	for around, next := circle.ID(""), 0; ; next++ {
		out = append(out, inside[around]...)
		delete(inside, around) // each comes once, whatever the document says
		if next == len(out) {
			return out
		}
		around = out[next].ID
	}
}

func (c *Circle) aimParts() []circle.Item {
	var out []circle.Item
	for _, p := range c.AimParts {
		out = append(out, circle.Item{ID: p.ID, Text: p.Text})
	}
	return out
}

// admissions admits everybody, and then names supporters, interpreters and
// representatives: so two people may support each other.
func (c *Constitution) admissions() []circle.Command {
	var out, named []circle.Command
	for _, p := range c.People {
		for _, s := range p.Supporters {
			named = append(named, circle.NameSupporter{Person: p.ID, Supporter: s})
		}
		if p.Representative != "" {
			named = append(named, circle.NameRepresentative{Body: p.ID, Person: p.Representative})
		}
		for _, who := range p.Interpreters {
			named = append(named, circle.NameInterpreter{Person: p.ID, Interpreter: who})
		}
		p.Supporters, p.Interpreters, p.Representative = nil, nil, ""
		out = append(out, circle.Admit(p))
	}
	return append(out, named...)
}

func (c *Constitution) appointments() []circle.Command {
	var out []circle.Command
	for _, r := range c.Roles {
		out = append(out, circle.CreateRole{ID: r.ID, Circle: r.Circle, Hat: r.Hat, Name: r.Name})
		if !r.Purpose.IsZero() {
			out = append(out, circle.DefineRole{Role: r.ID, Purpose: r.Purpose, Domain: r.Domain, Accountabilities: r.Accountabilities, Limits: r.Limits})
		}
		if len(r.Surrogates) > 0 {
			out = append(out, circle.OrderSurrogates{Role: r.ID, Order: r.Surrogates})
		}
		for _, h := range r.Holders {
			out = append(out, circle.GiveRole{Role: r.ID, Person: h.Person, Term: h.Term, Focus: h.Focus, CheckIn: h.CheckIn})
		}
	}
	return out
}

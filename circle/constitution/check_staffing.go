package constitution

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// definitions checks what each role says it is there for.
func (k *check) definitions() {
	for i, r := range k.doc.Roles {
		path := fmt.Sprintf("roles[%d]", i)
		said := len(r.Domain) + len(r.Accountabilities) + len(r.Limits)
		if said > 0 && r.Purpose.IsZero() {
			k.add(path+".purpose", Missing.Refuse("field", "purpose"))
		}
		k.most(path+".domain", string(r.ID), "items, accountabilities and limits", said)
		for j, who := range r.Surrogates {
			if !k.people[who] {
				k.addf(circle.UnknownPerson.Refuse("who", who), "%s.surrogates[%d]", path, j)
			}
		}
		once(k, path+".surrogates", r.Surrogates)
	}
	for i, c := range k.doc.Circles {
		k.most(fmt.Sprintf("circles[%d].rules.staffing.apart", i), string(c.ID), "pairs of hats", len(c.Rules.Staffing.Apart))
	}
}

// safeguarding checks who acts when a person may be in danger (CP-22): it is agreed
// in the root circle, and those who are named are there.
func (k *check) safeguarding(path string, c *Circle) {
	r := c.Rules.Safeguarding
	if r == nil {
		return
	}
	if c.Kind != circle.Root {
		k.add(path, circle.SafeguardingAtRoot.Refuse("root", k.root(), "circle", c.ID))
	}
	k.eachKnown(path+".leads", r.Leads)
	k.eachKnown(path+".next", r.Next)
	k.most(path+".next", string(c.ID), "people for safeguarding", len(r.Leads)+len(r.Next))
	for j, who := range r.Next {
		if slices.Contains(r.Leads, who) {
			k.addf(circle.TwiceInDomain.Refuse("item", who), "%s.next[%d]", path, j)
		}
	}
	named := func(x Role) bool { return x.ID == r.Role }
	if r.Role != "" && !slices.ContainsFunc(k.doc.Roles, named) {
		k.add(path+".role", circle.UnknownRole.Refuse("role", r.Role))
	}
}

// eachKnown checks a list of people.
func (k *check) eachKnown(path string, list []circle.PersonID) {
	once(k, path, list)
	for j, who := range list {
		if !k.people[who] {
			k.addf(circle.UnknownPerson.Refuse("who", who), "%s[%d]", path, j)
		}
	}
}

// root names the root circle.
func (k *check) root() circle.ID {
	for _, c := range k.doc.Circles {
		if c.Kind == circle.Root {
			return c.ID
		}
	}
	return ""
}

// law gives the commands of a document that is sound so far to the law of
// package circle itself, and says of roles and links what it refuses: what the
// rules of a circle ask of those who wear a role, what a role can hold.
func (k *check) law() {
	var o circle.Organisation
	by := circle.Actor{By: "founder"}
	at, role, link, holder := "", -1, -1, 0
	for _, cmd := range k.doc.Commands() {
		switch cmd := cmd.(type) {
		case circle.CreateRole:
			role, holder = role+1, 0
			at = fmt.Sprintf("roles[%d]", role)
		case circle.GiveRole:
			at = fmt.Sprintf("roles[%d].holders[%d].person", role, holder)
			holder++
		case circle.LinkTo:
			link++
			at = fmt.Sprintf("links[%d]", link)
		case circle.AgreeRules:
			at = fmt.Sprintf("circles[%d].rules", k.circles[cmd.Circle])
		case circle.DefineRole:
			at = fmt.Sprintf("roles[%d].domain", role)
		}
		events, err := o.Decide(by, time.Time{}, cmd, circle.Facts{})
		var why *circle.Refusal
		if errors.As(err, &why) {
			k.add(at, why)
		}
		for _, e := range events {
			o.Apply(e)
		}
	}
}

package constitution

import (
	"errors"
	"fmt"
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

// law gives the commands of a document that is sound so far to the law of
// package circle itself, and says of roles and links what it refuses: what the
// rules of a circle ask of those who wear a role, what a role can hold.
func (k *check) law() {
	var o circle.Organisation
	by := circle.Actor{By: "founder"}
	at, role, link, holder := "", -1, -1, 0
	for _, cmd := range k.doc.Commands() {
		switch cmd.(type) {
		case circle.CreateRole:
			role, holder = role+1, 0
			at = fmt.Sprintf("roles[%d]", role)
		case circle.GiveRole:
			at = fmt.Sprintf("roles[%d].holders[%d].person", role, holder)
			holder++
		case circle.LinkTo:
			link++
			at = fmt.Sprintf("links[%d]", link)
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

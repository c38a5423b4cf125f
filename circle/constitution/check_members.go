package constitution

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
)

// members checks what the rules ask of those who become members.
func (k *check) members(path string, c *Circle) {
	if b := c.Rules.Board; b != nil {
		k.board(path+".board", c, b)
	}
	m := c.Rules.Membership
	if m == nil {
		return
	}
	path += ".membership"
	if m.Admits != "" && k.circle(m.Admits) == nil {
		k.add(path+".admits", circle.UnknownCircle.Refuse("circle", m.Admits))
	}
	k.most(path+".classes", string(c.ID), "classes", len(m.Classes))
	for i, r := range m.Classes {
		k.most(fmt.Sprintf("%s.classes[%d].asks", path, i), string(c.ID), "things that are asked", len(r.Asks))
		k.most(fmt.Sprintf("%s.classes[%d].ends", path, i), string(c.ID), "grounds", len(r.Ends))
	}
}

// board checks that the role which is elected is one of the circle, and that
// whoever wears it sits where the rules say.
func (k *check) board(path string, c *Circle, b *circle.Board) {
	at := k.circle(b.Circle)
	role := slices.IndexFunc(k.doc.Roles, func(r Role) bool { return r.ID == b.Role && r.Circle == c.ID })
	linked := slices.ContainsFunc(k.doc.Links, func(l Link) bool { return l.Circle == c.ID && l.To == b.Circle && l.Role == b.Role })
	switch {
	case at == nil:
		k.add(path+".circle", circle.UnknownCircle.Refuse("circle", b.Circle))
	case role < 0:
		k.add(path+".role", circle.UnknownRole.Refuse("role", b.Role))
	case !linked:
		k.add(path+".circle", circle.NoLink.Refuse("circle", c.ID, "to", b.Circle, "hat", circle.Representative))
	}
	k.most(path+".limits", string(c.ID), "limits", len(b.Limits))
	for i, l := range b.Limits {
		once(k, fmt.Sprintf("%s.limits[%d].classes", path, i), l.Classes)
	}
	k.most(path+".asks", string(c.ID), "things that are asked", len(b.Asks))
}

package constitution

import (
	"fmt"

	"github.com/sayround/sayround/circle"
)

// members checks what the rules ask of those who become members.
func (k *check) members(path string, c *Circle) {
	m := c.Rules.Membership
	if m == nil {
		return
	}
	if m.Admits != "" && k.circle(m.Admits) == nil {
		k.add(path+".admits", circle.UnknownCircle.Refuse("circle", m.Admits))
	}
	k.most(path+".classes", string(c.ID), "classes", len(m.Classes))
	for i, r := range m.Classes {
		k.most(fmt.Sprintf("%s.classes[%d].asks", path, i), string(c.ID), "things that are asked", len(r.Asks))
		k.most(fmt.Sprintf("%s.classes[%d].ends", path, i), string(c.ID), "grounds", len(r.Ends))
	}
}

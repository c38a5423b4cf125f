package constitution

import (
	"fmt"

	"github.com/sayround/sayround/circle"
)

// tree checks that there is one root, and that from every circle the way
// outwards leads to it.
func (k *check) tree() {
	var root *Circle
	for i, c := range k.doc.Circles {
		switch c.Kind {
		case circle.Helping:
			k.addf(HelpingLater.Refuse("circle", c.ID), "circles[%d].kind", i)
		case circle.Root:
			if root != nil {
				k.addf(circle.SecondRoot.Refuse("circle", root.ID, "id", c.ID), "circles[%d].kind", i)
			} else {
				root = &c
			}
		}
		k.parent(fmt.Sprintf("circles[%d].parent", i), &c)
	}
	if root == nil {
		k.add("circles", NoRoot.Refuse())
	}
	k.rings()
}

func (k *check) parent(path string, c *Circle) {
	switch isRoot := c.Kind == circle.Root; {
	case isRoot && c.Parent != "":
		k.add(path, RootInside.Refuse("circle", c.ID, "parent", c.Parent))
	case !isRoot && c.Parent == "":
		k.add(path, NoParent.Refuse("circle", c.ID))
	case !isRoot && k.circle(c.Parent) == nil:
		k.add(path, circle.UnknownCircle.Refuse("circle", c.Parent))
	}
}

// rings finds circles that lie inside one another, each ring once.
func (k *check) rings() {
	done := map[circle.ID]bool{}
	for i := range k.doc.Circles {
		var way []string
		on := map[circle.ID]int{}
		for c := k.circle(k.doc.Circles[i].ID); c != nil && !done[c.ID]; c = k.circle(c.Parent) {
			if from, round := on[c.ID]; round {
				k.addf(ParentRing.Refuse("circles", way[from:]), "circles[%d].parent", k.circles[c.ID])
				break
			}
			on[c.ID] = len(way)
			way = append(way, string(c.ID))
		}
		for id := range on {
			done[id] = true
		}
	}
}

// domains checks what each circle is for and decides on: that its parts are
// told apart, and that what it holds was handed to it and to nobody else.
func (k *check) domains() {
	for i, c := range k.doc.Circles {
		path := fmt.Sprintf("circles[%d]", i)
		k.most(path+".domain", string(c.ID), "parts of its aim and items of its domain together", len(c.AimParts)+len(c.Domain))
		var parts, items []circle.ItemID
		for j, p := range c.AimParts {
			parts = append(parts, p.ID)
			if p.ID == circle.WholeAim {
				k.addf(circle.TakenID.Refuse("id", p.ID), "%s.aim-parts[%d].id", path, j)
			}
		}
		for _, d := range c.Domain {
			items = append(items, d.ID)
		}
		once(k, path+".aim-parts", parts)
		once(k, path+".domain", items)
	}
	h := handed{k, map[gift]circle.ID{}, map[gift]circle.ID{}}
	h.each(h.held)
	h.each(h.whole)
	h.each(h.cut)
}

// A gift is what a circle hands on: an item of its domain whole, or a piece
// cut from one under a name of its own.
type gift struct {
	from circle.ID
	name circle.ItemID
}

// handed knows to which circle each gift went.
type handed struct {
	*check
	wholes, pieces map[gift]circle.ID
}

// each calls f with every item of every domain, and what it is cut from.
func (h handed) each(f func(path string, c *Circle, item circle.Item, of circle.ItemID)) {
	for i := range h.doc.Circles {
		c := &h.doc.Circles[i]
		for j, item := range c.Domain {
			of := item.Of
			if of == "" {
				of = item.ID
			}
			f(fmt.Sprintf("circles[%d].domain[%d]", i, j), c, item, of)
		}
	}
}

// held checks that a circle hands on what it holds, and that a piece does not
// bear the name of something else there.
func (h handed) held(path string, c *Circle, item circle.Item, of circle.ItemID) {
	if c.Kind == circle.Root {
		if item.Of != "" {
			h.add(path+".of", RootItemOf.Refuse("item", item.ID, "of", item.Of, "circle", c.ID))
		}
		return
	}
	parent := h.circle(c.Parent)
	if parent == nil {
		return
	}
	switch {
	case !parent.owns(of):
		h.add(path, notHeld(c, of, "another circle"))
	case of != item.ID && parent.owns(item.ID):
		h.add(path+".id", NameOfAnother.Refuse("circle", c.ID, "item", item.ID, "of", of, "parent", c.Parent))
	}
}

// whole checks that an item is handed whole to one circle only.
func (h handed) whole(path string, c *Circle, item circle.Item, of circle.ItemID) {
	if c.Kind == circle.Root || of != item.ID {
		return
	}
	h.give(h.wholes, path, c, of)
}

// cut checks that nothing is cut for one circle from what another has whole,
// and that no two circles call a piece by the same name.
func (h handed) cut(path string, c *Circle, item circle.Item, of circle.ItemID) {
	if c.Kind == circle.Root || of == item.ID {
		return
	}
	if other, taken := h.wholes[gift{c.Parent, of}]; taken && other != c.ID {
		h.add(path, notHeld(c, of, string(other)))
		return
	}
	h.give(h.pieces, path, c, item.ID)
}

// give notes who got what, the first time; to another circle it is refused.
func (h handed) give(to map[gift]circle.ID, path string, c *Circle, name circle.ItemID) {
	g := gift{c.Parent, name}
	if other, taken := to[g]; taken && other != c.ID {
		h.add(path, notHeld(c, name, string(other)))
		return
	}
	to[g] = c.ID
}

func notHeld(c *Circle, item circle.ItemID, other string) *circle.Refusal {
	return circle.NotHeld.Refuse("parent", c.Parent, "item", item, "other", other)
}

// owns says whether the item stands in the circle's domain.
func (c *Circle) owns(id circle.ItemID) bool {
	for _, item := range c.Domain {
		if item.ID == id {
			return true
		}
	}
	return false
}

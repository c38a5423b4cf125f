package circle

import (
	"maps"
	"slices"
)

// An index holds what is derived from the circles, so that no question looks
// through all of them. Its lists are never changed in place: a copy of an
// organisation shares them.
type index struct {
	holders map[ItemID][]ID // circles in whose domain an item of this name is
	served  map[ID][]ID     // circles that are there for a circle, beside the one around it
	lenders map[ID][]ID     // circles that lend something to a circle
	fell    map[ItemID]ID   // to whom a piece fell whose circle ended, as part of what it was cut from
}

func newIndex() index {
	return index{map[ItemID][]ID{}, map[ID][]ID{}, map[ID][]ID{}, map[ItemID]ID{}}
}

func (x index) copied() index {
	return index{maps.Clone(x.holders), maps.Clone(x.served), maps.Clone(x.lenders), maps.Clone(x.fell)}
}

func with(list []ID, id ID) []ID {
	if slices.Contains(list, id) {
		return list
	}
	return append(slices.Clip(list), id)
}

func without(list []ID, id ID) []ID {
	var out []ID
	for _, x := range list {
		if x != id {
			out = append(out, x)
		}
	}
	return out
}

// indexed notes what a circle holds and whom it is there for.
func (o *Organisation) indexed(c *Circle) {
	for _, i := range c.Domain {
		o.holders[i.ID] = with(o.holders[i.ID], c.ID)
	}
	for _, s := range c.Charter().Serves {
		o.served[s] = with(o.served[s], c.ID)
	}
}

// unindexed forgets it again.
func (o *Organisation) unindexed(c *Circle) {
	for _, i := range c.Domain {
		o.holders[i.ID] = without(o.holders[i.ID], c.ID)
	}
	for _, s := range c.Charter().Serves {
		o.served[s] = without(o.served[s], c.ID)
	}
}

// relend notes whether a circle lends anything to another.
func (o *Organisation) relend(from, to ID) {
	lends := slices.ContainsFunc(o.circles[from].Charter().Lent, func(h Handover) bool { return h.To == to })
	if lends {
		o.lenders[to] = with(o.lenders[to], from)
		return
	}
	o.lenders[to] = without(o.lenders[to], from)
}

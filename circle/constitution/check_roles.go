package constitution

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
)

// A worn hat: who wears it where.
type worn struct {
	seat
	hat circle.Hat
}

// opposite is the hat that one does not wear beside this one (EC-83).
var opposite = map[circle.Hat]circle.Hat{circle.Leader: circle.Delegate, circle.Delegate: circle.Leader}

// roles checks each role, and that nobody is Leader and Delegate of one
// circle.
func (k *check) roles() {
	seen, hats := map[circle.RoleID]bool{}, map[worn]bool{}
	for i, r := range k.doc.Roles {
		path := fmt.Sprintf("roles[%d]", i)
		if seen[r.ID] {
			k.add(path+".id", circle.TakenID.Refuse("id", r.ID))
		}
		seen[r.ID] = true
		if k.circle(r.Circle) == nil {
			k.add(path+".circle", circle.UnknownCircle.Refuse("circle", r.Circle))
		}
		if r.Hat == "" && r.Name.IsZero() {
			k.add(path, Nameless.Refuse("role", r.ID))
		}
		k.holders(path+".holders", &r, hats)
	}
}

func (k *check) holders(path string, r *Role, hats map[worn]bool) {
	var people []circle.PersonID
	for j, h := range r.Holders {
		people = append(people, h.Person)
		at := fmt.Sprintf("%s[%d].person", path, j)
		where := seat{r.Circle, h.Person}
		switch other := opposite[r.Hat]; {
		case !k.people[h.Person]:
			k.add(at, circle.UnknownPerson.Refuse("who", h.Person))
		case other != "" && hats[worn{where, other}]:
			k.add(at, circle.LeaderIsDelegate.Refuse("who", h.Person, "circle", r.Circle))
		}
		hats[worn{where, r.Hat}] = true
	}
	once(k, path, people)
}

// A tie is what makes one link another than all the rest.
type tie struct {
	circle, to circle.ID
	as         circle.Hat
	role       circle.RoleID
}

// links checks that each link goes to the circle around, or to one that admits
// links from elsewhere, and by a hat that links.
func (k *check) links() {
	seen := map[tie]bool{}
	for i, l := range k.doc.Links {
		path := fmt.Sprintf("links[%d]", i)
		from, t := k.circle(l.Circle), tie{l.Circle, l.To, l.As, l.Role}
		switch {
		case from == nil:
			k.add(path+".circle", circle.UnknownCircle.Refuse("circle", l.Circle))
		case k.circle(l.To) == nil:
			k.add(path+".to", circle.UnknownCircle.Refuse("circle", l.To))
		case l.Circle == l.To:
			k.add(path+".to", circle.LinkToItself.Refuse("circle", l.Circle))
		case from.Parent != l.To && (from.Rules.Board == nil || from.Rules.Board.Circle != l.To) && !k.admitsLinks(l.To):
			k.add(path+".to", circle.NotBroader.Refuse("circle", l.Circle, "parent", orNone(from.Parent), "to", l.To))
		case seen[t]:
			k.add(path, circle.TwiceInDomain.Refuse("item", fmt.Sprintf("The link from %s by its %s", l.Circle, l.As)))
		}
		if _, ok := opposite[l.As]; !ok && l.As != circle.Representative {
			k.add(path+".as", circle.NotALink.Refuse("hat", l.As))
		}
		if l.Role != "" && !slices.ContainsFunc(k.doc.Roles, func(r Role) bool { return r.ID == l.Role && r.Circle == l.Circle && r.Hat == l.As }) {
			k.add(path+".role", circle.LinkByRole.Refuse("role", l.Role, "hat", l.As, "circle", l.Circle))
		}
		k.most(path+".duties", string(l.Circle), "duties", len(l.Duties))
		seen[t] = true
	}
}

// admitsLinks says whether a circle, or one around it, admits links from
// circles that do not lie in it.
func (k *check) admitsLinks(id circle.ID) bool {
	c := k.circle(id)
	for range k.doc.Circles { // a ring of parents has its own problem
		if c == nil || c.Rules.Linking.Cross {
			return c != nil
		}
		c = k.circle(c.Parent)
	}
	return false
}

func orNone(id circle.ID) string {
	if id == "" {
		return "which is none"
	}
	return string(id)
}

// participants checks that those who take part are somebody, each once.
func (k *check) participants() {
	for i, c := range k.doc.Circles {
		path := fmt.Sprintf("circles[%d].participants", i)
		var people []circle.PersonID
		for j, p := range c.Participants {
			people = append(people, p.Person)
			if !k.people[p.Person] {
				k.addf(circle.UnknownPerson.Refuse("who", p.Person), "%s[%d].person", path, j)
			}
			if p.Level == circle.Full {
				k.full[seat{c.ID, p.Person}] = true
			}
		}
		once(k, path, people)
	}
}

// voices checks that those who facilitate are full participants, and that the
// root circle can decide.
func (k *check) voices() {
	k.linked()
	k.facilitators()
	for i, c := range k.doc.Circles {
		if c.Kind == circle.Root && !k.hasVoice(c.ID) {
			k.addf(NobodyDecides.Refuse("circle", c.ID), "circles[%d].participants", i)
		}
	}
}

// linked adds those who take full part through a link.
func (k *check) linked() {
	holders := map[worn][]Holder{}
	for _, r := range k.doc.Roles {
		hat := worn{seat{circle: r.Circle}, r.Hat}
		holders[hat] = append(holders[hat], r.Holders...)
	}
	for _, l := range k.doc.Links {
		for _, h := range holders[worn{seat{circle: l.Circle}, l.As}] {
			k.full[seat{l.To, h.Person}] = true
		}
	}
}

func (k *check) facilitators() {
	for i, r := range k.doc.Roles {
		for j, h := range r.Holders {
			if r.Hat == circle.Facilitator && !k.full[seat{r.Circle, h.Person}] {
				k.addf(FacilitatorNotFull.Refuse("who", h.Person, "circle", r.Circle), "roles[%d].holders[%d].person", i, j)
			}
		}
	}
}

// hasVoice says whether a circle has a full participant at all.
func (k *check) hasVoice(id circle.ID) bool {
	for s := range k.full {
		if s.circle == id {
			return true
		}
	}
	return false
}

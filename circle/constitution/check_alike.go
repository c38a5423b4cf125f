package constitution

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lookalike"
)

// alike refuses names that people could take for one another: of people, of circles, and
// of roles in one circle. A circle or a role without a name is called by its id.
func (k *check) alike() {
	people, circles := likenesses{}, likenesses{}
	for i, p := range k.doc.People {
		k.likens(people, p.Name, "", string(p.ID), "people[%d].name", i)
	}
	for i, c := range k.doc.Circles {
		k.likens(circles, c.Name, string(c.ID), string(c.ID), "circles[%d].name", i)
	}
	roles := map[circle.ID]likenesses{}
	for i, r := range k.doc.Roles {
		if roles[r.Circle] == nil {
			roles[r.Circle] = likenesses{}
		}
		k.likens(roles[r.Circle], r.Name, string(r.ID), string(r.ID), "roles[%d].name", i)
	}
}

// Likenesses lead from what a name looks like to whose it is.
type likenesses map[string]string

// likens notes a name, and refuses it if it looks like one that was noted before.
func (k *check) likens(known likenesses, name circle.Text, otherwise, id, path string, i int) {
	words, said := name.Words()
	if !said {
		words = otherwise
	}
	if words == "" {
		return
	}
	for n, form := range lookalike.Forms(words) {
		form = fmt.Sprint(n, " ", form)
		if other, taken := known[form]; taken && other != id {
			k.addf(circle.LooksAlike.Refuse("other", other), path, i)
			return
		}
		known[form] = id
	}
}

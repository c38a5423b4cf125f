package constitution

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// Check says everything that is wrong with the document; the error is
// [Problems]. Parse has asked it already; it is for documents that a program
// has put together. Methods are the names of the methods that the engine
// knows; without any, names of methods are not looked up.
func (c *Constitution) Check(methods ...string) error {
	k := &check{doc: c, methods: methods, told: map[string]bool{}, people: map[circle.PersonID]bool{},
		circles: map[circle.ID]int{}, full: map[seat]bool{}}
	k.inspect("", reflect.ValueOf(c).Elem())
	if c.Format != "" && c.Format != Format {
		k.add("format", OtherFormat.Refuse("format", c.Format, "known", Format))
	}
	k.names()
	k.persons()
	k.tree()
	k.domains()
	k.participants()
	k.rules()
	k.roles()
	k.definitions()
	k.links()
	k.voices()
	k.alike()
	if k.problems == nil {
		k.law()
	}
	if k.problems == nil {
		return nil
	}
	return k.problems
}

// A check is one look at a whole document.
type check struct {
	doc      *Constitution
	methods  []string
	problems Problems
	told     map[string]bool // the places that have a problem: one each is enough

	people  map[circle.PersonID]bool
	circles map[circle.ID]int // where the circle of this id stands
	full    map[seat]bool     // who takes full part where, also through a link
}

type seat struct {
	circle circle.ID
	person circle.PersonID
}

func (k *check) add(path string, why *circle.Refusal) {
	if !k.told[path] {
		k.told[path] = true
		k.problems = append(k.problems, Problem{path, why})
	}
}

// addf is add with the path put together from a format.
func (k *check) addf(why *circle.Refusal, path string, parts ...any) {
	k.add(fmt.Sprintf(path, parts...), why)
}

// circle returns the circle of an id, nil if there is none.
func (k *check) circle(id circle.ID) *Circle {
	if i, ok := k.circles[id]; ok {
		return &k.doc.Circles[i]
	}
	return nil
}

// inspect looks at each value by itself: whether what is needed is there, and
// whether what is there can be.
func (k *check) inspect(path string, v reflect.Value) {
	if text, ok := v.Interface().(circle.Text); ok && blank(text) {
		k.add(path, Empty.Refuse())
		return
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if c, ok := v.Addr().Interface().(canon.Checker); ok {
		if err := c.Check(); err != nil {
			k.add(path, BadValue.Refuse("why", err.Error()))
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer:
		k.inspect(path, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			k.inspect(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Struct:
		for f, fv := range fields(v) {
			k.field(strings.TrimPrefix(path+"."+f.name, "."), f, fv, v)
		}
	case reflect.Int:
		if v.Int() < 0 {
			k.add(path, BadValue.Refuse("why", "a number that is not below 0 is wanted"))
		}
		if v.Int() > canon.MaxNumber {
			k.add(path, BadValue.Refuse("why", fmt.Sprintf("a number of at most %d is wanted", canon.MaxNumber)))
		}
	}
}

func (k *check) field(path string, f field, v, owner reflect.Value) {
	switch {
	case !isEmpty(v):
		k.inspect(path, v)
	case !f.optional:
		k.add(path, lacks(owner, f.name))
	case !v.IsZero():
		k.add(path, Empty.Refuse())
	}
}

// isEmpty says that a value says nothing: it was left out, or is a list
// without entries or a text without words.
func isEmpty(v reflect.Value) bool {
	if text, ok := v.Interface().(circle.Text); ok {
		return text.IsZero() || blank(text)
	}
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}

func blank(t circle.Text) bool {
	words, open := t.Words()
	return open && strings.TrimSpace(words) == ""
}

// lacks says that a struct lacks a field, in the words of the law where it has
// some for it.
func lacks(owner reflect.Value, name string) *circle.Refusal {
	if c, ok := owner.Interface().(Circle); ok {
		switch name {
		case "aim":
			return circle.NoAim.Refuse("circle", c.ID)
		case "domain":
			return circle.NoDomain.Refuse("circle", c.ID)
		}
	}
	return Missing.Refuse("field", name)
}

// names learns which people and circles there are, and finds ids that are
// taken twice.
func (k *check) names() {
	for i, p := range k.doc.People {
		if k.people[p.ID] {
			k.addf(circle.TakenID.Refuse("id", p.ID), "people[%d].id", i)
		}
		k.people[p.ID] = true
	}
	for i, c := range k.doc.Circles {
		if _, taken := k.circles[c.ID]; taken {
			k.addf(circle.TakenID.Refuse("id", c.ID), "circles[%d].id", i)
		} else if c.ID != "" {
			k.circles[c.ID] = i
		}
	}
}

// persons checks what each person says about themselves.
func (k *check) persons() {
	for i, p := range k.doc.People {
		path := fmt.Sprintf("people[%d]", i)
		k.most(path+".access", string(p.ID), "access needs", len(p.Access))
		once(k, path+".formats", p.Formats)
		once(k, path+".supporters", p.Supporters)
		for j, s := range p.Supporters {
			at := fmt.Sprintf("%s.supporters[%d]", path, j)
			switch {
			case !k.people[s]:
				k.add(at, circle.UnknownPerson.Refuse("who", s))
			case s == p.ID:
				k.add(at, circle.SelfSupporter.Refuse("who", p.ID))
			}
		}
		k.eachKnown(path+".interpreters", p.Interpreters)
		if j := slices.Index(p.Interpreters, p.ID); j >= 0 {
			k.addf(circle.CapacitiesMixed.Refuse("who", p.ID, "one", "who acts", "other", "their interpreter"), "%s.interpreters[%d]", path, j)
		}
		k.body(path, p)
	}
}

// body refuses a representative of somebody who speaks for themselves, and one who
// is no person.
func (k *check) body(path string, p Person) {
	if p.Representative == "" {
		return
	}
	path += ".representative"
	other := slices.IndexFunc(k.doc.People, func(q Person) bool { return q.ID == p.Representative })
	switch {
	case p.Body == "":
		k.add(path, circle.NoBody.Refuse("who", p.ID))
	case other < 0 || p.Representative == p.ID:
		k.add(path, circle.UnknownPerson.Refuse("who", p.Representative))
	case k.doc.People[other].Body != "":
		k.add(path, circle.RepresentativeIsPerson.Refuse("who", p.Representative, "body", p.ID))
	}
}

// most refuses more than is recorded together.
func (k *check) most(path, id, what string, got int) {
	if got > MaxList {
		k.add(path, TooMany.Refuse("id", id, "got", got, "what", what, "most", MaxList))
	}
}

// once refuses a list in which one value stands twice.
func once[T ~string](k *check, path string, list []T) {
	seen := make(map[T]bool, len(list))
	for i, x := range list {
		if seen[x] {
			k.addf(circle.TwiceInDomain.Refuse("item", x), "%s[%d]", path, i)
		}
		seen[x] = true
	}
}

// rules checks what each circle has agreed.
func (k *check) rules() {
	for i := range k.doc.Circles {
		path := fmt.Sprintf("circles[%d].rules", i)
		r := &k.doc.Circles[i].Rules
		k.method(path+".method", string(r.Method))
		k.most(path+".matters", string(k.doc.Circles[i].ID), "kinds of matter", len(r.Matters))
		for j, m := range r.Matters {
			k.method(fmt.Sprintf("%s.matters[%d].method", path, j), string(m.Method))
		}
		if g := r.General; g != nil {
			k.most(path+".general.business", string(k.doc.Circles[i].ID), "things to deal with", len(g.Business))
			k.most(path+".general.reserved", string(k.doc.Circles[i].ID), "kinds of matter", len(g.Reserved))
			for j, m := range g.Reserved {
				k.method(fmt.Sprintf("%s.general.reserved[%d].method", path, j), string(m.Method))
			}
		}
		k.most(path+".presence", string(k.doc.Circles[i].ID), "presence groups", len(r.Presence))
		for j, p := range r.Presence {
			once(k, fmt.Sprintf("%s.presence[%d].classes", path, j), p.Classes)
		}
		once(k, path+".tools", r.Tools)
		k.most(path+".review", string(k.doc.Circles[i].ID), "reviews of rules", len(r.Review))
		once(k, path+".seating.consult", r.Seating.Consult)
		k.safeguarding(path+".safeguarding", &k.doc.Circles[i])
		k.members(path, &k.doc.Circles[i])
		if r.LongTerm.Goes != "" && r.LongTerm.Months == 0 {
			k.add(path+".long-term.months", Missing.Refuse("field", "months"))
		}
	}
}

func (k *check) method(path, name string) {
	if name == "" {
		return
	}
	if err := circle.CheckID(name); err != nil {
		k.add(path, BadValue.Refuse("why", err.Error()))
	} else if len(k.methods) > 0 && !slices.Contains(k.methods, name) {
		k.add(path, UnknownMethod.Refuse("method", name, "known", k.methods))
	}
}

package consent

import (
	"cmp"
	"context"
	"errors"
	"hash/maphash"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lookalike"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// A naming gives somebody or something a name: a person, or a circle, or a role in a
// circle.
type naming struct {
	name   circle.Text
	person circle.PersonID
	circle circle.ID
	role   circle.RoleID
	in     circle.ID // of a role: its circle
}

// names lists what a command names, with what a proposal would carry out.
func (s *State) names(cmd circle.Deed) []naming {
	switch c := cmd.(type) {
	case proposal.Submit:
		return s.namesAll(c.Enacts)
	case Ask:
		return s.namesAll(c.Enacts)
	case rectifying:
		if c.found.names != "" {
			return []naming{{name: c.Text, person: c.found.names}}
		}
	}
	if _, structural := cmd.(circle.Command); !structural {
		return nil
	}
	switch c := canon.Clone(cmd).(type) {
	case *circle.Admit:
		return []naming{{name: c.Name, person: c.ID}}
	case *circle.Open:
		return []naming{{name: c.Name, circle: c.ID}}
	case *circle.StandAlone:
		return []naming{{name: c.Name, circle: c.ID}}
	case *circle.TurnIntoCircle:
		return []naming{{name: c.Name, circle: c.ID}}
	case *circle.Redefine:
		if !c.Name.IsZero() {
			return []naming{{name: c.Name, circle: c.Circle}}
		}
	case *circle.CreateRole:
		return []naming{{name: c.Name, role: c.ID, in: c.Circle}}
	case *circle.TurnIntoRole:
		if turned := s.Org.Circle(c.Circle); turned != nil {
			return []naming{{name: c.Name, role: c.Role, in: turned.Parent}}
		}
	}
	return nil
}

func (s *State) namesAll(deeds []circle.Deed) (out []naming) {
	for _, d := range deeds {
		out = append(out, s.names(d)...)
	}
	return out
}

// givesName says what an event names, or names anew.
func givesName(event Event) (naming, bool) {
	switch e := event.(type) {
	case *circle.Admitted:
		return naming{person: e.Person}, true
	case *WordsPutRight: // they may have been a name
		return naming{person: e.Of}, e.Of != ""
	case *circle.Founded:
		return naming{circle: e.Circle}, true
	case *circle.Opened:
		return naming{circle: e.Circle}, true
	case *circle.StoodAlone:
		return naming{circle: e.Circle}, true
	case *circle.Redefined:
		return naming{circle: e.Circle}, !e.Name.IsZero()
	case *circle.RoleCreated:
		return naming{role: e.Role}, true
	}
	return naming{}, false
}

// everything lists all that is named.
func (s *State) everything() (out []naming) {
	for _, id := range s.Org.People() {
		out = append(out, naming{person: id})
	}
	for _, id := range s.Org.Circles() {
		out = append(out, naming{circle: id})
	}
	for _, id := range s.Org.Roles() {
		out = append(out, naming{role: id})
	}
	return out
}

// today is what is named by an id, as it is now. It says no of what has ended, whose name
// is free again.
func (s *State) today(n naming) (naming, bool) {
	switch {
	case n.person != "":
		if p := s.Org.Person(n.person); p != nil {
			at := placeOf(&p.Name)
			n.name = p.Name
			if list := s.private().Righted[at]; len(list) > 0 {
				n.name = newest(at, list).Text()
			}
			return n, true
		}
	case n.circle != "":
		if c := s.Org.Circle(n.circle); c != nil && !c.Closed {
			n.name = c.Name
			return n, true
		}
	default:
		if r := s.Org.Role(n.role); r != nil && !r.Ended {
			n.name, n.in = r.Name, r.Circle
			return n, true
		}
	}
	return n, false
}

// besides says whether two names stand beside each other, so that they must not be
// alike: those of two people, of two circles, or of two roles of one circle.
func (n naming) besides(m naming) bool {
	return n.kind() == m.kind() && n.in == m.in && n.id() != m.id()
}

// kind is what is named: a person, a circle or a role.
func (n naming) kind() byte {
	switch {
	case n.person != "":
		return 'p'
	case n.circle != "":
		return 'c'
	}
	return 'r'
}

// id is the id of what is named.
func (n naming) id() string { return string(n.person) + string(n.circle) + string(n.role) }

// notAlike refuses a command that gives a name which looks like another. It stands at the
// edge, where a command is given: a ledger is read without names, and without the tables
// of Unicode that this rests on.
func (e *Engine) notAlike(ctx context.Context, cmd Command) error {
	list := e.state.names(cmd)
	if len(list) == 0 {
		return nil
	}
	if err := e.namesakes.takeIn(ctx, e); err != nil {
		return err
	}
	for i, n := range list {
		words, ok, err := e.called(ctx, n)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		for _, other := range append(list[:i:i], e.likeIt(n, words)...) {
			like, err := e.alike(ctx, words, n, other)
			if err != nil {
				return err
			}
			if like {
				return circle.LooksAlike.Refuse("other", other.id())
			}
		}
	}
	return nil
}

// called is how people call what is named: by its name, or by its id where a circle or
// role has no other. Of people the id is nobody's to see. ok is false where nothing is
// known, or can be read any more.
func (e *Engine) called(ctx context.Context, n naming) (words string, ok bool, err error) {
	if n.name.IsZero() {
		return n.id(), n.person == "", nil
	}
	words, err = e.wordsAt(ctx, n.name)
	if errors.Is(err, ErrErased) || errors.Is(err, ErrLost) || errors.Is(err, ledger.ErrCorrupt) {
		return "", false, nil
	}
	return words, err == nil, err
}

// likeIt lists what may be called alike, as it is now.
func (e *Engine) likeIt(n naming, words string) (out []naming) {
	for _, other := range e.namesakes.of(n, words) {
		if now, there := e.state.today(other); there {
			out = append(out, now)
		}
	}
	return out
}

// alike says whether words, as the name of one thing, look like the name of another
// beside it.
func (e *Engine) alike(ctx context.Context, words string, n, other naming) (bool, error) {
	if !n.besides(other) {
		return false, nil
	}
	name, ok, err := e.called(ctx, other)
	return err == nil && ok && lookalike.Alike(words, name), err
}

// Namesakes find what has a name that looks like another. What a name looks like is kept
// as numbers that tell nothing, so that for a new name only those are read from the vault
// that are like it; all are read once, when somebody is named for the first time after
// the engine was opened. It is a hint: what is found is read before it counts.
type namesakes struct {
	by    map[look][]naming
	fresh []naming // named since by was made
	all   bool     // what was named before that is in by
}

// A look is what a name of one kind looks like.
type look struct {
	kind byte
	form uint64
}

var lookSeed = maphash.MakeSeed()

// looks are the two forms of a name that must not be those of another.
func (n naming) looks(words string) [2]look {
	forms := lookalike.Forms(words)
	return [2]look{{n.kind(), maphash.String(lookSeed, forms[0])}, {n.kind(), maphash.String(lookSeed, forms[1])}}
}

// hears notes what events name. Until somebody asks, nothing needs to be noted.
func (a *namesakes) hears(events []Event) {
	if !a.all {
		return
	}
	for _, event := range events {
		if n, names := givesName(event); names {
			a.fresh = append(a.fresh, n)
		}
	}
}

// takeIn reads the names that were given since it was asked last.
func (a *namesakes) takeIn(ctx context.Context, e *Engine) error {
	if !a.all {
		a.by, a.fresh, a.all = map[look][]naming{}, e.state.everything(), true
	}
	for len(a.fresh) > 0 {
		if n, there := e.state.today(a.fresh[0]); there {
			words, ok, err := e.called(ctx, n)
			if err != nil {
				return err
			}
			if ok {
				a.add(n, words)
			}
		}
		a.fresh = a.fresh[1:]
	}
	return nil
}

// add notes what something is called.
func (a *namesakes) add(n naming, words string) {
	forms := n.looks(words)
	a.by[forms[0]] = append(a.by[forms[0]], n)
	if forms[1] != forms[0] {
		a.by[forms[1]] = append(a.by[forms[1]], n)
	}
}

// of lists what may have a name that looks like this one, by its id.
func (a *namesakes) of(n naming, words string) (out []naming) {
	for _, form := range n.looks(words) {
		out = append(out, a.by[form]...)
	}
	slices.SortFunc(out, func(a, b naming) int { return cmp.Compare(a.id(), b.id()) })
	return out
}

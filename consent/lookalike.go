package consent

import (
	"context"
	"errors"
	"hash/maphash"

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
	case *proposal.Submit:
		return s.namesAll(c.Enacts)
	case Ask:
		return s.namesAll(c.Enacts)
	case *Ask:
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

// beside lists the names beside which one would stand: of a person all people's, of a
// circle all circles', of a role those in its circle.
func (s *State) beside(n naming) (out []naming) {
	switch {
	case n.person != "":
		for _, id := range s.Org.People() {
			if id != n.person {
				out = append(out, naming{name: s.Org.Person(id).Name, person: id})
			}
		}
	case n.circle != "":
		for _, id := range s.Org.Circles() {
			if c := s.Org.Circle(id); id != n.circle && !c.Closed {
				out = append(out, naming{name: c.Name, circle: id})
			}
		}
	case n.role != "":
		for _, id := range s.Org.Roles() {
			if r := s.Org.Role(id); id != n.role && r.Circle == n.in && !r.Ended {
				out = append(out, naming{name: r.Name, role: id, in: n.in})
			}
		}
	}
	return out
}

// id is the id of what is named.
func (n naming) id() string { return string(n.person) + string(n.circle) + string(n.role) }

// notAlike refuses a command that gives a name which looks like another. It stands at the
// edge, where a command is given: a ledger is read without names, and without the tables
// of Unicode that this rests on.
func (e *Engine) notAlike(ctx context.Context, cmd Command) error {
	list := e.state.names(cmd)
	for i, n := range list {
		words, ok, err := e.called(ctx, n)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		mine := lookOf(words)
		for _, other := range append(e.state.beside(n), alsoNamed(list[:i], n)...) {
			like, err := e.alike(ctx, words, mine, other)
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

// alsoNamed lists the names of the same kind that the same command gives.
func alsoNamed(list []naming, n naming) (out []naming) {
	for _, m := range list {
		if (m.person == "") == (n.person == "") && (m.circle == "") == (n.circle == "") && m.in == n.in && m.id() != n.id() {
			out = append(out, m)
		}
	}
	return out
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

// alike says whether words look like a name. What a name looks like is kept as a number
// that tells nothing, so that not all names are read from the vault for each new one.
func (e *Engine) alike(ctx context.Context, words string, mine look, other naming) (bool, error) {
	at := placeOf(&other.name)
	if at.Part > 0 {
		at = newest(at, e.state.private().Righted[at])
		other.name = at.Text()
	}
	if known, ok := e.looks[at]; ok && !known.like(mine) {
		return false, nil
	}
	name, ok, err := e.called(ctx, other)
	if err != nil || !ok {
		return false, err
	}
	if at.Part > 0 {
		if e.looks == nil {
			e.looks = map[Place]look{}
		}
		e.looks[at] = lookOf(name)
	}
	return lookalike.Alike(words, name), nil
}

// A look is what a name looks like, as two numbers that nothing can be read from.
type look [2]uint64

var lookSeed = maphash.MakeSeed()

func lookOf(name string) look {
	forms := lookalike.Forms(name)
	return look{maphash.String(lookSeed, forms[0]), maphash.String(lookSeed, forms[1])}
}

func (l look) like(m look) bool { return l[0] == m[0] || l[1] == m[1] }

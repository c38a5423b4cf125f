package celrule

import (
	"slices"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// An amount is what seats weigh, and how many they are.
type amount struct{ weight, heads int64 }

// A count is what conditions look at: how the seats that are not out are spread
// over classes and positions, and what else is said of a case.
type count struct {
	classes    []circle.Class // that have a seat or are on the register, by name
	by         [][positions]amount
	register   []int64 // by class; nil: nobody keeps one
	objections int64   // that stand
	quorate    bool
	unheard    []circle.PersonID // who may still say anything
	seats      []seat            // by the names of the people; none where no condition reads them
}

// counted finds out what each seat has said, and adds it up. Like the stock it
// takes the last answer of a seat that came in time, to the version as it is now,
// in a position that the rule has; any other counts for nothing.
func (r *Rule) counted(c *consent.Case) *count {
	said := make([]int8, len(c.Seats))
	for i := range said {
		said[i] = silent
	}
	find := consent.SeatFinder(c.Seats)
	for i := range c.Answers {
		a := &c.Answers[i]
		if a.Version != c.Version || a.At.After(c.Now) || !c.Closes.IsZero() && !a.At.Before(c.Closes) {
			continue
		}
		if p := r.place(a.Position); p >= 0 {
			if at := find(a.Seat); at >= 0 {
				said[at] = p
			}
		}
	}
	n := &count{quorate: c.Quorate, objections: standing(c, find)}
	n.enroll(c)
	n.by = make([][positions]amount, len(n.classes))
	for i := range c.Seats {
		s := &c.Seats[i]
		if s.Out {
			continue
		}
		a := &n.by[n.class(s.Class)][said[i]]
		a.weight, a.heads = a.weight+weight(s), a.heads+1
		if said[i] == silent {
			n.unheard = append(n.unheard, s.Person)
		}
		if r.reads[seats] {
			n.seats = append(n.seats, seat{s, said[i]})
		}
	}
	slices.SortStableFunc(n.seats, func(a, b seat) int { return strings.Compare(string(a.Person), string(b.Person)) })
	return n
}

// place is that of a position, which consent has words of its own for; -1: the
// rule has no such position. Only a rule that speaks of vetoes has them.
func (r *Rule) place(position string) int8 {
	switch position {
	case rule.Yes, consent.Consents:
		return yes
	case rule.No, consent.Objects, consent.Against:
		return no
	case rule.Abstain, string(consent.StandsAside):
		return abstain
	case rule.Veto:
		if r.reads[rule.Veto] {
			return veto
		}
	}
	return -1
}

// standing counts the objections of those who have a seat that stand, or stood at
// the last instant of the time.
func standing(c *consent.Case, find func(circle.PersonID) int) int64 {
	at := c.Now
	if rule.Over(c) {
		at = c.Closes.Add(-time.Nanosecond)
	}
	var n int64
	for i := range c.Objections {
		o := &c.Objections[i]
		if !o.Raised.After(at) && (o.Stands || o.Ended.After(at)) && find(o.Seat) >= 0 {
			n++
		}
	}
	return n
}

// enroll lists the classes that have a seat which is not out, or are on the
// register, and how many of each are on the register.
func (n *count) enroll(c *consent.Case) {
	see := func(class circle.Class) {
		if !slices.Contains(n.classes, class) {
			n.classes = append(n.classes, class)
		}
	}
	for i := range c.Seats {
		if !c.Seats[i].Out {
			see(c.Seats[i].Class)
		}
	}
	for _, e := range c.Register {
		if e.N > 0 {
			see(e.Class)
		}
	}
	slices.Sort(n.classes)
	if len(c.Register) == 0 {
		return
	}
	n.register = make([]int64, len(n.classes))
	for _, e := range c.Register {
		if e.N > 0 {
			n.register[n.class(e.Class)] += int64(e.N)
		}
	}
}

// class is the place of a class; -1: there is none of that name.
func (n *count) class(name circle.Class) int {
	at, ok := slices.BinarySearch(n.classes, name)
	if !ok {
		return -1
	}
	return at
}

// weight is what a seat counts. A seat without a weight counts one.
func weight(s *consent.Seat) int64 {
	if s.Weight == 0 {
		return 1
	}
	return s.Weight
}

// gone is what who leaves does.
const gone = -1

// would is the count as it were if everybody who is silent did the same: took a
// position, or (gone) left.
func (n *count) would(do int8) *count {
	then := *n
	then.by = slices.Clone(n.by)
	for k := range then.by {
		free := then.by[k][silent]
		then.by[k][silent] = amount{}
		if do != gone {
			a := &then.by[k][do]
			a.weight, a.heads = a.weight+free.weight, a.heads+free.heads
		}
	}
	then.seats = nil
	for _, s := range n.seats {
		if s.said == silent {
			s.said = do
		}
		if s.said != gone {
			then.seats = append(then.seats, s)
		}
	}
	if n.register == nil {
		then.leave()
	}
	return &then
}

// leave drops the classes of which nobody is left.
func (n *count) leave() {
	there, by := n.classes, n.by
	n.classes, n.by = nil, nil
	for k, class := range there {
		if by[k] != [positions]amount{} {
			n.classes, n.by = append(n.classes, class), append(n.by, by[k])
		}
	}
}

// nobody says that no seat is left.
func (n *count) nobody() bool { return n.total(people+rule.Everyone, -1) == 0 }

// total adds up some words of the vocabulary, in one class or (-1) in all.
func (n *count) total(word string, class int) int64 {
	if word == register {
		return n.enrolled(class)
	}
	word, heads := strings.CutPrefix(word, people)
	var total int64
	for i := range n.by {
		if class >= 0 && i != class {
			continue
		}
		for _, p := range counts[word] {
			if heads {
				total += n.by[i][p].heads
			} else {
				total += n.by[i][p].weight
			}
		}
	}
	return total
}

// enrolled is how many are on the register. Where nobody keeps one, the seats are
// all there are.
func (n *count) enrolled(class int) int64 {
	if n.register == nil {
		return n.total(people+rule.Everyone, class)
	}
	if class >= 0 {
		return n.register[class]
	}
	var total int64
	for _, of := range n.register {
		total += of
	}
	return total
}

// ResolveName gives a condition what it calls by a name.
func (n *count) ResolveName(name string) (any, bool) {
	switch name {
	case objections:
		return types.Int(n.objections), true
	case quorate:
		return types.Bool(n.quorate), true
	case classes:
		list := make([]ref.Val, len(n.classes))
		for i, c := range n.classes {
			list[i] = types.String(c)
		}
		return types.NewRefValList(types.DefaultTypeAdapter, list), true
	case seats:
		list := make([]ref.Val, len(n.seats))
		for i, s := range n.seats {
			list[i] = s
		}
		return types.NewRefValList(types.DefaultTypeAdapter, list), true
	}
	if _, ok := counts[strings.TrimPrefix(name, people)]; !ok && name != register {
		return nil, false
	}
	return types.Int(n.total(name, -1)), true
}

// Parent has none: a count is all that there is to see.
func (n *count) Parent() cel.Activation { return nil }

// ofClass answers a call: how much there is of a word in one class.
func (n *count) ofClass(word string, args ...ref.Val) ref.Val {
	name, ok := args[0].(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(args[0])
	}
	at := n.class(circle.Class(name))
	if at < 0 {
		return types.IntZero
	}
	return types.Int(n.total(word, at))
}

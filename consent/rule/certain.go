package rule

import (
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// truth is what is known of a condition: that it will hold, that it will not,
// or neither.
type truth int8

const (
	never  truth = -1
	unsure truth = 0
	surely truth = 1
)

func known(holds bool) truth {
	if holds {
		return surely
	}
	return never
}

// found is what a condition says of a count: whether it holds as things are, and
// what is known of the end.
type found struct {
	now bool
	end truth
}

// A sight is what conditions look at: a count, and what may still come.
type sight struct {
	*tally
	objections int  // that stand
	over       bool // no further answer counts: how things are is how they end
	timeUp     bool // nor does what becomes of objections
	loose      bool // it is over as long as nobody changes a position
	may        bool // positions may change: nothing is known of the end
	heard      bool // everybody was heard
	quorate    bool // whoever is there is a quorum
	why        []consent.Reason
	quiet      bool // no reasons are wanted
	opened     time.Time
	clock      time.Time
}

// find says what a condition comes to, in some classes or (nil) in all, and
// writes down every comparison that it makes.
//
// What is found of the end is proven by the form of the conditions. A comparison
// is linear in what each seat does, and what one seat does changes nothing for
// another, so the least and the most that can come of it is found where each
// unheard seat does what makes it least or most: says one of the positions, stays
// silent or leaves. If it holds for the least and for the most, it holds for all
// between. Put together, conditions are certain where their parts make them so.
func (s *sight) find(q *Condition, only []circle.Class) found {
	switch {
	case len(q.All) > 0:
		f := found{true, surely}
		for i := range q.All {
			part := s.find(&q.All[i], only)
			f.now, f.end = f.now && part.now, min(f.end, part.end)
		}
		return s.told(q, only, f)
	case len(q.Any) > 0:
		f := found{false, never}
		for i := range q.Any {
			part := s.find(&q.Any[i], only)
			f.now, f.end = f.now || part.now, max(f.end, part.end)
		}
		return s.told(q, only, f)
	case q.Not != nil:
		f := s.find(q.Not, only)
		return s.told(q, only, found{!f.now, -f.end})
	case q.EachClass != nil:
		return s.eachClass(q, only)
	case q.InClasses != nil:
		return s.inClasses(q, only)
	case q.Count[0] == Objections:
		return s.objected(q)
	}
	return s.compare(q, only)
}

// told writes down what a condition with a name came to that is put together of
// others.
func (s *sight) told(q *Condition, only []circle.Class, f found) found {
	if q.Name != "" {
		s.reason(consent.Reason{Code: q.Name, Holds: f.now, Of: only})
	}
	return f
}

func (s *sight) reason(r consent.Reason) {
	if !s.quiet {
		s.why = append(s.why, r)
	}
}

// within are the classes that a condition looks at: those it names, of those that
// are looked at anyway.
func (s *sight) within(q *Condition, only []circle.Class) []circle.Class {
	named := q.Classes
	switch {
	case len(named) == 0 && only == nil:
		return nil
	case len(named) == 0:
		return only
	case only == nil:
		return named
	}
	return slices.DeleteFunc(slices.Clone(named), func(c circle.Class) bool { return !slices.Contains(only, c) })
}

// those are the classes that a condition goes through one by one: the ones it
// names, or each that is on the register or has a seat that is not out.
func (s *sight) those(q *Condition, only []circle.Class) []circle.Class {
	if in := s.within(q, only); in != nil {
		return in
	}
	var out []circle.Class
	for i, class := range s.classes {
		if s.enrolled(i) || !empty(s.now[i:i+1]) {
			out = append(out, class)
		}
	}
	return out
}

// vanishes says that a class which nobody named may still be gone at the end: all
// of its seats are silent, so all of them may leave.
func (s *sight) vanishes(q *Condition, only []circle.Class, class circle.Class) bool {
	if s.over || s.within(q, only) != nil {
		return false
	}
	i := slices.Index(s.classes, class)
	return !s.enrolled(i) && empty(s.settled[i:i+1])
}

// enrolled says that a class is on the register.
func (s *sight) enrolled(class int) bool { return s.register != nil && s.register[class] > 0 }

func (s *sight) eachClass(q *Condition, only []circle.Class) found {
	classes := s.those(q, only)
	f := found{len(classes) > 0, never}
	if len(classes) > 0 {
		f.end = surely
	}
	stays := false // some class is there at the end, come what may
	for _, class := range classes {
		part := s.find(q.EachClass, []circle.Class{class})
		if s.vanishes(q, only, class) {
			part.end = max(part.end, unsure)
		} else {
			stays = true
		}
		f.now, f.end = f.now && part.now, min(f.end, part.end)
	}
	if !stays {
		f.end = min(f.end, unsure) // of no classes it does not hold
	}
	return s.told(q, only, f)
}

func (s *sight) inClasses(q *Condition, only []circle.Class) found {
	classes := s.those(q, only)
	share, err := q.ofClasses(1)
	if err != nil {
		return found{}
	}
	// What is compared is in how many classes it holds, less the share of how many
	// there are; a whole number is no share, and each class adds nothing to it.
	how, text := q.comparison()
	need := new(big.Rat)
	if _, err := wholeNumber(text); err == nil {
		need, share = share, new(big.Rat)
	}
	held := new(big.Rat).Sub(big.NewRat(1, 1), share)
	not := new(big.Rat).Neg(share)
	var now, least, most big.Rat
	n, stays := 0, false
	for _, class := range classes {
		part := s.find(q.InClasses, []circle.Class{class})
		var can []*big.Rat
		if part.end != never {
			can = append(can, held)
		}
		if part.end != surely {
			can = append(can, not)
		}
		if s.vanishes(q, only, class) {
			can = append(can, new(big.Rat))
		} else {
			stays = true
		}
		is := not
		if part.now {
			is = held
			n++
		}
		now.Add(&now, is)
		least.Add(&least, slices.MinFunc(can, (*big.Rat).Cmp))
		most.Add(&most, slices.MaxFunc(can, (*big.Rat).Cmp))
	}
	f := found{meets(how, now.Cmp(need)), between(meets(how, least.Cmp(need)), meets(how, most.Cmp(need)))}
	if len(classes) == 0 {
		f = found{false, never}
	} else if !stays {
		f.end = min(f.end, unsure)
	}
	s.reason(consent.Reason{Code: q.code(), Holds: f.now, Got: fmt.Sprintf("%d of %d classes", n, len(classes)), Need: how + " " + text})
	return f
}

// objected looks at the objections that stand. While there is time one may be
// raised or ended; when everybody was heard and none stands, nothing is awaited.
func (s *sight) objected(q *Condition) found {
	how, text := q.comparison()
	n, err := wholeNumber(text)
	if err != nil {
		return found{}
	}
	holds := meets(how, big.NewInt(int64(s.objections)).Cmp(n))
	f := found{holds, unsure}
	if s.timeUp || holds && s.heard && !s.may {
		f.end = known(holds)
	}
	s.reason(consent.Reason{Code: q.code(), Holds: holds, Got: fmt.Sprint(s.objections), Need: how + " " + text})
	return f
}

// meets reads the outcome of a comparison.
func meets(how string, order int) bool {
	switch how {
	case atLeast:
		return order >= 0
	case over:
		return order > 0
	case atMost:
		return order <= 0
	}
	return order < 0
}

// between is what is known where the least and the most is.
func between(least, most bool) truth {
	switch {
	case least && most:
		return surely
	case !least && !most:
		return never
	}
	return unsure
}

// A span is a sum as it is, and the least and the most that it can become.
type span struct{ now, least, most big.Int }

// sum adds up a linear form: each position with its factor.
func (s *sight) sum(factors [places]*big.Int, heads bool, only []circle.Class) *span {
	var sp span
	var x, low, high big.Int
	for i, class := range s.classes {
		if only != nil && !slices.Contains(only, class) {
			continue
		}
		scale := s.factor(i, heads)
		add := func(to *big.Int, factor *big.Int, n int64) {
			if n != 0 && factor.Sign() != 0 {
				to.Add(to, x.Mul(x.Mul(factor, scale), big.NewInt(n)))
			}
		}
		low.SetInt64(0) // who leaves counts nowhere
		high.SetInt64(0)
		for p := range places {
			add(&sp.now, factors[p], s.now[i][p].of(heads))
			add(&sp.least, factors[p], s.settled[i][p].of(heads))
			add(&sp.most, factors[p], s.settled[i][p].of(heads))
			if p != unheard && !s.admits[p] {
				continue
			}
			if factors[p].Cmp(&low) < 0 {
				low.Set(factors[p])
			}
			if factors[p].Cmp(&high) > 0 {
				high.Set(factors[p])
			}
		}
		add(&sp.least, &low, s.free[i].of(heads))
		add(&sp.most, &high, s.free[i].of(heads))
	}
	return &sp
}

// compare makes one comparison.
func (s *sight) compare(q *Condition, only []circle.Class) found {
	in := s.within(q, only)
	how, text := q.comparison()
	count, _ := spread(q.Count)
	got := s.sum(ones(count), q.Heads, in)
	r := consent.Reason{Code: q.code(), Got: got.now.String(), Need: how + " " + text, Of: in}
	f := s.against(q, in, got, &r)
	if q.Quorum && s.quorate {
		f = found{true, surely}
	}
	r.Holds = f.now
	s.reason(r)
	return f
}

// against compares what was counted with a number, or with a share of a base.
func (s *sight) against(q *Condition, in []circle.Class, got *span, r *consent.Reason) found {
	how, text := q.comparison()
	if len(q.Of) == 0 {
		n, err := wholeNumber(text)
		if err != nil {
			return found{}
		}
		return s.reads(how, got, n)
	}
	f, err := exactShare(text)
	if err != nil {
		return found{}
	}
	count, _ := spread(q.Count)
	if slices.Equal(q.Of, []string{Register}) && s.registered(in) >= 0 {
		all := s.registered(in)
		r.Got = fmt.Sprintf("%s of %d", r.Got, all)
		for _, n := range []*big.Int{&got.now, &got.least, &got.most} {
			n.Mul(n, f.Denom())
		}
		need := new(big.Int).Mul(f.Num(), big.NewInt(all))
		return s.reads(how, got, need).and(found{all > 0 || how != atLeast, known(all > 0 || how != atLeast)})
	}
	of := q.Of
	if of[0] == Register {
		of = []string{Everyone} // nobody keeps a register: the seats are all there are
	}
	base, _ := spread(of)
	whole := s.sum(ones(base), q.Heads, in)
	r.Got = fmt.Sprintf("%s of %s", r.Got, whole.now.String())
	var factors [places]*big.Int
	for p := range places {
		factors[p] = new(big.Int).Mul(f.Denom(), big.NewInt(count[p]))
		factors[p].Sub(factors[p], new(big.Int).Mul(f.Num(), big.NewInt(base[p])))
	}
	compared := s.reads(how, s.sum(factors, q.Heads, in), new(big.Int))
	if how == atLeast {
		return compared.and(s.reads(over, whole, new(big.Int)))
	}
	return compared
}

func (f found) and(g found) found { return found{f.now && g.now, min(f.end, g.end)} }

// reads says whether a sum compares with a number, now and at the end.
func (s *sight) reads(how string, sum *span, n *big.Int) found {
	now := meets(how, sum.now.Cmp(n))
	switch {
	case s.over:
		return found{now, known(now)}
	case s.may:
		return found{now, unsure}
	}
	return found{now, between(meets(how, sum.least.Cmp(n)), meets(how, sum.most.Cmp(n)))}
}

func ones(in [places]int64) [places]*big.Int {
	var out [places]*big.Int
	for p := range out {
		out[p] = big.NewInt(in[p])
	}
	return out
}

// code is how the reasons of a condition are called.
func (q *Condition) code() string {
	if q.Name != "" {
		return q.Name
	}
	return "condition"
}

// stood says whether an objection stood at an instant.
func stood(o *consent.Objection, at time.Time) bool {
	return !o.Raised.After(at) && (o.Stands || o.Ended.After(at))
}

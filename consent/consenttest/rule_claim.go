package consenttest

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// claimed are the checks of what the author claims.
func (k *kit) claimed() []check {
	c := k.claims
	var out []check
	for _, claim := range []struct {
		made bool
		check
	}{
		{c.Anonymous, check{"who answered what does not matter (anonymous)", (*kit).anonymous}},
		{c.Neutral, check{"all options are treated alike (neutral)", (*kit).neutral}},
		{c.Monotone, check{"more support does no harm (monotone)", (*kit).monotone}},
		{c.Participation, check{"one more who supports it does no harm (participation)", (*kit).participation}},
		{c.EarlyIsCertain, check{"what is certain is said at once (early is certain)", (*kit).early}},
		{c.Homogeneous, check{"everybody twice comes to the same (homogeneous)", (*kit).homogeneous}},
		{c.WeightSplitting, check{"a weight counts as that many seats (weight splitting)", (*kit).splitting}},
		{c.Condorcet, check{"who beats all others is chosen (Condorcet)", (*kit).condorcet}},
		{len(c.EachClass) > 0, check{"without support in each of these classes nothing is adopted (classes)", (*kit).eachClass}},
		{c.Classless, check{"which class a seat is of does not matter (classless)", (*kit).classless}},
		{c.Delegates, check{"who does not answer is answered for (delegation)", (*kit).delegation}},
		{len(c.Stricter) > 0, check{"a stricter rule adopts nothing more (monotone parameters)", (*kit).stricter}},
	} {
		if claim.made {
			out = append(out, claim.check)
		}
	}
	return out
}

func (k *kit) anonymous(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	for i, a := range c.Seats {
		for _, b := range c.Seats[:i] {
			if a.Class != b.Class || a.Weight != b.Weight || a.Out != b.Out || a.Delegate != "" || b.Delegate != "" {
				continue
			}
			if then := k.rule.Judge(swapped(c, a.Person, b.Person)); !same(v, then) {
				return fmt.Errorf("it was %s, and when %s and %s said what the other said it is %s", told(v), a.Person, b.Person, told(then))
			}
		}
	}
	return nil
}

// neutral calls each option by the name of the next.
func (k *kit) neutral(c consent.Case) error {
	if len(c.Options) == 0 {
		return nil
	}
	next := func(o string) string {
		for i := range c.Options {
			if c.Options[i].ID == o {
				return c.Options[(i+1)%len(c.Options)].ID
			}
		}
		return o
	}
	v, other := k.rule.Judge(copied(c)), copied(c)
	for i := range other.Answers {
		a := &other.Answers[i]
		for _, group := range a.Ranking {
			for j := range group {
				group[j] = next(group[j])
			}
		}
		scores := map[string]int64{}
		for o, n := range a.Scores {
			scores[next(o)] = n
		}
		a.Scores = scores
	}
	var want []string
	for _, w := range v.Winners {
		want = append(want, next(w))
	}
	then := k.rule.Judge(other)
	slices.Sort(want)
	got := slices.Clone(then.Winners)
	slices.Sort(got)
	if then.Outcome != v.Outcome || !slices.Equal(want, got) {
		return fmt.Errorf("it was %s, and with every option called by the name of the next it is %s", told(v), told(then))
	}
	return nil
}

func (k *kit) monotone(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	if v.Outcome != consent.Carried {
		return nil
	}
	if k.claims.Options {
		return k.raised(c, v)
	}
	for i := range c.Answers {
		next := copied(c)
		next.Answers[i].Position = k.claims.Positions[0]
		if then := k.rule.Judge(next); then.Outcome != consent.Carried {
			return fmt.Errorf("it was %s, and when %s said %q and not %q it is %s", told(v), c.Answers[i].Seat, k.claims.Positions[0], c.Answers[i].Position, told(then))
		}
	}
	return nil
}

// raised puts the one who is chosen first on one ballot after the other, alone and
// with no fewer points than any other has there.
func (k *kit) raised(c consent.Case, v consent.Verdict) error {
	if len(v.Winners) != 1 {
		return nil
	}
	w := v.Winners[0]
	for i := range c.Answers {
		next := copied(c)
		a := &next.Answers[i]
		if len(a.Ranking) == 0 || len(a.Scores) == 0 {
			continue
		}
		for j := range a.Ranking {
			a.Ranking[j] = slices.DeleteFunc(a.Ranking[j], func(o string) bool { return o == w })
		}
		a.Ranking = slices.Insert(a.Ranking, 0, []string{w})
		for _, n := range a.Scores {
			a.Scores[w] = max(a.Scores[w], n)
		}
		if then := k.rule.Judge(next); !same(v, then) {
			return fmt.Errorf("it was %s, and when %s put %s first it is %s", told(v), a.Seat, w, told(then))
		}
	}
	return nil
}

// joined lets one more come who ranks and scores the one who is chosen alone.
func (k *kit) joined(c consent.Case, v consent.Verdict) error {
	if len(v.Winners) != 1 {
		return nil
	}
	w := v.Winners[0]
	c.Seats = append(c.Seats, consent.Seat{Person: "zoe", Class: classOf(c.Seats)})
	c.Answers = slices.Insert(c.Answers, 0, consent.Answer{Seat: "zoe", Ranking: [][]string{{w}}, Scores: map[string]int64{w: 5}, Version: c.Version, At: c.Opened})
	if then := k.rule.Judge(c); !same(v, then) {
		return fmt.Errorf("it was %s, and with one more who is for %s it is %s", told(v), w, told(then))
	}
	return nil
}

func (k *kit) participation(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	if v.Outcome != consent.Carried || slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Out }) {
		return nil
	}
	if k.claims.Options {
		return k.joined(copied(c), v)
	}
	next := copied(c)
	next.Seats = append(next.Seats, consent.Seat{Person: "zoe", Class: classOf(c.Seats)})
	next.Answers = slices.Insert(next.Answers, 0, consent.Answer{Seat: "zoe", Position: k.claims.Positions[0], Version: c.Version, At: c.Opened})
	if len(next.Register) > 0 {
		next.Register = append(next.Register, consent.Enrolled{Class: classOf(c.Seats), N: 1})
	}
	if then := k.rule.Judge(next); then.Outcome != consent.Carried {
		return fmt.Errorf("it was %s, and with one more who says %q it is %s", told(v), k.claims.Positions[0], told(then))
	}
	return nil
}

func classOf(seats []consent.Seat) circle.Class {
	if len(seats) == 0 {
		return ""
	}
	return seats[0].Class
}

// early goes on in every way: if they all end alike, the rule must have said so.
func (k *kit) early(c consent.Case) error {
	if v := k.rule.Judge(copied(c)); v.Final || c.MayChange || c.Closes.IsZero() || !open(&c) || len(c.Objections) > 0 {
		return nil
	}
	var outcome *consent.Verdict
	for next := range k.futures(c) {
		v := k.rule.Judge(later(next, c.Closes))
		if outcome != nil && !same(v, *outcome) {
			return nil
		}
		outcome = &v
	}
	if outcome == nil || outcome.Outcome == consent.Pending {
		return nil
	}
	return fmt.Errorf("whatever is still said, it will be %s, and the rule does not say so", told(*outcome))
}

func (k *kit) homogeneous(c consent.Case) error {
	v, next := k.rule.Judge(copied(c)), copied(c)
	for _, s := range c.Seats {
		s.Person, s.Delegate = twin(s.Person), twin(s.Delegate)
		next.Seats = append(next.Seats, s)
	}
	next.Answers = nil
	for _, a := range copied(c).Answers {
		too := a
		too.Seat = twin(a.Seat)
		next.Answers = append(next.Answers, a, too)
	}
	for i := range next.Register {
		next.Register[i].N *= 2
	}
	if then := k.rule.Judge(next); !same(v, then) {
		return fmt.Errorf("it was %s, and with everybody twice it is %s", told(v), told(then))
	}
	return nil
}

func twin(who circle.PersonID) circle.PersonID {
	if who == "" {
		return ""
	}
	return who + "-too"
}

func (k *kit) splitting(c consent.Case) error {
	if len(c.Register) > 0 || slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Delegate != "" }) {
		return nil // a register counts people, and who is split cannot be lent to
	}
	v, next := k.rule.Judge(copied(c)), copied(c)
	next.Seats, next.Answers = nil, nil
	parts := map[circle.PersonID][]circle.PersonID{}
	for _, s := range c.Seats {
		for n := range max(s.Weight, 1) {
			part := s
			part.Weight = min(s.Weight, 1)
			if n > 0 {
				part.Person = circle.PersonID(fmt.Sprint(s.Person, "-", n))
			}
			next.Seats, parts[s.Person] = append(next.Seats, part), append(parts[s.Person], part.Person)
		}
	}
	for _, a := range copied(c).Answers {
		for _, part := range parts[a.Seat] {
			a.Seat = part
			next.Answers = append(next.Answers, a)
		}
	}
	if then := k.rule.Judge(next); !same(v, then) {
		return fmt.Errorf("it was %s, and with every weight as so many seats it is %s", told(v), told(then))
	}
	return nil
}

// condorcet counts one option after the other against each.
func (k *kit) condorcet(c consent.Case) error {
	c.Now, c.MayChange = end(&c), false
	v := k.rule.Judge(copied(c))
	if v.Outcome == consent.Pending && len(v.Winners) == 0 {
		return nil
	}
	for _, o := range c.Options {
		if beatsAll(&c, o.ID) && fmt.Sprint(v.Winners) != fmt.Sprint([]string{o.ID}) {
			return fmt.Errorf("%s beats every other option one to one, and it is %s", o.ID, told(v))
		}
	}
	return nil
}

func beatsAll(c *consent.Case, o string) bool {
	for _, other := range c.Options {
		var balance int64
		for _, s := range c.Seats {
			if a := lastOf(c, s.Person); a != nil && !s.Out {
				balance += max(s.Weight, 1) * int64(cmp.Compare(rankOf(a, other.ID), rankOf(a, o)))
			}
		}
		if other.ID != o && balance <= 0 {
			return false
		}
	}
	return true
}

// rankOf is the rank of an option on a ballot; what is not named is last.
func rankOf(a *consent.Answer, o string) int {
	for i, group := range a.Ranking {
		if slices.Contains(group, o) {
			return i
		}
	}
	return len(a.Ranking)
}

func lastOf(c *consent.Case, who circle.PersonID) *consent.Answer {
	for i := len(c.Answers) - 1; i >= 0; i-- {
		if a := &c.Answers[i]; a.Seat == who && a.Version == c.Version {
			return a
		}
	}
	return nil
}

// delegation compares, at the close, with the case in which who is answered for
// says the same as who answers for them. Whom somebody silent names in turn stays
// silent: whether they pass on what is lent to them is for the rule to say.
func (k *kit) delegation(c consent.Case) error {
	c.Now, c.MayChange = end(&c), false
	c.Closes = c.Now
	v, next := k.rule.Judge(copied(c)), copied(c)
	for _, s := range c.Seats {
		if s.Out || s.Delegate == "" || s.Delegate == s.Person || lastOf(&c, s.Person) != nil || lentTo(&c, s.Person) {
			continue
		}
		i := slices.IndexFunc(c.Seats, func(d consent.Seat) bool { return d.Person == s.Delegate })
		if i < 0 || c.Seats[i].Out {
			continue
		}
		if a := lastOf(&c, s.Delegate); a != nil {
			own := *a
			own.Seat = s.Person
			next.Answers = append(next.Answers, own)
		}
	}
	if then := k.rule.Judge(next); !same(v, then) {
		return fmt.Errorf("it was %s, and when those who are answered for said the same themselves it is %s", told(v), told(then))
	}
	return nil
}

// lentTo says whether somebody who is silent names this one.
func lentTo(c *consent.Case, who circle.PersonID) bool {
	return slices.ContainsFunc(c.Seats, func(s consent.Seat) bool {
		return s.Delegate == who && s.Person != who && !s.Out && lastOf(c, s.Person) == nil
	})
}

// eachClass takes from a class all who support: then nothing may be adopted.
func (k *kit) eachClass(c consent.Case) error {
	if k.claims.Options {
		return nil
	}
	c.Now, c.MayChange = end(&c), false
	for _, class := range k.claims.EachClass {
		next := copied(c)
		next.Answers = slices.DeleteFunc(next.Answers, func(a consent.Answer) bool {
			return a.Position == k.claims.Positions[0] && slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Person == a.Seat && string(s.Class) == class })
		})
		if v := k.rule.Judge(next); v.Outcome == consent.Carried {
			return fmt.Errorf("nobody of class %q says %q, and it is %s", class, k.claims.Positions[0], told(v))
		}
	}
	return nil
}

// classless puts all seats into one class.
func (k *kit) classless(c consent.Case) error {
	v, next := k.rule.Judge(copied(c)), copied(c)
	for i := range next.Seats {
		next.Seats[i].Class = ""
	}
	if then := k.rule.Judge(next); !same(v, then) || v.Final != then.Final {
		return fmt.Errorf("it was %s, and with all seats in one class it is %s", told(v), told(then))
	}
	return nil
}

func (k *kit) stricter(c consent.Case) error {
	c.Now, c.MayChange = end(&c), false
	v := k.rule.Judge(copied(c))
	if v.Outcome == consent.Carried {
		return nil
	}
	for i, r := range k.claims.Stricter {
		if then := r.Judge(copied(c)); then.Outcome == consent.Carried {
			return fmt.Errorf("it is %s, and by the stricter rule %d (%+v) %s", told(v), i, r, told(then))
		}
	}
	return nil
}

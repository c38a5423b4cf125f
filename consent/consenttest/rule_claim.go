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
	if v.Outcome != consent.Carried || len(k.claims.Positions) == 0 {
		return nil
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

func (k *kit) participation(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	if v.Outcome != consent.Carried || len(k.claims.Positions) == 0 || slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Out }) {
		return nil
	}
	next := copied(c)
	next.Seats = append(next.Seats, consent.Seat{Person: "zoe", Class: classOf(c.Seats)})
	next.Answers = append(next.Answers, consent.Answer{Seat: "zoe", Position: k.claims.Positions[0], Version: c.Version, At: lastAt(&c)})
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
		s.Person, s.Delegate = s.Person+"-too", twin(s.Delegate)
		next.Seats = append(next.Seats, s)
	}
	for _, a := range copied(c).Answers {
		a.Seat += "-too"
		next.Answers = append(next.Answers, a)
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
	v, next := k.rule.Judge(copied(c)), copied(c)
	for i, s := range c.Seats {
		if s.Delegate != "" {
			return nil
		}
		for n := int64(1); n < s.Weight; n++ {
			part := s
			part.Person, part.Weight = circle.PersonID(fmt.Sprint(s.Person, "-", n)), 1
			next.Seats[i].Weight = 1
			next.Seats = append(next.Seats, part)
			for _, a := range copied(c).Answers {
				if a.Seat == s.Person {
					a.Seat = part.Person
					next.Answers = append(next.Answers, a)
				}
			}
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

// delegation compares with the case in which who is answered for says the same
// as who answers for them.
func (k *kit) delegation(c consent.Case) error {
	c.MayChange = false
	v, next := k.rule.Judge(copied(c)), copied(c)
	for _, s := range c.Seats {
		if s.Out || s.Delegate == "" || s.Delegate == s.Person || lastOf(&c, s.Person) != nil {
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
	if then := k.rule.Judge(next); v.Outcome != then.Outcome {
		return fmt.Errorf("it was %s, and when those who are answered for said the same themselves it is %s", told(v), told(then))
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

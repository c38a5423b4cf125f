package consenttest

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/sayround/sayround/consent"
)

// checks are all that this rule is held to.
func (k *kit) checks() []check {
	return slices.Concat(always, k.claimed())
}

// always is what holds for every rule.
var always = []check{
	{"a verdict has an outcome and says why", (*kit).complete},
	{"equal cases get equal verdicts, and the case is left as it was", (*kit).pure},
	{"the clock is that of the case", (*kit).clockless},
	{"the order of the seats does not matter", (*kit).unordered},
	{"what is final stays so, whatever is still said", (*kit).sound},
	{"time changes nothing before the verdict says so", (*kit).awake},
	{"every standing objection is told of", (*kit).candid},
	{"an answer to an older version does not count", (*kit).current},
	{"what is said by who is out does not count", (*kit).without},
	{"what is said by who has no seat does not count", (*kit).seated},
	{"what is said at the close or later does not count", (*kit).closed},
	{"a meeting that is a quorum anyway adopts no less", (*kit).quorate},
	{"what is read back from a record is judged alike", (*kit).replayed},
	{"to give the same answer again changes nothing", (*kit).idempotent},
	{"where nobody has a seat, nothing is adopted", (*kit).empty},
	{"weights that cannot be counted adopt nothing", (*kit).weighable},
	{"an answer that the rule does not know is not taken for another", (*kit).unknown},
}

// complete asks for an outcome, and for reasons that fit to it.
func (k *kit) complete(c consent.Case) error {
	v := k.rule.Judge(c)
	switch {
	case v.Outcome < consent.Pending || v.Outcome > consent.Declined:
		return fmt.Errorf("the outcome is %d, which is none", v.Outcome)
	case len(v.Why) == 0:
		return fmt.Errorf("%s, and no reason is given", told(v))
	}
	holds := 0
	for _, r := range v.Why {
		if r.Code == "" {
			return fmt.Errorf("a reason has no code: %+v", r)
		}
		if r.Holds {
			holds++
		}
	}
	switch {
	case v.Outcome == consent.Carried && holds == 0:
		return fmt.Errorf("adopted, and no reason says what holds")
	case v.Outcome == consent.Declined && holds == len(v.Why):
		return fmt.Errorf("declined, and every reason holds")
	}
	return nil
}

// pure asks the same several times, with other cases in between: a map that is
// walked, something that is kept or changed shows.
func (k *kit) pure(c consent.Case) error {
	before, first := copied(c), k.rule.Judge(c)
	if !reflect.DeepEqual(before, c) {
		return fmt.Errorf("the rule changed the case that it was given")
	}
	other := copied(c)
	for range 6 {
		other.Answers = other.Answers[:len(other.Answers)/2]
		k.rule.Judge(copied(other))
		if again := k.rule.Judge(copied(before)); !reflect.DeepEqual(first, again) {
			return fmt.Errorf("first it came to %s, then to %s:\n%+v\n%+v", told(first), told(again), first.Why, again.Why)
		}
	}
	return nil
}

// clockless moves the whole case to other times.
func (k *kit) clockless(c consent.Case) error {
	v := k.rule.Judge(c)
	for _, by := range []time.Duration{-20 * 365 * 24 * time.Hour, 20 * 365 * 24 * time.Hour} {
		if then := k.rule.Judge(moved(c, by)); !same(v, then) || v.Final != then.Final {
			return fmt.Errorf("it came to %s, and the same %v later to %s", told(v), by, told(then))
		}
	}
	return nil
}

// moved is the case at another time altogether.
func moved(c consent.Case, by time.Duration) consent.Case {
	c = copied(c)
	adjust(&c, func(t time.Time) time.Time { return t.Add(by) })
	return c
}

// adjust changes every instant of a case.
func adjust(c *consent.Case, change func(time.Time) time.Time) {
	all := []*time.Time{&c.Now, &c.Opened, &c.Closes}
	for i := range c.Answers {
		all = append(all, &c.Answers[i].At)
	}
	for i := range c.Objections {
		all = append(all, &c.Objections[i].Raised, &c.Objections[i].Ended)
	}
	for _, t := range all {
		if !t.IsZero() {
			*t = change(*t)
		}
	}
}

// unordered turns the seats round: a tie that their order breaks shows.
func (k *kit) unordered(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	slices.Reverse(c.Seats)
	if other := k.rule.Judge(c); !same(v, other) || v.Final != other.Final {
		return fmt.Errorf("it came to %s, and with the seats in another order to %s", told(v), told(other))
	}
	return nil
}

// sound goes on from a final verdict in every way: it must not change, now or at
// the end.
func (k *kit) sound(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	if !v.Final {
		return nil
	}
	ways := k.futures(c)
	if k.claims.Concludes {
		ways = func(yield func(consent.Case) bool) { yield(c) }
	}
	for next := range ways {
		for _, at := range []time.Time{next.Now, end(&next)} {
			if then := k.rule.Judge(later(next, at)); !same(v, then) || !then.Final {
				return fmt.Errorf("it was %s, and then %s, after this:\n%s", told(v), told(then), literal(later(next, at)))
			}
		}
	}
	return nil
}

// awake lets time go by: nothing may change before the instant that the verdict
// names, or ever if it names none.
func (k *kit) awake(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	if v.Final && !v.Wake.IsZero() {
		return fmt.Errorf("it is %s, and asks to be asked again at %s", told(v), clock(v.Wake))
	}
	if !v.Wake.IsZero() && !v.Wake.After(c.Now) {
		return fmt.Errorf("at %s it asks to be asked again at %s, which is past", clock(c.Now), clock(v.Wake))
	}
	for _, at := range append(instants(&c), v.Wake.Add(-time.Second)) {
		if at.Before(c.Now) || !v.Wake.IsZero() && !at.Before(v.Wake) {
			continue
		}
		if then := k.rule.Judge(later(c, at)); !same(v, then) {
			wakes := "never"
			if !v.Wake.IsZero() {
				wakes = "not before " + clock(v.Wake)
			}
			return fmt.Errorf("it was %s and would change by time alone %s, but at %s it is %s", told(v), wakes, clock(at), told(then))
		}
	}
	return nil
}

// candid looks for each standing objection among the reasons.
func (k *kit) candid(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	for _, o := range c.Objections {
		tells := func(r consent.Reason) bool {
			return r.Code == "objection-stands" && r.Got == o.ID && slices.Contains(r.Who, o.Seat)
		}
		if o.Stands && !slices.ContainsFunc(v.Why, tells) {
			return fmt.Errorf("%s, and the reasons do not tell of %s of %s, which stands", told(v), o.ID, o.Seat)
		}
	}
	return nil
}

// current adds answers to an older version.
func (k *kit) current(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	for _, old := range []int{c.Version - 1, 0} {
		for _, a := range k.answers(&c) {
			next := copied(c)
			for _, s := range c.Seats {
				a.Seat, a.Version, a.At = s.Person, old, lastAt(&c)
				next.Answers = append(next.Answers, a)
			}
			if then := k.rule.Judge(next); !same(v, then) {
				return fmt.Errorf("it was %s, and with answers to version %d it is %s", told(v), old, told(then))
			}
		}
	}
	return nil
}

// lastAt is an instant at which an answer can have been given last.
func lastAt(c *consent.Case) time.Time {
	if n := len(c.Answers); n > 0 {
		return c.Answers[n-1].At
	}
	return c.Opened
}

// without adds somebody who is out, and lets them say something. That somebody
// was there at the opening may matter; what they say may not.
func (k *kit) without(c consent.Case) error {
	c.Seats = append(c.Seats, consent.Seat{Person: "zoe", Class: classOf(c.Seats), Out: true})
	v := k.rule.Judge(copied(c))
	for _, a := range k.answers(&c) {
		next := copied(c)
		a.Seat, a.Version, a.At = "zoe", c.Version, lastAt(&c)
		next.Answers = append(next.Answers, a)
		if then := k.rule.Judge(next); !same(v, then) || v.Final != then.Final {
			return fmt.Errorf("it was %s, and when somebody who is out says %s it is %s", told(v), saying(a), told(then))
		}
	}
	return nil
}

// seated lets somebody speak who has no seat, and was not there.
func (k *kit) seated(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	for _, a := range k.answers(&c) {
		next := copied(c)
		a.Seat, a.Version, a.At = "zoe", c.Version, lastAt(&c)
		next.Answers = append(next.Answers, a)
		if then := k.rule.Judge(next); !same(v, then) || v.Final != then.Final {
			return fmt.Errorf("it was %s, and when somebody who has no seat says %s it is %s", told(v), saying(a), told(then))
		}
	}
	return nil
}

// closed lets all seats speak at the instant of the close, which is outside, and
// after it.
func (k *kit) closed(c consent.Case) error {
	if c.Closes.IsZero() || k.claims.Unclosed {
		return nil
	}
	c = later(c, c.Closes.Add(time.Hour))
	v := k.rule.Judge(copied(c))
	for _, at := range []time.Time{c.Closes, c.Closes.Add(time.Minute)} {
		for _, a := range k.answers(&c) {
			next := copied(c)
			for _, s := range c.Seats {
				a.Seat, a.Version, a.At = s.Person, c.Version, at
				next.Answers = append(next.Answers, a)
			}
			if then := k.rule.Judge(next); !same(v, then) || v.Final != then.Final {
				return fmt.Errorf("it was %s after the close, and when all say %s at %s, too late, it is %s", told(v), saying(a), clock(at), told(then))
			}
		}
	}
	return nil
}

// quorate compares a meeting that needs to be a quorum with one that is one
// however few are there.
func (k *kit) quorate(c consent.Case) error {
	c.Now, c.Quorate = end(&c), false
	if v := k.rule.Judge(copied(c)); v.Outcome == consent.Carried {
		c.Quorate = true
		if then := k.rule.Judge(c); then.Outcome != consent.Carried {
			return fmt.Errorf("it was %s, and where whoever is there is a quorum it is %s", told(v), told(then))
		}
	}
	return nil
}

// replayed judges the case as it is when it was written down and read back: its
// texts and maps are others, and its times are told by a clock
// elsewhere.
func (k *kit) replayed(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	var read consent.Case
	if err := json.Unmarshal(b, &read); err != nil {
		return err
	}
	elsewhere := time.FixedZone("elsewhere", -7*60*60)
	adjust(&read, func(t time.Time) time.Time { return t.In(elsewhere) })
	then := k.rule.Judge(read)
	if w := then.Wake; w.Equal(v.Wake) {
		then.Wake = v.Wake
	}
	if !reflect.DeepEqual(v, then) {
		return fmt.Errorf("it was %s, and of the same read back from a record %s:\n%+v\n%+v", told(v), told(then), v.Why, then.Why)
	}
	return nil
}

// answers are one answer of each kind that can be given.
func (k *kit) answers(c *consent.Case) []consent.Answer {
	var out []consent.Answer
	for _, p := range append(slices.Clone(k.claims.Positions), consent.Consents) {
		out = append(out, consent.Answer{Position: p})
	}
	for i, o := range c.Options {
		other := c.Options[(i+1)%len(c.Options)]
		out = append(out, consent.Answer{Ranking: [][]string{{o.ID}, {other.ID}}, Scores: map[string]int64{o.ID: 5, other.ID: 2}})
	}
	return out
}

// saying words an answer.
func saying(a consent.Answer) string {
	if a.Position != "" {
		return fmt.Sprintf("%q", a.Position)
	}
	return fmt.Sprint(a.Ranking)
}

// idempotent lets everybody say again what they said last, and each one alone.
func (k *kit) idempotent(c consent.Case) error {
	v := k.rule.Judge(copied(c))
	again := []consent.Answer{}
	for _, s := range c.Seats {
		if a := lastOf(&c, s.Person); a != nil {
			once := *a
			once.At = lastAt(&c)
			again = append(again, once)
		}
	}
	for i := range again {
		if err := k.repeated(c, v, again[i:i+1]); err != nil {
			return err
		}
	}
	return k.repeated(c, v, again)
}

// repeated lets some answers be given again.
func (k *kit) repeated(c consent.Case, v consent.Verdict, again []consent.Answer) error {
	next := copied(c)
	next.Answers = append(next.Answers, again...)
	if then := k.rule.Judge(next); !same(v, then) {
		return fmt.Errorf("it was %s, and when %d said the same again it is %s", told(v), len(again), told(then))
	}
	return nil
}

// empty takes all seats away.
func (k *kit) empty(c consent.Case) error {
	c.Seats, c.Answers, c.Objections = nil, nil, nil
	for _, at := range []time.Time{c.Now, end(&c)} {
		if v := k.rule.Judge(later(c, at)); v.Outcome == consent.Carried {
			return fmt.Errorf("nobody has a seat, and it is %s", told(v))
		}
	}
	return nil
}

// weighable gives seats weights that are below nothing or too many to add up.
// The engine refuses them when a question opens, if the rule has an Admit; what
// gets through must not be adopted by a sum that ran over.
func (k *kit) weighable(c consent.Case) error {
	if !k.claims.Weights || len(c.Seats) < 2 {
		return nil
	}
	for _, w := range [][2]int64{{-1, 1}, {math.MaxInt64, math.MaxInt64}, {math.MinInt64, 1}} {
		next := copied(c)
		next.Seats[0].Weight, next.Seats[1].Weight = w[0], w[1]
		if v := k.rule.Judge(next); v.Outcome == consent.Carried {
			return fmt.Errorf("with weights of %d and %d it is %s", w[0], w[1], told(v))
		}
	}
	return nil
}

// unknown lets everybody answer what nobody knows: in words that are no position,
// or for options that there are not.
func (k *kit) unknown(c consent.Case) error {
	if k.claims.Silence || len(c.Seats) == 0 {
		return nil
	}
	c.Answers, c.Objections = nil, nil
	for _, s := range c.Seats {
		a := consent.Answer{Seat: s.Person, Position: "perhaps", Version: c.Version, At: c.Opened}
		if k.claims.Options {
			a.Ranking, a.Scores = [][]string{{"perhaps"}}, map[string]int64{"perhaps": 5}
		}
		c.Answers = append(c.Answers, a)
	}
	for _, at := range []time.Time{c.Now, end(&c)} {
		if v := k.rule.Judge(later(c, at)); v.Outcome == consent.Carried || slices.Contains(v.Winners, "perhaps") {
			return fmt.Errorf("all said %q, and it is %s", "perhaps", told(v))
		}
	}
	return nil
}

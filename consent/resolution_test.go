package consent_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A bloc is how the members of one class voted.
type bloc struct {
	class         circle.Class
	yes, no, none int
}

// poll is the case of a vote that is through, with so many on the register
// beside those who are there.
func poll(away int, blocs ...bloc) consent.Case {
	c := consent.Case{Now: dayZero, Version: 1}
	for _, b := range blocs {
		for i := range b.yes + b.no + b.none {
			who := circle.PersonID(fmt.Sprintf("%s-%d", b.class, i))
			c.Seats = append(c.Seats, consent.Seat{Person: who, Class: b.class})
			position := consent.Consents
			if i >= b.yes {
				position = consent.Against
			}
			if i < b.yes+b.no {
				c.Answers = append(c.Answers, consent.Answer{Seat: who, Position: position, Version: 1})
			}
		}
		c.Register = append(c.Register, consent.Enrolled{Class: b.class, N: b.yes + b.no + b.none})
	}
	c.Register = append(c.Register, consent.Enrolled{Class: circle.Supported, N: away})
	return c
}

// found is a reason by its code.
func found(v consent.Verdict, code string) consent.Reason {
	for _, r := range v.Why {
		if r.Code == code {
			return r
		}
	}
	return consent.Reason{}
}

// TestResolution: the votes of scenario 4C with their exact shares (EC-68,
// EC-69, EC-70, EC-78; care-cooperative §4C and §5B).
func TestResolution(t *testing.T) {
	const s, a, w, i = circle.Supported, circle.Advocate, circle.Worker, circle.Investor
	table := []bloc{{s, 20, 4, 0}, {a, 5, 3, 0}, {w, 18, 12, 0}, {i, 4, 36, 0}}
	fixed, uncapped := consent.Ordinary, consent.Ordinary
	fixed.Cap.Fixed = true
	uncapped.Cap = consent.Cap{}
	cast := func(r consent.Resolution) consent.Resolution { r.Base = ""; return r }
	notLess := func(r consent.Resolution) consent.Resolution { r.NotLess = true; return r }
	register := func(r consent.Resolution) consent.Resolution { r.Base = consent.OfRegister; return r }
	each := func(r consent.Resolution) consent.Resolution { r.Carry = []circle.Class{s, a, w}; return r }
	for name, c := range map[string]struct {
		rule consent.Resolution
		in   consent.Case
		want consent.Outcome
		got  string
	}{
		"4C: the ordinary resolution passes":                 {consent.Ordinary, poll(98, table...), consent.Carried, "983/1550"},
		"4C: an extraordinary one fails":                     {consent.Extraordinary, poll(98, table...), consent.Declined, "983/1550"},
		"4C: without the cap it fails":                       {uncapped, poll(98, table...), consent.Declined, "47/102"},
		"4C: no core class is overridden":                    {each(consent.Ordinary), poll(98, table...), consent.Carried, "983/1550"},
		"a core class that is overridden stops it":           {each(consent.Ordinary), poll(0, bloc{s, 20, 4, 0}, bloc{a, 3, 5, 0}, bloc{w, 18, 2, 0}), consent.Declined, "41/52"},
		"a core class in halves does not carry":              {each(consent.Ordinary), poll(0, bloc{s, 20, 4, 0}, bloc{a, 4, 4, 0}, bloc{w, 18, 2, 0}), consent.Declined, "21/26"},
		"a core class of which nobody votes does not carry":  {each(consent.Ordinary), poll(0, bloc{s, 20, 4, 0}, bloc{w, 18, 2, 0}), consent.Declined, "19/22"},
		"cap: three investors are fewer than a tenth":        {consent.Ordinary, poll(0, bloc{w, 29, 33, 0}, bloc{i, 3, 0, 0}), consent.Declined, "32/65"},
		"fixed tenth: three investors weigh a tenth":         {fixed, poll(0, bloc{w, 29, 33, 0}, bloc{i, 3, 0, 0}), consent.Carried, "323/620"},
		"exactly three quarters fails under over":            {consent.Extraordinary, poll(0, bloc{w, 30, 10, 0}), consent.Declined, "3/4"},
		"exactly three quarters passes under not less than":  {notLess(consent.Extraordinary), poll(0, bloc{w, 30, 10, 0}), consent.Carried, "3/4"},
		"20 of 35 votes cast pass":                           {cast(consent.Ordinary), poll(0, bloc{w, 20, 15, 5}), consent.Carried, "4/7"},
		"20 of 40 members present fail":                      {consent.Ordinary, poll(0, bloc{w, 20, 15, 5}), consent.Declined, "1/2"},
		"20 of 60 on the register fail":                      {register(consent.Ordinary), poll(20, bloc{w, 20, 15, 5}), consent.Declined, "1/3"},
		"a tie is lost":                                      {consent.Ordinary, poll(0, bloc{w, 31, 31, 0}), consent.Declined, "1/2"},
		"the exact half under the cap is lost":               {consent.Ordinary, poll(0, bloc{w, 31, 31, 0}, bloc{i, 20, 20, 0}), consent.Declined, "1/2"},
		"investors alone carry nothing":                      {consent.Ordinary, poll(0, bloc{i, 5, 0, 0}), consent.Declined, "0"},
		"nor do they in votes cast, while others only watch": {cast(consent.Ordinary), poll(0, bloc{w, 0, 0, 9}, bloc{i, 5, 0, 0}), consent.Declined, "0"},
		"quorum: 49 of 200 are too few and decide nothing":   {consent.Ordinary, poll(151, bloc{w, 49, 0, 0}), consent.Pending, "1"},
		"quorum: 50 of 200 are enough":                       {consent.Ordinary, poll(150, bloc{w, 50, 0, 0}), consent.Carried, "1"},
		"quorum: a quarter of 9 is rounded up to three":      {consent.Ordinary, poll(7, bloc{w, 2, 0, 0}), consent.Pending, "1"},
		"quorum: nobody is there":                            {consent.Ordinary, poll(4), consent.Pending, "0"},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, c.rule.Check())
			v := c.rule.Judge(c.in)
			require.Equal(t, c.want, v.Outcome, "%+v", v.Why)
			require.Equal(t, c.want != consent.Pending, v.Final)
			require.Equal(t, c.got, found(v, "in-favour").Got)
			told := map[circle.Class]int{}
			for _, r := range v.Why {
				if r.Code == "class" || r.Code == "class-carries" {
					told[r.Of[0]]++
				}
			}
			for class, times := range told {
				require.Equal(t, 1, times, "what %s said is told once", class)
			}
			c.in.MayChange = true
			require.Equal(t, consent.Pending, c.rule.Judge(c.in).Outcome, "while somebody may still vote it says nothing")
		})
	}
	v := consent.Ordinary.Judge(poll(98, table...))
	require.Equal(t, consent.Reason{Code: "weight", Holds: true, Of: []circle.Class{i}, Got: "31/180", Need: "at most 1/10 of the whole"}, found(v, "weight"))
	require.Equal(t, consent.Reason{Code: "there", Holds: true, Got: "102", Need: "50"}, found(v, "there"))
	require.Contains(t, v.Why, consent.Reason{Code: "class", Of: []circle.Class{i}, Got: "4 of 40", Need: "over 1/2"}, "what each class said is shown")
}

// TestResolutionHoldsDown: whatever was voted, capped classes weigh no more than
// their share of the whole, each of their members alike and no more than
// another, and one more vote in favour never loses what passed (EC-70).
func TestResolutionHoldsDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int { return rapid.IntRange(0, 40).Draw(t, name) }
		others, held := bloc{circle.Worker, n("yes"), n("no"), 0}, bloc{circle.Investor, n("investors yes"), n("investors no"), 0}
		v := consent.Ordinary.Judge(poll(0, others, held))
		all, capped := others.yes+others.no, held.yes+held.no
		w := found(v, "weight").Got
		if capped == 0 {
			require.Empty(t, w, "nobody is held down")
			return
		}
		var num, den int
		if _, err := fmt.Sscanf(w, "%d/%d", &num, &den); err != nil {
			_, err := fmt.Sscan(w, &num)
			require.NoError(t, err)
			den = 1
		}
		require.LessOrEqual(t, 9*capped*num, all*den, "a tenth at most")
		require.LessOrEqual(t, num, den, "nobody weighs more than another")
		if v.Outcome == consent.Carried {
			others.yes++
			require.Equal(t, consent.Carried, consent.Ordinary.Judge(poll(0, others, held)).Outcome)
		}
	})
}

// TestResolutionCheck: what cannot be counted is refused when it is loaded.
func TestResolutionCheck(t *testing.T) {
	for name, change := range map[string]func(*consent.Resolution){
		"no share":                 func(r *consent.Resolution) { r.Share = circle.Share{} },
		"more than the whole":      func(r *consent.Resolution) { r.Share.Part = 5 },
		"an unknown base":          func(r *consent.Resolution) { r.Base = "balcony" },
		"a quorum below nought":    func(r *consent.Resolution) { r.Quorum.Least = -1 },
		"a quorum of no share":     func(r *consent.Resolution) { r.Quorum.Share.Of = 0 },
		"a cap on nobody":          func(r *consent.Resolution) { r.Cap.Classes = nil },
		"a cap at the whole":       func(r *consent.Resolution) { r.Cap.Share.Part = 10 },
		"a cap of numbers too big": func(r *consent.Resolution) { r.Cap.Share.Of = 2_000_000 },
	} {
		r := consent.Extraordinary
		change(&r)
		require.Error(t, r.Check(), name)
	}
}

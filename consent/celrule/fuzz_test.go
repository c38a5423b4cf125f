package celrule

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// crowd is a case with so many seats, in classes, with weights, of which most have
// answered.
func crowd(seats int, weight int64) consent.Case {
	c := consent.Case{Version: 1, Register: []consent.Enrolled{{Class: "c1", N: 30}}}
	for i := range seats {
		who := circle.PersonID(fmt.Sprintf("p%d", i))
		c.Seats = append(c.Seats, consent.Seat{Person: who, Class: circle.Class(fmt.Sprint("c", i%min(50, seats))), Weight: weight})
		if said := [...]string{"yes", "no", "abstain", "veto", ""}[i%5]; said != "" {
			c.Answers = append(c.Answers, consent.Answer{Seat: who, Position: said, Version: 1})
		}
	}
	return c
}

var crowds = []consent.Case{crowd(0, 1), crowd(1, 1), crowd(7, 1<<59), crowd(estimatedSeats, 3)}

// FuzzCondition takes any text for a condition. It is refused, or it is taken in
// with a cost that is bounded; then it costs no more than was estimated, comes to
// the same each time, and fails by what an expression can fail by, and nothing
// else (T9, T10). Its seeds lie in testdata/fuzz.
func FuzzCondition(f *testing.F) {
	f.Fuzz(func(t *testing.T, expression string) {
		r, err := New(Source{Conditions: []Condition{{Name: "it", Says: "in words", CEL: expression}}, Early: len(expression)%2 == 0})
		if err != nil {
			require.NotContains(t, err.Error(), "\n")
			return
		}
		require.LessOrEqual(t, r.Cost(), uint64(MaxCost))
		again, err := Parse(r.Name().Parameters)
		require.NoError(t, err)
		require.Equal(t, r.Name(), again.Name())
		for i := range crowds {
			c := crowds[i]
			v := r.Judge(c)
			require.Equal(t, v, again.Judge(c))
			if at := slices.IndexFunc(v.Why, func(r consent.Reason) bool { return r.Code == "rule-error" }); at >= 0 {
				require.Equal(t, consent.Pending, v.Outcome)
				says := strings.TrimPrefix(v.Why[at].Got, "it: ")
				require.Contains(t, []string{"a number in it is too large", "something in it is divided by nothing"}, says, "nothing else can fail where there are no more seats than were estimated")
			}
			require.LessOrEqual(t, spent(r, &c), r.Cost())
		}
	})
}

// spent is what one look at a case costs.
func spent(r *Rule, c *consent.Case) uint64 {
	var all uint64
	for i := range r.programs {
		p := &r.programs[i]
		_, _, _ = p.run(p.told, r.sees(r.counted(c)), &all) // what came out is asked elsewhere
	}
	return all
}

// TestSpent: a sensible quorum over three hundred votes costs a small part of what
// it may, and what is estimated for a thousand seats is not less than they cost.
func TestSpent(t *testing.T) {
	const quorum = `seats.filter(s, !s.silent).size() * 2 >= seats.size() && sum(seats.map(s, s.yes, s.weight)) * 3 >= cast * 2`
	r, err := New(Source{Conditions: []Condition{{Name: "it", Says: "in words", CEL: quorum}}})
	require.NoError(t, err)
	votes, most := crowd(300, 1), crowd(estimatedSeats, 1)
	require.Less(t, spent(r, &votes), uint64(10_000))
	require.LessOrEqual(t, spent(r, &most), r.Cost())
	require.Greater(t, spent(r, &most), spent(r, &votes))
}

// TestTheLimitHolds: a loop in a loop in a loop in a loop over three hundred seats,
// which is not admitted, would be stopped when it runs, at the same step each time
// (finding 10).
func TestTheLimitHolds(t *testing.T) {
	const loops = `seats.all(a, seats.all(b, seats.all(c, seats.all(d, a.weight + b.weight >= 1 || c == d))))`
	_, err := New(Source{Conditions: []Condition{{Name: "it", Says: "in words", CEL: loops}}})
	require.ErrorContains(t, err, "it could cost more than 100000")
	r := &Rule{reads: map[string]bool{}}
	p, _, err := r.compile(Condition{Name: "it", CEL: loops})
	require.NoError(t, err)
	c := crowd(300, 1)
	for range 3 {
		for _, program := range []cel.Program{p.holds, p.told} {
			var cost uint64
			_, _, err := p.run(program, r.sees(r.counted(&c)), &cost)
			require.EqualError(t, err, "it: it takes too long to work out")
			require.Equal(t, uint64(MaxCost+1), cost)
		}
	}
}

// TestTheLimitIsOfAll: the limit is that of all conditions together.
func TestTheLimitIsOfAll(t *testing.T) {
	s := Source{}
	for i := range 16 {
		s.Conditions = append(s.Conditions, Condition{Name: circle.Name(fmt.Sprint("c", i)), Says: "in words", CEL: `seats.all(s, s.weight > 0)`})
	}
	r, err := New(s)
	require.NoError(t, err)
	few, many := crowd(1000, 1), crowd(3000, 1)
	require.NotContains(t, fmt.Sprint(r.Judge(few).Why), "it takes too long to work out")
	v := r.Judge(many)
	require.Equal(t, consent.Pending, v.Outcome)
	require.Contains(t, fmt.Sprint(v.Why), "it takes too long to work out")
}

package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// asked is a case of five seats, with answers to version 1 in the order of the
// seats; "" has not answered, "silent" was counted as consent.
func asked(answers ...string) consent.Case {
	c := consent.Case{Now: dayZero, Version: 1}
	for i, who := range []circle.PersonID{"ana", "ben", "cia", "dan", "eve"} {
		c.Seats = append(c.Seats, consent.Seat{Person: who})
		if i >= len(answers) || answers[i] == "" {
			continue
		}
		a := consent.Answer{Seat: who, Position: answers[i], Version: 1}
		if answers[i] == "silent" {
			a.Position, a.Silent = consent.Consents, true
		}
		c.Answers = append(c.Answers, a)
	}
	return c
}

const yes, no, off, aside = consent.Consents, consent.Objects, string(consent.Abstains), string(consent.StandsAside)

// TestSettle: each parameter alone, at its edge (methods §1.3.3; M-129…M-131,
// M-152, M-191).
func TestSettle(t *testing.T) {
	stands := func(n int, c consent.Case) consent.Case {
		for i := range n {
			c.Objections = append(c.Objections, consent.Objection{ID: string(rune('a' + i)), Seat: "eve", Version: 1, Stands: true})
		}
		return c
	}
	closed := func(c consent.Case) consent.Case { c.Closes = c.Now; return c }
	open := func(c consent.Case) consent.Case { c.Closes = c.Now.Add(time.Second); return c }
	out := func(c consent.Case) consent.Case { c.Seats[4].Out = true; return c }
	for name, c := range map[string]struct {
		rule consent.Settle
		in   consent.Case
		want consent.Outcome
	}{
		"nothing is asked, nobody objects":    {consent.Settle{}, asked(), consent.Carried},
		"one objection stops it":              {consent.Settle{}, stands(1, asked(yes, yes, yes, yes, yes)), consent.Pending},
		"heard: one is not":                   {consent.Settle{Heard: true}, asked(yes, yes, yes, yes), consent.Pending},
		"heard: by an abstention":             {consent.Settle{Heard: true}, asked(yes, yes, yes, yes, off), consent.Carried},
		"heard: by counted silence":           {consent.Settle{Heard: true}, asked(yes, yes, yes, yes, "silent"), consent.Carried},
		"heard: who is out is not waited for": {consent.Settle{Heard: true}, out(asked(yes, yes, yes, yes)), consent.Carried},
		"heard and one in favour: nobody adopts by abstaining (methods §8.3)": {consent.Settle{Heard: true, Support: 1}, asked(off, off, off, off, aside), consent.Pending},
		"quorum: silence does not speak":                                      {consent.Settle{Quorum: 3}, asked(yes, yes, "silent", "silent", "silent"), consent.Pending},
		"quorum: three spoke":                                                 {consent.Settle{Quorum: 3}, asked(yes, off, aside), consent.Carried},
		"support: silence is none":                                            {consent.Settle{Support: 3}, asked(yes, yes, "silent", "silent", "silent"), consent.Pending},
		"support: neither is abstaining":                                      {consent.Settle{Support: 3}, asked(yes, yes, off, off, off), consent.Pending},
		"support: three":                                                      {consent.Settle{Support: 3}, asked(yes, yes, yes), consent.Carried},
		"most: two of five are not":                                           {consent.Settle{Most: true, Missing: 3}, asked(yes, yes), consent.Pending},
		"most: three of five, two missing":                                    {consent.Settle{Most: true, Missing: 2}, asked(yes, yes, yes), consent.Carried},
		"most: three of five, one too many":                                   {consent.Settle{Most: true, Missing: 1}, asked(yes, yes, yes), consent.Pending},
		"share: two thirds of those with a side":                              {consent.Settle{Share: 2, Of: 3}, asked(yes, yes, no, off, off), consent.Carried},
		"share: below":                                                        {consent.Settle{Share: 2, Of: 3}, asked(yes, no, off, off, off), consent.Pending},
		"share: nobody took a side":                                           {consent.Settle{Share: 2, Of: 3}, asked(off, off), consent.Pending},
		"asides: at most one":                                                 {consent.Settle{Asides: 1}, asked(yes, yes, yes, yes, aside), consent.Carried},
		"asides: lukewarm":                                                    {consent.Settle{Asides: 1}, asked(yes, yes, yes, aside, aside), consent.Pending},
		"vetoes: one of two stops nothing":                                    {consent.Settle{Vetoes: 2}, stands(1, closed(asked())), consent.Carried},
		"vetoes: two before the close":                                        {consent.Settle{Vetoes: 2}, stands(2, open(asked())), consent.Pending},
		"vetoes: two at the close":                                            {consent.Settle{Vetoes: 2}, stands(2, closed(asked())), consent.Declined},
		"ballot: objections are no votes":                                     {consent.Settle{Share: 2, Of: 3, Heard: true, Ballot: true}, stands(2, asked(yes, yes, yes, yes, no)), consent.Carried},
		"ballot: lost when all have voted":                                    {consent.Settle{Share: 2, Of: 3, Heard: true, Ballot: true}, asked(yes, yes, yes, no, no), consent.Declined},
		"ballot: not before":                                                  {consent.Settle{Share: 2, Of: 3, Heard: true, Ballot: true}, asked(no, no, no, no), consent.Pending},
		"an older version does not count":                                     {consent.Settle{Support: 1}, older(asked(yes)), consent.Pending},
		"a circle of nobody decides nothing":                                  {consent.Settle{}, consent.Case{Version: 1}, consent.Pending},
	} {
		t.Run(name, func(t *testing.T) {
			v := c.rule.Judge(c.in)
			require.Equal(t, c.want, v.Outcome, "%+v", v.Why)
			require.Equal(t, v, c.rule.Judge(c.in), "equal cases get equal verdicts")
		})
	}
}

func older(c consent.Case) consent.Case { c.Version = 2; return c }

// TestSettleParameters: what cannot be is refused when a rule is made, and never
// while it counts.
func TestSettleParameters(t *testing.T) {
	for _, r := range []consent.Settle{{Support: -1}, {Share: 2}, {Of: 3}, {Share: 4, Of: 3}, {Missing: -1}, {Vetoes: -2}} {
		require.Error(t, r.Check(), "%+v", r)
	}
	good := consent.Settle{Share: 2, Of: 3}
	require.NoError(t, good.Check())
	require.Equal(t, `{"of":3,"share":2}`, good.Name().Parameters)
}

package rule

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// Options are found by their names however alike these are, and no other name is
// taken for one of them.
func TestOptionsAreFound(t *testing.T) {
	for name, called := range map[string]func(i int) string{
		"alike at both ends":  func(i int) string { return fmt.Sprintf("the %03d th", i) },
		"alike but in length": func(i int) string { return strings.Repeat("x", i) },
		"numbers":             func(i int) string { return fmt.Sprint(i) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{0, 1, 2, 10, mostChoices} {
				c := &consent.Case{}
				for i := range n {
					c.Options = append(c.Options, consent.Option{ID: called(i)})
				}
				require.NoError(t, choices(c.Options))
				p := newProfile(c, nil)
				for i, o := range c.Options {
					require.Equal(t, i, p.at(o.ID), "%q of %d", o.ID, n)
				}
				require.Equal(t, -1, p.at(called(n)), "%q of %d", called(n), n)
				require.Equal(t, -1, p.at("nobody's"), "of %d", n)
			}
		})
	}
}

// Where the default keeps an option out, the others are found by their names as
// before: it is as if that option had never been there.
func TestTheDefaultKeepsOptionsOut(t *testing.T) {
	c := consent.Case{Version: 1, Options: []consent.Option{{ID: "barn"}, {ID: "mill"}, {ID: "none"}}}
	for i, ranking := range [][][]string{{{"mill"}, {"none"}, {"barn"}}, {{"mill"}, {"none"}, {"barn"}}, {{"none"}, {"mill"}, {"barn"}}} {
		who := consent.Seat{Person: [...]circle.PersonID{"ana", "bea", "cem"}[i]}
		c.Seats = append(c.Seats, who)
		c.Answers = append(c.Answers, consent.Answer{Seat: who.Person, Version: 1, Ranking: ranking})
	}
	v := Schulze{Default: "none"}.Judge(c)
	require.Equal(t, consent.Carried, v.Outcome, v.Why)
	require.Equal(t, []string{"mill"}, v.Winners)
	require.Contains(t, v.Why, consent.Reason{Code: "before-default", Options: []string{"barn"}, Got: "0", Need: "over 3, at least 0"})
}

package logbook_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent/logbook"
)

// A drawn thing is an element of a picture.
type drawn struct {
	name string
	with map[string]string
	text string
}

// number is the value of one of its measures.
func (d drawn) number(t require.TestingT, name string) float64 {
	n, err := strconv.ParseFloat(d.with[name], 64)
	require.NoError(t, err, "%s of %s", name, d.name)
	return n
}

// elements reads a picture, which must be well-formed and hold no script.
func elements(t require.TestingT, picture string) []drawn {
	var out []drawn
	for d := xml.NewDecoder(strings.NewReader(picture)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		require.NoError(t, err, picture)
		switch v := token.(type) {
		case xml.StartElement:
			require.NotEqual(t, "script", v.Name.Local)
			e := drawn{name: v.Name.Local, with: map[string]string{}}
			for _, a := range v.Attr {
				require.False(t, strings.HasPrefix(a.Name.Local, "on"), "nothing happens by itself: %s", a.Name.Local)
				e.with[a.Name.Local] = a.Value
			}
			out = append(out, e)
		case xml.CharData:
			if n := len(out); n > 0 {
				out[n-1].text += string(v)
			}
		}
	}
}

// charts are organisations of up to twelve circles.
var charts = rapid.Custom(func(t *rapid.T) logbook.Chart {
	var c logbook.Chart
	var grow func(in, depth, left int) int
	grow = func(in, depth, left int) int {
		at := len(c.Circles)
		x := logbook.Charted{ID: circle.ID(fmt.Sprint("c", at)), Depth: depth, In: in,
			Name: rapid.StringMatching(`[A-Z][a-z<&"]{0,20}( [a-z]{1,24}){0,3}`).Draw(t, "name")}
		for i := range rapid.IntRange(0, 3).Draw(t, "members") {
			x.Members = append(x.Members, circle.PersonID(fmt.Sprint("p", i)))
		}
		if in >= 0 {
			x.Links = []logbook.Tie{{Hat: circle.Leader, Who: "lee"}, {Hat: circle.Delegate, Who: "dee"}}
		}
		c.Circles = append(c.Circles, x)
		left--
		for left > 0 && depth < 4 && rapid.Bool().Draw(t, "inside") {
			left = grow(at, depth+1, left)
		}
		return left
	}
	grow(-1, 0, 12)
	return c
})

// TestChartSaysTheSame: map, tree and list hold the same circles, and each
// picture has a title and says in words what it shows, whatever names hold.
func TestChartSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := charts.Draw(t, "chart")
		list := c.List()
		items := elements(t, "<body>"+list+"</body>")
		require.Len(t, c.Circles, count(items, "li"))
		for _, picture := range []string{c.Map(), c.Tree()} {
			parts := elements(t, picture)
			require.Equal(t, "img", parts[0].with["role"])
			require.Equal(t, "title description", parts[0].with["aria-labelledby"])
			require.Contains(t, parts[1].text, c.Circles[0].Name)
			require.Equal(t, len(c.Circles), count(parts, "circle")+count(parts, "rect"))
			var written strings.Builder
			for _, p := range parts {
				if p.name == "tspan" {
					require.LessOrEqual(t, len([]rune(p.text)), 16, "labels wrap")
					written.WriteString(p.text)
				}
			}
			for _, x := range c.Circles {
				require.Contains(t, parts[2].text, x.Name)
				require.Contains(t, strings.ReplaceAll(written.String(), " ", ""), strings.ReplaceAll(x.Name, " ", ""), "the whole name, in lines")
			}
		}
		for i, x := range c.Circles {
			require.Contains(t, nth(items, "li", i).text, x.Name)
		}
	})
}

func count(list []drawn, name string) int {
	n := 0
	for _, d := range list {
		if d.name == name {
			n++
		}
	}
	return n
}

func nth(list []drawn, name string, i int) drawn {
	for _, d := range list {
		if d.name != name {
			continue
		}
		if i == 0 {
			return d
		}
		i--
	}
	return drawn{}
}

// TestMapHoldsApart: each circle lies wholly inside the one around it, clear of
// its label, and touches none of those beside it.
func TestMapHoldsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := charts.Draw(t, "chart")
		parts := elements(t, c.Map())
		for i, x := range c.Circles {
			a := nth(parts, "circle", i)
			r := a.number(t, "r")
			require.GreaterOrEqual(t, a.number(t, "cx")-r, 0.0)
			require.LessOrEqual(t, a.number(t, "cy")+r, parts[0].number(t, "height"))
			for j := range c.Circles[:i] {
				b := nth(parts, "circle", j)
				apart := math.Hypot(a.number(t, "cx")-b.number(t, "cx"), a.number(t, "cy")-b.number(t, "cy"))
				switch {
				case x.In == j:
					require.LessOrEqual(t, apart+r, b.number(t, "r"), "%d inside %d", i, j)
				case x.In == c.Circles[j].In:
					require.Greater(t, apart, r+b.number(t, "r"), "%d beside %d", i, j)
				}
			}
		}
	})
}

// TestTreeHoldsApart: no two boxes of the tree touch, and all are in the picture.
func TestTreeHoldsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := charts.Draw(t, "chart")
		parts := elements(t, c.Tree())
		for i, x := range c.Circles {
			a := nth(parts, "rect", i)
			require.GreaterOrEqual(t, a.number(t, "x"), 0.0)
			require.LessOrEqual(t, a.number(t, "x")+a.number(t, "width"), parts[0].number(t, "width"))
			require.LessOrEqual(t, a.number(t, "y")+a.number(t, "height"), parts[0].number(t, "height"))
			for j, y := range c.Circles[:i] {
				b := nth(parts, "rect", j)
				if x.Depth == y.Depth {
					require.GreaterOrEqual(t, math.Abs(a.number(t, "x")-b.number(t, "x")), a.number(t, "width"))
				} else {
					require.GreaterOrEqual(t, math.Abs(a.number(t, "y")-b.number(t, "y")), a.number(t, "height"))
				}
			}
		}
	})
}

// TestEmptyChart: before there is an organisation, the pictures are empty and
// well-formed.
func TestEmptyChart(t *testing.T) {
	var c logbook.Chart
	elements(t, c.Map())
	elements(t, c.Tree())
	require.Empty(t, c.List())
}

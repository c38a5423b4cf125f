package logbook

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/sayround/sayround/circle"
)

// The measures of pictures, in pixels.
const (
	fontSize = 14
	lineStep = 18
	room     = 80 // the radius of a circle that holds its label and nothing else
	gap      = 14 // between two things that do not touch
	boxWidth = 150
)

// A spot is a circle with its place in a picture.
type spot struct {
	x, y, r float64
}

// Map draws the circles as circles, each inside the one around it, as an SVG
// without script. The double link of a circle is drawn across its edge: an arrow
// in for its Leader, and a broken one out for its Delegate. The picture has a
// title, and a description that says the same in words.
func (c Chart) Map() string {
	inside := c.inside()
	spots := make([]spot, len(c.Circles))
	for i := len(c.Circles) - 1; i >= 0; i-- { // those inside come first
		spots[i].r = room
		if len(inside[i]) > 0 {
			ring, largest := ringOf(spots, inside[i])
			spots[i].r = ring + largest + gap + c.Circles[i].head()/2
		}
	}
	for i := range c.Circles {
		if c.Circles[i].In < 0 {
			spots[i].x, spots[i].y = spots[i].r+gap, spots[i].r+gap
		}
		place(spots, spots[i], c.Circles[i].head(), inside[i])
	}
	size := 2 * gap
	if len(spots) > 0 {
		size = int(math.Ceil(2 * (spots[0].r + gap)))
	}
	b := c.begin("Circle map", size, size)
	for i := range c.Circles {
		s, x := spots[i], &c.Circles[i]
		fmt.Fprintf(b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#ffffff\" stroke=\"#1f3b57\" stroke-width=\"2\"%s/>\n", s.x, s.y, s.r, dashed(x.Kind))
		if len(inside[i]) > 0 {
			s.y += x.head()/2 - s.r
		}
		writeLabel(b, s.x, s.y, x.label())
		ties(b, spots[i], x.Links)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// head is how much room the label of a circle takes above those inside it.
func (x *Charted) head() float64 { return float64(len(x.label())*lineStep + 2*gap) }

// inside lists for each circle those directly inside it.
func (c Chart) inside() [][]int {
	out := make([][]int, len(c.Circles))
	for i, x := range c.Circles {
		if x.In >= 0 {
			out[x.In] = append(out[x.In], i)
		}
	}
	return out
}

// ringOf is how far from their middle those inside a circle stand in a ring, so
// that they do not touch, and how large the largest of them is.
func ringOf(spots []spot, inside []int) (ring, largest float64) {
	for _, i := range inside {
		largest = max(largest, spots[i].r)
	}
	if n := len(inside); n > 1 {
		ring = (largest + gap/2) / math.Sin(math.Pi/float64(n))
	}
	return ring, largest
}

// place puts those inside a circle in their ring, below its label, from left to
// right at the top.
func place(spots []spot, in spot, head float64, inside []int) {
	ring, _ := ringOf(spots, inside)
	for n, i := range inside {
		angle := math.Pi + 2*math.Pi*float64(n)/float64(len(inside))
		spots[i].x, spots[i].y = in.x+ring*math.Cos(angle), in.y+head/2+ring*math.Sin(angle)
	}
}

// ties draws the links of a circle across its edge.
func ties(b *strings.Builder, s spot, links []Tie) {
	for n, t := range links {
		x := s.x + 12*(float64(n)-float64(len(links)-1)/2)
		from, to, style := s.y-s.r-gap+2, s.y-s.r+gap-2, ""
		if t.Hat != circle.Leader {
			from, to, style = to, from, " stroke-dasharray=\"4 3\""
		}
		fmt.Fprintf(b, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#8a3b12\" stroke-width=\"2\" marker-end=\"url(#arrow)\"%s><title>%s %s</title></line>\n",
			x, from, x, to, style, html.EscapeString(string(t.Hat)), html.EscapeString(string(t.Who)))
	}
}

// Tree draws the circles as boxes in rows, each below the one around it, as an
// SVG like that of [Chart.Map].
func (c Chart) Tree() string {
	inside := c.inside()
	at := make([]float64, len(c.Circles)) // the middle of each box
	width, deepest, tallest := 0.0, 0, 0
	for i := range c.Circles {
		deepest, tallest = max(deepest, c.Circles[i].Depth), max(tallest, len(c.Circles[i].boxed()))
		if len(inside[i]) == 0 {
			at[i], width = width+boxWidth/2, width+boxWidth+gap
		}
	}
	for i := len(c.Circles) - 1; i >= 0; i-- {
		if list := inside[i]; len(list) > 0 {
			at[i] = (at[list[0]] + at[list[len(list)-1]]) / 2
		}
	}
	high := float64(tallest*lineStep + gap)
	step := high + 3*gap
	top := func(depth int) float64 { return gap + float64(depth)*step }
	b := c.begin("Circle tree", int(width)+gap, int(top(deepest)+high)+gap)
	for i, x := range c.Circles {
		if x.In >= 0 {
			from, to := top(x.Depth-1)+high, top(x.Depth)
			middle := (from + to) / 2
			fmt.Fprintf(b, "<path d=\"M%.1f %.1fV%.1fH%.1fV%.1f\" fill=\"none\" stroke=\"#1f3b57\" stroke-width=\"2\"/>\n",
				at[x.In]+gap, from, middle, at[i]+gap, to)
		}
	}
	for i := range c.Circles {
		x := &c.Circles[i]
		fmt.Fprintf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"8\" fill=\"#ffffff\" stroke=\"#1f3b57\" stroke-width=\"2\"%s/>\n",
			at[i]+gap-boxWidth/2, top(x.Depth), boxWidth, high, dashed(x.Kind))
		writeLabel(b, at[i]+gap, top(x.Depth)+high/2, x.boxed())
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// boxed is what stands in a box: the label, and who links the circle.
func (x *Charted) boxed() []string {
	lines := x.label()
	for _, t := range x.Links {
		lines = append(lines, wrapped(fmt.Sprintf("%s %s", t.Hat, t.Who), lineLength)...)
	}
	return lines
}

// begin writes what every picture begins with.
func (c Chart) begin(of string, width, height int) *strings.Builder {
	b := &strings.Builder{}
	fmt.Fprintf(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title description\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"%d\">\n",
		width, height, width, height, fontSize)
	fmt.Fprintf(b, "<title id=\"title\">%s</title>\n<desc id=\"description\">%s</desc>\n", html.EscapeString(c.title(of)), html.EscapeString(c.summary()))
	b.WriteString("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#8a3b12\"/></marker></defs>\n")
	return b
}

// dashed draws what does not decide by itself with a broken line.
func dashed(k circle.Kind) string {
	if k == circle.Helping {
		return " stroke-dasharray=\"6 4\""
	}
	return ""
}

// writeLabel writes lines around a middle.
func writeLabel(b *strings.Builder, x, y float64, lines []string) {
	y -= float64(len(lines)-1) * lineStep / 2
	b.WriteString("<text text-anchor=\"middle\" fill=\"#101418\">")
	for i, line := range lines {
		fmt.Fprintf(b, "<tspan x=\"%.1f\" y=\"%.1f\">%s</tspan>", x, y+float64(i)*lineStep+fontSize/3, html.EscapeString(line))
	}
	b.WriteString("</text>\n")
}

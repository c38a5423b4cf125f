package logbook

import (
	"context"
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A Chart is what the pictures of an organisation and the list beside them are
// drawn from: the same data, so that nobody who cannot see a picture is told
// less. [Chart.List] is the equal of [Chart.Map] and [Chart.Tree].
type Chart struct {
	Circles []Charted // from the root down, each before those inside it
}

// A Charted is one circle of a chart.
type Charted struct {
	ID      circle.ID
	Name    string // as people call it; the id where it has no name
	Kind    circle.Kind
	Depth   int
	In      int // where in the list the circle around it is; -1: it is the root
	Ended   bool
	Members []circle.PersonID // the full participants
	Links   []Tie
}

// A Tie is somebody who links a circle and the one around it.
type Tie struct {
	Hat circle.Hat
	Who circle.PersonID
}

// NewChart reads an organisation as it is now. Circles that have ended are left
// out.
func NewChart(ctx context.Context, e *consent.Engine) (Chart, error) {
	var out Chart
	var names []circle.Text
	e.Look(func(s *consent.State) {
		at := map[circle.ID]int{}
		walk(&s.Org, func(c *circle.Circle, depth int) {
			in, there := at[c.Parent]
			if c.Closed || c.Parent != "" && !there {
				return
			}
			if c.Parent == "" {
				in = -1
			}
			x := Charted{ID: c.ID, Kind: c.Kind, Depth: depth, In: in, Members: s.Org.FullIn(c.ID)}
			for _, l := range links(&s.Org, c) {
				x.Links = append(x.Links, Tie{l.hat, l.who})
			}
			at[c.ID] = len(out.Circles)
			out.Circles, names = append(out.Circles, x), append(names, c.Name)
		})
	})
	for i := range out.Circles {
		name, err := Words(ctx, e, names[i])
		if err != nil {
			return Chart{}, err
		}
		if name == "" {
			name = string(out.Circles[i].ID)
		}
		out.Circles[i].Name = name
	}
	return out, nil
}

// List says the chart as an HTML list: each circle with its kind, its full
// participants and its links, and the circles inside it below. A screen reader
// says how deep one is and how many there are.
func (c Chart) List() string {
	var b strings.Builder
	depth := -1
	for _, x := range c.Circles {
		switch {
		case x.Depth > depth:
			b.WriteString(strings.Repeat("<ul>\n", x.Depth-depth))
		default:
			b.WriteString("</li>\n" + strings.Repeat("</ul></li>\n", depth-x.Depth))
		}
		depth = x.Depth
		fmt.Fprintf(&b, "<li>%s\n", html.EscapeString(x.says()))
	}
	if depth >= 0 {
		b.WriteString("</li>\n" + strings.Repeat("</ul></li>\n", depth) + "</ul>\n")
	}
	return b.String()
}

// says tells a circle in one sentence.
func (x *Charted) says() string {
	var b strings.Builder
	b.WriteString(x.Name)
	if words := kindWords(x.Kind); words != "" {
		b.WriteString(" (" + words + ")")
	}
	switch n := len(x.Members); n {
	case 0:
		b.WriteString(": nobody takes part in full")
	case 1:
		fmt.Fprintf(&b, ": 1 full participant, %s", circle.Plain(x.Members))
	default:
		fmt.Fprintf(&b, ": %d full participants, %s", n, circle.Plain(x.Members))
	}
	for _, t := range x.Links {
		fmt.Fprintf(&b, "; its %s is %s", t.Hat, t.Who)
	}
	return b.String()
}

// kindWords names a kind of circle, where it is not what every circle is.
func kindWords(k circle.Kind) string {
	switch k {
	case "", circle.Root, circle.Local:
		return ""
	}
	return strings.ReplaceAll(string(k), "-", " ") + " circle"
}

// summary is the text that stands for a picture.
func (c Chart) summary() string {
	var parts []string
	for i := range c.Circles {
		x := &c.Circles[i]
		says := x.says()
		if x.In >= 0 {
			says += "; it lies in " + c.Circles[x.In].Name
		}
		parts = append(parts, says+".")
	}
	return strings.Join(parts, " ")
}

// title names a picture.
func (c Chart) title(of string) string {
	if len(c.Circles) == 0 {
		return of + " of no organisation"
	}
	return of + " of " + c.Circles[0].Name
}

// label is what stands in a circle or box: its name in lines, and how many are
// in it.
func (x *Charted) label() []string {
	lines := wrapped(x.Name, lineLength)
	if words := kindWords(x.Kind); words != "" {
		lines = append(lines, words)
	}
	return append(lines, fmt.Sprint(len(x.Members))+" in full")
}

// lineLength is how many characters stand in a line of a label.
const lineLength = 16

// wrapped breaks words into lines of so many characters; a longer word is
// broken where the line ends.
func wrapped(s string, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		for utf8.RuneCountInString(word) > most {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			r := []rune(word)
			lines, word = append(lines, string(r[:most])), string(r[most:])
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= most:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

package logbook

import (
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
)

// CircleMap draws the circles of an organisation as a Mermaid flowchart: which
// circle lies in which, and who links them. [CircleList] says the same in
// words, for those who do not see the picture.
func CircleMap(o *circle.Organisation) string {
	var b strings.Builder
	b.WriteString("flowchart TB\n")
	walk(o, func(c *circle.Circle, _ int) {
		shape := "%s([%s])\n"
		if c.Kind == circle.Helping {
			shape = "%s{{%s}}\n"
		}
		fmt.Fprintf(&b, "    "+shape, c.ID, label(c))
		if c.Parent == "" {
			return
		}
		fmt.Fprintf(&b, "    %s --- %s\n", c.Parent, c.ID)
		for _, l := range links(o, c) {
			fmt.Fprintf(&b, "    %s -. %s %s .-> %s\n", l.from, l.hat, l.who, l.to)
		}
	})
	return b.String()
}

// CircleList lists the circles of an organisation in words, each under the one
// it lies in: its full participants, its domain and its links.
func CircleList(o *circle.Organisation) string {
	var b strings.Builder
	walk(o, func(c *circle.Circle, depth int) {
		in := strings.Repeat("  ", depth)
		if to := c.Charter().Went; to != "" {
			fmt.Fprintf(&b, "%s%s (%s): ended; what it had is with %s\n", in, c.ID, c.Kind, to)
			return
		}
		fmt.Fprintf(&b, "%s%s (%s): %s\n", in, c.ID, c.Kind, circle.Plain(o.FullIn(c.ID)))
		if len(c.Domain) > 0 {
			var items []string
			for _, i := range c.Domain {
				items = append(items, string(i.ID))
			}
			fmt.Fprintf(&b, "%s  decides on %s\n", in, circle.Plain(items))
		}
		for _, l := range links(o, c) {
			fmt.Fprintf(&b, "%s  %s brings %s as its %s\n", in, l.who, direction(l), l.hat)
		}
	})
	return b.String()
}

// direction says which voice a link brings where.
func direction(l link) string {
	if l.hat == circle.Leader {
		return fmt.Sprintf("the view of %s to %s", l.from, l.to)
	}
	return fmt.Sprintf("the voice of %s to %s", l.from, l.to)
}

func label(c *circle.Circle) string {
	if c.Closed {
		return string(c.ID) + " (ended)"
	}
	return string(c.ID)
}

// walk visits the circles from the root down, in the order in which they
// began.
func walk(o *circle.Organisation, visit func(*circle.Circle, int)) {
	var down func(circle.ID, int)
	down = func(id circle.ID, depth int) {
		c := o.Circle(id)
		if c == nil {
			return
		}
		visit(c, depth)
		for _, child := range c.Children {
			down(child, depth+1)
		}
	}
	down(o.RootCircle(), 0)
}

type link struct {
	from, to circle.ID
	hat      circle.Hat
	who      circle.PersonID
}

// links are the double link of a circle and the one around it: the Leader
// brings the broader view down, the Delegate the circle's voice up.
func links(o *circle.Organisation, c *circle.Circle) []link {
	var out []link
	parent := o.Circle(c.Parent)
	if parent == nil {
		return nil
	}
	for _, l := range parent.Linked {
		if l.From != c.ID {
			continue
		}
		for _, who := range o.Wearers(c.ID, l.As) {
			if l.As == circle.Leader {
				out = append(out, link{parent.ID, c.ID, l.As, who})
			} else {
				out = append(out, link{c.ID, parent.ID, l.As, who})
			}
		}
	}
	return out
}

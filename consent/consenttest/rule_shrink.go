package consenttest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/consent"
)

// shrink takes away from a case as long as it still shows what is wrong.
func (k *kit) shrink(check check, c consent.Case) consent.Case {
	for smaller := true; smaller; {
		smaller = false
		for _, next := range lesser(c) {
			if k.holds(check, next) != nil {
				c, smaller = next, true
				break
			}
		}
	}
	return c
}

// lesser lists cases that are a little simpler, the larger steps first.
func lesser(c consent.Case) []consent.Case {
	var out []consent.Case
	with := func(change func(c *consent.Case)) {
		next := copied(c)
		change(&next)
		out = append(out, next)
	}
	for i, s := range c.Seats {
		with(func(n *consent.Case) {
			n.Seats = slices.Delete(n.Seats, i, i+1)
			n.Answers = slices.DeleteFunc(n.Answers, func(a consent.Answer) bool { return a.Seat == s.Person })
			n.Objections = slices.DeleteFunc(n.Objections, func(o consent.Objection) bool { return o.Seat == s.Person })
		})
	}
	for i := range c.Answers {
		with(func(n *consent.Case) { n.Answers = slices.Delete(n.Answers, i, i+1) })
	}
	for i := range c.Objections {
		with(func(n *consent.Case) { n.Objections = slices.Delete(n.Objections, i, i+1) })
	}
	if n := len(c.Options); n > 2 {
		with(func(c *consent.Case) { c.Options = c.Options[:n-1] })
	}
	for i, s := range c.Seats {
		if s.Out || s.Delegate != "" || s.Class != "" {
			with(func(n *consent.Case) {
				n.Seats[i] = consent.Seat{Person: s.Person, Weight: s.Weight}
			})
		}
		if s.Weight > 0 {
			with(func(n *consent.Case) { n.Seats[i].Weight-- })
		}
	}
	for i, a := range c.Answers {
		if a.Silent {
			with(func(n *consent.Case) { n.Answers[i].Silent = false })
		}
		if n := len(a.Ranking); n > 0 {
			with(func(c *consent.Case) { c.Answers[i].Ranking = c.Answers[i].Ranking[:n-1] })
		}
	}
	if len(c.Register) > 0 {
		with(func(n *consent.Case) { n.Register = nil })
	}
	for _, flag := range []func(*consent.Case) *bool{func(n *consent.Case) *bool { return &n.MayChange }, func(n *consent.Case) *bool { return &n.Quorate }} {
		if *flag(&c) {
			with(func(n *consent.Case) { *flag(n) = false })
		}
	}
	if !c.Closes.IsZero() && c.Now.Before(c.Closes) {
		with(func(n *consent.Case) { n.Closes = time.Time{} })
	}
	if c.Now.After(c.Opened) && len(c.Answers) == 0 && c.Now.Before(c.Closes) {
		with(func(n *consent.Case) { n.Now = n.Opened })
	}
	return out
}

// literal writes a case as Go code.
func literal(c consent.Case) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("consent.Case{")
	line("\tNow: %s, Opened: %s, Closes: %s,", moment(c.Now), moment(c.Opened), moment(c.Closes))
	line("\tVersion: %d, MayChange: %t, Quorate: %t,", c.Version, c.MayChange, c.Quorate)
	if len(c.Options) > 0 {
		line("\tOptions: []consent.Option{%s},", each(c.Options, func(o consent.Option) string { return fmt.Sprintf("{ID: %q}", o.ID) }))
	}
	line("\tSeats: []consent.Seat{%s},", each(c.Seats, func(s consent.Seat) string {
		return "{" + fields("Person", s.Person, "Class", s.Class, "Weight", s.Weight, "Delegate", s.Delegate, "Out", s.Out) + "}"
	}))
	if len(c.Answers) > 0 {
		line("\tAnswers: []consent.Answer{")
		for _, a := range c.Answers {
			line("\t\t{%s, At: %s},", fields("Seat", a.Seat, "Position", a.Position, "Ranking", a.Ranking, "Scores", a.Scores, "Version", a.Version, "Silent", a.Silent), moment(a.At))
		}
		line("\t},")
	}
	if len(c.Objections) > 0 {
		line("\tObjections: []consent.Objection{%s},", each(c.Objections, func(o consent.Objection) string {
			return "{" + fields("ID", o.ID, "Seat", o.Seat, "Version", o.Version, "Stands", o.Stands) + ", Raised: " + moment(o.Raised) + ", Ended: " + moment(o.Ended) + "}"
		}))
	}
	if len(c.Register) > 0 {
		line("\tRegister: []consent.Enrolled{%s},", each(c.Register, func(e consent.Enrolled) string { return "{" + fields("Class", e.Class, "N", e.N) + "}" }))
	}
	b.WriteString("}")
	return b.String()
}

func each[T any](list []T, write func(T) string) string {
	var out []string
	for _, x := range list {
		out = append(out, write(x))
	}
	return strings.Join(out, ", ")
}

// fields writes what is not empty.
func fields(pairs ...any) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		switch text := fmt.Sprintf("%#v", pairs[i+1]); strings.TrimPrefix(text, "circle.") {
		case `""`, "0", "false", "[][]string(nil)", "map[string]int64(nil)", "map[string]int64{}":
		default:
			out = append(out, fmt.Sprintf("%v: %s", pairs[i], text))
		}
	}
	return strings.Join(out, ", ")
}

// moment writes an instant as Go code.
func moment(t time.Time) string {
	if t.IsZero() {
		return "time.Time{}"
	}
	t = t.UTC()
	return fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, %d, time.UTC)", t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond())
}

func clock(t time.Time) string { return t.UTC().Format("2 January 15:04:05") }

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
)

// The register of members has two hundred names. Those who act in circles stand in
// the constitution; the others are entered by number.
var classes = []struct {
	class circle.Class
	all   int
	named string
}{
	{circle.Supported, 60, "supported member"},
	{circle.Advocate, 20, "advocate"},
	{circle.Worker, 50, "worker"},
	{circle.Investor, 70, "investor"},
}

// A member is one of the register who is in no circle but that of all members.
type member struct {
	id    circle.PersonID
	name  string
	class circle.Class
}

// register lists the members whom the constitution does not name.
func register(plan *constitution.Constitution) []member {
	var out []member
	for _, c := range classes {
		named := 0
		for _, p := range plan.People {
			if p.Class == c.class {
				named++
			}
		}
		for n := named + 1; n <= c.all; n++ {
			out = append(out, member{circle.PersonID(fmt.Sprintf("%s-%d", c.class, n)), fmt.Sprintf("%s %d", strings.ToUpper(c.named[:1])+c.named[1:], n), c.class})
		}
	}
	return out
}

// enrol are the commands that enter members in the register.
func enrol(list []member) []circle.Command {
	var out []circle.Command
	for _, m := range list {
		out = append(out, circle.Admit{ID: m.id, Name: say(m.name), Class: m.class}, circle.Join{Circle: "members", Person: m.id, Level: circle.Full})
	}
	return out
}

// registered are some of the members of a class whom the constitution does not
// name, from one on and so many.
func registered(class circle.Class, from, n int) []circle.PersonID {
	var out []circle.PersonID
	for _, c := range classes {
		for i := c.all - from + 1; c.class == class && i > c.all-from+1-n; i-- {
			out = append(out, circle.PersonID(fmt.Sprintf("%s-%d", class, i)))
		}
	}
	slices.Sort(out)
	return out
}

// inClasses says how many members there are.
func inClasses() string {
	var parts []string
	all := 0
	for _, c := range classes {
		parts, all = append(parts, fmt.Sprintf("%d %ss", c.all, c.named)), all+c.all
	}
	return fmt.Sprintf("%d members: %s", all, plain(parts))
}

// unrelated is what the co-operative means by it: people who live together are
// not unrelated. Ann lives with Ivo.
func unrelated(_ context.Context, a, b circle.PersonID) bool {
	household := []circle.PersonID{"ann", "ivo"}
	return !slices.Contains(household, a) || !slices.Contains(household, b)
}

package constitution_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/consent"
)

const garden = `{
  "format": "sayround-constitution/1",
  "name": "The Garden",
  "people": [
    {"id": "ana", "name": "Ana"},
    {"id": "ben", "name": "Ben", "reading": {"first": "7d"}, "supporters": ["ana"]}
  ],
  "circles": [
    {"id": "garden", "kind": "root", "name": "Garden Circle", "aim": "A garden that feeds the street",
     "domain": [{"id": "beds", "text": "What grows where"}, {"id": "tools", "text": "The tools"}],
     "participants": [{"person": "ana", "level": "full"}, {"person": "ben", "level": "full"}]},
    {"id": "shed", "parent": "garden", "aim": "Everybody finds the tool they look for",
     "domain": [{"id": "tools"}], "participants": [{"person": "ben", "level": "full"}]}
  ],
  "roles": [
    {"id": "shed-leader", "circle": "shed", "hat": "leader", "holders": [{"person": "ben", "term": "1y"}]}
  ],
  "links": [{"circle": "shed", "to": "garden", "as": "leader"}]
}`

// A document is read, and looked at as a whole.
func ExampleParse() {
	c, err := constitution.Parse([]byte(garden))
	if err != nil {
		fmt.Println(err)
		return
	}
	name, _ := c.Name.Words()
	fmt.Println(name, "has", len(c.People), "people in", len(c.Circles), "circles:")
	for _, x := range c.Circles {
		aim, _ := x.Aim.Words()
		fmt.Printf("%s: %s\n", x.ID, aim)
	}
	// Output:
	// The Garden has 2 people in 2 circles:
	// garden: A garden that feeds the street
	// shed: Everybody finds the tool they look for
}

// All that is wrong is told at once, in sentences for those whose document it
// is.
func ExampleProblems() {
	_, err := constitution.Parse([]byte(`{
	  "format": "sayround-constitution/1",
	  "name": "The Garden",
	  "people": [{"id": "ana"}],
	  "circles": [
	    {"id": "garden", "kind": "root", "aim": "A garden that feeds the street",
	     "domain": [{"id": "beds"}], "participants": [{"person": "ana", "level": "full"}]},
	    {"id": "shed", "parent": "garden", "domain": [{"id": "tools"}]}
	  ],
	  "roles": [
	    {"id": "shed-leader", "circle": "shed", "hat": "leader", "holders": [{"person": "ben"}]}
	  ]
	}`))
	fmt.Println(err)
	fmt.Println("speaks of somebody who does not exist:", errors.Is(err, circle.ErrNotKnown))
	// Output:
	// circles[1].aim: shed needs an aim: without one nobody can tell whether it is harmed.
	// circles[1].domain[0]: garden cannot hand on tools: it is not in its own domain, or was handed to another circle already.
	// roles[0].holders[0].person: Nobody here is called ben.
	// speaks of somebody who does not exist: true
}

// An organisation is founded by giving the commands one after the other. Each
// has an id, so a founding that broke off is finished by doing it all again.
func ExampleConstitution_Commands() {
	ctx := context.Background()
	engine, err := consent.Open(ctx, consent.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var methods []string
	for _, m := range consent.Presets() {
		methods = append(methods, m.Name)
	}
	c, err := constitution.Parse([]byte(garden), methods...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, cmd := range c.Commands() {
		id := consent.WithID(fmt.Sprintf("found-%d", i))
		if _, err := engine.Do(ctx, circle.Actor{By: "founder"}, cmd, id); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(cmd.Wire())
	}
	engine.Look(func(s *consent.State) {
		fmt.Println("In the garden circle decide", s.Org.FullIn("garden"))
		fmt.Println("It has handed tools to", s.Org.HandedTo(s.Org.Circle("garden"), "tools"))
	})
	// Output:
	// circle.found
	// circle.admit
	// circle.admit
	// circle.name-supporter
	// circle.open
	// circle.join
	// circle.join
	// circle.join
	// circle.create-role
	// circle.give-role
	// circle.link
	// circle.end-founding
	// In the garden circle decide [ana ben]
	// It has handed tools to shed
}

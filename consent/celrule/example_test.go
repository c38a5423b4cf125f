package celrule_test

import (
	"fmt"
	"log"
	"maps"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/celrule"
	"github.com/sayround/sayround/consent/rule"
)

// A rule of two conditions, and what it makes of five seats at the close.
func Example() {
	r, err := celrule.New(celrule.Source{Conditions: []celrule.Condition{
		{Name: "quorum", Says: "half of all answer", CEL: "answered * 2 >= all"},
		{Name: "workers", Says: "more workers are for it than against it", CEL: `yes("worker") > no("worker")`},
	}})
	if err != nil {
		log.Fatal(err)
	}
	opened := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	closes := opened.Add(72 * time.Hour)
	c := consent.Case{Opened: opened, Closes: closes, Now: closes, Version: 1}
	for _, s := range []struct {
		who   circle.PersonID
		class circle.Class
		said  string
	}{{"ana", circle.Worker, "yes"}, {"bea", circle.Worker, "no"}, {"cem", circle.Worker, "yes"}, {"dov", circle.Investor, ""}, {"eli", circle.Investor, ""}} {
		c.Seats = append(c.Seats, consent.Seat{Person: s.who, Class: s.class})
		if s.said != "" {
			c.Answers = append(c.Answers, consent.Answer{Seat: s.who, Position: s.said, Version: 1, At: opened})
		}
	}
	v := r.Judge(c)
	fmt.Println(v.Outcome)
	for _, why := range v.Why[len(v.Why)-2:] {
		fmt.Printf("%s: %s, needs %s: %t\n", why.Code, why.Got, why.Need, why.Holds)
	}
	// Output:
	// adopted
	// quorum: 3 of 5, needs at least 1/2: true
	// workers: 2, needs over 1: true
}

// What is not in the language is refused when the rule is made.
func ExampleNew_refused() {
	for _, expression := range []string{
		"yes >= all * 0.6",
		"yess > no",
		`now > timestamp("2026-12-24T00:00:00Z")`,
		"seats.all(a, seats.all(b, a.weight == b.weight))",
		"yes",
	} {
		_, err := celrule.New(celrule.Source{Conditions: []celrule.Condition{{Name: "it", Says: "an example", CEL: expression}}})
		fmt.Println(err)
	}
	// Output:
	// condition "it": there are whole numbers, texts, true and false, and no double
	// condition "it": undeclared reference to 'yess' (did you mean 'yes'?) (at character 1)
	// condition "it": undeclared reference to 'now' (did you mean 'no'?) (at character 1)
	// with 1000 seats and 50 classes it could cost more than 100000: let it go through them less often
	// condition "it": it gives int, and a condition says whether something holds
}

// An engine knows the rules of the stock and those of this package. A method names
// one by its kind, version and parameters.
func ExampleKinds() {
	rules := rule.Stock()
	maps.Copy(rules, celrule.Kinds())

	r, err := celrule.Parse(`{"conditions":[{"cel":"classes.all(c, yes(c) > no(c))","name":"each-class","says":"in each class more are for it than against it"}]}`)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Name().Kind, r.Name().Version)
	fmt.Println(r)
	fmt.Println("costs at most", r.Cost())
	// Output:
	// cel 1
	// It is adopted when all of this holds: in each class more are for it than against it (each-class: classes.all(c, yes(c) > no(c))). Nothing is decided before the close.
	// costs at most 402
}

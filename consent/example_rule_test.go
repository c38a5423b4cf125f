package consent_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// The examples of rules ask each one about a small case, and print what a member is
// told.

// explain asks a rule about version 1 of a text, three days after the question was put:
// "ana consent" has answered, and "ana" has not.
func explain(r consent.Rule, objectors string, seats ...string) {
	opened := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	c := consent.Case{Version: 1, Opened: opened, Closes: opened.AddDate(0, 0, 3), Now: opened.AddDate(0, 0, 3)}
	for _, s := range seats {
		name, position, answered := strings.Cut(s, " ")
		who := circle.PersonID(name)
		c.Seats = append(c.Seats, consent.Seat{Person: who})
		if answered {
			c.Answers = append(c.Answers, consent.Answer{Seat: who, Position: position, Version: 1, At: opened.Add(time.Hour)})
		}
	}
	for _, who := range strings.Fields(objectors) {
		c.Objections = append(c.Objections, consent.Objection{ID: "noise", Seat: circle.PersonID(who), Version: 1, Stands: true, Raised: opened.Add(time.Hour)})
	}
	for _, sentence := range consent.Explain(r, c, r.Judge(c)) {
		fmt.Println(sentence)
	}
}

// Everybody must be heard, and no objection may stand; nobody is outvoted.
func ExampleByConsent() {
	explain(consent.ByConsent{}, "ben", "ana consent", "ben objects", "cem")
	fmt.Println("---")
	explain(consent.ByConsent{}, "", "ana consent", "ben consent")
	// Output:
	// It is not decided yet.
	// 1 of 3 consented, not yet ben and cem.
	// The objection noise of ben stands.
	// ---
	// It is adopted. This is final.
	// 2 of 2 consented.
}

// Two must be in favour, and no objection may stand.
func ExampleSettle() {
	explain(consent.Settle{Support: 2}, "", "ana consent", "ben stand-aside", "cem")
	// Output:
	// It is not decided yet.
	// 1 in favour, 2 needed.
	// No objection may stand: none does.
}

// More than half of those who are there must be in favour, and three must be there.
func ExampleResolution() {
	explain(consent.Ordinary, "", "ana consent", "ben consent", "cem against", "dov")
	// Output:
	// It is not adopted. This is final.
	// 4 were there, 3 needed.
	// In favour were 1/2 (50.00 %), and over 1/2 of those present is needed.
}

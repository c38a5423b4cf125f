package circle_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
)

// Two circles are founded, and the inner one is tied to the outer by whoever
// leads it. An engine would keep what happens in a ledger; here it happens at
// once.
func Example() {
	var o circle.Organisation
	ana := circle.Actor{By: "ana"}
	do := func(cmd circle.Command) {
		events, err := o.Decide(ana, time.Now(), cmd, circle.Facts{})
		if err != nil {
			fmt.Println("refused:", err)
			return
		}
		for _, e := range events {
			o.Apply(e)
		}
	}

	do(circle.Found{ID: "street", Aim: circle.Say("A street where people know each other"),
		Domain: []circle.Item{{ID: "bread"}, {ID: "garden"}}, Members: []circle.PersonID{"ana", "ben", "cia"}})
	do(circle.Open{ID: "bakery", Parent: "street", Aim: circle.Say("Bread the street is glad of"),
		Domain: []circle.Item{{ID: "bread"}}, Members: []circle.PersonID{"ben"}, Leader: "dee"})
	do(circle.Admit{ID: "dee"})
	do(circle.Open{ID: "bakery", Parent: "street", Aim: circle.Say("Bread the street is glad of"),
		Domain: []circle.Item{{ID: "bread"}}, Members: []circle.PersonID{"ben"}, Leader: "dee"})
	do(circle.LinkTo{Circle: "bakery", To: "street", As: circle.Leader})

	fmt.Println("bakery:", o.FullIn("bakery"))
	fmt.Println("street:", o.FullIn("street"))
	fmt.Println("who decides on bread:", o.HandedTo(o.Circle("street"), "bread"))
	// Output:
	// refused: Nobody here is called dee.
	// bakery: [dee ben]
	// street: [ana ben cia dee]
	// who decides on bread: bakery
}

// A refusal is a code that a program can act on, and a sentence that a member
// understands, also in the words of their own organisation.
func ExampleRefusal() {
	var o circle.Organisation
	_, err := o.Decide(circle.Actor{By: "ana"}, time.Now(), circle.Leave{Circle: "bakery"}, circle.Facts{})

	fmt.Println(errors.Is(err, circle.ErrNotNow))
	var r *circle.Refusal
	if errors.As(err, &r) {
		fmt.Println(r.Code.ID)
		fmt.Println(r)
		fmt.Println(r.In(circle.Words{"not-founded": "Uns gibt es noch nicht."}))
	}
	// Output:
	// true
	// not-founded
	// There is no organisation yet: circle.found begins it.
	// Uns gibt es noch nicht.
}

// Months go by the calendar: count them from the first date.
func ExamplePeriod_Times() {
	start := time.Date(2026, time.January, 31, 10, 0, 0, 0, time.UTC)
	month := circle.MustPeriod("1m")
	for n := 1; n <= 3; n++ {
		fmt.Println(month.Times(start, n).Format(time.DateOnly))
	}
	// Output:
	// 2026-02-28
	// 2026-03-31
	// 2026-04-30
}

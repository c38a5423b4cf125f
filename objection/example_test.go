package objection_test

import (
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// An objection starts work on the text. Nobody can dismiss it: it ends when
// who raised it accepts how a version meets it, or takes it back.
func Example() {
	var os objection.Objections
	facts := objection.Facts{
		Circle:   &circle.Circle{ID: "bakery", AimParts: []circle.Item{{ID: "bread"}}},
		Proposal: &proposal.Proposal{ID: "sundays", Versions: []proposal.Version{{N: 1}}},
	}
	do := func(who circle.PersonID, cmd objection.Command) {
		events, err := os.Decide(circle.Actor{By: who}, time.Now(), cmd, facts)
		if err != nil {
			fmt.Println("refused:", err)
			return
		}
		for _, e := range events {
			os.Apply(e)
		}
	}

	do("cia", objection.Raise{ID: "o1", Proposal: "sundays", Aim: "rest", Argument: circle.Say("Nobody is left to bake.")})
	do("cia", objection.Raise{ID: "o1", Proposal: "sundays", Aim: "bread", Argument: circle.Say("Nobody is left to bake.")})
	do("ana", objection.Withdraw{Objection: "o1"})
	fmt.Println("standing:", objection.Names(os.Standing("sundays")))

	do("ana", objection.Restate{Objection: "o1", Statement: circle.Say("On Sundays there is nobody to bake")})
	do("cia", objection.Confirm{Objection: "o1"})
	do("", objection.Meet{Objection: "o1", In: 2, Tools: []circle.Tool{circle.Shorten}})
	do("cia", objection.Accept{Objection: "o1"})
	fmt.Println("standing:", len(os.Standing("sundays")), "- o1 is", os.Objection("o1").Status)
	// Output:
	// refused: rest is no part of the aim of bakery. An objection names what it says is harmed: aim and bread.
	// refused: The objection o1 is cia's: only cia may do this, not ana.
	// standing: o1 (cia)
	// standing: 0 - o1 is integrated
}

// Quickstart: three people, one objection, amended, adopted, verified.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

func main() {
	ctx := context.Background()
	engine, err := consent.Open(ctx, consent.Config{}) // in memory; give it a Store to keep things
	if err != nil {
		log.Fatal(err)
	}
	do := func(who circle.PersonID, cmd consent.Command) {
		if _, err := engine.Do(ctx, circle.Actor{By: who}, cmd); err != nil {
			fmt.Println("refused:", err)
		}
	}
	do("ana", circle.Found{ID: "bakery", Aim: circle.Say("Bread the street is glad of"), Members: []circle.PersonID{"ana", "ben", "cia"}})
	do("ana", proposal.Submit{ID: "sundays", Circle: "bakery", Text: circle.Say("We open every Sunday"), Term: circle.MustPeriod("3m")})
	do("ana", consent.OpenRound{Proposal: "sundays", Round: consent.ConsentRound})
	do("ana", consent.Respond{Proposal: "sundays", Answer: consent.Consents})
	do("ben", consent.Respond{Proposal: "sundays", Answer: consent.Consents})
	do("cia", objection.Raise{ID: "o1", Proposal: "sundays", Aim: circle.WholeAim, Argument: circle.Say("Nobody is left to bake on Mondays")})
	do("ben", objection.Withdraw{Objection: "o1"}) // only Cia can
	do("ben", consent.Integrate{Proposal: "sundays", Text: circle.Say("We open the first Sunday of each month"),
		Meets: []consent.Meets{{Objection: "o1", Tools: []circle.Tool{circle.Amend}}}})
	do("ana", consent.OpenRound{Proposal: "sundays", Round: consent.ConsentRound})
	for _, who := range []circle.PersonID{"ana", "ben", "cia"} {
		do(who, consent.Respond{Proposal: "sundays", Answer: consent.Consents})
	}
	why, err := engine.Explain(ctx, "sundays")
	if err != nil {
		log.Fatal(err)
	}
	for _, sentence := range why[len(why)-3:] {
		fmt.Println(sentence)
	}
	verified, err := engine.Verify(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("verified: %d entries, root %v\n", verified.Size, verified.Root)
}

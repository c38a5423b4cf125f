package proposal_test

import (
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// street is an organisation of one circle; ana and ben take full part.
func street() *circle.Organisation {
	var o circle.Organisation
	events, err := o.Decide(circle.Actor{By: "ana"}, time.Time{}, circle.Found{ID: "street", Aim: circle.Say("A good street"),
		Domain: []circle.Item{{ID: "bread"}}, Members: []circle.PersonID{"ana", "ben"}}, circle.Facts{})
	if err != nil {
		panic(err)
	}
	for _, e := range events {
		o.Apply(e)
	}
	return &o
}

// A proposal is a text in versions; a rendition belongs to one of them, and a
// new version makes it stale.
func Example() {
	var m proposal.Matters
	facts := proposal.Facts{Org: street()}
	monday := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	do := func(who circle.PersonID, cmd proposal.Command) {
		events, err := m.Decide(circle.Actor{By: who}, monday, cmd, facts)
		if err != nil {
			fmt.Println("refused:", err)
			return
		}
		for _, e := range events {
			m.Apply(e)
		}
	}

	do("ana", proposal.Submit{ID: "sundays", Circle: "street", Text: circle.Say("Open every Sunday"), Term: circle.MustPeriod("6m")})
	do("ben", proposal.AttachRendition{Proposal: "sundays", Version: 1, Format: circle.EasyRead, Text: circle.Say("The shop is open on Sunday.")})
	do("ben", proposal.Withdraw{Proposal: "sundays"})
	do("ben", proposal.Amend{Proposal: "sundays", Text: circle.Say("Open on the first Sunday")})

	p := m.Proposal("sundays")
	fmt.Println("version", p.Current().N, "for", p.Current().Term, "is", p.Status)
	fmt.Println("the Easy Read is stale:", p.Stale(circle.EasyRead))
	missing, _ := p.ReadyFor(&circle.Person{ID: "dee", Formats: []circle.Format{circle.EasyRead}})
	fmt.Println("dee still needs:", missing)
	// Output:
	// refused: ben may not do this: only the proposer, ana, may.
	// version 2 for 6m is open
	// the Easy Read is stale: true
	// dee still needs: [easy-read]
}

// An agreement with a measure: a reading at the stop level brings it back to
// its circle. It stays in force until the circle decides otherwise.
func ExampleReadMeasure() {
	var m proposal.Matters
	monday := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	org := street()
	org.Apply(&circle.RoleCreated{Role: "counter", Circle: "street"})
	org.Apply(&circle.RoleGiven{Role: "counter", Person: "ben", Since: monday})
	do := func(who circle.PersonID, cmd proposal.Command) {
		events, err := m.Decide(circle.Actor{By: who}, monday, cmd, proposal.Facts{Org: org})
		if err != nil {
			fmt.Println("refused:", err)
			return
		}
		for _, e := range events {
			m.Apply(e)
		}
	}

	do("ana", proposal.Submit{ID: "sundays", Circle: "street", Text: circle.Say("Open every Sunday"), Measures: []proposal.Measure{
		{ID: "unsold", Indicator: circle.Say("loaves left"), Every: circle.MustPeriod("1w"), Reader: "counter", Stop: 20}}})
	do("", proposal.Adopt{Proposal: "sundays", Version: 1})
	do("ana", proposal.ReadMeasure{Proposal: "sundays", Measure: "unsold", Value: 25})
	do("ben", proposal.ReadMeasure{Proposal: "sundays", Measure: "unsold", Value: 25})

	a := m.Proposal("sundays").Agreement
	fmt.Println("version", a.Version, "is in force and", a.Phase, "because of the", a.Because)
	// Output:
	// refused: unsold is read by whoever wears counter; ana does not.
	// version 1 is in force and due because of the stop-level
}

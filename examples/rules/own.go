package main

import (
	"fmt"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// EnoughCare is a rule of one's own: when the time is over, more must be for a
// proposal than against it, and at least so many of those who give or get care
// must be for it.
type EnoughCare struct{ AtLeast int }

// Judge answers the case.
func (r EnoughCare) Judge(c consent.Case) consent.Verdict {
	yes, no, care := 0, 0, 0
	for _, said := range rule.Said(&c) {
		switch {
		case said.Position == "yes" && said.Seat.Class != "investor":
			care++
			yes++
		case said.Position == "yes":
			yes++
		case said.Position == "no":
			no++
		}
	}
	why := append([]consent.Reason{
		{Code: "more-yes", Holds: yes > no, Got: fmt.Sprint(yes), Need: fmt.Sprint("over ", no)},
		{Code: "care", Holds: care >= r.AtLeast, Got: fmt.Sprint(care), Need: fmt.Sprint(r.AtLeast)},
	}, consent.Standing(&c)...)
	if !rule.Over(&c) {
		return consent.Verdict{Outcome: consent.Pending, Wake: c.Closes, Why: why}
	}
	if yes > no && care >= r.AtLeast {
		return consent.Verdict{Outcome: consent.Carried, Final: true, Why: why}
	}
	return consent.Verdict{Outcome: consent.Declined, Final: true, Why: why}
}

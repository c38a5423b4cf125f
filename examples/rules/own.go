package main

import (
	"fmt"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

// EnoughCare is a rule of one's own: when the time is over, more must be for a
// proposal than against it, and at least so many of those who give or get care
// must be for it. It knows the answers to a question of consent and those of a
// vote, so it can be tried wherever people answer.
type EnoughCare struct{ AtLeast int }

// Judge answers the case.
func (r EnoughCare) Judge(c consent.Case) consent.Verdict {
	yes, no, care := 0, 0, 0
	for _, said := range rule.Said(&c) {
		switch said.Position {
		case rule.Yes, consent.Consents:
			yes++
			if said.Seat.Class != "investor" {
				care++
			}
		case rule.No, consent.Objects, consent.Against:
			no++
		}
	}
	v := consent.Verdict{Outcome: consent.Declined, Final: true, Why: append([]consent.Reason{
		{Code: "more-for", Holds: yes > no, Got: fmt.Sprint(yes), Need: fmt.Sprint(no + 1)},
		{Code: "care", Holds: care >= r.AtLeast, Got: fmt.Sprint(care), Need: fmt.Sprint(r.AtLeast)},
	}, consent.Standing(&c)...)}
	if !rule.Over(&c) {
		v.Outcome, v.Final, v.Wake = consent.Pending, false, c.Closes
	} else if yes > no && care >= r.AtLeast {
		v.Outcome = consent.Carried
	}
	return v
}

// Words says its reasons so that every member understands them. A rule may leave
// them out; then what it found and what it needed is said in general words.
func (r EnoughCare) Words(why consent.Reason) (string, bool) {
	switch why.Code {
	case "more-for":
		return fmt.Sprintf("%s said yes, and at least %s must: one more than said no", why.Got, why.Need), true
	case "care":
		return fmt.Sprintf("%s of those who give or get care said yes, and at least %s must", why.Got, why.Need), true
	}
	return "", false
}

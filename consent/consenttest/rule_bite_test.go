package consenttest_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/consenttest"
)

// What holds for every rule is tried, whatever is claimed: each of these rules
// fails, and for its own reason.
func TestTheKitBitesAlways(t *testing.T) {
	bites(t, map[string]bad{
		"an outcome that is none": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			v.Outcome = 0
			return v
		}), says: "the outcome is 0, which is none"},
		"a case that is changed": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			slices.Reverse(c.Answers)
			return v
		}), says: "the rule changed the case"},
		"an objection of nobody": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			for i := range v.Why {
				v.Why[i].Who = nil
			}
			return v
		}), says: "the reasons do not tell of"},
		"final, and asks again": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if v.Final {
				v.Wake = c.Now.Add(time.Hour)
			}
			return v
		}), says: "asks to be asked again"},
		"final for a while": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			v.Final = v.Final && c.Now.Before(c.Closes.Add(30*24*time.Hour))
			return v
		}), says: "what is final stays so"},
		"an objection that ends is forgotten": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if slices.ContainsFunc(c.Objections, func(o consent.Objection) bool { return o.Stands }) {
				v.Outcome, v.Final, v.Wake = consent.Declined, true, time.Time{}
			}
			return v
		}), says: "what is final stays so"},
		"a close that is open": {rule: overlooks(func(c *consent.Case) {
			for i := range c.Answers {
				c.Answers[i].At = c.Opened
			}
		}), says: "what is said at the close or later does not count"},
		"the last instant is inside": {rule: overlooks(func(c *consent.Case) {
			for i := range c.Answers {
				if a := &c.Answers[i]; a.At.Equal(c.Closes) {
					a.At = c.Opened
				}
			}
		}), says: "what is said at the close or later does not count"},
		"who has no seat": {rule: overlooks(func(c *consent.Case) {
			for _, a := range c.Answers {
				if !slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Person == a.Seat }) {
					c.Seats = append(c.Seats, consent.Seat{Person: a.Seat})
				}
			}
		}), says: "what is said by who has no seat does not count"},
		"a quorum that is turned round": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if v.Outcome == consent.Carried && c.Quorate {
				v.Outcome, v.Why[0].Holds = consent.Declined, false
			}
			return v
		}), says: "a meeting that is a quorum anyway adopts no less"},
		"a clock on the wall": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			v.Why = append(v.Why, consent.Reason{Code: "at", Got: c.Now.Format(time.Kitchen)})
			return v
		}), says: "what is read back from a record is judged alike"},
		"who says the same twice": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			yes, no := 0, 0
			for _, a := range c.Answers {
				if i := slices.IndexFunc(c.Seats, func(s consent.Seat) bool { return s.Person == a.Seat && !s.Out }); i >= 0 && counts(&c, a) {
					switch a.Position {
					case "yes":
						yes++
					case "no":
						no++
					}
				}
			}
			if v.Final {
				v.Outcome, v.Why[0].Holds = consent.Declined, yes > no
				if yes > no {
					v.Outcome = consent.Carried
				}
			}
			return v
		}), says: "to give the same answer again changes nothing"},
		"weights that run over": {rule: overlooks(func(c *consent.Case) {
			var sum int64
			for _, s := range c.Seats {
				sum += s.Weight
			}
			if sum < 0 {
				c.Answers = nil
				for _, s := range c.Seats {
					c.Answers = append(c.Answers, consent.Answer{Seat: s.Person, Position: "yes", Version: c.Version, At: c.Opened})
				}
			}
		}), claim: consenttest.Claims{Weights: true}, says: "weights that cannot be counted adopt nothing"},
		"whatever is no no is a yes": {rule: overlooks(func(c *consent.Case) {
			for i := range c.Answers {
				if a := &c.Answers[i]; a.Position != "no" {
					a.Position = "yes"
				}
			}
		}), says: "an answer that the rule does not know"},
	})
}

// overlooks makes the rule see another case.
func overlooks(change func(c *consent.Case)) consent.Rule {
	return changed(func(c consent.Case, _ consent.Verdict) consent.Verdict {
		c.Seats, c.Answers = slices.Clone(c.Seats), slices.Clone(c.Answers)
		change(&c)
		return more{}.Judge(c)
	})
}

// Each claim is tried: of these rules something is claimed that is not so.
func TestTheKitBitesWhatIsClaimed(t *testing.T) {
	options := func(c consenttest.Claims) consenttest.Claims { c.Options = true; return c }
	bites(t, map[string]bad{
		"somebody has the last word": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if v.Final && slices.ContainsFunc(c.Answers, func(a consent.Answer) bool {
				return a.Seat == "ana" && a.Position == "no" && a.Version == c.Version
			}) {
				v.Outcome, v.Why[0].Holds = consent.Declined, false
			}
			return v
		}), claim: consenttest.Claims{Anonymous: true}, says: "(anonymous)"},
		"too much of it": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if yes, _ := tally(c); v.Outcome == consent.Carried && yes > 2 {
				v.Outcome, v.Why[0].Holds = consent.Declined, false
			}
			return v
		}), claim: consenttest.Claims{Monotone: true}, says: "(monotone)"},
		"one too many": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if v.Outcome == consent.Carried && len(c.Seats) > 3 {
				v.Outcome, v.Why[0].Holds = consent.Declined, false
			}
			return v
		}), claim: consenttest.Claims{Participation: true}, says: "(participation)"},
		"a number of people": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if yes, _ := tally(c); v.Outcome == consent.Carried && yes < 2 {
				v.Outcome, v.Why[0].Holds = consent.Declined, false
			}
			return v
		}), claim: consenttest.Claims{Homogeneous: true}, says: "(homogeneous)"},
		"weights that are not looked at": {rule: more{}, claim: consenttest.Claims{Weights: true, WeightSplitting: true}, says: "(weight splitting)"},
		"voices that are not lent":       {rule: more{}, claim: consenttest.Claims{Delegates: true}, says: "(delegation)"},
		"a class that is not asked":      {rule: more{}, claim: consenttest.Claims{Classes: []string{"a", "b"}, EachClass: []string{"a"}}, says: "(classes)"},
		"a class that is": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if v.Outcome == consent.Carried && slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Class == "a" }) {
				v.Outcome, v.Why[0].Holds = consent.Declined, false
			}
			return v
		}), claim: consenttest.Claims{Classes: []string{"a", "b"}, Classless: true}, says: "(classless)"},
		"a stricter rule that is laxer": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			if v.Outcome == consent.Carried {
				v.Outcome, v.Why[0].Holds = consent.Declined, false
			}
			return v
		}), claim: consenttest.Claims{Stricter: []consent.Rule{more{}}}, says: "(monotone parameters)"},
		"the one that is listed first":     {rule: listed{}, claim: options(consenttest.Claims{Neutral: true}), says: "(neutral)"},
		"the one that is listed, again":    {rule: listed{}, claim: options(consenttest.Claims{Condorcet: true}), says: "(Condorcet)"},
		"the one that fewest put first":    {rule: fewest{}, claim: options(consenttest.Claims{Monotone: true}), says: "(monotone)"},
		"the one that fewest put up first": {rule: fewest{}, claim: options(consenttest.Claims{Participation: true}), says: "(participation)"},
	})
}

// listed chooses what is listed first, whatever anybody says.
type listed struct{}

func (listed) Judge(c consent.Case) consent.Verdict {
	return chosen(c, func(map[string]int) string { return c.Options[0].ID })
}

// fewest chooses what the fewest put first.
type fewest struct{}

func (fewest) Judge(c consent.Case) consent.Verdict {
	return chosen(c, func(first map[string]int) string {
		o := slices.MinFunc(c.Options, func(a, b consent.Option) int { return first[a.ID] - first[b.ID] })
		return o.ID
	})
}

// chosen chooses at the close, if anybody ranked anything that there is.
func chosen(c consent.Case, choose func(first map[string]int) string) consent.Verdict {
	v := consent.Verdict{Outcome: consent.Pending, Wake: c.Closes, Why: why(c, 0, 0)}
	if c.Closes.IsZero() || c.Now.Before(c.Closes) {
		return v
	}
	v.Outcome, v.Final, v.Wake = consent.Declined, true, time.Time{}
	first, last := map[string]int{}, map[circle.PersonID]string{}
	for _, a := range c.Answers {
		seated := slices.ContainsFunc(c.Seats, func(s consent.Seat) bool { return s.Person == a.Seat && !s.Out })
		if seated && a.Version == c.Version && a.At.Before(c.Closes) && len(a.Ranking) > 0 && len(a.Ranking[0]) > 0 {
			last[a.Seat] = a.Ranking[0][0]
		}
	}
	for _, o := range last {
		if slices.ContainsFunc(c.Options, func(known consent.Option) bool { return known.ID == o }) {
			first[o]++
		}
	}
	if len(first) > 0 {
		v.Outcome, v.Winners, v.Why[0] = consent.Carried, []string{choose(first)}, consent.Reason{Code: "first", Holds: true, Got: fmt.Sprint(first)}
	}
	return v
}

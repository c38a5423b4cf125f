package consenttest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/consenttest"
)

// more is a rule of ten lines: more yes than no, when the time is over.
type more struct{}

func (more) Judge(c consent.Case) consent.Verdict {
	yes, no := tally(c)
	v := consent.Verdict{Outcome: consent.Pending, Wake: c.Closes, Why: why(c, yes, no)}
	if !c.Closes.IsZero() && !c.Now.Before(c.Closes) {
		v.Outcome, v.Final, v.Wake = consent.Declined, true, time.Time{}
		if yes > no {
			v.Outcome = consent.Carried
		}
	}
	return v
}

func tally(c consent.Case) (yes, no int64) {
	for _, s := range c.Seats {
		for i := len(c.Answers) - 1; i >= 0 && !s.Out; i-- {
			if a := c.Answers[i]; a.Seat == s.Person && counts(&c, a) {
				switch a.Position {
				case "yes":
					yes++
				case "no":
					no++
				}
				break
			}
		}
	}
	return yes, no
}

// counts says that an answer is to the version as it is now, and in time.
func counts(c *consent.Case, a consent.Answer) bool {
	return a.Version == c.Version && (c.Closes.IsZero() || a.At.Before(c.Closes))
}

func why(c consent.Case, yes, no int64) []consent.Reason {
	out := []consent.Reason{{Code: "more-yes", Holds: yes > no, Got: fmt.Sprint(yes), Need: fmt.Sprint("over ", no)}}
	for _, o := range c.Objections {
		if o.Stands {
			out = append(out, consent.Reason{Code: "objection-stands", Got: o.ID, Who: []circle.PersonID{o.Seat}})
		}
	}
	return out
}

// changed is the rule with something wrong.
type changed func(c consent.Case, v consent.Verdict) consent.Verdict

func (f changed) Judge(c consent.Case) consent.Verdict { return f(c, more{}.Judge(c)) }

// A heard is a test that only notes what it is told.
type heard struct {
	testing.TB
	said []string
}

func (h *heard) Helper() {}
func (h *heard) Errorf(format string, args ...any) {
	h.said = append(h.said, fmt.Sprintf(format, args...))
}

var honest = consenttest.Claims{Anonymous: true, Monotone: true, Participation: true, Homogeneous: true}

func TestAnHonestRulePasses(t *testing.T) {
	consenttest.TestRule(t, more{}, honest)
}

// The kit bites: each of these mistakes fails, and for its own reason.
func TestTheKitBites(t *testing.T) {
	calls := 0
	bites(t, map[string]bad{
		"a hasty early answer": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if yes, no := tally(c); yes > no+1 && v.Outcome == consent.Pending {
				v.Outcome, v.Final, v.Wake = consent.Carried, true, time.Time{}
			}
			return v
		}), says: "what is final stays so"},
		"a dropped objection": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			v.Why = v.Why[:1]
			return v
		}), says: "every standing objection is told of"},
		"a float":     {rule: float{}, claim: consenttest.Claims{Runs: 2000, Positions: []string{"yes", "no"}, Weights: true, WeightSplitting: true}, says: "weight splitting"},
		"a map range": {rule: ranged{}, says: "equal cases get equal verdicts"},
		"a clock": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if v.Outcome == consent.Pending && !c.Closes.IsZero() && time.Now().After(c.Closes) {
				v.Outcome = consent.Declined
			}
			return v
		}), says: "the clock is that of the case"},
		"a hidden tie": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			if yes, no := tally(c); v.Final && yes == no && yes > 0 && len(c.Seats) > 0 {
				for _, a := range c.Answers { // who has the first seat decides
					if a.Seat == c.Seats[0].Person && a.Position == "yes" {
						v.Outcome = consent.Carried
					}
				}
			}
			return v
		}), says: "the order of the seats does not matter"},
		"a wake that never comes": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			v.Wake = time.Time{}
			return v
		}), says: "time changes nothing before the verdict says so"},
		"state kept between calls": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			calls++
			v.Why = append(v.Why, consent.Reason{Code: "asked", Got: fmt.Sprint(calls)})
			return v
		}), says: "equal cases get equal verdicts"},
		"an answer to an older version": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			for i := range c.Answers {
				c.Answers[i].Version = c.Version
			}
			return more{}.Judge(c)
		}), says: "an answer to an older version does not count"},
		"who is out": {rule: changed(func(c consent.Case, _ consent.Verdict) consent.Verdict {
			seats := append([]consent.Seat(nil), c.Seats...)
			for i := range seats {
				seats[i].Out = false
			}
			c.Seats = seats
			return more{}.Judge(c)
		}), says: "what is said by who is out does not count"},
		"a rule that breaks off": {rule: changed(func(c consent.Case, v consent.Verdict) consent.Verdict {
			_ = c.Seats[0]
			return v
		}), says: "the rule broke off"},
		"everything is adopted": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			v.Outcome = consent.Carried
			return v
		}), says: "where nobody has a seat, nothing is adopted"},
		"no reason": {rule: changed(func(_ consent.Case, v consent.Verdict) consent.Verdict {
			v.Why = nil
			return v
		}), says: "no reason is given"},
		"a claim that is too much": {rule: more{}, claim: consenttest.Claims{EarlyIsCertain: true}, says: "early is certain"},
	})
}

// A bad rule is one that must fail, with what the kit says of it.
type bad struct {
	rule  consent.Rule
	claim consenttest.Claims
	says  string
}

// bites lets the kit try bad rules.
func bites(t *testing.T, rules map[string]bad) {
	for name, bad := range rules {
		t.Run(name, func(t *testing.T) {
			h := &heard{}
			if bad.claim.Runs == 0 {
				bad.claim.Runs = 400
			}
			consenttest.TestRule(h, bad.rule, bad.claim)
			require.Contains(t, strings.Join(h.said, "\n"), bad.says)
			require.Contains(t, strings.Join(h.said, "\n"), "consent.Case{", "the smallest case is shown as Go code")
		})
	}
}

// float adds up weights one after the other as fractions of a whole.
type float struct{}

func (float) Judge(c consent.Case) consent.Verdict {
	v := more{}.Judge(c)
	if !v.Final {
		return v
	}
	v.Outcome, v.Why[0].Holds = consent.Declined, false
	yes, all := 0.0, 0.0
	for _, s := range c.Seats {
		for i := len(c.Answers) - 1; i >= 0 && !s.Out; i-- {
			if a := c.Answers[i]; a.Seat == s.Person && counts(&c, a) {
				if s.Weight < 0 || s.Weight > 1000 {
					return v
				}
				w := float64(max(s.Weight, 1)) * 0.1
				if all += w; a.Position == "yes" {
					yes += w
				}
				break
			}
		}
	}
	if v.Why[0].Holds = yes/max(all, 0.1) > 0.5; v.Why[0].Holds {
		v.Outcome = consent.Carried
	}
	return v
}

// ranged lists who has said yes in the order of a map.
type ranged struct{}

func (ranged) Judge(c consent.Case) consent.Verdict {
	v, said := more{}.Judge(c), map[circle.PersonID]bool{}
	for _, a := range c.Answers {
		said[a.Seat] = true
	}
	for who := range said {
		v.Why[0].Who = append(v.Why[0].Who, who)
	}
	return v
}

// Examples that would not notice a mistake are named, and those that notice each
// are enough.
func TestExamplesMustNotice(t *testing.T) {
	closes := time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
	at := func(seats string, answers ...string) consent.Case {
		c := consent.Case{Opened: closes.Add(-time.Hour), Closes: closes, Now: closes, Version: 2}
		for _, who := range strings.Fields(seats) {
			c.Seats = append(c.Seats, consent.Seat{Person: circle.PersonID(strings.Trim(who, "-")), Out: strings.HasSuffix(who, "-")})
		}
		for _, a := range answers {
			var who, says string
			version := 2
			if n, _ := fmt.Sscanf(a, "%s %s %d", &who, &says, &version); n < 2 {
				t.Fatalf("%q is no answer", a)
			}
			c.Answers = append(c.Answers, consent.Answer{Seat: circle.PersonID(who), Position: says, Version: version, At: c.Opened})
		}
		return c
	}
	claims := honest
	claims.Examples = []consenttest.Example{{Name: "more yes", Case: at("ana bea cem", "ana yes", "bea yes", "cem no"), Outcome: consent.Carried, Final: true}}
	h := &heard{}
	consenttest.TestRule(h, more{}, claims)
	require.Contains(t, strings.Join(h.said, "\n"), "no example notices a rule that counts who is out")

	open := at("ana bea", "ana yes")
	open.Now = open.Opened
	claims.Examples = append(claims.Examples,
		consenttest.Example{Name: "a tie", Case: at("ana bea cem dov- eli", "ana yes", "bea no", "cem abstain", "dov yes", "eli yes 1"), Outcome: consent.Declined, Final: true},
		consenttest.Example{Name: "a change of mind", Case: at("ana bea cem", "ana yes", "bea no", "cem abstain", "bea yes"), Outcome: consent.Carried, Final: true},
		consenttest.Example{Name: "two abstain", Case: at("ana bea cem", "ana abstain", "bea yes"), Outcome: consent.Carried, Final: true},
		consenttest.Example{Name: "two no", Case: at("ana bea cem", "ana no", "bea no", "cem yes"), Outcome: consent.Declined, Final: true},
		consenttest.Example{Name: "still open", Case: open, Outcome: consent.Pending},
	)
	consenttest.TestRule(t, more{}, claims)

	claims.Examples[0].Outcome = consent.Declined
	h = &heard{}
	consenttest.TestRule(h, more{}, claims)
	require.Contains(t, h.said[0], `example "more yes"`)
}

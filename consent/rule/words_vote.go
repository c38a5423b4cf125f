package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// Words says a reason of a vote: how many took a position and who took none, and of
// each comparison what was needed, what was found and what is missing.
func (r *Vote) Words(why consent.Reason) (string, bool) {
	if says, ok := r.positionWords(why); ok {
		return says, true
	}
	if says, ok := r.comparisonWords(why); ok {
		return says, true
	}
	switch why.Code {
	case "closes":
		return "enough came late, so it stays open until " + instantOf(why.Got), true
	case "ended":
		if r.Ends == nil {
			return "", false
		}
		return "the vote ended at once, for this is so: " + r.known(r.Ends.asks(nil, true)), true
	case "nobody":
		return "nobody has a seat in this, so nothing can be adopted", true
	case "not-before":
		return heldBackWords(why), true
	case "used":
		return fmt.Sprintf("%s has given %s of %s", circle.Plain(why.Who), why.Got, things(why.Need, "vote", "votes")), true
	}
	return "", false
}

// positionWords says how many took one position.
func (r *Vote) positionWords(why consent.Reason) (string, bool) {
	at := slices.Index(placeNames[:], why.Code)
	if at < 0 || why.Need != "" || why.Got == "" {
		return "", false
	}
	switch {
	case at == unheard:
		return r.silenceWords(why), true
	case why.Got == "0" && at == abstaining:
		return "nobody abstains", true
	case why.Got == "0":
		return "nobody says " + why.Code, true
	case at == abstaining && why.Got == "1":
		return "1 vote abstains", true
	case at == abstaining:
		return why.Got + " votes abstain", true
	case why.Got == "1":
		return "1 vote says " + why.Code, true
	}
	return why.Got + " votes say " + why.Code, true
}

// silenceWords says who has not answered, and what they weigh where that is not
// one vote each.
func (r *Vote) silenceWords(why consent.Reason) string {
	n := len(why.Who) + why.More
	if n == 0 {
		return "everybody has answered"
	}
	who := circle.Plain(why.Who) + moreThanNamed(why.More)
	has := "have"
	if n == 1 {
		has = "has"
	}
	switch {
	case r.Split:
		return fmt.Sprintf("%s %s not given all: %s left", who, has, areLeft(why.Got))
	case r.Lending != nil && why.Got == "0":
		return fmt.Sprintf("%s %s not answered, and others speak for them", who, has)
	case r.Lending != nil && why.Got != fmt.Sprint(n):
		return fmt.Sprintf("%s %s not answered; for %s nobody else speaks", who, has, things(why.Got, "vote", "votes"))
	case why.Got != fmt.Sprint(n):
		return fmt.Sprintf("%s %s not answered (%s)", who, has, things(why.Got, "vote", "votes"))
	}
	return fmt.Sprintf("%s %s not answered", who, has)
}

func areLeft(n string) string {
	if n == "1" {
		return "1 vote is"
	}
	return n + " votes are"
}

func moreThanNamed(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

func heldBackWords(why consent.Reason) string {
	if why.Holds {
		return "the time before which it cannot be adopted is over"
	}
	return "it cannot be adopted before " + instantOf(why.Need)
}

// comparisonWords says a comparison, or what others put together came to. A reason
// does not say which comparison it is of: where several go by one name and ask for
// the same share of different things, only the share is said.
func (r *Vote) comparisonWords(why consent.Reason) (string, bool) {
	says, alike := "", true
	var looksAt string
	say := func(q *Condition, fact bool) {
		if !q.gave(why) {
			return
		}
		at := q.asks(why.Of, true)
		if says == "" {
			says, looksAt = r.known(q.words(why, fact)), at
		}
		alike = alike && at == looksAt
	}
	r.Carry.each(false, say)
	for i := range r.Also {
		r.Also[i].each(true, say)
	}
	if says == "" || alike {
		return says, says != ""
	}
	switch {
	case why.Need == "" && why.Holds:
		return "one of the parts that the rule calls " + why.Code + " is so", true
	case why.Need == "":
		return "one of the parts that the rule calls " + why.Code + " is not so", true
	}
	how, text := needOf(why.Need)
	return fmt.Sprintf("one of the things that the rule looks for is %s: it is %s%s", amountWords(how, text), why.Got, soItIs(why.Holds)), true
}

// known leaves a veto out of the words where there is none.
func (r *Vote) known(says string) string {
	if r.admits(Veto) {
		return says
	}
	return strings.ReplaceAll(says, saidOf[Cast], "say yes or no")
}

// amountWords says how much is asked for: a number or a share.
func amountWords(how, text string) string {
	word := map[string]string{over: "more than", below: "fewer than"}[how]
	share := map[string]string{"1/2": "half", "1/3": "a third", "2/3": "two thirds", "1/4": "a quarter", "3/4": "three quarters"}[text]
	return cmp.Or(word, how) + " " + cmp.Or(share, text)
}

// needOf reads how a comparison of a reason is made, and with what.
func needOf(need string) (how, text string) {
	for _, how := range []string{atLeast, over, atMost, below} {
		if text, ok := strings.CutPrefix(need, how+" "); ok {
			return how, text
		}
	}
	return need, ""
}

// things says a number, or words that end with one, of things.
func things(n, one, many string) string {
	if n == "1" || strings.HasSuffix(n, " 1") {
		return n + " " + one
	}
	return n + " " + many
}

// doOrDoes says how many do something.
func doOrDoes(n string) string {
	if n == "1" {
		return "1 does"
	}
	return n + " do"
}

// instantOf says an instant that a reason holds.
func instantOf(s string) string {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return s
	}
	return circle.Plain(at)
}

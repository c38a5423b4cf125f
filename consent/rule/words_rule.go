package rule

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// Words says a reason of a test of one's own.
func (r *counting) Words(why consent.Reason) (string, bool) {
	switch {
	case why.Code == "test" && why.Holds:
		return "what the rule tests is so", true
	case why.Code == "test":
		return "what the rule tests is not so", true
	}
	return r.vote.Words(why)
}

// Words says when it can be adopted, and else what the rule says that is held back.
func (r *after) Words(why consent.Reason) (string, bool) {
	if why.Code == "not-before" {
		return heldBackWords(why), true
	}
	if w, ok := r.rule.(consent.Worder); ok {
		return w.Words(why)
	}
	return "", false
}

// Words says since when the condition has held, and how long it must.
func (r *Lasting) Words(why consent.Reason) (string, bool) {
	long, is := strings.CutSuffix(why.Need, " seconds")
	switch {
	case why.Code != r.called() || !is:
		return (&Vote{Carry: r.Condition, Positions: allPositions}).Words(why)
	case why.Holds:
		return fmt.Sprintf("all of this has been so since %s, and must stay so for %s without a break", instantOf(why.Got), lengthOf(long)), true
	}
	return fmt.Sprintf("not all of this is so now; once it is, it must stay so for %s without a break", lengthOf(long)), true
}

// lengthOf says so many seconds.
func lengthOf(seconds string) string {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return seconds + " seconds"
	}
	for _, unit := range []struct {
		seconds   int64
		one, many string
	}{{24 * 60 * 60, "day", "days"}, {60 * 60, "hour", "hours"}, {60, "minute", "minutes"}} {
		if n > 0 && n%unit.seconds == 0 {
			return things(fmt.Sprint(n/unit.seconds), unit.one, unit.many)
		}
	}
	return things(seconds, "second", "seconds")
}

// Words says the level that was reached, and else what the vote says.
func (r *Consensus) Words(why consent.Reason) (string, bool) {
	if why.Code != "level" {
		return r.Vote().Words(why)
	}
	switch why.Got {
	case Unanimously:
		return "everybody says yes and no objection stands: this is unanimity", true
	case ByConsensus:
		return "enough say yes and no objection stands: this is consensus", true
	case WithDissent:
		return "an objection stands: this is dissent", true
	}
	return "too few say yes: there is not enough support", true
}

// Words says whether what was decided may be carried out, and else what the vote
// says.
func (r *GroupPolicy) Words(why consent.Reason) (string, bool) {
	switch {
	case why.Code != "execution":
		return r.Vote().Words(why)
	case why.Holds:
		return "it may be carried out now", true
	}
	return "it may not be carried out now; it may be from " + instantOf(why.Need) + " on, if it is adopted and not too late", true
}

// Words says how many took part, and how that weighs the two sides.
func (r *AdaptiveQuorum) Words(why consent.Reason) (string, bool) {
	switch why.Code {
	case "turnout":
		given, all, _ := strings.Cut(why.Got, " of ")
		return fmt.Sprintf("of %s %s", things(all, "vote", "votes"), areGiven(given)), true
	case "biased-majority":
		_, against := needOf(why.Need)
		enough := "that is enough"
		if !why.Holds {
			enough = "that is not enough, for yes must have more"
		}
		return fmt.Sprintf("weighed by how many take part, yes has %s and no has %s: %s", why.Got, against, enough), true
	}
	return (&Vote{}).Words(why)
}

func areGiven(n string) string {
	if n == "1" {
		return "1 was given"
	}
	return n + " were given"
}

// Words says what the quorum comes to and where its number comes from, and else
// what the vote says.
func (r *DebianQuorum) Words(why consent.Reason) (string, bool) {
	switch why.Code {
	case "quorum":
		_, need := needOf(why.Need)
		q := Condition{Name: "quorum", Count: positions(Yes), AtLeast: need}
		return q.words(why, false), true
	case "quorum-exact":
		times, all, _ := strings.Cut(why.Need, "*sqrt(")
		root, part, _ := strings.Cut(why.Got, ".")
		if len(part) > 2 {
			part = part[:2]
		}
		return fmt.Sprintf("that number is %s times the root of %s, which is %s.%s, rounded up", times, strings.TrimSuffix(all, ")"), root, part), true
	case "ratio":
		if why.Got == "all" {
			return "no vote says no", true
		}
		how, need := needOf(why.Need)
		return fmt.Sprintf("for each vote that says no, %s; it must be %s", things(why.Got, "vote says yes", "votes say yes"), amountWords(how, need)), true
	}
	return r.vote().Words(why)
}

// Words says how far the support has grown.
func (r *Conviction) Words(why consent.Reason) (string, bool) {
	switch why.Code {
	case "share-of-funds":
		_, most := needOf(why.Need)
		return fmt.Sprintf("it asks for %s in the funds, and that is too much: it must be less than %s of them", why.Got, most), true
	case "support":
		return things(why.Got, "vote supports it", "votes support it") + " now", true
	case "conviction":
		how, need := needOf(why.Need)
		enough := ", which is enough"
		if !why.Holds {
			enough = ", which is not enough yet"
		}
		return fmt.Sprintf("with time the support has grown to %s, and it must be %s%s", why.Got, amountWords(how, need), enough), true
	}
	return "", false
}

// Words says who was heard and who objects.
func (r *Consent) Words(why consent.Reason) (string, bool) {
	switch {
	case why.Code == "objections":
		return (&Condition{Count: positions(Objections), AtMost: "0"}).words(why, false), true
	case why.Code == "objection-stands" && why.Got == "answer":
		return fmt.Sprintf("%s objects in the answer, and has not put the objection on record", circle.Plain(why.Who)), true
	case why.Code == "silence-counted":
		return fmt.Sprintf("the time is over, and the silence of %s%s means no objection", circle.Plain(why.Who), moreThanNamed(why.More)), true
	}
	return "", false
}

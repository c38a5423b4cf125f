package consent

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sayround/sayround/circle"
)

// A Worder is a rule that says its reasons in words of its own. The engine asks it
// when it explains; where the rule is not at hand, what it found and what it needed
// is said in general words.
type Worder interface {
	Rule
	// Words says one reason as a clause: what was found, what was needed, what is
	// missing and who. It begins with a small letter and ends without a full stop. It
	// is not ok where the rule has no better words than [Explain] has.
	Words(Reason) (clause string, ok bool)
}

// Explain says a verdict on a case in sentences that a member understands: what
// came out and whether that can still change, and then each thing that the rule
// found, with what was needed, what is missing and who (CP-25). What was said
// before is not said again.
func Explain(r Rule, c Case, v Verdict) []string {
	out := []string{cameOut(c, v)}
	for _, why := range named(slices.Clone(v.Why)) {
		if says := sentence(why, clause(r, why)); !slices.Contains(out, says) {
			out = append(out, says)
		}
	}
	return out
}

// cameOut says an outcome.
func cameOut(c Case, v Verdict) string {
	still := " This is final."
	if !v.Final {
		still = " This can still change."
	}
	switch {
	case v.Outcome == Carried && len(v.Winners) > 0:
		return "Chosen: " + circle.Plain(v.Winners) + "." + still
	case v.Outcome == Carried:
		return "It is adopted." + still
	case v.Outcome == Declined && len(c.Options) > 0:
		return "Nothing is chosen." + still
	case v.Outcome == Declined:
		return "It is not adopted." + still
	case len(v.Winners) > 0:
		return "It is a tie, which people must settle: " + circle.Plain(v.Winners) + " can be chosen."
	case v.Wake.After(c.Now):
		return "It is not decided yet. Without a new answer it is looked at again on " + circle.Plain(v.Wake) + "."
	}
	return "It is not decided yet."
}

// sentence makes a sentence of a clause. A name with which it begins stays as it is.
func sentence(why Reason, clause string) string {
	for _, name := range append(strung(why.Who), why.Options...) {
		if strings.HasPrefix(clause, name) {
			return clause + "."
		}
	}
	first, size := utf8.DecodeRuneInString(clause)
	return string(unicode.ToUpper(first)) + clause[size:] + "."
}

func strung(who []circle.PersonID) []string {
	out := make([]string, len(who))
	for i := range who {
		out[i] = string(who[i])
	}
	return out
}

// clause says one reason, in the words of the rule where it has some. Those that
// every rule gives are said alike.
func clause(r Rule, why Reason) string {
	if own, ok := wordsOf(r, why); ok {
		return own
	}
	return reasonWords(why)
}

// wordsOf asks a rule for its words. One that fails at that has none.
func wordsOf(r Rule, why Reason) (says string, ok bool) {
	w, can := r.(Worder)
	if !can {
		return "", false
	}
	defer func() {
		if failed := recover(); failed != nil {
			says, ok = "", false
		}
	}()
	return w.Words(why)
}

// ruleOf is the rule that gave a verdict, nil where it is not at hand.
func (e *Engine) ruleOf(n RuleName) Rule {
	e.mu.RLock()
	kinds := e.state.kinds
	e.mu.RUnlock()
	r, err := kinds.of(n)
	if err != nil {
		return nil
	}
	return r
}

// judgedWords says a recorded verdict, in the words of its rule where that is at hand.
func judgedWords(r Rule, v *Judged) string {
	if len(v.Winners) > 0 {
		return chosenWords(r, v)
	}
	says := fmt.Sprintf("The rule %s said of version %d: %s", v.Rule.Kind, v.Version, v.Outcome)
	for _, why := range v.Why {
		says += "; " + clause(r, why)
	}
	if v.Waiting != nil {
		says += "; waiting for " + circle.Plain(v.Waiting)
	}
	if !v.Until.IsZero() {
		says += "; a last call runs until " + instant(v.Until)
	}
	return says + turnoutWords(v.Turnout)
}

// moreWords says that there are more people than are named.
func moreWords(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// reasonWords says one reason of a verdict.
func reasonWords(r Reason) string {
	if says, ok := resolutionWords(r); ok {
		return says
	}
	switch r.Code {
	case "consented":
		if r.Who != nil {
			return fmt.Sprintf("%s of %s consented, not yet %s%s", r.Got, r.Need, circle.Plain(r.Who), moreWords(r.More))
		}
		return fmt.Sprintf("%s of %s consented", r.Got, r.Need)
	case "objection-stands":
		return fmt.Sprintf("the objection %s of %s stands", r.Got, circle.Plain(r.Who))
	case "silence-counted":
		return "the silence of " + circle.Plain(r.Who) + moreWords(r.More) + " was counted"
	case "objections":
		return objectionsWords(r)
	case "quorum":
		return fmt.Sprintf("%s spoke, %s needed", r.Got, r.Need)
	case "stand-asides":
		return fmt.Sprintf("%s stand aside, %s may", r.Got, r.Need)
	case "declared":
		return "declared by who presides"
	case "majority", "support", "share":
		return fmt.Sprintf("%s in favour, %s needed", r.Got, r.Need)
	case "heard":
		if r.Who != nil {
			return fmt.Sprintf("%s of %s heard, not yet %s%s", r.Got, r.Need, circle.Plain(r.Who), moreWords(r.More))
		}
		return fmt.Sprintf("%s of %s heard", r.Got, r.Need)
	case "declared-with-dissent":
		return fmt.Sprintf("declared with the dissent of %s on record, %s", circle.Plain(r.Who), r.Got)
	case "missing":
		return fmt.Sprintf("%s not heard, %s may be", r.Got, r.Need)
	case "presence":
		return fmt.Sprintf("presence of %s: %s of %s", circle.Plain(r.Of), r.Got, r.Need)
	}
	return otherWords(r)
}

// otherWords says the reasons that the engine gives, and of a rule that has no words
// for its own, or is not at hand, what it found and what it needed.
func otherWords(r Reason) string {
	switch r.Code {
	case "rule-error":
		if r.Got != "" {
			return "the rule cannot count this, so nothing is decided: " + r.Got
		}
		return "the rule failed, so nothing is decided"
	case "rule-unknown":
		return "the rule " + r.Got + " is not at hand here, so nothing is decided"
	case "accepted":
		return circle.Plain(r.Who) + moreWords(r.More) + " accepted"
	case "time-is-over":
		return "the time was over on " + r.Got
	case "cannot-enact":
		return "what it decides cannot be carried out: " + r.Got
	}
	says := "the rule looked at “" + r.Code + "”"
	if r.Options != nil {
		says += " of " + circle.Plain(r.Options)
	}
	if r.Of != nil {
		says += " in class " + circle.Plain(r.Of)
	}
	if r.Got != "" {
		says += ": it found " + r.Got
	}
	if r.Need != "" {
		says += ", it needs " + r.Need
	}
	if r.Who != nil {
		says += " (" + circle.Plain(r.Who) + moreWords(r.More) + ")"
	}
	return says
}

// objectionsWords says how many objections stand, and how many may.
func objectionsWords(r Reason) string {
	stand := r.Got + " do"
	switch r.Got {
	case "0":
		stand = "none does"
	case "1":
		stand = "1 does"
	}
	switch r.Need {
	case "below 1", "at most 0":
		return "no objection may stand: " + stand
	}
	return strings.Replace(r.Need, "below", "fewer than", 1) + " objections may stand: " + stand
}

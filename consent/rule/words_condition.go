package rule

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// each goes through a condition and all that it is put together of. A part is a
// fact that is looked at, and nothing that must be so by itself, where others may
// take its place.
func (q *Condition) each(fact bool, do func(q *Condition, fact bool)) {
	do(q, fact)
	for i := range q.All {
		q.All[i].each(fact, do)
	}
	for i := range q.Any {
		q.Any[i].each(true, do)
	}
	for _, part := range []*Condition{q.Not, q.InClasses} {
		if part != nil {
			part.each(true, do)
		}
	}
	if q.EachClass != nil {
		q.EachClass.each(fact, do)
	}
}

// gave says whether a reason can be of this condition.
func (q *Condition) gave(why consent.Reason) bool {
	if q.code() != why.Code {
		return false
	}
	if len(q.Count) == 0 && q.InClasses == nil {
		return q.Name != "" && why.Need == "" && why.Got == ""
	}
	how, text := q.comparison()
	if why.Need != how+" "+text {
		return false
	}
	if q.InClasses != nil {
		return strings.HasSuffix(why.Got, " classes")
	}
	if strings.HasSuffix(why.Got, " classes") || strings.Contains(why.Got, " of ") != (len(q.Of) > 0) {
		return false
	}
	return len(q.Classes) == 0 || !slices.ContainsFunc(why.Of, func(c circle.Class) bool { return !slices.Contains(q.Classes, c) })
}

// words says what a condition came to: what it asks for, or looks at where it is
// but a fact, what was found, and what is missing.
func (q *Condition) words(why consent.Reason, fact bool) string {
	switch {
	case q.InClasses != nil:
		return fmt.Sprintf("%s; it is so in %s", q.asks(nil, fact), why.Got)
	case len(q.Count) == 0:
		return q.cameTo(why.Holds, fact)
	}
	got, base, _ := strings.Cut(why.Got, " of ")
	found := doOrDoes(got)
	switch {
	case q.Count[0] == Objections && got == "0":
		found = "none does"
	case len(q.Of) == 0 && got == "0":
		found = "nobody does"
	case len(q.Of) > 0 && !q.partOfBase():
		found = fmt.Sprintf("it is %s to %s", got, base)
	case len(q.Of) > 0:
		found = strings.Replace(found, " do", " of "+base+" do", 1)
	}
	asks := q.asks(why.Of, fact) + ": " + found
	switch {
	case fact:
		return asks + soItIs(why.Holds)
	case q.Count[0] == Objections:
		return asks
	}
	return asks + q.enough(why, got, base)
}

func soItIs(holds bool) string {
	if holds {
		return ", so that is so"
	}
	return ", so that is not so"
}

// cameTo says what conditions that are put together came to. What is burnt, and what
// a veto stops, has words of its own.
func (q *Condition) cameTo(holds, fact bool) string {
	switch {
	case q.Name == "burn" && fact && holds:
		return "the deposit is burnt"
	case q.Name == "burn" && fact:
		return "the deposit is not burnt"
	case q.vetoes() && holds:
		return "no veto stops it"
	case q.vetoes():
		return "a veto stops it"
	case holds:
		return "this is so: " + q.asks(nil, true)
	}
	return "this is not so: " + q.asks(nil, true)
}

// vetoes says that it fails by a veto, whoever wrote it: it is not so that so many
// veto, or nobody may.
func (q *Condition) vetoes() bool {
	switch {
	case q.Name != "veto":
		return false
	case q.Not != nil:
		return slices.Equal(q.Not.Count, []string{Veto}) && (q.Not.Over != "" || q.Not.AtLeast != "")
	case len(q.Any) == 0:
		return false
	}
	last := q.Any[len(q.Any)-1]
	return slices.Equal(last.Count, []string{No, Veto}) && last.AtMost == "0"
}

// enough says whether what was found is enough, and else what is missing.
func (q *Condition) enough(why consent.Reason, got, base string) string {
	how, _ := q.comparison()
	upward := how == atLeast || how == over
	missing := q.missing(got, base)
	if of, ok := q.instead(base); ok && !why.Holds && upward {
		return fmt.Sprintf(", and %s of %s are needed", of, base)
	}
	switch {
	case why.Holds && q.Quorum && missing != nil && missing.Sign() != 0:
		return ", and whoever is there is enough, for the meeting before had too few"
	case why.Holds && upward:
		return ", which is enough"
	case why.Holds:
		return ""
	case !upward:
		return ", which is too many"
	case missing == nil:
		return ", which is not enough"
	case missing.IsInt64() && missing.Int64() == 1:
		return ", so 1 more is missing"
	}
	return fmt.Sprintf(", so %s more are missing", missing)
}

// instead is how many of those who are counted would be enough, where they are the
// base too: to say how many more are needed would leave open whether others come, or
// some of these say something else.
func (q *Condition) instead(base string) (*big.Int, bool) {
	how, text := q.comparison()
	need, err := exactShare(text)
	all, ok := new(big.Rat).SetString(base)
	if err != nil || !ok || len(q.Of) == 0 || !q.grows() || all.Sign() <= 0 {
		return nil, false
	}
	of := wholeAbove(need.Mul(need, all), how == over, false)
	return of, new(big.Rat).SetInt(of).Cmp(all) <= 0
}

// missing is how many more would have to be counted for a comparison to hold, if
// they come from those who are silent; nil: nobody can say, or it is about too many
// and not about too few.
func (q *Condition) missing(got, base string) *big.Int {
	how, text := q.comparison()
	have, ok := new(big.Rat).SetString(got)
	if !ok || how != atLeast && how != over || slices.Contains(q.Count, Silent) {
		return nil
	}
	need, err := exactShare(text)
	if err != nil {
		return nil
	}
	each := big.NewRat(1, 1) // what one more brings nearer
	if len(q.Of) > 0 {
		all, ok := new(big.Rat).SetString(base)
		if !ok || all.Sign() == 0 && !q.grows() && how == atLeast {
			return nil
		}
		if q.grows() {
			each.Sub(each, need)
		}
		need = new(big.Rat).Mul(need, all)
	}
	short := new(big.Rat).Sub(need, have)
	if each.Sign() <= 0 {
		return nil
	}
	return wholeAbove(short.Quo(short, each), how == over, how == atLeast && base == "0")
}

// grows says that who is counted is in the base then, and was not before.
func (q *Condition) grows() bool {
	if q.Of[0] == Register || q.Of[0] == Everyone || slices.Contains(q.Of, Silent) {
		return false
	}
	count, _ := spread(q.Count)
	base, _ := spread(q.Of)
	for p := range places {
		if count[p] > 0 && base[p] > 0 {
			return true
		}
	}
	return false
}

// wholeAbove is the least whole number that is not below x, or is above it where
// that is asked for, and at least one where nothing is there yet.
func wholeAbove(x *big.Rat, above, some bool) *big.Int {
	n := new(big.Int).Add(x.Num(), new(big.Int).Sub(x.Denom(), one))
	n.Div(n, x.Denom())
	if above && new(big.Rat).SetInt(n).Cmp(x) == 0 {
		n.Add(n, one)
	}
	if n.Sign() < 0 {
		n.SetInt64(0)
	}
	if some && n.Sign() == 0 {
		n.SetInt64(1)
	}
	return n
}

// asks says what a condition asks for, or, of a fact, what it looks at, in some
// classes or (nil) in those it names.
func (q *Condition) asks(in []circle.Class, fact bool) string {
	switch {
	case len(q.All) > 0:
		return asked(q.All, " and ", fact)
	case len(q.Any) > 0:
		return asked(q.Any, ", or ", fact)
	case q.Not != nil:
		return "it is not so that " + q.Not.asks(nil, true)
	case q.EachClass != nil:
		return "in " + each(q.Classes) + " this is so: " + q.EachClass.asks(nil, true)
	case q.InClasses != nil:
		how, text := q.comparison()
		of := "the classes"
		if len(q.Classes) > 0 {
			of += " " + circle.Plain(q.Classes)
		}
		return fmt.Sprintf("in %s of %s %s%s", amountWords(how, text), of, must("it must be so that ", "", fact), q.InClasses.asks(nil, true))
	}
	if in == nil {
		in = q.Classes
	}
	return q.asksToCount(in, fact)
}

// must gives the one word or, of a fact, the other.
func must(say, of string, fact bool) string {
	if fact {
		return of
	}
	return say
}

func asked(parts []Condition, with string, fact bool) string {
	words := make([]string, len(parts))
	for i := range parts {
		words[i] = parts[i].asks(nil, fact)
	}
	return strings.Join(words, with)
}

// asksToCount says what one comparison asks for.
func (q *Condition) asksToCount(in []circle.Class, fact bool) string {
	how, text := q.comparison()
	one, many := "vote", "votes"
	switch {
	case q.Count[0] == Objections:
		one, many = "objection", "objections"
	case q.Heads:
		one, many = "person", "people"
	}
	of, does := ofClass(in), q.doing()
	if how == atMost || how == below {
		does = must("may ", "", fact) + does
	} else {
		does = must("must ", "", fact) + does
	}
	all := len(q.Of) > 0 && how == atLeast && text == "1" && q.partOfBase()
	switch {
	case all:
		return q.baseWords(many, of) + " " + does
	case len(q.Of) == 0 && fact && text == "1":
		return things(amountWords(how, text), one, many) + of + " " + singular.Replace(does)
	case len(q.Of) == 0:
		return q.asksNumber(things(amountWords(how, text), one, many)+of+" "+does, of, fact)
	case !q.partOfBase() && how == over && text == "1":
		return fmt.Sprintf("more %s%s %s than %s", many, of, does, inWords(q.Of))
	case !q.partOfBase():
		return fmt.Sprintf("%s times as many %s%s %s as %s", amountWords(how, text), many, of, does, inWords(q.Of))
	}
	return fmt.Sprintf("of %s, %s %s", q.baseWords(many, of), amountWords(how, text), does)
}

// singular is what one does.
var singular = strings.NewReplacer("say ", "says ", "abstain", "abstains", "answer", "answers", "stay ", "stays ", "stand", "stands")

// asksNumber says a comparison with a number. What must not be at all is said so.
func (q *Condition) asksNumber(says, of string, fact bool) string {
	switch {
	case fact || q.AtMost != "0":
		return says
	case q.Count[0] == Objections:
		return "no objection may stand"
	case slices.Equal(q.Count, []string{Silent}):
		return "everybody" + of + " must answer, and nobody may stay silent"
	}
	return "nobody" + of + " may " + q.doing()
}

// ofClass says which classes are counted.
func ofClass(in []circle.Class) string {
	switch {
	case len(in) == 0:
		return ""
	case len(in) == 1 && in[0] == "":
		return " without a class"
	}
	return " of class " + circle.Plain(in)
}

// doing is what is counted, as something that people do.
func (q *Condition) doing() string {
	switch {
	case q.Count[0] == Objections:
		return "stand"
	case q.Quorum && slices.Equal(q.Count, []string{Everyone}):
		return "be there"
	}
	return inWords(q.Count)
}

func inWords(names []string) string {
	return strings.ReplaceAll(does(names), saidOf[Silent], "stay silent")
}

// baseWords says what a share is of.
func (q *Condition) baseWords(many, in string) string {
	switch q.Of[0] {
	case Everyone:
		return "all " + many + in
	case Register:
		return "all people" + in + " on the register"
	}
	if q.Heads {
		return fmt.Sprintf("the %s%s who %s", many, in, inWords(q.Of))
	}
	return fmt.Sprintf("the %s%s that %s", many, in, inWords(q.Of))
}

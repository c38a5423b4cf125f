package rule

import (
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
)

// saidOf is how a position or a base is put in words.
var saidOf = map[string]string{
	Yes: "say yes", No: "say no", Abstain: "abstain", Veto: "say veto", Silent: "do not answer",
	Cast: "say yes, no or veto", Answered: "answer", Everyone: "have a seat", Register: "are on the register",
}

// String says the condition in plain words.
func (q Condition) String() string {
	switch {
	case len(q.All) > 0:
		return joined(q.All, "and")
	case len(q.Any) > 0:
		return joined(q.Any, "or")
	case q.Not != nil:
		return "it is not so that " + q.Not.String()
	case q.EachClass != nil:
		return "in " + each(q.Classes) + ", " + q.EachClass.String()
	case q.InClasses != nil:
		how, text := q.comparison()
		of := "of the classes"
		if len(q.Classes) > 0 {
			of = "of the classes " + circle.Plain(q.Classes)
		}
		return fmt.Sprintf("in %s %s %s, %s", how, text, of, q.InClasses.String())
	case len(q.Count) == 0:
		return "nothing is said"
	}
	return q.counted()
}

// counted says one comparison.
func (q Condition) counted() string {
	how, text := q.comparison()
	if q.Count[0] == Objections {
		return fmt.Sprintf("%s %s objections stand", how, text)
	}
	in := ""
	if len(q.Classes) > 0 {
		in = " of class " + circle.Plain(q.Classes)
	}
	who := "votes" // what is weighed
	if q.Heads {
		who = "people"
	}
	if len(q.Of) == 0 {
		return fmt.Sprintf("%s %s %s%s %s", how, text, who, in, does(q.Count))
	}
	if !q.partOfBase() {
		if text == "1" && how == over {
			return fmt.Sprintf("more %s%s %s than %s", who, in, does(q.Count), does(q.Of))
		}
		return fmt.Sprintf("%s %s times as many %s%s %s as %s", how, text, who, in, does(q.Count), does(q.Of))
	}
	of := fmt.Sprintf("of the %s%s that %s", who, in, does(q.Of))
	switch q.Of[0] {
	case Everyone:
		of = fmt.Sprintf("of all %s%s", who, in)
	case Register:
		of = fmt.Sprintf("of all people%s on the register", in)
	}
	return fmt.Sprintf("%s, %s %s %s", of, how, text, does(q.Count))
}

// partOfBase says that what is counted is in the base too.
func (q Condition) partOfBase() bool {
	if q.Of[0] == Register {
		return true
	}
	count, _ := spread(q.Count)
	base, _ := spread(q.Of)
	for p := range places {
		if count[p] > base[p] {
			return false
		}
	}
	return true
}

// does says what some positions do.
func does(names []string) string {
	words, saying := make([]string, len(names)), false
	for i, name := range names {
		word, says := strings.CutPrefix(saidOf[name], "say ")
		if says && !saying {
			word = "say " + word
		}
		words[i], saying = word, says
	}
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func each(of []circle.Class) string {
	if len(of) == 0 {
		return "each class"
	}
	return "each of the classes " + circle.Plain(of)
}

// String says the vote in plain words, each sentence a thing that it holds.
func (r *Vote) String() string {
	says := []string{"It is adopted when " + r.Carry.String()}
	add := func(format string, args ...any) { says = append(says, fmt.Sprintf(format, args...)) }
	if len(r.Positions) > 0 {
		add("One can %s", does(r.Positions))
	}
	for _, w := range r.Weights {
		add("A vote of class %s counts %s times", w.Class, w.Times)
	}
	if r.Lending != nil {
		add("Who does not vote lends the vote to the one they named")
	}
	if r.Split {
		add("A vote can be given in parts")
	}
	if r.AtClose {
		add("Nothing is decided before the close")
	}
	if r.After > 0 {
		add("It is not adopted before %d seconds have passed", r.After)
	}
	if r.Ends != nil {
		add("It is adopted at once when %s", r.Ends.String())
	}
	if r.Late != nil {
		add("From when %s, it stays open for %d seconds at least", r.Late.Quorum.String(), r.Late.Seconds)
	}
	return strings.Join(says, ". ") + "."
}

// joined puts conditions together, each in brackets that is put together itself.
func joined(parts []Condition, with string) string {
	words := make([]string, len(parts))
	for i := range parts {
		words[i] = parts[i].String()
		if len(parts[i].All) > 0 || len(parts[i].Any) > 0 {
			words[i] = "(" + words[i] + ")"
		}
	}
	return strings.Join(words, ", "+with+" ")
}

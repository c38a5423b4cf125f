package consent

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/sayround/sayround/circle"
)

// A Misgiving is how strongly somebody objects to one of the options; zero says
// that they do not object to it (M-155).
type Misgiving struct {
	Option   Name     `json:"option"`
	Strength Strength `json:"strength,omitempty"`
}

// The refusals of a choice by the objections to each option.
var (
	ThingsOnly = &circle.Code{ID: "things-only", Kind: circle.ErrNotValid, Rule: "M-155", Stands: circle.InMethod,
		Says: "By the method {method} a circle chooses one of several things, by how strongly people object to each. People are selected for roles by another method."}
	EachOption = &circle.Code{ID: "each-option", Kind: circle.ErrNotValid, Rule: "M-155", Stands: circle.InMethod,
		Says: "By the method {method} everybody says of each option how strongly they object to it: 0 is not at all, and 100 is with all their heart. It is about {options}; say it as in: {example}."}
	NotWeakest = &circle.Code{ID: "not-weakest", Kind: circle.ErrNotValid, Rule: "M-155", Stands: circle.InMethod,
		Says: "By the method {method} the candidate is the option with the weakest objections: {weakest}."}
	AlikeFirst = &circle.Code{ID: "alike-first", Kind: circle.ErrNotValid, Rule: "M-155", Stands: circle.InMethod,
		Says: "The objections to {alike} are as weak as each other. By the method {method} such a tie is solved by: {ties}; {tie} does not solve this one."}
)

func weakestCodes() []*circle.Code {
	return []*circle.Code{ThingsOnly, EachOption, NotWeakest, AlikeFirst}
}

// fits refuses a method that chooses by objections where it is about people:
// nobody is graded in front of all.
func (c OpenSelection) fits(m *Method) error {
	if m.Selecting.By == ByObjections && len(c.Options) == 0 {
		return ThingsOnly.Refuse("method", m.Name)
	}
	return nil
}

// asked are the options that are still to choose from.
func (sel *Selection) asked() []Name {
	var out []Name
	for _, o := range sel.Options {
		among := len(sel.Among) == 0 || slices.Contains(sel.Among, o.ID)
		if among && !slices.Contains(sel.Discarded, o.ID) {
			out = append(out, o.ID)
		}
	}
	return out
}

// againstEach refuses words that do not say of each option, once, how strongly
// somebody objects to it.
func (p *Process) againstEach(said []Name) error {
	sel, c := p.Selection, p.Method.Selecting
	if c.Pass && len(said) == 1 && said[0] == passing {
		return nil
	}
	asked := sel.asked()
	list, read := againstIn(said)
	var of []Name
	for _, a := range list {
		of = append(of, a.Option)
	}
	slices.Sort(of)
	if read && slices.Equal(of, slices.Sorted(slices.Values(asked))) {
		return nil
	}
	var example []string
	for _, o := range asked {
		example = append(example, string(o)+":0")
	}
	return EachOption.Refuse("method", p.Method.Name, "options", asked, "example", strings.Join(example, ", "))
}

// againstIn reads what somebody says of the options, as in "barn:40, cafe:0".
func againstIn(said []Name) (list []Misgiving, read bool) {
	for _, word := range said {
		at := strings.LastIndex(string(word), ":")
		if at < 0 {
			return nil, false
		}
		n, err := strconv.ParseUint(strings.TrimSpace(string(word[at+1:])), 10, 8)
		if err != nil || Strength(n).Check() != nil {
			return nil, false
		}
		list = append(list, Misgiving{Option: Name(strings.TrimSpace(string(word[:at]))), Strength: Strength(n)})
	}
	return list, true
}

// named is what somebody had sealed: names, or what they have against each option.
func (p *Process) named(who circle.PersonID, words string) Named {
	names := namesIn(words)
	if list, read := againstIn(names); read && p.Selection.ByObjections {
		return Named{By: who, Against: list}
	}
	return Named{By: who, Names: names}
}

// weigh counts the objections to each option, the weakest first. Options are
// compared by the strongest objection to each; where these are alike, by the
// next, and so on; and an option that has none left to compare is the one with
// the weaker. So one strong objection is not outweighed by the many who have
// none, and nothing is added up: what several people feel has no sum (M-155).
func (sel *Selection) weigh() []Count {
	var out []Count
	for _, option := range sel.asked() {
		c := Count{Seat: 1, Name: option}
		for _, n := range sel.Nominations {
			for _, a := range n.Against {
				if a.Option == option && a.Strength > 0 && !slices.Contains(sel.Out, n.By) {
					c.Strengths = append(c.Strengths, a.Strength)
				}
			}
		}
		slices.SortFunc(c.Strengths, func(a, b Strength) int { return cmp.Compare(b, a) })
		c.N = len(c.Strengths)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Count) int {
		return cmp.Or(slices.Compare(a.Strengths, b.Strengths), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// weakest are the options with the weakest objections; more than one is a tie.
func (sel *Selection) weakest() []Name {
	var out []Name
	list := sel.weigh()
	for _, c := range list {
		if slices.Equal(c.Strengths, list[0].Strengths) {
			out = append(out, c.Name)
		}
	}
	return out
}

// weighed holds a candidate to the weakest objections, and a tie to a rule of the
// method.
func (c ProposeCandidate) weighed(p *Process) error {
	weakest, ties := p.Selection.weakest(), p.Method.Selecting.Ties
	if !slices.Contains(weakest, c.Names[0]) {
		return NotWeakest.Refuse("method", p.Method.Name, "weakest", weakest)
	}
	switch alike := len(weakest) > 1; {
	case !alike && c.Tie != "":
		return NoTieNow.Refuse()
	case alike && !slices.Contains(ties, c.Tie):
		return AlikeFirst.Refuse("alike", weakest, "method", p.Method.Name, "ties", ties, "tie", orNone(string(c.Tie)))
	case alike && c.Draw.IsZero():
		return DrawUntold.Refuse()
	}
	return nil
}

// againstObjections says what a method that chooses by objections cannot have:
// what is for names and for people.
func (c Selecting) againstObjections() contradiction {
	forNames := c.Change || len(c.May) > 0 || slices.ContainsFunc(c.Ties, func(t Tie) bool { return t != TieDraw })
	forPeople := c.Last || c.Accept || c.Welcome
	return contradiction{c.By == ByObjections && (forNames || forPeople),
		"it chooses among things by the objections to each: nothing is named, nobody accepts, and a tie is drawn"}
}

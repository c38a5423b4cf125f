package logbook

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// A Trial is what another rule would have made of the decisions that a ledger
// holds.
type Trial struct {
	With    string   // how the other rule is called
	Instead []string // the kinds of the rules that decided, in the order of the ledger
	Decided int      // the decisions that a rule made
	Differ  []Difference
	rule    consent.Rule
}

// A Difference is a decision that another rule would not have made so.
type Difference struct {
	Position uint64
	Proposal proposal.ID
	Was      consent.Outcome
	Would    consent.Outcome   // pending: it would still have been open
	Why      []consent.Reason  // of the other rule
	Objected []circle.PersonID // whose objections stood
	// Chose are the options that were chosen, and Other those that the other rule
	// chooses, where there were several to choose from.
	Chose, Other []proposal.OptionID
}

// TryRule judges every decision of a ledger by another rule: at the instant at
// which it was made, by the same people, with what they had said until then. The
// rule sees just what the rule that decided saw, so it must know the answers as an
// engine takes them in, as every rule of the stock does: consent, objects, against.
// Only where the question had no close and nobody was left to answer is a rule that
// waits for a close told that the time is over. One that breaks off decides nothing, as in the
// engine. With is how the rule is called.
//
// A rule that chooses among options is tried on the decisions in which options were
// chosen among, and any other rule on all others.
//
// People answer otherwise when they know that others count otherwise: what comes
// out shows where two rules come apart, and not what would have happened. What the
// other rule would have left open, later answers might have decided. A policy that
// counts silence does so at the close, when for the rules of the stock it is too late
// to answer: to them it is silence.
//
// Source: M-261.
func TryRule(ctx context.Context, e *consent.Engine, with string, r consent.Rule) (Trial, error) {
	t := Trial{With: with, rule: r}
	_, chooses := r.(consent.Chooser)
	for j, err := range e.Judgments(ctx) {
		if err != nil {
			return Trial{}, err
		}
		if chooses != (len(j.Case.Options) > 0) {
			continue
		}
		t.Decided++
		if !slices.Contains(t.Instead, j.Rule.Kind) {
			t.Instead = append(t.Instead, j.Rule.Kind)
		}
		v := atEnd(r, j.Case)
		if other := options(v.Winners); v.Outcome != j.Outcome || chooses && !slices.Equal(other, j.Winners) {
			t.Differ = append(t.Differ, Difference{j.Position, j.Proposal, j.Outcome, v.Outcome, v.Why, objectors(&j.Case), j.Winners, other})
		}
	}
	return t, nil
}

// atEnd asks a rule at the end of a question; one that waits for a close as if it
// had come, where there is none and nobody is left who could answer.
func atEnd(r consent.Rule, c consent.Case) consent.Verdict {
	v := judged(r, c)
	if v.Outcome != consent.Pending || !v.Wake.IsZero() || !c.Closes.IsZero() || c.MayChange {
		return v
	}
	c.Closes = c.Now.Add(1) // the last answer was in time
	c.Now = c.Closes
	return judged(r, c)
}

// objectors names whose objections stand, each once.
func objectors(c *consent.Case) []circle.PersonID {
	var who []circle.PersonID
	for _, o := range c.Objections {
		if o.Stands && !slices.Contains(who, o.Seat) {
			who = append(who, o.Seat)
		}
	}
	return who
}

// judged asks a rule. One that breaks off, or says what is no outcome, leaves the
// question open, as it does in the engine.
func judged(r consent.Rule, c consent.Case) (v consent.Verdict) {
	failed := consent.Verdict{Outcome: consent.Pending, Why: []consent.Reason{{Code: "rule-error"}}}
	defer func() {
		if broken := recover(); broken != nil {
			v = failed
		}
	}()
	if v = r.Judge(c); v.Outcome < consent.Pending || v.Outcome > consent.Declined {
		return failed
	}
	return v
}

// String says in words what differs, and why.
func (t Trial) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "With %s", t.With)
	if len(t.Instead) > 0 {
		fmt.Fprintf(&b, " instead of %s", circle.Plain(t.Instead))
	}
	differ := "differ"
	if len(t.Differ) == 1 {
		differ = "differs"
	}
	fmt.Fprintf(&b, ", %d of %d decisions %s.", len(t.Differ), t.Decided, differ)
	for i := range t.Differ {
		fmt.Fprintf(&b, "\n  %s.", t.Differ[i].words(t.rule))
	}
	return b.String()
}

// How outcomes are told of what was, and of what would have been.
var (
	was   = map[consent.Outcome]string{consent.Carried: "was adopted", consent.Declined: "was not adopted"}
	would = map[consent.Outcome]string{consent.Pending: "would still be open", consent.Carried: "would be", consent.Declined: "would not be"}
)

// words says one difference: what it would have come to; by what the other rule
// needed and did not find, or, where it would adopt, by what it found; and whose
// objections stood.
func (d *Difference) words(r consent.Rule) string {
	says := fmt.Sprintf("%s (entry %d) %s and %s", d.Proposal, d.Position, was[d.Was], would[d.Would])
	if len(d.Chose) > 0 || len(d.Other) > 0 {
		says = fmt.Sprintf("%s (entry %d) came out as %s and would have as %s", d.Proposal, d.Position, chosen(d.Was, d.Chose), chosen(d.Would, d.Other))
	}
	var why []string
	for _, reason := range d.Why {
		if len(reason.Options) > 0 { // a step of a count, which says little by itself
			continue
		}
		if reason.Code == "rule-error" || reason.Need != "" && reason.Holds == (d.Would == consent.Carried) {
			why = append(why, reasonWords(r, reason))
		}
	}
	if objections := theirObjections(d.Objected); objections != "" && d.Would == consent.Carried {
		why = append(why, "it goes over "+objections)
	} else if objections != "" {
		why = append(why, objections+" stood")
	}
	if why != nil {
		says += ": " + strings.Join(why, "; ")
	}
	return says
}

// chosen says what came out of a choice among options.
func chosen(o consent.Outcome, options []proposal.OptionID) string {
	switch {
	case len(options) == 0:
		return "nothing"
	case o == consent.Pending:
		return "a tie of " + circle.Plain(options)
	}
	return circle.Plain(options)
}

// options are winners by their names.
func options(winners []string) []proposal.OptionID {
	var out []proposal.OptionID
	for _, w := range winners {
		out = append(out, proposal.OptionID(w))
	}
	return out
}

// theirObjections words whose objections they are; empty: nobody's.
func theirObjections(who []circle.PersonID) string {
	switch len(who) {
	case 0:
		return ""
	case 1:
		return "the objection of " + string(who[0])
	}
	return "the objections of " + some(who)
}

// reasonWords says a reason in the words of its rule, where it has some, and else in
// general ones.
func reasonWords(r consent.Rule, why consent.Reason) string {
	if w, ok := r.(interface {
		Words(consent.Reason) (string, bool)
	}); ok {
		if says, ok := w.Words(why); ok {
			return says
		}
	}
	var says string
	switch {
	case why.Code == "rule-error":
		return "the rule failed, so it decides nothing"
	case why.Code == "consented", why.Code == "heard":
		says = fmt.Sprintf("%s of %s %s", why.Got, why.Need, heardAs[why.Code])
	case why.Got == "":
		says = fmt.Sprintf("%s: it needed %s", plainCode(why.Code), why.Need)
	default:
		says = fmt.Sprintf("%s: it found %s and needed %s", plainCode(why.Code), why.Got, why.Need)
	}
	if len(why.Who) > 0 {
		says += ", not yet " + some(why.Who)
	}
	return says
}

// heardAs words what those did who were waited for.
var heardAs = map[string]string{"consented": "consented", "heard": "were heard"}

// plainCode makes words of a code that has no others.
func plainCode(code string) string { return strings.ReplaceAll(code, "-", " ") }

// some names the first few of many people, and says how many more there are.
func some(who []circle.PersonID) string {
	const few = 7
	if len(who) <= few {
		return circle.Plain(who)
	}
	names := make([]string, few, few+1)
	for i := range names {
		names[i] = string(who[i])
	}
	return circle.Plain(append(names, fmt.Sprintf("%d more", len(who)-few)))
}

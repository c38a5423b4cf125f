package consent

import (
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// answerWords says what somebody answered: a position, or how they rank or score
// the options.
func answerWords(v *Responded) string {
	if v.Prefers != nil {
		return v.Prefers.words()
	}
	return string(v.Response)
}

// amongWords says among which options a question chooses.
func amongWords(options []proposal.OptionID) string {
	if len(options) == 0 {
		return ""
	}
	return ", to choose among " + circle.Plain(options)
}

// calledWords says that a vote was called: by which rule, after which question,
// and over which objections.
func calledWords(entry *Entry, v *BallotCalled) string {
	says := how(entry, v.By) + " called a vote"
	if v.Rule.IsZero() {
		return says
	}
	says += " under the rule " + ruleTitle(v.Rule)
	if v.Follows > 0 {
		says += fmt.Sprintf(". It follows the question of round %d", v.Follows)
	}
	return says + overWords(v.Over)
}

// overWords says which objections stand when a circle votes.
func overWords(over []objection.ID) string {
	switch len(over) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(", to which the objection %s stands", over[0])
	}
	return fmt.Sprintf(", to which the objections %s stand", circle.Plain(over))
}

// tieWords says how a tie was settled, so that a lot can be drawn again.
func tieWords(entry *Entry, v *TieSettled) string {
	says := map[TieBreak]string{ByOrder: "it stands first in the proposal", ByChair: how(entry, v.By) + " says so",
		ByLot: "a lot was drawn with the seed " + string(v.Seed)}[v.How]
	return fmt.Sprintf("%s settled the tie of %s: it is %s, for %s", how(entry, v.By), circle.Plain(v.Among), v.Chosen, says)
}

// chosenWords says what came of a question among options, and in which order they
// were put. How the count went, comparison by comparison, stands in the entry.
func chosenWords(rule Rule, v *Judged) string {
	says := fmt.Sprintf("The rule %s chose %s among the options of version %d", v.Rule.Kind, circle.Plain(v.Winners), v.Version)
	if v.Outcome == ResultTied {
		says = fmt.Sprintf("The rule %s puts %s level, of the options of version %d", v.Rule.Kind, circle.Plain(v.Winners), v.Version)
	}
	var places []string
	for _, r := range v.Why {
		switch {
		case r.Code == "place":
			places = append(places, fmt.Sprintf("%s: %s", r.Got, circle.Plain(r.Options)))
		case r.Code == "ballots":
			says += fmt.Sprintf("; %s gave a ballot", r.Got)
		case r.Code == "tie-settled":
			says += ", as the tie was settled"
		case len(r.Options) == 0:
			says += "; " + clause(rule, r)
		}
	}
	if len(places) > 0 {
		says += "; places: " + strings.Join(places, ", ")
	}
	return says + turnoutWords(v.Turnout)
}

// chosen says what was chosen with an adoption.
func chosen(list []proposal.OptionID) string {
	if len(list) == 0 {
		return ""
	}
	return "; chosen: " + circle.Plain(list)
}

// optionRemarks are the options that a version puts to the choice.
func optionRemarks(r *proposal.Record) []remark {
	if r == nil {
		return nil
	}
	var out []remark
	for _, o := range r.Options {
		out = append(out, remark{"Option " + string(o.ID), o.Label})
	}
	return out
}

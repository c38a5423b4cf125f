package logbook

import (
	"context"
	"fmt"
	"strings"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// A Trial is what another rule would have made of the decisions that a ledger
// holds.
type Trial struct {
	Decided int // the decisions that a rule made
	Differ  []Difference
}

// A Difference is a decision that another rule would not have made so.
type Difference struct {
	Position uint64
	Proposal proposal.ID
	Was      consent.Outcome
	Would    consent.Outcome
	Why      []consent.Reason // of the other rule
}

// TryRule judges every decision of a ledger by another rule: at the instant at
// which it was made, by the same people, with what they had said until then. An
// answer to a question of consent is read as a vote: who consented has said yes,
// who objected no, and everybody else abstains; objections stay what they are.
//
// People answer otherwise when they know that others count otherwise: what comes
// out shows where two rules come apart, and not what would have happened.
//
// Source: M-261.
func TryRule(ctx context.Context, e *consent.Engine, r consent.Rule) (Trial, error) {
	var t Trial
	for j, err := range e.Judgments(ctx) {
		if err != nil {
			return Trial{}, err
		}
		t.Decided++
		if v := r.Judge(asVote(j.Case)); v.Outcome != j.Outcome {
			t.Differ = append(t.Differ, Difference{j.Position, j.Proposal, j.Outcome, v.Outcome, v.Why})
		}
	}
	return t, nil
}

// asVote reads the answers to a question of consent as votes. It is closed: what
// is compared is what came out.
func asVote(c consent.Case) consent.Case {
	answers := make([]consent.Answer, len(c.Answers))
	for i, a := range c.Answers {
		switch a.Position {
		case consent.Consents:
			a.Position = "yes"
		case consent.Objects, consent.Against:
			a.Position = "no"
		default:
			a.Position = "abstain"
		}
		answers[i] = a
	}
	c.Answers, c.MayChange, c.Closes = answers, false, c.Now
	return c
}

// String says in words what differs, and why.
func (t Trial) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d decisions differ", len(t.Differ), t.Decided)
	for _, d := range t.Differ {
		fmt.Fprintf(&b, "\n  %s (entry %d) was %s and would be %s", d.Proposal, d.Position, d.Was, d.Would)
		for _, r := range d.Why {
			if !r.Holds && r.Need != "" {
				fmt.Fprintf(&b, "; %s: %s, needed %s", r.Code, r.Got, r.Need)
			}
		}
		if who := objectors(d.Why); len(who) > 0 {
			fmt.Fprintf(&b, "; over the objection of %s", strings.Join(who, ", "))
		}
	}
	return b.String()
}

// objectors names whose objections stood.
func objectors(why []consent.Reason) []string {
	var out []string
	for _, r := range why {
		if r.Code == "objection-stands" {
			for _, who := range r.Who {
				out = append(out, string(who))
			}
		}
	}
	return out
}

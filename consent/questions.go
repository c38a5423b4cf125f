package consent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A PutQuestion is one question that was put on a proposal, as the ledger tells of
// it. Where a circle asks for consent and votes after that, these are two
// questions: each has its own rule, its own answers and its own verdict, and the
// second says which one it follows.
type PutQuestion struct {
	Round   int // its number among the rounds held on the proposal
	Version int
	Rule    RuleName
	// Follows is the number of the question after which it was put, where it is a
	// vote that was called because of that one; 0: it follows none.
	Follows int
	// Entry is where it was put.
	Entry   uint64
	Seats   []circle.PersonID // who was asked; empty: every full participant
	Options []proposal.OptionID
	Said    []SaidTo
	// Standing are the objections that stood at the end, or stand now.
	Standing []objection.ID
	// Verdict is the last that the rule said of it, nil while it has said nothing.
	Verdict *Judged
}

// SaidTo is what one person said to a question, the last word that they had.
type SaidTo struct {
	Who     circle.PersonID
	Answer  Name        // empty where they chose among options
	Prefers *Preference // nil where they did not
	Silent  bool        // they said nothing, and that was counted
	Entry   uint64
}

// Questions lists the questions that were put on a proposal, in their order, also
// when its process is over.
func (e *Engine) Questions(ctx context.Context, id proposal.ID) ([]PutQuestion, error) {
	positions, err := e.trail(id)
	if err != nil {
		return nil, err
	}
	f := questions{of: id}
	for _, pos := range positions {
		entry, err := e.entry(ctx, pos)
		if err != nil {
			return nil, err
		}
		for _, event := range entry.Events {
			f.take(pos, event)
		}
	}
	if n := len(f.list); n > 0 && f.list[n-1].Verdict == nil {
		f.list[n-1].Standing = f.standing
	}
	return f.list, nil
}

// questions are gathered event by event.
type questions struct {
	of       proposal.ID
	list     []PutQuestion
	rule     RuleName // of the method
	called   *BallotCalled
	fallback RuleName
	standing []objection.ID
}

// take adds what an event says.
func (f *questions) take(pos uint64, event Event) {
	switch v := event.(type) {
	case *objection.Raised:
		if v.Proposal == f.of {
			f.standing = append(f.standing, v.Objection)
		}
	case objection.Event:
		if id, ends := objection.Ends(v); ends {
			f.standing = slices.DeleteFunc(slices.Clone(f.standing), func(o objection.ID) bool { return o == id })
		}
	case ownEvent:
		if v.On() == f.of {
			f.own(pos, v)
		}
	}
}

// own adds what an event of this room says of the proposal.
func (f *questions) own(pos uint64, event ownEvent) {
	switch v := event.(type) {
	case *Opened:
		f.rule, f.fallback = v.Method.Rule, v.Method.Fallback
	case *MethodChosen:
		f.rule, f.fallback = v.Method.Rule, v.Method.Fallback
	case *BallotCalled:
		f.called = v
	case *RoundOpened:
		f.puts(pos, v)
	case *Responded:
		f.says(SaidTo{Who: v.By, Answer: v.Response, Prefers: v.Prefers, Entry: pos})
	case *Contested:
		if n := len(f.list); n > 0 && v.Reopens {
			f.list[n-1].takeBack(v.By)
		}
	case *Revealed:
		for _, a := range v.Answers {
			f.says(SaidTo{Who: a.By, Answer: a.Answer, Prefers: a.Prefers, Entry: pos})
		}
	case *SilenceCounted:
		f.silent(pos, v.Who, v.As)
	case *WindowClosed:
		f.silent(pos, v.Silent, v.As)
	case *Judged:
		if n := len(f.list); n > 0 {
			f.list[n-1].Verdict, f.list[n-1].Standing = v, stoodIn(v, f.standing)
		}
	}
}

// puts adds a question.
func (f *questions) puts(pos uint64, v *RoundOpened) {
	if v.Round != ConsentRound && v.Round != BallotRound {
		return
	}
	q := PutQuestion{Round: v.No, Version: v.Version, Rule: f.rule, Entry: pos, Options: v.Options}
	if v.Round == BallotRound {
		q.Rule = f.fallback
		if f.called != nil && !f.called.Rule.IsZero() {
			q.Rule, q.Follows = f.called.Rule, f.called.Follows
		} else if n := len(f.list); n > 0 { // called before its rule stood in the record
			q.Follows = f.list[n-1].Round
		}
	}
	for _, seat := range v.Seats {
		q.Seats = append(q.Seats, seat.Person)
	}
	f.list = append(f.list, q)
}

// says keeps the last word of each.
func (f *questions) says(what SaidTo) {
	if len(f.list) == 0 {
		return
	}
	q := &f.list[len(f.list)-1]
	q.takeBack(what.Who)
	q.Said = append(q.Said, what)
}

// takeBack takes what somebody said out of a question.
func (q *PutQuestion) takeBack(who circle.PersonID) {
	q.Said = slices.DeleteFunc(q.Said, func(s SaidTo) bool { return s.Who == who })
}

func (f *questions) silent(pos uint64, who []circle.PersonID, as Name) {
	if as == "" || as == Name(SilenceExcluded) {
		return
	}
	for _, w := range who {
		f.says(SaidTo{Who: w, Answer: as, Silent: true, Entry: pos})
	}
}

// stoodIn are the objections that stood when a verdict was given: every rule tells
// of them. Where people ended the question, they are those of that instant.
func stoodIn(v *Judged, standing []objection.ID) []objection.ID {
	var out []objection.ID
	for _, r := range v.Why {
		if r.Code == "objection-stands" {
			out = append(out, objection.ID(r.Got))
		}
	}
	if out == nil {
		return standing
	}
	return out
}

// String says what came of a question in a sentence or two.
func (q PutQuestion) String() string {
	says := fmt.Sprintf("Question %d, on version %d, under the rule %s", q.Round, q.Version, ruleTitle(q.Rule))
	if q.Follows > 0 {
		says += fmt.Sprintf(", after question %d", q.Follows)
	}
	said := make([]string, len(q.Said))
	for i, s := range q.Said {
		said[i] = fmt.Sprintf("%s: %s", s.Who, s.words())
	}
	if len(said) > 0 {
		says += "; " + strings.Join(said, "; ")
	}
	if len(q.Standing) > 0 {
		says += "; standing: " + circle.Plain(q.Standing)
	}
	if q.Verdict == nil {
		return says + "; it is open."
	}
	says += "; it came out as " + string(q.Verdict.Outcome)
	if len(q.Verdict.Winners) > 0 {
		says += ": " + circle.Plain(q.Verdict.Winners)
	}
	return says + "."
}

// words says what somebody said.
func (s SaidTo) words() string {
	out := string(s.Answer)
	if s.Prefers != nil {
		out = s.Prefers.words()
	}
	if s.Silent {
		out += " (by silence)"
	}
	return out
}

// ruleTitle names a rule for people.
func ruleTitle(n RuleName) string {
	if n == consentRule {
		return "of consent"
	}
	if n.Parameters == "" {
		return n.Kind
	}
	return fmt.Sprintf("%s (%s)", n.Kind, ruleWords(n))
}

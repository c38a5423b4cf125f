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

// A Statement is one sentence of an explanation and the ledger entry that it
// rests on.
type Statement struct {
	Entry uint64
	Says  string
}

// String gives the sentence with its entry.
func (s Statement) String() string { return fmt.Sprintf("%s [entry %d]", s.Says, s.Entry) }

// Explain tells how a proposal came to stand where it stands: the need, the
// versions, who had a consent right, what was said to the question, each
// objection and how it was met, the rule and the policies that decided. Every
// sentence cites the entry it rests on (CP-25). Words that were erased or lost
// are said to be so.
func (e *Engine) Explain(ctx context.Context, id proposal.ID) ([]Statement, error) {
	positions, err := e.trail(id)
	if err != nil {
		return nil, err
	}
	var out []Statement
	told := account{of: id}
	for _, pos := range positions {
		entry, err := e.entry(ctx, pos)
		if err != nil {
			return nil, err
		}
		for _, event := range entry.Events {
			if !told.takes(event) {
				continue
			}
			says, err := e.sentence(ctx, entry, event)
			if err != nil {
				return nil, err
			}
			if says != "" {
				out = append(out, Statement{pos, says})
			}
		}
	}
	return out, nil
}

// An account is of one proposal: what the same entries say of others, as of
// those that it dropped, is left out.
type account struct {
	of         proposal.ID
	objections []objection.ID
	advice     bool // one person decides, and what the others said is their advice
}

// takes answers whether an event belongs to the account.
func (a *account) takes(event Event) bool {
	a.note(event)
	switch v := event.(type) {
	case *objection.Raised:
		return a.against(v.Proposal, v.Objection)
	case *objection.Voiced:
		return a.against(v.Proposal, v.Concern)
	case *objection.Carried:
		return a.against(v.Proposal, v.Objection)
	case *SplitUp: // told of the whole and of its parts
		return v.Proposal == a.of || slices.Contains(v.Into, a.of)
	case *Spoken:
		return a.advice && v.Proposal == a.of
	case interface{ On() proposal.ID }:
		return v.On() == a.of
	case interface{ On() objection.ID }:
		return slices.Contains(a.objections, v.On())
	}
	return true
}

// note looks for the method by which the proposal is decided.
func (a *account) note(event Event) {
	switch v := event.(type) {
	case *Opened:
		if v.Proposal == a.of {
			a.advice = v.Method.Decider
		}
	case *MethodChosen:
		if v.Proposal == a.of {
			a.advice = v.Method.Decider
		}
	}
}

// against notes an objection or a concern if it is against this proposal.
func (a *account) against(which proposal.ID, id objection.ID) bool {
	if which == a.of {
		a.objections = append(a.objections, id)
	}
	return which == a.of
}

// trail lists where a proposal, and the need it answers, are told.
func (e *Engine) trail(id proposal.ID) ([]uint64, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	p, err := e.state.process(id)
	if err != nil {
		return nil, err
	}
	positions := p.Trail.Positions()
	if text := e.state.Matters.Proposal(id); text != nil {
		if t := e.state.needs[text.Need]; t != nil {
			positions = append(positions, t.Positions()...)
		}
	}
	slices.Sort(positions)
	return slices.Compact(positions), nil
}

// quoted gives words in quotation marks, or says that they are gone; and that they were
// put right.
func (e *Engine) quoted(ctx context.Context, t circle.Text) (string, error) {
	said, err := e.Said(ctx, t)
	return said.quoted(), err
}

// said puts words behind a sentence.
func (e *Engine) said(ctx context.Context, sentence string, t circle.Text) (string, error) {
	w, err := e.quoted(ctx, t)
	if err != nil || w == "" {
		return sentence + ".", err
	}
	return sentence + ": " + w, nil
}

// how names whose act it was, and how it came in.
func how(entry *Entry, by circle.PersonID) string {
	out := string(by)
	if entry.Actor.By == by && entry.Actor.With != "" {
		out += " (with the support of " + string(entry.Actor.With) + ")"
	}
	if entry.Actor.By == by && entry.Actor.Through != "" {
		out += " (through the interpreter " + string(entry.Actor.Through) + ")"
	}
	if entry.Actor.For == by {
		out += " (" + string(entry.Actor.By) + " acting for them)"
	}
	if entry.Actor.By == by && entry.Actor.RecordedBy != "" {
		out += " (written down by " + string(entry.Actor.RecordedBy) + ")"
	}
	return out
}

// sentence words one event; events that explain nothing have none.
func (e *Engine) sentence(ctx context.Context, entry *Entry, event Event) (string, error) {
	if says, t, ok := tellNeed(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellBacklog(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellForming(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellProposal(entry, event); ok {
		return e.saidMore(ctx, says, t, event)
	}
	if says, t, ok := tellObjection(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellAgreement(entry, event); ok {
		return e.saidMore(ctx, says, t, event)
	}
	if says, t, ok := tellWindow(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellTest(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellWayOut(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellQueue(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellRecord(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellExit(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := tellSelection(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if v, ok := event.(*Revealed); ok {
		return e.tellRevealed(ctx, entry, v)
	}
	if says, t, ok := tellConsulted(entry, event); ok {
		return e.said(ctx, says, t)
	}
	if says, ok := tellSeat(event); ok {
		return says + ".", nil
	}
	if says, t, ok := tellStructure(event); ok {
		return e.said(ctx, says, t)
	}
	if says, t, ok := fairWords(event); ok {
		return e.said(ctx, says, t)
	}
	if says, ok := e.tellProcess(entry, event); ok {
		return says + ".", nil
	}
	return "", nil
}

// orCircle names a circle, or the one that is spoken of.
func orCircle(id circle.ID) string {
	if id == "" {
		return "The circle"
	}
	return string(id)
}

func tellNeed(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *proposal.NeedOpened:
		return fmt.Sprintf("%s (%s) opened the need %s in %s", how(entry, v.By), orNone(string(v.Origin)), v.Need, v.Circle), v.Text, true
	case *proposal.DomainChecked:
		return fmt.Sprintf("%s found it in the domain, under %s", v.By, v.Item), circle.Text{}, true
	case *proposal.MajorChecked:
		return fmt.Sprintf("Major: %s; expected effect %s", yesNo(v.Major), orNone(v.Effect.String())), v.Reason, true
	case *proposal.LongTermAnswered:
		return orCircle(v.Circle) + " answered by consent that it may decide although the effect is long", v.Reason, true
	case *proposal.Responded:
		return fmt.Sprintf("The circle chose by consent to respond with %s; rung: %s", join(v.Responses), orNone(string(v.Rung))), circle.Text{}, true
	case *proposal.InputGiven:
		return fmt.Sprintf("%s gave input %s", how(entry, v.By), v.Input), v.Text, true
	case *proposal.InputAnswered:
		return fmt.Sprintf("Input %s was answered: %s", v.Input, v.Answer), v.How, true
	}
	return "", circle.Text{}, false
}

func tellProposal(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *proposal.Submitted:
		says := byOrCircle(entry, v.By) + " put version 1 to " + string(v.Circle)
		if v.Recommended != "" {
			says = fmt.Sprintf("The helping circle %s recommended version 1 to %s", v.Recommended, v.Circle)
		}
		return says + disposalWords(v) + termWords(v.Term), v.Text, true
	case *proposal.Amended:
		if v.By == "" {
			return fmt.Sprintf("The circle wrote version %d by consent%s", v.Version, termWords(v.Term)), v.Text, true
		}
		return fmt.Sprintf("%s wrote version %d%s%s", how(entry, v.By), v.Version, servesWords(v.Serves), termWords(v.Term)), v.Text, true
	case *proposal.RenditionAttached:
		return fmt.Sprintf("Version %d exists in %s", v.Version, v.Format), circle.Text{}, true
	case *proposal.ConflictsChecked:
		return fmt.Sprintf("Version %d was held against other policies: %s", v.Version, clearWords(v.Clear)), v.Note, true
	case *proposal.Withdrawn:
		return how(entry, v.By) + " took the proposal back", v.Reason, true
	case *proposal.Dropped:
		return "The circle dropped it by consent", v.Reason, true
	case *proposal.Adopted:
		says := adoptedWords(v)
		for _, w := range v.Warnings {
			says += strings.TrimRight("; warning: "+w.Code+" "+strings.Join(w.Of, ", "), " ")
		}
		return says, circle.Text{}, true
	case *proposal.MeasureRead:
		return fmt.Sprintf("%s read the measure %s: %d%s", how(entry, v.By), v.Measure, v.Value, ofWords(string(v.Subject))), circle.Text{}, true
	case *proposal.MeasureMissed:
		return fmt.Sprintf("The time for reading the measure %s passed without a reading", v.Measure), circle.Text{}, true
	case *proposal.ReviewDue:
		return fmt.Sprintf("It is to be looked at again: %s. It stays in force%s", v.Because, relatedWords(v.Related)), v.Reason, true
	case *proposal.Evaluated:
		return fmt.Sprintf("%s (%s) took part in its evaluation", how(entry, v.Person), orNone(string(v.Class))), v.Text, true
	case *proposal.Kept:
		return fmt.Sprintf("The circle keeps version %d by consent, to be looked at again by %s%s", v.Version, day(v.Until), outcomeWords(v.Outcomes)), circle.Text{}, true
	}
	return "", circle.Text{}, false
}

func tellObjection(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *objection.Raised:
		return fmt.Sprintf("%s objected to version %d (%s): it harms %s%s", how(entry, v.By), v.Version, v.Objection, v.Aim, raisedAgain(v)), v.Argument, true
	case *objection.Voiced:
		return fmt.Sprintf("%s voiced a concern (%s)", how(entry, v.By), v.Concern), v.Text, true
	case *objection.Restated:
		return fmt.Sprintf("%s said %s back", v.By, v.Objection), v.Statement, true
	case *objection.Confirmed:
		return fmt.Sprintf("%s confirmed that %s is understood", how(entry, v.By), v.Objection), circle.Text{}, true
	case *objection.Met:
		return fmt.Sprintf("Version %d meets %s with %s", v.In, v.Objection, join(v.Tools)), circle.Text{}, true
	case *objection.Integrated:
		if v.ByCircle {
			return fmt.Sprintf("The circle settles %s, whose raiser has left, by consenting to version %d", v.Objection, v.In), circle.Text{}, true
		}
		return fmt.Sprintf("%s accepts that version %d meets %s", how(entry, v.By), v.In, v.Objection), circle.Text{}, true
	case *objection.Withdrawn:
		return fmt.Sprintf("%s withdrew %s", how(entry, v.By), v.Objection), v.Reason, true
	case *objection.Ended:
		return fmt.Sprintf("%s ended with the proposal", v.Objection), circle.Text{}, true
	}
	return "", circle.Text{}, false
}

func (e *Engine) tellProcess(entry *Entry, event Event) (string, bool) {
	switch v := event.(type) {
	case *Opened:
		return "It is decided by the method " + v.Method.Name + timesWords(v.Method, v.Rules.Absence), true
	case *RoundOpened:
		if v.Round != ConsentRound && v.Round != BallotRound {
			return fmt.Sprintf("There was a round (%s): %s", v.Round, circle.Plain(v.Order)), true
		}
		if v.First != "" {
			return fmt.Sprintf("The question was put on version %d to every full participant%s", v.Version, amongWords(v.Options)), true
		}
		return fmt.Sprintf("The question was put on version %d to %s%s", v.Version, seatWords(v.Seats), amongWords(v.Options)), true
	case *Signalled:
		return fmt.Sprintf("%s held up the card %s", how(entry, v.By), v.Card), true
	case *Contested:
		return fmt.Sprintf("%s said that what %s was not so", v.By, v.cameIn()), true
	case *SilenceCounted:
		return fmt.Sprintf("The silence of %s counts as %s by the written absence policy: %s", circle.Plain(v.Who), v.As, policyWords(v.Policy)), true
	case *Judged:
		return judgedWords(e.ruleOf(v.Rule), v), true
	}
	return "", false
}

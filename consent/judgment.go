package consent

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A Judgment is a question that a rule has ended, as the ledger tells of it: the
// case that the rule saw, built again from the entries, and what came out.
type Judgment struct {
	Position uint64
	Proposal proposal.ID
	Circle   circle.ID
	At       time.Time
	Rule     RuleName
	Outcome  Outcome             // pending: a tie, which people settled
	Winners  []proposal.OptionID // where it chose among options
	Case     Case
	// Differs says in what the ledger and the rule at hand come apart; empty when
	// they agree, or when the rule is not at hand. What is recorded stands.
	Differs string
}

// Judgments yields every question that a rule has ended, in the order of the
// ledger, and judges it again where the rule is at hand. Questions that people
// ended (who declared, who welcomed, whose time ran out) are not among them.
//
// A difference is a mistake in a rule, in its version, or in the ledger. Entries that are not
// those that the engine took in end it with [ErrDiffers].
func (e *Engine) Judgments(ctx context.Context) iter.Seq2[Judgment, error] {
	return func(yield func(Judgment, error) bool) {
		size, root := e.Head()
		past := &Engine{config: e.config, methods: e.methods}
		past.state = past.empty()
		for b, err := range e.config.Store.Read(ctx, 0) {
			if err == nil && past.tree.Size() == size {
				break
			}
			var found []Judgment
			if err == nil {
				found, err = past.judgments(b)
			}
			for _, j := range found {
				if !yield(j, nil) {
					return
				}
			}
			if err != nil {
				yield(Judgment{}, err)
				return
			}
		}
		if past.tree.Root() != root {
			yield(Judgment{}, ErrDiffers)
		}
	}
}

// judgments takes the next entry in, and stops at each verdict in it to look at
// what the rule saw.
func (e *Engine) judgments(b []byte) (found []Judgment, err error) {
	entry, err := e.read(b)
	if err != nil {
		return nil, err
	}
	pos, events, done := e.tree.Size(), entry.Events, 0
	defer func() {
		if failed := recover(); failed != nil {
			err = fmt.Errorf("entry %d: %w", pos, ErrSenseless)
		}
	}()
	closes := map[proposal.ID]time.Time{} // as they were: what an entry tells first may end the time that there was
	for at := range events {
		if j, ok := events[at].(*Judged); ok {
			if p := e.state.processes[j.Proposal]; p != nil {
				closes[j.Proposal] = p.closes(p.round())
			}
		}
	}
	for at := range events {
		if !ends(events[at]) {
			continue
		}
		told := events[at].(*Judged)
		seen := at // the objections that a verdict ends stand before it in the entry
		for seen > done && isEnd(events[seen-1]) {
			seen--
		}
		e.state.Apply(pos, entry.At, events[done:seen])
		found = append(found, e.state.judgment(pos, told, closes[told.Proposal]))
		done = seen
	}
	e.take(entry.At, entry.ID, events[done:], b)
	return found, nil
}

// ends says that an event is the verdict of a rule that ended a question, if only
// in a tie.
func ends(e Event) bool {
	j, ok := e.(*Judged)
	return ok && j.Case != ""
}

func isEnd(e Event) bool {
	_, ok := e.(*objection.Ended)
	return ok
}

// judgment builds the case of a verdict again, and judges it.
func (s *State) judgment(pos uint64, e *Judged, closes time.Time) Judgment {
	p := s.processes[e.Proposal]
	j := Judgment{Position: pos, Proposal: e.Proposal, Circle: p.Circle, At: e.At, Rule: e.Rule, Outcome: Carried}
	switch e.Outcome {
	case ResultNotAdopted:
		j.Outcome = Declined
	case ResultTied:
		j.Outcome = Pending
	}
	j.Winners = e.Winners
	_, out := s.silent(p, p.Round)
	j.Case = p.caseOf(p.Round, s.inherited(p, p.Round, s.open(e.Proposal)), out, e.At)
	j.Case.Closes = closes
	if digest(j.Case) != e.Case {
		j.Differs = "the case that is built from the entries is not the one that was judged"
		return j
	}
	r, err := s.rule(e.Rule)
	if err != nil {
		return j
	}
	switch v := judge(r, j.Case); {
	case v.Outcome != j.Outcome:
		j.Differs = "the rule now says " + v.Outcome.String() + ", and " + j.Outcome.String() + " is recorded"
	case len(j.Case.Options) > 0 && !slices.Equal(v.winners(), j.Winners):
		j.Differs = "the rule now chooses " + circle.Plain(v.Winners) + ", and " + circle.Plain(j.Winners) + " is recorded"
	}
	return j
}

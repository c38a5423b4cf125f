package consent

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// AsOf lets f look at the state as it was recorded at a time: built anew from
// the entries up to then, those of that very instant too (M-246). The state must
// not be changed or kept. If the entries are not those that the engine took in, the error is
// [ErrDiffers], and f is shown nothing.
func (e *Engine) AsOf(ctx context.Context, at time.Time, f func(*State)) error {
	e.mu.RLock()
	now := e.tree
	e.mu.RUnlock()
	past := e.anew()
	for b, err := range e.config.Store.Read(ctx, 0) {
		if err != nil {
			return err
		}
		if past.tree.Size() == now.Size() {
			break
		}
		entry, err := past.read(b)
		if err != nil {
			return err
		}
		if entry.At.After(at) {
			break
		}
		if err := past.takeSafely(entry, b); err != nil {
			return err
		}
	}
	if err := e.grewFrom(ctx, past.tree, now); err != nil {
		return err
	}
	f(past.state)
	return nil
}

// MeetingsOf lists the meetings of a circle in the order in which they are or
// were held.
func (s *State) MeetingsOf(id circle.ID) []*Meeting {
	var out []*Meeting
	for _, m := range s.meetings {
		if m.Circle == id {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b *Meeting) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out
}

// ExplainTo is Explain for one reader: what they may not read is left out, and
// that there is something, and why it is closed, is said instead (M-247). What
// was decided is told to everybody. Nobody's name stands for the public.
func (e *Engine) ExplainTo(ctx context.Context, who circle.PersonID, id proposal.ID) ([]Statement, error) {
	all, err := e.Explain(ctx, id)
	if err != nil {
		return nil, err
	}
	closed, reasons := map[uint64]bool{}, map[uint64]circle.Text{}
	e.Look(func(s *State) {
		for _, told := range all {
			if !s.MaySeeEntry(who, id, told.Entry) {
				closed[told.Entry], reasons[told.Entry] = true, s.closes(who, id, told.Entry).Reason
			}
		}
	})
	var out []Statement
	for _, told := range all {
		if !closed[told.Entry] {
			out = append(out, told)
			continue
		}
		if n := len(out); n > 0 && out[n-1].Entry == told.Entry {
			continue // said once for each entry
		}
		says, err := e.instead(ctx, id, told.Entry, reasons[told.Entry])
		if err != nil {
			return nil, err
		}
		out = append(out, Statement{told.Entry, says})
	}
	return out, nil
}

// closes is the shade that keeps a person from reading an entry.
func (s *State) closes(who circle.PersonID, id proposal.ID, entry uint64) Shade {
	if !s.MaySee(who, id) {
		return s.Visible(id, 0)
	}
	return s.Visible(id, int(entry))
}

// instead is what is said of an entry to those who may not read it.
func (e *Engine) instead(ctx context.Context, id proposal.ID, pos uint64, reason circle.Text) (string, error) {
	entry, err := e.entry(ctx, pos)
	if err != nil {
		return "", err
	}
	says := "This is not open to you"
	for _, event := range entry.Events {
		if v, ok := event.(*Judged); ok && v.Proposal == id && v.Final {
			says = "It was decided: " + string(v.Outcome) + ". How is not open to you"
		}
		if v, ok := event.(*proposal.Dropped); ok && v.Proposal == id {
			says = "It was dropped by consent. Why is not open to you"
		}
	}
	return e.said(ctx, says, reason)
}

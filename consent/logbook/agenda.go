package logbook

import (
	"context"
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// An Item is one thing on the agenda of a meeting, and what came of it.
type Item struct {
	ID      circle.Name
	Topic   string
	Outcome consent.Desired // what was wanted
	Ended   bool
	Reached bool
	Next    string // the next step, if there is one
}

// words say what came of an item.
func (i Item) words() string {
	says := "“" + i.Topic + "”"
	if i.Outcome != "" { // a label says no more than what it is about
		says += ", to " + string(i.Outcome)
	}
	switch {
	case i.Reached:
		says += "; reached"
	case i.Ended:
		says += "; not reached"
	}
	if i.Next != "" {
		says += "; next: “" + i.Next + "”"
	}
	return says
}

// agenda reads what happened to a meeting's agenda, and what was said of the
// meeting itself.
func (r *reader) agenda(ctx context.Context, event consent.Event) error {
	switch v := event.(type) {
	case *consent.MeetingCalled:
		return r.items(ctx, v.Agenda)
	case *consent.AgendaChanged:
		return r.items(ctx, v.Agenda)
	case *consent.ItemEnded:
		next, err := Words(ctx, r.engine, v.Next)
		for i := range r.minutes.Items {
			if item := &r.minutes.Items[i]; item.ID == v.Item {
				item.Ended, item.Reached, item.Next = true, v.Reached, next
			}
		}
		return err
	case *consent.ItemAdded:
		label, err := Words(ctx, r.engine, v.Label)
		r.minutes.Items = append(r.minutes.Items, Item{ID: v.Item, Topic: label})
		return err
	case *consent.AgendaOrdered:
		rank := func(i Item) int { return slices.Index(v.Order, i.ID) }
		slices.SortStableFunc(r.minutes.Items, func(a, b Item) int { return rank(a) - rank(b) })
	case *consent.MeetingClosed:
		r.endedAsPlanned(v)
	case *consent.ProcessObjected:
		words, err := Words(ctx, r.engine, v.Reason)
		r.minutes.Process = append(r.minutes.Process, fmt.Sprintf("%s objected to the process: “%s”", v.By, words))
		return err
	case *consent.MeetingEvaluated:
		words, err := Words(ctx, r.engine, v.Text)
		r.minutes.Evaluation = append(r.minutes.Evaluation, fmt.Sprintf("%s on the meeting: “%s”", v.By, words))
		return err
	}
	return nil
}

// endedAsPlanned says that a meeting came to its planned end, and what goes back
// to the agenda.
func (r *reader) endedAsPlanned(e *consent.MeetingClosed) {
	if !e.Planned {
		return
	}
	says := "The meeting ended at its planned time"
	var back []string
	for _, id := range e.Left {
		back = append(back, string(id))
	}
	for _, id := range e.Back {
		back = append(back, string(id))
	}
	if back != nil {
		says += "; back on the agenda: " + circle.Plain(back)
	}
	r.minutes.Process = append(r.minutes.Process, says)
}

// items takes over an agenda, and keeps what came of the items that were on the
// one before it.
func (r *reader) items(ctx context.Context, agenda []consent.AgendaItem) error {
	var out []Item
	for _, a := range agenda {
		topic, err := Words(ctx, r.engine, a.Topic)
		if err != nil {
			return err
		}
		item := Item{ID: a.ID, Topic: topic, Outcome: a.Outcome}
		for _, old := range r.minutes.Items {
			if old.ID == a.ID {
				item.Ended, item.Reached, item.Next = old.Ended, old.Reached, old.Next
			}
		}
		out = append(out, item)
	}
	r.minutes.Items = out
	return nil
}

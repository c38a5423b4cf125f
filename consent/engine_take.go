package consent

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// catchUp takes in what the store holds beyond what the engine knows. All that the
// engine knows has arrived there afterwards.
func (e *Engine) catchUp(ctx context.Context) error {
	if e.mu.under.arrived(e.mu.under.sent()) != nil {
		return e.readAnew(ctx)
	}
	before := e.tree.Size()
	defer e.seen.settle()
	for b, err := range e.config.Store.Read(ctx, before) {
		if err != nil {
			return err
		}
		entry, err := e.read(b)
		if err != nil {
			return err
		}
		if err := e.takeSafely(entry, b); err != nil {
			return err
		}
	}
	e.unsure = false
	if e.tree.Size() > before {
		e.announce()
		if e.tree.Size()>>10 != before>>10 { // after a thousand entries their room is worth more than the next few texts
			e.names = canon.Names{}
		}
		e.held = false // another engine may have recorded a hold, and not come to do it
	}
	return nil
}

// read reads the next entry. It is good until the next one is read: State keeps
// events, but not the lists they came in.
func (e *Engine) read(b []byte) (*Entry, error) {
	if scanEntry(b, e.tree.Size(), &e.names, &e.scratch) {
		return &e.scratch, nil
	}
	return decodeEntry(b, e.tree.Size(), &e.names)
}

// ErrSenseless: an entry is well written, and what it tells cannot follow on
// what was before.
var ErrSenseless = errors.New("the ledger tells what cannot have happened")

// takeSafely takes an entry that this engine did not write. Apply cannot fail
// on what Decide has said; on a ledger made by somebody else it may.
func (e *Engine) takeSafely(entry *Entry, b []byte) (err error) {
	if _, founds := entry.Events[0].(*circle.Founded); e.tree.Size() == 0 && !founds {
		return fmt.Errorf("entry 0: %w: nothing comes before the organisation is founded", ErrSenseless)
	}
	defer func() {
		if failed := recover(); failed != nil {
			err = fmt.Errorf("entry %d: %w", e.tree.Size(), ErrSenseless)
		}
	}()
	e.take(entry.At, entry.ID, entry.Events, b)
	return nil
}

// take lets what is recorded happen.
func (e *Engine) take(at time.Time, id string, events []Event, b []byte) {
	pos := e.tree.Size()
	e.folds(b)
	e.state.Apply(pos, at, events)
	e.seen.add(id, pos)
	e.namesakes.hears(events)
}

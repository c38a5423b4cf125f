package simulation_test

import (
	"context"
	"slices"

	"github.com/sayround/sayround/ledger"
)

// A courier is a port of a vault that takes words while others are on their way
// ([ledger.Gatherer]), so that a host decides commands on words that are not kept yet.
type courier struct{ port }

// A bundle is words that were begun to be put.
type bundle struct {
	h     *host
	parts []ledger.Part
	done  bool
	err   error
}

// BeginPut implements [ledger.Gatherer].
func (c courier) BeginPut(_ context.Context, parts []ledger.Part) (ledger.Begun, error) {
	h, w := c.h, c.h.w
	h.reach()
	if w.happens(putFails) {
		return nil, errDown
	}
	if err := ledger.CheckParts(parts); err != nil {
		return nil, err
	}
	b := &bundle{h: h}
	for _, part := range parts {
		part.About, part.Content = slices.Clone(part.About), slices.Clone(part.Content)
		b.parts = append(b.parts, part)
	}
	w.disk.words = append(w.disk.words, b)
	if len(w.disk.words) > 1 {
		w.count(wordsTogether)
	}
	return b, nil
}

// Put puts what was begun before, too.
func (c courier) Put(ctx context.Context, parts []ledger.Part) error {
	b, err := c.BeginPut(ctx, parts)
	if err != nil {
		return err
	}
	return b.Wait()
}

// Wait implements [ledger.Begun].
func (b *bundle) Wait() error {
	b.h.reach()
	return b.arrive()
}

// arrive brings all words that are on their way, or none of them; or it brings them, and
// says that it did not.
func (b *bundle) arrive() error {
	w := b.h.w
	if b.done {
		return b.err
	}
	var err error
	switch {
	case w.happens(putFails):
		err = errDown
	case w.happens(putReplyLost):
		err = errLost
	}
	w.bring(len(w.disk.words), err)
	return b.err
}

// bring lets so many of the words that are on their way be kept, unless they were lost
// before; all others are lost, and everybody is told what became of theirs.
func (w *world) bring(kept int, err error) {
	for i, b := range w.disk.words {
		b.done, b.err = true, err
		if i >= kept {
			b.err = errLost
		}
		if i < kept && err != errDown {
			for _, part := range b.parts {
				w.disk.parts[part.Commitment()] = part
			}
		}
	}
	w.disk.words = nil
}

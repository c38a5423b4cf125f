package consent

import (
	"context"
	"errors"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

// Rectify puts words right, or puts a note beside them, and records who did and when
// (GDPR, Article 16). The old words stay bound to their entry, so all proofs hold; from
// then on what is shown are the new ones ([Engine.Said]). With Erase the old ones are
// made unreadable too: the vault must then be a [ledger.Forgetter], and it is refused
// while a legal hold stands. If that is cut short, the next Tick or
// [Engine.ResumeErasures] brings it to its end, as of any erasure.
//
// What others decide on stays as they heard it. A version of a proposal, an objection, a
// question, a ruling and minutes may get a note beside, by who wrote them or the
// Secretary, and no more (S3).
func (e *Engine) Rectify(ctx context.Context, by circle.Actor, ask Rectify, options ...Sending) (Righted, error) {
	if err := ctx.Err(); err != nil {
		return Righted{}, err
	}
	r := e.asked(options)
	if err := e.checked(ctx, by, ask, r.id); err != nil {
		return Righted{}, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	vault, err := e.eraser(ctx, ask)
	if err != nil {
		return Righted{}, err
	}
	cmd := rectifying{Rectify: ask, as: ErasureID(r.id)}
	if cmd.found, err = e.finds(ctx, vault, e.state.root(Place{ask.Entry, ask.Part})); err != nil {
		return Righted{}, err
	}
	receipt, err := e.settle(ctx, by, cmd, r)
	if late := e.land(e.sentWith(err)); late != nil {
		err = late
	}
	if err != nil {
		return Righted{}, err
	}
	if ask.Erase {
		if err := e.takeOldWords(context.WithoutCancel(ctx), vault); err != nil {
			return Righted{}, unfinished(err)
		}
	}
	list := e.state.private().Righted[cmd.found.at]
	return list[slices.IndexFunc(list, func(r Righted) bool { return r.Text.Entry == receipt.Position })], nil
}

// eraser takes in what others have recorded, and finds the vault that forgets where one
// is wanted.
func (e *Engine) eraser(ctx context.Context, ask Rectify) (ledger.Forgetter, error) {
	if !ask.Erase {
		return nil, e.catchUp(ctx)
	}
	vault, err := e.forgetter()
	if err != nil {
		return nil, err
	}
	return vault, e.resume(ctx, vault)
}

// finds looks up what is known of the words in a place; nothing, if there are none.
func (e *Engine) finds(ctx context.Context, vault ledger.Forgetter, at Place) (finding, error) {
	out := finding{at: at}
	entry, err := e.entry(ctx, at.Entry)
	if errors.Is(err, ledger.ErrNoEntry) || err == nil && (at.Part < 1 || at.Part > len(entry.Parts)) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	for _, event := range entry.Events {
		places(event, func(p Place, b bearing) {
			if p != at {
				return
			}
			if out.bears == 0 {
				out.of = aboutWhom(event, entry.Actor)
			}
			out.bears = max(out.bears, b)
			if a, is := event.(*circle.Admitted); is && placeOf(&a.Name) == p {
				out.names = a.Person
			}
		})
	}
	if out.by = entry.Actor.For; out.by == "" {
		out.by = entry.Actor.By
	}
	_, err = e.partAt(ctx, newest(at, e.state.private().Righted[at]))
	if out.gone = errors.Is(err, ledger.ErrErased) || errors.Is(err, ledger.ErrNoPart); out.gone {
		err = nil
	}
	out.held = vault != nil && vault.Held(string(out.of))
	return out, err
}

// righted lists what was put right in a place, and the notes beside, as it is now.
func (e *Engine) righted(p Place) []Righted {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return slices.Clone(e.state.private().Righted[p])
}

// takeOldWords erases what was put right and is to be erased. What is held by law waits.
func (e *Engine) takeOldWords(ctx context.Context, vault ledger.Forgetter) error {
	for _, w := range e.state.oldWordsLeft() {
		var list []ledger.Commitment
		for _, p := range w.old {
			c, err := e.commitment(ctx, p.Entry, p.Part)
			if err != nil {
				return err
			}
			list = append(list, c)
		}
		_, err := vault.ErasePartsAs(ctx, string(w.as), list...)
		if errors.Is(err, ledger.ErrHeld) {
			continue
		}
		if err == nil {
			err = e.noted(ctx, takenAway{at: w.at, as: w.as})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

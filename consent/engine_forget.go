package consent

import (
	"context"
	"errors"
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

// forgetter is the vault, if it can forget people.
func (e *Engine) forgetter() (ledger.Forgetter, error) {
	if v, ok := e.config.Vault.(ledger.Forgetter); ok {
		return v, nil
	}
	return nil, CannotForget.Refuse()
}

// Erase makes everything that a person said unreadable, for good, and puts on record
// that it was done, without a word about who it was (P2, P5). The person may ask for
// it, whether or not they take part in anything any more, or the Secretary of the
// outermost circle. What was said while the words were there stays decided: entries,
// proofs and state need no words (P3).
//
// What a circle has adopted belongs to the organisation, and stays, whoever wrote it:
// the versions of proposals that were adopted, in each format, what circles and roles
// are for, and what the interpreter ruled of an agreement. It is handed over first: from
// then on nothing in the vault tells about whom it was. Drafts, and versions that were
// not adopted, go with who wrote them. If an agreement says something of a person that
// has to go, the circle amends it.
//
// It is refused while a legal hold stands, and where the vault is no
// [ledger.Forgetter]. Where nothing is there about the person, nothing is recorded,
// and what is returned has no ID. So it may be asked for again.
//
// What has begun is brought to its end: if the power goes in between, or the vault
// breaks, by the next Tick or [Engine.ResumeErasures]. The error tells which it was:
// a [circle.Refusal] says that nothing has begun.
//
// Commands wait meanwhile: an erasure takes time in proportion to the whole vault.
// Copies of the vault from before can be read until its keys are rotated, which is
// the host's to do, see package ledger/vault.
func (e *Engine) Erase(ctx context.Context, by circle.Actor, ask Erasure) (Erased, error) {
	vault, err := e.forgetting(ctx, by, ask)
	if err != nil {
		return Erased{}, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.resume(ctx, vault); err != nil {
		return Erased{}, err
	}
	if err := e.state.mayErase(by, ask.Person); err != nil {
		return Erased{}, err
	}
	if vault.Held(string(ask.Person)) {
		return Erased{}, KeptByLaw.Refuse("person", ask.Person, "circle", e.state.Org.RootCircle())
	}
	goes, stays, err := e.partsAbout(ctx, vault, ask.Person)
	if err != nil || goes+len(stays) == 0 {
		return Erased{}, err
	}
	ctx = context.WithoutCancel(ctx) // from here on whoever asked is not waited for
	r := request{id: e.config.IDs()}
	id := ErasureID(r.id)
	if err := e.recorded(ctx, by, erasing{Erasure: ask, ID: id, Parts: goes}, r); err != nil {
		return Erased{}, err
	}
	if err := e.finish(ctx, vault, e.state.private().Erasures[id]); err != nil {
		return Erased{}, unfinished(err)
	}
	return *e.state.private().Erasures[id], nil
}

// unfinished is what went wrong after an erasure had begun: no refusal, since it is on
// record.
func unfinished(err error) error {
	return fmt.Errorf("%w: %w", ErrUnfinished, err)
}

// ErrUnfinished: an erasure was begun, is on record, and could not be brought to its
// end yet. [Engine.ResumeErasures] does, and so does the next Tick.
var ErrUnfinished = errors.New("the erasure has begun and is not done yet")

// ResumeErasures brings to their end the erasures that were begun and cut short, and
// sees to it that whoever is held by law is held in the vault. Where there is nothing
// to do, it does nothing.
func (e *Engine) ResumeErasures(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	vault, err := e.forgetter()
	if err != nil {
		return err
	}
	return e.resume(ctx, vault)
}

// resumeDue does so for a Tick, where something was cut short. Time goes on for all
// others though the vault be broken: what went wrong is for the operator.
func (e *Engine) resumeDue(ctx context.Context) {
	if len(e.state.unfinished())+len(e.state.oldWordsLeft()) == 0 {
		return
	}
	vault, err := e.forgetter()
	if err == nil {
		err = e.resume(ctx, vault)
	}
	if err != nil {
		e.config.Logger.Error("an erasure is not done yet", "error", err)
	}
}

// forgetting refuses what can be refused without looking at the state.
func (e *Engine) forgetting(ctx context.Context, by circle.Actor, ask Command) (ledger.Forgetter, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := e.checked(ctx, by, ask, "asked"); err != nil {
		return nil, err
	}
	return e.forgetter()
}

// partsAbout counts the parts that go when somebody is erased, and lists those that stay:
// they belong to the organisation.
func (e *Engine) partsAbout(ctx context.Context, vault ledger.Forgetter, who circle.PersonID) (goes int, stays []ledger.Commitment, err error) {
	list := map[ledger.Commitment]bool{}
	for p, err := range vault.About(ctx, string(who)) {
		switch {
		case err == nil:
			list[p.Commitment()] = true
		case errors.Is(err, ledger.ErrCorrupt):
			goes++
		default:
			return 0, nil, err
		}
	}
	stays, err = e.common(ctx, list)
	return goes + len(list) - len(stays), stays, err
}

// resume takes in what others have recorded, and then brings to its end what was begun.
func (e *Engine) resume(ctx context.Context, vault ledger.Forgetter) error {
	if err := e.catchUp(ctx); err != nil {
		return err
	}
	if err := e.holdAgain(ctx, vault); err != nil {
		return err
	}
	for _, begun := range e.state.unfinished() {
		if err := e.finish(ctx, vault, &begun); err != nil && !errors.Is(err, ledger.ErrHeld) {
			return unfinished(err)
		}
	}
	if err := e.takeOldWords(ctx, vault); err != nil {
		return unfinished(err)
	}
	return nil
}

// finish brings an erasure to its end. It may be done again from its beginning after
// any of its steps: who it is about can be read until the person has been erased.
func (e *Engine) finish(ctx context.Context, vault ledger.Forgetter, begun *Erased) error {
	var gone ledger.Erasure
	who, bound, err := e.bound(ctx, begun.Who)
	if err == nil {
		gone, err = e.forget(ctx, vault, circle.PersonID(who), begun.ID)
	}
	if err == nil {
		_, err = vault.ErasePartsAs(ctx, string(begun.ID), bound)
	}
	if err != nil && !errors.Is(err, ledger.ErrErased) {
		return err
	}
	return e.noted(ctx, erased{ID: begun.ID, Parts: gone.Parts})
}

// forget erases somebody from the vault, once what belongs to the organisation is handed
// over. What is adopted afterwards was said by somebody of whom nothing is known.
func (e *Engine) forget(ctx context.Context, vault ledger.Forgetter, who circle.PersonID, as ErasureID) (ledger.Erasure, error) {
	_, stays, err := e.partsAbout(ctx, vault, who)
	if err == nil && len(stays) > 0 {
		err = vault.HandOver(ctx, stays...)
	}
	if err != nil {
		return ledger.Erasure{}, err
	}
	return vault.EraseAs(ctx, string(as), string(who))
}

// noted records what the engine has done by itself.
func (e *Engine) noted(ctx context.Context, cmd Command) error {
	return e.recorded(ctx, circle.Actor{Clock: true}, cmd, request{id: e.config.IDs()})
}

// recorded decides and records, and waits until that has arrived, with all before it:
// nothing is destroyed, and nothing is shown, on the strength of an entry that may not
// come.
func (e *Engine) recorded(ctx context.Context, by circle.Actor, cmd Command, r request) error {
	_, err := e.settle(ctx, by, cmd, r)
	if late := e.land(e.sentWith(err)); late != nil {
		return late
	}
	return err
}

// bound reads what was said, and tells by which commitment it is bound.
func (e *Engine) bound(ctx context.Context, t circle.Text) (words string, c ledger.Commitment, err error) {
	pos, part := t.Place()
	if c, err = e.commitment(ctx, pos, part); err != nil {
		return "", c, err
	}
	p, err := e.config.Vault.Get(ctx, c)
	return string(p.Content), c, err
}

// PlaceLegalHold keeps everything that a person said from being erased, until it is
// released. The Secretary of the outermost circle may. The ledger keeps that there is a
// hold, since when and on what ground, and not about whom.
func (e *Engine) PlaceLegalHold(ctx context.Context, by circle.Actor, ask LegalHold) (HeldByLaw, error) {
	vault, err := e.forgetting(ctx, by, ask)
	if err != nil {
		return HeldByLaw{}, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.resume(ctx, vault); err != nil {
		return HeldByLaw{}, err
	}
	r := request{id: e.config.IDs()}
	id := LegalHoldID(r.id)
	if err := e.recorded(ctx, by, holding{LegalHold: ask, ID: id}, r); err != nil {
		return HeldByLaw{}, err
	}
	e.held = false
	if err := e.holdAgain(context.WithoutCancel(ctx), vault); err != nil {
		return HeldByLaw{}, err
	}
	return *e.state.private().Holds[id], nil
}

// ReleaseLegalHold ends a legal hold. The Secretary of the outermost circle may. Where
// another hold stands for the same person, that one goes on. A release that was cut short
// is brought to its end.
func (e *Engine) ReleaseLegalHold(ctx context.Context, by circle.Actor, id LegalHoldID) error {
	cmd := releasing{ReleaseLegalHold: ReleaseLegalHold{Hold: id}}
	vault, err := e.forgetting(ctx, by, cmd.ReleaseLegalHold)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.catchUp(ctx); err != nil {
		return err
	}
	now, err := e.now()
	if err != nil {
		return err
	}
	if _, err := e.state.Decide(by, now, cmd); err != nil {
		return err
	}
	if err := e.resume(ctx, vault); err != nil {
		return err
	}
	h := e.state.private().Holds[id]
	if h == nil { // it had been released but for the record of that, which is made now
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	e.held = false // if this is cut short, who is held by what still stands is held again
	if err := e.release(ctx, vault, h); err != nil {
		return err
	}
	e.swept = nil
	return e.noted(ctx, cmd)
}

// release lets the vault erase somebody again, unless another hold stands, and erases
// whom the hold was about.
func (e *Engine) release(ctx context.Context, vault ledger.Forgetter, h *HeldByLaw) error {
	who, bound, err := e.bound(ctx, h.Who)
	if err != nil {
		return err
	}
	others := false
	for _, other := range e.state.LegalHolds() {
		if other.ID == h.ID {
			continue
		}
		about, _, err := e.bound(ctx, other.Who)
		if err != nil {
			return err
		}
		others = others || about == who
	}
	if !others {
		if err := vault.Release(ctx, who); err != nil {
			return err
		}
	}
	_, err = vault.ErasePartsAs(ctx, "", bound)
	return err
}

// holdAgain sees to it that the vault holds those whom the ledger says are held. A
// hold of which it cannot be read any more about whom it is, was released, and only
// the record of that is missing.
func (e *Engine) holdAgain(ctx context.Context, vault ledger.Forgetter) error {
	if e.held {
		return nil
	}
	for _, h := range e.state.LegalHolds() {
		who, _, err := e.bound(ctx, h.Who)
		switch {
		case err == nil:
			err = vault.Hold(ctx, who)
		case errors.Is(err, ledger.ErrErased):
			err = e.noted(ctx, releasing{ReleaseLegalHold: ReleaseLegalHold{Hold: h.ID}})
		}
		if err != nil {
			return err
		}
	}
	e.held = true
	return nil
}

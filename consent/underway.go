package consent

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/sayround/sayround/ledger"
)

// Where the store can take the next entry while the last is on its way to the disk
// ([ledger.Pipeliner]), the commands of many share one sync. Three rules keep that
// from being seen:
//
//   - A command is decided on all that was decided before it, arrived or not. The
//     store keeps the order: if one does not arrive, none behind it does.
//   - Nobody is told of anything that has not arrived: neither who gave the command
//     nor who looks on. A refusal waits too, for what it was decided on.
//   - If something does not arrive, the engine throws its state away and reads the
//     ledger anew. Until it can, it takes no command. Head stays at what had arrived;
//     whoever looks at the state then may see commands whose senders were told that
//     nobody knows whether they were recorded.

// Underway is what was given to the store and has perhaps not arrived.
type underway struct {
	mu     sync.Mutex
	last   ledger.Begun // what was begun last; nil: all has arrived
	failed bool         // something has not arrived, and the state says that it had
	anew   uint64       // how often the state was thrown away
}

// A parcel is what was begun last, as somebody saw it who now waits for it.
type parcel struct {
	begun ledger.Begun
	anew  uint64
}

// add notes what was begun.
func (u *underway) add(b ledger.Begun) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.last = b
}

// sent is what was begun last.
func (u *underway) sent() parcel {
	u.mu.Lock()
	defer u.mu.Unlock()
	return parcel{u.last, u.anew}
}

// arrived waits until a parcel has arrived, and with it all before it.
func (u *underway) arrived(p parcel) error {
	if p.begun == nil {
		return nil
	}
	err := p.begun.Wait()
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case p.anew != u.anew: // the state is another one by now
	case err != nil:
		u.failed = true
	case u.last == p.begun:
		u.last = nil
	}
	return err
}

// spoiled tells whether the state says more than has arrived or will.
func (u *underway) spoiled() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.failed
}

// none forgets what was underway, with the state that knew of it.
func (u *underway) none() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.last, u.failed, u.anew = nil, false, u.anew+1
}

// A guard is the lock of an engine's state. Whoever reads under it sees what has
// arrived, and nothing else if that can be had.
type guard struct {
	sync.RWMutex
	under underway
	mend  func() // reads the ledger anew
}

// RLock locks for reading, once all that was decided has arrived.
func (g *guard) RLock() {
	g.RWMutex.RLock()
	if g.under.arrived(g.under.sent()) == nil {
		return
	}
	g.RUnlock()
	g.mend()
	g.RWMutex.RLock()
}

// mend reads the ledger anew where something has not arrived, for whoever looks on.
func (e *Engine) mend() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.mu.under.spoiled() {
		return
	}
	if err := e.readAnew(context.Background()); err != nil {
		e.config.Logger.Error("the ledger cannot be read anew after a failed write", "error", err)
	}
}

// readAnew throws away what the engine knows and reads the ledger from its first
// entry. If that fails the engine is as it was.
func (e *Engine) readAnew(ctx context.Context) error {
	fresh := e.anew()
	if err := fresh.catchUp(ctx); err != nil {
		return err
	}
	e.state, e.seen, e.put = fresh.state, fresh.seen, nil
	e.fold.Lock()
	e.tree = fresh.tree
	e.mu.under.none()
	e.fold.Unlock()
	e.unsure, e.held, e.swept, e.namesakes = false, false, nil, namesakes{}
	e.announce()
	return nil
}

// append makes words and entry durable, the words first: an entry never names
// words that were not kept. A store that takes the next before it is durable is only
// given both.
func (e *Engine) append(ctx context.Context, pos uint64, parts []ledger.Part) error {
	store, pipelines := e.config.Store.(ledger.Pipeliner)
	var words ledger.Begun
	if len(parts) > 0 && !(pipelines && oneThing(store, e.config.Vault)) {
		var err error
		if words, err = e.giveWords(ctx, parts); err != nil {
			return err
		}
		parts = nil
	}
	e.batch[0] = e.buffer
	var err error
	if pipelines {
		err = e.begin(ctx, store, pos, parts, words)
	} else {
		err = e.config.Store.Append(ctx, pos, e.batch[:])
	}
	switch {
	case err == nil, errors.Is(err, ledger.ErrConflict):
		return err
	case errors.Is(err, ledger.ErrTooLarge), errors.Is(err, ledger.ErrReadOnly), errors.Is(err, ledger.ErrClosed):
		return err
	}
	e.unsure = true
	return unknown(err)
}

// giveWords gives words to the vault. What it returns the entry has to wait for; nil: they are
// durable. Where the vault can take them before that, and the store can wait for them,
// the words of many share one sync, too.
func (e *Engine) giveWords(ctx context.Context, parts []ledger.Part) (ledger.Begun, error) {
	vault, gathers := e.config.Vault.(ledger.Gatherer)
	if _, follows := e.config.Store.(ledger.Follower); gathers && follows {
		return vault.BeginPut(ctx, parts)
	}
	return nil, e.config.Vault.Put(ctx, parts)
}

// oneThing tells whether a store and a vault are one thing.
func oneThing(store ledger.Store, vault ledger.Vault) bool {
	return reflect.ValueOf(store).Comparable() && any(store) == any(vault)
}

// unknown says that it is not known whether what was given to the store was recorded.
func unknown(err error) error { return fmt.Errorf("%w: %w", ErrUnknown, err) }

// begin gives an entry to a store that takes it before it is durable; with its words, if
// the store is their vault too, or behind those that it has to wait for.
func (e *Engine) begin(ctx context.Context, store ledger.Pipeliner, pos uint64, parts []ledger.Part, words ledger.Begun) error {
	if sent := e.mu.under.sent(); sent.begun == nil {
		e.fold.Lock()
		e.arrived = e.tree
		e.fold.Unlock()
	}
	var begun ledger.Begun
	var err error
	if words != nil {
		begun, err = store.(ledger.Follower).BeginAfter(ctx, pos, words, e.batch[:])
	} else {
		begun, err = store.Begin(ctx, pos, parts, e.batch[:])
	}
	if err == nil {
		e.mu.under.add(begun)
	}
	return err
}

// sentWith is what must arrive before somebody is told what a command came to. Where
// the ledger had to be read anew and could not be, nothing was decided, and the error
// says why.
func (e *Engine) sentWith(err error) parcel {
	if err != nil && e.mu.under.spoiled() {
		return parcel{}
	}
	return e.mu.under.sent()
}

// land waits until what a command was decided on, and came to, has arrived.
func (e *Engine) land(p parcel) error {
	if err := e.mu.under.arrived(p); err != nil {
		return unknown(err)
	}
	return nil
}

package consent

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/sayround/sayround/ledger"
)

// Why a snapshot was passed over. Beside these it may be [ledger.ErrOtherRoot] or
// [ledger.ErrShort]: it is not of the entries that the store holds.
var (
	// ErrOtherProgram: another version of the program made the snapshot.
	ErrOtherProgram = errors.New("another version of the program made the snapshot")
	// ErrSnapshotSeal: the snapshot is not as it was saved, or was sealed with another key.
	ErrSnapshotSeal = errors.New("the snapshot is not as it was saved, or was sealed with another key")
	// ErrBadSnapshot: what is in the snapshot does not fit together.
	ErrBadSnapshot = errors.New("what is in the snapshot does not fit together")
	// ErrNoSnapshots: there is no place to keep a snapshot in, see [Config].
	ErrNoSnapshots = errors.New("this engine has no place for snapshots")
)

// An Opening says how an engine came to what it knew when it was opened.
type Opening struct {
	Snapshot uint64 // of how many entries a snapshot told; 0: none was used
	Read     uint64 // how many entries were read
	// PassedOver says why a snapshot was there and was not used; nil: none was there, or
	// it was. All that this cost was time.
	PassedOver error
}

// Opening says how the engine came to what it knew when it was opened.
func (e *Engine) Opening() Opening { return e.opening }

// start comes to what the store tells: from a snapshot, if there is one that is to be
// believed, or from the first entry.
func (e *Engine) start(ctx context.Context) error {
	if e.config.Snapshots != nil {
		from := e.anew()
		err := from.fromSnapshot(ctx)
		if err == nil {
			e.state, e.tree, e.seen, e.saved, e.opening = from.state, from.tree, from.seen, from.saved, from.opening
			return nil
		}
		if !errors.Is(err, errNone) {
			e.opening.PassedOver = err
			e.config.Logger.Warn("a snapshot was passed over; the ledger is read from its first entry", "why", err)
		}
	}
	err := e.catchUp(ctx)
	e.opening.Read = e.tree.Size()
	return err
}

// anew is an engine as this one, which knows nothing yet.
func (e *Engine) anew() *Engine {
	return &Engine{config: e.config, methods: e.methods, state: e.empty()}
}

// errNone: there is no snapshot.
var errNone = errors.New("there is no snapshot")

// fromSnapshot takes over what a snapshot tells, and then what the store holds beyond. It
// fails if any of that does. What breaks on a snapshot that was forged, fails.
func (e *Engine) fromSnapshot(ctx context.Context) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrBadSnapshot
		}
	}()
	b, err := e.config.Snapshots.LastSnapshot(ctx)
	if err != nil {
		return err
	}
	if len(b) == 0 {
		return errNone
	}
	s, err := readShot(b, e.config.SnapshotKey)
	if err != nil {
		return err
	}
	if e.tree, err = ledger.NewTree(s.Size, s.Edge); err != nil {
		return fmt.Errorf("%w: %w", ErrBadSnapshot, err)
	}
	if err := ledger.VerifyTree(ctx, e.config.Store, e.tree); err != nil {
		return err
	}
	if e.seen, err = s.Seen.restore(s.Size); err != nil {
		return fmt.Errorf("%w: %w", ErrBadSnapshot, err)
	}
	if s.State.timers, err = unpack(s.Due, s.Armed, len(e.config.SnapshotKey) > 0); err != nil {
		return fmt.Errorf("%w: %w", ErrBadSnapshot, err)
	}
	s.State.kinds, s.State.methods = e.state.kinds, e.state.methods
	s.State.makeRest()
	e.state = s.State
	if err := e.catchUp(ctx); err != nil {
		return err
	}
	e.saved = s.Size
	e.opening = Opening{Snapshot: s.Size, Read: e.tree.Size() - s.Size}
	return nil
}

// makeRest makes what a snapshot does not hold, what the rules of today say, and has at
// hand what goes on.
func (s *State) makeRest() {
	s.Matters.Fetch(maps.Keys(s.processes))
	for _, p := range s.processes {
		p.early, p.asks = s.early(p.Method.Rule), s.asking(p.asked)
	}
}

// Snapshot saves a snapshot of what the engine knows where [Config] says, in place of
// the one before, and returns of how many entries it tells. Commands wait while it is
// taken, and not while it is saved. It fails, and the one before stays, if the entries
// that the store holds are not those that the engine knows.
func (e *Engine) Snapshot(ctx context.Context) (size uint64, err error) {
	if e.config.Snapshots == nil {
		return 0, ErrNoSnapshots
	}
	e.saving.Lock()
	defer e.saving.Unlock()
	b, tree, err := e.shoot()
	if err != nil {
		return 0, err
	}
	// What is missing or damaged in the store must not be covered up by a snapshot.
	if err := ledger.VerifyTree(ctx, e.config.Store, tree); err != nil {
		return 0, err
	}
	b = append(b, sealOf(b, e.config.SnapshotKey)...)
	if err := checkShot(b); err != nil {
		return 0, err
	}
	if err := e.config.Snapshots.SaveSnapshot(ctx, b); err != nil {
		return 0, err
	}
	e.saved = tree.Size()
	return tree.Size(), nil
}

// shoot takes a snapshot of what has arrived, without its seal.
func (e *Engine) shoot() ([]byte, ledger.Tree, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.mu.under.spoiled() {
		return nil, ledger.Tree{}, fmt.Errorf("%w: something did not arrive in the store", ErrUnknown)
	}
	b, err := writeShot(&shot{Size: e.tree.Size(), Edge: e.tree.Edge(), Seen: e.seen.image(), State: e.state})
	return b, e.tree, err
}

// snapshotDue saves a snapshot if so many entries have come since the last one. A
// failure is logged: it costs time at the next opening, and nothing else.
func (e *Engine) snapshotDue(ctx context.Context) {
	if e.config.Snapshots == nil || e.config.SnapshotEvery == 0 || !e.saving.TryLock() {
		return
	}
	saved := e.saved
	e.saving.Unlock()
	if size, _ := e.Head(); size < saved+e.config.SnapshotEvery {
		return
	}
	if _, err := e.Snapshot(ctx); err != nil {
		e.config.Logger.Warn("no snapshot could be saved", "why", err)
	}
}

package consent

import (
	"container/heap"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"unsafe"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/snapshot"
	"github.com/sayround/sayround/ledger"
)

// A snapshot is all that an engine knows, after so many entries, as bytes:
//
//	 0  16  "sayround/shot/v1"
//	16  32  SHA-256 of what the form of the rest depends on, see shotForm
//	48   …  what the engine knows, see shot, as internal/snapshot writes it
//	 …  32  the seal: HMAC-SHA-256 of all before it, under Config.SnapshotKey
//
// It is read by the program that wrote it, and by no other version: a program of which
// anything is different that the state depends on passes it over, and reads the ledger.
const (
	shotMagic = "sayround/shot/v1"
	shotHead  = len(shotMagic) + sha256.Size
)

// A shot is what an engine knows after so many entries.
type shot struct {
	Size  uint64
	Edge  []tlog.Hash // of the tree
	Seen  seenImage
	State *State
}

// shotForm is the form of shots, and shotVersion what is theirs alone: it stands for
// the types of all that is in them, and for the version of this library. It is made when
// it is first needed.
var shotForm = sync.OnceValues(func() (*snapshot.Form, [sha256.Size]byte) {
	form := snapshot.NewForm(reflect.TypeFor[shot](), carriedOut())
	types := form.Hash()
	return form, sha256.Sum256(fmt.Appendf(nil, "%s\x00%x\x00%s", shotMagic, types, buildOf(debug.ReadBuildInfo())))
})

// carriedOut are the commands that a decision may carry out, which stand in a state until
// it does.
func carriedOut() (list []canon.Named) {
	for _, c := range Commands() {
		if deeds[c.Wire()] {
			list = append(list, c)
		}
	}
	return list
}

// buildOf says of which version this library is, as far as the program knows. One that
// was built in the place where it is written tells the state of its own repository.
func buildOf(info *debug.BuildInfo, known bool) string {
	if !known {
		return ""
	}
	room := reflect.TypeFor[circle.Organisation]().PkgPath()
	for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if m.Path != "" && strings.HasPrefix(room, m.Path+"/") {
			if m.Replace != nil {
				m = m.Replace
			}
			return m.Path + " " + m.Version + " " + m.Sum + " " + setting(info, "vcs.revision") + setting(info, "vcs.modified")
		}
	}
	return ""
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

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

// readShot reads a snapshot, and keeps b.
func readShot(b, key []byte) (*shot, error) {
	form, version := shotForm()
	if len(b) < shotHead+sha256.Size || string(b[:len(shotMagic)]) != shotMagic || [sha256.Size]byte(b[len(shotMagic):]) != version {
		return nil, ErrOtherProgram
	}
	end := len(b) - sha256.Size
	if !hmac.Equal(sealOf(b[:end], key), b[end:]) {
		return nil, ErrSnapshotSeal
	}
	var s shot
	// Nobody else has b, and nobody changes it: its texts are used where they lie.
	if err := form.Read(unsafe.String(&b[shotHead], end-shotHead), &s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadSnapshot, err)
	}
	if s.State == nil || s.Size == 0 || !s.State.Org.Founded() {
		return nil, ErrBadSnapshot
	}
	return &s, nil
}

func sealOf(b, key []byte) []byte {
	seal := hmac.New(sha256.New, key)
	seal.Write(b)
	return seal.Sum(nil)
}

// makeRest makes what a snapshot does not hold: the order of the timers, and what the
// rules of today say.
func (s *State) makeRest() {
	for t, at := range s.timers.at {
		s.timers.queue = append(s.timers.queue, queued{t, at})
	}
	heap.Init(&s.timers.queue)
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
	if err := e.config.Snapshots.SaveSnapshot(ctx, append(b, sealOf(b, e.config.SnapshotKey)...)); err != nil {
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
	form, version := shotForm()
	b, err := form.Append(append([]byte(shotMagic), version[:]...),
		&shot{e.tree.Size(), e.tree.Edge(), e.seen.image(), e.state})
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

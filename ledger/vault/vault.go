package vault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/sayround/sayround/internal/durable"
	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// The names of the files in the directory of a vault.
const (
	textsName = "texts"
	keysName  = "keys"
	lockName  = "lock"
)

// Config says with what a vault is opened.
type Config struct {
	// Keeper keeps the key of the epoch. A vault cannot be without.
	Keeper KeyKeeper
	// Origin is the name of the ledger whose parts the vault holds. It is the same
	// for ever; a vault of another ledger is refused with a [ledger.OriginError].
	Origin string
	// Classes are the retention classes by their names, as [ledger.Part] has them. A
	// class that is not among them is the zero Class.
	Classes map[string]Class
}

// A Class says how parts of it are kept.
type Class struct {
	// Shared: a part about several people belongs to each of them, and stays until
	// the last of them is erased. Otherwise it goes with the first. What a part is,
	// is settled when it is put.
	Shared bool
	// Keep is how long a part is kept, 0 for ever. The vault has no clock: whoever
	// has one calls EraseParts when it is time.
	Keep time.Duration
}

// A Vault is a [ledger.Vault] in a directory, in which nothing can be read without a
// [KeyKeeper], and in which people can be forgotten. It may be used by several
// goroutines at once, and must be closed.
type Vault struct {
	config Config
	disk   osfile.Disk
	lock   io.Closer

	writing sync.Mutex // held by the one who writes, see turn
	queue   queue      // what is written next

	mu       sync.RWMutex // guards what follows; keys are replaced and never changed
	keys     *keyring
	shelf    *shelf
	reach    *durable.Marks // how far the texts are known to be durable; of those who write
	failed   error          // why the vault is dead, or nil
	closed   bool
	repaired Repair
}

var (
	_ ledger.Forgetter = (*Vault)(nil)
	_ ledger.Gatherer  = (*Vault)(nil)
	_ io.Closer        = (*Vault)(nil)
)

// Class returns the retention class of a name.
func (v *Vault) Class(name string) Class { return v.config.Classes[name] }

// Put implements [ledger.Vault]. The parts survive the end of the process and of power
// once it has returned nil. A part that was erased is not put again: the error is
// [ledger.ErrErased].
func (v *Vault) Put(ctx context.Context, parts []ledger.Part) error {
	if err := ledger.CheckParts(parts); err != nil {
		return err
	}
	v.turn()
	defer v.writing.Unlock()
	return v.put(ctx, parts)
}

// put writes those of the parts that the vault does not hold, for whoever has the turn.
func (v *Vault) put(ctx context.Context, parts []ledger.Part) error {
	if err := v.usable(ctx); err != nil {
		return err
	}
	fresh, err := v.fresh(parts)
	if err != nil || len(fresh) == 0 {
		return err
	}
	if err := v.admit(fresh); err != nil {
		return err
	}
	return v.write(fresh)
}

// fresh returns those of the parts that the vault does not hold, each once. A part
// that is held with other labels is an error.
func (v *Vault) fresh(parts []ledger.Part) ([]ledger.Part, error) {
	var fresh []ledger.Part
	seen := make(map[ledger.Commitment]ledger.Part, len(parts))
	for _, p := range parts {
		c := p.Commitment()
		held, there := seen[c]
		if !there {
			var err error
			held, err = v.get(c)
			if there = err == nil; !there && !errors.Is(err, ledger.ErrNoPart) {
				return nil, err
			}
		}
		if there && !held.Equal(p) {
			return nil, ledger.ErrOtherPart
		}
		if !there {
			fresh = append(fresh, p)
		}
		seen[c] = p
	}
	return fresh, nil
}

// admit gives a key to those who have none, durably: nothing is ever written under a
// key that could be lost.
func (v *Vault) admit(parts []ledger.Part) error {
	added := map[string]person{}
	for _, p := range parts {
		for _, id := range people(p) {
			if _, there := v.keys.people[id]; !there {
				added[id] = person{key: v.keys.wrap(id, newKey())}
			}
		}
	}
	if len(added) == 0 {
		return nil
	}
	return v.replaceKeys(v.keys.with(added), v.keys.epochKey)
}

// write adds parts in one write.
func (v *Vault) write(parts []ledger.Part) error {
	var buf []byte
	rows := make([]placed, len(parts))
	for i, p := range parts {
		of, c := joint, p.Commitment()
		if v.Class(p.Class).Shared {
			of = shared
		}
		r, ok := v.keys.seal(c, of, p)
		if !ok {
			return damagedPart(c, "a key of those whom it is about does not open")
		}
		r.sum = v.shelf.sum(r.sealed)
		at := len(buf)
		buf = v.shelf.append(buf, v.shelf.frame(v.shelf.count+uint64(i), i, len(parts)-1-i, r))
		rows[i] = placed{r, v.shelf.end + int64(at), uint32(len(buf) - at)}
	}
	if err := v.shelf.write(buf); err != nil {
		return v.fail(err)
	}
	v.note(rows, len(buf))
	if err := v.reached(); err != nil {
		return v.fail(err)
	}
	return nil
}

// note remembers where the rows of a write are, which has so many bytes.
func (v *Vault) note(rows []placed, size int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, p := range rows {
		v.shelf.note(p.row, p.offset, p.size)
	}
	v.shelf.count += uint64(len(rows))
	v.shelf.end += int64(size)
}

// Get implements [ledger.Vault]. A part that is damaged is an error of its own and
// leaves the vault usable: deciding never needs what was said.
func (v *Vault) Get(ctx context.Context, c ledger.Commitment) (ledger.Part, error) {
	if err := v.usable(ctx); err != nil {
		return ledger.Part{}, err
	}
	return v.get(c)
}

// get reads a part.
func (v *Vault) get(c ledger.Commitment) (ledger.Part, error) {
	r, keys, err := v.find(c)
	var corrupt *ledger.CorruptError
	switch {
	case err == nil:
		return keys.open(r)
	case errors.Is(err, ledger.ErrNoPart), errors.As(err, &corrupt):
		return ledger.Part{}, err
	}
	return ledger.Part{}, v.fail(err)
}

// find reads the row of a part, and tells with which keys it may open.
func (v *Vault) find(c ledger.Commitment) (row, *keyring, error) {
	v.mu.RLock() // while it is held, the file is not put aside
	defer v.mu.RUnlock()
	if err := v.state(); err != nil {
		return row{}, nil, err
	}
	at, there := v.shelf.index[c]
	if !there {
		return row{}, nil, ledger.ErrNoPart
	}
	r, err := v.shelf.read(c, at)
	return r, v.keys, err
}

// About yields all parts about a person, with their labels, in the order in which
// they were put: what somebody has a right to see, and to take away. What is damaged
// is yielded as its error, and the next one follows. What is erased in the meantime is
// left out.
func (v *Vault) About(ctx context.Context, person string) iter.Seq2[ledger.Part, error] {
	return func(yield func(ledger.Part, error) bool) {
		if err := v.usable(ctx); err != nil {
			yield(ledger.Part{}, err)
			return
		}
		v.mu.RLock()
		list := v.shelf.which(func(_ ledger.Commitment, of group) bool {
			return person != "" && slices.Contains(of.people, person)
		})
		v.mu.RUnlock()
		for _, c := range list {
			p, err := v.Get(ctx, c)
			if errors.Is(err, ledger.ErrErased) || err == nil && !slices.Contains(p.About, person) {
				continue
			}
			if !yield(p, err) {
				return
			}
			if err != nil && !errors.Is(err, ledger.ErrCorrupt) {
				return
			}
		}
	}
}

// replaceKeys makes another table of keys the one that counts, durably.
func (v *Vault) replaceKeys(next *table, epochKey []byte) error {
	b := next.append(nil)
	if len(b) > maxKeys {
		return &ledger.LimitError{What: "bytes of keys", Size: len(b), Limit: maxKeys}
	}
	if err := osfile.Replace(v.disk, keysName, b); err != nil {
		return v.fail(err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys = &keyring{next, epochKey}
	return nil
}

// usable returns nil if the vault is neither closed nor dead, and the context has not
// ended.
func (v *Vault) usable(ctx context.Context) error {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if err := v.state(); err != nil {
		return err
	}
	return ctx.Err()
}

// state is usable for those who hold mu.
func (v *Vault) state() error {
	if v.failed != nil {
		return v.failed
	}
	if v.closed {
		return ledger.ErrClosed
	}
	return nil
}

// fail makes the vault dead, unless it is or is closed, and returns what every call
// from now on returns.
func (v *Vault) fail(err error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.state(); err != nil {
		return err
	}
	v.failed = fmt.Errorf("%w: %w", ledger.ErrDead, err)
	return v.failed
}

// Close writes what was begun, closes the files and lets the next writer in. Closing again
// does nothing; any other call afterwards fails with [ledger.ErrClosed], or with what
// killed the vault.
func (v *Vault) Close() error {
	v.turn()
	defer v.writing.Unlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return nil
	}
	v.closed = true
	var err error
	if v.failed == nil {
		err = v.reach.Settle()
	}
	if closed := errors.Join(v.shelf.f.Close(), v.closeReach()); v.failed == nil {
		err = errors.Join(err, closed) // else it has been told, and a file may be closed already
	}
	return errors.Join(err, v.lock.Close())
}

package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/sayround/sayround/internal/osfile"
)

// An ID tells vaults apart. It is drawn by chance when the vault is founded.
type ID [16]byte

// A KeyKeeper keeps the one secret that the directory of a vault does not hold: the
// key of the epoch, under which everything else lies. What it has destroyed, nobody
// has any more, whatever copies of the vault there are.
//
// A keeper belongs to one vault. [Keeper] is one in a file, or in memory; others may
// ask a key management service or a hardware module: opening the vault is one Unwrap
// and one Destroy, and rotating its keys one call of each of the others and a Destroy.
type KeyKeeper interface {
	// Rotate makes the key of an epoch, if it is not there yet. The first vault that
	// asks is the one that the keeper belongs to; any other is refused with
	// [ErrOtherVault], and nothing has changed.
	Rotate(ctx context.Context, vault ID, epoch uint64) error
	// Wrap encrypts 32 bytes under the key of an epoch, into at most [MaxWrapped]. If
	// that is not there, the error is [ErrNoKey].
	Wrap(ctx context.Context, epoch uint64, key []byte) ([]byte, error)
	// Unwrap is the inverse of Wrap. If the key is not there, or it is not this one
	// under which it was wrapped, the error is [ErrNoKey].
	Unwrap(ctx context.Context, epoch uint64, wrapped []byte) ([]byte, error)
	// Destroy destroys the keys of all epochs before one, for ever. It may be called
	// again.
	Destroy(ctx context.Context, before uint64) error
}

// MaxWrapped is the largest number of bytes into which a keeper may wrap a key.
const MaxWrapped = 4 << 10

// A Keeper is a [KeyKeeper] in a file ([OpenKeeper]). The zero value is one in the
// memory of this process: when that ends, all is lost that its vault holds, so it is for
// tests. It may be used by several goroutines at once and must not be copied; no two
// programs may use one file.
type Keeper struct {
	mu   sync.Mutex
	disk osfile.Disk // nil: in memory
	name string
	held keys
}

// keys are what a keeper holds.
type keys struct {
	vault ID // zeros while it belongs to none
	of    map[uint64][32]byte
}

var _ KeyKeeper = (*Keeper)(nil)

// OpenKeeper opens the keeper in a file. If there is none yet, it is made when a
// vault is founded.
//
// Who has this file and the directory of the vault can read what was said; who has
// lost it never can again. So it belongs on another disk than the vault, away from
// its backups, and in nobody's hands but the operator's (see also package escrow).
func OpenKeeper(path string) (*Keeper, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	k, err := openKeeper(osfile.Dir{Path: filepath.Dir(full)}, filepath.Base(full))
	if err != nil {
		return nil, fmt.Errorf("vault: the keeper %s: %w", path, err)
	}
	return k, nil
}

func openKeeper(d osfile.Disk, name string) (*Keeper, error) {
	k := &Keeper{disk: d, name: name}
	b, err := readFile(d, name, maxKeeper)
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err != nil {
		return nil, err
	}
	k.held, err = parseKeys(b)
	return k, err
}

// Rotate implements [KeyKeeper].
func (k *Keeper) Rotate(ctx context.Context, vault ID, epoch uint64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if k.held.vault != (ID{}) && k.held.vault != vault {
		return ErrOtherVault
	}
	if _, there := k.held.of[epoch]; there {
		return nil
	}
	next := keys{vault, map[uint64][32]byte{}}
	maps.Copy(next.of, k.held.of)
	var key [32]byte
	rand.Read(key[:]) // never fails
	next.of[epoch] = key
	return k.save(next)
}

// Wrap implements [KeyKeeper].
func (k *Keeper) Wrap(ctx context.Context, epoch uint64, key []byte) ([]byte, error) {
	under, err := k.under(ctx, epoch)
	if err != nil {
		return nil, err
	}
	return seal(under[:], key, epochLabel(epoch)), nil
}

// Unwrap implements [KeyKeeper].
func (k *Keeper) Unwrap(ctx context.Context, epoch uint64, wrapped []byte) ([]byte, error) {
	under, err := k.under(ctx, epoch)
	if err != nil {
		return nil, err
	}
	key, ok := unseal(under[:], wrapped, epochLabel(epoch))
	if !ok {
		return nil, ErrNoKey
	}
	return key, nil
}

// under returns the key of an epoch.
func (k *Keeper) under(ctx context.Context, epoch uint64) ([32]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, there := k.held.of[epoch]
	if !there {
		return key, errors.Join(ErrNoKey, ctx.Err())
	}
	return key, ctx.Err()
}

// epochLabel is the associated data of what a keeper wraps.
func epochLabel(epoch uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte("sayround/vault/epoch/v1\x00"), epoch)
}

// Destroy implements [KeyKeeper]. In a file, the keys are gone from it when Destroy
// has returned nil, and the bytes of the file before have been overwritten; see the
// documentation of the package for what that is worth.
func (k *Keeper) Destroy(ctx context.Context, before uint64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	next := keys{k.held.vault, maps.Clone(k.held.of)}
	maps.DeleteFunc(next.of, func(epoch uint64, _ [32]byte) bool { return epoch < before })
	if len(next.of) == len(k.held.of) {
		return nil
	}
	return k.save(next)
}

// save makes durable what the keeper holds from now on, and overwrites what it was.
func (k *Keeper) save(next keys) error {
	if k.disk == nil {
		k.held = next
		return nil
	}
	old, err := k.old()
	if err != nil {
		return err
	}
	err = osfile.Replace(k.disk, k.name, next.append(nil))
	if err == nil {
		k.held = next
	}
	if old == nil {
		return err
	}
	if err == nil {
		err = wipe(old)
	}
	return errors.Join(err, old.Close())
}

// old opens the file that is about to be replaced; nil is none. Windows replaces no
// file that is open, so there its bytes stay on the disk until something takes their
// place.
func (k *Keeper) old() (osfile.File, error) {
	if runtime.GOOS == "windows" {
		return nil, nil
	}
	f, err := k.disk.Open(k.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return f, err
}

// wipe overwrites a file that has no name any more.
func wipe(f osfile.File) error {
	size, err := f.Size()
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(make([]byte, size), 0); err != nil {
		return err
	}
	return f.Sync()
}

const (
	keeperMagic  = "sayround/keeper\x00"
	keeperDomain = "sayround/vault/keeper/v1\x00"
	maxKeeper    = 1 << 20
)

// append writes the file of a keeper.
func (k keys) append(b []byte) []byte {
	b = append(b, keeperMagic...)
	b = binary.BigEndian.AppendUint32(b, version)
	b = append(b, k.vault[:]...)
	for _, epoch := range slices.Sorted(maps.Keys(k.of)) {
		key := k.of[epoch]
		b = binary.BigEndian.AppendUint64(b, epoch)
		b = append(b, key[:]...)
	}
	return appendSum(keeperDomain, b)
}

// parseKeys reads what append writes, and nothing else.
func parseKeys(b []byte) (keys, error) {
	r, err := opened(b, "of the keeper", keeperMagic, keeperDomain)
	if err != nil {
		return keys{}, err
	}
	k := keys{of: map[uint64][32]byte{}}
	copy(k.vault[:], r.bytes(uint64(len(k.vault))))
	for !r.short && len(r.rest) > 0 {
		epoch, key := r.uint64(), r.bytes(32)
		if key != nil {
			k.of[epoch] = [32]byte(key)
		}
	}
	if !r.whole() || !bytes.Equal(k.append(nil), b) {
		return keys{}, damaged("of the keeper")
	}
	return k, nil
}

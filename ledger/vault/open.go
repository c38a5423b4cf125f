package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// A Repair tells what Open had to do before the vault could be used.
type Repair struct {
	Torn    int64   // bytes of a Put that was cut short, taken off the end: nobody was told that it was there
	Erasure Erasure // what was still to be taken away of an erasure that had begun
}

// Open opens the vault in the directory dir, and founds one if there is none. It makes
// the directory too, but not its parents. The context is for the keeper.
//
// Somebody else may not have it open: then the error is [ledger.ErrLocked], at once. An
// erasure or a rotation of keys that was cut short is brought to its end, and a Put
// that was is taken off, see [Vault.Repaired]. Anything else that is not as it was
// written is a [ledger.CorruptError]; a keeper that has not the key, [ErrNoKey]. In both
// cases nothing that was there has been changed.
func Open(ctx context.Context, dir string, c Config) (*Vault, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	if err := os.Mkdir(path, osfile.DirMode); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("vault: %w", err)
	}
	v, err := open(ctx, osfile.Dir{Path: path}, c)
	if err != nil {
		return nil, fmt.Errorf("vault: %s: %w", dir, err)
	}
	return v, nil
}

// Repaired tells what Open had to do. The zero value says that there was nothing;
// anything else should be logged.
func (v *Vault) Repaired() Repair { return v.repaired }

func open(ctx context.Context, d osfile.Disk, c Config) (*Vault, error) {
	if c.Keeper == nil {
		return nil, ErrNoKey
	}
	lock, err := d.Lock(lockName)
	if err != nil {
		return nil, err
	}
	v := &Vault{config: c, disk: d, lock: lock}
	if err := v.load(ctx); err != nil {
		if v.shelf != nil {
			err = errors.Join(err, v.shelf.f.Close())
		}
		return nil, errors.Join(err, v.closeReach(), lock.Close())
	}
	return v, nil
}

// load reads what is there, and makes true what was found.
func (v *Vault) load(ctx context.Context) error {
	if err := v.found(ctx); err != nil {
		return err
	}
	if err := v.loadKeys(ctx); err != nil {
		return err
	}
	if err := v.loadReach(); err != nil {
		return err
	}
	torn, err := v.loadTexts()
	if err != nil {
		return err
	}
	v.repaired.Torn = torn
	if err := v.shelf.settle(torn); err != nil {
		return err
	}
	if err := v.reached(); err != nil {
		return err
	}
	for _, name := range []string{keysName, textsName} { // what was being made when it was cut short
		if err := v.disk.Remove(name + osfile.NewSuffix); err != nil {
			return err
		}
	}
	if err := v.config.Keeper.Destroy(ctx, v.keys.epoch); err != nil {
		return err
	}
	if v.keys.pending() {
		v.repaired.Erasure, err = v.finish()
	}
	return err
}

// found makes the files of a new vault, unless there is one. The keys come last: once
// they are there, so is all the rest.
func (v *Vault) found(ctx context.Context) error {
	if there, err := v.holds(keysName, 0); there || err != nil {
		return err
	}
	texts, err := v.holds(textsName, headerSize+1)
	if err != nil {
		return err
	}
	reach, err := v.holds(reachName, 0)
	if err != nil {
		return err
	}
	if texts || reach {
		return lost(keysName)
	}
	id, err := v.identity()
	if err != nil {
		return err
	}
	t := &table{vault: id, epoch: 1, origin: v.config.Origin}
	return v.enter(ctx, t)
}

// holds tells whether there is a file of at least that size.
func (v *Vault) holds(name string, size int64) (bool, error) {
	f, err := v.disk.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	n, err := f.Size()
	return n >= size, errors.Join(err, f.Close())
}

// identity returns the id of a vault that is being founded. Where the founding was cut
// short, the keeper may know it already, so it stays.
func (v *Vault) identity() (ID, error) {
	f, err := v.disk.Open(textsName)
	if err == nil {
		id, err := readHeader(f)
		return id, errors.Join(err, f.Close())
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return ID{}, err
	}
	id := ID(newKey()[:len(ID{})])
	return id, osfile.Replace(v.disk, textsName, header(id))
}

// loadKeys opens the table of keys.
func (v *Vault) loadKeys(ctx context.Context) error {
	b, err := readFile(v.disk, keysName, maxKeys)
	if err != nil {
		return err
	}
	t, err := parseTable(b)
	if err != nil {
		return err
	}
	if t.origin != v.config.Origin {
		return &ledger.OriginError{Got: t.origin, Want: v.config.Origin}
	}
	key, err := v.config.Keeper.Unwrap(ctx, t.epoch, t.wrapped)
	if err != nil {
		return err
	}
	if len(key) != keySize {
		return ErrNoKey
	}
	v.keys = &keyring{t, key}
	return nil
}

// loadTexts reads the file of texts, and returns how much of an unfinished write lies
// at its end.
func (v *Vault) loadTexts() (torn int64, err error) {
	f, err := v.disk.Open(textsName)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, lost(textsName)
	}
	if err != nil {
		return 0, err
	}
	v.shelf = newShelf(f, v.keys.vault)
	id, err := readHeader(f)
	if err != nil {
		return 0, err
	}
	if id != v.keys.vault {
		return 0, damaged(textsName)
	}
	return v.shelf.scan(v.sure(), v.shelf.note)
}

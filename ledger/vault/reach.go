package vault

import (
	"errors"
	"io/fs"

	"github.com/sayround/sayround/internal/durable"
	"github.com/sayround/sayround/ledger"
)

const (
	reachName   = "reach"
	reachDomain = "sayround/vault/reach/v1\x00"
)

// An extent is how far the file of texts goes.
type extent struct {
	count uint64 // of its frames
	end   int64  // of the last of them
}

// nothing is the extent of a file without texts.
var nothing = extent{end: headerSize}

// loadReach reads how far the file of texts is known to be durable. Where nobody knows, that
// is nowhere.
func (v *Vault) loadReach() error {
	v.reach = durable.New(checksum(checksum(0, reachDomain), v.keys.vault[:]), nothing.count, uint64(nothing.end))
	f, err := v.disk.Open(reachName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return v.reach.Load(f)
}

// sure is how far the file of texts is known to be durable.
func (v *Vault) sure() extent {
	n := v.reach.Last()
	return extent{n[0], int64(n[1])}
}

// reached puts on record that all texts are durable.
func (v *Vault) reached() error {
	if v.reach.File == nil {
		f, err := v.disk.Create(reachName)
		if err != nil {
			return err
		}
		v.reach.File = f
		if err := v.disk.Sync(); err != nil {
			return err
		}
	}
	return v.reach.Set(v.shelf.count, uint64(v.shelf.end))
}

// unreach takes that record away, durably: of a file that comes in the place of the texts it
// would say what is not so.
func (v *Vault) unreach() error {
	if err := v.closeReach(); err != nil {
		return err
	}
	if err := v.disk.Remove(reachName); err != nil {
		return err
	}
	return v.disk.Sync()
}

// closeReach closes the record, if it is open.
func (v *Vault) closeReach() error {
	if v.reach == nil || v.reach.File == nil {
		return nil
	}
	f := v.reach.File
	v.reach.File = nil
	return f.Close()
}

// unreached says that what was durable is not there any more.
func unreached() error {
	return &ledger.CorruptError{Part: "file " + textsName + " of the vault", What: "it does not hold all that was durable: restore a copy, " +
		"and where an older one is meant to be in its place, take the file " + reachName + " away"}
}

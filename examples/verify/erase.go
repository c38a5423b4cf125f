package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/alias"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
)

// A notErased says why nothing was erased, or not all of it.
type notErased struct {
	says string
	err  error
}

func (e *notErased) Error() string { return e.says }
func (e *notErased) Unwrap() error { return e.err }

// vaultName is the folder in that of a ledger where its words lie, encrypted.
const vaultName = "vault"

// erase makes unreadable what a person said, and puts the keys out of use with which an
// old copy could be read. Nothing is erased of a ledger that is not whole.
func (a asked) erase(ctx context.Context, out io.Writer) error {
	if _, err := os.Stat(filepath.Join(a.ledger, vaultName)); err != nil {
		return &notErased{fmt.Sprintf("the words of this ledger lie in a vault that cannot forget, or elsewhere: there is no encrypted one in %s. What was in its files stays on the disk and in backups, so no promise can be made.", filepath.Join(a.ledger, vaultName)), err}
	}
	store, err := filestore.Open(a.ledger)
	if err != nil {
		return err
	}
	defer store.Close()
	r, err := read(ctx, store)
	if err != nil {
		return err
	}
	v, err := a.openVault(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	engine, err := consent.Open(ctx, consent.Config{Store: store, Vault: v, Rules: rule.Stock(), Now: r.now})
	if err != nil {
		return err
	}
	if a.by == "" {
		a.by = a.person
	}
	people, err := alias.Open(ctx, v, alias.Config{})
	if err != nil {
		return err
	}
	who, errWho := whose(ctx, people, a.person)
	by, errBy := whose(ctx, people, a.by)
	if err := errors.Join(errWho, errBy); err != nil {
		return err
	}
	done, err := engine.Erase(ctx, circle.Actor{By: by}, consent.Erasure{Person: who, Ground: groundOf(a.ground, out)})
	if err != nil {
		return &notErased{err.Error(), err}
	}
	if err := v.Rotate(ctx); err != nil {
		return err
	}
	if done.ID == "" {
		fmt.Fprintln(out, "The vault holds no words of this person. The keys are new, so older copies of it do not open any more.")
		return nil
	}
	fmt.Fprintf(out, "Erased: %s. Nobody can read them any more, and the keys are new, so older copies of the vault do not open either.\nThe ledger tells that something was erased (%s, on the ground: %s), and not whose it was. Everything that was decided stands.\n",
		number(uint64(done.Parts), "text", "texts"), done.ID, done.Ground)
	return nil
}

// whose is the id of a person who was named by it, or by the handle for which they were
// given one.
func whose(ctx context.Context, people *alias.Register, name string) (circle.PersonID, error) {
	known, err := people.Everywhere(ctx, name)
	if err != nil {
		return "", err
	}
	for _, k := range known {
		if k.Scope == "" {
			return k.ID, nil
		}
	}
	return circle.PersonID(name), nil
}

// openVault opens the encrypted vault of a ledger. It knows itself of which ledger it is.
func (a asked) openVault(ctx context.Context) (*vault.Vault, error) {
	file := a.keeper
	if file == "" {
		file = filepath.Clean(a.ledger) + ".keeper"
	}
	if _, err := os.Stat(file); err != nil {
		return nil, &notErased{fmt.Sprintf("the keeper of the keys is not in %s; name its file (-keeper FILE).", file), err}
	}
	keeper, err := vault.OpenKeeper(file)
	if err != nil {
		return nil, err
	}
	config := vault.Config{Keeper: keeper, Origin: a.origin}
	v, err := vault.Open(ctx, filepath.Join(a.ledger, vaultName), config)
	var other *ledger.OriginError
	if errors.As(err, &other) && a.origin == "" {
		config.Origin = other.Got
		v, err = vault.Open(ctx, filepath.Join(a.ledger, vaultName), config)
	}
	return v, err
}

// now is the time: that of the last entry, where the ledger is ahead of the clock, as
// that of a story may be.
func (r *reading) now() time.Time {
	now := time.Now()
	if n := len(r.times); n > 0 && r.times[n-1].After(now) {
		return r.times[n-1]
	}
	return now
}

// groundOf is the ground that goes on record. Words of one's own could say who it was,
// so the ledger has a list, and keeps none of them.
func groundOf(text string, out io.Writer) consent.Ground {
	if g := consent.Ground(text); g.Check() == nil {
		return g
	}
	fmt.Fprintf(out, "The ledger keeps no words of the reason, for they could say who it was: it goes on record as \"other\". It has these of its own: %s.\n",
		strings.Join(consent.GroundOther.Values(), ", "))
	return consent.GroundOther
}

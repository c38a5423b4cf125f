package vault

import (
	"context"
	"errors"
	"slices"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// An Erasure tells what an erasure has taken away, in numbers: it names nobody.
type Erasure = ledger.Erasure

// Erase forgets people, by their ids: their keys are destroyed, and then what lay
// under them is taken out of the file of texts, all of it or nothing. It is done when
// Erase has returned nil; if it was cut short, the next Open brings it to its end.
// Erasing people whom the vault does not know does nothing.
//
// If one of them is held, or a part that would go with them is about somebody who is,
// the error is [ErrHeld], and nothing has been erased.
//
// What is left in old copies of the directory opens as long as the keeper has the
// key of their epoch: see [Vault.Rotate].
func (v *Vault) Erase(ctx context.Context, who ...string) (Erasure, error) {
	return v.EraseAs(ctx, "", who...)
}

// EraseAs is Erase under a mark, which what is erased bears from then on: see
// [ledger.ErasedError].
func (v *Vault) EraseAs(ctx context.Context, mark string, who ...string) (Erasure, error) {
	v.turn()
	defer v.writing.Unlock()
	if err := v.mayErase(ctx, mark); err != nil {
		return Erasure{}, err
	}
	changed := map[string]person{}
	for _, id := range who {
		if id == "" {
			return Erasure{}, ErrNobody
		}
		if _, there := v.keys.people[id]; there {
			changed[id] = person{state: leaving}
		}
	}
	next := &keyring{v.keys.with(changed), nil}
	next.mark = mark
	if err := v.mayGo(v.keys.people, next); err != nil || len(changed) == 0 {
		return Erasure{}, err
	}
	return v.erase(next.table)
}

// EraseParts erases parts by their commitments, whomever they are about: what has been
// kept long enough, or has been put right by another. It is done when EraseParts has
// returned nil; if it was cut short, the next Open brings it to its end. Parts that
// the vault does not know, or that were erased before, are passed over.
//
// All whom the parts are about get new keys, and what else lies under the old ones
// is sealed anew: so what is erased opens with no key that is left. If one of them is
// held, the error is [ErrHeld], and nothing has been erased.
func (v *Vault) EraseParts(ctx context.Context, list ...ledger.Commitment) (Erasure, error) {
	return v.ErasePartsAs(ctx, "", list...)
}

// ErasePartsAs is EraseParts under a mark, as EraseAs is Erase.
func (v *Vault) ErasePartsAs(ctx context.Context, mark string, list ...ledger.Commitment) (Erasure, error) {
	v.turn()
	defer v.writing.Unlock()
	if err := v.mayErase(ctx, mark); err != nil {
		return Erasure{}, err
	}
	changed := map[string]person{}
	doomed := map[ledger.Commitment]bool{}
	for _, c := range list {
		at, there := v.shelf.index[c]
		if !there || v.shelf.of(at).form == erased {
			continue
		}
		doomed[c] = true
		for _, id := range v.shelf.of(at).people {
			p, there := v.keys.people[id]
			if p.state == held {
				return Erasure{}, ErrHeld
			}
			if there {
				changed[id] = person{state: moving, key: p.key, next: v.keys.wrap(id, newKey())}
			}
		}
	}
	if len(doomed) == 0 {
		return Erasure{}, nil
	}
	next := v.keys.with(changed)
	next.doomed, next.mark = doomed, mark
	return v.erase(next)
}

// mayErase refuses what can be refused before it is known what goes.
func (v *Vault) mayErase(ctx context.Context, mark string) error {
	if len(mark) > ledger.MaxMark {
		return &ledger.LimitError{What: "bytes in the mark of an erasure", Size: len(mark), Limit: ledger.MaxMark}
	}
	return v.usable(ctx)
}

// mayGo says whether everything may go that goes with the keys that are next: nobody
// who is held leaves, and no part about them.
func (v *Vault) mayGo(now map[string]person, next *keyring) error {
	for id, p := range next.people {
		if p.state == leaving && now[id].state == held {
			return ErrHeld
		}
	}
	stays := func(g group) bool {
		return g.form != joint || !next.gone(row{form: g.form, part: ledger.Part{About: g.people}})
	}
	for _, g := range v.shelf.groups {
		if !stays(g) && slices.ContainsFunc(g.people, func(id string) bool { return now[id].state == held }) {
			return ErrHeld
		}
	}
	return nil
}

// erase begins an erasure by making its table the one that counts: from then on it is
// certain. Then it is done.
func (v *Vault) erase(next *table) (Erasure, error) {
	if err := v.replaceKeys(next, v.keys.epochKey); err != nil {
		return Erasure{}, err
	}
	done, err := v.finish()
	if err != nil {
		return Erasure{}, v.fail(err)
	}
	return done, nil
}

// finish brings the erasure that is pending to its end. It may be done again from its
// beginning after any of its steps.
func (v *Vault) finish() (done Erasure, err error) {
	if v.touched() {
		if err = v.rewrite(func(r row) row { return v.kept(r, &done) }); err != nil {
			return Erasure{}, err
		}
	}
	return done, v.replaceKeys(v.keys.done(), v.keys.epochKey)
}

// touched tells whether the erasure that is pending changes anything in the file of
// texts.
func (v *Vault) touched() bool {
	return len(v.shelf.which(func(c ledger.Commitment, of group) bool {
		return v.keys.doomed[c] || slices.ContainsFunc(of.people, func(id string) bool {
			s := v.keys.people[id].state
			return s == leaving || s == moving
		})
	})) > 0
}

// rewrite puts another file in the place of that of texts: the same, but of each row
// what is left of it. Of what is erased stays that it was there and under which mark,
// and nothing of what or about whom it was.
func (v *Vault) rewrite(left func(row) row) error {
	f, err := v.disk.Create(textsName + osfile.NewSuffix)
	if err != nil {
		return err
	}
	to := &edition{shelf: newShelf(f, v.keys.vault)}
	err = v.copyTo(to, left)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return v.putUp(to.shelf)
}

// copyTo writes what is left of each row.
func (v *Vault) copyTo(to *edition, left func(row) row) error {
	if _, err := to.f.WriteAt(header(v.keys.vault), 0); err != nil {
		return err
	}
	for _, c := range v.shelf.which(func(ledger.Commitment, group) bool { return true }) {
		r, err := v.shelf.read(c, v.shelf.index[c])
		if err == nil {
			err = to.add(left(r))
		}
		if err != nil {
			return err
		}
	}
	return to.flush()
}

// putUp puts a shelf whose file is new in the place of the one that is there. Both
// files are closed when the name goes from one to the other, for not every system
// renames what is open.
func (v *Vault) putUp(next *shelf) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.shelf.f.Close(); err != nil {
		return err
	}
	if err := v.unreach(); err != nil {
		return err
	}
	if err := v.disk.Rename(textsName+osfile.NewSuffix, textsName); err != nil {
		return err
	}
	if err := v.disk.Sync(); err != nil {
		return err
	}
	f, err := v.disk.Open(textsName)
	if err != nil {
		return err
	}
	next.f = f
	v.shelf = next
	return v.reached()
}

// kept is what is left of a row after the erasure that is pending.
func (v *Vault) kept(r row, done *Erasure) row {
	if r.form == erased {
		return r
	}
	if v.keys.doomed[r.c] || v.keys.gone(r) {
		done.Parts++
		return row{c: r.c, mark: v.keys.mark, sum: v.shelf.sum(nil)}
	}
	leaves, moves := map[string]bool{}, false
	for _, id := range people(r.part) {
		switch v.keys.people[id].state {
		case leaving:
			leaves[id] = true
		case moving:
			moves = true
		}
	}
	if moves {
		return v.anew(r, r.part.About)
	}
	if len(leaves) > 0 {
		done.Left++
		r = r.without(leaves)
	}
	return r
}

// anew seals a part under the keys that these people have now. One that is damaged
// stays so.
func (v *Vault) anew(r row, about []string) row {
	p, err := v.keys.open(r)
	if err != nil {
		return r
	}
	p.About = about
	sealed, ok := v.keys.seal(r.c, r.form, p)
	if !ok {
		return r
	}
	sealed.sum = v.shelf.sum(sealed.sealed)
	return sealed
}

// Hold keeps everything about people from being erased, as the law may demand for a
// time, until it is released. It is durable when Hold has returned nil. People whom
// the vault does not know yet are held too.
func (v *Vault) Hold(ctx context.Context, who ...string) error {
	return v.hold(ctx, held, who)
}

// Release ends what [Vault.Hold] began.
func (v *Vault) Release(ctx context.Context, who ...string) error {
	return v.hold(ctx, usual, who)
}

func (v *Vault) hold(ctx context.Context, to state, who []string) error {
	v.turn()
	defer v.writing.Unlock()
	if err := v.usable(ctx); err != nil {
		return err
	}
	changed := map[string]person{}
	for _, id := range who {
		if id == "" {
			return ErrNobody
		}
		p, there := v.keys.people[id]
		if !there {
			p.key = v.keys.wrap(id, newKey())
		}
		if p.state != to {
			p.state = to
			changed[id] = p
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return v.replaceKeys(v.keys.with(changed), v.keys.epochKey)
}

// Held tells whether somebody is held.
func (v *Vault) Held(person string) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.keys.people[person].state == held
}

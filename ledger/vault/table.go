package vault

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/sayround/sayround/ledger"
)

// A state is that of a person in the table of keys.
type state byte

const (
	usual   state = iota
	held          // nothing about them may be erased for now
	leaving       // their key is destroyed; what lay under it is still to be taken away
	moving        // their key is being replaced: what lies under the old one is to lie under the new
	states        // how many there are
)

// A person is a line of the table of keys.
type person struct {
	state state
	key   []byte // wrapped under the key of the epoch; nil of one who is leaving
	next  []byte // of one who is moving, the new one
}

// A table is the table of keys: whose key is which, all wrapped under the key of the
// epoch, which is wrapped by the keeper. It is never changed, only replaced as a
// whole.
type table struct {
	vault   ID
	epoch   uint64
	origin  string
	wrapped []byte // the key of the epoch
	people  map[string]person
	doomed  map[ledger.Commitment]bool // parts that are being erased, without those whom they are about
	mark    string                     // of the erasure that is pending; may be empty
}

// with returns a copy of the table in which some people are others.
func (t *table) with(changed map[string]person) *table {
	next := *t
	next.people = maps.Clone(t.people)
	maps.Copy(next.people, changed)
	return &next
}

// pending tells whether an erasure has begun and is not done.
func (t *table) pending() bool {
	for _, p := range t.people {
		if p.state == leaving || p.state == moving {
			return true
		}
	}
	return len(t.doomed) > 0
}

// done returns the table as it is after the erasure that is pending.
func (t *table) done() *table {
	next := *t
	next.doomed, next.mark, next.people = nil, "", make(map[string]person, len(t.people))
	for id, p := range t.people {
		switch p.state {
		case leaving:
		case moving:
			next.people[id] = person{key: p.next}
		default:
			next.people[id] = p
		}
	}
	return &next
}

const (
	keysMagic  = "sayround/keys\x00\x00\x00"
	keysDomain = "sayround/vault/keys/v1\x00"
	maxKeys    = 256 << 20
)

// append writes the file of keys.
func (t *table) append(b []byte) []byte {
	b = append(b, keysMagic...)
	b = binary.BigEndian.AppendUint32(b, version)
	b = append(b, t.vault[:]...)
	b = binary.BigEndian.AppendUint64(b, t.epoch)
	b = appendText(b, t.origin)
	b = appendText(b, t.wrapped)
	b = binary.BigEndian.AppendUint32(b, uint32(len(t.people)))
	for _, id := range slices.Sorted(maps.Keys(t.people)) {
		p := t.people[id]
		b = appendText(b, id)
		b = append(b, byte(p.state))
		b = append(b, p.key...)
		b = append(b, p.next...)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(t.doomed)))
	for _, c := range slices.SortedFunc(maps.Keys(t.doomed), compare) {
		b = append(b, c[:]...)
	}
	if t.mark != "" {
		b = appendText(b, t.mark)
	}
	return appendSum(keysDomain, b)
}

func compare(a, b ledger.Commitment) int { return bytes.Compare(a[:], b[:]) }

// parseTable reads what append writes, and nothing else.
func parseTable(b []byte) (*table, error) {
	r, err := opened(b, keysName, keysMagic, keysDomain)
	if err != nil {
		return nil, err
	}
	t := &table{people: map[string]person{}}
	copy(t.vault[:], r.bytes(uint64(len(t.vault))))
	t.epoch, t.origin, t.wrapped = r.uint64(), string(r.text()), r.text()
	for n := r.uint32(); n > 0 && !r.short; n-- {
		id, p := string(r.text()), person{state: state(r.byte())}
		if p.state != leaving {
			p.key = r.bytes(wrapSize)
		}
		if p.state == moving {
			p.next = r.bytes(wrapSize)
		}
		if p.state >= states {
			return nil, damaged(keysName)
		}
		t.people[id] = p
	}
	for n := r.uint32(); n > 0 && !r.short; n-- {
		if c := r.bytes(32); c != nil {
			if t.doomed == nil {
				t.doomed = map[ledger.Commitment]bool{}
			}
			t.doomed[ledger.Commitment(c)] = true
		}
	}
	if len(r.rest) > 0 {
		t.mark = string(r.text())
	}
	// What is in no order, or there twice, would be written otherwise.
	if !r.whole() || !bytes.Equal(t.append(nil), b) {
		return nil, damaged(keysName)
	}
	return t, nil
}

// A keyring is a table of keys that is open: the key of its epoch is there. Like the
// table it is never changed.
type keyring struct {
	*table
	epochKey []byte
}

// wrap wraps the key of a person.
func (k *keyring) wrap(id string, key []byte) []byte {
	return seal(k.epochKey, key, personLabel(k.vault, k.epoch, id))
}

// key returns a person's key. With next it is the new one of somebody whose key is
// being replaced.
func (k *keyring) key(id string, next bool) (key []byte, ok bool) {
	p := k.people[id]
	wrapped := p.key
	if next && p.next != nil {
		wrapped = p.next
	}
	if wrapped == nil {
		return nil, false
	}
	return unseal(k.epochKey, wrapped, personLabel(k.vault, k.epoch, id))
}

// seal makes the row of a part.
func (k *keyring) seal(c ledger.Commitment, of form, p ledger.Part) (row, bool) {
	r := row{c: c, form: of, part: p}
	key := newKey()
	if of == joint {
		var ok bool
		if key, ok = k.joint(r, true); !ok {
			return row{}, false
		}
	} else {
		for _, id := range people(p) {
			secret, ok := k.key(id, true)
			if !ok {
				return row{}, false
			}
			r.wraps = append(r.wraps, seal(derive(secret, wrapUse, c), key, wrapLabel(c, id)))
		}
	}
	plain := append(p.Salt[:len(p.Salt):len(p.Salt)], p.Content...)
	r.sealed = seal(key, plain, textLabel(k.origin, of, p))
	return r, true
}

// joint derives the key of a joint part out of those of all whom it is about.
func (k *keyring) joint(r row, next bool) ([]byte, bool) {
	var secret []byte
	for _, id := range people(r.part) {
		key, ok := k.key(id, next)
		if !ok {
			return nil, false
		}
		secret = append(secret, key...)
	}
	return derive(secret, textUse, r.c), true
}

// one finds the key of a shared part in one of its wraps.
func (k *keyring) one(r row, next bool) ([]byte, bool) {
	for i, id := range people(r.part) {
		secret, ok := k.key(id, next)
		if !ok {
			continue
		}
		if key, ok := unseal(derive(secret, wrapUse, r.c), r.wraps[i], wrapLabel(r.c, id)); ok {
			return key, true
		}
	}
	return nil, false
}

// open returns the part of a row.
func (k *keyring) open(r row) (ledger.Part, error) {
	switch {
	case r.form == erased:
		return ledger.Part{}, erasedAs(r.mark)
	case k.doomed[r.c], k.gone(r):
		return ledger.Part{}, erasedAs(k.mark)
	}
	label := textLabel(k.origin, r.form, r.part)
	for _, next := range []bool{false, true} {
		of := k.joint
		if r.form == shared {
			of = k.one
		}
		key, ok := of(r, next)
		if !ok {
			continue
		}
		if plain, ok := unseal(key, r.sealed, label); ok && len(plain) >= 32 {
			p := r.part
			p.Salt, p.Content = [32]byte(plain), plain[32:]
			return p, p.Check(r.c)
		}
	}
	return ledger.Part{}, damagedPart(r.c, "it does not open under the keys of those whom it is about: it was changed or moved, or a key is gone")
}

// gone tells whether somebody without whom a row does not open is leaving.
func (k *keyring) gone(r row) bool {
	stay := 0
	list := people(r.part)
	for _, id := range list {
		if k.people[id].state != leaving {
			stay++
		}
	}
	return stay == 0 || r.form == joint && stay < len(list)
}

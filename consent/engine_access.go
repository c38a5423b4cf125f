package consent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

// recordsFormat is the form in which [Records] are given out as JSON.
const recordsFormat = "sayround/records/1"

// Records are everything that is kept about a person: what they have a right to see and
// to take away. As JSON it is one document that can be read, and verified, without us.
type Records struct {
	Format string          `json:"format"`
	Person circle.PersonID `json:"person"`
	// Size and Root are those of the ledger to which the proofs lead.
	Size    uint64       `json:"size"`
	Root    tlog.Hash    `json:"root"`
	Entries []RecordOf   `json:"entries"`
	Looks   []RecordLook `json:"looks"` // who opened them, and why (CP-24)
	// Beside is what the same vault holds about them that was said in no entry, such as who
	// is behind their id.
	Beside []RecordSaid `json:"beside,omitempty"`
}

// A RecordOf is one entry that names a person, and what the vault holds with it that is
// about them.
type RecordOf struct {
	Position uint64       `json:"position"`
	Entry    string       `json:"entry"` // its bytes: what is hashed
	Proof    ledger.Proof `json:"proof"`
	Words    []RecordSaid `json:"words,omitempty"`
}

// A RecordSaid is what was said, with the number of its part and the name of its field.
// With the salt it can be held against the commitment in the entry.
type RecordSaid struct {
	Part int    `json:"part"`
	Kind string `json:"kind"`
	Salt []byte `json:"salt"`
	Text string `json:"text"`
	// Right is where the words stand that were put in the place of these, if they were.
	Right *RecordRight `json:"put-right,omitempty"`
}

// A RecordRight is that words were put right: the entry and the part of the new ones.
type RecordRight struct {
	Entry uint64    `json:"entry"`
	Part  int       `json:"part"`
	At    time.Time `json:"at"`
}

// A RecordLook is that somebody opened the records.
type RecordLook struct {
	By  circle.PersonID `json:"by"`
	At  time.Time       `json:"at"`
	Why string          `json:"why"`
}

// RecordsOf gives everything that is kept about a person: the entries that name them,
// what they said, each with its proof, who has opened it before, and whose the id is, where
// the host lets package circle/alias give them out. They ask for it
// themselves, or the Secretary of the outermost circle does and says why, which is
// recorded before anything is shown. What others said is theirs, and is not in it; ids
// of others are, where they stand in the same entry. Words that were erased or lost are
// left out.
//
// It reads the whole ledger, and needs 64 bytes of memory for each of its entries.
func (e *Engine) RecordsOf(ctx context.Context, by circle.Actor, ask OpenRecords) (*Records, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := e.checked(ctx, by, ask, "asked"); err != nil {
		return nil, err
	}
	looks, err := e.look(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	out, err := e.recordsOf(ctx, ask.Person)
	if err != nil {
		return nil, err
	}
	if out.Beside, err = e.besideOf(ctx, ask.Person); err != nil {
		return nil, err
	}
	for _, l := range looks {
		why, err := e.Words(ctx, l.Why)
		if err != nil && !errors.Is(err, ErrErased) && !errors.Is(err, ErrLost) {
			return nil, err
		}
		out.Looks = append(out.Looks, RecordLook{l.By, l.At, why})
	}
	return out, nil
}

// look records that somebody opens the records of another, and returns all who did.
func (e *Engine) look(ctx context.Context, by circle.Actor, ask OpenRecords) ([]Look, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.catchUp(ctx); err != nil {
		return nil, err
	}
	if err := e.state.mayLook(by, ask); err != nil {
		return nil, err
	}
	if by.By != ask.Person {
		if err := e.recorded(ctx, by, looking{ask}, request{id: e.config.IDs()}); err != nil {
			return nil, err
		}
	}
	return slices.Clone(e.state.Looks(ask.Person)), nil
}

// recordsOf collects the entries that name a person, and proves each of them.
func (e *Engine) recordsOf(ctx context.Context, person circle.PersonID) (*Records, error) {
	out := &Records{Format: recordsFormat, Person: person, Entries: []RecordOf{}, Looks: []RecordLook{}}
	out.Size, out.Root = e.Head()
	var hashes []tlog.Hash
	held := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(at))
		for i, x := range at {
			list[i] = hashes[x]
		}
		return list, nil
	})
	pos := uint64(0)
	for b, err := range e.config.Store.Read(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if pos == out.Size {
			break
		}
		more, err := tlog.StoredHashes(int64(pos), b, held)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, more...)
		if namesPerson(b, person) {
			words, err := e.wordsOf(ctx, b, pos, person)
			if err != nil {
				return nil, err
			}
			out.Entries = append(out.Entries, RecordOf{Position: pos, Entry: string(b), Words: words})
		}
		pos++
	}
	if pos < out.Size {
		return nil, ErrDiffers
	}
	if root, err := tlog.TreeHash(int64(pos), held); err != nil || root != out.Root { // a proof of another ledger proves nothing
		return nil, ErrDiffers
	}
	for i := range out.Entries {
		r := &out.Entries[i]
		proof, err := tlog.ProveRecord(int64(out.Size), int64(r.Position), held)
		if err != nil {
			return nil, err
		}
		r.Proof = ledger.Proof(proof)
	}
	return out, nil
}

// wordsOf reads what the parts of an entry say that are about a person.
func (e *Engine) wordsOf(ctx context.Context, b []byte, pos uint64, person circle.PersonID) ([]RecordSaid, error) {
	entry, err := DecodeEntry(b, pos)
	if err != nil {
		return nil, err
	}
	var out []RecordSaid
	for i, ref := range entry.Parts {
		c, err := ledger.ParseCommitment(ref.Commitment)
		if err != nil {
			return nil, err
		}
		p, err := e.config.Vault.Get(ctx, c)
		switch {
		case errors.Is(err, ledger.ErrNoPart), errors.Is(err, ledger.ErrErased), errors.Is(err, ledger.ErrCorrupt):
		case err != nil:
			return nil, err
		case slices.Contains(p.About, string(person)):
			out = append(out, RecordSaid{i + 1, string(ref.Kind), p.Salt[:], string(p.Content), e.rightOf(Place{pos, i + 1})})
		}
	}
	return out, nil
}

// besideOf reads what is kept about a person beside the ledger, where the vault can tell.
func (e *Engine) besideOf(ctx context.Context, person circle.PersonID) ([]RecordSaid, error) {
	vault, ok := e.config.Vault.(ledger.Forgetter)
	if !ok {
		return nil, nil
	}
	var out []RecordSaid
	for p, err := range vault.About(ctx, string(person)) {
		switch {
		case errors.Is(err, ledger.ErrCorrupt):
		case err != nil:
			return nil, err
		case strings.HasPrefix(p.Of, ledger.Beside):
			out = append(out, RecordSaid{Part: p.No, Kind: p.Kind, Salt: p.Salt[:], Text: string(p.Content)})
		}
	}
	return out, nil
}

// rightOf tells that the words in a place were put right, and where the newest stand; nil:
// they were not.
func (e *Engine) rightOf(p Place) *RecordRight {
	var out *RecordRight
	for _, r := range e.righted(p) {
		if !r.Beside {
			out = &RecordRight{r.Text.Entry, r.Text.Part, r.At}
		}
	}
	return out
}

// namesPerson says whether a person's id stands as a value anywhere in an entry.
func namesPerson(b []byte, person circle.PersonID) bool {
	if !bytes.Contains(b, []byte(`"`+string(person)+`"`)) {
		return false
	}
	var v any
	return json.Unmarshal(b, &v) == nil && holds(v, string(person))
}

// holds looks for a value.
func holds(v any, id string) bool {
	switch v := v.(type) {
	case string:
		return v == id
	case []any:
		return slices.ContainsFunc(v, func(x any) bool { return holds(x, id) })
	case map[string]any:
		for _, x := range v {
			if holds(x, id) {
				return true
			}
		}
	}
	return false
}

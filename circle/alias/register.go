package alias

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

// The limits of what a register is given. Crossing one is a [ledger.LimitError].
const (
	MaxHandle = 1 << 10 // bytes of a handle
	MaxScope  = 256     // bytes of a scope
)

var (
	// ErrNotGiven: the register has given this id to nobody, or in another scope.
	ErrNotGiven = errors.New("alias: this id was not given to anybody here")
	// ErrBadHandle: a handle is empty, or is no text in UTF-8.
	ErrBadHandle = errors.New("alias: a handle is a text, and not an empty one")
	// ErrNoChance: the ids that were drawn are all taken, so they were not drawn by
	// chance.
	ErrNoChance = errors.New("alias: what should be random is not")
)

// Config says with what a register is opened. The zero value is right for all but tests.
type Config struct {
	// Rand is where ids and salts come from; nil is [rand.Reader]. Whoever can foresee
	// what it gives can tell whose ids are whose.
	Rand io.Reader
}

// A Register gives people opaque ids and knows who is behind them, within one scope. It
// may be used by several goroutines at once.
type Register struct {
	*shared
	scope string
}

// shared is what the registers of all scopes have in common.
type shared struct {
	vault ledger.Forgetter
	rand  io.Reader
	key   [32]byte // of the marks in byMark

	giving sync.Mutex // held by the one who gives an id
	unsure *gift      // one of which it is not known whether it was kept; guarded by giving

	mu     sync.RWMutex // guards what follows
	byMark map[mark]circle.PersonID
	byID   map[circle.PersonID]given
	scopes []string // that were ever used, sorted

	damaged []ledger.Commitment // parts without which it is not known whose some ids are; settled when it is opened
	wrong   error               // what is wrong with the first of them, or nil
}

// A mark stands for a handle in a scope: a keyed hash of both.
type mark [16]byte

// A given id: where its handle lies, and in which scope it is one.
type given struct {
	handle ledger.Commitment
	scope  string
}

// A gift is an id that is being given.
type gift struct {
	given
	id    circle.PersonID
	alias ledger.Commitment // where it lies that the id was given, once that is read
	mark  mark
	parts []ledger.Part
}

// Open reads which ids were given, and opens the register in the scope whose name is
// empty: the right one for a vault of one ledger. It takes time in proportion to the
// ids that were ever given.
func Open(ctx context.Context, v ledger.Forgetter, c Config) (*Register, error) {
	s := &shared{vault: v, rand: c.Rand, byMark: map[mark]circle.PersonID{}, byID: map[circle.PersonID]given{}}
	if s.rand == nil {
		s.rand = rand.Reader
	}
	if _, err := io.ReadFull(s.rand, s.key[:]); err != nil {
		return nil, fmt.Errorf("alias: %w", err)
	}
	if err := s.load(ctx); err != nil {
		return nil, err
	}
	return &Register{shared: s}, nil
}

// In returns the register of another scope, such as the name of a ledger: the same
// handle has another id in each, and no id is known outside of its own.
func (r *Register) In(scope string) *Register { return &Register{r.shared, scope} }

// load reads which ids were given, and to whom as far as that is still known.
func (s *shared) load(ctx context.Context) error {
	var list []gift
	for p, err := range s.vault.About(ctx, besideAlias) {
		var g gift
		if err == nil {
			g, err = parse(p)
		}
		if err == nil {
			list = append(list, g)
		} else if err = s.damage(err); err != nil {
			return err
		}
	}
	for _, g := range list {
		s.note(g)
		p, err := s.vault.Get(ctx, g.handle)
		if errors.Is(err, ledger.ErrNoPart) {
			err = noAlias(g.alias, "there is no handle to it")
		}
		switch {
		case err == nil:
			s.byMark[s.markOf(g.scope, string(p.Content))] = g.id
		case errors.Is(err, ledger.ErrErased):
		default:
			if err := s.damage(err); err != nil {
				return err
			}
		}
	}
	return nil
}

// damage takes in that a part cannot be trusted, and returns any other error.
func (s *shared) damage(err error) error {
	var corrupt *ledger.CorruptError
	if !errors.As(err, &corrupt) {
		return err
	}
	c, bad := ledger.ParseCommitment(corrupt.Part)
	if bad != nil {
		return err
	}
	s.damaged, s.wrong = append(s.damaged, c), cmp.Or(s.wrong, err)
	return nil
}

// Damaged lists the parts of which the register needs to know whose ids are whose, and
// which were damaged when it was opened; nobody is given a new id while there are some.
// That is so, too, where a vault was restored from a copy of its texts that is older than
// an erasure. Once it is certain that nothing better is to be had, a vault's EraseParts
// takes them away for good, and then the register is to be opened anew. Those whose ids
// they were are somebody new when they come.
func (r *Register) Damaged() []ledger.Commitment { return slices.Clone(r.damaged) }

// note takes in that an id was given.
func (s *shared) note(g gift) {
	at, known := slices.BinarySearch(s.scopes, g.scope)
	if !known {
		s.scopes = slices.Insert(s.scopes, at, g.scope)
	}
	g.scope = s.scopes[at] // one string for all
	s.byID[g.id] = g.given
}

// markOf is the mark of a handle in a scope.
func (s *shared) markOf(scope, handle string) (m mark) {
	h := hmac.New(sha256.New, s.key[:])
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(scope))))
	h.Write([]byte(scope))
	h.Write([]byte(handle))
	copy(m[:], h.Sum(nil))
	return m
}

// Of returns the id of whoever has this handle. Who has none is given one, and it is
// durable before Of returns. Who was erased is given a new one, and from then on is
// somebody else.
//
// If the vault fails while an id is given, the next call finds out whether it was kept:
// the same handle will never have two. An id that was given before can be asked for
// however damaged the register is, but no new one is given then.
func (r *Register) Of(ctx context.Context, handle string) (circle.PersonID, error) {
	if err := r.check(handle); err != nil {
		return "", err
	}
	m := r.markOf(r.scope, handle)
	if id, err := r.known(ctx, m); id != "" || err != nil {
		return id, err
	}
	r.giving.Lock()
	defer r.giving.Unlock()
	if err := r.settle(ctx); err != nil {
		return "", err
	}
	if id, err := r.known(ctx, m); id != "" || err != nil {
		return id, err
	}
	if r.wrong != nil {
		return "", fmt.Errorf("alias: nobody is given an id while some cannot be read: %w", r.wrong)
	}
	g, err := r.draw(r.scope, handle)
	if err != nil {
		return "", err
	}
	g.mark = m
	r.unsure = g
	if err := r.settle(ctx); err != nil {
		return "", err
	}
	return g.id, nil
}

// check refuses what cannot be a handle, or not in this scope.
func (r *Register) check(handle string) error {
	switch {
	case handle == "" || !utf8.ValidString(handle):
		return ErrBadHandle
	case len(handle) > MaxHandle:
		return &ledger.LimitError{What: "bytes in a handle", Size: len(handle), Limit: MaxHandle}
	case len(r.scope) > MaxScope:
		return &ledger.LimitError{What: "bytes in a scope", Size: len(r.scope), Limit: MaxScope}
	}
	return nil
}

// known returns the id of a mark; "" is nobody, or somebody who was erased.
func (s *shared) known(ctx context.Context, m mark) (circle.PersonID, error) {
	s.mu.RLock()
	id := s.byMark[m]
	at := s.byID[id].handle
	s.mu.RUnlock()
	if id == "" {
		return "", ctx.Err()
	}
	_, err := s.vault.Get(ctx, at)
	if errors.Is(err, ledger.ErrErased) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return id, nil
}

// settle keeps what may not have been kept yet. To put the same again does nothing, so it
// need not be known how far the last attempt came: if it was kept and its person has been
// erased since, the vault says so. What the vault refuses for good is let go.
func (s *shared) settle(ctx context.Context) error {
	g := s.unsure
	if g == nil {
		return nil
	}
	switch err := s.vault.Put(ctx, g.parts); {
	case err == nil, errors.Is(err, ledger.ErrErased):
	case errors.Is(err, ledger.ErrOtherPart):
		s.unsure = nil
		return fmt.Errorf("%w: %w", ErrNoChance, err)
	default:
		return err
	}
	s.unsure = nil
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note(*g)
	s.byMark[g.mark] = g.id
	return nil
}

// Behind returns the handle of the person whose id it is. After their erasure the error
// is [ledger.ErrErased], as a [ledger.ErasedError] with the reference of the erasure, where
// it has one; an id that is none of this scope is [ErrNotGiven].
func (r *Register) Behind(ctx context.Context, id circle.PersonID) (string, error) {
	r.mu.RLock()
	g, there := r.byID[id]
	r.mu.RUnlock()
	if !there && r.wrong != nil {
		return "", fmt.Errorf("alias: it may be one of those that cannot be read: %w", r.wrong)
	}
	if !there || g.scope != r.scope {
		return "", ErrNotGiven
	}
	p, err := r.vault.Get(ctx, g.handle)
	if err != nil {
		return "", err
	}
	return string(p.Content), nil
}

// A Known is an id that somebody has in a scope.
type Known struct {
	Scope string
	ID    circle.PersonID
}

// Everywhere lists the ids that whoever has this handle has in all scopes, in the order
// of their names: to erase somebody wherever they are. It gives no new ones.
func (r *Register) Everywhere(ctx context.Context, handle string) ([]Known, error) {
	r.mu.RLock()
	scopes := slices.Clone(r.scopes)
	r.mu.RUnlock()
	var out []Known
	for _, scope := range scopes {
		id, err := r.known(ctx, r.markOf(scope, handle))
		if err != nil {
			return nil, err
		}
		if id != "" {
			out = append(out, Known{scope, id})
		}
	}
	return out, nil
}

package simulation_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/witness"
)

var ctx = context.Background()

// A host is a process with an engine and a signer. When it dies, both are gone.
type host struct {
	w      *world
	no     int
	engine *consent.Engine
	signer *ledger.Signer
	dead   bool
	skew   time.Duration // of its clock

	hookSaid bool // that it is not allowed, in this call
	old      bool // something old was read in this call
	appended bool // it is where the entry is durable and the reply is on its way
	keeping  bool // it is where the checkpoint is kept and nobody has seen it
}

// up says that the process runs.
func (h *host) up() bool { return h.engine != nil && !h.dead }

// look looks at the state for the test itself: nothing fails meanwhile.
func (h *host) look(f func(*consent.State)) {
	h.w.calm++
	defer func() { h.w.calm-- }()
	h.engine.Look(f)
}

func (h *host) digest() (out [32]byte) {
	h.look(func(s *consent.State) { out = s.Digest() })
	return out
}

func (h *host) head() (uint64, tlog.Hash) {
	h.w.calm++
	defer func() { h.w.calm-- }()
	return h.engine.Head()
}

// A death ends what a host was doing.
type death struct{}

// reach is where something else may happen while a host waits.
func (h *host) reach() {
	w := h.w
	if h.dead {
		panic(death{})
	}
	if w.happens(slow) {
		w.pass(time.Duration(1+w.rng.IntN(3600)) * time.Second)
	}
	if w.deep == 0 && w.happens(rival) {
		w.deep++
		w.rivalOf(h)
		w.deep--
	}
	if w.happens(dies) || h.keeping && w.calm == 0 && w.odds[dies] > 0 && w.rng.Uint32N(8) == 0 { // signing is rare, and so it is riskier
		h.dead = true
		if h.appended {
			w.count(diedAfterAppend)
		}
		if h.keeping {
			w.count(diedAfterKeeping)
		}
	}
	if h.dead {
		panic(death{})
	}
}

// during lets a host do something, and says whether it has lived through it.
func (h *host) during(f func()) (lives bool) {
	defer func() {
		if p := recover(); p != nil && p != any(death{}) {
			h.dead = true
			h.w.breaks("R2: it panicked: %v", p)
		}
		if h.dead {
			h.engine, h.signer = nil, nil
			h.appended, h.keeping = false, false
		}
		lives = !h.dead
	}()
	f()
	return
}

// open starts the process. It may fail, and is tried again later.
func (h *host) open() error {
	var err error
	h.dead = false
	h.during(func() {
		var e *consent.Engine
		var store ledger.Store = port{h}
		var vault ledger.Vault = port{h}
		switch h.w.seed % 3 {
		case 1:
			store = pipe{port{h}}
			if h.w.seed%2 == 0 {
				vault = courier{port{h}}
			}
		case 2:
			store, vault = pipe{port{h}}, pipe{port{h}}
		}
		e, err = consent.Open(ctx, consent.Config{Store: store, Vault: vault, Now: h.now, IDs: h.w.newID, Salt: h.w.newSalt, Authorize: h.authorize})
		if err == nil {
			h.engine = e
			h.signer, err = ledger.NewSignerOf(origin, place{h.w, h, &h.w.disk.kept}, nil, ledgerKey)
		}
	})
	if h.signer == nil {
		h.dead, h.engine = true, nil
		return errors.Join(err, errDown)
	}
	h.w.agree(h)
	return nil
}

func (h *host) now() time.Time { return h.w.now.Add(h.skew) }

// authorize is the hook of the host, which breaks in every way there is (S8).
func (h *host) authorize(context.Context, circle.Actor, consent.Command) error {
	h.reach()
	switch {
	case h.w.happens(hookSaysNo):
		h.hookSaid = true
		return errors.New("not today")
	case h.w.happens(hookPanics):
		h.hookSaid = true
		panic("the hook is broken")
	}
	return nil
}

// tick lets happen on a host what is due.
func (h *host) tick() (err error) {
	h.during(func() { _, err = h.engine.Tick(ctx) })
	return err
}

// The keys are made anew by each process: no line of a run tells of them.
const origin = "house.example/ledger"

var (
	ledgerKey, ledgerVerifier = ledgerKeys()
	witnessSecret, _          = newKey("witness.example/w1")
)

func newKey(name string) (secret, verifier string) {
	secret, verifier, err := ledger.NewKey(name, nil)
	if err != nil {
		panic(err)
	}
	return secret, verifier
}

func ledgerKeys() (note.Signer, note.Verifier) {
	secret, verifier := newKey(origin)
	s, err := ledger.NewSigner(secret)
	if err != nil {
		panic(err)
	}
	v, err := ledger.NewVerifier(verifier)
	if err != nil {
		panic(err)
	}
	return s, v
}

// sign signs the ledger as the host sees it, again where the other host was first.
func (h *host) sign() (signed []byte, err error) {
	lives := h.during(func() {
		signed, err = h.signOnce()
		if errors.Is(err, ledger.ErrConflict) {
			signed, err = h.signOnce()
		}
	})
	if !lives {
		return nil, errLost
	}
	if err == nil {
		h.w.shown(signed, h.w.disk.kept)
		h.w.count(checkpointSigned)
	}
	return signed, err
}

func (h *host) signOnce() ([]byte, error) {
	size, root := h.engine.Head()
	last, _, err := h.signer.Last(ctx)
	if err != nil {
		return nil, err
	}
	var growth ledger.Proof
	if last.Size <= size {
		if growth, err = ledger.ProveGrowth(ctx, port{h}, last.Size, size); err != nil {
			return nil, err
		}
	}
	signed, err := h.signer.Sign(ctx, size, root, growth)
	if errors.Is(err, ledger.ErrFork) && last.Size <= size {
		h.w.breaks("I2: the ledger does not begin with what was signed: %v", err)
	}
	h.w.log("sign", size, uint64(len(signed)))
	return signed, err
}

// newWitness starts the witness again, from what it has seen.
func (w *world) newWitness() {
	w.witness = nil
	key, err := ledger.NewCosigner(witnessSecret, func() time.Time { return w.now })
	if err != nil {
		panic(err)
	}
	if w.watched, err = ledger.NewVerifier(key.Verifier()); err != nil {
		panic(err)
	}
	w.witness, err = witness.New(ctx, key, witness.Ledger{Keys: []note.Verifier{ledgerVerifier}, Last: place{w, nil, &w.disk.seen}})
	if err != nil {
		w.witness = nil // what it has seen cannot be read
	}
}

// ask asks the witness for its name under a checkpoint.
func (h *host) ask(signed []byte) (err error) {
	h.during(func() {
		c := witness.Client{URL: "http://witness.example", Key: h.w.watched, HTTP: &http.Client{Transport: wire{h.w}}}
		if _, err = c.Ask(ctx, port{h}, ledger.Policy{Ledgers: []note.Verifier{ledgerVerifier}}, signed); err == nil {
			h.w.shown(signed, h.w.disk.seen)
			h.w.count(checkpointWitnessed)
		}
		var no *witness.Refusal
		if errors.As(err, &no) && no.Status == http.StatusUnprocessableEntity {
			h.w.breaks("I2: the witness says that history was rewritten: %v", err)
		}
	})
	return err
}

// A wire leads to the witness.
type wire struct{ w *world }

func (l wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if l.w.witness == nil {
		l.w.newWitness()
	}
	if l.w.witness == nil || l.w.happens(witnessDown) {
		return nil, errDown
	}
	answer := httptest.NewRecorder()
	l.w.witness.ServeHTTP(answer, r)
	if l.w.happens(witnessReplyLost) {
		return nil, errLost
	}
	return answer.Result(), nil
}

// newID makes the ids of commands, and newSalt salts: they count.
func (w *world) newID() string {
	w.ids++
	return "c-" + strconv.Itoa(w.ids)
}

func (w *world) newSalt() (salt [32]byte) {
	w.salts++
	binary.BigEndian.PutUint64(salt[:], w.salts)
	return salt
}

func (h *host) String() string { return fmt.Sprintf("host %d", h.no) }

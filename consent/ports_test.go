package consent_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// errPort is how a port fails in these tests.
var errPort = errors.New("the disk does not answer")

// frail counts the calls of ports, and one of them goes wrong: it fails, or, of a read of
// the store, gives an entry that is none.
type frail struct {
	calls, at int // which call goes wrong, from 1 on; 0: none
	lies      bool
}

func (f *frail) wrong() bool { f.calls++; return f.calls == f.at }

func (f *frail) call() error {
	if f.wrong() && !f.lies {
		return errPort
	}
	return nil
}

type frailStore struct {
	*ledger.Memory
	*frail
}

func (s frailStore) Append(ctx context.Context, size uint64, entries [][]byte) error {
	if err := s.call(); err != nil {
		return err
	}
	return s.Memory.Append(ctx, size, entries)
}

func (s frailStore) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	wrong := s.wrong()
	return func(yield func([]byte, error) bool) {
		for b, err := range s.Memory.Read(ctx, from) {
			switch {
			case wrong && s.lies:
				b, wrong = []byte(`{"no":"entry"}`), false
			case wrong:
				b, err = nil, errPort
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

func (s frailStore) SaveSnapshot(ctx context.Context, snapshot []byte) error {
	if err := s.call(); err != nil {
		return err
	}
	return s.Memory.SaveSnapshot(ctx, snapshot)
}

type frailVault struct {
	*vault.Vault
	*frail
}

func (v frailVault) Put(ctx context.Context, parts []ledger.Part) error {
	if err := v.call(); err != nil {
		return err
	}
	return v.Vault.Put(ctx, parts)
}

func (v frailVault) Get(ctx context.Context, c ledger.Commitment) (ledger.Part, error) {
	if err := v.call(); err != nil {
		return ledger.Part{}, err
	}
	return v.Vault.Get(ctx, c)
}

func (v frailVault) About(ctx context.Context, who string) iter.Seq2[ledger.Part, error] {
	if err := v.call(); err != nil {
		return func(yield func(ledger.Part, error) bool) { yield(ledger.Part{}, err) }
	}
	return v.Vault.About(ctx, who)
}

func (v frailVault) EraseAs(ctx context.Context, mark string, who ...string) (ledger.Erasure, error) {
	if err := v.call(); err != nil {
		return ledger.Erasure{}, err
	}
	return v.Vault.EraseAs(ctx, mark, who...)
}

func (v frailVault) ErasePartsAs(ctx context.Context, mark string, list ...ledger.Commitment) (ledger.Erasure, error) {
	if err := v.call(); err != nil {
		return ledger.Erasure{}, err
	}
	return v.Vault.ErasePartsAs(ctx, mark, list...)
}

func (v frailVault) HandOver(ctx context.Context, list ...ledger.Commitment) error {
	if err := v.call(); err != nil {
		return err
	}
	return v.Vault.HandOver(ctx, list...)
}

func (v frailVault) Hold(ctx context.Context, who ...string) error {
	if err := v.call(); err != nil {
		return err
	}
	return v.Vault.Hold(ctx, who...)
}

func (v frailVault) Release(ctx context.Context, who ...string) error {
	if err := v.call(); err != nil {
		return err
	}
	return v.Vault.Release(ctx, who...)
}

// aCase is a case in which all was said that an engine reads again: ana's adopted text, an
// objection, a sealed answer that was revealed, words that were put right, a look at ana's
// records, and something that is not open to all.
func aCase(t *testing.T, f *frail) *world {
	t.Helper()
	v, err := vault.Open(t.Context(), t.TempDir(), vault.Config{Keeper: new(vault.Keeper), Origin: "test/ledger"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, v.Close()) })
	w := newWorld(t, setting{Full: 3, Secretary: ben}, func(c *consent.Config) {
		store := frailStore{c.Store.(*ledger.Memory), f}
		c.Store, c.Vault, c.Snapshots = store, frailVault{v, f}, store
		c.Methods = []consent.Method{{Name: "sealed", Rule: consent.Plain.Rule, Hidden: consent.HiddenSealed}}
	})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	_, err = w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(w.need("n"), "Mr Braun is cold"))
	require.NoError(t, err)
	w.submit("p")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(cia, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("It is too early")})
	w.must(cia, objection.Withdraw{Objection: "o", Reason: text("Seven is fine")})
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.submit("q")
	w.agree3("how", consent.ChooseMethod{Proposal: "q", Method: "sealed"})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, consent.SealAnswer{Proposal: "q", Answer: text(consent.Consents), Reason: text("We have waited for it")})
	}
	require.Equal(t, consent.StageAdopted, w.stage("q"))
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	w.must(ana, consent.CloseMeeting{Meeting: "m"})
	w.must(ana, consent.PresentMinutes{Meeting: "m", Seal: w.seal()})
	w.must(ana, consent.SetVisibility{Proposal: "q", Level: consent.ForCircle, Reason: reason})
	_, err = w.engine.RecordsOf(t.Context(), circle.Actor{By: ben}, consent.OpenRecords{Person: ana, Why: text("She asked for a copy")})
	require.NoError(t, err)
	return w
}

// TestReadsFail: P6, D5, I5. Whichever call of store or vault fails, or gives what is no
// entry, what is read from them is an error or the whole truth, and never a part of it.
func TestReadsFail(t *testing.T) {
	f := new(frail)
	w := aCase(t, f)
	ctx := t.Context()
	e := w.engine
	reads := map[string]func() (any, error){
		"explain":    func() (any, error) { return e.Explain(ctx, "p") },
		"explain to": func() (any, error) { return e.ExplainTo(ctx, "", "p") },
		"sealed":     func() (any, error) { return e.Explain(ctx, "q") },
		"in circle":  func() (any, error) { return e.ExplainTo(ctx, gus, "q") },
		"questions":  func() (any, error) { return e.Questions(ctx, "p") },
		"seal":       func() (any, error) { return e.SealMinutes(ctx, "m") },
		"minutes":    func() (any, error) { return nil, e.CheckMinutes(ctx, "m") },
		"records":    func() (any, error) { return e.RecordsOf(ctx, circle.Actor{By: ana}, consent.OpenRecords{Person: ana}) },
		"as of": func() (digest any, err error) {
			return digest, e.AsOf(ctx, w.now.Add(-time.Second), func(s *consent.State) { digest = s.Digest() })
		},
		"judgments": func() (any, error) { return gather(e.Judgments(ctx)) },
		"entries":   func() (any, error) { return gather(e.Entries(ctx, 0)) },
		"prove":     func() (any, error) { return e.Prove(ctx, 3) },
		"said":      func() (any, error) { return e.Said(ctx, w.need("n")) },
		"words":     func() (any, error) { return e.Words(ctx, w.need("n")) },
		"verify":    func() (any, error) { return e.Verify(ctx) },
		"snapshot":  func() (any, error) { return e.Snapshot(ctx) },
	}
	for name, read := range reads {
		f.calls, f.at = 0, 0
		whole, err := read()
		require.NoError(t, err, name)
		calls := f.calls
		require.Positive(t, calls, name)
		failed := 0
		for i := range 2 * calls {
			f.calls, f.at, f.lies = 0, i/2+1, i%2 == 1
			got, err := read()
			if err == nil {
				require.Equal(t, whole, got, "%s, call %d", name, f.at)
				continue
			}
			failed++
			if !f.lies {
				require.ErrorIs(t, err, errPort, "%s, call %d", name, f.at)
			}
		}
		require.Positive(t, failed, name)
		f.at, f.lies = 0, false
		again, err := read()
		require.NoError(t, err, name)
		require.Equal(t, whole, again, name)
	}
	w.replays()
}

// gather collects what is yielded, up to the first error.
func gather[T any](list iter.Seq2[T, error]) (out []T, err error) {
	for v, err := range list {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// TestDeedsFail: D3, D4, P2. Whichever call of store or vault fails while somebody is
// erased, held, released, or words are put right, it is an error that says so, and when the
// ports answer again the same deed, or what was begun, comes to its end.
func TestDeedsFail(t *testing.T) {
	by := circle.Actor{By: ben}
	hold := consent.LegalHold{Person: ana, Ground: "court"}
	for name, deed := range map[string]struct {
		given func(w *world)
		does  func(w *world) error
		done  func(w *world) error
	}{
		"erase": {
			does: func(w *world) error {
				_, err := w.engine.Erase(t.Context(), by, onRequest)
				return err
			},
			done: func(w *world) error {
				_, err := w.engine.Said(t.Context(), w.need("n"))
				return err
			},
		},
		"hold": {
			does: func(w *world) error {
				_, err := w.engine.PlaceLegalHold(t.Context(), by, hold)
				return err
			},
			done: func(w *world) error {
				if _, err := w.engine.Erase(t.Context(), by, onRequest); err == nil {
					return errors.New("ana is held, and was erased")
				}
				return nil
			},
		},
		"release": {
			given: func(w *world) {
				for range 2 {
					_, err := w.engine.PlaceLegalHold(t.Context(), by, hold)
					require.NoError(t, err)
				}
			},
			does: func(w *world) error {
				var id consent.LegalHoldID
				w.engine.Look(func(s *consent.State) {
					for _, h := range s.LegalHolds() {
						id = h.ID
					}
				})
				if id == "" {
					return nil
				}
				return w.engine.ReleaseLegalHold(t.Context(), by, id)
			},
			done: func(w *world) error {
				var stand []consent.HeldByLaw
				w.engine.Look(func(s *consent.State) { stand = s.LegalHolds() })
				if _, err := w.engine.Erase(t.Context(), by, onRequest); (err == nil) == (len(stand) > 0) {
					return fmt.Errorf("%d holds stand, and erasing says %v", len(stand), err)
				}
				return nil
			},
		},
		"rectify": {
			does: func(w *world) error {
				_, err := w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(w.need("n"), "Mr Bruns is cold", takesOld), consent.WithID("once"))
				return err
			},
			done: func(w *world) error {
				said, err := w.engine.Said(t.Context(), w.need("n"))
				if err == nil && said.Words != "Mr Bruns is cold" {
					err = errors.New(said.Words)
				}
				return err
			},
		},
		"look": {
			does: func(w *world) error {
				_, err := w.engine.RecordsOf(t.Context(), by, consent.OpenRecords{Person: ana, Why: text("A second copy")})
				return err
			},
			done: func(*world) error { return nil },
		},
		"name": {
			given: func(w *world) {
				w.agree3("baker", circle.CreateRole{ID: "baker", Circle: den, Name: text("Baker")})
			},
			does: func(w *world) error {
				_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, proposal.Submit{ID: "clerk", Circle: den, Text: text("A clerk"), Term: months,
					Enacts: []circle.Deed{circle.CreateRole{ID: "clerk", Circle: den, Name: text("Clerk")}}}, consent.WithID("clerk"))
				return err
			},
			done: func(w *world) error {
				require.Equal(t, consent.StageIntake, w.stage("clerk"))
				return nil
			},
		},
	} {
		failed := 0
		for at := 1; ; at++ {
			f := new(frail)
			w := aCase(t, f)
			if deed.given != nil {
				deed.given(w)
			}
			f.calls, f.at = 0, at
			err := deed.does(w)
			if f.calls < at {
				require.NoError(t, err, name)
				break
			}
			f.at = 0
			if err != nil {
				failed++
				require.ErrorIs(t, err, errPort, "%s, call %d", name, at)
				require.NoError(t, w.engine.ResumeErasures(t.Context()), "%s, call %d", name, at)
				require.NoError(t, deed.does(w), "%s, call %d, once more", name, at)
			}
			require.NoError(t, deed.done(w), "%s, call %d", name, at)
			w.replays()
		}
		require.Positive(t, failed, name)
	}
}

// TestRecordsOfAnotherLedger: P6, I5. Where the store holds less than the engine knows, or
// something else, nobody is given records, with proofs that prove nothing.
func TestRecordsOfAnotherLedger(t *testing.T) {
	w := aCase(t, new(frail))
	ask := func() error {
		_, err := w.engine.RecordsOf(t.Context(), circle.Actor{By: ana}, consent.OpenRecords{Person: ana})
		return err
	}
	require.NoError(t, ask())
	was := w.bytes()
	for name, entries := range map[string][][]byte{
		"the end is missing":        was[:len(was)-1],
		"an entry stands elsewhere": append(append(append([][]byte{}, was[:3]...), was[4], was[3]), was[5:]...),
	} {
		*w.store = ledger.Memory{}
		require.NoError(t, w.store.Append(t.Context(), 0, entries))
		require.Error(t, ask(), name)
	}
}

// TestContextIsOver: whoever has stopped waiting before anything began gets that, and
// nothing is recorded.
func TestContextIsOver(t *testing.T) {
	w := aCase(t, new(frail))
	over, cancel := context.WithCancel(t.Context())
	cancel()
	by, e := circle.Actor{By: ben}, w.engine
	before, _ := e.Head()
	for name, act := range map[string]func() error{
		"do":      func() error { _, err := e.Do(over, by, circle.TakeLeave{Circle: den}); return err },
		"records": func() error { _, err := e.RecordsOf(over, by, consent.OpenRecords{Person: ben}); return err },
		"erase":   func() error { _, err := e.Erase(over, by, onRequest); return err },
		"resume":  func() error { return e.ResumeErasures(over) },
		"hold":    func() error { _, err := e.PlaceLegalHold(over, by, consent.LegalHold{Person: ana}); return err },
		"release": func() error { return e.ReleaseLegalHold(over, by, "h") },
		"rectify": func() error {
			_, err := e.Rectify(over, by, right(w.need("n"), "Mr Bruns is cold"))
			return err
		},
	} {
		require.ErrorIs(t, act(), context.Canceled, name)
	}
	after, _ := e.Head()
	require.Equal(t, before, after)
}

// TestStoreWithoutVault: an engine with a store that keeps no words, and no vault, keeps them as long
// as it lives: another on the same ledger reads what was done, and not what was said.
func TestStoreWithoutVault(t *testing.T) {
	w := emptyWorld(t, func(c *consent.Config) { c.Store, c.Vault = struct{ ledger.Store }{c.Store}, nil })
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{ana}})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	got, err := w.engine.Words(t.Context(), w.need("n"))
	require.NoError(t, err)
	require.Equal(t, "Mr Brown is cold", got)
	w.open(func(c *consent.Config) { c.Store, c.Vault = struct{ ledger.Store }{c.Store}, nil })
	_, err = w.engine.Words(t.Context(), w.need("n"))
	require.ErrorIs(t, err, consent.ErrLost)
	w.replays()
}

// TestErasesInAWholeLedger: D3, P2. What belongs to all is looked up in the ledger; where that does not
// tell it any more, nobody is erased.
func TestErasesInAWholeLedger(t *testing.T) {
	refused := 0
	for at := 1; ; at++ {
		f := new(frail)
		w := aCase(t, f)
		f.calls, f.at, f.lies = 0, at, true
		_, err := w.engine.Erase(t.Context(), circle.Actor{By: ben}, onRequest)
		if f.calls < at {
			require.NoError(t, err)
			require.Positive(t, refused)
			return
		}
		f.at, f.lies = 0, false
		said, failed := w.engine.Said(t.Context(), w.need("n"))
		if err != nil {
			refused++
			require.NoError(t, failed, "call %d", at)
			require.Equal(t, "Mr Braun is cold", said.Words, "call %d", at)
		}
	}
}

// TestAsOfAnotherLedger: M-246, S9. The past is what this engine knows of it: what another has written
// since is not told, and what cannot have happened is an error.
func TestAsOfAnotherLedger(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	other := w.second()
	other.now = w.now
	other.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	asOf := func() (at consent.Stage, err error) {
		err = w.engine.AsOf(t.Context(), w.now.AddDate(1, 0, 0), func(s *consent.State) { at = s.Process("p").Stage })
		return at, err
	}
	at, err := asOf()
	require.NoError(t, err)
	require.Equal(t, consent.StageIntake, at)
	w.later(time.Hour)
	at, err = asOf()
	require.NoError(t, err)
	require.Equal(t, consent.StageDecide, at)

	was := w.bytes()
	*w.store = ledger.Memory{}
	require.NoError(t, w.store.Append(t.Context(), 0, append(append([][]byte{}, was[:2]...), append([][]byte{was[len(was)-1]}, was[3:]...)...)))
	_, err = asOf()
	require.ErrorIs(t, err, consent.ErrSenseless)
}

// TestBehindAndUnreadable: P6, D5. An engine behind what another has written, which cannot read that now, says so and
// tells nothing as if it were all.
func TestBehindAndUnreadable(t *testing.T) {
	ctx, by := t.Context(), circle.Actor{By: ben}
	for name, read := range map[string]func(*world) error{
		"verify": func(w *world) error { _, err := w.engine.Verify(ctx); return err },
		"records": func(w *world) error {
			_, err := w.engine.RecordsOf(ctx, by, consent.OpenRecords{Person: ana, Why: reason})
			return err
		},
		"do":    func(w *world) error { _, err := w.engine.Do(ctx, by, submission("more")); return err },
		"tick":  func(w *world) error { _, err := w.engine.Tick(ctx); return err },
		"erase": func(w *world) error { _, err := w.engine.Erase(ctx, by, onRequest); return err },
		"hold": func(w *world) error {
			_, err := w.engine.PlaceLegalHold(ctx, by, consent.LegalHold{Person: ana, Ground: consent.HoldClaim})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := new(frail)
			w := aCase(t, f)
			other := w.second()
			other.must(ana, submission("other"))
			f.calls, f.at = 0, 1
			require.ErrorIs(t, read(w), errPort)
			f.at = 0
			require.NoError(t, read(w))
			w.replays()
		})
	}
}

// TestFromTheMiddle: P6. Entries that are read from the middle of a ledger are told whole or not at all.
func TestFromTheMiddle(t *testing.T) {
	f := new(frail)
	w := aCase(t, f)
	for at := 1; ; at++ {
		f.calls, f.at = 0, at
		_, err := gather(w.engine.Entries(t.Context(), 3))
		if f.calls < at {
			require.NoError(t, err)
			require.Greater(t, at, 2, "the tree before, and the entries")
			return
		}
		require.ErrorIs(t, err, errPort, "call %d", at)
	}
}

package consent_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

// forgettable is a circle whose words lie in a vault that forgets; ben is its Secretary.
func forgettable(t *testing.T, change ...func(*consent.Config)) (*world, *vault.Vault) {
	t.Helper()
	v, err := vault.Open(t.Context(), t.TempDir(), vault.Config{Keeper: new(vault.Keeper), Origin: "test/ledger"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, v.Close()) })
	with := append([]func(*consent.Config){func(c *consent.Config) { c.Vault = v }}, change...)
	w := newWorld(t, setting{Full: 3, Secretary: ben}, with...)
	w.submit("p")
	return w, v
}

// said is what the newest version of a proposal says, or why nobody can read it.
func (w *world) said(p string) (string, error) {
	var text circle.Text
	w.engine.Look(func(s *consent.State) { text = s.Matters.Proposal(proposal.ID(p)).Current().Text })
	return w.engine.Words(context.Background(), text)
}

func (w *world) erasures() (out []consent.Erased) {
	w.engine.Look(func(s *consent.State) { out = s.Erasures() })
	return out
}

var onRequest = consent.Erasure{Person: ana, Ground: consent.GroundRequest}

// TestErase: P2, P3, P5. What ana said is gone, the ledger tells that something was
// erased and not whose it was, and everything that was decided stands.
func TestErase(t *testing.T) {
	w, v := forgettable(t)
	_, err := w.said("p")
	require.NoError(t, err)
	w.must(ben, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	before, _ := w.engine.Head()

	got, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Positive(t, got.Parts)
	require.NotEmpty(t, got.ID)
	require.Equal(t, []consent.Erased{got}, w.erasures())
	require.Equal(t, consent.Erased{ID: got.ID, Ground: consent.GroundRequest, Parts: got.Parts, Begun: w.now, Done: w.now}, got)
	_, err = w.said("p")
	require.ErrorIs(t, err, consent.ErrErased)
	require.NotErrorIs(t, err, consent.ErrLost)
	for _, b := range w.bytes()[before:] {
		require.NotContains(t, string(b), `"ana"`)
	}
	for _, err := range v.About(t.Context(), "ana") {
		t.Fatal("something is left about her", err)
	}
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, told[0].Says, "(these words were erased on 23 November 2026: it was asked for)")
	w.replays()
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents, Reason: text("I am still here")})

	size, _ := w.engine.Head()
	got, err = w.engine.Erase(t.Context(), circle.Actor{By: ben}, onRequest)
	require.NoError(t, err)
	require.NotEmpty(t, got.ID, "what she has said since")
	again, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Empty(t, again, "there is nothing left to erase")
	after, _ := w.engine.Head()
	require.Equal(t, size+2, after)
}

// refused wants an error to be this refusal, with a sentence that is whole.
func (w *world) refused(code *circle.Code, err error) {
	w.t.Helper()
	var no *circle.Refusal
	require.ErrorAs(w.t, err, &no)
	require.Equal(w.t, code.ID, no.Code.ID)
	w.worded(onRequest, no)
}

// A store that ends a context once an entry was given to it.
type ending struct {
	*ledger.Memory
	end func()
}

func (s *ending) Append(ctx context.Context, size uint64, entries [][]byte) error {
	err := s.Memory.Append(ctx, size, entries)
	if s.end != nil {
		s.end()
	}
	return err
}

// TestErasureIsNotLeftAlone: whoever asked for an erasure and goes away when it has begun leaves it to be done all the same; who
// comes to resume erasures and is gone already does not.
func TestErasureIsNotLeftAlone(t *testing.T) {
	store := &ending{}
	w, _ := forgettable(t, func(c *consent.Config) { store.Memory, c.Store = c.Store.(*ledger.Memory), store })
	ctx, cancel := context.WithCancel(t.Context())
	store.end = cancel
	got, err := w.engine.Erase(ctx, circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Error(t, ctx.Err())
	require.False(t, got.Done.IsZero())
	_, err = w.said("p")
	require.ErrorIs(t, err, consent.ErrErased)
	require.ErrorIs(t, w.engine.ResumeErasures(ctx), context.Canceled)
	w.replays()
}

// TestWhoMayErase: CP-23, the person and the Secretary, and nobody in another's stead;
// and nothing is erased on a ground that is not on the list, nor what the host does not
// let somebody erase.
func TestWhoMayErase(t *testing.T) {
	strict := false
	w, _ := forgettable(t, func(c *consent.Config) {
		c.Authorize = func(_ context.Context, _ circle.Actor, cmd consent.Command) error {
			if ask, is := cmd.(consent.Erasure); is && strict && ask.Person == ana {
				return errors.New("ask the board first")
			}
			return nil
		}
	})
	size, _ := w.engine.Head()
	for _, c := range []struct {
		by   circle.Actor
		ask  consent.Erasure
		code *circle.Code // nil: they may
	}{
		{circle.Actor{By: cia}, onRequest, consent.NotYourRecords},
		{circle.Actor{By: cia}, consent.Erasure{Person: gus, Ground: consent.GroundRequest}, consent.NotYourRecords}, // of whom there is nothing
		{circle.Actor{By: host}, onRequest, consent.NotYourRecords},
		{circle.Actor{By: nemo}, onRequest, consent.NotYourRecords},
		{circle.Actor{By: ana, For: cia}, onRequest, consent.NotYourRecords},
		{circle.Actor{By: cia, For: ana}, onRequest, consent.NotYourRecords},
		{circle.Actor{By: ana}, consent.Erasure{Person: ana, Ground: "because"}, consent.BadField},
		{circle.Actor{By: ana}, consent.Erasure{Person: ana}, consent.MissingField},
		{circle.Actor{By: ana}, consent.Erasure{Ground: consent.GroundRequest}, consent.MissingField},
		{circle.Actor{By: ana, Clock: true}, onRequest, consent.NotAuthorized},
	} {
		_, err := w.engine.Erase(t.Context(), c.by, c.ask)
		w.refused(c.code, err)
	}
	strict = true
	_, err := w.engine.Erase(t.Context(), circle.Actor{By: ben}, onRequest)
	w.refused(consent.NotAuthorized, err)
	after, _ := w.engine.Head()
	require.Equal(t, size, after, "a refusal leaves nothing behind")
	_, err = w.said("p")
	require.NoError(t, err)

	for _, by := range []circle.PersonID{nemo, gus, ana, ben} { // who takes part in nothing may ask too
		strict = false
		_, err := w.engine.Erase(t.Context(), circle.Actor{By: by}, consent.Erasure{Person: by, Ground: consent.GroundWithdrawn})
		require.NoError(t, err)
	}
}

// TestCannotForget: a vault that cannot forget says so, and nothing is recorded.
func TestCannotForget(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Secretary: ben})
	size, _ := w.engine.Head()
	_, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	w.refused(consent.CannotForget, err)
	_, err = w.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ben}, consent.LegalHold{Person: ana, Ground: consent.HoldLaw})
	w.refused(consent.CannotForget, err)
	w.refused(consent.CannotForget, w.engine.ReleaseLegalHold(t.Context(), circle.Actor{By: ben}, "h"))
	w.refused(consent.CannotForget, w.engine.ResumeErasures(t.Context()))
	after, _ := w.engine.Head()
	require.Equal(t, size, after)
}

// TestLegalHold: while a hold stands nothing of somebody is erased, and the ledger does
// not tell about whom it is; of two holds the second goes on when the first is released.
func TestLegalHold(t *testing.T) {
	w, v := forgettable(t)
	secretary := circle.Actor{By: ben}
	before, _ := w.engine.Head()
	_, err := w.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ana}, consent.LegalHold{Person: ana, Ground: consent.HoldLaw})
	w.refused(consent.SecretaryHolds, err)
	first, err := w.engine.PlaceLegalHold(t.Context(), secretary, consent.LegalHold{Person: ana, Ground: consent.HoldCourt})
	require.NoError(t, err)
	second, err := w.engine.PlaceLegalHold(t.Context(), secretary, consent.LegalHold{Person: ana, Ground: consent.HoldClaim})
	require.NoError(t, err)
	_, err = w.engine.PlaceLegalHold(t.Context(), secretary, consent.LegalHold{Person: cia, Ground: consent.HoldLaw})
	require.NoError(t, err)
	for _, by := range []circle.PersonID{ana, ben} {
		_, err = w.engine.Erase(t.Context(), circle.Actor{By: by}, onRequest)
		w.refused(consent.KeptByLaw, err)
	}
	require.Empty(t, w.erasures())

	w.refused(consent.SecretaryHolds, w.engine.ReleaseLegalHold(t.Context(), circle.Actor{By: ana}, first.ID))
	w.refused(consent.UnknownLegalHold, w.engine.ReleaseLegalHold(t.Context(), secretary, "no-such"))
	require.NoError(t, w.engine.ReleaseLegalHold(t.Context(), secretary, first.ID))
	require.True(t, v.Held("ana"), "not for a moment can she be erased")
	w.refused(consent.UnknownLegalHold, w.engine.ReleaseLegalHold(t.Context(), secretary, first.ID))
	require.True(t, v.Held("ana"), "the claim still stands")
	_, err = w.engine.Words(t.Context(), first.Who)
	require.ErrorIs(t, err, consent.ErrErased, "whom the hold was about is forgotten with it")
	require.NoError(t, w.engine.ReleaseLegalHold(t.Context(), secretary, second.ID))
	require.False(t, v.Held("ana"))
	require.True(t, v.Held("cia"))
	w.engine.Look(func(s *consent.State) {
		require.Len(t, s.LegalHolds(), 1)
		require.Equal(t, consent.HoldLaw, s.LegalHolds()[0].Ground)
	})
	for _, b := range w.bytes()[before:] {
		for _, id := range []string{"ana", "ben", "cia"} {
			require.NotContains(t, string(b), `"`+id+`"`)
		}
	}
	_, err = w.engine.Erase(t.Context(), secretary, onRequest)
	require.NoError(t, err)
	require.Len(t, w.erasures(), 1)
	w.replays()
}

// errCut: the power went.
var errCut = errors.New("the power went")

// A cut lets so many steps of an engine through, over vault and store together, and
// then nothing more. The last one is done, or not, and the engine does not hear of it.
type cut struct {
	ledger.Store
	ledger.Forgetter
	left int
	done bool // the step at which the power goes is done
}

func (c *cut) step(do func() error) error {
	switch c.left--; {
	case c.left > 0:
		return do()
	case c.left == 0 && c.done:
		_ = do()
	}
	return errCut
}

func (c *cut) Append(ctx context.Context, size uint64, entries [][]byte) error {
	return c.step(func() error { return c.Store.Append(ctx, size, entries) })
}

func (c *cut) Put(ctx context.Context, parts []ledger.Part) error {
	return c.step(func() error { return c.Forgetter.Put(ctx, parts) })
}

func (c *cut) EraseAs(ctx context.Context, mark string, who ...string) (out ledger.Erasure, err error) {
	err = c.step(func() error { out, err = c.Forgetter.EraseAs(ctx, mark, who...); return err })
	return out, err
}

func (c *cut) ErasePartsAs(ctx context.Context, mark string, list ...ledger.Commitment) (out ledger.Erasure, err error) {
	err = c.step(func() error { out, err = c.Forgetter.ErasePartsAs(ctx, mark, list...); return err })
	return out, err
}

func (c *cut) HandOver(ctx context.Context, list ...ledger.Commitment) error {
	return c.step(func() error { return c.Forgetter.HandOver(ctx, list...) })
}

func (c *cut) Hold(ctx context.Context, who ...string) error {
	return c.step(func() error { return c.Forgetter.Hold(ctx, who...) })
}

func (c *cut) Release(ctx context.Context, who ...string) error {
	return c.step(func() error { return c.Forgetter.Release(ctx, who...) })
}

func (c *cut) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return c.Store.Read(ctx, from)
}

// TestErasureIsCutShort: wherever the power goes in an erasure, what has begun is
// brought to its end, by the host or by the next Tick, and what has not begun has left
// nothing; never is it half done for good, and never does the ledger name her (T3, T13).
// What was adopted stays wherever it is cut.
func TestErasureIsCutShort(t *testing.T) {
	require.Equal(t, 10, cutErasures(t, false), "the parts, the entry, the erasure, whom it was about, and the entry that it is done")
	require.Equal(t, 12, cutErasures(t, true), "and what is handed over")
}

// cutErasures cuts an erasure short at each of its steps, and counts them.
func cutErasures(t *testing.T, adopted bool) (cuts int) {
	finished := false
	for steps := 1; !finished; steps++ {
		for _, done := range []bool{false, true} {
			w, v := forgettable(t)
			if adopted {
				w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold")})
				w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
				w.consents("p", ana, ben, cia)
			}
			power := &cut{w.store, v, steps, done}
			before, _ := w.engine.Head()
			w.open(func(c *consent.Config) { c.Store, c.Vault = power, power })
			_, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
			if finished = err == nil; finished {
				break
			}
			cuts++
			require.ErrorIs(t, err, errCut)
			w.open(func(c *consent.Config) { c.Vault = v })
			w.recovers(t, v, before, steps%2 == 0, adopted)
		}
	}
	return cuts
}

// recovers wants an erasure of ana's words that was cut short to be whole in the end, or
// never to have begun.
func (w *world) recovers(t *testing.T, v *vault.Vault, before uint64, byHost, adopted bool) {
	t.Helper()
	begun := len(w.erasures()) > 0
	if begun {
		unfinished := slices.ContainsFunc(w.engine.Due(w.now), func(d consent.Due) bool {
			return d.What == "erasure-unfinished" && d.Of == string(w.erasures()[0].ID) && d.Past
		})
		require.Equal(t, w.erasures()[0].Done.IsZero(), unfinished)
	}
	if byHost {
		require.NoError(t, w.engine.ResumeErasures(t.Context()))
	} else {
		w.at(w.now)
	}
	size, _ := w.engine.Head()
	if !begun {
		require.Equal(t, before, size)
		_, err := w.said("p")
		require.NoError(t, err)
		return
	}
	require.Equal(t, before+2, size)
	list := w.erasures()
	require.Len(t, list, 1)
	require.False(t, list[0].Done.IsZero())
	require.Equal(t, 1, list[0].Parts)
	_, err := w.said("p")
	if adopted {
		require.NoError(t, err)
		err = w.reads("n")[0]
	}
	require.ErrorIs(t, err, consent.ErrErased)
	_, err = w.engine.Words(t.Context(), list[0].Who)
	require.NoError(t, err, "nobody stands there any more")
	for _, b := range w.bytes()[before:] {
		require.NotContains(t, string(b), `"ana"`)
	}
	for _, err := range v.About(t.Context(), "ana") {
		t.Fatal("something is left about her", err)
	}
	w.replays()
}

// TestHoldIsCutShort: wherever the power goes when a hold is placed or released, the
// ledger and the vault say the same of it in the end.
func TestHoldIsCutShort(t *testing.T) {
	secretary := circle.Actor{By: ben}
	for steps := 1; steps <= 7; steps++ {
		for _, done := range []bool{false, true} {
			w, v := forgettable(t)
			power := &cut{w.store, v, steps, done}
			w.open(func(c *consent.Config) { c.Store, c.Vault = power, power })
			h, err := w.engine.PlaceLegalHold(t.Context(), secretary, consent.LegalHold{Person: ana, Ground: consent.HoldLaw})
			if err == nil {
				err = w.engine.ReleaseLegalHold(t.Context(), secretary, h.ID)
			}
			require.Equal(t, steps < 7, err != nil, "three steps each")
			w.open(func(c *consent.Config) { c.Vault = v })
			require.NoError(t, w.engine.ResumeErasures(t.Context()))
			w.engine.Look(func(s *consent.State) {
				require.Equal(t, len(s.LegalHolds()) > 0, v.Held("ana"), "step %d", steps)
			})
			w.replays()
		}
	}
}

// TestReleaseOfAHoldIsAskedAgain: who releases a legal hold, and is cut short wherever the
// power goes, asks again and is told that it is done, unless it was done and on record.
func TestReleaseOfAHoldIsAskedAgain(t *testing.T) {
	secretary := circle.Actor{By: ben}
	const steps = 4 // who opens the ledger holds her again first, and the fourth is the record
	for last := 1; last <= steps; last++ {
		for _, done := range []bool{false, true} {
			w, v := forgettable(t)
			h, err := w.engine.PlaceLegalHold(t.Context(), secretary, consent.LegalHold{Person: ana, Ground: consent.HoldLaw})
			require.NoError(t, err)
			power := &cut{w.store, v, last, done}
			w.open(func(c *consent.Config) { c.Store, c.Vault = power, power })
			require.Error(t, w.engine.ReleaseLegalHold(t.Context(), secretary, h.ID))
			w.open(func(c *consent.Config) { c.Vault = v })
			err = w.engine.ReleaseLegalHold(t.Context(), secretary, h.ID)
			if last == steps && done {
				w.refused(consent.UnknownLegalHold, err)
			} else {
				require.NoError(t, err, "step %d", last)
			}
			w.engine.Look(func(s *consent.State) { require.Empty(t, s.LegalHolds()) })
			require.False(t, v.Held("ana"))
			w.replays()
		}
	}
}

// TestHoldOfAnotherEngine: what another engine recorded and did not come to do holds for
// this one too, however often it has looked before.
func TestHoldOfAnotherEngine(t *testing.T) {
	w, v := forgettable(t)
	require.NoError(t, w.engine.ResumeErasures(t.Context()))
	power := &cut{w.store, v, 3, false}
	other := w.second(func(c *consent.Config) { c.Store, c.Vault = power, power })
	_, err := other.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ben}, consent.LegalHold{Person: ana, Ground: consent.HoldLaw})
	require.Error(t, err)
	require.False(t, v.Held("ana"), "the other did not come so far")
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	w.refused(consent.KeptByLaw, err)
	require.True(t, v.Held("ana"))
}

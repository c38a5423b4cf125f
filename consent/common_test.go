package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// wordings says what became of each wording of a proposal.
func (w *world) wordings(t *testing.T, id proposal.ID) (out []error) {
	t.Helper()
	list, err := logbook.Versions(t.Context(), w.engine, id)
	require.NoError(t, err)
	for n := range len(list) {
		_, err := w.engine.Words(t.Context(), list[n+1])
		out = append(out, err)
	}
	return out
}

// TestAdoptedTextsStay: what a circle has adopted outlives the erasure of who wrote it,
// and nothing in the vault tells any more that they did; a version that was not adopted,
// a draft, and what they said for themselves goes with them (CP-23, P2, P3).
func TestAdoptedTextsStay(t *testing.T) {
	w, v := forgettable(t)
	why := text("Mondays are quiet")
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Open on Mondays, too"), Why: why})
	w.must(ana, proposal.AttachRendition{Proposal: "p", Version: 2, Format: circle.EasyRead, Text: text("Monday: open")})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents, Reason: text("It is mine")})
	w.consents("p", ben, cia)
	w.submit("draft")
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	before, _ := w.engine.Verify(t.Context())

	got, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Equal(t, 4, got.Parts, "her first version, why there is a second, her answer, and the draft")
	list := w.wordings(t, "p")
	require.ErrorIs(t, list[0], consent.ErrErased)
	require.NoError(t, list[1])
	require.ErrorIs(t, w.wordings(t, "draft")[0], consent.ErrErased)
	kept := 0
	for _, err := range v.About(t.Context(), "ana") {
		t.Fatal("something is left about her", err)
	}
	for r, err := range w.engine.Entries(t.Context(), 0) {
		require.NoError(t, err)
		for _, ref := range r.Entry.Parts {
			c, err := ledger.ParseCommitment(ref.Commitment)
			require.NoError(t, err)
			if p, err := v.Get(t.Context(), c); err == nil && r.Entry.Actor.By == ana {
				require.Empty(t, p.About)
				kept++
			}
		}
	}
	require.Equal(t, 2, kept, "the version in force, in both formats")
	register, err := logbook.Register(t.Context(), w.engine, den)
	require.NoError(t, err)
	require.Equal(t, "Open on Mondays, too", register[0].Text)
	after, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Empty(t, after, "there is nothing left of hers")
	require.NotEqual(t, before.Size, 0)
	w.replays()
}

// TestOnlyCommonWordsAreLeft: who has said nothing but what was adopted is forgotten as
// its author.
func TestOnlyCommonWordsAreLeft(t *testing.T) {
	w, v := forgettable(t)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	got, err := w.engine.Erase(t.Context(), circle.Actor{By: ben}, onRequest)
	require.NoError(t, err)
	require.NotEmpty(t, got.ID)
	require.Zero(t, got.Parts)
	for _, err := range v.About(t.Context(), "ana") {
		t.Fatal("it is still hers", err)
	}
	require.NoError(t, w.wordings(t, "p")[0])
}

// TestAdoptedTextsDoNotExpire: what is in force is not erased because it was kept long
// enough; what was not adopted is.
func TestAdoptedTextsDoNotExpire(t *testing.T) {
	w, _ := forgettable(t, monthly)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	w.submit("draft")
	w.later(31 * day)
	require.NoError(t, w.wordings(t, "p")[0])
	require.ErrorIs(t, w.wordings(t, "draft")[0], consent.ErrErased)
	require.Len(t, w.expired(), 1)
	require.Equal(t, 1, w.expired()[0].Parts)
	w.later(time.Hour)
	require.Len(t, w.expired(), 1)
	w.replays()
}

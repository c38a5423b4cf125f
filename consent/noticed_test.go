package consent_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

// A stubbornVault does not erase parts for a while.
type stubbornVault struct {
	*vault.Vault
	stuck bool
}

func (v *stubbornVault) ErasePartsAs(ctx context.Context, mark string, list ...ledger.Commitment) (ledger.Erasure, error) {
	if v.stuck {
		return ledger.Erasure{}, context.DeadlineExceeded
	}
	return v.Vault.ErasePartsAs(ctx, mark, list...)
}

// TestRetentionGoesOnAfterAFailure: where the vault fails when words are old enough, the same
// engine has them erased as soon as it does not, and tells of it once (CP-23).
func TestRetentionGoesOnAfterAFailure(t *testing.T) {
	w, v := forgettable(t, monthly)
	stubborn := &stubbornVault{v, true}
	w.open(func(c *consent.Config) { c.Vault = stubborn }, monthly)
	w.later(31 * day)
	_, err := w.said("p")
	require.NoError(t, err, "the vault has them yet")
	stubborn.stuck = false
	w.later(day)
	_, err = w.said("p")
	require.ErrorIs(t, err, consent.ErrErased)
	require.Len(t, w.expired(), 1)
	w.replays()
}

// TestErasureCountsItsOwn: an erasure counts the parts that go, whoever else's texts the circle
// has adopted (CP-23).
func TestErasureCountsItsOwn(t *testing.T) {
	w, _ := forgettable(t)
	w.must(ben, proposal.Submit{ID: "q", Circle: den, Text: text("Bake less")})
	w.must(ben, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.must(ana, consent.Respond{Proposal: "q", Answer: consent.Consents, Reason: text("I am tired")})
	w.consents("q", ben, cia)
	require.Equal(t, consent.StageAdopted, w.stage("q"))
	got, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Equal(t, 2, got.Parts, "her draft, and what she said to another's proposal")
}

// TestNobodyFacilitatesFully: where nobody who facilitates is a full participant, all full
// participants are asked to say an objection again.
func TestNobodyFacilitatesFully(t *testing.T) {
	w := standing(t, nil, consent.StageIntegrate, func(m *consent.Method) { m.Confirm = true })
	w.awaits(consent.Awaited{Who: []circle.PersonID{ana, ben, cia}, What: "objection.restate"})
}

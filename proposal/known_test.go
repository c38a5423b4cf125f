package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// What stands here fails until a known mistake is mended.

// TestKnownAdoptedWhenOpen: only what is under decision is adopted; what was
// withdrawn, dropped or adopted before does not come to life again.
func TestKnownAdoptedWhenOpen(t *testing.T) {
	for _, given := range [][]proposal.Event{withdrawn, adopted, and(submitted, &proposal.Dropped{Proposal: "notes"})} {
		_, err := history(t, given).Decide(circle.Actor{Clock: true}, now, proposal.Adopt{Proposal: "notes", Version: 1}, proposal.Facts{})
		requireRefused(t, proposal.NotOpen, err)
	}
}

// TestKnownVersionsComeOnce: "versions are numbered from 1 without a gap and
// never change": the number of a revision that was taken back is not given
// again.
func TestKnownVersionsComeOnce(t *testing.T) {
	m := history(t, and(inReview, &proposal.Withdrawn{Proposal: "notes", By: "cia"}))
	got, err := m.Decide(circle.Actor{By: "cia"}, day(50), proposal.Revise{Proposal: "notes", Text: say("another v2")}, proposal.Facts{Org: people(t, circle.Rules{})})
	require.NoError(t, err)
	require.Equal(t, 3, got[0].(*proposal.Amended).Version)
}

// TestKnownRenditionsOfTheGone: CP-14, Easy Read of a revision that was taken
// back is not Easy Read of the next one.
func TestKnownRenditionsOfTheGone(t *testing.T) {
	m := history(t, and(inReview, attach(2, circle.EasyRead, day(31)), &proposal.Withdrawn{Proposal: "notes", By: "cia"}))
	got, err := m.Decide(circle.Actor{By: "cia"}, day(50), proposal.Revise{Proposal: "notes", Text: say("another v2")}, proposal.Facts{Org: people(t, circle.Rules{})})
	require.NoError(t, err)
	parts := 100
	happen(t, m, got[0], &parts)
	missing, _ := m.Proposal("notes").ReadyFor(&circle.Person{ID: "ben", Formats: []circle.Format{circle.EasyRead}})
	require.Equal(t, []circle.Format{circle.EasyRead}, missing)
}

// TestKnownReviewGoesWhole: with a review that is taken back all its versions
// go, and the one in force is the current one again.
func TestKnownReviewGoesWhole(t *testing.T) {
	third := *revised
	third.Version = 3
	p := history(t, and(inReview, &third, &proposal.Withdrawn{Proposal: "notes", By: "cia"})).Proposal("notes")
	require.Equal(t, 1, p.Current().N)
}

// TestKnownActiveAgain: an agreement that nobody wanted to look at is active
// again when a revision is taken back, not due without a cause.
func TestKnownActiveAgain(t *testing.T) {
	p := history(t, and(inReview, &proposal.Withdrawn{Proposal: "notes", By: "cia"})).Proposal("notes")
	require.Equal(t, proposal.Active, p.Agreement.Phase)
	require.Empty(t, p.Agreement.Because)
}

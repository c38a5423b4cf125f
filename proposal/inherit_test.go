package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/lawtest"
	"github.com/sayround/sayround/proposal"
)

// TestInherited: M-24, the agreements and the open needs of a circle that ends
// go to another one; what is closed stays where it was.
func TestInherited(t *testing.T) {
	m := history(t, opened)
	left := m.Leaves("valley")
	require.Equal(t, circle.ID("valley"), left.From)
	require.Equal(t, []proposal.NeedID{"notes"}, left.Needs)
	require.Equal(t, left.Needs, left.Among())
	left.To = "places"
	lawtest.Stored(t, &left, types)
	m.Apply(&left)
	require.Equal(t, circle.ID("places"), m.Need("notes").Circle)
	require.Empty(t, m.Leaves("valley").Needs)
	require.Empty(t, m.Leaves("nowhere").Proposals)
}

// TestWithin: I-5 and I-17, what a proposal is about is its circle's to decide on
// now, wherever it went meanwhile; of what nobody said is about anything, nothing is
// asked.
func TestWithin(t *testing.T) {
	of := &proposal.Submitted{Proposal: "notes", Circle: "valley", Need: "notes", By: "ana", Sort: proposal.Policy, Text: say("v1"), Term: year, At: now}
	about := func(item circle.ItemID, more ...proposal.Event) []proposal.Event {
		return and(and(opened, &proposal.DomainChecked{Need: "notes", Item: item, By: "ana"}, of), more...)
	}
	agreed := &proposal.Adopted{Proposal: "notes", Version: 1, Since: day(2), Until: day(367)}
	went := func(to circle.ID, item circle.ItemID) *proposal.Inherited {
		return &proposal.Inherited{From: "valley", To: to, Proposals: []proposal.ID{"notes"}, Item: item}
	}
	for _, r := range []struct {
		name    string
		given   []proposal.Event
		item    circle.ItemID
		refused *circle.Code
	}{
		{"it is its own", about("teams"), "teams", nil},
		{"an inner circle has it", about("rota"), "rota", proposal.HandedOn},
		{"it is nobody's", about("money"), "money", proposal.OutsideDomain},
		{"nobody said what it is about", submitted, "", nil},
		{"it went with what it is about", about("rota", agreed, went("rotas", "rota")), "rota", nil},
		{"it went where that is not", about("teams", agreed, went("rotas", "teams")), "teams", proposal.OutsideDomain},
		{"it went, and nobody said what it is about there", about("teams", agreed, went("rotas", "teams"), went("places", "")), "", nil},
	} {
		t.Run(r.name, func(t *testing.T) {
			m := history(t, r.given)
			require.Equal(t, r.item, m.ItemOf("notes"))
			err := m.Within(people(t, circle.Rules{}), "notes")
			if r.refused == nil {
				require.NoError(t, err)
				return
			}
			var no *circle.Refusal
			require.ErrorAs(t, err, &no)
			require.Equal(t, r.refused, no.Code)
			lawtest.Worded(t, no)
		})
	}
	require.Empty(t, (&proposal.Matters{}).ItemOf("nothing"))
	m := history(t, about("teams", agreed))
	require.Equal(t, []proposal.ID{"notes"}, m.About("valley", "teams"))
	require.Empty(t, m.About("valley", "rota"))
	require.Empty(t, m.About("places", "teams"))
}

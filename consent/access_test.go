package consent_test

import (
	"context"
	"encoding/json"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// records are what is kept about somebody, as they see it themselves.
func (w *world) records(who circle.PersonID) *consent.Records {
	w.t.Helper()
	r, err := w.engine.RecordsOf(context.Background(), circle.Actor{By: who}, consent.OpenRecords{Person: who})
	require.NoError(w.t, err)
	return r
}

// TestRecordsOf: CP-23, what is kept about ana is every entry that names her, and what
// she said, with proofs that lead to the root; and nobody else's words. As one document
// it says the same, and can be verified without us. The vault need not forget for that.
func TestRecordsOf(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Secretary: ben})
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold, says ana")})
	w.must(cia, proposal.OpenNeed{ID: "m", Circle: den, Text: text("It is dark, says cia")})
	size, root := w.engine.Head()
	asJSON, err := json.Marshal(w.records(ana))
	require.NoError(t, err)
	require.NotContains(t, string(asJSON), "cia")
	var got consent.Records
	require.NoError(t, json.Unmarshal(asJSON, &got))
	require.Equal(t, *w.records(ana), got)
	require.Equal(t, size, got.Size)
	require.Equal(t, root, got.Root)

	all := w.bytes()
	named := map[uint64]bool{}
	for _, r := range got.Entries {
		named[r.Position] = true
		require.Equal(t, string(all[r.Position]), r.Entry)
		require.NoError(t, ledger.Check(r.Proof, size, r.Position, root, ledger.LeafHash([]byte(r.Entry))))
	}
	require.Equal(t, map[uint64]bool{1: true, 6: true, size - 2: true}, named, "she was admitted, joined, and said that it is cold")
	last := got.Entries[len(got.Entries)-1]
	require.Len(t, last.Words, 1)
	require.Equal(t, "It is cold, says ana", last.Words[0].Text)
	require.Equal(t, "text", last.Words[0].Kind)
	require.Equal(t, 1, last.Words[0].Part)
	require.Contains(t, last.Entry, ledger.Commit([32]byte(last.Words[0].Salt), []byte(last.Words[0].Text)).String())
	now, _ := w.engine.Head()
	require.Equal(t, size, now, "that somebody looked at what is kept about themselves is not recorded")
	require.Empty(t, w.records("by").Entries, "the name of a field is nobody")
}

// A growing store gets something more when it is read from its first entry.
type growing struct {
	*ledger.Memory
	more func()
}

func (g *growing) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	if from == 0 && g.more != nil {
		more := g.more
		g.more = nil
		more()
	}
	return g.Memory.Read(ctx, from)
}

// TestRecordsOfNow: what another engine has recorded about somebody is in what is kept about them; what comes while it is being
// read is not, and nothing is wrong with that.
func TestRecordsOfNow(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	other, store := w.second(), &growing{Memory: w.store}
	w.open(func(c *consent.Config) { c.Store = store })
	before := len(w.records(ana).Entries)
	other.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold, says ana")})
	require.Len(t, w.records(ana).Entries, before+1)
	size, root := w.engine.Head()
	store.more = func() {
		other.must(ana, proposal.OpenNeed{ID: "m", Circle: den, Text: text("It is dark, says ana")})
	}
	got := w.records(ana)
	require.Nil(t, store.more, "it came while it was read")
	require.Len(t, got.Entries, before+1)
	require.Equal(t, size, got.Size)
	require.Equal(t, root, got.Root)
	require.Len(t, w.records(ana).Entries, before+2)
	w.replays()
}

// TestWhoLooked: CP-24, who opens the records of another says why, and the person sees
// who it was, when and why; and nobody opens them but the Secretary.
func TestWhoLooked(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Secretary: ben})
	secretary := circle.Actor{By: ben}
	size, _ := w.engine.Head()
	for _, c := range []struct {
		by   circle.Actor
		ask  consent.OpenRecords
		code *circle.Code
	}{
		{secretary, consent.OpenRecords{Person: ana}, consent.SayWhyYouLook},
		{circle.Actor{By: cia}, consent.OpenRecords{Person: ana, Why: text("I am curious")}, consent.NotYourRecords},
		{circle.Actor{By: ana, For: cia}, consent.OpenRecords{Person: ana, Why: text("For cia")}, consent.NotYourRecords},
		{circle.Actor{By: cia, For: ana}, consent.OpenRecords{Person: ana, Why: text("For ana")}, consent.NotYourRecords},
		{secretary, consent.OpenRecords{Why: text("An audit")}, consent.MissingField},
	} {
		_, err := w.engine.RecordsOf(t.Context(), c.by, c.ask)
		w.refused(c.code, err)
	}
	after, _ := w.engine.Head()
	require.Equal(t, size, after, "a refusal leaves nothing behind")

	whys := []string{"ana asked me to", "the yearly audit", "a letter of the court"}
	for i, why := range whys {
		w.later(day)
		r, err := w.engine.RecordsOf(t.Context(), secretary, consent.OpenRecords{Person: ana, Why: text(why)})
		require.NoError(t, err)
		require.Len(t, r.Looks, i+1, "who looks sees who did, and that they do")
	}
	looks := w.records(ana).Looks
	require.Len(t, looks, 3)
	for i, l := range looks {
		require.Equal(t, consent.RecordLook{By: ben, At: dayZero.AddDate(0, 0, i+1), Why: whys[i]}, l)
	}
	w.engine.Look(func(s *consent.State) {
		require.Len(t, s.Looks(ana), 3)
		require.Empty(t, s.Looks(cia))
	})
	for _, b := range w.bytes()[size:] {
		require.NotContains(t, string(b), "audit")
	}
	w.replays()
}

// TestErasedRecords: what was erased is not shown any more, and why somebody looked goes
// with the rest; that they did stays.
func TestErasedRecords(t *testing.T) {
	w, _ := forgettable(t)
	_, err := w.engine.RecordsOf(t.Context(), circle.Actor{By: ben}, consent.OpenRecords{Person: ana, Why: text("ana is ill")})
	require.NoError(t, err)
	words := func() (n int) {
		for _, r := range w.records(ana).Entries {
			n += len(r.Words)
		}
		return n
	}
	require.Positive(t, words())
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	require.Zero(t, words())
	require.Equal(t, []consent.RecordLook{{By: ben, At: w.now}}, w.records(ana).Looks)
}

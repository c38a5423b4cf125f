package main

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/proposal"
)

// The paragraphs "Checks" of the three scenarios, held on the ledger alone: an
// engine that was not there reads it from the first entry (care-cooperative §4).

// read opens the ledger of one of the stories again.
func read(t *testing.T, only string) *consent.Engine {
	t.Helper()
	require.NoError(t, alone[only]().err)
	return reopen(t, filepath.Join(alone[only]().dir, "ledger"), at(545))
}

func reopen(t *testing.T, dir string, now time.Time) *consent.Engine {
	t.Helper()
	store, err := filestore.Open(dir)
	require.NoError(t, err)
	told := &teller{store: store}
	t.Cleanup(func() { require.NoError(t, told.shut()) })
	require.NoError(t, told.openVault(t.Context(), dir))
	e, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: told.vault, Now: func() time.Time { return now }})
	require.NoError(t, err)
	return e
}

// recorded lists the events of one kind, with the time of their entries.
func recorded[E consent.Event](t *testing.T, e *consent.Engine) (out []E, at []time.Time) {
	t.Helper()
	size, _ := e.Head()
	for pos := range size {
		entry, err := e.Entry(t.Context(), pos)
		require.NoError(t, err)
		for _, event := range entry.Events {
			if v, ok := event.(E); ok {
				out, at = append(out, v), append(at, entry.At)
			}
		}
	}
	return out, at
}

// explained is what the engine says why something stands.
func explained4(t *testing.T, e *consent.Engine, id proposal.ID) (out string) {
	t.Helper()
	sentences, err := e.Explain(t.Context(), id)
	require.NoError(t, err)
	for _, s := range sentences {
		out += s.Says + "\n"
	}
	return out
}

// TestChecksOf4A: scenario 4A, EC-31, EC-39, CP-16.
func TestChecksOf4A(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	e := read(t, "4a")
	adopted, when := recorded[*proposal.Adopted](t, e)
	i := slices.IndexFunc(adopted, func(a *proposal.Adopted) bool { return a.Proposal == "notes" })
	require.Equal(t, at(53), when[i], "no adoption before day 53")

	says := explained4(t, e, "notes")
	require.Contains(t, says, "absence policy: silence for 5d after the minutes counts as consent", "the explanation names the policy that closed it")
	require.Contains(t, says, "The silence of ben counts as consent by the written absence policy")
	for _, want := range []string{"dee objected to version 1 (o-unread): it harms support-teams: “Nobody would notice if the notes stopped being read”",
		"ada (with the support of sam) objected to version 1 (o-phones): it harms support-teams: “Two Teams have members without smartphones; they would be cut off”",
		"dee accepts that version 2 meets o-unread", "ada (with the support of sam) accepts that version 2 meets o-phones"} {
		require.Contains(t, says, want, "both objections carry raiser, aim part, text and outcome")
	}
	versions, err := logbook.Versions(t.Context(), e, "notes")
	require.NoError(t, err)
	require.Len(t, versions, 3, "each version can be read")
	answers, _ := recorded[*consent.Responded](t, e)
	for _, a := range answers {
		require.NotContains(t, []circle.PersonID{"gus", "lou"}, a.By, "neither the guest nor who learns has an answer")
	}
	for _, d := range e.Due(at(180)) {
		require.False(t, d.What == "review-due" && d.Of == "notes", "it was looked at")
	}
}

// TestReadingLeftOut: without step 17 a warning says that nobody read the measure.
func TestReadingLeftOut(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	dir := filepath.Join(t.TempDir(), "ledger")
	require.NoError(t, run(t.Context(), []string{"-only", "4a", "-until", "16b", "-dir", dir}, &bytes.Buffer{}))
	e := reopen(t, dir, at(110))
	_, err := e.Tick(t.Context())
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(e.Due(at(110)), func(d consent.Due) bool { return d.What == "reading-overdue" && d.Of == "notes" }))
}

// TestChecksOf4B: scenario 4B, EC-81, EC-83, EC-88, EC-89.
func TestChecksOf4B(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	e := read(t, "4b")
	says := explained4(t, e, "delegate")
	for _, want := range []string{"for a term of 9m", "sol now names ada: “Who is not heard should speak for us”", "a break each 45 minutes",
		"There was a round (reasons)", "There was a round (change)", "places welcomed who was chosen, by consent"} {
		require.Contains(t, says, want, "term, reasons, conditions and rounds can be read")
	}
	neverBoth(t, e)

	// Ada's consents in the Places Circle are from while she wore the hat, and count.
	given, from := recorded[*circle.RoleGiven](t, e)
	worn := slices.IndexFunc(given, func(g *circle.RoleGiven) bool { return g.Role == theHat && g.Person == "ada" })
	down, until := recorded[*circle.RoleLaidDown](t, e)
	laid := slices.IndexFunc(down, func(d *circle.RoleLaidDown) bool { return d.Role == theHat && d.Person == "ada" })
	answers, when := recorded[*consent.Responded](t, e)
	n := 0
	e.Look(func(s *consent.State) {
		for i, a := range answers {
			if a.By == "ada" && slices.Contains([]proposal.ID{"travel", "song", "tea", "one-rota"}, a.Proposal) {
				require.False(t, when[i].Before(from[worn]) || when[i].After(until[laid]), a.Proposal)
				n++
			}
		}
		require.Equal(t, 2, n, "travel and song; not the meeting for which she sent Ben, and nothing after she laid the hat down")
		for _, id := range []proposal.ID{"travel", "song"} {
			require.Equal(t, consent.StageAdopted, s.Process(id).Stage, "earlier consents stay valid")
		}
		require.NotContains(t, s.Org.FullIn("places"), circle.PersonID("ada"))
		require.Equal(t, proposal.ID("delegate-2"), s.LastSelected(theHat).Proposal)
	})
	queued, _ := recorded[*consent.SelectionQueued](t, e)
	require.Len(t, queued, 1)
	require.Equal(t, []circle.ID{"valley", "places"}, queued[0].Told)
}

// neverBoth: nobody is Leader and Delegate of one circle, at any position of the
// ledger.
func neverBoth(t *testing.T, e *consent.Engine) {
	t.Helper()
	var org circle.Organisation
	size, _ := e.Head()
	for pos := range size {
		entry, err := e.Entry(t.Context(), pos)
		require.NoError(t, err)
		for _, event := range entry.Events {
			if c, ok := event.(circle.Event); ok {
				org.Apply(c)
			}
		}
		for _, id := range org.Circles() {
			for _, who := range org.Wearers(id, circle.Leader) {
				require.NotContains(t, org.Wearers(id, circle.Delegate), who, "entry %d, %s", pos, id)
			}
		}
	}
}

// TestChecksOf4C: scenario 4C, EC-43, EC-51 to EC-56, EC-65 to EC-71.
func TestChecksOf4C(t *testing.T) {
	t.Parallel() // most of the time goes into syncing
	e := read(t, "4c")
	says := explained4(t, e, short)
	for _, want := range []string{"lou (worker) opened the need short-visits in valley", "fay asked places for an answer", "places took it from valley by consent",
		"places answered by consent that it may decide although the effect is long",
		"The appeal visits-appeal lies before members, as members-meeting",
		"members answered visits-appeal by a vote on visits-members, with 983/1550 in favour: upheld", "The appeal visits-appeal is over: upheld"} {
		require.Contains(t, says, want, "one thread from the local circle to the vote")
	}

	moved, _ := recorded[*consent.AppealMoved](t, e)
	type stop struct {
		step   int
		before circle.ID
	}
	var way []stop
	for _, m := range moved {
		way = append(way, stop{m.Step, m.Before})
	}
	require.Equal(t, []stop{{1, "places"}, {2, "care"}, {3, "purpose"}, {3, "members"}}, way, "no step is skipped or done twice")
	held, _ := recorded[*consent.SessionHeld](t, e)
	var sessions []int
	for _, h := range held {
		sessions = append(sessions, h.No)
	}
	require.Equal(t, []int{1, 1, 2, 3, 1, 2}, sessions, "sessions, and not days, move the steps: one, two and one more, then two")

	judged, _ := recorded[*consent.Judged](t, e)
	last := judged[slices.IndexFunc(judged, func(j *consent.Judged) bool { return j.Proposal == matter && j.Final })]
	require.Contains(t, last.Why, consent.Reason{Code: "in-favour", Holds: true, Got: "983/1550", Need: "over 1/2 of those present"})
	require.Contains(t, last.Why, consent.Reason{Code: "weight", Holds: true, Of: []circle.Class{circle.Investor}, Got: "31/180", Need: "at most 1/10 of the whole"})
	first := judged[slices.IndexFunc(judged, func(j *consent.Judged) bool { return j.Proposal == matter })]
	require.Equal(t, consent.ResultIntegrate, first.Outcome, "the record shows the consent round before the vote")

	e.Look(func(s *consent.State) {
		require.Equal(t, consent.AppealIsOver, s.Appeal(appeal).Status)
		require.Equal(t, matter, s.Appeal(appeal).Case, "the appeal refers to the decision that answered it")
		a := s.Matters.Proposal(short).Agreement
		require.Equal(t, 5, a.Version)
		require.Equal(t, at(475).AddDate(0, 6, 0), a.Until, "term and measure stay")
		require.Len(t, a.Measures, 1)
	})
	sent, _ := recorded[*consent.MinutesSent](t, e)
	got := map[circle.PersonID]circle.Format{}
	for _, m := range sent {
		got[m.To] = m.Format
	}
	for _, who := range append(slices.Clone(signs), "ivo", "vic", "ann", "nia", "ada") {
		require.NotEmpty(t, got[who], "%s has the answer", who)
	}
	require.Equal(t, circle.EasyRead, got["ivo"])
	require.Equal(t, circle.Audio, got["nia"])
	neverBoth(t, e)
	_, err := e.Verify(context.WithoutCancel(t.Context()))
	require.NoError(t, err)
}

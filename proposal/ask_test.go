package proposal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
	"github.com/sayround/sayround/proposal"
)

func TestClosedLists(t *testing.T) {
	lists := map[string]struct {
		count  int
		values []string
		check  func(string) error
	}{
		"response":    {6, proposal.Response("").Values(), func(s string) error { return proposal.Response(s).Check() }},
		"rung":        {7, proposal.Rung("").Values(), func(s string) error { return proposal.Rung(s).Check() }},
		"answer":      {3, proposal.Answer("").Values(), func(s string) error { return proposal.Answer(s).Check() }},
		"source":      {2, proposal.Source("").Values(), func(s string) error { return proposal.Source(s).Check() }},
		"disposition": {3, proposal.Disposition("").Values(), func(s string) error { return proposal.Disposition(s).Check() }},
		"sort":        {3, proposal.Sort("").Values(), func(s string) error { return proposal.Sort(s).Check() }},
		"weight":      {2, proposal.Weight("").Values(), func(s string) error { return proposal.Weight(s).Check() }},
	}
	for name, l := range lists {
		require.Len(t, l.values, l.count, name)
		for _, v := range l.values {
			require.NoError(t, l.check(v))
			require.Error(t, l.check(strings.ToUpper(v)))
		}
		for _, bad := range []string{"", "else"} {
			require.ErrorContains(t, l.check(bad), l.values[0])
		}
	}
}

func TestIDs(t *testing.T) {
	for _, check := range []func(string) error{
		func(s string) error { return proposal.ID(s).Check() },
		func(s string) error { return proposal.NeedID(s).Check() },
		func(s string) error { return proposal.InputID(s).Check() },
		func(s string) error { return proposal.MeasureID(s).Check() },
		func(s string) error { return proposal.RecordID(s).Check() },
	} {
		require.NoError(t, check("notes-2"))
		require.NoError(t, check(strings.Repeat("a", circle.MaxID)))
		for _, bad := range []string{"", "-a", "Notes", "a b", strings.Repeat("a", circle.MaxID+1)} {
			require.Error(t, check(bad), bad)
		}
	}
	require.Equal(t, []string{"proposal", "need", "input", "measure", "record"}, []string{new(proposal.ID).Kind(), new(proposal.NeedID).Kind(),
		new(proposal.InputID).Kind(), new(proposal.MeasureID).Kind(), new(proposal.RecordID).Kind()})
}

func TestStatesHaveNames(t *testing.T) {
	var names []string
	for s := proposal.StatusOpen; s <= proposal.StatusLapsed; s++ {
		names = append(names, s.String())
	}
	require.Equal(t, []string{"open", "agreement", "carried-out", "withdrawn", "dropped", "expired", "superseded", "struck", "lapsed"}, names)
	names = nil
	for p := proposal.Active; p <= proposal.OnHold; p++ {
		names = append(names, p.String())
	}
	require.Equal(t, []string{"active", "due", "in-review", "pending", "on-hold"}, names)
	require.Equal(t, "none", proposal.Status(0).String())
	require.Equal(t, "none", proposal.Phase(0).String())
}

// TestCommandsAreChecked: what a command lacks is found before the law is asked.
func TestCommandsAreChecked(t *testing.T) {
	for path, cmd := range map[string]proposal.Command{
		"responses":          proposal.Respond{Need: "n"},
		"answer":             proposal.AnswerInput{Need: "n", Input: "i"},
		"measures.stop":      proposal.Submit{ID: "p", Circle: "c", Text: say("t"), Measures: []proposal.Measure{unstopped()}},
		"measures.every":     proposal.Submit{ID: "p", Circle: "c", Text: say("t"), Measures: []proposal.Measure{{ID: "m", Indicator: say("i"), Reader: "r", Stop: 1}}},
		"measures.indicator": proposal.Submit{ID: "p", Circle: "c", Text: say("t"), Measures: []proposal.Measure{{ID: "m", Every: month, Reader: "r", Stop: 1}}},
		"version":            proposal.WaiveRendition{Proposal: "p"},
		"term":               proposal.Keep{Proposal: "p"},
		"reason":             proposal.Drop{Proposal: "p"},
		"text":               proposal.OpenNeed{ID: "n", Circle: "c"},
	} {
		bad := canon.Check(cmd)
		require.NotNil(t, bad, path)
		require.Equal(t, path, bad.Path)
		require.True(t, bad.Missing)
	}
	bad := canon.Check(proposal.Submit{ID: "p", Circle: "c", Text: say("t"), Enacts: []circle.Deed{circle.Join{Circle: "valley", Person: "ben", Level: "boss"}}})
	require.Equal(t, "enacts.level", bad.Path)
	require.Error(t, bad.Err)
	bad = canon.Check(proposal.Submit{ID: "p", Circle: "c", Text: say("t"), Enacts: []circle.Deed{nil}})
	require.True(t, bad.Missing)
}

// TestWhatEventsAreAbout: readers of a ledger find the need or the proposal of
// every event.
func TestWhatEventsAreAbout(t *testing.T) {
	for _, e := range proposal.Events() {
		_, on := e.(interface{ On() proposal.ID })
		_, about := e.(interface{ About() proposal.NeedID })
		_, among := e.(interface{ Among() []proposal.NeedID })
		require.Equal(t, 1, count(on, about, among), e.Wire())
	}
	for _, c := range append(proposal.Commands(), byProcess...) {
		switch c.(type) {
		case proposal.OpenNeed, proposal.Submit:
			continue // they make what they are about
		}
		_, of := c.(interface{ Of() proposal.ID })
		_, about := c.(interface{ About() proposal.NeedID })
		_, among := c.(interface{ Among() []proposal.NeedID })
		require.Equal(t, 1, count(of, about, among), c.Wire())
	}
	for _, e := range events(checked, asked, input, amended, inReview, []proposal.Event{
		&proposal.LongTermAnswered{Need: "notes"}, &proposal.Responded{Need: "notes"}, &proposal.InputAnswered{Need: "notes"},
		&proposal.RenditionAttached{Proposal: "notes"}, &proposal.RenditionWaived{Proposal: "notes"}, &proposal.ConflictsChecked{Proposal: "notes"},
		&proposal.Withdrawn{Proposal: "notes"}, &proposal.Dropped{Proposal: "notes"}, &proposal.MeasureRead{Proposal: "notes"},
		&proposal.MeasureMissed{Proposal: "notes"}, &proposal.ReviewDue{Proposal: "notes"}, &proposal.Evaluated{Proposal: "notes"}, &proposal.Kept{Proposal: "notes"},
	}) {
		switch e := e.(type) {
		case interface{ On() proposal.ID }:
			require.EqualValues(t, "notes", e.On())
		case interface{ About() proposal.NeedID }:
			require.EqualValues(t, "notes", e.About())
		}
	}
	for _, c := range []interface{ Of() proposal.ID }{
		proposal.Amend{Proposal: "notes"}, proposal.AttachRendition{Proposal: "notes"}, proposal.WaiveRendition{Proposal: "notes"},
		proposal.CheckConflicts{Proposal: "notes"}, proposal.Withdraw{Proposal: "notes"}, proposal.Drop{Proposal: "notes"},
		proposal.ReadMeasure{Proposal: "notes"}, proposal.AskReview{Proposal: "notes"}, proposal.Evaluate{Proposal: "notes"},
		proposal.Revise{Proposal: "notes"}, proposal.Keep{Proposal: "notes"}, proposal.Adopt{Proposal: "notes"},
		proposal.MissReading{Proposal: "notes"}, proposal.EndTerm{Proposal: "notes"}, proposal.ConfirmCondition{Proposal: "notes"},
		proposal.Hold{Proposal: "notes"}, proposal.LiftHold{Proposal: "notes"}, proposal.LetExpire{Proposal: "notes"}, proposal.Replace{Proposal: "notes"},
		proposal.DelegateReview{Proposal: "notes"}, proposal.StartAfresh{Proposal: "notes"}, proposal.DateReview{Proposal: "notes"},
		proposal.Strike{Proposal: "notes"}, proposal.Interpret{Proposal: "notes"}, proposal.RecordDeviation{Proposal: "notes"},
		proposal.ReportConflict{Proposal: "notes"}, proposal.Rebase{Proposal: "notes"}, proposal.TakeEffect{Proposal: "notes"},
		proposal.LapseCondition{Proposal: "notes"}, proposal.Expire{Proposal: "notes"}, proposal.SetReach{Proposal: "notes"},
	} {
		require.EqualValues(t, "notes", c.Of())
	}
	for _, c := range []interface{ About() proposal.NeedID }{
		proposal.CheckDomain{Need: "notes"}, proposal.CheckMajor{Need: "notes"}, proposal.AnswerLongTerm{Need: "notes"},
		proposal.Respond{Need: "notes"}, proposal.GiveInput{Need: "notes"}, proposal.AnswerInput{Need: "notes"},
	} {
		require.EqualValues(t, "notes", c.About())
	}
}

func count(yes ...bool) int {
	n := 0
	for _, y := range yes {
		if y {
			n++
		}
	}
	return n
}

func TestWhatThereIs(t *testing.T) {
	m := history(t, events(opened, submitted, carried, []proposal.Event{
		&proposal.Submitted{Proposal: "beds", Circle: "places", By: "ana", Sort: proposal.Policy, Text: say("b"), At: now},
		&proposal.NeedOpened{Need: "bread", Circle: "places", By: "ana", At: now},
	}))
	require.Equal(t, []proposal.ID{"agenda", "beds", "notes"}, m.Proposals(""))
	require.Equal(t, []proposal.ID{"agenda", "notes"}, m.Proposals("valley"))
	require.Empty(t, m.Proposals("nowhere"))
	require.Equal(t, []proposal.NeedID{"bread", "notes"}, m.Needs(""))
	require.Equal(t, []proposal.NeedID{"notes"}, m.Needs("valley"))
	require.Nil(t, m.Need("nothing"))
	require.Nil(t, m.Proposal("nothing"))
	_, err := m.Get("nothing")
	lawtest.Refused(t, proposal.UnknownProposal, err)
	p, err := m.Get("notes")
	require.NoError(t, err)
	require.Same(t, m.Proposal("notes"), p)

	var none proposal.Matters
	require.Empty(t, none.Proposals(""))
	require.Empty(t, none.Needs(""))
	require.Nil(t, none.Need("notes"))
}

func TestNeeds(t *testing.T) {
	n := history(t, and(asked,
		&proposal.InputGiven{Need: "notes", Input: "i1", By: "ana"}, &proposal.InputGiven{Need: "notes", Input: "i2", By: "ben"},
		&proposal.InputGiven{Need: "notes", Input: "i3", By: "ben"},
		&proposal.InputAnswered{Need: "notes", Input: "i1", Answer: proposal.Used}, &proposal.InputAnswered{Need: "notes", Input: "i3", Answer: proposal.Open},
	)).Need("notes")
	require.Equal(t, []string{"i2"}, n.Unanswered(), "CP-26: still open is an answer")
	require.False(t, n.Responded())
	require.True(t, n.Major)
	require.Equal(t, proposal.Unanswered, n.LongTerm)
	require.Equal(t, circle.ItemID("teams"), n.Item)
	require.Equal(t, circle.Worker, n.Origin, "CP-5: the class of who began it")

	m := history(t, and(asked, &proposal.LongTermAnswered{Need: "notes"},
		&proposal.Responded{Need: "notes", Responses: []proposal.Response{proposal.Conversation}, Rung: proposal.Engagement}))
	require.True(t, m.Need("notes").Responded())
	require.Equal(t, proposal.Answered, m.Need("notes").LongTerm)
	require.Empty(t, m.Need("notes").Unanswered())
}

func TestVersions(t *testing.T) {
	p := history(t, amended).Proposal("notes")
	require.Equal(t, 2, p.Current().N)
	require.Equal(t, 1, p.Version(1).N)
	require.Equal(t, year, p.Version(1).Term)
	require.Equal(t, month, p.Version(2).Term)
	require.Nil(t, p.Version(0))
	require.Nil(t, p.Version(3))
	require.True(t, p.UnderDecision())
	require.Equal(t, proposal.Substantive, p.Version(1).Weight)
	require.Equal(t, proposal.NotChecked, p.Current().Conflicts)
}

// TestConflicts: EC-11, the answer belongs to one version.
func TestConflicts(t *testing.T) {
	m := history(t, and(submitted, &proposal.ConflictsChecked{Proposal: "notes", Version: 1, Clear: true}))
	require.Equal(t, proposal.Clear, m.Proposal("notes").Current().Conflicts)
	m.Apply(&proposal.ConflictsChecked{Proposal: "notes", Version: 1})
	require.Equal(t, proposal.Conflicting, m.Proposal("notes").Current().Conflicts)
	m.Apply(&proposal.Amended{Proposal: "notes", Version: 2, At: now})
	require.Equal(t, proposal.NotChecked, m.Proposal("notes").Current().Conflicts)
	require.Equal(t, proposal.Conflicting, m.Proposal("notes").Version(1).Conflicts)
}

func attach(version int, f circle.Format, at time.Time) *proposal.RenditionAttached {
	return &proposal.RenditionAttached{Proposal: "notes", Version: version, Format: f, By: "ana", At: at}
}

// TestRenditions: CP-14, a rendition is of one version; a new version makes it
// stale.
func TestRenditions(t *testing.T) {
	m := history(t, submitted)
	p := m.Proposal("notes")
	require.Nil(t, p.Rendition(1, circle.EasyRead))
	require.False(t, p.Stale(circle.EasyRead), "what was never there is missing, not stale")

	m.Apply(attach(1, circle.EasyRead, day(1)))
	m.Apply(attach(1, circle.EasyRead, day(2)))
	m.Apply(attach(1, circle.Audio, day(1)))
	require.Equal(t, day(2), p.Rendition(1, circle.EasyRead).At, "the newest")
	require.False(t, p.Stale(circle.EasyRead))

	m.Apply(&proposal.Amended{Proposal: "notes", Version: 2, At: day(3)})
	require.True(t, p.Stale(circle.EasyRead))
	require.True(t, p.Stale(circle.Audio))
	require.False(t, p.Stale(circle.Braille))
	require.Nil(t, p.Rendition(2, circle.EasyRead))
	require.NotNil(t, p.Rendition(1, circle.EasyRead), "the old one is still of the old version")
	m.Apply(attach(2, circle.EasyRead, day(4)))
	require.False(t, p.Stale(circle.EasyRead))
}

// TestReady: CP-14 and CP-16, who needs a format reads from when it was there.
func TestReady(t *testing.T) {
	m := history(t, submitted)
	p := m.Proposal("notes")
	plain := &circle.Person{ID: "ana"}
	ben := &circle.Person{ID: "ben", Formats: []circle.Format{circle.Standard, circle.EasyRead, circle.Audio}}
	ready := func(who *circle.Person, missing []circle.Format, from time.Time) {
		t.Helper()
		got, since := p.ReadyFor(who)
		require.Equal(t, missing, got)
		require.Equal(t, from, since)
	}
	ready(plain, nil, now)
	ready(ben, []circle.Format{circle.EasyRead, circle.Audio}, now)
	m.Apply(attach(1, circle.Audio, day(3)))
	ready(ben, []circle.Format{circle.EasyRead}, day(3))
	m.Apply(attach(1, circle.EasyRead, day(2)))
	ready(ben, nil, day(3))
	ready(plain, nil, now)

	m.Apply(&proposal.Amended{Proposal: "notes", Version: 2, At: day(5)})
	ready(ben, []circle.Format{circle.EasyRead, circle.Audio}, day(5))
	require.False(t, p.Waived("ben", 2))
	m.Apply(&proposal.RenditionWaived{Proposal: "notes", Version: 2, Person: "ben"})
	require.True(t, p.Waived("ben", 2))
	require.False(t, p.Waived("ben", 1), "for one version")
	require.False(t, p.Waived("cia", 2), "for oneself")
	ready(ben, nil, day(5))
	m.Apply(&proposal.Amended{Proposal: "notes", Version: 3, At: day(6)})
	ready(ben, []circle.Format{circle.EasyRead, circle.Audio}, day(6))
}

// TestMeasures: EC-36, each reading is due by the end of the rhythm that
// follows the present one, however often it is read in one.
func TestMeasures(t *testing.T) {
	m := history(t, adopted)
	start := day(2)
	w := func() *proposal.Watched { return m.Proposal("notes").Agreement.Measure("missed") }
	due := func(n int) {
		t.Helper()
		require.Equal(t, month.Times(start, n), w().Next)
	}
	due(1)
	require.False(t, w().Overdue)
	read := func(at time.Time) {
		m.Apply(&proposal.MeasureRead{Proposal: "notes", Measure: "missed", By: "cia", At: at})
	}

	read(start.Add(time.Hour))
	due(2)
	read(start.AddDate(0, 0, 20))
	due(2) // several readings in one rhythm count as one
	read(month.Times(start, 1).Add(-time.Second))
	due(2)
	read(month.Times(start, 1)) // the first instant of the next
	due(3)

	m.Apply(&proposal.MeasureMissed{Proposal: "notes", Measure: "missed"})
	require.True(t, w().Overdue)
	due(4)
	m.Apply(&proposal.MeasureMissed{Proposal: "notes", Measure: "missed"})
	due(5)
	read(month.Times(start, 4).Add(time.Hour))
	require.False(t, w().Overdue, "a reading makes good for what was missed")
	due(6)

	m.Apply(&proposal.Kept{Proposal: "notes", Version: 1, Term: year, Until: day(900)})
	due(6)
	require.Nil(t, m.Proposal("notes").Agreement.Measure("late"))
}

// TestMonthEndMeasures: a monthly reading that began on the 31st is due at the
// end of each month.
func TestMonthEndMeasures(t *testing.T) {
	start := time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC)
	m := history(t, and(submitted, &proposal.Adopted{Proposal: "notes", Version: 1, Since: start}))
	var due []string
	for range 4 {
		due = append(due, m.Proposal("notes").Agreement.Measure("missed").Next.Format(time.DateOnly))
		m.Apply(&proposal.MeasureMissed{Proposal: "notes", Measure: "missed"})
	}
	require.Equal(t, []string{"2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"}, due)
}

// TestAgreements: an agreement in force stays in force until the circle
// decides otherwise (EC-103).
func TestAgreements(t *testing.T) {
	m := history(t, adopted)
	p := m.Proposal("notes")
	a := func() proposal.Agreement { return p.Agreement }
	require.Equal(t, proposal.StatusAgreement, p.Status)
	require.Equal(t, proposal.Active, a().Phase)
	require.Equal(t, 1, a().Version)
	require.False(t, p.UnderDecision())

	m.Apply(&proposal.ReviewDue{Proposal: "notes", Because: proposal.TermEnd})
	require.Equal(t, proposal.Due, a().Phase)
	require.Equal(t, proposal.TermEnd, a().Because)
	require.Equal(t, proposal.StatusAgreement, p.Status, "a term ends in a review, not in a lapse")

	m.Apply(revised)
	require.Equal(t, proposal.InReview, a().Phase)
	require.Equal(t, 1, a().Version, "the old version is in force while the new one is decided")
	require.True(t, p.UnderDecision())
	m.Apply(&proposal.ReviewDue{Proposal: "notes", Because: proposal.StopLevel, Measure: "missed"})
	require.Equal(t, proposal.InReview, a().Phase, "the review goes on")

	m.Apply(&proposal.Adopted{Proposal: "notes", Version: 2, Since: day(40), Until: day(400)})
	require.Equal(t, proposal.Active, a().Phase)
	require.Equal(t, 2, a().Version)
	require.Empty(t, a().Because)
	require.Equal(t, day(400), a().Until)
	require.False(t, p.UnderDecision())

	m.Apply(&proposal.Evaluated{Proposal: "notes", Person: "ben", Class: circle.Supported})
	m.Apply(&proposal.Evaluated{Proposal: "notes", Person: "cia", Class: circle.Worker})
	m.Apply(&proposal.Evaluated{Proposal: "notes", Person: "ana", Class: circle.Worker})
	got := a()
	require.Equal(t, map[circle.Class]int{circle.Supported: 1, circle.Worker: 2}, got.EvaluatedBy())
	m.Apply(&proposal.Kept{Proposal: "notes", Version: 2, Term: year, Until: day(700), Outcomes: []circle.ItemID{"in-control"}})
	require.Equal(t, proposal.Active, a().Phase)
	require.Equal(t, day(700), a().Until)
	require.Empty(t, a().Answered, "the next evaluation begins anew")
	require.Equal(t, []circle.ItemID{"in-control"}, a().Outcomes)

	m.Apply(&proposal.Dropped{Proposal: "notes"})
	require.Equal(t, proposal.StatusDropped, p.Status)
	require.Zero(t, a().Version, "nothing is in force")
}

func TestEnds(t *testing.T) {
	require.Equal(t, proposal.StatusWithdrawn, history(t, withdrawn).Proposal("notes").Status)
	require.Equal(t, proposal.StatusDropped, history(t, and(submitted, &proposal.Dropped{Proposal: "notes"})).Proposal("notes").Status)
	require.Equal(t, proposal.StatusCarried, history(t, carried).Proposal("agenda").Status, "a process decision is carried out and done")

	for _, end := range []proposal.Event{&proposal.Withdrawn{Proposal: "notes"}, &proposal.Dropped{Proposal: "notes"}} {
		third := *revised
		third.Version = 3
		p := history(t, and(inReview, &third, attach(3, circle.EasyRead, day(31)), end)).Proposal("notes")
		require.Equal(t, proposal.StatusAgreement, p.Status, "%s in a review ends the review only", end.Wire())
		require.False(t, p.UnderDecision())
		require.Equal(t, 1, p.Agreement.Version)
		require.Equal(t, 1, p.Current().N, "all versions of the review are gone")
		require.Equal(t, proposal.Active, p.Agreement.Phase, "nobody had wanted to look at it")
		require.Nil(t, p.Rendition(3, circle.EasyRead))

		p = history(t, and(adopted, &proposal.ReviewDue{Proposal: "notes", Because: proposal.TermEnd}, revised, end)).Proposal("notes")
		require.Equal(t, proposal.Due, p.Agreement.Phase, "what brought it back still stands")
	}
}

// TestNumbersComeOnce: the number of a revision that was taken back is not
// given again, so that nothing said about it is taken for the next one (CP-14).
func TestNumbersComeOnce(t *testing.T) {
	m := history(t, and(inReview, attach(2, circle.EasyRead, day(31)), &proposal.Withdrawn{Proposal: "notes", By: "cia"}))
	got, err := m.Decide(circle.Actor{By: "cia"}, day(50), proposal.Revise{Proposal: "notes", Text: say("another")}, proposal.Facts{Org: people(t, circle.Rules{})})
	require.NoError(t, err)
	require.Equal(t, 3, got[0].(*proposal.Amended).Version)
	parts := 100
	happen(t, m, got[0], &parts)
	missing, _ := m.Proposal("notes").ReadyFor(&circle.Person{ID: "ben", Formats: []circle.Format{circle.EasyRead}})
	require.Equal(t, []circle.Format{circle.EasyRead}, missing)
}

// TestForget: what is settled is let go; what is in force stays.
func TestForget(t *testing.T) {
	m := history(t, events(withdrawn, carried, []proposal.Event{
		&proposal.Submitted{Proposal: "beds", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("b"), At: now, Term: year,
			Enacts: []circle.Deed{&circle.Join{Circle: "valley", Person: "wyn", Level: circle.Full}}},
		&proposal.Amended{Proposal: "beds", Version: 2, Text: say("c"), Term: month, At: now},
		&proposal.RenditionAttached{Proposal: "beds", Version: 2, Format: circle.Audio, At: now},
		&proposal.RenditionWaived{Proposal: "beds", Version: 2, Person: "ben"},
		&proposal.Adopted{Proposal: "beds", Version: 2, Since: now},
	}))
	m.Forget("notes")
	m.Forget("agenda")
	m.Forget("beds")
	require.Equal(t, []proposal.ID{"beds"}, m.Proposals(""))
	p := m.Proposal("beds")
	require.Len(t, p.Versions, 1)
	require.Equal(t, 2, p.Current().N, "the version in force keeps its number")
	require.Equal(t, month, p.Current().Term)
	require.Empty(t, p.Renditions)
	require.Empty(t, p.Waivers)
	require.Empty(t, p.Enacts)
	require.Equal(t, proposal.Active, p.Agreement.Phase)

	got, err := m.Decide(circle.Actor{By: "cia"}, day(9), proposal.Revise{Proposal: "beds", Text: say("d")}, proposal.Facts{Org: people(t, circle.Rules{})})
	require.NoError(t, err)
	require.Equal(t, 3, got[0].(*proposal.Amended).Version)
}

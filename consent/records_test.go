package consent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// TestAsOf: M-246, the state as of a time is the one that was recorded then,
// whatever came afterwards.
func TestAsOf(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: ana})
	type moment struct {
		at     time.Time
		digest [32]byte
		stage  consent.Stage
	}
	var was []moment
	for _, step := range []func(){
		func() { w.stuck("p", "o") },
		func() { w.meets("p", "o") },
		func() { w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}) },
		func() { w.consents("p", ana, ben, cia) },
		func() { w.must(gus, proposal.OpenNeed{ID: "n", Circle: den, Text: text("More bread")}) },
		func() { w.must(lou, circle.Leave{Circle: den}) },
	} {
		w.later(time.Hour)
		step()
		was = append(was, moment{w.now, w.digest(), w.stage("p")})
	}
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	for i, m := range was {
		require.NoError(t, w.engine.AsOf(t.Context(), m.at.Add(30*time.Minute), func(s *consent.State) {
			require.Equal(t, m.digest, s.Digest(), "moment %d", i)
			require.Equal(t, m.stage, s.Process("p").Stage)
		}))
	}
	require.NoError(t, w.engine.AsOf(t.Context(), dayZero.Add(-time.Hour), func(s *consent.State) {
		require.False(t, s.Org.Founded(), "before the first entry there is nothing")
	}))
	w.replays()
}

// TestLogbookAsOf: M-246 (EC-97), the logbook of a circle and of the organisation tell
// what stood in them at a date.
func TestLogbookAsOf(t *testing.T) {
	w := newWorld(t, setting{Full: 2, Facilitator: ana})
	before := w.now
	w.later(24 * time.Hour)
	w.put("p")
	w.consents("p", ana, ben)
	w.must(gus, proposal.OpenNeed{ID: "n", Circle: den, Text: text("More bread")})
	w.submit("open")
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	then := w.now
	w.later(24 * time.Hour)
	w.end("p")
	w.must(lou, circle.Leave{Circle: den})

	v, err := logbook.OfCircle(t.Context(), w.engine, den, then, ana)
	require.NoError(t, err)
	require.Equal(t, `den as of 24 November 2026 10:00 UTC
  Decides on: baking
  Full participants: ana and ben
  ana wears den-facilitator
  Under decision: open
  Backlog: n
  Meetings: m
p, version 1, in force in den since 24 November 2026 (active)
  “Open on Sundays”
  Next review: 24 February 2027
`, v.String())
	require.Len(t, v.Members, 3)
	old, err := logbook.OfOrganisation(t.Context(), w.engine, before, ana)
	require.NoError(t, err)
	require.Len(t, old, 1)
	require.Empty(t, old[0].Agreements)
	now, err := logbook.OfCircle(t.Context(), w.engine, den, w.now, ana)
	require.NoError(t, err)
	require.Empty(t, now.Agreements)
	require.Len(t, now.Members, 2)
	_, err = logbook.OfCircle(t.Context(), w.engine, "none", w.now, ana)
	require.ErrorIs(t, err, circle.ErrNotKnown)
}

// end ends an agreement by consent of ana and ben.
func (w *world) end(id proposal.ID) {
	w.t.Helper()
	w.must(ana, consent.Ask{ID: "end-" + id, Circle: den, Question: text("Do we end it?"), Enacts: []circle.Deed{proposal.Drop{Proposal: id, Reason: text("r")}}})
	w.consents("end-"+id, ana, ben)
}

// TestVisibility: M-247, who may read what, and who says so.
func TestVisibility(t *testing.T) {
	w := newWorld(t, setting{Full: 2, Facilitator: ben, Secretary: ana})
	w.must(ana, circle.NameSupporter{Person: ana, Supporter: gus})
	w.must(host, circle.Admit{ID: "kim"})
	w.put("p")
	w.consents("p", ana, ben)
	sees := func(who circle.PersonID) (out bool) {
		w.engine.Look(func(s *consent.State) { out = s.MaySee(who, "p") })
		return out
	}
	set := func(v consent.Visibility) consent.SetVisibility {
		return consent.SetVisibility{Proposal: "p", Level: v, Reason: text("A name")}
	}
	for _, c := range []struct {
		level                        consent.Visibility
		member, supporter, known, no bool
	}{
		{"", true, true, true, false},
		{consent.ForCircle, true, true, false, false},
		{consent.ForPublic, true, true, true, true},
		{consent.ForOrganisation, true, true, true, false},
	} {
		switch c.level {
		case "":
		case consent.ForCircle, consent.ForOrganisation:
			w.must(ben, set(c.level))
		default:
			w.must(ana, consent.Ask{ID: "q", Circle: den, Question: text("Open?"), Enacts: []circle.Deed{set(c.level),
				consent.SetVisibility{Proposal: "p", Level: consent.ForCircle, Reason: text("r"), Entry: int(w.process("p").Trail.Last)}}})
			w.consents("q", ana, ben)
		}
		require.Equal(t, []bool{c.member, c.supporter, c.known, c.no}, []bool{sees(lou), sees(gus), sees("kim"), sees("")}, "%q", c.level)
	}
	w.no(proposal.ByConsent, ben, set(consent.ForPublic))
	w.no(proposal.ByConsent, ben, set(consent.ForOrganisation))
	w.no(consent.NoSecrecy, lou, set(consent.ForCircle))
	w.no(proposal.UnknownProposal, ben, consent.SetVisibility{Proposal: "none", Level: consent.ForCircle, Reason: text("r")})
	w.no(consent.NoSuchEntry, ben, consent.SetVisibility{Proposal: "p", Level: consent.ForCircle, Reason: text("r"), Entry: 1})
	w.asked(proposal.UnknownProposal, consent.SetVisibility{Proposal: "none", Level: consent.ForCircle, Reason: text("r")})
	require.Error(t, consent.Visibility("me").Check())
	w.replays()
}

// TestVisibleWhereItIs: what is for the circle is for the one that has the case now, wherever it was when that was said (M-247, M-11).
func TestVisibleWhereItIs(t *testing.T) {
	w := newWorld(t, setting{Full: 2})
	w.must(host, circle.Admit{ID: "kim"})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{"kim"}, Domain: []circle.Item{{ID: "bread", Of: "baking"}}})
	w.submit("p")
	w.must(ana, consent.SetVisibility{Proposal: "p", Level: consent.ForCircle, Reason: text("A name")})
	sees := func() (out []bool) {
		w.engine.Look(func(s *consent.State) { out = []bool{s.MaySee(ana, "p"), s.MaySee("kim", "p")} })
		return out
	}
	require.Equal(t, []bool{true, false}, sees())
	w.must(ana, consent.OfferTransfer{Proposal: "p", To: nook, Reason: reason})
	w.must("kim", consent.AcceptTransfer{Proposal: "p"})
	require.Equal(t, nook, w.process("p").Circle)
	require.Equal(t, []bool{false, true}, sees())
	w.replays()
}

// TestClosedRegister: M-247, the register and the logbook of a past date tell
// that something is in force, and its words only to those who may read them.
func TestClosedRegister(t *testing.T) {
	w := newWorld(t, setting{Full: 2})
	w.put("p")
	w.consents("p", ana, ben)
	past := w.now
	w.later(time.Hour)
	w.must(ana, consent.SetVisibility{Proposal: "p", Level: consent.ForCircle, Reason: text("A name")})
	for who, may := range map[circle.PersonID]bool{lou: true, gus: false, "": false} {
		list, err := logbook.RegisterFor(t.Context(), w.engine, den, who)
		require.NoError(t, err)
		require.Len(t, list, 1, "that it was decided is told to everybody")
		require.Equal(t, may, list[0].Text != "", "%q", who)
		v, err := logbook.OfCircle(t.Context(), w.engine, den, past, who)
		require.NoError(t, err)
		require.Equal(t, may, v.Agreements[0].Text != "", "what is closed today is not read in the past: %q", who)
		if !may {
			require.Contains(t, v.String(), "Its words are not open to you: “A name”")
		}
	}
	list, err := w.engine.ExplainTo(t.Context(), gus, "none")
	require.Nil(t, list)
	require.ErrorIs(t, err, circle.ErrNotKnown)
	w.end("p")
	list, err = w.engine.ExplainTo(t.Context(), gus, "p")
	require.NoError(t, err)
	require.Contains(t, list[len(list)-1].Says, "It was dropped by consent. Why is not open to you")
}

// TestMetrics: M-254, the process of a proposal in numbers.
func TestMetrics(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.stuck("p", "o")
	w.later(time.Hour)
	m, err := logbook.MetricsOf(t.Context(), w.engine, "p", w.now)
	require.NoError(t, err)
	require.Equal(t, logbook.Metrics{Proposal: "p", Opened: dayZero, Lasted: time.Hour, Rounds: 1, Versions: 1, Objections: 1,
		Awaited: []circle.PersonID{ana, ben, cia}}, m, "anybody can write the version")
	w.meets("p", "o")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	ended := w.now
	w.later(time.Hour)
	m, err = logbook.MetricsOf(t.Context(), w.engine, "p", w.now)
	require.NoError(t, err)
	require.Equal(t, logbook.Metrics{Proposal: "p", Opened: dayZero, Ended: ended, Lasted: time.Hour, Rounds: 2, Versions: 2, Objections: 1}, m)
	require.Equal(t, "p: 2 rounds on 2 versions, from 23 November 2026 to 23 November 2026; 0 of 1 objections were closed against the will of who raised them", m.String())
	_, err = logbook.MetricsOf(t.Context(), w.engine, "none", w.now)
	require.ErrorIs(t, err, circle.ErrNotKnown)

	w = newWorld(t, setting{Full: 3, Facilitator: ben, Rules: circle.Rules{Method: "rough-consensus"}})
	w.put2("p", ben)
	w.must(cia, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("Nobody is left to bake")})
	w.must(ben, objection.Answer{Objection: "o", Answer: text("Dan comes")})
	w.must(ben, objection.Overrule{Objection: "o", Reason: text("It was answered")})
	m, err = logbook.MetricsOf(t.Context(), w.engine, "p", w.now)
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{m.Objections, m.Dismissed})
	require.Contains(t, m.String(), "open since 23 November 2026; 1 of 1 objections were closed against the will")
}

// TestAnnounced: what was announced to those who may object is listed until their time is over, and no longer: not when somebody
// objected, and not when it was given up (M-150, M-151).
func TestAnnounced(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: "village", Aim: text("A good place"), Members: []circle.PersonID{ana, ben}, Rules: circle.Rules{ConsiderFor: circle.MustPeriod("2d")},
		Domain: []circle.Item{{ID: "bread", Text: text("Bread")}, {ID: "paths", Text: text("Paths")}}})
	w.must(host, circle.Open{ID: "bakery", Parent: "village", Aim: text("Bread"), Domain: []circle.Item{{ID: "bread", Text: text("Bread")}}, Members: []circle.PersonID{ben}})
	w.must(host, circle.GrantBudget{Circle: "village", Units: 90, Currency: "EUR"})
	for _, id := range []circle.IntentID{"oven", "roof"} {
		w.must(ana, circle.AnnounceIntent{ID: id, Act: text("Mending"), Touches: []circle.ItemID{"bread"}})
	}
	for _, id := range []circle.SpendingID{"flour", "salt"} {
		w.must(ana, circle.AnnounceSpending{ID: id, Circle: "village", Units: 10, Currency: "EUR", For: text("Buying")})
	}
	listed := func(what string) (out []string) {
		for _, d := range dueOf(w, what) {
			out = append(out, d.Of)
		}
		return out
	}
	require.Equal(t, []string{"oven", "roof"}, listed("intent-waits"))
	require.Equal(t, []string{"flour", "salt"}, listed("spending-waits"))
	w.must(ben, circle.ObjectToIntent{Intent: "roof", Reason: reason})
	w.must(ana, circle.GiveUpSpending{Spending: "salt"})
	require.Equal(t, []string{"oven"}, listed("intent-waits"))
	require.Equal(t, []string{"flour"}, listed("spending-waits"))
	w.later(2 * 24 * time.Hour)
	require.Empty(t, listed("intent-waits"))
	require.Empty(t, listed("spending-waits"))
	w.replays()
}

// TestCommandsOfAnySize: a command may hold as much as it says, and not a byte more; what is wrong with it is said of its field, or of all
// of it.
func TestCommandsOfAnySize(t *testing.T) {
	of := func(size int) []byte {
		b := []byte(`{"id":"n","circle":"den","text":"`)
		return append(append(b, strings.Repeat("x", size-len(b)-2)...), `"}`...)
	}
	var no *circle.Refusal
	_, err := consent.ReadCommand("proposal.open-need", of(consent.MaxCommand))
	require.NoError(t, err)
	_, err = consent.ReadCommand("proposal.open-need", of(consent.MaxCommand+1))
	require.ErrorContains(t, err, "it holds more than 256 KiB")
	_, err = consent.ReadCommand("proposal.open-need", []byte(`{`))
	require.ErrorAs(t, err, &no)
	require.Same(t, consent.BadCommand, no.Code)
	_, err = consent.ReadCommand("proposal.open-need", []byte(`{"circle":7}`))
	require.ErrorAs(t, err, &no)
	require.Same(t, consent.BadField, no.Code)
}

// TestWhoMakesItSecret: what was open to more is closed by who proposed it, by the Secretary or by who facilitates, each of them (M-247);
// and what is closed is read in its own circle.
func TestWhoMakesItSecret(t *testing.T) {
	for who, code := range map[circle.PersonID]*circle.Code{ana: nil, ben: nil, cia: nil, dan: consent.NoSecrecy, lou: consent.NoSecrecy} {
		w := newWorld(t, setting{Full: 4, Facilitator: ben, Secretary: cia})
		w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
		closes := consent.SetVisibility{Proposal: "p", Level: consent.ForCircle, Reason: text("A name")}
		if code != nil {
			w.no(code, who, closes)
			continue
		}
		w.must(who, closes)
		w.engine.Look(func(s *consent.State) {
			require.True(t, s.MaySee(dan, "p"))
			require.False(t, s.MaySee(gus, "p"))
		})
		w.replays()
	}
}

// TestActorsThatCanBe: also whoever helped, wrote down or is acted for has a name that somebody can have.
func TestActorsThatCanBe(t *testing.T) {
	w := newWorld(t, setting{Full: 2})
	for _, by := range []circle.Actor{{By: "Ana Costa"}, {By: ana, With: "Sam B"}, {By: ana, For: "Ben!"}, {By: ana, RecordedBy: "so l"}, {By: ana, Through: "I da"}} {
		_, no := w.giveAs(by, submission("p"))
		require.NotNil(t, no, "%+v", by)
		require.Same(t, consent.BadField, no.Code, "%+v", by)
	}
}

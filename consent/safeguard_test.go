package consent_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// guarded has a proposal, and people who act when somebody may be in danger: ben, and
// then cia.
func guarded(t teller, takes func(context.Context, consent.SafeguardingSignal) error, change ...func(*consent.Config)) *world {
	t.Helper()
	w := newWorld(t, setting{Full: 3}, append(change, func(c *consent.Config) { c.Safeguard = takes })...)
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Safeguarding: &circle.Safeguarding{
		Leads: []circle.PersonID{ben}, Within: circle.MustPeriod("24h"), Next: []circle.PersonID{cia}}}})
	w.submit("p")
	return w
}

// taken keeps what is handed over.
type taken []consent.SafeguardingSignal

func (l *taken) take(_ context.Context, s consent.SafeguardingSignal) error {
	*l = append(*l, s)
	return nil
}

const canary = "He takes her money"

var signal = consent.RaiseSafeguarding{Words: text(canary), Proposal: "p"}

func (w *world) signals() (out []consent.SignalID) {
	w.engine.Look(func(s *consent.State) { out = s.Safeguardings() })
	return out
}

// TestSafeguarding: CP-22, the words go out before anything is recorded; who raised
// the signal and what it is about stand nowhere here; those who must act take it up
// and end it.
func TestSafeguarding(t *testing.T) {
	var got taken
	var w *world
	w = guarded(t, func(ctx context.Context, s consent.SafeguardingSignal) error {
		size, _ := w.engine.Head() // the host may look while it takes the words
		require.Len(t, w.bytes(), int(size))
		require.NotContains(t, w.signals(), s.ID, "nothing is recorded before")
		return got.take(ctx, s)
	})
	r := w.must(gus, signal, consent.WithID("s1"))
	require.Equal(t, taken{{ID: "s1", At: w.now, By: circle.Actor{By: gus}, Words: canary, Proposal: "p", Leads: []circle.PersonID{ben}}}, got)
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ben}, What: "consent.take-up-safeguarding", Of: "s1", By: w.now.Add(day)}}, r.Next)
	require.Subset(t, w.engine.Awaits(ben), r.Next)
	require.NotSubset(t, w.engine.Awaits(ana), r.Next)
	entry, err := w.engine.Entry(t.Context(), r.Position)
	require.NoError(t, err)
	require.Equal(t, circle.Actor{Clock: true}, entry.Actor)
	require.Empty(t, entry.Parts)
	again := w.must(gus, signal, consent.WithID("s1"))
	require.True(t, again.Repeated)
	require.Len(t, got, 1, "once")
	w.no(consent.CommandReused, gus, submission("q"), consent.WithID("s1"))

	w.no(consent.NotALead, ana, consent.TakeUpSafeguarding{Signal: "s1"})
	w.no(consent.NotALead, cia, consent.TakeUpSafeguarding{Signal: "s1"})
	w.no(consent.NotTakenUp, ben, consent.EndSafeguarding{Signal: "s1"})
	w.must(ben, consent.TakeUpSafeguarding{Signal: "s1"})
	require.NotSubset(t, w.engine.Awaits(ben), r.Next)
	w.no(consent.TakenUpAlready, ben, consent.TakeUpSafeguarding{Signal: "s1"})
	require.Contains(t, w.engine.Due(w.now), consent.Due{At: w.now, What: "safeguarding-open", Of: "s1", Part: "ben"})
	require.Empty(t, w.later(30*day), "nobody is reminded of what is taken up")
	w.must(ben, consent.EndSafeguarding{Signal: "s1"})
	w.no(consent.UnknownSignal, ben, consent.EndSafeguarding{Signal: "s1"})

	named := signal
	named.Named = true
	r = w.must(gus, named)
	require.Equal(t, gus, r.Events[0].(*consent.SafeguardingRaised).By, "who wants to be named is")
	_, no := w.giveAs(circle.Actor{By: "zed"}, named)
	require.Equal(t, circle.UnknownPerson, no.Code)
	w.must("zed", signal) // whoever sees it may say it
	w.must(ana, &signal)
	require.Len(t, got, 4)
	w.replays()
}

// TestSafeguardingAboutSomething: CP-22, about a need, a question, a meeting or
// nothing; not about what is not there, which would send people to the wrong place.
func TestSafeguardingAboutSomething(t *testing.T) {
	var got taken
	w := guarded(t, got.take)
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Bread")})
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now.Add(day)})
	for _, c := range []consent.RaiseSafeguarding{{}, {Proposal: "p"}, {Need: "n"}, {Meeting: "m"}} {
		c.Words = text(canary)
		w.must(gus, c)
	}
	for code, c := range map[*circle.Code]consent.RaiseSafeguarding{proposal.UnknownProposal: {Proposal: "x"}, proposal.UnknownNeed: {Need: "x"},
		consent.UnknownMeeting: {Meeting: "x"}, consent.NothingToSetAside: {Meeting: "m", SetAside: true}} {
		c.Words = text(canary)
		w.no(code, gus, c)
	}
	w.no(consent.MissingField, gus, consent.RaiseSafeguarding{})
	require.Len(t, got, 4, "what is refused did not go out")
}

// TestSafeguardingReminds: CP-22, who has not taken a signal up in time is reminded,
// and the next in line is asked; at the end of the line it stays due.
func TestSafeguardingReminds(t *testing.T) {
	w := guarded(t, new(taken).take)
	w.must(gus, signal, consent.WithID("s1"))
	due := consent.Due{At: w.now.Add(day), What: "safeguarding-waits", Of: "s1"}
	require.Contains(t, w.engine.Due(w.now), due)
	first := w.later(3 * day)
	require.Len(t, first, 2)
	require.Equal(t, &consent.SafeguardingReminded{Signal: "s1", At: due.At, Asked: cia, Until: due.At.Add(day)}, first[0].Events[0])
	require.Equal(t, &consent.SafeguardingReminded{Signal: "s1", At: due.At.Add(day)}, first[1].Events[0])
	require.Empty(t, w.later(30*day))
	require.Contains(t, w.engine.Due(w.now), consent.Due{At: dayZero, What: "safeguarding-waits", Of: "s1", Past: true})
	w.must(cia, consent.TakeUpSafeguarding{Signal: "s1"})
	w.replays()
}

// TestSafeguardingNotTaken: CP-22, what fails in the host is told in plain words with
// whom to turn to, changes nothing, and is not quoted anywhere.
func TestSafeguardingNotTaken(t *testing.T) {
	var takes func(context.Context) error
	var log bytes.Buffer
	w := guarded(t, func(ctx context.Context, _ consent.SafeguardingSignal) error { return takes(ctx) },
		func(c *consent.Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	for _, bad := range []func(context.Context) error{
		func(context.Context) error { return errors.New(canary) },
		func(context.Context) error { panic(canary) },
		func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, // too slow for who asked
	} {
		takes = bad
		w.unchanged(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			_, err := w.engine.Do(ctx, circle.Actor{By: gus}, signal)
			var no *circle.Refusal
			require.ErrorAs(t, err, &no)
			require.Equal(t, consent.NotHandedOver, no.Code)
			require.Equal(t, []circle.PersonID{ben}, no.Fact("leads"))
			require.NotContains(t, err.Error(), canary)
		})
	}
	require.NotContains(t, log.String(), canary, "P6: the log does not quote")
	require.Contains(t, log.String(), "safeguard")

	var refuses bool
	w = guarded(t, new(taken).take, func(c *consent.Config) {
		c.Authorize = func(context.Context, circle.Actor, consent.Command) error {
			if refuses {
				return errors.New("guests write nothing here")
			}
			return nil
		}
	})
	refuses = true
	w.unchanged(func() { w.no(consent.NotHandedOver, gus, signal) })
	w = guarded(t, nil)
	w.unchanged(func() { w.no(consent.NotHandedOver, gus, signal) })
	w.engine.Look(func(s *consent.State) {
		_, err := s.Decide(circle.Actor{By: gus}, w.now, signal)
		require.ErrorIs(t, err, circle.ErrNotNow, "the law alone hands nothing over, and records nothing")
	})
	w = newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Safeguard = new(taken).take })
	w.unchanged(func() { w.no(consent.NobodySafeguards, gus, signal) })
	w = emptyWorld(t)
	w.no(circle.NotFounded, gus, signal)
}

// TestSafeguardingHoldsUpNobody: CP-22, while the host takes its time everybody else
// goes on, and once it has the words the record is made, also when who sent them has
// gone.
func TestSafeguardingHoldsUpNobody(t *testing.T) {
	began, goes := make(chan bool), make(chan bool)
	w := guarded(t, func(context.Context, consent.SafeguardingSignal) error { began <- true; <-goes; return nil })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { _, err := w.engine.Do(ctx, circle.Actor{By: gus}, signal, consent.WithID("s1")); done <- err }()
	<-began
	w.submit("q")
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	cancel()
	goes <- true
	require.NoError(t, <-done)
	require.Equal(t, []consent.SignalID{"s1"}, w.signals())
	w.replays()
}

// TestSafeguardingHandedOverAndNotRecorded: CP-22, S5: when the store fails after the
// words went out, that is said, and sending it again records it under the same
// reference.
func TestSafeguardingHandedOverAndNotRecorded(t *testing.T) {
	var got taken
	store := &badStore{Memory: &ledger.Memory{}}
	w := emptyWorld(t, func(c *consent.Config) { c.Store, c.Safeguard = store, got.take })
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{ana}})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Safeguarding: &circle.Safeguarding{Leads: []circle.PersonID{ana}}}})
	general := consent.RaiseSafeguarding{Words: text(canary)}
	for _, fails := range []func(){func() { store.before = 1 }, func() { store.after = 1 }} {
		fails()
		_, err := w.engine.Do(t.Context(), circle.Actor{By: gus}, general, consent.WithID("s1"))
		require.ErrorIs(t, err, consent.ErrHandedOver)
		require.ErrorIs(t, err, errBroken)
	}
	w.must(gus, general, consent.WithID("s1"))
	require.Equal(t, []consent.SignalID{"s1"}, w.signals())
	for _, s := range got {
		require.Equal(t, consent.SignalID("s1"), s.ID)
	}
	require.Contains(t, w.engine.Due(w.now), consent.Due{At: w.now, What: "safeguarding-waits", Of: "s1", Past: true}, "no time is said: it is due at once")
}

// TestSafeguardingThatDoesNotArrive: where the record of a signal is lost on its way, its sender is told that the
// words went out and that nobody knows of the record (CP-22, D3).
func TestSafeguardingThatDoesNotArrive(t *testing.T) {
	var got taken
	w := guarded(t, got.take)
	b := w.belt()
	b.breaks = 1
	w.open(func(c *consent.Config) { c.Store, c.Vault, c.Safeguard = blindable{b}, blindable{b}, got.take })
	_, err := w.engine.Do(t.Context(), circle.Actor{By: ana}, signal, consent.WithID("s1"))
	require.ErrorIs(t, err, consent.ErrHandedOver)
	require.ErrorIs(t, err, consent.ErrUnknown)
	require.Empty(t, w.signals())
	w.must(ana, signal, consent.WithID("s1"))
	require.Equal(t, []consent.SignalID{"s1"}, w.signals())
	require.Len(t, got, 2)
	w.replays()
}

// TestSetAside: CP-22, what a signal sets aside stands still until one of those who
// act says that it goes on; no clock of it runs meanwhile, and it goes on where it was.
func TestSetAside(t *testing.T) {
	aside := signal
	aside.SetAside = true
	w := newWorld(t, setting{Full: 3, Rules: plainSilent}, func(c *consent.Config) { c.Safeguard = new(taken).take })
	rules := plainSilent
	rules.Safeguarding = &circle.Safeguarding{Leads: []circle.PersonID{gus}}
	w.must(host, circle.AgreeRules{Circle: den, Rules: rules})
	w.put("p")
	w.consents("p", ana, ben)
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	until := w.process("p").Until
	require.False(t, until.IsZero())

	w.no(consent.NotSetAside, gus, consent.GoOn{Proposal: "p"})
	w.must(cia, aside)
	w.must(cia, aside) // and again: it is set aside already
	w.no(consent.IsSetAside, cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.no(consent.IsSetAside, ana, consent.Park{Proposal: "p", Owner: ana, Wake: w.now.Add(day), Reason: reason})
	w.no(consent.IsSetAside, ana, consent.Ask{ID: "stop", Circle: den, Question: text("Do we drop it?"),
		Enacts: []circle.Deed{proposal.Drop{Proposal: "p", Reason: text("It rests")}}})
	w.must(ben, proposal.AttachRendition{Proposal: "p", Version: 1, Format: circle.EasyRead, Text: text("Sundays")})
	w.no(consent.NotALead, ana, consent.GoOn{Proposal: "p"})
	w.awaits(consent.Awaited{Who: []circle.PersonID{gus}, What: "consent.go-on"})
	require.Empty(t, w.later(30*day), "no clock runs")
	require.Equal(t, consent.StageLastCall, w.stage("p"))

	w.must(gus, consent.GoOn{Proposal: "p"})
	require.Equal(t, until.Add(30*day), w.process("p").Until, "with the time that it had left")
	w.replays()
	require.NotEmpty(t, w.at(until.Add(30*day)))
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestSetAsideWhileAnAnswerIsAwaited: CP-22, M-175, while a case is set aside nobody runs out of time to say whether an
// answer meets their objection; they have what was left when it goes on, and that is what is said.
func TestSetAsideWhileAnAnswerIsAwaited(t *testing.T) {
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Chair: true, Rule: consent.Plain.Rule, Objections: byAnswer}}
		c.Safeguard = new(taken).take
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own", Safeguarding: &circle.Safeguarding{Leads: []circle.PersonID{gus}}}})
	w.stuck("p", "o")
	w.must(ana, objection.Answer{Objection: "o", Answer: text("Ben bakes")})
	ends := w.now.Add(14 * day)
	w.later(day)
	aside := signal
	aside.SetAside = true
	w.must(ben, aside)
	require.Empty(t, w.later(30*day), "no clock runs")
	w.must(gus, consent.GoOn{Proposal: "p"})
	ends = ends.Add(30 * day)
	w.awaits(consent.Awaited{Who: []circle.PersonID{cia}, What: "objection.accept", By: ends})
	require.Contains(t, w.engine.Due(w.now), consent.Due{At: ends, What: "acknowledgement-ends", Of: "p", Part: "o"})
	w.replays()
	require.Empty(t, w.at(ends.Add(-1)))
	require.NotEmpty(t, w.at(ends))
	w.replays()
}

// A watchedVault remembers what was put into it.
type watchedVault struct {
	ledger.Memory
	parts []ledger.Part
}

func (v *watchedVault) Put(ctx context.Context, parts []ledger.Part) error {
	v.parts = append(v.parts, parts...)
	return v.Memory.Put(ctx, parts)
}

// TestSafeguardingLeavesNoWords: CP-22, whatever somebody says, about whatever, by
// whatever way it came in: nothing of it is in the ledger or the vault, nor who said
// it, and what the ledger says does not differ by what it was about.
func TestSafeguardingLeavesNoWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`canary[a-z]{4,12}( [a-zäß]{1,9}){0,3}`).Draw(t, "words")
		by := circle.Actor{By: circle.PersonID(rapid.StringMatching(`who-[a-z]{8}`).Draw(t, "by"))}
		if rapid.Bool().Draw(t, "written down") {
			by.RecordedBy = "who-wrote-it-down"
		}
		c := consent.RaiseSafeguarding{Words: circle.Say(words)}
		subject := rapid.SampledFrom([]func(){func() {}, func() { c.Proposal = "subject-1" }, func() { c.Need = "subject-2" }}).Draw(t, "about")
		subject()
		var got taken
		var vault *watchedVault
		raised := func(c consent.RaiseSafeguarding, by circle.Actor) *world {
			got = nil
			vault = &watchedVault{}
			w := emptyWorld(t, func(c *consent.Config) { c.Safeguard, c.Vault = got.take, vault })
			w.must(host, circle.Found{ID: den, Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "baking"}}, Members: []circle.PersonID{ana}})
			w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Safeguarding: &circle.Safeguarding{Leads: []circle.PersonID{ana}}}})
			w.must(ana, proposal.OpenNeed{ID: "subject-2", Circle: den, Text: circle.Say("Need")})
			w.must(ana, proposal.Submit{ID: "subject-1", Circle: den, Text: circle.Say("Text")})
			_, err := w.engine.Do(context.Background(), by, c, consent.WithID("s1"))
			require.NoError(t, err)
			return w
		}
		w := raised(c, by)
		require.Equal(t, words, got[0].Words)
		require.Equal(t, by, got[0].By)
		entries := w.bytes()
		last := string(entries[len(entries)-1])
		for _, leak := range append(strings.Fields(words), string(by.By), "wrote-it-down", "subject-") {
			if len(leak) > 3 {
				require.NotContains(t, last, leak)
			}
		}
		for _, e := range entries {
			require.NotContains(t, string(e), words)
		}
		for _, part := range vault.parts {
			require.NotEqual(t, "s1", part.Of, "no part of it lies in the vault")
		}
		plain := raised(consent.RaiseSafeguarding{Words: circle.Say("Something else")}, circle.Actor{By: "another"})
		require.Equal(t, plain.bytes(), entries, "what it is about, and who said it, changes no byte")
	})
}

package consent_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// sealing is a circle whose answers are sealed.
func sealing(t *testing.T, wk *walk, m consent.Method, change ...func(*consent.Config)) *world {
	t.Helper()
	m.Name, m.Hidden, m.Concerns = "own", consent.HiddenSealed, true
	if m.Rule.IsZero() {
		m.Rule = consent.Plain.Rule
	}
	require.NoError(t, m.Check())
	w := walking(t, wk, setting{Full: 3}, append(change, func(c *consent.Config) { c.Methods = []consent.Method{m} })...)
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.put("p")
	return w
}

// seals lets people seal what they say to p.
func (w *world) seals(said string, list ...circle.PersonID) (last consent.Receipt) {
	w.t.Helper()
	for _, who := range list {
		last = w.must(who, consent.SealAnswer{Proposal: "p", Answer: text(said)})
	}
	return last
}

// TestASealedAnswerTellsNothing: what somebody sealed is not in the ledger, and
// nothing there hangs on it but a salted commitment: neither the entry nor the
// digest of the command, and not even whether there is a reason (M-108).
func TestASealedAnswerTellsNothing(t *testing.T) {
	var told [][]byte
	for _, c := range []consent.SealAnswer{
		{Proposal: "p", Answer: text(consent.Consents)},
		{Proposal: "p", Answer: text(consent.Objects)},
		{Proposal: "p", Answer: text(consent.Consents), Reason: text("We need the money")},
	} {
		w := sealing(t, nil, consent.Method{})
		r := w.must(ana, c, consent.WithID("k"))
		entry, err := w.engine.Entry(t.Context(), r.Position)
		require.NoError(t, err)
		require.Len(t, entry.Parts, 1)
		require.Len(t, entry.Events, 1)
		require.Equal(t, "consent.answer-sealed", entry.Events[0].Wire())
		bytes := w.bytes()[r.Position]
		told = append(told, []byte(without(string(bytes), entry.Parts[0].Commitment)))
	}
	require.Equal(t, string(told[0]), string(told[1]))
	require.Equal(t, string(told[0]), string(told[2]))
}

func without(s, part string) string {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return s[:i] + s[i+len(part):]
		}
	}
	return s
}

// TestSealedAnswers is the law of sealed answers: what may be done before they
// are revealed, and what after (M-108).
func TestSealedAnswers(t *testing.T) {
	w := sealing(t, nil, consent.Method{})
	w.seals(consent.Objects, ana)
	w.no(consent.AnswersSealed, ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.no(consent.AnswersSealed, ben, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("Nobody bakes")})
	w.no(consent.AnswersSealed, ben, objection.Voice{ID: "o", Proposal: "p", Text: text("It is early")})
	w.no(consent.AnswersSealed, ana, consent.CloseRound{Proposal: "p"})
	w.no(consent.StanceNotOffered, ben, consent.SealAnswer{Proposal: "p", Answer: text("abstain")})
	w.no(consent.NoConsentRight, lou, consent.SealAnswer{Proposal: "p", Answer: text(consent.Consents)})
	w.no(consent.OldVersion, ben, consent.SealAnswer{Proposal: "p", Version: 7, Answer: text(consent.Consents)})
	w.seals(consent.Consents, ana) // in the place of the first
	w.seals(consent.Consents, ben)
	require.Equal(t, consent.StageDecide, w.stage("p"))
	r := w.seals(consent.Consents, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	shown := r.Events[1].(*consent.Revealed)
	require.Equal(t, []circle.PersonID(nil), shown.Missing)
	require.Len(t, shown.Answers, 3, "each person's last answer counts, once")
	w.no(consent.Ended, cia, consent.SealAnswer{Proposal: "p", Answer: text(consent.Objects)})
	w.replays()

	open := newWorld(t, setting{Full: 3})
	open.put("p")
	open.no(objection.NotByMethod, ana, consent.SealAnswer{Proposal: "p", Answer: text(consent.Consents)})
}

// TestASealedObjectionIsNotSilence: an objection that was sealed and has no
// words yet is never taken for consent, nor is an answer whose words are gone,
// also where silence counts as consent; and neither is a dead end (M-108, M-157).
func TestASealedObjectionIsNotSilence(t *testing.T) {
	m := consent.Method{Window: consent.Window{For: week, Silence: consent.SilenceConsents}}
	w := sealing(t, nil, m)
	w.seals(consent.Consents, ana)
	w.seals(consent.Objects, cia)
	w.no(consent.WindowRuns, ana, consent.Reveal{Proposal: "p"})
	w.later(7 * day)
	require.Equal(t, consent.StageDecide, w.stage("p"), "ben's silence counts, and cia's objection waits for its words")
	require.Equal(t, []circle.PersonID{cia}, w.process("p").Round.Awaited())
	w.objects("p", "o", cia)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.replays()

	w = sealing(t, nil, m) // everybody has time: nothing is revealed before its end
	w.seals(consent.Consents, ana, ben, cia)
	require.True(t, w.process("p").Round.Veiled)
	w.seals(consent.Objects, ben)
	w.later(7 * day)
	require.Equal(t, []circle.PersonID{ben}, w.process("p").Round.Awaited())
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Consents}) // openly, for all to see
	require.Equal(t, consent.StageAdopted, w.stage("p"))
}

// TestSealedWordsThatAreGone: whose sealed words were erased or damaged has given
// no answer: they are asked again, and nobody else's answer is lost. While the
// vault cannot answer, nothing happens. Replay needs no vault (M-108).
func TestSealedWordsThatAreGone(t *testing.T) {
	for _, gone := range []error{ledger.ErrNoPart, ledger.ErrErased} {
		sealedWordsThatAreGone(t, gone)
	}
}

func sealedWordsThatAreGone(t *testing.T, gone error) {
	t.Helper()
	vault := &forgetful{badVault: badVault{Memory: &ledger.Memory{}}}
	w := sealing(t, nil, consent.Method{}, func(c *consent.Config) { c.Vault = vault })
	w.seals(consent.Consents, ana, ben)
	vault.gets = 1
	w.unchanged(func() {
		_, err := w.engine.Do(t.Context(), circle.Actor{By: cia}, consent.SealAnswer{Proposal: "p", Answer: text(consent.Consents)})
		require.ErrorIs(t, err, errBroken)
	})
	vault.gone = map[string]error{commitmentOf(t, w, ana): gone, commitmentOf(t, w, ben): &ledger.CorruptError{Part: "that of ben"}}
	r := w.seals(consent.Consents, cia)
	shown := r.Events[1].(*consent.Revealed)
	require.Equal(t, []circle.PersonID{ana, ben}, shown.Gone)
	require.Equal(t, []consent.OpenedAnswer{{By: cia, Answer: consent.Consents}}, shown.Answers)
	require.Equal(t, []circle.PersonID{ana, ben}, w.process("p").Round.Awaited())
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(told), "were revealed together; cia: consent; the words of their answers are gone: ana and ben.")
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	held := w.digest()
	w.open(func(c *consent.Config) {
		c.Vault = &ledger.Memory{}
		c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule}}
	})
	require.Equal(t, held, w.digest(), "the ledger comes to the same without any words")
}

// TestSealedWordsBehindDamage: while the entry cannot be read that binds somebody's
// sealed words, nobody knows that they are gone. The answers stay sealed, and are
// revealed when it can be read again (D5).
func TestSealedWordsBehindDamage(t *testing.T) {
	var bad *spoiled
	w := sealing(t, nil, consent.Method{}, func(c *consent.Config) {
		bad = &spoiled{Memory: c.Store.(*ledger.Memory)}
		c.Store = bad
	})
	last := w.seals(consent.Consents, ana, ben).Position
	bad.at = &last
	w.unchanged(func() {
		_, err := w.engine.Do(t.Context(), circle.Actor{By: cia}, consent.SealAnswer{Proposal: "p", Answer: text(consent.Consents)})
		require.ErrorIs(t, err, ledger.ErrCorrupt)
	})
	bad.at = nil
	w.seals(consent.Consents, cia)
	require.Equal(t, consent.StageAdopted, w.stage("p"), "nobody's answer was lost")
}

// A spoiled store cannot read one entry.
type spoiled struct {
	*ledger.Memory
	at *uint64
}

func (s *spoiled) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		pos := from
		for b, err := range s.Memory.Read(ctx, from) {
			if s.at != nil && pos == *s.at {
				b, err = nil, &ledger.CorruptError{Entry: pos, What: "a bit is another"}
			}
			if !yield(b, err) || err != nil {
				return
			}
			pos++
		}
	}
}

// A forgetful vault has lost some parts.
type forgetful struct {
	badVault
	gone map[string]error
}

func (v *forgetful) Get(ctx context.Context, c ledger.Commitment) (ledger.Part, error) {
	if err := v.gone[c.String()]; err != nil {
		return ledger.Part{}, err
	}
	return v.badVault.Get(ctx, c)
}

// commitmentOf is the commitment of the answer that somebody sealed.
func commitmentOf(t *testing.T, w *world, who circle.PersonID) (out string) {
	t.Helper()
	for r, err := range w.engine.Entries(t.Context(), 0) {
		require.NoError(t, err)
		if e, ok := r.Entry.Events[0].(*consent.AnswerSealed); ok && e.By == who {
			out = r.Entry.Parts[0].Commitment
		}
	}
	return out
}

// TestWhoSeesAnswers: by a method that hides answers until one has given one's
// own, a host shows none before; of sealed ones it shows only who gave them
// (M-207).
func TestWhoSeesAnswers(t *testing.T) {
	w := byOwn(t, nil, consent.Method{Name: "own", Rule: consent.Plain.Rule, Hidden: consent.HiddenUntilOwn})
	w.put("p")
	w.consents("p", ana)
	_, err := w.engine.Answers(ben, "p")
	require.Same(t, consent.NotShownYet, codeOf(t, err))
	for _, who := range []circle.PersonID{ana, lou} { // who has answered, and who has no answer to give
		list, err := w.engine.Answers(who, "p")
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, consent.Consents, list[0].Position)
	}
	w.consents("p", ben)
	list, err := w.engine.Answers(ben, "p")
	require.NoError(t, err)
	require.Len(t, list, 2)
	_, err = w.engine.Answers(ben, "nothing")
	require.Same(t, proposal.UnknownProposal, codeOf(t, err))

	w = sealing(t, nil, consent.Method{})
	w.seals(consent.Objects, ana)
	for _, who := range []circle.PersonID{ana, ben} {
		list, err := w.engine.Answers(who, "p")
		require.NoError(t, err)
		require.Equal(t, []consent.Answer{{Seat: ana, Version: 1}}, list)
	}
}

// codeOf is the code of a refusal.
func codeOf(t *testing.T, err error) *circle.Code {
	t.Helper()
	var no *circle.Refusal
	require.ErrorAs(t, err, &no)
	return no.Code
}

// TestTooManyToSeal: answers are revealed in one entry, so a circle that is too
// large for one decides by another method (M-108).
func TestTooManyToSeal(t *testing.T) {
	w := emptyWorld(t)
	found := circle.Found{ID: den, Aim: text("Bread"), Rules: circle.Rules{Method: "signals"}}
	for i := range 201 {
		found.Members = append(found.Members, circle.PersonID(fmt.Sprintf("p-%d", i)))
	}
	w.must("p-0", found)
	w.must("p-0", proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
	w.no(consent.TooManyToSeal, "p-0", consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
}

// walkSealed uses the ways of sealed answers.
func walkSealed(t *testing.T, wk *walk) {
	w := sealing(t, wk, consent.Method{})
	w.seals(consent.Consents, ana, ben)
	w.must(ana, consent.Skip{Proposal: "p", Person: cia})
	w.must(ana, consent.Reveal{Proposal: "p"})
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	for _, c := range []struct {
		last  string
		stage consent.Stage
	}{{consent.Consents, consent.StageAdopted}, {consent.Objects, consent.StageDecide}} {
		w = sealing(t, wk, consent.Method{})
		w.seals(consent.Consents, ana, ben)
		w.seals(c.last, cia)
		require.Equal(t, c.stage, w.stage("p"))
	}
	w = sealing(t, wk, consent.Method{LastCall: week, Clock: consent.RunsOn})
	w.seals(consent.Consents, ana, ben, cia)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w = sealing(t, wk, consent.Method{})
	w.seals(consent.Consents, ana)
	w.must(ana, consent.Reveal{Proposal: "p"})
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.no(consent.NothingSealed, ana, consent.Reveal{Proposal: "p"})
	walkSealedClosing(t, wk)
	walkSealedRule(t, wk)
}

// walkSealedClosing reveals where everybody who answered consents: who was
// skipped may have left, and an objection of somebody who is not there holds it
// up.
func walkSealedClosing(t *testing.T, wk *walk) {
	w := sealing(t, wk, consent.Method{})
	w.seals(consent.Consents, ana, ben)
	w.must(cia, circle.Leave{Circle: den})
	w.must(ana, consent.Skip{Proposal: "p", Person: cia})
	w.must(ana, consent.Reveal{Proposal: "p"})
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	for _, reveals := range []bool{false, true} {
		w = sealing(t, wk, consent.Method{})
		w.seals(consent.Consents, ana, ben)
		w.seals(consent.Objects, cia)
		w.objects("p", "o", cia)
		w.meets("p", "o")
		w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now, Items: []proposal.ID{"p"}})
		w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.seals(consent.Consents, ana)
		if reveals {
			w.must(ana, consent.Skip{Proposal: "p", Person: ben})
			w.must(ana, consent.Reveal{Proposal: "p"})
		} else {
			w.seals(consent.Consents, ben)
		}
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
	}
}

// walkSealedRule uses the ways by which a rule of the host's own says no.
func walkSealedRule(t *testing.T, wk *walk) {
	for _, reveals := range []bool{false, true} {
		says := consent.Declined
		w := sealing(t, wk, consent.Method{Rule: ownRule}, func(c *consent.Config) {
			c.Rules = consent.Kinds{ownRule: func(string) (consent.Rule, error) { return verdictRule{&says}, nil }}
		})
		w.seals(consent.Consents, ana, ben)
		if reveals {
			w.must(ana, consent.Skip{Proposal: "p", Person: cia})
			w.must(ana, consent.Reveal{Proposal: "p"})
		} else {
			w.seals(consent.Consents, cia)
		}
		require.Equal(t, consent.StageNotAdopted, w.stage("p"))
	}
}

// TestSealedWordsAreOwed: when the time is over and somebody sealed an objection, or a sealed answer is gone, nothing is decided, not
// even that nothing is adopted; where nothing is owed, it is (M-108).
func TestSealedWordsAreOwed(t *testing.T) {
	for name, c := range map[string]struct {
		says map[circle.PersonID]string
		gone circle.PersonID
		want consent.Stage
	}{
		"an objection has no words":         {map[circle.PersonID]string{ana: consent.Consents, cia: consent.Objects}, "", consent.StageDecide},
		"an answer is gone":                 {map[circle.PersonID]string{ana: consent.Consents, cia: consent.Consents}, cia, consent.StageDecide},
		"everybody consents":                {map[circle.PersonID]string{ana: consent.Consents, ben: consent.Consents, cia: consent.Consents}, "", consent.StageAdopted},
		"somebody says nothing":             {map[circle.PersonID]string{ana: consent.Consents, cia: consent.Consents}, "", consent.StageNotAdopted},
		"somebody says nothing, nor others": {nil, "", consent.StageNotAdopted},
	} {
		t.Run(name, func(t *testing.T) {
			vault := &forgetful{badVault: badVault{Memory: &ledger.Memory{}}}
			w := sealing(t, nil, consent.Method{Window: consent.Window{For: week, Lapses: true}}, func(c *consent.Config) { c.Vault = vault })
			for _, who := range everybody {
				if said, says := c.says[who]; says {
					w.seals(said, who)
				}
			}
			if c.gone != "" {
				vault.gone = map[string]error{commitmentOf(t, w, c.gone): ledger.ErrErased}
			}
			w.later(7 * day)
			require.Equal(t, c.want, w.stage("p"))
			w.replays()
		})
	}
}

// TestSealedConsentAccepts: who seals consent to a version that meets their objection accepts how it does; who seals an objection,
// or says that they object after all, accepts nothing (M-108, M-174).
func TestSealedConsentAccepts(t *testing.T) {
	for said, settled := range map[string]bool{consent.Consents: true, consent.Objects: false} {
		w := sealing(t, nil, consent.Method{})
		w.seals(consent.Consents, ana, ben)
		w.seals(consent.Objects, cia)
		w.objects("p", "o", cia)
		w.meets("p", "o")
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.seals(consent.Consents, ana, ben)
		w.seals(said, cia)
		w.engine.Look(func(s *consent.State) { require.Equal(t, settled, len(s.Objections.Standing("p")) == 0) })
		require.Equal(t, settled, w.stage("p") == consent.StageAdopted)
		w.replays()
	}
}

// TestSealedOtherwise: M-108. A position that the method offers beside consent is sealed like an answer.
func TestSealedOtherwise(t *testing.T) {
	w := sealing(t, nil, consent.Method{Stances: []consent.Stance{consent.Abstains}})
	w.seals(string(consent.Abstains), cia)
	w.replays()
}

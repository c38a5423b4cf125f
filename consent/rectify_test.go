package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/proposal"
)

// need is where the words of a need stand.
func (w *world) need(id proposal.NeedID) (t circle.Text) {
	w.engine.Look(func(s *consent.State) { t = s.Matters.Need(id).Text })
	return t
}

// right asks that words are put right.
func right(t circle.Text, words string, change ...func(*consent.Rectify)) consent.Rectify {
	pos, part := t.Place()
	ask := consent.Rectify{Entry: pos, Part: part, Text: text(words), Flaw: consent.FlawName}
	for _, f := range change {
		f(&ask)
	}
	return ask
}

func asNote(r *consent.Rectify)   { r.Beside = true }
func takesOld(r *consent.Rectify) { r.Erase = true }

// rectified is a circle in which ana has said something that is wrong.
func rectified(t *testing.T) (*world, func(by circle.Actor, ask consent.Rectify) error) {
	w, _ := forgettable(t)
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	return w, func(by circle.Actor, ask consent.Rectify) error {
		_, err := w.engine.Rectify(t.Context(), by, ask)
		return err
	}
}

// TestRectify: GDPR Article 16, CP-23: what somebody said for themselves they put right;
// it is shown so with the date, the entry stays as it was, and an erasure takes both.
func TestRectify(t *testing.T) {
	w, rectify := rectified(t)
	words := w.need("n")
	was := w.bytes()
	w.now = w.now.Add(24 * time.Hour)
	got, err := w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(words, "Mr Braun is cold"), consent.WithID("once"))
	require.NoError(t, err)
	again, err := w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(words, "Mr Braun is cold"), consent.WithID("once"))
	require.NoError(t, err)
	require.Equal(t, got, again, "sent twice, it takes effect once")
	require.Equal(t, was, w.bytes()[:len(was)])
	require.Len(t, w.bytes(), len(was)+1)

	said, err := w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.Equal(t, "Mr Braun is cold (put right on 24 November 2026)", said.String())
	require.Equal(t, consent.Righting{Entry: uint64(len(was)), At: w.now, By: ana, Of: ana, Flaw: consent.FlawName}, *said.Right)
	now, err := w.engine.Words(t.Context(), words)
	require.NoError(t, err)
	require.Equal(t, "Mr Braun is cold", now)

	require.NoError(t, w.engine.ResumeErasures(t.Context()), "nobody asked for the old words to go")
	records := w.records(ana)
	var old, new string
	for _, r := range records.Entries {
		for _, s := range r.Words {
			if s.Right != nil {
				old = s.Text
				require.Equal(t, consent.RecordRight{Entry: uint64(len(was)), Part: 1, At: w.now}, *s.Right)
			}
			if r.Position == uint64(len(was)) {
				new = s.Text
			}
		}
	}
	require.Equal(t, []string{"Mr Brown is cold", "Mr Braun is cold"}, []string{old, new}, "she sees both")

	// The newest counts, also where it is named by the place of the one before.
	require.NoError(t, rectify(circle.Actor{By: ana}, right(got.Text.Text(), "Ms Braun is cold")))
	now, err = w.engine.Words(t.Context(), words)
	require.NoError(t, err)
	require.Equal(t, "Ms Braun is cold", now)
	require.NoError(t, rectify(circle.Actor{By: ana}, right(words, "He has a heater", asNote)))
	said, err = w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.Len(t, said.Notes, 1)
	require.Equal(t, "He has a heater", said.Notes[0].Note)
	require.Greater(t, said.Right.Entry, uint64(len(was)), "that of the second time")
	w.replays()

	_, err = w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	said, err = w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.Equal(t, "(these words were erased on 24 November 2026: it was asked for) (put right on 24 November 2026) (note of 24 November 2026: “(these words were erased on 24 November 2026: it was asked for)”)", said.String())
	for _, r := range w.records(ana).Entries {
		require.Empty(t, r.Words)
	}
	w.replays()
}

// TestRectifiedIsShown: explanations, minutes and the register show words as they were
// put right, and notes beside what was decided on.
func TestRectifiedIsShown(t *testing.T) {
	w, rectify := rectified(t)
	w.now = w.now.Add(24 * time.Hour)
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents, Reason: text("As Mr Brown said")})
	pos, _ := w.engine.Head()
	w.consents("p", ben, cia)
	var reason, wording circle.Text
	reason.Bind(pos-1, 1)
	w.engine.Look(func(s *consent.State) { wording = s.Matters.Proposal("p").Current().Text })
	require.NoError(t, rectify(circle.Actor{By: ana}, right(reason, "As Mr Braun said")))
	require.NoError(t, rectify(circle.Actor{By: ben}, right(wording, "From noon to four", asNote)))

	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	all := ""
	for _, s := range told {
		all += s.Says + "\n"
	}
	require.Contains(t, all, "“As Mr Braun said” (put right on 24 November 2026)")
	require.NotContains(t, all, "Mr Brown")
	require.Contains(t, all, "“Open on Sundays” (note of 24 November 2026 by ben: “From noon to four”)")
	register, err := logbook.Register(t.Context(), w.engine, den)
	require.NoError(t, err)
	require.Equal(t, "Open on Sundays (note of 24 November 2026 by ben: “From noon to four”)", register[0].Text)
	now, err := w.engine.Words(t.Context(), wording)
	require.NoError(t, err)
	require.Equal(t, "Open on Sundays", now, "what was agreed is what it was (S3)")
}

// TestWhoMayRectify: CP-23: who said it, and the Secretary for whom it is about; and what
// others decide on stays as it was heard (S3).
func TestWhoMayRectify(t *testing.T) {
	w, rectify := rectified(t)
	words := w.need("n")
	var wording circle.Text
	w.engine.Look(func(s *consent.State) { wording = s.Matters.Proposal("p").Current().Text })
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.objects("p", "o", cia)
	size, _ := w.engine.Head()
	var argument circle.Text
	argument.Bind(size-1, 1)
	nowhere := right(words, "x")
	nowhere.Part = 2
	for _, c := range []struct {
		by   circle.PersonID
		ask  consent.Rectify
		code *circle.Code
	}{
		{cia, right(words, "x"), consent.NotYourWords},
		{nemo, right(words, "x"), consent.NotYourWords},
		{ana, nowhere, consent.UnknownWords},
		{ana, consent.Rectify{Entry: 10_000, Part: 1, Text: text("x"), Flaw: consent.FlawSlip}, consent.UnknownWords},
		{ana, consent.Rectify{Entry: size - 1, Part: 1, Text: text("x"), Flaw: "typo"}, consent.BadField},
		{ana, consent.Rectify{Entry: size - 1, Part: 1, Flaw: consent.FlawSlip}, consent.MissingField},
		{ana, right(wording, "Open on Mondays"), consent.OthersDecideOnIt},
		{ben, right(wording, "Open on Mondays"), consent.OthersDecideOnIt},
		{cia, right(argument, "It is too far"), consent.OthersDecideOnIt},
		{cia, right(wording, "x", asNote), consent.NotYourWords},
		{ana, right(words, "x", asNote, takesOld), consent.NoteTakesNothing},
	} {
		w.refused(c.code, rectify(circle.Actor{By: c.by}, c.ask))
	}
	w.refused(consent.NotYourWords, rectify(circle.Actor{By: ana, For: cia}, right(words, "x")))
	w.refused(consent.NotAuthorized, rectify(circle.Actor{By: ana, Clock: true}, right(words, "x")))
	after, _ := w.engine.Head()
	require.Equal(t, size, after, "a refusal leaves nothing behind")

	require.NoError(t, rectify(circle.Actor{By: cia}, right(argument, "I meant the shop in Mill Lane", asNote)))
	require.NoError(t, rectify(circle.Actor{By: ben}, right(words, "Mr Braun is cold")))
	said, err := w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.Equal(t, "Mr Braun is cold (put right on 23 November 2026 by ben)", said.String())
	w.must(ana, circle.Leave{Circle: den})
	require.NoError(t, rectify(circle.Actor{By: ana}, right(words, "Mr Brown was cold")), "who has left may, too")
	_, err = w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.NoError(t, err)
	w.refused(consent.WordsAreGone, rectify(circle.Actor{By: ana}, right(words, "x")))
	w.replays()
}

// TestNoRectifyingOfOwnRecords: what the engine keeps for itself is nobody's to change.
func TestNoRectifyingOfOwnRecords(t *testing.T) {
	w, rectify := rectified(t)
	h, err := w.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ben}, consent.LegalHold{Person: cia, Ground: consent.HoldLaw})
	require.NoError(t, err)
	for _, by := range []circle.PersonID{ana, ben, cia} {
		w.refused(consent.UnknownWords, rectify(circle.Actor{By: by}, right(h.Who, "ana", asNote)))
	}
	require.NoError(t, w.engine.ReleaseLegalHold(t.Context(), circle.Actor{By: ben}, h.ID))
}

// TestRectifyErases: the words that stood there are made unreadable if that is asked for,
// all of them, and are told as such; not while a law keeps them, and not by a vault that
// cannot forget.
func TestRectifyErases(t *testing.T) {
	w, rectify := rectified(t)
	words := w.need("n")
	h, err := w.engine.PlaceLegalHold(t.Context(), circle.Actor{By: ben}, consent.LegalHold{Person: ana, Ground: consent.HoldLaw})
	require.NoError(t, err)
	w.refused(consent.KeptByLaw, rectify(circle.Actor{By: ana}, right(words, "x", takesOld)))
	require.NoError(t, rectify(circle.Actor{By: ana}, right(words, "Mr Braun is cold")), "the old words are kept")
	require.NoError(t, w.engine.ReleaseLegalHold(t.Context(), circle.Actor{By: ben}, h.ID))

	done, err := w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(words, "Somebody is cold", takesOld))
	require.NoError(t, err)
	require.Equal(t, w.now, done.Erased)
	said, err := w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.Equal(t, "Somebody is cold (put right on 23 November 2026)", said.String())
	var texts []string
	for _, r := range w.records(ana).Entries {
		for _, s := range r.Words {
			texts = append(texts, s.Text)
		}
	}
	require.NotContains(t, texts, "Mr Brown is cold")
	require.NotContains(t, texts, "Mr Braun is cold")
	require.Contains(t, texts, "Somebody is cold")
	w.replays()

	plain := newWorld(t, setting{Full: 3, Secretary: ben})
	plain.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	_, err = plain.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(plain.need("n"), "x", takesOld))
	plain.refused(consent.CannotForget, err)
	_, err = plain.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(plain.need("n"), "Mr Braun is cold"))
	require.NoError(t, err)
}

// TestRectifyIsCutShort: wherever the power goes when words are put right and the old
// ones erased, all of it comes to pass or nothing has.
func TestRectifyIsCutShort(t *testing.T) {
	cuts, finished := 0, false
	for steps := 1; !finished; steps++ {
		for _, done := range []bool{false, true} {
			w, v := forgettable(t)
			w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
			words := w.need("n")
			power := &cut{w.store, v, steps, done}
			before, _ := w.engine.Head()
			w.open(func(c *consent.Config) { c.Store, c.Vault = power, power })
			_, err := w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(words, "Mr Braun is cold", takesOld))
			if finished = err == nil; finished {
				break
			}
			cuts++
			w.open(func(c *consent.Config) { c.Vault = v })
			size, _ := w.engine.Head()
			due := w.engine.Due(w.now)
			w.at(w.now)
			now, err := w.engine.Words(t.Context(), words)
			require.NoError(t, err)
			if size == before {
				require.Equal(t, "Mr Brown is cold", now)
				continue
			}
			require.Equal(t, "Mr Braun is cold", now)
			if size == before+1 {
				require.Contains(t, due[len(due)-1].What, "erasure-unfinished")
			}
			after, _ := w.engine.Head()
			require.Equal(t, before+2, after)
			for p, err := range v.About(t.Context(), "ana") {
				require.NoError(t, err)
				require.NotContains(t, string(p.Content), "Brown")
			}
			w.replays()
		}
	}
	require.Equal(t, 8, cuts, "the words, the entry, the erasure, and the entry that it is done")
}

// TestHeldWordsHoldUpNoOthers: old words that are held stay, and those of others that are to go, go.
func TestHeldWordsHoldUpNoOthers(t *testing.T) {
	w, v := forgettable(t)
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("Mr Brown is cold")})
	w.must(cia, proposal.OpenNeed{ID: "m", Circle: den, Text: text("Mr Brown is old")})
	cold, old := w.need("n"), w.need("m")
	power := &cut{w.store, v, 3, false} // the words and the entry, and nothing is erased
	w.open(func(c *consent.Config) { c.Store, c.Vault = power, power })
	_, err := w.engine.Rectify(t.Context(), circle.Actor{By: ana}, right(cold, "Mr Braun is cold", takesOld))
	require.ErrorIs(t, err, errCut)
	require.NoError(t, v.Hold(t.Context(), "ana"))
	w.open(func(c *consent.Config) { c.Vault = v })
	w.later(time.Minute)
	done, err := w.engine.Rectify(t.Context(), circle.Actor{By: cia}, right(old, "Mr Braun is old", takesOld))
	require.NoError(t, err)
	require.Equal(t, w.now, done.Erased)
	for who, words := range map[string]string{"ana": "Mr Brown is cold", "cia": "Mr Brown is old"} {
		kept := false
		for p, err := range v.About(t.Context(), who) {
			require.NoError(t, err)
			kept = kept || string(p.Content) == words
		}
		require.Equal(t, who == "ana", kept, who)
	}
}

// TestGone: CP-23, "erased on date, on ground X" stands beside each text that was erased,
// and what is lost reads otherwise.
func TestGone(t *testing.T) {
	w, v := forgettable(t, monthly)
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold")})
	w.must(ben, proposal.OpenNeed{ID: "m", Circle: den, Text: text("It is dark")})
	reads := func(id proposal.NeedID) string {
		said, err := w.engine.Said(t.Context(), w.need(id))
		require.NoError(t, err)
		return said.String()
	}
	w.now = w.now.Add(24 * time.Hour)
	_, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, consent.Erasure{Person: ana, Ground: consent.GroundUnlawful})
	require.NoError(t, err)
	require.Equal(t, "(these words were erased on 24 November 2026: they should not have been kept)", reads("n"))
	w.later(30 * day)
	require.Equal(t, "(these words were erased on 24 December 2026: they were kept for as long as the class month is)", reads("m"))
	told, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	require.Contains(t, told[0].Says, "(these words were erased on 24 November 2026: they should not have been kept)")

	// What another has erased by hand has no date; what no vault knows is lost.
	w.must(cia, proposal.OpenNeed{ID: "k", Circle: den, Text: text("It is late")})
	_, err = v.Erase(t.Context(), "cia")
	require.NoError(t, err)
	require.Equal(t, "(these words were erased)", reads("k"))
	_, other := forgettable(t)
	w.open(func(c *consent.Config) { c.Vault = other })
	require.Equal(t, "(these words are lost)", reads("n"))
}

// TestSaidOpenly: words that are not in any vault yet are what they are.
func TestSaidOpenly(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	said, err := w.engine.Said(t.Context(), text("Good morning"))
	require.NoError(t, err)
	require.Equal(t, consent.Said{Words: "Good morning"}, said)
}

package consent_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/objection"
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

// TestFacilitatorSaysItAgain: who facilitates and is a full participant is asked, and nobody else.
func TestFacilitatorSaysItAgain(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: ben}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: consent.Plain.Rule, Confirm: true}}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.put("p")
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	require.Equal(t, consent.StageIntegrate, w.stage("p"))
	w.awaits(consent.Awaited{Who: []circle.PersonID{ben}, What: "objection.restate"})
}

// TestMeetsItsOwnObjections: a new version meets objections to what it changes, and to nothing else.
func TestMeetsItsOwnObjections(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	for _, id := range []proposal.ID{"p", "q"} {
		w.put(id)
		w.objects(id, objection.ID("o-"+id), ben)
		w.consents(id, ana, cia)
		require.Equal(t, consent.StageIntegrate, w.stage(id))
	}
	w.no(consent.NotOfThis, ana, consent.Integrate{Proposal: "p", Text: text("Less"),
		Meets: []consent.Meets{{Objection: "o-q", Tools: []circle.Tool{circle.Amend}}}})
}

// TestInterestedMayPropose: who has an interest in what they propose does not keep it from being
// put, where no one person decides.
func TestInterestedMayPropose(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	before := w.engine.Next("p")
	w.must(ana, consent.DeclareInterest{Proposal: "p", Reason: text("It is mine")})
	require.Equal(t, "consent.open-round", before[0].What)
	require.Equal(t, before, w.engine.Next("p"))
}

// TestOldWordsOfEachKind: of an entry with words of several kinds those go that were kept long
// enough, in whatever place they stand (CP-23).
func TestOldWordsOfEachKind(t *testing.T) {
	w, _ := forgettable(t, func(c *consent.Config) {
		c.Retention = []consent.Retention{{Kind: "why", Class: "month", Keep: 30 * day}}
	})
	r := w.must(ana, proposal.Amend{Proposal: "p", Text: text("Open on Mondays, too"), Why: text("They are quiet")})
	w.later(31 * day)
	var gone []bool
	for n := range 2 {
		var at circle.Text
		at.Bind(r.Position, n+1)
		_, err := w.engine.Words(t.Context(), at)
		gone = append(gone, errors.Is(err, consent.ErrErased))
	}
	require.Equal(t, []bool{false, true}, gone)
}

// TestNoSuchWords: where an entry has no such words, nothing is there to be read, and that is
// said.
func TestNoSuchWords(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.submit("p")
	size, _ := w.engine.Head()
	var at circle.Text
	at.Bind(size-1, 9)
	_, err := w.engine.Words(t.Context(), at)
	require.ErrorIs(t, err, consent.ErrLost)
}

// TestNamesThatAreLost: a name whose words the vault lost keeps nobody from getting one.
func TestNamesThatAreLost(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread")})
	w.must(host, circle.Admit{ID: ana, Name: text("Ana Costa")})
	w.open(func(c *consent.Config) { c.Vault = &ledger.Memory{} })
	w.must(host, circle.Admit{ID: ben, Name: text("Ana Costa")})
}

// A deafStore cannot be read for a while.
type deafStore struct {
	*ledger.Memory
	deaf bool
}

func (s *deafStore) Read(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	if !s.deaf {
		return s.Memory.Read(ctx, from)
	}
	return func(yield func([]byte, error) bool) { yield(nil, ledger.ErrDead) }
}

// TestSentAgainToADeafStore: whoever sends a command again while the store cannot be read is told
// that, and the first time when it can (D3).
func TestSentAgainToADeafStore(t *testing.T) {
	store := &deafStore{}
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		store.Memory = c.Store.(*ledger.Memory)
		c.Store = store
	})
	again := func() (consent.Receipt, error) {
		return w.engine.Do(t.Context(), circle.Actor{By: ana}, submission("p"), consent.WithID("k"))
	}
	first, err := again()
	require.NoError(t, err)
	store.deaf = true
	_, err = again()
	require.ErrorIs(t, err, ledger.ErrDead)
	store.deaf = false
	second, err := again()
	require.NoError(t, err)
	require.True(t, second.Repeated)
	require.Equal(t, first.Position, second.Position)
}

// TestRefusalWaitsForItsGround: who is refused on the ground of what is still on its way to the
// store is told once that has arrived.
func TestRefusalWaitsForItsGround(t *testing.T) {
	w, b := onBelt(t)
	b.hold()
	first := w.send(ana, submission("p"))
	b.carries(1)
	second := w.send(ben, submission("p"))
	silent(t, second)
	b.letGo()
	require.NoError(t, (<-first).err)
	w.refused(circle.TakenID, (<-second).err)
}

// TestEachNeedIsAnswered: for each format that somebody present needs it is said whether the
// meeting met it, for this person and this format (CP-15).
func TestEachNeedIsAnswered(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Bread")})
	for who, format := range map[circle.PersonID]circle.Format{ana: circle.EasyRead, ben: circle.EasyRead} {
		w.must(host, circle.Admit{ID: who, Formats: []circle.Format{format}})
		w.must(host, circle.Join{Circle: den, Person: who, Level: circle.Full})
	}
	w.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana, ben}})
	met := func(who circle.PersonID) consent.NeedMet {
		return consent.NeedMet{Person: who, Need: circle.EasyRead, Met: true}
	}
	w.no(consent.NeedUnchecked, ana, consent.CloseMeeting{Meeting: "m", Needs: []consent.NeedMet{met(ana)}})
	w.must(ana, consent.CloseMeeting{Meeting: "m", Needs: []consent.NeedMet{met(ana), met(ben)}})
}

// TestNeedFirst: where a circle wants it so, no question is put on what answers no need, or a need
// of which nobody has said how the circle responds to it.
func TestNeedFirst(t *testing.T) {
	w := newWorld(t, setting{Full: 3})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Responses: true}})
	opens := func(id proposal.ID) consent.OpenRound {
		return consent.OpenRound{Proposal: id, Round: consent.ConsentRound}
	}
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Open on Sundays")})
	w.no(consent.NeedFirst, ana, opens("p"))
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold")})
	w.must(ana, proposal.Submit{ID: "q", Circle: den, Text: text("Heat"), Need: "n"})
	w.no(consent.ResponseFirst, ana, opens("q"))
}

// TestOperatorIsTold: where the vault does not erase what it should, whoever runs the host finds it
// in the log, and otherwise nothing.
func TestOperatorIsTold(t *testing.T) {
	var log bytes.Buffer
	told := func(c *consent.Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) }
	w, v := forgettable(t, monthly, told)
	stubborn := &stubbornVault{v, false}
	with := func(c *consent.Config) { c.Vault = stubborn }
	w.open(with, monthly, told)
	w.later(31 * day)
	require.Empty(t, log.String())
	w.submit("q")
	stubborn.stuck = true
	w.later(31 * day)
	require.Contains(t, log.String(), "words that were kept long enough are not erased yet")
	log.Reset()
	_, err := w.engine.Erase(t.Context(), circle.Actor{By: ana}, onRequest)
	require.ErrorIs(t, err, consent.ErrUnfinished)
	w.later(day)
	require.Contains(t, log.String(), "an erasure is not done yet")
}

// TestNextInLine: while nobody takes a signal up, one more of those who are next is asked at a
// time, in their order (CP-22).
func TestNextInLine(t *testing.T) {
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) { c.Safeguard = new(taken).take })
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Safeguarding: &circle.Safeguarding{
		Leads: []circle.PersonID{ben}, Within: circle.MustPeriod("24h"), Next: []circle.PersonID{cia, ana}}}})
	w.submit("p")
	w.must(gus, signal, consent.WithID("s1"))
	var asked []circle.PersonID
	for _, r := range w.later(5 * day) {
		if e, ok := r.Events[0].(*consent.SafeguardingReminded); ok {
			asked = append(asked, e.Asked)
		}
	}
	require.Equal(t, []circle.PersonID{cia, ana, ""}, asked)
}

// TestWhoSendsTheMinutes: the Secretary is awaited to send the minutes to those whose silence
// counts, and where there is none, who facilitates (EC-39).
func TestWhoSendsTheMinutes(t *testing.T) {
	for secretary, who := range map[circle.PersonID]circle.PersonID{ben: ben, "": ana} {
		w := newWorld(t, setting{Full: 3, Rules: plainSilent, Facilitator: ana, Secretary: secretary})
		w.submit("p")
		w.gather("m", []proposal.ID{"p"}, ana)
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.consents("p", ana)
		w.must(ana, consent.CloseMeeting{Meeting: "m"})
		w.awaits(await("consent.send-minutes", who), await("consent.respond", ben, cia))
	}
}

// TestLearningToFacilitate: who is learning may facilitate, and who takes no part may not.
func TestLearningToFacilitate(t *testing.T) {
	w := newWorld(t, setting{Full: 3, Facilitator: lou, Secretary: ben})
	w.submit("p")
	w.awaits(await("consent.open-round", lou))
	w.no(consent.NotFacilitating, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(lou, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
}

// TestSealedNothing: a sealed answer says something.
func TestSealedNothing(t *testing.T) {
	w := sealing(t, nil, consent.Method{})
	w.no(consent.MissingField, cia, consent.SealAnswer{Proposal: "p"})
}

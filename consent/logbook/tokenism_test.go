package logbook_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// mixed is a bakery of two who work and of ada, who is supported; where bea is
// supported as well if the group is to be two.
func mixed(t *testing.T, two bool) *bakery {
	b := &bakery{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	var err error
	b.engine, err = consent.Open(t.Context(), consent.Config{Now: func() time.Time { return b.now }})
	require.NoError(t, err)
	b.do("ana", circle.Found{ID: "bakery", Aim: circle.Say("Bread"), Domain: []circle.Item{{ID: "bread"}}, Rules: circle.Rules{Method: "plain"}})
	classes := map[circle.PersonID]circle.Class{"ana": circle.Worker, "ben": circle.Worker, "ada": circle.Supported}
	if two {
		classes["bea"] = circle.Supported
	}
	for _, who := range []circle.PersonID{"ana", "ben", "ada", "bea"} {
		if classes[who] != "" {
			b.do("ana", circle.Admit{ID: who, Class: classes[who]})
			b.do("ana", circle.Join{Circle: "bakery", Person: who, Level: circle.Full})
		}
	}
	return b
}

// put puts a question on a proposal.
func (b *bakery) put(id proposal.ID, need proposal.NeedID) {
	b.t.Helper()
	b.do("ana", proposal.Submit{ID: id, Circle: "bakery", Need: need, Text: circle.Say("More bread")})
	b.do("ana", consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
}

// objected has ada object to so many questions. She takes each objection back, but
// for the last, if that one is integrated.
func (b *bakery) objected(n int, integrated bool) {
	b.t.Helper()
	for i := range n {
		id, o := proposal.ID(fmt.Sprintf("p%d", i)), objection.ID(fmt.Sprintf("o%d", i))
		b.put(id, "")
		b.do("ada", objection.Raise{ID: o, Proposal: id, Aim: circle.WholeAim, Argument: circle.Say("I cannot carry it")})
		b.do("ana", consent.Respond{Proposal: id, Answer: consent.Consents})
		b.do("ben", consent.Respond{Proposal: id, Answer: consent.Consents})
		if !integrated || i < n-1 {
			b.do("ada", objection.Withdraw{Objection: o})
			continue
		}
		b.do("ana", consent.Integrate{Proposal: id, Text: circle.Say("Small loaves"), Meets: []consent.Meets{{Objection: o, Tools: []circle.Tool{circle.Amend}}}})
		b.do("ana", consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
		for _, who := range []circle.PersonID{"ana", "ben", "ada"} {
			b.do(who, consent.Respond{Proposal: id, Answer: consent.Consents})
		}
	}
}

// signs are those of one kind.
func (b *bakery) signs(kind logbook.SignKind) (out []logbook.Sign) {
	b.t.Helper()
	list, err := logbook.Tokenism(b.t.Context(), b.engine, logbook.Span{})
	require.NoError(b.t, err)
	for _, s := range list {
		require.NotEmpty(b.t, s.Entries, "each cites what shows it")
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// TestLoneVoice: CP-27, CP-2: a group that is one voice among others is seen, and one
// of two is not.
func TestLoneVoice(t *testing.T) {
	b := mixed(t, false)
	b.put("p", "")
	size, _ := b.engine.Head()
	require.Equal(t, []logbook.Sign{{Kind: logbook.LoneVoice, Circle: "bakery", Class: circle.Supported, Who: []circle.PersonID{"ada"}, Entries: []uint64{size - 1},
		Says: "In bakery one person alone spoke for the group supported in 1 of 1 questions: ada. Two of a group or more can stand by each other."}}, b.signs(logbook.LoneVoice))

	b = mixed(t, true)
	b.put("p", "")
	require.Empty(t, b.signs(logbook.LoneVoice))
}

// TestNeverIntegrated: CP-27, a group whose objections all ended and changed nothing is
// seen; one integrated, or too few to tell, and it is not.
func TestNeverIntegrated(t *testing.T) {
	b := mixed(t, false)
	b.objected(9, false)
	got := b.signs(logbook.NeverIntegrated)
	require.Len(t, got, 1)
	require.Equal(t, "In bakery 9 objections of the group supported have ended, and 0 of them were integrated.", got[0].Says)
	require.Len(t, got[0].Entries, 18, "each is raised, and ends")

	b = mixed(t, false)
	b.objected(9, true)
	require.Empty(t, b.signs(logbook.NeverIntegrated))
	b = mixed(t, false)
	b.objected(2, false)
	require.Empty(t, b.signs(logbook.NeverIntegrated))
}

// TestWrittenByOthers: CP-27, CP-21: a group whose words always came through others'
// hands is seen; a word of their own, and it is not.
func TestWrittenByOthers(t *testing.T) {
	b := mixed(t, false)
	input := func(id proposal.InputID, by circle.Actor) {
		_, err := b.engine.Do(t.Context(), by, proposal.GiveInput{ID: id, Need: "n", Text: circle.Say("I cannot queue")})
		require.NoError(t, err)
	}
	b.do("ana", proposal.OpenNeed{ID: "n", Circle: "bakery", Text: circle.Say("We sell out at ten")})
	for i := range 3 {
		require.Empty(t, b.signs(logbook.WrittenByOthers))
		input(proposal.InputID(fmt.Sprintf("i%d", i)), circle.Actor{By: "ada", RecordedBy: "ben"})
	}
	size, _ := b.engine.Head()
	require.Equal(t, []logbook.Sign{{Kind: logbook.WrittenByOthers, Class: circle.Supported, Who: []circle.PersonID{"ben"}, Entries: []uint64{size - 3, size - 2, size - 1},
		Says: "The words of the group supported stand in 3 entries, and all of them were written down by others: ben."}}, b.signs(logbook.WrittenByOthers))
	input("own", circle.Actor{By: "ada"})
	require.Empty(t, b.signs(logbook.WrittenByOthers))
}

// TestAskedAfterwards: CP-27, input that comes when all is decided is seen, and none
// that comes before, or while it is looked at again.
func TestAskedAfterwards(t *testing.T) {
	b := mixed(t, false)
	b.do("ana", proposal.OpenNeed{ID: "n", Circle: "bakery", Text: circle.Say("We sell out at ten")})
	b.do("ada", proposal.GiveInput{ID: "i1", Need: "n", Text: circle.Say("I cannot queue")})
	b.put("p", "n")
	adopted, _ := b.engine.Head()
	for _, who := range []circle.PersonID{"ana", "ben", "ada"} {
		b.do(who, consent.Respond{Proposal: "p", Answer: consent.Consents})
	}
	require.Empty(t, b.signs(logbook.AskedAfterwards))
	b.do("ada", proposal.GiveInput{ID: "i2", Need: "n", Text: circle.Say("Nor can I carry it")})
	require.Equal(t, []logbook.Sign{{Kind: logbook.AskedAfterwards, Need: "n", Entries: []uint64{adopted + 2, adopted + 3},
		Says: fmt.Sprintf("Input on n was asked for or given once after it was decided [entry %d].", adopted+2)}}, b.signs(logbook.AskedAfterwards))
	b.put("q", "n")
	b.do("ada", proposal.GiveInput{ID: "i3", Need: "n", Text: circle.Say("Small loaves")})
	require.Len(t, b.signs(logbook.AskedAfterwards)[0].Entries, 2, "what is decided anew may be asked about")
}

// TestTokenismInASpan: CP-27, a report is of a time, and what lies outside of it is
// not counted.
func TestTokenismInASpan(t *testing.T) {
	b := mixed(t, false)
	b.put("p", "")
	for span, want := range map[logbook.Span]int{{From: b.now, To: b.now.Add(time.Hour)}: 1, {From: b.now.Add(time.Second)}: 0, {To: b.now}: 0} {
		got, err := logbook.Tokenism(t.Context(), b.engine, span)
		require.NoError(t, err)
		require.Len(t, got, want)
	}
}

package circle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
)

// TestAsOfFollowsLinks: M-32, who sat in a circle by a link is who it had confirmed
// by then, or who stood in for them by then, and no more of them than it agreed.
func TestAsOfFollowsLinks(t *testing.T) {
	o, parts := &circle.Organisation{}, 0
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	at := func(n int, events ...circle.Event) {
		for _, e := range events {
			o.Reach(day(n))
			happen(t, o, e, &parts)
		}
	}
	link := circle.Linked{Circle: "valley", To: "places", As: circle.Leader}
	at(0, hillside(&link)...)
	at(1, &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Linking: circle.Linking{Confirm: true}}})
	at(2, &circle.LinkConfirmed{Circle: "valley", To: "places", As: circle.Leader, Person: "cia"})
	at(3, &circle.SubstituteNamed{Role: "valley-leader", Holder: "cia", Person: "ben", By: "cia"})
	at(4, &circle.LinkConfirmed{Circle: "valley", To: "places", As: circle.Leader, Person: "ben"})
	at(5, &circle.SubstituteEnded{Role: "valley-leader", Holder: "cia"})
	at(6, &circle.LinkRefused{Circle: "valley", To: "places", As: circle.Leader, Person: "cia", At: day(6)})
	at(7, &circle.RulesAgreed{Circle: "places", Rules: circle.Rules{Staffing: circle.Staffing{AfterTerm: circle.Rests}}})
	at(8, &circle.RoleTermEnded{Role: "valley-leader", Person: "cia"})
	at(9, &circle.SurrogatesOrdered{Role: "valley-leader", Order: []circle.PersonID{"dee"}})
	for n, want := range [][]circle.PersonID{{"ana", "cia"}, {"ana"}, {"ana", "cia"}, {"ana"}, {"ana", "ben"}, {"ana", "cia"}, {"ana"}, {"ana", "cia"}, {"ana"}, {"ana", "dee"}} {
		require.Equal(t, want, o.AsOf(day(n)).FullIn("places"), "on day %d", n)
	}
	leads := func(n int) []circle.PersonID { return o.AsOf(day(n)).Wearers("valley", circle.Leader) }
	require.Equal(t, []circle.PersonID{"cia"}, leads(2))
	require.Equal(t, []circle.PersonID{"ben"}, leads(3), "who stands in leads")
	require.Equal(t, []circle.PersonID{"cia"}, o.AsOf(day(3)).Holders("valley-leader"), "and does not wear it")
	require.Empty(t, leads(8), "the term is over, and the circle lets it rest")
}

// TestThePastIsWhatWasThen: what was asked of the organisation on a day, is answered
// the same of that day for ever, whatever happened since.
func TestThePastIsWhatWasThen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &life{o: &circle.Organisation{}}
		day := func(n int) time.Time { return now.AddDate(0, 0, n) }
		l.o.Reach(now)
		for _, e := range hillside(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader}) {
			happen(t, l.o, e, &l.parts)
		}
		type told struct{ full, leaders, delegates []circle.PersonID }
		look := func() map[circle.ID]told {
			out := map[circle.ID]told{}
			for _, id := range l.o.Circles() {
				out[id] = told{l.o.FullIn(id), l.o.Wearers(id, circle.Leader), l.o.Wearers(id, circle.Delegate)}
			}
			return out
		}
		days := []map[circle.ID]told{look()}
		for n := range rapid.IntRange(5, 40).Draw(t, "days") {
			l.o.Reach(day(n + 1))
			l.staffs(t)
			days = append(days, look())
		}
		for n, were := range days {
			for id, was := range were {
				past := l.o.AsOf(day(n))
				say := fmt.Sprintf("%s on day %d of %d", id, n, len(days))
				require.ElementsMatch(t, was.full, past.FullIn(id), say)
				if !l.o.Circle(id).Closed {
					require.ElementsMatch(t, was.leaders, past.Wearers(id, circle.Leader), say)
					require.ElementsMatch(t, was.delegates, past.Wearers(id, circle.Delegate), say)
				}
			}
		}
	})
}

// staffs lets something happen to who acts and who sits where.
func (l *life) staffs(t *rapid.T) {
	at, who, role := pick(t, "circle", []circle.ID{"places", "valley", "hill", "brook"}), somebody(t), pick(t, "role", []circle.RoleID{"valley-leader", "valley-delegate", "rota"})
	holder := who
	if h := l.o.Role(role).Holders; len(h) > 0 {
		holder = h[0].Person
	}
	cmd := pick(t, "staffing", []circle.Command{
		circle.GiveRole{Role: role, Person: who}, circle.GiveRole{Role: role, Person: who}, circle.RevokeRole{Role: role, Person: holder},
		circle.NameSubstitute{Role: role, Holder: holder, Person: who}, circle.EndSubstitute{Role: role, Holder: holder},
		circle.OrderSurrogates{Role: role, Order: []circle.PersonID{who}},
		circle.LinkTo{Circle: "valley", To: "places", As: circle.Delegate}, circle.EndLink{Circle: "valley", To: "places", As: pick(t, "as", []circle.Hat{circle.Leader, circle.Delegate})},
		circle.ConfirmLink{Circle: "valley", To: "places", As: circle.Leader, Person: who}, circle.RefuseLink{Circle: "valley", To: "places", As: circle.Leader, Person: who, Reason: circle.Say("r")},
		circle.AgreeRules{Circle: at, Rules: circle.Rules{Linking: circle.Linking{Confirm: rapid.Bool().Draw(t, "confirm"), Voices: rapid.IntRange(0, 1).Draw(t, "voices")},
			Staffing: circle.Staffing{AfterTerm: pick(t, "after", []circle.AfterTerm{"", circle.Rests})}}},
		circle.Join{Circle: at, Person: who, Level: circle.Full}, circle.Leave{Circle: at},
		circle.Dissolve{Change: "gone", Circle: "brook"},
	})
	if h := l.o.Role(role).Holders; len(h) > 0 && rapid.IntRange(0, 5).Draw(t, "clock") == 0 {
		happen(t, l.o, &circle.RoleTermEnded{Role: role, Person: h[0].Person}, &l.parts)
		return
	}
	by := circle.Actor{By: pick(t, "by", []circle.PersonID{"ana", holder, who})}
	events, err := l.o.Decide(by, now, cmd, circle.Facts{ConsentOf: pick(t, "of", []circle.ID{"", "places", "valley"})})
	if err != nil {
		return
	}
	for _, e := range events {
		happen(t, l.o, e, &l.parts)
	}
}

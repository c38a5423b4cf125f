package consent_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// TestSocietyBoard: the rules of the care co-operative hold together: of twenty-four
// candidates who all would, five supported or advocate members, five workers and
// two investors are elected, and one more of any class is refused; a third stands
// down a year later, by lot among equals, and stands again (EC-1 to EC-6, EC-73,
// EC-110).
func TestSocietyBoard(t *testing.T) {
	g, m, b := circle.SocietyMeetings, circle.SocietyMembership, circle.SocietyBoard
	g.Quorum, g.Business = circle.Quorum{}, nil
	require.NoError(t, g.Check())
	require.NoError(t, m.Check())
	require.NoError(t, b.Check())
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Aim: text("Care"), Domain: []circle.Item{{ID: "running"}}})
	w.must(host, circle.Admit{ID: host, Class: circle.Worker})
	w.must(host, circle.Open{ID: "purpose", Parent: den, Aim: text("True to its purpose"), Domain: []circle.Item{{ID: "admission", Of: "running"}}})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "members", General: &g, Membership: &m, Board: &b}})
	w.must(host, circle.CreateRole{ID: "director", Circle: den, Hat: circle.Representative})
	w.must(host, circle.LinkTo{Circle: den, To: "purpose", As: circle.Representative, Role: "director"})
	people := map[circle.Class][]circle.PersonID{}
	for _, class := range []circle.Class{circle.Supported, circle.Advocate, circle.Worker, circle.Investor} {
		for i := range 6 {
			who := circle.PersonID(fmt.Sprintf("%s-%d", class, i))
			people[class] = append(people[class], who)
			w.must(host, circle.Admit{ID: who})
			w.no(circle.NotAttested, host, circle.ChangeClass{Person: who, Class: class})
			facts := []circle.Name{"age-18"}
			for _, rule := range m.Classes {
				for _, ask := range rule.Asks {
					if rule.Class == class && ask.Fact != circle.Commitment {
						facts = append(facts, ask.Fact)
					}
				}
			}
			w.must(host, circle.Attest{Person: who, Facts: facts})
			w.must(who, circle.AgreeToCommitment{})
			w.must(host, circle.ChangeClass{Person: who, Class: class})
		}
	}
	board := append(append(append([]circle.PersonID{}, people[circle.Supported][:3]...), people[circle.Advocate][:2]...), people[circle.Worker][:5]...)
	board = append(board, people[circle.Investor][:2]...)
	for _, who := range board {
		w.must(host, circle.GiveRole{Role: "director", Person: who})
	}
	for _, class := range []circle.Class{circle.Supported, circle.Advocate, circle.Worker, circle.Investor} {
		w.no(circle.BoardLimit, host, circle.GiveRole{Role: "director", Person: people[class][5]})
	}
	w.must(host, circle.Admit{ID: gus})
	w.must(host, circle.EndFounding{})
	meets := func(id consent.MeetingID, items ...proposal.ID) {
		at := w.now.AddDate(1, 0, 0)
		w.must(board[0], consent.CallGeneral{ID: id, Circle: den, At: at, Items: items, Annual: true})
		w.at(at)
		w.must(board[0], consent.OpenMeeting{Meeting: id, Present: board})
	}
	meets("first")
	w.no(consent.NotFacilitating, gus, consent.StandDown{Meeting: "first"})
	require.Len(t, eventOf[*consent.StoodDown](t, w.must(board[0], consent.StandDown{Meeting: "first"})).Who, 12, "all at the first")
	require.NotContains(t, w.whatIsDue(), "stand-down", "they have")
	w.must(board[0], consent.CloseMeeting{Meeting: "first"})
	var deeds []circle.Deed
	for _, who := range board {
		deeds = append(deeds, circle.GiveRole{Role: "director", Person: who})
	}
	w.must(board[0], proposal.Submit{ID: "elect", Circle: den, Text: text("All again"), Term: circle.MustPeriod("1y"), Enacts: deeds})
	meets("second", "elect")
	w.no(consent.NobodysTurn, board[0], consent.StandDown{Meeting: "second"})
	require.NotContains(t, w.whatIsDue(), "stand-down", "it is nobody's turn")
	w.must(board[0], consent.OpenRound{Proposal: "elect", Round: consent.ConsentRound})
	w.must(board[0], consent.CloseRound{Proposal: "elect"})
	require.Equal(t, consent.StageAdopted, w.stage("elect"))
	require.Contains(t, w.whatIsDue(), "stand-down", "of those who were elected at one time, some")
	w.no(consent.LotFirst, board[0], consent.StandDown{Meeting: "second", Lot: board[:3], Draw: text("From a hat")})
	w.no(consent.LotFirst, board[0], consent.StandDown{Meeting: "second", Lot: board[:4]})
	w.must(board[0], consent.StandDown{Meeting: "second", Lot: board[:4], Draw: text("From a hat")})

	w.must(board[0], consent.CloseMeeting{Meeting: "second"})
	w.must(board[4], consent.CallMeeting{ID: "few", Circle: "purpose", At: w.now})
	w.must(board[4], consent.OpenMeeting{Meeting: "few", Present: board[4:6]})
	ask := consent.Ask{ID: "rent", Circle: "purpose", Question: text("A larger house?"), Enacts: []circle.Deed{circle.CreateRole{ID: "keys", Circle: "purpose", Name: text("Keys")}}}
	w.no(consent.BoardNotThere, board[4], ask) // two of those who are left (EC-111)
	w.must(board[4], consent.CloseMeeting{Meeting: "few"})
	w.must(board[4], ask)
	w.replays()
}

// whatIsDue says what is due, or will be, in words for programs.
func (w *world) whatIsDue() (out []string) {
	for _, d := range w.engine.Due(w.now) {
		out = append(out, d.What)
	}
	return out
}

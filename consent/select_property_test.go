package consent_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// recount folds the nominations out of the ledger, without asking the state.
type recount struct {
	first, now map[circle.PersonID][]consent.Name
	discarded  []consent.Name
}

func (c *recount) takes(events []consent.Event) {
	names := func(who circle.PersonID, list []consent.Name) {
		if c.first[who] == nil {
			c.first[who] = list
		}
		c.now[who] = list
	}
	for _, e := range events {
		switch e := e.(type) {
		case *consent.NominationsOpened:
			for _, n := range e.Nominations {
				names(n.By, n.Names)
			}
		case *consent.NominationChanged:
			names(e.By, e.Names)
		case *consent.CandidateDiscarded:
			c.discarded = append(c.discarded, e.Names...)
		}
	}
}

// checked holds the state to the recount: no nomination is lost, the first ones
// stay, and the tally is what the nominations come to.
func (c *recount) checked(t *testing.T, sel consent.Selection) {
	t.Helper()
	require.Len(t, sel.Nominations, len(c.now))
	want := map[consent.Name]int{}
	for _, n := range sel.Nominations {
		require.Equal(t, c.first[n.By], n.First)
		require.Equal(t, c.now[n.By], n.Names)
		if name := n.Names[0]; name != "pass" && !slices.Contains(c.discarded, name) {
			want[name]++
		}
	}
	got := map[consent.Name]int{}
	for _, n := range sel.Tally() {
		got[n.Name] = n.N
	}
	require.Equal(t, want, got)
}

// TestSelectionsComeToSomething goes through selections in every order that the
// dice give: no nomination is lost, the tally equals the recount (M-217, M-222),
// somebody can always act next, and replay comes to the same.
func TestSelectionsComeToSomething(t *testing.T) {
	d := evenDice{rand.New(rand.NewPCG(87, 1))}
	ended := 0
	for range 15 {
		w := selecting(t, nil, byReasons)
		c := &recount{first: map[circle.PersonID][]consent.Name{}, now: map[circle.PersonID][]consent.Name{}}
		for step := range 400 {
			if w.stage("p").Terminal() {
				ended++
				break
			}
			if r, no := w.give(everybody[d.roll(3)], anySelecting(d, step)); no == nil {
				c.takes(r.Events)
			}
			if !w.stage("p").Terminal() {
				c.checked(t, w.selection())
				w.engine.Look(func(s *consent.State) { require.NotEmpty(t, s.Next("p")) })
			}
		}
		w.replays()
	}
	require.Positive(t, ended, "some of them come to their end")
}

func anySelecting(d evenDice, step int) consent.Command {
	names := []consent.Name{"ana", "ben", "cia", "gus", "pass", "nobody"}
	name := names[d.roll(len(names))]
	rounds := []consent.RoundKind{consent.NominateRound, consent.ReasonsRound, consent.ChangeRound, consent.ConsentRound, consent.ConsentRound}
	list := []consent.Command{
		consent.OpenRound{Proposal: "p", Round: rounds[d.roll(len(rounds))]},
		consent.Nominate{Proposal: "p", Names: text(string(name))},
		consent.Nominate{Proposal: "p", Names: text(string(name))},
		consent.Speak{Proposal: "p", Text: reason},
		consent.ChangeNomination{Proposal: "p", Names: []consent.Name{name}, Reason: reason},
		consent.Skip{Proposal: "p", Person: everybody[d.roll(3)]},
		consent.Skip{Proposal: "p", Person: lou},
		consent.Reveal{Proposal: "p"},
		consent.ProposeCandidate{Proposal: "p", Names: []consent.Name{name}, Text: reason},
		consent.Respond{Proposal: "p", Answer: consent.Consents},
		consent.Respond{Proposal: "p", Answer: consent.Consents},
		consent.AcceptRole{Proposal: "p"},
	}
	if step%40 == 39 {
		return consent.DiscardCandidate{Proposal: "p", Reason: reason}
	}
	return list[d.roll(len(list))]
}

// TestNobodysAbsenceEndsASelection: whoever is away and silent, the others come to
// an end; and silence gives nobody a role.
func TestNobodysAbsenceEndsASelection(t *testing.T) {
	for _, away := range []circle.PersonID{ana, ben, cia} {
		for _, nominee := range []consent.Name{"ana", "ben", "cia"} {
			w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Consents, After: circle.MustPeriod("5d")}}})
			w.must(host, circle.CreateRole{ID: baker, Circle: den})
			here := slices.DeleteFunc([]circle.PersonID{ana, ben, cia}, func(who circle.PersonID) bool { return who == away })
			one := here[0]
			w.must(one, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{baker}, Text: reason, Term: months})
			w.must(one, consent.OpenRound{Proposal: "p", Round: consent.NominateRound})
			for _, who := range here {
				w.must(who, consent.Nominate{Proposal: "p", Names: text(string(nominee))})
			}
			w.must(one, consent.Reveal{Proposal: "p"})
			by := one
			if consent.Name(by) == nominee {
				by = here[1]
			}
			w.must(by, consent.ProposeCandidate{Proposal: "p", Names: []consent.Name{nominee}, Text: reason})
			w.must(one, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
			w.consents("p", here...)
			w.must(one, consent.CloseRound{Proposal: "p"})
			w.later(5 * day)
			if consent.Name(away) == nominee {
				require.Equal(t, consent.StageAccept, w.stage("p"), "nobody's silence gives them a role")
				require.Empty(t, w.holders())
				w.must(one, consent.DiscardCandidate{Proposal: "p", Reason: reason})
				require.Equal(t, consent.StageWeigh, w.stage("p"))
			} else {
				require.Equal(t, consent.StageAdopted, w.stage("p"))
				require.Equal(t, []circle.PersonID{circle.PersonID(nominee)}, w.holders())
			}
			w.later(time.Hour)
			w.replays()
		}
	}
}

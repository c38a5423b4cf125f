package consent

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestWeightsAreCountable: weights are taken as long as what they come to, and scores with them, can be
// summed exactly, and no further; a seat without a weight counts one (M-161, M-162).
func TestWeightsAreCountable(t *testing.T) {
	const half = math.MaxInt64 / 2
	weigh := func(list ...int64) (seats []Seat) {
		for _, w := range list {
			seats = append(seats, Seat{Person: "ana", Weight: w})
		}
		return seats
	}
	for _, c := range []struct {
		seats []Seat
		fits  bool
	}{
		{nil, true}, {weigh(0), true}, {weigh(-1), false}, {weigh(1, -1), false},
		{weigh(half), true}, {weigh(half + 1), false},
		{weigh(half-1, 1), true}, {weigh(half, 1), false}, {weigh(half-1, 0), true}, {weigh(half, 0), false},
		{weigh(half-2, 1, 1), true}, {weigh(half-1, 1, 1), false}, {weigh(1, half), false},
	} {
		require.Equal(t, c.fits, Weighable(c.seats) == nil, "%v", c.seats)
	}

	const most = math.MaxInt64
	for _, c := range []struct {
		ballot Ballot
		seats  []Seat
		fits   bool
	}{
		{Ballot{Most: most}, weigh(1), true}, {Ballot{Most: most}, weigh(0), true}, {Ballot{Most: most}, weigh(1, 0), false},
		{Ballot{Most: most / 2}, weigh(1, 1), true}, {Ballot{Most: most / 2}, weigh(1, 2), false}, {Ballot{Most: most / 2}, weigh(1, 1, 1), false},
		{Ballot{Least: -most, Most: 1}, weigh(1), true}, {Ballot{Least: -most, Most: 1}, weigh(2), false},
		{Ballot{Least: 1, Most: 2}, weigh(most / 2), true}, {Ballot{}, weigh(most), true},
	} {
		require.Equal(t, c.fits, c.ballot.countable(c.seats) == nil, "%+v %v", c.ballot, c.seats)
	}
}

// TestSpokenFor: people may hand their word on, to somebody who hands it on; in a circle nobody would
// speak for any of them (M-166).
func TestSpokenFor(t *testing.T) {
	seats := func(to ...circle.PersonID) (list []Seat) { // of a, b, c and so on
		for i, who := range to {
			list = append(list, Seat{Person: circle.PersonID(rune('a' + i)), Delegate: who})
		}
		return list
	}
	for _, c := range []struct {
		seats []Seat
		fits  bool
	}{
		{nil, false}, {[]Seat{{Person: "a", Out: true}}, false}, {[]Seat{{Person: "a", Out: true}, {Person: "b"}}, true},
		{seats(""), true}, {seats("", "", ""), true}, {seats("a"), true}, {seats("a", "a"), true},
		{seats("b", ""), true}, {seats("b", "c", ""), true}, {seats("b", "b", "b"), true},
		{seats("b", "a"), false}, {seats("b", "c", "a"), false}, {seats("b", "c", "b"), false},
		{seats("", "c", "b"), false}, {seats("b", "c", "d", "e", "c"), false}, {seats("b", "c", "d", "e", ""), true},
	} {
		require.Equal(t, c.fits, Seatable(c.seats) == nil, "%v", c.seats)
	}
}

// TestScoresOnTheScale: both ends of a scale are on it (M-170).
func TestScoresOnTheScale(t *testing.T) {
	b := Ballot{Scores: true, Least: -2, Most: 3}
	for score, fits := range map[int64]bool{-3: false, -2: true, -1: true, 2: true, 3: true, 4: false} {
		no := b.Admit(Case{Options: []Option{{ID: "x"}}}, Answer{Scores: map[string]int64{"x": score}})
		require.Equal(t, fits, no == nil, "%d", score)
	}
	unbounded := Ballot{Scores: true}
	require.NoError(t, unbounded.Admit(Case{Options: []Option{{ID: "x"}}}, Answer{Scores: map[string]int64{"x": 7}}), "there are no ends")
	for strength, fits := range map[Strength]bool{-1: false, 0: true, 1: true, 100: true, 101: false} {
		require.Equal(t, fits, strength.Check() == nil, "%d", strength)
	}
	a := Answer{}
	(&Preference{}).fill(&a)
	require.Equal(t, Answer{}, a, "who prefers nothing leaves no list")
}

// TestWhoStandsDown: those who surely do, and of the equals as many as the lot is to say, each once, no
// others, and never without the draw (M-38, EC-70).
func TestWhoStandsDown(t *testing.T) {
	type people = []circle.PersonID
	draw := circle.Say("slips from a hat")
	both := circle.Turn{Sure: people{"s"}, Equals: people{"a", "b", "c"}, Lots: 2}
	for name, c := range map[string]struct {
		turn circle.Turn
		lot  people
		draw circle.Text
		want people
		no   *circle.Code
	}{
		"nobody":            {circle.Turn{}, nil, circle.Text{}, nil, NobodysTurn},
		"the sure ones":     {circle.Turn{Sure: people{"s"}}, nil, circle.Text{}, people{"s"}, nil},
		"a lot for no one":  {circle.Turn{Sure: people{"s"}}, people{"a"}, circle.Text{}, nil, NoLot},
		"a draw for no one": {circle.Turn{Sure: people{"s"}}, nil, draw, nil, NoLot},
		"two":               {both, people{"c", "a"}, draw, people{"s", "c", "a"}, nil},
		"none":              {both, nil, draw, nil, LotFirst},
		"one":               {both, people{"a"}, draw, nil, LotFirst},
		"three":             {both, people{"a", "b", "c"}, draw, nil, LotFirst},
		"one twice":         {both, people{"a", "a"}, draw, nil, LotFirst},
		"two, one twice":    {both, people{"a", "b", "a"}, draw, nil, LotFirst},
		"another":           {both, people{"a", "s"}, draw, nil, LotFirst},
		"without a draw":    {both, people{"a", "b"}, circle.Text{}, nil, LotFirst},
		"lots alone":        {circle.Turn{Equals: people{"a", "b"}, Lots: 1}, people{"b"}, draw, people{"b"}, nil},
	} {
		got, err := StandDown{Lot: c.lot, Draw: c.draw}.whose(c.turn, "board")
		require.Equal(t, c.want, got, name)
		if c.no == nil {
			require.NoError(t, err, name)
		} else {
			require.ErrorContains(t, err, c.no.Refuse("role", "board", "who", c.turn.Sure, "equals", c.turn.Equals, "lots", c.turn.Lots).Error(), name)
		}
	}
}

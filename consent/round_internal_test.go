package consent

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// roundOf is a round in turn of these people, all of whom have a seat.
func roundOf(people ...circle.PersonID) *Round {
	r := &Round{Kind: ConsentRound, InTurn: true, Order: people, Marks: make([]mark, len(people))}
	for _, who := range people {
		r.Seats = append(r.Seats, Seat{Person: who})
	}
	r.index()
	return r
}

// TestFinalSpeaker: who was named to speak last does so when all others have, also where they stand first in the
// order; and nobody speaks twice (M-110).
func TestFinalSpeaker(t *testing.T) {
	for _, last := range []circle.PersonID{"ana", "ben", "cia"} {
		r := roundOf("ana", "ben", "cia")
		r.Final = last
		r.Turn = r.next()
		for range 2 {
			require.NotEqual(t, last, r.Speaker())
			r.take(r.Speaker(), spoke)
		}
		require.Equal(t, last, r.Speaker())
		r.take(last, spoke)
		require.Empty(t, r.Speaker())
		require.Equal(t, len(r.Order), r.Turn)
		require.True(t, r.Complete())
	}
}

// TestSeatInARound: who joins while the question is open gets one seat; whoever stands in the order already speaks where they
// stand, the first of all, too (M-134).
func TestSeatInARound(t *testing.T) {
	r := roundOf("ana", "ben")
	r.seat(Seat{Person: "ana"})
	require.Len(t, r.Seats, 2, "she has one")

	for _, who := range []circle.PersonID{"lou", "max"} {
		r := &Round{Kind: ConsentRound, Order: []circle.PersonID{"lou", "max"}, Marks: make([]mark, 2)}
		r.index()
		r.seat(Seat{Person: who})
		require.Equal(t, []circle.PersonID{"lou", "max"}, r.Order)
		require.Equal(t, []circle.PersonID{"lou", "max"}, r.Awaited())
		require.True(t, r.Seated(who))
		r.answer(&Answer{Seat: who, Position: Consents})
		require.NotNil(t, r.Answer(who))
		require.Len(t, r.Awaited(), 1)
	}
}

// TestOutOfARound: nobody waits for a seat that is taken out, whichever it is, nor for who stands in the order without one.
func TestOutOfARound(t *testing.T) {
	for i, who := range []circle.PersonID{"ana", "ben"} {
		r := roundOf("ana", "ben")
		before := r.Seats
		r.exclude(who)
		require.True(t, r.Seats[i].Out)
		require.False(t, r.Seats[1-i].Out)
		require.False(t, before[i].Out, "a fork of the round has its own")
		require.Equal(t, []circle.PersonID{[]circle.PersonID{"ben", "ana"}[i]}, r.Awaited())
	}
	r := &Round{Kind: ConsentRound, Order: []circle.PersonID{"lou"}, Marks: make([]mark, 1)}
	r.index()
	r.exclude("lou")
	require.Empty(t, r.Awaited())
	require.Empty(t, r.Seats)
}

// TestTrail: each entry that tells of something is in its trail once, also the first of a ledger.
func TestTrail(t *testing.T) {
	for _, want := range [][]uint64{{0}, {0, 1}, {1}, {0x7f, 0xff, 0x17f}, {0x80}, {math.MaxUint64}} {
		var trail Trail
		for _, pos := range want {
			trail.add(pos)
			trail.add(pos)
		}
		require.Equal(t, want, trail.Positions())
	}
}

// TestPacketIsCut: an entry names a hundred objections and a hundred people of a packet, and says how many more there are.
func TestPacketIsCut(t *testing.T) {
	for _, row := range []struct{ objections, heard, more int }{{0, 0, 0}, {100, 100, 0}, {101, 100, 1}, {100, 101, 1}, {103, 102, 5}} {
		k := (&Packet{Objections: make([]Argued, row.objections), Heard: make([]circle.PersonID, row.heard)}).bounded()
		require.Len(t, k.Objections, min(row.objections, 100))
		require.Len(t, k.Heard, min(row.heard, 100))
		require.Equal(t, row.more, k.More)
	}
}

// TestPlaceInARound: who comes late stands at the end of the order, once, and in no round that is over; in a large round, too, who has a
// seat and no place takes no other's.
func TestPlaceInARound(t *testing.T) {
	r := &Round{Kind: ReactRound, Order: []circle.PersonID{"ana"}, Marks: make([]mark, 1)}
	r.index()
	for range 2 {
		r.add("ana")
		r.add("ben")
	}
	require.Equal(t, []circle.PersonID{"ana", "ben"}, r.Order)
	r.Closed = true
	r.add("cia")
	require.Equal(t, []circle.PersonID{"ana", "ben"}, r.Order)

	for _, n := range []int{smallRound - 1, smallRound, smallRound + 1} {
		r := &Round{Kind: ConsentRound}
		for i := range n {
			who := circle.PersonID(fmt.Sprint(i))
			if r.Seats = append(r.Seats, Seat{Person: who}); i > 0 {
				r.Order = append(r.Order, who)
			}
		}
		r.Marks = make([]mark, len(r.Order))
		r.index()
		r.take("0", spoke)
		require.Len(t, r.Awaited(), n-1)
		require.Equal(t, spot{-1, 0}, r.spot("0"))
		require.Equal(t, spot{n - 2, n - 1}, r.spot(circle.PersonID(fmt.Sprint(n-1))))
		require.Equal(t, nowhere, r.spot("nobody"))
	}
}

// TestTakenBack: what somebody said is taken back, and they are awaited again; who has said nothing is not (CP-21).
func TestTakenBack(t *testing.T) {
	r := roundOf("ana", "ben", "cia")
	r.answer(&Answer{Seat: "ana", Position: Consents})
	r.answer(&Answer{Seat: "cia", Position: Consents})
	r.take("ben", skipped)
	r.retract("ben")
	r.retract("nobody")
	require.Empty(t, r.Awaited())
	r.retract("ana")
	require.Equal(t, []circle.PersonID{"ana"}, r.Awaited())
	require.Nil(t, r.Answer("ana"))
	require.NotNil(t, r.Answer("cia"))
}

// TestLateInALargeRound: CP-1. In a round of very many, whoever comes late has the last place, and no seat; whoever gets a seat
// keeps the place that they had.
func TestLateInALargeRound(t *testing.T) {
	r := &Round{Kind: ClarifyRound}
	for i := range smallRound + 1 {
		r.Order = append(r.Order, circle.PersonID(fmt.Sprintf("member-%d", i)))
	}
	r.Marks = make([]mark, len(r.Order))
	r.index()
	n := len(r.Order)
	r.add("late")
	r.add("late")
	require.Len(t, r.Order, n+1)
	require.Equal(t, spot{n, -1}, r.spot("late"))
	r.seat(Seat{Person: "late"})
	require.Equal(t, spot{n, 0}, r.spot("late"))
	require.Len(t, r.Order, n+1)
	require.Equal(t, []circle.PersonID{"member-0", "late"}, []circle.PersonID{r.Order[0], r.Order[n]})
}

// TestNobodysOrder: an order of nobody has no first.
func TestNobodysOrder(t *testing.T) {
	require.Empty(t, rotate(nil, 3))
	require.Equal(t, []circle.PersonID{"b", "a"}, rotate([]circle.PersonID{"a", "b"}, 3))
}

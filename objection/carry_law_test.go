package objection_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// parted are the histories of an objection that was carried to both parts of what was
// split.
var (
	parted = and(raised, &objection.Carried{Objection: "phones-1", From: "phones", Proposal: "notes"},
		&objection.Carried{Objection: "phones-2", From: "phones", Proposal: "signs"}, &objection.Ended{Objection: "phones"})
	partedOfTwo = and(and(raised, &objection.Joined{Objection: "phones", By: "fay", Reason: say("mine too")}), &objection.Carried{Objection: "phones-1", From: "phones", Proposal: "notes"},
		&objection.Carried{Objection: "phones-2", From: "phones", Proposal: "signs"}, &objection.Ended{Objection: "phones"})
)

var carryRows = []row{
	{name: "M-146: what stands goes on against a part, and no concern does", given: and(raised, voiced...), when: objection.Carry{Proposal: "notes", Part: "signs", N: 2},
		then: []objection.Event{&objection.Carried{Objection: "phones-2", From: "phones", Proposal: "signs"}}},
	{name: "M-146: its owner says that it is about the other part", given: parted, when: objection.Refer{Objection: "phones-1", Reason: say("it is the signs")},
		then: []objection.Event{&objection.Referred{Objection: "phones-1", To: "phones-2", By: "ada", Reason: say("it is the signs")}}},
	{name: "M-146: one of two owners says it for themselves", given: partedOfTwo, by: "fay", when: objection.Refer{Objection: "phones-2"},
		then: []objection.Event{&objection.Left{Objection: "phones-2", By: "fay", How: "referred"}}},
	{name: "M-146: nobody says it for the owner", given: parted, by: "lee", when: objection.Refer{Objection: "phones-1"}, refused: objection.NotObjector},
	{name: "M-146: not twice", given: and(parted, &objection.Referred{Objection: "phones-1", To: "phones-2", By: "ada"}),
		when: objection.Refer{Objection: "phones-1"}, refused: objection.AlreadyEnded},
	{name: "M-146: not from the part that is left, so none is lost", given: and(parted, &objection.Referred{Objection: "phones-1", To: "phones-2", By: "ada"}),
		when: objection.Refer{Objection: "phones-2"}, refused: objection.NoOtherPart},
	{name: "M-146: where nothing was split", given: raised, when: objection.Refer{Objection: "phones"}, refused: objection.NoOtherPart},
}

// A carried objection has a free name: that of the old one with the number of the part
// behind it, and never a longer one than a name may be (M-146).
func TestCarriedNames(t *testing.T) {
	long := objection.ID("a-very-long-name-of-an-objection-that-somebody-wrote-out-in-full")
	require.Len(t, string(long), circle.MaxID)
	os := history(t, and(raised, &objection.Raised{Objection: "phones-1", Proposal: "notes", Version: 2, By: "ada", Aim: "aim", Argument: say("a")},
		&objection.Raised{Objection: long, Proposal: "notes", Version: 2, By: "ada", Aim: "aim", Argument: say("a")}))
	var names []objection.ID
	events, err := os.Decide(circle.Actor{}, now, objection.Carry{Proposal: "notes", Part: "signs", N: 1}, facts())
	require.NoError(t, err)
	for _, e := range events {
		c := e.(*objection.Carried)
		require.NoError(t, c.Objection.Check())
		names = append(names, c.Objection)
	}
	require.Equal(t, []objection.ID{"phones-1-1", "phones-1-1-1", long[:circle.MaxID-2] + "-1"}, names)
}

// What was said back and confirmed stays so in a part; whether a version meets it does
// not (M-146).
func TestCarriedStatus(t *testing.T) {
	unsaid := and(raised, &objection.Met{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Amend}})
	for _, c := range []struct {
		given []objection.Event
		then  objection.Status
	}{
		{raised, objection.StatusRaised}, {restated, objection.StatusRestated}, {confirmed, objection.StatusConfirmed},
		{met, objection.StatusRestated}, {unsaid, objection.StatusRaised},
	} {
		was := history(t, c.given).Objection("phones").Status
		os := history(t, and(c.given, &objection.Carried{Objection: "phones-1", From: "phones", Proposal: "signs"}))
		require.Equal(t, c.then, os.Objection("phones-1").Status, "it was %s", was)
	}
}

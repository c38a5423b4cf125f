package circle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

var (
	nextWeek = now.AddDate(0, 0, 7)
	willGo   = &circle.LeaveTaken{Circle: "valley", Person: "ben", From: nextWeek, Until: nextWeek.AddDate(0, 1, 0)}
	gone     = &circle.LeaveBegan{Circle: "valley", Person: "ben"}
	asked    = &circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{OwnAgreement: true}}
)

func removal(change func(*circle.Remove)) circle.Remove {
	c := circle.Remove{Circle: "valley", Person: "cia", Harms: "hand-over", Reason: circle.Say("Hand-overs are missed"), Conversation: circle.Say("On Monday, with dee")}
	if change != nil {
		change(&c)
	}
	return c
}

// awayRows are the law of joining, leave and removal: M-35, M-37, M-38, EC-23,
// EC-28.
var awayRows = []row{
	{name: "M-38: one says oneself when one is away", given: valley(settled), by: "ben", when: circle.TakeLeave{Circle: "valley", From: willGo.From, Until: willGo.Until},
		then: []circle.Event{willGo}},
	{name: "M-38: or goes at once", given: valley(settled), by: "ben", when: circle.TakeLeave{Circle: "valley"},
		then: []circle.Event{&circle.LeaveTaken{Circle: "valley", Person: "ben", From: now}, gone}},
	{name: "M-38: once", given: valley(willGo), by: "ben", when: circle.TakeLeave{Circle: "valley"}, refused: circle.LeaveBefore},
	{name: "M-38: who takes part", given: valley(), by: "dee", when: circle.TakeLeave{Circle: "valley"}, refused: circle.NotInCircle},
	{name: "M-38: it ends after it begins", given: valley(), by: "ben", when: circle.TakeLeave{Circle: "valley", From: nextWeek, Until: nextWeek}, refused: circle.LeaveBackwards},
	{name: "M-38: it does not begin in the past", given: valley(), by: "ben", when: circle.TakeLeave{Circle: "valley", From: now.Add(-time.Hour)}, refused: circle.LeaveBackwards},
	{name: "M-38: of a circle that is there", given: valley(), by: "ben", when: circle.TakeLeave{Circle: "nowhere"}, refused: circle.UnknownCircle},
	{name: "M-38: they come back when they say so", given: valley(willGo, gone), by: "ben", when: circle.Return{Circle: "valley"},
		then: []circle.Event{&circle.LeaveEnded{Circle: "valley", Person: "ben"}}},
	{name: "M-38: who was away", given: valley(), by: "ben", when: circle.Return{Circle: "valley"}, refused: circle.NotAway},
	{name: "M-38: from somewhere", given: valley(), by: "ben", when: circle.Return{Circle: "nowhere"}, refused: circle.UnknownCircle},

	{name: "EC-28: the circle removes somebody, with their roles there", given: valley(settled), consent: "valley", when: removal(nil),
		then: []circle.Event{&circle.RoleRevoked{Role: "valley-leader", Person: "cia"},
			&circle.Removed{Circle: "valley", Person: "cia", Harms: "hand-over", Reason: circle.Say("Hand-overs are missed"), Conversation: circle.Say("On Monday, with dee")}}},
	{name: "EC-23: never on liking", given: valley(settled), consent: "valley", when: removal(func(c *circle.Remove) { c.Harms = "peace" }), refused: circle.NoGround},
	{name: "EC-28: a conversation comes first", given: valley(settled), consent: "valley", when: removal(func(c *circle.Remove) { c.Conversation = circle.Text{} }), refused: circle.TalkFirst},
	{name: "EC-28: nobody does it alone, the founder neither", given: valley(), when: removal(nil), refused: circle.ByConsentOnly},
	{name: "EC-28: another circle does not", given: valley(settled, hill), consent: "hill", when: removal(nil), refused: circle.ByConsentOnly},
	{name: "EC-28: who takes part", given: valley(settled), consent: "valley", when: removal(func(c *circle.Remove) { c.Person = "dee" }), refused: circle.NotInCircle},
	{name: "EC-28: in a circle that is there", given: valley(settled), consent: "valley", when: removal(func(c *circle.Remove) { c.Circle = "nowhere" }), refused: circle.UnknownCircle},

	{name: "M-35: one says oneself that one wants to take part", given: valley(settled), by: "dee", when: circle.AgreeToJoin{Circle: "valley"},
		then: []circle.Event{&circle.JoiningAgreed{Circle: "valley", Person: "dee"}}},
	{name: "M-35: once", given: valley(&circle.JoiningAgreed{Circle: "valley", Person: "dee"}), by: "dee", when: circle.AgreeToJoin{Circle: "valley"}, refused: circle.TakenID},
	{name: "M-35: in a circle that is there", given: valley(), by: "dee", when: circle.AgreeToJoin{Circle: "nowhere"}, refused: circle.UnknownCircle},
	{name: "M-35: by somebody who is known", given: valley(), by: "nobody", when: circle.AgreeToJoin{Circle: "valley"}, refused: circle.UnknownPerson},
	{name: "M-35: where the circle asks for it, nobody is made a participant without it", given: valley(asked, settled), consent: "valley",
		when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Full}, refused: circle.NotAgreed},
	{name: "M-35: with it they join", given: valley(asked, settled, &circle.JoiningAgreed{Circle: "valley", Person: "dee"}), consent: "valley",
		when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Full}, then: []circle.Event{&circle.Joined{Circle: "valley", Person: "dee", Level: circle.Full}}},
	{name: "M-35: who takes part already has agreed", given: valley(asked, settled), consent: "valley", when: circle.Join{Circle: "valley", Person: "ben", Level: circle.Learning},
		then: []circle.Event{&circle.Joined{Circle: "valley", Person: "ben", Level: circle.Learning}}},
}

// TestAway: M-38 and I-9, while somebody is on leave they have no consent right,
// by themselves or through a link, and have it again when they are back.
func TestAway(t *testing.T) {
	o := history(t, valley(willGo))
	require.Equal(t, circle.Full, o.LevelIn("valley", "ben"), "it has not begun")
	before := o.Copy()
	o.Apply(gone)
	require.Equal(t, circle.OnLeave, o.LevelIn("valley", "ben"))
	require.True(t, o.Away("valley", "ben"))
	require.Equal(t, []circle.PersonID{"cia"}, o.FullIn("valley"))
	require.False(t, before.Away("valley", "ben"))
	o.Apply(&circle.LeaveEnded{Circle: "valley", Person: "ben"})
	require.Equal(t, []circle.PersonID{"ben", "cia"}, o.FullIn("valley"))
	require.False(t, o.Away("nowhere", "ben"))

	o = history(t, linked(&circle.LeaveTaken{Circle: "places", Person: "dee", From: now}, &circle.LeaveBegan{Circle: "places", Person: "dee"}))
	require.Equal(t, circle.OnLeave, o.LevelIn("places", "dee"))
	require.NotContains(t, o.FullIn("places"), circle.PersonID("dee"))
}

// TestRemoved: who is removed takes part no longer, and the reason is about them.
func TestRemoved(t *testing.T) {
	e := &circle.Removed{Circle: "valley", Person: "ben"}
	require.Equal(t, circle.PersonID("ben"), e.Concerns())
	e.Adopted("p1")
	require.Equal(t, circle.Name("p1"), e.Case)
	require.Equal(t, circle.PersonID("ben"), circle.Remove{Person: "ben"}.Subject())
	o := history(t, valley(gone, e))
	require.Empty(t, o.LevelIn("valley", "ben"))
	require.Empty(t, o.Circle("valley").Leaves)
	require.True(t, o.WasRemoved("valley", "ben"))
	o.Apply(&circle.Joined{Circle: "valley", Person: "ben", Level: circle.Learning})
	require.False(t, o.WasRemoved("valley", "ben"), "they are back")
	require.False(t, o.WasRemoved("nowhere", "ben"))
}

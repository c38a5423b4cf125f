package circle_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
)

var (
	now   = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	kinds = []error{circle.ErrNotYou, circle.ErrNotNow, circle.ErrNotValid, circle.ErrNotKnown, circle.ErrTaken}
)

// history makes an organisation to which all of this has happened.
func history(t require.TestingT, given []circle.Event) *circle.Organisation {
	o := &circle.Organisation{}
	parts := 0
	for _, e := range given {
		happen(t, o, e, &parts)
	}
	return o
}

// happen seals a copy of an event, as the engine does, and applies it.
func happen(t require.TestingT, o *circle.Organisation, e circle.Event, parts *int) {
	sealed := canon.Clone(e).(circle.Event)
	require.NoError(t, canon.Seal(sealed, 7, func(string, string) (int, error) { *parts++; return *parts, nil }))
	o.Apply(sealed)
}

func item(id, of circle.ItemID) circle.Item { return circle.Item{ID: id, Of: of} }

// founded is an organisation in its founding: ana founds it and takes part.
func founded(more ...circle.Event) []circle.Event {
	return append([]circle.Event{
		&circle.Founded{Circle: "places", By: "ana", Name: circle.Say("Places"), Aim: circle.Say("Tied together"),
			AimParts: []circle.Item{item("bread", "")}, Domain: []circle.Item{item("care", ""), item("teams", "")}, Engine: circle.Edition},
		&circle.Admitted{Person: "ana", Class: circle.Worker},
		&circle.Admitted{Person: "ben", Name: circle.Say("Ben"), Class: circle.Supported},
		&circle.Admitted{Person: "cia", Class: circle.Worker},
		&circle.Admitted{Person: "dee", Class: circle.Advocate},
		&circle.Joined{Circle: "places", Person: "ana", Level: circle.Full},
	}, more...)
}

// valley is founded, with a circle inside it that has hats.
func valley(more ...circle.Event) []circle.Event {
	return founded(append([]circle.Event{
		&circle.Opened{Circle: "valley", Parent: "places", Type: circle.Local, Aim: circle.Say("Good teams"),
			Domain: []circle.Item{item("hand-over", "teams"), item("starting", "teams")}},
		&circle.Joined{Circle: "valley", Person: "ben", Level: circle.Full},
		&circle.Joined{Circle: "valley", Person: "cia", Level: circle.Full},
		&circle.RoleCreated{Role: "valley-leader", Circle: "valley", Hat: circle.Leader},
		&circle.RoleCreated{Role: "valley-delegate", Circle: "valley", Hat: circle.Delegate},
		&circle.RoleCreated{Role: "rota", Circle: "valley", Name: circle.Say("Rota Holder")},
		&circle.RoleGiven{Role: "valley-leader", Person: "cia", Since: now},
	}, more...)...)
}

func helping(more ...circle.Event) []circle.Event {
	return valley(append([]circle.Event{
		&circle.Opened{Circle: "helpers", Parent: "valley", Type: circle.Helping, Product: circle.Say("a draft"), Meetings: 2, Answers: "notes"},
	}, more...)...)
}

var settled = &circle.FoundingEnded{Circle: "places"}

func opens(id circle.ID, change func(*circle.Open)) circle.Open {
	c := circle.Open{ID: id, Parent: "places", Aim: circle.Say("Bake"), Domain: []circle.Item{item("care", "")}}
	if change != nil {
		change(&c)
	}
	return c
}

func helps(change func(*circle.Open)) circle.Open {
	c := circle.Open{ID: "helpers", Parent: "valley", Type: circle.Helping, Leader: "cia", Product: circle.Say("a draft"),
		Meetings: 2, Answers: "notes", Members: []circle.PersonID{"cia", "dee"}}
	if change != nil {
		change(&c)
	}
	return c
}

type row struct {
	name    string
	given   []circle.Event
	by      circle.PersonID // nobody: ana, the founder
	consent circle.ID
	when    circle.Command
	then    []circle.Event
	refused *circle.Code
}

var founding = circle.Found{ID: "places", Name: circle.Say("Places"), Aim: circle.Say("Tied together"),
	Domain: []circle.Item{item("care", "")}, Members: []circle.PersonID{"ana", "ben"}}

var rows = []row{
	{name: "M-1: an organisation begins with its root circle", when: founding, then: []circle.Event{
		&circle.Founded{Circle: "places", By: "ana", Name: circle.Say("Places"), Aim: circle.Say("Tied together"),
			Domain: []circle.Item{item("care", "")}, Engine: circle.Edition},
		&circle.Admitted{Person: "ana"}, &circle.Joined{Circle: "places", Person: "ana", Level: circle.Full},
		&circle.Admitted{Person: "ben"}, &circle.Joined{Circle: "places", Person: "ben", Level: circle.Full},
	}},
	{name: "M-1: founded with rules", when: circle.Found{ID: "places", Aim: circle.Say("a"), Domain: []circle.Item{item("care", "")}, Rules: circle.Rules{GuestMinutes: 15}},
		then: []circle.Event{
			&circle.Founded{Circle: "places", By: "ana", Aim: circle.Say("a"), Domain: []circle.Item{item("care", "")}, Engine: circle.Edition},
			&circle.RulesAgreed{Circle: "places", Rules: circle.Rules{GuestMinutes: 15}},
		}},
	{name: "M-2: there is one founding", given: founded(), when: founding, refused: circle.AlreadyFounded},
	{name: "M-2: nothing comes before the founding", when: circle.Admit{ID: "eva"}, refused: circle.NotFounded},
	{name: "nobody is admitted twice", refused: circle.TakenID,
		when: circle.Found{ID: "places", Aim: circle.Say("a"), Domain: []circle.Item{item("care", "")}, Members: []circle.PersonID{"ana", "ben", "ana"}}},
	{name: "M-1: the root has an aim", when: circle.Found{ID: "places", Domain: []circle.Item{item("care", "")}}, refused: circle.NoAim},
	{name: "EC-31: no part of an aim bears the name of the whole", refused: circle.TakenID,
		when: circle.Found{ID: "places", Aim: circle.Say("a"), Domain: []circle.Item{item("care", "")}, AimParts: []circle.Item{item(circle.WholeAim, "")}}},
	{name: "EC-31: nor of the aim of an inner circle", given: founded(), refused: circle.TakenID,
		when: opens("bakery", func(c *circle.Open) { c.AimParts = []circle.Item{item(circle.WholeAim, "")} })},
	{name: "M-9: two circles do not hold one piece", refused: circle.NotHeld,
		given: founded(&circle.Opened{Circle: "shop", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("ovens", "care")}}),
		when:  opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("ovens", "care")} })},
	{name: "M-9: an item stands once in a founding domain", refused: circle.TwiceInDomain,
		when: circle.Found{ID: "places", Aim: circle.Say("a"), Domain: []circle.Item{item("care", ""), item("care", "")}}},
	{name: "M-9: a part stands once in an aim", refused: circle.TwiceInDomain,
		when: circle.Found{ID: "places", Aim: circle.Say("a"), Domain: []circle.Item{item("care", "")}, AimParts: []circle.Item{item("give", ""), item("give", "")}}},

	{name: "M-3: a circle opens inside another, local if nothing is said", given: founded(), when: opens("bakery", func(c *circle.Open) {
		c.Name, c.AimParts = circle.Say("Bakery"), []circle.Item{item("bread", "")}
		c.Members = []circle.PersonID{"ben", "cia", "ben"}
		c.Rules = circle.Rules{Tools: []circle.Tool{circle.Amend}}
	}), then: []circle.Event{
		&circle.Opened{Circle: "bakery", Parent: "places", Type: circle.Local, Name: circle.Say("Bakery"), Aim: circle.Say("Bake"),
			AimParts: []circle.Item{item("bread", "")}, Domain: []circle.Item{item("care", "")}},
		&circle.Joined{Circle: "bakery", Person: "ben", Level: circle.Full},
		&circle.Joined{Circle: "bakery", Person: "cia", Level: circle.Full},
		&circle.RulesAgreed{Circle: "bakery", Rules: circle.Rules{Tools: []circle.Tool{circle.Amend}}},
	}},
	{name: "EC-15: a team is a circle", given: founded(), when: opens("team-ben", func(c *circle.Open) { c.Type = circle.Team }),
		then: []circle.Event{&circle.Opened{Circle: "team-ben", Parent: "places", Type: circle.Team, Aim: circle.Say("Bake"),
			Domain: []circle.Item{item("care", "")}}}},
	{name: "EC-81: a first leader wears the hat from the start", given: founded(),
		when: opens("bakery", func(c *circle.Open) { c.Leader, c.Members = "ben", []circle.PersonID{"cia"} }),
		then: []circle.Event{
			&circle.Opened{Circle: "bakery", Parent: "places", Type: circle.Local, Aim: circle.Say("Bake"), Domain: []circle.Item{item("care", "")}},
			&circle.Joined{Circle: "bakery", Person: "ben", Level: circle.Full},
			&circle.Joined{Circle: "bakery", Person: "cia", Level: circle.Full},
			&circle.RoleCreated{Role: "bakery-leader", Circle: "bakery", Hat: circle.Leader},
			&circle.RoleGiven{Role: "bakery-leader", Person: "ben", Since: now},
		}},
	{name: "M-7: a piece is cut from what the broader circle holds", given: founded(),
		when: opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("ovens", "care")} }),
		then: []circle.Event{&circle.Opened{Circle: "bakery", Parent: "places", Type: circle.Local, Aim: circle.Say("Bake"),
			Domain: []circle.Item{item("ovens", "care")}}}},
	{name: "M-3: inside a circle that is not there", given: founded(), refused: circle.UnknownCircle,
		when: opens("bakery", func(c *circle.Open) { c.Parent = "nowhere" })},
	{name: "M-18: inside a circle that has ended", given: helping(&circle.Closed{Circle: "helpers"}), refused: circle.CircleClosed,
		when: opens("bakery", func(c *circle.Open) { c.Parent = "helpers" })},
	{name: "the name of a circle is taken", given: valley(), when: opens("valley", nil), refused: circle.TakenID},
	{name: "EC-8: who did not found it changes nothing", given: founded(), by: "ben", when: opens("bakery", nil), refused: circle.ByConsentOnly},
	{name: "EC-8: the founder, too, changes nothing once it is settled", given: founded(settled), when: opens("bakery", nil), refused: circle.ByConsentOnly},
	{name: "EC-8: an inner circle does not consent for the one around it", given: valley(settled), consent: "valley",
		when: opens("bakery", nil), refused: circle.ByConsentOnly},
	{name: "EC-8: the circle around it consents", given: valley(settled), consent: "places",
		when: opens("bakery", func(c *circle.Open) { c.Parent, c.Domain = "valley", []circle.Item{item("starting", "")} }),
		then: []circle.Event{&circle.Opened{Circle: "bakery", Parent: "valley", Type: circle.Local, Aim: circle.Say("Bake"),
			Domain: []circle.Item{item("starting", "")}}}},
	{name: "M-9: an item stands once in a domain", given: founded(), refused: circle.TwiceInDomain,
		when: opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("care", ""), item("care", "teams")} })},
	{name: "M-2: there is one root", given: founded(), refused: circle.SecondRoot,
		when: opens("bakery", func(c *circle.Open) { c.Type = circle.Root })},
	{name: "M-1: a circle has an aim", given: founded(), refused: circle.NoAim,
		when: opens("bakery", func(c *circle.Open) { c.Aim = circle.Text{} })},
	{name: "M-1: a circle has a domain", given: founded(), refused: circle.NoDomain,
		when: opens("bakery", func(c *circle.Open) { c.Domain = nil })},
	{name: "M-7: nobody hands on what they do not hold", given: founded(), refused: circle.NotHeld,
		when: opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("money", "")} })},
	{name: "M-7: nobody cuts a piece from what they do not hold", given: founded(), refused: circle.NotHeld,
		when: opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("care", "money")} })},
	{name: "M-7: an item is handed to one circle only", refused: circle.NotHeld, when: opens("bakery", nil),
		given: founded(&circle.Opened{Circle: "shop", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("care", "")}})},
	{name: "M-7: no piece is cut from what was handed on whole", refused: circle.NotHeld,
		given: founded(&circle.Opened{Circle: "shop", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("care", "")}}),
		when:  opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("ovens", "care")} })},
	{name: "M-9: no item is handed on whole after a piece of it", refused: circle.NotHeld, when: opens("bakery", nil),
		given: founded(&circle.Opened{Circle: "shop", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("ovens", "care")}})},
	{name: "M-9: but another piece is", when: opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("flour", "care")} }),
		given: founded(&circle.Opened{Circle: "shop", Parent: "places", Type: circle.Local, Domain: []circle.Item{item("ovens", "care")}}),
		then: []circle.Event{&circle.Opened{Circle: "bakery", Parent: "places", Type: circle.Local, Aim: circle.Say("Bake"),
			Domain: []circle.Item{item("flour", "care")}}}},
	{name: "M-9: a piece does not bear the name of another item", given: founded(), refused: circle.TakenID,
		when: opens("bakery", func(c *circle.Open) { c.Domain = []circle.Item{item("teams", "care")} })},
	{name: "a circle begins with people who are known", given: founded(), refused: circle.UnknownPerson,
		when: opens("bakery", func(c *circle.Open) { c.Members = []circle.PersonID{"nobody"} })},

	{name: "EC-49: a helping circle with leader, product, meetings and need", given: valley(settled), consent: "valley", when: helps(nil),
		then: []circle.Event{
			&circle.Opened{Circle: "helpers", Parent: "valley", Type: circle.Helping, Product: circle.Say("a draft"), Meetings: 2, Answers: "notes"},
			&circle.Joined{Circle: "helpers", Person: "cia", Level: circle.Full},
			&circle.Joined{Circle: "helpers", Person: "dee", Level: circle.Full},
			&circle.RoleCreated{Role: "helpers-leader", Circle: "helpers", Hat: circle.Leader},
			&circle.RoleGiven{Role: "helpers-leader", Person: "cia", Since: now},
		}},
	{name: "EC-49: missing leader", given: valley(), when: helps(func(c *circle.Open) { c.Leader = "" }), refused: circle.HelpingIncomplete},
	{name: "EC-49: missing product", given: valley(), when: helps(func(c *circle.Open) { c.Product = circle.Text{} }), refused: circle.HelpingIncomplete},
	{name: "EC-49: missing life", given: valley(), when: helps(func(c *circle.Open) { c.Meetings = 0 }), refused: circle.HelpingIncomplete},
	{name: "EC-49: missing link to what it works on", given: valley(), when: helps(func(c *circle.Open) { c.Answers = "" }), refused: circle.HelpingIncomplete},
	{name: "EC-48: a helping circle decides nothing", given: valley(), refused: circle.HelpingHasNone,
		when: helps(func(c *circle.Open) { c.Domain = []circle.Item{item("starting", "")} })},
	{name: "the name of its leader's role is taken", given: valley(&circle.RoleCreated{Role: "helpers-leader", Circle: "valley"}), when: helps(nil), refused: circle.TakenID},
	{name: "M-18: it is closed by consent of its parent", given: helping(settled), consent: "valley", when: circle.Close{Circle: "helpers"},
		then: []circle.Event{&circle.Closed{Circle: "helpers"}}},
	{name: "M-24: only a helping circle is closed", given: valley(), when: circle.Close{Circle: "valley"}, refused: circle.NotHelping},
	{name: "EC-8: nobody closes it alone", given: helping(settled), when: circle.Close{Circle: "helpers"}, refused: circle.ByConsentOnly},
	{name: "M-18: it is closed once", given: helping(&circle.Closed{Circle: "helpers"}), when: circle.Close{Circle: "helpers"}, refused: circle.CircleClosed},

	{name: "a person is admitted with what they need (CP-14 to CP-18)", given: founded(), when: circle.Admit{ID: "eva", Name: circle.Say("Eva"),
		Class: circle.Investor, Reading: circle.Reading{First: circle.MustPeriod("14d")}, Formats: []circle.Format{circle.EasyRead},
		Access: []circle.Text{circle.Say("breaks")}, Supporters: []circle.PersonID{"dee"}},
		then: []circle.Event{
			&circle.Admitted{Person: "eva", Name: circle.Say("Eva"), Class: circle.Investor, Reading: circle.Reading{First: circle.MustPeriod("14d")},
				Formats: []circle.Format{circle.EasyRead}, Access: []circle.Text{circle.Say("breaks")}},
			&circle.SupporterNamed{Person: "eva", Supporter: "dee"},
		}},
	{name: "EC-1: a person is admitted once", given: founded(), when: circle.Admit{ID: "ben"}, refused: circle.TakenID},
	{name: "EC-61: admitting is for the root circle", given: valley(settled), consent: "valley", when: circle.Admit{ID: "eva"}, refused: circle.ByConsentOnly},
	{name: "CP-18: a supporter is known", given: founded(), refused: circle.UnknownPerson,
		when: circle.Admit{ID: "eva", Supporters: []circle.PersonID{"nobody"}}},
	{name: "CP-18: nobody is admitted as their own supporter", given: founded(), refused: circle.SelfSupporter,
		when: circle.Admit{ID: "eva", Supporters: []circle.PersonID{"eva"}}},
	{name: "CP-18: a supporter is admitted with once", given: founded(), refused: circle.TakenID,
		when: circle.Admit{ID: "eva", Supporters: []circle.PersonID{"dee", "ben", "dee"}}},

	{name: "CP-18: one names one's own supporter", given: founded(settled), by: "ben", when: circle.NameSupporter{Person: "ben", Supporter: "dee"},
		then: []circle.Event{&circle.SupporterNamed{Person: "ben", Supporter: "dee"}}},
	{name: "CP-18: the founder may while founding", given: founded(), when: circle.NameSupporter{Person: "ben", Supporter: "dee"},
		then: []circle.Event{&circle.SupporterNamed{Person: "ben", Supporter: "dee"}}},
	{name: "CP-18: nobody names another's supporter", given: founded(settled), when: circle.NameSupporter{Person: "ben", Supporter: "dee"}, refused: circle.OwnSupporter},
	{name: "CP-18: nobody is their own supporter", given: founded(settled), when: circle.NameSupporter{Person: "ben", Supporter: "ben"}, refused: circle.SelfSupporter},
	{name: "CP-18: a supporter of nobody", given: founded(), when: circle.NameSupporter{Person: "nobody", Supporter: "dee"}, refused: circle.UnknownPerson},
	{name: "CP-18: nobody as supporter", given: founded(), when: circle.NameSupporter{Person: "ben", Supporter: "nobody"}, refused: circle.UnknownPerson},
	{name: "CP-18: a supporter is named once", given: founded(&circle.SupporterNamed{Person: "ben", Supporter: "dee"}), by: "ben",
		when: circle.NameSupporter{Person: "ben", Supporter: "dee"}, refused: circle.TakenID},

	{name: "EC-18: a learning participant", given: valley(settled), consent: "valley", when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Learning},
		then: []circle.Event{&circle.Joined{Circle: "valley", Person: "dee", Level: circle.Learning}}},
	{name: "M-34: joining is by consent", given: valley(settled), by: "dee", when: circle.Join{Circle: "valley", Person: "dee", Level: circle.Full}, refused: circle.ByConsentOnly},
	{name: "joining nothing", given: founded(), when: circle.Join{Circle: "nowhere", Person: "dee", Level: circle.Full}, refused: circle.UnknownCircle},
	{name: "nobody joining", given: founded(), when: circle.Join{Circle: "places", Person: "nobody", Level: circle.Full}, refused: circle.UnknownPerson},
	{name: "joining what has ended", given: helping(&circle.Closed{Circle: "helpers"}), when: circle.Join{Circle: "helpers", Person: "dee", Level: circle.Full}, refused: circle.CircleClosed},

	{name: "M-36: leaving by plain notice", given: valley(settled), by: "ben", when: circle.Leave{Circle: "valley"},
		then: []circle.Event{&circle.Left{Circle: "valley", Person: "ben"}}},
	{name: "leaving where one is not", given: valley(), by: "dee", when: circle.Leave{Circle: "valley"}, refused: circle.NotInCircle},
	{name: "EC-13: who sits there by a link leaves by laying the hat down", by: "cia", refused: circle.NotInCircle,
		given: valley(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader}), when: circle.Leave{Circle: "places"}},
	{name: "leaving nothing", given: valley(), by: "ben", when: circle.Leave{Circle: "nowhere"}, refused: circle.UnknownCircle},

	{name: "CP-30: a circle agrees its rules", given: valley(settled), consent: "valley",
		when: circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Wait}}},
		then: []circle.Event{&circle.RulesAgreed{Circle: "valley", Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Wait}}}}},
	{name: "CP-30: nobody changes them alone", given: valley(settled), by: "cia",
		when: circle.AgreeRules{Circle: "valley", Rules: circle.Rules{Conflicts: true}}, refused: circle.ByConsentOnly},
	{name: "rules of nothing", given: valley(), when: circle.AgreeRules{Circle: "nowhere", Rules: circle.Rules{Conflicts: true}}, refused: circle.UnknownCircle},

	{name: "EC-82: a circle has a process hat", given: founded(), when: circle.CreateRole{ID: "scribe", Circle: "places", Hat: circle.Secretary, Name: circle.Say("Scribe")},
		then: []circle.Event{&circle.RoleCreated{Role: "scribe", Circle: "places", Hat: circle.Secretary, Name: circle.Say("Scribe")}}},
	{name: "the name of a role is taken", given: valley(), when: circle.CreateRole{ID: "rota", Circle: "places"}, refused: circle.TakenID},
	{name: "EC-81: a hat is created by consent", given: valley(settled), when: circle.CreateRole{ID: "scribe", Circle: "valley"}, refused: circle.ByConsentOnly},
	{name: "a role in nothing", given: valley(), when: circle.CreateRole{ID: "scribe", Circle: "nowhere"}, refused: circle.UnknownCircle},

	{name: "EC-81: a hat is worn for a term", given: valley(settled), consent: "valley", when: circle.GiveRole{Role: "rota", Person: "ben", Term: circle.MustPeriod("9m")},
		then: []circle.Event{&circle.RoleGiven{Role: "rota", Person: "ben", Since: now, Until: time.Date(2026, 12, 2, 10, 0, 0, 0, time.UTC)}}},
	{name: "EC-84: its wearer need not take part in the circle", given: valley(), when: circle.GiveRole{Role: "valley-delegate", Person: "dee"},
		then: []circle.Event{&circle.RoleGiven{Role: "valley-delegate", Person: "dee", Since: now}}},
	{name: "M-52: the same person again, for a new term", given: valley(), when: circle.GiveRole{Role: "valley-leader", Person: "cia", Term: circle.MustPeriod("1y")},
		then: []circle.Event{&circle.RoleGiven{Role: "valley-leader", Person: "cia", Since: now, Until: time.Date(2027, 3, 2, 10, 0, 0, 0, time.UTC)}}},
	{name: "EC-83: Leader is not Delegate", given: valley(), when: circle.GiveRole{Role: "valley-delegate", Person: "cia"}, refused: circle.LeaderIsDelegate},
	{name: "EC-83: Delegate is not Leader", given: valley(&circle.RoleGiven{Role: "valley-delegate", Person: "ben", Since: now}),
		when: circle.GiveRole{Role: "valley-leader", Person: "ben"}, refused: circle.LeaderIsDelegate},
	{name: "EC-83: not after the term either, until the circle has chosen again", given: valley(&circle.RoleTermEnded{Role: "valley-leader", Person: "cia"}),
		when: circle.GiveRole{Role: "valley-delegate", Person: "cia"}, refused: circle.LeaderIsDelegate},
	{name: "EC-83: Leader of one circle, Delegate of another", given: valley(&circle.RoleCreated{Role: "up", Circle: "places", Hat: circle.Delegate}),
		when: circle.GiveRole{Role: "up", Person: "cia"}, then: []circle.Event{&circle.RoleGiven{Role: "up", Person: "cia", Since: now}}},
	{name: "a role that is not there", given: valley(), when: circle.GiveRole{Role: "nothing", Person: "ben"}, refused: circle.UnknownRole},
	{name: "a role for nobody", given: valley(), when: circle.GiveRole{Role: "rota", Person: "nobody"}, refused: circle.UnknownPerson},
	{name: "M-24: a role of a circle that has ended", given: helping(&circle.RoleCreated{Role: "scribe", Circle: "helpers"}, &circle.Closed{Circle: "helpers"}),
		when: circle.GiveRole{Role: "scribe", Person: "dee"}, refused: circle.CircleClosed},
	{name: "EC-85: the circle chooses, not the one around the corner", given: valley(settled, &circle.Opened{Circle: "hill", Parent: "places", Type: circle.Local}),
		consent: "hill", when: circle.GiveRole{Role: "rota", Person: "ben"}, refused: circle.ByConsentOnly},

	{name: "CP-28: a hat is laid down without reasons", given: valley(settled), by: "cia", when: circle.LayDown{Role: "valley-leader"},
		then: []circle.Event{&circle.RoleLaidDown{Role: "valley-leader", Person: "cia"}}},
	{name: "nobody lays down another's hat", given: valley(), when: circle.LayDown{Role: "valley-leader"}, refused: circle.NotWearing},
	{name: "a hat that is not there", given: valley(), when: circle.LayDown{Role: "nothing"}, refused: circle.UnknownRole},

	{name: "EC-13: a circle is linked by its Delegate", given: valley(settled), consent: "places", when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Delegate},
		then: []circle.Event{&circle.Linked{Circle: "valley", To: "places", As: circle.Delegate}}},
	{name: "EC-88: the receiving circle consents, not the linked one", given: valley(settled), consent: "valley",
		when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Delegate}, refused: circle.ByConsentOnly},
	{name: "EC-13: no link by another hat", given: valley(), when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Secretary}, refused: circle.NotALink},
	{name: "EC-13: links go to the circle around", given: valley(), when: circle.LinkTo{Circle: "places", To: "valley", As: circle.Leader}, refused: circle.NotBroader},
	{name: "EC-13: a link is made once", given: valley(&circle.Linked{Circle: "valley", To: "places", As: circle.Leader}),
		when: circle.LinkTo{Circle: "valley", To: "places", As: circle.Leader}, refused: circle.TakenID},
	{name: "a link from nothing", given: valley(), when: circle.LinkTo{Circle: "nowhere", To: "places", As: circle.Leader}, refused: circle.UnknownCircle},
	{name: "a link to nothing", given: valley(), when: circle.LinkTo{Circle: "valley", To: "nowhere", As: circle.Leader}, refused: circle.UnknownCircle},

	{name: "EC-8: the founder ends the founding", given: founded(), when: circle.EndFounding{}, then: []circle.Event{settled}},
	{name: "EC-8: nobody else does", given: founded(), by: "ben", when: circle.EndFounding{}, refused: circle.ByConsentOnly},
	{name: "EC-8: it ends once", given: founded(settled), when: circle.EndFounding{}, refused: circle.ByConsentOnly},
}

// who names those who act in the rows about actors.
var who = []struct {
	name    string
	by      circle.Actor
	refused *circle.Code
}{
	{"a person the organisation knows", circle.Actor{By: "ben"}, nil},
	{"CP-18: with a supporter named beforehand", circle.Actor{By: "ben", With: "dee"}, nil},
	{"CP-21: recorded by somebody known", circle.Actor{By: "ben", RecordedBy: "cia"}, nil},
	{"time alone", circle.Actor{Clock: true}, nil},
	{"nobody", circle.Actor{By: "nobody"}, circle.UnknownPerson},
	{"CP-21: recorded by nobody", circle.Actor{By: "ben", RecordedBy: "nobody"}, circle.UnknownPerson},
	{"CP-18: with somebody who was not named", circle.Actor{By: "ben", With: "cia"}, circle.NotSupporter},
	{"CP-18: a supporter supports one way only", circle.Actor{By: "dee", With: "ben"}, circle.NotSupporter},
	{"CP-18: through an interpreter named beforehand", circle.Actor{By: "ben", Through: "cia"}, nil},
	{"CP-18: through the interpreter of who acts for another", circle.Actor{By: "ben", Through: "cia", For: "ana"}, nil},
	{"CP-18: through somebody who was not named", circle.Actor{By: "ben", Through: "dee"}, circle.NotInterpreter},
	{"CP-20: through one's supporter", circle.Actor{By: "ben", With: "dee", Through: "dee"}, circle.CapacitiesMixed},
	{"CP-20: through oneself", circle.Actor{By: "ben", Through: "ben"}, circle.CapacitiesMixed},
	{"CP-20: through the one for whom one acts", circle.Actor{By: "ben", Through: "cia", For: "cia"}, circle.CapacitiesMixed},
	{"CP-20: through who writes it down", circle.Actor{By: "ben", Through: "cia", RecordedBy: "cia"}, circle.CapacitiesMixed},
	{"CP-19: for nobody", circle.Actor{By: "dee", For: "nobody"}, circle.UnknownPerson},
	{"CP-20: as one's own supporter", circle.Actor{By: "dee", With: "dee"}, circle.CapacitiesMixed},
	{"CP-20: for oneself", circle.Actor{By: "dee", For: "dee"}, circle.CapacitiesMixed},
	{"CP-20: with the one for whom one acts", circle.Actor{By: "ben", With: "dee", For: "dee"}, circle.CapacitiesMixed},
}

// TestLaw: what may happen, what follows, and what is refused; and that no
// command and no refusal of this room is left out here.
func TestLaw(t *testing.T) {
	refused, accepted, events := map[*circle.Code]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range slices.Concat(rows, structureRows, officeRows, linkRows, detailRows, steadRows, awayRows, moneyRows, intentRows, protectRows, safeguardRows, bodyRows, membershipRows, boardRows, interpreterRows, reviewRows) {
		t.Run(r.name, func(t *testing.T) {
			o := history(t, r.given)
			before := canon.Digest(o.Image())
			by := circle.Actor{By: "ana"}
			if r.by != "" {
				by.By = r.by
			}
			got, err := o.Decide(by, now, r.when, circle.Facts{ConsentOf: r.consent})
			require.Equal(t, before, canon.Digest(o.Image()), "deciding changes nothing")
			if r.refused != nil {
				require.Empty(t, got)
				lawtest.Refused(t, r.refused, err)
				refused[r.refused] = true
				return
			}
			require.NoError(t, err)
			require.Equal(t, r.then, got)
			accepted[r.when.Wire()] = true
			parts := 100
			for _, e := range got {
				lawtest.Stored(t, e, deedTypes)
				happen(t, o, e, &parts)
			}
			require.NotEqual(t, before, canon.Digest(o.Image()), "what happened is seen")
		})
		for _, e := range slices.Concat(r.given, r.then) {
			events[e.Wire()] = true
		}
	}
	for _, r := range who {
		t.Run(r.name, func(t *testing.T) {
			err := history(t, founded(&circle.SupporterNamed{Person: "ben", Supporter: "dee"}, named)).Admits(r.by)
			if r.refused == nil {
				require.NoError(t, err)
				return
			}
			lawtest.Refused(t, r.refused, err)
			refused[r.refused] = true
		})
	}
	refused[circle.NoBasis] = true                                                // given by the process, which knows the decision: see consent
	events[circle.Met{}.Wire()] = true                                            // given by the process, when a helping circle meets: see TestMeetings
	refused[circle.AimFirst] = true                                               // asked by the process, before a matter is taken in: see TestMayDecide
	refused[circle.BodyIsSpokenFor], refused[circle.NotRepresenting] = true, true // of who acts: see TestRepresents
	for _, c := range circle.Codes() {
		require.True(t, refused[c], "no row is refused with %s", c.ID)
	}
	for _, c := range circle.Commands() {
		require.True(t, accepted[c.Wire()], "no row accepts %s", c.Wire())
	}
	for _, e := range circle.Events() {
		require.True(t, events[e.Wire()], "no row has %s", e.Wire())
	}
}

func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range circle.Codes() {
		require.Regexp(t, `^[a-z]+(-[a-z]+)*$`, c.ID)
		require.False(t, seen[c.ID], "%s stands twice", c.ID)
		seen[c.ID] = true
		require.Contains(t, kinds, c.Kind, c.ID)
		require.Contains(t, []circle.Where{circle.InEngine, circle.InMethod, circle.InRules}, c.Stands, c.ID)
		require.Regexp(t, `\.$`, c.Says, c.ID)
	}
}

func TestWireNames(t *testing.T) {
	seen := map[string]bool{}
	check := func(wire string) {
		require.Regexp(t, `^circle\.[a-z]+(-[a-z]+)*$`, wire)
		require.False(t, seen[wire], "%s stands twice", wire)
		seen[wire] = true
	}
	for _, c := range circle.Commands() {
		check(c.Wire())
	}
	for _, e := range circle.Events() {
		check(e.Wire())
	}
}

// TestFounding: the founder may speak structural commands
// without taking part, until the founding is over.
func TestFounding(t *testing.T) {
	o := history(t, founded())
	require.True(t, o.Founded())
	require.False(t, o.Settled())
	require.True(t, o.Founding(circle.Actor{By: "ana"}))
	require.False(t, o.Founding(circle.Actor{By: "ben"}))
	o.Apply(settled)
	require.True(t, o.Settled())
	require.False(t, o.Founding(circle.Actor{By: "ana"}))
	require.False(t, (&circle.Organisation{}).Founded())
}

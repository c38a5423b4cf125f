package circle

import (
	"slices"
	"time"
)

// AgreeToJoin says that one wants to take part in a circle, and keeps to what it
// has agreed: nobody is made a participant without it where the circle's rules
// ask for that (M-35, EC-21).
type AgreeToJoin struct {
	Circle ID `json:"circle"`
}

// Wire names the command.
func (AgreeToJoin) Wire() string { return "circle.agree-to-join" }

// JoiningAgreed: somebody said that they want to take part in a circle.
type JoiningAgreed struct {
	Circle ID       `json:"circle"`
	Person PersonID `json:"person"`
}

// Wire names the event.
func (JoiningAgreed) Wire() string { return "circle.joining-agreed" }

func (e JoiningAgreed) apply(o *Organisation) {
	c := o.circles[e.Circle]
	c.Agreed = append(slices.Clone(c.Agreed), e.Person)
}

// NotAgreed: the circle asks for the agreement of who is to join.
var NotAgreed = &Code{ID: "not-agreed", Kind: ErrNotNow, Rule: "M-35", Stands: InRules,
	Says: "{who} has not agreed to take part in {circle}. Nobody is made a participant without their own agreement: circle.agree-to-join gives it."}

func (c AgreeToJoin) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	circle, err := o.open(c.Circle)
	switch {
	case err != nil:
		return nil, err
	case o.people[by.By] == nil:
		return nil, UnknownPerson.Refuse("who", by.By)
	case slices.Contains(circle.Agreed, by.By) || o.LevelIn(c.Circle, by.By) != "":
		return nil, TakenID.Refuse("id", by.By)
	}
	return []Event{&JoiningAgreed{Circle: c.Circle, Person: by.By}}, nil
}

// agreed refuses to let somebody join who has not agreed to it themselves, where
// the circle asks for that. Who takes part has agreed before.
func (o *Organisation) agreed(c *Circle, who PersonID, f Facts) error {
	if f.ConsentOf == "" || o.LevelIn(c.ID, who) != "" || slices.Contains(c.Agreed, who) || !o.RulesOf(c.ID).OwnAgreement {
		return nil
	}
	return NotAgreed.Refuse("who", who, "circle", c.ID)
}

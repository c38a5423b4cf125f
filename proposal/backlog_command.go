package proposal

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// DescribeNeed says what the need is in three parts: the situation, what it
// leads to or is expected to lead to, and why that matters to the circle
// (M-75). A new wording is open again to the circle's consent; one that the
// circle has accepted is changed by consent alone.
type DescribeNeed struct {
	Need      NeedID      `json:"need"`
	Situation circle.Text `json:"situation"`
	Effect    circle.Text `json:"effect"`
	Relevance circle.Text `json:"relevance"`
	// Example is one thing that really happened, and how the proposal would have
	// helped; some methods ask for it (M-90).
	Example circle.Text `json:"example,omitempty"`
}

// SetRequirement says what is needed, and what that is expected to bring,
// before anybody speaks of solutions (M-76).
type SetRequirement struct {
	Need        NeedID      `json:"need"`
	Requirement circle.Text `json:"requirement"`
	Impact      circle.Text `json:"impact"`
}

// AcceptNeed says, by consent of the circle, that the need as it is worded is
// worth acting on (M-77).
type AcceptNeed struct {
	Need NeedID `json:"need"`
	// Wording is the wording that is consented to: words that came later are not.
	Wording int `json:"wording"`
}

// AcceptRequirement says, by consent of the circle, that this is what is needed
// (M-77). It is a step of its own, after that on the need.
type AcceptRequirement struct {
	Need    NeedID `json:"need"`
	Wording int    `json:"wording"`
}

// LinkNeed says how a need stands to another need, or that a proposal or an
// agreement has to do with it (M-78).
type LinkNeed struct {
	Need NeedID `json:"need"`
	To   NeedID `json:"to,omitempty"`
	// As says what Need is to To: a part of it, the broader one, or related.
	As LinkKind `json:"as,omitempty"`
	// Text is the proposal or agreement, where the link leads to one.
	Text ID `json:"proposal,omitempty"`
}

// Rank puts all open needs of a circle into one strict order (M-79).
type Rank struct {
	Circle circle.ID `json:"circle"`
	Order  []NeedID  `json:"order"`
}

// SetNextStep says what is done next about a need, how long that takes in a
// meeting, and by when (M-79).
type SetNextStep struct {
	Need     NeedID        `json:"need"`
	Step     Step          `json:"step"`
	Estimate circle.Period `json:"estimate,omitempty"`
	Due      time.Time     `json:"due,omitempty"`
}

// CloseNeed takes a need off the backlog with an outcome, by consent of the
// circle: nothing ends silently (M-119).
type CloseNeed struct {
	Need    NeedID      `json:"need"`
	Outcome NeedOutcome `json:"outcome"`
	Reason  circle.Text `json:"reason" words:"heard"`
}

// OfferNeed passes a need on to the circle in whose domain it lies. Until that
// circle answers, it stays where it is (M-80).
type OfferNeed struct {
	Need   NeedID      `json:"need"`
	To     circle.ID   `json:"to"`
	Reason circle.Text `json:"reason"`
}

// TakeNeed accepts a need that was offered. Given for the circle that offered
// it, it takes the offer back (M-80).
type TakeNeed struct {
	Need NeedID `json:"need"`
}

// RefuseNeed does not accept a need that was offered: it goes to the circle
// around the one that refuses (M-80).
type RefuseNeed struct {
	Need   NeedID      `json:"need"`
	Reason circle.Text `json:"reason"`
}

// Wire names, one for each command.
func (DescribeNeed) Wire() string      { return "proposal.describe-need" }
func (SetRequirement) Wire() string    { return "proposal.set-requirement" }
func (AcceptNeed) Wire() string        { return "proposal.accept-need" }
func (AcceptRequirement) Wire() string { return "proposal.accept-requirement" }
func (LinkNeed) Wire() string          { return "proposal.link-need" }
func (Rank) Wire() string              { return "proposal.rank" }
func (SetNextStep) Wire() string       { return "proposal.set-next-step" }
func (CloseNeed) Wire() string         { return "proposal.close-need" }
func (OfferNeed) Wire() string         { return "proposal.offer-need" }
func (TakeNeed) Wire() string          { return "proposal.take-need" }
func (RefuseNeed) Wire() string        { return "proposal.refuse-need" }

// backlogCommands lists one of each command from a need to its place on the
// backlog.
func backlogCommands() []Command {
	return []Command{DescribeNeed{}, SetRequirement{}, AcceptNeed{}, AcceptRequirement{}, LinkNeed{}, Rank{}, SetNextStep{},
		CloseNeed{}, OfferNeed{}, TakeNeed{}, RefuseNeed{}}
}

// About names the need that a command is about.
func (c DescribeNeed) About() NeedID      { return c.Need }
func (c SetRequirement) About() NeedID    { return c.Need }
func (c AcceptNeed) About() NeedID        { return c.Need }
func (c AcceptRequirement) About() NeedID { return c.Need }
func (c LinkNeed) About() NeedID          { return c.Need }
func (c SetNextStep) About() NeedID       { return c.Need }
func (c CloseNeed) About() NeedID         { return c.Need }
func (c OfferNeed) About() NeedID         { return c.Need }
func (c TakeNeed) About() NeedID          { return c.Need }
func (c RefuseNeed) About() NeedID        { return c.Need }

// Among names the needs that a command puts in order.
func (c Rank) Among() []NeedID { return c.Order }

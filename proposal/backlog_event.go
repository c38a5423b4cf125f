package proposal

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// NeedDescribed: a need has a new wording. By is empty when the circle
// described it by consent.
type NeedDescribed struct {
	Need      NeedID          `json:"need"`
	Wording   int             `json:"wording"`
	Situation circle.Text     `json:"situation" words:"own"`
	Effect    circle.Text     `json:"effect" words:"own"`
	Relevance circle.Text     `json:"relevance" words:"own"`
	Example   circle.Text     `json:"example,omitempty" words:"own"`
	By        circle.PersonID `json:"by,omitempty"`
}

// RequirementSet: it was said what is needed. By is empty when the circle said
// it by consent.
type RequirementSet struct {
	Need        NeedID          `json:"need"`
	Wording     int             `json:"wording"`
	Requirement circle.Text     `json:"requirement" words:"heard"`
	Impact      circle.Text     `json:"impact" words:"heard"`
	By          circle.PersonID `json:"by,omitempty"`
}

// NeedAccepted: the circle consented that a need is worth acting on.
type NeedAccepted struct {
	Need    NeedID `json:"need"`
	Wording int    `json:"wording"`
}

// RequirementAccepted: the circle consented to what is needed.
type RequirementAccepted struct {
	Need    NeedID `json:"need"`
	Wording int    `json:"wording"`
}

// NeedLinked: a need was linked to another one, or to a proposal or agreement.
type NeedLinked struct {
	Need NeedID          `json:"need"`
	To   NeedID          `json:"to,omitempty"`
	As   LinkKind        `json:"as,omitempty"`
	Text ID              `json:"proposal,omitempty"`
	By   circle.PersonID `json:"by"`
}

// Ranked: the open needs of a circle were put in order.
type Ranked struct {
	Circle circle.ID       `json:"circle"`
	Order  []NeedID        `json:"order"`
	By     circle.PersonID `json:"by"`
}

// NextStepSet: it was said what is done next about a need.
type NextStepSet struct {
	Need     NeedID          `json:"need"`
	Step     Step            `json:"step"`
	Estimate circle.Period   `json:"estimate,omitempty"`
	Due      time.Time       `json:"due,omitempty"`
	By       circle.PersonID `json:"by"`
}

// NeedClosed: the circle took a need off its backlog, with this outcome.
type NeedClosed struct {
	Need    NeedID      `json:"need"`
	Outcome NeedOutcome `json:"outcome"`
	Reason  circle.Text `json:"reason" words:"own"`
}

// NeedOffered: a need was offered to another circle.
type NeedOffered struct {
	Need   NeedID          `json:"need"`
	From   circle.ID       `json:"from"`
	To     circle.ID       `json:"to"`
	Reason circle.Text     `json:"reason" words:"own"`
	By     circle.PersonID `json:"by"`
}

// NeedTaken: the circle to which a need was offered took it; or the one that
// had offered it keeps it.
type NeedTaken struct {
	Need   NeedID          `json:"need"`
	Circle circle.ID       `json:"circle"`
	By     circle.PersonID `json:"by"`
}

// NeedRefused: the circle to which a need was offered did not take it, and it
// went on to another.
type NeedRefused struct {
	Need   NeedID          `json:"need"`
	Circle circle.ID       `json:"circle"`
	Now    circle.ID       `json:"now"`
	Reason circle.Text     `json:"reason" words:"own"`
	By     circle.PersonID `json:"by"`
}

// Wire names, one for each event.
func (NeedDescribed) Wire() string       { return "proposal.need-described" }
func (RequirementSet) Wire() string      { return "proposal.requirement-set" }
func (NeedAccepted) Wire() string        { return "proposal.need-accepted" }
func (RequirementAccepted) Wire() string { return "proposal.requirement-accepted" }
func (NeedLinked) Wire() string          { return "proposal.need-linked" }
func (Ranked) Wire() string              { return "proposal.ranked" }
func (NextStepSet) Wire() string         { return "proposal.next-step-set" }
func (NeedClosed) Wire() string          { return "proposal.need-closed" }
func (NeedOffered) Wire() string         { return "proposal.need-offered" }
func (NeedTaken) Wire() string           { return "proposal.need-taken" }
func (NeedRefused) Wire() string         { return "proposal.need-refused" }

// backlogEvents lists one of each event from a need to its place on the
// backlog.
func backlogEvents() []Event {
	return []Event{NeedDescribed{}, RequirementSet{}, NeedAccepted{}, RequirementAccepted{}, NeedLinked{}, Ranked{},
		NextStepSet{}, NeedClosed{}, NeedOffered{}, NeedTaken{}, NeedRefused{}}
}

// About names the need that an event is about.
func (e NeedDescribed) About() NeedID       { return e.Need }
func (e RequirementSet) About() NeedID      { return e.Need }
func (e NeedAccepted) About() NeedID        { return e.Need }
func (e RequirementAccepted) About() NeedID { return e.Need }
func (e NeedLinked) About() NeedID          { return e.Need }
func (e NextStepSet) About() NeedID         { return e.Need }
func (e NeedClosed) About() NeedID          { return e.Need }
func (e NeedOffered) About() NeedID         { return e.Need }
func (e NeedTaken) About() NeedID           { return e.Need }
func (e NeedRefused) About() NeedID         { return e.Need }

// Among names the needs that an event put in order.
func (e Ranked) Among() []NeedID { return e.Order }

package consent

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// ExtendWindow gives everybody more time to answer, as often as the method
// allows and not more (M-203).
type ExtendWindow struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// Acknowledge says that one has seen the question. It is no answer.
type Acknowledge struct {
	Proposal proposal.ID `json:"proposal"`
}

// Sponsor stands behind somebody else's proposal, so that it may be decided
// (M-94).
type Sponsor struct {
	Proposal proposal.ID `json:"proposal"`
}

// ChooseMethod decides one case by another method than the circle's own. It is
// carried out by consent of the circle, before the question is put (M-142).
type ChooseMethod struct {
	Proposal proposal.ID `json:"proposal"`
	Method   circle.Name `json:"method"`
}

// Of names the proposal that the method is chosen for.
func (c ChooseMethod) Of() proposal.ID { return c.Proposal }

// AnswerAhead answers a question that is to be put while one is away. It counts
// for the version that it names, and is void if the text changes (M-132, M-133).
type AnswerAhead struct {
	Proposal proposal.ID `json:"proposal"`
	Version  int         `json:"version,omitempty"`
	Answer   string      `json:"answer"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// AskFeedback asks a person for a word on a proposal. It holds up nothing, and is
// answered by whatever they contribute next (M-211).
type AskFeedback struct {
	Proposal proposal.ID     `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	Text     circle.Text     `json:"text,omitempty"`
}

// Wire names, one for each command.
func (ExtendWindow) Wire() string { return "consent.extend-window" }
func (Acknowledge) Wire() string  { return "consent.acknowledge" }
func (Sponsor) Wire() string      { return "consent.sponsor" }
func (ChooseMethod) Wire() string { return "consent.choose-method" }
func (AnswerAhead) Wire() string  { return "consent.answer-ahead" }
func (AskFeedback) Wire() string  { return "consent.ask-feedback" }

// windowCommands lists one of each.
func windowCommands() []ownCommand {
	return []ownCommand{ExtendWindow{}, Acknowledge{}, Sponsor{}, ChooseMethod{}, AnswerAhead{}, AskFeedback{}}
}

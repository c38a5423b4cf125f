package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// PanelNamed: these people hear an appeal.
type PanelNamed struct {
	Appeal   AppealID          `json:"appeal"`
	Proposal proposal.ID       `json:"proposal"`
	By       circle.PersonID   `json:"by"`
	Members  []circle.PersonID `json:"members"`
}

// PanellistDoubted: somebody on a panel finds one of them partial, and with that
// they may be enough for a dismissal.
type PanellistDoubted struct {
	Appeal    AppealID        `json:"appeal"`
	Proposal  proposal.ID     `json:"proposal"`
	Person    circle.PersonID `json:"person"`
	By        circle.PersonID `json:"by"`
	Dismissed bool            `json:"dismissed,omitempty"`
	Reason    circle.Text     `json:"reason" words:"heard"`
}

// AppealJudged: one of a panel said what they find.
type AppealJudged struct {
	Appeal   AppealID        `json:"appeal"`
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Ruling   AppealRuling    `json:"ruling"`
	Reason   circle.Text     `json:"reason" words:"heard"`
}

// PanelReported: a panel reported, by so many of it: short of all who were to be
// heard, or late. Until is how long a petition may bring it before more people.
type PanelReported struct {
	Appeal   AppealID        `json:"appeal"`
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Says     int             `json:"says"`
	Of       int             `json:"of"`
	Short    bool            `json:"short,omitempty"`
	Late     bool            `json:"late,omitempty"`
	Until    time.Time       `json:"until,omitempty"`
}

// AppealPetitioned: somebody asks that the next circle hears an appeal.
type AppealPetitioned struct {
	Appeal   AppealID        `json:"appeal"`
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Wire names, one for each event.
func (PanelNamed) Wire() string       { return "consent.panel-named" }
func (PanellistDoubted) Wire() string { return "consent.panellist-doubted" }
func (AppealJudged) Wire() string     { return "consent.appeal-judged" }
func (PanelReported) Wire() string    { return "consent.panel-reported" }
func (AppealPetitioned) Wire() string { return "consent.appeal-petitioned" }

// panelEvents lists one of each.
func panelEvents() []ownEvent {
	return append(holdEvents(), &PanelNamed{}, &PanellistDoubted{}, &AppealJudged{}, &PanelReported{}, &AppealPetitioned{})
}

// On names the proposal that an event is about.
func (e *PanelNamed) On() proposal.ID       { return e.Proposal }
func (e *PanellistDoubted) On() proposal.ID { return e.Proposal }
func (e *AppealJudged) On() proposal.ID     { return e.Proposal }
func (e *PanelReported) On() proposal.ID    { return e.Proposal }
func (e *AppealPetitioned) On() proposal.ID { return e.Proposal }

// In names no meeting: a panel meets as it likes.
func (*PanelNamed) In() MeetingID       { return "" }
func (*PanellistDoubted) In() MeetingID { return "" }
func (*AppealJudged) In() MeetingID     { return "" }
func (*PanelReported) In() MeetingID    { return "" }
func (*AppealPetitioned) In() MeetingID { return "" }

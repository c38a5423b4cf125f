package proposal

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// AddDimension names one side of the issue, while the picture is open (M-82).
type AddDimension struct {
	Need NeedID      `json:"need"`
	ID   PieceID     `json:"id"`
	Text circle.Text `json:"text"`
}

// ClosePicture says, by consent of the circle, that the picture is complete for
// now (M-82).
type ClosePicture struct {
	Need NeedID `json:"need"`
}

// ReopenPicture says that something is missing in the picture after all (M-82).
type ReopenPicture struct {
	Need   NeedID      `json:"need"`
	Reason circle.Text `json:"reason"`
}

// AddIdea adds a piece of a solution, for some dimensions of the picture
// (M-83).
type AddIdea struct {
	Need       NeedID      `json:"need"`
	ID         PieceID     `json:"id"`
	Text       circle.Text `json:"text"`
	Dimensions []PieceID   `json:"dimensions,omitempty"`
}

// AskQuestion puts what is to be thought of as a question (M-84).
type AskQuestion struct {
	Need NeedID       `json:"need"`
	ID   PieceID      `json:"id"`
	Kind QuestionKind `json:"kind"`
	Text circle.Text  `json:"text"`
}

// AnswerQuestion answers a question for information (M-84).
type AnswerQuestion struct {
	Need     NeedID      `json:"need"`
	Question PieceID     `json:"question"`
	Answer   circle.Text `json:"answer"`
}

// Prioritise puts the questions that ideas answer into an order (M-84).
type Prioritise struct {
	Need  NeedID    `json:"need"`
	Order []PieceID `json:"order"`
}

// ChooseTuners names, by consent of the circle, those who make one text of what
// was gathered, with what they are asked to do and by when. They decide nothing
// (M-85).
type ChooseTuners struct {
	Need    NeedID            `json:"need"`
	Tuners  []circle.PersonID `json:"tuners"`
	Until   time.Time         `json:"until"`
	Mandate circle.Text       `json:"mandate,omitempty"`
}

// CheckCoverage says whether the current version of a proposal covers the
// picture. That it does is said by consent of the circle; a gap is named by any
// participant, with the step to which the work goes back (M-86).
type CheckCoverage struct {
	Need   NeedID      `json:"need"`
	Text   ID          `json:"proposal"`
	Covers bool        `json:"covers,omitempty"`
	BackTo FormingStep `json:"back-to,omitempty"`
	Reason circle.Text `json:"reason,omitempty" words:"heard"`
}

// LeaveOut says why an idea is not in the proposal (M-87).
type LeaveOut struct {
	Need   NeedID      `json:"need"`
	Idea   PieceID     `json:"idea"`
	Reason circle.Text `json:"reason"`
}

// Wire names, one for each command.
func (AddDimension) Wire() string   { return "proposal.add-dimension" }
func (ClosePicture) Wire() string   { return "proposal.close-picture" }
func (ReopenPicture) Wire() string  { return "proposal.reopen-picture" }
func (AddIdea) Wire() string        { return "proposal.add-idea" }
func (AskQuestion) Wire() string    { return "proposal.ask-question" }
func (AnswerQuestion) Wire() string { return "proposal.answer-question" }
func (Prioritise) Wire() string     { return "proposal.prioritise" }
func (ChooseTuners) Wire() string   { return "proposal.choose-tuners" }
func (CheckCoverage) Wire() string  { return "proposal.check-coverage" }
func (LeaveOut) Wire() string       { return "proposal.leave-out" }

// formingCommands lists one of each command by which a proposal is formed.
func formingCommands() []Command {
	return []Command{AddDimension{}, ClosePicture{}, ReopenPicture{}, AddIdea{}, AskQuestion{}, AnswerQuestion{}, Prioritise{},
		ChooseTuners{}, CheckCoverage{}, LeaveOut{}}
}

// About names the need that a command is about.
func (c AddDimension) About() NeedID   { return c.Need }
func (c ClosePicture) About() NeedID   { return c.Need }
func (c ReopenPicture) About() NeedID  { return c.Need }
func (c AddIdea) About() NeedID        { return c.Need }
func (c AskQuestion) About() NeedID    { return c.Need }
func (c AnswerQuestion) About() NeedID { return c.Need }
func (c Prioritise) About() NeedID     { return c.Need }
func (c ChooseTuners) About() NeedID   { return c.Need }
func (c CheckCoverage) About() NeedID  { return c.Need }
func (c LeaveOut) About() NeedID       { return c.Need }

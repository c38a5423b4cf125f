package proposal

import (
	"time"

	"github.com/sayround/sayround/circle"
)

// DimensionAdded: the picture of an issue has one more side.
type DimensionAdded struct {
	Need      NeedID          `json:"need"`
	Dimension PieceID         `json:"dimension"`
	Text      circle.Text     `json:"text" words:"own"`
	By        circle.PersonID `json:"by"`
}

// PictureClosed: the circle consented that the picture is complete for now.
type PictureClosed struct {
	Need NeedID `json:"need"`
}

// PictureReopened: something was missing in the picture after all.
type PictureReopened struct {
	Need   NeedID          `json:"need"`
	Reason circle.Text     `json:"reason" words:"own"`
	By     circle.PersonID `json:"by"`
}

// IdeaAdded: somebody gave a piece of a solution.
type IdeaAdded struct {
	Need       NeedID          `json:"need"`
	Idea       PieceID         `json:"idea"`
	Text       circle.Text     `json:"text" words:"own"`
	Dimensions []PieceID       `json:"dimensions,omitempty"`
	By         circle.PersonID `json:"by"`
}

// QuestionAsked: somebody put what is to be thought of as a question.
type QuestionAsked struct {
	Need     NeedID          `json:"need"`
	Question PieceID         `json:"question"`
	Kind     QuestionKind    `json:"kind"`
	Text     circle.Text     `json:"text" words:"own"`
	By       circle.PersonID `json:"by"`
}

// QuestionAnswered: a question for information has its answer.
type QuestionAnswered struct {
	Need     NeedID          `json:"need"`
	Question PieceID         `json:"question"`
	Answer   circle.Text     `json:"answer" words:"own"`
	By       circle.PersonID `json:"by"`
}

// Prioritised: the questions that ideas answer were put in order.
type Prioritised struct {
	Need  NeedID          `json:"need"`
	Order []PieceID       `json:"order"`
	By    circle.PersonID `json:"by"`
}

// TunersChosen: the circle chose who makes one text of what was gathered.
type TunersChosen struct {
	Need    NeedID            `json:"need"`
	Tuners  []circle.PersonID `json:"tuners"`
	Until   time.Time         `json:"until"`
	Mandate circle.Text       `json:"mandate,omitempty" words:"heard"`
}

// CoverageChecked: it was said whether a version covers the picture. By is
// empty when the circle said it by consent.
type CoverageChecked struct {
	Need    NeedID          `json:"need"`
	Text    ID              `json:"proposal"`
	Version int             `json:"version"`
	Covers  bool            `json:"covers,omitempty"`
	BackTo  FormingStep     `json:"back-to,omitempty"`
	Reason  circle.Text     `json:"reason,omitempty" words:"own"`
	By      circle.PersonID `json:"by,omitempty"`
}

// IdeaLeftOut: an idea is not in the proposal, for this reason.
type IdeaLeftOut struct {
	Need   NeedID          `json:"need"`
	Idea   PieceID         `json:"idea"`
	Reason circle.Text     `json:"reason" words:"own"`
	By     circle.PersonID `json:"by"`
}

// Wire names, one for each event.
func (DimensionAdded) Wire() string   { return "proposal.dimension-added" }
func (PictureClosed) Wire() string    { return "proposal.picture-closed" }
func (PictureReopened) Wire() string  { return "proposal.picture-reopened" }
func (IdeaAdded) Wire() string        { return "proposal.idea-added" }
func (QuestionAsked) Wire() string    { return "proposal.question-asked" }
func (QuestionAnswered) Wire() string { return "proposal.question-answered" }
func (Prioritised) Wire() string      { return "proposal.prioritised" }
func (TunersChosen) Wire() string     { return "proposal.tuners-chosen" }
func (CoverageChecked) Wire() string  { return "proposal.coverage-checked" }
func (IdeaLeftOut) Wire() string      { return "proposal.idea-left-out" }

// formingEvents lists one of each event by which a proposal is formed.
func formingEvents() []Event {
	return []Event{DimensionAdded{}, PictureClosed{}, PictureReopened{}, IdeaAdded{}, QuestionAsked{}, QuestionAnswered{},
		Prioritised{}, TunersChosen{}, CoverageChecked{}, IdeaLeftOut{}}
}

// About names the need that an event is about.
func (e DimensionAdded) About() NeedID   { return e.Need }
func (e PictureClosed) About() NeedID    { return e.Need }
func (e PictureReopened) About() NeedID  { return e.Need }
func (e IdeaAdded) About() NeedID        { return e.Need }
func (e QuestionAsked) About() NeedID    { return e.Need }
func (e QuestionAnswered) About() NeedID { return e.Need }
func (e Prioritised) About() NeedID      { return e.Need }
func (e TunersChosen) About() NeedID     { return e.Need }
func (e CoverageChecked) About() NeedID  { return e.Need }
func (e IdeaLeftOut) About() NeedID      { return e.Need }

func (e DimensionAdded) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	f.Dimensions = append(f.Dimensions, Dimension{ID: e.Dimension, By: e.By, Text: e.Text})
}

func (e PictureClosed) apply(m *Matters)   { m.needs[e.Need].grown().Complete = true }
func (e PictureReopened) apply(m *Matters) { m.needs[e.Need].grown().Complete = false }

func (e IdeaAdded) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	f.Ideas = append(f.Ideas, Idea{ID: e.Idea, By: e.By, Text: e.Text, Dimensions: e.Dimensions})
}

func (e QuestionAsked) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	f.Questions = append(f.Questions, Question{ID: e.Question, By: e.By, Kind: e.Kind, Text: e.Text})
}

func (e QuestionAnswered) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	f.Questions[f.question(e.Question)].Answered = true
}

// The questions for information stay where they were asked, in front.
func (e Prioritised) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	var out []Question
	for _, q := range f.Questions {
		if q.Kind == Information {
			out = append(out, q)
		}
	}
	for _, id := range e.Order {
		out = append(out, f.Questions[f.question(id)])
	}
	f.Questions = out
}

func (e TunersChosen) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	f.Tuners, f.Until = e.Tuners, e.Until
}

func (e CoverageChecked) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	f.Coverage = append(f.Coverage, Coverage{Proposal: e.Text, Version: e.Version, Covers: e.Covers, BackTo: e.BackTo})
	if e.BackTo == PictureStep {
		f.Complete = false
	}
}

func (e IdeaLeftOut) apply(m *Matters) {
	f := m.needs[e.Need].grown()
	f.Ideas[f.idea(e.Idea)].LeftOut = true
}

package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// PieceID names a dimension, an idea or a question within one need.
type PieceID string

// Check refuses what cannot be the name of a piece.
func (id PieceID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *PieceID) Kind() string { return "piece of a need" }

// Forming is how a proposal grows out of a need: the picture of the issue, ideas
// towards it, questions, and the tuners who make one text of them (M-82 to
// M-87). None of it is asked of a proposal: a finished text of a single author
// is put to the circle as well (M-88). It is done in a meeting or over weeks
// (M-89).
type Forming struct {
	Dimensions []Dimension
	Complete   bool // the circle consented that the picture is complete, for now
	Ideas      []Idea
	Questions  []Question
	Tuners     []circle.PersonID
	Until      time.Time // when the tuners are to be done
	Coverage   []Coverage
}

// A Dimension is one side of the issue, without a solution in it (M-82).
type Dimension struct {
	ID   PieceID
	By   circle.PersonID
	Text circle.Text
}

// An Idea is a piece of a solution, for some dimensions of the picture. Ideas
// may contradict each other (M-83).
type Idea struct {
	ID         PieceID
	By         circle.PersonID
	Text       circle.Text
	Dimensions []PieceID
	LeftOut    bool // not in the proposal, with a reason on record (M-87)
}

// A Question is something that matters for a solution, put as a question
// (M-84).
type Question struct {
	ID       PieceID
	By       circle.PersonID
	Kind     QuestionKind
	Text     circle.Text
	Answered bool
}

// QuestionKind is what a question asks for.
type QuestionKind string

// The kinds of questions.
const (
	Information QuestionKind = "information" // somebody can find out
	Generative  QuestionKind = "generative"  // ideas answer it
)

// Values lists the kinds.
func (QuestionKind) Values() []string { return []string{string(Information), string(Generative)} }

// Check refuses a kind that nobody knows.
func (k QuestionKind) Check() error { return oneOf(string(k), k.Values()) }

// Coverage is whether a version of a proposal covers the picture, which is not
// yet consent to it (M-86).
type Coverage struct {
	Proposal ID
	Version  int
	Covers   bool
	BackTo   FormingStep
}

// FormingStep is a step to which the work goes back when a draft has a gap.
type FormingStep string

// The steps.
const (
	PictureStep FormingStep = "picture"
	ShapingStep FormingStep = "shaping"
)

// Values lists the steps.
func (FormingStep) Values() []string { return []string{string(PictureStep), string(ShapingStep)} }

// Check refuses a step that nobody knows; none stands for a draft without a gap.
func (s FormingStep) Check() error {
	if s == "" {
		return nil
	}
	return oneOf(string(s), s.Values())
}

// Bare lists the dimensions for which there is no idea, or none that was not
// left out (M-83).
func (f *Forming) Bare() []PieceID {
	var out []PieceID
	for _, d := range f.Dimensions {
		met := slices.ContainsFunc(f.Ideas, func(i Idea) bool { return !i.LeftOut && slices.Contains(i.Dimensions, d.ID) })
		if !met {
			out = append(out, d.ID)
		}
	}
	return out
}

// Generative lists the questions that ideas answer, in the order that was
// agreed.
func (f *Forming) Generative() []PieceID {
	var out []PieceID
	for _, q := range f.Questions {
		if q.Kind == Generative {
			out = append(out, q.ID)
		}
	}
	return out
}

// Tunes says whether a person is one of the tuners.
func (f *Forming) Tunes(who circle.PersonID) bool { return slices.Contains(f.Tuners, who) }

func (f *Forming) dimension(id PieceID) int {
	return slices.IndexFunc(f.Dimensions, func(d Dimension) bool { return d.ID == id })
}

func (f *Forming) idea(id PieceID) int {
	return slices.IndexFunc(f.Ideas, func(i Idea) bool { return i.ID == id })
}

func (f *Forming) question(id PieceID) int {
	return slices.IndexFunc(f.Questions, func(q Question) bool { return q.ID == id })
}

// forming is what has grown out of a need, or nothing yet.
func (n *Need) forming() *Forming {
	if n.Forming == nil {
		return &Forming{}
	}
	return n.Forming
}

// grown is what has grown out of a need, made when it is spoken of first.
func (n *Need) grown() *Forming {
	if n.Forming == nil {
		n.Forming = &Forming{}
	}
	return n.Forming
}

func (f *Forming) copied() *Forming {
	c := *f
	c.Dimensions, c.Ideas = slices.Clone(f.Dimensions), slices.Clone(f.Ideas)
	c.Questions, c.Coverage = slices.Clone(f.Questions), slices.Clone(f.Coverage)
	return &c
}

// copied returns a need that can be changed without touching n.
func (n *Need) copied() *Need {
	c := *n
	c.Inputs, c.Links, c.texts = slices.Clone(n.Inputs), slices.Clone(n.Links), slices.Clone(n.texts)
	if n.Driver != nil {
		d := *n.Driver
		c.Driver = &d
	}
	if n.Plan != nil {
		p := *n.Plan
		c.Plan = &p
	}
	if n.Route != nil {
		c.Route = &Route{Offered: n.Route.Offered, Hops: slices.Clone(n.Route.Hops)}
	}
	if n.Forming != nil {
		c.Forming = n.Forming.copied()
	}
	return &c
}

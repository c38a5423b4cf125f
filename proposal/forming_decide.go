package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

func (c AddDimension) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openFor(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	switch g := n.forming(); {
	case g.Complete:
		return nil, PictureComplete.Refuse("need", c.Need)
	case g.dimension(c.ID) >= 0:
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	return []Event{&DimensionAdded{Need: c.Need, Dimension: c.ID, Text: c.Text, By: by.By}}, nil
}

func (c ClosePicture) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openByConsent(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	switch g := n.forming(); {
	case g.Complete:
		return nil, PictureComplete.Refuse("need", c.Need)
	case len(g.Dimensions) == 0:
		return nil, PictureEmpty.Refuse("need", c.Need)
	}
	return []Event{&PictureClosed{Need: c.Need}}, nil
}

func (c ReopenPicture) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openFor(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	if !n.forming().Complete {
		return nil, PictureOpen.Refuse("need", c.Need)
	}
	return []Event{&PictureReopened{Need: c.Need, Reason: c.Reason, By: by.By}}, nil
}

func (c AddIdea) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openFor(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	g := n.forming()
	switch {
	case len(g.Dimensions) > 0 && !g.Complete:
		return nil, PictureOpen.Refuse("need", c.Need)
	case g.idea(c.ID) >= 0:
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	for _, d := range c.Dimensions {
		if g.dimension(d) < 0 {
			return nil, UnknownPiece.Refuse("need", c.Need, "what", "dimension", "id", d)
		}
	}
	return []Event{&IdeaAdded{Need: c.Need, Idea: c.ID, Text: c.Text, Dimensions: slices.Clone(c.Dimensions), By: by.By}}, nil
}

func (c AskQuestion) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openFor(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	if n.forming().question(c.ID) >= 0 {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	return []Event{&QuestionAsked{Need: c.Need, Question: c.ID, Kind: c.Kind, Text: c.Text, By: by.By}}, nil
}

func (c AnswerQuestion) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openFor(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	g := n.forming()
	i := g.question(c.Question)
	switch {
	case i < 0:
		return nil, UnknownPiece.Refuse("need", c.Need, "what", "question", "id", c.Question)
	case g.Questions[i].Kind == Generative:
		return nil, IdeasAnswer.Refuse("question", c.Question)
	case g.Questions[i].Answered:
		return nil, QuestionTaken.Refuse("question", c.Question)
	}
	return []Event{&QuestionAnswered{Need: c.Need, Question: c.Question, Answer: c.Answer, By: by.By}}, nil
}

func (c Prioritise) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.openFor(c.Need, by, f)
	if err != nil {
		return nil, err
	}
	if all := n.forming().Generative(); !sameSet(all, c.Order) {
		return nil, PrioritiseAll.Refuse("need", c.Need, "questions", all)
	}
	return []Event{&Prioritised{Need: c.Need, Order: slices.Clone(c.Order), By: by.By}}, nil
}

func (c ChooseTuners) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	if _, err := m.openByConsent(c.Need, by, f); err != nil {
		return nil, err
	}
	for i, who := range c.Tuners {
		if f.Org.Person(who) == nil {
			return nil, circle.UnknownPerson.Refuse("who", who)
		}
		if slices.Contains(c.Tuners[:i], who) {
			return nil, TunerTwice.Refuse("who", who)
		}
	}
	if !c.Until.After(now) {
		return nil, DatePast.Refuse("due", c.Until)
	}
	return []Event{&TunersChosen{Need: c.Need, Tuners: slices.Clone(c.Tuners), Until: c.Until, Mandate: c.Mandate}}, nil
}

func (c CheckCoverage) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	if c.Covers || f.ConsentOf != "" {
		err = byConsent(by, n.Circle, f)
	} else {
		err = takesPart(f.Org, n.Circle, by.By)
	}
	if err != nil {
		return nil, err
	}
	p, err := m.Get(c.Text)
	switch {
	case err != nil:
		return nil, err
	case p.Need != c.Need:
		return nil, OtherNeed.Refuse("proposal", c.Text, "need", c.Need)
	case !p.UnderDecision():
		return nil, NotOpen.Refuse("proposal", c.Text, "status", p.Status)
	case c.Covers != (c.BackTo == ""):
		return nil, GapWhere.Refuse()
	}
	return []Event{&CoverageChecked{Need: c.Need, Text: c.Text, Version: p.Current().N, Covers: c.Covers, BackTo: c.BackTo,
		Reason: c.Reason, By: by.By}}, nil
}

func (c LeaveOut) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	g := n.forming()
	if len(g.Tuners) == 0 {
		err = takesPart(f.Org, n.Circle, by.By)
	} else if !g.Tunes(by.By) {
		err = NotTuner.Refuse("need", c.Need, "tuners", g.Tuners, "who", by.By)
	}
	if err != nil {
		return nil, err
	}
	i := g.idea(c.Idea)
	switch {
	case i < 0:
		return nil, UnknownPiece.Refuse("need", c.Need, "what", "idea", "id", c.Idea)
	case g.Ideas[i].LeftOut:
		return nil, LeftOutAlready.Refuse("idea", c.Idea)
	}
	return []Event{&IdeaLeftOut{Need: c.Need, Idea: c.Idea, Reason: c.Reason, By: by.By}}, nil
}

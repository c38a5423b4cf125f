package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals of reviews of somebody's work.
var (
	TheirReview = &circle.Code{ID: "their-review", Kind: circle.ErrNotYou, Rule: "M-249", Stands: circle.InEngine,
		Says: "{focus} chooses who looks at their work with them, or {circle} does, by consent; not {who}."}
	FocusConsents = &circle.Code{ID: "focus-consents", Kind: circle.ErrNotValid, Rule: "M-250", Stands: circle.InEngine,
		Says: "Who consents to the plan is fixed now: {focus} is one of them, and so is somebody else of {circle} who takes part."}
	UnknownReview = &circle.Code{ID: "unknown-review", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "There is no review {review}."}
	NotInReview = &circle.Code{ID: "not-in-review", Kind: circle.ErrNotYou, Rule: "M-249", Stands: circle.InEngine,
		Says: "{who} does not take part in the review {review}."}
	FocusFirst = &circle.Code{ID: "focus-first", Kind: circle.ErrNotNow, Rule: "M-249", Stands: circle.InEngine,
		Says: "In each step {focus} speaks first, as it is about their work."}
	OtherStep = &circle.Code{ID: "other-step", Kind: circle.ErrNotNow, Rule: "M-249", Stands: circle.InEngine,
		Says: "The review {review} is at the step {step}. Still to be heard: {awaited}."}
	NoPlanYet = &circle.Code{ID: "no-plan-yet", Kind: circle.ErrNotNow, Rule: "M-250", Stands: circle.InEngine,
		Says: "There is no plan in {review} to answer to: it is to be written, or written anew."}
	NotAsked = &circle.Code{ID: "plan-not-theirs", Kind: circle.ErrNotYou, Rule: "M-250", Stands: circle.InEngine,
		Says: "Who consents to the plan of {review} was fixed when it began: {consents}; not {who}."}
)

// reviewCodes lists them.
func reviewCodes() []*circle.Code {
	return append(sittingCodes(), TheirReview, FocusConsents, UnknownReview, NotInReview, FocusFirst, OtherStep, NoPlanYet, NotAsked)
}

func (c OpenPeerReview) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	if by.By != c.Focus {
		return nil, TheirReview.Refuse("focus", c.Focus, "circle", c.Circle, "who", by.By)
	}
	return c.open(s, by.By)
}

func (c OpenPeerReview) enact(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	if c.Circle != of {
		return nil, TheirReview.Refuse("focus", c.Focus, "circle", c.Circle, "who", of)
	}
	return c.open(s, "")
}

func (c OpenPeerReview) open(s *State, by circle.PersonID) ([]Event, error) {
	switch {
	case s.Org.Circle(c.Circle) == nil:
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	case s.reviews[c.ID] != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	if err := s.takesPart(c.Circle, c.Focus); err != nil {
		return nil, err
	}
	for i, who := range c.With {
		switch {
		case s.Org.Person(who) == nil:
			return nil, circle.UnknownPerson.Refuse("who", who)
		case who == c.Focus || slices.Contains(c.With[:i], who):
			return nil, circle.TakenID.Refuse("id", who)
		}
	}
	entrusts := false // somebody else consents for the circle that entrusted the work
	for i, who := range c.Consents {
		if who != c.Focus && !slices.Contains(c.With, who) || slices.Contains(c.Consents[:i], who) {
			return nil, FocusConsents.Refuse("focus", c.Focus, "circle", c.Circle)
		}
		entrusts = entrusts || who != c.Focus && s.Org.LevelIn(c.Circle, who) == circle.Full
	}
	if !entrusts || !slices.Contains(c.Consents, c.Focus) {
		return nil, FocusConsents.Refuse("focus", c.Focus, "circle", c.Circle)
	}
	return []Event{&PeerReviewOpened{Review: c.ID, Circle: c.Circle, Focus: c.Focus, With: slices.Clone(c.With), Consents: slices.Clone(c.Consents),
		Planning: c.Development, By: by}}, nil
}

// inReview returns a review in which a person takes part.
func (s *State) inReview(id ReviewID, who circle.PersonID) (*PeerReview, error) {
	r := s.reviews[id]
	switch {
	case r == nil:
		return nil, UnknownReview.Refuse("review", id)
	case who != r.Focus && !slices.Contains(r.With, who):
		return nil, NotInReview.Refuse("who", who, "review", id)
	}
	return r, nil
}

func (r *PeerReview) elsewhere() error {
	return OtherStep.Refuse("review", r.ID, "step", r.Step, "awaited", orNone(circle.Plain(r.awaited())))
}

func (c SayInReview) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	r, err := s.inReview(c.Review, by.By)
	switch {
	case err != nil:
		return nil, err
	case r.Step >= Planning:
		return nil, r.elsewhere()
	case by.By != r.Focus && !slices.Contains(r.Spoken, r.Focus):
		return nil, FocusFirst.Refuse("focus", r.Focus)
	case slices.Contains(r.Spoken, by.By):
		return nil, SpokenAlready.Refuse("who", by.By, "awaited", r.awaited())
	}
	return []Event{&SaidInReview{Review: c.Review, Step: r.Step.String(), By: by.By, Text: c.Text}}, nil
}

func (c PassOn) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if _, err := s.inReview(c.Review, by.By); err != nil {
		return nil, err
	}
	events, err := s.settled(s.direct(by, now, proposal.OpenNeed{ID: c.Need, Circle: c.Circle, Text: c.Text}))
	if err != nil {
		return nil, err
	}
	return append([]Event{&PassedOn{Review: c.Review, Need: c.Need, By: by.By}}, events...), nil
}

func (c WritePlan) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	r, err := s.inReview(c.Review, by.By)
	switch {
	case err != nil:
		return nil, err
	case r.Step != Planning:
		return nil, r.elsewhere()
	}
	return []Event{&PlanWritten{Review: c.Review, No: r.Plan + 1, By: by.By, Text: c.Text, Until: c.Again.After(now)}}, nil
}

func (c AgreeToPlan) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	r, err := s.answering(c.Review, by.By)
	switch {
	case err != nil:
		return nil, err
	case slices.Contains(r.Agreed, by.By):
		return nil, circle.TakenID.Refuse("id", by.By)
	}
	return []Event{&PlanAnswered{Review: c.Review, No: r.Plan, By: by.By}}, nil
}

func (c ObjectToPlan) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	r, err := s.answering(c.Review, by.By)
	if err != nil {
		return nil, err
	}
	return []Event{&PlanAnswered{Review: c.Review, No: r.Plan, By: by.By, Objects: true, Reason: c.Reason}}, nil
}

// answering returns a review with a plan to which a person is to answer.
func (s *State) answering(id ReviewID, who circle.PersonID) (*PeerReview, error) {
	r, err := s.inReview(id, who)
	switch {
	case err != nil:
		return nil, err
	case r.Step != Planning:
		return nil, r.elsewhere()
	case r.Until.IsZero():
		return nil, NoPlanYet.Refuse("review", id)
	case !slices.Contains(r.Consents, who):
		return nil, NotAsked.Refuse("review", id, "consents", r.Consents, "who", who)
	}
	return r, nil
}

// duePlans lists the plans that are agreed, and when each is looked at again.
func (s *State) duePlans(now time.Time) []Due {
	var out []Due
	for _, r := range s.reviews {
		if r.Step == Planned {
			out = append(out, Due{At: r.Until, What: "plan-review", Of: string(r.ID), Part: string(r.Focus), Past: !r.Until.After(now)})
		}
	}
	return out
}

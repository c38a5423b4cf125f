package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// ReviewID names a review of somebody's work.
type ReviewID string

// Check refuses what cannot be the name of a review.
func (id ReviewID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *ReviewID) Kind() string { return "review" }

// ReviewStep is where a review of somebody's work stands (M-249).
type ReviewStep uint8

// The steps, in their order. In each the person whom it is about speaks first,
// and then everybody else.
const (
	DidWell       ReviewStep = 1 + iota // what went well
	CouldBeBetter                       // what could be better
	Ideas                               // how it could be better
	Planning                            // a plan is written and consented to
	Planned                             // the plan is agreed
)

var reviewSteps = [...]string{"none", "did-well", "could-be-better", "ideas", "plan", "agreed"}

func (s ReviewStep) String() string { return reviewSteps[s] }

// A PeerReview looks at the work of one person with them, and comes to a plan
// (M-249). Who must consent to the plan is fixed when it begins, and the person
// is one of them (M-250). Where somebody does not come any more, the person
// begins another with others.
type PeerReview struct {
	ID       ReviewID
	Circle   circle.ID
	Focus    circle.PersonID
	With     []circle.PersonID // who takes part beside them
	Consents []circle.PersonID // who must consent to the plan
	Step     ReviewStep
	Spoken   []circle.PersonID // in this step
	Plan     int               // how often a plan was written
	Until    time.Time         // when the plan is looked at again
	Agreed   []circle.PersonID // who consented to the plan as it is
}

// awaited are those who have not spoken yet in this step, the person whom it is
// about first; or who have not consented to the plan.
func (r *PeerReview) awaited() []circle.PersonID {
	if r.Step >= Planning {
		return slices.DeleteFunc(slices.Clone(r.Consents), func(who circle.PersonID) bool { return slices.Contains(r.Agreed, who) })
	}
	return slices.DeleteFunc(append([]circle.PersonID{r.Focus}, r.With...), func(who circle.PersonID) bool { return slices.Contains(r.Spoken, who) })
}

// PeerReview returns a review of somebody's work, nil if there is none of this
// name.
func (s *State) PeerReview(id ReviewID) *PeerReview { return s.reviews[id] }

// OpenPeerReview begins to look at somebody's work. They choose themselves who
// takes part; or the circle does, by consent (M-249). A development plan begins
// with the plan (M-251).
type OpenPeerReview struct {
	ID     ReviewID          `json:"id"`
	Circle circle.ID         `json:"circle"`
	Focus  circle.PersonID   `json:"focus"`
	With   []circle.PersonID `json:"with"`
	// Consents are those who must consent to the plan. Whom it is about is one of
	// them, and somebody is that for the circle which entrusted the work (M-250,
	// M-251).
	Consents    []circle.PersonID `json:"consents"`
	Development bool              `json:"development,omitempty"`
}

// SayInReview says something in the present step: everybody once.
type SayInReview struct {
	Review ReviewID    `json:"review"`
	Text   circle.Text `json:"text"`
}

// PassOn takes an idea that is not for the person to act on to the backlog of the
// circle that it belongs to (M-252).
type PassOn struct {
	Review ReviewID        `json:"review"`
	Need   proposal.NeedID `json:"need"`
	Circle circle.ID       `json:"circle"`
	Text   circle.Text     `json:"text"`
}

// WritePlan writes the plan, or writes it anew, and says when it is looked at
// again (M-251).
type WritePlan struct {
	Review ReviewID      `json:"review"`
	Text   circle.Text   `json:"text"`
	Again  circle.Period `json:"again"`
}

// AgreeToPlan consents to the plan as it is.
type AgreeToPlan struct {
	Review ReviewID `json:"review"`
}

// ObjectToPlan says what keeps one from consenting: the plan is written anew.
type ObjectToPlan struct {
	Review ReviewID    `json:"review"`
	Reason circle.Text `json:"reason"`
}

// Wire names, one for each command.
func (OpenPeerReview) Wire() string { return "consent.open-peer-review" }
func (SayInReview) Wire() string    { return "consent.say-in-review" }
func (PassOn) Wire() string         { return "consent.pass-on" }
func (WritePlan) Wire() string      { return "consent.write-plan" }
func (AgreeToPlan) Wire() string    { return "consent.agree-to-plan" }
func (ObjectToPlan) Wire() string   { return "consent.object-to-plan" }

// reviewCommands lists one of each.
func reviewCommands() []ownCommand {
	return []ownCommand{OpenPeerReview{}, SayInReview{}, PassOn{}, WritePlan{}, AgreeToPlan{}, ObjectToPlan{}}
}

// PeerReviewOpened: a review of somebody's work began.
type PeerReviewOpened struct {
	Review   ReviewID          `json:"review"`
	Circle   circle.ID         `json:"circle"`
	Focus    circle.PersonID   `json:"focus"`
	With     []circle.PersonID `json:"with"`
	Consents []circle.PersonID `json:"consents"`
	Planning bool              `json:"planning,omitempty"` // it begins with the plan
	By       circle.PersonID   `json:"by,omitempty"`       // nobody: the circle, by consent
}

// SaidInReview: somebody said something in a step.
type SaidInReview struct {
	Review ReviewID        `json:"review"`
	Step   string          `json:"step"`
	By     circle.PersonID `json:"by"`
	Text   circle.Text     `json:"text" words:"own"`
}

// PassedOn: an idea went to the backlog of the circle that it belongs to.
type PassedOn struct {
	Review ReviewID        `json:"review"`
	Need   proposal.NeedID `json:"need"`
	By     circle.PersonID `json:"by"`
}

// PlanWritten: the plan was written, or written anew.
type PlanWritten struct {
	Review ReviewID        `json:"review"`
	No     int             `json:"no"`
	By     circle.PersonID `json:"by"`
	Text   circle.Text     `json:"text" words:"heard"`
	Until  time.Time       `json:"until"`
}

// PlanAnswered: somebody consented to the plan, or objected to it.
type PlanAnswered struct {
	Review  ReviewID        `json:"review"`
	No      int             `json:"no"`
	By      circle.PersonID `json:"by"`
	Objects bool            `json:"objects,omitempty"`
	Reason  circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Wire names, one for each event.
func (PeerReviewOpened) Wire() string { return "consent.peer-review-opened" }
func (SaidInReview) Wire() string     { return "consent.said-in-review" }
func (PassedOn) Wire() string         { return "consent.passed-on" }
func (PlanWritten) Wire() string      { return "consent.plan-written" }
func (PlanAnswered) Wire() string     { return "consent.plan-answered" }

// reviewEvents lists one of each.
func reviewEvents() []ownEvent {
	return []ownEvent{&PeerReviewOpened{}, &SaidInReview{}, &PassedOn{}, &PlanWritten{}, &PlanAnswered{}}
}

// On names no proposal: these events are about a person's work.
func (*PeerReviewOpened) On() proposal.ID { return "" }
func (*SaidInReview) On() proposal.ID     { return "" }
func (*PassedOn) On() proposal.ID         { return "" }
func (*PlanWritten) On() proposal.ID      { return "" }
func (*PlanAnswered) On() proposal.ID     { return "" }

// In names no meeting.
func (*PeerReviewOpened) In() MeetingID { return "" }
func (*SaidInReview) In() MeetingID     { return "" }
func (*PassedOn) In() MeetingID         { return "" }
func (*PlanWritten) In() MeetingID      { return "" }
func (*PlanAnswered) In() MeetingID     { return "" }

func (e *PeerReviewOpened) apply(s *State) {
	if s.reviews == nil {
		s.reviews = map[ReviewID]*PeerReview{}
	}
	step := DidWell
	if e.Planning {
		step = Planning
	}
	s.reviews[e.Review] = &PeerReview{ID: e.Review, Circle: e.Circle, Focus: e.Focus, With: e.With, Consents: e.Consents, Step: step}
}

// A step is over when everybody has spoken in it.
func (e *SaidInReview) apply(s *State) {
	r := s.reviews[e.Review]
	r.Spoken = append(slices.Clone(r.Spoken), e.By)
	if len(r.awaited()) == 0 {
		r.Step, r.Spoken = r.Step+1, nil
	}
}

func (*PassedOn) apply(*State) {} // the need stands on its circle's backlog

func (e *PlanWritten) apply(s *State) {
	r := s.reviews[e.Review]
	r.Plan, r.Until, r.Agreed = e.No, e.Until, nil
}

// The plan is agreed when all have consented to it. An objection takes back what
// was consented to: it is written anew.
func (e *PlanAnswered) apply(s *State) {
	r := s.reviews[e.Review]
	if e.Objects {
		r.Until, r.Agreed = time.Time{}, nil
		return
	}
	if r.Agreed = append(slices.Clone(r.Agreed), e.By); len(r.Agreed) == len(r.Consents) {
		r.Step = Planned
	}
}

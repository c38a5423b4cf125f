package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// NeedID names a need.
type NeedID string

// Check refuses what cannot be the name of a need.
func (id NeedID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *NeedID) Kind() string { return "need" }

// InputID names an input.
type InputID string

// Check refuses what cannot be the name of an input.
func (id InputID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *InputID) Kind() string { return "input" }

// Response is a way for a circle to respond to a need (EC-46).
type Response string

// The six responses.
const (
	DecideDirectly Response = "decide"
	Research       Response = "research"
	AskOpinions    Response = "ask-opinions"
	SendOn         Response = "send-on"
	HelpingCircle  Response = "helping-circle"
	Conversation   Response = "conversation"
)

// Values lists the responses.
func (Response) Values() []string {
	return []string{string(DecideDirectly), string(Research), string(AskOpinions), string(SendOn), string(HelpingCircle), string(Conversation)}
}

// asksPeople says that a response asks others for their input.
func (r Response) asksPeople() bool { return r == AskOpinions || r == Conversation }

// Check refuses a response that nobody knows.
func (r Response) Check() error { return oneOf(string(r), r.Values()) }

// Rung is how far an involvement goes, set before anybody is asked (CP-6).
type Rung string

// The rungs of the ladder of participation, lowest first.
const (
	Coercion     Rung = "coercion"
	Educating    Rung = "educating"
	Informing    Rung = "informing"
	Consultation Rung = "consultation"
	Engagement   Rung = "engagement"
	CoDesign     Rung = "co-design"
	CoProduction Rung = "co-production"
)

// Values lists the rungs.
func (Rung) Values() []string {
	return []string{string(Coercion), string(Educating), string(Informing), string(Consultation), string(Engagement), string(CoDesign), string(CoProduction)}
}

// Check refuses a rung that nobody knows.
func (r Rung) Check() error { return oneOf(string(r), r.Values()) }

// Answer is what became of an input (CP-26).
type Answer string

// The answers that an input can get.
const (
	Used    Answer = "used"
	NotUsed Answer = "not-used"
	Open    Answer = "open"
)

// Values lists the answers.
func (Answer) Values() []string { return []string{string(Used), string(NotUsed), string(Open)} }

// Check refuses an answer that nobody knows.
func (a Answer) Check() error { return oneOf(string(a), a.Values()) }

// Source is the kind of knowledge a contribution comes from. Nothing is ever
// weighed by it (CP-3).
type Source string

// The kinds of knowledge.
const (
	Lived    Source = "lived"    // from giving or getting support oneself
	Training Source = "training" // from training
)

// Values lists the kinds.
func (Source) Values() []string { return []string{string(Lived), string(Training)} }

// Check refuses a kind that nobody knows.
func (s Source) Check() error { return oneOf(string(s), s.Values()) }

// An Input is what somebody gave the circle to think about.
type Input struct {
	ID     InputID
	By     circle.PersonID
	Class  circle.Class
	Source Source
	Text   circle.Text
	Answer Answer // empty: nobody has answered yet
}

// A Need is the situation that makes acting worthwhile.
type Need struct {
	ID     NeedID
	Circle circle.ID
	By     circle.PersonID
	Origin circle.Class // the class of the person who opened it
	Text   circle.Text
	Opened time.Time

	DomainChecked bool
	Item          circle.ItemID // the item of the domain that it falls under
	MajorChecked  bool
	Major         bool
	Effect        circle.Period // how long the effect is expected to last
	LongTerm      LongTerm
	Beyond        circle.ID // a circle that took the matter over and answered for itself; empty: none
	Responses     []Response
	Rung          Rung
	Inputs        []Input

	// What a circle needs for more than a short question stands apart, and is nil
	// until it is spoken of.
	Links   []Link
	Driver  *Driver
	Plan    *Plan
	Route   *Route
	Forming *Forming

	texts []ID `canon:"-"` // the proposals that were put for it
}

// LongTerm is where the question stands whether a need asks for a long-term
// decision that belongs to a broader circle (EC-59).
type LongTerm string

// The states of the question.
const (
	NotAsked   LongTerm = "not-asked"  // the effect is too short to ask
	Unanswered LongTerm = "asked"      // the circle is to answer
	Answered   LongTerm = "answered"   // the circle answered that it may decide
	BelongsUp  LongTerm = "belongs-up" // it belongs to the broader circle
)

// Responded says whether the circle chose a response.
func (n *Need) Responded() bool { return len(n.Responses) > 0 }

// Unanswered lists the inputs that have no answer yet.
func (n *Need) Unanswered() []string {
	var out []string
	for _, i := range n.Inputs {
		if i.Answer == "" {
			out = append(out, string(i.ID))
		}
	}
	return out
}

func (n *Need) input(id InputID) int {
	return slices.IndexFunc(n.Inputs, func(i Input) bool { return i.ID == id })
}

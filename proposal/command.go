package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// A Command asks for something to happen to a need, a proposal or an
// agreement. Its wire name is "proposal." and an imperative.
type Command interface {
	Wire() string
	decide(*Matters, circle.Actor, time.Time, Facts) ([]Event, error)
}

// Facts are what the law of this room must know from outside.
type Facts struct {
	Org *circle.Organisation
	// ConsentOf is the circle whose decision carries the command; empty when a
	// person gives it directly.
	ConsentOf circle.ID
}

// OpenNeed says that a situation makes acting worthwhile. Anybody whom the
// organisation knows may say so (CP-5).
type OpenNeed struct {
	ID     NeedID      `json:"id"`
	Circle circle.ID   `json:"circle"`
	Text   circle.Text `json:"text"`
}

// CheckDomain answers the first question: under which item of the circle's
// domain the need falls (EC-45).
type CheckDomain struct {
	Need NeedID        `json:"need"`
	Item circle.ItemID `json:"item"`
}

// CheckMajor answers the second question: whether the need is major, and how
// long the effect of a decision is expected to last (EC-45, EC-59).
type CheckMajor struct {
	Need   NeedID        `json:"need"`
	Major  bool          `json:"major,omitempty"`
	Effect circle.Period `json:"effect,omitempty"`
	Reason circle.Text   `json:"reason,omitempty"`
}

// AnswerLongTerm says, by consent of the circle, why it may decide although
// the effect is long (EC-59).
type AnswerLongTerm struct {
	Need   NeedID      `json:"need"`
	Reason circle.Text `json:"reason" words:"heard"`
}

// Respond chooses, by consent of the circle, how to respond to a need (EC-46).
type Respond struct {
	Need      NeedID     `json:"need"`
	Responses []Response `json:"responses"`
	Rung      Rung       `json:"rung,omitempty"`
}

// GiveInput gives the circle something to think about. Anybody may (EC-27).
type GiveInput struct {
	ID     InputID     `json:"id"`
	Need   NeedID      `json:"need"`
	Text   circle.Text `json:"text"`
	Source Source      `json:"source,omitempty"`
}

// AnswerInput says what became of an input (CP-26).
type AnswerInput struct {
	Need   NeedID      `json:"need"`
	Input  InputID     `json:"input"`
	Answer Answer      `json:"answer"`
	How    circle.Text `json:"how,omitempty"`
}

// Submit puts a proposal to a circle.
type Submit struct {
	ID          ID          `json:"id"`
	Circle      circle.ID   `json:"circle"`
	Text        circle.Text `json:"text"`
	Need        NeedID      `json:"need,omitempty"`
	Recommended circle.ID   `json:"recommended-by,omitempty"`
	Sort        Sort        `json:"sort,omitempty"`
	// Matter is the kind of matter, for which the circle may have a method of its
	// own (M-256).
	Matter   circle.Name   `json:"matter,omitempty"`
	Term     circle.Period `json:"term,omitempty"`
	Measures []Measure     `json:"measures,omitempty"`
	Enacts   []circle.Deed `json:"enacts,omitempty"`
	// Draft keeps it with its author: they write on it freely, and nobody is
	// asked before they put it forward.
	Draft bool `json:"draft,omitempty"`
	// What stands in the record of the agreement, see [Record].
	Effective   circle.Period   `json:"effective,omitempty"`
	Condition   circle.Text     `json:"condition,omitempty"`
	Confirms    circle.PersonID `json:"condition-by,omitempty"`
	Lapses      circle.Period   `json:"condition-until,omitempty"`
	Expires     circle.Period   `json:"expires,omitempty"`
	Responsible []circle.Name   `json:"responsible,omitempty"`
	Criteria    []circle.Text   `json:"criteria,omitempty"`
	Related     []ID            `json:"related,omitempty"`
	Changes     []Base          `json:"changes,omitempty"`
	Options     []Option        `json:"options,omitempty"`
	// Parallel puts it beside another proposal for the same need that is under
	// decision; then its version is held against the others first (M-96).
	Parallel bool `json:"parallel,omitempty"`
	// Disposition is what is to be done: adopt the text, or close or postpone
	// another one (M-99), which Target names; For is how long that rests.
	Disposition Disposition   `json:"disposition,omitempty"`
	Target      ID            `json:"of,omitempty"`
	For         circle.Period `json:"for,omitempty"`
}

// Amend writes a new version. Term, measures and what stands in the record
// stay as they are where they are not given.
type Amend struct {
	Proposal ID            `json:"proposal"`
	Text     circle.Text   `json:"text"`
	Term     circle.Period `json:"term,omitempty"`
	Measures []Measure     `json:"measures,omitempty"`
	Weight   Weight        `json:"weight,omitempty"`
	Why      circle.Text   `json:"why,omitempty"` // the reason for the new version (M-140)
	// Serves is the need that the change serves: the one that the proposal answers
	// (M-139).
	Serves NeedID `json:"serves,omitempty"`
	// What stands in the record of the agreement, see [Record].
	Effective   circle.Period   `json:"effective,omitempty"`
	Condition   circle.Text     `json:"condition,omitempty"`
	Confirms    circle.PersonID `json:"condition-by,omitempty"`
	Lapses      circle.Period   `json:"condition-until,omitempty"`
	Expires     circle.Period   `json:"expires,omitempty"`
	Responsible []circle.Name   `json:"responsible,omitempty"`
	Criteria    []circle.Text   `json:"criteria,omitempty"`
	Related     []ID            `json:"related,omitempty"`
	Changes     []Base          `json:"changes,omitempty"`
	Options     []Option        `json:"options,omitempty"`
}

// AttachRendition adds a version in another format.
type AttachRendition struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	Format   circle.Format   `json:"format"`
	Text     circle.Text     `json:"text"`
	Checked  circle.PersonID `json:"checked-by,omitempty"`
}

// WaiveRendition says that one can do without the formats one needs, for one
// version. Nobody can say it for another.
type WaiveRendition struct {
	Proposal ID  `json:"proposal"`
	Version  int `json:"version"`
}

// CheckConflicts records whether a version goes together with the law, the
// bylaws and other circles' policies (EC-11).
type CheckConflicts struct {
	Proposal ID          `json:"proposal"`
	Version  int         `json:"version"`
	Clear    bool        `json:"clear,omitempty"`
	Note     circle.Text `json:"note,omitempty"`
}

// Withdraw takes one's own proposal back.
type Withdraw struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// Drop ends a proposal or an agreement, by consent of the circle (EC-42).
type Drop struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason" words:"heard"`
}

// ReadMeasure records a reading. The holder of the measure's role reads it.
type ReadMeasure struct {
	Proposal ID            `json:"proposal"`
	Measure  MeasureID     `json:"measure"`
	Subject  circle.ItemID `json:"subject,omitempty"`
	Value    int           `json:"value,omitempty"`
}

// AskReview asks for an agreement to be looked at before its time. It stays
// in force (EC-40).
type AskReview struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// Evaluate takes part in looking at the effect of an agreement (CP-7).
type Evaluate struct {
	Proposal ID          `json:"proposal"`
	Text     circle.Text `json:"text"`
}

// Revise opens a review with a new version of an agreement. The version in
// force stays in force until the new one is adopted.
type Revise struct {
	Proposal ID            `json:"proposal"`
	Text     circle.Text   `json:"text"`
	Term     circle.Period `json:"term,omitempty"`
	Measures []Measure     `json:"measures,omitempty"`
	Weight   Weight        `json:"weight,omitempty"`
	Why      circle.Text   `json:"why,omitempty"` // the reason for the new version (M-140)
	// Serves is the need that the change serves (M-139).
	Serves NeedID `json:"serves,omitempty"`
	// What stands in the record of the agreement, see [Record].
	Effective   circle.Period   `json:"effective,omitempty"`
	Condition   circle.Text     `json:"condition,omitempty"`
	Confirms    circle.PersonID `json:"condition-by,omitempty"`
	Lapses      circle.Period   `json:"condition-until,omitempty"`
	Expires     circle.Period   `json:"expires,omitempty"`
	Responsible []circle.Name   `json:"responsible,omitempty"`
	Criteria    []circle.Text   `json:"criteria,omitempty"`
	Related     []ID            `json:"related,omitempty"`
	Changes     []Base          `json:"changes,omitempty"`
	Options     []Option        `json:"options,omitempty"`
}

// Keep keeps an agreement as it is for another term, by consent of the circle
// (EC-103).
type Keep struct {
	Proposal ID              `json:"proposal"`
	Term     circle.Period   `json:"term"`
	Outcomes []circle.ItemID `json:"outcomes,omitempty"`
	// Expires is when it ends, from now on; if it is not given, an agreement that
	// ends by itself has its period anew.
	Expires circle.Period `json:"expires,omitempty"`
}

// Adopt is given by the process alone, when the rule of the case has said
// that a version is adopted.
type Adopt struct {
	Proposal ID
	Version  int
	Warnings []Warning
	Chosen   []OptionID // among its options, where it has any
}

// MissReading and EndTerm are given by the clock alone.
type (
	// MissReading says that the time for a reading has passed.
	MissReading struct {
		Proposal ID
		Measure  MeasureID
	}
	// EndTerm says that the term of an agreement has ended.
	EndTerm struct{ Proposal ID }
)

// Wire names, one for each command.
func (OpenNeed) Wire() string        { return "proposal.open-need" }
func (CheckDomain) Wire() string     { return "proposal.check-domain" }
func (CheckMajor) Wire() string      { return "proposal.check-major" }
func (AnswerLongTerm) Wire() string  { return "proposal.answer-long-term" }
func (Respond) Wire() string         { return "proposal.choose-response" }
func (GiveInput) Wire() string       { return "proposal.give-input" }
func (AnswerInput) Wire() string     { return "proposal.answer-input" }
func (Submit) Wire() string          { return "proposal.submit" }
func (Amend) Wire() string           { return "proposal.amend" }
func (AttachRendition) Wire() string { return "proposal.attach-rendition" }
func (WaiveRendition) Wire() string  { return "proposal.waive-rendition" }
func (CheckConflicts) Wire() string  { return "proposal.check-conflicts" }
func (Withdraw) Wire() string        { return "proposal.withdraw" }
func (Drop) Wire() string            { return "proposal.drop" }
func (ReadMeasure) Wire() string     { return "proposal.read-measure" }
func (AskReview) Wire() string       { return "proposal.ask-review" }
func (Evaluate) Wire() string        { return "proposal.evaluate" }
func (Revise) Wire() string          { return "proposal.revise" }
func (Keep) Wire() string            { return "proposal.keep" }
func (Adopt) Wire() string           { return "proposal.adopt" }
func (MissReading) Wire() string     { return "proposal.miss-reading" }
func (EndTerm) Wire() string         { return "proposal.end-term" }

// Commands lists one of each command that people give, for those who read
// them from text.
func Commands() []Command {
	return slices.Concat(textCommands(), agreementCommands(), backlogCommands(), formingCommands())
}

// textCommands lists one of each command on a need's answer, a text, or an
// agreement.
func textCommands() []Command {
	return []Command{OpenNeed{}, CheckDomain{}, CheckMajor{}, AnswerLongTerm{}, Respond{}, GiveInput{}, AnswerInput{},
		Submit{}, Amend{}, AttachRendition{}, WaiveRendition{}, CheckConflicts{}, Withdraw{}, Drop{}, ReadMeasure{},
		AskReview{}, Evaluate{}, Revise{}, Keep{}}
}

// Of names the proposal that a command is about.
func (c Amend) Of() ID           { return c.Proposal }
func (c AttachRendition) Of() ID { return c.Proposal }
func (c WaiveRendition) Of() ID  { return c.Proposal }
func (c CheckConflicts) Of() ID  { return c.Proposal }
func (c Withdraw) Of() ID        { return c.Proposal }
func (c Drop) Of() ID            { return c.Proposal }
func (c ReadMeasure) Of() ID     { return c.Proposal }
func (c AskReview) Of() ID       { return c.Proposal }
func (c Evaluate) Of() ID        { return c.Proposal }
func (c Revise) Of() ID          { return c.Proposal }
func (c Keep) Of() ID            { return c.Proposal }
func (c Adopt) Of() ID           { return c.Proposal }
func (c MissReading) Of() ID     { return c.Proposal }
func (c EndTerm) Of() ID         { return c.Proposal }

// About names the need that a command is about.
func (c CheckDomain) About() NeedID    { return c.Need }
func (c CheckMajor) About() NeedID     { return c.Need }
func (c AnswerLongTerm) About() NeedID { return c.Need }
func (c Respond) About() NeedID        { return c.Need }
func (c GiveInput) About() NeedID      { return c.Need }
func (c AnswerInput) About() NeedID    { return c.Need }

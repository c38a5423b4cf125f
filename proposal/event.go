package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// An Event is something that has happened to a need, a proposal or an
// agreement. Its wire name is "proposal." and a past tense; its stored form is
// for ever.
type Event interface {
	Wire() string
	apply(*Matters)
}

// NeedOpened: somebody opened a need.
type NeedOpened struct {
	Need   NeedID          `json:"need"`
	Circle circle.ID       `json:"circle"`
	By     circle.PersonID `json:"by"`
	Origin circle.Class    `json:"origin,omitempty"`
	At     time.Time       `json:"at"`
	Text   circle.Text     `json:"text" words:"own"`
}

// DomainChecked: a need was found to lie in the circle's domain.
type DomainChecked struct {
	Need NeedID          `json:"need"`
	Item circle.ItemID   `json:"item"`
	By   circle.PersonID `json:"by"`
}

// MajorChecked: it was answered whether a need is major.
type MajorChecked struct {
	Need   NeedID          `json:"need"`
	Major  bool            `json:"major,omitempty"`
	Effect circle.Period   `json:"effect,omitempty"`
	Reason circle.Text     `json:"reason,omitempty" words:"own"`
	By     circle.PersonID `json:"by"`
	// LongTerm says whether the circle must answer the long-term question, or
	// that it belongs to the broader circle.
	LongTerm LongTerm `json:"long-term"`
}

// LongTermAnswered: the circle answered by consent that it may decide.
type LongTermAnswered struct {
	Need   NeedID      `json:"need"`
	Reason circle.Text `json:"reason" words:"heard"`
	// Circle is one that has taken the matter over since, and answers for itself.
	Circle circle.ID `json:"circle,omitempty"`
}

// Responded: a circle chose how to respond to a need.
type Responded struct {
	Need      NeedID     `json:"need"`
	Responses []Response `json:"responses"`
	Rung      Rung       `json:"rung,omitempty"`
}

// InputGiven: somebody gave input to a need.
type InputGiven struct {
	Need   NeedID          `json:"need"`
	Input  InputID         `json:"input"`
	By     circle.PersonID `json:"by"`
	Class  circle.Class    `json:"class,omitempty"`
	Source Source          `json:"source,omitempty"`
	Text   circle.Text     `json:"text" words:"own"`
}

// InputAnswered: an input got its answer.
type InputAnswered struct {
	Need   NeedID          `json:"need"`
	Input  InputID         `json:"input"`
	Answer Answer          `json:"answer"`
	How    circle.Text     `json:"how,omitempty" words:"own"`
	By     circle.PersonID `json:"by"`
}

// Submitted: a proposal was put to a circle, with version 1 of its text.
type Submitted struct {
	Proposal    ID              `json:"proposal"`
	Need        NeedID          `json:"need,omitempty"`
	Circle      circle.ID       `json:"circle"`
	By          circle.PersonID `json:"by"`
	Recommended circle.ID       `json:"recommended-by,omitempty"`
	Sort        Sort            `json:"sort"`
	Text        circle.Text     `json:"text" words:"version"`
	Term        circle.Period   `json:"term,omitempty" canon:"again"`
	Measures    []Measure       `json:"measures,omitempty" words:"version"`
	At          time.Time       `json:"at"`
	Enacts      []circle.Deed   `json:"enacts,omitempty" words:"version"`
	Matter      circle.Name     `json:"matter,omitempty"`
	Record      *Record         `json:"record,omitempty" words:"version"`
	Parallel    bool            `json:"parallel,omitempty"`
	Disposition Disposition     `json:"disposition,omitempty"`
	Target      ID              `json:"of,omitempty"`
	For         circle.Period   `json:"for,omitempty"`
}

// Amended: a proposal has a new version.
type Amended struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	Text     circle.Text     `json:"text" words:"version"`
	Term     circle.Period   `json:"term,omitempty"`
	Measures []Measure       `json:"measures,omitempty" words:"version"`
	Weight   Weight          `json:"weight"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
	Record   *Record         `json:"record,omitempty" words:"version"`
	// Base is the version that this one was written from, where that is not the
	// one before it; Why is the reason for it (M-140).
	Base int         `json:"base,omitempty"`
	Why  circle.Text `json:"why,omitempty" words:"own"`
	// Rebased says that it is written against newer versions of the agreements
	// that it would change (methods §8.6).
	Rebased bool `json:"rebased,omitempty"`
	// Serves is the need that the change serves (M-139).
	Serves NeedID `json:"serves,omitempty"`
}

// RenditionAttached: a version exists in another format.
type RenditionAttached struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	Format   circle.Format   `json:"format"`
	By       circle.PersonID `json:"by"`
	Checked  circle.PersonID `json:"checked-by,omitempty"`
	Text     circle.Text     `json:"text" words:"version"`
	At       time.Time       `json:"at"`
}

// RenditionWaived: a person said that they do not need a format this time.
type RenditionWaived struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	Person   circle.PersonID `json:"person"`
}

// ConflictsChecked: a version was held against the law, the bylaws and other
// circles' policies.
type ConflictsChecked struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	Clear    bool            `json:"clear,omitempty"`
	Note     circle.Text     `json:"note,omitempty" words:"own"`
	By       circle.PersonID `json:"by"`
}

// Withdrawn: the proposer took the proposal back.
type Withdrawn struct {
	Proposal ID              `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// Dropped: the circle ended a proposal, or an agreement, by consent.
type Dropped struct {
	Proposal ID          `json:"proposal"`
	Reason   circle.Text `json:"reason" words:"heard"`
}

// Adopted: a version was adopted. A policy is an agreement from here on, and in
// force, unless it is pending: then it takes effect at its date, or when its
// condition is confirmed before that lapses.
type Adopted struct {
	Proposal  ID        `json:"proposal"`
	Version   int       `json:"version"`
	Since     time.Time `json:"since"`
	Until     time.Time `json:"until,omitempty"`
	Warnings  []Warning `json:"warnings,omitempty"`
	Pending   bool      `json:"pending,omitempty"`
	Effective time.Time `json:"effective,omitempty"`
	Lapses    time.Time `json:"condition-until,omitempty"`
	Expires   time.Time `json:"expires,omitempty"`
	// Chosen is what was chosen among its options.
	Chosen []OptionID `json:"chosen,omitempty"`
}

// A Warning is something that stands beside a decision for everybody to see.
type Warning struct {
	Code string   `json:"code"`
	Of   []string `json:"of,omitempty"`
}

// MeasureRead: a measure was read.
type MeasureRead struct {
	Proposal ID              `json:"proposal"`
	Measure  MeasureID       `json:"measure"`
	Subject  circle.ItemID   `json:"subject,omitempty"`
	Value    int             `json:"value,omitempty"`
	By       circle.PersonID `json:"by"`
	At       time.Time       `json:"at"`
}

// MeasureMissed: the time for a reading passed without one.
type MeasureMissed struct {
	Proposal ID        `json:"proposal"`
	Measure  MeasureID `json:"measure"`
}

// ReviewDue: an agreement is back on its circle's agenda. It stays in force.
type ReviewDue struct {
	Proposal ID              `json:"proposal"`
	Because  Because         `json:"because"`
	Measure  MeasureID       `json:"measure,omitempty"`
	By       circle.PersonID `json:"by,omitempty"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
	// Related are the agreements on which a change would have an effect (M-236).
	Related []ID `json:"related,omitempty"`
}

// Evaluated: somebody took part in evaluating an agreement.
type Evaluated struct {
	Proposal ID              `json:"proposal"`
	Person   circle.PersonID `json:"person"`
	Class    circle.Class    `json:"class,omitempty"`
	Text     circle.Text     `json:"text" words:"own"`
}

// Kept: the circle looked at an agreement and keeps it as it is.
type Kept struct {
	Proposal ID              `json:"proposal"`
	Version  int             `json:"version"`
	Term     circle.Period   `json:"term"`
	Until    time.Time       `json:"until"`
	Outcomes []circle.ItemID `json:"outcomes,omitempty"`
	Warnings []Warning       `json:"warnings,omitempty"`
	Expires  time.Time       `json:"expires,omitempty"`
}

// Wire names, one for each event.
func (NeedOpened) Wire() string        { return "proposal.need-opened" }
func (DomainChecked) Wire() string     { return "proposal.domain-checked" }
func (MajorChecked) Wire() string      { return "proposal.major-checked" }
func (LongTermAnswered) Wire() string  { return "proposal.long-term-answered" }
func (Responded) Wire() string         { return "proposal.response-chosen" }
func (InputGiven) Wire() string        { return "proposal.input-given" }
func (InputAnswered) Wire() string     { return "proposal.input-answered" }
func (Submitted) Wire() string         { return "proposal.submitted" }
func (Amended) Wire() string           { return "proposal.amended" }
func (RenditionAttached) Wire() string { return "proposal.rendition-attached" }
func (RenditionWaived) Wire() string   { return "proposal.rendition-waived" }
func (ConflictsChecked) Wire() string  { return "proposal.conflicts-checked" }
func (Withdrawn) Wire() string         { return "proposal.withdrawn" }
func (Dropped) Wire() string           { return "proposal.dropped" }
func (Adopted) Wire() string           { return "proposal.adopted" }
func (MeasureRead) Wire() string       { return "proposal.measure-read" }
func (MeasureMissed) Wire() string     { return "proposal.measure-missed" }
func (ReviewDue) Wire() string         { return "proposal.review-due" }
func (Evaluated) Wire() string         { return "proposal.evaluated" }
func (Kept) Wire() string              { return "proposal.kept" }

// Passing: of the events of every case, what they tell is kept, and not the event itself.
func (Submitted) Passing() {}
func (Adopted) Passing()   {}

// Events lists one of each event, for readers of ledgers.
func Events() []Event {
	return slices.Concat(textEvents(), agreementEvents(), backlogEvents(), formingEvents(), []Event{Inherited{}})
}

// textEvents lists one of each event on a need's answer, a text, or an
// agreement.
func textEvents() []Event {
	return []Event{NeedOpened{}, DomainChecked{}, MajorChecked{}, LongTermAnswered{}, Responded{}, InputGiven{},
		InputAnswered{}, Submitted{}, Amended{}, RenditionAttached{}, RenditionWaived{}, ConflictsChecked{},
		Withdrawn{}, Dropped{}, Adopted{}, MeasureRead{}, MeasureMissed{}, ReviewDue{}, Evaluated{}, Kept{}}
}

// On names the proposal that an event is about.
func (e Submitted) On() ID         { return e.Proposal }
func (e Amended) On() ID           { return e.Proposal }
func (e RenditionAttached) On() ID { return e.Proposal }
func (e RenditionWaived) On() ID   { return e.Proposal }
func (e ConflictsChecked) On() ID  { return e.Proposal }
func (e Withdrawn) On() ID         { return e.Proposal }
func (e Dropped) On() ID           { return e.Proposal }
func (e Adopted) On() ID           { return e.Proposal }
func (e MeasureRead) On() ID       { return e.Proposal }
func (e MeasureMissed) On() ID     { return e.Proposal }
func (e ReviewDue) On() ID         { return e.Proposal }
func (e Evaluated) On() ID         { return e.Proposal }
func (e Kept) On() ID              { return e.Proposal }

// About names the need that an event is about.
func (e NeedOpened) About() NeedID       { return e.Need }
func (e DomainChecked) About() NeedID    { return e.Need }
func (e MajorChecked) About() NeedID     { return e.Need }
func (e LongTermAnswered) About() NeedID { return e.Need }
func (e Responded) About() NeedID        { return e.Need }
func (e InputGiven) About() NeedID       { return e.Need }
func (e InputAnswered) About() NeedID    { return e.Need }

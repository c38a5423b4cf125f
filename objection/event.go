package objection

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// An Event is something that has happened to an objection. Its wire name is
// "objection." and a past tense; its stored form is for ever.
type Event interface {
	Wire() string
	apply(*Objections)
}

// Raised: a participant objects to a version.
type Raised struct {
	Objection ID              `json:"objection"`
	Proposal  proposal.ID     `json:"proposal"`
	Version   int             `json:"version"`
	By        circle.PersonID `json:"by"`
	Aim       circle.ItemID   `json:"aim"`
	Argument  circle.Text     `json:"argument" words:"heard"`
	Source    proposal.Source `json:"source,omitempty"`
	Again     ID              `json:"again,omitempty"`             // an objection that had ended (methods §8.5)
	New       circle.Text     `json:"new,omitempty" words:"heard"` // what is new, if that one was ruled on (M-178)
	From      ID              `json:"from,omitempty"`              // the concern that it was before (M-180)
}

// Voiced: a participant has a concern that does not block.
type Voiced struct {
	Concern  ID              `json:"concern"`
	Proposal proposal.ID     `json:"proposal"`
	Version  int             `json:"version"`
	By       circle.PersonID `json:"by"`
	Text     circle.Text     `json:"text" words:"own"`
	Source   proposal.Source `json:"source,omitempty"`
}

// Restated: the circle said an objection back in its own words.
type Restated struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Statement circle.Text     `json:"statement" words:"heard"`
}

// Confirmed: the objector said that the restatement is what they mean.
type Confirmed struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
}

// Met: a version was written to meet an objection, with these tools.
type Met struct {
	Objection ID            `json:"objection"`
	In        int           `json:"in"`
	Tools     []circle.Tool `json:"tools"`
}

// Integrated: the objector accepts how a version meets the objection; or, when
// the objector has left, the whole circle does by consenting to that version.
type Integrated struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by,omitempty"`
	In        int             `json:"in"`
	ByCircle  bool            `json:"by-circle,omitempty"`
}

// Withdrawn: the objector took the objection back.
type Withdrawn struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Reason    circle.Text     `json:"reason,omitempty" words:"own"`
}

// Ended: the proposal that the objection spoke of was itself ended.
type Ended struct {
	Objection ID `json:"objection"`
}

// Wire names, one for each event.
func (Raised) Wire() string     { return "objection.raised" }
func (Voiced) Wire() string     { return "objection.voiced" }
func (Restated) Wire() string   { return "objection.restated" }
func (Confirmed) Wire() string  { return "objection.confirmed" }
func (Met) Wire() string        { return "objection.met" }
func (Integrated) Wire() string { return "objection.integrated" }
func (Withdrawn) Wire() string  { return "objection.withdrawn" }
func (Ended) Wire() string      { return "objection.ended" }

// Events lists one of each event, for readers of ledgers.
func Events() []Event {
	list := []Event{Raised{}, Voiced{}, Restated{}, Confirmed{}, Met{}, Integrated{}, Withdrawn{}, Ended{}}
	return slices.Concat(list, trialEvents(), exitEvents(), ownerEvents(), solvedEvents(), premiseEvents(), carryEvents())
}

// Apply takes what has happened. It cannot fail.
func (os *Objections) Apply(e Event) { e.apply(os) }

func (os *Objections) add(o *Objection) {
	if os.all == nil {
		os.all, os.on = map[ID]*Objection{}, map[proposal.ID][]ID{}
	}
	os.all[o.ID] = o
	os.on[o.Proposal] = append(os.on[o.Proposal], o.ID)
}

func (e Raised) apply(os *Objections) {
	os.add(&Objection{ID: e.Objection, Sort: Objecting, Proposal: e.Proposal, Version: e.Version, By: e.By,
		Aim: e.Aim, Source: e.Source, Argument: e.Argument, Status: StatusRaised, Again: e.Again})
	if concern := os.all[e.From]; concern != nil && concern.Sort == Worrying {
		concern.Status = StatusLifted
	}
}

func (e Voiced) apply(os *Objections) {
	os.add(&Objection{ID: e.Concern, Sort: Worrying, Proposal: e.Proposal, Version: e.Version, By: e.By,
		Source: e.Source, Argument: e.Text, Status: StatusHeard})
}

func (e Restated) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Restated, o.Status = e.Statement, StatusRestated
}

func (e Confirmed) apply(os *Objections) { os.all[e.Objection].Status = StatusConfirmed }

func (e Met) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Status, o.In = StatusMet, e.In
	for _, t := range e.Tools {
		if !slices.Contains(o.Tools, t) {
			o.Tools = append(o.Tools, t)
		}
	}
}

func (e Integrated) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Status, o.In = StatusIntegrated, e.In
}

func (e Withdrawn) apply(os *Objections) { os.all[e.Objection].Status = StatusWithdrawn }

func (e Ended) apply(os *Objections) { os.all[e.Objection].Status = StatusEnded }

// On names the objection or concern that an event is about.
func (e Raised) On() ID     { return e.Objection }
func (e Voiced) On() ID     { return e.Concern }
func (e Restated) On() ID   { return e.Objection }
func (e Confirmed) On() ID  { return e.Objection }
func (e Met) On() ID        { return e.Objection }
func (e Integrated) On() ID { return e.Objection }
func (e Withdrawn) On() ID  { return e.Objection }
func (e Ended) On() ID      { return e.Objection }

package objection

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Refer says of an objection that was carried to both parts of a proposal that
// was split: it is not about this part but about the other one, where it stands
// as well (M-146). Only whose objection it is says so.
type Refer struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason,omitempty"`
}

// Carry is given by the process alone, when a proposal is split: each objection to
// it that stands goes on against its part number N, under a free name made from its
// own (M-146).
type Carry struct {
	Proposal, Part proposal.ID
	N              int
}

// Carried: an objection to a proposal that was split stands against one of its
// parts, with the words, the owners and the reasons that it had (M-146).
type Carried struct {
	Objection ID          `json:"objection"`
	From      ID          `json:"from"`
	Proposal  proposal.ID `json:"proposal"`
}

// Referred: whose objection it is said that it is about the other part, where it
// stands under the name To (M-146).
type Referred struct {
	Objection ID              `json:"objection"`
	To        ID              `json:"to"`
	By        circle.PersonID `json:"by"`
	Reason    circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Wire names, one for each command and event.
func (Carry) Wire() string    { return "objection.carry" }
func (Refer) Wire() string    { return "objection.refer" }
func (Carried) Wire() string  { return "objection.carried" }
func (Referred) Wire() string { return "objection.referred" }

// Of names the objection that a command is about.
func (c Refer) Of() ID { return c.Objection }

// On names the objection that an event is about.
func (e Carried) On() ID  { return e.Objection }
func (e Referred) On() ID { return e.Objection }

func carryCommands() []Command { return []Command{Refer{}} }
func carryEvents() []Event     { return []Event{Carried{}, Referred{}} }

// NoOtherPart refuses to send an objection to where it does not stand.
var NoOtherPart = &circle.Code{ID: "no-other-part", Kind: circle.ErrNotNow, Rule: "M-146", Stands: circle.InEngine,
	Says: "{objection} does not stand against another part, so it stays here. It may be met, or withdrawn."}

func carryCodes() []*circle.Code { return []*circle.Code{NoOtherPart} }

func (c Carry) decide(os *Objections, _ circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	var out []Event
	given := map[ID]bool{}
	for _, o := range os.Standing(c.Proposal) {
		id := os.free(o.ID, c.N, given)
		given[id] = true
		out = append(out, &Carried{Objection: id, From: o.ID, Proposal: c.Part})
	}
	return out, nil
}

// free is a name that nobody has yet: that of the old objection with the number
// of the part behind it, once or more often.
func (os *Objections) free(old ID, n int, given map[ID]bool) ID {
	behind := ""
	for {
		behind += "-" + string(rune('0'+n))
		id := old[:min(len(old), circle.MaxID-len(behind))] + ID(behind)
		if !os.taken(id) && !given[id] {
			return id
		}
	}
}

// Elsewhere is the same objection as it stands against the other part, nil where
// it does not.
func (os *Objections) Elsewhere(o *Objection) *Objection {
	if o.Carried == "" {
		return nil
	}
	for _, other := range os.all {
		if other.Carried == o.Carried && other.ID != o.ID && other.Stands() {
			return other
		}
	}
	return nil
}

func (c Refer) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.own(c.Objection, by)
	if err != nil {
		return nil, err
	}
	other := os.Elsewhere(o)
	switch {
	case other == nil || !other.Owns(by.By):
		return nil, NoOtherPart.Refuse("objection", c.Objection)
	case o.shared():
		return []Event{&Left{Objection: c.Objection, By: by.By, How: StatusReferred.String(), Reason: c.Reason}}, nil
	}
	return []Event{&Referred{Objection: c.Objection, To: other.ID, By: by.By, Reason: c.Reason}}, nil
}

// What was said back and confirmed stays so. Whether a version meets it is to be
// seen anew, with the text of the part.
func (e Carried) apply(os *Objections) {
	old := os.all[e.From]
	o := &Objection{ID: e.Objection, Sort: Objecting, Proposal: e.Proposal, Version: 1, By: old.By, Aim: old.Aim, Source: old.Source,
		Argument: old.Argument, Restated: old.Restated, Status: old.Status, Owners: slices.Clone(old.Owners), Carried: e.From}
	switch {
	case old.Status != StatusMet:
	case old.Restated.IsZero():
		o.Status = StatusRaised
	default:
		o.Status = StatusRestated
	}
	os.add(o)
}

func (e Referred) apply(os *Objections) { os.all[e.Objection].Status = StatusReferred }

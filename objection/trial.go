package objection

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// A Trial is the test of whether an argument qualifies as an objection: by
// whom and by what it is measured, the method says (methods §2.2).
type Trial struct {
	State    TrialState
	Wording  int           // how often the argument was put in other words
	Argued   []CriterionID // by the objector
	Lacking  []CriterionID // that were ruled not to hold
	Disputes []Dispute
	For      []circle.PersonID // who find that the present wording qualifies
	Against  []circle.PersonID // who find that it does not
}

// TrialState is how far a test is.
type TrialState uint8

// The states of a test.
const (
	TrialOpen      TrialState = 1 + iota
	TrialCaptured             // it qualifies: the circle works on it
	TrialUpheld               // so many others find it legitimate (FC, N Street)
	TrialDismissed            // it does not qualify
)

// String names the state.
func (s TrialState) String() string {
	return [...]string{"none", "open", "captured", "upheld", "dismissed"}[s]
}

// UnderTest says that the objection is being tested.
func (o *Objection) UnderTest() bool { return o.Trial != nil && o.Trial.State == TrialOpen }

// DisputeID names a dispute within the test of one objection.
type DisputeID string

// Check refuses what cannot be the name of a dispute.
func (id DisputeID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *DisputeID) Kind() string { return "dispute" }

// A Dispute is an argument against an objection, or against another dispute
// (M-164).
type Dispute struct {
	ID       DisputeID
	On       DisputeID // empty: the objection itself
	By       circle.PersonID
	Wording  int // of the objection that it speaks of
	Conceded bool
}

// dispute finds one, nil if there is none.
func (t *Trial) dispute(id DisputeID) *Dispute {
	i := slices.IndexFunc(t.Disputes, func(d Dispute) bool { return d.ID == id })
	if i < 0 {
		return nil
	}
	return &t.Disputes[i]
}

// open says that a dispute was neither conceded nor left behind by a new
// wording of what it is on.
func (t *Trial) open(d *Dispute) bool {
	if d.Conceded {
		return false
	}
	if d.On == "" {
		return d.Wording == t.Wording
	}
	return t.open(t.dispute(d.On))
}

// Stands says whether a claim stands: the objection itself for the empty name,
// or a dispute. A claim stands as long as no dispute against it stands.
func (t *Trial) Stands(claim DisputeID) bool {
	for i := range t.Disputes {
		d := &t.Disputes[i]
		if d.On == claim && t.open(d) && t.Stands(d.ID) {
			return false
		}
	}
	return true
}

// Unruled is the criterion that settles all, if it was argued and nobody has
// ruled on it yet; empty if there is none (M-163).
func (o *Objection) Unruled(h *Handling) CriterionID {
	for _, c := range h.Criteria {
		if c.Need == Override && slices.Contains(o.Trial.Argued, c.ID) && !slices.Contains(o.Trial.Lacking, c.ID) {
			return c.ID
		}
	}
	return ""
}

// Testable says whether anybody is there to test the objection beside those
// whose it is. Where nobody is, it stands untested (methods §8.10).
func (o *Objection) Testable(h *Handling, peers []circle.PersonID) bool {
	need := 1
	if h.Tester == BySupporters {
		need = h.Supporters
	}
	return len(o.peers(peers)) >= need
}

// peers are those of a list whose objection it is not.
func (o *Objection) peers(list []circle.PersonID) []circle.PersonID {
	return slices.DeleteFunc(slices.Clone(list), o.Owns)
}

// Unweighed are those who have not said yet whether the objection qualifies: where it
// is not tested, all of them.
func (o *Objection) Unweighed(peers []circle.PersonID) []circle.PersonID {
	if o.Trial == nil {
		return o.peers(peers)
	}
	return slices.DeleteFunc(o.peers(peers), func(who circle.PersonID) bool {
		return contains(o.Trial.For, who) || contains(o.Trial.Against, who)
	})
}

// verdict is what follows from what the peers have said; false while nothing
// does. Those who are no peers any more do not count; and when too few are left to
// test it, it stands (methods §8.10).
func (o *Objection) verdict(h *Handling, list []circle.PersonID, yes, no []circle.PersonID) (TrialState, bool) {
	peers := o.peers(list)
	in := func(who circle.PersonID) bool { return !contains(peers, who) }
	held := len(slices.DeleteFunc(slices.Clone(yes), in))
	against := len(slices.DeleteFunc(slices.Clone(no), in))
	switch {
	case !o.Testable(h, list):
		return TrialCaptured, true
	case h.Tester == BySupporters && held >= h.Supporters:
		return TrialUpheld, true
	case h.Tester == BySupporters && len(peers)-against < h.Supporters:
		return TrialDismissed, true
	case h.Tester == ByPeers && held > 0:
		return TrialCaptured, true
	case h.Tester == ByPeers && against == len(peers):
		return TrialDismissed, true
	}
	return 0, false
}

// qualifies says whether the criteria that hold are enough (M-161): each that is
// required and one of those of which any does. The one that settles all is ruled on.
func (h *Handling) qualifies(holds []CriterionID) bool {
	any, anyHolds := false, false
	for _, c := range h.Criteria {
		held := slices.Contains(holds, c.ID)
		switch {
		case c.Need == Required && !held:
			return false
		case c.Need == Any:
			any, anyHolds = true, anyHolds || held
		}
	}
	return !any || anyHolds
}

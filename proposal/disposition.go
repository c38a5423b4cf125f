package proposal

import (
	"github.com/sayround/sayround/circle"
)

// Disposition is what a proposal asks to be done: adopt its own text, as most do,
// or close or postpone another one (M-99).
type Disposition string

// The dispositions. The empty one: adopt.
const (
	Adoption Disposition = "adopt"
	Closing  Disposition = "close"    // end what is under decision, or an agreement
	Postpone Disposition = "postpone" // set it aside, to be taken up again later
)

// Disposal is the sort of proposals that close or postpone another one: they are
// carried out and done, and leave no agreement behind (M-99).
const Disposal Sort = "disposal"

// Values lists the dispositions.
func (Disposition) Values() []string {
	return []string{string(Adoption), string(Closing), string(Postpone)}
}

// Check refuses a disposition that nobody knows.
func (d Disposition) Check() error { return oneOf(string(d), d.Values()) }

// ofOther says that it is about another text than its own.
func (d Disposition) ofOther() bool { return d == Closing || d == Postpone }

// The refusals about what a proposal asks to be done.
var (
	DisposesOf = &circle.Code{ID: "disposes-of", Kind: circle.ErrNotValid, Rule: "M-99", Stands: circle.InEngine,
		Says: "To close or to postpone something, name what it is (of), and to adopt the text itself, name nothing."}
	DisposesOnly = &circle.Code{ID: "disposes-only", Kind: circle.ErrNotValid, Rule: "M-99", Stands: circle.InEngine,
		Says: "{proposal} closes or postpones {of}, and does nothing else: it carries out no other command, and has no sort, term, measures, date or condition of its own."}
	NotToDispose = &circle.Code{ID: "not-to-dispose", Kind: circle.ErrNotValid, Rule: "M-99", Stands: circle.InEngine,
		Says: "{of} cannot be closed or postponed by {circle}: it must be another proposal of {circle} that is under decision, or an agreement that is in force. It is {status}, in {other}."}
	PostponedFor = &circle.Code{ID: "postponed-for", Kind: circle.ErrNotValid, Rule: "M-99", Stands: circle.InEngine,
		Says: "Say for how long (for) when something that is under decision is postponed, and only then: it comes back by itself. An agreement rests until the circle lifts the hold."}
)

func dispositionCodes() []*circle.Code {
	return []*circle.Code{DisposesOf, DisposesOnly, NotToDispose, PostponedFor}
}

// disposes refuses a proposal that does not say what becomes of what.
func (c Submit) disposes(m *Matters) error {
	if c.Disposition.ofOther() != (c.Target != "") || c.Sort == Disposal && !c.Disposition.ofOther() {
		return DisposesOf.Refuse()
	}
	if c.Target == "" {
		if !c.For.IsZero() {
			return PostponedFor.Refuse()
		}
		return nil
	}
	record := c.record()
	if c.Sort != Disposal || !c.Term.IsZero() || len(c.Measures) > 0 || record.kept() != nil {
		return DisposesOnly.Refuse("proposal", c.ID, "of", c.Target)
	}
	of, err := m.Get(c.Target)
	if err != nil {
		return err
	}
	if of.ID == c.ID || of.Circle != c.Circle || of.Status != StatusOpen && of.Status != StatusAgreement {
		return NotToDispose.Refuse("of", c.Target, "circle", c.Circle, "status", of.Standing(), "other", of.Circle)
	}
	if c.For.IsZero() == (c.Disposition == Postpone && of.UnderDecision()) {
		return PostponedFor.Refuse()
	}
	return nil
}

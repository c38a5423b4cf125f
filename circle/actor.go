package circle

// An Actor is who acts, and how the act came in. The act is always By's own.
type Actor struct {
	// By is the person whose act it is.
	By PersonID `json:"by"`
	// With is the supporter at their side: named beforehand, without a voice or
	// a consent right of their own (CP-18).
	With PersonID `json:"with,omitempty"`
	// Through is the interpreter who rendered the words: named beforehand, without any
	// words of their own (CP-18).
	Through PersonID `json:"through,omitempty"`
	// RecordedBy is who wrote the act down, when it came by phone, letter or
	// face to face (CP-21).
	RecordedBy PersonID `json:"recorded-by,omitempty"`
	// For is the person on whose behalf By acts. It needs a basis recorded for
	// that one decision (CP-19).
	For PersonID `json:"for,omitempty"`
	// Basis names the basis on which By acts for another; empty: the one that is
	// recorded.
	Basis Name `json:"basis,omitempty"`
	// Clock marks what no person did: the engine, carrying out what time alone
	// brings about; and what does not name who did it, which is a safeguarding signal
	// (CP-22), or what is said of an erasure (P5).
	Clock bool `json:"clock,omitempty"`
}

// Alone says that a person acts for themselves, by themselves.
func (a *Actor) Alone() bool {
	return a.With == "" && a.Through == "" && a.RecordedBy == "" && a.For == "" && !a.Clock
}

// The refusals that concern who acts.
var (
	UnknownPerson = &Code{ID: "unknown-person", Kind: ErrNotKnown, Stands: InEngine,
		Says: "Nobody here is called {who}."}
	NotSupporter = &Code{ID: "not-supporter", Kind: ErrNotYou, Rule: "CP-18", Stands: InEngine,
		Says: "{with} is not a supporter of {who}: {who} names their supporters beforehand."}
	NoBasis = &Code{ID: "no-basis", Kind: ErrNotYou, Rule: "CP-19", Stands: InEngine,
		Says: "{who} cannot act for {for}: no basis is recorded for this decision. {for} may act themselves, also with a supporter or by phone or letter."}
)

// Founding says whether a person is founding the organisation, as whom they
// need not take part in it.
func (o *Organisation) Founding(by Actor) bool { return !o.settled && by.By == o.founder }

// Admits says whether the people that an actor names exist and stand to each
// other as they must.
func (o *Organisation) Admits(by Actor) error {
	if by.Clock {
		return nil
	}
	p, ok := o.people[by.By]
	if !ok {
		return UnknownPerson.Refuse("who", by.By)
	}
	if by.RecordedBy != "" && o.people[by.RecordedBy] == nil {
		return UnknownPerson.Refuse("who", by.RecordedBy)
	}
	if by.With == "" && by.For == "" && by.Through == "" { // as a rule people speak for themselves, and alone
		return nil
	}
	if err := unmixed(by); err != nil {
		return err
	}
	if by.With != "" && !p.HasSupporter(by.With) {
		return NotSupporter.Refuse("who", by.By, "with", by.With)
	}
	if by.Through != "" && !o.rendersFor(by) {
		return NotInterpreter.Refuse("who", by.whose(), "through", by.Through)
	}
	if by.For != "" && o.people[by.For] == nil {
		return UnknownPerson.Refuse("who", by.For)
	}
	return nil
}

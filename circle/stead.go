package circle

import (
	"slices"
	"time"
)

// A Stead is a basis on which one person acts for another in one decision
// (CP-19). It is none of the other ways to have to do with somebody's voice: a
// supporter stands at their side without a voice of their own, an interpreter renders
// their words (CP-18), a
// delegate sits in a circle in their own right for another circle (EC-93), a
// substitute wears a role while its wearer is away (EC-89), and a proxy stands in
// for a member at one members' meeting (EC-71), which they asked for themselves.
type Stead struct {
	ID  Name
	For PersonID
	By  PersonID
}

// Ground is why an advocate acts. That somebody would choose unwisely is none
// (CP-19).
type Ground string

// The grounds.
const (
	CannotNow Ground = "cannot-now" // with all support they cannot act in this decision
	NotHeard  Ground = "not-heard"  // they cannot be reached in time, and delay would harm them
	ByLaw     Ground = "by-law"     // a law or a court has it so
)

// Values lists the grounds.
func (Ground) Values() []string { return []string{string(CannotNow), string(NotHeard), string(ByLaw)} }

// Check refuses a ground that nobody knows, an unwise choice among them.
func (g Ground) Check() error { return oneOf(string(g), g.Values()) }

// RecordBasis lets an advocate act for somebody in one decision. Everybody is
// presumed able: it takes a ground, what support was tried first, and why
// nothing less would do (CP-19).
type RecordBasis struct {
	ID       Name     `json:"id"`
	For      PersonID `json:"for"`
	By       PersonID `json:"by"`
	Decision Name     `json:"decision"`
	Ground   Ground   `json:"ground"`
	Tried    []Text   `json:"tried,omitempty"`
	Least    Text     `json:"least,omitempty"` // why nothing less would do
}

// EndBasis ends it: the person acts themselves, or nobody acts for them any
// more.
type EndBasis struct {
	ID       Name `json:"id"`
	Decision Name `json:"decision"`
}

// Wire names, one for each command.
func (RecordBasis) Wire() string { return "circle.record-basis" }
func (EndBasis) Wire() string    { return "circle.end-basis" }

func steadCommands() []Command {
	return []Command{RecordBasis{}, EndBasis{}, NameInterpreter{}, EndInterpreter{}}
}

// BasisRecorded: one person may act for another in one decision.
type BasisRecorded struct {
	ID       Name     `json:"id"`
	For      PersonID `json:"for"`
	By       PersonID `json:"by"`
	Decision Name     `json:"decision"`
	Recorder PersonID `json:"recorder"`
	Ground   Ground   `json:"ground,omitempty"`
	Tried    []Text   `json:"tried,omitempty" words:"heard"`
	Least    Text     `json:"least,omitempty" words:"heard"`
}

// BasisEnded: nobody acts for the person in the decision by this basis any
// more.
type BasisEnded struct {
	ID       Name     `json:"id"`
	Decision Name     `json:"decision"`
	By       PersonID `json:"by"`
}

// Wire names, one for each event.
func (BasisRecorded) Wire() string { return "circle.basis-recorded" }
func (BasisEnded) Wire() string    { return "circle.basis-ended" }

func steadEvents() []Event {
	return []Event{BasisRecorded{}, BasisEnded{}, InterpreterNamed{}, InterpreterEnded{}}
}

// Concerns names the person whom the words of a basis are about.
func (e BasisRecorded) Concerns() PersonID { return e.For }

func (e BasisRecorded) apply(o *Organisation) {
	if o.steads == nil {
		o.steads = map[Name][]Stead{}
	}
	o.steads[e.Decision] = append(slices.Clone(o.steads[e.Decision]), Stead{e.ID, e.For, e.By})
}

func (e BasisEnded) apply(o *Organisation) {
	left := slices.DeleteFunc(slices.Clone(o.steads[e.Decision]), func(s Stead) bool { return s.ID == e.ID })
	if o.steads[e.Decision] = left; len(left) == 0 {
		delete(o.steads, e.Decision)
	}
}

// The refusals that concern acting for another.
var (
	SelfStead = &Code{ID: "self-stead", Kind: ErrNotValid, Rule: "CP-20", Stands: InEngine,
		Says: "{who} acts for themselves without anybody's leave."}
	NoSupportTried = &Code{ID: "no-support-tried", Kind: ErrNotValid, Rule: "CP-19", Stands: InEngine,
		Says: "Everybody is presumed able. Before somebody acts for {for}, say what support was tried, and why nothing less would do."}
	ProxyByAnother = &Code{ID: "recorded-for-oneself", Kind: ErrNotYou, Rule: "CP-19", Stands: InEngine,
		Says: "{who} cannot record alone that they act for {for}: somebody else who knows what was tried records it."}
	UnknownBasis = &Code{ID: "unknown-basis", Kind: ErrNotKnown, Rule: "CP-19", Stands: InEngine,
		Says: "On {decision} no basis {id} is recorded."}
	NotTheirBasis = &Code{ID: "not-their-basis", Kind: ErrNotYou, Rule: "CP-19", Stands: InEngine,
		Says: "{who} cannot end that {by} acts for {for}: {for} can at any time, and {by}."}
	CapacitiesMixed = &Code{ID: "capacities-mixed", Kind: ErrNotValid, Rule: "CP-20", Stands: InEngine,
		Says: "{who} cannot be both {one} and {other} in one act: each has rights of its own, and they are kept apart."}
)

func steadCodes() []*Code {
	return []*Code{NotInterpreter, OwnInterpreter, SelfStead, NoSupportTried, ProxyByAnother, UnknownBasis, NotTheirBasis, CapacitiesMixed}
}

// newStead refuses a basis between people who are not known or are one, and a
// name that is taken.
func (o *Organisation) newStead(id, decision Name, by, of PersonID) error {
	if by == of {
		return SelfStead.Refuse("who", of)
	}
	if err := o.known(by, of); err != nil {
		return err
	}
	if o.stead(decision, func(s Stead) bool { return s.ID == id || s.By == by && s.For == of }) != nil {
		return TakenID.Refuse("id", id)
	}
	return nil
}

func (o *Organisation) stead(decision Name, is func(Stead) bool) *Stead {
	list := o.steads[decision]
	if i := slices.IndexFunc(list, is); i >= 0 {
		return &list[i]
	}
	return nil
}

func (c RecordBasis) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	if err := o.newStead(c.ID, c.Decision, c.By, c.For); err != nil {
		return nil, err
	}
	switch {
	case by.By == c.By:
		return nil, ProxyByAnother.Refuse("who", by.By, "for", c.For)
	case len(c.Tried) == 0 || c.Least.IsZero():
		return nil, NoSupportTried.Refuse("for", c.For)
	}
	return []Event{&BasisRecorded{ID: c.ID, For: c.For, By: c.By, Decision: c.Decision, Recorder: by.By,
		Ground: c.Ground, Tried: c.Tried, Least: c.Least}}, nil
}

func (c EndBasis) decide(o *Organisation, by Actor, _ time.Time, _ Facts) ([]Event, error) {
	s := o.stead(c.Decision, func(s Stead) bool { return s.ID == c.ID })
	switch {
	case s == nil:
		return nil, UnknownBasis.Refuse("decision", c.Decision, "id", c.ID)
	case by.By != s.For && by.By != s.By:
		return nil, NotTheirBasis.Refuse("who", by.By, "by", s.By, "for", s.For)
	}
	return []Event{&BasisEnded{ID: c.ID, Decision: c.Decision, By: by.By}}, nil
}

// ActsFor answers on what basis somebody acts for another in a decision, nil if
// there is none. A basis that the act names must be that one.
func (o *Organisation) ActsFor(by Actor, decision Name) *Stead {
	return o.stead(decision, func(s Stead) bool {
		return s.By == by.By && s.For == by.For && (by.Basis == "" || by.Basis == s.ID)
	})
}

// unmixed refuses an act in which one person stands in two ways to whose act it
// is (CP-18, CP-20).
func unmixed(by Actor) error {
	for _, c := range []struct {
		who, other PersonID
		one, more  string
	}{
		{by.With, by.By, "who acts", "their supporter"},
		{by.For, by.By, "who acts", "the one for whom they act"},
		{by.With, by.For, "the supporter", "the one for whom somebody acts"},
		{by.Through, by.By, "who acts", "their interpreter"},
		{by.Through, by.With, "the supporter", "the interpreter"},
		{by.Through, by.For, "the interpreter", "the one for whom somebody acts"},
		{by.Through, by.RecordedBy, "the interpreter", "the one who writes it down"},
	} {
		if c.who != "" && c.who == c.other {
			return CapacitiesMixed.Refuse("who", c.who, "one", c.one, "other", c.more)
		}
	}
	return nil
}

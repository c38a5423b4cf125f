package circle

import (
	"slices"
	"time"
)

// An interpreter renders what somebody says, and never has a word of their own
// (CP-18). They are none of the other ways to have to do with somebody's voice
// (CP-20): a supporter may ask for slower and clearer, an advocate, a proxy, a
// delegate and a substitute act. So an interpreter takes no part where they render
// words, and whoever interprets in an act is nothing else in it. Their name stands
// with the act, and whose act it is may contest it (CP-21).

// NameInterpreter lets somebody render one's words. One names one's own
// interpreters.
type NameInterpreter struct {
	Person      PersonID `json:"person"`
	Interpreter PersonID `json:"interpreter"`
}

// EndInterpreter says that somebody renders one's words no more.
type EndInterpreter struct {
	Person      PersonID `json:"person"`
	Interpreter PersonID `json:"interpreter"`
}

// InterpreterNamed: a person named somebody who may render their words.
type InterpreterNamed struct {
	Person      PersonID `json:"person"`
	Interpreter PersonID `json:"interpreter"`
}

// InterpreterEnded: somebody renders a person's words no more.
type InterpreterEnded struct {
	Person      PersonID `json:"person"`
	Interpreter PersonID `json:"interpreter"`
}

// Wire names, one for each command and event.
func (NameInterpreter) Wire() string  { return "circle.name-interpreter" }
func (EndInterpreter) Wire() string   { return "circle.end-interpreter" }
func (InterpreterNamed) Wire() string { return "circle.interpreter-named" }
func (InterpreterEnded) Wire() string { return "circle.interpreter-ended" }

// The refusals that concern interpreters.
var (
	NotInterpreter = &Code{ID: "not-interpreter", Kind: ErrNotYou, Rule: "CP-18", Stands: InEngine,
		Says: "{through} is not an interpreter of {who}: {who} names their interpreters beforehand."}
	OwnInterpreter = &Code{ID: "own-interpreter", Kind: ErrNotYou, Rule: "CP-18", Stands: InEngine,
		Says: "{who} cannot say who interprets for {person}: everybody says so for themselves."}
)

// HasInterpreter says whether who may render the person's words.
func (p *Person) HasInterpreter(who PersonID) bool { return slices.Contains(p.Interpreters, who) }

func (e InterpreterNamed) apply(o *Organisation) {
	p := o.people[e.Person]
	p.Interpreters = append(slices.Clone(p.Interpreters), e.Interpreter)
}

func (e InterpreterEnded) apply(o *Organisation) {
	p := o.people[e.Person]
	p.Interpreters = slices.DeleteFunc(slices.Clone(p.Interpreters), func(who PersonID) bool { return who == e.Interpreter })
}

// interpreted returns a person whose interpreters somebody may name.
func (o *Organisation) interpreted(id PersonID, by Actor, f Facts) (*Person, error) {
	p := o.people[id]
	switch {
	case p == nil:
		return nil, UnknownPerson.Refuse("who", id)
	case by.By != id && o.mayStructure(by, o.root, f) != nil:
		return nil, OwnInterpreter.Refuse("who", by.By, "person", id)
	}
	return p, nil
}

func (c NameInterpreter) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := o.interpreted(c.Person, by, f)
	switch {
	case err != nil:
		return nil, err
	case o.people[c.Interpreter] == nil:
		return nil, UnknownPerson.Refuse("who", c.Interpreter)
	case c.Person == c.Interpreter:
		return nil, CapacitiesMixed.Refuse("who", c.Person, "one", "who acts", "other", "their interpreter")
	case p.HasInterpreter(c.Interpreter):
		return nil, TakenID.Refuse("id", c.Interpreter)
	}
	return []Event{&InterpreterNamed{Person: c.Person, Interpreter: c.Interpreter}}, nil
}

func (c EndInterpreter) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	p, err := o.interpreted(c.Person, by, f)
	switch {
	case err != nil:
		return nil, err
	case !p.HasInterpreter(c.Interpreter):
		return nil, NotInterpreter.Refuse("who", c.Person, "through", c.Interpreter)
	}
	return []Event{&InterpreterEnded{Person: c.Person, Interpreter: c.Interpreter}}, nil
}

// whose act it is: their own, or that of whom they act for.
func (a *Actor) whose() PersonID {
	if a.For != "" {
		return a.For
	}
	return a.By
}

// rendersFor says whether the interpreter of an act was named by who speaks in it:
// whose act it is, or who acts for them.
func (o *Organisation) rendersFor(by Actor) bool {
	for _, who := range []PersonID{by.By, by.For} {
		if p := o.people[who]; p != nil && p.HasInterpreter(by.Through) {
			return true
		}
	}
	return false
}

// Interprets refuses an act through somebody who does more in the decision than
// render words: they take part in the circle that decides, or act there for whom
// they would interpret (CP-20).
func (o *Organisation) Interprets(by Actor, at ID, decision Name) error {
	if l := o.LevelIn(at, by.Through); l == Full || l == Learning {
		return CapacitiesMixed.Refuse("who", by.Through, "one", "an interpreter", "other", "a participant of "+string(at))
	}
	if s := o.stead(decision, func(s Stead) bool { return s.By == by.Through }); s != nil {
		return CapacitiesMixed.Refuse("who", by.Through, "one", "an interpreter", "other", "the one who acts for "+string(s.For))
	}
	return nil
}

package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Part is something that a proposal must hold by some methods (M-90).
type Part string

// The parts.
const (
	DriverPart      Part = "driver"      // the need that it answers, described
	AcceptedPart    Part = "accepted"    // the circle's consent to the need
	RequirementPart Part = "requirement" // the circle's consent to what is needed
	ExamplePart     Part = "example"     // something that really happened
	ReviewPart      Part = "review-date" // when it is looked at again
	CriteriaPart    Part = "criteria"    // what is measured by then
)

// Values lists the parts.
func (Part) Values() []string {
	return []string{string(DriverPart), string(AcceptedPart), string(RequirementPart), string(ExamplePart), string(ReviewPart), string(CriteriaPart)}
}

// Check refuses a part that nobody knows.
func (p Part) Check() error { return among(string(p), p.Values()) }

// held says for each part whether a version of a proposal, or the need that it
// answers, holds it.
var held = map[Part]func(*proposal.Version, proposal.Driver) bool{
	DriverPart:      func(_ *proposal.Version, d proposal.Driver) bool { return d.Wording > 0 },
	AcceptedPart:    func(_ *proposal.Version, d proposal.Driver) bool { return d.Accepted },
	RequirementPart: func(_ *proposal.Version, d proposal.Driver) bool { return d.Agreed },
	ExamplePart:     func(_ *proposal.Version, d proposal.Driver) bool { return !d.Example.IsZero() },
	ReviewPart:      func(v *proposal.Version, _ proposal.Driver) bool { return !v.Term.IsZero() },
	CriteriaPart:    func(v *proposal.Version, _ proposal.Driver) bool { return len(v.Measures) > 0 },
}

// partsHeld refuses to put the question while a part is missing that the method
// asks for, and names them all at once.
func (s *State) partsHeld(p *Process, _ time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	var driver proposal.Driver
	if n := s.Matters.Need(text.Need); n != nil && n.Driver != nil {
		driver = *n.Driver
	}
	missing := slices.DeleteFunc(slices.Clone(p.Method.Requires), func(want Part) bool { return held[want](text.Current(), driver) })
	if len(missing) > 0 {
		return PartsMissing.Refuse("method", p.Method.Name, "proposal", p.Proposal, "parts", missing)
	}
	return p.Method.allows(text.Enacts) // the method of the case may be another than when it was submitted
}

// allows refuses to carry out by a method what is no output of it (M-93).
func (m *Method) allows(list []circle.Deed) error {
	for _, d := range list {
		if len(m.Outputs) > 0 && !slices.Contains(m.Outputs, d.Wire()) {
			return NoOutput.Refuse("method", m.Name, "command", d.Wire(), "outputs", m.Outputs)
		}
	}
	return nil
}

// wordsIntake says what a method asks of a proposal, and how its rounds run.
func (m *Method) wordsIntake(add adding) {
	add(len(m.Requires) > 0, "Before the question a proposal holds: %s", circle.Plain(m.Requires))
	add(len(m.Outputs) > 0, "A decision carries out nothing but: %s", circle.Plain(m.Outputs))
	add(m.Onwards, "After the reactions the text may be changed, and then the question is put")
	add(m.ProposerSilent, "While the others react, the proposer listens")
	add(m.Live, "Who becomes a full participant while the question is open is asked, too")
	add(m.OwnTension, "A change after the reactions serves the need that the proposal answers, and the proposer names it")
	add(m.TimeOuts, "When somebody asks for a time-out, who facilitates may grant it: then people speak of administration and of the rules, and not of the proposal")
	m.wordsLabels(add)
	add(m.BothWays, "Every other round runs the other way")
}

// againstIntake names what a method must not ask of a proposal.
func (m *Method) againstIntake() []contradiction {
	return []contradiction{
		{slices.ContainsFunc(m.Requires, func(p Part) bool { return held[p] == nil }), "it asks for a part of a proposal that nobody knows"},
		{slices.ContainsFunc(m.Outputs, func(wire string) bool { return !deeds[wire] }), "it names an output that no decision can carry out"},
	}
}

// The refusals of what comes before the question, and of the order of speaking.
var (
	LastNeedsTurns = &circle.Code{ID: "last-needs-turns", Kind: circle.ErrNotValid, Rule: "M-110", Stands: circle.InMethod,
		Says: "In this round everybody speaks when they like: {who} cannot be named to speak last."}
	PartsMissing = &circle.Code{ID: "parts-missing", Kind: circle.ErrNotNow, Rule: "M-90", Stands: circle.InMethod,
		Says: "By the method {method} a proposal holds more before it is decided. What {proposal} lacks: {parts}."}
	NoOutput = &circle.Code{ID: "no-output", Kind: circle.ErrNotValid, Rule: "M-93", Stands: circle.InMethod,
		Says: "By the method {method} a decision does not carry out {command}. What it may carry out: {outputs}."}
)

// intakeCodes lists them.
func intakeCodes() []*circle.Code { return []*circle.Code{LastNeedsTurns, PartsMissing, NoOutput} }

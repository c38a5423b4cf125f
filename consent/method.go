package consent

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
)

// A Method says how a circle decides: a value, stored with each process that
// is opened under it, so that a later change never moves a running one
// (M-248, S4).
type Method struct {
	Name string `json:"name"`
	// Phases are the rounds that come before the question is put.
	Phases []RoundKind `json:"phases,omitempty"`
	// Turns lets people speak one after the other in an order that the engine
	// sets and rotates (CP-1). Without it everybody speaks when they like, once.
	Turns bool `json:"turns,omitempty"`
	// Meeting demands that the question is put in a meeting.
	Meeting bool `json:"meeting,omitempty"`
	// Agenda demands that a meeting has consented to its agenda first (EC-101).
	Agenda bool `json:"agenda,omitempty"`
	// Present limits the roster to those who are present; otherwise it holds
	// every full participant (EC-39).
	Present bool `json:"present,omitempty"`
	// Confirm demands that an objector confirms that they were understood
	// before the circle works on the objection (EC-34).
	Confirm bool `json:"confirm,omitempty"`
	// Term demands that a policy has a term (M-231).
	Term bool `json:"term,omitempty"`
	// Concerns admits concerns that do not block (M-124).
	Concerns bool `json:"concerns,omitempty"`
	// Rule is the rule that judges the answers.
	Rule RuleName `json:"rule"`
}

// RuleName names a rule: its kind, the version of that kind, and the
// parameters with which it was opened.
type RuleName struct {
	Kind       string `json:"kind"`
	Version    int    `json:"v"`
	Parameters string `json:"parameters,omitempty"`
}

// Check refuses a method that contradicts itself, and says in what.
func (m *Method) Check() error {
	switch {
	case circle.CheckID(m.Name) != nil:
		return fmt.Errorf("a method needs a name: %w", circle.CheckID(m.Name))
	case m.Agenda && !m.Meeting:
		return fmt.Errorf("method %s: an agenda is consented to in a meeting, and it has none", m.Name)
	case m.Rule.Kind == "" || m.Rule.Version < 1:
		return fmt.Errorf("method %s: it needs a rule with a version", m.Name)
	}
	for i, p := range m.Phases {
		if p != ClarifyRound && p != ReactRound {
			return fmt.Errorf("method %s: a %s round is no phase before the question", m.Name, p)
		}
		if i > 0 && m.Phases[i-1] >= p {
			return fmt.Errorf("method %s: clarifying comes before reacting, each once", m.Name)
		}
	}
	return nil
}

// wants says whether the method has a phase.
func (m *Method) wants(k RoundKind) bool { return slices.Contains(m.Phases, k) }

// consentRule is the stock rule's name.
var consentRule = RuleName{Kind: "consent", Version: 1}

// Plain is the method of a circle that has agreed nothing else: the question
// is put, everybody answers when they like, nobody's silence counts. It is the
// common core of all methods (methods §1.0).
var Plain = Method{Name: "plain", Concerns: true, Rule: consentRule}

// SoFA is consent as in "Many Voices One Song" §3.3, as the care co-operative
// uses it: clarifying and reacting in rounds in turn, a binary question put in
// a meeting to all full participants, objections said back and confirmed, a
// term on every policy.
var SoFA = Method{Name: "sofa", Phases: []RoundKind{ClarifyRound, ReactRound}, Turns: true, Meeting: true, Agenda: true,
	Confirm: true, Term: true, Rule: consentRule}

// Quick is for decisions on the way, such as an agenda: those present are
// asked at once.
var Quick = Method{Name: "quick", Present: true, Rule: consentRule}

// Presets lists the methods that the engine brings.
func Presets() []Method { return []Method{Plain, SoFA, Quick} }

// methods are the presets and the host's own methods, by name.
func methods(own []Method) (map[string]*Method, error) {
	out := map[string]*Method{}
	for _, m := range append(Presets(), own...) {
		if err := m.Check(); err != nil {
			return nil, err
		}
		if out[m.Name] != nil {
			return nil, fmt.Errorf("there are two methods of the name %s", m.Name)
		}
		out[m.Name] = &m
	}
	return out, nil
}

// method returns a method by name; circles that name none decide by Plain.
func (s *State) method(name string) (*Method, error) {
	if name == "" {
		name = Plain.Name
	}
	if m := s.methods[name]; m != nil {
		return m, nil
	}
	return nil, UnknownMethod.Refuse("method", name)
}

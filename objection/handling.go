package objection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
)

// Handling says how a method deals with an objection: by what it is measured,
// who measures it, and who says that it is solved (methods §2.1, §2.2). It is
// data, part of the method under which a case is opened. The zero value is
// SoFA's: valid once it is voiced, and settled by the next round.
type Handling struct {
	// Tester says who examines whether an argument qualifies as an objection.
	// Empty: nobody.
	Tester Tester `json:"tester,omitempty"`
	// Trigger says when it is examined. A method with a tester says it.
	Trigger Trigger `json:"trigger,omitempty"`
	// Criteria are what it is measured by.
	Criteria []Criterion `json:"criteria,omitempty"`
	// Supporters is how many others must find it legitimate, where they test it.
	Supporters int `json:"supporters,omitempty"`
	// Solved says who says that an objection is solved.
	Solved Solved `json:"solved,omitempty"`
	// GoodFaith lets who facilitates record that an objector, or the proposer,
	// does not work on it in good faith (M-173, M-174).
	GoodFaith bool `json:"good-faith,omitempty"`
	// Acknowledge is how long an objector has to say whether an answer meets the
	// objection; after it the objection counts as addressed (methods §8.15).
	// Zero: for ever.
	Acknowledge circle.Period `json:"acknowledge,omitempty"`
	// Outsiders may object, too (M-159).
	Outsiders bool `json:"outsiders,omitempty"`
	// Once refuses a point that was already ruled on, unless there is something
	// new (M-178).
	Once bool `json:"once,omitempty"`
	// StandAside lets an objector stand aside instead (M-125).
	StandAside bool `json:"stand-aside,omitempty"`
	// Defer lets the circle put an objection off by consent, with an owner and a
	// date (M-184).
	Defer bool `json:"defer,omitempty"`
	// Queue says how several objections are dealt with (M-169). Empty: as the circle
	// likes.
	Queue Queue `json:"queue,omitempty"`
}

// Queue is how several objections are dealt with.
type Queue string

// The ways. The empty one: as the circle likes.
const (
	OneAtATime Queue = "one-at-a-time" // in the order that who facilitates sets (S3, Holacracy, FC)
	Bundled    Queue = "bundled"       // all together by one new version
)

// Values lists the ways.
func (Queue) Values() []string { return []string{string(OneAtATime), string(Bundled)} }

// Check refuses a way that nobody knows.
func (q Queue) Check() error { return among(string(q), q.Values()) }

// Tester is who examines whether an argument qualifies as an objection.
type Tester string

// The testers (methods §2.2). The empty one: nobody.
const (
	ByPresence   Tester = "presence"   // a justification is there, and that is enough (Apache)
	ByForm       Tester = "form"       // who facilitates: only whether each criterion is argued (Holacracy)
	ByReasoning  Tester = "reasoning"  // whoever disagrees must argue; what nobody disputes qualifies (S3)
	ByPeers      Tester = "peers"      // the circle without the objector, by consent (SCM)
	BySupporters Tester = "supporters" // so many others find it legitimate (FC, N Street)
	ByChair      Tester = "chair"      // who facilitates, on the merits (IETF, W3C)
)

// Values lists the testers.
func (Tester) Values() []string {
	return []string{string(ByPresence), string(ByForm), string(ByReasoning), string(ByPeers), string(BySupporters), string(ByChair)}
}

// Check refuses a tester that nobody knows.
func (t Tester) Check() error { return among(string(t), t.Values()) }

// Trigger is when an objection is tested (M-160).
type Trigger string

// The triggers. The empty one: never.
const (
	OnDoubt Trigger = "on-doubt" // when a participant asks for it
	Always  Trigger = "always"
)

// Values lists the triggers.
func (Trigger) Values() []string { return []string{string(OnDoubt), string(Always)} }

// Check refuses a trigger that nobody knows.
func (t Trigger) Check() error { return among(string(t), t.Values()) }

// Solved is who says that an objection is solved.
type Solved string

// The answers. The empty one: everybody, in the next round.
const (
	ByRaiser Solved = "raiser"              // the objector alone (Rust, Apache)
	ByBoth   Solved = "raiser-and-proposer" // both, and then the round (Holacracy)
	ByAnswer Solved = "answer"              // the chair answers in substance (IETF, W3C)
)

// Values lists the answers.
func (Solved) Values() []string { return []string{string(ByRaiser), string(ByBoth), string(ByAnswer)} }

// Check refuses an answer that nobody knows.
func (s Solved) Check() error { return among(string(s), s.Values()) }

// CriterionID names a criterion.
type CriterionID string

// Check refuses what cannot be the name of a criterion.
func (id CriterionID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *CriterionID) Kind() string { return "criterion" }

// Need says how a criterion counts (M-161).
type Need string

// The ways in which a criterion counts.
const (
	Required Need = "required" // each of these must hold
	Any      Need = "any"      // one of these must hold, if there are any
	Override Need = "override" // if it holds, nothing else is asked
)

// Values lists the ways.
func (Need) Values() []string { return []string{string(Required), string(Any), string(Override)} }

// Check refuses a way that nobody knows.
func (n Need) Check() error { return among(string(n), n.Values()) }

// A Criterion is one measure of what qualifies as an objection.
type Criterion struct {
	ID   CriterionID `json:"id"`
	Need Need        `json:"need"`
	// Prompt is the question that it asks, in plain words.
	Prompt string `json:"prompt"`
}

// Criterion returns a criterion by its name, nil if there is none.
func (h *Handling) Criterion(id CriterionID) *Criterion {
	i := slices.IndexFunc(h.Criteria, func(c Criterion) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &h.Criteria[i]
}

// Check refuses a handling that contradicts itself, and says in what.
func (h *Handling) Check() error {
	switch {
	case (h.Tester == "" || h.Tester == ByPresence) != (h.Trigger == ""):
		return fmt.Errorf("tester %q and trigger %q do not fit: who tests needs to know when", h.Tester, h.Trigger)
	case (h.Tester == BySupporters) != (h.Supporters > 0):
		return fmt.Errorf("tester %q and %d supporters do not fit", h.Tester, h.Supporters)
	case h.Tester == "" && len(h.Criteria) > 0:
		return fmt.Errorf("there are criteria, and nobody tests by them")
	}
	for i, c := range h.Criteria {
		if slices.ContainsFunc(h.Criteria[:i], func(d Criterion) bool { return d.ID == c.ID }) {
			return fmt.Errorf("the criterion %s stands there twice", c.ID)
		}
	}
	return nil
}

func among(s string, values []string) error {
	if s == "" || slices.Contains(values, s) {
		return nil
	}
	return fmt.Errorf("%q is none of %s", s, strings.Join(values, ", "))
}

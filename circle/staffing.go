package circle

import (
	"fmt"
	"slices"
)

// Staffing is what a circle has agreed about its roles. What a circle leaves
// open is answered by the broader circle's rules. It counts from the instant at
// which it is agreed, also for terms that run.
type Staffing struct {
	// Term is how long a role is worn where the giving says nothing (M-50).
	Term Period `json:"term,omitempty"`
	// AfterTerm says whether a holder goes on after the term, until the circle
	// has chosen again (M-51).
	AfterTerm AfterTerm `json:"after-term,omitempty"`
	// Apart names hats that nobody wears together in the circle, beside Leader
	// and Delegate, which nobody ever does (M-49).
	Apart []Apart `json:"apart,omitempty"`
	// Insiders says that roles of the circle are worn only by those who take full
	// part in it; else anybody may wear them (M-54).
	Insiders bool `json:"insiders,omitempty"`
	// Members says that roles are worn only by members of the co-operative (EC-84).
	Members bool `json:"members,omitempty"`
	// Unfilled is the hat whose wearer does what belongs to a role that nobody
	// wears; not said: the Leader (M-56).
	Unfilled Hat `json:"unfilled,omitempty"`
	// TakenOff says what part a holder has when the circle decides whether to take
	// a role from them (EC-81).
	TakenOff TakenOff `json:"taken-off,omitempty"`
}

// TakenOff is what part a holder has in the decision to take a role from them.
type TakenOff string

// The answers.
const (
	ConsentsToo TakenOff = "consents" // they consent or object like everybody; so also where nothing is said
	HeardOnly   TakenOff = "heard"    // they ask and react, and have no stance
)

// Values lists the answers.
func (TakenOff) Values() []string { return []string{string(ConsentsToo), string(HeardOnly)} }

// Check refuses an answer that nobody knows.
func (t TakenOff) Check() error { return oneOf(string(t), t.Values()) }

// AfterTerm is what becomes of a holder's authority when the term has ended.
type AfterTerm string

// The answers.
const (
	Continues AfterTerm = "continues" // they go on until the circle has chosen again; so also where nothing is said
	Rests     AfterTerm = "rests"     // whoever stands in for the role does, until the circle has chosen
)

// Values lists the answers.
func (AfterTerm) Values() []string { return []string{string(Continues), string(Rests)} }

// Check refuses an answer that nobody knows.
func (a AfterTerm) Check() error { return oneOf(string(a), a.Values()) }

// Apart is two hats that one person does not wear together.
type Apart struct {
	One   Hat `json:"one"`
	Other Hat `json:"other"`
}

// Check refuses a hat that is to be apart from itself.
func (a *Apart) Check() error {
	if a.One == a.Other {
		return fmt.Errorf("the %s cannot be kept apart from itself", a.One)
	}
	return nil
}

// over fills what s leaves open from the broader circle's staffing. What a
// broader circle keeps apart or asks of holders, no circle inside lets go.
func (s Staffing) over(broader Staffing) Staffing {
	if s.Term.IsZero() {
		s.Term = broader.Term
	}
	if s.AfterTerm == "" {
		s.AfterTerm = broader.AfterTerm
	}
	if s.Unfilled == "" {
		s.Unfilled = broader.Unfilled
	}
	if s.TakenOff == "" {
		s.TakenOff = broader.TakenOff
	}
	for _, a := range broader.Apart {
		if !slices.Contains(s.Apart, a) {
			s.Apart = append(slices.Clip(s.Apart), a)
		}
	}
	s.Insiders = s.Insiders || broader.Insiders
	s.Members = s.Members || broader.Members
	return s
}

// StaffingOf returns what holds in a circle for its roles, with what it left
// open answered by the broader circles.
func (o *Organisation) StaffingOf(id ID) Staffing {
	var s Staffing
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		s = s.over(c.Rules.Staffing)
	}
	return s
}

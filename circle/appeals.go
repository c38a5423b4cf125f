package circle

import "fmt"

// Appeals is how an organisation hears those who cannot accept a decision that
// was made (EC-51 to EC-56).
type Appeals struct {
	// People is how many who are not related to each other open an appeal. Not
	// said: three (EC-51).
	People int `json:"people,omitempty"`
	// Steps are those who hear it, one after the other, until it is settled. None:
	// the circle has agreed no way to appeal.
	Steps []AppealStep `json:"steps,omitempty"`
	// Suspends puts the decision on hold while the appeal goes on. Without it
	// the decision stands meanwhile.
	Suspends bool `json:"suspends,omitempty"`
	// Hold is how a decision is suspended by petition (M-197).
	Hold HoldRule `json:"hold,omitempty"`
}

// HoldRule says how many full participants suspend a decision by asking for it,
// and how the circle then votes on the hold.
type HoldRule struct {
	People int    `json:"people"`
	For    Period `json:"for"` // how long the vote on the hold lasts
	// Share is that of those who vote by which the hold stays. Not said: more than
	// half.
	Share Share `json:"share,omitempty"`
}

// IsZero says that nobody can ask for a hold.
func (h HoldRule) IsZero() bool { return h == HoldRule{} }

// Check refuses a hold that nobody asks for, or that is voted on for ever.
func (h *HoldRule) Check() error {
	if !h.IsZero() && (h.People < 1 || h.For.IsZero()) {
		return fmt.Errorf("one person at least asks for a hold, and the vote on it has a time")
	}
	return nil
}

// IsZero says that no way to appeal was agreed.
func (a Appeals) IsZero() bool {
	return a.People == 0 && len(a.Steps) == 0 && !a.Suspends && a.Hold.IsZero()
}

// Wanted is how many unrelated people open an appeal.
func (a Appeals) Wanted() int {
	if a.People == 0 {
		return 3
	}
	return a.People
}

// mostAppellants bounds how many people can be asked for.
const mostAppellants = 12

// Check refuses a way to appeal that ends nowhere: the last who hear it have no
// limit, so that somebody answers.
func (a *Appeals) Check() error {
	switch n := len(a.Steps); {
	case a.People < 0 || a.People > mostAppellants:
		return fmt.Errorf("from 1 to %d people open an appeal", mostAppellants)
	case n > 0 && a.Steps[n-1].Sessions > 0:
		return fmt.Errorf("the last who hear an appeal have no limit of sessions: after them nobody answers")
	}
	for _, s := range a.Steps[:max(0, len(a.Steps)-1)] {
		if s.Before != BeforePanel && s.Sessions == 0 {
			return fmt.Errorf("each who hear an appeal but the last need a limit of sessions, or it never goes on")
		}
	}
	return nil
}

// An AppealStep is one body that hears an appeal. Its limit is counted in
// sessions that it holds, not in days (EC-55).
type AppealStep struct {
	Before Hearer `json:"before"`
	// Body is the circle that hears it, where it is one of its own.
	Body ID `json:"body,omitempty"`
	// Delegates gives the Delegates of the circle that decided a seat with the
	// body (EC-53).
	Delegates bool `json:"delegates,omitempty"`
	// Sessions is how many the body holds at the most, unless it consents to more.
	Sessions int `json:"sessions,omitempty"`
	// Within is how long a panel has for its report (M-193).
	Within Period `json:"within,omitempty"`
	// Short is the share of a panel that ends the appeal early, when nobody on it
	// says otherwise and ShortAfter is over (M-194). Zero: all are heard.
	Short      Share  `json:"short,omitempty"`
	ShortAfter Period `json:"short-after,omitempty"`
	// Petition is the share of those who would hear the appeal next that brings it
	// before them after the panel has ended it, within Window (M-195). Zero: none.
	Petition Share  `json:"petition,omitempty"`
	Window   Period `json:"window,omitempty"`
}

// Hearer is the kind of a body that hears an appeal.
type Hearer string

// The bodies that hear appeals.
const (
	BeforeCircle  Hearer = "circle"  // the circle that decided (EC-52)
	BeforeBody    Hearer = "body"    // a circle that is there for it (EC-53)
	BeforeBroader Hearer = "broader" // the next broader circle (EC-54)
	BeforePanel   Hearer = "panel"   // people named for this appeal (M-193)
)

// Values lists the bodies.
func (Hearer) Values() []string {
	return []string{string(BeforeCircle), string(BeforeBody), string(BeforeBroader), string(BeforePanel)}
}

// Check refuses a body that nobody knows.
func (h Hearer) Check() error { return oneOf(string(h), h.Values()) }

// Check refuses a step that contradicts itself.
func (s *AppealStep) Check() error {
	switch {
	case (s.Before == BeforeBody) != (s.Body != ""):
		return fmt.Errorf("a body of its own is named, and nothing else is")
	case s.Petition.IsZero() != s.Window.IsZero():
		return fmt.Errorf("a petition needs a share and a time, and nothing else has them")
	case s.Sessions < 0:
		return fmt.Errorf("sessions are counted from 0 on")
	case s.Before == BeforePanel && s.Sessions > 0, s.Before != BeforePanel && !(s.Within.IsZero() && s.Short.IsZero() && s.ShortAfter.IsZero() && s.Petition.IsZero()):
		return fmt.Errorf("a panel has a time for its report and may be short, and all others have sessions")
	}
	return nil
}

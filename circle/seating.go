package circle

// Seating is what a circle has agreed about who sits with it. What a circle
// leaves open is answered by the broader circle's rules.
type Seating struct {
	// Vacant is what becomes of the stance of a body for which nobody answers
	// (M-45). Not said: it is not asked.
	Vacant Vacancy `json:"vacant,omitempty"`
	// Outside is what somebody from outside is who facilitates a meeting of the circle,
	// or is its Secretary there (M-41). Not said: they take no part.
	Outside OutsideHat `json:"outside,omitempty"`
	// Consult are the phases of a case in which those are asked whom it affects from
	// outside (M-44). None said: all of them.
	Consult []Phase `json:"consult,omitempty"`
	// Visitors says who may look on at the meetings of the circle (M-39). Not said:
	// whoever asks.
	Visitors Visitors `json:"visitors,omitempty"`
}

// Vacancy is what becomes of the stance of a seat that nobody holds.
type Vacancy string

// The ways.
const (
	NotAsked Vacancy = "not-asked" // nobody waits for it; so also where nothing is said
	AsAbsent Vacancy = "as-absent" // it is awaited as somebody who is absent is
)

// Values lists the ways.
func (Vacancy) Values() []string { return []string{string(NotAsked), string(AsAbsent)} }

// Check refuses a way that nobody knows.
func (v Vacancy) Check() error { return oneOf(string(v), v.Values()) }

// OutsideHat is what somebody from outside is who wears a hat at a meeting.
type OutsideHat string

// The ways.
const (
	ServesOnly       OutsideHat = "serves-only" // they take no part in what is decided; so also where nothing is said
	MemberForMeeting OutsideHat = "member"      // a full participant as long as the meeting lasts (H5)
)

// Values lists the ways.
func (OutsideHat) Values() []string { return []string{string(ServesOnly), string(MemberForMeeting)} }

// Check refuses a way that nobody knows.
func (x OutsideHat) Check() error { return oneOf(string(x), x.Values()) }

// Phase is a phase of a case in which those are asked whom it affects. The question
// itself is none: they have no stance.
type Phase string

// The phases.
const (
	Forming   Phase = "forming"   // while the proposal is made, and before it is talked about
	Questions Phase = "questions" // while its text is cleared up
	Reactions Phase = "reactions"
	Options   Phase = "options" // while the circle looks for how objections could be met
)

// Values lists the phases.
func (Phase) Values() []string {
	return []string{string(Forming), string(Questions), string(Reactions), string(Options)}
}

// Check refuses a phase that nobody knows.
func (p Phase) Check() error { return oneOf(string(p), p.Values()) }

// Phases lists those in which the circle asks whom a case affects.
func (s Seating) Phases() []Phase {
	if len(s.Consult) > 0 {
		return s.Consult
	}
	return []Phase{Forming, Questions, Reactions, Options}
}

// Visitors says who may look on at meetings.
type Visitors string

// The ways.
const (
	VisitorsOpen  Visitors = "open"  // whoever asks; so also where nothing is said
	VisitorsAsked Visitors = "asked" // those there are asked first, and nobody minds
	VisitorsNone  Visitors = "none"  // nobody
)

// Values lists the ways.
func (Visitors) Values() []string {
	return []string{string(VisitorsOpen), string(VisitorsAsked), string(VisitorsNone)}
}

// Check refuses a way that nobody knows.
func (v Visitors) Check() error { return oneOf(string(v), v.Values()) }

func (s Seating) over(broader Seating) Seating {
	if s.Vacant == "" {
		s.Vacant = broader.Vacant
	}
	if s.Outside == "" {
		s.Outside = broader.Outside
	}
	if s.Visitors == "" {
		s.Visitors = broader.Visitors
	}
	if len(s.Consult) == 0 {
		s.Consult = broader.Consult
	}
	return s
}

// SeatingOf returns what holds in a circle about who sits with it, with what it
// left open answered by the broader circles.
func (o *Organisation) SeatingOf(id ID) Seating {
	var s Seating
	for c := o.circles[id]; c != nil; c = o.circles[c.Parent] {
		s = s.over(c.Rules.Seating)
	}
	return s
}

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

func (s Seating) over(broader Seating) Seating {
	if s.Vacant == "" {
		s.Vacant = broader.Vacant
	}
	if s.Outside == "" {
		s.Outside = broader.Outside
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

package circle

import "fmt"

// Stuck is what a circle has agreed for the case that it finds no consent.
type Stuck struct {
	// Meetings is how many meetings must have worked on a question before it is
	// passed on to a broader circle (EC-43). Zero: the method alone says when.
	Meetings int `json:"meetings,omitempty"`
	// Facilitator lets the Facilitator alone pass it on, while the circle has one
	// (EC-43). Without it whoever stands in for them may do so, too.
	Facilitator bool `json:"facilitator,omitempty"`
	// Mediation is the time that a mediator has for finding a way, before the
	// question is passed on or voted on (methods §2.3 T22). Zero: nobody needs to mediate.
	Mediation Period `json:"mediation,omitempty"`
	// Deadlock is the share of the circle that must say that it is deadlocked
	// before it votes (M-192). Zero: nobody needs to say so.
	Deadlock Share `json:"deadlock,omitempty"`
	// Last is who has the last word where no broader circle can be asked: it is
	// the root circle's to agree (M-189).
	Last LastWord `json:"last,omitempty"`
}

// IsZero says that nothing was agreed.
func (s Stuck) IsZero() bool { return s == Stuck{} }

// Check refuses numbers that cannot be.
func (s *Stuck) Check() error {
	if s.Meetings < 0 {
		return fmt.Errorf("meetings are counted from 0 on")
	}
	return nil
}

// Share is a part of a whole in whole numbers, as three of four: nothing is
// rounded.
type Share struct {
	Part int `json:"part"`
	Of   int `json:"of"`
}

// mostOf bounds a share, so that nothing that is computed with it runs over.
const mostOf = 1000

// IsZero says that no share is set.
func (s Share) IsZero() bool { return s == Share{} }

// Check refuses what is no part of a whole.
func (s *Share) Check() error {
	if *s != (Share{}) && (s.Part < 1 || s.Of < s.Part || s.Of > mostOf) {
		return fmt.Errorf("%d of %d is no part of a whole; a share is as 2 of 3, and of %d at the most", s.Part, s.Of, mostOf)
	}
	return nil
}

// Up is the share of a number, rounded up; 0 where no share is set.
func (s Share) Up(all int) int {
	if s.Of == 0 {
		return 0
	}
	return (all*s.Part + s.Of - 1) / s.Of
}

// Nearest is the share of a number, to the nearest whole number; 0 where no share
// is set.
func (s Share) Nearest(all int) int {
	if s.Of == 0 {
		return 0
	}
	return (2*all*s.Part + s.Of) / (2 * s.Of)
}

// Met says whether so many of all are the share or more.
func (s Share) Met(got, all int) bool { return got*s.Of >= s.Part*all }

// String says the share, as "3 of 4".
func (s Share) String() string { return fmt.Sprintf("%d of %d", s.Part, s.Of) }

// LastWord is who decides when the broadest circle finds no consent (M-189,
// methods §8.17).
type LastWord struct {
	By WayOut `json:"by"`
	// Share is that of those who take a side, by which a vote is carried.
	Share Share `json:"share,omitempty"`
	// Arbiter is an independent person whose answer binds (EC-113).
	Arbiter PersonID `json:"arbiter,omitempty"`
	// Panel is a circle that answers by consent.
	Panel ID `json:"panel,omitempty"`
}

// WayOut is the kind of a last word.
type WayOut string

// The ways out of a deadlock in the broadest circle.
const (
	ByVote        WayOut = "vote"        // the circle votes, by a share
	ByArbitration WayOut = "arbitration" // an independent person answers
	ByPanel       WayOut = "panel"       // another circle answers
)

// Values lists the ways.
func (WayOut) Values() []string {
	return []string{string(ByVote), string(ByArbitration), string(ByPanel)}
}

// Check refuses a way that nobody knows.
func (w WayOut) Check() error { return oneOf(string(w), w.Values()) }

// IsZero says that nobody has the last word.
func (l LastWord) IsZero() bool { return l == LastWord{} }

// Check refuses a last word that contradicts itself.
func (l *LastWord) Check() error {
	if (l.By == ByVote) != !l.Share.IsZero() || (l.By == ByArbitration) != (l.Arbiter != "") || (l.By == ByPanel) != (l.Panel != "") {
		return fmt.Errorf("a vote names a share, an arbitration an arbiter, a panel the circle that it is, and nothing else")
	}
	return nil
}

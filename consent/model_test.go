package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// This file is a second model of the consent process, written from the
// specification and the documentation, not from the code. It is slow and simple
// on purpose: it keeps nothing but the list of accepted acts and reckons
// everything anew from that list each time, and it shares no helper with the
// engine. The property test holds the two against each other.
//
// For a command the model does not say which single reason refuses it, as no
// document orders the reasons: it lists every reason that there is. A command
// is accepted exactly when there is none, and the engine must name one of them.

type person = circle.PersonID

// An act is a command that was accepted.
type act struct {
	at    time.Time
	by    person
	cmd   consent.Command
	order []person // of a round that it opened: the engine sets it (CP-1)
}

// A model is a circle and what has been done in it.
type model struct {
	set  setting
	acts []act
	ways map[circle.Name]*way // nil: as the methods are
}

// A view is what the acts come to at an instant.
type view struct {
	set      setting
	ways     map[circle.Name]*way
	rules    circle.Rules
	members  []member // of the circle, in the order in which they came
	at       time.Time
	chair    person // who wears the hat of the Facilitator; "" nobody
	writer   person // who wears that of the Secretary
	matters  []*matter
	worries  []*worry // all that were ever raised
	meetings []*gathering
	clocks   int // how often a time ran out
}

type member struct {
	who   person
	level circle.Level
}

// A matter is a proposal, or a question that was asked, on its way.
type matter struct {
	id       proposal.ID
	by       person // who proposed it
	question bool   // asked with consent.ask
	way      *way   // the method when it was opened (S4)
	rules    circle.Rules
	deeds    []circle.Deed
	version  int
	term     bool
	stage    consent.Stage
	meeting  consent.MeetingID
	talk     *talk    // the running or the last round
	waiting  []person // in the last call
	quiet    bool     // the last call is a quiet time before the effect
	until    time.Time
	judgedAt time.Time
	adopted  int  // the version
	inForce  bool // an agreement
	beside
}

// A talk is a round.
type talk struct {
	kind    consent.RoundKind
	version int
	turns   bool
	places  []place
	seats   []person          // with a consent right: frozen (S2)
	said    map[person]string // "consent", "objects", "abstain", "stand-aside", "silence"
	stops   []person
	closed  bool
	closes  time.Time // when the time to answer is over; zero: never
	longer  int       // how often that was put off
	seen    []person  // who said that they have seen it
}

type place struct {
	who  person
	what string // "" awaited, "later", "spoken", "passed", "skipped"
}

// A worry is an objection or a concern.
type worry struct {
	id      objection.ID
	on      proposal.ID
	by      person
	concern bool
	status  string // "raised", "restated", "confirmed", "met"; "integrated", "withdrawn", "ended"
	in      int    // the version that is to meet it
	agreed  int    // the version that the objector says solves it
	// The chair has answered it, and the time to say whether that meets it.
	answered bool
	until    time.Time
	// Those whose objection it is, where that is not only who raised it.
	owners []person
	test   *trial // of whether it is an objection; nil: there was none
}

// A gathering is a meeting.
type gathering struct {
	id      consent.MeetingID
	at      time.Time
	items   []proposal.ID
	state   string // "called", "open", "over"
	present []person
	agreed  bool // the agenda
	minutes map[person]time.Time
}

// now reckons what the acts come to.
func (m *model) now(at time.Time) *view {
	v := &view{set: m.set, ways: m.ways, rules: m.set.Rules, chair: m.set.Facilitator, writer: m.set.Secretary}
	if v.ways == nil {
		v.ways = methodWays
	}
	for _, who := range m.set.full() {
		v.members = append(v.members, member{who, circle.Full})
	}
	v.members = append(v.members, member{lou, circle.Learning})
	for _, a := range m.acts {
		v.passTime(a.at)
		v.at = a.at
		v.happen(a)
	}
	v.passTime(at)
	v.at = at
	return v
}

func (m *model) add(a act) { m.acts = append(m.acts, a) }

// --- small questions -------------------------------------------------------

// matter finds what is called so; of two with one name, the newer.
func (v *view) matter(id proposal.ID) *matter {
	for i := len(v.matters) - 1; i >= 0; i-- {
		if v.matters[i].id == id {
			return v.matters[i]
		}
	}
	return nil
}

// worry finds an objection or a concern; of two with one name, the newer.
func (v *view) worry(id objection.ID) *worry {
	for i := len(v.worries) - 1; i >= 0; i-- {
		if v.worries[i].id == id {
			return v.worries[i]
		}
	}
	return nil
}

func (v *view) gathering(id consent.MeetingID) *gathering {
	for _, g := range v.meetings {
		if g.id == id {
			return g
		}
	}
	return nil
}

// sitting is the meeting that goes on.
func (v *view) sitting() *gathering {
	for _, g := range v.meetings {
		if g.state == "open" {
			return g
		}
	}
	return nil
}

func (v *view) level(who person) circle.Level {
	for _, m := range v.members {
		if m.who == who {
			return m.level
		}
	}
	return ""
}

func (v *view) withLevel(l circle.Level) []person {
	var out []person
	for _, m := range v.members {
		if m.level == l {
			out = append(out, m.who)
		}
	}
	return out
}

func known(set setting, who person) bool {
	return slices.Contains(set.full(), who) || who == lou || who == gus
}

func (w *worry) stands() bool {
	return !w.concern && !slices.Contains(endings, w.status)
}

// endings are the ways in which an objection ends.
var endings = []string{"integrated", "withdrawn", "overruled", "dismissed", "abandoned", "deferred", "stood-aside", "lowered", "lifted", "ended"}

func (v *view) standing(id proposal.ID) []*worry {
	var out []*worry
	for _, w := range v.worries {
		if w.on == id && w.stands() {
			out = append(out, w)
		}
	}
	return out
}

func (v *view) own(id proposal.ID, who person) []*worry {
	var out []*worry
	for _, w := range v.standing(id) {
		if w.owns(who) {
			out = append(out, w)
		}
	}
	return out
}

func (t *talk) at(who person) *place {
	for i := range t.places {
		if t.places[i].who == who {
			return &t.places[i]
		}
	}
	return nil
}

func (p *place) open() bool { return p.what == "" || p.what == "later" }

// awaited are those who have not had their word.
func (t *talk) awaited() []person {
	var out []person
	for i := range t.places {
		if t.places[i].open() {
			out = append(out, t.places[i].who)
		}
	}
	return out
}

// speaker is whose turn it is: the first who is awaited, and at the end the
// first who asked to be come back to.
func (t *talk) speaker() person {
	if !t.turns {
		return ""
	}
	for _, want := range []string{"", "later"} {
		for _, p := range t.places {
			if p.what == want {
				return p.who
			}
		}
	}
	return ""
}

func (t *talk) running() bool { return !t.closed && len(t.awaited()) > 0 }

func ended(s consent.Stage) bool {
	switch s {
	case consent.StageAdopted, consent.StageNotAdopted, consent.StageWithdrawn, consent.StageDropped, consent.StageDiscarded,
		consent.StageSuperseded:
		return true
	default:
		return false
	}
}

// facilitates: the Facilitator, and who stands in for them at any time: the
// Secretary, or if there is none every full participant. In a meeting where the
// Facilitator is not, every full participant who is there (EC-89, L1).
func (v *view) facilitates(who person) bool {
	if v.chair != "" && v.chair == who {
		return true
	}
	if v.level(who) != circle.Full {
		return false
	}
	g := v.sitting()
	away := g != nil && slices.Contains(g.present, who) && !slices.Contains(g.present, v.chair)
	standsIn := v.writer == who || v.writer == "" || v.level(v.writer) != circle.Full
	gone := v.level(v.chair) != circle.Full && v.level(v.chair) != circle.Learning
	return v.chair == "" || gone || away || standsIn
}

// inMeeting says whether a matter is dealt with by those who are at the meeting
// that goes on.
func (v *view) inMeeting(m *matter) bool {
	g := v.sitting()
	return g != nil && (m.way.meeting || m.way.present || slices.Contains(g.items, m.id))
}

// roundOf is who has a place in a round, in any order, and who has a seat.
func (v *view) roundOf(m *matter, kind consent.RoundKind) (places, seats []person) {
	full := v.withLevel(circle.Full)
	g := v.sitting()
	for _, who := range full {
		if !v.inMeeting(m) || slices.Contains(g.present, who) {
			places = append(places, who)
		}
	}
	switch {
	case kind == consent.ConsentRound && m.way.decider:
		return v.decider(m), v.decider(m)
	case (kind == consent.ConsentRound || kind == consent.BallotRound) && m.way.present:
		return places, places
	case kind == consent.ConsentRound, kind == consent.BallotRound:
		return places, full
	}
	for _, who := range v.withLevel(circle.Learning) {
		if !v.inMeeting(m) || slices.Contains(g.present, who) {
			places = append(places, who)
		}
	}
	if len(places) > 1 { // one who is alone reacts to what they propose
		places = slices.DeleteFunc(places, func(who person) bool { return m.listens(kind, who) })
	}
	return places, nil
}

// listens says whether somebody has no place in a round: the proposer while the
// others react, where the method says so (M-104).
func (m *matter) listens(kind consent.RoundKind, who person) bool {
	return kind == consent.ReactRound && m.way.silent && who == m.by
}

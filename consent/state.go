package consent

import (
	"encoding/binary"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/snapshot"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// MeetingID names a meeting.
type MeetingID string

// Check refuses what cannot be the name of a meeting.
func (id MeetingID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *MeetingID) Kind() string { return "meeting" }

// A Process is the way of one proposal (or of one new version of an agreement)
// through its stages to an outcome.
type Process struct {
	Proposal proposal.ID
	Circle   circle.ID
	Stage    Stage
	Method   *Method       // as it was when the process was opened
	Rules    *circle.Rules // as they were when the process was opened
	Major    bool
	Opened   time.Time
	Rounds   int
	Round    *Round // the running or the last one
	Meeting  MeetingID
	// Waiting are the absent whose time runs in LastCall; Until is when their
	// silence is counted, zero while it is not.
	Waiting []circle.PersonID
	Until   time.Time
	Judged  *Judged // the last verdict
	// Quiet says that the last call is the quiet time before an agreement takes
	// effect, and not the time of the absent.
	Quiet bool
	// Extended is how often the window was extended.
	Extended int
	// Ahead are answers of those who will be away when the question is put.
	Ahead []Ahead
	// Asked are those who were asked for a word and have not given one yet.
	Asked []circle.PersonID
	// Sponsors stand behind the proposal, beside who proposed it.
	Sponsors []circle.PersonID
	// Testing is the objection that is being tested; empty: none.
	Testing objection.ID
	// Objected says that somebody has objected, to this version or an earlier one.
	Objected bool
	// Trail is where in the ledger the process is told.
	Trail Trail
	// Aside is what a process needs that left the straight way; most never do.
	Aside *Aside
	// Selection is what a process holds that selects somebody, or something.
	Selection *Selection

	alike int      `canon:"-"`              // rounds in a row of one kind on one version
	early bool     `canon:"-" snapshot:"-"` // the rule may be certain before everybody was heard
	asked RuleName `canon:"-"`              // the rule of the open question
	asks  Rule     `canon:"-" snapshot:"-"` // and itself, where it says which answers there are
	votes bool     `canon:"-"`              // the open question is a vote, or a choice among options
	put   int      `canon:"-"`              // the number of the round in which the question was put last
}

// A Trail is a list of ledger positions in rising order, held in few bytes.
type Trail struct {
	Last  uint64
	Bytes []byte
}

func (t *Trail) add(pos uint64) {
	if len(t.Bytes) > 0 && t.Last == pos {
		return
	}
	step := pos - t.Last
	t.Last = pos
	if step < 0x80 { // as a rule; the number is its own form then
		t.Bytes = append(t.Bytes, byte(step))
		return
	}
	t.Bytes = binary.AppendUvarint(t.Bytes, step)
}

// Positions lists the ledger positions in rising order.
func (t *Trail) Positions() []uint64 {
	var out []uint64
	pos := uint64(0)
	for b := t.Bytes; len(b) > 0; {
		step, n := binary.Uvarint(b)
		pos += step
		out = append(out, pos)
		b = b[n:]
	}
	return out
}

// A Meeting is a session of a circle.
type Meeting struct {
	ID        MeetingID
	Circle    circle.ID
	At        time.Time // planned for
	Items     []proposal.ID
	Asked     []proposal.ID // what was asked in it beside its items
	Status    MeetingStatus
	Opened    time.Time
	Closed    time.Time
	Present   []circle.PersonID
	Guests    []circle.PersonID
	Apologies []circle.PersonID
	Agenda    bool // consented to
	Rounds    int
	Round     *Round // the opening or closing round
	Used      int    // of the guests' minutes
	Sent      []Sent
	Needs     []NeedMet
	Absent    []circle.PersonID // without word; known when it is over
	Plan      *Plan             // nil while nothing but items was planned
	General   *Gathering        // of a members' meeting; nil of any other
	Minutes   *Minutes          // nil until its account was presented or corrected
	Reported  []circle.ID       // from which linked circles it has heard
	Beside    *Sitting          // who sits there from outside; nil: nobody was asked
	// Substitutes sit in it for somebody who wears a role (EC-89); those who do not
	// begin when it begins, are none any more.
	Substitutes []Substitute
	// Trail is where in the ledger the meeting is told.
	Trail Trail
}

// MeetingStatus is where a meeting stands.
type MeetingStatus uint8

// The states of a meeting.
const (
	StatusCalled MeetingStatus = 1 + iota
	StatusOpen
	StatusOver
)

func (s MeetingStatus) String() string { return [...]string{"none", "called", "open", "over"}[s] }

// Sent is that a meeting's minutes went out to a person.
type Sent struct {
	To     circle.PersonID
	Format circle.Format
	At     time.Time
}

// NeedMet says whether a participant's access need was met in a meeting
// (CP-15).
type NeedMet struct {
	Person circle.PersonID `json:"person"`
	Need   circle.Format   `json:"need"`
	Met    bool            `json:"met,omitempty"`
}

// Attends says whether a person takes part in the meeting as a participant.
func (m *Meeting) Attends(who circle.PersonID) bool { return slices.Contains(m.Present, who) }

// holds takes note of a round on a proposal in the meeting.
func (m *Meeting) holds(e *RoundOpened) {
	if e.InTurn {
		m.Rounds++
	}
	if !slices.Contains(m.Items, e.Proposal) && !slices.Contains(m.Asked, e.Proposal) {
		m.Asked = append(m.Asked, e.Proposal)
	}
}

// sentTo returns when the minutes reached a person, zero if they have not.
func (m *Meeting) sentTo(who circle.PersonID) time.Time {
	for _, s := range m.Sent {
		if s.To == who {
			return s.At
		}
	}
	return time.Time{}
}

// A State is everything that the decisions of an organisation are decided on.
// It is built from a ledger's entries and nothing else. The zero value is the
// state of an empty ledger.
type State struct {
	Org        circle.Organisation
	Matters    proposal.Matters
	Objections objection.Objections

	processes map[proposal.ID]*Process // those that go on
	ended     snapshot.Shelf[proposal.ID, ended]
	needs     map[proposal.NeedID]*Trail
	meetings  map[MeetingID]*Meeting
	requests  map[RequestID]*Request
	timers    timers                  `snapshot:"-"` // see pack
	left      map[circle.ID]*leftover // what meetings did not come to
	sitting   map[circle.ID]MeetingID // the meeting that goes on in a circle
	latest    time.Time               // of the newest entry
	last      *Process                `snapshot:"-"` // see at
	notes     map[proposal.ID][]Note  // acts that another wrote down
	shades    map[shadeKey]Shade      // who may read what, where it was said
	origins   map[proposal.ID]Origin
	confirmed map[proposal.ID]Confirmation
	reviews   map[ReviewID]*PeerReview
	eyes      eyes                        // what reports are drawn from; derived
	kinds     Kinds                       `snapshot:"-"` // the engine's
	methods   map[string]*Method          `snapshot:"-"` // the engine's
	appeals   map[AppealID]*Appeal        // nil before the first one
	selected  map[circle.RoleID]*Selected // by what a role was given last; nil before the first selection
	holds     map[proposal.ID]*Hold
	untold    map[proposal.ID]*Untold    // nil while nobody is to be told of an outcome
	signals   map[SignalID]*Safeguarding // nil before the first one
	keys      []string                   // the ledger's own verifier keys, the newest last
	fairness  map[proposal.ID]*Fairness  // nil before the first one
	privacy   *privacy                   // nil before the first erasure, legal hold or look
}

// ended is what stays of a process: how it ended, and where it is told.
type ended struct {
	Stage Stage
	Last  uint64
	Trail string
}

// Process returns the process of a proposal, nil if there is none. Of one that
// has ended, only the outcome and the trail are left.
func (s *State) Process(id proposal.ID) *Process {
	if p := s.processes[id]; p != nil {
		return p
	}
	e, ok := s.ended.Get(id)
	if !ok {
		return nil
	}
	return &Process{Proposal: id, Stage: e.Stage, Trail: Trail{Last: e.Last, Bytes: []byte(e.Trail)}}
}

// Meeting returns a meeting, nil if there is none.
func (s *State) Meeting(id MeetingID) *Meeting { return s.meetings[id] }

// OpenProcesses lists the proposals whose process has not ended, by name.
func (s *State) OpenProcesses() []proposal.ID {
	var out []proposal.ID
	for id := range s.processes {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// openMeeting returns the circle's meeting that is going on, nil if none is.
func (s *State) openMeeting(of circle.ID) *Meeting { return s.meetings[s.sitting[of]] }

// image is everything in a state that replay must give again.
type image struct {
	Org        circle.Image
	Matters    proposal.Image
	Objections objection.Image
	Processes  map[proposal.ID]*Process
	Ended      map[proposal.ID]ended
	Needs      map[proposal.NeedID]*Trail
	Meetings   map[MeetingID]*Meeting
	Requests   map[RequestID]*Request
	Timers     map[Timer]int64
	Latest     time.Time
	Left       map[circle.ID]*leftover
	Notes      map[proposal.ID][]Note
	Shades     map[shadeKey]Shade
	Origins    map[proposal.ID]Origin
	Confirmed  map[proposal.ID]Confirmation
	Reviews    map[ReviewID]*PeerReview
	Appeals    map[AppealID]*Appeal
	Holds      map[proposal.ID]*Hold
	Selected   map[circle.RoleID]*Selected
	Signals    map[SignalID]*Safeguarding
	Fairness   map[proposal.ID]*Fairness
	Untold     map[proposal.ID]*Untold
	Privacy    *privacy
	Keys       []string
}

// Digest is a SHA-256 over everything in the state: two states are equal
// exactly when their digests are.
func (s *State) Digest() [32]byte {
	return canon.Digest(s.image())
}

// image returns everything in the state. Nothing in it is a copy.
func (s *State) image() image {
	return image{s.Org.Image(), s.Matters.Image(), s.Objections.Image(), s.processes, s.ended.Map(), s.needs, s.meetings, s.requests,
		s.timers.at, s.latest, s.left, s.notes, s.shades, s.origins, s.confirmed, s.reviews,
		s.appeals, s.holds, s.selected, s.signals, s.fairness, s.untold, s.privacy, s.keys}
}

// Held is what a state holds, in numbers.
type Held struct{ Circles, People, Open, Closed, Objections, Timers int }

// Held counts what the state holds.
func (s *State) Held() Held {
	h := Held{Circles: len(s.Org.Circles()), People: len(s.Org.People()), Timers: len(s.timers.at),
		Objections: len(s.Objections.Image().All)}
	h.Open, h.Closed = len(s.processes), s.ended.Len()
	return h
}

// Latest is the time of the newest entry.
func (s *State) Latest() time.Time { return s.latest }

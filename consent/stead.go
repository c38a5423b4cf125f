package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// The refusals that concern whose act it is.
var (
	NothingToContest = &circle.Code{ID: "nothing-to-contest", Kind: circle.ErrNotNow, Rule: "CP-21", Stands: circle.InEngine,
		Says: "Nothing of {who} on {proposal} was written down or interpreted by another."}
)

// Contest says that an act which another wrote down or interpreted was not one's own,
// or was not so. The record stays; an answer to a question that is still open is open
// again, and an agreement goes back to its circle (CP-21).
type Contest struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
}

// Wire names the command.
func (Contest) Wire() string { return "consent.contest" }

// Of names the proposal that the command is about.
func (c Contest) Of() proposal.ID { return c.Proposal }

// WrittenDown: an act came by phone, by letter or face to face, and somebody
// else wrote it down (CP-21).
type WrittenDown struct {
	Proposal proposal.ID     `json:"proposal"`
	Of       circle.PersonID `json:"of"`
	By       circle.PersonID `json:"by"`
}

// Rendered: an act came through an interpreter (CP-18); Recorder is who wrote it
// down, where somebody else did.
type Rendered struct {
	Proposal proposal.ID     `json:"proposal"`
	Of       circle.PersonID `json:"of"`
	By       circle.PersonID `json:"by"`
	Recorder circle.PersonID `json:"recorder,omitempty"`
}

// Contested: a person said that an act which another wrote down or interpreted was
// not theirs, or was not so.
type Contested struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Recorder circle.PersonID `json:"recorder,omitempty"`
	// Through is who interpreted it.
	Through circle.PersonID `json:"through,omitempty"`
	Reopens bool            `json:"reopens,omitempty"`
	Reason  circle.Text     `json:"reason" words:"own"`
}

// Wire names, one for each event.
func (*WrittenDown) Wire() string { return "consent.written-down" }
func (*Rendered) Wire() string    { return "consent.rendered" }
func (*Contested) Wire() string   { return "consent.contested" }

// On names the proposal that an event is about.
func (e *WrittenDown) On() proposal.ID { return e.Proposal }
func (e *Rendered) On() proposal.ID    { return e.Proposal }
func (e *Contested) On() proposal.ID   { return e.Proposal }

// In names the meeting that an event belongs to: none.
func (*WrittenDown) In() MeetingID { return "" }
func (*Rendered) In() MeetingID    { return "" }
func (*Contested) In() MeetingID   { return "" }

// A Note is that somebody's act was written down by another, or came through an
// interpreter.
type Note struct{ Of, By, Through circle.PersonID }

func (e *WrittenDown) apply(s *State) { s.note(e.Proposal, Note{Of: e.Of, By: e.By}) }
func (e *Rendered) apply(s *State)    { s.note(e.Proposal, Note{e.Of, e.Recorder, e.By}) }

// note keeps how somebody's last act in a decision came in.
func (s *State) note(id proposal.ID, n Note) {
	if s.notes == nil {
		s.notes = map[proposal.ID][]Note{}
	}
	s.notes[id] = append(s.notesBut(id, n.Of), n)
}

func (e *Contested) apply(s *State) {
	if s.notes[e.Proposal] = s.notesBut(e.Proposal, e.By); len(s.notes[e.Proposal]) == 0 {
		delete(s.notes, e.Proposal)
	}
	p := s.processes[e.Proposal]
	if p == nil || !e.Reopens {
		return
	}
	p.Round.retract(e.By)
	if p.Stage == StageLastCall && !p.Quiet && !slices.Contains(p.Waiting, e.By) {
		p.Waiting = append(p.Waiting, e.By)
		s.lastCall(p)
	}
}

// cameIn says how the act came in that was contested.
func (e *Contested) cameIn() string {
	switch {
	case e.Through == "":
		return string(e.Recorder) + " wrote down"
	case e.Recorder == "":
		return string(e.Through) + " interpreted"
	}
	return string(e.Through) + " interpreted and " + string(e.Recorder) + " wrote down"
}

func (s *State) notesBut(id proposal.ID, who circle.PersonID) []Note {
	return slices.DeleteFunc(slices.Clone(s.notes[id]), func(n Note) bool { return n.Of == who })
}

// retract takes back what a seat said, so that it is awaited again.
func (r *Round) retract(who circle.PersonID) {
	at := r.spot(who)
	if at.seat < 0 || r.last[at.seat] < 0 {
		return
	}
	r.Answers = slices.DeleteFunc(slices.Clone(r.Answers), func(a Answer) bool { return a.Seat == who })
	for i := range r.last {
		r.last[i] = -1
	}
	for i, a := range r.Answers {
		r.last[r.spot(a.Seat).seat] = i
	}
	r.mark(at, awaited)
}

func (c Contest) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, err := s.process(c.Proposal)
	switch {
	case err != nil:
		return nil, err
	case p.Stage.Terminal() && p.Stage != StageAdopted: // nothing came of it
		return nil, Ended.Refuse("proposal", c.Proposal, "stage", p.Stage)
	}
	i := slices.IndexFunc(s.notes[c.Proposal], func(n Note) bool { return n.Of == by.By })
	if i < 0 {
		return nil, NothingToContest.Refuse("who", by.By, "proposal", c.Proposal)
	}
	n := s.notes[c.Proposal][i]
	e := &Contested{Proposal: c.Proposal, By: by.By, Recorder: n.By, Through: n.Through, Reason: c.Reason}
	if !p.Stage.Terminal() {
		asked := p.Stage == StageDecide || p.Stage == StageLastCall
		e.Reopens = asked && p.Round.Answer(by.By) != nil
		return []Event{e}, nil
	}
	review, err := s.direct(by, now, proposal.AskReview{Proposal: c.Proposal, Reason: c.Reason})
	if err != nil { // nothing came of it, or it is under review already
		return []Event{e}, nil
	}
	return append([]Event{e}, review...), nil
}

// decision is the proposal that a command is about, "" if none: for one
// decision, and no more, may somebody act for another.
func (s *State) decision(cmd Command) proposal.ID {
	switch c := cmd.(type) {
	case interface{ Of() proposal.ID }:
		return c.Of()
	case interface{ Of() objection.ID }:
		if o := s.Objections.Objection(c.Of()); o != nil {
			return o.Proposal
		}
	case objection.Raise:
		return c.Proposal
	case objection.Voice:
		return c.Proposal
	case Respond:
		return c.Proposal
	case Speak:
		return c.Proposal
	case Pass:
		return c.Proposal
	}
	return ""
}

// forWhom is whose act a command is that somebody gives for another. Acting
// for another is for one's voice in a decision, and for nothing else; who
// represents a body does all that a participant does.
func (s *State) forWhom(by circle.Actor, cmd Command) (circle.Actor, error) {
	own := circle.Actor{By: by.For, With: by.With, Through: by.Through, RecordedBy: by.RecordedBy}
	if body, err := s.Org.Represents(by); body { // in all that a participant does, not in their voice alone
		return own, err
	}
	decision := s.decision(cmd)
	if s.Org.ActsFor(by, circle.Name(decision)) == nil || !voices[cmd.Wire()] {
		return by, circle.NoBasis.Refuse("who", by.By, "for", by.For)
	}
	return own, nil
}

// voices are the commands by which somebody uses their voice in a decision.
var voices = func() map[string]bool {
	out := map[string]bool{}
	for _, c := range []Command{Respond{}, Speak{}, Pass{}, objection.Raise{}, objection.Voice{}, objection.Withdraw{},
		objection.Confirm{}, objection.Accept{}} {
		out[c.Wire()] = true
	}
	return out
}()

// interprets refuses an interpreter who does more in the decision than render words.
func (s *State) interprets(by circle.Actor, cmd Command) error {
	id := s.decision(cmd)
	text := s.Matters.Proposal(id)
	if text == nil {
		return nil
	}
	return s.Org.Interprets(by, text.Circle, circle.Name(id))
}

// noted adds that an act was written down by another, or came through an
// interpreter.
func (s *State) noted(by circle.Actor, cmd Command, events []Event, err error) ([]Event, error) {
	recorder := by.RecordedBy
	if recorder == by.By {
		recorder = ""
	}
	if err != nil || recorder == "" && by.Through == "" {
		return events, err
	}
	switch id := s.decision(cmd); {
	case id == "":
	case by.Through != "":
		events = append(events, &Rendered{Proposal: id, Of: by.By, By: by.Through, Recorder: recorder})
	default:
		events = append(events, &WrittenDown{Proposal: id, Of: by.By, By: recorder})
	}
	return events, nil
}

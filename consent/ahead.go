package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// An Ahead is an answer that was given before the question was put, by somebody
// who would be away.
type Ahead struct {
	Person  circle.PersonID
	Version int
	Answer  Name
}

// AnsweredAhead: somebody answered a question that is to be put while they are
// away, about this version and no other.
type AnsweredAhead struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Version  int             `json:"version"`
	Answer   Name            `json:"answer"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// AheadVoid: the question was put on another version than the one that these
// people had answered about.
type AheadVoid struct {
	Proposal proposal.ID       `json:"proposal"`
	Version  int               `json:"version"`
	Who      []circle.PersonID `json:"who"`
}

// FeedbackAsked: somebody was asked for a word on a proposal.
type FeedbackAsked struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Person   circle.PersonID `json:"person"`
	Text     circle.Text     `json:"text,omitempty" words:"own"`
}

// Wire names, one for each event.
func (AnsweredAhead) Wire() string { return "consent.answered-ahead" }
func (AheadVoid) Wire() string     { return "consent.ahead-void" }
func (FeedbackAsked) Wire() string { return "consent.feedback-asked" }

// aheadEvents lists one of each.
func aheadEvents() []ownEvent { return []ownEvent{&AnsweredAhead{}, &AheadVoid{}, &FeedbackAsked{}} }

// On names the proposal that an event is about.
func (e *AnsweredAhead) On() proposal.ID { return e.Proposal }
func (e *AheadVoid) On() proposal.ID     { return e.Proposal }
func (e *FeedbackAsked) On() proposal.ID { return e.Proposal }

// In names the meeting that an event happened in: none.
func (*AnsweredAhead) In() MeetingID { return "" }
func (*AheadVoid) In() MeetingID     { return "" }
func (*FeedbackAsked) In() MeetingID { return "" }

// aheadMoves are the moves of those who are away, and of those who ask them.
func aheadMoves(stages ...Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out, Move{s, "consent.ask-feedback", Participants, nil, to(s)})
		if s != StageDecide && s != StageLastCall {
			out = append(out, Move{s, "consent.answer-ahead", FullOnes, nil, to(s)})
		}
	}
	return out
}

func (c AnswerAhead) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	if p.Method.Hidden == HiddenSealed {
		return nil, AnswersSealed.Refuse("proposal", c.Proposal)
	}
	newest := s.Matters.Proposal(c.Proposal).Current().N
	if c.Version != 0 && c.Version != newest {
		return nil, OldVersion.Refuse("version", c.Version, "proposal", c.Proposal, "newest", newest)
	}
	if _, chooses := s.asking(p.Method.Rule).(Chooser); chooses {
		return nil, ChooseThen.Refuse("proposal", c.Proposal)
	}
	if err := (Respond{Answer: c.Answer, Reason: c.Reason}).offered(p.Method); err != nil {
		return nil, err
	}
	return []Event{&AnsweredAhead{Proposal: c.Proposal, By: by.By, Version: newest, Answer: Name(c.Answer), Reason: c.Reason}}, nil
}

func (c AskFeedback) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if _, err := s.admitted(c, c.Proposal, by, now); err != nil {
		return nil, err
	}
	if s.Org.Person(c.Person) == nil {
		return nil, circle.UnknownPerson.Refuse("who", c.Person)
	}
	return []Event{&FeedbackAsked{Proposal: c.Proposal, By: by.By, Person: c.Person, Text: c.Text}}, nil
}

// withAhead adds to a question that is put the answers of those who are away and
// gave them for this version. Others are void, and that is told. Who is there,
// answers now.
func (p *Process) withAhead(e *RoundOpened) []Event {
	events := []Event{e}
	void := &AheadVoid{Proposal: p.Proposal, Version: e.Version}
	for _, a := range p.Ahead {
		seated := slices.ContainsFunc(e.Seats, func(s Seat) bool { return s.Person == a.Person })
		switch {
		case e.Round != ConsentRound || !seated || slices.Contains(e.Order, a.Person):
		case a.Version != e.Version:
			void.Who = append(void.Who, a.Person)
		default:
			events = append(events, &Responded{Proposal: p.Proposal, By: a.Person, Response: a.Answer, Version: a.Version})
		}
	}
	if len(void.Who) > 0 {
		events = append(events, void)
	}
	return events
}

func (e *AnsweredAhead) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Ahead = slices.DeleteFunc(p.Ahead, func(a Ahead) bool { return a.Person == e.By })
	p.Ahead = append(p.Ahead, Ahead{e.By, e.Version, e.Answer})
	p.heardFrom(e.By)
}

func (e *AheadVoid) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Ahead = slices.DeleteFunc(p.Ahead, func(a Ahead) bool { return slices.Contains(e.Who, a.Person) })
}

func (e *FeedbackAsked) apply(s *State) {
	p := s.processes[e.Proposal]
	if !slices.Contains(p.Asked, e.Person) {
		p.Asked = append(p.Asked, e.Person)
	}
}

// heardFrom notes that somebody who was asked for a word has given one.
func (p *Process) heardFrom(who circle.PersonID) {
	if len(p.Asked) == 0 {
		return
	}
	p.Asked = slices.DeleteFunc(p.Asked, func(asked circle.PersonID) bool { return asked == who })
	if len(p.Asked) == 0 {
		p.Asked = nil
	}
}

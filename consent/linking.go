package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals that concern those who come through a link.
var (
	NoInstruction = &circle.Code{ID: "no-instruction", Kind: circle.ErrNotNow, Rule: "M-70", Stands: circle.InRules,
		Says: "{who} answers here as {circle} has decided, and {circle} has not decided on {proposal} yet."}
	AgainstMandate = &circle.Code{ID: "against-mandate", Kind: circle.ErrNotYou, Rule: "M-70", Stands: circle.InRules,
		Says: "{who} answers here as {circle} has decided: {instruction}."}
	NoImperative = &circle.Code{ID: "no-imperative", Kind: circle.ErrNotValid, Rule: "M-70", Stands: circle.InRules,
		Says: "Nobody in {to} is bound by what {circle} decides: whoever comes from {circle} judges for themselves."}
	ReportsFirst = &circle.Code{ID: "reports-first", Kind: circle.ErrNotNow, Rule: "M-71", Stands: circle.InRules,
		Says: "Before {meeting} closes, hear the reports from {circles}."}
	NoReporter = &circle.Code{ID: "no-reporter", Kind: circle.ErrNotYou, Rule: "M-71", Stands: circle.InEngine,
		Says: "{who} does not come to {to} through a link from {circle}."}
)

func linkingCodes() []*circle.Code {
	return []*circle.Code{VacantSeat, AnswersForBody, NoInstruction, AgainstMandate, NoImperative, ReportsFirst, NoReporter, NothingToContest, RightRests, OwnRemoval, OwnRole}
}

// Instruct says how those who go through a link with an imperative mandate are
// to answer on a proposal there. The circle that they come from says so by
// consent (M-70).
type Instruct struct {
	Proposal proposal.ID `json:"proposal"`
	Answer   Instruction `json:"answer"`
	Reason   circle.Text `json:"reason,omitempty" words:"heard"`
}

// Instruction is an answer that a circle gives through somebody.
type Instruction string

// The instructions.
const (
	ToConsent Instruction = "consent"
	ToObject  Instruction = "object"
)

// Values lists the instructions.
func (Instruction) Values() []string { return []string{string(ToConsent), string(ToObject)} }

// Check refuses an instruction that nobody knows.
func (i Instruction) Check() error { return among(string(i), i.Values()) }

// Report tells a meeting from a linked circle (M-71). Who comes through the link
// gives it.
type Report struct {
	Meeting MeetingID   `json:"meeting"`
	Circle  circle.ID   `json:"circle"`
	Text    circle.Text `json:"text"`
}

// Wire names, one for each command.
func (Instruct) Wire() string { return "consent.instruct" }
func (Report) Wire() string   { return "consent.report" }

// Of names the proposal that a command is about.
func (c Instruct) Of() proposal.ID { return c.Proposal }

func linkingCommands() []ownCommand {
	return []ownCommand{Instruct{}, Report{}, Contest{}}
}

// Instructed: a circle said how those who come from it are to answer on a
// proposal.
type Instructed struct {
	Proposal proposal.ID `json:"proposal"`
	Circle   circle.ID   `json:"circle"`
	Answer   Instruction `json:"answer"`
	Reason   circle.Text `json:"reason,omitempty" words:"heard"`
}

// Reported: somebody told a meeting from a linked circle.
type Reported struct {
	Meeting MeetingID       `json:"meeting"`
	Circle  circle.ID       `json:"circle"`
	By      circle.PersonID `json:"by"`
	Text    circle.Text     `json:"text" words:"own"`
}

// Wire names, one for each event.
func (*Instructed) Wire() string { return "consent.instructed" }
func (*Reported) Wire() string   { return "consent.reported" }

func linkingEvents() []ownEvent {
	return []ownEvent{&Instructed{}, &Reported{}, &WrittenDown{}, &Rendered{}, &Contested{}}
}

// On names the proposal that an event is about; "" when it is about none.
func (e *Instructed) On() proposal.ID { return e.Proposal }
func (*Reported) On() proposal.ID     { return "" }

// In names the meeting that an event belongs to.
func (*Instructed) In() MeetingID { return "" }
func (e *Reported) In() MeetingID { return e.Meeting }

// A Given is how a circle has told those who come from it to answer.
type Given struct {
	Circle circle.ID
	Answer Instruction
}

func (e *Instructed) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Given = append(slices.DeleteFunc(slices.Clone(a.Given), func(g Given) bool { return g.Circle == e.Circle }), Given{e.Circle, e.Answer})
}

func (e *Reported) apply(s *State) {
	m := s.meetings[e.Meeting]
	m.Reported = append(m.Reported, e.Circle)
}

// A direct call is refused: the circle instructs by consent, nobody does alone.
func (c Instruct) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	p, err := s.process(c.Proposal)
	switch {
	case err != nil:
		return nil, err
	case p.Stage.Terminal():
		return nil, Ended.Refuse("proposal", c.Proposal, "stage", p.Stage)
	}
	return nil, proposal.ByConsent.Refuse("who", by.By, "circle", plainCircle(s.Org.FromCircles(p.Circle, by.By), "the circle that they come from"))
}

func plainCircle(list []circle.ID, other string) string {
	if len(list) == 0 {
		return other
	}
	return string(list[0])
}

func (c Instruct) enact(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	p := s.processes[c.Proposal]
	if p == nil {
		return nil, proposal.UnknownProposal.Refuse("proposal", c.Proposal)
	}
	for _, l := range s.Org.Circle(p.Circle).Linked {
		if l.From == of && l.Mandate() == circle.Imperative {
			return []Event{&Instructed{Proposal: c.Proposal, Circle: of, Answer: c.Answer, Reason: c.Reason}}, nil
		}
	}
	return nil, NoImperative.Refuse("to", p.Circle, "circle", of)
}

// instructed is what an answer must have been instructed as. A vote is not an
// answer to a question of consent, so any instruction will do.
func (c Respond) instructed(p *Process) Instruction {
	if p.Stage == StageBallot {
		return ""
	}
	return ToConsent
}

// bound refuses an answer that goes against an imperative mandate. With no
// answer it asks whether any would do.
func (s *State) bound(p *Process, who circle.PersonID, answer Instruction) error {
	of := s.Org.BoundBy(p.Circle, who)
	if of == "" {
		return nil
	}
	for _, g := range p.aside().Given {
		if g.Circle == of {
			if answer == "" || answer == g.Answer {
				return nil
			}
			return AgainstMandate.Refuse("who", who, "circle", of, "instruction", g.Answer)
		}
	}
	return NoInstruction.Refuse("who", who, "circle", of, "proposal", p.Proposal)
}

func (c Report) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case !m.Attends(by.By):
		return nil, NotThere.Refuse("who", by.By, "meeting", c.Meeting)
	case !slices.Contains(s.Org.FromCircles(m.Circle, by.By), c.Circle):
		return nil, NoReporter.Refuse("who", by.By, "to", m.Circle, "circle", c.Circle)
	case slices.Contains(m.Reported, c.Circle):
		return nil, circle.TakenID.Refuse("id", "report of "+c.Circle)
	}
	return []Event{&Reported{Meeting: c.Meeting, Circle: c.Circle, By: by.By, Text: c.Text}}, nil
}

// reportsHeard refuses to close a meeting before the circles have reported from
// which somebody is there, where the circle wants that.
func (s *State) reportsHeard(m *Meeting) error {
	if open := s.unreported(m); len(open) > 0 {
		return ReportsFirst.Refuse("meeting", m.ID, "circles", open)
	}
	return nil
}

// unreported are the circles from which somebody is at a meeting and that have not
// been heard yet, where the circle wants that.
func (s *State) unreported(m *Meeting) []circle.ID {
	if !s.Org.LinkingOf(m.Circle).Reports {
		return nil
	}
	var open []circle.ID
	for _, who := range m.Present {
		for _, from := range s.Org.FromCircles(m.Circle, who) {
			if !slices.Contains(m.Reported, from) && !slices.Contains(open, from) {
				open = append(open, from)
			}
		}
	}
	return open
}

// dueInLinks lists those whom a receiving circle has refused and who still wear
// the hat, so that their circle is to choose again (M-64).
func (s *State) dueInLinks() []Due {
	var out []Due
	for _, id := range s.Org.Circles() {
		for _, l := range s.Org.Circle(id).Linked {
			if l.Bond == nil {
				continue
			}
			for _, r := range l.Bond.Refused {
				for _, role := range s.Org.Circle(l.From).Roles {
					if (l.Bond.Role == role || l.Bond.Role == "" && s.Org.Role(role).Hat == l.As) && s.Org.Holds(role, r.Person) {
						out = append(out, Due{At: r.At, What: "selection-due", Of: string(role), Part: string(r.Person), Past: true})
					}
				}
			}
		}
	}
	return out
}

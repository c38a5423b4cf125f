package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Split makes two linked proposals of one that is under decision (M-146). The
// parts have the same proposer, go the same way by the same rules from the
// beginning, and are decided each for itself. The proposal that is split is
// superseded by both.
type Split struct {
	Proposal proposal.ID `json:"proposal"`
	Parts    []Half      `json:"parts"`
	Reason   circle.Text `json:"reason,omitempty"`
}

// A Half is one of the two proposals that become of one: its name, its text, and
// what it will carry out. Without a term of its own it has that of the whole.
type Half struct {
	ID     proposal.ID   `json:"id"`
	Text   circle.Text   `json:"text"`
	Term   circle.Period `json:"term,omitempty"`
	Enacts []circle.Deed `json:"enacts,omitempty"`
}

// SplitUp: a proposal became two, which go on in its place (M-146).
type SplitUp struct {
	Proposal proposal.ID     `json:"proposal"`
	Into     []proposal.ID   `json:"into"`
	By       circle.PersonID `json:"by"`
	Reason   circle.Text     `json:"reason,omitempty" words:"own"`
}

// Wire names of the command and the event.
func (Split) Wire() string   { return "consent.split" }
func (SplitUp) Wire() string { return "consent.split-up" }

// Of names the proposal that a command is about.
func (c Split) Of() proposal.ID { return c.Proposal }

// On names the proposal that an event is about.
func (e *SplitUp) On() proposal.ID { return e.Proposal }

// In names no meeting: the proposal's own trail leads to it.
func (*SplitUp) In() MeetingID { return "" }

func (*SplitUp) leads(Stage) Stage { return StageSuperseded }
func (e *SplitUp) apply(s *State)  { s.end(e.Proposal, StageSuperseded) }

// The refusals of splitting.
var (
	NotToSplit = &circle.Code{ID: "not-to-split", Kind: circle.ErrNotValid, Rule: "M-146", Stands: circle.InEngine,
		Says: "{proposal} cannot be split: it must be a new proposal, and neither a question on the way nor an election."}
	TwoParts = &circle.Code{ID: "two-parts", Kind: circle.ErrNotValid, Rule: "M-146", Stands: circle.InEngine,
		Says: "{proposal} is split into two parts, each with a name of its own. These were given: {parts}."}
)

func splitCodes() []*circle.Code { return []*circle.Code{NotToSplit, TwoParts} }

// splittable are the stages in which a text may be taken apart: those in which it
// is worked on. While the question is open, people answer the whole.
var splittable = []Stage{StageIntake, StageClarify, StageReact, StageIntegrate, StageRevise}

// splitting are the moves by which a proposal becomes two, and those by which a
// part goes on against which an objection stands from its first day.
func splitting(stages []Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out, Move{s, "consent.split", Authors, guards(roundDone), to(StageSuperseded)})
		if s != StageRevise { // nothing stands there
			out = append(out, Move{s, "objection.refer", Anybody, guards(fromWhole), to(s)})
		}
	}
	return append(out, Move{StageIntake, "consent.open-round options", Facilitating, guards(fromWhole, inMeeting), to(StageIntegrate)})
}

// Where nothing was split there are no such moves.
var fromWhole = Guard{Name: "an objection stands that was carried here from what was split", where: (*State).fromWhole}

func (s *State) fromWhole(p *Process) bool {
	return slices.ContainsFunc(s.Objections.Standing(p.Proposal), func(o *objection.Objection) bool { return o.Carried != "" })
}

func (c Split) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if err := g.separable(by.By); err != nil {
		return nil, err
	}
	if len(c.Parts) != 2 || c.Parts[0].ID == c.Parts[1].ID {
		return nil, TwoParts.Refuse("proposal", c.Proposal, "parts", c.names())
	}
	var events []Event
	for i, part := range c.Parts {
		begins, err := g.begins(part, now)
		if err != nil {
			return nil, err
		}
		events = append(events, begins...)
		carried, err := own(s.Objections.Decide(by, now, objection.Carry{Proposal: c.Proposal, Part: part.ID, N: i + 1}, s.objectionFacts(g.p)))
		if err != nil {
			return nil, err
		}
		events = append(events, carried...)
	}
	events = append(events, endings(s.open(c.Proposal))...)
	return g.to(append(events, &SplitUp{Proposal: c.Proposal, Into: c.names(), By: by.By, Reason: c.Reason})...)
}

// names are the names of the parts.
func (c Split) names() []proposal.ID {
	var out []proposal.ID
	for _, part := range c.Parts {
		out = append(out, part.ID)
	}
	return out
}

// separable refuses what is not to be split, and who may not write versions where
// the method leaves that to one.
func (g moving) separable(who circle.PersonID) error {
	if g.text.Status != proposal.StatusOpen || isDisposal(g.text) || g.p.Selection != nil {
		return NotToSplit.Refuse("proposal", g.p.Proposal)
	}
	if g.p.Method.Amenders == ByProposer {
		return g.s.mayAmend(g.p, who)
	}
	return nil
}

// begins are the events by which a part begins: it is the proposer's, as the
// whole was, and goes the way that the whole went.
func (g moving) begins(part Half, now time.Time) ([]Event, error) {
	s, text := g.s, g.text
	if s.Process(part.ID) != nil {
		return nil, circle.TakenID.Refuse("id", part.ID)
	}
	term := part.Term
	if term.IsZero() {
		term = text.Current().Term
	}
	// Two parts for one need lie side by side, so each is held against the other (M-96).
	events, err := s.direct(circle.Actor{By: text.Proposer()}, now, proposal.Submit{ID: part.ID, Circle: g.p.Circle, Text: part.Text,
		Need: text.Need, Sort: text.Sort, Term: term, Enacts: slices.Clone(part.Enacts), Parallel: text.Need != ""})
	if err != nil {
		return nil, err
	}
	for _, refused := range []error{s.enactable(g.p.Circle, now, part.Enacts), protects(g.p.Method, part.Enacts), g.p.Method.allows(part.Enacts)} {
		if refused != nil {
			return nil, refused
		}
	}
	method, rules := *g.p.Method, *g.p.Rules
	return append(events, &Opened{Proposal: part.ID, Circle: g.p.Circle, At: now, Major: g.p.Major, Method: &method, Rules: &rules}), nil
}

// referrers are those whose objection stands against both parts of what was
// split: they may say which part it is about.
func (s *State) referrers(id proposal.ID) []circle.PersonID {
	var out []circle.PersonID
	for _, o := range s.Objections.Standing(id) {
		if s.Objections.Elsewhere(o) == nil {
			continue
		}
		for _, who := range o.Holders() {
			if !slices.Contains(out, who) {
				out = append(out, who)
			}
		}
	}
	return out
}

// nextInPart says what a part waits for against which an objection stands from
// the beginning: its owners may say that it is about the other part, and the
// circle goes on to work on it. Against any other text they may withdraw it.
func (s *State) nextInPart(p *Process) []Awaited {
	of := string(p.Proposal)
	next := []Awaited{{Who: s.raisers(p.Proposal), What: objection.Withdraw{}.Wire(), Of: of}}
	if who := s.referrers(p.Proposal); who != nil {
		next = []Awaited{{Who: who, What: objection.Refer{}.Wire(), Of: of}}
	}
	if s.fromWhole(p) {
		next = append(next, s.nextOpening(p)...)
	}
	return next
}

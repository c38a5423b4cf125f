package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// The refusals that concern those whom a case affects.
var (
	AskedAnyway = &circle.Code{ID: "asked-anyway", Kind: circle.ErrNotValid, Rule: "M-44", Stands: circle.InEngine,
		Says: "{who} takes part in {circle} and is asked anyway: this is for those whom {proposal} affects from outside."}
	ConsulteeBefore = &circle.Code{ID: "consultee-before", Kind: circle.ErrTaken, Rule: "M-44", Stands: circle.InEngine,
		Says: "{who} was named as somebody whom {proposal} affects already."}
	PhaseNotAgreed = &circle.Code{ID: "phase-not-agreed", Kind: circle.ErrNotValid, Rule: "M-44", Stands: circle.InRules,
		Says: "{circle} asks those whom a case affects in these phases: {phases}. {phase} is none of them, or is named twice."}
	NotConsulted = &circle.Code{ID: "not-consulted", Kind: circle.ErrNotYou, Rule: "M-44", Stands: circle.InEngine,
		Says: "{who} was not named as somebody whom {proposal} affects. Anybody may open a need or give input."}
	OtherPhase = &circle.Code{ID: "other-phase", Kind: circle.ErrNotNow, Rule: "M-44", Stands: circle.InEngine,
		Says: "{who} is asked on {proposal} in these phases: {phases}. Now it is in {phase}."}
	ViewGivenBefore = &circle.Code{ID: "view-given", Kind: circle.ErrTaken, Rule: "M-44", Stands: circle.InEngine,
		Says: "{who} has said in this phase of {proposal} what it means for them."}
	NoView = &circle.Code{ID: "no-view", Kind: circle.ErrNotNow, Rule: "CP-26", Stands: circle.InEngine,
		Says: "{who} has said nothing on {proposal} that waits for an answer."}
	NotToTell = &circle.Code{ID: "not-to-tell", Kind: circle.ErrNotNow, Rule: "M-44", Stands: circle.InEngine,
		Says: "{who} is not waiting to be told how {proposal} ended."}
	ToldInFormat = &circle.Code{ID: "told-in-format", Kind: circle.ErrNotValid, Rule: "CP-14", Stands: circle.InEngine,
		Says: "{who} takes in {formats}: told in {format} it does not reach them."}
	NoVoteForAffected = &circle.Code{ID: "affected-no-stance", Kind: circle.ErrNotYou, Rule: "M-44", Stands: circle.InEngine,
		Says: "{who} is asked what {proposal} means for them (in {phases}), and has no stance on it: {circle} decides."}
)

func consultCodes() []*circle.Code {
	return []*circle.Code{AskedAnyway, ConsulteeBefore, PhaseNotAgreed, NotConsulted, OtherPhase, ViewGivenBefore, NoView, NotToTell, ToldInFormat, NoVoteForAffected}
}

// consulting are the moves of those whom a case affects, and of those who ask
// them.
func consulting(stages ...Stage) []Move {
	var out []Move
	for _, s := range stages {
		if phaseOf[s] != "" {
			naming := Participants
			if s == StageDraft {
				naming = Authors
			}
			out = append(out, Move{s, (NameConsultee{}).Wire(), naming, nil, to(s)}, Move{s, (GiveView{}).Wire(), Anybody, nil, to(s)})
		}
		out = append(out, Move{s, (AnswerView{}).Wire(), Participants, nil, to(s)})
	}
	return out
}

// consultedIn are the stages in which those whom a case affects are asked or
// answered.
var consultedIn = []Stage{StageDraft, StageIntake, StageClarify, StageReact, StageDecide, StageIntegrate, StageLastCall, StageRevise}

func (c NameConsultee) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	switch {
	case s.Org.Person(c.Person) == nil:
		return nil, circle.UnknownPerson.Refuse("who", c.Person)
	case !s.outside(p.Circle, c.Person):
		return nil, AskedAnyway.Refuse("who", c.Person, "circle", p.Circle, "proposal", p.Proposal)
	case p.consulted(c.Person) != nil:
		return nil, ConsulteeBefore.Refuse("who", c.Person, "proposal", p.Proposal)
	}
	agreed := s.Org.SeatingOf(p.Circle).Phases()
	phases := c.Phases
	if len(phases) == 0 {
		phases = agreed
	}
	for i, phase := range phases {
		if !slices.Contains(agreed, phase) || slices.Contains(phases[:i], phase) {
			return nil, PhaseNotAgreed.Refuse("circle", p.Circle, "phases", agreed, "phase", phase)
		}
	}
	return []Event{&ConsulteeNamed{Proposal: p.Proposal, Person: c.Person, Phases: slices.Clone(phases), By: by.By}}, nil
}

// mayView refuses who was not named, or is not asked now.
func (s *State) mayView(p *Process, who circle.PersonID) error {
	c, phase := p.consulted(who), phaseOf[p.Stage]
	switch {
	case c == nil:
		return NotConsulted.Refuse("who", who, "proposal", p.Proposal)
	case !slices.Contains(c.Phases, phase):
		return OtherPhase.Refuse("who", who, "proposal", p.Proposal, "phases", c.Phases, "phase", phase)
	case slices.Contains(c.Spoke, phase):
		return ViewGivenBefore.Refuse("who", who, "proposal", p.Proposal)
	}
	return nil
}

func (c GiveView) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if err := s.mayView(g.p, by.By); err != nil {
		return nil, err
	}
	return []Event{&ViewGiven{Proposal: c.Proposal, By: by.By, Phase: phaseOf[g.p.Stage], Text: c.Text}}, nil
}

func (c AnswerView) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	is := g.p.consulted(c.Person)
	switch {
	case is == nil:
		return nil, NotConsulted.Refuse("who", c.Person, "proposal", c.Proposal)
	case !is.waits():
		return nil, NoView.Refuse("who", c.Person, "proposal", c.Proposal)
	}
	return []Event{&ViewAnswered{Proposal: c.Proposal, Person: c.Person, Answer: c.Answer, By: by.By, How: c.How}}, nil
}

func (c TellOutcome) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, err := s.process(c.Decision)
	if err != nil {
		return nil, err
	}
	u := s.untold[c.Decision]
	switch {
	case !p.Stage.Terminal(), u == nil, !slices.Contains(u.Who, c.Person):
		return nil, NotToTell.Refuse("who", c.Person, "proposal", c.Decision)
	}
	if err := s.takesPart(u.Circle, by.By); err != nil {
		return nil, err
	}
	if needs := s.Org.Reads(c.Person).Formats; len(needs) > 0 && !slices.Contains(needs, c.Format) {
		return nil, ToldInFormat.Refuse("who", c.Person, "formats", needs, "format", c.Format)
	}
	return []Event{&OutcomeTold{Proposal: c.Decision, Person: c.Person, Format: c.Format, At: now, By: by.By}}, nil
}

// affected refuses a stance to somebody whom the case affects from outside.
func (s *State) affected(p *Process, who circle.PersonID) error {
	if c := p.consulted(who); c != nil && s.outside(p.Circle, who) {
		return NoVoteForAffected.Refuse("who", who, "proposal", p.Proposal, "phases", c.Phases, "circle", p.Circle)
	}
	return nil
}

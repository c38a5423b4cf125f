package consent

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A Permission says whether a person may make a move now, and if not, why.
type Permission struct {
	Command string // the wire name; behind it, for rounds, the kind
	Refused error  // nil: they may
}

// Permitted says for every move of a proposal's present stage whether a person
// may make it now. What the command itself would say is not looked at.
func (e *Engine) Permitted(who circle.PersonID, id proposal.ID) ([]Permission, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.Permitted(who, id, e.config.Now())
}

// Permitted is drawn from the table of moves.
func (s *State) Permitted(who circle.PersonID, id proposal.ID, now time.Time) ([]Permission, error) {
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	by := circle.Actor{By: who} // of a body: what it may do through who answers for it
	if err := s.Org.Admits(by); err != nil {
		return nil, err
	}
	out := make([]Permission, 0, len(movesFrom[p.Stage]))
	may := permitted{s: s, p: p, by: &by}
	for _, m := range movesFrom[p.Stage] {
		if m.Who == TheClock || m.absent(s, p) {
			continue
		}
		err := s.hasPlace(p, m, m.On)
		if err == nil {
			err = may.make(m.Who)
		}
		if err == nil {
			err = s.isTime(p, m, now)
		}
		if err == nil {
			err = s.turnFor(p, m.On, who)
		}
		out = append(out, Permission{m.On, err})
	}
	out = append(out, s.permittedOutside(p, by, now)...)
	out = append(out, s.permittedBesides(by, id, now)...)
	if !p.Stage.Terminal() {
		out = append(out, s.permittedFairness(p, by, now)...)
	}
	return append(out, s.permittedOnDecision(by, id, now)...), nil
}

// permitted knows which moves are one person's. Of the moves of a stage most are
// those of the same few.
type permitted struct {
	s     *State
	p     *Process
	by    *circle.Actor
	asked [len(whoNames)]bool
	no    [len(whoNames)]error
}

// make asks whether the person is one of those who may make a move.
func (m *permitted) make(w Who) error {
	if !m.asked[w] {
		m.asked[w], m.no[w] = true, m.s.mayMove(m.p, w, m.by, m.p.round().spot(m.by.By))
	}
	return m.no[w]
}

// turnFor asks for the turn where a move takes one.
func (s *State) turnFor(p *Process, on string, who circle.PersonID) error {
	switch on {
	case "objection.raise":
		if err := s.bound(p, who, ""); err != nil {
			return err
		}
		if err := s.minutesOf(p.Proposal, who); err != nil {
			return err
		}
		return s.mayAnswer(p, who, p.round().spot(who), 0)
	case "consent.respond":
		if err := p.counted(); err != nil {
			return err
		}
		if err := s.bound(p, who, ""); err != nil {
			return err
		}
		return s.mayAnswer(p, who, p.round().spot(who), 0)
	case "consent.speak", "consent.pass", "consent.come-back-to-me":
		if p.Round == nil || p.Round.asks() && on == "consent.speak" {
			return NoRound.Refuse()
		}
		return p.Round.turn(who)
	case "consent.skip":
		if p.Round == nil {
			return NoRound.Refuse()
		}
	case (GiveView{}).Wire():
		return s.mayView(p, who)
	case "consent.clear-card":
		return p.round().mayClear(who)
	case (ClaimPriority{}).Wire():
		return s.mayClaim(p, who)
	case (Declare{}).Wire():
		return s.mayDeclare(p, who)
	case (Escalate{}).Wire():
		return s.passesOn(p, who)
	case (Discard{}).Wire():
		return s.mayDiscard(p, who)
	case "proposal.withdraw":
		return s.Matters.Proposal(p.Proposal).MayWithdraw(who)
	}
	return s.turnInSelection(p, on, who)
}

// Reasons explains a refusal: the rule it rests on, where the rule stands, and
// who can change it.
type Reasons struct {
	Code    string
	Rule    string // as "CP-16"; empty: the engine's own
	Stands  circle.Where
	Changes string // who can change the rule
}

// String gives the reasons in a sentence.
func (r Reasons) String() string {
	var parts []string
	if r.Rule != "" {
		parts = append(parts, "It rests on "+r.Rule)
	}
	parts = append(parts, fmt.Sprintf("The rule stands in the %s", r.Stands), r.Changes)
	return strings.Join(parts, ". ") + "."
}

// Why names the rule behind a refusal, where it stands, and who can change it;
// ok is false for an error that is no refusal.
func (e *Engine) Why(err error) (Reasons, bool) {
	var r *circle.Refusal
	if !errors.As(err, &r) {
		return Reasons{}, false
	}
	why := Reasons{Code: r.Code.ID, Rule: r.Code.Rule, Stands: r.Code.Stands}
	switch r.Code.Stands {
	case circle.InMethod:
		why.Changes = "The circle changes its method by consent; a case that is open keeps the one it was opened under"
	case circle.InRules:
		why.Changes = "The circle changes its rules by consent; a case that is open keeps the ones it was opened under"
	default:
		why.Changes = "It is part of what makes this a consent process, and nobody changes it"
	}
	return why, true
}

package consent

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// A contradiction is something that a method must not say of itself.
type contradiction struct {
	holds bool
	why   string
}

// Check refuses a method that contradicts itself, and names every
// contradiction in it.
func (m *Method) Check() error {
	if err := circle.CheckID(m.Name); err != nil {
		return fmt.Errorf("a method needs a name: %w", err)
	}
	list := slices.Concat(m.againstRule(), m.againstTime(), m.againstDissent(), m.againstStuck(), m.againstIntake(), m.againstHiding(), m.againstSelecting())
	var errs []error
	for _, c := range list {
		if c.holds {
			errs = append(errs, fmt.Errorf("method %s: %s", m.Name, c.why))
		}
	}
	for _, err := range append(m.phasesInOrder(), m.Objections.Check(), m.Window.Silence.Check(), m.Clock.Check(), m.Amenders.Check(), m.Stuck.Check(), m.Withdrawal.Check()) {
		if err != nil {
			errs = append(errs, fmt.Errorf("method %s: %w", m.Name, err))
		}
	}
	return errors.Join(errs...)
}

func (m *Method) againstRule() []contradiction {
	return []contradiction{
		{m.Rule.Kind == "" || m.Rule.Version < 1, "it needs a rule with a version"},
		{m.Agenda && !m.Meeting, "an agenda is consented to in a meeting, and it has none"},
		{m.Decider && m.Present, "one person decides, and the question is put to those present"},
		{m.Decider && len(m.Phases) == 0, "who decides alone hears everybody first, and it has no phase for that"},
		{m.Sponsors < 0, "sponsors are counted from 0 on"},
		{slices.ContainsFunc(m.Ties, func(t TieBreak) bool { return t == "" || t.Check() != nil }), "it settles ties in a way that nobody knows"},
		{slices.ContainsFunc(m.Stances, func(s Stance) bool { return s == "" || s.Check() != nil }), "it has a stance that nobody knows"},
	}
}

func (m *Method) againstTime() []contradiction {
	w := m.Window
	return []contradiction{
		{!w.IsZero() && w.For.IsZero(), "it says how a window closes, and not how long it is open"},
		{!w.IsZero() && (m.Turns || m.Meeting), "in a window everybody answers when they like, and it has turns or a meeting"},
		{(w.Extensions > 0) == w.By.IsZero(), "extensions need a number and a length"},
		{m.LastCall.IsZero() != (m.Clock == ""), "what a new objection does to the last call must be said, where there is one and only there"},
		{m.TimeOuts && !m.Meeting, "a time-out is taken in a meeting, and it has none"},
		{m.OwnTension && m.Amenders != ByProposer, "a change serves the tension of the proposer, and others write it, too"},
		{m.Live && (m.Present || m.Decider), "who joins is asked, too, and the question is put to those present or to one person"},
		{m.Labels && (!m.Meeting || m.Agenda), "its agenda is made in the meeting and nobody consents to it, and it has no meeting, or an agenda that is consented to"},
		{m.ToMeeting && w.IsZero(), "a question is moved out of a window into a meeting, and it has no window"},
	}
}

func (m *Method) againstDissent() []contradiction {
	o := m.Objections
	return []contradiction{
		{o.StandAside && !m.offers(StandsAside), "an objector may stand aside, and it has no such stance"},
		{m.Keep && o.Solved == "", "answers stand for a new version, and the next round is what settles objections"},
		{o.Solved == objection.ByAnswer && !m.Chair, "objections are answered by a chair, and it has none"},
		{o.Tester == objection.ByChair && !m.Chair, "objections are tested by a chair, and it has none"},
		{!o.Acknowledge.IsZero() && o.Solved != objection.ByAnswer, "an answer is to be acknowledged, and nobody gives one"},
	}
}

func (m *Method) againstStuck() []contradiction {
	return []contradiction{
		{!m.Limit.IsZero() && m.Stuck == "", "there is a limit, and no next step when it is reached"},
		{(m.Stuck == GoesToBallot) == m.Fallback.IsZero(), "a vote needs a rule, and nothing else does"},
		{m.Stuck == GoesToChair && !m.Chair, "the chair decides, and it has none"},
		{(m.Withdrawal == ByTakeover) == m.Grace.IsZero(), "a proposal is taken over within a grace, and nothing else has one"},
		{m.Formal && m.Stuck != GoesToBallot, "there is always a vote, and it goes to none"},
		{m.WhoObjects && !(m.Meeting && m.Present && !m.Turns), "those at a meeting are asked who objects, and it is not they who are asked at once"},
		{m.Stuck == GoesToMeeting && m.Meeting, "it goes to a meeting when it is stuck, and it is in one"},
	}
}

// phasesInOrder refuses phases that do not come before the question, or not in
// their order.
func (m *Method) phasesInOrder() []error {
	var errs []error
	for i, p := range m.Phases {
		if p != ClarifyRound && p != ReactRound {
			errs = append(errs, fmt.Errorf("a %s round is no phase before the question", p))
		}
		if i > 0 && m.Phases[i-1] >= p {
			errs = append(errs, errors.New("clarifying comes before reacting, each once"))
		}
	}
	return errs
}

// among refuses a word that is none of those known; the empty one stands for
// what is not said.
func among(s string, values []string) error {
	if s == "" || slices.Contains(values, s) {
		return nil
	}
	return fmt.Errorf("%q is none of %s", s, strings.Join(values, ", "))
}

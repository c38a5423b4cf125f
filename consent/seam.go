package consent

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// An Opener is asked when its question is put, and refuses one that cannot be
// decided by it: nobody has a seat, a chamber is empty, weights cannot be summed.
// Its words are read to whoever wanted to put it.
type Opener interface {
	Rule
	Open(Case) error
}

// An Admitter is asked when somebody answers, and refuses an answer that cannot be
// given. Whether it is their turn, and whether it is in time, the engine has asked
// already. An objection is never asked about: nobody dismisses one (CP-4). Its
// words are read to whoever answered.
type Admitter interface {
	Rule
	Admit(Case, Answer) error
}

// The refusals that rules give rise to.
var (
	CannotBePut = &circle.Code{ID: "cannot-be-put", Kind: circle.ErrNotValid, Stands: circle.InMethod,
		Says: "The question on {proposal} cannot be put under the rule {rule}: {why}."}
	NotAdmitted = &circle.Code{ID: "not-admitted", Kind: circle.ErrNotValid, Stands: circle.InMethod,
		Says: "{who} cannot answer the question on {proposal} like that: {why}."}
	RuleFailed = &circle.Code{ID: "rule-failed", Kind: circle.ErrNotNow, Stands: circle.InMethod,
		Says: "The rule {rule} has a mistake: it failed when it was asked about {proposal}. Nothing was recorded. Who looks after the rules can mend it."}
	NobodyChooses = &circle.Code{ID: "nobody-chooses", Kind: circle.ErrNotValid, Stands: circle.InMethod,
		Says: "{proposal} puts options to the choice, and by the method {method} nobody chooses among options: it decides on a text. The circle may decide {proposal} by another method, or the text may name the one thing that is proposed."}
)

// fault is that a rule panicked.
type fault struct{ what any }

func (f fault) Error() string { return fmt.Sprint("the rule failed: ", f.what) }

// guarded asks something of a rule, and stands between the two: a rule that
// panics has refused, and nothing else.
func guarded(ask func() error) (err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = fault{failed}
		}
	}()
	return ask()
}

// ruleOf is the rule of a question: that of the method, or of the vote that
// follows.
func (s *State) ruleOf(p *Process, kind RoundKind) RuleName {
	if kind == BallotRound {
		return s.ballotRule(p)
	}
	return p.Method.Rule
}

// putTo asks the rule of a question whether it can be put, and adds the options
// where the rule chooses among them. A selection asks about its candidate, and no
// rule is asked about that. Under a rule that is not at hand nothing is asked: a
// case that was opened under it goes on.
func (s *State) putTo(p *Process, e *RoundOpened, now time.Time) error {
	if e.Round != ConsentRound && e.Round != BallotRound || p.Selection != nil {
		return nil
	}
	options := s.Matters.RecordAt(p.Proposal, e.Version).Options
	name := s.ruleOf(p, e.Round)
	if name == consentRule && len(options) == 0 {
		return nil
	}
	r, err := s.rule(name)
	if err != nil {
		return nil //nolint:nilerr // a rule that is not at hand cannot be asked
	}
	chooser, chooses := r.(Chooser)
	if !chooses && len(options) > 0 && !s.choosesLater(p) {
		return NobodyChooses.Refuse("proposal", p.Proposal, "method", p.Method.Name)
	}
	c := Case{Now: now, Opened: now, Closes: e.Closes, Version: e.Version, MayChange: true, Seats: slices.Clone(e.Seats),
		Objections: s.open(p.Proposal), Register: e.Register, Quorate: e.Quorate}
	if chooses {
		for _, o := range options {
			e.Options = append(e.Options, o.ID)
		}
		c.Options = caseOptions(e.Options)
	}
	err = guarded(func() error {
		if chooses {
			if err := chooser.Ballot().Open(c); err != nil {
				return err
			}
		}
		if o, ok := r.(Opener); ok {
			return o.Open(c)
		}
		return nil
	})
	return s.ruleSays(CannotBePut, p, name, err)
}

// choosesLater says that the vote which may follow on a question chooses among the
// options.
func (s *State) choosesLater(p *Process) bool {
	r, err := s.rule(s.fallback(p)) // there is none where nobody votes
	if err != nil {
		return false
	}
	_, chooses := r.(Chooser)
	return chooses
}

// ruleSays makes a refusal of what a rule said.
func (s *State) ruleSays(code *circle.Code, p *Process, name RuleName, err error, more ...any) error {
	var failed fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &failed):
		return RuleFailed.Refuse("rule", name.Kind, "proposal", p.Proposal)
	}
	return code.Refuse(append([]any{"proposal", p.Proposal, "rule", name.Kind, "why", err.Error()}, more...)...)
}

// caseOptions are options as a rule knows them.
func caseOptions(list []proposal.OptionID) []Option {
	if len(list) == 0 {
		return nil
	}
	out := make([]Option, len(list))
	for i, id := range list {
		out[i].ID = string(id)
	}
	return out
}

// asking is the rule of an open question, where it has something to say about
// which answers can be given; nil for most.
func (s *State) asking(name RuleName) Rule {
	if name == consentRule {
		return nil
	}
	r, err := s.rule(name)
	if err != nil {
		return nil
	}
	switch r.(type) {
	case Chooser, Admitter:
		return r
	}
	return nil
}

// voting says that the answers to the open question are more than consent: a vote, a
// choice among options, or what a rule has a word to say about.
func (p *Process) voting() bool { return p.votes || p.asks != nil }

// admits asks the rule of the open question whether an answer can be given. The
// answer is one that may still be changed, and whether it comes in time was asked
// before.
func (s *State) admits(p *Process, a *Answer) error {
	if p.asks == nil {
		return nil
	}
	c := p.caseOf(p.Round, s.open(p.Proposal), nil, a.At)
	c.MayChange, c.Closes = true, time.Time{}
	err := guarded(func() error {
		if b, ok := p.asks.(Chooser); ok {
			if err := b.Ballot().Admit(c, *a); err != nil {
				return err
			}
		}
		if r, ok := p.asks.(Admitter); ok {
			return r.Admit(c, *a)
		}
		return nil
	})
	return s.ruleSays(NotAdmitted, p, s.ruleOf(p, p.Round.Kind), err, "who", a.Seat)
}

package consent

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A Preference is what somebody says of the options of a question: they rank them,
// or score them.
type Preference struct {
	// Ranking lists the options, the best first. Several may share a rank.
	Ranking [][]proposal.OptionID `json:"ranking,omitempty"`
	// Scores says what each option is worth to them, ordered by the options' names.
	Scores []Score `json:"scores,omitempty"`
}

// A Score is what one option is worth to somebody.
type Score struct {
	Option proposal.OptionID `json:"option"`
	Score  int64             `json:"score,omitempty"`
}

// The refusals of choosing among options.
var (
	RankOrScore = &circle.Code{ID: "rank-or-score", Kind: circle.ErrNotValid, Stands: circle.InMethod,
		Says: "The question on {proposal} is which of these it is to be: {options}. Say how you rank or score them (prefers){instead}."}
	NothingToRank = &circle.Code{ID: "nothing-to-rank", Kind: circle.ErrNotValid, Stands: circle.InMethod,
		Says: "The question on {proposal} is about its text, and not which of several options it is to be: there is nothing to rank or to score."}
	OptionsAsked = &circle.Code{ID: "options-asked", Kind: circle.ErrNotNow, Rule: "M-136", Stands: circle.InMethod,
		Says: "The circle chooses among the options of {proposal} right now, and by the method {method} what was answered holds for a new version, too. So the options stay as they are while the question is open."}
	ChooseThen = &circle.Code{ID: "choose-then", Kind: circle.ErrNotNow, Rule: "M-133", Stands: circle.InMethod,
		Says: "The circle chooses among the options of {proposal}, and one ranks or scores them when the question is put: nobody does so ahead."}
	ScoredTwice = &circle.Code{ID: "scored-twice", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{option} is scored twice: say once what it is worth."}
)

func choiceCodes() []*circle.Code {
	return []*circle.Code{CannotBePut, NotAdmitted, RuleFailed, NobodyChooses, RankOrScore, NothingToRank, OptionsAsked, ChooseThen, ScoredTwice,
		TieStands, TieOtherwise, NotTied}
}

// sorted is the preference with its scores in the order of their options, so that
// the same is always written alike; nil where it says nothing.
func (c *Preference) sorted() (*Preference, error) {
	if c == nil || len(c.Ranking) == 0 && len(c.Scores) == 0 {
		return nil, nil //nolint:nilnil // no preference is nothing to refuse
	}
	scores := slices.Clone(c.Scores)
	slices.SortFunc(scores, func(a, b Score) int { return strings.Compare(string(a.Option), string(b.Option)) })
	for i := 1; i < len(scores); i++ {
		if scores[i].Option == scores[i-1].Option {
			return nil, ScoredTwice.Refuse("option", scores[i].Option)
		}
	}
	return &Preference{Ranking: c.Ranking, Scores: scores}, nil
}

// fill adds a preference to an answer, as a rule reads it.
func (c *Preference) fill(a *Answer) {
	if c == nil {
		return
	}
	for _, rank := range c.Ranking {
		names := make([]string, len(rank))
		for i, o := range rank {
			names[i] = string(o)
		}
		a.Ranking = append(a.Ranking, names)
	}
	if len(c.Scores) > 0 {
		a.Scores = make(map[string]int64, len(c.Scores))
		for _, s := range c.Scores {
			a.Scores[string(s.Option)] = s.Score
		}
	}
}

// words says what somebody prefers: “a, then b and c”, or “a 5, b 0”.
func (c *Preference) words() string {
	var ranks, scores []string
	for _, rank := range c.Ranking {
		ranks = append(ranks, circle.Plain(rank))
	}
	for _, s := range c.Scores {
		scores = append(scores, fmt.Sprintf("%s %d", s.Option, s.Score))
	}
	return strings.Join(ranks, ", then ") + strings.Join(scores, ", ")
}

// among says that the question is which of several options it is to be.
func (r *Round) among() bool { return len(r.Options) > 0 }

// chooses takes an answer to a question whose rule has something to say about
// answers: in particular one among options.
func (c *Respond) chooses(s *State, p *Process, m *Move, at spot, who circle.PersonID, now time.Time) ([]Event, error) {
	if err := p.counted(); err != nil {
		return nil, err
	}
	prefers, err := c.Prefers.sorted()
	if err != nil {
		return nil, err
	}
	if err := c.fits(p, prefers); err != nil {
		return nil, err
	}
	a := Answer{Seat: who, Position: c.Answer, Version: p.Round.Version, At: now}
	prefers.fill(&a)
	if err := s.admits(p, &a); err != nil {
		return nil, err
	}
	e, events := newResponded()
	*e = Responded{Proposal: c.Proposal, By: who, Response: Name(c.Answer), Version: a.Version, Reason: c.Reason, Strength: c.Strength, Prefers: prefers}
	var accepted []Event
	if c.Answer == Consents && p.Stage != StageBallot {
		if accepted, err = s.accept(p, who); err != nil {
			return nil, err
		}
		events = append(events, accepted...)
	}
	if p.Stage != StageBallot && !p.completes(at) {
		return events, nil
	}
	would := p.Round.copied()
	would.answer(&a)
	if p.Stage == StageBallot {
		return s.settleBallot(p, m, would, now, events)
	}
	return s.settle(p, m, would, s.openBut(c.Proposal, accepted), now, events)
}

// fits refuses an answer of another sort than the question: among options one
// chooses, or abstains where that may be; otherwise one takes a position.
func (c *Respond) fits(p *Process, prefers *Preference) error {
	ballot, abstains := p.Stage == StageBallot, c.Answer == string(Abstains)
	if p.Round.among() {
		may := abstains && (ballot || p.Method.offers(Abstains))
		if (prefers != nil) == (c.Answer != "") || c.Answer != "" && !may {
			instead := ""
			if ballot || p.Method.offers(Abstains) {
				instead = ", or leave it to the others (answer=abstain)"
			}
			return RankOrScore.Refuse("proposal", p.Proposal, "options", p.Round.Options, "instead", instead)
		}
		return nil
	}
	switch {
	case prefers != nil && c.Answer != "", prefers != nil && p.asks == nil:
		return NothingToRank.Refuse("proposal", p.Proposal)
	case prefers != nil: // parts of a vote: the rule says whether it has them
		return nil
	case ballot:
		return c.isVote()
	}
	return c.offered(p.Method)
}

// mostSteps is how many reasons an entry names of a count among options.
const mostSteps = 100

// steps keeps of a long count what an entry can hold: what is no step between
// options, the tie, and the first places. Anybody can count again: the answers are on
// record, and the digest of the case.
func steps(why []Reason) []Reason {
	if len(why) <= mostSteps {
		return why
	}
	var out []Reason
	left := 0
	for _, r := range why {
		if len(r.Options) == 0 || r.Code == "tie" || r.Code == "place" && len(out) < mostSteps {
			out = append(out, r)
		} else {
			left++
		}
	}
	return append(out, Reason{Code: "steps-left-out", Got: strconv.Itoa(left)})
}

// keepsOptions refuses to change the options while the circle chooses among them,
// where answers stand for a new version.
func (s *State) keepsOptions(p *Process, events []Event) error {
	if p.Stage != StageDecide || !p.Method.Keep || !p.Round.among() {
		return nil
	}
	for _, e := range events {
		a, ok := e.(*proposal.Amended)
		if !ok || a.Proposal != p.Proposal {
			continue
		}
		var names []proposal.OptionID
		if a.Record != nil {
			for _, o := range a.Record.Options {
				names = append(names, o.ID)
			}
		}
		if !slices.Equal(names, p.Round.Options) {
			return OptionsAsked.Refuse("proposal", p.Proposal, "method", p.Method.Name)
		}
	}
	return nil
}

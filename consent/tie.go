package consent

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// ResultTied: the rule puts several options level, and people settle it.
const ResultTied Result = "tied"

// A TieBreak is a way to settle which of several options it is to be, where the
// rule puts them level. A rule draws no lots and has no favourites, so a tie is an
// outcome, and what settles it is an act of people, on record.
type TieBreak string

// The ways.
const (
	// ByOrder: the one that stands first in the proposal. That order was there for
	// everybody to see before the question was put.
	ByOrder TieBreak = "order"
	// ByChair: who facilitates says which, and why.
	ByChair TieBreak = "chair"
	// ByLot: a lot decides. Its seed is drawn by the engine when it is asked for, and
	// stands in the entry, so that everybody can draw the same lot again.
	ByLot TieBreak = "lot"
)

// Values lists the ways.
func (TieBreak) Values() []string { return []string{string(ByOrder), string(ByChair), string(ByLot)} }

// Check refuses a way that nobody knows.
func (t TieBreak) Check() error { return among(string(t), t.Values()) }

// tieBreaks are the ways by which a method settles a tie.
func (m *Method) tieBreaks() []TieBreak {
	if len(m.Ties) == 0 {
		return []TieBreak{ByLot}
	}
	return m.Ties
}

var tieSettledWords = map[TieBreak]string{ByOrder: "the one that stands first in the proposal is taken",
	ByChair: "who facilitates says which, and why", ByLot: "a lot is drawn"}

// wordsTies says how ties are settled, where the method says it.
func (m *Method) wordsTies(add adding) {
	var ways []string
	for _, t := range m.Ties {
		ways = append(ways, tieSettledWords[t])
	}
	add(len(ways) > 0, "When options come out level, %s", strings.Join(ways, ", or "))
}

// SettleTie settles which option it is to be, of those that the rule put level,
// in a way that the method names. The proposal is adopted with it.
type SettleTie struct {
	Proposal proposal.ID `json:"proposal"`
	How      TieBreak    `json:"how"`
	// Option is the one that who facilitates names; by the other ways nobody names
	// one. Then they say why.
	Option proposal.OptionID `json:"option,omitempty"`
	Reason circle.Text       `json:"reason,omitempty"`
}

// TieSettled: people settled a tie between options.
type TieSettled struct {
	Proposal proposal.ID         `json:"proposal"`
	By       circle.PersonID     `json:"by"`
	How      TieBreak            `json:"how"`
	Among    []proposal.OptionID `json:"among"`
	Chosen   proposal.OptionID   `json:"chosen"`
	// Seed is what the lot was drawn with, see [Lot].
	Seed   Name        `json:"seed,omitempty"`
	Reason circle.Text `json:"reason,omitempty" words:"own"`
}

// Wire names.
func (SettleTie) Wire() string  { return "consent.settle-tie" }
func (TieSettled) Wire() string { return "consent.tie-settled" }

// On names the proposal that it is about.
func (e *TieSettled) On() proposal.ID { return e.Proposal }

// In names the meeting that it happened in: none.
func (*TieSettled) In() MeetingID { return "" }

// apply has nothing to do: the verdict that follows it says what came out.
func (*TieSettled) apply(*State) {}

// The refusals about ties.
var (
	TieStands = &circle.Code{ID: "tie-stands", Kind: circle.ErrNotNow, Stands: circle.InEngine,
		Says: "The answers on {proposal} are counted, and these are level: {tied}. No more answers are taken. Who facilitates settles it now: consent.settle-tie."}
	TieOtherwise = &circle.Code{ID: "tie-otherwise", Kind: circle.ErrNotNow, Stands: circle.InMethod,
		Says: "By the method {method} a tie is settled by: {ways}. {how} is none of them."}
	NotTied = &circle.Code{ID: "not-tied", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "Where who facilitates settles a tie (how=chair), they name one of those that are level, {tied}, and say why. In the other ways nobody names one."}
)

var (
	isTied   = Guard{Name: "the rule puts several options level", where: func(_ *State, p *Process) bool { return p.tied() }}
	tieMoves = []Move{
		{StageDecide, "consent.settle-tie", Facilitating, guards(isTied, goesOn, baseHolds), to(StageAdopted)},
		{StageLastCall, "consent.settle-tie", Facilitating, guards(isTied, baseHolds), to(StageAdopted)},
		{StageBallot, "consent.settle-tie", Facilitating, guards(isTied), to(StageAdopted)},
	}
)

// tied says that the question of a process has come out level.
func (p *Process) tied() bool { return p.Judged != nil && p.Judged.Outcome == ResultTied }

// counted refuses another answer when the options have come out level: who answers
// then would settle it alone.
func (p *Process) counted() error {
	if p.tied() {
		return TieStands.Refuse("proposal", p.Proposal, "tied", p.Judged.Winners)
	}
	return nil
}

// levelled says that a verdict is a tie that people can settle: one is to be
// chosen, and several are level when nothing more can be said.
func (v *Verdict) levelled() bool {
	return v.Outcome == Pending && v.Final && len(v.Winners) > 1 && v.Places <= 1
}

// winners are what a rule chose, as an entry names it.
func (v *Verdict) winners() []proposal.OptionID {
	if len(v.Winners) == 0 {
		return nil
	}
	out := make([]proposal.OptionID, len(v.Winners))
	for i, o := range v.Winners {
		out[i] = proposal.OptionID(o)
	}
	return out
}

// Lot draws one of several options with a seed: the one of which SHA-256 over the
// seed, a line feed and the option's name comes first. The order in which they are
// listed does not matter.
func Lot(seed Name, among []proposal.OptionID) proposal.OptionID {
	var first [sha256.Size]byte
	var drawn proposal.OptionID
	for _, o := range among {
		sum := sha256.Sum256([]byte(string(seed) + "\n" + string(o)))
		if drawn == "" || slices.Compare(sum[:], first[:]) < 0 {
			first, drawn = sum, o
		}
	}
	return drawn
}

// A drawing command can only be decided with a seed that no person has chosen: the
// shell draws it, as it makes ids and reads the clock.
type drawing interface {
	ownCommand
	drawn(seed Name) ownCommand
}

// drawn gives the command with the seed of its lot.
func (c SettleTie) drawn(seed Name) ownCommand { return withSeed{c, seed} }

// withSeed is a tie that is settled, with the seed that the engine drew for it.
type withSeed struct {
	SettleTie
	seed Name
}

func (c withSeed) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return c.settle(s, by, now, c.seed)
}

// errUndrawn: the seed of a lot was not drawn. The engine always does.
var errUndrawn = errors.New("consent: the seed of the lot was not drawn")

func (c SettleTie) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return c.settle(s, by, now, "")
}

// settle names the winner, and adopts the proposal with it. What the rule said of
// objections stands in its verdict, and again in this one.
func (c SettleTie) settle(s *State, by circle.Actor, now time.Time, seed Name) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	among := p.Judged.Winners
	if ways := p.Method.tieBreaks(); !slices.Contains(ways, c.How) {
		return nil, TieOtherwise.Refuse("method", p.Method.Name, "ways", ways, "how", c.How)
	}
	e := &TieSettled{Proposal: c.Proposal, By: by.By, How: c.How, Among: among, Reason: c.Reason}
	if chair := c.How == ByChair; chair != slices.Contains(among, c.Option) || chair && c.Reason.IsZero() || !chair && c.Option != "" {
		return nil, NotTied.Refuse("tied", among)
	}
	if c.How == ByChair {
		if err := s.mayDeclare(p, by.By); err != nil { // nobody judges over their own
			return nil, err
		}
	}
	switch c.How {
	case ByOrder:
		e.Chosen = p.first(among)
	case ByLot:
		if seed == "" {
			return nil, errUndrawn
		}
		e.Seed, e.Chosen = seed, Lot(seed, among)
	default:
		e.Chosen = c.Option
	}
	open := s.open(c.Proposal)
	done, err := s.adopt(p, p.Round, open, now, e.Chosen)
	if err != nil {
		return nil, err
	}
	j := &Judged{Proposal: c.Proposal, Version: p.Round.Version, At: now, Rule: p.Judged.Rule, Outcome: ResultAdopted, Final: true,
		Winners: []proposal.OptionID{e.Chosen}, Turnout: s.turnout(p, p.Round),
		Why: append([]Reason{{Code: "tie-settled", Holds: true, Got: string(c.How), Options: optionTexts(among)}}, Standing(&Case{Objections: open})...)}
	return g.to(append([]Event{e, j}, done...)...)
}

// first is the option that stands before all others in the question.
func (p *Process) first(among []proposal.OptionID) proposal.OptionID {
	for _, o := range p.Round.Options {
		if slices.Contains(among, o) {
			return o
		}
	}
	return ""
}

func optionTexts(list []proposal.OptionID) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = string(o)
	}
	return out
}

// hasChosen says that somebody has chosen among the options. If they object, the
// objection stands beside their choice, and takes nothing of it away.
func (r *Round) hasChosen(who circle.PersonID) bool {
	a := r.Answer(who)
	return r.among() && a != nil && a.Version == r.Version && (len(a.Ranking) > 0 || len(a.Scores) > 0)
}

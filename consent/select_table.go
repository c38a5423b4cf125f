package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// The refusals of selections.
var (
	NoSelecting = &circle.Code{ID: "no-selecting", Kind: circle.ErrNotNow, Rule: "M-248", Stands: circle.InRules,
		Says: "The method {method} says nothing of selecting. {circle} may name a method that does for the matter “selection” in its rules."}
	NoSelection = &circle.Code{ID: "no-selection", Kind: circle.ErrNotNow, Rule: "M-226", Stands: circle.InEngine,
		Says: "{proposal} is a proposal and no selection: nobody is named for it."}
	RoleElsewhere = &circle.Code{ID: "role-elsewhere", Kind: circle.ErrNotYou, Rule: "EC-85", Stands: circle.InEngine,
		Says: "The role {role} is one of {at}: {at} selects who wears it, and not {circle}."}
	SelectsAlready = &circle.Code{ID: "selects-already", Kind: circle.ErrTaken, Rule: "M-224", Stands: circle.InEngine,
		Says: "{circle} is selecting for {role} already, in {proposal}."}
	OneKind = &circle.Code{ID: "people-or-things", Kind: circle.ErrNotValid, Rule: "M-226", Stands: circle.InEngine,
		Says: "A selection is about roles, or about options, of which there are two or more with names of their own."}
	ParametersFirst = &circle.Code{ID: "parameters-first", Kind: circle.ErrNotNow, Rule: "M-212", Stands: circle.InMethod,
		Says: "By the method {method} the circle consents to role, term and qualifications in {proposal} before anybody is named."}
	CandidateFirst = &circle.Code{ID: "candidate-first", Kind: circle.ErrNotNow, Rule: "M-218", Stands: circle.InEngine,
		Says: "Nobody is proposed in {proposal} yet: the circle is asked about a candidate."}
	NoCommentYet = &circle.Code{ID: "no-comment-yet", Kind: circle.ErrNotNow, Rule: "M-215", Stands: circle.InEngine,
		Says: "While people name somebody in {proposal}, nobody speaks of candidates: each says why when all nominations are revealed."}
	NoAbstaining = &circle.Code{ID: "no-abstaining", Kind: circle.ErrNotValid, Rule: "M-214", Stands: circle.InMethod,
		Says: "By the method {method} everybody names one for each seat, and nobody passes."}
	NotNameable = &circle.Code{ID: "not-nameable", Kind: circle.ErrNotValid, Rule: "M-213", Stands: circle.InMethod,
		Says: "{name} cannot be named here: {why}."}
	NamesForSeats = &circle.Code{ID: "names-for-seats", Kind: circle.ErrNotValid, Rule: "M-214", Stands: circle.InEngine,
		Says: "There is one name for each seat, each another: {need} are needed, and {got} were given."}
	NoChangeNow = &circle.Code{ID: "no-change-now", Kind: circle.ErrNotNow, Rule: "M-217", Stands: circle.InMethod,
		Says: "Nominations in {proposal} are changed in the change round."}
	NoChangeRound = &circle.Code{ID: "no-change-round", Kind: circle.ErrNotNow, Rule: "M-217", Stands: circle.InMethod,
		Says: "The method {method} has no round in which nominations are changed."}
	WasDiscarded = &circle.Code{ID: "was-discarded", Kind: circle.ErrNotValid, Rule: "M-222", Stands: circle.InEngine,
		Says: "{name} was a candidate in {proposal} and is none any more: another is proposed."}
	StaysCandidate = &circle.Code{ID: "stays-candidate", Kind: circle.ErrNotValid, Rule: "M-221", Stands: circle.InEngine,
		Says: "{name} is the candidate in {proposal}, and an objection stands: it is integrated (consent.integrate), or others are proposed for all seats."}
	WasNotNamed = &circle.Code{ID: "was-not-named", Kind: circle.ErrNotValid, Rule: "M-218", Stands: circle.InEngine,
		Says: "Nobody named {name} in {proposal}: a candidate is one of those who were named."}
	NotCounted = &circle.Code{ID: "not-most", Kind: circle.ErrNotValid, Rule: "M-218", Stands: circle.InMethod,
		Says: "By the method {method} the candidate is who was named most: {top}."}
	TieFirst = &circle.Code{ID: "tie-first", Kind: circle.ErrNotValid, Rule: "M-218", Stands: circle.InMethod,
		Says: "{tied} were named as often as each other. By the method {method} such a tie is solved by: {ties}; {tie} does not solve this one."}
	DrawUntold = &circle.Code{ID: "draw-untold", Kind: circle.ErrNotValid, Rule: "M-218", Stands: circle.InEngine,
		Says: "A draw is made outside, and it is recorded how: by whom, before whom, with what."}
	NoTieNow = &circle.Code{ID: "no-tie", Kind: circle.ErrNotValid, Rule: "M-218", Stands: circle.InEngine,
		Says: "There is no tie to solve: the first place is not shared."}
	OwnCandidacy = &circle.Code{ID: "own-candidacy", Kind: circle.ErrNotYou, Rule: "M-219", Stands: circle.InEngine,
		Says: "{who} does not propose themselves: somebody else does, whom who facilitates may ask (consent.ask-to-propose)."}
	NoCandidate = &circle.Code{ID: "no-candidate", Kind: circle.ErrNotNow, Rule: "M-222", Stands: circle.InEngine,
		Says: "There is no candidate in {proposal} who could be discarded."}
	DeclineLater = &circle.Code{ID: "decline-later", Kind: circle.ErrNotNow, Rule: "M-216", Stands: circle.InMethod,
		Says: "Nobody declines before everybody was asked: {who} hears first what others see in them, and may object in the consent round."}
	NotChosen = &circle.Code{ID: "not-chosen", Kind: circle.ErrNotYou, Rule: "M-223", Stands: circle.InEngine,
		Says: "{who} is not one of those who were chosen in {proposal} and have not said yet whether they accept: {chosen}."}
	NomineeLast = &circle.Code{ID: "nominee-last", Kind: circle.ErrNotNow, Rule: "M-220", Stands: circle.InMethod,
		Says: "{who} is asked last, when the others have answered: {awaited}."}
)

func selectCodes() []*circle.Code {
	return append(weakestCodes(), NoSelecting, NoSelection, RoleElsewhere, SelectsAlready, OneKind, ParametersFirst, CandidateFirst, NoCommentYet, NoAbstaining,
		NotNameable, NamesForSeats, NoChangeNow, NoChangeRound, WasDiscarded, StaysCandidate, WasNotNamed, NotCounted, TieFirst, DrawUntold, NoTieNow, OwnCandidacy,
		NoCandidate, DeclineLater, NotChosen, NomineeLast, NotReceiving)
}

// The guards of selections.
var (
	isSelection    = Guard{Name: "it is a selection", of: selects, holds: (*State).isSelection}
	parametersDone = Guard{Name: "role, term and qualifications are agreed, where the method wants that", holds: (*State).parametersDone}
	candidateThere = Guard{Name: "a selection that names somebody has a candidate", holds: (*State).candidateThere}
	mayChange      = Guard{Name: "the method has a change round", holds: (*State).mayChange}
)

func selects(m *Method) bool { return !m.Selecting.IsZero() }

func (s *State) isSelection(p *Process, _ time.Time) error {
	if p.Selection == nil {
		return NoSelection.Refuse("proposal", p.Proposal)
	}
	return nil
}

func (s *State) parametersDone(p *Process, now time.Time) error {
	if err := s.isSelection(p, now); err != nil {
		return err
	}
	if !p.Selection.Agreed {
		return ParametersFirst.Refuse("method", p.Method.Name, "proposal", p.Proposal)
	}
	return nil
}

func (s *State) candidateThere(p *Process, _ time.Time) error {
	if sel := p.Selection; sel != nil && sel.Agreed && sel.Candidate == nil {
		return CandidateFirst.Refuse("proposal", p.Proposal)
	}
	return nil
}

// mayChange asks for a method with a change round, or a tie that is solved by one.
func (s *State) mayChange(p *Process, _ time.Time) error {
	c := p.Method.Selecting
	if c.Change || slices.Contains(c.Ties, TieChange) && len(p.Selection.tied()) > 0 {
		return nil
	}
	return NoChangeRound.Refuse("method", p.Method.Name)
}

// selectMoves are the moves of a selection beside those that every proposal has.
var selectMoves = slices.Concat(
	[]Move{
		{StageIntake, "consent.open-round nominate", Facilitating, guards(isSelection, parametersDone), to(StageNominate)},

		{StageNominate, "consent.open-round nominate", Facilitating, guards(roundDone), to(StageNominate)},
		{StageNominate, "consent.nominate", Seated, guards(goesOn), to(StageNominate, StageWeigh)},
		{StageNominate, "consent.skip", Facilitating, guards(goesOn), to(StageNominate)},
		{StageNominate, "consent.reveal", Facilitating, guards(goesOn, timeOver), to(StageWeigh)},
		{StageNominate, WindowEnds.String(), TheClock, nil, to(StageWeigh)},

		{StageWeigh, "consent.open-round nominate", Facilitating, guards(roundDone), to(StageNominate)},
		{StageWeigh, "consent.open-round reasons", Facilitating, guards(roundDone), to(StageWeigh)},
		{StageWeigh, "consent.open-round change", Facilitating, guards(roundDone, mayChange), to(StageWeigh)},
		{StageWeigh, "consent.speak", Participants, guards(goesOn), to(StageWeigh)},
		{StageWeigh, "consent.come-back-to-me", Participants, guards(goesOn), to(StageWeigh)},
		{StageWeigh, "consent.skip", Facilitating, guards(goesOn), to(StageWeigh)},
		{StageWeigh, "consent.change-nomination", FullOnes, guards(goesOn), to(StageWeigh)},
		{StageWeigh, "consent.short-list", Facilitating, guards(roundDone), to(StageWeigh)},
		{StageWeigh, "consent.ask-to-propose", Facilitating, nil, to(StageWeigh)},
		{StageWeigh, "consent.propose-candidate", FullOnes, guards(roundDone), to(StageWeigh)},
		{StageWeigh, "consent.discard-candidate", Facilitating, nil, to(StageWeigh)},
		{StageWeigh, "consent.open-round consent", Facilitating, putting(roundDone), to(StageDecide)},

		{StageIntegrate, "consent.propose-candidate", FullOnes, guards(isSelection, parametersDone), to(StageWeigh)},
		{StageIntegrate, "consent.discard-candidate", Facilitating, guards(isSelection, parametersDone), to(StageWeigh)},

		{StageAccept, "consent.accept-role", Anybody, nil, to(StageAccept, StageAdopted)},
		{StageAccept, "consent.welcome", TheCircle, nil, to(StageAccept, StageAdopted)},
		{StageAccept, "consent.decline-role", Anybody, nil, to(StageWeigh)},
		{StageAccept, "consent.discard-candidate", Facilitating, nil, to(StageWeigh)},
	},
	cards(StageWeigh),
	selectEnds(StageNominate, StageWeigh, StageAccept),
)

// selectEnds are the ways out that every stage of a selection has.
func selectEnds(stages ...Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out,
			Move{s, "proposal.drop", TheCircle, nil, to(StageDropped)},
			Move{s, AgeEnds.String(), TheClock, nil, to(StageExpired)})
	}
	return out
}

// goingOn adds where a selection goes on in the place of being adopted: when its
// parameters are agreed, and when somebody has yet to accept.
func goingOn(list []Move) []Move {
	for i := range list {
		if m := &list[i]; (m.From == StageDecide || m.From == StageLastCall) && m.leads(StageAdopted) {
			m.To = append(slices.Clone(m.To), StageNominate, StageAccept)
		}
	}
	return list
}

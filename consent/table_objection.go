package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// The guards of what not every method has.
var (
	hasTests    = onlyBy("a test of objections", func(m *Method) bool { return m.Objections.Trigger != "" })
	hasFinding  = onlyBy("a finding on each criterion", func(m *Method) bool { return m.testedBy(objection.ByForm, objection.ByChair) })
	hasCriteria = onlyBy("criteria for objections", func(m *Method) bool { return len(m.Objections.Criteria) > 0 })
	hasOverride = onlyBy("a criterion that settles all", func(m *Method) bool {
		return slices.ContainsFunc(m.Objections.Criteria, func(c objection.Criterion) bool { return c.Need == objection.Override })
	})
	hasEnding = onlyBy("a test that ends by what was said", func(m *Method) bool {
		return m.testedBy(objection.ByReasoning, objection.ByPeers, objection.BySupporters)
	})
	hasReasoning = onlyBy("a test by reasoning", func(m *Method) bool { return m.testedBy(objection.ByReasoning) })
	hasWeighing  = onlyBy("a test by the others", func(m *Method) bool { return m.testedBy(objection.ByPeers, objection.BySupporters) })
	hasAnswers   = onlyBy("closing an objection by an answer of the chair", func(m *Method) bool { return m.Objections.Solved == objection.ByAnswer })
	hasBoth      = onlyBy("a proposer who confirms that an objection is solved", func(m *Method) bool { return m.Objections.Solved == objection.ByBoth })
	hasGoodFaith = onlyBy("a duty to work on an objection in good faith", func(m *Method) bool { return m.Objections.GoodFaith })
	hasAsides    = onlyBy("standing aside", func(m *Method) bool { return m.Objections.StandAside })
	hasDeferring = onlyBy("putting an objection off", func(m *Method) bool { return m.Objections.Defer })
	hasConcerns  = onlyBy("concerns beside objections", func(m *Method) bool { return m.Concerns })
	acceptsHere  = Guard{Name: hasAnswers.Name, of: hasAnswers.of} // by other methods there is no such move
)

// onlyBy makes the guard of a move that only some methods have.
func onlyBy(what string, has func(*Method) bool) Guard {
	return Guard{Name: "the method has " + what, of: has, holds: func(_ *State, p *Process, _ time.Time) error {
		if has(p.Method) {
			return nil
		}
		return objection.NotByMethod.Refuse("what", what)
	}}
}

func (m *Method) testedBy(list ...objection.Tester) bool {
	return slices.Contains(list, m.Objections.Tester)
}

// objecting are the moves by which an objection is shared, tested, solved and
// ended. Which of them a method has, its handling of objections says (methods
// §2.1, §2.2).
func objecting() []Move {
	return slices.Concat([]Move{
		{StageDecide, "objection.join", Seated, guards(goesOn, baseHolds), to(StageDecide, StageIntegrate, StageAdopted, StageNotAdopted)},
		{StageDecide, "objection.lift", Seated, guards(goesOn, baseHolds, hasConcerns), to(StageDecide, StageIntegrate, StageAdopted, StageNotAdopted)},

		{StageIntegrate, "objection.test", FullOnes, guards(hasTests), to(StageTest)},
		{StageIntegrate, "objection.abandon", Judging, guards(hasGoodFaith), to(StageIntegrate)},
		{StageIntegrate, "objection.confirm-solved", Anybody, guards(hasBoth), to(StageIntegrate)},
		{StageIntegrate, "objection.stand-aside", Anybody, guards(hasAsides), to(StageIntegrate)},
		{StageIntegrate, "objection.lower", Anybody, guards(hasConcerns), to(StageIntegrate)},
		{StageIntegrate, "objection.defer", TheCircle, guards(hasDeferring), to(StageIntegrate)},

		{StageTest, "objection.argue", Anybody, guards(hasCriteria), to(StageTest)},
		{StageTest, "objection.find", Judging, guards(hasFinding), to(StageIntegrate)},
		{StageTest, "objection.rule", Interpreting, guards(hasOverride), to(StageTest, StageIntegrate)},
		{StageTest, "objection.dispute", FullOnes, guards(hasReasoning), to(StageTest)},
		{StageTest, "objection.concede", Anybody, guards(hasReasoning), to(StageTest)},
		{StageTest, "objection.refine", Anybody, nil, to(StageTest)},
		{StageTest, "objection.end-test", Judging, guards(hasEnding), to(StageIntegrate)},
		{StageTest, "objection.weigh", FullOnes, guards(hasWeighing), to(StageTest, StageIntegrate)},
		{StageTest, "objection.withdraw", Anybody, nil, to(StageTest, StageIntegrate)},
		{StageTest, "objection.stand-aside", Anybody, guards(hasAsides), to(StageTest, StageIntegrate)},
		{StageTest, "objection.lower", Anybody, guards(hasConcerns), to(StageTest, StageIntegrate)},
	}, anyWork(StageIntegrate), anyWork(StageTest), answering,
		dissenting(StageDecide, StageIntegrate, StageLastCall, StageTest))
}

// answering are the moves by which a chair answers objections (M-175), which
// may be done while the question is open as well. The time to acknowledge an
// answer runs on wherever the process is.
var answering = []Move{
	{StageDecide, "objection.answer", Judging, guards(hasAnswers), to(StageDecide)},
	{StageDecide, "objection.accept", Anybody, guards(acceptsHere), to(StageDecide, StageLastCall, StageAdopted)},
	{StageDecide, "objection.overrule", Judging, guards(hasAnswers), to(StageDecide, StageLastCall, StageAdopted)},
	{StageDecide, AcknowledgementEnds.String(), TheClock, nil, to(StageDecide, StageLastCall, StageAdopted)},
	{StageIntegrate, "objection.answer", Judging, guards(hasAnswers), to(StageIntegrate)},
	{StageIntegrate, "objection.overrule", Judging, guards(hasAnswers), to(StageIntegrate)},
	{StageIntegrate, AcknowledgementEnds.String(), TheClock, nil, to(StageIntegrate)},
	{StageLastCall, "objection.answer", Judging, guards(hasAnswers), to(StageLastCall)},
	{StageLastCall, "objection.accept", Anybody, guards(acceptsHere), to(StageLastCall, StageAdopted)},
	{StageLastCall, "objection.overrule", Judging, guards(hasAnswers), to(StageLastCall, StageAdopted)},
	{StageLastCall, AcknowledgementEnds.String(), TheClock, nil, to(StageLastCall, StageAdopted)},
	{StageClarify, AcknowledgementEnds.String(), TheClock, nil, to(StageClarify)},
	{StageReact, AcknowledgementEnds.String(), TheClock, nil, to(StageReact)},
	{StageTest, AcknowledgementEnds.String(), TheClock, nil, to(StageTest, StageIntegrate)},
	{StageParked, AcknowledgementEnds.String(), TheClock, nil, to(StageParked)},
	{StageEscalated, AcknowledgementEnds.String(), TheClock, nil, to(StageEscalated)},
	{StageBallot, AcknowledgementEnds.String(), TheClock, nil, to(StageBallot)},
}

// anyWork are the moves that are made while an objection is tested and while
// the circle works on it.
func anyWork(s Stage) []Move {
	return []Move{
		{s, "objection.adopt", FullOnes, nil, to(s)},
		{s, "objection.premise", Anybody, nil, to(s)},
		{s, "objection.mark-premise", FullOnes, nil, to(s)},
	}
}

// allTested asks whether each objection was tested, where the method tests each
// (M-168). One that nobody is there to test stands as it is (methods §8.10).
func (s *State) allTested(p *Process, _ time.Time) error {
	h := &p.Method.Objections
	if h.Trigger != objection.Always {
		return nil
	}
	peers := s.peers(p)
	for _, o := range s.Objections.Standing(p.Proposal) {
		if (o.Trial == nil || o.UnderTest()) && o.Testable(h, peers) {
			return Untested.Refuse("objection", o.ID)
		}
	}
	return nil
}

// allSolved asks whether those have said that an objection is solved, whom the
// method asks. By most methods nobody is: the version claims to meet it, and the
// round settles it. One whose owners have all left the circle is the circle's to
// settle, when a version meets it.
func (s *State) allSolved(p *Process, _ time.Time) error {
	by := p.Method.Objections.Solved
	if by == "" {
		return nil
	}
	newest := s.Matters.Proposal(p.Proposal).Current().N
	open := slices.DeleteFunc(s.Objections.Standing(p.Proposal), func(o *objection.Objection) bool {
		return o.Status == objection.StatusMet && o.In == newest && s.orphaned(p, o)
	})
	if len(open) == 0 {
		return nil
	}
	return NotSolvedYet.Refuse("objections", objection.Names(open), "how", solvedBy[by])
}

var solvedBy = map[objection.Solved]string{
	objection.ByRaiser: "Who raised it says when it is solved",
	objection.ByBoth:   "Who raised it says that a version solves it, and then the proposer",
	objection.ByAnswer: "Who facilitates answers it, and who raised it says whether the answer meets it",
}

// orphaned says that nobody whose objection it is takes part in the circle any
// more.
func (s *State) orphaned(p *Process, o *objection.Objection) bool {
	return !slices.ContainsFunc(o.Holders(), func(who circle.PersonID) bool { return !s.hasLeft(p, who) })
}

// peers are those who test an objection together: every full participant, or
// where the method asks those who are present, those who had a seat when the
// question was put last.
func (s *State) peers(p *Process) []circle.PersonID {
	full := s.Org.FullIn(p.Circle)
	seats := p.question().Seats
	if !p.Method.Present || len(seats) == 0 {
		return full
	}
	return slices.DeleteFunc(slices.Clone(full), func(who circle.PersonID) bool {
		return !slices.ContainsFunc(seats, func(seat Seat) bool { return seat.Person == who })
	})
}

// judges are those who judge an objection: who facilitates, else who stands in
// for them, else any full participant; never those whose objection it is
// (methods §8.4). Since the process broke down it is its keeper (M-196).
func (s *State) judges(p *Process, o *objection.Objection) []circle.PersonID {
	if keeper := p.aside().Keeper; keeper != "" && !o.Owns(keeper) {
		return []circle.PersonID{keeper}
	}
	holders := s.chairsFor(p)
	return firstWithout(o, holders, s.standIns(p.Circle, holders), s.Org.FullIn(p.Circle))
}

// interpreters are those who rule on the criterion that settles all: the
// Secretary, or where there is none who judges.
func (s *State) interpreters(p *Process, o *objection.Objection) []circle.PersonID {
	secretaries := slices.DeleteFunc(slices.Clone(s.Org.Wearers(p.Circle, circle.Secretary)), func(who circle.PersonID) bool {
		return s.Org.LevelIn(p.Circle, who) != circle.Full
	})
	return firstWithout(o, secretaries, s.judges(p, o))
}

// firstWithout is the first list in which somebody is left when the owners of
// an objection are taken out.
func firstWithout(o *objection.Objection, lists ...[]circle.PersonID) []circle.PersonID {
	for _, list := range lists {
		if left := slices.DeleteFunc(slices.Clone(list), o.Owns); len(left) > 0 {
			return left
		}
	}
	return nil
}

// mayJudge refuses who may not judge an objection: nobody judges their own, and
// of the others who may run the circle's process (methods §8.4).
func (s *State) mayJudge(p *Process, o *objection.Objection, who circle.PersonID) error {
	judges := s.judges(p, o)
	switch {
	case o.Owns(who):
		return objection.OwnJudge.Refuse("objection", o.ID, "who", who)
	case slices.Contains(judges, who), p.aside().Keeper == "" && s.chairs(p.Circle, who) == nil:
		return nil
	}
	return NotJudge.Refuse("who", who, "objection", o.ID, "judges", judges)
}

// mayInterpret refuses who may not rule on the criterion that settles all.
func (s *State) mayInterpret(p *Process, o *objection.Objection, who circle.PersonID) error {
	list := s.interpreters(p, o)
	switch {
	case o.Owns(who):
		return objection.OwnJudge.Refuse("objection", o.ID, "who", who)
	case slices.Contains(list, who):
		return nil
	}
	return NotJudge.Refuse("who", who, "objection", o.ID, "judges", list)
}

// ofOne asks whether somebody may judge the objection that is tested, or one of
// those that stand.
func (s *State) ofOne(p *Process, who circle.PersonID, may func(*Process, *objection.Objection, circle.PersonID) error) error {
	list := s.Objections.Standing(p.Proposal)
	if p.Testing != "" {
		list = []*objection.Objection{s.Objections.Objection(p.Testing)}
	}
	if len(list) == 0 {
		return s.facilitates(p.Circle, who)
	}
	var refused error
	for _, o := range list {
		if refused = may(p, o, who); refused == nil {
			return nil
		}
	}
	return refused
}

// The refusals of working on objections.
var (
	Untested = &circle.Code{ID: "untested", Kind: circle.ErrNotNow, Rule: "M-168", Stands: circle.InMethod,
		Says: "By this method each objection is tested first, and {objection} was not tested yet: objection.test asks for it."}
	NotSolvedYet = &circle.Code{ID: "not-solved", Kind: circle.ErrNotNow, Rule: "M-176", Stands: circle.InMethod,
		Says: "The question is not put again before each objection is solved or has ended: {objections}. {how}."}
	NotJudge = &circle.Code{ID: "not-judging", Kind: circle.ErrNotYou, Rule: "M-162", Stands: circle.InEngine,
		Says: "{who} does not judge {objection}. Who may: {judges}."}
	NotProposer = &circle.Code{ID: "not-the-proposer", Kind: circle.ErrNotYou, Rule: "M-172", Stands: circle.InMethod,
		Says: "That {objection} is solved is for the proposer to confirm: {proposer}, not {who}."}
)

func objectionCodes() []*circle.Code {
	return []*circle.Code{Untested, NotSolvedYet, NotJudge, NotProposer, NothingOverruled}
}

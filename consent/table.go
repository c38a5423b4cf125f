package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Who says who may make a move.
type Who uint8

// The answers to who may make a move.
const (
	Anybody      Who = 1 + iota // whom the organisation knows; the room's own law may ask for more
	Participants                // full and learning participants of the circle
	FullOnes                    // full participants of the circle
	Authors                     // the proposer, and who facilitates the circle
	Facilitating                // who facilitates the circle, or stands in for them
	Seated                      // who has a seat in the round
	TheCircle                   // nobody alone: a decision by consent carries it out
	TheClock                    // time alone
	Objectors                   // who has a seat, or was absent where those present decided, and outsiders by some methods
	Proposing                   // the proposer
	Owning                      // who owns a parked proposal, and who facilitates
	Receiving                   // who facilitates the circle that a proposal is offered to
	Keeping                     // who keeps a case whose process broke down
	Recording                   // who facilitates, and the Secretary
	Conveying                   // who facilitates the broader circle that was asked
	Broader                     // nobody alone: the broader circle that was asked, by consent
	Judging                     // who facilitates, or stands in for them, and has no part in the objection
	Interpreting                // the Secretary, if they have no part in the objection
	Mediating                   // who was asked to mediate
)

var whoNames = [...]string{"none", "anybody", "participants", "full participants", "the proposer and who facilitates", "who facilitates", "seats", "the circle", "the clock",
	"seats, and the absent where those present decided", "the proposer", "the owner and who facilitates",
	"who facilitates the circle it is offered to", "the keeper", "who facilitates and the Secretary",
	"who facilitates the broader circle", "the broader circle",
	"who facilitates, not on their own objection", "the Secretary, not on their own objection", "the mediator"}

// String names who may make the move.
func (w Who) String() string { return whoNames[w] }

// A Guard is a condition that must hold for a move, by its name.
type Guard struct {
	Name  string
	holds func(*State, *Process, time.Time) error // nil: without it the stage has no such move
	of    func(*Method) bool                      // of a move that not every method has: whether this one has it
	where func(*State, *Process) bool             // of a move that not every case has: whether this one has it
}

// A Move is one line of the process: in this stage, this command, by these
// people, under these guards, leads to one of these stages.
type Move struct {
	From   Stage
	On     string // the command's wire name; behind it, for rounds, the kind
	Who    Who
	Guards []Guard
	To     []Stage
}

// The guards, each a question that must be answered with yes.
var (
	roundDone     = Guard{Name: "the last round is complete", holds: (*State).roundDone}
	goesOn        = Guard{Name: "no stop card lies on the table", holds: (*State).goesOn}
	inMeeting     = Guard{Name: "the circle is in a meeting with this on its agreed agenda, where the method wants one", holds: (*State).inMeeting}
	clarifyNext   = Guard{Name: "clarifying has its place here", holds: (*State).clarifyNext}
	reactNext     = Guard{Name: "reacting has its place here", holds: (*State).reactNext}
	phasesDone    = Guard{Name: "the method's phases were held", holds: (*State).phasesDone}
	responseMade  = Guard{Name: "the circle chose how to respond to the need", holds: (*State).responseMade}
	conflictsSeen = Guard{Name: "the version goes together with other policies", holds: (*State).conflictsSeen}
	longTermSeen  = Guard{Name: "a circle that took it over has answered whether it may decide what lasts long", holds: (*State).longTermSeen}
	termGiven     = Guard{Name: "a policy has a term", holds: (*State).termGiven}
	formatsThere  = Guard{Name: "everybody has the version in the formats they need", holds: (*State).formatsThere}
	readingOver   = Guard{Name: "everybody's reading time is over", holds: (*State).readingOver}
	noneStands    = Guard{Name: "no objection stands", holds: (*State).noneStands}
	someStand     = Guard{Name: "an objection stands", holds: (*State).someStand}
	objectionsMet = Guard{Name: "each objection is met by the version or withdrawn", holds: (*State).objectionsMet}
	allSolved     = Guard{Name: "each objection is solved or has ended, where the method says by whom", holds: (*State).allSolved}
	allTested     = Guard{Name: "each objection was tested, where the method tests each", holds: (*State).allTested}
	partsThere    = Guard{Name: "the proposal holds what the method asks for", holds: (*State).partsHeld}
)

// Moves is the process: every way from stage to stage, and no other. The law,
// Permitted, the picture and the documentation are all drawn from it.
func Moves() []Move { return slices.Clone(moves) }

var moves = slices.Concat(goingOn(slices.Concat(
	shared(StageIntake, StageClarify, StageReact, StageDecide, StageIntegrate, StageLastCall, StageDraft, StageRevise, StageParked,
		StageEscalated, StageBallot, StageTest),
	objecting(),
	talking(StageClarify, StageReact, StageIntegrate),
	windowMoves,
	aheadMoves(StageIntake, StageClarify, StageReact, StageDecide, StageIntegrate, StageLastCall, StageRevise, StageTest),
	rebasing,
	sealedMoves,
	[]Move{
		{StageIntake, "proposal.amend", Authors, nil, to(StageIntake)},
		{StageIntake, "proposal.withdraw", Anybody, nil, to(StageWithdrawn)},
		{StageIntake, "consent.open-round clarify", Facilitating, guards(clarifyNext, inMeeting), to(StageClarify)},
		{StageIntake, "consent.open-round react", Facilitating, guards(reactNext, inMeeting), to(StageReact)},
		{StageIntake, "consent.open-round consent", Facilitating, putting(phasesDone), to(StageDecide)},

		{StageClarify, "proposal.amend", Authors, guards(roundDone, noneStands), to(StageIntake, StageRevise)},
		{StageClarify, "objection.withdraw", Anybody, nil, to(StageClarify)},
		{StageClarify, "consent.open-round options", Facilitating, guards(roundDone, someStand, inMeeting), to(StageIntegrate)},
		{StageClarify, "proposal.withdraw", Anybody, nil, to(StageWithdrawn)},
		{StageClarify, "consent.open-round clarify", Facilitating, guards(roundDone, inMeeting), to(StageClarify)},
		{StageClarify, "consent.open-round react", Facilitating, guards(roundDone, reactNext, inMeeting), to(StageReact)},
		{StageClarify, "consent.open-round consent", Facilitating, putting(roundDone, phasesDone), to(StageDecide)},

		{StageReact, "proposal.amend", Authors, guards(roundDone, noneStands), to(StageIntake, StageRevise)},
		{StageReact, "objection.withdraw", Anybody, nil, to(StageReact)},
		{StageReact, "consent.open-round options", Facilitating, guards(roundDone, someStand, inMeeting), to(StageIntegrate)},
		{StageReact, "proposal.withdraw", Anybody, nil, to(StageWithdrawn)},
		{StageReact, "consent.open-round clarify", Facilitating, guards(roundDone, inMeeting), to(StageClarify)},
		{StageReact, "consent.open-round react", Facilitating, guards(roundDone, inMeeting), to(StageReact)},
		{StageReact, "consent.open-round consent", Facilitating, putting(roundDone), to(StageDecide)},

		{StageDecide, "consent.respond", Seated, guards(goesOn, answersOpen, baseHolds), to(StageDecide, StageIntegrate, StageLastCall, StageAdopted, StageNotAdopted)},
		{StageDecide, "objection.raise", Objectors, guards(goesOn, answersOpen, baseHolds), to(StageDecide, StageIntegrate, StageLastCall, StageAdopted, StageNotAdopted)},
		{StageDecide, "objection.voice", Seated, guards(goesOn, answersOpen), to(StageDecide)},
		{StageDecide, "objection.withdraw", Anybody, guards(goesOn, baseHolds), to(StageDecide, StageLastCall, StageAdopted)},
		{StageDecide, "consent.skip", Facilitating, guards(goesOn, timeOver, baseHolds), to(StageDecide, StageIntegrate, StageLastCall, StageAdopted, StageNotAdopted)},
		{StageDecide, "consent.close-round", Facilitating, guards(goesOn, answersOpen, timeOver, baseHolds), to(StageDecide, StageIntegrate, StageLastCall, StageAdopted, StageNotAdopted)},
		{StageDecide, "consent.open-round consent", Facilitating, putting(roundDone, answersOpen, timeOver), to(StageDecide)},
		{StageDecide, "consent.come-back-to-me", Seated, guards(goesOn), to(StageDecide)},

		{StageIntegrate, "objection.restate", FullOnes, nil, to(StageIntegrate)},
		{StageIntegrate, "objection.confirm", Anybody, nil, to(StageIntegrate)},
		{StageIntegrate, "objection.accept", Anybody, nil, to(StageIntegrate)},
		{StageIntegrate, "objection.withdraw", Anybody, nil, to(StageIntegrate)},
		{StageIntegrate, "objection.voice", FullOnes, nil, to(StageIntegrate)},
		{StageIntegrate, "consent.integrate", FullOnes, guards(allTested), to(StageIntegrate)},
		{StageIntegrate, "consent.open-round options", Facilitating, guards(roundDone, inMeeting), to(StageIntegrate)},
		{StageIntegrate, "consent.open-round clarify", Facilitating, guards(roundDone, inMeeting), to(StageClarify)},
		{StageIntegrate, "consent.open-round react", Facilitating, guards(roundDone, inMeeting), to(StageReact)},
		{StageIntegrate, "consent.open-round consent", Facilitating, putting(roundDone), to(StageDecide)},

		{StageLastCall, "consent.respond", Seated, guards(baseHolds), to(StageLastCall, StageIntegrate, StageAdopted, StageNotAdopted)},
		{StageLastCall, "objection.raise", Objectors, guards(baseHolds), to(StageLastCall, StageDecide, StageIntegrate, StageAdopted, StageNotAdopted)},
		{StageLastCall, "objection.voice", Seated, nil, to(StageLastCall)},
		{StageLastCall, "consent.close-round", Facilitating, guards(timeOver, baseHolds), to(StageLastCall, StageIntegrate, StageAdopted, StageNotAdopted)},
		{StageLastCall, LastCallEnds.String(), TheClock, nil, to(StageLastCall, StageIntegrate, StageAdopted, StageNotAdopted)},
	},
	exits,
	queueing(StageIntegrate),
	timeOuts(atWork...),
	puttingOff(atTable),
	selectMoves,
	consulting(consultedIn...),
)), tieMoves)

// shared are the moves that every open stage has.
func shared(stages ...Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out,
			Move{s, "proposal.attach-rendition", Participants, nil, to(s)},
			Move{s, "proposal.waive-rendition", Anybody, nil, to(s)},
			Move{s, "proposal.check-conflicts", Participants, nil, to(s)},
			Move{s, "proposal.drop", TheCircle, nil, to(StageDropped)},
		)
	}
	return out
}

// talking are the moves of the rounds in which people talk.
func talking(stages ...Stage) []Move {
	var out []Move
	for _, s := range append(stages, StageDecide) {
		out = append(out, cards(s)...)
	}
	for _, s := range stages {
		out = append(out,
			Move{s, "consent.speak", Participants, guards(goesOn), to(s)},
			Move{s, "consent.come-back-to-me", Participants, guards(goesOn), to(s)},
			Move{s, "consent.skip", Facilitating, guards(goesOn), to(s)},
		)
		if s != StageReact {
			out = append(out, Move{s, "consent.pass", Participants, guards(goesOn), to(s)})
		}
	}
	return out
}

// cards are the signals and answers that may come between the turns. Nobody is
// answered where people react or say whether they object (methods §1.3.4).
func cards(s Stage) []Move {
	out := []Move{
		{s, "consent.signal", Participants, nil, to(s)},
		{s, "consent.clear-card", Participants, nil, to(s)},
	}
	if s == StageClarify || s == StageIntegrate {
		out = append(out, Move{s, "consent.reply", Participants, nil, to(s)})
	}
	return out
}

// putting are the guards for putting the question.
func putting(more ...Guard) []Guard {
	return append(more, withinLimit, allTested, allSolved, noticeGiven, baseHolds, inDomain, sponsored, candidateThere, partsThere, objectionsMet, inMeeting, responseMade, longTermSeen, termGiven, conflictsSeen, formatsThere, readingOver)
}

// of says whether a method has a move.
func (m *Move) of(method *Method) bool {
	return !slices.ContainsFunc(m.Guards, func(g Guard) bool { return g.of != nil && !g.of(method) })
}

// lacks says that a method has no move under this guard.
func (g *Guard) lacks(method *Method) bool { return g.holds == nil && g.of != nil && !g.of(method) }

// absent says that in this case the stage has no such move.
func (m *Move) absent(s *State, p *Process) bool {
	for i := range m.Guards {
		g := &m.Guards[i]
		if g.where != nil && !g.where(s, p) || g.lacks(p.Method) {
			return true
		}
	}
	return false
}

func to(stages ...Stage) []Stage    { return stages }
func guards(list ...Guard) []Guard  { return list }
func (m *Move) leads(to Stage) bool { return slices.Contains(m.To, to) }

// moveIndex finds a move by stage and command.
var moveIndex = func() (out [len(stageNames)]map[string]*Move) {
	for i := range out {
		out[i] = map[string]*Move{}
	}
	for i := range moves {
		out[moves[i].From][moves[i].On] = &moves[i]
	}
	return out
}()

// movesFrom lists the moves of each stage, in the order of the table.
var movesFrom = func() (out [len(stageNames)][]*Move) {
	for i := range moves {
		out[moves[i].From] = append(out[moves[i].From], &moves[i])
	}
	return out
}()

// responding are the moves by which people answer, by stage: the move that is
// made most.
var responding = func() (out [len(stageNames)]*Move) {
	for stage, moves := range moveIndex {
		out[stage] = moves["consent.respond"]
	}
	return out
}()

// admit answers whether a command has its place in the process now, and
// returns the move that it makes.
func (s *State) admit(p *Process, on string, by circle.Actor, now time.Time) (*Move, error) {
	return s.admitTo(p, moveIndex[p.Stage][on], on, &by, now, p.round().spot(by.By))
}

// admitTo is admit for a move that is known, nil if the stage has none, and for
// somebody whose spot in the round is known.
func (s *State) admitTo(p *Process, m *Move, on string, by *circle.Actor, now time.Time, at spot) (*Move, error) {
	if err := s.hasPlace(p, m, on); err != nil {
		return nil, err
	}
	if err := s.mayMove(p, m.Who, by, at); err != nil {
		return nil, err
	}
	if err := s.isTime(p, m, now); err != nil {
		return nil, err
	}
	return m, nil
}

// hasPlace refuses a move that has no place in the process, whoever makes it.
func (s *State) hasPlace(p *Process, m *Move, on string) error {
	switch {
	case p.Stage.Terminal():
		return Ended.Refuse("proposal", p.Proposal, "stage", p.Stage)
	case m == nil || m.absent(s, p):
		return p.notHere(on)
	case m.Who == TheCircle && on != (proposal.Drop{}).Wire():
		return CircleDecides.Refuse("command", on, "proposal", p.Proposal)
	}
	return nil
}

// isTime refuses a move while something else comes first, whoever makes it.
func (s *State) isTime(p *Process, m *Move, now time.Time) error {
	if err := s.worksOn(p, m); err != nil {
		return err
	}
	for i := range m.Guards {
		if holds := m.Guards[i].holds; holds != nil {
			if err := holds(s, p, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// notHere says why a command has no place in the present stage.
func (p *Process) notHere(on string) error {
	switch {
	case on == (proposal.Withdraw{}).Wire():
		return ByConsentDrop.Refuse("proposal", p.Proposal)
	case p.Stage == StageNominate && (on == (Speak{}).Wire() || on == (Reply{}).Wire()):
		return NoCommentYet.Refuse("proposal", p.Proposal)
	case on == (Pass{}).Wire() && p.Stage == StageReact:
		return NoPassing.Refuse("kind", ReactRound)
	}
	return NotNow.Refuse("command", on, "proposal", p.Proposal, "stage", p.Stage, "commands", p.possible())
}

// possible lists what brings a process on from its stage by its method.
func (p *Process) possible() []string {
	out := make([]string, 0, len(onward[p.Stage]))
	for _, m := range onward[p.Stage] {
		if m.of(p.Method) {
			out = append(out, m.On)
		}
	}
	return out
}

// onward are the moves that bring a process on, by stage. What can be done in
// every stage is not worth a word there.
var onward = func() (out [len(stageNames)][]*Move) {
	for i := range moves {
		m := &moves[i]
		everywhere := slices.Concat(shared(m.From), cards(m.From), aheadMoves(m.From), rebasing, besides(m.From), anyWork(m.From), dissenting(m.From), timeOuts(m.From), puttingOff([]Stage{m.From}), queueing(m.From), consulting(m.From), tieMoves)
		if m.Who != TheClock && !slices.ContainsFunc(everywhere, func(c Move) bool { return c.On == m.On }) {
			out[m.From] = append(out[m.From], m)
		}
	}
	return out
}()

// mayMove asks whether a person is one of those who may make a move.
func (s *State) mayMove(p *Process, w Who, by *circle.Actor, at spot) error {
	switch w {
	case Seated:
		if at.seat < 0 {
			if err := s.hasStance(p, by.By); err != nil {
				return err
			}
			if err := s.onlyThen(p, by.By); err != nil {
				return err
			}
			if err := s.affected(p, by.By); err != nil {
				return err
			}
			if body := s.speaksFor(p, by.By); body != "" {
				return AnswersForBody.Refuse("who", by.By, "body", body, "proposal", p.Proposal)
			}
			return NoConsentRight.Refuse("who", by.By, "level", s.standingOf(p, by.By))
		}
		if s.satFor(p, by.By) {
			return s.onlyThen(p, by.By)
		}
		if s.Org.Away(p.Circle, by.By) { // a seat that was theirs before rests too (I-18)
			return RightRests.Refuse("who", by.By, "circle", p.Circle)
		}
	case Objectors:
		return s.mayObject(p, by, at)
	case Judging:
		return s.ofOne(p, by.By, s.mayJudge)
	case Interpreting:
		return s.ofOne(p, by.By, s.mayInterpret)
	case Anybody:
		return nil
	case Facilitating:
		return s.conducts(p, by.By)
	case FullOnes:
		if s.Org.LevelIn(p.Circle, by.By) != circle.Full {
			return NotFull.Refuse("who", by.By, "circle", p.Circle)
		}
	case Participants:
		if at.seat < 0 || s.satFor(p, by.By) {
			return s.speaksIn(p, by.By)
		}
	case Authors:
		if s.Matters.Proposal(p.Proposal).Proposer() != by.By {
			return s.conducts(p, by.By)
		}
	case TheCircle:
		return ByConsentDrop.Refuse("proposal", p.Proposal)
	case TheClock:
		if !by.Clock {
			return NotFull.Refuse("who", by.By, "circle", p.Circle)
		}
	default:
		return s.mayLeave(p, w, by.By)
	}
	return nil
}

// mayObject asks whether somebody may object in a last call. Where those
// present decided, its quiet time belongs to who was absent (methods §8.1);
// otherwise to the seats.
func (s *State) mayObject(p *Process, by *circle.Actor, at spot) error {
	if err := s.hasStance(p, by.By); err != nil {
		return err
	}
	absentees := p.Quiet && p.Method.Present
	switch {
	case absentees && at.seat < 0 && s.Org.LevelIn(p.Circle, by.By) == circle.Full:
		return nil
	case absentees && at.seat >= 0:
		return ConsentedBefore.Refuse("who", by.By, "waiting", "who was not there")
	case p.Method.Objections.Outsiders, at.seat < 0 && s.objectsFromOutside(p, *by): // they are heard, and have no answer (M-159)
		return nil
	}
	return s.mayMove(p, Seated, by, at)
}

var noRound = &Round{}

// round is the running or the last round; one without anybody before the first.
func (p *Process) round() *Round {
	if p.Round == nil {
		return noRound
	}
	return p.Round
}

// standingOf words how somebody without a seat takes part in a case.
func (s *State) standingOf(p *Process, who circle.PersonID) string {
	if s.sitsFor(p, who) {
		return "a guest for this matter, and by the method " + p.Method.Name + " guests are heard and not asked"
	}
	return levelWords(s.Org.LevelIn(p.Circle, who), p.Circle)
}

func levelWords(l circle.Level, id circle.ID) string {
	switch l {
	case circle.Full:
		return "they came to " + string(id) + " after it opened, or were not there"
	case circle.Learning:
		return "a learning participant of " + string(id)
	case circle.OnLeave:
		return "on leave from " + string(id)
	case circle.Guest:
		return "a guest of " + string(id)
	}
	return "not a participant of " + string(id)
}

package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// The guards of the ways aside: what the method must offer, and when.
var (
	withinLimit   = Guard{Name: "the limit of the method is not reached", holds: (*State).withinLimit}
	limitSpent    = Guard{Name: "the limit of the method is reached, where it has one", holds: (*State).limitSpent}
	revisedEnough = Guard{Name: "the method's phases were held", holds: (*State).revisedEnough}
	goesUp        = Guard{Name: "the method goes to the broader circle when stuck", holds: stuckBy(GoesUp, "consent.escalate")}
	goesToVote    = Guard{Name: "the method goes to a vote when stuck, or the broadest circle's rules do", holds: (*State).goesToVote}
	breaksDown    = Guard{Name: "the method knows a breakdown of the process", holds: stuckBy(BreaksDown, "consent.declare-breakdown")}
	hasChair      = Guard{Name: "the method has a chair", holds: (*State).hasChair}
	discards      = Guard{Name: "the method lets who facilitates discard", holds: (*State).discards}
	movesOut      = Guard{Name: "the method lets a meeting take it", holds: (*State).movesOut}
	mayTakeBack   = Guard{Name: "the method leaves it to the proposer", holds: (*State).mayTakeBack}
	takingBack    = Guard{Name: "the proposer is taking it back", holds: (*State).takingBack}
	isOffered     = Guard{Name: "it is offered to another circle", holds: (*State).isOffered}
)

// The stages in which the circle is asked; those before the question, where a
// proposal may still go to another circle; and all in which something goes on.
var (
	atTable  = []Stage{StageIntake, StageClarify, StageReact, StageDecide, StageIntegrate, StageLastCall, StageRevise}
	unasked  = []Stage{StageIntake, StageClarify, StageReact, StageRevise}
	underWay = append(slices.Clone(atTable), StageParked, StageEscalated, StageBallot)
)

// exits are the stages beside the straight way, and the ways out when a
// proposal is stuck (methods §1.3.1, §1.3.2).
var exits = slices.Concat(
	[]Move{
		{StageDraft, "proposal.amend", Proposing, nil, to(StageDraft)},
		{StageDraft, "proposal.withdraw", Anybody, nil, to(StageWithdrawn)},
		{StageDraft, "consent.put-forward", Proposing, nil, to(StageIntake)},
		{StageDraft, AgeEnds.String(), TheClock, nil, to(StageExpired)},

		{StageRevise, "proposal.amend", Authors, nil, to(StageIntake, StageRevise)},
		{StageRevise, "proposal.withdraw", Anybody, nil, to(StageWithdrawn)},
		{StageRevise, "consent.dispute-class", FullOnes, nil, to(StageIntake)},
		{StageRevise, "consent.open-round clarify", Facilitating, guards(clarifyNext, inMeeting), to(StageClarify)},
		{StageRevise, "consent.open-round react", Facilitating, guards(reactNext, inMeeting), to(StageReact)},
		{StageRevise, "consent.open-round consent", Facilitating, putting(revisedEnough), to(StageDecide)},

		{StageIntegrate, "consent.escalate", Facilitating, guards(goesUp, limitSpent, triedEnough, mediated), to(StageEscalated)},
		{StageIntegrate, "consent.call-ballot", Facilitating, guards(goesToVote, limitSpent, mediated, deadlocked, inMeeting), to(StageBallot)},
		{StageIntegrate, "consent.declare", Facilitating, guards(hasChair, limitSpent), to(StageAdopted, StageNotAdopted)},
		{StageIntegrate, "consent.declare-breakdown", Recording, guards(breaksDown, limitSpent), to(StageIntegrate)},
		{StageEscalated, "consent.escalate", Conveying, nil, to(StageEscalated)},
		{StageEscalated, "consent.rule-on", Broader, nil, to(StageIntegrate, StageAdopted, StageNotAdopted, StageTransferred)},

		{StageBallot, "consent.respond", Seated, nil, to(StageBallot, StageIntegrate, StageAdopted, StageNotAdopted)},
		{StageBallot, "consent.skip", Facilitating, nil, to(StageBallot, StageIntegrate, StageAdopted, StageNotAdopted)},
		{StageBallot, "consent.close-round", Facilitating, nil, to(StageBallot, StageIntegrate, StageAdopted, StageNotAdopted)},

		{StageParked, "consent.resume", Owning, nil, to(StageIntake, StageIntegrate)},
		{StageParked, WakeUp.String(), TheClock, nil, to(StageIntake, StageIntegrate)},
	},
	stuckMoves,
	leaving([]Stage{StageDecide, StageIntegrate, StageLastCall}),
	setAside(atTable),
	handingOver(unasked),
	splitting(splittable),
	inEvery(underWay),
	restoring(append(slices.Clone(atTable), StageParked)),
)

// leaving are the ways of a proposal whose question was put and which is taken
// back, or out of its window.
func leaving(stages []Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out,
			Move{s, "proposal.withdraw", Anybody, guards(mayTakeBack), to(s, StageWithdrawn)},
			Move{s, "consent.move-to-meeting", FullOnes, guards(movesOut), to(StageWithdrawn)})
	}
	return out
}

// setAside are the ways that every proposal has while the circle is asked.
func setAside(stages []Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out,
			Move{s, "consent.park", Facilitating, nil, to(StageParked)},
			Move{s, "consent.discard", Facilitating, guards(discards), to(StageDiscarded)})
	}
	return out
}

// handingOver are the ways to another circle.
func handingOver(stages []Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out,
			Move{s, "consent.offer-transfer", Facilitating, nil, to(s)},
			Move{s, "consent.accept-transfer", Receiving, guards(isOffered), to(StageTransferred)},
			Move{s, "consent.refuse-transfer", Receiving, guards(isOffered), to(s)})
	}
	return out
}

// restoring are the ways back from a breakdown.
func restoring(stages []Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out, Move{s, "consent.restore-process", Keeping, nil, to(s)})
	}
	return out
}

// inEvery are the ways out of every stage in which something goes on.
func inEvery(stages []Stage) []Move {
	var out []Move
	for _, s := range stages {
		out = append(out,
			Move{s, "consent.supersede", Anybody, nil, to(s, StageSuperseded)},
			Move{s, "consent.take-over", FullOnes, guards(takingBack), to(s)},
			Move{s, GraceEnds.String(), TheClock, nil, to(StageWithdrawn)},
			Move{s, AgeEnds.String(), TheClock, nil, to(StageExpired)})
	}
	return out
}

// besides are the moves that do not bring a process on along its straight way.
func besides(from Stage) []Move {
	if !slices.Contains(atTable, from) || from == StageRevise {
		return slices.Concat(handingOver(unasked), splitting(splittable), inEvery(underWay), restoring(underWay))
	}
	return slices.DeleteFunc(slices.Clone(exits), func(m Move) bool { return m.From != from })
}

// --- what the guards ask ----------------------------------------------------

// reached says whether a limit on the work with objections is reached, and
// what is still open of it (M-187). Without a limit it is never reached.
func (p *Process) reached(now time.Time) (bool, []string) {
	l, a := p.Method.Limit, p.aside()
	var open []string
	for _, part := range []struct {
		most, got int
		what      string
	}{{l.Questions, a.Questions, "the question was put %d of %d times"}, {l.Meetings, a.Meetings, "%d of %d meetings were held on it"}} {
		if part.most == 0 {
			continue
		}
		if part.got >= part.most {
			return true, nil
		}
		open = append(open, fmt.Sprintf(part.what, part.got, part.most))
	}
	if l.Time.IsZero() || a.First.IsZero() {
		return false, open
	}
	ends := l.Time.After(a.First)
	return !now.Before(ends), append(open, "its time runs until "+circle.Plain(ends))
}

// withinLimit refuses to put the question again when the limit is reached and
// an objection stands: then the next step of the method is due (M-187). The limit
// bounds the work with objections, so without one the question may be put. A
// keeper may put it on.
func (s *State) withinLimit(p *Process, now time.Time) error {
	if p.Method.Limit.IsZero() || p.Stage == StageDecide || p.aside().Keeper != "" {
		return nil
	}
	if spent, _ := p.reached(now); spent && (p.Method.Formal || len(s.Objections.Standing(p.Proposal)) > 0) {
		return LimitReached.Refuse("proposal", p.Proposal, "method", p.Method.Name, "next", s.stepFor(p))
	}
	return nil
}

func (s *State) limitSpent(p *Process, now time.Time) error {
	if p.Method.Limit.IsZero() {
		return nil
	}
	if spent, open := p.reached(now); !spent {
		return LimitAhead.Refuse("proposal", p.Proposal, "open", open)
	}
	return nil
}

// nextStep is the command that a stuck question comes to by the method.
func (m *Method) nextStep() string {
	if m.Stuck == "" && m.Objections.Defer {
		return objection.Defer{}.Wire()
	}
	return map[Stuck]string{GoesUp: "consent.escalate", GoesToBallot: "consent.call-ballot", BreaksDown: "consent.declare-breakdown",
		GoesToChair: "consent.declare", GoesToMeeting: "consent.move-to-meeting", "": "nothing else"}[m.Stuck]
}

// notThisWay says that the method has no such way, and what it has.
func (s *State) notThisWay(p *Process, on string) error {
	return NotThisWay.Refuse("method", p.Method.Name, "command", on, "next", s.stepFor(p))
}

func stuckBy(by Stuck, on string) func(*State, *Process, time.Time) error {
	return func(s *State, p *Process, _ time.Time) error {
		if p.Method.Stuck != by {
			return s.notThisWay(p, on)
		}
		return nil
	}
}

func (s *State) hasChair(p *Process, _ time.Time) error {
	if !p.Method.Chair {
		return s.notThisWay(p, Declare{}.Wire())
	}
	return nil
}

func (s *State) discards(p *Process, _ time.Time) error {
	if !p.Method.Discard {
		return s.notThisWay(p, Discard{}.Wire())
	}
	return nil
}

func (s *State) movesOut(p *Process, _ time.Time) error {
	if p.Method.ToMeeting || p.Method.Stuck == GoesToMeeting && p.Stage == StageIntegrate {
		return nil
	}
	return s.notThisWay(p, MoveToMeeting{}.Wire())
}

// mayTakeBack asks what it takes to withdraw a proposal whose question was put
// (methods §8.12).
func (s *State) mayTakeBack(p *Process, _ time.Time) error {
	switch {
	case p.Method.Withdrawal == "":
		return ByConsentDrop.Refuse("proposal", p.Proposal)
	case !p.aside().Until.IsZero():
		return TakingBack.Refuse("proposal", p.Proposal, "until", p.aside().Until)
	}
	return nil
}

func (s *State) takingBack(p *Process, _ time.Time) error {
	if p.aside().Until.IsZero() {
		return NotLeaving.Refuse("proposal", p.Proposal)
	}
	return nil
}

func (s *State) isOffered(p *Process, _ time.Time) error {
	if p.aside().Offered == "" {
		return NoOffer.Refuse("proposal", p.Proposal)
	}
	return nil
}

// revisedEnough asks for the reactions after a friendly amendment that came
// while the text was being understood.
func (s *State) revisedEnough(p *Process, _ time.Time) error {
	if p.aside().From == StageClarify && p.Method.wants(ReactRound) {
		return NotAPhase.Refuse("method", p.Method.Name, "kind", ConsentRound, "next", "A "+string(ReactRound)+" round")
	}
	return nil
}

// --- who may ----------------------------------------------------------------

// conducts refuses who does not run the process of a case: who facilitates the
// circle, or since the process broke down its keeper alone (M-196).
func (s *State) conducts(p *Process, who circle.PersonID) error {
	keeper := p.aside().Keeper
	switch {
	case keeper == "":
		return s.facilitatesCase(p, who)
	case keeper != who:
		return NotKeeper.Refuse("proposal", p.Proposal, "keeper", keeper, "who", who)
	}
	return nil
}

// mayLeave asks whether a person is one of those who may take a way aside.
func (s *State) mayLeave(p *Process, w Who, who circle.PersonID) error {
	a := p.aside()
	switch w {
	case Proposing:
		if by := s.Matters.Proposal(p.Proposal).Proposer(); by != who {
			return proposal.NotEntitled.Refuse("who", who, "whose", "the proposer, "+string(by)+",")
		}
	case Owning:
		if s.owner(p) != who && s.conducts(p, who) != nil {
			return NotOwner.Refuse("who", who, "owner", a.Owner, "proposal", p.Proposal)
		}
	case Receiving:
		if a.Offered != "" {
			return s.facilitates(a.Offered, who)
		}
	case Keeping:
		if a.Keeper == "" {
			return NotBroken.Refuse("proposal", p.Proposal)
		}
		return s.conducts(p, who)
	case Recording:
		if !s.Org.Wears(p.Circle, circle.Secretary, who) {
			return s.conducts(p, who)
		}
	case Mediating:
		if a.Mediator != "" && a.Mediator != who {
			return NotMediator.Refuse("mediator", a.Mediator, "proposal", p.Proposal, "who", who)
		}
	case Conveying:
		if a.Arbiter != "" {
			return NotArbiter.Refuse("proposal", p.Proposal, "arbiter", a.Arbiter, "who", who)
		}
		return s.facilitates(a.To, who)
	case Broader:
		switch a.Arbiter {
		case "":
		case who:
			return nil
		default:
			return NotArbiter.Refuse("proposal", p.Proposal, "arbiter", a.Arbiter, "who", who)
		}
		return proposal.ByConsent.Refuse("who", who, "circle", a.To)
	default: // asked by mayMove
	}
	return nil
}

// owner is who looks after a parked proposal, "" once they have left the circle:
// then it is for who facilitates.
func (s *State) owner(p *Process) circle.PersonID {
	owner := p.aside().Owner
	if l := s.Org.LevelIn(p.Circle, owner); l != circle.Full && l != circle.Learning {
		return ""
	}
	return owner
}

// unbiased refuses an act of judgement by somebody whose own objection stands:
// for this case somebody else does it (methods §8.4).
func (s *State) unbiased(p *Process, who circle.PersonID) error {
	if own := s.Objections.StandingBy(p.Proposal, who); len(own) > 0 {
		return OwnPart.Refuse("who", who, "objections", objection.Names(own), "proposal", p.Proposal)
	}
	return nil
}

// mayDiscard refuses somebody who is a party to the case, or stands in for a
// Facilitator who is there.
func (s *State) mayDiscard(p *Process, who circle.PersonID) error {
	if s.Matters.Proposal(p.Proposal).Proposer() == who {
		return OwnProposal.Refuse("who", who, "proposal", p.Proposal)
	}
	if err := s.unbiased(p, who); err != nil {
		return err
	}
	return s.presides(p, who)
}

// mayDeclare refuses to declare an outcome over an objection that nobody has
// answered in substance, or by somebody who does not preside (M-154, M-175).
func (s *State) mayDeclare(p *Process, who circle.PersonID) error {
	if err := s.unbiased(p, who); err != nil {
		return err
	}
	for _, o := range s.Objections.Standing(p.Proposal) {
		if p.Method.Objections.Solved == objection.ByAnswer && !o.Answered {
			return objection.NotAnswered.Refuse("objection", o.ID)
		}
	}
	return s.presides(p, who)
}

// presides refuses who does not judge over the case as a whole: the Facilitator
// does, and never over their own proposal or objection while somebody else is
// there (methods §8.4).
func (s *State) presides(p *Process, who circle.PersonID) error {
	if p.aside().Keeper != "" {
		return s.conducts(p, who)
	}
	proposer := s.Matters.Proposal(p.Proposal).Proposer()
	chairs, full := s.chairsFor(p), s.Org.FullIn(p.Circle)
	neither := func(list []circle.PersonID) []circle.PersonID {
		return slices.DeleteFunc(slices.Clone(list), func(is circle.PersonID) bool {
			return is == proposer || len(s.Objections.StandingBy(p.Proposal, is)) > 0
		})
	}
	list := neither(chairs)
	for _, others := range [][]circle.PersonID{neither(s.standIns(p.Circle, chairs)), neither(full), full} {
		if len(list) == 0 {
			list = others
		}
	}
	if slices.Contains(list, who) || who != proposer && s.insteadOn(p) == "" && s.chairs(p.Circle, who) == nil {
		return nil
	}
	if who == proposer {
		return OwnProposal.Refuse("who", who, "proposal", p.Proposal)
	}
	return NotFacilitating.Refuse("who", who, "circle", p.Circle, "facilitators", list)
}

package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// handling are the moves by which a method deals with an objection: its test, what
// solves it, and its ways out. A dispute is tried once, and no other words for the
// objection, so that the world stays small.
func (x *worldRun) handling(s *State, o *objection.Objection, which string, out []worldMove) []worldMove {
	h := s.handlingOfWorld(o)
	if h == nil {
		return out
	}
	list := []objection.Command{objection.Abandon{Objection: o.ID, Reason: worldSay()}, objection.StandAside{Objection: o.ID, Reason: worldSay()},
		objection.ConfirmSolved{Objection: o.ID}, objection.Answer{Objection: o.ID, Answer: worldSay()},
		objection.Overrule{Objection: o.ID, Reason: worldSay()}}
	if h.Tester != "" {
		list = append(list, objection.Test{Objection: o.ID}, objection.EndTest{Objection: o.ID},
			objection.Weigh{Objection: o.ID, Qualifies: true, Reason: worldSay()}, objection.Weigh{Objection: o.ID, Reason: worldSay()},
			objection.Find{Objection: o.ID, Qualifies: true, Reason: worldSay()})
		list = append(list, worldFinding(o, h)...)
	}
	for _, c := range list {
		for _, who := range worldEverybody {
			detail := which
			if w, ok := c.(objection.Weigh); ok && w.Qualifies {
				detail += ", yes"
			}
			if f, ok := c.(objection.Find); ok && f.Qualifies {
				detail += ", yes"
			}
			out = append(out, worldMove{on: c.Wire(), by: who, detail: detail, cmd: c})
		}
	}
	return out
}

// worldFinding are what is argued and found criterion by criterion, all alike.
func worldFinding(o *objection.Objection, h *objection.Handling) []objection.Command {
	out := []objection.Command{}
	if o.Trial == nil {
		return out
	}
	find := objection.Find{Objection: o.ID, Reason: worldSay()}
	for _, c := range h.Criteria {
		switch {
		case slices.Contains(o.Trial.Argued, c.ID):
			find.Holds = append(find.Holds, c.ID)
		case c.Need != objection.Override:
			find.Lacks = append(find.Lacks, c.ID)
			out = append(out, objection.Argue{Objection: o.ID, Criterion: c.ID, Argument: worldSay()})
		}
	}
	if h.Tester == objection.ByReasoning && len(o.Trial.Disputes) == 0 {
		out = append(out, objection.Disagree{ID: "d", Objection: o.ID, Argument: worldSay()})
	}
	if h.Tester == objection.ByReasoning && len(o.Trial.Disputes) > 0 {
		out = append(out, objection.Concede{Objection: o.ID, Dispute: "d"})
	}
	return append(out, find)
}

// handlingOfWorld is how the case's method deals with objections, nil where it
// does no more than settle them in the next round.
func (s *State) handlingOfWorld(o *objection.Objection) *objection.Handling {
	p := s.processes[o.Proposal]
	if p == nil || (p.Method.Objections.Tester == "" && p.Method.Objections.Solved == "" && !p.Method.Objections.GoodFaith && !p.Method.Objections.StandAside) {
		return nil
	}
	return &p.Method.Objections
}

// leaving are the ways of the case aside and out of its process.
func (x *worldRun) leaving(s *State, out []worldMove) []worldMove {
	p := s.processes[worldCase]
	if p == nil {
		return out
	}
	list := []Command{Park{Proposal: worldCase, Owner: "cia", Wake: s.latest.Add(x.world.step), Reason: worldSay()}, Resume{Proposal: worldCase},
		Discard{Proposal: worldCase, Reason: worldSay()}, CallBallot{Proposal: worldCase, Reason: worldSay()},
		Declare{Proposal: worldCase, Outcome: DeclaresAdopted, Reason: worldSay()}, MoveToMeeting{Proposal: worldCase, Reason: worldSay()},
		DeclareBreakdown{Proposal: worldCase, Keeper: "gus", Reason: worldSay()}, RestoreProcess{Proposal: worldCase}}
	if p.Stage == StageBallot {
		list = append(list, Respond{Proposal: worldCase, Answer: Against})
	}
	for _, c := range list {
		detail := ""
		if r, ok := c.(Respond); ok {
			detail = r.Answer
		}
		for _, who := range worldEverybody {
			out = append(out, worldMove{on: c.Wire(), by: who, detail: detail, cmd: c})
		}
	}
	return out
}

// worldRoomsOwn are refusals of what a command itself says, which Permitted
// does not look at.
var worldRoomsOwn = map[string][]*circle.Code{
	"consent.close-round":        {TheirTime},
	"consent.come-back-to-me":    {CameBack},
	"consent.respond":            {OwnObjection},
	"consent.signal":             {NotInRound},
	"consent.skip":               {NotInRound, SpokenAlready, NotYourTurn},
	"consent.integrate":          {NotUnderstood, NotAmender, CircleDecides},
	"objection.raise":            {OneObjection},
	"objection.withdraw":         {objection.NotObjector},
	"objection.accept":           {objection.NotObjector, objection.NotMet, objection.AgreedAlready},
	"objection.confirm":          {objection.NotObjector, objection.NotRestated},
	"objection.restate":          {objection.Understood},
	"consent.open-round clarify": {NotBlocking},
	"consent.open-round react":   {NotBlocking},
	"consent.open-round options": {NotBlocking},
	"consent.open-round consent": {NotBlocking, DeciderNotFull},
	"consent.sponsor":            {SponsoredAlready},
	"consent.extend-window":      {NoWindow, ExtendedEnough},
	"consent.acknowledge":        {SpokenAlready},
	"proposal.amend":             {NotAmender},
	"consent.park":               {WakeBehind, NoOwner},
	"consent.declare":            {NotPutYet},
	"consent.declare-breakdown":  {BrokenAlready, OwnPart},
	"objection.argue":            {objection.NotObjector},
	"objection.concede":          {objection.UnknownDispute, objection.NotYourDispute},
	"objection.confirm-solved":   {objection.ObjectorFirst, NotProposer},
	"objection.dispute":          {circle.TakenID},
	"objection.end-test":         {objection.NotWeighedYet, objection.RulingFirst},
	"objection.find":             {objection.EachOnce, objection.OnlyForm, objection.UnknownCriterion, objection.RulingFirst},
	"objection.overrule":         {objection.NotAnswered},
	"objection.stand-aside":      {objection.NotObjector},
	"objection.test":             {objection.TestedAlready, objection.NobodyTests},
	"objection.weigh":            {objection.NotAPeer},

	"consent.open-round nominate": {NotBlocking},
	"consent.open-round reasons":  {NotBlocking},
	"consent.open-round change":   {NotBlocking},
	"consent.ask-to-propose":      {NotFull},
	"consent.change-nomination":   {NotNameable},
	"consent.nominate":            {NotNameable},
	"consent.propose-candidate":   {OwnCandidacy, WasNotNamed, WasDiscarded, StaysCandidate, NotCounted, TieFirst},
}

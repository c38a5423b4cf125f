package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// The guards of what a circle has agreed for the case that it is stuck.
var (
	triedEnough = Guard{Name: "as many meetings worked on it as the circle has agreed", holds: (*State).triedEnough}
	mediated    = Guard{Name: "somebody has mediated, where the circle wants that", holds: (*State).mediated}
	deadlocked  = Guard{Name: "the circle has said that it is deadlocked, where it wants that", holds: (*State).deadlocked}
	toMediate   = Guard{Name: "nobody mediates yet", holds: (*State).toMediate}
	mediating   = Guard{Name: "somebody mediates", holds: (*State).mediating}
)

// stuckMoves are the steps before a question is passed on or voted on.
var stuckMoves = []Move{
	{StageIntegrate, "consent.call-deadlock", FullOnes, nil, to(StageIntegrate)},
	{StageIntegrate, "consent.mediate", Facilitating, guards(toMediate), to(StageIntegrate)},
	{StageIntegrate, "consent.report-mediation", Mediating, guards(mediating), to(StageIntegrate)},
}

// The refusals of these steps.
var (
	TriedTooLittle = &circle.Code{ID: "tried-too-little", Kind: circle.ErrNotNow, Rule: "EC-43", Stands: circle.InRules,
		Says: "{circle} has agreed to work on a question in {most} meetings before it is passed on. {proposal} had {got} so far."}
	ForFacilitator = &circle.Code{ID: "for-the-facilitator", Kind: circle.ErrNotYou, Rule: "EC-43", Stands: circle.InRules,
		Says: "{circle} has agreed that the Facilitator alone passes a question on: {facilitators}, and not {who}."}
	MediationFirst = &circle.Code{ID: "mediation-first", Kind: circle.ErrNotNow, Rule: "§2.3 T22", Stands: circle.InRules,
		Says: "{circle} has agreed that somebody mediates before {proposal} goes further. consent.mediate asks somebody; then they have time until they report, or until it is over."}
	Mediates = &circle.Code{ID: "mediates-already", Kind: circle.ErrTaken, Rule: "§2.3 T22", Stands: circle.InRules,
		Says: "{mediator} looks for a way for {proposal} until {until}."}
	NoMediation = &circle.Code{ID: "no-mediation", Kind: circle.ErrNotNow, Rule: "§2.3 T22", Stands: circle.InRules,
		Says: "Nobody was asked to mediate on {proposal}, or they have reported."}
	NotMediator = &circle.Code{ID: "not-the-mediator", Kind: circle.ErrNotYou, Rule: "§2.3 T22", Stands: circle.InRules,
		Says: "{mediator} mediates on {proposal}, and says what came of it, and not {who}."}
	DeadlockFirst = &circle.Code{ID: "deadlock-first", Kind: circle.ErrNotNow, Rule: "M-192", Stands: circle.InRules,
		Says: "{circle} votes when {share} of it say that it is deadlocked on {proposal}. So far {got} of {all} say so (consent.call-deadlock)."}
	DeadlockSaid = &circle.Code{ID: "deadlock-said", Kind: circle.ErrTaken, Rule: "M-192", Stands: circle.InRules,
		Says: "{who} has said already that {circle} is deadlocked on {proposal}."}
	NoDeadlockRule = &circle.Code{ID: "no-deadlock-rule", Kind: circle.ErrNotNow, Rule: "M-192", Stands: circle.InRules,
		Says: "{circle} has not agreed which share of it says that it is deadlocked: nothing waits for that."}
	VotesInstead = &circle.Code{ID: "votes-instead", Kind: circle.ErrNotNow, Rule: "M-189", Stands: circle.InRules,
		Says: "There is no circle around {circle}. It has agreed to vote when it finds no consent, by {share} of those who take a side: consent.call-ballot."}
	NotArbiter = &circle.Code{ID: "not-the-arbiter", Kind: circle.ErrNotYou, Rule: "M-189", Stands: circle.InRules,
		Says: "{proposal} lies before {arbiter}, who alone answers, and not {who}."}
	NobodyTakes = &circle.Code{ID: "nobody-takes", Kind: circle.ErrNotValid, Rule: "M-189", Stands: circle.InEngine,
		Says: "An arbiter decides on {proposal} and takes it nowhere: the answer is adopt, decline or return."}
)

// lastWordCodes lists them.
func lastWordCodes() []*circle.Code {
	return append(appealCodes(), TriedTooLittle, ForFacilitator, MediationFirst, Mediates, NoMediation, NotMediator, DeadlockFirst, DeadlockSaid,
		NoDeadlockRule, VotesInstead, NotArbiter, NobodyTakes)
}

// --- who has the last word ------------------------------------------------------

// lastWord is who decides where a circle cannot ask a broader one: as it stood
// when the case was opened, or as the circle agreed since, where nothing stood.
func (s *State) lastWord(p *Process, at circle.ID) circle.LastWord {
	if at == p.Circle && !p.Rules.Stuck.Last.IsZero() {
		return p.Rules.Stuck.Last
	}
	return s.Org.RulesOf(at).Stuck.Last
}

// votesLast says that the circle lies in no other one and has agreed to vote
// when it finds no consent.
func (s *State) votesLast(p *Process) bool {
	return p.Method.Stuck == GoesUp && s.Org.Circle(p.Circle).Parent == "" && s.lastWord(p, p.Circle).By == circle.ByVote
}

// fallback is the rule by which a stuck question is voted on.
func (s *State) fallback(p *Process) RuleName {
	if s.votesLast(p) {
		share := s.lastWord(p, p.Circle).Share
		return Settle{Share: share.Part, Of: share.Of, Heard: true, Ballot: true}.Name()
	}
	return p.Method.Fallback
}

// ballotRule is the rule of the vote that goes on, or would be called now. One that
// was called keeps the rule that it was called under.
func (s *State) ballotRule(p *Process) RuleName {
	if name := p.aside().Ballot; !name.IsZero() {
		return name
	}
	return s.fallback(p)
}

// goesToVote asks whether the method, or the last word of the broadest circle,
// is a vote.
func (s *State) goesToVote(p *Process, _ time.Time) error {
	if p.Method.Stuck == GoesToBallot || s.votesLast(p) {
		return nil
	}
	return s.notThisWay(p, CallBallot{}.Wire())
}

// stepFor is the command that a stuck question comes to.
func (s *State) stepFor(p *Process) string {
	if s.votesLast(p) {
		return CallBallot{}.Wire()
	}
	return p.Method.nextStep()
}

// asksBeyond answers whom the broadest circle asks.
func (s *State) asksBeyond(p *Process, from circle.ID) (to circle.ID, arbiter circle.PersonID, err error) {
	last := s.lastWord(p, from)
	switch last.By {
	case circle.ByPanel:
		if c := s.Org.Circle(last.Panel); c == nil || c.Closed || last.Panel == from {
			return "", "", NoBroader.Refuse("circle", from, "proposal", p.Proposal)
		}
		return last.Panel, "", nil
	case circle.ByArbitration:
		if s.Org.Person(last.Arbiter) == nil {
			return "", "", circle.UnknownPerson.Refuse("who", last.Arbiter)
		}
		if s.Matters.Proposal(p.Proposal).Proposer() == last.Arbiter {
			return "", "", OwnProposal.Refuse("who", last.Arbiter, "proposal", p.Proposal)
		}
		return "", last.Arbiter, s.unbiased(p, last.Arbiter)
	case circle.ByVote:
		return "", "", VotesInstead.Refuse("circle", from, "share", last.Share)
	}
	return "", "", NoBroader.Refuse("circle", from, "proposal", p.Proposal)
}

// passesOn refuses who may not pass a question on, where the circle that has it
// leaves that to its Facilitator (EC-43).
func (s *State) passesOn(p *Process, who circle.PersonID) error {
	at, rules := p.Circle, p.Rules.Stuck
	if to := p.aside().To; to != "" {
		at, rules = to, s.Org.RulesOf(to).Stuck
	}
	if !rules.Facilitator || p.aside().Keeper != "" || s.chairs(at, who) == nil {
		return nil
	}
	return ForFacilitator.Refuse("circle", at, "facilitators", s.chairsOf(at), "who", who)
}

// --- what comes before ------------------------------------------------------------

func (s *State) triedEnough(p *Process, _ time.Time) error {
	if most, got := p.Rules.Stuck.Meetings, p.aside().Meetings; got < most {
		return TriedTooLittle.Refuse("circle", p.Circle, "most", most, "proposal", p.Proposal, "got", got)
	}
	return nil
}

// mediated asks that somebody has looked for a way. A mediator whose time is
// over without a report holds nobody up.
func (s *State) mediated(p *Process, now time.Time) error {
	a := p.aside()
	over := a.Mediator != "" && !now.Before(a.MediateBy)
	if p.Rules.Stuck.Mediation.IsZero() || a.Mediated || over {
		return nil
	}
	return MediationFirst.Refuse("circle", p.Circle, "proposal", p.Proposal)
}

func (s *State) toMediate(p *Process, now time.Time) error {
	if a := p.aside(); a.Mediator != "" && now.Before(a.MediateBy) {
		return Mediates.Refuse("mediator", a.Mediator, "proposal", p.Proposal, "until", a.MediateBy)
	}
	return nil
}

func (s *State) mediating(p *Process, _ time.Time) error {
	if p.aside().Mediator == "" {
		return NoMediation.Refuse("proposal", p.Proposal)
	}
	return nil
}

func (s *State) deadlocked(p *Process, _ time.Time) error {
	share := p.Rules.Stuck.Deadlock
	if share.IsZero() || p.aside().Deadlocked {
		return nil
	}
	got, all := s.deadlockOf(p)
	return DeadlockFirst.Refuse("circle", p.Circle, "share", share, "proposal", p.Proposal, "got", got, "all", all)
}

// deadlockOf counts who says that the circle is deadlocked, and everybody in it.
func (s *State) deadlockOf(p *Process, more ...circle.PersonID) (got, all int) {
	full := s.Org.FullIn(p.Circle)
	for _, who := range slices.Concat(p.aside().Deadlock, more) {
		if slices.Contains(full, who) {
			got++
		}
	}
	return got, len(full)
}

// triesAgain takes note that the question is put: nobody has said yet that the
// circle is deadlocked on it.
func (p *Process) triesAgain() {
	if p.Aside != nil {
		p.Aside.Deadlock, p.Aside.Deadlocked = nil, false
	}
}

// --- what the organisation lacks ---------------------------------------------------

// A Warning is something that the organisation lacks and may come to need.
type Warning struct {
	Code string
	Of   circle.ID
	Says string
}

// Warnings lists what the organisation lacks. Nothing is refused for it.
func (e *Engine) Warnings() []Warning {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.Warnings()
}

// Warnings lists what the organisation lacks: a root circle that goes to a
// broader one when it is stuck, and has none, needs somebody who has the last
// word (M-189, methods §8.17).
func (s *State) Warnings() []Warning {
	root := s.Org.RootCircle()
	rules := s.Org.RulesOf(root)
	m, err := s.method(string(rules.Method))
	if root == "" || err != nil || m.Stuck != GoesUp && m.Stuck != "" {
		return nil
	}
	last := rules.Stuck.Last
	if last.By == "" {
		return []Warning{{"no-last-word", root, fmt.Sprintf("When %s finds no consent, there is no circle around it that could answer: it has not agreed "+
			"who has the last word (stuck.last in its rules: vote, arbitration or panel).", root)}}
	}
	panel := s.Org.Circle(last.Panel)
	if last.By == circle.ByPanel && (panel == nil || panel.Closed) || last.By == circle.ByArbitration && s.Org.Person(last.Arbiter) == nil {
		return []Warning{{"last-word-gone", root, fmt.Sprintf("When %s finds no consent, %s%s has the last word, and is not there.", root, last.Panel, last.Arbiter)}}
	}
	return nil
}

// --- the steps -----------------------------------------------------------------------

func (c CallDeadlock) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	share := g.p.Rules.Stuck.Deadlock
	switch {
	case share.IsZero():
		return nil, NoDeadlockRule.Refuse("circle", g.p.Circle)
	case slices.Contains(g.p.aside().Deadlock, by.By):
		return nil, DeadlockSaid.Refuse("who", by.By, "circle", g.p.Circle, "proposal", c.Proposal)
	}
	events := []Event{&DeadlockCalled{Proposal: c.Proposal, By: by.By, Reason: c.Reason}}
	if got, all := s.deadlockOf(g.p, by.By); share.Met(got, all) && !g.p.aside().Deadlocked {
		events = append(events, &DeadlockDeclared{Proposal: c.Proposal, Got: got, Of: all, Share: share})
	}
	return g.to(events...)
}

func (c Mediate) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	switch {
	case err != nil:
		return nil, err
	case s.Org.Person(c.Mediator) == nil:
		return nil, circle.UnknownPerson.Refuse("who", c.Mediator)
	case g.text.Proposer() == c.Mediator:
		return nil, OwnProposal.Refuse("who", c.Mediator, "proposal", c.Proposal)
	}
	if err := s.unbiased(g.p, c.Mediator); err != nil {
		return nil, err
	}
	until := g.p.Rules.Stuck.Mediation.After(now)
	if g.p.Rules.Stuck.Mediation.IsZero() {
		until = mediationTime.After(now)
	}
	return g.to(&MediationBegan{Proposal: c.Proposal, Mediator: c.Mediator, By: by.By, Until: until, Reason: c.Reason})
}

// mediationTime is how long a mediator has in a circle that does not say so:
// the 90 days of the W3C.
var mediationTime = circle.MustPeriod("90d")

func (c ReportMediation) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	return g.to(&MediationReported{Proposal: c.Proposal, By: by.By, Found: c.Found, Report: c.Report})
}

func (e *DeadlockCalled) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Deadlock = append(slices.Clone(a.Deadlock), e.By)
}

func (e *DeadlockDeclared) apply(s *State) { s.processes[e.Proposal].stray().Deadlocked = true }

func (e *MediationBegan) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Mediator, a.MediateBy = e.Mediator, e.Until
}

func (e *MediationReported) apply(s *State) {
	a := s.processes[e.Proposal].stray()
	a.Mediator, a.MediateBy, a.Mediated = "", time.Time{}, true
}

// mediations lists the reports that mediators owe.
func (s *State) mediations(now time.Time) []Due {
	var out []Due
	for id, p := range s.processes {
		if a := p.aside(); a.Mediator != "" {
			out = append(out, Due{At: a.MediateBy, What: "mediation-report", Of: string(id), Part: string(a.Mediator), Past: !a.MediateBy.After(now)})
		}
	}
	return out
}

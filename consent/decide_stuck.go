package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// Against is the answer no in a ballot. It is no objection.
const Against = "against"

func (c Escalate) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if err := s.passesOn(g.p, by.By); err != nil {
		return nil, err
	}
	from := g.p.Circle
	if at := g.p.aside().To; at != "" { // asked before, and asks further
		from = at
	}
	to, arbiter, err := s.answerers(g.p, from, c.To)
	if err != nil {
		return nil, err
	}
	return g.to(&Escalated{Proposal: c.Proposal, To: to, Arbiter: arbiter, By: by.By, Reason: c.Reason, Packet: s.Packet(c.Proposal)})
}

// answerers are whom a circle asks that finds no consent: a broader one, the next
// if none is named; the broadest asks whom it has given the last word.
func (s *State) answerers(p *Process, from, to circle.ID) (circle.ID, circle.PersonID, error) {
	around := s.Org.Circle(from).Parent
	if around == "" {
		return s.asksBeyond(p, from)
	}
	if to == "" {
		to = around
	}
	switch {
	case s.Org.Circle(to) == nil:
		return "", "", circle.UnknownCircle.Refuse("circle", to)
	case to == from, !s.Org.Within(from, to):
		return "", "", NotBroader.Refuse("to", to, "circle", from)
	}
	return to, "", nil
}

// Nobody rules alone: the answer is a decision of the circle that was asked.
// Where none could be asked, and the circle agreed to it, an arbiter answers.
func (c RuleOn) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if c.Ruling == RulesTake {
		return nil, NobodyTakes.Refuse("proposal", c.Proposal)
	}
	return c.rule(g, by.By, "", now)
}

func (c RuleOn) carryOut(s *State, of circle.ID, now time.Time) ([]Event, error) {
	g, err := s.carried(c, c.Proposal)
	if err != nil {
		return nil, err
	}
	if to := g.p.aside().To; to != of {
		return nil, NotBefore.Refuse("proposal", c.Proposal, "to", to, "circle", of)
	}
	return c.rule(g, "", of, now)
}

// rule carries the answer of a circle or of an arbiter out.
func (c RuleOn) rule(g moving, by circle.PersonID, of circle.ID, now time.Time) ([]Event, error) {
	s := g.s
	e := &Ruled{Proposal: c.Proposal, Circle: of, By: by, Ruling: c.Ruling, Answer: c.Answer, Binding: c.Binding, At: now}
	switch c.Ruling {
	case RulesTake:
		events, err := g.handsOver(of, "", now)
		if err != nil {
			return nil, err
		}
		return g.to(append([]Event{e}, events...)...)
	case RulesDecline:
		return g.ends(e)
	case RulesAdopt:
		if i := slices.IndexFunc(g.text.Enacts, isProtected); i >= 0 {
			return nil, NotOverThem.Refuse("command", g.text.Enacts[i].Wire(), "circle", g.p.Circle, "to", string(of)+string(by))
		}
		events, err := s.adopt(g.p, g.p.round(), s.open(c.Proposal), now)
		if err != nil {
			return nil, err
		}
		return g.to(append([]Event{e}, events...)...)
	default:
		return g.to(e)
	}
}

func (c CallBallot) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	name := s.fallback(g.p)
	if _, err := s.rule(name); err != nil {
		return nil, err
	}
	if g.p.aside().Bound { // what binds binds a vote, too
		if err := s.conflictsSeen(g.p, now); err != nil {
			return nil, err
		}
	}
	round, err := s.roundFor(g.p, BallotRound, "", now)
	if err != nil {
		return nil, err
	}
	round.InTurn = false
	stand, _ := over(s.open(c.Proposal))
	return g.to(&BallotCalled{Proposal: c.Proposal, By: by.By, Reason: c.Reason, Rule: name, Follows: g.p.put, Over: stand}, round)
}

// isVote refuses what is no answer in a ballot. The ballot is counted when all
// have voted, or when who facilitates closes it.
func (c *Respond) isVote() error {
	if !slices.Contains([]string{Consents, Against, string(Abstains)}, c.Answer) {
		return NotAVote.Refuse("answer", c.Answer)
	}
	return nil
}

// settleBallot counts a ballot that is through by the fallback rule of the
// method. One in which too few voted decides nothing, and the circle works on.
func (s *State) settleBallot(p *Process, m *Move, would *Round, now time.Time, events []Event) ([]Event, error) {
	if !would.Complete() {
		return s.lead(p, m, events)
	}
	name := s.ballotRule(p)
	r, err := s.rule(name)
	if err != nil {
		return nil, err
	}
	open := s.open(p.Proposal)
	_, out := s.silent(p, would)
	seen := p.caseOf(would, s.inherited(p, would, open), out, now)
	v := judge(r, seen)
	groups := s.presence(p, would)
	e := &Judged{Proposal: p.Proposal, Version: would.Version, At: now, Rule: name, Outcome: ResultIntegrate,
		Why: named(slices.Concat(v.Why, groups))}
	if would.among() {
		e.Winners, e.Why = v.winners(), steps(e.Why)
	}
	switch {
	case present(groups) == nil && v.levelled():
		e.Outcome, e.Case = ResultTied, digest(seen)
		return s.lead(p, m, append(events, e))
	case present(groups) != nil, v.Outcome == Pending:
		e.Winners = nil
		return s.lead(p, m, append(events, e))
	case v.Outcome == Declined:
		e.Outcome, e.Final, e.Turnout, e.Case = ResultNotAdopted, true, s.turnout(p, would), digest(seen)
		return s.lead(p, m, slices.Concat(events, endings(open), []Event{e}))
	}
	done, failed := s.adopt(p, would, open, now, e.Winners...)
	if failed != nil {
		e.Winners = nil
		e.Why = append(e.Why, Reason{Code: "cannot-enact", Got: failed.Error()})
		return s.lead(p, m, append(events, e))
	}
	e.Outcome, e.Final, e.Turnout, e.Case = ResultAdopted, true, s.turnout(p, would), digest(seen)
	return s.lead(p, m, slices.Concat(events, []Event{e}, done))
}

// Declare leaves the objections that stand on record, by name (M-154). Adopted is
// only what was put to the circle: a chair judges what people have said, and to a
// newer version nobody has said anything (S3, methods §1.0).
func (c Declare) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	if err := s.mayDeclare(g.p, by.By); err != nil {
		return nil, err
	}
	if newest := g.text.Current().N; c.Outcome == DeclaresAdopted && g.p.question().Version != newest {
		return nil, NotPutYet.Refuse("proposal", c.Proposal, "version", newest)
	}
	open := s.open(c.Proposal)
	ids, who := over(open)
	d := &Declared{Proposal: c.Proposal, By: by.By, Outcome: c.Outcome, Over: ids, Reason: c.Reason}
	j := &Judged{Proposal: c.Proposal, Version: g.text.Current().N, At: now, Rule: g.p.Method.Rule, Final: true, Outcome: Result(c.Outcome),
		Why: []Reason{{Code: "declared-with-dissent", Holds: true, Got: circle.Plain(ids), Who: who}}}
	if len(ids) == 0 {
		j.Why[0].Code = "declared"
	}
	if c.Outcome == DeclaresNotAdopted {
		return g.ends(d, j)
	}
	events, err := s.adopt(g.p, g.p.round(), open, now)
	if err != nil {
		return nil, err
	}
	return g.to(append([]Event{d, j}, events...)...)
}

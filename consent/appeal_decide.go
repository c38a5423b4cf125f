package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// appeal returns an appeal that is not over.
func (s *State) appeal(id AppealID) (*Appeal, error) {
	a := s.appeals[id]
	switch {
	case a == nil:
		return nil, UnknownAppeal.Refuse("appeal", id)
	case a.Status == AppealIsOver:
		return nil, AppealStands.Refuse("appeal", id, "status", a.Status)
	}
	return a, nil
}

// appealInState returns an appeal in this state.
func (s *State) appealInState(id AppealID, want AppealStatus) (*Appeal, error) {
	a, err := s.appeal(id)
	if err == nil && a.Status != want {
		err = AppealStands.Refuse("appeal", id, "status", a.Status)
	}
	return a, err
}

// decided returns a decision that was made and stands.
func (s *State) decided(id proposal.ID) (*proposal.Proposal, error) {
	text := s.Matters.Proposal(id)
	if text != nil && text.Status == proposal.StatusAgreement {
		return text, nil
	}
	if p := s.Process(id); p != nil && p.Stage.Terminal() {
		return nil, Ended.Refuse("proposal", id, "stage", p.Stage)
	}
	if _, err := s.Matters.Get(id); err != nil {
		return nil, err
	}
	return nil, NothingToAppeal.Refuse("proposal", id)
}

func (c DraftAppeal) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	text, err := s.decided(c.Proposal)
	switch {
	case err != nil:
		return nil, err
	case s.appeals[c.ID] != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	rules, version := s.Org.RulesOf(text.Circle).Appeal, text.Agreement.Version
	if len(rules.Steps) == 0 {
		return nil, NoAppealPath.Refuse("circle", text.Circle)
	}
	if a := s.openAppeal(c.Proposal); a != nil {
		return nil, AppealThere.Refuse("proposal", c.Proposal, "appeal", a.ID)
	}
	for _, id := range s.Appeals(c.Proposal) {
		if a := s.appeals[id]; a.Version == version && a.Answer != "" && c.New.IsZero() {
			return nil, AppealedBefore.Refuse("version", version, "proposal", c.Proposal, "appeal", id)
		}
	}
	return []Event{&AppealDrafted{Appeal: c.ID, Proposal: c.Proposal, Circle: text.Circle, Version: version, By: by.By, Reason: c.Reason, New: c.New, Rules: rules}}, nil
}

func (c SignAppeal) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	a, err := s.appeal(c.Appeal)
	if err != nil {
		return nil, err
	}
	if a.signed(by.By) {
		return nil, SignedAlready.Refuse("who", by.By, "appeal", c.Appeal)
	}
	e := &AppealSigned{Appeal: c.Appeal, Proposal: a.Proposal, By: by.By}
	for _, who := range c.Related {
		if a.signed(who) {
			e.Related = append(e.Related, who)
		}
	}
	return []Event{e}, nil
}

func (c LeaveAppeal) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	a, err := s.appeal(c.Appeal)
	if err != nil {
		return nil, err
	}
	if !a.signed(by.By) {
		return nil, NotAppellant.Refuse("who", by.By, "appeal", c.Appeal)
	}
	events := []Event{&AppealLeft{Appeal: c.Appeal, Proposal: a.Proposal, By: by.By, Reason: c.Reason}}
	would := *a
	would.Signers = nil
	for _, signer := range a.Signers {
		if signer.Person != by.By {
			would.Signers = append(would.Signers, signer)
		}
	}
	wanted := a.Rules.Wanted()
	if len(would.Signers) > 0 && (a.Status == AppealGathers || len(would.unrelated(wanted)) == wanted) {
		return events, nil
	}
	outcome := Name("withdrawn")
	if a.Answer != "" {
		outcome = "settled"
	}
	return append(events, s.endsAppeal(a, outcome)...), nil
}

// endsAppeal ends an appeal, and the hold that came with it unless the circle
// decides again.
func (s *State) endsAppeal(a *Appeal, outcome Name) []Event {
	events := []Event{&AppealEnded{Appeal: a.ID, Proposal: a.Proposal, Outcome: outcome}}
	if a.Held && outcome != Name(RulesSentBack) && s.Matters.Particulars(a.Proposal).Held {
		events = append(events, &proposal.HoldLifted{Proposal: a.Proposal})
	}
	return events
}

func (c OpenAppeal) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	a, err := s.appealInState(c.Appeal, AppealGathers)
	if err != nil {
		return nil, err
	}
	if !a.signed(by.By) {
		return nil, NotAppellant.Refuse("who", by.By, "appeal", c.Appeal)
	}
	wanted := a.Rules.Wanted()
	if list := a.unrelated(wanted); len(list) < wanted {
		return nil, TooFewUnrelated.Refuse("want", wanted, "appeal", c.Appeal, "got", len(list), "who", list)
	}
	text := s.Matters.Proposal(a.Proposal)
	inForce := text != nil && text.Status == proposal.StatusAgreement
	moved := s.moveTo(a, 1, now)
	moved.By, moved.Holds = by.By, a.Rules.Suspends && inForce && !s.Matters.Particulars(a.Proposal).Held
	if !moved.Holds {
		return []Event{moved}, nil
	}
	return []Event{moved, &proposal.Held{Proposal: a.Proposal}}, nil
}

// moveTo brings an appeal before those who hear it in a step.
func (s *State) moveTo(a *Appeal, step int, now time.Time) *AppealMoved {
	next := a.Rules.Steps[step-1]
	return &AppealMoved{Appeal: a.ID, Proposal: a.Proposal, Step: step, Before: s.heardBy(a, next), Panel: next.Before == circle.BeforePanel, At: now}
}

func (c SpeakToAppeal) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	a, err := s.appealInState(c.Appeal, AppealIsOpen)
	if err != nil {
		return nil, err
	}
	m, err := s.sittingMeeting(c.Meeting)
	switch {
	case err != nil:
		return nil, err
	case !a.signed(by.By):
		return nil, NotAppellant.Refuse("who", by.By, "appeal", c.Appeal)
	case m.Circle != a.Before:
		return nil, NotHearing.Refuse("appeal", c.Appeal, "before", a.Before, "circle", m.Circle)
	}
	return []Event{&AppellantHeard{Appeal: c.Appeal, Proposal: a.Proposal, Meeting: c.Meeting, By: by.By, Text: c.Text}}, nil
}

// sessionsHeld counts a session of a circle for the appeals that lay before it
// from its beginning. When they are used up without an end, the appeal goes on
// by itself: a circle cannot sit it out. A meeting for other things alone does
// not count.
func (s *State) sessionsHeld(m *Meeting, now time.Time) []Event {
	if m.Plan != nil && m.Plan.Scope != nil {
		return nil
	}
	var out []Event
	for _, a := range s.hearsAppeals(m.Circle) {
		step := a.step()
		if step.Before == circle.BeforePanel || m.Opened.Before(a.Since) {
			continue
		}
		no := a.Sessions + 1
		out = append(out, &SessionHeld{Appeal: a.ID, Proposal: a.Proposal, Meeting: m.ID, No: no})
		if step.Sessions > 0 && no >= step.Sessions+a.More && !a.last() {
			out = append(out, s.moveTo(a, a.Step+1, now))
		}
	}
	return out
}

// heard returns the appeal on which a circle decides.
func (s *State) heard(id AppealID, of circle.ID) (*Appeal, error) {
	a, err := s.appealInState(id, AppealIsOpen)
	switch {
	case err != nil:
		return nil, err
	case a.Before != of, a.step().Before == circle.BeforePanel:
		return nil, NotHearing.Refuse("appeal", id, "before", a.Before, "circle", of)
	}
	return a, nil
}

// notAlone refuses what those who hear an appeal do by consent.
func (s *State) notAlone(id AppealID, by circle.Actor) ([]Event, error) {
	a, err := s.appealInState(id, AppealIsOpen)
	if err != nil {
		return nil, err
	}
	return nil, proposal.ByConsent.Refuse("who", by.By, "circle", a.Before)
}

func (c AnswerAppeal) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	return s.notAlone(c.Appeal, by)
}

func (c AnswerAppeal) carryOut(s *State, of circle.ID, now time.Time) ([]Event, error) {
	a, err := s.heard(c.Appeal, of)
	if err != nil {
		return nil, err
	}
	return s.answers(a, c, of)
}

// answers carries an answer out. That the decision stands ends the appeal only
// where nobody hears it after them, or a panel says so; those who bring it may be
// content before.
func (s *State) answers(a *Appeal, c AnswerAppeal, of circle.ID) ([]Event, error) {
	text := s.Matters.Proposal(a.Proposal)
	inForce := text != nil && text.Status == proposal.StatusAgreement
	events := []Event{&AppealAnswered{Appeal: a.ID, Proposal: a.Proposal, Circle: of, Ruling: c.Ruling, Answer: c.Answer, Mitigation: c.Mitigation}}
	switch {
	case c.Ruling == RulesUpheld && !a.last() && of != "":
		return events, nil
	case c.Ruling == RulesChanged && inForce && text.Agreement.Version == a.Version:
		return nil, NotChanged.Refuse("proposal", a.Proposal, "appeal", a.ID, "version", a.Version)
	case c.Ruling == RulesSentBack && !inForce:
		return nil, NothingToAppeal.Refuse("proposal", a.Proposal)
	case c.Ruling == RulesSentBack && c.Mitigation.IsZero() && !s.Matters.Particulars(a.Proposal).Held:
		return nil, MitigationWanted.Refuse("proposal", a.Proposal)
	}
	events = append(events, s.endsAppeal(a, Name(c.Ruling))...)
	if c.Ruling == RulesSentBack {
		events = append(events, &proposal.ReviewDue{Proposal: a.Proposal, Because: proposal.Appealed, Related: s.Matters.Related(a.Proposal)})
	}
	return events, nil
}

func (c ExtendAppeal) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	return s.notAlone(c.Appeal, by)
}

// mostSessions bounds by how many sessions an appeal is extended at once.
const mostSessions = 12

func (c ExtendAppeal) carryOut(s *State, of circle.ID, _ time.Time) ([]Event, error) {
	a, err := s.heard(c.Appeal, of)
	switch {
	case err != nil:
		return nil, err
	case a.step().Sessions == 0:
		return nil, NoSessionLimit.Refuse("appeal", c.Appeal)
	case c.Sessions < 1 || c.Sessions > mostSessions:
		return nil, BadSessions.Refuse("sessions", c.Sessions, "most", mostSessions)
	}
	return []Event{&AppealExtended{Appeal: a.ID, Proposal: a.Proposal, Sessions: c.Sessions}}, nil
}

func (c PassAppeal) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	a, err := s.appealInState(c.Appeal, AppealIsOpen)
	switch {
	case err != nil:
		return nil, err
	case a.step().Before != circle.BeforeBroader || a.step().Sessions > 0:
		return nil, NotToPass.Refuse("appeal", c.Appeal)
	}
	if err := s.mayPass(a, by.By); err != nil {
		return nil, err
	}
	to, root := s.Org.Circle(a.Before).Parent, s.Org.RootCircle()
	if c.At == MembersMeeting && a.Before == root && a.At == "" {
		to = root
	}
	switch {
	case to == "":
		return nil, NoBroader.Refuse("circle", a.Before, "proposal", a.Proposal)
	case c.At == MembersMeeting && to != root:
		return nil, NotAllMembers.Refuse("root", root, "circle", to)
	}
	return []Event{&AppealMoved{Appeal: a.ID, Proposal: a.Proposal, Step: a.Step, Before: to, As: c.At, By: by.By, At: now, Reason: c.Reason}}, nil
}

// mayPass refuses who does not facilitate the circle that hears an appeal, or
// before it has worked on it as often as it has agreed (EC-43).
func (s *State) mayPass(a *Appeal, who circle.PersonID) error {
	stuck := s.Org.RulesOf(a.Before).Stuck
	switch err := s.facilitates(a.Before, who); {
	case err != nil:
		return err
	case stuck.Facilitator && s.chairs(a.Before, who) != nil:
		return ForFacilitator.Refuse("circle", a.Before, "facilitators", s.chairsOf(a.Before), "who", who)
	case a.Sessions < stuck.Meetings:
		return HeardTooLittle.Refuse("circle", a.Before, "most", stuck.Meetings, "appeal", a.ID, "got", a.Sessions)
	}
	return nil
}

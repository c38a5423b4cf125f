package consent

import (
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// permittedOnDecision says what a person may do now about a decision that was
// made, where its circle has agreed how appeals are heard or holds are asked for. The
// law itself is asked, with nothing in the place of the words.
func (s *State) permittedOnDecision(by circle.Actor, id proposal.ID, now time.Time) []Permission {
	text := s.Matters.Proposal(id)
	if text == nil || text.Status != proposal.StatusAgreement || s.processes[id] != nil {
		return nil
	}
	var list []ownCommand
	rules := s.Org.RulesOf(text.Circle).Appeal
	if !rules.Hold.IsZero() {
		list = append(list, PetitionHold{Proposal: id}, VoteOnHold{Proposal: id})
	}
	if len(rules.Steps) > 0 {
		list = append(list, DraftAppeal{Proposal: id})
	}
	for _, of := range s.Appeals(id) {
		list = append(list, s.appealActs(of, by.By)...)
	}
	var out []Permission
	for _, c := range list {
		_, err := c.decide(s, by, now)
		out = append(out, Permission{c.Wire(), err})
	}
	return out
}

// appealActs are the commands that somebody may give on an appeal as it stands.
func (s *State) appealActs(id AppealID, who circle.PersonID) []ownCommand {
	a := s.appeals[id]
	switch {
	case a.Petition != nil && a.Status == AppealIsOver:
		return []ownCommand{PetitionAppeal{Appeal: id}}
	case a.Status == AppealIsOver:
		return nil
	}
	list := []ownCommand{SignAppeal{Appeal: id}, LeaveAppeal{Appeal: id}}
	if a.Status == AppealGathers {
		return append(list, OpenAppeal{Appeal: id})
	}
	if a.step().Before != circle.BeforePanel {
		return append(list, SpeakToAppeal{Appeal: id, Meeting: s.sitting[a.Before]}, PassAppeal{Appeal: id})
	}
	return append(list, NamePanel{Appeal: id}, JudgeAppeal{Appeal: id}, DismissPanellist{Appeal: id, Person: who}, ReportAppeal{Appeal: id, Ruling: a.leading(), Mitigation: circle.Say("?")})
}

// leading is what most of a panel say so far.
func (a *Appeal) leading() AppealRuling {
	best, most := RulesUpheld, 0
	for _, r := range []AppealRuling{RulesUpheld, RulesChanged, RulesSentBack} {
		if says, _ := a.find(r); says > most {
			best, most = r, says
		}
	}
	return best
}

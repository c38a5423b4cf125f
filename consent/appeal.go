package consent

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// AppealID names an appeal.
type AppealID string

// Check refuses what cannot be the name of an appeal.
func (id AppealID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *AppealID) Kind() string { return "appeal" }

// An Appeal is brought against a decision that was made, by people who cannot
// accept it. It goes from one body to the next, by the sessions that they hold,
// until it is settled (EC-51 to EC-56).
type Appeal struct {
	ID       AppealID
	Proposal proposal.ID
	Circle   circle.ID // that decided
	Version  int       // in force when it was begun
	Status   AppealStatus
	Signers  []Signer
	Rules    circle.Appeals // as they were when it was begun
	// Step counts the bodies from 1 on; Before is the circle that hears it now,
	// since when, and At says when that is more than a circle's own session.
	Step   int
	Before circle.ID
	At     Destination
	Since  time.Time
	// Sessions are those that the body has held, More those that it consented to
	// beyond its limit.
	Sessions int
	More     int
	Answer   AppealRuling // the last one
	Case     proposal.ID  // in which it was decided on; empty: by a panel, or not yet
	// Held says that the decision is on hold because of it.
	Held bool
	// Panel is who hears it where people are named for it (M-193).
	Panel []Panellist
	// Petition may bring it before the next circle after a panel has ended it.
	Petition *Petition
}

// AppealStatus is where an appeal stands.
type AppealStatus uint8

// The states of an appeal.
const (
	AppealGathers AppealStatus = 1 + iota // people sign it
	AppealIsOpen                          // a body hears it
	AppealIsOver
)

// String names the state.
func (s AppealStatus) String() string { return [...]string{"none", "gathering", "open", "over"}[s] }

// A Signer is somebody who brings an appeal, and those who signed before and
// are related to them, as the host said.
type Signer struct {
	Person  circle.PersonID
	Related []circle.PersonID
}

// Destination is where a circle hears an appeal when that is more than one of
// its own sessions.
type Destination string

// MembersMeeting is the meeting of all members: the broadest circle, called
// together with notice, where a vote may follow the consent round (EC-66).
const MembersMeeting Destination = "members-meeting"

// Values lists the destinations.
func (Destination) Values() []string { return []string{string(MembersMeeting)} }

// Check refuses a destination that nobody knows.
func (d Destination) Check() error { return among(string(d), d.Values()) }

// AppealRuling is what comes of an appeal.
type AppealRuling string

// The rulings.
const (
	RulesUpheld   AppealRuling = "upheld"    // the decision stands
	RulesChanged  AppealRuling = "changed"   // the circle has changed it since
	RulesSentBack AppealRuling = "sent-back" // the circle that decided decides again
)

// Values lists the rulings.
func (AppealRuling) Values() []string {
	return []string{string(RulesUpheld), string(RulesChanged), string(RulesSentBack)}
}

// Check refuses a ruling that nobody knows.
func (r AppealRuling) Check() error { return among(string(r), r.Values()) }

// Appeal returns an appeal, nil if there is none.
func (s *State) Appeal(id AppealID) *Appeal { return s.appeals[id] }

// Appeals lists the appeals against a decision, by name; all if it is empty.
func (s *State) Appeals(against proposal.ID) []AppealID {
	var out []AppealID
	for _, id := range slices.Sorted(maps.Keys(s.appeals)) {
		if against == "" || s.appeals[id].Proposal == against {
			out = append(out, id)
		}
	}
	return out
}

// signed says whether a person brings the appeal.
func (a *Appeal) signed(who circle.PersonID) bool {
	return slices.ContainsFunc(a.Signers, func(s Signer) bool { return s.Person == who })
}

// step is the one that the appeal has come to.
func (a *Appeal) step() circle.AppealStep {
	if a.Step == 0 {
		return circle.AppealStep{}
	}
	return a.Rules.Steps[a.Step-1]
}

// last says that nobody hears the appeal after this step.
func (a *Appeal) last() bool { return a.Step == len(a.Rules.Steps) }

// unrelated finds people among the signers of whom no two are related: as many
// as are wanted if there are, otherwise as many as there are. With so few
// wanted, trying them one after the other is quick.
func (a *Appeal) unrelated(wanted int) []circle.PersonID {
	var best []circle.PersonID
	var try func(from int, chosen []circle.PersonID)
	try = func(from int, chosen []circle.PersonID) {
		if len(chosen) > len(best) {
			best = slices.Clone(chosen)
		}
		for i := from; i < len(a.Signers) && len(best) < wanted; i++ {
			if who := a.Signers[i].Person; !slices.ContainsFunc(chosen, func(c circle.PersonID) bool { return a.related(c, who) }) {
				try(i+1, append(slices.Clone(chosen), who))
			}
		}
	}
	try(0, nil)
	return best
}

// related says whether two of the signers are.
func (a *Appeal) related(one, other circle.PersonID) bool {
	for _, s := range a.Signers {
		if s.Person == one && slices.Contains(s.Related, other) || s.Person == other && slices.Contains(s.Related, one) {
			return true
		}
	}
	return false
}

// openAppeal is the appeal against a decision that is not over, nil if none is.
func (s *State) openAppeal(against proposal.ID) *Appeal {
	for _, id := range s.Appeals(against) {
		if a := s.appeals[id]; a.Status != AppealIsOver {
			return a
		}
	}
	return nil
}

// hearsAppeals lists the open appeals that lie before a circle, by name.
func (s *State) hearsAppeals(of circle.ID) []*Appeal {
	var out []*Appeal
	for _, id := range s.Appeals("") {
		if a := s.appeals[id]; a.Status == AppealIsOpen && a.Before == of {
			out = append(out, a)
		}
	}
	return out
}

// heardBy is the circle that hears an appeal in a step. Where that is gone or was
// never there, the appeal goes to the circle around, up to the broadest one: it
// is never lost.
func (s *State) heardBy(a *Appeal, step circle.AppealStep) circle.ID {
	at := a.Circle
	switch step.Before {
	case circle.BeforeBody:
		at = step.Body
	case circle.BeforeBroader, circle.BeforePanel:
		if around := s.Org.Circle(a.Circle).Parent; around != "" {
			at = around
		}
	}
	for c := s.Org.Circle(at); c == nil || c.Closed; c = s.Org.Circle(at) {
		if at = s.Org.RootCircle(); c != nil && c.Parent != "" {
			at = c.Parent
		}
	}
	return at
}

// appellate adds to a question about an appeal the Delegates of the circle that
// decided, where they have a seat with the body that hears it (EC-53).
func (s *State) appellate(deeds []circle.Deed, full []circle.PersonID) []circle.PersonID {
	for _, d := range deeds {
		if a := s.appeals[appealOf(d)]; a != nil && a.step().Delegates {
			full = slices.Concat(full, without(s.Org.Wearers(a.Circle, circle.Delegate), full))
		}
	}
	return full
}

// appealOf names the appeal that a deed is about; empty: it is about none.
func appealOf(d circle.Deed) AppealID {
	if d, ok := d.(interface{ onAppeal() AppealID }); ok {
		return d.onAppeal()
	}
	return ""
}

// answersAppeal says whether a decision carries out an answer to an appeal: it
// stands in the thread of the decision that the appeal is against.
func answersAppeal(deeds []circle.Deed) bool {
	return slices.ContainsFunc(deeds, func(d circle.Deed) bool { return appealOf(d) != "" })
}

// nextOnAppeal says who must act next on the appeal against a decision.
func (s *State) nextOnAppeal(of proposal.ID) []Awaited {
	a := s.openAppeal(of)
	switch {
	case a == nil:
		return nil
	case a.Status == AppealGathers && len(a.unrelated(a.Rules.Wanted())) < a.Rules.Wanted():
		return []Awaited{{What: SignAppeal{}.Wire(), Of: string(of)}}
	case a.Status == AppealGathers:
		return []Awaited{{Who: a.people(), What: OpenAppeal{}.Wire(), Of: string(of)}}
	case a.step().Before == circle.BeforePanel:
		return s.nextOnPanel(a)
	}
	return []Awaited{{Who: s.appellate([]circle.Deed{AnswerAppeal{Appeal: a.ID}}, s.Org.FullIn(a.Before)),
		What: AnswerAppeal{}.Wire(), Of: string(of)}}
}

// people are those who bring the appeal.
func (a *Appeal) people() []circle.PersonID {
	var out []circle.PersonID
	for _, s := range a.Signers {
		out = append(out, s.Person)
	}
	return out
}

// dueAppeals lists what bodies owe an answer.
func (s *State) dueAppeals(now time.Time) []Due {
	var out []Due
	for _, id := range s.Appeals("") {
		a := s.appeals[id]
		if a.Status != AppealIsOpen {
			continue
		}
		at := a.Since
		if w := a.step().Within; !w.IsZero() {
			at = w.After(a.Since)
		}
		out = append(out, Due{At: at, What: "appeal", Of: string(a.Proposal), Part: string(a.Before), Past: !at.After(now)})
	}
	return out
}

// An appealer is a command for which the host says who is related.
type appealer interface {
	among(*State) []circle.PersonID
	withRelated([]circle.PersonID) Command
}

// withFacts fills in what the host knows and no member says of themselves: who
// of those who signed before is related to who signs now. Where it cannot be
// found out, they count as related.
func (e *Engine) withFacts(ctx context.Context, by circle.Actor, cmd Command) Command {
	c, ok := cmd.(appealer)
	if !ok || e.config.Unrelated == nil {
		return cmd
	}
	var related []circle.PersonID
	for _, other := range c.among(e.state) {
		if !e.unrelated(ctx, by.By, other) {
			related = append(related, other)
		}
	}
	return c.withRelated(related)
}

func (e *Engine) unrelated(ctx context.Context, a, b circle.PersonID) (are bool) {
	defer func() {
		if broken := recover(); broken != nil {
			e.config.Logger.Error("unrelated panicked")
			are = false
		}
	}()
	return e.config.Unrelated(ctx, a, b)
}

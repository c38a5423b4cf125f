package simulation_test

import (
	"errors"
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A client gives commands, one after the other. What it has no answer to, it sends
// again, to any host.
type client struct {
	no    int
	sent  *sent
	waits bool // for an answer: somebody else may come first meanwhile
}

// A sent command.
type sent struct {
	by    circle.PersonID
	cmd   consent.Command
	id    string
	tries int
}

// An acked command was accepted, and stands at a position for ever.
type acked struct {
	sent
	at uint64
}

// turn lets a client give a command to a host.
func (w *world) turn(h *host, c *client) {
	if c.sent == nil && len(w.acked) > 0 && w.happens(sentAgain) {
		w.again(h)
		return
	}
	if c.sent == nil {
		w.names++
		c.sent = &sent{id: fmt.Sprintf("k-%d", w.names)}
		h.look(func(s *consent.State) { c.sent.by, c.sent.cmd = w.compose(s) })
	}
	c.waits = true
	if w.give(h, c.sent) {
		c.sent = nil
	}
	c.waits = false
}

// again sends a command that was answered, or another under its id.
func (w *world) again(h *host) {
	old := w.acked[len(w.acked)-1-w.rng.IntN(min(len(w.acked), 8))]
	if w.rng.Uint32N(3) == 0 {
		w.reuse(h, old)
		return
	}
	old.tries++
	w.give(h, &old.sent)
}

// reuse sends another command under an id: under one id stands one command (S5).
func (w *world) reuse(h *host, old acked) {
	var err error
	w.given++
	h.hookSaid = false
	lives := h.during(func() {
		_, err = h.engine.Do(ctx, circle.Actor{By: old.by}, circle.Leave{Circle: "nowhere"}, consent.WithID(old.id))
	})
	var no *circle.Refusal
	switch {
	case !lives:
	case err == nil:
		w.breaks("S5: another command was accepted under the id %s", old.id)
	case errors.As(err, &no) && no.Code == consent.CommandReused:
		w.count(reusedRefused)
	}
}

// compose is what somebody might do who sees this state.
func (w *world) compose(s *consent.State) (circle.PersonID, consent.Command) {
	full, open := s.Org.FullIn(den), s.OpenProcesses()
	if len(full) == 0 {
		full = people // this host has not read so far yet
	}
	anybody := func() circle.PersonID { return choose(w, full) }
	switch n := w.rng.IntN(100); {
	case len(open) == 0, len(open) < 3 && n < 8:
		return anybody(), proposal.Submit{ID: proposal.ID(w.name("p")), Circle: den, Text: w.words(), Term: circle.MustPeriod([]string{"7d", "1m", "1y"}[w.rng.IntN(3)])}
	case n < 10:
		return anybody(), w.asks(s, open)
	case n < 13 && len(full) > 2:
		return w.leaver(s, full, open), circle.Leave{Circle: den}
	case n < 15:
		return choose(w, people), consent.Respond{Proposal: choose(w, open), Answer: consent.Consents}
	}
	p := s.Process(choose(w, open))
	switch p.Stage {
	case consent.StageIntake:
		return w.inIntake(s, p, anybody())
	case consent.StageDecide, consent.StageLastCall:
		return w.inDecide(s, p, anybody())
	default:
		return w.inIntegrate(s, p, anybody())
	}
}

func (w *world) name(prefix string) string {
	w.names++
	return fmt.Sprintf("%s-%d", prefix, w.names)
}

func (w *world) words() circle.Text { return circle.Say(fmt.Sprintf("words %d", w.names)) }

// leaver leaves: as a rule somebody whose objection stands, and never who ends legal holds.
func (w *world) leaver(s *consent.State, full []circle.PersonID, open []proposal.ID) circle.PersonID {
	full = slices.DeleteFunc(slices.Clone(full), func(who circle.PersonID) bool { return s.Org.Wears(den, circle.Secretary, who) })
	for _, id := range open {
		for _, o := range s.Objections.Standing(id) {
			if slices.Contains(full, o.By) && w.rng.Uint32N(2) == 0 {
				return o.By
			}
		}
	}
	return choose(w, full)
}

// asks puts a question that lets somebody join, changes the rules, or drops
// something.
func (w *world) asks(s *consent.State, open []proposal.ID) consent.Ask {
	c := consent.Ask{ID: proposal.ID(w.name("q")), Circle: den, Question: w.words()}
	switch w.rng.IntN(4) {
	case 0:
		c.Enacts = []circle.Deed{proposal.Drop{Proposal: choose(w, open), Reason: w.words()}}
	case 1:
		rules := s.Org.Circle(den).Rules
		rules.Absence.Silence = []circle.Silence{circle.Wait, circle.Bound}[w.rng.IntN(2)]
		c.Enacts = []circle.Deed{circle.AgreeRules{Circle: den, Rules: rules}}
	default:
		c.Enacts = []circle.Deed{circle.Join{Circle: den, Person: choose(w, people), Level: circle.Full}}
	}
	return c
}

func (w *world) inIntake(s *consent.State, p *consent.Process, who circle.PersonID) (circle.PersonID, consent.Command) {
	by := s.Matters.Proposal(p.Proposal).Proposer()
	switch w.rng.IntN(16) {
	case 0:
		return by, proposal.Amend{Proposal: p.Proposal, Text: w.words()}
	case 1:
		return by, proposal.Withdraw{Proposal: p.Proposal}
	case 2:
		return who, consent.Respond{Proposal: p.Proposal, Answer: consent.Consents}
	}
	return who, consent.OpenRound{Proposal: p.Proposal, Round: consent.ConsentRound}
}

func (w *world) inDecide(s *consent.State, p *consent.Process, who circle.PersonID) (circle.PersonID, consent.Command) {
	if list := unheard(p); len(list) > 0 {
		who = choose(w, list)
	} else if by := unsaid(p); by != "" && w.rng.Uint32N(2) == 0 {
		return by, w.objects(p)
	}
	standing := s.Objections.Standing(p.Proposal)
	switch n := w.rng.IntN(24); {
	case n < 3:
		return who, w.objects(p)
	case n == 3:
		return who, consent.CloseRound{Proposal: p.Proposal}
	case n == 4:
		return who, objection.Voice{ID: objection.ID(w.name("o")), Proposal: p.Proposal, Text: w.words()}
	case n == 5:
		return s.Matters.Proposal(p.Proposal).Proposer(), proposal.Withdraw{Proposal: p.Proposal}
	case n < 8 && len(standing) > 0:
		return w.ends(choose(w, standing))
	}
	return who, w.consents(p)
}

// unheard are those with a seat who have not answered.
func unheard(p *consent.Process) (out []circle.PersonID) {
	if p.Round == nil {
		return nil
	}
	for _, seat := range p.Round.Seats {
		answered := slices.ContainsFunc(p.Round.Answers, func(a consent.Answer) bool { return a.Seat == seat.Person && a.Version == p.Round.Version })
		sealed := slices.ContainsFunc(p.Round.Sealed, func(a consent.Sealed) bool { return a.Person == seat.Person })
		if !answered && !sealed {
			out = append(out, seat.Person)
		}
	}
	return out
}

// unsaid is somebody who has objected and not said why, "" nobody.
func unsaid(p *consent.Process) circle.PersonID {
	if p.Round == nil {
		return ""
	}
	for _, a := range p.Round.Answers {
		if a.Position == consent.Objects {
			return a.Seat
		}
	}
	return ""
}

// consents answers a question; sealed, where all answers are.
func (w *world) consents(p *consent.Process) consent.Command {
	if p.Round != nil && p.Round.Veiled {
		return consent.SealAnswer{Proposal: p.Proposal, Answer: circle.Say(consent.Consents)}
	}
	return consent.Respond{Proposal: p.Proposal, Answer: consent.Consents}
}

func (w *world) objects(p *consent.Process) consent.Command {
	if p.Round != nil && p.Round.Veiled {
		return consent.SealAnswer{Proposal: p.Proposal, Answer: circle.Say(consent.Objects), Reason: w.words()}
	}
	return objection.Raise{ID: objection.ID(w.name("o")), Proposal: p.Proposal, Aim: circle.WholeAim, Argument: w.words()}
}

// ends lets who raised an objection end it.
func (w *world) ends(o *objection.Objection) (circle.PersonID, consent.Command) {
	switch w.rng.IntN(3) {
	case 0:
		return o.By, objection.ConfirmSolved{Objection: o.ID}
	case 1:
		return o.By, objection.Accept{Objection: o.ID}
	}
	return o.By, objection.Withdraw{Objection: o.ID}
}

func (w *world) inIntegrate(s *consent.State, p *consent.Process, who circle.PersonID) (circle.PersonID, consent.Command) {
	standing := s.Objections.Standing(p.Proposal)
	switch n := w.rng.IntN(12); {
	case n < 3 && len(standing) > 0:
		return w.ends(choose(w, standing))
	case n < 7 && len(standing) > 0:
		c := consent.Integrate{Proposal: p.Proposal, Text: w.words()}
		for _, o := range standing {
			c.Meets = append(c.Meets, consent.Meets{Objection: o.ID, Tools: []circle.Tool{circle.Amend}})
		}
		if w.rng.Uint32N(2) == 0 {
			who = s.Matters.Proposal(p.Proposal).Proposer()
		}
		return who, c
	case n == 7:
		return s.Matters.Proposal(p.Proposal).Proposer(), proposal.Withdraw{Proposal: p.Proposal}
	}
	return who, consent.OpenRound{Proposal: p.Proposal, Round: consent.ConsentRound}
}

func choose[T any](w *world, list []T) T { return list[w.rng.IntN(len(list))] }

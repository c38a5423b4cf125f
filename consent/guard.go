package consent

import (
	"slices"
	"strconv"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

func (s *State) roundDone(p *Process, _ time.Time) error {
	r := p.round()
	if p.Round == nil || r.Closed || r.Complete() {
		return s.goesOn(p, time.Time{})
	}
	return RoundRunning.Refuse("kind", r.Kind, "awaited", r.Awaited())
}

func (s *State) goesOn(p *Process, _ time.Time) error { return p.round().goesOn() }

// goesOn refuses while a stop card lies on the table.
func (r *Round) goesOn() error {
	if len(r.Stops) > 0 {
		return Suspended.Refuse("who", r.Stops)
	}
	return nil
}

func (s *State) inMeeting(p *Process, _ time.Time) error {
	if err := s.inScope(p); err != nil {
		return err
	}
	if !p.Method.Meeting {
		return nil
	}
	m := s.openMeeting(p.Circle)
	if m == nil || !slices.Contains(m.Items, p.Proposal) {
		return MeetingFirst.Refuse("circle", p.Circle, "proposal", p.Proposal)
	}
	if p.Method.Agenda && !m.Agenda {
		return AgendaFirst.Refuse("meeting", m.ID)
	}
	return nil
}

func (s *State) clarifyNext(p *Process, _ time.Time) error {
	if p.Method.wants(ClarifyRound) {
		return nil
	}
	return p.notAPhase(ClarifyRound)
}

func (s *State) reactNext(p *Process, _ time.Time) error {
	if p.Method.wants(ReactRound) && (p.Stage != StageIntake || !p.Method.wants(ClarifyRound)) {
		return nil
	}
	return p.notAPhase(ReactRound)
}

// phasesDone asks whether the rounds that the method wants before the question
// were held: from Intake none may be wanted, from Clarify no reactions.
func (s *State) phasesDone(p *Process, _ time.Time) error {
	if p.Stage == StageIntake && len(p.Method.Phases) > 0 || p.Stage == StageClarify && p.Method.wants(ReactRound) {
		return p.notAPhase(ConsentRound)
	}
	return nil
}

func (p *Process) notAPhase(k RoundKind) error {
	next := ConsentRound
	for _, phase := range p.Method.Phases {
		if stageOf[phase] > p.Stage {
			next = phase
			break
		}
	}
	return NotAPhase.Refuse("method", p.Method.Name, "kind", k, "next", "A "+string(next)+" round")
}

func (s *State) responseMade(p *Process, _ time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	if !p.Rules.Responses || text.Sort == proposal.Process {
		return nil
	}
	if answersAppeal(text.Enacts) { // the need is that of the decision which was appealed
		return nil
	}
	if text.Need == "" {
		return NeedFirst.Refuse("circle", p.Circle)
	}
	if !s.Matters.Need(text.Need).Responded() {
		return ResponseFirst.Refuse("circle", p.Circle, "need", text.Need)
	}
	return nil
}

// longTermSeen asks a circle that has taken a matter over whether it may decide on
// it itself, where the text is to last as long as what belongs further up (EC-59).
// The circle in which it began has answered that before.
func (s *State) longTermSeen(p *Process, _ time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	n, term := s.Matters.Need(text.Need), text.Current().Term
	if n == nil || n.Circle == p.Circle || text.Sort == proposal.Process {
		return nil
	}
	switch n.LongTermFor(p.Circle, p.Rules.LongTerm, term) {
	case proposal.Unanswered:
		return proposal.LongTermOpen.Refuse("need", n.ID, "effect", term, "circle", p.Circle)
	case proposal.BelongsUp:
		return proposal.LongTermUp.Refuse("need", n.ID, "effect", term, "circle", p.Circle)
	}
	return nil
}

func (s *State) conflictsSeen(p *Process, _ time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	if v := text.Current(); (p.Rules.Conflicts || text.Parallel || p.aside().Bound) && text.Sort != proposal.Process && v.Conflicts != proposal.Clear {
		return ConflictsFirst.Refuse("version", v.N, "proposal", p.Proposal)
	}
	return nil
}

func (s *State) termGiven(p *Process, _ time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	if p.Method.Term && text.Sort == proposal.Policy && text.Current().Term.IsZero() {
		return TermFirst.Refuse("proposal", p.Proposal)
	}
	return nil
}

func (s *State) formatsThere(p *Process, _ time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	if text.Sort == proposal.Process {
		return nil
	}
	for _, who := range s.asked(p.Circle) {
		missing, _ := text.ReadyFor(s.Org.Reads(who))
		if missing == nil {
			continue
		}
		code := RenditionMissing
		if text.Stale(missing[0]) {
			code = RenditionStale
		}
		return code.Refuse("who", who, "version", text.Current().N, "proposal", p.Proposal, "format", missing[0])
	}
	return nil
}

func (s *State) readingOver(p *Process, now time.Time) error {
	text := s.Matters.Proposal(p.Proposal)
	if text.Sort == proposal.Process {
		return nil
	}
	who, until := s.lastReader(p, text)
	if now.Before(until) {
		return StillReading.Refuse("who", who, "version", text.Current().N, "proposal", p.Proposal, "until", until)
	}
	return nil
}

// lastReader is the full participant whose reading time ends last, and when.
func (s *State) lastReader(p *Process, text *proposal.Proposal) (last circle.PersonID, until time.Time) {
	for _, who := range s.asked(p.Circle) {
		person := s.Org.Reads(who)
		_, from := text.ReadyFor(person)
		if from.Before(p.Opened) { // nobody was asked while it was a draft
			from = p.Opened
		}
		t := circle.LongestReading(p.Rules.Reading, person.Reading, text.Current().N > 1, from)
		if t.After(until) {
			last, until = who, t
		}
	}
	return last, until
}

func (s *State) objectionsMet(p *Process, _ time.Time) error {
	newest := s.Matters.Proposal(p.Proposal).Current().N
	open := slices.DeleteFunc(s.Objections.Standing(p.Proposal), func(o *objection.Objection) bool {
		return o.Status == objection.StatusMet && o.In == newest
	})
	if len(open) > 0 {
		return NotMetYet.Refuse("objections", objection.Names(open))
	}
	return nil
}

// presence counts, for each group that must be there when the decision closes,
// the seats that spoke for themselves (CP-2).
func (s *State) presence(p *Process, r *Round) []Reason {
	var out []Reason
	for _, rule := range p.Rules.Presence {
		if rule.Major && !p.Major {
			continue
		}
		got := 0
		for _, seat := range r.Seats {
			if a := r.Answer(seat.Person); a != nil && (!a.Silent || p.Method.WhoObjects) && slices.Contains(rule.Classes, seat.Class) {
				got++
			}
		}
		out = append(out, Reason{Code: "presence", Holds: got >= rule.AtLeast, Got: strconv.Itoa(got),
			Need: strconv.Itoa(rule.AtLeast), Of: rule.Classes})
	}
	return out
}

// present refuses when a group that must be there is not.
func present(reasons []Reason) error {
	for _, r := range reasons {
		if !r.Holds {
			return PresenceNotMet.Refuse("group", r.Of, "got", r.Got, "need", r.Need)
		}
	}
	return nil
}

func (s *State) noneStands(p *Process, _ time.Time) error {
	if open := s.Objections.Standing(p.Proposal); len(open) > 0 {
		return NotMetYet.Refuse("objections", objection.Names(open))
	}
	return nil
}

func (s *State) someStand(p *Process, _ time.Time) error {
	if len(s.Objections.Standing(p.Proposal)) == 0 {
		return p.notAPhase(OptionsRound)
	}
	return nil
}

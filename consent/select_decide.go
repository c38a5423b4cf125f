package consent

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// selectionMatter is the kind of matter for which a circle may name the method by
// which it selects.
const selectionMatter = "selection"

// methodForSelecting is the method by which a circle selects: the one for the
// matter, if it selects, or the one for selections that goes with it.
func (s *State) methodForSelecting(of circle.ID) (*Method, error) {
	rules := s.Org.RulesOf(of)
	m, err := s.method(string(rules.MethodFor(selectionMatter)))
	if err != nil {
		return nil, err
	}
	if !selects(m) {
		if m = s.methods[m.Name+"-"+selectionMatter]; m == nil || !selects(m) {
			return nil, NoSelecting.Refuse("method", rules.MethodFor(selectionMatter), "circle", of)
		}
	}
	_, err = s.rule(m.Rule)
	return m, err
}

func (c OpenSelection) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	if s.Org.Circle(c.Circle) == nil {
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	}
	if s.Org.LevelIn(c.Circle, by.By) != circle.Full {
		return nil, NotFull.Refuse("who", by.By, "circle", c.Circle)
	}
	if s.Process(c.ID) != nil {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	if err := c.sound(s, now); err != nil {
		return nil, err
	}
	if c.Text.IsZero() {
		return nil, SayWhatIsAsked.Refuse("circle", c.Circle)
	}
	if len(c.Roles) > 0 && c.Term.IsZero() && s.selected[c.Roles[0]] != nil {
		c.Term = s.selected[c.Roles[0]].Term
	}
	m, err := s.methodForSelecting(c.Circle)
	if err != nil {
		return nil, err
	}
	if err := c.fits(m); err != nil {
		return nil, err
	}
	events, err := s.direct(by, now, proposal.Submit{ID: c.ID, Circle: c.Circle, Text: c.Text, Term: c.Term, Sort: proposal.Process})
	if err != nil {
		return nil, err
	}
	events = append(events, s.opened(c.ID, c.Circle, "", m, now),
		&SelectionOpened{Proposal: c.ID, Roles: c.Roles, Options: c.Options, Beside: c.Beside})
	agreed, err := (&Process{Proposal: c.ID, Selection: &Selection{Roles: c.Roles}}).checksIn(c.CheckIn)
	if err != nil {
		return nil, err
	}
	return s.settled(append(events, agreed...), nil)
}

// sound refuses what cannot be selected: roles of another circle, a role for
// which a selection runs, options that are none.
func (c OpenSelection) sound(s *State, now time.Time) error {
	if (len(c.Roles) == 0) == (len(c.Options) == 0) || len(c.Options) == 1 {
		return OneKind.Refuse()
	}
	for i, o := range c.Options {
		twice := slices.ContainsFunc(c.Options[:i], func(p Choice) bool { return p.ID == o.ID })
		if twice || reserved(o.ID) {
			return OneKind.Refuse()
		}
		if err := s.enactable(c.Circle, now, o.Enacts); err != nil {
			return err
		}
		if err := s.asRemoval("", o.Enacts); err != nil {
			return err
		}
	}
	for _, id := range c.Roles {
		r := s.Org.Role(id)
		if r == nil {
			return circle.UnknownRole.Refuse("role", id)
		}
		if r.Circle != c.Circle {
			return RoleElsewhere.Refuse("role", id, "at", r.Circle, "circle", c.Circle)
		}
		for _, open := range s.OpenProcesses() {
			if sel := s.processes[open].Selection; sel != nil && slices.Contains(sel.Roles, id) {
				return SelectsAlready.Refuse("circle", c.Circle, "role", id, "proposal", open)
			}
		}
	}
	return nil
}

func (c Nominate) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return c.decideOpened(s, by, now, nil)
}

// opens are the nominations of the others, where this one is the last.
func (c Nominate) opens(s *State, by circle.Actor) []Sealed {
	p := s.processes[c.Proposal]
	if p == nil || p.Stage != StageNominate || !p.lastToSeal(by.By) {
		return nil
	}
	return p.Round.Sealed
}

func (c Nominate) decideOpened(s *State, by circle.Actor, now time.Time, words opened) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if err := p.veiled(); err != nil {
		return nil, err
	}
	said, _ := c.Names.Words()
	if err := s.nameable(p, by.By, namesIn(said)); err != nil {
		return nil, err
	}
	e := &AnswerSealed{Proposal: c.Proposal, By: by.By, Version: p.Round.Version, Answer: circle.Say(said)}
	if words == nil || !p.lastToSeal(by.By) {
		return []Event{e}, nil
	}
	would := p.Round.copied()
	would.seal(Sealed{Person: by.By})
	words[by.By] = said
	return s.lead(p, m, []Event{e, s.openNominations(p, would, words, "", now)})
}

// namesIn reads the names of a nomination.
func namesIn(said string) []Name {
	var out []Name
	for _, name := range strings.Split(said, ",") {
		out = append(out, Name(strings.TrimSpace(name)))
	}
	return out
}

// nameable refuses what cannot be named: too few or too many names, one twice,
// somebody unknown, or what the method does not have.
func (s *State) nameable(p *Process, who circle.PersonID, names []Name) error {
	sel, c := p.Selection, p.Method.Selecting
	if c.By == ByObjections {
		return p.againstEach(names)
	}
	if len(names) == 1 && names[0] == passing {
		if c.Pass {
			return nil
		}
		return NoAbstaining.Refuse("method", p.Method.Name)
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(names)))
	if len(names) != sel.seats() || len(distinct) != len(names) && !reserved(names[0]) {
		return NamesForSeats.Refuse("need", sel.seats(), "got", len(distinct))
	}
	for _, name := range names {
		if why := s.unnameable(p, who, name); why != "" {
			return NotNameable.Refuse("name", name, "why", why)
		}
	}
	return nil
}

// unnameable says why somebody, or something, cannot be named; "" if they can.
func (s *State) unnameable(p *Process, who circle.PersonID, name Name) string {
	sel, may := p.Selection, func(n Naming) bool { return slices.Contains(p.Method.Selecting.May, n) }
	person := circle.PersonID(name)
	switch {
	case slices.Contains(sel.Discarded, name):
		return "they were a candidate in this selection already"
	case len(sel.Among) > 0 && !slices.Contains(sel.Among, name):
		return "it is among fewer now"
	case name == Name(NamesOutside) || name == Name(NamesNobody):
		return notUnless(may(Naming(name)))
	case len(sel.Options) > 0:
		if sel.option(name) == nil {
			return "it is none of the options"
		}
	case s.Org.Person(person) == nil:
		return "nobody of that name is known"
	case person == who:
		return notUnless(may(NamesSelf))
	case s.Org.LevelIn(p.Circle, person) != circle.Full:
		return notUnless(may(NamesOutsider))
	}
	return ""
}

func notUnless(may bool) string {
	if may {
		return ""
	}
	return "by the method nobody does"
}

// openNominations makes the event that opens the nominations.
func (s *State) openNominations(p *Process, would *Round, words opened, by circle.PersonID, now time.Time) *NominationsOpened {
	e := &NominationsOpened{Proposal: p.Proposal, By: by, At: now}
	for _, sealed := range would.Sealed {
		w, there := words[sealed.Person]
		if !there {
			e.Gone = append(e.Gone, sealed.Person)
			continue
		}
		e.Nominations = append(e.Nominations, p.named(sealed.Person, w))
	}
	for _, seat := range would.Seats {
		if !would.hasSealed(seat.Person) {
			e.Missing = append(e.Missing, seat.Person)
		}
	}
	for _, n := range e.Nominations {
		e.Barred = s.barred(p, n.Names, now, e.Barred)
	}
	return e
}

// barred adds those of the named who could not take the role as things are, so
// that the circle knows it before it weighs them.
func (s *State) barred(p *Process, names []Name, now time.Time, out []Barred) []Barred {
	for i, role := range p.Selection.Roles {
		if i >= len(names) || reserved(names[i]) {
			continue
		}
		b := Barred{Name: names[i], Role: role}
		no, refused := s.withRoom(p.Selection, nil).deedRefusal(p, now, &circle.GiveRole{Role: role, Person: circle.PersonID(names[i])})
		b.Why = no
		if refused && !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	return out
}

func (s *State) deedRefusal(p *Process, now time.Time, d circle.Deed) (Name, bool) {
	_, err := s.enact(p.Circle, now, []circle.Deed{d})
	var no *circle.Refusal
	if errors.As(err, &no) {
		return Name(no.Code.ID), true
	}
	return "", err != nil
}

// revealNominations is what [Reveal] does while people name somebody.
func (s *State) revealNominations(p *Process, m *Move, by circle.PersonID, now time.Time, words opened) ([]Event, error) {
	if err := p.veiled(); err != nil {
		return nil, err
	}
	return s.lead(p, m, []Event{s.openNominations(p, p.Round.copied(), words, by, now)})
}

// closeNominations reveals what is there when the time to name somebody is over.
func (s *State) closeNominations(p *Process, m *Move, due time.Time, words opened) ([]Event, error) {
	if words == nil {
		return nil, errUnopened
	}
	e := s.openNominations(p, p.Round.copied(), words, "", due)
	e.Out = len(e.Nominations) > 0 // where nobody named anybody, nobody is later than the others
	return s.lead(p, m, []Event{e})
}

func (c ChangeNomination) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	if err := p.changesNow(by.By); err != nil {
		return nil, err
	}
	if err := s.nameable(p, by.By, c.Names); err != nil {
		return nil, err
	}
	return []Event{&NominationChanged{Proposal: c.Proposal, By: by.By, Names: c.Names, Reason: c.Reason}}, nil
}

func (c AskToPropose) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	if s.Org.LevelIn(p.Circle, c.Person) != circle.Full {
		return nil, NotFull.Refuse("who", c.Person, "circle", p.Circle)
	}
	return []Event{&ProposerAsked{Proposal: c.Proposal, By: by.By, Person: c.Person}}, nil
}

func (c ProposeCandidate) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if err := c.allowed(s, p, by.By, now); err != nil {
		return nil, err
	}
	var events []Event
	if p.Stage == StageIntegrate {
		events = s.discarded(p, &CandidateDiscarded{Proposal: p.Proposal, By: by.By, Names: p.Selection.Candidate})
	}
	written, err := s.direct(by, now, proposal.Amend{Proposal: p.Proposal, Text: c.Text, Term: c.Term})
	if err != nil {
		return nil, err
	}
	events = append(append(events, written...), &CandidateProposed{Proposal: p.Proposal, By: by.By, Names: c.Names,
		Tally: p.Selection.Tally(), Tie: c.Tie, Draw: c.Draw})
	return s.lead(p, m, events)
}

// allowed refuses a candidate whom this person does not propose, who cannot be
// one, or who could not take the role.
func (c ProposeCandidate) allowed(s *State, p *Process, who circle.PersonID, now time.Time) error {
	sel, by := p.Selection, p.Method.Selecting.By
	if err := s.mayPropose(p, who); err != nil {
		return err
	}
	if by == ByReasons && slices.Contains(c.Names, Name(who)) {
		return OwnCandidacy.Refuse("who", who)
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(c.Names)))
	if len(c.Names) != sel.seats() || len(distinct) != len(c.Names) {
		return NamesForSeats.Refuse("need", sel.seats(), "got", len(distinct))
	}
	for _, name := range c.Names {
		if p.Stage == StageIntegrate && slices.Contains(sel.Candidate, name) {
			return StaysCandidate.Refuse("name", name, "proposal", p.Proposal)
		}
		if err := s.mayStand(p, name); err != nil {
			return err
		}
	}
	if err := c.follows(s, p); err != nil {
		return err
	}
	_, err := s.withRoom(sel, c.Names).enact(p.Circle, now, sel.deeds(c.Names, c.Term))
	return err
}

// follows holds a candidate to what people said, by methods that go by it.
func (c ProposeCandidate) follows(s *State, p *Process) error {
	switch p.Method.Selecting.By {
	case ByCount:
		return c.counted(s, p)
	case ByObjections:
		return c.weighed(p)
	}
	return nil
}

// mayStand refuses who was discarded, who is not known, and whom nobody named,
// unless a search outside was named, or nothing.
func (s *State) mayStand(p *Process, name Name) error {
	sel := p.Selection
	known := sel.option(name) != nil || len(sel.Roles) > 0 && s.Org.Person(circle.PersonID(name)) != nil || reserved(name) && name != passing
	switch {
	case slices.Contains(sel.Discarded, name):
		return WasDiscarded.Refuse("name", name, "proposal", p.Proposal)
	case !known:
		return NotNameable.Refuse("name", name, "why", "nobody and nothing of that name is known")
	case !sel.ByObjections && !sel.named(name) && !sel.named(Name(NamesOutside)) && len(sel.Nominations) > 0:
		return WasNotNamed.Refuse("name", name, "proposal", p.Proposal)
	}
	return nil
}

// counted holds a candidate to the count: who was named most, or where several
// were, who a rule of the method makes it (H5 §5.3.5(e)).
func (c ProposeCandidate) counted(s *State, p *Process) error {
	sel := p.Selection
	tied := sel.tied()
	for i, name := range c.Names {
		if top := sel.top(i + 1); len(top) > 0 && !slices.Contains(top, name) {
			return NotCounted.Refuse("method", p.Method.Name, "top", top)
		}
	}
	switch {
	case len(tied) == 0 && c.Tie != "":
		return NoTieNow.Refuse()
	case len(tied) == 0:
		return nil
	case !slices.Contains(p.Method.Selecting.Ties, c.Tie) || !s.solves(sel, c.Tie, tied, c.Names):
		return TieFirst.Refuse("tied", tied, "method", p.Method.Name, "ties", p.Method.Selecting.Ties, "tie", orNone(string(c.Tie)))
	case c.Tie == TieDraw && c.Draw.IsZero():
		return DrawUntold.Refuse()
	}
	return nil
}

// solves says whether a rule makes these candidates of the tied.
func (s *State) solves(sel *Selection, tie Tie, tied, names []Name) bool {
	var fits []Name
	for _, name := range tied {
		switch tie {
		case TieSelf:
			if slices.ContainsFunc(sel.Nominations, func(n Nomination) bool { return Name(n.By) == name && slices.Contains(n.Names, name) }) {
				fits = append(fits, name)
			}
		case TieIncumbent:
			if slices.ContainsFunc(sel.Roles, func(r circle.RoleID) bool { return s.Org.Holds(r, circle.PersonID(name)) }) {
				fits = append(fits, name)
			}
		case TieDraw:
			return true
		}
	}
	return len(fits) == 1 && slices.Contains(names, fits[0])
}

// deeds are what is carried out when these are chosen.
func (sel *Selection) deeds(names []Name, term circle.Period) []circle.Deed {
	var out []circle.Deed
	for i, name := range names {
		switch {
		case reserved(name):
		case i < len(sel.Roles):
			out = append(out, &circle.GiveRole{Role: sel.Roles[i], Person: circle.PersonID(name), Term: term, CheckIn: sel.CheckIn})
		case sel.option(name) != nil:
			out = append(out, sel.option(name).Enacts...)
		}
	}
	return out
}

// discarded takes a candidate off the table, and ends what stands against them.
func (s *State) discarded(p *Process, e *CandidateDiscarded) []Event {
	var out []Event
	for _, o := range s.Objections.Standing(p.Proposal) {
		out = append(out, &objection.Ended{Objection: o.ID})
	}
	return append(out, e)
}

func (c DiscardCandidate) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if err := p.standsThere(); err != nil {
		return nil, err
	}
	return s.lead(p, m, s.discarded(p, &CandidateDiscarded{Proposal: p.Proposal, By: by.By, Names: p.Selection.Candidate, Reason: c.Reason}))
}

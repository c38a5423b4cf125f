package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals about time, sponsors and methods.
var (
	AsideReason = &circle.Code{ID: "aside-needs-reason", Kind: circle.ErrNotValid, Rule: "M-125", Stands: circle.InMethod,
		Says: "Who stands aside says why: it is kept by name."}
	NoticeRuns = &circle.Code{ID: "notice-runs", Kind: circle.ErrNotNow, Rule: "M-98", Stands: circle.InMethod,
		Says: "{proposal} lies with {circle} until {until}, so that everybody can know of it before it is decided."}
	SponsorsFirst = &circle.Code{ID: "sponsors-first", Kind: circle.ErrNotNow, Rule: "M-94", Stands: circle.InMethod,
		Says: "Before {proposal} is decided, {need} others stand behind it: so far there are {got}."}
	SponsoredAlready = &circle.Code{ID: "sponsored-already", Kind: circle.ErrTaken, Rule: "M-94", Stands: circle.InEngine,
		Says: "{who} stands behind {proposal} already."}
	TextStands = &circle.Code{ID: "text-stands", Kind: circle.ErrNotNow, Rule: "M-100", Stands: circle.InMethod,
		Says: "Version {version} of {proposal} is before the circle: while the question is open, its text stays as it is. Who cannot live with it, objects."}
	WindowRuns = &circle.Code{ID: "window-runs", Kind: circle.ErrNotNow, Rule: "M-199", Stands: circle.InMethod,
		Says: "Everybody has time until {until}: nobody closes the question on {proposal} before."}
	NoWindow = &circle.Code{ID: "no-window", Kind: circle.ErrNotNow, Rule: "M-203", Stands: circle.InMethod,
		Says: "No time to answer is running for {proposal} that could be extended."}
	ExtendedEnough = &circle.Code{ID: "extended-enough", Kind: circle.ErrNotNow, Rule: "M-203", Stands: circle.InMethod,
		Says: "The time to answer on {proposal} was extended {times} times, and the method allows no more."}
	NotAmender = &circle.Code{ID: "not-amending", Kind: circle.ErrNotYou, Rule: "M-139", Stands: circle.InMethod,
		Says: "By the method {method} a new version of {proposal} is written by {amender}; {who} may suggest one."}
	DeciderNotFull = &circle.Code{ID: "decider-not-full", Kind: circle.ErrNotYou, Rule: "M-149", Stands: circle.InMethod,
		Says: "By the method {method} who proposed decides alone, and {who} is no full participant of {circle}."}
	Protected = &circle.Code{ID: "protected-matter", Kind: circle.ErrNotValid, Rule: "M-143, I-21", Stands: circle.InEngine,
		Says: "{command} is decided by consent of everybody, each for themselves: the method {method} decides otherwise."}
	AskedAlready = &circle.Code{ID: "method-too-late", Kind: circle.ErrNotNow, Rule: "M-142", Stands: circle.InEngine,
		Says: "The way to decide on {proposal} is chosen before the question is put: it is in the stage {stage}."}
)

func windowCodes() []*circle.Code {
	return []*circle.Code{AsideReason, NoticeRuns, SponsorsFirst, SponsoredAlready, TextStands, WindowRuns, NoWindow, ExtendedEnough, NotAmender,
		DeciderNotFull, Protected, AskedAlready}
}

// The guards of time and support.
var (
	noticeGiven = Guard{Name: "the method's notice was given", holds: (*State).noticeGiven}
	sponsored   = Guard{Name: "as many stand behind it as the method wants", holds: (*State).sponsored}
	timeOver    = Guard{Name: "the time that the method gives everybody is over", holds: (*State).timeOver}
	openText    = Guard{Name: "by the method the text may change while the question is open", holds: (*State).openText}
)

func (s *State) noticeGiven(p *Process, now time.Time) error {
	if until := p.Method.Notice.After(p.Opened); !p.Method.Notice.IsZero() && now.Before(until) {
		return NoticeRuns.Refuse("proposal", p.Proposal, "circle", p.Circle, "until", until)
	}
	return nil
}

func (s *State) sponsored(p *Process, _ time.Time) error {
	if got := len(p.Sponsors); got < p.Method.Sponsors {
		return SponsorsFirst.Refuse("proposal", p.Proposal, "need", p.Method.Sponsors, "got", got)
	}
	return nil
}

// timeOver refuses to close a question while the time runs that the method
// gives everybody.
func (s *State) timeOver(p *Process, _ time.Time) error {
	until := p.round().Closes
	if p.Quiet {
		until = p.Until
	}
	if until.IsZero() {
		return nil
	}
	return WindowRuns.Refuse("proposal", p.Proposal, "until", until)
}

func (s *State) openText(p *Process, _ time.Time) error {
	if !p.Method.parallel() && !p.Method.Keep {
		return TextStands.Refuse("proposal", p.Proposal, "version", p.round().Version)
	}
	return nil
}

// windowMoves are the moves that a method's times bring.
var windowMoves = []Move{
	{StageIntake, "consent.sponsor", Participants, nil, to(StageIntake)},
	{StageIntake, "objection.withdraw", Anybody, nil, to(StageIntake)},
	{StageIntake, "consent.choose-method", TheCircle, nil, to(StageIntake)},
	{StageDecide, "proposal.amend", Authors, guards(openText), to(StageDecide, StageIntake)},
	{StageDecide, "consent.extend-window", Authors, guards(baseHolds), to(StageDecide)},
	{StageDecide, "consent.acknowledge", Seated, nil, to(StageDecide)},
	{StageDecide, WindowEnds.String(), TheClock, nil, to(StageDecide, StageIntegrate, StageLastCall, StageAdopted, StageNotAdopted)},
	{StageLastCall, "objection.withdraw", Anybody, guards(baseHolds), to(StageLastCall, StageAdopted)},
	{StageLastCall, "consent.acknowledge", Seated, nil, to(StageLastCall)},
}

func (c ExtendWindow) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	if p.Method.Window.IsZero() {
		return nil, NoWindow.Refuse("proposal", c.Proposal)
	}
	if p.Extended >= p.Method.Window.Extensions {
		return nil, ExtendedEnough.Refuse("proposal", c.Proposal, "times", p.Extended)
	}
	if p.Round.Closes.IsZero() { // it has closed, and opens again from now on (M-206)
		return []Event{&WindowExtended{Proposal: p.Proposal, By: by.By, No: p.Extended + 1, Closes: p.Method.Window.By.After(now), Reason: c.Reason}}, nil
	}
	return []Event{p.extended(by.By, c.Reason)}, nil
}

// extendable says whether the window may be extended once more.
func (p *Process) extendable() bool {
	return !p.round().Closes.IsZero() && p.Extended < p.Method.Window.Extensions
}

func (p *Process) extended(by circle.PersonID, reason circle.Text) Event {
	return &WindowExtended{Proposal: p.Proposal, By: by, No: p.Extended + 1, Closes: p.Method.Window.By.After(p.Round.Closes), Reason: reason}
}

func (c Acknowledge) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	if p.Round.Answer(by.By) != nil || slices.Contains(p.Round.Seen, by.By) {
		return nil, SpokenAlready.Refuse("who", by.By, "awaited", p.Round.Awaited())
	}
	return []Event{&Acknowledged{Proposal: c.Proposal, By: by.By, Version: p.Round.Version}}, nil
}

func (c Sponsor) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p := g.p
	if s.Matters.Proposal(c.Proposal).Proposer() == by.By || slices.Contains(p.Sponsors, by.By) {
		return nil, SponsoredAlready.Refuse("who", by.By, "proposal", c.Proposal)
	}
	return []Event{&Sponsored{Proposal: c.Proposal, By: by.By}}, nil
}

// decide refuses it as one person's command: it is a deed of the circle.
func (c ChooseMethod) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	p, err := s.process(c.Proposal)
	if err != nil {
		return nil, err
	}
	_, err = s.admit(p, c.Wire(), by, now)
	return nil, err
}

// enact carries out what the circle consented to.
func (c ChooseMethod) enact(s *State, of circle.ID) ([]Event, error) {
	p := s.Process(c.Proposal)
	switch {
	case p == nil || p.Circle != of && !p.Stage.Terminal():
		return nil, proposal.UnknownProposal.Refuse("proposal", c.Proposal)
	case p.Stage != StageIntake:
		return nil, AskedAlready.Refuse("proposal", c.Proposal, "stage", p.Stage)
	}
	if by := s.Org.Protects(of, "method"); by != "" { // no case goes another way where the method is protected
		return nil, circle.ProtectedRule.Refuse("circle", by, "rule", "method")
	}
	if expels(s.Matters.Proposal(c.Proposal).Enacts) != "" {
		return nil, RemovalMethod.Refuse("proposal", c.Proposal)
	}
	m, err := s.method(string(c.Method))
	if err != nil {
		return nil, err
	}
	if _, err := s.rule(m.Rule); err != nil {
		return nil, err
	}
	if err := protects(m, s.Matters.Proposal(c.Proposal).Enacts); err != nil {
		return nil, err
	}
	return []Event{&MethodChosen{Proposal: c.Proposal, Method: *m}}, nil
}

// protects refuses a method that decides without everybody's own consent on
// what must not be moved off it: the method itself, and who represents the
// circle (M-143).
func protects(m *Method, enacts []circle.Deed) error {
	if m.Rule == consentRule && !m.Decider && m.Window.Silence == "" && m.Stuck != GoesToBallot && !m.Chair {
		return nil
	}
	for _, d := range enacts {
		if isProtected(d) {
			return Protected.Refuse("command", d.Wire(), "method", m.Name)
		}
	}
	return nil
}

func isProtected(d circle.Deed) bool {
	switch d := d.(type) {
	case interface{ Agrees() circle.Rules }:
		return d.Agrees().Method != "" || len(d.Agrees().Matters) > 0
	case circle.LinkTo, *circle.LinkTo:
		return true
	}
	return false
}

// closeWindow counts what silence means when the time to answer is over, and
// asks the rule.
func (s *State) closeWindow(id proposal.ID, by circle.Actor, due time.Time, words opened) ([]Event, error) {
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	m, err := s.admit(p, WindowEnds.String(), by, due)
	if err != nil {
		return nil, err
	}
	if p.Stage == StageNominate {
		return s.closeNominations(p, m, due, words)
	}
	w := p.Method.Window
	would := p.Round.copied()
	var events []Event
	open, shown := s.open(id), &Revealed{}
	if would.Veiled {
		if words == nil {
			return nil, errUnopened
		}
		var accepted []Event
		shown, accepted = s.openAll(p, would, words, "", due)
		events, open = append([]Event{shown}, accepted...), s.openBut(id, accepted)
	}
	e := &WindowClosed{Proposal: id, Version: p.Round.Version, At: due}
	e.Silent = slices.DeleteFunc(s.unheard(p, would), func(who circle.PersonID) bool { return slices.Contains(shown.Gone, who) })
	if len(e.Silent) > 0 {
		e.As = silenceAs[w.Silence]
		would.count(e, e.Silent)
	}
	if len(e.Silent) > mostNamed {
		e.Silent, e.All = nil, len(e.Silent)
	}
	events = append(events, e)
	if shown.owed() {
		return s.lead(p, m, events)
	}
	judged := s.verdict(p, would, open, due)
	if judged.Outcome == ResultPending && w.Lapses {
		judged.Outcome = ResultNotAdopted
		judged.Why = append(judged.Why, Reason{Code: "time-is-over", Got: due.Format(time.RFC3339)})
	}
	return s.conclude(p, m, judged, would, open, due, events)
}

// unheard lists the seats that have given no answer to the version. Who has
// left is waited for no more, and is not counted as silent.
func (s *State) unheard(p *Process, r *Round) []circle.PersonID {
	absent, _ := s.silent(p, r)
	return absent
}

// silenceAs is the answer that a silence rule gives.
var silenceAs = map[Silence]Name{SilenceConsents: Consents, SilenceAbstains: Name(Abstains), SilenceExcluded: Name(SilenceExcluded)}

// count gives the silent what silence means.
func (r *Round) count(e *WindowClosed, silent []circle.PersonID) {
	for _, who := range silent {
		switch e.As {
		case "":
		case Name(SilenceExcluded):
			r.exclude(who)
		default:
			r.answer(&Answer{Seat: who, Position: string(e.As), Version: e.Version, At: e.At, Silent: true})
		}
	}
}

// endQuiet ends the quiet time before an agreement takes effect. What stands
// then, holds it up until it stands no more.
func (s *State) endQuiet(p *Process, m *Move, due time.Time) ([]Event, error) {
	return s.settle(p, m, p.Round.copied(), s.open(p.Proposal), due, []Event{&LastCallOver{Proposal: p.Proposal, At: due}})
}

// keeping adds to a new version, written while the question is open, what it
// means for the answers: they stand, visibly, and there is more time to look at
// it, as far as the method bounds that (M-136, M-203, methods §8.18).
func (s *State) keeping(p *Process, by circle.Actor, events []Event) []Event {
	if p.Stage != StageDecide || !p.Method.Keep {
		return events
	}
	next := s.Matters.Proposal(p.Proposal).Numbered + 1
	e := &AnswersKept{Proposal: p.Proposal, From: p.Round.Version, To: next}
	for _, seat := range p.Round.Seats {
		if a := p.Round.Answer(seat.Person); a != nil && a.Version == e.From {
			e.Who = append(e.Who, seat.Person)
		}
	}
	events = append(events, e)
	if p.extendable() {
		events = append(events, p.extended(by.By, circle.Text{}))
	}
	return events
}

// mayAmend refuses a version from somebody who is not the one that the method
// lets write it.
func (s *State) mayAmend(p *Process, who circle.PersonID) error {
	switch p.Method.Amenders {
	case ByProposer:
		if author := s.Matters.Proposal(p.Proposal).Proposer(); author != who {
			return NotAmender.Refuse("method", p.Method.Name, "proposal", p.Proposal, "amender", author, "who", who)
		}
	case ByFacilitator:
		return s.facilitates(p.Circle, who)
	case ByCircle:
		return CircleDecides.Refuse("command", (Integrate{}).Wire(), "proposal", p.Proposal)
	}
	return nil
}

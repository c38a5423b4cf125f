package consent

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/proposal"
)

// Hidden is how the answers to a question are kept from the eyes of others while
// it is open. The empty one: everybody sees each answer as it is given.
type Hidden string

// The ways.
const (
	// HiddenSealed: each answer is sealed, and all are revealed together. Until then
	// the ledger itself says only who has answered (M-108).
	HiddenSealed Hidden = "sealed"
	// HiddenUntilOwn: the ledger holds the answers, and who may still answer sees
	// those of others when they have given their own, or the question is closed
	// (M-207). It is a rule of who sees: see [State.Answers].
	HiddenUntilOwn Hidden = "until-own"
)

// Values lists the ways.
func (Hidden) Values() []string { return []string{string(HiddenSealed), string(HiddenUntilOwn)} }

// Check refuses a way that nobody knows.
func (h Hidden) Check() error { return among(string(h), h.Values()) }

// Sealed is an answer that nobody has seen yet: the ledger holds the place of its
// words, and the vault the words.
type Sealed struct {
	Person circle.PersonID
	Answer circle.Text
}

// SealAnswer answers a question whose answers are sealed until all are revealed
// together: consent, an objection, or another answer that the method has. Until
// then one may seal another answer in its place. Who objects says why when the
// answers are revealed, by raising the objection (M-108).
type SealAnswer struct {
	Proposal proposal.ID `json:"proposal"`
	Version  int         `json:"version,omitempty"`
	// Answer is the position that one takes. Among options one ranks or scores them
	// instead; that is sealed like any answer.
	Answer  circle.Text `json:"answer,omitempty"`
	Reason  circle.Text `json:"reason,omitempty"`
	Prefers *Preference `json:"prefers,omitempty"`
}

// Reveal opens all sealed answers at once (M-108). When everybody has answered,
// that happens by itself; where there is a time to answer, at its end.
type Reveal struct {
	Proposal proposal.ID `json:"proposal"`
}

// AnswerSealed: somebody answered, and nobody has seen what.
type AnswerSealed struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Version  int             `json:"version"`
	Answer   circle.Text     `json:"answer" words:"kept"`
}

// Revealed: the sealed answers were opened together. From here on they count,
// and replay needs the sealed words no more.
type Revealed struct {
	Proposal proposal.ID     `json:"proposal"`
	Version  int             `json:"version"`
	By       circle.PersonID `json:"by,omitempty"` // nobody: the last answer came in, or the time was over
	At       time.Time       `json:"at"`
	Answers  []OpenedAnswer  `json:"answers,omitempty"`
	// Missing are the seats that had not answered.
	Missing []circle.PersonID `json:"missing,omitempty"`
	// Gone are those whose answer could not be opened, as its words were erased or
	// lost. They are asked again; nothing is put in its place.
	Gone []circle.PersonID `json:"gone,omitempty"`
}

// An OpenedAnswer is what one seat had sealed. Told is the entry in which it
// stands sealed.
type OpenedAnswer struct {
	By     circle.PersonID `json:"by"`
	Answer Name            `json:"answer,omitempty"`
	Told   uint64          `json:"told,omitempty"`
	// Prefers is how they rank or score the options.
	Prefers *Preference `json:"prefers,omitempty"`
}

// words says what was answered.
func (a OpenedAnswer) words() string {
	if a.Prefers == nil {
		return string(a.Answer)
	}
	return a.Prefers.words()
}

// Wire names.
func (SealAnswer) Wire() string   { return "consent.seal-answer" }
func (Reveal) Wire() string       { return "consent.reveal" }
func (AnswerSealed) Wire() string { return "consent.answer-sealed" }
func (Revealed) Wire() string     { return "consent.revealed" }

// On names the proposal that an event is about.
func (e *AnswerSealed) On() proposal.ID { return e.Proposal }
func (e *Revealed) On() proposal.ID     { return e.Proposal }

// In names the meeting that an event happened in: none.
func (*AnswerSealed) In() MeetingID { return "" }
func (*Revealed) In() MeetingID     { return "" }

// sealedCommands and sealedEvents list one of each.
func sealedCommands() []ownCommand {
	return append(sittingCommands(), SealAnswer{}, Reveal{})
}

func sealedEvents() []ownEvent { return append(sittingEvents(), &AnswerSealed{}, &Revealed{}) }

// The refusals of sealed and hidden answers.
var (
	AnswersSealed = &circle.Code{ID: "answers-are-sealed", Kind: circle.ErrNotNow, Rule: "M-108", Stands: circle.InMethod,
		Says: "The answers on {proposal} are sealed, and all are revealed together. Until then an answer is given sealed, also one that objects; why, is said afterwards."}
	NothingSealed = &circle.Code{ID: "nothing-sealed", Kind: circle.ErrNotNow, Rule: "M-108", Stands: circle.InEngine,
		Says: "No answers on {proposal} are sealed: what was said lies open."}
	TooManyToSeal = &circle.Code{ID: "too-many-to-seal", Kind: circle.ErrNotValid, Rule: "M-108", Stands: circle.InEngine,
		Says: "By the method {method} the answers are sealed, and {got} people are too many for that: {most} at most. The circle may decide {proposal} by another method."}
	NotShownYet = &circle.Code{ID: "not-shown-yet", Kind: circle.ErrNotNow, Rule: "M-207", Stands: circle.InMethod,
		Says: "{who} sees the answers of others on {proposal} when they have given their own."}
)

func sealedCodes() []*circle.Code {
	return []*circle.Code{AnswersSealed, NothingSealed, TooManyToSeal, NotShownYet}
}

// The guards, and the moves. While answers are sealed, the question is not
// closed and not put again behind their back.
var (
	hasSeals    = onlyBy("sealed answers", func(m *Method) bool { return m.Hidden == HiddenSealed })
	answersOpen = Guard{Name: "no answers are sealed", holds: (*State).answersOpen}
	sealedMoves = []Move{
		{StageDecide, "consent.seal-answer", Seated, guards(hasSeals, goesOn, baseHolds),
			to(StageDecide, StageIntegrate, StageLastCall, StageAdopted, StageNotAdopted)},
		{StageDecide, "consent.reveal", Facilitating, guards(hasSeals, goesOn, timeOver, baseHolds),
			to(StageDecide, StageIntegrate, StageLastCall, StageAdopted, StageNotAdopted)},
	}
)

func (s *State) answersOpen(p *Process, _ time.Time) error {
	if p.round().Veiled {
		return AnswersSealed.Refuse("proposal", p.Proposal)
	}
	return nil
}

// sealing seals a round in which people answer unseen, or name somebody. It has
// no turns, and is small enough for one entry to reveal it.
func (p *Process) sealing(e *RoundOpened, now time.Time) error {
	nominating := e.Round == NominateRound
	if !nominating && (e.Round != ConsentRound || p.Method.Hidden != HiddenSealed) {
		return nil
	}
	if len(e.Seats) > mostNamed {
		return TooManyToSeal.Refuse("method", p.Method.Name, "got", len(e.Seats), "most", mostNamed, "proposal", p.Proposal)
	}
	e.Sealed, e.InTurn = true, false
	if limit := p.Method.Selecting.Limit; nominating && !limit.IsZero() {
		e.Closes = limit.After(now)
	}
	return nil
}

// opened are the words of sealed answers, by who gave them. Words that are gone
// are not in it.
type opened map[circle.PersonID]string

// An opening command can only be decided when sealed words are at hand: the
// shell fetches them, as it makes ids and reads the clock, and checks them
// against what the ledger holds.
type opening interface {
	ownCommand
	opens(*State, circle.Actor) []Sealed
	decideOpened(*State, circle.Actor, time.Time, opened) ([]Event, error)
}

// withWords is an opening command with the words that it needs.
type withWords struct {
	opening
	words opened
}

func (c withWords) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return c.decideOpened(s, by, now, c.words)
}

// errUnopened: what is sealed was not fetched. The engine always does.
var errUnopened = errors.New("consent: the sealed answers were not opened")

func (c SealAnswer) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	return c.decideOpened(s, by, now, nil)
}

// A discreet command tells by its digest no more than what it is told as.
type discreet interface{ told() Command }

// told leaves out whether there is a reason, and what was chosen.
func (c SealAnswer) told() Command {
	c.Reason, c.Prefers = circle.Text{}, nil
	return c
}

// opens are the answers of the others, where this one is the last.
func (c SealAnswer) opens(s *State, by circle.Actor) []Sealed {
	p := s.processes[c.Proposal]
	if p == nil || p.Stage != StageDecide || !p.lastToSeal(by.By) {
		return nil
	}
	return p.Round.Sealed
}

// lastToSeal says that with this answer all are in, and are revealed. Where
// there is a time to answer, they stay sealed until its end, unless the method
// closes early.
func (p *Process) lastToSeal(who circle.PersonID) bool {
	r := p.round()
	if !r.Veiled || !r.Closes.IsZero() && !p.Method.Window.Early && r.Kind != NominateRound {
		return false
	}
	at := r.spot(who).place
	return r.open == 0 || r.open == 1 && at >= 0 && opens(r.Marks[at]) == 1
}

func (c SealAnswer) decideOpened(s *State, by circle.Actor, now time.Time, words opened) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if !p.round().Veiled {
		return nil, NothingSealed.Refuse("proposal", c.Proposal)
	}
	if err := s.mayAnswer(p, by.By, p.Round.spot(by.By), c.Version); err != nil {
		return nil, err
	}
	said, err := c.seals(s, p, by.By, now)
	if err != nil {
		return nil, err
	}
	if why, ok := c.Reason.Words(); ok {
		said += "\n" + why
	}
	events := []Event{&AnswerSealed{Proposal: c.Proposal, By: by.By, Version: p.Round.Version, Answer: circle.Say(said)}}
	if !p.lastToSeal(by.By) || words == nil {
		return events, nil
	}
	would := p.Round.copied()
	would.seal(Sealed{Person: by.By})
	all := opened{by.By: said}
	for _, sealed := range p.Round.Sealed {
		if w, there := words[sealed.Person]; there && sealed.Person != by.By {
			all[sealed.Person] = w
		}
	}
	return s.reveal(p, m, would, all, "", now, events)
}

// seals are the words that are sealed, of an answer that the method and the rule
// have: it is refused while nobody but who gives it has seen it. Consent also
// accepts how the version meets one's own objections. What somebody chose among
// options is written as it stands in the ledger afterwards.
func (c SealAnswer) seals(s *State, p *Process, who circle.PersonID, now time.Time) (string, error) {
	answer, _ := c.Answer.Words()
	if answer == Objects && c.Prefers == nil {
		return answer, nil
	}
	open := Respond{Proposal: c.Proposal, Answer: answer, Reason: c.Reason, Prefers: c.Prefers}
	prefers, err := c.Prefers.sorted()
	if err != nil {
		return "", err
	}
	if answer == "" && prefers == nil && !p.Round.among() {
		return "", MissingField.Refuse("command", c.Wire(), "field", "answer")
	}
	if err := open.fits(p, prefers); err != nil {
		return "", err
	}
	a := Answer{Seat: who, Position: answer, Version: p.Round.Version, At: now}
	prefers.fill(&a)
	if err := s.admits(p, &a); err != nil {
		return "", err
	}
	if answer == Consents {
		_, err := s.accept(p, who)
		return answer, err
	}
	if prefers == nil {
		return answer, nil
	}
	b, err := canon.Append(nil, prefers, 0)
	return string(b), err
}

// unsealed reads the words that were sealed.
func unsealed(by circle.PersonID, words string, told uint64) (OpenedAnswer, bool) {
	answer, _, _ := strings.Cut(words, "\n")
	out := OpenedAnswer{By: by, Answer: Name(answer), Told: told}
	if strings.HasPrefix(answer, "{") {
		out.Answer, out.Prefers = "", &Preference{}
		return out, canon.Read([]byte(answer), out.Prefers, nil) == nil
	}
	return out, true
}

func (c Reveal) decide(*State, circle.Actor, time.Time) ([]Event, error) { return nil, errUnopened }

func (c Reveal) opens(s *State, _ circle.Actor) []Sealed {
	if p := s.processes[c.Proposal]; p != nil {
		return p.round().Sealed
	}
	return nil
}

func (c Reveal) decideOpened(s *State, by circle.Actor, now time.Time, words opened) ([]Event, error) {
	g, err := s.admitted(c, c.Proposal, by, now)
	if err != nil {
		return nil, err
	}
	p, m := g.p, g.m
	if p.Stage == StageNominate {
		return s.revealNominations(p, m, by.By, now, words)
	}
	if err := p.veiled(); err != nil {
		return nil, err
	}
	return s.reveal(p, m, p.Round.copied(), words, by.By, now, nil)
}

// reveal opens the sealed answers, and asks the rule if nobody is awaited.
func (s *State) reveal(p *Process, m *Move, would *Round, words opened, by circle.PersonID, now time.Time, events []Event) ([]Event, error) {
	e, more := s.openAll(p, would, words, by, now)
	events = append(append(events, e), more...)
	if !would.Complete() {
		return s.lead(p, m, events)
	}
	return s.settle(p, m, would, s.openBut(p.Proposal, more), now, events)
}

// openAll makes the event that opens the answers and lets it happen to the round
// as it would be. Who consents accepts how the version meets their objections.
func (s *State) openAll(p *Process, would *Round, words opened, by circle.PersonID, now time.Time) (*Revealed, []Event) {
	e := &Revealed{Proposal: p.Proposal, Version: would.Version, By: by, At: now}
	var accepted []Event
	for _, sealed := range would.Sealed {
		w, there := words[sealed.Person]
		told, _ := sealed.Answer.Place()
		a, reads := unsealed(sealed.Person, w, told)
		if !there || !reads {
			e.Gone = append(e.Gone, sealed.Person)
			continue
		}
		e.Answers = append(e.Answers, a)
		if more, err := s.accept(p, sealed.Person); a.Answer == Consents && err == nil {
			accepted = append(accepted, more...)
		}
	}
	for _, seat := range would.Seats {
		if !seat.Out && !would.hasSealed(seat.Person) {
			e.Missing = append(e.Missing, seat.Person)
		}
	}
	would.reveal(e)
	return e, accepted
}

// seal keeps a sealed answer in the place of an earlier one.
func (r *Round) seal(answer Sealed) {
	list := slices.DeleteFunc(slices.Clone(r.Sealed), func(s Sealed) bool { return s.Person == answer.Person })
	r.Sealed = append(list, answer)
	r.take(answer.Person, spoke)
}

func (r *Round) hasSealed(who circle.PersonID) bool {
	return slices.ContainsFunc(r.Sealed, func(s Sealed) bool { return s.Person == who })
}

// reveal lets the answers count. Who objects is awaited again, to say why; so is
// whose answer is gone.
func (r *Round) reveal(e *Revealed) {
	r.Veiled, r.Sealed = false, nil
	for _, a := range e.Answers {
		answer := Answer{Seat: a.By, Position: string(a.Answer), Version: e.Version, At: e.At}
		a.Prefers.fill(&answer)
		r.answer(&answer)
		if a.Answer == Objects {
			r.take(a.By, awaited)
		}
	}
	for _, who := range e.Gone {
		r.take(who, awaited)
	}
}

// owed says whether somebody has yet to say what they object to, or to give
// again an answer that is gone: nobody's time is over for that.
func (e *Revealed) owed() bool {
	return len(e.Gone) > 0 || slices.ContainsFunc(e.Answers, func(a OpenedAnswer) bool { return a.Answer == Objects })
}

func (e *AnswerSealed) apply(s *State) {
	p := s.processes[e.Proposal]
	p.Round.seal(Sealed{Person: e.By, Answer: e.Answer})
	p.heardFrom(e.By)
}

func (e *Revealed) apply(s *State) { s.processes[e.Proposal].Round.reveal(e) }

// opensAt are the sealed answers that a timer opens: those of a question whose
// time is over.
func (s *State) opensAt(t Timer) []Sealed {
	if p := s.processes[proposal.ID(t.Of)]; t.Kind == WindowEnds && p != nil && (p.Stage == StageDecide || p.Stage == StageNominate) {
		return p.round().Sealed
	}
	return nil
}

// againstHiding names what a method must not say of hidden answers.
func (m *Method) againstHiding() []contradiction {
	sealed := m.Hidden == HiddenSealed
	return []contradiction{
		{m.Hidden.Check() != nil, "it hides answers in a way that nobody knows"},
		{sealed && m.Keep, "answers are sealed for one text, and they stand for another"},
		{sealed && m.Decider, "one person decides, and there is nothing to reveal together"},
	}
}

// wordsHidden says who sees the answers.
func (m *Method) wordsHidden(add adding) {
	add(m.Hidden == HiddenSealed, "Answers are sealed, and all are revealed together")
	add(m.Hidden == HiddenUntilOwn, "Who may answer sees the answers of others after giving their own")
}

// Answers lists the last answers to the question on a proposal, as far as a
// person may see them: of sealed answers only who gave them, and by a method
// that hides them until one has answered, none before (M-207).
func (s *State) Answers(who circle.PersonID, id proposal.ID) ([]Answer, error) {
	p, err := s.process(id)
	if err != nil {
		return nil, err
	}
	r := p.round()
	if p.Stage == StageDecide && p.Method.Hidden == HiddenUntilOwn && r.Seated(who) && r.Answer(who) == nil {
		return nil, NotShownYet.Refuse("who", who, "proposal", id)
	}
	var out []Answer
	for _, seat := range r.Seats {
		switch a := r.Answer(seat.Person); {
		case a != nil:
			out = append(out, *a)
		case r.hasSealed(seat.Person):
			out = append(out, Answer{Seat: seat.Person, Version: r.Version})
		}
	}
	return out, nil
}

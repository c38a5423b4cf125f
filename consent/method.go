package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// A Method says how a circle decides: a value, stored with each process that
// is opened under it, so that a later change never moves a running one
// (M-248, S4). Every documented method is one loop over a versioned text, a
// known roster, reasoned dissent, amendment and asking again, with other
// settings (methods §1.3.6); the presets are such values.
type Method struct {
	Name string `json:"name"`

	// Phases are the rounds that come before the question is put.
	Phases []RoundKind `json:"phases,omitempty"`
	// Turns lets people speak one after the other in an order that the engine
	// sets and rotates (CP-1). Without it everybody speaks when they like, once.
	Turns bool `json:"turns,omitempty"`
	// Meeting demands that the question is put in a meeting.
	Meeting bool `json:"meeting,omitempty"`
	// Agenda demands that a meeting has consented to its agenda first (EC-101).
	Agenda bool `json:"agenda,omitempty"`
	// Notice is how long a proposal lies with the circle before the question can
	// be put (M-98).
	Notice circle.Period `json:"notice,omitempty"`
	// Sponsors are how many others must stand behind a proposal before the
	// question can be put (M-94).
	Sponsors int `json:"sponsors,omitempty"`
	// Term demands that a policy has a term (M-231).
	Term bool `json:"term,omitempty"`

	// Present limits the roster to those who are present; otherwise it holds
	// every full participant (EC-39).
	Present bool `json:"present,omitempty"`
	// Live gives a seat to whoever joins while the question is open (M-134); without
	// it the roster is frozen when the question is put.
	Live bool `json:"live,omitempty"`
	// Decider gives the question to the proposer alone, after everybody was heard
	// in the phases before it: the advice process (M-149).
	Decider bool `json:"decider,omitempty"`

	// Stances are the answers that the method has beside consent and objection;
	// any other is refused (M-123).
	Stances []Stance `json:"stances,omitempty"`
	// Concerns admits concerns that do not block (M-124).
	Concerns bool `json:"concerns,omitempty"`
	// Rule is the rule that judges the answers.
	Rule RuleName `json:"rule"`

	// Window is how long people have to answer, from the moment at which the
	// question is put. Zero: as long as it takes.
	Window Window `json:"window,omitempty"`
	// LastCall is the quiet time between agreement and effect (M-200). Zero:
	// none.
	LastCall circle.Period `json:"last-call,omitempty"`
	// Clock is what a new objection does to the last call (M-201). A method with
	// a last call must say it.
	Clock Clock `json:"clock,omitempty"`

	// Objections says how an objection is tested and who says that it is solved.
	Objections objection.Handling `json:"objections,omitempty"`
	// Confirm demands that an objector confirms that they were understood
	// before the circle works on the objection (EC-34).
	Confirm bool `json:"confirm,omitempty"`
	// Amenders are those who may write a version that meets objections.
	Amenders Amenders `json:"amenders,omitempty"`
	// Keep lets answers stand for a new version while the question is open, and
	// the verdict says so (M-136). Without it everybody is asked again.
	Keep bool `json:"keep,omitempty"`

	// Guests gives whoever sits in at a meeting for one proposal a stance on it; without
	// it they are heard, and not asked (M-40).
	Guests bool `json:"guests,omitempty"`

	// WhoObjects lets who facilitates ask a meeting who objects: when they close the
	// question, those there who said nothing have consented, and the verdict says so
	// (care-cooperative §4C).
	WhoObjects bool `json:"who-objects,omitempty"`
	// Formal demands a vote by the fallback rule also when the circle consents
	// (EC-66, EC-72).
	Formal bool `json:"formal,omitempty"`

	// Limit says how long a circle works on objections before the next step is
	// due (M-187).
	Limit Limit `json:"limit,omitempty"`
	// Stuck is the next step when the limit is reached. Empty: the proposal
	// stays as it is, until somebody moves.
	Stuck Stuck `json:"stuck,omitempty"`
	// Fallback is the rule of the vote that a stuck question goes to.
	Fallback RuleName `json:"fallback,omitempty"`
	// Chair lets who facilitates declare the outcome with dissent on record
	// (M-154).
	Chair bool `json:"chair,omitempty"`
	// Discard lets who facilitates discard a proposal that is invalid or not in
	// good faith (M-91, M-174).
	Discard bool `json:"discard,omitempty"`
	// ToMeeting lets any participant move a question out of its window into a
	// meeting (M-198).
	ToMeeting bool `json:"to-meeting,omitempty"`
	// Withdrawal says what it takes to withdraw a proposal whose question was
	// put (methods §8.12).
	Withdrawal Withdrawal `json:"withdrawal,omitempty"`
	// Grace is how long another member may take over a proposal that is being
	// taken back. A method with takeover says it.
	Grace circle.Period `json:"grace,omitempty"`
	// Age is how long a process may last; then it expires (M-208). Zero: for ever.
	Age circle.Period `json:"age,omitempty"`

	// Onwards lets the circle put the question on a version that was written after
	// the reactions, whatever it changes (H5 §5.4.5(d); methods §1.1 A). Without it
	// a change of more than the wording begins anew.
	Onwards bool `json:"onwards,omitempty"`
	// ProposerSilent leaves the proposer out of the round of reactions (M-104).
	ProposerSilent bool `json:"proposer-silent,omitempty"`
	// OwnTension demands that a change after the reactions names the need that the
	// proposal answers: it serves that one (M-139).
	OwnTension bool `json:"own-tension,omitempty"`
	// TimeOuts lets who facilitates grant a time-out in a meeting, when somebody
	// asks for one (M-112).
	TimeOuts bool `json:"time-outs,omitempty"`
	// Labels makes the agenda of a meeting in it, of labels (M-114).
	Labels bool `json:"labels,omitempty"`
	// BothWays lets every other round in turn run the other way round (M-101).
	BothWays bool `json:"both-ways,omitempty"`
	// Requires is what a proposal must hold before the question is put (M-90).
	Requires []Part `json:"requires,omitempty"`
	// Outputs are the commands that a decision by this method may carry out; none
	// named: all that a decision may carry out at all (M-93).
	Outputs []string `json:"outputs,omitempty"`
	// Hidden is how answers are kept from the eyes of others while the question is
	// open (M-108, M-207).
	Hidden Hidden `json:"hidden,omitempty"`
	// Ties are the ways to settle it when the rule puts several options level. None
	// named: by lot.
	Ties []TieBreak `json:"ties,omitempty"`
	// Selecting says how a method for selections selects people, or things.
	Selecting Selecting `json:"selecting,omitempty"`
}

// A Stance is an answer beside consent and objection.
type Stance string

// The stances that methods have (methods §2.5).
const (
	// Abstains: neither for nor against (W3C, N Street). Such a seat counts as
	// heard, not as support.
	Abstains Stance = "abstain"
	// StandsAside: would not do it, and lets it happen; by name, with a reason,
	// and without having to lead the work (M-125).
	StandsAside Stance = "stand-aside"
)

// Values lists the stances.
func (Stance) Values() []string { return []string{string(Abstains), string(StandsAside)} }

// Check refuses a stance that nobody knows.
func (s Stance) Check() error { return among(string(s), s.Values()) }

// A Window is the time in which everybody answers in parallel (methods §1.3.4).
type Window struct {
	// For is how long it is open.
	For circle.Period `json:"for,omitempty"`
	// Silence is what saying nothing until its end means (M-128).
	Silence Silence `json:"silence,omitempty"`
	// Early closes it as soon as the rule is certain (M-202).
	Early bool `json:"early,omitempty"`
	// Extensions is how often it may be extended, By how long each time; that
	// bounds how far anything can prolong it (M-203).
	Extensions int           `json:"extensions,omitempty"`
	By         circle.Period `json:"by,omitempty"`
	// Lapses ends the process as not adopted when the rule is not satisfied at
	// its end. Otherwise the question stays open.
	Lapses bool `json:"lapses,omitempty"`
}

// IsZero says that there is no window.
func (w Window) IsZero() bool { return w == Window{} }

// Silence is what the silence of a seat means when its time is over.
type Silence string

// The silence rules (M-128). The empty one: silence is no answer.
const (
	SilenceConsents Silence = "consents" // announced beforehand, and marked in the record
	SilenceAbstains Silence = "abstains"
	SilenceExcluded Silence = "excluded" // the seat is out
)

// Values lists the rules.
func (Silence) Values() []string {
	return []string{string(SilenceConsents), string(SilenceAbstains), string(SilenceExcluded)}
}

// Check refuses a rule that nobody knows.
func (s Silence) Check() error { return among(string(s), s.Values()) }

// Clock is what a new objection does to a last call that runs (M-201).
type Clock string

// The effects.
const (
	Restarts Clock = "restart" // back to the question; a new last call runs its full length
	RunsOn   Clock = "run-on"  // the time goes on, and nothing is adopted while the objection stands
	Stops    Clock = "stop"    // the circle works on the objection, and asks again
)

// Values lists the effects.
func (Clock) Values() []string { return []string{string(Restarts), string(RunsOn), string(Stops)} }

// Check refuses an effect that nobody knows.
func (c Clock) Check() error { return among(string(c), c.Values()) }

// Amenders are those who may write a version that meets objections.
type Amenders string

// The amenders. The empty one: every full participant.
const (
	ByProposer    Amenders = "proposer"
	ByFacilitator Amenders = "facilitator"
	ByCircle      Amenders = "circle" // by its consent to the amendment (M-185)
)

// Values lists the amenders.
func (Amenders) Values() []string {
	return []string{string(ByProposer), string(ByFacilitator), string(ByCircle)}
}

// Check refuses amenders that nobody knows.
func (a Amenders) Check() error { return among(string(a), a.Values()) }

// A Limit bounds how long a circle works on objections. What is zero is not
// bounded.
type Limit struct {
	Questions int           `json:"questions,omitempty"` // how often the question is put
	Meetings  int           `json:"meetings,omitempty"`  // held with the proposal on the agenda
	Time      circle.Period `json:"time,omitempty"`      // since the question was put first
}

// IsZero says that nothing is bounded.
func (l Limit) IsZero() bool { return l == Limit{} }

// Stuck is the next step of a question on which the circle finds no consent.
type Stuck string

// The next steps (methods §1.2, "what if stuck?").
const (
	GoesUp        Stuck = "broader-circle" // the next broader circle answers (SCM, SoFA)
	GoesToBallot  Stuck = "ballot"         // a vote by the method's fallback rule (FC, N Street)
	BreaksDown    Stuck = "breakdown"      // somebody from outside facilitates (Holacracy)
	GoesToChair   Stuck = "chair"          // the chair decides, with dissent on record (IETF, W3C)
	GoesToMeeting Stuck = "meeting"        // a meeting takes it (Holacracy, asynchronous)
)

// Values lists the next steps.
func (Stuck) Values() []string {
	return []string{string(GoesUp), string(GoesToBallot), string(BreaksDown), string(GoesToChair), string(GoesToMeeting)}
}

// Check refuses a step that nobody knows.
func (s Stuck) Check() error { return among(string(s), s.Values()) }

// Withdrawal is what it takes to withdraw a proposal whose question was put.
type Withdrawal string

// The ways. The empty one: the circle drops it by consent (SoFA).
const (
	ByOwner    Withdrawal = "owner"    // the proposer owns it to the end (Holacracy)
	ByTakeover Withdrawal = "takeover" // another member may take it over first (Debian)
)

// Values lists the ways.
func (Withdrawal) Values() []string { return []string{string(ByOwner), string(ByTakeover)} }

// Check refuses a way that nobody knows.
func (w Withdrawal) Check() error { return among(string(w), w.Values()) }

// RuleName names a rule: its kind, the version of that kind, and the
// parameters with which it was opened.
type RuleName struct {
	Kind       string `json:"kind"`
	Version    int    `json:"v"`
	Parameters string `json:"parameters,omitempty"`
}

// IsZero says that no rule is named.
func (n RuleName) IsZero() bool { return n == RuleName{} }

// wants says whether the method has a phase.
func (m *Method) wants(k RoundKind) bool { return slices.Contains(m.Phases, k) }

// offers says whether the method has a stance.
func (m *Method) offers(s Stance) bool { return slices.Contains(m.Stances, s) }

// method returns a method by name; circles that name none decide by Plain.
func (s *State) method(name string) (*Method, error) {
	if name == "" {
		name = Plain.Name
	}
	if m := s.methods[name]; m != nil {
		return m, nil
	}
	return nil, UnknownMethod.Refuse("method", name)
}

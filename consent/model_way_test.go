package consent_test

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
)

// A way is how the model decides by a method: what docs/methods.md says of it, one
// sentence a line.
type way struct {
	clarify, react bool          // the rounds before the question
	turns          bool          // people speak one after the other
	meeting        bool          // the question is put in a meeting
	agenda         bool          // those present consent to the agenda first
	term           bool          // a policy has a term
	present        bool          // those present are asked
	decider        bool          // who proposed decides alone
	concerns       bool          // concerns may be said
	confirm        bool          // an objection is said back, and the objector confirms
	solved         string        // who says that an objection is solved: "raiser", and the question stays open meanwhile; "answer" of who facilitates; "both" objector and proposer; "" the next round
	acknowledge    circle.Period // without a word from the objector, the answer stands
	outsiders      bool          // anybody may object
	oneByOne       bool          // objections are dealt with one at a time
	author         bool          // new versions are written by the proposer
	owner          bool          // the proposer may take it back at any time
	keep           bool          // when the text changes while the question is open, the answers stand

	onwards   bool          // after the reactions the text may be changed, and then the question is put
	silent    bool          // while the others react, the proposer listens
	bothWays  bool          // every other round runs the other way
	notice    circle.Period // how long a proposal lies with the circle before the question is put
	amended   bool          // new versions are written by the circle, which consents to them
	discard   bool          // who facilitates may discard what is no valid proposal
	toMeeting bool          // anybody may bring it to a meeting instead

	tester    string                  // who tests an objection: "peers", "reasoning", "form", "supporters", "chair"; "" nobody
	each      bool                    // each objection is tested; else one about which there is doubt
	required  []objection.CriterionID // each of these must hold
	any       []objection.CriterionID // one of these must
	override  objection.CriterionID   // if this holds, nothing else is asked
	aside     bool                    // an objector may stand aside
	goodFaith bool                    // who does not work on their objection in good faith loses it
	later     bool                    // the circle may put an objection off

	vote      func(sum) bool // of a question on which no consent is found
	stuck     string         // when no consent is found: "up", "vote", "outside", "chair", "meeting"
	questions int            // after so many questions that is due
	meetings  int            // after so many meetings
	work      circle.Period

	answers []string // beside consent and an objection
	rule    func(sum) bool
	anytime bool // the rule may be satisfied before everybody was heard
	vetoes  int  // so many objections end it when a time is over; zero: none ever does

	window     circle.Period // the time to answer
	counts     bool          // silence counts in its end
	early      bool          // it ends early when everybody was heard
	lapses     bool          // what is not adopted by then is not adopted
	extensions int
	by         circle.Period
	lastCall   circle.Period
	clock      consent.Clock
}

// A sum is what the answers come to, in seats: everybody once. Who consents or
// takes a side does it for themselves; what silence means is counted apart.
type sum struct {
	seats, missing, silent             int
	consents, objects, abstains, aside int
	stops                              int // objections that stand
}

// The rules, in the words of docs/methods.md.
func everybodyConsents(n sum) bool {
	return n.seats > 0 && n.consents+n.silent == n.seats && n.stops == 0
}

// twoThirds of those who took a side are in favour.
func twoThirds(n sum) bool {
	sides := n.consents + n.objects
	return sides > 0 && 3*n.consents >= 2*sides && n.stops == 0
}

// somebodyInFavour: everybody was heard, and not all of them abstain.
func somebodyInFavour(n sum) bool {
	return n.missing == 0 && n.consents > 0 && n.stops == 0
}

// byVote is the vote of a question on which no consent is found: everybody was heard
// and at least two of three of those who took a side are in favour.
func byVote(n sum) bool {
	return n.missing == 0 && n.consents > 0 && 3*n.consents >= 2*(n.consents+n.objects)
}

var holacracyAsks = []objection.CriterionID{"harm", "role", "caused", "certain"}

var plainWay = &way{concerns: true, rule: everybodyConsents}

var quickWay = &way{present: true, rule: everybodyConsents}

// asking is a question before it is asked.
var asking = &matter{question: true, way: quickWay}

var methodWays = map[circle.Name]*way{
	"":      plainWay,
	"plain": plainWay,
	"sofa": {clarify: true, react: true, turns: true, meeting: true, agenda: true, term: true, confirm: true,
		rule: everybodyConsents, stuck: "up"},
	"scm": {clarify: true, react: true, turns: true, meeting: true, agenda: true, term: true, onwards: true, present: true,
		rule: everybodyConsents, tester: "peers", required: []objection.CriterionID{"argued", "paramount"}, stuck: "up"},
	"s3": {clarify: true, oneByOne: true, react: true, turns: true, meeting: true, agenda: true, term: true, bothWays: true, concerns: true,
		rule: everybodyConsents, tester: "reasoning", each: true, any: []objection.CriterionID{"consequences", "risk", "improvement"},
		amended: true, later: true},
	"holacracy": {clarify: true, oneByOne: true, react: true, turns: true, meeting: true, notice: circle.MustPeriod("1d"), onwards: true, silent: true,
		present: true, rule: everybodyConsents, tester: "form", required: holacracyAsks, override: "constitution",
		solved: "both", author: true, goodFaith: true, stuck: "outside", owner: true, discard: true},
	"formal-consensus": {clarify: true, oneByOne: true, react: true, turns: true, meeting: true, agenda: true, present: true, answers: []string{"stand-aside"},
		rule: somebodyInFavour, tester: "supporters", required: []objection.CriterionID{"principle"}, aside: true,
		stuck: "vote", vote: byVote, questions: 3},
	"n-street": {clarify: true, react: true, turns: true, meeting: true, agenda: true, present: true, answers: []string{"abstain"},
		rule: somebodyInFavour, lastCall: circle.MustPeriod("14d"), clock: consent.Stops, goodFaith: true, stuck: "vote", vote: byVote,
		meetings: 6, work: circle.MustPeriod("3m")},
	"lazy-consensus": {solved: "raiser", author: true, owner: true, rule: everybodyConsents,
		window: circle.MustPeriod("72h"), counts: true},
	"consensus-approval": {solved: "raiser", author: true, owner: true, answers: []string{"abstain"}, window: circle.MustPeriod("72h"),
		anytime: true, rule: func(n sum) bool { return n.consents >= 3 && n.stops == 0 }},
	"final-comment": {solved: "raiser", author: true, owner: true, keep: true, lastCall: circle.MustPeriod("10d"), clock: consent.Restarts,
		anytime: true, rule: func(n sum) bool { return n.consents > n.seats/2 && n.missing <= 2 && n.stops == 0 }},
	"advice": {react: true, decider: true, owner: true, rule: everybodyConsents},
	"rough-consensus": {solved: "answer", acknowledge: circle.MustPeriod("14d"), outsiders: true, author: true, keep: true,
		answers: []string{"abstain"}, window: circle.MustPeriod("14d"), counts: true, extensions: 2, by: circle.MustPeriod("7d"),
		lastCall: circle.MustPeriod("14d"), clock: consent.RunsOn, anytime: true, rule: twoThirds, tester: "chair", stuck: "chair"},
	"holacracy-async": {solved: "both", author: true, oneByOne: true, owner: true, toMeeting: true, rule: everybodyConsents,
		window: circle.MustPeriod("7d"), counts: true, early: true, tester: "form", required: holacracyAsks, override: "constitution",
		goodFaith: true, stuck: "meeting", discard: true},
	"optimistic": {solved: "raiser", owner: true, window: circle.MustPeriod("7d"), counts: true, lapses: true,
		lastCall: circle.MustPeriod("2d"), clock: consent.RunsOn, vetoes: 2,
		anytime: true, rule: func(n sum) bool { return n.seats > 0 && n.stops < 2 }},
}

// sums counts a round. Nobody waits for who has left, nor where those present
// decide for all for who is not at the meeting.
func (v *view) sums(m *matter) sum {
	n := sum{missing: len(v.unheard(m)), stops: len(v.against(m))}
	n.seats = n.missing
	for _, who := range m.talk.seats {
		switch m.talk.said[who] {
		case "":
			continue
		case consent.Consents:
			n.consents++
		case consent.Objects, consent.Against:
			n.objects++
		case "silence":
			n.silent++
		case "abstain":
			n.abstains++
		case "stand-aside":
			n.aside++
		}
		n.seats++
	}
	return n
}

// decider is who decides alone: the proposer, as long as they have a consent
// right.
func (v *view) decider(m *matter) []person {
	if v.level(m.by) != circle.Full {
		return nil
	}
	return []person{m.by}
}

// offers lists what may be answered beside consent and an objection.
func (w *way) offers(answer string) bool { return slices.Contains(w.answers, answer) }

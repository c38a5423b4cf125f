package consent

import (
	"fmt"
	"maps"
	"sync"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// consentRule is the stock rule's name.
var consentRule = RuleName{Kind: "consent", Version: 1}

// Plain is the method of a circle that has agreed nothing else: the question
// is put, everybody answers when they like, nobody's silence counts. It is the
// common core of all methods (methods §1.0).
var Plain = Method{Name: "plain", Concerns: true, Rule: consentRule}

// Quick is for decisions on the way, such as an agenda: those present are
// asked at once.
var Quick = Method{Name: "quick", Present: true, Rule: consentRule}

// Signals is Plain with answers that all give at once, as with hand signals (S3,
// consent decision-making, step 5): each is sealed, and all are revealed together
// when the last one is in. Then whoever objects says why.
var Signals = Method{Name: "signals", Concerns: true, Rule: consentRule, Hidden: HiddenSealed}

// SoFA is consent as in "Many Voices One Song" §3.3, as the care co-operative
// uses it: clarifying and reacting in rounds in turn, a binary question put in
// a meeting to all full participants, objections said back and confirmed, a
// term on every policy. Nobody judges an objection; it is settled by the next
// round. When no consent is found, the broader circle is asked (SF-266).
var SoFA = Method{Name: "sofa", Phases: []RoundKind{ClarifyRound, ReactRound}, Turns: true, Meeting: true, Agenda: true,
	Confirm: true, Term: true, Rule: consentRule, Stuck: GoesUp}

// SCM is the Sociocratic Circle-Organization Method in Endenburg's line (TSCG,
// TSG): as SoFA, with those present; when there is doubt whether an objection is
// argued and paramount, the circle without the objector says so by consent
// (CH-25714). The last resort is the next broader circle.
var SCM = Method{Name: "scm", Phases: []RoundKind{ClarifyRound, ReactRound}, Turns: true, Meeting: true, Agenda: true, Onwards: true,
	Present: true, Term: true, Rule: consentRule, Stuck: GoesUp,
	Objections: objection.Handling{Tester: objection.ByPeers, Trigger: objection.OnDoubt, Criteria: []objection.Criterion{
		{ID: "argued", Need: objection.Required, Prompt: "Can others follow the reasons, even if they disagree?"},
		{ID: "paramount", Need: objection.Required, Prompt: "Does it bear on being able to work for the shared aim?"},
	}}}

// S3 is Sociocracy 3.0's consent decision-making (version 2024): concerns beside
// objections; every argument is tested by reasoning, and what nobody disputes
// qualifies; an amendment is consented to before it is merged; an objection may
// be put off with an owner and a date. Who begins a round and which way it runs
// both change.
var S3 = Method{Name: "s3", Phases: []RoundKind{ClarifyRound, ReactRound}, Turns: true, Meeting: true, Agenda: true,
	BothWays: true, Concerns: true, Term: true, Amenders: ByCircle, Rule: consentRule,
	Objections: objection.Handling{Tester: objection.ByReasoning, Trigger: objection.Always, Defer: true, Queue: objection.OneAtATime,
		Criteria: []objection.Criterion{
			{ID: "consequences", Need: objection.Any, Prompt: "Does leaving it as it is lead to unwanted consequences?"},
			{ID: "risk", Need: objection.Any, Prompt: "Does it risk them beyond what is acceptable?"},
			{ID: "improvement", Need: objection.Any, Prompt: "Does it show a worthwhile improvement?"},
		}}}

// holacracyCriteria are those of H5 §5.3.2.
var holacracyCriteria = []objection.Criterion{
	{ID: "harm", Need: objection.Required, Prompt: "Would the proposal lower the circle's capacity to act for its purpose?"},
	{ID: "role", Need: objection.Required, Prompt: "Would it limit a role that you represent, as if that were your only role?"},
	{ID: "caused", Need: objection.Required, Prompt: "Is it the proposal that creates this, and not something there already?"},
	{ID: "certain", Need: objection.Required, Prompt: "Would it necessarily happen, or might it without a chance to adapt before it does harm?"},
	{ID: "constitution", Need: objection.Override, Prompt: "Would the proposal break the constitution?"},
}

// Holacracy is integrative decision-making in a meeting (H5 §5.3, §5.4.5): the
// proposer owns the proposal and does not react to it, those present object, who facilitates tests only
// whether each criterion is argued, an objection is solved when objector and
// proposer both say so, and the question is put again. A time-out is for
// administration and the rules (H5 §5.4.3), and the agenda is made in the meeting
// (H5 §5.4.4). Notice is a hard
// precondition (H5 §5.4.2). When it takes too long the process breaks down
// (H5 §5.5).
var Holacracy = Method{Name: "holacracy", Phases: []RoundKind{ClarifyRound, ReactRound}, Turns: true, Meeting: true,
	Present: true, Guests: true, ProposerSilent: true, TimeOuts: true, Labels: true, OwnTension: true, Onwards: true, Notice: circle.MustPeriod("1d"), Rule: consentRule, Amenders: ByProposer, Withdrawal: ByOwner, Discard: true,
	Stuck: BreaksDown, Objections: objection.Handling{Tester: objection.ByForm, Trigger: objection.OnDoubt,
		Criteria: holacracyCriteria, Solved: objection.ByBoth, GoodFaith: true, Queue: objection.OneAtATime}}

// HolacracyAsync is the same in writing (H5 §5.3): adopted when every circle
// member has confirmed that they have no objection, or by policy when a week is
// over; any member may bring it to a meeting, and then it counts as withdrawn.
var HolacracyAsync = Method{Name: "holacracy-async", Rule: consentRule, Amenders: ByProposer, Withdrawal: ByOwner, Discard: true,
	Window:    Window{For: circle.MustPeriod("7d"), Silence: SilenceConsents, Early: true},
	ToMeeting: true, Stuck: GoesToMeeting, Objections: Holacracy.Objections}

// FinalComment is Rust's final comment period as rfcbot runs it: when a strict
// majority of the team has reviewed, at most two are missing and no concern is
// open, ten days begin; a concern in them sends it back, and a new ten days
// begin when its raiser has resolved it. Only the raiser resolves a concern.
var FinalComment = Method{Name: "final-comment", Rule: Settle{Most: true, Missing: 2}.Name(),
	LastCall: circle.MustPeriod("10d"), Clock: Restarts, Keep: true, Withdrawal: ByOwner, Amenders: ByProposer,
	Objections: objection.Handling{Solved: objection.ByRaiser}}

// LazyConsensus is Apache's: intent is announced, and when nobody objects for
// 72 hours, it goes ahead. Silence is assent, and is marked as such.
var LazyConsensus = Method{Name: "lazy-consensus", Rule: consentRule, Keep: false, Withdrawal: ByOwner, Amenders: ByProposer,
	Window:     Window{For: circle.MustPeriod("72h"), Silence: SilenceConsents},
	Objections: objection.Handling{Tester: objection.ByPresence, Solved: objection.ByRaiser}}

// ConsensusApproval is Apache's vote on code: at least three in favour and no
// veto, within 72 hours at the least. A veto needs a technical justification,
// nobody overrides it, and only who cast it takes it back.
var ConsensusApproval = Method{Name: "consensus-approval", Rule: Settle{Support: 3}.Name(), Stances: []Stance{Abstains},
	Withdrawal: ByOwner, Amenders: ByProposer, Window: Window{For: circle.MustPeriod("72h")},
	Objections: objection.Handling{Tester: objection.ByPresence, Solved: objection.ByRaiser}}

// FormalConsensus is C.T. Butler's: people withhold consent, and only the group
// blocks, when so many find it founded on its principles; others stand aside.
// Where time presses and it was agreed before, two thirds decide.
var FormalConsensus = Method{Name: "formal-consensus", Phases: []RoundKind{ClarifyRound, ReactRound}, Turns: true, Meeting: true,
	Agenda: true, Present: true, Stances: []Stance{StandsAside}, Rule: Settle{Heard: true, Support: 1}.Name(),
	Limit: Limit{Questions: 3}, Stuck: GoesToBallot, Fallback: Settle{Share: 2, Of: 3, Heard: true, Ballot: true}.Name(),
	Objections: objection.Handling{Tester: objection.BySupporters, Trigger: objection.OnDoubt, Supporters: 1, StandAside: true, Queue: objection.OneAtATime,
		Criteria: []objection.Criterion{{ID: "principle", Need: objection.Required,
			Prompt: "Is it founded on the group's principles, or vital to its well-being?"}}}}

// NStreet is the consensus of N Street and its kin: consent of those present,
// then two weeks in which an absent member may still block; a block is worked on
// in up to six meetings within three months, or is lost; otherwise two thirds
// decide (text of 2019).
var NStreet = Method{Name: "n-street", Phases: []RoundKind{ClarifyRound, ReactRound}, Turns: true, Meeting: true, Agenda: true,
	Present: true, Stances: []Stance{Abstains}, Rule: Settle{Heard: true, Support: 1}.Name(), LastCall: circle.MustPeriod("14d"), Clock: Stops,
	Limit: Limit{Meetings: 6, Time: circle.MustPeriod("3m")}, Stuck: GoesToBallot,
	Fallback:   Settle{Share: 2, Of: 3, Heard: true, Ballot: true}.Name(),
	Objections: objection.Handling{GoodFaith: true}}

// RoughConsensus is the consensus of IETF and W3C groups (RFC 7282; W3C
// Process): a call with a deadline, silence abstains; an issue is addressed when
// the chair has answered it in substance, which is not the same as accommodated;
// the chair may record a decision with dissent. Anyone may object.
var RoughConsensus = Method{Name: "rough-consensus", Rule: Settle{Share: 2, Of: 3}.Name(), Stances: []Stance{Abstains}, Chair: true,
	Window:   Window{For: circle.MustPeriod("14d"), Silence: SilenceAbstains, Extensions: 2, By: circle.MustPeriod("7d")},
	LastCall: circle.MustPeriod("14d"), Clock: RunsOn, Keep: true, Stuck: GoesToChair, Amenders: ByProposer,
	Objections: objection.Handling{Tester: objection.ByChair, Trigger: objection.OnDoubt, Solved: objection.ByAnswer,
		Acknowledge: circle.MustPeriod("14d"), Outsiders: true, Once: true}}

// Advice is the advice process (after Laloux; Loomio's guide): those affected
// and those who know are heard, and then one person, the proposer, decides.
var Advice = Method{Name: "advice", Phases: []RoundKind{ReactRound}, Decider: true, Withdrawal: ByOwner, Rule: consentRule}

// Optimistic passes unless two objections stand when a week is over, and takes
// effect two days later (Cosmos, Agora, Polkadot).
var Optimistic = Method{Name: "optimistic", Rule: Settle{Vetoes: 2}.Name(), Withdrawal: ByOwner,
	Window:   Window{For: circle.MustPeriod("7d"), Silence: SilenceConsents, Lapses: true},
	LastCall: circle.MustPeriod("2d"), Clock: RunsOn, Objections: objection.Handling{Solved: objection.ByRaiser}}

// PlainSelection goes with Plain: everybody names somebody, sealed; a candidate is
// proposed on the strength of reasons, and the question is put.
var PlainSelection = Method{Name: "plain-selection", Concerns: true, Rule: consentRule,
	Selecting: Selecting{By: ByReasons, May: []Naming{NamesSelf, NamesOutsider, NamesOutside, NamesNobody}, Pass: true, Change: true}}

// SoFASelection is "Many Voices One Song" §3.6, as the care co-operative uses it
// (EC-87): role, term and qualifications first; nobody passes; reasons, changes, a
// candidate on the strength of reasons; the nominee is asked last, and their
// consent is their acceptance.
var SoFASelection = Method{Name: "sofa-selection", Turns: true, Confirm: true, Rule: consentRule,
	Selecting: Selecting{By: ByReasons, Parameters: true, May: []Naming{NamesSelf, NamesOutsider}, Change: true, Last: true, Welcome: true}}

// SCMSelection is that of the Sociocratic Circle-Organization Method (TSCG, SI-E):
// one may also name somebody from outside, a search outside, or nobody.
var SCMSelection = Method{Name: "scm-selection", Turns: true, Present: true, Rule: consentRule, Objections: SCM.Objections,
	Selecting: Selecting{By: ByReasons, Parameters: true, May: []Naming{NamesSelf, NamesOutsider, NamesOutside, NamesNobody}, Change: true, Last: true}}

// S3Selection is the role selection of S3: one may pass; all signal at once, the
// nominee among them, and who was chosen is asked at the end.
var S3Selection = Method{Name: "s3-selection", Turns: true, BothWays: true, Concerns: true, Rule: consentRule, Hidden: HiddenSealed, Objections: S3.Objections,
	Selecting: Selecting{By: ByReasons, May: []Naming{NamesSelf}, Pass: true, Change: true, Accept: true}}

// HolacracySelection is Holacracy's integrative election (H5 §5.3.5): everybody
// names exactly one, the candidate is who was named most, and ties have four
// rules. Who names nobody within a week has no part in the rest.
var HolacracySelection = Method{Name: "holacracy-selection", Turns: true, Present: true, Rule: consentRule, Objections: Holacracy.Objections,
	Selecting: Selecting{By: ByCount, May: []Naming{NamesSelf}, Change: true, Limit: circle.MustPeriod("7d"),
		Ties: []Tie{TieSelf, TieIncumbent, TieDraw, TieChange}}}

// RoughConsensusSelection goes with RoughConsensus: of several options the one with
// the weakest objections is put to the group, before one that many like and a few
// object to strongly (W3C Process, managing dissent; M-155).
var RoughConsensusSelection = Method{Name: "rough-consensus-selection", Concerns: true, Rule: consentRule,
	Selecting: Selecting{By: ByObjections, Pass: true, Ties: []Tie{TieDraw}}}

// Members is how the members of a co-operative decide in a members' meeting:
// consent first, by asking who objects; where that finds none, an ordinary
// resolution is voted on, by class and in exact fractions (EC-66, EC-68, EC-70).
var Members = Method{Name: "members", Meeting: true, Present: true, WhoObjects: true, Concerns: true, Term: true,
	Rule: consentRule, Limit: Limit{Questions: 1}, Stuck: GoesToBallot, Fallback: Ordinary.Name()}

// MembersExtraordinary is the same for what the rules reserve to an
// extraordinary resolution, such as the clause on the co-operative's purpose
// (EC-68, EC-72): the vote is held also when everybody consents.
var MembersExtraordinary = Method{Name: "members-extraordinary", Meeting: true, Present: true, WhoObjects: true, Concerns: true,
	Rule: consentRule, Formal: true, Limit: Limit{Questions: 1}, Stuck: GoesToBallot, Fallback: Extraordinary.Name()}

// Presets lists the methods that the engine brings.
func Presets() []Method {
	return []Method{Plain, Quick, SoFA, SCM, S3, Holacracy, HolacracyAsync, FinalComment, LazyConsensus, ConsensusApproval,
		FormalConsensus, NStreet, RoughConsensus, Advice, Optimistic, Signals,
		PlainSelection, SoFASelection, SCMSelection, S3Selection, HolacracySelection, Members, MembersExtraordinary, RoughConsensusSelection}
}

// methods are the presets and the host's own methods, by name.
func methods(own []Method) (map[string]*Method, error) {
	known, err := presets()
	if err != nil {
		return nil, err
	}
	out := maps.Clone(known)
	return out, checkedInto(out, own)
}

// presets are those that the engine brings, by name. They are checked once, and not
// for each engine.
var presets = sync.OnceValues(func() (map[string]*Method, error) {
	out := map[string]*Method{}
	return out, checkedInto(out, Presets())
})

// checkedInto adds methods that hold together, under names of their own.
func checkedInto(out map[string]*Method, list []Method) error {
	for _, m := range list {
		if err := m.Check(); err != nil {
			return err
		}
		if out[m.Name] != nil {
			return fmt.Errorf("there are two methods of the name %s", m.Name)
		}
		out[m.Name] = &m
	}
	return nil
}

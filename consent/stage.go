package consent

// Stage is where a process of decision stands.
type Stage uint8

// The stages, in the order of the common machine (methods §1.3.1), and the
// outcomes in which a process ends.
const (
	StageIntake    Stage = 1 + iota // put to the circle: checks, input, formats, reading time
	StageClarify                    // understanding the text
	StageReact                      // reactions, one each
	StageDecide                     // the question is put: consent or objection
	StageIntegrate                  // objections stand: understand them, work on the text
	StageLastCall                   // consented by those present; the absent have their time

	StageAdopted    // the rule of the case said so
	StageNotAdopted // the rule of the case said so; consent never does
	StageWithdrawn  // taken back by the proposer
	StageDropped    // ended by consent of the circle

	StageDraft     // not put to the circle yet: its author works on it
	StageRevise    // a friendly amendment changed the wording; what was said holds for it
	StageParked    // set aside, with an owner and a day on which it comes back
	StageEscalated // before a broader circle, which answers by consent
	StageBallot    // a vote, because no consent was found

	StageDiscarded   // not valid, or not in good faith; who facilitates said so
	StageTransferred // it belongs to another circle, which took it
	StageSuperseded  // another proposal took its place
	StageExpired     // nobody ended it in the time that the method gives

	StageTest // an objection is tested: does it qualify?

	StageNominate // a selection: everybody names somebody, sealed
	StageWeigh    // the nominations are open: reasons, changes, and then a candidate
	StageAccept   // everybody consented: who was chosen has yet to accept
)

var stageNames = [...]string{"none", "intake", "clarify", "react", "decide", "integrate", "last-call",
	"adopted", "not-adopted", "withdrawn", "dropped", "draft", "revise", "parked", "escalated", "ballot",
	"discarded", "transferred", "superseded", "expired", "test", "nominate", "weigh", "accept"}

// terminal are the outcomes: each process comes to exactly one.
var terminal = [len(stageNames)]bool{StageAdopted: true, StageNotAdopted: true, StageWithdrawn: true, StageDropped: true,
	StageDiscarded: true, StageTransferred: true, StageSuperseded: true, StageExpired: true}

// String gives the stage's wire name.
func (s Stage) String() string { return stageNames[s] }

// Terminal says that the process has ended: nothing changes its state again.
func (s Stage) Terminal() bool { return terminal[s] }

// Stages lists all stages and outcomes in order.
func Stages() []Stage {
	out := make([]Stage, 0, len(stageNames)-1)
	for s := StageIntake; int(s) < len(stageNames); s++ {
		out = append(out, s)
	}
	return out
}

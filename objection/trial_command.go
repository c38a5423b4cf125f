package objection

import "github.com/sayround/sayround/circle"

// Test asks for the test of an objection that stands (M-160).
type Test struct {
	Objection ID          `json:"objection"`
	Reason    circle.Text `json:"reason,omitempty"`
}

// Argue says as the objector why a criterion holds.
type Argue struct {
	Objection ID          `json:"objection"`
	Criterion CriterionID `json:"criterion"`
	Argument  circle.Text `json:"argument"`
}

// Find ends a test by finding, for each criterion, whether it holds. Where the
// method tests the form only, a criterion holds exactly if it was argued: no
// other finding is possible, so that nobody weighs truth or importance. A chair
// finds on the merits; by a method without criteria, Qualifies is the finding.
type Find struct {
	Objection ID            `json:"objection"`
	Holds     []CriterionID `json:"holds,omitempty"`
	Lacks     []CriterionID `json:"lacks,omitempty"`
	Qualifies bool          `json:"qualifies,omitempty"`
	Reason    circle.Text   `json:"reason"`
}

// Rule says whether the criterion holds that settles all: the Secretary
// interprets it (M-163).
type Rule struct {
	Objection ID          `json:"objection"`
	Criterion CriterionID `json:"criterion"`
	Holds     bool        `json:"holds,omitempty"`
	Reason    circle.Text `json:"reason"`
}

// Disagree argues against an objection under test, or against another dispute
// (M-164).
type Disagree struct {
	ID        DisputeID   `json:"id"`
	Objection ID          `json:"objection"`
	On        DisputeID   `json:"on,omitempty"`
	Argument  circle.Text `json:"argument"`
}

// Concede takes one's own dispute back: the argument against it convinces.
type Concede struct {
	Objection ID        `json:"objection"`
	Dispute   DisputeID `json:"dispute"`
}

// Refine puts one's own objection in better words. What was said against the
// old words falls with them.
type Refine struct {
	Objection ID          `json:"objection"`
	Argument  circle.Text `json:"argument"`
}

// EndTest ends a test when nothing is left to say: what was said decides, and
// nobody's rank.
type EndTest struct {
	Objection ID `json:"objection"`
}

// Weigh says whether one finds that another's objection qualifies (M-166,
// M-167).
type Weigh struct {
	Objection ID          `json:"objection"`
	Qualifies bool        `json:"qualifies,omitempty"`
	Reason    circle.Text `json:"reason"`
}

// TestOpened: an objection is tested.
type TestOpened struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Reason    circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Argued: the objector argued that a criterion holds.
type Argued struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Criterion CriterionID     `json:"criterion"`
	Argument  circle.Text     `json:"argument" words:"heard"`
}

// Ruled: the Secretary said whether the criterion holds that settles all.
type Ruled struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Criterion CriterionID     `json:"criterion"`
	Holds     bool            `json:"holds,omitempty"`
	Reason    circle.Text     `json:"reason" words:"heard"`
}

// Disputed: somebody argued against the objection, or against another dispute.
type Disputed struct {
	Dispute   DisputeID       `json:"dispute"`
	Objection ID              `json:"objection"`
	Against   DisputeID       `json:"on,omitempty"`
	By        circle.PersonID `json:"by"`
	Argument  circle.Text     `json:"argument" words:"heard"`
}

// Conceded: a dispute was taken back by who brought it.
type Conceded struct {
	Objection ID              `json:"objection"`
	Dispute   DisputeID       `json:"dispute"`
	By        circle.PersonID `json:"by"`
}

// Refined: the objector put the objection in other words.
type Refined struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Argument  circle.Text     `json:"argument" words:"heard"`
}

// Weighed: somebody said whether they find that the objection qualifies.
type Weighed struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"`
	Qualifies bool            `json:"qualifies,omitempty"`
	Reason    circle.Text     `json:"reason" words:"heard"`
}

// A Finding is what a test came to: who measured, which tells what they were
// to look at, and what they found of each criterion, or who found what (M-162).
type Finding struct {
	Tester  Tester            `json:"tester"`
	Holds   []CriterionID     `json:"holds,omitempty"`
	Lacks   []CriterionID     `json:"lacks,omitempty"`
	For     []circle.PersonID `json:"for,omitempty"`
	Against []circle.PersonID `json:"against,omitempty"`
}

// Captured: the test found that the objection qualifies.
type Captured struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"` // whose act ended the test
	Finding   Finding         `json:"finding"`
	Upheld    bool            `json:"upheld,omitempty"` // by the supporters that the method asks for
	Reason    circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Dismissed: the test found that it does not qualify.
type Dismissed struct {
	Objection ID              `json:"objection"`
	By        circle.PersonID `json:"by"` // whose act ended the test
	Finding   Finding         `json:"finding"`
	Reason    circle.Text     `json:"reason,omitempty" words:"heard"`
}

// Wire names, one for each command and event.
func (Test) Wire() string       { return "objection.test" }
func (Argue) Wire() string      { return "objection.argue" }
func (Find) Wire() string       { return "objection.find" }
func (Rule) Wire() string       { return "objection.rule" }
func (Disagree) Wire() string   { return "objection.dispute" }
func (Concede) Wire() string    { return "objection.concede" }
func (Refine) Wire() string     { return "objection.refine" }
func (EndTest) Wire() string    { return "objection.end-test" }
func (Weigh) Wire() string      { return "objection.weigh" }
func (TestOpened) Wire() string { return "objection.test-opened" }
func (Argued) Wire() string     { return "objection.argued" }
func (Ruled) Wire() string      { return "objection.ruled" }
func (Disputed) Wire() string   { return "objection.disputed" }
func (Conceded) Wire() string   { return "objection.conceded" }
func (Refined) Wire() string    { return "objection.refined" }
func (Weighed) Wire() string    { return "objection.weighed" }
func (Captured) Wire() string   { return "objection.captured" }
func (Dismissed) Wire() string  { return "objection.dismissed" }

// Of names the objection that a command is about.
func (c Test) Of() ID     { return c.Objection }
func (c Argue) Of() ID    { return c.Objection }
func (c Find) Of() ID     { return c.Objection }
func (c Rule) Of() ID     { return c.Objection }
func (c Disagree) Of() ID { return c.Objection }
func (c Concede) Of() ID  { return c.Objection }
func (c Refine) Of() ID   { return c.Objection }
func (c EndTest) Of() ID  { return c.Objection }
func (c Weigh) Of() ID    { return c.Objection }

// On names the objection that an event is about.
func (e TestOpened) On() ID { return e.Objection }
func (e Argued) On() ID     { return e.Objection }
func (e Ruled) On() ID      { return e.Objection }
func (e Disputed) On() ID   { return e.Objection }
func (e Conceded) On() ID   { return e.Objection }
func (e Refined) On() ID    { return e.Objection }
func (e Weighed) On() ID    { return e.Objection }
func (e Captured) On() ID   { return e.Objection }
func (e Dismissed) On() ID  { return e.Objection }

func trialCommands() []Command {
	return []Command{Test{}, Argue{}, Find{}, Rule{}, Disagree{}, Concede{}, Refine{}, EndTest{}, Weigh{}}
}

func trialEvents() []Event {
	return []Event{TestOpened{}, Argued{}, Ruled{}, Disputed{}, Conceded{}, Refined{}, Weighed{}, Captured{}, Dismissed{}}
}

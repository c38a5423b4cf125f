package objection

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// The refusals of testing.
var (
	TestedAlready = &circle.Code{ID: "tested-already", Kind: circle.ErrTaken, Rule: "M-160", Stands: circle.InMethod,
		Says: "{objection} was put to the test already: the test is {state}. Once is enough."}
	NotUnderTest = &circle.Code{ID: "not-under-test", Kind: circle.ErrNotNow, Rule: "M-160", Stands: circle.InMethod,
		Says: "{objection} is not under test now."}
	NobodyTests = &circle.Code{ID: "nobody-to-test", Kind: circle.ErrNotNow, Rule: "M-168", Stands: circle.InEngine,
		Says: "Too few are there to test {objection} beside those whose it is: {by}. So it stands."}
	UnknownCriterion = &circle.Code{ID: "unknown-criterion", Kind: circle.ErrNotKnown, Rule: "M-161", Stands: circle.InMethod,
		Says: "{criterion} is not one of the criteria of this method for this act: {criteria}."}
	OtherTester = &circle.Code{ID: "other-tester", Kind: circle.ErrNotValid, Rule: "M-162", Stands: circle.InMethod,
		Says: "By this method an objection is tested in another way: {tester}."}
	EachOnce = &circle.Code{ID: "each-criterion-once", Kind: circle.ErrNotValid, Rule: "M-162", Stands: circle.InMethod,
		Says: "A finding names each of these criteria once, as one that holds or as one that does not: {criteria}."}
	OnlyForm = &circle.Code{ID: "form-only", Kind: circle.ErrNotValid, Rule: "M-162", Stands: circle.InMethod,
		Says: "Here it is only asked whether each criterion was argued. These were: {argued}. Nobody weighs whether that is true or matters."}
	RulingFirst = &circle.Code{ID: "ruling-first", Kind: circle.ErrNotNow, Rule: "M-163", Stands: circle.InMethod,
		Says: "{criterion} was argued: first the Secretary rules on it."}
	UnknownDispute = &circle.Code{ID: "unknown-dispute", Kind: circle.ErrNotKnown, Rule: "M-164", Stands: circle.InEngine,
		Says: "There is no dispute {dispute} about {objection} that is open."}
	NotYourDispute = &circle.Code{ID: "not-your-dispute", Kind: circle.ErrNotYou, Rule: "M-164", Stands: circle.InEngine,
		Says: "The dispute {dispute} is {by}'s: only {by} may concede it, not {who}."}
	NotAPeer = &circle.Code{ID: "not-a-peer", Kind: circle.ErrNotYou, Rule: "M-166", Stands: circle.InEngine,
		Says: "{who} does not weigh {objection}. Those who do: {peers}."}
	NotWeighedYet = &circle.Code{ID: "not-weighed-yet", Kind: circle.ErrNotNow, Rule: "M-166", Stands: circle.InMethod,
		Says: "Whether {objection} qualifies is not clear yet. Still to be heard: {peers}."}
)

func trialCodes() []*circle.Code {
	return []*circle.Code{TestedAlready, NotUnderTest, NobodyTests, UnknownCriterion, OtherTester, EachOnce, OnlyForm,
		RulingFirst, UnknownDispute, NotYourDispute, NotAPeer, NotWeighedYet}
}

func (c Test) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	h := f.handling()
	if err := has(h.Trigger != "", "a test of objections"); err != nil {
		return nil, err
	}
	o, err := os.standing(c.Objection)
	switch {
	case err != nil:
		return nil, err
	case o.Trial != nil:
		return nil, TestedAlready.Refuse("objection", c.Objection, "state", o.Trial.State)
	case !o.Testable(h, f.Peers):
		return nil, NobodyTests.Refuse("objection", c.Objection, "by", o.Holders())
	}
	return []Event{&TestOpened{Objection: c.Objection, By: by.By, Reason: c.Reason}}, nil
}

// underTest returns an objection that is being tested.
func (os *Objections) underTest(id ID) (*Objection, error) {
	o, err := os.standing(id)
	if err != nil {
		return nil, err
	}
	if !o.UnderTest() {
		return nil, NotUnderTest.Refuse("objection", id)
	}
	return o, nil
}

// ownTrial returns the person's own objection that is being tested.
func (os *Objections) ownTrial(id ID, by circle.Actor) (*Objection, error) {
	if _, err := os.underTest(id); err != nil {
		return nil, err
	}
	return os.own(id, by)
}

// judgedTrial returns an objection that is being tested and is not the judge's
// own (methods §8.4).
func (os *Objections) judgedTrial(id ID, by circle.Actor) (*Objection, error) {
	if _, err := os.underTest(id); err != nil {
		return nil, err
	}
	return os.judged(id, by)
}

// testedBy refuses the act of another way to test.
func (h *Handling) testedBy(list ...Tester) error {
	if slices.Contains(list, h.Tester) {
		return nil
	}
	return OtherTester.Refuse("tester", h.Tester)
}

// names lists the criteria that count in one of these ways.
func (h *Handling) names(needs ...Need) []CriterionID {
	var out []CriterionID
	for _, c := range h.Criteria {
		if slices.Contains(needs, c.Need) {
			out = append(out, c.ID)
		}
	}
	return out
}

func (c Argue) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	if _, err := os.ownTrial(c.Objection, by); err != nil {
		return nil, err
	}
	h := f.handling()
	if h.Criterion(c.Criterion) == nil {
		return nil, UnknownCriterion.Refuse("criterion", c.Criterion, "criteria", h.names(Required, Any, Override))
	}
	return []Event{&Argued{Objection: c.Objection, By: by.By, Criterion: c.Criterion, Argument: c.Argument}}, nil
}

// Rule dismisses what was argued to settle all and does not hold (M-163),
// unless the objector has argued the other criteria, too: then the test goes on.
func (c Rule) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	o, err := os.judgedTrial(c.Objection, by)
	if err != nil {
		return nil, err
	}
	h := f.handling()
	if o.Unruled(h) == "" || c.Criterion != o.Unruled(h) {
		return nil, UnknownCriterion.Refuse("criterion", c.Criterion, "criteria", o.Unruled(h))
	}
	events := []Event{&Ruled{Objection: c.Objection, By: by.By, Criterion: c.Criterion, Holds: c.Holds, Reason: c.Reason}}
	if c.Holds {
		return append(events, &Captured{Objection: c.Objection, By: by.By, Finding: Finding{Tester: h.Tester, Holds: []CriterionID{c.Criterion}}}), nil
	}
	others := slices.DeleteFunc(slices.Clone(o.Trial.Argued), func(id CriterionID) bool { return h.Criterion(id).Need == Override })
	if len(others) == 0 {
		events = append(events, &Dismissed{Objection: c.Objection, By: by.By, Finding: Finding{Tester: h.Tester, Lacks: []CriterionID{c.Criterion}}})
	}
	return events, nil
}

func (c Find) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	h := f.handling()
	o, err := os.judgedTrial(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if err := h.testedBy(ByForm, ByChair); err != nil {
		return nil, err
	}
	if open := o.Unruled(h); open != "" {
		return nil, RulingFirst.Refuse("criterion", open)
	}
	if err := h.found(o.Trial, c); err != nil {
		return nil, err
	}
	qualifies := c.Qualifies
	if len(h.Criteria) > 0 {
		qualifies = h.qualifies(c.Holds)
	}
	finding := Finding{Tester: h.Tester, Holds: c.Holds, Lacks: append(slices.Clone(c.Lacks), o.Trial.Lacking...)}
	return []Event{o.concluded(by, state(qualifies), finding, c.Reason)}, nil
}

// found refuses a finding that leaves a criterion out or names it twice, and,
// where only the form is looked at, one that says other than what was argued.
func (h *Handling) found(t *Trial, c Find) error {
	asked := h.names(Required, Any)
	got := append(slices.Clone(c.Holds), c.Lacks...)
	if len(h.Criteria) > 0 && c.Qualifies {
		return EachOnce.Refuse("criteria", asked)
	}
	for _, id := range got {
		if !slices.Contains(asked, id) {
			return UnknownCriterion.Refuse("criterion", id, "criteria", asked)
		}
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != len(asked) || len(c.Holds)+len(c.Lacks) != len(asked) {
		return EachOnce.Refuse("criteria", asked)
	}
	for _, id := range asked {
		if h.Tester == ByForm && slices.Contains(c.Holds, id) != slices.Contains(t.Argued, id) {
			return OnlyForm.Refuse("argued", t.Argued)
		}
	}
	return nil
}

func state(qualifies bool) TrialState {
	if qualifies {
		return TrialCaptured
	}
	return TrialDismissed
}

// concluded is the event that ends a test.
func (o *Objection) concluded(by circle.Actor, s TrialState, f Finding, reason circle.Text) Event {
	if s == TrialDismissed {
		return &Dismissed{Objection: o.ID, By: by.By, Finding: f, Reason: reason}
	}
	return &Captured{Objection: o.ID, By: by.By, Finding: f, Upheld: s == TrialUpheld, Reason: reason}
}

func (c Disagree) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	o, err := os.underTest(c.Objection)
	if err != nil {
		return nil, err
	}
	if err := f.handling().testedBy(ByReasoning); err != nil {
		return nil, err
	}
	if o.Trial.dispute(c.ID) != nil {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	if on := o.Trial.dispute(c.On); c.On != "" && (on == nil || !o.Trial.open(on)) {
		return nil, UnknownDispute.Refuse("dispute", c.On, "objection", c.Objection)
	}
	return []Event{&Disputed{Dispute: c.ID, Objection: c.Objection, Against: c.On, By: by.By, Argument: c.Argument}}, nil
}

func (c Concede) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	o, err := os.underTest(c.Objection)
	if err != nil {
		return nil, err
	}
	d := o.Trial.dispute(c.Dispute)
	switch {
	case d == nil, !o.Trial.open(d):
		return nil, UnknownDispute.Refuse("dispute", c.Dispute, "objection", c.Objection)
	case d.By != by.By:
		return nil, NotYourDispute.Refuse("dispute", c.Dispute, "by", d.By, "who", by.By)
	}
	return []Event{&Conceded{Objection: c.Objection, Dispute: c.Dispute, By: by.By}}, nil
}

func (c Refine) decide(os *Objections, by circle.Actor, _ time.Time, _ Facts) ([]Event, error) {
	if _, err := os.ownTrial(c.Objection, by); err != nil {
		return nil, err
	}
	return []Event{&Refined{Objection: c.Objection, By: by.By, Argument: c.Argument}}, nil
}

func (c EndTest) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	h := f.handling()
	o, err := os.judgedTrial(c.Objection, by)
	if err != nil {
		return nil, err
	}
	if err := h.testedBy(ByReasoning, ByPeers, BySupporters); err != nil {
		return nil, err
	}
	if open := o.Unruled(h); open != "" {
		return nil, RulingFirst.Refuse("criterion", open)
	}
	t := o.Trial
	if h.Tester == ByReasoning {
		if t.Stands("") {
			return []Event{o.concluded(by, TrialCaptured, Finding{Tester: h.Tester, Holds: t.Argued}, circle.Text{})}, nil
		}
		return []Event{o.concluded(by, TrialDismissed, Finding{Tester: h.Tester, Lacks: t.Argued}, circle.Text{})}, nil
	}
	s, clear := o.verdict(h, f.Peers, t.For, t.Against)
	if !clear {
		return nil, NotWeighedYet.Refuse("objection", c.Objection, "peers", o.Unweighed(f.Peers))
	}
	return []Event{o.concluded(by, s, Finding{Tester: h.Tester, For: t.For, Against: t.Against}, circle.Text{})}, nil
}

func (c Weigh) decide(os *Objections, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	h := f.handling()
	o, err := os.underTest(c.Objection)
	if err != nil {
		return nil, err
	}
	if err := h.testedBy(ByPeers, BySupporters); err != nil {
		return nil, err
	}
	if peers := o.peers(f.Peers); !contains(peers, by.By) {
		return nil, NotAPeer.Refuse("who", by.By, "objection", c.Objection, "peers", peers)
	}
	events := []Event{&Weighed{Objection: c.Objection, By: by.By, Qualifies: c.Qualifies, Reason: c.Reason}}
	yes, no := o.Trial.weighed(by.By, c.Qualifies)
	if s, clear := o.verdict(h, f.Peers, yes, no); clear && o.Unruled(h) == "" {
		events = append(events, o.concluded(by, s, Finding{Tester: h.Tester, For: yes, Against: no}, circle.Text{}))
	}
	return events, nil
}

// weighed is who is for and against when one more has spoken; who spoke before
// has changed their mind.
func (t *Trial) weighed(who circle.PersonID, qualifies bool) (yes, no []circle.PersonID) {
	same := func(other circle.PersonID) bool { return other == who }
	yes, no = slices.DeleteFunc(slices.Clone(t.For), same), slices.DeleteFunc(slices.Clone(t.Against), same)
	if qualifies {
		return append(yes, who), no
	}
	return yes, append(no, who)
}

func (e TestOpened) apply(os *Objections) { os.all[e.Objection].Trial = &Trial{State: TrialOpen} }

func (e Argued) apply(os *Objections) {
	t := os.all[e.Objection].Trial
	if !slices.Contains(t.Argued, e.Criterion) {
		t.Argued = append(t.Argued, e.Criterion)
	}
}

func (e Ruled) apply(os *Objections) {
	if t := os.all[e.Objection].Trial; !e.Holds {
		t.Lacking = append(t.Lacking, e.Criterion)
	}
}

func (e Disputed) apply(os *Objections) {
	t := os.all[e.Objection].Trial
	t.Disputes = append(t.Disputes, Dispute{ID: e.Dispute, On: e.Against, By: e.By, Wording: t.Wording})
}

func (e Conceded) apply(os *Objections) { os.all[e.Objection].Trial.dispute(e.Dispute).Conceded = true }

func (e Refined) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Argument = e.Argument
	o.Trial.Wording++
	o.Trial.For, o.Trial.Against = nil, nil
}

func (e Weighed) apply(os *Objections) {
	t := os.all[e.Objection].Trial
	t.For, t.Against = t.weighed(e.By, e.Qualifies)
}

func (e Captured) apply(os *Objections) {
	t := os.all[e.Objection].Trial
	t.State = TrialCaptured
	if e.Upheld {
		t.State = TrialUpheld
	}
}

func (e Dismissed) apply(os *Objections) {
	o := os.all[e.Objection]
	o.Status, o.Trial.State = StatusDismissed, TrialDismissed
}

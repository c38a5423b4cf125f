package proposal

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// Decide answers whether a command may happen, and which events follow.
func (m *Matters) Decide(by circle.Actor, now time.Time, cmd Command, f Facts) ([]Event, error) {
	return cmd.decide(m, by, now, f)
}

func (m *Matters) need(id NeedID) (*Need, error) {
	if n := m.needs[id]; n != nil {
		return n, nil
	}
	return nil, UnknownNeed.Refuse("need", id)
}

// takesPart refuses people who do not take part in a circle, learning
// participants not among them: they may be heard.
func takesPart(o *circle.Organisation, id circle.ID, who circle.PersonID) error {
	if l := o.LevelIn(id, who); l == circle.Full || l == circle.Learning {
		return nil
	}
	return NotParticipant.Refuse("who", who, "circle", id)
}

// byConsent refuses what only the circle can decide.
func byConsent(by circle.Actor, of circle.ID, f Facts) error {
	if f.ConsentOf == of {
		return nil
	}
	return ByConsent.Refuse("who", by.By, "circle", of)
}

func (c OpenNeed) decide(m *Matters, by circle.Actor, now time.Time, f Facts) ([]Event, error) {
	switch at := f.Org.Circle(c.Circle); {
	case at == nil:
		return nil, circle.UnknownCircle.Refuse("circle", c.Circle)
	case at.Closed:
		return nil, circle.CircleClosed.Refuse("circle", c.Circle)
	case at.Kind == circle.Helping:
		return nil, HelpingDecides.Refuse("circle", c.Circle)
	case at.ByParent():
		return nil, circle.GovernedOutside.Refuse("circle", c.Circle, "parent", at.Parent)
	}
	if m.needs[c.ID] != nil {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	return []Event{&NeedOpened{Need: c.ID, Circle: c.Circle, By: by.By, Origin: f.Org.Person(by.By).Class,
		At: now, Text: c.Text}}, nil
}

func (c CheckDomain) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, n.Circle, by.By); err != nil {
		return nil, err
	}
	if err := decidesOn(f.Org, n.Circle, c.Item); err != nil {
		return nil, err
	}
	return []Event{&DomainChecked{Need: c.Need, Item: c.Item, By: by.By}}, nil
}

// decidesOn refuses what is not a circle's to decide on.
func decidesOn(o *circle.Organisation, id circle.ID, item circle.ItemID) error {
	in := o.Circle(id)
	may, to := o.RulesOn(in, item)
	switch {
	case may:
		return nil
	case to == "":
		return OutsideDomain.Refuse("item", item, "circle", id, "domain", domainNames(in))
	}
	return HandedOn.Refuse("circle", id, "item", item, "to", to)
}

func domainNames(c *circle.Circle) []string {
	var out []string
	for _, i := range c.Domain {
		out = append(out, string(i.ID))
	}
	return out
}

func (c CheckMajor) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, n.Circle, by.By); err != nil {
		return nil, err
	}
	switch {
	case !n.DomainChecked:
		return nil, DomainFirst.Refuse("need", c.Need)
	case n.Responded() || n.LongTerm == Answered || n.LongTerm == BelongsUp:
		return nil, AlreadyChosen.Refuse("need", c.Need)
	}
	return []Event{&MajorChecked{Need: c.Need, Major: c.Major, Effect: c.Effect, Reason: c.Reason, By: by.By,
		LongTerm: longTerm(f.Org.RulesOf(n.Circle).LongTerm, c.Effect)}}, nil
}

func longTerm(rule circle.LongTerm, effect circle.Period) LongTerm {
	switch {
	case rule.IsZero() || !effect.AtLeastMonths(rule.Months):
		return NotAsked
	case rule.Goes == circle.Up:
		return BelongsUp
	}
	return Unanswered
}

func (c AnswerLongTerm) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	if f.ConsentOf != n.Circle && m.tookOver(n, f.ConsentOf) {
		return []Event{&LongTermAnswered{Need: c.Need, Reason: c.Reason, Circle: f.ConsentOf}}, nil
	}
	if err := byConsent(by, n.Circle, f); err != nil {
		return nil, err
	}
	switch n.LongTerm {
	case BelongsUp:
		return nil, LongTermUp.Refuse("need", c.Need, "effect", n.Effect, "circle", n.Circle)
	case Unanswered:
		return []Event{&LongTermAnswered{Need: c.Need, Reason: c.Reason}}, nil
	}
	return nil, NotAsking.Refuse("need", c.Need)
}

// tookOver says whether a circle decides on what was put for a need of another
// circle, which handed it on.
func (m *Matters) tookOver(n *Need, of circle.ID) bool {
	return slices.ContainsFunc(m.decidedFor(n.ID), func(id ID) bool { return m.proposals.Of(id).Circle == of })
}

// LongTermFor is where the long-term question stands for a circle that has taken
// over what was put for a need, and now decides on a text with this term (EC-59).
func (n *Need) LongTermFor(of circle.ID, rule circle.LongTerm, term circle.Period) LongTerm {
	if n.Circle == of {
		return n.LongTerm
	}
	if stands := longTerm(rule, term); stands != Unanswered || n.Beyond != of {
		return stands
	}
	return Answered
}

func (c Respond) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	if err := byConsent(by, n.Circle, f); err != nil {
		return nil, err
	}
	if n.Responded() {
		return nil, AlreadyChosen.Refuse("need", c.Need)
	}
	if err := n.checked(); err != nil {
		return nil, err
	}
	if c.Rung == "" && slices.ContainsFunc(c.Responses, Response.asksPeople) {
		return nil, RungFirst.Refuse()
	}
	return []Event{&Responded{Need: c.Need, Responses: c.Responses, Rung: c.Rung}}, nil
}

// checked refuses a need whose questions are not answered.
func (n *Need) checked() error {
	switch {
	case !n.DomainChecked || !n.MajorChecked:
		return ChecksFirst.Refuse("need", n.ID)
	case n.LongTerm == Unanswered:
		return LongTermOpen.Refuse("need", n.ID, "effect", n.Effect, "circle", n.Circle)
	case n.LongTerm == BelongsUp:
		return LongTermUp.Refuse("need", n.ID, "effect", n.Effect, "circle", n.Circle)
	}
	return nil
}

func (c GiveInput) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.open(c.Need)
	if err != nil {
		return nil, err
	}
	if n.input(c.ID) >= 0 {
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	return []Event{&InputGiven{Need: c.Need, Input: c.ID, By: by.By, Class: f.Org.Person(by.By).Class,
		Source: c.Source, Text: c.Text}}, nil
}

func (c AnswerInput) decide(m *Matters, by circle.Actor, _ time.Time, f Facts) ([]Event, error) {
	n, err := m.need(c.Need)
	if err != nil {
		return nil, err
	}
	if err := takesPart(f.Org, n.Circle, by.By); err != nil {
		return nil, err
	}
	i := n.input(c.Input)
	if i < 0 {
		return nil, UnknownInput.Refuse("need", c.Need, "input", c.Input)
	}
	if a := n.Inputs[i].Answer; a == Used || a == NotUsed {
		return nil, InputAnsweredAlready.Refuse("input", c.Input, "answer", a)
	}
	return []Event{&InputAnswered{Need: c.Need, Input: c.Input, Answer: c.Answer, How: c.How, By: by.By}}, nil
}

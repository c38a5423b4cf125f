package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// A Panellist is somebody named to hear one appeal, and what they say (M-193).
type Panellist struct {
	Person circle.PersonID
	Ruling AppealRuling // empty: they have not said yet
	// Doubted are those on the panel who find them partial, and Out says that
	// they hear it no more.
	Doubted []circle.PersonID
	Out     bool
}

// A Petition is what can bring an appeal that a panel has ended before the
// circle that hears it next (M-195).
type Petition struct {
	Until  time.Time
	Share  circle.Share
	Signed []circle.PersonID
}

// The refusals of panels and petitions.
var (
	NoPanel = &circle.Code{ID: "no-panel", Kind: circle.ErrNotNow, Rule: "M-193", Stands: circle.InRules,
		Says: "{appeal} is not before a panel now."}
	PanelNamedAlready = &circle.Code{ID: "panel-named", Kind: circle.ErrTaken, Rule: "M-193", Stands: circle.InEngine,
		Says: "The panel for {appeal} is named: {who}."}
	HasPart = &circle.Code{ID: "has-part", Kind: circle.ErrNotValid, Rule: "M-193", Stands: circle.InEngine,
		Says: "{who} brings {appeal}, or takes part in {circle}, which decided: somebody else hears it."}
	NotOnPanel = &circle.Code{ID: "not-on-panel", Kind: circle.ErrNotYou, Rule: "M-193", Stands: circle.InEngine,
		Says: "{who} is not on the panel that hears {appeal}: {panel}."}
	DoubtedAlready = &circle.Code{ID: "doubted-already", Kind: circle.ErrTaken, Rule: "M-193", Stands: circle.InEngine,
		Says: "{who} has said already that {person} is partial in {appeal}."}
	PanelNotHeard = &circle.Code{ID: "panel-not-heard", Kind: circle.ErrNotNow, Rule: "M-193", Stands: circle.InEngine,
		Says: "Of the panel for {appeal} these have not said yet what they find: {who}."}
	PanelOtherwise = &circle.Code{ID: "panel-otherwise", Kind: circle.ErrNotValid, Rule: "M-193", Stands: circle.InEngine,
		Says: "{got} of {all} on the panel say that {appeal} is {ruling}: more than half of them would have to."}
	NoPetition = &circle.Code{ID: "no-petition", Kind: circle.ErrNotNow, Rule: "M-195", Stands: circle.InRules,
		Says: "Nothing can be petitioned for on {appeal}: a panel has not ended it, or the time for a petition was over."}
	PetitionSigned = &circle.Code{ID: "petition-signed", Kind: circle.ErrTaken, Rule: "M-195", Stands: circle.InEngine,
		Says: "{who} has signed the petition on {appeal} already."}
)

// panelCodes lists them.
func panelCodes() []*circle.Code {
	return append(holdCodes(), NoPanel, PanelNamedAlready, HasPart, NotOnPanel, DoubtedAlready, PanelNotHeard, PanelOtherwise, NoPetition, PetitionSigned)
}

// hearing are those on the panel who hear the appeal.
func (a *Appeal) hearing() []circle.PersonID {
	var out []circle.PersonID
	for _, p := range a.Panel {
		if !p.Out {
			out = append(out, p.Person)
		}
	}
	return out
}

// silent are those who have not said yet what they find.
func (a *Appeal) silent() []circle.PersonID {
	var out []circle.PersonID
	for _, p := range a.Panel {
		if !p.Out && p.Ruling == "" {
			out = append(out, p.Person)
		}
	}
	return out
}

// find counts those who say one thing, and those who say anything.
func (a *Appeal) find(r AppealRuling) (says, heard int) {
	for _, p := range a.Panel {
		if p.Out || p.Ruling == "" {
			continue
		}
		heard++
		if p.Ruling == r {
			says++
		}
	}
	return says, heard
}

// nextOnPanel says whom an appeal before a panel waits for.
func (s *State) nextOnPanel(a *Appeal) []Awaited {
	next := Awaited{Of: string(a.Proposal), Who: s.facilitators(a.Before), What: NamePanel{}.Wire()}
	if hearing := a.hearing(); len(hearing) > 0 {
		if next.Who, next.What = a.silent(), (JudgeAppeal{}).Wire(); len(next.Who) == 0 {
			next.Who, next.What = hearing, (ReportAppeal{}).Wire()
		}
	}
	if w := a.step().Within; !w.IsZero() {
		next.By = w.After(a.Since)
	}
	return []Awaited{next}
}

// beforePanel returns an appeal that is before a panel, and who on it acts.
func (s *State) beforePanel(id AppealID) (*Appeal, error) {
	a, err := s.appealInState(id, AppealIsOpen)
	if err == nil && a.step().Before != circle.BeforePanel {
		err = NoPanel.Refuse("appeal", id)
	}
	return a, err
}

// onPanel returns an appeal that somebody hears.
func (s *State) onPanel(id AppealID, who circle.PersonID) (*Appeal, error) {
	a, err := s.beforePanel(id)
	if err != nil {
		return nil, err
	}
	if list := a.hearing(); !slices.Contains(list, who) {
		return nil, NotOnPanel.Refuse("who", who, "appeal", id, "panel", list)
	}
	return a, nil
}

func (c NamePanel) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	a, err := s.beforePanel(c.Appeal)
	if err != nil {
		return nil, err
	}
	if err := s.facilitates(a.Before, by.By); err != nil {
		return nil, err
	}
	if list := a.hearing(); len(list) > 0 {
		return nil, PanelNamedAlready.Refuse("appeal", c.Appeal, "who", list)
	}
	for i, who := range c.Members {
		switch {
		case s.Org.Person(who) == nil:
			return nil, circle.UnknownPerson.Refuse("who", who)
		case a.signed(who), s.Org.LevelIn(a.Circle, who) == circle.Full:
			return nil, HasPart.Refuse("who", who, "appeal", c.Appeal, "circle", a.Circle)
		case slices.Contains(c.Members[:i], who):
			return nil, circle.TakenID.Refuse("id", who)
		}
	}
	return []Event{&PanelNamed{Appeal: c.Appeal, Proposal: a.Proposal, By: by.By, Members: c.Members}}, nil
}

// Who finds themselves partial goes at once; others need more than half of the
// rest of the panel.
func (c DismissPanellist) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	a, err := s.onPanel(c.Appeal, by.By)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(a.Panel, func(p Panellist) bool { return p.Person == c.Person && !p.Out })
	switch {
	case i < 0:
		return nil, NotOnPanel.Refuse("who", c.Person, "appeal", c.Appeal, "panel", a.hearing())
	case slices.Contains(a.Panel[i].Doubted, by.By):
		return nil, DoubtedAlready.Refuse("who", by.By, "person", c.Person, "appeal", c.Appeal)
	}
	e := &PanellistDoubted{Appeal: c.Appeal, Proposal: a.Proposal, Person: c.Person, By: by.By, Reason: c.Reason}
	e.Dismissed = by.By == c.Person || 2*(len(a.Panel[i].Doubted)+1) > len(a.hearing())-1
	return []Event{e}, nil
}

func (c JudgeAppeal) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	a, err := s.onPanel(c.Appeal, by.By)
	if err != nil {
		return nil, err
	}
	return []Event{&AppealJudged{Appeal: c.Appeal, Proposal: a.Proposal, By: by.By, Ruling: c.Ruling, Reason: c.Reason}}, nil
}

// The report ends the appeal: when everybody on the panel was heard, or early
// when nearly all say the same and nobody says otherwise (M-194).
func (c ReportAppeal) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	a, err := s.onPanel(c.Appeal, by.By)
	if err != nil {
		return nil, err
	}
	says, heard := a.find(c.Ruling)
	step, all := a.step(), len(a.hearing())
	short := !step.Short.IsZero() && step.Short.Met(says, all) && says == heard && !now.Before(step.ShortAfter.After(a.Since))
	switch {
	case short && heard < all:
	case heard < all:
		return nil, PanelNotHeard.Refuse("appeal", c.Appeal, "who", a.silent())
	case 2*says <= all:
		return nil, PanelOtherwise.Refuse("got", says, "all", all, "appeal", c.Appeal, "ruling", c.Ruling)
	}
	report := &PanelReported{Appeal: c.Appeal, Proposal: a.Proposal, By: by.By, Says: says, Of: all, Short: heard < all}
	if w := step.Within; !w.IsZero() {
		report.Late = now.After(w.After(a.Since))
	}
	if !step.Petition.IsZero() && !a.last() {
		report.Until = step.Window.After(now)
	}
	events, err := s.answers(a, AnswerAppeal{Appeal: c.Appeal, Ruling: c.Ruling, Answer: c.Report, Mitigation: c.Mitigation}, "")
	if err != nil {
		return nil, err
	}
	return append([]Event{report}, events...), nil
}

// electorate are those who hear an appeal after the panel that ended it.
func (s *State) electorate(a *Appeal) circle.ID { return s.heardBy(a, a.Rules.Steps[a.Step]) }

// A petition that enough have signed brings the appeal before them all (M-195).
func (c PetitionAppeal) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	a := s.appeals[c.Appeal]
	switch {
	case a == nil:
		return nil, UnknownAppeal.Refuse("appeal", c.Appeal)
	case a.Petition == nil, a.Status != AppealIsOver, !now.Before(a.Petition.Until):
		return nil, NoPetition.Refuse("appeal", c.Appeal)
	}
	if other := s.openAppeal(a.Proposal); other != nil {
		return nil, AppealThere.Refuse("proposal", a.Proposal, "appeal", other.ID)
	}
	to := s.electorate(a)
	full := s.Org.FullIn(to)
	switch {
	case !slices.Contains(full, by.By):
		return nil, NotFull.Refuse("who", by.By, "circle", to)
	case slices.Contains(a.Petition.Signed, by.By):
		return nil, PetitionSigned.Refuse("who", by.By, "appeal", c.Appeal)
	}
	events := []Event{&AppealPetitioned{Appeal: c.Appeal, Proposal: a.Proposal, By: by.By, Reason: c.Reason}}
	got := 1
	for _, who := range a.Petition.Signed {
		if slices.Contains(full, who) {
			got++
		}
	}
	if a.Petition.Share.Met(got, len(full)) {
		events = append(events, s.moveTo(a, a.Step+1, now))
	}
	return events, nil
}

func (e *PanelNamed) apply(s *State) {
	a := s.appeals[e.Appeal]
	a.Panel = nil
	for _, who := range e.Members {
		a.Panel = append(a.Panel, Panellist{Person: who})
	}
}

func (e *PanellistDoubted) apply(s *State) {
	panel := s.appeals[e.Appeal].Panel
	i := slices.IndexFunc(panel, func(p Panellist) bool { return p.Person == e.Person })
	panel[i].Doubted, panel[i].Out = append(panel[i].Doubted, e.By), e.Dismissed
}

func (e *AppealJudged) apply(s *State) {
	panel := s.appeals[e.Appeal].Panel
	i := slices.IndexFunc(panel, func(p Panellist) bool { return p.Person == e.By })
	panel[i].Ruling = e.Ruling
}

func (e *PanelReported) apply(s *State) {
	a := s.appeals[e.Appeal]
	if !e.Until.IsZero() {
		a.Petition = &Petition{Until: e.Until, Share: a.step().Petition}
	}
}

func (e *AppealPetitioned) apply(s *State) {
	p := s.appeals[e.Appeal].Petition
	p.Signed = append(p.Signed, e.By)
}

// NamePanel names the people who hear an appeal. Who facilitates the circle
// around the one that decided does so (M-193).
type NamePanel struct {
	Appeal  AppealID          `json:"appeal"`
	Members []circle.PersonID `json:"members"`
}

// DismissPanellist says that somebody on the panel is partial, or that one is
// so oneself.
type DismissPanellist struct {
	Appeal AppealID        `json:"appeal"`
	Person circle.PersonID `json:"person"`
	Reason circle.Text     `json:"reason"`
}

// JudgeAppeal says what one finds, as one of the panel; the last word of each
// before the report counts, and stays with it.
type JudgeAppeal struct {
	Appeal AppealID     `json:"appeal"`
	Ruling AppealRuling `json:"ruling"`
	Reason circle.Text  `json:"reason"`
}

// ReportAppeal is the report of a panel, which ends the appeal.
type ReportAppeal struct {
	Appeal     AppealID     `json:"appeal"`
	Ruling     AppealRuling `json:"ruling"`
	Report     circle.Text  `json:"report"`
	Mitigation circle.Text  `json:"mitigation,omitempty"`
}

// PetitionAppeal asks that the circle which would hear the appeal next does so,
// although a panel has ended it (M-195).
type PetitionAppeal struct {
	Appeal AppealID    `json:"appeal"`
	Reason circle.Text `json:"reason,omitempty"`
}

// Wire names, one for each command.
func (NamePanel) Wire() string        { return "consent.name-panel" }
func (DismissPanellist) Wire() string { return "consent.dismiss-panellist" }
func (JudgeAppeal) Wire() string      { return "consent.judge-appeal" }
func (ReportAppeal) Wire() string     { return "consent.report-appeal" }
func (PetitionAppeal) Wire() string   { return "consent.petition-appeal" }

// panelCommands lists one of each.
func panelCommands() []ownCommand {
	return append(holdCommands(), NamePanel{}, DismissPanellist{}, JudgeAppeal{}, ReportAppeal{}, PetitionAppeal{})
}

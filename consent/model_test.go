package consent_test

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// This file is a second model of the consent process, written from the
// specification and the documentation, not from the code. It is slow and simple
// on purpose: it keeps nothing but the list of accepted acts and reckons
// everything anew from that list each time, and it shares no helper with the
// engine. The property test holds the two against each other.
//
// For a command the model does not say which single reason refuses it, as no
// document orders the reasons: it lists every reason that there is. A command
// is accepted exactly when there is none, and the engine must name one of them.

type person = circle.PersonID

// An act is a command that was accepted.
type act struct {
	at    time.Time
	by    person
	cmd   consent.Command
	order []person // of a round that it opened: the engine sets it (CP-1)
}

// A model is a circle and what has been done in it.
type model struct {
	set  setting
	acts []act
	ways map[circle.Name]*way // nil: as the methods are
}

// A view is what the acts come to at an instant.
type view struct {
	set      setting
	ways     map[circle.Name]*way
	rules    circle.Rules
	members  []member // of the circle, in the order in which they came
	chair    person   // who wears the hat of the Facilitator; "" nobody
	writer   person   // who wears that of the Secretary
	matters  []*matter
	worries  []*worry // all that were ever raised
	meetings []*gathering
	clocks   int // how often a time ran out
}

type member struct {
	who   person
	level circle.Level
}

// A matter is a proposal, or a question that was asked, on its way.
type matter struct {
	id       proposal.ID
	by       person // who proposed it
	question bool   // asked with consent.ask
	way      *way   // the method when it was opened (S4)
	rules    circle.Rules
	deeds    []circle.Deed
	version  int
	term     bool
	stage    consent.Stage
	meeting  consent.MeetingID
	talk     *talk    // the running or the last round
	waiting  []person // in the last call
	quiet    bool     // the last call is a quiet time before the effect
	until    time.Time
	judgedAt time.Time
	adopted  int  // the version
	inForce  bool // an agreement
}

// A talk is a round.
type talk struct {
	kind    consent.RoundKind
	version int
	turns   bool
	places  []place
	seats   []person          // with a consent right: frozen (S2)
	said    map[person]string // "consent", "objects", "abstain", "stand-aside", "silence"
	stops   []person
	closed  bool
	closes  time.Time // when the time to answer is over; zero: never
	longer  int       // how often that was put off
	seen    []person  // who said that they have seen it
}

type place struct {
	who  person
	what string // "" awaited, "later", "spoken", "passed", "skipped"
}

// A worry is an objection or a concern.
type worry struct {
	id      objection.ID
	on      proposal.ID
	by      person
	concern bool
	status  string // "raised", "restated", "confirmed", "met"; "integrated", "withdrawn", "ended"
	in      int    // the version that is to meet it
	agreed  int    // the version that the objector says solves it
	// The chair has answered it, and the time to say whether that meets it.
	answered bool
	until    time.Time
}

// A gathering is a meeting.
type gathering struct {
	id      consent.MeetingID
	at      time.Time
	items   []proposal.ID
	state   string // "called", "open", "over"
	present []person
	agreed  bool // the agenda
	minutes map[person]time.Time
}

// now reckons what the acts come to.
func (m *model) now(at time.Time) *view {
	v := &view{set: m.set, ways: m.ways, rules: m.set.Rules, chair: m.set.Facilitator, writer: m.set.Secretary}
	if v.ways == nil {
		v.ways = methodWays
	}
	for _, who := range m.set.full() {
		v.members = append(v.members, member{who, circle.Full})
	}
	v.members = append(v.members, member{lou, circle.Learning})
	for _, a := range m.acts {
		v.passTime(a.at)
		v.happen(a)
	}
	v.passTime(at)
	return v
}

func (m *model) add(a act) { m.acts = append(m.acts, a) }

// --- small questions -------------------------------------------------------

// matter finds what is called so; of two with one name, the newer.
func (v *view) matter(id proposal.ID) *matter {
	for i := len(v.matters) - 1; i >= 0; i-- {
		if v.matters[i].id == id {
			return v.matters[i]
		}
	}
	return nil
}

// worry finds an objection or a concern; of two with one name, the newer.
func (v *view) worry(id objection.ID) *worry {
	for i := len(v.worries) - 1; i >= 0; i-- {
		if v.worries[i].id == id {
			return v.worries[i]
		}
	}
	return nil
}

func (v *view) gathering(id consent.MeetingID) *gathering {
	for _, g := range v.meetings {
		if g.id == id {
			return g
		}
	}
	return nil
}

// sitting is the meeting that goes on.
func (v *view) sitting() *gathering {
	for _, g := range v.meetings {
		if g.state == "open" {
			return g
		}
	}
	return nil
}

func (v *view) level(who person) circle.Level {
	for _, m := range v.members {
		if m.who == who {
			return m.level
		}
	}
	return ""
}

func (v *view) withLevel(l circle.Level) []person {
	var out []person
	for _, m := range v.members {
		if m.level == l {
			out = append(out, m.who)
		}
	}
	return out
}

func known(set setting, who person) bool {
	return slices.Contains(set.full(), who) || who == lou || who == gus
}

func (w *worry) stands() bool {
	return !w.concern && w.status != "integrated" && w.status != "withdrawn" && w.status != "overruled" && w.status != "ended"
}

func (v *view) standing(id proposal.ID) []*worry {
	var out []*worry
	for _, w := range v.worries {
		if w.on == id && w.stands() {
			out = append(out, w)
		}
	}
	return out
}

func (v *view) own(id proposal.ID, who person) []*worry {
	var out []*worry
	for _, w := range v.standing(id) {
		if w.by == who {
			out = append(out, w)
		}
	}
	return out
}

func (t *talk) at(who person) *place {
	for i := range t.places {
		if t.places[i].who == who {
			return &t.places[i]
		}
	}
	return nil
}

func (p *place) open() bool { return p.what == "" || p.what == "later" }

// awaited are those who have not had their word.
func (t *talk) awaited() []person {
	var out []person
	for i := range t.places {
		if t.places[i].open() {
			out = append(out, t.places[i].who)
		}
	}
	return out
}

// speaker is whose turn it is: the first who is awaited, and at the end the
// first who asked to be come back to.
func (t *talk) speaker() person {
	if !t.turns {
		return ""
	}
	for _, want := range []string{"", "later"} {
		for _, p := range t.places {
			if p.what == want {
				return p.who
			}
		}
	}
	return ""
}

func (t *talk) running() bool { return !t.closed && len(t.awaited()) > 0 }

func ended(s consent.Stage) bool {
	return s == consent.StageAdopted || s == consent.StageNotAdopted || s == consent.StageWithdrawn || s == consent.StageDropped
}

// facilitates: the Facilitator, and who stands in for them at any time: the
// Secretary, or if there is none every full participant. In a meeting where the
// Facilitator is not, every full participant who is there (EC-89, L1).
func (v *view) facilitates(who person) bool {
	if v.chair != "" && v.chair == who {
		return true
	}
	if v.level(who) != circle.Full {
		return false
	}
	g := v.sitting()
	away := g != nil && slices.Contains(g.present, who) && !slices.Contains(g.present, v.chair)
	standsIn := v.writer == who || v.writer == "" || v.level(v.writer) != circle.Full
	gone := v.level(v.chair) != circle.Full && v.level(v.chair) != circle.Learning
	return v.chair == "" || gone || away || standsIn
}

// inMeeting says whether a matter is dealt with by those who are at the meeting
// that goes on.
func (v *view) inMeeting(m *matter) bool {
	g := v.sitting()
	return g != nil && (m.way.meeting || m.way.present || slices.Contains(g.items, m.id))
}

// roundOf is who has a place in a round, in any order, and who has a seat.
func (v *view) roundOf(m *matter, kind consent.RoundKind) (places, seats []person) {
	full := v.withLevel(circle.Full)
	g := v.sitting()
	for _, who := range full {
		if !v.inMeeting(m) || slices.Contains(g.present, who) {
			places = append(places, who)
		}
	}
	switch {
	case kind == consent.ConsentRound && m.way.decider:
		return v.decider(m), v.decider(m)
	case kind == consent.ConsentRound && m.way.present:
		return places, places
	case kind == consent.ConsentRound:
		return places, full
	}
	for _, who := range v.withLevel(circle.Learning) {
		if !v.inMeeting(m) || slices.Contains(g.present, who) {
			places = append(places, who)
		}
	}
	return places, nil
}

// --- what has happened -----------------------------------------------------

func (v *view) happen(a act) {
	switch c := a.cmd.(type) {
	case proposal.Submit:
		v.matters = append(v.matters, &matter{id: c.ID, by: a.by, way: v.ways[v.rules.Method], rules: v.rules,
			deeds: c.Enacts, version: 1, term: c.Term.N > 0, stage: consent.StageIntake})
	case consent.Ask:
		m := &matter{id: c.ID, by: a.by, question: true, way: quickWay, rules: v.rules, deeds: c.Enacts, version: 1}
		v.matters = append(v.matters, m)
		v.openRound(m, consent.ConsentRound, a.order, a.at)
		if g := v.sitting(); g != nil {
			m.meeting = g.id
		}
	case proposal.Amend:
		v.amend(v.matter(c.Proposal), c)
	case proposal.Withdraw:
		v.endMatter(v.matter(c.Proposal), consent.StageWithdrawn)
	case consent.OpenRound:
		v.openRound(v.matter(c.Proposal), c.Round, a.order, a.at)
	case consent.Speak:
		v.matter(c.Proposal).talk.at(a.by).what = "spoken"
	case consent.Pass:
		v.matter(c.Proposal).talk.at(a.by).what = "passed"
	case consent.ComeBack:
		v.matter(c.Proposal).talk.at(a.by).what = "later"
	case consent.Skip:
		m := v.matter(c.Proposal)
		m.talk.at(c.Person).what = "skipped"
		if m.talk.kind == consent.ConsentRound {
			v.judge(m, a.at, false)
		}
	case consent.Signal:
		if t := v.matter(c.Proposal).talk; c.Card == consent.StopCard && !slices.Contains(t.stops, a.by) {
			t.stops = append(t.stops, a.by)
		}
	case consent.ClearCard:
		t := v.matter(c.Proposal).talk
		t.stops = slices.DeleteFunc(t.stops, func(who person) bool { return who == a.by })
	case consent.Respond:
		v.answered(v.matter(c.Proposal), a, c.Answer)
	case objection.Raise:
		v.worries = append(v.worries, &worry{id: c.ID, on: c.Proposal, by: a.by, status: "raised"})
		v.answered(v.matter(c.Proposal), a, consent.Objects)
	case objection.Voice:
		v.worries = append(v.worries, &worry{id: c.ID, on: c.Proposal, by: a.by, concern: true})
	case objection.Restate:
		v.worry(c.Objection).status = "restated"
	case objection.Confirm:
		v.worry(c.Objection).status = "confirmed"
	case objection.Withdraw:
		v.ends(v.worry(c.Objection), "withdrawn", a.at)
	case objection.Accept, objection.Answer, objection.Overrule, objection.ConfirmSolved:
		v.solved(a)
	case consent.Integrate:
		m := v.matter(c.Proposal)
		m.newVersion(c.Term)
		for _, meets := range c.Meets {
			w := v.worry(meets.Objection)
			w.status, w.in = "met", m.version
		}
	case consent.CloseRound:
		m := v.matter(c.Proposal)
		for i := range m.talk.places {
			if m.talk.places[i].open() {
				m.talk.places[i].what = "skipped"
			}
		}
		v.judge(m, a.at, false)
	case consent.Acknowledge:
		t := v.matter(c.Proposal).talk
		t.seen = append(t.seen, a.by)
	case consent.ExtendWindow:
		v.matter(c.Proposal).extend(a.at)
	case consent.MoveToMeeting: // it counts as withdrawn, until somebody proposes it there
		v.endMatter(v.matter(c.Proposal), consent.StageWithdrawn)
	case circle.Leave:
		v.leave(a.by)
	default:
		v.met(a)
	}
}

// leave: who leaves the circle lays down their hats in it.
func (v *view) leave(who person) {
	v.members = slices.DeleteFunc(v.members, func(m member) bool { return m.who == who })
	if v.chair == who {
		v.chair = ""
	}
	if v.writer == who {
		v.writer = ""
	}
}

// met is what happens around meetings.
func (v *view) met(a act) {
	switch c := a.cmd.(type) {
	case consent.CallMeeting:
		v.meetings = append(v.meetings, &gathering{id: c.ID, at: c.At, items: c.Items, state: "called", minutes: map[person]time.Time{}})
	case consent.OpenMeeting:
		g := v.gathering(c.Meeting)
		g.state, g.present = "open", slices.Clone(c.Present)
	case consent.Arrive:
		v.arrive(v.gathering(c.Meeting), a.by)
	case consent.CloseMeeting:
		v.gathering(c.Meeting).state = "over"
	case consent.SendMinutes:
		g := v.gathering(c.Meeting)
		g.minutes[c.To] = a.at
		for _, m := range v.matters {
			if m.stage == consent.StageLastCall && m.meeting == g.id {
				v.setClock(m, a.at)
			}
		}
	}
}

// arrive gives somebody who comes late a place at the end of what goes on.
func (v *view) arrive(g *gathering, who person) {
	g.present = append(g.present, who)
	for _, m := range v.matters {
		t := m.talk
		if t == nil || ended(m.stage) || m.meeting != g.id || !slices.Contains(g.items, m.id) || t.closed || t.at(who) != nil {
			continue
		}
		switch {
		case t.kind != consent.ConsentRound:
			t.places = append(t.places, place{who, ""})
		case slices.Contains(t.seats, who) && t.said[who] == "":
			t.places = append(t.places, place{who, ""})
		case slices.Contains(t.seats, who):
			t.places = append(t.places, place{who, "spoken"})
		}
	}
}

func (m *matter) newVersion(term circle.Period) {
	m.version++
	m.term = m.term || term.N > 0
}

var stageOfRound = map[consent.RoundKind]consent.Stage{consent.ClarifyRound: consent.StageClarify,
	consent.ReactRound: consent.StageReact, consent.OptionsRound: consent.StageIntegrate, consent.ConsentRound: consent.StageDecide}

func (v *view) openRound(m *matter, kind consent.RoundKind, order []person, at time.Time) {
	_, seats := v.roundOf(m, kind)
	m.talk = &talk{kind: kind, version: m.version, turns: m.way.turns && !m.question, seats: seats, said: map[person]string{}}
	for _, who := range order {
		m.talk.places = append(m.talk.places, place{who, ""})
	}
	if kind == consent.ConsentRound && !m.way.window.IsZero() {
		m.talk.closes = m.way.window.After(at)
	}
	m.stage, m.meeting, m.quiet = stageOfRound[kind], "", false
	if v.inMeeting(m) {
		m.meeting = v.sitting().id
	}
}

// answered: somebody has answered, or has objected without a seat. Whoever
// answers a version that is to meet their own objections otherwise than by
// objecting again, accepts how it does.
func (v *view) answered(m *matter, a act, what string) {
	t := m.talk
	if slices.Contains(t.seats, a.by) {
		t.said[a.by] = what
	}
	if p := t.at(a.by); p != nil {
		p.what = "spoken"
	}
	if what != consent.Objects {
		for _, w := range v.own(m.id, a.by) {
			w.status = "integrated"
		}
	}
	if m.stage == consent.StageLastCall {
		v.answeredLate(m, a, what)
		return
	}
	if m.way.anytime || len(t.awaited()) == 0 {
		v.judge(m, a.at, false)
	}
}

// answeredLate: in the time of the absent, the last of them or an objection
// settles it; in the quiet time an objection does what the method says, and
// when the time is over any answer may have been what was missing.
func (v *view) answeredLate(m *matter, a act, what string) {
	m.waiting = slices.DeleteFunc(m.waiting, func(who person) bool { return who == a.by })
	if len(m.waiting) == 0 && !m.quiet {
		m.until = time.Time{} // nobody is waited for any more
	}
	due := len(m.waiting) == 0
	if m.quiet {
		due = m.until.IsZero()
	}
	if what == consent.Objects || due {
		v.judge(m, a.at, false)
	} else {
		v.setClock(m, a.at)
	}
}

// judge asks whether the question is answered: adopted when the method's rule is
// satisfied (M-122) and the groups that must be there are (CP-2), and the time is
// over that the method gives everybody (M-199); worked on when everybody was heard
// and an objection stands (M-109); waiting when only the absent are missing
// (EC-39). Nobody waits for who has left the circle, and where those present decide
// for all, nobody waits for who is not at the meeting. Over says that a time has
// just run out.
func (v *view) judge(m *matter, at time.Time, over bool) {
	t := m.talk
	heard := len(t.awaited()) == 0
	absent := v.unheard(m)
	stands := len(v.against(m)) > 0
	there := v.present(m)
	satisfied := v.satisfied(m)
	running := !t.closes.IsZero() && !over
	m.waiting, m.judgedAt = nil, at
	switch {
	case over && v.vetoed(m):
		v.endMatter(m, consent.StageNotAdopted)
	case satisfied && there:
		v.carried(m, at, running && !m.way.early, over)
	case satisfied:
	case m.quiet && stands:
		v.heldUp(m)
	case m.quiet, !heard, stands && m.way.solved == "raiser", running && (len(absent) > 0 || !m.way.early):
	case stands:
		v.workOn(m)
	case len(absent) > 0 && there:
		m.stage, t.closed, m.waiting = consent.StageLastCall, true, absent
		v.setClock(m, at)
	}
	if len(m.waiting) == 0 && !m.quiet {
		m.until = time.Time{} // nobody's silence is waited for
	}
}

// workOn: the circle works on the objections, and no time runs.
func (v *view) workOn(m *matter) {
	m.stage, m.talk.closed, m.until, m.quiet = consent.StageIntegrate, true, time.Time{}, false
}

// unheard are those whose answer is missing.
func (v *view) unheard(m *matter) []person {
	var out []person
	heard := len(m.talk.awaited()) == 0
	for _, who := range m.talk.seats {
		if m.talk.said[who] == "" && v.level(who) == circle.Full && !(heard && v.decidedWithout(m, who)) {
			out = append(out, who)
		}
	}
	return out
}

// decidedWithout says whether those present decide for a person too: by the
// written policy, in a meeting where that person is not.
func (v *view) decidedWithout(m *matter, who person) bool {
	return m.rules.Absence.Silence == circle.Bound && m.meeting != "" && !slices.Contains(v.gathering(m.meeting).present, who)
}

// against are the objections that the circle cannot settle by consenting: all
// but those which the version meets and whose raiser has left.
func (v *view) against(m *matter) []*worry {
	var out []*worry
	for _, w := range v.standing(m.id) {
		if w.status != "met" || w.in != m.talk.version || v.level(w.by) == circle.Full {
			out = append(out, w)
		}
	}
	return out
}

// present says whether each group that must be there spoke for itself.
func (v *view) present(m *matter) bool {
	for _, rule := range m.rules.Presence {
		n := 0
		for _, who := range m.talk.seats {
			if s := m.talk.said[who]; s != "" && s != "silence" && slices.Contains(rule.Classes, classOf(who)) {
				n++
			}
		}
		if n < rule.AtLeast {
			return false
		}
	}
	return true
}

// setClock lets the time of the absent run, where their silence counts: from
// the instant at which the minutes reached the last of them, outside meetings
// from the verdict. Once it runs, nobody's answer moves it, and it never ends
// in the past.
func (v *view) setClock(m *matter, now time.Time) {
	policy := m.rules.Absence
	if policy.Silence != circle.Consents || len(m.waiting) == 0 || m.quiet || !m.until.IsZero() {
		return
	}
	from := m.judgedAt
	if m.meeting != "" {
		from = time.Time{}
		g := v.gathering(m.meeting)
		for _, who := range m.waiting {
			sent, ok := g.minutes[who]
			if !ok {
				return
			}
			if sent.After(from) {
				from = sent
			}
		}
	}
	m.until = policy.After.After(from)
	if m.until.Before(now) {
		m.until = now
	}
}

// adopt carries out what a matter enacts; where that cannot be done any more,
// it is not adopted.
func (v *view) adopt(m *matter, at time.Time) bool {
	if len(v.cannot(m.deeds)) > 0 {
		return false
	}
	m.adopted, m.inForce = m.version, !m.question
	for _, w := range v.standing(m.id) {
		w.status = "integrated" // by the whole circle, as who raised it has no seat
	}
	v.endMatter(m, consent.StageAdopted)
	for _, d := range m.deeds {
		switch d := d.(type) {
		case proposal.Drop:
			dropped := v.matter(d.Proposal)
			if dropped.stage == consent.StageAdopted {
				dropped.inForce = false
			} else {
				v.endMatter(dropped, consent.StageDropped)
			}
		case consent.AdoptAgenda:
			v.gathering(d.Meeting).agreed = true
		case circle.Join:
			v.join(d.Person, d.Level)
		case circle.AgreeRules:
			v.rules = d.Rules
		}
	}
	return true
}

func (v *view) join(who person, level circle.Level) {
	for i := range v.members {
		if v.members[i].who == who {
			v.members[i].level = level
			return
		}
	}
	v.members = append(v.members, member{who, level})
}

// endMatter ends a matter, and with it what stands against it.
func (v *view) endMatter(m *matter, outcome consent.Stage) {
	m.stage, m.waiting, m.until, m.quiet = outcome, nil, time.Time{}, false
	for _, w := range v.standing(m.id) {
		w.status = "ended"
	}
}

// --- whether it may happen -------------------------------------------------

// reasons are the codes by which a command is refused; none: it is accepted.
type reasons []string

func (r *reasons) when(cond bool, code string) {
	if cond && !slices.Contains(*r, code) {
		*r = append(*r, code)
	}
}

// why lists every reason to refuse a command of somebody who is known.
func (v *view) why(at time.Time, by person, cmd consent.Command) reasons {
	var r reasons
	switch c := cmd.(type) {
	case proposal.Submit:
		l := v.level(by)
		r.when(v.matter(c.ID) != nil, "taken")
		r.when(l != circle.Full && l != circle.Learning, "not-participant")
		for _, code := range v.cannot(c.Enacts) {
			r.when(true, code)
		}
		return r
	case consent.Ask:
		r.when(v.level(by) != circle.Full, "not-full")
		r.when(v.matter(c.ID) != nil, "taken")
		for _, code := range v.cannot(c.Enacts) {
			r.when(true, code)
		}
		places, _ := v.roundOf(asking, consent.ConsentRound)
		r.when(len(places) == 0, "nothing-to-ask")
		return r
	case proposal.Drop:
		return v.whyDrop(c)
	case circle.Leave:
		r.when(v.level(by) == "", "not-in-circle")
		return r
	case consent.CallMeeting, consent.OpenMeeting, consent.Arrive, consent.CloseMeeting, consent.SendMinutes:
		return v.whyMeeting(at, by, cmd)
	case objection.Restate, objection.Confirm, objection.Withdraw, objection.Accept, objection.Answer, objection.Overrule, objection.ConfirmSolved:
		return v.whyWorry(by, cmd)
	}
	m := v.matter(proposalOf(cmd))
	if m == nil {
		return reasons{"unknown-proposal"}
	}
	if ended(m.stage) {
		return reasons{"ended"}
	}
	switch c := cmd.(type) {
	case proposal.Amend:
		return v.whyAmend(m, by)
	case proposal.Withdraw:
		return v.whyWithdraw(m, by)
	case consent.OpenRound:
		return v.whyOpen(m, by, c.Round)
	case consent.Respond:
		return v.whyRespond(m, by, c)
	case objection.Raise:
		return v.whyRaise(m, by, c)
	case objection.Voice:
		return v.whyVoice(m, by, c)
	case consent.Integrate:
		return v.whyIntegrate(m, by, c)
	case consent.CloseRound:
		return v.whyClose(m, by)
	case consent.MoveToMeeting:
		return v.whyMove(m, by)
	case consent.Acknowledge:
		return v.whyAcknowledge(m, by)
	case consent.ExtendWindow:
		return v.whyExtend(m, by)
	}
	return v.whyTalk(m, by, cmd)
}

// cannot lists why deeds cannot be carried out.
func (v *view) cannot(deeds []circle.Deed) reasons {
	var r reasons
	for i, d := range deeds {
		before := deeds[:i]
		switch d := d.(type) {
		case proposal.Drop:
			m := v.matter(d.Proposal)
			gone := m == nil || ended(m.stage) && !m.inForce
			r.when(gone || slices.ContainsFunc(before, func(o circle.Deed) bool { return isDropOf(o, d.Proposal) }), "unknown-proposal")
		case consent.AdoptAgenda:
			g := v.gathering(d.Meeting)
			r.when(g == nil, "unknown-meeting")
			r.when(g != nil && g.state != "open", "meeting-state")
			r.when(g != nil && g.agreed, "taken")
		case circle.Join:
			r.when(!known(v.set, d.Person), "unknown-person")
		}
	}
	return r
}

func isDropOf(d circle.Deed, id proposal.ID) bool {
	o, ok := d.(proposal.Drop)
	return ok && o.Proposal == id
}

// whyDrop: nobody drops a proposal alone (EC-42), nor an agreement.
func (v *view) whyDrop(c proposal.Drop) reasons {
	switch m := v.matter(c.Proposal); {
	case m == nil, ended(m.stage) && !m.inForce:
		return reasons{"unknown-proposal"}
	case ended(m.stage):
		return reasons{"by-consent"}
	}
	return reasons{"drop-by-consent"}
}

// mayTalk: participants of the circle, and whoever has a seat in the round.
func (v *view) mayTalk(m *matter, by person) bool {
	l := v.level(by)
	return l == circle.Full || l == circle.Learning || m.talk != nil && slices.Contains(m.talk.seats, by)
}

// done adds what keeps a new round from beginning.
func (m *matter) done(r *reasons) {
	if m.talk == nil {
		return
	}
	r.when(m.talk.running(), "round-running")
	r.when(len(m.talk.stops) > 0, "suspended")
}

func (v *view) whyAmend(m *matter, by person) reasons {
	var r reasons
	switch m.stage {
	case consent.StageIntake:
	case consent.StageClarify, consent.StageReact:
		m.done(&r)
		r.when(len(v.standing(m.id)) > 0, "objections-open")
	case consent.StageDecide:
		r.when(m.way.solved != "raiser" && !m.way.keep, "text-stands") // M-100
	default:
		return reasons{"not-now"}
	}
	r.when(by != m.by && !v.facilitates(by), "not-facilitating")
	r.when(by != m.by && m.way.author, "not-amending") // M-139
	return r
}

func (v *view) whyWithdraw(m *matter, by person) reasons {
	if m.stage != consent.StageIntake && m.stage != consent.StageClarify && m.stage != consent.StageReact && !m.way.owner {
		return reasons{"drop-by-consent"} // EC-42
	}
	var r reasons
	r.when(by != m.by, "not-entitled")
	return r
}

func (v *view) whyOpen(m *matter, by person, kind consent.RoundKind) reasons {
	has := map[consent.Stage][]consent.RoundKind{
		consent.StageIntake:    {consent.ClarifyRound, consent.ReactRound, consent.ConsentRound},
		consent.StageClarify:   {consent.ClarifyRound, consent.ReactRound, consent.ConsentRound, consent.OptionsRound},
		consent.StageReact:     {consent.ClarifyRound, consent.ReactRound, consent.ConsentRound, consent.OptionsRound},
		consent.StageDecide:    {consent.ConsentRound},
		consent.StageIntegrate: {consent.OptionsRound, consent.ClarifyRound, consent.ReactRound, consent.ConsentRound},
	}
	if !slices.Contains(has[m.stage], kind) {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(!v.facilitates(by), "not-facilitating")
	if m.stage != consent.StageIntake {
		m.done(&r)
	}
	early := m.stage == consent.StageIntake || m.stage == consent.StageClarify
	switch kind {
	case consent.ClarifyRound:
		r.when(m.stage == consent.StageIntake && !m.way.clarify, "not-a-phase")
	case consent.ReactRound:
		r.when(early && !m.way.react, "not-a-phase")
		r.when(m.stage == consent.StageIntake && m.way.clarify, "not-a-phase")
	case consent.ConsentRound:
		r.when(early && m.way.react, "not-a-phase")
		r.when(m.stage == consent.StageIntake && m.way.clarify, "not-a-phase")
	}
	r.when(kind == consent.OptionsRound && m.stage != consent.StageIntegrate && len(v.standing(m.id)) == 0, "not-a-phase")
	if g := v.sitting(); m.way.meeting {
		there := g != nil && slices.Contains(g.items, m.id)
		r.when(!there, "meeting-first")
		r.when(there && m.way.agenda && !g.agreed, "agenda-first")
	}
	if kind == consent.ConsentRound {
		r.when(m.way.term && !m.term, "term-missing")
		r.when(m.stage == consent.StageDecide && !m.talk.closes.IsZero(), "window-runs") // M-203: nobody begins the time anew
		for _, w := range v.standing(m.id) {
			met := w.status == "met" && w.in == m.version
			r.when(!met, "objections-open")
			r.when(m.way.solved != "" && !(met && v.level(w.by) != circle.Full), "not-solved")
		}
	}
	places, _ := v.roundOf(m, kind)
	r.when(len(places) == 0 && kind == consent.ConsentRound && m.way.decider, "decider-not-full")
	r.when(len(places) == 0, "nothing-to-ask")
	return r
}

// whyTurn adds what keeps a person from having their word now.
func (m *matter) whyTurn(r *reasons, who person) {
	t := m.talk
	r.when(len(t.stops) > 0, "suspended")
	p := t.at(who)
	if p == nil {
		r.when(true, "not-in-round")
		return
	}
	r.when(!p.open(), "spoken-already")
	r.when(p.open() && t.turns && t.speaker() != who, "not-your-turn")
}

// whyTalk is about what people do in a round besides answering the question.
func (v *view) whyTalk(m *matter, by person, cmd consent.Command) reasons {
	talking := m.stage == consent.StageClarify || m.stage == consent.StageReact || m.stage == consent.StageIntegrate
	deciding := m.stage == consent.StageDecide
	var r reasons
	switch c := cmd.(type) {
	case consent.Speak, consent.Pass:
		_, passes := cmd.(consent.Pass)
		switch {
		case passes && m.stage == consent.StageReact:
			return reasons{"no-passing"}
		case !talking:
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
		r.when(m.talk.kind == consent.ConsentRound, "no-round") // the question was put; nobody speaks on it any more
		m.whyTurn(&r, by)
	case consent.ComeBack:
		if !talking && !deciding {
			return reasons{"not-now"}
		}
		r.when(talking && !v.mayTalk(m, by), "not-participant")
		r.when(deciding && !slices.Contains(m.talk.seats, by), "no-consent-right")
		m.whyTurn(&r, by)
		p := m.talk.at(by)
		r.when(p != nil && p.what == "later", "came-back") // once is enough
	case consent.Skip:
		if !talking && !deciding {
			return reasons{"not-now"}
		}
		r.when(!v.facilitates(by), "not-facilitating")
		r.when(deciding && !m.talk.closes.IsZero(), "window-runs")
		m.whyTurn(&r, c.Person)
	case consent.Reply:
		if m.stage != consent.StageClarify && m.stage != consent.StageIntegrate {
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
	case consent.Signal:
		if !talking && !deciding {
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
		r.when(m.talk.at(by) == nil && !slices.Contains(m.talk.seats, by), "not-in-round")
	case consent.ClearCard:
		if !talking && !deciding {
			return reasons{"not-now"}
		}
		r.when(!v.mayTalk(m, by), "not-participant")
		mine := slices.Contains(m.talk.stops, by)
		r.when(!mine && len(m.talk.stops) > 0, "suspended")
		r.when(!mine && len(m.talk.stops) == 0, "no-card")
	}
	return r
}

// whyAnswer adds what keeps somebody from answering the question now.
func (v *view) whyAnswer(r *reasons, m *matter, by person, version int, outside bool) {
	t := m.talk
	r.when(!slices.Contains(t.seats, by) && !outside, "no-consent-right")
	r.when(version != 0 && version != t.version, "old-version")
	if m.stage == consent.StageLastCall {
		r.when(!m.quiet && !slices.Contains(m.waiting, by), "consented-before")
		return
	}
	r.when(len(t.stops) > 0, "suspended")
	p := t.at(by)
	r.when(p != nil && p.open() && t.turns && t.speaker() != by, "not-your-turn")
}

func (v *view) whyRespond(m *matter, by person, c consent.Respond) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageLastCall {
		return reasons{"not-now"}
	}
	var r reasons
	v.whyAnswer(&r, m, by, c.Version, false)
	r.when(c.Answer == consent.Objects, "needs-reason")
	r.when(c.Answer != consent.Objects && c.Answer != consent.Consents && !m.way.offers(c.Answer), "stance-not-offered")
	r.when(c.Answer == "stand-aside" && c.Reason.IsZero(), "aside-needs-reason")
	for _, w := range v.own(m.id, by) {
		r.when(w.status != "met" || w.in != m.talk.version, "own-objection")
	}
	return r
}

func (v *view) whyRaise(m *matter, by person, c objection.Raise) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageLastCall {
		return reasons{"not-now"}
	}
	var r reasons
	v.whyAnswer(&r, m, by, c.Version, m.way.outsiders)
	for _, w := range v.own(m.id, by) {
		r.when(w.status != "met", "one-objection")
	}
	r.when(v.worry(c.ID) != nil, "taken")
	r.when(c.Aim != circle.WholeAim && c.Aim != "glad", "unknown-aim")
	return r
}

func (v *view) whyVoice(m *matter, by person, c objection.Voice) reasons {
	var r reasons
	switch m.stage {
	case consent.StageDecide:
		r.when(!slices.Contains(m.talk.seats, by), "no-consent-right")
		r.when(len(m.talk.stops) > 0, "suspended")
	case consent.StageLastCall:
		r.when(!slices.Contains(m.talk.seats, by), "no-consent-right")
	case consent.StageIntegrate:
		r.when(v.level(by) != circle.Full, "not-full")
	default:
		return reasons{"not-now"}
	}
	r.when(!m.way.concerns, "concern-not-offered")
	r.when(v.worry(c.ID) != nil, "taken")
	r.when(c.Version != 0 && c.Version != m.version, "old-version")
	return r
}

func (v *view) whyWorry(by person, cmd consent.Command) reasons {
	w := v.worry(cmd.(interface{ Of() objection.ID }).Of())
	if w == nil {
		return reasons{"unknown-objection"}
	}
	m := v.matter(w.on)
	if ended(m.stage) {
		return reasons{"objection-ended", "ended"}
	}
	_, withdraws := cmd.(objection.Withdraw)
	_, accepts := cmd.(objection.Accept)
	switch cmd.(type) {
	case objection.Answer, objection.Overrule:
		return v.whySolve(m, w, by, cmd)
	case objection.ConfirmSolved:
		return v.whyConfirm(m, w, by)
	}
	asked := m.stage == consent.StageDecide || m.stage == consent.StageLastCall
	if m.stage != consent.StageIntegrate && !withdraws && !(accepts && asked && m.way.solved == "answer") {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(withdraws && m.stage == consent.StageDecide && len(m.talk.stops) > 0, "suspended")
	r.when(w.concern, "only-a-concern")
	r.when(!w.concern && !w.stands(), "objection-ended")
	if _, restates := cmd.(objection.Restate); restates {
		r.when(v.level(by) != circle.Full, "not-full")
		r.when(w.status == "confirmed" || w.status == "met", "understood-already")
		return r
	}
	r.when(w.by != by, "not-the-objector")
	switch cmd.(type) {
	case objection.Confirm:
		r.when(w.status != "restated", "not-restated")
	case objection.Accept:
		r.when(w.status != "met" && !w.answered, "not-met")
		r.when(m.way.solved == "both" && w.agreed != 0 && w.agreed == w.in, "agreed-already")
	}
	return r
}

func (v *view) whyIntegrate(m *matter, by person, c consent.Integrate) reasons {
	if m.stage != consent.StageIntegrate {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(v.level(by) != circle.Full, "not-full")
	r.when(m.way.author && by != m.by, "not-amending") // M-139
	for _, meets := range c.Meets {
		w := v.worry(meets.Objection)
		if w == nil || w.on != m.id || !w.stands() {
			r.when(true, "other-proposal")
			continue
		}
		r.when(m.way.confirm && w.status != "confirmed" && w.status != "met", "not-understood")
		for _, tool := range meets.Tools {
			r.when(len(m.rules.Tools) > 0 && !slices.Contains(m.rules.Tools, tool), "tool-not-offered")
		}
	}
	return r
}

func (v *view) whyClose(m *matter, by person) reasons {
	if m.stage != consent.StageDecide && m.stage != consent.StageLastCall {
		return reasons{"not-now"}
	}
	var r reasons
	r.when(!v.facilitates(by), "not-facilitating")
	r.when(m.stage == consent.StageDecide && len(m.talk.stops) > 0, "suspended")
	r.when(m.quiet && !m.until.IsZero() || !m.talk.closes.IsZero(), "window-runs")
	r.when(!v.present(m), "presence-not-met")
	left := slices.ContainsFunc(m.waiting, func(who person) bool { return v.level(who) != circle.Full })
	r.when(m.stage == consent.StageLastCall && len(m.waiting) > 0 && !left, "their-time")
	return r
}

func (v *view) whyMeeting(at time.Time, by person, cmd consent.Command) reasons {
	var r reasons
	l := v.level(by)
	outside := l != circle.Full && l != circle.Learning
	if c, ok := cmd.(consent.CallMeeting); ok {
		r.when(v.gathering(c.ID) != nil, "taken")
		r.when(c.At.Before(at), "in-the-past")
		r.when(outside, "not-participant")
		for _, id := range c.Items {
			m := v.matter(id)
			r.when(m == nil, "unknown-proposal")
			r.when(m != nil && ended(m.stage), "ended")
		}
		return r
	}
	g := v.gathering(meetingOf(cmd))
	if g == nil {
		return reasons{"unknown-meeting"}
	}
	switch c := cmd.(type) {
	case consent.OpenMeeting:
		r.when(g.state != "called" || at.Before(g.at), "meeting-state")
		r.when(v.sitting() != nil, "other-meeting")
		r.when(outside, "not-participant")
		for i, who := range c.Present {
			l := v.level(who)
			r.when(l != circle.Full && l != circle.Learning, "not-participant")
			r.when(slices.Contains(c.Present[:i], who), "already-present")
		}
	case consent.Arrive:
		r.when(g.state != "open", "meeting-state")
		r.when(outside, "not-participant")
		r.when(slices.Contains(g.present, by), "already-present")
	case consent.CloseMeeting:
		r.when(g.state != "open", "meeting-state")
		r.when(!v.facilitates(by), "not-facilitating")
	case consent.SendMinutes:
		r.when(g.state != "over", "meeting-state")
		r.when(!known(v.set, c.To), "unknown-person")
		_, sent := g.minutes[c.To]
		r.when(sent, "taken")
		r.when(outside, "not-participant")
	}
	return r
}

func meetingOf(cmd consent.Command) consent.MeetingID {
	switch c := cmd.(type) {
	case consent.OpenMeeting:
		return c.Meeting
	case consent.Arrive:
		return c.Meeting
	case consent.CloseMeeting:
		return c.Meeting
	case consent.SendMinutes:
		return c.Meeting
	}
	return ""
}

// proposalOf is the proposal that any of the modelled commands names.
func proposalOf(cmd consent.Command) proposal.ID {
	switch c := cmd.(type) {
	case proposal.Amend:
		return c.Proposal
	case proposal.Withdraw:
		return c.Proposal
	case consent.OpenRound:
		return c.Proposal
	}
	return named(cmd)
}

package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A world is one small organisation with one case, and all that may happen in
// it: three full participants of one circle, of whom ana proposes and ben
// facilitates, and gus, who is known and takes part in nothing.
type world struct {
	name   string
	method circle.Name
	rules  circle.Rules
	moves  worldMoves
	// standing is how many objections may stand at once; a further one is not
	// tried.
	standing int
	// step is how far time goes on at once, and horizon how far back it counts.
	step, horizon time.Duration
	ages          bool          // times that lie behind count, as far as the horizon
	bound         int           // how many states are gone on from unless the test is told another number
	term          circle.Period // for which somebody wears the hat of the Facilitator; zero: without an end

	// selects makes the case the selection of who wears a role; "": it is a
	// proposal. linked lets cia take part through a link alone, as the Leader of a
	// circle inside; term is then that of this hat.
	selects circle.RoleID
	linked  bool

	// talked lets it begin later, where only the question is missing.
	talked bool
	// far says that the way to adopting is too long for a small bound.
	far bool
	// stuck lets it begin later still: cia objects, and the limit on the work with
	// that is reached where the method has one.
	stuck bool

	// What the method has.
	turns, sponsors bool
	stances         []Stance

	// What is broken on purpose, in the test that shows that the promises bite.
	decide func(*State, circle.Actor, time.Time, Command) ([]Event, error)
	happen func(before, after *State, events []Event)
}

// worldMoves are groups of moves.
type worldMoves uint

const (
	worldTalk     worldMoves = 1 << iota // passing, coming back to somebody
	worldCards                           // stop cards
	worldConcerns                        // concerns beside objections
	worldMeet                            // meetings, who comes, minutes
	worldMembers                         // leaving and joining
	worldRights                          // the circle takes somebody's consent right away
	worldHats                            // the hat of the Facilitator
	worldRules                           // other rules, another method
	worldAsk                             // a question beside the case: whether to drop it
	worldAgenda                          // a meeting consents to its agenda
	worldTimes                           // more time, having seen the question
	worldOut                             // the ways aside and out
	worldRemoval                         // the circle removes somebody
	worldLinks                           // a link ends
	worldSeals                           // answers are sealed
)

const (
	worldCase = proposal.ID("p")
	worldDen  = circle.ID("den")
	worldHat  = circle.RoleID("facilitator")
)

// worldEverybody are the people of a world; a set of them is a bit each.
var worldEverybody = []circle.PersonID{"ana", "ben", "cia", "gus"}

// worldNobody is the bit of nobody; all others are those of worldEverybody.
func worldBit(who circle.PersonID) uint8 {
	if i := slices.Index(worldEverybody, who); i >= 0 {
		return 1 << i
	}
	return 0
}

// A worldMove is one thing that may be tried.
type worldMove struct {
	on     string // the move of the table, or the command
	by     circle.PersonID
	detail string // which of several
	cmd    Command
	// chain does several things at once that always go together, and says who
	// took part; nil where cmd is all.
	chain func(x *worldRun, s *State) (*State, []Event, uint8, error)
	there uint8 // who must be there for it, beside who gives it
	clock bool
}

// String says the move for people who read a failed test.
func (m *worldMove) String() string {
	out := m.on
	if m.by != "" {
		out = string(m.by) + " " + out
	}
	if m.detail != "" {
		out += " (" + m.detail + ")"
	}
	return out
}

func worldSay() circle.Text { return circle.Say("words") }

// begun is the state in which a world begins: the case has just been put to
// the circle.
func (w *world) begun() (*State, error) {
	known, err := methods(nil)
	if err != nil {
		return nil, err
	}
	s := &State{kinds: stock(), methods: known, latest: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	m := known[w.deciding()]
	w.turns, w.stances, w.sponsors = m.Turns, m.Stances, m.Sponsors > 0
	rules := w.rules
	rules.Method = w.method
	list := []Command{circle.Found{ID: worldDen, Aim: worldSay(), Rules: rules, Domain: []circle.Item{{ID: "baking", Text: worldSay()}}}}
	for _, who := range worldEverybody {
		list = append(list, circle.Admit{ID: who})
	}
	list = append(append(list, w.peopled()...), w.opensCase()...)
	for i, c := range list {
		by := circle.PersonID("host")
		if i == len(list)-1 {
			by = "ana"
		}
		if err := worldGive(s, by, c); err != nil {
			return nil, err
		}
	}
	switch {
	case w.talked && w.selects != "":
		err = worldNominated(s)
	case w.talked:
		err = worldTalked(s, m)
	}
	if w.stuck && err == nil {
		err = worldStuck(s, m)
	}
	return s, err
}

func worldGive(s *State, by circle.PersonID, c Command) error {
	events, err := s.Decide(circle.Actor{By: by}, s.latest, worldWith(s, circle.Actor{By: by}, c))
	if err != nil {
		return fmt.Errorf("%s gave %s: %w", by, c.Wire(), err)
	}
	s.Apply(0, s.latest, events)
	return nil
}

// worldTalked leads the case to where only the question is missing: everybody
// is in a meeting that has agreed its agenda, and the method's phases were held.
func worldTalked(s *State, m *Method) error {
	all := s.Org.FullIn(worldDen)
	if !m.Notice.IsZero() {
		s.latest = m.Notice.After(s.latest)
	}
	err := worldGive(s, "ana", CallMeeting{ID: "m-01", Circle: worldDen, At: s.latest, Items: []proposal.ID{worldCase}})
	give := func(by circle.PersonID, c Command) {
		if err == nil {
			err = worldGive(s, by, c)
		}
	}
	give("ana", OpenMeeting{Meeting: "m-01", Present: all})
	if m.Agenda {
		give("ana", Ask{ID: "q-1", Circle: worldDen, Question: worldSay(), Enacts: []circle.Deed{AdoptAgenda{Meeting: "m-01"}}})
		for _, who := range all {
			give(who, Respond{Proposal: "q-1", Answer: Consents})
		}
	}
	for _, k := range m.Phases {
		give("ben", OpenRound{Proposal: worldCase, Round: k})
		for err == nil && !s.processes[worldCase].Round.Complete() {
			give(s.Next(worldCase)[0].Who[0], Speak{Proposal: worldCase, Text: worldSay()})
		}
	}
	return err
}

// worldStuck leads the case to where cia objects, as often as the method lets
// the question be put, and lets its time for working on that pass.
func worldStuck(s *State, m *Method) error {
	for n := range max(1, m.Limit.Questions) {
		for _, o := range s.Objections.Standing(worldCase) {
			if err := worldGive(s, "cia", objection.Withdraw{Objection: o.ID}); err != nil {
				return err
			}
		}
		if err := worldGive(s, "ben", OpenRound{Proposal: worldCase, Round: ConsentRound}); err != nil {
			return err
		}
		for p := s.processes[worldCase]; p.Stage == StageDecide && !p.Round.Complete(); {
			var c Command = Respond{Proposal: worldCase, Answer: Consents}
			who := s.Next(worldCase)[0].Who[0]
			if who == "cia" {
				c = objection.Raise{ID: objection.ID(fmt.Sprintf("o-%d", n+1)), Proposal: worldCase, Aim: circle.WholeAim, Argument: worldSay()}
			}
			if err := worldGive(s, who, c); err != nil {
				return err
			}
		}
	}
	if !m.Limit.Time.IsZero() {
		s.latest = m.Limit.Time.After(s.latest)
	}
	return nil
}

// deciding is the method by which the case is decided.
func (w *world) deciding() string {
	if w.selects != "" {
		return w.methodName() + "-" + selectionMatter
	}
	return w.methodName()
}

func (w *world) methodName() string {
	if w.method == "" {
		return Plain.Name
	}
	return string(w.method)
}

// fixed are the moves that are the same in each state.
func (w *world) fixed() []worldMove {
	var out []worldMove
	each := func(on, detail string, cmd func(who circle.PersonID) Command) {
		for _, who := range worldEverybody {
			out = append(out, worldMove{on: on, by: who, detail: detail, cmd: cmd(who)})
		}
	}
	all := func(c Command) { each(c.Wire(), "", func(circle.PersonID) Command { return c }) }
	for _, k := range []RoundKind{ClarifyRound, ReactRound, OptionsRound, ConsentRound} {
		c := OpenRound{Proposal: worldCase, Round: k}
		each(c.Wire()+" "+string(k), "", func(circle.PersonID) Command { return c })
	}
	all(Respond{Proposal: worldCase, Answer: Consents})
	all(CloseRound{Proposal: worldCase})
	all(proposal.Amend{Proposal: worldCase, Text: worldSay()})
	all(proposal.Withdraw{Proposal: worldCase})
	all(proposal.Drop{Proposal: worldCase, Reason: worldSay()})
	for _, gone := range worldEverybody {
		each(Skip{}.Wire(), string(gone), func(circle.PersonID) Command { return Skip{Proposal: worldCase, Person: gone} })
	}
	all(Speak{Proposal: worldCase, Text: worldSay()})
	if w.moves&worldTalk != 0 {
		all(Pass{Proposal: worldCase})
		all(ComeBack{Proposal: worldCase})
	}
	if w.moves&worldCards != 0 {
		all(Signal{Proposal: worldCase, Card: StopCard})
		all(ClearCard{Proposal: worldCase})
	}
	if w.moves&worldTimes != 0 {
		all(ExtendWindow{Proposal: worldCase})
		all(Acknowledge{Proposal: worldCase})
	}
	if w.sponsors {
		all(Sponsor{Proposal: worldCase})
	}
	for _, stance := range w.stances {
		c := Respond{Proposal: worldCase, Answer: string(stance), Reason: worldSay()}
		each(c.Wire(), string(stance), func(circle.PersonID) Command { return c })
	}
	if w.moves&worldHats != 0 {
		all(circle.LayDown{Role: worldHat})
	}
	if w.selects != "" {
		w.selecting(each)
	}
	return out
}

// now are the moves that may be tried in a state, those that time makes last.
func (x *worldRun) now(s *State) []worldMove {
	if due, ok := worldFirst(s); ok && due.at <= s.latest.Unix() {
		return []worldMove{{on: "time goes on", chain: (*worldRun).timeGoesOn, clock: true}} // the engine fires first
	}
	out := append(x.room[:0], x.fixed...)
	out = x.objecting(s, out)
	if x.world.moves&worldMeet != 0 {
		out = x.meeting(s, out)
	}
	if x.world.moves&worldMembers != 0 && len(s.Org.FullIn(worldDen)) > 2 {
		for _, who := range worldEverybody {
			out = append(out, worldMove{on: "circle.leave", by: who, cmd: circle.Leave{Circle: worldDen}})
		}
	}
	if x.world.moves&worldAsk != 0 {
		out = x.asking(s, out)
	}
	if x.world.moves&worldLinks != 0 {
		out = x.tied(s, out)
	}
	out = x.deciding(s, out)
	if x.world.moves&worldOut != 0 {
		out = x.leaving(s, out)
	}
	if s.processes[worldCase] != nil {
		out = append(out, worldMove{on: "time goes on", chain: (*worldRun).timeGoesOn, clock: true},
			worldMove{on: "the next timer fires", chain: (*worldRun).nextTimer, clock: true})
	}
	x.room = out
	return out
}

// objecting are the moves with objections against the case.
func (x *worldRun) objecting(s *State, out []worldMove) []worldMove {
	standing := s.Objections.Standing(worldCase)
	id := objection.ID(fmt.Sprintf("o-%d", len(s.Objections.Image().All)+len(s.Objections.Image().Past)+1))
	for _, who := range worldEverybody {
		if len(standing) < x.world.standing {
			out = append(out, worldMove{on: "objection.raise", by: who,
				cmd: objection.Raise{ID: id, Proposal: worldCase, Aim: circle.WholeAim, Argument: worldSay()}})
		}
		if x.world.moves&worldConcerns != 0 {
			out = append(out, worldMove{on: "objection.voice", by: who, cmd: objection.Voice{ID: id, Proposal: worldCase, Text: worldSay()}})
		}
		if c, ok := worldMeeting(standing, ""); ok {
			out = append(out, worldMove{on: c.Wire(), by: who, cmd: c})
		}
	}
	for i, o := range standing {
		which := [...]string{"the first", "the second", "the third"}[min(i, 2)]
		for _, who := range worldEverybody {
			for _, c := range []objection.Command{objection.Withdraw{Objection: o.ID}, objection.Accept{Objection: o.ID},
				objection.Restate{Objection: o.ID, Statement: worldSay()}, objection.Confirm{Objection: o.ID}} {
				out = append(out, worldMove{on: c.Wire(), by: who, detail: which, cmd: c})
			}
		}
		out = x.handling(s, o, which, out)
		if c, ok := worldMeeting(standing, o.ID); ok && len(standing) > 1 {
			who := circle.PersonID("cia")
			if full := s.Org.FullIn(worldDen); len(full) > 0 && !slices.Contains(full, who) {
				who = full[0]
			}
			out = append(out, worldMove{on: c.Wire(), by: who, detail: which, cmd: c})
		}
	}
	return out
}

// worldMeeting is the command that writes a version for one objection, or for
// all that stand.
func worldMeeting(standing []*objection.Objection, only objection.ID) (Integrate, bool) {
	c := Integrate{Proposal: worldCase, Text: worldSay()}
	for _, o := range standing {
		if only == "" || o.ID == only {
			c.Meets = append(c.Meets, Meets{Objection: o.ID, Tools: []circle.Tool{circle.Amend}})
		}
	}
	return c, len(c.Meets) > 0
}

// meeting are the moves of meetings: one is called or open at a time.
func (x *worldRun) meeting(s *State, out []worldMove) []worldMove {
	full := s.Org.FullIn(worldDen)
	var called, open, over *Meeting
	for _, m := range s.meetings {
		switch {
		case m.Status == StatusCalled:
			called = m
		case m.Status == StatusOpen:
			open = m
		case s.processes[worldCase] != nil && s.processes[worldCase].Meeting == m.ID:
			over = m
		}
	}
	for _, who := range worldEverybody {
		switch {
		case called == nil && open == nil && s.processes[worldCase] != nil:
			out = append(out, worldMove{on: "consent.call-meeting", by: who, cmd: CallMeeting{ID: worldNext(s), Circle: worldDen, At: s.latest, Items: []proposal.ID{worldCase}}})
		case called != nil:
			if there := slices.DeleteFunc(slices.Clone(full), func(p circle.PersonID) bool { return p == who }); len(there) > 0 && slices.Contains(full, who) {
				out = append(out, worldOpening(called.ID, "without "+string(who), there))
			}
		case open != nil:
			out = append(out, worldMove{on: "consent.arrive", by: who, cmd: Arrive{Meeting: open.ID}},
				worldMove{on: "consent.close-meeting", by: who, cmd: CloseMeeting{Meeting: open.ID}})
		}
	}
	if called != nil && len(full) > 0 {
		out = append(out, worldOpening(called.ID, "with all", full))
	}
	if over != nil {
		for _, to := range s.processes[worldCase].Waiting {
			out = append(out, worldMove{on: "consent.send-minutes", by: full[0], detail: "to " + string(to), cmd: SendMinutes{Meeting: over.ID, To: to}})
		}
	}
	return out
}

func worldNext(s *State) MeetingID { return MeetingID(fmt.Sprintf("m-%02d", len(s.meetings)+1)) }

func worldOpening(id MeetingID, detail string, there []circle.PersonID) worldMove {
	m := worldMove{on: "consent.open-meeting", by: there[0], detail: detail, cmd: OpenMeeting{Meeting: id, Present: there}}
	for _, who := range there {
		m.there |= worldBit(who)
	}
	return m
}

// asking are the moves of a question beside the case, step by step: whether to
// drop it.
func (x *worldRun) asking(s *State, out []worldMove) []worldMove {
	q := worldAsked(s)
	if q == "" {
		for _, who := range worldEverybody[:3] {
			out = append(out, worldMove{on: "consent.ask", by: who, cmd: Ask{ID: worldQuestion(s), Circle: worldDen, Question: worldSay(),
				Enacts: []circle.Deed{proposal.Drop{Proposal: worldCase, Reason: worldSay()}}}})
		}
		return out
	}
	id := objection.ID(fmt.Sprintf("o-%d", len(s.Objections.Image().All)+len(s.Objections.Image().Past)+1))
	for _, who := range worldEverybody {
		list := []Command{Respond{Proposal: q, Answer: Consents}, CloseRound{Proposal: q},
			OpenRound{Proposal: q, Round: ConsentRound}, proposal.Withdraw{Proposal: q}}
		if len(s.Objections.Standing(q)) == 0 {
			list = append(list, objection.Raise{ID: id, Proposal: q, Aim: circle.WholeAim, Argument: worldSay()})
		}
		for _, o := range s.Objections.Standing(q) {
			list = append(list, objection.Withdraw{Objection: o.ID})
		}
		for _, c := range list {
			out = append(out, worldMove{on: "question: " + c.Wire(), by: who, cmd: c})
		}
	}
	return out
}

func worldQuestion(s *State) proposal.ID { return proposal.ID(fmt.Sprintf("q-%d", s.ended.Len()+1)) }

// deciding are decisions of the circle beside the case, each in one move: the
// question is asked and everybody who is asked consents.
func (x *worldRun) deciding(s *State, out []worldMove) []worldMove {
	if s.processes[worldCase] == nil {
		return out
	}
	add := func(what string, deed circle.Deed) {
		out = append(out, worldMove{on: "consent to " + what, chain: func(x *worldRun, s *State) (*State, []Event, uint8, error) {
			return x.consented(s, deed)
		}})
	}
	if c, ok := worldMeeting(s.Objections.Standing(worldCase), ""); ok && s.processes[worldCase].Method.Amenders == ByCircle {
		add(c.Wire(), c)
	}
	add("proposal.drop", proposal.Drop{Proposal: worldCase, Reason: worldSay()})
	if x.world.moves&worldMembers != 0 && s.Org.LevelIn(worldDen, "gus") == "" {
		add("circle.join", circle.Join{Circle: worldDen, Person: "gus", Level: circle.Full})
	}
	if x.world.moves&worldRights != 0 && s.Org.LevelIn(worldDen, "cia") == circle.Full && len(s.Org.FullIn(worldDen)) > 2 {
		add("take cia's consent right", circle.Join{Circle: worldDen, Person: "cia", Level: circle.Learning})
	}
	if x.world.moves&worldRemoval != 0 && s.Org.LevelIn(worldDen, "cia") == circle.Full && len(s.Org.FullIn(worldDen)) > 2 {
		add("circle.remove", circle.Remove{Circle: worldDen, Person: "cia", Harms: circle.WholeAim, Reason: worldSay(), Conversation: worldSay()})
	}
	if x.world.moves&worldLinks != 0 && len(s.Org.Circle(worldDen).Linked) > 0 {
		add("circle.end-link", circle.EndLink{Circle: worldHill, To: worldDen, As: circle.Leader})
	}
	if x.world.moves&worldHats != 0 && !s.Org.Holds(worldHat, "cia") {
		add("circle.give-role", circle.GiveRole{Role: worldHat, Person: "cia", Term: x.world.term})
	}
	if x.world.moves&worldRules != 0 {
		rules := circle.Rules{Method: "quick", Absence: circle.Absence{Silence: circle.Bound}}
		if s.Org.Circle(worldDen).Rules.Method == rules.Method {
			rules = circle.Rules{Method: "sofa", Absence: circle.Absence{Silence: circle.Wait}}
		}
		add("circle.agree-rules", circle.AgreeRules{Circle: worldDen, Rules: rules})
	}
	if m := s.openMeeting(worldDen); x.world.moves&worldAgenda != 0 && m != nil && !m.Agenda {
		add("consent.adopt-agenda", AdoptAgenda{Meeting: m.ID})
	}
	return out
}

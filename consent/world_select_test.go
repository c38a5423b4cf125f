package consent

import (
	"slices"
	"strings"
	"time"
	"unsafe"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A world whose case is the selection of who wears a role: what it has beside
// other worlds. Sealed words lie with the state, as nobody puts them into a vault.

const (
	worldBaker = circle.RoleID("baker") // cia wears it
	worldHill  = circle.ID("hill")      // a circle inside the den, of which cia is the Leader
	worldLead  = circle.RoleID("hill-lead")
)

// worldChosen are those whom people name and propose in a selection.
var worldChosen = []Name{"ana", "cia"}

func init() {
	worldOwn["Sealed.Answer"] = func(k *worldKey, p unsafe.Pointer) {
		said, _ := (*circle.Text)(p).Words()
		k.word(said)
	}
	worldOwn["Selection.Nominations"] = func(k *worldKey, p unsafe.Pointer) { worldNamed(k, *(*[]Nomination)(p)) }
	worldOwn["Round.Sealed"] = func(k *worldKey, p unsafe.Pointer) { worldUnseen(k, *(*[]Sealed)(p)) }
}

// worldNamed writes nominations, in whatever order they were revealed.
func worldNamed(k *worldKey, list []Nomination) {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Nomination) int { return strings.Compare(string(a.By), string(b.By)) })
	for _, n := range list {
		k.word(string(n.By))
		k.word(circle.Plain(n.First))
		k.word(circle.Plain(n.Names))
	}
}

// worldUnseen writes what is sealed, in whatever order it came.
func worldUnseen(k *worldKey, list []Sealed) {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Sealed) int { return strings.Compare(string(a.Person), string(b.Person)) })
	for _, s := range list {
		said, _ := s.Answer.Words()
		k.word(string(s.Person))
		k.word(said)
	}
}

// worldOpened are the words of sealed answers.
func worldOpened(list []Sealed) opened {
	out := opened{}
	for _, s := range list {
		out[s.Person], _ = s.Answer.Words()
	}
	return out
}

// worldWith gives a command the sealed words that it needs.
func worldWith(s *State, by circle.Actor, cmd Command) Command {
	if o, ok := cmd.(opening); ok {
		return withWords{o, worldOpened(o.opens(s, by))}
	}
	return cmd
}

// opensCase is the command that opens the case: a proposal, or a selection.
func (w *world) opensCase() []Command {
	if w.selects == "" {
		return []Command{proposal.Submit{ID: worldCase, Circle: worldDen, Text: worldSay(), Term: circle.MustPeriod("1y")}}
	}
	return []Command{OpenSelection{ID: worldCase, Circle: worldDen, Roles: []circle.RoleID{w.selects}, Text: worldSay(), Term: circle.MustPeriod("1y")}}
}

// peopled are the commands by which people come into the den: three, of whom cia
// may come through a link.
func (w *world) peopled() []Command {
	own := worldEverybody[:3]
	if w.linked {
		own = worldEverybody[:2]
	}
	var out []Command
	for _, who := range own {
		out = append(out, circle.Join{Circle: worldDen, Person: who, Level: circle.Full})
	}
	if w.linked {
		out = append(out, circle.Open{ID: worldHill, Parent: worldDen, Aim: worldSay(), Domain: []circle.Item{{ID: "flour", Of: "baking", Text: worldSay()}},
			Members: []circle.PersonID{"cia"}},
			circle.CreateRole{ID: worldLead, Circle: worldHill, Hat: circle.Leader}, circle.GiveRole{Role: worldLead, Person: "cia", Term: w.term},
			circle.LinkTo{Circle: worldHill, To: worldDen, As: circle.Leader})
	}
	out = append(out, circle.CreateRole{ID: worldHat, Circle: worldDen, Hat: circle.Facilitator}, circle.GiveRole{Role: worldHat, Person: "ben", Term: w.hatTerm()})
	if w.selects == worldBaker {
		out = append(out, circle.CreateRole{ID: worldBaker, Circle: worldDen}, circle.GiveRole{Role: worldBaker, Person: "cia", Term: w.term})
	}
	return out
}

// hatTerm is for how long ben wears the hat of the Facilitator.
func (w *world) hatTerm() circle.Period {
	if w.linked || w.selects == worldBaker {
		return circle.Period{}
	}
	return w.term
}

// worldNominated leads a selection to where somebody is proposed: everybody has
// named somebody, and ben proposes whom two of them named. What the method wants
// before that, the circle has consented to.
func worldNominated(s *State) (err error) {
	give := func(by circle.PersonID, c Command) {
		if err == nil {
			err = worldGive(s, by, c)
		}
	}
	if s.processes[worldCase].Method.Selecting.Parameters {
		give("ben", OpenRound{Proposal: worldCase, Round: ConsentRound})
		for err == nil && s.processes[worldCase].Stage == StageDecide {
			give(s.Next(worldCase)[0].Who[0], Respond{Proposal: worldCase, Answer: Consents})
		}
	}
	give("ben", OpenRound{Proposal: worldCase, Round: NominateRound})
	for i, who := range worldEverybody[:3] {
		give(who, Nominate{Proposal: worldCase, Names: circle.Say(string(worldChosen[max(0, 1-i/2)]))})
	}
	give("ben", ProposeCandidate{Proposal: worldCase, Names: []Name{"cia"}, Text: worldSay(), Term: circle.MustPeriod("1y")})
	return err
}

// selecting are the moves that only a selection has.
func (w *world) selecting(each func(on, detail string, cmd func(who circle.PersonID) Command)) {
	all := func(detail string, c Command) {
		each(c.Wire(), detail, func(circle.PersonID) Command { return c })
	}
	for _, k := range []RoundKind{NominateRound, ReasonsRound, ChangeRound} {
		c := OpenRound{Proposal: worldCase, Round: k}
		each(c.Wire()+" "+string(k), "", func(circle.PersonID) Command { return c })
	}
	for _, name := range worldChosen {
		all(string(name), Nominate{Proposal: worldCase, Names: circle.Say(string(name))})
		all(string(name), ProposeCandidate{Proposal: worldCase, Names: []Name{name}, Text: worldSay(), Term: circle.MustPeriod("1y")})
		all(string(name), ChangeNomination{Proposal: worldCase, Names: []Name{name}, Reason: worldSay()})
	}
	all("", Reveal{Proposal: worldCase})
	all("", AskToPropose{Proposal: worldCase, Person: "cia"})
	all("", DiscardCandidate{Proposal: worldCase, Reason: worldSay()})
	all("", AcceptRole{Proposal: worldCase})
	all("", DeclineRole{Proposal: worldCase})
	all("", circle.LayDown{Role: w.selects})
	if w.moves&worldSeals != 0 {
		for _, said := range []string{Consents, Objects} {
			all(said, SealAnswer{Proposal: worldCase, Answer: circle.Say(said)})
		}
	}
}

// tied are the moves by which a link ends: cia lays down the hat by which they
// come, and the circle ends the link by consent.
func (x *worldRun) tied(s *State, out []worldMove) []worldMove {
	for _, who := range worldEverybody {
		out = append(out, worldMove{on: "circle.lay-down", by: who, detail: string(worldLead), cmd: circle.LayDown{Role: worldLead}})
	}
	return out
}

// worldGone says whether somebody takes part no more, otherwise than by a decision
// to remove them: what those had to say in an open round is still theirs.
func worldGone(s *State, who circle.PersonID) bool {
	removed := slices.Contains(s.Org.Circle(worldDen).Removed, who)
	return s.Org.LevelIn(worldDen, who) == "" && !removed
}

// worldRecordStays: what was answered stays on record while the question is open,
// whoever goes (I-18); and the removal of somebody changes nothing in an open
// round: neither who is asked, nor who is awaited, nor what stands.
func worldRecordStays(breaks worldBreaks, p, next *Process, events []Event, before, after *State) {
	if p.Round == nil || next == nil || next.Round == nil || next.Round.No != p.Round.No {
		return
	}
	was, is := p.Round.Answers, next.Round.Answers
	if len(is) < len(was) || !slices.EqualFunc(was, is[:len(was)], worldSameAnswer) {
		breaks("I-18", "what was answered has changed from %v to %v", was, is)
	}
	if !worldHas[*circle.Removed](events) {
		return
	}
	if !slices.Equal(p.Round.Awaited(), next.Round.Awaited()) || p.Stage != next.Stage || len(is) != len(was) || len(p.Waiting) != len(next.Waiting) {
		breaks("I-18", "a removal changed the open round: awaited %v, now %v; %s, now %s", p.Round.Awaited(), next.Round.Awaited(), p.Stage, next.Stage)
	}
	if a, b := before.Objections.Standing(worldCase), after.Objections.Standing(worldCase); len(a) != len(b) {
		breaks("I-18", "a removal changed what stands: %d objections, now %d", len(a), len(b))
	}
}

// worldSameAnswer: by some methods an answer is kept for the next version, too.
func worldSameAnswer(a, b Answer) bool {
	return a.Seat == b.Seat && a.Position == b.Position && a.At.Equal(b.At)
}

// worldGiven: a role is given to a candidate whom the circle was asked about, who
// consented or accepted (methods §3.2).
func worldGiven(breaks worldBreaks, p *Process, m *worldMove, events []Event) {
	for _, e := range events {
		g, ok := e.(*circle.RoleGiven)
		if !ok || p.Selection == nil || !slices.Contains(p.Selection.Roles, g.Role) || !worldHas[*proposal.Adopted](events) || m.chain != nil {
			continue
		}
		said := ""
		for _, a := range p.Round.Answers {
			if a.Seat == g.Person {
				said = a.Position
			}
		}
		agreed := said == Consents || m.by == g.Person || slices.Contains(p.Selection.Accepted, g.Person) || !p.Round.Seated(g.Person)
		switch {
		case !slices.Contains(p.Selection.Candidate, Name(g.Person)):
			breaks("S3", "the role was given to %s, and the circle was asked about %v", g.Person, p.Selection.Candidate)
		case !agreed:
			breaks("S1", "the role was given to %s, who did not say yes", g.Person)
		case slices.Contains(p.Selection.Discarded, Name(g.Person)):
			breaks("S6", "the role was given to %s, who was discarded", g.Person)
		}
	}
}

// What is broken on purpose: see TestWorldsBite.

func biteUnawaits(_, after *State, events []Event) {
	if p := after.processes[worldCase]; worldHas[*circle.Removed](events) && p != nil && p.Round != nil && p.Round.spot("cia").place >= 0 {
		p.Round.take("cia", skipped)
	}
}

func biteDropsWithRemoved(_, after *State, events []Event) {
	if worldHas[*circle.Removed](events) {
		after.Objections = objection.Objections{}
	}
}

func biteChangesAnswer(_, after *State, events []Event) {
	if p := after.processes[worldCase]; worldHas[*circle.LinkEnded](events) && p != nil && p.Round != nil && len(p.Round.Answers) > 0 {
		p.Round.Answers[0].Position = string(Abstains)
	}
}

func biteGivesAnyway(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if r, ok := c.(Respond); ok && err == nil && r.Proposal == worldCase && by.By != "cia" && s.processes[worldCase].Stage == StageDecide {
		events = append(events, &proposal.Adopted{Proposal: worldCase, Version: s.processes[worldCase].Round.Version, Since: now},
			&circle.RoleGiven{Role: worldBaker, Person: "cia", Since: now})
	}
	return events, err
}

func biteGivesAnother(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	for _, e := range events {
		if g, ok := e.(*circle.RoleGiven); ok && g.Role == worldBaker {
			g.Person = "ben"
		}
	}
	return events, err
}

func biteNoProposing(s *State, by circle.Actor, now time.Time, c Command) ([]Event, error) {
	events, err := s.Decide(by, now, c)
	if _, ok := c.(ProposeCandidate); ok && err == nil && by.By != "cia" {
		return nil, OwnCandidacy.Refuse("who", by.By)
	}
	return events, err
}

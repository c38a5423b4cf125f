package consent

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A small organisation in which circles change while they decide.

var (
	decidingPeople  = []circle.PersonID{"ana", "ben", "cia", "dee", "eva"}
	decidingCircles = []circle.ID{"places", "valley", "hill", "brook"}
	decidingItems   = []circle.ItemID{"care", "teams", "starting", "ending", "nets", "rota"}
	decidingModes   = []circle.Mode{"", circle.Supersede, circle.MayObject}
)

// A decidingRun is one life of it, and what is reckoned of it on the way.
type decidingRun struct {
	t      require.TestingT
	s      *State
	names  int
	about  map[proposal.ID]circle.ItemID // what the agreements and cases of a circle are about
	needs  map[proposal.NeedID]circle.ItemID
	gone   map[decidingPart]uint64 // who is on leave or was removed, since which event
	opened map[proposal.ID]uint64  // when the round in which a question is asked began
	events uint64
	count  map[string]int
	lie    func(Event) // what happens behind the back of the law, in the test that shows that the checks bite
}

type decidingPart struct {
	circle circle.ID
	person circle.PersonID
}

func newDecidingRun(t require.TestingT) *decidingRun {
	known, err := methods(nil)
	require.NoError(t, err)
	r := &decidingRun{t: t, s: &State{kinds: stock(), methods: known, latest: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)},
		about: map[proposal.ID]circle.ItemID{}, needs: map[proposal.NeedID]circle.ItemID{}, gone: map[decidingPart]uint64{},
		opened: map[proposal.ID]uint64{}, count: map[string]int{}}
	of := func(list ...circle.ItemID) (out []circle.Item) {
		for i := 0; i < len(list); i += 2 {
			out = append(out, circle.Item{ID: list[i], Of: list[i+1]})
		}
		return out
	}
	say := circle.Say("words")
	list := []Command{circle.Found{ID: "places", Aim: say, Domain: of("care", "", "teams", "", "rota", ""), Rules: circle.Rules{Absence: circle.Absence{Silence: circle.Wait}}}}
	for _, who := range decidingPeople {
		list = append(list, circle.Admit{ID: who})
	}
	list = append(list, circle.Join{Circle: "places", Person: "ana", Level: circle.Full}, circle.Join{Circle: "places", Person: "ben", Level: circle.Full},
		circle.Join{Circle: "places", Person: "cia", Level: circle.Full},
		circle.Open{ID: "valley", Parent: "places", Aim: say, Domain: of("starting", "teams", "ending", "teams"), Members: []circle.PersonID{"ben", "cia", "dee"}},
		circle.Open{ID: "hill", Parent: "places", Aim: say, Domain: of("rota", ""), Members: []circle.PersonID{"ana", "dee"}},
		circle.Open{ID: "brook", Parent: "valley", Aim: say, Domain: of("nets", "ending"), Members: []circle.PersonID{"dee", "eva"}})
	for _, c := range list {
		r.must("host", c)
	}
	return r
}

func (r *decidingRun) must(by circle.PersonID, c Command) {
	require.NoError(r.t, r.give(by, c), "%s: %s", by, c.Wire())
}

// give gives a command. What follows is one entry, of which each event is looked
// at.
func (r *decidingRun) give(by circle.PersonID, c Command) error {
	events, err := r.s.Decide(circle.Actor{By: by}, r.s.latest, c)
	if err == nil {
		r.entry(r.s.latest, events)
	}
	return err
}

func (r *decidingRun) entry(at time.Time, events []Event) {
	for _, e := range events {
		r.happens(at, e)
	}
	r.domains()
}

// later lets time go on, and what is due happen.
func (r *decidingRun) later(d time.Duration) {
	until := r.s.latest.Add(d)
	for {
		due, ok := worldFirst(r.s)
		if !ok || due.at > until.Unix() {
			break
		}
		at := time.Unix(due.at, 0).UTC()
		events, err := r.s.Fire(due.timer, at)
		require.NoError(r.t, err)
		r.entry(at, events)
	}
	r.s.latest = until
}

// step gives one random command.
func (r *decidingRun) step(d *rapid.T) {
	who := rapid.SampledFrom(decidingPeople).Draw(d, "who")
	at := rapid.SampledFrom(decidingCircles).Draw(d, "circle")
	item := rapid.SampledFrom(decidingItems).Draw(d, "item")
	switch rapid.IntRange(0, 11).Draw(d, "step") {
	case 0, 1, 2:
		r.proposes(d, at, item)
	case 3, 4, 5:
		r.answers(d, who)
	case 6, 7:
		r.changes(at, r.structural(d, at, item))
	case 8:
		r.goesOrComes(d, at, who)
	case 9:
		r.consented(at, circle.Remove{Circle: at, Person: who, Harms: circle.WholeAim, Reason: circle.Say("w"), Conversation: circle.Say("w")})
	case 10:
		r.later(time.Duration(rapid.IntRange(1, 60).Draw(d, "hours")) * time.Hour)
	case 11:
		if open := r.s.OpenProcesses(); len(open) > 0 {
			r.through(rapid.SampledFrom(open).Draw(d, "case"))
		}
	}
}

// proposes brings a text about an item before a circle, and puts it.
func (r *decidingRun) proposes(d *rapid.T, at circle.ID, item circle.ItemID) {
	full := r.s.Org.FullIn(at)
	if len(full) == 0 {
		return
	}
	if c := r.s.Org.Circle(at); rapid.Bool().Draw(d, "of its own") && len(c.Domain) > 0 {
		item = rapid.SampledFrom(c.Domain).Draw(d, "its").ID
	}
	r.names++
	need, id := proposal.NeedID(fmt.Sprintf("n-%d", r.names)), proposal.ID(fmt.Sprintf("p-%d", r.names))
	if r.give(full[0], proposal.OpenNeed{ID: need, Circle: at, Text: circle.Say("w")}) != nil ||
		r.give(full[0], proposal.CheckDomain{Need: need, Item: item}) != nil {
		return
	}
	r.must(full[0], proposal.Submit{ID: id, Circle: at, Need: need, Text: circle.Say("w"), Term: circle.MustPeriod("1y")})
	if rapid.Bool().Draw(d, "put") {
		_ = r.give(full[0], OpenRound{Proposal: id, Round: ConsentRound})
	}
}

// answers lets somebody do something about an open case.
func (r *decidingRun) answers(d *rapid.T, who circle.PersonID) {
	open := r.s.OpenProcesses()
	if len(open) == 0 {
		return
	}
	id := rapid.SampledFrom(open).Draw(d, "case")
	r.names++
	o := objection.ID(fmt.Sprintf("o-%d", r.names))
	list := []Command{Respond{Proposal: id, Answer: Consents}, OpenRound{Proposal: id, Round: ConsentRound},
		objection.Raise{ID: o, Proposal: id, Aim: circle.WholeAim, Argument: circle.Say("w")}}
	for _, s := range r.s.Objections.Standing(id) {
		list = append(list, objection.Withdraw{Objection: s.ID})
	}
	if err := r.give(who, rapid.SampledFrom(list).Draw(d, "answer")); err != nil {
		r.count["refused"]++
	}
}

// through lets everybody who is asked consent to a case.
func (r *decidingRun) through(id proposal.ID) {
	p := r.s.processes[id]
	if p.Round == nil {
		for _, who := range r.s.Org.FullIn(p.Circle) {
			_ = r.give(who, OpenRound{Proposal: id, Round: ConsentRound})
			break
		}
	}
	if p = r.s.processes[id]; p.Round == nil {
		return
	}
	for _, seat := range slices.Clone(p.Round.Seats) {
		_ = r.give(seat.Person, Respond{Proposal: id, Answer: Consents})
	}
}

// consented asks a circle whether to do something, and everybody consents.
func (r *decidingRun) consented(at circle.ID, deed circle.Deed) {
	full := r.s.Org.FullIn(at)
	if len(full) == 0 {
		return
	}
	r.names++
	id := proposal.ID(fmt.Sprintf("q-%d", r.names))
	if r.give(full[0], Ask{ID: id, Circle: at, Question: circle.Say("w"), Enacts: []circle.Deed{deed}}) == nil {
		r.through(id)
	}
}

// changes asks a circle for a change of the structure, and each circle whose
// consent that takes beside its own.
func (r *decidingRun) changes(at circle.ID, c circle.Command) {
	r.consented(at, c.(circle.Deed))
	id := circle.Name(fmt.Sprintf("c-%d", r.names-1))
	if change := r.s.Org.Change(id); change != nil {
		for _, awaited := range slices.Clone(change.Awaits) {
			r.consented(awaited, circle.ConsentTo{Change: id})
		}
	}
}

// structural draws a change of the structure.
func (r *decidingRun) structural(d *rapid.T, at circle.ID, item circle.ItemID) circle.Command {
	r.names++
	change, c := circle.Name(fmt.Sprintf("c-%d", r.names)), r.s.Org.Circle(at)
	to := rapid.SampledFrom(decidingCircles).Draw(d, "to")
	domain := slices.Clone(c.Domain)
	if rapid.Bool().Draw(d, "less") && len(domain) > 1 {
		i := rapid.IntRange(0, len(domain)-1).Draw(d, "which")
		domain = slices.Delete(domain, i, i+1)
	} else {
		more := circle.Item{ID: item}
		if p := r.s.Org.Circle(c.Parent); p != nil && len(p.Domain) > 0 {
			more.Of = rapid.SampledFrom(p.Domain).Draw(d, "of").ID
			more.ID = rapid.SampledFrom([]circle.ItemID{more.ID, more.Of}).Draw(d, "as")
		}
		domain = append(domain, more)
	}
	if len(c.Domain) > 0 && rapid.Bool().Draw(d, "its own") {
		item = rapid.SampledFrom(c.Domain).Draw(d, "its").ID
	}
	terms := []circle.Terms{{Item: domain[0].ID, Mode: rapid.SampledFrom(decidingModes).Draw(d, "mode")}}
	switch rapid.IntRange(0, 7).Draw(d, "structure") {
	case 0, 1, 2:
		return circle.Redefine{Change: change, Circle: at, Domain: domain, Terms: terms}
	case 3, 4:
		return circle.Lend{Change: change, Circle: at, To: to, Item: item, For: circle.MustPeriod("1d")}
	case 5:
		return circle.TakeBack{Change: change, Circle: at, Item: item}
	case 6:
		if next := append(slices.Clone(c.Children), c.Parent); next[0] != "" {
			to = rapid.SampledFrom(next).Draw(d, "next")
		}
		if x := r.s.Org.Circle(to); x != nil && len(x.Domain) > 0 {
			item = rapid.SampledFrom(x.Domain).Draw(d, "of theirs").ID
		}
		return circle.MovePolicy{Change: change, Policy: r.some(at, d), From: at, To: to, Serves: circle.WholeAim, Item: item}
	}
	if rapid.IntRange(0, 3).Draw(d, "end") == 0 {
		return circle.Dissolve{Change: change, Circle: at, Raise: c.Children}
	}
	return circle.Merge{Change: change, Circle: at, Into: to, Readopt: circleNames(r.s.Matters.Leaves(at).Proposals)}
}

func circleNames(list []proposal.ID) (out []circle.Name) {
	for _, id := range list {
		out = append(out, circle.Name(id))
	}
	return out
}

// some is an agreement of a circle, or a name of none.
func (r *decidingRun) some(at circle.ID, d *rapid.T) circle.Name {
	if list := r.s.Matters.Leaves(at).Proposals; len(list) > 0 {
		return circle.Name(rapid.SampledFrom(list).Draw(d, "agreement"))
	}
	return "none"
}

func (r *decidingRun) goesOrComes(d *rapid.T, at circle.ID, who circle.PersonID) {
	_ = r.give(who, rapid.SampledFrom([]circle.Command{circle.TakeLeave{Circle: at}, circle.TakeLeave{Circle: at},
		circle.Return{Circle: at}, circle.Leave{Circle: at}}).Draw(d, "goes"))
	if rapid.Bool().Draw(d, "comes") {
		r.consented(at, circle.Join{Circle: at, Person: who, Level: circle.Full})
	}
}

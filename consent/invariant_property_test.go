package consent

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// happens looks at one event, before and after it.
func (r *decidingRun) happens(at time.Time, e Event) {
	r.events++
	r.stances(e)
	r.adopts(e)
	kept := r.keeps(e)
	r.s.Apply(r.events, at, []Event{e})
	if r.lie != nil {
		r.lie(e)
	}
	kept()
	r.reckons(e)
}

// reckons follows, from the events alone, what agreements are about, who is away,
// and when questions were put.
func (r *decidingRun) reckons(e Event) {
	part := func(c circle.ID, who circle.PersonID) decidingPart { return decidingPart{c, who} }
	switch e := e.(type) {
	case *proposal.DomainChecked:
		r.needs[e.Need] = e.Item
	case *proposal.Submitted:
		r.about[e.Proposal] = r.needs[e.Need]
	case *circle.PolicyMoved:
		r.about[proposal.ID(e.Policy)] = e.Item
	case *proposal.Inherited:
		for _, id := range e.Proposals {
			r.about[id] = e.Item
		}
	case *Transferred:
		delete(r.about, e.Proposal)
	case *RoundOpened:
		r.opened[e.Proposal] = r.events
	case *circle.LeaveBegan:
		r.gone[part(e.Circle, e.Person)] = r.events
	case *circle.Removed:
		r.gone[part(e.Circle, e.Person)] = r.events
	case *circle.LeaveEnded:
		delete(r.gone, part(e.Circle, e.Person))
	case *circle.Joined:
		delete(r.gone, part(e.Circle, e.Person))
	}
}

// stances: I-18, who is on leave says nothing on a question, and who was removed
// nothing on one that was put afterwards.
func (r *decidingRun) stances(e Event) {
	var on proposal.ID
	var who circle.PersonID
	switch e := e.(type) {
	case *Responded:
		on, who = e.Proposal, e.By
	case *objection.Raised:
		on, who = e.Proposal, e.By
	default:
		return
	}
	p := r.s.processes[on]
	since, gone := r.gone[decidingPart{p.Circle, who}]
	if r.s.Org.ObjectsTo(p.Circle, r.about[on], who) {
		return // from outside, as anybody of the circle around (M-12)
	}
	if gone {
		r.count["answered since they were removed"]++
	}
	away := r.s.Org.LevelIn(p.Circle, who) == circle.OnLeave
	require.False(r.t, away, "I-18: %s is on leave from %s, and answers %s", who, p.Circle, on)
	require.False(r.t, gone && r.opened[on] > since, "I-18: %s was removed from %s before %s was put, and answers it", who, p.Circle, on)
}

// keeps: I-18, what somebody said before stays on record when they go; and the
// removal of somebody who is awaited changes nothing in a round that is open.
func (r *decidingRun) keeps(e Event) func() {
	var at circle.ID
	removed := false
	switch e := e.(type) {
	case *circle.Removed:
		at, removed = e.Circle, true
	case *circle.LeaveBegan:
		at = e.Circle
	case *circle.Left:
		at = e.Circle
	default:
		return func() {}
	}
	type held struct {
		stage   Stage
		round   Round
		said    []Answer
		objects []objection.ID
	}
	look := func() map[proposal.ID]held {
		out := map[proposal.ID]held{}
		for id, p := range r.s.processes {
			if p.Circle != at || p.Round == nil {
				continue
			}
			h := held{stage: p.Stage, said: slices.Clone(p.Round.Answers)}
			if removed {
				h.round = *p.Round.copied()
			}
			for _, o := range r.s.Objections.Standing(id) {
				h.objects = append(h.objects, o.ID)
			}
			out[id] = h
		}
		return out
	}
	before := look()
	if removed {
		r.count["removed"]++
	}
	return func() {
		for id, was := range before {
			require.True(r.t, reflect.DeepEqual(was, look()[id]), "I-18: %s changed in %s: %v was %v", id, at, look()[id], was)
			r.count["rounds kept"]++
		}
	}
}

// adopts: I-5, a circle decides on what is handed down or lent only as the terms of
// the item say, at the moment in which it decides.
func (r *decidingRun) adopts(e Event) {
	a, ok := e.(*proposal.Adopted)
	if !ok || r.about[a.Proposal] == "" {
		return
	}
	c := r.s.Org.Circle(r.s.Matters.Proposal(a.Proposal).Circle)
	r.count["adopted"]++
	require.True(r.t, decidingMay(&r.s.Org, c, r.about[a.Proposal]), "I-5: %s decided on %s, which is not its to decide on", c.ID, r.about[a.Proposal])
}

// decidingMay reckons from what the circles hold whether one decides on an item:
// it is its own, and neither lent nor handed down whole but on the terms that its
// policy prevails; or it is lent to it.
func decidingMay(o *circle.Organisation, c *circle.Circle, item circle.ItemID) bool {
	may := c.Owns(item)
	for _, id := range o.Circles() {
		x := o.Circle(id)
		if x.Closed {
			continue
		}
		for _, h := range x.Charter().Lent {
			switch {
			case h.Item == item && id == c.ID:
				return false
			case h.Item == item && h.To == c.ID && !c.Owns(item):
				may = true
			}
		}
		for _, i := range x.Domain {
			if x.Parent == c.ID && i.ID == item && (i.Of == "" || i.Of == item) && x.TermsOf(item).Mode != circle.Supersede {
				return false
			}
		}
	}
	return may
}

// domains: I-17, each agreement in force is about what is in the domain of its
// circle, or lent to it; and I-19, its circle has not ended.
func (r *decidingRun) domains() {
	for id, item := range r.about {
		p := r.s.Matters.Proposal(id)
		if p == nil || p.Status != proposal.StatusAgreement { // a question leaves nothing when it has ended
			continue
		}
		c := r.s.Org.Circle(p.Circle)
		require.False(r.t, c.Closed, "I-19: %s is an agreement of %s, which has ended", id, c.ID)
		if item == "" {
			continue
		}
		lent := slices.ContainsFunc(r.s.Org.Circles(), func(from circle.ID) bool {
			h := r.s.Org.Circle(from).Lender(item)
			return h != nil && h.To == c.ID
		})
		require.True(r.t, c.Owns(item) || lent, "I-17: %s of %s is about %s, which is outside its domain", id, c.ID, item)
	}
	for _, p := range r.s.processes {
		require.False(r.t, r.s.Org.Circle(p.Circle).Closed, "I-19: %s is before %s, which has ended", p.Proposal, p.Circle)
	}
}

// TestInvariantsOfDecisions: the whole of I-5, I-17, I-18 and what I-19 says of
// agreements and cases hold on every prefix of a ledger, whatever circles decide
// while they hand down, lend, give up, merge and end, and whoever goes meanwhile.
func TestInvariantsOfDecisions(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(d *rapid.T) {
		for range 4 {
			r := newDecidingRun(d)
			r.count = seen
			for range rapid.IntRange(10, 60).Draw(d, "steps") {
				r.step(d)
			}
		}
	})
	for _, what := range []string{"adopted", "removed", "rounds kept", "refused"} {
		require.Positive(t, seen[what], "it never came to that: %s", what)
	}
}

// TestAgreementOutlivesItsLender: I-19, what a circle agreed about something that
// was lent to it goes, when the lender ends, to who takes what the lender leaves: also
// when that is the circle itself.
func TestAgreementOutlivesItsLender(t *testing.T) {
	for _, c := range []struct {
		lent circle.ID
		ends circle.Deed
	}{
		{"places", circle.Dissolve{Change: "c", Circle: "brook"}},
		{"valley", circle.Dissolve{Change: "c", Circle: "brook"}},
		{"places", circle.Merge{Change: "c", Circle: "brook", Into: "valley"}},
	} {
		r := newDecidingRun(t)
		r.consented("brook", circle.Lend{Change: "lend", Circle: "brook", To: c.lent, Item: "nets", For: circle.MustPeriod("1d")})
		if r.s.Org.Change("lend") != nil {
			r.consented(c.lent, circle.ConsentTo{Change: "lend"})
		}
		full := r.s.Org.FullIn(c.lent)[0]
		r.must(full, proposal.OpenNeed{ID: "n", Circle: c.lent, Text: circle.Say("w")})
		r.must(full, proposal.CheckDomain{Need: "n", Item: "nets"})
		r.must(full, proposal.Submit{ID: "p", Circle: c.lent, Need: "n", Text: circle.Say("w"), Term: circle.MustPeriod("1y")})
		r.through("p")
		require.Equal(t, proposal.StatusAgreement, r.s.Matters.Proposal("p").Status)
		r.consented("brook", c.ends)
		r.consented("valley", circle.ConsentTo{Change: "c"})
		require.True(t, r.s.Org.Circle("brook").Closed)
		require.Equal(t, circle.ID("valley"), r.s.Matters.Proposal("p").Circle)
		require.Equal(t, circle.ItemID("ending"), r.s.Matters.ItemOf("p"), "nets are a part of it")
	}
}

// TestLentWhatIsOwnedByNow: I-19. When the time is over for which an item was lent to a circle that owns it by now, what that circle
// agreed about it stays there.
func TestLentWhatIsOwnedByNow(t *testing.T) {
	for owned, at := range map[bool]circle.ID{true: "places", false: "brook"} {
		r := newDecidingRun(t)
		r.consented("brook", circle.Lend{Change: "lend", Circle: "brook", To: "places", Item: "nets", For: circle.MustPeriod("1d")})
		if r.s.Org.Change("lend") != nil {
			r.consented("places", circle.ConsentTo{Change: "lend"})
		}
		full := r.s.Org.FullIn("places")[0]
		r.must(full, proposal.OpenNeed{ID: "n", Circle: "places", Text: circle.Say("w")})
		r.must(full, proposal.CheckDomain{Need: "n", Item: "nets"})
		r.must(full, proposal.Submit{ID: "p", Circle: "places", Need: "n", Text: circle.Say("w"), Term: circle.MustPeriod("1y")})
		r.through("p")
		if owned {
			c := r.s.Org.Circle("places")
			r.entry(r.s.latest, []Event{&circle.Redefined{Circle: "places", Domain: append(slices.Clone(c.Domain), circle.Item{ID: "nets"})}})
		}
		r.later(25 * time.Hour)
		require.Nil(t, r.s.Org.Circle("brook").Lender("nets"))
		require.Equal(t, at, r.s.Matters.Proposal("p").Circle, "owned: %v", owned)
	}
}

// A decidingWitness takes down what a check says where it fails.
type decidingWitness struct{ said []string }

func (w *decidingWitness) Errorf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}
func (w *decidingWitness) FailNow() { panic(w) }

// TestInvariantsOfDecisionsBite: each of these checks finds what is planted behind
// the back of the law, and says which it is.
func TestInvariantsOfDecisionsBite(t *testing.T) {
	put := func(r *decidingRun, item circle.ItemID) {
		r.must("ana", proposal.OpenNeed{ID: "n", Circle: "places", Text: circle.Say("w")})
		r.must("ana", proposal.CheckDomain{Need: "n", Item: item})
		r.must("ana", proposal.Submit{ID: "p", Circle: "places", Need: "n", Text: circle.Say("w"), Term: circle.MustPeriod("1y")})
		r.must("ana", OpenRound{Proposal: "p", Round: ConsentRound})
	}
	places := func(r *decidingRun) *circle.Circle { return r.s.Org.Circle("places") }
	for _, l := range []struct {
		name, breaks string
		lie          func(r *decidingRun)
	}{
		{"nothing is wrong", "", func(r *decidingRun) { put(r, "care"); r.through("p") }},
		{"it was handed down meanwhile", "I-5", func(r *decidingRun) {
			put(r, "care")
			c := r.s.Org.Circle("hill")
			r.entry(r.s.latest, []Event{&circle.Redefined{Circle: "hill", Domain: append(slices.Clone(c.Domain), circle.Item{ID: "care"})}})
			r.happens(r.s.latest, &proposal.Adopted{Proposal: "p", Version: 1, Since: r.s.latest})
		}},
		{"it was lent meanwhile", "I-5", func(r *decidingRun) {
			put(r, "care")
			r.entry(r.s.latest, []Event{&circle.ItemLent{Circle: "places", To: "hill", Item: "care", Since: r.s.latest, AtWill: true}})
			r.happens(r.s.latest, &proposal.Adopted{Proposal: "p", Version: 1, Since: r.s.latest})
		}},
		{"it was given up, and the agreement was left", "I-17", func(r *decidingRun) {
			put(r, "care")
			r.through("p")
			r.entry(r.s.latest, []Event{&circle.Redefined{Circle: "places", Domain: places(r).Domain[1:]}})
		}},
		{"it is nobody's", "I-17", func(r *decidingRun) {
			put(r, "care")
			r.through("p")
			r.entry(r.s.latest, []Event{&circle.PolicyMoved{Policy: "p", From: "places", To: "brook", Serves: circle.WholeAim, Item: "care"}})
		}},
		{"who is on leave answers", "I-18", func(r *decidingRun) {
			put(r, "care")
			r.must("ben", circle.TakeLeave{Circle: "places"})
			r.happens(r.s.latest, &Responded{Proposal: "p", By: "ben", Response: Consents, Version: 1})
		}},
		{"who was removed objects to what was put later", "I-18", func(r *decidingRun) {
			r.happens(r.s.latest, &circle.Removed{Circle: "places", Person: "ben", Harms: circle.WholeAim})
			put(r, "care")
			r.happens(r.s.latest, &objection.Raised{Objection: "o", Proposal: "p", By: "ben", Version: 1, Aim: circle.WholeAim})
		}},
		{"what was said goes with who said it", "I-18", func(r *decidingRun) {
			put(r, "care")
			r.must("ben", Respond{Proposal: "p", Answer: Consents})
			r.lie = func(Event) { r.s.processes["p"].Round.Answers = nil }
			r.happens(r.s.latest, &circle.Removed{Circle: "places", Person: "ben", Harms: circle.WholeAim})
		}},
		{"the seat goes with who is removed", "I-18", func(r *decidingRun) {
			put(r, "care")
			r.lie = func(Event) { r.s.processes["p"].Round.Seats = r.s.processes["p"].Round.Seats[:2] }
			r.happens(r.s.latest, &circle.Removed{Circle: "places", Person: "cia", Harms: circle.WholeAim})
		}},
		{"an objection goes with who raised it", "I-18", func(r *decidingRun) {
			put(r, "care")
			r.must("ben", objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: circle.Say("w")})
			r.lie = func(e Event) {
				if _, ok := e.(*circle.LeaveBegan); ok {
					r.s.Objections.Forget("p")
				}
			}
			r.must("ben", circle.TakeLeave{Circle: "places"})
		}},
		{"an agreement is left behind", "I-19", func(r *decidingRun) {
			put(r, "care")
			r.through("p")
			places(r).Closed = true
			r.domains()
		}},
		{"a case is left behind", "I-19", func(r *decidingRun) {
			put(r, "care")
			places(r).Closed = true
			r.domains()
		}},
	} {
		t.Run(l.name, func(t *testing.T) {
			w := &decidingWitness{}
			func() {
				defer func() {
					if p := recover(); p != nil && p != any(w) {
						panic(p)
					}
				}()
				r := newDecidingRun(t)
				r.t = w
				l.lie(r)
			}()
			found := strings.Join(w.said, "; ")
			require.Equal(t, l.breaks == "", found == "", found)
			require.Contains(t, found, l.breaks)
		})
	}
}

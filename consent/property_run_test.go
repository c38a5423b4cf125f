package consent_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// One sequence under way.

// A give is somebody's command.
type give struct {
	by  person
	cmd consent.Command
}

// A run is one sequence under way.
type run struct {
	t       teller
	d       dice
	w       *world
	m       *model
	tally   *tally
	chron   chronicle
	plan    []give // what comes next, when a whole round is under way
	done    []sent // accepted, with the ids under which they were sent
	names   int
	digest  [32]byte // of the state, once it was asked for
	known   bool     // it was
	size    uint64
	root    tlog.Hash
	strict  bool // compare digests too, which takes time
	history []told
	prior   *view // before the last command
	seen    *view // the last one reckoned
	seenAt  time.Time
	seenFor int
	hears   func(consent.Command, *circle.Refusal) *circle.Refusal // what the engine is said to have answered; nil: what it did
}

// A told is one line of a run's history.
type told struct {
	at  time.Time
	g   give
	id  string
	why *circle.Refusal
}

type sent struct {
	give
	id string
	at uint64
}

func runSequence(t teller, d dice, s setting, steps int, total *tally, walked *walk) {
	w := newWorld(t, s)
	w.walk = walked
	r := &run{t: t, d: d, w: w, m: &model{set: s}, tally: total, strict: d.roll(16) == 0}
	r.whole(steps)
}

// whole goes through the sequence.
func (r *run) whole(steps int) {
	w := r.w
	w.t = r
	r.tally.count("sequences")
	r.headNow()
	for range steps {
		r.step()
	}
	if r.strict {
		w.replays()
		r.explained()
		r.ended(pick(r.d, r.m.set.full()))
	}
	r.kept(r.chron.Closing())
}

// ended: everything that goes on can be ended without any one person, whoever
// it is (L1): the others meet, and drop it by consent.
func (r *run) ended(without person) {
	v := r.view()
	others := slices.DeleteFunc(v.withLevel(circle.Full), func(who person) bool { return who == without })
	if len(others) == 0 || len(v.rules.Presence) > 0 {
		return
	}
	if g := v.sitting(); g != nil {
		// Who takes part as a learner may wear the hat too.
		learners := slices.DeleteFunc(v.withLevel(circle.Learning), func(who person) bool { return who == without })
		r.w.must(r.able(v, slices.Concat(others, learners)), consent.CloseMeeting{Meeting: g.id})
	}
	r.w.must(others[0], consent.CallMeeting{ID: "last", Circle: den, At: r.second()})
	r.w.must(others[0], consent.OpenMeeting{Meeting: "last", Present: others})
	for _, id := range r.chron.Under() {
		q := "drop-" + id
		r.w.must(others[0], consent.Ask{ID: q, Circle: den, Question: r.text(), Enacts: []circle.Deed{proposal.Drop{Proposal: id, Reason: r.text()}}})
		r.w.consents(q, others...)
		if stage := r.w.stage(id); stage != consent.StageDropped {
			r.Fatalf("L1: without %s %s cannot be ended: %s", without, id, stage)
		}
		r.tally.count("L1: ended without one of them")
	}
}

// able is one of some people who may facilitate.
func (r *run) able(v *view, some []person) person {
	for _, who := range some {
		if v.facilitates(who) {
			return who
		}
	}
	r.Fatalf("L1: none of %v may facilitate", some)
	return ""
}

// explained: every sentence of an explanation rests on an entry that is there
// (CP-25), and no entry holds what anybody said (P1).
func (r *run) explained() {
	for _, id := range r.chron.Told() {
		list, err := r.w.engine.Explain(context.Background(), id)
		require.NoError(r, err)
		require.NotEmpty(r, list)
		for _, s := range list {
			if s.Entry >= r.size || s.Says == "" {
				r.Fatalf("CP-25: %q cites entry %d of %d", s.Says, s.Entry, r.size)
			}
		}
	}
	for pos, b := range r.w.bytes() {
		if bytes.Contains(b, []byte("words ")) {
			r.Fatalf("P1: entry %d holds what somebody said: %s", pos, b)
		}
	}
}

// The run tells its history when it fails; where in these files it failed is of no
// interest, and to find out would take a tenth of the time.
func (r *run) Helper()                         {}
func (r *run) Logf(format string, args ...any) { r.t.Logf(format, args...) }
func (r *run) Errorf(format string, args ...any) {
	r.t.Errorf("%s\n%s", r.told(), fmt.Sprintf(format, args...))
}
func (r *run) FailNow() { r.t.FailNow() }
func (r *run) Fatalf(format string, args ...any) {
	r.t.Fatalf("%s\n%s", r.told(), fmt.Sprintf(format, args...))
}

func (r *run) told() string {
	lines := []string{fmt.Sprintf("in the circle %+v:", r.m.set)}
	for _, h := range r.history {
		line := h.at.Format(time.RFC3339Nano)
		if h.g.cmd != nil {
			line += fmt.Sprintf(" %s: %s", h.g.by, say(h.g.cmd))
		}
		if h.why != nil {
			line += "   refused " + h.why.Code.ID
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n  ")
}

func (r *run) headNow() {
	r.size, r.root = r.w.engine.Head()
	r.known = false
}

// stateNow notes what the state is before a command that is to change nothing.
func (r *run) stateNow() {
	if r.strict && !r.known {
		r.digest, r.known = r.w.digest(), true
	}
}

// second is the time in the ledger: whole seconds.
func (r *run) second() time.Time { return r.w.now.Truncate(time.Second) }

// view is what the model reckons now; nothing is reckoned twice on end.
func (r *run) view() *view {
	if at := r.second(); r.seen == nil || r.seenFor != len(r.m.acts) || !r.seenAt.Equal(at) {
		r.seen, r.seenFor, r.seenAt = r.m.now(at), len(r.m.acts), at
	}
	return r.seen
}

func (r *run) step() {
	plan := r.plan
	switch n := r.d.roll(100); {
	case len(plan) > 0 && n < 80:
		r.plan = plan[1:]
		r.give(plan[0])
	case n < 70:
		r.give(r.sensible(r.view()))
	case n < 85:
		g := r.mangled(r.sensible(r.view()))
		r.plan = plan
		r.give(g)
	case n < 88:
		g := r.tempted(r.view())
		r.plan = plan
		r.give(g)
	case n < 94:
		r.give(r.wild(r.view()))
	case n < 98:
		r.time()
	default:
		r.again()
	}
}

// give gives a command to both, and compares.
func (r *run) give(g give) {
	want := r.why(g)
	if len(want) > 0 { // any other refusal is a mistake by itself
		r.stateNow()
	}
	may := r.permission(g)
	r.names++
	id := fmt.Sprintf("k-%d", r.names)
	receipt, no := r.w.give(g.by, g.cmd, consent.WithID(id))
	if r.hears != nil {
		no = r.hears(g.cmd, no)
	}
	r.history = append(r.history, told{r.w.now, g, id, no})
	r.tally.count("commands")
	if no != nil {
		if !slices.Contains(want, no.Code.ID) {
			r.Fatalf("the engine refuses it by %s (%v), the model says %v", no.Code.ID, no, want)
		}
		may.refused(r, no)
		r.refused(g, no)
		return
	}
	if len(want) > 0 {
		r.Fatalf("the engine accepts it, the model refuses it: %v", want)
	}
	may.accepted(r)
	before := r.view()
	r.prior = before
	r.m.add(act{at: r.second(), by: g.by, cmd: g.cmd, order: orderOf(receipt)})
	r.done = append(r.done, sent{g, id, receipt.Position})
	r.accepted(g, receipt, before)
}

// why lists the model's reasons to refuse.
func (r *run) why(g give) reasons {
	if !known(r.m.set, g.by) {
		return reasons{"unknown-person"}
	}
	return r.view().why(r.second(), g.by, g.cmd)
}

// A permission is what Permitted says of a move before it is made; nil when it
// was not asked.
type permission struct{ no error }

func (r *run) permission(g give) *permission {
	if _, dissents := g.cmd.(consent.Dissent); !r.strict || dissents { // a minority opinion is given beside the process, also when it has ended
		return nil
	}
	var on string
	var about proposal.ID
	r.w.engine.Look(func(s *consent.State) { on, about = subject(s, g.cmd) })
	list, err := r.w.engine.Permitted(g.by, about)
	if err != nil {
		return nil
	}
	for _, p := range list {
		if p.Command == on {
			return &permission{p.Refused}
		}
	}
	return &permission{errNoMove}
}

var errNoMove = errors.New("the stage has no such move")

// accepted: what was not permitted was not accepted.
func (p *permission) accepted(r *run) {
	if p != nil && p.no != nil {
		r.Fatalf("Permitted says no (%v), and it was accepted", p.no)
	}
}

// refused: who may make a move is not refused for what the table asks.
func (p *permission) refused(r *run, no *circle.Refusal) {
	if p != nil && p.no == nil && slices.Contains(asksOfTable, no.Code) && !knowsMore(r.history[len(r.history)-1].g.cmd) {
		r.Fatalf("Permitted says yes, and it was refused: %v", no)
	}
}

// knowsMore: whose card lies there, and which other proposal is meant, only the
// command knows.
func knowsMore(cmd consent.Command) bool {
	switch cmd.(type) {
	case consent.ClearCard, consent.Supersede:
		return true
	}
	return false
}

var asksOfTable = []*circle.Code{consent.Ended, consent.NotNow, consent.NotFull, proposal.NotParticipant, consent.NotFacilitating,
	consent.NoConsentRight, consent.Suspended, consent.RoundRunning, consent.NotAPhase, consent.MeetingFirst, consent.AgendaFirst,
	consent.TermFirst, consent.NotMetYet}

// orderOf is the order of a round that was opened.
func orderOf(receipt consent.Receipt) []person {
	for _, e := range receipt.Events {
		if o, ok := e.(*consent.RoundOpened); ok {
			return o.Order
		}
	}
	return nil
}

// refused: nothing has changed (S5).
func (r *run) refused(g give, no *circle.Refusal) {
	r.tally.count("refused")
	r.tally.count("refused by " + no.Code.ID)
	r.tally.count("refused as " + errors.Unwrap(no).Error())
	size, root := r.w.engine.Head()
	if size != r.size || root != r.root {
		r.Fatalf("S5: a refused command changed the ledger")
	}
	if r.strict && r.w.digest() != r.digest {
		r.Fatalf("S5: a refused command changed the state")
	}
	v := r.view()
	if no.Code == consent.Ended && r.strict {
		r.tally.count("S10: a command on an ended process")
	}
	if no.Code == consent.PresenceNotMet {
		r.tally.count("presence keeps a round from closing")
	}
	if no.Code == consent.NoConsentRight && v.level(g.by) == circle.Full {
		r.tally.count("S2: who came later has no seat")
	}
}

func (r *run) accepted(g give, receipt consent.Receipt, before *view) {
	v := r.view()
	r.chronicled(receipt)
	if v.clocks > before.clocks { // the command set a clock that has run out already
		for _, due := range r.w.at(r.w.now) {
			r.chronicled(due)
		}
	}
	if r.strict {
		r.w.engine.Look(func(s *consent.State) { r.kept(r.chron.Frozen(s)) })
	}
	r.same(v)
	r.headNow()
	r.tally.watch(before, v, g)
	if o := orderOf(receipt); o != nil {
		r.order(before, g, receipt)
	}
	if r.d.roll(24) == 0 {
		r.again()
	}
}

// order: everybody who has a place is in the order, once, and a round in turn
// only turns it (CP-1).
func (r *run) order(before *view, g give, receipt consent.Receipt) {
	order := orderOf(receipt)
	m, kind := asking, consent.ConsentRound
	switch c := g.cmd.(type) {
	case consent.OpenRound:
		m, kind = before.matter(c.Proposal), c.Round
	case consent.CallBallot:
		m, kind = before.matter(c.Proposal), consent.BallotRound
	}
	want, _ := before.roundOf(m, kind)
	if len(order) != len(want) {
		r.Fatalf("CP-1: the order is %v, places have %v", order, want)
	}
	at := slices.Index(want, order[0])
	if at >= 0 && m.way.bothWays && !slices.Equal(order, turnedFrom(want, at)) { // M-101
		slices.Reverse(want)
		at = len(want) - 1 - at
		r.tally.count("a round the other way")
	}
	if at < 0 || !slices.Equal(order, turnedFrom(want, at)) {
		r.Fatalf("CP-1: the order %v does not turn %v", order, want)
	}
}

// turnedFrom is a list that begins elsewhere.
func turnedFrom(list []person, at int) []person { return append(slices.Clone(list[at:]), list[:at]...) }

// again sends a command a second time: the first receipt, and nothing is added
// (S5).
func (r *run) again() {
	if len(r.done) == 0 {
		return
	}
	r.stateNow() // the next refusal also shows whether this has changed anything
	s := pick(r.d, r.done)
	receipt, no := r.w.give(s.by, s.cmd, consent.WithID(s.id))
	size, root := r.w.engine.Head()
	if no != nil || !receipt.Repeated || receipt.Position != s.at || size != r.size || root != r.root {
		r.Fatalf("S5: %s sent again as %s: %+v, %v", say(s.cmd), s.id, receipt, no)
	}
	r.tally.count("sent again")
}

// time moves the clock. Where a time is about to run out, it stops a
// nanosecond before, at the instant, or a nanosecond behind it (S7).
func (r *run) time() {
	r.stateNow()
	v := r.view()
	var until time.Time
	if next := v.next(); next != nil {
		until = next.at
	}
	if until.IsZero() || r.d.roll(4) == 0 {
		r.moveTo(r.w.now.Add(time.Duration(1+r.d.roll(60)) * pick(r.d, []time.Duration{time.Second, time.Minute, time.Hour})))
		return
	}
	if early := until.Add(-1); !early.Before(r.w.now) && r.d.roll(2) == 0 {
		if fired := r.moveTo(early); fired > 0 {
			r.Fatalf("S7: a time ran out a nanosecond before, %v", until)
		}
		r.tally.count("S7: a nanosecond before")
	}
	if r.d.roll(3) == 0 {
		return
	}
	if until.Before(r.w.now) {
		until = r.w.now
	}
	at := until.Add(pick(r.d, []time.Duration{0, 1, time.Hour}))
	if fired := r.moveTo(at); fired == 0 {
		r.Fatalf("S7: the time is over, %v, and nothing happened", until)
	}
	r.tally.count("S7: at the instant, or behind it")
	if fired := r.moveTo(at); fired > 0 {
		r.Fatalf("S7: it ran out twice")
	}
}

// moveTo moves the clock and returns how many times ran out.
func (r *run) moveTo(t time.Time) int {
	r.prior = r.view()
	clocks := r.prior.clocks
	r.history = append(r.history, told{at: t})
	fired := 0
	for _, receipt := range r.w.at(t) {
		r.chronicled(receipt)
		if ranOut(r, receipt) {
			fired++
		}
	}
	v := r.view()
	if v.clocks-clocks != fired {
		r.Fatalf("the engine let %d times run out, the model %d", fired, v.clocks-clocks)
	}
	r.same(v)
	r.headNow()
	r.tally.passed(r.prior, v, give{})
	return fired
}

// ranOut says whether a time ran out in an entry.
func ranOut(r *run, receipt consent.Receipt) bool {
	for _, e := range receipt.Events {
		switch e := e.(type) {
		case *consent.SilenceCounted:
			r.tally.count("silence counted")
		case *consent.WindowClosed:
			r.tally.count("a window closed, silence is " + string(e.As))
		case *objection.Overruled:
			if !e.Silent {
				continue
			}
			r.tally.count("an answer stands without a word")
		case *consent.Resumed:
			if e.By != "" {
				continue
			}
			r.tally.count("a parked proposal woke up")
		case *consent.LastCallOver:
			r.tally.count("a quiet time was over")
		default:
			continue
		}
		return true
	}
	return false
}

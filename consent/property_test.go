package consent_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Sequences of commands, most of them sensible and some of them not, are given
// to the engine and to the model. Both must say the same of each: accepted or
// refused, why, and what is then. The promises S1 to S10 are checked on the
// entries themselves, by their number.

// sequences is how many of them the test holds, over all kinds of circles. The
// step "model" of .ci/run holds a hundred thousand.
var sequences = flag.Int("sequences", usual, "how many sequences of commands the engine and the model are given")

const usual = 7200

func TestEngineAgreesWithModel(t *testing.T) {
	n := *sequences
	if testing.Short() || raceOn() {
		n /= 10
	}
	list := kinds()
	checks(t, (n+len(list)-1)/len(list))
	var total tally
	for _, k := range list {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(r *rapid.T) {
				d := rolls{r}
				runSequence(r, d, k.setting(d), 10+d.roll(50), &total, nil)
			})
		})
	}
	t.Cleanup(func() {
		if !t.Failed() && total.n["sequences"] >= usual {
			total.everythingHappened(t)
		}
	})
}

// checks lets rapid run each property of a test n times, with the same sequences
// in each run: whether a change is taken in must not hang on a die. What the
// command line says goes before; with -rapid.seed=0 the sequences are new ones.
func checks(t *testing.T, n int) {
	t.Helper()
	set := map[string]string{"rapid.checks": fmt.Sprint(n), "rapid.seed": "1", "rapid.shrinktime": "10s", "rapid.nofailfile": "true"}
	flag.Visit(func(f *flag.Flag) { delete(set, f.Name) })
	for name, value := range set {
		before := flag.Lookup(name).Value.String()
		require.NoError(t, flag.Set(name, value))
		t.Cleanup(func() { require.NoError(t, flag.Set(name, before)) })
	}
}

// raceOn says that the race detector is at work, which makes all this slow.
func raceOn() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == "-race" && s.Value == "true" })
}

// kinds are the circles that sequences happen in.
func kinds() []kind {
	var out []kind
	for _, method := range []string{"plain", "sofa"} {
		for _, silence := range []circle.Silence{"", circle.Wait, circle.Consents, circle.Bound} {
			out = append(out, kind{method + "-" + string(silence), method, silence})
		}
	}
	for _, method := range []string{"lazy-consensus", "consensus-approval", "final-comment", "optimistic", "advice", "rough-consensus", "holacracy-async"} {
		out = append(out, kind{method, method, anySilence})
	}
	return out
}

// anySilence stands for what silence may mean by the rules of a circle whose
// method says itself what it means.
const anySilence circle.Silence = "any"

type kind struct {
	name    string
	method  string
	silence circle.Silence
}

func (k kind) setting(d dice) setting {
	if k.silence == anySilence {
		k.silence = pick(d, []circle.Silence{"", "", circle.Wait, circle.Consents, circle.Bound})
	}
	s := setting{Full: 2 + d.roll(3), Rules: circle.Rules{Method: circle.Name(k.method), Absence: circle.Absence{Silence: k.silence}}}
	if k.silence == circle.Consents {
		s.Rules.Absence.After = circle.MustPeriod("5d")
	}
	if d.roll(4) == 0 {
		s.Rules.Presence = []circle.Presence{{Classes: []circle.Class{circle.Supported}, AtLeast: 1 + d.roll(2)}}
	}
	if d.roll(4) == 0 {
		s.Rules.Tools = []circle.Tool{circle.Amend, circle.Shorten}
	}
	switch d.roll(4) {
	case 0, 1:
		s.Facilitator = ana
	case 2:
		s.Facilitator, s.Secretary = ben, ana
	}
	return s
}

// dice is where chance comes from.
type dice interface{ roll(n int) int }

// rolls are even dice from rapid, which by itself likes small numbers best. A
// sequence that fails is made simpler towards the last face, which is what
// people do most.
type rolls struct{ t *rapid.T }

var anyNumber = rapid.Uint64()

func (r rolls) roll(n int) int {
	if n < 2 {
		return 0
	}
	mixed := anyNumber.Draw(r.t, "roll") * 0x9e3779b97f4a7c15 >> 32
	return n - 1 - int(mixed%uint64(n))
}

func pick[T any](d dice, list []T) T { return list[d.roll(len(list))] }

// --- one sequence ----------------------------------------------------------

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
	digest  [32]byte
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
	r.chron.closing(r)
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
	for id, k := range r.chron.on {
		if k.ended {
			continue
		}
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
	for id := range r.chron.on {
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
	if r.strict {
		r.digest = r.w.digest()
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
	if !r.strict {
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
	_, clears := r.history[len(r.history)-1].g.cmd.(consent.ClearCard) // only the command knows whose card lies there
	if p != nil && p.no == nil && slices.Contains(asksOfTable, no.Code) && !clears {
		r.Fatalf("Permitted says yes, and it was refused: %v", no)
	}
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
	r.chron.take(r, receipt)
	if v.clocks > before.clocks { // the command set a clock that has run out already
		for _, due := range r.w.at(r.w.now) {
			r.chron.take(r, due)
		}
	}
	if r.strict {
		r.chron.frozen(r)
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
	if c, ok := g.cmd.(consent.OpenRound); ok {
		m, kind = before.matter(c.Proposal), c.Round
	}
	want, _ := before.roundOf(m, kind)
	if len(order) != len(want) {
		r.Fatalf("CP-1: the order is %v, places have %v", order, want)
	}
	at := slices.Index(want, order[0])
	for i := range order {
		if at < 0 || order[i] != want[(at+i)%len(want)] {
			r.Fatalf("CP-1: the order %v does not turn %v", order, want)
		}
	}
}

// again sends a command a second time: the first receipt, and nothing is added
// (S5).
func (r *run) again() {
	if len(r.done) == 0 {
		return
	}
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
		r.chron.take(r, receipt)
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
		case *consent.LastCallOver:
			r.tally.count("a quiet time was over")
		default:
			continue
		}
		return true
	}
	return false
}

// --- comparing -------------------------------------------------------------

// same compares what the model reckons with what the engine holds.
func (r *run) same(v *view) {
	bad := ""
	r.w.engine.Look(func(s *consent.State) {
		if got, want := s.Org.FullIn(den), v.withLevel(circle.Full); !slices.Equal(got, want) {
			bad = fmt.Sprintf("full participants: engine %v, model %v", got, want)
		}
		for _, m := range v.matters {
			if diff := sameMatter(s, v, m); diff != "" {
				bad = fmt.Sprintf("%s: %s", m.id, diff)
			}
		}
		for _, g := range v.meetings {
			m := s.Meeting(g.id)
			if m == nil || m.Status.String() != g.state || m.Agenda != g.agreed || !slices.Equal(m.Present, g.present) {
				bad = fmt.Sprintf("meeting %s: engine %+v, model %+v", g.id, m, g)
			}
		}
	})
	if bad != "" {
		r.Fatalf("%s", bad)
	}
}

func sameMatter(s *consent.State, v *view, m *matter) string {
	p := s.Process(m.id)
	if p == nil {
		return "the engine has no process"
	}
	if p.Stage != m.stage {
		return fmt.Sprintf("stage: engine %s, model %s", p.Stage, m.stage)
	}
	text := s.Matters.Proposal(m.id)
	if ended(m.stage) {
		switch {
		case m.inForce != (text != nil && text.Status == proposal.StatusAgreement):
			return fmt.Sprintf("in force: model %t", m.inForce)
		case m.inForce && text.Agreement.Version != m.adopted:
			return fmt.Sprintf("S3: adopted: engine version %d, model %d", text.Agreement.Version, m.adopted)
		case len(s.Objections.Standing(m.id)) > 0:
			return "S1: objections stand against what has ended"
		}
		return ""
	}
	if text.Current().N != m.version {
		return fmt.Sprintf("version: engine %d, model %d", text.Current().N, m.version)
	}
	if diff := sameWorries(s, v, m); diff != "" {
		return diff
	}
	if m.stage == consent.StageLastCall {
		if !slices.Equal(p.Waiting, m.waiting) {
			return fmt.Sprintf("waiting for: engine %v, model %v", p.Waiting, m.waiting)
		}
		if p.Quiet != m.quiet || !p.Until.Equal(m.until) {
			return fmt.Sprintf("until: engine %v quiet %t, model %v quiet %t", p.Until, p.Quiet, m.until, m.quiet)
		}
	}
	return sameTalk(p, m)
}

func sameWorries(s *consent.State, v *view, m *matter) string {
	var got, want []string
	for _, o := range s.Objections.Standing(m.id) {
		got = append(got, fmt.Sprintf("%s by %s %s in %d", o.ID, o.By, o.Status, o.In))
	}
	for _, w := range v.standing(m.id) {
		want = append(want, fmt.Sprintf("%s by %s %s in %d", w.id, w.by, w.status, w.in))
	}
	if !slices.Equal(got, want) {
		return fmt.Sprintf("objections that stand: engine %v, model %v", got, want)
	}
	return ""
}

func sameTalk(p *consent.Process, m *matter) string {
	if (p.Round == nil) != (m.talk == nil) {
		return fmt.Sprintf("a round: engine %t, model %t", p.Round != nil, m.talk != nil)
	}
	if m.talk == nil {
		return ""
	}
	if got, want := p.Round.Awaited(), m.talk.awaited(); !slices.Equal(got, want) {
		return fmt.Sprintf("awaited: engine %v, model %v", got, want)
	}
	if got, want := p.Round.Speaker(), m.talk.speaker(); got != want {
		return fmt.Sprintf("speaker: engine %v, model %v", got, want)
	}
	if !slices.Equal(p.Round.Stops, m.talk.stops) || p.Round.Closed != m.talk.closed || p.Round.Version != m.talk.version {
		return fmt.Sprintf("round: engine %+v, model %+v", p.Round, m.talk)
	}
	if m.stage == consent.StageDecide && (!p.Round.Closes.Equal(m.talk.closes) || p.Extended != m.talk.longer) {
		return fmt.Sprintf("closes: engine %v, model %v", p.Round.Closes, m.talk.closes)
	}
	for _, who := range append(everybody, lou, gus) {
		a, said := p.Round.Answer(who), m.talk.said[who]
		got := ""
		switch {
		case a != nil && a.Silent:
			got = "silence"
		case a != nil:
			got = a.Position
		}
		if got != said || p.Round.Seated(who) != slices.Contains(m.talk.seats, who) {
			return fmt.Sprintf("S2: %s: engine %q, model %q", who, got, said)
		}
	}
	return ""
}

// --- what the entries themselves must keep ----------------------------------

// A chronicle reads entries as they come and holds them to the promises. It
// knows neither the engine's state nor the model.
type chronicle struct {
	on    map[proposal.ID]*course
	where map[objection.ID]proposal.ID
}

// A course is what the entries say of one proposal.
type course struct {
	open     bool
	ended    bool
	version  int
	asked    int // the version of the last consent round
	seats    []person
	answer   map[person]string
	standing map[objection.ID]bool
	raised   int
	closed   int
	closes   time.Time
	extended int
	round    int
	method   consent.Method
	rules    circle.Rules
}

func (c *chronicle) course(id proposal.ID) *course {
	if c.on == nil {
		c.on, c.where = map[proposal.ID]*course{}, map[objection.ID]proposal.ID{}
	}
	if c.on[id] == nil {
		c.on[id] = &course{answer: map[person]string{}, standing: map[objection.ID]bool{}}
	}
	return c.on[id]
}

func (c *chronicle) take(r *run, receipt consent.Receipt) {
	for _, e := range receipt.Events {
		c.process(r, e)
		c.objection(r, e)
	}
}

// frozen holds what runs to the method and the rules it began with (S4).
func (c *chronicle) frozen(r *run) {
	bad := ""
	r.w.engine.Look(func(s *consent.State) {
		for id, k := range c.on {
			p := s.Process(id)
			if k.ended {
				continue
			}
			if p.Method.Name != k.method.Name || p.Method.Rule != k.method.Rule || fmt.Sprint(*p.Rules) != fmt.Sprint(k.rules) {
				bad = fmt.Sprintf("S4: the method or the rules of %s moved", id)
			}
		}
	})
	if bad != "" {
		r.Fatalf("%s", bad)
	}
}

// living refuses events on what has ended (S10).
func (c *chronicle) living(r *run, id proposal.ID, e consent.Event) *course {
	k := c.course(id)
	if !k.open || k.ended {
		r.Fatalf("S10: %s on %s, which is not under decision", e.Wire(), id)
	}
	return k
}

func (c *chronicle) process(r *run, e consent.Event) {
	switch e := e.(type) {
	case *proposal.Submitted:
		k := c.course(e.Proposal)
		if k.open {
			r.Fatalf("S10: %s was submitted twice", e.Proposal)
		}
		k.open, k.version = true, 1
	case *consent.Opened:
		k := c.living(r, e.Proposal, e)
		k.method, k.rules = e.Method, e.Rules
	case *proposal.Amended:
		k := c.living(r, e.Proposal, e)
		if e.Version != k.version+1 {
			r.Fatalf("S3: version %d follows %d", e.Version, k.version)
		}
		k.version = e.Version
	case *consent.RoundOpened:
		k := c.living(r, e.Proposal, e)
		if e.Round == consent.ConsentRound {
			c.question(r, k, e)
		}
	case *consent.Responded:
		k := c.living(r, e.Proposal, e)
		if !slices.Contains(k.seats, e.By) {
			r.Fatalf("S2: %s answered without a seat", e.By)
		}
		if e.Version != k.asked {
			r.Fatalf("S3: an answer to version %d, version %d was put", e.Version, k.asked)
		}
		k.answer[e.By] = string(e.Response)
	case *consent.SilenceCounted:
		k := c.living(r, e.Proposal, e)
		if len(e.Who) == 0 {
			r.Fatalf("S7: on %s the silence of nobody was counted", e.Proposal)
		}
		if e.Policy.Silence != circle.Consents || k.rules.Absence.Silence != circle.Consents {
			r.Fatalf("S7: silence on %s was counted without a written policy", e.Proposal)
		}
		if e.At.After(r.second()) {
			r.Fatalf("S7: silence on %s was counted before its time", e.Proposal)
		}
		for _, who := range e.Who {
			if !slices.Contains(k.seats, who) || k.answer[who] != "" {
				r.Fatalf("S2, S7: the silence of %s was counted, who has no seat or has an answer", who)
			}
			k.answer[who] = consent.Consents
		}
	case *consent.Judged:
		if e.Outcome == consent.ResultNotAdopted {
			c.ends(r, c.living(r, e.Proposal, e), e)
		}
	case *consent.WindowClosed:
		c.windowClosed(r, c.living(r, e.Proposal, e), e)
	case *consent.WindowExtended:
		k := c.living(r, e.Proposal, e)
		if k.extended++; k.extended > k.method.Window.Extensions || e.No != k.extended || !e.Closes.Equal(k.method.Window.By.After(k.from(r.second()))) {
			r.Fatalf("M-203: the time for %s was extended to %v, for the time number %d", e.Proposal, e.Closes, e.No)
		}
		k.closes = e.Closes
	case *consent.AnswersKept:
		k := c.living(r, e.Proposal, e)
		if !k.method.Keep || e.From != k.asked || e.To != k.version {
			r.Fatalf("M-136: answers to version %d of %s were kept for %d", e.From, e.Proposal, e.To)
		}
		k.asked = e.To
	case *consent.LastCallOver:
		c.living(r, e.Proposal, e)
		if e.At.After(r.second()) {
			r.Fatalf("S7: the quiet time of %s was over before its time", e.Proposal)
		}
	case *proposal.Adopted:
		c.adopted(r, c.living(r, e.Proposal, e), e)
	case *consent.MovedToMeeting:
		c.ends(r, c.living(r, e.Proposal, e), e)
	case *proposal.Withdrawn:
		c.ends(r, c.living(r, e.Proposal, e), e)
	case *proposal.Dropped:
		if k := c.course(e.Proposal); !k.ended {
			c.ends(r, k, e)
		}
	}
}

// windowClosed holds the end of a window to S7: at its instant, once, and silence
// means what the method says, of those who said nothing.
func (c *chronicle) windowClosed(r *run, k *course, e *consent.WindowClosed) {
	if k.closes.IsZero() || !e.At.Equal(k.closes) || e.At.After(r.second()) {
		r.Fatalf("S7: the window of %s closed at %v, its time is %v", e.Proposal, e.At, k.closes)
	}
	k.closes = time.Time{}
	want := map[consent.Silence]string{"": "", consent.SilenceConsents: consent.Consents, consent.SilenceAbstains: "abstain"}[k.method.Window.Silence]
	if len(e.Silent) > 0 && string(e.As) != want {
		r.Fatalf("M-128: silence on %s was counted as %s", e.Proposal, e.As)
	}
	for _, who := range e.Silent {
		if !slices.Contains(k.seats, who) || k.answer[who] != "" {
			r.Fatalf("S2: the silence of %s was counted", who)
		}
		k.answer[who] = want
	}
}

// from is when more time begins: at the end of a window, or now where it has closed.
func (k *course) from(now time.Time) time.Time {
	if k.closes.IsZero() {
		return now
	}
	return k.closes
}

func (c *chronicle) question(r *run, k *course, e *consent.RoundOpened) {
	k.asked, k.answer, k.seats = e.Version, map[person]string{}, nil
	k.round++
	k.closes, k.extended = e.Closes, 0
	if e.Version != k.version {
		r.Fatalf("S3: version %d was put, the newest is %d", e.Version, k.version)
	}
	for _, s := range e.Seats {
		if slices.Contains(k.seats, s.Person) {
			r.Fatalf("S2: %s has two seats", s.Person)
		}
		k.seats = append(k.seats, s.Person)
	}
}

// adopted holds an adoption to S1, S2 and S3.
func (c *chronicle) adopted(r *run, k *course, e *proposal.Adopted) {
	if len(k.standing) > 0 {
		r.Fatalf("S1: %s was adopted while %v stands", e.Proposal, k.standing)
	}
	if e.Version != k.asked || e.Version != k.version {
		r.Fatalf("S3: version %d of %s was adopted, version %d was put", e.Version, e.Proposal, k.asked)
	}
	for _, who := range k.seats {
		if k.method.Rule.Kind != "consent" {
			continue // its rule says whose consent it takes
		}
		missing := k.answer[who] == "" && (k.rules.Absence.Silence == circle.Bound || r.prior.level(who) != circle.Full)
		if k.answer[who] != consent.Consents && !missing {
			r.Fatalf("S2: %s was adopted without %s", e.Proposal, who)
		}
	}
	for _, who := range k.seats {
		if level := r.prior.level(who); level != circle.Full {
			r.tally.count("S2: who left still counts")
		}
	}
	c.ends(r, k, e)
}

// ends holds the end of a process to S6: every objection has its own end.
func (c *chronicle) ends(r *run, k *course, e consent.Event) {
	k.ended = true
	if len(k.standing) > 0 || k.raised != k.closed {
		r.Fatalf("S6: %s, and %d of %d objections have no end of their own", e.Wire(), k.raised-k.closed, k.raised)
	}
}

func (c *chronicle) objection(r *run, e consent.Event) {
	end := func(id objection.ID) {
		k := c.course(c.where[id])
		if !k.standing[id] {
			r.Fatalf("S6: %s ends %s, which does not stand", e.Wire(), id)
		}
		delete(k.standing, id)
		k.closed++
	}
	switch e := e.(type) {
	case *objection.Raised:
		k := c.living(r, e.Proposal, e)
		k.standing[e.Objection] = true
		c.where[e.Objection] = e.Proposal
		k.raised++
	case objection.Event:
		if id, ended := objection.Ends(e); ended {
			end(id)
		}
	}
}

// closing checks the conservation of objections at the end of a sequence.
func (c *chronicle) closing(r *run) {
	for id, k := range c.on {
		if k.raised != len(k.standing)+k.closed {
			r.Fatalf("S6: %s: raised %d, standing %d, closed %d", id, k.raised, len(k.standing), k.closed)
		}
	}
}

// --- what must happen -------------------------------------------------------

// A tally counts what happened over all sequences. What never happens was
// never tested.
type tally struct {
	mu sync.Mutex
	n  map[string]int
}

func (t *tally) count(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n == nil {
		t.n = map[string]int{}
	}
	t.n[what]++
}

// watch notes rare things.
func (t *tally) watch(before, after *view, g give) {
	t.passed(before, after, g)
	t.acted(before, g)
	t.inTime(before, g)
}

// passed notes where matters have come to; without a command time alone did it.
func (t *tally) passed(before, after *view, g give) {
	for _, m := range after.matters {
		if old := before.matter(m.id); old != nil {
			t.moved(before, old, m, g)
		}
	}
}

func (t *tally) moved(before *view, old, m *matter, g give) {
	policy := string(m.rules.Absence.Silence)
	switch {
	case old.stage == m.stage:
	case m.stage == consent.StageAdopted && old.stage == consent.StageLastCall:
		t.count("adopted after the absent answered")
	case m.stage == consent.StageAdopted && policy == string(circle.Bound) && len(m.talk.said) < len(m.talk.seats):
		t.count("those present decided for all")
	case m.stage == consent.StageNotAdopted:
		t.count("not adopted from " + old.stage.String())
	case m.stage == consent.StageDecide && old.stage == consent.StageLastCall:
		t.count("back to the question from the quiet time")
	case m.stage == consent.StageDropped:
		t.count("dropped by consent from " + old.stage.String())
	case m.stage == consent.StageIntegrate && old.stage == consent.StageLastCall:
		t.count("an objection in the last call")
	case m.stage == consent.StageLastCall:
		t.count("a last call")
	}
	for _, who := range m.gone(before) {
		if m.stage == consent.StageAdopted && old.stage != m.stage && old.talk.said[who] == "" {
			t.count("an adoption without who has left")
		}
		if old.stage == consent.StageLastCall && m.stage == consent.StageLastCall && slices.Contains(old.waiting, who) {
			if _, closed := g.cmd.(consent.CloseRound); closed {
				t.count("a last call without who has left")
			}
		}
	}
	if m.stage == consent.StageAdopted && old.stage != m.stage && len(before.standing(m.id)) > len(before.own(m.id, g.by)) {
		t.count("an objection settled by the circle when its raiser was gone")
	}
	if m.stage == consent.StageAdopted && old.stage != m.stage {
		t.count(fmt.Sprintf("adopted in version %d", min(m.version, 3)))
		if before.rules.Absence != m.rules.Absence {
			t.count("S4: adopted under rules that the circle has changed since")
		}
	}
	if old.stage == m.stage && len(before.cannot(m.deeds)) > 0 && m.talk != nil && len(m.talk.said) == len(m.talk.seats) {
		t.count("cannot be carried out any more")
	}
	if old.stage == m.stage && m.stage == consent.StageDecide && m.talk != nil && len(m.talk.awaited()) == 0 && len(old.talk.awaited()) > 0 {
		t.count("everybody heard, and still pending")
	}
}

// gone are the seats whose people have left the circle.
func (m *matter) gone(v *view) []person {
	var out []person
	if m.talk == nil {
		return nil
	}
	for _, who := range m.talk.seats {
		if v.level(who) != circle.Full {
			out = append(out, who)
		}
	}
	return out
}

// inTime notes what is done while a time runs.
func (t *tally) inTime(before *view, g give) {
	m := before.matter(proposalOf(g.cmd))
	switch c := g.cmd.(type) {
	case consent.Respond:
		if m.quiet {
			t.count("an answer in the quiet time")
		}
		t.count("answered " + c.Answer)
	case objection.Raise:
		if m.quiet {
			t.count("an objection in the quiet time, which is to " + string(m.way.clock))
		}
		if len(before.standing(m.id)) > 0 && m.way.solved == "raiser" {
			t.count("objections beside the open question")
		}
	case objection.Withdraw:
		if m := before.matter(before.worry(c.Objection).on); m.quiet {
			t.count("withdrawn in the quiet time")
		}
	case proposal.Amend:
		if m.way.keep && m.stage == consent.StageDecide && len(m.talk.said) > 0 {
			t.count("answers stood for a new version")
		}
	case consent.Acknowledge:
		t.count("acknowledged in " + m.stage.String())
	case consent.ExtendWindow:
		t.count("a window was extended")
	case consent.MoveToMeeting:
		t.count("brought to a meeting instead")
	case objection.ConfirmSolved:
		t.count("solved by objector and proposer")
	}
}

func (t *tally) acted(before *view, g give) {
	m := before.matter(proposalOf(g.cmd))
	switch c := g.cmd.(type) {
	case consent.Respond:
		if m.talk.said[g.by] == consent.Objects {
			t.count("an answer changed to consent")
		}
		if m.talk.said[g.by] == consent.Consents {
			t.count("consented twice")
		}
		if m.talk.at(g.by) == nil {
			t.count("a seat that is absent answered")
		}
		for range before.own(m.id, g.by) {
			t.count("consent accepted how an objection was met")
		}
		if p := m.talk.at(g.by); p != nil && p.what == "skipped" {
			t.count("somebody who was skipped answered")
		}
	case objection.Raise:
		if m.by == g.by {
			t.count("the objector is the proposer")
		}
		if m.talk.said[g.by] == consent.Consents {
			t.count("an answer changed to an objection")
		}
		if len(before.own(m.id, g.by)) > 0 {
			t.count("an objection that was to be met was raised in other words")
		}
		for _, w := range before.worries {
			if w.by == g.by && w.on == m.id && w.status == "withdrawn" {
				t.count("an objection after one was withdrawn")
			}
		}
	case objection.Withdraw:
		t.count("withdrawn in " + before.matter(before.worry(c.Objection).on).stage.String())
	case objection.Accept:
		t.count("an objector accepted")
	case objection.Restate:
		t.count("restated")
	case objection.Confirm:
		t.count("confirmed")
	case objection.Voice:
		t.count("a concern in " + m.stage.String())
	case consent.Integrate:
		t.count("a version that meets objections")
		if len(c.Meets) < len(before.standing(m.id)) {
			t.count("a version that meets some objections only")
		}
	case consent.Signal:
		if c.Card == consent.StopCard {
			t.count("a stop card in " + m.stage.String())
		}
	case consent.ComeBack:
		t.count("come back in " + m.stage.String())
	case consent.Pass:
		t.count("passed")
	case consent.Skip:
		t.count("skipped in " + m.stage.String())
	case consent.CloseRound:
		t.count("a round was closed")
	case consent.Arrive:
		t.count("somebody came late")
	case circle.Leave:
		t.count("somebody left")
	case proposal.Amend:
		t.count("amended in " + m.stage.String())
	case proposal.Withdraw:
		t.count("withdrawn from " + m.stage.String())
	case consent.OpenRound:
		t.count("a round of " + string(c.Round) + " from " + m.stage.String())
	}
}

// mustHappen is what the sequences of one normal run must have come by.
var mustHappen = []string{
	"adopted after the absent answered", "an adoption without who has left", "a last call without who has left", "an objection settled by the circle when its raiser was gone", "those present decided for all", "an objection in the last call", "a last call",
	"dropped by consent from intake", "dropped by consent from decide", "dropped by consent from integrate",
	"dropped by consent from last-call", "dropped by consent from clarify", "dropped by consent from react",
	"adopted in version 1", "adopted in version 2", "adopted in version 3",
	"S4: adopted under rules that the circle has changed since", "S2: who came later has no seat", "S2: who left still counts",
	"S7: a nanosecond before", "S7: at the instant, or behind it", "silence counted", "S10: a command on an ended process",
	"everybody heard, and still pending", "presence keeps a round from closing",
	"an answer changed to consent", "an answer changed to an objection", "consented twice", "a seat that is absent answered",
	"consent accepted how an objection was met", "an objector accepted", "somebody who was skipped answered",
	"the objector is the proposer", "an objection that was to be met was raised in other words", "an objection after one was withdrawn",
	"withdrawn in decide", "withdrawn in integrate", "withdrawn in clarify", "withdrawn in react", "cannot be carried out any more",
	"a round of options from clarify", "a round of options from react", "restated", "confirmed", "a version that meets objections",
	"a version that meets some objections only", "a concern in decide", "a concern in integrate", "a concern in last-call",
	"a stop card in clarify", "a stop card in react", "a stop card in decide", "a stop card in integrate",
	"come back in clarify", "come back in react", "come back in decide", "come back in integrate",
	"skipped in clarify", "skipped in react", "skipped in decide", "skipped in integrate", "passed", "a round was closed",
	"somebody came late", "somebody left", "amended in intake", "amended in clarify", "amended in react",
	"withdrawn from intake", "withdrawn from clarify", "withdrawn from react",
	"a round of clarify from intake", "a round of consent from intake", "a round of react from clarify",
	"a round of clarify from clarify", "a round of consent from react", "a round of clarify from react", "a round of react from react",
	"a round of consent from decide", "a round of options from integrate", "a round of consent from integrate",
	"a round of clarify from integrate", "a round of react from integrate", "a round of consent from clarify",
	"L1: ended without one of them",
	"a window closed, silence is consent", "a window closed, silence is ", "a quiet time was over", "an answer in the quiet time",
	"an objection in the quiet time, which is to restart", "an objection in the quiet time, which is to run-on", "withdrawn in the quiet time",
	"objections beside the open question", "answers stood for a new version", "acknowledged in decide", "acknowledged in last-call",
	"brought to a meeting instead", "solved by objector and proposer",
	"answered abstain", "a window closed, silence is abstain", "a window was extended", "an answer stands without a word", "amended in decide", "withdrawn from decide", "withdrawn from last-call", "not adopted from decide",
	"not adopted from last-call", "back to the question from the quiet time",
	"sent again", "refused as not you", "refused as not now", "refused as not valid", "refused as not known", "refused as someone was first",
}

// refusalsSeen are the codes that the sequences must have been refused by.
var refusalsSeen = []string{"unknown-person", "unknown-proposal", "unknown-objection", "unknown-meeting", "unknown-aim", "taken", "ended",
	"not-now", "not-full", "not-participant", "not-facilitating", "no-consent-right", "not-entitled", "by-consent", "not-in-circle",
	"round-running", "their-time", "drop-by-consent", "suspended", "not-a-phase", "meeting-first", "agenda-first", "term-missing", "objections-open",
	"not-your-turn", "spoken-already", "came-back", "not-in-round", "no-passing", "no-round", "no-card", "old-version", "consented-before",
	"needs-reason", "stance-not-offered", "own-objection", "one-objection", "concern-not-offered", "only-a-concern", "objection-ended", "understood-already",
	"not-the-objector", "not-restated", "not-met", "other-proposal", "not-understood", "tool-not-offered", "presence-not-met",
	"meeting-state", "not-solved", "decider-not-full", "window-runs", "no-window", "extended-enough", "text-stands", "not-amending", "own-judge", "not-judging", "not-answered", "not-by-this-method", "objector-first", "not-the-proposer",
	"agreed-already", "not-this-way",
	"other-meeting", "already-present", "in-the-past"}

func (t *tally) everythingHappened(test *testing.T) {
	test.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	must := slices.Clone(mustHappen)
	for _, code := range refusalsSeen {
		must = append(must, "refused by "+code)
	}
	for _, what := range must {
		if t.n[what] == 0 {
			test.Errorf("in %d sequences it never happened: %s", t.n["sequences"], what)
		}
	}
	var lines []string
	for what, n := range t.n {
		lines = append(lines, fmt.Sprintf("%7d  %s", n, what))
	}
	sort.Strings(lines)
	test.Logf("over %d sequences:\n%s", t.n["sequences"], strings.Join(lines, "\n"))
}

// --- what people might do ---------------------------------------------------

var someone = []person{ana, ben, cia, dan, lou, gus, nemo}

func (r *run) name(prefix string) string {
	r.names++
	return fmt.Sprintf("%s-%d", prefix, r.names)
}

func (r *run) text() circle.Text { return circle.Say(fmt.Sprintf("words %d", r.names)) }

// by gives a plan: the first comes now, the rest follows.
func (r *run) planned(gives ...give) give {
	r.plan = gives[1:]
	return gives[0]
}

// chair is somebody who facilitates; anybody when nobody does.
func (r *run) chair(v *view) person {
	for _, who := range everybody {
		if v.facilitates(who) {
			return who
		}
	}
	return ana
}

func (r *run) anyFull(v *view) person {
	if list := v.withLevel(circle.Full); len(list) > 0 {
		return pick(r.d, list)
	}
	return ana
}

// sensible is what somebody might do who knows where things stand.
func (r *run) sensible(v *view) give {
	var live, policies []*matter
	for _, m := range v.matters {
		if !ended(m.stage) {
			live = append(live, m)
			if !m.question {
				policies = append(policies, m)
			}
		}
	}
	n := r.d.roll(100)
	switch {
	case len(policies) == 0, len(policies) == 1 && n < 3:
		return r.submit(v)
	case n < 6:
		return r.ask(v, policies)
	case n < 7:
		return give{r.anyFull(v), circle.Leave{Circle: den}}
	case n < 12:
		return r.aroundMeetings(v, policies)
	}
	m := live[len(live)-1-r.d.roll(min(2, len(live)))]
	switch m.stage {
	case consent.StageIntake:
		return r.inIntake(v, m)
	case consent.StageClarify, consent.StageReact:
		return r.inTalk(v, m)
	case consent.StageDecide:
		return r.inDecide(v, m)
	case consent.StageIntegrate:
		return r.inIntegrate(v, m)
	default:
		return r.inLastCall(v, m)
	}
}

func (r *run) submit(v *view) give {
	c := proposal.Submit{ID: proposal.ID(r.name("p")), Circle: den, Text: r.text()}
	if r.d.roll(8) > 0 {
		c.Term = circle.MustPeriod("3m")
	}
	who := r.anyFull(v)
	if r.d.roll(8) == 0 {
		who = lou
	}
	return give{who, c}
}

// ask puts a question with deeds: a drop, an agenda, a joining, other rules.
// Often all consent to it at once.
func (r *run) ask(v *view, policies []*matter) give {
	c := consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text()}
	switch n := r.d.roll(10); {
	case n < 6:
		c.Enacts = []circle.Deed{proposal.Drop{Proposal: pick(r.d, policies).id, Reason: r.text()}}
	case n < 8:
		c.Enacts = []circle.Deed{circle.Join{Circle: den, Person: r.joiner(v), Level: pick(r.d, []circle.Level{circle.Full, circle.Full, circle.Learning})}}
	case n < 9:
		rules := v.rules
		rules.Absence = circle.Absence{Silence: pick(r.d, []circle.Silence{circle.Wait, circle.Bound})}
		c.Enacts = []circle.Deed{circle.AgreeRules{Circle: den, Rules: rules}}
	}
	drops := len(c.Enacts) > 0 && c.Enacts[0].Wire() == (proposal.Drop{}).Wire()
	if drops && r.d.roll(4) == 0 {
		c.Enacts = append([]circle.Deed{circle.Join{Circle: den, Person: lou, Level: circle.Learning}}, c.Enacts...)
	}
	return r.consented(v, c)
}

// joiner is somebody who might join: who has left, if anybody has.
func (r *run) joiner(v *view) person {
	for _, who := range r.m.set.full() {
		if v.level(who) == "" && r.d.roll(3) > 0 {
			return who
		}
	}
	return pick(r.d, append(r.m.set.full(), gus, gus, lou))
}

func (r *run) consented(v *view, c consent.Ask) give {
	gives := []give{{r.anyFull(v), c}}
	if r.d.roll(5) > 0 {
		places, _ := v.roundOf(asking, consent.ConsentRound)
		for _, who := range places {
			gives = append(gives, give{who, consent.Respond{Proposal: c.ID, Answer: consent.Consents}})
		}
	}
	return r.planned(gives...)
}

func (r *run) aroundMeetings(v *view, policies []*matter) give {
	g := v.sitting()
	if g == nil {
		for _, old := range v.meetings {
			if old.state == "over" && r.d.roll(2) == 0 {
				return give{r.anyFull(v), consent.SendMinutes{Meeting: old.id, To: pick(r.d, someone[:5]), Format: circle.Standard}}
			}
		}
		return r.meet(v, policies)
	}
	for _, m := range v.members {
		if !slices.Contains(g.present, m.who) && r.d.roll(2) == 0 {
			return give{m.who, consent.Arrive{Meeting: g.id}}
		}
	}
	return give{r.chair(v), consent.CloseMeeting{Meeting: g.id}}
}

// meet calls and opens a meeting, and agrees its agenda.
func (r *run) meet(v *view, policies []*matter) give {
	id := consent.MeetingID(r.name("m"))
	call := consent.CallMeeting{ID: id, Circle: den, At: r.second()}
	for _, m := range policies {
		call.Items = append(call.Items, m.id)
	}
	openIt := consent.OpenMeeting{Meeting: id}
	for _, m := range v.members {
		if l := m.level; (l == circle.Full || l == circle.Learning) && r.d.roll(6) > 0 {
			openIt.Present = append(openIt.Present, m.who)
		}
	}
	if openIt.Present == nil {
		openIt.Present = []person{lou}
	}
	who := r.anyFull(v)
	return r.planned(append([]give{{who, call}, {who, openIt}}, r.agenda(id, v, openIt.Present)...)...)
}

func (r *run) agenda(id consent.MeetingID, v *view, present []person) []give {
	ask := consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text(), Enacts: []circle.Deed{consent.AdoptAgenda{Meeting: id}}}
	if r.d.roll(4) == 0 {
		ask.Enacts = append(ask.Enacts, circle.Join{Circle: den, Person: lou, Level: circle.Learning})
	}
	var out []give
	for _, who := range present {
		if v.level(who) == circle.Full {
			if out == nil {
				out = append(out, give{who, ask})
			}
			out = append(out, give{who, consent.Respond{Proposal: ask.ID, Answer: consent.Consents}})
		}
	}
	return out
}

// floor makes sure that there is the meeting which the method wants.
func (r *run) floor(v *view, m *matter) (give, bool) {
	g := v.sitting()
	switch {
	case !m.way.meeting:
		return give{}, false
	case g == nil:
		return r.meet(v, []*matter{m}), true
	case !slices.Contains(g.items, m.id):
		return give{r.chair(v), consent.CloseMeeting{Meeting: g.id}}, true
	case m.way.agenda && !g.agreed:
		if list := r.agenda(g.id, v, g.present); list != nil {
			return r.planned(list...), true
		}
	}
	return give{}, false
}

func (r *run) openNext(v *view, m *matter, kind consent.RoundKind) give {
	if g, first := r.floor(v, m); first && r.d.roll(8) > 0 {
		return g
	}
	return give{r.chair(v), consent.OpenRound{Proposal: m.id, Round: kind}}
}

func (r *run) inIntake(v *view, m *matter) give {
	switch n := r.d.roll(40); {
	case n == 0:
		return give{pick(r.d, []person{m.by, r.chair(v)}), proposal.Amend{Proposal: m.id, Text: r.text()}}
	case n == 1:
		return give{m.by, proposal.Withdraw{Proposal: m.id}}
	case m.way.clarify:
		return r.openNext(v, m, consent.ClarifyRound)
	case m.way.react:
		return r.openNext(v, m, consent.ReactRound)
	}
	return r.openNext(v, m, consent.ConsentRound)
}

// card takes stop cards back, or shows one.
func (r *run) card(m *matter) (give, bool) {
	t := m.talk
	if len(t.stops) > 0 && r.d.roll(4) > 0 {
		return give{pick(r.d, t.stops), consent.ClearCard{Proposal: m.id}}, true
	}
	if r.d.roll(25) == 0 {
		who := pick(r.d, someone[:5])
		if len(t.places) > 0 {
			who = pick(r.d, t.places).who
		}
		return give{who, consent.Signal{Proposal: m.id, Card: pick(r.d, []consent.Card{consent.StopCard, consent.StopCard, consent.SlowCard, consent.AgreeCard})}}, true
	}
	return give{}, false
}

// next is whose turn it is, or anybody who is awaited.
func (r *run) next(t *talk) person {
	if who := t.speaker(); who != "" {
		return who
	}
	return pick(r.d, t.awaited())
}

func (r *run) inTalk(v *view, m *matter) give {
	if g, ok := r.card(m); ok {
		return g
	}
	if m.talk.running() {
		return r.talking(v, m)
	}
	if list := v.standing(m.id); len(list) > 0 && r.d.roll(2) == 0 {
		if w := pick(r.d, list); r.d.roll(3) == 0 {
			return give{w.by, objection.Withdraw{Objection: w.id}}
		}
		return r.openNext(v, m, consent.OptionsRound)
	}
	switch n := r.d.roll(20); {
	case n == 0:
		return give{pick(r.d, []person{m.by, r.chair(v)}), proposal.Amend{Proposal: m.id, Text: r.text()}}
	case n == 1:
		return give{m.by, proposal.Withdraw{Proposal: m.id}}
	case n == 2:
		return r.openNext(v, m, consent.ClarifyRound)
	case m.stage == consent.StageClarify && m.way.react, n == 3:
		return r.openNext(v, m, consent.ReactRound)
	}
	return r.openNext(v, m, consent.ConsentRound)
}

func (r *run) talking(v *view, m *matter) give {
	t := m.talk
	word := func(who person) give {
		if t.kind == consent.ReactRound || r.d.roll(2) == 0 {
			return give{who, consent.Speak{Proposal: m.id, Text: r.text()}}
		}
		return give{who, consent.Pass{Proposal: m.id}}
	}
	switch n := r.d.roll(16); {
	case n == 0:
		return give{r.next(t), consent.ComeBack{Proposal: m.id}}
	case n == 1:
		return give{r.chair(v), consent.Skip{Proposal: m.id, Person: r.next(t)}}
	case n == 2:
		return give{r.anyFull(v), consent.Reply{Proposal: m.id, Text: r.text()}}
	case n < 5:
		return word(r.next(t))
	}
	var all []give
	for _, who := range t.awaited() {
		all = append(all, word(who))
	}
	return r.planned(all...)
}

func (r *run) raise(m *matter, who person) give {
	return give{who, objection.Raise{ID: objection.ID(r.name("o")), Proposal: m.id, Aim: "glad", Argument: r.text()}}
}

func (r *run) inDecide(v *view, m *matter) give {
	if g, ok := r.card(m); ok {
		return g
	}
	t := m.talk
	consents := func(who person) give { return r.answer(m, who) }
	seat := ana
	if len(t.seats) > 0 {
		seat = pick(r.d, t.seats)
	}
	switch n := r.d.roll(20); {
	case n == 0:
		return consents(seat)
	case n == 1:
		return r.raise(m, seat)
	case n == 2:
		return give{seat, objection.Voice{ID: objection.ID(r.name("o")), Proposal: m.id, Text: r.text()}}
	case n == 3 && len(v.standing(m.id)) > 0:
		w := pick(r.d, v.standing(m.id))
		return give{w.by, objection.Withdraw{Objection: w.id}}
	case n == 4:
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	case n < 7 && (!t.closes.IsZero() || m.way.solved == "raiser" || m.way.keep):
		return r.inWindow(v, m, seat)
	}
	if !t.closes.IsZero() && r.d.roll(3) == 0 {
		r.time()
		return consents(seat)
	}
	if !t.running() {
		return r.pending(v, m, consents)
	}
	switch n := r.d.roll(20); {
	case n < 4:
		return r.raise(m, r.next(t))
	case n == 4:
		return give{r.next(t), consent.ComeBack{Proposal: m.id}}
	case n < 7:
		return give{r.chair(v), consent.Skip{Proposal: m.id, Person: r.next(t)}}
	case n < 12:
		return consents(r.next(t))
	}
	var all []give
	for _, who := range t.awaited() {
		if r.d.roll(8) == 0 && !m.question {
			all = append(all, r.raise(m, who))
		} else {
			all = append(all, consents(who))
		}
	}
	return r.planned(all...)
}

// pending: everybody was heard, and nothing was settled.
func (r *run) pending(v *view, m *matter, consents func(person) give) give {
	for _, who := range m.talk.seats {
		if m.talk.said[who] != consent.Consents && r.d.roll(2) == 0 {
			return consents(who)
		}
	}
	if r.d.roll(2) == 0 {
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	}
	return r.openNext(v, m, consent.ConsentRound)
}

func (r *run) inIntegrate(v *view, m *matter) give {
	if g, ok := r.card(m); ok {
		return g
	}
	if m.talk.running() && r.d.roll(4) > 0 {
		return r.talking(v, m)
	}
	var unmet []*worry
	for _, w := range v.standing(m.id) {
		if w.status != "met" || w.in != m.version {
			unmet = append(unmet, w)
		}
	}
	if list := v.standing(m.id); m.way.solved != "" && len(list) > 0 && r.d.roll(2) == 0 {
		return r.solve(v, m, pick(r.d, list))
	}
	switch n := r.d.roll(24); {
	case n == 0:
		return r.openNext(v, m, consent.OptionsRound)
	case n == 1:
		return r.openNext(v, m, pick(r.d, []consent.RoundKind{consent.ClarifyRound, consent.ReactRound}))
	case n == 2:
		return give{r.anyFull(v), objection.Voice{ID: objection.ID(r.name("o")), Proposal: m.id, Text: r.text()}}
	case n < 5 && len(v.standing(m.id)) > 0:
		w := pick(r.d, v.standing(m.id))
		if w.status == "met" && n == 4 {
			return give{w.by, objection.Accept{Objection: w.id}}
		}
		return give{w.by, objection.Withdraw{Objection: w.id}}
	}
	if len(unmet) == 0 {
		return r.openNext(v, m, consent.ConsentRound)
	}
	return r.meetWorry(v, m, unmet)
}

func (r *run) meetWorry(v *view, m *matter, unmet []*worry) give {
	w := pick(r.d, unmet)
	if m.way.confirm && r.d.roll(8) > 0 {
		for _, u := range unmet {
			if u.status == "raised" || u.status == "restated" {
				w = u
			}
		}
		switch w.status {
		case "raised":
			return r.planned(give{r.anyFull(v), objection.Restate{Objection: w.id, Statement: r.text()}}, give{w.by, objection.Confirm{Objection: w.id}})
		case "restated":
			return give{w.by, objection.Confirm{Objection: w.id}}
		}
	}
	c := consent.Integrate{Proposal: m.id, Text: r.text()}
	for _, u := range unmet {
		if u == w || r.d.roll(4) > 0 {
			c.Meets = append(c.Meets, consent.Meets{Objection: u.id, Tools: []circle.Tool{circle.Amend}})
		}
	}
	if r.d.roll(2) == 0 {
		c.Term = circle.MustPeriod("1m")
	}
	who := r.anyFull(v)
	if m.way.author && r.d.roll(8) > 0 {
		who = m.by
	}
	return give{who, c}
}

func (r *run) inLastCall(v *view, m *matter) give {
	if m.quiet {
		return r.inQuiet(v, m)
	}
	who := pick(r.d, m.talk.seats)
	if len(m.waiting) > 0 {
		who = pick(r.d, m.waiting)
	}
	if !m.until.IsZero() && r.d.roll(2) == 0 {
		r.time()
		return give{who, consent.Respond{Proposal: m.id, Answer: consent.Consents}}
	}
	for _, w := range m.waiting {
		if v.level(w) != circle.Full && r.d.roll(2) == 0 {
			return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
		}
	}
	switch n := r.d.roll(12); {
	case n == 0:
		return r.raise(m, who)
	case n == 1:
		return give{who, objection.Voice{ID: objection.ID(r.name("o")), Proposal: m.id, Text: r.text()}}
	case n < 4:
		return give{who, consent.Respond{Proposal: m.id, Answer: consent.Consents}}
	case n == 4:
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	case n == 5:
		return give{who, consent.Acknowledge{Proposal: m.id}}
	}
	g := v.gathering(m.meeting)
	switch {
	case g != nil && g.state == "open":
		return give{r.chair(v), consent.CloseMeeting{Meeting: g.id}}
	case g != nil && g.minutes[who].IsZero():
		var all []give
		for _, to := range m.waiting {
			all = append(all, give{r.anyFull(v), consent.SendMinutes{Meeting: g.id, To: to, Format: circle.Standard}})
		}
		if all != nil {
			return r.planned(all[r.d.roll(len(all)):]...)
		}
	}
	return give{who, consent.Respond{Proposal: m.id, Answer: consent.Consents, Version: m.version}}
}

// mangled is a sensible command gone wrong: another person, version, name or
// kind.
func (r *run) mangled(g give) give {
	if r.d.roll(2) == 0 {
		g.by = pick(r.d, someone)
		return g
	}
	switch c := g.cmd.(type) {
	case consent.Respond:
		switch r.d.roll(3) {
		case 0:
			c.Version = 1 + r.d.roll(4)
		case 1:
			c.Answer = pick(r.d, []string{"abstain", consent.Objects})
		default:
			return r.raiseOn(c.Proposal, g.by)
		}
		g.cmd = c
	case objection.Raise:
		switch r.d.roll(3) {
		case 0:
			c.Aim = "happiness"
		case 1:
			c.Version = 1 + r.d.roll(4)
		default:
			c.ID = objection.ID(fmt.Sprintf("o-%d", 1+r.d.roll(r.names)))
		}
		g.cmd = c
	case consent.OpenRound:
		c.Round = pick(r.d, []consent.RoundKind{consent.ClarifyRound, consent.ReactRound, consent.OptionsRound, consent.ConsentRound, consent.OpeningRound})
		g.cmd = c
	case consent.Integrate:
		c.Meets = append(slices.Clone(c.Meets), consent.Meets{Objection: "o-0", Tools: []circle.Tool{pick(r.d, []circle.Tool{circle.Amend, circle.Measure})}})
		if r.d.roll(2) == 0 {
			c.Meets = c.Meets[:len(c.Meets)-1]
			c.Meets[0].Tools = []circle.Tool{circle.Measure}
		}
		g.cmd = c
	case proposal.Submit:
		c.ID = proposal.ID(fmt.Sprintf("p-%d", 1+r.d.roll(r.names)))
		g.cmd = c
	case consent.CallMeeting:
		c.At = c.At.Add(pick(r.d, []time.Duration{-time.Hour, time.Hour}))
		g.cmd = c
	case consent.OpenMeeting:
		c.Present = append(slices.Clone(c.Present), pick(r.d, []person{ana, gus, lou}))
		g.cmd = c
	default:
		g.by = pick(r.d, someone)
	}
	return g
}

// tempted is what somebody might do who is in a hurry.
func (r *run) tempted(v *view) give {
	for _, m := range v.matters {
		if ended(m.stage) || r.d.roll(3) == 0 {
			continue
		}
		who := ana
		if m.talk != nil && len(m.talk.awaited()) > 0 {
			who = r.next(m.talk)
		}
		switch m.stage {
		case consent.StageReact:
			return give{who, consent.Pass{Proposal: m.id}}
		case consent.StageDecide:
			if r.d.roll(3) == 0 {
				return give{m.by, proposal.Amend{Proposal: m.id, Text: r.text()}}
			}
		case consent.StageIntegrate:
			return r.temptedIntegrating(v, m, who)
		case consent.StageLastCall:
			return r.temptedWaiting(v, m)
		default: // nothing tempts anybody
		}
	}
	for _, g := range v.meetings {
		if g.state == "called" {
			return give{r.anyFull(v), consent.OpenMeeting{Meeting: g.id, Present: []person{r.anyFull(v)}}}
		}
	}
	return give{r.anyFull(v), consent.CallMeeting{ID: consent.MeetingID(r.name("m")), Circle: den, At: r.second()}}
}

func (r *run) temptedIntegrating(v *view, m *matter, who person) give {
	if list := v.standing(m.id); len(list) > 0 && r.d.roll(2) == 0 {
		w := pick(r.d, list)
		return pick(r.d, []give{{w.by, objection.Accept{Objection: w.id}}, {w.by, objection.Confirm{Objection: w.id}},
			{r.anyFull(v), objection.Restate{Objection: w.id, Statement: r.text()}}})
	}
	return pick(r.d, []give{{who, consent.Speak{Proposal: m.id, Text: r.text()}}, {r.chair(v), consent.OpenRound{Proposal: m.id, Round: consent.ConsentRound}}})
}

// temptedWaiting: while somebody is waited for, they leave.
func (r *run) temptedWaiting(v *view, m *matter) give {
	if len(m.waiting) == 0 {
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	}
	who := pick(r.d, m.waiting)
	if v.level(who) != circle.Full {
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	}
	return give{who, circle.Leave{Circle: den}}
}

func (r *run) raiseOn(id proposal.ID, who person) give { return r.raise(&matter{id: id}, who) }

// wild is any command about anything by anybody.
func (r *run) wild(v *view) give {
	ids := []proposal.ID{"p-0"}
	for _, m := range v.matters {
		ids = append(ids, m.id)
	}
	os := []objection.ID{"o-0"}
	for _, w := range v.worries {
		os = append(os, w.id, w.id)
	}
	ms := []consent.MeetingID{"m-0"}
	for _, g := range v.meetings {
		ms = append(ms, g.id)
	}
	who, id, o, m := pick(r.d, someone), pick(r.d, ids), pick(r.d, os), pick(r.d, ms)
	all := []consent.Command{
		proposal.Amend{Proposal: id, Text: r.text()},
		proposal.Withdraw{Proposal: id},
		proposal.Drop{Proposal: id, Reason: r.text()},
		consent.OpenRound{Proposal: id, Round: pick(r.d, []consent.RoundKind{consent.ClarifyRound, consent.ReactRound, consent.OptionsRound, consent.ConsentRound, consent.ClosingRound})},
		consent.Speak{Proposal: id, Text: r.text()},
		consent.Pass{Proposal: id},
		consent.ComeBack{Proposal: id},
		consent.Skip{Proposal: id, Person: pick(r.d, someone)},
		consent.Reply{Proposal: id, Text: r.text()},
		consent.Signal{Proposal: id, Card: pick(r.d, []consent.Card{consent.StopCard, consent.SlowCard})},
		consent.ClearCard{Proposal: id},
		consent.Respond{Proposal: id, Answer: consent.Consents},
		consent.CloseRound{Proposal: id},
		consent.Acknowledge{Proposal: id},
		consent.ExtendWindow{Proposal: id, Reason: r.text()},
		objection.Answer{Objection: o, Answer: r.text()},
		objection.Overrule{Objection: o, Reason: r.text()},
		objection.ConfirmSolved{Objection: o},
		consent.MoveToMeeting{Proposal: id, Reason: r.text()},
		consent.Integrate{Proposal: id, Text: r.text(), Meets: []consent.Meets{{Objection: o, Tools: []circle.Tool{circle.Amend}}}},
		objection.Raise{ID: objection.ID(r.name("o")), Proposal: id, Aim: circle.WholeAim, Argument: r.text()},
		objection.Voice{ID: objection.ID(r.name("o")), Proposal: id, Text: r.text()},
		objection.Restate{Objection: o, Statement: r.text()},
		objection.Confirm{Objection: o},
		objection.Withdraw{Objection: o},
		objection.Accept{Objection: o},
		consent.Arrive{Meeting: m},
		consent.CloseMeeting{Meeting: m},
		consent.OpenMeeting{Meeting: m, Present: []person{ana, ben}},
		consent.SendMinutes{Meeting: m, To: pick(r.d, someone), Format: circle.Standard},
		consent.CallMeeting{ID: m, Circle: den, At: r.second(), Items: []proposal.ID{id}},
		consent.Ask{ID: id, Circle: den, Question: r.text(), Enacts: []circle.Deed{consent.AdoptAgenda{Meeting: m}}},
		consent.Ask{ID: proposal.ID(r.name("q")), Circle: den, Question: r.text(), Enacts: []circle.Deed{proposal.Drop{Proposal: id, Reason: r.text()}}},
	}
	return give{who, pick(r.d, all)}
}

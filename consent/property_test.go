package consent_test

import (
	"flag"
	"fmt"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
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
				runSequence(r, d, k.setting(d), k.steps(d), &total, nil)
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
	for _, method := range []string{"lazy-consensus", "consensus-approval", "final-comment", "optimistic", "advice", "rough-consensus", "holacracy-async",
		"scm", "s3", "holacracy", "formal-consensus", "n-street"} {
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

// steps is how long a sequence is: where a question comes after a meeting was called
// and two rounds were held, it takes longer to come to anything.
func (k kind) steps(d dice) int {
	if way := methodWays[circle.Name(k.method)]; way.meeting && way.tests() || way.stuck == "vote" {
		return 40 + d.roll(50)
	}
	return 10 + d.roll(50)
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

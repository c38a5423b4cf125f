package consent

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestCatalogue: every command is listed once, with its fields; what may be left out stands in
// brackets, and what a field holds in braces.
func TestCatalogue(t *testing.T) {
	list := Catalogue()
	require.Len(t, list, len(Commands()))
	for _, line := range []string{
		"consent.pass [proposal=proposal] [meeting=meeting]",
		"consent.unsign-request request=request",
		"consent.choose-method proposal=proposal method=name",
	} {
		require.Contains(t, list, line)
	}
	require.Contains(t, strings.Join(list, "\n"), "\nproposal.submit id=proposal circle=circle text=words [need=need] ")
	require.Contains(t, strings.Join(list, "\n"), " [measures=list of object{id=measure indicator=words every=period reader=role stop=number}] ")
}

// TestCommandsThatCannotBeRead: a command that is too long, or whose fields are none, is refused
// with what is wrong (R1).
func TestCommandsThatCannotBeRead(t *testing.T) {
	for want, fields := range map[string]string{
		"consent.pass cannot be read: it holds more than 256 KiB.": `{"proposal":"` + strings.Repeat("p", MaxCommand) + `"}`,
	} {
		_, err := ReadCommand("consent.pass", []byte(fields))
		require.EqualError(t, err, want)
	}
	_, err := ReadCommand("consent.pass", []byte(`{"moon":1}`))
	require.ErrorIs(t, err, circle.ErrNotValid)
	require.ErrorContains(t, readRefusal("consent.pass", errors.New("the moon")), "the moon")
}

// TestNamesOfWays: each setting of a method knows the ways that there are, and refuses another
// (house: the method is data).
func TestNamesOfWays(t *testing.T) {
	for _, way := range []interface {
		Values() []string
		Check() error
	}{Silence("moon"), Clock("moon"), Amenders("moon"), Stuck("moon"), Withdrawal("moon"), Base("moon")} {
		err := way.Check()
		require.Error(t, err, "%T", way)
		for _, known := range way.Values() {
			require.ErrorContains(t, err, known, "%T", way)
		}
	}
	for _, known := range []interface{ Check() error }{SilenceExcluded, Stops, ByCircle, GoesToMeeting, ByTakeover, OfRegister} {
		require.NoError(t, known.Check(), "%v", known)
	}
}

// TestMethodOfUnknownWays: a method in which a way is named that nobody knows, as by a slip of the
// pen, is refused, and not taken for one without it.
func TestMethodOfUnknownWays(t *testing.T) {
	week := circle.MustPeriod("1w")
	for want, slip := range map[string]func(*Method){
		`method own: "restarts" is none of `: func(m *Method) { m.LastCall, m.Clock = week, "restarts" },
		`method own: "abstain" is none of `:  func(m *Method) { m.Window = Window{For: week, Silence: "abstain"} },
		`method own: "propser" is none of `:  func(m *Method) { m.Amenders = "propser" },
		`method own: "upp" is none of `:      func(m *Method) { m.Stuck = "upp" },
		`method own: "owners" is none of `:   func(m *Method) { m.Withdrawal = "owners" },
	} {
		m := Plain
		m.Name = "own"
		require.NoError(t, m.Check())
		slip(&m)
		require.ErrorContains(t, m.Check(), want)
	}
}

// TestMethodsOfAHost: a host's own method must be sound, and have a name of its own.
func TestMethodsOfAHost(t *testing.T) {
	_, err := methods([]Method{{Name: "own"}})
	require.Error(t, err)
	_, err = methods([]Method{Plain})
	require.EqualError(t, err, "there are two methods of the name plain")
}

// A broken rule panics, or says what cannot be.
type broken struct{ Verdict }

func (broken) Name() RuleName { return RuleName{Kind: "broken", Version: 1} }
func (b broken) Judge(Case) Verdict {
	if b.Outcome == 0 {
		panic("broken")
	}
	return b.Verdict
}
func (broken) Words(Reason) (string, bool) { panic("broken") }

// TestBrokenRules: R2. A rule that panics, or says what is no outcome, decides nothing, and every
// objection that stands is told all the same; one that cannot word its reasons has none.
func TestBrokenRules(t *testing.T) {
	c := Case{Objections: []Objection{{ID: "o", Seat: "cia", Stands: true}}}
	stands := Standing(&c)
	require.Len(t, stands, 1)
	want := Verdict{Outcome: Pending, Why: append([]Reason{{Code: "rule-error"}}, stands...)}
	require.Equal(t, want, judge(broken{}, c))
	require.Equal(t, want, judge(broken{Verdict{Outcome: Declined + 1}}, c))
	require.Equal(t, reasonWords(Reason{Code: "moon"}), clause(broken{}, Reason{Code: "moon"}))

	for parameters, of := range map[string]func(string) (Rule, error){
		`{"of":3}`:    newSettle,
		`{"moon":1}`:  newSettle,
		`{}`:          newResolution,
		`{"share":1}`: newResolution,
	} {
		_, err := of(parameters)
		require.Error(t, err, parameters)
		k := Kinds{RuleName{Kind: "kind", Version: 1}: of}
		_, err = k.of(RuleName{Kind: "kind", Version: 1, Parameters: parameters})
		require.ErrorContains(t, err, "kind")
		require.ErrorIs(t, err, circle.ErrNotValid)
	}
}

package script_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/script"
)

// parse reads a file that is known to be a conversation.
func parse(t *testing.T, text string) *script.File {
	t.Helper()
	f, err := script.Parse("story.txt", []byte(text))
	require.NoError(t, err)
	return f
}

func TestRunAgrees(t *testing.T) {
	f := parse(t, `at 2026-03-02T10:00:00Z
as ana: proposal.submit id=sundays
----
ana gives proposal.submit {"id":"sundays"}

as ben: proposal.withdraw proposal=sundays
----
refused not-entitled: only the proposer withdraws a proposal

after 1d12h
----
it is 2026-03-03T22:00:00Z

at 2026-03-03T22:00:00Z
may ben sundays
----
asked: may ben sundays
`)
	h := newHost(echo)
	r, err := script.Run(t.Context(), f, h)
	require.NoError(t, err)
	require.True(t, r.Agrees(), "%v", r.Differences)
	require.Equal(t, 6, r.Steps)
	require.Equal(t, 1, h.closed)
	require.Len(t, h.heard, 6)
}

func TestRunTellsDifferences(t *testing.T) {
	f := parse(t, "show a\n----\nasked: show b\n\n# no block: not compared\nshow c\nshow d\n----\n\nshow e\n----\nasked: show e\nand more\n")
	r, err := script.Run(t.Context(), f, newHost(echo))
	require.NoError(t, err)
	require.False(t, r.Agrees())
	require.Equal(t, script.Result{Steps: 4, Differences: []script.Difference{
		{Name: "story.txt", Line: 1, Statement: "show a", Want: []string{"asked: show b"}, Got: []string{"asked: show a"}},
		{Name: "story.txt", Line: 7, Statement: "show d", Got: []string{"asked: show d"}},
		{Name: "story.txt", Line: 10, Statement: "show e", Want: []string{"asked: show e", "and more"}, Got: []string{"asked: show e"}},
	}}, r)
}

// A statement without an expectation may print what it likes, but not be refused.
func TestRunRefusalWithoutBlock(t *testing.T) {
	r, err := script.Run(t.Context(), parse(t, "as ben: proposal.withdraw\nshow a\n"), newHost(echo))
	require.NoError(t, err)
	require.Equal(t, 2, r.Steps)
	require.Len(t, r.Differences, 1)
	require.True(t, r.Differences[0].Refused)
	require.Equal(t, 1, r.Differences[0].Line)

	second := func(string) ([]string, error) { return []string{"done\nrefused late: no", "refusedly"}, nil }
	r, err = script.Run(t.Context(), parse(t, "after 1h\n"), newHost(second))
	require.NoError(t, err)
	require.Len(t, r.Differences, 1, "any printed line counts")

	other := func(string) ([]string, error) { return []string{"refused", "refusedly", " refused x"}, nil }
	r, err = script.Run(t.Context(), parse(t, "after 1h\n"), newHost(other))
	require.NoError(t, err)
	require.True(t, r.Agrees(), "only a line that begins with the word and a space is a refusal")
}

func TestRunClockNeverGoesBack(t *testing.T) {
	text := "at 2026-03-02T10:00:00Z\nat 2026-03-02T09:59:59Z\n"
	h := newHost(silent)
	r, err := script.Run(t.Context(), parse(t, text), h)
	require.NoError(t, err)
	require.Equal(t, []string{"it is 2026-03-02T10:00:00Z"}, h.heard, "the host is not asked")
	require.Len(t, r.Differences, 1)
	require.True(t, r.Differences[0].Refused)

	text += "----\nrefused clock-backwards: the clock shows 2026-03-02T10:00:00Z and never goes back\n"
	r, err = script.Run(t.Context(), parse(t, text), newHost(silent))
	require.NoError(t, err)
	require.True(t, r.Agrees(), "%v", r.Differences)
}

// What is printed may hold what an expectation cannot; it is compared in the form that
// an expectation can hold.
func TestRunPrintedForm(t *testing.T) {
	say := func(string) ([]string, error) { return []string{"one \t\r\n\n  two", "", "bad \xff"}, nil }
	r, err := script.Run(t.Context(), parse(t, "verify\n----\none\n.\n  two\n.\nbad \ufffd\n"), newHost(say))
	require.NoError(t, err)
	require.True(t, r.Agrees(), "%v", r.Differences)
}

func TestRunHostBreaks(t *testing.T) {
	disk := errors.New("the disk is gone")
	for _, statement := range []string{"show b", "as ana: a.b", "after 2h", "at 2030-01-01T00:00:00Z"} {
		h := newHost(func(string) ([]string, error) { return nil, nil })
		h.say = func(string) ([]string, error) {
			if len(h.heard) > 1 {
				return nil, disk
			}
			return nil, nil
		}
		r, err := script.Run(t.Context(), parse(t, "show a\n\n"+statement+"\nshow c\n"), h)
		require.ErrorIs(t, err, disk)
		var broke *script.HostError
		require.ErrorAs(t, err, &broke)
		require.Equal(t, &script.HostError{Name: "story.txt", Line: 3, Statement: statement, Err: disk}, broke)
		require.EqualError(t, broke, "story.txt:3: "+statement+": the disk is gone")
		require.Equal(t, 1, r.Steps)
		require.Equal(t, 1, h.closed, "a broken host is closed too")
	}
}

func TestRunEndFails(t *testing.T) {
	h := newHost(silent)
	h.end = errors.New("entry 3 does not verify")
	r, err := script.Run(t.Context(), parse(t, "show a\n\n"), h)
	require.EqualError(t, err, "story.txt:2: after the last line: entry 3 does not verify")
	require.ErrorIs(t, err, h.end)
	require.Equal(t, 1, r.Steps)

	h.say = func(string) ([]string, error) { return nil, errors.New("down") }
	_, err = script.Run(t.Context(), parse(t, "show a\n\n"), h)
	require.EqualError(t, err, "story.txt:1: show a: down\nstory.txt:2: after the last line: entry 3 does not verify")
}

func TestRunStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	h := newHost(func(string) ([]string, error) { cancel(); return nil, nil })
	r, err := script.Run(ctx, parse(t, "show a\nshow b\n"), h)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 1, r.Steps)
	require.Equal(t, 1, h.closed)
}

func TestRunPassesSpeakerOn(t *testing.T) {
	h := newHost(silent)
	h.now = time.Time{}
	r, err := script.Run(t.Context(), parse(t, bakery[:len(bakery)-5]), h)
	require.NoError(t, err)
	require.Equal(t, 7, r.Steps)
	require.Equal(t, []string{
		"it is 2026-03-02T10:00:00Z",
		`ana gives circle.found {"id":"bakery","name":"Bakery","aim":"bread the street is glad of","members":["ana","cia"]}`,
		`ada gives objection.raise {"id":"o1","aim":"teams","argument":"Nobody is left to bake."}`,
		"wes gives consent.respond {}",
		"it is 2026-03-14T10:00:00Z",
		"asked: verify",
		"asked: due 2026-05-01T00:00:00Z",
	}, h.heard)
}

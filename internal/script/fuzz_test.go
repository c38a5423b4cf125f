package script_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/script"
)

// FuzzParse: whatever the bytes, reading either refuses them with a place, or gives a
// file that renders as it was, whose fields are JSON objects, and that a rewrite
// changes only as far as what is printed changes.
func FuzzParse(f *testing.F) {
	f.Add([]byte(bakery), "x\n\ny")
	for _, v := range values {
		f.Add([]byte("as ana: a.b x="+v[0]), "")
	}
	for _, r := range refusals {
		f.Add([]byte(r.text), "x")
	}
	f.Fuzz(func(t *testing.T, data []byte, print string) {
		file, err := script.Parse("fuzz", data)
		if err != nil {
			var syntax *script.SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.NotEmpty(t, syntax.What)
			return
		}
		require.Equal(t, data, append([]byte{}, file.Bytes()...))
		for _, s := range file.Steps {
			require.NotZero(t, s.Kind)
			if s.Kind == script.KindCommand {
				require.True(t, json.Valid(s.Fields), "%s", s.Fields)
				require.Equal(t, byte('{'), s.Fields[0])
				require.NotEmpty(t, s.Speaker.Who)
			}
		}

		out, r, err := script.Rewrite(t.Context(), file, playback(file))
		require.NoError(t, err)
		require.Equal(t, string(data), string(out), "%v", r.Differences)

		parrot := func(string) ([]string, error) { return []string{print}, nil }
		out, _, err = script.Rewrite(t.Context(), file, newHost(parrot))
		if errors.Is(err, script.ErrLimit) {
			return
		}
		require.NoError(t, err)
		again, err := script.Parse("fuzz", out)
		require.NoError(t, err)
		require.Len(t, again.Steps, len(file.Steps))
		twice, _, err := script.Rewrite(t.Context(), again, newHost(parrot))
		require.NoError(t, err)
		require.Equal(t, string(out), string(twice))
	})
}

// still is a host whose clock never moves, so that every "at" reaches it.
type still struct{ *host }

func (s *still) MoveTo(_ context.Context, t time.Time) ([]string, error) {
	return s.hear("it is " + t.Format(time.RFC3339))
}

// playback returns a host that prints for each statement what the file expects.
func playback(f *script.File) script.Host {
	next := 0
	return &still{newHost(func(string) ([]string, error) {
		next++
		return f.Steps[next-1].Expect, nil
	})}
}

package script

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// refused begins a line by which a host says that a command was not allowed.
const refused = "refused "

// A Host is what a conversation is held with: it carries out each statement and returns
// the lines that it prints. A refusal is such a line ("refused code: sentence"); an
// error says that the host itself broke, and ends the run.
//
// A Host begins at a time before any that the file names, such as the zero time.
type Host interface {
	// Now returns the time that the clock shows.
	Now() time.Time
	// MoveTo sets the clock and lets happen what is due. The time is never before Now.
	MoveTo(ctx context.Context, t time.Time) ([]string, error)
	// Do gives one command; fields is one JSON object.
	Do(ctx context.Context, s Speaker, command string, fields json.RawMessage) ([]string, error)
	// Ask puts one question; words holds at least its first word.
	Ask(ctx context.Context, words []string) ([]string, error)
	// Close is called once, after the last statement or after the host broke. It is where
	// a host replays its record from nothing, compares the state and verifies the proofs.
	Close(ctx context.Context) error
}

// A Result tells how far a run came and where what was printed was not what the file
// says.
type Result struct {
	Steps       int // the statements that were run
	Differences []Difference
}

// Agrees reports whether everything was printed as the file says.
func (r Result) Agrees() bool { return len(r.Differences) == 0 }

// Run holds the conversation with a host. An error is a [*HostError], or several joined:
// the host broke, and the conversation proves nothing. Otherwise the result says
// whether the conversation went as written.
func Run(ctx context.Context, f *File, h Host) (Result, error) {
	r, _, err := run(ctx, f, h)
	return r, err
}

// run is Run, and also returns what each statement printed.
func run(ctx context.Context, f *File, h Host) (r Result, got [][]string, err error) {
	for _, s := range f.Steps {
		lines, broke := say(ctx, h, s)
		if broke != nil {
			err = &HostError{Name: f.Name, Line: s.Line, Statement: s.Text, Err: broke}
			break
		}
		lines = printed(lines)
		got = append(got, lines)
		r.Steps++
		if d, differs := compare(f.Name, s, lines); differs {
			r.Differences = append(r.Differences, d)
		}
	}
	if broke := h.Close(ctx); broke != nil {
		err = errors.Join(err, &HostError{Name: f.Name, Line: len(f.lines), Err: broke})
	}
	return r, got, err
}

// say carries out one statement.
func say(ctx context.Context, h Host, s Step) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch s.Kind {
	case KindAt:
		if now := h.Now(); s.At.Before(now) {
			return []string{fmt.Sprintf("%sclock-backwards: the clock shows %s and never goes back",
				refused, now.UTC().Format(time.RFC3339Nano))}, nil
		}
		return h.MoveTo(ctx, s.At)
	case KindAfter:
		return h.MoveTo(ctx, h.Now().Add(s.After))
	case KindCommand:
		return h.Do(ctx, s.Speaker, s.Command, s.Fields)
	default:
		return h.Ask(ctx, s.Words)
	}
}

// printed brings what a host printed into the form in which an expectation holds it.
func printed(lines []string) []string {
	var out []string
	for _, text := range lines {
		for line := range strings.SplitSeq(text, "\n") {
			line = strings.ToValidUTF8(trim(line), "\ufffd")
			if line == "" {
				line = "."
			}
			out = append(out, line)
		}
	}
	return out
}

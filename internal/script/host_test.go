package script_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/internal/script"
)

// A host stands in for the engine: it words each statement that reaches it and lets a
// function say what is printed.
type host struct {
	now    time.Time
	say    func(statement string) ([]string, error)
	heard  []string
	closed int
	end    error
}

var _ script.Host = (*host)(nil)

// newHost returns a host whose clock stands long before any time that a file can name.
func newHost(say func(string) ([]string, error)) *host {
	return &host{now: time.Unix(-1<<40, 0), say: say}
}

// echo prints every statement back, and refuses each withdrawal.
func echo(statement string) ([]string, error) {
	if strings.Contains(statement, "withdraw") {
		return []string{"refused not-entitled: only the proposer withdraws a proposal"}, nil
	}
	return []string{statement}, nil
}

// silent prints nothing.
func silent(string) ([]string, error) { return nil, nil }

func (h *host) hear(statement string) ([]string, error) {
	h.heard = append(h.heard, statement)
	return h.say(statement)
}

func (h *host) Now() time.Time { return h.now }

func (h *host) MoveTo(_ context.Context, t time.Time) ([]string, error) {
	h.now = t
	return h.hear("it is " + t.Format(time.RFC3339))
}

func (h *host) Do(_ context.Context, s script.Speaker, command string, fields json.RawMessage) ([]string, error) {
	return h.hear(fmt.Sprintf("%s gives %s %s", s.Who, command, fields))
}

func (h *host) Ask(_ context.Context, words []string) ([]string, error) {
	return h.hear("asked: " + strings.Join(words, " "))
}

func (h *host) Close(context.Context) error {
	h.closed++
	return h.end
}

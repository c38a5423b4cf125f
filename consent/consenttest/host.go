package consenttest

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/script"
	"github.com/sayround/sayround/ledger"
)

// A host is an engine in memory that a conversation drives, with a clock that
// stands still between its lines.
type host struct {
	engine *consent.Engine
	now    time.Time
	ids    uint64
	salts  uint64
	handed map[consent.SignalID]consent.SafeguardingSignal
}

func newHost(ctx context.Context, rules consent.Kinds, methods []consent.Method) (*host, error) {
	h := &host{handed: map[consent.SignalID]consent.SafeguardingSignal{}}
	store := &ledger.Memory{}
	var err error
	h.engine, err = consent.Open(ctx, consent.Config{
		Store: store, Vault: store, Rules: rules, Methods: methods,
		Now:  func() time.Time { return h.now },
		IDs:  func() string { h.ids++; return fmt.Sprintf("c-%d", h.ids) },
		Salt: h.salt, Safeguard: h.takes,
	})
	return h, err
}

// takes is where the words of safeguarding signals go: outside the ledger.
func (h *host) takes(_ context.Context, signal consent.SafeguardingSignal) error {
	h.handed[signal.ID] = signal
	return nil
}

// handedOver shows what went out under a reference.
func (h *host) handedOver(id consent.SignalID) []string {
	signal, ok := h.handed[id]
	if !ok {
		return []string{fmt.Sprintf("nothing was handed over as %s", id)}
	}
	return canon.Show(signal)
}

// salt counts, so that a conversation gives the same ledger each time.
func (h *host) salt() (salt [32]byte) {
	h.salts++
	binary.BigEndian.PutUint64(salt[:], h.salts)
	return salt
}

// Now is the time that the conversation has come to.
func (h *host) Now() time.Time { return h.now }

// MoveTo sets the clock and prints what time has brought about.
func (h *host) MoveTo(ctx context.Context, t time.Time) ([]string, error) {
	h.now = t
	receipts, err := h.engine.Tick(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range receipts {
		out = append(out, lines(r.Events)...)
	}
	return out, nil
}

// Do gives a command and prints its events, or the refusal.
func (h *host) Do(ctx context.Context, who script.Speaker, command string, fields json.RawMessage) ([]string, error) {
	cmd, err := consent.ReadCommand(command, fields)
	if err != nil {
		return refused(err)
	}
	by := circle.Actor{By: circle.PersonID(who.Who), With: circle.PersonID(who.With),
		Through: circle.PersonID(who.Through), RecordedBy: circle.PersonID(who.RecordedBy), For: circle.PersonID(who.For), Basis: circle.Name(who.Basis)}
	var how []consent.Sending
	if who.ID != "" {
		how = append(how, consent.WithID(who.ID))
	}
	r, err := h.engine.Do(ctx, by, cmd, how...)
	if err != nil {
		return refused(err)
	}
	if r.Repeated {
		return []string{fmt.Sprintf("repeated entry=%d", r.Position)}, nil
	}
	return lines(r.Events), nil
}

// refused prints a refusal; any other error is the host's own.
func refused(err error) ([]string, error) {
	var r *circle.Refusal
	if !errors.As(err, &r) {
		return nil, err
	}
	return []string{fmt.Sprintf("refused %s: %s", r.Code.ID, r.Error())}, nil
}

func lines(events []consent.Event) []string {
	var out []string
	for _, e := range events {
		out = append(out, canon.Line(e))
	}
	return out
}

// Close replays the ledger from nothing, compares the state, and proves every
// entry.
func (h *host) Close(ctx context.Context) error {
	v, err := h.engine.Verify(ctx)
	if err != nil {
		return err
	}
	for pos := range v.Size {
		if err := h.prove(ctx, pos, v); err != nil {
			return err
		}
	}
	return h.judgeAgain(ctx)
}

// judgeAgain builds the case of every verdict again from the ledger, and judges
// it.
func (h *host) judgeAgain(ctx context.Context) error {
	for j, err := range h.engine.Judgments(ctx) {
		if err != nil {
			return err
		}
		if j.Differs != "" {
			return fmt.Errorf("the verdict on %s in entry %d: %s", j.Proposal, j.Position, j.Differs)
		}
	}
	return nil
}

func (h *host) prove(ctx context.Context, pos uint64, v consent.Verified) error {
	proof, err := h.engine.Prove(ctx, pos)
	if err != nil {
		return err
	}
	leaf, err := h.engine.Leaf(ctx, pos)
	if err != nil {
		return err
	}
	return ledger.Check(proof, v.Size, pos, v.Root, leaf)
}

// Ask answers a question line.
func (h *host) Ask(ctx context.Context, words []string) ([]string, error) {
	answer, ok := questions[words[0]]
	if !ok {
		return nil, fmt.Errorf("nobody knows the question %q", strings.Join(words, " "))
	}
	return answer(h, ctx, words[1:])
}

package consenttest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/internal/script"
	"github.com/sayround/sayround/ledger"
)

// reopening is a host whose engine ends before each statement, and another one begins
// with the snapshot that it left.
type reopening struct {
	*host
	config consent.Config
	place  *ledger.Memory
	opened int
}

func (r *reopening) reopen(ctx context.Context) error {
	if size, _ := r.engine.Head(); size == 0 {
		return nil
	}
	if _, err := r.engine.Snapshot(ctx); err != nil {
		return err
	}
	engine, err := consent.Open(ctx, r.config)
	if err != nil {
		return err
	}
	if o := engine.Opening(); o.Snapshot == 0 {
		return fmt.Errorf("the snapshot was passed over: %w", o.PassedOver)
	}
	r.engine = engine
	r.opened++
	return nil
}

func (r *reopening) MoveTo(ctx context.Context, t time.Time) ([]string, error) {
	if err := r.reopen(ctx); err != nil {
		return nil, err
	}
	return r.host.MoveTo(ctx, t)
}

func (r *reopening) Do(ctx context.Context, who script.Speaker, command string, fields json.RawMessage) ([]string, error) {
	if err := r.reopen(ctx); err != nil {
		return nil, err
	}
	return r.host.Do(ctx, who, command, fields)
}

func (r *reopening) Ask(ctx context.Context, words []string) ([]string, error) {
	if err := r.reopen(ctx); err != nil {
		return nil, err
	}
	return r.host.Ask(ctx, words)
}

// TestConversationsFromSnapshots: a conversation goes as it is written also where the
// engine begins anew with a snapshot before each of its lines: what may be done, what is
// due, who must act next, what is explained and reported is the same.
func TestConversationsFromSnapshots(t *testing.T) {
	opened := 0
	for _, pattern := range []string{"conversations", "methods", "situations", "regressions"} {
		files, err := filepath.Glob(filepath.Join("..", "testdata", pattern, "*.txt"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, name := range files {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			f, err := script.Parse(name, data)
			require.NoError(t, err)
			r, err := newReopening(t.Context(), pattern == "conversations")
			require.NoError(t, err)
			got, err := script.Run(t.Context(), f, r)
			require.NoError(t, err, name)
			require.Empty(t, got.Differences, name)
			opened += r.opened
		}
	}
	require.Greater(t, opened, 5000)
}

// newReopening begins with an empty ledger. The conversations of the first kind know the
// stock rules.
func newReopening(ctx context.Context, stock bool) (*reopening, error) {
	h := &host{handed: map[consent.SignalID]consent.SafeguardingSignal{}}
	r := &reopening{host: h, place: &ledger.Memory{}}
	store := &ledger.Memory{}
	r.config = consent.Config{Store: store, Vault: store, Snapshots: r.place,
		Now:  func() time.Time { return h.now },
		IDs:  func() string { h.ids++; return fmt.Sprintf("c-%d", h.ids) },
		Salt: h.salt, Safeguard: h.takes}
	if stock {
		r.config.Rules, r.config.Methods = rule.Stock(), rule.Methods()
	}
	var err error
	h.engine, err = consent.Open(ctx, r.config)
	return r, err
}

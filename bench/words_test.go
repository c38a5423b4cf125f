package bench

import (
	"context"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
)

// BenchmarkWords measures whole commands with words, of 64 callers, on a ledger in one
// directory and a vault in another, each told to be recorded once both are durable.
// Beside them, in the same round, the same commands are given without words; and the same
// with words, where the vault takes only what is durable at once, so that each command has
// a sync of its own there.
func BenchmarkWords(b *testing.B) {
	org := founded(b, size{members: 12, open: 100})
	org.signed = true
	silent := org.answers(0, 11)
	var spoken []answer
	for _, a := range silent {
		cmd := a.cmd.(consent.Respond)
		cmd.Reason = circle.Say("It suits those of us who work at night, and we can look at it again in spring.")
		spoken = append(spoken, answer{a.by, cmd})
	}
	b.Run("peer=silent", func(b *testing.B) {
		compareWords(b, org, spoken, func() time.Duration {
			return giveAll(b, mustOpenWith(b, consent.Config{Store: org.stored(b), Vault: newVault(b)}), silent)
		}, "silent")
	})
	b.Run("peer=one-by-one", func(b *testing.B) {
		compareWords(b, org, spoken, func() time.Duration {
			return giveAll(b, mustOpenWith(b, consent.Config{Store: org.stored(b), Vault: oneByOneVault{newVault(b)}}), spoken)
		}, "one-by-one")
	})
}

// A oneByOneVault shows nothing of a vault but that it puts and gets.
type oneByOneVault struct{ ledger.Vault }

// compareWords gives all answers once, and lets the peer give as many.
func compareWords(b *testing.B, org *organisation, spoken []answer, peer func() time.Duration, name string) {
	var c comparison
	for range b.N {
		ours := giveAll(b, mustOpenWith(b, consent.Config{Store: org.stored(b), Vault: newVault(b)}), spoken)
		c.add(ours, len(spoken), peer(), len(spoken))
	}
	c.report(b, "command", name)
	b.ReportMetric(float64(time.Second)/median(c.ours), "commands/s")
}

// giveAll gives each answer once, from 64 goroutines.
func giveAll(b *testing.B, engine *consent.Engine, answers []answer) time.Duration {
	return together(callers, len(answers), func(i int) {
		if _, err := engine.Do(context.Background(), answers[i].by, answers[i].cmd); err != nil {
			b.Error(err)
		}
	})
}

// newVault founds a vault in a directory.
func newVault(b *testing.B) *vault.Vault {
	b.Helper()
	v, err := vault.Open(context.Background(), b.TempDir(), vault.Config{Keeper: new(vault.Keeper), Origin: "bench.example/ledger"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = v.Close() })
	return v
}

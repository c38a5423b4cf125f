package consent_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// many opens an engine in memory on a circle of twelve with n proposals whose
// question has been put, and half-answered rounds to come.
func many(b *testing.B, n int) (*consent.Engine, *ledger.Memory, []circle.PersonID) {
	b.Helper()
	store := &ledger.Memory{}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	ids := 0
	e, err := consent.Open(context.Background(), consent.Config{Store: store, Vault: store,
		Now: func() time.Time { return now }, IDs: func() string { ids++; return fmt.Sprintf("c-%d", ids) }})
	if err != nil {
		b.Fatal(err)
	}
	var people []circle.PersonID
	for i := range 12 {
		people = append(people, circle.PersonID(fmt.Sprintf("p%d", i)))
	}
	do := func(cmd consent.Command) {
		if _, err := e.Do(context.Background(), circle.Actor{By: people[0]}, cmd); err != nil {
			b.Fatal(err)
		}
	}
	do(circle.Found{ID: "bakery", Aim: circle.Say("bread"), Members: people})
	for i := range n {
		id := proposal.ID(fmt.Sprintf("prop-%d", i))
		do(proposal.Submit{ID: id, Circle: "bakery", Text: circle.Say("Open on Sundays"), Term: circle.MustPeriod("3m")})
		do(consent.OpenRound{Proposal: id, Round: consent.ConsentRound})
	}
	return e, store, people
}

func BenchmarkDo(b *testing.B) {
	e, _, people := many(b, b.N/11+1)
	ctx := context.Background()
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		cmd := consent.Respond{Proposal: proposal.ID(fmt.Sprintf("prop-%d", i/11)), Answer: consent.Consents}
		if _, err := e.Do(ctx, circle.Actor{By: people[i%11]}, cmd); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecideApply decides one answer and lets it take effect, with a
// thousand other open cases in the state.
func BenchmarkDecideApply(b *testing.B) {
	const open = 1001
	_, store, people := many(b, open)
	now := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	var acts []consent.Command
	for i := range open {
		acts = append(acts, consent.Respond{Proposal: proposal.ID(fmt.Sprintf("prop-%d", i)), Answer: consent.Consents})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for done := 0; done < b.N; {
		b.StopTimer()
		e, err := consent.Open(context.Background(), consent.Config{Store: store})
		if err != nil {
			b.Fatal(err)
		}
		e.Look(func(s *consent.State) {
			b.StartTimer()
			for i := 0; i < 11*open && done < b.N; i++ {
				events, err := s.Decide(circle.Actor{By: people[i%11]}, now, acts[i/11])
				if err != nil {
					b.Fatal(err)
				}
				s.Apply(5, now, events)
				done++
			}
		})
	}
}

func BenchmarkReplay(b *testing.B) {
	e, store, people := many(b, 2000)
	ctx := context.Background()
	for i := range 2000 * 12 {
		cmd := consent.Respond{Proposal: proposal.ID(fmt.Sprintf("prop-%d", i/12)), Answer: consent.Consents}
		if _, err := e.Do(ctx, circle.Actor{By: people[i%12]}, cmd); err != nil {
			b.Fatal(err)
		}
	}
	size, _ := e.Head()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if _, err := consent.Open(ctx, consent.Config{Store: store, Vault: store}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

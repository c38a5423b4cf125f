package bench

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/sayround/sayround/consent"
)

// BenchmarkDo measures a whole command in memory: decided, written as an
// entry, hashed into the tree, appended, applied, with the receipt; in a
// circle of twelve, while a thousand other questions are open. Beside it stands
// one write and one read of the same event by encoding/json: what an engine
// that neither decides nor hashes would have to do at the least.
func BenchmarkDo(b *testing.B) {
	org := founded(b, size{members: 12, open: 1001})
	answers := org.answers(0, 11)
	event := consent.Responded{Proposal: org.open[0], By: org.people[0], Response: consent.Consents, Version: 1}
	var c comparison
	made := 0
	b.ResetTimer()
	for range b.N {
		engine := org.engine(b)
		var ours time.Duration
		made += allocations(func() { ours = timed(func() { mustDo(b, engine, answers) }) })
		c.add(ours, len(answers), timed(func() { throughJSON(b, &event, len(answers)) }), len(answers))
	}
	c.report(b, "command", "json")
	b.ReportMetric(float64(made)/float64(b.N*len(answers)), "allocs/command")
}

func mustDo(b *testing.B, engine *consent.Engine, answers []answer) {
	ctx := context.Background()
	for i := range answers {
		if _, err := engine.Do(ctx, answers[i].by, answers[i].cmd); err != nil {
			b.Fatal(err)
		}
	}
}

// throughJSON writes and reads an event n times.
func throughJSON(b *testing.B, event *consent.Responded, n int) {
	for range n {
		text, err := json.Marshal(event)
		if err != nil {
			b.Fatal(err)
		}
		var read consent.Responded
		if err := json.Unmarshal(text, &read); err != nil {
			b.Fatal(err)
		}
	}
}

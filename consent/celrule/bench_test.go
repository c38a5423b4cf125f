package celrule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/celrule"
	"github.com/sayround/sayround/consent/rule"
)

// An inGo rule is a rule of two conditions as somebody writes it in Go.
type inGo struct {
	test func(*consent.Case, []rule.Word) (first, second consent.Reason)
}

// Judge answers the case.
func (r inGo) Judge(c consent.Case) consent.Verdict {
	first, second := r.test(&c, rule.Said(&c))
	v := consent.Verdict{Outcome: consent.Pending, Why: append([]consent.Reason{first, second}, consent.Standing(&c)...)}
	switch {
	case !rule.Over(&c):
		v.Wake = c.Closes
	case first.Holds && second.Holds:
		v.Outcome, v.Final = consent.Carried, true
	default:
		v.Outcome, v.Final = consent.Declined, true
	}
	return v
}

// shareInGo is a quorum of half of all and two thirds of those who took a side.
func shareInGo(_ *consent.Case, said []rule.Word) (quorum, share consent.Reason) {
	var all, answered, cast, yes int64
	for _, w := range said {
		n := max(w.Seat.Weight, 1)
		all += n
		switch w.Position {
		case rule.Yes:
			answered, cast, yes = answered+n, cast+n, yes+n
		case rule.No:
			answered, cast = answered+n, cast+n
		case rule.Abstain:
			answered += n
		}
	}
	return consent.Reason{Code: "quorum", Holds: answered*2 >= all, Got: fmt.Sprint(answered, " of ", all), Need: "at least 1/2"},
		consent.Reason{Code: "share", Holds: cast > 0 && yes*3 >= cast*2, Got: fmt.Sprint(yes, " of ", cast), Need: "at least 2/3"}
}

// cappedInGo lets no seat count for more than five, and asks for one worker.
func cappedInGo(_ *consent.Case, said []rule.Word) (capped, worker consent.Reason) {
	var yes int64
	for _, w := range said {
		if w.Position == rule.Yes {
			yes += min(max(w.Seat.Weight, 1), 5)
			worker.Holds = worker.Holds || w.Seat.Class == circle.Worker
		}
	}
	worker.Code = "worker"
	return consent.Reason{Code: "capped", Holds: yes > 100, Got: fmt.Sprint(yes), Need: "over 100"}, worker
}

// BenchmarkRule judges three hundred votes by a rule in CEL, beside the same rule
// in Go. One round is a hundred verdicts of each; reported is the median round.
func BenchmarkRule(b *testing.B) {
	var c consent.Case
	c.Opened, c.Closes, c.Now, c.Version = opening, closing, closing, 1
	for i := range 300 {
		who := circle.PersonID(fmt.Sprint("p", i))
		c.Seats = append(c.Seats, consent.Seat{Person: who, Class: [...]circle.Class{circle.Worker, circle.Investor}[i%2], Weight: int64(1 + i%9)})
		c.Answers = append(c.Answers, consent.Answer{Seat: who, Position: [...]string{rule.Yes, rule.Yes, rule.Abstain, rule.Yes, rule.No}[i%5], Version: 1, At: opening})
	}
	for name, pair := range map[string]struct {
		source celrule.Source
		inGo   inGo
	}{
		"counts": {conditions("quorum", "answered * 2 >= all", "two-thirds", "cast > 0 && yes * 3 >= cast * 2"), inGo{shareInGo}},
		"seats": {conditions("capped", "sum(seats.map(s, s.yes, s.weight > 5 ? 5 : s.weight)) > 100",
			"worker", `seats.exists(s, s.class == "worker" && s.yes)`), inGo{cappedInGo}},
	} {
		b.Run(name, func(b *testing.B) {
			ours := compiled(b, pair.source)
			require.Equal(b, consent.Carried, pair.inGo.Judge(c).Outcome)
			require.Equal(b, consent.Carried, ours.Judge(c).Outcome)
			beside(b, func() { ours.Judge(c) }, func() { pair.inGo.Judge(c) })
		})
	}
}

// beside times one verdict of ours and one of the other, side by side.
func beside(b *testing.B, ours, other func()) {
	const times = 100
	timed := func(f func()) float64 {
		start := time.Now()
		for range times {
			f()
		}
		return float64(time.Since(start).Nanoseconds()) / times
	}
	var mine, theirs, ratios []float64
	for range b.N {
		m, t := timed(ours), timed(other)
		mine, theirs, ratios = append(mine, m), append(theirs, t), append(ratios, m/t)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(mine), "ns/verdict")
	b.ReportMetric(median(theirs), "go-ns")
	b.ReportMetric(median(ratios), "x-go")
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// BenchmarkCompile is what it costs to take a rule in, once for each source.
func BenchmarkCompile(b *testing.B) {
	source := conditions("quorum", "answered * 2 >= all", "two-thirds", "cast > 0 && yes * 3 >= cast * 2")
	for b.Loop() {
		if _, err := celrule.New(source); err != nil {
			b.Fatal(err)
		}
	}
}

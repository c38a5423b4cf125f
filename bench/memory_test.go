package bench

import (
	"runtime"
	"testing"
)

// BenchmarkClosedCase measures what an engine keeps of a case that has ended:
// an adopted proposal with its agreement in force, its trail through the
// ledger and the ids of its commands. The ledger's own bytes are not counted.
func BenchmarkClosedCase(b *testing.B) {
	const cases = 2000
	benchmarkHeld(b, founded(b, size{members: 12, closed: cases}), cases)
}

// BenchmarkOpenCase measures what an engine keeps of a case whose question is
// put to a circle of twelve.
func BenchmarkOpenCase(b *testing.B) {
	const cases = 2000
	benchmarkHeld(b, founded(b, size{members: 12, open: cases}), cases)
}

// benchmarkHeld opens engines and weighs them: one with all that is in the
// ledger, less one of an organisation without a single case.
func benchmarkHeld(b *testing.B, org *organisation, cases int) {
	none := &elsewhere{entries: founded(b, size{members: 12}).entries}
	full := &elsewhere{entries: org.entries}
	var held []float64
	b.ResetTimer()
	for range b.N {
		held = append(held, (weight(b, full)-weight(b, none))/float64(cases))
	}
	quiet(b)
	b.ReportMetric(median(held), "B/case")
	b.ReportMetric(float64(len(full.entries)-len(none.entries))/float64(cases), "entries/case")
}

// weight is by how much an engine makes the heap grow.
func weight(b *testing.B, store *elsewhere) float64 {
	before := heap()
	engine := mustOpen(b, store)
	after := heap()
	runtime.KeepAlive(engine)
	return float64(after) - float64(before)
}

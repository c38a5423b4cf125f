package bench

import (
	"runtime"
	"slices"
	"testing"
	"time"
)

// A comparison collects what one piece of our work cost beside one of another,
// round by round. One iteration of a benchmark is one round, which does the
// work some thousand times; what is reported is the median round, since a
// machine is never quiet for long.
type comparison struct {
	ours, theirs, ratios []float64
}

// add takes one round: how long n pieces of our work took, and m of theirs.
func (c *comparison) add(ours time.Duration, n int, theirs time.Duration, m int) {
	a, b := perOne(ours, n), perOne(theirs, m)
	c.ours, c.theirs, c.ratios = append(c.ours, a), append(c.theirs, b), append(c.ratios, a/b)
}

func perOne(d time.Duration, n int) float64 { return float64(d.Nanoseconds()) / float64(n) }

// report prints the time of one piece of our work, of theirs, and ours divided
// by theirs.
func (c *comparison) report(b *testing.B, unit, peer string) {
	quiet(b)
	b.ReportMetric(median(c.ours), "ns/"+unit)
	b.ReportMetric(median(c.theirs), peer+"-ns")
	b.ReportMetric(median(c.ratios), "x-"+peer)
}

// quiet leaves out the time of a round, which says nothing: most of it is
// getting ready.
func quiet(b *testing.B) { b.ReportMetric(0, "ns/op") }

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}

// timed says how long f takes, on a heap that was tidied up before.
func timed(f func()) time.Duration {
	runtime.GC()
	start := time.Now()
	f()
	return time.Since(start)
}

// allocations counts the allocations of f.
func allocations(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.Mallocs - before.Mallocs)
}

// heap is the number of bytes in use, after what is not in use was collected.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // what the first one let go
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

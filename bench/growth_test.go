package bench

import (
	"fmt"
	"testing"
	"time"

	"github.com/sayround/sayround/consent"
)

// BenchmarkGrowth measures the cost of one answer while one thing grows over
// four sizes and all else stays, each beside the smallest in the same round. It
// ought to stay flat, but for the members of the circle that decides: of each of
// them it is asked whether they were heard.
func BenchmarkGrowth(b *testing.B) {
	grow(b, "open", []int{10, 100, 1000, 10000}, func(n int) size { return size{members: 12, open: n} })
	grow(b, "closed", []int{10, 100, 1000, 10000}, func(n int) size { return size{members: 12, open: 500, closed: n} })
	grow(b, "people", []int{10, 100, 1000, 10000}, func(n int) size { return size{members: 12, open: 500, others: n} })
	grow(b, "circles", []int{1, 10, 100, 1000}, func(n int) size { return size{members: 12, open: 500, circles: n} })
	grow(b, "members", []int{6, 12, 24, 48}, func(n int) size { return size{members: n, open: 500} })
}

// grow measures the sizes one after the other.
func grow(b *testing.B, what string, sizes []int, of func(int) size) {
	b.Run(what, func(b *testing.B) {
		smallest := founded(b, of(sizes[0]))
		for _, n := range sizes {
			org := smallest
			if n != sizes[0] {
				org = founded(b, of(n))
			}
			b.Run(fmt.Sprint(n), func(b *testing.B) {
				var c comparison
				for range b.N {
					ours, n := org.take(b)
					theirs, m := smallest.take(b)
					c.add(ours, n, theirs, m)
				}
				c.report(b, "answer", "smallest")
			})
		}
	})
}

// take times a few thousand fresh answers, on as many engines as that takes.
func (o *organisation) take(b *testing.B) (took time.Duration, n int) {
	answers := o.answers(0, len(o.people)-1)
	for n < 5000 {
		o.engine(b).Look(func(s *consent.State) {
			took += timed(func() { mustTake(b, s, time.Now(), uint64(len(o.entries)), answers) })
		})
		n += len(answers)
	}
	return took, n
}

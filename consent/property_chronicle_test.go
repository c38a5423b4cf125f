package consent_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/promises"
)

// What the entries themselves must keep.

type chronicle = promises.Chronicle

// chronicled holds an entry to the promises.
func (r *run) chronicled(receipt consent.Receipt) {
	r.chron.Full = func(who person) bool { return r.prior.level(who) == circle.Full }
	gone := r.chron.Gone
	r.kept(r.chron.Take(r.second(), receipt.Events))
	if r.chron.Gone > gone {
		r.tally.count("S2: who left still counts")
	}
}

// kept fails where a promise is broken.
func (r *run) kept(broken error) {
	if broken != nil {
		r.Fatalf("%v", broken)
	}
}

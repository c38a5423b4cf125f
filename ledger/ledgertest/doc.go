// Package ledgertest is the kit for authors of stores. It holds a store to
// every sentence of the contract in package ledger: one call, one constructor.
//
//	func TestStore(t *testing.T) {
//		ledgertest.TestStore(t, func(tb testing.TB) ledger.Store {
//			s, err := mystore.Open(tb.TempDir())
//			if err != nil {
//				tb.Fatal(err)
//			}
//			tb.Cleanup(func() { s.Close() })
//			return s
//		})
//	}
//
// [TestVault] does the same for a vault, [TestForgetter] for one in which people can be
// forgotten, [TestSigned] for the place of what was signed, [TestSnapshots] for that of
// snapshots, [TestPipeliner] for a store that takes entries while others are on their
// way, [TestGatherer] for a vault that does so with parts, [TestFollower] for a store that
// waits for these, [TestHasher] for one that has its hashes at hand, and [TestReopen] for a store
// that outlives its process. Our own stores pass by the same door.
//
// The kit is built on package testing alone, and a store that keeps the contract
// waits for nothing in it. Run it with the race detector too: several checks use the store from
// many goroutines. What it cannot see from outside, such as whether the power
// may go in the middle of a write, is left to the tests of the driver.
package ledgertest

package ledgertest

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/sayround/sayround/ledger"
)

// checkRivals lets several appenders race for every size. Each must win or be
// told of a conflict, and the winner's entries must be what is read.
func checkRivals(tb testing.TB, open func(testing.TB) ledger.Store) {
	const rivals, rounds = 8, 25
	s := open(tb)
	for round := range rounds {
		size := uint64(2 * round)
		errs := make([]error, rivals)
		var start, done sync.WaitGroup
		start.Add(1)
		for who := range rivals {
			done.Go(func() {
				start.Wait()
				errs[who] = s.Append(context.Background(), size, claim(round, who))
			})
		}
		start.Done()
		done.Wait()
		winner := -1
		for who, err := range errs {
			if err != nil && !isConflict(err) {
				tb.Fatalf("Append against rivals failed: %v", err)
			}
			if err == nil && winner >= 0 {
				tb.Fatalf("two appenders won at size %d", size)
			}
			if err == nil {
				winner = who
			}
		}
		if winner < 0 {
			tb.Fatalf("of %d appenders at size %d nobody won", rivals, size)
		}
		holds(tb, s, int(size), claim(round, winner)...)
	}
}

// claim makes the two entries by which one shows that it won.
func claim(round, who int) [][]byte {
	return [][]byte{
		fmt.Appendf(nil, "round %d, appender %d", round, who),
		fmt.Appendf(nil, "and once more: %d, %d", round, who),
	}
}

// checkReaders reads again and again while entries are appended two at a time.
func checkReaders(tb testing.TB, open func(testing.TB) ledger.Store) {
	const writes, readers = 60, 3
	s := open(tb)
	var wrote, read sync.WaitGroup
	finished := make(chan struct{})
	complaints := make(chan string, readers+1)
	wrote.Go(func() {
		defer close(finished)
		for i := range writes {
			if err := s.Append(context.Background(), uint64(2*i), entries(2*i, 2*i+2)); err != nil {
				complaints <- fmt.Sprintf("Append failed while others read: %v", err)
				return
			}
		}
	})
	for range readers {
		read.Go(func() {
			for last, seen := false, 0; !last; {
				select {
				case <-finished:
					last = true // once more, over all
				default:
				}
				n, complaint := readOnce(s)
				if complaint == "" && n < seen {
					complaint = fmt.Sprintf("Read yields %d entries, where it has yielded %d before", n, seen)
				}
				if complaint != "" {
					complaints <- complaint
					return
				}
				seen = n
			}
		})
	}
	wrote.Wait()
	read.Wait()
	close(complaints)
	for complaint := range complaints {
		tb.Errorf("%s", complaint)
	}
	holds(tb, s, 0, entries(0, 2*writes)...)
}

// readOnce reads all there is and tells how much, or what is wrong with it.
func readOnce(s ledger.Store) (n int, complaint string) {
	for e, err := range s.Read(context.Background(), 0) {
		if err != nil {
			return n, fmt.Sprintf("Read failed while others append: %v", err)
		}
		if !bytes.Equal(e, entry(n)) {
			return n, fmt.Sprintf("entry %d is %q while others append", n, e)
		}
		n++
	}
	if n%2 != 0 {
		return n, fmt.Sprintf("a reader sees half of a write: %d entries, appended two at a time", n)
	}
	return n, ""
}

// patience is how long a waiter may sleep before the check gives it up. The
// kit's own tests have less of it.
var patience = 10 * time.Second

// checkWaiter does nothing for a store that is no waiter.
func checkWaiter(tb testing.TB, open func(testing.TB) ledger.Store) {
	s := open(tb)
	w, ok := s.(ledger.Waiter)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	wait := func(size uint64) chan error {
		begun, woke := make(chan struct{}), make(chan error, 1)
		go func() {
			close(begun)
			woke <- w.Wait(ctx, size)
		}()
		<-begun
		for range 200 {
			runtime.Gosched() // it has time to wake too early
		}
		if len(woke) > 0 {
			tb.Errorf("Wait for more than %d entries does not wait", size)
		}
		return woke
	}
	woke := wait(0)
	appendAll(tb, s, 0, entry(0), entry(1))
	if err := <-woke; err != nil {
		tb.Errorf("Wait for more than 0 entries fails: %v", err)
	}
	if err := w.Wait(ctx, 1); err != nil {
		tb.Errorf("Wait for what is there already fails: %v", err)
	}
	woke = wait(2)
	cancel()
	refused(tb, "Wait with a context that ends", <-woke, context.Canceled)
	refused(tb, "Wait with a context that has ended", w.Wait(ctx, 2), context.Canceled)
}

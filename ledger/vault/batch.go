package vault

import (
	"context"
	"slices"
	"sync"

	"github.com/sayround/sayround/ledger"
)

// A batch is what several callers gave to the vault: one write and one sync make it
// durable for all of them. Like every write it is there whole or not at all.
type batch struct {
	v     *Vault
	parts []ledger.Part
	bytes int
	done  chan struct{} // closed when the batch is durable, or has failed
	err   error         // why it has failed, once done is closed
}

// A queue is where callers put what is written next.
type queue struct {
	mu    sync.Mutex
	next  *batch                     // takes more; nil is none
	begun map[ledger.Commitment]bool // what is on its way to the disk
}

// BeginPut implements [ledger.Gatherer].
func (v *Vault) BeginPut(ctx context.Context, parts []ledger.Part) (ledger.Begun, error) {
	if err := ledger.CheckParts(parts); err != nil {
		return nil, err
	}
	for {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		b, full := v.enqueue(parts)
		switch {
		case b == nil: // what is there already, or on its way, is looked at by Put
			return arrived{}, v.Put(ctx, parts)
		case !full:
			return b, nil
		}
		if err := b.Wait(); err != nil {
			return nil, err
		}
	}
}

// An arrived is what was durable when it was begun.
type arrived struct{}

// Wait implements [ledger.Begun].
func (arrived) Wait() error { return nil }

// enqueue puts parts into the batch that is written next, and returns it; or the one that
// is full. If the vault knows one of them already, it returns nil.
func (v *Vault) enqueue(parts []ledger.Part) (b *batch, full bool) {
	v.queue.mu.Lock()
	defer v.queue.mu.Unlock()
	list, fresh := v.unknown(parts)
	if !fresh {
		return nil, false
	}
	if b = v.queue.next; b == nil {
		b = &batch{v: v, done: make(chan struct{})}
		v.queue.next = b
	}
	if !b.add(parts) {
		return b, true
	}
	for _, c := range list {
		v.queue.begun[c] = true
	}
	return b, false
}

// unknown returns the commitments of parts; fresh is false if one of them is there, is on its
// way, or comes twice. The caller has the lock of the queue.
func (v *Vault) unknown(parts []ledger.Part) (list []ledger.Commitment, fresh bool) {
	if v.queue.begun == nil {
		v.queue.begun = map[ledger.Commitment]bool{}
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, p := range parts {
		c := p.Commitment()
		if _, there := v.shelf.index[c]; there || v.queue.begun[c] || slices.Contains(list, c) {
			return nil, false
		}
		list = append(list, c)
	}
	return list, len(list) > 0
}

// add takes parts into the batch, unless that is more than one write may hold.
func (b *batch) add(parts []ledger.Part) bool {
	bytes := b.bytes
	for _, p := range parts {
		bytes += room(p)
	}
	if len(b.parts)+len(parts) > ledger.MaxBatch || bytes > maxWrite {
		return false
	}
	for _, p := range parts {
		p.About, p.Content = slices.Clone(p.About), slices.Clone(p.Content)
		b.parts = append(b.parts, p)
	}
	b.bytes = bytes
	return true
}

// room is how many bytes the frame of a part has at most.
func room(p ledger.Part) int {
	r := row{form: shared, part: p, wraps: make([][]byte, len(p.About)+1)}
	return frameHead + len(r.append(nil)) + len(r.wraps)*wrapSize + 32 + len(p.Content) + sealing
}

// Wait implements [ledger.Begun]. Whoever gets the turn writes the batch for all who wait.
func (b *batch) Wait() error {
	select {
	case <-b.done:
	default:
		b.v.turn()
		b.v.writing.Unlock()
	}
	return b.err
}

// turn waits for the turn to write, and writes what was begun before.
func (v *Vault) turn() {
	v.writing.Lock()
	v.queue.mu.Lock()
	b := v.queue.next
	v.queue.next = nil
	v.queue.mu.Unlock()
	if b == nil {
		return
	}
	b.err = v.put(context.Background(), b.parts) // somebody may have put the same since it was begun
	v.queue.mu.Lock()
	for _, p := range b.parts {
		delete(v.queue.begun, p.Commitment())
	}
	v.queue.mu.Unlock()
	b.parts = nil
	close(b.done)
}

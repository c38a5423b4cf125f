package filestore

import (
	"context"
	"encoding/binary"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/sayround/sayround/ledger"
)

var _ ledger.Follower = (*Store)(nil)

// A turn is had by one at a time, who writes. Others may wait for it and for
// something else at once.
type turn chan struct{}

func newTurn() turn    { return make(turn, 1) }
func (t turn) Lock()   { t <- struct{}{} }
func (t turn) Unlock() { <-t }

// A group is what several callers gave to the store: one write and one sync make it
// durable for all of them, and one more of each makes their parts so before.
type group struct {
	s         *Store
	frames    []byte // of the entries; what hangs on their number is put in at last
	count     int    // of the entries
	callers   int
	parts     []ledger.Part
	partBytes int64
	words     []ledger.Begun // kept elsewhere, and waited for before the write
	done      chan struct{}  // closed when the group is durable, or has failed
	err       error          // why it has failed, once done is closed
}

// A queue is where callers put what is to be written next.
type queue struct {
	mu      sync.Mutex
	size    uint64 // of the ledger with all that was begun
	next    *group // takes more; nil is none
	last    *group // begun last; nil is none
	spare   []byte // a buffer that no group uses
	closing bool

	answered int           // callers of the group that was finished last
	back     int           // callers who have come since
	patience time.Time     // until when the others are waited for
	allBack  chan struct{} // tells whoever waits for them that they are
}

// Begin implements [ledger.Pipeliner].
func (s *Store) Begin(ctx context.Context, size uint64, parts []ledger.Part, entries [][]byte) (ledger.Begun, error) {
	if err := ledger.CheckEntries(entries); err != nil {
		return nil, err
	}
	if err := ledger.CheckParts(parts); err != nil {
		return nil, err
	}
	if s.holdsAny(parts) { // what is there already is looked at by Put
		if err := s.Put(ctx, parts); err != nil {
			return nil, err
		}
		parts = nil
	}
	return s.begin(ctx, size, parts, nil, entries)
}

// BeginAfter implements [ledger.Follower]. Where the words do not arrive, the store is dead,
// as after a write that failed: entries may have been begun that rest on these.
func (s *Store) BeginAfter(ctx context.Context, size uint64, words ledger.Begun, entries [][]byte) (ledger.Begun, error) {
	if err := ledger.CheckEntries(entries); err != nil {
		return nil, err
	}
	return s.begin(ctx, size, nil, words, entries)
}

// holdsAny tells whether any of the parts is there, or comes twice.
func (s *Store) holdsAny(parts []ledger.Part) bool {
	seen := make(map[ledger.Commitment]bool, len(parts))
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, p := range parts {
		c := p.Commitment()
		if _, held := s.index[c]; held || seen[c] {
			return true
		}
		seen[c] = true
	}
	return false
}

// begin puts entries and parts into the group that is written next. If that is full
// it is written first.
func (s *Store) begin(ctx context.Context, size uint64, parts []ledger.Part, words ledger.Begun, entries [][]byte) (*group, error) {
	for {
		g, full, err := s.enqueue(ctx, size, parts, words, entries)
		if err != nil {
			if g != nil { // there is a conflict: let what is new be read
				_ = g.Wait()
			}
			return nil, err
		}
		if !full {
			return g, nil
		}
		if err := g.Wait(); err != nil {
			return nil, err
		}
	}
}

// enqueue is begin without the waiting. It returns the group that the entries are in;
// or the one that is full; or with a conflict the one that was begun last.
func (s *Store) enqueue(ctx context.Context, size uint64, parts []ledger.Part, words ledger.Begun, entries [][]byte) (g *group, full bool, err error) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if err := s.mayWrite(ctx); err != nil {
		return nil, false, err
	}
	if s.queue.closing {
		return nil, false, ledger.ErrClosed
	}
	if size != s.queue.size {
		return s.queue.last, false, &ledger.ConflictError{Size: size, Held: s.queue.size}
	}
	if g = s.queue.next; g == nil {
		g = &group{s: s, frames: s.queue.spare[:0], done: make(chan struct{})}
		s.queue.next, s.queue.last, s.queue.spare = g, g, nil
	}
	if !g.add(size, parts, entries) {
		return g, true, nil
	}
	if words != nil {
		g.words = append(g.words, words)
	}
	g.callers++
	if s.queue.back++; s.queue.back == s.queue.answered {
		select {
		case s.queue.allBack <- struct{}{}:
		default: // nobody took the last one; it will do
		}
	}
	s.queue.size += uint64(len(entries))
	return g, false, nil
}

// add takes entries and parts into the group, unless that is more than one write may
// hold.
func (g *group) add(size uint64, parts []ledger.Part, entries [][]byte) bool {
	bytes := g.partBytes
	for _, p := range parts {
		bytes += frameHead + maxPartBody + int64(len(p.Content))
	}
	if g.count+len(entries) > ledger.MaxBatch || bytes > g.s.parts.maxWrite {
		return false
	}
	for i, entry := range entries {
		g.frames = append(g.frames, 0, 0, 0, 0)
		g.frames = binary.BigEndian.AppendUint32(g.frames, uint32(len(entry)))
		g.frames = binary.BigEndian.AppendUint64(g.frames, size+uint64(i))
		g.frames = append(g.frames, 0, 0, 0, 0)
		g.frames = append(g.frames, entry...)
	}
	for _, p := range parts {
		p.About, p.Content = slices.Clone(p.About), slices.Clone(p.Content)
		g.parts = append(g.parts, p)
	}
	g.count, g.partBytes = g.count+len(entries), bytes
	return true
}

// Wait implements [ledger.Begun]. Whoever gets the turn writes the group for all who
// wait.
func (g *group) Wait() error {
	select {
	case <-g.done:
		return g.err
	default:
	}
	select {
	case <-g.done:
	case g.s.writing <- struct{}{}:
		g.lead()
		g.s.writing.Unlock()
	}
	return g.err
}

// lead writes the group, if nobody has. The caller has the turn; so the group is the
// next one, or done.
func (g *group) lead() {
	select {
	case <-g.done:
		return
	default:
	}
	g.gather()
	g.s.queue.mu.Lock()
	g.s.queue.next = nil
	g.s.queue.mu.Unlock()
	g.finish()
}

// quiet is how many turns without anybody new end the gathering.
const quiet = 2

// gather lets those come who are about to: whoever was just answered often comes back
// at once, and a sync that all share costs each less than one that some wait for. They
// are given the time of one sync, from when they were answered; one who comes later
// waits for nobody.
func (g *group) gather() {
	if left, waits := g.waits(); waits {
		late := time.NewTimer(left)
		select {
		case <-g.s.queue.allBack:
		case <-late.C:
		}
		late.Stop()
	}
	for turns, before := 0, g.come(); turns < quiet; turns++ {
		runtime.Gosched()
		if now := g.come(); now != before {
			turns, before = -1, now
		}
	}
}

// waits tells whether some who were answered last are still waited for, and how long.
func (g *group) waits() (left time.Duration, waits bool) {
	q := &g.s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	left = time.Until(q.patience)
	return left, q.back < q.answered && left > 0
}

// come is how many callers have come.
func (g *group) come() int {
	g.s.queue.mu.Lock()
	defer g.s.queue.mu.Unlock()
	return g.callers
}

// finish writes the group, and tells all who wait. The caller has the turn, and
// nobody adds to the group any more.
func (g *group) finish() {
	s := g.s
	began := time.Now()
	g.err = s.writeGroup(g)
	done := time.Now()
	s.queue.mu.Lock()
	s.queue.answered, s.queue.back, s.queue.patience = g.callers, 0, done.Add(done.Sub(began))
	select { // what was told of those before says nothing of these
	case <-s.queue.allBack:
	default:
	}
	if cap(g.frames) <= maxKept {
		s.queue.spare = g.frames[:0]
	}
	g.frames, g.parts, g.words = nil, nil, nil
	if s.queue.last == g && g.err == nil {
		s.queue.last = nil
	}
	s.queue.mu.Unlock()
	close(g.done)
}

// writeGroup makes a group durable, the words and parts first, and lets the entries be
// signed meanwhile.
func (s *Store) writeGroup(g *group) error {
	if err := s.usable(); err != nil {
		return err
	}
	for _, words := range g.words {
		if err := words.Wait(); err != nil {
			return s.fail(err)
		}
	}
	if len(g.parts) > 0 {
		if err := s.writeParts(g.parts); err != nil {
			return err
		}
	}
	signature, err := s.sign(g)
	if err != nil {
		return s.fail(err)
	}
	first, offset := s.entries.end.count, s.entries.end.offset
	err = s.commitBytes(&s.entries, g.frames, g.count, signature.wait, func() {
		for i, at := 0, 0; i < g.count; i++ {
			s.noteEntry(first+uint64(i), offset+int64(at))
			at += frameHead + int(parseHead(g.frames[at:]).length)
		}
		s.ring()
	})
	if err == nil {
		s.noteSignature(signature, offset)
	}
	return err
}

// writeParts makes parts durable that the vault does not hold. While a group waits for
// its turn somebody else may have put the same; then they stand there twice, and either
// serves.
func (s *Store) writeParts(parts []ledger.Part) error {
	at := s.parts.end
	spots := make(map[ledger.Commitment]spot, len(parts))
	s.buf = s.buf[:0]
	for i, p := range parts {
		c := p.Commitment()
		spots[c] = spot{at.count + uint64(i), at.offset + int64(len(s.buf))}
		s.buf = s.parts.appendFrame(s.buf, frame{
			position: at.count + uint64(i),
			before:   i,
			after:    len(parts) - 1 - i,
			body:     partBody(c, p),
		}, p.Content)
	}
	return s.commit(&s.parts, len(parts), func() {
		for c, at := range spots {
			s.index[c] = at
		}
	})
}

package simulation_test

import (
	"bytes"
	"context"
	"runtime"
	"strings"

	"github.com/sayround/sayround/ledger"
)

// A pipe is a port of a store that takes entries while others are on their way
// ([ledger.Follower]), so that a host decides commands on what has not arrived yet.
type pipe struct{ port }

// A load is what was begun together and arrives together, or does not.
type load struct {
	h     *host
	words *bundle // which it must not arrive before; nil is none
	size  int     // of its entries
	done  bool
	err   error
}

func (p pipe) Begin(ctx context.Context, size uint64, parts []ledger.Part, entries [][]byte) (ledger.Begun, error) {
	h, w := p.h, p.h.w
	h.reach()
	switch held := uint64(len(w.disk.entries) + len(w.disk.tail)); {
	case w.disk.dead:
		return nil, ledger.ErrDead
	case w.happens(appendFails):
		return nil, errDown
	case size != held:
		w.arrive(h)
		if w.disk.dead {
			return nil, ledger.ErrDead
		}
		w.count(conflicted)
		return nil, &ledger.ConflictError{Size: size, Held: uint64(len(w.disk.entries))}
	}
	if err := ledger.CheckEntries(entries); err != nil {
		return nil, err
	}
	if len(parts) > 0 {
		if err := p.Put(ctx, parts); err != nil {
			return nil, err
		}
		if w.disk.dead || size != uint64(len(w.disk.entries)+len(w.disk.tail)) {
			return nil, errDown // somebody came first while the words were put
		}
	}
	for _, b := range entries {
		w.disk.tail = append(w.disk.tail, bytes.Clone(b))
	}
	l := &load{h: h, size: len(entries)}
	w.disk.loads = append(w.disk.loads, l)
	if len(w.disk.loads) > 1 {
		w.count(decidedOnTheWay)
	}
	return l, nil
}

// BeginAfter implements [ledger.Follower].
func (p pipe) BeginAfter(ctx context.Context, size uint64, words ledger.Begun, entries [][]byte) (ledger.Begun, error) {
	b, err := p.Begin(ctx, size, nil, entries)
	if err != nil {
		return nil, err
	}
	b.(*load).words = words.(*bundle)
	return b, nil
}

func (p pipe) Append(ctx context.Context, size uint64, entries [][]byte) error {
	l, err := p.Begin(ctx, size, nil, entries)
	if err != nil {
		return err
	}
	return l.Wait()
}

func (l *load) Wait() error {
	w := l.h.w
	if l.done {
		return l.err
	}
	l.h.appended = true
	if w.deep == 0 && w.odds[rival] > 0 && lockIsFree() && w.happens(rival) {
		w.deep++
		said, old := l.h.hookSaid, l.h.old
		for _, c := range w.clients { // another command to the same host
			if !c.waits && l.h.up() {
				w.turn(l.h, c)
				break
			}
		}
		l.h.hookSaid, l.h.old = said, l.h.old || old
		w.deep--
	}
	l.h.reach()
	l.h.appended = false
	if !l.done {
		w.arrive(l.h)
	}
	return l.err
}

// lockIsFree says that it is the engine's landing that waits, where the next command
// may be decided meanwhile.
func lockIsFree() bool {
	var pcs [12]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if strings.HasSuffix(f.Function, "(*Engine).land") {
			return true
		}
		if !more {
			return false
		}
	}
}

// arrive lets all that is on its way arrive, or fail together with what is behind it.
func (w *world) arrive(h *host) {
	switch {
	case len(w.disk.loads) == 0:
	case w.planted != writesFirst && w.wordless() != nil:
		w.disk.dead = true
		w.disk.tail = nil // of what was begun nothing was written
		w.count(lostWithWords)
		w.fail(0, errLost)
	case w.happens(syncFails):
		w.disk.dead = true
		w.fail(0, errSync)
	case w.happens(powerCut):
		w.cut()
		h.reach()
	default:
		n := len(w.disk.loads)
		if w.happens(replyLost) {
			n = w.rng.IntN(n)
		}
		loads := w.disk.loads[:n]
		w.fail(n, errLost)
		for _, l := range loads {
			l.done = true
		}
		w.sync()
	}
}

// wordless waits for the words of all that is on its way, and tells why some are not there.
func (w *world) wordless() error {
	for _, l := range w.disk.loads {
		if l.words != nil {
			if err := l.words.arrive(); err != nil {
				return err
			}
		}
	}
	return nil
}

// fail lets what was begun fail, from some load on.
func (w *world) fail(from int, err error) {
	for _, l := range w.disk.loads[from:] {
		l.done, l.err = true, err
	}
	w.disk.loads = nil
}

package consent

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// encode writes an entry that is to stand at position pos, as canon.Append
// would: every entry has the same few fields, so they are written one after the
// other. A test holds the two together.
func encode(dst []byte, e *Entry, pos uint64) ([]byte, error) {
	w := writer{dst: append(dst, '{'), pos: pos}
	if e.Args != "" {
		w.text(`"args":`, e.Args)
		w.raw(`,`)
	}
	w.raw(`"at":`)
	w.whole(e.At.Unix())
	w.actor(&e.Actor)
	w.text(`,"do":`, string(e.Do))
	w.raw(`,"events":[`)
	for i, event := range e.Events {
		if i > 0 {
			w.raw(`,`)
		}
		if r, ok := event.(*Responded); ok && r.isPlain() {
			w.responded(r)
		} else {
			w.named(event)
		}
	}
	w.text(`],"format":`, string(e.Format))
	w.text(`,"id":`, e.ID)
	for i := range e.Parts {
		w.raw([...]string{`,"parts":[`, `,`}[min(i, 1)])
		w.object(&e.Parts[i])
	}
	if len(e.Parts) > 0 {
		w.raw(`]`)
	}
	w.text(`,"type":`, string(e.Type))
	w.raw(`,"v":`)
	w.whole(int64(e.V))
	w.raw(`}`)
	return w.dst, w.err
}

// A writer writes one piece after the other, and remembers the first error.
type writer struct {
	dst []byte
	pos uint64
	err error
}

func (w *writer) raw(s string) { w.dst = append(w.dst, s...) }

// actor writes who acted: in most entries nobody but them is named.
func (w *writer) actor(by *circle.Actor) {
	if *by != (circle.Actor{By: by.By}) {
		w.raw(`,"by":`)
		w.object(by)
		return
	}
	w.text(`,"by":{"by":`, string(by.By))
	w.raw(`}`)
}

// isPlain says that an answer is of the kind that most entries tell of; see Scan.
func (e *Responded) isPlain() bool { return e.Prefers == nil && e.Strength == 0 }

// responded writes a plain answer as named would.
func (w *writer) responded(e *Responded) {
	w.text(`{"type":"consent.responded","v":1,"with":{"by":`, string(e.By))
	w.text(`,"proposal":`, string(e.Proposal))
	if !e.Reason.IsZero() {
		w.raw(`,"reason":`)
		w.keep(canon.AppendSaid(w.dst, &e.Reason, w.pos))
	}
	if e.Response != "" {
		w.text(`,"response":`, string(e.Response))
	}
	w.raw(`,"version":`)
	w.whole(int64(e.Version))
	w.raw(`}}`)
}

func (w *writer) text(key, s string) {
	w.raw(key)
	w.keep(canon.AppendText(w.dst, s))
}

func (w *writer) whole(n int64) { w.keep(canon.AppendWhole(w.dst, n)) }
func (w *writer) named(v Event) { w.keep(canon.AppendNamed(w.dst, v, w.pos)) }
func (w *writer) object(v any)  { w.keep(canon.Append(w.dst, v, w.pos)) }
func (w *writer) keep(b []byte, e error) {
	w.dst = b
	if w.err == nil {
		w.err = e
	}
}

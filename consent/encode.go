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
		w.named(event)
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

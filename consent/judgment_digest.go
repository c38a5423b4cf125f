package consent

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"time"
)

// digest is what a case is known by in the ledger: the hash of all that a rule
// may know, each text with its length before it, so that no two cases read alike.
// What is written here stays as it is: a field that comes later is written only
// where it holds something, behind all others, under a name of its own.
func digest(c Case) Name {
	w := make(plain, 0, 64*(4+len(c.Seats)+len(c.Answers)))
	w.moment(c.Now)
	w.moment(c.Opened)
	w.moment(c.Closes)
	w.number(int64(c.Version))
	w.flag(c.MayChange)
	w.flag(c.Quorate)
	w.number(int64(len(c.Options)))
	for _, o := range c.Options {
		w.text(o.ID)
	}
	w.number(int64(len(c.Seats)))
	for i := range c.Seats {
		w.seat(&c.Seats[i])
	}
	w.number(int64(len(c.Answers)))
	for i := range c.Answers {
		w.answer(&c.Answers[i])
	}
	w.number(int64(len(c.Objections)))
	for _, o := range c.Objections {
		w.text(o.ID)
		w.text(string(o.Seat))
		w.number(int64(o.Version))
		w.flag(o.Stands)
		w.moment(o.Raised)
		w.moment(o.Ended)
	}
	w.number(int64(len(c.Register)))
	for _, e := range c.Register {
		w.text(string(e.Class))
		w.number(int64(e.N))
	}
	sum := sha256.Sum256(w)
	return Name(hex.EncodeToString(sum[:]))
}

// plain is a text that is written one value after the other.
type plain []byte

func (w *plain) number(n int64) {
	*w = append(strconv.AppendInt(*w, n, 10), ';')
}

func (w *plain) text(s string) {
	w.number(int64(len(s)))
	*w = append(*w, s...)
}

func (w *plain) flag(yes bool) {
	if yes {
		*w = append(*w, 'y')
		return
	}
	*w = append(*w, 'n')
}

// moment writes an instant, whatever clock shows it.
func (w *plain) moment(t time.Time) {
	if t.IsZero() {
		*w = append(*w, '-')
		return
	}
	w.number(t.Unix())
	w.number(int64(t.Nanosecond()))
}

func (w *plain) seat(s *Seat) {
	w.text(string(s.Person))
	w.text(string(s.Class))
	w.number(s.Weight)
	w.text(string(s.Delegate))
	w.flag(s.Out)
}

func (w *plain) answer(a *Answer) {
	w.text(string(a.Seat))
	w.text(a.Position)
	w.number(int64(len(a.Ranking)))
	for _, group := range a.Ranking {
		w.number(int64(len(group)))
		for _, o := range group {
			w.text(o)
		}
	}
	w.number(int64(len(a.Scores)))
	for _, o := range slices.Sorted(maps.Keys(a.Scores)) {
		w.text(o)
		w.number(a.Scores[o])
	}
	w.number(int64(a.Version))
	w.moment(a.At)
	w.flag(a.Silent)
}

package consent

import (
	"encoding/binary"
	"errors"
	"math"
)

// errTimers: what a snapshot tells of timers does not fit together.
var errTimers = errors.New("the timers of the snapshot do not fit together")

// pack writes the timers in the order in which they are due: the seconds in eight
// bytes, the kind in one, and both names, each with its length in two bytes before it.
func (t *timers) pack() (string, error) {
	b := make([]byte, 0, 32*len(t.at))
	for _, q := range t.all() {
		if max(len(q.timer.Of), len(q.timer.Part)) > math.MaxUint16 {
			return "", errTimers
		}
		b = append(binary.BigEndian.AppendUint64(b, uint64(q.at)), byte(q.timer.Kind))
		for _, name := range []string{q.timer.Of, q.timer.Part} {
			b = append(binary.BigEndian.AppendUint16(b, uint16(len(name))), name...)
		}
	}
	return string(b), nil
}

// unpack makes the timers from n rows. As these are in order, so is the queue; rows of
// our own are not asked.
func unpack(b string, n int, own bool) (timers, error) {
	const least = 8 + 1 + 2 + 2
	if n > len(b)/least {
		return timers{}, errTimers
	}
	t := timers{at: make(map[Timer]int64, n), queue: make(timerQueue, n)}
	for i := range n {
		if len(b) < least {
			return timers{}, errTimers
		}
		q := &t.queue[i]
		q.at, q.timer.Kind = int64(binary.BigEndian.Uint64([]byte(b[:8]))), TimerKind(b[8])
		b = b[9:]
		for _, name := range []*string{&q.timer.Of, &q.timer.Part} {
			if len(b) < 2 {
				return timers{}, errTimers
			}
			size := int(b[0])<<8 | int(b[1])
			if b = b[2:]; len(b) < size {
				return timers{}, errTimers
			}
			*name, b = b[:size], b[size:]
		}
		if int(q.timer.Kind) >= len(timerNames) || !own && i > 0 && !t.queue.Less(i-1, i) {
			return timers{}, errTimers
		}
		t.at[q.timer] = q.at
	}
	if len(b) > 0 || len(t.at) != n {
		return timers{}, errTimers
	}
	return t, nil
}

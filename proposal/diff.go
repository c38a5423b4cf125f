package proposal

import (
	"slices"
	"strings"
)

// A Change is a run of words that two wordings share, or that only one of them
// has.
type Change struct {
	Op   Op
	Text string
}

// Op says in which wording a run of words stands.
type Op uint8

// The places of words.
const (
	Same    Op = 1 + iota // in both
	Removed               // in the older one only
	Added                 // in the newer one only
)

// String names the place.
func (o Op) String() string { return [...]string{"none", "same", "removed", "added"}[o] }

// mostCompared bounds the work of a comparison: as many pairs of words, of what
// is left between a common beginning and a common end, are compared with each
// other. Beyond, the whole of it counts as rewritten.
const mostCompared = 1 << 24

// Diff compares two wordings word by word (M-140). Put together, what is the
// same and what was removed gives the older wording, and what is the same and
// what was added the newer one, to the letter. It needs memory in proportion to
// the texts, and its work is bounded.
func Diff(older, newer string) []Change {
	a, b := words(older), words(newer)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var d differ
	d.add(Same, a[:head])
	d.between(a[head:len(a)-tail], b[head:len(b)-tail])
	d.add(Same, a[len(a)-tail:])
	return d.list
}

// words cuts a text into words, each with the white space behind it.
func words(s string) []string {
	var out []string
	for s != "" {
		end := strings.IndexAny(s, " \t\n")
		if end < 0 {
			end = len(s)
		}
		rest := strings.TrimLeft(s[end:], " \t\n")
		n := len(s) - len(rest)
		out, s = append(out, s[:n]), rest
	}
	return out
}

// differ puts a comparison together.
type differ struct{ list []Change }

func (d *differ) add(op Op, run []string) {
	if len(run) == 0 {
		return
	}
	text := strings.Join(run, "")
	if n := len(d.list); n > 0 && d.list[n-1].Op == op {
		d.list[n-1].Text += text
		return
	}
	d.list = append(d.list, Change{op, text})
}

// between compares what lies between the common beginning and the common end:
// it halves the older wording, finds where the newer one is cut best, and
// compares the halves (Hirschberg 1975).
func (d *differ) between(a, b []string) {
	switch {
	case len(a) == 0 || len(b) == 0 || len(a)*len(b) > mostCompared:
		d.add(Removed, a)
		d.add(Added, b)
	case len(a) == 1:
		i := slices.Index(b, a[0])
		if i < 0 {
			d.add(Removed, a)
			d.add(Added, b)
			return
		}
		d.add(Added, b[:i])
		d.add(Same, a)
		d.add(Added, b[i+1:])
	default:
		half := len(a) / 2
		cut := bestCut(shared(a[:half], b, false), shared(a[half:], b, true))
		d.between(a[:half], b[:cut])
		d.between(a[half:], b[cut:])
	}
}

// shared counts for each beginning of b, or for each end, how many words a has
// in common with it in order.
func shared(a, b []string, fromEnd bool) []int {
	above, row := make([]int, len(b)+1), make([]int, len(b)+1)
	at := func(list []string, i int) string {
		if fromEnd {
			return list[len(list)-1-i]
		}
		return list[i]
	}
	for i := range a {
		word := at(a, i)
		for j := range b {
			if at(b, j) == word {
				row[j+1] = above[j] + 1
			} else {
				row[j+1] = max(above[j+1], row[j])
			}
		}
		above, row = row, above
	}
	return above
}

// bestCut is where the beginnings and the ends share most.
func bestCut(heads, tails []int) int {
	best, most := 0, -1
	for i := range heads {
		if n := heads[i] + tails[len(tails)-1-i]; n > most {
			best, most = i, n
		}
	}
	return best
}

//go:build linux

package lossy_test

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/internal/lossy"
	"github.com/sayround/sayround/ledger"
)

var (
	cuts = flag.Int("cuts", 25, "how often the power is cut")
	seed = flag.Uint64("seed", 1, "what chance begins with")
)

// TestPowerCuts: a program keeps a ledger, a vault, a keeper and checkpoints on a disk,
// and the power is cut while it works, while it opens them, and after it was killed and
// began again. Nothing that it acknowledged is lost or other than it was, nothing is
// there that was not on its way, what was forgotten stays forgotten, the ledger
// verifies, and the signer goes on (D1, D5, I2, P2). The same program on a disk that
// syncs nothing must lose, or this test sees nothing.
func TestPowerCuts(t *testing.T) {
	if why := cannotMount(); why != "" {
		t.Skip(why)
	}
	r := newRig(t, lossy.Honest)
	for range *cuts {
		r.cut()
		require.Empty(t, r.findings, "after cut %d of seed %d", r.cuts, *seed)
	}
	r.lastLook()
	require.Empty(t, r.findings, "after the last cut of seed %d", *seed)
	t.Logf("%d cuts, %d of them in mid-start, and %d times killed: 0 of %d acknowledged commands lost, 0 phantoms; %d that were on their way arrived; %d erasures, %d checkpoints",
		r.cuts, r.early, r.kills, len(r.acked), r.arrived, r.erasures, len(r.signed))
	require.NotZero(t, r.kills)
	require.NotZero(t, r.erasures)
	require.Greater(t, len(r.acked), 20**cuts, "the program has hardly worked")

	lost, n := 0, max(3, *cuts/5)
	for range n {
		r := newRig(t, lossy.Lying)
		r.cut()
		r.lastLook()
		if len(r.findings) > 0 {
			lost++
		}
	}
	t.Logf("control: a disk that syncs nothing lost what was acknowledged in %d of %d ledgers", lost, n)
	require.Positive(t, lost, "a disk that syncs nothing lost nothing: this test finds no losses")
}

// A rig is a machine with one disk, on which one program lives many lives.
type rig struct {
	t        *testing.T
	rng      *rand.Rand
	dir, at  string
	disk     lossy.Disk
	key      string
	findings []string

	cuts, early, kills, erasures, arrived int

	acked   map[string]int  // the position of each command that was acknowledged
	seen    []entry         // what was in the ledger when somebody last looked
	begun   map[string]bool // what was on its way when a life ended
	forgot  map[string]bool // whose words are forgotten for certain
	perhaps map[string]bool // and whose may be
	signed  map[int]string  // the root of each checkpoint, by its size
}

// An entry is what a life tells of one.
type entry struct{ do, id, leaf, words string }

func newRig(t *testing.T, d lossy.Disk) *rig {
	key, _, err := ledger.NewKey(origin, nil)
	require.NoError(t, err)
	return &rig{t: t, rng: rand.New(rand.NewPCG(*seed, 8)), dir: t.TempDir(), at: t.TempDir(), disk: d, key: key,
		acked: map[string]int{}, begun: map[string]bool{}, forgot: map[string]bool{}, perhaps: map[string]bool{}, signed: map[int]string{}}
}

// finds notes something that must not be.
func (r *rig) finds(format string, args ...any) {
	r.findings = append(r.findings, fmt.Sprintf(format, args...))
}

// cut mounts the disk, lets the program live on it once or several times, and cuts the
// power in the last of them.
func (r *rig) cut() {
	r.cuts++
	l := mount(r.t, r.dir, r.at, r.disk)
	for no := 0; ; no++ {
		x := &life{name: fmt.Sprintf("%d-%d", r.cuts, no), ends: func() {}, early: r.rng.IntN(4) == 0}
		x.looks = no > 0 && r.rng.IntN(2) == 0
		last := r.rng.IntN(3) > 0
		if last {
			x.ends = l.Freeze
		} else {
			r.kills++
		}
		r.live(x)
		if last {
			break
		}
	}
	require.NoError(r.t, l.Unmount())
	require.NoError(r.t, l.Crash(r.rng, choose(r.rng, 0, 0.5, 1)))
}

// lastLook mounts the disk, and lets the program look at what the last cut has left.
func (r *rig) lastLook() {
	l := mount(r.t, r.dir, r.at, r.disk)
	r.live(&life{name: "last", ends: func() {}, looks: true})
	require.NoError(r.t, l.Unmount())
	require.NoError(r.t, l.Close())
}

func choose(r *rand.Rand, list ...float64) float64 { return list[r.IntN(len(list))] }

// A life is one run of the program. In some it only looks at what the one before left:
// what it has shown may not go either.
type life struct {
	name  string
	looks bool
	early bool   // it may end before the program is ready
	ends  func() // just before the program is killed
	lines []string
}

// live starts the program, lets it live for a while, and ends its life: some time after
// it has begun, or after it has said so and so much.
func (r *rig) live(x *life) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), inFolder+"="+r.at, inLife+"="+x.name, withKey+"="+r.key)
	if x.looks {
		cmd.Env = append(cmd.Env, looking+"=yes")
	}
	out, err := cmd.StdoutPipe()
	require.NoError(r.t, err)
	var wrong strings.Builder
	cmd.Stderr = &wrong
	require.NoError(r.t, cmd.Start())
	said := listen(out)
	alive := r.wait(x, said)
	x.ends()
	_ = cmd.Process.Kill()
	for line := range said {
		x.lines = append(x.lines, line)
	}
	_ = cmd.Wait()
	if !alive {
		r.finds("the program ended by itself in life %s, or did nothing for a minute: %s%s", x.name, last(x.lines), wrong.String())
	}
	if !slices.Contains(x.lines, "ready") {
		r.early++
	}
	r.hear(x.name, x.lines)
}

// wait waits until a life is to end, and says whether the program is alive then.
func (r *rig) wait(x *life, said <-chan string) bool {
	hangs, enough := time.After(time.Minute), make(<-chan time.Time)
	if x.early {
		enough = time.After(time.Duration(r.rng.IntN(150)) * time.Millisecond)
	}
	more := r.rng.IntN(150) // acknowledged commands
	if x.looks {
		more = 0
	}
	moment := time.Duration(r.rng.IntN(5000)) * time.Microsecond
	for {
		select {
		case line, open := <-said:
			if !open {
				return false
			}
			x.lines = append(x.lines, line)
			if line == "ready" && more == 0 {
				enough = time.After(moment)
			}
			if strings.HasPrefix(line, "ack ") {
				if more--; more == 0 {
					enough = time.After(moment)
				}
			}
		case <-enough:
			return true
		case <-hangs:
			return false
		}
	}
}

// listen reads what the program says until it says no more.
func listen(out io.Reader) <-chan string {
	said := make(chan string, 1<<16)
	go func() {
		defer close(said)
		for in := bufio.NewScanner(out); in.Scan(); {
			said <- in.Text()
		}
	}()
	return said
}

func last(lines []string) string {
	if len(lines) == 0 {
		return "it said nothing"
	}
	return lines[len(lines)-1]
}

// hear takes in what a life told. What it tells of the ledger is whole once it tells
// something else.
func (r *rig) hear(life string, lines []string) {
	var has []entry
	told, turn := false, map[string]int{}
	for _, line := range lines {
		word, rest, _ := strings.Cut(line, " ")
		if !told && word != "has" && word != "failed" {
			told = true
			r.compare(has)
		}
		switch word {
		case "has":
			f := strings.SplitN(rest, " ", 4)
			has = append(has, entry{f[0], f[1], f[2], f[3]})
		case "ack":
			position, id, _ := strings.Cut(rest, " ")
			r.acks(id, r.number(position))
			turn[speaker(id)]++
		case "signed":
			size, root, _ := strings.Cut(rest, " ")
			r.signed[r.number(size)] = root
		case "forgetting":
			r.visits(r.perhaps)
		case "forgotten":
			r.erasures++
			r.visits(r.forgot)
		}
	}
	if !told {
		return
	}
	speakers := []string{"found"}
	for _, who := range append(people(), guest) {
		speakers = append(speakers, life+"-"+string(who))
	}
	for _, who := range speakers { // the next command of each may have been on its way
		r.begun[fmt.Sprintf("%s-%d", who, turn[who])] = true
	}
}

func (r *rig) number(s string) int {
	n, err := strconv.Atoi(s)
	require.NoError(r.t, err)
	return n
}

// speaker is who gave a command, in which life.
func speaker(id string) string { return id[:strings.LastIndexByte(id, '-')] }

// acks notes that a command was acknowledged.
func (r *rig) acks(id string, position int) {
	if was, before := r.acked[id]; before && was != position {
		r.finds("%s was acknowledged at %d, and then at %d", id, was, position)
	}
	r.acked[id] = position
}

// visits notes what the guest has said so far.
func (r *rig) visits(in map[string]bool) {
	for id := range r.acked {
		if strings.Contains(id, "-guest-") {
			in[id] = true
		}
	}
}

// compare holds what a life found in the ledger against what is known. All of that
// counts as acknowledged from now on: it was shown. And what was on its way and is not
// there will never be.
func (r *rig) compare(has []entry) {
	at := map[string]int{}
	for i, e := range has {
		at[e.id] = i
		r.look(i, e)
	}
	for id, position := range r.acked {
		if now, there := at[id]; !there || now != position {
			r.finds("%s was acknowledged at %d and is lost", id, position)
		}
	}
	for i, e := range has {
		r.acks(e.id, i)
	}
	r.check(has)
	r.seen = has
	clear(r.begun)
	clear(r.perhaps)
}

// look looks at one entry.
func (r *rig) look(i int, e entry) {
	_, acked := r.acked[e.id]
	erases := strings.Contains(e.do, "eras") // its words are whom it is about, until it is done
	switch {
	case i < len(r.seen) && (e.id != r.seen[i].id || e.leaf != r.seen[i].leaf):
		r.finds("entry %d was %v and is %v", i, r.seen[i], e)
	case !acked && !erases && !r.begun[e.id]:
		r.finds("entry %d is a phantom: %v", i, e)
	case !acked:
		r.arrived++
	}
	if erases {
		return
	}
	want := "words of " + e.id
	if speaker(e.id) == "found" && e.id != "found-0" {
		want = ""
	}
	gone := e.words == "(erased)"
	switch {
	case e.words != want && !gone, gone && !r.perhaps[e.id] && !r.forgot[e.id]:
		r.finds("entry %d of %s says %q", i, e.id, e.words)
	case r.forgot[e.id] && !gone:
		r.finds("what %s said was forgotten, and is here again", e.id)
	case gone:
		r.forgot[e.id] = true
	}
}

// check holds the ledger against every checkpoint that was ever shown.
func (r *rig) check(has []entry) {
	var tree ledger.Tree
	found := 0
	for _, e := range has {
		leaf, err := tlog.ParseHash(e.leaf)
		require.NoError(r.t, err)
		tree.AppendHash(leaf)
		root, signed := r.signed[int(tree.Size())]
		if signed {
			found++
		}
		if signed && root != tree.Root().String() {
			r.finds("the checkpoint of %d entries does not fit", tree.Size())
		}
	}
	if found < len(r.signed) {
		r.finds("%d checkpoints are of more entries than there are", len(r.signed)-found)
	}
}

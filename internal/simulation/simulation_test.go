package simulation_test

import (
	"flag"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	commands = flag.Int("commands", usual, "how many commands are given, over all worlds")
	seed     = flag.Uint64("seed", 0, "the seed of one world that is lived through again, and told; 0: none")
)

const (
	usual    = 20_000 // commands of a normal run
	lifetime = 300    // commands of one world, before it heals
)

// TestSimulation lives through as many worlds as it takes to give so many commands,
// from seed 1 on. Each is in one goroutine; there are as many as cores.
func TestSimulation(t *testing.T) {
	worlds := int64((*commands + lifetime - 1) / lifetime)
	if testing.Short() || raceOn() {
		worlds = worlds/20 + 1 // too few for everything to happen
	}
	began := time.Now()
	var next, given atomic.Int64
	var total tally
	var mu sync.Mutex
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			var mine tally
			for seed := next.Add(1); seed <= worlds && !t.Failed(); seed = next.Add(1) {
				w := newWorld(uint64(seed), 0, nil)
				w.life(lifetime)
				given.Add(int64(w.given))
				mine.add(&w.happened)
				if w.wrong != nil {
					t.Errorf("%v\n%s", w.wrong, told(w.seed, 0))
				}
			}
			mu.Lock()
			defer mu.Unlock()
			total.add(&mine)
		})
	}
	running.Wait()
	t.Logf("%d worlds, %d commands, %.0f a second\n%s", worlds, given.Load(), float64(given.Load())/time.Since(began).Seconds(), &total)
	if !t.Failed() && given.Load() >= usual {
		require.Empty(t, total.never(), "it never came to that")
	}
}

// raceOn says that the race detector is at work, which makes all this slow.
func raceOn() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// told lives through a world again, and tells its last steps.
func told(seed uint64, planted plant) string {
	var b strings.Builder
	newWorld(seed, planted, &b).life(lifetime)
	lines := strings.Split(b.String(), "\n")
	return strings.Join(lines[max(0, len(lines)-60):], "\n")
}

// TestSeed lives through one world, and tells everything: -seed 4711 -v.
func TestSeed(t *testing.T) {
	if *seed == 0 {
		t.Skip("no -seed")
	}
	var b strings.Builder
	w := newWorld(*seed, 0, &b)
	w.life(lifetime)
	t.Logf("%s\n%d commands, %d entries, the digest of all is %x", b.String(), w.given, len(w.disk.entries), w.digest())
	require.NoError(t, w.wrong)
}

// TestSeedIsTheSameAgain: a seed is the same world again, byte for byte, and another
// seed is another world.
func TestSeedIsTheSameAgain(t *testing.T) {
	live := func(seed uint64) (string, [32]byte) {
		var b strings.Builder
		w := newWorld(seed, 0, &b)
		w.life(lifetime)
		return b.String(), w.digest()
	}
	seen := map[[32]byte]bool{}
	for seed := range uint64(12) {
		first, digest := live(seed)
		second, again := live(seed)
		require.Equal(t, first, second, "seed %d", seed)
		require.Equal(t, digest, again, "seed %d", seed)
		require.False(t, seen[digest], "seed %d is as another", seed)
		seen[digest] = true
	}
}

// TestBites: what is broken on purpose is found, and called by its promise.
func TestBites(t *testing.T) {
	for name, l := range map[string]struct {
		planted plant
		says    string
	}{
		"a store that acknowledges and loses":         {losesEntries, "D1"},
		"a store that does not check the size":        {checksNothing, "S[0-9]|D1"},
		"a store that sends again":                    {sendsTwice, "S5"},
		"a store that passes over damage":             {readsHoles, "S9|I2"},
		"a vault that acknowledges and loses":         {losesWords, "D1: words"},
		"a store that does not wait for words":        {writesFirst, "words that the vault does not hold"},
		"a vault that lets go whom the law holds":     {losesHolds, "P2: words about .*, whom the law holds"},
		"a checkpoint that is shown and not kept":     {showsFirst, "I2"},
		"an engine that lets things happen two times": {appliesTwice, "S9"},
	} {
		t.Run(name, func(t *testing.T) {
			var found error
			for seed := uint64(1); seed < 100 && found == nil; seed++ {
				w := newWorld(seed, l.planted, nil)
				w.life(lifetime)
				found = w.wrong
			}
			require.Error(t, found)
			require.Regexp(t, l.says, found.Error())
			t.Log(found)
		})
	}
}

// TestNothingFailsSays: worlds in which nothing goes wrong do not pass for a
// simulation.
func TestNothingFailsSays(t *testing.T) {
	w := newWorld(1, 0, nil)
	clear(w.odds[:])
	w.life(lifetime)
	require.NoError(t, w.wrong)
	require.Contains(t, w.happened.never(), "fault: "+faultNames[replyLost])
	require.Contains(t, w.happened.never(), rareNames[unknownRecorded])
	require.NotContains(t, w.happened.never(), rareNames[wasAdopted])
}

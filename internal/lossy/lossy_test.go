//go:build linux

package lossy_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/lossy"
)

// mount mounts a file system, or skips the test and says why.
func mount(t *testing.T, dir, at string, d lossy.Disk) *lossy.FS {
	t.Helper()
	if why := cannotMount(); why != "" {
		t.Skip(why)
	}
	l, err := lossy.Mount(dir, at, d)
	require.NoError(t, err)
	return l
}

// cannotMount says why nothing can be mounted here, if so.
func cannotMount() string {
	f, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0)
	if err != nil {
		return "there is no FUSE here: " + err.Error()
	}
	f.Close()
	if os.Geteuid() != 0 {
		return "who runs this may not mount: it takes root"
	}
	return ""
}

// A scene is what somebody does to a folder.
type scene struct {
	before, after func(d folder) // what is synced, and what is not
	left          map[string]string
}

// A folder is one in which something is done that succeeds.
type folder struct {
	t   *testing.T
	dir string
}

func (d folder) path(name string) string { return filepath.Join(d.dir, name) }

// write writes a file, without syncing it.
func (d folder) write(name string, at int64, text string) {
	f, err := os.OpenFile(d.path(name), os.O_RDWR|os.O_CREATE, 0o600)
	require.NoError(d.t, err)
	_, err = f.WriteAt([]byte(text), at)
	require.NoError(d.t, err)
	require.NoError(d.t, f.Close())
}

// sync syncs a file or, with the name ".", the folder.
func (d folder) sync(names ...string) {
	for _, name := range names {
		f, err := os.Open(d.path(name))
		require.NoError(d.t, err)
		require.NoError(d.t, f.Sync())
		require.NoError(d.t, f.Close())
	}
}

func (d folder) kept(name, text string) {
	d.write(name, 0, text)
	d.sync(name, ".")
}

// files are what is in the folder.
func (d folder) files() map[string]string {
	out := map[string]string{}
	list, err := os.ReadDir(d.dir)
	require.NoError(d.t, err)
	for _, e := range list {
		if e.IsDir() {
			out[e.Name()] = "a folder"
			continue
		}
		b, err := os.ReadFile(d.path(e.Name()))
		require.NoError(d.t, err)
		out[e.Name()] = string(b)
	}
	return out
}

// scenes are what a crash leaves when nothing survives that was not synced.
var scenes = map[string]scene{
	"a file that was synced without its name": {
		after: func(d folder) { d.write("f", 0, "one"); d.sync("f") },
		left:  map[string]string{},
	},
	"a name without its content": {
		after: func(d folder) { d.write("f", 0, "one"); d.sync(".") },
		left:  map[string]string{"f": ""},
	},
	"both": {
		after: func(d folder) { d.kept("f", "one") },
		left:  map[string]string{"f": "one"},
	},
	"more at the end, and over what was there": {
		before: func(d folder) { d.kept("f", "one") },
		after:  func(d folder) { d.write("f", 3, " and two"); d.write("f", 1, "XXXX") },
		left:   map[string]string{"f": "one"},
	},
	"what follows a sync": {
		before: func(d folder) { d.kept("f", "one") },
		after:  func(d folder) { d.write("f", 3, " two"); d.sync("f"); d.write("f", 7, " three") },
		left:   map[string]string{"f": "one two"},
	},
	"sizes": {
		before: func(d folder) { d.kept("f", "one"); d.kept("g", "two"); d.kept("h", "three") },
		after: func(d folder) {
			require.NoError(d.t, os.Truncate(d.path("f"), 1))
			require.NoError(d.t, os.Truncate(d.path("g"), 100))
			f, err := os.Create(d.path("h"))
			require.NoError(d.t, err)
			require.NoError(d.t, f.Close())
		},
		left: map[string]string{"f": "one", "g": "two", "h": "three"},
	},
	"a new name": {
		before: func(d folder) { d.kept("f", "one"); d.kept("g", "two") },
		after:  func(d folder) { d.rename("f", "g"); d.rename("g", "h") },
		left:   map[string]string{"f": "one", "g": "two"},
	},
	"a new name that was synced": {
		before: func(d folder) { d.kept("f", "one"); d.kept("g", "two") },
		after:  func(d folder) { d.rename("f", "g"); d.sync(".") },
		left:   map[string]string{"g": "one"},
	},
	"what was removed": {
		before: func(d folder) { d.kept("f", "one") },
		after:  func(d folder) { require.NoError(d.t, os.Remove(d.path("f"))); d.write("f", 0, "another"); d.sync("f") },
		left:   map[string]string{"f": "one"},
	},
	"a folder": {
		after: func(d folder) {
			require.NoError(d.t, os.Mkdir(d.path("sub"), 0o700))
			sub := folder{d.t, d.path("sub")}
			sub.kept("f", "one")
			sub.write("g", 0, "two")
		},
		left: map[string]string{},
	},
}

func (d folder) rename(from, to string) { require.NoError(d.t, os.Rename(d.path(from), d.path(to))) }

// TestCrash: what was not synced is gone, all of it and nothing else, and on a disk that
// lies so is what was.
func TestCrash(t *testing.T) {
	for name, s := range scenes {
		t.Run(name, func(t *testing.T) {
			s.play(t, lossy.Honest, s.left)
			s.play(t, lossy.Lying, nil)
		})
	}
}

// play mounts twice: once for what is there before, which is shut down as it should be,
// and once for what is not.
func (s scene) play(t *testing.T, d lossy.Disk, want map[string]string) {
	dir, at := t.TempDir(), t.TempDir()
	l := mount(t, dir, at, d)
	if s.before != nil {
		s.before(folder{t, at})
	}
	require.NoError(t, l.Unmount())
	require.NoError(t, l.Close())
	if before := (folder{t, filepath.Join(dir, "disk")}); want == nil {
		want = before.files()
	}

	l = mount(t, dir, at, d)
	s.after(folder{t, at})
	l.Freeze()
	require.Error(t, os.WriteFile(filepath.Join(at, "late"), nil, 0o600))
	require.NoError(t, l.Unmount())
	require.NoError(t, l.Crash(rand.New(rand.NewPCG(1, 1)), 0))
	require.Equal(t, want, folder{t, filepath.Join(dir, "disk")}.files())
	require.NoDirExists(t, filepath.Join(dir, "dropped"))
}

// TestSomeSurvives: what a crash leaves of several writes is their beginning, and of all
// that it could leave it leaves each at times.
func TestSomeSurvives(t *testing.T) {
	const all = "aabbccddee"
	seen := map[string]bool{}
	r := rand.New(rand.NewPCG(2, 2))
	for range 100 {
		dir, at := t.TempDir(), t.TempDir()
		l := mount(t, dir, at, lossy.Honest)
		d := folder{t, at}
		d.kept("f", "")
		for i := 0; i < len(all); i += 2 {
			d.write("f", int64(i), all[i:i+2])
		}
		l.Freeze()
		require.NoError(t, l.Unmount())
		require.NoError(t, l.Crash(r, 0.9))
		left := folder{t, filepath.Join(dir, "disk")}.files()["f"]
		require.True(t, strings.HasPrefix(all, left), left)
		seen[left] = true
	}
	require.Len(t, seen, len(all)+1)
}

// TestRefused: what could not be taken back is refused.
func TestRefused(t *testing.T) {
	at := t.TempDir()
	l := mount(t, t.TempDir(), at, lossy.Honest)
	d := folder{t, at}
	d.write("f", 0, "one")
	require.NoError(t, os.Mkdir(d.path("sub"), 0o700))
	require.Error(t, os.Link(d.path("f"), d.path("g")))
	require.Error(t, os.Symlink(d.path("f"), d.path("g")))
	require.Error(t, os.Remove(d.path("sub")))
	require.Error(t, os.Rename(d.path("f"), d.path("sub/f")))
	require.Equal(t, map[string]string{"f": "one", "sub": "a folder"}, d.files())
	require.NoError(t, l.Unmount())
	require.NoError(t, l.Close())
}

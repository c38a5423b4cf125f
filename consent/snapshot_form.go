package consent

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/snapshot"
)

// A snapshot is all that an engine knows, after so many entries, as bytes:
//
//	 0  16  "sayround/shot/v1"
//	16  32  SHA-256 of what the form of the rest depends on, see shotForm
//	48   …  what the engine knows, see shot, as internal/snapshot writes it
//	 …  32  the seal: HMAC-SHA-256 of all before it, under Config.SnapshotKey
//
// It is read by the program that wrote it, and by no other version: a program of which
// anything is different that the state depends on passes it over, and reads the ledger.
const (
	shotMagic = "sayround/shot/v1"
	shotHead  = len(shotMagic) + sha256.Size
)

// A shot is what an engine knows after so many entries.
type shot struct {
	Size  uint64
	Edge  []tlog.Hash // of the tree
	Seen  seenImage
	Armed int    // how many timers are armed
	Due   string // and when, see pack
	State *State
}

// shotForm is the form of shots, and shotVersion what is theirs alone: it stands for
// the types of all that is in them, and for the version of this library. It is made when
// it is first needed.
var shotForm = sync.OnceValues(func() (*snapshot.Form, [sha256.Size]byte) {
	form := snapshot.NewForm(reflect.TypeFor[shot](), carriedOut())
	types := form.Hash()
	return form, sha256.Sum256(fmt.Appendf(nil, "%s\x00%x\x00%s", shotMagic, types, buildOf(debug.ReadBuildInfo())))
})

// carriedOut are the commands that a decision may carry out, which stand in a state until
// it does.
func carriedOut() (list []canon.Named) {
	for _, c := range Commands() {
		if deeds[c.Wire()] {
			list = append(list, c)
		}
	}
	return list
}

// buildOf says of which version this library is, as far as the program knows. One that
// was built in the place where it is written tells the state of its own repository.
func buildOf(info *debug.BuildInfo, known bool) string {
	if !known {
		return ""
	}
	room := reflect.TypeFor[circle.Organisation]().PkgPath()
	for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if m.Path != "" && strings.HasPrefix(room, m.Path+"/") {
			if m.Replace != nil {
				m = m.Replace
			}
			return m.Path + " " + m.Version + " " + m.Sum + " " + setting(info, "vcs.revision") + setting(info, "vcs.modified")
		}
	}
	return ""
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// readShot reads a snapshot.
func readShot(b, key []byte) (*shot, error) {
	form, version := shotForm()
	if len(b) < shotHead+sha256.Size || string(b[:len(shotMagic)]) != shotMagic || [sha256.Size]byte(b[len(shotMagic):]) != version {
		return nil, ErrOtherProgram
	}
	end := len(b) - sha256.Size
	if !hmac.Equal(sealOf(b[:end], key), b[end:]) {
		return nil, ErrSnapshotSeal
	}
	var s shot
	// What was sealed with a key was looked through when it was saved.
	read := form.Read
	if len(key) > 0 {
		read = form.ReadOwn
	}
	if err := read(contentOf(b), &s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadSnapshot, err)
	}
	if s.State == nil || s.Size == 0 || !s.State.Org.Founded() {
		return nil, ErrBadSnapshot
	}
	return &s, nil
}

// contentOf is what stands between the head of a snapshot and its seal. Texts that are
// read from it are parts of it, and are not copied once more.
func contentOf(b []byte) string { return string(b[shotHead : len(b)-sha256.Size]) }

// writeShot writes a snapshot, without its seal.
func writeShot(s *shot) (b []byte, err error) {
	s.Armed = len(s.State.timers.at)
	if s.Due, err = s.State.timers.pack(); err != nil {
		return nil, err
	}
	form, version := shotForm()
	return form.Append(append([]byte(shotMagic), version[:]...), s)
}

func sealOf(b, key []byte) []byte {
	seal := hmac.New(sha256.New, key)
	seal.Write(b)
	return seal.Sum(nil)
}

// checkShot reads a snapshot as if somebody else had made it, so that none is saved that
// could not be read.
func checkShot(b []byte) error {
	form, _ := shotForm()
	return form.Read(contentOf(b), &shot{})
}

package hostile_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A hostile is a case of the corpus.
type hostile struct {
	name  string
	says  string // what is wrong
	of    string // at which door it knocks
	wants string // the error that it must get
	files map[string][]byte
}

// bytes writes a case as a file of the corpus.
func (h hostile) bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "says: %s\nof: %s\nwants: %s\n", h.says, h.of, h.wants)
	for _, name := range slices.Sorted(maps.Keys(h.files)) {
		fmt.Fprintf(&b, "-- %s\n", name)
		for text := base64.StdEncoding.EncodeToString(h.files[name]); text != ""; {
			n := min(len(text), 100)
			b.WriteString(text[:n] + "\n")
			text = text[n:]
		}
	}
	return b.Bytes()
}

// parse reads a file of the corpus.
func parse(name string, b []byte) (hostile, error) {
	h := hostile{name: name, files: map[string][]byte{}}
	text, path := map[string]string{}, ""
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSuffix(line, "\n")
		next, begins := strings.CutPrefix(line, "-- ")
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case begins:
			path, text[next] = next, ""
		case path != "":
			text[path] += line
		case key == "says":
			h.says = value
		case key == "of":
			h.of = value
		case key == "wants":
			h.wants = value
		default:
			return h, fmt.Errorf("%s: %q is not said in this form", name, key)
		}
	}
	for path, content := range text {
		b, err := base64.StdEncoding.DecodeString(content)
		if err != nil {
			return h, fmt.Errorf("%s: %s: %w", name, path, err)
		}
		h.files[path] = b
	}
	return h, nil
}

// corpus reads all cases.
func corpus(t *testing.T) []hostile {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	require.NoError(t, err)
	var list []hostile
	for _, name := range names {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		h, err := parse(strings.TrimSuffix(filepath.Base(name), ".txt"), b)
		require.NoError(t, err)
		require.Equal(t, string(b), string(h.bytes()), "%s is written as it is read", name)
		list = append(list, h)
	}
	return list
}

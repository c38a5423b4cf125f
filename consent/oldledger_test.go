package consent_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/script"
	"github.com/sayround/sayround/ledger"
)

// Ledgers that an engine wrote once lie in testdata/ledgers, a directory each,
// and are never edited. Every later engine reads them, and they come to what
// they came to then (C1).
//
//	entries.jsonl  the entries, one a line, byte for byte as they were hashed
//	parts.jsonl    what was said, in the order of the entries
//	head.json      how many entries, the root of their tree, and a digest of the
//	               state that they come to
//
// As long as the formats may still move, the ledger of the scenario 4A is
// written anew by
//
//	go test ./consent -run TestOldLedgers -record-ledgers

const (
	ledgers    = "../testdata/ledgers"
	scenario4A = "testdata/conversations/4A-hand-over-notes.txt"
	ledger4A   = "2026-11-4a"
)

var recordLedgers = flag.Bool("record-ledgers", false, "write the ledgers in testdata/ledgers anew; afterwards no older engine's ledger is tested any more")

// A head is what a ledger comes to.
type head struct {
	Size   uint64 `json:"size"`
	Root   string `json:"root"`   // base64, as in a checkpoint
	Digest string `json:"digest"` // of the state, hexadecimal
}

// An oldPart is a content part as it lies in parts.jsonl.
type oldPart struct {
	Of      string   `json:"of"`
	No      int      `json:"no"`
	Kind    string   `json:"kind"`
	About   []string `json:"about,omitempty"`
	Salt    string   `json:"salt"` // base64
	Content string   `json:"content"`
}

func TestOldLedgers(t *testing.T) {
	if *recordLedgers {
		record(t, ledger4A, scenario4A)
	}
	dirs, err := filepath.Glob(filepath.Join(ledgers, "*"))
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) { reopen(t, dir) })
	}
}

// oldLedger reads an old ledger, and what it came to.
func oldLedger(t *testing.T, dir string) (store *ledger.Memory, came head) {
	t.Helper()
	store = &ledger.Memory{}
	require.NoError(t, store.Append(t.Context(), 0, lines(t, filepath.Join(dir, "entries.jsonl"))))
	for _, line := range lines(t, filepath.Join(dir, "parts.jsonl")) {
		require.NoError(t, store.Put(t.Context(), []ledger.Part{readPart(t, line)}))
	}
	data, err := os.ReadFile(filepath.Join(dir, "head.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &came))
	return store, came
}

// reopen reads an old ledger, and holds it to what it came to.
func reopen(t *testing.T, dir string) {
	store, want := oldLedger(t, dir)
	e, err := consent.Open(t.Context(), consent.Config{Store: store, Vault: store})
	require.NoError(t, err)
	require.Equal(t, want, headOf(e), "C1: the old ledger comes to something else")
	_, err = e.Verify(t.Context())
	require.NoError(t, err)
	_, root := e.Head()
	require.NoError(t, ledger.Verify(t.Context(), store, want.Size, root))
	said(t, e, lines(t, filepath.Join(dir, "entries.jsonl")))
}

// said checks that what was said can still be read, all of it.
func said(t *testing.T, e *consent.Engine, entries [][]byte) {
	t.Helper()
	for pos, b := range entries {
		entry, err := consent.DecodeEntry(b, uint64(pos))
		require.NoError(t, err)
		for no := range entry.Parts {
			var text circle.Text
			text.Bind(uint64(pos), no+1)
			words, err := e.Words(t.Context(), text)
			require.NoError(t, err, "entry %d, part %d", pos, no+1)
			require.NotEmpty(t, words)
		}
	}
}

func headOf(e *consent.Engine) head {
	size, root := e.Head()
	digest := digestOf(e)
	return head{size, base64.StdEncoding.EncodeToString(root[:]), hex.EncodeToString(digest[:])}
}

func lines(t *testing.T, file string) [][]byte {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, bytes.HasSuffix(data, []byte("\n")), "%s ends in mid-line", file)
	return bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
}

func readPart(t *testing.T, line []byte) ledger.Part {
	t.Helper()
	var p oldPart
	require.NoError(t, json.Unmarshal(line, &p))
	salt, err := base64.StdEncoding.DecodeString(p.Salt)
	require.NoError(t, err)
	out := ledger.Part{Of: p.Of, No: p.No, Kind: p.Kind, About: p.About, Content: []byte(p.Content)}
	require.Equal(t, len(out.Salt), copy(out.Salt[:], salt))
	return out
}

// record writes the ledger that a conversation leaves.
func record(t *testing.T, name, conversation string) {
	t.Helper()
	data, err := os.ReadFile(conversation)
	require.NoError(t, err)
	w := tell(t, conversation, data)
	var entries, parts bytes.Buffer
	for pos, b := range w.bytes() {
		entries.Write(append(b, '\n'))
		entry, err := consent.DecodeEntry(b, uint64(pos))
		require.NoError(t, err)
		for _, ref := range entry.Parts {
			c, err := ledger.ParseCommitment(ref.Commitment)
			require.NoError(t, err)
			p, err := w.store.Get(t.Context(), c)
			require.NoError(t, err)
			line, err := json.Marshal(oldPart{p.Of, p.No, p.Kind, p.About, base64.StdEncoding.EncodeToString(p.Salt[:]), string(p.Content)})
			require.NoError(t, err)
			parts.Write(append(line, '\n'))
		}
	}
	heads, err := json.MarshalIndent(headOf(w.engine), "", "  ")
	require.NoError(t, err)
	dir := filepath.Join(ledgers, name)
	require.NoError(t, os.MkdirAll(dir, 0o755))
	for file, data := range map[string][]byte{"entries.jsonl": entries.Bytes(), "parts.jsonl": parts.Bytes(), "head.json": append(heads, '\n')} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), data, 0o644))
	}
}

// --- telling a conversation ---------------------------------------------------

// A story is a world that a conversation drives. It does not compare what is
// printed: consenttest does.
type story struct {
	w      *world
	change func(consent.Command) consent.Command // before it is given; nil: as it is
	with   []func(*consent.Config)
	hears  func(*circle.Refusal) // each refusal; nil: nobody listens
}

// tell drives an engine with a conversation.
func tell(t teller, name string, data []byte) *world {
	t.Helper()
	return (&story{}).tell(t, name, data)
}

func (s *story) tell(t teller, name string, data []byte) *world {
	t.Helper()
	f, err := script.Parse(name, data)
	require.NoError(t, err)
	s.w = emptyWorld(t, s.with...)
	s.w.now = time.Time{}
	_, err = script.Run(context.Background(), f, s)
	require.NoError(t, err)
	return s.w
}

func (s *story) Now() time.Time { return s.w.now }

func (s *story) MoveTo(_ context.Context, t time.Time) ([]string, error) {
	s.w.at(t)
	return nil, nil
}

func (s *story) Do(_ context.Context, who script.Speaker, command string, fields json.RawMessage) ([]string, error) {
	cmd, err := consent.ReadCommand(command, fields)
	var no *circle.Refusal
	if errors.As(err, &no) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.change != nil {
		cmd = s.change(cmd)
	}
	_, no = s.w.giveAs(circle.Actor{By: circle.PersonID(who.Who), With: circle.PersonID(who.With),
		RecordedBy: circle.PersonID(who.RecordedBy), For: circle.PersonID(who.For)}, cmd)
	if no != nil && s.hears != nil {
		s.hears(no)
	}
	return nil, nil
}

func (s *story) Ask(context.Context, []string) ([]string, error) { return nil, nil }

func (s *story) Close(ctx context.Context) error {
	if v, err := s.w.engine.Verify(ctx); err != nil {
		return fmt.Errorf("after %d entries: %w", v.Size, err)
	}
	return nil
}

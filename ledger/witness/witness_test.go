package witness_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/witness"
)

const origin = "care.example/ledger"

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// secretOf makes the same key each time.
func secretOf(tb testing.TB, name string) (secret, public string) {
	tb.Helper()
	secret, public, err := ledger.NewKey(name, rand.NewChaCha8(sha256.Sum256([]byte(name))))
	require.NoError(tb, err)
	return secret, public
}

// A house is a ledger with its key.
type house struct {
	ledger.Memory
	signer note.Signer
	policy ledger.Policy
}

func newHouse(tb testing.TB, name string, entries ...string) *house {
	tb.Helper()
	secret, public := secretOf(tb, name)
	signer, err := ledger.NewSigner(secret)
	require.NoError(tb, err)
	verifier, err := ledger.NewVerifier(public)
	require.NoError(tb, err)
	h := &house{signer: signer, policy: ledger.Policy{Ledgers: []note.Verifier{verifier}}}
	for i, e := range entries {
		require.NoError(tb, h.Append(context.Background(), uint64(i), [][]byte{[]byte(e)}))
	}
	return h
}

// signed signs the first entries.
func (h *house) signed(tb testing.TB, size int) []byte {
	tb.Helper()
	var tree ledger.Tree
	for entry, err := range h.Read(context.Background(), 0) {
		require.NoError(tb, err)
		if tree.Size() < uint64(size) {
			tree.Append(entry)
		}
	}
	require.EqualValues(tb, size, tree.Size())
	b, err := note.Sign(&note.Note{Text: ledger.Checkpoint{Origin: h.signer.Name(), Size: tree.Size(), Root: tree.Root()}.Text()}, h.signer)
	require.NoError(tb, err)
	return b
}

// request writes what is posted.
func (h *house) request(tb testing.TB, old, size int) string {
	tb.Helper()
	growth, err := ledger.ProveGrowth(context.Background(), h, uint64(min(old, size)), uint64(size))
	require.NoError(tb, err)
	s := fmt.Sprintf("old %d\n", old)
	for _, hash := range growth {
		s += hash.String() + "\n"
	}
	return s + "\n" + string(h.signed(tb, size))
}

// keyOf makes the key of the witness.
func keyOf(tb testing.TB) (*ledger.Cosigner, note.Verifier) {
	tb.Helper()
	secret, _ := secretOf(tb, "witness.example/w1")
	w, err := ledger.NewCosigner(secret, func() time.Time { return noon })
	require.NoError(tb, err)
	v, err := ledger.NewVerifier(w.Verifier())
	require.NoError(tb, err)
	return w, v
}

// serve starts a witness of a house, which remembers in a place.
func serve(tb testing.TB, h *house, last ledger.Signed) *httptest.Server {
	tb.Helper()
	key, _ := keyOf(tb)
	w, err := witness.New(context.Background(), key, witness.Ledger{Keys: h.policy.Ledgers, Last: last})
	require.NoError(tb, err)
	s := httptest.NewServer(w)
	tb.Cleanup(s.Close)
	return s
}

// post posts a body and returns the answer.
func post(tb testing.TB, url, body string) (status int, kind, answer string) {
	tb.Helper()
	r, err := http.Post(url+"/add-checkpoint", "text/plain", strings.NewReader(body))
	require.NoError(tb, err)
	b, err := io.ReadAll(r.Body)
	require.NoError(tb, err)
	require.NoError(tb, r.Body.Close())
	return r.StatusCode, r.Header.Get("Content-Type"), string(b)
}

// The transcript to which the design holds a witness: growth is signed; what is
// stale, rewritten, or a second root for one size, is not.
func TestTranscript(t *testing.T) {
	h := newHouse(t, origin, "a", "b", "c", "d", "e", "f", "g")
	rewritten := newHouse(t, origin, "a", "b", "X", "d", "e", "f", "g", "h")
	foreign := newHouse(t, "else.example", "a")
	stranger := newHouse(t, "stranger.example", "a", "b", "c")
	url := serve(t, h, new(ledger.Memory)).URL
	key, verifier := keyOf(t)
	policy := h.policy
	policy.Quorum = ledger.Quorum{Witness: verifier}

	for _, c := range []struct {
		says   string
		body   string
		status int
		size   string
	}{
		{"the first checkpoint", h.request(t, 0, 3), 200, ""},
		{"a ledger that is not known", foreign.request(t, 0, 1), 404, ""},
		{"growth", h.request(t, 3, 5), 200, ""},
		{"the same once more", h.request(t, 5, 5), 200, ""},
		{"a stale size", h.request(t, 3, 7), 409, "5\n"},
		{"none, to learn the size", h.request(t, 0, 7), 409, "5\n"},
		{"a size that was never seen", h.request(t, 6, 7), 409, "5\n"},
		{"another root for the size", rewritten.request(t, 5, 5), 422, ""},
		{"a rewritten ledger that has grown", rewritten.request(t, 5, 8), 422, ""},
		{"growth without a proof", "old 5\n\n" + string(h.signed(t, 7)), 422, ""},
		{"an old size beyond the checkpoint", strings.Replace(h.request(t, 5, 5), "old 5", "old 9", 1), 400, ""},
		{"a checkpoint that nobody signed", strings.Replace(h.request(t, 5, 7), "\n7\n", "\n8\n", 1), 403, ""},
		{"a checkpoint that another ledger signed", "old 5\n\n" + strings.Replace(string(stranger.signed(t, 3)), "stranger.example\n", origin+"\n", 1), 403, ""},
		{"no old size", string(h.signed(t, 7)), 400, ""},
		{"nothing", "", 400, ""},
		{"a size with a zero before it", strings.Replace(h.request(t, 5, 7), "old 5", "old 05", 1), 400, ""},
		{"a proof that cannot be read", "old 5\nxxx\n\n" + string(h.signed(t, 7)), 400, ""},
		{"a proof that is too long", "old 5\n" + strings.Repeat("gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n", 64) + "\n" + string(h.signed(t, 7)), 400, ""},
		{"a request that is too long", strings.Repeat("x", 100_000), 400, ""},
		{"no checkpoint", "old 5\n\n" + origin + "\nhello\n", 400, ""},
		{"growth after all that", h.request(t, 5, 7), 200, ""},
	} {
		t.Run(c.says, func(t *testing.T) {
			status, kind, answer := post(t, url, c.body)
			require.Equal(t, c.status, status, answer)
			switch status {
			case 409:
				require.Equal(t, "text/x.tlog.size", kind)
				require.Equal(t, c.size, answer)
			case 200:
				_, signed, _ := strings.Cut(c.body, "\n\n")
				got, seen, err := policy.Open([]byte(signed + answer))
				require.NoError(t, err)
				require.Equal(t, origin, got.Origin)
				require.Equal(t, []ledger.Seen{{Witness: key.Name(), At: noon}}, seen)
			}
		})
	}
}

func TestOtherRequests(t *testing.T) {
	s := serve(t, newHouse(t, origin, "a"), new(ledger.Memory))
	for _, c := range []struct {
		path   string
		status int
	}{{"/add-checkpoint", 405}, {"/", 404}, {"/other", 404}} {
		r, err := http.Get(s.URL + c.path)
		require.NoError(t, err)
		require.NoError(t, r.Body.Close())
		require.Equal(t, c.status, r.StatusCode)
	}
}

func TestAsk(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, origin, "a", "b", "c", "d", "e", "f", "g")
	s := serve(t, h, new(ledger.Memory))
	_, verifier := keyOf(t)
	client := witness.Client{URL: s.URL + "/", Key: verifier}
	policy := h.policy
	policy.Quorum = ledger.Quorum{Witness: verifier}
	for _, size := range []int{2, 5, 5, 7} {
		both, err := client.Ask(ctx, h, h.policy, h.signed(t, size))
		require.NoError(t, err)
		c, _, err := policy.Open(both)
		require.NoError(t, err)
		require.EqualValues(t, size, c.Size)
	}
	var no *witness.Refusal
	_, err := client.Ask(ctx, h, h.policy, h.signed(t, 3))
	require.ErrorAs(t, err, &no, "an older one is not signed any more")
	require.Equal(t, witness.Refusal{Status: 409, Size: 7, Says: "7"}, *no)
	require.ErrorContains(t, err, "it has seen 7 entries last")
	rewritten := newHouse(t, origin, "a", "b", "c", "d", "e", "f", "X", "h")
	_, err = client.Ask(ctx, rewritten, h.policy, rewritten.signed(t, 8))
	require.ErrorAs(t, err, &no)
	require.Equal(t, 422, no.Status)
	require.ErrorContains(t, err, "is not the beginning")

	_, err = client.Ask(ctx, h, ledger.Policy{}, h.signed(t, 7))
	require.ErrorIs(t, err, ledger.ErrOrigin)
	_, otherVerifier := witnessOf(t, "witness.example/w2")
	_, err = witness.Client{URL: s.URL, Key: otherVerifier}.Ask(ctx, h, h.policy, h.signed(t, 7))
	require.ErrorIs(t, err, witness.ErrNoSignature)
	s.Close()
	_, err = client.Ask(ctx, h, h.policy, h.signed(t, 7))
	require.Error(t, err)
	_, err = witness.Client{URL: "::", Key: verifier}.Ask(ctx, h, h.policy, h.signed(t, 7))
	require.Error(t, err)
}

func witnessOf(tb testing.TB, name string) (*ledger.Cosigner, note.Verifier) {
	tb.Helper()
	secret, _ := secretOf(tb, name)
	w, err := ledger.NewCosigner(secret, func() time.Time { return noon })
	require.NoError(tb, err)
	v, err := ledger.NewVerifier(w.Verifier())
	require.NoError(tb, err)
	return w, v
}

// Only the signature of the witness is taken from an answer.
func TestAskTakesNothingElse(t *testing.T) {
	h := newHouse(t, origin, "a", "b")
	w1, v1 := witnessOf(t, "witness.example/w1")
	w2, _ := witnessOf(t, "witness.example/w2")
	signed := h.signed(t, 2)
	c, _, err := h.policy.Open(signed)
	require.NoError(t, err)
	all, err := note.Sign(&note.Note{Text: c.Text()}, w2, w1)
	require.NoError(t, err)
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(rw, "hello\n"+strings.SplitN(string(all), "\n\n", 2)[1])
	}))
	defer s.Close()
	both, err := witness.Client{URL: s.URL, Key: v1}.Ask(context.Background(), h, h.policy, signed)
	require.NoError(t, err)
	require.NotContains(t, string(both), "w2")
	require.NotContains(t, string(both), "hello")
	conflict := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		http.Error(rw, "no size", http.StatusConflict)
	}))
	defer conflict.Close()
	_, err = witness.Client{URL: conflict.URL, Key: v1}.Ask(context.Background(), h, h.policy, signed)
	var no *witness.Refusal
	require.ErrorAs(t, err, &no)
	require.Equal(t, 422, no.Status)
}

// A full place cannot keep anything.
type full struct{ ledger.Memory }

var errFull = errors.New("no space left")

func (*full) KeepSigned(context.Context, []byte, []byte) error { return errFull }

// What cannot be kept is not signed.
func TestNothingIsSignedThatIsNotKept(t *testing.T) {
	h := newHouse(t, origin, "a", "b")
	status, _, answer := post(t, serve(t, h, new(full)).URL, h.request(t, 0, 2))
	require.Equal(t, 500, status)
	require.NotContains(t, answer, "—")
}

// A once keeps one checkpoint, and then no more.
type once struct {
	ledger.Memory
	kept bool
}

func (o *once) KeepSigned(ctx context.Context, old, b []byte) error {
	if o.kept {
		return errFull
	}
	o.kept = true
	return o.Memory.KeepSigned(ctx, old, b)
}

// What was seen is signed once more without being kept again, also of a ledger that is empty.
func TestWhatWasSeenIsNotKeptAgain(t *testing.T) {
	for _, size := range []int{0, 2} {
		h, place := newHouse(t, origin, "a", "b", "c"), new(once)
		url := serve(t, h, place).URL
		for _, old := range []int{0, size} {
			status, _, answer := post(t, url, h.request(t, old, size))
			require.Equal(t, 200, status, answer)
			require.True(t, place.kept)
		}
		status, _, _ := post(t, url, h.request(t, size, 3))
		require.Equal(t, 500, status)
	}
}

// Two processes of one witness share what was seen: the second is told.
func TestTwoOfOneWitness(t *testing.T) {
	h := newHouse(t, origin, "a", "b", "c")
	place := new(ledger.Memory)
	one, two := serve(t, h, place), serve(t, h, &late{place, h.signed(t, 3)})
	status, _, _ := post(t, one.URL, h.request(t, 0, 1))
	require.Equal(t, 200, status)
	status, _, answer := post(t, two.URL, h.request(t, 1, 2))
	require.Equal(t, 409, status)
	require.Equal(t, "3\n", answer)
}

// A late place is written by another just before it is written.
type late struct {
	*ledger.Memory
	other []byte
}

func (l *late) KeepSigned(ctx context.Context, old, signed []byte) error {
	if err := l.Memory.KeepSigned(ctx, old, l.other); err != nil {
		return err
	}
	return l.Memory.KeepSigned(ctx, old, signed)
}

func TestWitnessesThatAreNone(t *testing.T) {
	ctx := context.Background()
	key, _ := keyOf(t)
	h, foreign := newHouse(t, origin, "a"), newHouse(t, "else.example", "a")
	for _, bad := range [][]witness.Ledger{
		{{}},
		{{Keys: h.policy.Ledgers}},
		{{Last: new(ledger.Memory)}},
		{{Keys: append(h.policy.Ledgers, foreign.policy.Ledgers...), Last: new(ledger.Memory)}},
		{{Keys: h.policy.Ledgers, Last: new(ledger.Memory)}, {Keys: h.policy.Ledgers, Last: new(ledger.Memory)}},
	} {
		_, err := witness.New(ctx, key, bad...)
		require.Error(t, err)
	}
	var place ledger.Memory
	require.NoError(t, place.KeepSigned(ctx, nil, foreign.signed(t, 1)))
	_, err := witness.New(ctx, key, witness.Ledger{Keys: h.policy.Ledgers, Last: &place})
	require.ErrorIs(t, err, ledger.ErrOrigin)
}

// TestWitnessSurvivesBeingKilled kills a witness that is a process of its own, and
// finds that it remembers.
func TestWitnessSurvivesBeingKilled(t *testing.T) {
	if dir := os.Getenv("WITNESS_OF_A_TEST"); dir != "" {
		beWitness(t, dir)
		return
	}
	h := newHouse(t, origin, "a", "b", "c", "d")
	dir := filepath.Join(t.TempDir(), "seen")
	url, kill := child(t, dir)
	status, _, _ := post(t, url, h.request(t, 0, 3))
	require.Equal(t, 200, status)
	kill()
	url, kill = child(t, dir)
	defer kill()
	status, _, answer := post(t, url, h.request(t, 0, 4))
	require.Equal(t, 409, status)
	require.Equal(t, "3\n", answer)
	rewritten := newHouse(t, origin, "X", "b", "c", "d")
	status, _, _ = post(t, url, rewritten.request(t, 3, 4))
	require.Equal(t, 422, status)
	status, _, _ = post(t, url, h.request(t, 3, 4))
	require.Equal(t, 200, status)
}

// beWitness is the witness in the other process.
func beWitness(t *testing.T, dir string) {
	place, err := filestore.Open(dir)
	require.NoError(t, err)
	key, _ := keyOf(t)
	w, err := witness.New(context.Background(), key, witness.Ledger{Keys: newHouse(t, origin).policy.Ledgers, Last: place})
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	fmt.Printf("listening on http://%s\n", l.Addr())
	require.NoError(t, http.Serve(l, w)) // until it is killed
}

// child starts the witness in a process of its own.
func child(t *testing.T, dir string) (url string, kill func()) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestWitnessSurvivesBeingKilled$")
	cmd.Env = append(os.Environ(), "WITNESS_OF_A_TEST="+dir)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	killed := false
	kill = func() {
		if killed {
			return
		}
		killed = true
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait() // it says that it was killed
	}
	t.Cleanup(kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			return url, kill
		}
	}
	t.Fatal("the witness did not start")
	return "", kill
}

package witness

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/ledger"
)

// A Ledger is one that a witness watches.
type Ledger struct {
	// Keys are the keys of the ledger; their name is its origin. It has several while
	// it changes its key.
	Keys []note.Verifier
	// Last keeps the checkpoint that was seen last. It is for this witness and this
	// ledger alone.
	Last ledger.Signed
}

// A Witness answers ledgers over HTTP. It may be used by several goroutines at once.
type Witness struct {
	key     *ledger.Cosigner
	ledgers map[string]*watched
}

// A watched ledger, and what was seen of it.
type watched struct {
	policy ledger.Policy
	last   ledger.Signed
	mu     sync.Mutex
}

// New makes a witness of these ledgers. What was seen of each is read, and must have
// been signed by one of its keys.
func New(ctx context.Context, key *ledger.Cosigner, ledgers ...Ledger) (*Witness, error) {
	w := &Witness{key: key, ledgers: map[string]*watched{}}
	for _, l := range ledgers {
		if len(l.Keys) == 0 || l.Last == nil {
			return nil, ledger.ErrBadKey
		}
		origin := l.Keys[0].Name()
		for _, k := range l.Keys {
			if k.Name() != origin {
				return nil, &ledger.OriginError{Got: k.Name(), Want: origin}
			}
		}
		if w.ledgers[origin] != nil {
			return nil, fmt.Errorf("witness: the ledger %q is there twice", origin)
		}
		of := &watched{policy: ledger.Policy{Ledgers: l.Keys}, last: l.Last}
		if _, _, err := of.seen(ctx); err != nil {
			return nil, fmt.Errorf("witness: what was seen of %q: %w", origin, err)
		}
		w.ledgers[origin] = of
	}
	return w, nil
}

// seen reads the checkpoint that was seen last.
func (l *watched) seen(ctx context.Context) (ledger.Checkpoint, []byte, error) {
	signed, err := l.last.LastSigned(ctx)
	if err != nil || signed == nil {
		return ledger.Checkpoint{}, nil, err
	}
	c, _, err := l.policy.Open(signed)
	return c, signed, err
}

// ServeHTTP answers a ledger that posts a checkpoint.
func (w *Witness) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/add-checkpoint") {
		http.NotFound(rw, r)
		return
	}
	if r.Method != http.MethodPost {
		rw.Header().Set("Allow", http.MethodPost)
		http.Error(rw, "post a checkpoint here", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxRequest))
	if err != nil {
		http.Error(rw, "the request cannot be read, or is too long", http.StatusBadRequest)
		return
	}
	line, err := w.Add(r.Context(), body)
	var no *Refusal
	switch {
	case err == nil:
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = rw.Write(line) // whoever asked may have gone
	case errors.As(err, &no) && no.Status == http.StatusConflict:
		rw.Header().Set("Content-Type", sizeType)
		rw.WriteHeader(no.Status)
		_, _ = fmt.Fprintf(rw, "%d\n", no.Size)
	case errors.As(err, &no):
		http.Error(rw, no.Says, no.Status)
	default:
		http.Error(rw, "what was seen cannot be kept", http.StatusInternalServerError)
	}
}

// A Refusal is a witness's no.
type Refusal struct {
	Status int    // the number of the answer
	Size   uint64 // the size that was seen last, where the status is 409
	Says   string // why, in words
}

func (e *Refusal) Error() string {
	if e.Status == http.StatusConflict {
		return fmt.Sprintf("witness: %d: it has seen %d entries last", e.Status, e.Size)
	}
	return fmt.Sprintf("witness: %d: %s", e.Status, e.Says)
}

// Add takes a request as it was posted, and returns the line that is the witness's
// signature. The error is a [Refusal], or what went wrong in keeping what was seen;
// in both cases nothing was signed.
func (w *Witness) Add(ctx context.Context, body []byte) ([]byte, error) {
	q, err := readRequest(body)
	if err != nil {
		return nil, err
	}
	l := w.ledgers[q.origin]
	if l == nil {
		return nil, &Refusal{Status: http.StatusNotFound, Says: "this ledger is not known here"}
	}
	c, _, err := l.policy.Open(q.signed)
	switch {
	case errors.Is(err, ledger.ErrSignature):
		return nil, &Refusal{Status: http.StatusForbidden, Says: "no key of this ledger has signed the checkpoint"}
	case err != nil:
		return nil, &Refusal{Status: http.StatusBadRequest, Says: "this is not a signed checkpoint"}
	case q.old > c.Size:
		return nil, &Refusal{Status: http.StatusBadRequest, Says: "the old size is beyond that of the checkpoint"}
	}
	if err := l.advance(ctx, q, c); err != nil {
		return nil, err
	}
	return cosign(w.key, c)
}

// advance holds a checkpoint to what was seen, and keeps it as seen.
func (l *watched) advance(ctx context.Context, q request, c ledger.Checkpoint) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	last, signed, err := l.seen(ctx)
	if err != nil {
		return err
	}
	if q.old != last.Size {
		return &Refusal{Status: http.StatusConflict, Size: last.Size}
	}
	if !grown(q, last, c) {
		return &Refusal{Status: http.StatusUnprocessableEntity, Says: "what was seen before is not the beginning of this ledger"}
	}
	if signed != nil && c.Size == last.Size {
		return nil // it is what was seen
	}
	err = l.last.KeepSigned(ctx, signed, q.signed)
	if errors.Is(err, ledger.ErrConflict) { // another process of this witness was first
		return l.behind(ctx)
	}
	return err
}

// grown says whether a checkpoint has grown out of what was seen.
func grown(q request, last, c ledger.Checkpoint) bool {
	if q.old == 0 {
		return len(q.growth) == 0
	}
	return ledger.CheckGrowth(q.growth, q.old, last.Root, c.Size, c.Root) == nil
}

// behind tells what is seen now.
func (l *watched) behind(ctx context.Context) error {
	last, _, err := l.seen(ctx)
	if err != nil {
		return err
	}
	return &Refusal{Status: http.StatusConflict, Size: last.Size}
}

// cosign returns the line of a signature alone.
func cosign(key note.Signer, c ledger.Checkpoint) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: c.Text()}, key)
	if err != nil {
		return nil, err
	}
	return signed[len(c.Text())+1:], nil
}

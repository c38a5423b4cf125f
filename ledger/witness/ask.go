package witness

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/ledger"
)

// ErrNoSignature: the witness has answered, and what it sent is not its signature.
var ErrNoSignature = errors.New("witness: the answer is not the signature of the witness")

// A Client asks a witness for its name under checkpoints.
type Client struct {
	URL  string        // where it listens, without add-checkpoint
	Key  note.Verifier // by which its signature is verified
	HTTP *http.Client  // nil: the one that everybody uses
}

// Ask asks for a signature under a checkpoint of the store, and returns the
// checkpoint with it. The proof begins at the size that the witness has seen last,
// which it tells.
//
// The error is a [Refusal] when the witness says no; one with the status 422 says
// that the store is not what the witness has seen before.
func (c Client) Ask(ctx context.Context, store ledger.Store, policy ledger.Policy, signed []byte) ([]byte, error) {
	now, _, err := policy.Open(signed)
	if err != nil {
		return nil, err
	}
	q := request{signed: signed}
	for range 3 { // others may ask at the same time
		line, err := c.post(ctx, q)
		var no *Refusal
		if !errors.As(err, &no) || no.Status != http.StatusConflict {
			return c.with(signed, line, err)
		}
		if no.Size > now.Size {
			return nil, err // the witness has seen more than there is
		}
		q.old = no.Size
		if q.growth, err = ledger.ProveGrowth(ctx, store, q.old, now.Size); err != nil {
			return nil, err
		}
	}
	return nil, &Refusal{Status: http.StatusConflict, Size: q.old}
}

// post sends a request and reads the answer.
func (c Client) post(ctx context.Context, q request) (line []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(c.URL, "/")+"/add-checkpoint", bytes.NewReader(q.bytes()))
	if err != nil {
		return nil, fmt.Errorf("witness: %w", err)
	}
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("witness: %w", err)
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	b, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("witness: %w", err)
	}
	if answer.StatusCode == http.StatusOK {
		return b, nil
	}
	no := &Refusal{Status: answer.StatusCode, Says: strings.TrimSpace(string(b))}
	if no.Status == http.StatusConflict {
		if no.Size, err = strconv.ParseUint(no.Says, 10, 64); err != nil {
			no.Status = http.StatusUnprocessableEntity // a no without a size to go on from
		}
	}
	return nil, no
}

// with adds the signature of the witness to a checkpoint, and nothing else of what
// was answered.
func (c Client) with(signed, answer []byte, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	text, _, _ := bytes.Cut(signed, []byte("\n\n"))
	for line := range bytes.Lines(answer) {
		alone := slices.Concat(text, []byte("\n\n"), line)
		if _, err := note.Open(alone, note.VerifierList(c.Key)); err == nil {
			return slices.Concat(signed, line), nil
		}
	}
	return nil, ErrNoSignature
}

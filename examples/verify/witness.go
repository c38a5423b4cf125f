package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/witness"
)

// beWitness is a witness until it is stopped.
func (a asked) beWitness(ctx context.Context, out io.Writer) error {
	policy, known, err := a.policy()
	if err != nil {
		return err
	}
	if !known {
		return errors.New("a witness must know the key of the ledger that it watches (-key VKEY)")
	}
	if err := os.MkdirAll(a.seen, 0o700); err != nil {
		return err
	}
	key, err := witnessKey(filepath.Join(a.seen, "secret"))
	if err != nil {
		return err
	}
	place, err := filestore.Open(filepath.Join(a.seen, "last"))
	if err != nil {
		return err
	}
	defer place.Close()
	w, err := witness.New(ctx, key, witness.Ledger{Keys: policy.Ledgers, Last: place})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", a.witness)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "A witness of %s listens at http://%s. Its key, for those who trust it:\n%s\n", policy.Ledgers[0].Name(), l.Addr(), key.Verifier())
	server := &http.Server{Handler: w, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second}
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// witnessKey reads the key of the witness, or makes one.
func witnessKey(file string) (*ledger.Cosigner, error) {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		var secret string
		if secret, _, err = ledger.NewKey("witness.example/"+filepath.Base(filepath.Dir(file)), nil); err == nil {
			b = []byte(secret + "\n")
			err = os.WriteFile(file, b, 0o600)
		}
	}
	if err != nil {
		return nil, err
	}
	return ledger.NewCosigner(strings.TrimSpace(string(b)), time.Now)
}

// askWitness asks a witness for its name, and keeps it with the ledger.
func (a asked) askWitness(ctx context.Context, out io.Writer) error {
	keys := strings.Split(a.witnessKeys, ",")
	if a.witnessKeys == "" || len(keys) != 1 {
		return errors.New("name the key of the witness that is asked (-trust KEY)")
	}
	key, err := readKey(keys[0])
	if err != nil {
		return err
	}
	s, signed, err := a.sign(ctx, out)
	if err != nil {
		return err
	}
	defer s.Close()
	both, err := witness.Client{URL: a.askURL, Key: key}.Ask(ctx, s, s.policy, signed)
	var no *witness.Refusal
	if errors.As(err, &no) && no.Status == http.StatusUnprocessableEntity {
		return &finding{"the witness has seen another ledger of this name: what it saw is not the beginning of this one.", err}
	}
	if err != nil {
		return err
	}
	policy := s.policy
	policy.Quorum = ledger.Quorum{Witness: key}
	c, seen, err := policy.Open(both)
	if err != nil {
		return err
	}
	if err := s.KeepSigned(ctx, signed, both); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s of %s.%s\n", firstUpper(number(c.Size, "entry", "entries")), c.Origin, by(seen))
	return nil
}

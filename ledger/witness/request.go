package witness

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/ledger"
)

// The limits of a request and of its answer.
const (
	maxGrowth  = 63
	maxRequest = 64 + maxGrowth*45 + ledger.MaxNote
	maxAnswer  = ledger.MaxNote
)

// sizeType says that an answer is the size that was seen last.
const sizeType = "text/x.tlog.size"

// A request is what a ledger posts.
type request struct {
	old    uint64
	growth ledger.Proof
	origin string // as the checkpoint says before anybody has verified it
	signed []byte
}

// bytes writes the request.
func (q request) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("old " + strconv.FormatUint(q.old, 10) + "\n")
	for _, h := range q.growth {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n")
	b.Write(q.signed)
	return b.Bytes()
}

// readRequest reads what bytes writes, and nothing else.
func readRequest(body []byte) (request, error) {
	wrong := &Refusal{Status: http.StatusBadRequest, Says: "this is not an old size, a proof, an empty line and a checkpoint"}
	head, signed, ok := bytes.Cut(body, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || len(body) > maxRequest || len(lines) > 1+maxGrowth {
		return request{}, wrong
	}
	q := request{signed: signed}
	old, isOld := strings.CutPrefix(lines[0], "old ")
	var err error
	if q.old, err = strconv.ParseUint(old, 10, 64); err != nil || !isOld {
		return request{}, wrong
	}
	for _, line := range lines[1:] {
		b, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(b) != tlog.HashSize {
			return request{}, wrong
		}
		q.growth = append(q.growth, tlog.Hash(b))
	}
	q.origin, _, _ = strings.Cut(string(signed), "\n")
	if !bytes.Equal(q.bytes(), body) {
		return request{}, wrong
	}
	return q, nil
}

package filestore

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// The body of a part's frame: its commitment and salt, the length of its
// content, its number, and the labels. The content stands behind the body.
const (
	partFixed   = 32 + 32 + 4 + 4
	minPartBody = partFixed + 3*4
	maxPartBody = partFixed + ledger.MaxLabels
)

// partDamage says that a part cannot be trusted of which only its place among
// the others is known.
func partDamage(position uint64, wrong string) error {
	return &ledger.CorruptError{Part: fmt.Sprintf("number %d of the vault", position), What: wrong}
}

// partBody makes the body of a part's frame.
func partBody(c ledger.Commitment, p ledger.Part) []byte {
	b := make([]byte, 0, maxPartBody)
	b = append(b, c[:]...)
	b = append(b, p.Salt[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(p.Content)))
	b = binary.BigEndian.AppendUint32(b, uint32(p.No))
	for _, s := range append([]string{p.Of, p.Kind, p.Class}, p.About...) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	return b
}

// partCommitment returns the commitment that a body holds.
func partCommitment(body []byte) ledger.Commitment { return ledger.Commitment(body[:32]) }

// partSalt returns the salt that a body holds.
func partSalt(body []byte) [32]byte { return [32]byte(body[32:64]) }

// partContentSize returns how many bytes of content follow a body.
func partContentSize(body []byte) int64 { return int64(binary.BigEndian.Uint32(body[64:])) }

// parsePart returns the part whose body this is, without its content.
func parsePart(body []byte) (ledger.Part, bool) {
	p := ledger.Part{
		Salt: partSalt(body),
		No:   int(binary.BigEndian.Uint32(body[68:])),
	}
	var labels []string
	for rest := body[partFixed:]; len(rest) > 0; {
		if len(rest) < 4 {
			return ledger.Part{}, false
		}
		n := binary.BigEndian.Uint32(rest)
		if rest = rest[4:]; uint64(n) > uint64(len(rest)) {
			return ledger.Part{}, false
		}
		labels = append(labels, string(rest[:n]))
		rest = rest[n:]
	}
	if len(labels) < 3 {
		return ledger.Part{}, false
	}
	p.Of, p.Kind, p.Class, p.About = labels[0], labels[1], labels[2], labels[3:]
	return p, true
}

// matches tells whether the content behind a part's frame at offset is the one
// committed to.
func matches(f osfile.File, offset int64, fr frame) (bool, error) {
	content, err := partContent(f, offset, fr)
	if err != nil {
		return false, err
	}
	return ledger.Commit(partSalt(fr.body), content) == partCommitment(fr.body), nil
}

// partContent reads the content behind a part's frame at offset.
func partContent(f osfile.File, offset int64, fr frame) ([]byte, error) {
	content := make([]byte, partContentSize(fr.body))
	_, err := io.ReadFull(io.NewSectionReader(f, offset+fr.size-int64(len(content)), int64(len(content))), content)
	return content, err
}

package vault

import (
	"errors"
	"io"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// readFile reads a file of at most limit bytes.
func readFile(d osfile.Disk, name string, limit int64) (b []byte, err error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, &ledger.LimitError{What: "bytes in the file " + name, Size: int(size), Limit: int(limit)}
	}
	b = make([]byte, size)
	_, err = io.ReadFull(io.NewSectionReader(f, 0, size), b)
	return b, err
}

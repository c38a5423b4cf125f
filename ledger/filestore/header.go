package filestore

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

// The names of the files in the directory of a ledger.
const (
	entriesName = "entries"
	partsName   = "parts"
	markName    = "mark"
	lockName    = "lock"
	signedName  = "signed"

	snapshotName = "snapshot"
)

// version is the only version of the format so far.
const version = 1

// headerSize is the length of a file's header: 16 bytes that say which file it
// is, the version, the nonce, and a checksum.
const headerSize = 16 + 4 + nonceSize + 4

// nonceSize is the length of what is drawn by chance for each file.
const nonceSize = 8

// What the files begin with.
const (
	entriesMagic = "sayround/entries"
	partsMagic   = "sayround/parts\x00\x00"

	snapshotMagic = "sayround/snap\x00\x00\x00"
)

// The domains of the checksums, so that none is taken for another.
const (
	headerDomain = "sayround/header/v1\x00"
	entryDomain  = "sayround/entry-frame/v1\x00"
	signedDomain = "sayround/signed-frame/v1\x00"
	partDomain   = "sayround/part-frame/v1\x00"
	markDomain   = "sayround/mark/v1\x00"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is the CRC-32C of a domain, the nonce of a file, and bytes. With
// seed it can be had in two steps.
func checksum(seed uint32, b []byte) uint32 { return crc32.Update(seed, castagnoli, b) }

// seed is the checksum of a domain and a nonce, from which others go on.
func seed(domain string, nonce []byte) uint32 {
	return checksum(checksum(0, []byte(domain)), nonce)
}

// newHeader makes the header of a new file.
func newHeader(magic string) []byte {
	var nonce [nonceSize]byte
	rand.Read(nonce[:]) // never fails
	return headerOf(magic, nonce[:])
}

// headerOf makes the header of a file with this nonce.
func headerOf(magic string, nonce []byte) []byte {
	b := make([]byte, 0, headerSize)
	b = append(b, magic...)
	b = binary.BigEndian.AppendUint32(b, version)
	b = append(b, nonce...)
	return binary.BigEndian.AppendUint32(b, checksum(seed(headerDomain, nil), b))
}

// readHeader returns the nonce of a file that must begin with magic.
func readHeader(f osfile.File, magic string) (nonce []byte, err error) {
	b := make([]byte, headerSize)
	n, err := f.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	b = b[:n]
	if known := min(n, len(magic)); !bytes.Equal(b[:known], []byte(magic[:known])) {
		return nil, fmt.Errorf("%w: the file %s does not begin as that of a ledger", ledger.ErrNotLedger, fileOf(magic))
	}
	if n >= 20 {
		if v := binary.BigEndian.Uint32(b[16:]); v > version {
			return nil, fmt.Errorf("%w: the file %s is of version %d, where this program knows %d", ledger.ErrNewerFormat, fileOf(magic), v, version)
		}
	}
	if n < headerSize || binary.BigEndian.Uint32(b[28:]) != checksum(seed(headerDomain, nil), b[:28]) {
		return nil, &ledger.CorruptError{What: "the header of the file " + fileOf(magic) + " is not what was written"}
	}
	return b[20:28], nil
}

// fileOf names the file that begins with magic.
func fileOf(magic string) string {
	switch magic {
	case partsMagic:
		return partsName
	case hashesMagic:
		return hashesName
	case indexMagic:
		return indexName
	case snapshotMagic:
		return snapshotName
	}
	return entriesName
}

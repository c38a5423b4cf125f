package escrow

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"filippo.io/age"
)

var (
	// ErrTrustees: one trustee can be lost, so there are two at least.
	ErrTrustees = errors.New("escrow: at least two trustees are needed")
	// ErrForm: what was sealed is not a keeper's file and a table of keys.
	ErrForm = errors.New("escrow: this does not hold a keeper and keys")
	// ErrMoving: the keys were replaced again and again while they were read.
	ErrMoving = errors.New("escrow: the keys do not hold still; try again")
)

// The names of the two files in the archive. That of the keys is also their name in
// the directory of the vault.
const (
	keeperName = "keeper"
	keysName   = "keys"
)

// maxFile is the largest file that is read: what the vault allows for its keys.
const maxFile = 256 << 20

// Seal writes the secrets of the vault in dir, whose keeper is in a file, sealed to
// trustees. The vault may be in use.
func Seal(w io.Writer, dir, keeper string, trustees ...age.Recipient) error {
	if len(trustees) < 2 {
		return ErrTrustees
	}
	files, err := read(dir, keeper)
	if err != nil {
		return err
	}
	sealed, err := age.Encrypt(w, trustees...)
	if err != nil {
		return fmt.Errorf("escrow: %w", err)
	}
	archive := tar.NewWriter(sealed)
	for _, name := range []string{keeperName, keysName} {
		head := &tar.Header{Name: name, Mode: 0o600, Size: int64(len(files[name])), Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(head); err != nil {
			return fmt.Errorf("escrow: %w", err)
		}
		if _, err := archive.Write(files[name]); err != nil {
			return fmt.Errorf("escrow: %w", err)
		}
	}
	if err := errors.Join(archive.Close(), sealed.Close()); err != nil {
		return fmt.Errorf("escrow: %w", err)
	}
	return nil
}

// read reads both files as they were at one moment. Both are replaced as a whole, and
// at every moment the keeper opens the keys; so where the keys are the same before and
// after, what was read in between belongs to them.
func read(dir, keeper string) (map[string][]byte, error) {
	keys, err := os.ReadFile(filepath.Join(dir, keysName))
	for tries := 0; err == nil && tries < 10; tries++ {
		var kept, again []byte
		if kept, err = os.ReadFile(keeper); err != nil {
			break
		}
		if again, err = os.ReadFile(filepath.Join(dir, keysName)); err != nil {
			break
		}
		if bytes.Equal(keys, again) {
			return map[string][]byte{keeperName: kept, keysName: keys}, nil
		}
		keys = again
	}
	if err == nil {
		return nil, ErrMoving
	}
	return nil, fmt.Errorf("escrow: %w", err)
}

// Restore writes what was sealed to where it was: the keys into the directory of the
// vault, the keeper into its file. What is there already it does not replace: the error
// is then [fs.ErrExist], and nothing has been written.
//
// The trustee has seen the keys. So open the vault, rotate its keys, and seal anew.
func Restore(r io.Reader, dir, keeper string, with ...age.Identity) error {
	keys := filepath.Join(dir, keysName)
	for _, path := range []string{keys, keeper} {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("escrow: %s: %w", path, fs.ErrExist)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("escrow: %w", err)
		}
	}
	files, err := unseal(r, with)
	if err != nil {
		return err
	}
	if err := errors.Join(write(keys, files[keysName]), write(keeper, files[keeperName])); err != nil {
		return fmt.Errorf("escrow: %w", err)
	}
	return nil
}

// unseal reads both files to the end before anything is done with them: only there age
// tells whether something was cut off.
func unseal(r io.Reader, with []age.Identity) (map[string][]byte, error) {
	plain, err := age.Decrypt(r, with...)
	if err != nil {
		return nil, fmt.Errorf("escrow: %w", err)
	}
	files := map[string][]byte{}
	archive := tar.NewReader(plain)
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("escrow: %w", err)
		}
		if head.Name != keeperName && head.Name != keysName || files[head.Name] != nil || head.Size > maxFile {
			return nil, ErrForm
		}
		if files[head.Name], err = io.ReadAll(archive); err != nil {
			return nil, fmt.Errorf("escrow: %w", err)
		}
	}
	if _, err := io.Copy(io.Discard, plain); err != nil {
		return nil, fmt.Errorf("escrow: %w", err)
	}
	if len(files[keeperName]) == 0 || len(files[keysName]) == 0 {
		return nil, ErrForm
	}
	return files, nil
}

// write makes a file that was not there, durably.
func write(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close(), syncDir(filepath.Dir(path)))
}

// syncDir makes the names in a directory durable, where that can be done.
func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

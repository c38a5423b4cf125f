package vault_test

import (
	"encoding/binary"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
)

// BenchmarkPut puts one part of 500 bytes about one of a hundred people, durably; plain
// is the vault of the store of entries, which encrypts nothing.
func BenchmarkPut(b *testing.B) {
	each(b, func(b *testing.B, v ledger.Vault) {
		for i := range 100 { // everybody has a key
			require.NoError(b, v.Put(ctx, []ledger.Part{numbered(i)}))
		}
		for i := 100; b.Loop(); i++ {
			if err := v.Put(ctx, []ledger.Part{numbered(i)}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkGet gets one part of 500 bytes out of a thousand.
func BenchmarkGet(b *testing.B) {
	each(b, func(b *testing.B, v ledger.Vault) {
		var list []ledger.Commitment
		for i := range 1000 {
			require.NoError(b, v.Put(ctx, []ledger.Part{numbered(i)}))
			list = append(list, numbered(i).Commitment())
		}
		for i := 0; b.Loop(); i++ {
			if _, err := v.Get(ctx, list[i%len(list)]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// each runs a benchmark on the encrypted vault and on the plain one.
func each(b *testing.B, run func(b *testing.B, v ledger.Vault)) {
	b.Run("encrypted", func(b *testing.B) {
		k, err := vault.OpenKeeper(filepath.Join(b.TempDir(), "keeper"))
		require.NoError(b, err)
		run(b, open(b, b.TempDir(), k))
	})
	b.Run("plain", func(b *testing.B) {
		s, err := filestore.Open(b.TempDir())
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, s.Close()) })
		run(b, s)
	})
}

// numbered makes one of many parts.
func numbered(i int) ledger.Part {
	p := ledger.Part{Of: "command", No: 1, Kind: "reason", About: []string{string(rune('a' + i%100))}, Content: make([]byte, 500)}
	binary.BigEndian.PutUint64(p.Salt[:], uint64(i))
	return p
}

// BenchmarkErase erases one of a hundred people out of a vault of ten thousand parts of
// 500 bytes: all that stays is written anew.
func BenchmarkErase(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		v := fresh(b)
		for at := 0; at < 10_000; at += ledger.MaxParts {
			var list []ledger.Part
			for i := range ledger.MaxParts {
				list = append(list, numbered(at+i))
			}
			puts(b, v, list...)
		}
		b.StartTimer()
		if _, err := v.Erase(ctx, "a"); err != nil {
			b.Fatal(err)
		}
	}
}

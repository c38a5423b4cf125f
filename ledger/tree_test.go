package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/ledger"
)

// The leaves and roots that implementations of certificate transparency test
// with; roots[n] is that of the first n leaves.
var (
	ctLeaves = []string{
		"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
	}
	ctRoots = []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
)

func TestTreeHasTheRootsOfRFC6962(t *testing.T) {
	var tree ledger.Tree
	for n, root := range ctRoots {
		require.EqualValues(t, n, tree.Size())
		h := tree.Root()
		require.Equal(t, root, hex.EncodeToString(h[:]))
		if n < len(ctLeaves) {
			leaf, err := hex.DecodeString(ctLeaves[n])
			require.NoError(t, err)
			tree.Append(leaf)
		}
	}
}

func TestLeafHashBeginsWithZero(t *testing.T) {
	require.Equal(t, tlog.Hash(sha256.Sum256([]byte("\x00entry"))), ledger.LeafHash([]byte("entry")))
}

// storedTree is the tree of package tlog, which keeps every hash.
type storedTree struct {
	hashes []tlog.Hash
	size   int64
}

func (s *storedTree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		list[i] = s.hashes[index]
	}
	return list, nil
}

func (s *storedTree) append(t require.TestingT, entry []byte) {
	fresh, err := tlog.StoredHashes(s.size, entry, s)
	require.NoError(t, err)
	s.hashes = append(s.hashes, fresh...)
	s.size++
}

func TestTreeAgreesWithTlog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tree ledger.Tree
		var stored storedTree
		for range rapid.IntRange(0, 300).Draw(t, "size") {
			entry := rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "entry")
			if rapid.Bool().Draw(t, "by hash") {
				tree.AppendHash(tlog.RecordHash(entry))
			} else {
				tree.Append(entry)
			}
			stored.append(t, entry)
		}
		want, err := tlog.TreeHash(stored.size, &stored)
		require.NoError(t, err)
		require.Equal(t, want, tree.Root())
		require.EqualValues(t, stored.size, tree.Size())
	})
}

func TestTreeAgreesWithTlogAtEverySize(t *testing.T) {
	var tree ledger.Tree
	var stored storedTree
	for i := range 1100 {
		entry := fmt.Append(nil, i)
		tree.Append(entry)
		stored.append(t, entry)
		want, err := tlog.TreeHash(stored.size, &stored)
		require.NoError(t, err)
		require.Equal(t, want, tree.Root())
	}
}

func TestTreeCopyGoesItsOwnWay(t *testing.T) {
	var tree ledger.Tree
	for i := range 7 {
		tree.Append([]byte{byte(i)})
	}
	before := tree.Root()
	wouldBe := tree
	wouldBe.Append([]byte("eighth"))
	require.Equal(t, before, tree.Root())
	require.NotEqual(t, before, wouldBe.Root())
	tree.Append([]byte("eighth"))
	require.Equal(t, wouldBe, tree)
}

func TestTreeIsSmallAndAppendsWithoutAllocation(t *testing.T) {
	var tree ledger.Tree
	require.Less(t, unsafe.Sizeof(tree), uintptr(4<<10))
	entry := make([]byte, 300)
	require.Zero(t, testing.AllocsPerRun(100, func() { tree.Append(entry) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { tree.Root() }))
}

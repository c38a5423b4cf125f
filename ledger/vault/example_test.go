package vault_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
)

// Anna says something, and is forgotten when she asks for it.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "vault")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	keeper, err := vault.OpenKeeper(filepath.Join(dir, "keeper")) // on another disk, please
	if err != nil {
		panic(err)
	}
	v, err := vault.Open(ctx, filepath.Join(dir, "vault"), vault.Config{Keeper: keeper, Origin: "example.org/coop"})
	if err != nil {
		panic(err)
	}
	defer v.Close()

	said := ledger.Part{Of: "command-7", No: 1, Kind: "reason", About: []string{"p-anna"}, Content: []byte("Nobody is left to bake.")}
	said.Salt = [32]byte{1, 2, 3} // drawn by chance, in earnest
	if err := v.Put(ctx, []ledger.Part{said}); err != nil {
		panic(err)
	}
	p, err := v.Get(ctx, said.Commitment())
	fmt.Printf("%s %v\n", p.Content, err)

	gone, err := v.Erase(ctx, "p-anna")
	fmt.Println(gone.Parts, err)
	fmt.Println(v.Rotate(ctx)) // from now on, in old copies too
	_, err = v.Get(ctx, said.Commitment())
	fmt.Println(errors.Is(err, ledger.ErrErased), errors.Is(err, ledger.ErrNoPart))
	// Output:
	// Nobody is left to bake. <nil>
	// 1 <nil>
	// <nil>
	// true false
}

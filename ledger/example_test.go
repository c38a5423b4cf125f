package ledger_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/sayround/sayround/ledger"
)

// Two writers decide from the same size. One is first; the other learns it.
func ExampleStore() {
	ctx := context.Background()
	var store ledger.Memory

	err := store.Append(ctx, 0, [][]byte{[]byte("ana founds the bakery")})
	fmt.Println("ana:", err)

	err = store.Append(ctx, 0, [][]byte{[]byte("ben founds the bakery")})
	fmt.Println("ben:", err)
	fmt.Println("someone was first:", errors.Is(err, ledger.ErrConflict))

	for entry, err := range store.Read(ctx, 0) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s\n", entry)
	}
	// Output:
	// ana: <nil>
	// ben: ledger: the store holds 1 entries, not 0
	// someone was first: true
	// ana founds the bakery
}

// A member keeps a size and a root. Later the ledger is held against them.
func ExampleVerify() {
	ctx := context.Background()
	var store ledger.Memory
	var tree ledger.Tree
	for _, entry := range []string{"one", "two", "three"} {
		if err := store.Append(ctx, tree.Size(), [][]byte{[]byte(entry)}); err != nil {
			fmt.Println(err)
			return
		}
		tree.Append([]byte(entry))
	}
	fmt.Println("as it was:", ledger.Verify(ctx, &store, tree.Size(), tree.Root()))

	var rewritten ledger.Memory
	err := rewritten.Append(ctx, 0, [][]byte{[]byte("one"), []byte("2"), []byte("three")})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = ledger.Verify(ctx, &rewritten, tree.Size(), tree.Root())
	fmt.Println("rewritten:", errors.Is(err, ledger.ErrOtherRoot))
	// Output:
	// as it was: <nil>
	// rewritten: true
}

// A proof shows that an entry is in the tree with a root, and needs no store.
func ExampleProve() {
	ctx := context.Background()
	var store ledger.Memory
	var tree ledger.Tree
	for _, entry := range []string{"one", "two", "three", "four", "five"} {
		if err := store.Append(ctx, tree.Size(), [][]byte{[]byte(entry)}); err != nil {
			fmt.Println(err)
			return
		}
		tree.Append([]byte(entry))
	}
	proof, err := ledger.Prove(ctx, &store, tree.Size(), 2)
	fmt.Println(len(proof), "hashes,", err)
	fmt.Println(ledger.Check(proof, tree.Size(), 2, tree.Root(), ledger.LeafHash([]byte("three"))))
	fmt.Println(ledger.Check(proof, tree.Size(), 2, tree.Root(), ledger.LeafHash([]byte("3"))))
	// Output:
	// 3 hashes, <nil>
	// <nil>
	// ledger: the proof does not lead from this entry to this root
}

// What cia says is put into the vault; the entry holds its commitment only.
func ExampleVault() {
	ctx := context.Background()
	var memory ledger.Memory
	reason := ledger.Part{
		Of: "c-17", No: 1, Kind: "reason", About: []string{"p-3"},
		Salt:    [32]byte{1, 2, 3}, // from crypto/rand, outside of examples
		Content: []byte("Nobody is left to bake."),
	}
	err := memory.Put(ctx, []ledger.Part{reason})
	if err == nil {
		err = memory.Append(ctx, 0, [][]byte{[]byte(`{"parts":["` + reason.Commitment().String() + `"]}`)})
	}
	fmt.Println("recorded:", err)

	part, err := memory.Get(ctx, reason.Commitment())
	fmt.Printf("%s (%v)\n", part.Content, err)
	_, err = memory.Get(ctx, ledger.Commit(reason.Salt, []byte("something else")))
	fmt.Println(err)
	// Output:
	// recorded: <nil>
	// Nobody is left to bake. (<nil>)
	// ledger: no such part in the vault
}

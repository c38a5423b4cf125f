package alias_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/alias"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/vault"
)

// Ana and ben found a circle. The ledger knows them by ids that say nothing; the host
// shows their names. Then ana leaves, and asks to be forgotten.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "vault")
	must(err)
	defer os.RemoveAll(dir)
	v, err := vault.Open(ctx, dir, vault.Config{Keeper: new(vault.Keeper), Origin: "example.org/bakery"})
	must(err)
	defer v.Close()
	store := new(ledger.Memory)
	engine, err := consent.Open(ctx, consent.Config{Store: store, Vault: v})
	must(err)

	people, err := alias.Open(ctx, v, alias.Config{})
	must(err)
	ana, err := people.Of(ctx, "ana@example.org") // when she signs in, now and ever after
	must(err)
	ben, err := people.Of(ctx, "ben@example.org")
	must(err)
	_, err = engine.Do(ctx, circle.Actor{By: ana}, circle.Found{ID: "bakery", Aim: circle.Say("Bread the street is glad of"), Members: []circle.PersonID{ana, ben}})
	must(err)
	var names []string
	engine.Look(func(s *consent.State) {
		for _, p := range s.Org.Circle("bakery").Participants {
			name, err := people.Behind(ctx, p.Person)
			must(err)
			names = append(names, name)
		}
	})
	slices.Sort(names) // chance has put their ids in any order
	fmt.Println(names)

	_, err = engine.Erase(ctx, circle.Actor{By: ana}, consent.Erasure{Person: ana, Ground: consent.GroundRequest})
	must(err)
	must(v.Rotate(ctx)) // from now on, in old copies too
	_, err = people.Behind(ctx, ana)
	fmt.Println("was she erased?", errors.Is(err, ledger.ErrErased))
	back, err := people.Of(ctx, "ana@example.org")
	must(err)
	fmt.Println("is she the same when she comes back?", back == ana)
	// Output:
	// [ana@example.org ben@example.org]
	// was she erased? true
	// is she the same when she comes back? false
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

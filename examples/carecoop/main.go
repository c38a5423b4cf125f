// Carecoop runs a year and a half of a care co-operative on one real ledger, with
// every refusal on the way, and tells it as it goes: a policy, from a need to an
// agreement that is looked at again (4a); a circle that selects its Delegate (4b);
// a question on which there is no consent, that comes by an appeal to the vote of
// all members (4c); and the life between them, in a line a month.
//
//	go run ./examples/carecoop                a ledger in a temporary folder
//	go run ./examples/carecoop -only 4b       one of the stories, without the life around it
//	go run ./examples/carecoop -dir FOLDER    keep the ledger; run again to go on where it stands
//	go run ./examples/carecoop -until 9       stop after scene 9
//	go run ./examples/carecoop -explain       tell also why the decisions stand, entry by entry
//	go run ./examples/carecoop -pictures DIR  draw its circles: map.svg, tree.svg, and list.html, which says the same
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sayround/sayround/circle/constitution"
)

//go:embed constitution.json
var document []byte

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("carecoop", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // what is wrong is said once, by main
	dir := flags.String("dir", "", "the folder of the ledger; a temporary one if none is named")
	only := flags.String("only", "", "tell one story, 4a, 4b or 4c; all of them if none is named")
	until := flags.String("until", "", "stop after this scene")
	explain := flags.Bool("explain", false, "tell also why the decisions stand, with the entries")
	pictures := flags.String("pictures", "", "a folder for pictures of the circles, and the list that says the same")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		flags.SetOutput(out)
		flags.Usage()
		return nil
	case err != nil:
		return fmt.Errorf("%w; carecoop -h tells what there is", err)
	case flags.NArg() > 0:
		return fmt.Errorf("carecoop takes no words, and was given %q: the folder of the ledger is named by -dir", flags.Args())
	}
	list, err := story(*only)
	if err != nil {
		return err
	}
	if list, err = upTo(list, *until); err != nil {
		return err
	}
	if *dir == "" {
		temporary, err := os.MkdirTemp("", "carecoop")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		*dir = filepath.Join(temporary, "ledger") // the keeper of its keys goes beside it
	}
	plan, err := constitution.Parse(document)
	if err != nil {
		return err
	}
	t, err := open(ctx, *dir, plan, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.shut()) }()
	if err := t.tell(ctx, list); err != nil {
		return err
	}
	if *pictures != "" {
		if err := t.draw(ctx, *pictures); err != nil {
			return err
		}
	}
	return t.close(ctx, *explain, *only)
}

package script_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/sayround/sayround/internal/script"
)

// A command is read into who gives it, its name, and one JSON object.
func ExampleParse() {
	f, err := script.Parse("bakery.txt", []byte(`
as ada with sam: objection.raise id=o1 aim=teams
  argument="Nobody is left to bake."
  measures=[{id:missed, stop:3}]
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	s := f.Steps[0]
	fmt.Println(s.Speaker.Who, "supported by", s.Speaker.With)
	fmt.Println(s.Command)
	fmt.Println(string(s.Fields))
	// Output:
	// ada supported by sam
	// objection.raise
	// {"id":"o1","aim":"teams","argument":"Nobody is left to bake.","measures":[{"id":"missed","stop":3}]}
}

// An error says where a file is not a conversation.
func ExampleParse_error() {
	_, err := script.Parse("bakery.txt", []byte(`
as ana: proposal.submit id=sundays
  share=0.5
`))
	fmt.Println(err)
	fmt.Println(errors.Is(err, script.ErrValue))
	// Output:
	// bakery.txt:3:9: 0.5 is not an integer: write it in quotes, exactly, as in "2/3"
	// true
}

// Run tells where what was printed is not what the file says. The host of these
// examples prints every statement back, and refuses each withdrawal.
func ExampleRun() {
	f, err := script.Parse("bakery.txt", []byte(`# Only she who proposed may withdraw.
at 2026-03-02T10:00:00Z
as ana: proposal.submit id=sundays
----
ana gives proposal.submit {"id":"sundays"}

as ben: proposal.withdraw proposal=sundays
----
proposal.withdrawn
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := script.Run(context.Background(), f, newHost(echo))
	fmt.Println(r.Steps, "statements,", len(r.Differences), "differs,", err)
	for _, d := range r.Differences {
		fmt.Print(d)
	}
	// Output:
	// 3 statements, 1 differs, <nil>
	// bakery.txt:7: as ben: proposal.withdraw proposal=sundays
	// (-want +got)
	// -proposal.withdrawn
	// +refused not-entitled: only the proposer withdraws a proposal
}

// Rewrite renews the expectations of a file and leaves all else as it was.
func ExampleRewrite() {
	f, err := script.Parse("bakery.txt", []byte(`# Only she who proposed may withdraw.
as ana:   proposal.submit id=sundays

as ben: proposal.withdraw proposal=sundays
----
proposal.withdrawn
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	out, _, err := script.Rewrite(context.Background(), f, newHost(echo))
	fmt.Print(string(out))
	fmt.Println(err)
	// Output:
	// # Only she who proposed may withdraw.
	// as ana:   proposal.submit id=sundays
	//
	// as ben: proposal.withdraw proposal=sundays
	// ----
	// refused not-entitled: only the proposer withdraws a proposal
	// <nil>
}

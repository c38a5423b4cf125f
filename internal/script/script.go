package script

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// The bounds of what is read.
const (
	MaxFile  = 1 << 20  // bytes in a file
	MaxLine  = 64 << 10 // bytes in a line, its ending not counted
	MaxDepth = 8        // arrays and objects within one another, in one value
)

// A File is one conversation as it was read. It keeps every line as it was written, so
// that a rewrite changes expectations and nothing else.
type File struct {
	Name  string // what errors and differences call it
	Steps []Step // its statements, in order

	lines []string // the lines as written, with their endings
}

// Bytes returns the file as it was read, byte for byte.
func (f *File) Bytes() []byte { return []byte(strings.Join(f.lines, "")) }

// A Kind says what a statement does. The zero Kind is none of them.
type Kind int

// The kinds of statement.
const (
	KindAt       Kind = 1 + iota // sets the clock to Step.At
	KindAfter                    // moves the clock on by Step.After
	KindCommand                  // gives Step.Command as Step.Speaker
	KindQuestion                 // asks Step.Words
)

// String returns the kind as one word.
func (k Kind) String() string {
	switch k {
	case KindAt:
		return "at"
	case KindAfter:
		return "after"
	case KindCommand:
		return "command"
	case KindQuestion:
		return "question"
	default:
		return fmt.Sprintf("Kind(%d)", int(k))
	}
}

// A Speaker says who gives a command, and in what way it reached the record. Only Who
// is always there; an empty string is a part that was left out.
type Speaker struct {
	Who        string // who speaks
	With       string // who supported them in speaking
	Through    string // who rendered their words
	RecordedBy string // who wrote it down
	For        string // whom they speak for
	Basis      string // by what right they speak for them
	Channel    string // how it came in, such as by phone or on paper
	ID         string // the command's id, if the caller chooses it
}

// A Step is one statement and what it must print. Kind tells which of the fields At,
// After, Speaker with Command and Fields, or Words are filled.
type Step struct {
	Line    int             // where the statement begins; the first line is 1
	Text    string          // the statement on one line, as written but for line breaks
	Kind    Kind            // what it does
	At      time.Time       // KindAt: the time, in UTC
	After   time.Duration   // KindAfter: how far the clock moves
	Speaker Speaker         // KindCommand: who gives the command
	Command string          // KindCommand: its name, room.command
	Fields  json.RawMessage // KindCommand: one JSON object, its keys in the order written
	Words   []string        // KindQuestion: the question, its first word included

	HasExpect bool     // whether "----" stands below the statement
	Expect    []string // what must be printed, without white space at the line ends

	rule int // the index in File.lines of the line "----"
	stop int // the index of the first line after the expectation
}

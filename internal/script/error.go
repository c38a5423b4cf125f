package script

import (
	"errors"
	"fmt"
	"strings"
)

// What a reader refuses although the grammar would let it pass. A [SyntaxError] wraps
// one of these if it applies.
var (
	// ErrLimit: a file, a line, a nesting or a duration is beyond its bound.
	ErrLimit = errors.New("beyond the bound")
	// ErrTwice: a key, or a part of the speaker, is given twice.
	ErrTwice = errors.New("given twice")
	// ErrTime: a time is not written in RFC 3339, or no calendar holds it.
	ErrTime = errors.New("not a time")
	// ErrValue: null, or a number that is not an integer.
	ErrValue = errors.New("not a value that the ledger knows")
)

// A SyntaxError says where a file is not a conversation, and why.
type SyntaxError struct {
	Name   string // the file's name, as given to [Parse]
	Line   int    // the line, from 1; 0 if it is the file as a whole
	Column int    // the character in the line, from 1; 0 if it is the line as a whole
	What   string // what is wrong, as a sentence without a full stop
	Err    error  // ErrLimit, ErrTwice, ErrTime, ErrValue, or nil
}

// Error returns the place and the sentence, as in "bakery.txt:7:12: …".
func (e *SyntaxError) Error() string {
	var b strings.Builder
	b.WriteString(e.Name)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Column > 0 {
		fmt.Fprintf(&b, ":%d", e.Column)
	}
	b.WriteString(": " + e.What)
	return b.String()
}

// Unwrap returns the rule beyond the grammar that was broken, or nil.
func (e *SyntaxError) Unwrap() error { return e.Err }

// A HostError says at which statement the host itself broke. It is no verdict on the
// conversation: a refusal is something that a host prints, not an error.
type HostError struct {
	Name      string // the file's name
	Line      int    // the statement's line; the file's last line if the end failed
	Statement string // the statement; empty if it was the end, see [Host].Close
	Err       error  // what the host returned
}

// Error returns the place, the statement and what the host returned.
func (e *HostError) Error() string {
	if e.Statement == "" {
		return fmt.Sprintf("%s:%d: after the last line: %v", e.Name, e.Line, e.Err)
	}
	return fmt.Sprintf("%s:%d: %s: %v", e.Name, e.Line, e.Statement, e.Err)
}

// Unwrap returns the host's own error.
func (e *HostError) Unwrap() error { return e.Err }

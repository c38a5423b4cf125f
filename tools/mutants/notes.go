package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
)

// note is what came of a fault, in a file that a later run goes on from. It names no line, so that
// it holds as long as the code reads so.
type note struct {
	File  string `json:"file"`
	In    string `json:"in,omitempty"`
	Kind  string `json:"kind"`
	Reads string `json:"reads"`         // the line with the fault
	Nth   int    `json:"nth,omitempty"` // of those that read the same
	Came  string `json:"came"`
	By    string `json:"by,omitempty"` // the test that noticed it
}

// notes are in a file, one a line. Of a fault that is there more than once the last line holds.
type notes struct {
	mu   sync.Mutex
	file *os.File
	came map[note]note // by what is known before it is tried
}

// open reads the notes of the runs before.
func open(name string) (*notes, error) {
	n := &notes{came: map[note]note{}}
	if name == "" {
		return n, nil
	}
	b, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for lines := bufio.NewScanner(strings.NewReader(string(b))); lines.Scan(); {
		var one note
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		n.came[one.key()] = one
	}
	n.file, err = os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	return n, err
}

func (n note) key() note {
	n.Came, n.By = "", ""
	return n
}

// recall says of each fault what came of it before, and gives those that are left to be tried:
// with again those that lived too.
func (n *notes) recall(faults []*fault, again bool) (left []*fault) {
	for _, x := range faults {
		was := n.came[x.note().key()]
		for o := untried; o <= notViable; o++ {
			if o.String() == was.Came {
				x.outcome = o
			}
		}
		if x.outcome == untried || again && (x.outcome == lived || x.outcome == unreached) {
			x.outcome = untried
			left = append(left, x)
		}
	}
	return left
}

func (n *notes) write(x *fault) error {
	if n.file == nil {
		return nil
	}
	b, err := json.Marshal(x.note())
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	_, err = n.file.Write(append(b, '\n'))
	return err
}

func (n *notes) close() error {
	if n.file == nil {
		return nil
	}
	return n.file.Close()
}

func (x *fault) note() note {
	return note{x.file.name, x.function(), x.kind, x.mutated(), x.nth, x.outcome.String(), x.by}
}

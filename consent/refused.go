package consent

import (
	"context"
	"crypto/sha256"
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
)

// ErrNoKey: the engine was given no key to sign with.
var ErrNoKey = errors.New("this engine has no key to sign with")

// ErrNotRefused: what a signed refusal was asked for is not a refusal, so nothing is
// known of whether the command was taken in.
var ErrNotRefused = errors.New("this is not a refusal")

// commandDomain keeps the hash of a command apart from every other hash.
const commandDomain = "sayround/command/v1\x00"

// CommandHash names a command as it was sent: by whom, under which id, and what. It
// goes into the signed word that it was refused ([Engine.SignRefusal]), and whoever
// sent the command makes it again and compares. What was said in the command, as
// its reason, does not enter it: nobody can guess it from there.
func CommandHash(by circle.Actor, cmd Command, id string) (tlog.Hash, error) {
	if cmd = given(cmd); cmd == nil {
		return tlog.Hash{}, unknownCommand("")
	}
	args, err := digestOf(cmd)
	if err != nil {
		return tlog.Hash{}, err
	}
	sent := struct {
		Args string       `json:"args"`
		By   circle.Actor `json:"by"`
		Do   Name         `json:"do"`
		ID   string       `json:"id"`
	}{args, by, Name(cmd.Wire()), id}
	b, err := canon.Append([]byte(commandDomain), sent, 0)
	if err != nil {
		return tlog.Hash{}, err
	}
	return sha256.Sum256(b), nil
}

// SignRefusal signs that a command was refused, and why, with [Config].Key: so a
// command that was refused can be told from one that was kept back, and somebody who
// was refused from somebody who only says so. The refusal is the error that Do
// returned for this actor, command and id; another error is [ErrNotRefused]. What is
// signed is read by [ledger.OpenRefused].
//
// It says how large the ledger was when it was signed. It tells nobody's words.
func (e *Engine) SignRefusal(ctx context.Context, by circle.Actor, cmd Command, id string, refusal error) ([]byte, error) {
	var no *circle.Refusal
	switch {
	case e.config.Key == nil:
		return nil, ErrNoKey
	case !errors.As(refusal, &no):
		return nil, ErrNotRefused
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	command, err := CommandHash(by, cmd, id)
	if err != nil {
		return nil, err
	}
	size, _ := e.Head()
	r := ledger.Refused{Origin: e.config.Key.Name(), Command: command, Code: no.Code.ID, At: e.config.Now(), Size: size}
	return r.Sign(e.config.Key)
}

// reused tells whether a command is refused since its id was used for another.
func reused(err error) bool {
	if err == nil { // as a rule, and to look further would allocate
		return false
	}
	var r *circle.Refusal
	return errors.As(err, &r) && r.Code == CommandReused
}

func isRefusal(err error) bool {
	var r *circle.Refusal
	return errors.As(err, &r)
}

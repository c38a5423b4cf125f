package consent

import (
	"errors"
	"reflect"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// MaxCommand is the most that a command may hold as JSON, in bytes.
const MaxCommand = 256 << 10

// ReadCommand reads a command from its wire name and its fields as one JSON
// object. Unknown fields, fields given twice, null and fractions are refused.
func ReadCommand(wire string, fields []byte) (Command, error) {
	t, ok := commandTypes[wire]
	if !ok {
		return nil, unknownCommand(wire)
	}
	if len(fields) > MaxCommand {
		return nil, BadCommand.Refuse("command", wire, "why", "it holds more than 256 KiB")
	}
	c := reflect.New(t)
	if err := canon.Read(fields, c.Interface(), deedTypes); err != nil {
		return nil, readRefusal(wire, err)
	}
	return c.Elem().Interface().(Command), nil
}

func readRefusal(wire string, err error) error {
	var bad *canon.Error
	if !errors.As(err, &bad) {
		return BadCommand.Refuse("command", wire, "why", err.Error())
	}
	if bad.Path == "" {
		return BadCommand.Refuse("command", wire, "why", bad.What)
	}
	return BadField.Refuse("command", wire, "field", bad.Path, "why", bad.What)
}

// deedTypes knows every command, so that one that no decision may carry out is
// refused as that, and not as unknown.
var deedTypes = func() canon.Types {
	t := canon.Types{}
	for _, c := range Commands() {
		t.Add(c)
	}
	return t
}()

var commandTypes = func() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for _, c := range Commands() {
		out[c.Wire()] = reflect.TypeOf(c)
	}
	return out
}()

// sound refuses a command with an empty field that it needs, or a value that
// cannot be.
func sound(c Command) error {
	if bad := canon.Check(c); bad != nil {
		return fieldRefusal(c.Wire(), bad)
	}
	return nil
}

// soundActor refuses an actor who names what cannot be a person.
func soundActor(c Command, by circle.Actor) error {
	if by == (circle.Actor{By: by.By}) && by.By.Check() == nil { // as most are
		return nil
	}
	named := by
	if bad := canon.Check(&named); bad != nil {
		return fieldRefusal(c.Wire(), bad)
	}
	return nil
}

func fieldRefusal(wire string, bad *canon.Problem) error {
	if bad.Missing {
		return MissingField.Refuse("command", wire, "field", bad.Path)
	}
	return BadField.Refuse("command", wire, "field", bad.Path, "why", bad.Err.Error())
}

// Catalogue lists every command with its fields, one line each: what is in
// brackets may be left out.
func Catalogue() []string {
	var out []string
	for _, c := range Commands() {
		out = append(out, strings.TrimRight(c.Wire()+" "+fieldWords(canon.Fields(c)), " "))
	}
	return out
}

func fieldWords(fields []canon.Field) string {
	var out []string
	for _, f := range fields {
		word := f.Name + "=" + f.Kind
		if f.Fields != nil {
			word += "{" + fieldWords(f.Fields) + "}"
		}
		if !f.Required {
			word = "[" + word + "]"
		}
		out = append(out, word)
	}
	return strings.Join(out, " ")
}

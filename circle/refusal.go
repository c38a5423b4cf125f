package circle

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// The five ways to be refused. Every refusal is one of them (errors.Is).
var (
	// ErrNotYou: somebody else may do this, you may not.
	ErrNotYou = errors.New("not you")
	// ErrNotNow: it may be done, but not in the present state of things.
	ErrNotNow = errors.New("not now")
	// ErrNotValid: what was said is incomplete or contradicts itself.
	ErrNotValid = errors.New("not valid")
	// ErrNotKnown: it speaks of somebody or something that does not exist.
	ErrNotKnown = errors.New("not known")
	// ErrTaken: someone was first.
	ErrTaken = errors.New("someone was first")
)

// A Code is one way to be refused: a stable name, which of the five kinds it
// is, the sentence that says it, and the rule behind it.
type Code struct {
	ID   string
	Kind error
	// Says is the sentence, with {facts} in it.
	Says string
	// Rule names the text that the refusal rests on, as "CP-16".
	Rule string
	// Stands says where the rule stands: in the engine itself, in the method
	// of the case, or in the rules that the circle has agreed.
	Stands Where
}

// Where is the place in which a rule stands, which tells who can change it.
type Where string

// The places of rules.
const (
	InEngine Where = "engine" // what makes it a consent process: nobody changes it
	InMethod Where = "method" // the method that the case was opened under
	InRules  Where = "rules"  // the rules of the circle, changed by its consent
)

// A Fact is one thing that a refusal says, by name.
type Fact struct {
	Name  string
	Value any
}

// A Refusal says who was refused, what, and why. Nothing has changed.
type Refusal struct {
	Code  *Code
	Facts []Fact
}

// Refuse makes a refusal of this kind with facts given as name, value, name,
// value.
func (c *Code) Refuse(facts ...any) *Refusal {
	r := &Refusal{Code: c}
	if len(facts) > 1 {
		r.Facts = make([]Fact, 0, len(facts)/2)
	}
	for i := 0; i+1 < len(facts); i += 2 {
		r.Facts = append(r.Facts, Fact{facts[i].(string), facts[i+1]})
	}
	return r
}

// Error gives the sentence in plain English.
func (r *Refusal) Error() string { return r.In(nil) }

// Unwrap gives the kind of the refusal.
func (r *Refusal) Unwrap() error { return r.Code.Kind }

// Fact returns the value of a fact, nil if the refusal does not have it.
func (r *Refusal) Fact(name string) any {
	for _, f := range r.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}

// Words is a catalogue of sentences by code, for another language or for an
// organisation's own words. A code that it lacks is said in plain English.
type Words map[string]string

// In gives the sentence in the words of a catalogue.
func (r *Refusal) In(words Words) string { return r.Told(words, nil) }

// Told gives the sentence in the words of a catalogue, with people called by
// the names that name gives them. Both may be nil.
func (r *Refusal) Told(words Words, name func(PersonID) string) string {
	says, ok := words[r.Code.ID]
	if !ok {
		says = r.Code.Says
	}
	facts := make([]string, 0, 2*len(r.Facts))
	for _, f := range r.Facts {
		facts = append(facts, "{"+f.Name+"}", Plain(named(f.Value, name)))
	}
	// One pass: a name that looks like a fact is said as it is.
	return strings.NewReplacer(facts...).Replace(says)
}

// named puts names in the place of ids.
func named(v any, name func(PersonID) string) any {
	if name == nil {
		return v
	}
	switch v := v.(type) {
	case PersonID:
		return name(v)
	case []PersonID:
		out := make([]string, len(v))
		for i, id := range v {
			out[i] = name(id)
		}
		return out
	}
	return v
}

// Plain words a value for people: lists with commas and "and", times by date
// and minute in UTC.
func Plain(v any) string {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Format("2 January 2006 15:04 UTC")
	case []PersonID:
		return plainList(v)
	case []string:
		if len(v) == 0 {
			return "nothing"
		}
		return plainList(v)
	}
	if list := reflect.ValueOf(v); list.Kind() == reflect.Slice && list.Type().Elem().Kind() == reflect.String {
		words := make([]string, list.Len())
		for i := range words {
			words[i] = list.Index(i).String()
		}
		return Plain(words)
	}
	return fmt.Sprint(v)
}

func plainList[T ~string](list []T) string {
	switch len(list) {
	case 0:
		return "nobody"
	case 1:
		return string(list[0])
	}
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

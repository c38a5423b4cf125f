package consent_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A guess makes arguments out of what others might say: a name, and a number. What is no name and no
// number is empty.
type guess struct {
	name   string
	number int
}

// guesses are names that are there and names that are not, and numbers of what is not.
var guesses = []guess{{"", 0}, {"none", -1}, {"p", 1}, {"ana", 99}, {string(den), 2}, {"o", 1}, {"m", 1}, {"den-facilitator", 1}, {string(nook), 1}, {"valley", 2}, {string(baker), 1}}

// commands are what commands and deeds of each room are about a name.
func (g guess) command(of reflect.Type) any {
	for _, c := range []any{circle.Close{Circle: circle.ID(g.name)}, proposal.Withdraw{Proposal: proposal.ID(g.name)},
		objection.Withdraw{Objection: objection.ID(g.name)}, consent.Pass{Proposal: proposal.ID(g.name)}} {
		if reflect.TypeOf(c).Implements(of) {
			return c
		}
	}
	return nil
}

// value is an argument of a type; ok is false where there is none.
func (g guess) value(of reflect.Type) (v reflect.Value, ok bool) {
	v = reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.String:
		v.SetString(g.name)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(g.number))
	case reflect.Uint64:
		v.SetUint(uint64(g.number)) // -1 is the largest there is
	case reflect.Struct:
		for i := range of.NumField() {
			if f := of.Field(i); f.IsExported() && f.Type.Kind() == reflect.String {
				v.Field(i).SetString(g.name)
			}
		}
	case reflect.Slice:
		if one, ok := g.value(of.Elem()); ok {
			v.Set(reflect.Append(v, one))
		}
	case reflect.Func:
		v.Set(reflect.MakeFunc(of, func([]reflect.Value) (out []reflect.Value) {
			for i := range of.NumOut() {
				out = append(out, reflect.Zero(of.Out(i)))
			}
			return out
		}))
	case reflect.Interface:
		if of == reflect.TypeFor[context.Context]() {
			v.Set(reflect.ValueOf(context.Background()))
		} else if c := g.command(of); c != nil {
			v.Set(reflect.ValueOf(c))
		} else {
			return v, false
		}
	case reflect.Pointer:
		return v, false
	}
	return v, true
}

// isSame says whether a type has the same value whatever is guessed.
func isSame(of reflect.Type) bool {
	return of.Kind() == reflect.Func || of == reflect.TypeFor[context.Context]() || of == reflect.TypeFor[time.Time]()
}

// arguments are the guesses that a method is called with: each at each place, or the same at all where
// there are many. A method that takes the address of something gets none.
func arguments(m reflect.Type) (out [][]reflect.Value) {
	n := m.NumIn()
	if m.IsVariadic() {
		n--
	}
	out = [][]reflect.Value{nil}
	for i := range n {
		var longer [][]reflect.Value
		for at, had := range out {
			for j, g := range guesses {
				if n > 3 && i > 0 && j != at%len(guesses) {
					continue
				}
				v, ok := g.value(m.In(i))
				if !ok {
					return nil
				}
				longer = append(longer, append(slices.Clone(had), v))
				if isSame(m.In(i)) {
					break
				}
			}
		}
		out = longer
	}
	return out
}

// panics calls every exported method that can be called with guesses, and adds how often it did, and what panicked.
func panics(of reflect.Value, called int, out []string, but ...string) (int, []string) {
	for i := range of.NumMethod() {
		m, is := of.Method(i), of.Type().Method(i)
		if slices.Contains(but, is.Name) {
			continue
		}
		for _, args := range arguments(m.Type()) {
			called++
			if failed := panicOf(m, args); failed != nil {
				out = append(out, fmt.Sprintf("%v.%s%v: %v", of.Type(), is.Name, args, failed))
				break
			}
		}
	}
	return called, out
}

// panicOf is what a call panics with, nil if it comes back.
func panicOf(m reflect.Value, args []reflect.Value) (failed any) {
	defer func() { failed = recover() }()
	for _, out := range m.Call(args) {
		if out.Kind() == reflect.Func && !out.IsNil() && out.Type().CanSeq2() {
			for range out.Seq2() {
				break
			}
		}
	}
	return nil
}

// roundOf is the round of a case, if there is one.
func roundOf(p *consent.Process) *consent.Round {
	if p == nil {
		return nil
	}
	return p.Round
}

// TestAskedAboutNothing: R2. Whatever is asked about what is not there, on a ledger without entries and on
// such as have cases in all stages, is answered or refused, and never with a panic: names come from strangers.
func TestAskedAboutNothing(t *testing.T) {
	with := newWorld(t, setting{Full: 3, Facilitator: ana})
	with.must(ana, consent.CallMeeting{ID: "m", Circle: den, At: with.now.Add(time.Hour)})
	with.put("p")
	with.objects("p", "o", cia)
	empty := emptyWorld(t)
	worlds := []*world{with, empty, societyOf(t, nil), twoCircles(t), satWorld(t, true), met(t, circle.Rules{}), sealing(t, nil, consent.Method{}), newSelecting(t),
		stuckOn(t, nil, goes, circle.Rules{})}
	for _, stage := range underWay {
		worlds = append(worlds, standing(t, nil, stage, nil))
	}
	tested, _ := inStage(t, nil, consent.StageTest)
	worlds = append(worlds, tested)
	var all int
	var failed []string
	for _, w := range worlds {
		but := []string{"Apply", "Upset", "Unfound", "Look", "AsOf", "Watch"} // what changes a state, asks others, or waits
		if w != empty {                                                       // where there is a case, these take it away
			but = append(but, "Forget", "Move", "TakeOver")
		}
		w.engine.Look(func(s *consent.State) {
			for _, of := range []any{s, &s.Org, &s.Matters, &s.Objections, s.Org.Circle(den), s.Org.Person(ana), s.Org.Role("den-facilitator"), s.Matters.Proposal("p"),
				s.Objections.Objection("o"), s.Process("p"), s.Meeting("m"), roundOf(s.Process("p"))} {
				if reflect.ValueOf(of).IsNil() {
					continue
				}
				all, failed = panics(reflect.ValueOf(of), all, failed, but...)
			}
		})
		all, failed = panics(reflect.ValueOf(w.engine), all, failed, but...)
	}
	require.Greater(t, all, 100_000)
	require.Empty(t, strings.Join(failed, "\n"))
}

package ledgertest

import (
	"iter"
	"slices"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// A forgetful vault forgets in memory, in one of many ways.
type forgetful struct {
	ledger.Memory
	put  []ledger.Part
	gone map[ledger.Commitment]bool
	mark string
	held map[string]bool

	tellsAll, erasesAll, erasesOne, erasesNone, lost, anyHeld, half, staysHeld, anyContext, tellsErased bool
	unmarked, keeps, handsHeld                                                                          bool
}

func (f *forgetful) Put(c ctx, parts []ledger.Part) error {
	err := f.Memory.Put(c, parts)
	if err == nil {
		f.put = append(f.put, parts...)
	}
	return err
}

func (f *forgetful) Get(c ctx, of ledger.Commitment) (ledger.Part, error) {
	if f.gone[of] && f.lost {
		return ledger.Part{}, ledger.ErrNoPart
	}
	if f.gone[of] && f.unmarked {
		return ledger.Part{}, ledger.ErrErased
	}
	if f.gone[of] {
		return ledger.Part{}, &ledger.ErasedError{Mark: f.mark}
	}
	got, err := f.Memory.Get(c, of)
	for _, p := range f.put {
		if err == nil && p.Commitment() == of {
			got = p
		}
	}
	return got, err
}

func (f *forgetful) About(c ctx, person string) iter.Seq2[ledger.Part, error] {
	return func(yield func(ledger.Part, error) bool) {
		if c.Err() != nil && !f.anyContext {
			yield(ledger.Part{}, c.Err())
			return
		}
		for _, p := range f.put {
			if f.gone[p.Commitment()] && !f.tellsErased || !slices.Contains(p.About, person) && !f.tellsAll {
				continue
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

func (f *forgetful) erase(c ctx, which func(p ledger.Part) bool) (done ledger.Erasure, err error) {
	if c.Err() != nil && !f.anyContext {
		return done, c.Err()
	}
	if f.gone == nil {
		f.gone = map[ledger.Commitment]bool{}
	}
	isHeld := func(id string) bool { return f.held[id] && !f.anyHeld }
	for _, p := range f.put {
		if which(p) && slices.ContainsFunc(p.About, isHeld) {
			if err = ledger.ErrHeld; !f.half {
				return ledger.Erasure{}, err
			}
		}
	}
	for _, p := range f.put {
		if (which(p) || f.erasesAll) && !f.gone[p.Commitment()] && !slices.ContainsFunc(p.About, isHeld) {
			f.gone[p.Commitment()] = !f.erasesNone
			done.Parts++
		}
	}
	return done, err
}

func (f *forgetful) EraseAs(c ctx, mark string, who ...string) (ledger.Erasure, error) {
	f.mark = mark
	if f.erasesOne {
		who = who[:1]
	}
	return f.erase(c, func(p ledger.Part) bool {
		return slices.ContainsFunc(p.About, func(id string) bool { return slices.Contains(who, id) })
	})
}

func (f *forgetful) ErasePartsAs(c ctx, mark string, list ...ledger.Commitment) (ledger.Erasure, error) {
	f.mark = mark
	return f.erase(c, func(p ledger.Part) bool { return slices.Contains(list, p.Commitment()) })
}

func (f *forgetful) HandOver(c ctx, list ...ledger.Commitment) error {
	handed := slices.Clone(f.put)
	for i, p := range handed {
		if !slices.Contains(list, p.Commitment()) || f.keeps {
			continue
		}
		if slices.ContainsFunc(p.About, func(id string) bool { return f.held[id] }) && !f.handsHeld {
			return ledger.ErrHeld
		}
		handed[i].About = nil
	}
	f.put = handed
	return c.Err()
}

func (f *forgetful) Hold(c ctx, who ...string) error { return f.hold(c, true, who) }

func (f *forgetful) Release(c ctx, who ...string) error { return f.hold(c, f.staysHeld, who) }

func (f *forgetful) hold(c ctx, to bool, who []string) error {
	if c.Err() != nil && !f.anyContext {
		return c.Err()
	}
	if f.held == nil {
		f.held = map[string]bool{}
	}
	for _, id := range who {
		f.held[id] = to
	}
	return nil
}

func (f *forgetful) Held(person string) bool { return f.held[person] }

func TestForgetfulPasses(t *testing.T) {
	TestForgetter(t, func(testing.TB) ledger.Forgetter { return new(forgetful) })
}

func TestForgetterKitBites(t *testing.T) {
	found := map[string]bool{}
	for says, v := range map[string]func() *forgetful{
		"tells of everybody":           func() *forgetful { return &forgetful{tellsAll: true} },
		"tells of what is erased":      func() *forgetful { return &forgetful{tellsErased: true} },
		"erases everything":            func() *forgetful { return &forgetful{erasesAll: true} },
		"erases nothing":               func() *forgetful { return &forgetful{erasesNone: true} },
		"says that it is not there":    func() *forgetful { return &forgetful{lost: true} },
		"erases who is held":           func() *forgetful { return &forgetful{anyHeld: true} },
		"erases the others":            func() *forgetful { return &forgetful{half: true} },
		"does not release":             func() *forgetful { return &forgetful{staysHeld: true} },
		"does not look at the context": func() *forgetful { return &forgetful{anyContext: true} },
		"erases the first only":        func() *forgetful { return &forgetful{erasesOne: true} },
		"erases without a mark":        func() *forgetful { return &forgetful{unmarked: true} },
		"hands over nothing":           func() *forgetful { return &forgetful{keeps: true} },
		"hands over what is held":      func() *forgetful { return &forgetful{handsHeld: true} },
	} {
		t.Run(says, func(t *testing.T) {
			bites(t, found, forgetterChecks, func(testing.TB) ledger.Forgetter { return v() })
		})
	}
	everyCheck(t, forgetterChecks, found)
}

var _ ledger.Forgetter = (*forgetful)(nil)

package ledgertest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestForgetter holds a vault to the contract of [ledger.Forgetter], beyond that of
// [ledger.Vault]. The constructor is called several times; each time it returns an empty
// vault, and arranges with tb.Cleanup for its end.
//
// What it cannot see from outside is whether what was erased is gone from files and
// backups too. That is left to the tests of the driver.
func TestForgetter(t *testing.T, open func(tb testing.TB) ledger.Forgetter) {
	t.Helper()
	run(t, forgetterChecks, open)
}

var forgetterChecks = []check[ledger.Forgetter]{
	{"all about a person is told, with its labels, and nothing else", checkAbout},
	{"what is about those who are erased can be read no more, and all else can", checkErase},
	{"single parts are erased, and nothing else", checkEraseParts},
	{"nothing of those who are held is erased, until they are released", checkHold},
	{"what was handed over stays when those are erased whom it was about", checkHandOver},
	{"a context that has ended erases nothing", checkEraseCancelled},
}

// about makes a part about people.
func about(i int, who ...string) ledger.Part {
	p := part(i)
	p.About, p.Class = who, ""
	return p
}

// remembers makes the parts of these checks, and puts them.
func remembers(tb testing.TB, v ledger.Forgetter) (ofAnna, ofBob, ofBoth, ofNobody ledger.Part) {
	tb.Helper()
	ofAnna, ofBob, ofBoth, ofNobody = about(0, "anna"), about(1, "bob"), about(2, "bob", "anna"), about(3)
	putAll(tb, v, ofAnna, ofBob, ofBoth, ofNobody)
	return ofAnna, ofBob, ofBoth, ofNobody
}

// tellsOf wants About to yield these parts and no others.
func tellsOf(tb testing.TB, v ledger.Forgetter, person string, want ...ledger.Part) {
	tb.Helper()
	var got []ledger.Part
	for p, err := range v.About(context.Background(), person) {
		if err != nil {
			tb.Fatalf("About %s failed: %v", person, err)
		}
		got = append(got, p)
	}
	for _, p := range want {
		if !slices.ContainsFunc(got, p.Equal) {
			tb.Errorf("About %s does not yield the part %d of %s with its labels", person, p.No, p.Of)
		}
	}
	if len(got) != len(want) {
		tb.Errorf("About %s yields %d parts, where there are %d", person, len(got), len(want))
	}
}

// mark is the mark under which these checks erase.
const mark = "erasure-1"

// forgot wants a part to be erased, and known to be so, with the mark.
func forgot(tb testing.TB, v ledger.Forgetter, p ledger.Part) {
	tb.Helper()
	got, err := v.Get(context.Background(), p.Commitment())
	refused(tb, "Get of a part that was erased", err, ledger.ErrErased)
	var erased *ledger.ErasedError
	if !errors.As(err, &erased) || erased.Mark != mark {
		tb.Errorf("Get of a part that was erased does not tell the mark: %v", err)
	}
	if len(got.Content) > 0 || len(got.About) > 0 {
		tb.Errorf("Get of a part that was erased returns something of it")
	}
}

// erases wants an erasure to take so many parts away.
func erases(tb testing.TB, done ledger.Erasure, err error, want int) {
	tb.Helper()
	if err != nil {
		tb.Fatalf("an erasure failed: %v", err)
	}
	if done.Parts != want {
		tb.Errorf("an erasure tells of %d parts, where %d were taken away", done.Parts, want)
	}
}

func checkAbout(tb testing.TB, open func(testing.TB) ledger.Forgetter) {
	v := open(tb)
	tellsOf(tb, v, "anna")
	ofAnna, ofBob, ofBoth, _ := remembers(tb, v)
	tellsOf(tb, v, "anna", ofAnna, ofBoth)
	tellsOf(tb, v, "bob", ofBob, ofBoth)
	tellsOf(tb, v, "carla")
	tellsOf(tb, v, "ann")
	for _, err := range v.About(context.Background(), "anna") {
		refused(tb, "About, of which one step is taken", err, nil)
		break // the caller may stop
	}
}

func checkErase(tb testing.TB, open func(testing.TB) ledger.Forgetter) {
	ctx := context.Background()
	v := open(tb)
	ofAnna, ofBob, ofBoth, ofNobody := remembers(tb, v)
	done, err := v.EraseAs(ctx, mark, "carla")
	erases(tb, done, err, 0)
	gets(tb, v, ofAnna)

	done, err = v.EraseAs(ctx, mark, "carla", "anna")
	erases(tb, done, err, 2-done.Left) // what is about both may stay, for the other
	forgot(tb, v, ofAnna)
	gets(tb, v, ofBob)
	gets(tb, v, ofNobody)
	tellsOf(tb, v, "anna")
	if done.Left == 0 {
		forgot(tb, v, ofBoth)
		tellsOf(tb, v, "bob", ofBob)
	}
	done, err = v.EraseAs(ctx, mark, "anna")
	erases(tb, done, err, 0)
	forgot(tb, v, ofAnna)
	lacks(tb, v, about(9, "anna"))

	if _, err = v.EraseAs(ctx, mark, "bob"); err != nil {
		tb.Fatalf("Erase failed: %v", err)
	}
	for _, p := range []ledger.Part{ofAnna, ofBob, ofBoth} {
		forgot(tb, v, p)
	}
	gets(tb, v, ofNobody)
}

func checkEraseParts(tb testing.TB, open func(testing.TB) ledger.Forgetter) {
	ctx := context.Background()
	v := open(tb)
	ofAnna, ofBob, ofBoth, ofNobody := remembers(tb, v)
	list := []ledger.Commitment{ofBoth.Commitment(), ofNobody.Commitment(), about(9).Commitment()}
	done, err := v.ErasePartsAs(ctx, mark, list...)
	erases(tb, done, err, 2)
	forgot(tb, v, ofBoth)
	forgot(tb, v, ofNobody)
	gets(tb, v, ofAnna)
	gets(tb, v, ofBob)
	tellsOf(tb, v, "anna", ofAnna)
	done, err = v.ErasePartsAs(ctx, mark, list...)
	erases(tb, done, err, 0)
	more := about(4, "anna")
	putAll(tb, v, more)
	gets(tb, v, more)
	tellsOf(tb, v, "anna", ofAnna, more)
}

func checkHold(tb testing.TB, open func(testing.TB) ledger.Forgetter) {
	ctx := context.Background()
	v := open(tb)
	ofAnna, ofBob, _, _ := remembers(tb, v)
	if v.Held("anna") {
		tb.Errorf("somebody is held whom nobody has held")
	}
	if err := errors.Join(v.Hold(ctx, "anna", "carla"), v.Hold(ctx, "anna")); err != nil {
		tb.Fatalf("Hold failed: %v", err)
	}
	if !v.Held("anna") || !v.Held("carla") || v.Held("bob") {
		tb.Errorf("Held says %t, %t and %t of those who are held and of one who is not", v.Held("anna"), v.Held("carla"), v.Held("bob"))
	}
	for what, erase := range map[string]func() (ledger.Erasure, error){
		"Erase of somebody who is held, and another": func() (ledger.Erasure, error) { return v.EraseAs(ctx, mark, "bob", "anna") },
		"EraseParts of what is about them": func() (ledger.Erasure, error) {
			return v.ErasePartsAs(ctx, mark, ofBob.Commitment(), ofAnna.Commitment())
		},
	} {
		done, err := erase()
		refused(tb, what, err, ledger.ErrHeld)
		if done.Parts > 0 {
			tb.Errorf("%s tells of %d parts", what, done.Parts)
		}
		gets(tb, v, ofAnna)
		gets(tb, v, ofBob)
	}
	if err := v.Release(ctx, "anna"); err != nil {
		tb.Fatalf("Release failed: %v", err)
	}
	if v.Held("anna") || !v.Held("carla") {
		tb.Errorf("Held says %t of who was released, and %t of who is held still", v.Held("anna"), v.Held("carla"))
	}
	if _, err := v.EraseAs(ctx, mark, "anna"); err != nil {
		tb.Fatalf("Erase of who was released failed: %v", err)
	}
	forgot(tb, v, ofAnna)
}

func checkHandOver(tb testing.TB, open func(testing.TB) ledger.Forgetter) {
	ctx := context.Background()
	v := open(tb)
	ofAnna, ofBob, ofBoth, ofNobody := remembers(tb, v)
	list := []ledger.Commitment{ofBoth.Commitment(), ofBob.Commitment(), ofNobody.Commitment(), about(9).Commitment()}
	if err := v.Hold(ctx, "anna"); err != nil {
		tb.Fatalf("Hold failed: %v", err)
	}
	refused(tb, "HandOver of what is about somebody who is held", v.HandOver(ctx, list...), ledger.ErrHeld)
	tellsOf(tb, v, "bob", ofBob, ofBoth)
	if err := v.Release(ctx, "anna"); err != nil {
		tb.Fatalf("Release failed: %v", err)
	}
	for range 2 {
		if err := v.HandOver(ctx, list...); err != nil {
			tb.Fatalf("HandOver failed: %v", err)
		}
		tellsOf(tb, v, "bob")
		tellsOf(tb, v, "anna", ofAnna)
	}
	done, err := v.EraseAs(ctx, mark, "anna", "bob")
	erases(tb, done, err, 1)
	forgot(tb, v, ofAnna)
	for _, p := range []ledger.Part{ofBob, ofBoth, ofNobody} {
		p.About = nil
		got, err := v.Get(ctx, p.Commitment())
		if err != nil || !got.Equal(p) {
			tb.Errorf("the part %d, which was handed over, reads otherwise: %v", p.No, err)
		}
	}
}

func checkEraseCancelled(tb testing.TB, open func(testing.TB) ledger.Forgetter) {
	v := open(tb)
	ofAnna, _, _, _ := remembers(tb, v)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := v.EraseAs(ctx, mark, "anna")
	refused(tb, "Erase with a cancelled context", err, context.Canceled)
	_, err = v.ErasePartsAs(ctx, mark, ofAnna.Commitment())
	refused(tb, "EraseParts with a cancelled context", err, context.Canceled)
	refused(tb, "Hold with a cancelled context", v.Hold(ctx, "anna"), context.Canceled)
	gets(tb, v, ofAnna)
	steps := 0
	for _, err := range v.About(ctx, "anna") {
		steps++
		refused(tb, "About with a cancelled context", err, context.Canceled)
	}
	if steps != 1 {
		tb.Errorf("About with a cancelled context takes %d steps, where it must yield the error once", steps)
	}
}

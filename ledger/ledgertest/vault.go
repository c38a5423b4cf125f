package ledgertest

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/sayround/sayround/ledger"
)

// TestVault holds a vault to the contract of [ledger.Vault]. The constructor is
// called several times; each time it returns an empty vault, and arranges with
// tb.Cleanup for its end.
func TestVault(t *testing.T, open func(tb testing.TB) ledger.Vault) {
	t.Helper()
	run(t, vaultChecks, open)
}

var vaultChecks = []check[ledger.Vault]{
	{"a part is got as it was put", checkPut},
	{"a commitment that is not known has no part", checkUnknown},
	{"a part that is there is not put again", checkPutAgain},
	{"what CheckParts refuses is refused and keeps nothing", checkPartRefusals},
	{"a context that has ended keeps nothing", checkPartCancelled},
	{"buffers on both sides may be used again", checkPartBuffers},
	{"several may put and get at once", checkPutMany},
}

// part makes a part that differs from all others.
func part(i int) ledger.Part {
	p := ledger.Part{
		Of:      fmt.Sprintf("command-%d", i/3),
		No:      i%3 + 1,
		Kind:    "reason",
		Class:   strings.Repeat("c", i%4),
		Content: fmt.Appendf(nil, "because of %d\x00\xff\n", i),
	}
	for n := range i % 3 {
		p.About = append(p.About, fmt.Sprintf("person-%d", n))
	}
	copy(p.Salt[:], fmt.Sprintf("salt %d", i))
	return p
}

// parts makes those from one number up to another.
func parts(from, to int) []ledger.Part {
	var list []ledger.Part
	for i := from; i < to; i++ {
		list = append(list, part(i))
	}
	return list
}

// putAll puts and wants no error.
func putAll(tb testing.TB, v ledger.Vault, list ...ledger.Part) {
	tb.Helper()
	if err := v.Put(context.Background(), list); err != nil {
		tb.Fatalf("Put of %d parts failed: %v", len(list), err)
	}
}

// gets wants the vault to hold this part.
func gets(tb testing.TB, v ledger.Vault, want ledger.Part) {
	tb.Helper()
	got, err := v.Get(context.Background(), want.Commitment())
	if err != nil {
		tb.Fatalf("Get of a part of %s failed: %v", want.Of, err)
	}
	if !got.Equal(want) {
		tb.Fatalf("Get returns %s no. %d %s %s %v %q, where %s no. %d %s %s %v %q was put",
			got.Of, got.No, got.Kind, got.Class, got.About, short(got.Content),
			want.Of, want.No, want.Kind, want.Class, want.About, short(want.Content))
	}
}

// lacks wants the vault not to know this part.
func lacks(tb testing.TB, v ledger.Vault, p ledger.Part) {
	tb.Helper()
	_, err := v.Get(context.Background(), p.Commitment())
	refused(tb, "Get of a part that was not put", err, ledger.ErrNoPart)
}

func checkPut(tb testing.TB, open func(testing.TB) ledger.Vault) {
	v := open(tb)
	bare := ledger.Part{Of: "o", No: 1}
	large := part(1)
	large.Content = bytes.Repeat([]byte("large "), ledger.MaxPart)[:ledger.MaxPart]
	labelled := part(2)
	labelled.About = nil
	for room := ledger.MaxLabels - 12 - len(labelled.Of+labelled.Kind+labelled.Class); room >= 4; {
		n := min(room, 500)
		labelled.About = append(labelled.About, strings.Repeat("x", n-4))
		room -= n
	}
	full := parts(100, 100+ledger.MaxParts)
	putAll(tb, v, bare)
	putAll(tb, v, large, labelled)
	putAll(tb, v, full...)
	putAll(tb, v)
	for _, p := range append(full, bare, large, labelled) {
		gets(tb, v, p)
	}
}

func checkUnknown(tb testing.TB, open func(testing.TB) ledger.Vault) {
	v := open(tb)
	lacks(tb, v, part(0))
	putAll(tb, v, part(0))
	lacks(tb, v, part(1))
}

func checkPutAgain(tb testing.TB, open func(testing.TB) ledger.Vault) {
	v := open(tb)
	putAll(tb, v, part(0), part(0))
	putAll(tb, v, part(0))
	putAll(tb, v, part(1), part(0), part(2))
	other := part(0)
	other.Class = "another"
	ctx := context.Background()
	refused(tb, "Put of a part that is held with other labels",
		v.Put(ctx, []ledger.Part{part(3), other}), ledger.ErrOtherPart)
	twin := part(4)
	twin.About = []string{"somebody"}
	refused(tb, "Put of two parts that differ in labels only",
		v.Put(ctx, []ledger.Part{part(4), twin}), ledger.ErrOtherPart)
	for i := range 3 {
		gets(tb, v, part(i))
	}
	lacks(tb, v, part(3))
	lacks(tb, v, part(4))
}

func checkPartRefusals(tb testing.TB, open func(testing.TB) ledger.Vault) {
	v := open(tb)
	good := part(0)
	with := func(change func(*ledger.Part)) []ledger.Part {
		p := part(1)
		change(&p)
		return []ledger.Part{good, p}
	}
	for _, c := range []struct {
		what string
		list []ledger.Part
		want error
	}{
		{"Put of a part that is too large", with(func(p *ledger.Part) { p.Content = make([]byte, ledger.MaxPart+1) }), ledger.ErrTooLarge},
		{"Put of a part with too many labels", with(func(p *ledger.Part) { p.About = make([]string, ledger.MaxLabels/4) }), ledger.ErrTooLarge},
		{"Put of a part with too long a label", with(func(p *ledger.Part) { p.Kind = strings.Repeat("k", ledger.MaxLabels) }), ledger.ErrTooLarge},
		{"Put of a part of no command", with(func(p *ledger.Part) { p.Of = "" }), ledger.ErrBadPart},
		{"Put of a part in no place", with(func(p *ledger.Part) { p.No = 0 }), ledger.ErrBadPart},
		{"Put of too many", append(parts(1, 1+ledger.MaxParts), good), ledger.ErrTooLarge},
	} {
		refused(tb, c.what, v.Put(context.Background(), c.list), c.want)
		lacks(tb, v, good)
	}
}

func checkPartCancelled(tb testing.TB, open func(testing.TB) ledger.Vault) {
	v := open(tb)
	putAll(tb, v, part(0))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	refused(tb, "Put with a cancelled context", v.Put(ctx, parts(1, 2)), context.Canceled)
	lacks(tb, v, part(1))
	_, err := v.Get(ctx, part(0).Commitment())
	refused(tb, "Get with a cancelled context", err, context.Canceled)
}

func checkPartBuffers(tb testing.TB, open func(testing.TB) ledger.Vault) {
	v := open(tb)
	given := part(2)
	putAll(tb, v, given)
	spoil(given)
	gets(tb, v, part(2))
	got, err := v.Get(context.Background(), part(2).Commitment())
	if err != nil {
		tb.Fatalf("Get failed: %v", err)
	}
	spoil(got)
	gets(tb, v, part(2))
}

// spoil overwrites what a part points to.
func spoil(p ledger.Part) {
	clear(p.Content)
	clear(p.About)
}

func checkPutMany(tb testing.TB, open func(testing.TB) ledger.Vault) {
	const each, rounds = 4, 12
	v := open(tb)
	errs := make([]error, each*2)
	var wait sync.WaitGroup
	for who := range errs {
		wait.Go(func() { // two put the same parts
			for i := range rounds {
				p := part(who/2*rounds + i)
				if errs[who] = v.Put(context.Background(), []ledger.Part{p}); errs[who] != nil {
					return
				}
				if _, errs[who] = v.Get(context.Background(), p.Commitment()); errs[who] != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			tb.Errorf("Put or Get beside others failed: %v", err)
		}
	}
	for i := range each * rounds {
		gets(tb, v, part(i))
	}
}

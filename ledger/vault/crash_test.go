package vault

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/osfile"
	"github.com/sayround/sayround/ledger"
)

var ctx = context.Background()

// said makes a part about people; its class is what stands before the colon, if one
// does.
func said(content string, about ...string) ledger.Part {
	class, _, _ := strings.Cut(content, ":")
	if class == content {
		class = ""
	}
	p := ledger.Part{Of: "c", No: 1, Kind: "reason", Class: class, About: about, Content: []byte(content)}
	copy(p.Salt[:], "salt of "+content)
	return p
}

// anna is long, for it is looked for among bytes that are drawn by chance: four
// letters stand there once in some hundred runs.
const anna = "anna-of-willow-lane"

// What is said in the scenes below.
var (
	ofAnna   = said("what Anna said", anna)
	agreed   = said("what Anna said and all agreed", anna)
	ofBoth   = said("what both said", anna, "bob")
	inCommon = said("both: in common", anna, "bob")
	ofBob    = said("what Bob said", "bob")
	ofNobody = said("what nobody said")
	alsoBob  = said("what Bob said too", "bob")
	ofCia    = said("what Cia said", "cia")
	again    = said("what Anna said when she came back", anna)
	oneMore  = said("one more", "dan")
	all      = []ledger.Part{ofAnna, agreed, ofBoth, inCommon, ofBob, ofNobody, alsoBob, ofCia, again, oneMore}
)

// A scene is what somebody sees who looks at a vault: of each part its labels and
// words, or that it was erased; and who is held.
type scene map[string]string

// look looks at a vault.
func look(v *Vault) (scene, error) {
	s := scene{}
	for _, p := range all {
		got, err := v.Get(ctx, p.Commitment())
		var as *ledger.ErasedError
		switch {
		case errors.As(err, &as):
			s[string(p.Content)] = "erased as " + as.Mark
		case err == nil:
			s[string(p.Content)] = fmt.Sprintf("%s about %v", got.Content, got.About)
		case errors.Is(err, ledger.ErrErased):
			s[string(p.Content)] = "erased"
		case !errors.Is(err, ledger.ErrNoPart):
			return nil, err
		}
	}
	if v.Held("bob") {
		s["bob"] = "held"
	}
	return s, nil
}

// An act is one call, and what it changes in the scene: an empty text takes something
// away.
type act struct {
	do   func(v *Vault) error
	then scene
}

func put(parts ...ledger.Part) act {
	then := scene{}
	for _, p := range parts {
		then[string(p.Content)] = fmt.Sprintf("%s about %v", p.Content, p.About)
	}
	return act{func(v *Vault) error { return v.Put(ctx, parts) }, then}
}

// together begins to put some lists of parts, one after the other, and waits for the last.
func together(lists ...[]ledger.Part) act {
	var begun ledger.Begun
	whole := put(slices.Concat(lists...)...)
	return act{func(v *Vault) (err error) {
		for _, parts := range lists {
			if begun, err = v.BeginPut(ctx, parts); err != nil {
				return err
			}
		}
		return begun.Wait()
	}, whole.then}
}

func rotate() act { return act{do: func(v *Vault) error { return v.Rotate(ctx) }} }

// plays is what the program of the tests does.
var plays = []act{
	put(ofAnna, agreed),
	put(ofBoth, inCommon),
	{func(v *Vault) error { return v.Hold(ctx, "bob") }, scene{"bob": "held"}},
	put(ofBob, ofNobody),
	rotate(),
	{func(v *Vault) error { return v.Release(ctx, "bob") }, scene{"bob": ""}},
	together([]ledger.Part{alsoBob}, []ledger.Part{ofCia}),
	{func(v *Vault) error {
		_, err := v.EraseParts(ctx, ofBob.Commitment(), ofNobody.Commitment())
		return err
	}, scene{"what Bob said": "erased", "what nobody said": "erased"}},
	{func(v *Vault) error { return v.HandOver(ctx, agreed.Commitment(), ofBob.Commitment()) },
		scene{"what Anna said and all agreed": "what Anna said and all agreed about []"}},
	{func(v *Vault) error {
		_, err := v.EraseAs(ctx, "third", anna)
		return err
	}, scene{"what Anna said": "erased as third", "what both said": "erased as third", "both: in common": "both: in common about [bob]"}},
	{func(v *Vault) error {
		_, err := v.ErasePartsAs(ctx, "fourth", ofCia.Commitment(), ofBob.Commitment())
		return err
	}, scene{"what Cia said": "erased as fourth"}},
	rotate(),
	put(again),
}

// leaves is the act in which Anna is erased; two acts later she is back.
const leaves = 9

// A diary is what a program did to a vault and was told of it.
type diary struct {
	told scene // after all that was acknowledged
	open scene // and after what was begun as well
	next int   // the act that is next
}

// play lets the program run until something fails.
func (d *diary) play(v *Vault) error {
	for ; d.next < len(plays); d.next++ {
		d.open = maps.Clone(d.told)
		if d.open == nil {
			d.open = scene{}
		}
		maps.Copy(d.open, plays[d.next].then)
		maps.DeleteFunc(d.open, func(_, says string) bool { return says == "" })
		if err := plays[d.next].do(v); err != nil {
			return err
		}
		d.told = d.open
	}
	return v.Close()
}

// compare wants a vault to be as the diary says: all that was acknowledged, and of what
// was begun all or nothing.
func (d *diary) compare(v *Vault) error {
	got, err := look(v)
	if err != nil {
		return err
	}
	if !maps.Equal(got, d.told) && !maps.Equal(got, d.open) {
		return fmt.Errorf("there is %v, where %v was acknowledged and %v begun", got, d.told, d.open)
	}
	return nil
}

// goOn wants a machine to open, in whatever state it was left, to be as the diary says,
// and to work from then on.
func (d *diary) goOn(m *machine) error {
	v, k, err := m.open()
	if err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	if err := d.compare(v); err != nil {
		return err
	}
	for name := range m.vault.contents() {
		if strings.HasSuffix(name, osfile.NewSuffix) {
			return fmt.Errorf("the file %s was being made when the power went, and is still there", name)
		}
	}
	for epoch := range k.held.of {
		if epoch < v.keys.epoch {
			return fmt.Errorf("the keeper still has the key of epoch %d, and it is %d", epoch, v.keys.epoch)
		}
	}
	seen, err := look(v)
	if err != nil {
		return err
	}
	if err := wants(m.survivors(loseAll, nil), seen); err != nil {
		return fmt.Errorf("what was seen, when the power goes at once: %w", err)
	}
	if err := errors.Join(v.Rotate(ctx), v.Put(ctx, []ledger.Part{oneMore})); err != nil {
		return err
	}
	if len(k.held.of) != 1 {
		return fmt.Errorf("the keeper holds %d keys after a rotation", len(k.held.of))
	}
	for name, b := range m.vault.contents() {
		if d.next > leaves && d.next <= leaves+2 && strings.Contains(b, anna) { // she was erased, and has not come back
			return fmt.Errorf("the file %s names her who was erased", name)
		}
	}
	then, err := look(v)
	if err != nil {
		return err
	}
	if err := v.Close(); err != nil {
		return err
	}
	return wants(m.survivors(loseAll, nil), then)
}

// wants opens a machine on which all is well, and wants this to be there.
func wants(m *machine, want scene) error {
	v, _, err := m.open()
	if err != nil {
		return fmt.Errorf("opening again: %w", err)
	}
	if v.Repaired() != (Repair{}) {
		return fmt.Errorf("opening again repairs %+v", v.Repaired())
	}
	if now, err := look(v); err != nil || !maps.Equal(now, want) {
		return fmt.Errorf("after opening again there is %v, where %v was (%w)", now, want, err)
	}
	return nil
}

// run lets the program run until the power is cut after some steps. It returns false if
// the program came to its end before.
func (d *diary) run(m *machine, steps int) bool {
	m.steps = steps
	v, _, err := m.open()
	if err == nil {
		err = d.play(v)
	}
	return err != nil
}

// TestPowerCutAtEveryStep cuts the power at every step, from the founding of the vault
// to its closing; for each it tries what may be left on both disks; and in opening what
// is left it cuts the power again. Nothing that was acknowledged may be lost, nothing
// that was erased may come back, and an erasure or a rotation is whole or not at all
// (P2).
func TestPowerCutAtEveryStep(t *testing.T) {
	points, again := 0, 0
	for steps := 0; ; steps += cutStride {
		var d diary
		m := newMachine()
		if !d.run(m, steps) {
			break
		}
		for how := range losses {
			points++
			r := rand.New(rand.NewPCG(uint64(steps), uint64(how)))
			where := fmt.Sprintf("power cut after %d steps, in act %d, loss %d", steps, d.next, how)
			left := m.survivors(how, r)
			require.NoError(t, d.goOn(left.survivors(loseNone, nil)), where)
			again += d.cutRecovery(t, left, r, where)
		}
	}
	t.Logf("%d power cuts, and %d more while recovering", points, again)
	require.Greater(t, points, 5000/cutStride)
	require.Greater(t, again, 1000/cutStride)
}

// cutRecovery cuts the power at steps of opening a machine.
func (d *diary) cutRecovery(t *testing.T, left *machine, r *rand.Rand, where string) (points int) {
	for steps := r.IntN(50); ; steps += 1 + r.IntN(50) {
		m := left.survivors(loseNone, nil)
		m.steps = steps
		if _, _, err := m.open(); err == nil {
			return points
		}
		points++
		how := loss(r.IntN(int(losses)))
		require.NoError(t, d.goOn(m.survivors(how, r)), "%s, then after %d steps of recovery, loss %d", where, steps, how)
	}
}

// TestEveryFault makes every single call to the disks fail, before it has done anything
// or after. Whatever happens, the vault is dead or as it was, and opening it again
// finds what was acknowledged (D4).
func TestEveryFault(t *testing.T) {
	m := newMachine()
	require.False(t, new(diary).run(m, -1))
	calls := m.calls
	require.Greater(t, calls, 150)
	for call := range calls {
		for _, how := range []fault{faultBefore, faultAfter} {
			what := fmt.Sprintf("fault %d at call %d", how, call)
			m, d := newMachine(), new(diary)
			m.fault = func(n int, _ string) fault {
				if n == call {
					return how
				}
				return noFault
			}
			v, _, err := m.open()
			if err == nil {
				err = d.play(v)
			}
			require.ErrorIs(t, err, errFault, what)
			if v != nil {
				if v.failed != nil {
					require.ErrorIs(t, v.Put(ctx, []ledger.Part{oneMore}), ledger.ErrDead, what)
					_, err := v.Get(ctx, ofAnna.Commitment())
					require.ErrorIs(t, err, ledger.ErrDead, what)
				}
				require.NoError(t, v.Close(), what)
			}
			require.False(t, m.vault.locked, what)
			m.fault = nil
			require.NoError(t, d.goOn(m.survivors(loseNone, nil)), what)
			require.NoError(t, d.goOn(m.survivors(loseAll, nil)), what)
		}
	}
}

// TestPlays: what the program of the tests does is what it is meant to do.
func TestPlays(t *testing.T) {
	m, d := newMachine(), new(diary)
	require.False(t, d.run(m, -1))
	require.Equal(t, []string{"", "", "erased as third", "erased as third", "erased", "erased"}, []string{
		d.told["bob"], d.told["one more"], d.told["what Anna said"], d.told["what both said"], d.told["what Bob said"], d.told["what nobody said"]})
	require.Equal(t, "erased as third", plays[leaves].then["what Anna said"])
	require.Equal(t, "what Bob said too about [bob]", d.told["what Bob said too"])
	require.ElementsMatch(t, []string{keysName, reachName, textsName}, slices.Collect(maps.Keys(m.vault.contents())))
}

// TestMeanwhile looks at a vault in the middle of erasures, wherever nobody holds it
// up: what goes is gone from the moment at which the keys are, and what stays can be
// read all the time, under the old keys or the new.
func TestMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		erase  func(v *Vault) error
		before scene
		then   scene
	}{
		"parts": {func(v *Vault) error { _, err := v.EraseParts(ctx, ofBob.Commitment()); return err },
			scene{"what Bob said": "what Bob said about [bob]"}, scene{"what Bob said": "erased"}},
		"people": {func(v *Vault) error { _, err := v.EraseAs(ctx, "m", "bob"); return err },
			scene{"what Bob said": "what Bob said about [bob]", "what Bob said too": "what Bob said too about [bob]"},
			scene{"what Bob said": "erased as m", "what Bob said too": "erased as m"}},
	} {
		m := written(t, ofAnna, ofBob, alsoBob)
		v, _, err := m.open()
		require.NoError(t, err)
		var seen []scene
		m.fault = func(_ int, what string) fault {
			if strings.HasPrefix(what, "create") && strings.HasSuffix(what, osfile.NewSuffix) {
				now, err := look(v)
				require.NoError(t, err)
				seen = append(seen, now)
			}
			return noFault
		}
		require.NoError(t, c.erase(v))
		m.fault = nil
		after, err := look(v)
		require.NoError(t, err)
		require.Len(t, seen, 3, name+": two tables of keys and the texts are made")
		for i, want := range []scene{c.before, c.then, c.then} {
			for what, says := range want {
				require.Equal(t, says, seen[i][what], "%s, look %d", name, i)
			}
		}
		require.Equal(t, after, seen[1], name)
		require.Equal(t, after, seen[2], name)
		require.Equal(t, "what Anna said about ["+anna+"]", after["what Anna said"])
	}
}

package vault

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/alias"
	"github.com/sayround/sayround/ledger"
)

// A guest book is what somebody was told of whose ids are whose, in a vault from which
// the power is taken.
type guestBook struct {
	told map[string]circle.PersonID // by handle
	gone []circle.PersonID          // erased, for certain
	open circle.PersonID            // whose erasure was begun
}

// live lets people come, be erased and come back, until something fails.
func (g *guestBook) live(m *machine) error {
	v, _, err := m.open()
	if err != nil {
		return err
	}
	r, err := alias.Open(ctx, v, alias.Config{})
	if err != nil {
		return err
	}
	comes := func(handle string) error {
		id, err := r.Of(ctx, handle)
		if err == nil {
			g.told[handle] = id
		}
		return err
	}
	leaves := func(handle string) error {
		g.open = g.told[handle]
		if _, err := v.EraseAs(ctx, "left", string(g.open)); err != nil {
			return err
		}
		g.gone, g.open = append(g.gone, g.open), ""
		delete(g.told, handle)
		return nil
	}
	for _, do := range []func() error{
		func() error { return comes(anna) },
		func() error { return comes("ben") },
		func() error { return v.Rotate(ctx) },
		func() error { return leaves(anna) },
		func() error { return comes(anna) },
		func() error { return comes("cia") },
		func() error { return leaves("ben") },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return v.Close()
}

// holds wants a machine to know what was told, whatever was cut short: each id is that
// of the same person as ever, those who were erased are, and no id belongs to two.
func (g *guestBook) holds(m *machine) error {
	v, _, err := m.open()
	if err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	r, err := alias.Open(ctx, v, alias.Config{})
	if err != nil {
		return fmt.Errorf("opening the register: %w", err)
	}
	had := map[circle.PersonID]string{}
	for _, id := range g.gone {
		if _, err := r.Behind(ctx, id); !errors.Is(err, ledger.ErrErased) {
			return fmt.Errorf("%s was erased, and is known: %w", id, err)
		}
		had[id] = "somebody who was erased"
	}
	was := maps.Clone(g.told)
	for range 2 { // those who were told of an id have it, and from here on so have the others
		for _, handle := range []string{anna, "ben", "cia"} {
			id, err := r.Of(ctx, handle)
			if err != nil {
				return err
			}
			if old := was[handle]; old != "" && old != id && old != g.open {
				return fmt.Errorf("%s was %s and is %s", handle, old, id)
			}
			if had[id] != "" && had[id] != handle {
				return fmt.Errorf("%s is %s, and was given to %s", id, handle, had[id])
			}
			if now, err := r.Behind(ctx, id); err != nil || now != handle {
				return fmt.Errorf("behind %s is %q, not %q: %w", id, now, handle, err)
			}
			was[handle], had[id] = id, handle
		}
		g.told, g.open = was, "" // an erasure that was cut short is done by now, or was never certain
	}
	return v.Close()
}

// TestPowerCutAtEveryAlias cuts the power at every step of a program that gives out ids
// and erases people, and takes from the disks what may be lost: an id that was told
// is never forgotten, and never anybody else's (P2, D1).
func TestPowerCutAtEveryAlias(t *testing.T) {
	points := 0
	for steps := 0; ; steps += cutStride {
		m, g := newMachine(), &guestBook{told: map[string]circle.PersonID{}}
		m.steps = steps
		if g.live(m) == nil {
			require.Len(t, g.gone, 2)
			break
		}
		for how := range losses {
			points++
			left := m.survivors(how, rand.New(rand.NewPCG(uint64(steps), uint64(how))))
			book := *g
			require.NoError(t, book.holds(left), "power cut after %d steps, loss %d", steps, how)
			if how == loseAll { // once is enough to see that what was seen then is kept
				require.NoError(t, book.holds(left.survivors(loseAll, nil)), "power cut after %d steps, and again", steps)
			}
		}
	}
	t.Logf("%d power cuts", points)
	require.Greater(t, points, 5000/cutStride)
}

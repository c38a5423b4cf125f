package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A teller gives the commands of the scenes to an engine and tells what came
// of each.
type teller struct {
	out    io.Writer
	store  *filestore.Store
	vault  *vault.Vault // what was said, encrypted; nil of a ledger from before there was one
	engine *consent.Engine
	now    time.Time
	plan   *constitution.Constitution
	names  map[circle.PersonID]string
	done   map[string]bool // the acts of the story that the ledger held already
	last   int             // the number of the last of them, from 1 on
	number int             // of the act that is told now
}

// open opens the ledger of a folder, with a clock that the story moves.
func open(ctx context.Context, dir string, plan *constitution.Constitution, out io.Writer) (*teller, error) {
	store, err := filestore.Open(dir)
	if err != nil {
		return nil, err
	}
	t := &teller{out: out, store: store, plan: plan, names: names(plan), now: founding, done: map[string]bool{}}
	if err = t.openVault(ctx, dir); err == nil {
		config := consent.Config{Store: store, Now: func() time.Time { return t.now }, Unrelated: unrelated}
		if t.vault != nil {
			config.Vault = t.vault
		}
		t.engine, err = consent.Open(ctx, config)
	}
	if err != nil {
		return nil, errors.Join(err, t.shut())
	}
	return t, nil
}

// openVault opens the vault for what people say, in the folder of the ledger. Its keys
// open with a keeper beside that folder: in life that lies on another disk. A ledger
// from before there was such a vault keeps its words where they are.
func (t *teller) openVault(ctx context.Context, dir string) error {
	folder := filepath.Join(dir, "vault")
	if _, err := os.Stat(folder); err != nil && began(ctx, t.store) {
		return nil
	}
	keeper, err := vault.OpenKeeper(filepath.Clean(dir) + ".keeper")
	if err != nil {
		return err
	}
	t.vault, err = vault.Open(ctx, folder, vault.Config{Keeper: keeper, Origin: "carecoop.example/ledger"})
	return err
}

// began says whether a ledger has an entry.
func began(ctx context.Context, store ledger.Store) bool {
	for _, err := range store.Read(ctx, 0) {
		return err == nil
	}
	return false
}

// shut closes what is open.
func (t *teller) shut() error {
	err := t.store.Close()
	if t.vault != nil {
		err = errors.Join(err, t.vault.Close())
	}
	return err
}

// names are what people are called.
func names(plan *constitution.Constitution) map[circle.PersonID]string {
	out := map[circle.PersonID]string{}
	for _, p := range plan.People {
		if name, ok := p.Name.Words(); ok {
			out[p.ID] = name
		}
	}
	for _, m := range register(plan) {
		out[m.id] = m.name
	}
	return out
}

func (t *teller) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// tell runs the scenes. What the ledger holds already is not done again.
func (t *teller) tell(ctx context.Context, list []telling) error {
	if err := t.found(ctx); err != nil {
		return err
	}
	if err := t.find(ctx, list); err != nil {
		return err
	}
	for _, s := range list {
		if err := t.scene(ctx, s); err != nil {
			return err
		}
	}
	t.now = at(list[len(list)-1].day)
	if len(t.done) > 0 {
		t.say("\n(%d acts stood in the ledger already; they were read, not done again.)", len(t.done))
	}
	return nil
}

// found founds the co-operative from its constitution, and enters its members in
// the register.
func (t *teller) found(ctx context.Context) error {
	size, _ := t.engine.Head()
	commands := t.plan.Commands()
	members := enrol(register(t.plan))
	last := len(commands) - 1 // it ends the founding
	for i, cmd := range slices.Concat(commands[:last], members, commands[last:]) {
		if err := t.give(ctx, act{by: "founder", cmd: cmd}, fmt.Sprintf("found-%d", i)); err != nil {
			return fmt.Errorf("founding: %w", err)
		}
	}
	if size == 0 {
		t.say("The co-operative is founded from its constitution: %d people, %d circles. Its register has %s.", len(t.plan.People), len(t.plan.Circles), inClasses())
	}
	return nil
}

// errOther: a ledger on which one of the stories was told by itself cannot be gone on
// with as if the others had been told around it.
var errOther = errors.New("this ledger holds another story, or one that was told without the others: name a folder of its own, or the same -only")

// find looks how far the story has come in this ledger.
func (t *teller) find(ctx context.Context, list []telling) error {
	number, missing := 0, false
	for _, s := range list {
		for i := range s.acts {
			number++
			if s.acts[i].silent() {
				continue
			}
			_, ok, err := t.engine.Find(ctx, s.id(i))
			if err != nil {
				return err
			}
			switch {
			case ok && missing:
				return errOther
			case ok:
				t.done[s.id(i)], t.last = true, number
			case s.acts[i].refused == "" && !s.acts[i].turn:
				missing = true
			}
		}
	}
	return nil
}

// silent says that an act is a line of the story, and no command.
func (a act) silent() bool { return a.cmd == nil && a.wire == "" }

// over says whether the ledger has come further than an act: one that is told by
// its place is behind the last that was done; in a round everybody has their own.
func (t *teller) over(a act, id string, number int) bool {
	if a.turn {
		return t.done[id]
	}
	return number <= t.last
}

// scene moves the clock to its day, tells what time has brought about, and
// lets the people act.
func (t *teller) scene(ctx context.Context, s telling) error {
	first := t.number
	t.number += len(s.acts)
	left := len(s.acts) == 0 && t.last <= first
	for i, a := range s.acts {
		left = left || !t.over(a, s.id(i), first+i+1)
	}
	if !left {
		return nil
	}
	t.heading(s)
	if err := t.moveTo(ctx, at(s.day)); err != nil {
		return err
	}
	for i := 0; i < len(s.acts); {
		n, err := t.next(ctx, s, i, first)
		if err != nil {
			return err
		}
		i += n
	}
	return nil
}

// heading begins a scene. What lies between the scenes has one line.
func (t *teller) heading(s telling) {
	switch {
	case s.chapter == life:
		t.say("\n   … %s", s.title)
		return
	case s.opens != "":
		t.say("\n%s\n%s", s.opens, line(s.opens))
	}
	t.say("\n%s. Day %d, %s. %s", s.number, s.day, at(s.day).Format("2 January 2006"), s.title)
}

// line underlines a title.
func line(title string) string {
	out := ""
	for range title {
		out += "─"
	}
	return out
}

// next tells one act, or the acts of a round in the order of their turns; how
// many those were, it returns.
func (t *teller) next(ctx context.Context, s telling, i, first int) (int, error) {
	n := 1
	for s.acts[i].turn && i+n < len(s.acts) && s.acts[i+n].turn && about(s.acts[i+n].cmd) == about(s.acts[i].cmd) {
		n++
	}
	waiting := make([]int, 0, n)
	for k := i; k < i+n; k++ {
		if !t.over(s.acts[k], s.id(k), first+k+1) {
			waiting = append(waiting, k)
		}
	}
	for len(waiting) > 0 {
		at := t.whose(s.acts, waiting)
		k := waiting[at]
		waiting = slices.Delete(waiting, at, at+1)
		if err := t.act(ctx, s.acts[k], s.id(k)); err != nil {
			return n, fmt.Errorf("scene %s, %s %s: %w", s.number, t.name(s.acts[k].by), s.acts[k].says, err)
		}
	}
	return n, nil
}

// about is the proposal that an act in a round is about.
func about(cmd consent.Command) proposal.ID {
	switch c := cmd.(type) {
	case consent.Speak:
		return c.Proposal
	case consent.Pass:
		return c.Proposal
	case consent.Respond:
		return c.Proposal
	case consent.ChangeNomination:
		return c.Proposal
	case objection.Raise:
		return c.Proposal
	}
	return ""
}

// whose finds which of the waiting acts is that of the person whose turn it is.
func (t *teller) whose(list []act, waiting []int) int {
	id := about(list[waiting[0]].cmd)
	if len(waiting) == 1 || id == "" {
		return 0
	}
	var awaited []circle.PersonID
	t.engine.Look(func(s *consent.State) {
		if p := s.Process(id); p != nil && p.Round != nil {
			awaited = p.Round.Awaited()
		}
	})
	for _, who := range awaited {
		if at := slices.IndexFunc(waiting, func(k int) bool { return list[k].by == who }); at >= 0 {
			return at
		}
	}
	return 0
}

// moveTo lets time pass, and tells what it brought about. On a ledger that has
// come further already, time stands where the ledger stands.
func (t *teller) moveTo(ctx context.Context, day time.Time) error {
	t.now = day
	receipts, err := t.engine.Tick(ctx)
	if errors.Is(err, circle.ErrNotValid) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, r := range receipts {
		t.say("   · time: %s", t.brought(r.Events))
	}
	return nil
}

// act gives one command and tells it, or the refusal that the story expects. A
// refusal leaves the ledger as it was.
func (t *teller) act(ctx context.Context, a act, id string) error {
	switch {
	case a.tells != nil:
		return a.tells(ctx, t)
	case a.silent():
		t.say("   %s", a.says)
		return nil
	}
	size, _ := t.engine.Head()
	err := t.give(ctx, a, id)
	var refusal *circle.Refusal
	switch {
	case a.refused == "" && err == nil:
		if !a.quiet {
			t.say("   · %s %s", t.speaker(a), a.says)
		}
	case a.refused == "":
		return err
	case errors.As(err, &refusal) && refusal.Code.ID == a.refused:
		t.say("   · %s %s", t.speaker(a), a.says)
		t.say("     ✗ refused: %s", refusal.Told(nil, t.name))
		if after, _ := t.engine.Head(); after != size {
			return fmt.Errorf("the refusal %s left something behind", a.refused)
		}
	default:
		return fmt.Errorf("the story expects the refusal %s, and this came: %w", a.refused, err)
	}
	return nil
}

func (t *teller) give(ctx context.Context, a act, id string) error {
	by := circle.Actor{By: a.by, With: a.with, RecordedBy: a.recordedBy, For: a.stands}
	cmd := a.cmd
	if a.wire != "" {
		var err error
		if cmd, err = consent.ReadCommand(a.wire, []byte("{}")); err != nil {
			return err
		}
	}
	_, err := t.engine.Do(ctx, by, cmd, consent.WithID(id))
	return err
}

func (t *teller) name(id circle.PersonID) string {
	if n := t.names[id]; n != "" {
		return n
	}
	return string(id)
}

func (t *teller) speaker(a act) string {
	who := t.name(a.by)
	if a.with != "" {
		who += ", with " + t.name(a.with) + ","
	}
	if a.recordedBy != "" {
		who += " (by phone; " + t.name(a.recordedBy) + " wrote it down)"
	}
	if a.stands != "" {
		who += ", for " + t.name(a.stands) + ","
	}
	return who
}

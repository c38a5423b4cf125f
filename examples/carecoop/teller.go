package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/ledger/filestore"
)

// A teller gives the commands of the scenes to an engine and tells what came
// of each.
type teller struct {
	out    io.Writer
	store  *filestore.Store
	engine *consent.Engine
	now    time.Time
	plan   *constitution.Constitution
	names  map[circle.PersonID]string
	before int    // how many acts of the story the ledger held already
	last   string // the last of them
}

// open opens the ledger of a folder, with a clock that the story moves.
func open(ctx context.Context, dir string, plan *constitution.Constitution, out io.Writer) (*teller, error) {
	store, err := filestore.Open(dir)
	if err != nil {
		return nil, err
	}
	t := &teller{out: out, store: store, plan: plan, names: map[circle.PersonID]string{}, now: founding}
	for _, p := range plan.People {
		if name, ok := p.Name.Words(); ok {
			t.names[p.ID] = name
		}
	}
	t.engine, err = consent.Open(ctx, consent.Config{Store: store, Now: func() time.Time { return t.now }})
	if err != nil {
		store.Close()
		return nil, err
	}
	return t, nil
}

func (t *teller) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// tell runs the scenes. What the ledger holds already is not done again.
func (t *teller) tell(ctx context.Context, scenes []scene) error {
	if err := t.found(ctx); err != nil {
		return err
	}
	if err := t.find(ctx); err != nil {
		return err
	}
	for _, s := range scenes {
		if err := t.scene(ctx, s); err != nil {
			return err
		}
	}
	if t.before > 0 {
		t.say("\n(%d acts stood in the ledger already; they were read, not done again.)", t.before)
	}
	return nil
}

// found founds the co-operative from its constitution.
func (t *teller) found(ctx context.Context) error {
	size, _ := t.engine.Head()
	for i, cmd := range t.plan.Commands() {
		id := fmt.Sprintf("found-%d", i)
		if err := t.give(ctx, act{by: "founder", cmd: cmd}, id); err != nil {
			return fmt.Errorf("founding: %w", err)
		}
	}
	if size == 0 {
		t.say("The co-operative is founded from its constitution: %d people, %d circles.", len(t.plan.People), len(t.plan.Circles))
	}
	return nil
}

// find looks how far the story has come in this ledger.
func (t *teller) find(ctx context.Context) error {
	for _, s := range scenario {
		for i := range s.acts {
			_, ok, err := t.engine.Find(ctx, s.id(i))
			if err != nil {
				return err
			}
			if ok {
				t.before, t.last = t.before+1, s.id(i)
			}
		}
	}
	return nil
}

// id is the id of the command of an act, under which it takes effect once
// however often the story is told.
func (s scene) id(i int) string { return fmt.Sprintf("4a-%s-%d", s.number, i) }

// holds says whether an act is one of the scene's.
func (s scene) holds(id string) bool {
	for i := range s.acts {
		if s.id(i) == id {
			return true
		}
	}
	return false
}

// scene moves the clock to its day, tells what time has brought about, and
// lets the people act.
func (t *teller) scene(ctx context.Context, s scene) error {
	if t.last != "" && !s.holds(t.last) {
		return nil
	}
	t.say("\n%s. Day %d, %s. %s", s.number, s.day, at(s.day).Format("2 January 2006"), s.title)
	if err := t.moveTo(ctx, at(s.day)); err != nil {
		return err
	}
	for i, a := range s.acts {
		if err := t.act(ctx, a, s.id(i)); err != nil {
			return fmt.Errorf("scene %s, %s %s: %w", s.number, t.name(a.by), a.says, err)
		}
	}
	return nil
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
		t.say("   · time: %s", happened(r.Events))
	}
	return nil
}

// act gives one command and tells it, or the refusal that the story expects.
// What lies before the last act that the ledger holds is passed over.
func (t *teller) act(ctx context.Context, a act, id string) error {
	if t.last != "" {
		if id == t.last {
			t.last = ""
		}
		return nil
	}
	err := t.give(ctx, a, id)
	var refusal *circle.Refusal
	switch {
	case a.refused == "" && err == nil:
		t.say("   · %s %s", t.speaker(a), a.says)
	case a.refused == "":
		return err
	case errors.As(err, &refusal) && refusal.Code.ID == a.refused:
		t.say("   · %s %s", t.speaker(a), a.says)
		t.say("     ✗ refused: %s", refusal.Told(nil, t.name))
	default:
		return fmt.Errorf("the story expects the refusal %s, and this came: %w", a.refused, err)
	}
	return nil
}

func (t *teller) give(ctx context.Context, a act, id string) error {
	by := circle.Actor{By: a.by, With: a.with, RecordedBy: a.recordedBy}
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
	return who
}

func happened(events []consent.Event) string {
	var out []string
	for _, e := range events {
		_, what, _ := strings.Cut(e.Wire(), ".")
		out = append(out, strings.ReplaceAll(what, "-", " "))
	}
	return strings.Join(out, ", ")
}

// close tells the minutes, the agreement and what comes next, and verifies the
// whole ledger.
func (t *teller) close(ctx context.Context, explain bool) error {
	t.say("")
	for _, m := range []consent.MeetingID{"m1", "m2", "m4"} {
		if minutes, err := logbook.OfMeeting(ctx, t.engine, m); err == nil {
			t.say("%s", minutes)
		}
	}
	register, err := logbook.Register(ctx, t.engine, "valley")
	if err != nil {
		return err
	}
	for _, a := range register {
		t.say("Agreement %s", a)
	}
	for _, d := range t.engine.Due(t.now) {
		t.say("Next: %s %s %s, %s", d.What, d.Of, d.Part, d.At.Format("2 January 2006"))
		break
	}
	if explain {
		if err := t.explain(ctx); err != nil {
			return err
		}
	}
	v, err := t.engine.Verify(ctx)
	if err != nil {
		return err
	}
	t.say("verified: %d entries, root %v", v.Size, v.Root)
	return nil
}

func (t *teller) explain(ctx context.Context) error {
	sentences, err := t.engine.Explain(ctx, "notes")
	if errors.Is(err, circle.ErrNotKnown) {
		t.say("There is no proposal yet to explain.")
		return nil
	}
	if err != nil {
		return err
	}
	t.say("Why the agreement on hand-over notes stands:")
	for _, s := range sentences {
		t.say("  %s", s)
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/proposal"
)

// What is shown of each chapter at the end.
var (
	minutesOf = []struct {
		chapter string
		meeting consent.MeetingID
	}{{"4a", "m1"}, {"4a", "m2"}, {"4a", "m4"}, {"4b", "b2"}, {"4c", general}}
	explained = []struct {
		chapter string
		of      proposal.ID
		title   string
	}{{"4a", "notes", "Why the agreement on hand-over notes stands:"}, {"4b", "delegate", "Why Ada was Delegate:"}, {"4c", short, "Why the policy on short visits stands:"}}
)

// close tells the minutes, the agreements and what comes next, and verifies the
// whole ledger.
func (t *teller) close(ctx context.Context, explain bool, only string) error {
	t.say("")
	for _, m := range minutesOf {
		if only != "" && only != m.chapter {
			continue
		}
		if minutes, err := logbook.OfMeeting(ctx, t.engine, m.meeting); err == nil {
			t.say("%s", minutes)
		}
	}
	for _, of := range []circle.ID{"valley", "places"} {
		register, err := logbook.Register(ctx, t.engine, of)
		if err != nil {
			return err
		}
		for _, a := range register {
			t.say("Agreement %s", a)
		}
	}
	for _, d := range t.engine.Due(t.now) {
		if !d.Past {
			t.say("Next: %s %s %s, %s\n", d.What, d.Of, d.Part, d.At.Format("2 January 2006"))
			break
		}
	}
	for _, x := range explained {
		if !explain || only != "" && only != x.chapter {
			continue
		}
		if err := t.explain(ctx, x.of, x.title); err != nil {
			return err
		}
	}
	return t.verified(ctx)
}

// explain tells why something is as it is, with the entries.
func (t *teller) explain(ctx context.Context, of proposal.ID, title string) error {
	sentences, err := t.engine.Explain(ctx, of)
	if errors.Is(err, circle.ErrNotKnown) {
		return nil
	}
	if err != nil {
		return err
	}
	t.say("%s", title)
	for _, s := range sentences {
		t.say("  %s", s)
	}
	t.say("")
	return nil
}

// verified reads the ledger from its first entry, and says what it comes to.
func (t *teller) verified(ctx context.Context) error {
	v, err := t.engine.Verify(ctx)
	if err != nil {
		return err
	}
	first, err := t.engine.Entry(ctx, 0)
	if err != nil {
		return err
	}
	last, err := t.engine.Entry(ctx, v.Size-1)
	if err != nil {
		return err
	}
	of, err := t.count(ctx, v.Size)
	if err != nil {
		return err
	}
	t.say("verified: %d entries in %d days, root %v", v.Size, int(last.At.Sub(first.At).Hours()/24), v.Root)
	t.say("They are of %s.", of)
	t.say("Read again from the first entry, with nothing but the ledger, they come to the same state.")
	return nil
}

// count says of what the entries are: each names the command that made it.
func (t *teller) count(ctx context.Context, size uint64) (string, error) {
	kinds := []struct {
		begins, called string
		n              int
	}{{"found-", "the founding", 0}, {"4a-", "4a", 0}, {"4b-", "4b", 0}, {"4c-", "4c", 0}, {"life-", "the life between", 0}, {"", "the clock", 0}}
	for pos := range size {
		entry, err := t.engine.Entry(ctx, pos)
		if err != nil {
			return "", err
		}
		for i := range kinds {
			if strings.HasPrefix(entry.ID, kinds[i].begins) {
				kinds[i].n++
				break
			}
		}
	}
	var out []string
	for _, k := range kinds {
		if k.n > 0 {
			out = append(out, fmt.Sprintf("%s %d", k.called, k.n))
		}
	}
	return plain(out), nil
}

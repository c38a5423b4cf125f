package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// A Retention says how long the words of one field are kept. It is the host's to say,
// for all circles alike.
type Retention struct {
	// Kind is the field in which the words stand, as a [PartRef] has it: "reason", "text".
	Kind Name
	// Class is the name under which the vault and the ledger know it.
	Class Name
	// Keep is how long; 0 is for ever. When it is over, a Tick erases them, but for
	// what belongs to the organisation by then, as [Engine.Erase] says.
	Keep time.Duration
}

// WordsExpired: so many texts of a class had been kept long enough, and are erased. They
// stand in entries from From on, before Upto; nobody is named.
type WordsExpired struct {
	Class Name      `json:"class"`
	Parts int       `json:"parts"`
	From  uint64    `json:"from"`
	Upto  uint64    `json:"upto"`
	At    time.Time `json:"at"`
	// Erasure is the mark that those texts bear in the vault, see [Engine.Said].
	Erasure ErasureID `json:"erasure,omitempty"`
}

// Wire is the name under which it stands in the ledger.
func (WordsExpired) Wire() string { return "consent.words-expired" }

// On names no proposal.
func (*WordsExpired) On() proposal.ID { return "" }

// In names no meeting.
func (*WordsExpired) In() MeetingID { return "" }

// A span is the entries of which the words of a class were erased last.
type span struct {
	From, Upto uint64
	Erasure    ErasureID
}

func (e *WordsExpired) apply(s *State) {
	s.keepsPrivacy().Expired[e.Class] = span{e.From, e.Upto, e.Erasure}
}

// expiring says that words are erased because they were kept long enough. Only the
// engine makes one.
type expiring struct {
	unnamed
	Class Name
	Parts int
	span
}

// Wire is the name under which it stands in the ledger.
func (expiring) Wire() string { return "consent.expire-words" }

func (c expiring) decide(_ *State, _ circle.Actor, now time.Time) ([]Event, error) {
	return []Event{&WordsExpired{Class: c.Class, Parts: c.Parts, From: c.From, Upto: c.Upto, At: now, Erasure: c.Erasure}}, nil
}

// class is the class of words that stand in a field.
func (c *Config) class(kind string) Name {
	for _, r := range c.Retention {
		if r.Kind == Name(kind) {
			return r.Class
		}
	}
	return ""
}

// expireDue erases for a Tick what was kept long enough. Time goes on for all others
// though the vault be broken: what went wrong is for the operator.
func (e *Engine) expireDue(ctx context.Context, now time.Time) {
	for _, r := range e.config.Retention {
		if r.Keep <= 0 {
			continue
		}
		vault, err := e.forgetter()
		if err == nil {
			err = e.holdAgain(ctx, vault)
		}
		if err == nil {
			err = e.expire(ctx, vault, r, now)
		}
		if err != nil {
			e.config.Logger.Error("words that were kept long enough are not erased yet", "class", r.Class, "error", err)
		}
	}
}

// expire puts on record how many texts of a class are erased, and erases them. After a
// crash in between, an engine that is opened looks at those entries again.
func (e *Engine) expire(ctx context.Context, vault ledger.Forgetter, r Retention, now time.Time) error {
	last := e.state.private().Expired[r.Class]
	from, known := e.swept[r.Class]
	if !known {
		from = last.From
	}
	old, upto, err := e.old(ctx, vault, r, from, now)
	if err != nil {
		return err
	}
	fresh := 0
	var list []ledger.Commitment
	for _, p := range old {
		list = append(list, p.c)
		if p.pos >= last.Upto {
			fresh++
		}
	}
	as := last.Erasure
	if fresh > 0 {
		id := e.config.IDs()
		as = ErasureID(id)
		cmd := expiring{Class: r.Class, Parts: fresh, span: span{max(from, last.Upto), upto, as}}
		if err := e.recorded(ctx, circle.Actor{Clock: true}, cmd, request{id: id}); err != nil {
			return err
		}
	}
	if _, err := vault.ErasePartsAs(ctx, string(as), list...); err != nil {
		return err
	}
	if e.swept == nil {
		e.swept = map[Name]uint64{}
	}
	e.swept[r.Class] = upto
	return nil
}

// An oldPart is a part that was kept long enough.
type oldPart struct {
	pos uint64
	c   ledger.Commitment
}

// old lists the parts of a class that were kept long enough, from a position on, and
// tells how far it has looked. Those about somebody who is held are left out: when the
// hold is released, all is looked at again.
func (e *Engine) old(ctx context.Context, vault ledger.Forgetter, r Retention, from uint64, now time.Time) (list []oldPart, upto uint64, err error) {
	upto = from
	for b, err := range e.config.Store.Read(ctx, from) {
		if err != nil {
			return nil, 0, err
		}
		entry, err := DecodeEntry(b, upto)
		if err != nil {
			return nil, 0, err
		}
		if entry.At.Add(r.Keep).After(now) {
			break
		}
		for _, ref := range entry.Parts {
			if ref.Kind != r.Kind {
				continue
			}
			c, err := ledger.ParseCommitment(ref.Commitment)
			if err != nil {
				return nil, 0, err
			}
			p, err := vault.Get(ctx, c)
			switch {
			case errors.Is(err, ledger.ErrErased), errors.Is(err, ledger.ErrNoPart):
			case err != nil && !errors.Is(err, ledger.ErrCorrupt):
				return nil, 0, err
			case !slices.ContainsFunc(p.About, vault.Held):
				list = append(list, oldPart{upto, c})
			}
		}
		upto++
	}
	list, err = e.notCommon(ctx, list)
	return list, upto, err
}

// notCommon leaves out what belongs to the organisation: that is kept for as long as
// there is one.
func (e *Engine) notCommon(ctx context.Context, list []oldPart) ([]oldPart, error) {
	among := map[ledger.Commitment]bool{}
	for _, p := range list {
		among[p.c] = true
	}
	stays, err := e.common(ctx, among)
	return slices.DeleteFunc(list, func(p oldPart) bool { return slices.Contains(stays, p.c) }), err
}

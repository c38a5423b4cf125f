package consent

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

// Said is how words read now, and what became of them since they were said: so whoever
// is shown them sees that they were put right, or erased, and when (CP-23).
type Said struct {
	// Words are the words as they read now; empty where nobody can read them.
	Words string
	// Lost says that the words are gone and that nobody has erased them.
	Lost bool
	// Gone tells when and why they were erased; nil: they were not.
	Gone *Gone
	// Right tells that they were put right, the last time; nil: they stand as they were
	// said at first.
	Right *Righting
	// Notes stand beside them.
	Notes []Righting
}

// Gone tells of words that were erased.
type Gone struct {
	At    time.Time // zero: it is not known under which entry they were
	Entry uint64    // where it is recorded
	Why   string    // in plain English
}

// A Righting is that words were put right, or got a note beside.
type Righting struct {
	Entry uint64 // where it is recorded
	At    time.Time
	By    circle.PersonID // who did it
	Of    circle.PersonID // whose words they are, or whom they are about
	Flaw  Flaw
	Note  string // of a note: what it says, or that it is gone
}

// Said tells how words read now.
func (e *Engine) Said(ctx context.Context, t circle.Text) (Said, error) {
	if w, open := t.Words(); open {
		return Said{Words: w}, nil
	}
	p := placeOf(&t)
	if p.Part == 0 {
		return Said{}, nil
	}
	list := e.righted(p)
	out, err := e.readAt(ctx, newest(p, list))
	for _, r := range list {
		if err != nil {
			return Said{}, err
		}
		now := Righting{Entry: r.Text.Entry, At: r.At, By: r.By, Of: r.Of, Flaw: r.Flaw}
		if !r.Beside {
			out.Right = &now
			continue
		}
		var note Said
		note, err = e.readAt(ctx, newest(r.Text, e.righted(r.Text)))
		now.Note = note.String()
		out.Notes = append(out.Notes, now)
	}
	return out, err
}

// readAt reads the words in one place, or what became of them.
func (e *Engine) readAt(ctx context.Context, p Place) (Said, error) {
	part, err := e.partAt(ctx, p)
	var as *ledger.ErasedError
	switch {
	case errors.Is(err, ledger.ErrNoPart):
		return Said{Lost: true}, nil
	case errors.As(err, &as):
		gone, err := e.goneAs(ctx, as.Mark)
		return Said{Gone: &gone}, err
	case errors.Is(err, ledger.ErrErased):
		return Said{Gone: &Gone{}}, nil
	}
	return Said{Words: string(part.Content)}, err
}

// partAt reads the part in a place.
func (e *Engine) partAt(ctx context.Context, p Place) (ledger.Part, error) {
	c, err := e.commitment(ctx, p.Entry, p.Part)
	if err != nil {
		return ledger.Part{}, err
	}
	return e.config.Vault.Get(ctx, c)
}

// goneAs looks up what the ledger says of the erasure whose mark a part bears.
func (e *Engine) goneAs(ctx context.Context, mark string) (Gone, error) {
	found, ok, err := e.Find(ctx, mark)
	if err != nil || !ok {
		return Gone{}, err
	}
	out := Gone{At: found.Entry.At, Entry: found.Position}
	for _, event := range found.Entry.Events {
		switch v := event.(type) {
		case *ErasureBegun:
			out.Why = v.Ground.says()
		case *WordsExpired:
			out.Why = fmt.Sprintf("they were kept for as long as the class %s is", v.Class)
		case *WordsPutRight:
			out.Why = "they had been put right"
		}
	}
	return out, nil
}

// says words a ground.
func (g Ground) says() string {
	switch g {
	case GroundRequest:
		return "it was asked for"
	case GroundWithdrawn:
		return "it was no longer agreed that they are kept"
	case GroundRetention:
		return "they were not needed any more"
	case GroundUnlawful:
		return "they should not have been kept"
	case GroundCourt:
		return "a law or a court asked for it"
	}
	return "for another reason"
}

// String gives the words as people read them, with what became of them behind.
func (s Said) String() string { return s.told(s.Words) }

// quoted gives them in quotation marks; nothing, where nothing was said.
func (s Said) quoted() string {
	if s.Words == "" {
		return s.told("")
	}
	return s.told("“" + s.Words + "”")
}

func (s Said) told(words string) string {
	out := []string{words}
	switch {
	case s.Lost:
		out[0] = "(these words are lost)"
	case s.Gone != nil:
		out[0] = s.Gone.String()
	}
	if s.Right != nil {
		out = append(out, "(put right on "+s.Right.when()+")")
	}
	for _, n := range s.Notes {
		out = append(out, "(note of "+n.when()+": “"+n.Note+"”)")
	}
	return strings.Join(out, " ")
}

// String says that words were erased, and when and why where that is known.
func (g Gone) String() string {
	if g.At.IsZero() {
		return "(these words were erased)"
	}
	return "(these words were erased on " + day(g.At) + ": " + g.Why + ")"
}

// when says when words were put right, and by whom if it was not who said them.
func (r Righting) when() string {
	if r.By == r.Of {
		return day(r.At)
	}
	return day(r.At) + " by " + string(r.By)
}

package logbook

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A Span is the time that a report looks at: from From on, and before To. A zero
// time sets no bound.
type Span struct{ From, To time.Time }

func (s Span) holds(at time.Time) bool {
	return !at.Before(s.From) && (s.To.IsZero() || at.Before(s.To))
}

// SignKind is a way in which taking part may be for show (CP-27).
type SignKind string

// The signs.
const (
	LoneVoice       SignKind = "lone-voice"        // one person had to speak for a whole group
	NeverIntegrated SignKind = "never-integrated"  // none of a group's objections changed anything
	WrittenByOthers SignKind = "written-by-others" // a group's words came through others' hands only
	AskedAfterwards SignKind = "asked-afterwards"  // input was asked for, or came, when all was decided
)

// A Sign is one thing that the ledger shows, with the entries that show it. It is a
// reason to ask those whom it is about, and judges nobody.
type Sign struct {
	Kind    SignKind
	Circle  circle.ID    // empty: it is about the whole organisation
	Class   circle.Class // the group; empty: whoever was asked
	Who     []circle.PersonID
	Need    proposal.NeedID // of input that came too late
	Entries []uint64
	Says    string
}

// few is how many objections, or entries with words, say too little to see
// anything in: below it no sign is reported.
const few = 3

// Tokenism looks in a ledger for signs that taking part was for show (CP-27): a
// group that was one voice among others when a question was put, as far as the
// ledger lists the seats; a group whose objections ended, three or more, and were
// none of them integrated; a group whose words, in three entries or more, were
// always written down by others; and input that was asked for or given after the
// decision that it was for, while that was not open again. Groups are the classes of
// membership.
func Tokenism(ctx context.Context, e *consent.Engine, span Span) ([]Sign, error) {
	t := &tokens{span: span, class: census{}, at: map[proposal.ID]circle.ID{}, put: map[proposal.ID]question{},
		raised: map[objection.ID]*raising{}, words: map[circle.Class]*hands{}, answers: map[proposal.ID]proposal.NeedID{},
		decided: map[proposal.NeedID]uint64{}, late: map[proposal.NeedID][]uint64{}}
	for r, err := range e.Entries(ctx, 0) {
		if err != nil {
			return nil, err
		}
		t.takeWords(r)
		for _, event := range r.Entry.Events {
			t.take(r.Position, r.Entry.At, event)
		}
	}
	out := slices.Concat(t.lone(), t.unheard(), t.through(), t.afterwards())
	slices.SortStableFunc(out, func(a, b Sign) int {
		return cmp.Or(cmp.Compare(a.Circle, b.Circle), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Need, b.Need))
	})
	return out, nil
}

// tokens is a look for signs that goes on.
type tokens struct {
	span    Span
	class   census
	at      map[proposal.ID]circle.ID
	put     map[proposal.ID]question // as it was put last
	raised  map[objection.ID]*raising
	words   map[circle.Class]*hands
	answers map[proposal.ID]proposal.NeedID
	decided map[proposal.NeedID]uint64
	late    map[proposal.NeedID][]uint64
}

// A question that was put: to whom, and where that is told.
type question struct {
	circle circle.ID
	seats  []consent.Seat
	entry  uint64
}

// A raising is an objection from when it is raised to when it ends.
type raising struct {
	by         circle.PersonID
	class      circle.Class
	circle     circle.ID
	entries    []uint64
	ended      bool
	integrated bool
}

// hands are the entries with the words of a group, and who wrote them.
type hands struct {
	entries []uint64
	own     int
	writers []circle.PersonID
}

// takeWords takes note of whose hand wrote down what somebody said.
func (t *tokens) takeWords(r consent.Recorded) {
	by := r.Entry.Actor
	class := t.class[by.By]
	if by.Clock || class == "" || len(r.Entry.Parts) == 0 || !t.span.holds(r.Entry.At) {
		return
	}
	h := t.words[class]
	if h == nil {
		h = &hands{}
		t.words[class] = h
	}
	h.entries = append(h.entries, r.Position)
	if by.RecordedBy == "" || by.RecordedBy == by.By {
		h.own++
	} else if !slices.Contains(h.writers, by.RecordedBy) {
		h.writers = append(h.writers, by.RecordedBy)
	}
}

// take takes note of one event.
func (t *tokens) take(pos uint64, at time.Time, event consent.Event) {
	t.class.take(event)
	switch v := event.(type) {
	case *consent.Opened:
		t.at[v.Proposal] = v.Circle
		delete(t.decided, t.answers[v.Proposal]) // what is decided anew may be asked about again
	case *proposal.Submitted:
		t.answers[v.Proposal] = v.Need
		delete(t.decided, v.Need)
	case *proposal.Adopted:
		if need := t.answers[v.Proposal]; need != "" {
			t.decided[need] = pos
		}
	case *consent.RoundOpened:
		if v.Round == consent.ConsentRound && v.First == "" && t.span.holds(at) {
			t.put[v.Proposal] = question{t.at[v.Proposal], v.Seats, pos}
		}
	case *proposal.InputGiven:
		t.cameLate(v.Need, pos, at)
	case *proposal.Responded:
		if slices.Contains(v.Responses, proposal.AskOpinions) || slices.Contains(v.Responses, proposal.Conversation) {
			t.cameLate(v.Need, pos, at)
		}
	case objection.Event:
		t.takeObjection(pos, at, v)
	}
}

// cameLate takes note of input for a need on which all is decided.
func (t *tokens) cameLate(need proposal.NeedID, pos uint64, at time.Time) {
	if decided, is := t.decided[need]; is && t.span.holds(at) {
		if t.late[need] == nil {
			t.late[need] = []uint64{decided}
		}
		t.late[need] = append(t.late[need], pos)
	}
}

// takeObjection follows an objection to its end. One that was split goes on in its
// parts.
func (t *tokens) takeObjection(pos uint64, at time.Time, event objection.Event) {
	switch v := event.(type) {
	case *objection.Raised:
		if t.span.holds(at) && t.class[v.By] != "" {
			t.raised[v.Objection] = &raising{by: v.By, class: t.class[v.By], circle: t.at[v.Proposal], entries: []uint64{pos}}
		}
	case *objection.Carried:
		t.raised[v.Objection] = t.raised[v.From]
	}
	id, ends := objection.Ends(event)
	if r := t.raised[id]; ends && r != nil {
		r.ended, r.entries = true, append(r.entries, pos)
		switch event.(type) {
		case *objection.Integrated, *objection.SolvedByBoth:
			r.integrated = true
		}
	}
}

// groupIn is a group in a circle.
type groupIn struct {
	circle circle.ID
	class  circle.Class
}

func compareGroups(a, b groupIn) int {
	return cmp.Or(cmp.Compare(a.circle, b.circle), cmp.Compare(a.class, b.class))
}

// lone finds groups that were one voice when questions were put.
func (t *tokens) lone() []Sign {
	alone, questions := map[groupIn]*Sign{}, map[circle.ID]int{}
	ids := sorted(t.put, func(a, b proposal.ID) int { return cmp.Compare(t.put[a].entry, t.put[b].entry) })
	for _, id := range ids {
		q := t.put[id]
		questions[q.circle]++
		for _, seat := range q.seats {
			same := func(s consent.Seat) bool { return s.Class == seat.Class }
			others := slices.DeleteFunc(slices.Clone(q.seats), same)
			if seat.Class == "" || len(q.seats)-len(others) != 1 || len(others) == 0 {
				continue
			}
			at := groupIn{q.circle, seat.Class}
			if alone[at] == nil {
				alone[at] = &Sign{Kind: LoneVoice, Circle: q.circle, Class: seat.Class}
			}
			alone[at].Entries = append(alone[at].Entries, q.entry)
			if !slices.Contains(alone[at].Who, seat.Person) {
				alone[at].Who = append(alone[at].Who, seat.Person)
			}
		}
	}
	var out []Sign
	for _, at := range sorted(alone, compareGroups) {
		s := alone[at]
		s.Says = fmt.Sprintf("In %s one person alone spoke for the group %s in %d of %d questions: %s. Two of a group or more can stand by each other.",
			at.circle, at.class, len(s.Entries), questions[at.circle], circle.Plain(s.Who))
		out = append(out, *s)
	}
	return out
}

// unheard finds groups none of whose objections was integrated.
func (t *tokens) unheard() []Sign {
	type count struct {
		Sign
		ended, integrated int
	}
	groups := map[groupIn]*count{}
	seen := map[*raising]bool{}
	for _, id := range sorted(t.raised, func(a, b objection.ID) int { return cmp.Compare(a, b) }) {
		r := t.raised[id]
		if r == nil || !r.ended || seen[r] {
			continue
		}
		seen[r] = true
		at := groupIn{r.circle, r.class}
		if groups[at] == nil {
			groups[at] = &count{Sign: Sign{Kind: NeverIntegrated, Circle: r.circle, Class: r.class}}
		}
		g := groups[at]
		g.ended++
		g.Entries = append(g.Entries, r.entries...)
		if r.integrated {
			g.integrated++
		}
		if !slices.Contains(g.Who, r.by) {
			g.Who = append(g.Who, r.by)
		}
	}
	var out []Sign
	for _, at := range sorted(groups, compareGroups) {
		g := groups[at]
		if g.integrated > 0 || g.ended < few {
			continue
		}
		slices.Sort(g.Entries)
		g.Entries = slices.Compact(g.Entries)
		g.Says = fmt.Sprintf("In %s %d objections of the group %s have ended, and 0 of them were integrated.", at.circle, g.ended, at.class)
		out = append(out, g.Sign)
	}
	return out
}

// through finds groups whose words came through others' hands only.
func (t *tokens) through() []Sign {
	var out []Sign
	for _, class := range sorted(t.words, func(a, b circle.Class) int { return cmp.Compare(a, b) }) {
		h := t.words[class]
		if h.own > 0 || len(h.entries) < few {
			continue
		}
		out = append(out, Sign{Kind: WrittenByOthers, Class: class, Who: h.writers, Entries: h.entries,
			Says: fmt.Sprintf("The words of the group %s stand in %d entries, and all of them were written down by others: %s.", class, len(h.entries), circle.Plain(h.writers))})
	}
	return out
}

// afterwards finds input that came when all was decided.
func (t *tokens) afterwards() []Sign {
	var out []Sign
	for _, need := range sorted(t.late, func(a, b proposal.NeedID) int { return cmp.Compare(a, b) }) {
		entries := t.late[need]
		out = append(out, Sign{Kind: AskedAfterwards, Need: need, Entries: entries,
			Says: fmt.Sprintf("Input on %s was asked for or given %s after it was decided [entry %d].", need, times(len(entries)-1), entries[0])})
	}
	return out
}

// times says how often.
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// sorted lists the keys of a map in an order.
func sorted[K comparable, V any](m map[K]V, order func(a, b K) int) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, order)
	return out
}

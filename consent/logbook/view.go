package logbook

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// A View is the logbook of one circle as it stood at a time (M-246).
type View struct {
	Circle     circle.ID
	At         time.Time
	Domain     []circle.ItemID
	Members    []circle.Participant
	Full       []circle.PersonID // all with a consent right, those through links too
	Roles      []Worn
	Agreements []Agreement
	Open       []proposal.ID     // what was under decision
	Backlog    []proposal.NeedID // in its order
	Meetings   []consent.MeetingID
	rows       []row
}

// A Worn role is one of a circle, and who wore it.
type Worn struct {
	Role   circle.RoleID
	Hat    circle.Hat
	Person circle.PersonID
	Until  time.Time // zero: without an end
}

// OfCircle reads the logbook of a circle as it was recorded at a time, for a
// reader; nobody's name stands for the public. Who may read what is asked as of
// today, so that nothing is read in the past that was closed since (M-247).
func OfCircle(ctx context.Context, e *consent.Engine, of circle.ID, at time.Time, who circle.PersonID) (View, error) {
	list, err := views(ctx, e, at, who, func(s *consent.State) []circle.ID { return []circle.ID{of} })
	if err == nil && len(list) == 0 {
		err = circle.UnknownCircle.Refuse("circle", of)
	}
	if err != nil {
		return View{}, err
	}
	return list[0], nil
}

// OfOrganisation reads the logbooks of all circles that there were at a time,
// for a reader, by name.
func OfOrganisation(ctx context.Context, e *consent.Engine, at time.Time, who circle.PersonID) ([]View, error) {
	return views(ctx, e, at, who, func(s *consent.State) []circle.ID { return s.Org.Circles() })
}

func views(ctx context.Context, e *consent.Engine, at time.Time, who circle.PersonID, which func(*consent.State) []circle.ID) ([]View, error) {
	var out []View
	err := e.AsOf(ctx, at, func(s *consent.State) {
		for _, id := range which(s) {
			if c := s.Org.Circle(id); c != nil {
				out = append(out, viewOf(s, c, at))
			}
		}
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		v := &out[i]
		if v.Agreements, err = readRows(ctx, e, v.rows, who); err != nil {
			return nil, err
		}
		v.rows = nil
	}
	return out, nil
}

func viewOf(s *consent.State, c *circle.Circle, at time.Time) View {
	v := View{Circle: c.ID, At: at, Members: append([]circle.Participant(nil), c.Participants...), Full: s.Org.FullIn(c.ID)}
	for _, item := range c.Domain {
		v.Domain = append(v.Domain, item.ID)
	}
	for _, id := range c.Roles {
		r := s.Org.Role(id)
		for _, h := range r.Holders {
			v.Roles = append(v.Roles, Worn{Role: id, Hat: r.Hat, Person: h.Person, Until: h.Until})
		}
	}
	v.rows = rowsIn(s, c.ID)
	for _, id := range s.OpenProcesses() {
		if s.Process(id).Circle == c.ID {
			v.Open = append(v.Open, id)
		}
	}
	for _, n := range s.Matters.Backlog(c.ID) {
		v.Backlog = append(v.Backlog, n.ID)
	}
	for _, m := range s.MeetingsOf(c.ID) {
		v.Meetings = append(v.Meetings, m.ID)
	}
	return v
}

// RegisterFor is Register for one reader: of what they may not read, the words
// are left out, and why it is closed is said. That it was decided is told to
// everybody (M-247).
func RegisterFor(ctx context.Context, e *consent.Engine, of circle.ID, who circle.PersonID) ([]Agreement, error) {
	var rows []row
	e.Look(func(s *consent.State) { rows = rowsIn(s, of) })
	return readRows(ctx, e, rows, who)
}

// readRows reads the words of those rows that somebody may read.
func readRows(ctx context.Context, e *consent.Engine, rows []row, who circle.PersonID) ([]Agreement, error) {
	var out []Agreement
	for i := range rows {
		r := &rows[i]
		var shade consent.Shade
		var may bool
		e.Look(func(s *consent.State) { shade, may = s.Visible(r.ID, 0), s.MaySee(who, r.ID) })
		if !may {
			why, err := Words(ctx, e, shade.Reason)
			if err != nil {
				return nil, err
			}
			if why == "" {
				why = "it is for the " + string(shade.Level)
			}
			out = append(out, Agreement{ID: r.ID, Circle: r.Circle, Version: r.Version, Since: r.Since, Review: r.Review, Phase: r.Phase, Closed: why})
			continue
		}
		if err := r.read(ctx, e); err != nil {
			return nil, err
		}
		out = append(out, r.Agreement)
	}
	return out, nil
}

// String gives the logbook as plain text.
func (v View) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s as of %s\n", v.Circle, circle.Plain(v.At))
	line := func(what string, list any, n int) {
		if n > 0 {
			fmt.Fprintf(&b, "  %s: %s\n", what, circle.Plain(list))
		}
	}
	line("Decides on", v.Domain, len(v.Domain))
	line("Full participants", v.Full, len(v.Full))
	for _, r := range v.Roles {
		fmt.Fprintf(&b, "  %s wears %s", r.Person, r.Role)
		if !r.Until.IsZero() {
			fmt.Fprintf(&b, " until %s", day(r.Until))
		}
		b.WriteString("\n")
	}
	line("Under decision", v.Open, len(v.Open))
	line("Backlog", v.Backlog, len(v.Backlog))
	line("Meetings", v.Meetings, len(v.Meetings))
	for _, a := range v.Agreements {
		b.WriteString(a.String())
	}
	return b.String()
}

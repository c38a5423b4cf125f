package logbook

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// An Agreement is one row of a circle's register.
type Agreement struct {
	ID       proposal.ID
	Circle   circle.ID
	Version  int
	Text     string
	Since    time.Time // zero: it has not taken effect yet
	Review   time.Time // zero: no date is set
	Phase    proposal.Phase
	Measures []proposal.Watched
	Outcomes []circle.ItemID

	Expires     time.Time // zero: it does not end by itself (M-230)
	Coming      *proposal.Coming
	Responsible []circle.Name
	Condition   string
	Criteria    []string
	Related     []proposal.ID
	Conflicts   []proposal.Contradiction
	Rulings     []Ruling    // those that bind the version in force (M-239)
	Deviations  []Deviation // all that were owned (M-240)

	Legacy bool // it was in force before, and stays until it is replaced (M-262)
	// Role is the role in which it was set as a guideline on an item of the role's
	// domain, and not by consent of the circle; empty: in none (M-241). SetBy acted
	// in the role then; Kept says that the circle has consented to keep it since.
	Role  circle.RoleID
	Item  circle.ItemID
	SetBy circle.PersonID
	Kept  bool

	Confirmed consent.Confirmation // by a confirming body; zero: none has said anything (M-260)

	Chosen []Chosen // among its options; empty: it puts nothing to the choice

	Closed string // why its words are not open to who reads; empty: they are (M-247)
}

// A Chosen is an option that was chosen.
type Chosen struct {
	ID    proposal.OptionID
	Label string
}

// A Ruling says how the version in force is to be understood.
type Ruling struct {
	ID               proposal.RecordID
	By               circle.PersonID
	Question, Ruling string
}

// A Deviation is that an agreement was not kept to.
type Deviation struct {
	ID                         proposal.RecordID
	By                         circle.PersonID
	At                         time.Time
	Version                    int
	Reason, Affected, FollowUp string
}

// row is an agreement whose words are still to be read.
type row struct {
	Agreement
	text       circle.Text
	condition  circle.Text
	criteria   []circle.Text
	chosen     []proposal.Option
	rulings    []proposal.Ruling
	deviations []proposal.Deviation
}

// Register lists the agreements of a circle that are in force, on hold or to
// take effect, by name; of all circles if none is named.
func Register(ctx context.Context, e *consent.Engine, of circle.ID) ([]Agreement, error) {
	var rows []row
	e.Look(func(s *consent.State) { rows = rowsIn(s, of) })
	var out []Agreement
	for i := range rows {
		if err := rows[i].read(ctx, e); err != nil {
			return nil, err
		}
		out = append(out, rows[i].Agreement)
	}
	return out, nil
}

// rowsIn are the agreements of a circle, or of all, by name.
func rowsIn(s *consent.State, of circle.ID) []row {
	var rows []row
	for _, id := range s.Matters.Proposals(of) {
		if p := s.Matters.Proposal(id); p.Status == proposal.StatusAgreement {
			r := rowOf(&s.Matters, p)
			origin, _ := s.Origin(id)
			r.Legacy = origin.How == consent.Legacy && r.Version == 1
			if origin.How == consent.ByRole && r.Version == 1 {
				r.Role, r.Item, r.SetBy, r.Kept = origin.Role, origin.Item, origin.By, origin.Kept
			}
			r.Confirmed, _ = s.Confirmed(id)
			rows = append(rows, r)
		}
	}
	return rows
}

func rowOf(m *proposal.Matters, p *proposal.Proposal) row {
	a, beside := p.Agreement, m.Particulars(p.ID)
	record := m.RecordOf(p.ID)
	r := row{text: p.Version(a.Version).Text, criteria: record.Criteria, rulings: m.Binding(p.ID),
		deviations: append([]proposal.Deviation(nil), beside.Deviations...)}
	r.Agreement = Agreement{ID: p.ID, Circle: p.Circle, Version: a.Version, Since: a.Since, Review: a.Until, Phase: a.Phase,
		Measures: append([]proposal.Watched(nil), a.Measures...), Outcomes: a.Outcomes,
		Expires: beside.Expires, Responsible: record.Responsible, Related: m.Related(p.ID), Conflicts: m.Contradictions(p.ID)}
	for _, o := range record.Options {
		if slices.Contains(beside.Chosen, o.ID) {
			r.chosen = append(r.chosen, o)
		}
	}
	if beside.Coming != nil {
		coming := *beside.Coming
		r.Coming, r.condition = &coming, m.RecordAt(p.ID, coming.Version).Condition
	}
	return r
}

// read fills in the words.
func (r *row) read(ctx context.Context, e *consent.Engine) (err error) {
	words := func(t circle.Text) string {
		if err != nil {
			return ""
		}
		var w string
		w, err = Words(ctx, e, t)
		return w
	}
	r.Text, r.Condition = words(r.text), words(r.condition)
	for _, t := range r.criteria {
		r.Criteria = append(r.Criteria, words(t))
	}
	for _, o := range r.chosen {
		r.Chosen = append(r.Chosen, Chosen{o.ID, words(o.Label)})
	}
	for _, v := range r.rulings {
		r.Rulings = append(r.Rulings, Ruling{v.ID, v.By, words(v.Question), words(v.Ruling)})
	}
	for _, v := range r.deviations {
		r.Deviations = append(r.Deviations, Deviation{v.ID, v.By, v.At, v.Version, words(v.Reason), words(v.Affected), words(v.FollowUp)})
	}
	return err
}

// String gives the row as plain text.
func (a Agreement) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, version %d, %s (%s)\n", a.ID, a.Version, a.standing(), a.Phase)
	if a.Closed != "" {
		fmt.Fprintf(&b, "  Its words are not open to you: “%s”\n", a.Closed)
		return b.String()
	}
	fmt.Fprintf(&b, "  “%s”\n", a.Text)
	for _, o := range a.Chosen {
		fmt.Fprintf(&b, "  Chosen: %s “%s”\n", o.ID, o.Label)
	}
	a.beside(&b)
	for _, m := range a.Measures {
		fmt.Fprintf(&b, "  Measure %s: read every %s by %s, stop level %d, next by %s\n", m.ID, m.Every, m.Reader, m.Stop, day(m.Next))
	}
	if len(a.Outcomes) > 0 {
		fmt.Fprintf(&b, "  It serves: %s\n", circle.Plain(items(a.Outcomes)))
	}
	for _, r := range a.Rulings {
		fmt.Fprintf(&b, "  Ruling %s of %s: “%s” “%s”\n", r.ID, r.By, r.Question, r.Ruling)
	}
	for _, d := range a.Deviations {
		fmt.Fprintf(&b, "  Not kept to on %s, owned by %s: “%s” Affected: “%s” Follow-up: “%s”\n", day(d.At), d.By, d.Reason, d.Affected, d.FollowUp)
	}
	if !a.Review.IsZero() {
		fmt.Fprintf(&b, "  Next review: %s\n", day(a.Review))
	}
	if !a.Expires.IsZero() {
		fmt.Fprintf(&b, "  It ends on %s\n", day(a.Expires))
	}
	return b.String()
}

// standing says since when it is in force, or that it is not yet.
func (a Agreement) standing() string {
	if a.Since.IsZero() {
		return fmt.Sprintf("adopted in %s and not yet in force", a.Circle)
	}
	return fmt.Sprintf("in force in %s since %s", a.Circle, day(a.Since))
}

// beside tells what few agreements have beside their text.
func (a Agreement) beside(b *strings.Builder) {
	if c := a.Coming; c != nil {
		fmt.Fprintf(b, "  Version %d is adopted", c.Version)
		if !c.Effective.IsZero() {
			fmt.Fprintf(b, ", takes effect on %s", day(c.Effective))
		}
		if !c.Lapses.IsZero() {
			fmt.Fprintf(b, ", waits until %s for its condition: “%s”", day(c.Lapses), a.Condition)
		}
		b.WriteString("\n")
	}
	if a.Legacy {
		b.WriteString("  It was in force before, and stays so until it is replaced\n")
	}
	if a.Role != "" {
		fmt.Fprintf(b, "  A guideline on %s: %s set it in the role %s, and not %s by consent\n", a.Item, a.SetBy, a.Role, a.Circle)
	}
	if a.Kept {
		fmt.Fprintf(b, "  %s has consented since to keep it\n", a.Circle)
	}
	switch c := a.Confirmed; {
	case c.Refused:
		fmt.Fprintf(b, "  %s did not confirm it on %s\n", c.By, day(c.At))
	case c.Version != 0:
		fmt.Fprintf(b, "  Confirmed by %s on %s\n", c.By, day(c.At))
	}
	if len(a.Responsible) > 0 {
		fmt.Fprintf(b, "  Responsible: %s\n", circle.Plain(a.Responsible))
	}
	for _, c := range a.Criteria {
		fmt.Fprintf(b, "  Evaluated by: “%s”\n", c)
	}
	if len(a.Related) > 0 {
		fmt.Fprintf(b, "  Related: %s\n", circle.Plain(a.Related))
	}
	for _, c := range a.Conflicts {
		prevails := "neither prevails"
		if c.Prevails != "" {
			prevails = string(c.Prevails) + " prevails"
		}
		fmt.Fprintf(b, "  It contradicts %s: %s\n", c.With, prevails)
	}
}

func items(list []circle.ItemID) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }

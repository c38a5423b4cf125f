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

// An Agreement is one row of a circle's register.
type Agreement struct {
	ID       proposal.ID
	Circle   circle.ID
	Version  int
	Text     string
	Since    time.Time
	Review   time.Time // zero: no date is set
	Phase    proposal.Phase
	Measures []proposal.Watched
	Outcomes []circle.ItemID
}

// Register lists the agreements in force of a circle, by name; of all circles
// if none is named.
func Register(ctx context.Context, e *consent.Engine, of circle.ID) ([]Agreement, error) {
	var rows []Agreement
	var texts []circle.Text
	e.Look(func(s *consent.State) {
		for _, id := range s.Matters.Proposals(of) {
			p := s.Matters.Proposal(id)
			if p.Status != proposal.StatusAgreement {
				continue
			}
			a := p.Agreement
			rows = append(rows, Agreement{ID: id, Circle: p.Circle, Version: a.Version, Since: a.Since, Review: a.Until,
				Phase: a.Phase, Measures: append([]proposal.Watched(nil), a.Measures...), Outcomes: a.Outcomes})
			texts = append(texts, p.Version(a.Version).Text)
		}
	})
	for i := range rows {
		words, err := Words(ctx, e, texts[i])
		if err != nil {
			return nil, err
		}
		rows[i].Text = words
	}
	return rows, nil
}

// String gives the row as plain text.
func (a Agreement) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, version %d, in force in %s since %s (%s)\n", a.ID, a.Version, a.Circle, day(a.Since), a.Phase)
	fmt.Fprintf(&b, "  “%s”\n", a.Text)
	for _, m := range a.Measures {
		fmt.Fprintf(&b, "  Measure %s: read every %s by %s, stop level %d, next by %s\n", m.ID, m.Every, m.Reader, m.Stop, day(m.Next))
	}
	if len(a.Outcomes) > 0 {
		fmt.Fprintf(&b, "  It serves: %s\n", circle.Plain(items(a.Outcomes)))
	}
	if !a.Review.IsZero() {
		fmt.Fprintf(&b, "  Next review: %s\n", day(a.Review))
	}
	return b.String()
}

func items(list []circle.ItemID) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }

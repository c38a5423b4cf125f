package consent_test

import (
	"fmt"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What is compared of the engine and the model after each command.

// same compares what the model reckons with what the engine holds.
func (r *run) same(v *view) {
	bad := ""
	r.w.engine.Look(func(s *consent.State) {
		if got, want := s.Org.FullIn(den), v.withLevel(circle.Full); !slices.Equal(got, want) {
			bad = fmt.Sprintf("full participants: engine %v, model %v", got, want)
		}
		for _, m := range v.matters {
			if diff := sameMatter(s, v, m); diff != "" {
				bad = fmt.Sprintf("%s: %s", m.id, diff)
			}
		}
		for _, g := range v.meetings {
			m := s.Meeting(g.id)
			if m == nil || m.Status.String() != g.state || m.Agenda != g.agreed || !slices.Equal(m.Present, g.present) {
				bad = fmt.Sprintf("meeting %s: engine %+v, model %+v", g.id, m, g)
			}
		}
	})
	if bad != "" {
		r.Fatalf("%s", bad)
	}
}

func sameMatter(s *consent.State, v *view, m *matter) string {
	p := s.Process(m.id)
	if p == nil {
		return "the engine has no process"
	}
	if p.Stage != m.stage {
		return fmt.Sprintf("stage: engine %s, model %s", p.Stage, m.stage)
	}
	text := s.Matters.Proposal(m.id)
	if ended(m.stage) {
		switch {
		case m.inForce != (text != nil && text.Status == proposal.StatusAgreement):
			return fmt.Sprintf("in force: model %t", m.inForce)
		case m.inForce && text.Agreement.Version != m.adopted:
			return fmt.Sprintf("S3: adopted: engine version %d, model %d", text.Agreement.Version, m.adopted)
		case len(s.Objections.Standing(m.id)) > 0:
			return "S1: objections stand against what has ended"
		}
		return ""
	}
	if text.Current().N != m.version {
		return fmt.Sprintf("version: engine %d, model %d", text.Current().N, m.version)
	}
	if diff := sameWorries(s, v, m); diff != "" {
		return diff
	}
	if m.stage == consent.StageLastCall {
		if !slices.Equal(p.Waiting, m.waiting) {
			return fmt.Sprintf("waiting for: engine %v, model %v", p.Waiting, m.waiting)
		}
		if p.Quiet != m.quiet || !p.Until.Equal(m.until) {
			return fmt.Sprintf("until: engine %v quiet %t, model %v quiet %t", p.Until, p.Quiet, m.until, m.quiet)
		}
	}
	if diff := sameBeside(p, m); diff != "" {
		return diff
	}
	return sameTalk(p, m)
}

// sameBeside compares what a process holds beside the straight way.
func sameBeside(p *consent.Process, m *matter) string {
	var got consent.Aside
	if p.Aside != nil {
		got = *p.Aside
	}
	test := objection.ID("")
	if m.testing != nil {
		test = m.testing.id
	}
	switch {
	case got.Keeper != m.keeper, got.Owner != m.owner, !got.Wake.Equal(m.wake), got.Into != m.into, got.Agreed != m.agreed:
		return fmt.Sprintf("beside the way: engine %+v, model %+v", got, m.beside)
	case m.way.limited() && (got.Questions != m.puts || !got.First.Equal(m.since)), m.way.meetings > 0 && got.Meetings != m.met:
		return fmt.Sprintf("work on objections: engine %+v, model %+v", got, m.beside)
	case p.Testing != test:
		return fmt.Sprintf("under test: engine %q, model %q", p.Testing, test)
	}
	return ""
}

func sameWorries(s *consent.State, v *view, m *matter) string {
	var got, want []string
	for _, o := range s.Objections.Standing(m.id) {
		is := fmt.Sprintf("%s by %s %s in %d", o.ID, o.Holders(), o.Status, o.In)
		if t := o.Trial; t != nil {
			is += fmt.Sprintf(" %s %d %v %v %v %v %t", t.State, t.Wording, t.Argued, t.Lacking, t.For, t.Against, t.Stands(""))
		}
		got = append(got, is)
	}
	for _, w := range v.standing(m.id) {
		is := fmt.Sprintf("%s by %s %s in %d", w.id, w.holders(), w.status, w.in)
		if t := w.test; t != nil {
			is += fmt.Sprintf(" %s %d %v %v %v %v %t", t.state, t.wording, t.argued, t.lacking, t.yes, t.no, t.holds(""))
		}
		want = append(want, is)
	}
	if !slices.Equal(got, want) {
		return fmt.Sprintf("objections that stand: engine %v, model %v", got, want)
	}
	return ""
}

func sameTalk(p *consent.Process, m *matter) string {
	if (p.Round == nil) != (m.talk == nil) {
		return fmt.Sprintf("a round: engine %t, model %t", p.Round != nil, m.talk != nil)
	}
	if m.talk == nil {
		return ""
	}
	if got, want := p.Round.Awaited(), m.talk.awaited(); !slices.Equal(got, want) {
		return fmt.Sprintf("awaited: engine %v, model %v", got, want)
	}
	if got, want := p.Round.Speaker(), m.talk.speaker(); got != want {
		return fmt.Sprintf("speaker: engine %v, model %v", got, want)
	}
	if !slices.Equal(p.Round.Stops, m.talk.stops) || p.Round.Closed != m.talk.closed || p.Round.Version != m.talk.version {
		return fmt.Sprintf("round: engine %+v, model %+v", p.Round, m.talk)
	}
	if m.stage == consent.StageDecide && (!p.Round.Closes.Equal(m.talk.closes) || p.Extended != m.talk.longer) {
		return fmt.Sprintf("closes: engine %v, model %v", p.Round.Closes, m.talk.closes)
	}
	for _, who := range append(everybody, lou, gus) {
		a, said := p.Round.Answer(who), m.talk.said[who]
		got := ""
		switch {
		case a != nil && a.Silent:
			got = "silence"
		case a != nil:
			got = a.Position
		}
		if got != said || p.Round.Seated(who) != slices.Contains(m.talk.seats, who) {
			return fmt.Sprintf("S2: %s: engine %q, model %q", who, got, said)
		}
	}
	return ""
}

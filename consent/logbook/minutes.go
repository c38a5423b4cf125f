package logbook

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// Minutes are the record of one meeting.
type Minutes struct {
	Meeting    consent.MeetingID
	Circle     circle.ID
	Opened     time.Time
	Closed     time.Time // zero while it goes on
	Present    []circle.PersonID
	Guests     []circle.PersonID
	SatIn      []string // who sat there from outside, and as what (M-39 to M-41)
	Apologies  []circle.PersonID
	Decisions  []Decision
	Steps      []Step
	Objections []Objection
	Actions    []string
	Needs      []consent.NeedMet
	Absent     []circle.PersonID // who had not sent word; known when it is over
	Items      []Item
	Process    []string // objections to the facilitation, and that the planned end came
	Evaluation []string

	Selections  []string             // who was chosen for what, for how long
	Corrections []string             // what was said of the minutes themselves; nothing is overwritten
	Proxies     []consent.Proxy      // who stood in for whom, in a meeting of the members
	Substitutes []consent.Substitute // who sat in it for somebody who wears a role
	Standing    string               // whether the minutes were presented, or adopted and how; empty: neither
}

// A Decision is what a meeting came to on one matter.
type Decision struct {
	Proposal proposal.ID
	Version  int
	Outcome  consent.Result
	Text     string // the exact text that was decided on
	Waiting  []circle.PersonID
	Vote     string              // how it came out, where it was voted on; empty: it was decided by consent
	Chosen   []proposal.OptionID // among its options, where it has any; of a tie those that are level
	Entry    uint64
}

// An Objection is one that was raised in a meeting, and what became of it
// there.
type Objection struct {
	ID       objection.ID
	By       circle.PersonID
	Aim      circle.ItemID
	Argument string
	Restated string
	Met      string            // how the text was changed to meet it; empty: not yet
	With     []circle.PersonID // who made it theirs as well
	Ended    string            // how it ended, as "withdrawn" or "stood-aside"; empty: it stands
	Entry    uint64
}

// OfMeeting reads the minutes of a meeting from the ledger.
func OfMeeting(ctx context.Context, e *consent.Engine, id consent.MeetingID) (Minutes, error) {
	var positions []uint64
	var items []proposal.ID
	var m Minutes
	e.Look(func(s *consent.State) {
		if meeting := s.Meeting(id); meeting != nil {
			positions, items = meeting.Trail.Positions(), slices.Clone(meeting.Items)
			m = Minutes{Meeting: id, Circle: meeting.Circle, Opened: meeting.Opened, Closed: meeting.Closed,
				Present: slices.Clone(meeting.Present), Guests: slices.Clone(meeting.Guests),
				Apologies: slices.Clone(meeting.Apologies), Needs: slices.Clone(meeting.Needs),
				SatIn: satIn(meeting), Absent: slices.Clone(meeting.Absent), Substitutes: slices.Clone(meeting.Substitutes)}
			if meeting.General != nil {
				m.Proxies = slices.Clone(meeting.General.Proxies)
			}
		}
	})
	if m.Meeting == "" {
		return m, consent.UnknownMeeting.Refuse("meeting", id)
	}
	r := reader{engine: e, minutes: &m, texts: map[proposal.ID]map[int]circle.Text{}}
	for _, pos := range positions {
		entry, err := e.Entry(ctx, pos)
		if err != nil {
			return m, err
		}
		for _, event := range entry.Events {
			if err := r.read(ctx, pos, event); err != nil {
				return m, err
			}
		}
	}
	m.Steps = append(m.Steps, m.untouched(items)...)
	return m, nil
}

// satIn words who sat at a meeting from outside.
func satIn(m *consent.Meeting) []string {
	if m.Beside == nil {
		return nil
	}
	var out []string
	for _, c := range m.Beside.Called {
		if c.Here {
			out = append(out, fmt.Sprintf("%s as %s", c.Person, c.Hat))
		}
	}
	for _, v := range m.Beside.Visits {
		if v.In {
			out = append(out, fmt.Sprintf("%s looking on", v.Person))
		}
	}
	for _, i := range m.Beside.Invited {
		if i.Here {
			out = append(out, fmt.Sprintf("%s for %s", i.Person, i.Proposal))
		}
	}
	return out
}

// A reader folds a meeting's events into its minutes.
type reader struct {
	engine  *consent.Engine
	minutes *Minutes
	texts   map[proposal.ID]map[int]circle.Text
}

func (r *reader) read(ctx context.Context, pos uint64, event consent.Event) error {
	switch v := event.(type) {
	case *consent.Judged:
		return r.decided(ctx, pos, v)
	case *objection.Raised:
		words, err := Words(ctx, r.engine, v.Argument)
		r.minutes.Objections = append(r.minutes.Objections, Objection{ID: v.Objection, By: v.By, Aim: v.Aim, Argument: words, Entry: pos})
		return err
	case *objection.Restated:
		words, err := Words(ctx, r.engine, v.Statement)
		r.each(v.Objection, func(o *Objection) { o.Restated = words })
		return err
	case *objection.Met:
		how := fmt.Sprintf("version %d, by %s", v.In, circle.Plain(tools(v.Tools)))
		r.each(v.Objection, func(o *Objection) { o.Met = how })
	case *objection.Joined:
		r.each(v.Objection, func(o *Objection) { o.With = append(o.With, v.By) })
	case *proposal.Amended:
		r.actions(v)
	}
	if e, ok := event.(objection.Event); ok {
		r.ended(e)
	}
	if err := r.step(ctx, pos, event); err != nil {
		return err
	}
	if err := r.standing(ctx, event); err != nil {
		return err
	}
	return r.agenda(ctx, event)
}

// ended notes by which way out an objection of this meeting went.
func (r *reader) ended(e objection.Event) {
	if id, ends := objection.Ends(e); ends {
		r.each(id, func(o *Objection) { o.Ended = strings.TrimPrefix(e.Wire(), "objection.") })
	}
}

// each finds an objection of this meeting.
func (r *reader) each(id objection.ID, change func(*Objection)) {
	for i := range r.minutes.Objections {
		if r.minutes.Objections[i].ID == id {
			change(&r.minutes.Objections[i])
		}
	}
}

func tools(list []circle.Tool) []string {
	var out []string
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}

// actions are what a new version asks people to do.
func (r *reader) actions(v *proposal.Amended) {
	for _, m := range v.Measures {
		r.minutes.Actions = append(r.minutes.Actions,
			fmt.Sprintf("%s reads the measure %s every %s; at %d it is back on the agenda", m.Reader, m.ID, m.Every, m.Stop))
	}
}

func (r *reader) decided(ctx context.Context, pos uint64, v *consent.Judged) error {
	text, err := r.text(ctx, v.Proposal, v.Version)
	if err != nil {
		return err
	}
	r.minutes.Decisions = append(r.minutes.Decisions, Decision{Proposal: v.Proposal, Version: v.Version, Outcome: v.Outcome,
		Text: text, Waiting: v.Waiting, Vote: voted(v), Chosen: v.Winners, Entry: pos})
	return nil
}

// voted words how a vote came out.
func voted(v *consent.Judged) string {
	if v.Rule.Kind == consent.Plain.Rule.Kind {
		return ""
	}
	for _, r := range v.Why {
		if r.Code == "in-favour" {
			return fmt.Sprintf("by a vote: %s in favour; needed %s", r.Got, r.Need)
		}
	}
	return "by the rule " + v.Rule.Kind
}

// text is the wording of a version, as the proposal's own trail has it.
func (r *reader) text(ctx context.Context, id proposal.ID, version int) (string, error) {
	if r.texts[id] == nil {
		versions, err := Versions(ctx, r.engine, id)
		if err != nil {
			return "", err
		}
		r.texts[id] = versions
	}
	return Words(ctx, r.engine, r.texts[id][version])
}

// Versions reads every wording that a proposal ever had, by number. They stay
// readable whatever becomes of the proposal (M-235).
func Versions(ctx context.Context, e *consent.Engine, id proposal.ID) (map[int]circle.Text, error) {
	out := map[int]circle.Text{}
	err := onTrail(ctx, e, id, func(_ uint64, event consent.Event) error {
		switch v := event.(type) {
		case *proposal.Submitted:
			out[1] = v.Text
		case *proposal.Amended:
			out[v.Version] = v.Text
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Words reads what was said; words that are gone read as such, with when they were
// erased and why, and behind words that were put right stands when.
func Words(ctx context.Context, e *consent.Engine, t circle.Text) (string, error) {
	said, err := e.Said(ctx, t)
	return said.String(), err
}

// manyOf words who was there, or not: so many that nobody reads the names are
// counted. The names stay in the minutes.
func manyOf(list []circle.PersonID) string {
	if len(list) > 40 {
		return fmt.Sprintf("%d people", len(list))
	}
	return circle.Plain(list)
}

// String gives the minutes as plain text.
func (m Minutes) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Minutes of %s, %s, %s\n", m.Meeting, m.Circle, m.Opened.UTC().Format("2 January 2006"))
	fmt.Fprintf(&b, "  Present: %s\n", manyOf(m.Present))
	for _, p := range m.Proxies {
		fmt.Fprintf(&b, "  By proxy: %s, for whom %s stood in\n", p.Member, p.Holder)
	}
	for _, sub := range m.Substitutes {
		fmt.Fprintf(&b, "  In the stead of %s, who wears %s: %s\n", sub.Holder, sub.Role, sub.Person)
	}
	if len(m.Guests) > 0 {
		fmt.Fprintf(&b, "  Guests: %s\n", circle.Plain(m.Guests))
	}
	if len(m.SatIn) > 0 {
		fmt.Fprintf(&b, "  From outside: %s\n", circle.Plain(m.SatIn))
	}
	if len(m.Apologies) > 0 {
		fmt.Fprintf(&b, "  Apologies: %s\n", circle.Plain(m.Apologies))
	}
	if len(m.Absent) > 0 {
		fmt.Fprintf(&b, "  Absent: %s\n", manyOf(m.Absent))
	}
	for _, i := range m.Items {
		fmt.Fprintf(&b, "  Item %s: %s\n", i.ID, i.words())
	}
	for _, d := range m.Decisions {
		fmt.Fprintf(&b, "  Decision on %s, version %d: %s\n", d.Proposal, d.Version, d.words())
		fmt.Fprintf(&b, "    “%s”\n", d.Text)
	}
	for _, s := range m.Steps {
		fmt.Fprintf(&b, "  Next step on %s: %s\n", s.Proposal, s.Says)
	}
	for _, o := range m.Objections {
		fmt.Fprintf(&b, "  Objection %s of %s (%s): “%s”\n", o.ID, o.By, o.Aim, o.Argument)
		if o.Met != "" {
			fmt.Fprintf(&b, "    met in %s\n", o.Met)
		}
	}
	for _, line := range slices.Concat(m.Process, m.Evaluation) {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	for _, a := range m.Actions {
		fmt.Fprintf(&b, "  Action: %s\n", a)
	}
	for _, who := range m.Selections {
		fmt.Fprintf(&b, "  Chosen: %s\n", who)
	}
	for _, n := range m.Needs {
		fmt.Fprintf(&b, "  Need of %s, %s: %s\n", n.Person, n.Need, map[bool]string{true: "met", false: "NOT met"}[n.Met])
	}
	for _, line := range m.Corrections {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	if m.Standing != "" {
		fmt.Fprintf(&b, "  These minutes were %s\n", m.Standing)
	}
	return b.String()
}

// words says an outcome to people.
func (d Decision) words() string {
	switch d.Outcome {
	case consent.ResultTied:
		return circle.Plain(d.Chosen) + " are level " + d.Vote
	case consent.ResultAdopted:
		if len(d.Chosen) > 0 {
			return "adopted, with " + circle.Plain(d.Chosen) + " chosen " + d.Vote
		}
		if d.Vote != "" {
			return "adopted " + d.Vote
		}
		return "adopted by consent"
	case consent.ResultWaiting:
		return "consented by those present; waiting for " + circle.Plain(d.Waiting)
	case consent.ResultIntegrate:
		return "objections stand, the circle works on them"
	case consent.ResultNotAdopted:
		if d.Vote != "" {
			return "not adopted, " + d.Vote
		}
		return "not adopted"
	}
	return "not decided yet"
}

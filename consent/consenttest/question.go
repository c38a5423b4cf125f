package consenttest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// questions are what a conversation can ask, by first word.
var questions = map[string]func(*host, context.Context, []string) ([]string, error){
	"show":    (*host).show,
	"may":     (*host).may,
	"explain": (*host).explain,
	"due":     (*host).due,
	"verify":  (*host).verify,
	"replay":  (*host).replay,
}

// things are what "show" can show, by kind.
var things = map[string]func(*consent.State, string) any{
	"circle": func(s *consent.State, id string) any { return orNil(s.Org.Circle(circle.ID(id))) },
	"person": func(s *consent.State, id string) any { return orNil(s.Org.Person(circle.PersonID(id))) },
	"budget": func(s *consent.State, id string) any {
		return struct{ Budgets []circle.Budget }{s.Org.Budgets(circle.ID(id))}
	},
	"spending":     func(s *consent.State, id string) any { return orNil(s.Org.Spending(circle.SpendingID(id))) },
	"review":       func(s *consent.State, id string) any { return orNil(s.PeerReview(consent.ReviewID(id))) },
	"intent":       func(s *consent.State, id string) any { return orNil(s.Org.Intent(circle.IntentID(id))) },
	"decides":      func(s *consent.State, id string) any { return listed(s.Org.Decides(circle.ItemID(id))) },
	"mandate":      func(s *consent.State, id string) any { return listed(s.Org.MandateOf(circle.ID(id))) },
	"binds":        func(s *consent.State, id string) any { return listed(s.Org.Binds(circle.ID(id))) },
	"waiting":      func(s *consent.State, id string) any { return listed(s.Org.Waiting(circle.ID(id))) },
	"findings":     func(s *consent.State, id string) any { return listed(s.Findings(circle.ID(id), s.Latest())) },
	"by-role":      func(s *consent.State, id string) any { return listed(s.Guidelines(circle.RoleID(id))) },
	"gaps":         func(s *consent.State, id string) any { return listed(s.Gaps(circle.ID(id))) },
	"reported":     func(s *consent.State, id string) any { return listed(s.Reported(circle.ID(id))) },
	"as-of":        asOf,
	"holding":      func(s *consent.State, id string) any { return listed(s.Matters.Holding(&s.Org, circle.ID(id))) },
	"role":         func(s *consent.State, id string) any { return orNil(s.Org.Role(circle.RoleID(id))) },
	"authority":    authority,
	"acting":       acting,
	"links":        func(s *consent.State, id string) any { return s.Org.TiesOf(circle.ID(id)) },
	"rules":        func(s *consent.State, id string) any { return s.Org.RulesOf(circle.ID(id)) },
	"backlog":      backlog,
	"forming":      forming,
	"need":         func(s *consent.State, id string) any { return orNil(s.Matters.Need(proposal.NeedID(id))) },
	"proposal":     func(s *consent.State, id string) any { return orNil(s.Matters.Proposal(proposal.ID(id))) },
	"agreement":    agreement,
	"record":       record,
	"objection":    func(s *consent.State, id string) any { return orNil(s.Objections.Objection(objection.ID(id))) },
	"process":      process,
	"appeal":       func(s *consent.State, id string) any { return orNil(s.Appeal(consent.AppealID(id))) },
	"hold":         func(s *consent.State, id string) any { return orNil(s.HoldOn(proposal.ID(id))) },
	"packet":       func(s *consent.State, id string) any { return orNil(s.Packet(proposal.ID(id))) },
	"safeguarding": func(s *consent.State, id string) any { return orNil(s.Safeguarding(consent.SignalID(id))) },
	"warnings":     func(s *consent.State, id string) any { return warnings(s, circle.ID(id)) },
	"meeting":      func(s *consent.State, id string) any { return orNil(s.Meeting(consent.MeetingID(id))) },
}

// orNil keeps a nil pointer from hiding in an interface.
func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

// listed shows a list, if there is anything in it.
func listed[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return struct{ Items []T }{list}
}

// asOf shows a circle as it was at an instant: circle@time (M-32).
func asOf(s *consent.State, id string) any {
	name, when, _ := strings.Cut(id, "@")
	at, err := time.Parse(time.RFC3339, when)
	then := s.Org.AsOf(at)
	was, ok := then.Circle(circle.ID(name))
	if err != nil || !ok {
		return nil
	}
	return struct {
		Was  circle.Shape
		Full []circle.PersonID
	}{was, then.FullIn(circle.ID(name))}
}

func agreement(s *consent.State, id string) any {
	p := s.Matters.Proposal(proposal.ID(id))
	if p == nil || p.Status != proposal.StatusAgreement {
		return nil
	}
	return p.Agreement
}

// record shows where an agreement stands and what it has beside its text, also
// when it has ended.
func record(s *consent.State, id string) any {
	p := s.Matters.Proposal(proposal.ID(id))
	if p == nil {
		return nil
	}
	beside := *s.Matters.Particulars(p.ID)
	beside.Records = nil // that of the version which counts is shown
	return struct {
		Standing    string
		InForce     int
		Record      proposal.Record
		Particulars proposal.Particulars
		Related     []proposal.ID
		Outdated    []proposal.Base
		Contradicts []proposal.Contradiction
	}{p.Standing(), s.Matters.InForce(p.ID), s.Matters.RecordOf(p.ID), beside, s.Matters.Related(p.ID), s.Matters.Outdated(p.ID), s.Matters.Contradictions(p.ID)}
}

// backlog shows the open needs of a circle in their order, and the roles for
// which it is to choose again (M-79, M-51).
func backlog(s *consent.State, id string) any {
	type item struct {
		Need   proposal.NeedID
		By     circle.PersonID
		Origin circle.Class
		Rank   int
		Step   proposal.Step
		Due    time.Time
	}
	type role struct {
		Role  circle.RoleID
		After proposal.ID
		Asks  int
		Told  []circle.ID
		Due   time.Time
	}
	var out []item
	var again []role
	for _, n := range s.Matters.Backlog(circle.ID(id)) {
		p := n.Planned()
		out = append(out, item{n.ID, n.By, n.Origin, p.Rank, p.Step, p.Due})
	}
	for _, b := range s.Backlog(circle.ID(id)) {
		if b.Role != "" {
			again = append(again, role{b.Role, b.After, b.Asks, b.Told, b.Due.At})
		}
	}
	if out == nil && again == nil {
		return nil
	}
	return struct {
		Items  []item
		Choose []role
	}{out, again}
}

// forming shows what has grown out of a need, and for which sides of it there
// is no idea yet (M-83).
func forming(s *consent.State, id string) any {
	n := s.Matters.Need(proposal.NeedID(id))
	if n == nil || n.Forming == nil {
		return nil
	}
	return struct {
		Dimensions, Ideas int
		Complete          bool
		Bare              []proposal.PieceID
		Tuners            []circle.PersonID
	}{len(n.Forming.Dimensions), len(n.Forming.Ideas), n.Forming.Complete, n.Forming.Bare(), n.Forming.Tuners}
}

// process shows where a proposal stands, without the round's inner workings.
func process(s *consent.State, id string) any {
	p := s.Process(proposal.ID(id))
	if p == nil {
		return nil
	}
	var closes time.Time
	if p.Round != nil {
		closes = p.Round.Closes
	}
	return struct {
		Stage    consent.Stage
		Rounds   int
		Sponsors []circle.PersonID
		Asked    []circle.PersonID
		Closes   time.Time
		Waiting  []circle.PersonID
		Until    time.Time
	}{p.Stage, p.Rounds, p.Sponsors, p.Asked, closes, p.Waiting, p.Until}
}

func (h *host) show(ctx context.Context, words []string) ([]string, error) {
	if len(words) == 2 && words[0] == "minutes" {
		return h.minutes(ctx, consent.MeetingID(words[1]))
	}
	if len(words) == 3 && words[0] == "reader" {
		return h.told(ctx, circle.PersonID(words[1]), proposal.ID(words[2]))
	}
	if len(words) == 2 && words[0] == "handed-over" {
		return h.handedOver(consent.SignalID(words[1])), nil
	}
	if len(words) == 2 && words[0] == "awaits" {
		return awaited(h.engine.Awaits(circle.PersonID(words[1])), true), nil
	}
	if len(words) == 2 && words[0] == "questions" {
		return h.asked(ctx, proposal.ID(words[1]))
	}
	if len(words) == 2 && words[0] == "next" {
		return h.next(words[1]), nil
	}
	if len(words) != 2 || things[words[0]] == nil {
		return nil, errors.New("show wants a kind of thing and its name")
	}
	var out []string
	h.engine.Look(func(s *consent.State) {
		v := things[words[0]](s, words[1])
		if v == nil {
			out = []string{fmt.Sprintf("no %s %s", words[0], words[1])}
			return
		}
		out = canon.Show(v)
	})
	return out, nil
}

// may prints what a person may do now on a proposal, and what not and why.
func (h *host) may(_ context.Context, words []string) ([]string, error) {
	if len(words) < 2 || len(words) > 3 {
		return nil, errors.New("may wants a person, a proposal, and perhaps a command")
	}
	list, err := h.engine.Permitted(circle.PersonID(words[0]), proposal.ID(words[1]))
	if err != nil {
		return refused(err)
	}
	var out []string
	for _, p := range list {
		if len(words) == 3 && p.Command != words[2] {
			continue
		}
		if p.Refused == nil {
			out = append(out, "may "+p.Command)
			continue
		}
		line, err := refused(p.Refused)
		if err != nil {
			return nil, err
		}
		if len(words) == 3 {
			out = append(out, line...)
		}
	}
	return out, nil
}

func (h *host) explain(ctx context.Context, words []string) ([]string, error) {
	if len(words) != 1 {
		return nil, errors.New("explain wants a proposal")
	}
	return sentences(h.engine.Explain(ctx, proposal.ID(words[0])))
}

// told prints what is explained to one reader.
func (h *host) told(ctx context.Context, who circle.PersonID, id proposal.ID) ([]string, error) {
	return sentences(h.engine.ExplainTo(ctx, who, id))
}

func sentences(list []consent.Statement, err error) ([]string, error) {
	if err != nil {
		return refused(err)
	}
	var out []string
	for _, s := range list {
		out = append(out, s.String())
	}
	return out, nil
}

// due prints what is due by now, or by a time that is given.
func (h *host) due(_ context.Context, words []string) ([]string, error) {
	by := h.now
	if len(words) == 1 {
		t, err := time.Parse(time.RFC3339, words[0])
		if err != nil {
			return nil, err
		}
		by = t
	}
	var out []string
	for _, d := range h.engine.Due(h.now) {
		if d.At.After(by) {
			continue
		}
		line := fmt.Sprintf("%s %s of=%s", d.At.UTC().Format(time.RFC3339), d.What, d.Of)
		if d.Part != "" {
			line += " part=" + d.Part
		}
		out = append(out, line)
	}
	return out, nil
}

// next prints who must act next on a proposal or in a meeting, and by when.
func (h *host) next(id string) []string {
	return awaited(append(h.engine.Next(proposal.ID(id)), h.engine.NextIn(consent.MeetingID(id))...), false)
}

// awaited prints what is awaited: from whom, or of one person on what.
func awaited(list []consent.Awaited, of bool) []string {
	var out []string
	for _, a := range list {
		line := fmt.Sprintf("%s: %s", a.What, circle.Plain(a.Who))
		if of {
			line = a.What + " of=" + a.Of
		}
		if len(a.Through) > 0 {
			line += ", through " + circle.Plain(a.Through)
		}
		if !a.By.IsZero() {
			line += ", by " + circle.Plain(a.By)
		}
		out = append(out, line)
	}
	return out
}

func (h *host) verify(ctx context.Context, _ []string) ([]string, error) {
	if err := h.Close(ctx); err != nil {
		return nil, err
	}
	size, _ := h.engine.Head()
	return []string{fmt.Sprintf("verified %d entries", size)}, nil
}

func (h *host) replay(ctx context.Context, _ []string) ([]string, error) {
	v, err := h.engine.Verify(ctx)
	if err != nil {
		return nil, err
	}
	return []string{fmt.Sprintf("replayed %d entries, the state is equal", v.Size)}, nil
}

// minutes prints where the account of a meeting stands, and the seal over what
// is recorded of the meeting.
func (h *host) minutes(ctx context.Context, id consent.MeetingID) ([]string, error) {
	seal, err := h.engine.SealMinutes(ctx, id)
	if err != nil {
		return refused(err)
	}
	var out []string
	h.engine.Look(func(s *consent.State) {
		if account := s.Meeting(id).Minutes; account != nil {
			out = canon.Show(account)
		}
	})
	return append(out, "recorded="+string(seal)), h.engine.CheckMinutes(ctx, id)
}

// warnings shows what the organisation lacks, of one circle.
func warnings(s *consent.State, of circle.ID) any {
	var out []consent.Warning
	for _, w := range s.Warnings() {
		if w.Of == of {
			out = append(out, w)
		}
	}
	if out == nil {
		return nil
	}
	return struct{ Warnings []consent.Warning }{out}
}

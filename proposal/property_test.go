package proposal_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
	"github.com/sayround/sayround/proposal"
)

func pick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// A life is the matters of an organisation to which random commands happen,
// and what is remembered of each version that there was.
type life struct {
	m        *proposal.Matters
	o        *circle.Organisation
	at       time.Time
	parts    int
	versions map[proposal.ID][]proposal.Version // of all that there ever were, by number from 1
}

func someID(t *rapid.T) proposal.ID { return pick[proposal.ID](t, "proposal", "notes", "beds") }

func someNeed(t *rapid.T) proposal.NeedID { return pick[proposal.NeedID](t, "need", "notes", "keys") }

func someMeasures(t *rapid.T) []proposal.Measure {
	return pick(t, "measures", nil, []proposal.Measure{missed}, []proposal.Measure{missed, late}, []proposal.Measure{}, []proposal.Measure{late, late})
}

func someTerm(t *rapid.T) circle.Period { return pick(t, "term", circle.Period{}, month, year) }

func someFormat(t *rapid.T) circle.Format { return pick(t, "format", circle.EasyRead, circle.Audio) }

// command draws a command, sensible or not.
func (l *life) command(t *rapid.T) proposal.Command {
	id := someID(t)
	if rapid.IntRange(0, 2).Draw(t, "early") == 0 {
		return l.early(t)
	}
	switch rapid.IntRange(0, 30).Draw(t, "command") {
	case 23, 24, 25, 26, 27, 28:
		return l.lifeCommand(t, id)

	case 0:
		return proposal.OpenNeed{ID: someNeed(t), Circle: pick[circle.ID](t, "circle", "valley", "places"), Text: say("n")}
	case 1:
		return proposal.CheckDomain{Need: someNeed(t), Item: pick[circle.ItemID](t, "item", "teams", "rota", "money")}
	case 2:
		return proposal.CheckMajor{Need: someNeed(t), Major: rapid.Bool().Draw(t, "major"), Effect: someTerm(t)}
	case 3:
		return proposal.AnswerLongTerm{Need: someNeed(t), Reason: say("r")}
	case 4:
		return proposal.Respond{Need: someNeed(t), Responses: []proposal.Response{proposal.Research}}
	case 5:
		return proposal.GiveInput{ID: pick[proposal.InputID](t, "input", "i1", "i2"), Need: someNeed(t), Text: say("i")}
	case 6:
		return proposal.AnswerInput{Need: someNeed(t), Input: pick[proposal.InputID](t, "input", "i1", "i2"), Answer: pick(t, "answer", proposal.Used, proposal.Open)}
	case 7, 8:
		return proposal.Submit{ID: id, Circle: pick[circle.ID](t, "circle", "valley", "helpers"), Sort: pick(t, "sort", proposal.Policy, proposal.Policy, proposal.Process, ""),
			Text: say("v1"), Term: someTerm(t), Measures: someMeasures(t), Need: pick[proposal.NeedID](t, "for", "", "notes"),
			Effective: someTerm(t), Expires: someTerm(t), Changes: someBases(t)}
	case 9, 10:
		return proposal.Amend{Proposal: id, Text: say("v"), Term: someTerm(t), Measures: someMeasures(t), Effective: someTerm(t), Expires: someTerm(t)}
	case 11:
		return proposal.AttachRendition{Proposal: id, Version: rapid.IntRange(0, 3).Draw(t, "version"), Format: someFormat(t), Text: say("easy")}
	case 12:
		return proposal.WaiveRendition{Proposal: id, Version: rapid.IntRange(0, 3).Draw(t, "version")}
	case 13:
		return proposal.CheckConflicts{Proposal: id, Version: rapid.IntRange(0, 3).Draw(t, "version"), Clear: rapid.Bool().Draw(t, "clear")}
	case 14:
		return proposal.Withdraw{Proposal: id}
	case 15:
		return proposal.Drop{Proposal: id, Reason: say("r")}
	case 16:
		return proposal.AskReview{Proposal: id, Reason: say("r")}
	case 17:
		return proposal.Evaluate{Proposal: id, Text: say("e")}
	case 18:
		return proposal.Revise{Proposal: id, Text: say("v"), Term: someTerm(t), Measures: someMeasures(t)}
	case 19:
		return proposal.Keep{Proposal: id, Term: month, Expires: someTerm(t)}
	case 20:
		return proposal.ReadMeasure{Proposal: id, Measure: pick[proposal.MeasureID](t, "measure", "missed", "late"), Value: rapid.IntRange(-1, 4).Draw(t, "value")}
	case 21:
		return pick[proposal.Command](t, "clock", proposal.EndTerm{Proposal: id},
			proposal.MissReading{Proposal: id, Measure: pick[proposal.MeasureID](t, "measure", "missed", "late")},
			proposal.TakeEffect{Proposal: id}, proposal.LapseCondition{Proposal: id}, proposal.Expire{Proposal: id})
	}
	if p := l.m.Proposal(id); p != nil {
		return proposal.Adopt{Proposal: id, Version: p.Current().N - rapid.IntRange(0, 1).Draw(t, "back")}
	}
	return proposal.Submit{ID: id, Circle: "valley", Text: say("v1"), Term: month, Measures: []proposal.Measure{missed}}
}

// lifeCommand draws a command about the life of an agreement.
func (l *life) lifeCommand(t *rapid.T, id proposal.ID) proposal.Command {
	switch rapid.IntRange(0, 12).Draw(t, "life") {
	case 0:
		return proposal.Submit{ID: id, Circle: "valley", Text: say("v1"), Condition: say("c"), Lapses: month, Confirms: pick[circle.PersonID](t, "confirms", "", "dee")}
	case 1:
		return proposal.ConfirmCondition{Proposal: id}
	case 2:
		return proposal.Hold{Proposal: id, Reason: say("r")}
	case 3:
		return proposal.LiftHold{Proposal: id}
	case 4:
		return proposal.LetExpire{Proposal: id}
	case 5:
		return proposal.Replace{Proposal: id, By: []proposal.ID{someID(t)}}
	case 6:
		return proposal.DelegateReview{Proposal: id, To: "helpers", Until: l.at.AddDate(0, 2, 0)}
	case 7:
		return proposal.StartAfresh{Proposal: id, Need: someNeed(t)}
	case 8:
		return proposal.Strike{Proposal: id, Reason: say("r")}
	case 9:
		return proposal.Interpret{ID: pick[proposal.RecordID](t, "ruling", "r1", "r2"), Proposal: id, Question: say("q"), Ruling: say("r")}
	case 10:
		return proposal.RecordDeviation{ID: pick[proposal.RecordID](t, "deviation", "d1", "d2"), Proposal: id, Reason: say("r"), Affected: say("a"), FollowUp: say("f")}
	}
	if rapid.Bool().Draw(t, "conflict") {
		return proposal.ReportConflict{Proposal: id, With: someID(t), Note: say("n")}
	}
	return proposal.Rebase{Proposal: id, Agreement: someID(t), Version: rapid.IntRange(1, 3).Draw(t, "base")}
}

func someBases(t *rapid.T) []proposal.Base {
	if rapid.Bool().Draw(t, "changes") {
		return nil
	}
	return []proposal.Base{{Agreement: someID(t), Version: rapid.IntRange(1, 2).Draw(t, "base")}}
}

// requireOneInForce holds an agreement against M-235: one version is in force
// or on hold, and at most one beside it is decided or waits for its date.
func (l *life) requireOneInForce(t *rapid.T, p *proposal.Proposal) {
	a, beside := p.Agreement, l.m.Particulars(p.ID)
	next := p.Current().N
	switch a.Phase {
	case proposal.Pending:
		require.Equal(t, a.Version, beside.Coming.Version)
		require.Zero(t, l.m.InForce(p.ID))
	case proposal.InReview:
		require.Greater(t, next, a.Version)
		require.Nil(t, beside.Coming)
	default:
		require.Equal(t, beside.Coming != nil, next > a.Version, "%s is %s", p.ID, a.Phase)
		require.Equal(t, beside.Held, a.Phase == proposal.OnHold)
	}
	if beside.Coming != nil {
		require.Equal(t, next, beside.Coming.Version)
		require.False(t, beside.Coming.Effective.IsZero() && beside.Coming.Lapses.IsZero(), "nothing would bring it into force")
	}
	if beside.Extended {
		require.False(t, beside.Expires.IsZero())
	}
	for _, r := range l.m.Binding(p.ID) {
		require.Equal(t, a.Version, r.Version, "M-239")
	}
}

// early draws a command from the time before there is a proposal.
func (l *life) early(t *rapid.T) proposal.Command {
	need, piece := someNeed(t), pick[proposal.PieceID](t, "piece", "x", "y")
	switch rapid.IntRange(0, 15).Draw(t, "early command") {
	case 0:
		return describing(need)
	case 1:
		return proposal.SetRequirement{Need: need, Requirement: say("r"), Impact: say("i")}
	case 2:
		return proposal.AcceptNeed{Need: need, Wording: rapid.IntRange(1, 2).Draw(t, "wording")}
	case 3:
		return proposal.AcceptRequirement{Need: need, Wording: rapid.IntRange(1, 2).Draw(t, "wording")}
	case 4:
		return proposal.LinkNeed{Need: need, To: someNeed(t), As: pick(t, "as", proposal.SubNeed, proposal.SuperNeed)}
	case 5:
		return proposal.Rank{Circle: "valley", Order: pick(t, "order", []proposal.NeedID{"keys", "notes"}, []proposal.NeedID{"notes"}, nil)}
	case 6:
		return proposal.SetNextStep{Need: need, Step: proposal.FormProposal}
	case 7:
		return proposal.CloseNeed{Need: need, Outcome: proposal.NeedReached, Reason: say("r")}
	case 8:
		return proposal.OfferNeed{Need: need, To: pick[circle.ID](t, "to", "places", "rotas", "valley"), Reason: say("r")}
	case 9:
		return pick[proposal.Command](t, "answer", proposal.TakeNeed{Need: need}, proposal.RefuseNeed{Need: need, Reason: say("r")})
	case 10:
		return proposal.AddDimension{Need: need, ID: piece, Text: say("d")}
	case 11:
		return pick[proposal.Command](t, "picture", proposal.ClosePicture{Need: need}, proposal.ReopenPicture{Need: need, Reason: say("r")})
	case 12:
		return proposal.AddIdea{Need: need, ID: piece, Text: say("i")}
	case 13:
		return pick[proposal.Command](t, "question", proposal.AskQuestion{Need: need, ID: piece, Kind: proposal.Generative, Text: say("q")},
			proposal.Prioritise{Need: need, Order: []proposal.PieceID{"x"}}, proposal.AnswerQuestion{Need: need, Question: piece, Answer: say("a")})
	case 14:
		return proposal.ChooseTuners{Need: need, Tuners: []circle.PersonID{"wyn"}, Until: l.at.AddDate(1, 0, 0)}
	}
	return pick[proposal.Command](t, "draft", proposal.LeaveOut{Need: need, Idea: piece, Reason: say("r")},
		proposal.CheckCoverage{Need: need, Text: someID(t), BackTo: proposal.PictureStep})
}

// step gives one random command and lets come what follows.
func (l *life) step(t *rapid.T, m *proposal.Matters) {
	cmd := l.command(t)
	by := circle.Actor{By: pick[circle.PersonID](t, "by", "ana", "ben", "cia", "cia", "dee", "gus", "wyn")}
	f := proposal.Facts{Org: l.o, ConsentOf: pick[circle.ID](t, "consent", "", "valley", "valley", "places")}
	l.at = l.at.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hours")) * time.Hour)
	before := canon.Digest(m.Image())
	got, err := m.Decide(by, l.at, cmd, f)
	require.Equal(t, before, canon.Digest(m.Image()), "deciding %s changed something", cmd.Wire())
	if err != nil {
		var r *circle.Refusal
		require.ErrorAs(t, err, &r)
		lawtest.Worded(t, r)
		require.Empty(t, got)
		return
	}
	require.NotEmpty(t, got)
	for _, e := range got {
		if a, ok := e.(*proposal.Amended); ok && m == l.m {
			require.Len(t, l.versions[a.Proposal], a.Version-1, "the number %d of %s does not come next", a.Version, a.Proposal)
		}
		happen(t, m, e, &l.parts)
		if m == l.m {
			l.remember()
		}
	}
}

// remember keeps what the newest version says.
func (l *life) remember() {
	for _, id := range l.m.Proposals("") {
		v := *l.m.Proposal(id).Current()
		if v.N == len(l.versions[id])+1 {
			l.versions[id] = append(l.versions[id], v)
		}
	}
}

// requireSound holds the matters against the invariants of doc.go.
func (l *life) requireSound(t *rapid.T) {
	for _, id := range l.m.Proposals("") {
		p := l.m.Proposal(id)
		for i, v := range p.Versions {
			require.True(t, i == 0 || v.N > p.Versions[i-1].N, "versions of %s stand in order", id)
			require.LessOrEqual(t, v.N, len(l.versions[id]))
			was := l.versions[id][v.N-1]
			was.Conflicts = v.Conflicts // what is found about a version is no part of it
			require.Equal(t, canon.Digest(was), canon.Digest(v), "version %d of %s changed", v.N, id)
		}
		for _, r := range p.Renditions {
			require.NotNil(t, p.Version(r.Version), "a rendition of no version")
		}
		a := p.Agreement
		if p.Status != proposal.StatusAgreement {
			require.Zero(t, a.Version, "%s is %s and in force", id, p.Status)
			continue
		}
		require.Equal(t, proposal.Policy, p.Sort)
		require.NotNil(t, p.Version(a.Version))
		l.requireOneInForce(t, p)
		for _, w := range a.Measures {
			require.True(t, w.Next.After(a.Since))
			require.Equal(t, w.Every.Times(a.Since, w.Count), w.Next)
		}
		if !a.Until.IsZero() {
			require.False(t, a.Until.Before(a.Since))
		}
	}
	for _, id := range l.m.Needs("") {
		n := l.m.Need(id)
		require.True(t, n.DomainChecked || !n.MajorChecked, "EC-45: the domain comes first")
		require.True(t, n.MajorChecked || !n.Responded(), "EC-45: the checks come first")
		l.requireSoundNeed(t, n)
	}
}

// requireSoundNeed holds what a need is before there is a proposal for it.
func (l *life) requireSoundNeed(t *rapid.T, n *proposal.Need) {
	if n.Driver != nil {
		require.True(t, n.Driver.Accepted || !n.Driver.Agreed, "M-77: the need comes first")
	}
	for _, link := range n.Links {
		require.NotEqual(t, n.ID, link.To, "M-78: nothing is a part of itself")
	}
	if n.Route != nil {
		last := n.Route.Hops[len(n.Route.Hops)-1]
		require.Equal(t, n.Route.Offered != "", last.Answer == proposal.HopOpen, "M-80: one offer waits at a time")
	}
	ranks := map[int]bool{}
	for _, other := range l.m.Backlog(n.Circle) {
		r := other.Planned().Rank
		require.False(t, r != 0 && ranks[r], "M-79: two share the rank %d", r)
		ranks[r] = true
	}
	if n.Closed() {
		require.NotContains(t, l.m.Backlog(n.Circle), n)
		require.True(t, n.Route == nil || n.Route.Offered == "", "M-119: nothing is left open")
	}
}

func begin(t *rapid.T) *life {
	l := &life{m: &proposal.Matters{}, o: people(t, askLong), at: day(60), versions: map[proposal.ID][]proposal.Version{}}
	for _, e := range pick(t, "given", nil, checked, submitted, adopted, inReview, waiting, ifMoney, endingInReview, held, comingOver, outdated) {
		happen(t, l.m, e, &l.parts)
		l.remember()
	}
	return l
}

func TestMattersStaySound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := begin(t)
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			l.step(t, l.m)
			l.requireSound(t)
		}
	})
}

// TestCopyOf: deeds are tried on a copy; whatever happens to it, the original
// stays, and it holds what the deeds speak of and nothing else.
func TestCopyOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := begin(t)
		for range rapid.IntRange(0, 12).Draw(t, "before") {
			l.step(t, l.m)
		}
		c := l.m.CopyOf([]circle.Deed{&proposal.Keep{Proposal: "notes"}, proposal.Drop{Proposal: "gone"}, &proposal.Respond{Need: "notes"},
			proposal.AnswerLongTerm{Need: "gone"}, &proposal.ClosePicture{Need: "notes"}, circle.Join{}})
		require.Equal(t, canon.Digest(l.m.Proposal("notes")), canon.Digest(c.Proposal("notes")))
		require.Equal(t, canon.Digest(l.m.Need("notes")), canon.Digest(c.Need("notes")))
		require.LessOrEqual(t, len(c.Proposals("")), 1)
		require.LessOrEqual(t, len(c.Needs("")), 1)
		before := canon.Digest(l.m.Image())
		for range rapid.IntRange(1, 8).Draw(t, "after") {
			l.step(t, c)
			require.Equal(t, before, canon.Digest(l.m.Image()), "the original changed with its copy")
		}
	})
}

// TestSubmitCopiesDeeds: what a proposal will carry out is the proposal's own;
// the caller may change the command afterwards.
func TestSubmitCopiesDeeds(t *testing.T) {
	deed := &circle.Admit{ID: "eva", Name: say("Eva"), Supporters: []circle.PersonID{"dee"}}
	measures := []proposal.Measure{missed}
	var m proposal.Matters
	got, err := m.Decide(circle.Actor{By: "ana"}, now, proposal.Submit{ID: "notes", Circle: "valley", Text: say("?"),
		Enacts: []circle.Deed{deed}, Measures: measures}, proposal.Facts{Org: people(t, circle.Rules{})})
	require.NoError(t, err)
	deed.ID, deed.Supporters[0], measures[0].Stop = "else", "else", 99
	e := got[0].(*proposal.Submitted)
	require.Equal(t, &circle.Admit{ID: "eva", Name: say("Eva"), Supporters: []circle.PersonID{"dee"}}, e.Enacts[0])
	require.Equal(t, 3, e.Measures[0].Stop)

	parts := 0
	happen(t, &m, e, &parts)
	_, open := deed.Name.Words()
	require.True(t, open, "sealing the entry does not reach into the caller's own command")
}

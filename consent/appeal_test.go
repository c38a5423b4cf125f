package consent_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// path is the one of the reference organisation, with den's pen as the body.
var path = circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 1},
	{Before: circle.BeforeBody, Body: pen, Sessions: 2}, {Before: circle.BeforeBroader}}}

// Others who may hear an appeal, in no circle.
const (
	panel2 circle.PersonID = "panel-2"
	panel3 circle.PersonID = "panel-3"
	panel4 circle.PersonID = "panel-4"
	panel5 circle.PersonID = "panel-5"
	panel6 circle.PersonID = "panel-6"
)

// appealed has a decision of nook, which hears appeals in this way.
func appealed(t *testing.T, rules circle.Appeals, change ...func(*consent.Config)) *world {
	t.Helper()
	w := walking(t, nil, setting{Full: 3}, change...)
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ana, ben, cia},
		Rules: circle.Rules{Appeal: rules}, Domain: []circle.Item{{ID: "bread", Of: "baking"}}})
	w.must(host, circle.Open{ID: pen, Parent: den, Aim: text("Flour"), Members: []circle.PersonID{gus}, Domain: []circle.Item{{ID: "flour", Of: "baking"}}})
	for _, who := range []circle.PersonID{panel2, panel3, panel4, panel5, panel6} {
		w.must(host, circle.Admit{ID: who})
	}
	w.must(ana, proposal.Submit{ID: "p", Circle: nook, Text: text("Open on Sundays")})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	return w
}

var (
	begin  = consent.DraftAppeal{ID: "a", Proposal: "p", Reason: reason}
	sign   = consent.SignAppeal{Appeal: "a"}
	lodge  = consent.OpenAppeal{Appeal: "a"}
	upheld = consent.AnswerAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Answer: reason}
)

// opened has the appeal opened by gus, lou and ben.
func (w *world) opened() {
	w.t.Helper()
	w.must(gus, begin)
	w.must(lou, sign)
	require.Equal(w.t, "consent.sign-appeal", w.engine.Next("p")[0].What, "one of three")
	w.must(ben, sign)
	require.Equal(w.t, "consent.open-appeal", w.engine.Next("p")[0].What, "three of three")
	w.must(gus, lodge)
}

// answered lets a circle consent to an answer.
func (w *world) answered(id proposal.ID, of circle.ID, d circle.Deed, who ...circle.PersonID) {
	w.t.Helper()
	w.must(who[0], consent.Ask{ID: id, Circle: of, Question: text("What do we answer?"), Enacts: []circle.Deed{d}})
	w.consents(id, who...)
}

// session holds a meeting of a circle.
func (w *world) session(id consent.MeetingID, of circle.ID, who circle.PersonID) {
	w.t.Helper()
	w.must(who, consent.CallMeeting{ID: id, Circle: of, At: w.now})
	w.must(who, consent.OpenMeeting{Meeting: id, Present: []circle.PersonID{who}})
	w.must(who, consent.CloseMeeting{Meeting: id})
}

func (w *world) appeal() (out consent.Appeal) {
	w.engine.Look(func(s *consent.State) { out = *s.Appeal("a") })
	return out
}

// TestAppealOpens: three people who are not related to each other open an
// appeal, whoever they are; one or two, or related ones, do not (EC-51, EC-56).
func TestAppealOpens(t *testing.T) {
	w := appealed(t, path)
	w.no(consent.UnknownAppeal, lou, sign)
	w.no(proposal.UnknownProposal, gus, consent.DraftAppeal{ID: "a", Proposal: "nothing", Reason: reason})
	w.must(gus, begin)
	w.no(circle.TakenID, gus, begin)
	w.no(consent.AppealThere, gus, consent.DraftAppeal{ID: "b", Proposal: "p", Reason: reason})
	w.no(consent.SignedAlready, gus, sign)
	w.no(consent.NotAppellant, lou, lodge)
	w.no(consent.TooFewUnrelated, gus, lodge)
	w.must(lou, sign)
	w.no(consent.TooFewUnrelated, gus, lodge)
	w.must(cia, consent.SignAppeal{Appeal: "a", Related: []circle.PersonID{gus, ana}})
	w.no(consent.TooFewUnrelated, gus, lodge)
	require.Equal(t, []circle.PersonID{gus}, w.appeal().Signers[2].Related, "ana has not signed")
	w.must(ben, sign)
	w.must(gus, lodge)
	w.no(consent.AppealStands, gus, lodge)
	require.Equal(t, nook, w.appeal().Before)
	w.replays()

	w = appealed(t, circle.Appeals{})
	w.no(consent.NoAppealPath, gus, begin)
	w = appealed(t, path)
	w.must(ana, proposal.Submit{ID: "q", Circle: nook, Text: text("Open on Mondays")})
	w.no(consent.NothingToAppeal, gus, consent.DraftAppeal{ID: "b", Proposal: "q", Reason: reason})
}

// TestHostSaysWhoIsRelated: where the host has a check of its own, it counts and
// not what the command says; one that breaks leaves people related (EC-51).
func TestHostSaysWhoIsRelated(t *testing.T) {
	for _, breaks := range []bool{false, true} {
		w := appealed(t, path, func(c *consent.Config) {
			c.Unrelated = func(_ context.Context, a, b circle.PersonID) bool {
				if breaks {
					panic("no")
				}
				return a != lou && b != lou
			}
		})
		w.must(gus, begin)
		w.must(lou, sign)
		w.must(ben, consent.SignAppeal{Appeal: "a", Related: []circle.PersonID{gus}})
		require.Equal(t, []circle.PersonID{gus}, w.appeal().Signers[1].Related)
		require.Equal(t, breaks, len(w.appeal().Signers[2].Related) == 2)
		w.no(consent.TooFewUnrelated, gus, lodge)
	}
}

// TestAppealGoesOn: sessions that are held move an appeal on, whether those who
// hear it took it up or not, and not days; more of them by consent alone
// (EC-52 to EC-55).
func TestAppealGoesOn(t *testing.T) {
	w := appealed(t, path)
	w.opened()
	require.Equal(t, "consent.answer-appeal", w.engine.Next("p")[0].What)
	w.later(90 * 24 * time.Hour)
	require.Equal(t, 1, w.appeal().Step, "days do not count")
	w.no(proposal.ByConsent, ana, upheld)
	w.no(consent.NotHearing, gus, consent.Ask{ID: "q", Circle: pen, Question: text("?"), Enacts: []circle.Deed{upheld}})
	w.answered("q", nook, upheld, ana, ben, cia)
	require.Equal(t, consent.AppealIsOpen, w.appeal().Status, "it can be heard after them")
	w.session("m-1", nook, ana)
	require.Equal(t, pen, w.appeal().Before)
	w.session("m-2", nook, ana)
	require.Zero(t, w.appeal().Sessions, "another circle's")
	w.session("m-3", pen, gus)
	more := consent.ExtendAppeal{Appeal: "a", Sessions: 1}
	w.no(proposal.ByConsent, gus, more)
	w.no(consent.BadSessions, gus, consent.Ask{ID: "bad", Circle: pen, Question: text("?"), Enacts: []circle.Deed{consent.ExtendAppeal{Appeal: "a", Sessions: 13}}})
	w.must(gus, consent.Ask{ID: "twelve", Circle: pen, Question: text("?"), Enacts: []circle.Deed{consent.ExtendAppeal{Appeal: "a", Sessions: 12}}})
	w.objects("twelve", "too-long", gus)
	w.answered("more", pen, more, gus)
	w.session("m-4", pen, gus)
	require.Equal(t, 2, w.appeal().Step)
	w.no(consent.NotToPass, gus, consent.PassAppeal{Appeal: "a", Reason: reason})
	w.session("m-5", pen, gus)
	require.Equal(t, den, w.appeal().Before)
	w.session("m-6", den, ana)
	w.no(consent.NoSessionLimit, ana, consent.Ask{ID: "late", Circle: den, Question: text("?"), Enacts: []circle.Deed{more}})
	require.Equal(t, den, w.appeal().Before, "the last have no limit")
	w.no(consent.NoBroader, ana, consent.PassAppeal{Appeal: "a", Reason: reason})
	w.must(ana, consent.PassAppeal{Appeal: "a", At: consent.MembersMeeting, Reason: reason})
	w.no(consent.NoBroader, ana, consent.PassAppeal{Appeal: "a", At: consent.MembersMeeting, Reason: reason})
	w.replays()
	w.answered("end", den, upheld, ana, ben, cia)
	require.Equal(t, consent.AppealIsOver, w.appeal().Status)
	w.no(consent.AppealStands, lou, sign)
	w.replays()

	w.no(consent.AppealedBefore, gus, consent.DraftAppeal{ID: "b", Proposal: "p", Reason: reason})
	w.must(gus, consent.DraftAppeal{ID: "b", Proposal: "p", Reason: reason, New: text("It was tried out since")})
}

// TestAppealEnds: what may come of an appeal: the circle changed the decision, it
// decides again, or too few go on (EC-52).
func TestAppealEnds(t *testing.T) {
	changed, back := upheld, upheld
	changed.Ruling, back.Ruling = consent.RulesChanged, consent.RulesSentBack
	ask := func(d circle.Deed) consent.Ask {
		return consent.Ask{ID: "no", Circle: nook, Question: text("?"), Enacts: []circle.Deed{d}}
	}
	w := appealed(t, path)
	w.opened()
	w.no(consent.NotChanged, ana, ask(changed))
	w.no(consent.MitigationWanted, ana, ask(back))
	w.must(ana, proposal.Revise{Proposal: "p", Text: text("Open on Mondays")})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.consents("p", ana, ben, cia)
	w.answered("q", nook, changed, ana, ben, cia)
	require.Equal(t, consent.AppealIsOver, w.appeal().Status)
	w.replays()

	w = appealed(t, path)
	w.opened()
	back.Mitigation = text("Nobody works on two Sundays in a row")
	w.answered("q", nook, back, ana, ben, cia)
	w.engine.Look(func(s *consent.State) { require.Equal(t, proposal.Appealed, s.Matters.Proposal("p").Agreement.Because) })
	require.Contains(t, whatIsDue(w), "review-due")
	w.replays()

	w = appealed(t, path)
	w.opened()
	w.must(ana, sign)
	w.no(consent.NotAppellant, cia, consent.LeaveAppeal{Appeal: "a"})
	w.must(ben, consent.LeaveAppeal{Appeal: "a"})
	require.Equal(t, consent.AppealIsOpen, w.appeal().Status, "three go on")
	r := w.must(lou, consent.LeaveAppeal{Appeal: "a", Reason: reason})
	require.Equal(t, consent.Name("withdrawn"), r.Events[1].(*consent.AppealEnded).Outcome)
	w.must(gus, consent.DraftAppeal{ID: "b", Proposal: "p", Reason: reason})
	r = w.must(gus, consent.LeaveAppeal{Appeal: "b"})
	require.Equal(t, consent.Name("withdrawn"), r.Events[1].(*consent.AppealEnded).Outcome)
	w.replays()
}

// TestAppealSuspends: whether the decision stands meanwhile is the circle's to
// say; where it is on hold, that ends with the appeal unless the circle decides again.
func TestAppealSuspends(t *testing.T) {
	suspends := path
	suspends.Suspends = true
	back := upheld
	back.Ruling = consent.RulesSentBack
	for d, held := range map[circle.Deed]bool{back: true, consent.AnswerAppeal{}: false} {
		w := appealed(t, suspends)
		inForce := func() (n int) {
			w.engine.Look(func(s *consent.State) { n = s.Matters.InForce("p") })
			return n
		}
		w.opened()
		require.Zero(t, inForce())
		if held {
			w.answered("q", nook, d, ana, ben, cia)
		} else {
			w.must(ben, consent.LeaveAppeal{Appeal: "a"})
		}
		require.Equal(t, held, inForce() == 0)
		w.replays()
	}
}

// TestAppellantsAreHeard: nobody who appeals is shut out of a meeting of those
// who hear them, guest or not (EC-52).
func TestAppellantsAreHeard(t *testing.T) {
	w := appealed(t, path)
	w.opened()
	speak := consent.SpeakToAppeal{Appeal: "a", Meeting: "m", Text: reason}
	w.no(consent.UnknownMeeting, gus, speak)
	w.must(ana, consent.CallMeeting{ID: "m", Circle: nook, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana}})
	w.must(gus, speak)
	w.no(consent.NotAppellant, cia, speak)
	w.must(ana, consent.CallMeeting{ID: "d", Circle: den, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "d", Present: []circle.PersonID{ana}})
	speak.Meeting = "d"
	w.no(consent.NotHearing, gus, speak)
}

// TestAppealIsNeverLost: where those who should hear it next are gone, the
// circle around them hears it.
func TestAppealIsNeverLost(t *testing.T) {
	gone := path
	gone.Steps = []circle.AppealStep{{Before: circle.BeforeBody, Body: "gone", Sessions: 1}, {Before: circle.BeforeBroader}}
	w := appealed(t, gone)
	w.opened()
	require.Equal(t, den, w.appeal().Before)
	w.no(consent.NotToPass, ana, consent.PassAppeal{Appeal: "a", Reason: reason})
}

// TestPanel: people without a part in it hear an appeal; more than half of the
// others dismiss who is partial; the report needs everybody and more than half,
// and says when it comes late (M-193).
func TestPanel(t *testing.T) {
	panel := circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforePanel, Within: week}}}
	judge := consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Reason: reason}
	report := consent.ReportAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Report: reason}
	w := appealed(t, panel)
	w.must(lou, begin)
	w.no(consent.AppealStands, gus, judge)
	w.must(lou, lodge)
	next := func() consent.Awaited { return w.engine.Next("p")[0] }
	require.Equal(t, "consent.name-panel", next().What, "there is nobody yet who could report")
	require.NotEmpty(t, next().Who)
	for _, who := range next().Who {
		require.Contains(t, w.engine.Awaits(who), next(), "of what was decided, too, whose case is closed")
	}
	w.no(consent.NotHearing, ana, consent.Ask{ID: "q", Circle: den, Question: text("?"), Enacts: []circle.Deed{upheld}})
	w.no(circle.UnknownPerson, ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{"nobody"}})
	w.no(consent.HasPart, ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{lou}})
	w.no(circle.TakenID, ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus, gus}})
	w.must(ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus, panel2, panel3}})
	require.Equal(t, "consent.judge-appeal", next().What)
	require.Equal(t, []circle.PersonID{gus, panel2, panel3}, next().Who)
	w.no(consent.PanelNamedAlready, ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus}})
	doubt := consent.DismissPanellist{Appeal: "a", Person: panel3, Reason: reason}
	w.no(consent.NotOnPanel, lou, doubt)
	w.no(consent.NotOnPanel, gus, consent.DismissPanellist{Appeal: "a", Person: ana, Reason: reason})
	w.must(gus, doubt)
	w.no(consent.DoubtedAlready, gus, doubt)
	w.must(panel3, judge)
	w.must(panel2, doubt)
	w.no(consent.NotOnPanel, panel3, judge)
	w.must(gus, judge)
	w.no(consent.PanelNotHeard, gus, report)
	w.must(panel2, consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesSentBack, Reason: reason})
	w.no(consent.PanelOtherwise, gus, report)
	w.must(panel2, judge)
	w.later(7*24*time.Hour + time.Second)
	r := w.must(gus, report)
	require.True(t, r.Events[0].(*consent.PanelReported).Late)
	require.Equal(t, consent.AppealIsOver, w.appeal().Status)
	w.no(consent.NoPetition, ana, consent.PetitionAppeal{Appeal: "a"})
	w.replays()
}

// TestPanelIsShort: nearly all of a panel end an appeal early when nobody says
// otherwise, and its time has come; the share is in whole numbers (M-194).
func TestPanelIsShort(t *testing.T) {
	panel := circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforePanel, Short: circle.Share{Part: 2, Of: 3}, ShortAfter: week}}}
	judge := consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Reason: reason}
	report := consent.ReportAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Report: reason}
	for _, against := range []bool{false, true} {
		w := appealed(t, panel)
		w.must(lou, begin)
		w.must(lou, lodge)
		w.must(ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus, panel2, panel3, panel4, panel5, panel6}})
		for _, who := range []circle.PersonID{gus, panel2, panel3} {
			w.must(who, judge)
		}
		w.later(7*24*time.Hour - time.Second)
		w.no(consent.PanelNotHeard, gus, report)
		w.must(panel4, judge)
		w.no(consent.PanelNotHeard, gus, report)
		w.later(time.Second)
		if against {
			w.must(panel5, consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesSentBack, Reason: reason})
			w.no(consent.PanelNotHeard, gus, report)
			continue
		}
		r := w.must(gus, report)
		require.True(t, r.Events[0].(*consent.PanelReported).Short, "exactly four of six")
		w.replays()
	}
}

// TestPetition: a share of those who would hear it next brings an appeal before
// them after a panel has ended it, in a window that closes (M-195).
func TestPetition(t *testing.T) {
	panel := circle.Appeals{People: 1, Steps: []circle.AppealStep{
		{Before: circle.BeforePanel, Petition: circle.Share{Part: 2, Of: 3}, Window: week}, {Before: circle.BeforeBroader}}}
	petition := consent.PetitionAppeal{Appeal: "a", Reason: reason}
	ended := func() *world {
		w := appealed(t, panel)
		w.must(lou, begin)
		w.must(lou, lodge)
		w.no(consent.NoPetition, ana, petition)
		w.must(ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus}})
		w.must(gus, consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Reason: reason})
		w.must(gus, consent.ReportAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Report: reason})
		return w
	}
	w := ended()
	w.no(consent.UnknownAppeal, ana, consent.PetitionAppeal{Appeal: "b"})
	w.no(consent.NotFull, gus, petition)
	w.must(ana, petition)
	w.no(consent.PetitionSigned, ana, petition)
	require.Equal(t, consent.AppealIsOver, w.appeal().Status)
	w.must(ben, petition)
	require.Equal(t, den, w.appeal().Before)
	w.answered("q", den, upheld, ana, ben, cia)
	w.no(consent.NoPetition, ana, petition)
	w.replays()

	w = ended()
	w.later(7 * 24 * time.Hour)
	w.no(consent.NoPetition, ana, petition)
	w = ended()
	w.must(gus, consent.DraftAppeal{ID: "b", Proposal: "p", Reason: reason, New: reason})
	w.no(consent.AppealThere, ana, petition)
}

// TestHold: so many full participants suspend a decision at once; the circle
// then votes on the hold, by a share in whole numbers, in a time that ends (M-197).
func TestHold(t *testing.T) {
	hold := circle.Appeals{Hold: circle.HoldRule{People: 2, For: week, Share: circle.Share{Part: 2, Of: 3}}}
	ask := consent.PetitionHold{Proposal: "p", Reason: reason}
	keep, lift := consent.VoteOnHold{Proposal: "p", Answer: consent.KeepsHold}, consent.VoteOnHold{Proposal: "p", Answer: consent.LiftsHold}
	suspended := func(w *world) (is bool) {
		w.engine.Look(func(s *consent.State) { is = s.Matters.InForce("p") == 0 })
		return is
	}
	put := func() *world {
		w := appealed(t, hold)
		w.no(consent.NoHoldVote, ana, keep)
		w.must(ana, ask)
		w.no(consent.HoldSigned, ana, ask)
		w.no(consent.NoHoldVote, ana, keep)
		require.False(t, suspended(w))
		w.must(ben, ask)
		require.True(t, suspended(w), "at once")
		w.no(consent.HoldIsPut, cia, ask)
		w.no(consent.NotFull, gus, keep)
		return w
	}
	for name, c := range map[string]struct {
		votes func(*world)
		stays bool
	}{
		"two of three": {func(w *world) { w.must(ana, keep); w.must(ben, keep); w.must(cia, lift) }, true},
		"one of three": {func(w *world) { w.must(ana, keep); w.must(ben, lift); w.must(cia, lift) }, false},
		"one of one":   {func(w *world) { w.must(ana, lift); w.must(ana, keep); w.later(7 * 24 * time.Hour) }, true},
		"one of two":   {func(w *world) { w.must(ana, keep); w.must(ben, lift); w.later(7 * 24 * time.Hour) }, false},
		"nobody":       {func(w *world) { w.later(7 * 24 * time.Hour) }, false},
		"who left is no voice": {func(w *world) {
			w.must(ana, keep)
			w.must(ben, lift)
			w.must(ana, circle.Leave{Circle: nook})
			w.later(7 * 24 * time.Hour)
		}, false},
	} {
		w := put()
		c.votes(w)
		require.Equal(t, c.stays, suspended(w), name)
		w.no(consent.NoHoldVote, ben, keep)
		w.replays()
	}
	w := put()
	w.later(7*24*time.Hour - time.Second)
	w.must(ana, keep)

	hold.Hold.Share = circle.Share{} // more than half of those who voted
	w = put()
	w.must(ana, keep)
	w.must(ben, lift)
	w.later(7 * 24 * time.Hour)
	require.False(t, suspended(w), "one to one")

	w = appealed(t, circle.Appeals{})
	w.no(consent.NoHoldRule, ana, ask)
	w = appealed(t, hold)
	w.no(consent.NotFull, gus, ask)
	w.must(ana, proposal.Submit{ID: "q", Circle: nook, Text: text("Open on Mondays")})
	w.no(consent.NothingToAppeal, ana, consent.PetitionHold{Proposal: "q", Reason: reason})
	require.NotContains(t, whatIsDue(w), "hold-petition")
	w.must(ana, ask)
	require.Contains(t, whatIsDue(w), "hold-petition")
	w.answered("held", nook, proposal.Hold{Proposal: "p", Reason: reason}, ana, ben, cia)
	w.no(proposal.OnHoldAlready, ben, ask)
}

// TestPermittedOnDecision: what somebody may do about a decision that was made is
// said before they do it, and why not.
func TestPermittedOnDecision(t *testing.T) {
	rules := circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 1}, {Before: circle.BeforePanel}},
		Hold: circle.HoldRule{People: 2, For: week}}
	w := appealed(t, rules)
	may := func(who circle.PersonID) (out []string) {
		list, err := w.engine.Permitted(who, "p")
		require.NoError(t, err)
		for _, p := range list {
			if p.Refused == nil {
				out = append(out, p.Command)
			}
		}
		return out
	}
	require.Equal(t, []string{"consent.draft-appeal"}, may(gus))
	require.Equal(t, []string{"consent.petition-hold", "consent.draft-appeal"}, may(ana))
	w.must(gus, begin)
	require.Equal(t, []string{"consent.leave-appeal", "consent.open-appeal"}, may(gus))
	w.must(gus, lodge)
	require.Equal(t, []string{"consent.sign-appeal"}, may(lou))
	w.session("m", nook, ana)
	require.Equal(t, []string{"consent.petition-hold", "consent.sign-appeal", "consent.name-panel"}, may(ana))
	w.must(ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{lou}})
	w.must(lou, consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Reason: reason})
	require.Equal(t, []string{"consent.sign-appeal", "consent.judge-appeal", "consent.dismiss-panellist", "consent.report-appeal"}, may(lou))

	w = appealed(t, rules) // while it is revised, what there is to do is about the revision
	w.must(ana, proposal.Revise{Proposal: "p", Text: text("Open on Sundays from ten")})
	list, err := w.engine.Permitted(gus, "p")
	require.NoError(t, err)
	for _, p := range list {
		require.NotEqual(t, "consent.draft-appeal", p.Command)
	}
}

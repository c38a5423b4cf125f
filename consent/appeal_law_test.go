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

// den's own circles hear appeals of a circle further down.
const (
	cellar circle.ID = "cellar" // in nook
	crumb  circle.ID = "crumb"  // in the cellar
)

// drops lets nook drop its decision.
func (w *world) drops() {
	w.t.Helper()
	w.answered("drop", nook, proposal.Drop{Proposal: "p", Reason: reason}, ana, ben, cia)
}

// TestAppealOfWhatIsDropped: a decision that is dropped while people appeal is not put on hold, and
// the circle cannot be asked to decide on it again; that it was changed is true (EC-52).
func TestAppealOfWhatIsDropped(t *testing.T) {
	suspends := path
	suspends.Suspends = true
	w := appealed(t, suspends)
	w.must(gus, begin)
	w.must(lou, sign)
	w.must(ben, sign)
	w.drops()
	require.Len(t, w.must(gus, lodge).Events, 1, "nothing but that nook hears it")
	require.False(t, w.appeal().Held)
	back := consent.AnswerAppeal{Appeal: "a", Ruling: consent.RulesSentBack, Answer: reason, Mitigation: reason}
	w.no(consent.NothingToAppeal, ana, consent.Ask{ID: "no", Circle: nook, Question: text("?"), Enacts: []circle.Deed{back}})
	w.answered("q", nook, consent.AnswerAppeal{Appeal: "a", Ruling: consent.RulesChanged, Answer: reason}, ana, ben, cia)
	require.Equal(t, consent.AppealIsOver, w.appeal().Status)
	w.replays()
}

// TestDelegatesHearWithTheBody: the Delegates of the circle that decided are asked for the answer, with
// the body that hears the appeal, and for nothing else (EC-53).
func TestDelegatesHearWithTheBody(t *testing.T) {
	together := path
	together.Steps = []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 1}, {Before: circle.BeforeBody, Body: pen, Sessions: 2, Delegates: true}, {Before: circle.BeforeBroader}}
	w := appealed(t, together)
	w.answered("role", nook, circle.CreateRole{ID: "to-den", Circle: nook, Hat: circle.Delegate}, ana, ben, cia)
	w.answered("delegate", nook, circle.GiveRole{Role: "to-den", Person: cia}, ana, ben, cia)
	asks := func(id proposal.ID, deed circle.Deed) []circle.PersonID {
		w.must(gus, consent.Ask{ID: id, Circle: pen, Question: text("?"), Enacts: []circle.Deed{deed}})
		return w.process(id).Round.Order
	}
	w.opened()
	w.no(consent.UnknownAppeal, gus, consent.Ask{ID: "no", Circle: pen, Question: text("?"), Enacts: []circle.Deed{consent.AnswerAppeal{Appeal: "nothing", Ruling: consent.RulesUpheld, Answer: reason}}})
	require.Equal(t, []circle.PersonID{ana, ben, cia}, w.engine.Next("p")[0].Who, "nook itself, in the first step")
	w.session("m", nook, ana)
	require.Equal(t, []circle.PersonID{gus, cia}, w.engine.Next("p")[0].Who)
	require.Equal(t, []circle.PersonID{gus}, asks("other", circle.CreateRole{ID: "listener", Circle: pen, Name: text("Listener")}))
	require.Equal(t, []circle.PersonID{gus, cia}, asks("answer", upheld))
	w.replays()
}

// TestAppealsAreDue: an appeal that is heard waits for those who hear it, a panel until its time is over;
// one that gathers people or is over waits for nobody (EC-55, M-193).
func TestAppealsAreDue(t *testing.T) {
	w := appealed(t, path)
	w.must(gus, begin)
	w.must(ana, proposal.Submit{ID: "q", Circle: nook, Text: text("Open on Mondays")})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	w.consents("q", ana, ben, cia)
	w.must(gus, consent.DraftAppeal{ID: "b", Proposal: "q", Reason: reason})
	require.Empty(t, dueOf(w, "appeal"))
	w.must(lou, consent.SignAppeal{Appeal: "b"})
	w.must(ben, consent.SignAppeal{Appeal: "b"})
	w.must(gus, consent.OpenAppeal{Appeal: "b"})
	require.Equal(t, []consent.Due{{At: w.now, What: "appeal", Of: "q", Part: "nook", Past: true}}, dueOf(w, "appeal"))
	w.must(ben, consent.LeaveAppeal{Appeal: "b"})
	require.Empty(t, dueOf(w, "appeal"))

	w = appealed(t, circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforePanel, Within: week}}})
	w.must(lou, begin)
	w.must(lou, lodge)
	until := w.now.AddDate(0, 0, 7)
	require.Equal(t, []consent.Due{{At: until, What: "appeal", Of: "p", Part: "den"}}, dueOf(w, "appeal"))
	w.now = until
	require.Equal(t, []consent.Due{{At: until, What: "appeal", Of: "p", Part: "den", Past: true}}, dueOf(w, "appeal"))
}

// TestWhichSessionsCount: a session counts for an appeal that lay before the circle when it began,
// unless it was called for something else alone, or a panel hears the appeal (EC-55).
func TestWhichSessionsCount(t *testing.T) {
	w := appealed(t, circle.Appeals{Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 9}, {Before: circle.BeforeBroader}}})
	w.must(ana, consent.CallMeeting{ID: "before", Circle: nook, At: w.now})
	w.must(ana, consent.OpenMeeting{Meeting: "before", Present: []circle.PersonID{ana}})
	w.later(time.Hour)
	w.opened()
	w.must(ana, consent.CloseMeeting{Meeting: "before"})
	require.Zero(t, w.appeal().Sessions, "it had begun")
	for i, c := range []struct {
		call consent.CallMeeting
		want int
	}{
		{consent.CallMeeting{ID: "special", Scope: []proposal.ID{"other"}}, 0},
		{consent.CallMeeting{ID: "ends", Ends: w.now.Add(time.Hour)}, 1},
		{consent.CallMeeting{ID: "plain"}, 2},
	} {
		if i == 0 {
			w.must(ana, proposal.Submit{ID: "other", Circle: nook, Text: text("Open on Mondays")})
		}
		c.call.Circle, c.call.At = nook, w.now
		w.must(ana, c.call)
		w.must(ana, consent.OpenMeeting{Meeting: c.call.ID, Present: []circle.PersonID{ana}})
		w.must(ana, consent.CloseMeeting{Meeting: c.call.ID})
		require.Equal(t, c.want, w.appeal().Sessions, string(c.call.ID))
	}
	w.replays()

	w = appealed(t, circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforePanel}}})
	w.must(lou, begin)
	w.must(lou, lodge)
	w.session("m", den, ana)
	require.Zero(t, w.appeal().Sessions, "a panel")
}

// TestSessionOfTheSecondAppeal: of two appeals that lie before a circle, one of which came while it met, the session counts for the
// other, whichever was opened first (EC-55).
func TestSessionOfTheSecondAppeal(t *testing.T) {
	for name, late := range map[string]bool{"the first came late": true, "both lay there": false} {
		w := appealed(t, circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 9}, {Before: circle.BeforeBroader}}})
		w.must(ana, proposal.Submit{ID: "q", Circle: nook, Text: text("Open on Mondays")})
		w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
		w.consents("q", ana, ben, cia)
		w.must(gus, consent.DraftAppeal{ID: "z", Proposal: "q", Reason: reason})
		w.must(gus, consent.OpenAppeal{Appeal: "z"})
		w.must(gus, begin)
		if !late {
			w.must(gus, lodge)
		}
		w.later(time.Hour)
		w.must(ana, consent.CallMeeting{ID: "m", Circle: nook, At: w.now})
		w.must(ana, consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{ana}})
		if w.later(time.Hour); late {
			w.must(gus, lodge)
		}
		w.must(ana, consent.CloseMeeting{Meeting: "m"})
		w.engine.Look(func(s *consent.State) {
			require.Equal(t, 1, s.Appeal("z").Sessions, name)
			require.Equal(t, map[bool]int{true: 0, false: 1}[late], s.Appeal("a").Sessions, name)
		})
		w.replays()
	}
}

// TestPassingAnAppealOn: an appeal is passed on to the circle around, and only the broadest circle
// hears it as the meeting of all members (EC-54, EC-66).
func TestPassingAnAppealOn(t *testing.T) {
	w := appealed(t, path)
	w.answered("dig", nook, circle.Open{ID: cellar, Parent: nook, Aim: text("Flour kept dry"), Members: []circle.PersonID{ana, ben}, Domain: []circle.Item{{ID: "cellar", Of: "bread"}}}, ana, ben, cia)
	w.answered("sweep", cellar, circle.Open{ID: crumb, Parent: cellar, Aim: text("No crumbs"), Members: []circle.PersonID{ana}, Domain: []circle.Item{{ID: "crumbs", Of: "cellar"}},
		Rules: circle.Rules{Appeal: circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforeBroader}}}}}, ana, ben)
	w.must(ana, proposal.Submit{ID: "broom", Circle: crumb, Text: text("Sweep on Sundays")})
	w.must(ana, consent.OpenRound{Proposal: "broom", Round: consent.ConsentRound})
	w.consents("broom", ana)
	w.must(lou, consent.DraftAppeal{ID: "a", Proposal: "broom", Reason: reason})
	w.must(lou, lodge)
	require.Equal(t, cellar, w.appeal().Before)
	all := consent.PassAppeal{Appeal: "a", At: consent.MembersMeeting, Reason: reason}
	w.no(consent.NotAllMembers, ana, all)
	w.must(ana, consent.PassAppeal{Appeal: "a", Reason: reason})
	require.Equal(t, nook, w.appeal().Before)
	w.must(ana, all)
	require.Equal(t, den, w.appeal().Before)
	require.Equal(t, consent.MembersMeeting, w.appeal().At)
	w.replays()

	for name, steps := range map[string][]circle.AppealStep{
		"a circle around with sessions": {{Before: circle.BeforeBroader, Sessions: 1}, {Before: circle.BeforeBroader}},
		"the circle itself without":     {{Before: circle.BeforeCircle}},
	} {
		w := appealed(t, circle.Appeals{People: 1, Steps: steps})
		w.must(lou, begin)
		w.must(lou, lodge)
		_, no := w.give(ana, consent.PassAppeal{Appeal: "a", Reason: reason})
		require.NotNil(t, no, name)
		require.Equal(t, consent.NotToPass, no.Code, name)
	}
}

// TestAppealBeforeABodyThatEnded: where the body that should hear an appeal has ended, the circle that
// was around it does; and what it extends itself by adds up (EC-53, EC-55).
func TestAppealBeforeABodyThatEnded(t *testing.T) {
	w := appealed(t, circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforeBody, Body: cellar, Sessions: 1}, {Before: circle.BeforeBroader}}})
	w.answered("dig", nook, circle.Open{ID: cellar, Parent: nook, Aim: text("Flour kept dry"), Members: []circle.PersonID{ana, ben}, Domain: []circle.Item{{ID: "cellar", Of: "bread"}}}, ana, ben, cia)
	w.answered("fill", cellar, circle.Dissolve{Change: "end", Circle: cellar}, ana, ben)
	w.answered("filled", nook, circle.ConsentTo{Change: "end"}, ana, ben, cia)
	w.must(lou, begin)
	w.must(lou, lodge)
	require.Equal(t, nook, w.appeal().Before)
	for i, id := range []proposal.ID{"more", "still"} {
		w.answered(id, nook, consent.ExtendAppeal{Appeal: "a", Sessions: 1 + i}, ana, ben, cia)
	}
	for i, id := range []consent.MeetingID{"m1", "m2", "m3", "m4"} {
		require.Equal(t, nook, w.appeal().Before, "after %d", i)
		w.session(id, nook, ana)
	}
	require.Equal(t, den, w.appeal().Before)
	w.replays()
}

// TestReportOfAPanel: who is dismissed or says nothing hides nobody who spoke after them; a report is short
// only where somebody was not heard, and opens a petition only where there is one and somebody to hear it (M-193 to M-195).
func TestReportOfAPanel(t *testing.T) {
	judge := consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Reason: reason}
	report := consent.ReportAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Report: reason}
	short := circle.AppealStep{Before: circle.BeforePanel, Short: circle.Share{Part: 2, Of: 3}, ShortAfter: week}
	asked := circle.AppealStep{Before: circle.BeforePanel, Petition: circle.Share{Part: 1, Of: 2}, Window: week}
	broader := circle.AppealStep{Before: circle.BeforeBroader}
	for name, c := range map[string]struct {
		steps []circle.AppealStep
		speak []circle.PersonID
		short bool
		until bool
	}{
		"the first is silent":         {[]circle.AppealStep{short}, []circle.PersonID{panel2, panel3}, true, false},
		"all are heard":               {[]circle.AppealStep{short}, []circle.PersonID{gus, panel2, panel3}, false, false},
		"a petition":                  {[]circle.AppealStep{asked, broader}, []circle.PersonID{gus, panel2, panel3}, false, true},
		"nobody to hear the petition": {[]circle.AppealStep{asked}, []circle.PersonID{gus, panel2, panel3}, false, false},
		"no petition":                 {[]circle.AppealStep{short, broader}, []circle.PersonID{gus, panel2, panel3}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := appealed(t, circle.Appeals{People: 1, Steps: c.steps})
			w.must(lou, begin)
			w.must(lou, lodge)
			w.must(ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus, panel2, panel3}})
			for _, who := range c.speak {
				w.must(who, judge)
			}
			w.later(7 * 24 * time.Hour)
			got := eventOf[*consent.PanelReported](t, w.must(panel3, report))
			require.Equal(t, len(c.speak), got.Says)
			require.Equal(t, c.short, got.Short)
			require.Equal(t, c.until, !got.Until.IsZero())
			require.Equal(t, c.until, w.appeal().Petition != nil)
			w.replays()
		})
	}

	w := appealed(t, circle.Appeals{People: 1, Steps: []circle.AppealStep{short}})
	w.must(lou, begin)
	w.must(lou, lodge)
	w.must(ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus, panel2, panel3}})
	w.must(gus, consent.DismissPanellist{Appeal: "a", Person: gus, Reason: reason})
	w.must(panel2, judge)
	w.must(panel3, judge)
	require.Equal(t, 2, eventOf[*consent.PanelReported](t, w.must(panel3, report)).Of)
}

// TestActsOnAnAppeal: what may be done about a decision is listed as its circle has agreed and as the
// appeal stands: nobody appeals where there is no way to, and after a panel a petition may be signed (M-193, M-195, M-197).
func TestActsOnAnAppeal(t *testing.T) {
	hold := circle.HoldRule{People: 2, For: week, Share: circle.Share{Part: 2, Of: 3}}
	acts := func(w *world) (list []string) {
		all, err := w.engine.Permitted(lou, "p")
		require.NoError(t, err)
		for _, p := range all {
			list = append(list, p.Command)
		}
		return list
	}
	w := appealed(t, circle.Appeals{Hold: hold})
	require.Contains(t, acts(w), "consent.petition-hold")
	require.NotContains(t, acts(w), "consent.draft-appeal")

	w = appealed(t, circle.Appeals{People: 1, Steps: []circle.AppealStep{{Before: circle.BeforePanel, Petition: circle.Share{Part: 2, Of: 3}, Window: week}, {Before: circle.BeforeBroader}}})
	none := acts(w)
	require.NotContains(t, none, "consent.petition-hold")
	require.Contains(t, none, "consent.draft-appeal")
	more := func(list ...string) {
		t.Helper()
		require.Equal(t, append(none[:len(none):len(none)], list...), acts(w))
	}
	w.must(lou, begin)
	more("consent.sign-appeal", "consent.leave-appeal", "consent.open-appeal")
	w.must(lou, lodge)
	panel := []string{"consent.sign-appeal", "consent.leave-appeal", "consent.name-panel", "consent.judge-appeal", "consent.dismiss-panellist", "consent.report-appeal"}
	more(panel...)
	w.must(ana, consent.NamePanel{Appeal: "a", Members: []circle.PersonID{gus}})
	w.must(gus, consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Reason: reason})
	w.must(gus, consent.ReportAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Report: reason})
	more("consent.petition-appeal")
	w.must(ana, consent.PetitionAppeal{Appeal: "a"})
	w.must(ben, consent.PetitionAppeal{Appeal: "a"})
	more("consent.sign-appeal", "consent.leave-appeal", "consent.speak-to-appeal", "consent.pass-appeal")
	w.answered("q", den, upheld, ana, ben, cia)
	more()

	w = appealed(t, path)
	none = acts(w)
	w.opened()
	w.must(ben, consent.LeaveAppeal{Appeal: "a"})
	more()
}

// TestAppealThatEndsOnTheWay: people who let an appeal rest after an answer have settled it, and those who do so
// before have withdrawn it; what was to be answered then is asked of the circle alone (EC-52).
func TestAppealThatEndsOnTheWay(t *testing.T) {
	together := path
	together.Steps = append([]circle.AppealStep{{Before: circle.BeforeCircle, Sessions: 1, Delegates: true}}, path.Steps[1:]...)
	leaves := func(w *world) consent.Name {
		return eventOf[*consent.AppealEnded](t, w.must(gus, consent.LeaveAppeal{Appeal: "a", Reason: reason})).Outcome
	}
	w := appealed(t, together)
	w.opened()
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ana, ben, cia}, What: "consent.answer-appeal", Of: "p"}}, w.engine.Awaits(ana))
	w.answered("q", nook, upheld, ana, ben, cia)
	require.Equal(t, consent.Name("settled"), leaves(w))
	require.Empty(t, w.engine.Awaits(ana))
	w.replays()

	w = appealed(t, together)
	w.opened()
	w.must(ana, proposal.Submit{ID: "q", Circle: nook, Text: text("It stands"), Enacts: []circle.Deed{upheld}})
	require.Equal(t, consent.Name("withdrawn"), leaves(w))
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.ConsentRound})
	require.ElementsMatch(t, []circle.PersonID{ana, ben, cia}, w.process("q").Round.Order)
	w.consents("q", ana, ben, cia)
	require.Equal(t, consent.StageDecide, w.stage("q"), "there is nothing to answer any more")
	w.replays()
}

// TestWhoHears: before the circle that decided there is no panel, and no other circle gives itself more sessions; nobody signs an
// appeal that is not there, whoever says who is related (EC-53, M-193).
func TestWhoHears(t *testing.T) {
	w := appealed(t, path, func(c *consent.Config) {
		c.Unrelated = func(context.Context, circle.PersonID, circle.PersonID) bool { return true }
	})
	w.no(consent.UnknownAppeal, lou, sign)
	w.opened()
	w.no(consent.NoPanel, gus, consent.JudgeAppeal{Appeal: "a", Ruling: consent.RulesUpheld, Reason: reason})
	w.no(consent.NotHearing, gus, consent.Ask{ID: "q", Circle: pen, Question: text("More time?"), Enacts: []circle.Deed{consent.ExtendAppeal{Appeal: "a", Sessions: 1}}})
	w.replays()
}

// TestAppealAtNoStep: a ledger that nobody's law wrote may bring an appeal before a circle without a step
// of its path: whoever asks what is due, and of whom, is answered.
func TestAppealAtNoStep(t *testing.T) {
	w := appealed(t, path)
	w.must(gus, begin)
	w.engine.Look(func(s *consent.State) {
		s.Apply(uint64(len(w.bytes())), w.now, []consent.Event{&consent.AppealMoved{Appeal: "a", Proposal: "p", Before: nook, By: gus, At: w.now}})
	})
	require.Equal(t, []consent.Due{{At: w.now, What: "appeal", Of: "p", Part: "nook", Past: true}}, dueOf(w, "appeal"))
	require.Equal(t, []consent.Awaited{{Who: []circle.PersonID{ana, ben, cia}, What: "consent.answer-appeal", Of: "p"}}, w.engine.Awaits(ana))
}

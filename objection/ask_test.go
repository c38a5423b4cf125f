package objection_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/internal/lawtest"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

func names(list []*objection.Objection) string { return objection.Names(list) }

func TestWhatStands(t *testing.T) {
	os := history(t, append(and(restated, voiced...),
		&objection.Raised{Objection: "unread", Proposal: "notes", Version: 2, By: "dee", Aim: "aim"},
		&objection.Raised{Objection: "noise", Proposal: "beds", Version: 1, By: "ada", Aim: "aim"},
		&objection.Raised{Objection: "again", Proposal: "notes", Version: 2, By: "ada", Aim: "aim"}))
	require.Equal(t, "phones (ada), cost (sol), unread (dee), again (ada)", names(os.On("notes")), "in the order in which they were raised")
	require.Equal(t, "phones (ada), unread (dee), again (ada)", names(os.Standing("notes")), "M-124: a concern does not block")
	require.Equal(t, "phones (ada), again (ada)", names(os.StandingBy("notes", "ada")))
	require.Equal(t, "noise (ada)", names(os.StandingBy("beds", "ada")))
	require.Empty(t, os.StandingBy("notes", "sol"))
	require.Empty(t, os.StandingBy("nothing", "ada"))
	require.Empty(t, os.On("nothing"))
	require.Empty(t, os.Standing("nothing"))
	require.Nil(t, os.Objection("nothing"))
	require.Equal(t, circle.PersonID("dee"), os.Objection("unread").By)

	os.Apply(&objection.Ended{Objection: "unread"})
	require.Equal(t, "phones (ada), again (ada)", names(os.Standing("notes")))
	require.Len(t, os.On("notes"), 4, "what has ended stays on record")

	os.Forget("notes")
	require.Empty(t, os.On("notes"))
	require.Nil(t, os.Objection("phones"))
	require.Equal(t, "noise (ada)", names(os.On("beds")))
	_, err := os.Get("phones")
	lawtest.Refused(t, objection.AlreadyEnded, err)
	_, err = os.Decide(circle.Actor{By: "dee"}, now, objection.Raise{ID: "phones", Proposal: "notes", Aim: "aim", Argument: say("a")}, facts())
	lawtest.Refused(t, circle.TakenID, err) // its name stays taken
	_, err = os.Decide(circle.Actor{By: "dee"}, now, objection.Voice{ID: "cost", Proposal: "notes", Text: say("a")}, facts())
	lawtest.Refused(t, circle.TakenID, err)

	var none objection.Objections
	require.Empty(t, none.On("notes"))
	require.Empty(t, none.Standing("notes"))
	none.Forget("notes")
	_, err = none.Get("phones")
	lawtest.Refused(t, objection.UnknownObjection, err)
}

func TestStates(t *testing.T) {
	want := map[objection.Status]bool{objection.StatusRaised: true, objection.StatusRestated: true, objection.StatusConfirmed: true,
		objection.StatusMet: true, objection.StatusIntegrated: false, objection.StatusWithdrawn: false, objection.StatusEnded: false,
		objection.StatusDismissed: false, objection.StatusDeferred: false, objection.StatusOverruled: false, objection.StatusAbandoned: false,
		objection.StatusStoodAside: false, objection.StatusLowered: false}
	for s, stands := range want {
		o := objection.Objection{Sort: objection.Objecting, Status: s}
		require.Equal(t, stands, o.Stands(), "%s", s)
		o.Sort = objection.Worrying
		require.False(t, o.Stands())
	}
	var words []string
	for s := objection.Status(0); s <= objection.StatusLifted; s++ {
		words = append(words, s.String())
	}
	require.Equal(t, []string{"none", "raised", "restated", "confirmed", "met", "integrated", "withdrawn", "ended", "heard", "dismissed", "deferred",
		"overruled", "abandoned", "stood-aside", "lowered", "lifted"}, words)
}

// TestOneObjection: what is known of it, from when it is raised to its end.
func TestOneObjection(t *testing.T) {
	os := history(t, met)
	o := os.Objection("phones")
	require.Equal(t, objection.StatusMet, o.Status)
	require.Equal(t, 2, o.Version, "the version it speaks of")
	require.Equal(t, 3, o.In, "the version that meets it")
	require.Equal(t, proposal.Lived, o.Source, "CP-3: kept, never weighed")
	require.False(t, o.Argument.IsZero())
	require.False(t, o.Restated.IsZero())

	os.Apply(&objection.Met{Objection: "phones", In: 4, Tools: []circle.Tool{circle.Shorten, circle.Amend}})
	require.Equal(t, []circle.Tool{circle.Amend, circle.Shorten}, o.Tools, "each tool once")
	require.Equal(t, 4, o.In)
	os.Apply(&objection.Integrated{Objection: "phones", By: "ada", In: 4})
	require.Equal(t, objection.StatusIntegrated, o.Status)
	require.False(t, o.Stands())

	cost := history(t, voiced).Objection("cost")
	require.Equal(t, objection.Worrying, cost.Sort)
	require.Equal(t, objection.StatusHeard, cost.Status)
	require.False(t, cost.Stands())
}

// TestNumbersStay: the digest of a state has the numbers of sorts and states in it, so a
// new one goes to the end.
func TestNumbersStay(t *testing.T) {
	require.Equal(t, []objection.Sort{1, 2}, []objection.Sort{objection.Objecting, objection.Worrying})
	require.EqualValues(t, 1, objection.StatusRaised)
	require.EqualValues(t, 15, objection.StatusLifted)
}

// TestLifted: M-180, a concern that became an objection is no longer heard as a concern;
// an objection that was lowered keeps how it ended.
func TestLifted(t *testing.T) {
	os := history(t, and(voiced, &objection.Raised{Objection: "cost-2", Proposal: "notes", Version: 2, By: "sol", Aim: "aim", From: "cost"}))
	require.Equal(t, objection.StatusLifted, os.Objection("cost").Status)
	require.Equal(t, "cost-2 (sol)", names(os.Standing("notes")))

	os = history(t, and(raised, &objection.Lowered{Objection: "phones", By: "ada"},
		&objection.Raised{Objection: "phones-2", Proposal: "notes", Version: 2, By: "ada", Aim: "aim", From: "phones"}))
	require.Equal(t, objection.StatusLowered, os.Objection("phones").Status)
	require.Equal(t, objection.Balance{Raised: 2, Standing: 1, Ended: map[objection.Status]int{objection.StatusLowered: 1}}, objection.Balanced(os.On("notes")))
}

// TestCauses: S6, only what is an end of an objection counts as a cause, so a sum with
// anything else in it does not come out.
func TestCauses(t *testing.T) {
	causes := map[objection.Status]bool{objection.StatusIntegrated: true, objection.StatusWithdrawn: true, objection.StatusEnded: true,
		objection.StatusDismissed: true, objection.StatusDeferred: true, objection.StatusOverruled: true, objection.StatusAbandoned: true,
		objection.StatusStoodAside: true, objection.StatusLowered: true, objection.StatusReferred: true}
	for s := objection.Status(0); s <= objection.StatusLifted; s++ {
		want := 0
		if causes[s] {
			want = 3
		}
		require.Equal(t, want, objection.Balance{Ended: map[objection.Status]int{s: 3}}.Causes(), "%s", s)
	}
}

// TestCopyOf: what is tried in a copy is not seen in the original, and the copy has each
// proposal once.
func TestCopyOf(t *testing.T) {
	os := history(t, and(restated, &objection.Raised{Objection: "noise", Proposal: "beds", Version: 1, By: "ada", Aim: "aim"},
		&objection.Raised{Objection: "light", Proposal: "lamps", Version: 1, By: "ada", Aim: "aim"}))
	c := os.CopyOf([]proposal.ID{"notes", "notes", "beds"})
	require.Equal(t, "phones (ada)", names(c.On("notes")))
	require.Equal(t, "noise (ada)", names(c.On("beds")))
	require.Empty(t, c.On("lamps"))
	c.Apply(&objection.Ended{Objection: "phones"})
	require.True(t, os.Objection("phones").Stands())
}

// TestWhoHasWeighed: M-166, whoever said yes or no has said it; the objector is not asked.
func TestWhoHasWeighed(t *testing.T) {
	o := history(t, and(onTrial, weighed("dee", true), weighed("fay", false))).Objection("phones")
	require.Equal(t, []circle.PersonID{"lee"}, o.Unweighed(circleOf4))
}

// TestRefinedWords: M-164, how often the argument was put in other words is counted, and
// who weighed the old words is asked again.
func TestRefinedWords(t *testing.T) {
	refined := &objection.Refined{Objection: "phones", By: "ada", Argument: say("b")}
	o := history(t, and(onTrial, weighed("dee", true), refined, refined)).Objection("phones")
	require.Equal(t, 2, o.Trial.Wording)
	require.Equal(t, []circle.PersonID{"dee", "fay", "lee"}, o.Unweighed(circleOf4))
}

// TestHandlingFits: methods §1.3.7, a handling that contradicts itself is refused, and it
// is said in what.
func TestHandlingFits(t *testing.T) {
	two := []objection.Criterion{{ID: "harm", Need: objection.Required}, {ID: "risk", Need: objection.Any}}
	for _, c := range []struct {
		objection.Handling
		says string // nothing: it fits
	}{
		{objection.Handling{}, ""},
		{objection.Handling{Tester: objection.ByPresence}, ""},
		{objection.Handling{Tester: objection.ByPresence, Criteria: two}, ""},
		{objection.Handling{Tester: objection.ByForm, Trigger: objection.OnDoubt, Criteria: two}, ""},
		{objection.Handling{Tester: objection.ByPeers, Trigger: objection.OnDoubt}, ""},
		{objection.Handling{Tester: objection.BySupporters, Trigger: objection.OnDoubt, Supporters: 1}, ""},
		{objection.Handling{Trigger: objection.OnDoubt}, "who tests needs to know when"},
		{objection.Handling{Tester: objection.ByPresence, Trigger: objection.OnDoubt}, "who tests needs to know when"},
		{objection.Handling{Tester: objection.ByForm}, "who tests needs to know when"},
		{objection.Handling{Tester: objection.BySupporters, Trigger: objection.OnDoubt}, "0 supporters do not fit"},
		{objection.Handling{Tester: objection.ByForm, Trigger: objection.OnDoubt, Supporters: 1}, "1 supporters do not fit"},
		{objection.Handling{Criteria: two[:1]}, "nobody tests by them"},
		{objection.Handling{Tester: objection.ByForm, Trigger: objection.OnDoubt, Criteria: append(two, two[0])}, "the criterion harm stands there twice"},
	} {
		err := c.Check()
		if c.says == "" {
			require.NoError(t, err, "%+v", c.Handling)
		} else {
			require.ErrorContains(t, err, c.says, "%+v", c.Handling)
		}
	}
}

// TestWordsOfASetting: a word that is no value of a setting is refused with those that are;
// nothing at all is what was not set.
func TestWordsOfASetting(t *testing.T) {
	tester, trigger, solved, need := objection.Tester("oracle"), objection.Trigger("oracle"), objection.Solved("oracle"), objection.Need("oracle")
	queue, mark := objection.Queue("oracle"), objection.Mark("oracle")
	for _, bad := range []interface {
		Values() []string
		Check() error
	}{tester, trigger, solved, need, queue, mark} {
		require.NotEmpty(t, bad.Values())
		require.ErrorContains(t, bad.Check(), `"oracle" is none of `+bad.Values()[0], "%T", bad)
	}
	for _, v := range tester.Values() {
		require.NoError(t, objection.Tester(v).Check())
	}
	require.NoError(t, objection.Tester("").Check())
	require.EqualValues(t, "phones", objection.TakeUp{Objection: "phones"}.Of())
}

// TestToolsAreOwn: changing the event afterwards does not reach the state.
func TestToolsAreOwn(t *testing.T) {
	os := history(t, confirmed)
	e := &objection.Met{Objection: "phones", In: 3, Tools: []circle.Tool{circle.Amend}}
	os.Apply(e)
	e.Tools[0] = circle.Measure
	require.Equal(t, []circle.Tool{circle.Amend}, os.Objection("phones").Tools)
}

// TestWhatEventsAreAbout: readers of a ledger find the objection of every event.
func TestWhatEventsAreAbout(t *testing.T) {
	for _, e := range objection.Events() {
		require.Implements(t, (*interface{ On() objection.ID })(nil), e)
	}
	for _, e := range append(and(ended["integrated"], ended["withdrawn"]...), ended["ended"]...) {
		require.EqualValues(t, "phones", e.(interface{ On() objection.ID }).On())
	}
	require.EqualValues(t, "cost", voiced[0].(*objection.Voiced).On())
	for _, c := range []interface{ Of() objection.ID }{objection.Restate{Objection: "phones"}, objection.Confirm{Objection: "phones"},
		objection.Withdraw{Objection: "phones"}, objection.Accept{Objection: "phones"}} {
		require.EqualValues(t, "phones", c.Of())
	}
}

// A tally is what was raised, whose it is and how it ended, kept beside the law.
type tally struct {
	raised map[objection.ID]circle.PersonID
	owners map[objection.ID]map[circle.PersonID]bool
	ended  map[objection.ID]string
	voiced int
}

func (y *tally) end(t *rapid.T, id objection.ID, cause string) {
	require.Contains(t, y.raised, id)
	require.Empty(t, y.ended[id], "%s ended twice", id)
	y.ended[id] = cause
}

// byOwner ends an objection for one of its owners, who must be the last.
func (y *tally) byOwner(t *rapid.T, by circle.PersonID, id objection.ID, cause string) {
	require.Equal(t, map[circle.PersonID]bool{by: true}, y.owners[id], "M-170: only the last owner ends it")
	y.end(t, id, cause)
}

func (y *tally) note(t *rapid.T, by circle.PersonID, e objection.Event) {
	switch e := e.(type) {
	case *objection.Raised:
		require.NotContains(t, y.raised, e.Objection)
		y.raised[e.Objection] = by
		y.owners[e.Objection] = map[circle.PersonID]bool{by: true}
	case *objection.Voiced:
		y.voiced++
	case *objection.Joined:
		y.owners[e.Objection][by] = true
	case *objection.Left:
		require.True(t, y.owners[e.Objection][by] && len(y.owners[e.Objection]) > 1)
		delete(y.owners[e.Objection], by)
	case *objection.Integrated:
		if e.ByCircle {
			y.end(t, e.Objection, "integrated")
		} else {
			y.byOwner(t, by, e.Objection, "integrated")
		}
	case *objection.Withdrawn:
		y.byOwner(t, by, e.Objection, "withdrawn")
	case *objection.StoodAside:
		y.byOwner(t, by, e.Objection, "stood-aside")
	case *objection.Lowered:
		y.byOwner(t, by, e.Objection, "lowered")
	case *objection.Confirmed:
		require.True(t, y.owners[e.Objection][by], "only an owner confirms")
	case *objection.Abandoned:
		require.False(t, y.owners[e.Objection][by], "methods §8.4: nobody judges their own")
		y.end(t, e.Objection, "abandoned")
	case *objection.Overruled:
		require.True(t, e.Silent || !y.owners[e.Objection][by], "methods §8.4: nobody judges their own")
		y.end(t, e.Objection, "overruled")
	case *objection.Dismissed:
		y.end(t, e.Objection, "dismissed")
	case *objection.Deferred:
		y.end(t, e.Objection, "deferred")
	case *objection.Ended:
		y.end(t, e.Objection, "ended")
	}
}

func pick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

func someCommand(t *rapid.T) objection.Command {
	id := pick[objection.ID](t, "id", "o1", "o2", "o3", "o4", "o5")
	of := pick[proposal.ID](t, "proposal", "notes", "beds")
	switch rapid.IntRange(0, 22).Draw(t, "command") {
	case 0, 1, 2:
		return objection.Raise{ID: id, Proposal: of, Version: rapid.IntRange(0, 2).Draw(t, "version"),
			Aim: pick[circle.ItemID](t, "aim", "aim", "support-teams", "my-taste"), Argument: say("a")}
	case 3:
		return objection.Voice{ID: id, Proposal: of, Text: say("a")}
	case 4:
		return objection.Restate{Objection: id, Statement: say("a")}
	case 5:
		return objection.Confirm{Objection: id}
	case 6:
		return objection.Withdraw{Objection: id}
	case 7:
		return objection.Accept{Objection: id}
	case 8:
		return objection.Meet{Objection: id, In: rapid.IntRange(3, 5).Draw(t, "in"), Tools: []circle.Tool{pick(t, "tool", circle.Amend, circle.Shorten)}}
	case 9:
		return objection.Inherit{Objection: id}
	case 10:
		return objection.Join{Objection: id, Reason: say("a")}
	case 11:
		return objection.Test{Objection: id}
	case 12, 13, 14:
		return objection.Weigh{Objection: id, Qualifies: rapid.IntRange(0, 3).Draw(t, "qualifies") == 0, Reason: say("a")}
	case 15:
		return objection.StandAside{Objection: id, Reason: say("a")}
	case 16:
		return objection.Lower{Objection: id}
	case 17:
		return objection.Abandon{Objection: id, Reason: say("a")}
	case 18:
		return objection.Answer{Objection: id, Answer: say("a")}
	case 19:
		return objection.Overrule{Objection: id, Reason: say("a")}
	case 20:
		return objection.Lapse{Objection: id}
	case 21:
		return objection.Defer{Objection: id, Owner: "dee", Until: now.Add(1), Then: say("a")}
	}
	return objection.End{Objection: id}
}

// TestConservation: S6, objections raised = objections standing + objections
// ended with a cause; and only owners withdraw, accept, confirm, stand aside or
// lower them.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var os objection.Objections
		y := tally{raised: map[objection.ID]circle.PersonID{}, owners: map[objection.ID]map[circle.PersonID]bool{}, ended: map[objection.ID]string{}}
		f := facts(circle.Amend)
		byConsent(&f)
		f.Concerns = true
		f.Handling = &objection.Handling{Tester: objection.ByPeers, Trigger: objection.OnDoubt, Solved: objection.ByAnswer, GoodFaith: true, StandAside: true, Defer: true}
		parts := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			cmd := someCommand(t)
			by := circle.Actor{By: pick[circle.PersonID](t, "by", "ada", "dee", "fay")}
			before := canon.Digest(os.Image())
			got, err := os.Decide(by, now, cmd, f)
			require.Equal(t, before, canon.Digest(os.Image()), "deciding %s changed something", cmd.Wire())
			if err != nil {
				require.Empty(t, got)
				var r *circle.Refusal
				require.ErrorAs(t, err, &r)
				lawtest.Worded(t, r)
				continue
			}
			for _, e := range got {
				y.note(t, by.By, e)
				happen(t, &os, e, &parts)
			}
			y.require(t, &os)
		}
	})
}

func (y *tally) require(t *rapid.T, os *objection.Objections) {
	standing, all := 0, 0
	for _, p := range []proposal.ID{"notes", "beds"} {
		standing += len(os.Standing(p))
		all += len(os.On(p))
		for _, who := range []circle.PersonID{"ada", "dee", "fay"} {
			for _, o := range os.StandingBy(p, who) {
				require.True(t, y.owners[o.ID][who])
				require.Equal(t, p, o.Proposal)
			}
		}
	}
	require.Equal(t, len(y.raised), standing+len(y.ended))
	notes, beds := objection.Balanced(os.On("notes")), objection.Balanced(os.On("beds"))
	require.Equal(t, standing, notes.Standing+beds.Standing)
	require.Equal(t, len(y.ended), notes.Causes()+beds.Causes())
	for _, b := range []objection.Balance{notes, beds} {
		require.Equal(t, b.Raised, b.Standing+b.Causes(), "S6: nothing is lost")
	}
	require.Equal(t, len(y.raised)+y.voiced, all)
	for id, who := range y.raised {
		o := os.Objection(id)
		require.Equal(t, who, o.By)
		require.Equal(t, 2, o.Version, "it speaks of the version it was raised against")
		require.Equal(t, y.ended[id] == "", o.Stands())
		if cause := y.ended[id]; cause != "" {
			require.Equal(t, cause, o.Status.String())
		}
	}
}

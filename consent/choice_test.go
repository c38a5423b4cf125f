package consent_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var schulze = consent.RuleName{Kind: "schulze", Version: 1}

// hangup is a rule that fails wherever it is asked.
type hangup struct{ consent.ByConsent }

func (hangup) Open(c consent.Case) error {
	if c.Version == 1 {
		panic("no open")
	}
	return nil
}

func (hangup) Admit(consent.Case, consent.Answer) error { panic("no admit") }

// picky has something against every question and every answer, in its own words.
type picky struct{ consent.ByConsent }

func (picky) Open(c consent.Case) error {
	if c.Version == 1 {
		return errors.New("the moon is full")
	}
	return nil
}

func (picky) Admit(_ consent.Case, a consent.Answer) error {
	if a.Position == consent.Consents {
		return errors.New("nobody consents on a Monday")
	}
	return nil
}

// choosing is a world in which a circle of three decides by a method of its own,
// under any rule of the stock.
func choosing(t *testing.T, wk *walk, m consent.Method) *world {
	t.Helper()
	m.Name = "own"
	w := walking(t, wk, setting{Full: 3, EasyRead: true}, func(c *consent.Config) {
		c.Methods = []consent.Method{m}
		c.Rules = rule.Stock()
		maps.Copy(c.Rules, consent.Kinds{
			{Kind: "hangup", Version: 1}: func(string) (consent.Rule, error) { return hangup{}, nil },
			{Kind: "picky", Version: 1}:  func(string) (consent.Rule, error) { return picky{}, nil },
		})
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	return w
}

func offered(names ...proposal.OptionID) (out []proposal.Option) {
	for _, n := range names {
		out = append(out, proposal.Option{ID: n, Label: text("This is " + string(n))})
	}
	return out
}

// offers puts a proposal with options, and the question.
func (w *world) offers(names ...proposal.OptionID) {
	w.t.Helper()
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Which day?"), Term: months, Options: offered(names...)})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
}

// ranks answers by a ranking, the best first.
func ranks(names ...proposal.OptionID) consent.Respond {
	p := &consent.Preference{}
	for _, n := range names {
		p.Ranking = append(p.Ranking, []proposal.OptionID{n})
	}
	return consent.Respond{Proposal: "p", Prefers: p}
}

func scores(list ...consent.Score) consent.Respond {
	return consent.Respond{Proposal: "p", Prefers: &consent.Preference{Scores: list}}
}

// walkTies settles ties in each stage in which a question can come out level.
func walkTies(t *testing.T, wk *walk) {
	lot := consent.SettleTie{Proposal: "p", How: consent.ByLot}
	elected := consent.Method{Rule: schulze, Stances: []consent.Stance{consent.Abstains}}

	w := choosing(t, wk, elected) // everybody has answered
	w.offers("mon", "sun")
	w.must(ana, ranks("mon"))
	w.must(ben, ranks("sun"))
	w.no(consent.NotNow, ana, lot)
	w.must(cia, consent.Respond{Proposal: "p", Answer: "abstain"})
	w.must(ana, lot)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = choosing(t, wk, elected) // the last of the absent makes it level
	w.offers("mon", "sun")
	w.must(ana, ranks("mon"))
	w.must(ben, ranks("sun"))
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.must(cia, consent.Respond{Proposal: "p", Answer: "abstain"})
	w.must(ana, lot)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = choosing(t, wk, consent.Method{Rule: consent.Plain.Rule, Stuck: consent.GoesToBallot, Fallback: schulze}) // in the vote that follows
	w.offers("mon", "sun")
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	w.must(ana, consent.CallBallot{Proposal: "p", Reason: reason})
	w.must(ana, ranks("mon"))
	w.must(ben, ranks("sun"))
	w.must(cia, consent.Respond{Proposal: "p", Answer: "abstain"})
	w.must(ana, lot)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()

	w = choosing(t, wk, consent.Method{Rule: consent.Plain.Rule, Stuck: consent.GoesToBallot, Fallback: schulze}) // where who facilitates closes the vote
	w.offers("mon", "sun")
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	w.must(ana, consent.CallBallot{Proposal: "p", Reason: reason})
	w.must(ana, ranks("mon"))
	w.must(ben, ranks("sun"))
	w.must(cia, circle.Leave{Circle: den})
	w.must(ana, consent.CloseRound{Proposal: "p"})
	require.Equal(t, consent.StageBallot, w.stage("p"))
	w.no(consent.TieStands, ben, ranks("mon"))
	w.must(ana, lot)
	require.Equal(t, consent.StageAdopted, w.stage("p"))
	w.replays()
}

// walkOutvoted raises an objection as the last who is heard, under a rule that goes
// over it: nobody is kept from objecting, and the last call begins with the objection
// on record. There only a new objection does something to the last call, and none
// that ends beside others, also where somebody has changed their mind meanwhile.
func walkOutvoted(t *testing.T, wk *walk) {
	w := choosing(t, wk, consent.Method{Rule: schulze, LastCall: circle.MustPeriod("2d"), Clock: consent.Restarts,
		Objections: objection.Handling{Solved: objection.ByRaiser}})
	w.offers("mon", "sun")
	w.must(ana, ranks("mon"))
	w.must(ben, ranks("mon"))
	w.objects("p", "o1", ben)
	w.objects("p", "o2", cia)
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.must(ben, ranks("sun")) // now they are level
	w.must(ben, objection.Withdraw{Objection: "o1", Reason: text("It is fine")})
	require.Equal(t, consent.StageLastCall, w.stage("p"))
	w.replays()
}

// TestBadInput: what a rule cannot count is refused before it is on record, with
// words for whoever gave it: a question that cannot be decided when it is put, an
// answer that cannot be given when it is given. A rule that fails refuses, and
// nothing has happened.
func TestBadInput(t *testing.T) {
	elected, star := consent.Method{Rule: schulze}, consent.Method{Rule: consent.RuleName{Kind: "star", Version: 1}}
	two := consent.Method{Rule: consent.RuleName{Kind: "super-majority", Version: 1}}
	split := consent.Method{Rule: consent.RuleName{Kind: "governor", Version: 1, Parameters: `{"quorum":"1","split":true}`}}
	chambers := consent.Method{Rule: consent.RuleName{Kind: "chambers", Version: 1, Parameters: `{"chambers":[{"class":"investor"}]}`}}
	mostOf3 := consent.Method{Rule: consent.RuleName{Kind: "committee", Version: 1, Parameters: `{"by":"av","places":2}`}}
	many := make([]proposal.OptionID, 17)
	for i := range many { // so many that none has a label
		many[i] = proposal.OptionID("o" + string(rune('a'+i)))
	}
	open := consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}
	days := []proposal.OptionID{"mon", "tue", "sun"}
	for _, c := range []struct {
		name    string
		method  consent.Method
		options []proposal.OptionID
		when    consent.Command // given while the question is open; nil: it cannot be put
		then    *circle.Code
		says    string
	}{
		{"one option is no choice", elected, []proposal.OptionID{"mon"}, nil, proposal.OptionsUnclear, "mon"},
		{"two options of one name", elected, []proposal.OptionID{"mon", "mon"}, nil, proposal.OptionsUnclear, "mon"},
		{"no options where the rule chooses", elected, nil, nil, consent.CannotBePut, "puts none to the choice"},
		{"options where the rule decides yes or no", two, days, nil, consent.NobodyChooses, "decides on a text"},
		{"options where there is consent alone", consent.Method{Rule: consent.Plain.Rule}, days, nil, consent.NobodyChooses, "decides on a text"},
		{"more options than the rule can count", consent.Method{Rule: consent.RuleName{Kind: "kemeny", Version: 1}}, many, nil, consent.CannotBePut, "of more than 16 nothing is counted"},
		{"a chamber without a seat", chambers, nil, nil, consent.CannotBePut, "investor"},
		{"a rule that has something against it", consent.Method{Rule: consent.RuleName{Kind: "picky", Version: 1}}, nil, nil, consent.CannotBePut, "the moon is full"},
		{"a rule that fails when it is put", consent.Method{Rule: consent.RuleName{Kind: "hangup", Version: 1}}, nil, nil, consent.RuleFailed, "Nothing was recorded"},

		{"consent where options are ranked", elected, days, consent.Respond{Proposal: "p", Answer: consent.Consents}, consent.RankOrScore, "mon, tue and sun"},
		{"abstaining where the method has none", elected, days, consent.Respond{Proposal: "p", Answer: "abstain"}, consent.RankOrScore, "mon, tue and sun"},
		{"nothing at all", elected, days, consent.Respond{Proposal: "p"}, consent.RankOrScore, "mon, tue and sun"},
		{"a preference that says nothing", elected, days, consent.Respond{Proposal: "p", Prefers: &consent.Preference{}}, consent.RankOrScore, "mon"},
		{"an unknown option", elected, days, ranks("mon", "sat"), consent.NotAdmitted, `"sat" is none of the options`},
		{"an option twice", elected, days, ranks("mon", "sun", "mon"), consent.NotAdmitted, "mon stands in the ranking twice"},
		{"a rank without an option", elected, days, consent.Respond{Proposal: "p", Prefers: &consent.Preference{Ranking: [][]proposal.OptionID{{"mon"}, {}}}}, consent.NotAdmitted, "nothing on it"},
		{"scores where options are ranked", elected, days, scores(consent.Score{Option: "mon", Score: 1}), consent.NotAdmitted, "ranked, and not scored"},
		{"a ranking where options are scored", star, days, ranks("mon"), consent.NotAdmitted, "scored, and not ranked"},
		{"a score above the scale", star, days, scores(consent.Score{Option: "mon", Score: 6}), consent.NotAdmitted, "mon was given 6"},
		{"a score below the scale", star, days, scores(consent.Score{Option: "mon", Score: -1}), consent.NotAdmitted, "mon was given -1"},
		{"a score for what is not there", star, days, scores(consent.Score{Option: "sat", Score: 1}), consent.NotAdmitted, "none of the options"},
		{"two scores for one option", star, days, scores(consent.Score{Option: "mon", Score: 1}, consent.Score{Option: "mon", Score: 2}), consent.ScoredTwice, "mon"},
		{"both", mostOf3, days, consent.Respond{Proposal: "p", Prefers: &consent.Preference{Ranking: [][]proposal.OptionID{{"mon"}}, Scores: []consent.Score{{Option: "mon", Score: 1}}}},
			consent.NotAdmitted, "not both"},
		{"ahead", elected, days, consent.AnswerAhead{Proposal: "p", Answer: consent.Consents}, consent.NotNow, "answer-ahead"},

		{"a position that there is not", two, nil, consent.Respond{Proposal: "p", Answer: "perhaps"}, consent.StanceNotOffered, "perhaps"},
		{"a position that the method has and the rule not", consent.Method{Rule: consent.RuleName{Kind: "vote", Version: 1,
			Parameters: `{"carry":{"at-least":"1","count":["yes"]},"positions":["yes","no"]}`}, Stances: []consent.Stance{consent.Abstains}}, nil,
			consent.Respond{Proposal: "p", Answer: "abstain"}, consent.NotAdmitted, `no position "abstain"`},
		{"a ranking where one takes a position", two, nil, ranks("yes"), consent.NotAdmitted, "nothing to rank"},
		{"a ranking where one consents", consent.Method{Rule: consent.Plain.Rule}, nil, ranks("yes"), consent.NothingToRank, "nothing to rank"},
		{"a ranking beside a position", two, nil, consent.Respond{Proposal: "p", Answer: consent.Consents, Prefers: ranks("yes").Prefers}, consent.NothingToRank, "nothing to rank"},
		{"no answer", consent.Method{Rule: consent.Plain.Rule}, nil, consent.Respond{Proposal: "p"}, consent.MissingField, "answer"},
		{"more parts than there is weight", split, nil, scores(consent.Score{Option: "yes", Score: 2}), consent.NotAdmitted, "more than the 1 that is left"},
		{"parts for what is no position", split, nil, scores(consent.Score{Option: "maybe", Score: 1}), consent.NotAdmitted, "no position"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := choosing(t, nil, c.method)
			submit := proposal.Submit{ID: "p", Circle: den, Text: text("Which day?"), Term: months, Options: offered(c.options...)}
			if len(c.options) == len(many) {
				for i := range submit.Options {
					submit.Options[i].Label = circle.Text{}
				}
			}
			by, cmd := ana, c.when
			switch {
			case c.then == proposal.OptionsUnclear:
				cmd = submit
			case c.when == nil:
				w.must(ana, submit)
				cmd = open
			default:
				w.must(ana, submit)
				w.must(ana, open)
				by = w.process("p").Round.Awaited()[0]
			}
			w.unchanged(func() {
				_, no := w.give(by, cmd)
				require.NotNil(t, no, "it was accepted")
				require.Equal(t, c.then.ID, no.Code.ID, "%v", no)
				require.Contains(t, no.Error(), c.says)
				require.NotRegexp(t, emptyPlace, no.Error())
			})
			w.replays()
		})
	}
}

// TestRulesThatFail: a rule that fails when it is asked about an answer refuses it,
// in words for the member and without an effect; it has no say about an objection
// (CP-4).
func TestRulesThatFail(t *testing.T) {
	for kind, code := range map[string]*circle.Code{"hangup": consent.RuleFailed, "picky": consent.NotAdmitted} {
		w := choosing(t, nil, consent.Method{Rule: consent.RuleName{Kind: kind, Version: 1}})
		w.submit("p")
		w.must(ana, proposal.Amend{Proposal: "p", Text: text("Open on Mondays"), Term: months}) // they are at ease with a second version
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		w.unchanged(func() { w.no(code, ana, consent.Respond{Proposal: "p", Answer: consent.Consents}) })
		w.objects("p", "o", cia)
		w.replays()
	}
}

// TestOptionsChange: an amendment may change the options, and then everybody is
// asked anew; where answers stand for a new version the options stay while the
// question is open (M-136). What an amendment does not say stays as it was.
func TestOptionsChange(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: schulze, Objections: objection.Handling{Solved: objection.ByRaiser}})
	w.offers("mon", "sun")
	w.must(ana, ranks("mon"))
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Which day, or none?"), Term: months, Options: offered("mon", "sun", "none")})
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Which day, if any?"), Term: months})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	require.Equal(t, []proposal.OptionID{"mon", "sun", "none"}, w.process("p").Round.Options)
	require.Empty(t, w.process("p").Round.Answers)

	w = choosing(t, nil, consent.Method{Rule: schulze, Keep: true, Objections: objection.Handling{Solved: objection.ByRaiser}})
	w.offers("mon", "sun")
	w.must(ana, ranks("mon"))
	w.no(consent.OptionsAsked, ana, proposal.Amend{Proposal: "p", Text: text("Which day, or none?"), Term: months, Options: offered("mon", "sun", "none")})
	w.must(ana, proposal.Amend{Proposal: "p", Text: text("Which day, if any?"), Term: months})
	w.must(lou, proposal.CheckConflicts{Proposal: "p", Version: 2, Clear: true}) // changes no option
	w.must(ben, ranks("sun"))
	w.must(cia, ranks("sun"))
	require.Equal(t, []proposal.OptionID{"sun"}, w.chosen("p"), "what ana ranked before stands")
	w.replays()

	w = choosing(t, nil, consent.Method{Rule: schulze, Keep: true, Objections: objection.Handling{Solved: objection.ByRaiser}})
	w.offers("mon", "sun")
	w.must(ana, proposal.AttachRendition{Proposal: "p", Version: 1, Format: circle.EasyRead, Text: text("Which day?")}) // the same in plain words
	require.Equal(t, []proposal.OptionID{"mon", "sun"}, w.process("p").Round.Options)
}

func (w *world) chosen(id proposal.ID) (out []proposal.OptionID) {
	w.engine.Look(func(s *consent.State) { out = slices.Clone(s.Matters.Chosen(id)) })
	return out
}

// TestObjectionBesideAChoice: who objects keeps what they chose, and who chooses
// keeps their objection: it stands beside, and the verdict tells of it.
func TestObjectionBesideAChoice(t *testing.T) {
	for _, first := range []bool{true, false} {
		w := choosing(t, nil, consent.Method{Rule: schulze})
		w.offers("mon", "sun")
		if first {
			w.objects("p", "o", cia)
		}
		w.must(cia, ranks("sun"))
		if !first {
			w.objects("p", "o", cia)
		}
		w.must(ana, ranks("mon"))
		last := w.must(ben, ranks("sun", "mon"))
		require.Equal(t, []proposal.OptionID{"sun"}, w.chosen("p"), "the objector's choice was counted")
		judged := slices.IndexFunc(last.Events, func(e consent.Event) bool { return e.Wire() == "consent.judged" })
		why := last.Events[judged].(*consent.Judged).Why
		require.Equal(t, "objection-stands", why[len(why)-1].Code)
		w.replays()
	}
}

// TestTiesBetweenOptions: only in a way that the method names, among those that are level, and
// after the last answer; the seed of a lot is no person's, and draws the same again.
func TestTiesBetweenOptions(t *testing.T) {
	level := func(ties ...consent.TieBreak) *world {
		w := choosing(t, nil, consent.Method{Rule: schulze, Stances: []consent.Stance{consent.Abstains}, Ties: ties})
		w.offers("tue", "mon", "sun")
		w.must(ana, ranks("mon"))
		w.must(ben, ranks("sun"))
		w.must(cia, consent.Respond{Proposal: "p", Answer: "abstain"})
		return w
	}
	settle := func(how consent.TieBreak, names ...proposal.OptionID) consent.SettleTie {
		c := consent.SettleTie{Proposal: "p", How: how, Reason: reason}
		if len(names) > 0 {
			c.Option = names[0]
		}
		return c
	}
	w := level(consent.ByOrder, consent.ByChair)
	w.no(consent.TieStands, cia, ranks("sun"))
	may, err := w.engine.Permitted(cia, "p")
	require.NoError(t, err)
	answers := slices.IndexFunc(may, func(p consent.Permission) bool { return p.Command == "consent.respond" })
	w.refused(consent.TieStands, may[answers].Refused)
	w.no(consent.TieOtherwise, ben, settle(consent.ByLot))
	w.no(consent.NotFacilitating, lou, settle(consent.ByOrder))
	for _, bad := range []consent.SettleTie{settle(consent.ByOrder, "mon"), settle(consent.ByChair), settle(consent.ByChair, "tue"), {Proposal: "p", How: consent.ByChair, Option: "mon"}} {
		w.no(consent.NotTied, ben, bad)
	}
	w.no(consent.OwnProposal, ana, settle(consent.ByChair, "mon"))
	w.objects("p", "o", cia) // a tie silences nobody
	w.no(consent.TieStands, cia, ranks("sun"))
	w.must(ben, settle(consent.ByOrder))
	require.Equal(t, []proposal.OptionID{"mon"}, w.chosen("p"), "it stands before sun")
	w.replays()

	w = level(consent.ByChair)
	w.must(ben, settle(consent.ByChair, "sun"))
	require.Equal(t, []proposal.OptionID{"sun"}, w.chosen("p"))

	w = level()
	told := w.must(ana, settle(consent.ByLot)).Events[0].(*consent.TieSettled)
	require.NotEmpty(t, told.Seed)
	require.Equal(t, consent.Lot(told.Seed, []proposal.OptionID{"sun", "mon"}), told.Chosen, "anybody draws the same lot, in whatever order they list them")
	drawn := map[proposal.OptionID]bool{}
	for _, seed := range []consent.Name{"a", "b", "c", "d", "e", "f", "g", "h"} {
		drawn[consent.Lot(seed, told.Among)] = true
	}
	require.Len(t, drawn, 2, "a lot has no favourite")
}

// TestTieOfSeveral: where several are chosen together a tie is not settled by
// naming one: the question stays, and may be put again.
func TestTieOfSeveral(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: consent.RuleName{Kind: "committee", Version: 1, Parameters: `{"by":"av","places":2}`}})
	w.offers("mon", "tue", "sun")
	for who, day := range map[circle.PersonID]proposal.OptionID{ana: "mon", ben: "tue", cia: "sun"} {
		w.must(who, ranks(day))
	}
	require.Equal(t, consent.StageDecide, w.stage("p"))
	w.no(consent.NotNow, ana, consent.SettleTie{Proposal: "p", How: consent.ByLot})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.must(w.next("p"), ranks("mon"))
	w.replays()
}

// TestWindowedChoice: until the time is over an answer may be changed, so nothing is
// level before, and what is level then is no failure to agree.
func TestWindowedChoice(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: schulze, Window: consent.Window{For: circle.MustPeriod("3d"), Lapses: true}})
	w.offers("mon", "sun")
	w.must(ana, ranks("mon"))
	w.must(ben, ranks("sun"))
	w.must(cia, ranks("mon", "sun"))
	w.must(cia, consent.Respond{Proposal: "p", Prefers: &consent.Preference{Ranking: [][]proposal.OptionID{{"mon", "sun"}}}})
	require.NotEqual(t, consent.ResultTied, w.process("p").Judged.Outcome, "cia may still change it")
	w.at(w.now.Add(72 * time.Hour))
	require.Equal(t, consent.ResultTied, w.process("p").Judged.Outcome)
	w.must(ana, consent.SettleTie{Proposal: "p", How: consent.ByLot})
	w.replays()
}

// TestManyOptions: the steps of a count among many options are more than an entry
// holds. The entry says how many it leaves out, and the count is judged again all
// the same.
func TestManyOptions(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: schulze})
	list := make([]proposal.Option, 60)
	for i := range list {
		list[i].ID = proposal.OptionID("option-" + string(rune('a'+i%26)) + string(rune('a'+i/26)))
	}
	w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Which day?"), Term: months, Options: list})
	w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
	w.no(consent.NotNow, ana, consent.AnswerAhead{Proposal: "p", Answer: consent.Consents})
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, ranks(list[7].ID))
	}
	require.Equal(t, []proposal.OptionID{list[7].ID}, w.chosen("p"))
	for j, err := range w.engine.Judgments(t.Context()) {
		require.NoError(t, err)
		require.Empty(t, j.Differs)
	}
	w.replays()

	w.must(ana, proposal.Submit{ID: "q", Circle: den, Text: text("Which one?"), Term: months, Options: list})
	w.no(consent.ChooseThen, ben, consent.AnswerAhead{Proposal: "q", Answer: consent.Consents}) // M-133
}

// TestQuestions: a vote after a question of consent is a question of its own: it
// names its rule and the question that it follows, and each keeps its answers, the
// objections that stood, and its verdict (M-191).
func TestQuestions(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: consent.Plain.Rule, Stuck: consent.GoesToBallot, Fallback: schulze})
	w.offers("mon", "sun")
	w.objects("p", "o", cia)
	w.consents("p", ana, ben)
	w.must(ana, consent.CallBallot{Proposal: "p", Reason: reason})
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, ranks("sun"))
	}
	list, err := w.engine.Questions(t.Context(), "p")
	require.NoError(t, err)
	require.Len(t, list, 2)
	first, second := list[0], list[1]
	require.Equal(t, consent.Plain.Rule, first.Rule)
	require.Zero(t, first.Follows)
	require.Equal(t, consent.ResultIntegrate, first.Verdict.Outcome)
	require.Equal(t, []objection.ID{"o"}, first.Standing)
	require.Empty(t, first.Options)
	require.Equal(t, schulze, second.Rule)
	require.Equal(t, first.Round, second.Follows)
	require.Equal(t, []proposal.OptionID{"mon", "sun"}, second.Options)
	require.Equal(t, []proposal.OptionID{"sun"}, second.Verdict.Winners)
	require.Equal(t, []objection.ID{"o"}, second.Standing)
	require.Len(t, second.Said, 3)

	rules := map[string]consent.Outcome{}
	for j, err := range w.engine.Judgments(t.Context()) {
		require.NoError(t, err)
		require.Empty(t, j.Differs)
		if j.Proposal == "p" {
			rules[j.Rule.Kind] = j.Outcome
			require.Equal(t, []proposal.OptionID{"sun"}, j.Winners)
		}
	}
	require.Equal(t, map[string]consent.Outcome{"schulze": consent.Carried}, rules, "each verdict that ends a question, by its own rule")
}

// TestBallotKeepsItsRule: a rule that the circle agrees while it votes moves no vote
// that runs (M-210).
func TestBallotKeepsItsRule(t *testing.T) {
	third := circle.LastWord{By: circle.ByVote, Share: circle.Share{Part: 1, Of: 3}}
	w := choosing(t, nil, consent.Method{Rule: consent.Plain.Rule, Stuck: consent.GoesUp})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own", Stuck: circle.Stuck{Last: third}}})
	w.stuck("p", "o")
	w.must(ana, consent.CallBallot{Proposal: "p", Reason: reason})
	third.Share = circle.Share{Part: 3, Of: 3}
	q := proposal.ID("harder")
	w.must(ana, consent.Ask{ID: q, Circle: den, Question: text("Shall all have to agree?"), Enacts: []circle.Deed{
		circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own", Stuck: circle.Stuck{Last: third}}}}})
	w.consents(q, ana, ben, cia)
	w.must(ana, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.must(ben, consent.Respond{Proposal: "p", Answer: consent.Against})
	w.must(cia, consent.Respond{Proposal: "p", Answer: consent.Against})
	require.Equal(t, consent.StageAdopted, w.stage("p"), "one of three is what the vote was called under")
	w.replays()
}

// picks chooses what it is told to.
type picks struct{ it *proposal.OptionID }

func (picks) Ballot() consent.Ballot { return consent.Ballot{Ranks: true} }

func (p picks) Judge(consent.Case) consent.Verdict {
	return consent.Verdict{Outcome: consent.Carried, Final: true, Winners: []string{string(*p.it)}}
}

// TestAnotherWinner: where a rule would choose another option today than it did, whoever judges the past again is told so.
func TestAnotherWinner(t *testing.T) {
	name, it := consent.RuleName{Kind: "picks", Version: 1}, proposal.OptionID("mon")
	w := newWorld(t, setting{Full: 3}, func(c *consent.Config) {
		c.Methods = []consent.Method{{Name: "own", Rule: name}}
		c.Rules = consent.Kinds{name: func(string) (consent.Rule, error) { return picks{&it}, nil }}
	})
	w.must(host, circle.AgreeRules{Circle: den, Rules: circle.Rules{Method: "own"}})
	w.offers("mon", "sun")
	for _, who := range []circle.PersonID{ana, ben, cia} {
		w.must(who, ranks("mon"))
	}
	require.Equal(t, []proposal.OptionID{"mon"}, w.chosen("p"))
	differs := func() (out []string) {
		for j, err := range w.engine.Judgments(t.Context()) {
			require.NoError(t, err)
			out = append(out, j.Differs)
		}
		return out
	}
	require.Equal(t, []string{""}, differs())
	it = "sun"
	require.Equal(t, []string{"the rule now chooses sun, and mon is recorded"}, differs())
}

// TestRuleIsAskedOfTheQuestion: a rule may have something against a question, and has nothing to
// say about the rounds before it.
func TestRuleIsAskedOfTheQuestion(t *testing.T) {
	w := choosing(t, nil, consent.Method{Rule: consent.RuleName{Kind: "picky", Version: 1}, Phases: []consent.RoundKind{consent.ReactRound}})
	w.submit("p")
	w.talkOn("p", consent.ReactRound)
	w.no(consent.CannotBePut, ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
}

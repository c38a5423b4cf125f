package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// selectionLaw is what is refused in a selection, rule by rule.
var selectionLaw = []struct {
	name    string
	by      consent.Selecting
	given   func(*world)
	who     circle.PersonID
	when    consent.Command
	refused *circle.Code
}{
	{name: "M-213: nobody names whom nobody knows", by: byReasons, given: naming, who: ana,
		when: nominate("zed"), refused: consent.NotNameable},
	{name: "M-213: oneself, only by methods that have it", by: only(), given: naming, who: ana,
		when: nominate("ana"), refused: consent.NotNameable},
	{name: "M-213: somebody from outside, only by methods that have it", by: only(), given: naming, who: ana,
		when: nominate("gus"), refused: consent.NotNameable},
	{name: "M-213: a search outside, only by methods that have it", by: only(), given: naming, who: ana,
		when: nominate("search-outside"), refused: consent.NotNameable},
	{name: "M-213: nobody, only by methods that have it", by: only(), given: naming, who: ana,
		when: nominate("nobody"), refused: consent.NotNameable},
	{name: "M-213: who takes no full part names nobody", by: byReasons, given: naming, who: lou,
		when: nominate("ana"), refused: consent.NoConsentRight},
	{name: "M-214: nobody passes, unless the method has it", by: byCount, given: naming, who: ana,
		when: nominate("pass"), refused: consent.NoAbstaining},
	{name: "M-214: one name for one seat", by: byReasons, given: naming, who: ana,
		when: nominate("ben, cia"), refused: consent.NamesForSeats},
	{name: "M-214: no name is none", by: byReasons, given: naming, who: ana,
		when: nominate("ben,"), refused: consent.NamesForSeats},
	{name: "M-215: nobody speaks of candidates before all are revealed", by: byReasons, given: naming, who: ana,
		when: consent.Speak{Proposal: "p", Text: text("Ben would be good")}, refused: consent.NoCommentYet},
	{name: "M-213: what is revealed is sealed no more", by: byReasons, given: whoNamed("ben", "ben", "ben"), who: ana,
		when: nominate("cia"), refused: consent.NotNow},
	{name: "M-216: nobody declines before everybody was asked", by: byReasons, given: whoNamed("ben", "ben", "ben"), who: ben,
		when: consent.DeclineRole{Proposal: "p"}, refused: consent.DeclineLater},
	{name: "M-216: nor while the others name them", by: byReasons, given: naming, who: ben,
		when: consent.DeclineRole{Proposal: "p"}, refused: consent.DeclineLater},
	{name: "M-217: nominations are changed in the change round", by: byReasons, given: whoNamed("ben", "ben", "ben"), who: ana,
		when: consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"cia"}, Reason: reason}, refused: consent.NoChangeNow},
	{name: "M-217: where the method has one", by: only(), given: whoNamed("ben", "ana", "ben"), who: ana,
		when: consent.OpenRound{Proposal: "p", Round: consent.ChangeRound}, refused: consent.NoChangeRound},
	{name: "M-217: once in each round", by: byReasons, given: func(w *world) {
		whoNamed("ben", "ben", "ben")(w)
		w.opensRound(consent.ChangeRound)
		w.must(ana, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"cia"}, Reason: reason})
	}, who: ana, when: consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"ben"}, Reason: reason}, refused: consent.SpokenAlready},
	{name: "M-218: a candidate is one of those who were named", by: byReasons, given: whoNamed("ben", "ben", "ben"), who: ana,
		when: candidate("cia"), refused: consent.WasNotNamed},
	{name: "M-218: nobody proposes whom nobody knows", by: byReasons, given: whoNamed("search-outside", "ben", "ben"), who: ana,
		when: candidate("zed"), refused: consent.NotNameable},
	{name: "M-214: to pass is no candidate", by: byReasons, given: whoNamed("ben", "pass", "ben"), who: ana,
		when: candidate("pass"), refused: consent.NotNameable},
	{name: "M-224: one candidate for one seat", by: byReasons, given: whoNamed("ben", "cia", "ben"), who: ana,
		when: candidate("ben", "cia"), refused: consent.NamesForSeats},
	{name: "M-226: an option has no name that means something else", by: byReasons, given: naming, who: ben,
		when: consent.OpenSelection{ID: "q", Circle: den, Options: []consent.Choice{{ID: "nobody", Text: reason}, {ID: "a", Text: reason}}, Text: reason}, refused: consent.OneKind},
	{name: "M-218: the question is about somebody", by: byReasons, given: whoNamed("ben", "ben", "ben"), who: ana,
		when: consent.OpenRound{Proposal: "p", Round: consent.ConsentRound}, refused: consent.CandidateFirst},
	{name: "M-218: by count it is who was named most", by: byCount, given: whoNamed("ben", "cia", "ben"), who: ana,
		when: candidate("cia"), refused: consent.NotCounted},
	{name: "M-218: a tie wants a rule", by: byCount, given: whoNamed("ben", "cia", "ana"), who: ana,
		when: candidate("cia"), refused: consent.TieFirst},
	{name: "M-218: that solves it: nobody of the tied holds the role", by: byCount, given: whoNamed("ben", "cia", "ana"), who: ana,
		when: tied("cia", consent.TieIncumbent), refused: consent.TieFirst},
	{name: "M-218: nor where two named themselves", by: byCount, given: whoNamed("ana", "ben", "ben"), who: ana,
		when: tied("ben", consent.TieSelf), refused: consent.NoTieNow},
	{name: "M-218: a draw is recorded", by: byCount, given: whoNamed("ben", "cia", "ana"), who: ana,
		when: tied("cia", consent.TieDraw), refused: consent.DrawUntold},
	{name: "M-219: nobody proposes themselves", by: byReasons, given: whoNamed("ben", "ana", "ana"), who: ana,
		when: candidate("ana"), refused: consent.OwnCandidacy},
	{name: "M-219: who is asked to propose takes full part", by: byReasons, given: whoNamed("ben", "ana", "ana"), who: ana,
		when: consent.AskToPropose{Proposal: "p", Person: lou}, refused: consent.NotFull},
	{name: "M-228: a short list is of those who were named", by: byReasons, given: whoNamed("ben", "ana", "ana"), who: ana,
		when: consent.ShortList{Proposal: "p", Names: []consent.Name{"ben", "cia"}, Reason: reason}, refused: consent.WasNotNamed},
	{name: "M-228: and of several", by: byReasons, given: whoNamed("ben", "ana", "ana"), who: ana,
		when: consent.ShortList{Proposal: "p", Names: []consent.Name{"ben"}, Reason: reason}, refused: consent.NamesForSeats},
	{name: "M-222: there is nobody to discard", by: byReasons, given: whoNamed("ben", "ana", "ana"), who: ana,
		when: consent.DiscardCandidate{Proposal: "p", Reason: reason}, refused: consent.NoCandidate},
	{name: "M-224: two selections for one seat are one too many", by: byReasons, given: naming, who: ben,
		when: consent.OpenSelection{ID: "q", Circle: den, Roles: []circle.RoleID{baker}, Text: reason}, refused: consent.SelectsAlready},
	{name: "M-226: it is about people or about things", by: byReasons, given: naming, who: ben,
		when: consent.OpenSelection{ID: "q", Circle: den, Text: reason}, refused: consent.OneKind},
	{name: "M-226: a choice is among two or more", by: byReasons, given: naming, who: ben,
		when: consent.OpenSelection{ID: "q", Circle: den, Options: []consent.Choice{{ID: "a", Text: reason}}, Text: reason}, refused: consent.OneKind},
	{name: "M-226: each with a name of its own", by: byReasons, given: naming, who: ben,
		when: consent.OpenSelection{ID: "q", Circle: den, Options: []consent.Choice{{ID: "a", Text: reason}, {ID: "a", Text: reason}}, Text: reason}, refused: consent.OneKind},
	{name: "M-227: any full participant opens one, and nobody else", by: byReasons, given: naming, who: lou,
		when: consent.OpenSelection{ID: "q", Circle: den, Roles: []circle.RoleID{baker}, Text: reason}, refused: consent.NotFull},
	{name: "EC-85: for a role that there is", by: byReasons, given: naming, who: ben,
		when: consent.OpenSelection{ID: "q", Circle: den, Roles: []circle.RoleID{"cook"}, Text: reason}, refused: circle.UnknownRole},
	{name: "M-226: a proposal is no selection", by: byReasons, given: func(w *world) { w.submit("q") }, who: ana,
		when: consent.OpenRound{Proposal: "q", Round: consent.NominateRound}, refused: consent.NoSelection},
}

func only() consent.Selecting { return consent.Selecting{By: consent.ByReasons} }

func naming(w *world) { w.opensRound(consent.NominateRound) }

func whoNamed(list ...string) func(*world) {
	return func(w *world) {
		naming(w)
		w.names(list...)
	}
}

func nominate(names string) consent.Command {
	return consent.Nominate{Proposal: "p", Names: text(names)}
}

func candidate(names ...consent.Name) consent.Command {
	return consent.ProposeCandidate{Proposal: "p", Names: names, Text: text("For these reasons")}
}

func tied(name consent.Name, by consent.Tie) consent.Command {
	return consent.ProposeCandidate{Proposal: "p", Names: []consent.Name{name}, Text: text("It was a tie"), Tie: by}
}

// TestSelectionLaw holds selections to the rules of methods §3 that they cite.
func TestSelectionLaw(t *testing.T) {
	for _, r := range selectionLaw {
		t.Run(r.name, func(t *testing.T) {
			w := selecting(t, nil, r.by)
			r.given(w)
			w.no(r.refused, r.who, r.when)
		})
	}
	w := newWorld(t, setting{Full: 3})
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(host, circle.Open{ID: nook, Parent: den, Aim: text("Bread"), Members: []circle.PersonID{ana, ben}, Domain: []circle.Item{{ID: "bread", Of: "baking"}},
		Rules: circle.Rules{Method: "final-comment"}})
	w.no(consent.RoleElsewhere, ana, consent.OpenSelection{ID: "q", Circle: nook, Roles: []circle.RoleID{baker}, Text: reason})
	w.no(consent.NoSelecting, ana, consent.OpenSelection{ID: "q", Circle: nook, Text: reason,
		Options: []consent.Choice{{ID: "a", Text: reason}, {ID: "b", Text: reason}}})
}

// TestTies: each of the four rules makes one candidate of several who were named as
// often (M-218, H5 §5.3.5(e)).
func TestTies(t *testing.T) {
	w := selecting(t, nil, byCount) // ben alone named himself
	naming(w)
	w.names("ben", "ben", "cia")
	w.opensRound(consent.ChangeRound)
	w.must(ana, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"cia"}, Reason: reason})
	w.must(ben, consent.Speak{Proposal: "p", Text: reason})
	w.must(cia, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"ana"}, Reason: reason})
	w.must(ana, consent.Skip{Proposal: "p", Person: lou})
	w.no(consent.TieFirst, ana, tied("cia", consent.TieSelf))
	w.must(ana, tied("ben", consent.TieSelf))

	w = selecting(t, nil, byCount) // cia alone holds the role
	w.drop("p", ana, ben, cia)
	w.must(ana, consent.Ask{ID: "now", Circle: den, Question: reason, Enacts: []circle.Deed{circle.GiveRole{Role: baker, Person: cia}}})
	w.consents("now", ana, ben, cia)
	w.must(ana, consent.OpenSelection{ID: "again", Circle: den, Roles: []circle.RoleID{baker}, Text: reason})
	w.must(ana, consent.OpenRound{Proposal: "again", Round: consent.NominateRound})
	for i, name := range []string{"ben", "cia", "ana"} {
		w.must(everybody[i], consent.Nominate{Proposal: "again", Names: text(name)})
	}
	w.must(ana, consent.ProposeCandidate{Proposal: "again", Names: []consent.Name{"cia"}, Text: reason, Tie: consent.TieIncumbent})

	w = selecting(t, nil, byCount) // drawn outside
	naming(w)
	w.names("ben", "cia", "ana")
	w.must(ana, consent.ProposeCandidate{Proposal: "p", Names: []consent.Name{"ben"}, Text: reason, Tie: consent.TieDraw, Draw: text("Lou drew a paper from the hat")})

	w = selecting(t, nil, byCount) // back to the change round, among the tied
	w.opensRound(consent.NominateRound)
	w.names("ben", "cia", "ben")
	w.opensRound(consent.ChangeRound)
	w.must(cia, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"ana"}, Reason: reason})
	w.must(ana, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"cia"}, Reason: reason})
	w.must(ben, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"ana"}, Reason: reason})
	w.must(ana, consent.Skip{Proposal: "p", Person: lou})
	w.proposes(ana, "ana")
}

// TestAChangeAmongTheTied: in the change round that is to solve a tie, nobody
// names anybody but the tied (M-218).
func TestAChangeAmongTheTied(t *testing.T) {
	c := byCount
	c.Change = false
	w := selecting(t, nil, c)
	naming(w)
	w.names("ben", "cia", "ben")
	w.no(consent.NoChangeRound, ana, consent.OpenRound{Proposal: "p", Round: consent.ChangeRound})
	w = selecting(t, nil, c)
	naming(w)
	w.names("ben", "cia", "ana")
	w.opensRound(consent.ChangeRound)
	require.Equal(t, []consent.Name{"ana", "ben", "cia"}, w.selection().Among)
	w.no(consent.NotNameable, ana, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"gus"}, Reason: reason})
	w.must(ana, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"cia"}, Reason: reason})
}

// TestNomineeLast: in a round without turns the nominee waits for the others; and
// nobody is given a role by silence or by the word of others (M-220).
func TestNomineeLast(t *testing.T) {
	c := byReasons
	c.Last = true
	w := selecting(t, nil, c)
	w.asks("ben")
	w.no(consent.NomineeLast, ben, consent.Respond{Proposal: "p", Answer: consent.Consents})
	w.consents("p", ana, cia, ben)
	require.Equal(t, consent.StageAdopted, w.stage("p"))

	w = selecting(t, nil, byReasons) // gus takes no part in the circle, and is asked at the end
	w.asks("gus")
	w.consents("p", ana, ben, cia)
	require.Equal(t, consent.StageAccept, w.stage("p"))
	w.must(gus, consent.AcceptRole{Proposal: "p"})
	require.Equal(t, []circle.PersonID{gus}, w.holders())
}

// TestTheSlowAreOut: who names nobody in the time that the method gives has no part
// in the rest; a candidate is asked all the same (M-225).
func TestTheSlowAreOut(t *testing.T) {
	c := byReasons
	c.Limit = week
	for name, seats := range map[consent.Name]int{"ben": 2, "cia": 3} {
		w := selecting(t, nil, c)
		naming(w)
		w.names(string(name), "cia")
		w.no(consent.WindowRuns, ana, consent.Reveal{Proposal: "p"})
		w.later(7 * day)
		require.Equal(t, []circle.PersonID{cia}, w.selection().Out)
		w.opensRound(consent.ChangeRound)
		w.no(consent.NotInRound, cia, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"ana"}, Reason: reason})
		for _, who := range []circle.PersonID{ana, ben, lou} {
			w.must(ana, consent.Skip{Proposal: "p", Person: who})
		}
		w.proposes(ana, name)
		w.opensRound(consent.ConsentRound)
		require.Len(t, w.process("p").Round.Seats, seats)
	}
}

// Where nobody names anybody in the time, nobody is later than the others: all are
// asked again (M-225). Until then time is waited for, when all were passed over.
func TestNobodyIsOutWhereNobodyNamed(t *testing.T) {
	c := byReasons
	c.Limit = week
	w := selecting(t, nil, c)
	naming(w)
	seats := len(w.process("p").Round.Seats)
	for _, seat := range w.process("p").Round.Seats {
		w.must(ana, consent.Skip{Proposal: "p", Person: seat.Person})
	}
	w.engine.Look(func(s *consent.State) {
		require.Equal(t, consent.WindowEnds.String(), s.Next("p")[0].What)
	})
	w.later(7 * day)
	require.Empty(t, w.selection().Out)
	w.opensRound(consent.NominateRound)
	require.Len(t, w.process("p").Round.Seats, seats)
}

// TestElectionReplaces: an election may be called at any time, and who was chosen
// takes the place of who held the role, at the moment of adoption and not before;
// a term that ends in between changes nothing of it (M-227).
func TestElectionReplaces(t *testing.T) {
	w := selecting(t, nil, byReasons)
	w.must(ana, consent.Ask{ID: "now", Circle: den, Question: reason, Enacts: []circle.Deed{circle.GiveRole{Role: baker, Person: cia, Term: week}}})
	w.consents("now", ana, ben, cia)
	naming(w)
	w.names("ben", "ben", "cia")
	w.later(7 * day)
	require.Equal(t, []circle.PersonID{cia}, w.holders(), "they wear it until the circle has chosen again")
	w.proposes(ana, "ben")
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	require.Equal(t, []circle.PersonID{ben}, w.holders())
	w.replays()
}

// TestElectionReplacesBehindTwoSeats: of a role that stands behind two seats of another, who is not chosen again makes room, too (M-214, M-227).
func TestElectionReplacesBehindTwoSeats(t *testing.T) {
	w := selecting(t, nil, byReasons)
	w.agree3("roles", circle.CreateRole{ID: "cook", Circle: den}, circle.GiveRole{Role: "cook", Person: cia})
	w.drop("p", ana, ben, cia)
	w.must(ana, consent.OpenSelection{ID: "all", Circle: den, Roles: []circle.RoleID{baker, baker, "cook"}, Text: text("Two bakers and a cook")})
	w.must(ana, consent.OpenRound{Proposal: "all", Round: consent.NominateRound})
	for _, who := range everybody[:3] {
		w.must(who, consent.Nominate{Proposal: "all", Names: text("ben, cia, lou")})
	}
	w.must(ana, consent.ProposeCandidate{Proposal: "all", Names: []consent.Name{"ben", "cia", "lou"}, Text: reason})
	w.must(ana, consent.OpenRound{Proposal: "all", Round: consent.ConsentRound})
	w.consents("all", ana, ben, cia)
	w.must(lou, consent.AcceptRole{Proposal: "all"})
	require.Equal(t, []circle.PersonID{ben, cia}, w.holders())
	w.engine.Look(func(s *consent.State) {
		require.Len(t, s.Org.Role("cook").Holders, 1)
		require.True(t, s.Org.Holds("cook", lou))
	})
	w.replays()
}

// TestBarred: who could not take a role as things are is told so when they are
// named, and is no candidate (EC-83, scenario 4B step 5).
func TestBarred(t *testing.T) {
	w := selecting(t, nil, byReasons)
	w.must(ana, consent.Ask{ID: "now", Circle: den, Question: reason, Enacts: []circle.Deed{circle.CreateRole{ID: "leads", Circle: den, Hat: circle.Leader},
		circle.CreateRole{ID: "del", Circle: den, Hat: circle.Delegate}, circle.GiveRole{Role: "leads", Person: ben}}})
	w.consents("now", ana, ben, cia)
	w.must(ana, consent.OpenSelection{ID: "q", Circle: den, Roles: []circle.RoleID{"del"}, Text: reason})
	w.must(ana, consent.OpenRound{Proposal: "q", Round: consent.NominateRound})
	w.must(ana, consent.Nominate{Proposal: "q", Names: text("ben")})
	w.must(cia, consent.Nominate{Proposal: "q", Names: text("cia")})
	r := w.must(ben, consent.Nominate{Proposal: "q", Names: text("ana")})
	require.Equal(t, []consent.Barred{{Name: "ben", Role: "del", Why: consent.Name(circle.LeaderIsDelegate.ID)}}, r.Events[1].(*consent.NominationsOpened).Barred)
	w.no(circle.LeaderIsDelegate, ana, consent.ProposeCandidate{Proposal: "q", Names: []consent.Name{"ben"}, Text: reason})
	w.must(ana, consent.ProposeCandidate{Proposal: "q", Names: []consent.Name{"cia"}, Text: reason})
}

// TestAnObjectionToACandidateEndsWithThem, and with nothing else: the next
// candidate goes straight to the question, and everybody is asked anew (M-221).
func TestAnObjectionToACandidateEndsWithThem(t *testing.T) {
	w := selecting(t, nil, byReasons)
	naming(w)
	w.names("ben", "cia", "ben")
	w.proposes(ana, "ben")
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben)
	w.objects("p", "o", cia)
	w.no(consent.StaysCandidate, ana, candidate("ben")) // the objection does not go while he stays
	r := w.must(ana, candidate("cia"))
	require.Equal(t, &objection.Ended{Objection: "o"}, r.Events[0])
	w.opensRound(consent.ConsentRound)
	require.Empty(t, w.process("p").Round.Answers)
	w.consents("p", ana, ben)
	w.objects("p", "o-2", cia) // the candidate herself, freely
	w.must(ana, consent.Integrate{Proposal: "p", Text: text("For three months"), Term: months, Meets: []consent.Meets{{Objection: "o-2", Tools: []circle.Tool{circle.Shorten}}}})
	w.opensRound(consent.ConsentRound)
	w.consents("p", ana, ben, cia)
	require.Equal(t, []circle.PersonID{cia}, w.holders())
	_, err := w.engine.Explain(t.Context(), "p")
	require.NoError(t, err)
	w.no(consent.Ended, ana, proposal.Withdraw{Proposal: "p"})
}

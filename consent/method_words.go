package consent

import (
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// Words says in plain sentences how a method decides: what comes before the
// question, who is asked, what may be answered and what silence means, what
// becomes of an objection, and what happens when no consent is found. What the
// method leaves as it is everywhere has no sentence.
func (m *Method) Words() []string {
	var out []string
	add := func(holds bool, format string, args ...any) {
		if holds {
			out = append(out, strings.ReplaceAll(fmt.Sprintf(format, args...)+".", "?”.", "?”"))
		}
	}
	m.wordsBefore(add)
	m.wordsIntake(add)
	m.wordsSelecting(add)
	m.wordsAnswers(add)
	m.wordsHidden(add)
	m.wordsTies(add)
	m.wordsTime(add)
	m.wordsObjections(add)
	m.wordsStuck(add)
	return out
}

// adding takes a sentence if it holds.
type adding func(holds bool, format string, args ...any)

var roundWords = map[RoundKind]string{ClarifyRound: "questions to understand the text", ReactRound: "one reaction from everybody"}

func (m *Method) wordsBefore(add adding) {
	var phases []string
	for _, p := range m.Phases {
		phases = append(phases, roundWords[p])
	}
	add(len(phases) > 0, "Before the question there are %s", strings.Join(phases, ", then "))
	add(m.Turns, "People speak one after the other, in an order that changes from round to round")
	add(m.Meeting, "The question is put in a meeting")
	add(m.Agenda, "Those present consent to the agenda first")
	add(!m.Notice.IsZero(), "A proposal lies with the circle for at least %s before it is decided", longWords(m.Notice))
	add(m.Sponsors > 0, "So many others must stand behind a proposal: %d", m.Sponsors)
	add(m.Term, "A policy has a term, after which the circle looks at it again")
}

func (m *Method) wordsAnswers(add adding) {
	switch {
	case m.Decider:
		add(true, "Who proposed decides alone, after everybody was heard")
	case m.Present:
		add(true, "Those present are asked")
	default:
		add(true, "Every full participant is asked")
	}
	add(m.Guests, "A guest who sits in for one proposal is asked on that one")
	add(true, "The answers are: %s", circle.Plain(m.answers()))
	add(m.Concerns, "Concerns may be said; they stop nothing, and are kept")
	add(true, "It is adopted when %s", ruleWords(m.Rule))
	add(m.WhoObjects, "Who facilitates asks who objects; those there who say nothing consent, and that is marked")
	add(m.Keep, "When the text changes while the question is open, the answers stand")
}

// ruleWords says when a rule of the stock is satisfied.
func ruleWords(n RuleName) string {
	if n == consentRule {
		return "everybody who was asked has consented and no objection stands"
	}
	r, _ := stock().of(n) // nil where it is none of the stock
	if r, says := r.(interface{ words() string }); says {
		return r.words()
	}
	return fmt.Sprintf("the rule %s (version %d) says so", n.Kind, n.Version)
}

// words says when the rule is satisfied.
func (r Settle) words() string {
	var out []string
	for _, w := range []struct {
		holds bool
		says  string
	}{
		{r.Heard, "everybody was heard"},
		{r.Quorum > 0, fmt.Sprintf("at least %d spoke", r.Quorum)},
		{r.Support == 1, "somebody is in favour"},
		{r.Support > 1, fmt.Sprintf("at least %d are in favour", r.Support)},
		{r.Most, fmt.Sprintf("more than half are in favour and at most %d are missing", r.Missing)},
		{r.Of > 0, fmt.Sprintf("at least %d of %d of those who took a side are in favour", r.Share, r.Of)},
		{r.Asides > 0, fmt.Sprintf("at most %d stand aside", r.Asides)},
		{!r.Ballot && r.Vetoes < 2, "no objection stands"},
		{!r.Ballot && r.Vetoes >= 2, fmt.Sprintf("fewer than %d objections stand", r.Vetoes)},
	} {
		if w.holds {
			out = append(out, w.says)
		}
	}
	return circle.Plain(out)
}

// words says when the rule is satisfied.
func (r Resolution) words() string {
	out := []string{r.needs() + " are in favour"}
	if q := r.Quorum; !q.Share.IsZero() {
		out = append(out, fmt.Sprintf("there are at least %d, and %d of every %d members", q.Least, q.Share.Part, q.Share.Of))
	} else if q.Least > 0 {
		out = append(out, fmt.Sprintf("there are at least %d", q.Least))
	}
	if len(r.Carry) > 0 {
		out = append(out, "more than half of each of these are: "+circle.Plain(r.Carry))
	}
	says := circle.Plain(out)
	if c := r.Cap; !c.IsZero() {
		says += fmt.Sprintf("; of class %s, all together weigh %s", circle.Plain(c.Classes), c.needs())
	}
	return says
}

var silenceWords = map[Silence]string{"": "is no answer", SilenceConsents: "counts as consent, and is marked", SilenceAbstains: "counts as abstaining",
	SilenceExcluded: "takes the seat out"}

func (m *Method) wordsTime(add adding) {
	w := m.Window
	add(!w.IsZero(), "%s to answer; silence %s", thereIs(w.For), silenceWords[w.Silence])
	add(w.Early, "It ends early when everybody was heard")
	add(w.Extensions > 0, "The time may be extended by %s, at most %d times", longWords(w.By), w.Extensions)
	add(w.Lapses, "What is not adopted by then is not adopted")
	add(!m.LastCall.IsZero(), "After agreement there is a quiet time of %s; when somebody objects in it, %s", longWords(m.LastCall), clockWords[m.Clock])
	add(m.ToMeeting, "Anybody may bring it to a meeting instead")
}

var testerWords = map[objection.Tester]string{
	objection.ByPresence:   "An objection is valid when it has a reason",
	objection.ByForm:       "Who facilitates examines only whether an objection is argued, not whether it is right",
	objection.ByReasoning:  "Whoever doubts an objection must argue; what nobody disputes qualifies",
	objection.ByPeers:      "When there is doubt, the circle without the objector says whether it is an objection; one who finds so is enough",
	objection.BySupporters: "An objection blocks when so many others find it legitimate: ",
	objection.ByChair:      "Who facilitates examines objections on their merits",
}

var solvedWords = map[objection.Solved]string{
	"":                 "An objection is settled by the next round on the new text",
	objection.ByRaiser: "Only who raised an objection says that it is solved, and the question stays open meanwhile",
	objection.ByBoth:   "Objector and proposer both say that an objection is solved, and then the question is put again",
	objection.ByAnswer: "An objection is answered in substance by who facilitates; addressed is not the same as accommodated",
}

var amenderWords = map[Amenders]string{ByProposer: "the proposer", ByFacilitator: "who facilitates", ByCircle: "the circle, which consents to them first"}

func (m *Method) wordsObjections(add adding) {
	o := m.Objections
	says := testerWords[o.Tester]
	if o.Supporters > 0 {
		says += fmt.Sprint(o.Supporters)
	}
	add(o.Tester == "", "Nobody judges an objection: it is valid once it is voiced with its reason")
	add(o.Tester != "", "%s", says)
	for _, c := range o.Criteria {
		add(true, "Asked of an objection (%s): “%s”", c.Need, c.Prompt)
	}
	add(o.Queue != "", "%s", queueWords[o.Queue])
	add(m.Confirm, "The circle says an objection back, and the objector confirms that they were understood")
	add(!m.Decider, "%s", solvedWords[o.Solved])
	add(m.Amenders != "", "New versions are written by %s", amenderWords[m.Amenders])
	add(o.GoodFaith, "Who does not work on their objection in good faith loses it, on record")
	add(o.Defer, "An objection may be put off by consent, with an owner and a date")
	add(o.StandAside, "An objector may stand aside instead")
	add(o.Outsiders, "Anybody may object")
	add(!o.Acknowledge.IsZero(), "After %s without a word from the objector, the answer stands", longWords(o.Acknowledge))
}

var stuckWords = map[Stuck]string{GoesUp: "the next broader circle is asked", GoesToBallot: "there is a vote, in which it passes when ",
	BreaksDown: "somebody from outside the matter facilitates", GoesToChair: "who facilitates decides, with the dissent on record",
	GoesToMeeting: "a meeting takes it"}

func (m *Method) wordsStuck(add adding) {
	says := stuckWords[m.Stuck]
	if m.Stuck == GoesToBallot {
		says += ruleWords(m.Fallback)
	}
	add(m.Stuck != "" && !m.Formal, "When no consent is found, %s", says)
	add(m.Formal, "Whether or not consent is found, %s", says)
	add(m.Limit.Questions > 0, "That may be when the question was put %d times", m.Limit.Questions)
	add(m.Limit.Meetings > 0, "That may be after %d meetings", m.Limit.Meetings)
	add(!m.Limit.Time.IsZero(), "That may be after %s", longWords(m.Limit.Time))
	add(m.Withdrawal == ByOwner, "The proposer may take it back at any time")
	add(m.Withdrawal == ByTakeover, "The proposer may take it back, and for %s others may take it over", longWords(m.Grace))
	add(m.Discard, "Who facilitates may discard what is no valid proposal, and says why")
	add(!m.Age.IsZero(), "After %s it expires", longWords(m.Age))
}

var unitWords = map[circle.Unit]string{circle.Minutes: "minute", circle.Hours: "hour", circle.Days: "day", circle.Weeks: "week",
	circle.Months: "month", circle.Years: "year"}

// longWords words a length of time: 10d is 10 days.
func longWords(p circle.Period) string {
	if p.N == 1 {
		return "1 " + unitWords[p.Unit]
	}
	return fmt.Sprintf("%d %ss", p.N, unitWords[p.Unit])
}

// thereIs says how long there is.
func thereIs(p circle.Period) string {
	if p.N == 1 {
		return "There is " + longWords(p)
	}
	return "There are " + longWords(p)
}

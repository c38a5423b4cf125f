package consent

import (
	"cmp"
	"slices"

	"github.com/sayround/sayround/circle"
)

// Selecting says how a circle selects people for its roles, or one thing of
// several (methods §3). A selection is a proposal like any other: its first
// version is the role with its term and qualifications, a later one names a
// candidate, and the question is put, answered, worked on and adopted as every
// question is. What is adopted, is carried out: the role is given.
type Selecting struct {
	// By is how a candidate comes about. A method that selects says it.
	By Choosing `json:"by,omitempty"`
	// Parameters demands that role, term and qualifications are consented to before
	// anybody is named (M-212).
	Parameters bool `json:"parameters,omitempty"`
	// May are whom one may name beside another full participant (M-213).
	May []Naming `json:"may,omitempty"`
	// Pass lets people name nobody and go by; without it everybody names one
	// (M-214).
	Pass bool `json:"pass,omitempty"`
	// Change holds a round in which nominations may be changed (M-217).
	Change bool `json:"change,omitempty"`
	// Last asks the nominee when all others have answered (M-220).
	Last bool `json:"last,omitempty"`
	// Accept asks who was chosen once more, at the end (M-223).
	Accept bool `json:"accept,omitempty"`
	// Welcome waits, for a role that links to another circle, for the consent of that
	// circle to who was chosen (EC-88).
	Welcome bool `json:"welcome,omitempty"`
	// Limit is how long people have to name somebody; who does not, has no part in
	// the rest of the selection (M-225). Zero: as long as it takes.
	Limit circle.Period `json:"limit,omitempty"`
	// Ties are the ways out of a tie of counts (M-218), or of objections (M-155).
	Ties []Tie `json:"ties,omitempty"`
}

// IsZero says that the method does not select.
func (c Selecting) IsZero() bool { return c.By == "" }

// Choosing is how a candidate comes about.
type Choosing string

// The ways (M-218, M-155).
const (
	ByReasons Choosing = "reasons" // somebody proposes on the strength of reasons; the tally is information
	ByCount   Choosing = "count"   // who was named most; ties have rules
	// ByObjections is for things: everybody says of each option whether they object
	// to it, and how strongly, and the candidate is the one with the weakest
	// objections. Then the circle is asked about it as about any other: no strength
	// counts in its consent (M-155, M-127).
	ByObjections Choosing = "objections"
)

// Values lists the ways.
func (Choosing) Values() []string {
	return []string{string(ByReasons), string(ByCount), string(ByObjections)}
}

// Check refuses a way that nobody knows.
func (c Choosing) Check() error { return among(string(c), c.Values()) }

// Naming is whom a nomination may name beside another full participant.
type Naming string

// The namings.
const (
	NamesSelf     Naming = "self"
	NamesOutsider Naming = "outsider"       // somebody whom the organisation knows, and who is no full participant
	NamesOutside  Naming = "search-outside" // nobody yet: look for somebody
	NamesNobody   Naming = "nobody"         // the role stays empty
)

// Values lists the namings.
func (Naming) Values() []string {
	return []string{string(NamesSelf), string(NamesOutsider), string(NamesOutside), string(NamesNobody)}
}

// Check refuses a naming that nobody knows.
func (n Naming) Check() error { return among(string(n), n.Values()) }

// Tie is a way out of a tie of counts (H5 §5.3.5(e)).
type Tie string

// The ways.
const (
	TieSelf      Tie = "self"      // the only one of the tied who named themselves
	TieIncumbent Tie = "incumbent" // the only one of the tied who holds the role
	TieDraw      Tie = "draw"      // drawn blindly; the draw is made outside, and recorded
	TieChange    Tie = "change"    // back to the change round, among the tied
)

// Values lists the ways.
func (Tie) Values() []string {
	return []string{string(TieSelf), string(TieIncumbent), string(TieDraw), string(TieChange)}
}

// Check refuses a way that nobody knows.
func (t Tie) Check() error { return among(string(t), t.Values()) }

// passing is what stands in the place of a name when somebody goes by.
const passing Name = "pass"

// A Selection is what a process holds that selects somebody, or something.
type Selection struct {
	// Roles are the seats to fill, one role for each; none where a thing is chosen.
	Roles []circle.RoleID
	// Options are the things to choose from, where it is about things (M-226).
	Options []Choice
	// Beside lets those who hold a role keep it beside who is chosen.
	Beside bool
	// CheckIn is how often circle and holder look at the role together (EC-81).
	CheckIn circle.Period
	// Agreed says that role, term and qualifications stand, or need no consent.
	Agreed bool
	// Version is the one in which they stand; 0: the first.
	Version int
	// Nominations are what was named, in the order in which it was revealed.
	Nominations []Nomination
	// Out are those who named nobody in the time that the method gives.
	Out []circle.PersonID
	// Among are the only ones who may be named from now on; none: anybody.
	Among []Name
	// Changes counts the change rounds.
	Changes int
	// Proposer was asked to propose a candidate in the place of who facilitates.
	Proposer circle.PersonID
	// Candidate is who, or what, the circle is asked about: one name for each seat.
	Candidate []Name
	// Discarded are candidates that are none any more.
	Discarded []Name
	// Welcomed are the receiving circles that consented to who was chosen.
	Welcomed []circle.ID
	// Accepted are those of the candidates who have accepted at the end.
	Accepted []circle.PersonID
	// ByObjections says that the candidate is the option with the weakest objections
	// (M-155).
	ByObjections bool
}

// A Choice is one of several things to choose from, with what is carried out when
// it is chosen.
type Choice struct {
	ID     Name          `json:"id"`
	Text   circle.Text   `json:"text"`
	Enacts []circle.Deed `json:"enacts,omitempty"`
}

// A Nomination is whom somebody named, one name for each seat: first, and now.
// Both stay visible (M-217). By objections it is what they have against each option.
type Nomination struct {
	By      circle.PersonID
	First   []Name
	Names   []Name
	Against []Misgiving
}

// A Count is how often somebody is named for a seat, from 1 on; or how many object
// to an option, and how strongly each of them, the strongest first (M-155).
type Count struct {
	Seat int  `json:"seat,omitempty"`
	Name Name `json:"name"`
	N    int  `json:"n"`
	// Strengths are those of the objections to an option.
	Strengths []Strength `json:"strengths,omitempty"`
}

// seats is how many names a nomination holds.
func (sel *Selection) seats() int { return max(1, len(sel.Roles)) }

// Tally counts the nominations as they are now, for each seat the most first.
// It is information: no rule but the method's picks the highest (M-218). Who was
// discarded is not counted any more (M-222). By objections it is what there is
// against each option, the weakest first (M-155).
func (sel *Selection) Tally() []Count {
	if sel.ByObjections {
		return sel.weigh()
	}
	var out []Count
	for _, n := range sel.Nominations {
		if slices.Contains(sel.Out, n.By) {
			continue
		}
		for i, name := range n.Names {
			if name == passing || slices.Contains(sel.Discarded, name) {
				continue
			}
			at := slices.IndexFunc(out, func(c Count) bool { return c.Seat == i+1 && c.Name == name })
			if at < 0 {
				at, out = len(out), append(out, Count{Seat: i + 1, Name: name})
			}
			out[at].N++
		}
	}
	slices.SortStableFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Seat, b.Seat), cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// top are those who are named most for a seat; more than one is a tie.
func (sel *Selection) top(seat int) []Name {
	var out []Name
	most := 0
	for _, c := range sel.Tally() {
		if c.Seat == seat && c.N >= most {
			most, out = c.N, append(out, c.Name)
		}
	}
	return out
}

// tied are those who share the most nominations for some seat.
func (sel *Selection) tied() []Name {
	var out []Name
	for seat := 1; seat <= sel.seats(); seat++ {
		if top := sel.top(seat); len(top) > 1 {
			out = append(out, top...)
		}
	}
	return out
}

// named says whether somebody named this one, first or now.
func (sel *Selection) named(name Name) bool {
	return slices.ContainsFunc(sel.Nominations, func(n Nomination) bool {
		return slices.Contains(n.First, name) || slices.Contains(n.Names, name)
	})
}

// option is the thing of a name, nil if there is none.
func (sel *Selection) option(name Name) *Choice {
	for i := range sel.Options {
		if sel.Options[i].ID == name {
			return &sel.Options[i]
		}
	}
	return nil
}

// people are the candidates who are people: who is searched for is nobody yet.
func (sel *Selection) people() []circle.PersonID {
	var out []circle.PersonID
	for _, name := range sel.Candidate {
		if len(sel.Roles) > 0 && !reserved(name) {
			out = append(out, circle.PersonID(name))
		}
	}
	return out
}

// reserved are the names that stand for nobody in particular.
func reserved(name Name) bool {
	return name == passing || name == Name(NamesOutside) || name == Name(NamesNobody)
}

// lays takes the candidate off the table.
func (sel *Selection) lays(off []Name) {
	for _, name := range off {
		if !slices.Contains(sel.Discarded, name) {
			sel.Discarded = append(sel.Discarded, name)
		}
	}
	sel.Candidate, sel.Accepted, sel.Welcomed = nil, nil, nil
}

// againstSelecting names what a method must not say of a selection. Who
// represents a circle is decided by its consent and nothing else (M-143).
func (m *Method) againstSelecting() []contradiction {
	c := m.Selecting
	if c.IsZero() {
		return nil
	}
	unknown := slices.ContainsFunc(c.May, func(n Naming) bool { return n == "" || n.Check() != nil }) ||
		slices.ContainsFunc(c.Ties, func(t Tie) bool { return t == "" || t.Check() != nil }) || c.By.Check() != nil
	return []contradiction{
		{unknown, "it selects in a way that nobody knows"},
		{m.Rule != consentRule || m.Decider || m.Chair || m.Stuck != "", "who represents a circle is selected by its consent, and by nothing else"},
		{len(m.Phases) > 0, "the rounds of a selection take the place of other phases, and it has both"},
		{(c.By == ByCount || c.By == ByObjections) != (len(c.Ties) > 0), "a count needs rules for ties, and nothing else has them"},
		{m.Withdrawal == ByTakeover, "a selection is the circle's, and nobody takes it over"},
		c.againstObjections(),
	}
}

// wordsSelecting says how a method selects.
func (m *Method) wordsSelecting(add adding) {
	c := m.Selecting
	if c.IsZero() {
		return
	}
	add(c.Parameters, "Role, term and qualifications are consented to before anybody is named")
	if c.By == ByObjections {
		add(true, "Among things, everybody says of each option how strongly they object to it, from 0 (not at all) to 100; it is sealed and signed, and all is revealed together")
		add(c.Pass, "Who says nothing of the options may pass")
		add(!c.Limit.IsZero(), "%s to say it; who does not, has no part in the rest", thereIs(c.Limit))
		add(true, "The candidate is the option with the weakest objections: the one whose strongest objection is the weakest, then the next, and so on; ties are solved by: %s", circle.Plain(c.Ties))
		add(true, "The circle is asked about it as about any other, and no strength counts in its consent")
		return
	}
	sealed := "Nominations are sealed and signed, and all are revealed together"
	if len(c.May) > 0 {
		sealed += "; beside others one may name: " + circle.Plain(c.May)
	}
	add(true, "%s", sealed)
	add(c.Pass, "Who names nobody may pass")
	add(!c.Pass, "Nobody passes: everybody names one for each seat")
	add(!c.Limit.IsZero(), "%s to name somebody; who does not, has no part in the rest", thereIs(c.Limit))
	add(c.Change, "When all have given their reasons, nominations may be changed; the first ones stay visible")
	add(c.By == ByReasons, "A candidate is proposed on the strength of reasons; the count is information")
	add(c.By == ByCount, "The candidate is who was named most; ties are solved by: %s", circle.Plain(c.Ties))
	add(c.Last, "The nominee is asked last")
	add(c.Welcome, "For a role that links to another circle, that circle consents to who was chosen")
	add(c.Accept, "Who was chosen accepts at the end")
}

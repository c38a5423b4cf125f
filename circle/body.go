package circle

import (
	"slices"
	"time"
)

// A Body is a member that is not one person: an organisation, or a seat that
// somebody holds. It is known, joins circles and has one stance in each as a
// person has, and whoever represents it gives that stance (M-45, EC-114).
//
// What it is not: a link makes whoever wears a hat a full participant in person,
// with a stance of their own, exactly as long as they wear it (EC-13). A
// representative takes part in nothing by that: they answer for the body, and say
// so each time ([Actor].For). If they are a member as well, or come through a link,
// that is another stance, and another voice.
type Body struct {
	Kind   BodyKind
	Speaks PersonID // who represents it; empty: nobody, it is vacant
}

// BodyKind is what a body is.
type BodyKind string

// The kinds.
const (
	OrganisationBody BodyKind = "organisation" // a company, an association, a council
	SeatBody         BodyKind = "seat"         // a place that somebody holds
)

// Values lists the kinds.
func (BodyKind) Values() []string { return []string{string(OrganisationBody), string(SeatBody)} }

// Check refuses a kind that nobody knows.
func (k BodyKind) Check() error { return oneOf(string(k), k.Values()) }

// NameRepresentative says who answers for a body from now on; nobody named: the
// seat is vacant. What was said for it before stays said, and in a question that is
// open it has the one stance that it had (M-45). Who represents it hands over or
// steps down; the Secretary of the root circle writes down what the body itself has
// told, in its words.
type NameRepresentative struct {
	Body   PersonID `json:"body"`
	Person PersonID `json:"person,omitempty"`
	// Told is how the body has told the organisation.
	Told Text `json:"told,omitempty" words:"heard"`
}

// Wire names the command.
func (NameRepresentative) Wire() string { return "circle.name-representative" }

// Fills names the body whose seat it is about.
func (c NameRepresentative) Fills() PersonID { return c.Body }

// RepresentativeNamed: somebody answers for a body from here on, or nobody does.
type RepresentativeNamed struct {
	Body   PersonID `json:"body"`
	Person PersonID `json:"person,omitempty"`
	Before PersonID `json:"before,omitempty"` // who did until then
	By     PersonID `json:"by,omitempty"`
	Told   Text     `json:"told,omitempty" words:"own"`
}

// Wire names the event.
func (RepresentativeNamed) Wire() string { return "circle.representative-named" }

// Concerns names the body whom the words are about.
func (e RepresentativeNamed) Concerns() PersonID { return e.Body }

func (e RepresentativeNamed) apply(o *Organisation) {
	p := o.people[e.Body]
	p.Body = &Body{Kind: p.Body.Kind, Speaks: e.Person}
}

// The refusals that concern bodies.
var (
	BodyIsSpokenFor = &Code{ID: "body-is-spoken-for", Kind: ErrNotYou, Rule: "EC-114", Stands: InEngine,
		Says: "{body} does not act itself: {who} acts for it."}
	NotRepresenting = &Code{ID: "not-representing", Kind: ErrNotYou, Rule: "EC-114", Stands: InEngine,
		Says: "{who} does not answer for {body}: {representative} does. A body names one representative."}
	RepresentsAlready = &Code{ID: "represents-already", Kind: ErrTaken, Rule: "EC-114", Stands: InEngine,
		Says: "It is so already: {who} answers for {body}."}
	NoBody = &Code{ID: "no-body", Kind: ErrNotValid, Rule: "EC-114", Stands: InEngine,
		Says: "{who} is a person and speaks for themselves. Only an organisation or a seat has a representative."}
	RepresentativeIsPerson = &Code{ID: "representative-is-person", Kind: ErrNotValid, Rule: "EC-114", Stands: InEngine,
		Says: "{who} is an organisation or a seat itself: whoever answers for {body} is one person."}
	NotNaming = &Code{ID: "not-naming", Kind: ErrNotYou, Rule: "EC-114", Stands: InEngine,
		Says: "{who} cannot name who answers for {body}. Who answers for it now can, or the Secretary of {circle}, with what {body} has told."}
	BodyWearsNone = &Code{ID: "body-wears-none", Kind: ErrNotValid, Rule: "M-45", Stands: InEngine,
		Says: "{who} is an organisation or a seat: a role is worn by a person."}
)

func bodyCodes() []*Code {
	return []*Code{BodyIsSpokenFor, NotRepresenting, RepresentsAlready, NoBody, RepresentativeIsPerson, NotNaming, BodyWearsNone}
}

// Body returns what a member is that is no person, nil of a person.
func (o *Organisation) Body(id PersonID) *Body {
	if !o.ever.bodies {
		return nil
	}
	if p := o.people[id]; p != nil {
		return p.Body
	}
	return nil
}

// Vacant says whether a member is a body for which nobody answers, and the
// circle asks nobody in its place.
func (o *Organisation) Vacant(id ID, who PersonID) bool {
	b := o.Body(who)
	return b != nil && b.Speaks == "" && o.SeatingOf(id).Vacant != AsAbsent
}

// Reads is the person who takes in what is put before a member: they themselves,
// or who answers for it. Of a vacant body it is the body.
func (o *Organisation) Reads(who PersonID) *Person {
	if b := o.Body(who); b != nil && b.Speaks != "" {
		return o.people[b.Speaks]
	}
	return o.people[who]
}

// ActsInPerson refuses an act that is said to be a body's own.
func (o *Organisation) ActsInPerson(by Actor) error {
	if b := o.Body(by.By); b != nil {
		return BodyIsSpokenFor.Refuse("body", by.By, "who", b.speaks())
	}
	return nil
}

// speaks lists who represents the body, for words.
func (b *Body) speaks() []PersonID {
	if b.Speaks == "" {
		return nil
	}
	return []PersonID{b.Speaks}
}

// Represents answers whether somebody may act for a body, with a refusal if
// another does. It is false for one who acts for a person.
func (o *Organisation) Represents(by Actor) (bool, error) {
	b := o.Body(by.For)
	switch {
	case b == nil:
		return false, nil
	case b.Speaks != by.By:
		return true, NotRepresenting.Refuse("who", by.By, "body", by.For, "representative", b.speaks())
	}
	return true, nil
}

func (c NameRepresentative) decide(o *Organisation, by Actor, _ time.Time, f Facts) ([]Event, error) {
	p := o.people[c.Body]
	switch {
	case p == nil:
		return nil, UnknownPerson.Refuse("who", c.Body)
	case p.Body == nil:
		return nil, NoBody.Refuse("who", c.Body)
	case p.Body.Speaks == c.Person:
		return nil, RepresentsAlready.Refuse("who", p.Body.speaks(), "body", c.Body)
	case !c.mayBeSaid(o, by, p, f):
		return nil, NotNaming.Refuse("who", by.By, "body", c.Body, "circle", o.root)
	}
	if err := o.mayRepresent(c.Body, c.Person); err != nil {
		return nil, err
	}
	return []Event{&RepresentativeNamed{Body: c.Body, Person: c.Person, Before: p.Body.Speaks, By: by.By, Told: c.Told}}, nil
}

// mayBeSaid says whether somebody may say who answers for a body: who does until
// now, the Secretary with what the body has told, and the organisation by consent.
func (c NameRepresentative) mayBeSaid(o *Organisation, by Actor, p *Person, f Facts) bool {
	spoken := p.Body.Speaks != "" && (by.By == p.Body.Speaks || by.By == p.ID)
	return spoken || !c.Told.IsZero() && o.Wears(o.root, Secretary, by.By) || o.mayStructure(by, o.root, f) == nil
}

// mayRepresent refuses who cannot answer for a body: whom nobody knows, and
// another body.
func (o *Organisation) mayRepresent(body, who PersonID) error {
	switch p := o.people[who]; {
	case who == "":
		return nil
	case p == nil || who == body:
		return UnknownPerson.Refuse("who", who)
	case p.Body != nil:
		return RepresentativeIsPerson.Refuse("who", who, "body", body)
	}
	return nil
}

// represented adds who answers for a body that is being admitted.
func (c Admit) represented(o *Organisation, events []Event, by Actor) ([]Event, error) {
	switch {
	case c.Representative == "":
		return events, nil
	case c.Body == "":
		return nil, NoBody.Refuse("who", c.ID)
	}
	if err := o.mayRepresent(c.ID, c.Representative); err != nil {
		return nil, err
	}
	return append(events, &RepresentativeNamed{Body: c.ID, Person: c.Representative, By: by.By}), nil
}

// Bodies lists the members that are no persons, by name.
func (o *Organisation) Bodies() []PersonID {
	if !o.ever.bodies {
		return nil
	}
	return slices.DeleteFunc(o.People(), func(id PersonID) bool { return o.people[id].Body == nil })
}

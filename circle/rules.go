package circle

import (
	"fmt"
	"slices"
)

// Rules are what a circle has agreed about its own way of deciding. What a
// circle leaves open is answered by the broader circle's rules, up to the root.
type Rules struct {
	// Method names the method by which the circle decides.
	Method Name `json:"method,omitempty"`
	// Matters names methods for kinds of matter that the circle decides in
	// another way than all else (M-256).
	Matters []Matter `json:"matters,omitempty"`
	// Reading is how long everybody has to read before a decision (CP-16).
	Reading Reading `json:"reading,omitempty"`
	// Presence says which classes must be there for a decision to close (CP-2).
	Presence []Presence `json:"presence,omitempty"`
	// Absence says what the silence of an absent participant means (EC-39).
	Absence Absence `json:"absence,omitempty"`
	// GuestMinutes is the time that a meeting reserves for guests (EC-26).
	GuestMinutes int `json:"guest-minutes,omitempty"`
	// OwnAgreement says that nobody joins before they have agreed to it themselves
	// (M-35).
	OwnAgreement bool `json:"own-agreement,omitempty"`
	// LongTerm says when a decision is a long-term one, and what then (EC-59).
	LongTerm LongTerm `json:"long-term,omitempty"`
	// ConsiderFor is how long money that somebody announced to spend, and an act that
	// touches the circle's domain, waits so that others can think about it (M-150,
	// M-151). Not said: a day.
	ConsiderFor Period `json:"consider-for,omitempty"`
	// Protected names rules that circles inside may not agree otherwise, and that
	// the circle itself changes in two steps only: it lifts the protection first
	// (M-258).
	Protected []RuleName `json:"protected,omitempty"`
	// Confirm names the circle that confirms its decisions for the law outside,
	// as a board does (M-260).
	Confirm ID `json:"confirm,omitempty"`
	// Tools are the ways of resolving a concern that are offered by name (EC-35).
	Tools []Tool `json:"tools,omitempty"`
	// Conflicts demands a check against other circles' policies for each
	// version before it is decided (EC-11).
	Conflicts bool `json:"conflicts,omitempty"`
	// Responses demands that the circle has chosen how to respond to a need
	// before a proposal for it is decided (EC-45, EC-46).
	Responses bool `json:"responses,omitempty"`
	// ExpiryExtension is how long an agreement outlives the date on which it
	// ends, while its review is open (methods §8.11). Not said: 30 days.
	ExpiryExtension Period `json:"expiry-extension,omitempty"`
	// MinutesAfter is how long those who were at a meeting have to object to its
	// minutes before silence adopts them (M-244). Not said: the circle is asked.
	MinutesAfter Period `json:"minutes-after,omitempty"`
	// Stuck is what the circle has agreed for the case that it finds no consent
	// (EC-43, M-189, M-192).
	Stuck Stuck `json:"stuck,omitempty"`
	// Meets is how often the circle meets at least (EC-62). It is not handed down.
	Meets Period `json:"meets,omitempty"`
	// Staffing says how the circle's roles are worn (M-49 to M-56).
	Staffing Staffing `json:"staffing,omitempty"`
	// Linking says how other circles are linked with this one (M-42, M-63 to M-71).
	Linking Linking `json:"linking,omitempty"`
	// Seating says who sits with the circle, and how (M-45).
	Seating Seating `json:"seating,omitempty"`
	// Appeal is how an appeal against a decision of the circle is heard (EC-51).
	Appeal Appeals `json:"appeal,omitempty"`
	// General are the rules of the circle's members' meetings, where it is the
	// whole membership. They are not handed down.
	General *Gatherings `json:"general,omitempty"`
	// Safeguarding says who acts when a person may be in danger (CP-22). It stands in
	// the rules of the root circle and is not handed down.
	Safeguarding *Safeguarding `json:"safeguarding,omitempty"`
	// Membership says how one becomes a member, where the circle is the root. It is
	// not handed down.
	Membership *Membership `json:"membership,omitempty"`
	// Review says which of the circle's own rules it looks at again, and how often
	// (CP-30). It is of what the circle itself agreed, and not handed down.
	Review []RuleReview `json:"review,omitempty"`
	// Board are the rules of a role of the circle that is elected. They are not
	// handed down.
	Board *Board `json:"board,omitempty"`
	// Interests says what becomes of somebody with an interest of their own in a
	// question (EC-79).
	Interests Interests `json:"interests,omitempty"`
}

// A Matter is a kind of proposal, and the method by which it is decided.
type Matter struct {
	Matter Name `json:"matter"`
	Method Name `json:"method"`
}

// MethodFor names the method for a kind of matter; the circle's own where none
// is named for it.
func (r *Rules) MethodFor(matter Name) Name {
	for _, m := range r.Matters {
		if m.Matter == matter && matter != "" {
			return m.Method
		}
	}
	return r.Method
}

// Check refuses numbers that cannot be.
func (r *Rules) Check() error {
	if r.GuestMinutes < 0 || r.LongTerm.Months < 0 || r.Linking.Voices < 0 {
		return fmt.Errorf("minutes, months and voices are counted from 0 on")
	}
	if m := r.Membership; m != nil && m.Removal != nil && r.General.MethodFor(m.Removal.Matter) == "" && !slices.ContainsFunc(r.Matters, func(x Matter) bool { return x.Matter == m.Removal.Matter }) {
		return fmt.Errorf("a member is removed as the matter %s, and the rules name no method for it", m.Removal.Matter)
	}
	return checkReviews(r.Review)
}

// Check refuses a group of nobody.
func (p *Presence) Check() error {
	if p.AtLeast < 0 {
		return fmt.Errorf("at least one of a group is wanted, not %d", p.AtLeast)
	}
	return nil
}

// Reading is the time that a person has to read a text before it is decided:
// for a new text, and again for one that was changed. A person's own time
// counts where it is longer than the circle's.
type Reading struct {
	First Period `json:"first,omitempty"`
	Again Period `json:"again,omitempty"`
}

// IsZero says that no reading time is set.
func (r Reading) IsZero() bool { return r == Reading{} }

// Presence is one group that must be present when a decision closes.
type Presence struct {
	// Major limits the rule to major decisions (EC-45).
	Major   bool    `json:"major,omitempty"`
	Classes []Class `json:"classes"`
	AtLeast int     `json:"at-least"`
}

// Silence is what the silence of an absent participant means.
type Silence string

// The absence policies (EC-39, M-132).
const (
	// Wait: the decision waits until the absent participant has answered.
	Wait Silence = "wait"
	// Consents: silence for a set time after the minutes reached them, in a
	// format they can read, counts as consent.
	Consents Silence = "consents"
	// Bound: those present decide for all.
	Bound Silence = "bound"
)

// Values lists the policies.
func (Silence) Values() []string { return []string{string(Wait), string(Consents), string(Bound)} }

// Check refuses a policy that nobody knows.
func (s Silence) Check() error { return oneOf(string(s), s.Values()) }

// Absence is a circle's written policy on absent participants.
type Absence struct {
	Silence Silence `json:"silence,omitempty"`
	After   Period  `json:"after,omitempty"`
}

// IsZero says that no policy is written; then a decision waits.
func (a Absence) IsZero() bool { return a == Absence{} }

// Check refuses a policy that contradicts itself.
func (a *Absence) Check() error {
	if (a.Silence == Consents) == a.After.IsZero() {
		return fmt.Errorf("the policy %q and the time %q do not fit: silence that consents needs a time, nothing else has one", a.Silence, a.After)
	}
	return nil
}

// Goes says where a long-term decision belongs.
type Goes string

// What becomes of a long-term decision in a working circle.
const (
	Ask Goes = "ask" // the circle answers whether it may decide, by consent, and the answer is recorded
	Up  Goes = "up"  // it goes to the broader circle
)

// Values lists the answers.
func (Goes) Values() []string { return []string{string(Ask), string(Up)} }

// Check refuses an answer that nobody knows.
func (g Goes) Check() error { return oneOf(string(g), g.Values()) }

// LongTerm says from how many months on a decision's effect makes it a
// long-term one. Zero months: the circle does not ask.
type LongTerm struct {
	Months int  `json:"months,omitempty"`
	Goes   Goes `json:"goes,omitempty"`
}

// IsZero says that the circle does not ask.
func (l LongTerm) IsZero() bool { return l.Months == 0 }

// Tool is a way to resolve a concern that is offered by its name (EC-35).
type Tool string

// The three named tools.
const (
	Measure Tool = "measure" // track or test the concern; have a level at which the trial stops
	Shorten Tool = "shorten" // try it for a shorter term
	Amend   Tool = "amend"   // change the text
)

// Values lists the tools.
func (Tool) Values() []string { return []string{string(Measure), string(Shorten), string(Amend)} }

// Check refuses a tool that nobody knows.
func (t Tool) Check() error { return oneOf(string(t), t.Values()) }

// over fills what r leaves open from the broader circle's rules.
func (r Rules) over(broader Rules) Rules {
	if r.Method == "" {
		r.Method = broader.Method
	}
	if len(r.Matters) == 0 {
		r.Matters = broader.Matters
	}
	if r.Reading.First.IsZero() {
		r.Reading.First = broader.Reading.First
	}
	if r.Reading.Again.IsZero() {
		r.Reading.Again = broader.Reading.Again
	}
	if len(r.Presence) == 0 {
		r.Presence = broader.Presence
	}
	if r.Absence.IsZero() {
		r.Absence = broader.Absence
	}
	if r.GuestMinutes == 0 {
		r.GuestMinutes = broader.GuestMinutes
	}
	if r.LongTerm.IsZero() {
		r.LongTerm = broader.LongTerm
	}
	if len(r.Tools) == 0 {
		r.Tools = broader.Tools
	}
	if r.ExpiryExtension.IsZero() {
		r.ExpiryExtension = broader.ExpiryExtension
	}
	if r.Confirm == "" {
		r.Confirm = broader.Confirm
	}
	if r.ConsiderFor.IsZero() {
		r.ConsiderFor = broader.ConsiderFor
	}
	if r.MinutesAfter.IsZero() {
		r.MinutesAfter = broader.MinutesAfter
	}
	if r.Stuck.IsZero() {
		r.Stuck = broader.Stuck
	}
	r.OwnAgreement = r.OwnAgreement || broader.OwnAgreement
	r.Staffing = r.Staffing.over(broader.Staffing)
	r.Linking = r.Linking.over(broader.Linking)
	r.Interests = r.Interests.over(broader.Interests)
	r.Seating = r.Seating.over(broader.Seating)
	if r.Appeal.IsZero() {
		r.Appeal = broader.Appeal
	}
	r.Conflicts = r.Conflicts || broader.Conflicts
	r.Responses = r.Responses || broader.Responses
	return r
}

// Offers says whether the tool is one of those the circle offers; a circle
// that names none offers all.
func (r Rules) Offers(t Tool) bool { return len(r.Tools) == 0 || slices.Contains(r.Tools, t) }

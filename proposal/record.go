package proposal

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// A Record is what a version says of the agreement that it would become,
// beside its text, its term and its measures (methods §5.1, M-229). All of it
// may be left out.
type Record struct {
	// Effective is how long after its adoption it takes effect (M-237).
	Effective circle.Period `json:"effective,omitempty"`
	// Condition is what must first be confirmed to hold (M-186), by consent of
	// the circle or by Confirms; Lapses is the time within which it must be.
	Condition circle.Text     `json:"condition,omitempty"`
	Confirms  circle.PersonID `json:"condition-by,omitempty"`
	Lapses    circle.Period   `json:"condition-until,omitempty"`
	// Expires is how long after taking effect it ends. That is another thing
	// than the term, which ends in a review (M-230).
	Expires circle.Period `json:"expires,omitempty"`
	// Responsible are the roles and people who see to it.
	Responsible []circle.Name `json:"responsible,omitempty"`
	// Criteria are what it is evaluated by.
	Criteria []circle.Text `json:"criteria,omitempty"`
	// Related are the agreements that it touches (M-236).
	Related []ID `json:"related,omitempty"`
	// Changes are the agreements that it would change, each at the version that
	// it was written against (methods §8.6).
	Changes []Base `json:"changes,omitempty"`
	// Options are the things to choose from, where the circle chooses among several
	// by a rule that does so.
	Options []Option `json:"options,omitempty"`
}

// A Base is an agreement at the version that a proposal builds on.
type Base struct {
	Agreement ID  `json:"agreement"`
	Version   int `json:"version"`
}

// IsZero says that the record holds nothing.
func (r *Record) IsZero() bool {
	return r.Effective.IsZero() && !r.conditional() && r.Confirms == "" && r.Lapses.IsZero() && r.Expires.IsZero() &&
		len(r.Responsible) == 0 && len(r.Criteria) == 0 && len(r.Related) == 0 && len(r.Changes) == 0 && len(r.Options) == 0
}

func (r *Record) conditional() bool { return !r.Condition.IsZero() }

// delays says whether adoption and taking effect are two instants.
func (r *Record) delays() bool { return r.conditional() || !r.Effective.IsZero() }

// kept is the record as an event keeps it: nothing where nothing was said.
func (r Record) kept() *Record {
	if r.IsZero() {
		return nil
	}
	return &r
}

// record is what a submission says beside its text.
func (c *Submit) record() Record {
	return Record{Effective: c.Effective, Condition: c.Condition, Confirms: c.Confirms, Lapses: c.Lapses, Expires: c.Expires,
		Responsible: c.Responsible, Criteria: c.Criteria, Related: c.Related, Changes: c.Changes, Options: c.Options}
}

// record is what an amendment says beside its text.
func (c *Amend) record() Record {
	return Record{Effective: c.Effective, Condition: c.Condition, Confirms: c.Confirms, Lapses: c.Lapses, Expires: c.Expires,
		Responsible: c.Responsible, Criteria: c.Criteria, Related: c.Related, Changes: c.Changes, Options: c.Options}
}

// over fills what r does not say from the version before it.
func (r Record) over(last *Record) Record {
	if r.Effective.IsZero() {
		r.Effective = last.Effective
	}
	if r.Condition.IsZero() {
		r.Condition = last.Condition
	}
	if r.Confirms == "" {
		r.Confirms = last.Confirms
	}
	if r.Lapses.IsZero() {
		r.Lapses = last.Lapses
	}
	if r.Expires.IsZero() {
		r.Expires = last.Expires
	}
	if r.Responsible == nil {
		r.Responsible = last.Responsible
	}
	if r.Criteria == nil {
		r.Criteria = last.Criteria
	}
	if r.Related == nil {
		r.Related = last.Related
	}
	if r.Changes == nil {
		r.Changes = last.Changes
	}
	if r.Options == nil {
		r.Options = last.Options
	}
	return r
}

// sound refuses a record that names what there is not. What was taken over from
// an earlier version was asked when it was written.
func (r *Record) sound(m *Matters, o *circle.Organisation) error {
	if r.Confirms != "" && o.Person(r.Confirms) == nil {
		return circle.UnknownPerson.Refuse("who", r.Confirms)
	}
	for _, name := range r.Responsible {
		if o.Role(circle.RoleID(name)) == nil && o.Person(circle.PersonID(name)) == nil {
			return NobodyResponsible.Refuse("name", name)
		}
	}
	for _, id := range r.Related {
		if m.proposals.Of(id) == nil {
			return UnknownProposal.Refuse("proposal", id)
		}
	}
	for _, b := range r.Changes {
		if err := m.basedOn(b); err != nil {
			return err
		}
	}
	return nil
}

// fits refuses a record that contradicts itself, or what the proposal is. A
// decision that carries something out does so in the instant of its adoption.
func (r *Record) fits(id ID, sort Sort, enacts int) error {
	switch {
	case r.conditional() == r.Lapses.IsZero() || r.Confirms != "" && !r.conditional():
		return OpenCondition.Refuse("proposal", id)
	case r.delays() && (enacts > 0 || sort == Process):
		return NoDelay.Refuse("proposal", id)
	}
	return choosable(id, r.Options)
}

// basedOn refuses a base that is no agreement, or not its newest version.
func (m *Matters) basedOn(b Base) error {
	p, err := m.Get(b.Agreement)
	if err != nil {
		return err
	}
	if p.Status != StatusAgreement {
		return NotInForce.Refuse("proposal", b.Agreement, "status", p.Standing())
	}
	if newest := m.newest(p); b.Version != newest {
		return OldBase.Refuse("agreement", b.Agreement, "version", b.Version, "newest", newest)
	}
	return nil
}

// newest is the version of an agreement that was adopted last.
func (m *Matters) newest(p *Proposal) int {
	if x := m.particulars[p.ID]; x != nil && x.Coming != nil {
		return x.Coming.Version
	}
	return p.Agreement.Version
}

// Outdated lists the bases of what is under decision that are not any more what
// was adopted last: another decision changed or ended them (methods §8.6).
func (m *Matters) Outdated(id ID) []Base {
	x := m.particulars[id]
	if x == nil {
		return nil
	}
	r := x.Records[m.proposals.Of(id).Current().N]
	if r == nil {
		return nil
	}
	var out []Base
	for _, b := range r.Changes {
		if p := m.proposals.Of(b.Agreement); p == nil || p.Status != StatusAgreement || m.newest(p) != b.Version {
			out = append(out, b)
		}
	}
	return out
}

// Rivals lists what is under decision and was written against an older version
// of an agreement than the one adopted last, by name.
func (m *Matters) Rivals(of ID) []ID {
	var out []ID
	for id := range m.changing {
		old := func(b Base) bool { return b.Agreement == of }
		if m.proposals.Of(id).UnderDecision() && slices.ContainsFunc(m.Outdated(id), old) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Related lists the agreements that an agreement names as related, and those
// that name it, by name, as far as they have not ended (M-236).
func (m *Matters) Related(id ID) []ID {
	found := slices.Clone(m.RecordOf(id).Related)
	for other := range m.particulars {
		if slices.Contains(m.RecordOf(other).Related, id) {
			found = append(found, other)
		}
	}
	slices.Sort(found)
	found = slices.DeleteFunc(slices.Compact(found), func(other ID) bool {
		p := m.proposals.Of(other)
		return other == id || p == nil || p.Status != StatusAgreement
	})
	return slices.Clip(found)
}

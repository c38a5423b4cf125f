package proposal

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// RecordID names a deviation or a ruling of an agreement.
type RecordID string

// Check refuses what cannot be such a name.
func (id RecordID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *RecordID) Kind() string { return "record" }

// Particulars are what few proposals and agreements have: a record beside the
// text, a date on which it ends, rulings, deviations. They stand apart, so that
// an ordinary agreement costs nothing for them.
type Particulars struct {
	// Records are those of the versions that are still needed, by number.
	Records map[int]*Record
	// Coming is the version that is adopted and not in force yet.
	Coming *Coming
	// Expires is when the agreement ends (M-230); zero: never by itself.
	Expires time.Time
	// Extended says that the end was put off once, as a review was open.
	Extended bool
	// Held says that the agreement is suspended.
	Held bool
	// Unresolved says that its review was due and ended without consent: a new
	// review date is to be set (methods §8.11).
	Unresolved bool
	// Delegated is who prepares its review.
	Delegated Delegated
	// Afresh are the needs in which its matter is understood anew.
	Afresh []NeedID
	// By are the agreements that took its place.
	By         []ID
	Deviations []Deviation
	Rulings    []Ruling
	// Conflicts are the agreements that it was found to contradict.
	Conflicts []Contradiction
	// Reach is in which circles it holds, where that was said.
	Reach Reach
	// Item is what it is about in the circle that it moved to.
	Item circle.ItemID
	// Chosen is what was chosen among the options of the version adopted last.
	Chosen []OptionID
}

// A Contradiction is between one version of an agreement and one of another.
type Contradiction struct {
	Version  int
	With     ID
	Theirs   int
	Prevails ID // empty: neither
}

// Coming is a version that is adopted and not in force yet (M-186, M-237).
type Coming struct {
	Version   int
	Effective time.Time // it takes effect no earlier; zero: as soon as the condition holds
	Lapses    time.Time // the condition must be confirmed before; zero: nothing to confirm
}

// Delegated is the helping circle that prepares a review, and until when.
type Delegated struct {
	To    circle.ID
	Until time.Time
}

// A Deviation is that somebody did not keep to an agreement, and owns it
// (M-240).
type Deviation struct {
	ID       RecordID
	Version  int
	By       circle.PersonID
	At       time.Time
	Reason   circle.Text
	Affected circle.Text
	FollowUp circle.Text
}

// A Ruling says how one version of an agreement is to be understood. It binds
// until the text changes (M-239).
type Ruling struct {
	ID       RecordID
	Version  int
	By       circle.PersonID
	At       time.Time
	Question circle.Text
	Ruling   circle.Text
	// Of is the circle whose Secretary ruled.
	Of circle.ID
	// Overruled says that a broader circle's Secretary ruled otherwise.
	Overruled bool
}

var ordinary = &Particulars{}

// Particulars returns what a proposal has beside the ordinary; it is empty for
// most.
func (m *Matters) Particulars(id ID) *Particulars {
	if x := m.particulars[id]; x != nil {
		return x
	}
	return ordinary
}

// RecordOf is the record of the version that counts: of the one in force, and
// of the newest where none is.
func (m *Matters) RecordOf(id ID) Record {
	p, x := m.proposals.Of(id), m.particulars[id]
	if p == nil || x == nil {
		return Record{}
	}
	n := p.Agreement.Version
	if n == 0 {
		n = p.Current().N
	}
	return x.record(n)
}

// RecordAt is the record of one version.
func (m *Matters) RecordAt(id ID, version int) Record { return m.Particulars(id).record(version) }

func (x *Particulars) record(version int) Record {
	if r := x.Records[version]; r != nil {
		return *r
	}
	return Record{}
}

// InForce is the version of a proposal that is in force, 0 if none is: not
// before it takes effect, and not while it is on hold.
func (m *Matters) InForce(id ID) int {
	p := m.proposals.Of(id)
	if p == nil || p.Status != StatusAgreement || p.Agreement.Phase == Pending || m.Particulars(id).Held {
		return 0
	}
	return p.Agreement.Version
}

// Binding lists the rulings on the version in force.
func (m *Matters) Binding(id ID) []Ruling {
	n := m.InForce(id)
	var out []Ruling
	for _, r := range m.Particulars(id).Rulings {
		if r.Version == n && !r.Overruled {
			out = append(out, r)
		}
	}
	return out
}

// Contradictions lists what contradicts an agreement in force, found from
// either side, as long as both versions are in force (methods §8.9).
func (m *Matters) Contradictions(id ID) []Contradiction {
	mine := m.InForce(id)
	if mine == 0 {
		return nil
	}
	var out []Contradiction
	for other, x := range m.particulars {
		for _, c := range x.Conflicts {
			switch {
			case other == id && c.Version == mine && m.InForce(c.With) == c.Theirs:
				out = append(out, c)
			case c.With == id && c.Theirs == mine && m.InForce(other) == c.Version:
				out = append(out, Contradiction{mine, other, c.Version, c.Prevails})
			}
		}
	}
	slices.SortFunc(out, func(a, b Contradiction) int {
		return cmp.Or(cmp.Compare(a.With, b.With), cmp.Compare(a.Prevails, b.Prevails))
	})
	return out
}

// more returns the particulars of a proposal to write in.
func (m *Matters) more(id ID) *Particulars {
	x := m.particulars[id]
	if x == nil {
		if m.particulars == nil {
			m.particulars = map[ID]*Particulars{}
		}
		x = &Particulars{}
		m.particulars[id] = x
	}
	return x
}

// note keeps the record of a version.
func (m *Matters) note(id ID, version int, r *Record) {
	if r == nil {
		return
	}
	if len(r.Changes) > 0 {
		if m.changing == nil {
			m.changing = map[ID]bool{}
		}
		m.changing[id] = true
	}
	x := m.more(id)
	if x.Records == nil {
		x.Records = map[int]*Record{}
	}
	x.Records[version] = r
}

// tidy lets go the records of versions that are not needed any more, and the
// particulars themselves where they hold nothing.
func (m *Matters) tidy(p *Proposal) {
	x := m.particulars[p.ID]
	if x == nil {
		return
	}
	maps.DeleteFunc(x.Records, func(n int, _ *Record) bool { return p.Version(n) == nil })
	if len(x.Records) == 0 {
		x.Records = nil
	}
	if x.Records == nil && x.Coming == nil && x.Expires.IsZero() && !x.Held && !x.Unresolved && x.Delegated.To == "" &&
		x.Afresh == nil && x.By == nil && x.Deviations == nil && x.Rulings == nil && x.Conflicts == nil && x.Chosen == nil {
		delete(m.particulars, p.ID)
	}
}

// copied is a copy that can be written in without touching the original.
func (x *Particulars) copied() *Particulars {
	c := *x
	c.Records = maps.Clone(x.Records)
	if x.Coming != nil {
		coming := *x.Coming
		c.Coming = &coming
	}
	c.Deviations, c.Rulings, c.Afresh = slices.Clone(x.Deviations), slices.Clone(x.Rulings), slices.Clone(x.Afresh)
	c.Conflicts = slices.Clone(x.Conflicts)
	return &c
}

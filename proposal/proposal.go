package proposal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
)

// ID names a proposal, and the agreement that comes of it.
type ID string

// Check refuses what cannot be the name of a proposal.
func (id ID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *ID) Kind() string { return "proposal" }

// MeasureID names a measure.
type MeasureID string

// Check refuses what cannot be the name of a measure.
func (id MeasureID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *MeasureID) Kind() string { return "measure" }

// Sort is what a proposal is about.
type Sort string

// The sorts of proposals.
const (
	Policy  Sort = "policy"  // a standing decision on how things are done; becomes an agreement
	Process Sort = "process" // a decision on the way, such as an agenda; carried out and done
)

// Values lists the sorts.
func (Sort) Values() []string { return []string{string(Policy), string(Process), string(Disposal)} }

// Check refuses a sort that nobody knows.
func (s Sort) Check() error { return oneOf(string(s), s.Values()) }

// Weight is how much a new version changes (M-137).
type Weight string

// The weights of a change.
const (
	Substantive Weight = "substantive"
	Editorial   Weight = "editorial"
)

// Values lists the weights.
func (Weight) Values() []string { return []string{string(Substantive), string(Editorial)} }

// Check refuses a weight that nobody knows.
func (w Weight) Check() error { return oneOf(string(w), w.Values()) }

// A Version is one wording of a proposal. It never changes.
type Version struct {
	N        int
	Text     circle.Text
	Term     circle.Period
	Measures []Measure
	By       circle.PersonID
	At       time.Time
	Weight   Weight
	// Conflicts is where the check against other circles' policies stands.
	Conflicts Conflict
}

// Conflict is the outcome of the check of one version against the law, the
// bylaws and other circles' policies (EC-11).
type Conflict uint8

// The outcomes of the check.
const (
	NotChecked Conflict = iota
	Clear
	Conflicting
)

// A Measure is an indicator that is read in a rhythm by the holder of a role,
// with a level at which the trial stops (EC-36).
type Measure struct {
	ID        MeasureID     `json:"id"`
	Indicator circle.Text   `json:"indicator"`
	Every     circle.Period `json:"every"`
	Reader    circle.RoleID `json:"reader"`
	// Stop is the reading at which the agreement returns to the circle at once.
	Stop int `json:"stop"`
}

// A Rendition is one version in another format.
type Rendition struct {
	Version int
	Format  circle.Format
	By      circle.PersonID
	Checked circle.PersonID // who checked it with the people it is for; empty: a draft
	Text    circle.Text
	At      time.Time
}

// A Waiver is a person's word that they do not need a format for a version.
type Waiver struct {
	Person  circle.PersonID
	Version int
}

// Status is where a proposal stands in its whole life.
type Status uint8

// The states of a proposal.
const (
	StatusOpen      Status = 1 + iota // under decision
	StatusAgreement                   // adopted and in force
	StatusCarried                     // adopted and carried out, nothing stands on
	StatusWithdrawn
	StatusDropped
	StatusExpired    // it was in force until its date
	StatusSuperseded // other agreements took its place
	StatusStruck     // declared invalid by the interpreter
	StatusLapsed     // its condition was not confirmed in time
)

var statusNames = [...]string{"none", "open", "agreement", "carried-out", "withdrawn", "dropped", "expired", "superseded", "struck", "lapsed"}

func (s Status) String() string { return statusNames[s] }

// Standing says in a word where the proposal, or the agreement that it became,
// stands.
func (p *Proposal) Standing() string {
	if p.Status == StatusAgreement && (p.Agreement.Phase == Pending || p.Agreement.Phase == OnHold) {
		return p.Agreement.Phase.String()
	}
	return p.Status.String()
}

// A Proposal is a text in versions, put to a circle for decision, and the
// agreement that it became.
type Proposal struct {
	ID          ID
	Need        NeedID
	Circle      circle.ID
	By          circle.PersonID
	Recommended circle.ID // the helping circle that recommends it
	Sort        Sort
	Status      Status
	Parallel    bool // put beside another proposal for the same need (M-96)
	Versions    []Version
	Numbered    int // the newest number that a version ever had
	Renditions  []Rendition
	Waivers     []Waiver
	Enacts      []circle.Deed
	Agreement   Agreement
}

// Current is the newest version.
func (p *Proposal) Current() *Version { return &p.Versions[len(p.Versions)-1] }

// Version returns version n, nil if there is none.
func (p *Proposal) Version(n int) *Version {
	for i := range p.Versions {
		if p.Versions[i].N == n {
			return &p.Versions[i]
		}
	}
	return nil
}

// Rendition returns the newest rendition of a version in a format, nil if
// there is none.
func (p *Proposal) Rendition(version int, f circle.Format) *Rendition {
	for i := len(p.Renditions) - 1; i >= 0; i-- {
		if r := &p.Renditions[i]; r.Version == version && r.Format == f {
			return r
		}
	}
	return nil
}

// Stale says whether there is a rendition in the format, but of an older
// version only.
func (p *Proposal) Stale(f circle.Format) bool {
	return p.Rendition(p.Current().N, f) == nil &&
		slices.ContainsFunc(p.Renditions, func(r Rendition) bool { return r.Format == f })
}

// Waived says whether a person gave up the formats they need for a version.
func (p *Proposal) Waived(who circle.PersonID, version int) bool {
	return slices.Contains(p.Waivers, Waiver{who, version})
}

// ReadyFor returns the formats in which a person needs the current version and
// does not have it, and from when on they could read it: when the text was
// written, or the last of their renditions was attached.
func (p *Proposal) ReadyFor(who *circle.Person) (missing []circle.Format, from time.Time) {
	v := p.Current()
	from = v.At
	if p.Waived(who.ID, v.N) {
		return nil, from
	}
	for _, f := range who.Formats {
		if f == circle.Standard {
			continue
		}
		r := p.Rendition(v.N, f)
		if r == nil {
			missing = append(missing, f)
			continue
		}
		if r.At.After(from) {
			from = r.At
		}
	}
	return missing, from
}

func oneOf(s string, values []string) error {
	if slices.Contains(values, s) {
		return nil
	}
	return fmt.Errorf("%q is none of %s", s, strings.Join(values, ", "))
}

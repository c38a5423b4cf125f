package consent

import (
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// SetGuideline sets a guideline on what the circle entrusted to a role. Who acts
// in the role sets it alone, and it is an agreement like any other: it stands in
// the register, is looked at again when its term ends or when somebody asks, and
// the circle replaces or ends it by consent (M-241). It stays in force when
// somebody else comes to wear the role.
type SetGuideline struct {
	ID   proposal.ID   `json:"id"`
	Item circle.ItemID `json:"item"` // of the domain of the role
	Text circle.Text   `json:"text"`
	Term circle.Period `json:"term"` // after it, the circle looks at it again
}

// Wire is the command's wire name.
func (SetGuideline) Wire() string { return "consent.set-guideline" }

// The refusals of guidelines.
var (
	NobodysMatter = &circle.Code{ID: "nobodys-matter", Kind: circle.ErrNotKnown, Rule: "M-241", Stands: circle.InRules,
		Says: "{who} cannot set a guideline on {item}: no circle decides on it, so none has entrusted it to a role."}
	NoRoleForIt = &circle.Code{ID: "no-role-for-it", Kind: circle.ErrNotYou, Rule: "M-241", Stands: circle.InRules,
		Says: "{who} cannot set a guideline on {item} alone: {circle} has entrusted it to no role, and decides on it by consent. Put a proposal to {circle}."}
	NotInThatRole = &circle.Code{ID: "not-in-that-role", Kind: circle.ErrNotYou, Rule: "M-241", Stands: circle.InRules,
		Says: "{who} cannot set a guideline on {item}: {circle} has entrusted it to the role {role}, and in that role {keepers} acts now. Put a proposal to {circle}, or ask {keepers}."}
	NobodyInThatRole = &circle.Code{ID: "nobody-in-that-role", Kind: circle.ErrNotYou, Rule: "M-241", Stands: circle.InRules,
		Says: "{who} cannot set a guideline on {item}: {circle} has entrusted it to the role {role}, and nobody acts in that role now. Put a proposal to {circle}."}
)

// guidelineCodes lists them.
func guidelineCodes() []*circle.Code {
	return []*circle.Code{NobodysMatter, NoRoleForIt, NotInThatRole, NobodyInThatRole}
}

// MaySetGuideline answers in which role, and by which text, a person may set a
// guideline on an item alone (M-61, M-241). The error is a refusal that says why
// they may not.
func (s *State) MaySetGuideline(who circle.PersonID, item circle.ItemID) (circle.Authority, error) {
	a := s.Org.AuthorityOver(item, who)
	switch {
	case a.May:
		return a, s.Org.MayDecide(a.Circle, nil)
	case a.Circle == "":
		return a, NobodysMatter.Refuse("who", who, "item", item)
	case a.Role == "":
		return a, NoRoleForIt.Refuse("who", who, "item", item, "circle", a.Circle)
	case len(a.Who) == 0:
		return a, NobodyInThatRole.Refuse("who", who, "item", item, "circle", a.Circle, "role", a.Role)
	}
	return a, NotInThatRole.Refuse("who", who, "item", item, "circle", a.Circle, "role", a.Role, "keepers", a.Who)
}

func (c SetGuideline) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	a, err := s.MaySetGuideline(by.By, c.Item)
	if err != nil {
		return nil, err
	}
	if err := s.newText(c.ID, a.Circle); err != nil {
		return nil, err
	}
	return s.settled([]Event{
		&proposal.Submitted{Proposal: c.ID, Circle: a.Circle, By: by.By, Sort: proposal.Policy, Text: c.Text, Term: c.Term, At: now},
		&PolicySet{Proposal: c.ID, Circle: a.Circle, How: ByRole, By: by.By, Since: now, At: now,
			Role: a.Role, As: a.As, Item: c.Item, Defined: a.Version},
		&proposal.Adopted{Proposal: c.ID, Version: 1, Since: now, Until: c.Term.After(now)},
	}, nil)
}

// Guidelines lists the guidelines that were set in a role, or in any, and were
// neither ended nor replaced yet, by name (M-241). Who set them may wear the role
// no more.
func (s *State) Guidelines(of circle.RoleID) []proposal.ID {
	return s.unasked(func(o Origin, _ *proposal.Proposal) bool { return o.How == ByRole && (of == "" || o.Role == of) })
}

// guideline says whether a version of an agreement was set in a role, and not
// by consent of its circle.
func (s *State) guideline(id proposal.ID, version int) bool {
	return version == 1 && s.origins[id].How == ByRole
}

// keptGuideline notes that a circle has consented to keep a guideline.
func (s *State) keptGuideline(e *proposal.Kept) {
	if s.guideline(e.Proposal, e.Version) {
		o := s.origins[e.Proposal]
		o.Kept = true
		s.origins[e.Proposal] = o
	}
}

// guidelineWords say who set a guideline, in which role and by which text.
func guidelineWords(entry *Entry, v *PolicySet) string {
	as := ""
	switch v.As {
	case circle.AsSubstitute, circle.AsSurrogate:
		as = ", standing in for who wears it"
	case circle.AsFallback:
		as = ", which nobody wears"
	}
	return fmt.Sprintf("%s set it in the role %s%s, and not the circle by consent: version %d of what the role is there for entrusts %s to it",
		how(entry, v.By), v.Role, as, v.Defined, v.Item)
}

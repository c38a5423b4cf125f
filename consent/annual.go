package consent

import (
	"slices"
	"strconv"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// Business is one thing that the notice of a meeting says will be dealt with: under
// an item on which there is a decision, or told without one, as that no auditor is
// needed, or who was elected by an earlier ballot (EC-64).
type Business struct {
	What circle.Name `json:"what"`
	Item proposal.ID `json:"item,omitempty"`
}

// The refusals that concern the business of a year.
var (
	AnnualLacks = &circle.Code{ID: "annual-lacks", Kind: circle.ErrNotValid, Rule: "EC-64", Stands: circle.InRules,
		Says: "The notice of the annual meeting of {circle} says of each of these what becomes of it: {lacks}. Name the item under which it is decided, or name it alone where it is only told."}
	BusinessItem = &circle.Code{ID: "business-item", Kind: circle.ErrNotValid, Rule: "EC-64", Stands: circle.InEngine,
		Says: "{what} is to be decided under {item}, and {item} does not stand in the notice."}
)

func annualCodes() []*circle.Code { return []*circle.Code{AnnualLacks, BusinessItem} }

// deals refuses a notice that leaves out what an annual meeting deals with, or
// names an item for it that is not in it.
func (c CallGeneral) deals(g *circle.Gatherings) error {
	for _, b := range c.Business {
		if b.Item != "" && !slices.Contains(c.Items, b.Item) {
			return BusinessItem.Refuse("what", b.What, "item", b.Item)
		}
	}
	if !c.Annual {
		return nil
	}
	lacks := slices.DeleteFunc(slices.Clone(g.Business), func(what circle.Name) bool {
		return slices.ContainsFunc(c.Business, func(b Business) bool { return b.What == what })
	})
	if len(lacks) > 0 {
		return AnnualLacks.Refuse("circle", c.Circle, "lacks", lacks)
	}
	return nil
}

// nextMeeting asks for the next meeting of a circle that has agreed how often it
// meets, where none is called or goes on: so long after the last one, or, where
// there was none, from now on (EC-62).
func (s *State) nextMeeting(c *circle.Circle, now time.Time) []Due {
	if c.Rules.Meets.IsZero() {
		return nil
	}
	var last time.Time
	for _, m := range s.meetingsOf(c.ID) {
		if m.Status == StatusCalled || m.Status == StatusOpen {
			return nil
		}
		if m.At.After(last) {
			last = m.At
		}
	}
	if last.IsZero() {
		last = now
	}
	at := c.Rules.Meets.After(last)
	return []Due{{At: at, What: "meeting-due", Of: string(c.ID), Past: !at.After(now)}}
}

// tooFewMeetings asks for the members' meetings that the rules want in the
// financial year that runs, and that nobody has called yet (EC-63).
func (s *State) tooFewMeetings(id circle.ID, g *circle.Gatherings, now time.Time) []Due {
	end, _ := g.AnnualDue(now)
	if g.Yearly == 0 || end.IsZero() {
		return nil
	}
	next := end.AddDate(1, 0, 0)
	n := 0
	for _, m := range s.meetingsOf(id) {
		if m.General != nil && m.General.To == "" && !m.At.Before(end) && m.At.Before(next) {
			n++
		}
	}
	if n >= g.Yearly {
		return nil
	}
	return []Due{{At: next, What: "general-meetings", Of: string(id), Part: strconv.Itoa(n) + " of " + strconv.Itoa(g.Yearly)}}
}

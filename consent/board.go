package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// StandDown carries out, at an annual meeting, that a share of the elected Board
// stands down: the longest in office first, by lot among equals, and whoever was
// taken in until this meeting (EC-74, EC-110). They may stand again at once. The
// lot is drawn outside; it is recorded and looked at, and never drawn here.
type StandDown struct {
	Meeting MeetingID `json:"meeting"`
	// Lot are those of the equals on whom the lot fell, and Draw says how it was
	// drawn.
	Lot  []circle.PersonID `json:"lot,omitempty"`
	Draw circle.Text       `json:"draw,omitempty"`
}

// Wire names the command.
func (StandDown) Wire() string { return "consent.stand-down" }

// StoodDown: at an annual meeting these stood down from the Board.
type StoodDown struct {
	Meeting MeetingID         `json:"meeting"`
	Role    circle.RoleID     `json:"role"`
	Who     []circle.PersonID `json:"who"`
	Lot     []circle.PersonID `json:"lot,omitempty"`
	Draw    circle.Text       `json:"draw,omitempty" words:"own"`
	By      circle.PersonID   `json:"by"`
	At      time.Time         `json:"at"`
}

// Wire names the event.
func (StoodDown) Wire() string { return "consent.stood-down" }

// On names no proposal.
func (*StoodDown) On() proposal.ID { return "" }

// In names the meeting.
func (e *StoodDown) In() MeetingID { return e.Meeting }

func (e *StoodDown) apply(s *State) { s.meetings[e.Meeting].General.StoodDown = true }

// The refusals that concern an elected Board.
var (
	NotAnnual = &circle.Code{ID: "not-annual", Kind: circle.ErrNotNow, Rule: "EC-110", Stands: circle.InRules,
		Says: "{meeting} is not the annual meeting of a circle that elects a board, and only there a part of it stands down."}
	StoodAlready = &circle.Code{ID: "stood-down", Kind: circle.ErrTaken, Rule: "EC-110", Stands: circle.InEngine,
		Says: "At {meeting} a part of the board has stood down already."}
	NobodysTurn = &circle.Code{ID: "nobodys-turn", Kind: circle.ErrNotNow, Rule: "EC-110", Stands: circle.InRules,
		Says: "So few wear {role} that nobody's turn has come to stand down."}
	LotFirst = &circle.Code{ID: "lot-first", Kind: circle.ErrNotValid, Rule: "EC-110", Stands: circle.InRules,
		Says: "{equals} are in office equally long, and not all of them stand down. Draw lots for {lots} of them, name on whom the lot fell, and say how it was drawn."}
	NoLot = &circle.Code{ID: "no-lot", Kind: circle.ErrNotValid, Rule: "EC-110", Stands: circle.InRules,
		Says: "Nobody is in office equally long where it matters: {who} stand down, and no lot is drawn."}
	BoardNotThere = &circle.Code{ID: "board-quorum", Kind: circle.ErrNotNow, Rule: "EC-111", Stands: circle.InRules,
		Says: "{got} of the board are there, and {need} are needed. Until then {circle} may fill its seats or call a members' meeting, and decide on nothing else."}
)

func boardCodes() []*circle.Code {
	return []*circle.Code{NotAnnual, StoodAlready, NobodysTurn, LotFirst, NoLot, BoardNotThere}
}

func (c StandDown) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	b := s.Org.Circle(m.Circle).Rules.Board
	switch {
	case b == nil || m.General == nil || !m.General.Annual:
		return nil, NotAnnual.Refuse("meeting", m.ID)
	case m.General.StoodDown:
		return nil, StoodAlready.Refuse("meeting", m.ID)
	}
	if err := s.facilitates(m.Circle, by.By); err != nil && !s.Org.Wears(m.Circle, circle.Secretary, by.By) {
		return nil, err
	}
	if err := s.quorate(m); err != nil {
		return nil, err
	}
	who, err := c.whose(s.Org.TurnOf(b, s.firstTurn(m.Circle)), b.Role)
	if err != nil {
		return nil, err
	}
	out := []Event{&StoodDown{Meeting: m.ID, Role: b.Role, Who: who, Lot: c.Lot, Draw: c.Draw, By: by.By, At: now}}
	down, _ := own(s.Org.StandDown(b.Role, who), nil)
	return append(out, down...), nil
}

// firstTurn says whether nobody has stood down at a meeting of a circle before.
func (s *State) firstTurn(id circle.ID) bool {
	return !slices.ContainsFunc(s.meetingsOf(id), func(m *Meeting) bool { return m.General != nil && m.General.StoodDown })
}

// whose says who stands down, with those on whom the lot fell, and refuses a lot
// that is missing or is not one among the equals.
func (c StandDown) whose(t circle.Turn, role circle.RoleID) ([]circle.PersonID, error) {
	drawn := slices.Compact(slices.Sorted(slices.Values(c.Lot)))
	among := !slices.ContainsFunc(drawn, func(who circle.PersonID) bool { return !slices.Contains(t.Equals, who) })
	switch {
	case len(t.Sure)+t.Lots == 0:
		return nil, NobodysTurn.Refuse("role", role)
	case t.Lots == 0 && (len(c.Lot) > 0 || !c.Draw.IsZero()):
		return nil, NoLot.Refuse("who", t.Sure)
	case t.Lots > 0 && (len(drawn) != t.Lots || len(c.Lot) != t.Lots || !among || c.Draw.IsZero()):
		return nil, LotFirst.Refuse("equals", t.Equals, "lots", t.Lots)
	}
	return append(slices.Clone(t.Sure), c.Lot...), nil
}

// toStandDown lists the annual meetings that go on and at which nobody has stood
// down yet although some are to.
func (s *State) toStandDown() []Due {
	var out []Due
	for _, m := range s.meetings {
		if m.Status != StatusOpen || m.General == nil || !m.General.Annual || m.General.StoodDown {
			continue
		}
		if b := s.Org.Circle(m.Circle).Rules.Board; b != nil {
			if t := s.Org.TurnOf(b, s.firstTurn(m.Circle)); len(t.Sure)+t.Lots > 0 {
				out = append(out, Due{At: m.At, What: "stand-down", Of: string(m.ID), Part: string(b.Role), Past: true})
			}
		}
	}
	return out
}

// boardThere refuses to let a Board of which too few are there, or in office,
// decide on more than who sits in it (EC-111).
func (s *State) boardThere(of circle.ID, m *Meeting, deeds []circle.Deed, but ...circle.PersonID) error {
	b, _ := s.Org.BoardIn(of)
	if b == nil || b.Quorum.IsZero() {
		return nil
	}
	in := s.Org.InOffice(b)
	here := without(in, but)
	if m != nil {
		here = s.attending(here, m)
	}
	if need := b.Quorum.Needs(len(in)); len(here) < need && !fillsSeats(deeds) {
		return BoardNotThere.Refuse("got", len(here), "need", need, "circle", of)
	}
	return nil
}

// fillsSeats says whether deeds do no more than to fill a Board, and what a
// meeting needs for it.
func fillsSeats(deeds []circle.Deed) bool {
	fills := []string{(circle.CoOpt{}).Wire(), (AdoptAgenda{}).Wire()}
	return len(deeds) > 0 && !slices.ContainsFunc(deeds, func(d circle.Deed) bool { return !slices.Contains(fills, d.Wire()) })
}

// candidate is who the circle is asked about, nobody where nothing is selected.
func (sel *Selection) candidate() []Name {
	if sel == nil {
		return nil
	}
	return sel.Candidate
}

// withRoom is the state in which those whose elected roles a selection fills have
// gone, but for some: who stands is measured against the Board as it would be, and
// not beside those whom they replace (EC-73).
func (s *State) withRoom(sel *Selection, but []Name) *State {
	if sel == nil || sel.Beside || !slices.ContainsFunc(sel.Roles, s.Org.Elects) {
		return s
	}
	would := s.fork(nil)
	for _, id := range sel.Roles {
		for _, h := range slices.Clone(would.Org.Role(id).Holders) {
			if !slices.Contains(but, Name(h.Person)) {
				would.Org.Apply(&circle.RoleLaidDown{Role: id, Person: h.Person})
			}
		}
	}
	return would
}

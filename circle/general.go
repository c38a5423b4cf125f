package circle

import (
	"fmt"
	"time"
)

// Gatherings are the rules of the members' meetings of a circle: the circle is the
// whole membership, each of its full participants a member, and it decides in
// meetings that were called with notice. A circle without such rules has
// none (EC-63 to EC-71, EC-77, EC-108).
type Gatherings struct {
	// Notice is how many clear days lie between the notice and the meeting: the
	// day on which it is served and the day of the meeting are not counted.
	Notice int `json:"notice,omitempty"`
	// Posted is how long a notice that is sent by post takes until it counts as
	// served.
	Posted Period `json:"posted,omitempty"`
	// Quorum is how many must be there, also by proxy, before anything is decided.
	Quorum Quorum `json:"quorum,omitempty"`
	// Wait is how long a meeting waits for its quorum before it may be adjourned.
	Wait Period `json:"wait,omitempty"`
	// Afresh is how many days an adjourned meeting may lie ahead without a new
	// notice, and Again the clear days of that notice.
	Afresh int `json:"afresh,omitempty"`
	Again  int `json:"again,omitempty"`
	// Proxies is how many members one person may stand in for in one meeting.
	// Zero: nobody stands in for another.
	Proxies int `json:"proxies,omitempty"`
	// Request is what makes a meeting that members ask for.
	Request Request `json:"request,omitempty"`
	// YearEnds is the month, 1 to 12, with which the financial year ends, and
	// Annual how long afterwards the annual meeting is held at the latest.
	YearEnds int    `json:"year-ends,omitempty"`
	Annual   Period `json:"annual,omitempty"`
	// Yearly is how many meetings there are in a financial year, the annual one among
	// them (EC-63); Business is what the notice of the annual one deals with (EC-64).
	Yearly   int    `json:"yearly,omitempty"`
	Business []Name `json:"business,omitempty"`
	// Reserved names methods for kinds of matter that the members decide in another
	// way than all else, as by an extraordinary resolution (EC-72, EC-109). What the
	// circles inside decide, it does not touch.
	Reserved []Matter `json:"reserved,omitempty"`
}

// MethodFor names the method for a kind of matter that is reserved; "" for none.
func (g *Gatherings) MethodFor(matter Name) Name {
	if g == nil {
		return ""
	}
	for _, m := range g.Reserved {
		if m.Matter == matter && matter != "" {
			return m.Method
		}
	}
	return ""
}

// Check refuses numbers that cannot be.
func (g *Gatherings) Check() error {
	for _, n := range []int{g.Notice, g.Afresh, g.Again, g.Proxies, g.Yearly} {
		if n < 0 || n > 366 {
			return fmt.Errorf("days of notice, and numbers of proxies and meetings, are 0 to 366, and %d is not", n)
		}
	}
	if g.YearEnds < 0 || g.YearEnds > 12 || (g.YearEnds == 0) != g.Annual.IsZero() {
		return fmt.Errorf("a financial year ends with a month, 1 to 12, and the annual meeting is so long afterwards")
	}
	if g.YearEnds == 0 && (g.Yearly > 0 || len(g.Business) > 0) {
		return fmt.Errorf("meetings are counted in a financial year, and the annual one has its business: say when the year ends")
	}
	return nil
}

// Quorum is how many members must be there: the larger of a number and a share
// of the register, rounded up. Zero: any number is enough.
type Quorum struct {
	Least int   `json:"least,omitempty"`
	Share Share `json:"share,omitempty"`
}

// IsZero says that any number is enough.
func (q Quorum) IsZero() bool { return q == Quorum{} }

// Check refuses what is no share.
func (q *Quorum) Check() error {
	if q.Least < 0 {
		return fmt.Errorf("a quorum is counted from 0 on, and %d is below", q.Least)
	}
	return q.Share.Check()
}

// Needs is how many must be there, of so many on the register.
func (q Quorum) Needs(register int) int { return max(q.Least, q.Share.Up(register)) }

// Request is how many members must sign so that a meeting is called: a share of
// all, rounded up, and Most at the most (EC-65).
type Request struct {
	Share Share `json:"share"`
	Most  int   `json:"most,omitempty"`
	// Call is how long those who call meetings have to do it, and Hold how soon
	// after the request the meeting is. When they have not, Callers of the signers
	// may call it themselves (EC-108).
	Call    Period `json:"call,omitempty"`
	Hold    Period `json:"hold,omitempty"`
	Callers int    `json:"callers,omitempty"`
}

// IsZero says that members cannot ask for a meeting.
func (r Request) IsZero() bool { return r == Request{} }

// Check refuses what is no share.
func (r *Request) Check() error {
	if r.IsZero() {
		return nil
	}
	if r.Share.IsZero() || r.Share.Check() != nil || r.Most < 0 || r.Callers < 0 || r.Call.IsZero() || r.Hold.IsZero() {
		return fmt.Errorf("a meeting is asked for by a share of the members, and called and held within times that are said")
	}
	return nil
}

// Needs is how many must sign, of so many members.
func (r Request) Needs(members int) int {
	n := max(1, r.Share.Up(members))
	if r.Most > 0 {
		n = min(n, r.Most)
	}
	return n
}

// ClearDays is how many whole days lie between two instants, by the calendar in
// UTC: neither the day of the first nor that of the second is counted.
func ClearDays(from, to time.Time) int {
	return int(day(to).Sub(day(from))/(24*time.Hour)) - 1
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// AnnualDue is until when the annual meeting is held that follows the last end
// of the financial year before an instant; zero where the rules set none.
func (g Gatherings) AnnualDue(now time.Time) (yearEnd, until time.Time) {
	if g.YearEnds == 0 {
		return time.Time{}, time.Time{}
	}
	now = now.UTC()
	end := time.Date(now.Year(), time.Month(g.YearEnds)+1, 1, 0, 0, 0, 0, time.UTC)
	if end.After(now) {
		end = end.AddDate(-1, 0, 0)
	}
	return end, g.Annual.After(end)
}

// SocietyMeetings are the members' meetings of the care co-operative: what it
// says itself (EC-63, EC-65, EC-71), and where it says nothing what the model
// rules of a sibling society say (EC-77, EC-108), which are presets and no fact.
var SocietyMeetings = Gatherings{Notice: 14, Posted: Period{48, Hours}, Quorum: Quorum{Least: 3, Share: Share{1, 4}}, Wait: Period{30, Minutes},
	Afresh: 14, Again: 7, Proxies: 5, YearEnds: 3, Annual: Period{6, Months},
	Request: Request{Share: Share{1, 10}, Most: 100, Call: Period{1, Months}, Hold: Period{6, Weeks}, Callers: 3},
	Yearly:  4, Business: []Name{"accounts", "auditor", "board", "profit"},
	Reserved: reserved("purpose", "rules", "removal", "assets", "winding-up")}

// reserved are the matters for which a sibling society asks an extraordinary
// resolution: the purpose, the rules, the removal of a member, a third of the
// assets or more, and winding up (EC-109). The clause on the purpose is the
// co-operative's own (EC-72).
func reserved(matters ...Name) []Matter {
	var out []Matter
	for _, m := range matters {
		out = append(out, Matter{m, "members-extraordinary"})
	}
	return out
}

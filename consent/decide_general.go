package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The refusals of members' meetings.
var (
	NoGeneral = &circle.Code{ID: "no-members-meetings", Kind: circle.ErrNotValid, Rule: "EC-63", Stands: circle.InRules,
		Says: "{circle} has no rules for members' meetings: it is not the circle of all members."}
	NoRequests = &circle.Code{ID: "no-meeting-requests", Kind: circle.ErrNotValid, Rule: "EC-65", Stands: circle.InRules,
		Says: "By the rules of {circle} no signatures make a meeting of its members: its Facilitator and its Secretary call it."}
	GeneralOnly = &circle.Code{ID: "members-meeting-only", Kind: circle.ErrNotValid, Rule: "EC-77", Stands: circle.InRules,
		Says: "{circle} is the circle of all members and meets with notice: consent.call-general-meeting calls it."}
	NotMember = &circle.Code{ID: "not-a-member", Kind: circle.ErrNotYou, Rule: "EC-67", Stands: circle.InEngine,
		Says: "{who} is not a member of {circle}, and this is for its members."}
	UnknownRequest = &circle.Code{ID: "unknown-request", Kind: circle.ErrNotKnown, Rule: "EC-65", Stands: circle.InEngine,
		Says: "There is no request for a meeting called {request}."}
	HasSigned = &circle.Code{ID: "request-signed-already", Kind: circle.ErrTaken, Rule: "EC-65", Stands: circle.InEngine,
		Says: "{who} has signed {request} already."}
	NotSigned = &circle.Code{ID: "not-signed", Kind: circle.ErrNotYou, Rule: "EC-65", Stands: circle.InEngine,
		Says: "{who} has not signed {request}."}
	LodgedAlready = &circle.Code{ID: "request-lodged", Kind: circle.ErrNotNow, Rule: "EC-65", Stands: circle.InEngine,
		Says: "{request} was handed in already: the names on it stand."}
	TooFewSigned = &circle.Code{ID: "too-few-signed", Kind: circle.ErrNotNow, Rule: "EC-65", Stands: circle.InRules,
		Says: "{got} have signed {request}, and {need} of {members} members are needed for a meeting."}
	NotLodged = &circle.Code{ID: "request-not-lodged", Kind: circle.ErrNotNow, Rule: "EC-65", Stands: circle.InEngine,
		Says: "{request} was not handed in yet, so no meeting answers it."}
	Answered = &circle.Code{ID: "request-answered", Kind: circle.ErrTaken, Rule: "EC-65", Stands: circle.InEngine,
		Says: "The meeting {meeting} was called for {request} already."}
	NotPassed = &circle.Code{ID: "request-not-passed", Kind: circle.ErrNotNow, Rule: "EC-108", Stands: circle.InRules,
		Says: "Those who call meetings still have time to call one for {request}, until {until}."}
	NotCaller = &circle.Code{ID: "not-a-caller", Kind: circle.ErrNotYou, Rule: "EC-108", Stands: circle.InRules,
		Says: "{who} does not call meetings of {circle}: its Facilitator and its Secretary do. When a request was not answered in time, {callers} of those who signed it may."}
	OnlyItsBusiness = &circle.Code{ID: "only-its-business", Kind: circle.ErrNotValid, Rule: "EC-65", Stands: circle.InEngine,
		Says: "A meeting that members asked for deals with what they asked for and nothing else: {items}."}
	TooLate = &circle.Code{ID: "meeting-too-late", Kind: circle.ErrNotValid, Rule: "EC-108", Stands: circle.InRules,
		Says: "The meeting for {request} is held by {until}; {at} is later."}
	NoticeShort = &circle.Code{ID: "notice-too-short", Kind: circle.ErrNotValid, Rule: "EC-77", Stands: circle.InRules,
		Says: "Between the notice, which counts as served on {served}, and the meeting on {at} lie {got} clear days, and {need} are needed: the day of the notice and the day of the meeting are not counted."}
	NoProxies = &circle.Code{ID: "no-proxies", Kind: circle.ErrNotValid, Rule: "EC-71", Stands: circle.InRules,
		Says: "At the meeting {meeting} nobody stands in for another."}
	ProxiesFull = &circle.Code{ID: "proxies-full", Kind: circle.ErrTaken, Rule: "EC-71", Stands: circle.InRules,
		Says: "{holder} stands in for {most} members at {meeting} already, and nobody may for more. Somebody else can."}
	ProxyThere = &circle.Code{ID: "proxy-there", Kind: circle.ErrTaken, Rule: "EC-71", Stands: circle.InEngine,
		Says: "{holder} stands in for {who} at {meeting} already. consent.end-proxy takes that back."}
	NoProxy = &circle.Code{ID: "no-proxy", Kind: circle.ErrNotKnown, Rule: "EC-71", Stands: circle.InEngine,
		Says: "Nobody stands in for {who} at {meeting}."}
	ProxyOfSelf = &circle.Code{ID: "proxy-of-self", Kind: circle.ErrNotValid, Rule: "EC-71", Stands: circle.InEngine,
		Says: "{who} names somebody else to stand in for them."}
	HereThemself = &circle.Code{ID: "here-themself", Kind: circle.ErrNotValid, Rule: "EC-71", Stands: circle.InEngine,
		Says: "{who} is at the meeting {meeting}, so nobody stands in for them."}
	NotQuorate = &circle.Code{ID: "no-quorum", Kind: circle.ErrNotNow, Rule: "EC-77", Stands: circle.InRules,
		Says: "{got} members are at {meeting}, also by proxy, and {need} are needed before anything is decided."}
	QuorumThere = &circle.Code{ID: "quorum-there", Kind: circle.ErrNotNow, Rule: "EC-77", Stands: circle.InEngine,
		Says: "{got} members are at {meeting}, which is enough: it goes on."}
	WaitForQuorum = &circle.Code{ID: "wait-for-quorum", Kind: circle.ErrNotNow, Rule: "EC-77", Stands: circle.InRules,
		Says: "The meeting {meeting} waits for more members until {until}."}
)

// generalCodes lists them.
func generalCodes() []*circle.Code {
	return []*circle.Code{NoGeneral, NoRequests, GeneralOnly, NotMember, UnknownRequest, HasSigned, NotSigned, LodgedAlready, TooFewSigned, NotLodged,
		Answered, NotPassed, NotCaller, OnlyItsBusiness, TooLate, NoticeShort, NoProxies, ProxiesFull, ProxyThere, NoProxy, ProxyOfSelf,
		HereThemself, NotQuorate, QuorumThere, WaitForQuorum}
}

// general returns the rules of a circle's members' meetings.
func (s *State) general(id circle.ID) (*circle.Gatherings, error) {
	c := s.Org.Circle(id)
	switch {
	case c == nil:
		return nil, circle.UnknownCircle.Refuse("circle", id)
	case c.Closed:
		return nil, circle.CircleClosed.Refuse("circle", id)
	}
	if g := c.Rules.General; g != nil {
		return g, nil
	}
	return nil, NoGeneral.Refuse("circle", id)
}

// member refuses who is not a member of the circle of all members.
func (s *State) member(id circle.ID, who circle.PersonID) error {
	if s.Org.LevelIn(id, who) == circle.Full {
		return nil
	}
	return NotMember.Refuse("who", who, "circle", id)
}

func (c RequestMeeting) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	g, err := s.general(c.Circle)
	switch {
	case err != nil:
		return nil, err
	case g.Request.IsZero():
		return nil, NoRequests.Refuse("circle", c.Circle)
	case s.requests[c.ID] != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	if err := s.member(c.Circle, by.By); err != nil {
		return nil, err
	}
	for _, id := range c.Items {
		if err := s.before(id, c.Circle); err != nil {
			return nil, err
		}
	}
	return []Event{&MeetingRequested{Request: c.ID, Circle: c.Circle, Purpose: c.Purpose, Items: c.Items, By: by.By}}, nil
}

// before refuses a proposal that is not under decision in a circle.
func (s *State) before(id proposal.ID, of circle.ID) error {
	p, err := s.process(id)
	switch {
	case err != nil:
		return err
	case p.Stage.Terminal():
		return Ended.Refuse("proposal", id, "stage", p.Stage)
	case p.Circle != of:
		return proposal.UnknownProposal.Refuse("proposal", id)
	}
	return nil
}

// unlodged returns a request that may still be signed, and asks whether who
// acts is a member.
func (s *State) unlodged(id RequestID, who circle.PersonID) (*Request, error) {
	r := s.requests[id]
	switch {
	case r == nil:
		return nil, UnknownRequest.Refuse("request", id)
	case !r.Lodged.IsZero():
		return nil, LodgedAlready.Refuse("request", id)
	}
	return r, s.member(r.Circle, who)
}

func (c SignRequest) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	r, err := s.unlodged(c.Request, by.By)
	if err != nil {
		return nil, err
	}
	if slices.Contains(r.Signed, by.By) {
		return nil, HasSigned.Refuse("who", by.By, "request", c.Request)
	}
	return []Event{&RequestSigned{Request: c.Request, By: by.By}}, nil
}

func (c UnsignRequest) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	r, err := s.unlodged(c.Request, by.By)
	if err != nil {
		return nil, err
	}
	if err := r.signedBy(by.By); err != nil {
		return nil, err
	}
	return []Event{&RequestUnsigned{Request: c.Request, By: by.By}}, nil
}

func (r *Request) signedBy(who circle.PersonID) error {
	if slices.Contains(r.Signed, who) {
		return nil
	}
	return NotSigned.Refuse("who", who, "request", r.ID)
}

// Who left since they signed does not count.
func (c LodgeRequest) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	r, err := s.unlodged(c.Request, by.By)
	if err != nil {
		return nil, err
	}
	g, err := s.general(r.Circle)
	if err != nil {
		return nil, err
	}
	if err := r.signedBy(by.By); err != nil {
		return nil, err
	}
	got := 0
	for _, who := range r.Signed {
		if s.member(r.Circle, who) == nil {
			got++
		}
	}
	members := len(s.Org.FullIn(r.Circle))
	if need := g.Request.Needs(members); got < need {
		return nil, TooFewSigned.Refuse("got", got, "request", c.Request, "need", need, "members", members)
	}
	return []Event{&RequestLodged{Request: c.Request, By: by.By, At: now, Signed: got, Needed: g.Request.Needs(members), Until: g.Request.Call.After(now)}}, nil
}

func (c JoinCallers) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	r, err := s.answerable(c.Request)
	if err != nil {
		return nil, err
	}
	if !r.Passed {
		return nil, NotPassed.Refuse("request", c.Request, "until", s.timers.when(Timer{RequestWaits, string(c.Request), ""}))
	}
	if err := r.signedBy(by.By); err != nil {
		return nil, err
	}
	if slices.Contains(r.Callers, by.By) {
		return nil, HasSigned.Refuse("who", by.By, "request", c.Request)
	}
	return []Event{&CallersJoined{Request: c.Request, By: by.By}}, nil
}

// answerable returns a request that was handed in and has no meeting yet.
func (s *State) answerable(id RequestID) (*Request, error) {
	r := s.requests[id]
	switch {
	case r == nil:
		return nil, UnknownRequest.Refuse("request", id)
	case r.Lodged.IsZero():
		return nil, NotLodged.Refuse("request", id)
	case r.Meeting != "":
		return nil, Answered.Refuse("request", id, "meeting", r.Meeting)
	}
	return r, nil
}

func (c CallGeneral) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	g, err := s.general(c.Circle)
	switch {
	case err != nil:
		return nil, err
	case s.meetings[c.ID] != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	}
	if err := c.answers(s, g, by.By); err != nil {
		return nil, err
	}
	if err := c.deals(g); err != nil {
		return nil, err
	}
	served := now
	if c.Posted {
		served = g.Posted.After(now)
	}
	if got := circle.ClearDays(served, c.At); got < g.Notice || !c.At.After(served) {
		return nil, NoticeShort.Refuse("served", served, "at", c.At, "got", max(got, 0), "need", g.Notice)
	}
	for _, id := range c.Items {
		if err := s.decidableAt(id, c.Circle, c.At); err != nil {
			return nil, err
		}
	}
	return []Event{&GeneralCalled{Meeting: c.ID, Circle: c.Circle, At: c.At, Items: c.Items, By: by.By, Called: now, Served: served,
		Annual: c.Annual, Request: c.Request, Purpose: c.Purpose, Business: c.Business}}, nil
}

// answers asks who may call the meeting: those who call meetings, or, when a
// request was not answered in time, enough of those who signed it.
func (c CallGeneral) answers(s *State, g *circle.Gatherings, who circle.PersonID) error {
	calls := s.chairs(c.Circle, who) == nil || s.Org.Wears(c.Circle, circle.Secretary, who)
	if c.Request == "" {
		if !calls {
			return NotCaller.Refuse("who", who, "circle", c.Circle, "callers", g.Request.Callers)
		}
		return nil
	}
	r, err := s.answerable(c.Request)
	switch {
	case err != nil:
		return err
	case r.Circle != c.Circle:
		return UnknownRequest.Refuse("request", c.Request)
	case !slices.Equal(r.Items, c.Items):
		return OnlyItsBusiness.Refuse("items", r.Items)
	case r.Passed && slices.Contains(r.Callers, who) && len(r.Callers) >= g.Request.Callers:
		return nil
	case !calls:
		return NotCaller.Refuse("who", who, "circle", c.Circle, "callers", g.Request.Callers)
	}
	if until := g.Request.Hold.After(r.Lodged); !r.Passed && c.At.After(until) {
		return TooLate.Refuse("request", c.Request, "until", until, "at", c.At)
	}
	return nil
}

// requestPassed says that those who call meetings have not called one in time.
func (s *State) requestPassed(id RequestID, due time.Time) ([]Event, error) {
	if _, err := s.answerable(id); err != nil {
		return nil, err
	}
	return []Event{&RequestPassed{Request: id, At: due}}, nil
}

// gathering returns a members' meeting that is not over, with its rules.
func (s *State) gathering(id MeetingID) (*Meeting, *circle.Gatherings, error) {
	m, err := s.meeting(id)
	switch {
	case err != nil:
		return nil, nil, err
	case m.General == nil:
		return nil, nil, NoGeneral.Refuse("circle", m.Circle)
	case m.Status == StatusOver:
		return nil, nil, MeetingNot.Refuse("meeting", id, "status", m.Status)
	}
	g, err := s.general(m.Circle)
	return m, g, err
}

func (c AppointProxy) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, g, err := s.gathering(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := s.member(m.Circle, by.By); err != nil {
		return nil, err
	}
	switch holds := m.proxiesOf(c.Holder); {
	case g.Proxies == 0:
		return nil, NoProxies.Refuse("meeting", m.ID)
	case s.Org.Person(c.Holder) == nil:
		return nil, circle.UnknownPerson.Refuse("who", c.Holder)
	case c.Holder == by.By:
		return nil, ProxyOfSelf.Refuse("who", by.By)
	case m.Attends(by.By):
		return nil, HereThemself.Refuse("who", by.By, "meeting", m.ID)
	case m.standsIn(by.By) != "":
		return nil, ProxyThere.Refuse("holder", m.standsIn(by.By), "who", by.By, "meeting", m.ID)
	case holds >= g.Proxies:
		return nil, ProxiesFull.Refuse("holder", c.Holder, "most", g.Proxies, "meeting", m.ID)
	}
	return []Event{&ProxyAppointed{Meeting: m.ID, Member: by.By, Holder: c.Holder}}, nil
}

// proxiesOf is for how many members somebody stands in.
func (m *Meeting) proxiesOf(holder circle.PersonID) int {
	n := 0
	for _, p := range m.General.Proxies {
		if p.Holder == holder {
			n++
		}
	}
	return n
}

func (c EndProxy) decide(s *State, by circle.Actor, _ time.Time) ([]Event, error) {
	m, _, err := s.gathering(c.Meeting)
	if err != nil {
		return nil, err
	}
	if m.standsIn(by.By) == "" {
		return nil, NoProxy.Refuse("who", by.By, "meeting", m.ID)
	}
	return []Event{&ProxyEnded{Meeting: m.ID, Member: by.By}}, nil
}

// gathered counts who is there, also by proxy, and how many are needed.
func (s *State) gathered(m *Meeting, g *circle.Gatherings, but ...circle.PersonID) (got, need int) {
	members := s.Org.FullIn(m.Circle)
	need = g.Quorum.Needs(len(members))
	if m.General.From != "" { // whoever comes to an adjourned meeting is a quorum
		need = 1
	}
	return len(s.attending(without(members, but), m)), need
}

// quorate refuses to decide in a members' meeting without a quorum, for which some
// may not be counted.
func (s *State) quorate(m *Meeting, but ...circle.PersonID) error {
	if m == nil || m.General == nil {
		return nil
	}
	g, err := s.general(m.Circle)
	if err != nil {
		return err
	}
	if got, need := s.gathered(m, g, but...); got < need {
		return NotQuorate.Refuse("got", got, "meeting", m.ID, "need", need)
	}
	return nil
}

func (c Adjourn) decide(s *State, by circle.Actor, now time.Time) ([]Event, error) {
	m, err := s.sittingMeeting(c.Meeting)
	if err != nil {
		return nil, err
	}
	_, g, err := s.gathering(c.Meeting)
	if err != nil {
		return nil, err
	}
	if err := s.facilitates(m.Circle, by.By); err != nil {
		return nil, err
	}
	got, need := s.gathered(m, g)
	until := g.Wait.After(m.At)
	switch {
	case s.meetings[c.ID] != nil:
		return nil, circle.TakenID.Refuse("id", c.ID)
	case got >= need:
		return nil, QuorumThere.Refuse("got", got, "meeting", m.ID)
	case now.Before(until):
		return nil, WaitForQuorum.Refuse("meeting", m.ID, "until", until)
	case !c.At.After(now):
		return nil, InPast.Refuse("at", c.At)
	}
	if far := !c.At.Before(now.UTC().AddDate(0, 0, g.Afresh)); far && circle.ClearDays(now, c.At) < g.Again {
		return nil, NoticeShort.Refuse("served", now, "at", c.At, "got", circle.ClearDays(now, c.At), "need", g.Again)
	}
	return append(s.substitutesLeave(m), &Adjourned{Meeting: m.ID, To: c.ID, By: by.By, At: now, Got: got, Needed: need},
		&GeneralCalled{Meeting: c.ID, Circle: m.Circle, At: c.At, Items: m.Items, By: by.By, Called: now, Served: now,
			Annual: m.General.Annual, Request: m.General.Request, From: m.ID, Business: m.General.Business}), nil
}

// comes ends the proxy of a member who comes to the meeting after all.
func (m *Meeting) comes(who circle.PersonID) []Event {
	if m.standsIn(who) == "" {
		return nil
	}
	return []Event{&ProxyEnded{Meeting: m.ID, Member: who}}
}

// dueGeneral lists the annual meetings that are not called, and the requests
// that wait for a meeting.
func (s *State) dueGeneral(now time.Time) []Due {
	var out []Due
	for _, c := range s.Org.Circles() {
		if s.Org.Circle(c).Closed {
			continue
		}
		out = append(out, s.nextMeeting(s.Org.Circle(c), now)...)
		g := s.Org.Circle(c).Rules.General
		if g == nil {
			continue
		}
		end, until := g.AnnualDue(now)
		annual := slices.DeleteFunc(s.meetingsOf(c), func(m *Meeting) bool {
			return m.General == nil || !m.General.Annual || m.General.To != ""
		})
		if len(annual) == 0 { // the first one follows the first end of a year
			end, until = g.AnnualDue(end.AddDate(1, 0, 1))
		}
		out = append(out, s.tooFewMeetings(c, g, now)...)
		held := slices.ContainsFunc(annual, func(m *Meeting) bool { return m.At.After(end) })
		if !until.IsZero() && !held {
			out = append(out, Due{At: until, What: "annual-meeting", Of: string(c), Past: !until.After(now)})
		}
	}
	out = append(out, s.toStandDown()...)
	for _, r := range s.requests {
		if r.Passed && r.Meeting == "" {
			out = append(out, Due{At: r.Lodged, What: "meeting-request", Of: string(r.ID), Past: true})
		}
	}
	return out
}

func (s *State) meetingsOf(id circle.ID) []*Meeting {
	var out []*Meeting
	for _, m := range s.meetings {
		if m.Circle == id {
			out = append(out, m)
		}
	}
	return out
}

// voiced is whose act it is when a proxy answers for a member at a members'
// meeting: the member's own (EC-71). It takes no other basis, and reaches no
// further than the rounds of that meeting. A supporter at the proxy's side stays with
// the proxy (CP-18): the entry shows them, and the member's voice is the member's.
func (s *State) voiced(by circle.Actor, cmd Command) circle.Actor {
	if by.For == "" || !voices[cmd.Wire()] {
		return by
	}
	p := s.processes[s.decision(cmd)]
	if p == nil {
		return by
	}
	m := s.openMeeting(p.Circle)
	if m == nil || m.standsIn(by.For) != by.By || len(s.attending([]circle.PersonID{by.For}, m)) == 0 {
		return by
	}
	return circle.Actor{By: by.For, Through: by.Through, RecordedBy: by.RecordedBy}
}

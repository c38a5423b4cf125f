package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// RequestID names a request of members for a meeting.
type RequestID string

// Check refuses what cannot be the name of a request.
func (id RequestID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *RequestID) Kind() string { return "request" }

// A Request is what members ask a meeting for, and who signed it (EC-65).
type Request struct {
	ID     RequestID
	Circle circle.ID
	// Items are the proposals that the meeting is to decide: only these are
	// decided in it.
	Items   []proposal.ID
	Signed  []circle.PersonID
	Lodged  time.Time // when enough had signed and it was handed in; zero: not yet
	Passed  bool      // nobody called the meeting in time
	Callers []circle.PersonID
	Meeting MeetingID // the meeting that was called for it
}

// A Gathering is what a members' meeting has beside what every meeting has.
type Gathering struct {
	Annual  bool
	Called  time.Time
	Served  time.Time // when the notice counts as received
	Request RequestID
	Proxies []Proxy
	// From is the meeting that was adjourned to this one; whoever is here is a
	// quorum then (EC-77).
	From MeetingID
	To   MeetingID // the meeting that this one was adjourned to
	// Business is what becomes of the business that an annual meeting has (EC-64).
	Business []Business
	// StoodDown says that a part of the elected Board stood down here (EC-110).
	StoodDown bool
}

// A Proxy is a member and the person who stands in for them at one meeting.
type Proxy struct {
	Member circle.PersonID `json:"member"`
	Holder circle.PersonID `json:"holder"`
}

// standsIn is who stands in for a member, "" nobody.
func (m *Meeting) standsIn(member circle.PersonID) circle.PersonID {
	if m.General == nil {
		return ""
	}
	for _, p := range m.General.Proxies {
		if p.Member == member {
			return p.Holder
		}
	}
	return ""
}

// attending are those of a list who are at a meeting, or there by proxy.
func (s *State) attending(list []circle.PersonID, m *Meeting) []circle.PersonID {
	here := make(map[circle.PersonID]bool, len(m.Present))
	for _, who := range m.Present {
		here[who] = true
	}
	if g := m.General; g != nil {
		guests := make(map[circle.PersonID]bool, len(m.Guests))
		for _, who := range m.Guests {
			guests[who] = true
		}
		for _, p := range g.Proxies {
			here[p.Member] = here[p.Member] || here[p.Holder] || guests[p.Holder]
		}
	}
	var out []circle.PersonID
	for _, who := range list {
		if here[who] {
			out = append(out, who)
		}
	}
	return out
}

// RequestMeeting asks for a members' meeting on proposals that lie before the
// circle of all members (EC-65). Who asks has signed.
type RequestMeeting struct {
	ID      RequestID     `json:"id"`
	Circle  circle.ID     `json:"circle"`
	Purpose circle.Text   `json:"purpose"`
	Items   []proposal.ID `json:"items"`
}

// SignRequest puts one's name to a request.
type SignRequest struct {
	Request RequestID `json:"request"`
}

// UnsignRequest takes one's name from a request that is not handed in yet.
type UnsignRequest struct {
	Request RequestID `json:"request"`
}

// LodgeRequest hands a request in, when enough members have signed it.
type LodgeRequest struct {
	Request RequestID `json:"request"`
}

// JoinCallers is for those who signed a request that nobody answered in time:
// when enough of them have, they call the meeting themselves (EC-108).
type JoinCallers struct {
	Request RequestID `json:"request"`
}

// CallGeneral calls a members' meeting: it goes out as the notice, with the
// business on which there will be a decision, and nothing else is decided
// (EC-64, EC-65, EC-77).
type CallGeneral struct {
	ID     MeetingID     `json:"id"`
	Circle circle.ID     `json:"circle"`
	At     time.Time     `json:"at"`
	Items  []proposal.ID `json:"items,omitempty"`
	// Annual says that it is the annual meeting; the notice must say so (EC-63).
	Annual bool `json:"annual,omitempty"`
	// Posted says that the notice goes by post, and so counts as served later.
	Posted bool `json:"posted,omitempty"`
	// Request is the members' request that it answers.
	Request RequestID   `json:"request,omitempty"`
	Purpose circle.Text `json:"purpose,omitempty"`
	// Business says what becomes of the business that an annual meeting has.
	Business []Business `json:"business,omitempty"`
}

// AppointProxy names who stands in for one at a meeting that one cannot come to
// (EC-71): anybody, a member or not. It is for this one meeting, and ends when
// one comes after all.
type AppointProxy struct {
	Meeting MeetingID       `json:"meeting"`
	Holder  circle.PersonID `json:"holder"`
}

// EndProxy takes it back.
type EndProxy struct {
	Meeting MeetingID `json:"meeting"`
}

// Adjourn ends a members' meeting that has no quorum, and names the day on which
// it is held again; whoever is there then is a quorum (EC-77).
type Adjourn struct {
	Meeting MeetingID `json:"meeting"`
	ID      MeetingID `json:"id"`
	At      time.Time `json:"at"`
}

// Wire names, one for each command.
func (RequestMeeting) Wire() string { return "consent.request-meeting" }
func (SignRequest) Wire() string    { return "consent.sign-request" }
func (UnsignRequest) Wire() string  { return "consent.unsign-request" }
func (LodgeRequest) Wire() string   { return "consent.lodge-request" }
func (JoinCallers) Wire() string    { return "consent.join-callers" }
func (CallGeneral) Wire() string    { return "consent.call-general-meeting" }
func (AppointProxy) Wire() string   { return "consent.appoint-proxy" }
func (EndProxy) Wire() string       { return "consent.end-proxy" }
func (Adjourn) Wire() string        { return "consent.adjourn" }

// generalCommands lists one of each.
func generalCommands() []ownCommand {
	return []ownCommand{RequestMeeting{}, SignRequest{}, UnsignRequest{}, LodgeRequest{}, JoinCallers{}, CallGeneral{}, AppointProxy{}, EndProxy{}, Adjourn{}, StandDown{}, DeclareInterest{}, TellMember{}, HearMember{}}
}

// MeetingRequested: a member asks for a members' meeting.
type MeetingRequested struct {
	Request RequestID       `json:"request"`
	Circle  circle.ID       `json:"circle"`
	Purpose circle.Text     `json:"purpose" words:"own"`
	Items   []proposal.ID   `json:"items"`
	By      circle.PersonID `json:"by"`
}

// RequestSigned: a member put their name to it.
type RequestSigned struct {
	Request RequestID       `json:"request"`
	By      circle.PersonID `json:"by"`
}

// RequestUnsigned: a member took it away again.
type RequestUnsigned struct {
	Request RequestID       `json:"request"`
	By      circle.PersonID `json:"by"`
}

// RequestLodged: enough had signed, and a meeting must be called by a date.
type RequestLodged struct {
	Request RequestID       `json:"request"`
	By      circle.PersonID `json:"by"`
	At      time.Time       `json:"at"`
	Signed  int             `json:"signed"`
	Needed  int             `json:"needed"`
	Until   time.Time       `json:"until"`
}

// RequestPassed: nobody called the meeting in time, and those who signed may.
type RequestPassed struct {
	Request RequestID `json:"request"`
	At      time.Time `json:"at"`
}

// CallersJoined: one of those who signed takes part in calling it.
type CallersJoined struct {
	Request RequestID       `json:"request"`
	By      circle.PersonID `json:"by"`
}

// GeneralCalled: a members' meeting was called, and this is its notice.
type GeneralCalled struct {
	Meeting MeetingID       `json:"meeting"`
	Circle  circle.ID       `json:"circle"`
	At      time.Time       `json:"at"`
	Items   []proposal.ID   `json:"items,omitempty"`
	By      circle.PersonID `json:"by"`
	Called  time.Time       `json:"called"`
	Served  time.Time       `json:"served"`
	Annual  bool            `json:"annual,omitempty"`
	Request RequestID       `json:"request,omitempty"`
	Purpose circle.Text     `json:"purpose,omitempty" words:"heard"`
	From    MeetingID       `json:"from,omitempty"`
	// Business is what becomes of the business that an annual meeting has.
	Business []Business `json:"business,omitempty"`
}

// ProxyAppointed: a member named who stands in for them.
type ProxyAppointed struct {
	Meeting MeetingID       `json:"meeting"`
	Member  circle.PersonID `json:"member"`
	Holder  circle.PersonID `json:"holder"`
}

// ProxyEnded: a member took that back, or came after all.
type ProxyEnded struct {
	Meeting MeetingID       `json:"meeting"`
	Member  circle.PersonID `json:"member"`
}

// Adjourned: a members' meeting had no quorum and ended.
type Adjourned struct {
	Meeting MeetingID       `json:"meeting"`
	To      MeetingID       `json:"to"`
	By      circle.PersonID `json:"by"`
	At      time.Time       `json:"at"`
	Got     int             `json:"got"`
	Needed  int             `json:"needed"`
}

// RoundEnded: who facilitates closed a round in which so many had not answered
// that they are not named; nobody waits for them.
type RoundEnded struct {
	Proposal proposal.ID     `json:"proposal"`
	By       circle.PersonID `json:"by"`
	Skipped  int             `json:"skipped"`
}

// Wire names, one for each event.
func (MeetingRequested) Wire() string { return "consent.meeting-requested" }
func (RequestSigned) Wire() string    { return "consent.request-signed" }
func (RequestUnsigned) Wire() string  { return "consent.request-unsigned" }
func (RequestLodged) Wire() string    { return "consent.request-lodged" }
func (RequestPassed) Wire() string    { return "consent.request-passed" }
func (CallersJoined) Wire() string    { return "consent.callers-joined" }
func (GeneralCalled) Wire() string    { return "consent.general-called" }
func (ProxyAppointed) Wire() string   { return "consent.proxy-appointed" }
func (ProxyEnded) Wire() string       { return "consent.proxy-ended" }
func (Adjourned) Wire() string        { return "consent.adjourned" }
func (RoundEnded) Wire() string       { return "consent.round-ended" }

// generalEvents lists one of each.
func generalEvents() []ownEvent {
	return []ownEvent{&MeetingRequested{}, &RequestSigned{}, &RequestUnsigned{}, &RequestLodged{}, &RequestPassed{}, &CallersJoined{},
		&GeneralCalled{}, &ProxyAppointed{}, &ProxyEnded{}, &Adjourned{}, &RoundEnded{}, &StoodDown{}, &InterestDeclared{}, &MemberTold{}, &MemberHeard{}}
}

// On names no proposal: these events are about a meeting or a request for one.
func (*MeetingRequested) On() proposal.ID { return "" }
func (*RequestSigned) On() proposal.ID    { return "" }
func (*RequestUnsigned) On() proposal.ID  { return "" }
func (*RequestLodged) On() proposal.ID    { return "" }
func (*RequestPassed) On() proposal.ID    { return "" }
func (*CallersJoined) On() proposal.ID    { return "" }
func (*GeneralCalled) On() proposal.ID    { return "" }
func (*ProxyAppointed) On() proposal.ID   { return "" }
func (*ProxyEnded) On() proposal.ID       { return "" }
func (*Adjourned) On() proposal.ID        { return "" }
func (e *RoundEnded) On() proposal.ID     { return e.Proposal }

// In names the meeting, where there is one.
func (*MeetingRequested) In() MeetingID { return "" }
func (*RequestSigned) In() MeetingID    { return "" }
func (*RequestUnsigned) In() MeetingID  { return "" }
func (*RequestLodged) In() MeetingID    { return "" }
func (*RequestPassed) In() MeetingID    { return "" }
func (*CallersJoined) In() MeetingID    { return "" }
func (e *GeneralCalled) In() MeetingID  { return e.Meeting }
func (e *ProxyAppointed) In() MeetingID { return e.Meeting }
func (e *ProxyEnded) In() MeetingID     { return e.Meeting }
func (e *Adjourned) In() MeetingID      { return e.Meeting }
func (*RoundEnded) In() MeetingID       { return "" }

func (e *MeetingRequested) apply(s *State) {
	if s.requests == nil {
		s.requests = map[RequestID]*Request{}
	}
	s.requests[e.Request] = &Request{ID: e.Request, Circle: e.Circle, Items: e.Items, Signed: []circle.PersonID{e.By}}
}

func (e *RequestSigned) apply(s *State) {
	r := s.requests[e.Request]
	r.Signed = append(slices.Clone(r.Signed), e.By)
}

func (e *RequestUnsigned) apply(s *State) {
	r := s.requests[e.Request]
	r.Signed = slices.DeleteFunc(slices.Clone(r.Signed), func(who circle.PersonID) bool { return who == e.By })
}

func (e *RequestLodged) apply(s *State) {
	s.requests[e.Request].Lodged = e.At
	s.timers.set(Timer{RequestWaits, string(e.Request), ""}, e.Until)
}

func (e *RequestPassed) apply(s *State) {
	s.requests[e.Request].Passed = true
	s.timers.set(Timer{RequestWaits, string(e.Request), ""}, time.Time{})
}

func (e *CallersJoined) apply(s *State) {
	r := s.requests[e.Request]
	r.Callers = append(slices.Clone(r.Callers), e.By)
}

func (e *GeneralCalled) apply(s *State) {
	(&MeetingCalled{Meeting: e.Meeting, Circle: e.Circle, At: e.At, Items: e.Items}).apply(s)
	m := s.meetings[e.Meeting]
	m.planned().Scope = append([]proposal.ID{}, e.Items...) // also of none: what is not in the notice is not decided
	m.General = &Gathering{Annual: e.Annual, Called: e.Called, Served: e.Served, Request: e.Request, From: e.From, Business: e.Business}
	if before := s.meetings[e.From]; before != nil {
		before.General.To = e.Meeting
		m.General.Proxies = slices.Clone(before.General.Proxies)
	}
	if r := s.requests[e.Request]; r != nil {
		r.Meeting = e.Meeting
		s.timers.set(Timer{RequestWaits, string(e.Request), ""}, time.Time{})
	}
}

func (e *ProxyAppointed) apply(s *State) {
	g := s.meetings[e.Meeting].General
	g.Proxies = append(slices.Clone(g.Proxies), Proxy{Member: e.Member, Holder: e.Holder})
}

func (e *ProxyEnded) apply(s *State) {
	g := s.meetings[e.Meeting].General
	g.Proxies = slices.DeleteFunc(slices.Clone(g.Proxies), func(p Proxy) bool { return p.Member == e.Member })
}

func (e *Adjourned) apply(s *State) {
	(&MeetingClosed{Meeting: e.Meeting, At: e.At}).apply(s)
}

func (e *RoundEnded) apply(s *State) {
	r := s.processes[e.Proposal].Round
	for _, who := range r.Awaited() {
		r.take(who, skipped)
	}
}

package main

import (
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

const (
	matter  proposal.ID       = "visits-members" // what the members decide on
	request consent.RequestID = "visits-request"
	general consent.MeetingID = "members-1"
)

// A ballot is how the members of a class vote: who is in favour, and who against.
type ballot struct {
	class   circle.Class
	yes, no []circle.PersonID
}

var (
	away    = registered(circle.Worker, 20, 5) // who cannot come, and names the chair
	proxied = func() map[circle.PersonID]circle.PersonID {
		out := map[circle.PersonID]circle.PersonID{"rob": "bob"}
		for _, who := range away {
			out[who] = "ama"
		}
		return out
	}()
	ballots = []ballot{
		{class: circle.Supported, yes: all([]circle.PersonID{"ben", "joe", "kit", "rob"}, registered(circle.Supported, 1, 16)),
			no: all([]circle.PersonID{"ada"}, registered(circle.Supported, 17, 3))},
		{class: circle.Advocate, yes: []circle.PersonID{"ama", "dee", "uma", "nan", "liv"},
			no: all([]circle.PersonID{"ann", "cat"}, registered(circle.Advocate, 1, 1))},
		{class: circle.Worker, yes: all(away, []circle.PersonID{"lee", "fay", "ivy", "per", "tam"}, registered(circle.Worker, 1, 8)),
			no: all([]circle.PersonID{"lou"}, registered(circle.Worker, 9, 11))},
		{class: circle.Investor, yes: all([]circle.PersonID{"gus", "raj"}, registered(circle.Investor, 1, 2)),
			no: all([]circle.PersonID{"gil"}, registered(circle.Investor, 3, 35))},
	}
	// signs are the twenty who ask for the meeting.
	signs = all([]circle.PersonID{"lou", "ada"}, registered(circle.Supported, 1, 9), registered(circle.Worker, 1, 9))
)

// theMembers is scenario 4C from step 10 on.
func theMembers() []scene {
	return []scene{
		{"C18", 523, "Members ask for the meeting, too: a tenth of two hundred is twenty.", acts(one(
			act{by: "lou", says: "puts it to the members: the decision on short visits stands",
				cmd: proposal.Submit{ID: matter, Circle: "members", Term: period("6m"), Text: say("The decision on short visits stands: two hours at least, for new Teams, for six months, and counted"),
					Enacts: []circle.Deed{answers("The members confirm it, with its term and its measure")}}},
			act{by: "wyn", says: "finds no conflict with other policies", cmd: proposal.CheckConflicts{Proposal: matter, Version: 1, Clear: true}},
			format("easy-read", "ada"), format("audio", "kit"), format("large-print", "joe"),
			act{by: "lou", says: "asks for a meeting of the members on short visits, and nothing else", cmd: consent.RequestMeeting{ID: request, Circle: "members", Purpose: say("Short visits"), Items: []proposal.ID{matter}}}),
			quiet(everybody(signs[1:19], "", consent.SignRequest{Request: request})),
			one(note("· Eighteen others sign"),
				act{by: "lou", says: "wants to hand it in, with nineteen names", refused: "too-few-signed", cmd: consent.LodgeRequest{Request: request}},
				act{by: signs[19], says: "signs, the twentieth", cmd: consent.SignRequest{Request: request}},
				act{by: "lou", says: "hands it in", cmd: consent.LodgeRequest{Request: request}}))},
		{"C19", 523, "Notice goes out, in everybody's format. Who cannot come may name somebody.", acts(one(
			act{by: "ama", says: "calls the meeting for day 537", refused: "notice-too-short", cmd: callGeneral(537)},
			act{by: "ama", says: "calls it for day 540", cmd: callGeneral(540)}),
			quiet(everybody(away, "", consent.AppointProxy{Meeting: general, Holder: "ama"})),
			one(note("· Five workers name Ama, who chairs, to stand in for them"),
				act{by: registered(circle.Worker, 25, 1)[0], says: "names Ama, too", refused: "proxies-full", cmd: consent.AppointProxy{Meeting: general, Holder: "ama"}},
				act{by: "rob", says: "names Bob, his brother: his health comes and goes", cmd: consent.AppointProxy{Meeting: general, Holder: "bob"}}))},
		{"C20", 540, "The members meet. Consent comes first: who objects?", one(
			act{by: "ama", says: "opens the meeting: 102 take part, six of them by proxy; 50 are needed", cmd: consent.OpenMeeting{Meeting: general, Present: present(), Guests: []circle.PersonID{"bob", "ivo", "vic", "nia"}}},
			act{by: "ama", says: "wants to vote at once", refused: "not-now", cmd: consent.CallBallot{Proposal: matter, Reason: say("Let us vote")}},
			act{by: "ama", says: "asks: who objects?", cmd: consent.OpenRound{Proposal: matter, Round: consent.ConsentRound}},
			act{by: "ada", with: "sam", says: "objects: half an hour is how I live, and new Teams will ask me where that went",
				cmd: objection.Raise{ID: "o-members-ada", Proposal: matter, Aim: "led-together", Argument: say("Half an hour is how I live, and new Teams will ask me where that went")}},
			act{by: "lou", says: "objects: it is not enough for those who work", cmd: objection.Raise{ID: "o-members-lou", Proposal: matter, Aim: "led-together", Argument: say("It is not enough for those who work")}},
			act{by: "gil", says: "objects: it costs more than we earn", cmd: objection.Raise{ID: "o-members-gil", Proposal: matter, Aim: "owned-together", Argument: say("It costs more than we earn")}},
			act{by: "ama", says: "closes the round: no consent, and the three objections stand in the record", cmd: consent.CloseRound{Proposal: matter}},
		)},
		{"C21", 540, "The vote, by class. Investors count for a tenth at most.", acts(one(
			act{by: "ama", says: "calls the vote", cmd: consent.CallBallot{Proposal: matter, Reason: say("The objections stand, and the members decide")}}),
			quiet(votes()), one(tells(result(matter))))},
		{"C22", 540, "The outcome goes down, and everybody gets the answer in their format.", acts(one(
			tells(lies), tells(stands(short)),
			act{by: "ama", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: general,
				Needs: []consent.NeedMet{{Person: "ada", Need: circle.EasyRead, Met: true}, {Person: "kit", Need: circle.Audio, Met: true}, {Person: "joe", Need: circle.Large, Met: true}}}},
			act{by: "wyn", says: "wants to send Nia a printed page", refused: "wrong-format", cmd: consent.SendMinutes{Meeting: general, To: "nia", Format: circle.Standard}},
			sends("nia", circle.Audio), sends("ivo", circle.EasyRead), sends("vic", circle.Standard), sends("ann", circle.Standard), sends("ada", circle.EasyRead)),
			quiet(sendAll(signs)), one(note("· … and to all who asked for the meeting"),
				act{by: "ivy", says: "reads the measure: 5 of 100 visits are short", cmd: proposal.ReadMeasure{Proposal: short, Measure: "short-share", Subject: "all-teams", Value: 5}}))},
	}
}

func format(f circle.Format, who circle.PersonID) act {
	return act{by: "wyn", says: "attaches it in " + string(f) + ", checked with somebody who needs it",
		cmd: proposal.AttachRendition{Proposal: matter, Version: 1, Format: f, Checked: who, Text: say("New Teams: visits of two hours or more. For six months. We count")}}
}

func callGeneral(day int) consent.CallGeneral {
	return consent.CallGeneral{ID: general, Circle: "members", At: at(day), Items: []proposal.ID{matter}, Request: request, Purpose: say("Short visits")}
}

// present are those who are at the meeting themselves.
func present() []circle.PersonID {
	var out []circle.PersonID
	for _, b := range ballots {
		for _, who := range all(b.yes, b.no) {
			if proxied[who] == "" {
				out = append(out, who)
			}
		}
	}
	return out
}

// votes are the votes of all who take part.
func votes() []act {
	var out []act
	for _, b := range ballots {
		for i, who := range all(b.yes, b.no) {
			a := act{by: who, says: "votes", cmd: consent.Respond{Proposal: matter, Answer: consent.Consents}}
			if i >= len(b.yes) {
				a.cmd = consent.Respond{Proposal: matter, Answer: consent.Against}
			}
			if who == "ada" {
				a.with = "sam"
			}
			if holder := proxied[who]; holder != "" {
				a.by, a.stands = holder, who
			}
			out = append(out, a)
		}
	}
	return out
}

func sends(to circle.PersonID, f circle.Format) act {
	return act{by: "wyn", says: fmt.Sprintf("sends the answer to %s%s (%s)", strings.ToUpper(string(to[:1])), to[1:], f), cmd: consent.SendMinutes{Meeting: general, To: to, Format: f}}
}

// sendAll sends the answer to those who have not got it yet.
func sendAll(to []circle.PersonID) []act {
	var out []act
	for _, who := range to {
		if who != "ada" {
			out = append(out, sends(who, circle.Standard))
		}
	}
	return out
}

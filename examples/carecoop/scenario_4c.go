package main

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

const (
	short  proposal.ID      = "visits" // the policy, and the name of the thread
	appeal consent.AppealID = "visits-appeal"
)

var (
	local   = []circle.PersonID{"fay", "sol", "lee", "dee", "ada", "ben", "lou"}
	purpose = []circle.PersonID{"ola", "kit", "ama", "raj", "sue", "hal", "liv", "mia", "jon", "eva", "tom", "gil", "ivy", "joe"}
	counsel = []circle.PersonID{"cat", "cal", "cyd", "max"}
)

// visits is scenario 4C of the reference organisation. Ada needs every version in
// Easy Read and seven days for it, so each of them has a meeting of its own.
func visits() []scene {
	return append(append(localCircle(), broaderCircle()...), theMembers()...)
}

func localCircle() []scene {
	return []scene{
		{"C1", 411, "Lou has learned for a year, and takes full part.", acts(one(
			asks("fay", "lou-full", "valley", "asks: does Lou take full part from now on?", "Lou takes full part from now on", circle.Join{Circle: "valley", Person: "lou", Level: circle.Full})),
			quiet(consents("lou-full", valley...)), one(note("· All six consent")))},
		{"C2", 412, "Visits are too short to live on.", acts(one(
			act{by: "lou", says: "opens a need: many visits are too short to live on", cmd: proposal.OpenNeed{ID: "short-visits", Circle: "valley", Text: say("Many visits are too short to live on")}},
			act{by: "fay", says: "finds it in the domain: how Teams start and end, and how employed workers are placed", cmd: proposal.CheckDomain{Need: "short-visits", Item: "starting"}},
			act{by: "fay", says: "says: major, it touches every Team", cmd: proposal.CheckMajor{Need: "short-visits", Major: true, Effect: period("3m"), Reason: say("It touches every Team")}},
			asks("fay", "how-visits", "valley", "asks: a Community Conversation first", "A Community Conversation first",
				proposal.Respond{Need: "short-visits", Responses: []proposal.Response{proposal.Conversation}, Rung: proposal.Engagement})),
			quiet(consents("how-visits", local...)), one(note("· All seven consent")))},
		{"C3", 419, "The Community Conversation: thirty-one people say what they think, and each gets an answer.", conversation()},
		{"C4", 420, "Version 1: no visit is shorter than two hours.", one(
			act{by: "lee", says: "proposes: our Team Starters arrange no visit by an employed worker shorter than two hours",
				cmd: proposal.Submit{ID: short, Circle: "valley", Need: "short-visits", Term: period("6m"), Text: say("Our Team Starters arrange no visit by an employed worker shorter than two hours")}},
			noConflict(1), easyRead(1, "Visits are two hours or longer"), calls("c1", 435))},
		{"C5", 435, "The first meeting. Ada objects: short visits are what I need.", acts(
			meeting("c1", "Short visits", local),
			one(act{by: "fay", says: "opens the clarifying round", cmd: consent.OpenRound{Proposal: short, Round: consent.ClarifyRound}}),
			turns(append(passes(short, "fay", "lee", "dee", "ben", "lou"), speaks(short, "sol", "Also at night?"), supported(speaks(short, "ada", "What becomes of my half hour?")))),
			one(act{by: "fay", says: "opens the reaction round", cmd: consent.OpenRound{Proposal: short, Round: consent.ReactRound}}),
			turns(one(speaks(short, "fay", "I see both sides"), speaks(short, "sol", "It is a clear rule"), speaks(short, "lee", "We could live on that"), speaks(short, "dee", "I fear for some"),
				supported(speaks(short, "ada", "Short visits are what I need")), speaks(short, "ben", "Two hours are good for me"), speaks(short, "lou", "I could stay in this work"))),
			round(1, object("ada", "o-short", "support-teams", "Short visits are what I need"), "fay", "sol", "lee", "dee", "ben", "lou"),
			understood("o-short", "ada", "Who needs half an hour gets nothing"),
			one(writes("2: two hours, with a wide list of exceptions", "Two hours, with a wide list of exceptions", "6m", nil, meets("o-short", circle.Amend)), closes("c1"),
				act{by: "fay", says: "wants to pass it on to the Places Circle", refused: "tried-too-little", cmd: consent.Escalate{Proposal: short, Reason: say("We do not find a way")}},
				noConflict(2), easyRead(2, "Visits are two hours or longer. There are many exceptions"), calls("c2", 444)))},
		{"C6", 444, "The second meeting, version 2. Lou objects: most visits would stay short.", acts(
			meeting("c2", "Short visits, version 2", local),
			round(2, object("lou", "o-live", "those-who-give", "Most visits would stay short, and nobody lives on them"), "fay", "sol", "lee", "dee", "ada", "ben"),
			understood("o-live", "lou", "The list leaves most visits as they are"),
			one(writes("3: 90 minutes for all", "90 minutes", "6m", nil, meets("o-live", circle.Amend)), closes("c2"),
				noConflict(3), easyRead(3, "Visits are one and a half hours or longer"), calls("c3", 453)))},
		{"C7", 453, "The third meeting, version 3. It is too long for the one, and too short for the other.", acts(
			meeting("c3", "Short visits, version 3", local),
			round(3, append(object("ada", "o-90", "support-teams", "Half an hour is not 90 minutes"), object("lou", "o-live-90", "those-who-give", "90 minutes is no day of work")...), "fay", "sol", "lee", "dee", "ben"),
			understood("o-90", "ada", "Who needs half an hour is not served by 90 minutes"), understood("o-live-90", "lou", "90 minutes make no day of work"),
			one(writes("4: two hours; one visit in ten may be shorter, counted each month; for three months", "Two hours; one visit in ten may be shorter", "3m",
				shareOf("valley-leader"), slicesOf(meets("o-90", circle.Amend, circle.Measure, circle.Shorten), meets("o-live", circle.Amend, circle.Measure, circle.Shorten), meets("o-live-90", circle.Amend, circle.Measure, circle.Shorten))), closes("c3"),
				noConflict(4), easyRead(4, "Visits are two hours or longer. One of ten may be shorter. We count"), calls("c4", 462)))},
		{"C8", 462, "The fourth meeting. Lou's objections are met. What Ada needs is not.", acts(
			meeting("c4", "Short visits, version 4", local),
			round(4, object("ada", "o-half", "support-teams", "One in ten is full before it is my turn"), "fay", "sol", "lee", "dee", "ben", "lou"),
			understood("o-half", "ada", "The cap shuts out who needs half an hour"),
			one(closes("c4"),
				act{by: "lee", says: "wants to pass it on", refused: "for-the-facilitator", cmd: consent.Escalate{Proposal: short, Reason: say("We tried four times")}},
				act{by: "fay", says: "passes it on to the Places Circle, with everything that was said and tried", cmd: consent.Escalate{Proposal: short, Reason: say("We tried four times")}},
				tells(packet(short)),
				act{by: "lee", says: "wants to change it here", refused: "not-now", cmd: consent.Integrate{Proposal: short, Text: say("Two hours"), Meets: meets("o-half", circle.Amend)}}))},
	}
}

func broaderCircle() []scene {
	return []scene{
		{"C9", 466, "The Places Circle takes it: it lies in its domain, too.", acts(one(
			asks("uma", "take-visits", "places", "asks: do we take it? It lies in our domain", "Do we take it? It lies in our domain", consent.RuleOn{Proposal: short, Ruling: consent.RulesTake, Answer: say("We decide on it for all local circles")})),
			quiet(consents("take-visits", places...)), one(note("· All ten consent"),
				act{by: "uma", says: "writes version 5: two hours at least, for new Teams only; for six months, and counted",
					cmd: proposal.Amend{Proposal: short, Text: say("Two hours at least, for new Teams only"), Term: period("6m"), Measures: shareOf("places-leader")}},
				act{by: "uma", says: "finds no conflict with other policies", cmd: proposal.CheckConflicts{Proposal: short, Version: 5, Clear: true}},
				act{by: "ivy", says: "attaches large print for Joe", cmd: proposal.AttachRendition{Proposal: short, Version: 5, Format: circle.Large, Checked: "joe", Text: say("Two hours at least, for new Teams only")}},
				act{by: "uma", says: "calls a meeting for day 475", cmd: consent.CallMeeting{ID: "d1", Circle: "places", At: at(475), Items: []proposal.ID{short}}}))},
		{"C10", 475, "Ada is no member there, and is heard. The Places Circle decides.", acts(one(
			act{by: "uma", says: "opens the meeting; Ada is a guest", cmd: consent.OpenMeeting{Meeting: "d1", Present: places, Guests: []circle.PersonID{"ada"}}},
			act{by: "ada", with: "sam", says: "speaks for five minutes: half an hour in the morning is how I live", cmd: consent.SpeakAsGuest{Meeting: "d1", Minutes: 5, Text: say("Half an hour in the morning is how I live")}}),
			agendaOf("uma", "places", "d1", "Short visits", places), talks("uma", short, places),
			one(act{by: "uma", says: "wants to put the question: it is to last six months now", refused: "long-term-open", cmd: consent.OpenRound{Proposal: short, Round: consent.ConsentRound}},
				asks("uma", "six-months", "places", "asks: may we decide that ourselves? Ivy and Joe tell the Purpose Circle", "May we decide for six months ourselves?",
					proposal.AnswerLongTerm{Need: "short-visits", Reason: say("It is how local circles work together, and not named in the Rules")})),
			quiet(consents("six-months", places...)), one(note("· All ten consent: it is how local circles work together"),
				act{by: "uma", says: "puts the question on version 5", cmd: consent.OpenRound{Proposal: short, Round: consent.ConsentRound}},
				act{by: "ada", with: "sam", says: "wants to answer", refused: "no-consent-right", cmd: consent.Respond{Proposal: short, Answer: consent.Consents}}),
			quiet(turns(consents(short, places...))), one(note("· All ten consent: adopted, for six months"),
				act{by: "uma", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: "d1", Needs: []consent.NeedMet{{Person: "joe", Need: circle.Large, Met: true}}}}))},
		{"C11", 480, "An appeal takes three people who are not related.", one(
			act{by: "ivo", says: "begins an appeal: nobody asked what becomes of those who need half an hour later",
				cmd: consent.DraftAppeal{ID: appeal, Proposal: short, Reason: say("Nobody asked what becomes of those who need half an hour later")}},
			act{by: "vic", says: "signs it", cmd: consent.SignAppeal{Appeal: appeal}},
			act{by: "ann", says: "signs it; she lives with Ivo", cmd: consent.SignAppeal{Appeal: appeal}},
			act{by: "vic", says: "wants to open it", refused: "too-few-unrelated", cmd: consent.OpenAppeal{Appeal: appeal}},
			act{by: "nia", says: "signs it, a neighbour", cmd: consent.SignAppeal{Appeal: appeal}},
			act{by: "vic", says: "opens it; the decision stays in force meanwhile", cmd: consent.OpenAppeal{Appeal: appeal}},
			tells(lies))},
		{"C12", 487, "First step: back to the circle that decided, for one session.", acts(one(
			act{by: "uma", says: "calls and opens the session", cmd: consent.CallMeeting{ID: "d2", Circle: "places", At: at(487)}},
			act{by: "uma", quiet: true, cmd: consent.OpenMeeting{Meeting: "d2", Present: places, Guests: []circle.PersonID{"ivo", "nia"}}},
			act{by: "ivo", says: "speaks: who starts a Team next year is shut out", cmd: consent.SpeakToAppeal{Appeal: appeal, Meeting: "d2", Text: say("Who starts a Team next year is shut out")}},
			asks("uma", "keep-visits", "places", "asks: do we keep it?", "Do we keep it?", answers("It is for six months, and measured"))),
			quiet(consents("keep-visits", places...)), one(note("· All ten consent: “It is for six months, and measured”"),
				act{by: "uma", says: "closes the session", cmd: consent.CloseMeeting{Meeting: "d2", Needs: []consent.NeedMet{{Person: "joe", Need: circle.Large, Met: true}}}}, tells(lies)))},
		{"C13", 494, "Second step: Care and Counsel with Joe, the Delegate of the Places Circle: two sessions.", append(session("c5", "care", 494, counsel, "joe", "ivo", "vic", "nia"), note("· They find no answer yet"))},
		{"C14", 501, "They ask for one session more, by consent. Without that the third step would begin.", acts(
			session("c6", "care", 501, counsel, "joe", "ivo", "vic", "nia")[:3],
			one(asks("cat", "one-more", "care", "asks: one session more?", "One session more?", consent.ExtendAppeal{Appeal: appeal, Sessions: 1})),
			consents("one-more", "cat", "cal", "cyd", "max", "joe"),
			one(act{by: "cat", says: "closes the session", cmd: consent.CloseMeeting{Meeting: "c6"}},
				act{by: "ivy", says: "reads the measure: 7 of 100 visits are short", cmd: proposal.ReadMeasure{Proposal: short, Measure: "short-share", Subject: "all-teams", Value: 7}}))},
		{"C15", 508, "The third session, and no answer: the appeal goes on by itself.", append(session("c7", "care", 508, counsel, "joe", "ivo", "vic", "nia"), tells(lies))},
		{"C16", 515, "Third step: the Purpose Circle. A worker and a supported director object.", purposeMeets("e1", 515, one(
			act{by: "ama", says: "wants to pass it on after one session", refused: "heard-too-little", cmd: consent.PassAppeal{Appeal: appeal, Reason: say("We find no consent")}}))},
		{"C17", 522, "A second session, and no consent. The circle around is all members.", purposeMeets("e2", 522, one(
			act{by: "ola", says: "wants to pass it to a members' meeting", refused: "for-the-facilitator", cmd: consent.PassAppeal{Appeal: appeal, At: consent.MembersMeeting, Reason: say("We find no consent")}},
			act{by: "ama", says: "passes it to a meeting of all members", cmd: consent.PassAppeal{Appeal: appeal, At: consent.MembersMeeting, Reason: say("We find no consent")}},
			tells(lies),
			act{by: "ivy", says: "reads the measure: 6 of 100 visits are short", cmd: proposal.ReadMeasure{Proposal: short, Measure: "short-share", Subject: "all-teams", Value: 6}}))},
	}
}

// conversation is what people say, and what became of it.
func conversation() []act {
	who := all([]circle.PersonID{"ivo", "wyn", "gus", "ivy", "joe", "nan"}, registered(circle.Supported, 1, 10), registered(circle.Worker, 1, 10), registered(circle.Advocate, 1, 5))
	says := []string{"Half an hour in the morning is what I need", "Nobody lives on half hours", "The way is longer than the visit", "I want the same person, not more minutes"}
	become := []proposal.Answer{proposal.Used, proposal.Used, proposal.NotUsed, proposal.Open}
	because := []string{"The exceptions", "It is what this is about", "The way is paid already", "We ask the Teams"}
	var gives, gets []act
	for i, p := range who {
		id := proposal.InputID(fmt.Sprintf("v%d", i+1))
		gives = append(gives, act{by: p, cmd: proposal.GiveInput{ID: id, Need: "short-visits", Text: say(says[i%4])}})
		gets = append(gets, act{by: "fay", cmd: proposal.AnswerInput{Need: "short-visits", Input: id, Answer: become[i%4], How: say(because[i%4])}})
	}
	return append(append(quiet(gives), quiet(gets)...), tells(answered("short-visits")))
}

func noConflict(version int) act {
	return act{by: "sol", says: "finds no conflict with other policies", cmd: proposal.CheckConflicts{Proposal: short, Version: version, Clear: true}}
}

func easyRead(version int, words string) act {
	return act{by: "sol", says: fmt.Sprintf("attaches Easy Read of version %d", version),
		cmd: proposal.AttachRendition{Proposal: short, Version: version, Format: circle.EasyRead, Checked: "ada", Text: say(words)}}
}

func calls(id consent.MeetingID, day int) act {
	return act{by: "fay", says: fmt.Sprintf("calls a meeting for day %d", day), cmd: consent.CallMeeting{ID: id, Circle: "valley", At: at(day), Items: []proposal.ID{short}}}
}

func closes(id consent.MeetingID) act {
	return act{by: "fay", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: id, Needs: adaRead}}
}

// meeting opens a meeting of the Valley Circle, with its agenda.
func meeting(id consent.MeetingID, about string, who []circle.PersonID) []act {
	return append(one(act{by: "fay", says: "opens the meeting", cmd: consent.OpenMeeting{Meeting: id, Present: who}}), agendaOf("fay", "valley", id, about, who)...)
}

func agendaOf(by circle.PersonID, of circle.ID, id consent.MeetingID, about string, who []circle.PersonID) []act {
	q := proposal.ID("agenda-" + string(id))
	return append(quiet(append(one(asks(by, q, of, "asks for consent to the agenda", about, consent.AdoptAgenda{Meeting: id})), consents(q, who...)...)),
		note("· Those who are there consent to the agenda"))
}

// talks leads a circle through the rounds that come before the question.
func talks(by circle.PersonID, id proposal.ID, who []circle.PersonID) []act {
	return acts(one(act{by: by, says: "opens the clarifying round", cmd: consent.OpenRound{Proposal: id, Round: consent.ClarifyRound}}), quiet(turns(passes(id, who...))),
		one(note("· Nobody has a question"), act{by: by, says: "opens the reaction round", cmd: consent.OpenRound{Proposal: id, Round: consent.ReactRound}}),
		quiet(turns(everybody(who, "", consent.Speak{Proposal: id, Text: say("I can go along with that")}))), one(note("· Each of them can go along with it")))
}

// round puts the question on a version: some object, the others consent.
func round(version int, objects []act, consent4 ...circle.PersonID) []act {
	return append(one(act{by: "fay", says: fmt.Sprintf("puts the question on version %d", version), cmd: consent.OpenRound{Proposal: short, Round: consent.ConsentRound}}),
		turns(append(objects, consents(short, consent4...)...))...)
}

func object(by circle.PersonID, id objection.ID, aim circle.ItemID, words string) []act {
	a := act{by: by, says: "objects: " + words, cmd: objection.Raise{ID: id, Proposal: short, Aim: aim, Argument: say(words)}}
	if by == "ada" {
		a = supported(a)
	}
	return one(a)
}

// understood says an objection back, and its owner confirms.
func understood(id objection.ID, by circle.PersonID, words string) []act {
	a := act{by: by, says: "confirms: that is what I mean", cmd: objection.Confirm{Objection: id}}
	if by == "ada" {
		a = supported(a)
	}
	return one(act{by: "fay", says: "says it back: " + words, cmd: objection.Restate{Objection: id, Statement: say(words)}}, a)
}

func writes(says, words, term string, measures []proposal.Measure, meets []consent.Meets) act {
	return act{by: "lee", says: "writes version " + says, cmd: consent.Integrate{Proposal: short, Text: say(words), Term: period(term), Measures: measures, Meets: meets}}
}

func shareOf(reader circle.RoleID) []proposal.Measure {
	return []proposal.Measure{{ID: "short-share", Indicator: say("Of 100 visits, how many are short"), Every: period("1m"), Reader: reader, Stop: 15}}
}

func slicesOf(lists ...[]consent.Meets) []consent.Meets {
	var out []consent.Meets
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func answers(words string) consent.AnswerAppeal {
	return consent.AnswerAppeal{Appeal: appeal, Ruling: consent.RulesUpheld, Answer: say(words)}
}

// session is a session on the appeal, with those who bring it as guests.
func session(id consent.MeetingID, of circle.ID, day int, who []circle.PersonID, guests ...circle.PersonID) []act {
	by := who[0]
	return one(act{by: by, quiet: true, cmd: consent.CallMeeting{ID: id, Circle: of, At: at(day)}},
		act{by: by, says: "opens the session, with those who appeal", cmd: consent.OpenMeeting{Meeting: id, Present: who, Guests: guests}},
		act{by: guests[1], says: "speaks: my Team waits, and does not begin", cmd: consent.SpeakToAppeal{Appeal: appeal, Meeting: id, Text: say("My Team waits, and does not begin")}},
		act{by: by, says: "closes the session", cmd: consent.CloseMeeting{Meeting: id}})
}

// purposeMeets is a session of the Purpose Circle on the appeal: two of its
// directors object.
func purposeMeets(id consent.MeetingID, day int, after []act) []act {
	q := proposal.ID("purpose-" + string(id))
	rest := []circle.PersonID{"ola", "kit", "ama", "raj", "hal", "liv", "jon", "eva", "tom", "gil", "ivy", "joe"}
	return acts(one(act{by: "ama", quiet: true, cmd: consent.CallMeeting{ID: id, Circle: "purpose", At: at(day)}},
		act{by: "ama", says: "opens the session", cmd: consent.OpenMeeting{Meeting: id, Present: purpose, Guests: []circle.PersonID{"ivo", "vic", "nia"}}},
		asks("ama", q, "purpose", "asks: does it stand?", "Does it stand?", answers("It stands")),
		act{by: "sue", says: "objects: it shuts people out", cmd: objection.Raise{ID: objection.ID("o-sue-" + id), Proposal: q, Aim: "true-to-purpose", Argument: say("It shuts people out")}},
		act{by: "mia", says: "objects: it is not enough for those who work", cmd: objection.Raise{ID: objection.ID("o-mia-" + id), Proposal: q, Aim: "true-to-purpose", Argument: say("It is not enough for those who work")}}),
		quiet(consents(q, rest...)), one(note("· The other twelve consent"),
			act{by: "ama", says: "closes the session", cmd: consent.CloseMeeting{Meeting: id, Needs: []consent.NeedMet{{Person: "kit", Need: circle.Audio, Met: true}, {Person: "joe", Need: circle.Large, Met: true}}}}), after)
}

package main

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var (
	valley  = []circle.PersonID{"fay", "sol", "lee", "dee", "ada", "ben"}
	places  = []circle.PersonID{"ivy", "joe", "uma", "pia", "per", "nan", "rob", "tam", "lee", "dee"}
	theHat  = circle.RoleID("valley-delegate")
	hatAsks = "Delegate: full participant of both circles; meets monthly; reports both ways. Listens, speaks own judgement, can bring back what was decided"
)

// selection is scenario 4B of the reference organisation.
var selection = []scene{
	{"B1", 209, "Dee's term as Delegate ends in thirty days. Everybody can see it coming.", one(comes("role-term-ends", string(theHat)))},
	{"B2", 240, "The term is over. Dee goes on until the circle has chosen again.", one(
		tells(backlogOf("valley")),
		act{by: "sol", says: "opens the selection: the role, with a term of 12 months, and for members of the co-op only",
			cmd: consent.OpenSelection{ID: "delegate", Circle: "valley", Roles: []circle.RoleID{theHat}, Term: period("12m"),
				Text: say("Delegate: full participant of both circles; meets monthly; reports both ways. Must be a co-op member")}},
		act{by: "fay", says: "calls the meeting", cmd: consent.CallMeeting{ID: "b1", Circle: "valley", At: at(241), Items: []proposal.ID{"delegate"}}})},
	{"B3", 241, "What the role asks for: open to all, and for nine months.", acts(one(
		act{by: "fay", says: "opens the meeting", cmd: consent.OpenMeeting{Meeting: "b1", Present: valley}}),
		agenda("b1", "We choose a Delegate", valley...),
		one(act{by: "fay", says: "asks: is that what the role asks for?", cmd: consent.OpenRound{Proposal: "delegate", Round: consent.ConsentRound}}),
		turns(acts(one(act{by: "ada", with: "sam", says: "objects: who gets support here and is no member would be shut out",
			cmd: objection.Raise{ID: "o-open", Proposal: "delegate", Aim: "support-teams", Argument: say("Who gets support here and is no member would be shut out")}}),
			consents("delegate", "fay", "sol", "lee", "dee", "ben"))),
		one(act{by: "fay", says: "says it back", cmd: objection.Restate{Objection: "o-open", Statement: say("Non-members would be shut out")}},
			act{by: "ada", with: "sam", says: "confirms", cmd: objection.Confirm{Objection: "o-open"}},
			act{by: "sol", says: "writes it anew: open to all; nine months, to spread leadership",
				cmd: consent.Integrate{Proposal: "delegate", Text: say(hatAsks), Term: period("9m"), Meets: meets("o-open", circle.Amend, circle.Shorten)}},
			act{by: "fay", says: "asks again", cmd: consent.OpenRound{Proposal: "delegate", Round: consent.ConsentRound}}),
		turns(consents("delegate", valley...)))},
	{"B4", 241, "Everybody writes a name; nobody sees one before all are in.", acts(
		one(act{by: "fay", says: "asks for names", cmd: consent.OpenRound{Proposal: "delegate", Round: consent.NominateRound}},
			names4B("fay", "ada"), names4B("sol", "lee"), names4B("lee", "sol"), names4B("dee", "ada"), names4B("ada", "sol"),
			act{by: "lee", says: "wants to say whom he hopes for", refused: "no-comment-yet", cmd: consent.Speak{Proposal: "delegate", Text: say("I hope for Sol")}},
			names4B("ben", "ben"),
			tells(nominations("delegate"))))},
	{"B5", 241, "Why? And one who cannot.", acts(one(
		act{by: "fay", says: "wants to propose Lee", refused: "leader-is-delegate",
			cmd: consent.ProposeCandidate{Proposal: "delegate", Names: []consent.Name{"lee"}, Text: say("Lee")}},
		act{by: "fay", says: "asks everybody for their reasons", cmd: consent.OpenRound{Proposal: "delegate", Round: consent.ReasonsRound}}),
		turns(one(speaks("delegate", "dee", "Ada asks what nobody asks"), supported(speaks("delegate", "ada", "Sol listens")), speaks("delegate", "ben", "I want to be heard there"),
			speaks("delegate", "fay", "Ada knows what support is like"), speaks("delegate", "sol", "Lee knows everybody"), speaks("delegate", "lee", "Sol has the papers in hand"))))},
	{"B6", 241, "Who changes their mind, says why. What was named first stays on record.", acts(one(
		act{by: "fay", says: "opens the change round", cmd: consent.OpenRound{Proposal: "delegate", Round: consent.ChangeRound}}),
		turns(one(supported(speaks("delegate", "ada", "I stay")), speaks("delegate", "fay", "I stay"), speaks("delegate", "lee", "I stay"), speaks("delegate", "dee", "I stay"),
			act{by: "ben", says: "now names Ada: she would bring me in, too",
				cmd: consent.ChangeNomination{Proposal: "delegate", Names: []consent.Name{"ada"}, Reason: say("Ada would bring me in, too")}},
			act{by: "sol", says: "now names Ada: who is not heard should speak for us",
				cmd: consent.ChangeNomination{Proposal: "delegate", Names: []consent.Name{"ada"}, Reason: say("Who is not heard should speak for us")}})))},
	{"B7", 241, "A candidate, on the strength of reasons.", one(
		act{by: "fay", says: "proposes Ada for nine months: with Sam as supporter, papers in Easy Read, travel paid",
			cmd: consent.ProposeCandidate{Proposal: "delegate", Names: []consent.Name{"ada"},
				Text: say("Ada, for nine months: with Sam as supporter, papers in Easy Read, travel paid. She asks what nobody asks, and knows what support is like")}},
		note("  (The nominations are information; no rule picks the highest count.)"))},
	{"B8", 241, "The consent round; Ada comes last. Lee objects.", acts(one(
		act{by: "fay", says: "puts the question", cmd: consent.OpenRound{Proposal: "delegate", Round: consent.ConsentRound}},
		act{by: "ada", says: "wants to answer at once", refused: "not-your-turn", cmd: consent.Respond{Proposal: "delegate", Answer: consent.Consents}}),
		turns(acts(one(act{by: "lee", says: "objects: three hours without a break; Ada tires, and our circle would be unheard",
			cmd: objection.Raise{ID: "o-breaks", Proposal: "delegate", Aim: "support-teams", Argument: say("The Places Circle meets for three hours without a break; Ada tires, and our circle would be unheard")}}),
			consents("delegate", "fay", "sol", "dee", "ben", "ada"))),
		one(act{by: "fay", says: "says it back", cmd: objection.Restate{Objection: "o-breaks", Statement: say("Three hours without a break are too long for Ada")}},
			act{by: "lee", says: "confirms", cmd: objection.Confirm{Objection: "o-breaks"}},
			act{by: "sol", says: "adds a condition: a break each 45 minutes, or online for half; Dee backs her up; a look at it together after three months",
				cmd: consent.Integrate{Proposal: "delegate", Meets: meets("o-breaks", circle.Amend, circle.Measure), CheckIn: period("3m"),
					Text: say("Ada, for nine months: as before; and we ask the Places Circle for a break each 45 minutes, or to meet online for half. Dee backs her up. We look at it together after three months")}}))},
	{"B9", 241, "The round again. Ada consents last, with support.", acts(one(
		act{by: "fay", says: "puts the question again", cmd: consent.OpenRound{Proposal: "delegate", Round: consent.ConsentRound}}),
		turns(consents("delegate", valley...)),
		one(act{by: "fay", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: "b1", Needs: adaRead}},
			tells(wears(theHat)), note("  (The hat is pending: the Places Circle is asked first, and Dee stays until then.)")))},
	{"B10", 248, "The Places Circle is asked: it welcomes Ada, and agrees to the breaks.", acts(one(
		act{by: "uma", says: "wants to welcome her alone", refused: "circle-decides", cmd: consent.Welcome{Proposal: "delegate"}},
		asks("uma", "welcome-ada", "places", "asks: Ada joins us for the valley, with a break each 45 minutes", "Ada joins us for the valley, with a break each 45 minutes", consent.Welcome{Proposal: "delegate"})),
		quiet(consents("welcome-ada", places...)), one(note("· All ten consent")))},
	{"B11", 248, "The hat is worn: by whom, until when, and when we look at it together.", acts(one(
		tells(wears(theHat)),
		asks("fay", "back-stop", "valley", "asks: Dee backs Ada up", "Dee backs Ada up while she is our Delegate", circle.OrderSurrogates{Role: theHat, Order: []circle.PersonID{"dee"}})),
		quiet(consents("back-stop", valley...)), one(note("· All six consent"),
			act{by: "uma", says: "asks the Places Circle: is travel paid for delegates?", cmd: ask("travel", "places", "Travel is paid for delegates")}),
		one(consents("travel", "ada")...), quiet(consents("travel", "ivy", "joe", "uma", "pia", "per", "nan", "rob", "tam", "lee")), one(note("· The others consent, too")))},
	{"B12", 300, "Month 2. Ada is ill, and Ben sits there for her, at one meeting.", acts(one(
		act{by: "uma", says: "calls the meeting of the Places Circle", cmd: consent.CallMeeting{ID: "b2", Circle: "places", At: at(300)}},
		act{by: "ada", recordedBy: "sol", says: "asks Lee to go for her", refused: "leader-is-delegate", cmd: consent.SendSubstitute{Meeting: "b2", Role: theHat, Person: "lee"}},
		act{by: "ada", recordedBy: "sol", says: "sends Ben", cmd: consent.SendSubstitute{Meeting: "b2", Role: theHat, Person: "ben"}},
		act{by: "uma", says: "opens the meeting; Ben is there", cmd: consent.OpenMeeting{Meeting: "b2", Present: []circle.PersonID{"uma", "ivy", "pia", "per", "nan", "tam", "lee", "ben"}}},
		act{by: "uma", says: "asks: one rota for all local circles?", cmd: ask("one-rota", "places", "One rota for all local circles, from the new year on")}),
		consents("one-rota", "ben"), quiet(consents("one-rota", "uma", "ivy", "pia", "per", "nan", "tam", "lee")),
		one(note("· The others who are there consent, too"),
			act{by: "uma", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: "b2"}},
			asks("uma", "song", "places", "asks, after the meeting: a song at the end?", "A song at the end of our meetings"),
			act{by: "ben", says: "wants to consent to that, too", refused: "no-consent-right", cmd: consent.Respond{Proposal: "song", Answer: consent.Consents}}),
		consents("song", "ada"), quiet(consents("song", "uma", "ivy", "joe", "pia", "per", "nan", "rob", "tam", "lee")))},
	{"B13", 340, "Three months on: circle and Delegate look at it together.", one(
		act{by: "fay", says: "notes: it goes well, the breaks help", cmd: circle.CheckIn{Role: theHat, Person: "ada", Text: say("It goes well; the breaks help")}})},
	{"B14", 391, "Month 5. Ada lays the hat down; no reason is needed. Dee covers.", acts(one(
		act{by: "ada", with: "sam", says: "lays the hat down", cmd: circle.LayDown{Role: theHat}},
		tells(wears(theHat)), tells(backlogOf("valley")),
		asks("uma", "tea", "places", "asks the Places Circle: tea at every meeting?", "Tea at every meeting"),
		act{by: "ada", with: "sam", says: "wants to consent there", refused: "no-consent-right", cmd: consent.Respond{Proposal: "tea", Answer: consent.Consents}}),
		consents("tea", "dee"), quiet(consents("tea", "ivy", "joe", "uma", "pia", "per", "nan", "rob", "tam", "lee")))},
	{"B15", 393, "Another hat: should somebody else write the minutes?", acts(one(
		act{by: "lee", says: "opens a need: Teams hand over by old agreements, for our minutes come late",
			cmd: proposal.OpenNeed{ID: "late-minutes", Circle: "valley", Text: say("Teams hand over by old agreements, for our minutes come late")}},
		act{by: "fay", says: "finds it in the domain: how Teams hand over", cmd: proposal.CheckDomain{Need: "late-minutes", Item: "hand-over"}},
		act{by: "fay", says: "says: not major", cmd: proposal.CheckMajor{Need: "late-minutes", Effect: period("1m")}},
		asks("fay", "how-minutes", "valley", "asks: we decide it ourselves", "We decide it ourselves", proposal.Respond{Need: "late-minutes", Responses: []proposal.Response{proposal.DecideDirectly}})),
		quiet(consents("how-minutes", valley...)), one(note("· All six consent"),
			act{by: "lee", says: "proposes it: Sol is away more and more", cmd: proposal.Submit{ID: offHat, Circle: "valley", Need: "late-minutes", Term: period("6m"),
				Text: say("Sol is away more and more; somebody else writes our minutes"), Enacts: []circle.Deed{circle.RevokeRole{Role: "valley-secretary", Person: "sol"}}}},
			act{by: "sol", says: "attaches Easy Read", cmd: proposal.AttachRendition{Proposal: offHat, Version: 1, Format: circle.EasyRead, Checked: "ada", Text: say("Somebody else writes down what we say")}},
			act{by: "sol", says: "finds no conflict with other policies", cmd: proposal.CheckConflicts{Proposal: offHat, Version: 1, Clear: true}},
			act{by: "fay", says: "calls a meeting for day 409", cmd: consent.CallMeeting{ID: "b3", Circle: "valley", At: at(409), Items: []proposal.ID{offHat}}}))},
	{"B16", 406, "The circle chooses again, by what it asked for the last time.", acts(one(
		act{by: "sol", says: "opens the selection; what the role asks for stands as it was", cmd: consent.OpenSelection{ID: "delegate-2", Circle: "valley", Roles: []circle.RoleID{theHat}}},
		act{by: "fay", says: "asks whether that still holds", cmd: consent.OpenRound{Proposal: "delegate-2", Round: consent.ConsentRound}}),
		quiet(turns(consents("delegate-2", valley...))),
		one(act{by: "fay", says: "asks for names", cmd: consent.OpenRound{Proposal: "delegate-2", Round: consent.NominateRound}}),
		quiet(nominate("delegate-2", "dee", valley...)), one(note("· Everybody names Dee, who covered"),
			act{by: "fay", says: "asks for reasons", cmd: consent.OpenRound{Proposal: "delegate-2", Round: consent.ReasonsRound}}),
		quiet(turns(everybody(append([]circle.PersonID{"lou"}, valley...), "", consent.Speak{Proposal: "delegate-2", Text: say("Dee knows the way")}))),
		one(act{by: "fay", says: "asks whether somebody changes their mind", cmd: consent.OpenRound{Proposal: "delegate-2", Round: consent.ChangeRound}}),
		quiet(turns(everybody(append([]circle.PersonID{"lou"}, valley...), "", consent.Speak{Proposal: "delegate-2", Text: say("I stay")}))),
		one(act{by: "fay", says: "proposes Dee", cmd: consent.ProposeCandidate{Proposal: "delegate-2", Names: []consent.Name{"dee"}, Text: say("Dee, for nine months")}},
			act{by: "fay", says: "puts the question", cmd: consent.OpenRound{Proposal: "delegate-2", Round: consent.ConsentRound}}),
		quiet(turns(consents("delegate-2", valley...))), one(note("· Everybody consents, Dee last"),
			asks("uma", "welcome-dee", "places", "asks the Places Circle to welcome her", "Dee is here for the valley again", consent.Welcome{Proposal: "delegate-2"})),
		quiet(consents("welcome-dee", places...)), one(tells(wears(theHat))))},
	{"B17", 409, "Sol is asked and heard, and has no stance: it is about his own hat.", acts(one(
		act{by: "fay", says: "opens the meeting", cmd: consent.OpenMeeting{Meeting: "b3", Present: valley}}),
		agenda("b3", "Who writes our minutes?", valley...),
		one(act{by: "fay", says: "opens the clarifying round", cmd: consent.OpenRound{Proposal: offHat, Round: consent.ClarifyRound}}),
		turns(append(passes(offHat, "fay", "dee", "ada", "ben"), speaks(offHat, "sol", "What was missing?"), speaks(offHat, "lee", "Two minutes came a month late"))),
		one(act{by: "fay", says: "opens the reaction round", cmd: consent.OpenRound{Proposal: offHat, Round: consent.ReactRound}}),
		turns(one(speaks(offHat, "sol", "My mother was ill. With help I could go on"), speaks(offHat, "lee", "I did not know"), speaks(offHat, "dee", "I could help"),
			supported(speaks(offHat, "ada", "Nobody asked")), speaks(offHat, "ben", "I waited for them"), speaks(offHat, "fay", "Thank you, Sol"))),
		one(act{by: "fay", says: "puts the question, without Sol", cmd: consent.OpenRound{Proposal: offHat, Round: consent.ConsentRound}},
			act{by: "sol", says: "wants to object", refused: "own-role", cmd: objection.Raise{ID: "o-sol", Proposal: offHat, Aim: circle.WholeAim, Argument: say("I want to go on")}}),
		turns(append(consents(offHat, "fay", "lee", "dee", "ben"), act{by: "ada", with: "sam", says: "objects: minutes are there to support us, and so is who writes them",
			cmd: objection.Raise{ID: "o-help", Proposal: offHat, Aim: "support-teams", Argument: say("Minutes are there to support us, and so is who writes them: nobody asked what would help")}})),
		one(act{by: "fay", says: "says it back", cmd: objection.Restate{Objection: "o-help", Statement: say("We would decide before we have helped")}},
			act{by: "ada", with: "sam", says: "confirms", cmd: objection.Confirm{Objection: "o-help"}},
			asks("lee", "drop-it", "valley", "asks: we drop it, and Dee helps Sol", "We drop it, and Dee helps Sol", proposal.Drop{Proposal: offHat, Reason: say("Dee helps Sol")})),
		quiet(consents("drop-it", valley...)), one(note("· All six consent, Sol among them"),
			act{by: "fay", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: "b3", Needs: adaRead}}))},
}

const offHat proposal.ID = "other-secretary"

var adaRead = []consent.NeedMet{{Person: "ada", Need: circle.EasyRead, Met: true}}

// names4B names somebody, sealed.
func names4B(by circle.PersonID, name string) act {
	a := act{by: by, says: "writes a name", cmd: consent.Nominate{Proposal: "delegate", Names: say(name)}}
	if by == "ada" {
		a.with = "sam"
	}
	return a
}

func nominate(id proposal.ID, name string, who ...circle.PersonID) []act {
	return everybody(who, "", consent.Nominate{Proposal: id, Names: say(name)})
}

// supported lets Ada act with Sam at her side.
func supported(a act) act {
	a.with = "sam"
	return a
}

func meets(o objection.ID, tools ...circle.Tool) []consent.Meets {
	return []consent.Meets{{Objection: o, Tools: tools}}
}

package main

import (
	"context"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// A scene is one day of the story.
type scene struct {
	number string
	day    int
	title  string
	acts   []act
}

// An act is one command of one person, and the refusal that it is to get; or,
// without a command, a line of the story.
type act struct {
	by, with, recordedBy circle.PersonID
	stands               circle.PersonID // for whom they act, at a meeting of the members
	says                 string
	cmd                  consent.Command
	wire                 string // a command that the engine does not have
	refused              string
	turn                 bool // its place is that of the round
	quiet                bool // it is not told one by one
	tells                func(context.Context, *teller) error
}

// founding and at are the story's calendar: day 0 is 23 November 2026.
var founding = at(-3)

func at(day int) time.Time {
	return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC).AddDate(0, 0, day)
}

var say = circle.Say

func period(s string) circle.Period { return circle.MustPeriod(s) }

// everybody lets a list of people do the same.
func everybody(who []circle.PersonID, says string, cmd consent.Command) []act {
	var out []act
	for _, p := range who {
		a := act{by: p, says: says, cmd: cmd}
		if p == "ada" {
			a.with = "sam"
		}
		out = append(out, a)
	}
	return out
}

func consents(id proposal.ID, who ...circle.PersonID) []act {
	return everybody(who, "consents", consent.Respond{Proposal: id, Answer: consent.Consents})
}

func speaks(id proposal.ID, by circle.PersonID, words string) act {
	return act{by: by, says: "says: " + words, cmd: consent.Speak{Proposal: id, Text: say(words)}}
}

func passes(id proposal.ID, who ...circle.PersonID) []act {
	return everybody(who, "passes", consent.Pass{Proposal: id})
}

// agenda lets those present consent to the agenda of a meeting.
func agenda(m consent.MeetingID, question string, who ...circle.PersonID) []act {
	id := proposal.ID("agenda-" + string(m))
	return append([]act{{by: "fay", says: "asks for consent to the agenda",
		cmd: ask(id, "valley", question, consent.AdoptAgenda{Meeting: m})}},
		consents(id, who...)...)
}

func ask(id proposal.ID, of circle.ID, question string, deeds ...circle.Deed) consent.Ask {
	return consent.Ask{ID: id, Circle: of, Question: say(question), Enacts: deeds}
}

func acts(parts ...[]act) []act {
	var out []act
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func one(list ...act) []act { return list }

// scenario is scenario 4A of the reference organisation.
var scenario = []scene{
	{"1", 0, "Something gets lost.", one(
		act{by: "lee", says: "opens a need: hand-over notes get lost between visits",
			cmd: proposal.OpenNeed{ID: "notes-lost", Circle: "valley", Text: say("Hand-over notes get lost between visits")}},
	)},
	{"2", 0, "Is it ours, and is it major?", one(
		act{by: "fay", says: "wants to say at once that it is major", refused: "domain-first",
			cmd: proposal.CheckMajor{Need: "notes-lost", Major: true, Effect: period("12m")}},
		act{by: "fay", says: "finds it in the domain: how Teams hand over between visits",
			cmd: proposal.CheckDomain{Need: "notes-lost", Item: "hand-over"}},
		act{by: "fay", says: "says: major, it touches every Team; the effect lasts 12 months",
			cmd: proposal.CheckMajor{Need: "notes-lost", Major: true, Effect: period("12m"), Reason: say("It touches every Team")}},
		act{by: "lee", says: "wants to choose the response alone", refused: "by-consent",
			cmd: proposal.Respond{Need: "notes-lost", Responses: []proposal.Response{proposal.DecideDirectly}}},
	)},
	{"3", 0, "The circle chooses how to respond, by consent.", acts(one(
		act{by: "fay", says: "asks: we may decide this ourselves; we ask for opinions and set up a helping circle",
			cmd: consent.Ask{ID: "how-to-respond", Circle: "valley",
				Question: say("We may decide this ourselves; we ask for opinions and set up a helping circle: Lee leads, Ben and Wyn take part, it brings a draft in two meetings"),
				Enacts: []circle.Deed{
					proposal.AnswerLongTerm{Need: "notes-lost", Reason: say("It is within our delegated domain and not named in the Rules")},
					proposal.Respond{Need: "notes-lost", Responses: []proposal.Response{proposal.AskOpinions, proposal.HelpingCircle}, Rung: proposal.CoDesign},
					circle.Open{ID: "notes-helpers", Parent: "valley", Type: circle.Helping, Leader: "lee", Members: []circle.PersonID{"ben", "wyn"},
						Product: say("A draft of how we hand over"), Meetings: 2, Answers: "notes-lost"},
				}}}),
		consents("how-to-respond", "fay", "sol", "lee", "dee", "ada", "ben"))},
	{"4", 8, "People give input, and each input gets an answer.", inputs()},
	{"4b", 20, "The helping circle recommends.", one(
		act{by: "lee", says: "brings the helping circle's draft: a voice note in the app after each visit, for 12 months",
			cmd: proposal.Submit{ID: "notes", Circle: "valley", Need: "notes-lost", Recommended: "notes-helpers",
				Text: say("A voice note in the app after each visit"), Term: period("12m")}},
	)},
	{"5", 21, "Does it go together with what others have agreed?", one(
		act{by: "sol", says: "finds no conflict with other circles' policies",
			cmd: proposal.CheckConflicts{Proposal: "notes", Version: 1, Clear: true, Note: say("No other circle has a policy on this")}},
		act{by: "sol", says: "attaches Easy Read of version 1, checked with Ada",
			cmd: proposal.AttachRendition{Proposal: "notes", Version: 1, Format: circle.EasyRead, Checked: "ada", Text: say("After each visit we speak a note")}},
	)},
	{"6", 21, "Ada needs time to read.", one(
		act{by: "fay", says: "wants to decide on day 28", refused: "reading-time",
			cmd: consent.CallMeeting{ID: "m1", Circle: "valley", At: at(28), Items: []proposal.ID{"notes"}}},
		act{by: "fay", says: "calls the meeting for day 36",
			cmd: consent.CallMeeting{ID: "m1", Circle: "valley", At: at(36), Items: []proposal.ID{"notes"}}},
	)},
	{"7", 36, "The first meeting. A guest is heard.", acts(one(
		act{by: "fay", says: "opens the meeting; Gus is a guest",
			cmd: consent.OpenMeeting{Meeting: "m1", Present: []circle.PersonID{"fay", "sol", "lee", "dee", "ada", "ben", "lou"}, Guests: []circle.PersonID{"gus"}}},
		act{by: "fay", says: "opens the opening round", cmd: consent.OpenRound{Meeting: "m1", Round: consent.OpeningRound}},
		act{by: "fay", says: "says hello", cmd: consent.Speak{Meeting: "m1", Text: say("Welcome")}},
		act{by: "fay", says: "wants to say more before the others have spoken", refused: "spoken-already", cmd: consent.Speak{Meeting: "m1", Text: say("And")}}),
		everybody([]circle.PersonID{"sol", "lee", "dee", "ada", "ben", "lou", "gus"}, "says hello", consent.Speak{Meeting: "m1", Text: say("Hello")}),
		one(act{by: "gus", says: "uses 4 of the guests' 15 minutes", cmd: consent.SpeakAsGuest{Meeting: "m1", Minutes: 4, Text: say("Investors ask how Teams are doing")}}),
		agenda("m1", "Hand-over notes; closing round", "fay", "sol", "lee", "dee", "ada", "ben"),
		one(act{by: "gus", says: "wants to go on", refused: "guests-time-over", cmd: consent.SpeakAsGuest{Meeting: "m1", Minutes: 4, Text: say("One more thing")}}))},
	{"8", 36, "Questions, and a stop card.", acts(one(
		act{by: "fay", says: "opens the clarifying round", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ClarifyRound}},
		speaks("notes", "sol", "Who listens to the notes?"),
		act{by: "lee", says: "answers: whoever comes next", cmd: consent.Reply{Proposal: "notes", Text: say("Whoever comes next")}},
		act{by: "ada", says: "holds up a stop card", cmd: consent.Signal{Proposal: "notes", Card: consent.StopCard}},
		act{by: "lee", says: "wants to go on", refused: "suspended", cmd: consent.Speak{Proposal: "notes", Text: say("Then")}},
		act{by: "fay", says: "explains: it is like a message that you speak", cmd: consent.Reply{Proposal: "notes", Text: say("A voice note is like a message that you speak")}},
		act{by: "ada", with: "sam", says: "takes the card back", cmd: consent.ClearCard{Proposal: "notes"}}),
		passes("notes", "lee"), one(speaks("notes", "dee", "How long is a note?"),
			act{by: "ada", with: "sam", says: "asks: what if somebody has no smartphone?", cmd: consent.Speak{Proposal: "notes", Text: say("What if somebody has no smartphone?")}}),
		passes("notes", "ben", "lou", "fay"),
		one(act{by: "fay", says: "opens the reaction round; Lee begins this time", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ReactRound}},
			speaks("notes", "lee", "Simple and quick"), speaks("notes", "dee", "I wonder who reads them"), speaks("notes", "ada", "I fear for two Teams"),
			speaks("notes", "ben", "I like speaking"), speaks("notes", "lou", "I would use it"), speaks("notes", "fay", "It would help"), speaks("notes", "sol", "Good")))},
	{"9", 36, "The question is put: consent round 1.", acts(one(
		act{by: "fay", says: "puts the question on version 1", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ConsentRound}},
		act{by: "dee", says: "objects: nobody would notice if the notes stopped being read",
			cmd: objection.Raise{ID: "o-unread", Proposal: "notes", Aim: "support-teams", Argument: say("Nobody would notice if the notes stopped being read")}},
		act{by: "ada", with: "sam", says: "objects: two Teams have members without smartphones; they would be cut off",
			cmd: objection.Raise{ID: "o-phones", Proposal: "notes", Aim: "support-teams", Source: proposal.Lived,
				Argument: say("Two Teams have members without smartphones; they would be cut off")}},
		act{by: "lou", says: "wants to consent", refused: "no-consent-right", cmd: consent.Respond{Proposal: "notes", Answer: consent.Consents}}),
		consents("notes", "ben", "fay", "sol", "lee"))},
	{"10", 36, "Can an objection be waved away?", one(
		act{by: "lee", says: "wants to dismiss Ada's objection as a preference", wire: "objection.dismiss", refused: "unknown-command"},
		act{by: "lee", says: "wants to withdraw it for her", refused: "not-the-objector", cmd: objection.Withdraw{Objection: "o-phones"}},
	)},
	{"11", 36, "The circle says each objection back.", one(
		act{by: "fay", says: "says Ada's objection back", cmd: objection.Restate{Objection: "o-phones", Statement: say("People without a smartphone would not get the notes, so we would not support their Teams well")}},
		act{by: "ada", with: "sam", says: "confirms: that is what I mean", cmd: objection.Confirm{Objection: "o-phones"}},
		act{by: "fay", says: "says Dee's objection back", cmd: objection.Restate{Objection: "o-unread", Statement: say("If nobody reads the notes any more, we would not see it, and support would suffer")}},
		act{by: "dee", says: "confirms", cmd: objection.Confirm{Objection: "o-unread"}},
	)},
	{"12", 36, "Three tools: amend, measure, shorten the term.", one(
		act{by: "fay", says: "opens a round for options", cmd: consent.OpenRound{Proposal: "notes", Round: consent.OptionsRound}},
		speaks("notes", "ada", "A number one can ring, and a book"), speaks("notes", "ben", "Let us try it for less time"), speaks("notes", "lou", "I can read a measure"),
		speaks("notes", "fay", "We could count missed hand-overs"), speaks("notes", "sol", "Monthly is possible"), speaks("notes", "lee", "Yes"), speaks("notes", "dee", "And stop if it goes wrong"),
		act{by: "fay", says: "writes version 2: app, phone line or paper book, three equal ways; missed hand-overs are counted; 3 months instead of 12",
			cmd: consent.Integrate{Proposal: "notes", Text: say("A voice note in the app, a call to the phone-in line, or the paper book: three equal ways"), Term: period("3m"),
				Measures: []proposal.Measure{{ID: "missed", Indicator: say("Missed hand-overs per Team and month"), Every: period("1m"), Reader: "rota-holder", Stop: 3}},
				Meets: []consent.Meets{{Objection: "o-phones", Tools: []circle.Tool{circle.Amend, circle.Shorten}},
					{Objection: "o-unread", Tools: []circle.Tool{circle.Measure, circle.Shorten}}}}},
	)},
	{"13", 36, "The Easy Read is stale now.", acts(one(
		act{by: "sol", says: "finds no conflict", cmd: proposal.CheckConflicts{Proposal: "notes", Version: 2, Clear: true}},
		act{by: "fay", says: "wants to put the question again", refused: "rendition-stale", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ConsentRound}},
		act{by: "fay", says: "opens the closing round", cmd: consent.OpenRound{Meeting: "m1", Round: consent.ClosingRound}}),
		everybody([]circle.PersonID{"ben", "lou", "fay", "sol", "lee", "dee", "ada", "gus"}, "says goodbye", consent.Speak{Meeting: "m1", Text: say("Thank you")}),
		one(act{by: "fay", says: "closes the meeting; Ada's Easy Read was there", cmd: consent.CloseMeeting{Meeting: "m1", Needs: []consent.NeedMet{{Person: "ada", Need: circle.EasyRead, Met: true}}}}))},
	{"14", 40, "Easy Read of version 2.", one(
		act{by: "sol", says: "attaches Easy Read of version 2", cmd: proposal.AttachRendition{Proposal: "notes", Version: 2, Format: circle.EasyRead, Checked: "ada", Text: say("After each visit: speak a note, ring, or write in the book")}},
		act{by: "fay", says: "wants to meet on day 46", refused: "reading-time", cmd: consent.CallMeeting{ID: "m2", Circle: "valley", At: at(46), Items: []proposal.ID{"notes"}}},
		act{by: "fay", says: "calls the meeting for day 48", cmd: consent.CallMeeting{ID: "m2", Circle: "valley", At: at(48), Items: []proposal.ID{"notes"}}},
		act{by: "ben", recordedBy: "sol", says: "cannot come", cmd: consent.SendApology{Meeting: "m2"}},
	)},
	{"15", 48, "The second meeting. Ben is away.", acts(one(
		act{by: "fay", says: "opens the meeting", cmd: consent.OpenMeeting{Meeting: "m2", Present: []circle.PersonID{"fay", "sol", "lee", "dee", "ada", "lou"}}}),
		agenda("m2", "Hand-over notes, second time", "fay", "sol", "lee", "dee", "ada"),
		one(act{by: "fay", says: "puts the question on version 2", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ConsentRound}},
			act{by: "fay", says: "looks at the old page", refused: "old-version", cmd: consent.Respond{Proposal: "notes", Version: 1, Answer: consent.Consents}}),
		consents("notes", "fay", "sol", "lee", "dee", "ada"),
		one(act{by: "fay", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: "m2", Needs: []consent.NeedMet{{Person: "ada", Need: circle.EasyRead, Met: true}}}}))},
	{"16", 48, "Ben has five days, by the written policy.", one(
		act{by: "sol", says: "sends Ben the minutes", cmd: consent.SendMinutes{Meeting: "m2", To: "ben", Format: circle.Standard}},
	)},
	{"16b", 53, "Ben has said nothing: adopted, today and not before.", nil},
	{"17", 79, "The measure is read.", one(
		act{by: "lou", says: "reads the measure for Team Ash: 1", cmd: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Subject: "team-ash", Value: 1}},
	)},
	{"17b", 110, "Three missed hand-overs: it comes back at once.", one(
		act{by: "fay", says: "wants to read the measure", refused: "not-the-reader", cmd: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Subject: "team-birch", Value: 3}},
		act{by: "lou", says: "reads the measure for Team Birch: 3", cmd: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Subject: "team-birch", Value: 3}},
		act{by: "lee", says: "writes version 3: the phone line has a new number", cmd: proposal.Revise{Proposal: "notes",
			Text: say("A voice note in the app, a call to the phone-in line (its new number is in the book), or the paper book: three equal ways")}},
		act{by: "sol", says: "finds no conflict", cmd: proposal.CheckConflicts{Proposal: "notes", Version: 3, Clear: true}},
		act{by: "sol", says: "attaches Easy Read of version 3", cmd: proposal.AttachRendition{Proposal: "notes", Version: 3, Format: circle.EasyRead, Checked: "ada", Text: say("The number to ring is new")}},
		act{by: "fay", says: "calls a meeting for day 118", cmd: consent.CallMeeting{ID: "m4", Circle: "valley", At: at(118), Items: []proposal.ID{"notes"}}},
	)},
	{"17c", 118, "The circle keeps it, with the new number.", acts(one(
		act{by: "fay", says: "opens the meeting", cmd: consent.OpenMeeting{Meeting: "m4", Present: []circle.PersonID{"fay", "sol", "lee", "dee", "ada", "ben"}}}),
		agenda("m4", "Hand-over notes, early review", "fay", "sol", "lee", "dee", "ada", "ben"),
		one(act{by: "fay", says: "opens the clarifying round", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ClarifyRound}}),
		passes("notes", "fay", "sol", "lee", "dee", "ada", "ben"),
		one(act{by: "fay", says: "opens the reaction round", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ReactRound}}),
		everybody([]circle.PersonID{"sol", "lee", "dee", "ada", "ben", "fay"}, "says: good", consent.Speak{Proposal: "notes", Text: say("Good")}),
		one(act{by: "fay", says: "puts the question on version 3", cmd: consent.OpenRound{Proposal: "notes", Round: consent.ConsentRound}}),
		consents("notes", "lee", "dee", "ada", "ben", "fay", "sol"),
		one(act{by: "fay", says: "closes the meeting", cmd: consent.CloseMeeting{Meeting: "m4", Needs: []consent.NeedMet{{Person: "ada", Need: circle.EasyRead, Met: true}}}}))},
	{"18", 143, "The term ends: a review, not a lapse.", acts(
		everybody([]circle.PersonID{"ada", "ben", "dee", "fay", "lee", "lou"}, "says how it went", proposal.Evaluate{Proposal: "notes", Text: say("It helps")}),
		one(act{by: "lee", says: "asks: we keep it for 12 months", cmd: consent.Ask{ID: "keep-notes", Circle: "valley", Question: say("We keep it for 12 months"),
			Enacts: []circle.Deed{proposal.Keep{Proposal: "notes", Term: period("12m"), Outcomes: []circle.ItemID{"feel-in-control", "workers-expertise"}}}}}),
		consents("keep-notes", "fay", "sol", "lee", "dee", "ada", "ben"))},
}

// inputs are the nine inputs and their answers.
func inputs() []act {
	list := []struct {
		by     circle.PersonID
		words  string
		answer proposal.Answer
		how    string
	}{
		{"ada", "I cannot tell the next person what the last one promised me", proposal.Used, "It is what the notes are for"},
		{"ben", "A voice is easier for me than a screen", proposal.Used, "Voice notes"},
		{"wyn", "Notes on paper lie in three houses", proposal.NotUsed, "We leave paper behind"},
		{"lou", "I read the notes on the bus", proposal.Used, "They play on any phone"},
		{"gus", "What does it cost?", proposal.Open, "Sol is asking"},
		{"dee", "My father forgets who came", proposal.Used, "Each note says who came"},
		{"sol", "The app can hold sound", proposal.Used, "In the app"},
		{"fay", "Short notes get read, long ones do not", proposal.Used, "Two minutes at most"},
		{"ben", "Ask us whether it works", proposal.Used, "It has a term of 12 months"},
	}
	var gives, answers []act
	for i, in := range list {
		id := proposal.InputID("i" + string(rune('1'+i)))
		gives = append(gives, act{by: in.by, says: "gives input: " + in.words, cmd: proposal.GiveInput{ID: id, Need: "notes-lost", Text: say(in.words)}})
		answers = append(answers, act{by: "lee", says: "answers " + strings.ToUpper(string(in.by[:1])) + string(in.by[1:]) + " (" + string(in.answer) + "): " + in.how,
			cmd: proposal.AnswerInput{Need: "notes-lost", Input: id, Answer: in.answer, How: say(in.how)}})
	}
	return append(gives, answers...)
}

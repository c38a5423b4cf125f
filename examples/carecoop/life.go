package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// months is the life between the scenes: the circles meet, decide small things by
// consent, read measures, and look at what is due. It is told in a line a month.
func months() []scene {
	var out []scene
	for m := range 18 {
		day := fifth(m)
		out = append(out, month(m, day))
		switch {
		case m == 9:
			out = append(out, scene{"L-annual", day, "5 September 2027: the annual meeting is called, with notice to all members.", quiet(one(
				act{by: "ama", cmd: consent.CallGeneral{ID: "annual", Circle: "members", At: at(day + 20), Annual: true, Purpose: say("The accounts, and the reports of the year"),
					Business: []consent.Business{{What: "accounts"}, {What: "auditor"}, {What: "board"}, {What: "profit"}}}}))},
				scene{"L-annual-2", day + 20, "25 September 2027: the annual meeting: 60 members hear the accounts and the reports of the year.", quiet(one(
					act{by: "ama", cmd: consent.OpenMeeting{Meeting: "annual", Present: all([]circle.PersonID{"ama", "wyn"}, registered(circle.Supported, 1, 20), registered(circle.Worker, 1, 18), registered(circle.Investor, 1, 20))}},
					act{by: "ama", cmd: consent.CloseMeeting{Meeting: "annual"}}))})
		case m == 16:
			out = append(out, scene{"L-notes", 511, "17 April 2028: a year on, the Valley Circle looks at its agreement on hand-over notes, and keeps it for another.", quiet(append(
				everybody([]circle.PersonID{"ada", "ben", "dee", "fay", "lee", "lou"}, "", proposal.Evaluate{Proposal: "notes", Text: say("It still helps")}),
				question("fay", "keep-notes-again", "valley", "We keep it for another 12 months", local, proposal.Keep{Proposal: "notes", Term: period("12m"), Outcomes: []circle.ItemID{"feel-in-control"}})...))})
		}
	}
	return out
}

// fifth is the fifth day of a month, counted from December 2026 on.
func fifth(m int) int {
	return int(time.Date(2026, time.Month(12+m), 5, 10, 0, 0, 0, time.UTC).Sub(at(0)).Hours() / 24)
}

// A setting is a circle and who is in it.
type setting struct {
	id     circle.ID
	by     circle.PersonID
	who    []circle.PersonID
	needs  []consent.NeedMet
	called string
}

// month is what the circles do in one month. While an appeal lies before them, the
// broader circles meet for it alone, and decide small things outside meetings.
func month(m, day int) scene {
	meet := []setting{
		{"purpose", "ama", purpose, []consent.NeedMet{{Person: "kit", Need: circle.Audio, Met: true}, {Person: "joe", Need: circle.Large, Met: true}}, "Purpose"},
		{"places", "uma", placesOn(day), placesNeeds(day), "Places"},
	}
	if day > 150 && day < 400 {
		meet = append(meet, setting{"valley", "fay", valley, adaRead, "Valley"})
	}
	var out []act
	var circles []string
	decisions := 0
	for _, s := range meet {
		circles = append(circles, s.called)
		list, n := s.month(m, day)
		out, decisions = append(out, list...), decisions+n
	}
	title := fmt.Sprintf("%s: the %s Circles meet, and decide %d small things by consent", at(day).Format("January 2006"), plain(circles), decisions)
	if day > 400 {
		title = fmt.Sprintf("%s: the %s Circles decide %d small things by consent", at(day).Format("January 2006"), plain(circles), decisions)
	}
	if day > 125 {
		out = append(out, act{by: "lou", cmd: proposal.ReadMeasure{Proposal: "notes", Measure: "missed", Subject: "team-ash", Value: m % 2}})
		title += "; Lou reads the measure of hand-overs"
	}
	return scene{fmt.Sprintf("L%d", m+1), day, title + ".", quiet(out)}
}

// month is what one circle does, and how many things it decides.
func (s setting) month(m, day int) ([]act, int) {
	topics := []string{"Who brings the cake", "Where we meet when it rains", "How we greet who is new", "When the heating goes on", "Who has the key", "What hangs on the wall"}
	name := func(what string) string { return fmt.Sprintf("%s-%s-%d", what, s.id, m) }
	id := consent.MeetingID(name("meeting"))
	var out []act
	if day < 400 {
		out = append(out, act{by: s.by, cmd: consent.CallMeeting{ID: id, Circle: s.id, At: at(day)}},
			act{by: s.by, cmd: consent.OpenMeeting{Meeting: id, Present: s.who}})
		out = append(out, question(s.by, proposal.ID(name("agenda")), s.id, "The agenda", s.who, consent.AdoptAgenda{Meeting: id})...)
	}
	for i := range 2 {
		out = append(out, question(s.by, proposal.ID(name(fmt.Sprintf("small-%d", i+1))), s.id, topics[(m+3*i)%len(topics)], s.who)...)
	}
	if day < 400 {
		out = append(out, act{by: s.by, cmd: consent.CloseMeeting{Meeting: id, Needs: s.needs}})
	}
	return out, 2
}

// question is one that everybody consents to.
func question(by circle.PersonID, id proposal.ID, of circle.ID, words string, who []circle.PersonID, deeds ...circle.Deed) []act {
	return append(one(asks(by, id, of, "asks", words, deeds...)), consents(id, who...)...)
}

// placesOn are those in the Places Circle on a day: Ada sits there while she is
// Delegate of the Valley Circle, and Dee before and afterwards.
func placesOn(day int) []circle.PersonID {
	out := all(places)
	if day >= 248 && day < 391 {
		out[len(out)-1] = "ada"
	}
	return out
}

func placesNeeds(day int) []consent.NeedMet {
	needs := []consent.NeedMet{{Person: "joe", Need: circle.Large, Met: true}}
	if day >= 248 && day < 391 {
		needs = append(needs, adaRead...)
	}
	return needs
}

func plain(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

package consent

import (
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
)

// tellWindow words what a method's times and stances bring about.
func tellWindow(entry *Entry, event Event) (string, circle.Text, bool) {
	none := circle.Text{}
	switch v := event.(type) {
	case *Responded:
		return fmt.Sprintf("%s: %s, on version %d%s", how(entry, v.By), answerWords(v), v.Version, strengthWords(v.Strength)), v.Reason, true
	case *AnswerSealed:
		return fmt.Sprintf("%s answered on version %d, sealed", how(entry, v.By), v.Version), none, true
	case *Spoken:
		return how(entry, v.By) + " gave advice", v.Text, true
	case *Sponsored:
		return how(entry, v.By) + " stands behind it", none, true
	case *MethodChosen:
		return "The circle chose by consent to decide this by the method " + v.Method.Name, none, true
	case *AnsweredAhead:
		return fmt.Sprintf("%s, who will be away, answers ahead on version %d: %s", how(entry, v.By), v.Version, v.Answer), v.Reason, true
	case *AheadVoid:
		return fmt.Sprintf("What %s answered ahead is void: the text has changed", circle.Plain(v.Who)), none, true
	case *FeedbackAsked:
		return fmt.Sprintf("%s asked %s for a word", how(entry, v.By), v.Person), v.Text, true
	case *Acknowledged:
		return fmt.Sprintf("%s has seen version %d", how(entry, v.By), v.Version), none, true
	case *AnswersKept:
		return fmt.Sprintf("By the method the answers of %s to version %d stand for version %d", circle.Plain(v.Who), v.From, v.To), none, true
	case *WindowExtended:
		return fmt.Sprintf("%s gave more time to answer, until %s", how(entry, v.By), instant(v.Closes)), v.Reason, true
	case *WindowClosed:
		return windowWords(v), none, true
	case *LastCallOver:
		return "The last call was over on " + instant(v.At), none, true
	}
	return "", none, false
}

func windowWords(v *WindowClosed) string {
	says := "The time to answer was over on " + instant(v.At)
	switch {
	case len(v.Silent) == 0 && v.All == 0:
		return says
	case v.As == "":
		return fmt.Sprintf("%s; %s had said nothing, which is no answer", says, v.silentWords())
	}
	return fmt.Sprintf("%s; %s had said nothing, which counts by the method as: %s", says, v.silentWords(), v.As)
}

// timesWords says how long people have, and what silence means.
func timesWords(m *Method, absence circle.Absence) string {
	says := ""
	if !m.Window.IsZero() {
		says += "; time to answer: " + m.Window.For.String()
	}
	if !m.LastCall.IsZero() {
		says += fmt.Sprintf("; last call: %s, and an objection in it: %s", m.LastCall, clockWords[m.Clock])
	}
	if says == "" {
		says = "; absence policy: " + policyWords(absence)
	}
	return says
}

// clockWords say what an objection does to a last call.
var clockWords = map[Clock]string{Restarts: "the time begins anew", RunsOn: "the time runs on, and nothing is adopted while it stands",
	Stops: "the circle works on it and asks again"}

// strengthWords says how strongly somebody answered, if they said it.
func strengthWords(n Strength) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", with a strength of %d in 100", n)
}

// silentWords names who was silent, or says how many were.
func (e *WindowClosed) silentWords() string {
	if e.All > 0 {
		return fmt.Sprintf("%d people", e.All)
	}
	return circle.Plain(e.Silent)
}

// instant words a time to the minute, as the refusals do.
func instant(t time.Time) string { return circle.Plain(t) }

// turnoutWords says who was heard.
func turnoutWords(t Turnout) string {
	says := ""
	for _, n := range []struct {
		count int
		what  string
	}{{t.Spoke, "spoke"}, {t.Acknowledged, "saw it and did not answer"}, {t.Silent, "said nothing"}, {t.Unreached, "could not be reached"}} {
		if n.count > 0 {
			says += fmt.Sprintf("; %d %s", n.count, n.what)
		}
	}
	return says
}

package consent

import (
	"fmt"

	"github.com/sayround/sayround/circle"
)

// tellAppeal words what happens in an appeal.
func tellAppeal(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *AppealDrafted:
		return fmt.Sprintf("%s began the appeal %s against version %d", how(entry, v.By), v.Appeal, v.Version), v.Reason, true
	case *AppealSigned:
		if v.Related != nil {
			return fmt.Sprintf("%s signed %s; related to %s", how(entry, v.By), v.Appeal, circle.Plain(v.Related)), circle.Text{}, true
		}
		return fmt.Sprintf("%s signed %s", how(entry, v.By), v.Appeal), circle.Text{}, true
	case *AppealLeft:
		return fmt.Sprintf("%s took their signature from %s back", how(entry, v.By), v.Appeal), v.Reason, true
	case *AppealMoved:
		return v.says(entry), v.Reason, true
	case *AppellantHeard:
		return fmt.Sprintf("%s spoke to %s", how(entry, v.By), v.Appeal), v.Text, true
	case *SessionHeld:
		return fmt.Sprintf("Session %d on %s was held", v.No, v.Appeal), circle.Text{}, true
	case *AppealExtended:
		return fmt.Sprintf("Those who hear %s consented to %s more", v.Appeal, howMany(v.Sessions, "session")), circle.Text{}, true
	case *AppealAnswered:
		says := fmt.Sprintf("%s answered %s %s: %s", v.Circle, v.Appeal, v.by(entry), v.Ruling)
		if v.Circle == "" {
			says = fmt.Sprintf("The panel answered %s: %s", v.Appeal, v.Ruling)
		}
		return says, v.Answer, true
	case *AppealEnded:
		return fmt.Sprintf("The appeal %s is over: %s", v.Appeal, v.Outcome), circle.Text{}, true
	}
	return tellPanel(entry, event)
}

// by words how a circle came to its answer: by consent, or by a vote, with its sum.
func (e *AppealAnswered) by(entry *Entry) string {
	for _, event := range entry.Events {
		j, ok := event.(*Judged)
		if !ok || j.Proposal != e.Case || j.Rule.Kind != resolutionKind && j.Rule.Kind != settleKind {
			continue
		}
		says := fmt.Sprintf("by a vote on %s", e.Case)
		for _, r := range j.Why {
			if r.Code == "in-favour" {
				says += fmt.Sprintf(", with %s in favour", r.Got)
			}
		}
		return says
	}
	return "by consent"
}

// tellPanel words what a panel does.
func tellPanel(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *PanelNamed:
		return fmt.Sprintf("%s named those who hear %s: %s", how(entry, v.By), v.Appeal, circle.Plain(v.Members)), circle.Text{}, true
	case *PanellistDoubted:
		says := fmt.Sprintf("%s found %s partial", how(entry, v.By), v.Person)
		if v.Dismissed {
			says += ", who hears it no more"
		}
		return says, v.Reason, true
	case *AppealJudged:
		return fmt.Sprintf("%s of the panel found: %s", how(entry, v.By), v.Ruling), v.Reason, true
	case *PanelReported:
		says := fmt.Sprintf("The panel reported on %s: %d of %d say so", v.Appeal, v.Says, v.Of)
		if v.Short {
			says += ", and nobody otherwise: it ended early"
		}
		if v.Late {
			says += "; its time was over"
		}
		return says, circle.Text{}, true
	case *AppealPetitioned:
		return fmt.Sprintf("%s signed the petition that more people hear %s", how(entry, v.By), v.Appeal), v.Reason, true
	}
	return tellHold(entry, event)
}

// says words where an appeal lies.
func (e *AppealMoved) says(entry *Entry) string {
	says := fmt.Sprintf("The appeal %s lies before %s", e.Appeal, e.Before)
	switch {
	case e.Panel:
		says = fmt.Sprintf("The appeal %s lies before a panel that %s names", e.Appeal, e.Before)
	case e.As != "":
		says += ", as " + string(e.As)
	}
	if e.By != "" {
		says += fmt.Sprintf("; %s brought it there", how(entry, e.By))
	}
	if e.Holds {
		says += ", and the decision is on hold meanwhile"
	}
	return says
}

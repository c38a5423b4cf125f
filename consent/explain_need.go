package consent

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// tellBacklog words what happens to a need before there is a proposal for it.
func tellBacklog(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *proposal.NeedDescribed:
		return fmt.Sprintf("%s described the situation (wording %d)", byOrCircle(entry, v.By), v.Wording), v.Situation, true
	case *proposal.RequirementSet:
		return fmt.Sprintf("%s said what is needed (wording %d)", byOrCircle(entry, v.By), v.Wording), v.Requirement, true
	case *proposal.NeedAccepted:
		return fmt.Sprintf("The circle consented that it is worth acting on (wording %d)", v.Wording), circle.Text{}, true
	case *proposal.RequirementAccepted:
		return fmt.Sprintf("The circle consented to what is needed (wording %d)", v.Wording), circle.Text{}, true
	case *proposal.NeedLinked:
		if v.Text != "" {
			return fmt.Sprintf("%s linked %s with %s", how(entry, v.By), v.Need, v.Text), circle.Text{}, true
		}
		return fmt.Sprintf("%s linked %s with the need %s (%s)", how(entry, v.By), v.Need, v.To, v.As), circle.Text{}, true
	case *proposal.Ranked:
		return fmt.Sprintf("%s put the needs of %s in order: %s", how(entry, v.By), v.Circle, join(v.Order)), circle.Text{}, true
	case *proposal.NextStepSet:
		return fmt.Sprintf("%s set the next step: %s%s", how(entry, v.By), v.Step, dueWords(v.Due)), circle.Text{}, true
	case *proposal.NeedClosed:
		return fmt.Sprintf("The circle closed the need %s by consent: %s", v.Need, v.Outcome), v.Reason, true
	case *proposal.NeedOffered:
		return fmt.Sprintf("%s offered the need to %s, for %s", how(entry, v.By), v.To, v.From), v.Reason, true
	case *proposal.NeedTaken:
		return fmt.Sprintf("%s took the need for %s", how(entry, v.By), v.Circle), circle.Text{}, true
	case *proposal.NeedRefused:
		return fmt.Sprintf("%s did not take the need for %s; it is before %s now", how(entry, v.By), v.Circle, v.Now), v.Reason, true
	}
	return "", circle.Text{}, false
}

// tellForming words how a proposal is formed.
func tellForming(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *proposal.DimensionAdded:
		return fmt.Sprintf("%s added %s to the picture", how(entry, v.By), v.Dimension), v.Text, true
	case *proposal.PictureClosed:
		return "The circle consented that the picture is complete for now", circle.Text{}, true
	case *proposal.PictureReopened:
		return how(entry, v.By) + " opened the picture again", v.Reason, true
	case *proposal.IdeaAdded:
		return fmt.Sprintf("%s gave the idea %s%s", how(entry, v.By), v.Idea, ofWords(join(v.Dimensions))), v.Text, true
	case *proposal.QuestionAsked:
		return fmt.Sprintf("%s asked the question %s (%s)", how(entry, v.By), v.Question, v.Kind), v.Text, true
	case *proposal.QuestionAnswered:
		return fmt.Sprintf("%s answered the question %s", how(entry, v.By), v.Question), v.Answer, true
	case *proposal.Prioritised:
		return fmt.Sprintf("%s put the questions in order: %s", how(entry, v.By), join(v.Order)), circle.Text{}, true
	case *proposal.TunersChosen:
		return fmt.Sprintf("The circle chose by consent who makes one text of it: %s%s", join(v.Tuners), dueWords(v.Until)), v.Mandate, true
	case *proposal.CoverageChecked:
		if v.Covers {
			return fmt.Sprintf("The circle consented that version %d of %s covers the picture", v.Version, v.Text), v.Reason, true
		}
		return fmt.Sprintf("%s found a gap in version %d of %s; the work goes back to the %s", byOrCircle(entry, v.By), v.Version, v.Text, v.BackTo), v.Reason, true
	case *proposal.IdeaLeftOut:
		return fmt.Sprintf("%s left the idea %s out", how(entry, v.By), v.Idea), v.Reason, true
	}
	return "", circle.Text{}, false
}

package consent

import (
	"fmt"

	"github.com/sayround/sayround/circle"
)

// tellExit words what happened beside the straight way.
func tellExit(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *Forwarded:
		return fmt.Sprintf("%s put the draft to the circle", how(entry, v.By)), circle.Text{}, true
	case *WordingChanged:
		if v.Onwards {
			return fmt.Sprintf("By the method the circle goes on to the question with version %d", v.Version), circle.Text{}, true
		}
		return fmt.Sprintf("Version %d changes the wording only: what was said in the rounds holds for it", v.Version), circle.Text{}, true
	case *ClassDisputed:
		return fmt.Sprintf("%s said that more than the wording was changed, so the circle began again", how(entry, v.By)), v.Reason, true
	case *Parked:
		return fmt.Sprintf("%s set it aside; %s looks after it, and it comes back on %s", how(entry, v.By), v.Owner, day(v.Wake)), v.Reason, true
	case *Resumed:
		if v.By == "" {
			return fmt.Sprintf("It came back by itself, to the stage %s", v.To), circle.Text{}, true
		}
		return fmt.Sprintf("%s took it up again, in the stage %s", how(entry, v.By), v.To), circle.Text{}, true
	case *TransferOffered:
		return fmt.Sprintf("%s offered it to %s", how(entry, v.By), v.To), v.Reason, true
	case *TransferRefused:
		if v.Next == "" {
			return fmt.Sprintf("%s did not take it, so it stays", v.Circle), v.Reason, true
		}
		return fmt.Sprintf("%s did not take it, so it was offered to %s", v.Circle, v.Next), v.Reason, true
	case *Transferred:
		return fmt.Sprintf("%s took it from %s: %s did so", v.To, v.From, how(entry, v.By)), circle.Text{}, true
	case *WithdrawalAnnounced:
		return fmt.Sprintf("%s takes the proposal back, unless somebody takes it over by %s", how(entry, v.By), day(v.Until)), v.Reason, true
	case *TakenOver:
		return fmt.Sprintf("%s took the proposal over", how(entry, v.By)), circle.Text{}, true
	}
	return tellStuck(entry, event)
}

// tellStuck words how a circle that was stuck went on, and how a process ended
// without a decision.
func tellStuck(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *Escalated:
		return fmt.Sprintf("%s asked %s for an answer", how(entry, v.By), v.To), v.Reason, true
	case *Ruled:
		return fmt.Sprintf("%s answered by consent: %s", v.Circle, v.Ruling), v.Answer, true
	case *BallotCalled:
		return fmt.Sprintf("%s called a ballot", how(entry, v.By)), v.Reason, true
	case *Declared:
		says := fmt.Sprintf("%s declared it %s", how(entry, v.By), v.Outcome)
		if v.Over != nil {
			says += " over " + circle.Plain(v.Over)
		}
		return says, v.Reason, true
	case *Discarded:
		return fmt.Sprintf("%s discarded it", how(entry, v.By)), v.Reason, true
	case *MergeAgreed:
		return fmt.Sprintf("%s agreed that %s takes its place", how(entry, v.By), v.With), v.Reason, true
	case *Superseded:
		return fmt.Sprintf("%s took its place", v.With), v.Reason, true
	case *Expired:
		return "Its time was over, and nobody had ended it", circle.Text{}, true
	case *MovedToMeeting:
		return fmt.Sprintf("%s took it to a meeting; here it counts as withdrawn", how(entry, v.By)), v.Reason, true
	case *BreakdownDeclared:
		return fmt.Sprintf("%s said that the process broke down; %s alone facilitates it", how(entry, v.By), v.Keeper), v.Reason, true
	case *ProcessRestored:
		return fmt.Sprintf("%s gave the process back", how(entry, v.By)), circle.Text{}, true
	}
	return "", circle.Text{}, false
}

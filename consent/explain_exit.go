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
		if v.Begins {
			return fmt.Sprintf("Version %d changes more than the wording before the circle has reacted: it begins again with it", v.Version), circle.Text{}, true
		}
		return fmt.Sprintf("Version %d changes the wording only: what was said in the rounds holds for it", v.Version), circle.Text{}, true
	case *ClassDisputed:
		return fmt.Sprintf("%s said that more than the wording was changed, so the circle began again", how(entry, v.By)), v.Reason, true
	case *Parked:
		if v.By == "" {
			return fmt.Sprintf("The circle set it aside by consent; %s looks after it, and it comes back on %s", v.Owner, day(v.Wake)), v.Reason, true
		}
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
		if v.By == "" {
			return fmt.Sprintf("%s took it from %s by consent", v.To, v.From), circle.Text{}, true
		}
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
		return fmt.Sprintf("%s asked %s%s for an answer", how(entry, v.By), v.To, v.Arbiter) + v.Packet.says(), v.Reason, true
	case *Ruled:
		return v.says(), v.Answer, true
	case *DeadlockCalled, *DeadlockDeclared, *MediationBegan, *MediationReported:
		return tellDeadlock(entry, event)
	case *BallotCalled:
		return calledWords(entry, v), v.Reason, true
	case *TieSettled:
		return tieWords(entry, v), v.Reason, true
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
	case *SplitUp:
		return fmt.Sprintf("%s split %s in two: %s", how(entry, v.By), v.Proposal, circle.Plain(v.Into)), v.Reason, true
	case *Expired:
		return "Its time was over, and nobody had ended it", circle.Text{}, true
	case *MovedToMeeting:
		return fmt.Sprintf("%s took it to a meeting; here it counts as withdrawn", how(entry, v.By)), v.Reason, true
	case *BreakdownDeclared:
		return fmt.Sprintf("%s said that the process broke down; %s alone facilitates it", how(entry, v.By), v.Keeper), v.Reason, true
	case *ProcessRestored:
		return fmt.Sprintf("%s gave the process back", how(entry, v.By)), circle.Text{}, true
	}
	return tellAppeal(entry, event)
}

// says words an answer.
func (e *Ruled) says() string {
	says := fmt.Sprintf("%s answered by consent: %s", e.Circle, e.Ruling)
	if e.By != "" {
		says = fmt.Sprintf("%s answered as arbiter: %s", e.By, e.Ruling)
	}
	if e.Binding {
		says += ", and each version is held against it"
	}
	return says
}

// tellDeadlock words the steps before a question is passed on or voted on.
func tellDeadlock(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *DeadlockCalled:
		return fmt.Sprintf("%s said that the circle is deadlocked", how(entry, v.By)), v.Reason, true
	case *DeadlockDeclared:
		return fmt.Sprintf("%d of %d said so, and %s is enough: the circle may vote", v.Got, v.Of, v.Share), circle.Text{}, true
	case *MediationBegan:
		return fmt.Sprintf("%s asked %s to mediate until %s", how(entry, v.By), v.Mediator, day(v.Until)), v.Reason, true
	case *MediationReported:
		says := fmt.Sprintf("%s mediated and found no way", how(entry, v.By))
		if v.Found {
			says = fmt.Sprintf("%s mediated and found a way", how(entry, v.By))
		}
		return says, v.Report, true
	}
	return "", circle.Text{}, false
}

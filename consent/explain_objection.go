package consent

import (
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
)

// tellTest words the test of an objection.
func tellTest(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *objection.TestOpened:
		return fmt.Sprintf("%s asked for the test of %s", how(entry, v.By), v.Objection), v.Reason, true
	case *objection.Argued:
		return fmt.Sprintf("%s argued for %s that %s holds", how(entry, v.By), v.Objection, v.Criterion), v.Argument, true
	case *objection.Ruled:
		return fmt.Sprintf("%s ruled for %s: %s holds: %s", how(entry, v.By), v.Objection, v.Criterion, yesNo(v.Holds)), v.Reason, true
	case *objection.Disputed:
		against := string(v.Objection)
		if v.Against != "" {
			against = fmt.Sprintf("the dispute %s", v.Against)
		}
		return fmt.Sprintf("%s disputed %s (%s)", how(entry, v.By), against, v.Dispute), v.Argument, true
	case *objection.Conceded:
		return fmt.Sprintf("%s conceded the dispute %s", how(entry, v.By), v.Dispute), circle.Text{}, true
	case *objection.Refined:
		return fmt.Sprintf("%s put %s in other words", how(entry, v.By), v.Objection), v.Argument, true
	case *objection.Weighed:
		return fmt.Sprintf("%s weighed whether %s qualifies: %s", how(entry, v.By), v.Objection, yesNo(v.Qualifies)), v.Reason, true
	case *objection.Captured:
		return fmt.Sprintf("The test ended by %s: %s qualifies%s", how(entry, v.By), v.Objection, findingWords(v.Finding)), v.Reason, true
	case *objection.Dismissed:
		return fmt.Sprintf("The test ended by %s: %s does not qualify%s", how(entry, v.By), v.Objection, findingWords(v.Finding)), v.Reason, true
	}
	return "", circle.Text{}, false
}

// findingWords says what was found, by what sort of look.
func findingWords(f objection.Finding) string {
	out := []string{"", "looked at by: " + string(f.Tester)}
	for _, part := range []struct {
		says string
		list []string
	}{{"holds", texts(f.Holds)}, {"does not hold", texts(f.Lacks)}, {"for it", texts(f.For)}, {"against it", texts(f.Against)}} {
		if part.list != nil {
			out = append(out, part.says+": "+strings.Join(part.list, ", "))
		}
	}
	return strings.Join(out, "; ")
}

func texts[T ~string](list []T) []string {
	var out []string
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}

// tellWayOut words how an objection was shared, solved and ended.
func tellWayOut(entry *Entry, event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *objection.Joined:
		return fmt.Sprintf("%s made %s theirs as well", how(entry, v.By), v.Objection), v.Reason, true
	case *objection.Left:
		return fmt.Sprintf("%s has done with %s: for them it is %s", how(entry, v.By), v.Objection, v.How), v.Reason, true
	case *objection.Adopted:
		return fmt.Sprintf("%s took on %s, whose raiser has left", how(entry, v.By), v.Objection), circle.Text{}, true
	case *objection.Answered:
		says := fmt.Sprintf("%s answered %s", how(entry, v.By), v.Objection)
		if !v.Until.IsZero() {
			says += ", to be acknowledged by " + day(v.Until)
		}
		return says, v.Answer, true
	case *objection.Agreed:
		return fmt.Sprintf("%s says that version %d solves %s", how(entry, v.By), v.In, v.Objection), circle.Text{}, true
	case *objection.SolvedByBoth:
		return fmt.Sprintf("%s confirms as proposer that version %d solves %s", how(entry, v.By), v.In, v.Objection), circle.Text{}, true
	case *objection.Overruled:
		if v.Silent {
			return fmt.Sprintf("%s was answered and not accommodated: its raiser did not say in time whether the answer meets it", v.Objection), circle.Text{}, true
		}
		return fmt.Sprintf("%s closed %s as answered and not accommodated", how(entry, v.By), v.Objection), v.Reason, true
	case *objection.Abandoned:
		return fmt.Sprintf("%s found that %s is not worked on in good faith: it counts as not raised", how(entry, v.By), v.Objection), v.Reason, true
	case *objection.Deferred:
		return fmt.Sprintf("The circle put %s off by consent until %s; %s looks after it", v.Objection, day(v.Until), v.Owner), v.Then, true
	case *objection.StoodAside:
		return fmt.Sprintf("%s stands aside from %s", how(entry, v.By), v.Objection), v.Reason, true
	case *objection.Lowered:
		return fmt.Sprintf("%s made %s a concern", how(entry, v.By), v.Objection), v.Reason, true
	case *Dissented:
		return how(entry, v.By) + " holds another opinion, which stays with the decision", v.Text, true
	case *objection.Carried:
		return fmt.Sprintf("%s, which stood against the whole, stands against this part as %s", v.From, v.Objection), circle.Text{}, true
	case *objection.Referred:
		return fmt.Sprintf("%s said that %s is not about this part but about the other one, where it stands as %s", how(entry, v.By), v.Objection, v.To), v.Reason, true
	case *objection.PremiseNamed:
		return fmt.Sprintf("%s named what %s rests on (%s)", how(entry, v.By), v.Objection, v.Premise), v.Text, true
	case *objection.PremiseMarked:
		return fmt.Sprintf("%s marked the premise %s of %s: %s", how(entry, v.By), v.Premise, v.Objection, v.Mark), circle.Text{}, true
	}
	return "", circle.Text{}, false
}

// raisedAgain says of an objection that it comes back, or was a concern.
func raisedAgain(v *objection.Raised) string {
	switch {
	case v.Again != "":
		return fmt.Sprintf(", raising %s again", v.Again)
	case v.From != "":
		return fmt.Sprintf(", which was the concern %s", v.From)
	}
	return ""
}

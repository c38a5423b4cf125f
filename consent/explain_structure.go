package consent

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// tellStructure words what a decision changed in the structure of circles.
func tellStructure(event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *circle.ChangeAgreed:
		return fmt.Sprintf("%s agreed to the change %s; it waits for the consent of %s", v.By, v.Change, circle.Plain(v.Awaits)), circle.Text{}, true
	case *circle.ChangeConsented:
		return fmt.Sprintf("%s consented to the change %s", v.Circle, v.Change), circle.Text{}, true
	case *circle.ChangeCalledOff:
		return fmt.Sprintf("%s called the change %s off", v.Circle, v.Change), circle.Text{}, true
	case *circle.Redefined:
		return fmt.Sprintf("%s was defined anew", v.Circle) + domainWords(v.Domain), v.Aim, true
	case *circle.AimConfirmed:
		return fmt.Sprintf("%s took its aim and domain as its own", v.Circle), circle.Text{}, true
	case *circle.Described:
		return fmt.Sprintf("The domain of %s was described (version %d)", v.Circle, v.Version), v.About.Driver, true
	case *circle.TakenIn:
		return fmt.Sprintf("%s lies in %s from here on", v.Circle, v.Parent) + domainWords(v.Domain), circle.Text{}, true
	case *circle.RepresentativeNamed:
		return fmt.Sprintf("%s answers for %s from here on", nobodyOr(v.Person), v.Body), v.Told, true
	case *circle.StructureAgreed:
		return fmt.Sprintf("%s agreed what holds about the circles inside it", v.Circle), circle.Text{}, true
	}
	return tellMoves(event)
}

// tellMoves words what ended, and what went from one circle to another.
func tellMoves(event Event) (string, circle.Text, bool) {
	switch v := event.(type) {
	case *circle.Reparented:
		return fmt.Sprintf("%s lies in %s, no longer in %s", v.Circle, v.To, v.From), circle.Text{}, true
	case *circle.LinkEnded:
		return fmt.Sprintf("The %s of %s sits in %s no longer", v.As, v.Circle, v.To), circle.Text{}, true
	case *circle.RoleDissolved:
		return fmt.Sprintf("The role %s of %s ended", v.Role, v.Circle), circle.Text{}, true
	case *circle.RoleMoved:
		return fmt.Sprintf("The role %s went from %s to %s", v.Role, v.From, v.To), v.Reason, true
	case *circle.PolicyMoved:
		return fmt.Sprintf("The agreement %s went from %s to %s", v.Policy, v.From, v.To), v.Reason, true
	case *circle.Dissolved:
		return fmt.Sprintf("%s ended; what it had falls to %s", v.Circle, v.To), circle.Text{}, true
	case *circle.Merged:
		return fmt.Sprintf("%s went into %s", v.Circle, v.Into) + domainWords(v.Domain), circle.Text{}, true
	case *circle.ItemLent:
		says := fmt.Sprintf("%s decides on %s for %s", v.To, v.Item, v.Circle)
		if !v.Until.IsZero() {
			says += ", until " + circle.Plain(v.Until)
		}
		return says, circle.Text{}, true
	case *circle.Returned:
		return fmt.Sprintf("%s decides on %s again", v.Circle, v.Item), circle.Text{}, true
	case *circle.HandedOff:
		return fmt.Sprintf("How work goes from %s to %s was said", v.Circle, v.To), v.What, true
	case *proposal.ReachSet:
		return fmt.Sprintf("It was said where %s holds (%s)", v.Proposal, v.Sways), circle.Text{}, true
	case *proposal.Inherited:
		return fmt.Sprintf("%s has the agreements (%s) and the open needs (%s) of %s", v.To, orNone(join(v.Proposals)), orNone(join(v.Needs)), v.From), circle.Text{}, true
	}
	return "", circle.Text{}, false
}

func nobodyOr(who circle.PersonID) string {
	if who == "" {
		return "Nobody"
	}
	return string(who)
}

func domainWords(domain []circle.Item) string {
	if len(domain) == 0 {
		return ""
	}
	var names []circle.ItemID
	for _, i := range domain {
		names = append(names, i.ID)
	}
	return "; its domain is " + circle.Plain(names)
}

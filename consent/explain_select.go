package consent

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sayround/sayround/circle"
)

// tellSelection words what only a selection has.
func tellSelection(entry *Entry, event Event) (string, circle.Text, bool) {
	none := circle.Text{}
	switch v := event.(type) {
	case *CheckInAgreed:
		return fmt.Sprintf("Circle and holder look at the role together every %s", v.Every), none, true
	case *SelectionOpened:
		if len(v.Roles) > 0 {
			return "It is a selection for " + circle.Plain(v.Roles), none, true
		}
		return "It is a selection among " + optionWords(v.Options), none, true
	case *NominationsOpened:
		return nominationsWords(entry, v), none, true
	case *NominationChanged:
		return fmt.Sprintf("%s now names %s", how(entry, v.By), circle.Plain(v.Names)), v.Reason, true
	case *ShortListed:
		return fmt.Sprintf("%s narrowed it to %s", how(entry, v.By), circle.Plain(v.Names)), v.Reason, true
	case *ProposerAsked:
		return fmt.Sprintf("%s asked %s to propose a candidate", how(entry, v.By), v.Person), none, true
	case *CandidateProposed:
		return candidateWords(entry, v), v.Draw, true
	case *CandidateDiscarded:
		if v.Declined {
			return how(entry, v.By) + " declined", v.Reason, true
		}
		return fmt.Sprintf("%s is a candidate no more, by %s", circle.Plain(v.Names), how(entry, v.By)), v.Reason, true
	case *Welcomed:
		return fmt.Sprintf("%s welcomed who was chosen, by consent", v.Circle), none, true
	case *RoleAccepted:
		return how(entry, v.By) + " accepted", none, true
	}
	return "", none, false
}

func optionWords(list []Choice) string {
	var out []Name
	for _, c := range list {
		out = append(out, c.ID)
	}
	return circle.Plain(out)
}

func nominationsWords(entry *Entry, v *NominationsOpened) string {
	says := "The nominations were revealed together"
	if v.By != "" {
		says = how(entry, v.By) + " revealed the nominations together"
	}
	for _, n := range v.Nominations {
		says += fmt.Sprintf("; %s: %s", n.By, namedWords(n))
	}
	if v.Missing != nil {
		says += "; nobody was named by " + circle.Plain(v.Missing)
		if v.Out {
			says += ", who by the method have no part in the rest"
		}
	}
	if v.Gone != nil {
		says += "; the words are gone of " + circle.Plain(v.Gone)
	}
	for _, b := range v.Barred {
		says += fmt.Sprintf("; as things are %s cannot take %s (%s)", b.Name, b.Role, b.Why)
	}
	return says
}

func candidateWords(entry *Entry, v *CandidateProposed) string {
	var counts []string
	of := "nominations"
	for _, c := range v.Tally {
		words := fmt.Sprintf("%s %d", c.Name, c.N)
		if c.N == 0 || c.Strengths != nil {
			of, words = "objections to each option, the weakest first,", againstWords(c)
		}
		counts = append(counts, words)
	}
	says := fmt.Sprintf("%s proposed %s; the %s were: %s", how(entry, v.By), circle.Plain(v.Names), of, orNone(strings.Join(counts, ", ")))
	if v.Tie != "" {
		says += fmt.Sprintf("; the tie was solved by: %s", v.Tie)
	}
	return says
}

// namedWords says what one person had sealed.
func namedWords(n Named) string {
	if n.Against == nil {
		return circle.Plain(n.Names)
	}
	var out []string
	for _, a := range n.Against {
		if a.Strength == 0 {
			out = append(out, fmt.Sprintf("nothing against %s", a.Option))
			continue
		}
		out = append(out, fmt.Sprintf("%d in 100 against %s", a.Strength, a.Option))
	}
	return strings.Join(out, ", ")
}

// againstWords says how many object to an option, and how strongly.
func againstWords(c Count) string {
	if c.N == 0 {
		return fmt.Sprintf("%s none", c.Name)
	}
	var out []string
	for _, n := range c.Strengths {
		out = append(out, strconv.Itoa(int(n)))
	}
	return fmt.Sprintf("%s %d (%s)", c.Name, c.N, strings.Join(out, ", "))
}

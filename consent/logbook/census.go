package logbook

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// A census says of which class somebody is, at the entry that was read last.
type census map[circle.PersonID]circle.Class

// take takes note of who came to be of a class, and who is of none any more.
func (c census) take(event consent.Event) {
	switch v := event.(type) {
	case *circle.Admitted:
		c[v.Person] = v.Class
	case *circle.ClassChanged:
		c[v.Person] = v.To
	case *circle.MembershipEnded:
		c[v.Person] = ""
	}
}

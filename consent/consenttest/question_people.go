package consenttest

import (
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// authority shows who may act on an item of a domain alone, and by which text:
// "show authority WHO/ITEM" (M-61).
func authority(s *consent.State, id string) any {
	who, item, ok := strings.Cut(id, "/")
	if !ok {
		return nil
	}
	return s.Org.AuthorityOver(circle.ItemID(item), circle.PersonID(who))
}

// acting shows who acts in a role now, on an item if one is named: "show acting
// ROLE" or "show acting ROLE/ITEM".
func acting(s *consent.State, id string) any {
	role, item, _ := strings.Cut(id, "/")
	if s.Org.Role(circle.RoleID(role)) == nil {
		return nil
	}
	who, as := s.Org.Acting(circle.RoleID(role), circle.Name(item), nil)
	return struct {
		Who []circle.PersonID
		As  circle.Capacity
	}{who, as}
}

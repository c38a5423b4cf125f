package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// What a circle keeps of its work beside its decisions: the account of its
// meetings, and what follows from it.

// recordCommands lists one of each command of it.
func recordCommands() []ownCommand { return slices.Concat(minutesCommands()) }

// recordEvents lists one of each event of it.
func recordEvents() []ownEvent { return slices.Concat(minutesEvents()) }

// recordCodes lists its refusals.
func recordCodes() []*circle.Code { return slices.Concat(minutesCodes()) }

package consent

import (
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
)

// What a circle keeps of its work beside its decisions: the account of its
// meetings, and what follows from it.

// recordCommands lists one of each command of it.
func recordCommands() []ownCommand {
	return slices.Concat(minutesCommands(), generalCommands(), reviewCommands(), []ownCommand{SetVisibility{}, TakeOverPolicy{}, Ratify{}, SetGuideline{}})
}

// recordEvents lists one of each event of it.
func recordEvents() []ownEvent {
	return slices.Concat(minutesEvents(), generalEvents(), reviewEvents(), []ownEvent{&VisibilitySet{}, &PolicySet{}, &Ratified{}})
}

// recordCodes lists its refusals.
func recordCodes() []*circle.Code {
	return slices.Concat(minutesCodes(), generalCodes(), boardCodes(), interestCodes(), annualCodes(), visibilityCodes(), ratifyCodes(), reviewCodes(), guidelineCodes(), []*circle.Code{NotYetThen})
}

// recordDeeds are those of them that a decision may carry out.
func recordDeeds() []Command {
	return []Command{AdoptMinutes{}, SetVisibility{}, circle.GrantBudget{}, TakeOverPolicy{}, Ratify{}, OpenPeerReview{}}
}

// announced lists what was announced to those who may think about it or object,
// until their time is over (M-150, M-151).
func (s *State) announced(now time.Time) []Due {
	var out []Due
	for _, id := range s.Org.Spendings() {
		if w := s.Org.Spending(id); w.Status == circle.SpendingOpen && w.From.After(now) {
			out = append(out, Due{At: w.From, What: "spending-waits", Of: string(id), Part: string(w.Circle)})
		}
	}
	for _, id := range s.Org.Intents() {
		if i := s.Org.Intent(id); i.Objected == "" && i.From.After(now) {
			out = append(out, Due{At: i.From, What: "intent-waits", Of: string(id), Part: string(i.By)})
		}
	}
	return out
}

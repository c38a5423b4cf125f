package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// The time-outs of a case, the safeguarding path, the planned end of a meeting, and what else stands in
// files of its own: each lists its commands, events, deeds and refusals here.

func furtherCommands() []ownCommand {
	return slices.Concat(timeOutCommands(), safeguardCommands(), keyCommands(), []ownCommand{ExtendMeeting{}, PutOff{}, OrderObjections{}, ClaimPriority{}, AddItem{}, PutFirst{}, OrderAgenda{}, SendSubstitute{}, SettleTie{}})
}

func furtherEvents() []ownEvent {
	return slices.Concat(timeOutEvents(), safeguardEvents(), keyEvents(), privacyEvents(), []ownEvent{&MeetingExtended{}, &ItemAdded{}, &AgendaOrdered{}, &ObjectionsOrdered{}, &PriorityClaimed{}, &SeatAdded{}, &SubstituteSent{}, &SelectionQueued{}, &CheckInAgreed{}, &TieSettled{}})
}

func furtherDeeds() []Command { return []Command{ExtendMeeting{}, PutOff{}} }

func furtherCodes() []*circle.Code {
	return slices.Concat(timeOutCodes(), safeguardCodes(), keyCodes(), privacyCodes(), meetingEndCodes(), labelCodes(), queueCodes(), substituteCodes(), choiceCodes(), []*circle.Code{NameTension, SayWhatIsAsked, NoRoleToCheck})
}

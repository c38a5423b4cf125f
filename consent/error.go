package consent

import (
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// The refusals of this room.
var (
	UnknownCommand = &circle.Code{ID: "unknown-command", Kind: circle.ErrNotKnown, Rule: "CP-4", Stands: circle.InEngine,
		Says: "There is no command {command}. What can be done here: {commands}."}
	BadCommand = &circle.Code{ID: "bad-command", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{command} cannot be read: {why}."}
	MissingField = &circle.Code{ID: "missing-field", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{command} needs {field}."}
	BadField = &circle.Code{ID: "bad-field", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{command}: {field}: {why}."}
	CommandReused = &circle.Code{ID: "command-id-reused", Kind: circle.ErrTaken, Stands: circle.InEngine,
		Says: "The command id {id} was used for {command} by {who} already."}
	ClockBack = &circle.Code{ID: "clock-backwards", Kind: circle.ErrNotValid, Rule: "S7", Stands: circle.InEngine,
		Says: "The clock says {now}, and the ledger was written at {latest} already: time does not go back."}
	NotAuthorized = &circle.Code{ID: "not-authorized", Kind: circle.ErrNotYou, Stands: circle.InEngine,
		Says: "{who} may not do this here: {why}."}
	TooMuchSaid = &circle.Code{ID: "too-much-said", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "One command may hold {most} texts, this one holds more: say it in several."}
	EntryTooLarge = &circle.Code{ID: "entry-too-large", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "This would be an entry of {got} bytes, and {most} is the most: say it in several commands."}

	NoConsentRight = &circle.Code{ID: "no-consent-right", Kind: circle.ErrNotYou, Rule: "EC-18, I-9", Stands: circle.InEngine,
		Says: "{who} has no consent right in this round: {level}. {who} may be heard."}
	Ended = &circle.Code{ID: "ended", Kind: circle.ErrNotNow, Rule: "S10", Stands: circle.InEngine,
		Says: "The decision on {proposal} has ended: it is {stage}. A later decision may refer to it."}
	NotNow = &circle.Code{ID: "not-now", Kind: circle.ErrNotNow, Stands: circle.InMethod,
		Says: "{command} has no place while {proposal} is in the stage {stage}. Now there is: {commands}."}
	NotFacilitating = &circle.Code{ID: "not-facilitating", Kind: circle.ErrNotYou, Rule: "EC-91", Stands: circle.InEngine,
		Says: "{who} does not facilitate {circle}; {facilitators} may do this."}
	NotFull = &circle.Code{ID: "not-full", Kind: circle.ErrNotYou, Rule: "EC-18", Stands: circle.InEngine,
		Says: "This is for full participants of {circle}; {who} is not one."}

	// OldVersion is what the room of proposals says of an old version.
	OldVersion       = proposal.OldVersion
	StanceNotOffered = &circle.Code{ID: "stance-not-offered", Kind: circle.ErrNotValid, Rule: "EC-38", Stands: circle.InMethod,
		Says: "{answer} is no answer to this question. The answers of this method are: {stances}."}
	NeedsReason = &circle.Code{ID: "needs-reason", Kind: circle.ErrNotValid, Rule: "EC-33", Stands: circle.InEngine,
		Says: "An objection needs a reason and the part of the aim that it says is harmed: objection.raise takes both."}
	OwnObjection = &circle.Code{ID: "own-objection", Kind: circle.ErrNotNow, Rule: "CP-4", Stands: circle.InEngine,
		Says: "{who}'s own objection {objections} still stands, and no version was written to meet it. {who} may withdraw it."}
	ConcernNotOffered = &circle.Code{ID: "concern-not-offered", Kind: circle.ErrNotValid, Rule: "M-123", Stands: circle.InMethod,
		Says: "By this method there are no concerns beside the question: say it in the reaction round, or object."}
	OneObjection = &circle.Code{ID: "one-objection", Kind: circle.ErrTaken, Stands: circle.InEngine,
		Says: "{who} has an objection to {proposal} already: {objections}. One stands for each person and round."}
	ConsentedBefore = &circle.Code{ID: "consented-before", Kind: circle.ErrNotNow, Rule: "EC-39", Stands: circle.InMethod,
		Says: "The time that runs now is for those who were absent: {waiting}. {who} has answered. {who} may ask for a review once it is adopted."}

	TheirTime = &circle.Code{ID: "their-time", Kind: circle.ErrNotNow, Rule: "EC-39", Stands: circle.InRules,
		Says: "The time that runs now is for those who were absent: {waiting}. The circle's absence policy says when it ends."}
	NoRound = &circle.Code{ID: "no-round", Kind: circle.ErrNotNow, Stands: circle.InMethod,
		Says: "There is no round going on."}
	RoundRunning = &circle.Code{ID: "round-running", Kind: circle.ErrNotNow, Rule: "M-109", Stands: circle.InMethod,
		Says: "The {kind} round still goes on. Still to be heard: {awaited}."}
	NotYourTurn = &circle.Code{ID: "not-your-turn", Kind: circle.ErrNotNow, Rule: "CP-1", Stands: circle.InMethod,
		Says: "It is the turn of {speaker}. Everybody speaks once before anybody speaks twice."}
	SpokenAlready = &circle.Code{ID: "spoken-already", Kind: circle.ErrNotNow, Rule: "CP-1", Stands: circle.InMethod,
		Says: "{who} has spoken in this round. Still to be heard: {awaited}."}
	CameBack = &circle.Code{ID: "came-back", Kind: circle.ErrNotNow, Rule: "CP-1", Stands: circle.InMethod,
		Says: "{who} has put their turn off once already, to the end of this round: now they speak, or are passed over."}
	NotInRound = &circle.Code{ID: "not-in-round", Kind: circle.ErrNotYou, Stands: circle.InEngine,
		Says: "{who} has no place in this round."}
	Suspended = &circle.Code{ID: "suspended", Kind: circle.ErrNotNow, Rule: "CP-17", Stands: circle.InEngine,
		Says: "A stop card lies on the table from {who}: the round goes on when they take it back."}
	NoCard = &circle.Code{ID: "no-card", Kind: circle.ErrNotNow, Rule: "CP-17", Stands: circle.InEngine,
		Says: "{who} has no stop card on the table."}
	NoPassing = &circle.Code{ID: "no-passing", Kind: circle.ErrNotValid, Rule: "M-105", Stands: circle.InMethod,
		Says: "In a {kind} round nobody passes: a word is asked of everybody."}
	NotAPhase = &circle.Code{ID: "not-a-phase", Kind: circle.ErrNotNow, Stands: circle.InMethod,
		Says: "By the method {method} a {kind} round has no place here. {next} comes next."}
	OneSubject = &circle.Code{ID: "one-subject", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{command} speaks of a proposal or of a meeting: name one of them, not both."}

	StillReading = &circle.Code{ID: "reading-time", Kind: circle.ErrNotNow, Rule: "CP-16", Stands: circle.InRules,
		Says: "{who} has time to read version {version} of {proposal} until {until}."}
	RenditionMissing = &circle.Code{ID: "rendition-missing", Kind: circle.ErrNotNow, Rule: "CP-14", Stands: circle.InRules,
		Says: "{who} needs version {version} of {proposal} in {format}, and it does not exist yet."}
	RenditionStale = &circle.Code{ID: "rendition-stale", Kind: circle.ErrNotNow, Rule: "CP-14", Stands: circle.InRules,
		Says: "{who} needs version {version} of {proposal} in {format}. What there is in {format} is an older version."}
	PresenceNotMet = &circle.Code{ID: "presence-not-met", Kind: circle.ErrNotNow, Rule: "CP-2", Stands: circle.InRules,
		Says: "Presence is not met: {group} {got} of {need}."}
	ConflictsFirst = &circle.Code{ID: "conflicts-unchecked", Kind: circle.ErrNotNow, Rule: "EC-11", Stands: circle.InRules,
		Says: "Version {version} of {proposal} was not held against the law, the bylaws and other circles' policies yet, or does not go together with them."}
	ResponseFirst = &circle.Code{ID: "response-first", Kind: circle.ErrNotNow, Rule: "EC-45", Stands: circle.InRules,
		Says: "{circle} has not chosen yet how to respond to the need {need}."}
	NeedFirst = &circle.Code{ID: "need-first", Kind: circle.ErrNotValid, Rule: "EC-45", Stands: circle.InRules,
		Says: "By the rules of {circle} a proposal answers a need: name it."}
	TermFirst = &circle.Code{ID: "term-missing", Kind: circle.ErrNotValid, Rule: "M-231", Stands: circle.InMethod,
		Says: "{proposal} needs a term: how long it runs before the circle looks at it again."}
	NotMetYet = &circle.Code{ID: "objections-open", Kind: circle.ErrNotNow, Rule: "M-176", Stands: circle.InEngine,
		Says: "The question is not put again before each objection is met by the new version or withdrawn: {objections}."}
	NotUnderstood = &circle.Code{ID: "not-understood", Kind: circle.ErrNotNow, Rule: "EC-34", Stands: circle.InMethod,
		Says: "Before the circle works on {objection}, it says it back and {by} confirms that this is what they mean."}
	NotOfThis = &circle.Code{ID: "other-proposal", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "The objection {objection} is not against {proposal}, or has ended."}
	ByConsentDrop = &circle.Code{ID: "drop-by-consent", Kind: circle.ErrNotNow, Rule: "EC-42", Stands: circle.InMethod,
		Says: "{proposal} is before the circle: ending it is a decision by consent (consent.ask)."}
	CircleDecides = &circle.Code{ID: "circle-decides", Kind: circle.ErrNotYou, Stands: circle.InEngine,
		Says: "Nobody does this alone: {command} on {proposal} is carried out when the circle consents to it."}
	NotEnactable = &circle.Code{ID: "not-a-deed", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "A decision cannot carry out {command}."}
	UnknownMethod = &circle.Code{ID: "unknown-method", Kind: circle.ErrNotKnown, Stands: circle.InRules,
		Says: "Nobody knows the method {method}."}
	UnknownRule = &circle.Code{ID: "unknown-rule", Kind: circle.ErrNotKnown, Stands: circle.InMethod,
		Says: "No rule {rule} in version {version} is known here, so nothing new is opened under it."}
	BadRule = &circle.Code{ID: "bad-rule", Kind: circle.ErrNotValid, Stands: circle.InMethod,
		Says: "The rule {rule} cannot be made: {why}."}

	UnknownMeeting = &circle.Code{ID: "unknown-meeting", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "There is no meeting {meeting}."}
	MeetingFirst = &circle.Code{ID: "meeting-first", Kind: circle.ErrNotNow, Rule: "EC-101", Stands: circle.InMethod,
		Says: "{circle} decides this in a meeting, and none is going on that has {proposal} on its agenda."}
	AgendaFirst = &circle.Code{ID: "agenda-first", Kind: circle.ErrNotNow, Rule: "EC-101", Stands: circle.InMethod,
		Says: "Those present have not consented to the agenda of {meeting} yet."}
	MeetingNot = &circle.Code{ID: "meeting-state", Kind: circle.ErrNotNow, Stands: circle.InEngine,
		Says: "The meeting {meeting} is {status}."}
	OtherMeeting = &circle.Code{ID: "other-meeting", Kind: circle.ErrTaken, Stands: circle.InEngine,
		Says: "{circle} is in the meeting {meeting}."}
	InPast = &circle.Code{ID: "in-the-past", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "A meeting is called for a time to come, not for {at}."}
	NotGuest = &circle.Code{ID: "not-a-guest", Kind: circle.ErrNotYou, Rule: "EC-25", Stands: circle.InEngine,
		Says: "{who} is not a guest of the meeting {meeting}: the guests' time is for guests."}
	GuestsOver = &circle.Code{ID: "guests-time-over", Kind: circle.ErrNotNow, Rule: "EC-26", Stands: circle.InRules,
		Says: "The guests' time lies near the start, before the agenda is agreed."}
	GuestsLimit = &circle.Code{ID: "guests-time-used", Kind: circle.ErrNotNow, Rule: "EC-26", Stands: circle.InRules,
		Says: "Of {most} minutes for guests {used} are used: {asked} more are too many."}
	AlreadyPresent = &circle.Code{ID: "already-present", Kind: circle.ErrTaken, Stands: circle.InEngine,
		Says: "{who} is at the meeting already."}
	ExcusedAlready = &circle.Code{ID: "apology-sent", Kind: circle.ErrTaken, Stands: circle.InEngine,
		Says: "{who} has said already that they do not come to {meeting}."}
	WrongFormat = &circle.Code{ID: "wrong-format", Kind: circle.ErrNotValid, Rule: "EC-39", Stands: circle.InEngine,
		Says: "{who} needs the minutes in {formats}: in {format} they do not reach them."}
	NeedUnchecked = &circle.Code{ID: "needs-unchecked", Kind: circle.ErrNotValid, Rule: "CP-15", Stands: circle.InEngine,
		Says: "Before the meeting closes, say for {who} whether the need {need} was met."}
	NotBlocking = &circle.Code{ID: "nothing-to-ask", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "A circle without full participants decides nothing; its domain falls to the circle around it."}
)

// Codes lists the refusals of all rooms, by name.
func Codes() []*circle.Code {
	own := []*circle.Code{UnknownCommand, BadCommand, MissingField, BadField, CommandReused, ClockBack, NotAuthorized,
		TooMuchSaid, EntryTooLarge, NoConsentRight, Ended, NotNow, NotFacilitating, NotFull, StanceNotOffered,
		NeedsReason, OwnObjection, ConcernNotOffered, OneObjection, ConsentedBefore, TheirTime, NoRound, RoundRunning, NotYourTurn,
		SpokenAlready, CameBack, NotInRound, Suspended, NoCard, NoPassing, NotAPhase, OneSubject, StillReading, RenditionMissing,
		RenditionStale, PresenceNotMet, ConflictsFirst, ResponseFirst, NeedFirst, TermFirst, NotMetYet, NotUnderstood,
		NotOfThis, ByConsentDrop, CircleDecides, NotEnactable, UnknownMethod, UnknownRule, BadRule, UnknownMeeting, MeetingFirst,
		AgendaFirst, MeetingNot, OtherMeeting, InPast, NotGuest, GuestsOver, GuestsLimit, AlreadyPresent, ExcusedAlready,
		WrongFormat, NeedUnchecked, NotBlocking, Outdated}
	return slices.Concat(own, clockCodes(), windowCodes(), recordCodes(), exitCodes(), objectionCodes(), intakeCodes(), agendaCodes(), furtherCodes(), linkingCodes(), sealedCodes(), selectCodes(), structureCodes(), circle.Codes(), proposal.Codes(), objection.Codes())
}

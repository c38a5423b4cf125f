package consent

import "github.com/sayround/sayround/circle"

// The refusals of appeals.
var (
	UnknownAppeal = &circle.Code{ID: "unknown-appeal", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "There is no appeal {appeal}."}
	NothingToAppeal = &circle.Code{ID: "nothing-to-appeal", Kind: circle.ErrNotNow, Rule: "EC-51", Stands: circle.InEngine,
		Says: "{proposal} is not a decision that was made: there is nothing to appeal against."}
	NoAppealPath = &circle.Code{ID: "no-appeal-path", Kind: circle.ErrNotNow, Rule: "EC-51", Stands: circle.InRules,
		Says: "{circle} has not agreed who hears an appeal (appeal.steps in its rules). Anybody may ask for a review (proposal.ask-review)."}
	AppealThere = &circle.Code{ID: "appeal-there", Kind: circle.ErrTaken, Rule: "EC-51", Stands: circle.InEngine,
		Says: "There is an appeal against {proposal} already, {appeal}: sign it (consent.sign-appeal)."}
	AppealedBefore = &circle.Code{ID: "appealed-before", Kind: circle.ErrNotNow, Rule: "M-178", Stands: circle.InEngine,
		Says: "Version {version} of {proposal} was appealed against before, in {appeal}: say what is new since (new)."}
	SignedAlready = &circle.Code{ID: "appeal-signed", Kind: circle.ErrTaken, Rule: "EC-51", Stands: circle.InEngine,
		Says: "{who} has signed {appeal} already."}
	NotAppellant = &circle.Code{ID: "not-an-appellant", Kind: circle.ErrNotYou, Rule: "EC-51", Stands: circle.InEngine,
		Says: "{who} has not signed {appeal}. Anybody may sign it (consent.sign-appeal)."}
	TooFewUnrelated = &circle.Code{ID: "too-few-unrelated", Kind: circle.ErrNotNow, Rule: "EC-51", Stands: circle.InRules,
		Says: "{want} people who are not related to each other open an appeal. Of those who signed {appeal} that is {got} so far: {who}."}
	AppealStands = &circle.Code{ID: "appeal-state", Kind: circle.ErrNotNow, Rule: "EC-51", Stands: circle.InEngine,
		Says: "The appeal {appeal} is {status}."}
	NotHearing = &circle.Code{ID: "not-hearing", Kind: circle.ErrNotYou, Rule: "EC-52", Stands: circle.InEngine,
		Says: "The appeal {appeal} lies before {before}, and not before {circle}."}
	NotChanged = &circle.Code{ID: "not-changed", Kind: circle.ErrNotValid, Rule: "EC-52", Stands: circle.InEngine,
		Says: "{proposal} is as it was when {appeal} was begun, version {version}: to say that it was changed, the circle changes it first (proposal.revise)."}
	MitigationWanted = &circle.Code{ID: "mitigation-wanted", Kind: circle.ErrNotValid, Rule: "M-193", Stands: circle.InEngine,
		Says: "{proposal} is in effect: whoever sends it back says what is done about that meanwhile (mitigation)."}
	NoSessionLimit = &circle.Code{ID: "no-session-limit", Kind: circle.ErrNotNow, Rule: "EC-55", Stands: circle.InRules,
		Says: "Those who hear {appeal} now have no limit of sessions: there is nothing to extend."}
	BadSessions = &circle.Code{ID: "bad-sessions", Kind: circle.ErrNotValid, Rule: "EC-53", Stands: circle.InEngine,
		Says: "{sessions} sessions cannot be added: from one to {most} can."}
	NotToPass = &circle.Code{ID: "not-to-pass", Kind: circle.ErrNotNow, Rule: "EC-54", Stands: circle.InRules,
		Says: "{appeal} is heard step by step: it goes on by itself when the sessions are used up. Only the broader circle, which has no limit, passes it on."}
	HeardTooLittle = &circle.Code{ID: "heard-too-little", Kind: circle.ErrNotNow, Rule: "EC-43", Stands: circle.InRules,
		Says: "{circle} has agreed to work on a question in {most} sessions before it is passed on. On {appeal} it held {got} so far."}
	NotAllMembers = &circle.Code{ID: "not-all-members", Kind: circle.ErrNotValid, Rule: "EC-66", Stands: circle.InEngine,
		Says: "A meeting of all members is one of the broadest circle, {root}, and not of {circle}."}
)

// appealCodes lists them.
func appealCodes() []*circle.Code {
	return append(panelCodes(), UnknownAppeal, NothingToAppeal, NoAppealPath, AppealThere, AppealedBefore, SignedAlready, NotAppellant, TooFewUnrelated,
		AppealStands, NotHearing, NotChanged, MitigationWanted, NoSessionLimit, BadSessions, NotToPass, HeardTooLittle, NotAllMembers)
}

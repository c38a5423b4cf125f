package proposal

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// The refusals of this room.
var (
	UnknownNeed = &circle.Code{ID: "unknown-need", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "There is no need {need}."}
	UnknownProposal = &circle.Code{ID: "unknown-proposal", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "There is no proposal {proposal}."}
	UnknownVersion = &circle.Code{ID: "unknown-version", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "{proposal} has no version {version}; the newest is {newest}."}
	UnknownInput = &circle.Code{ID: "unknown-input", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "The need {need} has no input {input}."}
	UnknownMeasure = &circle.Code{ID: "unknown-measure", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "No measure {measure} runs beside {proposal}."}
	NotParticipant = &circle.Code{ID: "not-participant", Kind: circle.ErrNotYou, Rule: "EC-20", Stands: circle.InEngine,
		Says: "{who} does not take part in {circle}. Anybody may open a need or give input; this is for those who take part."}
	NotEntitled = &circle.Code{ID: "not-entitled", Kind: circle.ErrNotYou, Stands: circle.InEngine,
		Says: "{who} may not do this: only {whose} may."}
	OutsideDomain = &circle.Code{ID: "outside-domain", Kind: circle.ErrNotValid, Rule: "EC-45, I-17", Stands: circle.InEngine,
		Says: "{item} is not in the domain of {circle}. Its domain is {domain}."}
	HandedOn = &circle.Code{ID: "handed-on", Kind: circle.ErrNotYou, Rule: "CP-29, I-5", Stands: circle.InEngine,
		Says: "{circle} handed {item} to {to}: the need belongs there."}
	DomainFirst = &circle.Code{ID: "domain-first", Kind: circle.ErrNotNow, Rule: "EC-45", Stands: circle.InEngine,
		Says: "First comes the question whether {need} lies in the domain of the circle, then whether it is major."}
	RungFirst = &circle.Code{ID: "rung-first", Kind: circle.ErrNotValid, Rule: "CP-6", Stands: circle.InEngine,
		Says: "Say beforehand how far those who are asked take part (rung), so that they know what they are asked for: informing, consultation, engagement, co-design or co-production."}
	ChecksFirst = &circle.Code{ID: "checks-first", Kind: circle.ErrNotNow, Rule: "EC-45", Stands: circle.InEngine,
		Says: "Before a response is chosen, the circle answers whether {need} lies in its domain and whether it is major."}
	LongTermOpen = &circle.Code{ID: "long-term-open", Kind: circle.ErrNotNow, Rule: "EC-59", Stands: circle.InRules,
		Says: "The effect of {need} is expected to last {effect}: first {circle} answers by consent whether it may decide this itself."}
	LongTermUp = &circle.Code{ID: "long-term-up", Kind: circle.ErrNotYou, Rule: "EC-59", Stands: circle.InRules,
		Says: "The effect of {need} is expected to last {effect}: by the rules of {circle} such a decision belongs to the broader circle."}
	NotAsking = &circle.Code{ID: "not-asked", Kind: circle.ErrNotNow, Rule: "EC-59", Stands: circle.InRules,
		Says: "Nobody asked whether {need} is long-term."}
	ByConsent = &circle.Code{ID: "by-consent", Kind: circle.ErrNotYou, Rule: "EC-9", Stands: circle.InEngine,
		Says: "{who} cannot decide this alone: {circle} decides it by consent. consent.ask puts the question."}
	AlreadyChosen = &circle.Code{ID: "already-chosen", Kind: circle.ErrTaken, Rule: "EC-46", Stands: circle.InEngine,
		Says: "The circle has answered this for {need} already."}
	InputAnsweredAlready = &circle.Code{ID: "input-answered", Kind: circle.ErrTaken, Rule: "CP-26", Stands: circle.InEngine,
		Says: "The input {input} was answered already: {answer}."}
	NotRecommending = &circle.Code{ID: "not-recommending", Kind: circle.ErrNotYou, Rule: "EC-48", Stands: circle.InEngine,
		Says: "{helping} is not a helping circle of {circle} that answers this need, or {who} does not take part in it."}
	OtherCircle = &circle.Code{ID: "other-circle", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "The need {need} is before {circle}, not before {other}."}
	HelpingDecides = &circle.Code{ID: "helping-never-decides", Kind: circle.ErrNotYou, Rule: "EC-48", Stands: circle.InEngine,
		Says: "{circle} is a helping circle: it recommends, and the circle that set it up decides."}
	OldVersion = &circle.Code{ID: "old-version", Kind: circle.ErrNotNow, Rule: "M-136", Stands: circle.InEngine,
		Says: "Version {version} of {proposal} is not the current one; that is version {newest}."}
	NoPerson = &circle.Code{ID: "no-such-reader", Kind: circle.ErrNotValid, Rule: "EC-36", Stands: circle.InEngine,
		Says: "The measure {measure} needs a role that reads it; there is no role {role}."}
	NothingWaived = &circle.Code{ID: "nothing-to-waive", Kind: circle.ErrNotValid, Rule: "CP-14", Stands: circle.InEngine,
		Says: "{who} needs no other format: there is nothing to waive."}
	NotOpen = &circle.Code{ID: "not-open", Kind: circle.ErrNotNow, Stands: circle.InEngine,
		Says: "{proposal} is not under decision: it is {status}."}
	NotInForce = &circle.Code{ID: "not-in-force", Kind: circle.ErrNotNow, Stands: circle.InEngine,
		Says: "{proposal} is not an agreement in force: it is {status}."}
	NotReader = &circle.Code{ID: "not-the-reader", Kind: circle.ErrNotYou, Rule: "EC-36", Stands: circle.InEngine,
		Says: "{measure} is read by whoever wears {role}; {who} does not."}
	InReviewAlready = &circle.Code{ID: "in-review", Kind: circle.ErrTaken, Stands: circle.InEngine,
		Says: "{proposal} is in review already: version {version} is being decided."}
	EvaluatedAlready = &circle.Code{ID: "evaluated", Kind: circle.ErrTaken, Rule: "CP-7", Stands: circle.InEngine,
		Says: "{who} has taken part in this evaluation already."}
	NegativeReading = &circle.Code{ID: "bad-reading", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "A reading is a whole number from 0 on, not {value}."}
	OtherTension = &circle.Code{ID: "other-tension", Kind: circle.ErrNotValid, Rule: "M-139", Stands: circle.InEngine,
		Says: "A change of {proposal} serves the need that {proposal} answers ({need}), and not {serves}: that is put as a proposal of its own."}
	MeasureTwice = &circle.Code{ID: "measure-twice", Kind: circle.ErrNotValid, Rule: "EC-36", Stands: circle.InEngine,
		Says: "The measure {measure} stands twice in the list, or lacks a stop level."}
)

// Codes lists the refusals of this room.
func Codes() []*circle.Code {
	own := []*circle.Code{UnknownNeed, UnknownProposal, UnknownVersion, UnknownInput, UnknownMeasure, NotParticipant,
		NotEntitled, OutsideDomain, HandedOn, DomainFirst, ChecksFirst, RungFirst, LongTermOpen, LongTermUp, NotAsking, ByConsent,
		AlreadyChosen, InputAnsweredAlready, NotRecommending, OtherCircle, HelpingDecides, OldVersion,
		NoPerson, NothingWaived, NotOpen, NotInForce, NotReader, InReviewAlready, EvaluatedAlready, NegativeReading, MeasureTwice, OtherTension, OptionsUnclear}
	return slices.Concat(own, agreementCodes(), backlogCodes(), formingCodes(), dispositionCodes(), reachCodes())
}

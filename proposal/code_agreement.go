package proposal

import "github.com/sayround/sayround/circle"

// The refusals that concern the life of an agreement.
var (
	NobodyResponsible = &circle.Code{ID: "nobody-responsible", Kind: circle.ErrNotValid, Rule: "M-229", Stands: circle.InEngine,
		Says: "{name} is neither a role nor a person here, and cannot be responsible for an agreement."}
	OpenCondition = &circle.Code{ID: "open-condition", Kind: circle.ErrNotValid, Rule: "M-186", Stands: circle.InEngine,
		Says: "{proposal} is to take effect on a condition. Say what the condition is (condition), and by when it must be confirmed (condition-until)."}
	NoDelay = &circle.Code{ID: "no-delay", Kind: circle.ErrNotValid, Rule: "M-237", Stands: circle.InEngine,
		Says: "{proposal} carries something out, and that happens when it is adopted. It cannot wait for a date or a condition."}
	OldBase = &circle.Code{ID: "old-base", Kind: circle.ErrNotNow, Rule: "methods §8.6", Stands: circle.InEngine,
		Says: "Version {version} of {agreement} is not the one that was adopted last. That is version {newest}."}
	NotOutdated = &circle.Code{ID: "not-outdated", Kind: circle.ErrNotNow, Rule: "methods §8.6", Stands: circle.InEngine,
		Says: "{proposal} does not build on an older version of {agreement}. There is nothing to bring up to date."}
	NotPending = &circle.Code{ID: "not-pending", Kind: circle.ErrNotNow, Rule: "M-186", Stands: circle.InEngine,
		Says: "{proposal} waits for no condition."}
	NotYetInEffect = &circle.Code{ID: "not-yet-in-effect", Kind: circle.ErrNotNow, Rule: "M-237", Stands: circle.InEngine,
		Says: "Version {version} of {proposal} is adopted and not yet in force. {proposal} can be looked at again when it is."}
	OnHoldAlready = &circle.Code{ID: "on-hold", Kind: circle.ErrTaken, Stands: circle.InEngine,
		Says: "{proposal} is on hold already."}
	NotOnHold = &circle.Code{ID: "not-on-hold", Kind: circle.ErrNotNow, Stands: circle.InEngine,
		Says: "{proposal} is not on hold."}
	NoExpiry = &circle.Code{ID: "no-expiry", Kind: circle.ErrNotNow, Rule: "M-230", Stands: circle.InEngine,
		Says: "{proposal} has no date on which it ends by itself. It is ended with proposal.drop."}
	ReplacesItself = &circle.Code{ID: "replaces-itself", Kind: circle.ErrNotValid, Rule: "M-233", Stands: circle.InEngine,
		Says: "{proposal} cannot take its own place. Name the agreements that do."}
	NotPreparing = &circle.Code{ID: "not-preparing", Kind: circle.ErrNotValid, Rule: "M-233", Stands: circle.InEngine,
		Says: "A review goes to a helping circle of {circle} that is open, until a day to come. {to} until {until} is not that."}
	DateStands = &circle.Code{ID: "date-stands", Kind: circle.ErrNotNow, Rule: "methods §8.11", Stands: circle.InEngine,
		Says: "The review of {proposal} has not ended without consent. A new date is set with proposal.keep, by consent."}
	NotInterpreter = &circle.Code{ID: "not-the-interpreter", Kind: circle.ErrNotYou, Rule: "M-239", Stands: circle.InEngine,
		Says: "{who} is not the Secretary of {circle}. The Secretary says how an agreement is to be understood, and whether it is valid."}
	NotInCharge = &circle.Code{ID: "not-in-charge", Kind: circle.ErrNotYou, Rule: "methods §8.11", Stands: circle.InEngine,
		Says: "{who} is neither the Secretary nor the Facilitator of {circle}. One of them sets the date of the next review."}
)

// The refusals that concern rulings and contradictions.
var (
	NotOverruled = &circle.Code{ID: "not-overruled", Kind: circle.ErrNotYou, Rule: "M-239", Stands: circle.InEngine,
		Says: "{who} cannot overrule {ruling}. It is overruled once, by the Secretary who ruled or by one of a broader circle."}
	KnownConflict = &circle.Code{ID: "known-conflict", Kind: circle.ErrTaken, Rule: "methods §8.9", Stands: circle.InEngine,
		Says: "That {proposal} and {with} contradict each other is known, or they are the same."}
)

// agreementCodes lists the refusals of this file.
func agreementCodes() []*circle.Code {
	return []*circle.Code{NobodyResponsible, OpenCondition, NoDelay, OldBase, NotOutdated, NotPending, NotYetInEffect, OnHoldAlready,
		NotOnHold, NoExpiry, ReplacesItself, NotPreparing, DateStands, NotInterpreter, NotInCharge, NotOverruled, KnownConflict}
}

package proposal

import "github.com/sayround/sayround/circle"

// The refusals on the way from a need to its place on the backlog.
var (
	NeedEnded = &circle.Code{ID: "need-closed", Kind: circle.ErrNotNow, Rule: "M-119", Stands: circle.InEngine,
		Says: "The need {need} is closed ({outcome}). Whoever sees it again opens a new one."}
	NotDescribed = &circle.Code{ID: "describe-first", Kind: circle.ErrNotNow, Rule: "M-77", Stands: circle.InEngine,
		Says: "Nobody has said yet what happens in {need}, what it leads to, and why that matters to the circle."}
	RequirementFirst = &circle.Code{ID: "requirement-first", Kind: circle.ErrNotNow, Rule: "M-76", Stands: circle.InEngine,
		Says: "Nobody has said yet what is needed for {need}."}
	AcceptFirst = &circle.Code{ID: "accept-first", Kind: circle.ErrNotNow, Rule: "M-77", Stands: circle.InEngine,
		Says: "First the circle says by consent that {need} is worth acting on, then what is needed."}
	OldWording = &circle.Code{ID: "old-wording", Kind: circle.ErrNotNow, Rule: "M-77", Stands: circle.InEngine,
		Says: "The words for {need} have changed: wording {newest} is the current one, not {wording}."}
	AcceptedAlready = &circle.Code{ID: "accepted-already", Kind: circle.ErrTaken, Rule: "M-77", Stands: circle.InEngine,
		Says: "The circle has accepted this wording for {need} already."}
	OneLink = &circle.Code{ID: "one-link", Kind: circle.ErrNotValid, Rule: "M-78", Stands: circle.InEngine,
		Says: "A link leads from {need} to another need and says how they stand to each other, or it leads to a proposal: one of the two."}
	LinkedAlready = &circle.Code{ID: "linked-already", Kind: circle.ErrTaken, Rule: "M-78", Stands: circle.InEngine,
		Says: "{need} and {to} are linked already."}
	PartOfItself = &circle.Code{ID: "part-of-itself", Kind: circle.ErrNotValid, Rule: "M-78", Stands: circle.InEngine,
		Says: "{need} would be a part of itself, by way of {to}."}
	RankAll = &circle.Code{ID: "rank-all", Kind: circle.ErrNotValid, Rule: "M-79", Stands: circle.InEngine,
		Says: "The order names each open need of {circle} once, and no other: {needs}."}
	DatePast = &circle.Code{ID: "date-past", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "A date to come is wanted, not {due}."}
	StillDecided = &circle.Code{ID: "still-decided", Kind: circle.ErrNotNow, Rule: "M-119", Stands: circle.InEngine,
		Says: "For {need} the circle still decides on {proposals}. First that comes to an end."}
	OneAtATime = &circle.Code{ID: "one-at-a-time", Kind: circle.ErrNotNow, Rule: "M-96", Stands: circle.InEngine,
		Says: "For {need} the circle decides on {proposals} already. Amend that, or say that this one goes beside it (parallel)."}
	NotSpeaking = &circle.Code{ID: "not-speaking-for", Kind: circle.ErrNotYou, Rule: "M-80", Stands: circle.InEngine,
		Says: "{who} does not pass needs on or take them for {circle}: {speakers} can."}
	NotOffered = &circle.Code{ID: "not-offered", Kind: circle.ErrNotNow, Rule: "M-80", Stands: circle.InEngine,
		Says: "The need {need} is not on offer: nobody has passed it on to another circle."}
	OnOffer = &circle.Code{ID: "on-offer", Kind: circle.ErrNotNow, Rule: "M-80", Stands: circle.InEngine,
		Says: "The need {need} was offered to {to}, which has not answered yet."}
	ThereAlready = &circle.Code{ID: "there-already", Kind: circle.ErrNotValid, Rule: "M-80", Stands: circle.InEngine,
		Says: "The need {need} is before {circle} already."}
)

// backlogCodes lists the refusals on the way to the backlog.
func backlogCodes() []*circle.Code {
	return []*circle.Code{NeedEnded, NotDescribed, RequirementFirst, AcceptFirst, OldWording, AcceptedAlready, OneLink,
		LinkedAlready, PartOfItself, RankAll, DatePast, StillDecided, OneAtATime, NotSpeaking, NotOffered, OnOffer, ThereAlready}
}

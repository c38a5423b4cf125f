package consent

import "github.com/sayround/sayround/circle"

// The refusals of the ways aside and out.
var (
	LimitReached = &circle.Code{ID: "limit-reached", Kind: circle.ErrNotNow, Rule: "M-187", Stands: circle.InMethod,
		Says: "The circle has worked on {proposal} for as long as the method {method} gives it, so the question is not put again. What comes now is {next}."}
	LimitAhead = &circle.Code{ID: "limit-ahead", Kind: circle.ErrNotNow, Rule: "M-187", Stands: circle.InMethod,
		Says: "This comes when the circle has worked on the objections to {proposal} for as long as its method gives it. Until then: {open}."}
	NotThisWay = &circle.Code{ID: "not-this-way", Kind: circle.ErrNotNow, Stands: circle.InMethod,
		Says: "The method {method} has no {command}. When the circle is stuck, there is {next}."}
	NoBroader = &circle.Code{ID: "no-broader-circle", Kind: circle.ErrNotNow, Rule: "M-188", Stands: circle.InEngine,
		Says: "There is no circle around {circle} that could answer, and nobody was given the last word (stuck.last in its rules). {proposal} is worked on, parked, or dropped by consent."}
	NotBroader = &circle.Code{ID: "not-around", Kind: circle.ErrNotValid, Rule: "M-188", Stands: circle.InEngine,
		Says: "{to} does not lie around {circle}: only a broader circle is asked."}
	NotBefore = &circle.Code{ID: "not-before-you", Kind: circle.ErrNotYou, Rule: "M-188", Stands: circle.InEngine,
		Says: "{proposal} lies before {to}: only {to} answers, by consent, and not {circle}."}
	NotOverThem = &circle.Code{ID: "not-over-them", Kind: circle.ErrNotYou, Rule: "M-143", Stands: circle.InEngine,
		Says: "{command} is decided by consent of {circle}, everybody for themselves: {to} may decline it or give it back, and not adopt it."}
	DeedAlone = &circle.Code{ID: "deed-alone", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "A decision that carries out {command} carries out nothing else: ask for each by itself."}
	OwnPart = &circle.Code{ID: "own-part", Kind: circle.ErrNotYou, Rule: "§8.4", Stands: circle.InEngine,
		Says: "{who} has an objection to {proposal} that stands, {objections}: somebody else does this here."}
	OwnProposal = &circle.Code{ID: "own-proposal", Kind: circle.ErrNotYou, Rule: "§8.4", Stands: circle.InEngine,
		Says: "{who} proposed {proposal}: somebody else does this here."}
	WakeBehind = &circle.Code{ID: "wake-behind", Kind: circle.ErrNotValid, Rule: "M-145", Stands: circle.InEngine,
		Says: "{proposal} is to come back at a time to come, not at {wake}."}
	NoOwner = &circle.Code{ID: "no-owner", Kind: circle.ErrNotValid, Rule: "M-145", Stands: circle.InEngine,
		Says: "Somebody who takes part in {circle} looks after a parked proposal; {owner} does not."}
	NotOwner = &circle.Code{ID: "not-the-owner", Kind: circle.ErrNotYou, Rule: "M-145", Stands: circle.InEngine,
		Says: "{owner} looks after {proposal}: {owner} takes it up again, or who facilitates, and not {who}."}
	NoOffer = &circle.Code{ID: "no-offer", Kind: circle.ErrNotNow, Rule: "M-11", Stands: circle.InEngine,
		Says: "{proposal} is not offered to another circle."}
	NotToHand = &circle.Code{ID: "not-to-hand-over", Kind: circle.ErrNotValid, Rule: "M-11", Stands: circle.InEngine,
		Says: "{proposal} cannot be offered to {to}: it must be a new proposal, and {to} another circle that decides."}
	NotInPlace = &circle.Code{ID: "not-in-its-place", Kind: circle.ErrNotValid, Rule: "M-146", Stands: circle.InEngine,
		Says: "{by} cannot take the place of {proposal}: it must be another proposal that is before the same circle."}
	AgreedBefore = &circle.Code{ID: "agreed-before", Kind: circle.ErrTaken, Rule: "M-146", Stands: circle.InEngine,
		Says: "{who} has agreed that {by} takes the place of {proposal}; now the other author says so, too."}
	TakingBack = &circle.Code{ID: "taking-back", Kind: circle.ErrTaken, Rule: "§8.12", Stands: circle.InMethod,
		Says: "{proposal} is being taken back already. Until {until} somebody may take it over."}
	NotLeaving = &circle.Code{ID: "not-taken-back", Kind: circle.ErrNotNow, Rule: "§8.12", Stands: circle.InMethod,
		Says: "Nobody is taking {proposal} back, so nobody can take it over."}
	NotKeeper = &circle.Code{ID: "not-the-keeper", Kind: circle.ErrNotYou, Rule: "M-196", Stands: circle.InMethod,
		Says: "The process of {proposal} broke down: until it is restored only {keeper} does this, and not {who}."}
	NotBroken = &circle.Code{ID: "not-broken", Kind: circle.ErrNotNow, Rule: "M-196", Stands: circle.InMethod,
		Says: "The process of {proposal} has not broken down."}
	BrokenAlready = &circle.Code{ID: "broken-already", Kind: circle.ErrTaken, Rule: "M-196", Stands: circle.InMethod,
		Says: "The process of {proposal} broke down already, and {keeper} keeps it."}
	NotPutYet = &circle.Code{ID: "version-not-put", Kind: circle.ErrNotNow, Rule: "M-154", Stands: circle.InEngine,
		Says: "Version {version} of {proposal} was not put to the circle, so nobody has answered it. The question is put first, and then somebody may declare it adopted."}
	NotAVote = &circle.Code{ID: "not-a-vote", Kind: circle.ErrNotValid, Rule: "M-191", Stands: circle.InMethod,
		Says: "{answer} is no vote. In a ballot one says consent, against or abstain."}
)

// exitCodes lists the refusals of the ways aside and out.
func exitCodes() []*circle.Code {
	return append(append(lastWordCodes(), splitCodes()...), LimitReached, LimitAhead, NotThisWay, NoBroader, NotBroader, NotBefore, NotOverThem, DeedAlone, OwnPart, OwnProposal,
		WakeBehind, NoOwner, NotOwner, NoOffer, NotToHand, NotInPlace, AgreedBefore, TakingBack, NotLeaving, NotKeeper,
		NotBroken, BrokenAlready, NotAVote, NotPutYet)
}

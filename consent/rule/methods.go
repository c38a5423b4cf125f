package rule

import "github.com/sayround/sayround/consent"

// The methods that come with the stock, for [consent.Config]: they decide by rules
// of it, so an engine that is given them is given the stock, too.
var (
	// ChooseByRanking chooses one of several options: everybody ranks them, and the
	// one that wins against each other one two by two is chosen, as Schulze counts.
	// Of options that are level a lot takes one.
	ChooseByRanking = consent.Method{Name: "choose-by-ranking", Concerns: true, Stances: []consent.Stance{consent.Abstains},
		Rule: kind("schulze")}

	// ChooseByScoring chooses one of several options by scores from 0 to 5, sealed
	// until all have given theirs. Of options that are level it is the one that
	// stands first in the proposal.
	ChooseByScoring = consent.Method{Name: "choose-by-scoring", Concerns: true, Hidden: consent.HiddenSealed,
		Rule: kind("star"), Ties: []consent.TieBreak{consent.ByOrder}}

	// ConsentThenTwoThirds asks for consent first. When the question was put twice
	// and objections stand, the circle may vote, and two thirds of those who take a
	// side decide.
	ConsentThenTwoThirds = consent.Method{Name: "consent-then-two-thirds", Concerns: true,
		Rule:  consent.Plain.Rule,
		Limit: consent.Limit{Questions: 2}, Stuck: consent.GoesToBallot, Fallback: kind("super-majority")}

	// ConsentThenChoice asks for consent first. When objections stand, the circle
	// may choose among the options of the proposal by rankings. Who facilitates
	// settles a tie, and says why, or a lot does.
	ConsentThenChoice = consent.Method{Name: "consent-then-choice", Concerns: true,
		Rule:  consent.Plain.Rule,
		Limit: consent.Limit{Questions: 1}, Stuck: consent.GoesToBallot, Fallback: kind("schulze"),
		Ties: []consent.TieBreak{consent.ByChair, consent.ByLot}}
)

// Methods lists the methods that come with the stock.
func Methods() []consent.Method {
	return []consent.Method{ChooseByRanking, ChooseByScoring, ConsentThenTwoThirds, ConsentThenChoice}
}

package rule

import "github.com/sayround/sayround/consent"

// The ballots of the elections: what an answer looks like, and how many options
// there can be.
var (
	ranking   = consent.Ballot{Ranks: true, Options: mostChoices}
	anyScores = consent.Ballot{Scores: true, Least: -mostScore, Most: mostScore, Options: mostChoices}
	splits    = consent.Ballot{Scores: true, Most: mostPart, Options: mostShared}
	approves  = consent.Ballot{Ranks: true, Scores: true, Most: mostScore, Options: mostOptions}
)

// mostShared is from how many options on a weight is not split: more parts cannot
// be summed.
const mostShared = 100

// upTo is the ballot of a scale from nothing to the best.
func upTo(best int64) consent.Ballot {
	if best == 0 {
		best = bestScore
	}
	return consent.Ballot{Scores: true, Most: best, Options: mostChoices}
}

// Ballot says what an answer looks like: one for each election.
func (Plurality) Ballot() consent.Ballot        { return ranking }
func (Borda) Ballot() consent.Ballot            { return ranking }
func (Bucklin) Ballot() consent.Ballot          { return ranking }
func (Schulze) Ballot() consent.Ballot          { return ranking }
func (RankedPairs) Ballot() consent.Ballot      { return ranking }
func (Minimax) Ballot() consent.Ballot          { return ranking }
func (Copeland) Ballot() consent.Ballot         { return ranking }
func (Kemeny) Ballot() consent.Ballot           { return consent.Ballot{Ranks: true, Options: mostOrdered} }
func (Runoff) Ballot() consent.Ballot           { return ranking }
func (ScottishSTV) Ballot() consent.Ballot      { return ranking }
func (GregorySTV) Ballot() consent.Ballot       { return ranking }
func (MeekSTV) Ballot() consent.Ballot          { return ranking }
func (Score) Ballot() consent.Ballot            { return anyScores }
func (MajorityJudgment) Ballot() consent.Ballot { return anyScores }
func (r Star) Ballot() consent.Ballot           { return upTo(r.Best) }
func (r ReweightedRange) Ballot() consent.Ballot {
	return upTo(r.Best)
}
func (Committee) Ballot() consent.Ballot        { return approves }
func (Budget) Ballot() consent.Ballot           { return approves }
func (WeightedSplit) Ballot() consent.Ballot    { return splits }
func (Quadratic) Ballot() consent.Ballot        { return splits }
func (ApprovalWeighted) Ballot() consent.Ballot { return splits }

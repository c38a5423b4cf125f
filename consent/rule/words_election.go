package rule

import (
	"fmt"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// electionWords says a reason of an election. All elections call the same things by
// the same names.
func electionWords(why consent.Reason) (string, bool) {
	on := circle.Plain(why.Options)
	in := "" // in which round
	if why.Round > 0 {
		in = fmt.Sprintf("round %d: ", why.Round)
	}
	switch why.Code {
	case "ballots":
		return ballotWords(why), true
	case "tie":
		return "which of " + on + " it is to be is not certain: no lot is drawn, and people settle it", true
	case "place":
		return fmt.Sprintf("place %s: %s", why.Got, on), true
	case "votes":
		return in + on + " has " + things(why.Got, "vote", "votes") + neededWords(why), true
	case "score":
		return in + on + " has " + things(why.Got, "point", "points"), true
	case "runoff":
		return fmt.Sprintf("the last two: %s has the higher score on %s", on, things(why.Got, "ballot", "ballots")), true
	case "median":
		return fmt.Sprintf("the grade in the middle of all that %s got is %s", on, why.Got), true
	case "committee":
		return "these can be chosen together: " + on, true
	case "off-the-scale":
		return fmt.Sprintf("the ballots of %s%s do not count, for scores go %s", circle.Plain(why.Who), moreThanNamed(why.More), why.Need), true
	}
	if says, ok := pairWords(why); ok {
		return says, true
	}
	return seatWords(why, in, on)
}

func ballotWords(why consent.Reason) string {
	if !why.Holds {
		return "nobody has ranked or scored anything"
	}
	return things(why.Got, "vote", "votes") + " came in"
}

// neededWords says what was needed in a round, and whether it is there.
func neededWords(why consent.Reason) string {
	switch {
	case why.Need == "":
		return ""
	case why.Holds:
		return ", and " + why.Need + " are enough"
	}
	return ", and " + why.Need + " are needed"
}

// pairWords says a reason that compares two options.
func pairWords(why consent.Reason) (string, bool) {
	one, other := "", ""
	if len(why.Options) == 2 {
		one, other = why.Options[0], why.Options[1]
	}
	switch why.Code {
	case "path":
		says := fmt.Sprintf("%s before %s: at the weakest link of the strongest chain %s are for it and %s against", one, other, why.Got, why.Need)
		if why.Holds {
			says += ", which is stronger than any chain back"
		}
		return says, true
	case "locked":
		return fmt.Sprintf("%s is before %s: %s put it before, and %s put it behind", one, other, why.Got, why.Need), true
	case "before-default":
		stays := ", so it stays in"
		if !why.Holds {
			stays = ", so it is out"
		}
		return fmt.Sprintf("%s: %s would have it rather than none, and it must be %s%s", circle.Plain(why.Options), why.Got, strings.Replace(why.Need, "over", "more than", 1), stays), true
	case "worst":
		return fmt.Sprintf("%s: what speaks most against it in a comparison of two is %s", circle.Plain(why.Options), why.Got), true
	case "balance":
		return balanceWords(circle.Plain(why.Options), why.Got), true
	case "agreement":
		return fmt.Sprintf("the best order agrees with the ballots in %s", things(why.Got, "comparison", "comparisons")), true
	}
	return "", false
}

// balanceWords says how many comparisons an option wins, less those it loses.
func balanceWords(on, balance string) string {
	fewer, lost := strings.CutPrefix(balance, "-")
	switch {
	case balance == "0":
		return on + " wins as many comparisons as it loses"
	case lost:
		return fmt.Sprintf("%s loses %s more than it wins", on, things(fewer, "comparison", "comparisons"))
	}
	return fmt.Sprintf("%s wins %s more than it loses", on, things(balance, "comparison", "comparisons"))
}

// seatWords says a reason of a count that fills several places, or goes in rounds.
func seatWords(why consent.Reason, in, on string) (string, bool) {
	with := ""
	if why.Got != "" {
		with = " with " + things(why.Got, "vote", "votes")
	}
	switch why.Code {
	case "valid":
		return things(why.Got, "vote names", "votes name") + " somebody who can be chosen", true
	case "quota":
		return "who has " + things(why.Got, "vote", "votes") + " is sure of a place", true
	case "elected":
		return in + on + isOrAre(why.Options) + "chosen" + with, true
	case "eliminated":
		return in + on + isOrAre(why.Options) + "out" + with, true
	case "tied-last":
		return in + on + " are level here, and the count cannot go on without people deciding between them", true
	}
	return "", false
}

func isOrAre(options []string) string {
	if len(options) == 1 {
		return " is "
	}
	return " are "
}

// Words says a reason of the election.
func (Plurality) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Borda) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Bucklin) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Schulze) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (RankedPairs) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Minimax) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Copeland) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Kemeny) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Runoff) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (ScottishSTV) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (GregorySTV) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (MeekSTV) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Score) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (MajorityJudgment) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Star) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (ReweightedRange) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Committee) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Budget) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (WeightedSplit) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (Quadratic) Words(why consent.Reason) (string, bool) { return electionWords(why) }

// Words says a reason of the election.
func (ApprovalWeighted) Words(why consent.Reason) (string, bool) { return electionWords(why) }

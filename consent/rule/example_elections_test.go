package rule_test

import (
	"fmt"
)

// Most put it first.
func ExamplePlurality() {
	tell("plurality", "", choice("tea coffee milk", "ana tea coffee milk", "ben tea milk coffee", "cem milk coffee tea"))
	// Output:
	// Chosen: tea. This is final.
	// 3 votes came in.
	// tea has 2 votes.
	// coffee has 0 votes.
	// milk has 1 vote.
	// Place 1: tea.
	// Place 2: milk.
	// Place 3: coffee.
}

// Points for the places; milk and coffee share a place.
func ExampleBorda() {
	tell("borda", "", choice("tea coffee milk", "ana tea coffee=milk", "ben coffee tea"))
	// Output:
	// Chosen: tea. This is final.
	// 2 votes came in.
	// tea has 5 points.
	// coffee has 9/2 points.
	// milk has 5/2 points.
	// Place 1: tea.
	// Place 2: coffee.
	// Place 3: milk.
}

// Nobody has more than half of the first places, so the second ones are added.
func ExampleBucklin() {
	tell("bucklin", "", choice("tea coffee milk", "ana tea coffee milk", "ben milk coffee tea", "cem coffee tea milk"))
	// Output:
	// Chosen: coffee. This is final.
	// 3 votes came in.
	// Round 1: tea has 1 vote.
	// Round 1: coffee has 1 vote.
	// Round 1: milk has 1 vote.
	// Round 2: tea has 2 votes.
	// Round 2: coffee has 3 votes.
	// Round 2: milk has 1 vote.
	// Place 1: coffee.
	// Place 2: tea.
	// Place 3: milk.
}

// Before the close nothing is counted, and who has not answered is named; then the
// options are compared two by two.
func ExampleSchulze() {
	open := choice("tea coffee", "ana tea coffee", "ben tea coffee", "cem")
	open.Now = open.Opened
	tell("schulze", "", open)
	fmt.Println("---")
	tell("schulze", "", closed(open))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 2 of 3 heard, not yet cem.
	// ---
	// Chosen: tea. This is final.
	// 2 votes came in.
	// Place 1: tea.
	// Place 2: coffee.
	// tea before coffee: at the weakest link of the strongest chain 2 are for it and 0 against, which is stronger than any chain back.
	// coffee before tea: at the weakest link of the strongest chain 0 are for it and 2 against.
}

// The clearest comparison counts first.
func ExampleRankedPairs() {
	tell("ranked-pairs", "", choice("tea coffee milk", "ana tea coffee milk", "ben tea milk coffee", "cem milk coffee tea"))
	// Output:
	// Chosen: tea. This is final.
	// 3 votes came in.
	// tea is before coffee: 2 put it before, and 1 put it behind.
	// tea is before milk: 2 put it before, and 1 put it behind.
	// milk is before coffee: 2 put it before, and 1 put it behind.
	// Place 1: tea.
	// Place 2: milk.
	// Place 3: coffee.
}

// The one whose worst defeat is the smallest; a circle of three is a tie.
func ExampleMinimax() {
	tell("minimax", "", choice("tea coffee milk", "ana tea coffee milk", "ben coffee milk tea", "cem milk tea coffee"))
	// Output:
	// It is a tie, which people must settle: tea, coffee and milk can be chosen.
	// 3 votes came in.
	// tea: what speaks most against it in a comparison of two is 2.
	// coffee: what speaks most against it in a comparison of two is 2.
	// milk: what speaks most against it in a comparison of two is 2.
	// Place 1: tea, coffee and milk.
	// Which of tea, coffee and milk it is to be is not certain: no lot is drawn, and people settle it.
}

// The one that wins the most comparisons.
func ExampleCopeland() {
	tell("copeland", "", choice("tea coffee milk", "ana tea coffee milk", "ben tea milk coffee", "cem milk coffee tea"))
	// Output:
	// Chosen: tea. This is final.
	// 3 votes came in.
	// tea wins 2 comparisons more than it loses.
	// coffee loses 2 comparisons more than it wins.
	// milk wins as many comparisons as it loses.
	// Place 1: tea.
	// Place 2: milk.
	// Place 3: coffee.
}

// The order with which the ballots agree most.
func ExampleKemeny() {
	tell("kemeny", "", choice("tea coffee milk", "ana tea coffee milk", "ben tea milk coffee", "cem milk coffee tea"))
	// Output:
	// Chosen: tea. This is final.
	// 3 votes came in.
	// The best order agrees with the ballots in 6 comparisons.
	// Place 1: tea.
	// Place 2: milk.
	// Place 3: coffee.
}

// Whoever has the fewest goes out, until one has more than half.
func ExampleRunoff() {
	tell("instant-runoff", "", choice("tea coffee milk",
		"ana tea milk", "ben tea milk", "cem coffee milk", "dov coffee milk", "eva milk tea"))
	// Output:
	// Chosen: tea. This is final.
	// 5 votes came in.
	// Round 1: tea has 2 votes, and 3 are needed.
	// Round 1: coffee has 2 votes, and 3 are needed.
	// Round 1: milk has 1 vote, and 3 are needed.
	// Round 1: milk is out.
	// Round 2: tea has 3 votes, and 3 are enough.
	// Round 2: coffee has 2 votes, and 3 are needed.
}

// The highest sum of scores.
func ExampleScore() {
	tell("score", "", choice("tea coffee", "ana tea:5 coffee:3", "ben tea:1 coffee:4", "cem tea:2 coffee:3"))
	// Output:
	// Chosen: coffee. This is final.
	// 3 votes came in.
	// tea has 8 points.
	// coffee has 10 points.
	// Place 1: coffee.
	// Place 2: tea.
}

// The highest grade in the middle.
func ExampleMajorityJudgment() {
	tell("majority-judgment", "", choice("tea coffee", "ana tea:5 coffee:3", "ben tea:1 coffee:4", "cem tea:5 coffee:3"))
	// Output:
	// Chosen: tea. This is final.
	// 3 votes came in.
	// The grade in the middle of all that tea got is 5.
	// The grade in the middle of all that coffee got is 3.
	// Place 1: tea.
	// Place 2: coffee.
}

// The two with the most points meet; a ballot off the scale does not count.
func ExampleStar() {
	tell("star", "", choice("tea coffee", "ana tea:5 coffee:3", "ben tea:1 coffee:4", "cem tea:2 coffee:3", "dov tea:9"))
	// Output:
	// Chosen: coffee. This is final.
	// 4 votes came in.
	// The ballots of dov do not count, for scores go from 0 to 5.
	// Round 1: tea has 8 points.
	// Round 1: coffee has 10 points.
	// The last two: coffee has the higher score on 2 ballots.
	// The last two: tea has the higher score on 1 ballot.
}

// Who has got the first place counts less for the second.
func ExampleReweightedRange() {
	tell("reweighted-range", `{"best":5,"places":2}`, choice("tea coffee milk",
		"ana tea:5 coffee:4", "ben tea:5 coffee:4", "cem milk:5"))
	// Output:
	// Chosen: tea and milk. This is final.
	// 3 votes came in.
	// Round 1: tea has 10 points.
	// Round 1: coffee has 8 points.
	// Round 1: milk has 5 points.
	// Round 2: coffee has 4 points.
	// Round 2: milk has 5 points.
}

// Two places: what tea has beyond the quota passes on.
func ExampleScottishSTV() {
	tell("scottish-stv", `{"places":2}`, choice("tea coffee milk",
		"ana tea coffee", "ben tea coffee", "cem tea coffee", "dov milk", "eva coffee"))
	// Output:
	// Chosen: tea and coffee. This is final.
	// 5 votes came in.
	// 5 votes name somebody who can be chosen.
	// Who has 2 votes is sure of a place.
	// Round 1: tea has 3 votes, and 2 are enough.
	// Round 1: coffee has 1 vote, and 2 are needed.
	// Round 1: milk has 1 vote, and 2 are needed.
	// Round 1: tea is chosen.
	// Round 2: tea has 2 votes, and 2 are enough.
	// Round 2: coffee has 1.99999 votes, and 2 are needed.
	// Round 2: milk has 1 vote, and 2 are needed.
	// Round 2: milk is out.
	// Round 3: tea has 2 votes, and 2 are enough.
	// Round 3: coffee has 1.99999 votes, and 2 are needed.
	// Round 3: coffee is chosen.
}

// Two places, and two who are level for the last of them: people decide.
func ExampleGregorySTV() {
	tell("gregory-stv", `{"places":2}`, choice("tea coffee milk",
		"ana tea", "ben tea", "cem coffee", "dov milk"))
	// Output:
	// It is a tie, which people must settle: tea, coffee and milk can be chosen.
	// 4 votes came in.
	// 4 votes name somebody who can be chosen.
	// Who has 2 votes is sure of a place.
	// Round 1: tea has 2 votes, and 2 are enough.
	// Round 1: coffee has 1 vote, and 2 are needed.
	// Round 1: milk has 1 vote, and 2 are needed.
	// Round 1: tea is chosen.
	// Round 2: tea has 2 votes, and 2 are enough.
	// Round 2: coffee has 1 vote, and 2 are needed.
	// Round 2: milk has 1 vote, and 2 are needed.
	// Round 2: coffee and milk are level here, and the count cannot go on without people deciding between them.
	// Which of tea, coffee and milk it is to be is not certain: no lot is drawn, and people settle it.
}

// Two places by Meek's method.
func ExampleMeekSTV() {
	tell("meek-stv", `{"places":2}`, choice("tea coffee milk",
		"ana tea coffee", "ben tea coffee", "cem tea coffee", "dov milk", "eva coffee"))
	// Output:
	// Chosen: tea and coffee. This is final.
	// 5 votes came in.
	// Round 1: tea has 3 votes.
	// Round 1: coffee has 1 vote.
	// Round 1: milk has 1 vote.
	// Round 1: tea is chosen with 3 votes.
	// Round 1: coffee is chosen with 2.333333332 votes.
	// milk is out with 1 vote.
	// Who has 1.666666667 votes is sure of a place.
}

// Two that represent the ballots best; here three pairs do so alike.
func ExampleCommittee() {
	tell("committee", `{"by":"pav","places":2}`, choice("tea coffee milk",
		"ana tea=coffee", "ben tea=coffee", "cem milk"))
	// Output:
	// It is a tie, which people must settle: tea, coffee and milk can be chosen.
	// 3 votes came in.
	// These can be chosen together: tea and coffee.
	// These can be chosen together: tea and milk.
	// These can be chosen together: coffee and milk.
	// Which of tea, coffee and milk it is to be is not certain: no lot is drawn, and people settle it.
}

// Projects that 10 can pay for.
func ExampleBudget() {
	tell("budget", `{"by":"pb-greedy","costs":["6","4","5"],"total":"10"}`, choice("ramp garden bench",
		"ana ramp", "ben ramp=garden", "cem garden=bench"))
	// Output:
	// Chosen: ramp and garden. This is final.
	// 3 votes came in.
	// These can be chosen together: ramp and garden.
}

// Each splits the own vote over the options.
func ExampleWeightedSplit() {
	tell("weighted-split", "", choice("tea coffee", "ana tea:3 coffee:1", "ben coffee:1"))
	// Output:
	// Chosen: coffee. This is final.
	// 2 votes came in.
	// tea has 3/4 points.
	// coffee has 5/4 points.
	// Place 1: coffee.
	// Place 2: tea.
}

// Many small parts are more than a large one.
func ExampleQuadratic() {
	tell("quadratic", "", choice("tea coffee", "ana*9 tea:1", "ben*4 coffee:1", "cem*4 coffee:1"))
	// Output:
	// Chosen: coffee. This is final.
	// 17 votes came in.
	// tea has 153/25 points.
	// coffee has 272/25 points.
	// Place 1: coffee.
	// Place 2: tea.
}

// Each may approve of several with the whole vote.
func ExampleApprovalWeighted() {
	tell("approval-weighted", "", choice("tea coffee", "ana tea:1 coffee:1", "ben coffee:1", "cem"))
	// Output:
	// Chosen: coffee. This is final.
	// 2 votes came in.
	// tea has 1 point.
	// coffee has 2 points.
	// Place 1: coffee.
	// Place 2: tea.
}

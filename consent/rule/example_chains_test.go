package rule_test

// Four tenths of all must answer, and most of those must say yes.
func ExampleDaoThreshold() {
	tell("dao-threshold", `{"kind":"threshold-quorum","quorum":"0.4","threshold":"majority"}`,
		question("ana*3 yes", "ben*2", "cem*5"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 3 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// ben and cem have not answered (7 votes).
	// Of all votes, at least 0.4 must answer: 3 of 10 do, so 1 more is missing.
	// Of the votes that say yes or no, more than half must say yes: 3 of 3 do, which is enough.
}

// It is counted at the close: yes and abstain make the quorum, and yes must be more
// than no.
func ExampleGovernor() {
	tell("governor", `{"quorum":"4"}`, question("ana*5 yes", "ben*3 no", "cem*2"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 5 votes say yes.
	// 3 votes say no.
	// Nobody abstains.
	// cem has not answered (2 votes).
	// At least 4 votes must say yes or abstain: 5 do, which is enough.
	// More votes must say yes than say no: it is 5 to 3, which is enough.
}

// Ben speaks for ana and for cem, and cem takes the own vote back.
func ExampleDelegatedOverride() {
	tell("delegated-override", "", closed(question("ana>ben", "ben yes", "cem>ben own:no", "dov no")))
	// Output:
	// It is not adopted. This is final.
	// 2 votes say yes.
	// 2 votes say no.
	// Nobody abstains.
	// ana has not answered, and others speak for them.
	// More votes must say yes than say no: it is 2 to 2, so 1 more is missing.
}

// Who does not vote lends the vote to a governor.
func ExampleLiquidGov() {
	tell("liquid-gov", `{"burn-no":"0.8","quorum":"1/2","threshold":"2/3"}`,
		closed(question("ana>gov", "ben>gov", "gov yes", "dov no", "eva")))
	// Output:
	// It is adopted. This is final.
	// 3 votes say yes.
	// 1 vote says no.
	// Nobody abstains.
	// ana, ben and eva have not answered; for 1 vote nobody else speaks.
	// Of all votes, at least half must answer: 4 of 5 do, which is enough.
	// Of the votes that say yes or no, more than two thirds must say yes: 3 of 4 do, which is enough.
	// Of all votes, at least half answer: 4 of 5 do, so that is so.
	// Of the votes that say yes or no, at least 0.8 say no: 1 of 4 does, so that is not so.
	// The deposit is not burnt.
}

// A validator votes with what is lent to it; more than a third of vetoes stop it.
func ExampleGov() {
	tell("gov", `{"quorum":"0.334","threshold":"1/2","veto":"1/3"}`,
		closed(question("ana>val", "val yes", "ben veto", "cem veto")))
	// Output:
	// It is not adopted. This is final.
	// 2 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// 2 votes say veto.
	// ana has not answered, and others speak for them.
	// Of all votes, at least 0.334 must answer: 4 of 4 do, which is enough.
	// At least 1 vote must say yes, no or veto: 4 do, which is enough.
	// Of the votes that answer, more than a third say veto: 2 of 4 do, so that is so.
	// A veto stops it.
	// Of the votes that say yes, no or veto, more than half must say yes: 2 of 4 do, and 3 of 4 are needed.
	// Of all votes, at least 0.334 answer: 4 of 4 do, so that is so.
	// At least 1 vote says yes, no or veto: 4 do, so that is so.
	// The deposit is burnt.
}

// So many weights as were agreed must say yes, and it may be carried out later.
func ExampleGroupPolicy() {
	tell("group-policy", `{"min-execution":86400,"threshold":"3"}`, question("ana*2 yes", "ben*2 yes", "cem*1"))
	// Output:
	// It is adopted. This is final.
	// 4 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// cem has not answered.
	// At least 3 votes say yes: 4 do, so that is so.
	// All votes say yes: 4 of 5 do, so that is not so.
	// This is so: at least 3 votes say yes, or all votes say yes.
	// It may not be carried out now; it may be from 2 March 2026 12:00 UTC on, if it is adopted and not too late.
}

// Few take part, so what only they want needs far more for than against.
func ExampleAdaptiveQuorum() {
	tell("adaptive-quorum", `{"bias":"approve"}`,
		closed(question("ana*5 yes", "ben*3 no", "cem*92")))
	// Output:
	// It is not adopted. This is final.
	// 5 votes say yes.
	// 3 votes say no.
	// Nobody abstains.
	// cem has not answered (92 votes).
	// Of 100 votes 8 were given.
	// Weighed by how many take part, yes has 10 and no has 30: that is not enough, for yes must have more.
}

// One and a half times the root of nine is four and a half, so five are needed.
func ExampleDebianQuorum() {
	tell("debian-quorum", "", question("ana*3 yes", "ben*1 no", "cem*5"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 3 votes say yes.
	// 1 vote says no.
	// Nobody abstains.
	// cem has not answered (5 votes).
	// At least 5 votes must say yes: 3 do, so 2 more are missing.
	// That number is 3/2 times the root of 9, which is 4.50, rounded up.
	// More votes must say yes than say no: it is 3 to 1, which is enough.
	// For each vote that says no, 3 votes say yes; it must be more than 1.
}

// Support grows as long as it stays.
func ExampleConviction() {
	c := question("ana*40 yes", "ben*60")
	c.Closes = c.Opened.AddDate(0, 0, 30)
	c.Now = c.Opened.AddDate(0, 0, 2)
	tell("conviction", `{"alpha":"0.9","beta":"0.2","funds":1000,"requested":100,"rho":"0.002","seconds":86400}`, c)
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 8 March 2026 12:00 UTC.
	// 40 votes support it now.
	// With time the support has grown to 76, and it must be more than 200, which is not enough yet.
}

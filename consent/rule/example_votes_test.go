package rule_test

import (
	"fmt"

	"github.com/sayround/sayround/consent"
)

// A vote of one's own is data: here half of the workers must say yes, and no more
// than one of all may say no.
func ExampleVote() {
	tell("vote", `{"carry":{"all":[{"at-least":"1/2","classes":["worker"],"count":["yes"],"of":["all"]},{"at-most":"1","count":["no"]}]}}`,
		question("ana/worker yes", "ben/worker", "cem/member no", "dov/member"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 1 vote says yes.
	// 1 vote says no.
	// Nobody abstains.
	// ben and dov have not answered.
	// Of all votes of class worker, at least half must say yes: 1 of 2 does, which is enough.
	// At most 1 vote may say no: 1 does.
}

// More than half of all must say yes: who abstains has answered, and has not said yes.
func ExampleMajority() {
	tell("majority", `{"of":"all"}`, question("ana yes", "ben yes", "cem abstain", "dov", "eva"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 2 votes say yes.
	// Nobody says no.
	// 1 vote abstains.
	// dov and eva have not answered.
	// Of all votes, more than half must say yes: 2 of 5 do, so 1 more is missing.
}

// Three fifths of those who take a side must say yes, and three must answer.
func ExampleMajority_quorum() {
	tell("majority", `{"not-less":true,"quorum":"3","share":"60%"}`, closed(question("ana yes", "ben yes", "cem", "dov")))
	// Output:
	// It is not adopted. This is final.
	// 2 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// cem and dov have not answered.
	// At least 3 votes must answer: 2 do, so 1 more is missing.
	// Of the votes that say yes or no, at least 60% must say yes: 2 of 2 do, which is enough.
}

// More for than against; half and half is not enough, and no lot is drawn.
func ExampleSimpleMajority() {
	tell("simple-majority", "", closed(question("ana yes", "ben no", "cem abstain")))
	// Output:
	// It is not adopted. This is final.
	// 1 vote says yes.
	// 1 vote says no.
	// 1 vote abstains.
	// Everybody has answered.
	// Of the votes that say yes or no, more than half must say yes: 1 of 2 does, and 2 of 2 are needed.
}

// It is certain as soon as the others cannot change it any more.
func ExampleAbsoluteMajority() {
	tell("absolute-majority", "", question("ana yes", "ben yes", "cem yes", "dov", "eva"))
	// Output:
	// It is adopted. This is final.
	// 3 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// dov and eva have not answered.
	// Of all votes, more than half must say yes: 3 of 5 do, which is enough.
}

// Two thirds of those who take a side.
func ExampleSuperMajority() {
	tell("super-majority", "", closed(question("ana yes", "ben yes", "cem yes", "dov no", "eva no")))
	// Output:
	// It is not adopted. This is final.
	// 3 votes say yes.
	// 2 votes say no.
	// Nobody abstains.
	// Everybody has answered.
	// Of the votes that say yes or no, at least two thirds must say yes: 3 of 5 do, and 4 of 5 are needed.
}

// Everybody must say yes.
func ExampleUnanimity() {
	tell("unanimity", "", question("ana yes", "ben yes", "cem"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 2 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// cem has not answered.
	// Nobody may say no, abstain, say veto or stay silent: 1 does, which is too many.
	// At least 1 person must say yes: 2 do, which is enough.
}

// At most one may disagree.
func ExampleUnanimityMinus() {
	tell("unanimity-minus", `{"n":1}`, closed(question("ana yes", "ben no", "cem no", "dov abstain")))
	// Output:
	// It is not adopted. This is final.
	// 1 vote says yes.
	// 2 votes say no.
	// 1 vote abstains.
	// Nobody says veto.
	// Everybody has answered.
	// At least 1 person must answer: 4 do, which is enough.
	// At most 1 person may say no or veto: 2 do, which is too many.
}

// Two approvals by maintainers, and none of them against.
func ExampleApprovalWithVeto() {
	tell("approval-with-veto", `{"approvals":2,"binding":["maintainer"]}`,
		question("ana/maintainer yes", "ben/maintainer", "cem/maintainer", "dov/guest yes"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 2 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// ben and cem have not answered.
	// Nobody of class maintainer may say no or veto: nobody does.
	// At least 2 people of class maintainer must say yes: 1 does, so 1 more is missing.
}

// Silence is assent when the time is over; one who says no stops it.
func ExampleLazyConsensus() {
	tell("lazy-consensus", "", question("ana yes", "ben", "cem"))
	fmt.Println("---")
	tell("lazy-consensus", "", closed(question("ana yes", "ben", "cem")))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 1 vote says yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// ben and cem have not answered.
	// Nobody may say no or veto: nobody does.
	// No objection may stand: none does.
	// ---
	// It is adopted. This is final.
	// 1 vote says yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// ben and cem have not answered.
	// Nobody may say no or veto: nobody does.
	// No objection may stand: none does.
}

// Whoever decides alone must have heard two of those who were asked.
func ExampleAdvice() {
	tell("advice", `{"least":2}`, question("ana no", "ben", "cem"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// Nobody says yes.
	// 1 vote says no.
	// Nobody abstains.
	// Nobody says veto.
	// ben and cem have not answered.
	// At least 2 people must answer: 1 does, so 1 more is missing.
}

// A release needs three binding votes, and more for than against.
func ExampleApache() {
	tell("apache", `{"binding":["pmc"],"kind":"release"}`,
		question("ana/pmc yes", "ben/pmc yes", "cem/pmc", "dov/user yes", "eva/user yes"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 4 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// cem has not answered.
	// At least 3 people of class pmc must say yes: 2 do, so 1 more is missing.
	// More people of class pmc must say yes than say no or veto: it is 2 to 0, which is enough.
}

// A majority of the votes, and of the votes in a majority of the states.
func ExampleDoubleMajority() {
	tell("double-majority", "", closed(question("ana/north*30 yes", "ben/north*10 no", "cem/south*9 no", "dov/west*8 no", "eva/west*7 yes")))
	// Output:
	// It is not adopted. This is final.
	// 37 votes say yes.
	// 27 votes say no.
	// Nobody abstains.
	// Everybody has answered.
	// Of the votes that say yes or no, more than half must say yes: 37 of 64 do, which is enough.
	// Of the votes of class north that say yes or no, more than half say yes: 30 of 40 do, so that is so.
	// Of the votes of class south that say yes or no, more than half say yes: 0 of 9 do, so that is not so.
	// Of the votes of class west that say yes or no, more than half say yes: 7 of 15 do, so that is not so.
	// In more than half of the classes it must be so that of the votes that say yes or no, more than half say yes; it is so in 1 of 3 classes.
}

// A majority of the people, and of the cantons, of which some weigh a half.
func ExampleDoubleMajorityShares() {
	tell("double-majority-shares", "", closed(question("people-for/votes*60 yes", "people-against/votes*40 no",
		"uri/states*2 no", "zug/states*2 no", "obwalden/states*1 yes")))
	// Output:
	// It is not adopted. This is final.
	// 61 votes say yes.
	// 44 votes say no.
	// Nobody abstains.
	// Everybody has answered.
	// Of the votes of class votes that say yes or no, more than half must say yes: 60 of 100 do, which is enough.
	// Of all votes of class states, more than half must say yes: 1 of 5 does, so 2 more are missing.
}

// Those who are supported and those who work there must each carry it.
func ExampleChambers() {
	tell("chambers", `{"chambers":[{"class":"supported"},{"class":"worker"}]}`,
		question("ana/supported yes", "ben/supported yes", "cem/worker", "dov/worker"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 2 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// cem and dov have not answered.
	// Of the votes of class supported that say yes or no, more than half must say yes: 2 of 2 do, which is enough.
	// Of the votes of class worker that say yes or no, more than half must say yes: 0 of 0 do, so 1 more is missing.
}

// Half of the states with two thirds of the people; fewer than three states
// cannot block it.
func ExampleQualifiedMajority() {
	tell("eu-qualified-majority", `{"blocking":3,"population":"2/3","states":"1/2"}`,
		closed(question("small*1 yes", "middle*2 yes", "large*5 no")))
	// Output:
	// It is adopted. This is final.
	// 3 votes say yes.
	// 5 votes say no.
	// Nobody abstains.
	// Everybody has answered.
	// Of all people, at least half must say yes: 2 of 3 do, which is enough.
	// Of all votes, at least two thirds say yes: 3 of 8 do, so that is not so.
	// Fewer than 3 people say no, abstain or stay silent: 1 does, so that is so.
	// This is so: of all votes, at least two thirds say yes, or fewer than 3 people say no, abstain or stay silent.
}

// Three must say yes, and no permanent member may say no.
func ExampleClassVeto() {
	tell("threshold-class-veto", `{"class":"permanent","threshold":3}`,
		question("ana/permanent no", "ben/permanent yes", "cem/elected yes", "dov/elected yes"))
	// Output:
	// It is not adopted. This is final.
	// 3 votes say yes.
	// 1 vote says no.
	// Nobody abstains.
	// Nobody says veto.
	// Everybody has answered.
	// At least 3 people must say yes: 3 do, which is enough.
	// Nobody of class permanent may say no or veto: 1 does, which is too many.
	// Fewer than 3 people say yes: 3 do, so that is not so.
	// A veto stops it.
}

// A special resolution of a meeting: three quarters of those who take a side.
func ExampleCoopResolution() {
	c := closed(question("ana yes", "ben yes", "cem yes", "dov no", "eva no"))
	c.Register = []consent.Enrolled{{N: 8}}
	tell("coop-resolution", `{"kind":"special"}`, c)
	// Output:
	// It is not adopted. This is final.
	// 3 votes say yes.
	// 2 votes say no.
	// Nobody abstains.
	// Everybody has answered.
	// At least 2 people must be there: 5 do, which is enough.
	// Of all people on the register, at least half must be there: 5 of 8 do, which is enough.
	// Of the people who say yes or no, at least three quarters must say yes: 3 of 5 do, and 4 of 5 are needed.
}

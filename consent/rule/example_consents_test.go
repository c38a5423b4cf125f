package rule_test

// Who is unheard and who objects is named; nobody is outvoted.
func ExampleConsent() {
	tell("settled-consent", "", objected(question("ana consent", "ben objects", "cem"), "ben"))
	// Output:
	// It is not decided yet.
	// 2 of 3 heard, not yet cem.
	// No objection may stand: 1 does.
	// The objection noise of ben stands.
}

// Where the circle has agreed so, silence has no objection when the time is over.
func ExampleConsent_silence() {
	tell("settled-consent", `{"silence-consents":true}`, closed(question("ana consent", "ben concern", "cem")))
	// Output:
	// It is adopted. This is final.
	// 2 of 3 heard, not yet cem.
	// The time is over, and the silence of cem means no objection.
	// No objection may stand: none does.
}

// Enough support it and nobody sustains an objection.
func ExampleConsensus() {
	tell("consensus", `{"support-min":2}`, closed(objected(question("ana yes", "ben yes", "cem abstain"), "cem")))
	// Output:
	// It is not adopted. This is final.
	// 2 votes say yes.
	// Nobody says no.
	// 1 vote abstains.
	// Nobody says veto.
	// Everybody has answered.
	// No objection may stand: 1 does.
	// At least 2 people must say yes: 2 do, which is enough.
	// All people say yes: 2 of 3 do, so that is not so.
	// The objection noise of cem stands.
	// An objection stands: this is dissent.
}

// What is left unaddressed decides, and no number.
func ExampleRoughConsensus() {
	tell("rough-consensus", "", closed(objected(question("ana yes", "ben yes", "cem no"), "cem")))
	// Output:
	// It is not adopted. This is final.
	// 2 votes say yes.
	// 1 vote says no.
	// Nobody abstains.
	// Nobody says veto.
	// Everybody has answered.
	// No objection may stand: 1 does.
	// The objection noise of cem stands.
}

// The final comment period begins when enough have reviewed.
func ExampleFinalComment() {
	tell("final-comment", `{"outstanding":1,"seconds":864000}`, question("ana yes", "ben yes", "cem"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 2 votes say yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// cem has not answered.
	// No objection may stand: none does.
	// Of all people, more than half must answer: 2 of 3 do, which is enough.
	// At most 1 person may stay silent: 1 does.
	// All of this has been so since 1 March 2026 12:01 UTC, and must stay so for 10 days without a break.
}

// Two must want it for a day without a break.
func ExampleLasting() {
	tell("lasting", `{"condition":{"at-least":"2","count":["yes"]},"seconds":86400}`, question("ana yes", "ben", "cem"))
	// Output:
	// It is not decided yet. Without a new answer it is looked at again on 4 March 2026 12:00 UTC.
	// 1 vote says yes.
	// Nobody says no.
	// Nobody abstains.
	// Nobody says veto.
	// ben and cem have not answered.
	// At least 2 votes must say yes: 1 does, so 1 more is missing.
	// Not all of this is so now; once it is, it must stay so for 1 day without a break.
}

// Package objection holds one thing: a reasoned objection (or a concern)
// against one version of a proposal, and how it was met. It knows circles and
// proposals; it knows nothing of rounds or rules.
//
// # Terms
//
// An objection is a stated reason why a version would harm the circle's aim.
// It names the part of the aim (EC-31) and gives an argument; without an
// argument it is none (EC-33, M-157). It is no veto: it starts work on the
// text. A concern is a worry that does not block; it is heard and kept (M-124).
//
// By the zero [Handling] nobody judges an objection (EC-34, CP-4), and there is
// no command to dismiss one. The circle says it back in its own words (a restatement), and
// the objector confirms that this is what they mean. Then the circle works on
// it with named tools: measure the concern, shorten the term, amend the text
// (EC-35). An objection then ends in one of three ways, each with its actor: the
// objector withdraws it, the objector accepts how a later version meets it, or
// the whole proposal is taken back or dropped by consent.
//
// # Other methods
//
// A method's Handling says what else there is (methods §2.1, §2.2). A [Trial]
// asks whether an argument qualifies as an objection: who facilitates looks at
// the form only (a criterion holds exactly if it was argued), whoever disagrees
// must argue, the others weigh it, or a chair finds on the merits. It ends
// captured or dismissed, with what was found of each criterion and by whom; one
// that was not tested blocks (M-168). Further ways out are each an event with an
// actor and a cause: solved by objector and proposer, answered and not
// accommodated, abandoned for lack of good faith, put off by consent, lowered to
// a concern, stood aside from. Nobody judges their own objection (methods §8.4).
//
// An objection may have several owners (M-170): it ends when the last of them
// has left it. The same words by two people are two objections.
//
// # The law
//
// [Objections] holds all of them. Decide answers whether a command may happen;
// Apply takes what has happened and cannot fail. Whether the person may speak
// at this moment is asked by the process, which keeps the roster.
//
// What must stay true (S6): objections raised = objections standing +
// objections closed with a cause, see [Balanced]. Only its owners withdraw or accept one. A
// new version closes nothing by itself.
//
// Sources: EC-30 to EC-38, CP-3, CP-4 of the reference organisation and group
// I of the documented methods.
package objection

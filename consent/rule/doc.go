// Package rule is the stock of voting rules, beside consent: counts of yes and
// no, of rankings, of scores and of approvals, each small, exact, and with its
// reasons. A rule sees one case and says what comes out and why; it knows no
// clock, draws no lot and holds no fraction that is not exact.
//
// [Votes] are the rules of yes and no: majorities with a named base and a quorum,
// unanimity and what comes near it, lazy consensus, vetoes, chambers and classes
// that must each carry, the votes of several bodies that publish theirs. Most are
// a [Vote]: conditions as data, each a comparison of two weights, so that it is
// known before the close what no further answer can change.
//
// [Elections] choose among options: by places ([Plurality], [Borda], [Bucklin]),
// by comparing two at a time ([Schulze], [RankedPairs], [Minimax], [Copeland],
// [Kemeny]), in rounds ([Runoff]), by scores ([Score], [Star],
// [MajorityJudgment]), and several at once ([ScottishSTV], [GregorySTV],
// [MeekSTV], [ReweightedRange], [Committee], [Budget]). They are counted when
// nothing more can be said.
//
// # A rule of one's own
//
// A rule is a type with one method, Judge. [Said] lists who has a seat with what
// stands of what they said, [Over] says whether the time is over, and
// [consent.Standing] words the objections that stand, of which every rule must tell.
// [github.com/sayround/sayround/consent/consenttest.TestRule] tries it. Who would
// rather agree on text than on Go writes the conditions in CEL: the module
// github.com/sayround/sayround/consent/celrule has the same counts by the same names.
//
// # In words
//
// Every rule here is a [consent.Worder]: [consent.Explain] says its verdict to members,
// with what was needed, what was found, what is missing and who. A [Vote] says
// itself too, before anybody has answered.
//
// # What others decide differently
//
// The instant of the close is outside: who answers then is too late. An answer may
// be changed while the case says so, and the last one stands. Weights are those of
// the opening. Who is out is in no count and no base, whatever they said; chambers
// that are named, and the register from which a quorum is drawn, are those of the
// opening. An answer to an older version counts nowhere. Nothing is final while
// answers may be changed, until the close, but what ends a vote at once and what has
// lasted its time. A tie is an outcome: of a vote it is lost, of an election it
// names all who are tied and chooses nobody, until people settle it by a recorded
// act. Objections are no votes: they are told of with every verdict, also with
// one that goes over them. Weights that cannot be added up exactly are refused,
// and a question that cannot be counted stays open. docs/rules.md shows for each
// rule what came out when it was tried.
package rule

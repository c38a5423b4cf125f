// Package celrule makes voting rules of expressions in CEL, the Common Expression
// Language: data that a circle can read, agree on and keep with its decisions, for
// what the conditions of package rule cannot say and nobody wants to write Go for.
// It is a module of its own, so that CEL comes to those who use it and to nobody
// else.
//
// A rule is one to sixteen conditions, each with a name, plain words, and an
// expression that says whether it holds:
//
//	{"conditions": [
//	  {"name": "quorum", "says": "half of all answer", "cel": "answered * 2 >= all"},
//	  {"name": "somebody", "says": "somebody takes a side", "cel": "cast > 0"},
//	  {"name": "share", "says": "two thirds of those who take a side are for it",
//	   "cel": "yes * 3 >= cast * 2"}]}
//
// It is adopted when all of them hold at the close, and declined otherwise. Before
// the close it is open, unless its author claims by "early" that it can be certain
// before (see [Source]). Standing objections are told of with every verdict; only a
// condition that counts them is stopped by them.
//
// # What a condition can say
//
// The counts are those of the stock, in what the seats weigh: yes, no, abstain and
// veto; silent, who has not answered; cast, who said yes, no or veto; answered; and
// all. So many people, whatever they weigh: people.yes. Of one class: yes("worker")
// and people.yes("worker"). Beside them
//
//	register      how many people are on the register, also register("worker")
//	objections    how many objections stand
//	quorate       whether whoever is there is a quorum
//	classes       the classes that have a seat or are on the register
//	seats         the seats, each with person, class, weight, and whether it said
//	              yes, no, abstain, veto, or is silent
//	sum           of a list of whole numbers
//
// and of CEL itself: whole numbers with + - * / %, comparisons, && || !, a ? b : c,
// in, size, and all, exists, exists_one, map and filter over lists.
//
//	classes.all(c, yes(c) > no(c))
//	seats.exists(s, s.class == "worker" && s.yes)
//	sum(seats.map(s, s.yes, s.weight > 5 ? 5 : s.weight)) > 20
//
// A share is written with whole numbers: yes * 3 >= cast * 2 is "at least two
// thirds of those who take a side". It is exact, and it is told as "4 of 5, at
// least 2/3". Where nobody took a side it holds, since nothing is two thirds of
// nothing: so there is a condition that somebody does.
//
// Every comparison that is made is a reason of the verdict, by the name of its
// condition. A class that nobody is in counts nothing, whatever it is called.
//
// # What it cannot say
//
// There are no fractions, no maps, no clock and no durations, no types that are
// known only when it runs, no search in texts, no place in a list: whatever could
// come out differently on another machine or at another time is refused before a
// question is opened, and so is every word that nobody knows. So is what could cost
// too much: at most 4 KiB of expressions, 250 deep, and 100,000 units of CEL for a
// thousand seats, which is to go through all of them some ten times, and not to
// compare each with each.
//
// Then there are three ways in which it can fail: a number that is too large for 64
// bits, a division by nothing, and more seats than the estimate was made for, when
// the same limit of cost holds. Whichever it is, the question stays open and the
// reason is rule-error: no proposal is declined because its rule could not be
// worked out.
//
// # What is kept
//
// The parameters of a rule are all of it, in one canonical text; they stand in the
// entry that opens a question, so a question is decided by the rule with which it
// was opened, whatever a circle agrees on meanwhile. How a rule is compiled is not
// kept: a verdict stands as it was given, and an engine that judges it again tells
// where it would differ.
//
// The choices that peers make differently are those of the stock, as
// [github.com/sayround/sayround/consent/rule.Vote] has them: the instant of the
// close is outside; the last answer of a seat stands; who is out counts nowhere; an
// answer in a position that the rule does not have counts for nothing, and only a
// rule that speaks of vetoes has them; weights are those of the opening; everybody
// answers for themselves. Where nobody has a seat nothing is adopted.
//
// Source: design of the rule seam, point 9; of reliability, finding 10, T9 and §5.4.
package celrule

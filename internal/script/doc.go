// Package script reads and runs conversations: readable files that drive the
// engine, line by line, and show what came of each line.
//
// A conversation is at once a test, an acceptance case, and something that a
// facilitator can read and say "yes, that is how our circle works":
//
//	# An objector who leaves the circle in mid-round still counts.
//	at 2026-03-02T10:00:00Z
//	as ana: circle.found id=bakery aim="bread the street is glad of" members=[ana,cia]
//	as ana: proposal.submit id=sundays circle=bakery text="Open every Sunday"
//
//	as cia: objection.raise id=o1 proposal=sundays
//	  aim="bread the street is glad of"
//	  argument="Nobody is left to bake."
//	----
//	objection.raised id=o1 by=cia version=1
//	consent.responded by=cia response=objects version=1
//
//	after 5d
//	may cia sundays
//
// The package knows no word of the domain. It reads statements, hands each to a
// [Host], and compares what the host prints with what the file says. Command names
// and keys are passed on as they stand: nothing here is special to one of them.
//
// # Statements
//
// There are four kinds of statement, and the first word tells which.
//
//   - "at TIME" sets the clock; "after DURATION" moves it on. What falls due in
//     between happens. A duration is a sum such as 5d, 36h, 1d12h or 2w; a day is 24
//     hours and a week is seven days. The clock never goes backwards.
//   - "as WHO: room.command key=value …" gives one command. Between WHO and the colon
//     may stand, in any order and each once: "with SUPPORTER", "through INTERPRETER",
//     "recorded-by WHO", "for WHO", and "basis=", "channel=" and "id=" with a value; see [Speaker].
//   - "show", "may", "explain", "due", "verify" and "replay" ask. What may be asked
//     after, the host decides; "show", "may" and "explain" need at least one word
//     more, "verify" and "replay" stand alone.
//
// A line that begins with white space continues the statement above it. A line that
// begins with "#", indented or not, is a comment; it may stand between a statement and
// its continuation, or its expectation. A blank line may not, for it ends the statement.
//
// # Values
//
// A value is JSON (a string, an integer, true or false, an array, an object) or a
// bare word, which stands for a string. Bare words may stand inside arrays and
// objects too, and the keys of an object need no quotes: members=[ana,cia] and
// measures=[{id:missed, stop:3}]. A bare word that is an integer, true or false is
// read as that, so write "12" in quotes to mean the text. Null and fractions are
// refused, since the ledger knows neither: leave the key out, or write the exact
// text "2/3".
//
// A bare word holds no white space, no quote, no backslash and none of the characters
// = , [ ] { }; it begins with neither # nor a colon; beyond ASCII it may hold whatever
// is printable. A bare word before the colon of a command holds no colon.
//
// # Expectations
//
// The lines between "----" and the next blank line, or the end of the file, are what
// the statement must print, in full. Nothing at all between them says that it prints
// nothing.
//
// A statement without "----" is run, and what it prints is not compared, with one
// exception: if a line of it begins with "refused ", the statement fails. So a
// conversation that stops being possible half-way does not pass by saying nothing.
//
// White space at the end of a printed line does not count, and a printed line that is
// blank is written as a single full stop, since a blank line ends the block.
//
// [Rewrite] runs a file and gives it back with every expectation as it now is, and
// everything else as it was, byte for byte: read the difference before you keep it.
//
// # Grammar
//
// This is the whole grammar, character by character, in the notation of
// golang.org/x/exp/ebnf; a test holds the reader to it. White space is explicit. The
// end of the file stands for the end of a line and one blank line.
//
//	file      = { blank | comment | step } .
//	step      = statement end { comment } [ "----" end { printed } blank ] .
//	statement = at | after | command | question .
//
//	at       = "at" gap time .
//	time     = digit digit digit digit "-" digit digit "-" digit digit "T"
//	           digit digit ":" digit digit ":" digit digit [ "." digit { digit } ]
//	           ( "Z" | ( "+" | "-" ) digit digit ":" digit digit ) .
//	after    = "after" gap duration .
//	duration = amount { amount } .
//	amount   = digit { digit } ( "w" | "d" | "h" | "m" | "s" ) .
//
//	command  = "as" gap who { gap part } ":" gap name "." name { gap field } .
//	part     = ( "with" | "through" | "recorded-by" | "for" ) gap who
//	         | ( "basis" | "channel" | "id" ) "=" who .
//	who      = plain | "\"" char { char } "\"" .
//	field    = name "=" value .
//	name     = lower { lower | digit | "-" } .
//
//	question = ( "show" | "may" | "explain" ) gap word { gap word }
//	         | "due" { gap word }
//	         | "verify"
//	         | "replay" .
//	word     = bare | string .
//
//	value    = bare | string | array | object .
//	array    = "[" [ gap ] [ value { [ gap ] "," [ gap ] value } [ gap ] ] "]" .
//	object   = "{" [ gap ] [ member { [ gap ] "," [ gap ] member } [ gap ] ] "}" .
//	member   = ( plain | string ) [ gap ] ":" [ gap ] value .
//
//	string   = "\"" { char } "\"" .
//	char     = " " … "!" | "#" … "[" | "]" … "\U0010ffff" | "\\" escape .
//	escape   = "\"" | "\\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" hex hex hex hex .
//	bare     = first { first | "#" | ":" } .
//	plain    = first { first | "#" } .
//	first    = "!" | "$" … "+" | "-" … "9" | ";" … "<" | ">" … "Z" | "^" … "z"
//	         | "|" | "~" | other .
//	other    = "\u0080" … "\U0010ffff" . // those of them that are printable
//	lower    = "a" … "z" .
//	digit    = "0" … "9" .
//	hex      = digit | "a" … "f" | "A" … "F" .
//
//	gap      = space { space } [ fold ] | fold .
//	fold     = end { comment } space { space } . // the statement goes on below
//	comment  = { space } "#" { any } "\n" .
//	printed  = { any } visible { any } "\n" .
//	blank    = end .
//	end      = { space | "\r" } "\n" .
//	space    = " " | "\t" .
//	visible  = "\u0000" … "\u0008" | "\u000b" … "\u000c" | "\u000e" … "\u001f"
//	         | "!" … "\U0010ffff" .
//	any      = "\u0000" … "\t" | "\u000b" … "\U0010ffff" .
//
// What the grammar can't say, the reader refuses with an error that wraps one of four:
// a file, a line, a nesting or a duration beyond its bound ([ErrLimit]); a key, or a
// part of the speaker, given twice ([ErrTwice]); a time that no calendar holds
// ([ErrTime]); null, or a number that is not an integer ([ErrValue]).
package script

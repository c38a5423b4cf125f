// Package canon reads and writes the narrow JSON of the ledger, and knows one
// way only to write each value.
//
// The form: objects with ASCII keys in sorted order, strings in NFC without
// control characters, whole numbers between -(2^53-1) and 2^53-1, true, false
// and arrays. No null, no fractions, no white space, no escapes but \" and \\.
// A field that is not required and holds its zero value is left out; writing
// the zero out is refused. So for every value there is exactly one text, and
// Decode accepts b only if Append(Decode(b)) would give b again.
//
// Read is the other door: it takes the JSON that a person or a program gives
// as a command, with keys in any order and white space, and is just as strict
// about what it does not know: unknown keys, keys given twice, null and
// fractions are refused with the place where they stand.
//
// A struct's fields are found by their json tags, once per type. A type may
// choose its own text by implementing encoding.TextMarshaler and
// encoding.TextUnmarshaler. Times are whole seconds since 1970, UTC. A type
// that implements Said is something a person said: its words never enter the
// text; what is written is the number of the content part that holds them.
package canon

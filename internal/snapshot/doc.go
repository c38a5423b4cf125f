// Package snapshot writes a value of Go as bytes and makes it again from them, with
// all that it holds: exported or not, derived or not. It is for what can be made anew
// at any time, and so knows one form only, that of the program that it is part of:
// the bytes say of which types they are ([Form.Hash]), and whoever reads them asks
// whether these are its own. What must be read for decades is written by package
// canon.
//
// Fields tagged `snapshot:"-"` are left out, and are zero in what was read. Functions
// and channels have no form; a type that holds one is a mistake of the program, and
// panics when its form is made.
//
// The form: numbers as varints, in the fewest bytes; texts with their length before
// them; lists and maps with one more than their length, 0 for none at all; pointers
// with 1 before what they point to, or 0; maps in the order of their written keys;
// times as seconds and nanoseconds; what somebody said by its place
// ([canon.Said]), so that no words can enter; what stands where several types may, by
// its wire name. So for every value there is exactly one way to write it.
//
// Bytes from elsewhere are judged as strictly as they are written, and nothing is
// made room for that is not there: what is read takes no more memory than some
// thirty times its bytes.
package snapshot

// Mutants asks whether the tests of a package would notice a fault. Gremlins
// (https://github.com/go-gremlins/gremlins, Apache-2.0) finds the places and says what
// could be wrong there: a < that is a <=, an == that is a !=, an && that is an ||. This
// program puts each of these faults in, one at a time, runs the tests of the package, and
// reports the faults that they let live.
//
//	gremlins unleash ./objection --dry-run ALL-MUTATORS -o found.json
//	go -C tools run ./mutants -found found.json -package ../objection -reasons ../docs/mutants.md
//
// Gremlins could run the tests itself. It is not asked to, for three reasons.
//
//   - It builds the package anew for every fault, which takes hours for
//     circle. Here all faults are built at once: every function stands in the program
//     once as it is, and once more for each fault in it, and a variable of the environment
//     says which of them is called. The same faults then take some minutes.
//   - It leaves out the conditions of a case in a switch without an expression, since the
//     coverage of Go has no word for them. The laws of this library are written that way, and
//     many of their conditions would never be tried.
//   - A fault that does not compile makes "go test" exit with 1, as a test that fails does,
//     and gremlins counts it as noticed. Here it is left out of the count.
//
// Nothing else is different: the faults are those that gremlins finds, all of them, covered or
// not, and the measure is its measure (noticed, of those that were noticed or lived).
// A fault where no test comes has lived.
//
// A test that takes a minute cannot be run for each of thousands of faults. So each test is run by
// itself first, and of one that takes long each subtest, and the coverage of Go says where it comes. Of
// a fault those are asked that come to its statement, the quickest first and all in one process, and before them
// those that noticed another fault of the same function. The first that notices ends it, and so does a
// limit that is short where the tests are quick.
//
// Faults are tried in a drawn order, so that what a run has tried when it is cut off is a sample. With
// -results what comes of each is added to a file at once. A later run goes on from there, and with -again it
// tries those once more that lived, after tests were written.
package main

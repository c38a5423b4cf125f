// Package simulation has no code of its own: its tests let everything around the
// engine fail, and look whether what is promised still holds.
//
// # One seed, one world
//
// A world is one organisation with its ledger. Two hosts run an engine and a signer
// each, on one store and one vault; three clients give them commands, and send those
// again of which they do not know what became of them; a witness signs checkpoints.
// All of it happens in one goroutine, and all chance comes from the seed, so that a
// seed is the same world again, byte for byte:
//
//	go test ./internal/simulation -run Seed -seed 4711 -v
//
// One thing is not the seed's: the engine looks commands up by a hash that each process
// makes anew. Once in some fifty thousand worlds two ids have the same one, an entry is read
// in vain, and that world goes another way.
//
// Each call that the engine makes of its host is a place where something may go wrong:
// it fails before it has had its effect, or after (a reply is lost); it takes long; the
// other host comes first; the process dies there; the power is cut; what is read is
// damaged, or old; the clock has jumped. In two worlds of three the store takes entries
// while others are on their way, and a host decides the next command on those; in one of
// four of these they wait for words that are on their way to the vault. Which of
// these a world has, and how often, its seed says too, since most faults hide where there
// are all others as well.
//
// After that everything heals, and within a fixed number of steps all must go on: each
// command is answered, time brings about what is due, what is open can be ended without
// any one person, and the newest checkpoint is signed and witnessed.
//
// # What is held
//
// The entries, one by one and as they become durable, to the promises S1 to S4, S6, S7
// and S10 (package internal/promises). Each command: what was accepted stands in the
// ledger once, under its id; what was refused does not, and has changed nothing; what is
// unknown comes to one of both, and to the same one however often it is sent (S5, D1,
// D3). A hook that breaks means no (S8). Both engines, and one that reads from the
// first entry, have the root of what is durable, and one state (S9). No checkpoint that
// was signed contradicts another, and none is shown that is not kept (I2). The words
// that an entry binds are there.
//
// In one world of six people are forgotten, in the middle of everything, and the vault
// fails at it: what an erasure was to take away is gone when it is said to be, is said to
// be erased by every engine, and what was begun comes to its end (P2). Now and then the law
// holds somebody: from when the Secretary was told that it does until they ask to end it,
// nothing that was said by them goes, whoever asks for it and whatever fails. These worlds have
// a store that takes one entry after the other: on the other an erasure waits with the
// engine's lock held, and here nobody else could go on.
//
// What was to happen somewhere among the worlds and did not, fails the run: otherwise
// nobody would know that it had been looked at.
//
// # What is not in here
//
// The store is a model of one that keeps the contract of [ledger.Store]: how the real
// ones come through a power cut is held by their own tests. Old reads break that
// contract; of them it is asked that nothing wrong is recorded, and not that a refusal
// is up to date.
//
// Source: FoundationDB and TigerBeetle, whose simulators work like this.
package simulation

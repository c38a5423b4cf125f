// Package alias gives people opaque ids, and knows who is behind them: a [Register]
// stands between the names that a host knows people by, their handles, and the
// [circle.PersonID] that enters a ledger and stays there for ever.
//
//	people, err := alias.Open(ctx, vault, alias.Config{})
//	if err != nil { … }
//	ana, err := people.Of(ctx, "ana.bell@example.org") // "k3vx2q…": 26 characters, drawn by chance
//	…
//	handle, err := people.Behind(ctx, ana) // for those who may see it
//
// A handle is whatever the host knows somebody by for as long as they are there: a
// login, the number of a member. It is compared byte by byte. An id is 128 random bits
// and says nothing about whose it is, nor when it was given.
//
// # Where it lies, and how it goes
//
// What the register knows lies in the vault with the words, encrypted under the key of
// the person whose id it is. So there is nothing more to do when somebody is erased:
// consent.Engine.Erase takes it along with all else, and the rotation of keys makes
// older copies of it unreadable. A legal hold keeps it. The person finds it among what is
// kept about them (consent.Engine.RecordsOf).
//
// After an erasure [Register.Behind] gives [ledger.ErrErased]. Somebody who comes
// back with the same handle is new, and gets another id; nothing that is kept tells that
// the two belong together. Nothing that is made from a handle is kept either, but for the
// commitment of its part, which tells nothing once its salt of 256 bits is gone.
//
// # One person, one id: in a ledger
//
// In one ledger a person has one id, in all of its circles. They have to be known again
// from one circle to the next, because the law asks for it: a double link joins two
// circles by one person, Leader and Delegate of a circle are not the same one, a member
// has one class and counts once at a members' meeting, nobody sits on a panel about
// themselves. Replay decides all that from the entries alone. With an id for each circle
// the entries would have to tell which of them are one person's, and whoever reads that
// could have had one id at once.
//
// What is kept in different ledgers is apart. A circle that does not want to be linked
// with others keeps a ledger of its own, with a vault of its own; then there is a register
// in each, and the ids that one person has in two of them have nothing in common. Where
// several ledgers have their words in one vault, [Register.In] gives each its own scope,
// which does the same. Each ledger puts on record that somebody was erased in it, so they
// are erased by the engine of each: [Register.Everywhere] lists where.
//
// # What it promises
//
// When Of has returned an id, it survives whatever the vault survives: id and handle are
// put together, all or nothing. No id is ever given to two handles, nor given again after
// an erasure. If it cannot be read whose ids were given to whom, because the vault is
// damaged, then those who can be read are known as ever, and nobody is given a
// new id: it could be a second one, and a second voice. [Register.Damaged] tells what to do.
// But who was given an id after the copy was made from which a vault was restored is not
// known any more: what the vault loses, the register has lost.
//
// For that, let there be one register at a time over a vault, as there is one program
// that has the vault open. A register may be used by several goroutines at once.
//
// In memory it keeps less than 300 bytes for each id that was ever given, and no handle:
// what it looks them up by is a keyed hash, whose key is drawn when it is opened and never
// leaves it. Asked for somebody whom it knows, it reads one part of the vault.
//
// # What it does not defend
//
// Who has the vault and its keeper can tell whose ids are whose; that is what it is for.
// Labels in a vault are not encrypted: they tell that an id was given, and how long
// the handle is. What somebody does under one id can be told to be one person's, and may
// give away whose: which circles, at what times, with whom.
//
// # Its parts, byte by byte
//
// For each id two parts are put at once, Of "beside/alias":
//
//	No 1, Kind "handle", about the id        the handle
//	No 2, Kind "alias", about "beside/alias" 1 as 1 byte, the commitment of part 1 (32),
//	                                         the id (26), the scope
//
// So the second stays when the first is erased: that this id was given, and to nobody
// any more. A first byte other than 1 is of a later version, and refused
// ([ledger.ErrNewerFormat]).
package alias

// Package circle is the ground of Sayround: people, circles, aims, domains,
// roles, terms and links. It knows nothing of proposals or of how a circle
// decides; a circle needs nobody.
//
// # Terms
//
// A circle is a defined set of equals with an aim and a domain who decide by
// consent. Its aim is what it is there to do, put so that one can tell whether
// it is harmed: the yardstick of objections. Its domain is the list of named
// items that it may decide on alone, handed to it by the broader circle. A
// helping circle is a temporary one with one stated product; it recommends and
// never decides.
//
// A person takes part in a circle as a full participant (with consent right),
// as a learning participant (on the way there, without), or as a guest. A role
// is a bundle of tasks worn for a term, by consent. Leader and Delegate of one
// circle are never the same person: together they are the double link that
// makes both of them full participants of the broader circle.
//
// A member may also be an organisation or a seat ([Body]): it takes part as a person
// does, has one stance, and one person answers for it.
//
// # The law
//
// An [Organisation] is the aggregate: Decide answers whether a command may
// happen and which events follow, reading only; Apply takes an event that has
// happened and cannot fail. The organisation may be large, so Apply changes it
// in place. Neither knows a clock, chance or a ledger.
//
// While an organisation is being founded, its founder speaks each structural
// command. From the first need or proposal on, structure changes by consent
// alone: the command stands in a proposal and is carried out in the entry that
// adopts it ([Facts].ConsentOf names the circle that consented).
//
// A change that concerns several circles (a new domain, a merger, a handover) is
// consented to by each of them in a case of its own; the cases are linked by the
// name of the change ([ConsentTo]), and it happens with the last consent. When a
// circle ends, what it had is named, and goes to the one around it ([Dissolve],
// [Merge]).
//
// # Members
//
// [Membership] are the rules of the root circle for becoming a member: what is
// asked of each class is attested by those who admit ([Attest]), the person agrees
// to the commitment themselves, and the circle that admits consents
// ([ChangeClass]). One has one class at a time, and loses it with its ground
// ([EndMembership]). The record knows that something was attested and by whom,
// and nothing else about a person. The members alone remove a member ([Removal]).
//
// A [Board] is elected by them: a role with limits by class, worn for a share of
// years in turn, whose wearers sit in another circle through a link by it.
//
// # Questions
//
// [Organisation].Decides answers who decides X by the residual rule, MandateOf
// traces a circle's authority back to the members, Findings reports what is not
// as it ought to be, and AsOf gives the structure as of any past instant.
//
// What must stay true on every prefix of a ledger: there is one root; the
// parent relation is a tree; every circle has an aim; what a circle hands down
// it holds itself, and hands to one circle only; Leader and Delegate of a
// circle are different people; a link's holders are full participants of the
// circle they are linked to exactly as long as they hold their role.
//
// # Words and refusals
//
// What people say (names, aims, reasons) is a [Text]: the words live outside
// the ledger's chained record, and only their place is kept. A refusal is a
// [Refusal]: a stable [Code] with facts, and a sentence made from them that a
// member understands and a catalogue may translate.
//
// Sources: the rules EC-8 to EC-29 and EC-81 to EC-90 of the reference
// organisation and the structure rules M-1 to M-52 of the documented methods.
package circle

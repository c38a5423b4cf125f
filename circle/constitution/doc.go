// Package constitution reads an organisation from one document: who is there,
// which circles there are and what each is for, who holds which role, and how
// the circles decide. The document is JSON, and a person who does not code can
// read it; [Schema] describes it to editors, and marks slips while one types.
//
// # The document
//
//	{
//	  "format": "sayround-constitution/1",
//	  "name": "The Bakery",
//	  "people": [
//	    {"id": "ana", "name": "Ana", "class": "worker"},
//	    {"id": "ben", "name": "Ben", "class": "supported", "formats": ["easy-read"], "supporters": ["ana"]}
//	  ],
//	  "circles": [
//	    {"id": "bakery", "kind": "root", "name": "Bakery Circle", "aim": "Bread the street is glad of",
//	     "domain": [{"id": "baking", "text": "What we bake"}, {"id": "shop", "text": "The shop"}],
//	     "participants": [{"person": "ana", "level": "full"}, {"person": "ben", "level": "full"}],
//	     "rules": {"method": "sofa"}},
//	    {"id": "counter", "parent": "bakery", "aim": "Everybody is served kindly",
//	     "domain": [{"id": "hours", "of": "shop", "text": "When the shop is open"}],
//	     "participants": [{"person": "ben", "level": "full"}]}
//	  ],
//	  "roles": [
//	    {"id": "counter-leader", "circle": "counter", "hat": "leader", "holders": [{"person": "ben", "term": "1y"}]}
//	  ],
//	  "links": [
//	    {"circle": "counter", "to": "bakery", "as": "leader"}
//	  ]
//	}
//
// The names are those of the commands of package circle, and mean the same.
// Ids stay for ever and tell nothing; names, aims and texts are words, which
// the ledger keeps where they can be erased. Circles stand in one flat list;
// each but the root says which circle it lies in. What is left open in a
// circle's rules is answered by the circle around it.
//
// # Domains
//
// All authority comes from the members (EC-8), so it can be followed from
// circle to circle: an item of a circle's domain is an item of the circle
// around it, under the same name when it was handed on whole, or cut from it,
// with "of". What is handed on whole goes to one circle; what is cut may be
// cut for several, each its own piece.
//
// # Reading and founding
//
// [Parse] reads as strictly as the engine reads commands, and then looks at the
// whole: it names every [Problem] it finds, each with its place, a code that
// stays, and a sentence for the people whose document it is. Nothing is founded
// from a document that has one. [Constitution.Commands] gives the commands that
// found the organisation, in an order that the engine accepts: one entry each.
// The document itself is then history: from the founding on, structure changes
// by consent alone.
//
// A document may leave out whatever it likes of a circle's rules: each has a
// default, that of the broader circle or else the engine's own, and
// [Constitution.LeftOut] says which holds where (M-259).
//
// Three things are left to the engine and the law of package circle. A helping
// circle answers a need, so no document founds one. The organisation's own name
// stays in the document, for there is no command that takes it; the root
// circle's name is recorded. And which methods there are is the engine's to
// know: give their names to Parse, and a method that nobody knows is told before
// the first command is given, and not in the middle of the founding.
package constitution

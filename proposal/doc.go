// Package proposal holds what a circle decides about: a need, a proposal that
// answers it as a text in versions, and the life of the agreement that comes
// of it. It knows circles; it knows nothing of objections, rounds or rules.
//
// # Terms
//
// A need (a driver) is the situation that makes acting worthwhile. Anybody
// whom the organisation knows may open one (CP-5). The circle checks first
// whether it lies in its domain and then whether it is major (EC-45), and
// chooses by consent how to respond (EC-46). People give input, and each input
// gets an answer (CP-26).
//
// Where a circle wants more than that, a need is described in parts (M-75), it
// is said what is needed (M-76), and the circle consents to either apart
// (M-77); needs stand on a backlog in one strict order, each with its next step
// (M-79), are passed on to the circle to which they belong (M-80), and end with
// an outcome (M-119). A proposal may be formed from a picture, questions and
// ideas, by tuners whom the circle chose (M-82 to M-87), and need not be (M-88).
//
// Most proposals ask for their own text to be adopted. One may ask to close another
// one, or to postpone it ([Disposition]); that leaves no agreement behind (M-99).
//
// A proposal is a text with a term, put to a circle for decision. Its text has
// versions; a version never changes, and everything anybody says about the
// text names the version it speaks of. A rendition is a version in another
// format (Easy Read, audio, …), tied to exactly that version: a new version
// makes the renditions of the old one stale (CP-14).
//
// An agreement is a proposal that was adopted. Its term ends in a review, not
// in a lapse: it stays in force until the circle decides otherwise (EC-103).
// A measure is the indicator, rhythm, reader and stop level that were agreed
// for a concern (EC-36); a reading at the stop level brings the agreement back
// at once (M-183).
//
// Between adoption and effect there may be a date or a condition: until then an
// agreement is pending, and what was in force before it stays so (M-186, M-237).
// The date on which an agreement ends by itself is another thing than its term
// (M-230); where it comes while a review is open, the agreement goes on until the
// review ends, for a bounded time. The circle may put it on hold, keep it, revise
// it, let it expire, put others in its place, drop it, let a helping circle
// prepare its review, or start afresh (M-233). The circle's Secretary says how it
// is to be understood (M-239) and strikes what is invalid (M-238); whoever did
// not keep to it owns that (M-240).
//
// A record is what a version says of its agreement beside the text: who is
// responsible, what it is evaluated by, what it is related to, and which
// agreements it would change, each at the version that it was written against
// (M-229, M-236). When another decision changes one of these, the proposal is
// outdated until it is rebased. [Particulars] hold what few agreements have.
//
// # The law
//
// [Matters] holds all needs and proposals of an organisation. Decide answers
// whether a command may happen and which events follow; Apply takes what has
// happened and cannot fail. Who may speak in which stage of the process is not
// asked here: that is the process's own table, in package consent.
//
// What must stay true: versions are numbered from 1 without a gap and never
// change; at most one version of an agreement is in force at a time; an adopted
// policy has a text version that was put to the circle.
//
// Sources: EC-45 to EC-49, EC-57, EC-103, EC-104 of the reference organisation
// and groups E, F and M of the documented methods.
package proposal

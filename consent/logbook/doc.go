// Package logbook is the read side of Sayround: it folds a ledger's entries
// into what people look at, and only reads.
//
// Minutes tell a meeting: who was there, the exact texts of what was decided,
// the objections and how each was met, what is to be done next, and whether
// people's access needs were met (EC-92, CP-15, M-244). They hold decisions
// and reasons, not who said what in the rounds.
//
// The register lists a circle's agreements: the text in force, since when, its
// measures, and when it is looked at again (EC-94, EC-104). It says of a guideline
// who set it in which role, and that the circle was not asked (M-241).
//
// The account of a meeting is bound by a seal, and adopted by consent or by
// silence ([consent.PresentMinutes]); corrections stand beside it (M-245).
//
// [OfCircle] and [OfOrganisation] are the logbook as it stood at any date
// (M-246), for one reader: what is closed to them is said to be closed, with the
// reason, and that something was decided is told to everybody (M-247).
// [MetricsOf] gives a process in numbers (M-254).
//
// [Involved] and [Claim] say how far people took part in a decision (CP-6),
// [Phases] who took part in each phase of its life (CP-7), [LevelOf] how far
// co-production with a group goes in a circle (CP-8), and [Tokenism] where taking part
// looks as if it was for show (CP-27).
//
// Rules are compared on what is recorded (M-261). [TryRule] judges past decisions by
// another rule: which it would have made otherwise, and why. [LearnPractice] reads how
// people answer, and after how long, and [Simulate] draws more questions from that and
// puts each to several rules: how many each decides, how fast, how many although
// somebody was never heard, and how many over an objection. Chance comes from a seed,
// which the table names.
//
// A chart is an organisation's circles as a map, as a tree, and as a list that
// says the same to those who see no picture.
//
// Words that were erased or lost read as such, never as empty.
package logbook

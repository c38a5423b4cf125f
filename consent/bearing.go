package consent

import (
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// A bearing says what rests on the words that stand in a field of an event, and so
// whose they are, whether they may be put right, and whether they go with who said
// them.
type bearing uint8

// The bearings. Of two, the later one binds more.
const (
	// Own words are what somebody says for themselves. They may put them right, and the
	// words go with them when they are forgotten.
	ownWords bearing = 1 + iota
	// Heard words are what others answer, object to, rule on or consent to. They stay as
	// they were heard, and may get a note beside; they go with who said them.
	heardWords
	// Version words are what a version of a proposal says. They are heard words; once the
	// version is adopted they are the organisation's, and stay when who wrote them is
	// forgotten.
	versionWords
	// Common words say what the organisation is made of and by what it is to be
	// understood: its aims, domains and roles. They are the organisation's from the
	// beginning.
	commonWords
	// Kept words are the engine's own, and nobody's to change.
	keptWords
)

// bearings says which bearing the words of an event have, by its wire name; where a
// field is another thing than the rest, by the wire name and the field: so the reasons
// for what a proposal would carry out, which may be about a person, are no part of what
// is agreed. A test holds that no event with words is missing; one that were would have
// heard words.
var bearings = func() map[string]bearing {
	out := map[string]bearing{}
	for of, list := range map[bearing]string{
		ownWords: `circle.admitted circle.checked-in circle.role-turned circle.role-moved circle.policy-moved circle.merged/reason
			circle.substitute-named circle.link-refused circle.representative-named circle.spending-escalated
			circle.escalation-lifted circle.intent-objected
			proposal.need-opened proposal.need-described proposal.major-checked proposal.input-given proposal.input-answered
			proposal.amended/why proposal.conflicts-checked proposal.withdrawn proposal.review-due proposal.evaluated
			proposal.condition-confirmed proposal.deviation-recorded proposal.conflict-reported proposal.need-closed
			proposal.need-offered proposal.need-refused proposal.dimension-added proposal.picture-reopened
			proposal.idea-added proposal.question-asked proposal.question-answered proposal.coverage-checked
			proposal.idea-left-out
			objection.voiced objection.withdrawn objection.stood-aside objection.lowered objection.left
			consent.spoken consent.responded consent.guest-heard consent.meeting-requested consent.stood-down
			consent.interest-declared consent.member-heard consent.said-in-review consent.visibility-set
			consent.window-extended consent.answered-ahead consent.feedback-asked consent.hold-voted
			consent.appeal-left consent.appellant-heard consent.class-disputed consent.parked consent.discarded
			consent.transfer-offered consent.transfer-refused consent.moved-to-meeting consent.withdrawal-announced
			consent.split-up consent.item-ended consent.process-objected consent.meeting-evaluated
			consent.time-out-asked consent.records-opened consent.priority-claimed consent.tie-settled consent.reported
			consent.contested consent.view-given consent.view-answered consent.visit-asked consent.nomination-changed
			consent.candidate-proposed consent.candidate-discarded consent.short-listed consent.dissented consent.words-put-right`,
		heardWords: `circle.role-given circle.role-offered circle.basis-recorded circle.removed circle.membership-ended
			circle.spending-announced circle.intent-announced
			proposal.long-term-answered proposal.requirement-set proposal.tuners-chosen proposal.dropped proposal.held
			proposal.hold-lifted proposal.struck
			objection.raised objection.restated objection.test-opened objection.argued objection.ruled
			objection.disputed objection.refined objection.weighed objection.captured objection.dismissed
			objection.overruled objection.abandoned objection.deferred objection.taken-up objection.joined
			objection.answered objection.premise-named objection.referred
			consent.meeting-called consent.minutes-objected consent.minutes-corrected consent.general-called
			consent.plan-written consent.plan-answered consent.ratified consent.hold-petitioned
			consent.panellist-doubted consent.appeal-judged consent.appeal-petitioned consent.appeal-drafted
			consent.appeal-moved consent.appeal-answered consent.deadlock-called consent.mediation-began
			consent.mediation-reported consent.escalated consent.ruled consent.ballot-called consent.declared
			consent.merge-agreed consent.superseded consent.breakdown-declared consent.agenda-changed
			consent.item-added consent.instructed consent.selection-opened
			proposal.submitted/reason proposal.submitted/conversation proposal.submitted/tried proposal.submitted/least
			proposal.submitted/evaluation proposal.submitted/told`,
		versionWords: `proposal.submitted proposal.amended proposal.rendition-attached`,
		commonWords: `circle.founded circle.opened circle.redefined circle.described circle.stood-alone circle.taken-in
			circle.reparented circle.merged circle.handed-off circle.role-defined circle.role-created circle.linked
			proposal.interpreted`,
		keptWords: `consent.answer-sealed consent.erasure-begun consent.legal-hold-placed`,
	} {
		for _, name := range strings.Fields(list) {
			out[name] = of
		}
	}
	return out
}()

// hasCommon says which events have common words, by wire name.
var hasCommon = func() map[string]bool {
	out := map[string]bool{}
	for name, b := range bearings {
		out[name] = b == commonWords
	}
	return out
}()

// bears says which bearing the words of a field of an event have.
func bears(event Event, field string) bearing {
	if b, ok := bearings[event.Wire()+"/"+field]; ok {
		return b
	}
	if b, ok := bearings[event.Wire()]; ok {
		return b
	}
	return heardWords
}

// A Place is where words stand in the ledger.
type Place struct {
	Entry uint64
	Part  int
}

func placeOf(t interface{ Place() (uint64, int) }) Place {
	pos, part := t.Place()
	return Place{pos, part}
}

// Text is the text whose words stand in a place.
func (p Place) Text() (t circle.Text) {
	t.Bind(p.Entry, p.Part)
	return t
}

// places visits where the words of an event stand, and which bearing they have there.
func places(event Event, visit func(p Place, b bearing)) {
	canon.Sayings(event, func(field string, s canon.Said) {
		if p := placeOf(s); p.Part > 0 {
			visit(p, bears(event, field))
		}
	})
}

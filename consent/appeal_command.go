package consent

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// DraftAppeal begins an appeal against a decision that is in force, for others
// to sign; whoever begins it signs it. They need not be members (EC-56).
type DraftAppeal struct {
	ID       AppealID    `json:"id"`
	Proposal proposal.ID `json:"proposal"`
	Reason   circle.Text `json:"reason"`
	// New says what is new, where an appeal against the same version was heard
	// before: the same matter is not appealed twice without that.
	New circle.Text `json:"new,omitempty"`
}

// SignAppeal joins an appeal, at any time while it goes on.
type SignAppeal struct {
	Appeal AppealID `json:"appeal"`
	// Related are those of the signers who are related to whoever signs now. The
	// host says so, and replaces what stands here if it has a check of its own
	// (Config.Unrelated); it is recorded (EC-51).
	Related []circle.PersonID `json:"related,omitempty"`
}

// LeaveAppeal takes one's own signature back: one is content, or does not go on.
type LeaveAppeal struct {
	Appeal AppealID    `json:"appeal"`
	Reason circle.Text `json:"reason,omitempty"`
}

// OpenAppeal brings an appeal before those who hear it first, when enough
// unrelated people have signed (EC-51).
type OpenAppeal struct {
	Appeal AppealID `json:"appeal"`
}

// SpeakToAppeal lets somebody who brings an appeal speak in a meeting of the
// circle that hears it. Nobody shuts them out, and no guests' time limits them.
type SpeakToAppeal struct {
	Appeal  AppealID    `json:"appeal"`
	Meeting MeetingID   `json:"meeting"`
	Text    circle.Text `json:"text"`
}

// AnswerAppeal is the answer of those who hear an appeal, carried out when they
// consent to it.
type AnswerAppeal struct {
	Appeal AppealID     `json:"appeal"`
	Ruling AppealRuling `json:"ruling"`
	Answer circle.Text  `json:"answer"`
	// Mitigation is what is done meanwhile about a decision that is in effect and
	// is sent back (M-193).
	Mitigation circle.Text `json:"mitigation,omitempty"`
}

// ExtendAppeal gives those who hear an appeal more sessions, carried out when
// they consent to it (EC-53).
type ExtendAppeal struct {
	Appeal   AppealID `json:"appeal"`
	Sessions int      `json:"sessions"`
}

// PassAppeal passes an appeal on from the broader circle that finds no consent
// on it to the next one; its Facilitator does so (EC-43). The broadest circle may be
// met as the meeting of all members.
type PassAppeal struct {
	Appeal AppealID    `json:"appeal"`
	At     Destination `json:"at,omitempty"`
	Reason circle.Text `json:"reason"`
}

// Wire names, one for each command.
func (DraftAppeal) Wire() string   { return "consent.draft-appeal" }
func (SignAppeal) Wire() string    { return "consent.sign-appeal" }
func (LeaveAppeal) Wire() string   { return "consent.leave-appeal" }
func (OpenAppeal) Wire() string    { return "consent.open-appeal" }
func (SpeakToAppeal) Wire() string { return "consent.speak-to-appeal" }
func (AnswerAppeal) Wire() string  { return "consent.answer-appeal" }
func (ExtendAppeal) Wire() string  { return "consent.extend-appeal" }
func (PassAppeal) Wire() string    { return "consent.pass-appeal" }

// appealCommands lists one of each.
func appealCommands() []ownCommand {
	return append(panelCommands(), DraftAppeal{}, SignAppeal{}, LeaveAppeal{}, OpenAppeal{}, SpeakToAppeal{}, AnswerAppeal{}, ExtendAppeal{}, PassAppeal{})
}

// appealDeeds are those that a decision may carry out.
func appealDeeds() []Command { return []Command{AnswerAppeal{}, ExtendAppeal{}} }

// onAppeal names the appeal that a deed is about.
func (c AnswerAppeal) onAppeal() AppealID { return c.Appeal }
func (c ExtendAppeal) onAppeal() AppealID { return c.Appeal }

// among are those who signed before.
func (c SignAppeal) among(s *State) []circle.PersonID {
	if a := s.appeals[c.Appeal]; a != nil {
		return a.people()
	}
	return nil
}

// withRelated is the command with what the host says.
func (c SignAppeal) withRelated(list []circle.PersonID) Command {
	c.Related = list
	return c
}

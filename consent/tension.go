package consent

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// NameTension is the refusal of a change after the reactions that does not say
// which need it serves.
var NameTension = &circle.Code{ID: "name-tension", Kind: circle.ErrNotValid, Rule: "M-139", Stands: circle.InMethod,
	Says: "After the reactions the text is changed for the need that {proposal} answers, and for no other: say so by naming it (serves={need}). What serves another need is put as a proposal of its own."}

// servesOwn asks, where the proposer alone changes the text after the reactions
// and for their own tension (H5 §5.4.5(d)), that they name the need it serves. A
// proposal without a need on record has none to name.
func (s *State) servesOwn(p *Process, c proposal.Command) error {
	if !p.Method.OwnTension || p.Stage != StageReact && p.Stage != StageRevise {
		return nil
	}
	change, is := c.(proposal.Amend)
	if need := s.Matters.Proposal(p.Proposal).Need; is && need != "" && change.Serves == "" {
		return NameTension.Refuse("proposal", p.Proposal, "need", need)
	}
	return nil
}

// servesWords says which need a change serves.
func servesWords(need proposal.NeedID) string {
	if need == "" {
		return ""
	}
	return ", for the need " + string(need)
}

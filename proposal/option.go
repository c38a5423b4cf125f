package proposal

import (
	"slices"

	"github.com/sayround/sayround/circle"
)

// OptionID names one of several things to choose from.
type OptionID string

// Check refuses what cannot be the name of an option.
func (id OptionID) Check() error { return circle.CheckID(string(id)) }

// Kind says what the id names.
func (id *OptionID) Kind() string { return "option" }

// An Option is one of several things that a version puts to the choice. The
// text of the proposal says what the choice is about, and the label what is
// chosen, where the name alone does not say it.
type Option struct {
	ID    OptionID    `json:"id"`
	Label circle.Text `json:"label,omitempty"`
}

// OptionsUnclear: what is put to the choice is no choice.
var OptionsUnclear = &circle.Code{ID: "options-unclear", Kind: circle.ErrNotValid, Stands: circle.InEngine,
	Says: "{proposal} puts these options to the choice: {options}. There must be two or more, each with a name of its own."}

// choosable refuses options among which nobody can choose.
func choosable(id ID, options []Option) error {
	names := optionNames(options)
	twice := slices.Sorted(slices.Values(names))
	if len(names) == 1 || len(slices.Compact(twice)) < len(names) {
		return OptionsUnclear.Refuse("proposal", id, "options", names)
	}
	return nil
}

func optionNames(options []Option) []OptionID {
	out := make([]OptionID, len(options))
	for i, o := range options {
		out[i] = o.ID
	}
	return out
}

// Chosen lists what was chosen among the options of the version that was adopted
// last; empty where it puts nothing to the choice.
func (m *Matters) Chosen(id ID) []OptionID { return m.Particulars(id).Chosen }

// choose keeps what was chosen with an adoption, in the place of what was chosen
// before.
func (m *Matters) choose(e Adopted) {
	if len(e.Chosen) > 0 || len(m.Chosen(e.Proposal)) > 0 {
		m.more(e.Proposal).Chosen = e.Chosen
	}
}

package logbook

import (
	"context"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// A Wording is one version in the line of a proposal's versions: who wrote it,
// why, from which version, and what it changed there (M-140).
type Wording struct {
	Version int
	By      circle.PersonID
	At      time.Time
	Weight  proposal.Weight
	Why     string
	From    int // the version that it was written from; 0: it is the first
	Text    string
	Changed []proposal.Change // against the version that it was written from
	Entry   uint64
}

// Lineage lists every version that a proposal ever had, in order. They stay
// readable whatever becomes of the proposal (M-235).
func Lineage(ctx context.Context, e *consent.Engine, id proposal.ID) ([]Wording, error) {
	var out []Wording
	err := onTrail(ctx, e, id, func(pos uint64, event consent.Event) error {
		w := Wording{Entry: pos}
		var text, why circle.Text
		switch v := event.(type) {
		case *proposal.Submitted:
			w.Version, w.By, w.At, w.Weight, text = 1, v.By, v.At, proposal.Substantive, v.Text
		case *proposal.Amended:
			w.Version, w.By, w.At, w.Weight, text, why = v.Version, v.By, v.At, v.Weight, v.Text, v.Why
			w.From = v.Base
			if w.From == 0 {
				w.From = v.Version - 1
			}
		default:
			return nil
		}
		var err error
		if w.Text, err = Words(ctx, e, text); err != nil {
			return err
		}
		if w.Why, err = Words(ctx, e, why); err != nil {
			return err
		}
		if i := slices.IndexFunc(out, func(old Wording) bool { return old.Version == w.From }); i >= 0 {
			w.Changed = proposal.Diff(out[i].Text, w.Text)
		}
		out = append(out, w)
		return nil
	})
	return out, err
}

// onTrail reads what the ledger tells of a proposal.
func onTrail(ctx context.Context, e *consent.Engine, id proposal.ID, read func(uint64, consent.Event) error) error {
	var positions []uint64
	e.Look(func(s *consent.State) {
		if p := s.Process(id); p != nil {
			positions = p.Trail.Positions()
		}
	})
	if positions == nil {
		return proposal.UnknownProposal.Refuse("proposal", id)
	}
	for _, pos := range positions {
		entry, err := e.Entry(ctx, pos)
		if err != nil {
			return err
		}
		for _, event := range entry.Events {
			about, ok := event.(interface{ On() proposal.ID })
			if !ok || about.On() != id {
				continue
			}
			if err := read(pos, event); err != nil {
				return err
			}
		}
	}
	return nil
}

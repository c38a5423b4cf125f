package logbook

import (
	"context"
	"fmt"
	"strings"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// A Step is what a meeting came to on a matter beside a verdict: set aside,
// asked elsewhere, handed over, ended. Nothing ends silently (M-119).
type Step struct {
	Proposal proposal.ID
	Says     string
	Entry    uint64
}

// step takes note of what led a matter out of a meeting without a verdict.
func (r *reader) step(ctx context.Context, pos uint64, event consent.Event) error {
	switch v := event.(type) {
	case *consent.Parked, *consent.Resumed, *consent.Escalated, *consent.Discarded, *consent.TransferOffered, *consent.TransferRefused,
		*consent.Transferred, *consent.Superseded, *consent.SplitUp, *consent.MovedToMeeting, *consent.BreakdownDeclared, *consent.ProcessRestored:
		id := v.(interface{ On() proposal.ID }).On()
		says, err := r.told(ctx, id, pos)
		r.minutes.Steps = append(r.minutes.Steps, Step{Proposal: id, Says: says, Entry: pos})
		return err
	}
	return nil
}

// told is what the explanation of a proposal says of one entry.
func (r *reader) told(ctx context.Context, id proposal.ID, pos uint64) (string, error) {
	list, err := r.engine.Explain(ctx, id)
	var out []string
	for _, s := range list {
		if s.Entry == pos {
			out = append(out, s.Says)
		}
	}
	return strings.Join(out, " "), err
}

// untouched are the items of a meeting that is over, of which it said nothing.
func (m *Minutes) untouched(items []proposal.ID) []Step {
	touched := map[proposal.ID]bool{}
	for _, d := range m.Decisions {
		touched[d.Proposal] = true
	}
	for _, s := range m.Steps {
		touched[s.Proposal] = true
	}
	var out []Step
	for _, id := range items {
		if !touched[id] && !m.Closed.IsZero() {
			out = append(out, Step{Proposal: id, Says: fmt.Sprintf("Nothing was decided on %s. It waits for the circle.", id)})
		}
	}
	return out
}

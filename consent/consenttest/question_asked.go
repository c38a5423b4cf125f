package consenttest

import (
	"context"

	"github.com/sayround/sayround/proposal"
)

// asked prints the questions that were put on a proposal, a line each: "show
// questions PROPOSAL".
func (h *host) asked(ctx context.Context, id proposal.ID) ([]string, error) {
	list, err := h.engine.Questions(ctx, id)
	if err != nil {
		return refused(err)
	}
	out := make([]string, len(list))
	for i, q := range list {
		out[i] = q.String()
	}
	return out, nil
}

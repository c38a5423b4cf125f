package consent

import (
	"context"

	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// A commons finds out, while it reads a ledger from its first entry, which of some parts
// belong to the organisation.
type commons struct {
	among    map[ledger.Commitment]bool
	at       map[Place]ledger.Commitment // where those stand that have been met
	versions map[version][]Place
	found    map[ledger.Commitment]bool
}

// A version is that of a proposal.
type version struct {
	of proposal.ID
	n  int
}

// common lists those of some parts that belong to the organisation, in the order of the
// ledger. It reads the whole of it, as an erasure reads the whole vault.
func (e *Engine) common(ctx context.Context, among map[ledger.Commitment]bool) ([]ledger.Commitment, error) {
	if len(among) == 0 {
		return nil, nil
	}
	c := commons{among: among, at: map[Place]ledger.Commitment{}, versions: map[version][]Place{}, found: map[ledger.Commitment]bool{}}
	pos := uint64(0)
	var out []ledger.Commitment
	all, err := e.readsFrom(ctx, 0) // what goes for good must not hang on an entry that somebody changed
	if err != nil {
		return nil, err
	}
	for b, err := range e.config.Store.Read(ctx, 0) {
		if err == nil {
			err = all.takes(b)
		}
		if err != nil {
			return nil, err
		}
		entry, err := DecodeEntry(b, pos)
		if err != nil {
			return nil, err
		}
		c.meets(pos, entry.Parts)
		for _, event := range entry.Events {
			out = append(out, c.reads(event)...)
		}
		pos++
	}
	return out, all.ends()
}

// meets notes where the parts stand.
func (c *commons) meets(pos uint64, parts []PartRef) {
	for i, ref := range parts {
		if commitment, err := ledger.ParseCommitment(ref.Commitment); err == nil && c.among[commitment] {
			c.at[Place{pos, i + 1}] = commitment
		}
	}
}

// reads returns what has become the organisation's by an event.
func (c *commons) reads(event Event) []ledger.Commitment {
	if len(c.at) == 0 {
		return nil
	}
	switch e := event.(type) {
	case *proposal.Adopted:
		return c.take(c.versions[version{e.Proposal, e.Version}])
	case *proposal.Submitted:
		c.drafts(version{e.Proposal, 1}, event)
	case *proposal.Amended:
		c.drafts(version{e.Proposal, e.Version}, event)
	case *proposal.RenditionAttached:
		c.drafts(version{e.Proposal, e.Version}, event)
	default:
		var list []Place
		places(event, func(p Place, b bearing) {
			if b == commonWords {
				list = append(list, p)
			}
		})
		return c.take(list)
	}
	return nil
}

// drafts notes where the words of a version stand.
func (c *commons) drafts(v version, event Event) {
	places(event, func(p Place, b bearing) {
		if _, wanted := c.at[p]; wanted && b == versionWords {
			c.versions[v] = append(c.versions[v], p)
		}
	})
}

// take returns those parts of which it was not known yet.
func (c *commons) take(list []Place) (out []ledger.Commitment) {
	for _, p := range list {
		if commitment, wanted := c.at[p]; wanted && !c.found[commitment] {
			c.found[commitment] = true
			out = append(out, commitment)
		}
	}
	return out
}

package consent

import "github.com/sayround/sayround/circle"

// Outdated: another decision changed an agreement on which a proposal builds.
var Outdated = &circle.Code{ID: "outdated", Kind: circle.ErrNotNow, Rule: "methods §8.6", Stands: circle.InEngine,
	Says: "{proposal} was written against version {version} of {agreement}, and another decision has changed {agreement} since. First it is brought up to date (proposal.rebase), or it ends."}

package consent

import "github.com/sayround/sayround/proposal"

// needDeeds are what a decision may carry out about a need, before there is a
// proposal for it (M-77, M-82, M-85, M-86, M-119), and about the agenda of a
// meeting (M-113, M-116).
func needDeeds() []Command {
	return append(furtherDeeds(), []Command{proposal.DescribeNeed{}, proposal.SetRequirement{}, proposal.AcceptNeed{}, proposal.AcceptRequirement{},
		proposal.CloseNeed{}, proposal.ClosePicture{}, proposal.ChooseTuners{}, proposal.CheckCoverage{}, ChangeAgenda{}, ExtendItem{}}...)
}

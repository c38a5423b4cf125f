package proposal

import "github.com/sayround/sayround/circle"

// The refusals while a proposal is formed.
var (
	PictureComplete = &circle.Code{ID: "picture-complete", Kind: circle.ErrNotNow, Rule: "M-82", Stands: circle.InEngine,
		Says: "The circle has said that the picture of {need} is complete. Whoever misses something reopens it first, with a reason."}
	PictureOpen = &circle.Code{ID: "picture-open", Kind: circle.ErrNotNow, Rule: "M-82", Stands: circle.InEngine,
		Says: "The picture of {need} is open still. Ideas come when the circle has said that it is complete."}
	PictureEmpty = &circle.Code{ID: "picture-empty", Kind: circle.ErrNotNow, Rule: "M-82", Stands: circle.InEngine,
		Says: "Nobody has named a side of {need} yet: there is no picture to close."}
	UnknownPiece = &circle.Code{ID: "unknown-piece", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "For the need {need} there is no {what} {id}."}
	IdeasAnswer = &circle.Code{ID: "ideas-answer", Kind: circle.ErrNotValid, Rule: "M-84", Stands: circle.InEngine,
		Says: "The question {question} asks for ideas: proposal.add-idea gives one."}
	QuestionTaken = &circle.Code{ID: "question-answered", Kind: circle.ErrTaken, Rule: "M-84", Stands: circle.InEngine,
		Says: "The question {question} was answered already."}
	PrioritiseAll = &circle.Code{ID: "prioritise-all", Kind: circle.ErrNotValid, Rule: "M-84", Stands: circle.InEngine,
		Says: "The order names each question of {need} that asks for ideas once, and no other: {questions}."}
	TunerTwice = &circle.Code{ID: "tuner-twice", Kind: circle.ErrNotValid, Rule: "M-85", Stands: circle.InEngine,
		Says: "{who} stands twice among the tuners."}
	NotTuner = &circle.Code{ID: "not-a-tuner", Kind: circle.ErrNotYou, Rule: "M-85", Stands: circle.InEngine,
		Says: "The circle asked {tuners} to make one text of the ideas for {need}: they say what is left out, {who} is not among them."}
	OtherNeed = &circle.Code{ID: "other-need", Kind: circle.ErrNotValid, Rule: "M-86", Stands: circle.InEngine,
		Says: "{proposal} does not answer the need {need}."}
	GapWhere = &circle.Code{ID: "gap-where", Kind: circle.ErrNotValid, Rule: "M-86", Stands: circle.InEngine,
		Says: "A draft covers the picture, or it has a gap: then say whether the work goes back to the picture or to the shaping."}
	LeftOutAlready = &circle.Code{ID: "left-out-already", Kind: circle.ErrTaken, Rule: "M-87", Stands: circle.InEngine,
		Says: "The idea {idea} was left out already."}
)

// formingCodes lists the refusals while a proposal is formed.
func formingCodes() []*circle.Code {
	return []*circle.Code{PictureComplete, PictureOpen, PictureEmpty, UnknownPiece, IdeasAnswer, QuestionTaken, PrioritiseAll,
		TunerTwice, NotTuner, OtherNeed, GapWhere, LeftOutAlready}
}

package proposal_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// The histories of a proposal that grows.
var (
	pictured = and(opened, &proposal.DimensionAdded{Need: "notes", Dimension: "time", Text: say("at night"), By: "ana"},
		&proposal.DimensionAdded{Need: "notes", Dimension: "reading", Text: say("who reads"), By: "ben"})
	whole    = and(pictured, &proposal.PictureClosed{Need: "notes"})
	shaped   = and(whole, &proposal.IdeaAdded{Need: "notes", Idea: "voice", Text: say("voice notes"), Dimensions: []proposal.PieceID{"reading"}, By: "ben"})
	question = and(opened, &proposal.QuestionAsked{Need: "notes", Question: "cost", Kind: proposal.Information, Text: say("what does it cost?"), By: "ana"},
		&proposal.QuestionAsked{Need: "notes", Question: "night", Kind: proposal.Generative, Text: say("how at night?"), By: "ana"},
		&proposal.QuestionAsked{Need: "notes", Question: "trust", Kind: proposal.Generative, Text: say("how do we trust it?"), By: "ben"})
	tuned  = and(shaped, &proposal.TunersChosen{Need: "notes", Tuners: []circle.PersonID{"ben", "wyn"}, Until: day(14)})
	drafts = and(shaped, asking[len(asking)-1])
)

var pictureRows = []row{
	{name: "M-82: a side of the issue", given: opened, by: "dee", when: proposal.AddDimension{Need: "notes", ID: "time", Text: say("at night")},
		then: []proposal.Event{&proposal.DimensionAdded{Need: "notes", Dimension: "time", Text: say("at night"), By: "dee"}}},
	{name: "M-82: its name is taken", given: pictured, when: proposal.AddDimension{Need: "notes", ID: "time", Text: say("at night")}, refused: circle.TakenID},
	{name: "M-82: not from outside: that is an input", given: opened, by: "gus", when: proposal.AddDimension{Need: "notes", ID: "time", Text: say("at night")}, refused: proposal.NotParticipant},
	{name: "M-82: not when the picture is complete", given: whole, when: proposal.AddDimension{Need: "notes", ID: "cost", Text: say("money")}, refused: proposal.PictureComplete},
	{name: "M-82: complete by consent", given: pictured, consent: "valley", when: proposal.ClosePicture{Need: "notes"}, then: []proposal.Event{&proposal.PictureClosed{Need: "notes"}}},
	{name: "M-82: nobody says it alone", given: pictured, when: proposal.ClosePicture{Need: "notes"}, refused: proposal.ByConsent},
	{name: "M-82: an empty one is not complete", given: opened, consent: "valley", when: proposal.ClosePicture{Need: "notes"}, refused: proposal.PictureEmpty},
	{name: "M-82: once", given: whole, consent: "valley", when: proposal.ClosePicture{Need: "notes"}, refused: proposal.PictureComplete},
	{name: "M-82: opened again", given: whole, by: "dee", when: proposal.ReopenPicture{Need: "notes", Reason: say("money")},
		then: []proposal.Event{&proposal.PictureReopened{Need: "notes", Reason: say("money"), By: "dee"}}},
	{name: "M-82: what is open is not opened", given: pictured, when: proposal.ReopenPicture{Need: "notes", Reason: say("money")}, refused: proposal.PictureOpen},
	{name: "M-82: not from outside", given: whole, by: "gus", when: proposal.ReopenPicture{Need: "notes", Reason: say("money")}, refused: proposal.NotParticipant},

	{name: "M-83: an idea for a side of it", given: whole, when: proposal.AddIdea{Need: "notes", ID: "voice", Text: say("voice notes"), Dimensions: []proposal.PieceID{"reading"}},
		then: []proposal.Event{&proposal.IdeaAdded{Need: "notes", Idea: "voice", Text: say("voice notes"), Dimensions: []proposal.PieceID{"reading"}, By: "ana"}}},
	{name: "M-84: without a picture ideas come at once", given: opened, when: proposal.AddIdea{Need: "notes", ID: "voice", Text: say("voice notes")},
		then: []proposal.Event{&proposal.IdeaAdded{Need: "notes", Idea: "voice", Text: say("voice notes"), By: "ana"}}},
	{name: "M-82: while the picture is open they wait", given: pictured, when: proposal.AddIdea{Need: "notes", ID: "voice", Text: say("voice notes")}, refused: proposal.PictureOpen},
	{name: "M-83: for a side that there is", given: whole, when: proposal.AddIdea{Need: "notes", ID: "voice", Text: say("voice notes"), Dimensions: []proposal.PieceID{"cost"}}, refused: proposal.UnknownPiece},
	{name: "M-83: its name is taken", given: shaped, when: proposal.AddIdea{Need: "notes", ID: "voice", Text: say("voice notes")}, refused: circle.TakenID},
	{name: "M-83: not from outside", given: whole, by: "gus", when: proposal.AddIdea{Need: "notes", ID: "voice", Text: say("voice notes")}, refused: proposal.NotParticipant},

	{name: "M-84: a question", given: opened, when: proposal.AskQuestion{Need: "notes", ID: "cost", Kind: proposal.Information, Text: say("what does it cost?")},
		then: []proposal.Event{&proposal.QuestionAsked{Need: "notes", Question: "cost", Kind: proposal.Information, Text: say("what does it cost?"), By: "ana"}}},
	{name: "M-84: its name is taken", given: question, when: proposal.AskQuestion{Need: "notes", ID: "cost", Kind: proposal.Generative, Text: say("?")}, refused: circle.TakenID},
	{name: "M-84: not from outside", given: opened, by: "gus", when: proposal.AskQuestion{Need: "notes", ID: "cost", Kind: proposal.Generative, Text: say("?")}, refused: proposal.NotParticipant},
	{name: "M-84: an answer", given: question, when: proposal.AnswerQuestion{Need: "notes", Question: "cost", Answer: say("ten a month")},
		then: []proposal.Event{&proposal.QuestionAnswered{Need: "notes", Question: "cost", Answer: say("ten a month"), By: "ana"}}},
	{name: "M-84: once", given: and(question, &proposal.QuestionAnswered{Need: "notes", Question: "cost", By: "ana"}),
		when: proposal.AnswerQuestion{Need: "notes", Question: "cost", Answer: say("ten a month")}, refused: proposal.QuestionTaken},
	{name: "M-84: ideas answer a generative one", given: question, when: proposal.AnswerQuestion{Need: "notes", Question: "night", Answer: say("so")}, refused: proposal.IdeasAnswer},
	{name: "M-84: to a question that there is", given: opened, when: proposal.AnswerQuestion{Need: "notes", Question: "night", Answer: say("so")}, refused: proposal.UnknownPiece},
	{name: "M-84: not from outside", given: question, by: "gus", when: proposal.AnswerQuestion{Need: "notes", Question: "cost", Answer: say("so")}, refused: proposal.NotParticipant},
	{name: "M-84: the generative ones in order", given: question, when: proposal.Prioritise{Need: "notes", Order: []proposal.PieceID{"trust", "night"}},
		then: []proposal.Event{&proposal.Prioritised{Need: "notes", Order: []proposal.PieceID{"trust", "night"}, By: "ana"}}},
	{name: "M-84: all of them, and no other", given: question, when: proposal.Prioritise{Need: "notes", Order: []proposal.PieceID{"trust", "cost"}}, refused: proposal.PrioritiseAll},
	{name: "M-84: by who takes part", given: question, by: "gus", when: proposal.Prioritise{Need: "notes", Order: []proposal.PieceID{"trust", "night"}}, refused: proposal.NotParticipant},
}

var tunerRows = []row{
	{name: "M-85: tuners, also from outside, with a mandate and a date", given: shaped, consent: "valley",
		when: proposal.ChooseTuners{Need: "notes", Tuners: []circle.PersonID{"ben", "wyn"}, Until: day(14), Mandate: say("a draft")},
		then: []proposal.Event{&proposal.TunersChosen{Need: "notes", Tuners: []circle.PersonID{"ben", "wyn"}, Until: day(14), Mandate: say("a draft")}}},
	{name: "M-85: by consent", given: shaped, when: proposal.ChooseTuners{Need: "notes", Tuners: []circle.PersonID{"ben"}, Until: day(14)}, refused: proposal.ByConsent},
	{name: "M-85: each once", given: shaped, consent: "valley", when: proposal.ChooseTuners{Need: "notes", Tuners: []circle.PersonID{"ben", "ben"}, Until: day(14)}, refused: proposal.TunerTwice},
	{name: "M-85: whom somebody knows", given: shaped, consent: "valley", when: proposal.ChooseTuners{Need: "notes", Tuners: []circle.PersonID{"nobody"}, Until: day(14)}, refused: circle.UnknownPerson},
	{name: "M-85: by a day to come", given: shaped, consent: "valley", when: proposal.ChooseTuners{Need: "notes", Tuners: []circle.PersonID{"ben"}, Until: now}, refused: proposal.DatePast},
	{name: "M-85: a tuner from outside puts the text to the circle", given: tuned, by: "wyn", when: proposal.Submit{ID: "draft", Circle: "valley", Need: "notes", Text: say("v1")},
		then: []proposal.Event{&proposal.Submitted{Proposal: "draft", Need: "notes", Circle: "valley", By: "wyn", Sort: proposal.Policy, Text: say("v1"), At: now}}},
	{name: "M-88: a single author's text is accepted equally", given: tuned, when: proposal.Submit{ID: "draft", Circle: "valley", Need: "notes", Text: say("v1")},
		then: []proposal.Event{&proposal.Submitted{Proposal: "draft", Need: "notes", Circle: "valley", By: "ana", Sort: proposal.Policy, Text: say("v1"), At: now}}},
	{name: "M-85: for another need a tuner has no mandate", by: "wyn", when: proposal.Submit{ID: "draft", Circle: "valley", Need: "keys", Text: say("v1")},
		given: events(tuned, three[1:]), refused: proposal.NotParticipant},

	{name: "M-86: it covers the picture, by consent", given: drafts, consent: "valley", by: "nobody", when: proposal.CheckCoverage{Need: "notes", Text: "notes", Covers: true},
		then: []proposal.Event{&proposal.CoverageChecked{Need: "notes", Text: "notes", Version: 1, Covers: true, By: "nobody"}}},
	{name: "M-86: nobody says so alone", given: drafts, when: proposal.CheckCoverage{Need: "notes", Text: "notes", Covers: true}, refused: proposal.ByConsent},
	{name: "M-86: anybody names a gap, and where it arose", given: drafts, by: "dee", when: proposal.CheckCoverage{Need: "notes", Text: "notes", BackTo: proposal.PictureStep, Reason: say("money")},
		then: []proposal.Event{&proposal.CoverageChecked{Need: "notes", Text: "notes", Version: 1, BackTo: proposal.PictureStep, Reason: say("money"), By: "dee"}}},
	{name: "M-86: a gap that arose nowhere", given: drafts, when: proposal.CheckCoverage{Need: "notes", Text: "notes"}, refused: proposal.GapWhere},
	{name: "M-86: no gap, and back to the shaping", given: drafts, consent: "valley", when: proposal.CheckCoverage{Need: "notes", Text: "notes", Covers: true, BackTo: proposal.ShapingStep}, refused: proposal.GapWhere},
	{name: "M-86: by who takes part", given: drafts, by: "gus", when: proposal.CheckCoverage{Need: "notes", Text: "notes", BackTo: proposal.ShapingStep}, refused: proposal.NotParticipant},
	{name: "M-86: of a proposal for this need", given: events(shaped, submitted), when: proposal.CheckCoverage{Need: "notes", Text: "notes", BackTo: proposal.ShapingStep}, refused: proposal.OtherNeed},
	{name: "M-86: that is under decision", given: and(drafts, &proposal.Withdrawn{Proposal: "notes", By: "ana"}), when: proposal.CheckCoverage{Need: "notes", Text: "notes", BackTo: proposal.ShapingStep}, refused: proposal.NotOpen},
	{name: "M-86: of a proposal that there is", given: shaped, when: proposal.CheckCoverage{Need: "notes", Text: "notes", BackTo: proposal.ShapingStep}, refused: proposal.UnknownProposal},

	{name: "M-87: an idea is left out, with a reason", given: shaped, when: proposal.LeaveOut{Need: "notes", Idea: "voice", Reason: say("noise")},
		then: []proposal.Event{&proposal.IdeaLeftOut{Need: "notes", Idea: "voice", Reason: say("noise"), By: "ana"}}},
	{name: "M-87: by a tuner, where there are any", given: tuned, by: "wyn", when: proposal.LeaveOut{Need: "notes", Idea: "voice", Reason: say("noise")},
		then: []proposal.Event{&proposal.IdeaLeftOut{Need: "notes", Idea: "voice", Reason: say("noise"), By: "wyn"}}},
	{name: "M-85: and by nobody else then", given: tuned, when: proposal.LeaveOut{Need: "notes", Idea: "voice", Reason: say("noise")}, refused: proposal.NotTuner},
	{name: "M-87: not from outside", given: shaped, by: "gus", when: proposal.LeaveOut{Need: "notes", Idea: "voice", Reason: say("noise")}, refused: proposal.NotParticipant},
	{name: "M-87: an idea that there is", given: shaped, when: proposal.LeaveOut{Need: "notes", Idea: "paper", Reason: say("noise")}, refused: proposal.UnknownPiece},
	{name: "M-87: once", given: and(shaped, &proposal.IdeaLeftOut{Need: "notes", Idea: "voice", By: "ana"}), when: proposal.LeaveOut{Need: "notes", Idea: "voice", Reason: say("noise")}, refused: proposal.LeftOutAlready},
}

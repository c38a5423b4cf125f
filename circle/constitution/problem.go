package constitution

import (
	"strings"

	"github.com/sayround/sayround/circle"
)

// A Problem is one thing that is wrong with a document, and where.
type Problem struct {
	// Path leads to the place, as "circles[2].domain[0].of"; the first of a
	// list is [0]. Empty: the document as a whole.
	Path string
	// Why is a code that stays, the facts, and the sentence made from them.
	// What the law of package circle would refuse has that law's code.
	Why *circle.Refusal
}

// Error gives the place and the sentence.
func (p Problem) Error() string { return p.In(nil) }

// In gives the place, and the sentence in the words of a catalogue.
func (p Problem) In(words circle.Words) string {
	if p.Path == "" {
		return p.Why.In(words)
	}
	return p.Path + ": " + p.Why.In(words)
}

// Unwrap gives the refusal, and through it its kind.
func (p Problem) Unwrap() error { return p.Why }

// Problems are all that was found wrong with a document. It is each of its
// problems (errors.Is, errors.As).
type Problems []Problem

// Error gives one line for each problem.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the problems one by one.
func (p Problems) Unwrap() []error {
	out := make([]error, len(p))
	for i, one := range p {
		out[i] = one
	}
	return out
}

// What can be wrong with a document, beside what the law of package circle
// refuses.
var (
	TooLarge = &circle.Code{ID: "document-too-large", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "The document holds {got} bytes, and {most} is the most."}
	Unreadable = &circle.Code{ID: "document-unreadable", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "Line {line} cannot be read: {what}."}
	UnknownField = &circle.Code{ID: "unknown-field", Kind: circle.ErrNotKnown, Stands: circle.InEngine,
		Says: "Line {line} says what nobody knows: {what}."}
	OtherFormat = &circle.Code{ID: "other-format", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "The document is of the format {format}; what can be read here is {known}."}
	Missing = &circle.Code{ID: "left-out", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{field} is needed here, and was left out."}
	Empty = &circle.Code{ID: "says-nothing", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "Nothing is said here: leave it out."}
	BadValue = &circle.Code{ID: "bad-value", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "This cannot stand here: {why}."}
	TooMany = &circle.Code{ID: "too-many", Kind: circle.ErrNotValid, Stands: circle.InEngine,
		Says: "{id} has {got} {what}, and {most} is the most: they are recorded together."}
	NoRoot = &circle.Code{ID: "no-root", Kind: circle.ErrNotValid, Rule: "M-2, I-1", Stands: circle.InEngine,
		Says: "No circle is of the kind root. One is: it holds its mandate from the members themselves, and lies in no other circle."}
	RootInside = &circle.Code{ID: "root-inside", Kind: circle.ErrNotValid, Rule: "M-2, I-1", Stands: circle.InEngine,
		Says: "{circle} is the root circle, and cannot lie inside {parent}."}
	NoParent = &circle.Code{ID: "no-parent", Kind: circle.ErrNotValid, Rule: "M-2, I-1", Stands: circle.InEngine,
		Says: "{circle} needs a parent, the circle that it lies in. Only the root circle has none."}
	ParentRing = &circle.Code{ID: "parent-ring", Kind: circle.ErrNotValid, Rule: "M-2, I-1", Stands: circle.InEngine,
		Says: "From {circles} the way outwards comes round to where it began, and never reaches the root circle."}
	HelpingLater = &circle.Code{ID: "helping-later", Kind: circle.ErrNotValid, Rule: "EC-49", Stands: circle.InEngine,
		Says: "{circle} is a helping circle. It answers a need, so it is opened by consent when there is one."}
	NobodyDecides = &circle.Code{ID: "nobody-decides", Kind: circle.ErrNotValid, Rule: "EC-8, I-2", Stands: circle.InEngine,
		Says: "{circle} is the root circle and has no full participant: once the founding is over nobody could change anything."}
	RootItemOf = &circle.Code{ID: "root-item-of", Kind: circle.ErrNotValid, Rule: "EC-8, I-3", Stands: circle.InEngine,
		Says: "{item} cannot be cut from {of}: {circle} is the root circle, and no circle is around it."}
	NameOfAnother = &circle.Code{ID: "name-of-another", Kind: circle.ErrNotValid, Rule: "M-9", Stands: circle.InEngine,
		Says: "{circle} cannot call a piece of {of} {item}: that is the name of another item of {parent}."}
	Nameless = &circle.Code{ID: "nameless-role", Kind: circle.ErrNotValid, Rule: "EC-81", Stands: circle.InEngine,
		Says: "{role} needs a hat or a name: a role says what one does."}
	FacilitatorNotFull = &circle.Code{ID: "facilitator-not-full", Kind: circle.ErrNotValid, Rule: "EC-91", Stands: circle.InEngine,
		Says: "{who} cannot facilitate {circle}: whoever does is a full participant of it."}
	UnknownMethod = &circle.Code{ID: "unknown-method", Kind: circle.ErrNotKnown, Stands: circle.InRules,
		Says: "Nobody knows the method {method}. Known are {known}."}
)

// Codes lists what can be wrong with a document, beside what the law of
// package circle refuses.
func Codes() []*circle.Code {
	return []*circle.Code{TooLarge, Unreadable, UnknownField, OtherFormat, Missing, Empty, BadValue, TooMany, NoRoot,
		RootInside, NoParent, ParentRing, HelpingLater, NobodyDecides, RootItemOf, NameOfAnother, Nameless,
		FacilitatorNotFull, UnknownMethod}
}

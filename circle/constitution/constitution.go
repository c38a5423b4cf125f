package constitution

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// Format is the format of the documents that this package reads and writes.
const Format = "sayround-constitution/1"

// MaxDocument is the most that a document may hold, in bytes.
const MaxDocument = 1 << 20

// MaxList is the most of what is recorded together: the aim parts and domain
// items of one circle, the access needs of one person, the presence groups in
// one circle's rules. More words than that do not fit in one entry.
const MaxList = 12

// A Constitution is an organisation as data.
type Constitution struct {
	// Schema is where an editor finds the schema of the document; it means
	// nothing else.
	Schema  string      `json:"$schema,omitempty"`
	Format  string      `json:"format"`
	Name    circle.Text `json:"name"`
	People  []Person    `json:"people"`
	Circles []Circle    `json:"circles"`
	Roles   []Role      `json:"roles,omitempty"`
	Links   []Link      `json:"links,omitempty"`
}

// A Person is somebody the organisation knows: a member of a class, or, with
// none, somebody who works, supports or visits.
type Person struct {
	ID         circle.PersonID   `json:"id"`
	Name       circle.Text       `json:"name,omitempty"`
	Class      circle.Class      `json:"class,omitempty"`
	Reading    circle.Reading    `json:"reading,omitempty"`
	Formats    []circle.Format   `json:"formats,omitempty"`
	Access     []circle.Text     `json:"access,omitempty"`
	Supporters []circle.PersonID `json:"supporters,omitempty"`
	// Body says that the member is an organisation or a seat, and Representative who
	// answers for it.
	Body           circle.BodyKind `json:"body,omitempty"`
	Representative circle.PersonID `json:"representative,omitempty"`
	// Interpreters may render what the person says. They have no words of their own
	// there (CP-18).
	Interpreters []circle.PersonID `json:"interpreters,omitempty"`
}

// A Circle is one circle with its aim, its domain, those who take part, and
// the rules that it has agreed. Without a kind it is a local one.
type Circle struct {
	ID           circle.ID     `json:"id"`
	Kind         circle.Kind   `json:"kind,omitempty"`
	Parent       circle.ID     `json:"parent,omitempty"`
	Name         circle.Text   `json:"name,omitempty"`
	Aim          circle.Text   `json:"aim"`
	AimParts     []AimPart     `json:"aim-parts,omitempty"`
	Domain       []circle.Item `json:"domain"`
	Participants []Participant `json:"participants,omitempty"`
	Rules        circle.Rules  `json:"rules,omitempty"`
}

// An AimPart is a named part of a circle's aim, so that an objection can say
// which part would be harmed (EC-31).
type AimPart struct {
	ID   circle.ItemID `json:"id"`
	Text circle.Text   `json:"text,omitempty"`
}

// A Participant is a person in a circle, and how far they take part.
type Participant struct {
	Person circle.PersonID `json:"person"`
	Level  circle.Level    `json:"level"`
}

// A Role is a bundle of tasks in a circle. It has a hat, when it is one that
// every circle knows, or a name of its own, or both.
type Role struct {
	ID     circle.RoleID `json:"id"`
	Circle circle.ID     `json:"circle"`
	Hat    circle.Hat    `json:"hat,omitempty"`
	Name   circle.Text   `json:"name,omitempty"`
	// What the role is there for, apart from who wears it; see
	// [circle.DefineRole].
	Purpose          circle.Text       `json:"purpose,omitempty"`
	Domain           []circle.Item     `json:"domain,omitempty"`
	Accountabilities []circle.Item     `json:"accountabilities,omitempty"`
	Limits           []circle.Item     `json:"limits,omitempty"`
	Surrogates       []circle.PersonID `json:"surrogates,omitempty"`
	Holders          []Holder          `json:"holders,omitempty"`
}

// A Holder is a person who wears a role, for a term that begins with the
// founding.
type Holder struct {
	Person  circle.PersonID `json:"person"`
	Term    circle.Period   `json:"term,omitempty"`
	Focus   circle.Text     `json:"focus,omitempty"`
	CheckIn circle.Period   `json:"check-in,omitempty"`
}

// A Link makes whoever wears a hat in one circle a full participant of the
// circle around it (EC-13).
type Link struct {
	Circle circle.ID  `json:"circle"`
	To     circle.ID  `json:"to"`
	As     circle.Hat `json:"as"`
	// Role is the one role whose wearers come through the link, where several
	// bear the hat.
	Role    circle.RoleID  `json:"role,omitempty"`
	Mandate circle.Mandate `json:"mandate,omitempty"`
	Duties  []circle.Item  `json:"duties,omitempty"`
}

// Parse reads a document and checks it as a whole. The error is [Problems].
// Methods are the names of the methods that the engine knows; without any,
// names of methods are not looked up.
func Parse(data []byte, methods ...string) (*Constitution, error) {
	if len(data) > MaxDocument {
		return nil, Problems{{Why: TooLarge.Refuse("got", len(data), "most", MaxDocument)}}
	}
	var c Constitution
	if err := canon.Read(data, &c, nil); err != nil {
		return nil, Problems{unreadable(data, err)}
	}
	if err := c.Check(methods...); err != nil {
		return nil, err
	}
	return &c, nil
}

// unreadable words what the reader of the form found. A document of another
// format is told so first: what is strange in it may be sound there.
func unreadable(data []byte, err error) Problem {
	var head struct {
		Format string `json:"format"`
	}
	if json.Unmarshal(data, &head) == nil && head.Format != "" && head.Format != Format {
		return Problem{Path: "format", Why: OtherFormat.Refuse("format", head.Format, "known", Format)}
	}
	var bad *canon.Error
	if !errors.As(err, &bad) {
		return Problem{Why: Unreadable.Refuse("line", 1, "what", err.Error())}
	}
	code := Unreadable
	if bad.Fault == canon.Unknown {
		code = UnknownField
	}
	line := 1 + strings.Count(string(data[:min(bad.Offset, len(data))]), "\n")
	return Problem{Path: bad.Path, Why: code.Refuse("line", line, "what", bad.What)}
}

// UnmarshalJSON reads a document as Parse does.
func (c *Constitution) UnmarshalJSON(data []byte) error {
	got, err := Parse(data)
	if err == nil {
		*c = *got
	}
	return err
}

// MarshalJSON writes the document, its fields in the order in which they are
// declared, what is empty left out. Parse reads it back as it was.
func (c Constitution) MarshalJSON() ([]byte, error) {
	return appendValue(nil, reflect.ValueOf(c))
}

// appendValue writes a value under the names that canon reads it by.
func appendValue(dst []byte, v reflect.Value) ([]byte, error) {
	switch x := v.Interface().(type) {
	case circle.Text:
		words, ok := x.Words()
		if !ok && !x.IsZero() {
			return nil, errors.New("words that lie in a ledger cannot be written into a constitution")
		}
		return appendPlain(dst, words)
	case circle.Period:
		return appendPlain(dst, x)
	}
	switch v.Kind() {
	case reflect.Pointer:
		return appendValue(dst, v.Elem())
	case reflect.Slice:
		return appendList(dst, v)
	case reflect.Struct:
		return appendObject(dst, v)
	}
	return appendPlain(dst, v.Interface())
}

func appendPlain(dst []byte, v any) ([]byte, error) {
	b, err := json.Marshal(v)
	return append(dst, b...), err
}

func appendList(dst []byte, v reflect.Value) (_ []byte, err error) {
	dst = append(dst, '[')
	for i := range v.Len() {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = appendValue(dst, v.Index(i)); err != nil {
			return nil, err
		}
	}
	return append(dst, ']'), nil
}

func appendObject(dst []byte, v reflect.Value) (_ []byte, err error) {
	dst = append(dst, '{')
	for f, fv := range fields(v) {
		if f.optional && fv.IsZero() {
			continue
		}
		if dst[len(dst)-1] != '{' {
			dst = append(dst, ',')
		}
		dst = fmt.Appendf(dst, "%q:", f.name)
		if dst, err = appendValue(dst, fv); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}

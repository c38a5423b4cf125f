package constitution_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
	"github.com/sayround/sayround/internal/canon"
)

func parsedSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	var s jsonschema.Schema
	require.NoError(t, json.Unmarshal(constitution.Schema(), &s))
	return &s
}

func resolved(t testing.TB) *jsonschema.Resolved {
	t.Helper()
	r, err := parsedSchema(t).Resolve(nil)
	require.NoError(t, err)
	return r
}

func valid(s *jsonschema.Resolved, data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	return s.Validate(v)
}

func TestSchemaAcceptsConstitutions(t *testing.T) {
	s := resolved(t)
	for _, file := range []string{carecoop, "testdata/bakery.json"} {
		require.NoError(t, valid(s, read(t, file)), file)
	}
}

// What the schema says of the writing of a document, it says as Parse does.
func TestSchemaRefuses(t *testing.T) {
	s := resolved(t)
	for _, b := range broken {
		if !b.schema {
			continue
		}
		t.Run(b.name, func(t *testing.T) {
			require.Error(t, valid(s, b.document(t)))
		})
	}
}

// Schema and Go structs name the same fields, say the same of what is needed,
// and list the same values; and each is described.
func TestSchemaNamesWhatTheStructsName(t *testing.T) {
	s := parsedSchema(t)
	d := &drift{t: t, root: s, seen: map[string]bool{}}
	d.object("", s, canon.Fields(constitution.Constitution{}))
	for name := range s.Defs {
		require.True(t, d.seen[name], "%s is described and nothing uses it", name)
	}
}

// excused are the places where the schema must say more than the structs: what
// a Check demands of a field that may be left out with all around it.
var excused = map[string]string{
	"circles.rules.absence.silence":  "required",
	"circles.rules.long-term.months": "required",
	"circles.kind":                   "values", // no document founds a helping circle
	"links.as":                       "values", // those that carry a link
}

type drift struct {
	t    *testing.T
	root *jsonschema.Schema
	seen map[string]bool
}

// at follows a reference.
func (d *drift) at(s *jsonschema.Schema) *jsonschema.Schema {
	if s.Ref == "" {
		return s
	}
	name := strings.TrimPrefix(s.Ref, "#/$defs/")
	require.Contains(d.t, d.root.Defs, name)
	d.seen[name] = true
	return d.root.Defs[name]
}

func (d *drift) object(path string, s *jsonschema.Schema, fields []canon.Field) {
	require.NotEmpty(d.t, s.Description, path)
	require.Equal(d.t, "object", s.Type, path)
	require.Equal(d.t, &jsonschema.Schema{Not: &jsonschema.Schema{}}, s.AdditionalProperties, "%s: nothing else is admitted", path)
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
		at := strings.TrimPrefix(path+"."+f.Name, ".")
		p, ok := s.Properties[f.Name]
		require.True(d.t, ok, "%s is not in the schema", at)
		require.NotEmpty(d.t, p.Description, at)
		if excused[at] != "required" {
			require.Equal(d.t, f.Required, slices.Contains(s.Required, f.Name), "%s: whether it is needed", at)
		}
		d.value(at, d.at(p), f)
	}
	for name := range s.Properties {
		require.Contains(d.t, names, name, "%s: the schema names a field that is not there", path)
	}
}

func (d *drift) value(path string, s *jsonschema.Schema, f canon.Field) {
	kind, isList := strings.CutPrefix(f.Kind, "list of ")
	if isList {
		require.Equal(d.t, "array", s.Type, path)
		require.Equal(d.t, jsonschema.Ptr(1), s.MinItems, path)
		s = d.at(s.Items)
	}
	switch {
	case f.Fields != nil:
		d.object(path, s, f.Fields)
	case kind == "number":
		require.Equal(d.t, "integer", s.Type, path)
	case kind == "true|false":
		require.Equal(d.t, "boolean", s.Type, path)
	case strings.Contains(kind, "|"):
		var values []string
		for _, v := range s.Enum {
			values = append(values, v.(string))
		}
		if excused[path] == "values" {
			require.Subset(d.t, strings.Split(kind, "|"), values, path)
			return
		}
		require.Equal(d.t, strings.Split(kind, "|"), values, path)
	case kind == "period":
		require.Same(d.t, d.root.Defs["period"], s, path)
	case kind == "words":
		require.Same(d.t, d.root.Defs["words"], s, path)
	case path == "format":
		require.Equal(d.t, constitution.Format, *s.Const)
	case path == "$schema":
		require.Equal(d.t, "string", s.Type)
	default:
		require.Same(d.t, d.root.Defs["id"], s, path)
	}
}

// The numbers in the schema are those of the package.
func TestSchemaNumbers(t *testing.T) {
	defs := parsedSchema(t).Defs
	for _, list := range []*jsonschema.Schema{defs["circle"].Properties["domain"], defs["circle"].Properties["aim-parts"],
		defs["person"].Properties["access"], defs["rules"].Properties["presence"]} {
		require.Equal(t, constitution.MaxList, *list.MaxItems)
	}
	require.Equal(t, circle.MaxText, *defs["words"].MaxLength)
	require.Contains(t, defs["id"].Pattern, fmt.Sprintf("{0,%d}", circle.MaxID-1))
}

// The patterns of the schema admit what package circle admits.
func TestSchemaPatterns(t *testing.T) {
	def := func(name string) *jsonschema.Resolved {
		r, err := parsedSchema(t).Defs[name].Resolve(nil)
		require.NoError(t, err)
		return r
	}
	id, period := def("id"), def("period")
	same := func(t require.TestingT, s string) {
		_, err := circle.ParsePeriod(s)
		require.Equal(t, err == nil, period.Validate(s) == nil, "period %q", s)
		require.Equal(t, circle.CheckID(s) == nil, id.Validate(s) == nil, "id %q", s)
	}
	for _, s := range []string{"", "a", "-a", "a-", "A", "ä", "a\n", strings.Repeat("a", 64), strings.Repeat("a", 65), "0d", "01d", "1d", "1",
		"999min", "1000h", "4999d", "5000d", "5199w", "5200y", "5201y", "6000m", "9999min", "10000y", "5200", "14 d", "1d\n", "1mi"} {
		same(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		same(t, rapid.OneOf(rapid.StringMatching(`[0-9]{0,6}(min|h|d|w|m|y|x)?`), rapid.StringMatching(`[a-zA-Z0-9_.-]{0,70}`), rapid.String()).Draw(t, "s"))
	})
}

func TestSchemaIsACopy(t *testing.T) {
	constitution.Schema()[0] = 'x'
	require.Equal(t, byte('{'), constitution.Schema()[0])
}

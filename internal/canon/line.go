package canon

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Line words a named value for people: its wire name and its fields in the
// order in which they are declared, as name=value. What people said is left
// out: it lies beside the record. So are fields tagged `line:"-"`, which are for
// machines to compare.
func Line(n Named) string {
	v := reflect.Indirect(reflect.ValueOf(n))
	words := append([]string{n.Wire()}, lineFields(planOf(v.Type()), v)...)
	return strings.Join(words, " ")
}

func lineFields(p *plan, v reflect.Value) []string {
	byIndex := map[int]*field{}
	for i := range p.fields {
		byIndex[p.fields[i].index] = &p.fields[i]
	}
	var out []string
	for i := range v.NumField() {
		f := byIndex[i]
		if f == nil || v.Type().Field(i).Tag.Get("line") == "-" || onlySaid(f.plan) || f.optional && isZero(f.plan, v.Field(i)) {
			continue
		}
		out = append(out, f.name+"="+word(f.plan, v.Field(i)))
	}
	return out
}

// onlySaid says that a field holds what people said and nothing else.
func onlySaid(p *plan) bool {
	for p.shape == shapeSlice || p.shape == shapeArray || p.shape == shapePointer {
		p = p.elem
	}
	return p.shape == shapeSaid
}

// word words one value; a text of several words stands in quotation marks.
func word(p *plan, v reflect.Value) string {
	switch p.shape {
	case shapeString:
		return quoted(v.String())
	case shapeTime:
		return v.Interface().(time.Time).UTC().Format(time.RFC3339)
	case shapeText:
		text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return "?"
		}
		return quoted(string(text))
	case shapeSlice, shapeArray:
		var out []string
		for i := range v.Len() {
			out = append(out, word(p.elem, v.Index(i)))
		}
		return "[" + strings.Join(out, ",") + "]"
	case shapePointer:
		return word(p.elem, v.Elem())
	case shapeNamed:
		return "{" + Line(v.Interface().(Named)) + "}"
	case shapeStruct:
		return "{" + strings.Join(lineFields(p, v), " ") + "}"
	}
	if s, ok := v.Interface().(fmt.Stringer); ok {
		return quoted(s.String())
	}
	return fmt.Sprint(v.Interface())
}

func quoted(s string) string {
	if s == "" || strings.ContainsAny(s, " \"=[]{},") {
		return `"` + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) + `"`
	}
	return s
}

// Show words a value for people, a line for each field that is set, with the
// name of the field in small letters.
func Show(v any) []string {
	rv := reflect.Indirect(reflect.ValueOf(v))
	var out []string
	for i := range rv.NumField() {
		f := rv.Type().Field(i)
		if !f.IsExported() || rv.Field(i).IsZero() || reflect.PointerTo(f.Type).Implements(saidType) {
			continue
		}
		if f.Type.Kind() == reflect.Slice && reflect.PointerTo(f.Type.Elem()).Implements(saidType) {
			continue
		}
		out = append(out, hyphened(f.Name)+"="+shown(rv.Field(i)))
	}
	return out
}

func shown(v reflect.Value) string {
	if s, ok := v.Interface().(fmt.Stringer); ok && v.Type() != timeType {
		return quoted(s.String())
	}
	switch v.Kind() {
	case reflect.Slice:
		var out []string
		for i := range v.Len() {
			out = append(out, shown(v.Index(i)))
		}
		return "[" + strings.Join(out, ",") + "]"
	case reflect.Pointer:
		return shown(v.Elem())
	case reflect.Interface:
		return "{" + Line(v.Interface().(Named)) + "}"
	case reflect.Struct:
		if v.Type() == timeType {
			return v.Interface().(time.Time).UTC().Format(time.RFC3339)
		}
		return "{" + strings.Join(Show(v.Interface()), " ") + "}"
	}
	return quoted(fmt.Sprint(v.Interface()))
}

// hyphened turns DomainChecked into domain-checked.
func hyphened(s string) string {
	var out strings.Builder
	for i, r := range s {
		if r >= 'A' && r <= 'Z' && i > 0 && !(s[i-1] >= 'A' && s[i-1] <= 'Z') {
			out.WriteByte('-')
		}
		out.WriteString(strings.ToLower(string(r)))
	}
	return out.String()
}

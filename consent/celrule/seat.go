package celrule

import (
	"fmt"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/sayround/sayround/consent"
)

// seatName is what the type of a seat is called. No condition needs to say it.
const seatName = "sayround.Seat"

var seatType = cel.ObjectType(seatName)

// A seat is what a condition sees of one that is not out: whose it is, its class
// and weight, and for each position whether that is what was said.
type seat struct {
	*consent.Seat
	said int8 // the place of a position
}

// fields are what there is to know of a seat. That somebody has said yes is a
// field, and no text to compare with, so that a slip of the pen is refused and
// not taken for a position that nobody took.
var fields = func() map[string]*types.FieldType {
	all := map[string]*types.FieldType{
		"person": field(cel.StringType, func(s seat) ref.Val { return types.String(s.Person) }),
		"class":  field(cel.StringType, func(s seat) ref.Val { return types.String(s.Class) }),
		"weight": field(cel.IntType, func(s seat) ref.Val { return types.Int(weight(s.Seat)) }),
	}
	for i, name := range placeNames {
		place := int8(i)
		all[name] = field(cel.BoolType, func(s seat) ref.Val { return types.Bool(s.said == place) })
	}
	return all
}()

func field(of *cel.Type, get func(seat) ref.Val) *types.FieldType {
	return &types.FieldType{Type: of, IsSet: func(any) bool { return true },
		GetFrom: func(of any) (any, error) {
			s, ok := of.(seat)
			if !ok {
				return nil, fmt.Errorf("%T is no seat", of)
			}
			return get(s), nil
		}}
}

// ConvertToNative gives the seat as it is.
func (s seat) ConvertToNative(to reflect.Type) (any, error) {
	if to == reflect.TypeFor[seat]() {
		return s, nil
	}
	return nil, fmt.Errorf("a seat is no %s", to)
}

// ConvertToType gives the type of a seat, which nothing else can be made of.
func (s seat) ConvertToType(to ref.Type) ref.Val {
	if to == types.TypeType {
		return seatType
	}
	return types.NewErr("a seat is no %s", to.TypeName())
}

// Equal says whether two seats are the same one.
func (s seat) Equal(other ref.Val) ref.Val {
	o, ok := other.(seat)
	return types.Bool(ok && o.Person == s.Person)
}

// Type is that of a seat.
func (s seat) Type() ref.Type { return seatType }

// Value is the seat.
func (s seat) Value() any { return s }

// A provider knows one type with fields, the seat, and no other names: types are
// nothing to compare with.
type provider struct{}

// EnumValue knows no names of values.
func (provider) EnumValue(name string) ref.Val { return types.NewErr("there is no %s", name) }

// FindIdent knows no names.
func (provider) FindIdent(string) (ref.Val, bool) { return nil, false }

// FindStructType knows the seat.
func (provider) FindStructType(name string) (*types.Type, bool) {
	if name != seatName {
		return nil, false
	}
	return types.NewTypeTypeWithParam(seatType), true
}

// FindStructFieldNames lists no fields: they are needed to make a seat, and none
// can be made.
func (provider) FindStructFieldNames(string) ([]string, bool) { return nil, false }

// FindStructFieldType finds a field of a seat.
func (provider) FindStructFieldType(of, name string) (*types.FieldType, bool) {
	f, ok := fields[name]
	return f, ok && of == seatName
}

// NewValue makes no seat: there are those of the case.
func (provider) NewValue(of string, _ map[string]ref.Val) ref.Val {
	return types.NewErr("no %s can be made", of)
}

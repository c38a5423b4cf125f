package rule

import (
	"maps"
	"reflect"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
)

// An electing is a rule that chooses among options: its name, and how it is made
// from parameters.
type electing struct {
	name string
	make func(parameters string) (consent.Rule, error)
	of   reflect.Type
}

// by names a rule whose parameters are its fields.
func by[R consent.Rule](name string) electing {
	return electing{name, func(parameters string) (consent.Rule, error) {
		var r R
		if parameters != "" {
			if err := canon.Read([]byte(parameters), &r, nil); err != nil {
				return nil, err
			}
		}
		if err := inspected(reflect.ValueOf(&r).Elem()); err != nil {
			return nil, err
		}
		return r, nil
	}, reflect.TypeFor[R]()}
}

// inspected asks a parameter, and all that it holds, whether it can be.
func inspected(v reflect.Value) error {
	if c, ok := v.Addr().Interface().(canon.Checker); ok {
		if err := c.Check(); err != nil {
			return err
		}
	}
	if v.Kind() != reflect.Struct {
		return nil
	}
	for i := range v.NumField() {
		if err := inspected(v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

var electings = []electing{
	by[Plurality]("plurality"),
	by[Borda]("borda"),
	by[Bucklin]("bucklin"),
	by[Schulze]("schulze"),
	by[RankedPairs]("ranked-pairs"),
	by[Minimax]("minimax"),
	by[Copeland]("copeland"),
	by[Kemeny]("kemeny"),
	by[Runoff]("instant-runoff"),
	by[ScottishSTV]("scottish-stv"),
	by[GregorySTV]("gregory-stv"),
	by[MeekSTV]("meek-stv"),
	by[Score]("score"),
	by[MajorityJudgment]("majority-judgment"),
	by[Star]("star"),
	by[ReweightedRange]("reweighted-range"),
	by[Committee]("committee"),
	by[Budget]("budget"),
}

// Elections are the rules that choose among options, by their names.
//
// The choices that peers make differently, alike for all of them: the instant of the
// deadline is outside; to abstain is to rank and score nothing, and is in no count
// and no base; a ballot may be changed where the question says so, and the last one
// stands; each says whether "more than" half, "at least" a quota or just the most is
// enough; weights are those of the opening; who leaves, or is out, counts nowhere,
// with what they had said; after the close nothing counts; nothing is chosen or
// rejected before the close, however certain it is, but when everybody was heard and
// nobody may answer again; who is level is a tie: all are named, nobody is chosen,
// and people settle it by a recorded act.
func Elections() consent.Kinds {
	out := consent.Kinds{}
	for _, e := range electings {
		out[kind(e.name)] = e.make
	}
	return out
}

// Stock is all rules of this package, each in its first version, for
// [consent.Config].
func Stock() consent.Kinds {
	out := Elections()
	maps.Copy(out, Votes())
	return out
}

// Name is the name of an election with its parameters, as a method stores it; ok
// is false for other rules.
func Name(r consent.Rule) (name consent.RuleName, ok bool) {
	for _, k := range electings {
		if k.of == reflect.TypeOf(r) {
			b, err := canon.Append(nil, r, 0)
			if err != nil {
				return consent.RuleName{}, false
			}
			name = kind(k.name)
			name.Parameters = string(b)
			return name, true
		}
	}
	return consent.RuleName{}, false
}

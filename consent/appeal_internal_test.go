package consent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
)

// TestUnrelatedSigners: as many of those who sign as are wanted, of whom no two are related,
// whoever of the two said so; and never more of them (EC-51).
func TestUnrelatedSigners(t *testing.T) {
	type people = []circle.PersonID
	for name, c := range map[string]struct {
		signers []Signer
		want    people
	}{
		"nobody":              {nil, nil},
		"two":                 {[]Signer{{"a", nil}, {"b", nil}}, people{"a", "b"}},
		"three":               {[]Signer{{"a", nil}, {"b", nil}, {"c", nil}}, people{"a", "b", "c"}},
		"four":                {[]Signer{{"a", nil}, {"b", nil}, {"c", nil}, {"d", nil}}, people{"a", "b", "c"}},
		"one with another":    {[]Signer{{"a", nil}, {"b", people{"a"}}, {"c", nil}}, people{"a", "c"}},
		"the other way":       {[]Signer{{"a", people{"c"}}, {"b", nil}, {"c", nil}}, people{"a", "b"}},
		"not through a third": {[]Signer{{"a", nil}, {"b", nil}, {"c", people{"b"}}}, people{"a", "b"}},
		"without the first": {[]Signer{{"a", nil}, {"b", people{"a"}}, {"c", people{"a"}}, {"d", nil}},
			people{"b", "c", "d"}},
	} {
		require.Equal(t, c.want, (&Appeal{Signers: c.signers}).unrelated(3), name)
	}
}

// TestLeadingOnAPanel: what most say so far; with as many on two sides, and with nobody, that the
// decision stands (M-193).
func TestLeadingOnAPanel(t *testing.T) {
	for want, panel := range map[AppealRuling][][]AppealRuling{
		RulesUpheld:   {nil, {""}, {RulesUpheld}, {RulesSentBack, RulesUpheld}},
		RulesChanged:  {{RulesChanged}, {RulesSentBack, RulesChanged}, {RulesUpheld, RulesChanged, RulesChanged}},
		RulesSentBack: {{RulesSentBack}, {RulesUpheld, RulesSentBack, RulesSentBack}},
	} {
		for _, said := range panel {
			a := &Appeal{}
			for _, r := range said {
				a.Panel = append(a.Panel, Panellist{Ruling: r})
			}
			require.Equal(t, want, a.leading(), "%q", said)
		}
	}
}

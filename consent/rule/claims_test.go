package rule_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/consenttest"
	"github.com/sayround/sayround/consent/rule"
)

var update = flag.Bool("update", false, "draw docs/rules.md anew")

const aboutClaims = `# The stock of rules, and what is claimed of each

Drawn by "go test ./consent/rule -run TestClaimsTable -update"; do not edit. The kit
(consenttest.TestRule) tries each claim on random cases, beside what holds for every rule: that
equal cases get equal verdicts, also when they were read back from a record, and the case is left as it was;
that what is final stays so whatever is still said, and before that no time changes a verdict sooner than it
says; that what is said too late, to an older version, by who is out or by who has no seat does not count; that
every standing objection is told of with whose it is; that neither the order of the seats nor to say the same
again matters; that a meeting which is a quorum anyway adopts no less; that nothing is adopted where nobody has
a seat, where weights cannot be added up, or by words that nobody knows.

- anonymous: who gave which answer does not matter, among seats of one class and weight
- neutral: options are treated alike
- monotone: more support does no harm
- participation: one more who supports it, or the one who is chosen alone, does no harm
- early is certain: what no further answer could change is said at once
- homogeneous: everybody twice comes to the same
- weight splitting: a weight counts as that many seats
- Condorcet: who beats every other one to one is chosen
- delegation: who does not answer is answered for, one step far
- classless: which class a seat is of does not matter

That nothing final is changed is tried besides in 100,000 random elections a rule: .ci/run rules.
`

// docs/rules.md says of each rule what is claimed of it; the kit tries these very
// claims.
func TestClaimsTable(t *testing.T) {
	var b strings.Builder
	b.WriteString(aboutClaims)
	b.WriteString("\n## Votes of yes and no\n\n| rule | claims | not claimed |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(rules(t))) {
		not := notClaimed[name]
		fmt.Fprintf(&b, "| %s | anonymous, %s | %s |\n", name, claimsOf(claimsOfVote(name)), reasons("early is certain", not.early, "homogeneous", not.twice, "weight splitting", not.weights, "classless", not.classes))
	}
	b.WriteString("\n## The rules that every engine knows\n\nThey are asked when a round is over, and what they decide ends the question.\n\n| rule | claims |\n|---|---|\n")
	for _, e := range engines {
		fmt.Fprintf(&b, "| %s | anonymous, %s |\n", e.name, claimsOf(e.claims))
	}
	b.WriteString("\n## Elections\n\n| rule | claims |\n|---|---|\n")
	for _, e := range elections {
		name, ok := rule.Name(e.rule)
		require.True(t, ok)
		fmt.Fprintf(&b, "| %s | anonymous, neutral, %s |\n", called(name), claimsOf(e.claims))
	}
	b.WriteString(choicesTable(t))
	b.WriteString("\n## All kinds\n\nBy these names a method asks for a rule (`rule.Stock`); parameters are JSON.\n\n")
	for _, n := range slices.SortedFunc(maps.Keys(rule.Stock()), func(a, b consent.RuleName) int { return strings.Compare(a.Kind, b.Kind) }) {
		fmt.Fprintf(&b, "- `%s`\n", n.Kind)
	}
	b.WriteString("\nA kind that stands beside the stock in a module of its own is `cel` (`celrule.Kinds`): conditions in the Common\nExpression Language, over the same counts. `go doc github.com/sayround/sayround/consent/celrule` says what they can say.\n")
	file := filepath.Join("..", "..", "docs", "rules.md")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o600))
	}
	have, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(have), b.String(), "go test ./consent/rule -run TestClaimsTable -update")
}

// called writes a rule with its parameters.
func called(n consent.RuleName) string {
	if n.Parameters == "{}" {
		return n.Kind
	}
	return n.Kind + " `" + n.Parameters + "`"
}

// reasons says why something is not claimed.
func reasons(pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+": "+pairs[i+1])
		}
	}
	return strings.Join(out, "; ")
}

func claimsOf(c consenttest.Claims) string {
	var out []string
	for _, claim := range []struct {
		made bool
		name string
	}{{c.Monotone, "monotone"}, {c.Participation, "participation"}, {c.EarlyIsCertain, "early is certain"}, {c.Homogeneous, "homogeneous"}, {c.WeightSplitting, "weight splitting"},
		{c.Condorcet, "Condorcet"},
		{c.Delegates, "delegation"}, {c.Classless, "classless"}, {len(c.EachClass) > 0, "nothing without support in each class of " + strings.Join(c.EachClass, ", ")}, {len(c.Stricter) > 0, "stricter parameters adopt nothing more"}, {c.Silence, "may be adopted in silence"}, {c.Unclosed && !c.Concludes, "may stay open longer"}} {
		if claim.made {
			out = append(out, claim.name)
		}
	}
	if len(out) == 0 {
		return "no more"
	}
	return strings.Join(out, ", ")
}

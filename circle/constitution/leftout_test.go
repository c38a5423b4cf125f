package constitution_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
)

// part is a constitution of which an organisation adopts next to nothing.
const part = `{"format": "sayround-constitution/1", "name": "The Garden", "people": [{"id": "ana"}],
  "circles": [
    {"id": "garden", "kind": "root", "aim": "A garden", "domain": [{"id": "beds"}], "participants": [{"person": "ana", "level": "full"}],
     "rules": {"method": "sofa", "guest-minutes": 10}},
    {"id": "shed", "parent": "garden", "aim": "Tools", "domain": [{"id": "beds"}], "rules": {"guest-minutes": 5}}]}`

// TestPartialAdoption: M-259, a part of a constitution founds an organisation, and
// of each rule that it leaves out it is said what holds instead.
func TestPartialAdoption(t *testing.T) {
	c, err := constitution.Parse([]byte(part))
	require.NoError(t, err)
	o := found(t, c.Commands())
	require.Equal(t, circle.Name("sofa"), o.RulesOf("shed").Method, "what holds is what the list says")

	says := map[string]string{}
	for _, l := range c.LeftOut() {
		says[string(l.Circle)+" "+string(l.Rule)] = l.String()
		require.True(t, (l.From == "") == (l.Holds != ""), l.String())
	}
	require.NotContains(t, says, "garden method")
	require.NotContains(t, says, "shed guest-minutes")
	require.Equal(t, "shed has agreed nothing about method: what holds in garden holds there.", says["shed method"])
	require.Equal(t, "shed has agreed nothing about expiry-extension: 30 days.", says["shed expiry-extension"])
	require.Equal(t, "garden has agreed nothing about absence: the decision waits for the absent.", says["garden absence"])
	require.Equal(t, "garden has agreed nothing about conflicts: nothing is asked for.", says["garden conflicts"])
	require.Empty(t, (&constitution.Constitution{}).LeftOut())

	// What a circle agrees for itself alone is not said to hold inside.
	for _, l := range parse(t, read(t, carecoop)).LeftOut() {
		says[string(l.Circle)+" "+string(l.Rule)] = l.String()
	}
	require.Equal(t, "purpose has agreed nothing about general: it has none.", says["purpose general"])
}

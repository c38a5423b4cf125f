package logbook_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent/logbook"
)

// TestCircleList: M-24, a circle that ended decides on nothing, and the list
// says who has what it had.
func TestCircleList(t *testing.T) {
	o := &circle.Organisation{}
	for _, e := range []circle.Event{
		&circle.Founded{Circle: "places", By: "ana", Domain: []circle.Item{{ID: "teams"}}},
		&circle.Opened{Circle: "valley", Parent: "places", Type: circle.Local, Domain: []circle.Item{{ID: "teams"}}},
	} {
		o.Apply(e)
	}
	require.Equal(t, "places (root): nobody\n  decides on teams\n  valley (local): nobody\n    decides on teams\n", logbook.CircleList(o))
	o.Apply(&circle.Dissolved{Circle: "valley", To: "places"})
	require.Equal(t, "places (root): nobody\n  decides on teams\n  valley (local): ended; what it had is with places\n", logbook.CircleList(o))
	require.Contains(t, logbook.CircleMap(o), "valley (ended)")
}

package constitution_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle/constitution"
)

// Whatever is read, Parse gives a document or problems that can be told; and
// a document that it gives is written and read back, keeps to the schema, and
// founds the organisation that it describes.
func FuzzParse(f *testing.F) {
	f.Add(read(f, carecoop))
	f.Add(read(f, "testdata/bakery.json"))
	f.Add([]byte(`{"format":"sayround-constitution/1","name":"N","people":[{"id":"p"}],"circles":[{"id":"c","kind":"root","aim":"A","domain":[{"id":"x"}],"participants":[{"person":"p","level":"full"}]}]}`))
	for _, b := range broken {
		f.Add(b.document(f))
	}
	schema := resolved(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := constitution.Parse(data)
		if err != nil {
			require.NotEmpty(t, told(t, err))
			require.NotEmpty(t, err.Error())
			return
		}
		written, err := json.Marshal(c)
		require.NoError(t, err)
		again, err := constitution.Parse(written)
		require.NoError(t, err)
		require.Equal(t, c, again)
		require.NoError(t, valid(schema, written))
		require.Equal(t, image(c), found(t, c.Commands()).Image())
	})
}

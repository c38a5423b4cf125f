package constitution

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the document, for editors
// and for programs in other languages. It tells how a document is written;
// what holds between its parts, as that a parent exists, only [Parse] can tell.
func Schema() []byte { return slices.Clone(schema) }

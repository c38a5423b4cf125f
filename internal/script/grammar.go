package script

import (
	_ "embed"
	"strings"
)

//go:embed doc.go
var manual string

// Grammar returns the grammar of conversations as the package documentation
// has it, so that there is one text of it and no other.
func Grammar() string {
	_, rest, _ := strings.Cut(manual, "//\tfile      = ")
	body, _, _ := strings.Cut("//\tfile      = "+rest, "\n//\n// What the grammar can't say")
	var out strings.Builder
	for line := range strings.Lines(body) {
		out.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), "\t"))
	}
	return out.String() + "\n"
}

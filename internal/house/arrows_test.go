package house_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// arrows says what each room may import, beside the standard library. X imports
// Y only if an X cannot exist without a Y.
var arrows = map[string][]string{
	"circle": {"internal/canon"},
	// Who is behind an id is kept with the words, in a vault. The circle needs nobody's
	// name, and the ledger knows no people, so it is a room of its own.
	"circle/alias":        {"circle", "ledger"},
	"circle/constitution": {"circle", "internal/canon", "internal/lookalike"},
	"proposal":            {"circle", "internal/canon", "internal/snapshot"},
	"objection":           {"circle", "proposal", "internal/canon"},
	"consent": {"circle", "proposal", "objection", "ledger", "internal/canon", "internal/lookalike", "internal/snapshot",
		"github.com/google/uuid", "golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog"},
	"consent/consenttest": {"consent", "circle", "proposal", "objection", "ledger", "internal/canon", "internal/script"},
	"consent/rule":        {"consent", "circle", "internal/canon"},
	"consent/celrule": {"consent", "consent/rule", "circle", "internal/canon",
		"cel.dev/cel-go/cel", "cel.dev/cel-go/common/ast", "cel.dev/cel-go/common/cost", "cel.dev/cel-go/common/env",
		"cel.dev/cel-go/common/operators", "cel.dev/cel-go/common/overloads", "cel.dev/cel-go/common/types",
		"cel.dev/cel-go/common/types/ref", "cel.dev/cel-go/common/types/traits", "cel.dev/cel-go/interpreter"},
	"consent/logbook": {"consent", "circle", "proposal", "objection", "ledger"},

	"ledger":            {"golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog"},
	"ledger/filestore":  {"ledger", "internal/durable", "internal/osfile", "golang.org/x/mod/sumdb/tlog"},
	"ledger/ledgertest": {"ledger"},
	// Who embeds a ledger need not carry the forms in which it is shown to others, nor
	// a server.
	"ledger/tiles": {"ledger", "golang.org/x/mod/sumdb/tlog"},
	// Who keeps no words, or in a vault of their own, need not carry keys; and the
	// files of entries and those of words share nothing, so that neither can harm the
	// other.
	"ledger/vault": {"ledger", "internal/durable", "internal/osfile"},
	// It reads the two files of a vault and knows nothing of what is in them.
	"ledger/vault/escrow": {"filippo.io/age"},
	"ledger/witness":      {"ledger", "golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog"},

	"internal/canon":     {"golang.org/x/text/unicode/norm"},
	"internal/lookalike": {"golang.org/x/text/unicode/norm"}, // names that people could take for one another
	"internal/script":    {},
	"internal/house":     {},
	"internal/hostile":   {}, // tests only: what others may present to us, and what it must get
	"internal/upgrade":   {}, // tests only: what was written once, and every later version opens
	// A disk from which the power is taken, under everything that writes to one.
	"internal/lossy": {"github.com/hanwen/go-fuse/v2/fs", "github.com/hanwen/go-fuse/v2/fuse"},
	// Whole values, derived or not, as bytes that only this very program reads.
	"internal/snapshot": {"internal/canon"},
	// What systems differ in, for the store and for the vault: it says that a file is
	// locked as the ledger says it.
	"internal/osfile": {"ledger"},
	// How far files are known to be durable, for the store and for the vault alike.
	"internal/durable": {"internal/osfile"},
	// Cases of voting rules from elsewhere: judged by the tests of the rules, and by
	// a program on whatever files somebody has.
	"internal/rulecases": {"consent/rule", "consent", "circle", "internal/canon"},
	"internal/lawtest":   {"circle", "internal/canon"},
	// What entries are held to, by tests of the engine that do not know each other.
	"internal/promises": {"consent", "circle", "proposal", "objection"},
	// All that stands around the engine, and fails.
	"internal/simulation": {},
}

// TestArrows holds the plan of the house: who stands on whom.
func TestArrows(t *testing.T) {
	for _, s := range production(t) {
		say(t, forbidden(s.dir(), s.imports()))
	}
}

// forbidden lists the arrows from a room that the plan does not have.
func forbidden(room string, imports []string) []string {
	if strings.HasPrefix(room, "examples/") {
		return nil // a program may use every room
	}
	allowed, known := arrows[room]
	if !known {
		return []string{fmt.Sprintf("%s is a room that the plan does not have: say in internal/house what it may import, and why it is a room of its own", room)}
	}
	var out []string
	for _, path := range imports {
		to := strings.TrimPrefix(path, home+"/")
		if standard(path) || slices.Contains(allowed, to) {
			continue
		}
		out = append(out, fmt.Sprintf("%s must not import %s: it may import %s only", room, to, orNothing(allowed)))
	}
	return out
}

// standard says whether a package comes with Go: its path begins with no
// domain name.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func orNothing(list []string) string {
	if len(list) == 0 {
		return "the standard library"
	}
	return strings.Join(list, ", ") + " and the standard library"
}

// TestArrowsBite shows that a wrong arrow is seen and named.
func TestArrowsBite(t *testing.T) {
	for _, c := range []struct{ room, imports, says string }{
		{"ledger", home + "/circle", "ledger must not import circle: it may import golang.org/x/mod/sumdb/note, golang.org/x/mod/sumdb/tlog and the standard library only"},
		{"circle", home + "/proposal", "circle must not import proposal: it may import internal/canon and the standard library only"},
		{"internal/script", home + "/consent", "internal/script must not import consent: it may import the standard library only"},
		{"proposal", "github.com/google/uuid", "proposal must not import github.com/google/uuid: it may import circle, internal/canon, internal/snapshot and the standard library only"},
		{"consent/votes", home + "/consent", "consent/votes is a room that the plan does not have: say in internal/house what it may import, and why it is a room of its own"},
		{"objection", home + "/circle", ""},
		{"ledger", "crypto/sha256", ""},
		{"examples/quickstart", home + "/consent", ""},
	} {
		got := strings.Join(forbidden(c.room, []string{c.imports}), "\n")
		if got != c.says {
			t.Errorf("from %s to %s:\n got  %q\n want %q", c.room, c.imports, got, c.says)
		}
	}
}

// TestArrowsNameRooms keeps the plan free of rooms that do not exist.
func TestArrowsNameRooms(t *testing.T) {
	there := map[string]bool{}
	for _, s := range sources(t) {
		there[s.dir()] = true
	}
	for room := range arrows {
		if !there[room] {
			t.Errorf("the plan names the room %s, and there is none", room)
		}
	}
}

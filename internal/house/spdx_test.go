package house_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/modfile"
)

// bill asks for the look at the list of what comes with the library, which has to know
// the files of every module:
//
//	go test ./internal/house -run TestBill -bill           hold docs/spdx.json to what there is
//	go test ./internal/house -run TestBill -bill -update   write it anew
var bill = flag.Bool("bill", false, "hold docs/spdx.json to the modules that are required")

// billed are the modules that people embed: the root, and those libraries that others
// may import.
var billed = []string{".", "consent/celrule", "ledger/vault/escrow"}

// licences are known by what stands in their text and in that of no other.
var licences = map[string]string{
	"Apache-2.0":   "Licensed under the Apache License, Version 2.0",
	"BSD-3-Clause": "may be used to endorse or promote products derived from",
	"MIT":          "Permission is hereby granted, free of charge",
	"MPL-2.0":      "Mozilla Public License Version 2.0",
}

// A spdx is a document of that form: https://spdx.github.io/spdx-spec/v2.3/
type spdx struct {
	Version   string         `json:"spdxVersion"`
	Licence   string         `json:"dataLicense"`
	ID        string         `json:"SPDXID"`
	Name      string         `json:"name"`
	Namespace string         `json:"documentNamespace"`
	Creation  spdxCreation   `json:"creationInfo"`
	Packages  []spdxPackage  `json:"packages"`
	Relations []spdxRelation `json:"relationships"`
}

type spdxCreation struct {
	Created  string   `json:"created"`
	Creators []string `json:"creators"`
}

type spdxPackage struct {
	Name      string    `json:"name"`
	ID        string    `json:"SPDXID"`
	Version   string    `json:"versionInfo,omitempty"`
	Location  string    `json:"downloadLocation"`
	Analysed  bool      `json:"filesAnalyzed"`
	Source    string    `json:"sourceInfo,omitempty"` // the hash of all its files, as in go.sum
	Concluded string    `json:"licenseConcluded"`
	Declared  string    `json:"licenseDeclared"`
	Copyright string    `json:"copyrightText"`
	Refs      []spdxRef `json:"externalRefs,omitempty"`
}

type spdxRef struct {
	Category string `json:"referenceCategory"`
	Type     string `json:"referenceType"`
	Locator  string `json:"referenceLocator"`
}

type spdxRelation struct {
	From string `json:"spdxElementId"`
	Type string `json:"relationshipType"`
	To   string `json:"relatedSpdxElement"`
}

// TestBill holds the list of all that comes with the library, with versions, hashes and
// licences, to what is there.
func TestBill(t *testing.T) {
	if !*bill {
		t.Skip("the step supply of .ci/run asks for it (-bill)")
	}
	file := filepath.Join(root(t), "docs", "spdx.json")
	old, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	want := bom(t)
	var was spdx
	if json.Unmarshal(old, &was) == nil && was.Namespace == want.Namespace {
		want.Creation.Created = was.Creation.Created // nothing is new
	}
	text, err := json.MarshalIndent(want, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(old, text) {
		t.Errorf("docs/spdx.json is not the list of what is required now: go test ./internal/house -run TestBill -bill -update")
	}
	t.Logf("%d modules come with the library", len(want.Packages)-len(billed))
}

// bom draws the list from the go.mod files. Its name follows from what is in it.
func bom(t *testing.T) spdx {
	t.Helper()
	s := spdx{Version: "SPDX-2.3", Licence: "CC0-1.0", ID: "SPDXRef-DOCUMENT", Name: "sayround",
		Creation: spdxCreation{time.Now().UTC().Format(time.RFC3339), []string{"Tool: " + home + "/internal/house"}}}
	seen := map[string]bool{}
	for _, dir := range billed {
		mod := module(t, filepath.Join(root(t), dir, "go.mod"))
		own := spdxID(mod.Module.Mod.Path, "")
		s.Packages = append(s.Packages, spdxPackage{Name: mod.Module.Mod.Path, ID: own, Location: "NOASSERTION",
			Concluded: "Apache-2.0", Declared: "Apache-2.0", Copyright: "NOASSERTION"})
		s.Relations = append(s.Relations, spdxRelation{s.ID, "DESCRIBES", own})
		for _, m := range fetched(t, mod.Require) {
			id := spdxID(m.Path, m.Version)
			if !seen[id] {
				seen[id] = true
				s.Packages = append(s.Packages, m.entry(t))
			}
			if w := dependencies[m.Path]; w == testsOnly || w == nowhere {
				s.Relations = append(s.Relations, spdxRelation{id, "TEST_DEPENDENCY_OF", own})
			} else {
				s.Relations = append(s.Relations, spdxRelation{own, "DEPENDS_ON", id})
			}
		}
	}
	content, err := json.Marshal([]any{s.Packages, s.Relations})
	if err != nil {
		t.Fatal(err)
	}
	s.Namespace = fmt.Sprintf("https://%s/spdx/%x", home, sha256.Sum256(content))
	return s
}

// spdxID is a name of the form that the document may hold.
func spdxID(path, version string) string {
	plain := func(r rune) rune {
		if r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}
	return "SPDXRef-" + strings.Map(plain, strings.TrimSuffix(path+"-"+version, "-"))
}

// A fetchedModule is what go mod download tells of one.
type fetchedModule struct{ Path, Version, Dir, Sum string }

// fetched fetches the modules that a go.mod requires, but for the root, and tells where
// their files are.
func fetched(t *testing.T, list []*modfile.Require) (out []fetchedModule) {
	t.Helper()
	args := []string{"mod", "download", "-json"}
	for _, r := range list {
		if r.Mod.Path != home {
			args = append(args, r.Mod.String())
		}
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = root(t)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	in := json.NewDecoder(bytes.NewReader(text))
	for {
		var m fetchedModule
		if err := in.Decode(&m); err == io.EOF {
			slices.SortFunc(out, func(a, b fetchedModule) int { return strings.Compare(a.Path, b.Path) })
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
}

func (m fetchedModule) entry(t *testing.T) spdxPackage {
	t.Helper()
	licence := m.licence(t)
	return spdxPackage{Name: m.Path, ID: spdxID(m.Path, m.Version), Version: m.Version, Location: "https://proxy.golang.org/" + m.Path + "/@v/" + m.Version + ".zip",
		Source: m.Sum, Concluded: licence, Declared: licence, Copyright: "NOASSERTION",
		Refs: []spdxRef{{"PACKAGE-MANAGER", "purl", "pkg:golang/" + m.Path + "@" + m.Version}}}
}

// licence reads the licence of a module. One that is not known is a decision, as the
// module itself is.
func (m fetchedModule) licence(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(m.Dir, "LICENSE*"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for name, says := range licences {
			if strings.Contains(strings.Join(strings.Fields(string(text)), " "), says) && !slices.Contains(found, name) {
				found = append(found, name)
			}
		}
	}
	if len(found) == 0 {
		t.Errorf("%s %s has no licence that we know", m.Path, m.Version)
	}
	slices.Sort(found)
	return strings.Join(found, " AND ")
}

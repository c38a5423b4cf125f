package house_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The reference co-operative's rules (EC) and what co-production asks of an
// engine (CP) have a table of their own: docs/care.md, drawn by
//
//	go test ./internal/house -run TestCare -update
const (
	careRows  = "internal/house/testdata/care.tsv"
	careTable = "docs/care.md"
)

// A careRow is one rule: where it stands, what it says, how certain it is that
// the co-operative has it, and why nothing shows it yet, where nothing does.
type careRow struct {
	id, group, rule, certain, reason string
	shown                            []string
}

// partly says that the rule is shown, and not whole.
func (r *careRow) partly() bool { return strings.HasPrefix(r.reason, "in part: ") }

// TestCare: each rule is shown by a conversation or a test that cites it, or says
// why not, and not both; what is shown in part says what is missing.
func TestCare(t *testing.T) {
	top := root(t)
	list := careRead(t, top)
	cited := gather(t, top, careCites)
	for i := range list {
		list[i].shown = cited[list[i].id]
		delete(cited, list[i].id)
	}
	say(t, careUnsettled(list))
	for id := range cited {
		t.Errorf("%s is cited, and there is no such rule", id)
	}
	kept(t, top, careTable, careDrawn(list), "TestCare")
}

// careUnsettled says of which rules nothing is known, or too much.
func careUnsettled(list []careRow) []string {
	var out []string
	for _, r := range list {
		switch {
		case len(r.shown) == 0 && r.partly():
			out = append(out, fmt.Sprintf("%s is said to be there in part, and nothing shows it", r.id))
		case len(r.shown) == 0 && r.reason == "":
			out = append(out, fmt.Sprintf("%s is shown nowhere, and nothing says why: %s", r.id, r.rule))
		case len(r.shown) > 0 && r.reason != "" && !r.partly():
			out = append(out, fmt.Sprintf("%s is shown by %s, and still said not to be there: %s", r.id, r.shown[0], r.reason))
		}
	}
	return out
}

// TestCareBites shows that each is seen.
func TestCareBites(t *testing.T) {
	got := careUnsettled([]careRow{{id: "EC-1", shown: []string{"TestX"}}, {id: "EC-2"}, {id: "EC-3", reason: "later", shown: []string{"TestX"}}, {id: "EC-4", reason: "later"},
		{id: "EC-5", reason: "in part: not the rest"}, {id: "EC-6", reason: "in part: not the rest", shown: []string{"TestX"}}})
	if len(got) != 3 {
		t.Errorf("%d findings, want 3: %q", len(got), got)
	}
	if got := fmt.Sprint(careCites("(EC-51 to EC-53, CP-7…CP-9) and EC-100, not M-4")); got != "[EC-51 EC-52 EC-53 CP-7 CP-8 CP-9 EC-100]" {
		t.Errorf("citations read: %s", got)
	}
}

func careRead(t *testing.T, top string) []careRow {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, careRows))
	if err != nil {
		t.Fatal(err)
	}
	var out []careRow
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 5 {
			t.Fatalf("%s: %d cells in %q", careRows, len(cells), line)
		}
		out = append(out, careRow{id: cells[0], group: cells[1], rule: cells[2], certain: cells[3], reason: cells[4]})
	}
	return out
}

var careCitation = regexp.MustCompile(`(EC|CP)-(\d+)(?:(?:…|–| to )(?:EC|CP)-(\d+))?`)

// careCites lists the rules that a text cites, ranges too.
func careCites(text string) []string {
	var out []string
	for _, m := range careCitation.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[2])
		to := from
		if m[3] != "" {
			to, _ = strconv.Atoi(m[3])
		}
		for no := from; no <= to; no++ {
			out = append(out, fmt.Sprintf("%s-%d", m[1], no))
		}
	}
	return out
}

// careDrawn draws the table.
func careDrawn(list []careRow) string {
	var b strings.Builder
	there, part := 0, 0
	for _, r := range list {
		switch {
		case r.partly():
			part++
		case len(r.shown) > 0:
			there++
		}
	}
	fmt.Fprintf(&b, "# The rules of the reference co-operative, and where they are shown\n\n")
	fmt.Fprintf(&b, "Drawn by `go test ./internal/house -run TestCare -update`; do not edit. %d of %d are shown by a conversation\n", there, len(list))
	fmt.Fprintf(&b, "or a test that cites them, %d in part; of each other one stands here why it is not there yet. EC are the co-operative's own\n", part)
	fmt.Fprintf(&b, "rules, with how certain it is that it has them; CP is what co-production asks.\n")
	group := ""
	for _, r := range list {
		if r.group != group {
			group = r.group
			fmt.Fprintf(&b, "\n## %s\n\n| rule | what it says | certain | shown by |\n|---|---|---|---|\n", group)
		}
		where := places(row{shown: r.shown, reason: r.reason})
		if r.partly() {
			where += "; " + r.reason
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.id, r.rule, r.certain, where)
	}
	return b.String()
}

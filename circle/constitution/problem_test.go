package constitution_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/circle/constitution"
)

// A change breaks the bakery's document: some text of it is replaced, and
// these are the problems that must be found, each as its place and its code.
type change struct {
	name     string
	old, new string
	want     []string
	schema   bool // the schema refuses it too
}

func (c change) document(t testing.TB) []byte {
	t.Helper()
	text := string(read(t, "testdata/bakery.json"))
	require.Equal(t, 1, strings.Count(text, c.old), "%q stands once in the document", c.old)
	return []byte(strings.Replace(text, c.old, c.new, 1))
}

var broken = []change{
	// The writing.
	{"an unknown key", `"name": "Cia"`, `"nick": "Cia"`, []string{"people[2].nick unknown-field"}, true},
	{"a key twice", `"name": "Cia"`, `"id": "cia"`, []string{"people[2].id document-unreadable"}, false},
	{"null", `"name": "Cia"`, `"name": null`, []string{"people[2].name document-unreadable"}, true},
	{"a fraction", `"guest-minutes": 15`, `"guest-minutes": 1.5`, []string{"circles[1].rules.guest-minutes document-unreadable"}, true},
	{"a number written otherwise", `"guest-minutes": 15`, `"guest-minutes": 15.0`, []string{"circles[1].rules.guest-minutes document-unreadable"}, false},
	{"text for a number", `"guest-minutes": 15`, `"guest-minutes": "15"`, []string{"circles[1].rules.guest-minutes document-unreadable"}, true},
	{"an object for a list", `"supporters": ["ben"]`, `"supporters": {"ben": true}`, []string{"people[0].supporters document-unreadable"}, true},
	{"a period that is none", `"term": "1y"`, `"term": "a year"`, []string{"roles[0].holders[0].term document-unreadable"}, true},
	{"another format", `sayround-constitution/1`, `sayround-constitution/2`, []string{"format other-format"}, true},
	{"a format of the future with its own keys", `sayround-constitution/1"`, `sayround-constitution/2", "seasons": 4`, []string{"format other-format"}, true},

	// What is needed.
	{"no format", `"format": "sayround-constitution/1",`, ``, []string{"format left-out"}, true},
	{"no name", `"name": "The Bakery",`, ``, []string{"name left-out"}, true},
	{"a person without an id", `{"id": "cia", "name": "Cia"}`, `{"name": "Cia"}`,
		[]string{"people[2].id left-out", "circles[0].participants[1].person unknown-person", "roles[1].holders[0].person unknown-person"}, true},
	{"no aim", `"aim": "Bread is ready at seven",`, ``, []string{"circles[2].aim no-aim"}, true},
	{"an aim of nothing but space", `"Bread is ready at seven"`, `"\n "`, []string{"circles[2].aim no-aim"}, true},
	{"no domain", `"domain": [{"id": "baking"}]`, `"domain": []`, []string{"circles[2].domain no-domain"}, true},
	{"a level left out", `{"person": "ana", "level": "full"}`, `{"person": "ana"}`,
		[]string{"circles[1].participants[0].level left-out", "roles[2].holders[0].person facilitator-not-full"}, true},
	{"presence of nobody", `"at-least": 1`, `"at-least": 0`, []string{"circles[1].rules.presence[0].at-least left-out"}, true},
	{"presence of no class", `"classes": ["worker"]`, `"classes": []`, []string{"circles[1].rules.presence[0].classes left-out"}, true},

	// What cannot be.
	{"an empty list", `"tools": ["amend"]`, `"tools": []`, []string{"circles[1].rules.tools says-nothing"}, true},
	{"a person's name like another's", `"name": "Cia"`, `"name": "\u0410na"`, []string{"people[2].name looks-alike"}, false},
	{"a circle's name like another's", `"name": "Bakery Circle"`, `"name": "Counter"`, []string{"circles[1].name looks-alike"}, false},
	{"a name of nothing", `"name": "Bakery Circle"`, `"name": ""`, []string{"circles[1].name says-nothing"}, true},
	{"a need of nothing", `"A quiet room"`, `" "`, []string{"people[1].access[0] says-nothing"}, true},
	{"an id with a space", `{"id": "till"`, `{"id": "the till"`, []string{"roles[3].id bad-value"}, true},
	{"an unknown class", `"class": "worker"`, `"class": "baker"`, []string{"people[0].class bad-value"}, true},
	{"an unknown level", `"level": "learning"`, `"level": "half"`, []string{"circles[0].participants[1].level bad-value"}, true},
	{"a control character", `"name": "Bakery Circle"`, `"name": "Bakery\u0000Circle"`, []string{"circles[1].name bad-value"}, false},
	{"a number below 0", `"guest-minutes": 15`, `"guest-minutes": -15`, []string{"circles[1].rules bad-value"}, true},
	{"an absence policy that contradicts itself", `"silence": "consents"`, `"silence": "wait"`, []string{"circles[1].rules.absence bad-value"}, true},
	{"silence that consents at no time", `, "after": "5d"`, ``, []string{"circles[1].rules.absence bad-value"}, true},
	{"long-term after no time", `"months": 6, "goes"`, `"goes"`, []string{"circles[1].rules.long-term.months left-out"}, true},
	{"an unknown method", `"method": "sofa"`, `"method": "sofas"`, []string{"circles[1].rules.method unknown-method"}, false},
	{"a method with a space", `"method": "sofa"`, `"method": "so fa"`, []string{"circles[1].rules.method bad-value"}, true},
	{"a tool twice", `["amend"]`, `["amend", "amend"]`, []string{"circles[1].rules.tools[1] item-twice"}, true},
	{"a class twice", `"classes": ["worker"]`, `"classes": ["worker", "worker"]`, []string{"circles[1].rules.presence[0].classes[1] item-twice"}, true},
	{"a representative of a person", `"name": "Cia"`, `"name": "Cia", "representative": "ana"`, []string{"people[2].representative no-body"}, false},
	{"a representative whom nobody knows", `"name": "Cia"`, `"body": "seat", "representative": "eve"`, []string{"people[2].representative unknown-person"}, false},
	{"a body that is no kind of one", `"name": "Cia"`, `"body": "ship"`, []string{"people[2].body bad-value"}, true},
	{"a vacancy that nobody knows", `"guest-minutes": 15`, `"seating": {"vacant": "never"}`, []string{"circles[1].rules.seating.vacant bad-value"}, true},
	{"an office from outside that nobody knows", `"guest-minutes": 15`, `"seating": {"outside": "boss"}`, []string{"circles[1].rules.seating.outside bad-value"}, true},
	{"a phase that nobody knows", `"guest-minutes": 15`, `"seating": {"consult": ["voting"]}`, []string{"circles[1].rules.seating.consult[0] bad-value"}, true},
	{"a phase twice", `"guest-minutes": 15`, `"seating": {"consult": ["options", "options"]}`, []string{"circles[1].rules.seating.consult[1] item-twice"}, true},
	{"visitors in a way that nobody knows", `"guest-minutes": 15`, `"seating": {"visitors": "perhaps"}`, []string{"circles[1].rules.seating.visitors bad-value"}, true},
	{"more needs than are recorded together", `"access": ["A quiet room"`, `"access": ["1","2","3","4","5","6","7","8","9","10","11","12","13"`,
		[]string{"people[1].access too-many"}, true},

	{"a rule that is looked at in two rhythms", `"guest-minutes": 15`, `"review": [{"rule": "absence", "every": "1y"}, {"rule": "absence", "every": "2y"}]`, []string{"circles[1].rules bad-value"}, false},
	{"a review of the reviews", `"guest-minutes": 15`, `"review": [{"rule": "review", "every": "1y"}]`, []string{"circles[1].rules bad-value"}, false},
	{"a review of a rule that nobody knows", `"guest-minutes": 15`, `"review": [{"rule": "weather", "every": "1y"}]`, []string{"circles[1].rules.review[0].rule bad-value"}, false},
	{"a review at no time", `"guest-minutes": 15`, `"review": [{"rule": "absence"}]`, []string{"circles[1].rules.review[0].every left-out"}, true},

	// Who acts when a person may be in danger (CP-22).
	{"leads for one circle", `"aim": "Bread is ready at seven",`, `"aim": "Bread", "rules": {"safeguarding": {"leads": ["ana"]}},`, []string{"circles[2].rules.safeguarding safeguarding-at-root"}, false},
	{"nobody who acts", `"guest-minutes": 15`, `"safeguarding": {"within": "2d"}`, []string{"circles[1].rules.safeguarding bad-value"}, true},
	{"a next in line without a time", `"guest-minutes": 15`, `"safeguarding": {"leads": ["ana"], "next": ["cia"]}`, []string{"circles[1].rules.safeguarding bad-value"}, true},
	{"a lead whom nobody knows", `"guest-minutes": 15`, `"safeguarding": {"role": "guard", "leads": ["ana", "ana", "zed"], "within": "2d", "next": ["cia", "ana", "zed"]}`,
		[]string{"circles[1].rules.safeguarding.leads[1] item-twice", "circles[1].rules.safeguarding.leads[2] unknown-person",
			"circles[1].rules.safeguarding.next[2] unknown-person", "circles[1].rules.safeguarding.next[1] item-twice", "circles[1].rules.safeguarding.role unknown-role"}, true},
	// Members.
	{"a class with two rules", `"tools": ["amend"]`, `"tools": ["amend"], "membership": {"classes": [{"class": "worker"}, {"class": "worker"}]}`, []string{"circles[1].rules.membership bad-value"}, false},
	{"rules for members without a class", `"tools": ["amend"]`, `"tools": ["amend"], "membership": {"admits": "bakery"}`, []string{"circles[1].rules.membership.classes left-out"}, true},
	{"an age that nobody has", `"tools": ["amend"]`, `"tools": ["amend"], "membership": {"classes": [{"class": "worker", "asks": [{"fact": "old-enough", "age": 160}]}]}`,
		[]string{"circles[1].rules.membership.classes[0].asks[0] bad-value"}, true},
	{"a circle that is not there admits", `"tools": ["amend"]`, `"tools": ["amend"], "membership": {"admits": "mill", "classes": [{"class": "worker"}]}`, []string{"circles[1].rules.membership.admits unknown-circle"}, false},
	{"rules for members in a circle inside", `{"id": "baking"}]}`, `{"id": "baking"}], "rules": {"membership": {"classes": [{"class": "worker"}]}}}`, []string{"circles[2].rules membership-at-root"}, false},

	{"a reserved matter by a method that nobody knows", `"tools": ["amend"]`, `"tools": ["amend"], "general": {"reserved": [{"matter": "purpose", "method": "shouting"}]}`, []string{"circles[1].rules.general.reserved[0].method unknown-method"}, false},
	{"a removal without a method", `"tools": ["amend"]`, `"tools": ["amend"], "membership": {"classes": [{"class": "worker"}], "removal": {"matter": "expulsion"}}`, []string{"circles[1].rules bad-value"}, false},
	{"what nobody does who has an interest", `"tools": ["amend"]`, `"tools": ["amend"], "interests": {"then": "leaves"}`, []string{"circles[1].rules.interests.then bad-value"}, true},

	// A board.
	{"a board of a role that is not there", `"tools": ["amend"]`, `"tools": ["amend"], "board": {"role": "director", "circle": "oven"}`, []string{"circles[1].rules.board.role unknown-role"}, false},
	{"a board that sits nowhere", `"tools": ["amend"]`, `"tools": ["amend"], "board": {"role": "chair", "circle": "mill"}`, []string{"circles[1].rules.board.circle unknown-circle"}, false},
	{"a board that no link brings there", `"tools": ["amend"]`, `"tools": ["amend"], "board": {"role": "chair", "circle": "oven"}`, []string{"circles[1].rules.board.circle no-link"}, false},
	{"a limit of nobody", `"tools": ["amend"]`, `"tools": ["amend"], "board": {"role": "chair", "circle": "oven", "limits": [{"classes": ["worker"], "most": -1}]}`,
		[]string{"circles[1].rules.board.limits[0] bad-value", "circles[1].rules.board.circle no-link"}, true},
	{"a class twice in a limit", `"tools": ["amend"]`, `"tools": ["amend"], "board": {"role": "chair", "circle": "oven", "limits": [{"classes": ["worker", "worker"], "most": 1}]}`,
		[]string{"circles[1].rules.board.circle no-link", "circles[1].rules.board.limits[0].classes[1] item-twice"}, true},

	// People.
	{"a person twice", `{"id": "cia", "name": "Cia"}`, `{"id": "cia"}, {"id": "cia"}`, []string{"people[3].id taken"}, false},
	{"an unknown supporter", `"supporters": ["ben"]`, `"supporters": ["ben", "dan"]`, []string{"people[0].supporters[1] unknown-person"}, false},
	{"an unknown interpreter", `"supporters": ["ben"]`, `"interpreters": ["ben", "dan"]`, []string{"people[0].interpreters[1] unknown-person"}, false},
	{"one's own interpreter", `"supporters": ["ben"]`, `"interpreters": ["ana"]`, []string{"people[0].interpreters[0] capacities-mixed"}, false},
	{"one's own supporter", `"supporters": ["ben"]`, `"supporters": ["ana"]`, []string{"people[0].supporters[0] self-supporter"}, false},
	{"a supporter twice", `"supporters": ["ben"]`, `"supporters": ["ben", "ben"]`, []string{"people[0].supporters[1] item-twice"}, true},
	{"a format twice", `"formats": ["easy-read"]`, `"formats": ["easy-read", "easy-read"]`, []string{"people[1].formats[1] item-twice"}, true},

	// The tree.
	{"no root", `"kind": "root"`, `"kind": "local"`, []string{"circles[1].parent no-parent", "circles no-root"}, true},
	{"two roots", `"kind": "team", "parent": "bakery"`, `"kind": "root"`,
		[]string{"circles[2].kind second-root", "circles[2].participants nobody-decides"}, true},
	{"a root inside", `"kind": "root"`, `"kind": "root", "parent": "oven"`,
		[]string{"circles[1].parent root-inside"}, true},
	{"an orphan", `"id": "oven", "kind": "team", "parent": "bakery"`, `"id": "oven", "kind": "team", "parent": "mill"`,
		[]string{"circles[2].parent unknown-circle"}, false},
	{"no parent", `"id": "oven", "kind": "team", "parent": "bakery"`, `"id": "oven", "kind": "team"`, []string{"circles[2].parent no-parent"}, true},
	{"its own parent", `"id": "oven", "kind": "team", "parent": "bakery"`, `"id": "oven", "kind": "team", "parent": "oven"`,
		[]string{"circles[2].parent parent-ring"}, false},
	{"a ring of two", `"id": "oven", "kind": "team", "parent": "bakery", "aim": "Bread is ready at seven",
     "domain": [{"id": "baking"}]}`, `"id": "oven", "parent": "mill", "aim": "A", "domain": [{"id": "x"}]},
     {"id": "mill", "parent": "oven", "aim": "A", "domain": [{"id": "x"}]}`, []string{"circles[2].parent parent-ring"}, false},
	{"a circle twice", `"id": "oven"`, `"id": "counter"`, []string{"circles[2].id taken"}, false},
	{"a helping circle", `"kind": "team"`, `"kind": "helping"`, []string{"circles[2].kind helping-later"}, true},

	// Aims and domains.
	{"an aim part twice", `{"id": "good-bread", "text": "good bread"}`, `{"id": "good"}, {"id": "good"}`, []string{"circles[1].aim-parts[1] item-twice"}, false},
	{"an aim part that is the whole", `"id": "good-bread"`, `"id": "aim"`, []string{"circles[1].aim-parts[0].id taken"}, true},
	{"an aim part that is cut from something", `"id": "good-bread"`, `"id": "good-bread", "of": "baking"`, []string{"circles[1].aim-parts[0].of unknown-field"}, true},
	{"an item twice", `{"id": "baking"}]`, `{"id": "baking"}, {"id": "baking"}]`, []string{"circles[2].domain[1] item-twice"}, false},
	{"what nobody holds", `{"id": "baking"}]`, `{"id": "milling"}]`, []string{"circles[2].domain[0] not-held"}, false},
	{"cut from what nobody holds", `{"id": "baking"}]`, `{"id": "crust", "of": "milling"}]`, []string{"circles[2].domain[0] not-held"}, false},
	{"whole to two", `{"id": "hours", "of": "shop", "text": "When the shop is open"}`, `{"id": "baking"}`, []string{"circles[2].domain[0] not-held"}, false},
	{"whole to one and a piece to another", `{"id": "hours", "of": "shop", "text": "When the shop is open"}`, `{"id": "crust", "of": "baking"}`,
		[]string{"circles[0].domain[0] not-held"}, false},
	{"one piece to two", `{"id": "baking"}]`, `{"id": "hours", "of": "shop"}]`, []string{"circles[2].domain[0] not-held"}, false},
	{"pieces of two items under one name", `{"id": "baking"}]`, `{"id": "hours", "of": "baking"}]`, []string{"circles[2].domain[0] not-held"}, false},
	{"a piece by the name of another item", `{"id": "hours", "of": "shop", "text": "When the shop is open"}`, `{"id": "baking", "of": "shop"}`,
		[]string{"circles[0].domain[0].id name-of-another"}, false},
	{"cut from outside the root", `{"id": "shop", "text": "The shop"}`, `{"id": "shop", "of": "street"}`, []string{"circles[1].domain[1].of root-item-of"}, false},
	{"more than fits in one entry", `{"id": "shop", "text": "The shop"}`,
		`{"id": "shop"},{"id":"i3"},{"id":"i4"},{"id":"i5"},{"id":"i6"},{"id":"i7"},{"id":"i8"},{"id":"i9"},{"id":"i10"},{"id":"i11"},{"id":"i12"}`,
		[]string{"circles[1].domain too-many"}, false},

	// Who takes part.
	{"an unknown participant", `{"person": "cia", "level": "learning"}`, `{"person": "dan", "level": "learning"}`,
		[]string{"circles[0].participants[1].person unknown-person"}, false},
	{"a participant twice", `{"person": "cia", "level": "learning"}`, `{"person": "ben", "level": "learning"}`,
		[]string{"circles[0].participants[1] item-twice"}, false},

	// Roles and links.
	{"a role twice", `{"id": "till"`, `{"id": "chair"`, []string{"roles[3].id taken"}, false},
	{"a role of no circle", `{"id": "till", "circle": "counter"`, `{"id": "till", "circle": "mill"`, []string{"roles[3].circle unknown-circle"}, false},
	{"a role of no kind", `, "name": "Till keeper"`, ``, []string{"roles[3] nameless-role"}, true},
	{"an unknown holder", `"name": "Till keeper"`, `"name": "Till keeper", "holders": [{"person": "dan"}]`, []string{"roles[3].holders[0].person unknown-person"}, false},
	{"a holder twice", `"name": "Till keeper"`, `"name": "Till keeper", "holders": [{"person": "cia"}, {"person": "cia"}]`, []string{"roles[3].holders[1] item-twice"}, false},
	{"Leader and Delegate in one", `"holders": [{"person": "cia"}]`, `"holders": [{"person": "cia"}, {"person": "ben"}]`,
		[]string{"roles[1].holders[1].person leader-is-delegate"}, false},
	{"a facilitator on the way there", `{"id": "till", "circle": "counter", "name": "Till keeper"}`,
		`{"id": "till", "circle": "counter", "hat": "facilitator", "holders": [{"person": "cia"}]}`, []string{"roles[3].holders[0].person facilitator-not-full"}, false},
	{"a link past the circle around", `{"circle": "counter", "to": "bakery", "as": "leader"}`, `{"circle": "counter", "to": "oven", "as": "leader"}`,
		[]string{"links[0].to not-broader"}, false},
	{"a link from the root", `{"circle": "counter", "to": "bakery", "as": "leader"}`, `{"circle": "bakery", "to": "oven", "as": "leader"}`,
		[]string{"links[0].to not-broader"}, false},
	{"a link of a circle that is none", `{"circle": "counter", "to": "bakery", "as": "leader"}`, `{"circle": "mill", "to": "bakery", "as": "leader"}`,
		[]string{"links[0].circle unknown-circle"}, false},
	{"a link to a circle that is none", `{"circle": "counter", "to": "bakery", "as": "leader"}`, `{"circle": "counter", "to": "mill", "as": "leader"}`,
		[]string{"links[0].to unknown-circle"}, false},
	{"a link by another hat", `"to": "bakery", "as": "leader"`, `"to": "bakery", "as": "secretary"`, []string{"links[0].as not-a-link"}, true},
	{"a link twice", `"to": "bakery", "as": "leader"`, `"to": "bakery", "as": "delegate"`, []string{"links[1] item-twice"}, true},
}

// told gives each problem as its place and its code.
func told(t testing.TB, err error) []string {
	t.Helper()
	var problems constitution.Problems
	require.ErrorAs(t, err, &problems)
	var out []string
	for _, p := range problems {
		out = append(out, p.Path+" "+p.Why.Code.ID)
	}
	return out
}

func TestProblems(t *testing.T) {
	for _, b := range broken {
		t.Run(b.name, func(t *testing.T) {
			c, err := constitution.Parse(b.document(t), methods()...)
			require.Nil(t, c)
			require.Equal(t, b.want, told(t, err))
			require.NotContains(t, err.Error(), "{", "every fact is filled in")
			require.NotContains(t, err.Error(), "}")
		})
	}
}

// Every way to be refused has a document above that is refused so.
func TestEveryProblemIsShown(t *testing.T) {
	var shown []string
	for _, b := range broken {
		for _, w := range b.want {
			_, code, _ := strings.Cut(w, " ")
			shown = append(shown, code)
		}
	}
	for _, c := range constitution.Codes() {
		if c != constitution.TooLarge { // see TestTheWholeIsReadOrNothing
			require.Contains(t, shown, c.ID)
		}
		require.NotEmpty(t, c.Says)
		require.False(t, slices.ContainsFunc(circle.Codes(), func(o *circle.Code) bool { return o.ID == c.ID }), "%s is a code of package circle", c.ID)
	}
}

// All problems are told at once, and the error is each of them.
func TestAllProblemsAtOnce(t *testing.T) {
	_, err := constitution.Parse([]byte(`{
		"format": "sayround-constitution/1", "name": "All at once",
		"people": [{"id": "Ana"}, {"id": "ben", "supporters": ["ben", "cia"]}],
		"circles": [
			{"id": "a", "kind": "root", "domain": [{"id": "x"}], "rules": {"absence": {"silence": "consents"}}},
			{"id": "b", "parent": "c", "aim": "B", "domain": [{"id": "x"}]},
			{"id": "c", "parent": "b", "aim": "C", "domain": [{"id": "y"}]}
		],
		"links": [{"circle": "b", "to": "a", "as": "secretary"}]
	}`))
	require.Equal(t, []string{
		"people[0].id bad-value",
		"circles[0].aim no-aim",
		"circles[0].rules.absence bad-value",
		"people[1].supporters[0] self-supporter",
		"people[1].supporters[1] unknown-person",
		"circles[1].parent parent-ring",
		"circles[1].domain[0] not-held",
		"circles[2].domain[0] not-held",
		"links[0].to not-broader",
		"links[0].as not-a-link",
		"circles[0].participants nobody-decides",
	}, told(t, err))
	require.ErrorIs(t, err, circle.ErrNotValid)
	require.ErrorIs(t, err, circle.ErrNotKnown)
	require.False(t, errors.Is(err, circle.ErrTaken))
	var one constitution.Problem
	require.ErrorAs(t, err, &one)
	require.Equal(t, circle.InEngine, one.Why.Code.Stands)
	require.Equal(t, 11, strings.Count(err.Error(), "\n")+1, "one line each")
}

// A method is looked up only where the caller says which there are.
func TestMethodsAreTheEnginesToKnow(t *testing.T) {
	odd := change{old: `"sofa"`, new: `"our-own"`}.document(t)
	_, err := constitution.Parse(odd)
	require.NoError(t, err)
	_, err = constitution.Parse(odd, "plain", "sofa")
	require.EqualError(t, err, "circles[1].rules.method: Nobody knows the method our-own. Known are plain and sofa.")
	_, err = constitution.Parse(odd, "plain", "our-own")
	require.NoError(t, err)
}

func TestTheWholeIsReadOrNothing(t *testing.T) {
	sound := string(read(t, "testdata/bakery.json"))
	for name, text := range map[string]string{
		"nothing":               "",
		"half":                  sound[:len(sound)/2],
		"something behind":      sound + "{}",
		"a list":                "[" + sound + "]",
		"null":                  "null",
		"a comment":             "// the bakery\n" + sound,
		"a comma too many":      strings.Replace(sound, `"ben"]},`, `"ben",]},`, 1),
		"not UTF-8":             strings.Replace(sound, "Cia", "C\xffa", 1),
		"half a surrogate pair": strings.Replace(sound, "Cia", `\ud800`, 1),
		"nested without end":    strings.Repeat("[", 100_000),
	} {
		c, err := constitution.Parse([]byte(text))
		require.Nil(t, c, name)
		require.Len(t, told(t, err), 1, name)
		require.ErrorIs(t, err, circle.ErrNotValid, name)
	}

	full := sound + strings.Repeat(" ", constitution.MaxDocument-len(sound))
	parse(t, []byte(full))
	_, err := constitution.Parse([]byte(full + " "))
	require.Equal(t, []string{" document-too-large"}, told(t, err))
	require.EqualError(t, err, "The document holds 1048577 bytes, and 1048576 is the most.")
}

// The line is told, for people look for lines.
func TestUnreadableTellsTheLine(t *testing.T) {
	text := change{old: `"name": "Cia"`, new: `"name": Cia`}.document(t)
	_, err := constitution.Parse(text)
	require.EqualError(t, err, "people[2].name: Line 7 cannot be read: a text is wanted here.")
}

// A catalogue says the sentences in an organisation's own words.
func TestProblemInOwnWords(t *testing.T) {
	_, err := constitution.Parse(change{old: `"kind": "team"`, new: `"kind": "helping"`}.document(t))
	var p constitution.Problem
	require.ErrorAs(t, err, &p)
	require.Equal(t, "circles[2].kind: oven hilft, und das kommt später.", p.In(circle.Words{"helping-later": "{circle} hilft, und das kommt später."}))
}

// A document of the largest size is checked in time that grows with its size.
func TestManyCircles(t *testing.T) {
	var text strings.Builder
	text.WriteString(`{"format":"sayround-constitution/1","name":"N","people":[{"id":"p"}],"circles":[
		{"id":"c0","kind":"root","aim":"A","domain":[{"id":"x"}],"participants":[{"person":"p","level":"full"}]}`)
	const n = 12_000
	for i := 1; i < n; i++ {
		fmt.Fprintf(&text, `,{"id":"c%d","parent":"c%d","aim":"A","domain":[{"id":"x"}]}`, i, i-1)
	}
	text.WriteString(`]}`)
	c := parse(t, []byte(text.String()))
	commands := c.Commands()
	require.Len(t, commands, 1+1+n-1+1+1)
	require.Equal(t, circle.ID("c11999"), commands[n].(circle.Open).ID)
}

// Whatever a program has put together, Commands ends.
func TestCommandsOfAnUnsoundDocument(t *testing.T) {
	var c constitution.Constitution
	require.Error(t, c.Check())
	require.Equal(t, []circle.Command{circle.EndFounding{}}, c.Commands())
	c.Circles = []constitution.Circle{{}, {ID: "a", Parent: "a"}, {ID: "b"}, {ID: "b"}, {ID: "d", Parent: "b"}}
	require.Error(t, c.Check())
	require.Len(t, c.Commands(), 5)
}

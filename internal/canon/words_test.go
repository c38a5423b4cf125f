package canon_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/canon"
)

// card has its fields in the order in which people think of them.
type card struct {
	Who    string    `json:"who"`
	Colour colour    `json:"colour,omitempty"`
	Tags   []colour  `json:"tags,omitempty"`
	Pace   pace      `json:"pace,omitempty"`
	Count  int       `json:"count,omitempty"`
	Size   uint8     `json:"size,omitempty"`
	Mood   mood      `json:"mood,omitempty"`
	On     bool      `json:"on,omitempty"`
	At     time.Time `json:"at,omitempty"`
	Leaf   leaf      `json:"leaf,omitempty"`
	Far    *leaf     `json:"far,omitempty"`
	Leaves []leaf    `json:"leaves,omitempty"`
	Said   saying    `json:"said,omitempty"`
	Thing  thing     `json:"thing,omitempty"`
	Things []thing   `json:"things,omitempty"`
	Two    [2]int    `json:"two,omitempty"`
	hidden int
}

func (card) Wire() string { return "room.carded" }

// TestFields: what a command holds, for people, in the order in which it is
// declared.
func TestFields(t *testing.T) {
	inLeaf := []canon.Field{{Name: "n", Kind: "number"}, {Name: "s", Kind: "text"}}
	want := []canon.Field{
		{Name: "who", Required: true, Kind: "text"},
		{Name: "colour", Kind: "red|green"},
		{Name: "tags", Kind: "list of red|green"},
		{Name: "pace", Kind: "pace"},
		{Name: "count", Kind: "number"},
		{Name: "size", Kind: "number"},
		{Name: "mood", Kind: "number"},
		{Name: "on", Kind: "true|false"},
		{Name: "at", Kind: "time"},
		{Name: "leaf", Kind: "object", Fields: inLeaf},
		{Name: "far", Kind: "object", Fields: inLeaf},
		{Name: "leaves", Kind: "list of object", Fields: inLeaf},
		{Name: "said", Kind: "words"},
		{Name: "thing", Kind: "command"},
		{Name: "things", Kind: "list of command"},
		{Name: "two", Kind: "list of number"},
	}
	require.Equal(t, want, canon.Fields(card{hidden: 1}))
	require.Equal(t, want, canon.Fields(&card{}))
	require.Empty(t, canon.Fields(empty{}))
}

// TestCheck: the first field that is missing or not sound, by its place.
func TestCheck(t *testing.T) {
	sound := card{Who: "ana", Colour: "red", Tags: []colour{"green"}, Said: say("hello"), Things: []thing{&note{By: "ben"}}}
	require.Nil(t, canon.Check(sound))
	require.Nil(t, canon.Check(&sound))
	p := &sound
	require.Nil(t, canon.Check(&p))
	require.Nil(t, canon.Check(empty{}))

	for _, r := range []struct {
		change  func(*card)
		path    string
		missing bool
	}{
		{func(c *card) { c.Who = "" }, "who", true},
		{func(c *card) { c.Colour = "blue" }, "colour", false},
		{func(c *card) { c.Tags[0] = "" }, "tags", false},
		{func(c *card) { c.Said = say("") }, "said", false},
		{func(c *card) { c.Thing = &note{} }, "thing.by", true},
		{func(c *card) { c.Thing = note{} }, "thing.by", true},
		{func(c *card) { c.Thing = &note{By: "ben", What: say("")} }, "thing.what", false},
		{func(c *card) { c.Things[0] = nil }, "things", true},
		{func(c *card) { c.Things[0] = &bag{In: []thing{&noteV2{}}} }, "things.in.who", true},
	} {
		c := sound
		c.Tags, c.Things = []colour{"green"}, []thing{&note{By: "ben"}}
		r.change(&c)
		bad := canon.Check(&c)
		require.NotNil(t, bad, r.path)
		require.Equal(t, r.path, bad.Path)
		require.Equal(t, r.missing, bad.Missing, r.path)
		require.Equal(t, !r.missing, bad.Err != nil, r.path)
	}
	require.Equal(t, &canon.Problem{Path: "leaves", Missing: true}, canon.Check(stem{Must: "m"}))
	require.Equal(t, "in.leaves.must", canon.Check(&struct {
		In *struct {
			Leaves [1]stem `json:"leaves"`
		} `json:"in"`
	}{In: &struct {
		Leaves [1]stem `json:"leaves"`
	}{[1]stem{{Leaves: []leaf{{}}}}}}).Path)
}

func large() card {
	return card{Who: "ana b", Colour: "red", Tags: []colour{"red", "green"}, Pace: pace{3}, Count: -1, Size: 2, Mood: 1, On: true,
		At: time.Date(2026, 3, 2, 12, 0, 0, 0, time.FixedZone("away", 7200)), Leaf: leaf{1, "x"}, Far: &leaf{S: "far"},
		Leaves: []leaf{{}, {N: 2}}, Said: kept(1, 2), Thing: &note{By: "ben"}, Things: []thing{&empty{}, noteV2{Who: "cia"}}, Two: [2]int{1, 2}}
}

// TestLine: an event for people, in one line, without what people said.
func TestLine(t *testing.T) {
	require.Equal(t, `room.carded who="ana b" colour=red tags=[red,green] pace=3/s count=-1 size=2 mood="not calm" on=true at=2026-03-02T10:00:00Z`+
		` leaf={n=1 s=x} far={s=far} leaves=[{},{n=2}] thing={room.noted by=ben} things=[{room.emptied},{room.noted who=cia}] two=[1,2]`,
		canon.Line(large()))
	c := large()
	require.Equal(t, canon.Line(c), canon.Line(&c))
	require.Equal(t, `room.carded who=""`, canon.Line(card{}), "what must be given is said, also when it is empty")
	require.Equal(t, "room.emptied", canon.Line(empty{}))
	require.NotContains(t, canon.Line(note{By: "ana", What: say("secret")}), "secret")
	for word, want := range map[string]string{"a=b": `"a=b"`, `a"b c\`: `"a\"b c\\"`, "a,b": `"a,b"`, "[a]": `"[a]"`, "{a}": `"{a}"`, "ä-b": "ä-b"} {
		require.Equal(t, "room.noted who="+want, canon.Line(noteV2{Who: word}))
	}
}

// TestShow: a state for people, a line for each field that is set.
func TestShow(t *testing.T) {
	c := large()
	c.Things[1] = &noteV2{Who: "cia"}
	require.Equal(t, []string{`who="ana b"`, "colour=red", "tags=[red,green]", "pace={n=3}", "count=-1", "size=2", `mood="not calm"`, "on=true",
		"at=2026-03-02T10:00:00Z", "leaf={n=1 s=x}", "far={s=far}", "leaves=[{},{n=2}]", "thing={room.noted by=ben}",
		"things=[{room.emptied},{room.noted who=cia}]", `two="[1 2]"`}, canon.Show(c))
	require.Equal(t, canon.Show(c), canon.Show(&c))
	require.Empty(t, canon.Show(card{}))
	require.Equal(t, []string{"domain-checked=true", "by-id=a"}, canon.Show(struct {
		DomainChecked bool
		ByID          string
	}{true, "a"}))
}

// TestLineOfSayings: what people said is left out, also in a list.
func TestLineOfSayings(t *testing.T) {
	require.Equal(t, "room.collected list=[a]", canon.Line(album{List: []string{"a"}, Shared: []saying{kept(1, 2), kept(1, 3)}}))
	require.Equal(t, []string{"list=[a]"}, canon.Show(album{List: []string{"a"}, Shared: []saying{kept(1, 2)}}))
}

// TestNumbersFitEverywhere: S9, what a command says on one machine can be read on any.
func TestNumbersFitEverywhere(t *testing.T) {
	for n, sound := range map[int64]bool{0: true, canon.MaxNumber: true, -canon.MaxNumber: true, canon.MaxNumber + 1: false, -canon.MaxNumber - 1: false} {
		if int64(int(n)) != n {
			continue // this machine has no such number
		}
		bad := canon.Check(card{Who: "ana", Count: int(n)})
		require.Equal(t, sound, bad == nil, n)
		if bad != nil {
			require.Equal(t, "count", bad.Path)
			require.ErrorContains(t, bad.Err, "2147483647")
		}
	}
	require.Nil(t, canon.Check(sheet{Must: "x", Large: canon.MaxInt}))
}

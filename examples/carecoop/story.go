package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// A chapter is one scenario of the reference organisation, or the life around
// them.
type chapter struct {
	key    string // for -only
	title  string
	scenes []scene
}

// life is the key of what goes on between the scenes.
const life = "life"

// chapters are told side by side, each scene on its day.
func chapters() []chapter {
	return []chapter{
		{"4a", "A. Notes get lost: a policy, two objections, and what became of them", scenario},
		{"4b", "B. Who speaks for us? The Valley Circle selects its Delegate", selection},
		{"4c", "C. No consent, an appeal, and the vote of all members", visits()},
		{life, "", months()},
	}
}

// A telling is one scene in its chapter.
type telling struct {
	chapter string
	opens   string // the title of the chapter, at its first scene
	scene
}

// story is what is told: all chapters, or one of them; day by day.
func story(only string) ([]telling, error) {
	var out []telling
	var keys []string
	for _, c := range chapters() {
		if c.key != life {
			keys = append(keys, c.key)
		}
		if only != "" && (only != c.key || only == life) {
			continue
		}
		for i, s := range c.scenes {
			t := telling{chapter: c.key, scene: s}
			if i == 0 {
				t.opens = c.title
			}
			out = append(out, t)
		}
	}
	if out == nil {
		return nil, fmt.Errorf("there is no story %q: there are %s", only, strings.Join(keys, ", "))
	}
	slices.SortStableFunc(out, func(a, b telling) int { return a.day - b.day })
	return out, nil
}

// upTo cuts the story after a scene.
func upTo(list []telling, until string) ([]telling, error) {
	if until == "" {
		return list, nil
	}
	last := slices.IndexFunc(list, func(t telling) bool { return t.number == until })
	if last < 0 {
		return nil, fmt.Errorf("there is no scene %q", until)
	}
	return list[:last+1], nil
}

// id is the id of the command of an act, under which it takes effect once
// however often the story is told.
func (t telling) id(i int) string {
	return strings.ToLower(fmt.Sprintf("%s-%s-%d", t.chapter, t.number, i))
}

// --- how scenes are written -----------------------------------------------------

// note is a line of the story in which nobody does anything.
func note(words string, a ...any) act { return act{says: fmt.Sprintf(words, a...)} }

// asks is a question to a circle, with what its consent carries out.
func asks(by circle.PersonID, id proposal.ID, of circle.ID, says, question string, deeds ...circle.Deed) act {
	return act{by: by, says: says, cmd: ask(id, of, question, deeds...)}
}

// turns are acts whose order is that of the round in which they are.
func turns(list []act) []act {
	for i := range list {
		list[i].turn = true
	}
	return list
}

// quiet are acts that are not told one by one.
func quiet(list []act) []act {
	for i := range list {
		list[i].quiet = true
	}
	return list
}

// tells lets the teller look into the ledger and say what is there.
func tells(f func(context.Context, *teller) error) act { return act{tells: f} }

// all are lists of people, one behind the other.
func all(lists ...[]circle.PersonID) []circle.PersonID { return slices.Concat(lists...) }

package consent_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/secure/precis"
	"pgregory.net/rapid"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// TestLooksAlike: reliability §5.3, threat 26: nobody gets a name that people could take
// for that of another person, circle or role of the circle; by no way to give a name.
// The refusal says whose the other is, and not the name (P6).
func TestLooksAlike(t *testing.T) {
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: den, Name: text("Bakery"), Aim: text("Bread"), Domain: []circle.Item{{ID: "baking", Text: text("Baking")}, {ID: "rye", Text: text("Rye")}}})
	admit := func(id circle.PersonID, name string) circle.Admit {
		a := circle.Admit{ID: id}
		if name != "" {
			a.Name = text(name)
		}
		return a
	}
	w.must(host, admit(ana, "Ana Costa"))
	w.must(host, admit(ben, ""))
	w.must(host, admit("beh", "")) // the id of a person is nobody's to see
	w.must(host, circle.Join{Circle: den, Person: ana, Level: circle.Full})
	w.must(host, circle.CreateRole{ID: "till-1", Circle: den})
	w.must(host, circle.CreateRole{ID: "oven", Circle: den, Name: text("Oven")})
	open := func(name string) circle.Open {
		return circle.Open{ID: "c2", Parent: den, Type: circle.Local, Name: text(name), Aim: text("x"), Domain: []circle.Item{{ID: "rye", Text: text("Rye")}}}
	}
	for _, c := range []struct {
		cmd   consent.Command
		other string
	}{
		{admit(cia, "\u0410na Costa"), "ana"},
		{admit(cia, "Ana  C\u043esta"), "ana"},
		{admit(cia, "ana costa"), "ana"},
		{open("B\u0430kery"), "den"},
		{open("Den"), ""},
		{circle.CreateRole{ID: "shop", Circle: den, Name: text("B\u0430kery")}, ""}, // a role is not taken for a circle
		{circle.CreateRole{ID: "till-l", Circle: den}, "till-1"},
		{circle.CreateRole{ID: "stove", Circle: den, Name: text("0ven")}, "oven"},
		{circle.CreateRole{ID: "stove", Circle: den, Name: text("Till-I")}, "till-1"},
	} {
		_, no := w.give(host, c.cmd)
		if c.other == "" {
			require.Nil(t, no, "den has another name than its id, and what is of another kind is not taken for it")
			continue
		}
		require.NotNil(t, no, "%+v", c.cmd)
		require.Equal(t, circle.LooksAlike, no.Code, "%v", no)
		require.Equal(t, c.other, no.Fact("other"))
		require.NotContains(t, no.Error(), "Costa")
	}
	w.must(host, admit(cia, "Ana Costa Reis"))
	w.must(host, admit(dan, "Daniel"))
	w.no(circle.LooksAlike, ana, consent.Ask{ID: "q", Circle: den, Question: text("?"), Enacts: []circle.Deed{circle.CreateRole{ID: "o2", Circle: den, Name: text("\u039fven")}}})
	w.no(circle.LooksAlike, ana, consent.Ask{ID: "q", Circle: den, Question: text("?"), Enacts: []circle.Deed{
		circle.CreateRole{ID: "o2", Circle: den, Name: text("Kiln")}, circle.CreateRole{ID: "o3", Circle: den, Name: text("KiIn")}}})
	w.no(circle.LooksAlike, ana, proposal.Submit{ID: "q", Circle: den, Text: text("?"), Term: months, Enacts: []circle.Deed{circle.Redefine{Change: "ch", Circle: "c2", Name: text("B\u0430kery")}}})
	w.no(consent.BadField, host, admit("eve", "Eve\u202e"))
	w.replays()
}

// TestErasedNamesAreFree: a name that nobody can read any more is nobody's, and one that
// was put right is taken as it reads now.
func TestErasedNamesAreFree(t *testing.T) {
	w, v := forgettable(t)
	admit := func(id circle.PersonID, name string) circle.Admit { return circle.Admit{ID: id, Name: text(name)} }
	propose := func(id circle.PersonID, name string) consent.Ask {
		return consent.Ask{ID: proposal.ID("ask-" + id), Circle: den, Question: text("?"), Enacts: []circle.Deed{admit(id, name)}}
	}
	w.must(ana, propose("kim", "Kim Lee"))
	w.consents("ask-kim", ana, ben, cia)
	w.no(circle.LooksAlike, ana, propose("tom", "Kirn Lee"))
	var name circle.Text
	w.engine.Look(func(s *consent.State) { name = s.Org.Person("kim").Name })
	require.False(t, name.IsZero())
	pos, part := name.Place()
	e, err := w.engine.Entry(t.Context(), pos)
	require.NoError(t, err)
	c, err := ledger.ParseCommitment(e.Parts[part-1].Commitment)
	require.NoError(t, err)
	_, err = v.EraseParts(t.Context(), c)
	require.NoError(t, err)
	w.must(ana, propose("tom", "Kirn Lee"))
}

// TestLostNamesAreFree: so is a name that was lost, or that is damaged: nobody else waits for it to be found.
func TestLostNamesAreFree(t *testing.T) {
	for _, gone := range []error{ledger.ErrNoPart, &ledger.CorruptError{Part: "the name of ana"}} {
		vault := &forgetful{badVault: badVault{Memory: &ledger.Memory{}}}
		w := emptyWorld(t, func(c *consent.Config) { c.Vault = vault })
		w.must(host, circle.Found{ID: den, Aim: text("Bread")})
		r := w.must(host, circle.Admit{ID: ana, Name: text("Ana")})
		w.no(circle.LooksAlike, host, circle.Admit{ID: ben, Name: text("ANA")})
		e, err := w.engine.Entry(t.Context(), r.Position)
		require.NoError(t, err)
		vault.gone = map[string]error{e.Parts[0].Commitment: gone}
		w.must(host, circle.Admit{ID: ben, Name: text("ANA")})
	}
}

// TestPutRightNames: a name that is put right may not look like another, either.
func TestPutRightNames(t *testing.T) {
	v := &ledger.Memory{}
	w := emptyWorld(t, func(c *consent.Config) { c.Vault = v })
	w.must(host, circle.Found{ID: den, Aim: text("Bread"), Domain: []circle.Item{{ID: "baking", Text: text("Baking")}}})
	w.must(host, circle.Admit{ID: ana, Name: text("Ana")})
	w.must(host, circle.Admit{ID: ben, Name: text("Ben")})
	var name circle.Text
	w.engine.Look(func(s *consent.State) { name = s.Org.Person(ben).Name })
	_, err := w.engine.Rectify(context.Background(), circle.Actor{By: host}, right(name, "\u0410na"))
	w.refused(circle.LooksAlike, err)
	_, err = w.engine.Rectify(context.Background(), circle.Actor{By: host}, right(name, "Benno"))
	require.NoError(t, err)
	w.no(circle.LooksAlike, host, circle.Admit{ID: cia, Name: text("BENNO")})
	w.must(host, circle.Admit{ID: cia, Name: text("Ben")})
}

// TestIDsAreHandles: an id is the same to everybody: whatever may be one is a handle of
// PRECIS (UsernameCaseMapped) in its one form, and no two of them are the same handle.
func TestIDsAreHandles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[a-z0-9][a-z0-9-]{0,20}`).Draw(t, "id")
		require.NoError(t, circle.CheckID(id))
		handle, err := precis.UsernameCaseMapped.String(id)
		require.NoError(t, err)
		require.Equal(t, id, handle)
	})
	for _, id := range []string{"Ana", "\u0430na", "an\u200da", "ana b", "\uff41na", "ana\u202e", "a\u0301na"} {
		require.Error(t, circle.CheckID(id), "%q", id)
	}
}

// TestNamesThatMayBe: names are held apart where people could take one for the other: two people, two circles, or two roles of one
// circle. Another circle's role, something of another kind, oneself and what has ended take no name away.
func TestNamesThatMayBe(t *testing.T) {
	begin := func(t *testing.T) *world {
		w := emptyWorld(t)
		w.must(host, circle.Found{ID: den, Name: text("Den"), Aim: text("Bread"), Members: []circle.PersonID{ana},
			Domain: []circle.Item{{ID: "baking", Text: text("Baking")}, {ID: "rye", Text: text("Rye")}, {ID: "oats", Text: text("Oats")}}})
		w.must(host, circle.Open{ID: "mill", Parent: den, Name: text("Mill"), Aim: text("Flour"), Domain: []circle.Item{{ID: "rye", Text: text("Rye")}}, Members: []circle.PersonID{ana}})
		w.must(host, circle.CreateRole{ID: "oven", Circle: den, Name: text("Oven")})
		w.must(host, circle.CreateRole{ID: "stone", Circle: "mill", Name: text("Stone")})
		return w
	}
	does := func(deeds ...circle.Deed) consent.Ask {
		return consent.Ask{ID: "q", Circle: den, Question: text("Do we?"), Enacts: deeds}
	}
	opens := func(name string) circle.Open {
		return circle.Open{ID: "shop", Parent: den, Name: text(name), Aim: text("Bread"), Domain: []circle.Item{{ID: "oats", Text: text("Oats")}}}
	}
	role := func(of circle.ID, name string) circle.CreateRole {
		return circle.CreateRole{ID: "new", Circle: of, Name: text(name)}
	}
	ends := []circle.RoleGoes{{Role: "stone"}}
	for what, c := range map[string]struct {
		before circle.Deed
		cmd    consent.Command
		alike  bool
	}{
		"two roles of a circle":                {nil, does(role(den, "0ven")), true},
		"roles of two circles":                 {nil, does(role(den, "St0ne")), false},
		"a role of two circles, at once":       {nil, does(role(den, "Key"), circle.CreateRole{ID: "keys", Circle: "mill", Name: text("Key")}), false},
		"a role and a person, at once":         {nil, does(role(den, "Tom"), circle.Admit{ID: "tom", Name: text("Tom")}), false},
		"two people, at once":                  {nil, does(circle.Admit{ID: "tim", Name: text("Tim")}, circle.Admit{ID: "tom", Name: text("Tim")}), true},
		"a role, after one without a name":     {nil, does(circle.Admit{ID: "tom"}, role(den, "0ven")), true},
		"a role like a circle":                 {nil, does(role(den, "Mill")), false},
		"a circle like a role":                 {nil, does(opens("Oven")), false},
		"two circles":                          {nil, does(opens("Mi1l")), true},
		"a circle that is closed":              {circle.Dissolve{Circle: "mill", Roles: ends}, does(opens("Mi1l")), false},
		"a role that has ended":                {circle.TurnIntoCircle{Role: "oven", ID: "ovens", Name: text("Ovens"), Aim: text("Heat"), Domain: []circle.Item{{ID: "oats", Text: text("Oats")}}}, does(role(den, "0ven")), false},
		"oneself, written otherwise":           {nil, does(circle.Redefine{Change: "ch", Circle: "mill", Name: text("MILL")}), false},
		"a circle that turns into a role":      {nil, does(circle.TurnIntoRole{Circle: "mill", Role: "new", Name: text("0ven"), Roles: ends}), true},
		"one that turns into a role of theirs": {nil, does(circle.TurnIntoRole{Circle: "mill", Role: "new", Name: text("Grinder"), Roles: ends}), false},
	} {
		t.Run(what, func(t *testing.T) {
			w := begin(t)
			if c.before != nil {
				w.must(ana, consent.Ask{ID: "before", Circle: den, Question: text("Do we?"), Enacts: []circle.Deed{c.before}})
				w.consents("before", ana)
			}
			if c.alike {
				w.no(circle.LooksAlike, ana, c.cmd)
			} else {
				w.must(ana, c.cmd)
			}
			w.replays()
		})
	}
	begin(t).no(circle.UnknownCircle, ana, does(circle.TurnIntoRole{Circle: "nowhere", Role: "new", Name: text("Key")}))
}

// TestErasedByNobodyKnown: words that bear the mark of an erasure which no entry tells of are gone, and nobody knows since when.
func TestErasedByNobodyKnown(t *testing.T) {
	w, v := forgettable(t)
	w.must(ana, proposal.OpenNeed{ID: "n", Circle: den, Text: text("It is cold")})
	words := w.need("n")
	pos, part := words.Place()
	e, err := w.engine.Entry(t.Context(), pos)
	require.NoError(t, err)
	c, err := ledger.ParseCommitment(e.Parts[part-1].Commitment)
	require.NoError(t, err)
	_, err = v.ErasePartsAs(t.Context(), "no-entry", c)
	require.NoError(t, err)
	said, err := w.engine.Said(t.Context(), words)
	require.NoError(t, err)
	require.Equal(t, &consent.Gone{}, said.Gone)
}

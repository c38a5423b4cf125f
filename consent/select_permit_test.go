package consent_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// TestNextToPropose: who is named as the next to propose somebody can do it (M-219,
// M-222). The exploration of worlds found that they were named where they could not.
func TestNextToPropose(t *testing.T) {
	discards := consent.DiscardCandidate{Proposal: "p", Reason: reason}
	for _, r := range []struct {
		name  string
		given func(w *world)
		what  string
		who   []circle.PersonID
	}{
		{"who facilitates", whoNamed("ben", "ben", "cia"), "consent.propose-candidate", []circle.PersonID{ana}},
		{"who was asked to", func(w *world) {
			whoNamed("ben", "ana", "ana")(w)
			w.must(ana, consent.AskToPropose{Proposal: "p", Person: cia})
		}, "consent.propose-candidate", []circle.PersonID{cia}},
		{"not who was asked to, where only they are left", func(w *world) {
			whoNamed("ben", "cia", "ben")(w)
			w.must(ana, consent.AskToPropose{Proposal: "p", Person: cia})
			w.proposes(ana, "ben")
			w.must(ana, discards)
		}, "consent.propose-candidate", []circle.PersonID{ana}},
		{"another is asked, where only who facilitates is left", whoNamed("ana", "ana", "ana"), "consent.ask-to-propose", []circle.PersonID{ana}},
		{"people name somebody anew, where nobody is left", func(w *world) {
			whoNamed("ben", "ben", "ben")(w)
			w.proposes(ana, "ben")
			w.must(ana, discards)
		}, "consent.open-round", []circle.PersonID{ana}},
	} {
		t.Run(r.name, func(t *testing.T) {
			w := newSelecting(t)
			r.given(w)
			require.Equal(t, []consent.Awaited{{Who: r.who, What: r.what, Of: "p"}}, w.engine.Next("p"))
		})
	}
}

// newSelecting is a circle that selects, with somebody who facilitates.
func newSelecting(t *testing.T) *world {
	w := walking(t, nil, setting{Full: 3, Facilitator: ana})
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes"), Term: months})
	return w
}

// TestPermittedInSelection: what nobody could do now, Permitted does not offer: to
// change a nomination outside the change round, to discard whom nobody proposed, to
// reveal what is not sealed, to accept what one was not chosen for.
func TestPermittedInSelection(t *testing.T) {
	w := newSelecting(t)
	refused := func(who circle.PersonID, command string) *circle.Code {
		t.Helper()
		list, err := w.engine.Permitted(who, "p")
		require.NoError(t, err)
		for _, p := range list {
			if p.Command == command && p.Refused != nil {
				var no *circle.Refusal
				require.ErrorAs(t, p.Refused, &no)
				return no.Code
			} else if p.Command == command {
				return nil
			}
		}
		t.Fatalf("%s has no place here", command)
		return nil
	}
	naming(w)
	require.Nil(t, refused(ana, "consent.reveal"))
	require.Nil(t, refused(ben, "consent.nominate"))
	w.names("ben", "ben", "cia")
	require.Equal(t, consent.NoChangeNow, refused(ben, "consent.change-nomination"))
	require.Equal(t, consent.NoCandidate, refused(ana, "consent.discard-candidate"))
	w.opensRound(consent.ChangeRound)
	require.Nil(t, refused(ben, "consent.change-nomination"))
	w.must(ben, consent.ChangeNomination{Proposal: "p", Names: []consent.Name{"cia"}, Reason: reason})
	require.Equal(t, consent.SpokenAlready, refused(ben, "consent.change-nomination"))
	w.must(ana, consent.Skip{Proposal: "p", Person: ana})
	w.must(ana, consent.Skip{Proposal: "p", Person: cia})
	w.must(ana, consent.Skip{Proposal: "p", Person: lou})
	w.proposes(ana, "cia")
	require.Nil(t, refused(ana, "consent.discard-candidate"))
}

// TestWhoProposes: a candidate is proposed by who facilitates or stands in for them, or by who was asked to in their place, and by
// nobody else (M-219).
func TestWhoProposes(t *testing.T) {
	w := walking(t, nil, setting{Full: 4, Facilitator: ana, Secretary: dan})
	w.must(host, circle.CreateRole{ID: baker, Circle: den})
	w.must(ana, consent.OpenSelection{ID: "p", Circle: den, Roles: []circle.RoleID{baker}, Text: text("Bakes"), Term: months})
	naming(w)
	w.names("ben", "ben", "ana")
	w.must(dan, consent.Nominate{Proposal: "p", Names: text("ben")})
	w.no(consent.NotFacilitating, cia, candidate("ben"))
	w.must(ana, consent.AskToPropose{Proposal: "p", Person: cia})
	w.no(consent.NotFacilitating, ben, candidate("ana"))
	w.must(cia, candidate("ben"))
	w.replays()
}

package simulation_test

import (
	"maps"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
)

// In the worlds in which people are forgotten, the law now and then keeps somebody's words.

// secretary is the role of who places legal holds.
const secretary circle.RoleID = "den-secretary"

// A legal is a hold that is in the ledger and was not released.
type legal struct {
	who  string
	sure bool // somebody was told that it is in force, and nobody has asked since to end it
}

// keeps lets the Secretary place a legal hold, or end one.
func (w *world) keeps(h *host) {
	by, list := w.keeper(h)
	if by == "" {
		return
	}
	if len(list) > 0 && w.rng.Uint32N(2) == 0 {
		_ = w.releases(h, by, choose(w, list))
		return
	}
	var held consent.HeldByLaw
	var err error
	who := choose(w, people)
	lives := h.during(func() {
		held, err = h.engine.PlaceLegalHold(ctx, circle.Actor{By: by}, consent.LegalHold{Person: who, Ground: consent.HoldCourt})
	})
	w.log("hold "+string(who), uint64(h.no), boolean(lives), boolean(err == nil))
	if !lives || err != nil {
		return
	}
	w.count(heldByLaw)
	if l := w.law[held.ID]; l == nil || l.who != string(who) {
		w.breaks("D1: %s is said to be held by law as %s, and the ledger does not say so", who, held.ID)
	} else {
		l.sure = true
	}
}

// keeper is the Secretary as a host sees it, "" if there is none, and the holds that stand.
func (w *world) keeper(h *host) (by circle.PersonID, list []consent.LegalHoldID) {
	h.look(func(s *consent.State) {
		for _, who := range people {
			if s.Org.Wears(den, circle.Secretary, who) {
				by = who
			}
		}
		for _, held := range s.LegalHolds() {
			list = append(list, held.ID)
		}
	})
	return by, list
}

// releases ends a legal hold. From when that is asked, the words may go.
func (w *world) releases(h *host, by circle.PersonID, id consent.LegalHoldID) (err error) {
	if l := w.law[id]; l != nil {
		l.sure = false
	}
	lives := h.during(func() { err = h.engine.ReleaseLegalHold(ctx, circle.Actor{By: by}, id) })
	w.log("release "+string(id), uint64(h.no), boolean(lives), boolean(err == nil))
	return err
}

// mayGo: what the law holds is not erased, whoever asks for it.
func (w *world) mayGo(part ledger.Part) {
	for _, id := range slices.Sorted(maps.Keys(w.law)) {
		if l := w.law[id]; l.sure && slices.Contains(part.About, l.who) {
			w.breaks("P2: words about %s are erased, whom the law holds", l.who)
		}
	}
}

// letsGo ends all legal holds when all has healed, so that every erasure can come to its end.
func (w *world) letsGo() {
	h := w.hosts[0]
	by, list := w.keeper(h)
	if len(list) == 0 {
		return
	}
	for _, id := range list {
		if w.law[id] != nil { // a release that was cut short may have come to its end with another
			w.must(w.releases(h, by, id))
		}
	}
	w.must(h.tick())
	if len(w.law) > 0 {
		w.breaks("L3: nothing fails any more, and %d legal holds were released and stand", len(w.law))
	}
}

package consent_test

import (
	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// What people might do in each stage.

// card takes stop cards back, or shows one.
func (r *run) card(m *matter) (give, bool) {
	t := m.talk
	if len(t.stops) > 0 && r.d.roll(4) > 0 {
		return give{pick(r.d, t.stops), consent.ClearCard{Proposal: m.id}}, true
	}
	if r.d.roll(25) == 0 {
		who := pick(r.d, someone[:5])
		if len(t.places) > 0 {
			who = pick(r.d, t.places).who
		}
		return give{who, consent.Signal{Proposal: m.id, Card: pick(r.d, []consent.Card{consent.StopCard, consent.StopCard, consent.SlowCard, consent.AgreeCard})}}, true
	}
	return give{}, false
}

// next is whose turn it is, or anybody who is awaited.
func (r *run) next(t *talk) person {
	if who := t.speaker(); who != "" {
		return who
	}
	return pick(r.d, t.awaited())
}

func (r *run) inTalk(v *view, m *matter) give {
	if g, ok := r.card(m); ok {
		return g
	}
	if m.talk.running() {
		return r.talking(v, m)
	}
	if m.way.onwards && r.d.roll(6) == 0 || r.d.roll(20) == 0 {
		return r.amend(v, m)
	}
	if list := v.standing(m.id); len(list) > 0 && r.d.roll(2) == 0 {
		if w := pick(r.d, list); r.d.roll(3) == 0 {
			return give{w.by, objection.Withdraw{Objection: w.id}}
		}
		return r.openNext(v, m, consent.OptionsRound)
	}
	switch n := r.d.roll(20); {
	case n == 0:
		return give{pick(r.d, []person{m.by, r.chair(v)}), proposal.Amend{Proposal: m.id, Text: r.text()}}
	case n == 1:
		return give{m.by, proposal.Withdraw{Proposal: m.id}}
	case n == 2:
		return r.openNext(v, m, consent.ClarifyRound)
	case m.stage == consent.StageClarify && m.way.react, n == 3:
		return r.openNext(v, m, consent.ReactRound)
	}
	return r.openNext(v, m, consent.ConsentRound)
}

func (r *run) talking(v *view, m *matter) give {
	t := m.talk
	word := func(who person) give {
		if t.kind == consent.ReactRound || r.d.roll(2) == 0 {
			return give{who, consent.Speak{Proposal: m.id, Text: r.text()}}
		}
		return give{who, consent.Pass{Proposal: m.id}}
	}
	switch n := r.d.roll(16); {
	case n == 0:
		return give{r.next(t), consent.ComeBack{Proposal: m.id}}
	case n == 1:
		return give{r.chair(v), consent.Skip{Proposal: m.id, Person: r.next(t)}}
	case n == 2:
		return give{r.anyFull(v), consent.Reply{Proposal: m.id, Text: r.text()}}
	case n < 5:
		return word(r.next(t))
	}
	var all []give
	for _, who := range t.awaited() {
		all = append(all, word(who))
	}
	return r.planned(all...)
}

func (r *run) raise(m *matter, who person) give {
	return give{who, objection.Raise{ID: objection.ID(r.name("o")), Proposal: m.id, Aim: "glad", Argument: r.text()}}
}

func (r *run) inDecide(v *view, m *matter) give {
	if g, ok := r.card(m); ok {
		return g
	}
	t := m.talk
	consents := func(who person) give { return r.answer(m, who) }
	seat := ana
	if len(t.seats) > 0 {
		seat = pick(r.d, t.seats)
	}
	switch n := r.d.roll(20); {
	case n == 0:
		return consents(seat)
	case n == 1:
		return r.raise(m, seat)
	case n == 2:
		return give{seat, objection.Voice{ID: objection.ID(r.name("o")), Proposal: m.id, Text: r.text()}}
	case n == 3 && len(v.standing(m.id)) > 0:
		w := pick(r.d, v.standing(m.id))
		return give{w.by, objection.Withdraw{Objection: w.id}}
	case n == 4:
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	case n == 5 && r.d.roll(2) == 0:
		return r.sharing(v, m, seat)
	case n < 7 && (!t.closes.IsZero() || m.way.solved == "raiser" || m.way.keep):
		return r.inWindow(v, m, seat)
	}
	if !t.closes.IsZero() && r.d.roll(3) == 0 {
		r.time()
		return consents(seat)
	}
	if !t.running() {
		return r.pending(v, m, consents)
	}
	switch n := r.d.roll(20); {
	case n < 4:
		return r.raise(m, r.next(t))
	case n == 4:
		return give{r.next(t), consent.ComeBack{Proposal: m.id}}
	case n < 7:
		return give{r.chair(v), consent.Skip{Proposal: m.id, Person: r.next(t)}}
	case n < 12:
		return consents(r.next(t))
	}
	var all []give
	for _, who := range t.awaited() {
		if r.d.roll(doubtful(m)) == 0 && !m.question {
			all = append(all, r.raise(m, who))
		} else {
			all = append(all, consents(who))
		}
	}
	return r.planned(all...)
}

// doubtful is how often people object: more where the question may come to a vote.
func doubtful(m *matter) int {
	if m.way.stuck == "vote" {
		return 4
	}
	return 8
}

// pending: everybody was heard, and nothing was settled.
func (r *run) pending(v *view, m *matter, consents func(person) give) give {
	for _, who := range m.talk.seats {
		if m.talk.said[who] != consent.Consents && r.d.roll(2) == 0 {
			return consents(who)
		}
	}
	if r.d.roll(2) == 0 {
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	}
	return r.openNext(v, m, consent.ConsentRound)
}

func (r *run) inIntegrate(v *view, m *matter) give {
	if m.talk != nil {
		if g, ok := r.card(m); ok {
			return g
		}
		if m.talk.running() && r.d.roll(4) > 0 {
			return r.talking(v, m)
		}
	}
	if g, ok := r.maybeTest(v, m); ok {
		return g
	}
	likely := 24
	if m.way.stuck == "vote" || m.way.stuck == "chair" || m.way.stuck == "outside" {
		likely = 8
	}
	if m.way.limited() && v.spent(m) && r.d.roll(8) == 0 {
		return r.openNext(v, m, consent.ConsentRound)
	}
	if m.way.limited() && v.spent(m) && r.d.roll(3) > 0 || r.d.roll(likely) == 0 {
		return r.stuck(v, m)
	}
	if list := v.standing(m.id); m.way.later && len(list) > 0 && r.d.roll(8) == 0 {
		return r.putOff(v, pick(r.d, list))
	}
	var unmet []*worry
	for _, w := range v.standing(m.id) {
		if w.status != "met" || w.in != m.version {
			unmet = append(unmet, w)
		}
	}
	if list := v.standing(m.id); m.way.solved != "" && len(list) > 0 && r.d.roll(2) == 0 {
		return r.solve(v, m, pick(r.d, list))
	}
	switch n := r.d.roll(24); {
	case n == 0:
		return r.openNext(v, m, consent.OptionsRound)
	case n == 1:
		return r.openNext(v, m, pick(r.d, []consent.RoundKind{consent.ClarifyRound, consent.ReactRound}))
	case n == 2:
		return give{r.anyFull(v), objection.Voice{ID: objection.ID(r.name("o")), Proposal: m.id, Text: r.text()}}
	case n < 5 && len(v.standing(m.id)) > 0:
		w := pick(r.d, v.standing(m.id))
		if w.status == "met" && n == 4 {
			return give{w.by, objection.Accept{Objection: w.id}}
		}
		return r.closing(v, m, w)
	}
	if len(unmet) == 0 {
		return r.openNext(v, m, consent.ConsentRound)
	}
	return r.meetWorry(v, m, unmet)
}

func (r *run) meetWorry(v *view, m *matter, unmet []*worry) give {
	w := pick(r.d, unmet)
	if m.way.confirm && r.d.roll(8) > 0 {
		for _, u := range unmet {
			if u.status == "raised" || u.status == "restated" {
				w = u
			}
		}
		switch w.status {
		case "raised":
			return r.planned(give{r.anyFull(v), objection.Restate{Objection: w.id, Statement: r.text()}}, give{w.by, objection.Confirm{Objection: w.id}})
		case "restated":
			return give{w.by, objection.Confirm{Objection: w.id}}
		}
	}
	c := consent.Integrate{Proposal: m.id, Text: r.text()}
	for _, u := range unmet {
		if u == w || r.d.roll(4) > 0 {
			c.Meets = append(c.Meets, consent.Meets{Objection: u.id, Tools: []circle.Tool{circle.Amend}})
		}
	}
	if r.d.roll(2) == 0 {
		c.Term = circle.MustPeriod("1m")
	}
	if m.way.amended && r.d.roll(8) > 0 {
		return r.merge(v, c)
	}
	who := r.anyFull(v)
	if m.way.author && r.d.roll(8) > 0 {
		who = m.by
	}
	return give{who, c}
}

func (r *run) inLastCall(v *view, m *matter) give {
	if m.quiet {
		return r.inQuiet(v, m)
	}
	who := pick(r.d, m.talk.seats)
	if len(m.waiting) > 0 {
		who = pick(r.d, m.waiting)
	}
	if !m.until.IsZero() && r.d.roll(2) == 0 {
		r.time()
		return give{who, consent.Respond{Proposal: m.id, Answer: consent.Consents}}
	}
	for _, w := range m.waiting {
		if v.level(w) != circle.Full && r.d.roll(2) == 0 {
			return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
		}
	}
	switch n := r.d.roll(12); {
	case n == 0:
		return r.raise(m, who)
	case n == 1:
		return give{who, objection.Voice{ID: objection.ID(r.name("o")), Proposal: m.id, Text: r.text()}}
	case n < 4:
		return give{who, consent.Respond{Proposal: m.id, Answer: consent.Consents}}
	case n == 4:
		return give{r.chair(v), consent.CloseRound{Proposal: m.id}}
	case n == 5:
		return give{who, consent.Acknowledge{Proposal: m.id}}
	}
	g := v.gathering(m.meeting)
	switch {
	case g != nil && g.state == "open":
		return give{r.chair(v), consent.CloseMeeting{Meeting: g.id}}
	case g != nil && g.minutes[who].IsZero():
		var all []give
		for _, to := range m.waiting {
			all = append(all, give{r.anyFull(v), consent.SendMinutes{Meeting: g.id, To: to, Format: circle.Standard}})
		}
		if all != nil {
			return r.planned(all[r.d.roll(len(all)):]...)
		}
	}
	return give{who, consent.Respond{Proposal: m.id, Answer: consent.Consents, Version: m.version}}
}

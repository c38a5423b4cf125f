package rulecases

import (
	"math/big"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

func init() {
	know(knowing(map[string]family{"governor": governor, "delegated-override": delegatedOverride, "liquid-gov": liquidGov, "gov": gov}))
}

// inWords are the positions of a source that has words of its own.
var inWords = map[string]string{"for": rule.Yes, "against": rule.No, "abstain": rule.Abstain}

// position reads a position. One that is not known stays as it is, and the rule
// refuses it.
func position(v any) string {
	s := text(v)
	if p, ok := inWords[s]; ok {
		return p
	}
	return s
}

// part reads a quorum: a number, or percent of all.
func (r *reading) part(key string) string {
	if v := r.given(key + "_percent"); v != nil {
		return text(v) + "%"
	}
	if v := r.given(key + "_fraction"); v != nil {
		return text(v)
	}
	return r.param(key)
}

// governor reads ballots in their order; some are parts of a weight.
func governor(in *reading) (findings, error) {
	deadline := whole(in.given("deadline"))
	p := newPoll(deadline + 1) // the last tick that counts is inside
	r := rule.Governor{Quorum: orText(in.part("quorum"), "0"), SuperQuorum: in.part("super_quorum")}
	if late := orZero(in.given("late_extension")); late > 0 {
		r.Late = late + 1 // so is this one
	}
	ballots := list(in.fact("ballots"))
	for _, b := range ballots {
		r.Split = r.Split || b["split"] != nil
	}
	left := orZero(in.given("supply"))
	for _, m := range list(in.fact("members")) {
		p.seat(text(m["id"]), "", whole(m["weight"]))
		left -= whole(m["weight"])
	}
	if left > 0 {
		p.seat("whoever else holds", "", left)
	}
	made := kind("governor", r).(*rule.Vote)
	for _, b := range ballots {
		a := consent.Answer{Seat: circle.PersonID(text(b["voter"])), Position: position(b["position"]), Version: 1, At: tick(orZero(b["at"]))}
		if split, ok := b["split"].(map[string]any); ok {
			a.Scores = map[string]int64{}
			for name, n := range split {
				a.Scores[position(name)] = whole(n)
			}
		}
		p.offer(made, a)
	}
	p.Now = tick(deadline + r.Late + 1)
	if at := orText(text(in.at), text(in.fact("at"))); at != "" {
		p.Now = tick(whole(at))
	}
	v := p.judged(made)
	return governed(v, p, deadline), nil
}

// governed reads what a governor's vote may claim.
func governed(v *judged, p *poll, deadline int64) findings {
	used := sums{}
	for _, why := range v.Why {
		switch why.Code {
		case "used":
			used[string(why.Who[0])], _ = number(why.Got)
		case "closes":
			deadline = ticks(why.Got) - 1
		}
	}
	for _, s := range p.Seats {
		if used[string(s.Person)] == nil {
			used[string(s.Person)] = new(big.Rat)
		}
	}
	quorum := len(v.failing("quorum")) == 0
	return findings{
		"state":   [...]string{"", "active", "succeeded", "defeated"}[v.Outcome],
		"tally":   v.tally(map[string]string{"for": rule.Yes, "against": rule.No, "abstain": rule.Abstain}),
		"used":    used,
		"refused": p.refused, "deadline": deadline, "quorum": quorum, "quorum_reached": quorum,
	}
}

func delegatedOverride(in *reading) (findings, error) {
	steps := list(in.fact("steps"))
	p := newPoll(int64(len(steps)) + 1)
	for _, m := range list(in.fact("members")) {
		if p.seat(text(m["id"]), "", whole(m["holding"])) {
			p.Seats[len(p.Seats)-1].Delegate = circle.PersonID(text(m["delegate"]))
		}
	}
	made := kind("delegated-override", nil).(*rule.Vote)
	for i, s := range steps {
		a := consent.Answer{Seat: circle.PersonID(text(s["who"])), Position: position(s["position"]), Version: 1, At: tick(int64(i))}
		if text(s["kind"]) == "override" {
			a.Position = rule.OwnVoice + a.Position
		}
		p.offer(made, a)
	}
	v := p.judged(made)
	return findings{
		"tally":   v.tally(map[string]string{"for": rule.Yes, "against": rule.No, "abstain": rule.Abstain}),
		"refused": p.refused, "passes": v.carried(),
	}, nil
}

func liquidGov(in *reading) (findings, error) {
	p := newPoll(1)
	p.MayChange = true
	idle := map[string]bool{}
	for _, who := range names(in.fact("inactive")) {
		idle[who] = true
	}
	lent := map[string]string{}
	for _, d := range list(in.fact("delegations")) {
		lent[text(d["from"])] = text(d["to"])
	}
	for _, m := range list(in.fact("members")) {
		who, class := text(m["id"]), ""
		if idle[who] {
			class = "inactive"
		}
		if p.seat(who, class, whole(m["stake"])) {
			p.Seats[len(p.Seats)-1].Delegate = circle.PersonID(lent[who])
		}
	}
	for _, b := range list(in.fact("ballots")) {
		p.say(text(b["voter"]), text(b["position"]), orZero(b["at"]))
	}
	v := p.judged(kind("liquid-gov", rule.LiquidGov{Quorum: in.param("quorum"), Threshold: in.param("threshold"),
		BurnNo: in.param("burn_no"), Idle: []circle.Class{"inactive"}}))
	return findings{
		"passes": v.carried(), "burn": v.reason("burn").Holds, "quorum": v.reason("quorum").Holds,
		"tally": v.tally(map[string]string{"yes": rule.Yes, "no": rule.No, "abstain": rule.Abstain}),
	}, nil
}

// gov gives each delegation a seat of its own: what one person has lent to two
// validators speaks for itself in both when they vote.
func gov(in *reading) (findings, error) {
	p := newPoll(1)
	p.MayChange = true
	jailed, seats := map[string]bool{}, map[string][]string{}
	add := func(owner, seat, delegate string, stake int64, out bool) {
		if p.seat(seat, "", stake) {
			s := &p.Seats[len(p.Seats)-1]
			s.Delegate, s.Out = circle.PersonID(delegate), out
			seats[owner] = append(seats[owner], seat)
		}
	}
	for _, m := range list(in.fact("validators")) {
		who := text(m["id"])
		jailed[who] = yes(m["jailed"])
		add(who, who, "", whole(m["stake"]), jailed[who])
	}
	for _, d := range list(in.fact("delegations")) {
		from, to := text(d["from"]), text(d["to"])
		add(from, from+" with "+to, to, whole(d["stake"]), jailed[to])
	}
	if n := in.of("other_bonded_stake"); n > 0 {
		p.seat("whoever else has bonded", "", n)
	}
	for _, b := range list(in.fact("ballots")) {
		for _, seat := range seats[text(b["voter"])] {
			p.say(seat, text(b["position"]), orZero(b["at"]))
		}
	}
	v := p.judged(kind("gov", rule.Gov{Quorum: in.param("quorum"), Threshold: in.param("threshold"), Veto: in.param("veto_threshold")}))
	return findings{
		"passes": v.carried(), "burn": v.reason("burn").Holds, "quorum": v.reason("quorum").Holds,
		"tally": v.tally(map[string]string{"yes": rule.Yes, "no": rule.No, "abstain": rule.Abstain, "veto": rule.Veto}),
	}, nil
}

package rulecases

import (
	"fmt"
	"math"
	"math/big"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

func init() {
	know(knowing(map[string]family{
		"dao-threshold": daoThreshold, "group-threshold": groupPolicy, "group-percentage": groupPolicy, "group-policy-valid": groupValid,
	}))
}

// blocs is a count as seats, one for each position, and one that is silent. What
// no seat can weigh is the weight of its class.
func (p *poll) blocs(counts map[string]*big.Rat) []rule.ClassWeight {
	total := new(big.Rat)
	for _, n := range counts {
		total.Add(total, n)
	}
	large := total.Cmp(new(big.Rat).SetInt64(math.MaxInt64/4)) > 0
	var weights []rule.ClassWeight
	for _, position := range []string{rule.Yes, rule.No, rule.Abstain, rule.Veto, rule.Silent} {
		n := counts[position]
		if n == nil || n.Sign() == 0 {
			continue
		}
		if n.Sign() < 0 || !n.IsInt() {
			panic(n.RatString() + " for " + position + " is no whole number that is not below zero")
		}
		if !large {
			p.bloc("", position, n.Num().Int64())
			continue
		}
		p.bloc(position, position, 1)
		weights = append(weights, rule.ClassWeight{Class: circle.Class(position), Times: n.Num().String()})
	}
	return weights
}

// tallied reads a tally, and how much of a total is silent.
func tallied(tally any, total any) map[string]*big.Rat {
	out := map[string]*big.Rat{}
	left, err := number(total)
	if err != nil {
		panic(err.Error())
	}
	fields, ok := tally.(map[string]any)
	if !ok {
		panic(fmt.Sprintf("%v is no tally", tally))
	}
	for name, v := range fields {
		n, err := number(v)
		if err != nil {
			panic(err.Error())
		}
		switch name {
		case rule.Yes, rule.No, rule.Abstain, rule.Veto:
			out[name] = n
		default:
			panic("no position is called " + name)
		}
		left.Sub(left, n)
	}
	out[rule.Silent] = left
	return out
}

func daoThreshold(in *reading) (findings, error) {
	p := newPoll(10)
	r := rule.DaoThreshold{Kind: in.param("kind"), Percentage: in.param("percentage"),
		Threshold: in.param("threshold"), Quorum: in.param("quorum"), Count: in.param("count")}
	r.Weights = p.blocs(tallied(in.fact("tally"), in.fact("total")))
	p.MayChange = yes(in.fact("revoting"))
	now := int64(5)
	if yes(in.fact("over")) {
		now = 10
	}
	p.Now = tick(now)
	if over := in.fact("min_period_over"); over != nil && !yes(over) {
		r.MinPeriod = now + 1
	}
	v := p.judged(kind("dao-threshold", r))
	return findings{"passed": v.carried(), "rejected": v.declined(), "final": v.Final}, nil
}

// groupPolicy is that of a group, of a tally or of members and their ballots.
func groupPolicy(in *reading) (findings, error) {
	r := rule.GroupPolicy{Threshold: in.param("threshold"), Percentage: in.param("percentage"),
		VotingPeriod: orZero(in.given("voting_period")), MinExecution: orZero(in.given("min_execution"))}
	if v := in.given("max_execution"); v != nil {
		n := whole(v)
		r.MaxExecution = &n
	}
	if in.fact("members") == nil {
		p := newPoll(1)
		p.Closes = consent.Case{}.Closes
		tally, all := in.fact("tally"), in.fact("electorate_weight")
		if whole(all) > 0 { // nobody has a seat where nothing weighs anything
			p.blocs(tallied(tally, all))
		}
		v := p.judged(kind("group-policy", r))
		return findings{"allow": v.carried(), "final": v.Final}, nil
	}
	return groupTimed(in, r)
}

func groupTimed(in *reading, r rule.GroupPolicy) (findings, error) {
	p := newPoll(orZero(in.given("voting_period")))
	if in.given("voting_period") == nil {
		p.Closes = consent.Case{}.Closes
	}
	for _, m := range list(in.fact("members")) {
		p.seat(text(m["id"]), "", whole(m["weight"]))
	}
	made := kind("group-policy", r).(*rule.GroupPolicy)
	for _, b := range list(in.fact("ballots")) {
		p.offer(made, consent.Answer{Seat: circle.PersonID(text(b["voter"])), Position: text(b["position"]), Version: 1, At: tick(orZero(b["at"]))})
	}
	p.Now = tick(in.of("at"))
	v := p.judged(made)
	out := findings{
		"status":  [...]string{"", "open", "accepted", "rejected"}[v.Outcome],
		"tally":   v.tally(map[string]string{"yes": rule.Yes, "no": rule.No, "abstain": rule.Abstain, "veto": rule.Veto}),
		"refused": p.refused, "final": v.Final, "allow": v.carried(),
	}
	if at := in.fact("execute_at"); at != nil {
		p.Now = tick(whole(at))
		out["executed"] = p.judged(made).reason("execution").Holds
	}
	return out, nil
}

// groupValid asks only whether the parameters are taken.
func groupValid(in *reading) (findings, error) {
	most := in.of("max_execution")
	r := rule.GroupPolicy{VotingPeriod: in.of("voting_period"), MinExecution: in.of("min_execution"), MaxExecution: &most}
	if in.param("kind") == "percentage" {
		r.Percentage = orText(in.param("percentage"), "0.5")
	} else {
		r.Threshold = orText(in.param("threshold"), "1")
	}
	return findings{"valid": r.Check() == nil}, nil
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

package rulecases

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

func init() {
	know(knowing(map[string]family{
		"double-majority": doubleMajority, "double-majority-shares": doubleShares, "eu-qualified-majority": qualifiedMajority,
		"threshold-class-veto": classVeto, "coop-resolution": coopResolution,
	}))
}

// doubleMajority has a class for each state, and a seat for all in it who are for
// and one for all who are against.
func doubleMajority(in *reading) (findings, error) {
	p := newPoll(1)
	if chambers := names(in.given("chambers")); len(chambers) > 0 && !slices.Equal(chambers, []string{"votes", "states"}) {
		return nil, fmt.Errorf("the chambers are votes and states, not %s", strings.Join(chambers, " and "))
	}
	var r rule.DoubleMajority
	add := func(key string) {
		for _, s := range list(in.fact(key)) {
			p.bloc(text(s["id"]), rule.Yes, whole(s["for"]))
			p.bloc(text(s["id"]), rule.No, whole(s["against"]))
			if key == "states" {
				r.States = append(r.States, circle.Class(text(s["id"])))
			}
		}
	}
	add("states")
	add("territories") // who lives there votes, and they are no states
	v := p.judged(kind("double-majority", r))
	var states, of int64
	if _, err := fmt.Sscanf(v.reason("states").Got, "%d of %d", &states, &of); err != nil {
		return nil, err
	}
	return findings{"carried": v.carried(), "for": v.count(rule.Yes), "against": v.count(rule.No),
		"states_for": states, "why": v.failing("votes", "states")}, nil
}

func doubleShares(in *reading) (findings, error) {
	p := newPoll(1)
	if favour, against := in.fact("yes"), in.fact("no"); favour != nil {
		p.bloc("votes", rule.Yes, whole(favour))
		p.bloc("votes", rule.No, whole(against))
		in.fact("yes_percent") // a figure cut from the same votes
	} else {
		n := units(math.MaxInt32, in.fact("yes_percent"), "100")
		p.bloc("votes", rule.Yes, n[0])
		p.bloc("votes", rule.No, n[1]-n[0])
	}
	n := units(math.MaxInt32, in.fact("states_for"), in.fact("states"))
	p.bloc("states", rule.Yes, n[0])
	p.bloc("states", rule.No, n[1]-n[0])
	v := p.judged(kind("double-majority-shares", nil))
	return findings{"carried": v.carried(), "why": v.failing("votes", "states")}, nil
}

// qualifiedMajority has a seat for each state. What the states of one side weigh
// together is all that is told, so the first of them has what the others have not.
func qualifiedMajority(in *reading) (findings, error) {
	p := newPoll(1)
	const fine = 1000 // so that each state can weigh something
	n := units(math.MaxInt32, in.fact("population_for"), "100")
	states, pro := in.of("states"), in.of("states_for")
	against, abstain := in.of("states_against"), in.of("states_abstain")
	side := func(population int64, counts map[string]int64) {
		var seats int64
		for _, position := range []string{rule.Yes, rule.No, rule.Abstain, rule.Silent} {
			for range counts[position] {
				weight := int64(1)
				if seats == 0 {
					weight = population - counts[rule.Yes] - counts[rule.No] - counts[rule.Abstain] - counts[rule.Silent] + 1
				}
				if weight < 1 {
					panic("there are states, and nobody lives in them")
				}
				p.bloc("", position, weight)
				seats++
			}
		}
	}
	side(n[0]*fine, map[string]int64{rule.Yes: pro})
	side((n[1]-n[0])*fine, map[string]int64{rule.No: against, rule.Abstain: abstain, rule.Silent: max(states-pro-against-abstain, 0)})
	v := p.judged(kind("eu-qualified-majority", rule.QualifiedMajority{States: in.param("states"),
		Population: in.param("population"), Blocking: int(orZero(in.given("blocking_states")))}))
	return findings{"carried": v.carried(), "why": v.failing("states", "population")}, nil
}

// classVeto says of the class only who of it was against; the others of it count
// like everybody.
func classVeto(in *reading) (findings, error) {
	p := newPoll(1)
	class := in.param("veto_class")
	of, _ := in.fact("no_by_class").(map[string]any)
	vetoes := orZero(of[class])
	p.heads("", rule.Yes, in.of("yes"))
	p.heads(class, rule.No, vetoes)
	p.heads("", rule.No, in.of("no")-vetoes)
	p.heads("", rule.Abstain, in.of("abstain"))
	p.heads("", rule.Silent, in.of("absent"))
	v := p.judged(kind("threshold-class-veto", rule.ClassVeto{Threshold: int(orZero(in.given("threshold"))), Class: circle.Class(class)}))
	return findings{"adopted": v.carried(), "passes": v.carried(), "why": oneOf(v.failing("threshold", "veto"))}, nil
}

// coopResolution has a seat for each who is present, and the register.
func coopResolution(in *reading) (findings, error) {
	p := newPoll(1)
	var failing []string
	for _, c := range list(in.fact("classes")) {
		class, size, favour := text(c["id"]), whole(c["size"]), whole(c["consent"])
		p.heads(class, rule.Yes, favour)
		p.heads(class, rule.Silent, size-favour)
		p.Register = append(p.Register, consent.Enrolled{Class: circle.Class(class), N: int(size)})
	}
	if members := in.fact("members"); members != nil {
		voted := in.of("yes") + in.of("no") + in.of("abstain")
		present := voted
		if there := in.fact("present"); there != nil {
			present = whole(there)
		}
		p.heads("", rule.Yes, in.of("yes"))
		p.heads("", rule.No, in.of("no"))
		p.heads("", rule.Abstain, in.of("abstain"))
		p.heads("", rule.Silent, max(present-voted, 0))
		p.Register = append(p.Register, consent.Enrolled{N: int(whole(members))})
	}
	v := p.judged(kind("coop-resolution", rule.CoopResolution{Kind: in.param("kind")}))
	for _, why := range v.Why {
		switch {
		case why.Holds:
		case why.Code == "class":
			failing = append(failing, "class:"+string(why.Of[0]))
		case why.Code == "quorum", why.Code == "majority":
			failing = append(failing, why.Code)
		}
	}
	return findings{"passes": v.carried(), "why": oneOf(slices.Compact(failing))}, nil
}

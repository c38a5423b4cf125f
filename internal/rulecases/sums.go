package rulecases

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

func init() {
	know(knowing(map[string]family{
		"adaptive-quorum": adaptiveQuorum, "debian-quorum": debianQuorum,
		"conviction-threshold": conviction, "conviction": conviction, "conviction-growth": conviction,
		"quadratic": split, "weighted-split": split, "approval-weighted": split,
	}))
}

func adaptiveQuorum(in *reading) (findings, error) {
	p := newPoll(1)
	aye, nay := in.of("aye"), in.of("nay")
	turnout, electorate := in.of("turnout"), in.of("electorate")
	p.bloc("", rule.Yes, aye)
	p.bloc("", rule.No, nay)
	p.bloc("", rule.Abstain, turnout-aye-nay)
	p.bloc("", rule.Silent, electorate-turnout)
	v := p.judged(kind("adaptive-quorum", rule.AdaptiveQuorum{Bias: in.param("bias")}))
	return findings{"passes": v.carried()}, nil
}

// times reads how many times the root a formula says: "3*sqrt(n)/2".
func times(formula string) string {
	if formula == "" {
		return ""
	}
	before, after, ok := strings.Cut(strings.ReplaceAll(formula, " ", ""), "sqrt(n)")
	if !ok {
		panic("the formula has no sqrt(n): " + formula)
	}
	return orText(strings.TrimSuffix(before, "*"), "1") + "/" + orText(strings.TrimPrefix(after, "/"), "1")
}

func debianQuorum(in *reading) (findings, error) {
	p := newPoll(1)
	option, normal := in.of("prefer_option"), in.of("prefer_default")
	p.bloc("", rule.Yes, option)
	p.bloc("", rule.No, normal)
	p.bloc("", rule.Silent, in.of("developers")-option-normal)
	v := p.judged(kind("debian-quorum", rule.DebianQuorum{Times: times(in.param("formula")), Majority: in.param("majority")}))
	quorum, err := number(v.reason("quorum-exact").Got)
	if err != nil {
		return nil, err
	}
	out := findings{"quorum": decimals{quorum}, "reached": v.reason("quorum").Holds, "majority": v.reason("ratio").Holds, "passes": v.carried()}
	if ratio, err := number(v.reason("ratio").Got); err == nil {
		out["ratio"] = decimals{ratio}
	}
	return out, nil
}

// first reads the first of several names for one thing.
func (r *reading) first(keys ...string) int64 {
	for _, key := range keys {
		if v := r.fact(key); v != nil {
			return whole(v)
		}
	}
	return 0
}

// conviction asks for the threshold, and for what a stake grows to in some time.
func conviction(in *reading) (findings, error) {
	one := big.NewRat(1, 1) // as the contract rounds
	supply := in.of("supply")
	stake := in.first("stake", "staked", "x", "amount")
	periods := in.first("time", "periods", "blocks", "t")
	r := rule.Conviction{Alpha: in.param("alpha"), Beta: orText(in.param("beta"), "0.2"), Rho: orText(in.param("rho"), "0.002"),
		Requested: in.of("requested"), Funds: max(in.of("funds"), 1), Supply: supply, Start: in.first("initial", "y0", "start", "last")}
	if in.fact("funds") == nil {
		r.Requested = 0
	}
	p := newPoll(0)
	p.Closes, p.Now = consent.Case{}.Closes, tick(periods)
	p.bloc("", rule.Yes, stake)
	p.bloc("", rule.Silent, supply-stake)
	v := p.judged(kind("conviction", r))
	out := findings{"passes": v.carried(), "can_pass": !v.declined()}
	if v.declined() {
		return out, nil
	}
	why := v.reason("conviction")
	need, err := number(strings.TrimPrefix(why.Need, "over "))
	if err != nil {
		return nil, err
	}
	got, err := number(why.Got)
	if err != nil {
		return nil, err
	}
	out["threshold"], out["conviction"] = about{need, one}, about{got, one}
	return out, nil
}

// split reads ballots that give numbers to choices, or choose several. Balances
// and numbers with decimals are made whole, all by one measure.
func split(in *reading) (findings, error) {
	p := newPoll(1)
	choices := names(in.fact("choices"))
	for i := range choices {
		p.Options = append(p.Options, consent.Option{ID: strconv.Itoa(i + 1)})
	}
	ballots := list(in.fact("ballots"))
	balances, total := []any{"1"}, int64(1)
	for _, b := range ballots {
		balances = append(balances, b["balance"])
		total = max(total, orZero(b["n"]))
	}
	weights := units(math.MaxInt64/4/total, balances...)
	for i, b := range ballots {
		scores := chosen(b["choice"])
		n := int64(1)
		if b["n"] != nil {
			n = whole(b["n"])
		}
		if n < 0 || int64(len(p.Seats))+n > mostHeads {
			panic(fmt.Sprintf("%d ballots are not seated one by one: at most %d are", n, mostHeads))
		}
		for k := range n {
			who := fmt.Sprintf("b%d-%d", i, k)
			if p.seat(who, "", weights[i+1]) {
				p.Answers = append(p.Answers, consent.Answer{Seat: circle.PersonID(who), Scores: scores, Version: 1, At: tick(0)})
			}
		}
	}
	v := p.judged(kind(in.param("method"), nil))
	var scores []any
	for _, why := range v.Why {
		if why.Code != "score" {
			continue
		}
		n, err := number(why.Got)
		if err != nil {
			return nil, err
		}
		n.Quo(n, big.NewRat(weights[0], 1))
		scores = append(scores, about{n, new(big.Rat).Mul(n, big.NewRat(1, 1e9))})
	}
	out := findings{"scores": scores}
	if len(v.Winners) == 1 {
		at, _ := strconv.Atoi(v.Winners[0])
		out["winner"] = choices[at-1]
	}
	return out, nil
}

// mostChosen is what the numbers of one ballot may come to.
const mostChosen = 1 << 54

// chosen reads one choice, several, or a number for each.
func chosen(v any) map[string]int64 {
	out := map[string]int64{}
	switch v := v.(type) {
	case []any:
		for _, choice := range v {
			out[text(choice)] = 1
		}
	case map[string]any:
		var keys []string
		var of []any
		for key, n := range v {
			keys, of = append(keys, key), append(of, n)
		}
		for i, n := range units(mostChosen, of...) {
			out[keys[i]] = n
		}
	default:
		out[text(v)] = 1
	}
	return out
}

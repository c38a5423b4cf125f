package rulecases

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/rule"
)

func init() {
	know(knowing(map[string]family{
		"consent": byConsent, "consensus": consensus, "rough-consensus": roughConsensus, "unanimity-minus": unanimityMinus,
		"apache": apache, "fcp-majority": finalComment, "fcp-share": finalComment,
	}))
}

// byConsent reads answers and objections. An objection stands while it is raised
// or upheld.
func byConsent(in *reading) (findings, error) {
	p := newPoll(10)
	if !yes(in.given("silence_after_limit")) {
		p.Closes = consent.Case{}.Closes
	}
	p.Now = tick(5)
	if yes(in.fact("limit_passed")) {
		p.Now = tick(10)
	}
	p.Version = int(in.of("version"))
	for _, m := range names(in.fact("members")) {
		p.seat(m, "", 1)
	}
	for _, a := range list(in.fact("answers")) {
		position := text(a["position"])
		switch position {
		case "object":
			position = consent.Objects
		case "stand_aside", "aside":
			position = string(consent.StandsAside)
		}
		p.Answers = append(p.Answers, consent.Answer{Seat: circle.PersonID(text(a["by"])), Position: position, Version: int(whole(a["version"])), At: tick(1)})
	}
	for i, o := range list(in.fact("objections")) {
		state := text(o["state"])
		c := consent.Objection{ID: fmt.Sprintf("o%d", i+1), Seat: circle.PersonID(text(o["by"])), Version: int(whole(o["version"])),
			Stands: state == "raised" || state == "upheld", Raised: tick(1)}
		if !c.Stands {
			c.Ended = tick(2)
		}
		p.Objections = append(p.Objections, c)
	}
	v := p.judged(kind("settled-consent", rule.Consent{SilenceConsents: yes(in.given("silence_after_limit"))}))
	out := findings{"outcome": "open", "standing": []string{}, "waiting_for": people(v.reason("heard").Who)}
	var standing []circle.PersonID
	for _, why := range v.Why {
		if why.Code == "objection-stands" {
			standing = append(standing, why.Who...)
		}
	}
	out["standing"] = people(standing)
	switch {
	case v.carried():
		out["outcome"] = "adopted"
	case !v.reason("objections").Holds:
		out["outcome"] = "blocked"
	}
	return out, nil
}

func people(who []circle.PersonID) []string {
	out := make([]string, len(who))
	for i := range who {
		out[i] = string(who[i])
	}
	return out
}

// consensus gives each objector an objection. Where more people object than are
// left beside those who support and are silent, supporters do.
func consensus(in *reading) (findings, error) {
	p := newPoll(1)
	support, silent, eligible := in.of("support"), in.of("abstain_or_silent"), in.of("eligible")
	p.heads("", rule.Yes, support)
	p.heads("", rule.No, max(eligible-support-silent, 0))
	p.heads("", rule.Silent, silent)
	for i := range in.of("sustained_objections") {
		p.object(string(p.Seats[(support+i)%int64(len(p.Seats))].Person))
	}
	v := p.judged(kind("consensus", rule.Consensus{SupportMin: int(orZero(in.given("support_min")))}))
	return findings{"level": v.reason("level").Got, "consensus": v.carried()}, nil
}

// roughConsensus reads objections as a list with what became of each, or as
// numbers of them all and of those that were addressed.
func roughConsensus(in *reading) (findings, error) {
	p := newPoll(1)
	p.heads("", rule.Yes, max(in.of("support"), 1))
	p.heads("", rule.No, in.of("against"))
	p.heads("", rule.Silent, in.of("abstain_or_silent"))
	open := in.of("unaddressed") + in.of("unaddressed_objections")
	switch objections := in.fact("objections").(type) {
	case []any:
		for _, o := range list(in.fact("objections")) {
			if !yes(o["addressed"]) {
				open++
			}
		}
	case nil:
	default:
		open += whole(objections) - in.of("addressed")
	}
	for range open {
		p.object(string(p.Seats[0].Person))
	}
	v := p.judged(kind("rough-consensus", nil))
	return findings{"consensus": v.carried(), "rough_consensus": v.carried(), "carried": v.carried(), "passes": v.carried()}, nil
}

func unanimityMinus(in *reading) (findings, error) {
	p := newPoll(1)
	p.heads("", rule.Yes, in.of("agree"))
	p.heads("", rule.No, in.of("disagree"))
	p.heads("", rule.Abstain, in.of("aside")+in.of("abstain"))
	v := p.judged(kind("unanimity-minus", rule.UnanimityMinus{N: int(orZero(in.given("n")))}))
	return findings{"carried": v.carried(), "passes": v.carried()}, nil
}

// apache has binding votes and others. Where nobody voted, somebody could have.
func apache(in *reading) (findings, error) {
	p := newPoll(1)
	p.heads("binding", rule.Yes, in.of("plus_binding"))
	p.heads("binding", rule.No, in.of("minus_binding"))
	p.heads("binding", rule.Abstain, in.of("zero_binding"))
	p.heads("other", rule.Yes, in.of("plus_other"))
	p.heads("other", rule.No, in.of("minus_other"))
	p.heads("binding", rule.Silent, 1)
	v := p.judged(kind("apache", rule.Apache{Kind: in.param("kind"), Binding: []circle.Class{"binding"}}))
	return findings{"passes": v.carried(), "why": oneOf(v.failing("veto", "three-binding", "majority"))}, nil
}

// finalComment has a team of which some have reviewed, and open concerns.
func finalComment(in *reading) (findings, error) {
	p := newPoll(0)
	p.Closes = consent.Case{}.Closes
	reviewed, team := in.of("reviewed"), in.of("team")
	p.heads("", rule.Yes, reviewed)
	p.heads("", rule.Silent, max(team-reviewed, 0))
	for range in.of("open_concerns") {
		p.object(string(p.Seats[0].Person))
	}
	r := rule.FinalComment{Outstanding: int(orZero(in.given("max_outstanding"))), Share: in.param("share"), Seconds: orZero(in.given("days")) * 24 * 60 * 60}
	made := kind("final-comment", r)
	v := p.judged(made)
	starts := v.reason("final-comment").Holds
	out := findings{"final_comment_starts": starts}
	if days := in.fact("days_passed"); days != nil {
		p.Now = p.Now.AddDate(0, 0, int(whole(days)))
		out["adopted"] = p.judged(made).carried()
	}
	return out, nil
}

package rule

import (
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

// Consensus is that of the W3C: enough people support it and nobody sustains an
// objection. It says which level was reached: unanimity, consensus, dissent or
// insufficient support.
//
// The choices that peers make differently: to abstain and to be silent is
// allowed; unanimity is of everybody who has a seat; who leaves counts nowhere,
// but their objection stands until it is ended; seats count, not weights; while
// an objection stands and there is time it is pending, and at the close it is
// dissent; where there is no deadline it is never declined for an objection.
// Otherwise as Vote.
//
// Source: W3C Process, Consensus; M-122.
type Consensus struct {
	SupportMin int `json:"support-min,omitempty"`
}

// The levels of consensus.
const (
	Unanimously         = "unanimity"
	ByConsensus         = "consensus"
	WithDissent         = "dissent"
	InsufficientSupport = "insufficient-support"
)

// Check refuses a number that cannot be.
func (r *Consensus) Check() error { return r.Vote().Check() }

// Vote gives the rule without its levels.
func (r *Consensus) Vote() *Vote {
	return &Vote{
		Positions: allPositions,
		Carry: all(
			Condition{Name: "objections", Count: positions(Objections), AtMost: "0"},
			Condition{Name: "support", Count: positions(Yes), AtLeast: fmt.Sprint(max(r.SupportMin, 1)), Heads: true},
		),
		Also: []Condition{{Name: "everybody", Count: positions(Yes), AtLeast: "1", Of: positions(Everyone), Heads: true}},
	}
}

// Early says that it may be certain before everybody was heard.
func (r *Consensus) Early() bool { return true }

// Judge answers the case.
func (r *Consensus) Judge(c consent.Case) consent.Verdict {
	v := r.Vote().Judge(c)
	held := map[string]bool{}
	for _, w := range v.Why {
		held[w.Code] = w.Holds
	}
	level := ByConsensus
	switch {
	case !held["objections"]:
		level = WithDissent
	case !held["support"]:
		level = InsufficientSupport
	case held["everybody"]:
		level = Unanimously
	}
	v.Why = append(v.Why, consent.Reason{Code: "level", Holds: held["objections"] && held["support"], Got: level, Need: ByConsensus})
	return v
}

// RoughConsensus is that of the IETF: numbers do not decide, and no objection is
// left that was not addressed. That one was not accommodated does not matter.
//
// The choices that peers make differently: an objection stands until it was
// addressed, which is for people to say; nobody has to have said yes; while there
// is time one may be raised, so it is decided at the close or when everybody was
// heard. Otherwise as Vote.
//
// Source: RFC 7282.
type RoughConsensus struct{}

// Vote gives the rule.
func (RoughConsensus) Vote() *Vote {
	return &Vote{Positions: allPositions, Carry: Condition{Name: "objections", Count: positions(Objections), AtMost: "0"}}
}

// FinalComment adopts after a final comment period, which begins when enough of a
// team have reviewed and no concern of the team is open, and begins anew with
// each concern. With Share that share must have reviewed; without it more must
// have reviewed than not, and at most Outstanding may be missing.
//
// The choices that peers make differently: a review is any answer; a concern is
// an objection, by who has a seat; not less than the share, more than half.
// Otherwise as Lasting.
//
// Source: rust-lang/rfcbot-rs; matrix-org/mscbot-python.
type FinalComment struct {
	Outstanding int    `json:"outstanding,omitempty"`
	Share       string `json:"share,omitempty"`
	Seconds     int64  `json:"seconds"`
}

// Lasting gives the rule.
func (r FinalComment) Lasting() *Lasting {
	parts := []Condition{{Name: "concerns", Count: positions(Objections), AtMost: "0"}}
	if r.Share != "" {
		parts = append(parts, Condition{Name: "reviewed", Count: positions(Answered), AtLeast: r.Share, Of: positions(Everyone), Heads: true})
	} else {
		parts = append(parts,
			Condition{Name: "reviewed", Count: positions(Answered), Over: "1/2", Of: positions(Everyone), Heads: true},
			Condition{Name: "outstanding", Count: positions(Silent), AtMost: fmt.Sprint(r.Outstanding), Heads: true})
	}
	return &Lasting{Condition: all(parts...), Seconds: r.Seconds, Name: "final-comment"}
}

// Consent is the consent of a circle as a rule beside others: adopted when every
// seat has answered and nothing stands against it. With SilenceConsents silence
// has no objection when the time is over. It differs from consent.ByConsent in
// that who objected and took it back, or was answered, need not answer again.
//
// The choices that peers make differently: it never declines; a concern, a
// stand-aside and an abstention do not block; an objection of an older version
// stands as long as nobody has ended it; who objects in an answer without an
// objection on record blocks too; while positions may be changed adoption is not
// final; weights do not touch it; who left is not
// waited for, and their objection stands until it is ended; without a deadline
// silence keeps it open.
//
// Source: EC-30, EC-39; M-122.
type Consent struct {
	SilenceConsents bool `json:"silence-consents,omitempty"`
}

// Check finds nothing to refuse.
func (r *Consent) Check() error { return nil }

// Early says that it is asked after every answer.
func (r *Consent) Early() bool { return true }

// Judge answers the case.
func (r *Consent) Judge(c consent.Case) consent.Verdict {
	s := whatWasSaid(&c)
	for i, at := range s {
		if at >= 0 && !answers(c.Answers[at].Position) && !blocks(c.Answers[at].Position) {
			s[i] = silent // what nobody understands is no answer
		}
	}
	who := s.unheard(&c)
	waits := len(who) > 0 && (!r.SilenceConsents || !timeIsOver(&c))
	v := consent.Verdict{Outcome: consent.Pending}
	v.Why = append(v.Why, consent.Reason{Code: "heard", Holds: len(who) == 0, Got: fmt.Sprint(s.heard()), Need: fmt.Sprint(s.heard() + len(who)), Who: who})
	if len(who) > 0 && !waits {
		v.Why = append(v.Why, consent.Reason{Code: "silence-counted", Holds: true, Who: who})
	}
	stands := append(consent.Standing(&c), r.unrecorded(&c, s)...)
	v.Why = append(v.Why, consent.Reason{Code: "objections", Holds: len(stands) == 0, Got: fmt.Sprint(len(stands)), Need: "at most 0"})
	v.Why = append(v.Why, stands...)
	seats := s.heard() + len(who)
	switch {
	case seats > 0 && !waits && len(stands) == 0:
		v.Outcome, v.Final = consent.Carried, !c.MayChange || timeIsOver(&c)
	case waits && r.SilenceConsents:
		v.Wake = c.Closes
	}
	return v
}

// Concern is an answer with a worry that does not stand in the way.
const Concern = "concern"

// answers says that a position answers a question of consent and objects to
// nothing.
func answers(position string) bool {
	switch position {
	case consent.Consents, Yes, Concern, string(consent.StandsAside), Abstain:
		return true
	}
	return false
}

// blocks says that a position is an objection.
func blocks(position string) bool {
	switch position {
	case consent.Objects, consent.Against, No, Veto:
		return true
	}
	return false
}

// unrecorded are those who object in their answer, and of whom there is no
// objection on record.
func (r *Consent) unrecorded(c *consent.Case, s said) []consent.Reason {
	var why []consent.Reason
	for i, at := range s {
		if at < 0 || !blocks(c.Answers[at].Position) {
			continue
		}
		recorded := false
		for _, o := range c.Objections {
			recorded = recorded || o.Seat == c.Seats[i].Person && o.Version == c.Version
		}
		if !recorded {
			why = append(why, consent.Reason{Code: "objection-stands", Got: "answer", Who: []circle.PersonID{c.Seats[i].Person}})
		}
	}
	return why
}

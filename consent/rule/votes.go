package rule

import (
	"fmt"

	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/canon"
)

// Votes are the rules of yes and no, and those that split weights, by their names.
func Votes() consent.Kinds {
	return consent.Kinds{
		kind("vote"): NewVote,

		kind("majority"):           cooked[Majority],
		kind("unanimity"):          cooked[Unanimity],
		kind("unanimity-minus"):    cooked[UnanimityMinus],
		kind("approval-with-veto"): cooked[ApprovalWithVeto],
		kind("lazy-consensus"):     cooked[LazyConsensus],
		kind("advice"):             cooked[Advice],
		kind("apache"):             cooked[Apache],
		kind("rough-consensus"):    cooked[RoughConsensus],
		kind("simple-majority"):    ready(SimpleMajority),
		kind("absolute-majority"):  ready(AbsoluteMajority),
		kind("super-majority"):     ready(SuperMajority),

		kind("double-majority"):        cooked[DoubleMajority],
		kind("double-majority-shares"): ready(DoubleMajorityShares),
		kind("chambers"):               cooked[Chambers],
		kind("eu-qualified-majority"):  cooked[QualifiedMajority],
		kind("threshold-class-veto"):   cooked[ClassVeto],
		kind("coop-resolution"):        cooked[CoopResolution],

		kind("dao-threshold"):      cooked[DaoThreshold],
		kind("governor"):           cooked[Governor],
		kind("delegated-override"): cooked[DelegatedOverride],
		kind("liquid-gov"):         cooked[LiquidGov],
		kind("gov"):                cooked[Gov],
		kind("group-policy"):       made[GroupPolicy],

		kind("settled-consent"): made[Consent],
		kind("consensus"):       made[Consensus],
		kind("lasting"):         made[Lasting],
		kind("final-comment"):   finalComment,
		kind("adaptive-quorum"): made[AdaptiveQuorum],
		kind("debian-quorum"):   made[DebianQuorum],
		kind("conviction"):      made[Conviction],

		kind("quadratic"):         plainly(Quadratic{}),
		kind("weighted-split"):    plainly(WeightedSplit{}),
		kind("approval-weighted"): plainly(ApprovalWeighted{}),
	}
}

// kind names the first version of a kind.
func kind(name string) consent.RuleName { return consent.RuleName{Kind: name, Version: 1} }

// read reads parameters strictly. None are those of the zero value.
func read[T any](parameters string) (T, error) {
	var r T
	if parameters == "" {
		return r, nil
	}
	err := canon.Read([]byte(parameters), &r, nil)
	return r, err
}

// cooked makes the vote of a recipe from its parameters.
func cooked[R recipe](parameters string) (consent.Rule, error) {
	r, err := read[R](parameters)
	if err != nil {
		return nil, err
	}
	if c, ok := any(r).(interface{ Check() error }); ok {
		if err := c.Check(); err != nil {
			return nil, err
		}
	}
	v := r.Vote()
	return orRefused(v, v.Check())
}

// ready makes the vote of a recipe that has its parameters.
func ready(r recipe) func(string) (consent.Rule, error) { return plainly(r.Vote()) }

// plainly gives a rule that has no parameters.
func plainly(r consent.Rule) func(string) (consent.Rule, error) {
	return func(parameters string) (consent.Rule, error) {
		if parameters != "" && parameters != "{}" {
			return nil, fmt.Errorf("this rule has no parameters, and %s is given", parameters)
		}
		return r, nil
	}
}

func finalComment(parameters string) (consent.Rule, error) {
	r, err := read[FinalComment](parameters)
	if err != nil {
		return nil, err
	}
	l := r.Lasting()
	return orRefused(l, l.Check())
}

// checked is a rule that knows which parameters it can have.
type checked[T any] interface {
	*T
	consent.Rule
	Check() error
}

// made makes a rule from its parameters.
func made[T any, P checked[T]](parameters string) (consent.Rule, error) {
	r, err := read[T](parameters)
	if err != nil {
		return nil, err
	}
	return orRefused(P(&r), P(&r).Check())
}

// orRefused gives no rule where its parameters are refused.
func orRefused(r consent.Rule, err error) (consent.Rule, error) {
	if err != nil {
		return nil, err
	}
	return r, nil
}

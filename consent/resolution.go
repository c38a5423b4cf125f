package consent

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
)

// A Resolution is a vote of the members as the rules of co-operatives have it:
// a share of a named base must be in favour, enough members must be there, and
// the votes of some classes may be held down to a share of the whole. It counts
// in exact fractions.
//
// The choices that others make differently: who abstains or does not vote is
// present, and counts in a base of those present; who is there by proxy is
// present; half and half is lost, and nobody has a second vote; where too few
// are there it decides nothing, so that another meeting may; it says nothing
// while somebody may still vote; a capped class is held down by what the others
// bring to the same base; with nobody else there, capped classes carry nothing.
//
// Source: EC-66 to EC-70, EC-77, EC-78; care-cooperative §4C, §5B.
type Resolution struct {
	// Share must be in favour: more than that, or just that too where NotLess says
	// so.
	Share   circle.Share `json:"share"`
	NotLess bool         `json:"not-less,omitempty"`
	// Base is what the share is of. Empty: the votes cast.
	Base Base `json:"base,omitempty"`
	// Quorum is how many must be there.
	Quorum circle.Quorum `json:"quorum,omitempty"`
	// Cap holds classes down.
	Cap Cap `json:"cap,omitempty"`
	// Carry are classes each of which must be in favour for itself, by more than
	// half of the votes that it casts.
	Carry []circle.Class `json:"carry,omitempty"`
}

// Base is what a share is taken of.
type Base string

// The bases. The empty one: the votes cast, for and against.
const (
	OfPresent  Base = "present"  // who is there, also by proxy, whether or not they vote
	OfRegister Base = "register" // all members
)

// Values lists the bases.
func (Base) Values() []string { return []string{string(OfPresent), string(OfRegister)} }

// Check refuses a base that nobody knows.
func (b Base) Check() error { return among(string(b), b.Values()) }

// A Cap holds classes down to a share of the voting strength, all of them
// together and each of their members alike (EC-70).
type Cap struct {
	Classes []circle.Class `json:"classes"`
	Share   circle.Share   `json:"share"`
	// Fixed gives them that share also when they are fewer (care-cooperative §5B,
	// "always count for a tenth").
	Fixed bool `json:"fixed,omitempty"`
}

// IsZero says that nobody is held down.
func (c Cap) IsZero() bool { return len(c.Classes) == 0 && c.Share.IsZero() && !c.Fixed }

const resolutionKind = "resolution"

// Name gives the rule's name with its parameters, as a method stores it.
func (r Resolution) Name() RuleName {
	b, err := canon.Append(nil, r, 0)
	if err != nil {
		panic(err) // numbers and names can always be written
	}
	return RuleName{Kind: resolutionKind, Version: 1, Parameters: string(b)}
}

func newResolution(parameters string) (Rule, error) {
	var r Resolution
	if err := canon.Read([]byte(parameters), &r, nil); err != nil {
		return nil, err
	}
	if err := r.Check(); err != nil {
		return nil, err
	}
	return r, nil
}

// Check refuses numbers that cannot be.
func (r *Resolution) Check() error {
	for _, share := range []circle.Share{r.Share, r.Quorum.Share, r.Cap.Share} {
		if err := share.Check(); err != nil {
			return err
		}
	}
	switch c := r.Cap; {
	case r.Share.IsZero():
		return fmt.Errorf("it does not say which share must be in favour")
	case r.Quorum.Check() != nil:
		return r.Quorum.Check()
	case c.IsZero():
	case len(c.Classes) == 0, c.Share.IsZero(), c.Share.Part == c.Share.Of:
		return fmt.Errorf("%s is no share that classes can be held down to", c.Share)
	}
	return r.Base.Check()
}

// Judge answers the case.
func (r Resolution) Judge(c Case) Verdict {
	p := polled(c)
	v := Verdict{Outcome: Pending}
	enough := true
	if !r.Quorum.IsZero() && !c.Quorate {
		needs := r.Quorum.Needs(p.register.heads())
		enough = p.present.heads() >= needs
		v.Why = append(v.Why, Reason{Code: "there", Holds: enough, Got: fmt.Sprint(p.present.heads()), Need: fmt.Sprint(needs)})
	}
	met, why := r.carried(p)
	v.Why = append(append(v.Why, why...), Standing(&c)...)
	if c.MayChange || !enough {
		return v
	}
	v.Outcome, v.Final = Declined, true
	if met {
		v.Outcome = Carried
	}
	return v
}

// carried says whether the share is reached, and shows the sum.
func (r Resolution) carried(p poll) (bool, []Reason) {
	base := p.base(r.Base)
	weight := r.Cap.weight(base)
	got, all := r.Cap.strength(p.yes, weight), r.Cap.strength(base, weight)
	met := r.reached(got, all)
	why := []Reason{{Code: "in-favour", Holds: met, Got: fraction(got, all), Need: r.needs()}}
	if held, _ := base.of(r.Cap.Classes); held > 0 {
		why = append(why, Reason{Code: "weight", Holds: true, Of: r.Cap.Classes, Got: weight.RatString(), Need: r.Cap.needs()})
	}
	for _, class := range p.classes() {
		half := 2*p.yes[class] > p.yes[class]+p.no[class]
		must := slices.Contains(r.Carry, class)
		met = met && (half || !must)
		code := "class"
		if must {
			code = "class-carries"
		}
		why = append(why, Reason{Code: code, Holds: half, Of: []circle.Class{class},
			Got: fmt.Sprintf("%d of %d", p.yes[class], p.yes[class]+p.no[class]), Need: "over 1/2"})
	}
	for _, class := range r.Carry {
		if p.yes[class]+p.no[class] == 0 {
			met = false
			why = append(why, Reason{Code: "class-carries", Of: []circle.Class{class}, Got: "0 of 0", Need: "over 1/2"})
		}
	}
	return met, why
}

// reached compares in whole numbers: got/all with Share/Of.
func (r Resolution) reached(got, all *big.Rat) bool {
	if all.Sign() == 0 {
		return false
	}
	left := new(big.Rat).Mul(got, big.NewRat(int64(r.Share.Of), 1))
	order := left.Cmp(new(big.Rat).Mul(all, big.NewRat(int64(r.Share.Part), 1)))
	return order > 0 || order == 0 && r.NotLess
}

func (r Resolution) needs() string {
	says := fmt.Sprintf("over %d/%d", r.Share.Part, r.Share.Of)
	if r.NotLess {
		says = fmt.Sprintf("at least %d/%d", r.Share.Part, r.Share.Of)
	}
	switch r.Base {
	case OfPresent:
		return says + " of those present"
	case OfRegister:
		return says + " of all members"
	}
	return says + " of the votes cast"
}

func (c Cap) needs() string {
	if c.Fixed {
		return fmt.Sprintf("%d/%d of the whole", c.Share.Part, c.Share.Of)
	}
	return fmt.Sprintf("at most %d/%d of the whole", c.Share.Part, c.Share.Of)
}

// weight is what each vote of a capped class weighs: all of them together
// weigh at most the share over the rest of it of what the others bring.
func (c Cap) weight(base heads) *big.Rat {
	held, others := base.of(c.Classes)
	one := big.NewRat(1, 1)
	if held == 0 || c.IsZero() {
		return one
	}
	w := big.NewRat(int64(others)*int64(c.Share.Part), int64(held)*int64(c.Share.Of-c.Share.Part))
	if !c.Fixed && w.Cmp(one) > 0 {
		return one
	}
	return w
}

// strength is what a number of members weighs.
func (c Cap) strength(h heads, weight *big.Rat) *big.Rat {
	held, others := h.of(c.Classes)
	sum := new(big.Rat).Mul(weight, big.NewRat(int64(held), 1))
	return sum.Add(sum, big.NewRat(int64(others), 1))
}

// fraction is the exact share, in lowest terms.
func fraction(got, all *big.Rat) string {
	if all.Sign() == 0 {
		return "0"
	}
	return new(big.Rat).Quo(got, all).RatString()
}

// heads counts members by class.
type heads map[circle.Class]int

func (h heads) heads() int {
	n := 0
	for _, of := range h {
		n += of
	}
	return n
}

// of parts them into those of some classes and all others.
func (h heads) of(classes []circle.Class) (these, others int) {
	for class, n := range h {
		if slices.Contains(classes, class) {
			these += n
		} else {
			others += n
		}
	}
	return these, others
}

// A poll is who voted how, by class.
type poll struct{ register, present, yes, no heads }

func polled(c Case) poll {
	p := poll{heads{}, heads{}, heads{}, heads{}}
	last := lastAnswers(c)
	for _, s := range c.Seats {
		if s.Out {
			continue
		}
		p.present[s.Class]++
		switch last[s.Person].Position {
		case Consents:
			p.yes[s.Class]++
		case Against, Objects:
			p.no[s.Class]++
		}
	}
	p.register = p.present
	if len(c.Register) > 0 {
		p.register = heads{}
		for _, of := range c.Register {
			p.register[of.Class] += of.N
		}
	}
	return p
}

func (p poll) base(b Base) heads {
	switch b {
	case OfPresent:
		return p.present
	case OfRegister:
		return p.register
	}
	cast := heads{}
	for class := range p.present {
		cast[class] = p.yes[class] + p.no[class]
	}
	return cast
}

// classes lists those that cast a vote, by name.
func (p poll) classes() []circle.Class {
	var out []circle.Class
	for class := range p.present {
		if class != "" && p.yes[class]+p.no[class] > 0 {
			out = append(out, class)
		}
	}
	slices.Sort(out)
	return out
}

// investors are held down to a tenth of the vote (EC-70).
var investors = Cap{Classes: []circle.Class{circle.Investor}, Share: circle.Share{Part: 1, Of: 10}}

// The resolutions of the care co-operative: more than a half, and more than
// three quarters, of those present or there by proxy, with investors held down
// to a tenth (EC-68 to EC-70). The quorum is that of a sibling society, the
// larger of three and a quarter of the register (EC-77): the co-operative's own
// papers name none.
var (
	Ordinary      = Resolution{Share: circle.Share{Part: 1, Of: 2}, Base: OfPresent, Quorum: circle.Quorum{Least: 3, Share: circle.Share{Part: 1, Of: 4}}, Cap: investors}
	Extraordinary = Resolution{Share: circle.Share{Part: 3, Of: 4}, Base: OfPresent, Quorum: circle.Quorum{Least: 3, Share: circle.Share{Part: 1, Of: 4}}, Cap: investors}
)

// resolutionWords says what a reason of a resolution says, in plain words.
func resolutionWords(r Reason) (string, bool) {
	switch r.Code {
	case "there":
		return fmt.Sprintf("%s were there, %s needed", r.Got, r.Need), true
	case "in-favour":
		return fmt.Sprintf("in favour were %s%s, and %s is needed", r.Got, percent(r.Got), r.Need), true
	case "weight":
		return fmt.Sprintf("each vote of class %s weighs %s, for all of them together are %s", circle.Plain(r.Of), r.Got, r.Need), true
	case "class":
		return fmt.Sprintf("of class %s %s were in favour", circle.Plain(r.Of), r.Got), true
	case "class-carries":
		return fmt.Sprintf("of class %s %s were in favour, and %s of them is needed", circle.Plain(r.Of), r.Got, r.Need), true
	case "vote-needed":
		return "there is always a vote on this", true
	}
	return "", false
}

// percent words an exact share in percent, cut after two places and never
// rounded up; the fraction beside it is what counts.
func percent(share string) string {
	r, ok := new(big.Rat).SetString(share)
	if !ok {
		return ""
	}
	n := new(big.Int).Mul(r.Num(), big.NewInt(10_000))
	n.Quo(n, r.Denom())
	return fmt.Sprintf(" (%d.%02d %%)", n.Int64()/100, n.Int64()%100)
}

package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/consent/logbook"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

// sentWorld is a broader circle with pam in it, and a circle inside it with lee
// as Leader, dee as Delegate and ben; dee comes to the broader one by her hat.
func sentWorld(t *testing.T, places circle.Rules) *world {
	t.Helper()
	w := emptyWorld(t)
	w.must(host, circle.Found{ID: "places", Aim: text("Circles that work together"), Domain: []circle.Item{{ID: "teams", Text: text("Teams")}}, Rules: places})
	for _, who := range []circle.PersonID{"pam", "lee", "dee", "ben"} {
		w.must(host, circle.Admit{ID: who})
	}
	w.must(host, circle.Join{Circle: "places", Person: "pam", Level: circle.Full})
	w.must(host, circle.Open{ID: "valley", Parent: "places", Aim: text("Support"), Domain: []circle.Item{{ID: "hand-over", Of: "teams", Text: text("How Teams hand over")}},
		Members: []circle.PersonID{"lee", "dee", "ben"}})
	for hat, who := range map[circle.Hat]circle.PersonID{circle.Leader: "lee", circle.Delegate: "dee"} {
		id := circle.RoleID("v-" + hat)
		w.must(host, circle.CreateRole{ID: id, Circle: "valley", Hat: hat})
		w.must(host, circle.GiveRole{Role: id, Person: who})
	}
	w.must(host, circle.LinkTo{Circle: "valley", To: "places", As: circle.Delegate})
	w.must("pam", consent.CallMeeting{ID: "m", Circle: "places", At: w.now})
	return w
}

func (w *world) fullIn(id circle.ID) (out []circle.PersonID) {
	w.t.Helper()
	w.engine.Look(func(s *consent.State) { out = s.Org.FullIn(id) })
	return out
}

var sendsBen = consent.SendSubstitute{Meeting: "m", Role: "v-delegate", Person: "ben"}

// TestSubstituteForOneMeeting: EC-89, somebody has the rights of a hat while one
// meeting goes on, and neither before nor after it; what they were asked in it
// they still answer.
func TestSubstituteForOneMeeting(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	w.must("dee", sendsBen)
	require.Equal(t, []circle.PersonID{"pam", "dee"}, w.fullIn("places"), "not yet")
	w.must("pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam", "ben"}})
	require.Equal(t, []circle.PersonID{"pam", "ben"}, w.fullIn("places"))
	w.must("pam", consent.Ask{ID: "q", Circle: "places", Question: text("Shall we?")})
	w.must("pam", consent.CloseMeeting{Meeting: "m"})
	require.Equal(t, []circle.PersonID{"pam", "dee"}, w.fullIn("places"))
	minutes, err := logbook.OfMeeting(t.Context(), w.engine, "m")
	require.NoError(t, err)
	require.Contains(t, minutes.String(), "  In the stead of dee, who wears v-delegate: ben\n")
	w.no(consent.NoConsentRight, "dee", consent.Respond{Proposal: "q", Answer: consent.Consents})
	w.must("ben", consent.Respond{Proposal: "q", Answer: consent.Consents})
	w.no(consent.MeetingNot, "dee", sendsBen)
	w.replays()
}

// TestSubstituteWhileItGoesOn: who is called away in the meeting names somebody
// then; and who named somebody and comes after all sits there themself.
func TestSubstituteWhileItGoesOn(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	w.must("pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam"}})
	w.must("dee", sendsBen)
	require.Equal(t, []circle.PersonID{"pam", "ben"}, w.fullIn("places"))
	w.must("ben", consent.Arrive{Meeting: "m"})
	w.must("pam", consent.CloseMeeting{Meeting: "m"})
	require.Equal(t, []circle.PersonID{"pam", "dee"}, w.fullIn("places"))

	w = sentWorld(t, circle.Rules{})
	w.must("dee", sendsBen)
	w.no(proposal.NotParticipant, "pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam", "dee", "ben"}})
	w.must("pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam", "dee"}})
	require.Equal(t, []circle.PersonID{"pam", "dee"}, w.fullIn("places"))
	w.no(consent.HereThemself, "dee", sendsBen)
	w.replays()
}

// TestSubstituteRefused: who may name whom for which meeting (EC-83, EC-88, EC-89).
func TestSubstituteRefused(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	no := func(code *circle.Code, by circle.PersonID, change func(*consent.SendSubstitute)) {
		t.Helper()
		c := sendsBen
		change(&c)
		w.no(code, by, c)
	}
	no(consent.UnknownMeeting, "dee", func(c *consent.SendSubstitute) { c.Meeting = "other" })
	no(circle.UnknownRole, "dee", func(c *consent.SendSubstitute) { c.Role = "other" })
	no(circle.UnknownPerson, "dee", func(c *consent.SendSubstitute) { c.Person = "nobody" })
	no(circle.NotWearing, "ben", func(*consent.SendSubstitute) {})
	no(circle.NotSubstituting, "ben", func(c *consent.SendSubstitute) { c.Holder = "dee" })
	no(circle.LeaderIsDelegate, "dee", func(c *consent.SendSubstitute) { c.Person = "lee" })
	no(consent.NotOfMeeting, "lee", func(c *consent.SendSubstitute) { c.Role = "v-leader" })
	w.must("lee", consent.SendSubstitute{Meeting: "m", Role: "v-delegate", Holder: "dee", Person: "pam"})
	w.must("dee", sendsBen)
	w.must(host, circle.LinkTo{Circle: "valley", To: "places", As: circle.Leader})
	no(consent.StandsForOther, "lee", func(c *consent.SendSubstitute) { c.Role = "v-leader" })
	w.must("dee", sendsBen) // the same seat once more
	w.must(host, circle.Admit{ID: "kim"})
	w.must(host, circle.Join{Circle: "valley", Person: "kim", Level: circle.Full})
	w.must(host, circle.GiveRole{Role: "v-delegate", Person: "kim"})
	no(consent.StandsForOther, "kim", func(*consent.SendSubstitute) {})
	w.must("kim", circle.LayDown{Role: "v-delegate"})
	w.must("dee", circle.NameSubstitute{Role: "v-delegate", Person: "pam", Until: w.now.Add(time.Hour)})
	no(consent.HasSubstitute, "dee", func(*consent.SendSubstitute) {})
	w.must("pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam", "lee"}})
	require.Equal(t, []circle.PersonID{"pam", "lee"}, w.fullIn("places"), "who acts in her stead as it is goes before")

	w = sentWorld(t, circle.Rules{Linking: circle.Linking{Confirm: true}})
	w.no(consent.NotOfMeeting, "dee", sendsBen)
	w.must(host, circle.ConfirmLink{Circle: "valley", To: "places", As: circle.Delegate, Person: "dee"})
	w.no(consent.ConfirmFirst, "dee", sendsBen)
}

// TestSubstituteOfWhoLaidDown: a hat that is laid down before the meeting sends
// nobody there.
func TestSubstituteOfWhoLaidDown(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	w.must("dee", sendsBen)
	w.must("dee", circle.LayDown{Role: "v-delegate"})
	w.no(proposal.NotParticipant, "pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam", "ben"}})
	w.must("pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam"}})
	require.Equal(t, []circle.PersonID{"pam"}, w.fullIn("places"))
	w.replays()
}

// TestBackStopCovers: M-55 and EC-90, while nobody wears the hat, the first in the
// order of those who stand in for it sits where the hat links to; never the Leader
// for the Delegate.
func TestBackStopCovers(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	w.must("lee", consent.Ask{ID: "order", Circle: "valley", Question: text("Ben backs Dee up"),
		Enacts: []circle.Deed{circle.OrderSurrogates{Role: "v-delegate", Order: []circle.PersonID{"lee", "ben"}}}})
	w.consents("order", "lee", "dee", "ben")
	require.Equal(t, []circle.PersonID{"pam", "dee"}, w.fullIn("places"))
	w.must("dee", circle.LayDown{Role: "v-delegate"})
	require.Equal(t, []circle.PersonID{"pam", "ben"}, w.fullIn("places"))
	w.replays()
}

// TestTakenOff: EC-81, whether a holder has a stance when their role is taken off
// is for the circle to agree.
func TestTakenOff(t *testing.T) {
	for _, agreed := range []circle.TakenOff{"", circle.ConsentsToo, circle.HeardOnly} {
		w := newWorld(t, setting{Full: 3, Rules: circle.Rules{Method: "plain", Staffing: circle.Staffing{TakenOff: agreed}}, Secretary: cia})
		w.must(ana, proposal.Submit{ID: "p", Circle: den, Text: text("Somebody else writes"),
			Enacts: []circle.Deed{circle.RevokeRole{Role: roleOf(t, w, circle.Secretary), Person: cia}}})
		w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
		if agreed == circle.HeardOnly {
			w.no(consent.OwnRole, cia, objection.Raise{ID: "o", Proposal: "p", Aim: circle.WholeAim, Argument: text("I want to go on")})
			w.no(consent.OwnRole, cia, consent.Respond{Proposal: "p", Answer: consent.Consents})
			w.consents("p", ana, ben)
			require.Equal(t, consent.StageAdopted, w.stage("p"))
			continue
		}
		w.consents("p", ana, ben)
		require.Equal(t, consent.StageDecide, w.stage("p"))
		w.objects("p", "o", cia)
		require.Equal(t, consent.StageIntegrate, w.stage("p"))
	}
}

// roleOf is the role by which a hat is worn in the world's circle.
func roleOf(t *testing.T, w *world, hat circle.Hat) (out circle.RoleID) {
	t.Helper()
	w.engine.Look(func(s *consent.State) {
		for _, id := range s.Org.Circle(den).Roles {
			if s.Org.Role(id).Hat == hat {
				out = id
			}
		}
	})
	require.NotEmpty(t, out)
	return out
}

// TestSubstitutesOfTwo: who sends another instead takes back their own choice, and that of nobody else who wears the hat (EC-89).
func TestSubstitutesOfTwo(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	for _, who := range []circle.PersonID{"kim", "max", "eve"} {
		w.must(host, circle.Admit{ID: who})
		w.must(host, circle.Join{Circle: "valley", Person: who, Level: circle.Full})
	}
	w.must(host, circle.GiveRole{Role: "v-delegate", Person: "kim"})
	sends := func(who circle.PersonID) consent.SendSubstitute {
		return consent.SendSubstitute{Meeting: "m", Role: "v-delegate", Person: who}
	}
	w.must("dee", sends("ben"))
	w.must("kim", sends("max"))
	w.must("dee", sends("eve"))
	var sent []circle.PersonID
	w.engine.Look(func(s *consent.State) {
		for _, sub := range s.Meeting("m").Substitutes {
			sent = append(sent, sub.Person)
		}
	})
	require.Equal(t, []circle.PersonID{"max", "eve"}, sent)
	w.must("dee", circle.LayDown{Role: "v-delegate"})
	w.must("pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam", "max"}})
	require.ElementsMatch(t, []circle.PersonID{"pam", "max"}, w.fullIn("places"))
	w.replays()
}

// TestSubstituteBehindOneWhoIsNotWanted: of two who were sent, the one whose holder has come after all is not needed, and the other is (EC-89).
func TestSubstituteBehindOneWhoIsNotWanted(t *testing.T) {
	w := sentWorld(t, circle.Rules{})
	for _, who := range []circle.PersonID{"kim", "max"} {
		w.must(host, circle.Admit{ID: who})
		w.must(host, circle.Join{Circle: "valley", Person: who, Level: circle.Full})
	}
	w.must(host, circle.GiveRole{Role: "v-delegate", Person: "kim"})
	w.must("dee", sendsBen)
	w.must("kim", consent.SendSubstitute{Meeting: "m", Role: "v-delegate", Person: "max"})
	w.must("pam", consent.OpenMeeting{Meeting: "m", Present: []circle.PersonID{"pam", "dee", "max"}})
	require.ElementsMatch(t, []circle.PersonID{"pam", "dee", "max"}, w.fullIn("places"))
	w.replays()
}

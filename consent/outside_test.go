package consent_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// TestSetAsideInLastCall: a case that a signal sets aside in its last call goes on with the time
// that it had left; where somebody has no minutes yet, without any; and where they got them
// meanwhile, with all of it from the day on which it goes on (CP-22, EC-39).
func TestSetAsideInLastCall(t *testing.T) {
	for name, c := range map[string]struct {
		before, meanwhile []circle.PersonID
		until             func(w *world, was time.Time) time.Time
	}{
		"all had the minutes":        {[]circle.PersonID{ben, cia}, nil, func(_ *world, was time.Time) time.Time { return was.Add(30 * day) }},
		"one has not":                {[]circle.PersonID{ben}, nil, func(*world, time.Time) time.Time { return time.Time{} }},
		"one got them in the time":   {[]circle.PersonID{ben}, []circle.PersonID{cia}, func(w *world, _ time.Time) time.Time { return plainSilent.Absence.After.After(w.now) }},
		"both got them in that time": {nil, []circle.PersonID{ben, cia}, func(w *world, _ time.Time) time.Time { return plainSilent.Absence.After.After(w.now) }},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, setting{Full: 3, Rules: plainSilent}, func(c *consent.Config) { c.Safeguard = new(taken).take })
			rules := plainSilent
			rules.Safeguarding = &circle.Safeguarding{Leads: []circle.PersonID{gus}}
			w.must(host, circle.AgreeRules{Circle: den, Rules: rules})
			w.submit("p")
			w.gather("m", []proposal.ID{"p"}, ana)
			w.must(ana, consent.OpenRound{Proposal: "p", Round: consent.ConsentRound})
			w.consents("p", ana)
			w.must(ana, consent.CloseMeeting{Meeting: "m"})
			require.Equal(t, consent.StageLastCall, w.stage("p"))
			for _, who := range c.before {
				w.must(ana, minutesTo(who))
			}
			was := w.process("p").Until
			aside := signal
			aside.SetAside = true
			w.must(cia, aside)
			require.Empty(t, w.later(30*day), "no clock runs")
			for _, who := range c.meanwhile {
				w.must(ana, minutesTo(who))
			}
			w.must(gus, consent.GoOn{Proposal: "p"})
			until := c.until(w, was)
			require.Equal(t, until, w.process("p").Until)
			w.replays()
			if until.IsZero() {
				require.Empty(t, w.later(30*day))
				require.Equal(t, consent.StageLastCall, w.stage("p"))
				return
			}
			require.Empty(t, w.at(until.Add(-time.Second)))
			require.NotEmpty(t, w.at(until))
			require.Equal(t, consent.StageAdopted, w.stage("p"))
		})
	}
}

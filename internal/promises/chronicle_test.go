package promises_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/internal/promises"
	"github.com/sayround/sayround/objection"
	"github.com/sayround/sayround/proposal"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// TestChronicleBites: entries that break a promise are found, and the promise is
// named. Those that break none are not.
func TestChronicleBites(t *testing.T) {
	opened := func(version int, seats ...circle.PersonID) *consent.RoundOpened {
		e := &consent.RoundOpened{Proposal: "p", Round: consent.ConsentRound, Version: version, Closes: noon}
		for _, who := range seats {
			e.Seats = append(e.Seats, consent.Seat{Person: who})
		}
		return e
	}
	says := func(who circle.PersonID, version int) *consent.Responded {
		return &consent.Responded{Proposal: "p", By: who, Response: consent.Consents, Version: version}
	}
	adopted := &proposal.Adopted{Proposal: "p", Version: 1}
	raised := &objection.Raised{Objection: "o", Proposal: "p", By: "ben"}
	withdrawn := &objection.Withdrawn{Objection: "o", By: "ben"}
	closed := func(at time.Time, silent ...circle.PersonID) *consent.WindowClosed {
		return &consent.WindowClosed{Proposal: "p", At: at, Silent: silent}
	}
	for name, l := range map[string]struct {
		breaks string
		then   []consent.Event
	}{
		"nothing is wrong":                        {"", []consent.Event{opened(1, "ana", "ben"), says("ana", 1), raised, withdrawn, says("ben", 1), adopted}},
		"adopted while an objection stands":       {"S1", []consent.Event{opened(1, "ana"), says("ana", 1), raised, adopted}},
		"adopted without somebody":                {"S2", []consent.Event{opened(1, "ana", "ben"), says("ana", 1), adopted}},
		"an answer without a seat":                {"S2", []consent.Event{opened(1, "ana"), says("ben", 1)}},
		"a sealed answer without a seat":          {"S2", []consent.Event{opened(1, "ana"), &consent.Revealed{Proposal: "p", Answers: []consent.OpenedAnswer{{By: "ben"}}}}},
		"two seats":                               {"S2", []consent.Event{opened(1, "ana", "ana")}},
		"an answer to another version":            {"S3", []consent.Event{opened(1, "ana"), says("ana", 2)}},
		"an old version is put":                   {"S3", []consent.Event{&proposal.Amended{Proposal: "p", Version: 2}, opened(1, "ana")}},
		"a version is left out":                   {"S3", []consent.Event{&proposal.Amended{Proposal: "p", Version: 3}}},
		"another version is adopted":              {"S3", []consent.Event{opened(1, "ana"), says("ana", 1), &proposal.Adopted{Proposal: "p", Version: 2}}},
		"withdrawn with an objection open":        {"S6", []consent.Event{opened(1, "ana"), raised, &proposal.Withdrawn{Proposal: "p", By: "ana"}}},
		"an objection ends twice":                 {"S6", []consent.Event{opened(1, "ana"), raised, withdrawn, withdrawn}},
		"a window closes too early":               {"S7", []consent.Event{opened(1, "ana"), closed(noon.Add(-1))}},
		"a window closes twice":                   {"S7", []consent.Event{opened(1, "ana"), closed(noon), closed(noon)}},
		"silence of somebody who has answered":    {"S2", []consent.Event{opened(1, "ana"), says("ana", 1), closed(noon, "ana")}},
		"silence counts where no policy lets it":  {"S7", []consent.Event{opened(1, "ana"), &consent.SilenceCounted{Proposal: "p", Who: []circle.PersonID{"ana"}, At: noon}}},
		"the quiet time is over before its time":  {"S7", []consent.Event{opened(1, "ana"), &consent.LastCallOver{Proposal: "p", At: noon.Add(1)}}},
		"something happens to what has ended":     {"S10", []consent.Event{opened(1, "ana"), says("ana", 1), adopted, opened(1, "ana")}},
		"it is submitted a second time":           {"S10", []consent.Event{&proposal.Submitted{Proposal: "p"}}},
		"answers are kept where no method has it": {"M-136", []consent.Event{opened(1, "ana"), &consent.AnswersKept{Proposal: "p", From: 1, To: 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := promises.Chronicle{Full: func(circle.PersonID) bool { return true }}
			before := []consent.Event{&proposal.Submitted{Proposal: "p"}, &consent.Opened{Proposal: "p", Method: &consent.Plain, Rules: &circle.Rules{}}}
			require.NoError(t, c.Take(noon, before))
			err := c.Take(noon, l.then)
			require.Equal(t, err, c.Closing(), "what was broken stays broken")
			if l.breaks == "" {
				require.NoError(t, err)
				require.Empty(t, c.Under())
				require.Equal(t, []proposal.ID{"p"}, c.Told())
				return
			}
			require.ErrorContains(t, err, l.breaks+":")
		})
	}
}

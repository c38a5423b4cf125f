package consent

import (
	"context"
	"fmt"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// tellAgreement words what becomes of an agreement after its adoption.
func tellAgreement(entry *Entry, event Event) (string, circle.Text, bool) {
	none := circle.Text{}
	switch v := event.(type) {
	case *proposal.TookEffect:
		says := fmt.Sprintf("Version %d took effect on %s", v.Version, instant(v.Since))
		if !v.Until.IsZero() {
			says += ", to be looked at again by " + day(v.Until)
		}
		if !v.Expires.IsZero() {
			says += "; it ends on " + instant(v.Expires)
		}
		return says, none, true
	case *proposal.ConditionConfirmed:
		who := "The circle confirmed by consent"
		if v.By != "" {
			who = how(entry, v.By) + " confirmed"
		}
		return fmt.Sprintf("%s that the condition of version %d holds", who, v.Version), v.Note, true
	case *proposal.Lapsed:
		return fmt.Sprintf("The condition of version %d was not confirmed in time: it never took effect", v.Version), none, true
	case *proposal.Held:
		return holdWords(entry, "The circle put it on hold by consent", "So it is on hold"), v.Reason, true
	case *proposal.HoldLifted:
		return holdWords(entry, "The circle lifted the hold by consent", "So it is in force again"), v.Reason, true
	case *proposal.Struck:
		return fmt.Sprintf("%s, who interprets the agreements, struck version %d as invalid; told of it: %s", how(entry, v.By), v.Version, circle.Plain(v.Notice)), v.Reason, true
	case *proposal.Interpreted:
		return fmt.Sprintf("%s ruled how version %d is to be understood (%s)", how(entry, v.By), v.Version, v.Ruling), v.Says, true
	case *proposal.DeviationRecorded:
		return fmt.Sprintf("%s owned that version %d was not kept to (%s)", how(entry, v.By), v.Version, v.Deviation), v.Reason, true
	case *proposal.ConflictReported:
		says := fmt.Sprintf("%s reported that version %d contradicts version %d of %s; ", how(entry, v.By), v.Version, v.Theirs, v.With)
		if v.Prevails == "" {
			return says + "neither prevails", v.Note, true
		}
		return says + string(v.Prevails) + " prevails", v.Note, true
	}
	return tellReview(entry, event)
}

// tellReview words the ends of agreements and what comes of their reviews.
func tellReview(entry *Entry, event Event) (string, circle.Text, bool) {
	none := circle.Text{}
	switch v := event.(type) {
	case *proposal.Extended:
		return fmt.Sprintf("The date came on which version %d was to end, while its review was open: it ends with the review, and by %s", v.Version, instant(v.Until)), none, true
	case *proposal.Expired:
		return fmt.Sprintf("Version %d ended on its date", v.Version), none, true
	case *proposal.LeftToExpire:
		return "The circle leaves it by consent to end on " + instant(v.Expires), none, true
	case *proposal.Superseded:
		return "By consent of the circle its place was taken by " + join(v.By), none, true
	case *proposal.ReviewDelegated:
		return fmt.Sprintf("The helping circle %s prepares its review until %s", v.To, day(v.Until)), none, true
	case *proposal.StartedAfresh:
		return fmt.Sprintf("%s opened the need %s to understand the matter afresh; the text stays in force", how(entry, v.By), v.Need), none, true
	case *proposal.ReviewDated:
		return fmt.Sprintf("Its review ended without consent: %s set the next one for %s", how(entry, v.By), day(v.Until)), none, true
	}
	return "", none, false
}

// adoptedWords says when a version was adopted and when it is in force.
func adoptedWords(v *proposal.Adopted) string {
	says := fmt.Sprintf("Version %d was adopted on %s", v.Version, day(v.Since))
	if !v.Until.IsZero() {
		says += ", to be looked at again by " + day(v.Until)
	}
	if !v.Expires.IsZero() {
		says += "; it ends on " + instant(v.Expires)
	}
	if !v.Effective.IsZero() {
		says += "; it takes effect on " + instant(v.Effective)
	}
	if !v.Lapses.IsZero() {
		says += "; it takes effect if its condition is confirmed before " + instant(v.Lapses)
	}
	return says + chosen(v.Chosen)
}

// relatedWords names what a change would have an effect on.
func relatedWords(related []proposal.ID) string {
	if len(related) == 0 {
		return ""
	}
	return ". A change may have an effect on " + join(related)
}

// A remark is what somebody said beside the main words of an event.
type remark struct {
	label string
	words circle.Text
}

// remarks lists what an event says beside its main words: why a version was
// written (M-140), on which condition it is put (M-186), what a ruling answers.
func remarks(event Event) []remark {
	condition := func(r *proposal.Record) remark {
		if r == nil {
			return remark{}
		}
		return remark{"On the condition", r.Condition}
	}
	switch v := event.(type) {
	case *proposal.Submitted:
		return append(optionRemarks(v.Record), condition(v.Record))
	case *proposal.Amended:
		return append(optionRemarks(v.Record), remark{"Reason", v.Why}, condition(v.Record))
	case *proposal.Interpreted:
		return []remark{{"Question", v.Question}}
	case *proposal.DeviationRecorded:
		return []remark{{"Affected", v.Affected}, {"Follow-up", v.FollowUp}}
	}
	return nil
}

// saidMore puts the words of an event behind its sentence, and its remarks
// behind them.
func (e *Engine) saidMore(ctx context.Context, sentence string, t circle.Text, event Event) (string, error) {
	out, err := e.said(ctx, sentence, t)
	for _, r := range remarks(event) {
		if err != nil {
			return "", err
		}
		var words string
		if words, err = e.quoted(ctx, r.words); words != "" {
			out += " " + r.label + ": " + words
		}
	}
	return out, err
}

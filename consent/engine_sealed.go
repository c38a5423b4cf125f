package consent

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/proposal"
)

// decide asks the law, with the words of sealed answers and the seed of a lot where
// it needs them.
func (e *Engine) decide(ctx context.Context, by circle.Actor, now time.Time, cmd Command) ([]Event, error) {
	if o, ok := cmd.(opening); ok {
		words, err := e.opened(ctx, o.opens(e.state, by))
		if err != nil {
			return nil, err
		}
		cmd = withWords{o, words}
	}
	if c, ok := cmd.(drawing); ok {
		cmd = c.drawn(Name(e.config.IDs()))
	}
	cmd, err := e.again(ctx, cmd)
	if err != nil {
		return nil, err
	}
	return e.state.Decide(by, now, cmd)
}

// fires asks the law what follows when a timer fires.
func (e *Engine) fires(ctx context.Context, t Timer, due time.Time) ([]Event, error) {
	words, err := e.opened(ctx, e.state.opensAt(t))
	if err != nil {
		return nil, err
	}
	return e.state.fire(t, due, words)
}

// opened fetches sealed words. What the vault does not hold any more, or not as
// the ledger is bound to it, is left out; a vault that cannot answer now, or a
// ledger that cannot be read, is an error, and nothing happens.
func (e *Engine) opened(ctx context.Context, list []Sealed) (opened, error) {
	out := opened{}
	for _, sealed := range list {
		w, err := e.wordsAt(ctx, sealed.Answer)
		var corrupt *ledger.CorruptError
		switch {
		case errors.Is(err, ErrLost), errors.Is(err, ErrErased), errors.As(err, &corrupt) && corrupt.Part != "":
		case err != nil:
			return nil, err
		case w != "":
			out[sealed.Person] = w
		}
	}
	return out, nil
}

// Answers lists the last answers to the question on a proposal, as far as a
// person may see them (M-207).
func (e *Engine) Answers(who circle.PersonID, id proposal.ID) ([]Answer, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.Answers(who, id)
}

// tellRevealed says what was sealed, with the reasons that lie with the answers,
// and who had not answered.
func (e *Engine) tellRevealed(ctx context.Context, entry *Entry, v *Revealed) (string, error) {
	says := fmt.Sprintf("The sealed answers on version %d were revealed together", v.Version)
	if v.By != "" {
		says = fmt.Sprintf("%s revealed the sealed answers on version %d together", how(entry, v.By), v.Version)
	}
	for _, a := range v.Answers {
		why, err := e.sealedReason(ctx, entry, a)
		if err != nil {
			return "", err
		}
		says += fmt.Sprintf("; %s: %s%s", a.By, a.words(), why)
	}
	if v.Missing != nil {
		says += "; no answer: " + circle.Plain(v.Missing)
	}
	if v.Gone != nil {
		says += "; the words of their answers are gone: " + circle.Plain(v.Gone)
	}
	return says + ".", nil
}

// sealedReason is the reason that somebody sealed together with their answer, ""
// if there was none or its words are gone.
func (e *Engine) sealedReason(ctx context.Context, entry *Entry, a OpenedAnswer) (string, error) {
	if a.Told > 0 { // the last one stands in the entry that reveals it
		var err error
		if entry, err = e.entry(ctx, a.Told); err != nil {
			return "", err
		}
	}
	for _, event := range entry.Events {
		sealed, ok := event.(*AnswerSealed)
		if !ok || sealed.By != a.By {
			continue
		}
		words, err := e.opened(ctx, []Sealed{{sealed.By, sealed.Answer}})
		if _, why, there := strings.Cut(words[a.By], "\n"); there && err == nil {
			return " (“" + why + "”)", nil
		}
		return "", err
	}
	return "", nil
}

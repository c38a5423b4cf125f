package consent

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/proposal"
)

// ErrHandedOver: the words of a safeguarding signal are with those who act, and only
// that it happened could not be recorded. Sent again under the same id the words go
// out again under the same reference.
var ErrHandedOver = errors.New("the words are with those who act; that they are could not be recorded")

// A SafeguardingSignal is what the host gets of a signal: all of it, and nobody else
// gets anything (CP-22).
type SafeguardingSignal struct {
	// ID is the reference under which the ledger knows it. A signal may come twice
	// under one reference, when it was not sure whether it came.
	ID    SignalID
	At    time.Time
	By    circle.Actor // who raised it, and how it came in
	Words string
	// What it is about; all are empty when it is about nothing in particular.
	Proposal proposal.ID
	Need     proposal.NeedID
	Meeting  MeetingID
	// Leads are those who must act on it by the rules of the organisation.
	Leads    []circle.PersonID
	SetAside bool // the proposal is set aside
	Named    bool // who raised it stands in the ledger
}

// orInstead tells whom the host lets raise no signal here what to do instead.
func (e *Engine) orInstead(cmd Command, err error) error {
	var no *circle.Refusal
	if _, signal := cmd.(RaiseSafeguarding); !signal || !errors.As(err, &no) || no.Code != NotAuthorized {
		return err
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.state.notHandedOver("they cannot be sent by you here")
}

// safeguard hands the words of a signal to the host and then records that there was
// one. Nobody else waits while the host takes them, and once it has them the record
// is made even if the caller has gone.
func (e *Engine) safeguard(ctx context.Context, by circle.Actor, c RaiseSafeguarding, r request) (Receipt, error) {
	cmd := handedOver{c, SignalID(r.id)}
	receipt, signal, err := e.prepared(ctx, by, cmd, r)
	if err != nil || receipt.Repeated {
		return receipt, err
	}
	if why := e.handsOver(ctx, signal); why != "" {
		e.mu.RLock()
		defer e.mu.RUnlock()
		return Receipt{}, e.state.notHandedOver(why)
	}
	receipt, sent, err := e.sends(context.WithoutCancel(ctx), by, cmd, r)
	if late := e.land(sent); late != nil {
		err = late
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("%w: %w", ErrHandedOver, err)
	}
	return receipt, nil
}

// prepared decides on a signal before its words go out. A store that cannot be read
// now stops nothing: the words come first, and the record after them.
func (e *Engine) prepared(ctx context.Context, by circle.Actor, cmd handedOver, r request) (Receipt, SafeguardingSignal, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.catchUp(ctx); err == nil {
		if receipt, found, err := e.before(ctx, by, cmd, r.id); found || isRefusal(err) {
			return receipt, SafeguardingSignal{}, err
		}
	}
	now, _ := e.now() // a clock that goes back is found when it is recorded
	if _, err := e.state.Decide(by, now, cmd); err != nil {
		return Receipt{}, SafeguardingSignal{}, err
	}
	leads, _ := e.state.Org.Safeguards()
	words, _ := cmd.Words.Words()
	return Receipt{}, SafeguardingSignal{ID: cmd.signal, At: now, By: by, Words: words, Proposal: cmd.Proposal, Need: cmd.Need,
		Meeting: cmd.Meeting, Leads: leads, SetAside: cmd.SetAside, Named: cmd.Named}, nil
}

// handsOver gives a signal to the host, and says why if the host does not take it.
// What it says itself is not repeated: it may quote the words.
func (e *Engine) handsOver(ctx context.Context, signal SafeguardingSignal) (why string) {
	if e.config.Safeguard == nil {
		return "nothing is set up here that takes them"
	}
	defer func() {
		if broken := recover(); broken != nil {
			e.config.Logger.Error("safeguard panicked", "signal", signal.ID)
			why = "what takes them here broke down"
		}
	}()
	if err := e.config.Safeguard(ctx, signal); err != nil {
		e.config.Logger.Error("safeguard failed", "signal", signal.ID)
		return "what takes them here did not do so"
	}
	return ""
}
